//! The way from a decoded scalar back to the bytes it was written with.
//!
//! Readers keep decoded values without their maps, because most are never asked for. When a label
//! must point inside a folded, quoted or escaped scalar, source and value are walked side by side:
//! the value is the truth, the style tells which source bytes may stand between its characters.

#[cfg(test)]
pub(super) mod laws;

use super::bibtex::latex;
use super::node::Style;
use super::offset_map::OffsetMap;
use crate::source::Span;

/// Map of `decoded`, the value of the scalar that `span` of `source` writes in `style` (quotes
/// inside the span, a block scalar without its header).
pub fn align(style: Style, source: &str, span: Span, decoded: &str) -> OffsetMap {
    let quoted = matches!(style, Style::SingleQuoted | Style::DoubleQuoted | Style::Json);
    let inner =
        if quoted && span.len() >= 2 { Span::new(span.start + 1, span.end - 1) } else { span };
    if &source[inner.range()] == decoded {
        return OffsetMap::copy(inner.start, inner.len());
    }
    let mut walk = Walk {
        source: source.as_bytes(),
        at: inner.start as usize,
        end: inner.end as usize,
        decoded: decoded.as_bytes(),
        done: 0,
        map: OffsetMap::default(),
    };
    match style {
        Style::SingleQuoted => walk.flow(Walk::single_quote),
        Style::DoubleQuoted => walk.flow(Walk::escape),
        Style::Json => walk.unfolded(Walk::json_escape),
        Style::Plain => walk.flow(|_| false),
        Style::Bibtex => walk.latex(&source[inner.range()]),
        Style::Literal | Style::Folded => walk.block(block_indent(source, inner.start as usize)),
    }
    walk.finish()
}

/// Column of the block scalar's first content byte, in bytes: its indentation.
fn block_indent(source: &str, start: usize) -> usize {
    let line = source[..start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    start - line
}

struct Walk<'a> {
    source: &'a [u8],
    at: usize,
    end: usize,
    decoded: &'a [u8],
    done: usize,
    map: OffsetMap,
}

