//! Running text: blocks, inline marks and sentences, each with its exact bytes.
//!
//! A [`Prose`] is what a Markdown body, a plain-text draft or a Markdown string field becomes. Its
//! `text` is what a reader sees (markup and entities gone); every offset into it maps back to
//! source bytes through [`Prose::span`].

use super::offset_map::OffsetMap;
use super::sentences;
use crate::source::Span;
use memchr::memmem;
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
    /// There was more markup than is read: the text goes on in the source, with whatever is defined there.
    pub is_cut: bool,
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
    /// The footnote definition the block belongs to, as index in `Prose::definitions`.
    pub footnote: Option<u32>,
}

impl Block {
    /// Whether it is a paragraph of the text itself.
    pub fn is_running(&self) -> bool {
        let is_inside = self.item.is_some() || self.footnote.is_some() || self.quoted;
        self.kind == BlockKind::Paragraph && !is_inside
    }
}

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// 1 to 6. `bare` headings are lines of plain-text drafts that stand alone without a mark.
    Heading {
        level: u8,
        bare: bool,
    },
    Paragraph,
    /// First paragraph of a list item. Every item has one; it is empty when the item is, or when it
    /// starts with something else (a heading, code, another list).
    Item {
        /// Number written before an ordered item.
        number: Option<u32>,
        /// `[ ]` or `[x]` of a task list, with the span of the box.
        task: Option<(bool, Span)>,
        /// 1 for a list that is in no other list.
        depth: u8,
        /// Which list, counted over the prose: items with the same number are siblings.
        list: u32,
    },
    /// Cells that are not written (a row shorter than the head) have no block.
    TableCell {
        header: bool,
        row: u32,
        column: u32,
    },
    /// The code alone, without fences or indentation.
    Code,
    /// Raw HTML, and paragraphs of nothing but tags or of MDX `import` and `export` lines, as
    /// written. The lines that open and close a box: `:::tip Title`, `:::`, `!!! note "Title"`; a block
    /// without text is the end of one whose lines are indented.
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

impl Mark {
    pub fn is_image(&self) -> bool {
        matches!(self.kind, MarkKind::Image { .. })
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkKind {
    Emphasis,
    Strong,
    Strikethrough,
    /// `^1^`, without blanks in it.
    Superscript,
    Code,
    /// `target` as decoded by the Markdown reader; `autolink` when the text is the address: in angle
    /// brackets, or bare (`https://...`, and `www.`, whose target gets `https://` in front).
    Link {
        target: String,
        autolink: bool,
    },
    /// The mark's text is the alt text. `has_alt` is false for an `<img>` without the attribute;
    /// `![](x.png)` and `alt=""` have an empty one.
    Image {
        target: String,
        has_alt: bool,
    },
    /// `[^label]`. Of a label that nothing defines, readers see the brackets: the mark's text is
    /// `[^label]` itself then.
    Footnote {
        label: String,
    },
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
                if self.marks_in(block.text.clone()).any(Mark::is_image) {
                    return self
                        .parts(block)
                        .iter()
                        .flat_map(|own| self.sentences_in(own))
                        .collect();
                }
                let labels = self.labels(block);
                if labels.len() < 2 {
                    return self.sentences_in(&block.text);
                }
                let ends = labels[1..].iter().copied().chain([block.text.end]);
                let parts = labels.iter().zip(ends).map(|(start, end)| *start..end);
                parts.flat_map(|part| self.sentences_in(&part)).collect()
            }
        }
    }

    /// Where the bold labels of a block begin that is nothing but lines with a label each: "**Target**: hips",
    /// "**Level:** beginner".
    fn labels(&self, block: &Block) -> Vec<usize> {
        let strong = self.marks_in(block.text.clone()).filter(|mark| mark.kind == MarkKind::Strong);
        let is_label = |mark: &&Mark| {
            let behind = &self.text[mark.text.end..block.text.end];
            behind.starts_with(':') || self.text[mark.text.clone()].trim_end().ends_with(':')
        };
        let mut labels = strong.filter(is_label).map(|mark| mark.text.start).peekable();
        match labels.peek() {
            Some(first) if *first == block.text.start => labels.collect(),
            _ => Vec::new(),
        }
    }

    fn sentences_in(&self, part: &Range<usize>) -> Vec<Range<usize>> {
        let mut found = sentences::split(&self.text[part.clone()]);
        for sentence in &mut found {
            *sentence = sentence.start + part.start..sentence.end + part.start;
        }
        found
    }

    /// A block's text with the images at its start and end apart: their alt texts are not part of
    /// the sentence beside them.
    fn parts(&self, block: &Block) -> Vec<Range<usize>> {
        let blank = |range: Range<usize>| self.text[range].trim().is_empty();
        let images: Vec<_> = self
            .marks_in(block.text.clone())
            .filter(|mark| mark.is_image())
            .map(|mark| &mark.text)
            .collect();
        let mut middle = block.text.clone();
        let mut first = Vec::new();
        for image in &images {
            if image.start < middle.start || !blank(middle.start..image.start) {
                break;
            }
            first.push((*image).clone());
            middle.start = image.end;
        }
        let mut last = Vec::new();
        for image in images[first.len()..].iter().rev() {
            if image.end > middle.end || !blank(image.end..middle.end) {
                break;
            }
            last.push((*image).clone());
            middle.end = image.start;
        }
        first.push(middle);
        first.extend(last.into_iter().rev());
        first
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
    /// How far the text was searched for the end of its last word, and that end.
    word_end: (usize, usize),
}

