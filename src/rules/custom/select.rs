//! What a rule of a project's own looks at: values by a pointer, sentences, headings.

use crate::model::{ContentKind, Record, is_questions};
use crate::schema::validate::supplied_by_body;
use crate::source::{SourceFile, Span};
use crate::syntax::{Block, BlockKind, Node, Prose, Text, parse_field, pointer};
use std::fmt;
use std::ops::Range;

/// What a rule looks at in a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Select {
    /// Values of fields.
    Pointer(Pointer),
    /// Sentences of the body, and of the texts in fields.
    Sentences,
    /// Headings of the same.
    Headings,
}

impl Select {
    pub const SENTENCES: &'static str = "sentences";
    pub const HEADINGS: &'static str = "headings";

    /// As settings have it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Pointer(own) => &own.text,
            Self::Sentences => Self::SENTENCES,
            Self::Headings => Self::HEADINGS,
        }
    }

    /// Whether it is the record itself.
    pub fn is_record(&self) -> bool {
        matches!(self, Self::Pointer(own) if own.parts.is_empty())
    }

    pub(super) fn in_words(&self) -> String {
        match self {
            Self::Pointer(_) if self.is_record() => "the record as a whole".to_owned(),
            Self::Pointer(own) => format!("the values at `{}`", own.text),
            Self::Sentences => "all sentences".to_owned(),
            Self::Headings => "all headings".to_owned(),
        }
    }

    /// Go through what it selects. Nothing is selected twice.
    pub(super) fn each(
        &self,
        record: &Record<'_>,
        running: &Running<'_>,
        visit: &mut dyn FnMut(&Found<'_>),
    ) {
        match self {
            Self::Pointer(own) => own.each(record, visit),
            Self::Sentences => running.sentences.iter().for_each(visit),
            Self::Headings => running.headings.iter().for_each(visit),
        }
    }
}

impl Default for Select {
    /// The record itself.
    fn default() -> Self {
        Self::Pointer(Pointer::default())
    }
}

/// A place that a rule looks at.
#[derive(Clone, Debug)]
pub(super) struct Found<'a> {
    /// Of sentences, headings and records without fields there is none.
    pub node: Option<Node<'a>>,
    /// What can be read there as one text.
    pub text: Option<Text<'a>>,
    /// Where to point when the whole of it is meant.
    pub place: Span,
    /// Of a record: what it is called, and the fields that its body stands for.
    title: Option<Text<'a>>,
    supplied: Option<Vec<&'static str>>,
}

impl<'a> Found<'a> {
    fn of_record(record: &Record<'a>) -> Self {
        let title = record.title().or_else(|| record.id());
        // A list of exercises that is read as a plan is still asked for its fields.
        let supplied = record.body.map_or(Vec::new(), |_| supplied_by_body(record));
        let (node, place) = (record.node, record.anchor());
        Self { node, text: None, place, title, supplied: Some(supplied) }
    }

    fn of_text(text: Text<'a>) -> Self {
        let place = text.inner_span();
        Self { node: None, text: Some(text), place, title: None, supplied: None }
    }

    /// A value, which its key names better than its first line where it is a list or mapping.
    fn of_value(node: Node<'a>, key: Option<Node<'a>>, file: &SourceFile) -> Self {
        let text = node.scalar();
        let place = match key {
            _ if text.is_some() => node.span(),
            Some(key) => key.span(),
            None => file.first_line(node.span()),
        };
        Self { node: Some(node), text, place, title: None, supplied: None }
    }

    /// The words of the whole, where they are not those at [`Found::place`].
    pub fn words(&self) -> Option<String> {
        let text = self.text.as_ref().or(self.title.as_ref());
        text.map(|text| text.as_str().to_owned())
    }

    /// Whether there may be this field, and is not.
    pub fn lacks(&self, field: &str) -> bool {
        let may_have_fields = self.node.map_or(self.supplied.is_some(), Node::is_mapping);
        let is_supplied = self.supplied.iter().flatten().any(|own| *own == field);
        let is_there = || self.field(field).is_some_and(|(_, value)| !value.is_null());
        may_have_fields && !is_supplied && !is_there()
    }

    /// The key and the value of a field, by its name or as it is written.
    pub fn field(&self, name: &str) -> Option<(Span, Node<'a>)> {
        let node = self.node?;
        let written = || node.entries().find(|own| own.key() == name);
        let entry = node.entry(name).or_else(written)?;
        Some((entry.key_span(), entry.value))
    }
}

/// A JSON pointer (RFC 6901) with wildcards: `*` is any one member, `**` any number of them below each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pointer {
    text: Box<str>,
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Name(Box<str>),
    Any,
    Deep,
}

/// Why a text is no pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadPointer {
    /// It does not begin with `/`.
    NoSlash,
    /// It has more than [`Pointer::MOST_PARTS`].
    TooLong,
}

/// The parts of a pointer that may come next, as bits; that behind the last one means that it has led to its end.
type Next = u64;

impl Pointer {
    /// Content is nested less deep.
    pub const MOST_PARTS: usize = 60;

    /// # Errors
    ///
    /// When the text is no pointer.
    pub fn new(text: &str) -> Result<Self, BadPointer> {
        if !text.is_empty() && !text.starts_with('/') {
            return Err(BadPointer::NoSlash);
        }
        let part = |part: &str| match part {
            "*" => Part::Any,
            "**" => Part::Deep,
            name => Part::Name(pointer::unescaped(name).into()),
        };
        let parts: Vec<_> = text.split('/').skip(1).map(part).collect();
        if parts.len() > Self::MOST_PARTS {
            return Err(BadPointer::TooLong);
        }
        Ok(Self { text: text.into(), parts })
    }

