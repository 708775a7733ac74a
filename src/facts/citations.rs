//! Citations in running text: what is a mark, what it points at, and which list it reaches.
//!
//! [`find`] gives the [`Citations`] of a prose. Each notation has a file of its own, with what else looks like it:
//! `keys`, `authors` with a year, `bodies` with a title, `numbers`, `raised` ones, `links`, `tags` of HTML, numbers of
//! `registers`. What they lead to is found beforehand, in `lists` and `works`.

mod authors;
mod bodies;
mod keys;
mod links;
mod lists;
mod numbers;
mod pressed;
mod raised;
mod registers;
mod tags;
mod works;

pub use lists::{ReferenceList, is_list_heading};
pub(super) use registers::find as registered;

use super::CitationTarget;
use crate::source::Span;
use crate::syntax::{Block, BlockKind, MarkKind, Prose};
use authors::author_years;
use bodies::titled_in_brackets;
use keys::{is_identifier, key_marks, note_of_work};
use links::{is_offer, is_source};
use lists::{Lists, names_work};
use numbers::{Form, Numbers, plain_numbers};
use pressed::drop_keys;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use works::Works;

/// Every mark and reference list of one prose.
#[derive(Clone, Debug, Default)]
pub struct Citations {
    /// In order of their text; marks do not overlap.
    pub marks: Vec<CitationMark>,
    pub list: Option<ReferenceList>,
    /// Blocks that are references, not text.
    pub list_blocks: Range<usize>,
    /// Blocks that raised numbers lead to, in order.
    note_blocks: Vec<usize>,
}

/// One mark; `[1, 2]` is two marks with one range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CitationMark {
    /// In the prose's text; empty for footnote marks, which stand behind the word before them.
    pub text: Range<usize>,
    pub span: Span,
    pub target: CitationTarget,
    /// Looks like a citation, and nothing shows that it must be one: it is never reported as pointing
    /// nowhere. A number that no list reaches is no source either.
    pub weak: bool,
    /// It supports nothing: a footnote that explains and names no source, a number that leads nowhere.
    pub note: bool,
}

/// What is known of the file beside the prose.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beside<'a> {
    /// The file's text, where the prose's spans point into; empty when HTML is of no interest.
    pub source: &'a str,
    /// Ids in `sources` of the record: only these can be cited as bare `@id`.
    pub keys: &'a [&'a str],
    /// Length of the list that `[1]` counts in, where the prose has none of its own.
    pub listed: u32,
    /// Whether the file names a bibliography: `@id` is a citation then, whatever the id.
    pub has_bibliography: bool,
    /// What the record lists beside ids, as it is written: the authors first, then the rest with the year.
    pub listed_texts: &'a [String],
}

