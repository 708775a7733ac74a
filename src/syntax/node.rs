//! The one tree that YAML, JSON and front matter become.
//!
//! A [`Tree`] keeps its nodes in one vector, in source order, 16 bytes each; a [`Node`] is a small
//! `Copy` cursor into it. Scalars that equal their slice of the source are not copied. Duplicate
//! keys are kept, aliases point at their anchor's node and are followed by the accessors, and every
//! node knows its exact bytes.
//!
//! ```text
//! mapping   key, value, key, value, ...   (children follow their parent at once)
//! sequence  item, item, ...
//! ```

use super::align;
use super::offset_map::OffsetMap;
use super::prose::Prose;
use crate::source::Span;
use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry as Entered;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// How a string was written; tells how its value maps back to bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,
    Folded,
    /// A JSON string.
    Json,
    /// What stands between braces or quotes in BibTeX, with its LaTeX.
    Bibtex,
}

/// What a node is. Numbers keep their text, so no digit is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Null,
    Bool(bool),
    /// A whole number as written: `12`, `0o14`, `0xC`.
    Integer,
    /// Any other number as written: `0.5`, `1e3`, `.inf`.
    Float,
    String(Style),
    Sequence,
    Mapping,
    /// `*name`; accessors follow it to the anchor's node.
    Alias,
}

/// Position of a node in its tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

impl NodeId {
    /// The position as a number: unique in its tree, in source order.
    pub const fn index(self) -> u32 {
        self.0
    }
}

const NO_TEXT: u32 = u32::MAX;

#[derive(Clone, Copy, Debug)]
struct Raw {
    span: Span,
    /// Collections: the id after their last descendant. Strings: index of the decoded text, or
    /// `NO_TEXT` when the value is the slice between the quotes. Aliases: the target's id, or
    /// `NO_TEXT` when it has none.
    data: u32,
    kind: Kind,
    /// Keys: the mark of their canonical name, which tells most names apart.
    mark: u8,
}

/// Spanned nodes of one file; several roots when it is a stream of documents.
#[derive(Clone, Debug)]
pub struct Tree {
    source: Arc<String>,
    nodes: Vec<Raw>,
    /// Decoded texts, one behind the other, and where each one is.
    texts: String,
    text_ranges: Vec<Span>,
    roots: Vec<NodeId>,
    /// Anchor names, sorted by node.
    anchors: Vec<(NodeId, Span)>,
    /// Explicit tags, sorted by node.
    tags: Vec<(NodeId, Span)>,
    duplicates: Vec<DuplicateKey>,
    /// Canonical names of keys that are written another way, sorted by node.
    names: Vec<(NodeId, Box<str>)>,
    /// Nodes that could not be read in full, sorted.
    damaged: Vec<NodeId>,
    /// Whether any mapping has a merge key.
    has_merges: bool,
}

/// A key that its mapping already has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DuplicateKey {
    pub mapping: NodeId,
    /// The first node with this key.
    pub first: NodeId,
    /// This one.
    pub again: NodeId,
}

impl Tree {
    /// A tree over `source` without any node.
    pub fn empty(source: Arc<String>) -> Self {
        TreeBuilder::new(source).finish()
    }

