//! Options: the signs before them, alone or in one text, and those that say which is right.

use super::trimmed;
use std::ops::Range;

/// `a) X`, `(a) X`, `[a] X`, `a. X`, `*a) X`: the letter and the text.
pub fn leading_letter(text: &str) -> Option<(Range<usize>, Range<usize>)> {
    let bytes = text.as_bytes();
    let start = usize::from(bytes.first() == Some(&RIGHT));
    let opening = bytes.get(start).filter(|byte| matches!(byte, b'(' | b'['));
    let open = start + usize::from(opening.is_some());
    let letter = *bytes.get(open)?;
    let close = *bytes.get(open + 1)?;
    let closes = match opening {
        Some(b'(') => close == b')',
        // The box of a task list is `[x]`.
        Some(_) => close == b']' && !letter.eq_ignore_ascii_case(&b'x'),
        None => matches!(close, b')' | b'.'),
    };
    let blank = bytes.get(open + 2) == Some(&b' ');
    if !(letter.is_ascii_alphabetic() && closes && blank) {
        return None;
    }
    Some((open..open + 1, trimmed(text, open + 2..text.len())))
}

/// Before the letter of a right option, in the files of programs that make tests.
const RIGHT: u8 = b'*';

/// The sign before an option that is known as one by those beside it, and the text: a letter, `a: X`, `ii. X`.
pub fn option_sign(text: &str) -> Option<(Range<usize>, Range<usize>)> {
    let roman = || {
        let len = text.bytes().take_while(|byte| b"ivx".contains(byte)).count();
        let behind = text[len..].strip_prefix(['.', ')'])?;
        (len > 1 && behind.starts_with(' ')).then_some(len)
    };
    let colon = || {
        let is_letter = text.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
        (is_letter && text[1..].starts_with(": ")).then_some(1)
    };
    leading_letter(text).or_else(|| {
        let len = roman().or_else(colon)?;
        Some((0..len, trimmed(text, len + 1..text.len())))
    })
}

/// Prompt and options of "Which? (a) X (b) Y": markers run from a without a gap, two at least.
pub fn inline_options(text: &str) -> Option<(Range<usize>, Vec<Range<usize>>)> {
    let lettered = [b"()" as &[u8], b")", b".", b" - ", b":", b"(?)"];
    let lettered = lettered.iter().map(|style| marker_starts(text, style));
    let others = [lines_with(text, roman_sign), lines_with(text, circled_sign)];
    let boxed = std::iter::once_with(|| boxed_lines(text));
    for starts in lettered.chain(others).chain(boxed) {
        if starts.len() < 2 {
            continue;
        }
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        let options =
            starts.iter().zip(ends).map(|(&start, end)| trimmed(text, start..end)).collect();
        return Some((trimmed(text, 0..starts[0]), options));
    }
    None
}

/// Where `(a)`, `(b)`, ... start, as far as they run on.
fn marker_starts(text: &str, style: &[u8]) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut starts = Vec::new();
    let mut wanted = b'a';
    // The option before has the letter of the one before it, perhaps in place of its own.
    let mut is_repeated = false;
    let mut at = 0;
    while at < bytes.len() {
        let is_starred = at > 0 && bytes[at - 1] == RIGHT && is_line_start(bytes, at - 1);
        let free = at == 0 || is_starred || matches!(bytes[at - 1], b' ' | b'\n' | b'\t');
        let is_open = bytes[at] == b'(';
        let letter_at = at + usize::from(style == b"()" || style == b"(?)" && is_open);
        let opens = style != b"()" || is_open;
        let letter = bytes.get(letter_at).map_or(0, u8::to_ascii_lowercase);
        let close: &[u8] = match style {
            b"." => b". ",
            b":" => b": ",
            b" - " => style,
            _ => b") ",
        };
        let closes = bytes.get(letter_at + 1..).is_some_and(|rest| rest.starts_with(close));
        let is_lined = || is_line_start(bytes, at);
        let is_next = letter == wanted && (style != b":" || is_lined());
        let is_again = wanted > b'a' && letter == wanted - 1 && is_lined();
        let is_behind = is_repeated && letter == wanted + 1 && is_lined();
        if free && opens && closes && (is_next || is_again || is_behind) {
            starts.push(at - usize::from(is_starred));
            wanted = letter + 1;
            is_repeated = is_again;
            at = letter_at + 2;
        }
        at += 1;
    }
    // Nothing but a) says that no list goes on.
    if wanted == b'b' {
        starts.truncate(1);
    }
    starts
}

