//! An answer key: where one begins, what its entries are, and where questions go on behind it.

use super::headings::{asks, is_key_heading};
use super::{LONGEST_HEAD, NO_LEVEL, Reader, heading_level, in_lines};
use crate::lexicon::concept_of;
use crate::model::quiz::parts::{Place, Title};
use crate::model::quiz::wording::{
    InlineEntry, answer_in, bare_key, inline_key, inline_options, is_answer_heading, is_generic,
    leading_letter, leading_number, leading_part, leads_explanation, letters_before_reason,
    letters_in_order, number_in, number_pairs, part_and_number, part_in, parts, question_prefix,
    several, stated_letter, trimmed,
};
use crate::model::quiz::{KeyEntry, KeyForm, KeySection, letter_alone, truth};
use crate::normal;
use crate::syntax::{Block, BlockKind, Text};
use std::ops::Range;

/// Bytes of a key in one line that has no heading, or no numbers.
const LONGEST_KEY: usize = 400;

/// Where the [`Reader`] stands in an answer key.
#[derive(Default)]
pub(super) struct InKey {
    /// The blocks are those of a key.
    pub is_open: bool,
    /// The level of its heading, and the title in it that was read last.
    pub level: u8,
    title: Option<Title>,
    /// How deep its entries stand in lists: 2 below the titles of parts.
    depth: u8,
    /// The row of a table of answers that was begun, and the question it names.
    row: Option<(u32, String)>,
    /// Questions that columns of a table of answers are for.
    columns: Vec<(u32, String)>,
    /// It is a table without a heading.
    pub is_table: bool,
    /// The question that a heading in it names, whose answer stands below it.
    below: Option<Below>,
}

/// What stands below a heading "Question 3" in a key.
struct Below {
    number: String,
    /// Nothing was read yet.
    is_first: bool,
    is_answered: bool,
}

