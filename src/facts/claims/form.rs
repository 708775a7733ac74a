//! What form a sentence has, as far as form decides that nothing is asserted: questions, instructions, labels,
//! fragments without a verb, stories about a person.

use super::cues::{ALSO_NOUNS, FRONTED, Family, IMPERATIVES, LEADING_ADVERBS};
use super::scan::Scan;

fn listed(list: &[&str], word: &str) -> bool {
    list.binary_search_by(|item| {
        item.bytes()
            .cmp(word.bytes().map(|byte| byte.to_ascii_lowercase()))
    })
    .is_ok()
}

/// Words of a text with their starts; apostrophes and hyphens stay inside.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(|c: char| {
        c.is_whitespace() || matches!(c, '(' | ')' | '"' | '\u{201c}' | '\u{201d}' | '*' | '_')
    })
    .map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
    .filter(|(_, word)| !word.is_empty())
}

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

pub(super) fn is_question(sentence: &str) -> bool {
    let mut tail = sentence.trim_end();
    if !tail.ends_with(['.', '?']) {
        tail = tail.trim_end_matches(['"', '\'', ')', ']', '*', '_', '\u{201d}', '\u{2019}']);
    }
    tail.ends_with('?') || memchr::memmem::find(sentence.as_bytes(), b"____").is_some()
}

/// The range of the opening verb if the sentence tells the reader to do something.
pub(super) fn imperative(sentence: &str, scan: &Scan) -> Option<std::ops::Range<usize>> {
    let mut opening = None;
    let mut fronted = false;
    let mut at_start = true;
    let mut list = words(sentence).peekable();
    while let Some((start, word)) = list.next() {
        let plain = bare(word);
        if plain.is_empty() || plain.bytes().all(|byte| byte.is_ascii_digit()) {
            continue;
        }
        if at_start {
            if listed(IMPERATIVES, plain) && !word.ends_with(':') {
                let next = list.peek().map(|(_, next)| bare(next)).unwrap_or("");
                if !word.ends_with(',')
                    && (!listed(ALSO_NOUNS, plain) || noun_free(next, scan, start))
                {
                    opening = Some(start..start + word.len());
                }
                if opening.is_some() {
                    break;
                }
            }
            if listed(LEADING_ADVERBS, plain) {
                continue;
            }
            if word.ends_with(':') {
                fronted = true; // "Tip: keep the elbows in."
                continue;
            }
            fronted = fronted
                || listed(FRONTED, plain)
                || plain.ends_with("ing")
                || plain.ends_with("ly");
        }
        if !fronted {
            break;
        }
        at_start = word.ends_with([',', ';', ':']) || matches!(plain, "and" | "then");
        if matches!(word, "\u{2013}" | "\u{2014}" | "-") {
            at_start = true;
        }
    }
    opening
}

/// Whether what follows a word like "rest" or "massage" shows that it is no subject.
fn noun_free(next: &str, scan: &Scan, start: usize) -> bool {
    const SUBJECT_FOLLOWERS: &[&str] = &[
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "can",
        "may",
        "might",
        "could",
        "will",
        "does",
        "do",
        "alone",
        "comes",
        "makes",
        "gets",
        "goes",
        "takes",
        "needs",
        "gives",
        "slows",
        "eases",
        "feels",
        "matters",
        "lowers",
        "seems",
        "builds",
        "keeps",
        "prevents",
        "relieves",
        "causes",
        "raises",
        "cuts",
        "protects",
        "also",
        "often",
        "usually",
        "helps",
        "help",
        "and",
        "or",
        "training",
        "therapy",
        "program",
        "programs",
        "programme",
        "programmes",
        "of",
        "from",
        "in",
        "among",
        "reduces",
        "improves",
        "increases",
        "plays",
        "should",
        "must",
        "within",
        "groups",
        "not",
        "never",
        "seems",
        "work",
        "works",
    ];
    if next.is_empty() || SUBJECT_FOLLOWERS.contains(&next) || next.ends_with("ed") {
        return false;
    }
    // A second verb in the third person soon after: "Exercise therapy reduces ...".
    !scan
        .all(Family::Change)
        .chain(scan.all(Family::Effective))
        .chain(scan.all(Family::Cause))
        .any(|hit| hit.start > start && hit.start - start < 40 && scan_is_third_person(hit, scan))
}

fn scan_is_third_person(hit: super::scan::Hit, scan: &Scan) -> bool {
    // Third-person verbs are one byte longer than the base the lists also hold.
    scan.hits
        .iter()
        .all(|other| other.start != hit.start || other.end <= hit.end)
        && (hit.end - hit.start) > 4
}

/// A label or fragment: no listed verb, and not the shape of a sentence either (the verbs of English are too many
/// to list).
pub(super) fn lacks_verb(sentence: &str, scan: &Scan) -> bool {
    const OPEN_FRAGMENTS: &[&str] = &[
        "a", "an", "ideal", "suitable", "good", "great", "perfect", "no", "not",
    ];
    let count = scan.words.len();
    if scan.has(Family::Finite)
        || scan.has(Family::Future)
        || scan.has(Family::Should)
        || count > 14
    {
        return false;
    }
    let first = words(sentence).next().map_or("", |(_, word)| bare(word));
    let stopped = sentence.trim_end().ends_with(['.', '!']);
    if stopped
        && count >= 5
        && !OPEN_FRAGMENTS
            .iter()
            .any(|opening| opening.eq_ignore_ascii_case(first))
    {
        return false;
    }
    if [
        Family::Change,
        Family::Cause,
        Family::Effective,
        Family::ReportVerb,
        Family::Affects,
    ]
    .into_iter()
    .any(|family| {
        scan.all(family)
            .any(|hit| verb_like(&sentence[hit.range()]))
    }) {
        return false;
    }
    !words(sentence)
        .skip(1)
        .any(|(_, word)| bare(word).ends_with("ed"))
}

fn verb_like(phrase: &str) -> bool {
    phrase.ends_with('s') || phrase.ends_with("ed") || phrase.contains(' ')
}

/// "Maria, 34, ..." and "Tom (52) ...": a name, then an age.
pub(super) fn names_a_person(sentence: &str) -> bool {
    let name = sentence.find([' ', ',', '(']).unwrap_or(0);
    let rest = &sentence[name..];
    let (open, close) = if rest.starts_with(", ") {
        (2, b',')
    } else if rest.starts_with(" (") {
        (2, b')')
    } else {
        return false;
    };
    let age = &rest.as_bytes()[open..];
    let digits = age.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (1..=2).contains(&digits)
        && age.get(digits) == Some(&close)
        && sentence[..name].chars().all(char::is_alphabetic)
        && sentence.starts_with(char::is_uppercase)
}

/// Continues a story: opens with a pronoun for one person.
pub(super) fn opens_with_person(sentence: &str) -> bool {
    let first = words(sentence).next().map_or("", |(_, word)| bare(word));
    ["she", "he", "her", "his"]
        .iter()
        .any(|pronoun| pronoun.eq_ignore_ascii_case(first))
}
