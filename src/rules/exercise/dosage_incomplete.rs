//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::lexicon::LEXICON;
use crate::model::dosage::{Dose, Measure, Mentions, Unit};
use crate::model::exercise::{Exercise, sentences_of};
use crate::normal::single_spaced;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::source::Span;
use crate::syntax::Text;
use crate::words::and;
use std::cell::LazyCell;

pub static RULE: Rule = Rule {
    id: "exercise/dosage-incomplete",
    summary: "the dose is missing, has a bare number, or is too vague to follow",
    level: Level::Error,
    kinds: &[
        RuleKind {
            name: "missing",
            level: Level::Error,
            summary: "a part that the category needs is not stated",
        },
        RuleKind { name: "unit-missing", level: Level::Error, summary: "a time has no unit" },
        RuleKind { name: "unit-unknown", level: Level::Error, summary: "a unit is misspelt" },
        RuleKind { name: "vague", level: Level::Error, summary: "the words name no amount" },
        RuleKind { name: "frequency", level: Level::Warning, summary: "nothing says how often" },
    ],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Default,
    since: "0.1.0",
    docs: r#"
Without a dose nobody can follow an exercise, and nobody can say later what was done (FITT-VP, CERT
item 13, TIDieR item 8).

```yaml fail
name: Calf stretch
category: stretching
instructions: [Stand facing a wall., Lean forward until you feel a stretch in the calf.]
dosage: Repeat several times
```

```yaml pass
name: Calf stretch
category: stretching
instructions: [Stand facing a wall., Lean forward until you feel a stretch in the calf.]
dosage: {sets: 2, hold: 30 s, repetitions: 2, frequency: 3 per week}
```

What has to be there depends on the category: strength needs sets, and repetitions or a time; a
stretch a hold, and repetitions or sets; an isometric exercise a hold and repetitions or sets;
cardio a duration and an intensity; other categories one of repetitions, hold and duration. A dose
in the words of `dosage`, of the steps, or of a "Dosage" section counts. Every exercise says how
often (a warning). Exercises of the category `education` are left alone.

A number of a field is a number of seconds for some and of minutes for others, so a time has a unit:

```yaml fail
name: Calf stretch
category: stretching
dosage: {sets: 2, hold: 30, repetitions: 2, frequency: 3 per week}
```

Parts of a dose that stand in the record instead of in `dosage` count, too: `schema/unknown-field` tells where they belong.

Words are read in English; in other languages a dose in words is taken as it is. "To fatigue" is a
dose when `level` is `advanced` or `expert`. `caveat baseline` accepts an imported collection as it is.
"#,
    check: Check::Exercise(check),
};

fn check(_: &FileContext<'_>, exercise: &Exercise<'_>, out: &mut Sink<'_>) {
    if exercise.is_category(&["education"]) {
        return;
    }
    let doses = doses(exercise);
    for dose in doses.iter().filter(|dose| dose.unit == Unit::Missing) {
        let field = dose.measure.field();
        out.report(dose.span, format!("`{field}: {}` has no unit", dose.words))
            .kind("unit-missing")
            .help(format!("write `{field}: {} s` or `{field}: {} min`", dose.words, dose.words));
    }
    for (dose, unit) in doses.iter().filter_map(|dose| Some((dose, dose.misspelt_unit()?))) {
        let number = dose.words.split(' ').next().unwrap_or_default();
        out.report(dose.span, format!("`{}` has a unit that nobody knows", dose.words))
            .kind("unit-unknown")
            .label(format!("did you mean `{number} {unit}`?"))
            .help("times are in s, min, h or breaths");
    }
    let in_words = exercise.dosage.is_some_and(|node| node.text().is_some())
        || !exercise.dosage_texts.is_empty();
    if in_words && !exercise.english {
        return;
    }
    let mentions = LazyCell::new(|| mentions(exercise));
    let in_doses = |measure: &Measure| {
        let counts = |dose: &&Dose| dose.measure == *measure && !too_vague(exercise, dose);
        doses.iter().any(counts)
    };
    let in_words = |measure: &Measure| {
        *measure == Measure::Intensity && intensity_in_words(exercise)
            || *measure == Measure::Sets && doses.iter().any(|dose| is_spread(dose))
            || exercise.dosage.is_none() && exercise.record.field(measure.field()).is_some()
            || mentions.may_state(*measure)
    };
    // Words are read where no dose is enough.
    let stated = |any: &[Measure]| any.iter().any(in_doses) || any.iter().any(in_words);
    let mut missing = missing_parts(exercise, &stated);
    let parts_are_missing = !missing.is_empty();
    if !stated(&[Measure::Frequency]) {
        missing.push("frequency");
    }
    if !missing.is_empty() {
        report(exercise, &doses, &missing, parts_are_missing, out);
    }
}

