//! Numbers of questions, and names of the parts in which they are counted.

use super::LONGEST_TITLE;
use crate::normal;
use std::ops::Range;

/// Bytes of "1. ", "Q1: " or "Question 1: " at the start.
pub fn leading_number(text: &str) -> Option<usize> {
    let rest =
        text.strip_prefix("Question ").or_else(|| text.strip_prefix(['Q', 'q'])).unwrap_or(text);
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let after = rest[digits..].strip_prefix(['.', ')', ':'])?;
    (digits > 0 && after.starts_with(' ')).then(|| text.len() - after.trim_start().len())
}

/// The number in "3", "3.", "Q3", "Question 3".
pub fn number_in(text: &str) -> Option<String> {
    let digits = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    let end = digits.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(digits.len());
    let digits = digits[..end].trim_end_matches('.');
    (!digits.is_empty() && is_generic(text)).then(|| digits.to_owned())
}

/// The number in "1. Which?", "Question 2", "Q3: Which?", "Question 4 \u{2013} hard".
pub fn own_number(text: &str) -> Option<u32> {
    let head = leading_number(text).or_else(|| before_note(text)).map_or(text, |len| &text[..len]);
    number_in(head)?.parse().ok()
}

/// Where "Question 4" ends that has a note behind it: "Question 4 \u{2013} hard", "Question 4 (two points)".
fn before_note(text: &str) -> Option<usize> {
    let note = text.strip_prefix("Question ")?.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_note = note.trim_start().starts_with(['-', '\u{2013}', '\u{2014}', '(', '[']);
    (is_note && note.starts_with(' ')).then(|| text.len() - note.len())
}

/// "Question 3", "3", "Q3", "Question 3: true/false", "Question 3 (2 points)".
pub fn is_generic(prompt: &str) -> bool {
    let plain = normal::plain(prompt);
    let number = plain.trim_start_matches("question").trim_start_matches('q').trim();
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | '#');
    let rest = number.trim_start_matches(is_number);
    rest.is_empty() || rest.len() < number.len() && is_form(rest)
}

/// ": true/false", " (multiple choice, 1 point)", " - easy": the form of a question behind its number.
fn is_form(text: &str) -> bool {
    const FORMS: &[&str] = &[
        "yes no",
        "yesno",
        "yes or no",
        "true false",
        "truefalse",
        "true or false",
        "multiple choice",
        "multiplechoice",
        "multiple select",
        "multiple response",
        "single choice",
        "singlechoice",
        "mcq",
        "matching",
        "short answer",
        "open ended",
        "essay",
        "fill in the blank",
        "fill in the blanks",
    ];
    /// What it counts, and how hard it is.
    const NOTES: &[&str] =
        &["point", "points", "pt", "pts", "mark", "marks", "easy", "medium", "hard", "difficult"];
    const LONGEST: usize = 40;
    if text.len() > LONGEST {
        return false;
    }
    let words = || text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let form: Vec<&str> = words().filter(|word| !NOTES.contains(word)).collect();
    let is_apart = text.trim_start().starts_with(['(', '[', '-', ':', '\u{2013}', '\u{2014}']);
    let is_note = form.is_empty() && is_apart && words().next().is_some();
    is_note || FORMS.contains(&form.join(" ").as_str())
}

/// "Part A: joints", "Answers to part 2": the name of the part in small letters, and the words that say it.
pub fn part_in(text: &str) -> Option<(String, Range<usize>)> {
    const WORDS: &[&str] =
        &["part", "section", "unit", "module", "chapter", "del", "teil", "partie", "parte"];
    if text.len() > LONGEST_TITLE {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let is_name = |word: &str| {
        let is_number = word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit());
        let is_roman = word.len() <= 4 && word.bytes().all(|byte| b"ivx".contains(&byte));
        is_number
            || is_roman
            || word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_lowercase())
    };
    let mut at = 0;
    let mut before = None;
    for word in lower.split(|c: char| !c.is_alphanumeric()) {
        let own = at..at + word.len();
        at = own.end + lower[own.end..].chars().next().map_or(0, char::len_utf8);
        if word.is_empty() {
            continue;
        }
        if let Some(start) = before.filter(|_| is_name(word)) {
            return Some((word.to_owned(), start..own.end));
        }
        before = WORDS.contains(&word).then_some(own.start);
    }
    None
}

/// "Part A", "Part A: joints", "**Section 2**": the name of the part, and where the words behind it begin.
pub fn leading_part(text: &str) -> Option<(String, usize)> {
    // Most texts are none.
    text.as_bytes().first().filter(|byte| !byte.is_ascii_digit())?;
    let (name, words) = part_in(&text[..text.floor_char_boundary(LONGEST_TITLE)])?;
    if text[..words.start].contains(char::is_alphanumeric) {
        return None;
    }
    let rest = &text[words.end..];
    let signs = rest.trim_start_matches(['*', '_', ' ']);
    let ends = signs.is_empty()
        || signs.starts_with([':', '.', '-', ')', '(', '\n', '\u{2013}', '\u{2014}']);
    ends.then(|| {
        let behind =
            signs.trim_start_matches([':', '.', '-', ')', ' ', '*', '_', '\u{2013}', '\u{2014}']);
        (name, text.len() - behind.len())
    })
}

/// "A1", "B.2": the part and the number in it.
pub fn part_and_number(text: &str) -> Option<(String, u32)> {
    let text = text.trim();
    let letter = text.chars().next().filter(char::is_ascii_alphabetic)?;
    let number = text[1..].trim_start_matches(['.', '-', ' ', ')']);
    let number = number.trim_end_matches(['.', ')']).parse().ok()?;
    Some((letter.to_ascii_lowercase().to_string(), number))
}
