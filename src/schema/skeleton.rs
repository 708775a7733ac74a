//! The beginning of a new record: the fields it needs with values that pass, the others as comments.
//!
//! Needed are the fields that the schema requires, those in the list `x-skeleton` at its root, and
//! those that the caller knows. Values are the schema's own examples where it has some.

use super::Schema;
use super::part::Part;
use crate::normal::single_spaced;
use serde_json::{Map, Value, json};
use std::fmt::Write;

/// Schemas may be recursive; skeletons are not.
const MAX_DEPTH: usize = 8;
/// More further fields than this are named, not shown.
const MAX_FURTHER: usize = 50;
/// A text where the schema has no example of one.
const TO_BE_WRITTEN: &str = "fill this in";

/// A new record that passes its schema.
#[derive(Clone, Debug, PartialEq)]
pub struct Skeleton {
    /// Title and description of the schema.
    heading: Option<String>,
    /// In the schema's order.
    pub fields: Vec<Field>,
    /// Fields that may be added, in the schema's order.
    further: Vec<Field>,
}

/// A field of a new record.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    pub name: String,
    pub value: Value,
    /// What the schema says of it, on one line.
    words: Option<String>,
    /// Whether there is something to fill in: the value is an example, and others are possible.
    pub is_open: bool,
}

/// A new record. `given` are values the caller knows, by canonical name; those that the schema does
/// not have are left out.
pub fn skeleton(schema: &Schema, given: &[(&str, &str)]) -> Skeleton {
    let root = schema.root();
    let together = root.together();
    let needed = names_in(&together, "required").chain(names_in(&together, "x-skeleton"));
    let needed: Vec<&str> = needed.collect();
    let heading = root.text("title").map(|title| match root.text("description") {
        Some(words) => format!("{title}: {}", single_spaced(words)),
        None => title.to_owned(),
    });
    let mut skeleton = Skeleton { heading, fields: Vec::new(), further: Vec::new() };
    let properties = together.iter().flat_map(|part| part.table("properties"));
    for (name, property) in properties {
        if skeleton.has(name) {
            continue;
        }
        let given = given.iter().find(|(own, _)| *own == name).map(|(_, value)| json!(value));
        // What only collections from elsewhere have is nothing to begin with.
        let is = |name: &str| property.get(name) == Some(&Value::Bool(true));
        let keyword = |name: &str| property.together().iter().any(|part| part.get(name).is_some());
        let words = property.together().into_iter().find_map(|part| part.text("description"));
        let field = Field {
            name: name.to_owned(),
            is_open: given.is_none() && !keyword("const"),
            words: words.map(single_spaced),
            value: given.clone().unwrap_or_else(|| sample(&property, 0)),
        };
        if given.is_some() || needed.contains(&name) {
            skeleton.fields.push(field);
        } else if !name.starts_with('$') && !is("deprecated") && !is("x-imported") {
            skeleton.further.push(field);
        }
    }
    let undescribed: Vec<_> =
        names_in(&together, "required").filter(|name| !skeleton.has(name)).collect();
    for name in undescribed {
        let value = json!(TO_BE_WRITTEN);
        skeleton.fields.push(Field { name: name.to_owned(), value, words: None, is_open: true });
    }
    skeleton
}

impl Skeleton {
    fn has(&self, name: &str) -> bool {
        self.fields.iter().chain(&self.further).any(|field| field.name == name)
    }

    /// As YAML, with the schema's words as comments.
    pub fn to_yaml(&self) -> String {
        let mut out = String::new();
        let comment = |words: &str, out: &mut String| {
            let _ = writeln!(out, "# {words}");
        };
        if let Some(heading) = &self.heading {
            comment(heading, &mut out);
        }
        for field in &self.fields {
            if let Some(words) = &field.words {
                comment(words, &mut out);
            }
            out.push_str(&entry(field));
        }
        if self.further.len() > MAX_FURTHER {
            let names: Vec<_> = self.further.iter().map(|field| field.name.as_str()).collect();
            out.push_str("\n# Further fields:\n");
            wrapped(&names, &mut out);
        } else if !self.further.is_empty() {
            out.push_str("\n# Further fields:\n#\n");
            let further: String = self.further.iter().map(entry).collect();
            further.lines().for_each(|line| comment(line, &mut out));
        }
        out
    }

