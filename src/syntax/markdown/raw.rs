//! Blocks that the Markdown parser leaves as they are written: code, and HTML, of which the [`Reader`] takes what
//! [`html`] finds in it.

use super::parts::Part;
use super::{Reader, html, tags};
use crate::syntax::{BlockKind, ItemId, MarkKind, OffsetMap};
use pulldown_cmark::CowStr;
use std::ops::Range;

impl Reader<'_> {
    /// Inside a code or HTML block.
    pub(super) fn is_raw(&mut self) -> bool {
        self.out.block_is_open()
            && self
                .out
                .last_block()
                .is_some_and(|block| matches!(block.kind, BlockKind::Code | BlockKind::Html))
    }

    /// A line of code or raw HTML; the last line break of the block is not text.
    pub(super) fn line(&mut self, text: &CowStr<'_>, range: Range<usize>, part: &Part<'_>) {
        if let Some(range) = self.line_break.take() {
            self.out.replace("\n", range);
        }
        let line = text.strip_suffix('\n').unwrap_or(text);
        let line = line.strip_suffix('\r').unwrap_or(line);
        let written = part.slice(range.clone());
        let at = if written.starts_with(line) {
            self.out.copy(range.start..range.start + line.len());
            range.start + line.len()
        } else {
            self.out.replace(line, range.clone());
            range.end
        };
        if line.len() < text.len() {
            self.line_break = Some(at..range.end);
        }
    }

    /// The HTML block that just ended, once more as what readers see of it.
    pub(super) fn read_html(&mut self) {
        let start = self.html_start.take();
        let (at, text) = self.out.last_text();
        let Some((pieces, start)) = html::pieces(text).zip(start) else {
            return self.read_raw_html();
        };
        let raw = text.to_owned();
        let map = self.out.lines_of(at);
        self.out.go_back(&start);
        let (first_list, first_item) = (self.list_count, self.item_count);
        for piece in pieces {
            self.html_piece(&piece, &raw, &map, (first_list, first_item));
        }
    }

    fn html_piece(
        &mut self,
        piece: &html::Piece,
        raw: &str,
        map: &OffsetMap,
        (first_list, first_item): (u32, u32),
    ) {
        let place = |range: &Range<usize>| map.span(range.clone()).range();
        let mut kind = piece.kind.clone();
        if let BlockKind::Item { depth, list, .. } = &mut kind {
            *depth = depth.saturating_add(u8::try_from(self.lists.len()).unwrap_or(u8::MAX));
            *list += first_list;
            self.list_count = self.list_count.max(*list + 1);
            self.item_count += 1;
        }
        let range = place(&piece.range);
        self.open(kind, range.clone());
        if let Some(block) = self.out.last_block() {
            block.quoted |= piece.quoted;
            block.item = piece.item.map(|item| ItemId(first_item + item)).or(block.item);
        }
        if piece.kind == BlockKind::Html {
            self.raw_lines(raw, piece.range.clone(), map);
            self.close(range.end);
            return self.read_raw_html();
        }
        for part in &piece.parts {
            match part {
                html::Part::Words(words) => {
                    let (words, range) = (&raw[words.clone()], place(words));
                    if self.source[range.clone()] == *words {
                        self.text(range);
                    } else {
                        self.out.replace(words, range);
                    }
                }
                html::Part::Blank(blank) => self.out.replace(" ", place(blank)),
                html::Part::Char(char, written) => {
                    self.out.replace(char.encode_utf8(&mut [0; 4]), place(written));
                }
                html::Part::Tag(tag) | html::Part::Comment(tag) => self.inline_html(place(tag)),
            }
        }
        self.close(range.end);
    }

    /// Raw HTML as it is written.
    fn raw_lines(&mut self, raw: &str, range: Range<usize>, map: &OffsetMap) {
        let mut at = range.start;
        for line in raw[range].split_inclusive('\n') {
            let words = line.strip_suffix('\n').unwrap_or(line);
            let written = map.span(at..at + words.len()).range();
            if self.source[written.clone()] == *words {
                self.out.copy(written);
            } else {
                self.out.replace(words, written);
            }
            if words.len() < line.len() {
                self.out.replace("\n", map.span(at + words.len()..at + line.len()).range());
            }
            at += line.len();
        }
    }

    /// Comments and images of the HTML block that just ended.
    fn read_raw_html(&mut self) {
        let (start, text) = self.out.last_text();
        let comments = tags::comments(text);
        let images = tags::images(text);
        for comment in comments {
            self.comments.push(self.out.source_of(start + comment.start..start + comment.end));
        }
        for image in images {
            let span = self.out.source_of(start + image.tag.start..start + image.tag.end);
            let has_alt = image.alt.is_some();
            let alt = image.alt.unwrap_or(image.tag.start..image.tag.start);
            let kind = MarkKind::Image { target: image.target, has_alt };
            self.out.mark(kind, start + alt.start..start + alt.end, span);
        }
    }
}
