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
use std::cell::Cell;

/// The representation of [`syntax::Node`] for the validator.
#[derive(Debug)]
pub enum TreeJson {}

/// A node, or the name of a property on its own (`propertyNames`).
#[derive(Clone, Copy, Debug)]
pub enum Instance<'a> {
    Node(syntax::Node<'a>, Option<&'a Quota>),
    Name(&'a str),
}

/// How many more errors the validator may make of a file, those of the branches of unions included. It
/// makes all of a record before it gives the first, and a list of a million empty questions would
/// take a hundred times its size; so a list ends for it when they are used up.
#[derive(Debug)]
pub struct Quota(Cell<usize>);

impl Quota {
    /// Enough for a file with so many diagnostics.
    pub fn for_diagnostics(most: usize) -> Self {
        Self(Cell::new(most + most / 2))
    }

    pub fn is_used_up(&self) -> bool {
        self.0.get() == 0
    }

    fn count(&self) {
        self.0.set(self.0.get().saturating_sub(1));
    }
}

impl<'a> From<syntax::Node<'a>> for Instance<'a> {
    fn from(node: syntax::Node<'a>) -> Self {
        Self::Node(node, None)
    }
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
            Self::Node(node, _) => node.kind(),
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
            Self::Node(node, quota) if node.is_mapping() => Some(Members(node.resolved(), *quota)),
            _ => None,
        }
    }

    fn as_array(&self) -> Option<Elements<'a>> {
        match self {
            Self::Node(node, quota) if node.is_sequence() => {
                Some(Elements(node.resolved(), *quota))
            }
            _ => None,
        }
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        match self {
            Self::Node(node, _) => node.as_str().map(Cow::Borrowed),
            Self::Name(name) => Some(Cow::Borrowed(name)),
        }
    }

    fn as_number(&self) -> Option<Number<'a>> {
        match self {
            Self::Node(node, _) => Number::of(*node),
            Self::Name(_) => None,
        }
    }

    fn as_boolean(&self) -> Option<bool> {
        match self {
            Self::Node(node, _) => node.as_bool(),
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
                Self::Node(node, _) => jsonschema::json::cmp::equal(&to_value(*node), expected),
                Self::Name(_) => false,
            },
        }
    }

    // The validator puts this into every error. Errors are told from their kind and path, so a copy
    // of whole collections would only make a bad record cost many times its size.
    fn to_value(&self) -> Cow<'a, Value> {
        if let Self::Node(_, Some(quota)) = self {
            quota.count();
        }
        Cow::Owned(match self {
            Self::Node(node, _) if node.is_mapping() => Value::Object(serde_json::Map::new()),
            Self::Node(node, _) if node.is_sequence() => Value::Array(Vec::new()),
            Self::Node(node, _) => to_value(*node),
            Self::Name(name) => Value::String((*name).to_owned()),
        })
    }

    fn identity(&self) -> Option<NodeIdentity> {
        match self {
            Self::Node(node, _) => {
                let address = std::ptr::from_ref(node.tree()).addr();
                Some(NodeIdentity::tagged(address, node.resolved().id().index()))
            }
            Self::Name(_) => None,
        }
    }
}

/// The entries of a mapping.
#[derive(Clone, Copy, Debug)]
pub struct Members<'a>(syntax::Node<'a>, Option<&'a Quota>);

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
        if self.is_plain() { self.0.entries().count() } else { self.0.merged_entries().len() }
    }

    fn is_empty(&self) -> bool {
        self.members().next().is_none()
    }

    fn get(&self, key: &String) -> Option<Instance<'a>> {
        self.0.get(key).map(|node| Instance::Node(node, self.1))
    }

    fn members(&self) -> MembersIter<'a> {
        if self.is_plain() {
            MembersIter::Plain(self.0.entries(), self.1)
        } else {
            MembersIter::Merged(self.0.merged_entries().into_iter(), self.1)
        }
    }
}

/// Members of a mapping, each name once.
#[derive(Clone)]
pub enum MembersIter<'a> {
    Plain(syntax::Entries<'a>, Option<&'a Quota>),
    Merged(std::vec::IntoIter<syntax::Entry<'a>>, Option<&'a Quota>),
}

