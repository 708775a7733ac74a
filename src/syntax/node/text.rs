//! [`Text`]: a string's value, and where in the file each of its bytes stands.

use super::{Kind, Node, Style, small};
use crate::source::Span;
use crate::syntax::align;
use crate::syntax::offset_map::OffsetMap;
use crate::syntax::prose::Prose;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// A string's value with the way back to its bytes.
#[derive(Clone, Debug)]
pub struct Text<'a> {
    value: Cow<'a, str>,
    origin: Origin<'a>,
}

#[derive(Clone, Debug)]
enum Origin<'a> {
    Node(Node<'a>),
    /// A range of another text, from this offset on.
    Part(Arc<Whole<'a>>, usize),
    Map(Span, Arc<OffsetMap>),
    /// A range of some prose, from this offset of its text on.
    Prose(&'a Prose, usize),
}

/// A text of which there are parts. Most parts are never asked where they stand.
#[derive(Debug)]
struct Whole<'a> {
    text: Text<'a>,
    map: OnceLock<OffsetMap>,
}

impl Whole<'_> {
    fn map(&self) -> &OffsetMap {
        self.map.get_or_init(|| self.text.map().into_owned())
    }
}

impl<'a> Text<'a> {
    /// The value of `node`, as the tree has it.
    pub(super) fn of_node(node: Node<'a>, value: &'a str) -> Self {
        Self { value: Cow::Borrowed(value), origin: Origin::Node(node) }
    }

    /// Text that was put together elsewhere, with its map to the source; `span` is the whole of it.
    pub fn mapped(value: impl Into<Cow<'a, str>>, span: Span, map: OffsetMap) -> Self {
        Self { value: value.into(), origin: Origin::Map(span, Arc::new(map)) }
    }

    /// A range of `prose`'s visible text.
    pub fn of_prose(prose: &'a Prose, range: Range<usize>) -> Self {
        let value = Cow::Borrowed(&prose.text[range.clone()]);
        Self { value, origin: Origin::Prose(prose, range.start) }
    }

    pub fn as_str(&self) -> &str {
        &self.value
    }

    /// The parts of the text at these ranges.
    pub fn parts(&self, ranges: impl IntoIterator<Item = Range<usize>>) -> Vec<Text<'a>> {
        let origin = match &self.origin {
            Origin::Node(_) | Origin::Map(..) => {
                Origin::Part(Arc::new(Whole { text: self.clone(), map: OnceLock::new() }), 0)
            }
            origin @ (Origin::Part(..) | Origin::Prose(..)) => origin.clone(),
        };
        let part = |range: Range<usize>| {
            let value = match &self.value {
                Cow::Borrowed(value) => Cow::Borrowed(&value[range.clone()]),
                Cow::Owned(value) => Cow::Owned(value[range.clone()].to_owned()),
            };
            let mut origin = origin.clone();
            if let Origin::Part(_, start) | Origin::Prose(_, start) = &mut origin {
                *start += range.start;
            }
            Text { value, origin }
        };
        ranges.into_iter().map(part).collect()
    }

    /// The node it comes from, when it is a node's whole value.
    pub fn node(&self) -> Option<Node<'a>> {
        match self.origin {
            Origin::Node(node) => Some(node),
            Origin::Part(..) | Origin::Map(..) | Origin::Prose(..) => None,
        }
    }

    /// Bytes of the whole: for a node, with its quotes.
    pub fn span(&self) -> Span {
        match &self.origin {
            Origin::Node(node) => node.span(),
            Origin::Map(span, _) => *span,
            Origin::Part(..) | Origin::Prose(..) => self.inner_span(),
        }
    }

    /// Bytes behind a range of the value. For text reached through an alias, the alias.
    pub fn span_of(&self, range: Range<usize>) -> Span {
        match &self.origin {
            Origin::Map(_, map) => map.span(range),
            Origin::Part(whole, _) if whole.text.node().is_some_and(Node::is_alias) => {
                whole.text.span()
            }
            Origin::Part(whole, start) => whole.map().span(range.start + start..range.end + start),
            Origin::Prose(prose, start) => prose.span(range.start + start..range.end + start),
            Origin::Node(node) if node.is_alias() => node.span(),
            Origin::Node(_) => self.map().span(range),
        }
    }

    /// Bytes of the value without surrounding quotes.
    pub fn inner_span(&self) -> Span {
        self.span_of(0..self.value.len())
    }

    /// The map from the value to the source, computed when it is asked for.
    pub fn map(&self) -> Cow<'_, OffsetMap> {
        match &self.origin {
            Origin::Map(_, map) => Cow::Borrowed(map),
            Origin::Part(whole, start) => {
                let part = OffsetMap::copy(small(*start), small(self.value.len()));
                Cow::Owned(part.then(whole.map()))
            }
            Origin::Prose(prose, start) => {
                let text = OffsetMap::copy(small(*start), small(self.value.len()));
                Cow::Owned(text.then(prose.map()))
            }
            Origin::Node(node) => {
                let target = node.resolved();
                let raw = target.tree.raw(target.id);
                let style =
                    match (raw.kind, target.tree.source.as_bytes().get(raw.span.start as usize)) {
                        (Kind::String(style), _) => style,
                        // A number in quotes, by its tag.
                        (_, Some(b'\'')) => Style::SingleQuoted,
                        (_, Some(b'"')) => Style::DoubleQuoted,
                        _ => Style::Plain,
                    };
                Cow::Owned(align::align(style, &target.tree.source, raw.span, &self.value))
            }
        }
    }
}
