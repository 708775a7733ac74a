//! The blocks of a body that are read: where each stands, and what reaches it from outside.

use super::reach::{all_targets, outer_citations, row_of, section_targets};
use super::sections::Sections;
use super::source_lines::SourceLines;
use super::surroundings::{reports_a_study, reports_own_work};
use super::{Place, Reader};
use crate::facts::citations::Citations;
use crate::facts::claims::{Element, leaves_open};
use crate::facts::{CitationTarget, Scope, ScopeMode};
use crate::model::Record;
use crate::model::myths::Myths;
use crate::model::quiz::Quiz;
use crate::syntax::{Block, BlockKind, Prose};
use std::borrow::Cow;
use std::ops::Range;

impl Reader<'_, '_> {
    pub(super) fn body(
        &mut self,
        record: &Record<'_>,
        quizzes: &[Quiz<'_>],
        body: &Prose,
        found: &Citations,
    ) {
        let mut sections = Sections::new(record, quizzes);
        let mut lead_in: Option<Range<usize>> = None;
        let mut section_marks: Vec<CitationTarget> = Vec::new();
        let document_marks = match self.how.scope {
            ScopeMode::Document => all_targets(found),
            _ => Vec::new(),
        };
        let own_report = reports_a_study(&body.text);
        let own_work = reports_own_work(record.title(), body);
        let lines = SourceLines::of(body, found);
        let myths = Myths::of(body);
        let mut row = 0..0;
        // Where references follow the text in one block, they are none of it.
        let loose = found.list.as_ref().filter(|list| list.loose);
        let text_end = loose.map_or(u32::MAX, |list| list.heading.start);
        for (index, block) in body.blocks.iter().enumerate() {
            if let BlockKind::Heading { .. } = block.kind {
                sections.enter(body, block);
                let opens = leaves_open(body.block_text(block));
                lead_in = opens.then(|| block.text.clone());
                if self.how.scope == ScopeMode::Section {
                    section_marks = section_targets(body, index, found);
                }
                continue;
            }
            let role = sections.role(body, block);
            let in_list = found.is_reference(index) || block.footnote.is_some();
            let is_text = !matches!(block.kind, BlockKind::Code | BlockKind::Html);
            let Some(role) = role.filter(|_| is_text && !in_list && !myths.has(index)) else {
                continue;
            };
            let element = element(block);
            let outer = match self.how.scope {
                ScopeMode::Document if !document_marks.is_empty() => {
                    Some((Scope::Document, Cow::Borrowed(&*document_marks)))
                }
                ScopeMode::Section if !section_marks.is_empty() => {
                    Some((Scope::Section, Cow::Owned(section_marks.clone())))
                }
                ScopeMode::Strict => None,
                _ => {
                    if matches!(block.kind, BlockKind::TableCell { .. }) && !row.contains(&index) {
                        row = row_of(body, index);
                    }
                    let outer = outer_citations(body, block, &row, lead_in.as_ref(), found);
                    let named = || Some((Scope::SourceLine, lines.targets(body, index, found)?));
                    outer.or_else(named).map(|(scope, targets)| (scope, Cow::Owned(targets)))
                }
            };
            let place = Place {
                role,
                element,
                heading: sections.heading.map(|range| &body.text[range.0..range.1]),
                lead_in: lead_in
                    .clone()
                    .filter(|_| element == Element::ListItem)
                    .map(|range| &body.text[range]),
                outer,
                pointer: "",
                own_report,
                own_work,
            };
            let first = self.facts.claims.len();
            self.judge_block(body, block, found, &place);
            if loose.is_some() {
                let claims = &mut self.facts.claims;
                let kept = claims[first..].partition_point(|own| own.site.span.start < text_end);
                claims.truncate(first + kept);
            }
            if matches!(block.kind, BlockKind::Paragraph) && block.item.is_none() {
                let text = body.block_text(block).trim_end();
                let opens = text.ends_with(':');
                lead_in = opens.then(|| body.sentences(block).pop()).flatten();
            }
        }
    }
}

fn element(block: &Block) -> Element {
    match block.kind {
        _ if block.quoted => Element::Quote,
        BlockKind::Item { .. } => Element::ListItem,
        BlockKind::TableCell { .. } => Element::TableCell,
        BlockKind::Heading { .. } => Element::Heading,
        BlockKind::Paragraph | BlockKind::Code | BlockKind::Html => Element::Paragraph,
    }
}
