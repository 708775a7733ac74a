//! Lists of references in running text: under a heading, without one, pressed into a paragraph, in HTML, and the
//! notes that raised numbers lead to.

use super::authors::{MONTHS, UNDATED, begins_name, is_year, surname};
use super::numbers::plain_numbers;
use super::raised::raised;
use crate::lexicon::{Concept, concept_of};
use crate::source::Span;
use crate::syntax::{Block, BlockKind, MarkKind, Prose};
use memchr::memmem;
use std::ops::Range;

/// A numbered or plain list under a heading such as "References".
#[derive(Clone, Debug, Default)]
pub struct ReferenceList {
    /// The heading's words; of a list without a heading, its first entry.
    pub heading: Span,
    /// Entries in order: their number and span.
    pub entries: Vec<(u32, Span, String)>,
    /// Whether the entries carry numbers.
    pub numbered: bool,
    /// The list was found without a heading of its own (text pressed into one block).
    pub loose: bool,
    /// The highest number of its entries.
    last_number: u32,
}

impl ReferenceList {
    pub(in crate::facts) fn last_number(&self) -> u32 {
        self.last_number
    }

    fn push(&mut self, prose: &Prose, number: Option<u32>, text: Range<usize>) {
        let next = u32::try_from(self.entries.len()).unwrap_or(u32::MAX) + 1;
        let words = &prose.text[text.clone()];
        if !words.trim().is_empty() {
            self.add((number.unwrap_or(next), prose.span(text), words.to_owned()));
        }
    }

    fn add(&mut self, entry: (u32, Span, String)) {
        self.last_number = self.last_number.max(entry.0);
        self.entries.push(entry);
    }
}

/// What numbers in a prose can lead to.
#[derive(Default)]
pub(super) struct Lists {
    pub(super) list: Option<ReferenceList>,
    /// Blocks of the list with its heading.
    pub(super) blocks: Range<usize>,
    /// In order of their blocks.
    pub(super) notes: Vec<Note>,
    /// How many items a list in raw HTML has; 0 without one.
    pub(super) in_html: u32,
}

/// "\u{b9} Smith 2020": what a raised number leads to where it stands.
pub(super) struct Note {
    pub(super) number: u32,
    pub(super) block: usize,
    pub(super) names_work: bool,
}

impl Lists {
    /// `source` is the text that the prose's spans point into; empty where HTML is of no interest.
    pub(super) fn of(prose: &Prose, source: &str) -> Self {
        let (list, blocks) = reference_list(prose, source);
        let mut notes = Vec::new();
        for (index, block) in prose.blocks.iter().enumerate() {
            let is_text = matches!(
                block.kind,
                BlockKind::Paragraph | BlockKind::Item { .. } | BlockKind::TableCell { .. }
            );
            if is_text && !blocks.contains(&index) {
                notes_of(prose, source, index, &mut notes);
            }
        }
        if list.is_none() && notes.is_empty() {
            notes = plain_notes(prose, source);
        }
        Self { list, blocks, notes, in_html: listed_in_html(prose) }
    }
}

/// Whether a heading opens a reference list.
pub fn is_list_heading(text: &str) -> bool {
    concept_of(text.trim_matches(['#', ' '])) == Some(Concept::Sources)
}

/// Whether a text holds an address, or a name with a year.
pub(super) fn names_work(text: &str) -> bool {
    text.contains("://") || text.contains("www.") || name_and_year(text)
}

/// "Smith 2020.", "WHO, Geneva 2023": a word with a capital that opens nothing, and a year.
fn name_and_year(text: &str) -> bool {
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
    name && has_year(text)
}

