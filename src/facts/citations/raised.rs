//! Raised numbers: "pain.\u{b9}", `pain.<sup>1</sup>`, and those that lost their height, "pain.1".

use super::numbers::plain_numbers;
use super::{CitationTarget, Finder};
use crate::syntax::{Block, BlockKind, Mark, MarkKind};
use std::ops::Range;

impl Finder<'_> {
    /// Raised numbers. Where nothing has them, they are citations all the same right behind a sentence or a
    /// part of one; elsewhere they may be powers.
    pub(super) fn raised_numbers(&mut self, text: Range<usize>, numbers: &[u32]) {
        let noted = |number: &u32| self.notes.contains_key(number);
        if numbers.iter().all(|number| *number <= self.listed) {
            self.numbers(text, numbers, false);
        } else if numbers.iter().all(|number| *number <= self.listed || noted(number)) {
            let last = self.notes.keys().max().copied().unwrap_or(0);
            let listed = self.listed.max(last);
            for &number in numbers {
                let note = self.notes.get(&number).is_some_and(|names_work| !names_work);
                self.push(text.clone(), CitationTarget::Number { number, listed }, false);
                self.marks.last_mut().expect("one was pushed").note = note;
            }
        } else {
            let is_cell = |block: &Block| matches!(block.kind, BlockKind::TableCell { .. });
            let block = self.prose.blocks.partition_point(|own| own.text.start <= text.start);
            let block = block.checked_sub(1).map(|at| &self.prose.blocks[at]);
            let is_sure = block.is_some_and(|block| {
                !is_cell(block) && ends_a_part(&self.prose.text[block.text.start..text.start])
            });
            self.numbers(text, numbers, !is_sure);
        }
    }

    /// Raised digits as characters, "pain.\u{b9}\u{b2}": a citation where a list reaches them; "m\u{b2}" is none.
    pub(super) fn raised_digits(&mut self, block: &Range<usize>) {
        let text = &self.prose.text[block.clone()];
        if text.is_ascii() {
            return;
        }
        let mut from = 0;
        while let Some(found) = text[from..].find(|c| raised(c).is_some()) {
            let start = from + found;
            let rest = &text[start..];
            let len = rest
                .find(|c: char| raised(c).is_none() && !matches!(c, ',' | '\u{207b}' | '\u{2d2}'))
                .unwrap_or(rest.len());
            let run = rest[..len].trim_end_matches(',');
            from = start + len.max(1);
            let digits: String = run
                .chars()
                .map(|c| match (c, raised(c)) {
                    (_, Some(digit)) => digit,
                    ('\u{207b}', None) => '-',
                    (_, None) => ',',
                })
                .collect();
            let word = text[..start].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
            let unit = !word.is_empty() && word.chars().count() < 3
                || word.ends_with(|c: char| c.is_ascii_digit());
            let Some(mut numbers) = plain_numbers(&digits).filter(|_| !unit) else {
                continue;
            };
            // Raised digits often stand without commas.
            let is_there = |number: &u32| {
                (1..=self.listed).contains(number) || self.notes.contains_key(number)
            };
            let apart: Vec<u32> = digits.chars().filter_map(|c| c.to_digit(10)).collect();
            if numbers.len() == 1 && !is_there(&numbers[0]) && apart.iter().all(is_there) {
                numbers = apart;
            }
            let at = block.start + start;
            self.raised_numbers(at..at + run.len(), &numbers);
        }
    }

    /// "It eases pain. 1, 2 Many people": a pasted list of numbers behind a sentence. One number alone, as in
    /// "It eases pain.1", is a raised one that lost its height, where the list of references has it.
    pub(super) fn bare_series(&mut self, block: &Range<usize>) {
        let text = &self.prose.text[block.clone()];
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(found) = memchr::memchr3(b'.', b'!', b'"', &bytes[at..]) {
            let sign = at + found;
            // A quotation closes behind its last sign: "a help.\u{201d} 1, 2".
            let is_closed = text[sign + 1..].starts_with('\u{201d}');
            let end = sign + 1 + if is_closed { '\u{201d}'.len_utf8() } else { 0 };
            at = end;
            let rest = &text[end..];
            let digits = rest.trim_start_matches(' ');
            let start = end + (rest.len() - digits.len());
            let len = digits.len()
                - digits
                    .trim_start_matches(|c: char| {
                        c.is_ascii_digit() || matches!(c, ',' | ' ' | '-' | '\u{2013}')
                    })
                    .len();
            let series = digits[..len].trim_end_matches([' ', ',', '-']);
            let follows = digits[series.len()..].trim_start_matches(' ');
            let ends = follows.is_empty() || follows.starts_with(|c: char| c.is_uppercase());
            let Some(numbers) = plain_numbers(series) else {
                continue;
            };
            let ascending = numbers.windows(2).all(|pair| pair[0] < pair[1]);
            // A decimal, or the number of an item.
            let behind_digit = sign > 0 && bytes[sign - 1].is_ascii_digit();
            let range = block.start + start..block.start + start + series.len();
            // What is written as raised is read as such.
            let read_html = !self.beside.source.is_empty();
            let is_raised = |mark: &Mark| match mark.kind {
                MarkKind::Superscript => true,
                MarkKind::Html => read_html,
                _ => false,
            };
            if self.prose.marks_in(range.clone()).any(is_raised) {
                continue;
            }
            let is_listed = numbers.iter().all(|number| (1..=self.listed).contains(number));
            let is_glued = rest.starts_with(|c: char| c.is_ascii_digit())
                && text[..sign].ends_with(|c: char| c.is_alphabetic() || c == ')')
                && is_listed
                && self.prose.marks_in(range.clone()).next().is_none();
            if (numbers.len() > 1 || is_glued)
                && ascending
                && ends
                && !behind_digit
                && numbers.iter().all(|n| *n < 100)
            {
                self.numbers(range, &numbers, false);
            }
        }
    }
}

/// The digit that a raised one stands for.
pub(super) fn raised(c: char) -> Option<char> {
    Some(match c {
        '\u{b9}' => '1',
        '\u{b2}' => '2',
        '\u{b3}' => '3',
        '\u{2070}' => '0',
        '\u{2074}'..='\u{2079}' => char::from_digit(c as u32 - 0x2070, 10)?,
        _ => return None,
    })
}

/// Whether a sentence, or a part of one, ends with `text`; an abbreviated unit is no end.
fn ends_a_part(text: &str) -> bool {
    const MIN_LETTERS: usize = 3;
    let closing = ['"', '\u{201d}', '\u{2019}', ')', ']'];
    let bare = text.trim_end_matches(closing);
    let Some(words) = bare.strip_suffix(['.', ',', ';', ':', '!', '?']) else { return false };
    let words = words.trim_end_matches(closing);
    let letters = words.chars().rev().take_while(|c| c.is_alphabetic()).count();
    words.ends_with('%') || letters >= MIN_LETTERS
}
