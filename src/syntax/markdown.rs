//! Markdown with front matter.
//!
//! CommonMark with tables, footnotes, task lists, strikethrough and `^superscript^`. The front matter
//! is cut off first and read as YAML; shortcodes, template tags and JSX tags are hidden from the
//! Markdown parser and come back as marks. Only this module knows which Markdown parser is used.

mod boxes;
mod front_matter;
mod html;
mod numbers;
mod parts;
mod tags;

pub use boxes::begins_box;

use super::markup;
use super::prose::{self, ProseBuilder};
use super::{
    Block, BlockKind, Definition, Document, ItemId, MAX_DEPTH, MarkKind, OffsetMap, Prose,
    SyntaxError, SyntaxErrorCode, Tree, bom_len, yaml,
};
use crate::source::Span;
use foldhash::HashSet;
use parts::{Labels, PART_LEN, Part};
use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};
use std::ops::Range;
use std::sync::Arc;
use tags::Hidden;

pub fn parse(text: &Arc<String>) -> Document {
    let (mut document, from) = parse_front_matter(text);
    let (text, too_much) = markup::bounded(text, from);
    let reader = Reader::new(&text[from..], from);
    document.errors.extend(reader.depth_error());
    let (mut prose, comments) = reader.read();
    prose.is_cut = too_much.is_some();
    document.errors.extend(too_much);
    document.body = Some(prose);
    document.comments.extend(comments);
    document
}

/// Blocks, marks and definitions of `text[from..]`, as far as it is read; spans are those of `text`.
pub fn parse_prose(text: &str, from: usize) -> Prose {
    let (text, too_much) = markup::bounded(text, from);
    let (mut prose, _) = Reader::new(&text[from..], from).read();
    prose.is_cut = too_much.is_some();
    prose
}

/// Everything read of `text` in parts of `len` bytes, for comparing.
#[cfg(test)]
pub fn parse_in_parts(text: &str, len: usize) -> String {
    let (prose, comments) = Reader::new(text, 0).read_in_parts(len);
    format!("{prose:#?}\n{comments:?}")
}

/// The front matter, and where the body begins.
pub fn parse_front_matter(text: &Arc<String>) -> (Document, usize) {
    let nothing = || Document {
        tree: Tree::empty(text.clone()),
        body: None,
        comments: Vec::new(),
        errors: Vec::new(),
    };
    match front_matter::find(text, bom_len(text)) {
        None => (nothing(), bom_len(text)),
        Some(found) => {
            let mut document = yaml::parse_part(text, Span::from_usize(found.yaml));
            document.errors.splice(0..0, found.error);
            (document, found.body)
        }
    }
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        // The `[!NOTE]` line of a block quote is not prose.
        | Options::ENABLE_GFM
}

/// A list item that has begun.
struct OpenItem {
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

/// A `^1^` that has begun. The parser's own superscript is not for `word^1^`, which is how citations
/// are written.
struct Superscript {
    /// Where the second caret is.
    close: usize,
    /// How many marks are open around it.
    depth: usize,
}

/// Where reading can go back to: between two blocks that are in no other.
struct Checkpoint {
    at: usize,
    prose: prose::Checkpoint,
    comments: usize,
    list_count: u32,
    item_count: u32,
    hidden: usize,
}

/// What a part gave beside its prose.
struct PartRead {
    /// Definitions of links, in source order.
    links: Vec<Definition>,
    /// Labels of links that it does not define.
    wanted: Vec<String>,
    /// Where the next part begins; the start of this one when it holds no more than one block.
    end: usize,
}

struct Reader<'s> {
    out: ProseBuilder<'s>,
    source: &'s str,
    hidden: Hidden,
    comments: Vec<Span>,
    /// Marks of links whose definition is further on, and its label.
    late_targets: Vec<(usize, String)>,
    /// Lists around the current place: their number over the prose.
    lists: Vec<u32>,
    list_count: u32,
    items: Vec<OpenItem>,
    item_count: u32,
    /// Boxes of indented lines around the current place, outermost first.
    boxes: Vec<Range<usize>>,
    /// The line that opens the innermost one is still to come.
    box_begins: bool,
    quotes: usize,
    footnote: Option<u32>,
    /// Emphasis, links and the like around the current place.
    inline_depth: usize,
    has_carets: bool,
    superscript: Option<Superscript>,
    /// The open block began without an event (text of a tight list item) and ends without one.
    implicit: bool,
    /// End of the last inline event.
    inline_end: usize,
    /// What is open ends here at the latest.
    block_end: usize,
    row: u32,
    column: u32,
    /// The line break at the end of the code or raw HTML so far; dropped when nothing follows.
    line_break: Option<Range<usize>>,
    /// Before the block of raw HTML that was begun last.
    html_start: Option<prose::Checkpoint>,
}

impl<'s> Reader<'s> {
    fn new(source: &'s str, base: usize) -> Self {
        Self {
            out: ProseBuilder::new(source, base),
            source,
            hidden: Hidden::find(source),
            comments: Vec::new(),
            late_targets: Vec::new(),
            lists: Vec::new(),
            list_count: 0,
            items: Vec::new(),
            item_count: 0,
            boxes: Vec::new(),
            box_begins: false,
            quotes: 0,
            footnote: None,
            inline_depth: 0,
            has_carets: memchr::memchr(b'^', source.as_bytes()).is_some(),
            superscript: None,
            implicit: false,
            inline_end: 0,
            block_end: 0,
            row: 0,
            column: 0,
            line_break: None,
            html_start: None,
        }
    }

    fn depth_error(&self) -> Option<SyntaxError> {
        let markers = self.hidden.too_deep.clone()?;
        let message = format!("quotes and lists are nested more than {MAX_DEPTH} deep");
        let error = SyntaxError::new(SyntaxErrorCode::Limit, self.out.span_of(markers), message);
        Some(error.label("not read from here on"))
    }

