//! Most records are valid, and most schemas are made of few keywords: one walk tells.
//!
//! [`Quick`] knows those keywords in their plain uses. What it says holds; where it does not know,
//! it says so, and the validator proper is asked. Tests hold it against that validator.

use crate::syntax::{Entry, FieldMap, Kind, Node};
use regex::bytes::{Regex, RegexBuilder};
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};

/// A schema as checks that one walk over a record makes.
#[derive(Debug)]
pub(super) struct Quick {
    /// The record's own is the first.
    checks: Vec<Check>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Holds,
    Fails,
    Unsure,
}

use Verdict::{Fails, Holds, Unsure};

/// Index of a check.
type CheckId = usize;

/// What one schema asks for.
#[derive(Debug, Default)]
struct Check {
    /// It has keywords, or uses of them, that are not known here.
    is_unsure: bool,
    /// Bits of the types of which every value fulfils it.
    enough: u8,
    types: Option<Types>,
    text: Option<Text>,
    number: Option<Range>,
    list: Option<List>,
    object: Option<Object>,
    more: Option<Box<More>>,
}

/// What is asked of values of any type, and seldom.
#[derive(Debug, Default)]
struct More {
    /// `enum` and `const`.
    values: Option<Values>,
    /// `$ref`.
    refers: Option<CheckId>,
    condition: Option<Condition>,
}

/// Types that are let in, a bit each.
#[derive(Clone, Copy, Debug)]
struct Types(u8);

#[derive(Debug)]
enum Values {
    Texts(HashSet<Box<str>>),
    Bool(bool),
}

#[derive(Debug, Default)]
struct Text {
    /// All that is asked is that there is some.
    is_something: bool,
    length: Bounds,
    pattern: Option<Regex>,
    format: Option<Format>,
}

#[derive(Clone, Copy, Debug)]
enum Format {
    Date,
    Uri,
}

/// Least and most.
#[derive(Clone, Copy, Debug)]
struct Bounds(u64, u64);

impl Default for Bounds {
    fn default() -> Self {
        Self(0, u64::MAX)
    }
}

#[derive(Debug, Default)]
struct Range {
    least: Option<f64>,
    most: Option<f64>,
    more_than: Option<f64>,
    less_than: Option<f64>,
}

#[derive(Debug, Default)]
struct List {
    items: Option<CheckId>,
    count: Bounds,
    is_unique: bool,
}

#[derive(Debug, Default)]
struct Object {
    fields: FieldMap<Property>,
    /// The bits of all properties that are required.
    required: u64,
    /// The bit of a property, and the bits of those that it needs beside it.
    needs: Vec<(u64, u64)>,
    others: Others,
    count: Bounds,
}

#[derive(Debug, Default)]
struct Property {
    /// `None` for a name that is required and described nowhere.
    check: Option<CheckId>,
    /// Its bit, where it is required or some other property needs it or is needed by it.
    bit: u64,
}

/// Properties that the schema does not name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Others {
    #[default]
    Any,
    /// Those that begin with `x-`.
    Extensions,
    /// Those that begin with `x-`, and some of other names, with values of which nothing is known here.
    Patterns,
    /// Where no property is named.
    Each(CheckId),
    None,
}

#[derive(Debug)]
struct Condition {
    holds: CheckId,
    then: Option<CheckId>,
    otherwise: Option<CheckId>,
}

impl Quick {
    /// The checks of a schema; `None` for one that is best left to the validator as a whole.
    pub fn of(schema: &Value) -> Option<Self> {
        const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";
        // Other addresses inside change what references mean.
        let ids = schema.to_string().matches("\"$id\":").count();
        let own = usize::from(schema.get("$id").is_some());
        if schema.get("$schema")?.as_str() != Some(DRAFT) || ids > own {
            return None;
        }
        let mut builder = Builder { root: schema, checks: Vec::new(), known: HashMap::new() };
        builder.check(schema);
        Some(Self { checks: builder.checks })
    }

    /// Whether a record surely fulfils the schema, as it is written: every key that the schema might
    /// know by another name is one of its names, or one of the author's own (`x-`).
    pub fn holds(&self, record: Node<'_>) -> bool {
        self.tell(record) == Holds
    }

    fn tell(&self, record: Node<'_>) -> Verdict {
        // Which of several entries counts, or what is merged in, is for the validator.
        if record.tree().is_plain() { self.verdict(0, record, START) } else { Unsure }
    }

