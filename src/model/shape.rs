//! What a schema says of the names and roles of fields.
//!
//! A [`Shape`] is read off a JSON Schema once. It tells which spellings a field has (`x-aliases`),
//! which fields hold running text (`contentMediaType: text/markdown`) and in which claims are
//! looked for (`x-claims`). [`canonical_names`] writes the canonical names into the tree, so that
//! nothing behind it knows of aliases.

mod by_value;

pub use by_value::{KIND, bibliography_files};

use crate::model::{is_questions, maps_questions, members};
use crate::syntax::{Entry, FieldMap, Kind, Node, NodeId, Tree};
use by_value::{SECTIONS, is_something_else};
use foldhash::fast::FixedState;
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

/// Index of an object's fields in [`Shapes`].
pub type ShapeId = usize;

/// The objects a schema describes; the record itself is shape 0. Shapes refer to each other by
/// index, so a schema may be recursive.
#[derive(Clone, Debug, Default)]
pub struct Shapes {
    pub shapes: Vec<Shape>,
}

impl Shapes {
    /// The shape of a record's node, or of each of the questions that it is.
    pub fn of_record(&self, record: Node<'_>) -> Option<ShapeId> {
        let questions = self.shapes.first()?.fields.get("questions");
        match questions.filter(|_| is_questions(record)) {
            Some(questions) => questions.shape,
            None => (!record.is_sequence()).then_some(0),
        }
    }
}

/// The fields of one object.
#[derive(Clone, Debug, Default)]
pub struct Shape {
    /// By canonical name.
    pub fields: FieldMap<Field>,
    /// Canonical name by folded spelling ([`fold`]): of every canonical name and every alias.
    pub names: HashMap<String, String, FixedState>,
    /// Of an alias that two fields have, the other one: its name where the first is stated beside it.
    pub second: HashMap<String, String, FixedState>,
    /// What `kind` has to say, where it has to say one thing.
    pub kind: Option<String>,
}

/// One field of an object.
#[derive(Clone, Debug, Default)]
pub struct Field {
    /// Whether claims are looked for in it; `None` when the schema does not say.
    pub claims: Option<bool>,
    /// True or false and nothing else.
    pub flag: bool,
    /// The objects it may hold, itself or as items of a list.
    pub shape: Option<ShapeId>,
}

/// A spelling without case, `_`, `-` and blanks, so that `primary_muscles` and `Primary muscles`, as tables have
/// it, are `primaryMuscles`.
pub fn fold(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).flat_map(char::to_lowercase).collect()
}

/// Whether a name [`fold`]s to another.
pub fn folds_to(name: &str, folded: &str) -> bool {
    let joins = |c: &char| matches!(c, '_' | '-' | ' ');
    name.chars().filter(|c| !joins(c)).flat_map(char::to_lowercase).eq(folded.chars())
}

impl Shape {
    /// The canonical name of a key as written; `None` for a key the shape does not know.
    pub fn canonical(&self, key: &str) -> Option<&str> {
        self.names.get(&fold(key)).map(String::as_str)
    }

