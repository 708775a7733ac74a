//! What a sentence holds: the cue phrases and the numbers, found in one pass each.
//!
//! [`scan`] knows nothing about meaning beyond single phrases; `detect` combines what it finds.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::cues::{Family, PHRASES};

/// One cue phrase or number: bytes of the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    pub family: Family,
    pub start: usize,
    pub end: usize,
}

impl Hit {
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// Everything found, in the order it was found, and a set of the families for quick questions.
#[derive(Debug, Default)]
pub(super) struct Scan {
    pub hits: Vec<Hit>,
    present: u128,
}

impl Scan {
    pub fn has(&self, family: Family) -> bool {
        self.present & (1 << family as u32) != 0
    }

    pub fn all(&self, family: Family) -> impl Iterator<Item = Hit> + '_ {
        let none = !self.has(family);
        self.hits
            .iter()
            .copied()
            .filter(move |hit| !none && hit.family == family)
    }

    pub fn first(&self, family: Family) -> Option<Hit> {
        self.all(family)
            .min_by_key(|hit| (hit.start, usize::MAX - hit.end))
    }

    pub fn add(&mut self, family: Family, range: Range<usize>) {
        self.present |= 1 << family as u32;
        self.hits.push(Hit {
            family,
            start: range.start,
            end: range.end,
        });
    }

    /// The first pair of the two families, in this order, with fewer than `gap` bytes between.
    pub fn pair(&self, left: Family, right: Family, gap: usize) -> Option<(Hit, Hit)> {
        if !self.has(left) || !self.has(right) {
            return None;
        }
        for first in self.all(left) {
            let follows = |hit: &Hit| hit.start > first.end && hit.start - first.end < gap;
            if let Some(second) = self.all(right).filter(follows).min_by_key(|hit| hit.start) {
                return Some((first, second));
            }
        }
        None
    }
}

struct Phrase {
    family: Family,
    open_end: bool,
}

struct Automaton {
    phrases: Vec<Phrase>,
    search: AhoCorasick,
}

static AUTOMATON: LazyLock<Automaton> = LazyLock::new(|| {
    let mut phrases = Vec::new();
    let mut texts = Vec::new();
    for &(family, list) in PHRASES {
        for text in list {
            phrases.push(Phrase {
                family,
                open_end: text.ends_with('*'),
            });
            texts.push(text.trim_end_matches('*'));
        }
    }
    let search = AhoCorasick::builder()
        .match_kind(MatchKind::Standard)
        .kind(Some(AhoCorasickKind::DFA))
        .ascii_case_insensitive(true)
        .build(&texts)
        .expect("the phrases are few and short");
    Automaton { phrases, search }
});

/// Finds all cue phrases and numbers of `sentence`.
pub(super) fn scan(sentence: &str) -> Scan {
    let mut scan = Scan {
        hits: Vec::with_capacity(48),
        present: 0,
    };
    let automaton = &*AUTOMATON;
    let bytes = sentence.as_bytes();
    for found in automaton.search.find_overlapping_iter(sentence) {
        let phrase = &automaton.phrases[found.pattern().as_usize()];
        if starts_word(bytes, found.start()) && (phrase.open_end || ends_word(bytes, found.end())) {
            let end = if phrase.open_end {
                word_end(bytes, found.end())
            } else {
                found.end()
            };
            scan.add(phrase.family, found.start()..end);
        }
    }
    numbers(sentence, &mut scan);
    scan
}

/// Letters and digits of any script; typographic punctuation (U+2000 to U+206F, the Latin-1 signs) is not.
fn starts_word(bytes: &[u8], at: usize) -> bool {
    let Some(&before) = at.checked_sub(1).and_then(|index| bytes.get(index)) else {
        return true;
    };
    if before.is_ascii() {
        return !before.is_ascii_alphanumeric() && before != b'_';
    }
    let lead = bytes[..at]
        .iter()
        .rposition(|byte| byte & 0xC0 != 0x80)
        .unwrap_or(0);
    is_sign(&bytes[lead..at])
}

fn ends_word(bytes: &[u8], at: usize) -> bool {
    let Some(&next) = bytes.get(at) else {
        return true;
    };
    if next.is_ascii() {
        return !next.is_ascii_alphanumeric() && next != b'_';
    }
    is_sign(&bytes[at..bytes.len().min(at + 3)])
}

fn is_sign(character: &[u8]) -> bool {
    matches!(character, [0xE2, 0x80 | 0x81, ..] | [0xC2, ..])
}

