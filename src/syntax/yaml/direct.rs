//! The YAML that authors write, read straight into the tree.
//!
//! Block mappings and lists, plain and quoted text, text blocks, flow collections and comments, in
//! one pass over the bytes. Whatever else stands in a file (anchors, tags, tabs, complex keys, any
//! mistake), [`read`] gives up on the whole file, and the conformant parser reads it from its start.
//! So this reader may be narrow, but where it answers, it answers the same: tests hold it to that.
//!
//! `None` means "not mine" throughout.

use super::core_schema::resolve_plain;
use crate::source::Span;
use crate::syntax::node::{Kind, Style, Tree, TreeBuilder};
use crate::syntax::{MAX_DEPTH, bom_len};
use std::sync::Arc;

/// The tree and the comments of `part`, if all of it is common YAML.
pub fn read(text: &Arc<String>, part: Span) -> Option<(Tree, Vec<Span>)> {
    let bytes = &text.as_bytes()[..part.end as usize];
    let lines = common_lines(&bytes[part.start as usize..])?;
    let start = part.start as usize + bom_len(&text[part.range()]);
    let mut reader = Reader {
        text,
        bytes,
        at: start,
        line: start,
        // A line holds a key and a value, or less.
        builder: TreeBuilder::with_capacity(text.clone(), lines + lines / 2 + 4),
        comments: Vec::new(),
    };
    reader.stream()?;
    Some((reader.builder.finish(), reader.comments))
}

/// The number of line feeds, if there is no byte that asks for more care than this reader takes:
/// control characters and tabs, lone carriage returns, characters that YAML forbids.
fn common_lines(bytes: &[u8]) -> Option<usize> {
    let mut lines = 0;
    for (index, chunk) in bytes.chunks(64).enumerate() {
        let mut rare = false;
        let mut breaks = 0u8;
        for &byte in chunk {
            breaks += u8::from(byte == b'\n');
            rare |=
                (byte < b' ') & (byte != b'\n') | (byte == 0x7F) | (byte == 0xC2) | (byte == 0xEF);
        }
        lines += usize::from(breaks);
        if rare && !(index * 64..index * 64 + chunk.len()).all(|at| is_common(bytes, at)) {
            return None;
        }
    }
    Some(lines)
}

// YAML 1.2.2, 5.1 Character Set.
fn is_common(bytes: &[u8], at: usize) -> bool {
    match bytes[at] {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) == Some(&b'\n'),
        0..b' ' | 0x7F => false,
        // U+0080 to U+009F.
        0xC2 => bytes[at + 1] >= 0xA0,
        0xEF => match bytes[at + 1..at + 3] {
            // A byte order mark is one at the start only.
            [0xBB, 0xBF] => at == 0,
            [0xBF, last] => last < 0xBE,
            _ => true,
        },
        _ => true,
    }
}

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    /// Start of the line that `at` is on.
    line: usize,
    builder: TreeBuilder,
    comments: Vec<Span>,
}

/// A one-line scalar that may turn out to be a key.
struct Scalar {
    style: Style,
    span: Span,
    /// Where its decoded text begins among the texts, when it is not its slice.
    decoded: Option<usize>,
}

