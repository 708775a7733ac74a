//! The lines of a file that a snippet shows, made fit for a terminal.
//!
//! codespan-reporting prints what it is given: control characters, and lines of any length. So it
//! is not given the file but an [`Excerpt`]: only the lines with labels, characters that act
//! replaced, long lines clipped around the labels, and every offset mapped.

use super::sanitize;
use crate::source::{LineColumn, SourceFile, Span};
use std::ops::Range;

/// Labels over more lines than this are shown on their first.
const MAX_LINES: usize = 5;
/// Bytes of a long line that are kept on both sides of a label.
const CONTEXT_BYTES: usize = 32;
/// Bytes that are kept at both ends of a long label.
const LABEL_END_BYTES: usize = 48;
const ELLIPSIS: &str = "…";

/// Some lines of one file, ready to print.
#[derive(Debug, Default)]
pub struct Excerpt {
    pub text: String,
    /// In order of the file.
    lines: Vec<Line>,
    /// Places of the label starts: offset in `text`, and line and column in the file.
    places: Vec<(usize, LineColumn)>,
}

#[derive(Debug)]
struct Line {
    /// 0-based, in the file.
    index: usize,
    /// In `Excerpt::text`, with the line break.
    range: Range<usize>,
    /// Shown pieces in order: bytes of the file, and where they begin in `Excerpt::text`.
    pieces: Vec<(Range<usize>, usize)>,
}

/// A label as it will be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownLabel {
    /// In `Excerpt::text`.
    pub range: Range<usize>,
    /// 1-based last line of the label, when that line is not shown.
    pub cut_at_line: Option<usize>,
}

impl Excerpt {
    /// The lines of `file` that hold `spans`, and the spans in the excerpt, in the same order.
    /// Spans past the end of a file that has changed meanwhile are moved to its end.
    pub fn new(file: &SourceFile, spans: &[Span], width: usize) -> (Self, Vec<ShownLabel>) {
        let shown: Vec<(Range<usize>, Option<usize>)> =
            spans.iter().map(|span| shorten(file, *span)).collect();
        let lines = file.lines();
        let line_of = |offset: usize| lines.line_of(Span::from_usize(offset..offset).start);
        let mut wanted: Vec<usize> = shown
            .iter()
            .flat_map(|(range, _)| line_of(range.start)..=line_of(range.end))
            .collect();
        wanted.sort_unstable();
        wanted.dedup();
        // The printer shows a single line between two others instead of a mark for left-out lines.
        let gaps: Vec<usize> = wanted
            .windows(2)
            .filter(|pair| pair[0] + 2 == pair[1])
            .map(|pair| pair[0] + 1)
            .collect();
        wanted.extend(gaps);
        wanted.sort_unstable();
        let mut excerpt = Self::default();
        for index in wanted {
            let span = lines
                .line_span(index)
                .expect("lines of offsets in the file")
                .range();
            excerpt.push_line(file, index, span, &shown, width);
        }
        let mut labels = Vec::new();
        for (range, cut_at_line) in shown {
            let start = excerpt.offset(range.start);
            let end = excerpt.offset(range.end).max(start);
            let place = lines.line_column(&file.text, Span::from_usize(range.clone()).start);
            excerpt.places.push((start, place));
            labels.push(ShownLabel {
                range: start..end,
                cut_at_line,
            });
        }
        (excerpt, labels)
    }

    fn push_line(
        &mut self,
        file: &SourceFile,
        index: usize,
        span: Range<usize>,
        labels: &[(Range<usize>, Option<usize>)],
        width: usize,
    ) {
        let line = &file.text[span.clone()];
        let line = line.trim_end_matches(['\n', '\r']);
        let skip = if index == 0 && line.starts_with('\u{feff}') {
            '\u{feff}'.len_utf8()
        } else {
            0
        };
        let own = span.start + skip..span.start + line.len();
        let kept = kept_pieces(&file.text, own.clone(), labels, width);
        let start = self.text.len();
        let mut pieces = Vec::new();
        let mut done = own.start;
        for piece in kept {
            if piece.start > done {
                self.text.push_str(ELLIPSIS);
            }
            done = piece.end;
            self.push_sanitized(&file.text, piece, &mut pieces);
        }
        if done < own.end {
            pieces.push((done..done, self.text.len()));
            self.text.push_str(ELLIPSIS);
        }
        pieces.push((own.end..own.end, self.text.len()));
        self.text.push('\n');
        self.lines.push(Line {
            index,
            range: start..self.text.len(),
            pieces,
        });
    }

