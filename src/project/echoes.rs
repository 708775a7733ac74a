//! One mistake, one diagnostic.
//!
//! A syntax error hides fields, and a misspelt name keeps a field from the rule that asks for it. Both
//! would be told twice: where they are, and as something that is missing.

use crate::diagnostic::{Diagnostic, Edit, Fix, Label};
use crate::model::Record;
use crate::source::Span;
use crate::syntax::{Kind, Node};
use std::collections::HashMap;
use std::sync::Arc;

/// Where a syntax error may hide fields of a record, nothing is said of what the record lacks or what
/// stands in their place, and nothing of a field that is cut.
pub(super) fn drop_hidden(records: &[Record<'_>], out: &mut Vec<Arc<Diagnostic>>) {
    for record in records {
        let Some(node) = record.node else { continue };
        if !is_broken(node) {
            continue;
        }
        let (anchor, whole) = (record.anchor(), node.span());
        let mut cut: Vec<Span> = Vec::new();
        for entry in node.entries().filter(|entry| is_broken(entry.value)) {
            cut.extend([entry.key_span(), entry.value.span()]);
        }
        out.retain(|own| {
            let span = own.primary.span;
            let echo = own.rule.starts_with("schema/") || span == anchor || cut.contains(&span);
            own.rule.starts_with("syntax/") || !(echo && whole.contains(span))
        });
    }
}

fn is_broken(node: Node<'_>) -> bool {
    node.descendants().any(Node::is_damaged)
}

/// A rule that reports what is missing, the kinds that do, and the fields with which it would be there.
struct Lack {
    rule: &'static str,
    kinds: &'static [&'static str],
    fields: &'static [&'static str],
    /// Whether the report stands in the mapping that lacks the field, and not merely in its record.
    is_local: bool,
}

const LACKS: &[Lack] = &[
    Lack {
        rule: "exercise/missing-safety-note",
        kinds: &["absent"],
        fields: &["safety", "contraindications", "stopIf"],
        is_local: false,
    },
    Lack {
        rule: "exercise/dosage-incomplete",
        kinds: &["missing", "frequency"],
        fields: &["dosage", "sets", "repetitions", "hold", "duration", "intensity", "frequency"],
        is_local: false,
    },
    Lack {
        rule: "exercise/empty-or-vague-steps",
        kinds: &["none"],
        fields: &["instructions"],
        is_local: false,
    },
    Lack {
        rule: "quiz/key-coverage",
        kinds: &["no-key"],
        fields: &["answer", "answers", "answerIndex", "correct"],
        is_local: true,
    },
];

/// A misspelt name is told with what is missing for it.
pub(super) fn join_misspelt(records: &[Record<'_>], out: &mut Vec<Arc<Diagnostic>>) {
    let is_misspelt = |own: &Arc<Diagnostic>| own.rule == MISSPELT && own.fix.is_some();
    if !out.iter().any(is_misspelt) || !out.iter().any(|own| lack_of(own).is_some()) {
        return;
    }
    let mut told = vec![false; out.len()];
    for record in records {
        let Some(node) = record.node else { continue };
        let mut holders = None;
        for at in 0..out.len() {
            let key = out[at].primary.span;
            if told[at] || !is_misspelt(&out[at]) || !node.span().contains(key) {
                continue;
            }
            let holders = holders.get_or_insert_with(|| holders_in(node));
            let Some(holder) = holders.get(&key.start) else { continue };
            let found = out.iter().position(|own| misses(own, &out[at], *holder, node.span()));
            let Some(found) = found else { continue };
            let misspelt = out[at].clone();
            if let Some(own) = Arc::get_mut(&mut out[found]) {
                join(own, &misspelt);
                told[at] = true;
            }
        }
    }
    let mut told = told.iter();
    out.retain(|_| !told.next().is_some_and(|told| *told));
}

const MISSPELT: &str = "schema/unknown-field";

fn lack_of(own: &Diagnostic) -> Option<&'static Lack> {
    LACKS.iter().find(|lack| {
        lack.rule == own.rule && own.kind.is_some_and(|kind| lack.kinds.contains(&kind))
    })
}

/// The mapping of each key, by where the key begins.
fn holders_in(node: Node<'_>) -> HashMap<u32, Span> {
    let mappings = node.descendants().filter(|own| own.kind() == Kind::Mapping && !own.is_alias());
    let keys = mappings.flat_map(|own| own.entries().map(move |entry| (entry, own.span())));
    keys.map(|(entry, span)| (entry.key_span().start, span)).collect()
}

/// Whether the first reports what the misspelt name of the second would state.
fn misses(own: &Diagnostic, misspelt: &Diagnostic, holder: Span, record: Span) -> bool {
    let Some(lack) = lack_of(own) else { return false };
    let meant = misspelt.fix.as_ref().and_then(|fix| fix.edits.first());
    let place = if lack.is_local { holder } else { record };
    let is_lacking = |name: &str| lack.fields.contains(&name);
    // "sets: 3" where a blank was missing.
    let name = |edit: &Edit| edit.replacement.split(':').next().is_some_and(is_lacking);
    place.contains(own.primary.span) && meant.is_some_and(name)
}

fn join(own: &mut Diagnostic, misspelt: &Diagnostic) {
    let Label { path, span, message, .. } = &misspelt.primary;
    own.related.push(Label::new(path.clone(), *span, message.clone()));
    own.help = None;
    let Some(fix) = &misspelt.fix else { return };
    match &mut own.fix {
        None => own.fix = Some(fix.clone()),
        Some(all) => {
            let Fix { title, edits, .. } = &mut **all;
            title.push_str(&format!("; {}", fix.title));
            edits.extend(fix.edits.iter().cloned());
            edits.sort_by_key(|edit| edit.span);
        }
    }
}
