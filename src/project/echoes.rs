//! One mistake, one diagnostic.
//!
//! A syntax error hides fields, and a misspelt name keeps a field from the rule that asks for it. Both
//! would be told twice: where they are, and as something that is missing.

use crate::diagnostic::{Diagnostic, Fix, Label};
use crate::model::Record;
use crate::source::Span;
use crate::syntax::{Kind, Node};
use std::collections::HashMap;
use std::sync::Arc;

/// Where a syntax error may hide fields of a record, nothing is said of what the record lacks or what
/// stands in their place, and nothing of a field that is cut.
pub(super) fn drop_hidden(records: &[Record<'_>], out: &mut Vec<Arc<Diagnostic>>) {
    let broken: Vec<Broken> = records.iter().filter_map(Broken::of).collect();
    out.retain(|own| {
        let span = own.primary.span;
        let behind = broken.partition_point(|record| record.whole.start <= span.start);
        let record = behind.checked_sub(1).map(|at| &broken[at]);
        let hides = |record: &Broken| {
            let place = own.rule.starts_with("schema/") || record.anchor == span;
            record.whole.contains(span) && (place || record.cut.contains(&span))
        };
        own.rule.starts_with("syntax/") || !record.is_some_and(hides)
    });
}

/// A record that a syntax error damaged.
struct Broken {
    whole: Span,
    anchor: Span,
    /// The keys and values of the fields that are cut.
    cut: Vec<Span>,
}

impl Broken {
    fn of(record: &Record<'_>) -> Option<Self> {
        let node = record.node.filter(|node| is_broken(*node))?;
        let cut = node.entries().filter(|entry| is_broken(entry.value));
        let cut = cut.flat_map(|entry| [entry.key_span(), entry.value.span()]).collect();
        Some(Self { whole: node.span(), anchor: record.anchor(), cut })
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
    let mut misspelt = places(out, |own| own.rule == MISSPELT && own.fix.is_some());
    if misspelt.is_empty() {
        return;
    }
    misspelt.sort_unstable();
    let lacks = |is_local: bool| {
        places(out, |own| lack_of(own).is_some_and(|own| own.is_local == is_local))
    };
    let (mut near, mut far) = (lacks(true), lacks(false));
    near.sort_unstable();
    far.sort_unstable();
    let nodes: Vec<_> = records.iter().filter_map(|record| record.node).collect();
    let mut told = vec![false; out.len()];
    // The keys of the record that was looked at last.
    let mut holders: Option<(usize, HashMap<u32, Span>)> = None;
    for (start, at) in misspelt {
        let behind = nodes.partition_point(|node| node.span().start <= start);
        let Some(index) = behind.checked_sub(1) else { continue };
        let node = nodes[index];
        if holders.as_ref().is_none_or(|(own, _)| *own != index) {
            holders = Some((index, holders_in(node)));
        }
        let holder = holders.as_ref().and_then(|(_, keys)| keys.get(&start));
        let Some(&holder) = holder else { continue };
        let found = [(&near, holder), (&far, node.span())].into_iter().find_map(|(all, place)| {
            let first = all.partition_point(|(own, _)| *own < place.start);
            let inside = all[first..].iter().take_while(|(own, _)| *own < place.end);
            inside.map(|(_, own)| *own).find(|own| is_missed(&out[*own], &out[at]))
        });
        let Some(found) = found else { continue };
        let own = out[at].clone();
        if let Some(lack) = Arc::get_mut(&mut out[found]) {
            join(lack, &own);
            told[at] = true;
        }
    }
    let mut told = told.iter();
    out.retain(|_| !told.next().is_some_and(|told| *told));
}

/// Where diagnostics stand, and which they are.
fn places(all: &[Arc<Diagnostic>], wanted: impl Fn(&Diagnostic) -> bool) -> Vec<(u32, usize)> {
    let wanted = all.iter().enumerate().filter(|(_, own)| wanted(own));
    wanted.map(|(index, own)| (own.primary.span.start, index)).collect()
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
fn is_missed(own: &Diagnostic, misspelt: &Diagnostic) -> bool {
    let Some(lack) = lack_of(own) else { return false };
    let meant = misspelt.fix.as_ref().and_then(|fix| fix.edits.first());
    // "sets: 3" where a blank was missing.
    let name = meant.and_then(|edit| edit.replacement.split(':').next());
    name.is_some_and(|name| lack.fields.contains(&name))
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
