//! Rules on exercises, and what several of them look for.

pub mod dosage_conflict;
pub mod dosage_incomplete;
pub mod empty_or_vague_steps;
pub mod hazard_without_precaution;
pub mod implausible_dosage;
pub mod missing_laterality;
pub mod missing_safety_note;
pub mod missing_stop_criterion;
pub mod unsafe_cue;

use crate::lexicon::{self, LEXICON};
use crate::model::Record;
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
    stops.iter().filter(|stop| !lexicon::is_negated(&text[..stop.range.start])).find_map(|stop| {
        let near = |symptom: &&crate::lexicon::Hit<'_>| {
            let between = if symptom.range.start >= stop.range.end {
                &text[stop.range.end..symptom.range.start]
            } else {
                text.get(symptom.range.end..stop.range.start).unwrap_or("")
            };
            between.split_whitespace().count() <= WINDOW
        };
        let symptom = symptoms.iter().find(near)?;
        Some(stop.range.start.min(symptom.range.start)..stop.range.end.max(symptom.range.end))
    })
}