impl Reader<'_> {
    fn stream(&mut self) -> Option<()> {
        let mut is_first = true;
        while let Some(byte) = self.content() {
            if self.is_marker() {
                let marker_line = self.line;
                self.at += 3;
                self.content()?;
                if self.line == marker_line || self.is_marker() {
                    return None;
                }
            } else if !is_first || byte == b'%' {
                return None;
            }
            self.node(-1)?;
            is_first = false;
        }
        Some(())
    }

    /// The column of the cursor.
    fn column(&self) -> isize {
        (self.at - self.line) as isize
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Whether the byte at `at` is a blank, or ends the line or file.
    fn is_blank(&self, at: usize) -> bool {
        matches!(self.bytes.get(at), None | Some(b' ' | b'\n' | b'\r'))
    }

    /// Whether `---` stands here.
    fn is_marker(&self) -> bool {
        self.at == self.line
            && self.bytes[self.at..].starts_with(b"---")
            && self.is_blank(self.at + 3)
    }

    /// Moves over blanks, line breaks and comments. The byte that stands there; `None` at the end.
    fn content(&mut self) -> Option<u8> {
        loop {
            match *self.bytes.get(self.at)? {
                b' ' | b'\r' => self.at += 1,
                b'\n' => {
                    self.at += 1;
                    self.line = self.at;
                }
                b'#' if self.at == self.line || self.bytes[self.at - 1] == b' ' => self.comment(),
                byte => return Some(byte),
            }
        }
    }

    fn comment(&mut self) {
        let end = self.line_end();
        let len = self.text[self.at..end].trim_end().len();
        self.comments.push(Span::from_usize(self.at..self.at + len));
        self.at = end;
    }

    /// The line feed that ends this line, or the end of the file.
    fn line_end(&self) -> usize {
        memchr::memchr(b'\n', &self.bytes[self.at..]).map_or(self.bytes.len(), |len| self.at + len)
    }

    /// A node in block context, inside a collection in column `indent`.
    fn node(&mut self, indent: isize) -> Option<()> {
        let column = self.column();
        match self.peek()? {
            b'-' if self.is_blank(self.at + 1) => self.sequence(column),
            b'[' | b'{' => self.flow(indent),
            b'|' | b'>' => self.block_scalar(indent),
            _ => {
                let scalar = self.scalar()?;
                if self.peek() == Some(b':') {
                    self.mapping(column, scalar)
                } else {
                    self.end_scalar(scalar, indent)
                }
            }
        }
    }

    /// A value on the line of its key.
    fn inline_value(&mut self, indent: isize) -> Option<()> {
        match self.peek()? {
            b'-' if self.is_blank(self.at + 1) => None,
            b'[' | b'{' => self.flow(indent),
            b'|' | b'>' => self.block_scalar(indent),
            _ => {
                let scalar = self.scalar()?;
                if self.peek() == Some(b':') { None } else { self.end_scalar(scalar, indent) }
            }
        }
    }

    fn sequence(&mut self, column: isize) -> Option<()> {
        self.open(Kind::Sequence)?;
        loop {
            self.at += 1;
            let dash = self.at;
            self.entry_value(column, dash, |reader, _| reader.node(column), false)?;
            match self.content() {
                Some(b'-') if self.column() == column && self.is_blank(self.at + 1) => {}
                Some(_) if self.column() > column => return None,
                // A list in the column of its key ends at the next key.
                _ => break,
            }
        }
        self.builder.close(None);
        Some(())
    }

    fn mapping(&mut self, column: isize, first: Scalar) -> Option<()> {
        self.open_at(Kind::Mapping, first.span.start)?;
        let mut key = first;
        loop {
            // At the `:` behind the key.
            self.push(key);
            self.at += 1;
            let colon = self.at;
            self.entry_value(column, colon, |reader, _| reader.inline_value(column), true)?;
            match self.content() {
                Some(b'-') if self.column() == column => {
                    if self.is_marker() {
                        break;
                    }
                    if self.is_blank(self.at + 1) {
                        return None;
                    }
                }
                Some(b'.') if self.column() == 0 => return None,
                Some(_) if self.column() > column => return None,
                Some(_) if self.column() == column => {}
                _ => break,
            }
            key = self.scalar()?;
            if self.peek() != Some(b':') {
                return None;
            }
        }
        self.builder.close(None);
        Some(())
    }

    /// What stands behind the `:` or `-` that ends at byte `indicator`, in a collection in `column`.
    fn entry_value(
        &mut self,
        column: isize,
        indicator: usize,
        inline: impl FnOnce(&mut Self, isize) -> Option<()>,
        in_mapping: bool,
    ) -> Option<()> {
        let line = self.line;
        let byte = self.content();
        if self.line == line && byte.is_some() {
            return inline(self, column);
        }
        let is_list = in_mapping
            && byte == Some(b'-')
            && self.column() == column
            && self.is_blank(self.at + 1);
        if byte.is_none() || (self.column() <= column && !is_list) {
            self.builder.scalar(Kind::Null, Span::from_usize(indicator..indicator));
            return Some(());
        }
        self.node(column)
    }

    fn open(&mut self, kind: Kind) -> Option<()> {
        self.open_at(kind, small(self.at))
    }

    fn open_at(&mut self, kind: Kind, start: u32) -> Option<()> {
        if self.builder.depth() >= MAX_DEPTH {
            return None;
        }
        self.builder.open(kind, start);
        Some(())
    }

    /// A scalar up to the `:` behind it or the end of its line, which is where the cursor is then. A
    /// quoted one may end on a later line, but then it is no key.
    fn scalar(&mut self) -> Option<Scalar> {
        let scalar = match self.peek()? {
            b'"' => self.double_quoted()?,
            b'\'' => self.single_quoted()?,
            _ => return self.plain_line(),
        };
        let mut at = self.at;
        while self.bytes.get(at) == Some(&b' ') {
            at += 1;
        }
        match self.bytes.get(at) {
            Some(b':') if self.is_blank(at + 1) => {
                let is_one_line = scalar.span.start as usize >= self.line;
                self.at = at;
                is_one_line.then_some(scalar)
            }
            None | Some(b'\n' | b'\r') => Some(scalar),
            Some(b'#') if at > self.at => Some(scalar),
            _ => None,
        }
    }

    /// A plain scalar's first line.
    fn plain_line(&mut self) -> Option<Scalar> {
        if !starts_plain(self.bytes, self.at) || (self.at == self.line && self.is_odd_start()) {
            return None;
        }
        let start = self.at;
        self.at = self.plain_end(start);
        let end = self.trimmed(start, self.at);
        Some(Scalar {
            style: Style::Plain,
            span: Span::new(small(start), small(end)),
            decoded: None,
        })
    }

    /// Whether what stands in column 0 may be a document marker.
    fn is_odd_start(&self) -> bool {
        matches!(self.bytes[self.at..], [b'-', b'-', b'-', ..] | [b'.', b'.', b'.', ..])
    }

    /// Where the plain text that `from` is in ends on its line: at a `: `, a ` #`, or the line's end.
    fn plain_end(&self, from: usize) -> usize {
        let mut at = from;
        while let Some(found) = memchr::memchr3(b':', b'#', b'\n', &self.bytes[at..]) {
            at += found;
            let ends = match self.bytes[at] {
                b':' => self.is_blank(at + 1),
                b'#' => at > from && self.bytes[at - 1] == b' ',
                _ => true,
            };
            if ends {
                return at;
            }
            at += 1;
        }
        self.bytes.len()
    }

    /// `end` without the blanks before it.
    fn trimmed(&self, start: usize, mut end: usize) -> usize {
        while end > start && matches!(self.bytes[end - 1], b' ' | b'\r') {
            end -= 1;
        }
        end
    }

    /// Ends a scalar that is no key: plain text may go on over lines deeper than `indent`.
    fn end_scalar(&mut self, scalar: Scalar, indent: isize) -> Option<()> {
        if indent < 0 {
            // A document that is one text: the rules for its later lines are other ones.
            return None;
        }
        let is_multiline = scalar.style == Style::Plain
            && self.peek() != Some(b'#')
            && self.continues(indent).is_some();
        if is_multiline {
            return self.plain_lines(scalar.span, indent);
        }
        let is_quoted_lines = scalar.style != Style::Plain
            && (scalar.span.start as usize) < self.line
            && !self.lines_are_deeper(scalar.span, indent);
        if is_quoted_lines {
            return None;
        }
        self.push(scalar);
        Some(())
    }

    /// Whether every line of a quoted text but the first stands deeper than `indent`.
    fn lines_are_deeper(&self, span: Span, indent: isize) -> bool {
        let text = &self.bytes[span.range()];
        memchr::memchr_iter(b'\n', text).all(|at| {
            let line = &text[at + 1..];
            let blanks = line.iter().take_while(|byte| **byte == b' ').count();
            blanks as isize > indent || matches!(line.get(blanks), Some(b'\n' | b'\r'))
        })
    }

    /// From the end of a line: the next line that says something, if it is deeper than `indent` and no
    /// comment: its start, its first byte that says something, and the number of breaks before it.
    fn continues(&self, indent: isize) -> Option<(usize, usize, usize)> {
        let mut at = self.at;
        let mut line = at;
        let mut breaks = 0;
        loop {
            match *self.bytes.get(at)? {
                b' ' | b'\r' => at += 1,
                b'\n' => {
                    at += 1;
                    line = at;
                    breaks += 1;
                }
                b'#' => return None,
                _ => return ((at - line) as isize > indent).then_some((line, at, breaks)),
            }
        }
    }

    fn plain_lines(&mut self, first: Span, indent: isize) -> Option<()> {
        let mut end = first.end as usize;
        let text = self.builder.text_end();
        self.builder.texts().push_str(&self.text[first.range()]);
        while let Some((line, start, breaks)) = self.continues(indent) {
            self.line = line;
            self.at = self.plain_end(start);
            if self.peek() == Some(b':') {
                return None;
            }
            end = self.trimmed(start, self.at);
            fold(self.builder.texts(), breaks);
            self.builder.texts().push_str(&self.text[start..end]);
            if self.peek() == Some(b'#') {
                break;
            }
        }
        let span = Span::new(first.start, small(end));
        self.push(Scalar { style: Style::Plain, span, decoded: Some(text) });
        Some(())
    }

    fn push(&mut self, scalar: Scalar) {
        let Scalar { style, span, decoded } = scalar;
        let kind = match (style, decoded) {
            (Style::Plain, None) => {
                let value = &self.text[span.range()];
                if value == "<<" && self.builder.wants_key() {
                    Kind::String(style)
                } else {
                    resolve_plain(value)
                }
            }
            _ => Kind::String(style),
        };
        self.builder.text_node(kind, span, decoded);
    }

    fn single_quoted(&mut self) -> Option<Scalar> {
        let start = self.at;
        self.at += 1;
        let mut text = None;
        // Start of the run that is not yet copied.
        let mut run = self.at;
        loop {
            self.at += memchr::memchr2(b'\'', b'\n', &self.bytes[self.at..])?;
            if self.bytes[self.at] == b'\n' {
                run = self.quoted_break(run, &mut text)?;
                continue;
            }
            if self.bytes.get(self.at + 1) != Some(&b'\'') {
                break;
            }
            self.copy(run, self.at + 1, &mut text);
            self.at += 2;
            run = self.at;
        }
        Some(self.end_quoted(Style::SingleQuoted, start, run, text))
    }

    fn double_quoted(&mut self) -> Option<Scalar> {
        let start = self.at;
        self.at += 1;
        let mut text = None;
        let mut run = self.at;
        loop {
            self.at += memchr::memchr3(b'"', b'\\', b'\n', &self.bytes[self.at..])?;
            match self.bytes[self.at] {
                b'"' => break,
                b'\\' => {
                    self.copy(run, self.at, &mut text);
                    self.escape()?;
                    run = self.at;
                }
                _ => run = self.quoted_break(run, &mut text)?,
            }
        }
        Some(self.end_quoted(Style::DoubleQuoted, start, run, text))
    }

    fn end_quoted(
        &mut self,
        style: Style,
        start: usize,
        run: usize,
        mut text: Option<usize>,
    ) -> Scalar {
        if text.is_some() {
            self.copy(run, self.at, &mut text);
        }
        self.at += 1;
        Scalar { style, span: Span::new(small(start), small(self.at)), decoded: text }
    }

    /// Appends `run..end` to the decoded text, which begins with this if it had not yet.
    fn copy(&mut self, run: usize, end: usize, text: &mut Option<usize>) {
        text.get_or_insert(self.builder.text_end());
        self.builder.texts().push_str(&self.text[run..end]);
    }

    /// A line break in a quoted text: the start of its next content.
    fn quoted_break(&mut self, run: usize, text: &mut Option<usize>) -> Option<usize> {
        let end = self.trimmed(run, self.at);
        self.copy(run, end, text);
        let mut breaks = 0;
        loop {
            match *self.bytes.get(self.at)? {
                b' ' | b'\r' => self.at += 1,
                b'\n' => {
                    self.at += 1;
                    self.line = self.at;
                    breaks += 1;
                }
                _ => break,
            }
        }
        // In column 0 it may be a document marker.
        if self.at == self.line {
            return None;
        }
        fold(self.builder.texts(), breaks);
        Some(self.at)
    }

    fn escape(&mut self) -> Option<()> {
        let character = match *self.bytes.get(self.at + 1)? {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'x' => self.hex(2)?,
            b'u' => self.hex(4)?,
            b'U' => self.hex(8)?,
            _ => return None,
        };
        self.builder.texts().push(character);
        self.at += 2;
        Some(())
    }

    /// The character that `digits` behind the escape's letter stand for; the cursor moves over them.
    fn hex(&mut self, digits: usize) -> Option<char> {
        let text = self.bytes.get(self.at + 2..self.at + 2 + digits)?;
        let all_digits = text.iter().all(u8::is_ascii_hexdigit);
        let text = std::str::from_utf8(text).ok().filter(|_| all_digits)?;
        let character = char::from_u32(u32::from_str_radix(text, 16).ok()?)?;
        self.at += digits;
        Some(character)
    }

    // YAML 1.2.2, 8.1 Block Scalar Styles.
    fn block_scalar(&mut self, indent: isize) -> Option<()> {
        if indent < 0 {
            return None;
        }
        let style = if self.peek() == Some(b'|') { Style::Literal } else { Style::Folded };
        let (chomp, explicit) = self.block_header()?;
        self.at += 1;
        self.line = self.at;
        let (blank_lines, column) =
            self.first_block_line(explicit.map(|by| indent as usize + by))?;
        if column as isize <= indent {
            return None;
        }
        let start = self.at;
        let text = self.builder.text_end();
        let (end, trailing) = self.block_lines(style, column, blank_lines)?;
        let texts = self.builder.texts();
        match chomp {
            b'-' => {}
            b'+' => (0..=trailing).for_each(|_| texts.push('\n')),
            _ => texts.push('\n'),
        }
        let span = Span::new(small(start), small(end));
        let decoded = if self.builder.texts()[text..] == self.text[span.range()] {
            self.builder.texts().truncate(text);
            None
        } else {
            Some(text)
        };
        self.builder.text_node(Kind::String(style), span, decoded);
        Some(())
    }

    /// The chomping indicator (a blank for none) and the indentation indicator; the cursor is at the
    /// line feed then.
    fn block_header(&mut self) -> Option<(u8, Option<usize>)> {
        let (mut chomp, mut explicit) = (b' ', None);
        loop {
            self.at += 1;
            match *self.bytes.get(self.at)? {
                sign @ (b'+' | b'-') if chomp == b' ' => chomp = sign,
                digit @ b'1'..=b'9' if explicit.is_none() => {
                    explicit = Some(usize::from(digit - b'0'))
                }
                _ => break,
            }
        }
        while matches!(self.bytes.get(self.at), Some(b' ' | b'\r')) {
            self.at += 1;
        }
        (self.peek() == Some(b'\n')).then_some((chomp, explicit))
    }

    /// Moves to the first content of a text block: the number of empty lines before it, and the column
    /// of its lines.
    fn first_block_line(&mut self, explicit: Option<usize>) -> Option<(usize, usize)> {
        let (mut empty, mut deepest) = (0, 0);
        loop {
            let column = self.blanks_from(self.line);
            let at = self.line + column;
            let line_break = self.break_len(at)?;
            if line_break == 0 {
                let block = explicit.unwrap_or(column);
                if deepest > block || column < block {
                    return None;
                }
                self.at = self.line + block;
                return Some((empty, block));
            }
            deepest = deepest.max(column);
            empty += 1;
            self.line = at + line_break;
        }
    }

    /// Length of the line break at `at`, 0 when there is none; `None` at the end of the file.
    fn break_len(&self, at: usize) -> Option<usize> {
        match *self.bytes.get(at)? {
            b'\n' => Some(1),
            b'\r' => Some(2),
            _ => Some(0),
        }
    }

    fn blanks_from(&self, start: usize) -> usize {
        self.bytes[start..]
            .iter()
            .position(|byte| *byte != b' ')
            .unwrap_or(self.bytes.len() - start)
    }

    /// The lines of a text block in `column`, from the content of its first one. The end of the last
    /// byte that is no blank, and the number of empty lines behind it; the cursor is at the start of
    /// the line behind the block.
    fn block_lines(
        &mut self,
        style: Style,
        column: usize,
        mut breaks: usize,
    ) -> Option<(usize, usize)> {
        let mut is_first = true;
        let mut was_indented = false;
        loop {
            let line_end = self.line_end();
            let end = if self.bytes[line_end - 1] == b'\r' { line_end - 1 } else { line_end };
            let is_indented = self.bytes[self.at] == b' ';
            let texts = self.builder.texts();
            let folds = style == Style::Folded && !is_first && !was_indented && !is_indented;
            match (folds, breaks) {
                (true, 1) => texts.push(' '),
                (true, _) => (1..breaks).for_each(|_| texts.push('\n')),
                (false, _) => (0..breaks).for_each(|_| texts.push('\n')),
            }
            texts.push_str(&self.text[self.at..end]);
            let last = self.trimmed(self.at, end);
            (is_first, was_indented) = (false, is_indented);
            // From here to the next line that says something.
            breaks = 0;
            self.at = line_end;
            loop {
                if self.at == self.bytes.len() {
                    // Without a last line break there may be a line of blanks: not this reader's.
                    return (self.at == self.line && breaks > 0).then(|| (last, breaks - 1));
                }
                self.at += 1;
                self.line = self.at;
                breaks += 1;
                let blanks = self.blanks_from(self.line);
                let Some(line_break) = self.break_len(self.line + blanks) else {
                    return if blanks == 0 { Some((last, breaks - 1)) } else { None };
                };
                if line_break == 0 {
                    if blanks < column {
                        return Some((last, breaks - 1));
                    }
                    self.at = self.line + column;
                    break;
                }
                if blanks > column {
                    return None;
                }
                self.at = self.line + blanks + line_break - 1;
            }
        }
    }

    /// A flow collection, inside a block collection in column `indent`.
    fn flow(&mut self, indent: isize) -> Option<()> {
        let is_mapping = self.peek() == Some(b'{');
        let (kind, close) = if is_mapping { (Kind::Mapping, b'}') } else { (Kind::Sequence, b']') };
        self.open(kind)?;
        self.at += 1;
        loop {
            if self.flow_blanks(indent)? == close {
                break;
            }
            if is_mapping {
                let key = self.flow_scalar()?;
                self.push(key);
                if self.flow_blanks(indent)? != b':' || !self.is_blank(self.at + 1) {
                    return None;
                }
                self.at += 1;
                self.flow_blanks(indent)?;
            }
            match self.peek()? {
                b'[' | b'{' => self.flow(indent)?,
                _ => {
                    let item = self.flow_scalar()?;
                    self.push(item);
                }
            }
            match self.flow_blanks(indent)? {
                b',' => self.at += 1,
                byte if byte == close => break,
                _ => return None,
            }
        }
        self.at += 1;
        self.builder.close(Some(small(self.at)));
        Some(())
    }

    /// Moves over blanks and line breaks to the next byte, which must stand deeper than `indent`.
    fn flow_blanks(&mut self, indent: isize) -> Option<u8> {
        loop {
            match *self.bytes.get(self.at)? {
                b' ' | b'\r' => self.at += 1,
                b'\n' => {
                    self.at += 1;
                    self.line = self.at;
                }
                b'#' => return None,
                // In column 0 it may be a document marker.
                _ if self.at == self.line && self.is_odd_start() => return None,
                byte => return (self.column() > indent).then_some(byte),
            }
        }
    }

    /// A scalar on one line in a flow collection.
    fn flow_scalar(&mut self) -> Option<Scalar> {
        let line = self.line;
        let scalar = match self.peek()? {
            b'"' => self.double_quoted()?,
            b'\'' => self.single_quoted()?,
            _ => return self.flow_plain(),
        };
        let ends = matches!(self.peek(), Some(b',' | b']' | b'}' | b':' | b' ' | b'\n' | b'\r'));
        (ends && self.line == line).then_some(scalar)
    }

    fn flow_plain(&mut self) -> Option<Scalar> {
        if !starts_plain(self.bytes, self.at) {
            return None;
        }
        let start = self.at;
        loop {
            match *self.bytes.get(self.at)? {
                b',' | b']' | b'}' | b'\n' | b'\r' => break,
                b':' if self.is_blank(self.at + 1) => break,
                // `:` before an indicator, nested brackets, comments: the other reader's.
                b':' | b'[' | b'{' | b'#' => return None,
                _ => self.at += 1,
            }
        }
        let end = self.trimmed(start, self.at);
        if self.bytes[start] == b'-' && end == start + 1 {
            return None;
        }
        Some(Scalar {
            style: Style::Plain,
            span: Span::new(small(start), small(end)),
            decoded: None,
        })
    }
}

/// Whether a plain scalar may start with the byte at `at`.
fn starts_plain(bytes: &[u8], at: usize) -> bool {
    match bytes[at] {
        b'-' => !matches!(
            bytes.get(at + 1),
            None | Some(b' ' | b'\n' | b'\r' | b',' | b']' | b'}' | b'[' | b'{')
        ),
        b'?' | b':' | b',' | b'[' | b']' | b'{' | b'}' | b'#' | b'&' | b'*' | b'!' | b'|'
        | b'>' | b'\'' | b'"' | b'%' | b'@' | b'`' => false,
        _ => true,
    }
}

/// One line break becomes a blank, more become one fewer.
fn fold(text: &mut String, breaks: usize) {
    match breaks {
        1 => text.push(' '),
        _ => (1..breaks).for_each(|_| text.push('\n')),
    }
}

fn small(n: usize) -> u32 {
    u32::try_from(n).expect("files are under 4 GiB")
}
