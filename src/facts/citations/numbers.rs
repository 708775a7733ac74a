//! Numbers as marks have them: "1, 2-4", "1 and 2", and with what says more of the place: "[1, p. 2]",
//! "(see reference 1 below)". [`in_brackets`] reads them; where they are citations, the `Finder` decides.

use super::{CitationTarget, Finder};
use crate::syntax::MarkKind;
use std::ops::Range;

/// The numbers between brackets.
pub(super) struct Numbers {
    /// Of the brackets with what is in them.
    pub(super) len: usize,
    pub(super) numbers: Vec<u32>,
    pub(super) form: Form,
}

/// How sure it is that the numbers are of references.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Nothing but numbers.
    Bare,
    /// With the words for a page or a part, or with "see": in square brackets alone.
    Located,
    /// With a word for references.
    Told,
}

impl Finder<'_> {
    pub(super) fn numbers(&mut self, text: Range<usize>, numbers: &[u32], weak: bool) {
        let listed = self.listed;
        for &number in numbers {
            self.push(text.clone(), CitationTarget::Number { number, listed }, weak);
        }
    }

    /// Numbers that may be of something else where no list reaches them.
    pub(super) fn numbers_reached(&mut self, text: Range<usize>, numbers: &[u32]) {
        let is_reached = numbers.iter().all(|number| *number <= self.listed);
        self.numbers(text, numbers, !is_reached);
    }

    /// `(3)`: a citation when it is emphasised, or a list reaches it and it is no enumeration.
    pub(super) fn parenthesis(
        &mut self,
        block: &str,
        at: usize,
        text: Range<usize>,
        numbers: &[u32],
    ) {
        let emphasised = self
            .prose
            .marks_in(text.clone())
            .any(|mark| matches!(mark.kind, MarkKind::Emphasis) && !mark.text.is_empty());
        let len = text.len();
        let before = block[..at].trim_end();
        let after = &block[at + len..];
        let enumeration = before.is_empty()
            || before.ends_with([':', ';', ',', '.'])
            || before.ends_with(" and")
            || before.ends_with(" or");
        let closes =
            after.is_empty() || after.starts_with(['.', ',', ';', ':', ')', '?', '!', '\n']);
        let reached = numbers.iter().all(|number| *number <= self.listed);
        if emphasised
            || (closes && !before.is_empty() && !before.ends_with([':', ';']))
            || (reached && !enumeration)
        {
            self.numbers(text, numbers, !reached);
        }
    }

    /// "What Smith found [1]": the numbers in a heading that the list has.
    pub(super) fn heading(&mut self, block: &Range<usize>) {
        let text = &self.prose.text[block.clone()];
        for found in memchr::memchr_iter(b'[', text.as_bytes()) {
            if let Some(Numbers { len, numbers, .. }) = in_brackets(&text[found..], b']')
                && numbers.iter().all(|number| *number <= self.listed)
            {
                self.numbers(block.start + found..block.start + found + len, &numbers, true);
            }
        }
    }
}

/// `[1]`, `[1, 2]`, `(2-4)`, `[1, p. 2]`, `(ref. 1)`.
pub(super) fn in_brackets(text: &str, close: u8) -> Option<Numbers> {
    // Long enough for a dozen numbers; what is longer is no mark.
    const MAX_LEN: usize = 60;
    let end = memchr::memchr(close, &text.as_bytes()[..text.len().min(MAX_LEN)])?;
    let (inner, len) = (text[1..end].trim(), end + 1);
    if let Some(numbers) = plain_numbers(inner) {
        return Some(Numbers { len, numbers, form: Form::Bare });
    }
    let (numbers, form) = told_numbers(inner)?;
    Some(Numbers { len, numbers, form })
}

const MAX_NUMBER: u32 = 999;

/// "1, 2-4" as numbers; a lone year is none.
pub(super) fn plain_numbers(text: &str) -> Option<Vec<u32>> {
    let mut out = Vec::new();
    if text.is_empty() {
        return None;
    }
    for part in text.split([',', ';']) {
        out.extend(range(part.trim())?);
    }
    Some(out)
}

/// "2" or "2-4".
fn range(part: &str) -> Option<std::ops::RangeInclusive<u32>> {
    // "--" is how typewriters write a dash.
    let dash = part.split_once("--").or_else(|| part.split_once(['-', '\u{2013}', '\u{2014}']));
    let (low, high) = dash.unwrap_or((part, part));
    let number = |digits: &str| {
        let digits = digits.trim();
        let all = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        all.then(|| digits.parse::<u32>().ok())
            .flatten()
            .filter(|number| (1..=MAX_NUMBER).contains(number))
    };
    let (low, high) = (number(low)?, number(high)?);
    (low <= high && high - low <= 50).then_some(low..=high)
}

/// Words before a number that say what it counts.
const REFERENCES: &[&str] =
    &["ref", "refs", "reference", "references", "source", "sources", "citation", "citations"];