    /// The documents of the stream, in order. Empty for an empty file.
    pub fn roots(&self) -> impl ExactSizeIterator<Item = Node<'_>> + Clone {
        self.roots.iter().map(|&id| self.node(id))
    }

    /// The first document's node.
    pub fn root(&self) -> Option<Node<'_>> {
        self.roots().next()
    }

    pub fn node(&self, id: NodeId) -> Node<'_> {
        Node { tree: self, id }
    }

    /// Nodes of all documents, keys included.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Every node in source order, keys included, aliases not followed.
    pub fn nodes(&self) -> impl Iterator<Item = Node<'_>> {
        (0..self.nodes.len()).map(|index| self.node(NodeId(small(index))))
    }

    /// Keys that their mapping holds more than once, in source order.
    pub fn duplicate_keys(&self) -> &[DuplicateKey] {
        &self.duplicates
    }

    /// Whether its mappings are as they are written: each key once, and none merged in.
    pub fn is_plain(&self) -> bool {
        !self.has_merges && self.duplicates.is_empty()
    }

    pub fn source(&self) -> &Arc<String> {
        &self.source
    }

    /// What differs between two trees of one text.
    #[cfg(test)]
    pub(super) fn difference(&self, other: &Tree) -> Option<String> {
        for (ours, theirs) in self.nodes().zip(other.nodes()) {
            let (a, b) = (self.raw(ours.id), other.raw(theirs.id));
            let is_collection = matches!(a.kind, Kind::Sequence | Kind::Mapping);
            let same = a.kind == b.kind
                && a.span == b.span
                && (!is_collection || a.data == b.data)
                && ours.scalar_text() == theirs.scalar_text()
                && (ours.anchor(), ours.tag()) == (theirs.anchor(), theirs.tag())
                && ours.resolved().id == theirs.resolved().id;
            if !same {
                return Some(format!(
                    "{a:?} {:?}, {b:?} {:?}",
                    ours.scalar_text(),
                    theirs.scalar_text()
                ));
            }
        }
        let whole = |tree: &Tree| (tree.len(), tree.roots.clone(), tree.duplicates.clone());
        (whole(self) != whole(other)).then(|| format!("{:?}, {:?}", whole(self), whole(other)))
    }

    /// Give keys the names by which [`Node::get`] finds them; [`Entry::key`] stays as written.
    pub fn set_names(&mut self, names: impl IntoIterator<Item = (NodeId, String)>) {
        for (id, name) in names {
            self.nodes[id.0 as usize].mark = mark_of(&name);
            self.names.push((id, name.into_boxed_str()));
        }
        self.names.sort_by_key(|(id, _)| *id);
    }

    fn raw(&self, id: NodeId) -> &Raw {
        &self.nodes[id.0 as usize]
    }

    /// The value of a scalar as text; empty for collections.
    fn text_of(&self, raw: &Raw) -> &str {
        match raw.kind {
            Kind::Sequence | Kind::Mapping => "",
            Kind::Alias => &self.source[raw.span.range()],
            _ if raw.data != NO_TEXT => &self.texts[self.text_ranges[raw.data as usize].range()],
            Kind::String(Style::SingleQuoted | Style::DoubleQuoted | Style::Json) => {
                &self.source[raw.span.start as usize + 1..raw.span.end as usize - 1]
            }
            _ => &self.source[raw.span.range()],
        }
    }

    /// Whether [`Tree::text_of`] is this.
    #[inline]
    fn has_text(&self, raw: &Raw, text: &str) -> bool {
        // Most keys are plain words, which are told without a look at their letters' bounds.
        match raw.kind {
            Kind::String(Style::Plain) if raw.data == NO_TEXT => {
                raw.span.len() as usize == text.len()
                    && self.source.as_bytes()[raw.span.range()] == *text.as_bytes()
            }
            _ => self.text_of(raw) == text,
        }
    }

    /// The id after this node and everything in it.
    fn after(&self, id: NodeId) -> NodeId {
        let raw = self.raw(id);
        match raw.kind {
            Kind::Sequence | Kind::Mapping => NodeId(raw.data),
            _ => NodeId(id.0 + 1),
        }
    }
}

/// First and last letter and the length of a name, in one byte.
pub(super) fn mark_of(name: &str) -> u8 {
    let bytes = name.as_bytes();
    let (first, last) = (bytes.first().unwrap_or(&0), bytes.last().unwrap_or(&0));
    (first.wrapping_mul(31) ^ last.wrapping_mul(5))
        .wrapping_add((bytes.len() as u8).wrapping_mul(37))
}

fn small(n: usize) -> u32 {
    u32::try_from(n).expect("files are under 4 GiB")
}

