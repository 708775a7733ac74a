//! The fields that an object can have by its schema, and which of them was meant by another name.
//!
//! They are gathered once for each object of a schema: a project whose authors use one wrong name uses it in
//! every file.

use super::part::Part;
use crate::model::shape::fold;
use crate::nearest::{Letters, nearest_of};
use crate::syntax::{Kind, Node};
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

/// A field an object can have.
#[derive(Debug)]
pub(super) struct Field {
    /// Its place among all.
    index: usize,
    pub(super) name: String,
    /// Its name and its other spellings.
    spellings: Vec<Spelling>,
    pub(super) description: Option<String>,
    pub(super) is_deprecated: bool,
    /// Names of the types that its value may have; none when the schema names none, and any may be.
    types: Vec<String>,
}

#[derive(Debug)]
struct Spelling {
    text: String,
    folded: String,
    letters: Letters,
}

impl Field {
    fn of(index: usize, name: &str, property: &Part<'_>) -> Self {
        let aliases = property.get("x-aliases").and_then(Value::as_array);
        let aliases = aliases.into_iter().flatten().filter_map(Value::as_str);
        let spelling = |text: &str| Spelling {
            text: text.to_owned(),
            folded: fold(text),
            letters: Letters::of(text),
        };
        Self {
            index,
            name: name.to_owned(),
            spellings: std::iter::once(name).chain(aliases).map(spelling).collect(),
            description: property.text("description").map(str::to_owned),
            is_deprecated: property.get("deprecated") == Some(&Value::Bool(true)),
            types: types_of(property),
        }
    }

    /// Whether its value may be of the type of this one; what is not filled in yet may become anything.
    pub(super) fn takes(&self, value: Node<'_>) -> bool {
        let named = match value.kind() {
            Kind::Null | Kind::Alias => return true,
            Kind::Bool(_) => "boolean",
            Kind::Integer | Kind::Float => "number",
            Kind::String(_) => "string",
            Kind::Sequence => "array",
            Kind::Mapping => "object",
        };
        let is_named = |own: &String| own == named || named == "number" && own == "integer";
        self.types.is_empty() || self.types.iter().any(is_named)
    }

    /// Whether one of its names is written with a single slip. A word whose letters are all there is another one, as
    /// `score` beside `scored`, unless only the sign of the plural is left out.
    pub(super) fn is_nearly(&self, name: &str) -> bool {
        let (letters, folded) = (Letters::of(name), fold(name));
        let is_word = |own: &str| own.strip_prefix(&*folded).is_some_and(|rest| rest != "s");
        let mut near = self.spellings.iter().filter(|own| own.letters.are_one_edit_from(&letters));
        near.any(|own| !is_word(&own.folded))
    }

    /// Whether this is one of its names, folded.
    pub(super) fn is_called(&self, folded: &str) -> bool {
        self.spellings.iter().any(|spelling| spelling.folded == folded)
    }
}

/// The fields an object can have, each once, in the order of its schema.
#[derive(Debug, Default)]
pub(super) struct Fields {
    pub(super) all: Vec<Field>,
    by_name: HashMap<String, usize>,
    /// Names of fields of objects below, folded; with the one field that holds it, when there is one.
    homes: HashMap<String, Option<String>>,
}

impl Fields {
    fn of(part: &Part<'_>) -> Self {
        let all = fields_of(part);
        let indexes = all.iter().map(|field| (field.name.clone(), field.index));
        Self { by_name: indexes.collect(), homes: homes_below(part), all }
    }

    /// Whether a field has this very name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }

    pub(super) fn get(&self, name: &str) -> Option<&Field> {
        self.by_name.get(name).map(|index| &self.all[*index])
    }

    /// Which of the fields an object has.
    pub(super) fn present<'n>(&self, names: impl Iterator<Item = &'n str>) -> Present {
        let mut present = vec![false; self.all.len()];
        for index in names.filter_map(|name| self.by_name.get(name)) {
            present[*index] = true;
        }
        Present(present)
    }

    /// The field that a misspelt name most likely stands for, among those that `may_be` it.
    pub(super) fn nearest(&self, name: &str, may_be: impl Fn(&Field) -> bool) -> Option<&Field> {
        let open = || self.all.iter().filter(|field| may_be(field));
        let spellings = open().flat_map(|field| &field.spellings);
        let near = nearest_of(name, spellings.map(|own| (&own.letters, own.text.as_str())))?;
        open().find(|field| field.spellings.iter().any(|own| own.text == near))
    }

    /// The same by their names alone.
    pub(super) fn nearest_name(&self, name: &str, may_be: impl Fn(&Field) -> bool) -> Option<&str> {
        let names = self.all.iter().filter(|field| may_be(field));
        nearest_of(name, names.map(|field| (&field.spellings[0].letters, field.name.as_str())))
    }

    /// The one field whose own fields have this name, folded.
    pub(super) fn home_of(&self, folded: &str) -> Option<&str> {
        self.homes.get(folded)?.as_deref()
    }
}

/// The fields that one object has, by their places.
pub(super) struct Present(Vec<bool>);

impl Present {
    pub(super) fn has(&self, field: &Field) -> bool {
        self.0[field.index]
    }
}

/// All that the schema and its branches name.
fn types_of(property: &Part<'_>) -> Vec<String> {
    let named = property.everything().into_iter().filter_map(|part| match part.get("type")? {
        Value::String(one) => Some(vec![one.clone()]),
        Value::Array(list) => {
            Some(list.iter().filter_map(Value::as_str).map(str::to_owned).collect())
        }
        _ => None,
    });
    named.flatten().collect()
}

/// The fields of all branches of a schema.
fn fields_of(part: &Part<'_>) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    for part in part.everything() {
        for (name, property) in part.table("properties") {
            if !fields.iter().any(|field| field.name == name) {
                fields.push(Field::of(fields.len(), name, &property));
            }
        }
    }
    fields
}

fn homes_below(part: &Part<'_>) -> HashMap<String, Option<String>> {
    let mut homes: HashMap<String, Option<String>> = HashMap::new();
    for part in part.everything() {
        for (name, property) in part.table("properties") {
            if property.get("properties").is_none() {
                continue;
            }
            let below = fields_of(&property);
            let spellings = below.iter().flat_map(|field| &field.spellings);
            for folded in spellings.map(|own| own.folded.as_str()).collect::<HashSet<_>>() {
                let home = homes.entry(folded.to_owned());
                home.and_modify(|own| *own = None).or_insert_with(|| Some(name.to_owned()));
            }
        }
    }
    homes
}

/// The fields of objects that were asked for, by the address of their schemas in memory. These belong to the
/// documents that hold this, and stay where they are.
#[derive(Debug, Default)]
pub(super) struct Gathered(Mutex<HashMap<usize, Arc<Fields>>>);

impl Gathered {
    pub(super) fn of(&self, part: &Part<'_>) -> Arc<Fields> {
        let place = std::ptr::from_ref(part.value).addr();
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(fields) = known().get(&place) {
            return fields.clone();
        }
        let fields = Arc::new(Fields::of(part));
        known().entry(place).or_insert(fields).clone()
    }
}
