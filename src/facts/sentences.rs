//! The sentences of a record that are judged: where they stand, what they claim, what they cite.
//!
//! [`extract`] reads a record's `fields` and its `body`. Before a sentence is judged, `surroundings` tell what the
//! text says of it, and `reach` which citations are its own.

mod body;
mod fields;
mod reach;
mod sections;
mod source_lines;
mod surroundings;
mod told;

use super::citations::{self, CitationMark, Citations};
use super::claims::{Context, Element, Judgement, Need, Role, judge};
use super::extract::{Extraction, LOCATORS, Sourced};
use super::studies::{self, StudyFact, StudyMention};
use super::{CitationTarget, ClaimFact, CueFact, Facts, Scope, Site, quantities};
use crate::lexicon::LEXICON;
use crate::model::quiz::Quiz;
use crate::model::{ContentKind, Record};
use crate::source::Span;
use crate::syntax::{Block, MarkKind, Prose};
use reach::{CitedBy, Marks};
use std::borrow::Cow;
use std::ops::Range;
use surroundings::supposed_from;

/// Judge the fields and body of the last record in the facts.
pub fn extract(
    record: &Record<'_>,
    quizzes: &[Quiz<'_>],
    found: &Citations,
    how: Extraction<'_>,
    facts: &mut Facts,
) {
    let index = facts.last_record();
    let block = facts.claims.last().map_or(0, |last| last.block + 1);
    let mentions = Vec::new();
    let wanted = Wanted::of(record);
    let lists = (record, found);
    let mut reader =
        Reader { how, record: index, block, wanted, lists, listed: None, mentions, facts };
    if let Some(node) = record.node
        && let Some(shape) = how.shapes.of_record(node)
    {
        let mut pointer = record.pointer.clone();
        if shape == 0 || node.is_sequence() {
            reader.fields(node, shape, &mut pointer, &[]);
        } else {
            reader.questions_by_name(node, shape, &pointer, &[]);
        }
    }
    if let Some(body) = record.body {
        reader.body(record, quizzes, body, found);
    }
    let mentions = reader.mentions;
    if !mentions.is_empty() {
        facts.studies.push(StudyFact { record: index, mentions, references: Vec::new() });
    }
}

/// What a record's words make it worth looking for in its sentences.
#[derive(Clone, Copy)]
struct Wanted {
    /// Whether sentences are judged: the cues are English, and a source needs none. What a record lists as its claims
    /// is taken as that in every language.
    claims: bool,
    studies: bool,
    quantities: bool,
}

impl Wanted {
    fn of(record: &Record<'_>) -> Self {
        let (studies, quantities) =
            (record.may_hold(LEXICON.study_mentions), record.may_hold(LEXICON.quantities));
        let english = record.is_english();
        let claims = english && !describes_a_source(record);
        Self { claims, studies: studies && claims, quantities: quantities && english }
    }

    /// The same in a text of the record.
    fn within(self, record: &Record<'_>, text: &str) -> Self {
        if !self.studies && !self.quantities {
            return self;
        }
        let hints = record.hints_of(text);
        Self {
            studies: self.studies && hints.has(LEXICON.study_mentions),
            quantities: self.quantities && hints.has(LEXICON.quantities),
            ..self
        }
    }
}

/// Whether a record is a work that can be looked up: what it says of that is to be found there.
fn describes_a_source(record: &Record<'_>) -> bool {
    let role = record.text("role");
    record.kind == ContentKind::Resource
        && role.is_none_or(|role| role.as_str() == "evidence")
        && LOCATORS.iter().any(|name| record.field(name).is_some_and(|own| !own.is_empty_text()))
}

/// Text that is judged, with the way back to its source.
struct Passage<'p> {
    text: &'p str,
    sentences: Vec<Range<usize>>,
    span: &'p dyn Fn(Range<usize>) -> Span,
    /// Ranges that are code.
    code: Vec<Range<usize>>,
    /// What stands for pictures, in order: it tells what they show, and claims nothing.
    images: Vec<Range<usize>>,
}

