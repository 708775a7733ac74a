//! The document's own tree as a JSON instance: nothing is copied for validation.
//!
//! Mappings list their entries by canonical name, the first of duplicates only, merge keys
//! resolved; aliases are what they stand for. [`to_value`] copies a node, for schemas and for the
//! few keywords that compare whole values.

use crate::syntax::{self, Kind};
use jsonschema::JsonType;
use jsonschema::json::{Array, Json, JsonNumber, Node, NodeIdentity, Object};
use serde_json::Value;
use std::borrow::Cow;

/// The representation of [`syntax::Node`] for the validator.
#[derive(Debug)]
pub enum TreeJson {}

/// A node, or the name of a property on its own (`propertyNames`).
#[derive(Clone, Copy, Debug)]
pub enum Instance<'a> {
    Node(syntax::Node<'a>),
    Name(&'a str),
}

impl Json for TreeJson {
    type Node<'a> = Instance<'a>;
    type PreparedKey = String;
    type StringBuffer = String;

    // A lookup walks over the entries, so one pass over the members is always as good.
    const KEYS_PER_LOOKUP: usize = 8;

    fn prepare_key(key: &str) -> String {
        key.to_owned()
    }

    fn with_string_node<T>(
        buffer: &mut String,
        string: &str,
        f: impl FnOnce(Instance<'_>) -> T,
    ) -> T {
        buffer.clear();
        buffer.push_str(string);
        f(Instance::Name(buffer))
    }
}

impl<'a> Instance<'a> {
    fn kind(self) -> Kind {
        match self {
            Self::Node(node) => node.kind(),
            Self::Name(_) => Kind::String(syntax::Style::Plain),
        }
    }
}

impl<'a> Node<'a, TreeJson> for Instance<'a> {
    type Object = Members<'a>;
    type Array = Elements<'a>;
    type Number = Number<'a>;

    fn as_object(&self) -> Option<Members<'a>> {
        match self {
            Self::Node(node) if node.is_mapping() => Some(Members(node.resolved())),
            _ => None,
        }
    }

    fn as_array(&self) -> Option<Elements<'a>> {
        match self {
            Self::Node(node) if node.is_sequence() => Some(Elements(node.resolved())),
            _ => None,
        }
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        match self {
            Self::Node(node) => node.as_str().map(Cow::Borrowed),
            Self::Name(name) => Some(Cow::Borrowed(name)),
        }
    }

    fn as_number(&self) -> Option<Number<'a>> {
        match self {
            Self::Node(node) => Number::of(*node),
            Self::Name(_) => None,
        }
    }

    fn as_boolean(&self) -> Option<bool> {
        match self {
            Self::Node(node) => node.as_bool(),
            Self::Name(_) => None,
        }
    }

    fn is_null(&self) -> bool {
        matches!(self.kind(), Kind::Null | Kind::Alias)
    }

    fn is_number(&self) -> bool {
        matches!(self.kind(), Kind::Integer | Kind::Float)
    }

    fn is_string(&self) -> bool {
        matches!(self.kind(), Kind::String(_))
    }

    fn json_type(&self) -> JsonType {
        match self.kind() {
            Kind::Null | Kind::Alias => JsonType::Null,
            Kind::Bool(_) => JsonType::Boolean,
            Kind::Integer | Kind::Float => JsonType::Number,
            Kind::String(_) => JsonType::String,
            Kind::Sequence => JsonType::Array,
            Kind::Mapping => JsonType::Object,
        }
    }

    fn equals_value(&self, expected: &Value) -> bool {
        match (self.as_string(), expected) {
            (Some(own), Value::String(expected)) => own == expected.as_str(),
            (Some(_), _) | (None, Value::String(_)) => false,
            (None, _) => match self {
                Self::Node(node) => jsonschema::json::cmp::equal(&to_value(*node), expected),
                Self::Name(_) => false,
            },
        }
    }

    // The validator puts this into every error. Errors are told from their kind and path, so a copy
    // of whole collections would only make a bad record cost many times its size.
    fn to_value(&self) -> Cow<'a, Value> {
        Cow::Owned(match self {
            Self::Node(node) if node.is_mapping() => Value::Object(serde_json::Map::new()),
            Self::Node(node) if node.is_sequence() => Value::Array(Vec::new()),
            Self::Node(node) => to_value(*node),
            Self::Name(name) => Value::String((*name).to_owned()),
        })
    }

    fn identity(&self) -> Option<NodeIdentity> {
        match self {
            Self::Node(node) => {
                let address = std::ptr::from_ref(node.tree()).addr();
                Some(NodeIdentity::tagged(address, node.resolved().id().index()))
            }
            Self::Name(_) => None,
        }
    }
}

/// The entries of a mapping.
#[derive(Clone, Copy, Debug)]
pub struct Members<'a>(syntax::Node<'a>);

impl<'a> Members<'a> {
    /// Whether the entries are the members as they stand.
    fn is_plain(self) -> bool {
        self.0.tree().duplicate_keys().is_empty() && !self.0.has_merge()
    }
}

