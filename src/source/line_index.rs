//! Bytes to lines and columns.

use super::Span;

/// A place for people: both numbers start at 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct LineColumn {
    pub line: u32,
    pub column: u32,
}

/// Where the lines of one text start. Lines end at LF; the CR of a CRLF belongs to its line's end.
#[derive(Clone, Debug)]
pub struct LineIndex {
    /// Byte offset of each line's first byte; sorted, the first is 0.
    starts: Vec<u32>,
    len: u32,
}

impl LineIndex {
    pub fn new(text: &str) -> Self {
        let small = |n: usize| u32::try_from(n).expect("files are under 4 GiB");
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| small(at) + 1));
        Self {
            starts,
            len: small(text.len()),
        }
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
        let before = &text[start..text.floor_char_boundary((offset as usize).max(start))];
        let before = if line == 0 {
            before.strip_prefix('\u{feff}').unwrap_or(before)
        } else {
            before
        };
        LineColumn {
            line: u32::try_from(line).expect("fewer lines than bytes") + 1,
            column: u32::try_from(before.chars().count()).expect("fewer characters than bytes") + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "a\r\nHåll 30 s\n";
        let index = LineIndex::new(text);
        let at = u32::try_from(text.find("30").unwrap()).unwrap();
        assert_eq!(
            index.line_column(text, at),
            LineColumn { line: 2, column: 6 }
        );
        assert_eq!(index.count(), 3);
        assert_eq!(index.line_span(0), Some(Span::new(0, 3)));
        assert_eq!(index.line_column(text, 99).line, 3);
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        let text = "\u{feff}id: 1";
        let index = LineIndex::new(text);
        assert_eq!(
            index.line_column(text, 0),
            LineColumn { line: 1, column: 1 }
        );
        assert_eq!(
            index.line_column(text, 3),
            LineColumn { line: 1, column: 1 }
        );
        assert_eq!(
            index.line_column(text, 5),
            LineColumn { line: 1, column: 3 }
        );
    }
}