/// Whether only blanks stand between a place and the break of the line before it.
fn is_line_start(bytes: &[u8], at: usize) -> bool {
    let before = bytes[..at].iter().rev().find(|byte| !matches!(byte, b' ' | b'\t'));
    before.is_none_or(|byte| *byte == b'\n')
}

/// Where lines begin with the first, second, ... sign in turn.
fn lines_with(text: &str, sign: fn(usize) -> Option<&'static str>) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at + line.len() - line.trim_start().len();
        at += line.len();
        let Some(wanted) = sign(starts.len()) else { break };
        let Some(behind) = line.trim_start().strip_prefix(wanted) else { continue };
        let is_roman = wanted.is_ascii();
        if !is_roman || behind.starts_with(". ") || behind.starts_with(") ") {
            starts.push(start);
        }
    }
    starts
}

/// Boxes before options in lines of their own, ticked or not.
const BOXES: &[(&str, bool)] = &[
    ("(x) ", true),
    ("(X) ", true),
    ("(*) ", true),
    ("( ) ", false),
    ("[x] ", true),
    ("[X] ", true),
    ("[*] ", true),
    ("[ ] ", false),
];

/// `( ) Knee (x) Hip`: whether a box stands first, and an empty one is among those of a text.
pub fn begins_with_box(text: &str) -> bool {
    BOXES.iter().any(|(sign, _)| text.starts_with(sign)) && has_empty_box(text)
}

fn has_empty_box(text: &str) -> bool {
    text.contains("( ) ") || text.contains("[ ] ")
}

/// Where lines begin with a box, if one of these is empty.
fn boxed_lines(text: &str) -> Vec<usize> {
    if memchr::memchr(b'\n', text.as_bytes()).is_none() || !has_empty_box(text) {
        return Vec::new();
    }
    let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
    let starts = std::iter::once(0).chain(breaks);
    starts.filter(|at| BOXES.iter().any(|(sign, _)| text[*at..].starts_with(sign))).collect()
}

fn roman_sign(index: usize) -> Option<&'static str> {
    ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii"].get(index).copied()
}

fn circled_sign(index: usize) -> Option<&'static str> {
    CIRCLED.get(index).copied()
}

pub const CIRCLED: [&str; 9] = [
    "\u{2460}", "\u{2461}", "\u{2462}", "\u{2463}", "\u{2464}", "\u{2465}", "\u{2466}", "\u{2467}",
    "\u{2468}",
];

/// `\u{2461}` at the start of an option: the text behind it.
pub fn behind_circled(text: &str) -> Option<Range<usize>> {
    let sign = CIRCLED.iter().find(|sign| text.starts_with(**sign))?;
    Some(trimmed(text, sign.len()..text.len()))
}

