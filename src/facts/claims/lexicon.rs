//! Finds the phrases of [`super::cues::PHRASES`] in a sentence, word by word.
//!
//! A word is looked up by its hash, and a phrase is a path of words, so the cost depends on the words of the
//! sentence and not on the number of phrases. (An automaton over bytes was measured too: it spends most of its
//! time on matches inside words, needs 6 MB and 13 ms to build; this needs neither.)

use crate::eight;
use foldhash::fast::FixedState;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::cues::{Family, PHRASES};

/// One word of a sentence, in bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    pub start: u32,
    pub end: u32,
    /// Nothing but a space or hyphen lies between the word before and this one.
    pub joined: bool,
    /// Of its letters in any case; apostrophes count as `'`.
    hash: u64,
    /// The first four lower-case bytes; zero when there are fewer.
    head: u32,
}

impl Word {
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Words with what they are, to look words of sentences up in.
#[derive(Debug)]
pub(super) struct Table(HashMap<u64, u8, FixedState>);

impl Table {
    /// Each list with the bit that says that a word is in it. What is no single word is left out.
    pub fn new(lists: &[(&[&str], u8)]) -> Self {
        let mut table = HashMap::default();
        for (list, bit) in lists {
            for text in *list {
                if let [word] = words(text).as_slice() {
                    *table.entry(word.hash).or_default() |= bit;
                }
            }
        }
        Self(table)
    }