/// Marks and list of `prose`.
pub fn find(prose: &Prose, beside: Beside<'_>) -> Citations {
    let Lists { list, blocks: list_blocks, notes, in_html } = Lists::of(prose, beside.source);
    let mut key_lengths: Vec<_> = beside.keys.iter().map(|key| key.len()).collect();
    key_lengths.sort_unstable_by(|a, b| b.cmp(a));
    key_lengths.dedup();
    let mut works = Works::default();
    beside.keys.iter().for_each(|key| works.add_key(key));
    beside.listed_texts.iter().for_each(|text| works.add_text(text));
    let entries = list.iter().flat_map(|list| &list.entries);
    entries.for_each(|(_, _, text)| works.add_text(text));
    let mut finder = Finder {
        prose,
        beside,
        works,
        keys: beside.keys.iter().copied().collect(),
        key_lengths,
        listed: list.as_ref().map_or(beside.listed.max(in_html), ReferenceList::last_number),
        notes: notes.iter().map(|note| (note.number, note.names_work)).collect(),
        places: None,
        marks: Vec::new(),
    };
    let mut note_blocks: Vec<usize> = notes.iter().map(|note| note.block).collect();
    note_blocks.dedup();
    for (index, block) in prose.blocks.iter().enumerate() {
        let is_entry = list_blocks.contains(&index) || note_blocks.binary_search(&index).is_ok();
        match block.kind {
            BlockKind::Code | BlockKind::Html => {}
            _ if is_entry => {}
            BlockKind::Heading { .. } => finder.heading(&block.text),
            BlockKind::Paragraph | BlockKind::Item { .. } | BlockKind::TableCell { .. } => {
                finder.block(block);
            }
        }
    }
    finder.inline_marks(&list_blocks);
    if !beside.source.is_empty() {
        finder.html();
    }
    let listed = finder.listed;
    let mut marks = finder.marks;
    if listed == 0 {
        drop_keys(prose, &mut marks);
    }
    let is_number = |mark: &CitationMark| matches!(mark.target, CitationTarget::Number { .. });
    let notes = note_blocks.iter().map(|&block| &prose.blocks[block].text);
    let notes: Vec<_> = notes.collect();
    let in_note = |mark: &CitationMark| {
        let behind = notes.partition_point(|text| text.start <= mark.text.start);
        behind.checked_sub(1).is_some_and(|at| mark.text.end <= notes[at].end)
    };
    marks.retain(|mark| !is_number(mark) || !in_note(mark));
    marks.sort_by_key(|mark| (mark.text.start, mark.text.end));
    explanations(prose, &mut marks);
    if prose.is_cut {
        marks.iter_mut().for_each(|mark| mark.target.may_be_behind());
    }
    let lost = |mark: &CitationMark| matches!(mark.target, CitationTarget::Number { number, listed } if number > listed);
    marks.iter_mut().for_each(|mark| mark.note |= mark.weak && lost(mark));
    Citations { marks, list, list_blocks, note_blocks }
}

/// Tell footnotes that name a source from those that only explain.
fn explanations(prose: &Prose, marks: &mut [CitationMark]) {
    let footnotes = prose.blocks.iter().filter_map(|block| Some((block, block.footnote?)));
    let sourced = footnotes.filter(|(block, _)| names_a_source(prose, block, marks));
    let sourced: HashSet<&str> =
        sourced.map(|(_, index)| prose.definitions[index as usize].label.as_str()).collect();
    for mark in marks {
        if let CitationTarget::Footnote { label, defined: true } = &mark.target {
            mark.note = !sourced.contains(&**label);
        }
    }
}

/// Whether a block of a footnote holds a mark, an address, or a name with a year.
fn names_a_source(prose: &Prose, block: &Block, marks: &[CitationMark]) -> bool {
    let text = prose.block_text(block);
    let from = marks.partition_point(|mark| mark.text.start < block.text.start);
    let mut inside = marks[from..].iter().take_while(|mark| mark.text.start <= block.text.end);
    let marked = inside.any(|mark| {
        mark.text.end <= block.text.end && !matches!(mark.target, CitationTarget::Footnote { .. })
    });
    marked || names_work(text)
}

impl Citations {
    /// Whether a block is a reference, no text.
    pub fn is_reference(&self, block: usize) -> bool {
        self.list_blocks.contains(&block) || self.note_blocks.binary_search(&block).is_ok()
    }

    /// Marks that belong to the text at `range`, a sentence with the marks behind it.
    pub fn marks_in(&self, range: &Range<usize>) -> &[CitationMark] {
        marks_in(&self.marks, range)
    }
}

/// Marks that belong to the text at `range`, a sentence with the marks behind it.
pub fn marks_in<'m>(marks: &'m [CitationMark], range: &Range<usize>) -> &'m [CitationMark] {
    let first = marks.partition_point(|mark| mark.text.start < range.start);
    let len = marks[first..]
        .partition_point(|mark| mark.text.start <= range.end && mark.text.end <= range.end);
    // An empty mark at the very start stands behind the sentence before.
    let own = &marks[first..first + len];
    let skip = own
        .iter()
        .take_while(|mark| mark.text.is_empty() && mark.text.start == range.start)
        .count();
    &own[skip..]
}

