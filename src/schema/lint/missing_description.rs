//! See `docs`.

use super::rule;
use super::subschemas::schemas;
use crate::diagnostic::Level;
use crate::rule::{FileContext, Rule, Sink};
use crate::words::quoted;

pub static MISSING_DESCRIPTION: Rule = rule(
    "json-schema/missing-description",
    Level::Info,
    "a field has no description",
    r#"
Descriptions are what authors see in their editor, and what caveat prints as help.

```yaml fail
$schema: https://json-schema.org/draft/2020-12/schema
additionalProperties: false
properties:
  level: {enum: [easy, hard]}
```

Say in one sentence what belongs into the field.
"#,
    check,
);

fn check(context: &FileContext<'_>, out: &mut Sink<'_>) {
    for found in schemas(context) {
        let Some(entry) = found.entry.filter(|_| found.keyword == "properties") else {
            continue;
        };
        let is_part = found.parent.is_some_and(|parent| {
            // Conditions and branches repeat fields that are described elsewhere.
            parent.get("description").is_none()
                && parent.get("type").is_none()
                && parent.get("$schema").is_none()
        });
        if found.has("description") || found.has("$ref") || found.has("const") || is_part {
            continue;
        }
        out.report(entry.key_span(), format!("{} has no description", quoted(entry.key())))
            .help("add a `description`: one sentence on what belongs here");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::lint::tests::places;

    #[test]
    fn fields_are_described() {
        let schema =
            "type: object\nproperties: {a: {type: string}, b: {description: B.}, c: {$ref: '#'}}";
        assert_eq!(places(&MISSING_DESCRIPTION, schema), ["a"]);
    }
}
