//! `caveat check`: the main job.

use super::Exit;
use super::accepted::Accepted;
use super::args::{self, InputArguments, Output, RuleArguments, SettingsArguments, SeverityName};
use super::failure::Failure;
use super::fixes::{self, FixArguments, Fixes};
use super::place::Place;
use super::report;
use super::run::Run;
use super::terminal::Streams;
use super::watch;
use caveat::baseline;
use caveat::config::Settings;
use caveat::diagnostic::Severity;
use caveat::project::{FileReport, Outcome, Summary};
use caveat::render::{self, OutputFormat};
use caveat::words::counted;
use jiff::civil::Date;
use std::path::{Path, PathBuf};

/// Check files and print what is wrong with them
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    pub input: InputArguments,
    /// Check again whenever a file changes, until Ctrl-C
    #[arg(long, conflicts_with_all = ["fix", "diff"], help_heading = "Files")]
    watch: bool,
    /// Form of the result on stdout
    #[arg(long, value_name = "FORMAT", help_heading = "Output", value_parser = format_names())]
    format: Option<String>,
    /// Also write the result in this form, to a file: `json=result.json`; may be repeated
    ///
    /// Without a file, the same as --format.
    #[arg(long, value_name = "FORMAT[=FILE]", help_heading = "Output", value_parser = output)]
    output: Vec<Output<OutputFormat>>,
    /// Severity from which the run fails; default: error
    #[arg(long, value_name = "SEVERITY", help_heading = "Result")]
    fail_on: Option<SeverityName>,
    /// Fail when there are more warnings than this
    #[arg(long, value_name = "N", help_heading = "Result")]
    max_warnings: Option<usize>,
    /// File of accepted diagnostics, which are not reported; default: what `baseline` in the settings names
    #[arg(long, value_name = "FILE", help_heading = "Result")]
    baseline: Option<PathBuf>,
    /// Report what the baseline holds, too
    #[arg(long, conflicts_with_all = ["baseline", "strict_baseline"], help_heading = "Result")]
    no_baseline: bool,
    /// Fail when something that the baseline holds is gone
    #[arg(long, help_heading = "Result")]
    strict_baseline: bool,
    #[command(flatten)]
    fixes: FixArguments,
    #[command(flatten)]
    rules: RuleArguments,
    /// Show every branch of a failed `oneOf` or `anyOf`, not the one that was meant
    #[arg(long, help_heading = "Rules")]
    all_branches: bool,
    /// Report what suppressions in the content hide, too
    #[arg(long, help_heading = "Rules")]
    no_suppressions: bool,
    /// Day to compare dates with, as 2026-01-31; default: today
    #[arg(long, value_name = "DATE", help_heading = "Rules", value_parser = args::day)]
    today: Option<Date>,
    #[command(flatten)]
    pub settings: SettingsArguments,
}

impl Arguments {
    /// The files that are written.
    pub fn outputs(&self) -> impl Iterator<Item = &Path> {
        self.output.iter().filter_map(|own| own.file.as_deref())
    }
}

fn format_names() -> clap::builder::PossibleValuesParser {
    OutputFormat::ALL.iter().map(|(name, _)| *name).collect::<Vec<_>>().into()
}

fn output(text: &str) -> Result<Output<OutputFormat>, String> {
    args::output(text, OutputFormat::ALL)
}

pub fn run(arguments: &Arguments, streams: &Streams) -> Result<Exit, Failure> {
    if arguments.watch {
        return watch::run(arguments, streams);
    }
    once(arguments, streams)
}

/// One run.
pub fn once(arguments: &Arguments, streams: &Streams) -> Result<Exit, Failure> {
    let format = arguments.format.as_deref().and_then(OutputFormat::from_name);
    let outputs = args::outputs(format, &arguments.output, OutputFormat::Text)?;
    arguments.fixes.check()?;
    let mut place = Place::new(&arguments.settings)?;
    place.select(&arguments.rules)?;
    let settings = &mut place.settings;
    settings.all_branches = arguments.all_branches;
    settings.ignore_suppressions = arguments.no_suppressions;
    settings.today = Some(arguments.today.unwrap_or_else(args::today));
    // Counting claims for the ratchet is all that asks for them here.
    settings.keep_claims = settings.ratchet.is_some();
    settings.fail_on = arguments.fail_on.map(Severity::from).or(settings.fail_on);
    settings.max_warnings = arguments.max_warnings.or(settings.max_warnings);
    let accepted = accepted(&place, arguments)?;
    let mut run = Run::new(place, &arguments.input, streams)?;
    if let Some(accepted) = accepted {
        run.sources.replace(accepted.file.clone());
        run.accepted = Some(accepted);
    }
    if arguments.fixes.diff {
        return diff(&mut run, &arguments.fixes, streams);
    }
    if arguments.fixes.fix {
        fix(&mut run, &arguments.fixes, streams)?;
    }
    let mut outcome = run.outcome();
    outcome.notices = run.notices();
    let gone = |own: &Accepted| baseline::notice(&own.file, &run.gone(&own.baseline, &outcome));
    let gone = run.accepted.as_ref().and_then(gone);
    let is_stale = gone.is_some();
    outcome.notices.extend(gone);
    let view = run.place.view();
    for output in &outputs {
        output.write(streams, |to_file, out| {
            let style = if to_file { streams.file_style(&view) } else { streams.style(&view) };
            render::render(output.format, &outcome, &run.sources, &style, out)
        })?;
    }
    let mut exit = conclude(&run, &outcome, streams);
    if exit == Exit::Clean && is_stale && arguments.strict_baseline {
        streams.complain("the baseline holds what is gone, and `--strict-baseline` allows none");
        exit = Exit::Findings;
    }
    // Where the program ends here, the system takes memory back faster than we give it, piece by piece.
    if !arguments.watch {
        std::mem::forget((run, outcome));
    }
    Ok(exit)
}

