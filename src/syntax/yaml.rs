//! YAML 1.2 into the tree, through the parser's events. The only user of `granit_parser`.
//!
//! Scalars that equal their slice are not copied, aliases are not expanded, and an error ends its
//! document only: later documents of the stream are read.

mod describe;

use super::node::{Kind, NodeId, Style, TreeBuilder};
use super::{Document, MAX_DEPTH, SyntaxError, SyntaxErrorCode, bom_len};
use crate::source::Span;
use granit_parser::{
    Event, Options, Parser, ScalarStyle, ScanError, StrInput, StructureStyle, Tag,
};
use std::borrow::Cow;
use std::sync::Arc;

/// Nodes that the aliases of one document may stand for, all together.
const MAX_ALIAS_NODES: u64 = 1_000_000;

/// Read a whole file.
pub fn parse(text: &Arc<str>) -> Document {
    parse_part(text, Span::from_usize(0..text.len()))
}

/// Read the front matter at `part`; every span is one of the whole `text`.
pub fn parse_part(text: &Arc<str>, part: Span) -> Document {
    let mut reader = Reader::new(text, part);
    reader.read();
    let comments = comments(text, part, &reader.builder);
    let tree = reader.builder.finish();
    Document {
        tree,
        body: None,
        comments,
        errors: reader.errors,
    }
}

struct Reader<'a> {
    text: &'a str,
    part: Span,
    builder: TreeBuilder,
    errors: Vec<SyntaxError>,
    /// Node of each anchor id of the current document.
    anchors: Vec<Option<NodeId>>,
    /// Open collections.
    open: Vec<Collection>,
    /// Nodes of the current document if its aliases were copies.
    expanded: u64,
    /// An alias bomb was reported for this document.
    bomb: bool,
}

struct Collection {
    id: NodeId,
    style: StructureStyle,
    anchor: usize,
    /// `Reader::expanded` when it was opened.
    expanded_before: u64,
}

impl<'a> Reader<'a> {
    fn new(text: &'a Arc<str>, part: Span) -> Self {
        Self {
            text,
            part,
            builder: TreeBuilder::new(text.clone()),
            errors: Vec::new(),
            anchors: Vec::new(),
            open: Vec::new(),
            expanded: 0,
            bomb: false,
        }
    }

    fn read(&mut self) {
        let slice = &self.text[self.part.range()];
        let mut parser = Parser::new_from_str_with_options(slice, options());
        loop {
            match parser.next_event() {
                None => return,
                Some(Ok((event, span))) => {
                    if !self.event(event, self.span(span)) {
                        return;
                    }
                }
                Some(Err(error)) => {
                    self.fail(&error);
                    if !skip_document(&mut parser) {
                        return;
                    }
                }
            }
        }
    }

    fn span(&self, span: granit_parser::Span) -> Span {
        let offset = |mark: granit_parser::Marker| mark.byte_offset().unwrap_or(0);
        Span::from_usize(offset(span.start)..offset(span.end)).shifted(self.part.start)
    }

    fn fail(&mut self, error: &ScanError) {
        let at = error.marker().byte_offset().unwrap_or(0) + self.part.start as usize;
        self.errors
            .push(describe::describe(error.kind(), self.text, self.part, at));
        self.abandon_document();
    }

    fn abandon_document(&mut self) {
        self.builder.close_all();
        self.open.clear();
        self.anchors.clear();
    }