/// A place in a [`Tree`]. Accessors follow aliases; [`Node::span`] does not, so that labels point
/// at the use.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    tree: &'a Tree,
    id: NodeId,
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.tree, other.tree) && self.id == other.id
    }
}

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.kind() {
            Kind::Sequence => f.debug_list().entries(self.items()).finish(),
            Kind::Mapping => {
                f.debug_map().entries(self.entries().map(|e| (e.key(), e.value))).finish()
            }
            _ => write!(f, "{:?}", self.scalar_text()),
        }
    }
}

impl<'a> Node<'a> {
    pub fn id(self) -> NodeId {
        self.id
    }

    pub fn tree(self) -> &'a Tree {
        self.tree
    }

    /// Bytes of the node: quotes included, block scalars without their header, collections from
    /// their first to their last byte. For an alias, the `*name`.
    pub fn span(self) -> Span {
        self.tree.raw(self.id).span
    }

    /// The node itself, or what its alias points at; an alias without a target is itself.
    pub fn resolved(self) -> Node<'a> {
        match self.tree.raw(self.id) {
            // Anchors are never aliases, so one step is enough.
            raw if raw.kind == Kind::Alias && raw.data != NO_TEXT => {
                self.tree.node(NodeId(raw.data))
            }
            _ => self,
        }
    }

    /// What [`Node::resolved`] is.
    fn target(self) -> &'a Raw {
        match self.tree.raw(self.id) {
            raw if raw.kind == Kind::Alias && raw.data != NO_TEXT => {
                self.tree.raw(NodeId(raw.data))
            }
            raw => raw,
        }
    }

    /// What the node is, aliases followed. [`Kind::Alias`] only when the alias has no target.
    pub fn kind(self) -> Kind {
        self.target().kind
    }

    pub fn is_alias(self) -> bool {
        self.tree.raw(self.id).kind == Kind::Alias
    }

    /// Whether the node says nothing: null, or an alias that points nowhere.
    pub fn is_null(self) -> bool {
        matches!(self.kind(), Kind::Null | Kind::Alias)
    }

    pub fn is_mapping(self) -> bool {
        self.kind() == Kind::Mapping
    }

    pub fn is_sequence(self) -> bool {
        self.kind() == Kind::Sequence
    }

    pub fn as_bool(self) -> Option<bool> {
        match self.kind() {
            Kind::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// Value of a string node.
    pub fn as_str(self) -> Option<&'a str> {
        match self.target() {
            raw if matches!(raw.kind, Kind::String(_)) => Some(self.tree.text_of(raw)),
            _ => None,
        }
    }

    /// Value of a string with the way back to its bytes.
    pub fn text(self) -> Option<Text<'a>> {
        let value = self.as_str()?;
        Some(Text { value: Cow::Borrowed(value), origin: Origin::Node(self) })
    }

    /// Value of any scalar as text with the way back to its bytes; numbers and booleans as written.
    pub fn scalar(self) -> Option<Text<'a>> {
        let value = self.is_scalar().then(|| self.scalar_text())?;
        Some(Text { value: Cow::Borrowed(value), origin: Origin::Node(self) })
    }

    /// A scalar's value as text: strings decoded, everything else as written; empty for
    /// collections.
    pub fn scalar_text(self) -> &'a str {
        self.tree.text_of(self.target())
    }

    /// Whether [`Node::scalar_text`] is empty.
    pub fn is_empty_text(self) -> bool {
        match self.target() {
            raw if raw.data == NO_TEXT && raw.kind == Kind::String(Style::Plain) => {
                raw.span.is_empty()
            }
            raw => self.tree.text_of(raw).is_empty(),
        }
    }

    /// Whether [`Node::scalar_text`] is what the source holds between the quotes: nothing is folded, escaped or
    /// cut.
    pub fn is_as_written(self) -> bool {
        self.target().data == NO_TEXT
    }

    /// Whether this is a scalar that a person would read as text: a string, number or boolean.
    pub fn is_scalar(self) -> bool {
        matches!(self.kind(), Kind::Bool(_) | Kind::Integer | Kind::Float | Kind::String(_))
    }

    /// Value of an integer that fits, in any YAML notation.
    pub fn as_i64(self) -> Option<i64> {
        if self.kind() != Kind::Integer {
            return None;
        }
        super::number::integer(self.scalar_text())
    }

    /// Value of any number.
    pub fn as_f64(self) -> Option<f64> {
        matches!(self.kind(), Kind::Integer | Kind::Float)
            .then(|| super::number::float(self.scalar_text()))
            .flatten()
    }

    /// Items of a sequence; nothing for other nodes.
    pub fn items(self) -> Items<'a> {
        let node = self.resolved();
        Items(match node.kind() {
            Kind::Sequence => Children::of(node),
            _ => Children::none(node),
        })
    }

    /// Entries of a mapping in source order, duplicates included; nothing for other nodes. A merge
    /// key (`<<`) is an entry like any other here; [`Node::get`] looks through it.
    pub fn entries(self) -> Entries<'a> {
        let node = self.resolved();
        Entries(match node.kind() {
            Kind::Mapping => Children::of(node),
            _ => Children::none(node),
        })
    }

    /// The entry with this name: the first one of its own, else one that is merged in with `<<`.
    pub fn entry(self, key: &str) -> Option<Entry<'a>> {
        let mark = mark_of(key);
        let own = self.entries().find(|entry| entry.is_named(key, mark));
        own.or_else(|| {
            let mut budget = MERGE_BUDGET;
            self.merged_entry(key, &mut budget)
        })
    }

    /// The value under `key`.
    pub fn get(self, key: &str) -> Option<Node<'a>> {
        self.entry(key).map(|entry| entry.value)
    }

    /// Looks through merge keys; `budget` is the number of mappings that may still be looked into.
    fn merged_entry(self, key: &str, budget: &mut u32) -> Option<Entry<'a>> {
        if !self.tree.has_merges {
            return None;
        }
        let merge = self.entries().find(Entry::is_merge)?;
        let mut found = None;
        for_each_mapping(merge.value, |mapping| {
            if found.is_none() && *budget > 0 {
                *budget -= 1;
                let mark = mark_of(key);
                let own = mapping.entries().find(|entry| entry.is_named(key, mark));
                found = own.or_else(|| mapping.merged_entry(key, budget));
            }
        });
        found
    }

    /// Entries as a consumer sees them: merge keys replaced by what they bring, own keys first,
    /// each key once (the first of duplicates).
    pub fn merged_entries(self) -> Vec<Entry<'a>> {
        let mut out: Vec<Entry<'a>> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        let mut queue = vec![self.resolved()];
        let mut budget = MERGE_BUDGET;
        while let Some(mapping) = queue.pop() {
            for entry in mapping.entries() {
                if entry.is_merge() {
                    let mut merged = Vec::new();
                    for_each_mapping(entry.value, |mapping| merged.push(mapping.resolved()));
                    queue.extend(merged.into_iter().rev());
                } else if seen.insert(entry.name()) {
                    out.push(entry);
                }
            }
            match budget.checked_sub(1) {
                Some(left) => budget = left,
                None => break,
            }
        }
        out
    }

    /// Whether a merge key stands among the entries.
    pub fn has_merge(self) -> bool {
        self.tree.has_merges && self.entries().any(|entry| entry.is_merge())
    }

    /// The node a JSON pointer leads to from here; `""` is this node.
    pub fn pointer(self, pointer: &str) -> Option<Node<'a>> {
        let mut node = self;
        for part in pointer.split('/').skip(1) {
            let part = part.replace("~1", "/").replace("~0", "~");
            node = match node.kind() {
                Kind::Mapping => node.get(&part)?,
                Kind::Sequence => node.items().nth(part.parse().ok()?)?,
                _ => return None,
            };
        }
        Some(node)
    }

    /// The anchor's name with its `&`, where the node has one.
    pub fn anchor(self) -> Option<Span> {
        lookup(&self.tree.anchors, self.id)
    }

    /// The tag as written, where the node has one.
    pub fn tag(self) -> Option<Span> {
        lookup(&self.tree.tags, self.id)
    }

    /// Whether a mistake in the file hides a part of this node: a value is cut or missing, a
    /// collection may lack entries that are written. A syntax error says so already, so nothing
    /// should be said of what the node lacks.
    pub fn is_damaged(self) -> bool {
        let node = self.resolved();
        node.tree.damaged.binary_search(&node.id).is_ok()
    }

    /// Every node below this one, itself first, aliases not followed, keys included.
    pub fn descendants(self) -> impl Iterator<Item = Node<'a>> {
        let end = self.tree.after(self.id).0;
        (self.id.0..end).map(move |id| self.tree.node(NodeId(id)))
    }
}

