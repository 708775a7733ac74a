//! `caveat report`: the evidence report.

use super::Exit;
use super::args::{self, InputArguments, Output, SettingsArguments};
use super::failure::Failure;
use super::place::Place;
use super::run::Run;
use super::terminal::Streams;
use caveat::facts::ProjectFacts;
use caveat::project::FileReport;
use caveat::report::{self, Changes, OldReport, Report, ReportFormat, ReportStyle, Reported, Row};
use caveat::words::counted;
use std::fs;
use std::path::{Path, PathBuf};

/// Report which claims rest on which sources
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    input: InputArguments,
    /// Form of the report on stdout
    #[arg(long, value_name = "FORMAT", help_heading = "Output", value_parser = format_names())]
    format: Option<String>,
    /// Also write the report in this form, to a file: `html=report.html`; may be repeated
    ///
    /// Without a file, the same as --format.
    #[arg(long, value_name = "FORMAT[=FILE]", help_heading = "Output", value_parser = output)]
    output: Vec<Output<ReportFormat>>,
    /// Also list sentences that need no source
    #[arg(long, help_heading = "Output")]
    all_sentences: bool,
    /// What links to files begin with, such as the address of a repository's files
    #[arg(
        long,
        value_name = "URL",
        default_value = "",
        hide_default_value = true,
        help_heading = "Output"
    )]
    link_base: String,
    /// Show what is new, resolved and moved since an earlier report (made with --format json)
    #[arg(long, value_name = "FILE", help_heading = "Result")]
    since_report: Option<PathBuf>,
    /// Fail when more claims than this have no source
    #[arg(long, value_name = "N", help_heading = "Result")]
    ratchet: Option<usize>,
    /// Tell, for the sentences on one line, every reason, citation, and the outcome
    #[arg(long, value_name = "FILE:LINE", conflicts_with_all = ["paths", "files_from", "format", "output", "since_report"], value_parser = file_and_line)]
    why: Option<(PathBuf, u32)>,
    #[command(flatten)]
    settings: SettingsArguments,
}

fn format_names() -> clap::builder::PossibleValuesParser {
    ReportFormat::ALL.iter().map(|(name, _)| *name).collect::<Vec<_>>().into()
}

fn output(text: &str) -> Result<Output<ReportFormat>, String> {
    args::output(text, ReportFormat::ALL)
}

fn file_and_line(text: &str) -> Result<(PathBuf, u32), String> {
    let parts = text.rsplit_once(':').and_then(|(file, line)| Some((file, line.parse().ok()?)));
    match parts {
        Some((file, line)) if !file.is_empty() && line > 0 => Ok((file.into(), line)),
        _ => Err("write it as FILE:LINE, such as content/articles/knees.md:12".to_owned()),
    }
}

pub fn run(arguments: &Arguments, streams: &Streams) -> Result<Exit, Failure> {
    if let Some((file, line)) = &arguments.why {
        return why(file, *line, arguments, streams);
    }
    let format = arguments.format.as_deref().and_then(ReportFormat::from_name);
    let outputs = args::outputs(format, &arguments.output, ReportFormat::Text)?;
    let old = arguments.since_report.as_deref().map(old_report).transpose()?;
    let mut place = Place::new(&arguments.settings)?;
    place.settings.all_sentences = arguments.all_sentences;
    place.settings.keep_cues = true;
    place.settings.ratchet = arguments.ratchet.or(place.settings.ratchet);
    let run = Run::new(place, &arguments.input, streams)?;
    let mut report = evidence(&run);
    report.changes = old.map(|old| Changes::between(&old, &report));
    let view = run.place.view();
    for output in &outputs {
        output.write(streams, |to_file, out| {
            let style = ReportStyle {
                text: if to_file { streams.file_style(&view) } else { streams.style(&view) },
                link_base: arguments.link_base.clone(),
                all_sentences: arguments.all_sentences,
            };
            report::write(&report, output.format, &style, out)
        })?;
    }
    Ok(conclude(&run, &report, streams))
}

fn evidence(run: &Run) -> Report {
    let facts = ProjectFacts::new(run.project.reports().map(|own| (&own.path, &own.facts)));
    Report::new(&facts, &run.sources, |path| run.is_wanted(path))
}

