//! Readers whom some exercises can harm more than others: `audiences.yaml`.

use super::hints::Table;
use super::{Hit, Lists, Matcher, matcher, matcher_of, read};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Every group of readers. They are no part of [`super::LEXICON`]: few exercises name such readers.
pub static AUDIENCES: LazyLock<Audiences> = LazyLock::new(Audiences::read);

#[derive(Debug)]
pub struct Audiences {
    groups: BTreeMap<String, Audience>,
    /// Each pattern with the name of its group.
    terms: Matcher,
    /// By the tag of a hazard, words that show it well enough where the readers are ones whom it can harm.
    pub shown_by: BTreeMap<String, Matcher>,
}

/// A group of readers.
#[derive(Debug)]
pub struct Audience {
    /// What to call them in a message.
    pub called: String,
    /// Hazards that are not for them, by tag, and why.
    pub harmed: BTreeMap<String, String>,
    /// Hazards that are for them with care.
    pub cared: BTreeMap<String, Precaution>,
}

/// What makes a hazard one for a group of readers.
#[derive(Debug)]
pub struct Precaution {
    /// Ideas of which one has to be stated ([`super::Safety::ideas_in`]).
    pub ideas: Vec<String>,
    /// Words that do as well.
    pub words: Matcher,
    /// What to say, for a help.
    pub ask: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    audiences: BTreeMap<String, Group>,
    shown_by: Lists,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    called: String,
    terms: Vec<String>,
    #[serde(default)]
    harmed: BTreeMap<String, String>,
    #[serde(default)]
    cared: BTreeMap<String, Asked>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    say: Vec<String>,
    #[serde(default)]
    words: Vec<String>,
    ask: String,
}

impl Audiences {
    fn read() -> Self {
        let data: Data = read("audiences", include_str!("audiences.yaml"));
        let list = |patterns: &[String]| matcher("", patterns, &mut Table::new());
        let terms =
            data.audiences.iter().map(|(name, own)| (name.clone(), own.terms.clone())).collect();
        let care = |(tag, own): (String, Asked)| {
            (tag, Precaution { ideas: own.say, words: list(&own.words), ask: own.ask })
        };
        let audience = |own: Group| Audience {
            called: own.called,
            harmed: own.harmed,
            cared: own.cared.into_iter().map(care).collect(),
        };
        Self {
            terms: matcher_of(&terms, &mut Table::new()),
            shown_by: data.shown_by.iter().map(|(tag, own)| (tag.clone(), list(own))).collect(),
            groups: data.audiences.into_iter().map(|(name, own)| (name, audience(own))).collect(),
        }
    }

    /// The groups that a text names, each with where.
    pub fn named_in(&self, text: &str) -> Vec<(&Audience, Hit<'_>)> {
        let hits = self.terms.find_all(text).into_iter();
        // "Child's pose"
        let hits = hits.filter(|hit| !text[hit.range.end..].starts_with(['\'', '\u{2019}']));
        hits.map(|hit| (&self.groups[hit.list], hit)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::AUDIENCES;
    use crate::lexicon::LEXICON;

    #[test]
    fn hazards_and_ideas_are_ones_of_their_lists() {
        let ideas: Vec<_> = LEXICON.safety.ideas.iter().map(|(list, _)| *list).collect();
        for group in AUDIENCES.groups.values() {
            let tags = group.harmed.keys().chain(group.cared.keys());
            tags.for_each(|tag| assert!(LEXICON.hazards.contains_key(tag), "{tag}"));
            let said = group.cared.values().flat_map(|own| &own.ideas);
            said.for_each(|own| assert!(ideas.contains(&own.as_str()), "{own}"));
        }
        let shown = AUDIENCES.shown_by.keys();
        shown.for_each(|tag| assert!(LEXICON.hazards.contains_key(tag), "{tag}"));
    }
}
