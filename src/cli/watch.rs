//! `caveat check --watch`: check again whenever something changes.

use super::Exit;
use super::check::{self, Arguments};
use super::failure::Failure;
use super::inputs::Inputs;
use super::place::{self, CONTENT_FOLDER, Place};
use super::terminal::Streams;
use caveat::discover::{self, IGNORE_FILE_NAME};
use caveat::source::Format;
use caveat::words::counted;
use notify::event::{Event, EventKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

/// How long to wait for more of what is being saved.
const PAUSE: Duration = Duration::from_millis(50);

type Changes = Receiver<notify::Result<Event>>;

/// Check, and check again, until somebody ends the program.
pub fn run(arguments: &Arguments, streams: &Streams) -> Result<Exit, Failure> {
    refuse_stdin(arguments)?;
    let (sender, changes) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(sender).map_err(|error| cannot(&error))?;
    let mut watched = BTreeSet::new();
    let written = written(arguments)?;
    loop {
        // What changes from here on is seen, so that nothing is missed between two runs.
        watch(&mut watcher, &mut watched, folders(arguments, streams)?)?;
        if let Err(failure) = check::once(arguments, streams) {
            failure.show(streams);
        }
        streams.remark(&format!("watching {}; Ctrl-C ends", counted(watched.len(), "folder")));
        if !wait(&changes, &written) {
            return Ok(Exit::Clean);
        }
        streams.clear();
    }
}

/// What comes through a pipe comes once.
fn refuse_stdin(arguments: &Arguments) -> Result<(), Failure> {
    let input = &arguments.input;
    let mut named = input.paths.iter().chain(&input.files_from);
    match named.any(|path| path.as_os_str() == "-") {
        true => Err(Failure::usage("`--watch` is about files, and `-` is the standard input")),
        false => Ok(()),
    }
}

fn cannot(error: &notify::Error) -> Failure {
    Failure::usage_with_help(
        format!("cannot watch for changes: {error}"),
        "check without `--watch`",
    )
}

/// Files that we write ourselves.
fn written(arguments: &Arguments) -> Result<BTreeSet<PathBuf>, Failure> {
    let folder = place::working_folder()?;
    Ok(arguments.outputs().map(|file| discover::clean(file, &folder)).collect())
}

/// Watch these folders, and go on with those that were watched before: what was in them may come
/// back. One that is gone by now is none to watch.
fn watch(
    watcher: &mut RecommendedWatcher,
    watched: &mut BTreeSet<PathBuf>,
    wanted: BTreeSet<PathBuf>,
) -> Result<(), Failure> {
    watched.extend(wanted);
    watched.retain(|folder| folder.is_dir());
    // One that was removed and made again has the same name, and is another folder.
    for folder in watched.iter() {
        match watcher.watch(folder, RecursiveMode::NonRecursive) {
            Err(error) if folder.is_dir() => return Err(cannot(&error)),
            _ => {}
        }
    }
    Ok(())
}

/// The folders in which a change may change what is said: those of the files, up to the root, and
/// those of the settings, their schemas and the baseline.
fn folders(arguments: &Arguments, streams: &Streams) -> Result<BTreeSet<PathBuf>, Failure> {
    let working_folder = place::working_folder()?;
    let mut folders = BTreeSet::new();
    // That settings are broken is told by the run.
    let Ok(place) = Place::new(&arguments.settings) else {
        let file = place::settings_file(&arguments.settings.file, &working_folder).ok().flatten();
        folders.extend(file.as_deref().and_then(Path::parent).map(Path::to_owned));
        folders.insert(working_folder);
        return Ok(folders);
    };
    let inputs = Inputs::gather(&place, &arguments.input, &streams.quietly())?;
    let settings = &place.settings;
    let schemas = settings.mappings.iter().filter_map(|own| own.schema.as_ref());
    let named = schemas.chain(settings.schemas.values()).chain(&settings.baseline);
    let named = named.map(|path| place.root.join(path));
    for file in inputs.files.into_iter().map(|found| found.disk).chain(named) {
        let above = file.ancestors().skip(1);
        for folder in above.take_while(|folder| folder.starts_with(&place.root)) {
            if !folders.insert(folder.to_owned()) {
                break;
            }
        }
    }
    // These may be empty as yet.
    let asked = arguments.input.paths.iter().map(|path| discover::clean(path, &working_folder));
    folders.extend(asked);
    folders.extend([place.root.join(CONTENT_FOLDER), place.root, working_folder]);
    Ok(folders)
}

/// Wait until something has changed and nothing more does; `false` when nothing ever will.
fn wait(changes: &Changes, written: &BTreeSet<PathBuf>) -> bool {
    loop {
        match changes.recv() {
            Ok(Ok(event)) if !matters(&event, written) => {}
            Ok(_) => break,
            Err(_) => return false,
        }
    }
    while changes.recv_timeout(PAUSE).is_ok() {}
    true
}

/// Whether an event can change what is said.
fn matters(event: &Event, written: &BTreeSet<PathBuf>) -> bool {
    !matches!(event.kind, EventKind::Access(_))
        && event.paths.iter().any(|path| !written.contains(path) && is_read(path))
}

/// Whether a file of this name may be content, settings, a schema, or what tells which files are;
/// a folder may hold some.
fn is_read(path: &Path) -> bool {
    let name = path.file_name().and_then(OsStr::to_str).unwrap_or("");
    Format::of_name(name).is_some()
        || [IGNORE_FILE_NAME, ".gitignore"].contains(&name)
        || path.is_dir()
}
