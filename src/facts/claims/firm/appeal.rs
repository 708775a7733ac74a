//! Appeals to research or experts that name nobody: "studies show", "clinically proven".

use super::{F, left_word, lower_starts, outcome};
use crate::facts::claims::scan::{Hit, Scan};
use std::ops::Range;

/// The words of an appeal to research or experts that name nobody.
pub(in crate::facts::claims) fn hard_appeal(sentence: &str, found: &Scan) -> Option<Range<usize>> {
    if found.has(F::StudyGuard) || found.has(F::Limits) {
        return None;
    }
    let text = |hit: Hit| sentence[hit.range()].to_ascii_lowercase();
    // "According to the research plan", "science says little about it".
    const OF_ELSE: &[&str] =
        &[" plan", " team", " protocol", " question", " group", " council", " little", " nothing"];
    let plain = found.all(F::Appeal).find(|hit| {
        PLAIN_APPEALS.contains(&text(*hit).as_str()) && !lower_starts(&sentence[hit.end..], OF_ELSE)
    });
    if let Some(hit) = plain {
        return Some(with_modifiers(sentence, hit.range()));
    }
    let lower = sentence.to_ascii_lowercase();
    let nouns = [F::EvidenceNoun, F::ExpertNoun].into_iter().flat_map(|family| found.all(family));
    for noun in nouns {
        let expert = noun.family == F::ExpertNoun;
        if !expert && !REPORTERS.contains(&text(noun).as_str()) {
            continue;
        }
        let verb = found
            .all(F::ReportVerb)
            .filter(|verb| verb.start > noun.end)
            .min_by_key(|verb| verb.start);
        if let Some(verb) = verb.filter(|verb| reports(&lower, noun, *verb, expert)) {
            return Some(with_modifiers(sentence, noun.start..verb.end));
        }
    }
    let there_is =
        ["there is ", "there's ", "there\u{2019}s "].iter().any(|own| lower.contains(own));
    let there_is_none = ["there is no ", "there's no ", "there\u{2019}s no "];
    if there_is && !there_is_none.iter().any(|none| lower.contains(none)) {
        let good = found.all(F::Appeal).find(|hit| GOOD_EVIDENCE.contains(&text(*hit).as_str()));
        if let Some(hit) = good {
            return Some(hit.range());
        }
    }
    let health = outcome(found)
        && (found.has(F::Intervention) || found.has(F::Therapy) || found.has(F::Medical));
    if !health {
        return None;
    }
    const SHOWN: &[&str] = &[
        "been shown",
        "been proven",
        "been demonstrated",
        "been found",
        "been linked",
        "found to",
        "is shown to",
        "are shown to",
        "proven to",
        "shown to",
    ];
    let shown = found.all(F::Shown).find(|hit| {
        let before = left_word(sentence, hit.start).unwrap_or("");
        let goes_on = hit.end == sentence.len()
            || text(*hit).ends_with(" to")
            || lower_starts(
                &sentence[hit.end..],
                &[" to ", " with ", " that ", " in ", " effective", " safe"],
            );
        SHOWN.contains(&text(*hit).as_str())
            && goes_on
            && !lower.contains("data that")
            && matches!(
                before,
                "has"
                    | "have"
                    | "been"
                    | "is"
                    | "are"
                    | "was"
                    | "were"
                    | "clinically"
                    | "scientifically"
            )
    });
    shown.map(|hit| {
        let before = left_word(sentence, hit.start).map_or(0, |word| word.len() + 1);
        hit.start - before.min(hit.start)..hit.end
    })
}

/// Appeals that are appeals in any sentence.
const PLAIN_APPEALS: &[&str] = &[
    "according to a recent",
    "according to a study",
    "according to experts",
    "according to new research",
    "according to research",
    "according to science",
    "according to scientists",
    "according to studies",
    "according to the evidence",
    "according to the latest research",
    "according to the research",
    "according to the science",
    "backed by evidence",
    "backed by research",
    "backed by science",
    "backed by scientific",
    "backed by studies",
    "clinically proven",
    "clinically shown",
    "clinically tested",
    "confirmed by research",
    "confirmed by studies",
    "doctor recommended",
    "doctor-recommended",
    "experts agree",
    "medically proven",
    "research confirms",
    "research proves",
    "research shows",
    "science confirms",
    "science proves",
    "science says",
    "science shows",
    "scientifically proven",
    "scientifically shown",
    "scientifically validated",
    "studies confirm",
    "studies prove",
    "studies show",
    "supported by research",
    "supported by science",
    "supported by scientific",
    "supported by studies",
    "the evidence is clear",
    "the research is clear",
    "the science is clear",
    "trials show",
];

/// "there is good evidence that".
const GOOD_EVIDENCE: &[&str] = &[
    "clear evidence",
    "good evidence",
    "growing evidence",
    "high-quality evidence",
    "scientific evidence",
    "solid evidence",
    "strong evidence",
];