struct Reader<'a, 'f> {
    how: Extraction<'a>,
    /// Of the facts, the one that is read.
    record: u32,
    /// Number of the next paragraph.
    block: u32,
    wanted: Wanted,
    /// Where the lists stand that numbers in fields count in.
    lists: (&'a Record<'a>, &'a Citations),
    /// How far they can count, once it is asked for.
    listed: Option<u32>,
    /// Mentions of particular studies in this record.
    mentions: Vec<StudyMention>,
    facts: &'f mut Facts,
}

/// What holds for all sentences of a block.
struct Place<'a> {
    role: Role,
    element: Element,
    heading: Option<&'a str>,
    lead_in: Option<&'a str>,
    /// Citations that reach the whole block from outside it.
    outer: Option<(Scope, Cow<'a, [CitationTarget]>)>,
    pointer: &'a str,
    own_report: bool,
    own_work: bool,
}

impl Reader<'_, '_> {
    /// Whether anything is looked for in the sentences there.
    fn is_read(&self, place: &Place<'_>) -> bool {
        if !self.wanted.claims && place.role != Role::Declared {
            return false;
        }
        let is_cited = place.outer.as_ref().is_some_and(|(_, targets)| !targets.is_empty());
        let is_noted = self.wanted.studies || self.wanted.quantities;
        !is_cited || is_noted || self.how.sourced != Sourced::None
    }

    fn judge_block(&mut self, prose: &Prose, block: &Block, found: &Citations, place: &Place<'_>) {
        if !self.is_read(place) {
            return;
        }
        let code = prose
            .marks_in(block.text.clone())
            .filter(|mark| mark.kind == MarkKind::Code)
            .map(|mark| mark.text.clone());
        let images = prose.marks_in(block.text.clone()).filter(|mark| mark.is_image());
        let passage = Passage {
            images: images.map(|mark| mark.text.clone()).collect(),
            text: &prose.text,
            sentences: prose.sentences(block),
            span: &|range| prose.span(range),
            code: code.collect(),
        };
        self.judge_passage(&passage, &found.marks, place);
    }

    fn judge_passage(&mut self, passage: &Passage<'_>, marks: &[CitationMark], place: &Place<'_>) {
        let sentences = &passage.sentences;
        if sentences.is_empty() {
            return;
        }
        let number = self.block;
        self.block += 1;
        let own: Vec<&[CitationMark]> =
            sentences.iter().map(|range| citations::marks_in(marks, range)).collect();
        let own = Marks::new(passage, own);
        let supposed_from = supposed_from(passage);
        for (index, range) in sentences.iter().enumerate() {
            let masked = mask(passage.text, range, own.of[index]);
            let text = masked.as_deref().unwrap_or(&passage.text[range.clone()]);
            if place.element != Element::Quote {
                self.note(passage, range, text, &own, index, place);
            }
            let cited = self.cited(passage, &own, index, place);
            let is_cited = cited.is_some_and(|(_, by)| !by.is_empty());
            if is_cited && self.how.sourced == Sourced::None {
                continue;
            }
            let neighbour = |at: Option<usize>| {
                at.and_then(|at| sentences.get(at)).map(|range| &passage.text[range.clone()])
            };
            let code = |code: &Range<usize>| range.start <= code.start && code.end <= range.end;
            let context = Context {
                element: place.element,
                role: place.role,
                heading: place.heading,
                previous: neighbour(index.checked_sub(1)),
                next: neighbour(Some(index + 1)),
                lead_in: place.lead_in,
                scenario: supposed_from.is_some_and(|first| first <= index),
                code: passage.code.iter().any(code),
                own_report: place.own_report,
                own_work: place.own_work,
            };
            let without = without_images(passage, range, text);
            let judgement = judge(without.as_deref().unwrap_or(text), &context);
            if judgement.need == Need::No && !self.how.all_sentences {
                continue;
            }
            // A plain claim with a source may still not say of whom it is.
            if is_cited && self.how.sourced == Sourced::Firm && !judgement.firm {
                continue;
            }
            self.push(passage, range, judgement, cited, number, place);
        }
    }

