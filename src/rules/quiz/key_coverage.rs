//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::model::normal;
use crate::model::quiz::{
    KeyForm, KeyPlace, KeySection, KeyStatement, Question, QuestionKind, Quiz,
};
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet};

pub static RULE: Rule = Rule {
    id: "quiz/key-coverage",
    summary: "questions and key entries do not line up",
    level: Level::Error,
    kinds: &[
        RuleKind {
            name: "no-question",
            level: Level::Warning,
            summary: "no question can be told from the text around it",
        },
        RuleKind { name: "no-key", level: Level::Error, summary: "a question has no key" },
        RuleKind {
            name: "extra-key",
            level: Level::Error,
            summary: "a key entry names no question",
        },
        RuleKind {
            name: "same-id",
            level: Level::Error,
            summary: "two questions have one id, so that a key entry names both",
        },
        RuleKind {
            name: "multiple-key",
            level: Level::Error,
            summary: "a question for one answer has several right ones",
        },
        RuleKind {
            name: "undeclared-multiple",
            level: Level::Warning,
            summary: "several options are right and neither type nor prompt says so",
        },
        RuleKind { name: "all-keyed", level: Level::Error, summary: "every option is right" },
        RuleKind {
            name: "count-mismatch",
            level: Level::Error,
            summary: "a key list is longer or shorter than the questions",
        },
    ],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Relaxed,
    since: "0.1.0",
    docs: r#"
A question without a key cannot be marked, and a key without a question shows that something was
moved. A question for one answer must have one.

```yaml fail
title: Hips
questions:
  - id: q1
    prompt: Which muscle bends the hip?
    options: [psoas major, gluteus maximus]
    answer: a
  - id: q2
    prompt: Which muscle extends it?
    options: [psoas major, gluteus maximus]
```

Surveys and questions for reflection say `scored: false`:

```yaml pass
title: Hips
questions:
  - prompt: How does your hip feel today?
    options: [better, the same, worse]
    scored: false
```

In Markdown and drafts, questions are headings or numbered items, with options as lettered items, as a task
list or in the line. Keys are ticked boxes or signs (`- [x] Hip`, `- Hip ✅`), lines such as "Answer: b",
`<details>` with "Answer" in their summary, or a section or line "Answer key" for all of them. Where numbers
begin again in each part of a quiz, the key says "Part A" and "Part B" too, or has its numbers begin again. An
answer in words that names no option is left to people.

A key may stand in a file of its own that names the quiz, `quiz: hips` beside `answerKey`, or above a section
"Answer key".

Add the missing key, delete the entry that names nothing, or say `type: multiple-choice` where
several answers are right.
"#,
    check: Check::Quiz(check),
};

fn check(context: &FileContext<'_>, quiz: &Quiz<'_>, out: &mut Sink<'_>) {
    if asks_in_vain(context, quiz) {
        out.report(quiz.anchor, "no question of this quiz can be read")
            .kind("no-question")
            .label("its keys are not checked")
            .help("write each question as a heading or a numbered item, with its options below it: `a) ...` or `- [ ] ...`");
    }
    let twice = same_ids(quiz, out);
    // A key in a file of its own is held against its quiz when all files are known.
    let is_apart = quiz.key_of.is_some();
    if !is_apart && !count_mismatch(quiz, out) {
        missing(quiz, &twice, out);
        extra(quiz, out);
    }
    for question in quiz.questions.iter().filter(|question| question.scored) {
        too_many(&question, out);
    }
}

/// Whether a quiz in running text asks something, and not in a form that is known.
fn asks_in_vain(context: &FileContext<'_>, quiz: &Quiz<'_>) -> bool {
    quiz.is_empty() && context.document.body.as_ref().is_some_and(|body| body.text.contains('?'))
}

/// Ids that more than one question has.
fn same_ids(quiz: &Quiz<'_>, out: &mut Sink<'_>) -> BTreeSet<String> {
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    let mut twice = BTreeSet::new();
    for question in quiz.questions.iter() {
        let Some(id) = question.id.as_ref().filter(|id| !id.as_str().is_empty()) else { continue };
        let Some(&first) = seen.get(id.as_str()) else {
            seen.insert(id.as_str().to_owned(), id.span());
            continue;
        };
        twice.insert(id.as_str().to_owned());
        out.report(id.span(), format!("two questions have the id `{}`", id.as_str()))
            .kind("same-id")
            .label("again here")
            .related(first, "first here")
            .help("rename one of them, and its entry in the key");
    }
    twice
}

