//! The [`Habits`] of a quiz: how it asks, where its key stands, and how it says that right options are marked.

use super::headings::{asks, is_key_heading, is_quiz_heading};
use super::{Section, in_lines};
use crate::model::quiz::wording::{answer_in, inline_options, leading_letter, option_sign};
use crate::syntax::{Block, BlockKind, MarkKind, Prose};
use std::collections::HashMap;
use std::ops::Range;

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
    /// The title says that the whole is an answer key: "Quiz 3 \u{2013} answer key".
    pub of_answers: bool,
    /// Below each numbered item that has any stands one item, which answers it.
    pub answers_below: bool,
    pub legend: Option<Legend>,
}

impl Habits {
    pub(super) fn of(section: &Section<'_>) -> Self {
        let mut out = Habits {
            others_ask: false,
            start: 0,
            last_key: 0,
            has_key: false,
            of_answers: false,
            answers_below: false,
            legend: None,
        };
        let mut below = HashMap::new();
        let mut headings = 0;
        let mut has_ticks = false;
        for block in &section.body.blocks[section.blocks.clone()] {
            let text = section.body.block_text(block);
            match block.kind {
                BlockKind::Heading { level, .. } => {
                    headings += 1;
                    out.of_answers |= headings == 1 && level == 1 && ends_in_key(text);
                    out.others_ask |= asks(text);
                    if is_key_heading(text) {
                        (out.last_key, out.has_key) = (block.text.start, true);
                    } else if headings > 1 && level > 1 && out.start == 0 && is_quiz_heading(text) {
                        out.start = block.text.start;
                    }
                }
                BlockKind::Item { task, number, list, depth } => {
                    if number.is_none() {
                        let (count, may_answer) = below.entry(list).or_insert((0, depth > 1));
                        *count += 1;
                        *may_answer &= task.is_none() && leading_letter(text).is_none();
                        *may_answer &= *count == 1 && !text.ends_with('?');
                    }
                    has_ticks |= task.is_some_and(|(ticked, _)| ticked);
                    out.others_ask = out.others_ask
                        || has_ticks
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
        let may_answer = below.len() > 1 && below.values().all(|(_, may_answer)| *may_answer);
        out.answers_below = may_answer && !out.has_key;
        if out.legend.is_none() && !out.has_key && !has_ticks {
            out.legend = [Legend::Strong, Legend::Emphasis]
                .into_iter()
                .find(|legend| is_shown(section, *legend));
        }
        out
    }
}

/// "Quiz 3: joints \u{2013} answer key".
fn ends_in_key(title: &str) -> bool {
    let last = title.rsplit(['\u{2014}', '\u{2013}', '-', ':', '(']).next().unwrap_or("");
    last.len() < title.len() && is_key_heading(last.trim_end_matches(')'))
}

/// Whether one option of a question, in more than half of them, is set off as a whole, and nothing else states answers.
fn is_shown(section: &Section<'_>, legend: Legend) -> bool {
    let Some(kind) = legend.mark() else { return false };
    let blocks = &section.body.blocks[section.blocks.clone()];
    let has_mark =
        |block: &Block| section.body.marks_in(block.text.clone()).any(|mark| mark.kind == kind);
    if blocks.iter().filter(|block| has_mark(block)).nth(1).is_none() {
        return false;
    }
    // Options, and those that are set off: of each list, or each paragraph.
    let mut counts: HashMap<(Option<u32>, usize), (usize, usize)> = HashMap::new();
    for block in blocks {
        let (group, options) = match block.kind {
            BlockKind::Item { list, number: None, .. } => {
                ((Some(list), 0), vec![block.text.clone()])
            }
            BlockKind::Paragraph => {
                let text = in_lines(section.body, section.source, block.text.clone());
                let found = inline_options(&text).map(|(_, options)| options).unwrap_or_default();
                let start = block.text.start;
                let moved = found.into_iter().map(|own| start + own.start..start + own.end);
                ((None, start), moved.collect())
            }
            _ => continue,
        };
        let (all, own) = counts.entry(group).or_default();
        *all += options.len();
        *own += options.into_iter().filter(|own| is_set_off(section.body, own, &kind)).count();
    }
    let options: Vec<_> = counts.into_values().filter(|(all, _)| *all > 1).collect();
    let shown = options.iter().filter(|(_, own)| *own == 1).count();
    let states_answer = |block: &Block| answer_in(section.body.block_text(block)).is_some();
    shown > 1 && 2 * shown > options.len() && !blocks.iter().any(states_answer)
}

/// Whether an option is set off, with the sign before it or without.
fn is_set_off(body: &Prose, option: &Range<usize>, kind: &MarkKind) -> bool {
    let text = &body.text[option.clone()];
    let own = option_sign(text).map_or(0..text.len(), |(_, own)| own);
    covers(body, option, &(option.start + own.start..option.start + own.end), kind)
}

/// Whether a mark of the kind in an option stands around the whole of its text.
pub(super) fn covers(
    body: &Prose,
    option: &Range<usize>,
    text: &Range<usize>,
    kind: &MarkKind,
) -> bool {
    body.marks_in(option.clone()).any(|mark| {
        mark.kind == *kind && mark.text.start <= text.start && mark.text.end >= text.end
    })
}

/// How the text says, or shows, that right options are marked.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Legend {
    Strong,
    Emphasis,
    /// `*` behind the option.
    Star,
}

impl Legend {
    /// What stands around the whole of a right option.
    pub fn mark(self) -> Option<MarkKind> {
        match self {
            Self::Strong => Some(MarkKind::Strong),
            Self::Emphasis => Some(MarkKind::Emphasis),
            Self::Star => None,
        }
    }
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
