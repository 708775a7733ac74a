//! Whether an editor would ask for a source, by kind, score and what the sentence is about.

use super::{ClaimKind, Context, Need, Role};
use crate::facts::claims::cues::Family;
use crate::facts::claims::firm;
use crate::facts::claims::scan::Scan;

pub(super) fn need(
    sentence: &str,
    kind: Option<ClaimKind>,
    score: i32,
    sums: &[i32; ClaimKind::ALL.len()],
    found: &Scan,
    context: &Context<'_>,
) -> Need {
    if context.role == Role::Declared {
        return Need::Must;
    }
    // A statement to judge may be false on purpose; what it gives as a fact beside the question counts.
    let given =
        [Family::Percent, Family::BigNumber, Family::Ratio, Family::Appeal, Family::PriorStudies];
    if context.role == Role::Prompt && !given.into_iter().any(|family| found.has(family)) {
        return Need::No;
    }
    // Who is told to see a doctor if the pain stays is told nothing about pain.
    let told = found.first(Family::Imperative).is_some_and(|verb| {
        found.words.first().is_some_and(|word| word.start as usize == verb.start)
    });
    let reasons = [Family::Because, Family::PeopleQuantity];
    let effect = found.has(Family::TreatmentEffect) && !found.has(Family::Frequency);
    if told && !effect && !given.into_iter().chain(reasons).any(|family| found.has(family)) {
        return Need::No;
    }
    // Without a health term only what any text must source counts.
    if found.has(Family::OffTopic) && context.lead_in.is_none() {
        let hard = [
            Family::Percent,
            Family::BigNumber,
            Family::Ratio,
            Family::Fold,
            Family::Appeal,
            Family::PriorStudies,
        ];
        let counts = hard.into_iter().any(|family| found.has(family)) || found.has(Family::Quote);
        return if counts && score >= 90 { Need::Must } else { Need::No };
    }
    let strong = ClaimKind::ALL
        .into_iter()
        .filter(|kind| {
            !matches!(
                kind,
                ClaimKind::Definition | ClaimKind::Recommendation | ClaimKind::Historical
            )
        })
        .map(|kind| sums[kind as usize])
        .max()
        .unwrap_or(0);
    let textbook = matches!(kind, None | Some(ClaimKind::Definition | ClaimKind::Recommendation));
    let must = if found.has(Family::HealthTopic) {
        strong >= 40 && score >= 90
    } else {
        strong >= 45 && score >= 110
    };
    // The number of a telephone.
    let faint = kind.is_some_and(|own| sums[own as usize] < FAINT);
    // "One in five women", however little else the sentence says.
    let counted = || {
        let share = found.has(Family::Percent) || found.has(Family::Ratio);
        let of_people = found.has(Family::Population) || found.has(Family::Case);
        let rate = found.has(Family::Rate)
            && (found.has(Family::Percent) || firm::risk_ratio(sentence, found).is_some());
        kind == Some(ClaimKind::Statistic)
            && score >= COUNTED_FLOOR
            && (share && of_people || rate)
            && firm::is_firm(ClaimKind::Statistic, sentence, context, found)
    };
    // "It is backed by science", as short as it is.
    let appeals = || {
        kind == Some(ClaimKind::Evidence)
            && score >= COUNTED_FLOOR
            && firm::is_firm(ClaimKind::Evidence, sentence, context, found)
    };
    let describes = || textbook && says_what_it_is(sentence, found, context);
    let names = || textbook && only_names(sentence);
    if must && !textbook || counted() || appeals() {
        Need::Must
    } else if score >= SHOULD_FLOOR
        && !faint
        && !describes()
        && !found.has(Family::General)
        && !is_idle(sentence, kind, found, context)
        && !names()
    {
        Need::Should
    } else {
        Need::No
    }
}

/// Whether a sentence of a description, as far as its words tell, only says what the thing is that is described:
/// no numbers, and nothing of people or how they fare.
fn says_what_it_is(sentence: &str, found: &Scan, context: &Context<'_>) -> bool {
    use Family as F;
    let others = [F::Population, F::Case, F::Outcome, F::HealthTopic, F::PriorStudies];
    context.role == Role::Description
        && !sentence.contains(|c: char| c.is_ascii_digit())
        && !others.into_iter().any(|family| found.has(family))
}

/// "It is the hip.": what other words speak of, by its name alone.
fn only_names(sentence: &str) -> bool {
    const MOST: usize = 5;
    let mut words = sentence.split_whitespace();
    let mut is_next = |own: &[&str]| {
        words.next().is_some_and(|word| own.iter().any(|own| own.eq_ignore_ascii_case(word)))
    };
    is_next(&["it", "that", "these", "they", "this", "those"])
        && is_next(&["are", "is", "was", "were"])
        && sentence.split_whitespace().take(MOST + 1).count() <= MOST
}

/// From here on a sentence asserts something. Chosen, like the floors below, on the `dev` sentences.
const SHOULD_FLOOR: i32 = 10;

/// A number of people, or an appeal to research, in a hard form is a claim from here on.
const COUNTED_FLOOR: i32 = 50;

/// What speaks for the kind of a claim is at least this, or it is none.
const FAINT: i32 = 11;

/// Whether words that otherwise ask for a source are about nothing that has one: people and what they like, a number
/// alone, a reason for what "you" did, a line of a glossary.
fn is_idle(sentence: &str, kind: Option<ClaimKind>, found: &Scan, context: &Context<'_>) -> bool {
    use Family as F;
    let any = |families: &[Family]| families.iter().any(|family| found.has(*family));
    let body = [F::HealthTopic, F::Outcome, F::Medical, F::Anatomy, F::Intervention, F::Therapy];
    match kind {
        Some(ClaimKind::Prevalence) => {
            any(&[F::PeopleQuantity]) && !any(&body) && !any(&[F::Affects, F::Improves])
        }
        Some(ClaimKind::Statistic) => !any(&[
            F::Percent,
            F::BigNumber,
            F::Fold,
            F::Ratio,
            F::PerTime,
            F::Rate,
            F::Average,
            F::Recovery,
            F::Population,
        ]),
        Some(ClaimKind::Causal) => {
            let causes = [
                F::Cause,
                F::HealthCause,
                F::Association,
                F::RiskChange,
                F::Risk,
                F::Change,
                F::SignOf,
            ];
            !any(&causes) && any(&[F::You, F::Past])
        }
        Some(ClaimKind::Historical) => sentence.starts_with('\u{a9}'),
        Some(ClaimKind::Definition) => context.heading.is_some_and(|heading| {
            let heading = heading.to_ascii_lowercase();
            ["glossary", "definitions", "terms", "abbreviations"]
                .iter()
                .any(|word| heading.contains(word))
        }),
        _ => false,
    }
}