    /// `false` ends the reading: the file is too deep for anything behind the error to be trusted.
    fn event(&mut self, event: Event<'_>, span: Span) -> bool {
        match event {
            Event::DocumentStart(..) => {
                self.anchors.clear();
                self.expanded = 0;
                self.bomb = false;
            }
            Event::Scalar(value, style, anchor, tag) => {
                self.scalar(value, style, anchor, tag, span)
            }
            Event::SequenceStart(style, anchor, _) => {
                return self.open(Kind::Sequence, style, anchor, span);
            }
            Event::MappingStart(style, anchor, _) => {
                return self.open(Kind::Mapping, style, anchor, span);
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Alias(id) => self.alias(id, span),
            Event::UnresolvedAlias(name) => self.unknown_alias(&name, span),
            Event::Anchor(id, _) => self.anchor_name(id, span),
            _ => {}
        }
        true
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
                self.builder
                    .string(style, span, (!same).then(|| value.into_owned()))
            }
            kind => self.builder.scalar(kind, span),
        }
    }

    /// An absent value stands right behind the indicator before it, where a person would write it.
    fn after_last(&self, at: u32) -> u32 {
        let before = self.text[self.part.start as usize..at as usize]
            .trim_end_matches([' ', '\t', '\r', '\n']);
        self.part.start + u32::try_from(before.len()).expect("files are under 4 GiB")
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
            return self.builder.decoded_scalar(typed, span, value.into_owned());
        }
        let inner = match style {
            Style::SingleQuoted | Style::DoubleQuoted if span.len() >= 2 => {
                Span::new(span.start + 1, span.end - 1)
            }
            _ => span,
        };
        let same = self.text[inner.range()] == *value;
        self.builder
            .string(style, span, (!same).then(|| value.into_owned()))
    }

    /// A block scalar's span runs over the blank lines behind it.
    fn trim_block(&self, span: Span) -> Span {
        let text = &self.text[span.range()];
        let kept = text.trim_end_matches(['\n', '\r', ' ', '\t']).len();
        Span::new(
            span.start,
            span.start + u32::try_from(kept).expect("files are under 4 GiB"),
        )
    }

    fn open(&mut self, kind: Kind, style: StructureStyle, anchor: usize, span: Span) -> bool {
        if self.builder.wants_key() {
            self.errors.push(
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
            self.errors.push(describe::too_deep(span));
            self.abandon_document();
            return false;
        }
        let expanded_before = self.expanded;
        self.expanded += 1;
        let id = self.builder.open(kind, span.start);
        self.define(anchor, id);
        self.open.push(Collection {
            id,
            style,
            anchor,
            expanded_before,
        });
        true
    }

    fn close(&mut self, span: Span) {
        let Some(collection) = self.open.pop() else {
            return;
        };
        self.builder.close(match collection.style {
            StructureStyle::Flow => Some(span.end),
            StructureStyle::Block => None,
        });
        if collection.anchor > 0 {
            let size = self.expanded - collection.expanded_before;
            self.builder.note_size(collection.id, size);
        }
    }

    fn alias(&mut self, id: usize, span: Span) {
        let target = self.anchors.get(id).copied().flatten();
        let Some(target) = target else {
            self.unknown_alias(&self.text[span.range()][1..].to_owned(), span);
            return;
        };
        if self.open.iter().any(|collection| collection.id == target) {
            self.errors.push(
                SyntaxError::new(
                    SyntaxErrorCode::UnknownAlias,
                    span,
                    format!(
                        "`{}` stands inside what it repeats",
                        &self.text[span.range()]
                    ),
                )
                .label("this would go on for ever"),
            );
            self.builder.alias(span, None);
            return;
        }
        self.expanded += self.builder.size_of(target).unwrap_or(1);
        let fits = self.expanded <= MAX_ALIAS_NODES;
        if !fits && !self.bomb {
            self.bomb = true;
            self.errors.push(
                SyntaxError::new(
                    SyntaxErrorCode::Limit,
                    span,
                    format!(
                        "the aliases of this document stand for more than {MAX_ALIAS_NODES} values"
                    ),
                )
                .label("not followed from here on")
                .help("write the values out, or repeat less"),
            );
        }
        self.builder.alias(span, fits.then_some(target));
    }

    fn unknown_alias(&mut self, name: &str, span: Span) {
        self.errors.push(
            SyntaxError::new(
                SyntaxErrorCode::UnknownAlias,
                span,
                format!("no anchor `&{name}` stands before this alias"),
            )
            .label("not defined")
            .help(format!("write `&{name}` where the value is defined, or quote the text if the `*` is meant as such")),
        );
        self.builder.alias(span, None);
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

/// Go on behind a broken document; `false` at the end of the stream.
fn skip_document<'a>(parser: &mut Parser<'a, StrInput<'a>>) -> bool {
    parser.proceed_next_document().unwrap_or(false)
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

/// What a tag of the core schema asks for.
#[derive(Clone, Copy, PartialEq)]
enum CoreType {
    /// `!!str` and the non-specific `!`.
    Text,
    /// `!!int`, `!!float`, `!!bool`, `!!null`: the text decides.
    Typed,
    Other,
}

fn core_type(tag: &Tag) -> CoreType {
    match tag.core_suffix() {
        Some("str" | "binary") => CoreType::Text,
        Some("int" | "float" | "bool" | "null") => CoreType::Typed,
        Some(_) => CoreType::Other,
        None if tag.original_parts() == ("", "!") || tag.original() == "!" => CoreType::Text,
        None => CoreType::Other,
    }
}

/// Kind of a plain scalar by the core schema.
// YAML 1.2.2, 10.3.2 Tag Resolution.
pub(super) fn resolve_plain(text: &str) -> Kind {
    let text_kind = Kind::String(Style::Plain);
    let Some(&first) = text.as_bytes().first() else {
        return Kind::Null;
    };
    match first {
        b'~' | b'n' | b'N' => match text {
            "~" | "null" | "Null" | "NULL" => Kind::Null,
            _ => text_kind,
        },
        b't' | b'T' | b'f' | b'F' => match text {
            "true" | "True" | "TRUE" => Kind::Bool(true),
            "false" | "False" | "FALSE" => Kind::Bool(false),
            _ => text_kind,
        },
        b'-' | b'+' | b'.' | b'0'..=b'9' => number_kind(text).unwrap_or(text_kind),
        _ => text_kind,
    }
}

fn number_kind(text: &str) -> Option<Kind> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let all =
        |digits: &str, radix: u32| !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix));
    if let Some(digits) = text.strip_prefix("0o") {
        return all(digits, 8).then_some(Kind::Integer);
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return all(digits, 16).then_some(Kind::Integer);
    }
    if all(unsigned, 10) {
        return Some(Kind::Integer);
    }
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return Some(Kind::Float);
    }
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => (&unsigned[..at], Some(&unsigned[at + 1..])),
        None => (unsigned, None),
    };
    let exponent_is_number =
        exponent.is_none_or(|digits| all(digits.strip_prefix(['-', '+']).unwrap_or(digits), 10));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let mantissa_is_number =
        digits(whole) && digits(fraction) && !(whole.is_empty() && fraction.is_empty());
    (exponent_is_number && mantissa_is_number).then_some(Kind::Float)
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
        let position = u32::try_from(at).expect("files are under 4 GiB");
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