fn reference_list(prose: &Prose, source: &str) -> (Option<ReferenceList>, Range<usize>) {
    // The last one: a heading "Sources" in the middle may be about something else.
    let heading =
        (0..prose.blocks.len()).rev().find_map(|index| Some((index, heading(prose, index)?)));
    let Some((start, heading)) = heading else {
        return match loose_list(prose) {
            Some(list) => (Some(list), 0..0),
            None => match unheaded_list(prose, source) {
                (None, _) => labelled_list(prose),
                found => found,
            },
        };
    };
    let ends = |index: &usize| matches!(prose.blocks[*index].kind, BlockKind::Heading { level, .. } if level <= heading.level);
    let end = (start + 1..prose.blocks.len()).find(ends).unwrap_or(prose.blocks.len());
    let mut list =
        ReferenceList { heading: prose.span(heading.text.clone()), ..ReferenceList::default() };
    let behind = heading.text.end..prose.blocks[start].text.end;
    add_entries(prose, behind, &prose.blocks[start + 1..end], &mut list);
    if list.entries.is_empty() {
        return (loose_list(prose), start..end);
    }
    (Some(list), start..end)
}

struct Heading {
    level: u8,
    text: Range<usize>,
}

/// The block at `index` as the heading of a list. A paragraph is one when it says nothing else and ends with a
/// colon, is emphasised, or stands over an entry; its entries may also follow in it: "References [1] Smith".
fn heading(prose: &Prose, index: usize) -> Option<Heading> {
    const PLAIN: u8 = 6;
    /// Longer than the heading of a list is in any language.
    const MAX_LEN: usize = 60;
    let block = &prose.blocks[index];
    let text = prose.block_text(block);
    match block.kind {
        BlockKind::Heading { level, .. } => {
            is_list_heading(text).then(|| Heading { level, text: block.text.clone() })
        }
        BlockKind::Paragraph => {
            let start = &text[..text.floor_char_boundary(MAX_LEN)];
            let len = start.find("[1]").filter(|at| *at > 0).unwrap_or(text.len());
            let words = text[..len].trim_end();
            if words.len() > MAX_LEN {
                return None;
            }
            let alone = || {
                let is_loud =
                    |kind: &MarkKind| matches!(kind, MarkKind::Strong | MarkKind::Emphasis);
                words.ends_with(':')
                    || prose
                        .marks_in(block.text.clone())
                        .any(|mark| is_loud(&mark.kind) && mark.text == block.text)
                    || len < text.len()
                    || prose.blocks.get(index + 1).is_some_and(|next| is_entry(prose, next))
            };
            let start = block.text.start;
            (is_list_heading(words) && alone())
                .then(|| Heading { level: PLAIN, text: start..start + words.len() })
        }
        _ => None,
    }
}

/// Whether a block looks like the first entry of a list.
fn is_entry(prose: &Prose, block: &Block) -> bool {
    let text = prose.block_text(block);
    match block.kind {
        BlockKind::Item { depth: 1, number, .. } => number.is_some() || names_work(text),
        BlockKind::Paragraph => written_number(text).is_some() || names_work(text),
        _ => false,
    }
}

/// The entries under a heading: the items of its first list, else its numbered paragraphs, else its
/// paragraphs with a year. What follows them (notes, figures) is none of them. `behind` is what follows the
/// heading in its block.
fn add_entries(prose: &Prose, behind: Range<usize>, blocks: &[Block], out: &mut ReferenceList) {
    // "- [3] Smith" has its number in the text.
    let number_of = |block: &Block, number: Option<u32>| {
        let text = prose.block_text(block);
        number.or_else(|| written_number(text).filter(|_| text.starts_with('[')))
    };
    let first_list = blocks.iter().find_map(|block| match block.kind {
        BlockKind::Item { depth: 1, list, number, .. } => {
            Some((list, number_of(block, number).is_some()))
        }
        _ => None,
    });
    if let Some((first, numbered)) = first_list.filter(|_| behind.is_empty()) {
        for block in blocks {
            let BlockKind::Item { depth: 1, list, number, .. } = block.kind else { continue };
            let number = number_of(block, number);
            // A text between its items makes another list of those behind it.
            let goes_on = numbered && number == Some(out.last_number() + 1);
            if list == first || goes_on {
                out.push(prose, number, block.text.clone());
            }
        }
        out.numbered = numbered;
        return;
    }
    let paragraphs =
        || blocks.iter().filter(|block| block.kind == BlockKind::Paragraph && block.item.is_none());
    let is_numbered = |block: &&Block| written_number(prose.block_text(block)).is_some();
    if !behind.is_empty() || paragraphs().next().is_some_and(|block| is_numbered(&block)) {
        let texts = paragraphs().filter(is_numbered).map(|block| block.text.clone());
        for text in std::iter::once(behind).chain(texts) {
            for (number, entry) in numbered_parts(&prose.text, text) {
                out.push(prose, Some(number), entry);
            }
        }
        out.numbered = true;
        return;
    }
    let has_year = |block: &&Block| {
        let text = prose.block_text(block);
        let year = |four: &[u8]| is_year(std::str::from_utf8(four).unwrap_or(""));
        text.as_bytes().windows(4).any(year) || UNDATED.iter().any(|undated| text.contains(undated))
    };
    paragraphs().take_while(has_year).for_each(|block| out.push(prose, None, block.text.clone()));
}

