//! Reads [`Shapes`] off a schema: names, aliases and roles of the fields of every object.

use super::part::Part;
use crate::model::shape::{Field, KIND, Shape, ShapeId, Shapes, fold};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

/// Spellings and roles of the fields of a record, from all branches of its schema. Recursive
/// schemas give shapes that refer to each other.
pub(super) fn shapes(root: &Part<'_>) -> Shapes {
    let mut builder = Builder::default();
    builder.shape(with_items(vec![root.clone()]));
    builder.shapes
}

#[derive(Default)]
struct Builder {
    shapes: Shapes,
    /// Which schemas a shape was made from, by their addresses in memory.
    known: HashMap<Vec<*const Value>, ShapeId>,
}

impl Builder {
    /// The shape of objects that these schemas, all branches and items of which are among them, describe
    /// together; `None` when they name no field.
    fn shape(&mut self, parts: Vec<Part<'_>>) -> Option<ShapeId> {
        let mut key: Vec<*const Value> =
            parts.iter().map(|part| std::ptr::from_ref(part.value)).collect();
        key.sort_unstable();
        if let Some(&known) = self.known.get(&key) {
            return Some(known);
        }
        let mut fields: BTreeMap<&str, Vec<Part<'_>>> = BTreeMap::new();
        for part in &parts {
            for (name, property) in part.table("properties") {
                fields.entry(name).or_default().push(property);
            }
        }
        if fields.is_empty() && !self.shapes.shapes.is_empty() {
            return None;
        }
        let id = self.shapes.shapes.len();
        self.known.insert(key, id);
        self.shapes.shapes.push(Shape::default());
        let mut shape = Shape::default();
        let mut aliases: Vec<(String, &str)> = Vec::new();
        for (name, properties) in fields {
            let all = with_items(properties);
            aliases
                .extend(all.iter().flat_map(|part| own_aliases(part)).map(|alias| (alias, name)));
            if name == KIND {
                shape.kind = all.iter().find_map(|part| part.text("const")).map(str::to_owned);
            }
            let field = Field {
                claims: all.iter().find_map(|part| part.get("x-claims")?.as_bool()),
                flag: all.iter().any(|part| part.text("type") == Some("boolean")),
                shape: self.shape(all),
            };
            shape.names.insert(fold(name), name.to_owned());
            shape.fields.insert(name, field);
        }
        // A canonical name wins over an alias, an alias of what the object must have over others, the
        // first alias over a later one.
        let needed: Vec<&str> = parts
            .iter()
            .filter_map(|part| part.get("required")?.as_array())
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        aliases.sort_by_key(|(_, name)| !needed.contains(name));
        for (alias, name) in aliases {
            let alias = fold(&alias);
            match shape.names.get(&alias) {
                None => drop(shape.names.insert(alias, name.to_owned())),
                Some(first) if first == name || fold(first) == alias => {}
                Some(_) => drop(shape.second.entry(alias).or_insert_with(|| name.to_owned())),
            }
        }
        self.shapes.shapes[id] = shape;
        Some(id)
    }
}

/// Only the aliases of the schema that stands at the property and what it refers to.
fn own_aliases(part: &Part<'_>) -> Vec<String> {
    let aliases = part.get("x-aliases").and_then(Value::as_array);
    let texts = aliases.into_iter().flatten().filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}

/// These schemas, all their branches, and those of list items.
fn with_items(parts: Vec<Part<'_>>) -> Vec<Part<'_>> {
    let mut all: Vec<Part<'_>> = Vec::new();
    let mut queue = parts;
    while let Some(part) = queue.pop() {
        for part in part.everything() {
            if all.iter().any(|known| known.is_same(&part)) {
                continue;
            }
            let items = ["items", "additionalItems", "unevaluatedItems", "contains"];
            let lists = ["prefixItems", "items"];
            queue.extend(
                items
                    .iter()
                    .filter_map(|name| part.step(name))
                    .filter(|part| part.value.is_object()),
            );
            queue.extend(lists.iter().flat_map(|name| part.list(name)));
            all.push(part);
        }
    }
    all
}
