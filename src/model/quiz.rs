//! Quizzes: one shape for every way to write an answer key.
//!
//! [`quizzes`] is the one lowering step. Fields (`answer`, `correct`, `answerIndex`, `answerKey`,
//! `distractors`), ticked boxes and "Answer key" sections all come out as [`KeyStatement`]s of a
//! [`Question`], each with its span and the choices it names; [`Choice::is_key`] is their sum.

mod body;
mod fields;

use super::normal;
use super::{ContentKind, Record};
use crate::source::Span;
use crate::syntax::{Node, Text};

/// A quiz record, or the quiz section of an article.
#[derive(Clone, Debug)]
pub struct Quiz<'a> {
    /// Where to point when the quiz as a whole is meant: its title or heading.
    pub anchor: Span,
    pub questions: Vec<Question<'a>>,
    /// "Answer key" sections and `answerKey` fields, in order.
    pub keys: Vec<KeySection<'a>>,
    /// `shuffle: true`, at its span.
    pub shuffle: Option<Span>,
}

/// One question.
#[derive(Clone, Debug)]
pub struct Question<'a> {
    /// From 1, in order.
    pub number: usize,
    pub id: Option<Text<'a>>,
    pub kind: QuestionKind,
    pub prompt: Option<Text<'a>>,
    pub choices: Vec<Choice<'a>>,
    /// Every place that states the key, in order.
    pub key: Vec<KeyStatement<'a>>,
    pub explanation: Option<Text<'a>>,
    /// Where to point when the question as a whole is meant: its prompt, else its first key.
    pub anchor: Span,
    /// The mapping it was written as; `None` in Markdown and drafts.
    pub node: Option<Node<'a>>,
    /// `false` for surveys and reflection.
    pub scored: bool,
    /// Whether letters name choices: they have no ids of their own, or the letters are the ids.
    pub lettered: bool,
}

/// What kind of answer a question wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuestionKind {
    SingleChoice,
    MultipleChoice,
    TrueFalse,
    /// Text, number or order: there are no choices to match.
    Open,
    /// Not said.
    Unknown,
}

/// One option.
#[derive(Clone, Debug)]
pub struct Choice<'a> {
    /// `id` as written, or the letter before it.
    pub id: Option<Text<'a>>,
    pub text: Option<Text<'a>>,
    /// `correct: ...` or the task box, with its span.
    pub correct: Option<(bool, Span)>,
    pub span: Span,
    /// Whether the key, wherever it is stated, names this choice.
    pub is_key: bool,
}

/// One statement of the key of one question.
#[derive(Clone, Debug)]
pub struct KeyStatement<'a> {
    pub place: KeyPlace,
    /// The whole statement.
    pub span: Span,
    pub values: Vec<KeyValue<'a>>,
}

/// Where a key is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyPlace {
    /// A field of the question (`answer`, `correct`), or an "Answer: b" line under it.
    Field,
    /// `answerIndex`, counted from 0.
    Index,
    /// `correct: true` on options, or ticked boxes.
    Flags,
    /// `answer` with `distractors`: the key is what is no distractor.
    Distractors,
    /// An entry of a [`KeySection`]: the index into [`Quiz::keys`].
    Section(usize),
}

/// One value of a statement and the choice it names.
#[derive(Clone, Debug)]
pub struct KeyValue<'a> {
    pub text: Text<'a>,
    /// Index into [`Question::choices`]; for true/false questions without choices 0 is true and
    /// 1 is false.
    pub choice: Option<usize>,
    /// A letter and a text that name different choices ("b) MRI" where b is something else).
    pub torn: Option<(usize, usize)>,
    /// A bare number that could count from 0 or from 1.
    pub ambiguous: bool,
}

/// A list of keys for the whole quiz.
#[derive(Clone, Debug)]
pub struct KeySection<'a> {
    /// The heading or key it stands under.
    pub anchor: Span,
    /// The heading and everything under it.
    pub span: Span,
    pub entries: Vec<KeyEntry<'a>>,
}

