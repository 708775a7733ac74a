//! `caveat baseline`: accept what is wrong now. And what `caveat check` does with it.

use super::Exit;
use super::args::{self, InputArguments, RuleArguments, SettingsArguments};
use super::failure::Failure;
use super::place::Place;
use super::run::Run;
use super::terminal::Streams;
use caveat::baseline::{self, Baseline, Entry};
use caveat::config;
use caveat::diagnostic::Diagnostic;
use caveat::discover::{self, Found};
use caveat::project::Outcome;
use caveat::render::{counted, sanitize};
use caveat::source::{FilePath, Format, SourceFile, reason};
use std::fs::{self, Permissions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

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

/// What is accepted, as a run reads it.
#[derive(Debug)]
pub struct Accepted {
    baseline: Baseline,
    pub file: Arc<SourceFile>,
}

impl Accepted {
    /// The baseline that the settings name, or the one that was typed.
    pub fn load(place: &Place, typed: Option<&Path>) -> Result<Option<Self>, Failure> {
        let named = place.settings.baseline.as_deref();
        if typed.is_none() && named.is_none() {
            return Ok(None);
        }
        let found = found(place, typed)?;
        if let Some(accepted) = Self::read(&found, place)? {
            return Ok(Some(accepted));
        }
        let message = format!("there is no baseline {}", shown(&found.path, place));
        let help = "`caveat baseline` writes it";
        match (&place.file, typed) {
            (Some((settings, origins)), None) => {
                let span = origins.get("baseline").copied().unwrap_or_default();
                let mut missing = Diagnostic::new("settings", settings.path.clone(), span, message);
                missing.label("named here").help(help);
                Err(Failure::Settings {
                    diagnostics: vec![missing],
                    files: vec![settings.clone()],
                    view: place.view(),
                })
            }
            _ => Err(Failure::usage_with_help(message, help)),
        }
    }

    /// `None` where there is no such file.
    fn read(found: &Found, place: &Place) -> Result<Option<Self>, Failure> {
        if matches!(found.disk.try_exists(), Ok(false)) {
            return Ok(None);
        }
        let file = discover::load(found, config::DEFAULT_MAX_FILE_BYTES).map_err(|why| {
            Failure::usage(format!("baseline {}: {}", shown(&found.path, place), why.message))
        })?;
        let file = Arc::new(file);
        match Baseline::parse(&file) {
            Ok(baseline) => Ok(Some(Self { baseline, file })),
            Err(wrong) => Err(Failure::Settings {
                diagnostics: vec![*wrong],
                files: vec![file],
                view: place.view(),
            }),
        }
    }

    pub fn hide(&self, outcome: &mut Outcome) {
        self.baseline.hide(outcome);
    }

    /// What is to be said of accepted diagnostics that are gone; `None` when none is, as far as the run can know.
    pub fn notice(&self, run: &Run, outcome: &Outcome) -> Option<Diagnostic> {
        baseline::notice(&self.file, &gone(&self.baseline, run, outcome))
    }
}

pub fn run(arguments: &Arguments, streams: &Streams) -> Result<Exit, Failure> {
    let mut place = Place::new(&arguments.settings)?;
    place.select(&arguments.rules)?;
    place.settings.today = Some(args::today());
    place.settings.keep_claims = false;
    let found = found(&place, arguments.file.as_deref())?;
    let before = Accepted::read(&found, &place)?;
    if arguments.prune && before.is_none() {
        let message = format!("there is no baseline {} to prune", shown(&found.path, &place));
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
    let gone = gone(&before, &run, &outcome);
    let mut after = before.without(&gone);
    if !arguments.prune {
        after.accept(&outcome);
    }
    if let Some(reason) = &arguments.reason {
        after.reason.clone_from(reason);
    }
    write(&found.disk, &after.to_text()).map_err(|error| {
        let path = shown(&found.path, &run.place);
        Failure::usage(format!("cannot write {path}: {}", reason(&error)))
    })?;
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

/// Write a file beside the one that is there and then in its place, so that no failure leaves half of it.
fn write(disk: &Path, text: &str) -> io::Result<()> {
    // A link stays one.
    let disk = fs::canonicalize(disk).unwrap_or_else(|_| disk.to_owned());
    let old = fs::metadata(&disk).map(|own| own.permissions()).ok();
    if old.as_ref().is_some_and(Permissions::readonly) {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let draft = disk.with_extension(format!("{}.draft", std::process::id()));
    let mut written = fs::write(&draft, text);
    if let Some(old) = old {
        written = written.and_then(|()| fs::set_permissions(&draft, old));
    }
    written.and_then(|()| fs::rename(&draft, &disk)).inspect_err(|_| {
        let _ = fs::remove_file(&draft);
    })
}

/// What a run shows to be gone.
fn gone<'b>(baseline: &'b Baseline, run: &Run, outcome: &Outcome) -> Vec<&'b Entry> {
    baseline.gone(outcome, &run.place.settings, |path| run.is_wanted(path))
}

/// Say what was written, and what to do with it.
fn tell(count: usize, changes: &[String], found: &Found, run: &Run, streams: &Streams) {
    let Run { place, .. } = run;
    let path = shown(&found.path, place);
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
            "{} not accepted: of a file that is not read to its end, nobody knows what else is wrong with it\n  \
             help: `caveat check` shows what to mend; `exclude` in the settings leaves a file alone",
            counted(refused, "diagnostic")
        ));
    }
}

/// Where the baseline is.
fn found(place: &Place, typed: Option<&Path>) -> Result<Found, Failure> {
    let found = match typed {
        Some(typed) => place.found(typed),
        None => {
            let named = place.settings.baseline.as_deref().unwrap_or(baseline::FILE_NAME);
            Found::new(place.root.join(named), &place.root)
        }
    };
    if Format::of_name(found.path.file_name()).is_some() {
        return Err(Failure::usage_with_help(
            format!("{} would be taken for content", shown(&found.path, place)),
            format!("give the baseline another name, such as {}", baseline::FILE_NAME),
        ));
    }
    Ok(found)
}

fn shown(path: &FilePath, place: &Place) -> String {
    sanitize::path(&place.view().shown(path.as_str())).into_owned()
}