    /// Note what the sentence tells the project beside claims.
    fn note(
        &mut self,
        passage: &Passage<'_>,
        range: &Range<usize>,
        text: &str,
        own: &Marks<'_>,
        index: usize,
        place: &Place<'_>,
    ) {
        let site = |inner: &Range<usize>| {
            let inner = inner.start + range.start..inner.end + range.start;
            let words = &passage.text[inner.clone()];
            (Site::new((passage.span)(inner), words, place.pointer), words)
        };
        let wanted = self.wanted.within(self.lists.0, &passage.text[range.clone()]);
        if wanted.studies {
            /// What follows in a record with more is no text to be read.
            const MAX_MENTIONS: usize = 200;
            const MAX_MARKS: usize = 20;
            let room = MAX_MENTIONS.saturating_sub(self.mentions.len());
            // Citation marks are part of what is looked for: "Smith et al. (2019)".
            let sentence = &passage.text[range.clone()];
            for (inner, named) in studies::mentions(sentence).into_iter().take(room) {
                let outer = place.outer.iter().flat_map(|(_, targets)| targets.iter().cloned());
                let in_block = own.of.iter().flat_map(|marks| marks.iter());
                let near = in_block.map(|mark| mark.target.clone()).chain(outer);
                let (site, words) = site(&inner);
                self.mentions.push(StudyMention {
                    site,
                    words: words.into(),
                    named,
                    cited: own.of[index]
                        .iter()
                        .map(|mark| mark.target.clone())
                        .filter(no_author)
                        .take(MAX_MARKS)
                        .collect(),
                    near: near.filter(no_author).take(MAX_MARKS).collect(),
                });
            }
        }
        if wanted.quantities {
            let found = quantities::statements(text).into_iter();
            self.facts.quantities.extend(found.map(|own| {
                let (site, words) = site(&own.range);
                own.at(site, words, self.record)
            }));
        }
    }

    fn push(
        &mut self,
        passage: &Passage<'_>,
        range: &Range<usize>,
        judgement: Judgement,
        cited: Option<(Scope, CitedBy<'_>)>,
        block: u32,
        place: &Place<'_>,
    ) {
        let at = |inner: &Range<usize>| -> Span {
            (passage.span)(inner.start + range.start..inner.end + range.start)
        };
        let cues = judgement.cues.iter().map(|cue| CueFact {
            name: cue.name,
            weight: cue.weight,
            span: at(&cue.range),
        });
        let text = &passage.text[range.clone()];
        self.facts.claims.push(ClaimFact {
            site: Site::new((passage.span)(range.clone()), text, place.pointer),
            text: text.into(),
            focus: at(&judgement.focus),
            words: text[judgement.focus.clone()].into(),
            firm: judgement.firm,
            declared: place.role == Role::Declared,
            kind: judgement.kind,
            score: judgement.score,
            band: judgement.band,
            need: judgement.need,
            cues: if self.how.cues { cues.collect() } else { Vec::new() },
            citations: cited.map(|(_, by)| by.targets()).unwrap_or_default(),
            scope: cited.map(|(scope, _)| scope),
            block,
            record: self.record,
        });
    }
}

/// Author and year are the mention itself.
fn no_author(target: &CitationTarget) -> bool {
    !matches!(target, CitationTarget::AuthorYear { .. })
}

/// The sentence with its citation marks blanked, when it has any that are written in its text.
fn mask(text: &str, range: &Range<usize>, marks: &[CitationMark]) -> Option<String> {
    let inside = |mark: &&CitationMark| {
        let is_link = matches!(mark.target, CitationTarget::Link(_));
        !is_link
            && range.start <= mark.text.start
            && mark.text.end <= range.end
            && !mark.text.is_empty()
    };
    let mut masked: Option<Vec<u8>> = None;
    for mark in marks.iter().filter(inside) {
        let bytes = masked.get_or_insert_with(|| text.as_bytes()[range.clone()].to_vec());
        bytes[mark.text.start - range.start..mark.text.end - range.start].fill(b' ');
    }
    // Whole marks are blanked byte by byte, so what is left is still UTF-8.
    masked.map(|bytes| String::from_utf8(bytes).expect("marks end on character boundaries"))
}

/// A sentence with the texts that stand for pictures blanked, where it has one.
fn without_images(passage: &Passage<'_>, range: &Range<usize>, text: &str) -> Option<String> {
    let first = passage.images.partition_point(|image| image.end <= range.start);
    let images = passage.images[first..].iter().take_while(|image| image.start < range.end);
    let mut bytes: Option<Vec<u8>> = None;
    for image in images.filter(|image| !image.is_empty()) {
        let bytes = bytes.get_or_insert_with(|| text.as_bytes().to_vec());
        let (start, end) = (image.start.max(range.start), image.end.min(range.end));
        bytes[start - range.start..end - range.start].fill(b' ');
    }
    // Sentences and texts of pictures end on character boundaries.
    bytes.map(|bytes| String::from_utf8(bytes).expect("both end on character boundaries"))
}
