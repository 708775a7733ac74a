//! Lines that name the source of what stands beside them.

use super::reach::{MOST_OUTER, supports, targets};
use crate::facts::CitationTarget;
use crate::facts::citations::Citations;
use crate::syntax::{Block, BlockKind, Prose};
use std::collections::HashMap;

/// Lines that name the source of what stands beside them: "\u{2014} Hayden, Cochrane 2021" behind a quotation,
/// "Source: WHO" behind a table, a list or a paragraph, "Table 1. Results of the trial" over a table.
pub(super) struct SourceLines(HashMap<usize, usize>);

impl SourceLines {
    pub(super) fn of(body: &Prose, found: &Citations) -> Self {
        let mut lines = HashMap::new();
        let blocks = &body.blocks;
        let is_cell = |block: &Block| matches!(block.kind, BlockKind::TableCell { .. });
        for (index, block) in blocks.iter().enumerate() {
            if block.kind != BlockKind::Paragraph || block.item.is_some() {
                continue;
            }
            let Some(line) = Line::of(body.block_text(block)) else { continue };
            if !supports(found.marks_in(&block.text)) {
                continue;
            }
            let free = |at: &usize| !lines.contains_key(at);
            let before = (0..index).rev().take_while(free);
            let covered: Vec<usize> = match line {
                Line::Attribution => before.take_while(|&at| blocks[at].quoted).collect(),
                Line::Source => match index.checked_sub(1).map(|at| &blocks[at]) {
                    Some(last) if is_cell(last) => {
                        before.take_while(|&at| is_cell(&blocks[at])).collect()
                    }
                    Some(last) if last.item.is_some() => {
                        before.take_while(|&at| blocks[at].item.is_some()).collect()
                    }
                    Some(last) if last.quoted => {
                        before.take_while(|&at| blocks[at].quoted).collect()
                    }
                    Some(_) => vec![index - 1],
                    None => Vec::new(),
                },
                Line::Caption => {
                    (index + 1..blocks.len()).take_while(|&at| is_cell(&blocks[at])).collect()
                }
            };
            lines.extend(covered.into_iter().map(|at| (at, index)));
        }
        Self(lines)
    }

    /// What the line beside a block cites.
    pub(super) fn targets(
        &self,
        body: &Prose,
        block: usize,
        found: &Citations,
    ) -> Option<Vec<CitationTarget>> {
        let line = &body.blocks[*self.0.get(&block)?];
        let own = targets(found.marks_in(&line.text)).into_iter().take(MOST_OUTER);
        Some(own.collect())
    }
}

/// What a line is that names a source.
enum Line {
    Attribution,
    Source,
    Caption,
}

impl Line {
    fn of(text: &str) -> Option<Self> {
        /// More is a text of its own.
        const LONGEST: usize = 300;
        let text = text.trim();
        if text.len() > LONGEST {
            return None;
        }
        if text.starts_with(['\u{2014}', '\u{2013}', '\u{2015}']) || text.starts_with("--") {
            return Some(Self::Attribution);
        }
        let start =
            |word: &str| text.get(..word.len()).is_some_and(|own| own.eq_ignore_ascii_case(word));
        if start("source:") || start("sources:") || start("data:") || start("data from") {
            return Some(Self::Source);
        }
        (start("table ") || start("tab. ") || text.ends_with(':')).then_some(Self::Caption)
    }
}
