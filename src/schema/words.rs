//! Words for types and values of schemas in messages.

use crate::words::{or, quoted};
use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::{JsonType, JsonTypeSet};
use serde_json::Value;

/// A value of a schema in a message; lists and objects are only named.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::String(text) if text.is_empty() => "the empty text".to_owned(),
        Value::String(text) => quoted(text),
        Value::Array(_) => "a certain list".to_owned(),
        Value::Object(_) => "a certain mapping".to_owned(),
        Value::Null | Value::Bool(_) | Value::Number(_) => format!("`{value}`"),
    }
}

/// The value of a `type` keyword in words.
pub(super) fn type_words(types: &Value) -> String {
    match types {
        Value::String(name) => type_word(name).to_owned(),
        Value::Array(names) => {
            let names = names.iter().filter_map(Value::as_str);
            or(&names.map(|name| type_word(name).to_owned()).collect::<Vec<_>>())
        }
        _ => "something else".to_owned(),
    }
}

fn type_word(name: &str) -> &str {
    match name {
        "string" => "text",
        "integer" => "a whole number",
        "number" => "a number",
        "boolean" => "true or false",
        "array" => "a list",
        "object" => "a mapping",
        "null" => "nothing",
        other => other,
    }
}

/// The types an error asks for, by their names in JSON Schema.
pub(super) fn wanted_types(kind: &TypeKind) -> Vec<&'static str> {
    let set = match kind {
        TypeKind::Single(only) => JsonTypeSet::from(*only),
        TypeKind::Multiple(set) => *set,
    };
    // In the order in which people think of them.
    let order = [
        JsonType::String,
        JsonType::Integer,
        JsonType::Number,
        JsonType::Boolean,
        JsonType::Array,
        JsonType::Object,
        JsonType::Null,
    ];
    order.into_iter().filter(|own| set.contains(*own)).map(JsonType::as_str).collect()
}

/// Types by name in words: `text or a list`.
pub(super) fn types_in_words(names: &[&str]) -> String {
    or(&names.iter().map(|name| type_word(name).to_owned()).collect::<Vec<_>>())
}

/// What is wrong with a keyword's value in a schema; the keyword in backticks.
pub(super) fn keyword_problem(keyword: &str, kind: &ValidationErrorKind) -> String {
    match kind {
        ValidationErrorKind::Type { kind } => {
            format!("{keyword} must be {} in a schema", types_in_words(&wanted_types(kind)))
        }
        ValidationErrorKind::AnyOf { .. } if keyword == "`type`" => {
            "`type` must be one of the seven JSON types, or a list of them".to_owned()
        }
        ValidationErrorKind::Enum { options } => {
            let options: Vec<_> = options.as_array().into_iter().flatten().map(shown).collect();
            format!("{keyword} must be {} in a schema", or(&options))
        }
        ValidationErrorKind::Minimum { limit } => {
            format!("{keyword} must be at least {limit} in a schema")
        }
        ValidationErrorKind::UniqueItems => format!("{keyword} lists something twice"),
        ValidationErrorKind::MinItems { .. } => format!("{keyword} may not be empty in a schema"),
        ValidationErrorKind::Format { format } => format!("{keyword} is not a valid {format}"),
        _ => format!("{keyword} has a value that JSON Schema does not allow"),
    }
}