/// The entries in a text that begins with the number of the first: "[1] Smith. [2] Jones."; nothing where it
/// begins with none.
fn numbered_parts(text: &str, range: Range<usize>) -> Vec<(u32, Range<usize>)> {
    let skipped = text[range.clone()].len() - text[range.clone()].trim_start().len();
    let mut start = range.start + skipped;
    let Some(mut number) = written_number(&text[start..range.end]) else { return Vec::new() };
    let mut out = Vec::new();
    let is_bracketed = text[start..].starts_with('[');
    while let Some(next) = number.checked_add(1).filter(|_| is_bracketed) {
        let needle = format!("[{next}]");
        let opens = |at: &usize| text[..start + at].ends_with([' ', '\n']);
        let places = text[start..range.end].match_indices(&needle).map(|(at, _)| at);
        let Some(at) = places.into_iter().find(opens) else { break };
        out.push((number, start..start + text[start..start + at].trim_end().len()));
        start += at;
        number = next;
    }
    out.push((number, start..range.end));
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
        list.add((number, prose.span(found..found + needle.len()), String::new()));
        from = found + needle.len();
        number += 1;
    }
    (!list.entries.is_empty()).then_some(list)
}

/// "Sources: Gattie E. Dry needling. JOSPT 2017;47:133. Brady S. Adverse events. 2014;22:134." in one of the last
/// paragraphs. "Source:" and lines with an address stand for what is beside them, see `source_lines`.
fn labelled_list(prose: &Prose) -> (Option<ReferenceList>, Range<usize>) {
    /// A line about the page, of contacts and of thanks may follow.
    const MOST_BEHIND: usize = 3;
    /// Longer than the label of a list is in any language.
    const LONGEST_LABEL: usize = 40;
    let first = prose.blocks.len().saturating_sub(1 + MOST_BEHIND);
    for index in (first..prose.blocks.len()).rev() {
        let block = &prose.blocks[index];
        if block.kind != BlockKind::Paragraph || block.item.is_some() || block.quoted {
            continue;
        }
        let text = prose.block_text(block);
        let label = text.find(':').filter(|at| *at <= LONGEST_LABEL);
        let is_label =
            |label: &str| is_list_heading(label) && !label.eq_ignore_ascii_case("source");
        let Some(at) = label.filter(|at| is_label(&text[..*at])) else { continue };
        let has_address = ["://", "www.", "doi", "10."].iter().any(|own| text.contains(own))
            || prose
                .marks_in(block.text.clone())
                .any(|mark| matches!(mark.kind, MarkKind::Link { .. }));
        if has_address {
            continue;
        }
        let start = block.text.start;
        let works = works_in(prose, start + at + 1..block.text.end);
        if works.is_empty() {
            continue;
        }
        let mut list = ReferenceList {
            heading: prose.span(start..start + at),
            loose: true,
            ..ReferenceList::default()
        };
        works.into_iter().for_each(|work| list.push(prose, None, work));
        return (Some(list), index..index + 1);
    }
    (None, 0..0)
}

