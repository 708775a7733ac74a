//! Arguments that several commands share, as typed.

use caveat::config::Settings;
use caveat::diagnostic::Severity;
use caveat::nearest::nearest;
use caveat::rule::Profile;
use caveat::rules::RULES;
use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use super::failure::Failure;
use super::terminal::Streams;
use super::write::cannot;

/// Where settings are read from.
#[derive(Debug, Default, clap::Args)]
pub struct SettingsFile {
    /// Settings file, in place of the nearest caveat.yaml upward
    #[arg(long, value_name = "FILE", help_heading = "Settings")]
    pub config: Option<PathBuf>,
    /// Use no settings file
    #[arg(long, conflicts_with = "config", help_heading = "Settings")]
    pub no_config: bool,
}

/// Which settings hold.
#[derive(Debug, Default, clap::Args)]
pub struct SettingsArguments {
    #[command(flatten)]
    pub file: SettingsFile,
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
    /// Look at every file anew, and keep nothing for the next run
    ///
    /// Without it, what was found in a file is kept until the file, the settings or caveat change: in
    /// `caveat` below the cache folder of the system, or in the folder that CAVEAT_CACHE_DIR names.
    #[arg(long, help_heading = "Files")]
    pub no_cache: bool,
}

/// Which rules run.
#[derive(Debug, Default, clap::Args)]
pub struct RuleArguments {
    /// Run only these rules or groups of rules: several with commas between them, or repeated
    #[arg(long, value_name = "RULE", help_heading = "Rules", value_parser = RuleName, value_delimiter = ',', hide_possible_values = true)]
    pub only: Vec<String>,
    /// Do not run these rules or groups of rules: several with commas between them, or repeated
    #[arg(long, value_name = "RULE", help_heading = "Rules", value_parser = RuleName, value_delimiter = ',', hide_possible_values = true)]
    pub skip: Vec<String>,
}

fn profile_names() -> clap::builder::PossibleValuesParser {
    Profile::NAMES.into()
}

/// A group's name, a rule's id, or one of a rule's kinds. Shells are told which there are; whether it is one, the
/// settings know, see [`check_rule_names`].
#[derive(Clone, Copy)]
pub struct RuleName;

impl TypedValueParser for RuleName {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let groups: BTreeSet<_> = RULES.iter().map(|rule| rule.group()).collect();
        let names = groups.into_iter().chain(RULES.iter().map(|rule| rule.id));
        Some(Box::new(names.map(PossibleValue::new)))
    }
}

/// Names of rules and groups as typed, under these settings.
///
/// # Errors
///
/// The first that is none.
pub fn check_rule_names<'n>(
    names: impl IntoIterator<Item = &'n String>,
    settings: &Settings,
) -> Result<(), Failure> {
    names.into_iter().try_for_each(|name| {
        settings.check_rule_name(name).map_err(|help| {
            Failure::usage_with_help(format!("no such rule or group: `{name}`"), help)
        })
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

/// One of several results: a form, and the file it goes to.
#[derive(Clone, Debug)]
pub struct Output<F> {
    pub format: F,
    /// `None` for stdout.
    pub file: Option<PathBuf>,
}

/// The forms a command can print, by name.
pub type Formats<F> = &'static [(&'static str, F)];

/// Read `FORMAT[=FILE]`.
///
/// # Errors
///
/// What is wrong with it.
pub fn output<F: Copy>(text: &str, formats: Formats<F>) -> Result<Output<F>, String> {
    let (name, file) = match text.split_once('=') {
        Some((name, file)) => (name, Some(PathBuf::from(file))),
        None => (text, None),
    };
    let names = || formats.iter().map(|(name, _)| *name);
    let found = formats.iter().find(|(known, _)| *known == name);
    let (_, format) = found.ok_or_else(|| match nearest(name, names()) {
        Some(near) => format!("no such format; did you mean `{near}`?"),
        None => format!("no such format; there are {}", names().collect::<Vec<_>>().join(", ")),
    })?;
    match &file {
        Some(file) if file.as_os_str().is_empty() => Err("the file has no name".to_owned()),
        _ => Ok(Output { format: *format, file }),
    }
}

/// What to write where: one result goes to stdout, in `format` or else as text, unless every one
/// was given a file.
pub fn outputs<F: Copy>(
    format: Option<F>,
    outputs: &[Output<F>],
    text: F,
) -> Result<Vec<Output<F>>, Failure> {
    let mut all = outputs.to_vec();
    let to_stdout = all.iter().filter(|output| output.file.is_none()).count();
    if to_stdout + usize::from(format.is_some()) > 1 {
        return Err(Failure::usage_with_help(
            "two results would be mixed on stdout",
            "write one of them to a file: --output json=result.json",
        ));
    }
    if to_stdout == 0 {
        all.push(Output { format: format.unwrap_or(text), file: None });
    }
    Ok(all)
}

impl<F> Output<F> {
    /// Write the result where it belongs. `write` is told whether that is a file.
    pub fn write(
        &self,
        streams: &Streams,
        write: impl FnOnce(bool, &mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Failure> {
        let Some(file) = &self.file else {
            return streams.print(|out| write(false, out));
        };
        let mut bytes = Vec::new();
        write(true, &mut bytes)
            .and_then(|()| fs::write(file, bytes))
            .map_err(|error| cannot(&file.display().to_string(), &error))
    }
}

/// A day, as typed.
///
/// # Errors
///
/// How to write one.
pub fn day(text: &str) -> Result<Date, &'static str> {
    text.parse().map_err(|_| "no such day; write it as 2026-01-31")
}

/// The day that builds are to take for today, else the clock's, in UTC.
pub fn today() -> Date {
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok();
    let fixed = fixed.and_then(|seconds| Timestamp::from_second(seconds.trim().parse().ok()?).ok());
    fixed.unwrap_or_else(Timestamp::now).to_zoned(TimeZone::UTC).date()
}

#[cfg(test)]
mod tests {
    use super::*;
    use caveat::render::OutputFormat;

    #[test]
    fn outputs_are_a_format_and_maybe_a_file() {
        let json = output("json=a=b.json", OutputFormat::ALL).expect("an output");
        assert_eq!((json.format, json.file), (OutputFormat::Json, Some("a=b.json".into())));
        let mistake = |text| output(text, OutputFormat::ALL).unwrap_err();
        assert_eq!(mistake("jsno"), "no such format; did you mean `json`?");
        assert_eq!(mistake("json="), "the file has no name");
    }

    #[test]
    fn only_one_result_goes_to_stdout() {
        let named = |text| output(text, OutputFormat::ALL).expect("an output");
        let both = [named("json"), named("text")];
        assert!(outputs(None, &both, OutputFormat::Text).is_err());
        assert!(outputs(Some(OutputFormat::Text), &both[..1], OutputFormat::Text).is_err());
        let alone = outputs(None, &[named("json=x")], OutputFormat::Text).expect("two outputs");
        assert_eq!(alone.len(), 2);
    }
}
