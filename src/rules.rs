//! The list of rules. A new rule is one file, its `mod` line and its entry here.

pub mod builtin;
pub mod quiz {
    pub mod answer_not_in_options;
    pub mod conflicting_answer_key;
    pub mod conflicting_answers;
    pub mod duplicate_answer_key;
    pub mod duplicate_or_overlapping_options;
    pub mod key_coverage;
    pub mod leaked_or_fragile_key;
}

use crate::rule::Rule;

/// Every rule, in the order of their ids.
pub static RULES: &[&Rule] = &[
    &builtin::DUPLICATE_KEY,
    &builtin::LIMIT,
    &builtin::NOT_READABLE,
    &quiz::answer_not_in_options::RULE,
    &quiz::conflicting_answer_key::RULE,
    &quiz::conflicting_answers::RULE,
    &quiz::duplicate_answer_key::RULE,
    &quiz::duplicate_or_overlapping_options::RULE,
    &quiz::key_coverage::RULE,
    &quiz::leaked_or_fragile_key::RULE,
    &builtin::SYNTAX,
];

/// The rule with this id.
pub fn find_rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id).copied()
}