/// Mappings that one lookup follows merge keys into; more is somebody's bomb, not content.
const MERGE_BUDGET: u32 = 64;

fn for_each_mapping<'a>(value: Node<'a>, mut visit: impl FnMut(Node<'a>)) {
    match value.kind() {
        Kind::Mapping => visit(value),
        Kind::Sequence => value.items().filter(|item| item.is_mapping()).for_each(visit),
        _ => {}
    }
}

fn lookup(table: &[(NodeId, Span)], id: NodeId) -> Option<Span> {
    table.binary_search_by_key(&id, |(node, _)| *node).ok().map(|index| table[index].1)
}

/// A key and its value.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    pub key_node: Node<'a>,
    pub value: Node<'a>,
}

impl<'a> Entry<'a> {
    /// The key as text; numbers and booleans as written.
    pub fn key(&self) -> &'a str {
        self.key_node.scalar_text()
    }

    /// The key's canonical name: the key itself unless it is another spelling of a known field.
    pub fn name(&self) -> &'a str {
        let names = &self.key_node.tree.names;
        if names.is_empty() {
            return self.key();
        }
        match names.binary_search_by_key(&self.key_node.id, |(id, _)| *id) {
            Ok(index) => &names[index].1,
            Err(_) => self.key(),
        }
    }

    /// The mark of [`Entry::name`].
    pub(super) fn mark(&self) -> u8 {
        match self.key_node.tree.raw(self.key_node.id) {
            raw if raw.kind == Kind::Alias => mark_of(self.name()),
            raw => raw.mark,
        }
    }

    /// Whether [`Entry::name`] is this, whose mark is given.
    fn is_named(&self, name: &str, mark: u8) -> bool {
        self.mark() == mark && self.has_name(name)
    }

    /// Whether [`Entry::name`] is this.
    #[inline]
    pub(super) fn has_name(&self, name: &str) -> bool {
        let tree = self.key_node.tree;
        if tree.names.is_empty() {
            tree.has_text(self.key_node.target(), name)
        } else {
            self.name() == name
        }
    }

    /// Whether [`Entry::key`] is this.
    #[inline]
    pub(super) fn has_key(&self, key: &str) -> bool {
        self.key_node.tree.has_text(self.key_node.target(), key)
    }

    pub fn key_span(&self) -> Span {
        self.key_node.span()
    }

    /// From the key's first byte to the value's last.
    pub fn span(&self) -> Span {
        self.key_span().to(self.value.span())
    }

    /// Whether this is YAML's `<<`.
    pub fn is_merge(&self) -> bool {
        self.key_node.kind() == Kind::String(Style::Plain) && self.key() == "<<"
    }
}