/// Questions without a key; `twice` are ids of which an entry of the key does not say whose they are.
fn missing(quiz: &Quiz<'_>, twice: &BTreeSet<String>, out: &mut Sink<'_>) {
    let mut wanting = 0;
    let mut without = Vec::new();
    for question in quiz.questions.iter().filter(|question| question.needs_key()) {
        wanting += 1;
        let id = question.id.as_ref().filter(|_| !quiz.keys.is_empty());
        let may_be_named = id.is_some_and(|id| twice.contains(id.as_str()));
        if !may_be_named && !question.has_key() {
            without.push((question.number, question.anchor));
        }
    }
    if without.len() > 1 && without.len() == wanting {
        let diagnostic =
            out.report(quiz.anchor, format!("none of the {wanting} questions has a key"));
        diagnostic.kind("no-key").help("add `answer:` to each question, or an answer key");
        diagnostic.related(without[0].1, "the first of them");
        return;
    }
    for (number, anchor) in without {
        let diagnostic = out.report(anchor, format!("question {number} has no key"));
        diagnostic
            .kind("no-key")
            .help("add `answer:` with the right option's id, or `scored: false`");
        if let Some(key) = quiz.keys.first() {
            diagnostic.related(key.anchor, "the key does not name it");
        }
    }
}

fn extra(quiz: &Quiz<'_>, out: &mut Sink<'_>) {
    for section in &quiz.keys {
        for entry in section.entries.iter().filter(|entry| entry.names.is_none()) {
            let place = match entry.among == quiz.questions.len() {
                true => "",
                false => " in its part",
            };
            out.report(
                entry.span,
                format!("the key has an entry for `{}`, which is no question", entry.question),
            )
            .kind("extra-key")
            .label(match entry.among {
                1 => format!("there is 1 question{place}"),
                count => format!("there are {count} questions{place}"),
            })
            .related(quiz.anchor, "in this quiz")
            .help("delete the entry, or put the question back");
        }
    }
}

/// A key written as a list must be as long as the questions.
fn count_mismatch(quiz: &Quiz<'_>, out: &mut Sink<'_>) -> bool {
    let [section] = quiz.keys.as_slice() else {
        return false;
    };
    let in_order = section
        .entries
        .iter()
        .enumerate()
        .all(|(index, entry)| entry.question == (index + 1).to_string());
    let (keys, questions) = (section.entries.len(), quiz.questions.len());
    let is_mapping = section.form == KeyForm::Mapping;
    // One question without an entry is told at the question.
    if !in_order || keys == questions || questions == 0 || keys == 0 || is_mapping {
        return false;
    }
    let (entries, asked) =
        (counted(keys, "entry", "entries"), counted(questions, "question", "questions"));
    let diagnostic = out.report(section.anchor, format!("the key has {entries} for {asked}"));
    diagnostic.kind("count-mismatch").related(quiz.anchor, asked);
    if section.form == KeyForm::InOrder {
        diagnostic.help("find the question or the entry that is missing");
        return true;
    }
    match numbers_apart(section, quiz).as_slice() {
        [] => {}
        [(number, span)] if keys < questions => {
            diagnostic.related(*span, "has no entry");
            diagnostic.help(format!("add the entry for question {number}"));
        }
        [(number, span)] => {
            diagnostic.related(*span, "for no question");
            diagnostic.help(format!("delete the entry {number}, or put the question back"));
        }
        [(number, span), ..] if keys < questions => {
            diagnostic.related(*span, "the first without an entry");
            diagnostic.help(format!("add the entries from question {number} on"));
        }
        [(number, span), ..] => {
            diagnostic.related(*span, "the first for no question");
            diagnostic
                .help(format!("delete the entries from {number} on, or put the questions back"));
        }
    }
    true
}

