//! What a record does not fulfil, as diagnostics: one per cause, at the node that causes it.
//!
//! A valid record costs one pass of the validator. For an invalid one the validator's errors are
//! only read for their kind and their two paths; words, spans and the choice of a branch are made
//! here, and the library's own texts (which contain the whole instance) are never used.

use super::Schema;
use super::address::Part;
use super::condition::describe;
use super::part_words::{
    and, count, name_in_words, or, quoted, shown, types_in_words, wanted_types,
};
use super::rules;
use super::trail::{Lookup, Place, Reason, Step, Trail};
use super::union::{self, Verdict};
use super::values::{self, TypeProblem};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::model::shape::fold;
use crate::nearest::nearest;
use crate::rule::{Rule, Sink};
use crate::source::{SourceFile, Span};
use crate::syntax::{Entry, Node};
use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Kind;
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};

/// What a record is, beyond its node.
#[derive(Clone, Debug)]
pub struct Context<'a> {
    pub file: &'a SourceFile,
    /// Id of the record, for the identity of diagnostics.
    pub record: Option<String>,
    /// What to call the record where its schema has no title: the name of its kind.
    pub noun: &'a str,
    /// Tell of every branch of a union, not only of the one that was meant.
    pub all_branches: bool,
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
        let lookup = Lookup::default();
        let mut explainer = Explainer { record, schema, context, supplied, lookup };
        if schema.has_recursive_union && depth(record) > MAX_UNION_DEPTH {
            explainer.too_deep(&mut found);
            return found;
        }
        let errors = schema.errors(record);
        found = explainer.explain(&errors);
        let mut seen = HashSet::new();
        found.retain(|own| seen.insert((own.rule, own.primary.span, own.message.clone())));
    }
    if schema.mentions_deprecated {
        super::deprecated::find(record, &schema.root(), context, &mut found);
    }
    found
}

/// Where a union holds itself, every level of a record doubles the errors of its branches; records
/// that are deeper than this are only told to be wrong.
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
    pub(super) trail: Trail<'s>,
    /// Other errors at the same object explain part of this one.
    is_echo: bool,
}

pub(super) struct Explainer<'a> {
    record: Node<'a>,
    pub(super) schema: &'a Schema,
    pub(super) context: &'a Context<'a>,
    supplied: &'a [&'a str],
    lookup: Lookup<'a>,
}

/// Fields that an object lacks.
struct Missing<'f, 'e, 'a, 's> {
    fault: &'f Fault<'e, 'a, 's>,
    names: Vec<&'f str>,
}

/// What an object can have and has.
struct Here<'f, 's> {
    fields: &'f [KnownField<'s>],
    present: &'f HashSet<&'f str>,
    /// Keys that were told as misspellings of missing fields.
    explained: &'f HashSet<Span>,
}

