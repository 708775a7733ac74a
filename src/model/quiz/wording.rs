//! How Markdown and drafts word questions, options and answers: what is found in one line of text, as ranges of
//! it.

use super::{letter_alone, normal, truth};
use std::ops::Range;

/// An entry of an answer key: the question it names, what it states, and the whole of it.
pub(super) type InlineEntry = (String, Range<usize>, Range<usize>);

/// `a) X`, `(a) X`, `[a] X`, `a. X`: the letter and the text.
pub(super) fn leading_letter(text: &str) -> Option<(Range<usize>, Range<usize>)> {
    let bytes = text.as_bytes();
    let opening = bytes.first().filter(|byte| matches!(byte, b'(' | b'['));
    let open = usize::from(opening.is_some());
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

/// The sign before an option that is known as one by those beside it, and the text: a letter, `a: X`, `ii. X`.
pub(super) fn option_sign(text: &str) -> Option<(Range<usize>, Range<usize>)> {
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

/// Bytes of "1. ", "Q1: " or "Question 1: " at the start.
pub(super) fn leading_number(text: &str) -> Option<usize> {
    let rest =
        text.strip_prefix("Question ").or_else(|| text.strip_prefix(['Q', 'q'])).unwrap_or(text);
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let after = rest[digits..].strip_prefix(['.', ')', ':'])?;
    (digits > 0 && after.starts_with(' ')).then(|| text.len() - after.trim_start().len())
}

/// The number in "3", "3.", "Q3", "Question 3".
pub(super) fn number_in(text: &str) -> Option<String> {
    let digits = text.trim_matches(|c: char| !c.is_ascii_digit());
    (is_generic(text) && !digits.is_empty()).then(|| digits.to_owned())
}

/// Bytes of a title above questions or answers.
const LONGEST_TITLE: usize = 80;

/// "Part A: joints", "Answers to part 2": the name of the part in small letters, and the words that say it.
pub(super) fn part_in(text: &str) -> Option<(String, Range<usize>)> {
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
pub(super) fn leading_part(text: &str) -> Option<(String, usize)> {
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

/// The number in "1. Which?", "Question 2", "Q3: Which?".
pub(super) fn own_number(text: &str) -> Option<u32> {
    let head = leading_number(text).map_or(text, |len| &text[..len]);
    number_in(head)?.parse().ok()
}

/// "A1", "B.2": the part and the number in it.
pub(super) fn part_and_number(text: &str) -> Option<(String, u32)> {
    let text = text.trim();
    let letter = text.chars().next().filter(char::is_ascii_alphabetic)?;
    let number = text[1..].trim_start_matches(['.', '-', ' ', ')']);
    let number = number.trim_end_matches(['.', ')']).parse().ok()?;
    Some((letter.to_ascii_lowercase().to_string(), number))
}

/// "F", "F) psoas", "Option F", "F is correct": the letter that an answer states.
pub fn stated_letter(text: &str) -> Option<Range<usize>> {
    const BEFORE: &[&str] = &["the correct answer is", "the answer is", "option", "answer"];
    let lower = text.to_ascii_lowercase();
    let before = BEFORE.iter().find(|own| lower.starts_with(&format!("{own} ")));
    let start = before.map_or(0, |own| own.len() + 1);
    let word = text[start..].split([' ', '\n']).next().unwrap_or("");
    let end = start + word.len();
    let behind = lower[end..].trim_start();
    let ends = word.ends_with(['.', ')', ',', ':', ';', ']'])
        || behind.is_empty()
        || lower[end..].trim_start_matches(' ').starts_with('\n')
        || behind.starts_with(['-', '(', '[', '\u{2013}', '\u{2014}'])
        || ["is correct", "is right", "because", "or "].iter().any(|own| behind.starts_with(own));
    let is_letter = letter_alone(word).is_some() && (before.is_some() || ends);
    let from = start + word.len() - word.trim_start_matches(['(', '[']).len();
    is_letter.then(|| from..from + 1)
}

/// "Explanation:", "Why not the others": what stands behind an answer and asks nothing.
pub(super) fn leads_explanation(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "explanation",
        "explanations",
        "rationale",
        "reason",
        "reasons",
        "reasoning",
        "feedback",
        "discussion",
        "comment",
        "comments",
        "why",
        "why not",
        "f\u{f6}rklaring",
        "erkl\u{e4}rung",
        "explication",
        "explicaci\u{f3}n",
    ];
    let head = text.split(':').next().unwrap_or("");
    let plain = normal::plain(&head[..head.floor_char_boundary(LONGEST_TITLE)]);
    let plain = plain.trim_end_matches('?');
    WORDS.contains(&plain)
}

/// Whether a statement is to be told true or false.
pub(super) fn asks_for_truth(prompt: &str) -> bool {
    const WORDS: &[&str] = &[
        "true or false",
        "true/false",
        "true / false",
        "t / f",
        "t/f",
        "t or f",
        "\u{2610} true \u{2610} false",
        "sant eller falskt",
        "richtig oder falsch",
        "vrai ou faux",
        "verdadero o falso",
        "waar of niet waar",
    ];
    let plain = normal::plain(prompt);
    WORDS.iter().any(|own| {
        plain.match_indices(own).any(|(at, _)| {
            let is_end = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
            is_end(plain[..at].chars().next_back())
                && is_end(plain[at + own.len()..].chars().next())
        })
    })
}

/// "Options", "Word bank": what stands before options that several questions share.
pub(super) fn is_shared_list(prompt: &str) -> bool {
    const WORDS: &[&str] =
        &["options", "answer options", "choices", "word bank", "choose from", "key"];
    WORDS.contains(&normal::plain(prompt).as_str())
}

/// "Question 3", "3", "Q3".
pub(super) fn is_generic(prompt: &str) -> bool {
    let plain = normal::plain(prompt);
    let rest = plain.trim_start_matches("question").trim_start_matches('q').trim();
    rest.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ')' | '#'))
}

/// Prompt and options of "Which? (a) X (b) Y": markers run from a without a gap, two at least.
pub(super) fn inline_options(text: &str) -> Option<(Range<usize>, Vec<Range<usize>>)> {
    let lettered = [b"()" as &[u8], b")", b".", b" - ", b":", b"(?)"];
    let lettered = lettered.iter().map(|style| marker_starts(text, style));
    let others = [lines_with(text, roman_sign), lines_with(text, circled_sign)];
    for starts in lettered.chain(others) {
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
    let mut at = 0;
    while at < bytes.len() {
        let free = at == 0 || matches!(bytes[at - 1], b' ' | b'\n' | b'\t');
        let is_open = bytes[at] == b'(';
        let letter_at = at + usize::from(style == b"()" || style == b"(?)" && is_open);
        let opens = style != b"()" || is_open;
        let letter = bytes.get(letter_at).is_some_and(|byte| byte.to_ascii_lowercase() == wanted);
        let close: &[u8] = match style {
            b"." => b". ",
            b":" => b": ",
            b" - " => style,
            _ => b") ",
        };
        let closes = bytes.get(letter_at + 1..).is_some_and(|rest| rest.starts_with(close));
        let is_placed = || style != b":" || is_line_start(bytes, at);
        // The letter before stands a second time: still an option.
        let is_again = |byte: &u8| byte.to_ascii_lowercase() + 1 == wanted && wanted > b'b';
        let again = || bytes.get(letter_at).is_some_and(is_again) && is_line_start(bytes, at);
        if free && opens && closes && (letter && is_placed() || !letter && again()) {
            starts.push(at);
            wanted += u8::from(letter);
            at = letter_at + 2;
        }
        at += 1;
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

fn roman_sign(index: usize) -> Option<&'static str> {
    ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii"].get(index).copied()
}

const CIRCLED: [&str; 9] = [
    "\u{2460}", "\u{2461}", "\u{2462}", "\u{2463}", "\u{2464}", "\u{2465}", "\u{2466}", "\u{2467}",
    "\u{2468}",
];

fn circled_sign(index: usize) -> Option<&'static str> {
    CIRCLED.get(index).copied()
}

/// `\u{2461}` at the start of an option: the text behind it.
pub(super) fn behind_circled(text: &str) -> Option<Range<usize>> {
    let sign = CIRCLED.iter().find(|sign| text.starts_with(**sign))?;
    Some(trimmed(text, sign.len()..text.len()))
}

/// Where an answer begins and its value: "Answer: b", "Correct answer: b", "The correct answer is B.", alone or
/// behind the options.
pub(super) fn answer_in(text: &str) -> Option<(usize, Range<usize>)> {
    let colons = memchr::memchr_iter(b':', text.as_bytes());
    let stated = colons.filter_map(|colon| Some((answer_head(&text[..colon])?, colon + 1))).next();
    let stated = stated.or_else(|| Some((0, answer_sentence(text)?)));
    let (start, from) = stated.or_else(|| answer_sign(text))?;
    // Drafts keep the signs of emphasis, and some put what is to be hidden between bars.
    let is_sign =
        |c: char| matches!(c, '*' | '_' | '|' | '>' | ' ' | '\u{2705}' | '\u{2714}' | '\u{fe0f}');
    let start = if text[..start].chars().all(is_sign) { 0 } else { start };
    let signs_before = text[from..].len() - text[from..].trim_start_matches(is_sign).len();
    let value = trimmed(
        text,
        from + signs_before..text.trim_end_matches(is_sign).len().max(from + signs_before),
    );
    (!value.is_empty()).then_some((start, value))
}

/// The same for an answer that stands behind something else: behind options, or as a sentence of its own.
pub(super) fn answer_behind(text: &str) -> Option<(usize, Range<usize>)> {
    let (start, value) = answer_in(text).filter(|(start, _)| *start > 0)?;
    let before = text[..start].trim_end();
    let is_apart = before.ends_with(['.', '?', '!', ')']) || text[..start].ends_with('\n');
    (is_apart || inline_options(before).is_some()).then_some((start, value))
}

/// "Answer: b" and no sentence about it: the value.
fn answer_line(line: &str) -> Option<Range<usize>> {
    let (_, value) = answer_in(line).filter(|(start, _)| *start == 0)?;
    (line[..value.start].contains(':') || answer_sign(line).is_some()).then_some(value)
}

/// Where a line "Ans. B", "Answer - b", "\u{2192} B", "Key: b" begins, and its value, which is a letter or a truth.
fn answer_sign(text: &str) -> Option<(usize, usize)> {
    const HEADS: &[&str] = &[
        "correct answer",
        "right answer",
        "answer",
        "ans",
        "key",
        "solution",
        "facit",
        "fasit",
        "svar",
    ];
    let is_emphasis = |c: char| matches!(c, '*' | '_' | ' ' | '>');
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let own = line.trim_start_matches(is_emphasis);
        let arrows = ["\u{2192}", "\u{279c}", "\u{21d2}", "=>", "->"];
        let behind = arrows.iter().find_map(|sign| own.strip_prefix(sign)).or_else(|| {
            let head = HEADS.iter().find(|head| {
                own.get(..head.len()).is_some_and(|own| own.eq_ignore_ascii_case(head))
            })?;
            let rest = own[head.len()..].trim_start_matches(is_emphasis);
            let signs = ['.', '-', ':', '=', '\u{2013}', '\u{2014}'];
            rest.strip_prefix(signs)
        });
        let Some(value) = behind.map(|own| own.trim_start_matches(is_emphasis)) else { continue };
        let word = value.split_whitespace().next().unwrap_or("").trim_end_matches(is_emphasis);
        let is_alone = value.trim_end_matches(is_emphasis).trim_end() == word;
        let is_letter =
            letter_alone(word).is_some() && (is_alone || word.ends_with([')', '.', ',']));
        if is_letter || is_alone && truth(word).is_some() {
            return Some((start, at - value.len()));
        }
    }
    None
}

/// Where an option ends and the answer is, in an option with a line "Answer: b" below it.
pub(super) fn answer_below(text: &str) -> Option<(usize, Range<usize>)> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if at > 0
            && let Some(value) = answer_line(line)
        {
            return Some((trimmed(text, 0..at).end, at + value.start..text.len()));
        }
        at += line.len();
    }
    None
}