/// How much there was at a time when no block was open.
pub(super) struct Checkpoint {
    text: usize,
    blocks: usize,
    marks: usize,
    definitions: usize,
    pieces: usize,
    word_end: (usize, usize),
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
            word_end: (0, 0),
        }
    }

    /// Between two blocks.
    pub fn checkpoint(&self) -> Checkpoint {
        Checkpoint {
            text: self.text.len(),
            blocks: self.blocks.len(),
            marks: self.marks.len(),
            definitions: self.definitions.len(),
            pieces: self.map.pieces().len(),
            word_end: self.word_end,
        }
    }

    /// Forget what came since.
    pub fn go_back(&mut self, to: &Checkpoint) {
        self.text.truncate(to.text);
        self.blocks.truncate(to.blocks);
        self.marks.truncate(to.marks);
        self.definitions.truncate(to.definitions);
        // The line feed between two blocks has a piece of its own, so no piece reaches across.
        self.map.truncate(to.pieces, small(to.text));
        self.word_end = to.word_end;
    }

    pub fn definitions_since(&self, then: &Checkpoint) -> &[Definition] {
        &self.definitions[then.definitions..]
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

    /// Which one of the marks the next one will be.
    pub fn next_mark(&self) -> usize {
        self.marks.len()
    }

    /// Where a link or image leads.
    pub fn set_target(&mut self, mark: usize, new: &str) {
        if let MarkKind::Link { target, .. } | MarkKind::Image { target, .. } =
            &mut self.marks[mark].kind
        {
            new.clone_into(target);
        }
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
        // Blanks behind the last word that were passed before are not passed again: footnote marks
        // may stand in a row.
        let (checked, word_end) = self.word_end;
        let from = checked.max(floor);
        let tail = self.text[from..].trim_end().len();
        let at = if tail > 0 { from + tail } else { word_end.max(floor) };
        self.word_end = (self.at(), at);
        let span = self.span_of(range);
        let kind = MarkKind::Footnote { label: label.to_owned() };
        self.marks.push(Mark { kind, text: at..at, span });
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

    /// From the text behind byte `from`, as far as it goes, to the source this builder was given.
    pub fn lines_of(&self, from: usize) -> OffsetMap {
        let mut own = OffsetMap::default();
        // No piece reaches over the line feed between two blocks.
        let first = self.map.pieces().partition_point(|piece| (piece.decoded as usize) < from);
        let pieces = &self.map.pieces()[first..];
        let ends = pieces.iter().skip(1).map(|piece| piece.decoded).chain([small(self.at())]);
        for (piece, end) in pieces.iter().zip(ends) {
            let start = piece.source - small(self.base);
            own.push(end - piece.decoded, Span::new(start, start + piece.source_len));
        }
        own
    }

    /// Add a definition; its index in `Prose::definitions`.
    pub fn define(&mut self, definition: Definition) -> u32 {
        self.definitions.push(definition);
        small(self.definitions.len() - 1)
    }

    pub fn finish(mut self) -> Prose {
        let found = self.marks_of_text();
        if !found.is_empty() {
            self.marks.extend(found);
            // Stable: a mark that is found in the text lies inside those that were there.
            self.marks.sort_by_key(|mark| (mark.text.start, mark.span.start));
        }
        Prose {
            text: self.text,
            blocks: self.blocks,
            marks: self.marks,
            definitions: self.definitions,
            is_cut: false,
            map: self.map,
        }
    }

    /// Bare addresses and footnote marks without a definition, where they are plain text.
    fn marks_of_text(&self) -> Vec<Mark> {
        let places = candidates(&self.text);
        let mut found: Vec<Mark> = Vec::new();
        let mut around = Around { marks: &self.marks, next: 0, open: Vec::new(), opaque: 0 };
        let mut blocks = self.blocks.iter().peekable();
        let mut done = 0;
        for (place, what) in places {
            while blocks.next_if(|block| block.text.end <= place).is_some() {}
            let Some(block) = blocks.peek() else { break };
            let raw = matches!(block.kind, BlockKind::Code | BlockKind::Html);
            if raw || place < done {
                continue;
            }
            let Some(limit) = around.limit_at(place, block.text.end) else { continue };
            let text = &self.text[place..limit];
            let Some((len, kind)) = what.read(text) else { continue };
            done = place + len;
            let range = place..done;
            found.push(Mark { kind, span: self.map.span(range.clone()), text: range });
        }
        found
    }
}

/// The marks around places that are asked for in ascending order.
struct Around<'a> {
    marks: &'a [Mark],
    next: usize,
    /// Marks that begin before the place and end after it, outermost first.
    open: Vec<&'a Mark>,
    /// How many of those hold no plain text.
    opaque: usize,
}

