//! A code span: its text, mapped to what is written between the backticks.

use super::parts::Part;
use crate::syntax::MarkKind;
use crate::syntax::prose::ProseBuilder;
use std::ops::Range;

/// A code span: the source between its backticks, line breaks as blanks, one blank cut off on
/// both sides.
pub fn put(out: &mut ProseBuilder<'_>, code: &str, range: Range<usize>, part: &Part<'_>) {
    out.open_mark(MarkKind::Code, range.clone());
    let written = part.slice(range.clone());
    let ticks = written.len() - written.trim_start_matches('`').len();
    let inner = range.start + ticks..range.end.saturating_sub(ticks).max(range.start + ticks);
    let cut = usize::from(inner.len() >= code.len() + 2);
    let at = inner.start + cut;
    if part.get(at..at + code.len()) == Some(code) {
        out.copy(at..at + code.len());
    } else {
        lines(out, code, inner, part);
    }
    out.close_mark();
}

/// A code span whose text is not a slice of the source: lines are copies; a line break with the
/// markers of quotes and lists after it is one blank, and in tables `\|` is one bar.
fn lines(out: &mut ProseBuilder<'_>, code: &str, inner: Range<usize>, part: &Part<'_>) {
    let mut at = inner.start + cut_len(part.slice(inner.clone()), code);
    let mut rest = code;
    loop {
        let same = common_prefix(rest, part.slice(at..inner.end));
        out.copy(at..at + same);
        at += same;
        rest = &rest[same..];
        let written = part.slice(at..inner.end);
        let gap = match (written.as_bytes(), rest.as_bytes()) {
            (_, []) => return,
            ([b'\r' | b'\n', ..], [b' ', after @ ..]) => break_len(written, after),
            ([b'\\', b'|', ..], [b'|', ..]) => 2,
            // Cannot be, as far as the parser's rules go.
            _ => return out.replace(rest, at..inner.end),
        };
        out.replace(&rest[..1], at..at + gap);
        at += gap;
        rest = &rest[1..];
    }
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
