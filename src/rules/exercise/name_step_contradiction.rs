//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::lexicon::{CONTRADICTIONS, Matcher, is_negated};
use crate::model::exercise::{Exercise, sentences_of};
use crate::normal::single_spaced;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, Sink};
use crate::source::Span;
use crate::syntax::Text;

pub static RULE: Rule = Rule {
    id: "exercise/name-step-contradiction",
    summary: "the steps contradict the name of the exercise",
    level: Level::Warning,
    kinds: &[],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Strict,
    since: "0.1.0",
    docs: r#"
Steps that were pasted from another exercise are done as they are written (CERT item 8).

```yaml fail
name: Standing calf stretch
instructions:
  - Lie on your back and pull one knee in with both hands.
  - Hold for 30 seconds and change legs.
```

```yaml pass
name: Standing calf stretch
instructions:
  - Stand facing a wall, one foot behind the other.
  - Keep the back heel on the floor and lean in.
```

Looked at is what a name says and the steps then cannot: a posture ("standing"), a movement ("bridge", "dead bug",
"quad stretch"), a side of it ("incline", "palms up", "reverse") and what is held ("dumbbell"). The rule speaks where
the steps say the opposite and neither they nor any other text of the record says anything that fits the name. In two
public collections of 1,276 exercises it says nothing, and when each of these exercises gets the steps of another one,
it finds one in ten: what it does not say proves nothing. Words are read in English.

Correct the steps, or the name.
"#,
    check: Check::Exercise(check),
};

fn check(_: &FileContext<'_>, exercise: &Exercise<'_>, out: &mut Sink<'_>) {
    let Some(name) = exercise.name.as_ref().filter(|_| exercise.english) else { return };
    let rows = CONTRADICTIONS.of_name(name.as_str());
    let others = [&exercise.other_texts, &exercise.tips].into_iter().flatten();
    let steps = || exercise.instructions.said().chain(&exercise.position);
    for (said, row) in rows {
        let is_like = |text: &Text<'_>| row.like.is_match(text.as_str());
        // "From lying to standing"
        let is_of_name = row.unlike.is_match(name.as_str());
        if is_of_name || steps().chain(others.clone()).any(is_like) {
            continue;
        }
        let Some((span, words)) = steps().find_map(|text| found(&row.unlike, text)) else {
            continue;
        };
        let called = single_spaced(&name.as_str()[said.range.clone()]);
        out.report(span, format!("`{words}` contradicts the name {}", exercise.title()))
            .label(format!("nothing here is `{called}`"))
            .related(name.span_of(said.range), "the name says so")
            .help("check whether these are the steps of another exercise");
        return;
    }
}

/// Where a text says it of the exercise itself.
fn found(unlike: &Matcher, text: &Text<'_>) -> Option<(Span, String)> {
    if !unlike.is_match(text.as_str()) {
        return None;
    }
    sentences_of(text).iter().find_map(|sentence| {
        let words = sentence.as_str();
        let hit = unlike.find(words).filter(|hit| !is_negated(&words[..hit.range.start]))?;
        let is_meant = !tells_of_another(words);
        is_meant.then(|| (sentence.span_of(hit.range.clone()), single_spaced(&words[hit.range])))
    })
}

/// Whether a sentence speaks of a variation, or of what was done before.
fn tells_of_another(sentence: &str) -> bool {
    const WORDS: &[&str] = &[
        "after",
        "also",
        "alternative",
        "alternatively",
        "as",
        "can",
        "could",
        "easier",
        "harder",
        "if",
        "instead",
        "like",
        "may",
        "or",
        "progress",
        "progression",
        "similar",
        "than",
        "unlike",
        "variation",
        "version",
        "when",
        "without",
    ];
    let mut words = sentence.split(|c: char| !c.is_alphanumeric());
    words.any(|word| WORDS.iter().any(|own| own.eq_ignore_ascii_case(word)))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn steps_of_another_exercise() {
        check(
            &RULE,
            "
- name: Standing calf stretch – vad
        -------- the name says so
  instructions: [Lie on your back and pull one knee in., Hold for 30 seconds.]
                 ^^^^^^^^^^^^^^^^ `Lie on your back` contradicts the name `Standing calf stretch – vad`
- name: Dead bug
        -------- the name says so
  instructions: [Start on all fours and lift one arm.]
                       ^^^^^^^^^^^^ `on all fours` contradicts the name `Dead bug`
- name: Quad stretch
        ------------ the name says so
  instructions: [Hug one knee into your chest and breathe.]
                         ^^^^^^^^^^^^^^^^^^^^ `knee into your chest` contradicts the name `Quad stretch`
- name: Dumbbell row
        -------- the name says so
  instructions: [Bend over and pull the barbell to your waist.]
                                        ^^^^^^^ `barbell` contradicts the name `Dumbbell row`
",
        );
    }

    #[test]
    fn what_fits_somehow() {
        silent(
            &RULE,
            "
- {name: Standing calf stretch, instructions: [Place one foot forward., Then lie on your back to rest.]}
- {name: Lying-to-standing, instructions: [Lie on your back., Roll over.]}
- {name: Dumbbell row, instructions: [You can also use a barbell.]}
- {name: Dumbbell row, instructions: [Do not use a barbell here.]}
- {name: Dumbbell or barbell row, instructions: [Pull the barbell to your waist.]}
- {name: IT band release, instructions: [Lay the barbell on your thigh.]}
- {name: Standing row, startingPosition: Stand tall., instructions: [Lie on your back.]}
- {name: Standing, inLanguage: sv, instructions: [Lie on your back.]}
- {name: Reverse plank, instructions: [Sit on a chair., Lie on your back.]}
- {name: Standing clamshell, instructions: [Stand with your hands together., Open one knee.]}
- {name: Standing}
- {name: 3, instructions: [Lie on your back.]}
- {instructions: [Lie on your back.]}
",
        );
    }
}
