//! What plain scalars and tags mean by the core schema.

use crate::syntax::node::{Kind, Style};
use granit_parser::Tag;

/// Kind of a plain scalar by the core schema.
// YAML 1.2.2, 10.3.2 Tag Resolution.
pub fn resolve_plain(text: &str) -> Kind {
    let text_kind = Kind::String(Style::Plain);
    let Some(&first) = text.as_bytes().first() else {
        return Kind::Null;
    };
    match first {
        b'~' | b'n' | b'N' => match text {
            "~" | "null" | "Null" | "NULL" => Kind::Null,
            _ => text_kind,
        },
        b't' | b'T' | b'f' | b'F' => match text {
            "true" | "True" | "TRUE" => Kind::Bool(true),
            "false" | "False" | "FALSE" => Kind::Bool(false),
            _ => text_kind,
        },
        b'-' | b'+' | b'.' | b'0'..=b'9' => number_kind(text).unwrap_or(text_kind),
        _ => text_kind,
    }
}

fn number_kind(text: &str) -> Option<Kind> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let all =
        |digits: &str, radix: u32| !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix));
    if let Some(digits) = text.strip_prefix("0o") {
        return all(digits, 8).then_some(Kind::Integer);
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return all(digits, 16).then_some(Kind::Integer);
    }
    if all(unsigned, 10) {
        return Some(Kind::Integer);
    }
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return Some(Kind::Float);
    }
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => (&unsigned[..at], Some(&unsigned[at + 1..])),
        None => (unsigned, None),
    };
    let exponent_is_number =
        exponent.is_none_or(|digits| all(digits.strip_prefix(['-', '+']).unwrap_or(digits), 10));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let mantissa_is_number =
        digits(whole) && digits(fraction) && !(whole.is_empty() && fraction.is_empty());
    (exponent_is_number && mantissa_is_number).then_some(Kind::Float)
}

/// What a tag of the core schema asks for.
#[derive(Clone, Copy, PartialEq)]
pub enum CoreType {
    /// `!!str` and the non-specific `!`.
    Text,
    /// `!!int`, `!!float`, `!!bool`, `!!null`: the text decides.
    Typed,
    Other,
}

pub fn core_type(tag: &Tag) -> CoreType {
    match tag.core_suffix() {
        Some("str" | "binary") => CoreType::Text,
        Some("int" | "float" | "bool" | "null") => CoreType::Typed,
        Some(_) => CoreType::Other,
        None if tag.original_parts() == ("", "!") || tag.original() == "!" => CoreType::Text,
        None => CoreType::Other,
    }
}
