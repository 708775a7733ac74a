//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::model::dosage::{Dose, Measure, Unit};
use crate::model::exercise::Exercise;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::source::Span;
use crate::syntax::{Node, Text};
use std::ops::Range;

pub static RULE: Rule = Rule {
    id: "exercise/implausible-dosage",
    summary: "a dose lies outside of the believable range for its category",
    level: Level::Warning,
    kinds: &[
        RuleKind {
            name: "reversed",
            level: Level::Error,
            summary: "the smallest number is the larger one",
        },
        RuleKind {
            name: "implausible",
            level: Level::Warning,
            summary: "hardly anybody could or should do it",
        },
        RuleKind { name: "unusual", level: Level::Info, summary: "possible, but rare" },
    ],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Default,
    since: "0.1.0",
    docs: r#"
A slip of the hand (300 for 30) reaches patients.

```yaml fail
name: Calf stretch
category: stretching
dosage: {sets: 2, hold: 300 s, frequency: daily}
```

```yaml pass
name: Calf stretch
category: stretching
dosage: {sets: 2, hold: 30 s, frequency: daily}
```

| part | usual | possible |
|---|---|---|
| hold of a stretch | 10 to 60 s | 5 to 180 s |
| hold of an isometric exercise | 3 to 60 s | 1 to 180 s |
| hold of a position of rest | 30 s to 10 min | 10 s to 15 min |
| repetitions | 4 to 20 | 1 to 60 |
| sets | 1 to 4 | 1 to 8 |
| rest between sets | 20 to 180 s | 0 to 10 min |
| duration of a cardio exercise | 5 to 60 min | 1 to 180 min |
| times a day | 1 to 4 | 1 to 10 |
| times a week | 1 to 7 | 1 to 28 |
| weeks | | 1 to 104 |

Outside of what is usual the rule informs, outside of what is possible it warns. Powerlifts may have one
repetition, stretches and whatever is held too, and a hold in other exercises is a pause of a second or more.
The numbers of the `dosage` fields are read, and what cannot be is told of a dose in words too, in English; sources are ACSM 2011 for stretches, repetitions and
sets, and practice for the rest.
"#,
    check: Check::Exercise(check),
};

/// Smallest and largest number.
type Limits = (f64, f64);

fn check(_: &FileContext<'_>, exercise: &Exercise<'_>, out: &mut Sink<'_>) {
    for dose in &exercise.doses {
        if dose.max < dose.min {
            report_reversed(dose, out);
        } else if let Some((what, usual, possible)) = range(exercise, dose) {
            judge(dose, what, usual, possible, out);
        }
    }
    let Some(dosage) = exercise.dosage.filter(|dosage| dosage.is_mapping()) else {
        return in_words(exercise, out);
    };
    if let Some(weeks) = dosage.get("weeks").filter(|own| longest(*own) > MOST_WEEKS) {
        out.report(
            weeks.span(),
            format!(
                "`weeks: {}` is implausible: a programme can be 1 to 104 weeks",
                longest(weeks)
            ),
        )
        .kind("implausible")
        .help("compare the number with what was meant");
    }
    if let Some((span, words, scale)) = dosage.get("intensity").and_then(off_scale) {
        out.report(span, format!("`{words}` is off its scale, which goes {scale}"))
            .kind("implausible")
            .help("compare number and scale with what was meant");
        return;
    }
    if let Some((span, words)) = dosage.get("intensity").and_then(reversed_intensity) {
        out.report(span, format!("the range `{words}` is reversed"))
            .kind("reversed")
            .help("write the smaller number as `min`");
    }
}

/// A dose in the words of `dosage` or of its section: only what cannot be. Words may tell of a first week or of
/// somebody else, and then nothing is usual.
fn in_words(exercise: &Exercise<'_>, out: &mut Sink<'_>) {
    if !exercise.english || exercise.words_of_dose().is_empty() {
        return;
    }
    let in_words = exercise.doses_in_words();
    for dose in in_words.declared.iter().chain(&in_words.again).filter(|own| !own.aside) {
        if let Some((what, _, possible)) = range(exercise, dose) {
            judge(dose, what, possible, possible, out);
        }
    }
}

const MOST_WEEKS: f64 = 104.0;

fn longest(weeks: Node<'_>) -> f64 {
    weeks.as_f64().or_else(|| weeks.get("max")?.as_f64()).unwrap_or(0.0)
}

fn report_reversed(dose: &Dose, out: &mut Sink<'_>) {
    out.report(
        dose.span,
        format!("the range `{}` of {} is reversed", dose.words, dose.measure.field()),
    )
    .kind("reversed")
    .help("write the smaller number first");
}

