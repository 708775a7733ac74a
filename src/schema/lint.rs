//! Rules for JSON Schemas as content: what a schema lets through or can never take.
//!
//! They look at every file whose `$schema` names a draft of JSON Schema, in YAML or JSON.

use super::words::quoted;
use crate::diagnostic::{Applicability, Confidence, Level};
use crate::model::shape::fold;
use crate::nearest::nearest;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, Sink};
use crate::source::Span;
use crate::syntax::{Entry, Node};
use regex::Regex;

/// Every rule for schemas, in the order of their ids.
pub static RULES: &[&Rule] = &[
    &EMPTY_ALLOWED,
    &IMPOSSIBLE_PATTERN,
    &IMPOSSIBLE_REQUIRED,
    &MISSING_DESCRIPTION,
    &OPEN_OBJECT,
    &OPEN_TUPLE,
    &TWIN_VALUES,
    &UNKNOWN_KEYWORD,
    &UNREACHABLE_BRANCH,
];

type CheckFile = fn(&FileContext<'_>, &mut Sink<'_>);

const fn rule(
    id: &'static str,
    level: Level,
    summary: &'static str,
    docs: &'static str,
    check: CheckFile,
) -> Rule {
    Rule {
        id,
        summary,
        level,
        kinds: &[],
        confidence: Confidence::High,
        fix: Fixability::Never,
        profile: Profile::Default,
        since: "0.1.0",
        docs,
        check: Check::File(check),
    }
}

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
    open_tuple,
);

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
    empty_allowed,
);

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
    open_object,
);

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
    twin_values,
);

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
    unreachable_branch,
);

pub static IMPOSSIBLE_PATTERN: Rule = rule(
    "json-schema/impossible-pattern",
    Level::Error,
    "a pattern can match nothing, or none of the listed values",
    r#"
No value passes, so the field cannot be used at all.

```yaml fail
$schema: https://json-schema.org/draft/2020-12/schema
pattern: "^[a-z]+$-[0-9]"
```

Mend the pattern; `^` and `$` stand for the ends of the whole text.
"#,
    impossible_pattern,
);

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
    impossible_required,
);

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
    missing_description,
);

pub static UNKNOWN_KEYWORD: Rule = rule(
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
    unknown_keyword,
);

/// Keywords that hold one schema, a list of them, or a table.
const SINGLE: &[&str] = &[
    "additionalItems",
    "additionalProperties",
    "contains",
    "contentSchema",
    "else",
    "if",
    "items",
    "not",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];
const LISTS: &[&str] = &["allOf", "anyOf", "items", "oneOf", "prefixItems"];
const TABLES: &[&str] =
    &["$defs", "definitions", "dependentSchemas", "patternProperties", "properties"];

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

/// Keywords that say nothing about which values pass.
const ANNOTATIONS: &[&str] =
    &["$comment", "default", "deprecated", "description", "examples", "title"];

/// A schema in the file.
#[derive(Clone, Copy)]
struct Found<'a> {
    node: Node<'a>,
    /// Keyword under which it stands; empty for the root.
    keyword: &'static str,
    /// Its entry in a table such as `properties`.
    entry: Option<Entry<'a>>,
    /// The schema around it.
    parent: Option<Node<'a>>,
}