/// Questions without an entry in a key whose entries are numbered, else entries without a question.
fn numbers_apart(section: &KeySection<'_>, quiz: &Quiz<'_>) -> Vec<(usize, Span)> {
    let (keys, questions) = (section.entries.len(), quiz.questions.len());
    if keys < questions {
        let behind = quiz.questions.iter().skip(keys);
        return behind.map(|question| (question.number, question.anchor)).collect();
    }
    let behind = section.entries.iter().enumerate().skip(questions);
    behind.map(|(index, entry)| (index + 1, entry.span)).collect()
}

fn counted(count: usize, one: &str, more: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        _ => format!("{count} {more}"),
    }
}

fn too_many(question: &Question<'_>, out: &mut Sink<'_>) {
    if question.kind == QuestionKind::Open {
        return;
    }
    let Some(statement) = question.key.iter().find(|own| !own.values.is_empty()) else {
        return;
    };
    let Some(named) = question.named(statement) else {
        return;
    };
    let diagnostic = if named.len() == question.choices.len()
        && named.len() > 1
        && !asks_for_several(question)
        && !is_order(statement)
    {
        let message = format!("every option of question {} is marked right", question.number);
        let diagnostic = out.report(statement.span, message);
        diagnostic.kind("all-keyed").help("mark only the right options")
    } else if named.len() < 2 {
        return;
    } else if question.kind == QuestionKind::SingleChoice {
        let message = format!(
            "question {} takes one answer, and {} are marked right",
            question.number,
            named.len()
        );
        let diagnostic = out.report(statement.span, message);
        diagnostic.kind("multiple-key").help("keep one, or say `type: multiple-choice`")
    } else if question.kind == QuestionKind::Unknown
        && statement.place == KeyPlace::Flags
        && !asks_for_several(question)
    {
        let message = format!(
            "question {} has {} right options and does not say that several are right",
            question.number,
            named.len()
        );
        let diagnostic = out.report(statement.span, message);
        diagnostic
            .kind("undeclared-multiple")
            .help("say `type: multiple-choice`, or ask to \"choose two\"")
    } else {
        return;
    };
    for index in named.into_iter().take(6) {
        let choice = &question.choices[index];
        if choice.span != diagnostic.primary.span {
            diagnostic.related(choice.span, "marked right");
        }
    }
}

/// Whether the key names options in another order than they have, as a question for their order wants.
fn is_order(statement: &KeyStatement<'_>) -> bool {
    let named = statement.values.iter().map(|value| value.choice);
    statement.place != KeyPlace::Flags && !named.is_sorted()
}

