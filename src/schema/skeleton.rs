//! The beginning of a new record: every required field with a value that passes, the others as
//! comments.

use super::Schema;
use super::address::Part;
use serde_json::{Map, Value, json};
use std::fmt::Write;

/// Schemas may be recursive; skeletons are not.
const MAX_DEPTH: usize = 8;

/// YAML that passes the schema. `given` are values the caller knows, by canonical name; fields that
/// the schema does not have are left out.
pub fn skeleton(schema: &Schema, given: &[(&str, &str)]) -> String {
    let root = schema.root();
    let together = root.together();
    let required = required_names(&together);
    let mut out = String::new();
    if let Some(title) = root.text("title") {
        let _ = match root.text("description") {
            Some(words) => writeln!(out, "# {title}: {}", one_line(words)),
            None => writeln!(out, "# {title}"),
        };
    }
    let mut optional = String::new();
    for (name, property) in together.iter().flat_map(|part| part.table("properties")) {
        let given = given.iter().find(|(own, _)| *own == name).map(|(_, value)| *value);
        if given.is_some() || required.contains(&name) {
            let value = given.map_or_else(|| sample(&property, 0), |text| json!(text));
            comment(&property, &mut out);
            out.push_str(&entry(name, &value));
        } else if !name.starts_with('$') && property.get("deprecated") != Some(&Value::Bool(true)) {
            let text = entry(name, &sample(&property, 0));
            for line in text.lines() {
                let _ = writeln!(optional, "# {line}");
            }
        }
    }
    if !optional.is_empty() {
        let _ = write!(out, "\n# Further fields:\n#\n{optional}");
    }
    out
}

fn required_names<'s>(together: &[Part<'s>]) -> Vec<&'s str> {
    let lists = together.iter().filter_map(|part| part.get("required")?.as_array());
    lists.flatten().filter_map(Value::as_str).collect()
}

fn comment(part: &Part<'_>, out: &mut String) {
    let words = part.together().into_iter().find_map(|part| part.text("description"));
    if let Some(words) = words {
        let _ = writeln!(out, "# {}", one_line(words));
    }
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// One field as YAML.
fn entry(name: &str, value: &Value) -> String {
    let mapping = Map::from_iter([(name.to_owned(), value.clone())]);
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
        let required = required_names(together);
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
    let mut text = "to be written".to_owned();
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
            let text = skeleton(&schema, &[("id", "first"), ("banana", "no")]);
            assert!(passes(&schema, &text), "{text}");
            assert!(text.contains("\nid: first\n") && !text.contains("banana"), "{text}");
        }
    }

    #[test]
    fn commented_fields_can_be_used_as_they_stand() {
        let catalogue = Catalogue::new();
        for kind in [ContentKind::Exercise, ContentKind::Article] {
            let schema = catalogue.schema_for(&kind).unwrap().unwrap();
            let text = uncommented(&skeleton(&schema, &[]));
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
        let text = skeleton(&schema, &[]);
        assert!(passes(&schema, &text), "{text}");
    }
}
