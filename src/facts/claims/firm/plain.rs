//! Claims in plain words: a cause, a comparison, an effect or how common something is, stated with a health outcome
//! beside it.

use super::number::has_number;
use super::{F, left_word, lower_starts, outcome};
use crate::facts::claims::detect::ClaimKind;
use crate::facts::claims::occurrence::occurrence;
use crate::facts::claims::scan::{Hit, Scan};

pub(super) fn plain_claim(kind: ClaimKind, sentence: &str, found: &Scan) -> bool {
    match kind {
        ClaimKind::Causal => {
            outcome(found) && plain_cause(sentence, found)
                || (outcome(found) || found.has(F::Intervention)) && risk_shift(sentence, found)
        }
        ClaimKind::Comparative => outcome(found) && compares(sentence, found),
        ClaimKind::Prevalence => {
            outcome(found)
                && occurrence(sentence, F::You, found).is_none()
                && (most_people(sentence, found)
                    || how_common(sentence, found)
                    || affects_people(sentence, found))
        }
        _ => effect_of_treatment(sentence, found),
    }
}

/// Verbs of cause with a health outcome beside them; "causes of pain" names, and claims nothing.
fn plain_cause(sentence: &str, found: &Scan) -> bool {
    const VERBS: &[&str] = &[
        "associated with",
        "brought on by",
        "can injure",
        "cause",
        "caused by",
        "causes",
        "contribute to",
        "contributes to",
        "damage",
        "damages",
        "due to",
        "hurts",
        "injures",
        "lead to",
        "leads to",
        "linked to",
        "linked with",
        "link between",
        "links between",
        "aggravates",
        "irritates",
        "result from",
        "result in",
        "results from",
        "results in",
        "set off",
        "sets off",
        "stem from",
        "stems from",
        "the reason",
        "tied to",
        "to blame",
        "trigger",
        "triggers",
        "wear out",
        "wears out",
        "goes along with",
        "risk factor",
        "risk factors",
    ];
    // The outcome stands behind a cause, and before what it comes from.
    const BACKWARD: &[&str] = &[
        "caused by",
        "due to",
        "result from",
        "results from",
        "stem from",
        "stems from",
        "triggered by",
    ];
    const COPULA: &[&str] = &[
        "is",
        "are",
        "was",
        "were",
        "been",
        "strongly",
        "closely",
        "often",
        "weakly",
        "consistently",
        "directly",
        "not",
        "also",
        "usually",
        "mostly",
        "mainly",
        "be",
        "sometimes",
    ];
    let hits = [F::Cause, F::Association].into_iter().flat_map(|family| found.all(family));
    for hit in hits {
        let text = sentence[hit.range()].to_ascii_lowercase();
        if !VERBS.contains(&text.as_str()) || is_condition(sentence, hit) {
            continue;
        }
        let before = left_word(sentence, hit.start).unwrap_or("").to_ascii_lowercase();
        let next = sentence[hit.end..].split_whitespace().next().unwrap_or("");
        let participle = ["with", "by", "to"].iter().any(|end| text.ends_with(end))
            && ["caus", "link", "assoc", "tied", "brought"]
                .iter()
                .any(|start| text.starts_with(start));
        let stated = match text.as_str() {
            "risk factor" | "risk factors" => sentence[..hit.start]
                .split_whitespace()
                .rev()
                .take(3)
                .any(|word| matches!(word, "is" | "are")),
            "link between" | "links between" | "the reason" | "to blame" | "due to" => true,
            // "is the leading cause of disability"
            "cause" if next == "of" => ranked_cause(&before),
            _ if participle => COPULA.contains(&before.as_str()),
            // "The cause-of-death register", "avoid triggers (noise, light)"
            _ if next.starts_with(['-', '(']) => false,
            _ => next != "of" && next != "and" && finite(sentence, hit),
        };
        let (back, forward) =
            if BACKWARD.contains(&text.as_str()) || participle || text == "to blame" {
                (40, 40)
            } else {
                (0, 40)
            };
        if stated && near_outcome(sentence, found, hit, back, forward) {
            return true;
        }
    }
    false
}

