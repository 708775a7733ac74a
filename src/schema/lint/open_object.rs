//! See `docs`.

use super::rule;
use super::subschemas::schemas;
use crate::diagnostic::Level;
use crate::rule::{FileContext, Rule, Sink};
use crate::words::quoted;

pub static OPEN_OBJECT: Rule = rule(
    "json-schema/open-object",
    Level::Warning,
    "an object takes any field, so a misspelt one is not noticed",
    r#"
A misspelt field passes, and what was written into it is read by nobody.

```yaml fail
$schema: https://json-schema.org/draft/2020-12/schema
type: object
properties:
  title: {type: string, description: What it is called.}
```

Add `additionalProperties: false`, with `patternProperties: {"^x-": {}}` for extensions; or write
`additionalProperties: true` to say that any field is meant to pass.
"#,
    check,
);

fn check(context: &FileContext<'_>, out: &mut Sink<'_>) {
    const CLOSING: &[&str] =
        &["additionalProperties", "unevaluatedProperties", "propertyNames", "maxProperties"];
    const COMPOSED: &[&str] = &["$ref", "allOf", "anyOf", "oneOf", "if"];
    for found in schemas(context) {
        let Some(key) = found.key("properties") else {
            continue;
        };
        let has = |keywords: &[&str]| keywords.iter().any(|keyword| found.has(keyword));
        // A definition may be a part that others close.
        let is_part = matches!(found.keyword, "$defs" | "definitions") && !found.is_of("object");
        if has(CLOSING) || has(COMPOSED) || found.is_partial() || is_part {
            continue;
        }
        let what = match found.entry {
            Some(entry) => quoted(entry.key()),
            None => "this object".to_owned(),
        };
        out.report(key, format!("{what} takes any other field, so a misspelt one is not noticed"))
            .help(
                "add `additionalProperties: false`, or `true` to say that any field may stand here",
            );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::lint::tests::{places, reports};

    #[test]
    fn objects_are_closed() {
        let schema = "properties: {a: {properties: {b: {}}, additionalProperties: true}, \
                      c: {properties: {}}}\nadditionalProperties: false";
        assert_eq!(
            reports(&OPEN_OBJECT, schema)[0].1,
            "`c` takes any other field, so a misspelt one is not noticed"
        );
        assert!(places(&OPEN_OBJECT, "allOf: [{properties: {a: {}}}]").is_empty());
    }
}
