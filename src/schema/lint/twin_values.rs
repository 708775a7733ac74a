//! See `docs`.

use super::rule;
use super::subschemas::written_schemas;
use crate::diagnostic::Level;
use crate::model::shape::fold;
use crate::rule::{FileContext, Rule, Sink};
use crate::words::quoted;

pub static TWIN_VALUES: Rule = rule(
    "json-schema/twin-values",
    Level::Warning,
    "two listed values differ in case or hyphens only",
    r#"
Authors will use both, and filters will find half of each.

```yaml fail
$schema: https://json-schema.org/draft/2020-12/schema
enum: [beginner, Beginner]
```

Keep one spelling.
"#,
    check,
);

fn check(context: &FileContext<'_>, out: &mut Sink<'_>) {
    for found in written_schemas(context) {
        let mut seen = std::collections::HashMap::new();
        for value in found.texts("enum") {
            let text = value.scalar_text();
            if let Some(earlier) = seen.insert(fold(text), value) {
                let first = quoted(earlier.scalar_text());
                out.report(
                    value.span(),
                    format!("{} and {first} differ in case or hyphens only", quoted(text)),
                )
                .label("nearly the same value")
                .related(earlier.span(), "first here");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::lint::tests::places;

    #[test]
    fn values_have_no_twins() {
        let schema = "enum: [single-choice, SingleChoice, other]";
        assert_eq!(places(&TWIN_VALUES, schema), ["SingleChoice"]);
    }
}
