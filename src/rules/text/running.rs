//! The words of running text in a row, for rules that count them.

use crate::normal::{self, lowered};
use crate::syntax::Prose;
use foldhash::fast::FixedState;
use std::hash::BuildHasher;
use std::ops::Range;

/// One word, compared without case.
#[derive(Clone, Debug)]
pub struct Word {
    pub hash: u64,
    /// In the text of the prose.
    pub range: Range<usize>,
    /// Which sentence of the running text.
    pub sentence: usize,
}

/// Every word of the paragraphs: of no heading, list, table, code or quotation.
pub fn words(body: &Prose) -> Vec<Word> {
    let mut out = Vec::new();
    let blocks = body.blocks.iter().filter(|own| own.is_running());
    for (sentence, range) in blocks.flat_map(|own| body.sentences(own)).enumerate() {
        let text = &body.text[range.clone()];
        out.extend(words_of(text).map(|own| Word {
            hash: hash_of(&text[own.clone()]),
            range: range.start + own.start..range.start + own.end,
            sentence,
        }));
    }
    out
}

/// Letters and digits in a row, with the apostrophes and hyphens in them.
fn words_of(text: &str) -> impl Iterator<Item = Range<usize>> {
    normal::words(text, char::is_alphanumeric, &['\'', '\u{2019}', '-'])
}

fn hash_of(word: &str) -> u64 {
    FixedState::default().hash_one(&*lowered(word))
}

/// Words in a row as one number.
pub fn hash_of_run(words: &[Word]) -> u64 {
    let mut hashes = words.iter().map(|own| own.hash);
    let first = hashes.next().unwrap_or_default();
    hashes.fold(first, |all, own| all.rotate_left(17).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ own)
}
