//! Rules on exercises, and what several of them look for.

pub mod audience_hazard_conflict;
pub mod dosage_conflict;
pub mod dosage_incomplete;
pub mod duplicate_exercise;
pub mod empty_or_vague_steps;
pub mod equipment_mismatch;
pub mod hazard_without_precaution;
pub mod implausible_dosage;
pub mod missing_laterality;
pub mod missing_safety_note;
pub mod missing_stop_criterion;
pub mod name_step_contradiction;
pub mod unknown_vocabulary;
pub mod unsafe_cue;

use crate::lexicon::{self, LEXICON, Matcher};
use crate::model::Record;
use crate::model::exercise::{Exercise, sentences_of};
use crate::normal::single_spaced;
use crate::source::Span;
use crate::syntax::Text;
use std::ops::Range;

/// Whether a text is worth a look for [`stop_criterion`].
fn may_say_stop(record: &Record<'_>, text: &Text<'_>) -> bool {
    let safety = &LEXICON.safety;
    [&safety.symptoms, &safety.stop].iter().all(|list| record.may_hold_in(text, list.hint()))
}

/// From the word for stopping to the symptom, where one sentence holds both and no negation before
/// the former.
fn stop_criterion(sentence: &Text<'_>) -> Option<Range<usize>> {
    /// Words between the two.
    const WINDOW: usize = 14;
    let text = sentence.as_str();
    if !LEXICON.safety.symptoms.is_match(text) {
        return None;
    }
    let symptoms = LEXICON.safety.symptoms.find_all(text);
    let stops = LEXICON.safety.stop.find_all(text);
    if stops.is_empty() {
        return None;
    }
    let words = Words::of(text);
    stops.iter().find_map(|stop| {
        let stop = &stop.range;
        let is_too_early = |symptom: &Range<usize>| {
            symptom.end <= stop.start && words.between(symptom.end, stop.start) > WINDOW
        };
        let first = symptoms.partition_point(|symptom| is_too_early(&symptom.range));
        let symptom = &symptoms.get(first)?.range;
        let is_near = symptom.start < stop.end || words.between(stop.end, symptom.start) <= WINDOW;
        let is_meant = is_near && !lexicon::is_negated(&text[..stop.start]);
        is_meant.then(|| stop.start.min(symptom.start)..stop.end.max(symptom.end))
    })
}

/// The texts that show what an exercise is like.
fn name_and_steps<'e, 'a>(exercise: &'e Exercise<'a>) -> impl Iterator<Item = &'e Text<'a>> {
    exercise.name.iter().chain(&exercise.instructions.texts)
}

/// The first words of a list in some texts that no negation turns around.
fn first_meant<'t, 'a: 't>(
    texts: impl Iterator<Item = &'t Text<'a>>,
    list: &Matcher,
) -> Option<(Span, String)> {
    // Most texts hold none; only the others are cut into sentences.
    let holding = texts.filter(|text| list.is_match(text.as_str()));
    holding.flat_map(sentences_of).find_map(|sentence| {
        let text = sentence.as_str();
        let hit = list.find(text).filter(|hit| !lexicon::is_negated(&text[..hit.range.start]))?;
        Some((sentence.span_of(hit.range.clone()), single_spaced(&text[hit.range])))
    })
}

/// Where the words of a text begin.
struct Words<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Words<'t> {
    fn of(text: &'t str) -> Self {
        let starts =
            text.split_whitespace().map(|word| word.as_ptr().addr() - text.as_ptr().addr());
        Self { text, starts: starts.collect() }
    }

    /// How many begin, or go on, between two places.
    fn between(&self, from: usize, to: usize) -> usize {
        let before = |at: usize| self.starts.partition_point(|start| *start < at);
        let begun = before(to).saturating_sub(before(from));
        let rest = self.text.get(from..to).unwrap_or("");
        let goes_on = !rest.is_empty() && !rest.starts_with(char::is_whitespace);
        begun + usize::from(goes_on && self.starts.binary_search(&from).is_err())
    }
}
