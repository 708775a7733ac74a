//! What a sentence holds: the cue phrases and the numbers, found in one pass each.
//!
//! [`scan`] knows nothing about meaning beyond single phrases; `detect` combines what it finds.

use std::ops::Range;

use super::cues::{FAMILIES, Family, Info};
use super::lexicon::{self, Word};

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

/// Everything found, and where each family was found first.
#[derive(Debug)]
pub(super) struct Scan {
    /// Phrases in order of their first word, then numbers, then what was added.
    pub hits: Vec<Hit>,
    pub words: Vec<Word>,
    first: [u16; Family::COUNT],
    present: u128,
}

const NONE: u16 = u16::MAX;

impl Scan {
    pub fn has(&self, family: Family) -> bool {
        self.present & (1 << family as u32) != 0
    }

    /// The families found, in the order of the enum.
    pub fn families(&self) -> impl Iterator<Item = &'static Info> + use<> {
        let mut left = self.present;
        std::iter::from_fn(move || {
            let next = FAMILIES.get(left.trailing_zeros() as usize)?;
            left &= left - 1;
            Some(next)
        })
    }

    pub fn first(&self, family: Family) -> Option<Hit> {
        self.hits.get(usize::from(self.first[family as usize])).copied()
    }

    pub fn all(&self, family: Family) -> impl Iterator<Item = Hit> + '_ {
        let from = usize::from(self.first[family as usize]).min(self.hits.len());
        self.hits[from..].iter().copied().filter(move |hit| hit.family == family)
    }

    pub fn add(&mut self, family: Family, range: Range<usize>) {
        if self.hits.len() >= usize::from(NONE) {
            return; // Only in text that is no sentence.
        }
        let first = &mut self.first[family as usize];
        if *first == NONE {
            *first = self.hits.len() as u16;
            self.present |= 1 << family as u32;
        } else if asked_only_once(family) {
            return;
        }
        self.hits.push(Hit { family, start: range.start, end: range.end });
    }

    /// Forget all hits but these.
    pub fn retain(&mut self, mut kept: impl FnMut(Hit) -> bool) {
        self.hits.retain(|hit| kept(*hit));
        self.first = [NONE; Family::COUNT];
        self.present = 0;
        for (index, hit) in self.hits.iter().enumerate().rev() {
            self.first[hit.family as usize] = index as u16;
            self.present |= 1 << hit.family as u32;
        }
    }

    /// Forget all hits of a family.
    pub fn remove(&mut self, family: Family) {
        self.first[family as usize] = NONE;
        self.present &= !(1 << family as u32);
    }

    /// The first pair of the two families, in this order, with fewer than `gap` bytes between.
    pub fn pair(&self, left: Family, right: Family, gap: usize) -> Option<(Hit, Hit)> {
        if !self.has(left) || !self.has(right) {
            return None;
        }
        for first in self.all(left) {
            let follows = |hit: &Hit| hit.start > first.end && hit.start - first.end < gap;
            if let Some(second) = self.all(right).find(follows) {
                return Some((first, second));
            }
        }
        None
    }
}

/// Frequent families of which only the first hit matters.
fn asked_only_once(family: Family) -> bool {
    use Family as F;
    matches!(
        family,
        F::You
            | F::Past
            | F::Hedge
            | F::NeedTo
            | F::Therapy
            | F::HealthTopic
            | F::InstructionText
            | F::Connective
            | F::Definition
            | F::Degree
            | F::Improves
    )
}

/// Finds all cue phrases and numbers of `sentence`.
pub(super) fn scan(sentence: &str) -> Scan {
    let words = lexicon::words(sentence);
    let mut scan = Scan {
        // Small enough for what an allocator has at hand.
        hits: Vec::with_capacity(32),
        words: Vec::new(),
        first: [NONE; Family::COUNT],
        present: 0,
    };
    lexicon::find(sentence, &words, |family, first, last| {
        let range = words[first].start as usize..words[last].end as usize;
        let names = match family {
            Family::Change => {
                names_a_part(sentence, &words[first..]) || names_a_kind(sentence, &range)
            }
            Family::Degree | Family::Finite => names_a_part(sentence, &words[first..]),
            _ => false,
        };
        if !names {
            scan.add(family, range);
        }
    });
    scan.words = words;
    numbers(sentence, &mut scan);
    scan
}

