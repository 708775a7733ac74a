//! What a record does not fulfil, as diagnostics: one per cause, at the node that causes it.
//!
//! A valid record costs one pass of the validator. For an invalid one the validator's errors are
//! only read for their kind and their two paths; words, spans and the choice of a branch are made
//! here, and the library's own texts (which contain the whole instance) are never used.

mod annotate;
mod deep;
mod keywords;
mod objects;
mod unions;

use super::trail::{Lookup, Place, Step, Trail};
use super::{Quota, Schema, rules};
use crate::diagnostic::{Diagnostic, TextHash};
use crate::model::exercise::is_plan;
use crate::model::{ContentKind, Record};
use crate::normal::name_in_words;
use crate::rule::{Rule, Sink};
use crate::source::{SourceFile, Span};
use crate::syntax::{Block, BlockKind, Node};
use crate::words::quoted;
use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Kind;
use jsonschema::paths::Location;
use objects::{Here, missing_fields};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

/// What a record is, beyond its node.
#[derive(Clone, Debug)]
pub struct Context<'a> {
    pub file: &'a SourceFile,
    /// Id of the record, for the identity of diagnostics.
    pub record: Option<Arc<str>>,
    /// What to call the record where its schema has no title: the name of its kind.
    pub noun: &'a str,
    /// Tell of every branch of a union, not only of the one that was meant.
    pub all_branches: bool,
    /// What more may be found in the file.
    pub quota: &'a Quota,
}

/// Everything the record does not fulfil, in no particular order, and its deprecated fields.
pub fn validate(record: Node<'_>, schema: &Schema, context: &Context<'_>) -> Vec<Diagnostic> {
    validate_beside_body(record, schema, context, &[])
}

/// The same for the front matter of a Markdown file whose body gives the fields in `supplied`: the
/// record may be without them.
pub fn validate_beside_body(
    record: Node<'_>,
    schema: &Schema,
    context: &Context<'_>,
    supplied: &[&str],
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if !schema.is_valid(record) {
        let mut explainer = Explainer {
            record,
            schema,
            context,
            supplied,
            lookup: Lookup::default(),
            trails: HashMap::new(),
        };
        if schema.has_recursive_union && depth(record) > MAX_UNION_DEPTH {
            explainer.too_deep(&mut found);
            return found;
        }
        let errors = schema.errors(record, context.quota);
        found = explainer.explain(&errors);
        let mut seen = HashSet::new();
        found.retain(|own| seen.insert((own.rule, own.primary.span, own.message.clone())));
    }
    if schema.mentions_deprecated {
        super::deprecated::find(record, &schema.root(), context, &mut found);
    }
    found
}

/// Fields that a Markdown body gives in place of its front matter, a title by its first heading and the rest by what
/// follows, and those that a plan of exercises does not need.
pub fn supplied_by_body(record: &Record<'_>) -> Vec<&'static str> {
    let Some(body) = record.body else {
        let is_plan = record.kind == ContentKind::Exercise && is_plan(record);
        return if is_plan { vec!["name", "instructions"] } else { Vec::new() };
    };
    let title = |block: &Block| matches!(block.kind, BlockKind::Heading { level: 1, .. });
    let mut supplied = Vec::new();
    if body.blocks.iter().any(title) {
        supplied.extend(["title", "name"]);
    }
    match record.kind {
        ContentKind::Exercise => supplied.push("instructions"),
        ContentKind::Quiz => supplied.push("questions"),
        ContentKind::Resource | ContentKind::Article | ContentKind::Custom(_) => {}
    }
    supplied
}

/// Where a union holds itself, every level of a record doubles the errors of its branches; records
/// that are deeper than this are told from the parts that hold the mistakes.
const MAX_UNION_DEPTH: usize = 10;

/// How deep collections nest.
fn depth(node: Node<'_>) -> usize {
    let children = node.items().chain(node.entries().map(|entry| entry.value));
    children.map(|child| 1 + depth(child)).max().unwrap_or(0)
}

/// One error at its place.
pub(super) struct Fault<'e, 'a, 's> {
    pub(super) error: &'e ValidationError<'e>,
    pub(super) place: Place<'a>,
    pub(super) trail: Rc<Trail<'s>>,
    /// Other errors at the same object explain part of this one.
    is_echo: bool,
}

