//! See `docs`.

use super::rule;
use super::subschemas::schemas;
use crate::diagnostic::Level;
use crate::rule::{FileContext, Rule, Sink};
use crate::syntax::Node;
use crate::words::quoted;
use regex::Regex;

pub static IMPOSSIBLE_REQUIRED: Rule = rule(
    "json-schema/impossible-required",
    Level::Error,
    "a field is required that the schema does not allow",
    r#"
No object can have the field and be without it: nothing passes.

```yaml fail
$schema: https://json-schema.org/draft/2020-12/schema
type: object
properties: {}
required: [title]
additionalProperties: false
```

Describe the field under `properties`, or do not require it.
"#,
    check,
);

fn check(context: &FileContext<'_>, out: &mut Sink<'_>) {
    for found in schemas(context) {
        let closed = found.node.get("additionalProperties").and_then(Node::as_bool) == Some(false);
        if !closed || found.has("patternProperties") && found.is_partial() {
            continue;
        }
        let patterns: Vec<Regex> = found
            .node
            .get("patternProperties")
            .into_iter()
            .flat_map(Node::entries)
            .filter_map(|entry| Regex::new(entry.key()).ok())
            .collect();
        for name in found.texts("required") {
            let text = name.scalar_text();
            let is_described =
                found.node.get("properties").is_some_and(|table| table.get(text).is_some());
            if !is_described && !patterns.iter().any(|pattern| pattern.is_match(text)) {
                let message =
                    format!("{} is required but not allowed: nothing passes", quoted(text));
                let diagnostic = out.report(name.span(), message).label("not under `properties`");
                if let Some(key) = found.key("additionalProperties") {
                    diagnostic.related(key, "no other field may stand here");
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::lint::tests::places;

    #[test]
    fn required_fields_are_allowed() {
        let schema = "required: [a, b, x-c]\nproperties: {a: {}}\npatternProperties: {'^x-': {}}\n\
                      additionalProperties: false";
        assert_eq!(places(&IMPOSSIBLE_REQUIRED, schema), ["b"]);
    }
}
