//! Settings as a file would state them.

use super::{Globs, Mapping, Override, Settings};
use crate::diagnostic::{Level, Severity};
use crate::facts::ScopeMode;
use crate::rules::custom::{Condition, CustomRule, Select};
use serde::Serialize;
use std::collections::BTreeMap;

/// Every setting in effect, in the keys of the settings file.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Written<'a> {
    include: &'a [String],
    exclude: &'a [String],
    profile: &'static str,
    fail_on: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_warnings: Option<usize>,
    max_file_bytes: u64,
    rules: BTreeMap<&'a str, &'static str>,
    kinds: Vec<WrittenKind<'a>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    custom: BTreeMap<&'a str, WrittenRule<'a>>,
    overrides: Vec<WrittenOverride<'a>>,
    schemas: &'a BTreeMap<String, String>,
    citation_scope: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    ratchet: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct WrittenKind<'a> {
    files: &'a [String],
    kind: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    records: &'a str,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    aliases: &'a BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    schema: Option<&'a str>,
}

/// A rule without its cases, which change nothing.
#[derive(Debug, Serialize)]
struct WrittenRule<'a> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    kinds: Vec<&'a str>,
    select: Vec<&'a str>,
    #[serde(flatten)]
    condition: &'a Condition,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    level: &'static str,
}

#[derive(Debug, Serialize)]
struct WrittenOverride<'a> {
    files: &'a [String],
    rules: BTreeMap<&'a str, &'static str>,
}

impl<'a> From<&'a Settings> for Written<'a> {
    fn from(settings: &'a Settings) -> Self {
        Self {
            include: settings.include.patterns(),
            exclude: settings.exclude.patterns(),
            profile: settings.profile.as_str(),
            fail_on: settings.fail_on.unwrap_or(Severity::Error).as_str(),
            max_warnings: settings.max_warnings,
            max_file_bytes: settings.max_file_bytes,
            rules: levels(&settings.rules),
            kinds: settings.mappings.iter().map(kind).collect(),
            custom: settings.custom.iter().map(|rule| (rule.id, custom(rule))).collect(),
            overrides: settings.overrides.iter().map(own).collect(),
            schemas: &settings.schemas,
            citation_scope: scope_name(settings.citation_scope),
            ratchet: settings.ratchet,
            baseline: settings.baseline.as_deref(),
        }
    }
}

impl Written<'_> {
    /// The text of a settings file that says the same.
    pub fn to_yaml(&self) -> String {
        serde_yaml::to_string(self).expect("strings, numbers, lists and maps of strings")
    }
}

fn scope_name(scope: ScopeMode) -> &'static str {
    let found = ScopeMode::NAMES.iter().find(|name| ScopeMode::from_name(name) == Some(scope));
    found.copied().expect("every scope has a name")
}

fn levels(levels: &BTreeMap<String, Level>) -> BTreeMap<&str, &'static str> {
    levels.iter().map(|(name, level)| (name.as_str(), level.as_str())).collect()
}

fn kind(mapping: &Mapping) -> WrittenKind<'_> {
    WrittenKind {
        files: Globs::patterns(&mapping.files),
        kind: mapping.kind.name(),
        records: &mapping.records,
        aliases: &mapping.aliases,
        schema: mapping.schema.as_deref(),
    }
}

fn custom(rule: &CustomRule) -> WrittenRule<'_> {
    WrittenRule {
        kinds: rule.kinds.iter().map(|kind| kind.name()).collect(),
        select: rule.select.iter().map(Select::as_str).collect(),
        condition: &rule.condition,
        message: &rule.message,
        help: rule.help.as_deref(),
        level: rule.level.as_str(),
    }
}

fn own(own: &Override) -> WrittenOverride<'_> {
    WrittenOverride { files: own.files.patterns(), rules: levels(&own.rules) }
}
