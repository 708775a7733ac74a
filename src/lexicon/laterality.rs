//! One side and the other: `laterality.yaml`.

use super::hints::Table;
use super::{Lists, Matcher, matcher, read};

/// One side and the other.
#[derive(Debug)]
pub struct Laterality {
    /// Words of one side in a name.
    pub in_name: Matcher,
    /// Words of one side in a step.
    pub in_steps: Matcher,
    /// Words that bring the other side in.
    pub answers: Matcher,
}

impl Laterality {
    pub(super) fn read(table: &mut Table) -> Self {
        let data: Lists = read("laterality", include_str!("laterality.yaml"));
        Laterality {
            in_name: matcher("in_name", &data["in_name"], table),
            in_steps: matcher("in_steps", &data["in_steps"], table),
            answers: matcher("answers", &data["answers"], table),
        }
    }
}
