//! Where a family of cues is met in a sentence, when words with two meanings are read in their place.

use super::cues::Family;
use super::scan::{Hit, Scan};
use std::ops::Range;

/// Where the family is met; `None` when every hit turns out to be something else.
pub(super) fn occurrence(sentence: &str, family: Family, found: &Scan) -> Option<Range<usize>> {
    let hit = match family {
        // The pronoun, not `i.e.` or `type I`.
        Family::FirstPerson => found.all(family).find(|hit| {
            let text = &sentence[hit.range()];
            text != "i"
                && !(text == "I"
                    && before(sentence, hit.start, &["type", "class", "grade", "phase"]))
        }),
        // "how often" asks; it does not count.
        Family::Frequency => {
            found.all(family).find(|hit| !before(sentence, hit.start, &["how", "as", "too", "so"]))
        }
        // "a result from", "the result of": a noun.
        Family::Cause => found.all(family).find(|hit| {
            !(sentence[hit.range()].to_ascii_lowercase().starts_with("result ")
                && before(sentence, hit.start, &["a", "the", "one", "this"]))
        }),
        // "us", not "US".
        Family::We => found
            .all(family)
            .find(|hit| &sentence[hit.range()] != "US" && !everyone(sentence, *hit)),
        // The number with its words rather than the word "percent".
        Family::Percent | Family::BigNumber | Family::Fold | Family::Ratio => {
            found.all(family).max_by_key(|hit| (hit.end - hit.start, std::cmp::Reverse(hit.start)))
        }
        // "low back pain", "three months or more", "more or less": nothing is compared.
        Family::Degree => found.all(family).find(|hit| {
            let text = &sentence[hit.range()];
            let next = sentence[hit.end..].trim_start();
            let is_place = next.starts_with("back") && text.len() <= "lower".len();
            !(is_place || next.starts_with("or less") || before(sentence, hit.start, &[" or"]))
        }),
        // "a protective experience": a noun.
        Family::Affects => found.all(family).find(|hit| {
            !sentence[hit.range()].eq_ignore_ascii_case("experience")
                || !is_noun(&sentence[..hit.start])
        }),
        Family::Than => {
            found.all(family).find(|hit| !before(sentence, hit.start, &["rather", "other"]))
        }
        _ => found.first(family),
    };
    hit.map(Hit::range)
}

/// Whether a word behind these is a noun: an article or the like stands among the last three.
fn is_noun(before: &str) -> bool {
    const ARTICLES: &[&str] =
        &["a", "an", "the", "this", "that", "each", "every", "your", "our", "their", "my", "of"];
    let mut last = before.rsplit(' ').filter(|word| !word.is_empty()).take(3);
    last.any(|word| ARTICLES.iter().any(|own| own.eq_ignore_ascii_case(word)))
}

/// "As we age" and "our joints" speak of people, not of the authors.
fn everyone(sentence: &str, hit: Hit) -> bool {
    const AFTER: &[&str] = &[
        "age", "sleep", "move", "grow", "get", "breathe", "sit", "stand", "walk", "exercise",
        "live", "feel", "lift", "bodies", "body", "joints", "muscles", "bones", "brain", "brains",
        "spine", "backs", "lives", "nervous", "immune",
    ];
    let next =
        sentence[hit.end..].trim_start().split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    AFTER.contains(&next)
}

pub(super) fn before(sentence: &str, at: usize, words: &[&str]) -> bool {
    let left = sentence[..at].trim_end();
    words.iter().any(|word| {
        left.len() >= word.len()
            && left.is_char_boundary(left.len() - word.len())
            && left[left.len() - word.len()..].eq_ignore_ascii_case(word)
    })
}
