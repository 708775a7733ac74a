//! Building a [`Tree`]: the readers hand over nodes in source order, and the [`TreeBuilder`] knows where they belong,
//! which keys are there twice and what a mistake hides.

use super::{DuplicateKey, Kind, NO_TEXT, Node, NodeId, Raw, Style, Tree, mark_of, small};
use crate::source::Span;
use std::collections::HashMap;
use std::collections::hash_map::Entry as Entered;
use std::sync::Arc;

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
        self.tree.nodes.push(Raw { span, data, kind, mark: 0, is_renamed: false });
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

    /// A mistake hides a part of `node`.
    pub fn set_damaged(&mut self, node: NodeId) {
        self.tree.damaged.push(node);
    }

    /// A mistake hides a part of the last document that was read.
    pub fn damage_last_root(&mut self) {
        self.tree.damaged.extend(self.tree.roots.last());
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
        self.tree.damaged.sort_unstable();
        self.tree.damaged.dedup();
        self.tree.duplicates.sort_by_key(|duplicate| duplicate.again);
        self.tree
    }
}
