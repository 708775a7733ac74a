//! See `docs`.

use super::rule;
use super::subschemas::{LISTS, SINGLE, TABLES, schemas};
use crate::diagnostic::{Applicability, Level};
use crate::nearest::nearest;
use crate::rule::{FileContext, Fixability, Rule, Sink};
use crate::words::quoted;

pub static UNKNOWN_KEYWORD: Rule = Rule {
    fix: Fixability::Sometimes,
    ..rule(
        "json-schema/unknown-keyword",
        Level::Warning,
        "a keyword is not one of JSON Schema and looks like a misspelt one",
        r#"
Validators ignore what they do not know: the misspelt keyword checks nothing.

```yaml fail
$schema: https://json-schema.org/draft/2020-12/schema
type: string
minlenght: 1
```

Take the keyword that is proposed. Keywords of your own may begin with `x-`.
"#,
        check,
    )
};

fn check(context: &FileContext<'_>, out: &mut Sink<'_>) {
    let known = || SINGLE.iter().chain(LISTS).chain(TABLES).chain(OTHERS).copied();
    for found in schemas(context) {
        for entry in found.node.entries() {
            let key = entry.key();
            if key.starts_with("x-") || entry.is_merge() || known().any(|keyword| keyword == key) {
                continue;
            }
            let Some(near) = nearest(key, known()) else {
                continue;
            };
            let message = format!("unknown keyword {}; did you mean `{near}`?", quoted(key));
            let span = entry.key_node.text().map_or(entry.key_span(), |text| text.inner_span());
            out.report(entry.key_span(), message).label(format!("did you mean `{near}`?")).fix(
                format!("rename it to `{near}`"),
                Applicability::Unsafe,
                span,
                near,
            );
        }
    }
}

/// Keywords without schemas in them.
const OTHERS: &[&str] = &[
    "$anchor",
    "$comment",
    "$dynamicAnchor",
    "$dynamicRef",
    "$id",
    "$recursiveAnchor",
    "$recursiveRef",
    "$ref",
    "$schema",
    "$vocabulary",
    "const",
    "contentEncoding",
    "contentMediaType",
    "default",
    "dependencies",
    "dependentRequired",
    "deprecated",
    "deprecationMessage",
    "description",
    "enum",
    "errorMessage",
    "examples",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "id",
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "pattern",
    "readOnly",
    "required",
    "title",
    "type",
    "uniqueItems",
    "writeOnly",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::lint::tests::reports;

    #[test]
    fn keywords_are_spelt() {
        let found = reports(&UNKNOWN_KEYWORD, "minlenght: 1\nx-minlength: 1\ncolour: 2");
        assert_eq!(found[0].1, "unknown keyword `minlenght`; did you mean `minLength`?");
        assert_eq!(found.len(), 1);
    }
}
