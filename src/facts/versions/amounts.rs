//! Numbers in a sentence of any language, as far as another language has the same ones.

use crate::model::dosage::seconds_of;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A number as written, and in seconds where its unit is one of time.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Amount {
    pub value: f64,
    pub seconds: Option<f64>,
}

impl Amount {
    /// What is equal where two amounts are: "1 minute" is "60 s", and 60 of something in a language whose units are
    /// not known.
    pub fn in_seconds(&self) -> u64 {
        self.seconds.unwrap_or(self.value).to_bits()
    }
}

/// Units that another language may convert: of length, weight, temperature and volume.
#[rustfmt::skip]
const CONVERTED: &[&str] = &[
    "c", "cm", "f", "feet", "foot", "fot", "ft", "g", "in", "inch", "inches", "kg", "kilo", "kilogram", "kilograms",
    "kilometer", "kilometers", "kilometre", "kilometres", "kilos", "km", "l", "lb", "lbs", "m", "meter", "meters",
    "metre", "metres", "mi", "mil", "mile", "miles", "millas", "ml", "mm", "oz", "pie", "pies", "pouce", "pouces",
    "pound", "pounds", "pulgada", "pulgadas", "tum", "yard", "yards", "zoll",
];

/// The numbers in digits that say how much, and where they stand with their units. Dates, times of day, versions,
/// numbers inside of names ("L4", "COVID-19"), telephone numbers and other long ones without a unit are none.
pub fn amounts(text: &str) -> Vec<(Range<usize>, Amount)> {
    if !text.contains(char::is_numeric) {
        return Vec::new();
    }
    let mut out = Vec::new();
    let numbers = numbers(text);
    let between = |a: &Number, b: &Number| &text[a.range.end..b.range.start];
    for chain in numbers.chunk_by(|a, b| is_joined(between(a, b))) {
        let last = match chain {
            [one] => one,
            [first, last] if is_dash(between(first, last).trim()) => last,
            _ => continue,
        };
        let Unit { end, factor, is_amount } = unit_behind(text, last.range.end);
        let is_counted = factor.is_some() || text[end..].starts_with('%');
        let is_own = |own: &&Number| own.is_free && (is_counted || own.value < LONG);
        for number in chain.iter().filter(|own| is_amount && is_own(own)) {
            let is_last = number.range == last.range;
            let end = if is_last { end } else { number.range.end };
            let seconds = factor.map(|factor| factor * number.value);
            out.push((number.range.start..end, Amount { value: number.value, seconds }));
        }
    }
    out
}

/// From here on, numbers without a unit are years, telephone numbers and the like.
const LONG: f64 = 100.0;

struct Number {
    range: Range<usize>,
    value: f64,
    /// Whether it is a number in every language, and no part of a word.
    is_free: bool,
}

/// Every run of digits, with a decimal part.
fn numbers(text: &str) -> Vec<Number> {
    let mut out = Vec::new();
    let mut rest = text.char_indices().peekable();
    let mut before = None;
    while let Some((start, c)) = rest.next() {
        let Some(first) = digit(c) else {
            before = Some(c);
            continue;
        };
        let (mut value, mut end, mut decimals) = (f64::from(first), start + c.len_utf8(), None);
        while let Some(&(at, c)) = rest.peek() {
            let is_point = || matches!(c, '.' | ',' | '\u{66b}') && decimals.is_none();
            let next = || text[at + c.len_utf8()..].chars().next().and_then(digit);
            match digit(c) {
                Some(own) => {
                    value = value * 10.0 + f64::from(own);
                    decimals = decimals.map(|count: i32| count.saturating_add(1));
                }
                None if is_point() && next().is_some() => decimals = Some(0),
                None => break,
            }
            end = at + c.len_utf8();
            rest.next();
        }
        let value = value / 10_f64.powi(decimals.unwrap_or(0));
        // "1,000" and "1.000" are a thousand in one language, and one in another.
        let is_plain = decimals != Some(THOUSANDS) && value.is_finite();
        out.push(Number {
            range: start..end,
            value,
            is_free: is_plain && !before.is_some_and(|c| is_part(c, &text[..start])),
        });
        before = None;
    }
    out
}

const THOUSANDS: i32 = 3;

