//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::model::dosage::{self, Dose, Measure};
use crate::model::exercise::Exercise;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, Sink};

pub static RULE: Rule = Rule {
    id: "exercise/dosage-conflict",
    summary: "two statements of the same dose disagree",
    level: Level::Error,
    kinds: &[],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Relaxed,
    since: "0.1.0",
    docs: r#"
Readers follow the text, apps follow the field; one of them does the wrong dose.

```yaml fail
name: Hamstring stretch
instructions: [Lie on your back., Straighten one leg and hold for one minute.]
dosage: {sets: 2, hold: 20 s, frequency: daily}
```

```yaml pass
name: Hamstring stretch
instructions: [Lie on your back., Straighten one leg and hold for 20 seconds.]
progression: Build up to 40 seconds over four weeks.
dosage: {sets: 2, hold: 20 s, frequency: daily}
```

The numbers of `dosage` are compared with those of the steps, the description, the cues, the notes and a section on the
dose; ranges that overlap agree. Left out are tempo ("lower for 3 seconds"), progressions ("build up
to"), doses for somebody else ("beginners ..."), and parts of which the text states several with one
that agrees. A number of repetitions or sets for one side agrees with the same number and with its
double. "Daily" agrees with any number of times a day, and not with "Do this twice a week". Words are
read in English.
"#,
    check: Check::Exercise(check),
};

fn check(_: &FileContext<'_>, exercise: &Exercise<'_>, out: &mut Sink<'_>) {
    if !exercise.english {
        return;
    }
    // What may be another dose than that of the exercise contradicts nothing.
    let sure = |dose: &&Dose| !dose.aside;
    let in_words = exercise.doses_in_words();
    let declared: Vec<_> = exercise.doses.iter().chain(&in_words.declared).filter(sure).collect();
    let told: Vec<_> = in_words.again.iter().chain(&in_words.told).filter(sure).collect();
    const COMPARED: &[Measure] = &[
        Measure::Sets,
        Measure::Repetitions,
        Measure::Hold,
        Measure::Duration,
        Measure::Frequency,
    ];
    for measure in COMPARED {
        if let Some((own, other)) = conflict(*measure, &declared, &told)
            && !is_part(exercise, own, other)
        {
            let name = measure.field();
            out.report(
                other.span,
                format!(
                    "`{}` contradicts the dosage, which says {name} `{}`",
                    other.words, own.words
                ),
            )
            .label("the text says this")
            .related(own.span, "the dosage says this")
            .help("make both say the same");
        }
    }
}

/// Whether a shorter time is one of several that a session has: "5 minutes slowly, 10 minutes fast".
fn is_part(exercise: &Exercise<'_>, whole: &Dose, other: &Dose) -> bool {
    let stretches = || {
        let steps = exercise.instructions.texts.iter();
        steps.map(|text| dosage::stretches(text.as_str())).sum::<usize>()
    };
    whole.measure == Measure::Duration && other.max < whole.min && stretches() > 1
}

/// The one declared statement of a measure, and a statement of the text that contradicts it when no
/// other agrees.
fn conflict<'d>(
    measure: Measure,
    declared: &[&'d Dose],
    told: &[&'d Dose],
) -> Option<(&'d Dose, &'d Dose)> {
    let of = |dose: &&&'d Dose| dose.measure == measure;
    let mut own = declared.iter().filter(of);
    let (declared, None) = (own.next()?, own.next()) else { return None };
    let told: Vec<&Dose> = told.iter().filter(of).copied().collect();
    let disagrees = told.iter().find(|dose| of_one_side(declared, dose))?;
    told.iter().all(|dose| declared.conflicts_with(dose)).then_some((declared, *disagrees))
}

/// Whether two statements that differ are of as many sides. A position is held as long on either side, whoever says so.
fn of_one_side(one: &Dose, other: &Dose) -> bool {
    one.conflicts_with(other) && (one.per_side == other.per_side || one.measure == Measure::Hold)
        || one.per_side != other.per_side && is_neither(one, other)
}

/// Whether a number of one side fits that of both neither as it stands nor when it is doubled.
fn is_neither(one: &Dose, other: &Dose) -> bool {
    let (side, both) = if one.per_side { (one, other) } else { (other, one) };
    let doubled = Dose { min: side.min * 2.0, max: side.max * 2.0, ..side.clone() };
    let is_count = matches!(one.measure, Measure::Sets | Measure::Repetitions);
    is_count && both.conflicts_with(side) && both.conflicts_with(&doubled)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn a_breath_that_is_held_is_no_hold() {
        silent(
            &RULE,
            "
name: Andning – breathing
instructions: [Sit tall., Hold your breath for four seconds., Hold the position for 3 breaths.]
dosage: {hold: 20 s, frequency: daily}
",
        );
        check(
            &RULE,
            "
name: Sträck – reach
instructions: [Sit tall., Reach up and hold the stretch for four seconds.]
                                                            ^^^^^^^^^^^^ `four seconds` contradicts the dosage, which says hold `20 s`
dosage: {hold: 20 s, frequency: daily}
               ---- the dosage says this
",
        );
    }

    #[test]
    fn field_against_section() {
        check(
            &RULE,
            "
---
name: Hälsänka – heel drop
dosage: {sets: 3, repetitions: 15, frequency: daily}
                               -- the dosage says this
---

1. Stand on a step.
2. Lower your heels.

## Dose

Do 3 sets of 12 repetitions every day.
             ^^^^^^^^^^^^^^ `12 repetitions` contradicts the dosage, which says repetitions `15`
",
        );
    }

    #[test]
    fn field_against_step() {
        check(
            &RULE,
            "
name: Höftböjare
instructions:
  - Kneel on one knee – and lean forward.
  - Hold for one minute.
             ^^^^^^^^^^ `one minute` contradicts the dosage, which says hold `20 s`
dosage: {sets: 2, hold: 20 s}
                        ---- the dosage says this
",
        );
    }

    #[test]
    fn mapping_and_words() {
        check(
            &RULE,
            "
name: Squat
dosage: {sets: 2, repetitions: {min: 8, max: 12}, frequency: {count: 2, per: week}}
                               ----------------- the dosage says this
                                                             --------------------- the dosage says this
instructions: [Sit down and stand up., Repeat 15 times., Do this three times a week.]
                                              ^^^^^^^^ `15 times` contradicts the dosage, which says repetitions `8-12`
                                                                 ^^^^^^^^^^^^^^^^^^ `three times a week` contradicts the dosage, which says frequency `2 per week`
",
        );
    }

    #[test]
    fn a_section_against_the_steps() {
        check(
            &RULE,
            "---
name: Bridge
---

## Steps

1. Lift your hips and hold for 5 seconds.
                               ^^^^^^^^^ `5 seconds` contradicts the dosage, which says hold `30 seconds`

## Dosage

Hold for 30 seconds.
         ---------- the dosage says this
",
        );
    }

    #[test]
    fn parts_of_a_session() {
        silent(
            &RULE,
            "
- {name: A, dosage: {duration: 20 min}, instructions: [Walk slowly for 5 minutes., Walk fast for 10 minutes.]}
- {name: B, dosage: {duration: 20 min}, instructions: ['After 5 minutes, walk faster for 10 minutes.']}
",
        );
        check(
            &RULE,
            "
name: Gång
instructions: [Walk for 10 minutes., Stand still.]
                        ^^^^^^^^^^ `10 minutes` contradicts the dosage, which says duration `20 min`
dosage: {duration: 20 min}
                   ------ the dosage says this
",
        );
    }

    #[test]
    fn numbers_of_something_else() {
        silent(
            &RULE,
            "
- {name: A, dosage: {repetitions: 12}, instructions: [Sit down and stand up., Film two or three repetitions from the side.]}
- {name: B, dosage: {repetitions: 12}, instructions: [Sit down and stand up., The last 2 repetitions should feel hard.]}
- {name: C, dosage: {repetitions: 12}, instructions: [Sit down and stand up., Rest your arms after the first 6 repetitions.]}
",
        );
    }

    #[test]
    fn days_of_a_week() {
        check(
            &RULE,
            "
name: Höftböjare
instructions: [Kneel down and lean forward., Do this twice a week.]
                                                     ^^^^^^^^^^^^ `twice a week` contradicts the dosage, which says frequency `daily`
dosage: {sets: 2, frequency: daily}
                             ----- the dosage says this
",
        );
        silent(
            &RULE,
            "
- {name: A, dosage: {frequency: daily}, instructions: [Kneel down., Do this twice a day.]}
- {name: B, dosage: {frequency: daily}, instructions: [Kneel down., Do this 7 days a week.]}
- {name: C, dosage: {frequency: daily}, instructions: [Kneel down., Twice a week you count your repetitions.]}
- {name: D, dosage: {frequency: daily}, instructions: [Kneel down., Check your posture once a week.]}
- {name: E, dosage: {frequency: daily}, instructions: [Kneel down., 'Do this daily, and twice a week with a weight.']}
- {name: F, dosage: {frequency: once a day}, instructions: [Kneel down., Do this 5 days a week.]}
- {name: G, dosage: {frequency: daily}, description: 'People who exercise twice a week fall less.'}
- {name: H, dosage: {frequency: daily}, instructions: [Kneel down., 'Add a set weekly.', 'Do this three times every other day.']}
",
        );
    }

    #[test]
    fn a_dose_in_words_against_a_step() {
        check(
            &RULE,
            "
name: Höftböjare
instructions: [Kneel down and hold for 60 seconds.]
                                       ^^^^^^^^^^ `60 seconds` contradicts the dosage, which says hold `30 s`
dosage: 3 reps of 30 s
                  ---- the dosage says this
",
        );
        silent(
            &RULE,
            "
- {name: A, dosage: 3 reps of 30 s, instructions: [Kneel down and hold for 30 seconds.]}
- {name: B, dosage: 3 reps of 30 s, instructions: [Kneel down and hold for 20 to 30 seconds.]}
- {name: C, dosage: 10 reps for 2 weeks, instructions: [Kneel down and hold for 20 seconds.]}
- {name: D, dosage: '3 reps of 30 s, later 60 s', instructions: [Kneel down and hold for 60 seconds.]}
",
        );
    }

    #[test]
    fn doses_of_one_side_and_of_both() {
        check(
            &RULE,
            "
- name: Höftböjare
  instructions: [Kneel down and hold for 60 seconds., Do 3 sets of 8 repetitions.]
                                         ^^^^^^^^^^ `60 seconds` contradicts the dosage, which says hold `30 s`
                                                                   ^^^^^^^^^^^^^ `8 repetitions` contradicts the dosage, which says repetitions `10`
  dosage: {sets: 3, repetitions: 10, hold: 30 s, perSide: true}
                                 -- the dosage says this
                                           ---- the dosage says this
- name: Clam
  instructions: [Lie down., Repeat 8 times on each side.]
                                   ^^^^^^^ `8 times` contradicts the dosage, which says repetitions `10`
  dosage: {repetitions: 10}
                        -- the dosage says this
",
        );
        silent(
            &RULE,
            "
- {name: A, dosage: {repetitions: 10, perSide: true}, instructions: [Lie down., Do 20 repetitions.]}
- {name: B, dosage: {repetitions: 10, perSide: true}, instructions: [Lie down., Do 16 to 20 repetitions.]}
- {name: C, dosage: {duration: 60 s, perSide: true}, instructions: [Lie down., Walk for 2 minutes.]}
",
        );
    }

    #[test]
    fn what_agrees_or_is_another_dose() {
        silent(
            &RULE,
            "
- {name: A, dosage: {hold: 20 s}, instructions: [Hold for 20-30 seconds.]}
- {name: B, dosage: {hold: 20 s}, instructions: [Lift and lower for 3 seconds.]}
- {name: C, dosage: {hold: 20 s}, instructions: [Build up to a hold of 60 seconds.]}
- {name: D, dosage: {hold: 20 s}, progression: [Hold for 60 seconds.]}
- {name: E, dosage: {hold: 20 s}, instructions: [Hold for 20 seconds., Then hold for 5 seconds.]}
- {name: F, dosage: {repetitions: 10}, instructions: [Repeat 3 times a day.]}
- {name: G, dosage: {repetitions: 10}, instructions: [Repeat 5 times on each side.]}
- {name: H, dosage: {hold: 3 breaths}, instructions: [Hold for 20 seconds.]}
- {name: I, dosage: {hold: 20 s}, instructions: ['Beginners hold for 5 seconds.']}
- {name: J, dosage: {hold: PT1M}, instructions: [Hold for one minute.]}
- {name: K, dosage: {repetitions: 10, perSide: true}, instructions: [Repeat 10 times on each leg.]}
- {name: L, inLanguage: sv, dosage: {hold: 20 s}, instructions: [Hold 5 s.]}
",
        );
    }

    #[test]
    fn sections_that_list_the_parts_of_a_dose() {
        check(
            &RULE,
            "---
name: Tåhäv
dosage: {sets: 3, repetitions: 10}
                               -- the dosage says this
---

## Dosage

- Sets: 3
- Reps: 15
        ^^ `15` contradicts the dosage, which says repetitions `10`
",
        );
        silent(
            &RULE,
            "---\nname: A\ndosage: {sets: 3, repetitions: 10}\n---\n\n## Dosage\n\n- Sets: 2-3\n- Reps: 3 x 10\n- Rest: 60 s\n",
        );
    }
}
