//! The list of rules. A new rule is one file, its `mod` line and its entry here.

pub mod builtin;
pub mod exercise;
pub mod project;
pub mod resource;
pub mod text;
pub mod quiz {
    pub mod answer_not_in_options;
    pub mod conflicting_answer_key;
    pub mod duplicate_answer_key;
    pub mod key_coverage;
}

use crate::rule::Rule;

/// Every rule, in the order of their ids.
pub static RULES: &[&Rule] = &[
    &builtin::NOT_READABLE,
    &exercise::dosage_conflict::RULE,
    &exercise::dosage_incomplete::RULE,
    &exercise::empty_or_vague_steps::RULE,
    &exercise::missing_safety_note::RULE,
    &exercise::missing_stop_criterion::RULE,
    &project::missing_review_metadata::RULE,
    &quiz::answer_not_in_options::RULE,
    &quiz::conflicting_answer_key::RULE,
    &quiz::duplicate_answer_key::RULE,
    &quiz::key_coverage::RULE,
    &resource::invalid_doi::RULE,
    &resource::invalid_identifier::RULE,
    &builtin::DUPLICATE_KEY,
    &builtin::SYNTAX,
    &builtin::LIMIT,
    &text::image_alt::RULE,
    &text::placeholder_or_boilerplate::RULE,
];

/// The rule with this id.
pub fn find_rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id).copied()
}