/// One entry of a [`KeySection`].
#[derive(Clone, Debug)]
pub struct KeyEntry<'a> {
    /// Question id or number as written.
    pub question: String,
    pub span: Span,
    pub values: Vec<Text<'a>>,
    /// Index into [`Quiz::questions`].
    pub names: Option<usize>,
}

impl<'a> Question<'a> {
    /// Choices that the statement names, in order, each once; `None` when a value names none.
    pub fn named(&self, statement: &KeyStatement<'a>) -> Option<Vec<usize>> {
        let mut named: Vec<usize> =
            statement.values.iter().map(|value| value.choice).collect::<Option<_>>()?;
        named.sort_unstable();
        named.dedup();
        Some(named)
    }

    /// A choice's name for people: its text, else its id.
    pub fn choice_name(&self, index: usize) -> &str {
        match self.choices.get(index) {
            Some(choice) => choice.text.as_ref().or(choice.id.as_ref()).map_or("", Text::as_str),
            None if index == 0 => "true",
            None => "false",
        }
    }

    /// Whether the key is stated as one or more choices, so that choices and key must fit.
    pub fn has_choices(&self) -> bool {
        !self.choices.is_empty() || self.kind == QuestionKind::TrueFalse
    }
}

/// Every quiz that a record holds: a quiz record is one, an article may hold quiz sections, and a
/// record of another kind holds one when it has `questions`.
pub fn quizzes<'a>(record: &Record<'a>) -> Vec<Quiz<'a>> {
    let mut out = Vec::new();
    let in_fields = record.field("questions").is_some();
    if in_fields || (record.kind == ContentKind::Quiz && record.body.is_none()) {
        out.push(fields::quiz(record));
    }
    if let Some(body) = record.body {
        match record.kind {
            ContentKind::Quiz if !in_fields => out.extend(body::whole(record, body)),
            ContentKind::Quiz => {}
            _ => out.extend(body::sections(record, body)),
        }
    }
    out
}

/// Names a statement's value and marks the choices. Called once all statements are known.
fn settle(question: &mut Question<'_>) {
    let mut key = std::mem::take(&mut question.key);
    for statement in &mut key {
        for value in &mut statement.values {
            match statement.place {
                // Flags and indices know their choice already.
                KeyPlace::Flags | KeyPlace::Index | KeyPlace::Distractors => {}
                KeyPlace::Field | KeyPlace::Section(_) => name_choice(question, value),
            }
            if let Some(choice) = value.choice.and_then(|index| question.choices.get_mut(index)) {
                choice.is_key = true;
            }
        }
    }
    question.key = key;
}

// RULES: id, then letter, then text. A text that reads as a letter and is also a choice's text is
// the text.
fn name_choice(question: &Question<'_>, value: &mut KeyValue<'_>) {
    let wanted = value.text.as_str();
    if question.choices.is_empty() {
        value.choice = truth(wanted).map(|truth| usize::from(!truth));
        return;
    }
    let find = |same: &dyn Fn(&Choice<'_>) -> bool| question.choices.iter().position(same);
    let by_id = find(&|choice| choice.id.as_ref().is_some_and(|id| id.as_str() == wanted));
    let plain = normal::plain(wanted);
    let text_is = |choice: &Choice<'_>, form: &dyn Fn(&str) -> String, want: &str| {
        choice.text.as_ref().is_some_and(|text| form(text.as_str()) == want)
    };
    let by_plain = || find(&|choice| text_is(choice, &normal::plain, &plain));
    let bare = normal::bare(wanted);
    let by_bare = || {
        let symbols = normal::has_symbols(wanted);
        (!symbols && !bare.is_empty()).then(|| find(&|choice| text_is(choice, &normal::bare, &bare))).flatten()
    };
    let by_letter = || letter_alone(wanted).and_then(|letter| by_letter(question, letter));
    value.choice = by_id.or_else(by_plain).or_else(by_letter);
    if value.choice.is_none() {
        split_letter(question, wanted, value);
    }
    if value.choice.is_none() && value.torn.is_none() {
        value.choice = by_bare().or_else(|| by_truth(question, wanted));
    }
    value.ambiguous = value.choice.is_none() && wanted.parse::<u32>().is_ok();
}

