//! How steps are written: `steps.yaml`.

use super::hints::Table;
use super::{Lists, Matcher, matcher, matcher_of, read};
use foldhash::fast::FixedState;
use serde::Deserialize;
use std::collections::HashSet;

/// How steps are written.
#[derive(Debug)]
pub struct Steps {
    /// Verbs of movement and action, in their imperative.
    pub imperatives: HashSet<String, FixedState>,
    /// Words for a posture or a place to begin.
    pub positions: Matcher,
    /// Words that tell a repeated step from its first time.
    pub sides: Matcher,
}

impl Steps {
    pub(super) fn read(table: &mut Table) -> Self {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Data {
            imperatives: Vec<String>,
            positions: Lists,
            sides: Vec<String>,
        }
        let data: Data = read("steps", include_str!("steps.yaml"));
        Steps {
            imperatives: data.imperatives.into_iter().collect(),
            positions: matcher_of(&data.positions, table),
            sides: matcher("sides", &data.sides, table),
        }
    }
}