/// Whether a number is part of a name, an address or a version for what stands before it: "L4", "COVID-19", "#3".
fn is_part(before: char, text: &str) -> bool {
    let is_hyphened =
        || text.strip_suffix('-').is_some_and(|own| own.ends_with(char::is_alphabetic));
    before.is_alphanumeric()
        || matches!(before, '#' | '/' | ':' | '.' | '_' | '+' | '@')
        || before == '-' && is_hyphened()
}

fn is_dash(text: &str) -> bool {
    matches!(text, "-" | "\u{2013}" | "\u{2014}")
}

/// Whether what stands between two numbers makes them one thing: a range, a date, a time of day, a thousand.
fn is_joined(between: &str) -> bool {
    let is_blank = || {
        let mut chars = between.chars();
        chars.next().is_some_and(char::is_whitespace) && chars.next().is_none()
    };
    is_dash(between.trim()) || matches!(between, "/" | ":" | "." | "," | "'") || is_blank()
}

struct Unit {
    /// Where the number ends with its unit.
    end: usize,
    /// Seconds in one.
    factor: Option<f64>,
    /// Not so for what another language converts, for "3rd", and for a number that is part of a name ("5HT").
    is_amount: bool,
}

fn unit_behind(text: &str, at: usize) -> Unit {
    /// A number and its unit are one word: "30-second".
    const JOINS: &[char] = &[' ', '\u{a0}', '\u{202f}', '-'];
    let behind = &text[at..];
    let none = Unit { end: at, factor: None, is_amount: true };
    if behind.starts_with(['"', '\u{2033}', '\u{2032}', '\u{b0}']) {
        return Unit { is_amount: false, ..none };
    }
    let gap = behind.chars().next().filter(|c| JOINS.contains(c)).map_or(0, char::len_utf8);
    let word = &behind[gap..];
    let len = word.find(|c: char| !c.is_alphabetic()).unwrap_or(word.len());
    let word = &word[..len];
    let factor = seconds_of(word);
    // Other scripts may have no blank there.
    let is_latin = |c: char| c <= '\u{24f}';
    let is_converted = || CONVERTED.iter().any(|own| own.eq_ignore_ascii_case(word));
    match factor {
        Some(_) => Unit { end: at + gap + len, factor, is_amount: true },
        None if is_converted() || gap == 0 && word.starts_with(is_latin) => {
            Unit { is_amount: false, ..none }
        }
        None => none,
    }
}

/// The value of a decimal digit of any script.
fn digit(c: char) -> Option<u32> {
    /// Where the digits of scripts begin.
    #[rustfmt::skip]
    const ZEROS: &[u32] = &[
        0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20,
        0x1040, 0x17e0, 0x1810, 0xff10,
    ];
    c.to_digit(10).or_else(|| {
        let own = u32::from(c);
        let zero = ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&own))?;
        Some(own - zero)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, f64, Option<f64>)> {
        let all = amounts(text).into_iter();
        all.map(|(range, own)| (&text[range], own.value, own.seconds)).collect()
    }

    #[test]
    fn numbers_with_and_without_units() {
        assert_eq!(found("Håll i 30 sekunder."), [("30 sekunder", 30.0, Some(30.0))]);
        assert_eq!(found("20-30s"), [("20", 20.0, Some(20.0)), ("30s", 30.0, Some(30.0))]);
        assert_eq!(found("1,5 min"), [("1,5 min", 1.5, Some(90.0))]);
        assert_eq!(found("0.5 och 0,5"), [("0.5", 0.5, None), ("0,5", 0.5, None)]);
        assert_eq!(found("Repetera 10 gånger, 2 set"), [("10", 10.0, None), ("2", 2.0, None)]);
        assert_eq!(found("٣٠ ثانية"), [("٣٠", 30.0, None)]);
        assert_eq!(found("３０秒"), [("３０", 30.0, None)]);
        assert_eq!(
            found("100%, 150 minutes"),
            [("100", 100.0, None), ("150 minutes", 150.0, Some(9000.0))]
        );
    }

    #[test]
    fn what_is_no_amount() {
        for text in [
            "",
            "L4 and COVID-19",
            "call 112 or 1177",
            "1 000 steps",
            "1,000 steps",
            "2024-05-01",
            "at 10:30",
            "24/7",
            "10 cm, 4 in, 5kg, 90\u{b0}, 6\"",
            "the 3rd",
            "v1.2.3",
            "½",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