/// "Three times a day": as many sets.
fn is_spread(dose: &Dose) -> bool {
    dose.measure == Measure::Frequency && dose.unit == Unit::PerDay && dose.min >= 2.0
}

/// Every dose of the record, fields first.
fn doses<'e>(exercise: &'e Exercise<'_>) -> Vec<&'e Dose> {
    let in_words = exercise.doses_in_words();
    let beside = in_words.again.iter().chain(&in_words.told);
    exercise.doses.iter().chain(&in_words.declared).chain(beside).collect()
}

/// What the words of the dose, the steps and what stands beside them speak of.
fn mentions(exercise: &Exercise<'_>) -> Mentions {
    let dose = exercise.words_of_dose();
    let dose = dose.iter().map(|text| Mentions::in_dose(text.as_str()));
    let said = exercise.instructions.texts.iter().chain(&exercise.other_texts);
    let steps = said.flat_map(sentences_of).map(|text| Mentions::in_step(text.as_str()));
    let cells = exercise.table_words.iter().map(|text| Mentions::in_step(text));
    dose.chain(steps).chain(cells).fold(Mentions::default(), Mentions::or)
}

fn too_vague(exercise: &Exercise<'_>, dose: &Dose) -> bool {
    let experienced = exercise
        .level
        .as_ref()
        .is_some_and(|level| matches!(level.as_str(), "advanced" | "expert"));
    exercise.english && dose.is_vague() && !(experienced && fatigue(&dose.words))
}

fn fatigue(words: &str) -> bool {
    ["fatigue", "failure", "amrap", "max"].iter().any(|word| words.to_lowercase().contains(word))
}

/// A talking test, a scale or a pace in the text of the dose or the steps.
fn intensity_in_words(exercise: &Exercise<'_>) -> bool {
    const WORDS: &[&str] = &[
        "intensity",
        "effort",
        "borg",
        "rpe",
        "heart rate",
        "brisk",
        "pace",
        "talk",
        "conversation",
        "moderate",
        "vigorous",
        "resistance",
        "speed",
        "comfortable",
        "easy",
        "light",
        "steady",
    ];
    let own = exercise.words_of_dose();
    own.iter().chain(&exercise.instructions.texts).any(|text| {
        let lower = text.as_str().to_lowercase();
        WORDS.iter().any(|word| lower.contains(word))
    })
}

/// Parts that the category needs and nothing states.
// Source: FITT-VP by type of exercise (ACSM 2011); CERT 2016, item 13.
fn missing_parts(
    exercise: &Exercise<'_>,
    stated: &impl Fn(&[Measure]) -> bool,
) -> Vec<&'static str> {
    use Measure::{Duration, Hold, Intensity, Repetitions, Sets};
    let category = exercise.category.as_ref().map_or("", Text::as_str);
    let needs: &[(&[Measure], &'static str)] = match category {
        "strength" | "powerlifting" | "olympic weightlifting" | "strongman" | "plyometrics" => {
            &[(&[Sets], "sets"), (&[Repetitions, Hold, Duration], "repetitions")]
        }
        "stretching" => {
            &[(&[Hold, Duration], "hold"), (&[Repetitions, Sets, Duration], "repetitions")]
        }
        "isometric" => &[(&[Hold, Duration], "hold"), (&[Repetitions, Sets], "repetitions")],
        "cardio" => &[(&[Duration], "duration"), (&[Intensity], "intensity")],
        "relaxation" | "rest-position" | "breathing" => {
            &[(&[Duration, Repetitions, Hold], "duration")]
        }
        _ => &[(&[Repetitions, Hold, Duration], "repetitions or a time")],
    };
    needs.iter().filter(|(measures, _)| !stated(measures)).map(|(_, name)| *name).collect()
}

