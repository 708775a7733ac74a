//! From arguments to an analysed project: settings, files, reading, rules.

use super::Exit;
use super::args::{InputArguments, RuleArguments, SettingsArguments};
use super::failure::{self, Failure};
use super::terminal::Streams;
use caveat::config::{self, Globs, Settings};
use caveat::diagnostic::{Confidence, Diagnostic, Identity, Label};
use caveat::discover::{self, Found, Unreadable};
use caveat::model::ContentKind;
use caveat::project::{Engine, FileReport, Project};
use caveat::render::{Sources, View, counted, sanitize};
use caveat::rule::Profile;
use caveat::schema::SchemaError;
use caveat::source::{FilePath, Format, SourceFile};
use rayon::prelude::*;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap, VecDeque};
use std::fs;
use std::io::{self, Read};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Folder that is checked when nothing says what to check.
const CONTENT_FOLDER: &str = "content";
/// Content nests no deeper than `syntax::MAX_DEPTH`, and rules may recurse over it.
const STACK_BYTES: usize = 16 << 20;

/// The settings of a run and where it stands.
#[derive(Debug)]
pub struct Place {
    pub working_folder: PathBuf,
    /// Folder that paths are relative to: that of the settings file, else the working folder.
    pub root: PathBuf,
    pub settings: Settings,
    /// The settings file, when there is one, and where each setting stands in it.
    pub file: Option<(Arc<SourceFile>, config::Origins)>,
}

impl Place {
    /// Find and read the settings.
    pub fn new(arguments: &SettingsArguments) -> Result<Self, Failure> {
        let working_folder = std::env::current_dir().map_err(|error| {
            Failure::usage(format!(
                "the working folder cannot be used: {}",
                discover::reason(&error)
            ))
        })?;
        let mut place = match settings_file(arguments, &working_folder)? {
            Some(disk) => Self::with_file(working_folder, disk)?,
            None => {
                let root = root_without_settings(&working_folder).to_owned();
                let settings = Settings { root: root.clone(), ..Settings::default() };
                Self { working_folder, root, settings, file: None }
            }
        };
        if let Some(profile) = arguments.profile.as_deref().and_then(Profile::from_name) {
            place.settings.profile = profile;
        }
        Ok(place)
    }

    fn with_file(working_folder: PathBuf, disk: PathBuf) -> Result<Self, Failure> {
        let root = disk.parent().unwrap_or(&disk).to_owned();
        let found = Found::new(disk, &root);
        let unreadable = |why: Unreadable| {
            Failure::usage(format!("settings {}: {}", found.disk.display(), why.message))
        };
        let mut file =
            discover::load(&found, config::DEFAULT_MAX_FILE_BYTES).map_err(unreadable)?;
        // `--config` takes a file of any name.
        file.format = Format::Yaml;
        let file = Arc::new(file);
        let (mut settings, origins) = config::parse_with_origins(&file).map_err(|diagnostics| {
            let view = View::new(&root, &working_folder);
            Failure::Settings { diagnostics, files: vec![file.clone()], view }
        })?;
        settings.root.clone_from(&root);
        Ok(Self { working_folder, root, settings, file: Some((file, origins)) })
    }

    /// A schema that cannot be used, shown at its place.
    pub fn schema_failure(&self, error: &SchemaError) -> Failure {
        let found = Found { path: error.path.clone(), disk: self.root.join(error.path.as_str()) };
        let file = discover::load(&found, self.settings.max_file_bytes).ok().map(Arc::new);
        let diagnostic = Diagnostic {
            rule: "schema",
            kind: None,
            message: error.message.clone(),
            primary: Label {
                path: error.path.clone(),
                span: error.span.unwrap_or_default(),
                message: "".into(),
            },
            related: Vec::new(),
            notes: Vec::new(),
            help: error.help.clone().map(Into::into),
            fix: None,
            confidence: Confidence::High,
            identity: Identity::default(),
        };
        Failure::Settings {
            diagnostics: vec![diagnostic],
            files: file.into_iter().collect(),
            view: self.view(),
        }
    }

    /// From where paths are shown.
    pub fn view(&self) -> View {
        View::new(&self.root, &self.working_folder)
    }

    /// Whether there are no settings and one stands below the root.
    fn is_inside_content(&self) -> bool {
        self.file.is_none() && self.root != self.working_folder
    }

    pub fn found(&self, path: &Path) -> Found {
        Found::new(discover::clean(path, &self.working_folder), &self.root)
    }

    /// Set which rules run.
    pub fn select(&mut self, rules: &RuleArguments) {
        self.settings.only.clone_from(&rules.only);
        self.settings.skip.clone_from(&rules.skip);
    }
}

/// The working folder, but above the folders whose names say what lies in them: who stands in
/// `content/quizzes` checks quizzes.
fn root_without_settings(working_folder: &Path) -> &Path {
    let telling = |folder: &&Path| {
        let name = folder.file_name().and_then(|name| name.to_str());
        let kinds = ContentKind::BUILT_IN.iter().map(ContentKind::folder);
        name.is_some() && kinds.chain([Some(CONTENT_FOLDER)]).any(|own| own == name)
    };
    let topmost = working_folder.ancestors().filter(telling).last();
    topmost.and_then(Path::parent).unwrap_or(working_folder)
}

