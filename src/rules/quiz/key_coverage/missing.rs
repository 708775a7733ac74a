//! Questions without a key.

use crate::model::quiz::{self, Question, QuestionKind, Quiz};
use crate::model::shape;
use crate::normal;
use crate::rule::Sink;
use crate::syntax::Node;
use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::ops::Deref;

/// Questions without a key; `twice` are ids of which an entry of the key does not say whose they are.
pub(super) fn missing(quiz: &Quiz<'_>, twice: &BTreeSet<String>, out: &mut Sink<'_>) {
    // Statements below "True or false" lack an entry where the key has one for others of them.
    let told: BTreeSet<_> = match quiz.questions.are_text() {
        true => {
            let told = quiz.questions.iter().filter(|own| own.is_statement() && own.has_key());
            told.map(|own| own.title()).collect()
        }
        false => BTreeSet::new(),
    };
    let marks_words = LazyCell::new(|| {
        quiz.questions
            .iter()
            .any(|own| own.written_type().as_deref() == Some(WORDS) && has_answer(&own))
    });
    let (mut wanting, mut asking) = (0, 0);
    let mut without = Vec::new();
    let needs_key = |own: &Question<'_>| own.needs_key() || needs_answer(own, &marks_words);
    for question in quiz.questions.iter().filter(|own| needs_key(own)) {
        if question.is_statement() && !told.contains(&question.title()) {
            continue;
        }
        let has_key = question.has_key();
        let prompt = question.prompt.as_ref().filter(|_| !has_key);
        if prompt.is_some_and(|own| quiz::asks_of_reader(own.as_str())) {
            continue;
        }
        wanting += 1;
        if has_key {
            continue;
        }
        asking += usize::from(asks_how_readers_are(&question));
        let id = question.id.as_ref().filter(|_| !quiz.keys.is_empty());
        if !id.is_some_and(|id| twice.contains(id.as_str())) {
            without.push((question.number, question.anchor, help_with_key(quiz, &question)));
        }
    }
    let answers_another =
        || quiz.questions.iter().any(|own| own.kind == QuestionKind::Open && has_answer(&own));
    let is_none_keyed = without.len() > 1 && without.len() == wanting;
    // A survey, or questions on the health of readers.
    let is_survey = asking == wanting;
    if is_none_keyed && (accepts_answers(quiz) || is_survey) {
        return;
    }
    if is_none_keyed && !answers_another() {
        let diagnostic =
            out.report(quiz.anchor, format!("none of the {wanting} questions has a key"));
        diagnostic.kind("no-key").help(match quiz.questions.are_text() {
            true => "tick the right options (`- [x]`), write `Answer: b` below each question, or add a section \"Answer key\"",
            false => "add `answer:` to each question, or an answer key",
        });
        diagnostic.related(without[0].1, "the first of them");
        return;
    }
    for (number, anchor, help) in without {
        let diagnostic = out.report(anchor, format!("question {number} has no key"));
        diagnostic.kind("no-key").help(help);
        if let Some(key) = quiz.keys.first() {
            diagnostic.related(key.anchor, "the key does not name it");
        }
    }
}

/// `answers: [only one]` in a quiz whose questions have no options: what is accepted, and not what can be chosen.
fn accepts_answers(quiz: &Quiz<'_>) -> bool {
    let only_answer = |own: &Question<'_>| {
        own.choices.len() == 1 && own.node.is_some_and(|node| node.get("answers").is_some())
    };
    quiz.questions.iter().any(|own| only_answer(&own))
}

/// `type: short-answer`.
const WORDS: &str = "shortanswer";

/// `type: numeric`.
const NUMBER: &str = "numeric";

/// Whether a field of a question without options says its answer, in whatever way.
fn has_answer(question: &Question<'_>) -> bool {
    const NAMES: &[&str] = &[
        "accept",
        "answer",
        "correct",
        "criteria",
        "expected",
        "explanation",
        "key",
        "max",
        "min",
        "range",
        "rubric",
        "sample",
        "solution",
        "value",
    ];
    let says = |name: &str| NAMES.iter().any(|own| name.contains(own));
    let mut entries = question.node.into_iter().flat_map(Node::entries);
    question.has_key() || entries.any(|entry| says(&shape::fold(entry.key())))
}

/// Whether a question asks for a number, or for words where others such have their answer; what it asks of readers
/// themselves nobody can mark.
fn needs_answer(question: &Question<'_>, marks_words: &impl Deref<Target = bool>) -> bool {
    if question.kind != QuestionKind::Open || question.node.is_none() {
        return false;
    }
    let is_asked = match question.written_type().as_deref() {
        Some(NUMBER) => true,
        Some(WORDS) => **marks_words,
        _ => false,
    };
    is_asked
        && question.scored
        && question.choices.is_empty()
        && !speaks_to_readers(question)
        && !has_answer(question)
}

/// Whether the prompt speaks of readers: "How often do you train?"
fn speaks_to_readers(question: &Question<'_>) -> bool {
    const READERS: &[&str] = &[
        "dein", "deine", "din", "dina", "ditt", "du", "i", "ihr", "ihre", "me", "my", "sie", "su",
        "tu", "tus", "usted", "votre", "vous", "you", "your",
    ];
    has_word(question, READERS)
}