pub(super) struct Explainer<'a> {
    record: Node<'a>,
    pub(super) schema: &'a Schema,
    pub(super) context: &'a Context<'a>,
    supplied: &'a [&'a str],
    lookup: Lookup<'a>,
    /// By evaluation path: most errors of a large record have one of a few.
    trails: HashMap<String, Rc<Trail<'a>>>,
}

impl<'a> Explainer<'a> {
    pub(super) fn explain<'e>(&mut self, errors: &'e [ValidationError<'e>]) -> Vec<Diagnostic> {
        let mut faults: Vec<_> = errors.iter().map(|error| self.fault(error)).collect();
        forget_echoes(&mut faults);
        let mut out = Vec::new();
        let mut explained: HashSet<Span> = HashSet::new();
        for missing in missing_fields(&faults, self.supplied) {
            self.missing(&missing, &mut explained, &mut out);
        }
        for fault in &faults {
            match fault.error.kind() {
                Kind::Required { property } if is_dependent(fault) => {
                    self.dependent(fault, property, &mut out);
                }
                Kind::Required { .. } => {}
                // The field was told as another one, with another value.
                _ if fault.place.entry.is_some_and(|own| explained.contains(&own.key_span())) => {}
                Kind::AdditionalProperties { unexpected }
                | Kind::UnevaluatedProperties { unexpected } => {
                    let fields = fault.trail.owner().fields();
                    let entries = fault.place.node.merged_entries();
                    let present = fields.present(entries.iter().map(|own| own.name()));
                    let here = Here { fields: &fields, present: &present, explained: &explained };
                    for name in unexpected {
                        self.unknown_field(fault, name, &here, &mut out);
                    }
                }
                Kind::AnyOf { context } | Kind::OneOfNotValid { context } => {
                    self.union(fault, context, &mut out);
                }
                _ => self.value(fault, &mut out),
            }
        }
        out
    }

    /// Tell of the parts of a deep record that hold the mistakes; of the record itself, when it does.
    fn too_deep(&self, out: &mut Vec<Diagnostic>) {
        let causes = deep::causes(self.record, self.schema);
        if causes.is_empty() {
            self.unexplained(self.record, self.context.noun, "", out);
        }
        for cause in causes {
            let noun = cause.noun.as_deref().unwrap_or(self.context.noun);
            if depth(cause.node) > MAX_UNION_DEPTH {
                self.unexplained(cause.node, noun, &cause.pointer, out);
                continue;
            }
            let context = Context { noun, ..self.context.clone() };
            for mut own in validate(cause.node, &cause.schema, &context) {
                own.identity.nest_in(&cause.pointer);
                out.push(own);
            }
        }
    }

    fn unexplained(&self, node: Node<'a>, noun: &str, pointer: &str, out: &mut Vec<Diagnostic>) {
        let place = Place { node, entry: None, parent: None, steps: Vec::new() };
        let message = format!("this {noun} does not fulfil its schema");
        let diagnostic = self.report(&rules::UNION, &place, self.anchor(&place), message, out);
        diagnostic.identity.pointer = pointer.into();
        diagnostic.note("it is nested too deeply to say which of its forms was meant");
    }

    fn fault<'e>(&mut self, error: &'e ValidationError<'e>) -> Fault<'e, 'a, 'a> {
        Fault {
            error,
            place: self.lookup.place(self.record, error.instance_path()),
            trail: self.trail(error.evaluation_path()),
            is_echo: false,
        }
    }