fn settings_file(
    arguments: &SettingsArguments,
    working_folder: &Path,
) -> Result<Option<PathBuf>, Failure> {
    if arguments.no_config {
        return Ok(None);
    }
    match &arguments.config {
        Some(file) => Ok(Some(discover::clean(file, working_folder))),
        None => match config::locate(working_folder) {
            Ok(located) => Ok(located.map(|located| located.file)),
            Err(error) => Err(Failure::usage(error.to_string())),
        },
    }
}

/// A project with all its files looked at.
#[derive(Debug)]
pub struct Run {
    pub place: Place,
    pub project: Project,
    pub sources: DiskSources,
    /// The files that were asked for; `None` for all.
    wanted: Option<BTreeSet<FilePath>>,
    /// Files that a fault of ours kept from being looked at.
    faults: Vec<String>,
    /// Why nothing was found, when nothing was.
    why_nothing: Option<String>,
}

impl Run {
    /// Discover, read and analyse.
    pub fn new(place: Place, input: &InputArguments, streams: &Streams) -> Result<Self, Failure> {
        let inputs = Inputs::gather(&place, input, streams)?;
        let engine =
            Engine::new(place.settings.clone()).map_err(|error| place.schema_failure(&error))?;
        let engine = Arc::new(engine);
        let mut project = Project::new(engine.clone());
        let analyzed = in_pool(input.threads, || {
            inputs
                .files
                .par_iter()
                .map(|found| analyze(&engine, found, &inputs, &place))
                .collect::<Vec<_>>()
        })?;
        let mut faults = Vec::new();
        for result in analyzed {
            match result {
                Ok(report) => project.insert(report),
                Err(fault) => faults.push(fault),
            }
        }
        inputs.unreadable.into_iter().for_each(|report| project.insert(report));
        let disks = inputs.files.into_iter().map(|found| (found.path, found.disk)).collect();
        let sources = DiskSources::new(disks, inputs.stdin, place.settings.max_file_bytes);
        Ok(Self {
            place,
            project,
            sources,
            wanted: inputs.wanted,
            faults,
            why_nothing: inputs.why_nothing,
        })
    }

    /// Tell of faults of ours; `None` when there are none.
    pub fn show_faults(&self, streams: &Streams) -> Option<Exit> {
        self.faults.iter().for_each(|fault| streams.complain(&sanitize::one_line(fault)));
        let exit = (!self.faults.is_empty()).then_some(Exit::Fault)?;
        streams.complain(failure::PLEASE_REPORT);
        Some(exit)
    }

    /// Tell why no file was looked at.
    pub fn say_nothing(&self, streams: &Streams) {
        let why = self.why_nothing.as_deref().unwrap_or("no file was found");
        streams.complain(&format!("nothing was checked: {}", sanitize::one_line(why)));
    }

    /// Whether all files of the project were asked for.
    pub fn is_whole_project(&self) -> bool {
        self.wanted.is_none()
    }

    /// Whether the file was asked for.
    pub fn is_wanted(&self, path: &FilePath) -> bool {
        self.wanted.as_ref().is_none_or(|wanted| wanted.contains(path))
    }

    /// The reports of the files that were asked for.
    pub fn reports(&self) -> impl Iterator<Item = &FileReport> {
        self.project.reports().filter(|report| self.is_wanted(&report.path))
    }
}

/// Look at one file. A panic costs this file only.
fn analyze(
    engine: &Engine,
    found: &Found,
    inputs: &Inputs,
    place: &Place,
) -> Result<FileReport, String> {
    let looked_at = panic::catch_unwind(AssertUnwindSafe(|| {
        let loaded = match &inputs.stdin {
            Some(stdin) if stdin.path == found.path => Ok(SourceFile::clone(stdin)),
            _ => discover::load(found, place.settings.max_file_bytes),
        };
        match loaded {
            Ok(file) => engine.analyze(&file),
            Err(unreadable) => unreadable.into_report(found.path.clone()),
        }
    }));
    looked_at.map_err(|_| format!("fault in caveat at {}: {}", found.path, failure::last_panic()))
}

fn in_pool<T: Send>(threads: Option<usize>, work: impl FnOnce() -> T + Send) -> Result<T, Failure> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads.unwrap_or(0))
        .stack_size(STACK_BYTES)
        .build()
        .map_err(|error| Failure::usage(format!("cannot start threads: {error}")))?;
    Ok(pool.install(work))
}

/// The files of a run.
#[derive(Debug, Default)]
struct Inputs {
    /// Sorted, each once.
    files: Vec<Found>,
    wanted: Option<BTreeSet<FilePath>>,
    stdin: Option<Arc<SourceFile>>,
    /// What was found and cannot be read.
    unreadable: Vec<FileReport>,
    why_nothing: Option<String>,
}

