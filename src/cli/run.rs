//! From arguments to an analysed project: files, reading, rules.

use super::Exit;
use super::accepted::Accepted;
use super::args::InputArguments;
use super::failure::{self, Failure};
use super::inputs::Inputs;
use super::place::Place;
use super::terminal::Streams;
use caveat::baseline::{Baseline, Entry};
use caveat::cache::Cache;
use caveat::config::unused::Used;
use caveat::config::{self, Mapping};
use caveat::diagnostic::{Diagnostic, Severity};
use caveat::discover::{self, Found};
use caveat::project::{Engine, FileReport, Outcome, Project};
use caveat::render::{Sources, sanitize};
use caveat::schema::SchemaRef;
use caveat::source::{FilePath, SourceFile};
use etcetera::{BaseStrategy, choose_base_strategy};
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap, VecDeque};
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, Once};

/// Content nests no deeper than `syntax::MAX_DEPTH`, and rules may recurse over it.
const STACK_BYTES: usize = 16 << 20;
/// Variable that names the folder for reports of earlier runs.
const CACHE_FOLDER: &str = "CAVEAT_CACHE_DIR";

const NO_KIND: &str = "nothing but syntax was checked: no kind is known for any file\n  \
    help: put files into exercises/, quizzes/, resources/ or articles/, give them a `kind`, or list \
    `kinds` in the settings";

/// A project with all its files looked at.
#[derive(Debug)]
pub struct Run {
    pub place: Place,
    pub engine: Arc<Engine>,
    pub project: Project,
    pub sources: DiskSources,
    /// What is accepted, for commands that heed it.
    pub accepted: Option<Accepted>,
    /// The files that were asked for; `None` for all.
    wanted: Option<BTreeSet<FilePath>>,
    /// The folders that were asked for.
    folders: Vec<FilePath>,
    /// Files that a fault of ours kept from being looked at.
    faults: Vec<String>,
    /// Why nothing was found, when nothing was.
    why_nothing: Option<String>,
    /// Whether files were named, and no folders.
    pub is_by_name: bool,
}

impl Run {
    /// Discover, read and analyse.
    pub fn new(place: Place, input: &InputArguments, streams: &Streams) -> Result<Self, Failure> {
        let inputs = Inputs::gather(&place, input, streams)?;
        let engine = Arc::new(place.engine()?);
        let cache = if input.no_cache { None } else { cache(&engine) };
        let root = place.root.clone();
        let is_there = move |path: &str| root.join(path).exists();
        let root = place.root.clone();
        let exclude = place.settings.exclude.clone();
        let names = move |folder: &str| discover::names_in(&root, folder, &exclude);
        let mut project = Project::new(engine.clone()).with_others(is_there).with_folders(names);
        let look = |found: &Found| analyze(&engine, cache.as_ref(), found, &inputs, &place);
        let analyzed = each_file(&inputs.files, input.threads, look)?;
        if let Some(cache) = cache {
            cache.save(inputs.wanted.is_none());
        }
        let mut faults = Vec::new();
        for result in analyzed {
            match result {
                Ok(report) => project.insert(report),
                Err(fault) => faults.push(fault),
            }
        }
        inputs.unreadable.into_iter().for_each(|report| project.insert(report));
        let is_odd = |found: &Found| {
            let below = found.disk.strip_prefix(&place.root).unwrap_or(&found.disk);
            below.to_str() != Some(found.path.as_str())
        };
        let odd = inputs.files.into_iter().filter(is_odd);
        let sources = DiskSources {
            root: place.root.clone(),
            odd: odd.map(|found| (found.path, found.disk)).collect(),
            stdin: inputs.stdin,
            replaced: HashMap::new(),
            read: Mutex::default(),
            max_bytes: place.settings.max_file_bytes,
        };
        Ok(Self {
            place,
            engine,
            project,
            sources,
            accepted: None,
            wanted: inputs.wanted,
            folders: inputs.folders,
            faults,
            why_nothing: inputs.why_nothing,
            is_by_name: inputs.is_by_name,
        })
    }

