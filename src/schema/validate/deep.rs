//! Records that nest too deeply to explain from the top: told from the parts that are to blame.
//!
//! A part is to blame when every schema it is referred to by refuses it. From the record down, parts
//! to blame are followed as long as there are any; the last ones hold the mistakes.

use crate::normal;
use crate::schema::Schema;
use crate::schema::part::Part;
use crate::syntax::{Node, pointer};
use std::sync::Arc;

/// Parts told of one record.
const MAX_CAUSES: usize = 20;

/// A part of a record that holds a mistake.
pub(super) struct Cause<'a> {
    pub(super) node: Node<'a>,
    /// JSON pointer from the record.
    pub(super) pointer: String,
    /// What the part should fulfil.
    pub(super) schema: Arc<Schema>,
    /// What to call it: the name of its definition.
    pub(super) noun: Option<String>,
}

/// The parts that hold the mistakes, in order; none when the record itself does.
pub(super) fn causes<'a>(record: Node<'a>, schema: &'a Schema) -> Vec<Cause<'a>> {
    let mut found = Vec::new();
    follow(record, &[schema.root()], String::new(), schema, &mut found);
    found
}

/// Look for parts to blame below `node`; whether there are any.
fn follow<'a>(
    node: Node<'a>,
    parts: &[Part<'a>],
    pointer: String,
    schema: &'a Schema,
    found: &mut Vec<Cause<'a>>,
) -> bool {
    // Each once: references that lead back would double them at every level.
    let mut all: Vec<Part<'_>> = Vec::new();
    for part in parts.iter().flat_map(Part::everything) {
        if !all.iter().any(|known| known.is_same(&part)) {
            all.push(part);
        }
    }
    let before = found.len();
    for (step, child) in children(node) {
        if found.len() >= MAX_CAUSES {
            break;
        }
        let own: Vec<Part<'_>> = all.iter().filter_map(|part| part_for(part, &step)).collect();
        if own.is_empty() {
            continue;
        }
        let pointer = format!("{pointer}/{}", pointer::escaped(&step));
        let references: Option<Vec<String>> = own.iter().map(Part::reference).collect();
        let Some(references) = references else {
            // What is described in place is looked into, and cannot be blamed by itself.
            follow(child, &own, pointer, schema, found);
            continue;
        };
        let refused: Option<Vec<(Arc<Schema>, &String)>> = references
            .iter()
            .map(|address| {
                let part = schema.part(address)?;
                (!part.is_valid(child)).then_some((part, address))
            })
            .collect();
        let Some((part, address)) = refused.and_then(|refused| refused.into_iter().next()) else {
            continue;
        };
        if !follow(child, &own, pointer.clone(), schema, found) {
            let (_, name) = address.rsplit_once('/').unwrap_or_default();
            let noun =
                (address.contains("#/") && !name.is_empty()).then(|| normal::name_in_words(name));
            found.push(Cause { node: child, pointer, schema: part, noun });
        }
    }
    found.len() > before
}

fn children(node: Node<'_>) -> Vec<(String, Node<'_>)> {
    let entries = node.merged_entries().into_iter().filter(|_| node.is_mapping());
    let named = entries.map(|entry| (entry.name().to_owned(), entry.value));
    let items = node.items().enumerate().map(|(index, item)| (index.to_string(), item));
    named.chain(items).collect()
}

/// What a schema says of one field or item.
fn part_for<'s>(part: &Part<'s>, step: &str) -> Option<Part<'s>> {
    let own = part.step("properties").and_then(|table| table.step(step));
    let by_place = || part.step("prefixItems").and_then(|list| list.step(step));
    let rest = || ["items", "additionalProperties"].into_iter().find_map(|name| part.step(name));
    own.or_else(by_place).or_else(rest).filter(|part| part.value.is_object())
}