/// "Which two ...", "Select all that apply", "Which of these are ...".
fn asks_for_several(question: &Question<'_>) -> bool {
    let prompt =
        question.prompt.as_ref().map(|prompt| normal::bare(prompt.as_str())).unwrap_or_default();
    let words: Vec<&str> = prompt.split(' ').collect();
    let has = |word: &str| words.contains(&word);
    has("all")
        || has("are")
        || has("2")
        || has("3")
        || has("4")
        || has("every")
        || has("each")
        || ["select", "choose", "mark", "tick", "check", "which muscles"]
            .iter()
            .any(|cue| prompt.contains(cue))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn statements_to_judge_need_no_options() {
        silent(
            &RULE,
            "# Sant\n\n1. Pain means damage – true or false?\n2. Rest is best. True or false?\n\n## Answers\n\n1. False\n2. False\n",
        );
    }

    #[test]
    fn a_question_without_a_key() {
        check(
            &RULE,
            r#"
questions:
  - prompt: Vad böjer höften?
    options: [psoas, vaden]
    answer: a
  - prompt: Vad sträcker höften?
            ^^^^^^^^^^^^^^^^^^^^ question 2 has no key
    options: [psoas, sätet]
"#,
        );
    }

    #[test]
    fn markdown_states_keys_in_many_ways() {
        let ways = [
            "- a) psoas\n- b) soleus\n\n<details>\n<summary>Show answer</summary>\n\n**A.** It bends it.\n\n</details>\n",
            "- psoas\n- soleus\n\n<details><summary>Answer</summary>Psoas. It bends it.</details>\n",
            "- psoas\n- soleus\n\n<details>\n<summary>Answer</summary>\n\nIt is the psoas that does.\n\n</details>\n",
            "- psoas\n- soleus\n\n<details>\n<summary>Answer</summary>\n\nIt depends.\n\n</details>\n",
            "a) psoas\nb) soleus\n**Answer: a**\n",
            "- psoas \u{2705}\n- soleus\n",
            "- psoas (correct)\n- soleus\n",
            "- A) psoas\n- B) soleus\n- **Answer: A**\n",
            "1. psoas\n2. soleus\n\nAnswer: 1\n",
            "- a) psoas\n- b) soleus\n\nThe correct answer is A.\n",
            "- a) psoas\n- b) soleus\n\n**Answers:** 1 \u{2013} A\n",
        ];
        for way in ways {
            silent(&RULE, &format!("# Quiz\n\n## Which bends the hip?\n\n{way}"));
        }
    }

    #[test]
    fn a_list_of_questions_may_hold_open_ones() {
        let quiz = "# Quiz\n\n1. Which bends?\n   - A. Elbow\n   - B. Hip\n2. True or false: it extends.\n3. Name one more.\n4. Where is it? a) Arm b) Leg\n\n";
        silent(&RULE, &format!("{quiz}## Answer key\n\n1. B\n2. True\n3. The knee.\n4. b\n"));
        let draft = format!("//- quizzes/a.txt\n{}", quiz.replace("# Quiz", "QUIZ"));
        silent(&RULE, &format!("{draft}ANSWER KEY\n1. B   2. True   3. The knee\n4. b\n"));
    }

    #[test]
    fn a_quiz_in_a_form_that_is_not_known() {
        check(
            &RULE,
            "
# Hip quiz
^^^^^^^^^^ no question of this quiz can be read

| Question | A | B | Key |
|---|---|---|---|
| Which bends the hip? | psoas | soleus | A |
",
        );
        silent(&RULE, "# Quizzes\n\n- [Hips](hips.md)\n");
    }

    #[test]
    fn a_quiz_without_keys_is_told_once() {
        check(
            &RULE,
            r#"
title: Hips
       ^^^^ none of the 2 questions has a key
questions:
  - {prompt: One?, options: [a1, b1]}
             ---- the first of them
  - {prompt: Two?, options: [a2, b2]}
"#,
        );
    }

    #[test]
    fn an_entry_for_no_question() {
        check(
            &RULE,
            r#"
title: Hips
       ---- in this quiz
questions:
  - {id: q1, prompt: One?, options: [four, five]}
answerKey:
  q1: a
  q7: b
  ^^ the key has an entry for `q7`, which is no question
"#,
        );
    }

    #[test]
    fn an_entry_for_no_question_of_its_part() {
        check(
            &RULE,
            r#"
---
title: Höft
       ---- in this quiz
---

## Del A

1. Vad böjer höften? (a) psoas (b) vaden
2. Vad sträcker den? (a) sätet (b) vaden

## Del B

1. Vilken är en gångjärnsled? (a) armbågen (b) höften

## Facit

### Del A

1. a
2. a

### Del B

1. a
2. b
   ^ the key has an entry for `2`, which is no question
"#,
        );
    }

    #[test]
    fn two_answers_to_a_single_choice() {
        check(
            &RULE,
            r#"
questions:
  - prompt: Which one?
    type: single-choice
    options: [four, five, six]
              ---- marked right
                    ---- marked right
    answer: [a, b]
            ^^^^^^ question 1 takes one answer, and 2 are marked right
"#,
        );
    }

    #[test]
    fn every_option_right() {
        check(
            &RULE,
            r#"
# Quiz

## Which one?

- [x] four
  ^^^ every option of question 1 is marked right
      ---- marked right
- [x] five
      ---- marked right
"#,
        );
    }

    #[test]
    fn a_short_key_list() {
        check(
            &RULE,
            r#"
title: Hips
       ---- 3 questions
questions:
  - {prompt: One?, options: [four, five]}
  - {prompt: Two?, options: [four, five]}
  - {prompt: Three?, options: [four, five]}
answerKey: [a, b]
^^^^^^^^^ the key has 2 entries for 3 questions
"#,
        );
    }

    #[test]
    fn a_numbered_key_that_lacks_an_entry() {
        check(
            &RULE,
            r#"
---
title: Höft
       ---- 2 questions
---

1. Vad böjer höften?
   a) psoas
   b) vaden

2. Vad sträcker höften?
   -------------------- has no entry
   a) sätet
   b) vaden

## Facit
   ^^^^^ the key has 1 entry for 2 questions

