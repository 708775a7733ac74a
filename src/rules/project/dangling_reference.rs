//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::facts::{Located, ProjectFacts, Reference, ReferenceRole};
use crate::model::ContentKind;
use crate::nearest::Names;
use crate::rule::{Check, Fixability, Profile, Rule, RuleKind, Sink};
use crate::source::FilePath;
use std::collections::{BTreeMap, BTreeSet};

pub static RULE: Rule = Rule {
    id: "project/dangling-reference",
    summary: "a reference points to nothing, to the wrong kind, or in a circle",
    level: Level::Error,
    kinds: &[
        RuleKind { name: "missing", level: Level::Error, summary: "no record has this id" },
        RuleKind {
            name: "wrong-type",
            level: Level::Error,
            summary: "the record is of another kind than the field wants",
        },
        RuleKind {
            name: "cycle",
            level: Level::Error,
            summary: "progressions lead back to where they started",
        },
        RuleKind {
            name: "asymmetric",
            level: Level::Info,
            summary: "one record calls the other harder, and the other does not call it easier",
        },
    ],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Relaxed,
    since: "0.1.0",
    docs: r#"
Programmes break, links lead nowhere, and a loop of "next, try this" never ends.

```yaml fail
- id: bridge
  name: Bridge
  progression: [bridge-singel-leg]
- id: bridge-single-leg
  name: Single-leg bridge
```

```yaml pass
- id: bridge
  name: Bridge
  progression: [bridge-single-leg, "Hold each lift for five seconds."]
- id: bridge-single-leg
  name: Single-leg bridge
  regression: [bridge]
```

In `progression` and `regression` an entry with a blank in it is a sentence, not an id. Ids of other
systems carry a prefix (`ext:1234`). Correct the id, or add the record.
"#,
    check: Check::Project(check),
};

fn check(facts: &ProjectFacts<'_>, out: &mut Sink<'_>) {
    let mut near = Near::default();
    for (&path, file) in &facts.files {
        for reference in file.references.iter().filter(|own| !own.target.starts_with("ext:")) {
            if facts.definitions(&reference.target).is_empty() {
                // What a broken file lacks is told there.
                if !facts.may_be_unread(&reference.target) && !is_origin(facts, reference) {
                    missing(facts, path, reference, &mut near, out);
                }
            } else {
                wrong_type(facts, path, reference, out);
            }
        }
    }
    let edges = harder(facts);
    let circled = cycles(facts, &edges, out);
    asymmetric(facts, &edges, &circled, out);
}

/// `source: generated`: where there are no resources at all, a word for where a record comes from names none.
fn is_origin(facts: &ProjectFacts<'_>, reference: &Reference) -> bool {
    const ORIGINS: &[&str] = &[
        "custom",
        "generated",
        "imported",
        "internal",
        "manual",
        "original",
        "own",
        "self",
        "unknown",
    ];
    reference.role == ReferenceRole::Source
        && ORIGINS.iter().any(|own| own.eq_ignore_ascii_case(&reference.target))
        && !facts.has_resources()
}

/// The ids that a reference may mean, by the kind it wants.
type Near<'a> = BTreeMap<Option<ContentKind>, Names<'a>>;

/// What a reference names is there, and may be of the wrong kind.
fn wrong_type(
    facts: &ProjectFacts<'_>,
    path: &FilePath,
    reference: &Reference,
    out: &mut Sink<'_>,
) {
    let id = &*reference.target;
    let found = facts.definitions(id);
    let field = reference.role.field();
    let Some(wanted) = reference.role.target_kind() else {
        return;
    };
    if found.iter().any(|located| located.definition.kind == wanted) {
        return;
    }
    let there = &found[0];
    out.report_at(
        path,
        &reference.site,
        format!(
            "`{field}` wants the id of {}, and `{id}` is {}",
            article(wanted.name()),
            article(there.definition.kind.name())
        ),
    )
    .kind("wrong-type")
    .related_at(
        there.path.clone(),
        there.definition.site.span,
        format!("{} with this id", article(there.definition.kind.name())),
    );
}