    fn trail(&mut self, path: &Location) -> Rc<Trail<'a>> {
        if let Some(trail) = self.trails.get(path.as_str()) {
            return trail.clone();
        }
        let trail = Rc::new(Trail::follow(&self.schema.root(), path));
        self.trails.insert(path.as_str().to_owned(), trail.clone());
        trail
    }

    fn report<'o>(
        &self,
        rule: &'static Rule,
        place: &Place<'_>,
        span: Span,
        message: String,
        out: &'o mut Vec<Diagnostic>,
    ) -> &'o mut Diagnostic {
        let mut sink = Sink::for_file(rule, self.context.file, out);
        sink.set_record(self.context.record.clone());
        sink.report(span, message);
        let diagnostic = out.last_mut().expect("just reported");
        diagnostic.identity.pointer = place.pointer().into();
        // Quotes make no difference, and neither does what stands in a list or mapping.
        if span == place.node.span() {
            diagnostic.identity.text = TextHash::of(place.node.scalar_text());
        }
        diagnostic
    }

    /// The object in words: `this question`, `item 2 of `media``.
    pub(super) fn noun(&self, fault: &Fault<'_, 'a, 'a>) -> String {
        let title = fault.trail.annotation("title").or(fault.trail.definition);
        match title {
            Some(title) => format!("this {}", name_in_words(title)),
            None if fault.place.steps.is_empty() => format!("this {}", self.context.noun),
            None => subject(&fault.place),
        }
    }

    /// Where to point when an object lacks something.
    fn anchor(&self, place: &Place<'a>) -> Span {
        let node = place.node;
        let named = ["name", "title", "id"]
            .into_iter()
            .filter(|_| place.steps.is_empty())
            .filter_map(|name| node.get(name))
            .find(|value| value.is_scalar())
            .map(Node::span);
        let first_key = || node.entries().next().map(|entry| entry.key_span());
        match node.is_alias() {
            true => node.span(),
            false => named.or_else(first_key).unwrap_or_else(|| self.value_span(place)),
        }
    }

    /// The value; the key where the value is empty text of no width.
    fn value_span(&self, place: &Place<'_>) -> Span {
        let span = place.node.span();
        match &place.entry {
            Some(entry) if span.is_empty() => entry.key_span(),
            _ => span,
        }
    }

    /// The key of a value that is a collection; the value itself in a list.
    fn key_or_value_span(&self, place: &Place<'_>) -> Span {
        match &place.entry {
            Some(entry) => entry.key_span(),
            None => {
                let first_key = place.node.entries().next().map(|entry| entry.key_span());
                first_key.unwrap_or_else(|| place.node.span())
            }
        }
    }
}

impl<'a> Place<'a> {
    /// The innermost name on the way: for an item the name of its list.
    pub(super) fn last_name(&self) -> Option<&'a str> {
        self.steps.iter().rev().find_map(|step| match step {
            Step::Name { written, .. } => Some(*written),
            Step::Index(_) => None,
        })
    }
}

/// The value in words: `` `sets` ``, `` item 2 of `options` ``.
pub(super) fn subject(place: &Place<'_>) -> String {
    let indexes: Vec<usize> = place
        .steps
        .iter()
        .rev()
        .map_while(|step| match step {
            Step::Name { .. } => None,
            Step::Index(index) => Some(index + 1),
        })
        .collect();
    let list = place.last_name().map_or_else(|| "the list".to_owned(), quoted);
    match indexes.as_slice() {
        [] if place.steps.is_empty() => "the record".to_owned(),
        [] => list,
        [item] => format!("item {item} of {list}"),
        [inner, outer] => format!("item {inner} of item {outer} of {list}"),
        [inner, ..] => format!("item {inner} of an inner list of {list}"),
    }
}

/// Errors that only say again, in other words, what another error says.
fn forget_echoes<'a>(faults: &mut Vec<Fault<'_, 'a, '_>>) {
    let mut best: BTreeMap<u32, u8> = BTreeMap::new();
    for fault in &*faults {
        let rank = rank(fault);
        best.entry(fault.place.node.id().index())
            .and_modify(|best| *best = rank.min(*best))
            .or_insert(rank);
    }
    let told: HashSet<Vec<Step<'a>>> = match faults.iter().any(is_unevaluated) {
        true => {
            let others = faults.iter().filter(|fault| !is_unevaluated(fault));
            let ways = others.map(|fault| &fault.place.steps);
            ways.flat_map(|steps| (0..=steps.len()).map(|len| steps[..len].to_vec())).collect()
        }
        false => HashSet::new(),
    };
    let mut single = HashSet::new();
    faults.retain_mut(|fault| {
        let best = best[&fault.place.node.id().index()];
        let is_collection = fault.place.node.is_mapping() || fault.place.node.is_sequence();
        // A value of the wrong type has one problem; so has a single value.
        if rank(fault) > best && (!is_collection || best <= RANK_TYPE) {
            return false;
        }
        // One single value has one problem.
        if !is_collection && !single.insert(fault.place.node.id()) {
            return false;
        }
        // What a failed branch would have known counts as unknown to the validator.
        let is_echo = is_unevaluated(fault) && told.contains(&fault.place.steps);
        fault.is_echo = is_echo;
        !(is_echo && matches!(fault.error.kind(), Kind::UnevaluatedItems { .. }))
    });
}

