//! Words that mean nothing where they stand, taken back before cues are joined.

use crate::facts::claims::cues::Family;
use crate::facts::claims::scan::{Hit, Scan};
use std::ops::Range;

/// `such as "clinically proven"`: a short quotation inside a sentence is spoken of, and appeals to nobody.
pub(super) fn forget_words_spoken_of(sentence: &str, found: &mut Scan) {
    const MAX_WORDS: usize = 4;
    const APPEALS: &[Family] = &[
        Family::Appeal,
        Family::EvidenceNoun,
        Family::ExpertNoun,
        Family::ReportVerb,
        Family::Shown,
    ];
    if !APPEALS.iter().any(|family| found.has(*family)) {
        return;
    }
    let mut quoted: Vec<Range<usize>> = Vec::new();
    for (open, close) in [('"', '"'), ('\u{201c}', '\u{201d}')] {
        let mut at = 0;
        while let Some(start) = sentence[at..].find(open).map(|start| at + start + open.len_utf8())
            && let Some(end) = sentence[start..].find(close).map(|end| start + end)
        {
            at = end + close.len_utf8();
            let is_short = sentence[start..end].split_whitespace().nth(MAX_WORDS).is_none();
            let is_part = sentence[..start].contains(char::is_alphanumeric)
                || sentence[end..].contains(char::is_alphanumeric);
            if is_short && is_part {
                quoted.push(start..end);
            }
        }
    }
    let is_quoted =
        |hit: Hit| quoted.iter().any(|own| own.start <= hit.start && hit.end <= own.end);
    if !quoted.is_empty() {
        found.retain(|hit| !APPEALS.contains(&hit.family) || !is_quoted(hit));
    }
}

/// "It does not replace medical advice, diagnosis or treatment": what a page is not.
pub(super) fn forget_what_nothing_replaces(sentence: &str, found: &mut Scan) {
    if !found.has(Family::Diagnosis) || !sentence.contains(" advice") {
        return;
    }
    let named = [" replace", " substitute"].iter().filter_map(|own| sentence.find(own)).min();
    let denied = |before: &str| {
        before.ends_with(" not") || before.ends_with("n't") || before.ends_with(" not a")
    };
    if named.is_some_and(|at| denied(&sentence[..at])) {
        found.retain(|hit| hit.family != Family::Diagnosis);
    }
}

/// "There is no exercise that cures": what no treatment does is said of none.
pub(super) fn forget_effects_of_none(sentence: &str, found: &mut Scan) {
    const EFFECTS: &[Family] = &[Family::Effective, Family::Change, Family::Harm, Family::Cause];
    // "There is no doubt that it cures".
    const ABSTRACT: &[&str] = &[
        "denying", "dispute", "doubt", "evidence", "need", "proof", "question", "reason",
        "research", "sign", "way",
    ];
    const OPENINGS: &[&str] =
        &["There is no ", "There are no ", "There's no ", "There\u{2019}s no "];
    if !sentence.starts_with("There") {
        return;
    }
    let Some(rest) = OPENINGS.iter().find_map(|own| sentence.strip_prefix(own)) else { return };
    if ["cure for ", "known cure ", "quick fix", "treatment that "]
        .iter()
        .any(|own| rest.starts_with(own))
    {
        found.retain(|hit| hit.family != Family::Effective);
    }
    let start = sentence.len() - rest.len();
    let end = rest.find([',', ';', ':', '(']).map_or(sentence.len(), |length| start + length);
    let that = [" that ", " which "].iter().filter_map(|own| sentence[start..end].find(own)).min();
    let Some(that) = that.map(|length| start + length) else { return };
    let noun = sentence[start..that].split_whitespace().next_back().unwrap_or("");
    if !ABSTRACT.contains(&noun) {
        found.retain(|hit| !EFFECTS.contains(&hit.family) || !(that..end).contains(&hit.start));
    }
}