/// "b) MRI": letter and text must name one choice.
fn split_letter(question: &Question<'_>, wanted: &str, value: &mut KeyValue<'_>) {
    let Some((letter, rest)) = letter_and_text(wanted) else { return };
    let Some(lettered) = by_letter(question, letter) else { return };
    let rest = normal::bare(rest);
    let texts = |choice: &Choice<'_>| choice.text.as_ref().map(|text| normal::bare(text.as_str()));
    let named = question.choices.iter().position(|choice| texts(choice).is_some_and(|own| own == rest));
    match named {
        Some(named) if named != lettered => value.torn = Some((lettered, named)),
        _ => value.choice = Some(lettered),
    }
}

fn by_letter(question: &Question<'_>, letter: char) -> Option<usize> {
    let id_is = |choice: &Choice<'_>| {
        let id = choice.id.as_ref().map(|id| id.as_str().trim_matches(['(', ')', '.', ' ']));
        id.is_some_and(|id| id.chars().eq([letter]) || id.to_lowercase().chars().eq([letter]))
    };
    if let Some(index) = question.choices.iter().position(id_is) {
        return Some(index);
    }
    let index = (letter as usize).checked_sub('a' as usize)?;
    (question.lettered && index < question.choices.len()).then_some(index)
}

fn by_truth(question: &Question<'_>, wanted: &str) -> Option<usize> {
    let wanted = truth(wanted)?;
    let is = |choice: &Choice<'_>| choice.text.as_ref().and_then(|text| truth(text.as_str())) == Some(wanted);
    question.choices.iter().position(is)
}

/// `true` and `false` in the words of the languages that headings are known in.
fn truth(word: &str) -> Option<bool> {
    match normal::plain(word).as_str() {
        "true" | "t" | "yes" | "y" | "sant" | "ja" | "wahr" | "richtig" | "vrai" | "oui" | "verdadero"
        | "sí" => Some(true),
        "false" | "f" | "no" | "n" | "falskt" | "nej" | "falsch" | "nein" | "faux" | "non" | "falso" => {
            Some(false)
        }
        _ => None,
    }
}

/// `b`, `B`, `(b)`, `b.`, `b)`.
fn letter_alone(text: &str) -> Option<char> {
    let bare = text.trim().trim_start_matches(['(', '[']).trim_end_matches([')', ']', '.', ':']);
    let mut chars = bare.chars();
    match (chars.next(), chars.next()) {
        (Some(letter), None) if letter.is_ascii_alphabetic() => Some(letter.to_ascii_lowercase()),
        _ => None,
    }
}

/// `b) MRI`, `(b) MRI`, `b. MRI`, `B: MRI`, `b - MRI`.
fn letter_and_text(text: &str) -> Option<(char, &str)> {
    let text = text.trim();
    let open = text.strip_prefix('(');
    let mut chars = open.unwrap_or(text).chars();
    let letter = chars.next().filter(char::is_ascii_alphabetic)?;
    let rest = chars.as_str().trim_start();
    let rest = match open {
        Some(_) => rest.strip_prefix(')')?,
        None => rest.strip_prefix([')', '.', ':', '-', '\u{2013}', '\u{2014}'])?,
    };
    let rest = rest.trim_start();
    (!rest.is_empty()).then_some((letter.to_ascii_lowercase(), rest))
}

/// Whether `key`, standing twice in `mapping`, is an answer key standing twice.
pub fn states_answer_key(mapping: Node<'_>, key: &str, records: &[Record<'_>]) -> bool {
    let name = super::shape::fold(key);
    if matches!(name.as_str(), "answer" | "correct" | "answerindex" | "answerkey" | "correctanswer" | "key") {
        return true;
    }
    let keys = records.iter().filter_map(|record| record.field("answerKey"));
    keys.into_iter().any(|keys| keys.resolved() == mapping)
}