/// The works told one behind the other, each from its authors to the next ones; nothing where the first has none.
fn works_in(prose: &Prose, range: Range<usize>) -> Vec<Range<usize>> {
    let text = &prose.text[range.clone()];
    let skipped = text.len() - text.trim_start().len();
    let mut out: Vec<Range<usize>> = Vec::new();
    if !begins_work(&text[skipped..]) {
        return out;
    }
    let (mut start, mut read, mut dated) = (skipped, skipped, false);
    for (at, sign) in text.match_indices(['.', ';', '\n']) {
        let behind = at + sign.len();
        let next = text.len() - text[behind..].trim_start().len();
        if at < read {
            continue;
        }
        dated = dated || has_year(&text[read..at]);
        read = at;
        let is_apart = next > behind || sign == "\n";
        if dated && is_apart && begins_work(&text[next..]) {
            out.push(range.start + start..range.start + behind);
            (start, read, dated) = (next, next, false);
        }
    }
    out.push(range.start + start..range.end);
    out.retain(|work| names_work(&prose.text[work.clone()]));
    out
}

fn has_year(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word.len() == 4 && is_year(word))
}

/// "Gattie E, Cleland JA.", "van Tulder M.", "Smith, J.": a surname and initials.
fn begins_work(text: &str) -> bool {
    const NEAR: usize = 60;
    let start = &text[..text.floor_char_boundary(text.len().min(NEAR))];
    let Some(name) = surname(start) else { return false };
    let name = name.trim_end_matches(['.', ':', ';', ',']);
    let behind = name.as_ptr() as usize - text.as_ptr() as usize + name.len();
    let rest = text[behind..].trim_start_matches([',', ' ']);
    let initials = rest.len() - rest.trim_start_matches(|c: char| c.is_uppercase()).len();
    begins_name(name)
        && name.chars().any(char::is_lowercase)
        && (1..=3).contains(&rest[..initials].chars().count())
        && rest[initials..].starts_with(['.', ',', ' '])
}

/// The last run of blocks that carry numbers from 1 on and name works: "[1] Smith 2020." behind a text without
/// a heading. Items of a list are references only where the text before them has such numbers.
fn unheaded_list(prose: &Prose, source: &str) -> (Option<ReferenceList>, Range<usize>) {
    let wants = Wants::of(prose, source);
    let starts = (0..prose.blocks.len()).rev();
    for start in starts.filter(|&start| numbers_of(prose, start).is_some_and(|own| own[0].0 == 1)) {
        let mut list = ReferenceList { numbered: true, ..ReferenceList::default() };
        let mut end = start;
        while let Some(own) = (end < prose.blocks.len()).then(|| numbers_of(prose, end)).flatten() {
            if own[0].0 != list.last_number() + 1 {
                break;
            }
            own.into_iter().for_each(|(number, text)| list.push(prose, Some(number), text));
            end += 1;
        }
        let named = list.entries.iter().filter(|(_, _, text)| names_work(text)).count();
        let is_list = named * 2 > list.entries.len();
        let first = &prose.blocks[start];
        let is_item = matches!(first.kind, BlockKind::Item { .. });
        if is_list && (!is_item || wants.stand_before(first)) {
            list.heading = list.entries[0].1;
            return (Some(list), start..end);
        }
    }
    (None, 0..0)
}

/// The numbered entries in one block: an item of an ordered list, or a paragraph of "[1] Smith. [2] Jones.".
fn numbers_of(prose: &Prose, index: usize) -> Option<Vec<(u32, Range<usize>)>> {
    let block = &prose.blocks[index];
    match block.kind {
        BlockKind::Item { number: Some(number), depth: 1, .. } => {
            Some(vec![(number, block.text.clone())])
        }
        BlockKind::Paragraph if prose.block_text(block).starts_with('[') => {
            Some(numbered_parts(&prose.text, block.text.clone())).filter(|own| !own.is_empty())
        }
        _ => None,
    }
}

/// Where the first numbers stand that want a list: in the text, and as tags in the source.
struct Wants {
    text: Option<usize>,
    source: Option<usize>,
}

impl Wants {
    fn of(prose: &Prose, source: &str) -> Self {
        let text = &prose.text;
        let is_one = |at: &usize| text[at + 2..].starts_with([']', ',', '-', '\u{2013}']);
        let bracketed = memmem::find_iter(text.as_bytes(), "[1").find(is_one);
        let written =
            bracketed.into_iter().chain(memmem::find(text.as_bytes(), "\u{b9}".as_bytes()));
        let is_raised = |kind: &MarkKind| *kind == MarkKind::Superscript;
        let raised = prose.marks.iter().filter(|mark| is_raised(&mark.kind));
        let round = round_one(text).into_iter();
        let text = written.chain(raised.map(|mark| mark.text.start)).chain(round).min();
        Self { text, source: memmem::find(source.as_bytes(), b"<sup>") }
    }

