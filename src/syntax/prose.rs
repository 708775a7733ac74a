//! Running text: blocks, inline marks and sentences, each with its exact bytes.
//!
//! A [`Prose`] is what a Markdown body, a plain-text draft or a Markdown string field becomes. Its
//! `text` is what a reader sees (markup and entities gone); every offset into it maps back to
//! source bytes through [`Prose::span`].

use super::offset_map::OffsetMap;
use super::sentences;
use crate::source::Span;
use std::ops::Range;

/// Running text of one owner (a body or a field).
#[derive(Clone, Debug, Default)]
pub struct Prose {
    /// Visible text of all blocks, in order; blocks are separated by one line feed. A soft line
    /// break is one blank, a hard one a line feed.
    pub text: String,
    /// Blocks in source order; their text ranges ascend and do not overlap.
    pub blocks: Vec<Block>,
    /// Inline marks in source order, outer before inner. Text ranges start in ascending order and
    /// nest.
    pub marks: Vec<Mark>,
    /// Footnote definitions, then link reference definitions, each in source order.
    pub definitions: Vec<Definition>,
    map: OffsetMap,
}

/// A stretch of text with one role. Text range is in `Prose::text`, span in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    pub kind: BlockKind,
    /// Visible text.
    pub text: Range<usize>,
    /// The whole block as written, markers included, without the final line break.
    pub span: Span,
    /// Inside a block quote.
    pub quoted: bool,
    /// The list item the block belongs to, counted over the whole prose (an item may hold several
    /// blocks).
    pub item: Option<ItemId>,
    /// Label of the footnote definition the block belongs to, as index in `Prose::definitions`.
    pub footnote: Option<usize>,
}

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// 1 to 6. `bare` headings are lines of plain-text drafts that stand alone without a mark.
    Heading { level: u8, bare: bool },
    Paragraph,
    /// First paragraph of a list item. Every item has one; it is empty when the item is, or when it
    /// starts with something else (a heading, code, another list).
    Item {
        /// Number written before an ordered item.
        number: Option<u64>,
        /// `[ ]` or `[x]` of a task list, with the span of the box.
        task: Option<(bool, Span)>,
        /// 1 for a list that is in no other list.
        depth: u8,
        /// Which list, counted over the prose: items with the same number are siblings.
        list: u32,
    },
    /// Cells that are not written (a row shorter than the head) have no block.
    TableCell { header: bool, row: u32, column: u32 },
    /// The code alone, without fences or indentation.
    Code,
    /// Raw HTML, and paragraphs of nothing but tags or of MDX `import` and `export` lines, as
    /// written.
    Html,
}

/// Which list item of the prose, in order of their start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(pub u32);

/// Something inside a block's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub kind: MarkKind,
    /// The visible part, in `Prose::text`; empty for images without alt text, for tags, and for
    /// footnote marks, which stand right behind the last word before them.
    pub text: Range<usize>,
    /// As written, with its delimiters.
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkKind {
    Emphasis,
    Strong,
    Strikethrough,
    /// `^1^`, without blanks in it.
    Superscript,
    Code,
    /// `target` as decoded by the Markdown reader; `autolink` when the text is the address.
    Link { target: String, autolink: bool },
    /// The mark's text is the alt text. `has_alt` is false for an `<img>` without the attribute;
    /// `![](x.png)` and `alt=""` have an empty one.
    Image { target: String, has_alt: bool },
    /// `[^label]`. Of a label that nothing defines, readers see the brackets: the mark's text is
    /// `[^label]` itself then.
    Footnote { label: String },
    /// Raw inline HTML, or a template or shortcode tag (`{{ ... }}`, `{% ... %}`, `{{< ... >}}`),
    /// or a JSX tag.
    Html,
}

/// `[label]: target` or `[^label]: text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    pub label: String,
    pub footnote: bool,
    /// Target of a link definition, empty for footnotes (their blocks say `footnote: Some(index)`).
    pub target: String,
    pub span: Span,
}

impl Prose {
    /// Source bytes behind a range of `text`.
    pub fn span(&self, range: Range<usize>) -> Span {
        self.map.span(range)
    }