pub(super) fn word_end(bytes: &[u8], from: usize) -> usize {
    bytes[from..]
        .iter()
        .position(|byte| !byte.is_ascii_alphanumeric())
        .map_or(bytes.len(), |length| from + length)
}

/// The word after `from`, skipping one separator, with its range.
fn word_after(sentence: &str, from: usize) -> (&str, Range<usize>) {
    let bytes = sentence.as_bytes();
    let mut start = from;
    if bytes
        .get(start)
        .is_some_and(|byte| matches!(byte, b' ' | b'-'))
    {
        start += 1;
    } else if bytes[start..].starts_with("\u{a0}".as_bytes())
        || bytes[start..].starts_with("\u{202f}".as_bytes())
    {
        start += sentence[start..].chars().next().map_or(0, char::len_utf8);
    }
    let end = word_end(bytes, start);
    (&sentence[start..end], start..end)
}

fn is_any(word: &str, list: &[&str]) -> bool {
    list.iter().any(|item| item.eq_ignore_ascii_case(word))
}

const DOSE_UNITS: &[&str] = &[
    "second",
    "seconds",
    "sec",
    "secs",
    "s",
    "minute",
    "minutes",
    "min",
    "mins",
    "hour",
    "hours",
    "rep",
    "reps",
    "repetition",
    "repetitions",
    "set",
    "sets",
    "breath",
    "breaths",
    "kg",
    "kilograms",
    "lb",
    "lbs",
    "pound",
    "pounds",
    "degree",
    "degrees",
    "cm",
    "mm",
    "inch",
    "inches",
    "feet",
    "metres",
    "meters",
    "m",
    "step",
    "steps",
    "round",
    "rounds",
    "x",
    "rpe",
    "question",
    "questions",
    "exercises",
    "tips",
    "ways",
    "things",
    "reasons",
    "am",
    "pm",
];
const TIME_UNITS: &[&str] = &[
    "day", "days", "week", "weeks", "month", "months", "year", "years", "session", "sessions",
    "visits",
];
const SCALES: &[&str] = &["million", "billion", "trillion", "thousand", "hundred"];
const NUMBER_WORDS: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve",
    "twenty", "fifty", "hundred",
];

/// The numbers of the sentence, by what follows and precedes them.
fn numbers(sentence: &str, scan: &mut Scan) {
    let bytes = sentence.as_bytes();
    let improves = scan.has(Family::Improves);
    let mut at = 0;
    while let Some(offset) = bytes[at..].iter().position(u8::is_ascii_digit) {
        let start = at + offset;
        let mut end = start;
        while end < bytes.len()
            && (bytes[end].is_ascii_digit()
                || (matches!(bytes[end], b'.' | b',')
                    && bytes.get(end + 1).is_some_and(u8::is_ascii_digit)))
        {
            end += 1;
        }
        at = word_end(bytes, end).max(end);
        // `L4`, `COVID-19`, `_1`: parts of names.
        let named = !starts_word(bytes, start)
            || (start >= 2 && bytes[start - 1] == b'-' && bytes[start - 2].is_ascii_alphabetic());
        if !named {
            number(sentence, start..end, improves, scan);
        }
    }
    words_as_numbers(sentence, improves, scan);
}

