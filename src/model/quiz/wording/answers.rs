//! Answers: where a text states one, what it states, and the reason behind it.

use super::options::{CIRCLED, inline_options};
use super::trimmed;
use crate::model::quiz::{letter_alone, truth};
use std::ops::Range;

/// Where an answer begins and its value: "Answer: b", "Correct answer: b", "The correct answer is B.", alone, in
/// brackets or behind the options.
pub fn answer_in(text: &str) -> Option<(usize, Range<usize>)> {
    let whole = trimmed(text, 0..text.len());
    let inside = |brackets: (char, char)| {
        let inner = text[whole.clone()].strip_prefix(brackets.0)?.strip_suffix(brackets.1)?;
        let (start, value) = stated_in(inner).filter(|(start, _)| *start == 0)?;
        Some((start, value.start + whole.start + 1..value.end + whole.start + 1))
    };
    [('(', ')'), ('[', ']')].into_iter().find_map(inside).or_else(|| stated_in(text))
}

fn stated_in(text: &str) -> Option<(usize, Range<usize>)> {
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
pub fn answer_behind(text: &str) -> Option<(usize, Range<usize>)> {
    let (start, value) = answer_in(text).filter(|(start, _)| *start > 0)?;
    let before = text[..start].trim_end();
    let is_apart = before.ends_with(['.', '?', '!', ')']) || text[..start].ends_with('\n');
    (is_apart || inline_options(before).is_some()).then_some((start, value))
}

/// Where an option ends and the answer is, in an option with a line "Answer: b" below it.
pub fn answer_below(text: &str) -> Option<(usize, Range<usize>)> {
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

/// Where the answers are in "A", or in "A" with a line "Answer: B" below it.
pub fn answers_in_lines(text: &str) -> Vec<Range<usize>> {
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

/// "Answer: b" and no sentence about it: the value.
fn answer_line(line: &str) -> Option<Range<usize>> {
    let (_, value) = answer_in(line).filter(|(start, _)| *start == 0)?;
    (line[..value.start].contains(':') || answer_sign(line).is_some()).then_some(value)
}

/// Where a line "Ans. B", "Answer - b", "\u{2192} B", "Answer key: b" begins, and its value, which is a letter or a truth.
fn answer_sign(text: &str) -> Option<(usize, usize)> {
    const HEADS: &[&str] = &[
        "correct answer",
        "right answer",
        "answer key",
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
        let behind = behind.or_else(|| behind_short_head(own).filter(|_| !own.starts_with("A:")));
        // Before an option with its text, a tick says that it is right.
        let ticked = || ["\u{2705}", "\u{2714}"].iter().find_map(|sign| own.strip_prefix(sign));
        let has_tick = behind.is_none();
        let Some(value) = behind.or_else(ticked) else { continue };
        let value = value.trim_start_matches('\u{fe0f}').trim_start_matches(is_emphasis);
        let word = value.split_whitespace().next().unwrap_or("").trim_end_matches(is_emphasis);
        let is_alone = value.trim_end_matches(is_emphasis).trim_end() == word;
        let goes_on = !has_tick && word.ends_with([')', '.', ',']);
        let is_letter = letter_alone(word).is_some() && (is_alone || goes_on);
        if is_letter || is_alone && truth(word).is_some() {
            return Some((start, at - value.len()));
        }
    }
    None
}

/// What stands behind "A:", "A1." or "A 1)", as "Q:", "Q1." and "Q 1)" stand before questions.
fn behind_short_head(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('A')?;
    let behind = rest.trim_start_matches(' ').trim_start_matches(|c: char| c.is_ascii_digit());
    match rest.len() - behind.len() {
        0 => behind.strip_prefix(": "),
        _ => behind.strip_prefix([':', '.', ')']),
    }
}

/// The value in "A: b", which may be an option or an answer: who calls knows the options.
pub fn short_answer(text: &str) -> Option<Range<usize>> {
    let is_emphasis = |c: char| matches!(c, '*' | '_' | '>' | ' ');
    let behind = behind_short_head(text.trim_start_matches(is_emphasis))?;
    let line = behind.lines().next().unwrap_or("").trim_end_matches(is_emphasis);
    let from = text.len() - behind.len();
    let value = trimmed(text, from..from + line.len());
    (!value.is_empty()).then_some(value)
}

/// "Q: Which? A: The hip.", each in a line of its own: the prompt and the answer. A line "B: ..." makes them options.
pub fn asked_and_told(text: &str) -> Option<(Range<usize>, Range<usize>)> {
    let is_emphasis = |c: char| matches!(c, '*' | '_' | ' ');
    let behind = |at: usize, sign: &str| {
        let rest = text[at..].trim_start_matches(is_emphasis).strip_prefix(sign)?;
        Some(text.len() - rest.trim_start_matches(is_emphasis).len())
    };
    let asked = behind(0, "Q:")?;
    let lines = || text.match_indices('\n').map(|(at, _)| at + 1);
    let (line, told) = lines().find_map(|line| Some((line, behind(line, "A:")?)))?;
    if line <= asked || lines().any(|line| behind(line, "B:").is_some()) {
        return None;
    }
    let trimmed_end = |range: Range<usize>| {
        let rest = text[range.clone()].trim_end().trim_end_matches(is_emphasis);
        range.start..range.start + rest.len()
    };
    let (prompt, answer) = (trimmed_end(asked..line), trimmed_end(told..text.len()));
    (!prompt.is_empty() && !answer.is_empty()).then_some((prompt, answer))
}

/// "Correct answer:", and nothing behind it.
pub fn is_answer_left_out(text: &str) -> bool {
    let is_sign = |c: char| matches!(c, '*' | '_' | ' ' | '\n');
    let head = text.trim_end_matches(is_sign).strip_suffix(':');
    head.is_some_and(|head| answer_head(head).is_some_and(|at| head[..at].chars().all(is_sign)))
}

/// Where the words "answer", "correct answer" or "correct option" begin that `text` ends with.
fn answer_head(text: &str) -> Option<usize> {
    #[rustfmt::skip]
    const HEADS: &[&str] = &[
        "answer", "answers", "ans", "svar", "antwort", "antwoord", "réponse", "réponses", "respuesta", "respuestas",
        "risposta", "resposta",
    ];
    /// Behind one of these: "Réponse correcte".
    const RIGHT_BEHIND: &[&str] =
        &["correcte", "correctes", "correcta", "correctas", "corretta", "exacte"];
    /// At the start of a text only: "Correct: b".
    const SHORT_HEADS: &[&str] = &["correct", "solution"];
    /// Behind one of the words for what is right only.
    const CHOICES: &[&str] = &["option", "choice", "letter", "response"];
    const RIGHT: &[&str] = &["correct", "right", "best"];
    const BEFORE: &[&str] =
        &["the", "rätt", "juiste", "richtige", "bonne", "model", "suggested", "expected"];
    let last_word = |text: &str| {
        let text = text.trim_end();
        let start = text
            .rfind(|c: char| !c.is_alphabetic())
            .map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
        (start, text[start..].to_lowercase())
    };
    let (mut start, mut head) = last_word(text);
    let is_behind = RIGHT_BEHIND.contains(&head.as_str());
    if is_behind {
        (start, head) = last_word(&text[..start]);
    }
    let is_first = || {
        let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
        !text[line..start].contains(char::is_alphanumeric)
    };
    if !is_behind && SHORT_HEADS.contains(&head.as_str()) && is_first() {
        return Some(start);
    }
    let is_choice = CHOICES.contains(&head.as_str());
    if !is_choice && !HEADS.contains(&head.as_str()) {
        return None;
    }
    let mut is_right = !is_choice || is_behind;
    loop {
        // "Answer / Svar"
        if let Some(other) = text[..start].trim_end().strip_suffix('/') {
            let (before, word) = last_word(other);
            if HEADS.contains(&word.as_str()) {
                (start, is_right) = (before, true);
            }
        }
        let (before, word) = last_word(&text[..start]);
        let says_right = RIGHT.contains(&word.as_str());
        if !says_right && !BEFORE.contains(&word.as_str()) {
            return is_right.then_some(start);
        }
        is_right |= says_right;
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

/// "F", "F) psoas", "Option F", "F is correct": the letter that an answer states.
pub fn stated_letter(text: &str) -> Option<Range<usize>> {
    const BEFORE: &[&str] =
        &["the correct answer is", "the answer is", "option", "choice", "letter", "answer"];
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
    let bare = word.trim_end_matches([',', ';']);
    let is_letter = letter_alone(bare).is_some() && (before.is_some() || ends);
    let from = start + word.len() - word.trim_start_matches(['(', '[']).len();
    is_letter.then(|| from..from + 1)
}

/// What may be the answer in "False. Keep moving.": the words before the end of the line, and those
/// before the first sign that ends a clause.
pub fn before_reason(text: &str) -> [&str; 2] {
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

/// What an answer consists of: [`several`] parts, alone or before a reason, or one.
pub fn parts(text: &str) -> Vec<Range<usize>> {
    let before_reason = || several(&text[letters_before_reason(text)?]);
    several(text).or_else(before_reason).unwrap_or_else(|| std::iter::once(0..text.len()).collect())
}

/// The letters in "A, C. They bend it", "a and c: both bend it", two at least.
pub fn letters_before_reason(text: &str) -> Option<Range<usize>> {
    /// Bytes of the longest run of letters, with what joins them.
    const LONGEST: usize = 80;
    let head = &text[..text.floor_char_boundary(LONGEST)];
    let is_sign =
        |c: char| matches!(c, '.' | ':' | ';' | '(' | '\u{2013}' | '\u{2014}' | '!' | '\n');
    let ends = |at: usize, sign: &str| {
        matches!(sign, "(" | "\u{2013}" | "\u{2014}" | "\n")
            || head[at + sign.len()..].starts_with(char::is_whitespace)
            || at + sign.len() == text.len()
    };
    let sign = head.match_indices(is_sign).find(|(at, sign)| ends(*at, sign)).map(|(at, _)| at);
    let words = [" because ", " - ", " are correct", " are right"].map(|own| head.find(own));
    let end = words.into_iter().chain([sign]).flatten().min()?;
    let own = trimmed(text, 0..end);
    let parts = several(&text[own.clone()])?;
    let is_letter = |part: Range<usize>| letter_alone(&text[own.clone()][part]).is_some();
    parts.into_iter().all(is_letter).then_some(own)
}

/// "b, c", "A and C", "1 and 3": letters and small numbers only.
pub fn several(text: &str) -> Option<Vec<Range<usize>>> {
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

/// The number of an option that is known by its place, from 1.
pub fn position(text: &str) -> Option<usize> {
    let bare = text.trim().trim_start_matches('(').trim_end_matches([')', '.']);
    if let Some(index) = CIRCLED.iter().position(|sign| *sign == bare) {
        return Some(index + 1);
    }
    let is_small = matches!(bare.len(), 1 | 2) && bare.bytes().all(|byte| byte.is_ascii_digit());
    bare.parse().ok().filter(|_| is_small)
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(found("(Answer: b)"), Some((0, "b")));
        assert_eq!(found(" [Correct answer: (b)] "), Some((0, "(b)")));
        assert_eq!(found("Correct option: b"), Some((0, "b")));
        assert_eq!(found("The best choice: rest"), Some((0, "rest")));
        assert_eq!(found("One option: rest"), None);
        assert_eq!(found("Model answer: b"), Some((0, "b")));
        assert_eq!(found("\u{2705} b"), Some((0, "b")));
        assert_eq!(found("\u{2705} b) psoas"), None);
        assert_eq!(found("R\u{e4}tt svar: \u{e5}"), Some((0, "\u{e5}")));
        assert_eq!(found("R\u{e9}ponse correcte : b"), Some((0, "b")));
        assert_eq!(found("Respuesta correcta: c) el pie"), Some((0, "c) el pie")));
        assert_eq!(found("La posture correcte : assise"), None);
    }

    #[test]
    fn an_answer_may_be_left_out() {
        assert!(is_answer_left_out("Correct answer:   "));
        assert!(is_answer_left_out("**Answer:**"));
        assert!(!is_answer_left_out("Answer: b"));
        assert!(!is_answer_left_out("To find the answer:"));
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
}