    fn stand_before(&self, block: &Block) -> bool {
        self.text.is_some_and(|at| at < block.text.start)
            || self.source.is_some_and(|at| at < block.span.start as usize)
    }
}

/// Where the first "(1)" closes a statement, as in "It eases pain (1)."; "(1) wash" counts steps.
fn round_one(text: &str) -> Option<usize> {
    let cites = |at: &usize| {
        let behind = text[at + 2..].trim_start_matches(|c: char| {
            c.is_ascii_digit() || matches!(c, ',' | ' ' | '-' | '\u{2013}')
        });
        let ends = |rest: &str| rest.is_empty() || rest.starts_with(['.', ',', ';', '\n']);
        let follows = text[..*at].trim_end().ends_with(|c: char| c.is_alphanumeric() || c == '%');
        follows && behind.strip_prefix(')').is_some_and(ends)
    };
    memmem::find_iter(text.as_bytes(), b"(1").find(cites)
}

/// Add the notes of a block that begins with a raised number.
fn notes_of(prose: &Prose, source: &str, index: usize, out: &mut Vec<Note>) {
    let block = &prose.blocks[index];
    let text = prose.block_text(block);
    let markup = markup_number(prose, source, block);
    let behind = text.trim_start_matches(|c| raised(c).is_some());
    // "\u{b9}\u{b3}C breath test" is about carbon.
    let is_apart = behind.starts_with([' ', '.', ')']) || behind.starts_with(char::is_lowercase);
    if markup.is_none() && !(is_apart && behind.len() < text.len()) {
        return;
    }
    let mut starts = Vec::new();
    let (mut number, mut from) = match markup {
        Some((number, len)) => (number, len),
        None => (0, 0),
    };
    if markup.is_some() {
        starts.push((number, 0));
    }
    // Lines of a paragraph: "\u{b9} Smith 2020. \u{b2} Jones 2021."
    while let Some(at) = text[from..].find(|c| raised(c).is_some()).map(|at| from + at) {
        let run = text[at..].find(|c| raised(c).is_none()).map_or(text.len(), |len| at + len);
        let digits: String = text[at..run].chars().filter_map(raised).collect();
        let opens = at == 0 || text[..at].ends_with([' ', '\n']);
        if let Some(own) = digits.parse().ok().filter(|own| opens && *own == number + 1 || at == 0)
        {
            number = own;
            starts.push((number, at));
        }
        from = run;
    }
    for (place, &(number, start)) in starts.iter().enumerate() {
        let end = starts.get(place + 1).map_or(text.len(), |(_, start)| *start);
        let names_work = names_work(&text[start..end]);
        out.push(Note { number, block: index, names_work });
    }
}

/// The last paragraphs, when they are "1 Smith 2020", "2 Jones 2021": notes whose numbers lost their height.
fn plain_notes(prose: &Prose, source: &str) -> Vec<Note> {
    let note = |index: usize| {
        let block = &prose.blocks[index];
        let text = prose.block_text(block);
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let words = text[digits..].strip_prefix(' ')?;
        let is_note = block.kind == BlockKind::Paragraph
            && (1..=2).contains(&digits)
            && words.starts_with(char::is_uppercase);
        let number = text[..digits].parse().ok().filter(|_| is_note)?;
        Some(Note { number, block: index, names_work: names_work(words) })
    };
    let mut notes: Vec<Note> = (0..prose.blocks.len()).rev().map_while(note).collect();
    notes.reverse();
    let counts = notes.iter().zip(1..).all(|(note, number)| note.number == number);
    let are_notes = notes.first().is_some_and(|first| {
        counts && Wants::of(prose, source).stand_before(&prose.blocks[first.block])
    });
    if are_notes { notes } else { Vec::new() }
}

