//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::model::quiz::{Question, Quiz};
use crate::normal;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::source::{Format, Span};
use crate::syntax::Text;

pub static RULE: Rule = Rule {
    id: "quiz/missing-explanation",
    summary: "a question does not say why its answer is right",
    level: Level::Warning,
    kinds: &[
        RuleKind { name: "none", level: Level::Warning, summary: "there is no explanation" },
        RuleKind {
            name: "restated",
            level: Level::Warning,
            summary: "the explanation only names the key again",
        },
    ],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Strict,
    since: "0.1.0",
    docs: r#"
Feedback is what a self-test is for, and a reviewer checks the key by its reason.

```yaml fail
title: Warning signs
questions:
  - prompt: Which sign needs care on the same day?
    options: [Stiffness in the morning, Numbness between the legs]
    answer: b
    explanation: B is correct.
```

```yaml pass
title: Warning signs
questions:
  - prompt: Which sign needs care on the same day?
    options: [Stiffness in the morning, Numbness between the legs]
    answer: b
    explanation: Numbness there can mean pressure on the nerves at the base of the spine.
```

Feedback to the right option counts as an explanation. Drafts (`.txt`) and quizzes whose key stands in a section of its
own are left alone. A quiz with `mode: exam` and questions with `scored: false` need
none, and where no question of a quiz has one, that is told once.
"#,
    check: Check::Quiz(check),
};

/// Words of an explanation that says something.
const FEWEST_WORDS: usize = 3;

fn check(context: &FileContext<'_>, quiz: &Quiz<'_>, out: &mut Sink<'_>) {
    // Drafts are to become something else, and some forms of them have no place for reasons.
    if quiz.is_exam || context.file.format == Format::Text {
        return;
    }
    let source = &context.file.text;
    let anchors: Vec<Span> = quiz.questions.iter().map(|question| question.anchor).collect();
    let mut asked = 0;
    let mut silent = Vec::new();
    for (index, question) in quiz.questions.iter().enumerate() {
        let is_field = question.node.is_some();
        // A key in a section of its own may have its reasons there.
        let is_apart = !is_field && !quiz.keys.is_empty();
        if !question.scored || !question.has_key() || is_apart {
            continue;
        }
        asked += 1;
        let next = anchors.get(index + 1).map_or(source.len(), |next| next.start as usize);
        match explanation(&question) {
            None if is_field || !speaks_of_reasons(source, question.anchor, next) => {
                silent.push(question.anchor);
            }
            Some(text) if is_field && only_restates(&question, text.as_str()) => {
                restated(&text, out);
            }
            None | Some(_) => {}
        }
    }
    none(quiz, asked, &silent, out);
}

/// Whether running text announces reasons between a question and the next.
fn speaks_of_reasons(source: &str, question: Span, next: usize) -> bool {
    const WORDS: &[&str] = &["expla", "explica", "because", "rationale", "reason", "feedback"];
    let between = source.get(question.start as usize..next).unwrap_or("").to_ascii_lowercase();
    WORDS.iter().any(|word| between.contains(word))
}

/// What explains the answer: the question's own explanation, else feedback to an option that is right.
fn explanation<'a>(question: &Question<'a>) -> Option<Text<'a>> {
    let feedback = || {
        let options = question.node?.get("options")?;
        let right = options.items().zip(&question.choices).filter(|(_, choice)| choice.is_key);
        right.filter_map(|(own, _)| own.get("feedback").filter(|_| own.is_mapping())?.text()).next()
    };
    let is_written = |text: &Text<'_>| !text.as_str().trim().is_empty();
    question.explanation.clone().filter(is_written).or_else(feedback).filter(is_written)
}

/// Whether an explanation says which option is right, and no more.
fn only_restates(question: &Question<'_>, text: &str) -> bool {
    const OPENINGS: &[&str] =
        &["correct answer is", "right answer is", "correct option is", "answer is", "answer"];
    const ENDINGS: &[&str] = &["is correct answer", "is correct", "is right answer", "is right"];
    let bare = normal::bare(text);
    // The letter A is gone as an article.
    let ends = |rest: &&str| rest.is_empty() || rest.starts_with(' ');
    let begins = |rest: &&str| rest.is_empty() || rest.ends_with(' ');
    let opening = OPENINGS.iter().find_map(|own| bare.strip_prefix(own).filter(ends));
    let named = opening.unwrap_or(&bare);
    let ending = ENDINGS.iter().find_map(|own| named.strip_suffix(own).filter(begins));
    let named = ending.unwrap_or(named).trim();
    let keys = question.choices.iter().filter(|choice| choice.is_key);
    let mut names = keys.flat_map(|choice| [&choice.id, &choice.text]).flatten();
    let is_cut = named.len() < bare.len();
    names.any(|own| normal::bare(own.as_str()) == named)
        || is_cut && named.split(' ').count() < FEWEST_WORDS
}

