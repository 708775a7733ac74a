//! Reports of earlier runs: a file that is as it was is not looked at again.
//!
//! A report is found by everything it depends on: the bytes and the path of its file, the settings, the
//! schemas, and the program itself. Reports of files under schemas of the project's own are not kept, because
//! such a schema may name further files. What files say of each other is worked out anew in every run.
//!
//! A cache is one file. It is read entry by entry, and written as a whole beside the old one and then in its
//! place. Nothing that is wrong with it is an error: a report that is not found there is made.

use crate::project::{Engine, FileReport};
use crate::source::{FilePath, SourceFile};
use foldhash::fast::FixedState;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::UNIX_EPOCH;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed, xxh3_128};

/// Reports of earlier runs with the same settings, and those of this run that were not among them.
#[derive(Debug)]
pub struct Cache {
    path: PathBuf,
    /// Of everything but the file that a report depends on.
    key: u128,
    old: Option<Old>,
    new: Mutex<New>,
}

/// What an earlier run left.
#[derive(Debug)]
struct Old {
    file: Mutex<File>,
    /// By the path of the file that each is of; whether this run has asked for it.
    entries: HashMap<Box<str>, (Entry, AtomicBool), FixedState>,
}

/// Where in the file of a cache a report is.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Entry {
    /// Of the text and the format of the file that was looked at.
    text: u64,
    start: u64,
    len: u32,
    /// Of the bytes of the report.
    digest: u64,
}

type Entries<P> = Vec<(P, Entry)>;

/// What this run adds.
#[derive(Debug, Default)]
enum New {
    #[default]
    Nothing,
    Draft(Draft),
    /// It cannot be written.
    Failed,
}

/// A cache that is not yet in its place.
#[derive(Debug)]
struct Draft {
    path: PathBuf,
    file: BufWriter<File>,
    len: u64,
    entries: Entries<FilePath>,
}

/// Bytes of a report that is worth keeping: hardly any file has more to say.
const MOST_BYTES: usize = 1 << 20;
/// Caches of one project, each of other settings.
const MOST_OF_PROJECT: usize = 4;
const MOST_OF_ALL: usize = 32;
/// How names of caches and of drafts end.
const ENDING: &str = "reports";
const DRAFT_ENDING: &str = "draft";

impl Cache {
    /// The cache for the engine's settings, in a folder that is made when there is something to keep. `None`
    /// when the program cannot tell itself from others.
    pub fn open(folder: &Path, engine: &Engine) -> Option<Self> {
        let key = xxh3_128(format!("{:?} {:x}", program()?, engine.digest()).as_bytes());
        let root = xxh3_64(engine.settings().root.as_os_str().as_encoded_bytes());
        let path = folder.join(format!("{root:016x}-{key:032x}.{ENDING}"));
        let old = Old::read(&path, key).ok();
        Some(Self { path, key, old, new: Mutex::default() })
    }

    /// The report of a file: the one that was kept, or a new one.
    pub fn analyze(&self, engine: &Engine, file: &SourceFile) -> FileReport {
        let text = xxh3_64_with_seed(file.text.as_bytes(), file.format as u64);
        let known = self.old.as_ref().and_then(|old| old.report(file, text));
        known.unwrap_or_else(|| {
            let report = engine.analyze(file);
            self.keep(&report, text);
            report
        })
    }

    fn keep(&self, report: &FileReport, text: u64) {
        let is_own = report.diagnostics.iter().all(|own| own.is_in(&report.path));
        if report.reads_others || !is_own {
            return;
        }
        let bytes = postcard::to_allocvec(report).expect("reports are plain data");
        if bytes.len() > MOST_BYTES {
            return;
        }
        let mut new = self.new.lock().unwrap_or_else(PoisonError::into_inner);
        if let New::Nothing = *new {
            *new = Draft::begin(&self.path).map_or(New::Failed, New::Draft);
        }
        if let New::Draft(draft) = &mut *new
            && draft.add(report.path.clone(), text, &bytes).is_err()
        {
            *new = New::Failed;
        }
    }

    /// Write what this run adds. What was kept before stays where no new report replaces it; after a run over
    /// the whole project, only what was asked for.
    pub fn save(self, is_whole: bool) {
        let new = self.new.into_inner().unwrap_or_else(PoisonError::into_inner);
        let New::Draft(mut draft) = new else { return };
        let ended = draft.end(self.key, self.old, is_whole);
        if ended.and_then(|()| fs::rename(&draft.path, &self.path)).is_ok() {
            tidy(&self.path);
        }
    }
}

