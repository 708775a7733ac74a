//! The list of rules. A new rule is one file, its `mod` line and its entry here.

pub mod builtin;
pub(crate) mod claim;
pub mod custom;
mod exercise;
pub(crate) mod project {
    pub mod dangling_reference;
    pub mod duplicate_id;
    pub mod missing_file;
    pub mod missing_review_metadata;
    pub mod naming_convention;
    pub mod orphan_file;
    pub mod review_overdue;
    pub mod suppression_hygiene;
    pub mod translation_drift;
}
pub(crate) mod quiz;
mod resource;
mod text;

use crate::rule::Rule;
use crate::schema::lint as json_schema;
use crate::schema::rules as schema;

/// The rules that read facts which are kept for them alone.
pub(crate) static READS_EXERCISES: &Rule = &exercise::duplicate_exercise::RULE;
pub(crate) static READS_VERSIONS: &Rule = &project::translation_drift::RULE;
pub(crate) static READS_BODIES: &Rule = &text::copied_text::RULE;
pub(crate) static READS_NAMED: &Rule = &project::orphan_file::RULE;
pub(crate) static READS_AGING: &Rule = &resource::stale_source::RULE;
pub(crate) static READS_FRONT_PAGES: &Rule = &resource::bare_homepage_url::RULE;

/// Every rule, in the order of their ids.
pub static RULES: &[&Rule] = &[
    &claim::absolute_or_cure_language::RULE,
    &claim::anecdote_as_evidence::RULE,
    &claim::causal_overreach::RULE,
    &claim::conflicting_numbers::RULE,
    &claim::discourages_care::RULE,
    &claim::missing_red_flags::RULE,
    &claim::product_health_claim::RULE,
    &claim::promotional_language::RULE,
    &claim::statistic_lacks_context::RULE,
    &claim::study_mention_unmatched::RULE,
    &claim::uncited_reference::RULE,
    &claim::undefined_citation::RULE,
    &claim::undisclosed_promotion::RULE,
    &claim::unsourced_claim::RULE,
    &claim::unsourced_evidence_appeal::RULE,
    &claim::unsourced_statistic::RULE,
    &claim::unsourced_treatment_claim::RULE,
    &builtin::UNKNOWN_KIND,
    &builtin::UNREAD_FRONT_MATTER,
    &builtin::NOT_READABLE,
    &builtin::UNUSABLE_SCHEMA,
    &exercise::audience_hazard_conflict::RULE,
    &exercise::dosage_conflict::RULE,
    &exercise::dosage_incomplete::RULE,
    &exercise::duplicate_exercise::RULE,
    &exercise::empty_or_vague_steps::RULE,
    &exercise::equipment_mismatch::RULE,
    &exercise::hazard_without_precaution::RULE,
    &exercise::implausible_dosage::RULE,
    &exercise::missing_laterality::RULE,
    &exercise::missing_safety_note::RULE,
    &exercise::missing_stop_criterion::RULE,
    &exercise::name_step_contradiction::RULE,
    &exercise::unknown_vocabulary::RULE,
    &exercise::unsafe_cue::RULE,
    &json_schema::EMPTY_ALLOWED,
    &json_schema::IMPOSSIBLE_PATTERN,
    &json_schema::IMPOSSIBLE_REQUIRED,
    &json_schema::MISSING_DESCRIPTION,
    &json_schema::OPEN_OBJECT,
    &json_schema::OPEN_TUPLE,
    &json_schema::TWIN_VALUES,
    &json_schema::UNKNOWN_KEYWORD,
    &json_schema::UNREACHABLE_BRANCH,
    &project::dangling_reference::RULE,
    &project::duplicate_id::RULE,
    &project::missing_file::RULE,
    &project::missing_review_metadata::RULE,
    &project::naming_convention::RULE,
    &project::orphan_file::RULE,
    &project::review_overdue::RULE,
    &project::suppression_hygiene::RULE,
    &project::translation_drift::RULE,
    &quiz::answer_not_in_options::RULE,
    &quiz::catch_all_option::RULE,
    &quiz::conflicting_answer_key::RULE,
    &quiz::conflicting_answers::RULE,
    &quiz::duplicate_answer_key::RULE,
    &quiz::duplicate_or_overlapping_options::RULE,
    &quiz::grammatical_cue::RULE,
    &quiz::key_coverage::RULE,
    &quiz::key_position_bias::RULE,
    &quiz::leaked_or_fragile_key::RULE,
    &quiz::longest_option_cue::RULE,
    &quiz::missing_explanation::RULE,
    &quiz::near_duplicate_question::RULE,
    &quiz::negative_stem::RULE,
    &quiz::option_set_shape::RULE,
    &quiz::stem_key_echo::RULE,
    &quiz::true_false_flaw::RULE,
    &quiz::unsourced_explanation::RULE,
    &resource::bare_homepage_url::RULE,
    &resource::citation_incomplete::RULE,
    &resource::database_as_source::RULE,
    &resource::duplicate_resource::RULE,
    &resource::implausible_date::RULE,
    &resource::invalid_doi::RULE,
    &resource::invalid_identifier::RULE,
    &resource::retracted_source::RULE,
    &resource::stale_source::RULE,
    &resource::url_hygiene::RULE,
    &schema::CONST,
    &schema::CONTAINS,
    &schema::CONTENT,
    &schema::DEPENDENT_REQUIRED,
    &schema::DEPRECATED,
    &schema::ENUM,
    &schema::FALSE_SCHEMA,
    &schema::FIELDS,
    &schema::FORMAT,
    &schema::ITEMS,
    &schema::LENGTH,
    &schema::NOT,
    &schema::PATTERN,
    &schema::PROPERTY_NAMES,
    &schema::RANGE,
    &schema::REQUIRED,
    &schema::TYPE,
    &schema::UNION,
    &schema::UNIQUE_ITEMS,
    &schema::UNKNOWN_FIELD,
    &builtin::DUPLICATE_KEY,
    &builtin::EMPTY,
    &builtin::SYNTAX,
    &builtin::LIMIT,
    &text::copied_text::RULE,
    &text::count_list_mismatch::RULE,
    &text::dead_link_text::RULE,
    &text::doubled_word::RULE,
    &text::heading_echo::RULE,
    &text::heading_structure::RULE,
    &text::image_alt::RULE,
    &text::keyword_stuffing::RULE,
    &text::language_mismatch::RULE,
    &text::language_to_avoid::RULE,
    &text::missing_media::RULE,
    &text::placeholder_or_boilerplate::RULE,
    &text::reading_level::RULE,
    &text::repeated_text::RULE,
    &text::scrambled_text::RULE,
    &text::swallowed_item::RULE,
    &text::vague_link_text::RULE,
];

/// The rule of caveat with this id; [`crate::Settings::find_rule`] knows those of a project, too.
pub fn find_rule(id: &str) -> Option<&'static Rule> {
    RULES.binary_search_by(|rule| rule.id.cmp(id)).ok().map(|index| RULES[index])
}