impl Around<'_> {
    /// How far plain text goes from `at` on, at most to `end`; `None` when `at` is in a link, an
    /// image, code or a tag.
    fn limit_at(&mut self, at: usize, end: usize) -> Option<usize> {
        let opaque = |mark: &Mark| match mark.kind {
            MarkKind::Code
            | MarkKind::Link { .. }
            | MarkKind::Image { .. }
            | MarkKind::Footnote { .. }
            | MarkKind::Html => 1,
            MarkKind::Emphasis
            | MarkKind::Strong
            | MarkKind::Strikethrough
            | MarkKind::Superscript => 0,
        };
        loop {
            let next = self.marks.get(self.next).filter(|mark| mark.text.start <= at);
            let now = next.map_or(at, |mark| mark.text.start);
            while let Some(closed) = self.open.pop_if(|mark| mark.text.end <= now) {
                self.opaque -= opaque(closed);
            }
            let Some(mark) = next else { break };
            self.next += 1;
            self.open.push(mark);
            self.opaque += opaque(mark);
        }
        let inner_end = self.open.last().map_or(end, |mark| mark.text.end.min(end));
        // A mark that begins further on may not end inside an address: stop there.
        let next_start = self.marks.get(self.next).map_or(inner_end, |mark| mark.text.start);
        (self.opaque == 0).then_some(inner_end.min(next_start))
    }
}