/// "lower back" and "lower your hips" lower nothing that a claim is about.
fn names_a_part(sentence: &str, words: &[Word]) -> bool {
    const AFTER_LOWER: &[&str] = &[
        "back",
        "body",
        "leg",
        "legs",
        "limb",
        "limbs",
        "extremity",
        "extremities",
        "spine",
        "calf",
        "calves",
        "trapezius",
        "abdomen",
        "half",
        "part",
        "third",
        "two",
        "abdominals",
        "arm",
        "arms",
        "down",
        "yourself",
        "your",
        "slowly",
        "and",
        "until",
    ];
    let [first, second, ..] = words else {
        return false;
    };
    sentence[first.start as usize..first.end as usize].eq_ignore_ascii_case("lower")
        && is_any(&sentence[second.start as usize..second.end as usize], AFTER_LOWER)
}

/// "time-restricted eating" tells of a sort of eating, and not of a change.
fn names_a_kind(sentence: &str, change: &Range<usize>) -> bool {
    sentence[..change.start].ends_with('-') && sentence[change.clone()].ends_with("ed")
}

/// Whether the digits at `at` begin a word of their own.
fn starts_word(bytes: &[u8], at: usize) -> bool {
    at.checked_sub(1)
        .and_then(|index| bytes.get(index))
        .is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_')
}

fn word_end(bytes: &[u8], from: usize) -> usize {
    bytes[from..]
        .iter()
        .position(|byte| !byte.is_ascii_alphanumeric())
        .map_or(bytes.len(), |length| from + length)
}

