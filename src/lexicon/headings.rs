//! What a section is about, by its heading, in every language of the list.

use crate::model::normal;
use foldhash::fast::FixedState;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// What a section is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Concept {
    AnswerKey,
    Contraindications,
    Disclosure,
    Dosage,
    Equipment,
    Faq,
    FurtherReading,
    Progression,
    Quiz,
    RedFlags,
    Safety,
    Sources,
    Steps,
    StopIf,
}

static HEADINGS: LazyLock<HashMap<String, Concept, FixedState>> = LazyLock::new(|| {
    type Data = BTreeMap<Concept, BTreeMap<String, Vec<String>>>;
    let data: Data = super::read("headings", include_str!("headings.yaml"));
    let mut out = HashMap::default();
    for (concept, languages) in data {
        for heading in languages.into_values().flatten() {
            // A word may mean one thing in one language and another elsewhere; the first concept
            // in alphabetical order keeps it.
            out.entry(normal::plain(&heading)).or_insert(concept);
        }
    }
    out
});

/// What a heading announces: the whole of it, without a number before it.
pub fn concept_of(heading: &str) -> Option<Concept> {
    let plain = normal::plain(heading);
    let plain =
        plain.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | ' '));
    HEADINGS.get(plain.trim_end_matches('?')).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_many_languages() {
        assert_eq!(concept_of("Steps"), Some(Concept::Steps));
        assert_eq!(concept_of("2. How to do it:"), Some(Concept::Steps));
        assert_eq!(concept_of("Gör så här"), Some(Concept::Steps));
        assert_eq!(concept_of("Contre-indications"), Some(Concept::Contraindications));
        assert_eq!(concept_of("When to stop"), Some(Concept::StopIf));
        assert_eq!(concept_of("History"), None);
    }
}