1. b
"#,
        );
    }

    #[test]
    fn two_questions_with_one_id() {
        check(
            &RULE,
            r#"
title: Höft
questions:
  - {id: q1, prompt: Vad böjer höften?, options: [psoas, vaden]}
         -- first here
  - {id: q1, prompt: Vad sträcker höften?, options: [sätet, vaden]}
         ^^ two questions have the id `q1`
answerKey: {q1: a}
"#,
        );
    }

    #[test]
    fn the_order_of_options_is_a_key_that_names_all() {
        silent(
            &RULE,
            r#"
questions:
  - {prompt: Put these in order., type: ordering, options: [Main part, Warm-up, Cool-down], answer: [Warm-up, Main part, Cool-down]}
  - {prompt: Put these in order., type: ordering, options: [Warm-up, Main part], answer: [a, b]}
  - {prompt: What comes first?, options: [Main part, Warm-up], answer: [b, a]}
  - {prompt: Which bend it?, type: multiple-select, options: [psoas, iliacus, soleus], answer: [a, b]}
"#,
        );
    }

    #[test]
    fn lists_below_headings_that_ask_nothing_are_no_options() {
        silent(
            &RULE,
            "
# Laravel quiz

## How to use this document

1. **Read each question** carefully
2. **Choose your answer**

## Objectives

- Know the framework
- Know its commands

### **Question 1:** What is Laravel?

**A)** A framework  \n**B)** A database

<details>
<summary>Show the answer</summary>

**✅ Correct Answer: A) A framework**

</details>

## Hip flexors

Which muscle bends the hip?

- psoas
- soleus

Answer: psoas

## Part B

4. Which twists?
   a) obliques
   b) soleus

   Answer: a

## Sources

1. Smith 2020
2. Doe 2021
",
        );
        check(
            &RULE,
            "
# Quiz

## 1. Höftböjare

- psoas
- vaden

Answer: psoas

## Böjare

Vilken böjer höften?

- psoas
- vaden

## 3. Sträckare
   ^^^^^^^^^^^^ question 3 has no key

- psoas
- vaden

## Facit
   ----- the key does not name it

2. a
",
        );
    }

    #[test]
    fn flags_in_quotes_are_read() {
        check(
            &RULE,
            r#"
questions:
  - {prompt: One?, options: [{text: Kraft, correct: "true"}, {text: Fart, correct: "false"}]}
  - {prompt: Two?, options: [{text: Kraft, correct: 1}, {text: Fart, correct: 0}]}
  - {prompt: Three?, options: [{text: Kraft, correct: "false"}, {text: Fart}]}
             ^^^^^^ question 3 has no key
"#,
        );
    }

    #[test]
    fn every_question_behind_options_that_are_not_indented_is_read() {
        check(
            &RULE,
            r#"
# Quiz

1. Vad är en röd flagga?
- [x] Feber
- [ ] Ålder

2. Vad är en gul flagga?
   ^^^^^^^^^^^^^^^^^^^^^ question 2 has no key
- [ ] Rädsla
- [ ] Flagga

3. Vad är en grön flagga?
- [x] Rädsla
  ^^^ every option of question 3 is marked right
      ------ marked right
- [x] Rädsla igen
      ----------- marked right
"#,
        );
        silent(
            &RULE,
            r#"
# Quiz

1. Vad är en röd flagga?
- A) Feber
- B) Ålder
2. Vad är en gul flagga?
- A) Rädsla
- B) Flagga
3. Vad är en grön flagga?
- A) Rädsla
- B) Flagga

## Facit

1. A
2. B
3. B
"#,
        );
    }

    #[test]
    fn surveys_and_open_questions_need_no_key() {
        silent(
            &RULE,
            r#"
questions:
  - {prompt: Select each design that fits., type: multiple-choice, answer: [first, second], distractors: []}
  - {prompt: How do you feel?, options: [well, ill], scored: false}
  - {prompt: What is your goal?, type: short-answer}
  - {prompt: Which two bend the hip?, options: [{text: psoas, correct: true}, {text: iliacus, correct: true}, {text: soleus}]}
  - {prompt: Which muscles?, type: multiple-choice, options: [psoas, iliacus, soleus], answer: [a, b]}
"#,
        );
    }
}