    /// Look at a file whose text is no longer that on disk.
    pub fn look_again(&self, file: &SourceFile) -> FileReport {
        self.engine.analyze(file)
    }

    /// What is wrong with the files that were asked for.
    pub fn outcome(&self) -> Outcome {
        let mut outcome = self.project.resolve(|path| self.is_wanted(path));
        if let Some(accepted) = &self.accepted {
            accepted.baseline.hide(&mut outcome);
        }
        outcome
    }

    /// What a baseline accepts and this run shows to be gone.
    pub fn gone<'b>(&self, baseline: &'b Baseline, outcome: &Outcome) -> Vec<&'b Entry> {
        baseline.gone(outcome, &self.place.settings, |path| self.is_wanted(path))
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

    /// Tell that nothing but syntax was looked at.
    pub fn say_no_kind(&self, streams: &Streams) {
        let proposal = if self.place.file.is_none() { "; `caveat init` proposes some" } else { "" };
        streams.complain(&format!("{NO_KIND}{proposal}"));
    }

    /// Settings that do nothing. A run over a part of the project cannot know of any.
    pub fn notices(&self) -> Vec<Diagnostic> {
        let Some((file, origins)) = self.place.file.as_ref().filter(|_| self.is_whole_project())
        else {
            return Vec::new();
        };
        let paths: Vec<_> = self.project.reports().map(|report| &report.path).collect();
        // That nothing was found at all is said by itself.
        if paths.is_empty() {
            return Vec::new();
        }
        let unused_schemas: Vec<_> = self.engine.catalogue().unused_copies().collect();
        let fields: Vec<_> =
            self.place.settings.mappings.iter().map(|own| self.fields(own)).collect();
        let looked_at = self.project.looked_at();
        config::unused::unused(&Used {
            settings: &self.place.settings,
            file,
            origins,
            paths: &paths,
            fields: &fields,
            looked_at: &looked_at,
            unused_schemas: &unused_schemas,
        })
    }

    /// The fields that the schema of a mapping with aliases knows.
    fn fields(&self, mapping: &Mapping) -> Vec<String> {
        if mapping.aliases.is_empty() {
            return Vec::new();
        }
        let catalogue = self.engine.catalogue();
        let schema = match &mapping.schema {
            Some(path) => catalogue.schema(&SchemaRef::Path(FilePath::new(path))),
            None => catalogue.schema_for(&mapping.kind),
        };
        let schema = schema.ok().flatten();
        let shapes = schema.iter().flat_map(|schema| &schema.shapes().shapes);
        shapes.flat_map(|shape| shape.fields.names().map(str::to_owned)).collect()
    }

    /// Tell what [`Run::notices`] found.
    pub fn show_notices(&self, notices: &[Diagnostic], streams: &Streams) {
        if !streams.quiet {
            let view = self.place.view();
            failure::show_diagnostics(notices, Severity::Warning, &self.sources, &view, streams);
        }
    }

    /// Whether all files of the project were asked for.
    pub fn is_whole_project(&self) -> bool {
        self.wanted.is_none()
    }

    /// Whether the file was asked for.
    pub fn is_wanted(&self, path: &FilePath) -> bool {
        let is_below = |folder: &FilePath| path.is_below(folder);
        let is_named = |wanted: &BTreeSet<_>| wanted.contains(path);
        self.wanted.as_ref().is_none_or(is_named) || self.folders.iter().any(is_below)
    }

    /// The reports of the files that were asked for.
    pub fn reports(&self) -> impl Iterator<Item = &FileReport> {
        self.project.reports().filter(|report| self.is_wanted(&report.path))
    }
}