    /// The map from `text` to the source.
    pub fn map(&self) -> &OffsetMap {
        &self.map
    }

    /// A block's visible text.
    pub fn block_text(&self, block: &Block) -> &str {
        &self.text[block.text.clone()]
    }

    /// Marks whose visible text lies in `range` (an empty mark lies where it stands, both ends
    /// included).
    pub fn marks_in(&self, range: Range<usize>) -> impl Iterator<Item = &Mark> {
        let first = self.marks.partition_point(|mark| mark.text.start < range.start);
        let marks = self.marks[first..].iter();
        marks
            .take_while(move |mark| mark.text.start <= range.end)
            .filter(move |mark| mark.text.end <= range.end)
    }

    /// Sentences of a block, as ranges of `text`: ordered, apart, trimmed, inside the block.
    /// Headings, code and HTML have none.
    pub fn sentences(&self, block: &Block) -> Vec<Range<usize>> {
        match block.kind {
            BlockKind::Heading { .. } | BlockKind::Code | BlockKind::Html => Vec::new(),
            BlockKind::Paragraph | BlockKind::Item { .. } | BlockKind::TableCell { .. } => {
                let base = block.text.start;
                let shift = |range: Range<usize>| range.start + base..range.end + base;
                sentences::split(self.block_text(block)).into_iter().map(shift).collect()
            }
        }
    }

    /// The same prose one level further out: its "source" is a decoded string, `outer` maps that
    /// string to the file.
    pub fn mapped_through(mut self, outer: &OffsetMap) -> Self {
        let lift = |span: Span| outer.span(span.range());
        for block in &mut self.blocks {
            block.span = lift(block.span);
            if let BlockKind::Item { task: Some((_, span)), .. } = &mut block.kind {
                *span = lift(*span);
            }
        }
        for mark in &mut self.marks {
            mark.span = lift(mark.span);
        }
        for definition in &mut self.definitions {
            definition.span = lift(definition.span);
        }
        self.map = self.map.then(outer);
        self
    }
}

/// Puts a [`Prose`] together, front to back. Ranges are offsets into `source`, which stands at byte
/// `base` of its file.
pub(super) struct ProseBuilder<'s> {
    source: &'s str,
    base: usize,
    text: String,
    blocks: Vec<Block>,
    marks: Vec<Mark>,
    definitions: Vec<Definition>,
    map: OffsetMap,
    /// Marks that have begun, outermost first, as indices of `marks`.
    open_marks: Vec<usize>,
    block_is_open: bool,
    /// Marks before this one belong to earlier blocks.
    first_mark: usize,
}

impl<'s> ProseBuilder<'s> {
    pub fn new(source: &'s str, base: usize) -> Self {
        Self {
            source,
            base,
            text: String::with_capacity(source.len()),
            blocks: Vec::new(),
            marks: Vec::new(),
            definitions: Vec::new(),
            map: OffsetMap::default(),
            open_marks: Vec::new(),
            block_is_open: false,
            first_mark: 0,
        }
    }

    /// The span of a range of the source.
    pub fn span_of(&self, range: Range<usize>) -> Span {
        Span::from_usize(range.start + self.base..range.end + self.base)
    }

    /// Visible text that is written as it is read.
    pub fn copy(&mut self, range: Range<usize>) {
        self.text.push_str(&self.source[range.clone()]);
        self.map.push(small(range.len()), self.span_of(range));
    }

    /// Visible text that stands for other bytes of the source.
    pub fn replace(&mut self, text: &str, range: Range<usize>) {
        self.text.push_str(text);
        self.map.push(small(text.len()), self.span_of(range));
    }

    /// Where the next visible byte goes.
    pub fn at(&self) -> usize {
        self.text.len()
    }

    pub fn block_is_open(&self) -> bool {
        self.block_is_open
    }

    /// The last block that was begun.
    pub fn last_block(&mut self) -> Option<&mut Block> {
        self.blocks.last_mut()
    }

    /// The next block; `block.text` is filled in here, the end of `block.span` by `close_block`.
    pub fn open_block(&mut self, mut block: Block) {
        if !self.blocks.is_empty() {
            self.text.push('\n');
            self.map.push(1, Span::empty(block.span.start));
        }
        block.text = self.at()..self.at();
        self.blocks.push(block);
        self.block_is_open = true;
        self.first_mark = self.marks.len();
    }