impl<'a> Explainer<'a> {
    pub(super) fn explain<'e>(&mut self, errors: &'e [ValidationError<'e>]) -> Vec<Diagnostic> {
        let faults: Vec<_> = errors.iter().map(|error| self.fault(error)).collect();
        let faults = without_echoes(faults);
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
                Kind::AdditionalProperties { unexpected }
                | Kind::UnevaluatedProperties { unexpected } => {
                    let fields = known_fields(fault.trail.owner());
                    let entries = fault.place.node.merged_entries();
                    let present: HashSet<&str> = entries.iter().map(|own| own.name()).collect();
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

    fn too_deep(&self, out: &mut Vec<Diagnostic>) {
        let steps = Vec::new();
        let place = Place { node: self.record, entry: None, parent: None, steps };
        let message = format!("this {} does not fulfil its schema", self.context.noun);
        let diagnostic = self.report(&rules::UNION, &place, self.anchor(&place), message, out);
        diagnostic.note("it is nested too deeply to say which of its forms was meant");
    }

    fn fault<'e>(&mut self, error: &'e ValidationError<'e>) -> Fault<'e, 'a, 'a> {
        Fault {
            error,
            place: self.lookup.place(self.record, error.instance_path()),
            trail: Trail::follow(&self.schema.root(), error.evaluation_path()),
            is_echo: false,
        }
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
        diagnostic.identity.pointer = place.pointer();
        diagnostic
    }

    // Objects

    fn missing(
        &mut self,
        missing: &Missing<'_, '_, 'a, 'a>,
        explained: &mut HashSet<Span>,
        out: &mut Vec<Diagnostic>,
    ) {
        let fault = missing.fault;
        let place = &fault.place;
        let noun = self.noun(fault);
        let strangers = strangers(fault);
        let mut lacking = Vec::new();
        for &name in &missing.names {
            let meant = nearest_key(name, &strangers, explained);
            let Some(meant) = meant else {
                lacking.push(name);
                continue;
            };
            explained.insert(meant.key_span());
            let written = quoted(meant.key());
            let message =
                format!("`{name}` is missing in {noun}; {written} is probably meant to be it");
            let diagnostic = self.report(&rules::REQUIRED, place, meant.key_span(), message, out);
            diagnostic.identity.pointer.push_str(&format!("/{name}"));
            diagnostic.label(format!("did you mean `{name}`?"));
            rename(diagnostic, meant, name);
            self.annotate(diagnostic, fault, "required", Some(name));
        }
        if lacking.is_empty() {
            return;
        }
        let names: Vec<_> = lacking.iter().map(|name| format!("`{name}`")).collect();
        let verb = if names.len() == 1 { "is" } else { "are" };
        let message = format!("{} {verb} missing in {noun}", and(&names));
        let span = self.anchor(place);
        let diagnostic = self.report(&rules::REQUIRED, place, span, message, out);
        diagnostic.identity.pointer.push_str(&format!("/{}", lacking[0]));
        diagnostic.label(format!("has no {}", or(&names)));
        let descriptions: Vec<_> = lacking
            .iter()
            .filter_map(|name| {
                let words = property_description(&fault.trail, name)?;
                Some(if lacking.len() == 1 { words } else { format!("`{name}`: {words}") })
            })
            .take(3)
            .collect();
        if !descriptions.is_empty() {
            diagnostic.help(descriptions.join("\n"));
        }
        if lacking.len() == 1 {
            self.annotate(diagnostic, fault, "required", Some(lacking[0]));
        } else {
            self.explain_demand(diagnostic, fault, "required", Some(lacking[0]));
            place_in_schema(diagnostic, fault);
        }
    }

    fn unknown_field(
        &mut self,
        fault: &Fault<'_, 'a, 'a>,
        name: &str,
        here: &Here<'_, 'a>,
        out: &mut Vec<Diagnostic>,
    ) {
        let Here { fields, present, explained } = here;
        let Some(entry) = self.lookup.entry(fault.place.node, name) else {
            return;
        };
        if explained.contains(&entry.key_span()) {
            return;
        }
        let is_known = fields.iter().any(|field| field.name == name);
        if is_known && fault.is_echo {
            return;
        }
        if is_known {
            let span = entry.key_span();
            let noun = self.noun(fault);
            let message =
                format!("field {} belongs to another form of {noun}", quoted(entry.key()));
            let diagnostic = self.report(&rules::UNKNOWN_FIELD, &fault.place, span, message, out);
            diagnostic.identity.pointer.push_str(&format!("/{name}"));
            diagnostic.label("not a field of this form");
            self.annotate(diagnostic, fault, fault.error.kind().keyword(), None);
            return;
        }
        let folded = fold(name);
        if fields.iter().any(|field| present.contains(field.name) && field.is_called(&folded)) {
            // The same field under two names is told by the reader of names.
            return;
        }
        let is_free = |field: &&KnownField<'_>| !present.contains(field.name);
        let absent: Vec<_> = fields.iter().filter(is_free).collect();
        let spellings = absent.iter().flat_map(|field| field.spellings());
        let near = nearest(name, spellings)
            .and_then(|near| absent.iter().find(|field| field.spellings().any(|own| own == near)));
        let written = quoted(entry.key());
        let message = match near {
            Some(field) => format!("unknown field {written}; did you mean `{}`?", field.name),
            None => format!("unknown field {written} in {}", self.noun(fault)),
        };
        let span = entry.key_span();
        let diagnostic = self.report(&rules::UNKNOWN_FIELD, &fault.place, span, message, out);
        diagnostic.identity.pointer.push_str(&format!("/{name}"));
        match near {
            Some(field) => {
                diagnostic.label(format!("did you mean `{}`?", field.name));
                rename(diagnostic, &entry, field.name);
                if let Some(words) = field.description {
                    diagnostic.help(format!("`{}`: {}", field.name, sentence(words)));
                }
            }
            None => {
                diagnostic.label("not a field of the schema");
                let current = absent.iter().filter(|field| !field.is_deprecated);
                let names: Vec<_> = current.map(|field| format!("`{}`", field.name)).collect();
                if !names.is_empty() {
                    diagnostic.help(format!("fields that can stand here: {}", listed(&names)));
                }
            }
        }
        self.annotate(diagnostic, fault, fault.error.kind().keyword(), None);
    }

    fn dependent(
        &mut self,
        fault: &Fault<'_, 'a, 'a>,
        property: &Value,
        out: &mut Vec<Diagnostic>,
    ) {
        let Some(name) = property.as_str() else {
            return;
        };
        let needing = dependents(fault.trail.owner(), name);
        let trigger = needing.into_iter().find_map(|own| self.lookup.entry(fault.place.node, own));
        let (span, reason) = match trigger {
            Some(entry) => (entry.key_span(), quoted(entry.key())),
            None => (self.anchor(&fault.place), "another field".to_owned()),
        };
        let message = format!("`{name}` is missing; {reason} needs it");
        let diagnostic = self.report(&rules::DEPENDENT_REQUIRED, &fault.place, span, message, out);
        diagnostic.identity.pointer.push_str(&format!("/{name}"));
        diagnostic.label(format!("needs `{name}` beside it"));
        if let Some(words) = property_description(&fault.trail, name) {
            diagnostic.help(words);
        }
        self.annotate(diagnostic, fault, "dependentRequired", Some(name));
    }

    // Unions

    fn union(
        &mut self,
        fault: &Fault<'_, 'a, 'a>,
        branches: &[Vec<ValidationError<'static>>],
        out: &mut Vec<Diagnostic>,
    ) {
        let keyword = fault.error.kind().keyword().to_owned();
        if let Some(text) = error_message(&fault.trail, &keyword, None) {
            let span = self.value_span(&fault.place);
            let diagnostic = self.report(&rules::UNION, &fault.place, span, text, out);
            diagnostic.label("fits none of the forms");
            self.annotate(diagnostic, fault, &keyword, None);
            return;
        }
        match union::judge(fault, branches) {
            Verdict::Branch { index, why, certain } => {
                let mut found = self.explain(&branches[index]);
                found.sort_by_key(|own| (is_lenient(own), own.primary.span));
                if !certain {
                    found.truncate(1);
                }
                let name = union::branch_name(fault, index);
                let hidden = branches.len() - 1;
                let mut note = format!("read as {name} because {why}");
                if hidden > 0 && !self.context.all_branches {
                    let forms = if hidden == 1 { "other form is" } else { "other forms are" };
                    note.push_str(&format!("; {hidden} {forms} not shown"));
                }
                let mut others = Vec::new();
                if self.context.all_branches {
                    for (other, errors) in
                        branches.iter().enumerate().filter(|(at, _)| *at != index)
                    {
                        let messages: Vec<_> =
                            self.explain(errors).into_iter().map(|own| own.message).collect();
                        let name = union::branch_name(fault, other);
                        others.push(format!("as {name}: {}", messages.join("; ")));
                    }
                }
                if let Some(first) = found.first_mut() {
                    first.note(note);
                    first.notes.extend(others);
                }
                out.extend(found);
            }
            Verdict::Value { name, options } => {
                let entry =
                    name.as_ref().and_then(|name| self.lookup.entry(fault.place.node, name));
                let mut place = fault.place.clone();
                if let Some(entry) = entry {
                    place.node = entry.value;
                    place.entry = Some(entry);
                    place.steps.push(Step::of(&entry));
                }
                let diagnostic = self.not_an_option(&rules::UNION, &place, &options, out);
                diagnostic.note(format!(
                    "none of the {} forms of {} has this value",
                    branches.len(),
                    self.noun(fault)
                ));
                self.annotate(diagnostic, fault, &keyword, None);
            }
            Verdict::Missing { name, options } => {
                let options: Vec<_> = options.iter().map(shown).collect();
                let noun = self.noun(fault);
                let message =
                    format!("`{name}` is missing in {noun}; it tells which form is meant");
                let span = self.anchor(&fault.place);
                let diagnostic = self.report(&rules::UNION, &fault.place, span, message, out);
                diagnostic.identity.pointer.push_str(&format!("/{name}"));
                diagnostic.label(format!("has no `{name}`"));
                diagnostic.help(format!("`{name}` can be {}", or(&options)));
                self.annotate(diagnostic, fault, &keyword, None);
            }
            Verdict::Types(wanted) => {
                let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
                self.wrong_type(&rules::TYPE, fault, &wanted, out);
            }
            Verdict::Unclear => {
                let span = self.value_span(&fault.place);
                let message = format!("{} fits none of its forms", subject(&fault.place));
                let diagnostic = self.report(&rules::UNION, &fault.place, span, message, out);
                self.annotate(diagnostic, fault, &keyword, None);
            }
        }
    }

    // Values

    fn value(&mut self, fault: &Fault<'_, 'a, 'a>, out: &mut Vec<Diagnostic>) {
        let place = &fault.place;
        let subject = subject(place);
        let span = self.value_span(place);
        let keyword = fault.error.kind().keyword().to_owned();
        let diagnostic = match fault.error.kind() {
            Kind::Type { kind } => {
                self.wrong_type(&rules::TYPE, fault, &wanted_types(kind), out);
                return;
            }
            Kind::Enum { options } => {
                let options = options.as_array().cloned().unwrap_or_default();
                self.not_an_option(&rules::ENUM, place, &options, out)
            }
            Kind::Constant { expected_value } => {
                let found = values::found(place.node);
                let wanted = shown(expected_value);
                let message = format!("{subject} must be {wanted}, found {found}");
                let diagnostic = self.report(&rules::CONST, place, span, message, out);
                diagnostic.label(format!("must be {wanted}"));
                if let Value::String(wanted) = &**expected_value {
                    values::replace(diagnostic, place.node, wanted);
                }
                diagnostic
            }
            Kind::Pattern { pattern } => {
                let text = place.node.scalar_text();
                let culprit = values::culprit(place.node, pattern);
                let name =
                    place.last_name().map_or("text here".to_owned(), |name| format!("`{name}`"));
                let message = match &culprit {
                    Some(culprit) => format!("{} is not allowed in {subject}", culprit.words),
                    None => format!("{} does not have the form of {name}", quoted(text)),
                };
                let span = culprit.as_ref().map_or(span, |culprit| culprit.span);
                let diagnostic = self.report(&rules::PATTERN, place, span, message, out);
                diagnostic.label(match culprit {
                    Some(_) => "not allowed here".to_owned(),
                    None => "does not match the pattern".to_owned(),
                });
                diagnostic.note(format!("the pattern is `{pattern}`"));
                if let Some(example) = example(&fault.trail) {
                    diagnostic.help(format!("write it like {example}"));
                }
                diagnostic
            }
            Kind::Format { format } => {
                let found = values::found(place.node);
                let (name, example) = values::format_words(format);
                let message = format!("{subject} must be {name}, found {found}");
                let diagnostic = self.report(&rules::FORMAT, place, span, message, out);
                diagnostic.label(format!("not {name}"));
                if let Some(example) = example {
                    diagnostic.help(format!("write it like `{example}`"));
                }
                if format == "date"
                    && let Some(date) = values::nearby_date(place.node.scalar_text())
                {
                    values::replace(diagnostic, place.node, &date);
                }
                diagnostic
            }
            Kind::MinLength { limit } => {
                let length = place.node.scalar_text().chars().count() as u64;
                let message = if length == 0 {
                    format!("{subject} is empty")
                } else {
                    let has = count(length, "character");
                    format!("{subject} has {has}, fewer than {limit}")
                };
                let diagnostic = self.report(&rules::LENGTH, place, span, message, out);
                diagnostic.label(if length == 0 { "empty" } else { "too short" });
                diagnostic
            }
            Kind::MaxLength { limit } => {
                let length = place.node.scalar_text().chars().count() as u64;
                let has = count(length, "character");
                let message = format!("{subject} has {has}, more than {limit}");
                let diagnostic = self.report(&rules::LENGTH, place, span, message, out);
                diagnostic.label("too long");
                diagnostic
            }
            Kind::Minimum { limit } => {
                self.out_of_range(fault, "less than", limit, "at least", out)
            }
            Kind::Maximum { limit } => self.out_of_range(fault, "more than", limit, "at most", out),
            Kind::ExclusiveMinimum { limit } => {
                self.out_of_range(fault, "not more than", limit, "more than", out)
            }
            Kind::ExclusiveMaximum { limit } => {
                self.out_of_range(fault, "not less than", limit, "less than", out)
            }
            Kind::MultipleOf { multiple_of } => {
                let limit = serde_json::Number::from_f64(*multiple_of);
                let limit =
                    fault.trail.owner().get("multipleOf").cloned().or(limit.map(Value::Number));
                let limit = limit.unwrap_or_default();
                self.out_of_range(fault, "not a multiple of", &limit, "a multiple of", out)
            }
            Kind::MinItems { limit } => {
                let has = place.node.items().count() as u64;
                let message = match has {
                    0 => format!("{subject} is empty"),
                    _ => format!("{subject} has {}, fewer than {limit}", count(has, "item")),
                };
                let span = self.key_or_value_span(place);
                let diagnostic = self.report(&rules::ITEMS, place, span, message, out);
                diagnostic.label(format!("at least {} wanted", count(*limit, "item")));
                diagnostic
            }
            Kind::MaxItems { limit } => self.too_many(fault, *limit, out),
            Kind::AdditionalItems { limit } => self.too_many(fault, *limit as u64, out),
            Kind::UnevaluatedItems { .. } => {
                let limit = fault.trail.owner().list("prefixItems").len() as u64;
                self.too_many(fault, limit, out)
            }
            Kind::UniqueItems => match values::repeated(place.node) {
                Some((first, again)) => {
                    let item = match again.is_scalar() {
                        true => quoted(again.scalar_text()),
                        false => "one item".to_owned(),
                    };
                    let list =
                        place.last_name().map_or("the list".to_owned(), |name| format!("`{name}`"));
                    let message = format!("{item} is repeated in {list}");
                    let diagnostic =
                        self.report(&rules::UNIQUE_ITEMS, place, again.span(), message, out);
                    diagnostic.label("here again").related(first.span(), "first here");
                    diagnostic
                }
                None => {
                    let message = format!("{subject} repeats an item");
                    self.report(&rules::UNIQUE_ITEMS, place, span, message, out)
                }
            },
            Kind::Contains => self.contains(fault, out),
            Kind::MinProperties { limit } => {
                let has = place.node.merged_entries().len() as u64;
                let what = self.noun(fault);
                let message = match has {
                    0 => format!("{what} is empty"),
                    _ => format!("{what} has {}, fewer than {limit}", count(has, "field")),
                };
                let span = self.key_or_value_span(place);
                let diagnostic = self.report(&rules::FIELDS, place, span, message, out);
                diagnostic.label(format!("at least {} wanted", count(*limit, "field")));
                diagnostic
            }
            Kind::MaxProperties { limit } => {
                let entries = place.node.merged_entries();
                let has = count(entries.len() as u64, "field");
                let message = format!("{} has {has}, more than {limit}", self.noun(fault));
                let surplus = usize::try_from(*limit).ok().and_then(|limit| entries.get(limit));
                let span = surplus.map_or(span, Entry::key_span);
                let diagnostic = self.report(&rules::FIELDS, place, span, message, out);
                diagnostic.label("one field too many");
                diagnostic
            }
            Kind::PropertyNames { error } => self.property_name(fault, error, out),
            Kind::Not { .. } => self.not(fault, out),
            Kind::OneOfMultipleValid { context } => {
                let fitting = context.iter().enumerate().filter(|(_, errors)| errors.is_empty());
                let names: Vec<_> =
                    fitting.map(|(index, _)| union::branch_name(fault, index)).collect();
                let message = match names.len() {
                    0 | 1 => format!("{subject} fits more than one form, and may fit only one"),
                    _ => format!("{subject} fits {} at once, and may fit only one", and(&names)),
                };
                let diagnostic =
                    self.report(&rules::UNION, place, self.key_or_value_span(place), message, out);
                diagnostic.label("more than one form fits");
                diagnostic
            }
            Kind::FalseSchema => {
                let message = format!("{subject} is not allowed here");
                let span = self.key_or_value_span(place);
                let diagnostic = self.report(&rules::FALSE_SCHEMA, place, span, message, out);
                diagnostic.label("not allowed here");
                diagnostic
            }
            Kind::ContentEncoding { content_encoding } => {
                let message = format!("{subject} is not {content_encoding} text");
                self.report(&rules::CONTENT, place, span, message, out)
            }
            Kind::ContentMediaType { content_media_type } => {
                let message = format!("{subject} is not {content_media_type}");
                self.report(&rules::CONTENT, place, span, message, out)
            }
            Kind::FromUtf8 { .. } => {
                let message = format!("{subject} does not hold text");
                self.report(&rules::CONTENT, place, span, message, out)
            }
            Kind::BacktrackLimitExceeded { .. } | Kind::RegexEngineFailure { .. } => {
                let message = format!("{subject} could not be compared with its pattern");
                self.report(&rules::PATTERN, place, span, message, out)
            }
            Kind::Referencing(_) => {
                let message = format!(
                    "{subject} could not be checked: a reference of the schema leads nowhere"
                );
                self.report(&rules::FALSE_SCHEMA, place, span, message, out)
            }
            Kind::Custom { keyword, .. } => {
                let message = format!("{subject} does not fulfil `{keyword}`");
                self.report(&rules::FALSE_SCHEMA, place, span, message, out)
            }
            // Told with the objects and unions above.
            Kind::Required { .. }
            | Kind::AdditionalProperties { .. }
            | Kind::UnevaluatedProperties { .. }
            | Kind::AnyOf { .. }
            | Kind::OneOfNotValid { .. } => return,
        };
        self.annotate(diagnostic, fault, &keyword, None);
    }

    fn wrong_type(
        &self,
        rule: &'static Rule,
        fault: &Fault<'_, 'a, 'a>,
        wanted: &[&str],
        out: &mut Vec<Diagnostic>,
    ) {
        let place = &fault.place;
        let found = values::found(place.node);
        let expected = types_in_words(wanted);
        let message = match place.steps.is_empty() {
            true => format!("expected {expected}, found {found}"),
            false => format!("expected {expected} for {}, found {found}", subject(place)),
        };
        let diagnostic = self.report(rule, place, self.value_span(place), message, out);
        diagnostic.label(format!("expected {expected}"));
        let options = fault.trail.here.iter().find_map(|part| part.get("enum")?.as_array());
        if let Some(options) = options.filter(|_| place.node.is_scalar()) {
            let text = place.node.scalar_text();
            if !options.iter().any(|option| option.as_str() == Some(text)) {
                let words: Vec<_> = options.iter().map(shown).collect();
                diagnostic.help(format!("it can be {}", or(&words)));
                self.annotate(diagnostic, fault, "type", None);
                return;
            }
        }
        match values::type_problem(place.node, wanted, self.context.file.format) {
            TypeProblem::Other => {}
            TypeProblem::Advice(advice) => {
                diagnostic.help(advice);
            }
            TypeProblem::Rewrite { advice, note, title, replacement } => {
                diagnostic.help(advice);
                diagnostic.notes.extend(note);
                if !place.node.is_alias() {
                    let span = place.node.span();
                    diagnostic.fix(title, Applicability::Unsafe, span, replacement);
                }
            }
        }
        self.annotate(diagnostic, fault, "type", None);
    }

    fn not_an_option<'o>(
        &self,
        rule: &'static Rule,
        place: &Place<'a>,
        options: &[Value],
        out: &'o mut Vec<Diagnostic>,
    ) -> &'o mut Diagnostic {
        let texts: Vec<&str> = options.iter().filter_map(Value::as_str).collect();
        let near = match place.node.is_scalar() {
            true => nearest(place.node.scalar_text(), texts.iter().copied()),
            false => None,
        };
        let found = match place.node.is_scalar() {
            true => quoted(place.node.scalar_text()),
            false => values::found(place.node),
        };
        let what = match place.last_name() {
            Some(name) => format!("is not a value of `{name}`"),
            None => "is not one of the values it can have".to_owned(),
        };
        let message = match near {
            Some(near) => format!("{found} {what}; did you mean {}?", quoted(near)),
            None => format!("{found} {what}"),
        };
        let words: Vec<_> = options.iter().map(shown).collect();
        let diagnostic = self.report(rule, place, self.value_span(place), message, out);
        match near {
            Some(near) => {
                diagnostic.label(format!("did you mean {}?", quoted(near)));
                values::replace(diagnostic, place.node, near);
            }
            None => {
                diagnostic.label("not one of the values");
            }
        }
        diagnostic.help(format!("it can be {}", or(&words)))
    }

    fn out_of_range<'o>(
        &self,
        fault: &Fault<'_, 'a, 'a>,
        relation: &str,
        limit: &Value,
        wanted: &str,
        out: &'o mut Vec<Diagnostic>,
    ) -> &'o mut Diagnostic {
        let place = &fault.place;
        let found = place.node.scalar_text();
        let message = format!("{} is {found}, {relation} {limit}", subject(place));
        let span = self.value_span(place);
        let diagnostic = self.report(&rules::RANGE, place, span, message, out);
        diagnostic.label(format!("must be {wanted} {limit}"))
    }

    fn too_many<'o>(
        &self,
        fault: &Fault<'_, 'a, 'a>,
        limit: u64,
        out: &'o mut Vec<Diagnostic>,
    ) -> &'o mut Diagnostic {
        let place = &fault.place;
        let has = place.node.items().count() as u64;
        let surplus = usize::try_from(limit).ok().and_then(|at| place.node.items().nth(at));
        let span = surplus.map_or(self.value_span(place), Node::span);
        let message = format!("{} has {}, more than {limit}", subject(place), count(has, "item"));
        let diagnostic = self.report(&rules::ITEMS, place, span, message, out);
        diagnostic.label("one item too many")
    }

    fn contains<'o>(
        &self,
        fault: &Fault<'_, 'a, 'a>,
        out: &'o mut Vec<Diagnostic>,
    ) -> &'o mut Diagnostic {
        let owner = fault.trail.owner();
        let condition = owner.step("contains").and_then(|part| describe(&part));
        let condition = condition.unwrap_or_else(|| "the item is of the kind asked for".to_owned());
        let subject = subject(&fault.place);
        let limit = |keyword: &str| owner.get(keyword).and_then(Value::as_u64);
        let least = limit("minContains").unwrap_or(1);
        let message = match limit("maxContains") {
            None if least == 1 => format!("{subject} has no item where {condition}"),
            None => {
                format!("{subject} has fewer than {} where {condition}", count(least, "item"))
            }
            // Whether there are too many or too few is not told by the validator.
            Some(most) if most == least => {
                format!("{subject} must have {} where {condition}", count(most, "item"))
            }
            Some(most) => format!("{subject} must have {least} to {most} items where {condition}"),
        };

        let span = self.key_or_value_span(&fault.place);
        let diagnostic = self.report(&rules::CONTAINS, &fault.place, span, message, out);
        diagnostic.label("in this list")
    }

    fn property_name<'o>(
        &mut self,
        fault: &Fault<'_, 'a, 'a>,
        inner: &ValidationError<'_>,
        out: &'o mut Vec<Diagnostic>,
    ) -> &'o mut Diagnostic {
        let name = inner.instance().as_str().unwrap_or("").to_owned();
        let entry = self.lookup.entry(fault.place.node, &name);
        let span = entry.map_or(self.value_span(&fault.place), |entry| entry.key_span());
        let reason = match inner.kind() {
            Kind::Pattern { pattern } => format!("names here match `{pattern}`"),
            Kind::MaxLength { limit } => {
                format!("names here have at most {}", count(*limit, "character"))
            }
            Kind::MinLength { limit } => {
                format!("names here have at least {}", count(*limit, "character"))
            }
            Kind::Enum { options } => {
                let options: Vec<_> = options.as_array().into_iter().flatten().map(shown).collect();
                format!("names here are {}", or(&options))
            }
            Kind::Format { format } => {
                format!("names here must be {}", values::format_words(format).0)
            }
            _ => "the schema limits the names that can stand here".to_owned(),
        };
        let message = format!("{} cannot be the name of a field here", quoted(&name));
        let diagnostic = self.report(&rules::PROPERTY_NAMES, &fault.place, span, message, out);
        diagnostic.label("not a name that can stand here").help(reason)
    }

    fn not<'o>(
        &mut self,
        fault: &Fault<'_, 'a, 'a>,
        out: &'o mut Vec<Diagnostic>,
    ) -> &'o mut Diagnostic {
        let refused = fault.trail.owner().step("not");
        let together: Vec<Entry<'a>> = refused
            .as_ref()
            .filter(|refused| refused.value.as_object().is_some_and(|members| members.len() == 1))
            .and_then(|refused| refused.get("required")?.as_array())
            .into_iter()
            .flatten()
            .filter_map(|name| self.lookup.entry(fault.place.node, name.as_str()?))
            .collect();
        if let Some((last, others)) = together.split_last() {
            let names: Vec<_> = together.iter().map(|entry| quoted(entry.key())).collect();
            let message = match others.is_empty() {
                true => format!("{} is not allowed here", names[0]),
                false => format!("{} cannot stand together", and(&names)),
            };
            let diagnostic = self.report(&rules::NOT, &fault.place, last.key_span(), message, out);
            diagnostic.label("not allowed beside the other");
            for other in others {
                diagnostic.related(other.key_span(), "the other");
            }
            return diagnostic;
        }
        let condition = refused.and_then(|part| describe(&part));
        let subject = subject(&fault.place);
        let message = match condition {
            Some(condition) => format!("{subject} is refused where {condition}"),
            None => format!("{subject} has a form that the schema refuses"),
        };
        let span = self.key_or_value_span(&fault.place);
        let diagnostic = self.report(&rules::NOT, &fault.place, span, message, out);
        diagnostic.label("refused here")
    }

    // Words and places

    /// What the schema has to say besides: its own message, the condition, the description, the
    /// standard, the place in the schema.
    fn annotate(
        &self,
        diagnostic: &mut Diagnostic,
        fault: &Fault<'_, 'a, 'a>,
        keyword: &str,
        property: Option<&str>,
    ) {
        self.explain_demand(diagnostic, fault, keyword, property);
        let subject = property.and_then(|name| property_part(&fault.trail, name));
        let (description, standard) = match (&subject, property) {
            (Some(part), _) => (None, part.text("x-aligns-with")),
            (None, Some(_)) => (None, None),
            // What is told of an unknown field was told already.
            (None, None) if is_unknown_field(fault) => (None, None),
            (None, None) => {
                let trail = &fault.trail;
                (trail.annotation("description"), trail.annotation("x-aligns-with"))
            }
        };
        if let Some(words) = description {
            match &mut diagnostic.help {
                Some(help) => help.push_str(&format!("\n{}", sentence(words))),
                None => diagnostic.help = Some(sentence(words)),
            }
        }
        if let Some(standard) = standard {
            diagnostic.note(format!("aligns with {standard}"));
        }
        place_in_schema(diagnostic, fault);
    }

    /// The schema's own message, and the conditions under which it asks for this.
    fn explain_demand(
        &self,
        diagnostic: &mut Diagnostic,
        fault: &Fault<'_, 'a, 'a>,
        keyword: &str,
        property: Option<&str>,
    ) {
        if let Some(text) = error_message(&fault.trail, keyword, property) {
            diagnostic.message = text;
        }
        for condition in &fault.trail.conditions {
            self.condition(diagnostic, fault, condition);
        }
    }

    fn condition(
        &self,
        diagnostic: &mut Diagnostic,
        fault: &Fault<'_, 'a, 'a>,
        condition: &super::trail::Condition<'a>,
    ) {
        let mut holder = Some(self.record);
        for step in fault.place.steps.iter().take(condition.depth) {
            holder = holder.and_then(|node| match step {
                Step::Name { name, .. } => node.get(name),
                Step::Index(index) => node.items().nth(*index),
            });
        }
        let test = match &condition.reason {
            Reason::Beside(name) => {
                diagnostic.note(format!("asked for because `{name}` is there"));
                if let Some(entry) = holder.and_then(|node| node.entry(name)) {
                    diagnostic.related(entry.key_span(), "because of this");
                }
                return;
            }
            Reason::Fulfilled | Reason::NotFulfilled => condition.holder.step("if"),
        };
        let Some(test) = test else { return };
        let members = test.value.as_object().map_or(0, serde_json::Map::len);
        if members == 1 && test.get("type").is_some() {
            // A schema that only tells lists from single values is no reason anybody needs.
            return;
        }
        let asked = match condition.reason {
            Reason::NotFulfilled => "asked for unless",
            Reason::Fulfilled | Reason::Beside(_) => "asked for because",
        };
        match describe(&test) {
            Some(words) => diagnostic.note(format!("{asked} {words}")),
            None => diagnostic.note("asked for by a condition of the schema"),
        };
        let mut names = test.table("properties").into_iter().map(|(name, _)| name);
        let tested = names.find_map(|name| holder?.get(name));
        if let Some(tested) = tested.filter(|tested| tested.span() != diagnostic.primary.span) {
            diagnostic.related(tested.span(), "because of this");
        }
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
fn without_echoes<'e, 'a, 's>(faults: Vec<Fault<'e, 'a, 's>>) -> Vec<Fault<'e, 'a, 's>> {
    let mut best: BTreeMap<u32, u8> = BTreeMap::new();
    for fault in &faults {
        let rank = rank(fault);
        best.entry(fault.place.node.id().index())
            .and_modify(|best| *best = rank.min(*best))
            .or_insert(rank);
    }
    let told: HashSet<Vec<Step<'a>>> = faults
        .iter()
        .filter(|fault| !is_unevaluated(fault))
        .flat_map(|fault| {
            let steps = &fault.place.steps;
            (0..=steps.len()).map(|length| steps[..length].to_vec())
        })
        .collect();
    let mut kept = Vec::new();
    let mut single = HashSet::new();
    for mut fault in faults {
        let best = best[&fault.place.node.id().index()];
        let is_collection = fault.place.node.is_mapping() || fault.place.node.is_sequence();
        let rank = rank(&fault);
        // A value of the wrong type has one problem; so has a single value.
        if rank > best && (!is_collection || best <= RANK_TYPE) {
            continue;
        }
        // One single value has one problem.
        if !is_collection && !single.insert(fault.place.node.id()) {
            continue;
        }
        // What a failed branch would have known counts as unknown to the validator.
        if is_unevaluated(&fault) && told.contains(&fault.place.steps) {
            if matches!(fault.error.kind(), Kind::UnevaluatedItems { .. }) {
                continue;
            }
            fault.is_echo = true;
        }

        kept.push(fault);
    }
    kept
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

