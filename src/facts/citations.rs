//! Citations in running text: what is a mark, what it points at, and which list it reaches.

use super::CitationTarget;
use crate::lexicon::{Concept, concept_of};
use crate::source::Span;
use crate::syntax::{Block, BlockKind, MarkKind, Prose};
use std::collections::HashSet;
use std::ops::Range;

/// Every mark and reference list of one prose.
#[derive(Clone, Debug, Default)]
pub struct Citations {
    /// In order of their text; marks do not overlap.
    pub marks: Vec<CitationMark>,
    pub list: Option<ReferenceList>,
    /// Blocks that are references, not text.
    pub list_blocks: Range<usize>,
}

/// One mark; `[1, 2]` is two marks with one range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CitationMark {
    /// In the prose's text; empty for footnote marks, which stand behind the word before them.
    pub text: Range<usize>,
    pub span: Span,
    pub target: CitationTarget,
    /// Looks like a citation, and nothing shows that it must be one: it counts as a source and is
    /// never reported as pointing nowhere.
    pub weak: bool,
    /// A footnote that explains and names no source: it supports nothing.
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
}

/// A numbered or plain list under a heading such as "References".
#[derive(Clone, Debug, Default)]
pub struct ReferenceList {
    /// The heading's words.
    pub heading: Span,
    /// Entries in order: their number and span.
    pub entries: Vec<(u32, Span, String)>,
    /// Whether the entries carry numbers.
    pub numbered: bool,
    /// The list was found without a heading of its own (text pressed into one block).
    pub loose: bool,
}

impl ReferenceList {
    fn last_number(&self) -> u32 {
        self.entries.iter().map(|(number, _, _)| *number).max().unwrap_or(0)
    }
}

/// Whether a heading opens a reference list.
pub fn is_list_heading(text: &str) -> bool {
    concept_of(text.trim_matches(['#', ' '])) == Some(Concept::Sources)
}

/// Marks and list of `prose`.
pub fn find(prose: &Prose, beside: Beside<'_>) -> Citations {
    let (list, list_blocks) = reference_list(prose);
    let mut key_lengths: Vec<_> = beside.keys.iter().map(|key| key.len()).collect();
    key_lengths.sort_unstable_by(|a, b| b.cmp(a));
    key_lengths.dedup();
    let mut finder = Finder {
        prose,
        beside,
        keys: beside.keys.iter().copied().collect(),
        key_lengths,
        listed: list.as_ref().map_or(beside.listed, ReferenceList::last_number),
        marks: Vec::new(),
    };
    for (index, block) in prose.blocks.iter().enumerate() {
        let text_block =
            !matches!(block.kind, BlockKind::Code | BlockKind::Html | BlockKind::Heading { .. });
        if text_block && !list_blocks.contains(&index) {
            finder.block(block.text.clone());
            if block.footnote.is_some() && !beside.keys.is_empty() {
                finder.plain_keys(&block.text);
            }
        }
    }
    finder.inline_marks(&list_blocks);
    if !beside.source.is_empty() {
        finder.html();
    }
    let mut marks = finder.marks;
    marks.sort_by_key(|mark| (mark.text.start, mark.text.end));
    explanations(prose, &mut marks);
    Citations { marks, list, list_blocks }
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
    marked || text.contains("://") || text.contains("www.") || name_and_year(text)
}

/// "Smith 2020.", "WHO, Geneva 2023": a word with a capital that opens nothing, and a year.
fn name_and_year(text: &str) -> bool {
    let year = text
        .split(|c: char| !c.is_ascii_alphanumeric())
        .any(|word| word.len() == 4 && is_year(word));
    // The opening word of an explanation has a capital too.
    const OPENINGS: &[&str] = &[
        "A", "About", "After", "All", "Also", "An", "As", "At", "Before", "Both", "By", "Data",
        "For", "From", "He", "Here", "If", "In", "It", "Most", "Not", "Note", "Of", "On", "Only",
        "Our", "Since", "Some", "That", "The", "There", "These", "They", "This", "Those", "Until",
        "We", "When", "With", "You",
    ];
    let name = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 1)
        .any(|word| {
            word.starts_with(char::is_uppercase)
                && !OPENINGS.contains(&word)
                && !MONTHS.contains(&word)
        });
    year && name
}

