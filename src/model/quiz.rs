//! Quizzes: one shape for every way to write an answer key.

use super::Record;
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
    /// A field of the question (`answer`, `correct`, `answerIndex`).
    Field,
    /// `correct: true` on options, or ticked boxes.
    Flags,
    /// `answer` with `distractors`: the key is no choice among others but the one that is not a
    /// distractor.
    Distractors,
    /// An entry of the quiz's `answerKey`.
    AnswerKey,
    /// An entry of an "Answer key" section; the index into [`Quiz::keys`].
    Section(usize),
}

/// One value of a statement and the choice it names.
#[derive(Clone, Debug)]
pub struct KeyValue<'a> {
    pub text: Text<'a>,
    /// Index into [`Question::choices`].
    pub choice: Option<usize>,
}

/// A list of keys for the whole quiz.
#[derive(Clone, Debug)]
pub struct KeySection<'a> {
    /// The heading or key it stands under.
    pub anchor: Span,
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

/// Every quiz that a record holds.
pub fn quizzes<'a>(_record: &Record<'a>) -> Vec<Quiz<'a>> {
    Vec::new()
}

/// Whether `key`, standing twice in `mapping`, is an answer key standing twice.
pub fn states_answer_key(_mapping: Node<'_>, _key: &str, _records: &[Record<'_>]) -> bool {
    false
}
