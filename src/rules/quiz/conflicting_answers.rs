//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::facts::{ProjectFacts, QuestionFact, Statement};
use crate::rule::{Check, Fixability, Profile, Rule, RuleKind, Sink};
use crate::source::FilePath;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    id: "quiz/conflicting-answers",
    summary: "one question has different right answers in two places",
    level: Level::Error,
    kinds: &[
        RuleKind {
            name: "hard",
            level: Level::Error,
            summary: "the key of one copy is a wrong option of the other",
        },
        RuleKind {
            name: "soft",
            level: Level::Warning,
            summary: "the copies have different keys that do not contradict each other",
        },
        RuleKind {
            name: "parity",
            level: Level::Error,
            summary: "two true/false statements that differ by a negation have the same key",
        },
    ],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Relaxed,
    since: "0.1.0",
    docs: r#"
One of the two teaches something wrong, and nobody sees it, because each file is right by itself.

```yaml fail
title: Stretching
questions:
  - prompt: How long is the stretch held?
    options: [20 seconds, 60 seconds]
    answer: 20 seconds
  - prompt: "How long is the stretch held?"
    options: [20 seconds, 60 seconds, 5 minutes]
    answer: 60 seconds
```

```yaml pass
title: Stretching
questions:
  - prompt: How long is the stretch held?
    options: [20 seconds, 60 seconds]
    answer: 20 seconds
  - prompt: How long is the rest?
    options: [20 seconds, 60 seconds]
    answer: 60 seconds
```

Questions are the same when their prompts are, case and punctuation apart. Prompts that lean on a
picture, a table or a program are left alone. Keep one copy, or mend the key that is wrong.
"#,
    check: Check::Project(check),
};

type Copy<'a> = (&'a FilePath, &'a QuestionFact);