/// Look at one file. A panic costs this file only.
fn analyze(
    engine: &Engine,
    cache: Option<&Cache>,
    found: &Found,
    inputs: &Inputs,
    place: &Place,
) -> Result<Box<FileReport>, String> {
    let looked_at = panic::catch_unwind(AssertUnwindSafe(|| {
        match inputs.load(found, place.settings.max_file_bytes) {
            Ok(file) => match cache.filter(|_| !inputs.is_stdin(found)) {
                Some(cache) => cache.analyze(engine, &file),
                None => engine.analyze(&file),
            },
            Err(unreadable) => unreadable.into_report(found.path.clone()),
        }
    }))
    .map(Box::new);
    looked_at.map_err(|_| format!("fault in caveat at {}: {}", found.path, failure::last_panic()))
}

/// Where reports of earlier runs are: below the folder that the system has for such files, or that
/// [`CACHE_FOLDER`] names.
fn cache(engine: &Engine) -> Option<Cache> {
    let folder = match std::env::var_os(CACHE_FOLDER).filter(|named| !named.is_empty()) {
        Some(named) => PathBuf::from(named),
        None => choose_base_strategy().ok()?.cache_dir().join("caveat"),
    };
    Cache::open(&folder, engine)
}

/// Look at every file, with threads that whatever is done in parallel later runs on too.
pub fn each_file<T: Send>(
    files: &[Found],
    threads: Option<usize>,
    look: impl Fn(&Found) -> T + Send + Sync,
) -> Result<Vec<T>, Failure> {
    /// Files that a thread takes on together: few, so that no thread is left with many at the end.
    const AT_ONCE: usize = 16;
    /// More than any machine has cores, and fewer than it refuses to start.
    const MOST_THREADS: usize = 256;
    static STARTED: Once = Once::new();
    let mut started = Ok(());
    STARTED.call_once(|| {
        let threads = threads.unwrap_or(0).min(MOST_THREADS);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK_BYTES);
        started = pool.build_global();
    });
    started.map_err(|error| Failure::usage(format!("cannot start threads: {error}")))?;
    Ok(files.par_iter().with_max_len(AT_ONCE).map(look).collect())
}

/// Texts for snippets, read again when they are asked for: a clean run keeps none.
#[derive(Debug)]
pub struct DiskSources {
    root: PathBuf,
    /// Files whose paths do not say where they are: with names that are not Unicode.
    odd: HashMap<FilePath, PathBuf>,
    stdin: Option<Arc<SourceFile>>,
    /// What takes the place of files on disk.
    replaced: HashMap<FilePath, Arc<SourceFile>>,
    /// The last few that were read, oldest first: diagnostics come file by file.
    read: Mutex<VecDeque<(FilePath, Option<Arc<SourceFile>>)>>,
    max_bytes: u64,
}

/// Files kept in memory while diagnostics are printed; labels in other files need a few.
const KEPT_FILES: usize = 16;

impl DiskSources {
    /// Where a file is.
    pub fn disk(&self, path: &FilePath) -> PathBuf {
        self.odd.get(path).cloned().unwrap_or_else(|| self.root.join(path.as_str()))
    }

    /// Take a text for what is on disk.
    pub fn replace(&mut self, file: Arc<SourceFile>) {
        self.replaced.insert(file.path.clone(), file);
    }

    /// Whether the standard input stands for a file.
    pub fn has_stdin(&self) -> bool {
        self.stdin.is_some()
    }
}

impl Sources for DiskSources {
    fn source(&self, path: &FilePath) -> Option<Arc<SourceFile>> {
        if let Some(replaced) = self.replaced.get(path) {
            return Some(replaced.clone());
        }
        if let Some(stdin) = self.stdin.as_ref().filter(|stdin| stdin.path == *path) {
            return Some(stdin.clone());
        }
        let read = || self.read.lock().expect("nobody panics while holding it");
        if let Some((_, known)) = read().iter().rev().find(|(own, _)| own == path) {
            return known.clone();
        }
        let found = Found { path: path.clone(), disk: self.disk(path) };
        let file = discover::load(&found, self.max_bytes).ok().map(Arc::new);
        let mut read = read();
        if read.len() == KEPT_FILES {
            read.pop_front();
        }
        read.push_back((path.clone(), file.clone()));
        file
    }
}