/// A number that its scale does not have, and the scale in words.
fn off_scale(intensity: Node<'_>) -> Option<(Span, String, &'static str)> {
    if let Some(text) = intensity.text() {
        let number = beyond_ten(text.as_str())?;
        let words = text.as_str()[number.clone()].to_owned();
        return Some((text.span_of(number), words, "to 10"));
    }
    // Source: Borg 1998, Borg's Perceived Exertion and Pain Scales.
    let ((low, high), scale) = match intensity.get("scale")?.as_str()? {
        "borg-cr10" => ((0.0, 10.0), "from 0 to 10"),
        "borg-rpe" => ((6.0, 20.0), "from 6 to 20"),
        _ => return None,
    };
    let ends = ["min", "max"].into_iter().filter_map(|name| intensity.get(name));
    let is_off = |end: &Node<'_>| end.as_f64().is_some_and(|own| own < low || own > high);
    let end = ends.into_iter().find(is_off)?;
    Some((end.span(), end.scalar_text().to_owned(), scale))
}

/// `14/10`, `14 out of 10`.
fn beyond_ten(text: &str) -> Option<Range<usize>> {
    let signs = text.match_indices('/').chain(text.match_indices("of"));
    let number = |(at, sign): (usize, &str)| {
        let scale = text[at + sign.len()..].trim_start();
        let is_ten = scale.strip_prefix("10").is_some_and(|rest| {
            !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '.' | ','))
        });
        let before = text[..at].trim_end();
        let before = before.strip_suffix("out").map_or(before, str::trim_end);
        let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let start = before.len() - digits;
        let is_whole = !before[..start].ends_with(['/', '.', ',', '-']);
        let is_off = before[start..].parse::<u32>().is_ok_and(|own| own > 10);
        (is_ten && is_whole && is_off).then_some(start..before.len())
    };
    signs.filter_map(number).next()
}

fn reversed_intensity(intensity: Node<'_>) -> Option<(Span, String)> {
    let (min, max) = (intensity.get("min")?, intensity.get("max")?);
    let words = format!("{}-{}", min.scalar_text(), max.scalar_text());
    (max.as_f64()? < min.as_f64()?).then(|| (min.span().to(max.span()), words))
}

// Source: ACSM position stand 2011 (stretches 10-30 s, 30-60 s in older adults; 8-12 repetitions,
// 10-20 in older adults; 2-4 sets); the other numbers are from practice.
fn range(exercise: &Exercise<'_>, dose: &Dose) -> Option<(&'static str, Limits, Limits)> {
    let category = exercise.category.as_ref().map_or("", Text::as_str);
    let resting = matches!(category, "relaxation" | "rest-position" | "breathing");
    Some(match (dose.measure, dose.unit) {
        (Measure::Sets, Unit::Count) => ("sets", (1.0, 4.0), (1.0, 8.0)),
        (Measure::Repetitions, Unit::Count) => {
            let is_held = exercise.doses.iter().any(|own| own.measure == Measure::Hold);
            let few = !matches!(category, "strength" | "plyometrics") || is_held;
            let low = if few { 1.0 } else { 4.0 };
            ("repetitions", (low, 20.0), (1.0, 60.0))
        }
        (Measure::Hold, Unit::Seconds) => match category {
            "stretching" => ("the hold of a stretch", (10.0, 60.0), (5.0, 180.0)),
            "isometric" => ("an isometric hold", (3.0, 60.0), (1.0, 180.0)),
            _ if resting => ("a position of rest", (1.0, 600.0), (1.0, 900.0)),
            _ => ("a hold", (1.0, 60.0), (1.0, 180.0)),
        },
        (Measure::Rest, Unit::Seconds) => ("the rest between sets", (20.0, 180.0), (0.0, 600.0)),
        (Measure::Duration, Unit::Seconds) if category == "cardio" => {
            ("a cardio exercise", (300.0, 3600.0), (60.0, 10800.0))
        }
        (Measure::Frequency, Unit::PerDay) => ("times a day", (1.0, 4.0), (1.0, 10.0)),
        (Measure::Frequency, Unit::PerWeek) => ("times a week", (1.0, 7.0), (1.0, 28.0)),
        _ => return None,
    })
}

fn judge(dose: &Dose, what: &str, usual: Limits, possible: Limits, out: &mut Sink<'_>) {
    let outside = |range: Limits| {
        let high = dose.max.is_finite() && dose.max > range.1;
        // Zero is the schema's business.
        (dose.min < range.0 && dose.min > 0.0) || high
    };
    let shown = |(min, max): Limits| match dose.unit {
        Unit::Seconds => format!("{} to {}", seconds(min), seconds(max)),
        _ => format!("{min} to {max}"),
    };
    let (field, words) = (dose.measure.field(), &dose.words);
    if outside(possible) {
        out.report(
            dose.span,
            format!("`{field}: {words}` is implausible: {what} can be {}", shown(possible)),
        )
        .kind("implausible")
        .help("compare number and unit with what was meant");
    } else if outside(usual) {
        out.report(
            dose.span,
            format!("`{field}: {words}` is unusual: {what} is mostly {}", shown(usual)),
        )
        .kind("unusual")
        .help("compare number and unit with what was meant");
    }
}