#[derive(Clone, Debug)]
struct Children<'a> {
    tree: &'a Tree,
    next: NodeId,
    end: NodeId,
}

impl<'a> Children<'a> {
    fn of(node: Node<'a>) -> Self {
        Self { tree: node.tree, next: NodeId(node.id.0 + 1), end: node.tree.after(node.id) }
    }

    fn none(node: Node<'a>) -> Self {
        Self { tree: node.tree, next: node.id, end: node.id }
    }
}

impl<'a> Iterator for Children<'a> {
    type Item = Node<'a>;

    fn next(&mut self) -> Option<Node<'a>> {
        if self.next >= self.end {
            return None;
        }
        let node = self.tree.node(self.next);
        self.next = self.tree.after(self.next);
        Some(node)
    }
}

/// Items of a sequence.
#[derive(Clone, Debug)]
pub struct Items<'a>(Children<'a>);

impl<'a> Iterator for Items<'a> {
    type Item = Node<'a>;

    fn next(&mut self) -> Option<Node<'a>> {
        self.0.next()
    }
}

/// Entries of a mapping.
#[derive(Clone, Debug)]
pub struct Entries<'a>(Children<'a>);

impl<'a> Iterator for Entries<'a> {
    type Item = Entry<'a>;

    fn next(&mut self) -> Option<Entry<'a>> {
        let key_node = self.0.next()?;
        // The builder closes a mapping only after a value.
        let value = self.0.next().expect("every key has a value");
        Some(Entry { key_node, value })
    }
}

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

