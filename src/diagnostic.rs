//! The values everyone passes on: [`Diagnostic`], [`Label`], [`Severity`], [`Level`], [`Fix`].
//!
//! A rule says what is wrong and where; how grave that is in this project is decided later, in
//! `policy`, so a [`Diagnostic`] carries no severity.

use crate::lasting::{self, Lasting};
use crate::source::{FilePath, LineColumn, LineSpan, SourceFile, Span};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;
use thin_vec::ThinVec;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

/// How grave a diagnostic is, after settings were applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Consider.
    Info,
    /// Fix or justify.
    Warning,
    /// Should stop a release.
    Error,
}

impl Severity {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// What a rule is set to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    Off,
    Info,
    Warning,
    Error,
}

impl Level {
    /// The names settings use, in order of gravity.
    pub const NAMES: &'static [&'static str] = &["off", "info", "warning", "error"];

    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "off" => Self::Off,
            "info" => Self::Info,
            "warning" => Self::Warning,
            "error" => Self::Error,
            _ => return None,
        })
    }

    pub const fn as_str(self) -> &'static str {
        match self.severity() {
            Some(severity) => severity.as_str(),
            None => "off",
        }
    }

    /// The severity a diagnostic gets at this level; `None` when the level is off.
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Info => Some(Severity::Info),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

/// The precision to expect from a rule on real content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// Under 80 %.
    Low,
    /// 80 to 95 %.
    Medium,
    /// 95 % and more.
    High,
}

impl Confidence {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// A span with text. Written to a cache without its path, which is that of the report it is part of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    #[serde(skip)]
    pub path: FilePath,
    pub span: Span,
    /// What is here; may be empty. One line.
    #[serde(with = "lasting::text")]
    pub message: Cow<'static, str>,
    /// The lines of `span`; line 0 where they were not noted while the text was at hand.
    lines: LineSpan,
}

/// Lines that no span is on: they are counted from 1.
const NOT_NOTED: LineSpan = {
    let nowhere = LineColumn { line: 0, column: 0 };
    LineSpan { start: nowhere, end: nowhere }
};

impl Label {
    pub fn new(path: FilePath, span: Span, message: impl Into<Cow<'static, str>>) -> Self {
        Self { path, span, message: message.into(), lines: NOT_NOTED }
    }

    /// The lines of the span, if [`Diagnostic::note_lines`] has seen to it.
    pub fn lines(&self) -> Option<LineSpan> {
        Some(self.lines).filter(|lines| *lines != NOT_NOTED)
    }
}

/// One thing that is wrong, and every place that belongs to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// `group/name`.
    #[serde(with = "lasting::name")]
    pub rule: Lasting,
    /// Which of the rule's kinds, for rules that have kinds.
    #[serde(with = "lasting::maybe_name")]
    pub kind: Option<Lasting>,
    /// One line, lower case, understandable without the snippet.
    pub message: String,
    pub primary: Label,
    /// The other halves of the story; may lie in other files. Order means nothing.
    pub related: ThinVec<Label>,
    /// Why it matters; each may hold line breaks.
    pub notes: ThinVec<String>,
    /// The next step.
    #[serde(with = "lasting::maybe_text")]
    pub help: Option<Cow<'static, str>>,
    pub fix: Option<Box<Fix>>,
    pub confidence: Confidence,
    pub identity: Identity,
    /// Of the same mistake at other places, where it is told with this one.
    pub others: ThinVec<Identity>,
}

/// What stays the same about a diagnostic when lines move and messages are reworded.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Identity {
    /// Id of the record, where it has one.
    pub record: Option<Arc<str>>,
    /// JSON pointer inside the record.
    pub pointer: Box<str>,
    /// Of the text under the primary label.
    pub text: TextHash,
}

impl Identity {
    /// From a value to its field or item.
    pub(crate) fn step_to(&mut self, name: &str) {
        self.pointer = format!("{}/{name}", self.pointer).into();
    }

    /// Put it below the value at `pointer`.
    pub(crate) fn nest_in(&mut self, pointer: &str) {
        self.pointer = format!("{pointer}{}", self.pointer).into();
    }
}

/// Hash of the words of a text; blanks between them make no difference. It is all that is kept of
/// texts that nobody is shown.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct TextHash(pub u64);

impl TextHash {
    pub fn of(text: &str) -> Self {
        Self::of_place("", text)
    }

    /// Of a text at a JSON pointer.
    pub fn of_place(pointer: &str, text: &str) -> Self {
        let seed = if pointer.is_empty() { 0 } else { xxh3_64(pointer.as_bytes()) };
        Self(xxh3_64_with_seed(collapsed(text.trim()).as_bytes(), seed))
    }
}

/// The text with one blank between words, cut where it is long enough to tell texts apart.
fn collapsed(text: &str) -> Cow<'_, str> {
    const ENOUGH: usize = 200;
    let is_plain = |byte: u8| (b' '..=b'~').contains(&byte);
    if text.len() <= ENOUGH && text.bytes().all(is_plain) && !text.contains("  ") {
        return Cow::Borrowed(text);
    }
    let mut words = String::with_capacity(text.len().min(ENOUGH));
    for word in text.split_whitespace() {
        if words.len() > ENOUGH {
            break;
        }
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    Cow::Owned(words)
}