    /// The bits of all lists that have the word.
    pub fn get(&self, word: &Word) -> u8 {
        self.0.get(&word.hash).copied().unwrap_or(0)
    }
}

/// The words of `text`: letters and digits, with apostrophes and points inside ("don't", "e.g", "3.5").
pub(super) fn words(text: &str) -> Vec<Word> {
    let bytes = text.as_bytes();
    let mut words: Vec<Word> = Vec::with_capacity(bytes.len() / 5 + 2);
    let mut at = 0;
    let mut joined = false;
    while at < bytes.len() {
        match word_step(bytes, at) {
            Step::Word => {
                let word = read_word(bytes, at, joined);
                at = word.end as usize;
                words.push(word);
                joined = true;
            }
            Step::Join(length) => at += length,
            Step::Break(length) => {
                joined = false;
                at += length;
            }
        }
    }
    words
}

enum Step {
    /// A byte of a word.
    Word,
    /// Between the words of a phrase.
    Join(usize),
    Break(usize),
}

#[inline]
fn word_step(bytes: &[u8], at: usize) -> Step {
    match bytes[at] {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => Step::Word,
        b' ' | b'-' => Step::Join(1),
        ..0x80 => Step::Break(1),
        // U+2010, U+2011 hyphens, U+202F narrow no-break space; the rest of U+2000 to U+207F is punctuation.
        0xE2 if matches!(bytes.get(at + 1), Some(0x80 | 0x81)) => match bytes[at + 1..].get(..2) {
            Some([0x80, 0x90 | 0x91 | 0xAF]) => Step::Join(3),
            Some(_) | None => Step::Break(3.min(bytes.len() - at)),
        },
        // U+00A0 no-break space; the rest of U+0080 to U+00BF is signs.
        0xC2 => match bytes.get(at + 1) {
            Some(0xA0) => Step::Join(2),
            Some(_) | None => Step::Break(2.min(bytes.len() - at)),
        },
        0x80.. => Step::Word,
    }
}

fn read_word(bytes: &[u8], start: usize, joined: bool) -> Word {
    let mut hash = 0;
    let mut at = start;
    loop {
        while at < bytes.len() {
            let eight = eight::load(bytes, at);
            let len = eight::leading(eight::alphanumeric(eight));
            if len > 0 {
                hash = mixed(hash, eight::folded(eight, len));
                at += len;
            }
            if len < eight::LEN {
                break;
            }
        }
        if matches!(bytes.get(at), None | Some(b' ' | b',')) {
            break;
        }
        let Some((byte, width)) = inside_word(bytes, at) else {
            break;
        };
        hash = mixed(hash, u64::from(byte));
        at += width;
    }
    Word { start: start as u32, end: at as u32, joined, hash, head: head(&bytes[start..at]) }
}

/// What continues a word beside letters and digits: the byte to hash and the bytes to skip.
fn inside_word(bytes: &[u8], at: usize) -> Option<(u8, usize)> {
    let byte = *bytes.get(at)?;
    let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    match byte {
        b'\'' | b'.' if letter(at + 1) => Some((byte, 1)),
        0xE2 if bytes[at..].starts_with("\u{2019}".as_bytes()) && letter(at + 3) => {
            Some((b'\'', 3))
        }
        0x80.. if matches!(word_step(bytes, at), Step::Word) => Some((byte, 1)),
        _ => None,
    }
}

/// The first four bytes in lower case; zero when there are fewer.
fn head(word: &[u8]) -> u32 {
    word.first_chunk().map_or(0, |head| u32::from_be_bytes(*head) | 0x2020_2020)
}

/// The hash of a word with the next letters of it.
fn mixed(hash: u64, letters: u64) -> u64 {
    let spread = (hash ^ letters).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    spread ^ spread >> 32
}

/// Reports each phrase of the lists that lies in `words`: its family, first and last word.
pub(super) fn find(text: &str, words: &[Word], mut found: impl FnMut(Family, usize, usize)) {
    let trie = &*TRIE;
    for (first, word) in words.iter().enumerate() {
        if trie.may_begin(word) {
            trie.walk(text, words, first, first, ROOT, &mut found);
        }
    }
}

const ROOT: u32 = 0;

/// Phrases as paths of words. A key joins a node and a word.
struct Trie {
    /// Open addressing, a power of two; key zero is free.
    slots: Vec<(u64, u32)>,
    nodes: Vec<Node>,
    /// Words that stand for all words they begin, by their first four bytes.
    stems: HashMap<u32, Vec<Stem>, FixedState>,
    /// One bit per slot of a small table over the words that begin phrases: most words are ruled out here.
    root_filter: Vec<u64>,
    /// The same over the heads of stems.
    stem_filter: [u64; 64],
}

#[derive(Default)]
struct Node {
    families: Vec<Family>,
    has_children: bool,
}

struct Stem {
    text: &'static str,
    hash: u64,
}

static TRIE: LazyLock<Trie> = LazyLock::new(Trie::new);

/// Tells a stem's hash from that of the whole word.
const STEM: u64 = 0x5851_f42d_4c95_7f2d;

impl Trie {
    fn new() -> Self {
        let mut trie = Self {
            slots: vec![(0, 0); 16_384],
            nodes: vec![Node::default()],
            stems: HashMap::default(),
            root_filter: vec![0; ROOT_BITS / 64],
            stem_filter: [0; 64],
        };
        for &(family, list) in PHRASES {
            for phrase in list {
                trie.insert(family, phrase);
            }
        }
        assert!(
            trie.nodes.len() < trie.slots.len() / 2,
            "the table is less than half full, so a search ends soon"
        );
        trie
    }

    fn insert(&mut self, family: Family, phrase: &'static str) {
        let whole = phrase.trim_end_matches('*');
        let list = words(whole);
        let mut node = ROOT;
        for (index, word) in list.iter().enumerate() {
            let mut hash = word.hash;
            if index + 1 == list.len() && whole.len() < phrase.len() {
                hash ^= STEM;
                self.add_stem(&whole[word.start as usize..], word.head, hash);
            }
            self.nodes[node as usize].has_children = true;
            if index == 0 {
                let bit = root_bit(hash);
                self.root_filter[bit / 64] |= 1 << (bit % 64);
            }
            node = self.child_or_new(node, hash);
        }
        self.nodes[node as usize].families.push(family);
    }

    fn add_stem(&mut self, text: &'static str, head: u32, hash: u64) {
        assert!(head != 0, "the stem `{text}*` has fewer than four letters");
        let stems = self.stems.entry(head).or_default();
        if stems.iter().all(|stem| stem.text != text) {
            stems.push(Stem { text, hash });
        }
        let bit = filter_bit(head);
        self.stem_filter[bit / 64] |= 1 << (bit % 64);
    }

