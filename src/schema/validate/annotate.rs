//! What the schema itself has to say of a problem: its own message, descriptions, conditions.

use super::{Explainer, Fault, is_unknown_field};
use crate::diagnostic::Diagnostic;
use crate::normal::single_spaced;
use crate::schema::BUILT_IN_ADDRESS;
use crate::schema::address::shown;
use crate::schema::condition::describe;
use crate::schema::part::Part;
use crate::schema::trail::{Condition, Reason, Step, Trail};
use serde_json::Value;

impl<'a> Explainer<'a> {
    /// What the schema has to say besides: its own message, the condition, the description, the
    /// standard, the place in the schema.
    pub(super) fn annotate(
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
                Some(help) => help.to_mut().push_str(&format!("\n{}", sentence(words))),
                None => diagnostic.help = Some(sentence(words).into()),
            }
        }
        if let Some(standard) = standard {
            diagnostic.note(format!("aligns with {standard}"));
        }
        place_in_schema(diagnostic, fault);
    }

    /// The schema's own message, and the conditions under which it asks for this.
    pub(super) fn explain_demand(
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
        condition: &Condition<'a>,
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
}

pub(super) fn place_in_schema(diagnostic: &mut Diagnostic, fault: &Fault<'_, '_, '_>) {
    if let Some(place) = fault.error.absolute_keyword_location() {
        let place = shown(place.as_str());
        let place = place.strip_prefix(BUILT_IN_ADDRESS).unwrap_or(place);
        diagnostic.note(format!("schema: {place}"));
    }
}

fn property_part<'s>(trail: &Trail<'s>, name: &str) -> Option<Part<'s>> {
    trail.here.iter().rev().find_map(|part| part.property(name))
}

pub(super) fn property_description(trail: &Trail<'_>, name: &str) -> Option<String> {
    let part = property_part(trail, name)?;
    let found = part.together().into_iter().find_map(|part| part.text("description"))?;
    Some(sentence(found))
}

/// The schema's own words for a problem: `errorMessage` of the schema, for one keyword or for all.
pub(super) fn error_message(
    trail: &Trail<'_>,
    keyword: &str,
    property: Option<&str>,
) -> Option<String> {
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
    Some(single_spaced(text))
}

/// A description on one line, without the period at its end.
pub(super) fn sentence(text: &str) -> String {
    let line = single_spaced(text);
    match line.strip_suffix('.') {
        Some(line) if !line.contains(". ") => line.to_owned(),
        _ => line,
    }
}
