//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::model::quiz::{
    self, KeyForm, KeyPlace, KeySection, KeyStatement, Question, QuestionKind, Quiz,
};
use crate::model::{normal, shape};
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::source::Span;
use crate::syntax::{Node, Text};
use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;

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

Surveys and questions for reflection say `scored: false`:

```yaml pass
title: Hips
questions:
  - prompt: How does your hip feel today?
    options: [better, the same, worse]
    scored: false
```

A prompt that says "choose two" wants two right options in the key, and a key that puts items in order names
each of them. Two questions "Question 2" leave open whose the entry 2 is.

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

/// Questions without a key; `twice` are ids of which an entry of the key does not say whose they are.
fn missing(quiz: &Quiz<'_>, twice: &BTreeSet<String>, out: &mut Sink<'_>) {
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
    let mut wanting = 0;
    let mut without = Vec::new();
    let needs_key = |own: &Question<'_>| own.needs_key() || needs_answer(own, &marks_words);
    for question in quiz.questions.iter().filter(|own| needs_key(own)) {
        if question.is_statement() && !told.contains(&question.title()) {
            continue;
        }
        wanting += 1;
        let id = question.id.as_ref().filter(|_| !quiz.keys.is_empty());
        let may_be_named = id.is_some_and(|id| twice.contains(id.as_str()));
        if !may_be_named && !question.has_key() {
            without.push((question.number, question.anchor, help_with_key(quiz, &question)));
        }
    }
    let answers_another =
        || quiz.questions.iter().any(|own| own.kind == QuestionKind::Open && has_answer(&own));
    if without.len() > 1 && without.len() == wanting && !answers_another() {
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

/// What to do for a question without a key, in the words of how it is written.
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
    const READERS: &[&str] = &[
        "dein", "deine", "din", "dina", "ditt", "du", "i", "ihr", "ihre", "me", "my", "sie", "su",
        "tu", "tus", "usted", "votre", "vous", "you", "your",
    ];
    if question.kind != QuestionKind::Open || question.node.is_none() {
        return false;
    }
    let is_asked = match question.written_type().as_deref() {
        Some(NUMBER) => true,
        Some(WORDS) => **marks_words,
        _ => false,
    };
    let prompt = question.prompt.as_ref().map_or(String::new(), |own| normal::plain(own.as_str()));
    is_asked
        && question.scored
        && question.choices.is_empty()
        && !prompt.split(|c: char| !c.is_alphanumeric()).any(|word| READERS.contains(&word))
        && !has_answer(question)
}

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
        return short_order(question, out);
    }
    let Some(statement) = question.key.iter().find(|own| !own.values.is_empty()) else {
        return;
    };
    let Some(named) = question.named(statement) else {
        return;
    };
    let names_none = |index: &&usize| {
        let text = question.choices.get(**index).and_then(|choice| choice.text.as_ref());
        let text = text.map(|text| normal::bare(text.as_str())).unwrap_or_default();
        matches!(text.as_str(), "none of above" | "none of these" | "none of them")
    };
    let wanted = asked_number(question).filter(|wanted| *wanted != named.len());
    let diagnostic = if let Some(wanted) = wanted {
        let asked = counted(wanted, "answer", "answers");
        let (number, keyed) = (question.number, named.len());
        let message = format!("question {number} asks for {asked}, and its key has {keyed}");
        let diagnostic = out.report(statement.span, message);
        diagnostic.kind("wrong-number").help("correct the key or the prompt")
    } else if let Some(index) = named.iter().find(names_none).filter(|_| named.len() > 1) {
        let name = question.choice_name(*index);
        let message =
            format!("question {} has `{name}` right beside another option", question.number);
        let diagnostic = out.report(statement.span, message);
        diagnostic.kind("multiple-key").help("keep one of the two")
    } else if named.len() == question.choices.len()
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

/// A key that puts some of the items in order, and not all.
fn short_order(question: &Question<'_>, out: &mut Sink<'_>) {
    let [statement] = question.key.as_slice() else { return };
    let Some(named) = question.named(statement).filter(|_| question.asks_for_order()) else {
        return;
    };
    let is_once = named.len() == statement.values.len();
    if named.len() < 2 || !is_once {
        return;
    }
    let left_out = (0..question.choices.len()).find(|index| !named.contains(index));
    let Some(index) = left_out else { return };
    let name = question.choice_name(index);
    out.report(
        statement.span,
        format!("the order of question {} leaves out `{name}`", question.number),
    )
    .kind("short-order")
    .label("the key")
    .related(question.choices[index].span, "this item")
    .help("put it in its place in the key");
}

