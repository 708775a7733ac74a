//! Works that a text may name by their authors: "Hayden's 2021 review" where a list or a field has that work.

use super::CitationTarget;
use super::authors::{begins_name, is_particle, is_year, surname};
use crate::facts::studies::folded;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// The first authors of what a record lists, folded, each with the years and the names of its works.
#[derive(Debug, Default)]
pub(super) struct Works<'a>(HashMap<String, BTreeMap<&'a str, Option<&'a str>>>);

impl<'a> Works<'a> {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// An id such as `hayden-2021`, `van-tulder-2006a`.
    pub(super) fn add_key(&mut self, key: &'a str) {
        let Some(year) = year_in(key) else { return };
        let name = key[..year.start].trim_end_matches(['-', '_', ':']);
        let words = name.split(['-', '_']).filter(|word| !word.is_empty());
        let mut words = words.skip_while(|word| is_particle(word));
        let Some(first) = words.next().filter(|word| word.chars().all(char::is_alphabetic)) else {
            return;
        };
        self.add(first, &key[year], Some(key));
    }

    /// A reference as it is written: "Hayden JA, Ellis J. Exercise therapy. 2021."
    pub(super) fn add_text(&mut self, text: &'a str) {
        /// Names stand at the start.
        const MAX_LEN: usize = 60;
        let text = text.trim_start_matches(|c: char| {
            c.is_ascii_digit() || matches!(c, '[' | ']' | '.' | ')' | ' ' | '*' | '_')
        });
        let start = &text[..text.floor_char_boundary(text.len().min(MAX_LEN))];
        let Some(name) = surname(start).map(|own| own.trim_end_matches(['.', ':', ';'])) else {
            return;
        };
        let behind = name.as_ptr() as usize - text.as_ptr() as usize + name.len();
        if !is_author(name, &text[behind..]) {
            return;
        }
        let mut from = 0;
        while let Some(year) = year_in(&text[from..]) {
            self.add(name, &text[from + year.start..from + year.end], None);
            from += year.end;
        }
    }

    pub(super) fn add(&mut self, name: &str, year: &'a str, key: Option<&'a str>) {
        const MIN_LETTERS: usize = 2;
        if name.chars().count() >= MIN_LETTERS {
            self.0.entry(folded(name)).or_default().entry(year).or_insert(key);
        }
    }

    /// What to cite for a name and a year; any year where none is written.
    pub(super) fn target(&self, name: &str, year: Option<&str>) -> Option<CitationTarget> {
        let works = self.0.get(&folded(name))?;
        let (year, key) = match year {
            Some(year) => works.get_key_value(year)?,
            None => works.first_key_value()?,
        };
        Some(match key {
            Some(key) => CitationTarget::Key((*key).into()),
            None => {
                let surname = name.to_lowercase().replace('\u{2019}', "'").into();
                CitationTarget::AuthorYear { surname, year: (*year).into() }
            }
        })
    }

    /// Names in a text that stand near a year of their work, or anywhere where `alone`.
    pub(super) fn named(&self, text: &str, alone: bool) -> Vec<(Range<usize>, CitationTarget)> {
        /// "Hayden and her many colleagues published a review in 2021".
        const BEFORE: usize = 80;
        /// "In 2021 the team of Hayden".
        const AFTER: usize = 40;
        let mut out: Vec<(Range<usize>, CitationTarget)> = Vec::new();
        if self.is_empty() {
            return out;
        }
        if alone {
            out.extend(self.in_window(text, 0..text.len(), None).into_iter().take(1));
            return out;
        }
        let mut from = 0;
        while let Some(year) = year_in(&text[from..]) {
            let year = from + year.start..from + year.end;
            let start = text.floor_char_boundary(year.start.saturating_sub(BEFORE));
            let end = text.floor_char_boundary((year.end + AFTER).min(text.len()));
            let sentence = start + text[start..year.start].rfind(". ").map_or(0, |at| at + 2);
            let stop = text[year.end..end].find(". ").map_or(end, |at| year.end + at);
            let window = sentence..stop;
            for (range, target) in self.in_window(text, window, Some(&text[year.clone()])) {
                if out.last().is_none_or(|(last, _)| last.end <= range.start) {
                    out.push((range, target));
                }
            }
            from = year.end;
        }
        out
    }

    fn in_window(
        &self,
        text: &str,
        window: Range<usize>,
        year: Option<&str>,
    ) -> Vec<(Range<usize>, CitationTarget)> {
        let inside = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '\u{2019}' | '-');
        let mut out = Vec::new();
        for word in text[window].split(|c| !inside(c)) {
            let name = word.trim_end_matches("'s").trim_end_matches("\u{2019}s");
            let name = name.trim_matches(['\'', '\u{2019}', '-']);
            if !begins_name(name) {
                continue;
            }
            if let Some(target) = self.target(name, year) {
                let start = name.as_ptr() as usize - text.as_ptr() as usize;
                if !opens_otherwise(text, start, start + name.len()) {
                    out.push((start..start + name.len(), target));
                }
            }
        }
        out
    }
}

/// "Back in 2019": the first word of a sentence is a name where what follows shows it.
fn opens_otherwise(text: &str, start: usize, end: usize) -> bool {
    const BEHIND_NAMES: &[&str] =
        &[" and ", " et al", " & ", " (", ", ", "'s", "\u{2019}s", "'", ":"];
    let before = text[..start].trim_end();
    let opens = before.is_empty() || before.ends_with(['.', '!', '?', '\n']);
    let behind = &text[end..];
    let is_dated = behind.get(1..5).is_some_and(is_year);
    opens && !is_dated && !BEHIND_NAMES.iter().any(|own| behind.starts_with(own))
}

/// Where the first year stands.
fn year_in(text: &str) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b'1', b'2', bytes)
        .find(|&at| {
            text.get(at..at + 4).is_some_and(is_year)
                && !at.checked_sub(1).is_some_and(|before| bytes[before].is_ascii_digit())
                && !bytes.get(at + 4).is_some_and(u8::is_ascii_digit)
        })
        .map(|at| at..at + 4)
}

/// Whether what follows a word shows it to be the author of a reference: initials, a comma, a year, other authors.
fn is_author(name: &str, behind: &str) -> bool {
    if !begins_name(name) {
        return false;
    }
    let rest = behind.trim_start();
    let word = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    let is_initials =
        (1..=3).contains(&word.chars().count()) && word.chars().all(char::is_uppercase);
    let is_joined = ["et al", "and ", "& "].iter().any(|own| rest.starts_with(own));
    let is_dated = rest.trim_start_matches('(').get(..4).is_some_and(is_year);
    is_initials || is_joined || is_dated || behind.starts_with([',', '.', ':'])
}
