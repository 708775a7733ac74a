//! What is wrong with a single value, and what it was probably meant to be.

use super::instance::to_value;
use crate::diagnostic::{Applicability, Diagnostic};
use crate::model::torn_text;
use crate::normal::number_word;
use crate::source::{Format, Span};
use crate::syntax::{Kind, Node, Style};
use crate::words::{or, quoted};
use std::collections::HashMap;
use std::fmt::Write;

/// Longer texts are not searched for the part that does not match.
const MAX_SEARCHED_CHARS: usize = 300;

/// A value in words: text and numbers as they are, collections by name only.
pub(super) fn found(node: Node<'_>) -> String {
    match node.kind() {
        Kind::Null | Kind::Alias => "nothing".to_owned(),
        Kind::Bool(_) | Kind::Integer | Kind::Float => quoted(node.scalar_text()),
        Kind::String(_) if node.scalar_text().is_empty() => "empty text".to_owned(),
        Kind::String(_) => format!("the text {}", quoted(node.scalar_text())),
        Kind::Sequence => "a list".to_owned(),
        Kind::Mapping => "a mapping".to_owned(),
    }
}

/// Why a value has the wrong type.
pub(super) enum TypeProblem {
    Other,
    Advice(String),
    /// The value says the right thing in the wrong notation.
    Rewrite {
        advice: String,
        note: Option<String>,
        title: String,
        replacement: String,
    },
}

pub(super) fn type_problem(node: Node<'_>, wanted: &[&str], format: Format) -> TypeProblem {
    let wants = |name: &str| wanted.contains(&name);
    let text = node.scalar_text();
    let rewrite = |replacement: String, advice: String, note: Option<String>| {
        let title = format!("write {}", quoted(&replacement));
        TypeProblem::Rewrite { advice, note, title, replacement }
    };
    match node.kind() {
        Kind::Bool(_) | Kind::Integer | Kind::Float if wants("string") => {
            let replacement = format!("\"{text}\"");
            let advice = format!("quote it to keep it as text: {}", quoted(&replacement));
            let note = (format != Format::Json).then(|| read_otherwise(text)).flatten();
            rewrite(replacement, advice, note)
        }
        Kind::Mapping if wants("string") && torn_text(node).is_some() => {
            let written = torn_text(node).map_or_else(String::new, |own| own.as_str().to_owned());
            TypeProblem::Rewrite {
                advice: "the colon makes a name and a value of it; put the text in quotes"
                    .to_owned(),
                note: None,
                title: "put the text in quotes".to_owned(),
                replacement: json_text(&written),
            }
        }
        Kind::String(_) if wants("integer") && number_in_words(text).is_some() => {
            let number = number_in_words(text).unwrap_or_default();
            rewrite(number.to_owned(), format!("write the number: `{number}`"), None)
        }
        // BibTeX knows no types.
        Kind::String(Style::Bibtex) => TypeProblem::Other,
        Kind::String(style) if style != Style::Plain && is_number_for(text, wanted) => {
            rewrite(text.to_owned(), format!("write the number without quotes: `{text}`"), None)
        }
        Kind::String(style) if wants("boolean") => match text.to_ascii_lowercase().as_str() {
            "yes" | "y" | "on" | "no" | "n" | "off" => {
                let value = matches!(text.to_ascii_lowercase().as_str(), "yes" | "y" | "on");
                let note = (style == Style::Plain).then(|| {
                    format!("`{text}` was true or false in YAML 1.1; in YAML 1.2 it is text")
                });
                rewrite(value.to_string(), format!("write `{value}`"), note)
            }
            "true" | "false" => {
                let value = text.to_ascii_lowercase();
                rewrite(value.clone(), format!("write `{value}`"), None)
            }
            _ => TypeProblem::Other,
        },
        Kind::Null | Kind::Alias => {
            TypeProblem::Advice("write a value, or delete the field".to_owned())
        }
        Kind::Mapping | Kind::Sequence => TypeProblem::Other,
        _ if wants("array") && !wants("object") => {
            TypeProblem::Advice(format!("write it as a list: {}", quoted(&format!("[{text}]"))))
        }
        _ => TypeProblem::Other,
    }
}

/// "Three" is 3.
fn number_in_words(text: &str) -> Option<&'static str> {
    number_word(&text.trim().to_ascii_lowercase())
}

fn is_number_for(text: &str, wanted: &[&str]) -> bool {
    let is_whole = text.parse::<i64>().is_ok();
    let is_number = text.parse::<f64>().is_ok_and(f64::is_finite);
    (wanted.contains(&"integer") && is_whole) || (wanted.contains(&"number") && is_number)
}

