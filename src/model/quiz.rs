//! Quizzes: one shape for every way to write an answer key.
//!
//! [`quizzes`] is the one lowering step. Fields (`answer`, `correct`, `answerIndex`, `answerKey`,
//! `distractors`), ticked boxes and "Answer key" sections all come out as [`KeyStatement`]s of a
//! [`Question`], each with its span and the choices it names; [`Choice::is_key`] is their sum.

mod body;
mod fields;
mod parts;
mod questions;
mod spoken;
mod wording;

pub use body::{asks_something, is_key_heading, is_quiz_heading};
pub use questions::{Numbers, Questions};
pub use spoken::{feedback_verdict, spoken_answers};
pub use wording::{CatchAll, asks_of_reader, catch_all, names_letters, stated_letter};

use super::{ContentKind, Record};
use crate::normal;
use crate::source::Span;
use crate::syntax::{Entry, Node, OffsetMap, Text};
use parts::Place;
use serde::{Deserialize, Serialize};

/// A quiz record, or the quiz section of an article.
#[derive(Clone, Debug)]
pub struct Quiz<'a> {
    /// Where to point when the quiz as a whole is meant: its title or heading.
    pub anchor: Span,
    pub questions: Questions<'a>,
    /// "Answer key" sections and `answerKey` fields, in order.
    pub keys: Vec<KeySection<'a>>,
    /// `shuffle: true`, at its span.
    pub shuffle: Option<Span>,
    /// `exactOptions: true`.
    pub exact: bool,
    /// `mode: exam`, so that explanations are not shown.
    pub is_exam: bool,
    /// The quiz whose key this is, in a file that holds a key and no questions.
    pub key_of: Option<Text<'a>>,
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
    /// Whether a key is stated of which nothing can be read (an empty text, an index below 0): the
    /// schema tells it.
    pub key_unread: bool,
    /// In Markdown and drafts.
    place: Place,
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
    /// `id` as written, or the letter before its text.
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
    /// A bare number that names no choice: it could count from 0 or from 1, or [`Numbers::base`] is known and it is
    /// past the last one.
    pub ambiguous: bool,
}

impl<'a> KeyValue<'a> {
    /// A value of which nobody has asked yet what it names.
    fn unnamed(text: Text<'a>) -> Self {
        Self { text, choice: None, torn: None, ambiguous: false }
    }

    /// A value that names a choice by its place, as ticks do.
    fn naming(text: Text<'a>, choice: usize) -> Self {
        Self { choice: Some(choice), ..Self::unnamed(text) }
    }
}

/// A list of keys for the whole quiz.
#[derive(Clone, Debug)]
pub struct KeySection<'a> {
    /// The heading or key it stands under.
    pub anchor: Span,
    /// The heading and everything under it.
    pub span: Span,
    pub entries: Vec<KeyEntry<'a>>,
    pub form: KeyForm,
    /// Whether text stands in it of which no entry could be read.
    pub is_unread: bool,
    /// Whether its heading says that it is for some of the questions.
    pub is_partial: bool,
    /// Questions that stand before it in a body.
    behind: usize,
}

/// How the entries of a [`KeySection`] say which question they are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyForm {
    /// By the keys of a mapping; the tree itself tells those that stand twice.
    Mapping,
    /// By their place in a list.
    InOrder,
    /// By the number or id that stands before them.
    Numbered,
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
    /// How many questions it may name: those of the quiz, or of its part.
    pub among: usize,
    place: Place,
}

impl KeyEntry<'_> {
    /// The title it stands under, by its number in the quiz: "1" in part A is not "1" in part B.
    pub fn part(&self) -> Option<u32> {
        self.place.title.map(|title| title.id)
    }

    /// The number in what it says it is for.
    pub fn number(&self) -> Option<usize> {
        self.question.trim_start_matches(|c: char| !c.is_ascii_digit()).parse().ok()
    }
}

