//! The [`Habits`] of a quiz: how it asks, where its key stands, and how it says that right options are marked.

use super::Section;
use super::headings::{asks, is_key_heading, is_quiz_heading};
use crate::model::quiz::wording::{inline_options, leading_letter};
use crate::syntax::BlockKind;

/// What is known of a quiz before its questions are read.
#[derive(Clone, Copy)]
pub(super) struct Habits {
    /// A heading or a numbered item asks something by its words, or options have letters or ticks.
    pub others_ask: bool,
    /// Where a heading "Questions" stands below other headings, else 0.
    pub start: usize,
    /// Where the last heading of an answer key stands, if there is one.
    pub last_key: usize,
    pub has_key: bool,
    pub legend: Option<Legend>,
}

impl Habits {
    pub(super) fn of(section: &Section<'_>) -> Self {
        let mut out =
            Habits { others_ask: false, start: 0, last_key: 0, has_key: false, legend: None };
        let mut headings = 0;
        for block in &section.body.blocks[section.blocks.clone()] {
            let text = section.body.block_text(block);
            match block.kind {
                BlockKind::Heading { level, .. } => {
                    headings += 1;
                    out.others_ask |= asks(text);
                    if is_key_heading(text) {
                        (out.last_key, out.has_key) = (block.text.start, true);
                    } else if headings > 1 && level > 1 && out.start == 0 && is_quiz_heading(text) {
                        out.start = block.text.start;
                    }
                }
                BlockKind::Item { task, number, .. } => {
                    out.others_ask = out.others_ask
                        || task.is_some_and(|(ticked, _)| ticked)
                        || leading_letter(text).is_some()
                        || number.is_some()
                            && (text.contains('?') || inline_options(text).is_some());
                }
                BlockKind::Paragraph => {
                    out.others_ask |= leading_letter(text).is_some();
                    out.legend = out.legend.or_else(|| legend(text));
                }
                BlockKind::TableCell { .. } | BlockKind::Code | BlockKind::Html => {}
            }
        }
        out
    }
}

/// How the text says that right options are marked.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Legend {
    Strong,
    Emphasis,
    /// `*` behind the option.
    Star,
}

/// "Right answers in bold", "* = correct".
fn legend(text: &str) -> Option<Legend> {
    /// Bytes of the longest one.
    const LONGEST: usize = 80;
    if text.len() > LONGEST {
        return None;
    }
    let plain = text.to_ascii_lowercase();
    let is_right = plain.contains("correct") || plain.contains("right");
    let is_answer = ["answer", "option", "choice"].iter().any(|word| plain.contains(word));
    if !is_right {
        None
    } else if plain.trim_start_matches('(').starts_with("* ") && (is_answer || plain.contains('='))
    {
        Some(Legend::Star)
    } else if is_answer && plain.contains("bold") {
        Some(Legend::Strong)
    } else if is_answer && plain.contains("italic") {
        Some(Legend::Emphasis)
    } else {
        None
    }
}
