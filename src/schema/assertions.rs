//! A schema without what only people read.

use serde_json::{Map, Value};

/// What a schema asserts: no descriptions, examples and names of a schema's own (`x-...`). They are more than half of
/// those that come with caveat.
pub fn assertions(schema: &Value) -> Value {
    let Value::Object(keywords) = schema else { return schema.clone() };
    let kept = keywords.iter().filter(|(name, _)| !is_annotation(name));
    kept.map(|(name, value)| (name.clone(), in_keyword(name, value))).collect()
}

fn is_annotation(name: &str) -> bool {
    let names = ["title", "description", "examples", "default", "$comment", "deprecated"];
    names.contains(&name) || name.starts_with("x-")
}

fn in_keyword(name: &str, value: &Value) -> Value {
    let by_name = |map: &Map<String, Value>| {
        map.iter().map(|(name, schema)| (name.clone(), assertions(schema))).collect()
    };
    match (name, value) {
        ("properties" | "patternProperties" | "dependentSchemas" | "$defs", Value::Object(map)) => {
            Value::Object(by_name(map))
        }
        ("allOf" | "anyOf" | "oneOf" | "prefixItems", Value::Array(schemas)) => {
            schemas.iter().map(assertions).collect()
        }
        (
            "items"
            | "contains"
            | "additionalProperties"
            | "propertyNames"
            | "if"
            | "then"
            | "else"
            | "not",
            schema,
        ) => assertions(schema),
        _ => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::assertions;
    use serde_json::json;

    #[test]
    fn what_people_read_is_left_out() {
        let schema = json!({
            "title": "Å",
            "properties": {
                "description": {"type": "string", "description": "Å", "x-aliases": ["b"], "enum": ["title"]},
                "list": {"items": {"examples": [1], "anyOf": [{"default": 1}, {"const": {"title": 1}}]}}
            },
            "additionalProperties": false
        });
        let asserted = json!({
            "properties": {
                "description": {"type": "string", "enum": ["title"]},
                "list": {"items": {"anyOf": [{}, {"const": {"title": 1}}]}}
            },
            "additionalProperties": false
        });
        assert_eq!(assertions(&schema), asserted);
    }
}