    /// As JSON, which has no comments.
    pub fn to_json(&self) -> String {
        let fields = self.fields.iter().map(|field| (field.name.clone(), field.value.clone()));
        let object = Value::Object(fields.collect());
        format!("{object:#}\n")
    }
}

fn names_in<'s>(together: &[Part<'s>], keyword: &str) -> impl Iterator<Item = &'s str> {
    let lists: Vec<_> = together.iter().filter_map(|part| part.get(keyword)?.as_array()).collect();
    lists.into_iter().flatten().filter_map(Value::as_str)
}

/// Names as comments of no more than 100 columns.
fn wrapped(names: &[&str], out: &mut String) {
    let mut line = "#".to_owned();
    for (index, name) in names.iter().enumerate() {
        let comma = if index + 1 < names.len() { "," } else { "" };
        if line.len() + name.len() + 2 > 100 {
            let _ = writeln!(out, "{line}");
            line = "#".to_owned();
        }
        let _ = write!(line, " {name}{comma}");
    }
    let _ = writeln!(out, "{line}");
}

/// One field as YAML.
fn entry(field: &Field) -> String {
    let mapping = Map::from_iter([(field.name.clone(), field.value.clone())]);
    serde_yaml::to_string(&mapping).expect("JSON values can be written as YAML")
}

/// A value that a schema takes: one that it names, else one made up by its type.
fn sample(part: &Part<'_>, depth: usize) -> Value {
    let together = part.together();
    let keyword = |name: &str| together.iter().find_map(|part| part.get(name));
    let first = |name: &str| keyword(name).and_then(|list| list.as_array()?.first());
    if let Some(value) =
        keyword("const").or_else(|| first("examples")).or_else(|| keyword("default"))
    {
        return value.clone();
    }
    if let Some(value) = first("enum") {
        return value.clone();
    }
    let branch = ["oneOf", "anyOf"]
        .into_iter()
        .find_map(|name| together.iter().find_map(|part| part.list(name).into_iter().next()));
    let types = match keyword("type") {
        Some(Value::String(name)) => name.clone(),
        Some(Value::Array(names)) => {
            names.first().and_then(Value::as_str).unwrap_or("string").to_owned()
        }
        _ if keyword("properties").is_some() => "object".to_owned(),
        _ if keyword("items").is_some() => "array".to_owned(),
        _ => match branch.filter(|_| depth < MAX_DEPTH) {
            Some(branch) => return sample(&branch, depth + 1),
            None => "string".to_owned(),
        },
    };
    match types.as_str() {
        "object" => sample_object(&together, depth),
        "array" => {
            let least = keyword("minItems").and_then(Value::as_u64).unwrap_or(0);
            let item = together.iter().find_map(|part| part.step("items"));
            match item.filter(|_| depth < MAX_DEPTH) {
                Some(item) => json!(vec![sample(&item, depth + 1); least.clamp(1, 20) as usize]),
                None => json!([]),
            }
        }
        "integer" | "number" => sample_number(&keyword),
        "boolean" => json!(false),
        "null" => Value::Null,
        _ => sample_text(&keyword),
    }
}