fn place_in_schema(diagnostic: &mut Diagnostic, fault: &Fault<'_, '_, '_>) {
    if let Some(place) = fault.error.absolute_keyword_location() {
        let place = super::shown(place.as_str());
        let place = place.strip_prefix(super::BUILT_IN_ADDRESS).unwrap_or(place);
        diagnostic.note(format!("schema: {place}"));
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

fn missing_fields<'f, 'e, 'a, 's>(
    faults: &'f [Fault<'e, 'a, 's>],
    supplied: &[&str],
) -> Vec<Missing<'f, 'e, 'a, 's>> {
    let mut found: Vec<Missing<'f, 'e, 'a, 's>> = Vec::new();
    let mut by_node: BTreeMap<u32, usize> = BTreeMap::new();
    for fault in faults {
        let Kind::Required { property: Value::String(name) } = fault.error.kind() else {
            continue;
        };
        let is_supplied = fault.place.steps.is_empty() && supplied.contains(&name.as_str());
        if is_supplied || is_dependent(fault) {
            continue;
        }
        let at = *by_node.entry(fault.place.node.id().index()).or_insert_with(|| {
            found.push(Missing { fault, names: Vec::new() });
            found.len() - 1
        });
        if !found[at].names.contains(&name.as_str()) {
            found[at].names.push(name);
        }
    }
    found
}

/// The object's entries that its schema does not know.
fn strangers<'a>(fault: &Fault<'_, 'a, '_>) -> Vec<Entry<'a>> {
    let fields = known_fields(fault.trail.owner());
    let here = fault.trail.here.iter().flat_map(known_fields).collect::<Vec<_>>();
    let is_known = |name: &str| fields.iter().chain(&here).any(|field| field.name == name);
    fault.place.node.entries().filter(|entry| !is_known(entry.name())).collect()
}

