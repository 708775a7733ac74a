//! Forms of a text in which two texts that say the same are equal.

use std::borrow::Cow;
use std::ops::Range;

/// Without case, label, edge punctuation and doubled blanks; quotes and dashes straightened.
pub fn plain(text: &str) -> String {
    if text.is_ascii() {
        return plain_ascii(text);
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for c in word.chars() {
            match c {
                '\u{2018}' | '\u{2019}' | '\u{02bc}' => out.push('\''),
                '\u{201c}' | '\u{201d}' | '\u{ab}' | '\u{bb}' => out.push('"'),
                '\u{2010}'..='\u{2015}' | '\u{2212}' => out.push('-'),
                '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
                _ if c.is_ascii() => out.push(c.to_ascii_lowercase()),
                _ => out.extend(c.to_lowercase()),
            }
        }
    }
    out.trim_matches(is_edge).trim().to_owned()
}

/// The words of a text, as ranges of it: runs of what `is_part` takes, with the signs of `joins` inside of them.
pub fn words(
    text: &str,
    is_part: fn(char) -> bool,
    joins: &'static [char],
) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    text.split_inclusive(move |c| !(is_part(c) || joins.contains(&c))).filter_map(move |piece| {
        at += piece.len();
        let rest = piece.trim_start_matches(|c| !is_part(c));
        let word = rest.trim_end_matches(|c| !is_part(c));
        let start = at - rest.len();
        (!word.is_empty()).then(|| start..start + word.len())
    })
}

/// In small letters; as it is, where it is so already.
pub fn lowered(text: &str) -> Cow<'_, str> {
    match text.bytes().any(|byte| byte.is_ascii_uppercase() || !byte.is_ascii()) {
        true => text.to_lowercase().into(),
        false => text.into(),
    }
}

/// The words of a text with one blank between them.
pub fn single_spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

fn is_edge(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '!' | '"' | '\'' | '*' | '_' | '`')
}

/// [`plain`] of a text without letters beyond ASCII, as most are.
fn plain_ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_ascii_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    let end = out.trim_end_matches(is_edge).trim_end().len();
    out.truncate(end);
    let start = out.len() - out.trim_start_matches(is_edge).trim_start().len();
    out.drain(..start);
    out.make_ascii_lowercase();
    out
}

/// [`plain`] without punctuation and articles, number words as digits.
pub fn bare(text: &str) -> String {
    if !text.is_ascii() {
        return bare_of(&plain(text));
    }
    // What `plain` would do besides is undone or done again here.
    bare_of(text.trim().trim_matches(is_edge).trim())
}

/// Letters beyond ASCII are small already.
fn bare_of(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    let mut start = 0;
    for c in text.chars() {
        if c.is_alphanumeric() || c == '\'' {
            out.push(c.to_ascii_lowercase());
        } else if start < out.len() {
            end_word(&mut out, &mut start);
        }
    }
    if start < out.len() {
        end_word(&mut out, &mut start);
    }
    out.truncate(out.len().saturating_sub(1));
    out
}

/// The word from `start` on is complete: drop it, or write it as it counts, and a blank behind it.
fn end_word(out: &mut String, start: &mut usize) {
    let word = &out[*start..];
    if matches!(word, "a" | "an" | "the") {
        out.truncate(*start);
        return;
    }
    if let Some(number) = number_word(word) {
        out.truncate(*start);
        out.push_str(number);
    }
    out.push(' ');
    *start = out.len();
}

/// What [`bare`] gave without plural and verb endings: a light stem, for telling near copies.
pub fn stemmed(bare: &str) -> String {
    let mut out = String::with_capacity(bare.len());
    for (at, word) in bare.split(' ').enumerate() {
        if at > 0 {
            out.push(' ');
        }
        out.push_str(stem(word));
    }
    out
}