/// How many options are to be chosen: "Choose two", "Which two of these ...". Options that are pairs themselves are
/// another matter.
fn asked_number(question: &Question<'_>) -> Option<usize> {
    const CUES: &[&str] = &["choose", "select", "pick", "tick", "which"];
    const BEHIND_WHICH: &[&str] =
        &["of", "belong", "are", "can", "should", "would", "bend", "help"];
    const UNITS: &[&str] = &[
        "year", "years", "month", "months", "week", "weeks", "day", "days", "hour", "hours",
        "minute", "minutes", "second", "seconds", "litre", "litres", "kg", "km", "mg", "g", "ml",
        "cm", "mm", "metre", "metres", "meter", "meters", "times", "or", "to", "and", "part",
        "more",
    ];
    let prompt = question.prompt.as_ref().map(Text::as_str).filter(|own| has_cue(own))?;
    let bare = normal::bare(prompt);
    let words: Vec<&str> = bare.split(' ').collect();
    let at = words
        .windows(2)
        .position(|pair| CUES.contains(&pair[0]) && matches!(pair[1], "2" | "3" | "4" | "5"))?;
    let next = words.get(at + 2).copied().unwrap_or("");
    let is_pair = |text: &str| {
        text.contains([',', '&', '+', '/', ';'])
            || text.contains(" and ")
            || text.contains(" och ")
            || text.contains(" - ")
            || text.contains(" \u{2013} ")
    };
    let has_pairs = question
        .choices
        .iter()
        .any(|choice| choice.text.as_ref().is_some_and(|text| is_pair(text.as_str())));
    let wanted = words[at + 1].parse().ok()?;
    // "Which two-joint muscle"
    let is_compound = prompt.contains(['-', '\u{2010}', '\u{2011}']) && {
        let lower = prompt.to_lowercase();
        ["two", "three", "four", "five", "2", "3", "4", "5"].iter().any(|own| {
            ["-", "\u{2010}", "\u{2011}"].iter().any(|sign| lower.contains(&format!("{own}{sign}")))
        })
    };
    let fits = wanted < question.choices.len()
        && !is_compound
        && (words[at] != "which" || next.ends_with('s') || BEHIND_WHICH.contains(&next));
    (fits && !has_pairs && !UNITS.contains(&next)).then_some(wanted)
}