    fn verdict(&self, check: CheckId, node: Node<'_>, walk: Walk) -> Verdict {
        let check = &self.checks[check];
        let kind = node.kind();
        if check.enough & Types::bits(kind) != 0 {
            return Holds;
        }
        // What is not known here changes nothing about a value of another type.
        let typed = check.types.map_or(Holds, |types| types.of(kind));
        if typed != Holds {
            return typed;
        }
        if check.is_unsure || walk.depth > MAX_DEPTH {
            return Unsure;
        }
        let own = match kind {
            Kind::String(_) => check.text.as_ref().map(|own| own.of(node)),
            Kind::Integer | Kind::Float => check.number.as_ref().map(|own| own.of(node)),
            Kind::Sequence => check.list.as_ref().map(|own| self.list(own, node, walk)),
            Kind::Mapping => check.object.as_ref().map(|own| self.object(own, node, walk)),
            Kind::Null | Kind::Alias | Kind::Bool(_) => None,
        };
        let own = own.unwrap_or(Holds);
        match &check.more {
            Some(more) if own == Holds => self.more(more, node, walk),
            _ => own,
        }
    }

    #[inline(never)]
    fn more(&self, more: &More, node: Node<'_>, walk: Walk) -> Verdict {
        let values = more.values.as_ref().map_or(Holds, |values| values.of(node));
        values
            .and(|| more.refers.map_or(Holds, |other| self.verdict(other, node, walk.inner())))
            .and(|| match &more.condition {
                Some(condition) => self.condition(condition, node, walk),
                None => Holds,
            })
    }

    // Kept out of the way of single values, which are most.
    #[inline(never)]
    fn list(&self, list: &List, node: Node<'_>, walk: Walk) -> Verdict {
        let count = list.count.of(node.items().count() as u64);
        if count != Holds {
            return count;
        }
        for item in node.items() {
            let own = list.items.map_or(Holds, |check| self.verdict(check, item, walk.inner()));
            if own != Holds {
                return own;
            }
        }
        if list.is_unique { are_different(node) } else { Holds }
    }

    #[inline(never)]
    fn object(&self, object: &Object, node: Node<'_>, walk: Walk) -> Verdict {
        let (mut count, mut seen) = (0, 0);
        for entry in node.entries() {
            count += 1;
            let property = object.fields.of(&entry);
            seen |= property.map_or(0, |own| own.bit);
            let own = match property.and_then(|own| own.check) {
                Some(check) => self.verdict(check, entry.value, walk.inner()),
                None => self.other(object.others, &entry, walk),
            };
            if own != Holds {
                return own;
            }
        }
        let lacks = |bits: u64| seen & bits != bits;
        if lacks(object.required) || object.needs.iter().any(|own| !lacks(own.0) && lacks(own.1)) {
            return Fails;
        }
        object.count.of(count)
    }

    fn other(&self, others: Others, entry: &Entry<'_>, walk: Walk) -> Verdict {
        let is_own = || entry.name().starts_with("x-");
        match others {
            // Another spelling of a property, maybe.
            Others::Any if !walk.is_branch && !is_own() => Unsure,
            Others::Any => Holds,
            Others::Extensions => Verdict::from(is_own()),
            Others::Patterns if is_own() => Holds,
            Others::Patterns => Unsure,
            Others::Each(check) => self.verdict(check, entry.value, walk.inner()),
            Others::None => Fails,
        }
    }

    fn condition(&self, condition: &Condition, node: Node<'_>, walk: Walk) -> Verdict {
        let walk = Walk { is_branch: true, ..walk.inner() };
        let branch = match self.verdict(condition.holds, node, walk) {
            Holds => condition.then,
            Fails => condition.otherwise,
            Unsure => return Unsure,
        };
        branch.map_or(Holds, |check| self.verdict(check, node, walk))
    }
}

/// Where the walk is in the schema.
#[derive(Clone, Copy, Debug)]
struct Walk {
    depth: usize,
    /// In a condition or what depends on it: what is not named here is named beside it.
    is_branch: bool,
}

const START: Walk = Walk { depth: 0, is_branch: false };

/// References may lead in circles.
const MAX_DEPTH: usize = 200;

impl Walk {
    fn inner(self) -> Self {
        Self { depth: self.depth + 1, ..self }
    }
}