/// Where the words "answer" or "correct answer" begin that `text` ends with.
fn answer_head(text: &str) -> Option<usize> {
    const HEADS: &[&str] =
        &["answer", "answers", "ans", "svar", "antwort", "antwoord", "réponse", "respuesta"];
    /// At the start of a text only: "Correct: b".
    const SHORT_HEADS: &[&str] = &["correct", "solution"];
    const BEFORE: &[&str] =
        &["the", "correct", "right", "rätt", "best", "juiste", "richtige", "bonne"];
    let last_word = |text: &str| {
        let text = text.trim_end();
        let start = text
            .rfind(|c: char| !c.is_alphabetic())
            .map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
        (start, text[start..].to_lowercase())
    };
    let (mut start, head) = last_word(text);
    let is_first = || {
        let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
        !text[line..start].contains(char::is_alphanumeric)
    };
    if SHORT_HEADS.contains(&head.as_str()) && is_first() {
        return Some(start);
    }
    if !HEADS.contains(&head.as_str()) {
        return None;
    }
    loop {
        let (before, word) = last_word(&text[..start]);
        if !BEFORE.contains(&word.as_str()) {
            return Some(start);
        }
        start = before;
    }
}

/// Where the value begins in "The correct answer is B".
fn answer_sentence(text: &str) -> Option<usize> {
    const OPENINGS: &[&str] =
        &["the correct answer is ", "the right answer is ", "correct answer is ", "the answer is "];
    let lower = text.to_ascii_lowercase();
    let from = OPENINGS.iter().find(|opening| lower.starts_with(**opening))?.len();
    let rest = &text[from..];
    let first = rest.split(' ').next()?;
    // "The answer is a matter of taste."
    let is_letter = letter_alone(first).is_some()
        && (first.len() > 1 || first == rest.trim_end_matches('.') || first < "a");
    is_letter.then_some(from)
}