    /// The canonical name of a key as written beside others, and its field; names of a collection's own
    /// have none.
    fn known<'s>(
        &'s self,
        entry: &Entry<'_>,
        beside: &Beside<'_, 's>,
    ) -> Option<(&'s str, Option<&'s Field>)> {
        if let Some((name, field)) = self.fields.of_key(entry) {
            return match self.of_questions(entry, name) {
                Some(questions) => Some(questions),
                None => Some((name, Some(field))),
            };
        }
        let first = self.canonical(entry.key())?;
        let name = match self.second.is_empty() {
            true => first,
            false => self.one_of_two(entry, beside, first)?,
        };
        Some((name, self.fields.get(name)))
    }

    /// `label` beside `text` is the letter of an option, alone it is its text. Of `label` and `value` the
    /// shorter is the letter; a third such key is neither.
    fn one_of_two<'s>(
        &'s self,
        entry: &Entry<'_>,
        beside: &Beside<'_, 's>,
        first: &'s str,
    ) -> Option<&'s str> {
        let own = fold(entry.key());
        let Some(second) = self.second.get(&own).map(String::as_str) else { return Some(first) };
        let is_free = |name: &str| !beside.state(name, &own) && !beside.states_key(name, &own);
        let is_rival = |key: &str| {
            self.second.get(key).is_some_and(|own| own == second)
                && self.names.get(key).is_some_and(|own| own == first)
        };
        let rivals: Vec<_> = beside.either().iter().filter(|(key, _)| is_rival(key)).collect();
        let place = rivals.iter().position(|(key, _)| *key == own).unwrap_or(0);
        let both = is_free(first) && is_free(second);
        let name = match (rivals.len(), place) {
            (0 | 1, _) | (_, 0) if !both => {
                Some(if is_free(second) && !is_free(first) { second } else { first })
            }
            (0 | 1, _) | (_, 1) if both => Some(first),
            (_, 0) => Some(second),
            _ => None,
        };
        // `value: true` is no letter, `answer: true` says which option is right.
        let is_flag = self.fields.get(second).is_some_and(|field| field.flag);
        let is_name = rivals.get(place).is_none_or(|(_, (is_other, _))| !is_other);
        name.filter(|name| *name == first || is_name || is_flag)
    }
}

/// By canonical name, the folded keys that are it: the first, and another one.
type Spellings<'s> = HashMap<&'s str, (String, Option<String>), FixedState>;

/// The fields that the keys of a mapping state, read when one of them may be two fields.
struct Beside<'n, 's> {
    mapping: Node<'n>,
    shape: &'s Shape,
    stated: OnceCell<Spellings<'s>>,
    either: OnceCell<Vec<(String, (bool, usize))>>,
}

impl<'n, 's> Beside<'n, 's> {
    fn new(mapping: Node<'n>, shape: &'s Shape) -> Self {
        Self { mapping, shape, stated: OnceCell::new(), either: OnceCell::new() }
    }

    /// The folded keys that may be two fields, the one that looks most like a name before others.
    fn either(&self) -> &[(String, (bool, usize))] {
        self.either.get_or_init(|| {
            let mut out: Vec<(String, (bool, usize))> = Vec::new();
            for entry in self.mapping.entries() {
                let key = fold(entry.key());
                let is_new = out.iter().all(|(own, _)| *own != key);
                if is_new && self.shape.second.contains_key(&key) {
                    let value = entry.value;
                    let is_measure = value.as_f64().is_some() && value.as_i64().is_none();
                    let is_other = value.as_bool().is_some() || is_measure;
                    out.push((key, (is_other, value.scalar_text().len())));
                }
            }
            out.sort_by_key(|(_, look)| *look);
            out
        })
    }

    /// Whether a key that is spelt otherwise than `own` states the field.
    fn state(&self, name: &str, own: &str) -> bool {
        let stated = self.stated.get_or_init(|| self.read());
        let is_other = |key: &String| key != own;
        stated.get(name).is_some_and(|(first, another)| {
            is_other(first) || another.as_ref().is_some_and(is_other)
        })
    }

    /// Whether `answer` is another field's business: `solution` beside `correct` explains it.
    fn states_key(&self, name: &str, own: &str) -> bool {
        name == "answer" && ["correct", "answerIndex"].iter().any(|key| self.state(key, own))
    }

    fn read(&self) -> Spellings<'s> {
        let mut out = Spellings::default();
        for key in self.mapping.entries().map(|entry| fold(entry.key())) {
            let Some(name) = self.shape.names.get(&key) else { continue };
            if self.shape.second.contains_key(&key) {
                continue;
            }
            match out.get_mut(name.as_str()) {
                None => drop(out.insert(name, (key, None))),
                Some((first, another)) if *first != key => drop(another.get_or_insert(key)),
                Some(_) => {}
            }
        }
        out
    }
}

/// Two keys of one mapping that are the same field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SameField {
    /// Its canonical name.
    pub name: String,
    pub first: NodeId,
    pub again: NodeId,
}

