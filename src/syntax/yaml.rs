//! YAML 1.2 into the tree, through the parser's events. The only user of `granit_parser`.
//!
//! Scalars that equal their slice are not copied, aliases are not expanded, and an error ends its
//! document only: later documents of the stream are read.

mod core_schema;
mod describe;
mod direct;
mod hidden;
mod recover;

use super::node::{Kind, NodeId, Style, TreeBuilder};
use super::{Document, MAX_DEPTH, SyntaxError, SyntaxErrorCode, bom_len};
use crate::source::Span;
use core_schema::{CoreType, core_type, resolve_plain};
use describe::Place;
use granit_parser::{
    ErrorKind, Event, Options, Parser, ScalarStyle, ScanError, StructureStyle, Tag,
};
use recover::Next;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

/// Nodes that the aliases of one document may stand for, all together.
const MAX_ALIAS_NODES: u64 = 1_000_000;

/// Mistakes that are told of one file.
const MAX_ERRORS: usize = 100;

/// Read a whole file.
pub fn parse(text: &Arc<String>) -> Document {
    parse_part(text, Span::from_usize(0..text.len()))
}

/// Read the front matter at `part`; every span is one of the whole `text`.
pub fn parse_part(text: &Arc<String>, part: Span) -> Document {
    let mut document = match direct::read(text, part) {
        Some((tree, comments)) => Document { tree, body: None, comments, errors: Vec::new() },
        None => parse_any(text, part),
    };
    if hidden::may_be_in(&text[part.range()]) && document.errors.is_empty() {
        document.errors = hidden::structure(&document.tree, text);
    }
    document
}

/// What the two readers differ in, if the direct one takes this text; `None` when it does not.
#[cfg(test)]
pub(super) fn difference(text: &Arc<String>) -> Option<Option<String>> {
    let part = Span::from_usize(0..text.len());
    let (tree, comments) = direct::read(text, part)?;
    let any = parse_any(text, part);
    let errors =
        any.errors.first().map(|error| format!("the direct reader sees no mistake: {error:?}"));
    let other_comments =
        (comments != any.comments).then(|| format!("comments {comments:?}, {:?}", any.comments));
    Some(errors.or(other_comments).or_else(|| tree.difference(&any.tree)))
}

/// Read any YAML, and what is none.
fn parse_any(text: &Arc<String>, part: Span) -> Document {
    let mut reader = Reader::new(text, part);
    reader.read();
    let comments = comments(text, part, &reader.builder);
    let tree = reader.builder.finish();
    Document { tree, body: None, comments, errors: reader.errors }
}

struct Reader<'a> {
    text: &'a str,
    part: Span,
    /// Where the slice that is being parsed begins in `text`.
    origin: u32,
    builder: TreeBuilder,
    errors: Vec<SyntaxError>,
    /// Node of each anchor id of the current parser.
    anchors: Vec<Option<NodeId>>,
    /// Anchors that stood before a mistake in the current document.
    earlier: HashMap<String, NodeId>,
    /// Open collections.
    open: Vec<Collection>,
    /// The block collections that ended since the last scalar, and where they start.
    ended: Vec<(NodeId, u32)>,
    /// End of the last token that became a node.
    read_to: u32,
    /// Start of the last scalar.
    last_scalar: u32,
    /// Where the last mistake stands: a scalar that reaches behind this byte is cut by it.
    damaged_from: u32,
    /// The next collection is one that is open already: its first entries were read before.
    resumes: Option<Kind>,
    /// Nodes of the current document if its aliases were copies.
    expanded: u64,
    /// An alias bomb was reported for this document.
    bomb: bool,
}

struct Collection {
    id: NodeId,
    kind: Kind,
    style: StructureStyle,
    start: u32,
    /// Where its lines end, once a mistake has made us look.
    end: Option<u32>,
    anchor: usize,
    /// `Reader::expanded` when it was opened.
    expanded_before: u64,
}

/// What an event means for the reading of its slice.
enum Read {
    On,
    /// The slice is not what its first line looked like.
    Skip,
    /// The file is too deep for anything behind this to be trusted.
    Stop,
}

