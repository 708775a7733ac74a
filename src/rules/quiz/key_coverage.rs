//! See `docs`.

mod missing;
mod right_options;

use crate::diagnostic::{Confidence, Level};
use crate::model::quiz::{self, KeyForm, KeySection, Quiz};
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::source::Span;
use crate::words::counted;
use missing::missing;
use right_options::too_many;
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
        RuleKind {
            name: "unread-key",
            level: Level::Warning,
            summary: "an answer key stands there of which nothing can be read",
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
        RuleKind {
            name: "wrong-number",
            level: Level::Error,
            summary: "the prompt asks for so many answers, and the key has more or fewer",
        },
        RuleKind {
            name: "short-order",
            level: Level::Error,
            summary: "the key of a question for an order leaves an item out",
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

Surveys and questions for reflection say `scored: false`, each question or the quiz as a whole:

```yaml pass
title: Hips
questions:
  - prompt: How does your hip feel today?
    options: [better, the same, worse]
    scored: false
```

No key is asked for where no question has one and each speaks to readers of themselves ("How do you sleep?").

A prompt that says "choose two" wants two right options in the key, and a key that puts items in order names
each of them. Two questions "Question 2" leave open whose the entry 2 is.

In Markdown and drafts, questions are headings or numbered items, with options as lettered items, as a task
list, in lines behind `( )` and `(x)`, or in the line, or rows of a table with columns for the question, its options
and the answer; or lines "Q: ..." with "A: ..." below. Keys are ticked boxes or signs (`- [x] Hip`, `- Hip ✅`, `*b) Hip`, `- Hip (correct)`), lines such as "Answer: b",
`<details>` and boxes (`> [!tip]- Answer`, `??? success "Answer"`, `{{< expand "Answer" >}}`) with "Answer" in their
title, or a section or line "Answer key" for all of them, with entries `1. b` or headings "Question 1". Where nothing else
states answers and more than half of the questions set off one option in bold or italics, that is the key. Where numbers
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
    // A key in a file of its own is held against its quiz when all files are known.
    let is_apart = quiz.key_of.is_some();
    if !is_apart && asks_in_vain(context, quiz) {
        out.report(quiz.anchor, "no question of this quiz can be read")
            .kind("no-question")
            .label("its keys are not checked")
            .help("write each question as a heading or a numbered item, with its options below it: `a) ...` or `- [ ] ...`");
        return;
    }
    let twice = same_ids(quiz, out);
    same_numbers(quiz, out);
    let is_partial = quiz.keys.iter().any(|key| key.is_partial);
    if !is_apart && is_partial {
        extra(quiz, out);
    } else if !is_apart && !is_in_doubt(quiz, out) && !count_mismatch(quiz, out) {
        missing(quiz, &twice, out);
        extra(quiz, out);
    }
    for question in quiz.questions.iter().filter(|question| question.scored) {
        too_many(&question, out);
    }
}

/// Whether a quiz in running text asks something, or has a key, and no question in a form that is known.
fn asks_in_vain(context: &FileContext<'_>, quiz: &Quiz<'_>) -> bool {
    if !quiz.questions.is_empty() || !quiz.questions.are_text() {
        return false;
    }
    let has_key = quiz.keys.iter().any(|key| !key.entries.is_empty());
    has_key || context.document.body.as_ref().is_some_and(quiz::asks_something)
}

/// Whether questions or keys were not read for sure, so that nobody can tell what is missing; then it is told once.
fn is_in_doubt(quiz: &Quiz<'_>, out: &mut Sink<'_>) -> bool {
    let lacks_key = || quiz.questions.iter().any(|own| own.needs_key() && !own.has_key());
    if let Some(key) = quiz.keys.iter().find(|key| key.is_unread)
        && lacks_key()
    {
        out.report(key.anchor, "this answer key can not be read")
            .kind("unread-key")
            .label("it is not checked")
            .help("write an entry for each question, with its number and the letter: `1. b`");
        return true;
    }
    let surplus =
        quiz.keys.iter().flat_map(|key| &key.entries).filter(|entry| entry.names.is_none()).count();
    if surplus == 0 || surplus > quiz.questions.unread() {
        return false;
    }
    out.report(quiz.anchor, "not every question of this quiz can be read")
        .kind("no-question")
        .label("its key has more entries")
        .help("write each question as a numbered item, with its options below it: `a) ...` or `- [ ] ...`");
    true
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

/// Two questions "Question 2", one behind the other. More such pairs are a quiz in two languages, or parts that
/// number their questions anew.
fn same_numbers(quiz: &Quiz<'_>, out: &mut Sink<'_>) {
    let questions = || quiz.questions.iter();
    let third = questions().skip(2).map(|own| own.written_number()).chain([None]);
    let mut pairs =
        questions().zip(questions().skip(1)).zip(third).filter(|((first, again), third)| {
            let number = again.written_number();
            number.is_some()
                && number == first.written_number()
                && first.is_beside(again)
                && (number != Some(1) || *third == Some(3))
        });
    let (Some(((first, again), _)), None) = (pairs.next(), pairs.next()) else { return };
    let Some(number) = again.written_number() else { return };
    out.report(again.anchor, format!("two questions have the number {number}"))
        .kind("same-id")
        .label("again here")
        .related(first.anchor, "first here")
        .help("number the questions anew, and look whether the key still names the right ones");
}

fn extra(quiz: &Quiz<'_>, out: &mut Sink<'_>) {
    // That a quiz written as fields has no questions is told by the schema.
    if quiz.questions.is_empty() && !quiz.questions.are_text() {
        return;
    }
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
    let (entries, asked) = (counted(keys, "entry"), counted(questions, "question"));
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

#[cfg(test)]
mod tests;