/// All schemas of the file, outermost first; nothing when it is no JSON Schema.
fn schemas<'a>(context: &FileContext<'a>) -> Vec<Found<'a>> {
    let Some(root) = context.document.tree.root() else {
        return Vec::new();
    };
    let draft = root.get("$schema").and_then(Node::as_str);
    if !draft.is_some_and(|draft| draft.contains("json-schema.org/")) {
        return Vec::new();
    }
    let mut found = vec![Found { node: root, keyword: "", entry: None, parent: None }];
    let mut next = 0;
    while let Some(&Found { node, .. }) = found.get(next) {
        next += 1;
        let mut add = |child: Node<'a>, keyword, entry| {
            if child.is_mapping() && !child.is_alias() {
                found.push(Found { node: child, keyword, entry, parent: Some(node) });
            }
        };
        for &keyword in SINGLE {
            node.get(keyword).into_iter().for_each(|child| add(child, keyword, None));
        }
        for &keyword in LISTS {
            node.get(keyword)
                .into_iter()
                .flat_map(Node::items)
                .for_each(|child| add(child, keyword, None));
        }
        for &keyword in TABLES {
            let entries = node.get(keyword).into_iter().flat_map(Node::entries);
            entries.for_each(|entry| add(entry.value, keyword, Some(entry)));
        }
    }
    found
}

impl<'a> Found<'a> {
    fn has(&self, keyword: &str) -> bool {
        self.node.get(keyword).is_some()
    }

    fn key(&self, keyword: &str) -> Option<Span> {
        self.node.entry(keyword).map(|entry| entry.key_span())
    }

    /// Whether its type is only this one.
    fn is_of(&self, name: &str) -> bool {
        self.node.get("type").and_then(Node::as_str) == Some(name)
    }

    fn texts(&self, keyword: &str) -> Vec<Node<'a>> {
        let list = self.node.get(keyword).into_iter().flat_map(Node::items);
        list.filter(|item| item.as_str().is_some()).collect()
    }

    /// Whether it is part of another schema for the same value, which may close it.
    fn is_partial(&self) -> bool {
        matches!(
            self.keyword,
            "allOf"
                | "anyOf"
                | "oneOf"
                | "if"
                | "then"
                | "else"
                | "not"
                | "dependentSchemas"
                | "contains"
        )
    }
}