fn check(facts: &ProjectFacts<'_>, out: &mut Sink<'_>) {
    let mut by_prompt: BTreeMap<u64, Vec<Copy<'_>>> = BTreeMap::new();
    let mut by_statement: BTreeMap<u64, Vec<(Copy<'_>, bool)>> = BTreeMap::new();
    for (&path, file) in &facts.files {
        for question in &file.questions {
            by_prompt.entry(question.prompt).or_default().push((path, question));
            if let Some(Statement { affirmed, is_negated }) = question.statement {
                by_statement.entry(affirmed).or_default().push(((path, question), is_negated));
            }
        }
    }
    for copies in by_prompt.values().filter(|copies| copies.len() > 1) {
        conflict(copies, out);
    }
    for copies in by_statement.values() {
        parity(copies, out);
    }
}

/// Report the first copy that disagrees with the first of all, with every other place.
fn conflict(copies: &[Copy<'_>], out: &mut Sink<'_>) {
    let (first_path, first) = copies[0];
    let differing: Vec<_> =
        copies[1..].iter().filter(|(_, own)| own.key() != first.key()).collect();
    let Some(&&(path, again)) = differing.first() else {
        return;
    };
    let contradicts = |a: &QuestionFact, b: &QuestionFact| {
        // Of two keys to one statement, true and false, one is wrong.
        a.statement.is_some() && b.statement.is_some()
            || a.key().iter().any(|key| b.choices().contains(key) && !b.key().contains(key))
    };
    let hard = differing.iter().any(|(_, own)| contradicts(own, first) || contradicts(first, own));
    let diagnostic = out.report_at(
        path,
        &again.key_site,
        format!(
            "the same question has the key `{}` here and `{}` elsewhere",
            again.key_words, first.key_words
        ),
    );
    diagnostic.kind(if hard { "hard" } else { "soft" }).label("this key");
    if !hard {
        diagnostic
            .note("neither key is a wrong option of the other question, so both may be right");
    }
    diagnostic.related_at(first_path.clone(), first.key_site.span, "that key");
    diagnostic.related_at(first_path.clone(), first.prompt_site.span, "the same question");
    for (path, other) in differing.iter().skip(1).take(4) {
        diagnostic.related_at((*path).clone(), other.key_site.span, "and this key");
    }
    diagnostic.help("find out which key is right, and keep one copy of the question");
}

fn parity(copies: &[(Copy<'_>, bool)], out: &mut Sink<'_>) {
    let plain = copies.iter().find(|(_, negated)| !negated);
    let negated = copies.iter().find(|(_, negated)| *negated);
    let (Some(((first_path, first), _)), Some(((path, again), _))) = (plain, negated) else {
        return;
    };
    if first.key() != again.key() {
        return;
    }
    out.report_at(
        path,
        &again.key_site,
        format!("a statement and its denial are both `{}`", again.key_words),
    )
    .kind("parity")
    .label("this key")
    .related_at((*first_path).clone(), first.key_site.span, "that key")
    .related_at((*first_path).clone(), first.prompt_site.span, "the statement without the negation")
    .help("one of the two keys is wrong");
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn two_files_with_two_keys() {
        check(
            &RULE,
            r#"
//- quizzes/a.yaml
questions:
  - prompt: Hur länge hålls töjningen?
            -------------------------- the same question
    options: [20 sekunder, 60 sekunder]
    answer: 20 sekunder
            ----------- that key
//- quizzes/b.yaml
questions:
  - prompt: hur länge hålls töjningen
    options: [20 sekunder, 60 sekunder]
    answer: b
            ^ the same question has the key `60 sekunder` here and `20 sekunder` elsewhere
"#,
        );
    }

    #[test]
    fn a_denial_with_the_same_key() {
        check(
            &RULE,
            r#"
questions:
  - {prompt: Pain is always damage., type: true-false, answer: false}
             ---------------------- the statement without the negation
                                                               ----- that key
  - {prompt: Pain is not always damage., type: true-false, answer: false}
                                                                   ^^^^^ a statement and its denial are both `false`
"#,
        );
    }

    #[test]
    fn the_form_of_a_question_is_no_prompt() {
        silent(
            &RULE,
            "
//- quizzes/a.md
# Höfter

## Question 1: True/False

**Statement:** The hip is a ball joint.

**Answer:** True

## Question 2: True/False

**Statement:** The hip is a hinge.

**Answer:** False
",
        );
        check(
            &RULE,
            "
//- quizzes/a.md
# Höfter

## Question 1 (multiple choice)

**Which muscle bends the hip?**
  --------------------------- the same question

- a) psoas
- b) soleus

Answer: psoas
        ----- that key

## Question 2 (multiple choice)

**Which muscle bends the hip?**

- a) psoas
- b) soleus

Answer: soleus
        ^^^^^^ the same question has the key `soleus` here and `psoas` elsewhere
",
        );
    }

    #[test]
    fn a_denial_in_one_word() {
        check(
            &RULE,
            r#"
questions:
  - {prompt: A disc can slip out – fully., type: true-false, answer: false}
             ---------------------------- the statement without the negation
                                                                     ----- that key
  - {prompt: A disc cannot slip out – fully., type: true-false, answer: false}
                                                                        ^^^^^ a statement and its denial are both `false`
"#,
        );
        silent(
            &RULE,
            "
questions:
  - {prompt: Pain is a sign of damage., type: true-false, answer: false}
  - {prompt: Pain isn't a sign of damage., type: true-false, answer: true}
  - {prompt: Pain isn't only a sign of damage., type: true-false, answer: false}
",
        );
    }

    #[test]
    fn a_statement_said_to_be_true_or_false() {
        check(
            &RULE,
            r#"
//- quizzes/a.md
# Quiz

1. True or false: Vila är bäst.
   ---------------------------- the same question

   Answer: False
           ----- that key
//- quizzes/b.yaml
questions:
  - {prompt: Vila är bäst., type: true-false, answer: true}
                                                      ^^^^ the same question has the key `true` here and `false` elsewhere
"#,
        );
    }

    #[test]
    fn one_statement_is_true_and_false() {
        check(
            &RULE,
            r#"
questions:
  - {prompt: Pain is always damage., type: true-false, answer: false}
             ---------------------- the same question
                                                               ----- that key
  - {prompt: Pain is always damage., type: true-false, answer: true}
                                                               ^^^^ the same question has the key `true` here and `false` elsewhere
"#,
        );
    }

    #[test]
    fn agreeing_copies_and_figures_are_fine() {
        silent(
            &RULE,
            r#"
questions:
  - {prompt: How long?, options: [20 s, 60 s], answer: 20 s}
  - {prompt: How long?, options: [60 s, 20 s], answer: b}
  - {prompt: Which muscle is shown in the picture?, options: [psoas, soleus], answer: psoas}
  - {prompt: Which muscle is shown in the picture?, options: [psoas, soleus], answer: soleus}
"#,
        );
    }

    #[test]
    fn numbers_before_questions_are_no_words_of_them() {
        check(
            &RULE,
            "
# Höft

## 1. Which one bends it?
      ------------------- the same question

- [x] psoas
  --- that key
- [ ] soleus

## 2. Which one bends it?

- [ ] psoas
- [x] soleus
  ^^^ the same question has the key `soleus` here and `psoas` elsewhere
",
        );
        silent(
            &RULE,
            "
//- quizzes/a.md
## Question 1 (2 points)

- [x] psoas
- [ ] soleus
//- quizzes/b.md
## Question 1 (2 points)

- [ ] psoas
- [x] soleus
",
        );
    }
}