/// Goes over a prose and collects its marks, each notation by methods in the notation's file.
struct Finder<'a> {
    prose: &'a Prose,
    beside: Beside<'a>,
    /// What can be named by its authors.
    works: Works<'a>,
    keys: HashSet<&'a str>,
    /// How long keys are, the longest first.
    key_lengths: Vec<usize>,
    /// The last number of the reference list; 0 without one.
    listed: u32,
    /// The numbers of notes, and whether these name a work.
    notes: HashMap<u32, bool>,
    /// Ids and headings, once they are asked for: without signs, in lower case.
    places: Option<HashSet<String>>,
    marks: Vec<CitationMark>,
}

impl Finder<'_> {
    fn push(&mut self, text: Range<usize>, target: CitationTarget, weak: bool) {
        let span = self.prose.span(text.clone());
        self.marks.push(CitationMark { text, span, target, weak, note: false });
    }

    /// Brackets and parentheses of one block's text, and what it names without them.
    fn block(&mut self, block: &Block) {
        let is_footnote = block.footnote.is_some();
        let block = block.text.clone();
        let text = &self.prose.text[block.clone()];
        let bytes = text.as_bytes();
        let first = self.marks.len();
        for found in memchr::memchr2_iter(b'[', b'(', bytes) {
            if self.in_code(block.start + found) {
                continue;
            }
            match bytes[found] {
                b'[' => self.square(block.start + found, &text[found..]),
                _ => self.round(text, found, block.start),
            }
        }
        self.narrative(&block);
        self.bare_narrative(&block, first);
        self.bare_series(&block);
        self.identifiers(&block);
        self.bare_keys(&block, first);
        self.latex_keys(&block);
        if !text.is_ascii() {
            self.raised_digits(&block);
        }
        self.source_line(&block);
        self.wiki_references(&block);
        self.authors(&block, is_footnote, first);
        if is_footnote && !self.keys.is_empty() {
            self.plain_keys(&block, first);
        }
    }

    /// What stands in square brackets at the start of `rest`.
    fn square(&mut self, at: usize, rest: &str) {
        let whole = |len: usize| at..at + len;
        if let Some((len, keys)) = key_marks(rest) {
            for key in keys {
                let target = match is_identifier(&key) && !self.keys.contains(&*key) {
                    true => CitationTarget::Link(key.into()),
                    false => CitationTarget::Key(key.into()),
                };
                self.push(whole(len), target, false);
            }
        } else if let Some(Numbers { len, numbers, form }) = numbers::in_brackets(rest, b']') {
            match self.link_at(&whole(len)) {
                Some(target) => self.linked(whole(len), &numbers, &target),
                None if form == Form::Bare => self.numbers(whole(len), &numbers, false),
                None => self.numbers_reached(whole(len), &numbers),
            }
        } else if let Some((len, key)) = note_of_work(rest) {
            self.push(whole(len), CitationTarget::BareKey(key.into()), true);
        } else if let Some(key) = self.plain_key(rest) {
            self.push(whole(key.len() + 2), CitationTarget::Key(key.into()), false);
        } else if let Some((len, works)) = author_years(rest, ']')
            && self.link_at(&whole(len)).is_none()
        {
            for (names, year) in works {
                self.author_year(whole(len), names, year);
            }
        }
    }

    /// What stands in round brackets at the byte `found` of the block's text.
    fn round(&mut self, text: &str, found: usize, block: usize) {
        let rest = &text[found..];
        let whole = |len: usize| block + found..block + found + len;
        if let Some(Numbers { len, numbers, form }) = numbers::in_brackets(rest, b')') {
            match form {
                Form::Bare => self.parenthesis(text, found, whole(len), &numbers),
                Form::Told => self.numbers_reached(whole(len), &numbers),
                Form::Located if numbers.iter().all(|number| *number <= self.listed) => {
                    self.parenthesis(text, found, whole(len), &numbers);
                }
                Form::Located => {}
            }
        } else if let Some((len, works)) = author_years(rest, ')') {
            for (names, year) in works {
                self.author_year(whole(len), names, year);
            }
        } else if let Some((len, target)) = titled_in_brackets(rest) {
            self.push(whole(len), target, true);
        } else if let (Some(len), Some(last)) = (same_as_before(rest), self.marks.last()) {
            let target = last.target.clone();
            self.push(whole(len), target, true);
        }
    }

    /// Where the marks from `first` on stand, in order.
    fn marked_from(&self, first: usize) -> Vec<Range<usize>> {
        let mut marked: Vec<_> = self.marks[first..].iter().map(|own| own.text.clone()).collect();
        marked.sort_unstable_by_key(|range| range.start);
        marked
    }

    fn in_code(&self, at: usize) -> bool {
        let index = self.prose.marks.partition_point(|mark| mark.text.start <= at);
        self.prose.marks[..index]
            .iter()
            .rev()
            .take(4)
            .any(|mark| mark.kind == MarkKind::Code && at < mark.text.end)
    }

    /// Footnote marks, superscripts and links outside the reference list.
    fn inline_marks(&mut self, list_blocks: &Range<usize>) {
        let prose = self.prose;
        let skipped = match prose.blocks.get(list_blocks.clone()) {
            Some([first, .., last]) => first.text.start..last.text.end,
            Some([only]) => only.text.clone(),
            _ => 0..0,
        };
        let in_list = |range: &Range<usize>| {
            !skipped.is_empty() && skipped.start <= range.start && range.end <= skipped.end
        };
        for mark in prose.marks.iter().filter(|mark| !in_list(&mark.text)) {
            let target = match &mark.kind {
                MarkKind::Footnote { label } => {
                    // Brackets that readers see are those of a label that nothing defines.
                    let defined = mark.text.is_empty();
                    CitationTarget::Footnote { label: label.as_str().into(), defined }
                }
                MarkKind::Superscript => {
                    let digits = prose.text[mark.text.clone()].trim();
                    if let Some(numbers) = plain_numbers(digits.trim_matches(['[', ']'])) {
                        match self.link_at(&mark.text) {
                            Some(target) => self.linked(mark.text.clone(), &numbers, &target),
                            None => self.raised_numbers(mark.text.clone(), &numbers),
                        }
                    }
                    continue;
                }
                MarkKind::Link { target, .. } if is_source(target) || leads_to_list(target) => {
                    let words = prose.text[mark.text.clone()].trim();
                    if let Some(numbers) = self.listed_numbers(words) {
                        self.numbers(mark.text.clone(), &numbers, false);
                        continue;
                    }
                    if target.starts_with('#') || is_offer(words) {
                        continue;
                    }
                    CitationTarget::Link(target.as_str().into())
                }
                _ => continue,
            };
            self.marks.push(CitationMark {
                text: mark.text.clone(),
                span: mark.span,
                target,
                weak: false,
                note: false,
            });
        }
    }
}

