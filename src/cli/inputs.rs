//! The files of a run: arguments, settings and folders in, a sorted list out.

use super::args::InputArguments;
use super::failure::Failure;
use super::place::{CONTENT_FOLDER, Place};
use super::terminal::Streams;
use caveat::config::{FILE_NAMES, Globs, Settings};
use caveat::discover::{self, Found, Unreadable};
use caveat::model::ContentKind;
use caveat::project::FileReport;
use caveat::render::sanitize;
use caveat::source::{FilePath, Format, SourceFile, reason};
use caveat::words::counted;
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The files of a run.
#[derive(Debug, Default)]
pub struct Inputs {
    /// Sorted, each once.
    pub files: Vec<Found>,
    pub wanted: Option<BTreeSet<FilePath>>,
    /// Folders that were named: what lies in them is asked for, whether it is read or not.
    pub folders: Vec<FilePath>,
    pub stdin: Option<Arc<SourceFile>>,
    /// What was found and cannot be read.
    pub unreadable: Vec<FileReport>,
    pub why_nothing: Option<String>,
    /// Whether files were named, and no folders: then it is no fault that there is nothing to check in them.
    pub is_by_name: bool,
    /// Named files that were left out because of `--force-exclude`.
    excluded: usize,
}

impl Inputs {
    /// The files that were asked for, and those around them whose ids they may refer to.
    pub fn gather(
        place: &Place,
        arguments: &InputArguments,
        streams: &Streams,
    ) -> Result<Self, Failure> {
        let paths = asked_paths(place, arguments)?;
        if paths.is_empty() && arguments.files_from.is_none() {
            let mut inputs = Self::default();
            inputs.add_project(place);
            if inputs.files.is_empty() {
                inputs.why_nothing = Some(why_nothing(place));
            }
            return Ok(inputs);
        }
        let mut inputs = Self::of_paths(place, &paths, arguments, streams)?;
        if inputs.why_nothing.is_none() {
            inputs.add_context(place, &paths, arguments);
            inputs.sort();
        }
        Ok(inputs)
    }

    /// The files that were asked for, and no others.
    pub fn asked(
        place: &Place,
        arguments: &InputArguments,
        streams: &Streams,
    ) -> Result<Self, Failure> {
        Self::of_paths(place, &asked_paths(place, arguments)?, arguments, streams)
    }

    fn of_paths(
        place: &Place,
        paths: &[PathBuf],
        arguments: &InputArguments,
        streams: &Streams,
    ) -> Result<Self, Failure> {
        let mut inputs = Self::default();
        inputs.add_paths(place, paths, arguments, streams)?;
        let files = inputs.files.iter().map(|found| &found.path);
        let unreadable = inputs.unreadable.iter().map(|report| &report.path);
        let asked: BTreeSet<_> = files.chain(unreadable).cloned().collect();
        if asked.is_empty() {
            inputs.is_by_name &= inputs.excluded > 0;
            inputs.why_nothing = Some(match inputs.is_by_name {
                true => "`exclude` names every file".to_owned(),
                false => nothing_in(paths, arguments.files_from.is_some()),
            });
        }
        inputs.wanted = Some(asked);
        inputs.sort();
        Ok(inputs)
    }

    fn sort(&mut self) {
        self.files.sort();
        self.files.dedup_by(|a, b| a.path == b.path);
    }

    /// The text of one of the files.
    pub fn load(&self, found: &Found, max_bytes: u64) -> Result<SourceFile, Unreadable> {
        match &self.stdin {
            Some(stdin) if self.is_stdin(found) => Ok(SourceFile::clone(stdin)),
            _ => discover::load(found, max_bytes),
        }
    }

    /// Whether the standard input stands for the file.
    pub fn is_stdin(&self, found: &Found) -> bool {
        self.stdin.as_ref().is_some_and(|stdin| stdin.path == found.path)
    }

    /// Everything that belongs to the project.
    fn add_project(&mut self, place: &Place) {
        let include = &place.settings.include;
        let folders = if !include.is_empty() {
            let folders = include.folders().into_iter().map(|folder| place.root.join(folder));
            folders.map(|own| if own.is_file() { parent(own) } else { own }).collect()
        } else if place.root.join(CONTENT_FOLDER).is_dir() {
            vec![place.root.join(CONTENT_FOLDER)]
        } else {
            vec![place.root.clone()]
        };
        self.walk(place, &outermost(folders), include);
    }

