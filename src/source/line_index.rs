//! Bytes to lines and columns.

use super::Span;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// A place for people: both numbers start at 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LineColumn {
    pub line: u32,
    pub column: u32,
}

/// The lines and columns of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineSpan {
    pub start: LineColumn,
    pub end: LineColumn,
}

impl LineSpan {
    /// The start of the first line: for a file that cannot be read.
    pub const FIRST: Self = {
        let first = LineColumn { line: 1, column: 1 };
        Self { start: first, end: first }
    };
}

/// Where the lines of one text start. Lines end at LF; the CR of a CRLF belongs to its line's end.
#[derive(Clone, Debug)]
pub struct LineIndex {
    /// Byte offset of each line's first byte; sorted, the first is 0.
    starts: Vec<u32>,
    len: u32,
    /// Characters before every block of [`BLOCK`] bytes, for texts that are asked about long lines.
    characters: OnceLock<Vec<u32>>,
}

/// A place further than this from the start of its line is not counted from there.
const BLOCK: usize = 1024;

impl LineIndex {
    pub fn new(text: &str) -> Self {
        let small = |n: usize| u32::try_from(n).expect("files are under 4 GiB");
        /// Bytes that lines have at least, for the most part.
        const SHORT_LINE: usize = 32;
        let mut starts = Vec::with_capacity(text.len() / SHORT_LINE + 1);
        starts.push(0);
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| small(at) + 1));
        Self { starts, len: small(text.len()), characters: OnceLock::new() }
    }

    /// Number of lines; an empty text has one.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// 0-based line that holds the byte `offset`; offsets past the end belong to the last line.
    pub fn line_of(&self, offset: u32) -> usize {
        self.starts.partition_point(|&start| start <= offset) - 1
    }

    /// Bytes of the 0-based `line` with its line break, or `None` past the last line.
    pub fn line_span(&self, line: usize) -> Option<Span> {
        let start = *self.starts.get(line)?;
        let end = self.starts.get(line + 1).copied().unwrap_or(self.len);
        Some(Span::new(start, end))
    }

    /// Line and column of the byte `offset` in `text`, the text this index was made from. A byte
    /// order mark takes no column.
    pub fn line_column(&self, text: &str, offset: u32) -> LineColumn {
        let line = self.line_of(offset);
        let start = self.starts[line] as usize;
        let end = text.floor_char_boundary((offset as usize).max(start));
        let mark = "\u{feff}".len();
        let start =
            if line == 0 && end >= mark && text.starts_with('\u{feff}') { mark } else { start };
        let before = match end - start {
            ..BLOCK => characters(&text.as_bytes()[start..end]),
            _ => self.characters_before(text, end) - self.characters_before(text, start),
        };
        LineColumn {
            line: u32::try_from(line).expect("fewer lines than bytes") + 1,
            column: before + 1,
        }
    }

    fn characters_before(&self, text: &str, end: usize) -> u32 {
        let bytes = text.as_bytes();
        let table = self.characters.get_or_init(|| {
            let blocks = bytes.chunks(BLOCK).scan(0, |before, block| {
                let here = *before;
                *before += characters(block);
                Some(here)
            });
            blocks.collect()
        });
        let block = (end / BLOCK).min(table.len() - 1);
        table[block] + characters(&bytes[block * BLOCK..end])
    }
}

/// Characters that begin in these bytes.
fn characters(bytes: &[u8]) -> u32 {
    let begins = bytes.iter().filter(|byte| (**byte as i8) >= -0x40).count();
    u32::try_from(begins).expect("files are under 4 GiB")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "a\r\nHåll 30 s\n";
        let index = LineIndex::new(text);
        let at = u32::try_from(text.find("30").unwrap()).unwrap();
        assert_eq!(index.line_column(text, at), LineColumn { line: 2, column: 6 });
        assert_eq!(index.count(), 3);
        assert_eq!(index.line_span(0), Some(Span::new(0, 3)));
        assert_eq!(index.line_column(text, 99).line, 3);
    }

    #[test]
    fn long_lines_are_counted_like_short_ones() {
        let text = format!("\u{feff}{}\n{}", "hÅ🚀 ".repeat(2_000), "é".repeat(5_000));
        let index = LineIndex::new(&text);
        let mut at = LineColumn { line: 1, column: 1 };
        for (offset, c) in text.char_indices() {
            assert_eq!(index.line_column(&text, u32::try_from(offset).unwrap()), at, "at {offset}");
            match c {
                '\u{feff}' => {}
                '\n' => at = LineColumn { line: 2, column: 1 },
                _ => at.column += 1,
            }
        }
        assert_eq!(index.line_column(&text, u32::MAX), at);
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        let text = "\u{feff}id: 1";
        let index = LineIndex::new(text);
        assert_eq!(index.line_column(text, 0), LineColumn { line: 1, column: 1 });
        assert_eq!(index.line_column(text, 3), LineColumn { line: 1, column: 1 });
        assert_eq!(index.line_column(text, 5), LineColumn { line: 1, column: 3 });
    }
}
