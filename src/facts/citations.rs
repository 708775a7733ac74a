//! Citations in running text: what is a mark, what it points at, and which list it reaches.

mod lists;
mod numbers;
mod registers;
mod works;

pub use lists::{ReferenceList, is_list_heading};
pub(super) use registers::find as registered;

use super::CitationTarget;
use crate::source::Span;
use crate::syntax::{Block, BlockKind, Mark, MarkKind, Prose};
use lists::{Lists, names_work};
use numbers::{Form, Numbers, plain_numbers};
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

/// Drops the numbers that are keys to press: without a list, "press [1]" cites nothing.
fn drop_keys(prose: &Prose, marks: &mut Vec<CitationMark>) {
    let number = |mark: &CitationMark| match mark.target {
        CitationTarget::Number { number, .. } => Some(number),
        _ => None,
    };
    let block = |mark: &CitationMark| {
        prose.blocks.partition_point(|block| block.text.start <= mark.text.start)
    };
    let blocks: HashSet<usize> =
        marks.iter().filter(|mark| is_pressed(&prose.text, mark)).map(block).collect();
    if blocks.is_empty() {
        return;
    }
    let beside = marks.iter().filter(|mark| blocks.contains(&block(mark)));
    let pressed: HashSet<u32> = beside.filter_map(number).collect();
    marks.retain(|mark| !number(mark).is_some_and(|own| pressed.contains(&own)));
}

