//! Values that a keyword refuses: what they are, and what they should be.

use super::{Explainer, Fault, subject};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::nearest::nearest;
use crate::rule::Rule;
use crate::schema::condition::describe;
use crate::schema::trail::{Place, Step, Trail};
use crate::schema::values::{self, TypeProblem};
use crate::schema::words::{shown, types_in_words, wanted_types};
use crate::schema::{rules, union};
use crate::source::Format;
use crate::syntax::{Entry, Node};
use crate::words::{and, counted, or, quoted};
use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Kind;
use serde_json::Value;

impl<'a> Explainer<'a> {
    pub(super) fn value(&mut self, fault: &Fault<'_, 'a, 'a>, out: &mut Vec<Diagnostic>) {
        let place = &fault.place;
        let subject = subject(place);
        let span = self.value_span(place);
        let keyword = fault.error.kind().keyword().to_owned();
        let diagnostic = match fault.error.kind() {
            Kind::Type { kind } => {
                self.wrong_type(&rules::TYPE, fault, &wanted_types(kind), out);
                return;
            }
            Kind::Enum { .. } if self.tells_the_site(place) => return,
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
                    values::replace(diagnostic, place.node, wanted, Applicability::Unsafe);
                }
                diagnostic
            }
            Kind::Pattern { pattern } => self.no_match(fault, pattern, out),
            Kind::Format { format } => self.wrong_format(fault, format, out),
            Kind::MinLength { limit } => {
                let length = place.node.scalar_text().chars().count();
                let (message, label) = match length {
                    0 => (format!("{subject} is empty"), "empty"),
                    _ => {
                        let has = counted(length, "character");
                        (format!("{subject} has {has}, fewer than {limit}"), "too short")
                    }
                };
                self.report(&rules::LENGTH, place, span, message, out).label(label)
            }
            Kind::MaxLength { limit } => {
                let has = counted(place.node.scalar_text().chars().count(), "character");
                let message = format!("{subject} has {has}, more than {limit}");
                self.report(&rules::LENGTH, place, span, message, out).label("too long")
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
                let message = match place.node.items().count() {
                    0 => format!("{subject} is empty"),
                    has => format!("{subject} has {}, fewer than {limit}", counted(has, "item")),
                };
                let wanted = format!("at least {} wanted", counted(*limit, "item"));
                let span = self.key_or_value_span(place);
                self.report(&rules::ITEMS, place, span, message, out).label(wanted)
            }
            Kind::MaxItems { limit } => self.too_many(fault, *limit, out),
            Kind::AdditionalItems { limit } => self.too_many(fault, *limit as u64, out),
            Kind::UnevaluatedItems { .. } => {
                let limit = fault.trail.owner().list("prefixItems").len() as u64;
                self.too_many(fault, limit, out)
            }
            Kind::UniqueItems => self.repeated(fault, out),
            Kind::Contains => self.contains(fault, out),
            Kind::MinProperties { limit } => self.too_few_fields(fault, *limit, out),
            Kind::MaxProperties { limit } => self.too_many_fields(fault, *limit, out),
            Kind::PropertyNames { error } => self.property_name(fault, error, out),
            Kind::Not { .. } => self.not(fault, out),
            Kind::OneOfMultipleValid { context } => self.several_forms(fault, context, out),
            Kind::FalseSchema => {
                let message = format!("{subject} is not allowed here");
                let span = self.key_or_value_span(place);
                self.report(&rules::FALSE_SCHEMA, place, span, message, out)
                    .label("not allowed here")
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

    /// A text that does not match its pattern: at the part that is in the way, where there is one.
    fn no_match<'o>(
        &self,
        fault: &Fault<'_, 'a, 'a>,
        pattern: &str,
        out: &'o mut Vec<Diagnostic>,
    ) -> &'o mut Diagnostic {
        let place = &fault.place;
        let (span, message, label) = match values::culprit(place.node, pattern) {
            Some(culprit) => {
                let message = format!("{} is not allowed in {}", culprit.words, subject(place));
                (culprit.span, message, "not allowed here")
            }
            None => {
                let name = place.last_name().map(|name| format!("`{name}`"));
                let name = name.unwrap_or_else(|| "text here".to_owned());
                let found = quoted(place.node.scalar_text());
                let message = format!("{found} does not have the form of {name}");
                (self.value_span(place), message, "does not match the pattern")
            }
        };
        let diagnostic = self.report(&rules::PATTERN, place, span, message, out);
        diagnostic.label(label).note(format!("the pattern is `{pattern}`"));
        if let Some(example) = example(&fault.trail) {
            diagnostic.help(format!("write it like {example}"));
        }
        diagnostic
    }

    fn wrong_format<'o>(
        &self,
        fault: &Fault<'_, 'a, 'a>,
        format: &str,
        out: &'o mut Vec<Diagnostic>,
    ) -> &'o mut Diagnostic {
        let place = &fault.place;
        let text = place.node.scalar_text();
        let (name, example) = values::format_words(format);
        let no_day = Some(text).filter(|_| format == "date").and_then(values::no_day);
        let why = no_day.as_ref().map_or(String::new(), |why| format!(": {why}"));
        let found = values::found(place.node);
        let message = format!("{} must be {name}, found {found}{why}", subject(place));
        let diagnostic = self.report(&rules::FORMAT, place, self.value_span(place), message, out);
        diagnostic.label(no_day.unwrap_or_else(|| format!("not {name}")));
        if let Some(example) = example {
            diagnostic.help(format!("write it like `{example}`"));
        }
        if let Some(date) = Some(text).filter(|_| format == "date").and_then(values::nearby_date) {
            values::replace(diagnostic, place.node, &date, Applicability::Unsafe);
        }
        diagnostic
    }

    fn repeated<'o>(
        &self,
        fault: &Fault<'_, 'a, 'a>,
        out: &'o mut Vec<Diagnostic>,
    ) -> &'o mut Diagnostic {
        let place = &fault.place;
        let Some((first, again)) = values::repeated(place.node) else {
            let message = format!("{} repeats an item", subject(place));
            return self.report(&rules::UNIQUE_ITEMS, place, self.value_span(place), message, out);
        };
        let item = match again.is_scalar() {
            true => quoted(again.scalar_text()),
            false => "one item".to_owned(),
        };
        let list = place.last_name().map_or("the list".to_owned(), |name| format!("`{name}`"));
        let message = format!("{item} is repeated in {list}");
        self.report(&rules::UNIQUE_ITEMS, place, again.span(), message, out)
            .label("here again")
            .related(first.span(), "first here")
    }

    fn too_few_fields<'o>(
        &self,
        fault: &Fault<'_, 'a, 'a>,
        limit: u64,
        out: &'o mut Vec<Diagnostic>,
    ) -> &'o mut Diagnostic {
        let (place, what) = (&fault.place, self.noun(fault));
        let message = match place.node.merged_entries().len() {
            0 => format!("{what} is empty"),
            has => format!("{what} has {}, fewer than {limit}", counted(has, "field")),
        };
        let span = self.key_or_value_span(place);
        let diagnostic = self.report(&rules::FIELDS, place, span, message, out);
        diagnostic.label(format!("at least {} wanted", counted(limit, "field")))
    }

    fn too_many_fields<'o>(
        &self,
        fault: &Fault<'_, 'a, 'a>,
        limit: u64,
        out: &'o mut Vec<Diagnostic>,
    ) -> &'o mut Diagnostic {
        let place = &fault.place;
        let entries = place.node.merged_entries();
        let has = counted(entries.len(), "field");
        let message = format!("{} has {has}, more than {limit}", self.noun(fault));
        let surplus = usize::try_from(limit).ok().and_then(|limit| entries.get(limit));
        let span = surplus.map_or(self.value_span(place), Entry::key_span);
        self.report(&rules::FIELDS, place, span, message, out).label("one field too many")
    }

    /// A value that fits several forms of a union that allows one.
    fn several_forms<'o>(
        &self,
        fault: &Fault<'_, 'a, 'a>,
        branches: &[Vec<ValidationError<'_>>],
        out: &'o mut Vec<Diagnostic>,
    ) -> &'o mut Diagnostic {
        let (place, subject) = (&fault.place, subject(&fault.place));
        let fitting = branches.iter().enumerate().filter(|(_, errors)| errors.is_empty());
        let names: Vec<_> = fitting.map(|(index, _)| union::branch_name(fault, index)).collect();
        let message = match names.len() {
            0 | 1 => format!("{subject} fits more than one form, and may fit only one"),
            _ => format!("{subject} fits {} at once, and may fit only one", and(&names)),
        };
        let span = self.key_or_value_span(place);
        self.report(&rules::UNION, place, span, message, out).label("more than one form fits")
    }

    /// Whether a value of front matter tells a site generator the state of the page, or its layout.
    fn tells_the_site(&self, place: &Place<'a>) -> bool {
        /// Of Material for MkDocs, and of WordPress, whose exports write what it calls them.
        const STATES: &[&str] = &["deprecated", "future", "new", "pending", "private", "publish"];
        /// What `type` is in the themes of Hugo, and in exports.
        const TYPES: &[&str] =
            &["blog", "default", "doc", "docs", "page", "pages", "post", "posts"];
        let values = match &place.steps[..] {
            [Step::Name { name: "status", .. }] => STATES,
            [Step::Name { name: "category" | "type", .. }] => TYPES,
            _ => return false,
        };
        self.context.file.format == Format::Markdown
            && self.schema.is_built_in()
            && values.contains(&place.node.scalar_text())
    }

    pub(super) fn wrong_type(
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
        // Templates of pages come with fields to fill in.
        let in_front_matter = self.context.file.format == Format::Markdown;
        let is_open = place.node.is_null() && !wanted.contains(&"object");
        if in_front_matter && is_open && !is_required(fault) {
            diagnostic.kind("empty").help("fill it in, or leave it out");
            return self.annotate(diagnostic, fault, "type", None);
        }
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

    pub(super) fn not_an_option<'o>(
        &self,
        rule: &'static Rule,
        place: &Place<'a>,
        options: &[Value],
        out: &'o mut Vec<Diagnostic>,
    ) -> &'o mut Diagnostic {
        let texts: Vec<&str> = options.iter().filter_map(Value::as_str).collect();
        let written = place.node.is_scalar().then(|| place.node.scalar_text());
        let is_same =
            |own: &&str| written.is_some_and(|text| text.to_lowercase() == own.to_lowercase());
        let same = texts.iter().copied().find(is_same).filter(|_| rule.id == rules::ENUM.id);
        let near = same.or_else(|| nearest(written?, texts.iter().copied()));
        let found = match written {
            Some("") => "the empty text".to_owned(),
            Some(text) => quoted(text),
            None => values::found(place.node),
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
                let applicability = match same {
                    Some(_) => Applicability::Safe,
                    None => Applicability::Unsafe,
                };
                values::replace(diagnostic, place.node, near, applicability);
            }
            None => {
                diagnostic.label("not one of the values");
            }
        }
        if same.is_some() {
            diagnostic.kind("case");
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
        let message = format!("{} has {}, more than {limit}", subject(place), counted(has, "item"));
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
                format!("{subject} has fewer than {} where {condition}", counted(least, "item"))
            }
            // Whether there are too many or too few is not told by the validator.
            Some(most) if most == least => {
                format!("{subject} must have {} where {condition}", counted(most, "item"))
            }
            Some(most) => format!("{subject} must have {least} to {most} items where {condition}"),
        };

        let span = self.key_or_value_span(&fault.place);
        let diagnostic = self.report(&rules::CONTAINS, &fault.place, span, message, out);
        diagnostic.label("in this list")
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
}

fn example(trail: &Trail<'_>) -> Option<String> {
    let examples = trail.here.iter().find_map(|part| part.get("examples")?.as_array()?.first());
    examples.filter(|example| !example.is_object() && !example.is_array()).map(shown)
}

/// Whether the mapping around a value must have a field of its name.
fn is_required(fault: &Fault<'_, '_, '_>) -> bool {
    let name = fault.place.last_name();
    let names = fault.trail.above.iter().filter_map(|part| part.get("required")?.as_array());
    names.flatten().any(|own| own.as_str() == name)
}