    fn each(&self, record: &Record<'_>, visit: &mut dyn FnMut(&Found<'_>)) {
        let mut next = self.with_none(1);
        if self.is_end(next) {
            visit(&Found::of_record(record));
        }
        let Some(node) = record.node else { return };
        // A quiz may be nothing but its questions.
        if record.kind == ContentKind::Quiz && is_questions(node) {
            next = self.step(next, |name| name == "questions");
            if self.is_end(next) {
                visit(&Found::of_value(node, None, record.file()));
            }
        }
        let mut walk = Walk { pointer: self, file: record.file(), visit };
        walk.below(node, next);
    }

    /// What may come next, given that `**` may stand for nothing.
    fn with_none(&self, mut next: Next) -> Next {
        for (at, _) in self.parts.iter().enumerate().filter(|(_, own)| **own == Part::Deep) {
            next |= (next >> at & 1) << (at + 1);
        }
        next
    }

    /// What may come behind a member.
    fn step(&self, next: Next, is_named: impl Fn(&str) -> bool) -> Next {
        let mut then = 0;
        for (at, part) in self.parts.iter().enumerate().filter(|(at, _)| next >> at & 1 == 1) {
            match part {
                Part::Deep => then |= 1 << at,
                Part::Any => then |= 1 << (at + 1),
                Part::Name(name) if is_named(name) => then |= 1 << (at + 1),
                Part::Name(_) => {}
            }
        }
        self.with_none(then)
    }

    fn is_end(&self, next: Next) -> bool {
        next >> self.parts.len() & 1 == 1
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// One way through the values of a record, however many parts the pointer has.
struct Walk<'w> {
    pointer: &'w Pointer,
    file: &'w SourceFile,
    visit: &'w mut dyn FnMut(&Found<'_>),
}

impl Walk<'_> {
    /// Go on below a value. What an alias repeats is looked at where it is written, but for short texts.
    fn below(&mut self, node: Node<'_>, next: Next) {
        if next == 0 || node.is_alias() {
            return;
        }
        for entry in node.entries() {
            let is_named = |name: &str| entry.name() == name || entry.key() == name;
            let then = self.pointer.step(next, is_named);
            self.member(entry.value, Some(entry.key_node), then);
        }
        for (index, item) in node.items().enumerate() {
            let then = self.pointer.step(next, |name| name.parse() == Ok(index));
            self.member(item, None, then);
        }
    }

    fn member(&mut self, node: Node<'_>, key: Option<Node<'_>>, then: Next) {
        if self.pointer.is_end(then) && (!node.is_alias() || is_short_text(node)) {
            (self.visit)(&Found::of_value(node, key, self.file));
        }
        self.below(node, then);
    }
}

/// Whether it costs no more to look at than to write. Many aliases may stand for one long text.
fn is_short_text(node: Node<'_>) -> bool {
    const MOST_BYTES: usize = 200;
    node.is_scalar() && node.scalar_text().len() <= MOST_BYTES
}

/// Running text of a record: its body, and what stands in its fields.
#[derive(Debug, Default)]
pub(super) struct Texts<'a> {
    body: Option<&'a Prose>,
    fields: Vec<Prose>,
}

/// What is selected from running text, found once for all rules.
#[derive(Debug)]
pub(super) struct Running<'a> {
    pub sentences: Vec<Found<'a>>,
    pub headings: Vec<Found<'a>>,
}

impl<'a> Texts<'a> {
    pub fn of(record: &Record<'a>) -> Self {
        let mut texts = Vec::new();
        if let Some(node) = record.node {
            add_texts(node, &mut texts);
        }
        Self { body: record.body, fields: texts.iter().map(parse_field).collect() }
    }

    fn all(&self) -> impl Iterator<Item = &Prose> {
        self.body.into_iter().chain(&self.fields)
    }

    pub fn sentences(&self) -> Vec<Found<'_>> {
        self.found(|prose, block| prose.sentences(block))
    }

    pub fn headings(&self) -> Vec<Found<'_>> {
        self.found(|_, block| match block.kind {
            BlockKind::Heading { .. } => vec![block.text.clone()],
            BlockKind::Paragraph
            | BlockKind::Item { .. }
            | BlockKind::TableCell { .. }
            | BlockKind::Code
            | BlockKind::Html => Vec::new(),
        })
    }

    /// What each block has of it, as ranges of the prose.
    fn found(&self, ranges: impl Fn(&Prose, &Block) -> Vec<Range<usize>>) -> Vec<Found<'_>> {
        let mut out = Vec::new();
        for prose in self.all() {
            for range in prose.blocks.iter().flat_map(|block| ranges(prose, block)) {
                out.push(Found::of_text(Text::of_prose(prose, range)));
            }
        }
        out
    }
}

/// Fields with works of others, whose titles say what they like.
const OF_OTHERS: &[&str] = &["sources", "references", "bibliography"];

/// The texts of several words in a value.
fn add_texts<'a>(node: Node<'a>, out: &mut Vec<Text<'a>>) {
    if node.is_alias() {
        return;
    }
    out.extend(node.text().filter(|text| text.as_str().trim().contains(char::is_whitespace)));
    let own = node.entries().filter(|own| {
        let name = own.name();
        !OF_OTHERS.contains(&name) && !name.starts_with('$') && !name.starts_with("x-")
    });
    own.map(|own| own.value).chain(node.items()).for_each(|value| add_texts(value, out));
}