/// What may be the answer in "False. Keep moving.": the words before the end of the line, and those
/// before the first sign that ends a clause.
pub(super) fn before_reason(text: &str) -> [&str; 2] {
    let line = text.lines().next().unwrap_or("");
    let is_sign =
        |c: char| matches!(c, '.' | ',' | ';' | ':' | '(' | '\u{2013}' | '\u{2014}' | '!');
    // "1.5" and "10:30" go on.
    let ends = |at: usize, sign: &str| {
        let after = &line[at + sign.len()..];
        matches!(sign, "(" | "\u{2013}" | "\u{2014}") || after.is_empty() || after.starts_with(' ')
    };
    let sign = line.match_indices(is_sign).find(|(at, sign)| ends(*at, sign)).map(|(at, _)| at);
    let words = [sign, line.find(" because "), line.find(" - ")];
    let end = words.into_iter().flatten().min().unwrap_or(line.len());
    [line, &line[..end]]
}

/// Where the answers are in "A", or in "A" with a line "Answer: B" below it.
pub(super) fn answers_in_lines(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let (mut from, mut at) = (0, 0);
    for line in text.split_inclusive('\n') {
        if at > 0
            && let Some(value) = answer_line(line)
        {
            out.push(trimmed(text, from..at));
            from = at + value.start;
        }
        at += line.len();
    }
    out.push(trimmed(text, from..text.len()));
    out
}

