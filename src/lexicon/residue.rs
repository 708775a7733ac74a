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
    pub whole_placeholders: Vec<String>,
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
            whole_placeholders: data.whole_placeholders,
            chrome: matcher("chrome", &data.chrome, table),
            assistant: matcher("assistant", &data.assistant, table),
            marks: matcher_of(&data.marks, table),
            outline_openers: data.outline_openers,
            finite_verbs: matcher("finite_verbs", &data.finite_verbs, table),
        }
    }
}