/// Puts nodes together in source order. Used by the readers and by nobody else.
#[derive(Debug)]
pub struct TreeBuilder {
    tree: Tree,
    open: Vec<Open>,
    /// The keys of the open mappings, outermost first.
    keys: Vec<NodeId>,
    /// Nodes that each anchored collection stands for, its aliases followed.
    sizes: HashMap<NodeId, u64>,
}

#[derive(Debug)]
struct Open {
    id: NodeId,
    is_mapping: bool,
    /// In a mapping: the next node is a key.
    wants_key: bool,
    /// Where its own keys begin among those of all open mappings.
    keys_from: usize,
}

impl Open {
    fn waits_for_value(&self) -> bool {
        self.is_mapping && !self.wants_key
    }
}

impl TreeBuilder {
    pub fn new(source: Arc<String>) -> Self {
        let tree = Tree {
            source,
            nodes: Vec::new(),
            texts: String::new(),
            text_ranges: Vec::new(),
            roots: Vec::new(),
            anchors: Vec::new(),
            tags: Vec::new(),
            duplicates: Vec::new(),
            names: Vec::new(),
            damaged: Vec::new(),
            has_merges: false,
        };
        Self { tree, open: Vec::new(), keys: Vec::new(), sizes: HashMap::new() }
    }

    /// A builder with room for this many nodes.
    pub fn with_capacity(source: Arc<String>, nodes: usize) -> Self {
        let mut builder = Self::new(source);
        builder.tree.nodes.reserve(nodes);
        builder
    }

    /// Number of open collections.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// The id the next node will get.
    pub fn next_id(&self) -> NodeId {
        NodeId(small(self.tree.nodes.len()))
    }

    /// Whether the innermost open collection is a mapping that waits for a key.
    pub fn wants_key(&self) -> bool {
        self.open.last().is_some_and(|open| open.wants_key)
    }

    /// Whether the innermost open collection is a mapping whose last key waits for its value.
    pub fn wants_value(&self) -> bool {
        self.open.last().is_some_and(Open::waits_for_value)
    }

    /// Bytes of the last node.
    pub fn last_span(&self) -> Span {
        self.tree.nodes.last().map_or(Span::default(), |raw| raw.span)
    }

    fn push(&mut self, kind: Kind, span: Span, data: u32) -> NodeId {
        let id = self.next_id();
        self.tree.nodes.push(Raw { span, data, kind, mark: 0 });
        match self.open.last_mut() {
            None => self.tree.roots.push(id),
            Some(open) if open.is_mapping => {
                open.wants_key = !open.wants_key;
                if open.waits_for_value() {
                    self.key(id);
                }
            }
            Some(_) => {}
        }
        id
    }