/// How programs with YAML 1.1 read a plain scalar, where that differs.
fn read_otherwise(text: &str) -> Option<String> {
    let digits = text.trim_start_matches(['+', '-']);
    let is_octal = digits.len() > 1
        && digits.starts_with('0')
        && digits.bytes().all(|byte| matches!(byte, b'0'..=b'7'));
    if is_octal {
        return Some(format!("programs that read YAML 1.1 take `{text}` for an octal number"));
    }
    if digits.starts_with("0o") {
        return Some(format!("programs that read YAML 1.1 take `{text}` for text"));
    }
    let is_exponent = digits.starts_with(|c: char| c.is_ascii_digit())
        && !digits.contains('.')
        && !digits.starts_with("0x")
        && digits.contains(['e', 'E']);
    is_exponent.then(|| format!("programs that read YAML 1.1 take `{text}` for text"))
}

/// The part of a text that keeps it from matching its pattern.
pub(super) struct Culprit {
    pub(super) span: Span,
    pub(super) words: String,
}

/// Tries to leave out one character everywhere, then one stretch: what makes the rest match is the
/// culprit. `None` when no such part is found.
pub(super) fn culprit(node: Node<'_>, pattern: &str) -> Option<Culprit> {
    let value = node.text()?;
    let text = value.as_str();
    let count = text.chars().count();
    if count > MAX_SEARCHED_CHARS || node.is_alias() {
        return None;
    }
    let regex = regex::Regex::new(pattern).ok()?;
    let mut tried: Vec<char> = Vec::new();
    for (at, c) in text.char_indices() {
        if tried.contains(&c) {
            continue;
        }
        tried.push(c);
        let rest: String = text.chars().filter(|other| *other != c).collect();
        if !rest.is_empty() && regex.is_match(&rest) {
            let span = value.span_of(at..at + c.len_utf8());
            return Some(Culprit { span, words: character_words(c) });
        }
    }
    // Characters that never help, such as all of `!?` in a slug.
    let lone = |c: &char| !regex.is_match(&c.to_string());
    let bad: Vec<char> = tried.into_iter().filter(lone).collect();
    let rest: String = text.chars().filter(|c| !bad.contains(c)).collect();
    if !rest.is_empty() && rest.len() < text.len() && regex.is_match(&rest) {
        let at = text.find(|c| bad.contains(&c))?;
        let words: Vec<_> = bad.iter().take(4).map(|c| character_words(*c)).collect();
        let end = at + text[at..].chars().next()?.len_utf8();
        let span = value.span_of(at..end);
        return Some(Culprit { span, words: or(&words) });
    }
    None
}

fn character_words(c: char) -> String {
    match c {
        ' ' => "a blank".to_owned(),
        '\t' => "a tab".to_owned(),
        '\n' | '\r' => "a line break".to_owned(),
        '`' => "a backtick".to_owned(),
        c if c.is_control() || c.is_whitespace() => format!("the character U+{:04X}", u32::from(c)),
        c => format!("`{c}`"),
    }
}

/// What a format asks for in words, and an example.
pub(super) fn format_words(format: &str) -> (String, Option<&'static str>) {
    let (words, example) = match format {
        "date" => ("a date", "2026-11-21"),
        "time" => ("a time of day with its zone", "09:30:00Z"),
        "date-time" => ("a date and time", "2026-11-21T09:30:00Z"),
        "duration" => ("an ISO 8601 duration", "PT30S"),
        "uri" => ("an absolute address", "https://example.org/page"),
        "uri-reference" => ("an address", "https://example.org/page"),
        "iri" => ("an absolute address", "https://example.org/page"),
        "iri-reference" => ("an address", "https://example.org/page"),
        "uri-template" => ("an address template", "https://example.org/{id}"),
        "email" | "idn-email" => ("a mail address", "somebody@example.org"),
        "hostname" | "idn-hostname" => ("a host name", "www.example.org"),
        "ipv4" => ("an IPv4 address", "192.0.2.1"),
        "ipv6" => ("an IPv6 address", "2001:db8::1"),
        "uuid" => ("a UUID", "6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
        "json-pointer" => ("a JSON pointer", "/questions/0"),
        "relative-json-pointer" => ("a relative JSON pointer", "1/id"),
        "regex" => ("a regular expression", "^[a-z]+$"),
        other => return (format!("a valid {other}"), None),
    };
    (words.to_owned(), Some(example))
}

/// The date a text was probably meant to be: parts in another order or without their zeros, and
/// only when there is one way to read it.
pub(super) fn nearby_date(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.trim().split(['-', '/', '.']).collect();
    let [first, second, third] = parts.as_slice() else {
        return None;
    };
    let number = |part: &str| part.parse::<u32>().ok().filter(|_| part.len() <= 4);
    let (year, month, day) = match (first.len(), third.len()) {
        (4, _) => (number(first)?, number(second)?, number(third)?),
        (_, 4) => {
            let (a, b) = (number(first)?, number(second)?);
            // 3/4/2026 may be either; 13/4/2026 may not.
            match (a > 12, b > 12) {
                (true, false) => (number(third)?, b, a),
                (false, true) => (number(third)?, a, b),
                _ => return None,
            }
        }
        _ => return None,
    };
    let days = days_of(year, month)?;
    let date = format!("{year:04}-{month:02}-{day:02}");
    ((1..=days).contains(&day) && date != text).then_some(date)
}

/// Days of a month; `None` where there is no such month.
fn days_of(year: u32, month: u32) -> Option<u32> {
    Some(match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    })
}