/// The word after `from`, skipping one separator, with its range.
fn word_after(sentence: &str, from: usize) -> (&str, Range<usize>) {
    let bytes = sentence.as_bytes();
    let mut start = from;
    if bytes.get(start).is_some_and(|byte| matches!(byte, b' ' | b'-')) {
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
    for index in 0..scan.words.len() {
        let start = scan.words[index].start as usize;
        if start < at || !bytes[start].is_ascii_digit() {
            continue;
        }
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
    // "2,000 IU" is a dose.
    let is_big = text.len() >= 5 && text.contains(',') && next != "IU";
    if is_any(next, SCALES) || is_big {
        let end = if is_any(next, SCALES) { next_range.end } else { digits.end };
        return scan.add(Family::BigNumber, digits.start..end);
    }
    if is_any(next, &["fold"]) {
        return scan.add(Family::Fold, digits.start..next_range.end);
    }
    if let Some(end) = multiple(sentence, &next_range) {
        return scan.add(Family::Fold, digits.start..end);
    }
    if let Some(end) = out_of(sentence, digits.end) {
        let level = is_level(sentence, digits.start..end);
        return scan.add(if level { Family::Dose } else { Family::Ratio }, digits.start..end);
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
        let lasts = improves && !is_behind_last(&sentence[..digits.start]);
        let family = if lasts { Family::Recovery } else { Family::Dose };
        return scan.add(family, digits.start..next_range.end);
    }
    if rest.starts_with(['.', ')']) && sentence[..digits.start].trim().is_empty() {
        return; // A list number.
    }
    scan.add(Family::Digit, digits);
}

/// "Surgery in the last": the time that follows is one that has gone by, and nothing lasts as long.
fn is_behind_last(before: &str) -> bool {
    let mut words = before.split_whitespace().rev();
    words.next() == Some("last") && words.next() == Some("the")
}

/// The end of "per cent", where `next` is the word behind a number.
fn per_cent(sentence: &str, next: &Range<usize>) -> Option<usize> {
    let (cent, range) = word_after(sentence, next.end);
    let is_per = sentence[next.clone()].eq_ignore_ascii_case("per");
    (is_per && cent.eq_ignore_ascii_case("cent")).then_some(range.end)
}

/// The end of "times more", "times your bodyweight", where `next` is the word behind a number.
fn multiple(sentence: &str, next: &Range<usize>) -> Option<usize> {
    const OF: &[&str] =
        &["more", "as", "higher", "greater", "less", "the", "body", "your", "lower", "stronger"];
    let (after, range) = word_after(sentence, next.end);
    (sentence[next.clone()].eq_ignore_ascii_case("times") && is_any(after, OF)).then_some(range.end)
}

/// `four in five`, `six weeks`, `eighty percent`, `three times your bodyweight`.
fn words_as_numbers(sentence: &str, improves: bool, scan: &mut Scan) {
    if !scan.has(Family::NumberWord) {
        return;
    }
    let words: Vec<Hit> = scan.all(Family::NumberWord).collect();
    for hit in words {
        let (next, next_range) = word_after(sentence, hit.end);
        if let Some(end) = out_of(sentence, hit.end) {
            scan.add(Family::Ratio, hit.start..end);
        } else if improves
            && is_any(next, TIME_UNITS)
            && !word_after(sentence, next_range.end).0.eq_ignore_ascii_case("ago")
            && !is_behind_last(&sentence[..hit.start])
        {
            scan.add(Family::Recovery, hit.start..next_range.end);
        } else if next.eq_ignore_ascii_case("percent") {
            scan.add(Family::Percent, hit.start..next_range.end);
        } else if let Some(end) = per_cent(sentence, &next_range) {
            scan.add(Family::Percent, hit.start..end);
        } else if let Some(end) = multiple(sentence, &next_range) {
            scan.add(Family::Fold, hit.start..end);
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
    let end = range.end + thousands(&sentence[range.end..]);
    let (unit, _) = word_after(sentence, end);
    (!is_any(unit, DOSE_UNITS) && !is_any(unit, TIME_UNITS)).then_some(end)
}

/// "above 5 out of 10", "stays at 4 out of 10 or less": a level on a scale of pain or effort that is not told of
/// people.
fn is_level(sentence: &str, ratio: Range<usize>) -> bool {
    const BEFORE: &[&str] = &[
        "above",
        "about",
        "around",
        "at",
        "below",
        "exceed",
        "exceeds",
        "exceeding",
        "is",
        "of",
        "over",
        "past",
        "reach",
        "reaches",
        "than",
        "to",
        "under",
        "hits",
        "least",
        "most",
    ];
    const BEHIND: &[&str] = &[
        "", "or", "on", "for", "during", "while", "when", "after", "before", "and", "in", "the",
        "you", "pain",
    ];
    const SCALES: &[&str] =
        &["pain", "ache", "effort", "exertion", "discomfort", "soreness", "rpe", "scale"];
    const TOLD: &[&str] =
        &["was", "were", "had", "fell", "rose", "dropped", "rated", "reported", "scored", "said"];
    let text = &sentence[ratio.clone()];
    let of_ten = text.ends_with(" 10") || text.to_ascii_lowercase().ends_with(" ten");
    if !of_ten || !text.contains("out") {
        return false;
    }
    let words = || sentence.split(|c: char| !c.is_alphanumeric());
    let before = sentence[..ratio.start].split_whitespace().next_back().unwrap_or("");
    let (behind, _) = word_after(sentence, ratio.end);
    is_any(before, BEFORE)
        && is_any(behind, BEHIND)
        && words().any(|word| is_any(word, SCALES))
        && !words().any(|word| is_any(word, TOLD))
}

/// Bytes of `,000` and the like behind digits.
fn thousands(rest: &str) -> usize {
    let is_group = |group: &&[u8]| matches!(group, [b',', digits @ ..] if digits.len() == 3 && digits.iter().all(u8::is_ascii_digit));
    4 * rest.as_bytes().chunks(4).take_while(is_group).count()
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
