//! One mistake, one diagnostic.
//!
//! A syntax error hides fields, and a misspelt name keeps a field from the rule that asks for it. Both
//! would be told twice: where they are, and as something that is missing.

use crate::diagnostic::{Diagnostic, Fix, Label};
use crate::model::Record;
use crate::policy::Judged;
use crate::source::Span;
use crate::syntax::{Kind, Node};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Where a syntax error may hide fields of a record, nothing is said of what the record lacks or what
/// stands in their place, and nothing of a field that is cut. Of a question or another part in which something
/// is cut, nothing is said that stands in it and in no whole part of it.
pub(super) fn drop_hidden(records: &[Record<'_>], out: &mut Vec<Arc<Diagnostic>>) {
    let broken: Vec<Broken> = records.iter().filter_map(Broken::of).collect();
    out.retain(|own| {
        let span = own.primary.span;
        let behind = broken.partition_point(|record| record.whole.start <= span.start);
        let record = behind.checked_sub(1).map(|at| &broken[at]);
        let hides = |record: &Broken| {
            let lacks = own.rule == INCOMPLETE || record.anchor == span;
            // How many steps a list has that has lost some.
            let counts =
                own.kind == Some("too-few") && record.cut.iter().any(|cut| cut.contains(span));
            let place = own.rule.starts_with("schema/") || lacks || counts;
            record.whole.contains(span)
                && (place || record.cut.contains(&span) || record.is_in_broken_part(span))
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
    /// The mappings in it, each with the one around it and whether something in it is cut, in source order.
    parts: Vec<Part>,
}

struct Part {
    whole: Span,
    around: Option<usize>,
    is_broken: bool,
}

impl Broken {
    fn of(record: &Record<'_>) -> Option<Self> {
        let node = record.node.filter(|node| is_broken(*node))?;
        let cut = node.entries().filter(|entry| is_broken(entry.value));
        let cut = cut.flat_map(|entry| [entry.key_span(), entry.value.span()]).collect();
        let parts = parts_of(node);
        Some(Self { whole: node.span(), anchor: record.anchor(), cut, parts })
    }

    /// Whether the innermost mapping around a place is broken, and not the record itself.
    fn is_in_broken_part(&self, span: Span) -> bool {
        let behind = self.parts.partition_point(|part| part.whole.start <= span.start);
        let mut at = behind.checked_sub(1);
        while let Some(part) = at.map(|at| &self.parts[at]) {
            if part.whole.contains(span) {
                return part.is_broken && part.around.is_some();
            }
            at = part.around;
        }
        false
    }
}

fn parts_of(record: Node<'_>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut last: Option<usize> = None;
    for node in record.descendants().filter(|own| !own.is_alias()) {
        let span = node.span();
        while let Some(at) = last.filter(|at| !parts[*at].whole.contains(span)) {
            last = parts[at].around;
        }
        if node.is_damaged() {
            let mut around = last;
            while let Some(at) = around.filter(|at| !parts[*at].is_broken) {
                parts[at].is_broken = true;
                around = parts[at].around;
            }
        }
        if node.is_mapping() {
            parts.push(Part { whole: span, around: last, is_broken: node.is_damaged() });
            last = Some(parts.len() - 1);
        }
    }
    parts
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
        kinds: &["absent", "misplaced", "partial"],
        fields: &["safety", "contraindications", "stopIf"],
        is_local: false,
    },
    Lack {
        rule: "exercise/dosage-incomplete",
        kinds: &["missing", "frequency"],
        fields: &["dosage", "sets", "repetitions", "hold", "duration", "intensity", "frequency"],
        is_local: false,
    },
    Lack { rule: NO_STEPS, kinds: &["none"], fields: &["instructions"], is_local: false },
    Lack {
        rule: "quiz/key-coverage",
        kinds: &["no-key"],
        fields: &["answer", "answers", "answerIndex", "correct"],
        is_local: true,
    },
    Lack {
        rule: "project/missing-review-metadata",
        // A draft is asked for nothing.
        kinds: &["missing", "missing-in-review"],
        fields: &["authors", "reviewedBy", "lastReviewed", "nextReview", "sources", "disclosure"],
        is_local: false,
    },
    Lack { rule: "text/image-alt", kinds: &["missing"], fields: &["alt"], is_local: true },
    Lack { rule: INCOMPLETE, kinds: &[], fields: PEOPLE_AND_DATES, is_local: false },
];

const NO_STEPS: &str = "exercise/empty-or-vague-steps";
const INCOMPLETE: &str = "resource/citation-incomplete";
const PEOPLE_AND_DATES: &[&str] = &["author", "editor", "publisher", "issued"];

/// What a rule says of an identifier or a date is said better than what the schema says of the same value.
pub(super) fn drop_outdone(out: &mut Vec<Arc<Diagnostic>>) {
    let is_better = |own: &Diagnostic| {
        matches!(
            own.rule,
            "resource/invalid-doi" | "resource/invalid-identifier" | "resource/implausible-date"
        )
    };
    let mut better = places(out, is_better);
    better.sort_unstable();
    let is_outdone = |own: &Diagnostic| {
        let start = own.primary.span.start;
        let first = better.partition_point(|(at, _)| *at < start);
        let mut here = better[first..].iter().take_while(|(at, _)| *at == start);
        here.any(|(_, at)| out[*at].primary.span == own.primary.span)
    };
    if better.is_empty() {
        return;
    }
    let is_told = |own: &Arc<Diagnostic>| {
        matches!(own.rule, "schema/type" | "schema/format") && is_outdone(own)
    };
    let told: Vec<bool> = out.iter().map(is_told).collect();
    drop_told(&told, out);
}

/// Rules and kinds that say of a field that it holds nothing, and the field.
const EMPTY: &[(&str, &str, &str)] =
    &[(NO_STEPS, "none", "instructions"), ("exercise/missing-safety-note", "absent", "safety")];

/// That nothing is written in a field is told by the rule that asks for it and not by the schema too. Steps under a
/// misspelt name are told by the schema, which knows the name.
pub(super) fn drop_emptied(records: &[Record<'_>], out: &mut Vec<Arc<Diagnostic>>) {
    let says = |own: &Diagnostic, (rule, kind, _): (&str, &str, &str)| {
        own.rule == rule && own.kind == Some(kind)
    };
    let is_empty = |own: &&Arc<Diagnostic>| EMPTY.iter().any(|empty| says(own, *empty));
    let mut empty: Vec<Span> = out.iter().filter(is_empty).map(|own| own.primary.span).collect();
    if empty.is_empty() {
        return;
    }
    empty.sort_unstable();
    let tells = |span: Span| empty.binary_search(&span).is_ok();
    let entries = records.iter().filter_map(|record| record.node).flat_map(Node::entries);
    let is_asked = |name: &str| EMPTY.iter().any(|(.., field)| *field == name);
    let told = entries.filter(|entry| is_asked(entry.name()) && tells(entry.key_span()));
    let mut fields: Vec<Span> = told.map(|entry| entry.key_span().to(entry.value.span())).collect();
    fields.sort_unstable();
    let is_in_field = |span: Span| {
        let behind = fields.partition_point(|field| field.start <= span.start);
        behind.checked_sub(1).is_some_and(|at| fields[at].contains(span))
    };
    let is_misspelt = |own: &&Arc<Diagnostic>| {
        own.rule == REQUIRED && own.fix.is_some() && &*own.identity.pointer == "/instructions"
    };
    let record_of = |start: u32| {
        records.partition_point(|record| record.node.is_some_and(|own| own.span().start <= start))
    };
    let misspelt = out.iter().filter(is_misspelt).map(|own| record_of(own.primary.span.start));
    let misspelt: HashSet<usize> = misspelt.collect();
    out.retain(|own| {
        let span = own.primary.span;
        match own.rule {
            "schema/type" | "schema/length" => !is_in_field(span),
            NO_STEPS => own.kind != Some("none") || !misspelt.contains(&record_of(span.start)),
            _ => true,
        }
    });
}

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
        // A part was found elsewhere; with the name mended, nothing is missing.
        if matches!(out[found].kind, Some("misplaced" | "partial")) {
            told[found] = true;
            continue;
        }
        let own = out[at].clone();
        if let Some(lack) = Arc::get_mut(&mut out[found]) {
            join(lack, &own);
            told[at] = true;
        }
    }
    drop_told(&told, out);
}

/// A source that is not known is told as that, and not as one that nobody cites: another one is meant.
pub(super) fn drop_unknown_sources(out: &mut Vec<Judged>) {
    let place = |own: &Judged| (own.diagnostic.primary.path.clone(), own.diagnostic.primary.span);
    let unknown = out.iter().filter(|own| own.diagnostic.rule == "project/dangling-reference");
    let unknown: HashSet<_> = unknown.map(place).collect();
    if !unknown.is_empty() {
        out.retain(|own| own.diagnostic.rule != UNCITED || !unknown.contains(&place(own)));
    }
}

const UNCITED: &str = "claim/uncited-reference";

/// From so many places in one file on, a name or a value is how a collection writes, and no slip.
const HABIT: usize = 4;

/// What all records of a collection have in their own manner is told once: at the first of them.
///
/// Only for what the schema does not know. Fields of its own are told of each record, unless no record has them or
/// every record spells them alike. What a suppression covers stays by itself: that is about its own place.
pub(super) fn join_habits(records: usize, covered: &[bool], out: &mut Vec<Arc<Diagnostic>>) {
    // A catalogue of what is done elsewhere: not one record says how.
    let has_no_steps = |own: &Diagnostic| own.rule == NO_STEPS && own.kind == Some("none");
    let without = out.iter().filter(|own| has_no_steps(own)).count();
    let is_catalogue = records >= HABIT && without == records;
    let lacks = |own: &Diagnostic| is_catalogue && own.rule.starts_with("exercise/");
    let is_wide = |own: &Diagnostic| match own.rule {
        _ if lacks(own) => lack_of(own).is_some(),
        MISSPELT => true,
        REQUIRED => own.fix.is_none(),
        "schema/enum" | "schema/type" => true,
        _ => false,
    };
    let wide = out.iter().enumerate().filter(|(_, own)| is_wide(own));
    let mut alike: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
    let mut told = vec![false; out.len()];
    let mut places = HashSet::new();
    for (at, own) in wide {
        // "expected text for `id`, found `7`": what is found differs.
        let what = || own.message.split_once(", found ").map_or(&*own.message, |(what, _)| what);
        let what = own.kind.filter(|_| lacks(own)).unwrap_or_else(what);
        // Records that take a field over from one place (`<<: *base`) have it there once.
        if places.insert((own.rule, what, own.primary.span)) {
            alike.entry((own.rule, what)).or_default().push(at);
        } else {
            told[at] = true;
        }
    }
    let is_habit = |rule: &str, all: &[usize]| {
        let may_be_a_slip = match rule {
            MISSPELT => out[all[0]].fix.is_some(),
            _ => rule == REQUIRED || rule.starts_with("exercise/"),
        };
        all.len() >= HABIT && (!may_be_a_slip || all.len() == records)
    };
    let habits = alike.into_iter().filter(|((rule, _), all)| is_habit(rule, all));
    let open = |all: Vec<usize>| all.into_iter().filter(|at| !covered[*at]).collect();
    let mut habits: Vec<Vec<usize>> = habits.map(|(_, all)| open(all)).collect();
    habits.retain(|all| all.len() > 1);
    if habits.is_empty() && !told.contains(&true) {
        return;
    }
    habits.sort_unstable();
    for all in habits {
        let (first, others) = all.split_first().expect("there are two or more");
        let others: Vec<_> = others.iter().map(|at| (*at, out[*at].clone())).collect();
        let Some(own) = Arc::get_mut(&mut out[*first]) else { continue };
        own.message.push_str(&format!(" ({} times)", all.len()));
        for (at, other) in &others {
            told[*at] = true;
            own.others.push(other.identity.clone());
            if own.related.len() < HABIT {
                let Label { path, span, .. } = &other.primary;
                own.related.push(Label::new(path.clone(), *span, "and here"));
            }
            if let Some((all, more)) = own.fix.as_mut().zip(other.fix.as_ref()) {
                all.edits.extend(more.edits.iter().cloned());
            }
        }
        if let Some(fix) = &mut own.fix {
            fix.edits.sort_by_key(|edit| edit.span);
        }
    }
    drop_told(&told, out);
}

/// Drop what is told with something else: a mark for each diagnostic.
fn drop_told(told: &[bool], out: &mut Vec<Arc<Diagnostic>>) {
    let mut told = told.iter();
    out.retain(|_| !told.next().is_some_and(|told| *told));
}

/// A field left empty above fields of its own that are not indented is told once, at the field.
pub(super) fn join_flat(records: &[Record<'_>], out: &mut Vec<Arc<Diagnostic>>) {
    let is_home =
        |own: &Diagnostic| own.rule == MISSPELT && own.primary.message.starts_with(OF_HOME);
    let mut beside = places(out, is_home);
    if beside.is_empty() {
        return;
    }
    beside.sort_unstable();
    let mut empty = places(out, |own| own.rule == "schema/type");
    empty.sort_unstable();
    let at_key = |all: &[(u32, usize)], key: Span| {
        let first = all.binary_search_by_key(&key.start, |own| own.0).ok()?;
        Some(all[first].1)
    };
    let mut told = vec![false; out.len()];
    let mappings = records.iter().filter_map(|record| record.node);
    let mappings = mappings.filter(|node| node.kind() == Kind::Mapping && !node.is_alias());
    for node in mappings {
        let mut homes: Vec<Home> = Vec::new();
        let mut is_open = false;
        for entry in node.entries() {
            let key = entry.key_span();
            let field = at_key(&beside, key).filter(|_| is_open).zip(homes.last_mut());
            let label =
                |own: usize| out[own].primary.message.trim_start_matches(OF_HOME).to_owned();
            if let Some((own, home)) = field.filter(|(own, home)| label(*own) == home.name) {
                told[own] = true;
                home.fields.push((key, entry.key().to_owned()));
                continue;
            }
            let empty = at_key(&empty, key).filter(|_| entry.value.is_null());
            is_open = empty.is_some();
            homes.extend(empty.map(|at| Home {
                at,
                name: format!("`{}`", entry.name()),
                fields: Vec::new(),
            }));
        }
        for home in homes.iter().filter(|home| !home.fields.is_empty()) {
            if let Some(own) = Arc::get_mut(&mut out[home.at]) {
                home.tell(own);
            }
        }
    }
    drop_told(&told, out);
}

/// Of the label of a field that stands in the mapping around its own.
const OF_HOME: &str = "a field of ";

/// A field that holds nothing, told by the diagnostic `at`, and the fields behind it that are its own.
struct Home {
    at: usize,
    /// In marks of code.
    name: String,
    fields: Vec<(Span, String)>,
}

impl Home {
    fn tell(&self, own: &mut Diagnostic) {
        let Self { name, fields, .. } = self;
        let names: Vec<_> = fields.iter().map(|(_, name)| format!("`{name}`")).collect();
        let (names, path) = (names.join(", "), own.primary.path.clone());
        own.message = format!("{name} is empty, and its fields stand beside it");
        own.primary.message = "holds nothing".into();
        own.related.push(Label::new(path, fields[0].0, "belongs below it"));
        own.help =
            Some(format!("indent {names} by two blanks, so that they stand below {name}").into());
    }
}

/// Where diagnostics stand, and which they are.
fn places(all: &[Arc<Diagnostic>], wanted: impl Fn(&Diagnostic) -> bool) -> Vec<(u32, usize)> {
    let wanted = all.iter().enumerate().filter(|(_, own)| wanted(own));
    wanted.map(|(index, own)| (own.primary.span.start, index)).collect()
}

const MISSPELT: &str = "schema/unknown-field";
const REQUIRED: &str = "schema/required";

fn lack_of(own: &Diagnostic) -> Option<&'static Lack> {
    LACKS.iter().find(|lack| {
        let is_kind = own.kind.map_or(lack.kinds.is_empty(), |kind| lack.kinds.contains(&kind));
        lack.rule == own.rule && is_kind
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
    let Some(name) = name.filter(|name| lack.fields.contains(name)) else { return false };
    // Where several things are missing, one name does not account for them all.
    match lack.rule {
        "project/missing-review-metadata" => own.message.ends_with(&format!(" has no `{name}`")),
        "text/image-alt" => own.message.starts_with("the picture "),
        INCOMPLETE if name == "issued" => own.message.ends_with("` has no year"),
        INCOMPLETE => own.message.ends_with("` has no author"),
        _ => true,
    }
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

#[cfg(test)]
mod tests {
    use super::{Judged, UNCITED};
    use crate::Settings;
    use crate::diagnostic::Diagnostic;
    use crate::project::{Engine, Project};
    use crate::source::{FilePath, Format, SourceFile};
    use crate::testing::diagnostics;
    use std::sync::Arc;

    fn of_schema(records: &[&str]) -> Vec<Arc<Diagnostic>> {
        let text: String = records.iter().map(|own| format!("- {own}\n")).collect();
        let path = FilePath::new("exercises/a.yaml");
        let said = diagnostics(&[SourceFile::new(path, text, Format::Yaml)]);
        said.into_iter().filter(|own| own.rule.starts_with("schema/")).collect()
    }

    fn messages(records: &[&str]) -> Vec<String> {
        of_schema(records).iter().map(|own| own.message.clone()).collect()
    }

    #[test]
    fn what_a_collection_does_throughout_is_told_once() {
        let own = "{name: Bro, instructions: [Ligg.], slug: bro, level: Beginner}";
        let said = of_schema(&[own; 5]);
        let told: Vec<_> = said.iter().map(|own| own.message.as_str()).collect();
        assert_eq!(
            told,
            [
                "`Beginner` is not a value of `level`; did you mean `beginner`? (5 times)",
                "unknown field `slug` in this exercise (5 times)",
            ]
        );
        assert_eq!(said[0].fix.as_ref().map(|fix| fix.edits.len()), Some(5));
        assert_eq!(messages(&[own; 3]).len(), 6);
        // What is missing for a misspelt name is told of each.
        assert_eq!(messages(&["{name: Bro, instrutions: [Ligg.]}"; 5]).len(), 5);
    }

    #[test]
    fn what_records_take_over_is_told_at_its_one_place() {
        let text = "x-base: &base\n  instructions: [Ligg.]\n  slug: bro\nexercises:\n".to_owned();
        let text = text + &"  - {name: Bro, <<: *base}\n".repeat(5);
        let file = SourceFile::new(FilePath::new("exercises/a.yaml"), text, Format::Yaml);
        let said = diagnostics(&[file]);
        let of_slug = said.iter().filter(|own| own.message.contains("slug"));
        let told: Vec<_> = of_slug.map(|own| (&*own.message, own.related.len())).collect();
        assert_eq!(told, [("unknown field `slug` in this exercise", 0)]);
    }

    #[test]
    fn what_is_suppressed_in_one_record_is_told_once_of_the_others() {
        let own = "{name: Bro, instructions: [Ligg.], slug: bro}";
        let hushed = "{name: Bro, instructions: [Ligg.], slug: bro, x-caveat-disable: schema/unknown-field reason='it is how we name files'}";
        assert_eq!(
            messages(&[own, hushed, own, own, own]),
            ["unknown field `slug` in this exercise (4 times)"]
        );
    }

    #[test]
    fn a_name_that_all_records_misspell_is_told_once() {
        let own = "{name: Bro, instructions: [Ligg.], equipmnt: mat}";
        let plain = "{name: Bro, instructions: [Ligg.]}";
        let said = of_schema(&[own; 4]);
        assert_eq!(
            said[0].message,
            "unknown field `equipmnt`; did you mean `equipment`? (4 times)"
        );
        assert_eq!(said[0].fix.as_ref().map(|fix| fix.edits.len()), Some(4));
        assert_eq!(said.len(), 1);
        assert_eq!(messages(&[own, own, own, own, plain]).len(), 4);
    }

    #[test]
    fn what_a_catalogue_lacks_is_told_once() {
        let told = |records: &[&str]| {
            let text: String = records.iter().map(|own| format!("- {own}\n")).collect();
            said("exercises/a.yaml", &text, &["exercise/"])
        };
        let names = ["{name: Hund}", "{name: Träd}", "{name: Katt}", "{name: Båt}"];
        assert_eq!(
            told(&names),
            [
                "exercise/dosage-incomplete: `Hund` has no dose (4 times)",
                "exercise/empty-or-vague-steps: `Hund` has no steps (4 times)",
                "exercise/missing-safety-note: `Hund` has no safety note (4 times)",
            ]
        );
        assert_eq!(told(&names[..3]).len(), 9);
        // One that says how it is done shows that the others should.
        let plank = "{name: Bro, instructions: [Ligg på rygg., Lyft höften.]}";
        assert_eq!(told(&[&names[..], &[plank]].concat()).len(), 4 * 3 + 2);
    }

    fn said(path: &str, text: &str, groups: &[&str]) -> Vec<String> {
        let format = Format::of_name(path).unwrap();
        let said = diagnostics(&[SourceFile::new(FilePath::new(path), text, format)]);
        let said = said.iter().filter(|own| groups.iter().any(|group| own.rule.starts_with(group)));
        let mut said: Vec<_> = said.map(|own| format!("{}: {}", own.rule, own.message)).collect();
        said.sort();
        said
    }

    #[test]
    fn of_a_question_with_a_lost_option_nothing_is_said() {
        let text = "title: Höfter\nquestions:\n\
            - prompt: One?\n  options:\n    - {id: up, text: Up\n    - {id: down, text: Down}\n  answer: up\n\
            - prompt: Two?\n  options: [a, b]\n  answer: c\n";
        let told = said("quizzes/a.yaml", text, &["syntax", "quiz/answer"]);
        assert_eq!(
            told,
            [
                "quiz/answer-not-in-options: the key `c` is none of the options",
                "syntax/invalid: this `{` is never closed",
            ]
        );
    }

    #[test]
    fn what_a_rule_says_better_is_told_once() {
        let text = "- {id: a, title: A, type: book, author: Roe, publisher: Press, issued: 2020-26-03, DOI: 42}\n\
            - {id: b, title: B, type: book, publisher: Press, issued: 2020-02-30}\n";
        let told = said("resources/a.yaml", text, &["schema", "resource"]);
        assert_eq!(
            told,
            [
                "resource/implausible-date: `2020-26-03` is no date: there are 12 months",
                "resource/invalid-doi: `42` is not a DOI",
                "schema/format: `issued` must be a date, found the text `2020-02-30`: that month has 29 days",
            ]
        );
    }

    #[test]
    fn a_misspelt_name_of_a_source_is_told_with_what_it_leaves_out() {
        let told = |text: &str| said("resources/a.yaml", text, &["schema", "resource"]);
        assert_eq!(
            told("{id: a, type: book, title: A, auhor: Roe, issued: 2020, URL: 'https://a.org'}\n"),
            ["resource/citation-incomplete: `A` has no author"]
        );
        assert_eq!(
            told("{id: a, type: book, title: A, isued: 2020, URL: 'https://a.org'}\n"),
            [
                "resource/citation-incomplete: `A` has no author and no year",
                "schema/unknown-field: unknown field `isued`; did you mean `issued`?",
            ]
        );
    }

    #[test]
    fn a_misspelt_note_is_not_missing_beside_others() {
        let told = |other: &str| {
            let text = format!(
                "{{name: Bro, instructions: [Ligg.], safty: Stop if it hurts., {other}: [A fracture]}}"
            );
            said("exercises/a.yaml", &text, &["schema", "exercise/missing"])
        };
        for other in ["stopIf", "contraindications", "cues"] {
            assert_eq!(
                told(other),
                ["schema/unknown-field: unknown field `safty`; did you mean `safety`?"]
            );
        }
    }

    #[test]
    fn a_document_that_ends_too_early_is_told_once() {
        let rest = "instructions: [Ligg.]\nsafety: Stop if it hurts.\n";
        let all = ["syntax", "schema", "exercise"];
        assert_eq!(
            said("exercises/a.yaml", &format!(" name: Höftlyft\n{rest}"), &all),
            ["syntax/invalid: the first line is indented, and those below it are not"]
        );
    }

    #[test]
    fn of_a_list_that_lost_its_items_nothing_is_said() {
        let steps = "instructions:\n   - Lie down.\n  - Lift your hips.\n  - Lower them.\n";
        let rest = "position: supine\nsafety: Stop if it hurts.\n";
        assert_eq!(
            said(
                "exercises/a.yaml",
                &format!("name: H\u{f6}ft\n{steps}{rest}"),
                &["syntax", "exercise/empty"]
            ),
            ["syntax/invalid: the indentation of this line fits nothing above it"]
        );
    }

    #[test]
    fn an_unknown_source_is_told_once() {
        let text = "---\ntitle: Ryggont\nsources: [smith, j\u{f6}nson, roe]\n---\n\nDet g\u{e5}r \u{f6}ver [@smith].\n";
        let page = SourceFile::new(FilePath::new("articles/a.md"), text, Format::Markdown);
        let works = "[{id: smith, title: A}, {id: j\u{f6}nsson, title: B}, {id: roe, title: C}]\n";
        let works = SourceFile::new(FilePath::new("resources/a.yaml"), works, Format::Yaml);
        let engine = Arc::new(Engine::new(Settings::default()).expect("the schemas are sound"));
        let mut project = Project::new(engine.clone());
        [page, works].iter().for_each(|file| project.insert(engine.analyze(file)));
        let outcome = project.resolve(|path| path.as_str().ends_with(".md"));
        let is_told =
            |own: &&Judged| [UNCITED, "project/dangling-reference"].contains(&own.diagnostic.rule);
        let told = outcome.diagnostics.iter().filter(is_told);
        let told: Vec<_> = told.map(|own| own.diagnostic.message.as_str()).collect();
        assert_eq!(
            told,
            ["no resource has the id `j\u{f6}nson`", "the source `roe` is never cited in the text"]
        );
    }

    #[test]
    fn an_empty_field_is_told_once() {
        let told = |text: &str| {
            said("exercises/a.yaml", text, &["schema", "exercise/missing-s", "exercise/empty"])
        };
        let missing = "schema/required: `instructions` is missing in this exercise";
        let steps = "exercise/empty-or-vague-steps: `H\u{f6}ft` has no steps";
        let note = "exercise/missing-safety-note: `H\u{f6}ft` has an empty safety note";
        for empty in ["", "''", "[]", "['']", "['', null]"] {
            let text = format!("name: H\u{f6}ft\ninstructions: {empty}\nsafety: {empty}\n");
            assert_eq!(told(&text), [steps, note], "{empty}");
        }
        let stop = "safety: Stop if it hurts.";
        assert_eq!(told(&format!("name: H\u{f6}ft\n{stop}\n")), [steps, missing]);
        assert_eq!(
            told(&format!("name: H\u{f6}ft\ninstuctions: [Lie down.]\n{stop}\n")),
            [
                "schema/required: `instructions` is missing in this exercise; `instuctions` is probably meant to be it"
            ]
        );
        // One text of several is told by the schema alone.
        assert_eq!(
            told(&format!("name: H\u{f6}ft\ninstructions: [Lie down., Lift up., '']\n{stop}\n")),
            ["schema/length: item 3 of `instructions` is empty"]
        );
    }

    #[test]
    fn what_is_no_record_is_told() {
        let text = "- {name: Bro, instructions: [Ligg.]}\n- Höftlyft\n-\n";
        assert_eq!(
            said("exercises/a.yaml", text, &["schema"]),
            ["schema/type: expected a mapping for item 2 of this list, found the text `Höftlyft`"]
        );
        assert_eq!(
            said(
                "quizzes/a.yaml",
                "- {prompt: A, options: [b, c], answer: b}\n- D\n",
                &["schema/type: expected a mapping for item 2 of"]
            ),
            [""; 0]
        );
    }

    #[test]
    fn what_all_records_lack_is_told_once() {
        let (bare, whole) = ("{name: Bro}", "{name: Bro, instructions: [Ligg.]}");
        assert_eq!(messages(&[bare; 4]), ["`instructions` is missing in this exercise (4 times)"]);
        assert_eq!(messages(&[bare, bare, bare, bare, whole]).len(), 4);
    }

    #[test]
    fn what_is_found_may_differ() {
        let own = ["[1]", "[2]", "{a: 1}", "[4]"]
            .map(|name| format!("{{name: {name}, instructions: [Ligg.]}}"));
        let own: Vec<_> = own.iter().map(String::as_str).collect();
        assert_eq!(messages(&own).len(), 1);
    }
}