impl Quiz<'_> {
    /// Where the options of one of its questions are said to be shuffled.
    pub fn shuffled(&self, question: &Question<'_>) -> Option<Span> {
        let own = question.node.and_then(|node| node.get("shuffle"));
        match own.and_then(|own| Some((own.as_bool()?, own.span()))) {
            Some((is_shuffled, span)) => is_shuffled.then_some(span),
            None => self.shuffle,
        }
    }
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

    /// The one choice that is right, where a guess has three of them or more.
    pub fn only_key(&self) -> Option<usize> {
        let may_choose = !matches!(self.kind, QuestionKind::TrueFalse | QuestionKind::Open);
        if !may_choose || self.choices.len() < 3 || !self.scored {
            return None;
        }
        let mut keys = (0..self.choices.len()).filter(|index| self.choices[*index].is_key);
        keys.next().filter(|_| keys.next().is_none())
    }

    /// A choice's name for people: its text, else its id.
    pub fn choice_name(&self, index: usize) -> &str {
        match self.choices.get(index) {
            Some(choice) => choice.text.as_ref().or(choice.id.as_ref()).map_or("", Text::as_str),
            None if index == 0 => "true",
            None => "false",
        }
    }

    /// Whether both are lines "Answer: ..." below the question, so that one stands there twice.
    pub fn has_two_answer_lines(&self, one: &KeyStatement<'a>, other: &KeyStatement<'a>) -> bool {
        let is_line = |own: &KeyStatement<'a>| own.place == KeyPlace::Field;
        self.node.is_none() && is_line(one) && is_line(other)
    }

    /// Where running text says "(correct)" at an option that its key names elsewhere too, so that the words are left
    /// over. `source` is the text of the file.
    pub fn left_over_mark(&self, source: &str) -> Option<Span> {
        const WORDS: &[&str] = &["correct", "right", "correct answer", "right answer"];
        let (mark, others) = self.key.split_first()?;
        if self.node.is_some() || mark.place != KeyPlace::Flags {
            return None;
        }
        let is_word = |c: char| c.is_ascii_alphabetic();
        let words = source.get(mark.span.range())?.trim_matches(|c| !is_word(c));
        let named = self.named(mark);
        let is_stated = named.is_some() && others.iter().any(|own| self.named(own) == named);
        let is_mark = WORDS.iter().any(|own| own.eq_ignore_ascii_case(words));
        (is_stated && is_mark).then_some(mark.span)
    }

    /// Its number, where it is written before it and not counted by a list.
    pub fn written_number(&self) -> Option<u32> {
        self.place.number.filter(|_| !self.place.is_listed)
    }

    /// Whether nothing but its number is known of what it asks: "Question 3".
    pub fn is_nameless(&self) -> bool {
        let prompt = self.prompt.as_ref().filter(|_| self.node.is_none());
        prompt.is_some_and(|own| wording::is_generic(own.as_str()))
    }

    /// The title above it, by its number in the quiz.
    pub fn title(&self) -> Option<u32> {
        self.place.title.map(|title| title.id)
    }

    /// Whether it is a statement without options that the title above it asks the truth of.
    pub fn is_statement(&self) -> bool {
        self.place.is_statement
    }

    /// Whether both stand under one title.
    pub fn is_beside(&self, other: &Self) -> bool {
        self.place.title == other.place.title
    }

    /// Its type as fields have it, folded.
    pub fn written_type(&self) -> Option<String> {
        self.node?.get("type")?.as_str().map(super::shape::fold)
    }

    /// Whether it asks for the order of its choices.
    pub fn asks_for_order(&self) -> bool {
        const CUES: &[&str] =
            &["in order", "in the right order", "in the correct order", "arrange "];
        if let Some(written) = self.written_type() {
            return written == "ordering";
        }
        let prompt =
            self.prompt.as_ref().map(|own| normal::plain(own.as_str())).unwrap_or_default();
        CUES.iter().any(|cue| prompt.contains(cue))
    }

    /// From where the places of its options count in an order that names each of them once: `[2, 1, 3]`.
    fn order_base(&self) -> Option<usize> {
        let (count, [own]) = (self.choices.len(), self.key.as_slice()) else { return None };
        if own.values.len() != count || count < 2 || self.written_type()? != "ordering" {
            return None;
        }
        let place = |value: &KeyValue<'a>| value.text.as_str().parse::<usize>().ok();
        let mut places: Vec<_> = own.values.iter().map(place).collect::<Option<_>>()?;
        places.sort_unstable();
        let base = places[0];
        let is_whole = places.iter().enumerate().all(|(index, own)| *own == base + index);
        (base < 2 && is_whole).then_some(base)
    }

    /// Whether it has to have a key.
    pub fn needs_key(&self) -> bool {
        self.scored && self.has_choices() && self.kind != QuestionKind::Open
    }

    /// Whether it has one, read or not.
    pub fn has_key(&self) -> bool {
        self.key_unread || self.key.iter().any(|statement| !statement.values.is_empty())
    }

    /// From the first choice to the last.
    pub fn choices_span(&self) -> Option<Span> {
        self.choices.iter().map(|choice| choice.span).reduce(Span::to)
    }

    /// Whether the key is stated as one or more choices, so that choices and key must fit.
    pub fn has_choices(&self) -> bool {
        !self.choices.is_empty() || self.kind == QuestionKind::TrueFalse
    }
}