fn article(noun: &str) -> String {
    let an = noun.starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {noun}", if an { "an" } else { "a" })
}

fn missing<'a>(
    facts: &ProjectFacts<'a>,
    path: &FilePath,
    reference: &Reference,
    near: &mut Near<'a>,
    out: &mut Sink<'_>,
) {
    let id = &*reference.target;
    let wanted = reference.role.target_kind();
    let what = wanted.as_ref().map_or("record", ContentKind::name).to_owned();
    let names = near.entry(wanted).or_insert_with_key(|wanted| facts.names(wanted.as_ref()));
    let near = names.nearest(id);
    let near_place = near.and_then(|near| facts.definitions(near).first().copied());
    let diagnostic = out.report_at(path, &reference.site, format!("no {what} has the id `{id}`"));
    diagnostic.kind("missing").label(place(reference.role));
    match (near, near_place) {
        (Some(near), Some(place)) => {
            diagnostic.help(format!("did you mean `{near}`?"));
            diagnostic.related_at(
                place.path.clone(),
                place.definition.site.span,
                "this one is near",
            );
        }
        _ => {
            diagnostic.help(match reference.role.target_kind() {
                Some(ContentKind::Resource) => "correct the id, or add the resource",
                Some(ContentKind::Exercise) => "correct the id, or add the exercise",
                _ => "correct the id, or add the record",
            });
        }
    }
}

/// The field in words.
const fn place(role: ReferenceRole) -> &'static str {
    match role {
        ReferenceRole::Source => "in `sources`",
        ReferenceRole::Covers => "in `covers`",
        ReferenceRole::KeyOf => "in `quiz`",
        ReferenceRole::Progression => "in `progression`",
        ReferenceRole::Regression => "in `regression`",
        ReferenceRole::Variation => "in `variationOf`",
        ReferenceRole::Related => "in `related`",
        ReferenceRole::Exercises => "in `exercises`",
        ReferenceRole::Translation => "in `translationOf`",
    }
}

/// Edges of "this is harder than that", with the place that says so. That there is no such exercise, or that the id is
/// one of something else, is told elsewhere.
type Edges<'a> = BTreeMap<&'a str, BTreeMap<&'a str, (&'a FilePath, &'a Reference)>>;

fn harder<'a>(facts: &ProjectFacts<'a>) -> Edges<'a> {
    let mut edges = Edges::new();
    for (&path, file) in &facts.files {
        for reference in &file.references {
            let Some(from) = file.record(reference.record).id.as_deref() else {
                continue;
            };
            if reference.role == ReferenceRole::Progression
                && exercises(facts, &reference.target).next().is_some()
            {
                edges
                    .entry(from)
                    .or_default()
                    .entry(&reference.target)
                    .or_insert((path, reference));
            }
        }
    }
    edges
}

fn exercises<'f>(facts: &'f ProjectFacts<'_>, id: &str) -> impl Iterator<Item = &'f Located<'f>> {
    let definitions = facts.definitions(id).iter();
    definitions.filter(|own| own.definition.kind == ContentKind::Exercise)
}

/// The edges of the circles that were reported.
fn cycles<'a>(
    facts: &ProjectFacts<'_>,
    edges: &Edges<'a>,
    out: &mut Sink<'_>,
) -> BTreeSet<(&'a str, &'a str)> {
    let mut circled = BTreeSet::new();
    let mut done: BTreeSet<&str> = BTreeSet::new();
    for &start in edges.keys() {
        if done.contains(start) {
            continue;
        }
        // Depth first with an explicit path; each record is entered once over all starts.
        let mut path: Vec<(&str, Vec<&str>)> = vec![(start, targets(edges, start))];
        while let Some((_, left)) = path.last_mut() {
            let Some(next) = left.pop() else {
                let (id, _) = path.pop().expect("the path is not empty");
                done.insert(id);
                continue;
            };
            if let Some(at) = path.iter().position(|(id, _)| *id == next) {
                let circle: Vec<&str> = path[at..].iter().map(|(id, _)| *id).collect();
                if !circle.iter().any(|id| is_ambiguous(facts, id)) {
                    report_cycle(edges, &circle, out);
                    let behind = circle.iter().skip(1).chain(&circle[..1]);
                    circled.extend(circle.iter().copied().zip(behind.copied()));
                }
            } else if !done.contains(next) {
                path.push((next, targets(edges, next)));
            }
        }
    }
    circled
}

