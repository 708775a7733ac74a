//! Which claims are worded so plainly that reporting them is hardly ever wrong, and by which words.
//!
//! The score says how likely a sentence needs a source; a report of everything is read with that in mind. A rule
//! that fails a run must be right nine times in ten, so it asks in addition whether the form is hard: a percentage,
//! "N in M", a rate or ratio; "studies show"; a treatment, its effect and an outcome in one sentence.

mod appeal;
mod number;
mod own_work;
mod plain;
mod speaker;

pub(super) use appeal::hard_appeal;
pub(super) use number::{hard_number, risk_ratio};

use super::cues::Family as F;
use super::detect::{ClaimKind, Context};
use super::occurrence::occurrence;
use super::scan::{Hit, Scan};
use own_work::counts_own_work;
use plain::{near_outcome, plain_claim};
use speaker::names_a_speaker;

/// Whether the form leaves little doubt that the sentence is a claim of this kind.
pub(super) fn is_firm(
    kind: ClaimKind,
    sentence: &str,
    context: &Context<'_>,
    found: &Scan,
) -> bool {
    let told_otherwise = [
        F::Imperative,
        F::Step,
        F::InstructionText,
        F::Label,
        F::Contact,
        F::Scenario,
        F::Opinion,
        F::OwnStudy,
        F::Code,
        F::Condition,
        F::General,
    ]
    .into_iter()
    .any(|family| found.has(family))
        || occurrence(sentence, F::FirstPerson, found).is_some();
    // Who appeals to research, or multiplies a risk, needs a source whatever it is about.
    let is_about_all = match kind {
        ClaimKind::Evidence => true,
        ClaimKind::Statistic => found.has(F::Risk) && found.has(F::Fold),
        _ => false,
    };
    let off_topic = found.has(F::OffTopic) && !is_about_all;
    if told_otherwise || off_topic || fragment(sentence) {
        return false;
    }
    // A study's own results rest on the study.
    let own_results = context.own_report
        && (found.has(F::Past)
            || found.has(F::OwnData)
            || found.has(F::We)
            || found.has(F::Limits));
    match kind {
        // "(Table 2)": the numbers are those of a table beside the text.
        ClaimKind::Statistic => {
            !own_results
                && !sentence.contains("(Table")
                && !sentence.contains("(Figure")
                && hard_number(sentence, found)
                    .is_some_and(|own| !is_behind_authors(&sentence[..own.start]))
                && !counts_own_work(sentence, context, found)
        }
        // "44 trials indicated": what a review counts is what it found.
        ClaimKind::Evidence => hard_appeal(sentence, found).is_some_and(|own| {
            let before = &sentence[..own.start];
            !(context.own_report && ends_in_count(before) || ends_in_choice(before))
        }),
        ClaimKind::Product => found.all(F::ProductEffect).any(|hit| sells(sentence, found, hit)),
        ClaimKind::Therapeutic
        | ClaimKind::Causal
        | ClaimKind::Comparative
        | ClaimKind::Prevalence => {
            !own_results && !tentative(sentence, found) && plain_claim(kind, sentence, found)
        }
        ClaimKind::Attribution => !own_results && names_a_speaker(sentence, found),
        ClaimKind::Historical | ClaimKind::Definition | ClaimKind::Recommendation => false,
    }
}

/// "54 ", "19 (35%) ".
fn ends_in_count(text: &str) -> bool {
    let text = text.trim_end();
    let bare = text.strip_suffix(')').and_then(|own| own.rsplit_once('('));
    bare.map_or(text, |(before, _)| before.trim_end()).ends_with(|c: char| c.is_ascii_digit())
}

/// "Berg A, Holm BC, Dahl E. ": what follows is the title of a work.
fn is_behind_authors(text: &str) -> bool {
    let is_initials = |word: &str| {
        (1..=3).contains(&word.chars().count()) && word.chars().all(char::is_uppercase)
    };
    text.match_indices(". ").any(|(end, _)| {
        let mut words = text[..end].rsplit([' ', '\n']);
        let mut next = || words.next().unwrap_or("");
        is_initials(next())
            && next().starts_with(char::is_uppercase)
            && next().strip_suffix(',').is_some_and(is_initials)
    })
}

/// "The included ": those that a review took in, and not just any.
fn ends_in_choice(text: &str) -> bool {
    let last = text.split_whitespace().next_back().unwrap_or("");
    ["included", "eligible"].iter().any(|own| last.eq_ignore_ascii_case(own))
}

/// "Our belt relieves back pain": product, effect and outcome side by side.
fn sells(sentence: &str, found: &Scan, effect: Hit) -> bool {
    const MAX_LEN: usize = 40;
    effect.end - effect.start <= MAX_LEN && near_outcome(sentence, found, effect, 30, 40)
}

/// Text that is no sentence: a title, a row of values.
fn fragment(sentence: &str) -> bool {
    let text = sentence.trim_start();
    !text.starts_with(|c: char| {
        c.is_uppercase()
            || c.is_ascii_digit()
            || matches!(c, '"' | '\u{201c}' | '(' | '\'' | '\u{2018}')
    }) && !text.ends_with(['.', '!'])
        && text.split_whitespace().count() < 6
}

/// What is wanted, advised or left open is no claim that must be sourced.
fn tentative(sentence: &str, found: &Scan) -> bool {
    const OPENINGS: &[&str] =
        &["if ", "when you ", "whether ", "unless ", "to ", "in this ", "these "];
    [F::Limits, F::NeedTo, F::Future, F::We, F::OpensHow, F::AboutText]
        .into_iter()
        .any(|family| occurrence(sentence, family, found).is_some())
        || sentence.contains("whether ")
        || lower_starts(sentence, OPENINGS)
}

fn outcome(found: &Scan) -> bool {
    found.has(F::Outcome) || found.has(F::HealthTopic)
}

fn left_word(sentence: &str, at: usize) -> Option<&str> {
    sentence[..at].split_whitespace().next_back()
}

fn lower_starts(text: &str, starts: &[&str]) -> bool {
    starts
        .iter()
        .any(|start| text.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start)))
}
