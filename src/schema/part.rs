//! The parts of a schema, and how they lead to each other.
//!
//! [`Documents`] finds the sub-schema behind an address or a `$ref`; [`Part`] is one sub-schema with
//! the address its references are relative to.

use super::address::{join, percent_decoded};
use super::fields::{Fields, Gathered};
use crate::syntax::pointer;
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

/// Every document a schema is made of.
#[derive(Debug, Default)]
pub(super) struct Documents {
    /// Address without fragment → document and the pointer of the part that has this address.
    places: BTreeMap<String, (Arc<Value>, String)>,
    /// Address with an anchor as its fragment → document and pointer.
    anchors: BTreeMap<String, (Arc<Value>, String)>,
    gathered: Gathered,
}

impl Documents {
    pub(super) fn add(&mut self, address: &str, document: &Arc<Value>) {
        let address = address.trim_end_matches('#').to_owned();
        if self.places.contains_key(&address) {
            return;
        }
        self.places.insert(address.clone(), (document.clone(), String::new()));
        self.index(&address, document, document, &mut String::new());
    }

    fn index(&mut self, base: &str, document: &Arc<Value>, value: &Value, pointer: &mut String) {
        let mut base = base.to_owned();
        if let Value::Object(members) = value {
            if let Some(id) =
                members.get("$id").or_else(|| members.get("id")).and_then(Value::as_str)
            {
                base = join(&base, id).trim_end_matches('#').to_owned();
                let place = (document.clone(), pointer.clone());
                self.places.entry(base.clone()).or_insert(place);
            }
            for name in ["$anchor", "$dynamicAnchor"] {
                if let Some(anchor) = members.get(name).and_then(Value::as_str) {
                    let place = (document.clone(), pointer.clone());
                    self.anchors.entry(format!("{base}#{anchor}")).or_insert(place);
                }
            }
        }
        let length = pointer.len();
        let mut visit = |step: &str, child: &Value, pointer: &mut String| {
            if child.is_object() || child.is_array() {
                pointer.push('/');
                pointer.push_str(&pointer::escaped(step));
                self.index(&base, document, child, pointer);
                pointer.truncate(length);
            }
        };
        match value {
            Value::Object(members) => {
                members.iter().for_each(|(name, child)| visit(name, child, pointer));
            }
            Value::Array(items) => {
                let numbered = items.iter().enumerate();
                numbered.for_each(|(index, child)| visit(&index.to_string(), child, pointer));
            }
            _ => {}
        }
    }

    /// Every document, by its address.
    pub(super) fn whole(&self) -> impl Iterator<Item = (&str, &Arc<Value>)> {
        let places = self.places.iter().filter(|(_, (_, pointer))| pointer.is_empty());
        places.map(|(address, (document, _))| (address.as_str(), document))
    }

    /// The sub-schema at an address with an optional fragment.
    pub(super) fn find(&self, address: &str) -> Option<Part<'_>> {
        let (address, fragment) = address.split_once('#').unwrap_or((address, ""));
        let fragment = percent_decoded(fragment);
        if !fragment.is_empty() && !fragment.starts_with('/') {
            let (document, pointer) = self.anchors.get(&format!("{address}#{fragment}"))?;
            let value = document.pointer(pointer)?;
            return Some(Part { documents: self, base: address.into(), value });
        }
        let (document, prefix) = self.places.get(address)?;
        let root = document.pointer(prefix)?;
        let mut part = Part { documents: self, base: address.into(), value: root };
        for step in fragment.split('/').skip(1) {
            part = part.step(&pointer::unescaped(step))?;
        }
        Some(part)
    }
}

/// A sub-schema (or a list or table of them).
#[derive(Clone, Debug)]
pub(super) struct Part<'s> {
    documents: &'s Documents,
    base: Rc<str>,
    pub(super) value: &'s Value,
}