    fn read(self) -> (Prose, Vec<Span>) {
        self.read_in_parts(PART_LEN)
    }

    fn read_in_parts(mut self, part_len: usize) -> (Prose, Vec<Span>) {
        let is_whole = part_len >= self.source.len();
        let mut labels = if is_whole { Labels::default() } else { Labels::new(self.source) };
        let start = self.checkpoint(0);
        let mut links = self.read_all(part_len, &mut labels);
        if !labels.settle() {
            self.go_back(&start);
            links = self.read_all(part_len, &mut labels);
        }
        for (mark, label) in std::mem::take(&mut self.late_targets) {
            self.out.set_target(mark, labels.target(&label).unwrap_or_default());
        }
        for link in links {
            self.out.define(link);
        }
        let mut prose = self.out.finish();
        numbers::count_lazy_lists(&mut prose.blocks);
        (prose, self.comments)
    }

    /// Every part in turn; gives the definitions of links.
    fn read_all(&mut self, part_len: usize, labels: &mut Labels) -> Vec<Definition> {
        let mut links = Vec::new();
        let mut defined = HashSet::default();
        let (mut start, mut len) = (0, part_len);
        loop {
            let before = self.checkpoint(start);
            let range = start..parts::part_end(self.source, start, len, &self.hidden);
            let is_whole = range == (0..self.source.len());
            let is_last = range.end == self.source.len();
            let read = self.read_part(range, labels);
            if is_whole {
                return read.links;
            }
            if read.end == start && !is_last {
                // One block fills the part.
                self.go_back(&before);
                len = len.saturating_mul(2);
                continue;
            }
            let footnotes = self.out.definitions_since(&before.prose);
            let own = footnotes.iter().chain(&read.links);
            labels.add(&self.source[start..read.end], own, read.wanted);
            let is_first =
                |link: &Definition| defined.insert(parts::folded(&link.label).into_owned());
            links.extend(read.links.into_iter().filter(is_first));
            if is_last {
                return links;
            }
            (start, len) = (read.end, part_len);
        }
    }