/// What is kept of a question for a key that stands in another file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LooseQuestion {
    /// Ids and texts.
    pub choices: Vec<(Option<Box<str>>, Box<str>)>,
    is_true_false: bool,
    lettered: bool,
}

impl LooseQuestion {
    pub fn of(question: &Question<'_>) -> Self {
        let words = |text: &Option<Text<'_>>| text.as_ref().map(|own| own.as_str().into());
        let choice = |own: &Choice<'_>| (words(&own.id), words(&own.text).unwrap_or_default());
        Self {
            choices: question.choices.iter().map(choice).collect(),
            is_true_false: question.kind == QuestionKind::TrueFalse,
            lettered: question.lettered,
        }
    }

    /// Whether the choices are true and false, and are not written.
    pub fn is_true_or_false(&self) -> bool {
        self.is_true_false && self.choices.is_empty()
    }

    /// Whether a key names one of the choices, or need not.
    pub fn takes_key(&self, wanted: &str) -> bool {
        let nowhere = Span::empty(0);
        let text = |own: &str| Text::mapped(own.to_owned(), nowhere, OffsetMap::default());
        let choice = |(id, own): &(Option<Box<str>>, Box<str>)| Choice {
            id: id.as_deref().map(text),
            text: Some(text(own)),
            correct: None,
            span: nowhere,
            is_key: false,
        };
        let kind = match self.is_true_false {
            true => QuestionKind::TrueFalse,
            false => QuestionKind::Unknown,
        };
        let question = Question {
            number: 1,
            id: None,
            kind,
            prompt: None,
            choices: self.choices.iter().map(choice).collect(),
            key: Vec::new(),
            explanation: None,
            anchor: nowhere,
            node: None,
            scored: true,
            lettered: self.lettered,
            key_unread: false,
            place: Place::default(),
        };
        !question.has_choices() || find_choice(&question, wanted) != Named::Nothing
    }
}

/// Every quiz that a record holds: a quiz record is one, an article may hold quiz sections, and a
/// record of another kind holds one when it has `questions`.
pub fn quizzes<'a>(record: &Record<'a>) -> Vec<Quiz<'a>> {
    let mut out = Vec::new();
    let in_fields = !fields::lists(record).is_empty();
    if in_fields || (record.kind == ContentKind::Quiz && record.body.is_none()) {
        out.push(fields::quiz(record));
    }
    if let Some(body) = record.body {
        match record.kind {
            ContentKind::Quiz if in_fields => {}
            ContentKind::Quiz => match body::sections(record, body) {
                // Several quizzes in one file, each with its key.
                several if several.len() > 1 => out.extend(several),
                _ => out.push(body::whole(record, body)),
            },
            _ => out.extend(body::sections(record, body)),
        }
    }
    out
}

/// Values times choices that are compared for one question: a hundred thousand are of no exam.
const MOST_COMPARED: usize = 100_000;

/// Names a statement's value and marks the choices. Called once all statements are known, and from where bare
/// numbers count.
fn settle(question: &mut Question<'_>, base: Option<usize>) {
    let base = base.or_else(|| question.order_base());
    let mut key = std::mem::take(&mut question.key);
    // Each value in words is compared with each choice: of too many, those behind are forgotten.
    let mut left = (MOST_COMPARED / question.choices.len().max(1)).max(1);
    key.retain_mut(|statement| {
        let is_named = !matches!(statement.place, KeyPlace::Field | KeyPlace::Section(_));
        if is_named || statement.values.is_empty() {
            return true;
        }
        if let ([only], None) = (statement.values.as_slice(), question.node)
            && left > 0
            && let Some(several) = fields::listed(&only.text, &question.choices)
        {
            statement.values = several;
        }
        statement.values.truncate(left);
        left -= statement.values.len();
        !statement.values.is_empty()
    });
    let mut reasoned = Vec::new();
    for statement in &mut key {
        let mut has_reason = false;
        for value in &mut statement.values {
            match statement.place {
                // Flags and indices know their choice already.
                KeyPlace::Flags | KeyPlace::Index | KeyPlace::Distractors => {}
                KeyPlace::Field | KeyPlace::Section(_) => {
                    has_reason |= name_choice(question, value, base) == Wording::WithReason;
                }
            }
            if let Some(choice) = value.choice.and_then(|index| question.choices.get_mut(index)) {
                choice.is_key = true;
            }
        }
        reasoned.push(has_reason);
    }
    let first = key.first().and_then(|own| question.named(own));
    let mut reasoned = std::iter::once(false).chain(reasoned.into_iter().skip(1));
    // "Answer: the hip, which ..." below a ticked "the hip" explains the key, and is no second one.
    key.retain(|own| {
        let explains = reasoned.next() == Some(true);
        !(explains && first.is_some() && question.named(own) == first)
    });
    question.key = key;
}

