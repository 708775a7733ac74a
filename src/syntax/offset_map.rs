//! Decoded text back to its source bytes.
//!
//! A string's value is rarely the bytes it was written with: quotes are escaped, lines folded,
//! entities decoded, emphasis dropped. An [`OffsetMap`] keeps the way back, piece by piece, so that
//! a word inside a folded scalar is underlined where it stands.

use crate::source::Span;
use std::ops::Range;

/// One run of decoded bytes and the source bytes it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// First decoded byte; the piece ends where the next one starts.
    pub decoded: u32,
    /// First source byte.
    pub source: u32,
    /// Source bytes. A piece as long decoded as in the source is a copy and maps byte by byte; any
    /// other (an escape, a fold, an entity) maps as a whole.
    pub source_len: u32,
}

/// Pieces sorted by `decoded`, covering the decoded text from 0 to `decoded_len`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OffsetMap {
    pieces: Vec<Piece>,
    decoded_len: u32,
}

impl OffsetMap {
    /// The map of a text that is a plain copy of the source at `start`.
    pub fn copy(start: u32, len: u32) -> Self {
        let mut map = Self::default();
        map.push(len, Span::new(start, start + len));
        map
    }

    /// Length of the decoded text mapped so far.
    pub fn decoded_len(&self) -> u32 {
        self.decoded_len
    }

    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// Append `len` decoded bytes that came from `source`. Copies that continue each other on both
    /// sides are joined. Pieces of zero decoded bytes are dropped.
    pub fn push(&mut self, len: u32, source: Span) {
        if len == 0 {
            return;
        }
        if let Some(last) = self.pieces.last_mut() {
            let last_len = self.decoded_len - last.decoded;
            let joins = last_len == last.source_len
                && len == source.len()
                && last.source + last.source_len == source.start;
            if joins {
                last.source_len += len;
                self.decoded_len += len;
                return;
            }
        }
        self.pieces.push(Piece {
            decoded: self.decoded_len,
            source: source.start,
            source_len: source.len(),
        });
        self.decoded_len += len;
    }

    /// Drop what was pushed since the map had `len` pieces for `decoded_len` bytes.
    pub fn truncate(&mut self, len: usize, decoded_len: u32) {
        self.pieces.truncate(len);
        self.decoded_len = decoded_len;
    }

    /// Source bytes behind the decoded `range`. An empty range gives an empty span. Bytes past the
    /// end are clamped.
    pub fn span(&self, range: Range<usize>) -> Span {
        let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).min(self.decoded_len);
        let (start, end) = (small(range.start), small(range.end));
        if self.pieces.is_empty() {
            return Span::default();
        }
        if end <= start {
            return Span::empty(self.start_of(start));
        }
        Span::new(self.start_of(start), self.end_of(end))
    }

    fn piece_at(&self, decoded: u32) -> (Piece, u32) {
        let index = self.pieces.partition_point(|piece| piece.decoded <= decoded).max(1) - 1;
        let end = self.pieces.get(index + 1).map_or(self.decoded_len, |next| next.decoded);
        (self.pieces[index], end - self.pieces[index].decoded)
    }

    fn start_of(&self, decoded: u32) -> u32 {
        let (piece, len) = self.piece_at(decoded);
        if len == piece.source_len {
            piece.source + (decoded - piece.decoded)
        } else if decoded >= piece.decoded + len {
            piece.source + piece.source_len
        } else {
            piece.source
        }
    }

    fn end_of(&self, decoded: u32) -> u32 {
        // The piece of the last byte inside the range, not of the first one after it.
        let (piece, len) = self.piece_at(decoded - 1);
        if len == piece.source_len {
            piece.source + (decoded - piece.decoded)
        } else {
            piece.source + piece.source_len
        }
    }

    /// This map behind another: `self` maps text → middle, `outer` maps middle → source.
    pub fn then(&self, outer: &OffsetMap) -> OffsetMap {
        let mut map = OffsetMap::default();
        for (index, piece) in self.pieces.iter().enumerate() {
            let end = self.pieces.get(index + 1).map_or(self.decoded_len, |next| next.decoded);
            let len = end - piece.decoded;
            let middle = piece.source..piece.source + piece.source_len;
            if len != piece.source_len {
                map.push(len, outer.span(middle.start as usize..middle.end as usize));
                continue;
            }
            // A copy here may cross several pieces there.
            let mut at = middle.start;
            while at < middle.end {
                let (there, there_len) = outer.piece_at(at);
                let stop = (there.decoded + there_len).min(middle.end).max(at + 1);
                map.push(stop - at, outer.span(at as usize..stop as usize));
                at = stop;
            }
        }
        map
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped() -> OffsetMap {
        // Source `"a\tb"` at 0: decoded `a`, tab, `b`.
        let mut map = OffsetMap::default();
        map.push(1, Span::new(1, 2));
        map.push(1, Span::new(2, 4));
        map.push(1, Span::new(4, 5));
        map
    }

    #[test]
    fn whole_pieces_are_not_cut() {
        let map = escaped();
        assert_eq!(map.span(0..1), Span::new(1, 2));
        assert_eq!(map.span(1..2), Span::new(2, 4));
        assert_eq!(map.span(0..3), Span::new(1, 5));
        assert_eq!(map.span(3..3), Span::empty(5));
    }

    #[test]
    fn maps_compose() {
        // Middle text is the decoded one above; the inner map drops its first byte.
        let inner = OffsetMap::copy(1, 2);
        let both = inner.then(&escaped());
        assert_eq!(both.span(0..1), Span::new(2, 4));
        assert_eq!(both.span(1..2), Span::new(4, 5));
    }
}