fn number(sentence: &str, digits: Range<usize>, improves: bool, scan: &mut Scan) {
    let text = &sentence[digits.clone()];
    let rest = &sentence[digits.end..];
    let (next, next_range) = word_after(sentence, digits.end);
    if rest.starts_with('%')
        || rest.starts_with(" %")
        || rest.starts_with("\u{a0}%")
        || rest.starts_with("\u{202f}%")
    {
        let sign = rest.find('%').unwrap_or(0);
        return scan.add(Family::Percent, digits.start..digits.end + sign + 1);
    }
    if is_any(next, &["percent", "per", "pct"]) {
        let (cent, cent_range) = word_after(sentence, next_range.end);
        if next.eq_ignore_ascii_case("per") && cent.eq_ignore_ascii_case("cent") {
            return scan.add(Family::Percent, digits.start..cent_range.end);
        }
        if !next.eq_ignore_ascii_case("per") {
            return scan.add(Family::Percent, digits.start..next_range.end);
        }
        return scan.add(Family::PerTime, digits.start..cent_range.end);
    }
    if is_any(next, SCALES) || (text.len() >= 5 && text.contains(',')) {
        let end = if is_any(next, SCALES) {
            next_range.end
        } else {
            digits.end
        };
        return scan.add(Family::BigNumber, digits.start..end);
    }
    if is_any(next, &["fold"]) {
        return scan.add(Family::Fold, digits.start..next_range.end);
    }
    if next.eq_ignore_ascii_case("times") {
        let (after, after_range) = word_after(sentence, next_range.end);
        if is_any(
            after,
            &[
                "more", "as", "higher", "greater", "less", "the", "body", "your", "lower",
                "stronger",
            ],
        ) {
            return scan.add(Family::Fold, digits.start..after_range.end);
        }
    }
    if let Some(end) = out_of(sentence, digits.end) {
        return scan.add(Family::Ratio, digits.start..end);
    }
    if is_year(sentence, &digits) {
        return scan.add(Family::Year, digits);
    }
    if let Some(end) = range_end(sentence, digits.end) {
        scan.add(Family::Range, digits.start..end);
    }
    if is_any(next, DOSE_UNITS)
        || rest.starts_with('\u{b0}')
        || rest.starts_with(':')
        || rest.starts_with('/')
    {
        return scan.add(Family::Dose, digits.start..next_range.end.max(digits.end));
    }
    if is_any(next, TIME_UNITS) {
        let family = if improves {
            Family::Recovery
        } else {
            Family::Dose
        };
        return scan.add(family, digits.start..next_range.end);
    }
    if rest.starts_with(['.', ')']) && sentence[..digits.start].trim().is_empty() {
        return; // A list number.
    }
    scan.add(Family::Digit, digits);
}

/// `four in five`, `six weeks`, `eighty percent`.
fn words_as_numbers(sentence: &str, improves: bool, scan: &mut Scan) {
    if !scan.has(Family::NumberWord) {
        return;
    }
    let words: Vec<Hit> = scan.all(Family::NumberWord).collect();
    for hit in words {
        let (next, next_range) = word_after(sentence, hit.end);
        if let Some(end) = out_of(sentence, hit.end) {
            scan.add(Family::Ratio, hit.start..end);
        } else if improves && is_any(next, TIME_UNITS) {
            scan.add(Family::Recovery, hit.start..next_range.end);
        } else if next.eq_ignore_ascii_case("percent") {
            scan.add(Family::Percent, hit.start..next_range.end);
        }
    }
}

/// The end of ` in 4`, ` out of ten` after a number; two numbers of a dose ("2 of 10 repetitions") are none.
fn out_of(sentence: &str, from: usize) -> Option<usize> {
    let (link, link_range) = word_after(sentence, from);
    let mut end = link_range.end;
    if link.eq_ignore_ascii_case("out") {
        let (of, of_range) = word_after(sentence, end);
        if !of.eq_ignore_ascii_case("of") {
            return None;
        }
        end = of_range.end;
    } else if !link.eq_ignore_ascii_case("in") {
        return None;
    }
    let (every, every_range) = word_after(sentence, end);
    if every.eq_ignore_ascii_case("every") {
        end = every_range.end;
    }
    let (number, range) = word_after(sentence, end);
    let counts = number.bytes().all(|byte| byte.is_ascii_digit()) || is_any(number, NUMBER_WORDS);
    if number.is_empty() || !counts || number.len() == 4 && number.as_bytes()[0].is_ascii_digit() {
        return None;
    }
    let (unit, _) = word_after(sentence, range.end);
    (!is_any(unit, DOSE_UNITS) && !is_any(unit, TIME_UNITS)).then_some(range.end)
}

fn range_end(sentence: &str, from: usize) -> Option<usize> {
    let rest = &sentence[from..];
    let skip = ["-", "\u{2013}", " to ", " - ", " \u{2013} ", " and "]
        .into_iter()
        .find(|mark| rest.starts_with(mark))?;
    let start = from + skip.len();
    let end = word_end(sentence.as_bytes(), start);
    (end > start && sentence.as_bytes()[start].is_ascii_digit()).then_some(end)
}

fn is_year(sentence: &str, digits: &Range<usize>) -> bool {
    let text = &sentence[digits.clone()];
    let plausible = text.len() == 4
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && ("1700".."2100").contains(&text);
    let next = sentence.as_bytes().get(digits.end);
    plausible && next.is_none_or(|byte| !byte.is_ascii_alphanumeric() || *byte == b's')
}