/// "b, c", "A and C", "1 and 3": letters and small numbers only.
pub(super) fn several(text: &str) -> Option<Vec<Range<usize>>> {
    const JOINING: &[&str] = &["and", "both", "och", "und", "et", "y", "en"];
    let is_between = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '/' | '&' | '+');
    let mut parts = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if !is_between(c) {
            start.get_or_insert(at);
            continue;
        }
        let Some(start) = start.take() else { continue };
        let word = &text[start..at];
        // "a (p. 12)"
        if word.starts_with('(') && !word.contains(')') {
            return None;
        }
        if letter_alone(word).is_some() || position(word).is_some() {
            parts.push(start..at);
        } else if !JOINING.contains(&word) {
            return None;
        }
    }
    (parts.len() > 1).then_some(parts)
}

/// What an answer consists of: [`several`] parts, or one.
pub(super) fn parts(text: &str) -> Vec<Range<usize>> {
    several(text).unwrap_or_else(|| std::iter::once(0..text.len()).collect())
}

/// The number of an option that is known by its place, from 1.
pub(super) fn position(text: &str) -> Option<usize> {
    let bare = text.trim().trim_start_matches('(').trim_end_matches([')', '.']);
    if let Some(index) = CIRCLED.iter().position(|sign| *sign == bare) {
        return Some(index + 1);
    }
    let is_small = matches!(bare.len(), 1 | 2) && bare.bytes().all(|byte| byte.is_ascii_digit());
    bare.parse().ok().filter(|_| is_small)
}