    /// The last node is a key.
    fn key(&mut self, id: NodeId) {
        let key = self.tree.node(id);
        let (kind, name) = (self.tree.raw(id).kind, key.scalar_text());
        let is_merge = kind == Kind::String(Style::Plain) && name == "<<";
        let mark = mark_of(name);
        self.tree.nodes[id.0 as usize].mark = mark;
        self.tree.has_merges |= is_merge;
        self.keys.push(id);
    }

    /// A null, boolean or number. Its value is its slice.
    pub fn scalar(&mut self, kind: Kind, span: Span) -> NodeId {
        self.push(kind, span, NO_TEXT)
    }

    /// A null, boolean or number that is written with quotes and a tag.
    pub fn decoded_scalar(&mut self, kind: Kind, span: Span, decoded: &str) -> NodeId {
        let start = self.text_end();
        self.tree.texts.push_str(decoded);
        self.text_node(kind, span, Some(start))
    }

    /// A string; `decoded` is given only when the value differs from the slice between the quotes.
    pub fn string(&mut self, style: Style, span: Span, decoded: Option<&str>) -> NodeId {
        match decoded {
            None => self.push(Kind::String(style), span, NO_TEXT),
            Some(text) => self.decoded_scalar(Kind::String(style), span, text),
        }
    }

    /// The decoded texts so far: a reader appends one, then hands over where it began.
    pub fn texts(&mut self) -> &mut String {
        &mut self.tree.texts
    }

    /// Where the next decoded text begins.
    pub fn text_end(&self) -> usize {
        self.tree.texts.len()
    }

    /// A scalar whose decoded text is everything from `start` on in [`TreeBuilder::texts`]; its slice
    /// when that is `None`.
    pub fn text_node(&mut self, kind: Kind, span: Span, start: Option<usize>) -> NodeId {
        let data = match start {
            None => NO_TEXT,
            Some(start) => {
                self.tree.text_ranges.push(Span::from_usize(start..self.tree.texts.len()));
                small(self.tree.text_ranges.len() - 1)
            }
        };
        self.push(kind, span, data)
    }

    /// A `*name`; without `target` it reads as null.
    pub fn alias(&mut self, span: Span, target: Option<NodeId>) -> NodeId {
        self.push(Kind::Alias, span, target.map_or(NO_TEXT, |id| id.0))
    }

    /// Open a collection at byte `start`.
    pub fn open(&mut self, kind: Kind, start: u32) -> NodeId {
        let id = self.push(kind, Span::empty(start), 0);
        let is_mapping = kind == Kind::Mapping;
        self.open.push(Open { id, is_mapping, wants_key: is_mapping, keys_from: self.keys.len() });
        id
    }

    /// Close the innermost collection at byte `end`, or at the end of its last child when that is
    /// what its end should be (`None`; block collections). A key without a value gets a null.
    pub fn close(&mut self, end: Option<u32>) {
        self.complete_entry(false);
        let Some(Open { id, is_mapping, keys_from, .. }) = self.open.pop() else {
            return;
        };
        let after = self.next_id();
        let end = end.unwrap_or_else(|| self.last_byte_of(id, after));
        let raw = &mut self.tree.nodes[id.0 as usize];
        raw.data = after.0;
        raw.span.end = end.max(raw.span.start);
        if is_mapping {
            self.note_duplicates(id, keys_from);
            self.keys.truncate(keys_from);
        }
    }

    fn last_byte_of(&self, id: NodeId, after: NodeId) -> u32 {
        let own = &self.tree.nodes[id.0 as usize..after.0 as usize];
        // The last child may be an empty value before a comment; the last byte that holds anything
        // is what people take for the end.
        own.iter()
            .rev()
            .find(|raw| !raw.span.is_empty())
            .map_or(own[0].span.end, |raw| raw.span.end)
    }

