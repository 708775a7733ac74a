//! The one tree that YAML, JSON and front matter become.
//!
//! A [`Tree`] keeps its nodes in one vector, in source order, 16 bytes each; a [`Node`] is a small
//! `Copy` cursor into it. Scalars that equal their slice of the source are not copied. Duplicate
//! keys are kept, aliases point at their anchor's node and are followed by the accessors, and every
//! node knows its exact bytes.
//!
//! Readers put a tree together with a [`TreeBuilder`]. What a collection holds comes as [`Items`] or as [`Entries`],
//! and a [`Text`] leads from a string's value back to its bytes.
//!
//! ```text
//! mapping   key, value, key, value, ...   (children follow their parent at once)
//! sequence  item, item, ...
//! ```

mod builder;
mod entries;
mod text;

pub use builder::TreeBuilder;
pub use entries::{Entries, Entry, Items};
pub use text::Text;

use super::pointer;
use crate::source::Span;
use std::sync::Arc;

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
    /// Keys: whether their canonical name is among [`Tree::names`].
    is_renamed: bool,
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
                && ours.anchor() == theirs.anchor()
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
            let raw = &mut self.nodes[id.0 as usize];
            (raw.mark, raw.is_renamed) = (mark_of(&name), true);
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
        Some(Text::of_node(self, value))
    }

    /// Value of any scalar as text with the way back to its bytes; numbers and booleans as written.
    pub fn scalar(self) -> Option<Text<'a>> {
        let value = self.is_scalar().then(|| self.scalar_text())?;
        Some(Text::of_node(self, value))
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
        Items::of(self)
    }

    /// Entries of a mapping in source order, duplicates included; nothing for other nodes. A merge
    /// key (`<<`) is an entry like any other here; [`Node::get`] looks through it.
    pub fn entries(self) -> Entries<'a> {
        Entries::of(self)
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
            let part = pointer::unescaped(part);
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
        let anchors = &self.tree.anchors;
        anchors.binary_search_by_key(&self.id, |(node, _)| *node).ok().map(|at| anchors[at].1)
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