fn seconds(seconds: f64) -> String {
    if seconds >= 300.0 && seconds % 60.0 == 0.0 {
        format!("{} min", seconds / 60.0)
    } else {
        format!("{seconds} s")
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn numbers_outside_the_ranges() {
        check(
            &RULE,
            "
- name: Vadstretch
  category: stretching
  dosage: {hold: 300 s, sets: 6}
                 ^^^^^ `hold: 300 s` is implausible: the hold of a stretch can be 5 s to 180 s
                              ^ `sets: 6` is unusual: sets is mostly 1 to 4
- name: Squat
  category: strength
  dosage: {repetitions: {min: 12, max: 8}, rest: 20 min, frequency: {count: 12, per: day}}
                        ^^^^^^^^^^^^^^^^^ the range `12-8` of repetitions is reversed
                                                 ^^^^^^ `rest: 20 min` is implausible: the rest between sets can be 0 s to 10 min
                                                                    ^^^^^^^^^^^^^^^^^^^^^ `frequency: 12 per day` is implausible: times a day can be 1 to 10
",
        );
    }

    #[test]
    fn a_dose_in_words_that_cannot_be() {
        check(
            &RULE,
            "
- name: Vadstretch – calf stretch
  category: stretching
  instructions: [Stand facing a wall and lean forward.]
  dosage: Hold for 300 seconds, 3 times a day.
                   ^^^^^^^^^^^ `hold: 300 seconds` is implausible: the hold of a stretch can be 5 s to 180 s
- name: Walk
  dosage: {weeks: 300}
                  ^^^ `weeks: 300` is implausible: a programme can be 1 to 104 weeks
",
        );
    }

    #[test]
    fn effort_beyond_the_end_of_its_scale() {
        check(
            &RULE,
            "
- name: Höftlyft
  dosage: {intensity: {scale: borg-cr10, min: 15}}
                                              ^^ `15` is off its scale, which goes from 0 to 10
- name: Gång
  dosage: {intensity: {scale: borg-rpe, min: 5, max: 7}}
                                             ^ `5` is off its scale, which goes from 6 to 20
- name: Knäböj
  dosage: {intensity: ansträngning 14/10}
                                   ^^ `14` is off its scale, which goes to 10
- name: Walk
  dosage: {intensity: effort 12 out of 10}
                             ^^ `12` is off its scale, which goes to 10
",
        );
        silent(
            &RULE,
            "
- {name: A, dosage: {intensity: {scale: borg-cr10, min: 0.5, max: 10}}}
- {name: B, dosage: {intensity: {scale: borg-rpe, min: 6, max: 20}}}
- {name: C, dosage: {intensity: {scale: percent-1rm, min: 110}}}
- {name: D, dosage: {intensity: RPE 7/10 (14/20)}}
- {name: E, dosage: {intensity: 12-14 of 20, from 01/11/10}}
- {name: F, dosage: {intensity: 60 of 100 W}}
",
        );
    }

    #[test]
    fn believable_doses() {
        silent(
            &RULE,
            "
- {name: A, category: stretching, dosage: {hold: 30 s, repetitions: 2, frequency: daily}}
- {name: B, category: strength, dosage: {sets: 3, repetitions: {min: 8, max: 12}, hold: 2 s, rest: PT1M}}
- {name: C, category: powerlifting, dosage: {repetitions: 1}}
- {name: D, category: rest-position, dosage: {hold: 10 min}}
- {name: E, category: cardio, dosage: {duration: 30 min}}
- {name: F, category: stretching, dosage: {hold: 300}}
- {name: G, category: stretching, dosage: {hold: 5 breaths}}
- {name: H, dosage: Build up to a hold of 300 seconds}
- {name: I, dosage: 3 sets of 30 repetitions}
- {name: J, dosage: {sets: 2, weeks: {min: 6, max: 104}}}
- {name: Å, category: isometric, dosage: {hold: 45 s}}
",
        );
    }

    #[test]
    fn doses_beside_the_field() {
        check(
            &RULE,
            "
- name: Tåhäv
  category: strength
  sets: 30
        ^^ `sets: 30` is implausible: sets can be 1 to 8
  reps: 10
- name: Calf stretch
  category: stretching
  hold_seconds: 300
                ^^^ `hold: 300 s` is implausible: the hold of a stretch can be 5 s to 180 s
",
        );
        silent(
            &RULE,
            "- {name: A, duration: 9000, frequency: 40 per week}\n- {name: B, reps: 10, duration: 600}\n",
        );
    }

    #[test]
    fn doses_of_a_section_under_their_names() {
        check(
            &RULE,
            "---
name: Tåhäv
---

## Dosage

- **Sets:** 30
            ^^ `sets: 30` is implausible: sets can be 1 to 8
- Reps: 3 x 10
- Hold: 2 seconds
",
        );
    }
}
