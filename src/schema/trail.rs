//! From an error's paths to the sub-schemas and nodes they pass.

use super::part::Part;
use crate::syntax::{Entry, Items, Node, NodeId, pointer};
use jsonschema::paths::Location;
use std::collections::HashMap;

/// The sub-schemas on the way to a keyword.
#[derive(Clone, Debug)]
pub(super) struct Trail<'s> {
    /// The sub-schemas that look at the very value the error is about, outermost first; the last
    /// one holds the keyword. Never empty.
    pub(super) here: Vec<Part<'s>>,
    /// Those that look at the collection around the value; empty for the record.
    pub(super) above: Vec<Part<'s>>,
    /// Name in `$defs` by which the value's schema was referred to last.
    pub(super) definition: Option<&'s str>,
    /// The conditions the keyword stands under, outermost first.
    pub(super) conditions: Vec<Condition<'s>>,
    /// What follows the last sub-schema: the keyword, and its own index or name.
    pub(super) rest: Vec<String>,
}

/// A `then`, `else` or `dependentSchemas` on the way.
#[derive(Clone, Debug)]
pub(super) struct Condition<'s> {
    /// The schema with the `if`.
    pub(super) holder: Part<'s>,
    pub(super) reason: Reason,
    /// How many steps into the record the holder's value lies.
    pub(super) depth: usize,
}

/// Why a conditional schema applies.
#[derive(Clone, Debug)]
pub(super) enum Reason {
    /// The `if` of the holder is fulfilled.
    Fulfilled,
    NotFulfilled,
    /// This field is there.
    Beside(String),
}

impl<'s> Trail<'s> {
    /// Follow an evaluation path (through `$ref`) from the root of a schema.
    pub(super) fn follow(root: &Part<'s>, path: &Location) -> Self {
        let mut trail = Self {
            here: vec![root.clone()],
            above: Vec::new(),
            definition: None,
            conditions: Vec::new(),
            rest: Vec::new(),
        };
        let steps: Vec<String> = path.segments().map(|step| step.to_string()).collect();
        let mut depth = 0;
        let mut at = 0;
        // The last step is the keyword itself, also where it holds a schema (`not`, `contains`).
        while let Some(taken) = trail.advance(&steps[at..], &mut depth) {
            at += taken;
        }
        trail.rest = steps[at..].to_vec();
        trail
    }

    /// The schema that holds the keyword.
    pub(super) fn owner(&self) -> &Part<'s> {
        self.here.last().expect("a trail begins at a schema")
    }

    /// The value of a keyword that describes the value: the nearest to the use wins.
    pub(super) fn annotation(&self, keyword: &str) -> Option<&'s str> {
        self.here.iter().find_map(|part| part.text(keyword))
    }

    /// Take the next keyword with its index or name; how many steps that was.
    fn advance(&mut self, steps: &[String], depth: &mut usize) -> Option<usize> {
        let (keyword, after) = steps.split_first()?;
        let keyword = keyword.as_str();
        let owner = self.owner().clone();
        let (next, taken, goes_in) = match keyword {
            "$ref" | "$dynamicRef" | "$recursiveRef" => {
                let reference = owner.text(keyword)?;
                let name = reference.rsplit_once('/').filter(|(table, _)| {
                    table.ends_with("$defs") || table.ends_with("definitions")
                });
                let next = owner.target(keyword)?;
                self.definition = name.map(|(_, name)| name);
                (next, 1, false)
            }
            "if" | "then" | "else" | "not" => (owner.step(keyword)?, 1, false),
            "allOf" | "anyOf" | "oneOf" | "dependentSchemas" | "dependencies" => {
                (owner.step(keyword)?.step(after.first()?)?, 2, false)
            }
            "properties" | "patternProperties" => {
                (owner.step(keyword)?.step(after.first()?)?, 2, true)
            }
            "items" | "prefixItems" => {
                let found = owner.step(keyword)?;
                if found.value.is_array() {
                    (found.step(after.first()?)?, 2, true)
                } else {
                    (found, 1, true)
                }
            }
            "additionalItems"
            | "additionalProperties"
            | "unevaluatedItems"
            | "unevaluatedProperties"
            | "contains" => (owner.step(keyword)?, 1, true),
            _ => return None,
        };
        // A value that is refused outright has no schema of its own to speak of.
        if !next.value.is_object() || taken == steps.len() {
            return None;
        }
        let reason = match keyword {
            "then" => Some(Reason::Fulfilled),
            "else" => Some(Reason::NotFulfilled),
            "dependentSchemas" | "dependencies" => after.first().cloned().map(Reason::Beside),
            _ => None,
        };
        if let Some(reason) = reason {
            self.conditions.push(Condition { holder: owner, reason, depth: *depth });
        }
        if goes_in {
            *depth += 1;
            self.above = std::mem::take(&mut self.here);
            self.definition = None;
        }
        self.here.push(next);
        Some(taken)
    }
}

