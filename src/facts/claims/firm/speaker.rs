//! Who is said to say it: "WHO recommends", a quotation with its speaker.

use super::{F, outcome};
use crate::facts::claims::scan::Scan;
use std::ops::Range;

/// "WHO recommends", "according to the guideline", a quotation with its speaker.
pub(super) fn names_a_speaker(sentence: &str, found: &Scan) -> bool {
    const SAYS: &[&str] = &[
        "advises",
        "recommends",
        "recommend",
        "says",
        "said",
        "states that",
        "stated",
        "warns",
        "suggests",
    ];
    const MIN_WORDS: usize = 4;
    if let Some(quote) = found.first(F::Quote) {
        return sentence[quote.range()].split_whitespace().count() >= MIN_WORDS && outcome(found);
    }
    if !outcome(found) {
        return false;
    }
    let speaks = |range: Range<usize>| {
        let acronym = sentence[range.clone()].split(|c: char| !c.is_alphanumeric()).any(|word| {
            (2..=5).contains(&word.len())
                && word.bytes().all(|byte| byte.is_ascii_uppercase())
                && word != "US"
        });
        acronym
            || [F::Guideline, F::ExpertNoun].into_iter().any(|family| {
                found.all(family).any(|hit| range.start <= hit.start && hit.end <= range.end)
            })
    };
    let near = |at: usize, len: usize| {
        let mut end = (at + len).min(sentence.len());
        while !sentence.is_char_boundary(end) {
            end -= 1;
        }
        at..end
    };
    let back = |at: usize| {
        let mut start = at.saturating_sub(30);
        while !sentence.is_char_boundary(start) {
            start -= 1;
        }
        start..at
    };
    found.all(F::AccordingTo).any(|hit| {
        sentence[hit.range()].eq_ignore_ascii_case("according to") && speaks(near(hit.end, 40))
    }) || found.all(F::Says).any(|hit| {
        SAYS.contains(&&sentence[hit.range()]) && speaks(back(hit.start)) && !found.has(F::NeedTo)
    })
}
