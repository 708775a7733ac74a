//! Settings: `caveat.yaml` as written and as used.
//!
//! [`Settings`] is what the rest of the program asks; [`parse`] makes it from a file and points at
//! every mistake in it; [`locate`] finds the file. Printing and exit codes are the caller's.

pub mod cases;
mod file;
mod locate;
mod names;
pub mod unused;
mod written;

pub use crate::globs::{BadGlob, Globs};
pub use crate::schema::mapping::Mapping;
pub use file::{KEYS, Origins, parse, parse_with_origins};
pub use locate::{FILE_NAMES, LocateError, Located, locate};
pub use written::Written;

use crate::diagnostic::{Level, Severity};
use crate::facts::ScopeMode;
use crate::rule::{Profile, Rule, RuleInfo};
use crate::rules::custom::CustomRule;
use crate::rules::{RULES, find_rule};
use crate::source::FilePath;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// Files larger than this are not read unless the settings say so.
pub const DEFAULT_MAX_FILE_BYTES: u64 = 256 << 20;

/// Settings as used. [`Settings::default`] is what holds without a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Folder that globs, and paths in the settings, are relative to; empty for the working folder.
    pub root: PathBuf,
    /// The files to check; empty means `content/` where it is there, else everything.
    pub include: Globs,
    /// Files to leave out.
    pub exclude: Globs,
    pub profile: Profile,
    /// Levels by group, rule id, or `id/kind`; the most exact one counts.
    pub rules: BTreeMap<String, Level>,
    /// Which files are of which kind, first match first.
    pub mappings: Vec<Mapping>,
    /// The severity from which a run fails; `error` when not set.
    pub fail_on: Option<Severity>,
    /// A run with more warnings than this fails.
    pub max_warnings: Option<usize>,
    /// Rules of the project's own, in the order of their ids.
    pub custom: Vec<Arc<CustomRule>>,
    /// Levels for some files only, in order; later ones win.
    pub overrides: Vec<Override>,
    /// Local copies of schemas: how their addresses begin → folder, or address → file, relative to
    /// `root`.
    pub schemas: BTreeMap<String, String>,
    /// Larger files are reported, not read.
    pub max_file_bytes: u64,
    /// When not empty, the only groups and rules that run.
    pub only: Vec<String>,
    /// Groups and rules that do not run.
    pub skip: Vec<String>,
    /// Show every branch of a failed `oneOf` or `anyOf`, not the one that was meant.
    pub all_branches: bool,
    /// How far a citation reaches.
    pub citation_scope: ScopeMode,
    /// Keep every sentence that was judged, not only claims.
    pub all_sentences: bool,
    /// Keep why each claim is one. Set by the command that asks.
    pub keep_cues: bool,
    /// Keep claims when the rules have read them, and those that cite a source. Only reports of
    /// claims ask for them.
    pub keep_claims: bool,
    /// The most claims without a source that the project may have.
    pub ratchet: Option<usize>,
    /// The file of accepted diagnostics, relative to `root`.
    pub baseline: Option<String>,
    /// Report what suppressions hide, too.
    pub ignore_suppressions: bool,
    /// The day on which the run is made; without one, no suppression ends.
    pub today: Option<Date>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            root: PathBuf::new(),
            include: Globs::default(),
            exclude: Globs::default(),
            profile: Profile::default(),
            rules: BTreeMap::new(),
            mappings: Vec::new(),
            fail_on: None,
            max_warnings: None,
            custom: Vec::new(),
            overrides: Vec::new(),
            schemas: BTreeMap::new(),
            max_file_bytes: DEFAULT_MAX_FILE_BYTES,
            only: Vec::new(),
            skip: Vec::new(),
            all_branches: false,
            citation_scope: ScopeMode::default(),
            all_sentences: false,
            keep_cues: false,
            keep_claims: true,
            ratchet: None,
            baseline: None,
            ignore_suppressions: false,
            today: None,
        }
    }
}

/// Levels for some files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    pub files: Globs,
    pub rules: BTreeMap<String, Level>,
}

