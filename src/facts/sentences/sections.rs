//! Which part of a body a block stands in, by the headings above it.

use crate::facts::citations;
use crate::facts::claims::Role;
use crate::lexicon::{Concept, concept_of};
use crate::model::quiz::{Quiz, is_key_heading, is_quiz_heading};
use crate::model::{ContentKind, Record};
use crate::source::Span;
use crate::syntax::{Block, BlockKind, Prose};

/// Which part of a body a block stands in, by the headings above it.
pub(super) struct Sections<'a> {
    /// The words of the last one, in the text.
    pub(super) heading: Option<(usize, usize)>,
    /// Level and role of the section that is open; `None` as role means nothing in it is judged.
    open: Option<(u8, Option<Role>)>,
    kind: &'a ContentKind,
    /// Prompts and options of questions.
    asked: Vec<Span>,
}

impl<'a> Sections<'a> {
    pub(super) fn new(record: &'a Record<'_>, quizzes: &[Quiz<'_>]) -> Self {
        let mut asked = Vec::new();
        for question in quizzes.iter().flat_map(|quiz| quiz.questions.iter()) {
            asked.push(question.anchor);
            asked.extend(question.choices.iter().map(|choice| choice.span));
        }
        asked.sort_unstable();
        Self { heading: None, open: None, kind: &record.kind, asked }
    }

    pub(super) fn enter(&mut self, body: &Prose, block: &Block) {
        let BlockKind::Heading { level, .. } = block.kind else {
            return;
        };
        let text = body.block_text(block);
        self.heading = Some((block.text.start, block.text.end));
        if self.open.is_some_and(|(own, _)| level <= own) {
            self.open = None;
        }
        if self.open.is_none() {
            self.open = section_role(text, self.kind).map(|role| (level, role));
        }
    }

    pub(super) fn role(&self, body: &Prose, block: &Block) -> Option<Role> {
        if let Some((_, role)) = self.open {
            return role;
        }
        if *self.kind != ContentKind::Quiz {
            return Some(Role::Body);
        }
        // In a quiz, options are items and explanations are paragraphs, for the most part.
        let span = body.span(block.text.clone());
        let behind = self.asked.partition_point(|own| own.start < span.start);
        let is_asked = self.asked.get(behind).is_some_and(|own| span.contains(*own));
        let is_item = block.item.is_some();
        (!is_asked && !is_item).then_some(Role::Explanation)
    }
}

/// Sections whose text is no running text: `Some(None)` is not judged at all.
fn section_role(heading: &str, kind: &ContentKind) -> Option<Option<Role>> {
    if citations::is_list_heading(heading)
        || is_key_heading(heading)
        || (*kind != ContentKind::Quiz && is_quiz_heading(heading))
    {
        return Some(None);
    }
    let exercise = *kind == ContentKind::Exercise;
    match concept_of(heading)? {
        Concept::FurtherReading | Concept::Disclosure => Some(None),
        Concept::Steps => Some(Some(Role::Instruction)),
        Concept::Safety | Concept::StopIf | Concept::Contraindications if exercise => {
            Some(Some(Role::Safety))
        }
        Concept::Safety
        | Concept::StopIf
        | Concept::Contraindications
        | Concept::AnswerKey
        | Concept::Dosage
        | Concept::Equipment
        | Concept::Faq
        | Concept::Progression
        | Concept::Quiz
        | Concept::RedFlags
        | Concept::Sources => None,
    }
}