/// Who is said to report: no report form, no data table, no examination.
const REPORTERS: &[&str] = &[
    "a poll",
    "evidence",
    "literature",
    "meta-analyses",
    "meta-analysis",
    "research",
    "review",
    "reviews",
    "science",
    "studies",
    "study",
    "surveys",
    "systematic review",
    "systematic reviews",
    "trial",
    "trials",
];

/// "studies of runners show", not "a study to describe", "this study found", "studies were reported".
fn reports(lower: &str, noun: Hit, verb: Hit, expert: bool) -> bool {
    const VERBS: &[&str] = &[
        "agree",
        "agrees",
        "conclude",
        "confirm",
        "demonstrate",
        "find",
        "finds",
        "found",
        "has linked",
        "indicate",
        "linked",
        "links",
        "point to",
        "points to",
        "prove",
        "report",
        "reveal",
        "show",
        "suggest",
        "support",
        "tell us",
        "tells us",
        "discovered",
        "observed",
        "estimate",
    ];
    const SAYING: &[&str] = &["agree", "believe", "recommend", "say", "says", "warn", "think"];
    let word = &lower[verb.range()];
    // Who writes a study is no expert called as a witness.
    if matches!(&lower[noun.range()], "authors" | "investigators" | "clinicians") {
        return false;
    }
    let known = VERBS.iter().any(|own| word.starts_with(own))
        || expert && SAYING.iter().any(|own| word.starts_with(own));
    let between = lower[noun.end..verb.start].trim();
    let words = between.split_whitespace().count();
    const APART: &[&str] = &[
        "to", "not", "cannot", "was", "were", "is", "are", "be", "being", "by", "that", "used",
        "may", "should", "must", "will", "and", "can", "help", "would", "could", "might", "who",
        "which",
    ];
    const OPENS: &[&str] = &[
        "has",
        "have",
        "had",
        "also",
        "now",
        "in",
        "of",
        "from",
        "on",
        "at",
        "with",
        "among",
        "done",
        "published",
        "conducted",
        "even",
        "often",
        "still",
        "into",
        "about",
        "around",
        "since",
    ];
    let first = between.split_whitespace().next().unwrap_or("");
    let attached = first.is_empty() || first.ends_with("ly") || OPENS.contains(&first);
    let joined = attached
        && !between.contains(['.', ';', ':', '(', ')', ','])
        && words <= 6
        && !between.split_whitespace().any(|own| APART.contains(&own));
    // "No good evidence supports it" appeals to none, as "no evidence" does.
    const GRADES: &[&str] = &[
        "clear",
        "clinical",
        "compelling",
        "convincing",
        "direct",
        "firm",
        "good",
        "good-quality",
        "high-quality",
        "reliable",
        "robust",
        "scientific",
        "solid",
        "sound",
        "strong",
    ];
    let graded = lower[..noun.start].trim_end_matches(' ');
    let graded = GRADES.iter().find_map(|own| graded.strip_suffix(own));
    let none = graded.and_then(|rest| rest.split_whitespace().next_back());
    if matches!(none, Some("no" | "little" | "few" | "limited" | "insufficient")) {
        return false;
    }
    let before = left_word(lower, noun.start).unwrap_or("");
    const OWN: &[&str] = &[
        "this",
        "these",
        "our",
        "present",
        "current",
        "the",
        "no",
        "few",
        "little",
        "limited",
        "insufficient",
        "each",
        "both",
        "own",
        "your",
        "my",
        "any",
        "pilot",
        "to",
        "all",
        "such",
    ];
    let all_of_it = before == "the" && &lower[noun.range()] == "literature";
    known && joined && (all_of_it || !OWN.contains(&before)) && !noun_use(lower, verb)
}

/// "research support", "review reports".
fn noun_use(lower: &str, verb: Hit) -> bool {
    let word = &lower[verb.range()];
    let next = lower[verb.end..].split_whitespace().next().unwrap_or("");
    matches!(word, "support" | "report" | "reports" | "estimates" | "estimate")
        && (next.is_empty()
            || matches!(next, "of" | "for" | "on" | "from" | "are" | "is" | "and" | "were" | "was"))
}

/// "recent studies", "a large trial": the words that belong to the noun.
fn with_modifiers(sentence: &str, range: Range<usize>) -> Range<usize> {
    const MODIFIERS: &[&str] = &[
        "recent",
        "many",
        "several",
        "numerous",
        "some",
        "most",
        "large",
        "new",
        "clinical",
        "scientific",
        "previous",
        "earlier",
        "one",
        "another",
        "a",
        "an",
        "more",
        "medical",
        "various",
        "multiple",
        "other",
        "randomised",
        "randomized",
        "controlled",
        "leading",
        "health",
        "countless",
        "latest",
        "growing",
        "strong",
        "good",
    ];
    let mut start = range.start;
    while let Some(word) = left_word(sentence, start) {
        let year = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
        if !(year || MODIFIERS.iter().any(|own| own.eq_ignore_ascii_case(word)))
            || !sentence[..start].ends_with(' ')
        {
            break;
        }
        start = sentence[..start].trim_end().len() - word.len();
    }
    start..range.end
}