/// What plain text may hold.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Candidate {
    Address,
    Footnote,
}

/// Where `http://`, `https://`, `www.` and `[^` begin, in order.
fn candidates(text: &str) -> Vec<(usize, Candidate)> {
    let bytes = text.as_bytes();
    let begins_word = |at: usize| {
        !text[..at]
            .ends_with(|char: char| char.is_alphanumeric() || matches!(char, '/' | '.' | '-' | '@'))
    };
    let mut places = Vec::new();
    for colon in memmem::find_iter(bytes, b"://") {
        let scheme = |name: &[u8]| {
            let start = colon.checked_sub(name.len())?;
            bytes[start..colon].eq_ignore_ascii_case(name).then_some(start)
        };
        places.extend(scheme(b"https").or_else(|| scheme(b"http")).filter(|at| begins_word(*at)));
    }
    places.extend(memmem::find_iter(bytes, b"www.").filter(|at| begins_word(*at)));
    let addresses = places.into_iter().map(|at| (at, Candidate::Address));
    let footnotes = memmem::find_iter(bytes, b"[^").map(|at| (at, Candidate::Footnote));
    let mut all: Vec<_> = addresses.chain(footnotes).collect();
    all.sort_unstable();
    all
}

impl Candidate {
    /// Length and meaning of what `text` starts with.
    fn read(self, text: &str) -> Option<(usize, MarkKind)> {
        match self {
            Candidate::Address => {
                let len = address_len(text)?;
                let prefix = if text.starts_with("www.") { "https://" } else { "" };
                let target = format!("{prefix}{}", &text[..len]);
                Some((len, MarkKind::Link { target, autolink: true }))
            }
            Candidate::Footnote => {
                const MAX_LEN: usize = 200;
                let window = &text.as_bytes()[..text.len().min(MAX_LEN)];
                let close = memchr::memchr(b']', window)?;
                let label = text.get(2..close)?;
                let is_label = !label.is_empty() && !label.contains(char::is_whitespace);
                is_label.then(|| (close + 1, MarkKind::Footnote { label: label.to_owned() }))
            }
        }
    }
}

/// Length of the address at the start of `text`, without the punctuation of the sentence around it.
// GitHub Flavored Markdown 0.29, 6.9, extended autolinks; other scripts' punctuation ends it too.
fn address_len(text: &str) -> Option<usize> {
    let begins = |prefix: &&str| {
        text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    };
    let host_start = ["https://", "http://", "www."].iter().find(|prefix| begins(prefix))?.len();
    if !text[host_start..].starts_with(char::is_alphanumeric) {
        return None;
    }
    let ends = |char: char| match char {
        '<' | '>' | '"' | '`' | '[' | ']' | '^' | '{' | '}' | '|' | '\\' => true,
        ascii if ascii.is_ascii() => ascii.is_ascii_whitespace() || ascii.is_ascii_control(),
        other => !other.is_alphanumeric(),
    };
    let mut len = text.find(ends).unwrap_or(text.len());
    let count = |byte: u8| memchr::memchr_iter(byte, &text.as_bytes()[..len]).count();
    let mut surplus = count(b')').saturating_sub(count(b'('));
    loop {
        match text.as_bytes()[..len].last()? {
            b'?' | b'!' | b'.' | b',' | b':' | b';' | b'*' | b'_' | b'~' | b'\'' => {}
            b')' if surplus > 0 => surplus -= 1,
            _ => break,
        }
        len -= 1;
    }
    // What was cut off may have been the host.
    (len > host_start).then_some(len)
}

fn small(n: usize) -> u32 {
    u32::try_from(n).expect("files are under 4 GiB")
}

fn trim_end(text: &str, range: Range<usize>) -> usize {
    range.start + text[range].trim_end_matches([' ', '\t', '\r', '\n']).len()
}

#[cfg(test)]
mod laws;
