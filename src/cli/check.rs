//! `caveat check`: the main job.

use super::Exit;
use super::args::{InputArguments, RuleArguments, SettingsArguments, SeverityName};
use super::failure::Failure;
use super::run::{Place, Run};
use super::terminal::Streams;
use caveat::config::Settings;
use caveat::diagnostic::Severity;
use caveat::nearest::nearest;
use caveat::project::{Outcome, Summary};
use caveat::render::{self, OutputFormat, counted};
use std::fs;
use std::path::PathBuf;

/// Check files and print what is wrong with them
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    input: InputArguments,
    /// Form of the result on stdout
    #[arg(long, value_name = "FORMAT", help_heading = "Output", value_parser = format_names())]
    format: Option<String>,
    /// Also write the result in this form, to a file: `json=result.json`; may be repeated
    ///
    /// Without a file, the same as --format.
    #[arg(long, value_name = "FORMAT[=FILE]", help_heading = "Output", value_parser = output)]
    output: Vec<Output>,
    /// Severity from which the run fails; default: error
    #[arg(long, value_name = "SEVERITY", help_heading = "Result")]
    fail_on: Option<SeverityName>,
    /// Fail when there are more warnings than this
    #[arg(long, value_name = "N", help_heading = "Result")]
    max_warnings: Option<usize>,
    #[command(flatten)]
    rules: RuleArguments,
    /// Show every branch of a failed `oneOf` or `anyOf`, not the one that was meant
    #[arg(long, help_heading = "Rules")]
    all_branches: bool,
    #[command(flatten)]
    settings: SettingsArguments,
}

/// One of several results.
#[derive(Clone, Debug)]
struct Output {
    format: OutputFormat,
    /// `None` for stdout.
    file: Option<PathBuf>,
}

fn format_names() -> clap::builder::PossibleValuesParser {
    OutputFormat::ALL
        .iter()
        .map(|(name, _)| *name)
        .collect::<Vec<_>>()
        .into()
}

fn output(text: &str) -> Result<Output, String> {
    let (name, file) = match text.split_once('=') {
        Some((name, file)) => (name, Some(PathBuf::from(file))),
        None => (text, None),
    };
    let names = || OutputFormat::ALL.iter().map(|(name, _)| *name);
    let format = OutputFormat::from_name(name).ok_or_else(|| match nearest(name, names()) {
        Some(near) => format!("no such format; did you mean `{near}`?"),
        None => format!(
            "no such format; there are {}",
            names().collect::<Vec<_>>().join(", ")
        ),
    })?;
    match &file {
        Some(file) if file.as_os_str().is_empty() => Err("the file has no name".to_owned()),
        _ => Ok(Output { format, file }),
    }
}

pub fn run(arguments: &Arguments, streams: &Streams) -> Result<Exit, Failure> {
    let outputs = outputs(arguments)?;
    let mut place = Place::new(&arguments.settings)?;
    place.select(&arguments.rules);
    let settings = &mut place.settings;
    settings.all_branches = arguments.all_branches;
    settings.fail_on = arguments.fail_on.map(Severity::from).or(settings.fail_on);
    settings.max_warnings = arguments.max_warnings.or(settings.max_warnings);
    let run = Run::new(place, &arguments.input, streams)?;
    let outcome = run.project.resolve(|path| run.is_wanted(path));
    for output in &outputs {
        write(output, &outcome, &run, streams)?;
    }
    Ok(conclude(&run, &outcome, streams))
}

/// What to write where; one result at most goes to stdout.
fn outputs(arguments: &Arguments) -> Result<Vec<Output>, Failure> {
    let mut outputs = arguments.output.clone();
    let to_stdout = outputs
        .iter()
        .filter(|output| output.file.is_none())
        .count();
    let named = arguments
        .format
        .as_deref()
        .and_then(OutputFormat::from_name);
    if to_stdout + usize::from(named.is_some()) > 1 {
        return Err(Failure::usage_with_help(
            "two results would be mixed on stdout",
            "write one of them to a file: --output json=result.json",
        ));
    }
    if let Some(format) = named.or((to_stdout == 0).then_some(OutputFormat::Text)) {
        outputs.push(Output { format, file: None });
    }
    Ok(outputs)
}

fn write(output: &Output, outcome: &Outcome, run: &Run, streams: &Streams) -> Result<(), Failure> {
    let seen_from = run.place.seen_from();
    let Some(file) = &output.file else {
        let style = streams.style(&seen_from);
        return streams
            .print(|out| render::render(output.format, outcome, &run.sources, &style, out));
    };
    let style = streams.file_style(&seen_from);
    let mut bytes = Vec::new();
    render::render(output.format, outcome, &run.sources, &style, &mut bytes)
        .and_then(|()| fs::write(file, bytes))
        .map_err(|error| {
            Failure::usage(format!(
                "cannot write {}: {}",
                file.display(),
                caveat::discover::reason(&error)
            ))
        })
}

/// Say on stderr what was done, and choose the exit code.
fn conclude(run: &Run, outcome: &Outcome, streams: &Streams) -> Exit {
    for fault in &run.faults {
        streams.complain(fault);
    }
    if !run.faults.is_empty() {
        streams.complain("  help: nothing in your files should do this; please report it with a file that shows it");
        return Exit::Fault;
    }
    let summary = outcome.summary;
    if summary.files == 0 {
        streams.complain(&format!(
            "nothing was checked: {}",
            run.why_nothing.as_deref().unwrap_or("no file was found")
        ));
        return Exit::Nothing;
    }
    streams.remark(&render::summary_line(&summary));
    let without_kind = run.reports().filter(|report| !report.has_kind).count();
    if fails(&summary, &run.place.settings) {
        return Exit::Findings;
    }
    if without_kind == summary.files {
        streams.complain(NO_KIND);
        return Exit::Nothing;
    }
    if without_kind > 0 {
        let files = counted(without_kind, "file");
        streams.remark(&format!(
            "for {files} only the syntax was checked: no kind is known for them"
        ));
    }
    Exit::Clean
}

const NO_KIND: &str = "nothing but syntax was checked: no kind is known for any file\n  \
    help: put files into exercises/, quizzes/, resources/ or articles/, give them a `kind`, or list \
    `kinds` in the settings";

fn fails(summary: &Summary, settings: &Settings) -> bool {
    let reached = match settings.fail_on.unwrap_or(Severity::Error) {
        Severity::Error => summary.errors,
        Severity::Warning => summary.errors + summary.warnings,
        Severity::Info => summary.errors + summary.warnings + summary.infos,
    };
    reached > 0
        || settings
            .max_warnings
            .is_some_and(|most| summary.warnings > most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_threshold_decides() {
        let summary = Summary {
            warnings: 2,
            ..Summary::default()
        };
        let settings = |fail_on, max_warnings| Settings {
            fail_on,
            max_warnings,
            ..Settings::default()
        };
        assert!(!fails(&summary, &settings(None, None)));
        assert!(fails(&summary, &settings(Some(Severity::Warning), None)));
        assert!(fails(&summary, &settings(Some(Severity::Info), None)));
        assert!(fails(&summary, &settings(None, Some(1))));
        assert!(!fails(&summary, &settings(None, Some(2))));
    }

    #[test]
    fn outputs_are_a_format_and_maybe_a_file() {
        let json = output("json=a=b.json").expect("an output");
        assert_eq!(
            (json.format, json.file),
            (OutputFormat::Json, Some("a=b.json".into()))
        );
        assert_eq!(
            output("jsno").unwrap_err(),
            "no such format; did you mean `json`?"
        );
        assert!(output("json=").is_err());
    }
}