    /// The blocks of a part but for the last one, which may go on in the next; all of them when the
    /// text ends with the part.
    fn read_part(&mut self, range: Range<usize>, labels: &Labels) -> PartRead {
        let is_whole = range == (0..self.source.len());
        let is_last = range.end == self.source.len();
        let part = Part::new(self.source, range.clone(), &self.hidden, labels);
        let mut wanted = Vec::new();
        let look_up = |link: BrokenLink<'_>| {
            if is_whole {
                return None;
            }
            let label = parts::folded(&link.reference);
            let has_link = labels.has_link(&label);
            wanted.push(label.into_owned());
            // The target is looked up when the link begins.
            has_link.then_some((CowStr::Borrowed(""), CowStr::Borrowed("")))
        };
        let parser = Parser::new_with_broken_link_callback(&part.text, options(), Some(look_up));
        let mut events = parser.into_offset_iter();
        let mut last_block = None;
        let mut depth = 0_usize;
        let mut skip_to = 0;
        for (event, range) in events.by_ref() {
            if range.start < part.prefix {
                continue;
            }
            let range = part.place(range);
            if !is_last {
                let begins = matches!(event, Event::Start(_) | Event::Rule);
                if depth == 0 && begins && self.may_go_back_to(range.start) {
                    last_block = Some(self.checkpoint(range.start));
                }
                depth += usize::from(matches!(event, Event::Start(_)));
                depth -= usize::from(matches!(event, Event::End(_)));
            }
            if range.start < skip_to && !matches!(event, Event::End(TagEnd::Paragraph)) {
                continue;
            }
            if matches!(event, Event::Start(Tag::Paragraph)) && self.is_module_code(&range) {
                skip_to = range.end;
                self.open(BlockKind::Html, range.clone());
                self.out.copy(trimmed(self.source, range));
                continue;
            }
            self.event(event, range, &part);
        }
        let mut end = range.end;
        if !is_last {
            end = last_block.as_ref().map_or(range.start, |block| block.at);
            last_block.iter().for_each(|block| self.go_back(block));
        }
        let mut links: Vec<_> = events.reference_definitions().iter().collect();
        links.retain(|(_, link)| part.place(link.span.clone()).start < end);
        links.sort_by_key(|(_, link)| link.span.start);
        let define = |label: &str, target: String, written: Range<usize>| {
            let span = self.out.span_of(trimmed(self.source, part.place(written)));
            Definition { label: label.to_owned(), footnote: false, target, span }
        };
        let links = links.into_iter().map(|(label, link)| {
            define(label, self.original(&link.dest, &part), link.span.clone())
        });
        let links = links.collect();
        drop(events);
        PartRead { links, wanted, end }
    }

    /// Whether a block that begins at `at`, in no other, looks the same to a parser that begins there.
    fn may_go_back_to(&self, at: usize) -> bool {
        !self.out.block_is_open() && parts::is_behind_blank_line(self.source, at)
    }

    fn checkpoint(&self, at: usize) -> Checkpoint {
        Checkpoint {
            at,
            prose: self.out.checkpoint(),
            comments: self.comments.len(),
            list_count: self.list_count,
            item_count: self.item_count,
            hidden: self.hidden.next,
        }
    }

    /// Forget what was read since. Nothing may be open, neither now nor then.
    fn go_back(&mut self, to: &Checkpoint) {
        self.out.go_back(&to.prose);
        let kept = self.out.next_mark();
        self.late_targets.retain(|(mark, _)| *mark < kept);
        self.comments.truncate(to.comments);
        self.list_count = to.list_count;
        self.item_count = to.item_count;
        self.hidden.next = to.hidden;
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>, part: &Part<'_>) {
        match event {
            Event::Start(tag) => self.start(tag, range, part),
            Event::End(tag) => self.end(tag, range),
            Event::Rule => self.rule(range),
            Event::TaskListMarker(done) => self.task(done, range),
            Event::Html(line) => self.line(&line, range, part),
            // The columns of a tab that a block marker has not taken come as text.
            Event::Text(line) if self.is_raw() => self.line(&line, range, part),
            inline => {
                self.open_implicit(range.start);
                self.inline_end = range.end;
                self.inline(inline, range, part);
            }
        }
    }

    /// Inside a code or HTML block.
    fn is_raw(&mut self) -> bool {
        self.out.block_is_open()
            && self
                .out
                .last_block()
                .is_some_and(|block| matches!(block.kind, BlockKind::Code | BlockKind::Html))
    }

    // Blocks

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>, part: &Part<'_>) {
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

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
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
    fn rule(&mut self, range: Range<usize>) {
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

    fn open(&mut self, kind: BlockKind, range: Range<usize>) {
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
    fn open_implicit(&mut self, start: usize) {
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

    fn close(&mut self, end: usize) {
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

    fn task(&mut self, done: bool, range: Range<usize>) {
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

    /// A line of code or raw HTML; the last line break of the block is not text.
    fn line(&mut self, text: &CowStr<'_>, range: Range<usize>, part: &Part<'_>) {
        if let Some(range) = self.line_break.take() {
            self.out.replace("\n", range);
        }
        let line = text.strip_suffix('\n').unwrap_or(text);
        let line = line.strip_suffix('\r').unwrap_or(line);
        let written = part.slice(range.clone());
        let at = if written.starts_with(line) {
            self.out.copy(range.start..range.start + line.len());
            range.start + line.len()
        } else {
            self.out.replace(line, range.clone());
            range.end
        };
        if line.len() < text.len() {
            self.line_break = Some(at..range.end);
        }
    }

    /// MDX `import` and `export` lines look like a paragraph.
    fn is_module_code(&self, range: &Range<usize>) -> bool {
        self.items.is_empty()
            && self.quotes == 0
            && self.boxes.is_empty()
            && self.footnote.is_none()
            && tags::is_module_code(&self.source[range.clone()])
    }

    /// The HTML block that just ended, once more as what readers see of it.
    fn read_html(&mut self) {
        let start = self.html_start.take();
        let (at, text) = self.out.last_text();
        let Some((pieces, start)) = html::pieces(text).zip(start) else {
            return self.read_raw_html();
        };
        let raw = text.to_owned();
        let map = self.out.lines_of(at);
        self.out.go_back(&start);
        let (first_list, first_item) = (self.list_count, self.item_count);
        for piece in pieces {
            self.html_piece(&piece, &raw, &map, (first_list, first_item));
        }
    }

    fn html_piece(
        &mut self,
        piece: &html::Piece,
        raw: &str,
        map: &OffsetMap,
        (first_list, first_item): (u32, u32),
    ) {
        let place = |range: &Range<usize>| map.span(range.clone()).range();
        let mut kind = piece.kind.clone();
        if let BlockKind::Item { depth, list, .. } = &mut kind {
            *depth = depth.saturating_add(u8::try_from(self.lists.len()).unwrap_or(u8::MAX));
            *list += first_list;
            self.list_count = self.list_count.max(*list + 1);
            self.item_count += 1;
        }
        let range = place(&piece.range);
        self.open(kind, range.clone());
        if let Some(block) = self.out.last_block() {
            block.quoted |= piece.quoted;
            block.item = piece.item.map(|item| ItemId(first_item + item)).or(block.item);
        }
        if piece.kind == BlockKind::Html {
            self.raw_lines(raw, piece.range.clone(), map);
            self.close(range.end);
            return self.read_raw_html();
        }
        for part in &piece.parts {
            match part {
                html::Part::Words(words) => {
                    let (words, range) = (&raw[words.clone()], place(words));
                    if self.source[range.clone()] == *words {
                        self.text(range);
                    } else {
                        self.out.replace(words, range);
                    }
                }
                html::Part::Blank(blank) => self.out.replace(" ", place(blank)),
                html::Part::Char(char, written) => {
                    self.out.replace(char.encode_utf8(&mut [0; 4]), place(written));
                }
                html::Part::Tag(tag) | html::Part::Comment(tag) => self.inline_html(place(tag)),
            }
        }
        self.close(range.end);
    }

    /// Raw HTML as it is written.
    fn raw_lines(&mut self, raw: &str, range: Range<usize>, map: &OffsetMap) {
        let mut at = range.start;
        for line in raw[range].split_inclusive('\n') {
            let words = line.strip_suffix('\n').unwrap_or(line);
            let written = map.span(at..at + words.len()).range();
            if self.source[written.clone()] == *words {
                self.out.copy(written);
            } else {
                self.out.replace(words, written);
            }
            if words.len() < line.len() {
                self.out.replace("\n", map.span(at + words.len()..at + line.len()).range());
            }
            at += line.len();
        }
    }

    /// Comments and images of the HTML block that just ended.
    fn read_raw_html(&mut self) {
        let (start, text) = self.out.last_text();
        let comments = tags::comments(text);
        let images = tags::images(text);
        for comment in comments {
            self.comments.push(self.out.source_of(start + comment.start..start + comment.end));
        }
        for image in images {
            let span = self.out.source_of(start + image.tag.start..start + image.tag.end);
            let has_alt = image.alt.is_some();
            let alt = image.alt.unwrap_or(image.tag.start..image.tag.start);
            let kind = MarkKind::Image { target: image.target, has_alt };
            self.out.mark(kind, start + alt.start..start + alt.end, span);
        }
    }

    // Inline

    fn inline(&mut self, event: Event<'_>, range: Range<usize>, part: &Part<'_>) {
        match event {
            Event::Text(text) if is_slice(&text, &range, part) => self.text(range),
            Event::Text(text) => self.out.replace(&text, range),
            Event::Code(code) => self.code(&code, range, part),
            Event::SoftBreak if self.hidden.covers(range.start) => {}
            Event::SoftBreak => self.out.replace(" ", range),
            Event::HardBreak => self.out.replace("\n", range),
            Event::InlineHtml(_) => self.inline_html(range),
            Event::FootnoteReference(label) => self.out.footnote_mark(&label, range),
            // Blocks are dealt with in `event`; mathematics is not asked for in `options`.
            _ => {}
        }
    }

    /// Text as written, hidden tags cut out.
    fn text(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end
            && let Some(tag) = self.hidden.next_in(at..range.end)
        {
            if at < tag.start {
                self.words(at..tag.start);
            }
            // A tag over several lines is met once per line; one that the end of the block cuts
            // has no mark.
            if at <= tag.start && tag.end <= self.block_end {
                self.inline_tag(tag.clone());
            }
            at = tag.end.min(range.end);
        }
        if at < range.end {
            self.words(at..range.end);
        }
    }

    /// Text without tags; superscripts begin and end in it.
    fn words(&mut self, range: Range<usize>) {
        let mut at = range.start;
        let mut from = at;
        while self.has_carets
            && let Some(found) = memchr::memchr(b'^', &self.source.as_bytes()[from..range.end])
        {
            let caret = from + found;
            from = caret + 1;
            let depth = self.inline_depth;
            match &self.superscript {
                Some(open) if open.close == caret && open.depth == depth => {
                    self.out.copy(at..caret);
                    self.out.close_mark();
                    self.superscript = None;
                }
                None if let Some(close) = superscript_end(self.source, caret) => {
                    self.out.copy(at..caret);
                    self.out.open_mark(MarkKind::Superscript, caret..close + 1);
                    self.superscript = Some(Superscript { close, depth });
                }
                Some(_) | None => continue,
            }
            at = from;
        }
        self.out.copy(at..range.end);
    }

    fn inline_html(&mut self, range: Range<usize>) {
        let tag = &self.source[range.clone()];
        if tag.starts_with("<!--") {
            self.comments.push(self.out.span_of(range.clone()));
        }
        if tags::is_line_break(tag) {
            self.out.open_mark(MarkKind::Html, range.clone());
            self.out.replace("\n", range);
            self.out.close_mark();
        } else {
            self.inline_tag(range);
        }
    }

    /// A tag inside text: an image with its alt text, or nothing to see.
    fn inline_tag(&mut self, range: Range<usize>) {
        let Some(image) = tags::image(&self.source[range.clone()]) else {
            return self.out.empty_mark(MarkKind::Html, range);
        };
        let kind = MarkKind::Image { target: image.target, has_alt: image.alt.is_some() };
        let start = range.start;
        self.out.open_mark(kind, range);
        if let Some(alt) = image.alt {
            self.out.copy(start + alt.start..start + alt.end);
        }
        self.out.close_mark();
    }

    fn start_inline(&mut self, tag: Tag<'_>, range: Range<usize>, part: &Part<'_>) {
        let kind = match tag {
            Tag::Emphasis => MarkKind::Emphasis,
            Tag::Strong => MarkKind::Strong,
            Tag::Strikethrough => MarkKind::Strikethrough,
            Tag::Link { link_type, dest_url, id, .. } => {
                let target = self.target(link_type, &id, &dest_url, part);
                let autolink = matches!(link_type, LinkType::Autolink | LinkType::Email);
                let email = link_type == LinkType::Email;
                let target = if email { format!("mailto:{target}") } else { target };
                MarkKind::Link { target, autolink }
            }
            Tag::Image { link_type, dest_url, id, .. } => {
                let target = self.target(link_type, &id, &dest_url, part);
                MarkKind::Image { target, has_alt: true }
            }
            _ => return,
        };
        self.inline_depth += 1;
        self.out.open_mark(kind, range);
    }

    fn end_inline(&mut self, range: Range<usize>) {
        self.inline_end = range.end;
        if self.superscript.take_if(|open| open.depth == self.inline_depth).is_some() {
            self.out.close_mark();
        }
        self.inline_depth -= 1;
        self.out.close_mark();
    }

    /// A code span: the source between its backticks, line breaks as blanks, one blank cut off on
    /// both sides.
    fn code(&mut self, code: &str, range: Range<usize>, part: &Part<'_>) {
        self.out.open_mark(MarkKind::Code, range.clone());
        let written = part.slice(range.clone());
        let ticks = written.len() - written.trim_start_matches('`').len();
        let inner = range.start + ticks..range.end.saturating_sub(ticks).max(range.start + ticks);
        let cut = usize::from(inner.len() >= code.len() + 2);
        let at = inner.start + cut;
        if part.get(at..at + code.len()) == Some(code) {
            self.out.copy(at..at + code.len());
        } else {
            self.code_lines(code, inner, part);
        }
        self.out.close_mark();
    }

    /// A code span whose text is not a slice of the source: lines are copies; a line break with the
    /// markers of quotes and lists after it is one blank, and in tables `\|` is one bar.
    fn code_lines(&mut self, code: &str, inner: Range<usize>, part: &Part<'_>) {
        let mut at = inner.start + cut_len(part.slice(inner.clone()), code);
        let mut rest = code;
        loop {
            let same = common_prefix(rest, part.slice(at..inner.end));
            self.out.copy(at..at + same);
            at += same;
            rest = &rest[same..];
            let written = part.slice(at..inner.end);
            let gap = match (written.as_bytes(), rest.as_bytes()) {
                (_, []) => return,
                ([b'\r' | b'\n', ..], [b' ', after @ ..]) => break_len(written, after),
                ([b'\\', b'|', ..], [b'|', ..]) => 2,
                // Cannot be, as far as the parser's rules go.
                _ => return self.out.replace(rest, at..inner.end),
            };
            self.out.replace(&rest[..1], at..at + gap);
            at += gap;
            rest = &rest[1..];
        }
    }

    /// What the parser read as `text`, with hidden tags as they are written.
    fn original(&self, text: &CowStr<'_>, part: &Part<'_>) -> String {
        match part.range_of(text) {
            Some(range) => self.source[range].to_owned(),
            None => text.to_string(),
        }
    }

    /// The target of a link that begins here; the first definition of a label holds for the whole
    /// text.
    fn target(
        &mut self,
        kind: LinkType,
        label: &CowStr<'_>,
        target: &CowStr<'_>,
        part: &Part<'_>,
    ) -> String {
        match kind {
            LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => {
                let earlier = part.labels.target(label).map(str::to_owned);
                earlier.unwrap_or_else(|| self.original(target, part))
            }
            LinkType::ReferenceUnknown | LinkType::CollapsedUnknown | LinkType::ShortcutUnknown => {
                part.labels.target(label).map(str::to_owned).unwrap_or_else(|| {
                    self.late_targets.push((self.out.next_mark(), label.to_string()));
                    String::new()
                })
            }
            LinkType::Inline | LinkType::Autolink | LinkType::Email | LinkType::WikiLink { .. } => {
                self.original(target, part)
            }
        }
    }
}

/// Whether the parser's text is the very bytes at `range`.
fn is_slice(text: &str, range: &Range<usize>, part: &Part<'_>) -> bool {
    text.len() == range.len() && std::ptr::eq(text.as_ptr(), part.slice(range.clone()).as_ptr())
}

/// The second caret of a superscript whose first one is at `caret`: a few letters, digits or links
/// without a blank.
fn superscript_end(source: &str, caret: usize) -> Option<usize> {
    const MAX_LEN: usize = 200;
    let bytes = source.as_bytes();
    if caret > 0 && matches!(bytes[caret - 1], b'\\' | b'[' | b'^') {
        return None;
    }
    // In `^[1](address)^` any address will do.
    let (mut brackets, mut parens) = (0_i32, 0_i32);
    for (at, byte) in bytes.iter().enumerate().skip(caret + 1).take(MAX_LEN) {
        match byte {
            b'^' if at == caret + 1 || bytes[at - 1] == b'\\' => return None,
            b'^' => return (brackets == 0 && parens == 0).then_some(at),
            b'[' => brackets += 1,
            b']' => brackets -= 1,
            b'(' => parens += 1,
            b')' => parens -= 1,
            b' ' | b'\t' | b'\r' | b'\n' | b'`' | b'<' => return None,
            b'/' | b'=' | b':' if parens == 0 => return None,
            _ => {}
        }
        if brackets < 0 || parens < 0 {
            return None;
        }
    }
    None
}

/// Bytes of `-`, `*`, `+`, `12.` or `12)`.
fn marker_len(marker: &str) -> usize {
    let digits = marker.bytes().take_while(u8::is_ascii_digit).count();
    (digits + 1).min(marker.len())
}

fn leading_blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t']).len()
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let end = range.start + text[range.clone()].trim_end().len();
    range.start..end
}

/// Bytes both texts start with, whole characters.
fn common_prefix(a: &str, b: &str) -> usize {
    let mut same = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    while !a.is_char_boundary(same) {
        same -= 1;
    }
    same
}

/// Source bytes of the blank that is cut off the start of a code span, if it is.
fn cut_len(written: &str, code: &str) -> usize {
    let blank = [' ', '\r', '\n'];
    if !written.starts_with(blank) || !written.ends_with(blank) {
        return 0;
    }
    if written.starts_with(' ') { 1 } else { break_len(written, code.as_bytes()) }
}

/// Source bytes of a line break in a code span and of the block markers behind it, before the text
/// that goes on with `after`.
fn break_len(written: &str, after: &[u8]) -> usize {
    let marker = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'>');
    let markers = written.as_bytes()[1..].iter().take_while(marker).count();
    let kept = after.iter().take_while(marker).count();
    1 + markers.saturating_sub(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_is_not_counted_is_counted() {
        let numbers = |text: &str| {
            let number = |block: &Block| match block.kind {
                BlockKind::Item { number, .. } => number,
                _ => None,
            };
            parse_prose(text, 0).blocks.iter().filter_map(number).collect::<Vec<_>>()
        };
        assert_eq!(numbers("1. a\n1. b\n   1. c\n   2. d\n1. e\n"), [1, 2, 1, 2, 3]);
        assert_eq!(numbers("4. a\n4. b\n"), [4, 5]);
        assert_eq!(numbers("1. a\n2. b\n4. c\n"), [1, 2, 4]);
        assert_eq!(numbers("1. a\n\ntext\n\n1. b\n"), [1, 1]);
    }

    /// One line per block: what it is, then its visible text.
    fn outline(text: &str) -> String {
        let prose = parse_prose(text, 0);
        let mut lines = String::new();
        for block in &prose.blocks {
            lines += if block.quoted { "> " } else { "" };
            if let Some(index) = block.footnote {
                lines += &format!("[^{}] ", prose.definitions[index as usize].label);
            }
            lines += &match &block.kind {
                BlockKind::Heading { level, .. } => format!("heading {level}"),
                BlockKind::Item { number, task, depth, list } => {
                    let number = number.map_or(String::new(), |number| format!(" {number}"));
                    let task = task.map_or("", |(done, _)| if done { " done" } else { " open" });
                    format!("item{number}{task} in list {list} at depth {depth}")
                }
                BlockKind::TableCell { header: true, column, .. } => format!("head {column}"),
                BlockKind::TableCell { row, column, .. } => format!("cell {row} {column}"),
                BlockKind::Paragraph => "paragraph".to_owned(),
                BlockKind::Code => "code".to_owned(),
                BlockKind::Html => "html".to_owned(),
            };
            if let Some(ItemId(item)) = block.item
                && !matches!(block.kind, BlockKind::Item { .. })
            {
                lines += &format!(" of item {item}");
            }
            lines += &format!(": {}\n", prose.block_text(block).replace('\n', "⏎"));
        }
        lines
    }

    #[track_caller]
    fn check_outline(text: &str, wanted: &str) {
        assert_eq!(outline(text.trim_start_matches('\n')), wanted.trim_start_matches('\n'));
    }

    fn describe(mark: &MarkKind) -> String {
        match mark {
            MarkKind::Emphasis => "emphasis".to_owned(),
            MarkKind::Strong => "strong".to_owned(),
            MarkKind::Strikethrough => "struck".to_owned(),
            MarkKind::Superscript => "superscript".to_owned(),
            MarkKind::Code => "code".to_owned(),
            MarkKind::Link { target, autolink: false } => format!("link {target}"),
            MarkKind::Link { target, autolink: true } => format!("address {target}"),
            MarkKind::Image { target, has_alt: true } => format!("image {target}"),
            MarkKind::Image { target, has_alt: false } => format!("image {target} without alt"),
            MarkKind::Footnote { label } => format!("footnote {label}"),
            MarkKind::Html => "tag".to_owned(),
        }
    }

    /// `annotated` is Markdown with lines of carets: each stands under a span of the line before it
    /// and says what is there, `kind: visible text` for marks, `reads: text` for visible text. All
    /// marks and comments are to be named.
    #[track_caller]
    fn check(annotated: &str) {
        let mut text = String::new();
        let mut wanted = Vec::new();
        let mut line_start = 0;
        for line in annotated.trim_start_matches('\n').split_inclusive('\n') {
            let carets = line.trim_start();
            if !carets.starts_with('^') {
                line_start = text.len();
                text += line;
                continue;
            }
            let label = carets.trim_start_matches('^');
            let columns = line.chars().count() - carets.chars().count();
            let count = carets.len() - label.len();
            let byte = |column: usize| {
                let line = &text[line_start..];
                line_start + line.char_indices().nth(column).map_or(line.len(), |(at, _)| at)
            };
            let span = Span::from_usize(byte(columns)..byte(columns + count));
            wanted.push((span, label.trim().to_owned()));
        }
        let (prose, comments) = Reader::new(&text, 0).read();
        let marks = prose.marks.iter().map(|mark| {
            let visible = prose.text[mark.text.clone()].replace('\n', "⏎");
            (mark.span, format!("{}: {visible}", describe(&mark.kind)).trim_end().to_owned())
        });
        let comments = comments.into_iter().map(|span| (span, "comment".to_owned()));
        let mut found: Vec<_> = marks.chain(comments).collect();
        for (span, label) in &wanted {
            if let Some(words) = label.strip_prefix("reads: ") {
                let words = words.replace('⏎', "\n");
                let at = prose.text.match_indices(&words).map(|(at, _)| at);
                let mut spans = at.map(|at| prose.span(at..at + words.len()));
                if spans.any(|found| found == *span) {
                    found.push((*span, label.clone()));
                }
            }
        }
        found.sort();
        wanted.sort();
        assert_eq!(found, wanted, "visible: {:?}", prose.text);
    }

    #[test]
    fn emphasis_links_and_code() {
        check(
            "
Rest *helps* **most _of_ all**, ~~not~~ `co de`.
     ^^^^^^^ emphasis: helps
             ^^^^^^^^^^^^^^^^^ strong: most of all
                    ^^^^ emphasis: of
                                ^^^^^^^ struck: not
                                        ^^^^^^^ code: co de
               ^^^^^^^^^^^^^ reads: most of all
See [the *site*](http://a.b/c \"T\") or <http://x.y> or <a@b.c>.
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ link http://a.b/c: the site
         ^^^^^^ emphasis: site
                                      ^^^^^^^^^^^^ address http://x.y: http://x.y
                                                      ^^^^^^^ address mailto:a@b.c: a@b.c
",
        );
    }

    #[test]
    fn bare_addresses() {
        check(
            "
Überall: https://é.org/a_(b), (http://c.d/e?f=1&amp;g). *www.h.org!*
         ^^^^^^^^^^^^^^^^^^^ address https://é.org/a_(b): https://é.org/a_(b)
                               ^^^^^^^^^^^^^^^^^^^^^^ address http://c.d/e?f=1&g: http://c.d/e?f=1&g
                                                        ^^^^^^^^^^^^ emphasis: www.h.org!
                                                         ^^^^^^^^^ address https://www.h.org: www.h.org
No: `http://a.b` http:// xhttp://a.b
    ^^^^^^^^^^^^ code: http://a.b
",
        );
    }

    #[test]
    fn entities_escapes_and_breaks() {
        check(
            "
Fish &amp; chips \\*now\\* and
^^^^^^^^^^^^^^^^ reads: Fish & chips
                  ^^^^^^ reads: *now*
here <br> there
     ^^^^ tag: ⏎
",
        );
    }

    #[test]
    fn superscripts_and_footnotes() {
        check(
            "
pain.^1,2^ Word^[3](http://x.y/z)^ x^2 + y^2 2^10^. Note.[^n] And. [^n] But [^none].
    ^^^^^ reads: .1,2
     ^^^^^ superscript: 1,2
               ^^^^^^^^^^^^^^^^^^^ superscript: 3
                ^^^^^^^^^^^^^^^^^ link http://x.y/z: 3
                                              ^^^^ superscript: 10
                                                         ^^^^ footnote n:
                                                                   ^^^^ footnote n:
                                                                            ^^^^^^^ footnote none: [^none]

[^n]: The note.
",
        );
        let prose = parse_prose("Rest. [^a] Go.\n\n[^a]: x\n", 0);
        let first = prose.sentences(&prose.blocks[0])[0].clone();
        assert_eq!(&prose.text[first.clone()], "Rest.");
        assert_eq!(prose.marks_in(first).count(), 1);
    }

    #[test]
    fn images_have_alt_texts_or_not() {
        check(
            "
![A *b*](i.png) ![](e.png) <img src=x.png> <img alt='' src=\"y.png\"/> <img src=z alt=\"Zed\">
^^^^^^^^^^^^^^^ image i.png: A b
    ^^^ emphasis: b
                ^^^^^^^^^^ image e.png:
                           ^^^^^^^^^^^^^^^ image x.png without alt:
                                           ^^^^^^^^^^^^^^^^^^^^^^^^^ image y.png:
                                                                     ^^^^^^^^^^^^^^^^^^^^^ image z: Zed

<div><img src=q.png alt=Q></div>
     ^^^^^^^^^^^^^^^^^^^^^ image q.png: Q
",
        );
        let prose = parse_prose("![A bridge](b.png) Lift your hips. ![Up](u.png)\n", 0);
        let sentences = prose.sentences(&prose.blocks[0]);
        let texts: Vec<_> = sentences.into_iter().map(|range| &prose.text[range]).collect();
        assert_eq!(texts, ["A bridge", "Lift your hips.", "Up"]);
    }

    #[test]
    fn comments_and_tags() {
        check(
            "
Text <!-- why --> and <b>bold</b>.
     ^^^^^^^^^^^^ comment
     ^^^^^^^^^^^^ tag:
                      ^^^ tag:
                             ^^^^ tag:

<!-- block -->
^^^^^^^^^^^^^^ comment
",
        );
    }

    #[test]
    fn templates_do_not_derail_the_prose() {
        check(
            "
In {{ site.a_b }} see [it]({{< ref \"c_d.md\" >}}) *now*{{% x %}}, <Tip kind={[1]}>ok</Tip>.
   ^^^^^^^^^^^^^^ tag:
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^ link {{< ref \"c_d.md\" >}}: it
                                                 ^^^^^ emphasis: now
                                                      ^^^^^^^^^ tag:
                                                                 ^^^^^^^^^^^^^^^^ tag:
                                                                                   ^^^^^^ tag:
Write `{{ x }}` or {{`.
      ^^^^^^^^^ code: {{ x }}
",
        );
        check_outline(
            "
import Chart from '../chart'
export const year = 2020

Import duties rose from 3 to 5.

{{< figure src=\"a.png\" alt=\"A bridge\" >}}

<Callout type={{a: 1}}>
Body **text**.
</Callout>

{% include note.html %}
",
            "
html: import Chart from '../chart'⏎export const year = 2020
paragraph: Import duties rose from 3 to 5.
paragraph: A bridge
paragraph:  Body text.\x20
html: {% include note.html %}
",
        );
    }

    #[test]
    fn lists_and_tasks() {
        check_outline(
            "
- [ ] rest
- [x] move

  more
-
- - inner
3. three
   soft
1) other
- # Heading
",
            "
item open in list 0 at depth 1: rest
item done in list 0 at depth 1: move
paragraph of item 1: more
item in list 0 at depth 1:\x20
item in list 0 at depth 1:\x20
item in list 1 at depth 2: inner
item 3 in list 2 at depth 1: three soft
item 1 in list 3 at depth 1: other
item in list 4 at depth 1:\x20
heading 1 of item 7: Heading
",
        );
    }

    #[test]
    fn tables_quotes_code_and_footnotes() {
        check_outline(
            "
Set
===

| a | b |
|---|---|
| c `x\\|y` |
|  | e |

> [!NOTE]
> said `a
> b`
lazy

```rust
let x;

```

    tab

<p>
raw

[^n]: first

    second
",
            "
heading 1: Set
head 0: a
head 1: b
cell 1 0: c x|y
cell 2 0:\x20
cell 2 1: e
> paragraph: said a b lazy
code: let x;⏎
code: tab
paragraph: raw
[^n] paragraph: first
[^n] paragraph: second
",
        );
    }

    #[test]
    fn raw_html_is_read_as_readers_see_it() {
        check_outline(
            "
<div class=\"note\">
Stop if you &lt;feel&gt;
  <b>chest</b>&nbsp;pain<br>at once.
</div>

<details><summary>More</summary><p>One.
<p>Two.</p> <h3 id=x>Three</h3>
<script>let x = '<p>no</p>';</script></details>

<ol>
  <li>First<p>and more</p></li>
  <li> <ul><li>Inner</ul></li>
  <li><a href=\"x\"></a></li>
  <li>Last
</ol>
<blockquote>Said</blockquote> <!-- why --> <p>Next</p>

> <table><tr><th>A<th>B
> <tr><td>c
> d<td></table>

<pre>code</pre>

<p><a name=\"top\"></a></p>

<div><svg><text>none</text></svg></div>
",
            "
html: <div class=\"note\">
paragraph: Stop if you <feel> chest\u{a0}pain⏎at once.
html: </div>
html: <details><summary>More</summary>
paragraph: One.
paragraph: Two.
heading 3: Three
html: <script>let x = '<p>no</p>';</script></details>
html: <ol>
item 1 in list 0 at depth 1: First
paragraph of item 0: and more
item in list 1 at depth 2: Inner
html: <li><a href=\"x\"></a></li>
item 4 in list 0 at depth 1: Last
> html: <blockquote>
> paragraph: Said
html: </blockquote>
html: <!-- why -->
paragraph: Next
> html: <table>
> head 0: A
> head 1: B
> cell 1 0: c d
html: <pre>code</pre>
html: <p><a name=\"top\"></a></p>
html: <div><svg><text>none</text></svg></div>
",
        );
        check(
            "
<aside>
<p>Über &amp; <b>40 %</b> <!-- why --> of <img src=a.png alt=A> them {{ x }}.</p>
   ^^^^^^^^^^ reads: Über &
              ^^^ tag:
                 ^^^^ reads: 40 %
                     ^^^^ tag:
                          ^^^^^^^^^^^^ comment
                          ^^^^^^^^^^^^ tag:
                                          ^^^^^^^^^^^^^^^^^^^^^ image a.png: A
                                                                     ^^^^^^^ tag:
</aside>
",
        );
    }

    #[test]
    fn boxes_are_set_apart() {
        check_outline(
            "
Text
:::tip Keep going
One. `a`
:::
More
- item
  ::: {.callout-note}
  In it.
  :::
  on
> :::::warning[Title]
> Quoted.
> :::::

!!! note \"Title\"
    First.

    Second.

        code

    1. a
    2. b

After

???+ question
\tHm.
=== \"Tab {{ x }}\"

    A.
!!! note
    B <Tip>c</Tip>.

!!! wow

::: one line :::

```
:::tip
!!! note
    x
```
",
            "
paragraph: Text
html: :::tip Keep going
paragraph: One. a
html: :::
paragraph: More
item in list 0 at depth 1: item
html of item 0: ::: {.callout-note}
paragraph of item 0: In it.
html of item 0: :::
paragraph of item 0: on
> html: :::::warning[Title]
> paragraph: Quoted.
> html: :::::
html: !!! note \"Title\"
paragraph: First.
paragraph: Second.
code: code
item 1 in list 1 at depth 1: a
item 2 in list 1 at depth 1: b
html:\x20
paragraph: After
html: ???+ question
paragraph: Hm.
html:\x20
html: === \"Tab {{ x }}\"
paragraph: A.
html:\x20
html: !!! note
paragraph: B c.
html:\x20
paragraph: !!! wow
paragraph: ::: one line :::
code: :::tip⏎!!! note⏎    x
",
        );
    }

    #[test]
    fn definitions() {
        let text = "[b]: http://b.c 'T'\n\nx [b] [^a]\n\n[^a]: note\n\n[A b]: <d e>\n";
        let prose = parse_prose(text, 0);
        let found = prose.definitions.iter().map(|definition| {
            (definition.label.as_str(), definition.target.as_str(), &text[definition.span.range()])
        });
        let wanted = [
            ("a", "", "[^a]: note"),
            ("b", "http://b.c", "[b]: http://b.c 'T'"),
            ("A b", "d e", "[A b]: <d e>"),
        ];
        assert_eq!(found.collect::<Vec<_>>(), wanted);
    }

    #[test]
    fn code_spans_map_line_by_line() {
        let text = "> see `a b\n> c` now\n";
        let prose = parse_prose(text, 0);
        assert_eq!(prose.text, "see a b c now");
        let code = prose.marks[0].text.clone();
        assert_eq!(&text[prose.span(code.clone()).range()], "a b\n> c");
        assert_eq!(&text[prose.span(code.end - 1..code.end).range()], "c");
    }

    #[test]
    fn fields_point_into_the_file() {
        // A Markdown string in a quoted scalar: `a \"*b*\" c` at byte 4.
        let decoded = "a \"*b*\" c";
        let mut outer = crate::syntax::OffsetMap::default();
        for (len, start, end) in [(2, 4, 6), (1, 6, 8), (3, 8, 11), (1, 11, 13), (2, 13, 15)] {
            outer.push(len, Span::new(start, end));
        }
        let prose = parse_prose(decoded, 0).mapped_through(&outer);
        assert_eq!(prose.marks[0].span, Span::new(8, 11));
        assert_eq!(prose.span(0..prose.text.len()), Span::new(4, 15));
    }

    #[test]
    fn too_deep_nesting_is_an_error_not_a_hang() {
        let text = format!("{}text\n{}", "> ".repeat(100_000), "> b\n".repeat(1_000));
        let document = parse(&Arc::new(text.clone()));
        assert_eq!(document.errors[0].code, SyntaxErrorCode::Limit);
        assert_eq!(document.errors[0].span.start, 256);
        let rule = format!("{}\n", "* ".repeat(500));
        assert!(parse(&Arc::new(rule.clone())).errors.is_empty());
    }

    /// Texts that refer from everywhere to everywhere, and blocks that run on.
    const ACROSS_PARTS: &str = "\
See [one], [two][], [three][b] and ![four][B]. Not [five]. Said.[^n] And[^m] [^none].

[b]: http://first.example

- a [one]

  b

- c
***
Text {{ tag }} and <Tip a=\"{{ x\ny }}\">.

<!-- a

# comment -->

    code at the start

[^n]: Note with [two].

    Second.

[b]: http://second.example
[one]: http://one.example
[TWO]: http://two.example 'T'

> quote [b]
lazy

| a | b |
|---|---|
| [one] | c[^N] |

{{< figure src=\"a.png\" >}}

[^m]: Late.
<div>

*html* [b]

</div>

<ul><li>a [one]
<li>b</ul>

!!! note
    c [one]

    d

:::tip

e
:::

import x from 'y'

```
[one]: http://code.example

[^none]: code
";

    #[test]
    fn parts_read_like_the_whole() {
        let same_in_parts = |text: &str, len: usize| {
            assert_eq!(parse_in_parts(text, len), parse_in_parts(text, usize::MAX), "{text:?}");
        };
        for end in (0..=ACROSS_PARTS.len()).filter(|end| ACROSS_PARTS.is_char_boundary(*end)) {
            let text = &ACROSS_PARTS[..end];
            [1, 40, 200].iter().for_each(|len| same_in_parts(text, *len));
            same_in_parts(&text.replace('\n', "\r\n"), 40);
        }
        let paragraphs: Vec<_> = ACROSS_PARTS.split("\n\n").collect();
        for turn in 0..paragraphs.len() {
            let turned = [&paragraphs[turn..], &paragraphs[..turn]].concat().join("\n\n");
            [1, 100].iter().for_each(|len| same_in_parts(&turned, *len));
        }
    }

    #[test]
    fn front_matter_and_body() {
        let text = "\u{feff}---\r\ntitle: x\r\n---\r\n# Head\r\n";
        let document = parse(&Arc::new(text.to_owned()));
        assert!(document.errors.is_empty());
        let body = document.body.expect("Markdown has a body");
        assert_eq!(body.text, "Head");
        assert_eq!(&text[body.blocks[0].span.range()], "# Head");
    }
}
