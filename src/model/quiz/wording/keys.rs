//! Entries of an answer key that stand in one line.

use crate::model::quiz::letter_alone;
use std::ops::Range;

/// An entry of an answer key: the question it names, what it states, and the whole of it.
pub type InlineEntry = (String, Range<usize>, Range<usize>);

/// Entries of "1. b 2. c", "1-b, 2-c", "1b; 2c", "Q1: b": number, value, and the whole of each.
pub fn inline_key(text: &str) -> Vec<InlineEntry> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let free = at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
        let start = at;
        at += usize::from(free && matches!(bytes[at], b'Q' | b'q'));
        if !(free && bytes.get(at).is_some_and(u8::is_ascii_digit)) {
            at = start + 1;
            continue;
        }
        let digits = at;
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        let number = &text[digits..at];
        // Drafts keep the signs of emphasis.
        const BETWEEN: &[char] =
            &['.', ')', ':', '-', '=', ' ', '(', '*', '_', '\u{2013}', '\u{2014}', '\u{2192}'];
        at = text.len() - text[at..].trim_start_matches(BETWEEN).len();
        let word = text[at..].split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        let is_value = letter_alone(word).is_some()
            || matches!(word.to_lowercase().as_str(), "true" | "false");
        if is_value {
            let end = at
                + word.len()
                + letters_behind(&text[at..], word.len(), text[..at].ends_with('('));
            out.push((number.to_owned(), at..end, start..end));
            at = end;
        }
    }
    out
}

/// Bytes of ", B" behind the letter of "A, B, 4-C": capital letters that stand alone, up to the next number, a reason
/// or the end; small ones in brackets.
fn letters_behind(text: &str, from: usize, in_brackets: bool) -> usize {
    let is_letter = |own: &str| match own.as_bytes() {
        [own] => own.is_ascii_uppercase() || in_brackets && own.is_ascii_lowercase(),
        _ => false,
    };
    let mut end = from;
    if !is_letter(&text[..from]) {
        return 0;
    }
    loop {
        let rest = &text[end..];
        let joined = rest.trim_start_matches([' ', ',', '&', '+', '/']);
        let joined = joined.strip_prefix("and ").unwrap_or(joined);
        let letter = joined.get(..1).filter(|own| is_letter(own) && joined.len() < rest.len());
        let Some(behind) = letter.map(|_| &joined[1..]) else { return end - from };
        if !stands_alone(behind) {
            return end - from;
        }
        end = text.len() - behind.len();
    }
}

/// Whether no word begins in what stands behind a letter.
fn stands_alone(behind: &str) -> bool {
    let next = behind.trim_start_matches(' ');
    let is_apart = next.len() < behind.len();
    let ends = |c: char| matches!(c, ',' | ';' | '&' | '+' | '/' | '|' | ')' | '\n');
    let is_reason = |c: char| matches!(c, '.' | ':' | '-' | '(' | '\u{2013}' | '\u{2014}');
    let is_sign = || {
        let rest = next.trim_start_matches(is_reason);
        rest.len() < next.len()
            && (rest.is_empty() || rest.starts_with(' ') || next.starts_with('('))
    };
    next.is_empty()
        || next.starts_with(ends)
        || is_apart && (next.starts_with(|c: char| c.is_ascii_digit()) || next.starts_with("and "))
        || is_sign()
}

/// Entries of "1-1, 2-3": questions whose options have numbers; nothing else may stand there.
pub fn number_pairs(text: &str) -> Vec<InlineEntry> {
    let mut out = Vec::new();
    let mut at = 0;
    for part in text.split([',', ';', ' ']) {
        let start = at;
        at += part.len() + 1;
        let part = part.trim_end_matches('.');
        if part.is_empty() {
            continue;
        }
        let Some((number, value)) = part.split_once(['-', '=', ':', '\u{2013}', '\u{2192}']) else {
            return Vec::new();
        };
        let is_number =
            |own: &str| (1..=3).contains(&own.len()) && own.bytes().all(|b| b.is_ascii_digit());
        if !is_number(number) || !is_number(value) {
            return Vec::new();
        }
        let end = start + part.len();
        out.push((number.to_owned(), end - value.len()..end, start..end));
    }
    out
}

/// Entries of "1 a, 2 b" where nothing else stands in the text.
pub fn bare_key(text: &str) -> Vec<InlineEntry> {
    if !text.starts_with(['1', '(', 'Q', 'q']) {
        return Vec::new();
    }
    let entries = inline_key(text);
    let mut at = 0;
    let is_blank = |gap: &str| {
        gap.chars().all(|c| {
            c.is_whitespace() || matches!(c, ',' | ';' | '.' | ')' | '(' | '|' | '\u{b7}' | '*')
        })
    };
    for (_, _, whole) in &entries {
        if !is_blank(&text[at..whole.start]) {
            return Vec::new();
        }
        at = whole.end;
    }
    let is_counted = entries.len() > 1 && entries[0].0 == "1" && entries[1].0 == "2";
    if is_counted && is_blank(&text[at..]) { entries } else { Vec::new() }
}

/// Entries of "a, c, b" or "ACB", which name the questions by their order.
pub fn letters_in_order(text: &str) -> Vec<InlineEntry> {
    let text = text.trim_end().trim_end_matches('.');
    let is_between = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '-');
    let words = || text.split(is_between).filter(|word| !word.is_empty());
    let is_run =
        |word: &str| word.len() > 1 && word.bytes().all(|byte| (b'A'..=b'H').contains(&byte));
    let is_letters = words().all(|word| letter_alone(word).is_some())
        || words().count() == 1 && words().all(is_run);
    if !is_letters {
        return Vec::new();
    }
    let letters = text.char_indices().filter(|(_, c)| c.is_ascii_alphabetic());
    letters
        .enumerate()
        .map(|(index, (at, _))| ((index + 1).to_string(), at..at + 1, at..at + 1))
        .collect()
}

/// "Q1: b", "1) b" at the start of an unordered item.
pub fn question_prefix(text: &str) -> Option<(String, Range<usize>)> {
    let (named, rest) = text.split_once([':', ')', '.', '='])?;
    let named = named.trim();
    let short =
        !named.is_empty() && !named.contains(' ') || named.to_lowercase().starts_with("question ");
    short.then(|| (named.to_owned(), text.len() - rest.len()..text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_keys_are_read() {
        let named = |text| {
            inline_key(text)
                .into_iter()
                .map(|(n, v, _)| format!("{n}{}", &text[v]))
                .collect::<Vec<_>>()
        };
        assert_eq!(named("1. b 2. c, 3-A"), ["1b", "2c", "3A"]);
        assert_eq!(named("1b; 2c"), ["1b", "2c"]);
        assert_eq!(named("Q1: b, q2 \u{2013} c, 3 \u{2192} True"), ["1b", "2c", "3True"]);
        assert_eq!(named("In 2019 there were 3 studies"), Vec::<String>::new());
        assert_eq!(named("1-A, 2-A, C, 3-B and D; 4-B"), ["1A", "2A, C", "3B and D", "4B"]);
        assert_eq!(named("1. B, A muscle 2. b, a, c"), ["1B", "2b"]);
        assert_eq!(named("1. B/C. 2. A, B"), ["1B/C", "2A, B"]);
        assert_eq!(named("1 (b, c) \u{e5}r, 2. A, B \u{2013} b\u{e5}da"), ["1b, c", "2A, B"]);
    }
}
