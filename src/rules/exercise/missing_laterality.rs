//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::lexicon::{Hit, LEXICON, Matcher};
use crate::model::exercise::{Exercise, is_filler, sentences_of};
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, Sink};
use crate::source::Span;
use crate::syntax::{Node, Text};
use std::collections::HashSet;

pub static RULE: Rule = Rule {
    id: "exercise/missing-laterality",
    summary: "a one-sided exercise never says to repeat on the other side",
    level: Level::Warning,
    kinds: &[],
    confidence: Confidence::Medium,
    fix: Fixability::Never,
    profile: Profile::Default,
    since: "0.1.0",
    docs: r#"
Readers do what is written: one side only (CERT item 8).

```yaml fail
name: Piriformis stretch
instructions:
  - Lie on your back with your knees bent.
  - Cross your right ankle over your left knee and pull your left thigh closer.
  - Hold for 30 seconds and keep your right hip on the floor.
dosage: 2 sets of 2 repetitions, daily
```

```yaml pass
name: Piriformis stretch
instructions:
  - Lie on your back with your knees bent.
  - Cross your right ankle over the other knee and pull the thigh closer.
  - Hold for 30 seconds, then repeat on the other side.
```

An exercise is one-sided when its name says "one-arm" or "single-leg", or a step speaks of "one leg",
"your right knee" and the like. "Other side", "switch legs", "alternate", "each side", "both arms",
"repeat ... left", the same limb left and right, the field `laterality`, and `perSide` or
"10 per leg" in the dosage all answer. In measurements on
873 public exercises 31 of 34 alarms were right; the rest are movements such as "one leg at a time".
Words are read in English.
"#,
    check: Check::Exercise(check),
};

fn check(_: &FileContext<'_>, exercise: &Exercise<'_>, out: &mut Sink<'_>) {
    let says_sides = |dosage: Node<'_>| dosage.get("perSide")?.as_bool();
    let per_side = exercise.dosage.and_then(says_sides).unwrap_or(false)
        || exercise.doses.iter().any(|own| own.per_side);
    if !exercise.english
        || exercise.record.field("laterality").is_some_and(Node::is_scalar)
        || per_side
    {
        return;
    }
    let steps = &exercise.instructions.texts;
    let Some(last) = steps.iter().rfind(|text| !is_filler(text.as_str())) else { return };
    let Some((span, words)) = one_sided(exercise) else { return };
    let dosage = exercise.dosage.and_then(Node::text);
    let mut all =
        steps.iter().chain(&exercise.other_texts).chain(&exercise.dosage_texts).chain(&dosage);
    let answers = &LEXICON.laterality.answers;
    let answered = |text: &Text<'_>| {
        exercise.record.may_hold_in(text, answers.hint())
            && answers.find_all(text.as_str()).iter().any(|hit| !is_posture(text.as_str(), hit))
    };
    if all.any(answered) || names_both_sides(steps) {
        return;
    }
    let place = sentences_of(last).pop().unwrap_or_else(|| last.clone());
    out.report(
        place.span(),
        format!("the steps of {} never come to the other side", exercise.title()),
    )
    .related(span, format!("`{words}` is one side"))
    .help("add `Repeat on the other side.`, or the field `laterality`");
}

/// Whether the words tell how both limbs lie or stand and not that both are trained.
fn is_posture(text: &str, hit: &Hit<'_>) -> bool {
    const POSTURES: &[&str] = &["bent", "straight", "flat", "extended", "relaxed", "outstretched"];
    let words = &text[hit.range.clone()];
    let next = text[hit.range.end..].split_whitespace().next().unwrap_or("");
    let next = next.trim_end_matches(|c: char| !c.is_alphanumeric());
    words.get(..4).is_some_and(|first| first.eq_ignore_ascii_case("both"))
        && POSTURES.iter().any(|own| own.eq_ignore_ascii_case(next))
}

/// Whether what was named lies on the trunk to feel the breath: "one hand on your belly".
fn rests(behind: &str) -> bool {
    const PLACES: &[&str] = &[
        "abdomen",
        "belly",
        "breastbone",
        "chest",
        "diaphragm",
        "heart",
        "ribs",
        "stomach",
        "tummy",
    ];
    const BETWEEN: &[&str] = &["your", "the", "upper", "lower"];
    let mut words = behind.split_whitespace().take(4);
    let is_on = words.next().is_some_and(|own| matches!(own, "on" | "over" | "onto"));
    let place = words.find(|own| !BETWEEN.contains(own)).unwrap_or("");
    is_on && PLACES.contains(&place.trim_end_matches(|c: char| !c.is_alphanumeric()))
}

