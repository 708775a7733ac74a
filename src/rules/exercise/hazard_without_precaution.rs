//! See `docs`.

use super::missing_safety_note::is_vague;
use super::{first_meant, name_and_steps};
use crate::diagnostic::{Applicability, Confidence, Level};
use crate::lexicon::{Hazard, LEXICON};
use crate::model::exercise::Exercise;
use crate::nearest::nearest;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::source::Span;
use crate::syntax::Text;
use std::collections::BTreeSet;

pub static RULE: Rule = Rule {
    id: "exercise/hazard-without-precaution",
    summary: "an exercise has a known hazard, and the precaution for it is not stated",
    level: Level::Error,
    kinds: &[
        RuleKind { name: "tagged", level: Level::Error, summary: "`hazards` names it" },
        RuleKind {
            name: "inferred",
            level: Level::Warning,
            summary: "the name or the steps show it",
        },
        RuleKind {
            name: "misspelt",
            level: Level::Error,
            summary: "a tag of `hazards` is misspelt, so nothing asks for its precaution",
        },
    ],
    confidence: Confidence::Medium,
    fix: Fixability::Sometimes,
    profile: Profile::Relaxed,
    since: "0.1.0",
    docs: r#"
A general note does not help those whom this exercise can harm: people with osteoporosis and a loaded
bend, with glaucoma and a headstand, with poor balance and a stand on one leg.

```yaml fail
name: One-leg stand
hazards: [single-leg-balance]
instructions: [Stand on one leg for 30 seconds., Change legs.]
safety: Stop if you feel pain.
```

```yaml pass
name: One-leg stand
hazards: [single-leg-balance]
instructions: [Stand on one leg for 30 seconds., Change legs.]
safety: [Stand next to a worktop that you can hold., Stop if you feel dizzy.]
```

The tags of `hazards` are `loaded-spinal-flexion`, `end-range-spinal-flexion`, `spinal-twist`,
`neck-end-range`, `impact`, `overhead-load`, `single-leg-balance`, `inversion`,
`breath-hold-or-heavy-isometric`, `deep-hip-flexion-or-crossing`, `kneeling-or-deep-knee`,
`wrist-load`, `long-supine-or-prone`, `nerve-mobilisation`, `roller-or-ball-release`, `heat-or-cold`,
`heavy-or-maximal-load` and `unstable-surface`. Standing on one leg, inversion, neck circles, nerve
glides, rollers, heat and cold, and unstable surfaces are seen in the name and the steps as well; that
is a warning. The precaution may stand in `safety`, `contraindications`, `stopIf` or a step. Words are
read in English. Nothing is said where `exercise/missing-safety-note` already speaks.
"#,
    check: Check::Exercise(check),
};

fn check(_: &FileContext<'_>, exercise: &Exercise<'_>, out: &mut Sink<'_>) {
    let notes = [&exercise.safety, &exercise.contraindications, &exercise.stop_if];
    if !exercise.english || !notes.iter().any(|part| part.said().next().is_some()) {
        return;
    }
    let tags = exercise.record.texts("hazards");
    tags.iter().for_each(|tag| check_spelling(tag, out));
    let mut stated: Option<BTreeSet<&str>> = None;
    for (tag, hazard) in LEXICON.hazards.iter() {
        let tagged = tags.iter().find(|own| own.as_str() == tag).map(|own| own.span());
        let Some((span, words)) =
            tagged.map(|span| (span, tag.clone())).or_else(|| shown(exercise, hazard))
        else {
            continue;
        };
        if stated.is_none() && exercise.safety.none_known.is_none() && is_vague(exercise) {
            // That the note names nothing is told once, whatever the hazards are.
            return;
        }
        let stated = stated.get_or_insert_with(|| precautions(exercise));
        if hazard.precautions.iter().any(|own| stated.contains(own.as_str())) {
            continue;
        }
        let place = exercise.safety.key.or(exercise.contraindications.key).or(exercise.stop_if.key);
        let diagnostic = out.report(span, format!("no precaution is stated for `{words}`"));
        diagnostic
            .kind(if tagged.is_some() { "tagged" } else { "inferred" })
            .help(format!("say {}", hazard.ask));
        place.map(|place| diagnostic.related(place, "the safety notes"));
    }
}

