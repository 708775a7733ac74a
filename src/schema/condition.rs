//! A simple schema in words: `kind` is `quiz`, `answer` is present.

use super::part::Part;
use super::words::{shown, type_words};
use crate::words::{and, or};
use serde_json::Value;

/// What a value must be to fulfil a schema, to follow "where" or "when"; `None` when the schema is
/// not simple enough for a phrase.
pub(super) fn describe(part: &Part<'_>) -> Option<String> {
    let mut phrases = Vec::new();
    for part in part.together() {
        phrases.extend(of_value(&part, "the value"));
        let properties = part.table("properties");
        for (name, property) in &properties {
            let inner = property.together();
            let more = inner.iter().flat_map(|part| of_value(part, &format!("`{name}`")));
            phrases.extend(more);
        }
        let is_told = |name: &str| properties.iter().any(|(own, _)| *own == name);
        let required = part.get("required").and_then(Value::as_array);
        let names = required.into_iter().flatten().filter_map(Value::as_str);
        phrases
            .extend(names.filter(|name| !is_told(name)).map(|name| format!("`{name}` is there")));
        if let Some(not) = part.step("not") {
            phrases.push(format!("not ({})", describe(&not)?));
        }
    }
    (!phrases.is_empty()).then(|| and(&phrases))
}

fn of_value(part: &Part<'_>, subject: &str) -> Vec<String> {
    let mut phrases = Vec::new();
    if let Some(value) = part.get("const") {
        phrases.push(format!("{subject} is {}", shown(value)));
    } else if let Some(options) = part.get("enum").and_then(Value::as_array) {
        let options: Vec<_> = options.iter().map(shown).collect();
        phrases.push(format!("{subject} is {}", or(&options)));
    } else if let Some(types) = part.get("type")
        && part.get("properties").is_none()
    {
        phrases.push(format!("{subject} is {}", type_words(types)));
    }
    let mut limit = |keyword: &str, words: &str| {
        if let Some(limit) = part.get(keyword) {
            phrases.push(format!("{subject} is {words} {limit}"));
        }
    };
    limit("minimum", "at least");
    limit("exclusiveMinimum", "more than");
    limit("maximum", "at most");
    limit("exclusiveMaximum", "less than");
    if let Some(pattern) = part.text("pattern") {
        phrases.push(format!("{subject} matches `{pattern}`"));
    }
    phrases
}