/// How the reading of a slice ended.
#[derive(PartialEq)]
enum Outcome {
    Whole,
    /// A mistake was reported; the text goes on to be readable from this line or a later one.
    Mistake(u32),
    /// Nothing behind this place can be trusted.
    Stop,
}

impl<'a> Reader<'a> {
    fn new(text: &'a Arc<String>, part: Span) -> Self {
        Self {
            text,
            part,
            origin: part.start,
            builder: TreeBuilder::new(text.clone()),
            errors: Vec::new(),
            anchors: Vec::new(),
            earlier: HashMap::new(),
            open: Vec::new(),
            ended: Vec::new(),
            read_to: part.start,
            last_scalar: part.start,
            damaged_from: 0,
            resumes: None,
            expanded: 0,
            bomb: false,
        }
    }

    fn read(&mut self) {
        let mut from = self.part.start;
        while let Outcome::Mistake(line) = self.slice(Span::new(from, self.part.end)) {
            let Some(next_document) = self.go_on(line) else {
                break;
            };
            from = next_document;
        }
        self.errors.sort_by_key(|error| error.span.start);
    }

    /// Read the lines behind a mistake into the collections that are still open. Gives the start of
    /// the next document, if there is one.
    fn go_on(&mut self, mut line: u32) -> Option<u32> {
        let mut behind_mistake = true;
        loop {
            if self.errors.len() > MAX_ERRORS {
                self.abandon_document();
                return None;
            }
            // What is never closed may be told of behind the end of front matter.
            let rest = Span::new(line.min(self.part.end), self.part.end);
            match recover::next(self.text, rest, &self.columns()) {
                next @ (Next::End | Next::Document(_)) => {
                    if behind_mistake {
                        self.complete_damaged(0);
                    }
                    self.end_document();
                    return match next {
                        Next::Document(start) => Some(start),
                        _ => None,
                    };
                }
                Next::Stray(start) if !behind_mistake => {
                    self.damaged_from = start;
                    let error = self.place(start).bad_indentation();
                    self.report(error);
                    (line, behind_mistake) = (recover::line_after(self.text, start), true);
                }
                Next::Stray(start) => line = recover::line_after(self.text, start),
                Next::Entry { index, lines } => {
                    self.open[index].end = Some(lines.end);
                    self.resume(index, behind_mistake);
                    match self.slice(lines) {
                        Outcome::Whole => (line, behind_mistake) = (lines.end, false),
                        Outcome::Mistake(next) => (line, behind_mistake) = (next, true),
                        Outcome::Stop => return None,
                    }
                }
            }
        }
    }

    /// The block collections that are open, outermost first, with their columns.
    fn columns(&self) -> Vec<recover::Open> {
        let block = |index: &usize| self.open[*index].style == StructureStyle::Block;
        (0..self.open.len())
            .filter(block)
            .map(|index| recover::Open {
                index,
                column: recover::column(self.text, self.part, self.open[index].start),
                end: self.open[index].end,
                kind: self.open[index].kind,
            })
            .collect()
    }

    /// Make the open collection number `index` the innermost one, ready for its next entry.
    fn resume(&mut self, index: usize, behind_mistake: bool) {
        if behind_mistake {
            self.complete_damaged(index);
        }
        while self.open.len() > index + 1 {
            self.close_innermost(None);
        }
        for (name, node) in self.builder.anchors_since(self.open[0].id) {
            let name = self.text[name.range()].trim_start_matches('&');
            self.earlier.insert(name.to_owned(), node);
        }
        self.anchors.clear();
        self.resumes = Some(self.open[index].kind);
    }

    fn slice(&mut self, slice: Span) -> Outcome {
        self.origin = slice.start;
        let mut parser = Parser::new_from_str_with_options(&self.text[slice.range()], options());
        loop {
            match parser.next_event() {
                None => return Outcome::Whole,
                Some(Ok((event, span))) => {
                    let read = match self.resumes {
                        None => self.event(event, self.span(span)),
                        Some(kind) => self.resumed(&event, kind),
                    };
                    match read {
                        Read::On => {}
                        Read::Skip => {
                            return Outcome::Mistake(recover::line_after(self.text, slice.start));
                        }
                        Read::Stop => return Outcome::Stop,
                    }
                }
                Some(Err(error)) => return self.fail(&error),
            }
        }
    }