    fn walk(&mut self, place: &Place, folders: &[PathBuf], include: &Globs) {
        let folders: Vec<_> = folders.iter().filter(|folder| folder.is_dir()).cloned().collect();
        let (files, errors) =
            discover::walk(&folders, &place.root, include, &place.settings.exclude);
        self.files.extend(files);
        for error in errors {
            let found = Found::new(error.disk, &place.root);
            let message = format!("the folder cannot be read: {}", error.reason);
            self.unreadable.push(Unreadable::new(message).into_report(found.path));
        }
    }

    fn add_paths(
        &mut self,
        place: &Place,
        paths: &[PathBuf],
        arguments: &InputArguments,
        streams: &Streams,
    ) -> Result<(), Failure> {
        let mut folders = Vec::new();
        let mut missing = Vec::new();
        self.is_by_name = true;
        for path in paths {
            if path.as_os_str() == "-" {
                // Named twice, it is there once.
                if self.stdin.is_none() {
                    self.read_stdin(place, arguments)?;
                }
                continue;
            }
            let found = place.found(path);
            match fs::metadata(&found.disk) {
                Ok(metadata) if metadata.is_dir() => {
                    self.is_by_name = false;
                    self.folders.push(found.path);
                    folders.push(found.disk);
                }
                Ok(_) if arguments.force_exclude && place.settings.exclude.matches(&found.path) => {
                    self.excluded += 1;
                }
                Ok(_) => self.add_file(found, streams),
                Err(error)
                    if error.kind() == io::ErrorKind::NotFound && !found.disk.is_symlink() =>
                {
                    if !self.add_matches(place, &found) {
                        missing.push(path);
                    }
                }
                // It is there; `load` will say what is wrong with it.
                Err(_) => self.files.push(found),
            }
        }
        if let [first, others @ ..] = missing.as_slice() {
            let more = if others.is_empty() {
                String::new()
            } else {
                format!(", and {}", counted(others.len(), "other path"))
            };
            return Err(Failure::usage(format!(
                "no such file or folder: {}{more}",
                first.display()
            )));
        }
        self.walk(place, &outermost(folders), &Globs::default());
        Ok(())
    }

    /// The files that a path with `*` in it matches, which a shell has left to us; whether there are any.
    fn add_matches(&mut self, place: &Place, found: &Found) -> bool {
        let pattern = found.path.as_str();
        // Without the slash before it, a lone name would match in every folder.
        let globs = Globs::new([format!("/{pattern}")]).ok().filter(|_| pattern.contains('*'));
        let Some(globs) = globs else { return false };
        let folders: Vec<_> =
            globs.folders().into_iter().map(|folder| place.root.join(folder)).collect();
        let before = self.files.len();
        self.is_by_name = false;
        self.walk(place, &folders, &globs);
        self.files.len() > before
    }

    fn add_file(&mut self, found: Found, streams: &Streams) {
        if Format::of_name(found.path.file_name()).is_some() {
            self.files.push(found);
        } else {
            let known: Vec<_> =
                Format::EXTENSIONS.iter().map(|(name, _)| format!(".{name}")).collect();
            let path = sanitize::path(found.path.as_str()).into_owned();
            streams.complain(&format!(
                "warning: {path} is left out: no format of {}",
                known.join(" ")
            ));
        }
    }

    fn read_stdin(&mut self, place: &Place, arguments: &InputArguments) -> Result<(), Failure> {
        let Some(name) = &arguments.stdin_filename else {
            return Err(Failure::usage_with_help(
                "the standard input has no name",
                "--stdin-filename tells its format and its place in the project",
            ));
        };
        let found = place.found(name);
        let Some(format) = Format::of_name(found.path.file_name()) else {
            return Err(Failure::usage(format!(
                "{} has no extension of a known format",
                name.display()
            )));
        };
        let max_bytes = place.settings.max_file_bytes;
        match discover::read(io::stdin().lock(), found.path.clone(), format, max_bytes) {
            Ok(file) => {
                self.stdin = Some(Arc::new(file));
                self.files.push(found);
            }
            Err(unreadable) => self.unreadable.push(unreadable.into_report(found.path)),
        }
        Ok(())
    }