/// Whether it is worth to look for a number in a prompt.
fn has_cue(prompt: &str) -> bool {
    const CUES: &[&str] = &[
        "two", "Two", "TWO", "three", "Three", "THREE", "four", "FOUR", "five", "2", "3", "4", "5",
    ];
    CUES.iter().any(|cue| prompt.contains(cue))
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

    /// Two questions with letters, without a key.
    const ASKED: &str = "1. Vad böjer knät?\n   a) hamstrings\n   b) vaden\n2. Vad böjer armen?\n   a) biceps\n   b) triceps\n";

    #[test]
    fn lists_beside_the_questions_are_no_questions() {
        let boxes = "### The knee bends with\n\n- [x] hamstrings\n- [ ] quads\n";
        for before in [
            "## Learning objectives\n\n1. Name the joints.\n2. Name the muscles.\n",
            "## What you need\n\n- a pen\n- paper\n",
            "## Rules\n\n- [ ] phone off\n- [ ] books shut\n",
            "## Are you ready?\n\n- [ ] I have a pen\n- [ ] I have read it\n",
            "## Who is this for?\n\n- Year 7\n- Year 8\n",
        ] {
            silent(
                &RULE,
                &format!("# T\n\n{before}\n## Quiz\n\n{ASKED}\n## Answers\n\n1. a\n2. a\n"),
            );
            silent(&RULE, &format!("# T\n\n{before}\n## Questions\n\n{boxes}"));
        }
        for behind in [
            "## Sources\n\n1. Gray H. Anatomy.\n2. Smith J. Knees.\n",
            "## How did you score?\n\n- 2: great\n- 0-1: read again\n",
            "## Why?\n\n1. People bend.\n2. They do.\n",
            "## Next time\n\n- [ ] Read on\n- [ ] Rest\n",
        ] {
            silent(&RULE, &format!("# T\n\n{ASKED}\n## Answers\n\n1. a\n2. a\n\n{behind}"));
        }
    }

    #[test]
    fn keys_have_many_headings_and_forms() {
        for key in [
            "## Key (teachers only)\n\n1. a\n2. a\n",
            "## Answers with comments\n\n1. **a** \u{2013} hamstrings. (b) is wrong.\n2. a\n",
            "## Answer sheet\n\n- 1: a\n- 2: a\n",
            "## How did you do?\n\n1. a\n2. a\n",
            "## Check your answers\n\n1. a\n2. a\n",
            "## Answers and explanations\n\n### 1\n\na. They bend it.\n\n### 2\n\na. Biceps.\n",
            "## Feedback\n\n1. a\n2. a\n",
            "## Answers (see pages 12 and 14)\n\n1. a\n2. a\n",
            "Marking scheme\n---\n\n1. A (1 mark)\n2. A (1 mark)\n",
            "## Answer grid\n\n| 1 | 2 |\n|---|---|\n| A | A |\n",
            "| Q | Key |\n|---|---|\n| 1 | a |\n| 2 | a |\n",
            "*Answers: 1a 2a*\n",
            "**Answers to quiz 1:** 1 a \u{b7} 2 a\n",
            "Answers (upside down in print): 1. A  2. A\n",
            "Answer key: AA\n",
            "## Correct answers\n\na, a\n",
            "Right answers: 1a and 2a.\n",
            "```text\nAnswers: 1a 2a\n```\n",
            "<!-- answers: 1 a, 2 a -->\n",
            "---\n<sub>1 a, 2 a</sub>\n",
        ] {
            silent(&RULE, &format!("# T\n\n{ASKED}\n{key}"));
        }
        silent(&RULE, &format!("---\ntitle: T\nanswerKey: {{1: a, 2: a}}\n---\n\n{ASKED}"));
        silent(&RULE, &format!("//- quizzes/t.txt\nT\n\n{ASKED}\nKEY: 1. a   2. a\n"));
    }

    #[test]
    fn the_key_of_one_question_has_many_forms() {
        for question in [
            "1. Which bends?\n   A. psoas\n   B. soleus\n   **Ans.** A\n",
            "1. Which bends?  \n   A. psoas  \n   B. soleus  \n   **Solution:** A because it does.\n",
            "1. Which bends?\n   A. psoas\n   B. soleus\n   \u{2192} A\n",
            "### Q1\nWhich bends?\n- A. psoas\n- B. soleus\n\n### A1\nA. psoas\n",
            "1. Which bends?\n   - (x) psoas\n   - ( ) soleus\n",
            "1. Which bends?\n   a) psoas *\n   b) soleus\n\n\\* = correct\n",
            "1. Which bends?\n   - **psoas**\n   - soleus\n\n*Right answers in bold.*\n",
            "## 1. Which bends?\n\n1. psoas\n2. soleus\n\n<!-- answer: 1 -->\n",
            "## 1. Which bends?\n\na) psoas\n\nb) soleus\n\n??? success \"Answer\"\n    a\n",
            "**Vraag 1** Wat buigt?\n\nA. psoas\nB. soleus\n\n**Antwoord:** A\n",
            "1. T / F  Knees bend.\n2. T / F  Elbows fly.\n\nKey: 1 T, 2 F\n",
            "1. Bones live. \u{2610} True \u{2610} False\n2. Bones fly. \u{2610} True \u{2610} False\n\n**Answers:** 1. True 2. False\n",
            "1. What stores calcium?\n    1. Bones\n    2. Lungs\n2. What beats?\n    1. The heart\n    2. The liver\n\n**Answers:** 1-1, 2-1\n",
        ] {
            silent(&RULE, &format!("# T\n\n{question}"));
        }
    }

    #[test]
    fn what_can_not_be_read_is_neither_missing_nor_surplus() {
        check(
            &RULE,
            "
# Para ihop
^^^^^^^^^^^ no question of this quiz can be read

Options: (a) calf stretch (b) hamstring stretch

1. You feel it in the thigh.
2. You feel it below the knee.

Key: 1 b, 2 a
",
        );
        check(
            &RULE,
            "
# Knän

1. Vad böjer knät?
   a) hamstrings
   b) vaden

## Answers
   ^^^^^^^ this answer key can not be read

Ask your teacher for the sheet.
",
        );
    }

    #[test]
    fn a_key_for_some_of_the_questions() {
        silent(&RULE, &format!("# T\n\n{ASKED}\n## Answers to odd-numbered questions\n\n1. a\n"));
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
    fn a_prompt_that_asks_for_two() {
        check(
            &RULE,
            r#"
questions:
  - {prompt: Välj - choose two., options: [psoas, iliacus, soleus], answer: [psoas]}
                                           ----- marked right
                                                                            ^^^^^^^ question 1 asks for 2 answers, and its key has 1
  - {prompt: Which bend the elbow?, type: multiple-choice, options: [biceps, triceps, None of the above], answer: [a, c]}
                                                                     ------ marked right
                                                                                      ----------------- marked right
                                                                                                                  ^^^^^^ question 2 has `None of the above` right beside another option
"#,
        );
        silent(
            &RULE,
            r#"
questions:
  - {prompt: Which two bend it?, options: [psoas and iliacus, psoas and soleus, soleus and gastrocnemius], answer: a}
  - {prompt: Which two minute break is best?, options: [a walk, a nap, a snack], answer: a walk}
  - {prompt: Which two-joint muscle is it?, options: [gastrocnemius, soleus, psoas], answer: a}
  - {prompt: Choose two or three., type: multiple-choice, options: [psoas, iliacus, soleus, biceps], answer: [a, b, c]}
"#,
        );
    }

    #[test]
    fn an_order_that_leaves_an_item_out() {
        check(
            &RULE,
            r#"
questions:
  - {prompt: Put these in order., type: ordering, options: [Värm upp, Träna, Varva ned], answer: [a, b]}
                                                                             --------- this item
                                                                                                 ^^^^^^ the order of question 1 leaves out `Varva ned`
"#,
        );
    }

    #[test]
    fn two_questions_with_one_number() {
        check(
            &RULE,
            "
# T

## Question 2
   ---------- first here

- [x] psoas
- [ ] soleus

## Question 2
   ^^^^^^^^^^ two questions have the number 2

- [x] biceps
- [ ] triceps
",
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
