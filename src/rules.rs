//! The list of rules. A new rule is one file, its `mod` line and its entry here.

pub mod builtin;

use crate::rule::Rule;

/// Every rule, in the order of their ids.
pub static RULES: &[&Rule] = &[
    &builtin::DUPLICATE_KEY,
    &builtin::LIMIT,
    &builtin::NOT_READABLE,
    &builtin::SYNTAX,
];

/// The rule with this id.
pub fn find_rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id).copied()
}