    fn push_sanitized(
        &mut self,
        text: &str,
        piece: Range<usize>,
        pieces: &mut Vec<(Range<usize>, usize)>,
    ) {
        let mut run = piece.start;
        for (at, c) in text[piece.clone()].char_indices() {
            let at = piece.start + at;
            let shown = match c {
                '\t' => None,
                // `##[` and `##vso[` speak to CI runners.
                '[' if text[..at].ends_with("##") || text[..at].ends_with("##vso") => {
                    Some(" [".into())
                }
                _ => sanitize::stand_in(c),
            };
            if let Some(shown) = shown {
                pieces.push((run..at, self.text.len()));
                self.text.push_str(&text[run..at]);
                run = at + c.len_utf8();
                pieces.push((at..at, self.text.len()));
                self.text.push_str(&shown);
            }
        }
        pieces.push((run..piece.end, self.text.len()));
        self.text.push_str(&text[run..piece.end]);
    }

    /// Where the byte `offset` of the file is shown; for bytes that are left out, the mark that
    /// stands for them.
    fn offset(&self, offset: usize) -> usize {
        let mut at = 0;
        for line in &self.lines {
            let Some((first, _)) = line.pieces.first() else {
                continue;
            };
            if first.start > offset && at > 0 {
                break;
            }
            for (range, shown) in &line.pieces {
                if range.start > offset {
                    break;
                }
                at = shown + (offset - range.start).min(range.len());
            }
        }
        at
    }

    /// 0-based line in the file of an offset in the excerpt.
    pub fn line_index(&self, offset: usize) -> usize {
        let at = self
            .lines
            .partition_point(|line| line.range.start <= offset);
        self.lines
            .get(at.saturating_sub(1))
            .map_or(0, |line| line.index)
    }

    /// Bytes of the excerpt that show a line of the file.
    pub fn line_range(&self, index: usize) -> Option<Range<usize>> {
        let at = self
            .lines
            .binary_search_by_key(&index, |line| line.index)
            .ok()?;
        Some(self.lines[at].range.clone())
    }

    /// Line and column in the file of a label that starts at this offset of the excerpt.
    pub fn place(&self, offset: usize) -> Option<LineColumn> {
        self.places
            .iter()
            .find(|(start, _)| *start == offset)
            .map(|(_, place)| *place)
    }
}

/// The span inside the file, without the line breaks at its end, cut to its first line when it has
/// many.
fn shorten(file: &SourceFile, span: Span) -> (Range<usize>, Option<usize>) {
    let text = &file.text;
    let start = text.floor_char_boundary(span.start as usize);
    let end = text.ceil_char_boundary((span.end as usize).min(text.len()).max(start));
    let end = start + text[start..end].trim_end_matches(['\n', '\r']).len();
    let lines = file.lines();
    let line_of = |at: usize| lines.line_of(Span::from_usize(at..at).start);
    let (first, last) = (line_of(start), line_of(end));
    if last - first < MAX_LINES {
        return (start..end, None);
    }
    let line_end = lines.line_span(first).expect("a line of the file").end as usize;
    let cut = start + text[start..line_end].trim_end_matches(['\n', '\r']).len();
    (start..cut, Some(last + 1))
}

/// The parts of a line to show: all of it when it is short, else what lies around the labels.
fn kept_pieces(
    text: &str,
    line: Range<usize>,
    labels: &[(Range<usize>, Option<usize>)],
    width: usize,
) -> Vec<Range<usize>> {
    let is_short = line.len() <= width
        || (line.len() <= 4 * width && text[line.clone()].chars().count() <= width);
    if is_short {
        return vec![line];
    }
    let around = |from: usize, to: usize| {
        let start = from.saturating_sub(CONTEXT_BYTES).max(line.start);
        let end = (to + CONTEXT_BYTES).min(line.end);
        text.floor_char_boundary(start).max(line.start)..text.ceil_char_boundary(end).min(line.end)
    };
    let mut kept = Vec::new();
    for (label, _) in labels {
        let (start, end) = (label.start.max(line.start), label.end.min(line.end));
        if label.start > line.end || label.end < line.start {
            continue;
        }
        if end.saturating_sub(start) <= 2 * LABEL_END_BYTES {
            kept.push(around(start, end.max(start)));
        } else {
            kept.push(around(start, start + LABEL_END_BYTES));
            kept.push(around(end - LABEL_END_BYTES, end));
        }
    }
    if kept.is_empty() {
        kept.push(line.start..text.floor_char_boundary(line.start + width.min(line.len())));
    }
    merge(kept)
}

