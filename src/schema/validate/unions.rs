//! Values that fit none of the forms they may have: told as the form that was meant.

use super::annotate::error_message;
use super::{Explainer, Fault, is_lenient, subject};
use crate::diagnostic::Diagnostic;
use crate::schema::rules;
use crate::schema::trail::Step;
use crate::schema::union::{self, Verdict};
use crate::schema::words::shown;
use crate::words::or;
use jsonschema::ValidationError;

impl<'a> Explainer<'a> {
    pub(super) fn union(
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
                diagnostic.identity.step_to(&name);
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
}