/// Finds nodes by path in linear time, however many errors there are. Those of one keyword come in
/// order, so that each list is walked once for each.
#[derive(Debug, Default)]
pub(super) struct Lookup<'a> {
    items: HashMap<NodeId, Walk<'a>>,
    entries: HashMap<NodeId, HashMap<&'a str, Entry<'a>>>,
}

/// How far the items of a list were walked.
#[derive(Debug)]
struct Walk<'a> {
    /// Where we stand, by index; `None` behind the end.
    at: usize,
    item: Option<Node<'a>>,
    /// What follows.
    rest: Items<'a>,
}

impl<'a> Walk<'a> {
    fn new(sequence: Node<'a>) -> Self {
        let mut rest = sequence.items();
        Self { at: 0, item: rest.next(), rest }
    }

    fn step_to(&mut self, index: usize, sequence: Node<'a>) -> Option<Node<'a>> {
        if index < self.at {
            *self = Self::new(sequence);
        }
        if let Some(ahead) = (index - self.at).checked_sub(1) {
            self.item = self.rest.nth(ahead);
            self.at = index;
        }
        self.item
    }
}

/// A value in the record.
#[derive(Clone, Debug)]
pub(super) struct Place<'a> {
    pub(super) node: Node<'a>,
    /// The last step: the entry, when the value is a mapping's.
    pub(super) entry: Option<Entry<'a>>,
    pub(super) parent: Option<Node<'a>>,
    pub(super) steps: Vec<Step<'a>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Step<'a> {
    Name {
        /// Canonical, for pointers.
        name: &'a str,
        /// As in the file, for messages.
        written: &'a str,
    },
    Index(usize),
}

impl<'a> Step<'a> {
    pub(super) fn of(entry: &Entry<'a>) -> Self {
        Self::Name { name: entry.name(), written: entry.key() }
    }
}

impl Place<'_> {
    /// The path as a JSON pointer.
    pub(super) fn pointer(&self) -> String {
        let mut pointer = String::new();
        for step in &self.steps {
            pointer.push('/');
            match step {
                Step::Name { name, .. } => pointer.push_str(&pointer::escaped(name)),
                Step::Index(index) => pointer.push_str(&index.to_string()),
            }
        }
        pointer
    }
}

impl<'a> Lookup<'a> {
    /// Entries that are looked through one after the other.
    const SHORT: usize = 16;

    pub(super) fn entry(&mut self, mapping: Node<'a>, name: &str) -> Option<Entry<'a>> {
        let mapping = mapping.resolved();
        let is_short = mapping.entries().nth(Self::SHORT).is_none() && !mapping.has_merge();
        if is_short {
            return mapping.entry(name);
        }
        let entries = self.entries.entry(mapping.id()).or_insert_with(|| {
            mapping.merged_entries().into_iter().map(|entry| (entry.name(), entry)).collect()
        });
        entries.get(name).copied()
    }

    fn item(&mut self, sequence: Node<'a>, index: usize) -> Option<Node<'a>> {
        let sequence = sequence.resolved();
        let walk = self.items.entry(sequence.id()).or_insert_with(|| Walk::new(sequence));
        walk.step_to(index, sequence)
    }

    /// The place a path leads to, or the last place on the way that is there.
    pub(super) fn place(&mut self, record: Node<'a>, path: &Location) -> Place<'a> {
        use jsonschema::paths::LocationSegment;
        let mut place = Place { node: record, entry: None, parent: None, steps: Vec::new() };
        for segment in path.segments() {
            let (node, entry, step) = match segment {
                LocationSegment::Property(name) => {
                    let Some(entry) = self.entry(place.node, &name) else {
                        break;
                    };
                    (entry.value, Some(entry), Step::of(&entry))
                }
                LocationSegment::Index(index) => {
                    // A mapping may have a number for a key.
                    let name = index.to_string();
                    if let Some(entry) = self.entry(place.node, &name) {
                        (entry.value, Some(entry), Step::of(&entry))
                    } else if let Some(item) = self.item(place.node, index) {
                        (item, None, Step::Index(index))
                    } else {
                        break;
                    }
                }
            };
            place.parent = Some(place.node);
            place.node = node;
            place.entry = entry;
            place.steps.push(step);
        }
        place
    }
}