const LEADS: &[&str] = &["see", "also", "cf", "e.g", "eg", "in", "from", "no", "nos"];
/// Parts of a work.
const PARTS: &[&str] = &[
    "p",
    "pp",
    "pg",
    "page",
    "pages",
    "table",
    "tables",
    "fig",
    "figs",
    "figure",
    "figures",
    "box",
    "ch",
    "chap",
    "chapter",
    "chapters",
    "sec",
    "sect",
    "section",
    "sections",
    "para",
    "appendix",
    "app",
    "vol",
    "loc",
    "supplement",
    "suppl",
    "line",
    "lines",
    "slide",
    "min",
    "\u{a7}",
    "\u{b6}",
];
const BEHIND: &[&str] = &["below", "above", "in", "the", "list", "of", "references", "at", "end"];

/// "see 1, p. 2", "refs 1 and 2", "R1; R2", "1: 2", "1(p2)".
fn told_numbers(text: &str) -> Option<(Vec<u32>, Form)> {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut out = Vec::new();
    let mut form = Form::Located;
    for work in text.split(';') {
        // Behind a page, numbers are of pages up to the next work.
        let mut located = false;
        for part in parts(work) {
            let (rest, told) = without_leads(part);
            if told {
                form = Form::Told;
            }
            if rest.is_empty() && told {
                continue;
            }
            if !out.is_empty() && (located || is_part_of_work(rest)) {
                located = true;
                continue;
            }
            let len = rest
                .find(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '\u{2013}' | '\u{2014}')))
                .unwrap_or(rest.len());
            out.extend(range(&rest[..len])?);
            let behind = rest[len..].trim();
            if behind.is_empty() {
                continue;
            }
            let place = behind.strip_prefix(':').or_else(|| behind.strip_prefix('('));
            let is_page = |text: &str| text.trim().starts_with(|c: char| c.is_ascii_digit());
            let is_place = place.is_some_and(|own| is_page(own) || is_part_of_work(own.trim()));
            let is_behind = || behind.split(' ').all(|word| BEHIND.contains(&word));
            located = is_place || is_part_of_work(behind);
            if !located && !is_behind() {
                return None;
            }
        }
    }
    (!out.is_empty()).then_some((out, form))
}

/// The parts that commas, "and" and "&" join.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', '&', '+']).flat_map(|part| part.split(" and ")).map(str::trim)
}

/// Without "see", "refs" and the like, and whether a word for references was among them.
fn without_leads(part: &str) -> (&str, bool) {
    let mut rest = part;
    let mut told = false;
    loop {
        rest = rest.trim_start_matches(['#', ' ']);
        let len = rest.find(|c: char| !(c.is_alphabetic() || c == '.')).unwrap_or(rest.len());
        let word = rest[..len].trim_end_matches('.');
        let is_in = |list: &[&str]| list.iter().any(|own| own.eq_ignore_ascii_case(word));
        let is_reference = is_in(REFERENCES);
        // "R1" of a list that counts with letters.
        let is_letter = word == "R" && rest[len..].starts_with(|c: char| c.is_ascii_digit());
        if word.is_empty() || !(is_reference || is_letter || is_in(LEADS)) {
            return (rest, told);
        }
        told |= is_reference;
        rest = rest[len..].trim_start_matches([':', ' ']);
    }
}

/// "p. 2", "Table 2", "p2".
fn is_part_of_work(text: &str) -> bool {
    let len = text
        .find(|c: char| !(c.is_alphabetic() || matches!(c, '\u{a7}' | '\u{b6}')))
        .unwrap_or(text.len());
    PARTS.iter().any(|own| own.eq_ignore_ascii_case(&text[..len]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_with_what_says_more() {
        let found = |text: &str| {
            let close = if text.starts_with('[') { b']' } else { b')' };
            let own = in_brackets(text, close)?;
            Some((own.numbers, own.form == Form::Told))
        };
        for text in
            ["[1: 2]", "[1, p. 2]", "[1, Table 2]", "[1(p2)]", "[see 1]", "[1, pp. 3, 5]", "[R1]"]
        {
            assert_eq!(found(text), Some((vec![1], false)), "{text}");
        }
        for text in
            ["[ref. 1]", "(ref 1)", "(see reference 1 below)", "(Source: 1)", "(see ref. 1, p. 4)"]
        {
            assert_eq!(found(text), Some((vec![1], true)), "{text}");
        }
        for text in ["[1 and 2]", "[1 & 2]", "[R1, R2]", "[1, p. 9; 2]", "[#1, #2]"] {
            assert_eq!(found(text), Some((vec![1, 2], false)), "{text}");
        }
        for text in ["[Ref 1; Ref 2]", "(refs 1, 2)", "(references 1 and 2)"] {
            assert_eq!(found(text), Some((vec![1, 2], true)), "{text}");
        }
        for text in [
            "[p. 2]",
            "[see 2019]",
            "(1 kg)",
            "(week 1)",
            "[in 3 sets]",
            "(n = 12)",
            "[Å1]",
            "[x 2]",
            "[ref]",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