fn report(
    exercise: &Exercise<'_>,
    doses: &[&Dose],
    missing: &[&str],
    parts_are_missing: bool,
    out: &mut Sink<'_>,
) {
    let title = exercise.title();
    let (none, help) = (list("no ", missing), format!("give {} in `dosage:`", list("", missing)));
    if let Some((span, words)) = vague_words(exercise, doses, parts_are_missing) {
        out.report(span, format!("`{words}` is too vague for a dose"))
            .kind(if parts_are_missing { "vague" } else { "frequency" })
            .label(format!("{title} states {none}"))
            .help(help);
        return;
    }
    if doses.len() == exercise.doses.len() && stands_beside(exercise) {
        // Each of its fields is told to belong in `dosage`.
        return;
    }
    let kind = if parts_are_missing { "missing" } else { "frequency" };
    let span = exercise.dosage_key.unwrap_or(exercise.anchor);
    let message = if parts_are_missing
        && exercise.dosage.is_none()
        && exercise.dosage_texts.is_empty()
        && doses.is_empty()
    {
        format!("{title} has no dose")
    } else {
        format!("the dose of {title} has {none}")
    };
    out.report(span, message).kind(kind).help(help);
}

/// Whether fields of a dose stand in the record instead of in `dosage`.
fn stands_beside(exercise: &Exercise<'_>) -> bool {
    let fields = ["sets", "reps", "repetitions", "hold", "duration"];
    let is_there = |field: &&str| exercise.record.field(field).is_some();
    exercise.dosage.is_none() && (!exercise.doses.is_empty() || fields.iter().any(is_there))
}

/// "no sets, no hold and no frequency", the word before each of them given.
fn list(word: &str, parts: &[&str]) -> String {
    let parts: Vec<String> = parts.iter().map(|part| format!("{word}{part}")).collect();
    and(&parts)
}

