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
    /// Visible text of all blocks, in order; blocks are separated by one line feed.
    pub text: String,
    /// Blocks in source order; their text ranges ascend and do not overlap.
    pub blocks: Vec<Block>,
    /// Inline marks in source order; they nest, so ranges may contain each other.
    pub marks: Vec<Mark>,
    /// Link reference definitions and footnote definitions by label.
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
    /// First paragraph of a list item.
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
    TableCell { header: bool, row: u32, column: u32 },
    Code,
    Html,
}

/// Which list item of the prose, in order of their start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(pub u32);

/// Something inside a block's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub kind: MarkKind,
    /// The visible part, in `Prose::text`; empty for images without alt text and footnote marks.
    pub text: Range<usize>,
    /// As written, with its delimiters.
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkKind {
    Emphasis,
    Strong,
    Strikethrough,
    Superscript,
    Code,
    /// `target` as decoded by the Markdown reader; `autolink` when the text is the address.
    Link { target: String, autolink: bool },
    /// The mark's text is the alt text.
    Image { target: String },
    /// `[^label]`.
    Footnote { label: String },
    /// Raw inline HTML, or a template or shortcode tag (`{{ ... }}`, `{% ... %}`, `{{< ... >}}`).
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
    /// Used by the readers.
    pub(super) fn new(
        text: String,
        map: OffsetMap,
        blocks: Vec<Block>,
        marks: Vec<Mark>,
        definitions: Vec<Definition>,
    ) -> Self {
        Self { text, blocks, marks, definitions, map }
    }

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
        self.marks.iter().filter(move |mark| range.start <= mark.text.start && mark.text.end <= range.end)
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
