//! Where reading goes on behind a mistake.
//!
//! A block collection is made of lines that start in its column. The next line that looks like an
//! entry of a collection that is still open is taken for one: the lines up to its end are read on
//! their own, into that collection.

use crate::source::Span;
use crate::syntax::{Kind, bom_len};

/// An open block collection.
#[derive(Clone, Copy, Debug)]
pub struct Open {
    /// Its number among all open collections.
    pub index: usize,
    pub column: usize,
    pub kind: Kind,
    /// Where its lines end, if that is known.
    pub end: Option<u32>,
}

/// What comes next.
#[derive(Debug, PartialEq, Eq)]
pub enum Next {
    /// Entries of the open collection number `index`, on whole lines.
    Entry {
        index: usize,
        lines: Span,
    },
    /// A line that fits nothing.
    Stray(u32),
    /// A `---` or `...`.
    Document(u32),
    End,
}

/// What stands at the start of `rest`, which starts with a line. `open` is sorted outermost first.
pub fn next(text: &str, rest: Span, open: &[Open]) -> Next {
    let Some((start, line)) = content_lines(text, rest).next() else {
        return Next::End;
    };
    if is_document_marker(line) {
        return Next::Document(start);
    }
    let (column, content) = split_indent(line);
    let is_item = is_item(content);
    let fits = |open: &&Open| match open.kind {
        Kind::Sequence => is_item,
        _ => !is_item && is_key(content),
    };
    let mut same_column = open
        .iter()
        .rev()
        .filter(|open| open.column == column && open.end.is_none_or(|end| start < end));
    match same_column.find(fits) {
        Some(open) => {
            let end = open.end.unwrap_or_else(|| end_of(text, Span::new(start, rest.end), open));
            Next::Entry { index: open.index, lines: Span::new(start, end) }
        }
        None => Next::Stray(start),
    }
}

/// End of the lines that belong to `open`.
fn end_of(text: &str, rest: Span, open: &Open) -> u32 {
    for (start, line) in content_lines(text, rest).skip(1) {
        let (column, content) = split_indent(line);
        let is_over = column < open.column
            || (column == open.column && open.kind == Kind::Sequence && !is_item(content));
        // A tab is the parser's to report.
        if is_document_marker(line) || (is_over && !content.starts_with('\t')) {
            return start;
        }
    }
    rest.end
}

/// Lines that are neither blank nor comments, with their first byte.
fn content_lines(text: &str, rest: Span) -> impl Iterator<Item = (u32, &str)> {
    let mut at = rest.start as usize;
    let lines = text[rest.range()].split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (small(start), line)
    });
    lines.filter(|(_, line)| {
        let content = line.trim();
        !content.is_empty() && !content.starts_with('#')
    })
}

fn small(n: usize) -> u32 {
    u32::try_from(n).expect("files are under 4 GiB")
}

/// The number of blanks before the content, and the content.
fn split_indent(line: &str) -> (usize, &str) {
    let content = line.trim_start_matches(' ');
    (line.len() - content.len(), content)
}

pub fn is_document_marker(line: &str) -> bool {
    let rest = line.strip_prefix("---").or_else(|| line.strip_prefix("..."));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n']))
}

pub fn is_item(content: &str) -> bool {
    content.strip_prefix('-').is_some_and(starts_blank)
}

/// Whether a line's content starts with `key:`.
pub fn is_key(content: &str) -> bool {
    let content = content.trim_end();
    match content.as_bytes().first() {
        Some(quote @ (b'"' | b'\'')) => {
            let inner = &content[1..];
            let close = inner.find(char::from(*quote));
            close.is_some_and(|at| {
                inner[at + 1..].trim_start().strip_prefix(':').is_some_and(starts_blank)
            })
        }
        Some(b'[' | b']' | b'{' | b'}' | b',' | b'#' | b'|' | b'>' | b'%' | b'@' | b'`') | None => {
            false
        }
        _ => content.match_indices(':').any(|(at, _)| starts_blank(&content[at + 1..])),
    }
}

fn starts_blank(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n'])
}

/// The nearest place at or before `at` where a character starts.
pub fn floor_char(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Start of the line that byte `at` is on.
pub fn line_start(text: &str, at: u32) -> u32 {
    text[..at as usize].rfind('\n').map_or(0, |found| small(found + 1))
}

/// Start of the line behind the one that byte `at` is on.
pub fn line_after(text: &str, at: u32) -> u32 {
    let found = memchr::memchr(b'\n', &text.as_bytes()[at as usize..]);
    found.map_or(small(text.len()), |len| at + small(len) + 1)
}

/// Column of byte `at`, in bytes from 0.
pub fn column(text: &str, part: Span, at: u32) -> usize {
    let start = line_start(text, at).max(part.start);
    let bom = if start == part.start { small(bom_len(&text[part.range()])) } else { 0 };
    at.saturating_sub(start + bom) as usize
}