/// Whether one limb is named on the left and on the right.
fn names_both_sides(steps: &[Text<'_>]) -> bool {
    let mut named = [HashSet::new(), HashSet::new()];
    for step in steps {
        let mut words = step
            .as_str()
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .peekable();
        while let Some(word) = words.next() {
            let side = match word.to_ascii_lowercase().as_str() {
                "left" => 0,
                "right" => 1,
                _ => continue,
            };
            if let Some(limb) = words.peek() {
                named[side].insert(limb.to_ascii_lowercase());
            }
        }
    }
    named[0].intersection(&named[1]).next().is_some()
}

/// The words that make the exercise one-sided.
fn one_sided(exercise: &Exercise<'_>) -> Option<(Span, String)> {
    let find = |text: &Text<'_>, list: &Matcher| {
        if !exercise.record.may_hold_in(text, list.hint()) {
            return None;
        }
        let rests = |hit: &Hit<'_>| rests(&text.as_str()[hit.range.end..]);
        let first = list.find(text.as_str())?;
        let hit = match rests(&first) {
            true => list.find_all(text.as_str()).into_iter().find(|hit| !rests(hit))?,
            false => first,
        };
        Some((text.span_of(hit.range.clone()), text.as_str()[hit.range].to_owned()))
    };
    let name = exercise.name.as_ref().and_then(|name| find(name, &LEXICON.laterality.in_name));
    name.or_else(|| {
        exercise.instructions.texts.iter().find_map(|step| find(step, &LEXICON.laterality.in_steps))
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, diagnostics, files, silent};

    #[test]
    fn a_hand_that_feels_the_breath_trains_nothing() {
        silent(
            &RULE,
            "
name: Slow breathing
instructions:
  - Lie on your back with one hand on your belly.
  - Place one hand on your upper chest, and breathe in.
",
        );
        check(
            &RULE,
            "
name: Räck
instructions:
  - Sit with one hand on your belly.
  - Lift one arm – and lower it.
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the steps of `Räck` never come to the other side
         ------- `one arm` is one side
",
        );
    }

    #[test]
    fn a_field_of_the_dose_names_the_sides() {
        let exercise = |repetitions: &str| {
            format!(
                "name: Benlyft\ninstructions: [Stand tall., Lift one leg – slowly.]\ndosage: {{sets: 2, repetitions: {repetitions}, frequency: daily}}\n"
            )
        };
        silent(&RULE, &exercise("10 per leg"));
        silent(&RULE, &exercise("8-12 each side"));
        let told = diagnostics(&files(&RULE, &exercise("8-12 slow")));
        assert!(told.iter().any(|own| own.rule == RULE.id), "{told:#?}");
    }

    #[test]
    fn a_posture_of_both_legs_is_no_other_side() {
        check(
            &RULE,
            "
name: Sträck – glutes
instructions:
  - Lie on your back with both knees bent.
  - Cross your right ankle over your left thigh.
          ---------------- `your right ankle` is one side
  - Hold.
    ^^^^^ the steps of `Sträck – glutes` never come to the other side
",
        );
    }

    #[test]
    fn ways_to_say_the_other_side() {
        let steps =
            ["Change over.", "Swap.", "Now the left.", "Repeat in mirror image.", "Left leg next."];
        for step in steps {
            let text =
                format!("name: A\ninstructions: [Kneel on your right knee., Hold., {step}]\n");
            silent(&RULE, &text);
        }
    }

    #[test]
    fn one_side_only() {
        check(
            &RULE,
            "
name: Höftstretch
instructions:
  - Kneel on your right knee.
             --------------- `your right knee` is one side
  - Lean forward – gently.
    ^^^^^^^^^^^^^^^^^^^^^^ the steps of `Höftstretch` never come to the other side
",
        );
    }

    #[test]
    fn a_name_with_one_side() {
        check(
            &RULE,
            "
name: One-arm row
      ------- `One-arm` is one side
instructions: [Bend forward. Pull the weight to your waist.]
                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the steps of `One-arm row` never come to the other side
",
        );
    }

    #[test]
    fn the_other_side_is_named() {
        silent(
            &RULE,
            "
- {name: Single-leg bridge, instructions: [TODO]}
- {name: A, instructions: [Kneel on one knee., Repeat on the other side.]}
- {name: B, instructions: [Kneel on one knee., Switch legs.]}
- {name: C, instructions: [Lift one leg., Alternate for a minute.]}
- {name: D, laterality: unilateral, instructions: [Lift one leg., Lower it.]}
- {name: E, instructions: [Lift one leg., Lower it.], dosage: {repetitions: 10, perSide: true}}
- {name: F, instructions: [Lift one leg., Lower it.], dosage: 10 repetitions on each side}
- {name: G, instructions: [Stand on one foot., Lower it.]}
- {name: H, inLanguage: de, instructions: [Your right knee.]}
- {name: I, instructions: [Raise your left arm., Lower it and raise your right arm.]}
",
        );
    }
}