impl<'a> Object<'a, TreeJson> for Members<'a> {
    type Node = Instance<'a>;
    type MemberName = &'a str;
    type MembersIter = MembersIter<'a>;

    fn len(&self) -> usize {
        if self.is_plain() {
            self.0.entries().count()
        } else {
            self.0.merged_entries().len()
        }
    }

    fn is_empty(&self) -> bool {
        self.members().next().is_none()
    }

    fn get(&self, key: &String) -> Option<Instance<'a>> {
        self.0.get(key).map(Instance::Node)
    }

    fn members(&self) -> MembersIter<'a> {
        if self.is_plain() {
            MembersIter::Plain(self.0.entries())
        } else {
            MembersIter::Merged(self.0.merged_entries().into_iter())
        }
    }
}

/// Members of a mapping, each name once.
#[derive(Clone)]
pub enum MembersIter<'a> {
    Plain(syntax::Entries<'a>),
    Merged(std::vec::IntoIter<syntax::Entry<'a>>),
}

impl<'a> Iterator for MembersIter<'a> {
    type Item = (&'a str, Instance<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let entry = match self {
            Self::Plain(entries) => entries.next(),
            Self::Merged(entries) => entries.next(),
        }?;
        Some((entry.name(), Instance::Node(entry.value)))
    }
}

/// The items of a sequence.
#[derive(Clone, Copy, Debug)]
pub struct Elements<'a>(syntax::Node<'a>);

impl<'a> Array<'a, TreeJson> for Elements<'a> {
    type Node = Instance<'a>;
    type ElementsIter = std::iter::Map<syntax::Items<'a>, fn(syntax::Node<'a>) -> Instance<'a>>;

    fn len(&self) -> usize {
        self.0.items().count()
    }

    fn elements(&self) -> Self::ElementsIter {
        self.0.items().map(Instance::Node)
    }

    fn is_unique(&self) -> bool {
        let values: Vec<Value> = self.0.items().map(to_value).collect();
        jsonschema::json::unique::is_unique(&values)
    }
}

/// A number as written, with its value where a machine number holds it.
#[derive(Clone, Copy, Debug)]
pub struct Number<'a> {
    node: syntax::Node<'a>,
    written_whole: bool,
}

impl<'a> Number<'a> {
    fn of(node: syntax::Node<'a>) -> Option<Self> {
        let written_whole = match node.kind() {
            Kind::Integer => true,
            Kind::Float => false,
            _ => return None,
        };
        Some(Self {
            node,
            written_whole,
        })
    }
}

impl JsonNumber for Number<'_> {
    fn as_u64(&self) -> Option<u64> {
        if !self.written_whole {
            return None;
        }
        match self.node.as_i64() {
            Some(small) => small.try_into().ok(),
            None => self.node.scalar_text().parse().ok(),
        }
    }

    fn as_i64(&self) -> Option<i64> {
        self.node.as_i64()
    }

    /// `None` beyond the largest machine number; the sign of the text then says which side.
    fn as_f64(&self) -> Option<f64> {
        let value = self.node.as_f64()?;
        let is_named = self.node.scalar_text().contains(['n', 'N']);
        (value.is_finite() || is_named).then_some(value)
    }

    fn as_str(&self) -> Cow<'_, str> {
        match self.node.as_i64() {
            Some(value) => Cow::Owned(value.to_string()),
            None => {
                let text = self.node.scalar_text();
                Cow::Borrowed(text.strip_prefix('+').unwrap_or(text))
            }
        }
    }

    fn to_number(&self) -> Cow<'_, serde_json::Number> {
        Cow::Owned(to_number(self).unwrap_or_else(|| 0.into()))
    }

    fn is_integer(&self) -> bool {
        self.written_whole || self.as_f64().is_none_or(|value| value.fract() == 0.0)
    }

    fn is_written_as_integer(&self) -> bool {
        self.written_whole
    }
}

fn to_number(number: &Number<'_>) -> Option<serde_json::Number> {
    if let Some(value) = number.as_u64() {
        return Some(value.into());
    }
    if let Some(value) = number.as_i64() {
        return Some(value.into());
    }
    serde_json::Number::from_f64(number.as_f64()?)
}

/// A copy of a node as the validator sees it. Numbers that have no JSON form (`.inf`, `.nan`, and
/// those beyond the largest machine number) become their text.
pub fn to_value(node: syntax::Node<'_>) -> Value {
    match node.kind() {
        Kind::Null | Kind::Alias => Value::Null,
        Kind::Bool(value) => Value::Bool(value),
        Kind::Integer | Kind::Float => {
            let number = Number::of(node).as_ref().and_then(to_number);
            number.map_or_else(
                || Value::String(node.scalar_text().to_owned()),
                Value::Number,
            )
        }
        Kind::String(_) => Value::String(node.scalar_text().to_owned()),
        Kind::Sequence => Value::Array(node.items().map(to_value).collect()),
        Kind::Mapping => {
            let members = Members(node.resolved()).members();
            let pairs = members.map(|(name, value)| match value {
                Instance::Node(value) => (name.to_owned(), to_value(value)),
                Instance::Name(text) => (name.to_owned(), Value::String(text.to_owned())),
            });
            Value::Object(pairs.collect())
        }
    }
}
