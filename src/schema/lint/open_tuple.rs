//! See `docs`.

use super::rule;
use super::subschemas::schemas;
use crate::diagnostic::Level;
use crate::rule::{FileContext, Rule, Sink};
use crate::syntax::Node;

pub static OPEN_TUPLE: Rule = rule(
    "json-schema/open-tuple",
    Level::Warning,
    "a list of items by position lets any further item through",
    r#"
Whoever lists items by position means those and no others; without a limit a fourth value of a pair of
two goes unnoticed.

```yaml fail
$schema: https://json-schema.org/draft/2020-12/schema
type: array
prefixItems: [{type: string}, {type: integer}]
```

Add `items: false` (before 2020-12: `additionalItems: false`).
"#,
    check,
);

fn check(context: &FileContext<'_>, out: &mut Sink<'_>) {
    for found in schemas(context) {
        let is_array_form = found.node.get("items").is_some_and(Node::is_sequence);
        let is_limited = found.has("maxItems") || found.has("unevaluatedItems");
        if is_array_form && !found.has("additionalItems") && !is_limited {
            let span = found.key("items").expect("the keyword was found");
            out.report(span, "`items` lists items by position and lets any further item through")
                .help("add `additionalItems: false`; from 2020-12 on write `prefixItems` and `items: false`");
        } else if found.has("prefixItems") && !found.has("items") && !is_limited {
            let span = found.key("prefixItems").expect("the keyword was found");
            out.report(span, "`prefixItems` lets any further item through")
                .help("add `items: false`, or a schema for the rest");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::lint::tests::places;

    #[test]
    fn tuples_are_open_or_closed() {
        assert_eq!(places(&OPEN_TUPLE, "prefixItems: [{}]"), ["prefixItems"]);
        assert_eq!(places(&OPEN_TUPLE, "items: [{}]"), ["items"]);
        assert!(places(&OPEN_TUPLE, "prefixItems: [{}]\nitems: false").is_empty());
        assert!(places(&OPEN_TUPLE, "items: [{}]\nadditionalItems: false").is_empty());
    }
}
