//! Markdown with front matter.
//!
//! CommonMark with tables, footnotes, task lists, strikethrough and `^superscript^`. The front matter
//! is cut off first and read as YAML; shortcodes, template tags and JSX tags are hidden from the
//! Markdown parser and come back as marks. Only this module knows which Markdown parser is used.
//!
//! `Reader` takes the parser's events in turn. What it does with blocks is in `blocks`, with a line of text in
//! `inline`, with code and raw HTML in `raw`; here is how it goes through a text, part by part.

mod blocks;
mod boxes;
mod code_span;
mod front_matter;
mod html;
mod inline;
mod numbers;
mod parts;
mod raw;
mod tags;
#[cfg(test)]
mod tests;

pub use boxes::begins_box;

use super::markup;
use super::prose::{self, ProseBuilder};
use super::{
    BlockKind, Definition, Document, MAX_DEPTH, Prose, SyntaxError, SyntaxErrorCode, Tree, bom_len,
    yaml,
};
use crate::source::Span;
use blocks::OpenItem;
use foldhash::HashSet;
use inline::Superscript;
use parts::{Labels, PART_LEN, Part};
use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser, Tag, TagEnd};
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

    /// MDX `import` and `export` lines look like a paragraph.
    fn is_module_code(&self, range: &Range<usize>) -> bool {
        self.items.is_empty()
            && self.quotes == 0
            && self.boxes.is_empty()
            && self.footnote.is_none()
            && tags::is_module_code(&self.source[range.clone()])
    }

    /// What the parser read as `text`, with hidden tags as they are written.
    fn original(&self, text: &CowStr<'_>, part: &Part<'_>) -> String {
        match part.range_of(text) {
            Some(range) => self.source[range].to_owned(),
            None => text.to_string(),
        }
    }
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let end = range.start + text[range.clone()].trim_end().len();
    range.start..end
}