    fn note_duplicates(&mut self, mapping: NodeId, keys_from: usize) {
        const FEW: usize = 16;
        let keys = &self.keys[keys_from..];
        let text = |id: NodeId| Node { tree: &self.tree, id }.scalar_text();
        let mut found = Vec::new();
        if keys.len() <= FEW {
            let mut texts = [""; FEW];
            for (index, &again) in keys.iter().enumerate() {
                texts[index] = text(again);
                if let Some(first) = texts[..index].iter().position(|first| *first == texts[index])
                {
                    found.push(DuplicateKey { mapping, first: keys[first], again });
                }
            }
        } else {
            let mut seen = HashMap::with_capacity(keys.len());
            for &again in keys {
                match seen.entry(text(again)) {
                    Entered::Occupied(first) => {
                        found.push(DuplicateKey { mapping, first: *first.get(), again });
                    }
                    Entered::Vacant(place) => {
                        place.insert(again);
                    }
                }
            }
        }
        // Several merge keys are an error of their own kind, still one key twice.
        self.tree.duplicates.extend(found);
    }

    pub fn set_anchor(&mut self, node: NodeId, name: Span) {
        self.tree.anchors.push((node, name));
    }

    pub fn set_tag(&mut self, node: NodeId, tag: Span) {
        self.tree.tags.push((node, tag));
    }

    /// A mistake hides a part of `node`.
    pub fn set_damaged(&mut self, node: NodeId) {
        self.tree.damaged.push(node);
    }

    /// A mistake hides a part of everything that is open.
    pub fn damage_open(&mut self) {
        self.tree.damaged.extend(self.open.iter().map(|open| open.id));
    }

    /// A mistake hides a part of the last scalar, if it is a value that reaches to byte `from`.
    pub fn set_last_damaged(&mut self, from: u32) {
        let is_key = self.wants_value();
        let reaches = self.tree.nodes.last().is_some_and(|raw| raw.span.end >= from);
        if reaches && !is_key {
            self.tree.damaged.push(NodeId(small(self.tree.nodes.len() - 1)));
        }
    }

    /// Give the last key of the innermost mapping a null if it has no value; a damaged one if the
    /// value could not be read.
    pub fn complete_entry(&mut self, damaged: bool) {
        if self.wants_value() {
            let at = self.tree.nodes.last().map_or(0, |raw| raw.span.end);
            let id = self.scalar(Kind::Null, Span::empty(at));
            if damaged {
                self.tree.damaged.push(id);
            }
        }
    }

    /// The anchors of this node and all behind it, with their `&name`.
    pub fn anchors_since(&self, first: NodeId) -> impl Iterator<Item = (Span, NodeId)> {
        let anchors = self.tree.anchors.iter().filter(move |(node, _)| *node >= first);
        anchors.map(|(node, name)| (*name, *node))
    }

    /// Remember how many nodes an anchored collection stands for.
    pub fn note_size(&mut self, node: NodeId, size: u64) {
        self.sizes.insert(node, size);
    }

    /// What [`TreeBuilder::note_size`] was told of `node`.
    pub fn size_of(&self, node: NodeId) -> Option<u64> {
        self.sizes.get(&node).copied()
    }

    /// Whether byte `at` lies in a scalar or alias read so far.
    pub fn is_inside_scalar(&self, at: u32) -> bool {
        let nodes = &self.tree.nodes;
        let index = nodes.partition_point(|raw| raw.span.start <= at);
        let leaf = nodes[..index].last();
        leaf.is_some_and(|raw| {
            !matches!(raw.kind, Kind::Sequence | Kind::Mapping) && at < raw.span.end
        })
    }

    /// Close every open collection at its last child.
    pub fn close_all(&mut self) {
        while !self.open.is_empty() {
            self.close(None);
        }
    }

    /// The tree. Collections still open (the file broke off) are closed at their last child.
    pub fn finish(mut self) -> Tree {
        self.close_all();
        self.tree.anchors.sort_by_key(|(node, _)| *node);
        self.tree.tags.sort_by_key(|(node, _)| *node);
        self.tree.damaged.sort_unstable();
        self.tree.damaged.dedup();
        self.tree.duplicates.sort_by_key(|duplicate| duplicate.again);
        self.tree
    }
}