/// A tag that is none of the table is the author's own, unless it is nearly one.
fn check_spelling(tag: &Text<'_>, out: &mut Sink<'_>) {
    let known = || LEXICON.hazards.keys().map(String::as_str);
    let written = tag.as_str();
    if known().any(|own| own == written) {
        return;
    }
    if let Some(near) = nearest(written, known()) {
        out.report(tag.span(), format!("no hazard is called `{written}`; did you mean `{near}`?"))
            .kind("misspelt")
            .label(format!("did you mean `{near}`?"))
            .fix(format!("write `{near}`"), Applicability::Unsafe, tag.inner_span(), near);
    }
}

/// Ideas and conditions that the record names in its notes and steps.
fn precautions(exercise: &Exercise<'_>) -> BTreeSet<&'static str> {
    let notes = [&exercise.safety, &exercise.contraindications, &exercise.stop_if];
    let ideas =
        |text: &Text<'_>| LEXICON.safety.ideas_in(text.as_str(), exercise.record.hints_in(text));
    let mut out = BTreeSet::new();
    for text in notes.iter().flat_map(|part| &part.texts) {
        // Ideas overlap in one sentence, so every list is asked on its own.
        out.extend(ideas(text));
    }
    for text in exercise.instructions.texts.iter().chain(&exercise.other_texts) {
        out.extend(
            ideas(text)
                .into_iter()
                .filter(|own| matches!(*own, "support" | "breathing" | "surroundings")),
        );
    }
    out
}

/// Words in the name or the steps that show a hazard.
fn shown(exercise: &Exercise<'_>, hazard: &Hazard) -> Option<(Span, String)> {
    let triggers = hazard.triggers.as_ref()?;
    if !exercise.record.may_hold(triggers.hint()) {
        return None;
    }
    let likely = |text: &&Text<'_>| exercise.record.may_hold_in(text, triggers.hint());
    first_meant(name_and_steps(exercise).filter(likely), triggers)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn tags_are_spelt_as_in_the_table() {
        check(
            &RULE,
            "
name: Sträck – sit-up
hazards: [loaded-spinal-flexon, my-own-tag]
          ^^^^^^^^^^^^^^^^^^^^ no hazard is called `loaded-spinal-flexon`; did you mean `loaded-spinal-flexion`?
safety: Stop if you feel pain.
",
        );
    }

    #[test]
    fn tagged_and_shown_hazards() {
        check(
            &RULE,
            "
- name: Enbensstående – stand
  hazards: [single-leg-balance]
            ^^^^^^^^^^^^^^^^^^ no precaution is stated for `single-leg-balance`
  safety: Stop if you feel pain.
  ------ the safety notes
- name: Headstand
        ^^^^^^^^^ no precaution is stated for `Headstand`
  safety: Stop if you feel pain.
  ------ the safety notes
",
        );
    }

    #[test]
    fn precautions_that_fit() {
        silent(
            &RULE,
            "
- {name: A, hazards: [single-leg-balance], safety: Stand near a wall and stop if you feel unsteady.}
- {name: Headstand, safety: Stop if it hurts., contraindications: [Glaucoma or high blood pressure.]}
- {name: C, instructions: [Do not stand on one leg.], safety: Stop if it hurts.}
- {name: D, instructions: [Stand on one leg beside a chair.], safety: Stop if it hurts.}
- {name: Headstand}
- {name: Headstand, hazards: [impact], safety: Be careful.}
- {name: E, hazards: [house-rule], safety: Stop if it hurts.}
- {name: Foam rolling, safety: Not over a fracture or an open wound. Stop if it hurts.}
- {name: G, inLanguage: sv, hazards: [impact], safety: Sluta om det gör ont.}
",
        );
    }
}