impl Verdict {
    /// Both have to hold; what fails first decides.
    fn and(self, other: impl FnOnce() -> Self) -> Self {
        if self == Holds { other() } else { self }
    }

    fn from(holds: bool) -> Self {
        if holds { Holds } else { Fails }
    }
}

impl Types {
    const NULL: u8 = 1;
    const BOOLEAN: u8 = 2;
    const INTEGER: u8 = 4;
    const NUMBER: u8 = 8;
    const STRING: u8 = 16;
    const ARRAY: u8 = 32;
    const OBJECT: u8 = 64;

    fn bit(name: &str) -> Option<u8> {
        Some(match name {
            "null" => Self::NULL,
            "boolean" => Self::BOOLEAN,
            "integer" => Self::INTEGER,
            "number" => Self::NUMBER,
            "string" => Self::STRING,
            "array" => Self::ARRAY,
            "object" => Self::OBJECT,
            _ => return None,
        })
    }

    fn of(self, kind: Kind) -> Verdict {
        match kind {
            // "2.0" is whole.
            Kind::Float if self.0 & Self::NUMBER == 0 && self.0 & Self::INTEGER != 0 => Unsure,
            _ => Verdict::from(self.0 & Self::bits(kind) != 0),
        }
    }

    /// The bits of which a value of this kind needs one.
    const fn bits(kind: Kind) -> u8 {
        match kind {
            Kind::Null | Kind::Alias => Self::NULL,
            Kind::Bool(_) => Self::BOOLEAN,
            Kind::Integer => Self::INTEGER | Self::NUMBER,
            Kind::Float => Self::NUMBER,
            Kind::String(_) => Self::STRING,
            Kind::Sequence => Self::ARRAY,
            Kind::Mapping => Self::OBJECT,
        }
    }
}

impl Values {
    fn of(&self, node: Node<'_>) -> Verdict {
        Verdict::from(match self {
            Self::Texts(texts) => node.as_str().is_some_and(|own| texts.contains(own)),
            Self::Bool(value) => node.as_bool() == Some(*value),
        })
    }
}

impl Text {
    fn of(&self, node: Node<'_>) -> Verdict {
        if self.is_something {
            return Verdict::from(!node.is_empty_text());
        }
        let text = node.scalar_text();
        let length = self.length.of(text.chars().count() as u64);
        // Dialects of patterns are one for plain signs.
        let is_plain = || text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        length
            .and(|| match &self.pattern {
                Some(pattern) if is_plain() => Verdict::from(pattern.is_match(text.as_bytes())),
                Some(_) => Unsure,
                None => Holds,
            })
            .and(|| match self.format {
                Some(format) if !format.surely(text) => Unsure,
                _ => Holds,
            })
    }
}

impl Format {
    fn surely(self, text: &str) -> bool {
        match self {
            Self::Date => is_plain_date(text),
            Self::Uri => is_plain_address(text),
        }
    }
}

/// A date of the first 28 days of a month: those there are in every month.
fn is_plain_date(text: &str) -> bool {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else { return false };
    let is_number = [y1, y2, y3, y4, m1, m2, d1, d2].iter().all(|byte| byte.is_ascii_digit());
    is_number && ("01"..="12").contains(&&text[5..7]) && ("01"..="28").contains(&&text[8..])
}

fn is_plain_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let is_plain =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'/' | b'_');
    rest.is_some_and(|rest| {
        // `https://https//a.org` is looked at by who knows more.
        rest.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric)
            && !rest.starts_with("http")
            && rest.bytes().all(is_plain)
    })
}

impl Bounds {
    fn of(self, count: u64) -> Verdict {
        Verdict::from((self.0..=self.1).contains(&count))
    }
}

impl Range {
    fn of(&self, node: Node<'_>) -> Verdict {
        /// Up to here every whole number is a number of its own.
        const EXACT: f64 = (1_u64 << 53) as f64;
        let Self { least, most, more_than, less_than } = self;
        match node.as_f64() {
            Some(value) if value.abs() < EXACT => Verdict::from(
                least.is_none_or(|bound| value >= bound)
                    && most.is_none_or(|bound| value <= bound)
                    && more_than.is_none_or(|bound| value > bound)
                    && less_than.is_none_or(|bound| value < bound),
            ),
            _ => Unsure,
        }
    }
}