/// Ranges in order; those that touch or nearly touch are one.
fn merge(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut out: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match out.last_mut() {
            Some(last) if range.start <= last.end + ELLIPSIS.len() => {
                last.end = last.end.max(range.end)
            }
            _ => out.push(range),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FilePath, Format};

    fn excerpt(text: &str, spans: &[Range<usize>]) -> (Excerpt, Vec<String>) {
        let file = SourceFile::new(FilePath::new("a.yaml"), text, Format::Yaml);
        let spans: Vec<_> = spans.iter().cloned().map(Span::from_usize).collect();
        let (excerpt, labels) = Excerpt::new(&file, &spans, 80);
        let slices = labels
            .iter()
            .map(|label| excerpt.text[label.range.clone()].to_owned())
            .collect();
        (excerpt, slices)
    }

    #[test]
    fn only_the_lines_with_labels_are_there() {
        let (excerpt, slices) = excerpt("one\ntwo\nthree\nfour\n", &[4..7, 14..18]);
        // `three` stands between the two, and would be printed in place of a mark.
        assert_eq!(excerpt.text, "two\nthree\nfour\n");
        assert_eq!(slices, ["two", "four"]);
        assert_eq!(excerpt.line_index(5), 2);
        assert_eq!(excerpt.place(10), Some(LineColumn { line: 4, column: 1 }));
        assert_eq!(excerpt.line_range(0), None);
    }

    #[test]
    fn what_acts_is_replaced_and_spans_follow() {
        let (excerpt, slices) = excerpt("a\u{202e}b: \x1b[1mx\r\n", &[9..13, 4..5, 1..4]);
        assert_eq!(excerpt.text, "a<U+202E>b: ␛[1mx\n");
        assert_eq!(slices, ["1mx", "b", "<U+202E>"]);
    }

    #[test]
    fn long_lines_are_clipped_around_labels() {
        let text = format!("{}key{}\n", "é".repeat(50_000), "x".repeat(50_000));
        let (excerpt, slices) = excerpt(&text, &[100_000..100_003]);
        assert_eq!(slices, ["key"]);
        assert!(excerpt.text.len() < 100, "{}", excerpt.text);
        assert!(
            excerpt.text.starts_with("…é") && excerpt.text.ends_with("x…\n"),
            "{}",
            excerpt.text
        );
        assert_eq!(
            excerpt.place("…".len() + 32),
            Some(LineColumn {
                line: 1,
                column: 50_001
            })
        );
    }

    #[test]
    fn long_labels_keep_their_ends() {
        let text = "a".repeat(10) + &"b".repeat(10_000) + &"c".repeat(500);
        let (excerpt, slices) = excerpt(&text, &[10..10_010]);
        assert!(
            slices[0].starts_with("bbb") && slices[0].ends_with("bbb") && slices[0].contains('…')
        );
        assert!(
            excerpt.text.starts_with("aaa") && excerpt.text.ends_with("c…\n"),
            "{}",
            excerpt.text
        );
    }

    #[test]
    fn labels_over_many_lines_are_shown_on_the_first() {
        let file = SourceFile::new(FilePath::new("a.yaml"), "- a\n".repeat(100), Format::Yaml);
        let (excerpt, labels) = Excerpt::new(&file, &[Span::new(4, 400)], 80);
        assert_eq!(excerpt.text, "- a\n");
        assert_eq!(
            labels,
            [ShownLabel {
                range: 0..3,
                cut_at_line: Some(100)
            }]
        );
    }

    #[test]
    fn spans_of_a_file_that_has_changed_do_no_harm() {
        let (_, slices) = excerpt("é\n", &[1..2, 50..60, 3..3, 0..3]);
        assert_eq!(slices, ["é", "", "", "é"]);
        let (_, slices) = excerpt("", &[0..0, 0..9]);
        assert_eq!(slices, ["", ""]);
    }

    #[test]
    fn a_byte_order_mark_is_not_shown() {
        let (excerpt, slices) = excerpt("\u{feff}id: 1\n", &[0..5, 3..5]);
        assert_eq!(excerpt.text, "id: 1\n");
        assert_eq!(slices, ["id", "id"]);
    }
}
