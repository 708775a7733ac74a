//! `caveat rename`: another id for a record, wherever it is named.

use super::Exit;
use super::args::{InputArguments, SettingsArguments};
use super::failure::Failure;
use super::fixes::Fixes;
use super::place::Place;
use super::run::Run;
use super::schema::no_such;
use super::terminal::Streams;
use caveat::diagnostic::Edit;
use caveat::mentions::{self, RenameError};
use caveat::nearest::nearest;
use caveat::words::counted;
use std::collections::BTreeSet;

/// Give a record another id, wherever it is named
///
/// In the record itself, and in every field and citation of the project that means it. Nothing is
/// written unless all of it can be.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Id as it is
    #[arg(value_name = "ID")]
    old: String,
    /// Id as it is to be
    #[arg(value_name = "NEW")]
    new: String,
    /// Kind of the record, where records of several kinds have the id
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// Print what would change, and change nothing
    #[arg(long)]
    diff: bool,
    #[command(flatten)]
    settings: SettingsArguments,
}

pub fn run(arguments: &Arguments, streams: &Streams) -> Result<Exit, Failure> {
    let Arguments { old, new, .. } = arguments;
    let place = Place::new(&arguments.settings)?;
    let mut run = Run::new(place, &InputArguments::default(), streams)?;
    let kind = match &arguments.kind {
        Some(name) => {
            let kinds = run.engine.catalogue().kinds();
            let names: Vec<_> = kinds.iter().map(|kind| kind.name().to_owned()).collect();
            let known = kinds.into_iter().find(|kind| kind.name() == name);
            Some(known.ok_or_else(|| no_such("kind", name, &names))?)
        }
        None => None,
    };
    let edits = mentions::rename(&run.project, &run.sources, old, kind.as_ref(), new)
        .map_err(|why| refused(&run, old, &why))?;
    let told = told(old, new, &edits);
    let fixes = Fixes::of_edits(&mut run, &told, edits).map_err(|path| {
        let shown = run.place.shown(&path);
        Failure::usage(format!("{shown} could not be read any more with `{new}`"))
    })?;
    if arguments.diff {
        streams.print(|out| fixes.show(&run, out))?;
        streams.remark(&format!("would rename {told}"));
        return Ok(Exit::Findings);
    }
    fixes.write(&run, streams)?;
    streams.remark(&format!("renamed {told}"));
    Ok(Exit::Clean)
}

/// "`a` to `b` at 3 places in 2 files".
fn told(old: &str, new: &str, edits: &[Edit]) -> String {
    let files: BTreeSet<_> = edits.iter().map(|edit| &edit.path).collect();
    let (places, files) = (counted(edits.len(), "place"), counted(files.len(), "file"));
    format!("`{old}` to `{new}` at {places} in {files}")
}

/// Why not, and what to do.
fn refused(run: &Run, old: &str, why: &RenameError) -> Failure {
    let message = why.to_string();
    match why {
        RenameError::Unknown(_) => {
            let definitions = run.project.reports().flat_map(|own| &own.facts.definitions);
            match nearest(old, definitions.map(|own| &*own.id)) {
                Some(near) => Failure::usage_with_help(message, format!("did you mean `{near}`?")),
                None => Failure::usage(message),
            }
        }
        RenameError::Several(_) => Failure::usage_with_help(message, "say which with `--kind`"),
        _ => Failure::usage(message),
    }
}