impl Citations {
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

fn reference_list(prose: &Prose) -> (Option<ReferenceList>, Range<usize>) {
    let heading = |index: usize| {
        let block = &prose.blocks[index];
        let text = prose.block_text(block);
        match block.kind {
            BlockKind::Heading { level, .. } => is_list_heading(text).then_some(level),
            BlockKind::Paragraph => {
                let alone = text.trim_end().ends_with(':')
                    || prose.marks_in(block.text.clone()).any(|mark| {
                        matches!(mark.kind, MarkKind::Strong | MarkKind::Emphasis)
                            && mark.text == block.text
                    });
                (alone && is_list_heading(text)).then_some(6)
            }
            _ => None,
        }
    };
    // The last one: a heading "Sources" in the middle may be about something else.
    let found = (0..prose.blocks.len()).rev().find_map(|index| Some((index, heading(index)?)));
    let Some((start, level)) = found else {
        return (loose_list(prose), 0..0);
    };
    let ends = |index: &usize| matches!(prose.blocks[*index].kind, BlockKind::Heading { level: own, .. } if own <= level);
    let end = (start + 1..prose.blocks.len()).find(ends).unwrap_or(prose.blocks.len());
    let mut list = ReferenceList {
        heading: prose.span(prose.blocks[start].text.clone()),
        ..ReferenceList::default()
    };
    let entries = entries(prose, &prose.blocks[start + 1..end]);
    list.numbered = entries.numbered;
    list.entries = entries.entries;
    if list.entries.is_empty() {
        return (loose_list(prose), start..end);
    }
    (Some(list), start..end)
}

#[derive(Default)]
struct Entries {
    numbered: bool,
    entries: Vec<(u32, Span, String)>,
}

/// The entries under a heading: the items of its first list, else its numbered paragraphs, else its
/// paragraphs with a year. What follows them (notes, figures) is none of them.
fn entries(prose: &Prose, blocks: &[Block]) -> Entries {
    let first_list = blocks.iter().find_map(|block| match block.kind {
        BlockKind::Item { depth: 1, list, number, .. } => Some((list, number.is_some())),
        _ => None,
    });
    let mut out = Entries::default();
    let mut push = |number: Option<u32>, block: &Block| {
        let text = prose.block_text(block);
        let next = u32::try_from(out.entries.len()).unwrap_or(u32::MAX) + 1;
        if !text.trim().is_empty() {
            out.entries.push((
                number.unwrap_or(next),
                prose.span(block.text.clone()),
                text.to_owned(),
            ));
        }
    };
    if let Some((first, numbered)) = first_list {
        for block in blocks {
            if let BlockKind::Item { depth: 1, list, number, .. } = block.kind
                && list == first
            {
                push(number, block);
            }
        }
        out.numbered = numbered;
        return out;
    }
    let paragraphs =
        || blocks.iter().filter(|block| block.kind == BlockKind::Paragraph && block.item.is_none());
    let numbers = |block: &&Block| written_number(prose.block_text(block)).is_some();
    if paragraphs().next().is_some_and(|block| numbers(&block)) {
        for block in paragraphs().take_while(numbers) {
            push(written_number(prose.block_text(block)), block);
        }
        out.numbered = true;
        return out;
    }
    let has_year = |block: &&Block| {
        let text = prose.block_text(block);
        let year = |four: &[u8]| is_year(std::str::from_utf8(four).unwrap_or(""));
        text.as_bytes().windows(4).any(year) || UNDATED.iter().any(|undated| text.contains(undated))
    };
    paragraphs().take_while(has_year).for_each(|block| push(None, block));
    out
}

/// `1. Smith`, `[1] Smith`, `1) Smith`.
fn written_number(text: &str) -> Option<u32> {
    let rest = text.strip_prefix('[').unwrap_or(text);
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let close = rest[digits..].chars().next()?;
    (matches!(close, '.' | ']' | ')') && (1..=3).contains(&digits))
        .then(|| rest[..digits].parse().ok())
        .flatten()
}

/// A list pressed into one block: "References 1. Smith ... 2. Jones ...".
fn loose_list(prose: &Prose) -> Option<ReferenceList> {
    let text = &prose.text;
    let at = text.rfind("References")?;
    let mut list = ReferenceList {
        heading: prose.span(at..at + "References".len()),
        numbered: true,
        loose: true,
        ..ReferenceList::default()
    };
    let mut from = at + "References".len();
    let mut number = 1;
    loop {
        let needle = format!("{number}. ");
        let Some(found) = text[from..].find(&needle).map(|found| from + found) else {
            break;
        };
        // The first entry follows at once.
        if number == 1 && found - from > 40 {
            return None;
        }
        list.entries.push((number, prose.span(found..found + needle.len()), String::new()));
        from = found + needle.len();
        number += 1;
    }
    (!list.entries.is_empty()).then_some(list)
}

struct Finder<'a> {
    prose: &'a Prose,
    beside: Beside<'a>,
    keys: HashSet<&'a str>,
    /// How long keys are, the longest first.
    key_lengths: Vec<usize>,
    /// The last number of the reference list; 0 without one.
    listed: u32,
    marks: Vec<CitationMark>,
}

