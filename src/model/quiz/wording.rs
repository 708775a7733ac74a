//! How Markdown and drafts word questions, options and answers: what is found in one line of text, as ranges of
//! it.

mod answers;
mod catch_all;
mod folded;
mod keys;
mod numbers;
mod options;
mod phrases;

pub use answers::stated_letter;
pub(super) use answers::{
    answer_behind, answer_below, answer_in, answers_in_lines, asked_and_told, before_reason,
    is_answer_left_out, letters_before_reason, parts, position, several, short_answer,
};
pub use catch_all::{CatchAll, catch_all, names_letters};
pub(super) use folded::{
    answer_tag, fenced_answer, first_words, folded_answer, without_invitation,
};
pub(super) use keys::{
    InlineEntry, bare_key, inline_key, letters_in_order, number_pairs, question_prefix,
};
pub(super) use numbers::{
    is_generic, leading_number, leading_part, number_in, own_number, part_and_number, part_in,
};
pub(super) use options::{
    begins_with_box, behind_circled, inline_options, leading_letter, marked, option_sign,
};
pub use phrases::asks_of_reader;
pub(super) use phrases::{
    asks_for_truth, is_answer_heading, is_given_answer, is_shared_list, leads_aims, leads_aside,
    leads_explanation, speaks_of_key,
};

use std::ops::Range;

/// Bytes of a title above questions or answers.
const LONGEST_TITLE: usize = 80;

/// `range` of `text` without blanks and list punctuation at its ends.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    let end = range.start + part.trim_end().trim_end_matches([',', ';']).len();
    start..end.max(start)
}
