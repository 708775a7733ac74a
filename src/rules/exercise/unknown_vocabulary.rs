//! See `docs`.

use crate::diagnostic::{Applicability, Confidence, Level};
use crate::lexicon::{MusclePlace, judged_words, muscle_meant};
use crate::model::exercise::Exercise;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::syntax::Text;

pub static RULE: Rule = Rule {
    id: "exercise/unknown-vocabulary",
    summary: "the name of a muscle is misspelt",
    level: Level::Warning,
    kinds: &[
        RuleKind { name: "field", level: Level::Warning, summary: "in a field for muscles" },
        RuleKind { name: "text", level: Level::Info, summary: "in the name, the steps or a note" },
    ],
    confidence: Confidence::High,
    fix: Fixability::Sometimes,
    profile: Profile::Default,
    since: "0.1.0",
    docs: r#"
A search for the hamstrings does not find the exercise for the `hamstings`, and neither do readers who want to look up what
it trains.

```yaml fail
name: Wall sit
primaryMuscles: [quadracep, gluteus maximus]
```

```yaml pass
name: Wall sit
primaryMuscles: [quadriceps, gluteus maximus]
```

A word is told where it is nearly one in the name of a muscle, and no word of its own: one letter away, or two for words
of nine letters and more. What is far from all of them is a project's own. The fields are `primaryMuscles`,
`secondaryMuscles` and `muscleGroups`; in sentences only names that mean nothing else are looked for. Words are read in
English and Latin.
"#,
    check: Check::Exercise(check),
};

/// A field with more words holds a sentence.
const LONGEST_NAME: usize = 4;

fn check(_: &FileContext<'_>, exercise: &Exercise<'_>, out: &mut Sink<'_>) {
    const FIELDS: [&str; 3] = ["primaryMuscles", "secondaryMuscles", "muscleGroups"];
    if !exercise.english {
        return;
    }
    for text in FIELDS.iter().flat_map(|field| exercise.record.texts(field)) {
        let is_name = text.as_str().split_whitespace().nth(LONGEST_NAME).is_none();
        let place = if is_name { MusclePlace::Field } else { MusclePlace::Text };
        look_through(&text, place, out);
    }
    let parts = [&exercise.instructions, &exercise.safety, &exercise.contraindications];
    let texts = parts.into_iter().flat_map(|part| &part.texts).chain(&exercise.other_texts);
    texts.chain(&exercise.name).for_each(|text| look_through(text, MusclePlace::Text, out));
}

fn look_through(text: &Text<'_>, place: MusclePlace, out: &mut Sink<'_>) {
    for range in judged_words(text.as_str(), place) {
        let written = &text.as_str()[range.clone()];
        let Some(meant) = muscle_meant(written, place) else { continue };
        let span = text.span_of(range);
        out.report(span, format!("no muscle is called `{written}`; did you mean `{meant}`?"))
            .kind(if place == MusclePlace::Field { "field" } else { "text" })
            .label(format!("did you mean `{meant}`?"))
            .fix(
                format!("write `{meant}`"),
                Applicability::Unsafe,
                span,
                as_written(meant, written),
            );
    }
}

/// A word with a capital where another has one.
fn as_written(word: &str, like: &str) -> String {
    let (first, rest) = word.split_at(1);
    match like.starts_with(char::is_uppercase) {
        true => first.to_uppercase() + rest,
        false => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn misspelt_muscles() {
        check(
            &RULE,
            "
name: Knäböj – Hamstings curl
               ^^^^^^^^^ no muscle is called `Hamstings`; did you mean `hamstrings`?
primaryMuscles: [quadracep, gluteus maximum, own-muscle]
                 ^^^^^^^^^ no muscle is called `quadracep`; did you mean `quadriceps`?
                                    ^^^^^^^ no muscle is called `maximum`; did you mean `maximus`?
instructions: [Tighten the **pirformis** and the glutes.]
                             ^^^^^^^^^ no muscle is called `pirformis`; did you mean `piriformis`?
",
        );
    }

    #[test]
    fn right_names_and_other_words() {
        silent(
            &RULE,
            "
- {name: Squat, primaryMuscles: [Quads, glutes, lower back, \"shoulder - front\", FULL_BODY, foot-flexors, tricep]}
- {name: Squat, instructions: [Keep a minimum of weight on the planter., Do quadrants on the trapezium.]}
- {name: Squat, inLanguage: sv, primaryMuscles: [hamstrings, quadracepsen]}
",
        );
    }
}