/// Finds the choice a value names: by id, else by text, else by letter, else by both together, else
/// by text without punctuation, else by what stands before a reason. A text that reads as a letter
/// and is also a choice's text is the text.
fn name_choice(question: &Question<'_>, value: &mut KeyValue<'_>, base: Option<usize>) -> Wording {
    let mut wording = Wording::Alone;
    let mut named = find_choice(question, value.text.as_str());
    let may_reason = question.node.is_none() || question.kind == QuestionKind::TrueFalse;
    if named == Named::Nothing && may_reason {
        let text = value.text.as_str();
        let found = wording::before_reason(text).map(|part| find_choice(question, part));
        let letter = || by_stated_letter(question, text).map(Named::Choice);
        let found = found.into_iter().find(|found| *found != Named::Nothing).or_else(letter);
        if let Some(found) = found {
            (named, wording) = (found, Wording::WithReason);
        }
    }
    // In running text, people count from 1.
    let index = question.node.and_then(|_| value.text.as_str().parse::<u32>().ok());
    let index = index.filter(|_| named == Named::Nothing);
    value.ambiguous = index.is_some();
    if let Some((index, base)) = index.zip(base) {
        value.choice = (index as usize).checked_sub(base);
        value.choice = value.choice.filter(|own| *own < question.choices.len());
        value.ambiguous = value.choice.is_none();
    }
    match named {
        Named::Choice(index) => value.choice = Some(index),
        Named::Torn(lettered, texted) => value.torn = Some((lettered, texted)),
        Named::Nothing => {}
    }
    wording
}

/// How a value is put.
#[derive(Clone, Copy, PartialEq)]
enum Wording {
    Alone,
    /// "False. Keep moving."
    WithReason,
}

#[derive(PartialEq)]
enum Named {
    Choice(usize),
    /// Letter and text name different choices.
    Torn(usize, usize),
    Nothing,
}

fn find_choice(question: &Question<'_>, wanted: &str) -> Named {
    let nothing_or = |found: Option<usize>| found.map_or(Named::Nothing, Named::Choice);
    if question.choices.is_empty() {
        return nothing_or(truth(wanted).map(|truth| usize::from(!truth)));
    }
    let find = |same: &dyn Fn(&Choice<'_>) -> bool| question.choices.iter().position(same);
    let id_is = |choice: &Choice<'_>| choice.id.as_ref().is_some_and(|id| id.as_str() == wanted);
    let by_form = |form: fn(&str) -> String| {
        let wanted = form(wanted);
        let text_is = |choice: &Choice<'_>| {
            choice.text.as_ref().is_some_and(|text| form(text.as_str()) == wanted)
        };
        if wanted.is_empty() { None } else { find(&text_is) }
    };
    let sign = |text: &str| text.trim_matches(['(', ')', '.', ' ']).to_ascii_lowercase();
    let roman = || {
        let wanted = sign(wanted);
        let is = |choice: &Choice<'_>| {
            choice
                .id
                .as_ref()
                .is_some_and(|id| id.as_str().len() > 1 && sign(id.as_str()) == wanted)
        };
        find(&is).filter(|_| question.node.is_none())
    };
    let found = find(&id_is)
        .or_else(|| by_form(normal::plain))
        .or_else(roman)
        .or_else(|| by_letter(question, letter_alone(wanted)?));
    if found.is_some() {
        return nothing_or(found);
    }
    if let Some(named) =
        by_letter_and_text(question, wanted).or_else(|| by_position_and_text(question, wanted))
    {
        return named;
    }
    // Signs carry the meaning of options in code and formulas.
    let bare = if normal::has_symbols(wanted) { None } else { by_form(normal::bare) };
    nothing_or(
        bare.or_else(|| by_truth(question, wanted))
            .or_else(|| by_position(question, wanted))
            .or_else(|| by_column(question, wanted)),
    )
}