/// The baseline that the run heeds.
fn accepted(place: &Place, arguments: &Arguments) -> Result<Option<Accepted>, Failure> {
    if arguments.no_baseline {
        return Ok(None);
    }
    let accepted = Accepted::load(place, arguments.baseline.as_deref())?;
    if arguments.strict_baseline && accepted.is_none() {
        return Err(Failure::usage_with_help(
            "`--strict-baseline` is about a baseline, and there is none",
            "name it with `--baseline`, or as `baseline` in the settings",
        ));
    }
    Ok(accepted)
}

/// Apply fixes and write the files.
fn fix(run: &mut Run, arguments: &FixArguments, streams: &Streams) -> Result<(), Failure> {
    if run.sources.has_stdin() {
        return Err(Failure::usage_with_help(
            "`--fix` writes files, and the standard input is none",
            "`--diff` prints what it would change",
        ));
    }
    let fixes = Fixes::make(run, arguments.unsafe_fixes);
    if !fixes.is_empty() {
        fixes.write(run, streams)?;
        streams.remark(&format!("fixed {}", fixes.counted()));
    }
    Ok(())
}

/// Print what fixes would change, and nothing else.
fn diff(run: &mut Run, arguments: &FixArguments, streams: &Streams) -> Result<Exit, Failure> {
    let fixes = Fixes::make(run, arguments.unsafe_fixes);
    streams.print(|out| fixes.show(run, out))?;
    if let Some(exit) = run.show_faults(streams) {
        return Ok(exit);
    }
    if fixes.is_empty() {
        streams.remark("nothing to fix");
        return Ok(Exit::Clean);
    }
    streams.remark(&format!("would fix {}", fixes.counted()));
    Ok(Exit::Findings)
}

/// Say on stderr what was done, and choose the exit code.
fn conclude(run: &Run, outcome: &Outcome, streams: &Streams) -> Exit {
    if let Some(exit) = run.show_faults(streams) {
        return exit;
    }
    let summary = outcome.summary;
    if summary.files == 0 {
        run.say_nothing(streams);
        return if run.is_by_name { Exit::Clean } else { Exit::Nothing };
    }
    run.show_notices(&outcome.notices, streams);
    streams.remark(&render::summary_line(&summary));
    if let Some(offer) = fixes::offer(outcome) {
        streams.remark(&offer);
    }
    let is_unchecked = summary.unmapped == summary.files;
    if let Some(remark) = unmapped(run).filter(|_| !is_unchecked) {
        streams.remark(&remark);
    }
    // Who asks for some rules asks for nothing else.
    let all_rules = run.place.settings.only.is_empty();
    let over_ratchet = all_rules && report::fails_ratchet(run, streams);
    if over_ratchet || fails(&summary, &run.place.settings) {
        return Exit::Findings;
    }
    if is_unchecked {
        run.say_no_kind(streams);
        return if run.is_by_name { Exit::Clean } else { Exit::Nothing };
    }
    Exit::Clean
}

/// The files without a kind of which nothing else is told, by name as long as they are few.
fn unmapped(run: &Run) -> Option<String> {
    const SHOWN: usize = 3;
    let is_silent = |own: &&FileReport| !own.has_kind && own.diagnostics.is_empty();
    let all: Vec<_> = run.reports().filter(is_silent).collect();
    if all.is_empty() {
        return None;
    }
    let shown = all.iter().take(SHOWN).map(|report| run.place.shown(&report.path));
    let mut names: Vec<_> = shown.collect();
    if all.len() > SHOWN {
        names.push(format!("{} more", all.len() - SHOWN));
    }
    Some(format!(
        "for {} only the syntax was checked, since no kind is known: {}\n  \
         help: `caveat schema which FILE` says why",
        counted(all.len(), "file"),
        names.join(", ")
    ))
}

fn fails(summary: &Summary, settings: &Settings) -> bool {
    let reached = match settings.fail_on.unwrap_or(Severity::Error) {
        Severity::Error => summary.errors,
        Severity::Warning => summary.errors + summary.warnings,
        Severity::Info => summary.errors + summary.warnings + summary.infos,
    };
    reached > 0 || settings.max_warnings.is_some_and(|most| summary.warnings > most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_threshold_decides() {
        let summary = Summary { warnings: 2, ..Summary::default() };
        let settings =
            |fail_on, max_warnings| Settings { fail_on, max_warnings, ..Settings::default() };
        assert!(!fails(&summary, &settings(None, None)));
        assert!(fails(&summary, &settings(Some(Severity::Warning), None)));
        assert!(fails(&summary, &settings(Some(Severity::Info), None)));
        assert!(fails(&summary, &settings(None, Some(1))));
        assert!(!fails(&summary, &settings(None, Some(2))));
    }
}