/// Words that stand where the dose should; where only the frequency is missing, those of its field.
fn vague_words(
    exercise: &Exercise<'_>,
    doses: &[&Dose],
    parts_are_missing: bool,
) -> Option<(Span, String)> {
    if !exercise.english {
        return None;
    }
    let asked = |dose: &&&Dose| parts_are_missing || dose.measure == Measure::Frequency;
    if let Some(dose) = doses.iter().filter(asked).find(|dose| too_vague(exercise, dose)) {
        return Some((dose.span, dose.words.clone()));
    }
    if !parts_are_missing {
        return None;
    }
    for text in exercise.words_of_dose() {
        if let Some(hit) = LEXICON.dose.vague.find(text.as_str()) {
            return Some((text.span_of(hit.range.clone()), text.as_str()[hit.range].to_owned()));
        }
    }
    // In steps only what is surely meant as the dose.
    exercise.instructions.texts.iter().flat_map(sentences_of).find_map(|sentence| {
        let hit = LEXICON.dose.vague_in_steps.find(sentence.as_str())?;
        let words = single_spaced(&sentence.as_str()[hit.range.clone()]);
        Some((sentence.span_of(hit.range), words))
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, diagnostics, files, silent};

    #[test]
    fn fields_that_are_not_indented_are_told_once() {
        let exercise = "name: Bro\ninstructions: [Lift your hips.]\ndosage:\nsets: 3\nreps: 10\nfrequency: daily\nsafety: Stop if it hurts.\n";
        let said = diagnostics(&files(&RULE, exercise));
        let own: Vec<_> = said.iter().filter(|own| own.message.contains("dosage")).collect();
        let [own] = own.as_slice() else { panic!("{said:#?}") };
        assert_eq!(own.message, "`dosage` is empty, and its fields stand beside it");
        assert_eq!(
            own.help.as_deref(),
            Some(
                "indent `sets`, `reps`, `frequency` by two blanks, so that they stand below `dosage`"
            )
        );
        assert!(said.iter().all(|own| !own.rule.ends_with("unknown-field")), "{said:#?}");
    }

    #[test]
    fn amounts_that_somebody_else_knows() {
        let said = |dosage: &str| {
            let text = format!(
                "name: Bro – bridge\ncategory: strength\ninstructions: [Lift your hips.]\ndosage: {dosage}\nsafety: Stop if it hurts.\n"
            );
            let said = diagnostics(&files(&RULE, &text));
            said.iter().filter(|own| own.rule == RULE.id).map(|own| own.kind).collect::<Vec<_>>()
        };
        for dosage in ["the recommended amount", "The desired number.", "until you feel better"] {
            assert_eq!(said(dosage), [Some("vague")], "{dosage}");
        }
        assert_eq!(said("2 sets of 10, the recommended amount, daily"), []);
    }

    #[test]
    fn a_count_in_a_week_says_how_often() {
        let said = |own: &str| {
            let text = format!(
                "name: Bro\ninstructions: [Lift your hips.]\ndosage: {{sets: 3, reps: 10, {own}}}\nsafety: Stop if it hurts.\n"
            );
            let said = diagnostics(&files(&RULE, &text));
            let is_own = |own: &&str| *own == RULE.id || own.starts_with("schema/");
            said.iter().map(|own| own.rule).filter(is_own).collect::<Vec<_>>()
        };
        for own in
            ["perWeek: 3", "sessionsPerWeek: {min: 2, max: 3}", "timesPerDay: 2", "perMonth: 4"]
        {
            assert_eq!(said(own), [""; 0], "{own}");
        }
        assert_eq!(said("perWeek: often"), ["schema/type", RULE.id]);
        assert_eq!(said("rest: 60 s"), [RULE.id]);
    }

    #[test]
    fn a_dose_beside_dosage_is_told_by_the_schema() {
        silent(
            &RULE,
            "
name: Bridge
instructions: [Lie on your back., Lift your hips.]
sets: 3
reps: 10
frequency: 3 per week
",
        );
    }

    #[test]
    fn no_dose_at_all() {
        check(
            &RULE,
            "
name: Höftlyft
      ^^^^^^^^ `Höftlyft` has no dose
category: strength
instructions: [Lie on your back., Lift your hips.]
",
        );
    }

    #[test]
    fn parts_of_the_category() {
        check(
            &RULE,
            "
- name: Calf stretch
  category: stretching
  dosage: {sets: 2, frequency: daily}
  ^^^^^^ the dose of `Calf stretch` has no hold
- name: Walk
  category: cardio
  dosage: {frequency: daily}
  ^^^^^^ the dose of `Walk` has no duration and no intensity
",
        );
    }

    #[test]
    fn how_often_is_a_part() {
        check(
            &RULE,
            "
name: Bridge
category: strength
dosage: {sets: 2, repetitions: 10}
^^^^^^ the dose of `Bridge` has no frequency
",
        );
    }

    #[test]
    fn numbers_without_units() {
        check(
            &RULE,
            r#"
- name: Plank
  dosage: {hold: 30, repetitions: 2, frequency: 3 per week}
                 ^^ `hold: 30` has no unit
- name: Wall sit
  dosage: {hold: {min: 20, max: 30}, repetitions: 2, rest: "60", frequency: 3 per week}
                 ^^^^^^^^^^^^^^^^^^ `hold: 20-30` has no unit
                                                           ^^^^ `rest: 60` has no unit
"#,
        );
    }

    #[test]
    fn misspelt_units() {
        check(
            &RULE,
            "
name: Wall sit
dosage: {hold: 30 sce, repetitions: 2, rest: 2 mni, frequency: 3 per week}
               ^^^^^^ `30 sce` has a unit that nobody knows
                                             ^^^^^ `2 mni` has a unit that nobody knows
",
        );
        silent(
            &RULE,
            "
name: Wall sit
dosage: {hold: 5 Atemzüge, repetitions: 2, rest: 3 songs, frequency: 3 per week}
",
        );
    }

    #[test]
    fn vague_words() {
        check(
            &RULE,
            "
- name: A – stretch
  category: stretching
  dosage: Repeat several times
                 ^^^^^^^^^^^^^ `several times` is too vague for a dose
- name: B
  instructions:
    - Lift your knee.
    - Repeat for the recommended amount of repetitions.
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `the recommended amount of repetitions` is too vague for a dose
- name: C
  dosage: {sets: 2, repetitions: as many as you can, frequency: daily}
                                 ^^^^^^^^^^^^^^^^^^ `as many as you can` is too vague for a dose
- name: E
  category: strength
  dosage: {sets: many, repetitions: 10, frequency: daily}
                 ^^^^ `many` is too vague for a dose
- name: D
  dosage: {sets: 2, repetitions: 10, frequency: regularly}
                                                ^^^^^^^^^ `regularly` is too vague for a dose
",
        );
    }

    #[test]
    fn doses_in_fields_words_and_steps() {
        silent(
            &RULE,
            "
- {name: A, category: stretching, dosage: 'Hold for 30 seconds, repeat 3 times, twice a day'}
- {name: B, category: strength, dosage: '2 x 10, three times per week'}
- name: C
  category: stretching
  instructions: [Hold for 30 seconds., Repeat 3 times on each side., Do this every day.]
- {name: D, category: education}
- {name: E, inLanguage: sv, dosage: Tio gånger varje dag.}
- {name: F, category: cardio, dosage: {duration: PT20M, intensity: brisk, frequency: {count: 5, per: week}}}
- {name: G, level: expert, category: strength, dosage: {sets: 3, repetitions: to failure, frequency: 2 per week}}
- {name: H, category: breathing, dosage: {duration: 5 min, frequency: daily}}
- {name: I, category: isometric, dosage: {hold: 5 breaths, sets: 2, frequency: daily}}
- {name: J, category: cardio, dosage: '30 minutes, 5 days a week, moderate effort'}
- {name: K, category: breathing, dosage: '10 min daily'}
- {name: L, category: stretching, dosage: '3 reps of 30 seconds, on most days'}
- {name: M, category: stretching, dosage: 'Hold 15-30 seconds x 3, morning and evening'}
- {name: N, category: mobility, dosage: '10 each side, before every run'}
- {name: P, category: strength, dosage: {sets: 2-3, reps: 8 to 12 each side, rest_seconds: 60, frequency: {per_week: 3}}}
- {name: Q, category: isometric, dosage: {sets: 2, hold_seconds: 30, frequency: {days_per_week: {min: 3, max: 5}}}}
- {name: R, category: strength, level: advanced, dosage: {sets: 3, reps: AMRAP, frequency: 2 per week}}
- {name: O, category: mobility, instructions: [Stand tall., Sway for one minute every morning.]}
",
        );
    }

    #[test]
    fn a_dosage_section() {
        silent(
            &RULE,
            "---\nname: Bridge\ncategory: strength\n---\n\n## Dosage\n\n2 sets of 10 repetitions, 3 times a week.\n",
        );
    }

    #[test]
    fn doses_beside_the_field_are_no_missing_ones() {
        silent(
            &RULE,
            "
- {name: A, category: strength, instructions: [Hold for 2 seconds.], sets: 3, reps: 10, frequency: daily}
- {name: B, category: stretching, instructions: [Lean forward.], sets: 2, hold_seconds: 30}
- {name: C, category: strength, instructions: [Lift.], sets: 3, repetitions: 10, rest: 60}
- {name: D, category: stretching, instructions: [Repeat twice a day., Do 2 sets.], sets: 2, hold: 30}
- {name: E, category: mobility, instructions: [Lean.], sets: {count: 3, reps: 1}, frequency: {times: 1, period: day}}
",
        );
    }
}
