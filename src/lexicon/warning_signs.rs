//! What a text on a condition says of when to get help: `warning_signs.yaml`.

use super::hints::Table;
use super::{Matcher, matcher, read};
use serde::Deserialize;
use std::collections::BTreeMap;

/// What a text on a condition says of when to get help.
#[derive(Debug)]
pub struct WarningSigns {
    /// Names of the conditions; the hit's list is the topic.
    pub terms: Matcher,
    /// By the name of their list.
    pub topics: BTreeMap<String, Topic>,
    /// Titles with the name of a condition that are about something else.
    pub other_titles: Matcher,
    /// Each sign by its name: what messages call it, and the words it is met in.
    pub signs: BTreeMap<String, (String, Matcher)>,
    /// Words that call for help at once by themselves.
    pub urgent: Matcher,
    /// How soon to act, beside [`Self::help`].
    pub soon: Matcher,
    /// Whom to turn to.
    pub help: Matcher,
    /// Words of a link, or of an address, behind which signs are listed.
    pub pages: Matcher,
}

/// A condition with known warning signs.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// As shown in messages.
    pub name: String,
    terms: Vec<String>,
    /// Signs that a text should name.
    pub groups: Vec<String>,
    /// Without these the list is incomplete, however long it is.
    pub must_have: Vec<String>,
    pub min_groups: usize,
    /// Signs that belong to the ordinary course too: alone they are no list.
    pub everyday: Vec<String>,
    /// Why it matters, for a note.
    pub why: String,
    /// What to write, for a help.
    pub say: String,
}

impl WarningSigns {
    pub(super) fn read(table: &mut Table) -> Self {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Group {
            say: String,
            patterns: Vec<String>,
        }
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Data {
            topics: BTreeMap<String, Topic>,
            other_titles: Vec<String>,
            groups: BTreeMap<String, Group>,
            urgent: Vec<String>,
            soon: Vec<String>,
            help: Vec<String>,
            pages: Vec<String>,
        }
        let data: Data = read("warning_signs", include_str!("warning_signs.yaml"));
        let terms = data.topics.iter().flat_map(|(topic, own)| {
            own.terms.iter().map(move |pattern| (topic.as_str(), pattern.as_str()))
        });
        WarningSigns {
            terms: Matcher::new(terms, table),
            other_titles: matcher("other_titles", &data.other_titles, table),
            signs: data
                .groups
                .iter()
                .map(|(name, own)| {
                    (name.clone(), (own.say.clone(), matcher(name, &own.patterns, table)))
                })
                .collect(),
            urgent: matcher("urgent", &data.urgent, table),
            soon: matcher("soon", &data.soon, table),
            // No hint: it is asked for sentences that say how soon.
            help: matcher("help", &data.help, &mut Table::new()),
            pages: matcher("pages", &data.pages, table),
            topics: data.topics,
        }
    }
}