/// What no two builds have in common: the version, the size and the time of the executable.
fn program() -> Option<(&'static str, u64, u128)> {
    let executable = fs::metadata(std::env::current_exe().ok()?).ok()?;
    let made = executable.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some((env!("CARGO_PKG_VERSION"), executable.len(), made.as_nanos()))
}

impl Old {
    /// # Errors
    ///
    /// There is none, or it is not as a run with this key wrote it.
    fn read(path: &Path, key: u128) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let mut bytes = [0; End::LEN];
        let list_end = file.seek(SeekFrom::End(-(End::LEN as i64)))?;
        file.read_exact(&mut bytes)?;
        let end = End::read(bytes);
        let damaged = || io::Error::from(io::ErrorKind::InvalidData);
        let len = list_end.checked_sub(end.start).filter(|_| end.key == key);
        let len = len.and_then(|len| usize::try_from(len).ok()).ok_or_else(damaged)?;
        file.seek(SeekFrom::Start(end.start))?;
        let mut list = vec![0; len];
        file.read_exact(&mut list)?;
        let sound = (xxh3_64(&list) == end.digest).then_some(&list).ok_or_else(damaged)?;
        let entries: Entries<Box<str>> = postcard::from_bytes(sound).map_err(io::Error::other)?;
        let entries = entries.into_iter().map(|(path, own)| (path, (own, AtomicBool::new(false))));
        Ok(Self { file: Mutex::new(file), entries: entries.collect() })
    }

    fn report(&self, file: &SourceFile, text: u64) -> Option<FileReport> {
        let known = self.entries.get(file.path.as_str());
        let (entry, asked) = known.filter(|(entry, _)| entry.text == text)?;
        let bytes = self.bytes(*entry)?;
        let mut report: FileReport = postcard::from_bytes(&bytes).ok()?;
        report.place_in(&file.path);
        asked.store(true, Ordering::Relaxed);
        Some(report)
    }

    /// The bytes of a report, when they are what was written.
    fn bytes(&self, entry: Entry) -> Option<Vec<u8>> {
        let mut bytes = vec![0; entry.len as usize];
        {
            let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(entry.start)).ok()?;
            file.read_exact(&mut bytes).ok()?;
        }
        (xxh3_64(&bytes) == entry.digest).then_some(bytes)
    }
}

impl Draft {
    /// Of the cache that will be at `path`.
    fn begin(path: &Path) -> io::Result<Self> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let path = path.with_extension(format!("{}.{DRAFT_ENDING}", std::process::id()));
        let file = BufWriter::new(File::create(&path)?);
        Ok(Self { path, file, len: 0, entries: Vec::new() })
    }

    fn add(&mut self, path: FilePath, text: u64, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        let len = u32::try_from(bytes.len()).expect("reports that are kept are small");
        let entry = Entry { text, start: self.len, len, digest: xxh3_64(bytes) };
        self.len += u64::from(len);
        self.entries.push((path, entry));
        Ok(())
    }

    /// Take over what stays of the old cache, and put the list of entries behind.
    fn end(&mut self, key: u128, old: Option<Old>, is_whole: bool) -> io::Result<()> {
        if let Some(mut old) = old {
            for (path, _) in &self.entries {
                old.entries.remove(path.as_str());
            }
            for (path, (entry, asked)) in std::mem::take(&mut old.entries) {
                if (asked.into_inner() || !is_whole)
                    && let Some(bytes) = old.bytes(entry)
                {
                    self.add(FilePath::new(&path), entry.text, &bytes)?;
                }
            }
        }
        let list = postcard::to_allocvec(&self.entries).map_err(io::Error::other)?;
        self.file.write_all(&list)?;
        let end = End { start: self.len, digest: xxh3_64(&list), key };
        self.file.write_all(&end.bytes())?;
        self.file.flush()
    }
}

impl Drop for Draft {
    /// One that was not put in its place is of no use to anybody.
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

/// The last bytes of a cache.
struct End {
    /// Of the list of entries, which is before these bytes.
    start: u64,
    digest: u64,
    key: u128,
}

impl End {
    const LEN: usize = 32;