    /// The first events of a slice that goes on with an open collection say nothing new.
    fn resumed(&mut self, event: &Event<'_>, expected: Kind) -> Read {
        let kind = match event {
            Event::StreamStart | Event::DocumentStart(..) => return Read::On,
            Event::SequenceStart(StructureStyle::Block, ..) => Some(Kind::Sequence),
            Event::MappingStart(StructureStyle::Block, ..) => Some(Kind::Mapping),
            _ => None,
        };
        self.resumes = None;
        if kind == Some(expected) { Read::On } else { Read::Skip }
    }

    fn span(&self, span: granit_parser::Span) -> Span {
        let offset = |mark: granit_parser::Marker| mark.byte_offset().unwrap_or(0);
        Span::from_usize(offset(span.start)..offset(span.end)).shifted(self.origin)
    }

    fn fail(&mut self, error: &ScanError) -> Outcome {
        let at = error.marker().byte_offset().unwrap_or(0) + self.origin as usize;
        let at = small(recover::floor_char(self.text, at.min(self.part.end as usize)));
        // What goes on behind the end of a document was to be a part of it.
        if matches!(error.kind(), ErrorKind::ExpectedDocumentStart) {
            self.builder.damage_last_root();
        }
        let error = self.place(at).describe(error.kind());
        // An item that stands further to the left than those above was to be one of them.
        if self.text[error.span.start as usize..].starts_with("- ") {
            self.ended.iter().for_each(|(list, _)| self.builder.set_damaged(*list));
        }
        let last_read = error.span.start.max(self.read_to.saturating_sub(1)).max(self.origin);
        let is_limit = error.code == SyntaxErrorCode::Limit;
        self.damaged_from = error.span.start;
        if !self.follows_unknown_alias(error.span.start) {
            self.report(error);
        }
        self.resumes = None;
        if is_limit {
            self.abandon_document();
            return Outcome::Stop;
        }
        Outcome::Mistake(recover::line_after(self.text, last_read))
    }

    /// An `*` that begins a text is one mistake: no alias, and text behind it.
    fn follows_unknown_alias(&self, at: u32) -> bool {
        self.errors.last().is_some_and(|last| {
            last.code == SyntaxErrorCode::UnknownAlias
                && recover::line_start(self.text, at) <= last.span.start
        })
    }

