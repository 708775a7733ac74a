//! Lines that name the source of what stands beside them.

use super::reach::{MOST_OUTER, supports, targets};
use crate::facts::CitationTarget;
use crate::facts::citations::Citations;
use crate::syntax::{Block, BlockKind, Prose};
use std::collections::HashMap;

/// Lines that name the source of what stands beside them: "\u{2014} Hayden, Cochrane 2021" behind a quotation,
/// "Source: WHO" behind a table, a list or a paragraph, "Table 1. Results of the trial" over a table, a work's DOI
/// over the summary of it.
pub(super) struct SourceLines(HashMap<usize, usize>);

impl SourceLines {
    pub(super) fn of(body: &Prose, found: &Citations) -> Self {
        let mut lines = HashMap::new();
        let blocks = &body.blocks;
        let is_heading = |block: &Block| matches!(block.kind, BlockKind::Heading { .. });
        let is_cell = |block: &Block| matches!(block.kind, BlockKind::TableCell { .. });
        for (index, block) in blocks.iter().enumerate() {
            if let Some(item) = sub_item_of(body, index, found) {
                lines.insert(item, index);
                continue;
            }
            if block.kind != BlockKind::Paragraph || block.item.is_some() {
                continue;
            }
            let is_below_heading =
                || index.checked_sub(1).is_some_and(|at| is_heading(&blocks[at]));
            let of_work = || is_below_heading() && names_work(body, block, found);
            let line = Line::of(body.block_text(block));
            let line = line.or_else(|| of_work().then_some(Line::Work));
            let Some(line) = line else { continue };
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
                Line::Work => {
                    (index + 1..blocks.len()).take_while(|&at| !is_heading(&blocks[at])).collect()
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

/// The item that the item at `index` below it names the source of: "- Source: WHO".
fn sub_item_of(body: &Prose, index: usize, found: &Citations) -> Option<usize> {
    /// Notes below one item.
    const MOST: usize = 16;
    let block = &body.blocks[index];
    let depth_of = |block: &Block| match block.kind {
        BlockKind::Item { depth, .. } => Some(depth),
        _ => None,
    };
    let depth = depth_of(block)?;
    let names_source = matches!(Line::of(body.block_text(block)), Some(Line::Source));
    if !names_source || !supports(found.marks_in(&block.text)) {
        return None;
    }
    let mut before = body.blocks[..index].iter().enumerate().rev().take(MOST);
    let (at, item) = before.find(|(_, own)| depth_of(own).is_none_or(|own| own < depth))?;
    depth_of(item).map(|_| at)
}

/// What a line is that names a source.
enum Line {
    Attribution,
    Source,
    Caption,
    Work,
}

/// Whether a paragraph is the DOI or the number of a work and nothing else, "DOI: 10.1136/...", or beside it only
/// the journal and the year, "Eur J Pain. 2019;23:12-20. doi: 10.1002/...".
fn names_work(body: &Prose, block: &Block, found: &Citations) -> bool {
    const LABELS: &[&str] =
        &["doi", "pmid", "pmcid", "pubmed", "link", "url", "source", "paper", "study", "available"];
    const LONGEST: usize = 200;
    if block.text.len() > LONGEST {
        return false;
    }
    let marks = found.marks_in(&block.text);
    let is_work = |target: &CitationTarget| {
        let CitationTarget::Link(target) = target else { return false };
        let is_number = ["10.", "PMID", "PMC"].iter().any(|own| target.starts_with(own));
        is_number || ["doi.org/10.", "pubmed"].iter().any(|own| target.contains(own))
    };
    let (mut from, mut between) = (block.text.start, Vec::new());
    for mark in marks {
        between.push(from..mark.text.start.max(from));
        from = from.max(mark.text.end);
    }
    between.push(from..block.text.end.max(from));
    let is_label =
        |own: &str| own.is_empty() || LABELS.iter().any(|label| label.eq_ignore_ascii_case(own));
    let words = || {
        let texts = between.iter().map(|range| body.text.get(range.clone()).unwrap_or(""));
        texts.flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
    };
    let is_year = |own: &str| own.len() == 4 && (own.starts_with("19") || own.starts_with("20"));
    let of_journal = |own: &str| {
        const SMALL: &[&str] =
            &["and", "ahead", "for", "in", "of", "on", "pp", "print", "the", "vol"];
        own.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) || SMALL.contains(&own)
    };
    let is_bare = words().all(is_label)
        || body.block_text(block).split(|c: char| !c.is_alphanumeric()).any(is_year)
            && words().all(|own| is_label(own) || of_journal(own));
    is_bare && marks.iter().any(|mark| is_work(&mark.target))
}

impl Line {
    fn of(text: &str) -> Option<Self> {
        /// More is a text of its own.
        const LONGEST: usize = 300;
        let text = text.trim().trim_start_matches(['(', '[']);
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
