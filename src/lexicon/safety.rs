//! What safety notes say: `safety.yaml`.

use super::hints::Table;
use super::{Hints, Lists, Matcher, matcher, matcher_of, read};
use crate::normal;
use serde::Deserialize;

/// What safety notes say.
#[derive(Debug)]
pub struct Safety {
    /// Any idea that makes a text a safety note; the hit's list is the idea.
    pub concepts: Matcher,
    /// Whom to ask.
    pub consult: Matcher,
    /// Words for ending the exercise.
    pub stop: Matcher,
    /// What is felt when something goes wrong.
    pub symptoms: Matcher,
    /// Conditions that call for care.
    pub conditions: Matcher,
    /// The matcher of each idea and each group of conditions.
    pub(super) ideas: Vec<(&'static str, Matcher)>,
    /// Texts that stand for no text, as [`crate::normal::bare`] gives them.
    pub fillers: Vec<String>,
    /// Symptoms with which nobody goes on.
    pub alarms: Matcher,
    /// Words for going on, unsafe beside one of [`Self::alarms`].
    pub in_spite: Matcher,
    /// Advice to do something unsafe; the hit's list is the kind.
    pub unsafe_cues: Matcher,
}

impl Safety {
    pub(super) fn read(table: &mut Table) -> Self {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Data {
            concepts: Lists,
            stop: Vec<String>,
            symptoms: Lists,
            conditions: Lists,
            fillers: Vec<String>,
            alarms: Vec<String>,
            in_spite: Vec<String>,
            unsafe_cues: Lists,
        }
        let data: Data = read("safety", include_str!("safety.yaml"));
        let each = data.concepts.iter().chain(&data.conditions);
        // The lists live as long as the program.
        let ideas = each
            .map(|(list, patterns)| (&*list.clone().leak(), matcher(list, patterns, table)))
            .collect();
        Safety {
            ideas,
            consult: matcher("consult", &data.concepts["consult"], table),
            concepts: matcher_of(&data.concepts, table),
            stop: matcher("stop", &data.stop, table),
            symptoms: matcher_of(&data.symptoms, table),
            conditions: matcher_of(&data.conditions, table),
            fillers: data.fillers.iter().map(|filler| normal::bare(filler)).collect(),
            alarms: matcher("alarms", &data.alarms, table),
            in_spite: matcher("in_spite", &data.in_spite, table),
            unsafe_cues: matcher_of(&data.unsafe_cues, table),
        }
    }

    /// Every idea and group of conditions that a text holds, by the name of its list.
    pub fn ideas_in(&self, text: &str, hints: Hints) -> Vec<&'static str> {
        let likely = self.ideas.iter().filter(|(_, own)| hints.has(own.hint()));
        likely.filter(|(_, own)| own.is_match(text)).map(|(list, _)| *list).collect()
    }
}