/// "Option B", `option_b`, `choice2`: what the field or the column of an option is called.
fn by_column(question: &Question<'_>, wanted: &str) -> Option<usize> {
    const WORDS: &[&str] = &["option", "choice", "answer", "opt"];
    let folded = super::shape::fold(wanted);
    let sign = WORDS.iter().find_map(|word| folded.strip_prefix(word))?;
    let is_id = |own: &Choice<'_>| own.id.as_ref().is_some_and(|id| id.as_str() == sign);
    let by_id = || question.choices.iter().position(is_id);
    question.node.and_then(|_| by_id().or_else(|| by_letter(question, letter_alone(sign)?)))
}

/// "Option b", "The answer is b.", "b [1]", "b MRI".
fn by_stated_letter(question: &Question<'_>, text: &str) -> Option<usize> {
    if let Some(letter) = wording::stated_letter(text).filter(|_| !question.choices.is_empty()) {
        return by_letter(question, letter_alone(&text[letter])?);
    }
    let (letter, rest) = text.split_once(' ')?;
    let choice = by_letter(question, letter_alone(letter)?)?;
    let own = question.choices.get(choice)?.text.as_ref()?;
    (normal::bare(own.as_str()) == normal::bare(rest)).then_some(choice)
}

/// "2) MRI", where options have no letters: number and text must name one choice.
fn by_position_and_text(question: &Question<'_>, wanted: &str) -> Option<Named> {
    let digits = wanted.find(|c: char| !c.is_ascii_digit()).filter(|len| (1..3).contains(len))?;
    let text = wanted[digits..].strip_prefix([')', '.', ':']).filter(|own| own.starts_with(' '))?;
    let placed = by_position(question, &wanted[..digits])?;
    let text = normal::bare(text);
    let is_text =
        |own: &Choice<'_>| own.text.as_ref().is_some_and(|own| normal::bare(own.as_str()) == text);
    Some(match question.choices.iter().position(is_text) {
        Some(texted) if texted != placed => Named::Torn(placed, texted),
        _ => Named::Choice(placed),
    })
}

/// Options that have no letters are numbered by those who speak of them.
fn by_position(question: &Question<'_>, wanted: &str) -> Option<usize> {
    let is_plain = question.node.is_none() && question.choices.iter().all(|own| own.id.is_none());
    let index = wording::position(wanted).filter(|_| is_plain)?.checked_sub(1)?;
    (index < question.choices.len()).then_some(index)
}

/// "b) MRI": letter and text must name one choice.
fn by_letter_and_text(question: &Question<'_>, wanted: &str) -> Option<Named> {
    let (letter, rest) = letter_and_text(wanted)?;
    let lettered = by_letter(question, letter)?;
    let rest = normal::bare(rest);
    let text_is = |choice: &Choice<'_>| {
        choice.text.as_ref().is_some_and(|text| normal::bare(text.as_str()) == rest)
    };
    Some(match question.choices.iter().position(text_is) {
        Some(texted) if texted != lettered => Named::Torn(lettered, texted),
        _ => Named::Choice(lettered),
    })
}

fn by_letter(question: &Question<'_>, letter: char) -> Option<usize> {
    let id_is = |choice: &Choice<'_>| {
        let id = choice.id.as_ref().map(|id| id.as_str().trim_matches(['(', ')', '.', ' ']));
        id.is_some_and(|id| id.chars().eq([letter]) || id.to_lowercase().chars().eq([letter]))
    };
    if let Some(index) = question.choices.iter().position(id_is) {
        return Some(index);
    }
    // Options with letters of their own are not counted through: of A, C and D, B is none.
    if let Some(own) = own_letters(&question.choices) {
        return own.iter().position(|own| *own == letter);
    }
    let index = (letter as usize).checked_sub('a' as usize)?;
    (question.lettered && index < question.choices.len()).then_some(index)
}