impl Inputs {
    fn gather(
        place: &Place,
        arguments: &InputArguments,
        streams: &Streams,
    ) -> Result<Self, Failure> {
        let mut paths = arguments.paths.clone();
        if let Some(list) = &arguments.files_from {
            paths.extend(listed_paths(list)?);
        }
        let mut inputs = Self::default();
        if paths.is_empty() && arguments.files_from.is_none() && place.is_inside_content() {
            paths.push(PathBuf::from("."));
        }
        if paths.is_empty() && arguments.files_from.is_none() {
            inputs.add_project(place);
            if inputs.files.is_empty() {
                inputs.why_nothing = Some(why_nothing(place));
            }
            return Ok(inputs);
        }
        inputs.add_paths(place, &paths, arguments, streams)?;
        let asked: BTreeSet<_> = inputs.files.iter().map(|found| found.path.clone()).collect();
        let asked: BTreeSet<_> =
            asked.into_iter().chain(inputs.unreadable.iter().map(|own| own.path.clone())).collect();
        if asked.is_empty() {
            inputs.why_nothing = Some(nothing_in(&paths, arguments.files_from.is_some()));
        } else {
            inputs.add_context(place, &paths);
        }
        inputs.wanted = Some(asked);
        inputs.files.sort();
        inputs.files.dedup_by(|a, b| a.path == b.path);
        Ok(inputs)
    }

    /// Everything that belongs to the project.
    fn add_project(&mut self, place: &Place) {
        let include = &place.settings.include;
        let folders = if !include.is_empty() {
            include.folders().into_iter().map(|folder| place.root.join(folder)).collect()
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
        for path in paths {
            if path.as_os_str() == "-" {
                self.read_stdin(place, arguments)?;
                continue;
            }
            let found = place.found(path);
            match fs::metadata(&found.disk) {
                Ok(metadata) if metadata.is_dir() => folders.push(found.disk),
                Ok(_) if arguments.force_exclude && place.settings.exclude.matches(&found.path) => {
                }
                Ok(_) => self.add_file(found, streams),
                Err(error)
                    if error.kind() == io::ErrorKind::NotFound && !found.disk.is_symlink() =>
                {
                    missing.push(path);
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
    /// when there are settings, else all of the `content/` folder above each.
    fn add_context(&mut self, place: &Place, paths: &[PathBuf]) {
        if place.file.is_some() || place.root.join(CONTENT_FOLDER).is_dir() {
            self.add_project(place);
            return;
        }
        let folders = paths.iter().filter_map(|path| {
            let disk = discover::clean(path, &place.working_folder);
            let above = disk
                .ancestors()
                .find(|folder| folder.file_name().is_some_and(|name| name == CONTENT_FOLDER));
            above.map(Path::to_owned)
        });
        self.walk(place, &outermost(folders.collect()), &Globs::default());
    }
}

/// Folders without those that lie in another one.
fn outermost(mut folders: Vec<PathBuf>) -> Vec<PathBuf> {
    folders.sort();
    folders.dedup();
    let all = folders.clone();
    folders.retain(|folder| !all.iter().any(|other| other != folder && folder.starts_with(other)));
    folders
}

fn listed_paths(list: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut text = String::new();
    let read = if list.as_os_str() == "-" {
        io::stdin().lock().read_to_string(&mut text)
    } else {
        fs::File::open(list).and_then(|mut file| file.read_to_string(&mut text))
    };
    read.map_err(|error| {
        Failure::usage(format!("cannot read {}: {}", list.display(), discover::reason(&error)))
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

/// Texts for snippets, read again when they are asked for: a clean run keeps none.
#[derive(Debug)]
pub struct DiskSources {
    disks: HashMap<FilePath, PathBuf>,
    stdin: Option<Arc<SourceFile>>,
    /// The last few that were read, oldest first: diagnostics come file by file.
    read: RefCell<VecDeque<(FilePath, Option<Arc<SourceFile>>)>>,
    max_bytes: u64,
}

/// Files kept in memory while diagnostics are printed; labels in other files need a few.
const KEPT_FILES: usize = 16;

impl DiskSources {
    fn new(
        disks: HashMap<FilePath, PathBuf>,
        stdin: Option<Arc<SourceFile>>,
        max_bytes: u64,
    ) -> Self {
        Self { disks, stdin, read: RefCell::default(), max_bytes }
    }
}

impl Sources for DiskSources {
    fn source(&self, path: &FilePath) -> Option<Arc<SourceFile>> {
        if let Some(stdin) = self.stdin.as_ref().filter(|stdin| stdin.path == *path) {
            return Some(stdin.clone());
        }
        if let Some((_, known)) = self.read.borrow().iter().find(|(own, _)| own == path) {
            return known.clone();
        }
        let disk = self.disks.get(path)?.clone();
        let file =
            discover::load(&Found { path: path.clone(), disk }, self.max_bytes).ok().map(Arc::new);
        let mut read = self.read.borrow_mut();
        if read.len() == KEPT_FILES {
            read.pop_front();
        }
        read.push_back((path.clone(), file.clone()));
        file
    }
}
