//! Words that frighten, label or blame their readers: `wording.yaml`.

use super::hints::Table;
use super::{Lists, Matcher, matcher_of, read};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Words that harm who reads them.
#[derive(Debug)]
pub struct Wording {
    /// Each pattern with what to say instead for its list.
    pub words: Matcher,
    /// By what to say instead, the harm that the words do.
    harms: BTreeMap<String, Harm>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Harm {
    /// They paint a body as breaking.
    Threat,
    /// They name people by a condition.
    Label,
    /// They say that it is people's own fault.
    Blame,
}

impl Wording {
    pub(super) fn read(table: &mut Table) -> Self {
        let data: BTreeMap<Harm, Lists> = read("wording", include_str!("wording.yaml"));
        let harms = data.iter().flat_map(|(harm, own)| own.keys().map(|say| (say.clone(), *harm)));
        let harms = harms.collect();
        let lists: Lists = data.into_values().flatten().collect();
        Self { words: matcher_of(&lists, table), harms }
    }

    /// The harm that the words of a list do.
    pub fn harm(&self, instead: &str) -> Harm {
        self.harms[instead]
    }
}