fn conclude(run: &Run, report: &Report, streams: &Streams) -> Exit {
    if let Some(exit) = run.show_faults(streams) {
        return exit;
    }
    let files = run.reports().count();
    if files == 0 {
        run.say_nothing(streams);
        return Exit::Nothing;
    }
    run.show_notices(&run.notices(), streams);
    let is_unreadable =
        |own: &FileReport| own.diagnostics.iter().any(|own| own.rule == "engine/unreadable");
    let (unreadable, unread): (Vec<_>, Vec<_>) =
        run.reports().filter(|own| !own.has_kind).partition(|own| is_unreadable(own));
    let mut remark = format!("looked at {}", counted(files, "file"));
    if !unread.is_empty() {
        remark.push_str(&format!(", {} of them without a kind and not read", unread.len()));
    }
    if !unreadable.is_empty() {
        let those = if unread.is_empty() { "of them " } else { "" };
        remark.push_str(&format!(", {} {those}unreadable", unreadable.len()));
    }
    streams.remark(&remark);
    if !unreadable.is_empty() {
        streams.remark("  help: `caveat check` says what is wrong with files that cannot be read");
    }
    if exceeds_ratchet(run, report, streams) {
        return Exit::Findings;
    }
    let open = report.open().count();
    if let Some(most) = run.place.settings.ratchet.filter(|most| open < *most)
        && run.is_whole_project()
    {
        streams.remark(&format!("`ratchet` can be lowered from {most} to {open}"));
    }
    Exit::Clean
}

/// Whether more claims have no source than the settings allow; says so. A part of the project cannot
/// have more than the whole.
fn exceeds_ratchet(run: &Run, report: &Report, streams: &Streams) -> bool {
    let open = report.open().count();
    let Some(most) = run.place.settings.ratchet.filter(|most| open > *most) else { return false };
    let claims = counted(open, "claim");
    streams.complain(&format!("{claims} without a source, and `ratchet` allows {most}"));
    true
}

/// The same for a run that makes no report.
pub fn fails_ratchet(run: &Run, streams: &Streams) -> bool {
    run.place.settings.ratchet.is_some() && exceeds_ratchet(run, &evidence(run), streams)
}

fn old_report(file: &Path) -> Result<OldReport, Failure> {
    let text = fs::read_to_string(file).map_err(|error| {
        let reason = caveat::source::reason(&error);
        Failure::usage(format!("cannot read {}: {reason}", file.display()))
    })?;
    OldReport::read(&text).map_err(|reason| {
        let message = format!("{} is no report: {reason}", file.display());
        Failure::usage_with_help(message, "make one with `caveat report --format json`")
    })
}

fn why(file: &Path, line: u32, arguments: &Arguments, streams: &Streams) -> Result<Exit, Failure> {
    let mut place = Place::new(&arguments.settings)?;
    place.settings.all_sentences = true;
    place.settings.keep_cues = true;
    let input = InputArguments {
        paths: vec![file.to_owned()],
        threads: arguments.input.threads,
        ..InputArguments::default()
    };
    let run = Run::new(place, &input, streams)?;
    if let Some(exit) = run.show_faults(streams) {
        return Ok(exit);
    }
    let report = evidence(&run);
    let outcome = run.outcome();
    let reported = |row: &Row| -> Vec<Reported> {
        let on_row = outcome.diagnostics.iter().filter(|judged| {
            let diagnostic = &judged.diagnostic;
            let primary = &diagnostic.primary;
            diagnostic.rule.starts_with("claim/")
                && primary.path == row.path
                && primary.span.start < row.span.end
                && row.span.start < primary.span.end
        });
        on_row
            .map(|own| Reported { rule: own.diagnostic.rule, severity: own.severity.as_str() })
            .collect()
    };
    let here = |row: &&Row| (row.start.line..=row.end.line).contains(&line);
    let texts: Vec<_> =
        report.rows.iter().filter(here).map(|row| report::explain(row, &reported(row))).collect();
    if texts.is_empty() {
        streams.complain(&format!("no sentence on line {line} of {} is judged", file.display()));
        return Ok(Exit::Nothing);
    }
    streams.print(|out| out.write_all(texts.join("\n").as_bytes()))?;
    Ok(Exit::Clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_file_and_a_line() {
        assert_eq!(file_and_line("a:b.md:12"), Ok(("a:b.md".into(), 12)));
        assert!(file_and_line("a.md").is_err());
        assert!(file_and_line("a.md:0").is_err());
        assert!(file_and_line(":3").is_err());
    }
}