/// "#references", "#cite-2": a place of the page with a reference; others have figures and tables.
fn leads_to_list(target: &str) -> bool {
    let starts =
        |own: &str| target.get(..own.len()).is_some_and(|start| start.eq_ignore_ascii_case(own));
    ["#ref", "#bib", "#cit", "#sources"].into_iter().any(starts)
}

/// The length of "(ibid.)", "(ibid., p. 12)", "(same study)" at the start of a text.
fn same_as_before(text: &str) -> Option<usize> {
    /// A page may be told with it.
    const LONGEST: usize = 30;
    const WORDS: &[&str] =
        &["ibid", "same study", "same review", "same trial", "same survey", "same report"];
    let start = text.as_bytes().get(1..)?;
    let opens = |own: &&str| {
        start.get(..own.len()).is_some_and(|start| start.eq_ignore_ascii_case(own.as_bytes()))
    };
    let behind = &start[WORDS.iter().find(|own| opens(own))?.len()..];
    let is_whole = !behind.first()?.is_ascii_alphanumeric();
    let close = behind.iter().take(LONGEST).position(|byte| *byte == b')')?;
    is_whole.then_some(text.len() - behind.len() + close + 1)
}

/// Whether one of the ranges, which are sorted and apart, has the place in it.
fn is_within(ranges: &[Range<usize>], at: usize) -> bool {
    let behind = ranges.partition_point(|range| range.start <= at);
    behind.checked_sub(1).is_some_and(|last| at < ranges[last].end)
}

#[cfg(test)]
mod tests;
