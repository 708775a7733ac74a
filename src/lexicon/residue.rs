//! What is left of drafts, websites and assistants: `residue.yaml`.

use super::hints::Table;
use super::{Lists, Matcher, matcher, matcher_of, read};
use serde::Deserialize;

/// What is left of drafts, websites and assistants.
#[derive(Debug)]
pub struct Residue {
    /// Notes to self inside a text.
    pub placeholders: Matcher,
    /// The same when a whole value or block is nothing else; in small letters.
    whole_placeholders: Vec<String>,
    /// By the first byte, the lengths that these have: a bit each. Most values are ruled out by it.
    whole_lengths: Box<[u64; 256]>,
    /// Whole blocks of a website's frame.
    pub chrome: Matcher,
    /// Words of a writing assistant about its own work.
    pub assistant: Matcher,
    /// Marks that tools leave; the hit's list is whose.
    pub marks: Matcher,
    /// First words of an outline's prompts.
    pub outline_openers: Vec<String>,
    /// Words that make a sentence of an outline's prompt.
    pub finite_verbs: Matcher,
}

impl Residue {
    pub(super) fn read(table: &mut Table) -> Self {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Data {
            placeholders: Vec<String>,
            whole_placeholders: Vec<String>,
            chrome: Vec<String>,
            assistant: Vec<String>,
            marks: Lists,
            outline_openers: Vec<String>,
            finite_verbs: Vec<String>,
        }
        let data: Data = read("residue", include_str!("residue.yaml"));
        Residue {
            placeholders: matcher("placeholders", &data.placeholders, table),
            whole_lengths: Box::new(lengths(&data.whole_placeholders)),
            whole_placeholders: data.whole_placeholders,
            chrome: matcher("chrome", &data.chrome, table),
            assistant: matcher("assistant", &data.assistant, table),
            marks: matcher_of(&data.marks, table),
            outline_openers: data.outline_openers,
            finite_verbs: matcher("finite_verbs", &data.finite_verbs, table),
        }
    }

    /// Whether a value or block is nothing but a placeholder.
    pub fn is_whole_placeholder(&self, value: &str) -> bool {
        const LONGEST: usize = 40;
        value.len() <= LONGEST && {
            let whole = value.trim();
            let bare = whole.trim_end_matches(['.', '!', ':']);
            let is = |own: &str| own.eq_ignore_ascii_case(whole) || own.eq_ignore_ascii_case(bare);
            let likely = |text: &str| {
                let lengths =
                    text.bytes().next().map_or(0, |first| self.whole_lengths[usize::from(first)]);
                lengths >> text.len() & 1 != 0
            };
            (likely(whole) || likely(bare)) && self.whole_placeholders.iter().any(|own| is(own))
        }
    }

    /// Whether a short value, such as an answer, is a note that it is still to be written.
    pub fn is_to_do(&self, value: &str) -> bool {
        /// Letters of the longest mark.
        const LONGEST: usize = 6;
        let value = value.trim();
        let hit = || self.placeholders.find(value);
        value.len() <= LONGEST && hit().is_some_and(|hit| hit.range == (0..value.len()))
    }
}

/// By the first byte in either case, a bit for each length.
fn lengths(texts: &[String]) -> [u64; 256] {
    let mut lengths = [0; 256];
    for own in texts {
        let Some(first) = own.bytes().next() else { continue };
        for first in [first.to_ascii_lowercase(), first.to_ascii_uppercase()] {
            lengths[usize::from(first)] |= 1_u64.checked_shl(own.len() as u32).unwrap_or(0);
        }
    }
    lengths
}