impl Finder<'_> {
    fn push(&mut self, text: Range<usize>, target: CitationTarget, weak: bool) {
        let span = self.prose.span(text.clone());
        self.marks.push(CitationMark { text, span, target, weak, note: false });
    }

    /// Brackets and parentheses of one block's text.
    fn block(&mut self, block: Range<usize>) {
        let text = &self.prose.text[block.clone()];
        let bytes = text.as_bytes();
        let first = self.marks.len();
        for found in memchr::memchr2_iter(b'[', b'(', bytes) {
            let rest = &text[found..];
            let whole = |len: usize| block.start + found..block.start + found + len;
            if self.in_code(block.start + found) {
                continue;
            }
            if bytes[found] == b'[' {
                if let Some((len, keys)) = key_marks(rest) {
                    for key in keys {
                        self.push(whole(len), CitationTarget::Key(key.into()), false);
                    }
                } else if let Some((len, numbers)) = number_marks(rest, b']') {
                    self.numbers(whole(len), &numbers, false);
                }
            } else if let Some((len, numbers)) = number_marks(rest, b')') {
                self.parenthesis(text, found, whole(len), &numbers);
            } else if let Some((len, surname, year)) = author_year(rest) {
                self.author_year(whole(len), surname, year);
            }
        }
        self.narrative(&block);
        self.bare_series(&block);
        self.identifiers(&block);
        if !self.beside.keys.is_empty() {
            self.bare_keys(&block, first);
        }
        if !text.is_ascii() {
            self.raised_digits(&block);
        }
        self.wiki_references(&block);
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
    fn plain_keys(&mut self, block: &Range<usize>) {
        let text = &self.prose.text[block.clone()];
        let signs = |c: char| !c.is_alphanumeric();
        for word in text.split_whitespace() {
            let key = word.trim_matches(signs);
            // With an `@` it is a mark already.
            if self.keys.contains(key) && !word.contains('@') {
                let start = block.start + (key.as_ptr() as usize - text.as_ptr() as usize);
                self.push(start..start + key.len(), CitationTarget::Key(key.into()), false);
            }
        }
    }

    /// `@smith-2020` without brackets, for ids that the record lists. The marks from `first` on are those
    /// of the block.
    fn bare_keys(&mut self, block: &Range<usize>, first: usize) {
        let text = &self.prose.text[block.clone()];
        for found in memchr::memchr_iter(b'@', text.as_bytes()) {
            let free = !text[..found].ends_with(|c: char| {
                c.is_alphanumeric() || matches!(c, '[' | '-' | ';' | '.' | '_')
            });
            let rest = &text[found + 1..];
            let listed = |len: &usize| rest.get(..*len).filter(|key| self.keys.contains(key));
            let Some(key) = self.key_lengths.iter().find_map(listed).filter(|_| free) else {
                continue;
            };
            let after = &rest[key.len()..];
            let goes_on = after
                .starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '@'))
                || (after.starts_with(['-', '.', '/'])
                    && after[1..].starts_with(char::is_alphanumeric));
            let start = block.start + found;
            let own = &self.marks[first..];
            let inside = own.iter().any(|mark| mark.text.start <= start && start < mark.text.end);
            if !goes_on && !inside {
                let range = start..start + 1 + key.len();
                self.push(range, CitationTarget::Key(key.into()), false);
            }
        }
    }

    /// Raised digits as characters, "pain.\u{b9}\u{b2}": a citation where a list reaches them; "m\u{b2}" is none.
    fn raised_digits(&mut self, block: &Range<usize>) {
        let text = &self.prose.text[block.clone()];
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
            if numbers.len() == 1 && numbers[0] > self.listed {
                numbers = digits.chars().filter_map(|c| c.to_digit(10)).collect();
            }
            if numbers.iter().all(|number| *number <= self.listed) {
                let at = block.start + start;
                self.numbers(at..at + run.len(), &numbers, false);
            }
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
                found.push((start..start, open, name, String::new()));
                continue;
            }
            let close = format!("</{name}");
            let end = (index + 1..(index + 12).min(prose.marks.len()))
                .find(|other| tag(*other).is_some_and(|tag| tag.starts_with(&close)));
            if let Some(end) = end {
                let range = start..prose.marks[end].text.start.max(start);
                let inner = prose.text[range.clone()].to_owned();
                found.push((range, open, name, inner));
            }
        }
        for (range, open, name, inner) in found {
            match name {
                "sup" => {
                    let digits = inner.trim().trim_matches(['[', ']', '(', ')']);
                    if let Some(numbers) = plain_numbers(digits) {
                        let reached = numbers.iter().all(|number| *number <= self.listed);
                        self.numbers(range, &numbers, !reached);
                    }
                }
                "a" => {
                    let target = open.split(['"', '\'']).find(|part| is_external(part));
                    if let Some(target) = target {
                        self.push(range, CitationTarget::Link(target.into()), false);
                    }
                }
                _ => {
                    let target = if inner.trim().is_empty() { open } else { inner };
                    self.push(range, CitationTarget::Link(target.trim().into()), true);
                }
            }
        }
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
        let target = CitationTarget::AuthorYear {
            surname: surname.to_lowercase().into(),
            year: year.into(),
        };
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
            let capital = surname.chars().next().is_some_and(char::is_uppercase);
            if capital && surname.chars().count() > 1 {
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
            let is_listed = numbers.iter().all(|number| (1..=self.listed).contains(number));
            let is_glued = rest.starts_with(|c: char| c.is_ascii_digit())
                && text[..end - 1].ends_with(|c: char| c.is_alphabetic() || c == ')')
                && is_listed
                // What is written as raised is read as such.
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

    /// `doi:10.1136/...`, `PMID 123456`.
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
        for found in memchr::memmem::find_iter(text.as_bytes(), b"PMID") {
            let rest = text[found + 4..].trim_start_matches([':', ' ']);
            let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            if (5..=8).contains(&digits) {
                let end = text.len() - rest.len() + digits;
                let id = text[found..end].to_owned();
                self.push(
                    block.start + found..block.start + end,
                    CitationTarget::Link(id.into()),
                    false,
                );
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
                    if let Some(numbers) = plain_numbers(prose.text[mark.text.clone()].trim()) {
                        let reached = numbers.iter().all(|number| *number <= self.listed);
                        self.numbers(mark.text.clone(), &numbers, !reached);
                    }
                    continue;
                }
                MarkKind::Link { target, .. } if is_external(target) => {
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
const NOT_AUTHORS: &[&str] = &[
    "Figure", "Fig", "Table", "Section", "Chapter", "Week", "Day", "Page", "Version", "In",
    "Since", "By", "From", "Until",
];

fn is_external(target: &str) -> bool {
    target.starts_with("http://")
        || target.starts_with("https://")
        || target.starts_with("//")
        || target.starts_with("www.")
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
        let at = part.find('@')?;
        // `[see @a]` has words before; an e-mail address has none between.
        if !part[..at].is_empty() && !part[..at].ends_with([' ', '-']) {
            return None;
        }
        let key = part[at + 1..].trim_start_matches('{');
        let len = key
            .find(|c: char| {
                !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | '/' | '+'))
            })
            .unwrap_or(key.len());
        let key = key[..len].trim_end_matches(['.', ':', '/']);
        if key.is_empty() {
            return None;
        }
        keys.push(key.to_owned());
    }
    Some((end + 1, keys))
}