    /// The files around those that were asked for, whose ids they may refer to: all of the project
    /// when there are settings, else all of the `content/` folder above each, else the folders of the kinds beside
    /// the one that each is in.
    fn add_context(&mut self, place: &Place, paths: &[PathBuf], arguments: &InputArguments) {
        if place.file.is_some() || place.root.join(CONTENT_FOLDER).is_dir() {
            self.add_project(place);
            return;
        }
        // The name of the standard input stands for its path.
        let named = arguments.stdin_filename.iter().chain(paths);
        let folders = named.flat_map(|path| around(&discover::clean(path, &place.working_folder)));
        self.walk(place, &outermost(folders.collect()), &Globs::default());
    }
}

fn parent(mut path: PathBuf) -> PathBuf {
    path.pop();
    path
}

/// A text that an editor holds, when a run over the project would look at its file.
pub fn text_of(place: &Place, disk: &Path, text: &str) -> Option<SourceFile> {
    let Found { path, .. } = Found::new(disk.to_owned(), &place.root);
    let format = Format::of_name(path.file_name())?;
    let Settings { include, exclude, .. } = &place.settings;
    let is_in_folder = !include.is_empty()
        || !place.root.join(CONTENT_FOLDER).is_dir()
        || path.folders().next() == Some(CONTENT_FOLDER);
    let is_of_run = disk.starts_with(&place.root)
        && is_in_folder
        && (include.is_empty() || include.matches(&path))
        && !exclude.matches(&path)
        && !FILE_NAMES.contains(&path.file_name());
    is_of_run.then(|| SourceFile::new(path, text, format))
}

/// The folders whose files belong to the one at `path`, as their names tell.
fn around(path: &Path) -> Vec<PathBuf> {
    let above = |names: &[&str]| {
        path.ancestors().find(|folder| {
            folder
                .file_name()
                .and_then(|name| name.to_str())
                .is_some_and(|name| names.contains(&name))
        })
    };
    let kinds: Vec<_> = ContentKind::BUILT_IN.iter().filter_map(ContentKind::folder).collect();
    if let Some(content) = above(&[CONTENT_FOLDER]) {
        return vec![content.to_owned()];
    }
    let beside = above(&kinds).and_then(Path::parent);
    beside.map_or(Vec::new(), |parent| kinds.iter().map(|kind| parent.join(kind)).collect())
}

/// Folders without those that lie in another one.
fn outermost(mut folders: Vec<PathBuf>) -> Vec<PathBuf> {
    folders.sort();
    folders.dedup();
    let all = folders.clone();
    folders.retain(|folder| !all.iter().any(|other| other != folder && folder.starts_with(other)));
    folders
}

/// The paths of the arguments; the working folder for who stands inside of content.
fn asked_paths(place: &Place, arguments: &InputArguments) -> Result<Vec<PathBuf>, Failure> {
    let mut paths = arguments.paths.clone();
    if arguments.stdin_filename.is_some() && !paths.iter().any(|path| path.as_os_str() == "-") {
        return Err(Failure::usage_with_help(
            "--stdin-filename names the standard input, which is not among the paths",
            "add `-` to read it",
        ));
    }
    if let Some(list) = &arguments.files_from {
        paths.extend(listed_paths(list)?);
    } else if paths.is_empty() && place.is_inside_content() {
        paths.push(PathBuf::from("."));
    }
    Ok(paths)
}

fn listed_paths(list: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut text = String::new();
    let read = if list.as_os_str() == "-" {
        io::stdin().lock().read_to_string(&mut text)
    } else {
        fs::File::open(list).and_then(|mut file| file.read_to_string(&mut text))
    };
    read.map_err(|error| {
        Failure::usage(format!("cannot read {}: {}", list.display(), reason(&error)))
    })?;
    Ok(text.lines().filter(|line| !line.is_empty()).map(PathBuf::from).collect())
}

fn why_nothing(place: &Place) -> String {
    let include = place.settings.include.patterns();
    if !include.is_empty() {
        return format!("no file matches `include`: {}", include.join(", "));
    }
    if place.root.join(CONTENT_FOLDER).is_dir() {
        return "no file caveat reads is in content/".to_owned();
    }
    "no file caveat reads is in this folder".to_owned()
}

fn nothing_in(paths: &[PathBuf], from_list: bool) -> String {
    match paths {
        [] if from_list => "the list of files is empty".to_owned(),
        [path] => format!("no file caveat reads is in {}", path.display()),
        _ => "no file caveat reads is in these paths".to_owned(),
    }
}
