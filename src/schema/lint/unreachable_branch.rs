//! See `docs`.

use super::rule;
use super::subschemas::schemas;
use crate::diagnostic::Level;
use crate::rule::{FileContext, Rule, Sink};
use crate::schema::instance;
use crate::source::Span;
use crate::syntax::Node;

pub static UNREACHABLE_BRANCH: Rule = rule(
    "json-schema/unreachable-branch",
    Level::Warning,
    "a branch of a union can never be the one that decides",
    r#"
An earlier branch takes everything this one takes. Under `anyOf` the branch is without effect, under
`oneOf` values that fit it are refused because they fit two.

```yaml fail
$schema: https://json-schema.org/draft/2020-12/schema
anyOf:
  - {type: string}
  - {type: string, maxLength: 10}
```

Delete the branch, or narrow the earlier one.
"#,
    check,
);

fn check(context: &FileContext<'_>, out: &mut Sink<'_>) {
    for found in schemas(context) {
        for keyword in ["anyOf", "oneOf"] {
            let branches: Vec<_> =
                found.node.get(keyword).into_iter().flat_map(Node::items).collect();
            for (index, &branch) in branches.iter().enumerate() {
                let earlier =
                    branches[..index].iter().find(|earlier| takes_all_of(**earlier, branch));
                let Some(&earlier) = earlier else { continue };
                let message = match keyword {
                    "oneOf" => "this branch can never be the only one that fits",
                    _ => "this branch is without effect: an earlier one takes all it takes",
                };
                out.report(head(branch), message)
                    .label("takes no more than the earlier branch")
                    .related(head(earlier), "this branch takes it already");
            }
        }
    }
}

/// The first line's worth of a schema.
fn head(node: Node<'_>) -> Span {
    node.entries().next().map_or(node.span(), |entry| entry.span())
}

/// Whether every value that fits `narrow` plainly fits `wide` too: `wide` asks for nothing that
/// `narrow` does not ask for in the same words, or lists all of its values.
fn takes_all_of(wide: Node<'_>, narrow: Node<'_>) -> bool {
    if wide.as_bool() == Some(true) {
        return true;
    }
    if !wide.is_mapping() || !narrow.is_mapping() {
        return false;
    }
    let demands = |node: Node<'_>| {
        let value = instance::to_value(node);
        let mut members = value.as_object().cloned().unwrap_or_default();
        members.retain(|name, _| !ANNOTATIONS.contains(&name.as_str()) && !name.starts_with("x-"));
        members
    };
    let (mut wide, mut narrow) = (demands(wide), demands(narrow));
    let values = |members: &mut serde_json::Map<String, serde_json::Value>| {
        let only = members.remove("const").map(|value| vec![value]);
        let listed = members.remove("enum").and_then(|list| list.as_array().cloned());
        only.or(listed)
    };
    match (values(&mut wide), values(&mut narrow)) {
        (Some(wide), Some(narrow)) if !narrow.iter().all(|value| wide.contains(value)) => {
            return false;
        }
        (Some(_), None) => return false,
        _ => {}
    }
    // What closes an object depends on the properties beside it.
    let is_closed = |members: &serde_json::Map<_, _>| {
        members.contains_key("additionalProperties") || members.contains_key("items")
    };
    if is_closed(&wide) && wide != narrow {
        return false;
    }
    wide.iter().all(|(name, demand)| narrow.get(name) == Some(demand))
}

/// Keywords that say nothing about which values pass.
const ANNOTATIONS: &[&str] =
    &["$comment", "default", "deprecated", "description", "examples", "title"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::lint::tests::places;

    #[test]
    fn branches_are_reachable() {
        let schema = "anyOf: [{type: string}, {type: string, maxLength: 3}, {type: number}]";
        assert_eq!(places(&UNREACHABLE_BRANCH, schema).len(), 1);
        assert_eq!(places(&UNREACHABLE_BRANCH, "oneOf: [{enum: [a, b]}, {const: b}]").len(), 1);
        assert!(places(&UNREACHABLE_BRANCH, "oneOf: [{const: a}, {enum: [a, b]}]").is_empty());
        let closed = "anyOf: [{additionalProperties: false}, {additionalProperties: false, properties: {a: {}}}]";
        assert!(places(&UNREACHABLE_BRANCH, closed).is_empty());
    }
}
