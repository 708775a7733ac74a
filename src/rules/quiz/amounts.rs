//! Options that are numbers: "10 seconds", "20-30 %", "between 10 and 20", "two to four weeks".

use crate::normal;
use std::borrow::Cow;

/// A number or a range of numbers, with the words around it in small letters.
#[derive(Clone, Debug, PartialEq)]
pub struct Amount {
    pub low: f64,
    /// The same as `low` where there is one number.
    pub high: f64,
    pub before: String,
    pub behind: String,
}

impl Amount {
    /// A range, from less to more.
    pub fn of_range(text: &str) -> Option<Self> {
        let plain = in_digits(text)?;
        let start = plain.find(|c: char| c.is_ascii_digit())?;
        let (low, end) = number(&plain, start)?;
        let (high, end) = other_end(&plain, start, end)?;
        (low < high).then(|| Self::new(low, high, &plain[..start], &plain[end..]))
    }

    /// A range, or one number.
    pub fn of(text: &str) -> Option<Self> {
        let word = || Some(normal::number_word(&text.trim().to_ascii_lowercase())?.into());
        let plain = in_digits(text).or_else(word)?;
        let start = plain.find(|c: char| c.is_ascii_digit())?;
        let (low, end) = number(&plain, start)?;
        Some(match other_end(&plain, start, end) {
            Some((high, end)) => Self::new(low, high, &plain[..start], &plain[end..]),
            None => Self::new(low, low, &plain[..start], &plain[end..]),
        })
    }

    fn new(low: f64, high: f64, before: &str, behind: &str) -> Self {
        Self { low, high, before: before.trim().to_owned(), behind: behind.to_owned() }
    }

    /// Whether the words around both are the same.
    pub fn has_unit_of(&self, other: &Self) -> bool {
        self.before == other.before && self.behind.trim() == other.behind.trim()
    }
}

/// A text in its plain form; one of several words without digits with digits for the words of numbers.
fn in_digits(text: &str) -> Option<Cow<'_, str>> {
    Some(match text.bytes().any(|byte| byte.is_ascii_digit()) {
        true => normal::plain(text).into(),
        false if text.contains(' ') => normal::bare(text).into(),
        false => return None,
    })
}

/// The number that begins at `start`, and where it ends.
fn number(plain: &str, start: usize) -> Option<(f64, usize)> {
    let digits = &plain[start..];
    let len = digits.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(digits.len());
    let number = digits[..len].trim_end_matches('.');
    let end = start + number.len();
    // "25,000", which "1,5" is not: there nobody can tell.
    let is_comma = plain[end..].starts_with(',');
    match is_comma && plain[end + 1..].starts_with(|c: char| c.is_ascii_digit()) {
        false => Some((number.parse().ok()?, end)),
        true => thousands(plain, start, end),
    }
}

/// "25,000" and "1,250,000": groups of three digits behind one to three.
fn thousands(plain: &str, start: usize, mut end: usize) -> Option<(f64, usize)> {
    const GROUP: usize = 4;
    let is_group = |group: &str| {
        group.starts_with(',') && group[1..].bytes().all(|byte| byte.is_ascii_digit())
    };
    while plain.get(end..end + GROUP).is_some_and(is_group) {
        end += GROUP;
    }
    let is_whole = !plain[end..].starts_with(|c: char| c.is_ascii_digit() || c == ',');
    let number = plain[start..end].replace(',', "");
    Some((number.parse().ok().filter(|_| is_whole)?, end))
}

/// The upper end of the range whose lower end stands at `start..end`, and where it ends.
fn other_end(plain: &str, start: usize, end: usize) -> Option<(f64, usize)> {
    let marks = match plain[..start].ends_with("between ") {
        true => &["and "][..],
        false => &["-", "to ", "bis ", "till "],
    };
    let rest = plain[end..].trim_start();
    let rest = marks.iter().find_map(|mark| rest.strip_prefix(mark))?.trim_start();
    let start = plain.len() - rest.len();
    rest.starts_with(|c: char| c.is_ascii_digit()).then(|| number(plain, start))?
}

#[cfg(test)]
mod tests {
    use super::Amount;

    #[test]
    fn numbers_and_ranges() {
        for (text, low, high, before, behind) in [
            ("30 s", 30.0, 30.0, "", " s"),
            ("20\u{2013}30 %", 20.0, 30.0, "", " %"),
            ("Two to four weeks", 2.0, 4.0, "", " weeks"),
            ("Three", 3.0, 3.0, "", ""),
            ("between 10 and 20 m", 10.0, 20.0, "between", " m"),
            ("about 1,250,000 Ö", 1_250_000.0, 1_250_000.0, "about", " ö"),
            ("98.6° F", 98.6, 98.6, "", "° f"),
            ("10 and 20", 10.0, 10.0, "", " and 20"),
        ] {
            let wanted = Amount { low, high, before: before.into(), behind: behind.into() };
            assert_eq!(Amount::of(text), Some(wanted), "{text}");
        }
        for text in ["", "knä", "1,5 m", "1,2345", "1.2.3", "1,000,0"] {
            assert_eq!(Amount::of(text), None, "{text}");
        }
        assert_eq!(Amount::of_range("30 s"), None);
        assert_eq!(Amount::of_range("30-20 s"), None);
        assert!(Amount::of_range("10-20 s").is_some());
    }
}