const RANK_TYPE: u8 = 1;

/// Which of several errors of one single value to tell: the smallest.
fn rank(fault: &Fault<'_, '_, '_>) -> u8 {
    match fault.error.kind() {
        Kind::FalseSchema => 0,
        Kind::Type { .. } => RANK_TYPE,
        Kind::Constant { .. } => 2,
        Kind::Enum { .. } => 3,
        Kind::MinLength { .. } if fault.place.node.scalar_text().is_empty() => 4,
        Kind::AnyOf { .. } | Kind::OneOfNotValid { .. } | Kind::OneOfMultipleValid { .. } => 5,
        Kind::Format { .. } => 6,
        Kind::Pattern { .. } => 7,
        _ => 8,
    }
}

fn is_unknown_field(fault: &Fault<'_, '_, '_>) -> bool {
    matches!(
        fault.error.kind(),
        Kind::AdditionalProperties { .. } | Kind::UnevaluatedProperties { .. }
    )
}

fn is_unevaluated(fault: &Fault<'_, '_, '_>) -> bool {
    matches!(fault.error.kind(), Kind::UnevaluatedProperties { .. } | Kind::UnevaluatedItems { .. })
}

fn is_dependent(fault: &Fault<'_, '_, '_>) -> bool {
    let path = fault.error.schema_path().as_str();
    let owner =
        path.rsplit('/').take(2).any(|step| matches!(step, "dependentRequired" | "dependencies"));
    owner
        || fault
            .trail
            .rest
            .iter()
            .any(|step| matches!(step.as_str(), "dependentRequired" | "dependencies"))
}

/// Warnings come after errors.
fn is_lenient(diagnostic: &Diagnostic) -> bool {
    diagnostic.rule == rules::UNKNOWN_FIELD.id
}

#[cfg(test)]
mod tests {
    use super::super::{Catalogue, SchemaRef};
    use super::*;
    use crate::source::{FilePath, Format};
    use crate::syntax;
    use std::fmt::Write;

    fn said(schema: &str, text: &str) -> Vec<Diagnostic> {
        let mut catalogue = Catalogue::new();
        let path = FilePath::new("a.schema.json");
        catalogue.add(None, path.clone(), schema);
        let schema = catalogue.schema(&SchemaRef::Path(path)).unwrap().unwrap();
        let file = SourceFile::new(FilePath::new("a.yaml"), text, Format::Yaml);
        let document = syntax::parse(&file);
        let quota = Quota::for_diagnostics(100_000);
        let context = Context {
            file: &file,
            record: None,
            noun: "thing",
            all_branches: false,
            quota: &quota,
        };
        validate_beside_body(document.tree.root().unwrap(), &schema, &context, &["given"])
    }

