//! Values that fit none of the forms they may have: told as the form that was meant.

use super::annotate::error_message;
use super::{Explainer, Fault, is_lenient, subject};
use crate::diagnostic::Diagnostic;
use crate::schema::rules;
use crate::schema::trail::Step;
use crate::schema::union::{self, Branch, Verdict};
use crate::schema::words::shown;
use crate::words::or;
use jsonschema::ValidationError;
use serde_json::Value;

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
            Verdict::Branch(meant) => self.branch(fault, branches, &meant, out),
            Verdict::Value { name, options } => {
                let name = name.as_deref();
                self.value_of_no_form(fault, name, &options, branches.len(), out);
            }
            Verdict::Missing { name, options } => self.no_form_named(fault, &name, &options, out),
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

    /// Tell of a value as the form that was meant.
    fn branch(
        &mut self,
        fault: &Fault<'_, 'a, 'a>,
        branches: &[Vec<ValidationError<'static>>],
        meant: &Branch,
        out: &mut Vec<Diagnostic>,
    ) {
        let Branch { index, why, certain } = meant;
        let mut found = self.explain(&branches[*index]);
        found.sort_by_key(|own| (is_lenient(own), own.primary.span));
        if !certain {
            found.truncate(1);
        }
        let mut note = format!("read as {} because {why}", union::branch_name(fault, *index));
        let mut others = Vec::new();
        if self.context.all_branches {
            for (other, errors) in branches.iter().enumerate().filter(|(at, _)| at != index) {
                let messages: Vec<_> =
                    self.explain(errors).into_iter().map(|own| own.message).collect();
                let name = union::branch_name(fault, other);
                others.push(format!("as {name}: {}", messages.join("; ")));
            }
        } else {
            match branches.len() - 1 {
                0 => {}
                1 => note.push_str("; 1 other form is not shown"),
                hidden => note.push_str(&format!("; {hidden} other forms are not shown")),
            }
        }
        if let Some(first) = found.first_mut() {
            first.note(note);
            first.notes.extend(others);
        }
        out.extend(found);
    }

    /// Tell of a value, or of its field, that tells the forms apart and is that of none.
    fn value_of_no_form(
        &mut self,
        fault: &Fault<'_, 'a, 'a>,
        name: Option<&str>,
        options: &[Value],
        forms: usize,
        out: &mut Vec<Diagnostic>,
    ) {
        let mut place = fault.place.clone();
        if let Some(entry) = name.and_then(|name| self.lookup.entry(place.node, name)) {
            place.node = entry.value;
            place.entry = Some(entry);
            place.steps.push(Step::of(&entry));
        }
        let noun = self.noun(fault);
        let diagnostic = self.not_an_option(&rules::UNION, &place, options, out);
        diagnostic.note(format!("none of the {forms} forms of {noun} has this value"));
        self.annotate(diagnostic, fault, fault.error.kind().keyword(), None);
    }

    /// Tell that the field is missing that tells the forms apart.
    fn no_form_named(
        &self,
        fault: &Fault<'_, 'a, 'a>,
        name: &str,
        options: &[Value],
        out: &mut Vec<Diagnostic>,
    ) {
        let options: Vec<_> = options.iter().map(shown).collect();
        let noun = self.noun(fault);
        let message = format!("`{name}` is missing in {noun}; it tells which form is meant");
        let span = self.anchor(&fault.place);
        let diagnostic = self.report(&rules::UNION, &fault.place, span, message, out);
        diagnostic.identity.step_to(name);
        diagnostic.label(format!("has no `{name}`"));
        diagnostic.help(format!("`{name}` can be {}", or(&options)));
        self.annotate(diagnostic, fault, fault.error.kind().keyword(), None);
    }
}