/// The letters that all choices have for their ids, in small.
fn own_letters(choices: &[Choice<'_>]) -> Option<Vec<char>> {
    choices.iter().map(|choice| letter_alone(choice.id.as_ref()?.as_str())).collect()
}

fn by_truth(question: &Question<'_>, wanted: &str) -> Option<usize> {
    let wanted = truth(wanted)?;
    let is = |choice: &Choice<'_>| {
        choice.text.as_ref().and_then(|text| truth(text.as_str())) == Some(wanted)
    };
    question.choices.iter().position(is)
}

/// `true` and `false` in the words of the languages that headings are known in.
pub fn truth(word: &str) -> Option<bool> {
    match normal::plain(word).as_str() {
        "true" | "t" | "yes" | "y" | "sant" | "rätt" | "sandt" | "rigtigt" | "riktig" | "ja"
        | "oikein" | "kyllä" | "wahr" | "richtig" | "waar" | "juist" | "vrai" | "oui"
        | "verdadero" | "cierto" | "sí" | "vero" | "verdadeiro" | "sim" => Some(true),
        "false" | "f" | "no" | "n" | "falskt" | "fel" | "falsk" | "forkert" | "usant" | "galt"
        | "nej" | "nei" | "väärin" | "ei" | "falsch" | "unwahr" | "nein" | "onwaar"
        | "niet waar" | "onjuist" | "nee" | "faux" | "non" | "falso" | "não" => Some(false),
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

/// `b) MRI`, `(b) MRI`, `b. MRI`, `B: MRI`, `b - MRI`, `B (MRI)`, `b [1]`.
pub fn letter_and_text(text: &str) -> Option<(char, &str)> {
    let text = text.trim();
    let open = text.strip_prefix('(');
    let mut chars = open.unwrap_or(text).chars();
    let letter = chars.next().filter(char::is_ascii_alphabetic)?;
    let rest = chars.as_str().trim_start();
    let rest = match open {
        Some(_) => rest.strip_prefix(')')?,
        None => rest.strip_prefix([')', '.', ':', '-', '(', '[', ',', '\u{2013}', '\u{2014}'])?,
    };
    let rest = rest.trim_start();
    (!rest.is_empty()).then_some((letter.to_ascii_lowercase(), rest))
}

/// Whether a field of a question, an option or a quiz, by its canonical name, says what is right.
pub fn is_answer_key(name: &str) -> bool {
    ["answer", "answerIndex", "answerKey", "correct"].contains(&name)
}

/// Whether `key`, standing twice in `mapping`, is an answer key standing twice: of a question or
/// option, of the whole record, or an entry of its answer key. `quizzes` are those of each record.
pub fn states_answer_key(
    mapping: Node<'_>,
    key: &str,
    records: &[Record<'_>],
    quizzes: &[Vec<Quiz<'_>>],
) -> bool {
    let entry = mapping.entries().find(|entry| entry.key() == key);
    let name = super::shape::fold(entry.as_ref().map_or(key, Entry::name));
    let named = |names: &[&str]| names.contains(&name.as_str());
    let of_question = ["answer", "correct", "answerindex", "correctanswer"];
    let in_records = records.iter().any(|record| {
        let answer_key = record.field("answerKey").map(Node::resolved);
        answer_key == Some(mapping)
            || record.node == Some(mapping) && (named(&of_question) || named(&["answerkey", "key"]))
    });
    let in_questions = quizzes.iter().flatten().any(|quiz| {
        let Some(question) = quiz.question_around(mapping) else { return false };
        let in_options = |options: Node<'_>| options.span().contains(mapping.span());
        question == mapping && named(&of_question)
            || question.get("options").is_some_and(in_options) && named(&["correct"])
    });
    in_records || in_questions
}

/// What a quiz record says it is the key of.
fn key_of<'a>(record: &Record<'a>, questions: &Questions<'a>) -> Option<Text<'a>> {
    let is_key = record.kind == ContentKind::Quiz && questions.is_empty();
    record.field("quiz").filter(|_| is_key)?.scalar()
}

impl<'a> Quiz<'a> {
    /// Whether neither questions nor keys could be read in it.
    pub fn is_empty(&self) -> bool {
        self.questions.is_empty() && self.keys.is_empty()
    }

    /// The question that is `node` or holds it.
    fn question_around(&self, node: Node<'_>) -> Option<Node<'a>> {
        let question = self.questions.up_to(node)?;
        question.span().contains(node.span()).then_some(question)
    }
}