/// "If the pain is due to a fall, ...": what may be the case is not stated.
fn is_condition(sentence: &str, hit: Hit) -> bool {
    let clause = sentence[..hit.start].rsplit([',', ';', ':', '(']).next().unwrap_or("");
    let first = clause.split_whitespace().next().unwrap_or("");
    ["if", "unless", "whether"].iter().any(|word| word.eq_ignore_ascii_case(first))
}

/// Whether a word before "cause of" says which of many it is.
fn ranked_cause(before: &str) -> bool {
    matches!(
        before,
        "leading" | "main" | "common" | "biggest" | "top" | "primary" | "single" | "major"
    )
}

/// "raises the risk of injury", "are more likely to get back pain".
fn risk_shift(sentence: &str, found: &Scan) -> bool {
    const SHIFTED: &[&str] =
        &["more likely", "less likely", "higher risk", "lower risk", "increased risk", "prone to"];
    let shifted = found.all(F::Risk).any(|hit| {
        SHIFTED.contains(&sentence[hit.range()].to_ascii_lowercase().as_str())
            && near_outcome(sentence, found, hit, 0, 60)
    });
    shifted && !sentence.starts_with("Increased")
        || found.pair(F::Change, F::Risk, 24).is_some_and(|(change, _)| finite(sentence, change))
}

/// A comparison with a health outcome beside it, of people, bodies or treatments; or the first of its class.
fn compares(sentence: &str, found: &Scan) -> bool {
    let about = [F::Intervention, F::Population, F::Anatomy, F::Case, F::Therapy]
        .into_iter()
        .any(|family| found.has(family));
    let first = found.all(F::Superlative).any(|hit| {
        let text = sentence[hit.range()].to_ascii_lowercase();
        ["cause", "most common", "effective", "best ex", "best treat", "frequent", "number one"]
            .iter()
            .any(|word| text.contains(word))
            || text == "the best"
                && lower_starts(
                    &sentence[hit.end..],
                    &[" treatment", " exercise", " cure", " way to"],
                )
    });
    let two = found
        .all(F::Than)
        .filter(|hit| ranks(sentence, *hit))
        .chain(found.all(F::Compared).filter(|hit| {
            lower_starts(
                &sentence[hit.range()],
                &["as effective", "compared", "as much", "disproportion", "no difference"],
            )
        }))
        .any(|hit| near_outcome(sentence, found, hit, 45, 45));
    first || about && two
}

/// "more than twelve weeks" ranks nothing.
fn ranks(sentence: &str, than: Hit) -> bool {
    let next = sentence[than.end..].split_whitespace().next().unwrap_or("");
    let number = next.starts_with(|c: char| c.is_ascii_digit())
        || ["a", "an", "half", "twelve"].contains(&next)
        || has_number(&format!("{next} "));
    !number
        && !left_word(sentence, than.start).is_some_and(|word| matches!(word, "rather" | "other"))
}

const PLACEBO: &[&str] = &["placebo", "a placebo", "sham", "a sham"];
const USUAL_CARE: &[&str] = &["usual care", "standard care", "usual treatment", "no treatment"];

/// Whether something is said to do more, or less, than what trials compare with.
fn is_tested(sentence: &str, against: &[&str]) -> bool {
    let mut rests = sentence.match_indices(" than ").map(|(at, than)| &sentence[at + than.len()..]);
    rests.any(|rest| lower_starts(rest, against))
}