    fn place(&self, at: u32) -> Place<'_> {
        let is_block = |collection: &&Collection| collection.style == StructureStyle::Block;
        // A `key: value` in a list's brackets is a mapping without its own.
        let has_bracket = |collection: &&Collection| {
            matches!(self.text.as_bytes()[collection.start as usize], b'[' | b'{')
        };
        let mut flow = self.open.iter().rev().take_while(|collection| !is_block(collection));
        let innermost = flow.find(has_bracket);
        Place {
            text: self.text,
            part: self.part,
            at,
            read_to: self.read_to,
            last_scalar: self.last_scalar,
            flow: innermost.map(|collection| (collection.kind, collection.start)),
            blocks: self.open.iter().filter(is_block).map(|open| (open.kind, open.start)).collect(),
            ended: self.ended.iter().map(|(_, start)| *start).collect(),
        }
    }

    /// Everything that is open has lost some of its lines.
    fn abandon_document(&mut self) {
        self.complete_damaged(0);
        self.end_document();
    }

    fn end_document(&mut self) {
        self.builder.close_all();
        self.open.clear();
        self.anchors.clear();
    }

    /// Mark what a mistake broke: the value it stands in, and the open collections from number
    /// `index` on.
    fn complete_damaged(&mut self, index: usize) {
        self.builder.set_last_damaged(self.damaged_from);
        self.builder.complete_entry(true);
        for collection in &self.open[index..] {
            self.builder.set_damaged(collection.id);
        }
    }

    fn event(&mut self, event: Event<'_>, span: Span) -> Read {
        match event {
            Event::DocumentStart(..) => {
                self.anchors.clear();
                self.earlier.clear();
                self.expanded = 0;
                self.bomb = false;
            }
            Event::Scalar(value, style, anchor, tag) => {
                self.ended.clear();
                self.last_scalar = span.start;
                self.scalar(value, style, anchor, tag, span);
                self.read_to = self.read_to.max(span.end);
            }
            Event::SequenceStart(style, anchor, _) => {
                return self.open(Kind::Sequence, style, anchor, span);
            }
            Event::MappingStart(style, anchor, _) => {
                return self.open(Kind::Mapping, style, anchor, span);
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Alias(id) => {
                self.read_to = self.read_to.max(span.end);
                self.alias(self.anchors.get(id).copied().flatten(), span);
            }
            Event::UnresolvedAlias(name) => {
                self.read_to = self.read_to.max(span.end);
                self.alias(self.earlier.get(&*name).copied(), span);
            }
            Event::Anchor(id, _) => self.anchor_name(id, span),
            _ => {}
        }
        Read::On
    }

    fn report(&mut self, error: SyntaxError) {
        match self.errors.len().cmp(&MAX_ERRORS) {
            Ordering::Less => self.errors.push(error),
            Ordering::Equal => {
                let message = format!("this file holds more than {MAX_ERRORS} mistakes");
                let error = SyntaxError::new(SyntaxErrorCode::Limit, error.span, message);
                self.errors.push(error.label("this one and those behind it are not told"));
            }
            Ordering::Greater => {}
        }
    }

    fn scalar(
        &mut self,
        value: Cow<'_, str>,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<Cow<'_, Tag>>,
        span: Span,
    ) {
        let tag = tag.as_deref().map(core_type);
        let id = match style {
            ScalarStyle::Plain => self.plain(value, tag, span),
            _ => self.quoted(value, style, tag, span),
        };
        self.expanded += 1;
        self.define(anchor, id);
    }

    fn plain(&mut self, value: Cow<'_, str>, tag: Option<CoreType>, span: Span) -> NodeId {
        if span.is_empty() {
            // The parser writes an absent value as `~`.
            let span = Span::empty(self.after_last(span.start));
            return match tag {
                Some(CoreType::Text) => self.builder.string(Style::Plain, span, None),
                _ => self.builder.scalar(Kind::Null, span),
            };
        }
        let kind = match tag {
            Some(CoreType::Text) => Kind::String(Style::Plain),
            _ if self.builder.wants_key() && value == "<<" => Kind::String(Style::Plain),
            _ => resolve_plain(&value),
        };
        match kind {
            Kind::String(style) => {
                // A one-line plain scalar is its slice.
                let same = matches!(value, Cow::Borrowed(_)) || value == self.text[span.range()];
                self.builder.string(style, span, (!same).then_some(&*value))
            }
            kind => self.builder.scalar(kind, span),
        }
    }

    /// An absent value stands right behind the indicator before it, where a person would write it.
    fn after_last(&self, at: u32) -> u32 {
        let end = self.trimmed_before(at);
        // Before a comment, the parser places it in front of the indicator.
        let rest = &self.text[end as usize..self.part.end as usize];
        let blanks = rest.len() - rest.trim_start_matches(' ').len();
        let is_indicator = matches!(
            rest.as_bytes()[blanks..],
            [b':' | b'-'] | [b':' | b'-', b' ' | b'\t' | b'\r' | b'\n', ..]
        ) && !self.builder.wants_key();
        let end = if is_indicator { end + small(blanks) + 1 } else { end };
        end.max(self.builder.last_span().start)
    }

    /// End of the last byte before `at` that is neither blank nor part of a comment. What was read so
    /// far is stepped over, so only indicators and properties can stand there.
    fn trimmed_before(&self, at: u32) -> u32 {
        let bytes = self.text.as_bytes();
        let (mut end, mut next, at) = (self.read_to as usize, self.read_to as usize, at as usize);
        while next < at {
            match bytes[next] {
                b' ' | b'\t' | b'\r' | b'\n' => next += 1,
                b'#' if next == 0 || matches!(bytes[next - 1], b' ' | b'\t' | b'\r' | b'\n') => {
                    next += memchr::memchr(b'\n', &bytes[next..at]).unwrap_or(at - next);
                }
                _ => {
                    next += 1;
                    end = next;
                }
            }
        }
        small(recover::floor_char(self.text, end.min(at)))
    }

    /// A list in the column of its key starts at its first dash; the parser says at its first item.
    fn list_start(&self, at: u32) -> u32 {
        let end = self.trimmed_before(at);
        let is_own_dash =
            self.builder.wants_value() && self.text[..end as usize].ends_with('-') && {
                let line = recover::line_start(self.text, end).max(self.part.start);
                self.text[line as usize..end as usize - 1].trim().is_empty()
            };
        if is_own_dash { end - 1 } else { at }
    }

    fn quoted(
        &mut self,
        value: Cow<'_, str>,
        style: ScalarStyle,
        tag: Option<CoreType>,
        span: Span,
    ) -> NodeId {
        let (style, span) = match style {
            ScalarStyle::SingleQuoted => (Style::SingleQuoted, span),
            ScalarStyle::DoubleQuoted => (Style::DoubleQuoted, span),
            ScalarStyle::Literal => (Style::Literal, self.trim_block(span)),
            ScalarStyle::Folded => (Style::Folded, self.trim_block(span)),
            ScalarStyle::Plain => (Style::Plain, span),
        };
        let typed = match tag {
            Some(CoreType::Typed) => resolve_plain(&value),
            _ => Kind::String(style),
        };
        if !matches!(typed, Kind::String(_)) {
            return self.builder.decoded_scalar(typed, span, &value);
        }
        let inner = match style {
            Style::SingleQuoted | Style::DoubleQuoted if span.len() >= 2 => {
                Span::new(span.start + 1, span.end - 1)
            }
            _ => span,
        };
        let same = self.text[inner.range()] == *value;
        self.builder.string(style, span, (!same).then_some(&*value))
    }

    /// A block scalar's span runs over the blank lines behind it. One without content stands right
    /// behind its header.
    fn trim_block(&self, span: Span) -> Span {
        let text = &self.text[span.range()];
        let kept = text.trim_end_matches(['\n', '\r', ' ', '\t']).len();
        // At the end of the file, the parser takes the header of an empty block for its text.
        if kept == 0 || text.starts_with(['|', '>']) && self.is_header(span.start) {
            return Span::empty(self.after_last(span.end));
        }
        Span::new(span.start, span.start + small(kept))
    }

    /// Whether the `|` or `>` at `at` stands behind an indicator or a property on its line.
    fn is_header(&self, at: u32) -> bool {
        let line = recover::line_start(self.text, at).max(self.part.start);
        !self.text[line as usize..at as usize].trim().is_empty()
    }

    fn open(&mut self, kind: Kind, style: StructureStyle, anchor: usize, span: Span) -> Read {
        if self.builder.wants_key() {
            self.report(
                SyntaxError::new(
                    SyntaxErrorCode::ComplexKey,
                    Span::new(span.start, span.end.max(span.start)),
                    "a key must be one word or text, not a list or mapping",
                )
                .label("this stands where a key should be")
                .help("write the key as text"),
            );
        }
        if self.builder.depth() >= MAX_DEPTH {
            self.report(describe::too_deep(span));
            self.abandon_document();
            return Read::Stop;
        }
        let is_list = kind == Kind::Sequence && style == StructureStyle::Block;
        let start = if is_list { self.list_start(span.start) } else { span.start };
        let expanded_before = self.expanded;
        self.expanded += 1;
        let id = self.builder.open(kind, start);
        self.define(anchor, id);
        self.open.push(Collection { id, kind, style, start, end: None, anchor, expanded_before });
        if style == StructureStyle::Flow {
            self.read_to = self.read_to.max(span.end);
        }
        Read::On
    }

    fn close(&mut self, span: Span) {
        match self.open.last().map(|collection| collection.style) {
            Some(StructureStyle::Flow) => {
                self.read_to = self.read_to.max(span.end);
                self.close_innermost(Some(span.end));
            }
            Some(StructureStyle::Block) => self.close_innermost(None),
            None => {}
        }
    }

    fn close_innermost(&mut self, end: Option<u32>) {
        let Some(collection) = self.open.pop() else {
            return;
        };
        self.builder.close(end);
        if collection.style == StructureStyle::Block {
            self.ended.push((collection.id, collection.start));
        }
        if collection.anchor > 0 {
            let size = self.expanded - collection.expanded_before;
            self.builder.note_size(collection.id, size);
        }
    }

    fn alias(&mut self, target: Option<NodeId>, span: Span) {
        let written = &self.text[span.range()];
        let Some(target) = target else {
            let name = &written[1..];
            let message = format!("no anchor `&{name}` stands before this alias");
            let help = format!(
                "write `&{name}` where the value is defined, or quote the text if the `*` is meant as such"
            );
            let error = SyntaxError::new(SyntaxErrorCode::UnknownAlias, span, message);
            self.report(error.label("not defined").help(help));
            self.builder.alias(span, None);
            return;
        };
        if self.open.iter().any(|collection| collection.id == target) {
            let message = format!("`{written}` stands inside what it repeats");
            let error = SyntaxError::new(SyntaxErrorCode::UnknownAlias, span, message);
            self.report(error.label("this would go on for ever"));
            self.builder.alias(span, None);
            return;
        }
        self.expanded += self.builder.size_of(target).unwrap_or(1);
        let fits = self.expanded <= MAX_ALIAS_NODES;
        if !fits && !self.bomb {
            self.bomb = true;
            let message = format!(
                "the aliases of this document stand for more than {MAX_ALIAS_NODES} values"
            );
            let error = SyntaxError::new(SyntaxErrorCode::Limit, span, message);
            self.report(
                error
                    .label("not followed from here on")
                    .help("write the values out, or repeat less"),
            );
        }
        self.builder.alias(span, fits.then_some(target));
    }

    fn define(&mut self, anchor: usize, node: NodeId) {
        if anchor == 0 {
            return;
        }
        if self.anchors.len() <= anchor {
            self.anchors.resize(anchor + 1, None);
        }
        self.anchors[anchor] = Some(node);
    }

    fn anchor_name(&mut self, id: usize, span: Span) {
        if let Some(node) = self.anchors.get(id).copied().flatten() {
            self.builder.set_anchor(node, span);
        }
    }
}