fn stem(word: &str) -> &str {
    let keeps = |rest: &&str| rest.len() >= 3;
    let sibilant = |rest: &&str| ["s", "x", "z", "ch", "sh"].iter().any(|end| rest.ends_with(end));
    word.strip_suffix("es")
        .filter(keeps)
        .filter(sibilant)
        .or_else(|| {
            word.strip_suffix('s').filter(keeps).filter(|rest| !rest.ends_with(['s', 'u', 'i']))
        })
        .unwrap_or(word)
}

/// The digits of a number in a word of small letters.
pub(crate) fn number_word(word: &str) -> Option<&'static str> {
    Some(match word {
        "zero" => "0",
        "one" => "1",
        "two" => "2",
        "three" => "3",
        "four" => "4",
        "five" => "5",
        "six" => "6",
        "seven" => "7",
        "eight" => "8",
        "nine" => "9",
        "ten" => "10",
        "eleven" => "11",
        "twelve" => "12",
        "thirteen" => "13",
        "fourteen" => "14",
        "fifteen" => "15",
        "sixteen" => "16",
        "seventeen" => "17",
        "eighteen" => "18",
        "nineteen" => "19",
        "twenty" => "20",
        "thirty" => "30",
        "forty" => "40",
        "fifty" => "50",
        "sixty" => "60",
        "ninety" => "90",
        _ => return None,
    })
}

/// Whether a text carries signs that punctuation rules would drop (`&str`, `x > 3`, `C++`, `↑`, `-5`).
pub fn has_symbols(text: &str) -> bool {
    // Arrows, and what formulas are written in.
    let is_sign = |c: char| matches!(c, '\u{b1}' | '\u{d7}' | '\u{f7}' | '\u{2190}'..='\u{22ff}');
    let mut before = b' ';
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        // `-5`, which `20-30` is not.
        let is_minus =
            byte == b'-' && before == b' ' && bytes.peek().is_some_and(u8::is_ascii_digit);
        if is_minus || IS_SIGN[usize::from(byte)] {
            return true;
        }
        before = byte;
    }
    !text.is_ascii() && text.contains(is_sign)
}

/// By byte.
const IS_SIGN: [bool; 256] = {
    let signs = b"&*<>={}[]+|\\^~$#_@`/%";
    let mut table = [false; 256];
    let mut at = 0;
    while at < signs.len() {
        table[signs[at] as usize] = true;
        at += 1;
    }
    table
};

/// Letters and digits alone, small: what the anchors that programs make of one heading have in common.
pub fn anchor(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A name in camel or kebab case as words: `multiChoiceQuestion` is `multi choice question`.
pub fn name_in_words(name: &str) -> String {
    let mut words = String::new();
    let mut before_is_lower = false;
    for c in name.chars() {
        if matches!(c, '_' | '-' | ' ') {
            words.push(' ');
        } else if c.is_uppercase() && before_is_lower {
            words.push(' ');
            words.extend(c.to_lowercase());
        } else {
            words.push(c);
        }
        before_is_lower = c.is_lowercase();
    }
    let mut chars = words.chars();
    match (chars.next(), chars.next()) {
        // Acronyms stay as they are.
        (Some(first), Some(second)) if first.is_uppercase() && !second.is_uppercase() => {
            first.to_lowercase().collect::<String>() + &words[first.len_utf8()..]
        }
        _ => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_words() {
        assert_eq!(name_in_words("multiChoiceQuestion"), "multi choice question");
        assert_eq!(name_in_words("Quiz"), "quiz");
        assert_eq!(name_in_words("CSL item"), "CSL item");
        assert_eq!(name_in_words("safety-note"), "safety note");
    }

    #[test]
    fn forms_fold_what_says_the_same() {
        assert_eq!(plain("  “Rest”  and\nICE. "), "rest\" and ice");
        assert_eq!(bare("The twenty seconds!"), "20 seconds");
        assert_eq!(bare("20 Seconds"), "20 seconds");
        assert_eq!(stemmed(&bare("Stretches the knees")), stemmed(&bare("stretch the knee")));
        assert_ne!(stemmed("hip flexor"), stemmed("hip extensor"));
        assert_eq!(plain("Höft\u{ad}böjare"), "höftböjare");
    }
}