    fn bytes(&self) -> [u8; Self::LEN] {
        let mut out = [0; Self::LEN];
        out[..8].copy_from_slice(&self.start.to_le_bytes());
        out[8..16].copy_from_slice(&self.digest.to_le_bytes());
        out[16..].copy_from_slice(&self.key.to_le_bytes());
        out
    }

    fn read(bytes: [u8; Self::LEN]) -> Self {
        let number = |at: usize| {
            u64::from_le_bytes(*bytes[at..].first_chunk().expect("there are eight bytes more"))
        };
        let key = u128::from(number(16)) | u128::from(number(24)) << 64;
        Self { start: number(0), digest: number(8), key }
    }
}

/// Remove caches beside this one, and what broken-off runs left: all but the latest.
fn tidy(own: &Path) {
    let Some(Ok(entries)) = own.parent().map(fs::read_dir) else { return };
    let project = |path: &Path| Some(path.file_name()?.to_str()?.split_once('-')?.0.to_owned());
    let written = |entry: fs::DirEntry| {
        let path = entry.path();
        let is_ours = path.extension().is_some_and(|end| end == ENDING || end == DRAFT_ENDING);
        let time = entry.metadata().ok().filter(|_| is_ours)?.modified().ok()?;
        Some((Reverse(time), path))
    };
    let mut found: Vec<_> = entries.flatten().filter_map(written).collect();
    found.sort();
    let of_project =
        found.iter().filter(|(_, path)| project(path) == project(own)).skip(MOST_OF_PROJECT);
    for (_, path) in of_project.chain(found.iter().skip(MOST_OF_ALL)) {
        let _ = fs::remove_file(path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Mapping, Settings};
    use crate::facts::ScopeMode;
    use crate::globs::Globs;
    use crate::model::ContentKind;
    use crate::source::Format;

    /// A folder of a test's own.
    struct Folder(PathBuf);

    impl Folder {
        fn new(test: &str) -> Self {
            let name = format!("caveat-cache-{}-{test}", std::process::id());
            Self(std::env::temp_dir().join(name))
        }

        fn open(&self, engine: &Engine) -> Cache {
            Cache::open(&self.0, engine).expect("the tests are a program on disk")
        }

        /// The only file in it.
        fn file(&self) -> PathBuf {
            let files: Vec<_> =
                fs::read_dir(&self.0).unwrap().map(|own| own.unwrap().path()).collect();
            assert_eq!(files.len(), 1, "{files:?}");
            files[0].clone()
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn engine(settings: Settings) -> Engine {
        Engine::new(settings).expect("the settings are right")
    }

    fn file(path: &str, text: &str) -> SourceFile {
        SourceFile::new(FilePath::new(path), text, Format::of_name(path).unwrap())
    }

    fn quiz() -> SourceFile {
        let text = "title: Hips\nquestions:\n  - prompt: Which?\n    options: [psoas, soleus]\n    answr: c\n";
        file("quizzes/hips.yaml", text)
    }

    /// What is kept of a file.
    fn kept(folder: &Folder, engine: &Engine, file: &SourceFile) -> Option<FileReport> {
        let text = xxh3_64_with_seed(file.text.as_bytes(), file.format as u64);
        folder.open(engine).old?.report(file, text)
    }

    fn look_at(folder: &Folder, engine: &Engine, files: &[&SourceFile], is_whole: bool) {
        let cache = folder.open(engine);
        files.iter().for_each(|file| drop(cache.analyze(engine, file)));
        cache.save(is_whole);
    }

    #[test]
    fn a_report_is_found_by_all_it_depends_on() {
        let folder = Folder::new("found");
        let (quiz, default) = (quiz(), engine(Settings::default()));
        assert!(kept(&folder, &default, &quiz).is_none());
        look_at(&folder, &default, &[&quiz], true);
        let found = kept(&folder, &default, &quiz).expect("it was just kept");
        assert_eq!(format!("{found:?}"), format!("{:?}", default.analyze(&quiz)));
        assert!(!found.diagnostics.is_empty());

        assert!(kept(&folder, &default, &file("quizzes/hips.yaml", "title: Hips\n")).is_none());
        assert!(kept(&folder, &default, &file("quizzes/knees.yaml", &quiz.text)).is_none());
        let as_json = SourceFile::new(quiz.path.clone(), &*quiz.text, Format::Json);
        assert!(kept(&folder, &default, &as_json).is_none());
        let others = [
            Settings { citation_scope: ScopeMode::Document, ..Settings::default() },
            Settings { skip: vec!["quiz".to_owned()], ..Settings::default() },
            Settings { root: "elsewhere".into(), ..Settings::default() },
            Settings { keep_claims: false, ..Settings::default() },
        ];
        for settings in others {
            assert!(kept(&folder, &engine(settings.clone()), &quiz).is_none(), "{settings:?}");
        }
    }

    #[test]
    fn levels_and_what_a_run_fails_for_make_no_difference() {
        let folder = Folder::new("levels");
        look_at(&folder, &engine(Settings::default()), &[&quiz()], true);
        let rules = [("schema".to_owned(), crate::Level::Info)].into();
        let settings = Settings { rules, max_warnings: Some(3), ..Settings::default() };
        assert!(kept(&folder, &engine(settings), &quiz()).is_some());
    }

    #[test]
    fn files_under_schemas_of_the_project_are_looked_at_in_every_run() {
        let folder = Folder::new("schemas");
        fs::create_dir_all(folder.0.join("root")).unwrap();
        fs::write(folder.0.join("root/own.json"), r#"{"required": ["name"]}"#).unwrap();
        let mapping = Mapping {
            files: Globs::new(["own/"]).unwrap(),
            kind: ContentKind::Custom("own".into()),
            records: String::new(),
            aliases: Default::default(),
            schema: Some("own.json".to_owned()),
        };
        let root = folder.0.join("root");
        let engine = engine(Settings { root, mappings: vec![mapping], ..Settings::default() });
        let own = file("own/a.yaml", "a: 1\n");
        let named = file("quizzes/a.yaml", "$schema: ../own.json\na: 1\n");
        look_at(&folder, &engine, &[&own, &named, &quiz()], true);
        assert!(kept(&folder, &engine, &quiz()).is_some());
        assert!(kept(&folder, &engine, &own).is_none());
        assert!(kept(&folder, &engine, &named).is_none());
    }

    #[test]
    fn a_run_over_the_whole_project_forgets_files_that_are_gone() {
        let folder = Folder::new("gone");
        let engine = engine(Settings::default());
        let [a, b, c] =
            ["a", "b", "c"].map(|name| file(&format!("quizzes/{name}.yaml"), &quiz().text));
        look_at(&folder, &engine, &[&a, &b], true);
        look_at(&folder, &engine, &[&c], false);
        assert!([&a, &b, &c].iter().all(|own| kept(&folder, &engine, own).is_some()));
        let changed = file("quizzes/c.yaml", "title: Knees\n");
        look_at(&folder, &engine, &[&a, &changed], true);
        assert!([&a, &changed].iter().all(|own| kept(&folder, &engine, own).is_some()));
        assert!([&b, &c].iter().all(|own| kept(&folder, &engine, own).is_none()));
    }

    #[test]
    fn damage_is_no_error() {
        let folder = Folder::new("damage");
        let engine = engine(Settings::default());
        let made = format!("{:?}", engine.analyze(&quiz()));
        look_at(&folder, &engine, &[&quiz()], true);
        let path = folder.file();
        let whole = fs::read(&path).unwrap();
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x55;
            for damaged in [&bytes, &whole[..at]] {
                fs::write(&path, damaged).unwrap();
                let report = folder.open(&engine).analyze(&engine, &quiz());
                assert!(format!("{report:?}") == made, "byte {at}");
            }
        }
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_no_error() {
        let folder = Folder::new("unwritable");
        fs::write(&folder.0, "a file").unwrap();
        let engine = engine(Settings::default());
        look_at(&folder, &engine, &[&quiz()], true);
        fs::remove_file(&folder.0).unwrap();
    }

    #[test]
    fn the_latest_caches_stay() {
        let folder = Folder::new("latest");
        for root in 0..MOST_OF_ALL + 3 {
            let engine = engine(Settings { root: root.to_string().into(), ..Settings::default() });
            look_at(&folder, &engine, &[&quiz()], true);
        }
        let count = || fs::read_dir(&folder.0).unwrap().count();
        assert_eq!(count(), MOST_OF_ALL);
        let folder = Folder::new("latest-of-project");
        let skips = ["quiz", "claim", "text", "exercise", "resource", "schema"];
        for skip in skips {
            let engine = engine(Settings { skip: vec![skip.to_owned()], ..Settings::default() });
            look_at(&folder, &engine, &[&quiz()], true);
        }
        assert_eq!(fs::read_dir(&folder.0).unwrap().count(), MOST_OF_PROJECT);
    }
}
