//! The words of a text as word lists see them: ASCII letters, digits and `_`, in any case.
//!
//! Every text is looked at by many lists, so words are read eight bytes at a time and known by numbers.

use crate::eight;

/// A word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub start: usize,
    pub end: usize,
    pub keys: Keys,
}

/// The numbers a word is known by; those of two words may be equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Keys {
    /// Of the whole word.
    pub whole: u64,
    /// Of its beginnings: the first three letters, and the first five. Those of shorter words are no beginning's.
    pub starts: [u64; 2],
}

/// Letters by which a beginning is known.
pub(super) const START_BYTES: usize = 3;
/// The same for beginnings that have as many.
pub(super) const LONG_START_BYTES: usize = 5;
/// Spreads small numbers over all bits.
const ODD: u64 = 0x9e37_79b9_7f4a_7c15;

impl Keys {
    pub fn of(word: &[u8]) -> Self {
        let first = eight::folded(eight::load(word, 0), word.len());
        let last = match word.len() {
            ..=eight::LEN => 0,
            len => eight::folded(eight::load(word, len - eight::LEN), eight::LEN),
        };
        Self::from_ends(first, last, word.len())
    }

    #[inline]
    fn from_ends(first: u64, last: u64, len: usize) -> Self {
        let start = |bytes: usize| first & !(u64::MAX << (8 * bytes));
        Self {
            whole: (first ^ last.rotate_left(29)).wrapping_add((len as u64).wrapping_mul(ODD)),
            starts: [start(START_BYTES), start(LONG_START_BYTES)],
        }
    }
}

/// The key by which a beginning is known; `None` for one that is too short.
pub(super) fn start_key(start: &[u8]) -> Option<u64> {
    let [short, long] = Keys::of(start).starts;
    match start.len() {
        ..START_BYTES => None,
        START_BYTES..LONG_START_BYTES => Some(short),
        _ => Some(long),
    }
}

/// A set of keys that may hold more than was put in: 64 times as many bits as it has parts, which are a power of
/// two up to 1,024.
#[derive(Debug)]
pub(super) struct Filter<const PARTS: usize>(Box<[u64; PARTS]>);

impl<const PARTS: usize> Filter<PARTS> {
    pub fn new() -> Self {
        Self(Box::new([0; PARTS]))
    }

    pub fn put(&mut self, key: u64) {
        let bit = Self::bit(key);
        self.0[bit / 64] |= 1 << (bit % 64);
    }

    #[inline]
    pub fn may_have(&self, key: u64) -> bool {
        let bit = Self::bit(key);
        self.0[bit / 64] >> (bit % 64) & 1 != 0
    }

    /// Whether the word or one of its beginnings may have been put in.
    #[inline]
    pub fn may_know(&self, keys: Keys) -> bool {
        let [short, long] = keys.starts;
        self.may_have(keys.whole) | self.may_have(short) | self.may_have(long)
    }

    #[inline]
    fn bit(key: u64) -> usize {
        (key.wrapping_mul(ODD) >> 48) as usize % (PARTS * 64)
    }
}

/// Goes from word to word.
#[derive(Debug)]
pub(super) struct Words<'t> {
    bytes: &'t [u8],
    at: usize,
}

impl<'t> Words<'t> {
    /// The words that begin at `from` or behind it.
    pub fn new(text: &'t str, from: usize) -> Self {
        let bytes = text.as_bytes();
        let is_inside = from > 0 && bytes.get(from - 1).is_some_and(|byte| is_word(*byte));
        let rest = if is_inside {
            bytes[from..].iter().take_while(|byte| is_word(**byte)).count()
        } else {
            0
        };
        Self { bytes, at: from + rest }
    }

    /// The next word. `between` is shown the bytes before it but for blanks.
    #[inline]
    pub fn next(&mut self, mut between: impl FnMut(u8)) -> Option<Word> {
        let bytes = self.bytes;
        let mut at = self.at;
        let (first, mut len) = loop {
            let byte = *bytes.get(at)?;
            if byte != b' ' {
                let first = eight::load(bytes, at);
                let len = word_bytes(first);
                if len > 0 {
                    break (first, len);
                }
                between(byte);
            }
            at += 1;
        };
        let start = at;
        at += len;
        let first = eight::folded(first, len);
        while len == eight::LEN && at < bytes.len() {
            len = word_bytes(eight::load(bytes, at));
            at += len;
        }
        self.at = at;
        let last = match at - start {
            ..=eight::LEN => 0,
            _ => eight::folded(eight::load(bytes, at - eight::LEN), eight::LEN),
        };
        Some(Word { start, end: at, keys: Keys::from_ends(first, last, at - start) })
    }
}

/// Whether a byte is part of a word, as ASCII word boundaries see it.
pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// How many of eight bytes, from the first on, are part of a word.
#[inline]
fn word_bytes(bytes: u64) -> usize {
    eight::leading(eight::alphanumeric(bytes) | eight::equal(bytes, b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_runs_of_word_bytes() {
        let text = "Höft-PAIN!  2x extraordinarily_long, \u{17f}a \u{e9} exactly8 b";
        let mut words = Words::new(text, 0);
        let mut signs = Vec::new();
        let mut found = Vec::new();
        while let Some(word) = words.next(|byte| signs.push(byte)) {
            assert_eq!(word.keys, Keys::of(&text.as_bytes()[word.start..word.end]));
            found.push(&text[word.start..word.end]);
        }
        let expected = ["H", "ft", "PAIN", "2x", "extraordinarily_long", "a", "exactly8", "b"];
        assert_eq!(found, expected);
        assert_eq!(
            signs.iter().filter(|byte| byte.is_ascii()).copied().collect::<Vec<_>>(),
            b"-!,"
        );
        let mut inside = Words::new(text, text.find("AIN").unwrap());
        assert_eq!(inside.next(|_| ()).map(|word| &text[word.start..word.end]), Some("2x"));
    }

    #[test]
    fn case_makes_no_difference_and_letters_do() {
        assert_eq!(Keys::of(b"Stretching"), Keys::of(b"stretCHING"));
        assert_ne!(Keys::of(b"stretching").whole, Keys::of(b"stretches").whole);
        assert_ne!(Keys::of(b"in").whole, Keys::of(b"in_").whole);
        assert_eq!(Keys::of(b"stretching").starts[1], start_key(b"STRET").unwrap());
        assert_eq!(start_key(b"st"), None);
    }
}