fn speaks_of_answer(title: &str) -> bool {
    const ANSWER: &[&str] = &[
        "answer",
        "answers",
        "solution",
        "solutions",
        "svar",
        "svaret",
        "facit",
        "antwort",
        "antwoord",
        "lösung",
        "réponse",
        "respuesta",
    ];
    let plain = normal::plain(title);
    plain.split(|c: char| !c.is_alphabetic()).any(|word| ANSWER.contains(&word))
}

/// `??? success "Answer"` or `::: answer`, with what stands in the lines behind it: the same as [`folded_answer`].
pub(super) fn fenced_answer(text: &str) -> Option<(Range<usize>, Range<usize>)> {
    let is_fence = ["???", "!!!", ":::"].iter().any(|sign| text.starts_with(sign));
    let end = text.find('\n').filter(|_| is_fence).or(is_fence.then_some(text.len()))?;
    let inside = trimmed(text, end..text.trim_end_matches([':', ' ', '\n']).len().max(end));
    speaks_of_answer(&text[..end]).then_some((3..end, inside))
}

/// "Answer", "Correct answer", "Solution", "Answer 1", "A1": a heading below a question that has its answer under it.
pub(super) fn is_answer_heading(text: &str) -> bool {
    const WORDS: &[&str] =
        &["answer", "correct answer", "the answer", "solution", "svar", "antwort"];
    let plain = normal::plain(text);
    let words = plain.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    let words = words.strip_suffix(" to question").unwrap_or(words);
    let has_number = words.len() < plain.len();
    WORDS.contains(&words) || has_number && words == "a"
}

/// Whether a heading in small letters speaks of answers, and of nothing else: "answers with comments", "check your
/// answers", "marking scheme", "key to the test".
pub(super) fn speaks_of_key(plain: &str) -> bool {
    const BESIDE: &[&str] = &[
        "the",
        "correct",
        "right",
        "model",
        "suggested",
        "sample",
        "quiz",
        "test",
        "exam",
        "check",
        "checking",
        "see",
        "your",
        "our",
        "all",
        "and",
        "with",
        "to",
        "for",
        "of",
        "explanation",
        "explanations",
        "comment",
        "comments",
        "feedback",
        "rationale",
        "rationales",
        "reasons",
        "reasoning",
        "notes",
        "discussion",
        "teacher",
        "teachers",
        "teacher's",
        "tutors",
        "only",
        "sheet",
        "grid",
        "list",
        "section",
        "guide",
        "scheme",
        "review",
        "question",
        "questions",
        "full",
        "worked",
        "explained",
        "marking",
        "scoring",
        "answer",
        "answers",
        "solution",
        "solutions",
        "key",
        "keys",
        "mark",
        "odd",
        "even",
        "numbered",
        "selected",
    ];
    /// Bytes of the longest heading that is looked at.
    const LONGEST: usize = 80;
    if plain.len() > LONGEST {
        return false;
    }
    let words: Vec<&str> = plain
        .split(|c: char| !(c.is_alphanumeric() || c == '\''))
        .filter(|word| !word.is_empty())
        .collect();
    let is_known =
        |word: &str| BESIDE.contains(&word) || word.bytes().all(|byte| byte.is_ascii_digit());
    let says = |(at, word): (usize, &&str)| {
        let next = words.get(at + 1).copied().unwrap_or("");
        match *word {
            "answers" | "solutions" => true,
            "answer" => {
                matches!(next, "key" | "keys" | "sheet" | "grid" | "list" | "section" | "guide")
            }
            "key" => matches!(next, "" | "to" | "for" | "with" | "and"),
            "marking" | "mark" | "scoring" => matches!(next, "scheme" | "key" | "guide"),
            _ => false,
        }
    };
    let Some(at) = words.iter().enumerate().position(says) else { return false };
    // "Questions and answers" are both, and "your answers" are still to be written.
    let is_form = words.contains(&"your") && !words.iter().any(|word| word.starts_with("check"));
    words.iter().all(|word| is_known(word))
        && !words[..at].iter().any(|word| word.starts_with("question"))
        && !is_form
}