fn nearest_key<'f, 'a>(
    name: &str,
    strangers: &'f [Entry<'a>],
    explained: &HashSet<Span>,
) -> Option<&'f Entry<'a>> {
    let free = || strangers.iter().filter(|entry| !explained.contains(&entry.key_span()));
    let near = nearest(name, free().map(|entry| entry.key()))?;
    free().find(|entry| entry.key() == near)
}

/// A field an object can have.
pub(super) struct KnownField<'s> {
    pub(super) name: &'s str,
    aliases: Vec<&'s str>,
    description: Option<&'s str>,
    is_deprecated: bool,
}

impl<'s> KnownField<'s> {
    fn spellings(&self) -> impl Iterator<Item = &'s str> {
        std::iter::once(self.name).chain(self.aliases.iter().copied())
    }

    fn is_called(&self, folded: &str) -> bool {
        self.spellings().any(|spelling| fold(spelling) == folded)
    }
}

/// The fields of all branches of a schema, each once, in order.
pub(super) fn known_fields<'s>(part: &Part<'s>) -> Vec<KnownField<'s>> {
    let mut fields: Vec<KnownField<'s>> = Vec::new();
    for part in part.everything() {
        for (name, property) in part.table("properties") {
            if fields.iter().any(|field| field.name == name) {
                continue;
            }
            let aliases = property.get("x-aliases").and_then(Value::as_array);
            let aliases = aliases.into_iter().flatten().filter_map(Value::as_str).collect();
            let is_deprecated = property.get("deprecated") == Some(&Value::Bool(true));
            let description = property.text("description");
            fields.push(KnownField { name, aliases, description, is_deprecated });
        }
    }
    fields
}

