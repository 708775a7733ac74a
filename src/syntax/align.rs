//! The way from a decoded scalar back to the bytes it was written with.
//!
//! Readers keep decoded values without their maps, because most are never asked for. When a label
//! must point inside a folded, quoted or escaped scalar, source and value are walked side by side:
//! the value is the truth, the style tells which source bytes may stand between its characters.

use super::node::Style;
use super::offset_map::OffsetMap;
use crate::source::Span;

/// Map of `decoded`, the value of the scalar that `span` of `source` writes in `style` (quotes
/// inside the span, a block scalar without its header).
pub fn align(style: Style, source: &str, span: Span, decoded: &str) -> OffsetMap {
    let quoted = matches!(
        style,
        Style::SingleQuoted | Style::DoubleQuoted | Style::Json
    );
    let inner = if quoted && span.len() >= 2 {
        Span::new(span.start + 1, span.end - 1)
    } else {
        span
    };
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
        Style::DoubleQuoted | Style::Json => walk.flow(Walk::escape),
        Style::Plain => walk.flow(|_| false),
        Style::Literal | Style::Folded => walk.block(block_indent(source, inner.start as usize)),
    }
    walk.finish()
}

/// Column of the block scalar's first content byte, in bytes: its indentation.
fn block_indent(source: &str, start: usize) -> usize {
    let line = source[..start].rfind('\n').map_or(0, |at| at + 1);
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
        self.map
            .push(len, Span::from_usize(self.at..self.at + source_len));
        self.done += decoded_len;
        self.at += source_len;
    }

    /// Whatever is left maps to whatever is left: only for a value that does not follow its source,
    /// which the readers do not produce.
    fn finish(mut self) -> OffsetMap {
        let left = self.decoded.len().saturating_sub(self.done);
        self.take(left, self.end.saturating_sub(self.at));
        self.map
    }

    /// Plain and quoted scalars: `special` takes an escape at the cursor and says whether it did.
    fn flow(&mut self, special: impl Fn(&mut Self) -> bool) {
        while let Some(byte) = self.next() {
            if special(self) {
                continue;
            }
            if matches!(byte, b' ' | b'\t' | b'\r' | b'\n') {
                let blank = self.blank_len();
                let run = &self.source[self.at..self.at + blank];
                if run.contains(&b'\n') {
                    let breaks = self.folded_len();
                    self.take(breaks, blank);
                    continue;
                }
            }
            if self.decoded.get(self.done) != Some(&byte) {
                return;
            }
            self.take(1, 1);
        }
    }

    /// Blanks and line breaks from the cursor on.
    fn blank_len(&self) -> usize {
        let rest = &self.source[self.at..self.end];
        rest.iter()
            .take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
            .count()
    }

    /// What a folded line break became: one blank, or line feeds, one fewer than were written.
    fn folded_len(&self) -> usize {
        let rest = &self.decoded[self.done..];
        match rest.first() {
            Some(b' ') => 1,
            _ => {
                let breaks = self.source[self.at..self.at + self.blank_len()]
                    .iter()
                    .filter(|byte| **byte == b'\n')
                    .count();
                rest.iter()
                    .take(breaks.saturating_sub(1))
                    .take_while(|byte| **byte == b'\n')
                    .count()
            }
        }
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
        if rest.first() != Some(&b'\\') || rest.len() < 2 {
            return false;
        }
        let hex = |digits: usize| 2 + digits;
        let source_len = match rest[1] {
            b'x' => hex(2),
            b'u' => hex(4),
            b'U' => hex(8),
            // An escaped line break: the break and the next line's indentation are dropped.
            b'\n' | b'\r' => {
                let breaks = rest[1..]
                    .iter()
                    .take_while(|b| matches!(b, b'\r' | b'\n'))
                    .count();
                let first = if rest[1..].starts_with(b"\r\n") { 2 } else { 1 };
                let breaks = breaks.min(first);
                let blanks = rest[1 + breaks..]
                    .iter()
                    .take_while(|b| matches!(b, b' ' | b'\t'))
                    .count();
                self.at += 1 + breaks + blanks;
                return true;
            }
            _ => 2,
        };
        let surrogates = rest[1] == b'u' && is_high_surrogate(rest.get(2..6));
        let source_len = if surrogates && rest.get(6..8) == Some(b"\\u") {
            12
        } else {
            source_len
        };
        let decoded_len = std::str::from_utf8(&self.decoded[self.done.min(self.decoded.len())..])
            .ok()
            .and_then(|rest| rest.chars().next())
            .map_or(0, char::len_utf8);
        self.take(decoded_len, source_len.min(rest.len()));
        true
    }

    /// Literal and folded scalars: content lines are copies, what lies between them is one piece.
    fn block(&mut self, indent: usize) {
        while self.at < self.end {
            let line_len = self.line_len();
            let line = &self.source[self.at..self.at + line_len];
            if !self.decoded[self.done..].starts_with(line) {
                return;
            }
            self.take(line_len, line_len);
            // The break, blank lines, and the indentation of the next content line.
            let gap = self.gap_len(indent);
            let breaks = self.decoded[self.done..]
                .iter()
                .take_while(|b| **b == b'\n')
                .count();
            let made = match self.decoded.get(self.done) {
                Some(b' ') if breaks == 0 && gap > 0 => 1,
                _ => breaks,
            };
            if gap == 0 && made == 0 {
                return;
            }
            self.take(made, gap);
        }
    }

    fn line_len(&self) -> usize {
        let rest = &self.source[self.at..self.end];
        let len = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        if len > 0 && len < rest.len() && rest[len - 1] == b'\r' {
            len - 1
        } else {
            len
        }
    }

    /// Bytes from a line's end to the next line with content: breaks, empty lines, indentation.
    fn gap_len(&self, indent: usize) -> usize {
        let rest = &self.source[self.at..self.end];
        let mut len = 0;
        loop {
            match rest[len..] {
                [b'\n', ..] => len += 1,
                [b'\r', b'\n', ..] => len += 2,
                _ => return len,
            }
            let blanks = rest[len..]
                .iter()
                .take(indent)
                .take_while(|b| **b == b' ')
                .count();
            len += blanks;
        }
    }
}

fn is_high_surrogate(digits: Option<&[u8]>) -> bool {
    let Some(digits) = digits.and_then(|digits| std::str::from_utf8(digits).ok()) else {
        return false;
    };
    u32::from_str_radix(digits, 16).is_ok_and(|unit| (0xD800..0xDC00).contains(&unit))
}