/// Whether a sign at one end of an option says that it is right or wrong, with the sign and the rest.
pub fn marked(text: &str) -> Option<(bool, Range<usize>, Range<usize>)> {
    const SIGNS: &[(&str, bool)] = &[
        ("\u{2705}", true),
        ("\u{2714}\u{fe0f}", true),
        ("\u{2714}", true),
        ("\u{2713}", true),
        ("\u{2611}\u{fe0f}", true),
        ("\u{2611}", true),
        ("\u{274c}", false),
        ("\u{2717}", false),
        ("\u{2718}", false),
    ];
    const WORDS: &[&str] = &[
        "(correct)",
        "(right)",
        "(correct answer)",
        "(right answer)",
        "(correct option)",
        "(correct choice)",
        "(richtig)",
        "(richtige antwort)",
        "(richtige option)",
        "(r\u{e4}tt)",
        "(r\u{e4}tt svar)",
        "(bonne r\u{e9}ponse)",
        "(respuesta correcta)",
        "[correct]",
        "{correct}",
        " - correct",
        " \u{2013} correct",
        " \u{2014} correct",
        "\u{2190} correct",
        "<- correct",
        "<-- correct",
    ];
    let whole = trimmed(text, 0..text.len());
    let own = &text[whole.clone()];
    let boxes = if own.starts_with(['(', '[']) { BOXES } else { &[] };
    for &(sign, right) in SIGNS.iter().chain(boxes) {
        if own.starts_with(sign) {
            let at = whole.start + sign.len();
            return Some((right, whole.start..at, trimmed(text, at..whole.end)));
        }
    }
    if own.as_bytes().first() == Some(&RIGHT) && leading_letter(own).is_some() {
        return Some((true, whole.start..whole.start + 1, whole.start + 1..whole.end));
    }
    let lower = own.to_ascii_lowercase();
    let signs = SIGNS.iter().copied().chain(WORDS.iter().map(|word| (*word, true)));
    let ends = signs.into_iter().filter(|(sign, _)| lower.ends_with(sign));
    let (sign, right) = ends.max_by_key(|(sign, _)| sign.len())?;
    let at = whole.end - sign.trim_start().len();
    Some((right, at..whole.end, trimmed(text, whole.start..at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_options_run_from_a() {
        let text = "Which one bends the hip? (a) psoas (b) soleus, (c) deltoid";
        let (prompt, options) = inline_options(text).unwrap();
        assert_eq!(&text[prompt], "Which one bends the hip?");
        let options: Vec<&str> = options.into_iter().map(|range| &text[range]).collect();
        assert_eq!(options, ["(a) psoas", "(b) soleus", "(c) deltoid"]);
        assert!(inline_options("Wash (b) and rinse (c)").is_none());
    }

    #[test]
    fn a_letter_that_is_repeated_is_an_option_all_the_same() {
        let letters = |text: &str| {
            let options = inline_options(text).map(|(_, options)| options).unwrap_or_default();
            options.into_iter().map(|own| text[own][..1].to_owned()).collect::<String>()
        };
        assert_eq!(letters("Vad?\nA) psoas\nA) soleus\nC) höft\nD) knä"), "AACD");
        assert_eq!(letters("Vad?\nA) psoas\nA) soleus\nB) höft"), "AAB");
        assert_eq!(letters("Vad?\nA) psoas\nB) soleus\nB) höft\nD) knä"), "ABBD");
        assert_eq!(letters("Vad?\nA) psoas\nA) soleus"), "");
        assert_eq!(letters("Vad?\nA) psoas\nB) soleus\nD) knä"), "AB");
    }

    #[test]
    fn signs_tell_right_options() {
        let found =
            |text| marked(text).map(|(right, sign, rest)| (right, &text[sign], &text[rest]));
        assert_eq!(found("B) psoas \u{2705}"), Some((true, "\u{2705}", "B) psoas")));
        assert_eq!(found("\u{274c} soleus"), Some((false, "\u{274c}", "soleus")));
        assert_eq!(found("psoas (Correct)"), Some((true, "(Correct)", "psoas")));
        assert_eq!(found("psoas \u{2014} correct"), Some((true, "\u{2014} correct", "psoas")));
        assert_eq!(found("psoas <- Correct"), Some((true, "<- Correct", "psoas")));
        assert_eq!(found("[*] psoas"), Some((true, "[*] ", "psoas")));
        assert_eq!(found("posture is correct"), None);
        assert_eq!(found("psoas"), None);
    }
}