/// The fields that ask for `name` beside them.
fn dependents<'s>(owner: &Part<'s>, name: &str) -> Vec<&'s str> {
    let tables =
        ["dependentRequired", "dependencies"].into_iter().filter_map(|keyword| owner.get(keyword));
    let entries = tables.filter_map(Value::as_object).flatten();
    let asking = entries.filter(|(_, needed)| match needed {
        Value::Array(needed) => needed.iter().any(|own| own == name),
        other => *other == name,
    });
    asking.map(|(own, _)| own.as_str()).collect()
}

fn property_part<'s>(trail: &Trail<'s>, name: &str) -> Option<Part<'s>> {
    trail.here.iter().rev().find_map(|part| part.property(name))
}

fn property_description(trail: &Trail<'_>, name: &str) -> Option<String> {
    let part = property_part(trail, name)?;
    let found = part.together().into_iter().find_map(|part| part.text("description"))?;
    Some(sentence(found))
}

fn example(trail: &Trail<'_>) -> Option<String> {
    let examples = trail.here.iter().find_map(|part| part.get("examples")?.as_array()?.first());
    examples.filter(|example| !example.is_object() && !example.is_array()).map(shown)
}

/// The schema's own words for a problem: `errorMessage` of the schema, for one keyword or for all.
fn error_message(trail: &Trail<'_>, keyword: &str, property: Option<&str>) -> Option<String> {
    let here = trail.here.iter().rev().find_map(|part| {
        let own = part.get("errorMessage")?;
        let by_keyword = own.get(keyword);
        let by_name = by_keyword.and_then(|table| table.get(property?));
        let found = [Some(own), by_name, by_keyword, own.get("_")];
        found.into_iter().flatten().find_map(Value::as_str)
    });
    let above = || {
        trail.above.iter().rev().find_map(|part| {
            let table = part.get("errorMessage")?.get("properties")?.as_object()?;
            // The property is the one whose schema the trail went through.
            let properties = part.step("properties")?;
            let is_here = |name: &&String| {
                properties
                    .step(name)
                    .is_some_and(|own| trail.here.iter().any(|part| part.is_same(&own)))
            };
            table.get(table.keys().find(is_here)?)?.as_str()
        })
    };
    let text = here.or_else(above)?;
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A description on one line, without the period at its end.
fn sentence(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.strip_suffix('.') {
        Some(line) if !line.contains(". ") => line.to_owned(),
        _ => line,
    }
}

fn listed(names: &[String]) -> String {
    const MOST: usize = 12;
    match names.len() > MOST {
        true => format!("{}, and {} more", names[..MOST].join(", "), names.len() - MOST),
        false => names.join(", "),
    }
}

fn rename(diagnostic: &mut Diagnostic, entry: &Entry<'_>, name: &str) {
    let node = entry.key_node;
    if node.is_alias() {
        return;
    }
    let span = node.text().map_or(node.span(), |text| text.inner_span());
    diagnostic.fix(format!("rename it to `{name}`"), Applicability::Unsafe, span, name);
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
        let context = Context { file: &file, record: None, noun: "thing", all_branches: false };
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
        let pointers: Vec<_> = found.iter().map(|own| own.identity.pointer.as_str()).collect();
        assert_eq!(pointers, ["/a~1b/0/c", "/a~1b/0/d"]);
        assert_eq!(found[1].identity.text, "1");
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
        assert_eq!(found[0].message, "this thing does not fulfil its schema");
    }
}