fn open_tuple(context: &FileContext<'_>, out: &mut Sink<'_>) {
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

fn empty_allowed(context: &FileContext<'_>, out: &mut Sink<'_>) {
    for found in schemas(context) {
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

fn open_object(context: &FileContext<'_>, out: &mut Sink<'_>) {
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

fn twin_values(context: &FileContext<'_>, out: &mut Sink<'_>) {
    for found in schemas(context) {
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

fn unreachable_branch(context: &FileContext<'_>, out: &mut Sink<'_>) {
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
        let value = super::instance::to_value(node);
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

fn impossible_pattern(context: &FileContext<'_>, out: &mut Sink<'_>) {
    for found in schemas(context) {
        let Some(value) = found.node.get("pattern") else {
            continue;
        };
        let Some(text) = value.text() else { continue };
        let pattern = text.as_str();
        if let Some(at) = misplaced_anchor(pattern) {
            let message = match &pattern[at..=at] {
                "$" => "nothing can follow the end of the text: this pattern matches nothing",
                _ => "nothing can stand before the start of the text: this pattern matches nothing",
            };
            out.report(text.span_of(at..at + 1), message).label("an end of the whole text");
            continue;
        }
        let Ok(regex) = Regex::new(pattern) else {
            continue;
        };
        let values = found.texts("enum");
        if !values.is_empty() && !values.iter().any(|value| regex.is_match(value.scalar_text())) {
            out.report(value.span(), "none of the listed values matches this pattern")
                .related(values[0].span(), "such as this one");
        }
    }
}

/// A `$` before, or a `^` after, something that takes at least one character.
fn misplaced_anchor(pattern: &str) -> Option<usize> {
    let bytes = pattern.as_bytes();
    // Whether a character was surely taken since the alternative or group began.
    let mut taken = false;
    let mut ended: Option<usize> = None;
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        at += if bytes[at] == b'\\' { 2 } else { 1 };
        match bytes[start] {
            // Groups may be optional or repeated: what they take is not counted.
            b'(' | b')' | b'|' => {
                taken = false;
                ended = None;
            }
            b'$' => ended = Some(start),
            b'^' if taken => return Some(start),
            b'^' | b'*' | b'+' | b'?' => {}
            b'\\' if matches!(bytes.get(start + 1), Some(b'b' | b'B')) => {}
            first => {
                if first == b'[' {
                    at = class_end(bytes, at);
                }
                let is_optional = matches!(bytes.get(at), Some(b'*' | b'?'))
                    || bytes.get(at..at + 2) == Some(b"{0");
                if bytes.get(at) == Some(&b'{') {
                    // The numbers of a repetition are no characters.
                    let close = bytes[at..].iter().position(|&byte| byte == b'}');
                    at += close.map_or(0, |close| close + 1);
                }
                if is_optional {
                    continue;
                }
                if ended.is_some() {
                    return ended;
                }
                taken = true;
            }
        }
    }
    None
}

/// The byte after a class whose inside begins at `at`.
fn class_end(bytes: &[u8], mut at: usize) -> usize {
    if bytes.get(at) == Some(&b'^') {
        at += 1;
    }
    while at < bytes.len() && bytes[at] != b']' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    (at + 1).min(bytes.len())
}

fn impossible_required(context: &FileContext<'_>, out: &mut Sink<'_>) {
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

fn missing_description(context: &FileContext<'_>, out: &mut Sink<'_>) {
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

fn unknown_keyword(context: &FileContext<'_>, out: &mut Sink<'_>) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Facts;
    use crate::source::{FilePath, Format, SourceFile};
    use crate::syntax;

    /// Text under each label, and the message.
    fn reports(rule: &'static Rule, schema: &str) -> Vec<(String, String)> {
        let text = format!("$schema: https://json-schema.org/draft/2020-12/schema\n{schema}");
        let file = SourceFile::new(FilePath::new("a.schema.yaml"), text.as_str(), Format::Yaml);
        let document = syntax::parse(&file);
        assert!(document.errors.is_empty(), "{:?}", document.errors);
        let facts = Facts::default();
        let context = FileContext {
            file: &file,
            document: &document,
            records: &[],
            quizzes: &[],
            facts: &facts,
        };
        let mut out: Vec<crate::diagnostic::Diagnostic> = Vec::new();
        let Check::File(check) = rule.check else { panic!("schema rules look at files") };
        check(&context, &mut Sink::for_file(rule, &file, &mut out));
        out.into_iter().map(|own| (file.slice(own.primary.span).to_owned(), own.message)).collect()
    }

    fn places(rule: &'static Rule, schema: &str) -> Vec<String> {
        reports(rule, schema).into_iter().map(|(text, _)| text).collect()
    }

    #[test]
    fn tuples_are_open_or_closed() {
        assert_eq!(places(&OPEN_TUPLE, "prefixItems: [{}]"), ["prefixItems"]);
        assert_eq!(places(&OPEN_TUPLE, "items: [{}]"), ["items"]);
        assert!(places(&OPEN_TUPLE, "prefixItems: [{}]\nitems: false").is_empty());
        assert!(places(&OPEN_TUPLE, "items: [{}]\nadditionalItems: false").is_empty());
    }

    #[test]
    fn required_fields_may_not_be_empty() {
        let schema = "required: [a, b, c]\nproperties: {a: {type: string}, b: {type: array}, \
                      c: {type: string, minLength: 1}, d: {type: string}}";
        assert_eq!(places(&EMPTY_ALLOWED, schema), ["a", "b"]);
    }

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

    #[test]
    fn values_have_no_twins() {
        let schema = "enum: [single-choice, SingleChoice, other]";
        assert_eq!(places(&TWIN_VALUES, schema), ["SingleChoice"]);
    }

    #[test]
    fn branches_are_reachable() {
        let schema = "anyOf: [{type: string}, {type: string, maxLength: 3}, {type: number}]";
        assert_eq!(places(&UNREACHABLE_BRANCH, schema).len(), 1);
        assert_eq!(places(&UNREACHABLE_BRANCH, "oneOf: [{enum: [a, b]}, {const: b}]").len(), 1);
        assert!(places(&UNREACHABLE_BRANCH, "oneOf: [{const: a}, {enum: [a, b]}]").is_empty());
        let closed = "anyOf: [{additionalProperties: false}, {additionalProperties: false, properties: {a: {}}}]";
        assert!(places(&UNREACHABLE_BRANCH, closed).is_empty());
    }

    #[test]
    fn patterns_can_match() {
        for (pattern, place) in [
            ("^a$b", Some("$")),
            ("a^b", Some("^")),
            ("^[a-z]+$-[0-9]", Some("$")),
            ("[a]{2}^", Some("^")),
        ] {
            let found = places(&IMPOSSIBLE_PATTERN, &format!("pattern: '{pattern}'"));
            assert_eq!(found.first().map(String::as_str), place, "{pattern}");
        }
        for pattern in
            ["^a$", "^(a|^b)$", "a*^b", "^[$^]+$", r"^\$a$", "^a{2,3}$", "(a$|b)", "^$|^a$"]
        {
            assert!(
                places(&IMPOSSIBLE_PATTERN, &format!("pattern: '{pattern}'")).is_empty(),
                "{pattern}"
            );
        }
        assert_eq!(places(&IMPOSSIBLE_PATTERN, "pattern: '^[0-9]+$'\nenum: [a, b]").len(), 1);
    }

    #[test]
    fn required_fields_are_allowed() {
        let schema = "required: [a, b, x-c]\nproperties: {a: {}}\npatternProperties: {'^x-': {}}\n\
                      additionalProperties: false";
        assert_eq!(places(&IMPOSSIBLE_REQUIRED, schema), ["b"]);
    }

    #[test]
    fn fields_are_described() {
        let schema =
            "type: object\nproperties: {a: {type: string}, b: {description: B.}, c: {$ref: '#'}}";
        assert_eq!(places(&MISSING_DESCRIPTION, schema), ["a"]);
    }

    #[test]
    fn keywords_are_spelt() {
        let found = reports(&UNKNOWN_KEYWORD, "minlenght: 1\nx-minlength: 1\ncolour: 2");
        assert_eq!(found[0].1, "unknown keyword `minlenght`; did you mean `minLength`?");
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn other_files_are_left_alone() {
        let file = SourceFile::new(FilePath::new("a.yaml"), "properties: {a: {}}\n", Format::Yaml);
        let document = syntax::parse(&file);
        let facts = Facts::default();
        let context = FileContext {
            file: &file,
            document: &document,
            records: &[],
            quizzes: &[],
            facts: &facts,
        };
        assert!(schemas(&context).is_empty());
    }

    /// The schemas that come with caveat keep these rules themselves.
    #[test]
    fn built_in_schemas_are_clean() {
        let catalogue = crate::schema::Catalogue::new();
        for kind in crate::model::ContentKind::BUILT_IN {
            let (path, text) = catalogue.text_for(kind).unwrap();
            let file = SourceFile::new(path.clone(), text, Format::Json);
            let document = syntax::parse(&file);
            let facts = Facts::default();
            let context = FileContext {
                file: &file,
                document: &document,
                records: &[],
                quizzes: &[],
                facts: &facts,
            };
            // The types of questions are listed in mdBook's spelling too, on purpose.
            let wanted = |rule: &&&Rule| rule.level > Level::Info && rule.id != TWIN_VALUES.id;
            for rule in RULES.iter().filter(wanted) {
                let mut out: Vec<crate::diagnostic::Diagnostic> = Vec::new();
                let Check::File(check) = rule.check else { panic!("schema rules look at files") };
                check(&context, &mut Sink::for_file(rule, &file, &mut out));
                let messages: Vec<_> = out.iter().map(|own| &own.message).collect();
                assert!(out.is_empty(), "{path} {}: {messages:?}", rule.id);
            }
        }
    }
}