impl Reader<'_> {
    /// Whether nothing but letters stands in the numbered list below a heading that is no question: "How did you
    /// do?", "Feedback".
    pub(super) fn is_above_key(&self, text: &str, behind: &[Block]) -> bool {
        let is_question = leading_number(text).is_some()
            || is_generic(text)
            || text.contains('?') && !text.to_ascii_lowercase().contains("you");
        let number = |block: &Block| match block.kind {
            BlockKind::Item { number, .. } => number,
            _ => None,
        };
        let is_entry = |block: &&Block| {
            let text = self.body.block_text(block);
            letter_alone(text).is_some() || truth(text).is_some()
        };
        let items: Vec<&Block> =
            behind.iter().take_while(|block| number(block).is_some()).take(3).collect();
        // "1. True", "2. False" are the options of a statement.
        let truths: Vec<_> =
            items.iter().filter_map(|block| truth(self.body.block_text(block))).collect();
        let is_listed = self.in_list && !self.is_asked();
        let asked = self.asked() + usize::from(is_listed);
        let is_statement = items.len() == 2 && truths == [true, false] && asked != 2;
        !is_question
            && !is_statement
            && (self.count > 0 || self.is_asked())
            && items.first().is_some_and(|block| number(block) == Some(1))
            && items.iter().all(is_entry)
    }

    /// Whether a heading in the key is the number of the question that is answered below it.
    pub(super) fn is_number_in_key(&self, text: &str, behind: &[Block]) -> bool {
        let letter = |block: &Block| {
            let text = self.body.block_text(block);
            leading_letter(text).map(|(letter, _)| text[letter].to_ascii_lowercase())
        };
        let is_question = match behind {
            [] => true,
            [first, rest @ ..] => {
                let text = self.body.block_text(first);
                let goes_on = rest.first().and_then(letter).is_some_and(|own| own == "b");
                text.contains('?')
                    || inline_options(text).is_some()
                    || letter(first).is_some() && goes_on
            }
        };
        number_in(text).is_some() && !is_question
    }

    /// A paragraph that says nothing but "Answer key:", or "Answer key" above a numbered answer.
    pub(super) fn is_key_line(&self, block: &Block, text: &str, next: Option<&Block>) -> bool {
        if !matches!(block.kind, BlockKind::Paragraph) || !is_key_heading(text) {
            return false;
        }
        text.trim_end().ends_with(':')
            || self.is_bold(block)
            || text.len() <= LONGEST_HEAD && next.is_some_and(|next| self.is_numbered_answer(next))
    }

    /// Whether a table without a heading says which answer is right: `| Q | Key |`, or numbers above letters.
    pub(super) fn begins_key_table(&self, block: &Block, text: &str, next: Option<&Block>) -> bool {
        let BlockKind::TableCell { header: true, column: 0, .. } = block.kind else { return false };
        let Some(next) = next.filter(|_| !self.key.is_open && (self.count > 0 || self.is_asked()))
        else {
            return false;
        };
        let beside = matches!(next.kind, BlockKind::TableCell { header: true, column: 1, .. });
        let other = self.body.block_text(next);
        let is_head = matches!(
            normal::plain(text).as_str(),
            "" | "q" | "#" | "no" | "nr" | "number" | "question" | "item"
        );
        beside
            && (is_head && (is_key_heading(other) || is_answer_heading(other))
                || number_in(text).as_deref() == Some("1")
                    && number_in(other).as_deref() == Some("2"))
    }

    /// "1. b", "1. b) psoas", "1. True".
    pub(super) fn is_numbered_answer(&self, block: &Block) -> bool {
        let text = self.body.block_text(block);
        matches!(block.kind, BlockKind::Item { number: Some(1), .. })
            && (letter_alone(text).is_some()
                || leading_letter(text).is_some()
                || truth(text).is_some())
    }

    /// A key that is one paragraph or block of code: "Answers: 1 - b, 2 - c", "Answers: b, c", "1 b, 2 c".
    pub(super) fn key_in_block(&mut self, block: &Block, text: &str) -> Option<Vec<InlineEntry>> {
        if let Some(entries) = key_in_line(block, text) {
            return Some(entries);
        }
        let is_text = matches!(block.kind, BlockKind::Paragraph);
        if !is_text || self.key.is_open || self.count == 0 && !self.is_asked() {
            return None;
        }
        let (head, rest) = text.split_once(':').unwrap_or(("", text));
        let entries = match head.len() <= LONGEST_HEAD && is_key_heading(head) {
            true => self.in_order(rest),
            false if self.habits.has_key || head.is_empty() && text.len() > LONGEST_KEY => {
                Vec::new()
            }
            false => return Some(bare_key(text)).filter(|own| !own.is_empty()),
        };
        (!entries.is_empty()).then(|| moved(entries, text.len() - rest.len()))
    }

    /// Letters for all questions so far, in their order.
    fn in_order(&self, text: &str) -> Vec<InlineEntry> {
        let asked = self.asked();
        let entries = if text.len() <= LONGEST_KEY { letters_in_order(text) } else { Vec::new() };
        if entries.len() == asked && asked > 1 { entries } else { Vec::new() }
    }

    /// How many questions there are so far.
    pub(super) fn asked(&self) -> usize {
        self.count + self.waiting.len() + usize::from(self.is_asked())
    }

    pub(super) fn open_key(&mut self, block: &Block) {
        self.finish_question();
        self.take_waiting();
        self.key.is_open = true;
        self.key.depth = 1;
        self.key.level = heading_level(block).unwrap_or(NO_LEVEL);
        let text = self.body.block_text(block);
        let head = &text[..text.floor_char_boundary(2 * LONGEST_HEAD)];
        self.key.title = part_in(head).map(|(name, _)| self.titles.part(&name));
        let anchor = self.body.span(block.text.clone());
        let lower = head.to_ascii_lowercase();
        let is_partial = ["odd", "even", "selected"]
            .iter()
            .any(|word| lower.split(|c: char| !c.is_alphanumeric()).any(|own| own == *word));
        self.keys.push(KeySection {
            anchor,
            span: block.span,
            entries: Vec::new(),
            form: KeyForm::Numbered,
            is_unread: false,
            is_partial,
            behind: self.count,
        });
        self.key.columns.clear();
        self.key.is_table = false;
        self.key.below = None;
    }

    /// A heading in the key that names the question which is answered below it.
    pub(super) fn name_in_key(&mut self, text: &str) {
        let below = |number| Below { number, is_first: true, is_answered: false };
        self.key.below = number_in(text).map(below);
    }

    /// Below such a heading: the answer, right below it or behind "Correct answer:", or what explains it. `None` in
    /// a list that names questions itself.
    fn below_number(&mut self, block: &Block) -> Option<Vec<InlineEntry>> {
        let text = &*in_lines(self.body, self.source, block.text.clone());
        let below = self.key.below.as_mut()?;
        let is_first = std::mem::take(&mut below.is_first);
        let is_text = match block.kind {
            BlockKind::Item { number, .. } => number.is_none() || is_first,
            BlockKind::Paragraph => true,
            _ => false,
        };
        let names_one =
            || question_prefix(text).is_some_and(|(named, _)| number_in(&named).is_some());
        if !is_text || names_one() {
            self.key.below = None;
            return None;
        }
        let value = match answer_in(text).filter(|(start, _)| *start == 0) {
            Some((_, value)) => Some(first_line(text, value)),
            None if is_first => letters_before_reason(text)
                .or_else(|| several(text).map(|_| 0..text.len()))
                .or_else(|| stated_letter(text))
                .or_else(|| truth(text).map(|_| 0..text.len())),
            None => None,
        };
        let value = value.filter(|_| !below.is_answered);
        below.is_answered |= value.is_some();
        let entry = value.map(|value| (below.number.clone(), value, 0..text.len()));
        Some(entry.into_iter().collect())
    }

    /// Whether questions go on behind a key, as in the next part.
    pub(super) fn leaves_key(&self, block: &Block, text: &str, next: Option<&Block>) -> bool {
        let Some(next) = next.filter(|_| self.key.is_open) else { return false };
        let asks = |block: &Block, text: &str| match block.kind {
            BlockKind::Item { number, .. } => number.is_some() && text.ends_with('?'),
            BlockKind::Paragraph => leading_number(text).is_some() && text.ends_with('?'),
            BlockKind::Heading { .. } => asks(text),
            _ => false,
        };
        let next_text = self.body.block_text(next);
        let has_options =
            inline_options(text).is_some_and(|(prompt, _)| text[prompt].ends_with('?'));
        has_options
            || asks(block, text) && self.begins_options(next)
            || block.kind == BlockKind::Paragraph
                && self.is_part_line(block, text, Some(next))
                && (asks(next, next_text)
                    || next_text.contains('?') && inline_options(next_text).is_some())
    }

    /// Whether a heading behind that of the key says for which part the entries below it are.
    pub(super) fn is_title_in_key(&mut self, level: u8, text: &str, next: Option<&Block>) -> bool {
        let is_other = || concept_of(&normal::plain(text)).is_some();
        if !self.key.is_open || text.contains('?') || is_generic(text) || is_other() {
            return false;
        }
        let known = match leading_part(text) {
            Some((name, _)) => self.titles.known_part(&name),
            None => self.titles.known(&normal::bare(text)),
        };
        let is_entry = |next: &Block| match next.kind {
            BlockKind::Item { number, .. } => {
                let words = self.body.block_text(next);
                number.is_some() && !words.contains('?') || self.is_numbered_answer(next)
            }
            BlockKind::Paragraph => !inline_key(self.body.block_text(next)).is_empty(),
            BlockKind::TableCell { .. } => true,
            _ => false,
        };
        let is_sure = |next: &Block| self.is_numbered_answer(next);
        let is_title = next.is_some_and(|next| match known {
            Some(_) => is_entry(next),
            None => level > self.key.level && is_sure(next),
        });
        if is_title {
            self.key.title = match (known, leading_part(text)) {
                (Some(title), _) => Some(title),
                (None, Some((name, _))) => Some(self.titles.part(&name)),
                (None, None) => Some(self.titles.other(normal::bare(text))),
            };
        }
        is_title
    }

    pub(super) fn key_block(&mut self, block: &Block) {
        let text = self.body.block_text(block);
        let mut entries = Vec::new();
        if let Some(entries) = self.below_number(block) {
            return self.key_entries(block, entries);
        }
        match block.kind {
            BlockKind::Item { number: Some(number), depth, .. } if depth <= self.key.depth => {
                entries = line_of_key(number.to_string(), 0..text.len(), text);
            }
            BlockKind::Item { number: None, depth, .. } if depth <= self.key.depth => {
                if let Some(end) = self.title_in_key(text) {
                    self.key.depth = 2;
                    entries = moved(inline_key(&text[end..]), end);
                } else if let Some((named, rest)) = question_prefix(text)
                    && !leads_explanation(&named)
                {
                    entries = line_of_key(named, rest, text);
                }
            }
            BlockKind::Paragraph => return self.key_paragraph(block),
            BlockKind::TableCell { header: true, column, .. } => {
                if column == 0 {
                    self.key.columns.clear();
                }
                self.key.columns.extend(number_in(text).map(|named| (column, named)));
                return;
            }
            BlockKind::TableCell { column, .. } if !self.key.columns.is_empty() => {
                // In the order of the columns.
                if let Ok(at) = self.key.columns.binary_search_by_key(&column, |(own, _)| *own) {
                    entries.push((self.key.columns[at].1.clone(), 0..text.len(), 0..text.len()));
                }
            }
            BlockKind::TableCell { header: false, row, column } => {
                let begun = self.key.row.take_if(|(own, _)| *own == row && column > 0);
                match begun {
                    Some((_, named)) if !named.is_empty() => {
                        entries.push((named, 0..text.len(), 0..text.len()));
                    }
                    Some(_) => self.key.row = number_in(text).map(|named| (row, named)),
                    None if column > 0 => {}
                    None if self.title_in_key(text).is_some() || self.is_part_name(text) => {
                        self.key.row = Some((row, String::new()));
                    }
                    None => {
                        let named = number_in(text)
                            .or_else(|| self.place_in_part(text).map(|_| text.trim().to_owned()));
                        self.key.row = named.map(|named| (row, named));
                    }
                }
            }
            _ => return,
        }
        self.key_entries(block, entries);
    }

    /// "1. b 2. c", "Part A: 1. b", or the title of a part, in each line.
    fn key_paragraph(&mut self, block: &Block) {
        let text = &*in_lines(self.body, self.source, block.text.clone());
        if self.is_bold(block)
            && let Some(title) = self.titles.known(&normal::bare(text))
        {
            self.key.title = Some(title);
        }
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let end = at + self.title_in_key(line).unwrap_or(0);
            let own = &text[end..at + line.len()];
            let entries = Some(inline_key(own)).filter(|found| !found.is_empty());
            let entries = entries.unwrap_or_else(|| match self.in_order(own) {
                none if none.is_empty() => one_word(own).into_iter().collect(),
                entries => entries,
            });
            self.key_entries(block, moved(entries, end));
            at += line.len();
        }
    }

    /// Whether a line of the key begins with the title of a part, and where what is behind it begins.
    fn title_in_key(&mut self, line: &str) -> Option<usize> {
        let (name, end) = leading_part(line)?;
        self.key.title = Some(self.titles.part(&name));
        Some(end)
    }

    /// Whether a cell says "A" and there is a part A.
    fn is_part_name(&mut self, text: &str) -> bool {
        let known = letter_alone(text).and_then(|name| self.titles.known_part(&name.to_string()));
        self.key.title = known.or(self.key.title);
        known.is_some()
    }

    /// "A1", where there is a part A.
    fn place_in_part(&self, named: &str) -> Option<Place> {
        let (part, number) = part_and_number(named)?;
        let title = Some(self.titles.known_part(&part)?);
        Some(Place { number: Some(number), is_listed: false, is_statement: false, title })
    }

    /// Entries of the key, as ranges of the block: the question, what is stated of it, and the whole.
    pub(super) fn key_entries(&mut self, block: &Block, entries: Vec<InlineEntry>) {
        let (body, start) = (self.body, block.text.start);
        let is_blank = |text: &str| !text.contains(char::is_alphanumeric);
        if let Some(section) = self.keys.last_mut() {
            section.is_unread |= entries.is_empty()
                && section.entries.is_empty()
                && !is_blank(body.block_text(block));
        }
        for (question, value, whole) in entries {
            if is_blank(&body.block_text(block)[value.clone()]) {
                continue;
            }
            let place = self.place_in_part(&question).unwrap_or_else(|| Place {
                number: question.trim_start_matches(|c: char| !c.is_ascii_digit()).parse().ok(),
                is_listed: false,
                is_statement: false,
                title: self.key.title,
            });
            let Some(section) = self.keys.last_mut() else {
                return;
            };
            let value = trimmed(body.block_text(block), value);
            let parts = parts(&body.block_text(block)[value.clone()]);
            let from = start + value.start;
            let text =
                |part: Range<usize>| Text::of_prose(body, from + part.start..from + part.end);
            section.span = section.span.to(block.span);
            section.is_unread = false;
            section.entries.push(KeyEntry {
                question,
                span: body.span(start + whole.start..start + whole.end),
                values: parts.into_iter().map(text).collect(),
                names: None,
                among: 0,
                place,
            });
        }
    }
}