impl<'s> Part<'s> {
    /// The child under a name or index.
    pub(super) fn step(&self, name: &str) -> Option<Part<'s>> {
        let value = match self.value {
            Value::Object(members) => members.get(name)?,
            Value::Array(items) => items.get(name.parse::<usize>().ok()?)?,
            _ => return None,
        };
        Some(self.child(value))
    }

    /// A value of this list or table.
    fn child(&self, value: &'s Value) -> Part<'s> {
        let base = match value.get("$id").and_then(Value::as_str) {
            Some(id) => join(&self.base, id).trim_end_matches('#').into(),
            None => self.base.clone(),
        };
        Part { documents: self.documents, base, value }
    }

    /// The fields an object with this schema can have.
    pub(super) fn fields(&self) -> Arc<Fields> {
        self.documents.gathered.of(self)
    }

    /// What a reference keyword of this schema leads to.
    pub(super) fn target(&self, keyword: &str) -> Option<Part<'s>> {
        let reference = self.value.get(keyword)?.as_str()?;
        self.documents.find(&join(&self.base, reference))
    }

    /// The address that `$ref` leads to, when the schema asks for nothing else.
    pub(super) fn reference(&self) -> Option<String> {
        const WORDS: [&str; 6] =
            ["$ref", "title", "description", "examples", "default", "deprecated"];
        let members = self.value.as_object()?;
        let is_word = |name: &String| WORDS.contains(&name.as_str()) || name.starts_with("x-");
        let reference = members.get("$ref")?.as_str().filter(|_| members.keys().all(is_word))?;
        Some(join(&self.base, reference))
    }

    pub(super) fn get(&self, keyword: &str) -> Option<&'s Value> {
        self.value.get(keyword)
    }

    pub(super) fn text(&self, keyword: &str) -> Option<&'s str> {
        self.get(keyword).and_then(Value::as_str)
    }

    /// The sub-schemas in a list such as `oneOf`.
    pub(super) fn list(&self, keyword: &str) -> Vec<Part<'s>> {
        let Some(list) = self.step(keyword) else {
            return Vec::new();
        };
        list.value.as_array().into_iter().flatten().map(|value| list.child(value)).collect()
    }

    /// The sub-schemas in a table such as `properties`, in order.
    pub(super) fn table(&self, keyword: &str) -> Vec<(&'s str, Part<'s>)> {
        let Some(table) = self.step(keyword) else {
            return Vec::new();
        };
        let Some(members) = table.value.as_object() else {
            return Vec::new();
        };
        members.iter().map(|(name, value)| (name.as_str(), table.child(value))).collect()
    }

    /// The schemas this one is made of or refers to.
    fn children(&self) -> Vec<Part<'s>> {
        const SINGLE: [&str; 11] = [
            "items",
            "additionalItems",
            "additionalProperties",
            "unevaluatedItems",
            "unevaluatedProperties",
            "contains",
            "propertyNames",
            "not",
            "if",
            "then",
            "else",
        ];
        let references = ["$ref", "$dynamicRef", "$recursiveRef"];
        let targets = references.into_iter().filter_map(|keyword| self.target(keyword));
        let single = SINGLE.into_iter().filter_map(|keyword| self.step(keyword));
        let lists = ["allOf", "anyOf", "oneOf", "prefixItems", "items"];
        let listed = lists.into_iter().flat_map(|keyword| self.list(keyword));
        let tables = ["properties", "patternProperties", "dependentSchemas", "dependencies"];
        let named = tables.into_iter().flat_map(|keyword| self.table(keyword));
        let children = targets.chain(single).chain(listed).chain(named.map(|(_, part)| part));
        children.filter(|part| part.value.is_object()).collect()
    }

    /// This schema and all that holds together with it: references and `allOf`, each once.
    pub(super) fn together(&self) -> Vec<Part<'s>> {
        self.closure(|part| part.list("allOf"))
    }

    /// This schema and everything that may say something of the same value: references, `allOf`,
    /// and every branch.
    pub(super) fn everything(&self) -> Vec<Part<'s>> {
        self.closure(|part| {
            let lists = ["allOf", "anyOf", "oneOf"].into_iter().flat_map(|name| part.list(name));
            let single = ["then", "else", "if"].into_iter().filter_map(|name| part.step(name));
            let tables = part.table("dependentSchemas").into_iter().map(|(_, part)| part);
            lists.chain(single).chain(tables).collect()
        })
    }

    fn closure(&self, more: impl Fn(&Part<'s>) -> Vec<Part<'s>>) -> Vec<Part<'s>> {
        let mut found: Vec<Part<'s>> = vec![self.clone()];
        let mut next = 0;
        while next < found.len() {
            let part = found[next].clone();
            next += 1;
            let references = ["$ref", "$dynamicRef", "$recursiveRef"];
            let targets = references.into_iter().filter_map(|keyword| part.target(keyword));
            for further in targets.chain(more(&part)) {
                if !found.iter().any(|known| known.is_same(&further)) {
                    found.push(further);
                }
            }
        }
        found
    }

    pub(super) fn is_same(&self, other: &Part<'s>) -> bool {
        std::ptr::eq(self.value, other.value)
    }

    /// The schema of a property, from `properties` of everything that holds together.
    pub(super) fn property(&self, name: &str) -> Option<Part<'s>> {
        self.together().iter().find_map(|part| part.step("properties")?.step(name))
    }
}

/// Whether a branch of some union can lead back to that union.
pub(super) fn has_recursive_union(root: &Part<'_>) -> bool {
    reachable(vec![root.clone()]).iter().any(|part| {
        let branches: Vec<_> =
            ["anyOf", "oneOf"].into_iter().flat_map(|name| part.list(name)).collect();
        branches.len() > 1 && reachable(branches).iter().any(|reached| reached.is_same(part))
    })
}

/// These schemas and every one that can be met from them, each once.
fn reachable(mut found: Vec<Part<'_>>) -> Vec<Part<'_>> {
    let mut known: HashSet<*const Value> =
        found.iter().map(|part| std::ptr::from_ref(part.value)).collect();
    let mut next = 0;
    while next < found.len() {
        let children = found[next].children();
        next += 1;
        for child in children {
            if known.insert(std::ptr::from_ref(child.value)) {
                found.push(child);
            }
        }
    }
    found
}