/// A change that mends the cause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    pub title: String,
    pub applicability: Applicability,
    /// Sorted by span, not overlapping.
    pub edits: Vec<Edit>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Applicability {
    /// The meaning cannot change.
    Safe,
    /// Somebody should look at the result.
    Unsafe,
}

/// Replace the bytes under `span`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    #[serde(skip)]
    pub path: FilePath,
    pub span: Span,
    pub replacement: String,
}

impl Diagnostic {
    /// A message at a place, and nothing else yet.
    pub fn new(rule: &'static str, path: FilePath, span: Span, message: impl Into<String>) -> Self {
        Self {
            rule,
            kind: None,
            message: message.into(),
            primary: Label::new(path, span, ""),
            related: ThinVec::new(),
            notes: ThinVec::new(),
            help: None,
            fix: None,
            confidence: Confidence::High,
            identity: Identity::default(),
            others: ThinVec::new(),
        }
    }

    /// The rule and its kind, as settings name them.
    pub fn code(&self) -> String {
        match self.kind {
            Some(kind) => format!("{}/{kind}", self.rule),
            None => self.rule.to_owned(),
        }
    }

    /// What is wrong, and on the next line what to do, for readers that have one text.
    pub fn message_and_help(&self) -> String {
        match &self.help {
            Some(help) => format!("{}\n{help}", self.message),
            None => self.message.clone(),
        }
    }

    /// Of all places that it is about.
    pub fn identities(&self) -> impl Iterator<Item = &Identity> {
        [&self.identity].into_iter().chain(&self.others)
    }

    /// A second label in the same file as the first.
    pub fn related(&mut self, span: Span, message: impl Into<Cow<'static, str>>) -> &mut Self {
        let path = self.primary.path.clone();
        self.related_at(path, span, message)
    }

    /// A second label, maybe in another file.
    pub fn related_at(
        &mut self,
        path: FilePath,
        span: Span,
        message: impl Into<Cow<'static, str>>,
    ) -> &mut Self {
        self.related.push(Label::new(path, span, message));
        self
    }

    /// Note on which lines of `file` the labels are, so that nobody has to read it again to tell.
    pub fn note_lines(&mut self, file: &SourceFile) {
        let labels = std::iter::once(&mut self.primary).chain(&mut self.related);
        for label in labels.filter(|label| label.path == file.path) {
            label.lines = file.line_span(label.span);
        }
    }

    /// Put every label and edit into the file at `path`.
    pub(crate) fn place_in(&mut self, path: &FilePath) {
        let labels = std::iter::once(&mut self.primary).chain(&mut self.related);
        labels.for_each(|own| own.path.clone_from(path));
        let edits = self.fix.iter_mut().flat_map(|fix| &mut fix.edits);
        edits.for_each(|own| own.path.clone_from(path));
    }

    /// Whether every label and edit is in the file at `path`.
    pub(crate) fn is_in(&self, path: &FilePath) -> bool {
        let mut labels = std::iter::once(&self.primary).chain(&self.related);
        let mut edits = self.fix.iter().flat_map(|fix| &fix.edits);
        labels.all(|own| own.path == *path) && edits.all(|own| own.path == *path)
    }

    /// The words beside the primary label.
    pub fn label(&mut self, message: impl Into<Cow<'static, str>>) -> &mut Self {
        self.primary.message = message.into();
        self
    }

    pub fn kind(&mut self, kind: &'static str) -> &mut Self {
        self.kind = Some(kind);
        self
    }

    pub fn note(&mut self, note: impl Into<String>) -> &mut Self {
        self.notes.push(note.into());
        self
    }

    pub fn help(&mut self, help: impl Into<Cow<'static, str>>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    pub fn confidence(&mut self, confidence: Confidence) -> &mut Self {
        self.confidence = confidence;
        self
    }

    /// A fix of one edit in the same file.
    pub fn fix(
        &mut self,
        title: impl Into<String>,
        applicability: Applicability,
        span: Span,
        replacement: impl Into<String>,
    ) -> &mut Self {
        let edit = Edit { path: self.primary.path.clone(), span, replacement: replacement.into() };
        self.fix = Some(Box::new(Fix { title: title.into(), applicability, edits: vec![edit] }));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_between_words_make_no_difference() {
        let long = "words ".repeat(50);
        assert_eq!(TextHash::of("two words"), TextHash::of(" two\n   words "));
        assert_eq!(TextHash::of(&long), TextHash::of(&long.replace(' ', "\n\t")));
        assert_eq!(TextHash::of("på tå"), TextHash::of("på\u{a0}tå"));
        assert_ne!(TextHash::of("two words"), TextHash::of("twowords"));
        assert_ne!(TextHash::of_place("/a", "x"), TextHash::of_place("/b", "x"));
        assert_eq!(TextHash::of_place("", "x"), TextHash::of("x"));
    }
}