impl<'a> Iterator for MembersIter<'a> {
    type Item = (&'a str, Instance<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let (entry, quota) = match self {
            Self::Plain(entries, quota) => (entries.next()?, *quota),
            Self::Merged(entries, quota) => (entries.next()?, *quota),
        };
        Some((entry.name(), Instance::Node(entry.value, quota)))
    }
}

/// The items of a sequence.
#[derive(Clone, Copy, Debug)]
pub struct Elements<'a>(syntax::Node<'a>, Option<&'a Quota>);

impl<'a> Array<'a, TreeJson> for Elements<'a> {
    type Node = Instance<'a>;
    type ElementsIter = ElementsIter<'a>;

    fn len(&self) -> usize {
        self.0.items().count()
    }

    fn elements(&self) -> Self::ElementsIter {
        ElementsIter(self.0.items(), self.1)
    }

    fn is_unique(&self) -> bool {
        const FEW: usize = 16;
        let texts: Option<Vec<&str>> = self.0.items().map(syntax::Node::as_str).collect();
        if let Some(texts) = texts.filter(|texts| texts.len() <= FEW) {
            return texts.iter().enumerate().all(|(at, text)| !texts[..at].contains(text));
        }
        let values: Vec<Value> = self.0.items().map(to_value).collect();
        jsonschema::json::unique::is_unique(&values)
    }
}

/// Items of a sequence, as long as there may be errors.
#[derive(Clone)]
pub struct ElementsIter<'a>(syntax::Items<'a>, Option<&'a Quota>);