/// Why a text in the form of a date, `2026-02-30`, is none.
pub(super) fn no_day(text: &str) -> Option<String> {
    let mut parts = text.splitn(3, '-');
    let mut number = |length: usize| {
        let part = parts.next().filter(|own| own.len() == length)?;
        part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<u32>().ok())?
    };
    let (year, month, day) = (number(4)?, number(2)?, number(2)?);
    match days_of(year, month) {
        None => Some("there are 12 months".to_owned()),
        Some(days) if day == 0 || day > days => Some(format!("that month has {days} days")),
        Some(_) => None,
    }
}

/// Offer another text for a scalar, written so that it stays text.
pub(super) fn replace(
    diagnostic: &mut Diagnostic,
    node: Node<'_>,
    text: &str,
    applicability: Applicability,
) {
    if node.is_alias() || !node.is_scalar() {
        return;
    }
    let title = format!("write {}", quoted(text));
    let (span, replacement) = match node.kind() {
        Kind::String(Style::Literal | Style::Folded) => return,
        Kind::String(Style::Bibtex) => (node.span(), text.to_owned()),
        Kind::String(Style::Plain) if is_plain_text(text) => (node.span(), text.to_owned()),
        _ => (node.span(), json_text(text)),
    };
    diagnostic.fix(title, applicability, span, replacement);
}

/// Whether a text can stand in YAML without quotes and is text there in every version.
pub(crate) fn is_plain_text(text: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ' | '.' | '/');
    let lower = text.to_ascii_lowercase();
    text.starts_with(char::is_alphabetic)
        && !text.ends_with(' ')
        && text.chars().all(is_word)
        && !matches!(
            lower.as_str(),
            "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n"
        )
}

/// Text in double quotes as JSON and YAML both read it.
pub(crate) fn json_text(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => write!(out, "\\u{:04x}", u32::from(c)).expect("text grows"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// The first item that repeats an earlier one, after it.
pub(super) fn repeated(list: Node<'_>) -> Option<(Node<'_>, Node<'_>)> {
    let mut seen: HashMap<String, Vec<(Node<'_>, serde_json::Value)>> = HashMap::new();
    for item in list.items() {
        let value = to_value(item);
        // Equal values may be written in several ways; numbers and mappings are compared one by one.
        let key = match &value {
            serde_json::Value::String(text) => text.clone(),
            serde_json::Value::Number(number) => format!("\0{:?}", number.as_f64()),
            serde_json::Value::Object(members) => format!("\0{}", members.len()),
            serde_json::Value::Array(items) => format!("\0[{}", items.len()),
            other => format!("\0{other}"),
        };
        let group = seen.entry(key).or_default();
        let equal = |(_, earlier): &&(Node<'_>, serde_json::Value)| {
            jsonschema::json::cmp::equal(earlier, &value)
        };
        if let Some((first, _)) = group.iter().find(equal) {
            return Some((*first, item));
        }
        group.push((item, value));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_one_way_or_not_at_all() {
        assert_eq!(nearby_date("2026-1-5").as_deref(), Some("2026-01-05"));
        assert_eq!(nearby_date("21.11.2026").as_deref(), Some("2026-11-21"));
        assert_eq!(nearby_date("11/21/2026").as_deref(), Some("2026-11-21"));
        assert_eq!(nearby_date("3/4/2026"), None);
        assert_eq!(nearby_date("2026-02-30"), None);
        assert_eq!(nearby_date("soon"), None);
    }

    #[test]
    fn days_that_are_not_there() {
        assert_eq!(no_day("2026-02-29").as_deref(), Some("that month has 28 days"));
        assert_eq!(no_day("2026-13-01").as_deref(), Some("there are 12 months"));
        assert_eq!(no_day("2024-02-29"), None);
        assert_eq!(no_day("29.02.2026"), None);
        assert_eq!(no_day("2026-2-30"), None);
    }
}