/// `<summary>Show answer</summary>` in a block of HTML: its words, and what stands behind it, which is empty when
/// that follows in blocks of its own.
pub(super) fn folded_answer(html: &str) -> Option<(Range<usize>, Range<usize>)> {
    let lower = html.to_ascii_lowercase();
    let after = |from: usize, wanted: &str| Some(from + lower[from..].find(wanted)? + wanted.len());
    let from = after(after(0, "<summary")?, ">")?;
    let end = after(from, "</summary")?;
    let title = from..end - "</summary".len();
    if !speaks_of_answer(&html[title.clone()]) {
        return None;
    }
    let from = after(end, ">")?;
    let end = lower[from..].find("</details").map_or(html.len(), |at| from + at);
    Some((title, trimmed(html, from..end)))
}

/// The first words of HTML that stand in no tag.
pub(super) fn first_words(html: &str, range: Range<usize>) -> Range<usize> {
    let (mut start, end) = (range.start, range.end);
    while html[start..end].starts_with('<') {
        let len = html[start..end].find('>').map_or(end - start, |at| at + 1);
        start = trimmed(html, start + len..end).start;
    }
    let len = html[start..end].find('<').unwrap_or(end - start);
    trimmed(html, start..start + len)
}

/// Whether a sign at one end of an option says that it is right or wrong, with the sign and the rest.
pub(super) fn marked(text: &str) -> Option<(bool, Range<usize>, Range<usize>)> {
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
    const BOXES: &[(&str, bool)] = &[("(x) ", true), ("(X) ", true), ("( ) ", false)];
    const WORDS: &[&str] = &["(correct)", "(correct answer)", "(right answer)", "[correct]"];
    let whole = trimmed(text, 0..text.len());
    let own = &text[whole.clone()];
    for &(sign, right) in SIGNS.iter().chain(BOXES) {
        if own.starts_with(sign) {
            let at = whole.start + sign.len();
            return Some((right, whole.start..at, trimmed(text, at..whole.end)));
        }
    }
    let lower = own.to_ascii_lowercase();
    let signs = SIGNS.iter().copied().chain(WORDS.iter().map(|word| (*word, true)));
    let (sign, right) = signs.into_iter().find(|(sign, _)| lower.ends_with(sign))?;
    let at = whole.end - sign.len();
    Some((right, at..whole.end, trimmed(text, whole.start..at)))
}

/// "Q1: b", "1) b" at the start of an unordered item.
pub(super) fn question_prefix(text: &str) -> Option<(String, Range<usize>)> {
    let (named, rest) = text.split_once([':', ')', '.', '='])?;
    let named = named.trim();
    let short =
        !named.is_empty() && !named.contains(' ') || named.to_lowercase().starts_with("question ");
    short.then(|| (named.to_owned(), text.len() - rest.len()..text.len()))
}

/// Entries of "1. b 2. c", "1-b, 2-c", "1b; 2c", "Q1: b": number, value, and the whole of each.
pub(super) fn inline_key(text: &str) -> Vec<InlineEntry> {
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
            out.push((number.to_owned(), at..at + word.len(), start..at + word.len()));
            at += word.len();
        }
    }
    out
}