/// "Answers: 1 - b, 2 - c": the entries.
fn key_in_line(block: &Block, text: &str) -> Option<Vec<InlineEntry>> {
    let is_text = matches!(block.kind, BlockKind::Paragraph | BlockKind::Code);
    let (head, rest) = text.split_once(':').filter(|_| is_text)?;
    // Few paragraphs are gone on with.
    let number =
        rest.trim_start_matches(|c: char| !c.is_alphanumeric()).trim_start_matches(['Q', 'q']);
    if !number.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if head.len() > 2 * LONGEST_HEAD || !is_key_heading(head) {
        return None;
    }
    let found = Some(inline_key(rest)).filter(|found| !found.is_empty());
    let entries = moved(found.unwrap_or_else(|| number_pairs(rest)), text.len() - rest.len());
    (!entries.is_empty()).then_some(entries)
}

/// The part of a range that stands in its first line.
fn first_line(text: &str, range: Range<usize>) -> Range<usize> {
    let end = text[range.clone()].find('\n').map_or(range.end, |at| range.start + at);
    trimmed(text, range.start..end)
}

/// "Question 2: psoas": the number of a question and a single word.
fn one_word(line: &str) -> Option<InlineEntry> {
    let (named, value) = question_prefix(line)?;
    let value = trimmed(line, value);
    let is_word = |own: &str| !own.is_empty() && own.chars().all(char::is_alphabetic);
    let number = number_in(&named).filter(|_| is_word(&line[value.clone()]))?;
    let end = value.end;
    Some((number, value, 0..end))
}