/// The number that a block has raised at its start, by `<sup>` or `^`, and the length of its digits.
fn markup_number(prose: &Prose, source: &str, block: &Block) -> Option<(u32, usize)> {
    let text = prose.block_text(block);
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let first = prose.marks_in(block.text.start..block.text.start + digits).next()?;
    let is_raised = match first.kind {
        MarkKind::Superscript => first.text.len() == digits,
        MarkKind::Html => source.get(first.span.range()).is_some_and(|tag| tag.starts_with("<sup")),
        _ => false,
    };
    let is_apart = text[digits..].starts_with([' ', '.', ')']);
    let numbers = plain_numbers(&text[..digits]).filter(|_| is_raised && is_apart)?;
    Some((numbers[0], digits))
}

/// How many items the last ordered list in raw HTML has.
fn listed_in_html(prose: &Prose) -> u32 {
    let raw = |block: &Block| {
        if block.kind == BlockKind::Html { prose.block_text(block) } else { "" }
    };
    let Some(first) = prose.blocks.iter().rposition(|block| raw(block).contains("<ol")) else {
        return 0;
    };
    let behind = &prose.blocks[first..];
    let list_of = |block: &Block| match block.kind {
        BlockKind::Item { list, .. } => Some(list),
        _ => None,
    };
    let own = behind.get(1).and_then(list_of);
    let with_text = behind.iter().filter(|block| own.is_some() && list_of(block) == own).count();
    let without: usize = behind.iter().map(|block| raw(block).matches("<li").count()).sum();
    u32::try_from(with_text + without).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FilePath, Format, SourceFile};
    use crate::syntax::parse;

    /// The numbers and texts of the entries.
    fn entries(name: &str, text: &str) -> Vec<String> {
        let path = FilePath::new(name);
        let format = Format::of_name(name).expect("the name has an extension");
        let file = SourceFile::new(path, text, format);
        let document = parse(&file);
        let body = document.body.as_ref().expect("a text has a body");
        let list = Lists::of(body, &file.text).list.unwrap_or_default();
        list.entries.iter().map(|(number, _, text)| format!("{number}: {text}")).collect()
    }

    #[test]
    fn lists_as_they_are_pasted() {
        for (name, list) in [
            ("a.md", "## References\n\n[1] Smith A. 2020.\n[2] Jones B. 2021."),
            ("a.md", "References\n\n1. Smith A. 2020.\n2. Jones B. 2021."),
            ("a.md", "Sources\n1. Smith A. 2020.\n2. Jones B. 2021."),
            ("a.md", "**References**\n[1] Smith A. 2020.\n[2] Jones B. 2021."),
            ("a.md", "References: [1] Smith A. 2020. [2] Jones B. 2021."),
            ("a.md", "---\n\n[1] Smith A. 2020.\n[2] Jones B. 2021."),
            ("a.md", "---\n\n[1] Smith A. 2020.\n\n[2] Jones B. 2021.\n\nPhoto: private."),
            ("a.md", "## Endnotes\n\n1. Smith A. 2020.\n2. Jones B. 2021."),
            ("a.md", "## Sources\n\n1. Smith A. 2020.\n\nhttps://a.org/x\n\n2. Jones B. 2021."),
            ("a.txt", "[1] Smith A. 2020.\n[2] Jones B. 2021."),
            ("a.txt", "References\n[1] Smith A. 2020.\n[2] Jones B. 2021."),
        ] {
            let found = entries(name, &format!("It helps Malm\u{f6} [1, 2].\n\n{list}\n"));
            let bare: Vec<_> =
                found.iter().map(|own| own.replace("[1] ", "").replace("[2] ", "")).collect();
            assert_eq!(bare, ["1: Smith A. 2020.", "2: Jones B. 2021."], "{list}");
        }
    }

    #[test]
    fn other_lists_are_no_references() {
        for text in [
            "Sources of pain are many.\n\n1. Work.\n2. Rest.",
            "It helps.\n\n1. Walk in May 2020.\n2. Rest in Rome in 2021.",
            "It helps [1].\n\n1. Walk.\n2. Rest.",
            "Sources\n\nThey are many.",
        ] {
            assert_eq!(entries("a.md", text), [""; 0], "{text}");
        }
    }
}