/// Entries of "1-1, 2-3": questions whose options have numbers; nothing else may stand there.
pub(super) fn number_pairs(text: &str) -> Vec<InlineEntry> {
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
pub(super) fn bare_key(text: &str) -> Vec<InlineEntry> {
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
pub(super) fn letters_in_order(text: &str) -> Vec<InlineEntry> {
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

/// `range` of `text` without blanks and list punctuation at its ends.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    let end = range.start + part.trim_end().trim_end_matches([',', ';']).len();
    start..end.max(start)
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
    }

    #[test]
    fn answers_are_found_where_they_begin() {
        let found = |text| answer_in(text).map(|(start, value)| (start, &text[value]));
        assert_eq!(found("Answer: b"), Some((0, "b")));
        assert_eq!(found("The correct answer: b) psoas"), Some((0, "b) psoas")));
        assert_eq!(found("a) psoas b) soleus Answer: a"), Some((19, "a")));
        assert_eq!(found("The correct answer is B."), Some((0, "B.")));
        assert_eq!(found("The correct answer is (b) psoas"), Some((0, "(b) psoas")));
        assert_eq!(found("The answer is a matter of taste."), None);
        assert_eq!(found("Answer the question: why?"), None);
        assert_eq!(found("Answer:"), None);
        assert_eq!(found("Correct: b"), Some((0, "b")));
        assert_eq!(found("The key: keep moving"), None);
        assert_eq!(found("Lift the bar, and correct: keep your back straight"), None);
        assert_eq!(found("||**Answer:** b||"), Some((0, "b")));
        assert_eq!(found("R\u{e4}tt svar: \u{e5}"), Some((0, "\u{e5}")));
    }

    #[test]
    fn a_reason_stands_behind_an_answer() {
        assert_eq!(before_reason("False. Keep moving."), ["False. Keep moving.", "False"]);
        assert_eq!(before_reason("1.5 g, not more"), ["1.5 g, not more", "1.5 g"]);
        assert_eq!(before_reason("B because\nit bends"), ["B because", "B because"]);
        assert_eq!(before_reason("the hip (both)"), ["the hip (both)", "the hip "]);
        assert_eq!(before_reason("R\u{f6}r p\u{e5} dig"), ["R\u{f6}r p\u{e5} dig"; 2]);
    }

    #[test]
    fn each_line_may_be_an_answer() {
        let found =
            |text| answers_in_lines(text).into_iter().map(|own| &text[own]).collect::<Vec<_>>();
        assert_eq!(found("A"), ["A"]);
        assert_eq!(found("A\nCorrect answer: B"), ["A", "B"]);
        assert_eq!(found("A\nIt bends it.\nAnswer: B\nor so"), ["A\nIt bends it.", "B\nor so"]);
        assert_eq!(found("A. The answer: it bends."), ["A. The answer: it bends."]);
        assert_eq!(found("A\nThe correct answer is A."), ["A\nThe correct answer is A."]);
    }

    #[test]
    fn several_answers_are_letters_or_numbers() {
        let found = |text| {
            several(text).map(|parts| parts.into_iter().map(|part| &text[part]).collect::<Vec<_>>())
        };
        assert_eq!(found("A and C"), Some(vec!["A", "C"]));
        assert_eq!(found("b,c & (d)"), Some(vec!["b", "c", "(d)"]));
        assert_eq!(found("1, 3"), Some(vec!["1", "3"]));
        assert_eq!(found("b"), None);
        assert_eq!(found("a and b are right"), None);
        assert_eq!(found("rest, ice"), None);
    }

    #[test]
    fn answers_are_folded_away_in_details() {
        let found = |text| folded_answer(text).map(|(_, inside)| &text[first_words(text, inside)]);
        assert_eq!(found("<details>\n<summary>Show answer</summary>\n"), Some(""));
        assert_eq!(found("<details><summary>Answer</summary>False</details>"), Some("False"));
        let bold =
            "<DETAILS><summary><b>Solution</b></summary>\n<p><b>B</b>, the psoas</p></DETAILS>";
        assert_eq!(found(bold), Some("B"));
        assert_eq!(found("<details><summary>More</summary>B</details>"), None);
        assert_eq!(found("<details><summary>Answer"), None);
    }

    #[test]
    fn signs_tell_right_options() {
        let found =
            |text| marked(text).map(|(right, sign, rest)| (right, &text[sign], &text[rest]));
        assert_eq!(found("B) psoas \u{2705}"), Some((true, "\u{2705}", "B) psoas")));
        assert_eq!(found("\u{274c} soleus"), Some((false, "\u{274c}", "soleus")));
        assert_eq!(found("psoas (Correct)"), Some((true, "(Correct)", "psoas")));
        assert_eq!(found("psoas"), None);
    }
}
