//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::facts::{ExerciseFact, NameFact, ProjectFacts, RecordFact, ReferenceRole};
use crate::rule::{Check, Fixability, Profile, Rule, RuleKind, Sink};
use crate::source::FilePath;
use crate::words::quoted_name;
use std::collections::{BTreeMap, BTreeSet};

pub static RULE: Rule = Rule {
    id: "exercise/duplicate-exercise",
    summary: "two records describe the same exercise",
    level: Level::Warning,
    kinds: &[
        RuleKind { name: "same-name", level: Level::Warning, summary: "two have one name" },
        RuleKind {
            name: "same-steps",
            level: Level::Warning,
            summary: "two with different names have the same steps",
        },
    ],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Strict,
    since: "0.1.0",
    docs: r#"
An exercise that has two records is found twice, reviewed twice, and its safety notes are corrected in one place only.

```yaml fail
- id: glute-bridge
  name: Glute bridge
  aliases: [hip lift]
  instructions: [Lie on your back with your knees bent., Lift your hips.]
- id: hip-lift
  name: Hip lift
  instructions: [Lie down., Press your feet into the floor and raise your pelvis.]
```

```yaml pass
- id: glute-bridge
  name: Glute bridge
  instructions: [Lie on your back with your knees bent., Lift your hips.]
- id: single-leg-bridge
  name: Single-leg bridge
  variationOf: glute-bridge
  instructions: [Lie on your back with one knee bent., Lift your hips.]
```

A name of one exercise may not be the name of another, whatever their case, hyphens and plurals. Exercises with
different names have the same steps when these agree in every word but the smallest: then the text of one was pasted and
never adapted, or both are one exercise. Steps that are nearly the same are left alone: in two public collections of
1,276 exercises, 16 pairs share nine tenths of their words or more; the five that share all are defects, and the others
are variants, as one with the palms up and one with the palms down.

Versions in other languages, records without steps, as plans have, and two records with one id, which
`project/duplicate-id` tells, are left alone, and so are the same steps where one exercise is a variation,
progression or regression of the other. Keep one record and give it the other name as one of its `aliases`, or
say in the steps what makes them different.
"#,
    check: Check::Project(check),
};

/// An exercise and where it stands.
#[derive(Clone, Copy)]
struct Found<'a> {
    path: &'a FilePath,
    record: &'a RecordFact,
    fact: &'a ExerciseFact,
}

/// An exercise by one of its names.
type Named<'a> = (Found<'a>, &'a NameFact);

/// A language and a hash.
type InLanguage<'a> = (Option<&'a str>, u64);

fn check(facts: &ProjectFacts<'_>, out: &mut Sink<'_>) {
    let mut by_name = BTreeMap::<InLanguage<'_>, Vec<Named<'_>>>::new();
    let mut by_steps = BTreeMap::<InLanguage<'_>, Vec<Named<'_>>>::new();
    for (&path, file) in &facts.files {
        for fact in &file.requested().exercises {
            let found = Found { path, record: file.record(fact.record), fact };
            let language = fact.language.as_deref();
            for name in &fact.names {
                by_name.entry((language, name.form)).or_default().push((found, name));
            }
            if let Some((steps, _)) = fact.steps {
                by_steps.entry((language, steps)).or_default().push((found, &fact.names[0]));
            }
        }
    }
    let links = Links::of(facts);
    for all in by_name.into_values().filter(|all| all.len() > 1) {
        report_name(&all, &links, out);
    }
    for all in by_steps.into_values().filter(|all| all.len() > 1) {
        report_steps(&all, &links, out);
    }
}

/// What exercises say of each other.
struct Links<'a>(BTreeSet<(&'a str, &'a str, ReferenceRole)>);

impl<'a> Links<'a> {
    fn of(facts: &ProjectFacts<'a>) -> Self {
        let mut out = BTreeSet::new();
        for file in facts.files.values().filter(|file| !file.requested().exercises.is_empty()) {
            for own in file.references.iter().filter(|own| VARIES.contains(&own.role)) {
                let from = file.record(own.record).id.as_deref();
                out.extend(from.map(|from| (from, &*own.target, own.role)));
            }
        }
        Self(out)
    }

    fn has(&self, one: Found<'_>, other: Found<'_>, roles: &[ReferenceRole]) -> bool {
        let ids = (one.record.id.as_deref(), other.record.id.as_deref());
        let (Some(one), Some(other)) = ids else { return false };
        let has = |from, to| roles.iter().any(|role| self.0.contains(&(from, to, *role)));
        has(one, other) || has(other, one)
    }
}

const TRANSLATES: &[ReferenceRole] = &[ReferenceRole::Translation];

const VARIES: &[ReferenceRole] = &[
    ReferenceRole::Translation,
    ReferenceRole::Variation,
    ReferenceRole::Progression,
    ReferenceRole::Regression,
];

/// Those that stand for another record than the first.
fn apart<'f, 'a>(
    first: &Named<'a>,
    others: &'f [Named<'a>],
    links: &Links<'_>,
    roles: &[ReferenceRole],
) -> Vec<&'f Named<'a>> {
    let is_other = |own: &&Named<'_>| {
        let (one, other) = (first.0.record, own.0.record);
        let is_one_id = one.id.is_some() && one.id == other.id;
        !std::ptr::eq(one, other) && !is_one_id && !links.has(first.0, own.0, roles)
    };
    others.iter().filter(is_other).collect()
}