impl<'a> Iterator for ElementsIter<'a> {
    type Item = Instance<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.1.is_some_and(Quota::is_used_up) {
            return None;
        }
        self.0.next().map(|node| Instance::Node(node, self.1))
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
        Some(Self { node, written_whole })
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
            number.map_or_else(|| Value::String(node.scalar_text().to_owned()), Value::Number)
        }
        Kind::String(_) => Value::String(node.scalar_text().to_owned()),
        Kind::Sequence => {
            // Schemas are kept as long as the run.
            let mut items: Vec<Value> = node.items().map(to_value).collect();
            items.shrink_to_fit();
            Value::Array(items)
        }
        Kind::Mapping => {
            let members = Members(node.resolved(), None).members();
            let pairs = members.map(|(name, value)| match value {
                Instance::Node(value, _) => (name.to_owned(), to_value(value)),
                Instance::Name(text) => (name.to_owned(), Value::String(text.to_owned())),
            });
            let pairs: Vec<_> = pairs.collect();
            let mut object = serde_json::Map::with_capacity(pairs.len());
            object.extend(pairs);
            Value::Object(object)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FilePath, Format, SourceFile};
    use crate::syntax::Document;
    use serde_json::json;

    fn parsed(name: &str, text: &str) -> Document {
        let file = SourceFile::new(FilePath::new(name), text, Format::of_name(name).unwrap());
        let document = syntax::parse(&file);
        assert!(document.errors.is_empty(), "{:?}", document.errors);
        document
    }

    fn member<'a>(document: &'a Document, name: &str) -> Instance<'a> {
        let root = Instance::from(document.tree.root().unwrap());
        root.as_object().unwrap().get(&name.to_owned()).unwrap()
    }

    fn names(document: &Document) -> Vec<&str> {
        let root = Instance::from(document.tree.root().unwrap());
        root.as_object().unwrap().members().map(|(name, _)| name).collect()
    }

    /// What the validator relies on, as its own `conformance` feature states it.
    #[test]
    fn contract_of_the_validator() {
        let document = parsed(
            "a.json",
            r#"{"string": "héllo", "integer": 42, "float": 1.5, "boolean": true, "null": null,
                "array": [10, 20, 30], "duplicates": [1, {"a": 1}, {"a": 1}],
                "object": {"nested": "value"}}"#,
        );
        let root = Instance::from(document.tree.root().unwrap());
        let of = |name| member(&document, name);
        assert_eq!(root.as_object().unwrap().len(), 8);
        assert!(root.as_object().unwrap().get(&"missing".to_owned()).is_none());
        assert_eq!(of("string").as_string().as_deref(), Some("héllo"));
        assert_eq!(of("string").string_length(), Some(5));
        assert_eq!(of("integer").string_length(), None);
        assert_eq!(of("integer").as_number().unwrap().as_u64(), Some(42));
        assert_eq!(of("float").as_number().unwrap().as_f64(), Some(1.5));
        assert_eq!(of("float").as_number().unwrap().as_u64(), None);
        assert!(!of("float").as_number().unwrap().is_integer());
        assert_eq!(of("boolean").as_boolean(), Some(true));
        assert!(of("null").is_null() && !of("string").is_null());
        for name in ["string", "integer", "float", "boolean", "null", "array", "object"] {
            let node = of(name);
            assert_eq!(node.is_number(), node.as_number().is_some(), "{name}");
            assert_eq!(node.is_number(), node.json_type() == JsonType::Number, "{name}");
            assert_eq!(node.is_string(), node.json_type() == JsonType::String, "{name}");
            assert_eq!(node.as_object().is_some(), node.json_type() == JsonType::Object, "{name}");
            assert_eq!(node.as_array().is_some(), node.json_type() == JsonType::Array, "{name}");
        }
        assert_eq!(of("array").as_array().unwrap().len(), 3);
        assert!(of("array").as_array().unwrap().is_unique());
        assert!(!of("duplicates").as_array().unwrap().is_unique());
        assert!(of("integer").equals_value(&json!(42.0)) && !of("boolean").equals_value(&json!(1)));
        assert!(of("object").equals_value(&json!({"nested": "value"})));
        assert_eq!(root.identity(), root.identity());
        assert_ne!(root.identity(), of("object").identity());
        assert_eq!(of("object").identity(), of("object").identity());
        let mut buffer = String::new();
        for expected in ["héllo", "", "second"] {
            TreeJson::with_string_node(&mut buffer, expected, |node| {
                assert_eq!(node.as_string().as_deref(), Some(expected));
                assert!(node.is_string());
            });
        }
    }

    #[test]
    fn numbers_keep_their_value() {
        let text = "[18446744073709551615, -9223372036854775808, 123456789012345678901234567890, 1.0, 1e2, 1e999]";
        let document = parsed("a.json", text);
        let numbers: Vec<_> =
            document.tree.root().unwrap().items().map(|node| Number::of(node).unwrap()).collect();
        assert_eq!(numbers[0].as_u64(), Some(u64::MAX));
        assert_eq!(numbers[1].as_i64(), Some(i64::MIN));
        assert!(numbers[2].is_integer() && numbers[2].as_u64().is_none());
        assert_eq!(numbers[2].as_str(), "123456789012345678901234567890");
        assert!(numbers[3].is_integer() && !numbers[3].is_written_as_integer());
        assert!(numbers[4].is_integer());
        assert_eq!(numbers[5].as_f64(), None);
        let yaml = parsed("a.yaml", "[0o14, 0xC, +12, .inf]");
        let numbers: Vec<_> =
            yaml.tree.root().unwrap().items().map(|node| Number::of(node).unwrap()).collect();
        assert!(numbers[..3].iter().all(|number| number.as_u64() == Some(12)));
        assert_eq!(numbers[2].as_str(), "12");
        assert!(!numbers[3].is_integer() && numbers[3].as_f64() == Some(f64::INFINITY));
        assert_eq!(to_value(yaml.tree.root().unwrap()), json!([12, 12, 12, ".inf"]));
    }

    #[test]
    fn each_name_once_and_merge_keys_resolved() {
        assert_eq!(names(&parsed("a.yaml", "a: 1\n<<: {b: 2, a: 3}\n")), ["a", "b"]);
        let file =
            SourceFile::new(FilePath::new("a.json"), r#"{"a": 1, "a": 2, "b": 3}"#, Format::Json);
        let document = syntax::parse(&file);
        assert_eq!(names(&document), ["a", "b"]);
        assert!(member(&document, "a").equals_value(&json!(1)));
    }

    #[test]
    fn aliases_are_what_they_stand_for() {
        let document = parsed("a.yaml", "a: &x [1]\nb: *x\n");
        assert_eq!(member(&document, "a").identity(), member(&document, "b").identity());
        assert!(member(&document, "b").equals_value(&json!([1])));
    }
}
