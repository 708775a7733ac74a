//! Arguments that several commands share, as typed.

use caveat::diagnostic::Severity;
use caveat::nearest::nearest;
use caveat::rule::Profile;
use caveat::rules::RULES;
use std::path::PathBuf;

/// Which settings hold.
#[derive(Debug, Default, clap::Args)]
pub struct SettingsArguments {
    /// Settings file, in place of the nearest caveat.yaml upward
    #[arg(long, value_name = "FILE", help_heading = "Settings")]
    pub config: Option<PathBuf>,
    /// Use no settings file
    #[arg(long, conflicts_with = "config", help_heading = "Settings")]
    pub no_config: bool,
    /// Set of rules and levels to start from
    #[arg(long, value_name = "PROFILE", help_heading = "Settings", value_parser = profile_names())]
    pub profile: Option<String>,
}

/// What to look at.
#[derive(Debug, Default, clap::Args)]
pub struct InputArguments {
    /// Files and folders to check; `-` is the standard input
    ///
    /// Without any: what `include` in the settings names, else `content/` where it is there, else
    /// the working folder. References are looked up in the whole project all the same.
    #[arg(value_name = "PATHS")]
    pub paths: Vec<PathBuf>,
    /// File with more paths, one a line; `-` is the standard input
    #[arg(long, value_name = "FILE", help_heading = "Files")]
    pub files_from: Option<PathBuf>,
    /// Path that the standard input is taken for; tells its format and its place in the project
    #[arg(long, value_name = "PATH", help_heading = "Files")]
    pub stdin_filename: Option<PathBuf>,
    /// Leave out files that `exclude` names even when they are in PATHS
    #[arg(long, help_heading = "Files")]
    pub force_exclude: bool,
    /// Threads to use; default: one per core
    #[arg(long, value_name = "N", help_heading = "Files")]
    pub threads: Option<usize>,
}

/// Which rules run.
#[derive(Debug, Default, clap::Args)]
pub struct RuleArguments {
    /// Run only this rule or group of rules; may be repeated
    #[arg(long, value_name = "RULE", help_heading = "Rules", value_parser = rule_or_group)]
    pub only: Vec<String>,
    /// Do not run this rule or group of rules; may be repeated
    #[arg(long, value_name = "RULE", help_heading = "Rules", value_parser = rule_or_group)]
    pub skip: Vec<String>,
}

fn profile_names() -> clap::builder::PossibleValuesParser {
    Profile::NAMES.into()
}

/// A rule's id or a group's name.
///
/// # Errors
///
/// What to write instead.
pub fn rule_or_group(name: &str) -> Result<String, String> {
    let known = || RULES.iter().flat_map(|rule| [rule.id, rule.group()]);
    if known().any(|own| own == name) {
        return Ok(name.to_owned());
    }
    Err(match nearest(name, known()) {
        Some(near) => format!("no such rule or group; did you mean `{near}`?"),
        None => "no such rule or group; `caveat rules` lists them".to_owned(),
    })
}

/// A severity by name.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub enum SeverityName {
    Info,
    Warning,
    Error,
}

impl From<SeverityName> for Severity {
    fn from(name: SeverityName) -> Self {
        match name {
            SeverityName::Info => Severity::Info,
            SeverityName::Warning => Severity::Warning,
            SeverityName::Error => Severity::Error,
        }
    }
}
