//! Cues of form and place: how long a sentence is and how it ends, what stands around it.

use super::{Context, Role};
use crate::facts::claims::cues::Family;
use crate::facts::claims::form;
use crate::facts::claims::occurrence::before;
use crate::facts::claims::scan::{Scan, scan};
use aho_corasick::AhoCorasick;
use std::ops::Range;
use std::sync::LazyLock;

/// Cues of form and place.
pub(super) fn add_form(sentence: &str, context: &Context<'_>, found: &mut Scan) {
    let whole = 0..sentence.len();
    let trimmed = sentence.trim_end();
    let count = found.words.len();
    if context.role == Role::Instruction {
        found.add(Family::Step, whole.clone());
    }
    if context.code {
        found.add(Family::Code, whole.clone());
    }
    if form::speaks_of_studies(sentence, context.previous, found) {
        found.add(Family::General, whole.clone());
    }
    if trimmed.ends_with(':') {
        found.add(Family::Label, trimmed.len() - 1..trimmed.len());
    }
    if trimmed.ends_with('!') {
        found.add(Family::Exclamation, trimmed.len() - 1..trimmed.len());
    }
    let neighbours = [context.previous, context.next, context.heading];
    // Neighbours are read only where the answer can matter.
    let speaks = found.families().any(|info| info.kind.is_some() && info.weight > 0);
    if !about_health(sentence, found)
        && (!speaks
            || !neighbours.into_iter().flatten().any(|text| about_health(text, &scan(text))))
    {
        found.add(Family::OffTopic, whole.clone());
    }
    if form::opens_with_question_word(sentence) {
        found.add(Family::OpensHow, whole.clone());
    }
    let continues = found.has(Family::LeadIn);
    if !continues && form::lacks_verb(sentence, found) && !form::tells_share(sentence, found) {
        found.add(Family::NoVerb, whole.clone());
    }
    // "Vaccines cause autism." is all there is to say.
    let is_whole = found.has(Family::HealthCause) || found.has(Family::TreatmentEffect);
    match count {
        ..10 if continues => {}
        3 if is_whole => found.add(Family::Short, whole.clone()),
        ..4 => found.add(Family::Tiny, whole.clone()),
        4..10 => found.add(Family::Short, whole.clone()),
        10..25 => {}
        25..35 => found.add(Family::Long, whole.clone()),
        35.. => {
            found.add(Family::Long, whole.clone());
            found.add(Family::VeryLong, whole.clone());
        }
    }
    medical_terms(found, whole.clone());
    let told = context.scenario
        || form::names_a_person(sentence)
        || (form::opens_with_person(sentence)
            && context.previous.is_some_and(|before| {
                form::names_a_person(before) || form::opens_with_person(before)
            }));
    if told {
        found.add(Family::Scenario, whole.clone());
    }
    if let Some(heading) = context.heading {
        add_section(heading, whole, found);
    }
}

/// Whether the sentence names anything of health, body, treatment or people.
fn about_health(sentence: &str, found: &Scan) -> bool {
    use Family as F;
    // "falls back", "the function body".
    const TWO_MEANINGS: &[&str] =
        &["back", "body", "capsule", "core", "disc", "disk", "receptors", "socket"];
    let part = found.all(F::Anatomy).any(|hit| {
        !TWO_MEANINGS.iter().any(|word| word.eq_ignore_ascii_case(&sentence[hit.range()]))
            || before(sentence, hit.start, &["your", "my", "lower", "upper", "low", "the human"])
    });
    part || [
        F::Medical,
        F::HealthTopic,
        F::Intervention,
        F::Therapy,
        F::Population,
        F::Case,
        F::Product,
    ]
    .into_iter()
    .any(|family| found.has(family))
}

fn medical_terms(found: &mut Scan, whole: Range<usize>) {
    let mut terms = 0;
    let mut end = 0;
    for hit in found.all(Family::Medical) {
        if terms == 0 || hit.start >= end {
            terms += 1;
            end = hit.end;
        }
    }
    if terms >= 2 {
        found.add(Family::Medical2, whole.clone());
    }
    if terms >= 4 {
        found.add(Family::Medical4, whole);
    }
}

fn add_section(heading: &str, whole: Range<usize>, found: &mut Scan) {
    const OWN: usize = 9;
    static WORDS: LazyLock<AhoCorasick> = LazyLock::new(|| {
        let own: [_; OWN] = [
            "method",
            "result",
            "conclusion",
            "implication",
            "purpose",
            "objective",
            "limitation",
            "acknowledg",
            "recommendation",
        ];
        let background = ["introduction", "background", "evidence", "what the research"];
        AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(own.iter().chain(&background))
            .expect("a handful of words")
    });
    let words = || WORDS.find_overlapping_iter(heading);
    if words().any(|word| word.pattern().as_usize() < OWN) {
        found.add(Family::SectionOwn, whole);
    } else if words().next().is_some() {
        found.add(Family::SectionBackground, whole);
    }
}