fn sample_object(together: &[Part<'_>], depth: usize) -> Value {
    let mut members = Map::new();
    if depth < MAX_DEPTH {
        let required: Vec<&str> = names_in(together, "required").collect();
        for (name, property) in together.iter().flat_map(|part| part.table("properties")) {
            if required.contains(&name) {
                members.insert(name.to_owned(), sample(&property, depth + 1));
            }
        }
    }
    Value::Object(members)
}

fn sample_number<'s>(keyword: &impl Fn(&str) -> Option<&'s Value>) -> Value {
    let limit = |name: &str| keyword(name).and_then(Value::as_f64);
    let least = limit("minimum").or(limit("exclusiveMinimum").map(|limit| limit + 1.0));
    let most = limit("maximum").or(limit("exclusiveMaximum").map(|limit| limit - 1.0));
    let wanted = least.unwrap_or(1.0).min(most.unwrap_or(f64::INFINITY));
    let step = limit("multipleOf").unwrap_or(1.0);
    let number = (wanted / step).ceil() * step;
    match number.fract() == 0.0 && number.abs() < 1e15 {
        true => json!(number as i64),
        false => json!(number),
    }
}

fn sample_text<'s>(keyword: &impl Fn(&str) -> Option<&'s Value>) -> Value {
    if let Some(format) = keyword("format").and_then(Value::as_str)
        && let (_, Some(example)) = super::values::format_words(format)
    {
        return json!(example);
    }
    let least = keyword("minLength").and_then(Value::as_u64).unwrap_or(0);
    let mut text = TO_BE_WRITTEN.to_owned();
    while (text.len() as u64) < least {
        text.push_str(" here");
    }
    json!(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ContentKind;
    use crate::schema::{Catalogue, SchemaRef};
    use crate::source::{FilePath, Format, SourceFile};
    use crate::syntax;

    fn passes(schema: &Schema, text: &str) -> bool {
        let file = SourceFile::new(FilePath::new("a.yaml"), text, Format::Yaml);
        let document = syntax::parse(&file);
        document.errors.is_empty() && schema.is_valid(document.tree.root().unwrap())
    }

    /// The text with its commented fields as fields.
    fn uncommented(text: &str) -> String {
        let (required, optional) = text.split_once("# Further fields:\n#\n").unwrap();
        let optional: Vec<_> = optional.lines().map(|line| &line[2..]).collect();
        format!("{required}{}\n", optional.join("\n"))
    }

    #[test]
    fn skeletons_of_the_built_in_kinds_pass() {
        let catalogue = Catalogue::new();
        for kind in ContentKind::BUILT_IN {
            let schema = catalogue.schema_for(kind).unwrap().unwrap();
            let text = skeleton(&schema, &[("id", "first"), ("banana", "no")]).to_yaml();
            assert!(passes(&schema, &text), "{text}");
            assert!(text.contains("\nid: first\n") && !text.contains("banana"), "{text}");
        }
    }

    #[test]
    fn commented_fields_can_be_used_as_they_stand() {
        let catalogue = Catalogue::new();
        for kind in [ContentKind::Exercise, ContentKind::Article] {
            let schema = catalogue.schema_for(&kind).unwrap().unwrap();
            let text = uncommented(&skeleton(&schema, &[]).to_yaml());
            assert!(passes(&schema, &text), "{text}");
        }
    }

    #[test]
    fn values_are_made_up_within_their_limits() {
        let mut catalogue = Catalogue::new();
        let path = FilePath::new("a.schema.json");
        let text = r##"{
            "required": ["text", "day", "many", "number", "tree", "either"],
            "properties": {
                "text": {"type": "string", "minLength": 30},
                "day": {"type": "string", "format": "date"},
                "many": {"type": "array", "minItems": 3, "items": {"type": "boolean"}},
                "number": {"type": "integer", "exclusiveMinimum": 7, "multipleOf": 5},
                "tree": {"$ref": "#/$defs/tree"},
                "either": {"oneOf": [{"type": "object", "required": ["a"], "properties": {"a": {"const": 1}}}, {"type": "null"}]}
            },
            "$defs": {"tree": {"type": "object", "properties": {"next": {"$ref": "#/$defs/tree"}}}}
        }"##;
        catalogue.add(None, path.clone(), text);
        let schema = catalogue.schema(&SchemaRef::Path(path)).unwrap().unwrap();
        let text = skeleton(&schema, &[]).to_yaml();
        assert!(passes(&schema, &text), "{text}");
    }
}