/// Few texts are compared with each other; of anything else it is not known here.
fn are_different(list: Node<'_>) -> Verdict {
    const FEW: usize = 16;
    let texts: Option<Vec<&str>> = list.items().take(FEW + 1).map(Node::as_str).collect();
    match texts {
        Some(texts) if texts.len() <= FEW => {
            Verdict::from((1..texts.len()).all(|at| !texts[..at].contains(&texts[at])))
        }
        _ => Unsure,
    }
}

impl Check {
    /// The types of which nothing more is asked.
    fn enough(&self) -> u8 {
        let types = self.types.map_or(u8::MAX, |types| types.0);
        let asked = [
            (self.text.is_some(), Types::STRING),
            (self.number.is_some(), Types::INTEGER | Types::NUMBER),
            (self.list.is_some(), Types::ARRAY),
            (self.object.is_some(), Types::OBJECT),
        ];
        let asked = asked.iter().filter(|(is, _)| *is).fold(0, |bits, (_, own)| bits | own);
        if self.is_unsure || self.more.is_some() { 0 } else { types & !asked }
    }

    /// The check it refers to, when that is all it asks.
    fn only_refers(&self) -> Option<CheckId> {
        let Self { types: None, text: None, number: None, list: None, object: None, .. } = self
        else {
            return None;
        };
        match self.more.as_deref() {
            Some(More { values: None, refers, condition: None }) if !self.is_unsure => *refers,
            _ => None,
        }
    }

    fn text(&mut self) -> &mut Text {
        self.text.get_or_insert_default()
    }

    fn number(&mut self) -> &mut Range {
        self.number.get_or_insert_default()
    }

    fn list(&mut self) -> &mut List {
        self.list.get_or_insert_default()
    }

    fn object(&mut self) -> &mut Object {
        self.object.get_or_insert_default()
    }

    fn more(&mut self) -> &mut More {
        self.more.get_or_insert_default()
    }
}

struct Builder<'s> {
    root: &'s Value,
    checks: Vec<Check>,
    /// By where a schema is in memory.
    known: HashMap<*const Value, CheckId>,
}

impl<'s> Builder<'s> {
    fn check(&mut self, schema: &'s Value) -> CheckId {
        if let Some(known) = self.known.get(&std::ptr::from_ref(schema)) {
            return *known;
        }
        let id = self.checks.len();
        self.known.insert(schema, id);
        self.checks.push(Check::default());
        let mut check = Check::default();
        check.is_unsure = match schema {
            Value::Bool(any) => !any,
            Value::Object(keywords) => self.keywords(keywords, &mut check).is_none(),
            _ => true,
        };
        if let Some(Text {
            is_something,
            length: Bounds(1, u64::MAX),
            pattern: None,
            format: None,
        }) = &mut check.text
        {
            *is_something = true;
        }
        check.enough = check.enough();
        let only_refers = check.only_refers();
        self.checks[id] = check;
        if let Some(target) = only_refers {
            self.known.insert(schema, target);
            return target;
        }
        id
    }