/// The entry of an item, and those that go on behind it: "1. b  2. c  3. a" is an item to the reader of lists.
fn line_of_key(named: String, value: Range<usize>, text: &str) -> Vec<InlineEntry> {
    let value = match answer_in(&text[value.clone()]) {
        Some((0, own)) => value.start + own.start..value.start + own.end,
        _ => value,
    };
    let next = named.parse().map_or(0, |number: u32| number + 1).to_string();
    let rest = moved(inline_key(&text[value.clone()]), value.start);
    let others = rest
        .into_iter()
        .skip_while(|(other, _, whole)| *other != next || whole.start == value.start);
    let others: Vec<_> = others.collect();
    let end = others.first().map_or(value.end, |(_, _, whole)| whole.start);
    let stated = text[value.start..end].trim().trim_end_matches([',', ';']);
    if letter_alone(stated).is_none() && truth(stated).is_none() {
        // A number in words that explain the answer.
        return std::iter::once((named, value, 0..text.len())).collect();
    }
    let own = (named, value.start..end, 0..end);
    std::iter::once(own).chain(others).collect()
}

pub(super) fn moved(mut entries: Vec<InlineEntry>, by: usize) -> Vec<InlineEntry> {
    for (_, value, whole) in &mut entries {
        *value = value.start + by..value.end + by;
        *whole = whole.start + by..whole.end + by;
    }
    entries
}
