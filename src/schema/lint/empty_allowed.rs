//! See `docs`.

use super::rule;
use super::subschemas::{Found, written_schemas};
use crate::diagnostic::Level;
use crate::rule::{FileContext, Rule, Sink};
use crate::source::Span;
use crate::syntax::Node;
use crate::words::quoted;

pub static EMPTY_ALLOWED: Rule = rule(
    "json-schema/empty-allowed",
    Level::Info,
    "a required text or list may be empty",
    r#"
A required field that may be empty is filled with nothing when somebody is in a hurry.

```yaml fail
$schema: https://json-schema.org/draft/2020-12/schema
required: [title]
properties:
  title: {type: string, description: What it is called.}
```

Add `minLength: 1` or `minItems: 1`.
"#,
    check,
);

fn check(context: &FileContext<'_>, out: &mut Sink<'_>) {
    for found in written_schemas(context) {
        for name in found.texts("required") {
            let property =
                found.node.get("properties").and_then(|table| table.entry(name.scalar_text()));
            let Some(entry) = property else { continue };
            let own = Found { node: entry.value, keyword: "properties", entry: None, parent: None };
            let limited = |keywords: &[&str]| keywords.iter().any(|keyword| own.has(keyword));
            let missing = if own.is_of("string") {
                (!limited(&["minLength", "pattern", "format", "enum", "const", "$ref"]))
                    .then_some("minLength")
            } else if own.is_of("array") {
                (!limited(&["minItems", "enum", "const", "contains", "$ref"])).then_some("minItems")
            } else {
                None
            };
            if let Some(keyword) = missing {
                let name = quoted(entry.key());
                out.report(entry.key_span(), format!("required {name} may be empty"))
                    .help(format!("add `{keyword}: 1`"))
                    .related(name_span(&found, entry.key()), "required here");
            }
        }
    }
}

fn name_span(found: &Found<'_>, name: &str) -> Span {
    let item = found.texts("required").into_iter().find(|item| item.scalar_text() == name);
    item.map_or(found.node.span(), Node::span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::lint::tests::places;

    #[test]
    fn required_fields_may_not_be_empty() {
        let schema = "required: [a, b, c]\nproperties: {a: {type: string}, b: {type: array}, \
                      c: {type: string, minLength: 1}, d: {type: string}}";
        assert_eq!(places(&EMPTY_ALLOWED, schema), ["a", "b"]);
    }
}