fn restated(text: &Text<'_>, out: &mut Sink<'_>) {
    out.report(text.span(), "the explanation only names the answer again")
        .kind("restated")
        .label("gives no reason")
        .help("say why it is right, and why the others are not");
}

/// What no question has is told once, at the quiz.
fn none(quiz: &Quiz<'_>, asked: usize, silent: &[Span], out: &mut Sink<'_>) {
    if asked > 1 && silent.len() == asked {
        out.report(quiz.anchor, format!("none of the {asked} questions explains its answer"))
            .kind("none")
            .label("readers learn what is right, and not why")
            .related(silent[0], "the first of them")
            .help("add `explanation` to the questions, or say `mode: exam`");
        return;
    }
    for span in silent {
        out.report(*span, "nothing explains the answer")
            .kind("none")
            .label("has a key and no explanation")
            .help("say why it is right, and why the others are not");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn one_question_without_a_reason() {
        check(
            &RULE,
            r#"
title: Rygg
questions:
  - prompt: Vad är bäst – oftast?
            ^^^^^^^^^^^^^^^^^^^^^ nothing explains the answer
    options: [Rörelse, Vila]
    answer: a
  - prompt: Hur länge?
    options: [En vecka, Ett år]
    answer: a
    explanation: Smärtan avtar oftast inom några veckor.
"#,
        );
    }

    #[test]
    fn an_explanation_that_names_the_key() {
        check(
            &RULE,
            r#"
title: Rygg – först
questions:
  - {prompt: Vad är bäst?, options: [Rörelse, Vila], answer: a, explanation: The correct answer is A.}
                                                                             ^^^^^^^^^^^^^^^^^^^^^^^^ the explanation only names the answer again
  - {prompt: Vad är sämst?, options: [Rörelse, Vila], answer: b, explanation: Vila}
                                                                              ^^^^ the explanation only names the answer again
  - {prompt: Vad är bra?, options: [Rörelse, Vila], answer: a, explanation: Rörelse läker.}
"#,
        );
    }

    #[test]
    fn a_quiz_without_reasons_is_told_once() {
        check(
            &RULE,
            r#"
title: Rygg – först
       ^^^^^^^^^^^^ none of the 2 questions explains its answer
questions:
  - {prompt: Vad är bäst?, options: [Rörelse, Vila], answer: a}
             ------------ the first of them
  - {prompt: Vad är sämst?, options: [Rörelse, Vila], answer: b}
"#,
        );
    }

    #[test]
    fn reasons_in_other_places_and_exams() {
        silent(
            &RULE,
            r#"
//- quizzes/a.yaml
title: Rygg
mode: exam
questions:
  - {prompt: Vad är bäst?, options: [Rörelse, Vila], answer: a}
//- quizzes/b.yaml
title: Rygg
questions:
  - prompt: Vad är bäst?
    options:
      - {text: Rörelse, correct: true, feedback: Det läker fortare.}
      - {text: Vila, feedback: Det gör stel.}
  - {prompt: Hur mår du?, options: [Bra, Illa], scored: false}
//- quizzes/c.md
# Rygg

1. Vad är bäst?
   a) Rörelse
   b) Vila

## Answer key

1. a – det läker fortare
//- quizzes/d.md
# Rygg

1. Vad är bäst? (Rationale: rörelse läker.)
   - [x] Rörelse
   - [ ] Vila
"#,
        );
    }

    #[test]
    fn reasons_under_other_names() {
        silent(
            &RULE,
            r#"
//- quizzes/a.md
# Quiz

## Vad böjer höften?

- a) psoas
- b) vaden

Réponse correcte : a
Explication : il passe devant la hanche.
//- quizzes/b.yaml
questions:
  - {prompt: Vad böjer höften?, options: [psoas, vaden], answer: a, justification: Den passerar höften.}
"#,
        );
    }
}