    /// Reads the keywords into a check; `None` when one is not known.
    fn keywords(&mut self, keywords: &'s Map<String, Value>, check: &mut Check) -> Option<()> {
        // A value of another type fails, whatever else is asked.
        check.types = match keywords.get("type") {
            Some(names) => Some(types(names)?),
            None => None,
        };
        for (keyword, value) in keywords {
            match keyword.as_str() {
                "type" => {}
                "enum" => check.more().values = Some(Values::Texts(texts(value.as_array()?)?)),
                "const" => {
                    check.more().values = Some(match value {
                        Value::Bool(value) => Values::Bool(*value),
                        _ => Values::Texts(texts(std::slice::from_ref(value))?),
                    });
                }
                "minLength" => check.text().length.0 = value.as_u64()?,
                "maxLength" => check.text().length.1 = value.as_u64()?,
                "pattern" => check.text().pattern = Some(pattern(value.as_str()?)?),
                "format" => {
                    check.text().format = Some(match value.as_str()? {
                        "date" => Format::Date,
                        "uri" => Format::Uri,
                        _ => return None,
                    });
                }
                "minimum" => check.number().least = Some(value.as_f64()?),
                "maximum" => check.number().most = Some(value.as_f64()?),
                "exclusiveMinimum" => check.number().more_than = Some(value.as_f64()?),
                "exclusiveMaximum" => check.number().less_than = Some(value.as_f64()?),
                "items" => {
                    let items = self.check(value);
                    check.list().items = Some(items);
                }
                "minItems" => check.list().count.0 = value.as_u64()?,
                "maxItems" => check.list().count.1 = value.as_u64()?,
                "uniqueItems" => check.list().is_unique = value.as_bool()?,
                "minProperties" => check.object().count.0 = value.as_u64()?,
                "maxProperties" => check.object().count.1 = value.as_u64()?,
                "additionalProperties" if value.is_object() && has_no_names(keywords) => {
                    let each = self.check(value);
                    check.object().others = Others::Each(each);
                }
                "additionalProperties" | "patternProperties" => {
                    check.object().others = others(keywords)?;
                }
                "properties" => self.properties(value.as_object()?, check.object()),
                // Read below, on top of the properties.
                "required" | "dependentRequired" => {}
                "$ref" => {
                    let pointer = value.as_str()?.strip_prefix('#')?;
                    let target = self.root.pointer(pointer).filter(|_| !pointer.contains('%'))?;
                    check.more().refers = Some(self.check(target));
                }
                "if" => {
                    let mut branch = |name| keywords.get(name).map(|own| self.check(own));
                    let (then, otherwise) = (branch("then"), branch("else"));
                    let holds = self.check(value);
                    check.more().condition = Some(Condition { holds, then, otherwise });
                }
                "then" | "else" if keywords.contains_key("if") => {}
                "$id" | "$schema" if std::ptr::eq(keywords, self.root.as_object()?) => {}
                "$defs" | "$comment" | "title" | "description" | "default" | "examples"
                | "deprecated" | "readOnly" | "writeOnly" | "contentMediaType" | "errorMessage" => {
                }
                // An author's own name might be one of the schema's.
                "x-aliases" if value.to_string().contains("\"x-") => return None,
                annotation if annotation.starts_with("x-") => {}
                _ => return None,
            }
        }
        if let Some(required) = keywords.get("required") {
            let object = check.object();
            for name in required.as_array()? {
                object.required |= object.bit(name.as_str()?)?;
            }
        }
        if let Some(dependent) = keywords.get("dependentRequired") {
            let object = check.object();
            for (name, needed) in dependent.as_object()? {
                let mut bits = 0;
                for own in needed.as_array()? {
                    bits |= object.bit(own.as_str()?)?;
                }
                let bit = object.bit(name)?;
                object.needs.push((bit, bits));
            }
        }
        Some(())
    }

    fn properties(&mut self, properties: &'s Map<String, Value>, object: &mut Object) {
        for (name, schema) in properties {
            let check = Some(self.check(schema));
            object.fields.insert(name, Property { check, bit: 0 });
        }
    }
}

fn types(value: &Value) -> Option<Types> {
    let names = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    let bits = names.iter().map(|name| Types::bit(name.as_str()?));
    bits.sum::<Option<u8>>().map(Types)
}

fn texts(values: &[Value]) -> Option<HashSet<Box<str>>> {
    values.iter().map(|value| value.as_str().map(Box::from)).collect()
}

/// What `additionalProperties` and `patternProperties` say together.
fn others(keywords: &Map<String, Value>) -> Option<Others> {
    let says_nothing = |schema: &Value| {
        *schema == Value::Bool(true) || schema.as_object().is_some_and(Map::is_empty)
    };
    let lists_names = |pattern: &str| {
        let names = pattern.strip_prefix("^(").and_then(|rest| rest.strip_suffix(")$"));
        names.is_some_and(|own| own.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'|'))
    };
    let named = match keywords.get("patternProperties").map(Value::as_object) {
        None => Others::None,
        Some(Some(patterns)) if says_nothing(patterns.get("^x-")?) => match patterns.len() {
            1 => Others::Extensions,
            _ if patterns.keys().all(|own| own == "^x-" || lists_names(own)) => Others::Patterns,
            _ => return None,
        },
        Some(_) => return None,
    };
    Some(match keywords.get("additionalProperties") {
        None => Others::Any,
        Some(schema) if says_nothing(schema) => Others::Any,
        Some(Value::Bool(false)) => named,
        Some(_) => return None,
    })
}

fn has_no_names(keywords: &Map<String, Value>) -> bool {
    !keywords.contains_key("properties") && !keywords.contains_key("patternProperties")
}

