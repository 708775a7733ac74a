//! What exercises are done with: `equipment.yaml`.

use super::hints::Table;
use super::{Hit, Lists, Matcher, matcher_of, read};
use std::sync::LazyLock;

/// Every noun, with the list of its thing. They are no part of [`super::LEXICON`]: only a rule of the strict profile
/// asks for them.
static NOUNS: LazyLock<Matcher> = LazyLock::new(|| {
    let data: Lists = read("equipment", include_str!("equipment.yaml"));
    matcher_of(&data, &mut Table::new())
});

/// The things that a text names; the list of a hit is the thing.
pub fn equipment_in(text: &str) -> Vec<Hit<'static>> {
    let mut hits = NOUNS.find_all(text);
    hits.retain(|hit| hit.list != "none");
    hits
}