/// "20% off", "10% of the marks", "counts for 70% of the grade": prices and marks, which somebody sets.
pub(super) fn forget_shares_of_prices_and_marks(sentence: &str, found: &mut Scan) {
    const BEHIND: &[&str] = &[
        "discount",
        "of marks",
        "of the exam",
        "of the fee",
        "of the final grade",
        "of the final mark",
        "of the grade",
        "of the mark",
        "of the points",
        "of the price",
        "off",
    ];
    if !found.has(Family::Percent) {
        return;
    }
    let is_set = |hit: Hit| {
        let rest = sentence[hit.end..].trim_start_matches([' ', '-', '\u{a0}']);
        let words = BEHIND.iter().filter_map(|own| rest.strip_prefix(own));
        let mut ends = words.map(|rest| rest.strip_prefix('s').unwrap_or(rest));
        ends.any(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    found.retain(|hit| hit.family != Family::Percent || !is_set(hit));
}

/// "A lifetime of good walks" is no rate.
pub(super) fn forget_a_lifetime_of(sentence: &str, found: &mut Scan) {
    let is_figure = |hit: Hit| {
        hit.family == Family::PerTime
            && sentence[hit.range()].eq_ignore_ascii_case("a lifetime")
            && sentence[hit.end..].starts_with(" of ")
    };
    if found.all(Family::PerTime).any(is_figure) {
        found.retain(|hit| !is_figure(hit));
    }
}

/// "The median nerve", "the common fibular nerve", "the upper third of the thigh bone": names and places in the
/// body, which count nothing.
pub(super) fn forget_names_of_parts(sentence: &str, found: &mut Scan) {
    const FAMILIES: &[Family] = &[Family::Average, Family::Frequency, Family::Ratio];
    if !FAMILIES.iter().any(|family| found.has(*family)) {
        return;
    }
    let words = std::mem::take(&mut found.words);
    let counts_people = found.has(Family::Population);
    let word = |index: usize| words.get(index).map(|own| &sentence[own.range()]);
    let names_a_part = |hit: Hit| {
        let at = words.partition_point(|own| (own.start as usize) < hit.start);
        let is = |name: &str| word(at).is_some_and(|own| own.eq_ignore_ascii_case(name));
        match hit.family {
            Family::Average => is("median") && names_in_body(at + 1, &word, 0),
            Family::Frequency => is("common") && names_in_body(at + 1, &word, 1),
            Family::Ratio => {
                let before = at.checked_sub(1).and_then(word);
                before.is_some_and(|own| is_any(own, PLACES)) && !counts_people
            }
            _ => false,
        }
    };
    found.retain(|hit| !names_a_part(hit));
    found.words = words;
}

/// Whether a part of the body is named from a word on: its noun, behind so many or more of the words that come first.
fn names_in_body<'a>(from: usize, word: &impl Fn(usize) -> Option<&'a str>, least: usize) -> bool {
    const MOST: usize = 4;
    let rest = || (from..=from + MOST).map_while(word);
    let first = rest().take_while(|own| is_any(own, OF_PARTS)).count();
    first >= least && rest().nth(first).is_some_and(|own| is_any(own, PARTS))
}

fn is_any(word: &str, list: &[&str]) -> bool {
    list.iter().any(|own| own.eq_ignore_ascii_case(word))
}

const PLACES: &[&str] = &[
    "anterior",
    "back",
    "bottom",
    "distal",
    "front",
    "inferior",
    "inner",
    "lateral",
    "left",
    "lower",
    "medial",
    "middle",
    "outer",
    "posterior",
    "proximal",
    "right",
    "superior",
    "top",
    "upper",
];
const PARTS: &[&str] = &[
    "arteries", "artery", "duct", "ducts", "line", "nerve", "nerves", "origin", "plane", "sheath",
    "tendon", "tendons", "trunk", "vein", "veins",
];
// What "median" and "common" stand before in names of nerves, vessels and tendons; common ones, from no list.
const OF_PARTS: &[&str] = &[
    "and",
    "antebrachial",
    "bile",
    "carotid",
    "cubital",
    "digital",
    "extensor",
    "facial",
    "femoral",
    "fibular",
    "flexor",
    "hepatic",
    "iliac",
    "musculocutaneous",
    "or",
    "palmar",
    "peroneal",
    "plantar",
    "radial",
    "sacral",
    "sagittal",
    "synovial",
    "tendinous",
    "ulnar",
    "umbilical",
];
