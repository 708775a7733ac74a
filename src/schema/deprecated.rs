//! Fields that the schema calls deprecated.

use super::part::Part;
use super::rules;
use super::validate::Context;
use crate::diagnostic::Diagnostic;
use crate::normal::single_spaced;
use crate::rule::Sink;
use crate::syntax::{Kind, Node, pointer};
use crate::words::quoted;
use serde_json::Value;

/// One diagnostic for every deprecated field the record uses.
pub(super) fn find(
    record: Node<'_>,
    root: &Part<'_>,
    context: &Context<'_>,
    out: &mut Vec<Diagnostic>,
) {
    visit(record, std::slice::from_ref(root), context, &mut String::new(), out);
}

fn visit<'s>(
    node: Node<'_>,
    parts: &[Part<'s>],
    context: &Context<'_>,
    pointer: &mut String,
    out: &mut Vec<Diagnostic>,
) {
    let parts: Vec<Part<'s>> = parts.iter().flat_map(Part::together).collect();
    let length = pointer.len();
    match node.kind() {
        Kind::Mapping if !node.is_alias() => {
            for entry in node.entries() {
                let name = entry.name();
                let found: Vec<_> = parts
                    .iter()
                    .filter_map(|part| part.step("properties")?.step(name))
                    .flat_map(|part| part.together())
                    .collect();
                pointer.push_str(&format!("/{}", pointer::escaped(name)));
                if let Some(part) = found.iter().find(|part| is_deprecated(part)) {
                    let mut sink = Sink::for_file(&rules::DEPRECATED, context.file, out);
                    sink.set_record(context.record.clone());
                    let message = format!("{} is deprecated", quoted(entry.key()));
                    let diagnostic = sink.report(entry.key_span(), message);
                    diagnostic.label("deprecated");
                    diagnostic.identity.pointer = pointer.as_str().into();
                    if let Some(instead) = replacement(part) {
                        diagnostic.help(instead);
                    }
                }
                visit(entry.value, &found, context, pointer, out);
                pointer.truncate(length);
            }
        }
        Kind::Sequence if !node.is_alias() => {
            let every: Vec<_> = parts
                .iter()
                .filter_map(|part| part.step("items"))
                .filter(|part| part.value.is_object())
                .collect();
            if every.is_empty() {
                return;
            }
            for (index, item) in node.items().enumerate() {
                pointer.push_str(&format!("/{index}"));
                visit(item, &every, context, pointer, out);
                pointer.truncate(length);
            }
        }
        _ => {}
    }
}

fn is_deprecated(part: &Part<'_>) -> bool {
    part.get("deprecated") == Some(&Value::Bool(true))
}

/// What to use instead, in the schema's words.
fn replacement(part: &Part<'_>) -> Option<String> {
    if let Some(name) = part.text("x-replaced-by") {
        return Some(format!("use `{name}` instead"));
    }
    let words = part.text("deprecationMessage").or_else(|| part.text("description"))?;
    Some(single_spaced(words).trim_end_matches('.').to_owned())
}
