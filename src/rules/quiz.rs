//! Rules over quizzes, their questions and their answer keys.

mod amounts;
pub mod answer_not_in_options;
pub mod catch_all_option;
mod chance;
pub mod conflicting_answer_key;
pub mod conflicting_answers;
pub mod duplicate_answer_key;
pub mod duplicate_or_overlapping_options;
pub mod grammatical_cue;
pub mod key_coverage;
pub mod key_files;
pub mod key_position_bias;
pub mod leaked_or_fragile_key;
pub mod longest_option_cue;
pub mod missing_explanation;
pub mod near_duplicate_question;
pub mod negative_stem;
pub mod option_set_shape;
pub mod stem_key_echo;
mod tokens;
pub mod true_false_flaw;
pub mod unsourced_explanation;