/// Whether the prompt asks what readers alone can know: how they feel, and not what they should do.
fn asks_how_readers_are(question: &Question<'_>) -> bool {
    const READERS: &[&str] =
        &["dein", "deine", "din", "ditt", "du", "votre", "vous", "you", "your"];
    const OF_KNOWLEDGE: &[&str] =
        &["best", "can", "correct", "first", "must", "need", "right", "should", "true", "which"];
    has_word(question, READERS) && !has_word(question, OF_KNOWLEDGE)
}

fn has_word(question: &Question<'_>, words: &[&str]) -> bool {
    let prompt = question.prompt.as_ref().map_or(String::new(), |own| normal::plain(own.as_str()));
    prompt.split(|c: char| !c.is_alphanumeric()).any(|word| words.contains(&word))
}

/// What to do for a question without a key, in the words of how it is written.
fn help_with_key(quiz: &Quiz<'_>, question: &Question<'_>) -> &'static str {
    let has = |is: &dyn Fn(&quiz::Choice<'_>) -> bool| question.choices.iter().any(is);
    let is_odd_box = |choice: &quiz::Choice<'_>| {
        let text = choice.text.as_ref().map_or("", |text| text.as_str()).to_ascii_lowercase();
        ["[x ]", "[ x]", "[ x ]"].iter().any(|own| text.starts_with(own))
    };
    if question.node.is_some() && question.kind == QuestionKind::Open {
        "add `answer:`, or `scored: false`"
    } else if question.node.is_some() {
        "add `answer:` with the right option's id, or `scored: false`"
    } else if has(&is_odd_box) {
        "write `[x]` without a blank"
    } else if !quiz.keys.is_empty() {
        "add its entry to the key"
    } else if has(&|choice| choice.correct.is_some()) {
        "tick the right option: `- [x]`"
    } else {
        "add a line `Answer: ...` below its options"
    }
}

#[cfg(test)]
mod tests {
    use super::super::RULE;
    use crate::testing::{check, diagnostics, files, silent};

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
    fn a_statement_below_true_or_false_without_an_entry() {
        check(
            &RULE,
            "
# T

## Part A

1. Vad böjer knät?
   a) hamstrings
   b) vaden

## Part B \u{2013} True or false

1. The liver makes bile.
2. The appendix makes saliva.
   ^^^^^^^^^^^^^^^^^^^^^^^^^^ question 3 has no key

## Answer key
   ---------- the key does not name it

**Part A**: 1. a

**Part B**: 1. True
",
        );
    }

    #[test]
    fn answer_keys_ask_nothing_again() {
        let said = |title: &str| {
            let quiz = "| Q | Answer |\n|---|---|\n| 1 | C |\n\n## Part B: Free response\n\n**2. Bone cells**\n- **Osteoblasts** build bone.\n- **Osteoclasts** break it down.\n";
            let said = diagnostics(&files(
                &RULE,
                &format!("//- quizzes/a.md\n# {title}\n\n## Part A\n\n{quiz}"),
            ));
            said.iter().any(|own| own.kind == Some("no-key"))
        };
        assert!(!said("Quiz 3: Höft \u{2014} Answer Key"));
        assert!(!said("Quiz 3 (answers)"));
        assert!(said("Quiz 3: Höft"));
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
  - {prompt: How many minutes do you walk?, type: numeric}
  - {prompt: What bends the hip?, type: short-answer, acceptedAnswers: [psoas]}
  - {prompt: How many bones has it?, type: numeric, answer: 3, tolerance: 1}
  - {prompt: How many has the knee?, type: numeric, min: 2, max: 4}
  - {prompt: How many has the foot?, type: numeric, scored: false}
  - {prompt: Describe the hip., type: essay}
  - {prompt: Which two bend the hip?, options: [{text: psoas, correct: true}, {text: iliacus, correct: true}, {text: soleus}]}
  - {prompt: Which muscles?, type: multiple-choice, options: [psoas, iliacus, soleus], answer: [a, b]}
"#,
        );
    }

    #[test]
    fn a_survey_says_so_once() {
        silent(
            &RULE,
            "
title: Enkät – survey
scored: false
questions:
  - {prompt: How do you feel?, options: [well, ill]}
  - {prompt: How do you sleep?, options: [well, ill]}
",
        );
        silent(
            &RULE,
            "
//- quizzes/a.md
---
title: Enkät – survey
scored: false
---

1. How do you feel?
   - a) well
   - b) ill
2. How do you sleep?
   - a) well
   - b) ill
",
        );
    }

    #[test]
    fn a_number_or_words_without_an_answer() {
        check(
            &RULE,
            r#"
questions:
  - {prompt: Vilket ben är längst?, type: short-answer, answer: lårbenet}
  - {prompt: Vilket är näst längst?, type: short-answer}
             ^^^^^^^^^^^^^^^^^^^^^^ question 2 has no key
  - {prompt: Hur många ben har foten?, type: numeric}
             ^^^^^^^^^^^^^^^^^^^^^^^^ question 3 has no key
"#,
        );
        silent(&RULE, "questions:\n  - {prompt: What bends the hip?, type: short-answer}\n");
        silent(
            &RULE,
            "
//- quizzes/hips.yaml
id: hips
questions:
  - {id: q1, prompt: How many bones has it?, type: numeric}
//- quizzes/hips-key.yaml
quiz: hips
answerKey: {q1: 3}
",
        );
    }
}