/// "Press [1]", "press [1] or [2]", "[1] in the menu".
fn is_pressed(text: &str, mark: &CitationMark) -> bool {
    const VERBS: &[&str] = &[
        "press", "pressing", "hit", "tap", "click", "select", "choose", "enter", "dial", "push",
        "hold",
    ];
    const BETWEEN: &[&str] =
        &["the", "a", "on", "or", "and", "then", "key", "keys", "button", "option", "number"];
    const PLACES: &[&str] = &[
        "in the menu",
        "on the menu",
        "from the menu",
        "on the keypad",
        "on your keypad",
        "on the keyboard",
    ];
    /// More words than these stand between a verb and the last of its keys in no sentence.
    const MOST: usize = 10;
    /// More than any of the places has, with another key before it.
    const WINDOW: usize = 30;
    if !text[mark.text.clone()].starts_with('[') {
        return false;
    }
    let before = text[..mark.text.start].split([' ', '\n']).rev().take(MOST);
    let is_key = |word: &str| {
        let inside =
            word.trim_end_matches(',').strip_prefix('[').and_then(|own| own.strip_suffix(']'));
        inside.is_some_and(|own| own.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let mut words = before.skip_while(|word| {
        word.is_empty() || is_key(word) || BETWEEN.iter().any(|own| word.eq_ignore_ascii_case(own))
    });
    if words.next().is_some_and(|word| VERBS.iter().any(|own| word.eq_ignore_ascii_case(own))) {
        return true;
    }
    let behind = &text[mark.text.end..];
    let behind = &behind[..behind.floor_char_boundary(WINDOW)];
    let behind = behind
        .trim_start_matches(|c: char| matches!(c, ' ' | '[' | ']' | ',') || c.is_ascii_digit());
    let behind = behind.trim_start_matches("or ").trim_start_matches("and ");
    let behind =
        behind.trim_start_matches(|c: char| matches!(c, ' ' | '[' | ']') || c.is_ascii_digit());
    PLACES.iter().any(|place| behind.starts_with(place))
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

impl<'a> Finder<'a> {
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
        self.bare_series(&block);
        self.identifiers(&block);
        self.bare_keys(&block, first);
        if !text.is_ascii() {
            self.raised_digits(&block);
        }
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
                self.push(whole(len), CitationTarget::Key(key.into()), false);
            }
        } else if let Some(Numbers { len, numbers, form }) = numbers::in_brackets(rest, b']') {
            match self.link_at(&whole(len)) {
                Some(target) => self.linked(whole(len), &numbers, &target),
                None if form == Form::Bare => self.numbers(whole(len), &numbers, false),
                None => self.numbers_reached(whole(len), &numbers),
            }
        } else if let Some(key) = self.plain_key(rest) {
            self.push(whole(key.len() + 2), CitationTarget::Key(key.into()), false);
        } else if let Some((len, works)) = author_years(rest, ']')
            && self.link_at(&whole(len)).is_none()
        {
            // Dates stand in square brackets too, "[Accessed 2020]".
            for (surname, year) in works {
                if let Some(target) = self.works.target(surname, Some(year)) {
                    self.push(whole(len), target, true);
                }
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
            for (surname, year) in works {
                self.author_year(whole(len), surname, year);
            }
        }
    }

    /// `[hayden-2021]`, the id of something that the record lists.
    fn plain_key(&self, rest: &str) -> Option<&'a str> {
        let known = |len: &usize| {
            let key = rest.get(1..1 + len)?;
            self.keys.get(key).copied().filter(|_| rest[1 + len..].starts_with(']'))
        };
        self.key_lengths.iter().find_map(known)
    }

    /// Where the marks from `first` on stand, in order.
    fn marked_from(&self, first: usize) -> Vec<Range<usize>> {
        let mut marked: Vec<_> = self.marks[first..].iter().map(|own| own.text.clone()).collect();
        marked.sort_unstable_by_key(|range| range.start);
        marked
    }

    /// Works that are named by their authors, outside of the marks from `first` on.
    fn authors(&mut self, block: &Range<usize>, is_footnote: bool, first: usize) {
        if self.works.is_empty() {
            return;
        }
        let marked = self.marked_from(first);
        let found = self.works.named(&self.prose.text[block.clone()], is_footnote);
        for (range, target) in found {
            let range = block.start + range.start..block.start + range.end;
            if !is_within(&marked, range.start) && !self.in_code(range.start) {
                self.push(range, target, true);
            }
        }
    }

    /// "What Smith found [1]": the numbers in a heading that the list has.
    fn heading(&mut self, block: &Range<usize>) {
        let text = &self.prose.text[block.clone()];
        for found in memchr::memchr_iter(b'[', text.as_bytes()) {
            if let Some(Numbers { len, numbers, .. }) = numbers::in_brackets(&text[found..], b']')
                && numbers.iter().all(|number| *number <= self.listed)
            {
                self.numbers(block.start + found..block.start + found + len, &numbers, true);
            }
        }
    }

    /// Numbers that may be of something else where no list reaches them.
    fn numbers_reached(&mut self, text: Range<usize>, numbers: &[u32]) {
        let is_reached = numbers.iter().all(|number| *number <= self.listed);
        self.numbers(text, numbers, !is_reached);
    }

    fn in_code(&self, at: usize) -> bool {
        let index = self.prose.marks.partition_point(|mark| mark.text.start <= at);
        self.prose.marks[..index]
            .iter()
            .rev()
            .take(4)
            .any(|mark| mark.kind == MarkKind::Code && at < mark.text.end)
    }

    /// The ids that the record lists, as words of a footnote: "See smith-2020."
    fn plain_keys(&mut self, block: &Range<usize>, first: usize) {
        let text = &self.prose.text[block.clone()];
        let marked = self.marked_from(first);
        let signs = |c: char| !c.is_alphanumeric();
        for word in text.split_whitespace() {
            let key = word.trim_matches(signs);
            let start = block.start + (key.as_ptr() as usize - text.as_ptr() as usize);
            // With an `@` it is a mark already.
            let is_marked = word.contains('@') || is_within(&marked, start);
            if self.keys.contains(key) && !is_marked {
                self.push(start..start + key.len(), CitationTarget::Key(key.into()), false);
            }
        }
    }

    /// `@smith-2020` without brackets: ids that the record lists, and what looks like one of others. The
    /// marks from `first` on are those of the block.
    fn bare_keys(&mut self, block: &Range<usize>, first: usize) {
        let text = &self.prose.text[block.clone()];
        if memchr::memchr(b'@', text.as_bytes()).is_none() {
            return;
        }
        let marked = self.marked_from(first);
        for found in memchr::memchr_iter(b'@', text.as_bytes()) {
            let free = !text[..found].ends_with(|c: char| {
                c.is_alphanumeric() || matches!(c, '[' | '-' | ';' | '.' | '_')
            });
            let rest = &text[found + 1..];
            if !free {
                continue;
            }
            let listed = |len: &usize| rest.get(..*len).filter(|key| self.keys.contains(key));
            let Some(key) = self.key_lengths.iter().find_map(listed) else {
                self.unlisted_key(block.start + found, rest, &marked);
                continue;
            };
            let after = &rest[key.len()..];
            let goes_on = after
                .starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '@'))
                || (after.starts_with(['-', '.', '/'])
                    && after[1..].starts_with(char::is_alphanumeric));
            let start = block.start + found;
            if !goes_on && !is_within(&marked, start) {
                let range = start..start + 1 + key.len();
                self.push(range, CitationTarget::Key(key.into()), false);
            }
        }
    }

    /// `@hayden2021 found`: a key of a bibliography, where it can hardly be the name of an account.
    fn unlisted_key(&mut self, at: usize, behind: &str, marked: &[Range<usize>]) {
        let key = &behind[..key_len(behind)];
        let is_key = match self.beside.has_bibliography {
            true => !key.is_empty() && !is_cross_reference(key),
            false => names_author_and_year(key),
        };
        let range = at..at + 1 + key.len();
        let alone = !behind[key.len()..].starts_with('@');
        if is_key && alone && !is_within(marked, at) && !self.in_code(at) {
            let is_link = self.link_at(&range).is_some();
            if !is_link {
                self.push(range, CitationTarget::BareKey(key.into()), true);
            }
        }
    }

    /// The target of the link that the text at `range` is part of, or has in it.
    fn link_at(&self, range: &Range<usize>) -> Option<String> {
        let behind = self.prose.marks.partition_point(|mark| mark.text.start < range.end);
        let near = self.prose.marks[..behind].iter().rev().take(8);
        near.filter(|mark| !mark.text.is_empty() && range.start < mark.text.end).find_map(|mark| {
            match &mark.kind {
                MarkKind::Link { target, .. } => Some(target.clone()),
                _ => None,
            }
        })
    }

    /// Numbers with a link: `[[1]](#r1)`, `<sup><a href="#r1">1</a></sup>`. A link that leads out of the
    /// file is a mark of its own.
    fn linked(&mut self, text: Range<usize>, numbers: &[u32], target: &str) {
        if numbers.iter().all(|number| *number <= self.listed) {
            return self.numbers(text, numbers, false);
        }
        let Some(name) = target.strip_prefix('#') else { return };
        if self.has_place(name) {
            self.push(text, CitationTarget::Link(target.into()), false);
        } else {
            self.raised_numbers(text, numbers);
        }
    }

    /// Whether the file has a place of this name: an `id`, or a heading.
    fn has_place(&mut self, name: &str) -> bool {
        let plain = |text: &str| -> String {
            text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        };
        let (prose, source) = (self.prose, self.beside.source);
        let places = self.places.get_or_insert_with(|| {
            let is_heading = |own: &&Block| matches!(own.kind, BlockKind::Heading { .. });
            let headings = prose.blocks.iter().filter(is_heading);
            let headings = headings.map(|own| plain(prose.block_text(own)));
            let ids = ["id=", "name=", "{#"].iter().flat_map(|open| {
                source.match_indices(open).map(|(at, _)| {
                    let rest = source[at + open.len()..].trim_start_matches(['"', '\'']);
                    let end = rest.find(['"', '\'', ' ', '>', '}', '\n']).unwrap_or(rest.len());
                    plain(&rest[..end])
                })
            });
            headings.chain(ids).collect()
        });
        places.contains(&plain(name)) && !name.is_empty()
    }

    /// Raised numbers. Where nothing has them, they are citations all the same right behind a sentence or a
    /// part of one; elsewhere they may be powers.
    fn raised_numbers(&mut self, text: Range<usize>, numbers: &[u32]) {
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
    fn raised_digits(&mut self, block: &Range<usize>) {
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

    /// `<ref>Smith 2020</ref>` and `{{sfn|Smith|2020}}` in a text that was pasted from a wiki.
    fn wiki_references(&mut self, block: &Range<usize>) {
        let text = &self.prose.text[block.clone()];
        let bytes = text.as_bytes();
        for found in memchr::memmem::find_iter(bytes, b"<ref") {
            let Some(close) = text[found..].find('>') else {
                continue;
            };
            let tag = &text[found..found + close + 1];
            let end = match tag.ends_with("/>") {
                true => Some(found + tag.len()),
                false => text[found..].find("</ref>").map(|at| found + at + "</ref>".len()),
            };
            let Some(end) = end else { continue };
            let inner = text[found..end].to_owned();
            self.push(
                block.start + found..block.start + end,
                CitationTarget::Link(inner.into()),
                true,
            );
        }
        for found in memchr::memmem::find_iter(bytes, b"{{sfn") {
            let Some(close) = text[found..].find("}}") else {
                continue;
            };
            let inner = text[found..found + close + 2].to_owned();
            let end = found + inner.len();
            self.push(
                block.start + found..block.start + end,
                CitationTarget::Link(inner.into()),
                true,
            );
        }
    }

    /// `<sup>1</sup>`, `<sup><a href="#ref1">1</a></sup>`, `<a href="https://...">`, `<ref>...</ref>`: the tags
    /// have no text, so what they are stands in the source.
    fn html(&mut self) {
        let prose = self.prose;
        let tag = |index: usize| -> Option<String> {
            let mark = prose.marks.get(index)?;
            if mark.kind != MarkKind::Html {
                return None;
            }
            let source = self.beside.source.get(mark.span.range())?;
            Some(source.to_ascii_lowercase())
        };
        let mut found = Vec::new();
        for index in 0..prose.marks.len() {
            let Some(open) = tag(index) else { continue };
            let name = ["sup", "ref", "a"].into_iter().find(|name| {
                open.strip_prefix('<')
                    .and_then(|rest| rest.strip_prefix(name))
                    .is_some_and(|rest| rest.starts_with([' ', '>', '/', '\n']))
            });
            let Some(name) = name else { continue };
            let start = prose.marks[index].text.start;
            if name == "ref" && open.ends_with("/>") {
                found.push((start..start, open, name, String::new(), None));
                continue;
            }
            let close = format!("</{name}");
            let end = (index + 1..(index + 12).min(prose.marks.len()))
                .find(|other| tag(*other).is_some_and(|tag| tag.starts_with(&close)));
            if let Some(end) = end {
                let range = start..prose.marks[end].text.start.max(start);
                let inner = prose.text[range.clone()].to_owned();
                let between = &prose.marks[index + 1..end];
                let link = between.iter().find_map(|mark| href(self.beside.source, mark.span));
                found.push((range, open, name, inner, link));
            }
        }
        for (range, open, name, inner, link) in found {
            match name {
                "sup" => {
                    let digits = inner.trim().trim_matches(['[', ']', '(', ')']);
                    if let Some(numbers) = plain_numbers(digits) {
                        match link.or_else(|| self.link_at(&range)) {
                            Some(target) => self.linked(range, &numbers, &target),
                            None => self.raised_numbers(range, &numbers),
                        }
                    }
                }
                "a" => {
                    let target = open.split(['"', '\'']).find(|part| is_source(part));
                    if let Some(target) = target {
                        self.link(range, inner.trim(), target);
                    }
                }
                _ => {
                    let target = if inner.trim().is_empty() { open } else { inner };
                    self.push(range, CitationTarget::Link(target.trim().into()), true);
                }
            }
        }
    }

    /// A link that leads out of the file, or a number of the list as one.
    fn link(&mut self, text: Range<usize>, words: &str, target: &str) {
        match self.listed_numbers(words) {
            Some(numbers) => self.numbers(text, &numbers, false),
            None => self.push(text, CitationTarget::Link(target.into()), false),
        }
    }

    /// The words of a link as numbers of the list.
    fn listed_numbers(&self, words: &str) -> Option<Vec<u32>> {
        let numbers = plain_numbers(words.trim_matches(['[', ']', '(', ')']))?;
        numbers.iter().all(|number| *number <= self.listed).then_some(numbers)
    }

    fn numbers(&mut self, text: Range<usize>, numbers: &[u32], weak: bool) {
        let listed = self.listed;
        for &number in numbers {
            self.push(text.clone(), CitationTarget::Number { number, listed }, weak);
        }
    }

    /// `(3)`: a citation when it is emphasised, or a list reaches it and it is no enumeration.
    fn parenthesis(&mut self, block: &str, at: usize, text: Range<usize>, numbers: &[u32]) {
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

    fn author_year(&mut self, text: Range<usize>, surname: &str, year: &str) {
        if MONTHS.contains(&surname) || NOT_AUTHORS.contains(&surname) {
            return;
        }
        let listed = self.works.target(surname, Some(year));
        let target = listed.unwrap_or_else(|| CitationTarget::AuthorYear {
            surname: surname.to_lowercase().replace('\u{2019}', "'").into(),
            year: year.into(),
        });
        self.push(text, target, true);
    }

    /// `Smith (2019)`, `Smith et al. (2019)`.
    fn narrative(&mut self, block: &Range<usize>) {
        let text = &self.prose.text[block.clone()];
        for found in memchr::memchr_iter(b'(', text.as_bytes()) {
            let behind = &text[found + 1..];
            let dated = behind.get(..4).filter(|year| is_year(year));
            let undated = || UNDATED.iter().copied().find(|own| behind.starts_with(own));
            let Some(year) = dated.or_else(undated) else { continue };
            let rest = behind[year.len()..].trim_start_matches(|c: char| c.is_ascii_lowercase());
            if !rest.starts_with(')') {
                continue;
            }
            let before = text[..found].trim_end();
            let before = before
                .strip_suffix("et al.")
                .or_else(|| before.strip_suffix("et al"))
                .unwrap_or(before)
                .trim_end();
            let start = before.rfind([' ', '\n']).map_or(0, |at| at + 1);
            let surname = before[start..].trim_end_matches("'s").trim_end_matches("\u{2019}s");
            if begins_name(surname) && surname.chars().count() > 1 {
                let (surname, year) = (surname.to_owned(), year.to_owned());
                let end = found + 1 + year.len() + 1;
                self.author_year(block.start + start..block.start + end, &surname, &year);
            }
        }
    }

    /// "It eases pain. 1, 2 Many people": a pasted list of numbers behind a sentence. One number alone, as in
    /// "It eases pain.1", is a raised one that lost its height, where the list of references has it.
    fn bare_series(&mut self, block: &Range<usize>) {
        let text = &self.prose.text[block.clone()];
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(found) = memchr::memchr3(b'.', b'!', b'"', &bytes[at..]) {
            let end = at + found + 1;
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
            let decimal = rest.starts_with(|c: char| c.is_ascii_digit())
                && end >= 2
                && bytes[end - 2].is_ascii_digit();
            let in_list = end >= 2 && bytes[end - 2].is_ascii_digit();
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
                && text[..end - 1].ends_with(|c: char| c.is_alphabetic() || c == ')')
                && is_listed
                && self.prose.marks_in(range.clone()).next().is_none();
            if (numbers.len() > 1 || is_glued)
                && ascending
                && ends
                && !decimal
                && !in_list
                && numbers.iter().all(|n| *n < 100)
            {
                self.numbers(range, &numbers, false);
            }
        }
    }

    /// `doi:10.1136/...`, `PMID 123456`, `bmj.com/content/1`.
    fn identifiers(&mut self, block: &Range<usize>) {
        let text = &self.prose.text[block.clone()];
        for found in memchr::memmem::find_iter(text.as_bytes(), b"10.") {
            let free = found == 0 || !text.as_bytes()[found - 1].is_ascii_alphanumeric();
            let len = doi_len(&text[found..]);
            if free && len > 0 {
                let range = block.start + found..block.start + found + len;
                let inside_link = self.prose.marks_in(block.clone()).any(|mark| {
                    matches!(mark.kind, MarkKind::Link { .. })
                        && mark.text.start <= range.start
                        && range.end <= mark.text.end
                });
                if !inside_link {
                    let doi = self.prose.text[range.clone()].to_owned();
                    self.push(range, CitationTarget::Link(doi.into()), false);
                }
            }
        }
        for range in registers::find(text) {
            let range = block.start + range.start..block.start + range.end;
            if self.link_at(&range).is_none() {
                let id = self.prose.text[range.clone()].to_owned();
                self.push(range, CitationTarget::Link(id.into()), false);
            }
        }
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
                MarkKind::Link { target, .. } if is_source(target) => {
                    let words = prose.text[mark.text.clone()].trim();
                    if let Some(numbers) = self.listed_numbers(words) {
                        self.numbers(mark.text.clone(), &numbers, false);
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

/// The digit that a raised one stands for.
fn raised(c: char) -> Option<char> {
    Some(match c {
        '\u{b9}' => '1',
        '\u{b2}' => '2',
        '\u{b3}' => '3',
        '\u{2070}' => '0',
        '\u{2074}'..='\u{2079}' => char::from_digit(c as u32 - 0x2070, 10)?,
        _ => return None,
    })
}

const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// Words with a capital that stand before a year and are no names of authors: parts of a text, days and seasons,
/// illnesses, and the places that things happened in.
#[rustfmt::skip]
const NOT_AUTHORS: &[&str] = &[
    "Figure", "Fig", "Table", "Section", "Chapter", "Week", "Day", "Page", "Version", "In", "Since", "By", "From",
    "Until", "Accessed", "Updated", "Reviewed", "Revised", "Published", "Retrieved", "Written", "Copyright", "Before",
    "After", "About", "Around", "Early", "Late", "Mid",
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    "Spring", "Summer", "Autumn", "Winter", "Fall", "Christmas", "Easter",
    "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec",
    "Covid", "COVID", "COVID-19", "Covid-19", "Coronavirus", "Pandemic", "Brexit", "Olympics", "Paralympics",
    "Amsterdam", "Athens", "Atlanta", "Australia", "Beijing", "Berlin", "Britain", "Brussels", "Canada", "China",
    "Copenhagen", "Denmark", "Dublin", "Edinburgh", "England", "Europe", "Finland", "France", "Geneva", "Germany",
    "Glasgow", "Helsinki", "India", "Ireland", "Italy", "Japan", "Lisbon", "London", "Madrid", "Manchester",
    "Melbourne", "Munich", "Netherlands", "Norway", "Oslo", "Oxford", "Paris", "Prague", "Rio", "Rome", "Scotland",
    "Spain", "Stockholm", "Sweden", "Switzerland", "Sydney", "Tokyo", "Toronto", "UK", "USA", "Vienna", "Wales",
    "Zurich",
];

/// Whether one of the ranges, which are sorted and apart, has the place in it.
fn is_within(ranges: &[Range<usize>], at: usize) -> bool {
    let behind = ranges.partition_point(|range| range.start <= at);
    behind.checked_sub(1).is_some_and(|last| at < ranges[last].end)
}

/// The address in a tag `<a href="...">` of the source.
fn href(source: &str, tag: Span) -> Option<String> {
    let tag = source.get(tag.range())?;
    let at = tag.find("href=").filter(|_| tag.starts_with("<a"))? + "href=".len();
    let rest = tag[at..].trim_start_matches(['"', '\'']);
    let end = rest.find(['"', '\'', ' ', '>'])?;
    Some(rest[..end].to_owned())
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

/// Length of the citation key that `text` begins with.
fn key_len(text: &str) -> usize {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | '/' | '+');
    let len = text.find(|c| !is_part(c)).unwrap_or(text.len());
    text[..len].trim_end_matches(|c: char| !c.is_alphanumeric()).len()
}

/// `hayden2021`, `van-tulder_2006a`, `Smith2020Pain`.
fn names_author_and_year(key: &str) -> bool {
    const MIN_NAME: usize = 2;
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ':');
    let year = key.match_indices(|c: char| c.is_ascii_digit()).next().map_or(0, |(at, _)| at);
    let behind = key.get(year + 4..).unwrap_or("");
    let name = key[..year].trim_end_matches(['_', '-', ':']);
    key.chars().all(is_word)
        && name.chars().filter(|c| c.is_alphabetic()).count() >= MIN_NAME
        && key.get(year..year + 4).is_some_and(is_year)
        && !behind.starts_with(|c: char| c.is_ascii_digit())
}

/// `@fig-knee`, `@tbl-1` of Quarto: a part of the same text.
fn is_cross_reference(key: &str) -> bool {
    const PARTS: &[&str] = &[
        "fig", "tbl", "sec", "eq", "lst", "thm", "lem", "cor", "prp", "def", "exm", "exr", "rem",
        "nte", "tip", "wrn", "imp", "cau",
    ];
    key.split_once(['-', ':']).is_some_and(|(part, _)| PARTS.contains(&part))
}

fn is_external(target: &str) -> bool {
    target.starts_with("http://")
        || target.starts_with("https://")
        || target.starts_with("//")
        || target.starts_with("www.")
}

/// Whether a link leads out of the file to something that can be a source.
fn is_source(target: &str) -> bool {
    is_external(target) && !registers::is_no_source(target)
}

fn is_year(text: &str) -> bool {
    (text.starts_with("19") || text.starts_with("20"))
        && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `[@a; @b, p. 3]`: its length and keys.
fn key_marks(text: &str) -> Option<(usize, Vec<String>)> {
    let end = text.find(']')?;
    let inner = &text[1..end];
    if !inner.contains('@') || inner.contains('\n') {
        return None;
    }
    let mut keys = Vec::new();
    for part in inner.split(';') {
        // "[r = .4; @zale2013]" has words of its own.
        let Some(at) = part.find('@') else { continue };
        // `[see @a]` has words before; an e-mail address has none between.
        if !part[..at].is_empty() && !part[..at].ends_with([' ', '-']) {
            return None;
        }
        let key = part[at + 1..].trim_start_matches('{');
        let key = &key[..key_len(key)];
        if key.is_empty() || is_cross_reference(key) {
            return None;
        }
        keys.push(key.to_owned());
    }
    Some((end + 1, keys))
}

/// `(Smith, 2019)`, `(Smith et al., 2019; Jones 2020)`: length, first surnames and years.
fn author_years(text: &str, close: char) -> Option<(usize, Vec<(&str, &str)>)> {
    const MAX_LEN: usize = 200;
    let window = &text[..text.floor_char_boundary(text.len().min(MAX_LEN))];
    let end = window.find(close)?;
    let mut out: Vec<(&str, &str)> = Vec::new();
    for part in window[1..end].split(';') {
        let mut part = part.trim();
        // "Smith 2020, Roe 2021" are two works, and so are "Smith 2020, 2021".
        while let Some((surname, year, rest)) = one_author_year(part) {
            out.push((surname, year));
            part = rest;
        }
        let same = part.get(..4).filter(|year| is_year(year));
        if let (Some(&(surname, _)), Some(year)) = (out.last(), same) {
            out.push((surname, year));
        }
        // What begins with something else tells of no work.
        if out.is_empty() {
            return None;
        }
    }
    Some((end + 1, out))
}

/// First surname and year, with what follows a comma behind them.
fn one_author_year(text: &str) -> Option<(&str, &str, &str)> {
    const LEADS: &[&str] = &[
        "see ",
        "see, ",
        "also ",
        "e.g., ",
        "e.g. ",
        "cf. ",
        "source: ",
        "sources: ",
        "adapted from ",
        "data from ",
        "data: ",
    ];
    let mut inner = text;
    let lead = |text: &str| {
        let is_lead = |own: &&&str| {
            text.get(..own.len()).is_some_and(|start| start.eq_ignore_ascii_case(own))
        };
        LEADS.iter().find(is_lead).map(|own| own.len())
    };
    while let Some(len) = lead(inner) {
        inner = &inner[len..];
    }
    let year = |at: usize| {
        let dated = inner[at..].get(..4).filter(|year| is_year(year));
        dated.or_else(|| UNDATED.iter().copied().find(|own| inner[at..].starts_with(own)))
    };
    let mut places = inner.char_indices().map(|(at, _)| at);
    let (year_at, year) = places.find_map(|at| Some((at, year(at)?)))?;
    let names = inner[..year_at].trim_end_matches([' ', ',']);
    let surname = surname(names)?;
    let capital = begins_name(surname) && surname.chars().count() > 1;
    let tail = inner[year_at + year.len()..].trim_start_matches(|c: char| c.is_ascii_lowercase());
    let ends = tail.is_empty() || tail.starts_with([',', ':']);
    let words = names.split_whitespace().filter(|word| !is_particle(word)).count();
    let rest = tail.trim_start_matches([',', ':', ' ']);
    (capital && ends && words <= 6).then_some((surname, year, rest))
}

/// The first surname of "van Tulder & Roe", without its particles.
fn surname(names: &str) -> Option<&str> {
    let mut words = names.split([' ', ',', '&']).filter(|word| !word.is_empty());
    let first = words.next()?;
    let mut last = first;
    while is_particle(last) {
        match words.next() {
            Some(next) if begins_name(next) || is_particle(next) => last = next,
            // "Al, 2010", "Li & Roe": a name like a particle.
            _ => return Some(first),
        }
    }
    Some(last)
}

/// "Tulder", "d'Hooge".
fn begins_name(word: &str) -> bool {
    let rest = word.strip_prefix(['d', 'l']);
    let rest = rest.and_then(|own| own.strip_prefix(['\'', '\u{2019}']));
    rest.unwrap_or(word).starts_with(char::is_uppercase)
}

/// "van" in "van Tulder", "De" in "De Vet".
fn is_particle(word: &str) -> bool {
    const PARTICLES: &[&str] = &[
        "af",
        "al",
        "da",
        "de",
        "del",
        "della",
        "den",
        "der",
        "di",
        "do",
        "dos",
        "du",
        "el",
        "la",
        "le",
        "los",
        "ten",
        "ter",
        "van",
        "vom",
        "von",
        "zu",
        "zur",
        "'t",
        "\u{2019}t",
    ];
    PARTICLES.iter().any(|own| own.eq_ignore_ascii_case(word))
}

/// What stands for the year of a work that has none.
const UNDATED: &[&str] = &["n.d.", "n. d.", "in press", "forthcoming"];

/// Length of a DOI at the start of `text`, 0 when there is none.
fn doi_len(text: &str) -> usize {
    let Some(rest) = text.strip_prefix("10.") else {
        return 0;
    };
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if !(4..=9).contains(&digits) || !rest[digits..].starts_with('/') {
        return 0;
    }
    let len = text
        .find(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | ']' | '}'))
        .unwrap_or(text.len());
    text[..len].trim_end_matches(['.', ',', ';', ':', ')']).len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FilePath, Format, SourceFile};
    use crate::syntax::parse;

    fn targets(markdown: &str) -> Vec<String> {
        let file = SourceFile::new(FilePath::new("a.md"), markdown, Format::Markdown);
        let document = parse(&file);
        let keys = ["own-2020"];
        let beside = Beside { source: &file.text, keys: &keys, ..Beside::default() };
        let found = find(document.body.as_ref().unwrap(), beside);
        found
            .marks
            .iter()
            .map(|mark| {
                let note = if mark.note { " (a note)" } else { "" };
                let words = match &mark.target {
                    CitationTarget::Key(key) => format!("@{key}"),
                    CitationTarget::BareKey(key) => format!("bare @{key}"),
                    CitationTarget::Number { number, listed } => format!("{number}/{listed}"),
                    CitationTarget::Footnote { label, defined } => format!("^{label} {defined}"),
                    CitationTarget::AuthorYear { surname, year } => format!("{surname} {year}"),
                    CitationTarget::Link(target) => target.to_string(),
                };
                format!("{} = {words}{note}", file.slice(mark.span))
            })
            .collect()
    }

    #[test]
    fn keys_and_footnotes() {
        assert_eq!(
            targets(
                "Pain is common [@who-2023; see @nice, p. 3].[^1] Mail me[@home].\n\n[^1]: A note."
            ),
            [
                "[@who-2023; see @nice, p. 3] = @who-2023",
                "[@who-2023; see @nice, p. 3] = @nice",
                "[^1] = ^1 true (a note)",
                "[@home] = @home"
            ]
        );
    }

    #[test]
    fn keys_to_press_are_no_numbers_of_a_list() {
        for text in [
            "Press [1] to start and [2] to stop. Then press [2].",
            "If you feel pain, press the key [3].",
            "Choose [1], [2] or [3].",
            "You see [1] or [2] in the menu.",
            "Tap [1].\n\n| Key | What |\n|---|---|\n| [1] | Hips |",
        ] {
            assert_eq!(targets(text), Vec::<String>::new(), "{text}");
        }
        let list = "\n\n## References\n\n1. Smith.\n";
        assert_eq!(targets(&format!("Many choose [1].{list}")), ["[1] = 1/1"]);
        assert_eq!(targets("It helps [1]. Many choose rest [2]."), ["[1] = 1/0", "[2] = 2/0"]);
    }

    #[test]
    fn names_with_an_apostrophe() {
        assert_eq!(
            targets("It is so (d'Hooge et al., 2012)."),
            ["(d'Hooge et al., 2012) = d'hooge 2012"]
        );
        assert_eq!(
            targets("L\u{2019}Hermette et al. (2006) saw it."),
            ["L\u{2019}Hermette et al. (2006) = l'hermette 2006"]
        );
        assert_eq!(
            targets("As d\u{2019}Hooge (2012) said."),
            ["d\u{2019}Hooge (2012) = d'hooge 2012"]
        );
        assert_eq!(targets("It is so ('t Hooft, 2019)."), ["('t Hooft, 2019) = hooft 2019"]);
    }

    #[test]
    fn numbers_need_a_list_or_emphasis() {
        let list = "\n\n## References\n\n1. Smith.\n2. Jones.\n";
        assert_eq!(
            targets(&format!("It helps [1, 2]. It hurts (_2_).{list}")),
            ["[1, 2] = 1/2", "[1, 2] = 2/2", "(_2_) = 2/2"]
        );
        assert_eq!(
            targets(&format!("First: (1) wash, (2) rinse and (3) dry.{list}")),
            Vec::<String>::new()
        );
        assert_eq!(
            targets("In all (n = 12) it was seen (2019) in (see there)."),
            Vec::<String>::new()
        );
        assert_eq!(
            targets("It eases pain. 1, 2 Many people notice."),
            ["1, 2 = 1/0", "1, 2 = 2/0"]
        );
        assert_eq!(targets("Do it 3 times. 10, 12 or 15 is fine."), Vec::<String>::new());
    }

    #[test]
    fn authors_years_and_links() {
        assert_eq!(
            targets("It helps (Sørensen et al., 2019; Jones, 2020)."),
            [
                "(Sørensen et al., 2019; Jones, 2020) = sørensen 2019",
                "(Sørensen et al., 2019; Jones, 2020) = jones 2020",
            ]
        );
        assert_eq!(
            targets("Smith et al. (2019) saw it in May (2019)."),
            ["Smith et al. (2019) = smith 2019"]
        );
        assert_eq!(
            targets(
                "See [the review](https://a.org/x) or doi:10.1136/bmj.g1687, not [this](#top)."
            ),
            [
                "10.1136/bmj.g1687 = 10.1136/bmj.g1687",
                "[the review](https://a.org/x) = https://a.org/x"
            ]
            .iter()
            .rev()
            .map(|s| (*s).to_owned())
            .collect::<Vec<_>>()
        );
    }

    #[test]
    fn footnotes_that_explain_support_nothing() {
        assert_eq!(
            targets(
                "It helps.[^a] It lasts.[^b] It is.[^c] It was.[^d] So.[^e] Och så.[^f]\n\n\
                 [^a]: Here \"helps\" means less pain on the day.\n\
                 [^b]: Smith 2020, on something.\n\
                 [^c]: See https://example.org/x.\n\
                 [^d]: As [@who] says.\n\
                 [^e]: Since 2020 we count it in weeks.\n\
                 [^f]: Clinic Notes. See own-2020.\n"
            )
            .into_iter()
            .filter(|line| line.starts_with("[^"))
            .collect::<Vec<_>>(),
            [
                "[^a] = ^a true (a note)",
                "[^b] = ^b true",
                "[^c] = ^c true",
                "[^d] = ^d true",
                "[^e] = ^e true (a note)",
                "[^f] = ^f true",
            ]
        );
    }

    #[test]
    fn bare_keys_are_those_of_the_file() {
        assert_eq!(
            targets(
                "It helps (@own-2020). Mail @other or me@own-2020, not @own-2020b or @own-2020/x."
            ),
            ["@own-2020 = @own-2020"]
        );
    }

    #[test]
    fn bare_keys_of_a_bibliography() {
        assert_eq!(
            targets(
                "@hayden2021 found it, as @van-tulder_2006a did. Follow @backclinic, @nurse24 or \
                 me@smith2020.org, `@roe2020` and [@poe2020](https://a.org)."
            ),
            [
                "@hayden2021 = bare @hayden2021",
                "@van-tulder_2006a = bare @van-tulder_2006a",
                "[@poe2020](https://a.org) = https://a.org",
            ]
        );
        assert_eq!(
            targets("It does [*r* = .4; @zale2013]."),
            ["[*r* = .4; @zale2013] = @zale2013"]
        );
        assert_eq!(targets("See [@fig-knee] and [call us; me@own.org]."), [""; 0]);
    }

    #[test]
    fn surnames_with_particles_and_works_without_a_year() {
        let found = |text: &str| targets(text).pop().unwrap_or_default();
        for (text, wanted) in [
            ("(van Tulder, 2006)", "tulder 2006"),
            ("(see also de la Cruz & Roe, 2011)", "cruz 2011"),
            ("(Van den Berg et al., 2011)", "berg 2011"),
            ("(Smith, n.d.)", "smith n.d."),
            ("(Al, 2010)", "al 2010"),
            ("(Roe, in press)", "roe in press"),
        ] {
            assert_eq!(found(&format!("It helps {text}.")), format!("{text} = {wanted}"));
        }
        assert_eq!(found("Roe (n.d.) saw it."), "Roe (n.d.) = roe n.d.");
        assert_eq!(found("It helps (since 2010), it helps (de, 2010)."), "");
    }

    #[test]
    fn raised_numbers_that_nothing_has() {
        assert_eq!(
            targets("It helps.<sup>3</sup> It stays.^2^ It was.\u{b9}"),
            ["3 = 3/0", "2 = 2/0", "\u{b9} = 1/0"]
        );
        assert_eq!(
            targets(
                "It has 4 m<sup>2</sup>, x<sup>2</sup> and 10<sup>3</sup> on 5 cm.<sup>2</sup>"
            ),
            ["2 = 2/0 (a note)", "2 = 2/0 (a note)", "3 = 3/0 (a note)", "2 = 2/0 (a note)"]
        );
        assert_eq!(
            targets("It weighs 5 kg/m\u{b2}.\u{b9} It is 3 m.\u{b2}"),
            ["\u{b9} = 1/0 (a note)", "\u{b2} = 2/0 (a note)"]
        );
    }

    #[test]
    fn numbers_with_links() {
        assert_eq!(
            targets(
                "It helps.<sup><a href=\"#r1\">1</a></sup> It stays.<sup><a href=\"#r9\">9</a></sup>\n\n\
                 <div><p id=\"r1\">Smith A. Hips. 2020.</p></div>\n"
            ),
            ["1 = #r1", "9 = 9/0"]
        );
        assert_eq!(
            targets("It helps [[1]](https://a.org/x), it is [[2]](#pain).\n\n## Pain\n"),
            ["[[1]](https://a.org/x) = https://a.org/x", "[2] = #pain"]
        );
        assert_eq!(
            targets("It helps.<sup>1</sup>\n\n<ol>\n<li>Smith A. Hips. 2020.</li>\n</ol>\n"),
            ["1 = 1/1"]
        );
    }

    #[test]
    fn notes_that_raised_numbers_lead_to() {
        assert_eq!(
            targets(
                "It helps.\u{b9} It is.\u{b2} It was.\u{b3}\n\n\
                 \u{b9} Smith A. Hips. BMJ 2020.\n\u{b2} Most of them.\n"
            ),
            ["\u{b9} = 1/2", "\u{b2} = 2/2 (a note)", "\u{b3} = 3/0"]
        );
        assert_eq!(
            targets("\u{b9}\u{b3}C breath tests find it.\u{b9}\u{b3} They last.\u{b9}\u{2070}"),
            [
                "\u{b9}\u{b3} = 13/0 (a note)",
                "\u{b9}\u{b3} = 13/0 (a note)",
                "\u{b9}\u{2070} = 10/0",
            ]
        );
        for note in ["<sup>1</sup> Smith A. 2020.", "^1^ Smith A. 2020.", "1 Smith A. 2020."] {
            let found = targets(&format!("It helps.<sup>1</sup>\n\n{note}"));
            assert_eq!(found, ["1 = 1/1"], "{note}");
        }
    }

    #[test]
    fn raised_digits_and_tags() {
        let list = "\n\n## References\n\n1. Smith.\n2. Jones.\n";
        assert_eq!(
            targets(&format!("It helps.\u{b9}\u{b2} It weighs 5 kg/m\u{b2} or 3\u{b2}.{list}")),
            ["\u{b9}\u{b2} = 1/2", "\u{b9}\u{b2} = 2/2"]
        );
        assert_eq!(
            targets(&format!("It helps.\u{b2} It is.\u{b9}{list}")),
            ["\u{b2} = 2/2", "\u{b9} = 1/2"]
        );
        assert_eq!(
            targets(&format!(
                "It helps.<sup><a href=\"#ref1\">1</a></sup> It lasts.<sup>2</sup> On the 4<sup>th</sup>.{list}"
            )),
            ["1 = 1/2", "2 = 2/2"]
        );
        assert_eq!(
            targets(
                "It helps <a href=\"https://a.org/x\">they say</a>, see <a href=\"#top\">above</a>."
            ),
            ["they say = https://a.org/x"]
        );
        assert_eq!(
            targets("It helps.<ref>Smith 2020</ref> It lasts.<ref name=\"s\"/>"),
            ["Smith 2020 = Smith 2020", " = <ref name=\"s\"/>"]
        );
    }

    #[test]
    fn code_and_enumerations_cite_nothing() {
        let list = "\n\n## References\n\n1. Smith.\n2. Jones.\n3. Lee.\n";
        assert_eq!(
            targets(&format!("Take `a[1]` and `b(2)`, (1) first, (2) second.{list}")),
            Vec::<String>::new()
        );
        assert_eq!(
            targets(&format!("It helps [1-3].{list}")),
            ["[1-3] = 1/3", "[1-3] = 2/3", "[1-3] = 3/3"]
        );
    }

    #[test]
    fn a_raised_number_that_lost_its_height() {
        let list = "\n\n## References\n\n1. Roe A. Hips. Phys Ther 2020;100:1-9.\n2. Poe B. Knees. BMJ 2019;3:4.\n";
        let numbers = |text: &str| {
            let found = targets(&format!("{text}{list}"));
            found.into_iter().filter(|own| own.ends_with("/2")).collect::<Vec<_>>()
        };
        assert_eq!(
            numbers("It eases pain.1 Many people know (most of them).2"),
            ["1 = 1/2", "2 = 2/2"]
        );
        assert_eq!(numbers("It eases pain.3"), [""; 0]);
        assert_eq!(numbers("It took 3.2 weeks, see section 1.1 Hips."), [""; 0]);
    }
}