impl Object {
    /// The bit of a property; a new one, when it has none. `None` when there are none left.
    fn bit(&mut self, name: &str) -> Option<u64> {
        let own = self.fields.get(name);
        let (check, bit) = own.map_or((None, 0), |own| (own.check, own.bit));
        if bit != 0 {
            return Some(bit);
        }
        let taken = self.fields.iter().filter(|(_, own)| own.bit != 0).count();
        let bit = 1_u64.checked_shl(u32::try_from(taken).ok()?)?;
        self.fields.insert(name, Property { check, bit });
        Some(bit)
    }
}

/// A pattern that means the same in every dialect, for texts of plain signs.
fn pattern(source: &str) -> Option<Regex> {
    let mut in_class = false;
    let mut signs = source.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => {
                signs.next().filter(|own| "sSdDwW\\.-/[](){}^$|+*?".contains(*own))?;
            }
            '[' if in_class => return None,
            '[' => in_class = true,
            ']' => in_class = false,
            // Set operations, and groups of other dialects.
            '&' | '~' | '-' if in_class && signs.peek() == Some(&sign) => return None,
            '(' if !in_class && signs.peek() == Some(&'?') => return None,
            ' '..='~' => {}
            _ => return None,
        }
    }
    // Only texts of ASCII are held against it, and what knows of no other letters is made quickly.
    RegexBuilder::new(source).unicode(false).build().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ContentKind, shape};
    use crate::schema::Catalogue;
    use crate::schema::instance::Instance;
    use crate::source::{FilePath, Format as FileFormat, SourceFile};
    use crate::syntax;
    use crate::syntax::mutation_tests::mutate::{Random, mutate};
    use std::path::Path;

    fn told(schema: &str, instance: &str) -> Verdict {
        let mut schema: Value = serde_json::from_str(schema).unwrap();
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
        let file = SourceFile::new(FilePath::new("a.yaml"), instance, FileFormat::Yaml);
        let document = syntax::parse(&file);
        Quick::of(&schema).unwrap().tell(document.tree.root().unwrap())
    }

    #[test]
    fn what_is_known() {
        let schema = r#"{
            "type": "object",
            "required": ["id", "on"],
            "properties": {
                "id": {"type": "string", "pattern": "^[^\\s!-,./:-@\\[-^`{-~]+$"},
                "on": {"format": "date"},
                "tags": {"type": ["string", "array"], "items": {"enum": ["a", "b"]}, "uniqueItems": true}
            },
            "patternProperties": {"^x-": {}},
            "additionalProperties": false
        }"#;
        assert_eq!(told(schema, "{id: hip-flexor, on: 2024-02-28, x-own: 1, tags: [a, b]}"), Holds);
        assert_eq!(told(schema, "{id: hip-flexor, on: 2024-02-28, own: 1}"), Fails);
        assert_eq!(told(schema, "{id: hip-flexor}"), Fails);
        assert_eq!(told(schema, "{id: hip flexor, on: 2024-02-28}"), Fails);
        assert_eq!(told(schema, "{id: a, on: 2024-02-28, tags: [a, a]}"), Fails);
        assert_eq!(told(schema, "{id: a, on: 2024-02-28, tags: [c]}"), Fails);
        assert_eq!(told(schema, "[]"), Fails);
    }

    #[test]
    fn names_that_a_pattern_lists() {
        let schema = |pattern: &str| {
            format!(
                r#"{{"properties": {{"id": {{}}}}, "patternProperties": {{"^x-": {{}}, "{pattern}": {{"type": "string"}}}}, "additionalProperties": false}}"#
            )
        };
        assert_eq!(told(&schema("^(hip|knee)$"), "{id: 1, x-own: 1}"), Holds);
        assert_eq!(told(&schema("^(hip|knee)$"), "{id: 1, hip: 1}"), Unsure);
        assert_eq!(told(&schema("^(x-own|knee)$"), "{id: 1, x-own: 1}"), Unsure);
    }

    #[test]
    fn properties_without_names() {
        let schema = r#"{"type": ["array", "object"], "items": {"type": "integer"}, "additionalProperties": {"type": "string"}}"#;
        assert_eq!(told(schema, "{a: one, x-b: two}"), Holds);
        assert_eq!(told(schema, "{a: 1}"), Fails);
        assert_eq!(told(schema, "[1]"), Holds);
    }

    #[test]
    fn what_is_left_to_the_validator() {
        assert_eq!(told(r#"{"format": "date"}"#, "2024-02-30"), Unsure);
        assert_eq!(told(r#"{"pattern": "^.$"}"#, "ö"), Unsure);
        assert_eq!(told(r#"{"type": "integer"}"#, "2.0"), Unsure);
        assert_eq!(told(r#"{"maximum": 3}"#, "1e300"), Unsure);
        assert_eq!(told(r#"{"anyOf": [{}]}"#, "a"), Unsure);
        let named = r#"{"properties": {"a": {}}, "additionalProperties": {"type": "string"}}"#;
        assert_eq!(told(named, "{}"), Unsure);
        assert_eq!(told(r#"{"uniqueItems": true}"#, "[1, 1.0]"), Unsure);
        assert_eq!(told(r##"{"$ref": "#"}"##, "a"), Unsure);
        assert_eq!(told(r#"{"properties": {"a": {}}}"#, "{A: 1}"), Unsure);
        assert_eq!(told(r#"{"properties": {"a": {"x-aliases": ["x-a"]}}}"#, "{a: 1}"), Unsure);
        assert_eq!(told(r#"{"required": ["a"]}"#, "{a: 1, a: 2}"), Unsure);
        assert_eq!(told(r#"{"if": {"anyOf": []}}"#, "a"), Unsure);
    }

    #[test]
    fn conditions_choose_a_branch() {
        let schema = r#"{
            "properties": {"kind": {}, "captions": {}, "alt": {}},
            "if": {"properties": {"kind": {"const": "video"}}, "required": ["kind"]},
            "then": {"required": ["captions"]},
            "else": {"required": ["alt"]}
        }"#;
        assert_eq!(told(schema, "{kind: video, captions: a.vtt}"), Holds);
        assert_eq!(told(schema, "{kind: video, alt: A hip}"), Fails);
        assert_eq!(told(schema, "{kind: image, alt: A hip}"), Holds);
        assert_eq!(told(schema, "{captions: a.vtt}"), Fails);
    }

    #[test]
    fn only_one_draft_and_one_address() {
        assert!(Quick::of(&serde_json::json!({"type": "string"})).is_none());
        let own = "https://json-schema.org/draft/2020-12/schema";
        let nested = serde_json::json!({"$schema": own, "$defs": {"a": {"$id": "b"}}});
        assert!(Quick::of(&nested).is_none());
    }

    /// What is let through here the validator lets through: on the project's content and what
    /// becomes of it by accident.
    #[test]
    fn the_validator_agrees() {
        const MUTANTS: usize = 150;
        let catalogue = Catalogue::new();
        let mut random = Random(7);
        let (mut held, mut others) = (0, 0);
        for kind in ContentKind::BUILT_IN {
            let schema = catalogue.schema_for(kind).unwrap().unwrap();
            let quick = schema.quick.as_ref().expect("our schemas are of known keywords");
            let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/content");
            let folder = Path::new(folder).join(kind.folder().expect("our kinds have folders"));
            for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                let text = std::fs::read_to_string(&path).unwrap();
                let format = FileFormat::of_name(&path.to_string_lossy()).unwrap();
                for mutant in 0..MUTANTS {
                    let text = match mutant {
                        0 => text.clone(),
                        _ => mutate(&text, 2, &[], &mut random),
                    };
                    let file = SourceFile::new(FilePath::new("a"), text, format);
                    let mut document = syntax::parse(&file);
                    let Some(root) = document.tree.root() else { continue };
                    let (names, _) = shape::canonical_names(root, schema.shapes());
                    shape::rename(&mut document.tree, names);
                    for root in document.tree.roots().filter(|root| root.is_mapping()) {
                        let verdict = quick.tell(root);
                        let valid = schema.validator.is_valid(Instance::from(root));
                        held += usize::from(verdict == Holds);
                        others += usize::from(verdict != Holds && !valid);
                        let agrees = match verdict {
                            Holds => valid,
                            Fails => !valid,
                            Unsure => true,
                        };
                        assert!(agrees, "{verdict:?}, but {valid}: {}", file.text);
                    }
                }
            }
        }
        assert!(held > 1000 && others > 1000, "{held} hold, {others} do not");
    }
}
