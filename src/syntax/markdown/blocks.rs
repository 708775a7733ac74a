//! Blocks of text: where the [`Reader`] begins and ends one, and what it is by the lists, quotes and boxes around
//! it.

use super::parts::Part;
use super::{Reader, boxes, numbers, trimmed};
use crate::syntax::{Block, BlockKind, Definition, ItemId};
use pulldown_cmark::{Tag, TagEnd};
use std::ops::Range;

/// A list item that has begun.
pub(super) struct OpenItem {
    id: ItemId,
    list: u32,
    depth: u8,
    number: Option<u32>,
    /// Where its marker starts.
    start: usize,
    end: usize,
    /// Its `BlockKind::Item` block is still to come.
    pending: bool,
}

impl Reader<'_> {
    pub(super) fn start(&mut self, tag: Tag<'_>, range: Range<usize>, part: &Part<'_>) {
        match tag {
            Tag::Paragraph => match self.items.last() {
                Some(item) if item.pending => self.open_item_block(),
                _ => self.open(BlockKind::Paragraph, range),
            },
            Tag::Heading { level, .. } => {
                self.begin_other_block();
                self.open(BlockKind::Heading { level: level as u8, bare: false }, range);
            }
            Tag::BlockQuote(_) => {
                self.begin_other_block();
                self.quotes += 1;
            }
            Tag::CodeBlock(_) => {
                self.begin_other_block();
                self.open(BlockKind::Code, range);
            }
            Tag::HtmlBlock => {
                self.begin_other_block();
                self.html_start = Some(self.out.checkpoint());
                self.open(BlockKind::Html, range);
            }
            Tag::List(_) if self.is_box(&range) => self.begin_other_block(),
            Tag::List(_) => {
                self.begin_other_block();
                self.lists.push(self.list_count);
                self.list_count += 1;
            }
            Tag::Item if self.is_box(&range) => {
                self.begin_other_block();
                self.boxes.push(range);
                self.box_begins = true;
            }
            Tag::Item => self.begin_item(range),
            Tag::FootnoteDefinition(label) => {
                self.begin_other_block();
                let span = self.out.span_of(trimmed(self.source, range));
                let label = self.original(&label, part);
                let definition = Definition { label, footnote: true, target: String::new(), span };
                self.footnote = Some(self.out.define(definition));
            }
            Tag::Table(_) => {
                self.begin_other_block();
                self.row = 0;
            }
            Tag::TableHead | Tag::TableRow => self.column = 0,
            Tag::TableCell => self.begin_cell(range),
            Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Link { .. }
            | Tag::Image { .. } => {
                self.open_implicit(range.start);
                self.start_inline(tag, range, part);
            }
            // Not asked for in `options`.
            Tag::Superscript
            | Tag::Subscript
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_) => {}
        }
    }

    pub(super) fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) => self.close(range.end),
            TagEnd::BlockQuote(_) => {
                self.close_implicit();
                self.quotes -= 1;
            }
            TagEnd::CodeBlock => self.close(range.end),
            TagEnd::HtmlBlock => {
                self.close(range.end);
                self.read_html();
            }
            TagEnd::List(_) if self.is_box(&range) => self.close_implicit(),
            TagEnd::List(_) => {
                self.close_implicit();
                self.lists.pop();
            }
            TagEnd::Item if self.is_box(&range) => {
                self.close_implicit();
                self.boxes.pop();
                let written = self.source[range.clone()].trim_end_matches([' ', '\t', '\r', '\n']);
                let end = range.start + written.len();
                self.raw_line(end..end);
            }
            TagEnd::Item => {
                self.begin_other_block();
                self.items.pop();
            }
            TagEnd::FootnoteDefinition => {
                self.close_implicit();
                self.footnote = None;
            }
            TagEnd::TableHead | TagEnd::TableRow => self.row += 1,
            TagEnd::TableCell => {
                if self.out.block_is_open() {
                    self.close(range.end);
                }
                self.column += 1;
            }
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Link
            | TagEnd::Image => self.end_inline(range),
            TagEnd::Table
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    /// A thematic break, or what the parser takes for one.
    pub(super) fn rule(&mut self, range: Range<usize>) {
        if let Some(own) = self.boxes.last().filter(|_| self.box_begins) {
            let line = own.start..range.end;
            self.box_begins = false;
            let blanks = leading_blanks(&self.source[line.clone()]);
            self.raw_line(line.start + blanks..line.end);
        } else if boxes::is_rule(&self.source[range.start..]) {
            self.begin_other_block();
            self.raw_line(range);
        } else {
            self.close_implicit();
        }
    }

    /// A line that opens or closes a box.
    fn raw_line(&mut self, range: Range<usize>) {
        self.open(BlockKind::Html, range.clone());
        self.out.copy(trimmed(self.source, range.clone()));
        self.close(range.end);
    }

    /// Whether the parser's list or list item is a box of indented lines.
    fn is_box(&self, range: &Range<usize>) -> bool {
        boxes::is_item(self.source[range.clone()].trim_start_matches([' ', '\t']))
    }

    pub(super) fn open(&mut self, kind: BlockKind, range: Range<usize>) {
        self.block_end = range.end;
        let block = Block {
            kind,
            text: 0..0,
            span: self.out.span_of(range),
            quoted: self.quotes > 0,
            item: self.items.last().map(|item| item.id),
            footnote: self.footnote,
        };
        self.implicit = false;
        self.out.open_block(block);
    }

    fn begin_item(&mut self, range: Range<usize>) {
        self.close_implicit();
        // A list may begin with a box, which is none of its items.
        let depth = u8::try_from(self.lists.len().max(1)).unwrap_or(u8::MAX);
        let list = self.lists.last().copied().unwrap_or_default();
        let marker = self.source[range.clone()].trim_start_matches([' ', '\t']);
        self.items.push(OpenItem {
            id: ItemId(self.item_count),
            list,
            depth,
            number: numbers::number_before(marker),
            start: range.end - marker.len(),
            end: range.end,
            pending: true,
        });
        self.item_count += 1;
        self.inline_end = range.end - marker.len() + marker_len(marker);
    }

    /// The block every item has.
    fn open_item_block(&mut self) {
        let Some(item) = self.items.last_mut() else { return };
        item.pending = false;
        let kind =
            BlockKind::Item { number: item.number, task: None, depth: item.depth, list: item.list };
        let range = item.start..item.end;
        self.open(kind, range);
    }

    /// Text without a paragraph around it: a tight list item.
    pub(super) fn open_implicit(&mut self, start: usize) {
        if self.out.block_is_open() {
            return;
        }
        match self.items.last() {
            Some(item) if item.pending => self.open_item_block(),
            item => {
                let ends = [item.map(|item| item.end), self.boxes.last().map(|own| own.end)];
                let end = ends.into_iter().flatten().min().unwrap_or(start);
                self.open(BlockKind::Paragraph, start..end);
            }
        }
        self.implicit = true;
    }

    fn close_implicit(&mut self) {
        if self.out.block_is_open() && self.implicit {
            self.close(self.inline_end);
        }
        self.implicit = false;
    }

    pub(super) fn close(&mut self, end: usize) {
        self.line_break = None;
        if self.superscript.take().is_some() {
            self.out.close_mark();
        }
        self.out.close_block(end);
    }

    /// Something that is not an item's first paragraph begins, or the item ends.
    fn begin_other_block(&mut self) {
        self.close_implicit();
        if self.items.last().is_some_and(|item| item.pending) {
            self.open_item_block();
            self.close(self.inline_end);
        }
    }

    pub(super) fn task(&mut self, done: bool, range: Range<usize>) {
        self.open_implicit(range.start);
        self.inline_end = range.end;
        // The event takes a tab before the box along.
        let blanks = leading_blanks(&self.source[range.clone()]);
        let span = self.out.span_of(range.start + blanks..range.end);
        if let Some(BlockKind::Item { task, .. }) =
            self.out.last_block().map(|block| &mut block.kind)
        {
            *task = Some((done, span));
        }
    }

    fn begin_cell(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        let kind =
            BlockKind::TableCell { header: self.row == 0, row: self.row, column: self.column };
        let blanks = leading_blanks(&self.source[range.clone()]);
        self.open(kind, range.start + blanks..range.end);
    }
}

/// Bytes of `-`, `*`, `+`, `12.` or `12)`.
fn marker_len(marker: &str) -> usize {
    let digits = marker.bytes().take_while(u8::is_ascii_digit).count();
    (digits + 1).min(marker.len())
}

fn leading_blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t']).len()
}