    /// Thousands of errors in one record; a step that is not linear would take minutes.
    #[test]
    fn many_errors_take_linear_time() {
        const MANY: usize = 20_000;
        let schema = r#"{
            "properties": {"list": {"items": {"type": "integer"}}, "table": {"additionalProperties": {"type": "integer"}}},
            "additionalProperties": false
        }"#;
        let mut text = String::from("list:\n");
        (0..MANY).for_each(|_| text.push_str("- x\n"));
        text.push_str("table:\n");
        (0..MANY).for_each(|number| writeln!(text, "  k{number}: x").unwrap());
        (0..MANY).for_each(|number| writeln!(text, "unknown{number}: x").unwrap());
        assert_eq!(said(schema, &text).len(), 3 * MANY);
    }

    #[test]
    fn identities_name_the_place_in_the_record() {
        let schema = r#"{"properties": {"a/b": {"items": {"required": ["c"], "properties": {"d": {"type": "string"}}}}}}"#;
        let mut found = said(schema, "a/b:\n  - d: 1\n");
        found.sort_by_key(|own| own.identity.pointer.clone());
        let pointers: Vec<_> = found.iter().map(|own| &*own.identity.pointer).collect();
        assert_eq!(pointers, ["/a~1b/0/c", "/a~1b/0/d"]);
        assert_eq!(found[1].identity.text, TextHash::of("1"));
    }

    #[test]
    fn identities_stay_when_values_are_written_otherwise() {
        let schema = r#"{"properties": {"a": {"type": "string"}, "b": {"enum": ["x"]}}}"#;
        let identities =
            |text: &str| said(schema, text).into_iter().map(|own| own.identity).collect::<Vec<_>>();
        let before = identities("a: [one]\nb: y\n");
        assert_eq!(before.len(), 2);
        assert_eq!(identities("a:\n  - one\n  - two\nb: 'y'\n"), before);
        assert_ne!(identities("a: [one]\nb: z\n"), before);
    }

    #[test]
    fn a_valid_record_is_not_told_of() {
        let schema = r#"{"required": ["a"], "properties": {"a": {"type": "string"}}}"#;
        assert!(said(schema, "a: b").is_empty());
    }

    #[test]
    fn what_the_body_gives_is_not_missing() {
        let schema =
            r#"{"required": ["given", "a"], "properties": {"b": {"required": ["given"]}}}"#;
        let found = said(schema, "b: {}");
        let messages: Vec<_> = found.iter().map(|own| own.message.as_str()).collect();
        assert_eq!(messages, ["`a` is missing in this thing", "`given` is missing in `b`"]);
    }

    /// Each level of such a record doubles the branches to look at.
    #[test]
    fn unions_of_unions_end() {
        let schema = r##"{"anyOf": [
            {"type": "array", "items": {"$ref": "#"}},
            {"type": "array", "items": {"$ref": "#"}, "maxItems": 1},
            {"const": 1}
        ]}"##;
        let nested = |depth| format!("{}x{}", "[".repeat(depth), "]".repeat(depth));
        let found = said(schema, &nested(4));
        let message = "expected a list or a number for item 1 of an inner list of the list, found the text `x`";
        assert_eq!(found[0].message, message);
        let found = said(schema, &nested(100));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].message, "expected a list or a number, found the text `x`");
        assert_eq!(found[0].primary.span, Span::new(100, 101));
        assert_eq!(*found[0].identity.pointer, *"/0".repeat(100));
    }

    #[test]
    fn deep_records_are_told_at_the_parts_to_blame() {
        let schema = r##"{
            "$ref": "#/$defs/group",
            "$defs": {
                "group": {
                    "type": "object",
                    "properties": {"name": {"type": "string"}, "parts": {"items": {"$ref": "#/$defs/part"}}},
                    "required": ["name"],
                    "additionalProperties": false
                },
                "part": {"oneOf": [{"$ref": "#/$defs/group"}, {"type": "string"}]}
            }
        }"##;
        let nested = |inner: &str| {
            format!("{}{inner}{}", "{name: a, parts: [b, ".repeat(12), "]}".repeat(12))
        };
        let text = nested("{nam: c}, 3");
        let mut found = said(schema, &text);
        found.sort_by_key(|own| own.primary.span);
        let told: Vec<_> = found
            .iter()
            .map(|own| (&text[own.primary.span.range()], own.message.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                ("nam", "`name` is missing in this group; `nam` is probably meant to be it"),
                ("3", "expected a mapping or text, found `3`"),
            ]
        );
        assert_eq!(*found[1].identity.pointer, *format!("{}/parts/2", "/parts/1".repeat(11)));
        // The mistake is above: what is below passes, and is deep.
        let text = format!("{{nane: a, parts: [{}]}}", nested("c"));
        let found = said(schema, &text);
        assert_eq!(found[0].message, "this thing does not fulfil its schema");
        assert_eq!(found.len(), 1);
    }
}