/// The names to write into `tree` for the record at `record`, and the fields it states twice under
/// different names.
pub fn canonical_names(
    record: Node<'_>,
    shapes: &Shapes,
) -> (Vec<(NodeId, String)>, Vec<SameField>) {
    let mut found = (Vec::new(), Vec::new());
    match shapes.of_record(record) {
        Some(0) => visit(record, shapes, 0, &mut found),
        Some(question) => members(record).for_each(|own| visit(own, shapes, question, &mut found)),
        None => {}
    }
    found
}

type Found = (Vec<(NodeId, String)>, Vec<SameField>);

fn visit(node: Node<'_>, shapes: &Shapes, shape: ShapeId, found: &mut Found) {
    // What an alias stands for is visited where it is written.
    if node.is_alias() {
        return;
    }
    match node.kind() {
        Kind::Mapping => mapping(node, shapes, shape, found),
        Kind::Sequence => {
            let inner = node.items().filter(|item| !item.is_scalar());
            inner.for_each(|item| visit(item, shapes, shape, found));
        }
        _ => {}
    }
}

fn mapping(node: Node<'_>, shapes: &Shapes, shape: ShapeId, found: &mut Found) {
    let fields = &shapes.shapes[shape];
    let beside = Beside::new(node, fields);
    let mut renamed: Vec<(&str, NodeId)> = Vec::new();
    for entry in node.entries() {
        let key = entry.key();
        let has_groups = || renamed.iter().any(|(own, _)| *own == SECTIONS);
        let known = fields.of_kind(&entry, node).or_else(|| fields.known(&entry, &beside));
        let known = known.or_else(|| fields.of_letter(&entry, node));
        let known = known.or_else(|| fields.of_key(&entry, node));
        let known = known.or_else(|| fields.of_groups(&entry).filter(|_| !has_groups()));
        let Some((name, field)) = known else {
            continue;
        };
        if name != key && is_something_else(key, entry.value) {
            continue;
        }
        if name != key {
            renamed.push((name, entry.key_node.id()));
        }
        let inner = field.and_then(|field| field.shape);
        let mut visit = |node| inner.into_iter().for_each(|own| visit(node, shapes, own, found));
        match name == "questions" && maps_questions(entry.value) && !entry.value.is_alias() {
            true => members(entry.value).for_each(visit),
            false => visit(entry.value),
        }
    }
    if renamed.is_empty() {
        return;
    }
    // Where each field is stated first, under its own name before others.
    let mut stated = HashMap::<&str, NodeId, FixedState>::default();
    let mut empty = HashSet::<NodeId, FixedState>::default();
    for entry in node.entries() {
        stated.entry(entry.key()).or_insert_with(|| entry.key_node.id());
        if says_nothing(entry.value) {
            empty.insert(entry.key_node.id());
        }
    }
    let mut earlier = HashMap::<&str, NodeId, FixedState>::default();
    let key = |id: NodeId| node.tree().node(id).scalar_text();
    let is_same_key = |one: NodeId, other: NodeId| key(one) == key(other);
    for (name, again) in renamed {
        let first = *earlier.entry(name).or_insert(again);
        let other = stated.get(name).copied().or_else(|| (first != again).then_some(first));
        match other {
            // One key twice is told by the tree itself.
            Some(other) if is_same_key(other, again) => {}
            // Of tables, a column that is left empty.
            Some(other) if empty.contains(&other) || empty.contains(&again) => {}
            Some(other) => {
                let (first, again) = if other < again { (other, again) } else { (again, other) };
                found.1.push(SameField { name: name.to_owned(), first, again });
            }
            None => found.0.push((again, name.to_owned())),
        }
    }
}

fn says_nothing(value: Node<'_>) -> bool {
    value.is_null() || value.as_str().is_some_and(|own| own.trim().is_empty())
}

/// Write canonical names into the tree.
pub fn rename(tree: &mut Tree, names: Vec<(NodeId, String)>) {
    tree.set_names(names);
}