/// `[1]`, `[1, 2]`, `(2-4)`: its length and numbers.
fn number_marks(text: &str, close: u8) -> Option<(usize, Vec<u32>)> {
    // Long enough for a dozen numbers; what is longer is no mark.
    const MAX_LEN: usize = 60;
    let end = memchr::memchr(close, &text.as_bytes()[..text.len().min(MAX_LEN)])?;
    Some((end + 1, plain_numbers(text[1..end].trim())?))
}

/// "1, 2-4" as numbers; a lone year is none.
fn plain_numbers(text: &str) -> Option<Vec<u32>> {
    const MAX_NUMBER: u32 = 999;
    let mut out = Vec::new();
    if text.is_empty() {
        return None;
    }
    for part in text.split([',', ';']) {
        let part = part.trim();
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
        if low > high || high - low > 50 {
            return None;
        }
        out.extend(low..=high);
    }
    Some(out)
}

/// `(Smith, 2019)`, `(Smith et al., 2019; Jones 2020)`: length, first surname, first year.
fn author_year(text: &str) -> Option<(usize, &str, &str)> {
    const MAX_LEN: usize = 200;
    let window = &text[..text.floor_char_boundary(text.len().min(MAX_LEN))];
    let end = window.find(')')?;
    let inner = window[1..end].split(';').next()?.trim();
    let leads = ["see ", "see, ", "also ", "e.g., ", "e.g. ", "cf. "];
    let mut inner = inner;
    while let Some(rest) = leads.iter().find_map(|lead| inner.strip_prefix(lead)) {
        inner = rest;
    }
    let year_at = inner.char_indices().map(|(at, _)| at);
    let year = |at: usize| {
        let dated = inner[at..].get(..4).filter(|year| is_year(year));
        dated.or_else(|| UNDATED.iter().copied().find(|own| inner[at..].starts_with(own)))
    };
    let (year_at, year) = year_at.into_iter().find_map(|at| Some((at, year(at)?)))?;
    let names = inner[..year_at].trim_end_matches([' ', ',']);
    let surname = surname(names)?;
    let capital = surname.chars().next()?.is_uppercase() && surname.chars().count() > 1;
    let tail = inner[year_at + year.len()..].trim_start_matches(|c: char| c.is_ascii_lowercase());
    let ends = tail.is_empty() || tail.starts_with([',', ':']);
    let words = names.split_whitespace().filter(|word| !is_particle(word)).count();
    (capital && ends && words <= 6).then_some((end + 1, surname, year))
}

/// The first surname of "van Tulder & Roe", without its particles.
fn surname(names: &str) -> Option<&str> {
    let mut words = names.split([' ', ',', '&']).filter(|word| !word.is_empty());
    let first = words.next()?;
    let mut last = first;
    while is_particle(last) {
        match words.next() {
            Some(next) if next.starts_with(char::is_uppercase) || is_particle(next) => last = next,
            // "Al, 2010", "Li & Roe": a name like a particle.
            _ => return Some(first),
        }
    }
    Some(last)
}

/// "van" in "van Tulder", "De" in "De Vet".
fn is_particle(word: &str) -> bool {
    const PARTICLES: &[&str] = &[
        "af", "al", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "la",
        "le", "los", "ten", "ter", "van", "vom", "von", "zu", "zur",
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
        let beside = Beside { source: &file.text, keys: &keys, listed: 0 };
        let found = find(document.body.as_ref().unwrap(), beside);
        found
            .marks
            .iter()
            .map(|mark| {
                let note = if mark.note { " (a note)" } else { "" };
                let words = match &mark.target {
                    CitationTarget::Key(key) => format!("@{key}"),
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
            ["(Sørensen et al., 2019; Jones, 2020) = sørensen 2019"]
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