/// Whether two exercises have the id, which is told: then it leads from the one to what follows the other.
fn is_ambiguous(facts: &ProjectFacts<'_>, id: &str) -> bool {
    exercises(facts, id).nth(1).is_some()
}

fn targets<'a>(edges: &Edges<'a>, id: &str) -> Vec<&'a str> {
    edges.get(id).map(|targets| targets.keys().rev().copied().collect()).unwrap_or_default()
}

fn report_cycle(edges: &Edges<'_>, circle: &[&str], out: &mut Sink<'_>) {
    let step = |at: usize| edges[circle[at]][circle[(at + 1) % circle.len()]];
    let (path, reference) = step(circle.len() - 1);
    let names: Vec<String> =
        circle.iter().chain([&circle[0]]).map(|id| format!("`{id}`")).collect();
    let diagnostic = out.report_at(
        path,
        &reference.site,
        format!("progressions go round: {}", names.join(" → ")),
    );
    diagnostic.kind("cycle").label("closes the circle").help("decide which is the harder one");
    for at in 0..circle.len().saturating_sub(1).min(5) {
        let (path, reference) = step(at);
        diagnostic.related_at(path.clone(), reference.site.span, "and this goes on");
    }
}

/// A circle says already that one of the two is not the harder one.
fn asymmetric(
    facts: &ProjectFacts<'_>,
    edges: &Edges<'_>,
    circled: &BTreeSet<(&str, &str)>,
    out: &mut Sink<'_>,
) {
    let mut easier: BTreeSet<(&str, &str)> = BTreeSet::new();
    // One that names an id as easier that is nowhere may mean this one, and is told of that.
    let mut misspelt: BTreeSet<&str> = BTreeSet::new();
    for file in facts.files.values() {
        for reference in file.references.iter().filter(|own| own.role == ReferenceRole::Regression)
        {
            if let Some(from) = file.record(reference.record).id.as_deref() {
                easier.insert((from, &reference.target));
                let is_ours = !reference.target.starts_with("ext:");
                if is_ours && facts.definitions(&reference.target).is_empty() {
                    misspelt.insert(from);
                }
            }
        }
    }
    for (&from, targets) in edges {
        for (&target, &(path, reference)) in targets {
            if easier.contains(&(target, from))
                || misspelt.contains(target)
                || circled.contains(&(from, target))
                || from == target
            {
                continue;
            }
            let Some(there) = exercises(facts, target).next() else {
                continue;
            };
            out.report_at(path, &reference.site, format!("`{from}` names `{target}` as harder, and `{target}` does not name `{from}` as easier"))
                .kind("asymmetric")
                .related_at(there.path.clone(), there.definition.site.span, format!("no `regression: [{from}]` here"))
                .help(format!("add `{from}` to the `regression` of `{target}`"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn a_misspelt_id() {
        check(
            &RULE,
            r#"
//- exercises/bro.yaml
name: Höftlyft
progression: [höftlyft-ett-bne]
              ^^^^^^^^^^^^^^^^ no exercise has the id `höftlyft-ett-bne`
//- exercises/höftlyft-ett-ben.yaml
id: höftlyft-ett-ben
    ---------------- this one is near
name: Höftlyft på ett ben
"#,
        );
    }

    #[test]
    fn a_word_for_where_a_record_comes_from() {
        silent(
            &RULE,
            r#"
//- articles/bro.md
---
title: Höftlyft
source: generated
---
Text.
"#,
        );
        check(
            &RULE,
            r#"
//- articles/bro.md
---
title: Höftlyft
source: eget-2020
        ^^^^^^^^^ no resource has the id `eget-2020`
---
Text.
"#,
        );
        check(
            &RULE,
            r#"
//- articles/bro.md
---
title: Höftlyft
source: generated
        ^^^^^^^^^ no resource has the id `generated`
---
Text.
//- resources/andra.yaml
id: andra
type: report
title: Other
"#,
        );
    }

    #[test]
    fn examples_in_a_schema_refer_to_nothing() {
        silent(
            &RULE,
            r#"
//- höft.schema.json
{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "examples": [{"sources": ["who-2020"]}]}
"#,
        );
    }

    #[test]
    fn a_source_that_is_an_exercise() {
        check(
            &RULE,
            r#"
//- exercises/a.yaml
id: bridge
    ------ an exercise with this id
name: Bridge
sources: [bridge]
          ^^^^^^ `sources` wants the id of a resource, and `bridge` is an exercise
"#,
        );
    }

    #[test]
    fn records_of_a_file_that_cannot_be_read() {
        check(
            &RULE,
            r#"
//- articles/a.md
---
title: Ländrygg
sources: [roe-2020, doe-2021, poe-2022, leeds-9]
                                        ^^^^^^^ no resource has the id `leeds-9`
related: [hip]
---
//- articles/hip.md
---
title: "Hip
---
//- resources/a.yaml
id:roe-2020
title: A
//- resources/b.json
[{"title": "B, "id": "doe-2021"}, {"id": "poe-2022"}]
"#,
        );
    }

    #[test]
    fn an_id_that_is_used_twice_closes_no_circle() {
        silent(
            &RULE,
            "
//- exercises/a.yaml
- {id: one, name: Höftlyft}
- {id: one, name: Lyft, progression: [one]}
",
        );
    }

    #[test]
    fn a_circle() {
        check(
            &RULE,
            r#"
//- exercises/a.yaml
- id: one
  name: One
  progression: [two]
                --- and this goes on
  regression: [two]
- id: two
  name: Two
  progression: [one]
                ^^^ progressions go round: `one` → `two` → `one`
  regression: [one]
"#,
        );
    }

    #[test]
    fn one_slip_is_told_once() {
        check(
            &RULE,
            r#"
//- exercises/a.yaml
- id: one
  name: Höftlyft
  progression: [two]
                --- and this goes on
- id: two
  name: Two
  progression: [one, three]
                ^^^ progressions go round: `one` → `two` → `one`
                     ^^^^^ `two` names `three` as harder, and `three` does not name `two` as easier
- id: three
      ----- no `regression: [two]` here
  name: Three
  progression: [roe]
                ^^^ `progression` wants the id of an exercise, and `roe` is a resource
//- resources/roe.yaml
id: roe
    --- a resource with this id
title: Roe
"#,
        );
    }

    #[test]
    fn a_misspelt_way_back_is_told_once() {
        check(
            &RULE,
            r#"
//- exercises/a.yaml
- id: bridge
      ------ this one is near
  name: Bridge
  progression: [one-leg]
- id: one-leg
  name: On one leg
  regression: [brigde]
               ^^^^^^ no exercise has the id `brigde`
"#,
        );
    }

    #[test]
    fn one_sided() {
        check(
            &RULE,
            r#"
//- exercises/a.yaml
- id: one
  name: One
  progression: [two]
                ^^^ `one` names `two` as harder, and `two` does not name `one` as easier
- id: two
      --- no `regression: [one]` here
  name: Two
"#,
        );
    }

    #[test]
    fn sentences_inline_sources_and_foreign_ids_are_fine() {
        silent(
            &RULE,
            r#"
//- exercises/a.yaml
id: one
name: One
progression: Hold each lift for five seconds.
regression: ["Lift only halfway."]
sources: [ext:42, {id: who, title: Guideline, type: report}, "https://who.int"]
claims: [{text: It helps., sources: [who]}]
//- articles/b.md
---
title: Pages that were converted
source: leaflets/low_back.html
---
"#,
        );
    }

    #[test]
    fn keys_of_a_mapping_are_ids() {
        check(
            &RULE,
            "
//- exercises/a.yaml
höftlyft:
  name: Höftlyft
  level: beginner
  variationOf: [planka, utfal]
                        ^^^^^ no exercise has the id `utfal`
planka: {name: Planka, level: beginner}
//- exercises/b.yaml
variationOf: [planka]
name: B
",
        );
    }
}
