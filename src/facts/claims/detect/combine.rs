//! Cues that are made of others.

use crate::facts::claims::cues::Family;
use crate::facts::claims::scan::{Hit, Scan};

/// Cues that are made of others: "studies" before "show", a treatment before an effect before an outcome.
pub(super) fn combine(sentence: &str, found: &mut Scan) {
    if is_muscle_at_work(sentence, found) {
        found.remove(Family::Effective);
    }
    let own = found.has(Family::OwnStudy);
    let guarded = found.has(Family::StudyGuard);
    if !own && !guarded {
        if let Some((noun, verb)) = found.pair(Family::EvidenceNoun, Family::ReportVerb, 32) {
            found.add(Family::Appeal, noun.start..verb.end);
        }
        if let Some((noun, verb)) = found.pair(Family::ExpertNoun, Family::ReportVerb, 24) {
            found.add(Family::Appeal, noun.start..verb.end);
        }
    }
    for group in [Family::Population, Family::Case] {
        if let Some((who, group)) = found.pair(Family::Quantity, group, 28) {
            found.add(Family::PeopleQuantity, who.start..group.end);
            break;
        }
    }
    rounded_number(found);
    if found.has(Family::Outcome) {
        if let Some((cause, outcome)) = found.pair(Family::Cause, Family::Outcome, 60) {
            found.add(Family::HealthCause, cause.start..outcome.end);
        } else if let Some((_, cause)) = found.pair(Family::Outcome, Family::Cause, 70) {
            found.add(Family::HealthCause, cause.range());
        }
    }
    if let (Some(change), Some(_)) = (found.first(Family::Change), found.first(Family::Risk)) {
        found.add(Family::RiskChange, change.range());
    }
    treatment_effect(found);
    product_effect(sentence, found);
    if let Some((modal, number)) = found.pair(Family::Should, Family::Dose, 80)
        && ["hour", "minute", "day", "week"]
            .iter()
            .any(|unit| sentence[number.range()].contains(unit))
    {
        found.add(Family::Advice, modal.start..number.end);
    }
    if (found.has(Family::Says) || found.has(Family::AccordingTo))
        && let Some((open, close)) = quotation(sentence)
    {
        found.add(Family::Quote, open..close);
    }
}

/// "The soleus works hardest here": a part of the body does its work, and no treatment is spoken of.
fn is_muscle_at_work(sentence: &str, found: &Scan) -> bool {
    // Names of muscles that no cue has.
    #[rustfmt::skip]
    const MUSCLES: &[&str] = &[
        "abductors", "abs", "adductors", "brachii", "delts", "diaphragm", "dorsi", "extensors", "femoris", "flexors",
        "gastrocnemius", "lateralis", "lats", "maximus", "medialis", "medius", "minimus", "multifidus", "oblique",
        "obliques", "pecs", "pectorals", "quads", "rhomboids", "serratus", "soleus", "spinae", "tibialis", "traps",
    ];
    // Room for the second name of a muscle, or for an adverb.
    const NEAR: usize = 14;
    let is_muscle = |before: &str| {
        let last = before.split_whitespace().next_back().unwrap_or("");
        let is_named = MUSCLES.iter().any(|name| name.eq_ignore_ascii_case(last));
        let near = |part: Hit| {
            let between = before.get(part.end..);
            between.is_some_and(|own| own.len() <= NEAR && !own.contains([',', ';', ':', '(']))
        };
        is_named || found.all(Family::Anatomy).any(near)
    };
    let works = |hit: Hit| {
        let is_work = sentence.get(hit.start..hit.start + 4).is_some_and(|own| own == "work");
        let is_for = sentence[hit.end..].trim_start().starts_with("for ");
        is_work && !is_for && is_muscle(&sentence[..hit.start])
    };
    let treats = [Family::Intervention, Family::Therapy, Family::Product, Family::Outcome];
    found.has(Family::Effective)
        && !treats.into_iter().any(|family| found.has(family))
        && found.all(Family::Effective).all(works)
}

/// "about 40%", "nearly half of": a rounding word right before a number that is no dose.
fn rounded_number(found: &mut Scan) {
    if !found.has(Family::Roughly) {
        return;
    }
    for number in [
        Family::Percent,
        Family::BigNumber,
        Family::Fold,
        Family::Ratio,
        Family::Range,
        Family::Digit,
        Family::Recovery,
    ] {
        if let Some((word, number)) = found.pair(Family::Roughly, number, 2) {
            return found.add(Family::Approximate, word.start..number.end);
        }
    }
}

/// A treatment, then what it does, in a sentence that names a health outcome.
fn treatment_effect(found: &mut Scan) {
    for effect in [Family::Effective, Family::Change, Family::Harm, Family::Cause] {
        let gap = if found.has(Family::Outcome) { 70 } else { 24 };
        let Some((_, verb)) = found.pair(Family::Intervention, effect, gap) else {
            continue;
        };
        let outcome = found
            .all(Family::Outcome)
            .filter(|hit| hit.start != verb.start)
            .min_by_key(|hit| hit.start);
        if let Some(outcome) = outcome {
            let end = if outcome.start > verb.start { outcome.end } else { verb.end };
            return found.add(Family::TreatmentEffect, verb.start..end);
        }
        if effect != Family::Cause {
            found.add(Family::TreatmentVerb, verb.range());
        }
    }
}

fn product_effect(sentence: &str, found: &mut Scan) {
    let marked = !sentence.is_ascii() && sentence.contains(['\u{2122}', '\u{ae}']);
    if (!found.has(Family::Product) && !marked) || found.has(Family::Imperative) {
        return;
    }
    if is_patch_of_software(sentence, found) {
        return;
    }
    for effect in [Family::Effective, Family::Change, Family::Appeal] {
        if let Some((product, verb)) = found.pair(Family::Product, effect, 80) {
            return found.add(Family::ProductEffect, product.start..verb.end);
        }
        if let (true, Some(verb)) = (marked, found.first(effect)) {
            return found.add(Family::ProductEffect, verb.range());
        }
    }
}

/// "Patch release that prevents a crash": nothing that is worn.
fn is_patch_of_software(sentence: &str, found: &Scan) -> bool {
    #[rustfmt::skip]
    const SOFTWARE: &[&str] = &[
        "browser", "browsers", "bug", "bugs", "build", "crash", "crashes", "crashing", "firmware", "login", "notes",
        "plugin", "release", "releases", "server", "servers", "software", "upgrade", "version", "vulnerability",
    ];
    let is_patch = |hit: Hit| {
        sentence.get(hit.start..hit.start + 5).is_some_and(|own| own.eq_ignore_ascii_case("patch"))
    };
    let mut words = sentence.split(|c: char| !c.is_alphanumeric());
    found.all(Family::Product).all(is_patch)
        && found.has(Family::Product)
        && words.any(|word| SOFTWARE.iter().any(|own| own.eq_ignore_ascii_case(word)))
}

/// The bytes of the first quotation of at least twelve characters, quotes included.
fn quotation(sentence: &str) -> Option<(usize, usize)> {
    for (open, close) in [('"', '"'), ('\u{201c}', '\u{201d}')] {
        let Some(start) = sentence.find(open) else {
            continue;
        };
        let inner = start + open.len_utf8();
        if let Some(length) = sentence[inner..].find(close)
            && length >= 12
        {
            return Some((start, inner + length + close.len_utf8()));
        }
    }
    None
}