    fn child_or_new(&mut self, node: u32, hash: u64) -> u32 {
        let key = edge(node, hash);
        let slot = self.slot(key);
        if self.slots[slot].0 == 0 {
            let child = self.nodes.len() as u32;
            self.slots[slot] = (key, child);
            self.nodes.push(Node::default());
        }
        self.slots[slot].1
    }

    /// Where the key is or would be.
    fn slot(&self, key: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = (key >> 40) as usize & mask;
        while self.slots[slot].0 != 0 && self.slots[slot].0 != key {
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn child(&self, node: u32, hash: u64) -> Option<u32> {
        let (key, child) = self.slots[self.slot(edge(node, hash))];
        (key != 0).then_some(child)
    }

    /// False for most words; true for all that begin a phrase.
    #[inline]
    fn may_begin(&self, word: &Word) -> bool {
        let bit = root_bit(word.hash);
        self.root_filter[bit / 64] & 1 << (bit % 64) != 0 || self.may_be_stem(word)
    }

    #[inline]
    fn may_be_stem(&self, word: &Word) -> bool {
        let bit = filter_bit(word.head);
        self.stem_filter[bit / 64] & 1 << (bit % 64) != 0
    }

    fn walk(
        &self,
        text: &str,
        words: &[Word],
        first: usize,
        at: usize,
        node: u32,
        found: &mut impl FnMut(Family, usize, usize),
    ) {
        let word = &words[at];
        if let Some(next) = self.child(node, word.hash) {
            self.arrive(text, words, first, at, next, found);
        }
        if !self.may_be_stem(word) {
            return;
        }
        let bytes = &text.as_bytes()[word.start as usize..word.end as usize];
        for stem in self.stems.get(&word.head).into_iter().flatten() {
            if bytes.len() >= stem.text.len()
                && bytes[..stem.text.len()].eq_ignore_ascii_case(stem.text.as_bytes())
                && let Some(next) = self.child(node, stem.hash)
            {
                self.arrive(text, words, first, at, next, found);
            }
        }
    }

    fn arrive(
        &self,
        text: &str,
        words: &[Word],
        first: usize,
        at: usize,
        node: u32,
        found: &mut impl FnMut(Family, usize, usize),
    ) {
        let Node { families, has_children } = &self.nodes[node as usize];
        for family in families {
            found(*family, first, at);
        }
        if *has_children && words.get(at + 1).is_some_and(|next| next.joined) {
            self.walk(text, words, first, at + 1, node, found);
        }
    }
}

const ROOT_BITS: usize = 1 << 15;

fn root_bit(hash: u64) -> usize {
    (hash >> 7) as usize & (ROOT_BITS - 1)
}

fn edge(node: u32, hash: u64) -> u64 {
    (hash ^ u64::from(node).wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xff51_afd7_ed55_8ccd)
        | 1
}

fn filter_bit(head: u32) -> usize {
    (head.wrapping_mul(0x9e37_79b1) >> 20) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(Family, &str)> {
        let words = words(text);
        let mut hits = Vec::new();
        find(text, &words, |family, first, last| {
            hits.push((family, &text[words[first].start as usize..words[last].end as usize]));
        });
        hits
    }

    #[test]
    fn phrases_match_whole_words_in_any_case() {
        assert!(found("Linked To it").contains(&(Family::Association, "Linked To")));
        assert!(!found("unlinked to it").contains(&(Family::Association, "linked to")));
        assert!(!found("linked. To it").iter().any(|hit| hit.0 == Family::Association));
    }

    #[test]
    fn a_star_leaves_the_end_open() {
        assert!(found("side effects").contains(&(Family::Harm, "side effects")));
        assert!(found("degenerative").contains(&(Family::Medical, "degenerative")));
    }

    #[test]
    fn hyphens_and_typographic_apostrophes_are_read_like_plain_ones() {
        assert!(found("evidence\u{2011}based").iter().any(|hit| hit.0 == Family::Appeal));
        assert!(found("I\u{2019}m sure").contains(&(Family::FirstPerson, "I\u{2019}m")));
        assert!(found("Märta säger att smärtan är risk of").contains(&(Family::Risk, "risk of")));
    }
}