impl Settings {
    /// Every rule there is under these settings, those of the project's own last.
    pub fn all_rules(&self) -> impl Iterator<Item = RuleInfo<'_>> {
        RULES.iter().map(|rule| rule.info()).chain(self.custom.iter().map(|rule| rule.info()))
    }

    /// The rule with this id, if there is one under these settings.
    pub fn find_rule(&self, id: &str) -> Option<RuleInfo<'_>> {
        let own = || {
            let at = self.custom.binary_search_by(|rule| rule.id.cmp(id)).ok()?;
            Some(self.custom[at].info())
        };
        find_rule(id).map(Rule::info).or_else(own)
    }

    /// Whether a name is that of a group (`quiz`), of a rule (`quiz/key-coverage`), or of a rule's kind
    /// (`quiz/key-coverage/no-key`).
    ///
    /// # Errors
    ///
    /// What to write instead.
    pub fn check_rule_name(&self, name: &str) -> Result<(), String> {
        let own: Vec<_> = self.custom.iter().map(|rule| rule.id).collect();
        names::check_rule_name(name, &own)
    }

    /// Level of a diagnostic of `rule` in the file at `path`.
    pub fn level(&self, rule: RuleInfo<'_>, kind: Option<&str>, path: &FilePath) -> Level {
        if !self.runs(rule) || !self.shows_kind(rule, kind) {
            return Level::Off;
        }
        let overridden = self.overrides.iter().rev().filter(|own| own.files.matches(path));
        let level = overridden
            .map(|own| &own.rules)
            .chain([&self.rules])
            .find_map(|levels| level_named(levels, rule, kind))
            .unwrap_or_else(|| rule.level_in(self.profile, kind));
        // Who asks for one rule by name wants to see it, whatever the profile says.
        let asked_for = self.only.iter().any(|name| names_rule(name, rule));
        if level == Level::Off && asked_for { rule.level_of(kind) } else { level }
    }

    /// Whether the rule is on for some file, so that its work is worth doing.
    pub fn asks_for(&self, rule: RuleInfo<'_>) -> bool {
        let is_on = |kind: Option<&str>| {
            let overridden = self.overrides.iter().map(|own| level_named(&own.rules, rule, kind));
            let usual = level_named(&self.rules, rule, kind)
                .unwrap_or_else(|| rule.level_in(self.profile, kind));
            overridden.flatten().chain([usual]).any(|level| level > Level::Off)
        };
        let mut kinds = rule.kinds.iter().map(|kind| Some(kind.name)).chain([None]);
        self.runs(rule) && (self.only.iter().any(|name| names_rule(name, rule)) || kinds.any(is_on))
    }

    /// Whether `only` and `skip` let the rule run.
    pub fn runs(&self, rule: RuleInfo<'_>) -> bool {
        let is_whole = |name: &String| name == rule.id || name == rule.group();
        let is_asked = |name: &String| is_whole(name) || names_rule(name, rule);
        (self.only.is_empty() || self.only.iter().any(is_asked)) && !self.skip.iter().any(is_whole)
    }

    /// Whether `only` and `skip` let a kind of a rule that runs be seen.
    fn shows_kind(&self, rule: RuleInfo<'_>, kind: Option<&str>) -> bool {
        let is_kind = |name: &String| kind.is_some() && kind_named(name, rule) == kind;
        let is_named = |name: &String| name == rule.id || name == rule.group() || is_kind(name);
        (self.only.is_empty() || self.only.iter().any(is_named)) && !self.skip.iter().any(is_kind)
    }

    /// The first mapping whose globs match.
    pub fn mapping(&self, path: &FilePath) -> Option<&Mapping> {
        self.mappings.iter().find(|mapping| mapping.files.matches(path))
    }
}

/// Whether a name is that of the rule or of one of its kinds.
fn names_rule(name: &str, rule: RuleInfo<'_>) -> bool {
    name == rule.id || kind_named(name, rule).is_some()
}