impl Walk<'_> {
    fn next(&self) -> Option<u8> {
        (self.at < self.end).then(|| self.source[self.at])
    }

    /// `decoded_len` bytes of the value come from the next `source_len` source bytes.
    fn take(&mut self, decoded_len: usize, source_len: usize) {
        let len = u32::try_from(decoded_len).expect("a scalar is shorter than its file");
        self.map.push(len, Span::from_usize(self.at..self.at + source_len));
        self.done += decoded_len;
        self.at += source_len;
    }

    /// Whatever is left maps to whatever is left: the line feeds at the end of a block scalar, whose
    /// empty lines stand outside the span, map to its end.
    fn finish(mut self) -> OffsetMap {
        let left = self.decoded.len().saturating_sub(self.done);
        self.at = self.at.min(self.end);
        self.take(left, self.end - self.at);
        self.map
    }

    /// Plain and quoted scalars: `special` takes an escape at the cursor and says whether it did.
    fn flow(&mut self, special: impl Fn(&mut Self) -> bool) {
        while let Some(byte) = self.next() {
            if special(self) {
                continue;
            }
            if is_blank(byte) {
                let (blanks, breaks) = self.blank_run();
                if breaks > 0 {
                    // One break became a blank; of more, the first is dropped.
                    self.take(breaks.saturating_sub(1).max(1), blanks);
                    continue;
                }
            }
            if self.decoded.get(self.done) != Some(&byte) {
                return;
            }
            self.take(1, 1);
        }
    }

    /// JSON strings: a line break in one is a mistake, and kept.
    fn unfolded(&mut self, special: impl Fn(&mut Self) -> bool) {
        while let Some(byte) = self.next() {
            if special(self) {
                continue;
            }
            if self.decoded.get(self.done) != Some(&byte) {
                return;
            }
            self.take(1, 1);
        }
    }

    /// BibTeX. A text put together of several, or with names of `@string`, maps as a whole.
    fn latex(&mut self, raw: &str) {
        let mut pieces = Vec::new();
        let mut text = Vec::with_capacity(self.decoded.len());
        latex::decode(raw, |range, piece| {
            text.extend_from_slice(piece.as_bytes());
            pieces.push((range, piece.len()));
        });
        if text == self.decoded {
            let start = self.at;
            for (range, len) in pieces {
                self.at = start + range.start;
                self.take(len, range.len());
            }
        }
    }

    /// Bytes of blanks and line breaks from the cursor on, and how many breaks are among them.
    fn blank_run(&self) -> (usize, usize) {
        let rest = &self.source[self.at..self.end];
        let (mut len, mut breaks) = (0, 0);
        while rest.get(len).is_some_and(|byte| is_blank(*byte)) {
            let line_break = break_len(&rest[len..]);
            breaks += usize::from(line_break > 0);
            len += line_break.max(1);
        }
        (len, breaks)
    }

    fn single_quote(&mut self) -> bool {
        let doubled = self.source[self.at..self.end].starts_with(b"''");
        if doubled {
            self.take(1, 2);
        }
        doubled
    }

    fn escape(&mut self) -> bool {
        let rest = &self.source[self.at..self.end];
        match rest {
            [b'\\', b'x', digits @ ..] => self.take_escape(2 + hex_len(digits, 2)),
            [b'\\', b'U', digits @ ..] => self.take_escape(2 + hex_len(digits, 8)),
            // Only YAML has these; in JSON it is a mistake.
            [b'\\', b'\n' | b'\r', ..] if self.decoded.get(self.done) != Some(&0xEF) => {
                self.escaped_break();
                true
            }
            _ => self.json_escape(),
        }
    }

    fn json_escape(&mut self) -> bool {
        let rest = &self.source[self.at..self.end];
        match rest {
            [b'\\', b'u', ..] if is_pair(rest) => self.take_escape(12),
            [b'\\', b'u', digits @ ..] => self.take_escape(2 + hex_len(digits, 4)),
            [b'\\', lead, ..] => self.take_escape(1 + utf8_len(*lead)),
            _ => false,
        }
    }

    /// The next character is written with an escape of `len` bytes.
    fn take_escape(&mut self, len: usize) -> bool {
        let decoded_len = self.decoded.get(self.done).map_or(0, |lead| utf8_len(*lead));
        self.take(decoded_len, len.min(self.end - self.at));
        true
    }

    /// `\` at the end of a line: the break and the next line's indentation say nothing; each empty
    /// line behind it is a line feed.
    fn escaped_break(&mut self) {
        self.at += 1;
        let (blanks, breaks) = self.blank_run();
        self.take(breaks - 1, blanks);
    }

    /// Literal and folded scalars: content lines are copies, each line break is a piece of its own.
    fn block(&mut self, indent: usize) {
        // Empty lines before the first content stand outside the span.
        let lead = self.decoded.iter().take_while(|byte| **byte == b'\n').count();
        self.take(lead, 0);
        while self.at < self.end {
            let line = self.line_len();
            if !self.decoded[self.done..].starts_with(&self.source[self.at..self.at + line]) {
                return;
            }
            self.take(line, line);
            self.gap(indent);
        }
    }

    /// Line breaks up to the next line with content, and that line's indentation.
    fn gap(&mut self, indent: usize) {
        let mut breaks = Vec::new();
        while let len @ 1.. = break_len(&self.source[self.at..self.end]) {
            breaks.push(self.at..self.at + len);
            self.at += len;
            let line = &self.source[self.at..self.end];
            self.at += line.iter().take(indent).take_while(|byte| **byte == b' ').count();
        }
        let next = self.at;
        let made = match self.decoded.get(self.done) {
            Some(b' ') => 1,
            _ => self.decoded[self.done..].iter().take_while(|byte| **byte == b'\n').count(),
        };
        // Between plain lines of a folded scalar the first break is dropped.
        let dropped = breaks.len().saturating_sub(made);
        for (index, line_break) in breaks.iter().enumerate().skip(dropped) {
            let first = if index == dropped { breaks[0].start } else { line_break.start };
            self.at = first;
            self.take(1, line_break.end - first);
        }
        self.at = next;
    }

    fn line_len(&self) -> usize {
        let rest = &self.source[self.at..self.end];
        memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len())
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// Length of the line break that `rest` starts with; 0 when it starts with none.
fn break_len(rest: &[u8]) -> usize {
    match rest {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    }
}

/// Bytes of the character that starts with `lead`.
fn utf8_len(lead: u8) -> usize {
    match lead {
        0xF0.. => 4,
        0xE0.. => 3,
        0xC0.. => 2,
        _ => 1,
    }
}

/// The hexadecimal digits that `rest` starts with, up to `most`; a broken escape has fewer.
fn hex_len(rest: &[u8], most: usize) -> usize {
    rest.iter().take(most).take_while(|byte| byte.is_ascii_hexdigit()).count()
}

/// Whether `rest` starts with two `\u` escapes that are one character.
fn is_pair(rest: &[u8]) -> bool {
    let unit = |at: usize| {
        let digits = std::str::from_utf8(rest.get(at..at + 4)?).ok()?;
        u32::from_str_radix(digits, 16).ok()
    };
    let high = unit(2).is_some_and(|unit| (0xD800..0xDC00).contains(&unit));
    let low = unit(8).is_some_and(|unit| (0xDC00..0xE000).contains(&unit));
    high && low && rest.get(6..8) == Some(b"\\u")
}