/// Diagnostics name so many other places.
const MOST_PLACES: usize = 5;

fn report_name(all: &[Named<'_>], links: &Links<'_>, out: &mut Sink<'_>) {
    let is_title = |own: &Named<'_>| std::ptr::eq(own.1, &own.0.fact.names[0]);
    // Two records may well share a colloquial name; a record of its own is what it should not have.
    let mut all = all.to_vec();
    all.sort_by_key(|own| !is_title(own));
    let Some((first, others)) = all.split_first().filter(|(first, _)| is_title(first)) else {
        return;
    };
    let others = apart(first, others, links, TRANSLATES);
    let Some((again, more)) = others.split_first() else { return };
    let name = quoted_name(&again.1.words);
    let message = match is_title(again) {
        true => format!("two exercises are called {name}"),
        false => format!("{name} is another exercise"),
    };
    let label = if is_title(again) { "again here" } else { "another name of this one" };
    let diagnostic = out.report_at(again.0.path, &again.1.site, message);
    diagnostic.kind("same-name").label(label);
    diagnostic.related_at(first.0.path.clone(), first.1.site.span, "the name of this one");
    for other in more.iter().take(MOST_PLACES) {
        diagnostic.related_at(other.0.path.clone(), other.1.site.span, "and of this one");
    }
    diagnostic.help("keep one of the two, or give each a name of its own");
}

fn report_steps(all: &[Named<'_>], links: &Links<'_>, out: &mut Sink<'_>) {
    let Some((first, others)) = all.split_first() else { return };
    let mut others = apart(first, others, links, VARIES);
    // That they have one name is told.
    others.retain(|own| own.1.form != first.1.form);
    let Some((again, more)) = others.split_first() else { return };
    let site = |own: &Found<'_>| own.fact.steps.map(|(_, site)| site);
    let (Some(here), Some(there)) = (site(&again.0), site(&first.0)) else { return };
    let [name, other] = [again, first].map(|own| quoted_name(&own.1.words));
    let message = format!("{name} has the same steps as {other}");
    let diagnostic = out.report_at(again.0.path, &here, message);
    diagnostic.kind("same-steps").label(format!("the steps of {name}"));
    diagnostic.related_at(first.0.path.clone(), there.span, format!("the steps of {other}"));
    for other in more.iter().take(MOST_PLACES) {
        let words = format!("and of {}", quoted_name(&other.1.words));
        site(&other.0).map(|site| diagnostic.related_at(other.0.path.clone(), site.span, words));
    }
    diagnostic
        .help("say in the steps what makes them different, or keep one record with both names");
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn one_name_in_two_records() {
        check(
            &RULE,
            "
//- exercises/a.yaml
id: a
name: Häl-lyft
      -------- the name of this one
instructions: [Höj hälarna.]
//- exercises/b.yaml
id: b
name: häl lyft
      ^^^^^^^^ two exercises are called `häl lyft`
instructions: [Stå på tå.]
//- exercises/c.yaml
id: c
name: Hällyft
      ------- and of this one
instructions: [Res dig på tå.]
",
        );
    }

    #[test]
    fn a_name_that_is_another_name_elsewhere() {
        check(
            &RULE,
            "
- id: a
  name: Bridge
  aliases: [glute bridge, Hip lift]
                          ^^^^^^^^ `Hip lift` is another exercise
  instructions: [Lift your hips.]
- id: b
  name: Hip lifts
        --------- the name of this one
  aliases: [glute bridge]
  instructions: [Raise your pelvis.]
",
        );
    }

    #[test]
    fn steps_that_were_pasted() {
        check(
            &RULE,
            "
- id: a
  name: Höftlyft
  instructions: &steps
  ------------ the steps of `Höftlyft`
    - Ligg på rygg med böjda knän och fötterna stadigt i golvet, en höftbredd isär.
    - Lyft höften tills knän, höfter och axlar är i linje.
- id: b
  name: Bäckenlyft
  instructions:
  ^^^^^^^^^^^^ `Bäckenlyft` has the same steps as `Höftlyft`
    - ligg på rygg, med böjda knän och fötterna stadigt i golvet, en höftbredd isär
    - Lyft höften tills knän, höfter och axlar är i linje!
",
        );
    }

    #[test]
    fn other_exercises() {
        silent(
            &RULE,
            "
//- exercises/a.yaml
id: a
name: Bridge
aliases: [hip lift, the bridge]
instructions: [Lie on your back with your knees bent and your feet flat on the floor., Lift your hips until they are in line.]
//- exercises/b.yaml
id: b
name: Bridge on a step
aliases: [hip lift]
variationOf: a
instructions: [Lie on your back with your knees bent and your feet flat on the floor., Lift your hips until they are in line.]
//- exercises/sv/a.yaml
id: a
name: Bridge
inLanguage: sv
translationOf: a
instructions: [Lyft höften.]
//- exercises/sv/c.yaml
id: c
name: Bridge
translationOf: a
instructions: [Lyft höften.]
//- exercises/plan.yaml
- {name: Bridge}
- {name: Squat, instructions: [Hold for ten seconds.]}
- {name: Sit, instructions: [Hold for ten seconds.]}
- {name: 12, instructions: [7]}
- {name: '', instructions: ['']}
- {name: '', instructions: ['']}
",
        );
    }
}