/// The kind of the rule that is named `group/name/kind`.
fn kind_named<'n>(name: &'n str, rule: RuleInfo<'_>) -> Option<&'n str> {
    name.strip_prefix(rule.id)?.strip_prefix('/')
}

/// The level that a table gives: `group/name/kind`, else `group/name`, else `group`.
fn level_named(
    levels: &BTreeMap<String, Level>,
    rule: RuleInfo<'_>,
    kind: Option<&str>,
) -> Option<Level> {
    if levels.is_empty() {
        return None;
    }
    let of_kind = kind.and_then(|kind| levels.get(&format!("{}/{kind}", rule.id)));
    of_kind.or_else(|| levels.get(rule.id)).or_else(|| levels.get(rule.group())).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level_of(settings: &Settings, id: &str, path: &str) -> Level {
        settings.level(find_rule(id).expect("listed").info(), None, &FilePath::new(path))
    }

    #[test]
    fn the_most_exact_name_counts() {
        let levels =
            [("syntax".to_owned(), Level::Off), ("syntax/limit".to_owned(), Level::Warning)];
        let settings = Settings { rules: levels.into(), ..Settings::default() };
        assert_eq!(level_of(&settings, "syntax/invalid", "a.yaml"), Level::Off);
        assert_eq!(level_of(&settings, "syntax/limit", "a.yaml"), Level::Warning);
        assert_eq!(level_of(&settings, "engine/unreadable", "a.yaml"), Level::Error);
    }

    #[test]
    fn later_overrides_win_over_earlier_ones() {
        let own = |glob: &str, level| Override {
            files: Globs::new([glob]).expect("a glob"),
            rules: [("syntax/invalid".to_owned(), level)].into(),
        };
        let overrides = vec![own("drafts/", Level::Info), own("drafts/old/**", Level::Off)];
        let settings = Settings { overrides, ..Settings::default() };
        assert_eq!(level_of(&settings, "syntax/invalid", "drafts/a.yaml"), Level::Info);
        assert_eq!(level_of(&settings, "syntax/invalid", "drafts/old/a.yaml"), Level::Off);
        assert_eq!(level_of(&settings, "syntax/invalid", "a.yaml"), Level::Error);
    }

    #[test]
    fn only_wakes_a_rule_that_is_off() {
        let rules = [("syntax".to_owned(), Level::Off)].into();
        let only = vec!["syntax/invalid".to_owned()];
        let settings = Settings { rules, only, ..Settings::default() };
        assert_eq!(level_of(&settings, "syntax/invalid", "a.yaml"), Level::Error);
        assert_eq!(level_of(&settings, "syntax/limit", "a.yaml"), Level::Off);
    }

    #[test]
    fn rules_are_asked_for_where_they_are_on() {
        let rule = find_rule("claim/statistic-lacks-context").expect("listed").info();
        let with = |rules: &[(&str, Level)], only: &[&str]| Settings {
            rules: rules.iter().map(|(name, level)| ((*name).to_owned(), *level)).collect(),
            only: only.iter().map(|name| (*name).to_owned()).collect(),
            ..Settings::default()
        };
        assert!(!with(&[], &[]).asks_for(rule), "only the strict profile has it");
        assert!(Settings { profile: Profile::Strict, ..with(&[], &[]) }.asks_for(rule));
        assert!(with(&[("claim", Level::Info)], &[]).asks_for(rule));
        assert!(with(&[(rule.id, Level::Off)], &[rule.id]).asks_for(rule));
        assert!(!with(&[], &["quiz"]).asks_for(rule));
        let files = Globs::new(["a/"]).expect("a glob");
        let rules = [(format!("{}/{}", rule.id, rule.kinds[0].name), Level::Info)].into();
        let overrides = vec![Override { files, rules }];
        assert!(Settings { overrides, ..with(&[], &[]) }.asks_for(rule));
        let discouraged = find_rule("claim/discourages-care").expect("listed").info();
        assert!(!with(&[("claim", Level::Off)], &[]).asks_for(discouraged));
    }
}
