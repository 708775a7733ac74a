//! `caveat baseline`: accept what is wrong now.

use super::Exit;
use super::accepted::{Accepted, found};
use super::args::{self, InputArguments, RuleArguments, SettingsArguments};
use super::failure::Failure;
use super::place::Place;
use super::run::Run;
use super::terminal::Streams;
use super::write;
use caveat::baseline;
use caveat::discover::Found;
use caveat::project::Outcome;
use caveat::render::sanitize;
use caveat::words::counted;
use std::path::PathBuf;

/// Accept what is wrong now, so that `caveat check` reports only what comes after
///
/// A run over some files or rules leaves what was accepted of the others as it is.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    input: InputArguments,
    /// File of the baseline; default: what `baseline` in the settings names, else caveat-baseline.jsonl beside them
    #[arg(long, value_name = "FILE", help_heading = "Baseline")]
    file: Option<PathBuf>,
    /// Take out what is gone, and accept nothing new
    #[arg(long, help_heading = "Baseline")]
    prune: bool,
    /// Why it is accepted, for whoever reads the file
    #[arg(long, value_name = "TEXT", conflicts_with = "prune", help_heading = "Baseline")]
    reason: Option<String>,
    #[command(flatten)]
    rules: RuleArguments,
    #[command(flatten)]
    settings: SettingsArguments,
}

pub fn run(arguments: &Arguments, streams: &Streams) -> Result<Exit, Failure> {
    let mut place = Place::new(&arguments.settings)?;
    place.select(&arguments.rules)?;
    place.settings.today = Some(args::today());
    place.settings.keep_claims = false;
    let found = found(&place, arguments.file.as_deref())?;
    let before = Accepted::read(&found, &place)?;
    if arguments.prune && before.is_none() {
        let message = format!("there is no baseline {} to prune", place.shown(&found.path));
        return Err(Failure::usage_with_help(message, "`caveat baseline` writes one"));
    }
    let before = before.map(|own| own.baseline).unwrap_or_default();
    let run = Run::new(place, &arguments.input, streams)?;
    if let Some(exit) = run.show_faults(streams) {
        return Ok(exit);
    }
    if run.reports().next().is_none() {
        run.say_nothing(streams);
        return Ok(Exit::Nothing);
    }
    let outcome = run.outcome();
    if outcome.summary.unmapped == outcome.summary.files {
        run.say_no_kind(streams);
        return Ok(Exit::Nothing);
    }
    let gone = run.gone(&before, &outcome);
    let mut after = before.without(&gone);
    if !arguments.prune {
        after.accept(&outcome);
    }
    if let Some(reason) = &arguments.reason {
        after.reason.clone_from(reason);
    }
    write::whole(&found.disk, after.to_text().as_bytes())
        .map_err(|error| write::cannot(&run.place.shown(&found.path), &error))?;
    let added = after.len() - (before.len() - gone.len());
    let changes = [(added, "new"), (gone.len(), "gone")];
    let changes = changes.iter().filter(|(count, _)| *count > 0 && !before.is_empty());
    let changes: Vec<_> = changes.map(|(count, what)| format!("{count} {what}")).collect();
    tell(after.len(), &changes, &found, &run, streams);
    if !arguments.prune {
        tell_of_refused(&outcome, streams);
    }
    Ok(Exit::Clean)
}

/// Say what was written, and what to do with it.
fn tell(count: usize, changes: &[String], found: &Found, run: &Run, streams: &Streams) {
    let Run { place, .. } = run;
    let path = place.shown(&found.path);
    let changes = match changes {
        [] => String::new(),
        some => format!(" ({})", some.join(", ")),
    };
    streams.remark(&format!("{} accepted in {path}{changes}", counted(count, "diagnostic")));
    let named = place.settings.baseline.as_ref();
    if named.is_none_or(|named| place.root.join(named) != found.disk) {
        let in_settings = sanitize::path(found.path.as_str());
        streams.remark(&format!(
            "  help: heed it with `caveat check --baseline {path}`, or always: put `baseline: {in_settings}` into \
             the settings"
        ));
    }
}

/// Say what cannot be accepted.
fn tell_of_refused(outcome: &Outcome, streams: &Streams) {
    let refused = outcome.diagnostics.iter().filter(|own| !baseline::is_acceptable(own)).count();
    if refused > 0 {
        streams.remark(&format!(
            "{} not accepted: of a file that is not checked to its end, nobody knows what else is wrong with it\n  \
             help: `caveat check` shows what to mend; `exclude` in the settings leaves a file alone",
            counted(refused, "diagnostic")
        ));
    }
}