fn options() -> Options {
    let mut options = Options::default();
    options.strict_indentation = true;
    options.emit_anchor_events = true;
    options.emit_unresolved_aliases = true;
    options.emit_comments = false;
    options.simple_key_max_lookahead = 1 << 20;
    options.flow_nesting_limit = MAX_DEPTH;
    options.block_nesting_limit = MAX_DEPTH;
    options
}

/// Comments: every `#` that starts a line or follows a blank and stands in no scalar.
fn comments(text: &str, part: Span, builder: &TreeBuilder) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let bytes = text.as_bytes();
    let mut from = part.start as usize + bom_len(&text[part.range()]);
    let end = part.end as usize;
    while let Some(found) = memchr::memchr(b'#', &bytes[from..end]) {
        let at = from + found;
        let opens = at == part.start as usize
            || matches!(bytes[at - 1], b' ' | b'\t' | b'\n' | b'\r')
            || at == part.start as usize + bom_len(&text[part.range()]);
        let position = small(at);
        if !opens || builder.is_inside_scalar(position) {
            from = at + 1;
            continue;
        }
        let line_end = memchr::memchr(b'\n', &bytes[at..end]).map_or(end, |len| at + len);
        let trimmed = text[at..line_end].trim_end().len();
        out.push(Span::from_usize(at..at + trimmed));
        from = line_end.max(at + 1);
    }
    out
}

fn small(n: usize) -> u32 {
    u32::try_from(n).expect("files are under 4 GiB")
}