    /// End the open block at `end`, blanks and line breaks before it not counted.
    pub fn close_block(&mut self, end: usize) {
        let at = self.at();
        let start = self.last_span_start();
        let end = trim_end(self.source, start..end.max(start));
        if self.is_only_tags() {
            self.marks.truncate(self.first_mark);
            self.copy(start..end);
            if let Some(block) = self.blocks.last_mut() {
                block.kind = BlockKind::Html;
            }
        }
        let at = at.max(self.at());
        let span = self.span_of(start..end);
        if let Some(block) = self.blocks.last_mut() {
            block.text.end = at;
            block.span = span;
        }
        self.block_is_open = false;
    }

    fn last_span_start(&self) -> usize {
        self.blocks.last().map_or(0, |block| block.span.start as usize - self.base)
    }

    /// Whether the open block is a paragraph in which a reader sees nothing, but something is.
    fn is_only_tags(&self) -> bool {
        let Some(block) = self.blocks.last() else { return false };
        let marks = &self.marks[self.first_mark..];
        block.kind == BlockKind::Paragraph
            && block.text.start == self.text.len()
            && !marks.is_empty()
            && marks.iter().all(|mark| mark.kind == MarkKind::Html)
    }

    /// A mark around the visible text from here to `close_mark`.
    pub fn open_mark(&mut self, kind: MarkKind, range: Range<usize>) {
        self.open_marks.push(self.marks.len());
        let span = self.span_of(range);
        self.marks.push(Mark { kind, text: self.at()..self.at(), span });
    }

    /// End the innermost open mark.
    pub fn close_mark(&mut self) {
        if let Some(index) = self.open_marks.pop() {
            self.marks[index].text.end = self.at();
        }
    }

    /// A mark without visible text.
    pub fn empty_mark(&mut self, kind: MarkKind, range: Range<usize>) {
        self.open_mark(kind, range);
        self.close_mark();
    }

    /// A footnote mark: it stands behind the last word, so that it belongs to the sentence before
    /// it even when a blank was written between them.
    pub fn footnote_mark(&mut self, label: &str, range: Range<usize>) {
        let block_start = self.blocks.last().map_or(0, |block| block.text.start);
        let floor = self.marks[self.first_mark..].last().map_or(block_start, |mark| {
            let open = self.open_marks.last() == Some(&(self.marks.len() - 1));
            if open { mark.text.start } else { mark.text.end }
        });
        let at = floor + self.text[floor..].trim_end().len();
        let span = self.span_of(range);
        let kind = MarkKind::Footnote { label: label.to_owned() };
        self.marks.push(Mark { kind, text: at..at, span });
    }

    /// A mark around text that is there already, in the last block.
    pub fn mark_text(&mut self, kind: MarkKind, text: Range<usize>) {
        let span = self.map.span(text.clone());
        self.mark(kind, text, span);
    }

    /// A mark whose visible text and span are known.
    pub fn mark(&mut self, kind: MarkKind, text: Range<usize>, span: Span) {
        self.marks.push(Mark { kind, text, span });
    }

    /// Visible text of the last block so far, and where it starts.
    pub fn last_text(&self) -> (usize, &str) {
        let start = self.blocks.last().map_or(0, |block| block.text.start);
        (start, &self.text[start..])
    }

    /// Source bytes behind a range of the text so far.
    pub fn source_of(&self, text: Range<usize>) -> Span {
        self.map.span(text)
    }

    pub fn define(&mut self, definition: Definition) -> usize {
        self.definitions.push(definition);
        self.definitions.len() - 1
    }

    pub fn finish(self) -> Prose {
        Prose {
            text: self.text,
            blocks: self.blocks,
            marks: self.marks,
            definitions: self.definitions,
            map: self.map,
        }
    }
}

fn small(n: usize) -> u32 {
    u32::try_from(n).expect("files are under 4 GiB")
}

fn trim_end(text: &str, range: Range<usize>) -> usize {
    range.start + text[range].trim_end_matches([' ', '\t', '\r', '\n']).len()
}
