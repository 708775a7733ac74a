//! Text eight bytes at a time: a number holds eight bytes, the first in its lowest place.
//!
//! Words are looked at by every list and for every claim, so this is where much of a run is spent.

/// Bytes in a number.
pub const LEN: usize = 8;

const EACH: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = EACH * 0x80;

/// Eight bytes from `at` on; zeros behind the end.
#[inline]
pub fn load(bytes: &[u8], at: usize) -> u64 {
    let rest = &bytes[at..];
    match rest.first_chunk() {
        Some(eight) => u64::from_le_bytes(*eight),
        None => rest.iter().rev().fold(0, |eight, byte| eight << 8 | u64::from(*byte)),
    }
}

/// The first `len` of eight bytes, letters of ASCII in one case; zeros behind them.
#[inline]
pub fn folded(eight: u64, len: usize) -> u64 {
    let folded = eight | (EACH * 0x20);
    if len < LEN { folded & !(u64::MAX << (8 * len)) } else { folded }
}

/// The bytes that are letters or digits of ASCII, as a mark in the highest bit of each.
#[inline]
pub fn alphanumeric(eight: u64) -> u64 {
    let folded = eight | (EACH * 0x20);
    let letter = from(folded, b'a') & !from(folded, b'z' + 1);
    let digit = from(eight, b'0') & !from(eight, b'9' + 1);
    (letter | digit) & !eight & HIGH
}

/// The bytes that are this one of ASCII, marked likewise.
#[inline]
pub fn equal(eight: u64, byte: u8) -> u64 {
    !from(eight ^ (EACH * u64::from(byte)), 1) & !eight & HIGH
}

/// How many bytes from the first on are marked.
#[inline]
pub fn leading(marks: u64) -> usize {
    (!marks & HIGH).trailing_zeros() as usize / LEN
}

/// Marks in bytes that are at least `least`, their own highest bits left out; the other bits mean nothing.
#[inline]
fn from(eight: u64, least: u8) -> u64 {
    (eight & !HIGH) + EACH * u64::from(0x80 - least)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_bytes_are_what_they_are_one_by_one() {
        for byte in 0..=u8::MAX {
            for at in 0..LEN {
                let mut bytes = *b"aZ09zA5m";
                bytes[at] = byte;
                let marks = alphanumeric(load(&bytes, 0));
                let expected = if byte.is_ascii_alphanumeric() { LEN } else { at };
                assert_eq!(leading(marks), expected, "{byte:#x} at {at}");
                let scores = equal(load(&bytes, 0), b'_');
                assert_eq!(scores != 0, byte == b'_', "{byte:#x} at {at}");
            }
        }
    }

    #[test]
    fn what_is_behind_the_end_is_zero() {
        assert_eq!(load(b"abc", 1), u64::from(b'c') << 8 | u64::from(b'b'));
        assert_eq!(load(b"abc", 3), 0);
        assert_eq!(folded(load(b"ABCDEFGHI", 0), 2), u64::from(b'b') << 8 | u64::from(b'a'));
        assert_eq!(folded(load(b"ABCDEFGHI", 0), 8), load(b"abcdefgh", 0));
    }
}
