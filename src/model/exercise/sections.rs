//! Several exercises on one page, each under a heading of its own.

use super::{Exercise, is_tips};
use crate::lexicon::{Concept, concept_in_exercise, concept_of};
use crate::model::Record;
use crate::syntax::{BlockKind, Prose};
use std::ops::Range;

/// Fewer are one exercise with something beside it.
const LEAST: usize = 2;

/// Each is read with all that stands beside them; a page of more is read as one.
const MOST: usize = 64;

/// The blocks of each exercise of a page, its heading first; `None` of a page that is one exercise.
///
/// On a page of several, two sections at least have steps and a dose or a note of their own. What the front matter says
/// of an exercise it says of one.
pub(super) fn several(record: &Record<'_>) -> Option<Vec<Range<usize>>> {
    #[rustfmt::skip]
    const OF_ONE: &[&str] = &[
        "instructions", "dosage", "safety", "contraindications", "stopIf", "hazards", "primaryMuscles",
        "secondaryMuscles", "muscleGroups", "audience", "conditions", "equipment", "startingPosition",
    ];
    /// Deeper headings are parts of an exercise.
    const DEEPEST: u8 = 4;
    let body = record.body?;
    if OF_ONE.iter().any(|field| record.field(field).is_some()) {
        return None;
    }
    let named = (1..=DEEPEST).map(|level| named(body, level)).find(|own| own.len() >= LEAST)?;
    if named.len() > MOST {
        return None;
    }
    let is_whole = |section: &&Range<usize>| {
        let own = Exercise::of_blocks(record, |at| section.contains(&at));
        let has_dose = !own.dosage_texts.is_empty() || !own.doses_in_words().told.is_empty();
        has_dose || own.safety.said().next().is_some()
    };
    (named.iter().filter(is_whole).take(LEAST).count() == LEAST).then_some(named)
}

/// Sections of a level that have steps, and a heading that may be the name of an exercise.
fn named(body: &Prose, level: u8) -> Vec<Range<usize>> {
    let level_of = |at: usize| match body.blocks[at].kind {
        BlockKind::Heading { level, .. } => Some(level),
        _ => None,
    };
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut open: Option<usize> = None;
    for at in 0..=body.blocks.len() {
        let is_end = at == body.blocks.len();
        if !is_end && level_of(at).is_none_or(|own| own > level) {
            continue;
        }
        let section = open.take().map(|start| start..at);
        out.extend(section.filter(|own| has_steps(body, own)));
        if !is_end && level_of(at) == Some(level) && is_name(body.block_text(&body.blocks[at])) {
            open = Some(at);
        }
    }
    out
}

/// Whether a section has a list of numbered steps, or a heading for them.
fn has_steps(body: &Prose, section: &Range<usize>) -> bool {
    let blocks = &body.blocks[section.clone()];
    let numbered =
        blocks.iter().filter(|own| matches!(own.kind, BlockKind::Item { number: Some(_), .. }));
    let says_steps =
        |text: &str| concept_in_exercise(text.trim_end_matches([':', ' '])) == Some(Concept::Steps);
    let mut labels = blocks.iter().skip(1).filter(|own| match own.kind {
        BlockKind::Heading { .. } => true,
        BlockKind::Paragraph => own.text.len() < 40,
        _ => false,
    });
    numbered.take(2).count() == 2 || labels.any(|own| says_steps(body.block_text(own)))
}

/// Whether a heading may be the name of an exercise, and is no part of one or of a plan.
fn is_name(heading: &str) -> bool {
    #[rustfmt::skip]
    const PARTS: &[&str] = &[
        "adaptation", "adaptations", "alternative", "alternatives", "day", "days", "easier", "harder", "level", "levels",
        "modification", "modifications", "option", "options", "part", "phase", "progression", "progressions", "regression",
        "regressions", "round", "stage", "step", "steps", "variant", "variants", "variation", "variations", "version",
        "versions", "week", "weeks", "workout",
    ];
    let is_part = |word: &str| PARTS.iter().any(|own| word.eq_ignore_ascii_case(own));
    let mut words = heading.split(|c: char| !c.is_alphanumeric()).filter(|own| !own.is_empty());
    !heading.trim().is_empty()
        && !words.any(is_part)
        && !is_tips(heading)
        && concept_in_exercise(heading).is_none()
        && concept_of(heading).is_none()
}
