//! What a schema names at a place of a record: the fields an object may have there, and the values
//! that are listed.

use super::Schema;
use super::part::Part;
use crate::normal::single_spaced;
use serde_json::Value;
use std::collections::BTreeSet;

/// A way down from a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// To the value of a field, by its canonical name.
    Field(&'a str),
    /// To an item of a list.
    Item,
}

/// A field that an object may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldName {
    pub name: String,
    /// What the schema says of it, on one line.
    pub words: Option<String>,
    /// Whether its value is a list or an object, whatever else is said of it.
    pub is_nested: bool,
}

/// The fields that an object at a place may have, in the schema's order; not those that are
/// deprecated, or are there for collections from elsewhere.
pub fn fields(schema: &Schema, way: &[Step<'_>]) -> Vec<FieldName> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for (name, property) in at(schema, way).iter().flat_map(|part| part.table("properties")) {
        let is = |keyword: &str| property.get(keyword) == Some(&Value::Bool(true));
        if name.starts_with('$') || is("deprecated") || is("x-imported") || !seen.insert(name) {
            continue;
        }
        let together = property.together();
        let words = together.iter().find_map(|part| part.text("description"));
        found.push(FieldName {
            name: name.to_owned(),
            words: words.map(single_spaced),
            is_nested: together.iter().find_map(types).is_some_and(|own| own.iter().all(is_nested)),
        });
    }
    found
}

/// The values that are listed for a place, as they are written: those of `enum` and `const`, and
/// both of a place that is one or the other.
pub fn values(schema: &Schema, way: &[Step<'_>]) -> Vec<String> {
    let mut found = Vec::new();
    for part in at(schema, way) {
        let listed = part.get("enum").and_then(Value::as_array).into_iter().flatten();
        let scalars = listed.chain(part.get("const")).filter_map(|value| match value {
            Value::String(text) => Some(text.clone()),
            Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
            _ => None,
        });
        found.extend(scalars);
        if types(&part).is_some_and(|own| own == ["boolean"]) {
            found.extend(["true", "false"].map(str::to_owned));
        }
    }
    let mut seen = BTreeSet::new();
    found.retain(|value| seen.insert(value.clone()));
    found
}

/// Everything that may say something of the value at a place.
fn at<'s>(schema: &'s Schema, way: &[Step<'_>]) -> Vec<Part<'s>> {
    let mut parts = schema.root().everything();
    for step in way {
        let below = parts.iter().flat_map(|part| below(part, *step));
        let mut next: Vec<Part<'s>> = Vec::new();
        for part in below.flat_map(|part| part.everything()) {
            if !next.iter().any(|known| known.is_same(&part)) {
                next.push(part);
            }
        }
        parts = next;
    }
    parts
}

fn below<'s>(part: &Part<'s>, step: Step<'_>) -> Vec<Part<'s>> {
    let one = |name: &str| part.step(name).filter(|own| own.value.is_object());
    match step {
        Step::Field(name) => {
            let named = part.step("properties").and_then(|table| table.step(name));
            named.or_else(|| one("additionalProperties")).into_iter().collect()
        }
        Step::Item => {
            let lists = ["prefixItems", "items"].into_iter().flat_map(|name| part.list(name));
            one("items").into_iter().chain(lists).collect()
        }
    }
}

/// The types that `type` names.
fn types<'s>(part: &Part<'s>) -> Option<Vec<&'s str>> {
    match part.get("type")? {
        Value::String(one) => Some(vec![one]),
        Value::Array(several) => Some(several.iter().filter_map(Value::as_str).collect()),
        _ => None,
    }
}

fn is_nested(name: &&str) -> bool {
    matches!(*name, "array" | "object")
}