fn effect_of_treatment(sentence: &str, found: &Scan) -> bool {
    if !found.has(F::TreatmentEffect) && !outcome(found) {
        return false;
    }
    // "is effective for", "is safe", "are harmful".
    let verdict =
        [F::Effective, F::Harm].into_iter().flat_map(|family| found.all(family)).any(|hit| {
            let text = sentence[hit.range()].to_ascii_lowercase();
            let before = left_word(sentence, hit.start).unwrap_or("");
            (matches!(
                text.as_str(),
                "effective"
                    | "ineffective"
                    | "helpful"
                    | "beneficial"
                    | "good for"
                    | "bad for"
                    | "safe for"
                    | "harmful"
                    | "harmless"
                    | "dangerous"
                    | "useful for"
            ) && matches!(before, "is" | "are" | "be" | "very" | "highly" | "not" | "as"))
                || matches!(text.as_str(), "is safe" | "are safe")
        });
    let treatment = found.has(F::Intervention) || found.has(F::Therapy);
    if treatment && (verdict || is_tested(sentence, PLACEBO)) {
        return true;
    }
    // What does more than usual care is a treatment, whatever its name.
    let effects = [F::TreatmentEffect, F::Change, F::Effective];
    if effects.into_iter().any(|effect| found.has(effect)) && is_tested(sentence, USUAL_CARE) {
        return true;
    }
    for effect in [F::Effective, F::Change, F::Harm, F::Cause] {
        for verb in found.all(effect).filter(|verb| finite(sentence, *verb)) {
            let by_treatment = found
                .all(F::Intervention)
                .filter(|hit| !sentence[hit.range()].eq_ignore_ascii_case("supplement"))
                .any(|hit| hit.end < verb.start && verb.start - hit.end < 30);
            let on_outcome = [F::Outcome, F::HealthTopic].into_iter().any(|family| {
                found.all(family).any(|hit| hit.start >= verb.start && hit.start < verb.end + 50)
            });
            if by_treatment && on_outcome {
                return true;
            }
        }
    }
    false
}

/// Whether the verb states something: no infinitive of purpose, no noun, no participle after "of".
fn finite(sentence: &str, verb: Hit) -> bool {
    let before = left_word(sentence, verb.start).unwrap_or("").to_ascii_lowercase();
    let text = sentence[verb.range()].to_ascii_lowercase();
    let word = text.split(' ').next().unwrap_or("");
    let noun =
        ["ion", "ment", "ing", "ive", "ness", "ency", "ful"].iter().any(|end| word.ends_with(end));
    !noun
        && !before.is_empty()
        && !sentence[..verb.start].trim_end().ends_with(',')
        && !matches!(
            before.as_str(),
            "to" | "of"
                | "for"
                | "the"
                | "a"
                | "an"
                | "and"
                | "or"
                | "in"
                | "with"
                | "by"
                | "their"
                | "your"
                | "its"
                | "as"
                | "about"
                | "public"
                | "are"
                | "is"
                | "most"
                | "more"
        )
}

/// "Most people with knee pain", "many episodes".
fn most_people(sentence: &str, found: &Scan) -> bool {
    const MUCH: &[&str] = &[
        "many",
        "most",
        "nearly all",
        "almost all",
        "half",
        "the vast",
        "a lot",
        "countless",
        "few",
        "millions",
        "nearly every",
        "almost every",
    ];
    // "Many people find that it helps" leaves it to the reader.
    let finds = |hit: Hit| {
        lower_starts(&sentence[hit.range()], &["many"])
            && lower_starts(&sentence[hit.end..], &[" find "])
    };
    found
        .all(F::PeopleQuantity)
        .any(|hit| lower_starts(&sentence[hit.range()], MUCH) && !finds(hit))
}

/// "Back pain is very common".
fn how_common(sentence: &str, found: &Scan) -> bool {
    found.all(F::Frequency).any(|hit| {
        let text = sentence[hit.range()].to_ascii_lowercase();
        let before = left_word(sentence, hit.start).unwrap_or("");
        matches!(text.as_str(), "common" | "rare" | "uncommon" | "widespread")
            && matches!(
                before,
                "is" | "are" | "very" | "quite" | "extremely" | "so" | "fairly" | "surprisingly"
            )
            && !sentence[hit.end..].starts_with(" and")
            || matches!(text.as_str(), "is normal" | "are normal")
    })
}

fn affects_people(sentence: &str, found: &Scan) -> bool {
    found.all(F::Affects).any(|hit| {
        lower_starts(&sentence[hit.range()], &["affects", "suffer", "have had"])
            && found
                .all(F::Population)
                .any(|people| people.start > hit.start || people.end <= hit.start)
    })
}

pub(super) fn near_outcome(
    sentence: &str,
    found: &Scan,
    hit: Hit,
    before: usize,
    after: usize,
) -> bool {
    // "Health" alone is a department as often as an outcome.
    [F::Outcome, F::HealthTopic].into_iter().any(|family| {
        found
            .all(family)
            .filter(|other| !sentence[other.range()].eq_ignore_ascii_case("health"))
            .any(|other| {
                other.start >= hit.end && other.start - hit.end < after
                    || other.end <= hit.start && hit.start - other.end < before
            })
    })
}
