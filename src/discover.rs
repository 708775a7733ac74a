//! Which files a run looks at, and reading them.
//!
//! [`walk`] lists the files of folders, [`load`] reads one. Whatever is wrong with a file on disk is
//! a diagnostic, so that one bad file never ends a run. Settings and arguments are the caller's.

use crate::config::{FILE_NAMES, Globs};
use crate::diagnostic::Diagnostic;
use crate::facts::Facts;
use crate::project::FileReport;
use crate::rule::{Rule, Sink};
use crate::rules::builtin;
use crate::source::{FilePath, Format, SourceFile, Span, reason};
use ignore::{DirEntry, WalkBuilder, WalkState};
use std::fs;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::Mutex;
use thin_vec::ThinVec;

/// Files of this name list globs of files to leave out, as `.gitignore` does.
pub const IGNORE_FILE_NAME: &str = ".caveatignore";

/// A file to look at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// By which everything else knows the file.
    pub path: FilePath,
    /// Where to read it.
    pub disk: PathBuf,
}

impl Found {
    /// `disk` must be absolute and clean ([`clean`]); `root` is the folder of the run.
    pub fn new(disk: PathBuf, root: &Path) -> Self {
        let shown = disk.strip_prefix(root).unwrap_or(&disk);
        // A name that is not Unicode is shown with stand-ins and still read by its own bytes.
        let path = FilePath::new(&shown.to_string_lossy());
        Self { path, disk }
    }
}

/// An absolute path without `.` and `..`, by its words alone: links are not followed.
pub fn clean(path: &Path, working_folder: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in working_folder.join(path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
}

/// A file or folder that could not be looked at while walking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WalkError {
    pub disk: PathBuf,
    /// One line, lower case.
    pub reason: String,
}

/// Every file in `folders` that caveat reads, sorted, each once. Hidden files, links, and what
/// `.gitignore`, `.caveatignore` or `exclude` name are left out; so is, when `include` is not empty,
/// what it does not match. Only plain files are found: a pipe is never opened.
pub fn walk(
    folders: &[PathBuf],
    root: &Path,
    include: &Globs,
    exclude: &Globs,
) -> (Vec<Found>, Vec<WalkError>) {
    let Some((first, others)) = folders.split_first() else {
        return Default::default();
    };
    let mut builder = WalkBuilder::new(first);
    others.iter().for_each(|folder| {
        builder.add(folder);
    });
    let (own_root, own_exclude) = (root.to_owned(), exclude.clone());
    builder.require_git(false).add_custom_ignore_filename(IGNORE_FILE_NAME).filter_entry(
        move |entry| {
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            let inside = entry.path().strip_prefix(&own_root);
            !(is_folder
                && entry.depth() > 0
                && inside.is_ok_and(|path| own_exclude.matches_folder(path)))
        },
    );
    let all = Mutex::new((Vec::new(), Vec::new()));
    builder.build_parallel().run(|| {
        Box::new(|entry| {
            let mut all = all.lock().expect("nobody panics while holding it");
            match entry {
                Ok(entry) => all.0.extend(wanted(entry, root, include, exclude)),
                Err(error) => all.1.extend(walk_error(&error)),
            }
            WalkState::Continue
        })
    });
    let (mut found, mut errors) = all.into_inner().expect("nobody panics while holding it");
    found.sort();
    found.dedup();
    errors.sort_by(|a: &WalkError, b| a.disk.cmp(&b.disk));
    (found, errors)
}

fn wanted(entry: DirEntry, root: &Path, include: &Globs, exclude: &Globs) -> Option<Found> {
    let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
    let name = entry.file_name().to_string_lossy();
    // Settings are no content, though they are YAML.
    if !is_file || Format::of_name(&name).is_none() || FILE_NAMES.contains(&&*name) {
        return None;
    }
    let found = Found::new(entry.into_path(), root);
    let included = include.is_empty() || include.matches(&found.path);
    (included && !exclude.matches(&found.path)).then_some(found)
}

/// The names of the plain files in a folder below the root, sorted, without those that are hidden or that `exclude`
/// names; none when it cannot be read.
pub fn names_in(root: &Path, folder: &str, exclude: &Globs) -> Vec<String> {
    let entries = fs::read_dir(root.join(folder)).into_iter().flatten().flatten();
    let files = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
    let names = files.filter_map(|entry| entry.file_name().into_string().ok());
    let is_left_out = |name: &String| {
        let path = FilePath::new(&Path::new(folder).join(name).to_string_lossy());
        name.starts_with('.') || exclude.matches(&path)
    };
    let mut names: Vec<String> = names.filter(|name| !is_left_out(name)).collect();
    names.sort();
    names
}

fn walk_error(error: &ignore::Error) -> Option<WalkError> {
    match error {
        ignore::Error::WithPath { path, err } => Some(WalkError {
            disk: path.clone(),
            reason: walk_error(err).map_or(err.to_string(), |own| own.reason),
        }),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            walk_error(err)
        }
        // A link that leads back is not followed anyway, and a strange line of an ignore file is
        // skipped, as git does.
        ignore::Error::Loop { .. } | ignore::Error::Partial(_) | ignore::Error::Glob { .. } => None,
        ignore::Error::Io(error) => Some(WalkError { disk: PathBuf::new(), reason: reason(error) }),
        ignore::Error::UnrecognizedFileType(_) | ignore::Error::InvalidDefinition => None,
    }
}

/// Why a file has no text.
#[derive(Debug)]
pub struct Unreadable {
    pub rule: &'static Rule,
    /// One line, lower case.
    pub message: String,
    pub help: Option<&'static str>,
}

impl Unreadable {
    /// For anything that cannot be read, with the reason in words.
    pub fn new(message: impl Into<String>) -> Self {
        Self { rule: &builtin::NOT_READABLE, message: message.into(), help: None }
    }

    fn help(mut self, help: &'static str) -> Self {
        self.help = Some(help);
        self
    }

    /// A report that holds nothing but this.
    pub fn into_report(self, path: FilePath) -> FileReport {
        // There is no text, so the only span that is right is the empty one at the start.
        let file = SourceFile::new(path.clone(), "", Format::Text);
        let mut diagnostics: Vec<Diagnostic> = Vec::new();
        let mut sink = Sink::for_file(self.rule, &file, &mut diagnostics);
        let diagnostic = sink.report(Span::empty(0), self.message);
        if let Some(help) = self.help {
            diagnostic.help(help);
        }
        let diagnostics = diagnostics.into_iter().map(Arc::new).collect();
        FileReport {
            path,
            records: 0,
            has_kind: false,
            diagnostics,
            suppressions: ThinVec::new(),
            facts: Facts::default(),
            looked_at: ThinVec::new(),
            // It is of no text that could be told from another.
            reads_others: true,
        }
    }
}

/// Read a file.
///
/// # Errors
///
/// When it is no plain file, cannot be opened, is larger than `max_bytes`, or is not UTF-8.
pub fn load(found: &Found, max_bytes: u64) -> Result<SourceFile, Unreadable> {
    let format = Format::of_name(found.path.file_name()).unwrap_or(Format::Text);
    let metadata = fs::metadata(&found.disk).map_err(|error| cannot_read(&error))?;
    // Opening a pipe would wait for a writer, and a device might never end.
    if !metadata.is_file() {
        return Err(Unreadable::new(format!("{} is not read", kind_of(&metadata)))
            .help("name a plain file or a folder"));
    }
    let file = fs::File::open(&found.disk).map_err(|error| cannot_read(&error))?;
    // One byte more than the size, so that the end is seen without another allocation.
    let capacity = metadata.len().min(max_bytes).saturating_add(1);
    let bytes = Vec::with_capacity(usize::try_from(capacity).unwrap_or(0));
    read_into(bytes, file, found.path.clone(), format, max_bytes)
}

/// Read a text from anywhere: a file, or the standard input.
///
/// # Errors
///
/// As [`load`].
pub fn read(
    from: impl Read,
    path: FilePath,
    format: Format,
    max_bytes: u64,
) -> Result<SourceFile, Unreadable> {
    read_into(Vec::new(), from, path, format, max_bytes)
}

fn read_into(
    mut bytes: Vec<u8>,
    from: impl Read,
    path: FilePath,
    format: Format,
    max_bytes: u64,
) -> Result<SourceFile, Unreadable> {
    // Spans are 32 bits wide.
    let max_bytes = max_bytes.min(u64::from(u32::MAX) - 1);
    let mut limited = from.take(max_bytes + 1);
    limited.read_to_end(&mut bytes).map_err(|error| cannot_read(&error))?;
    if bytes.len() as u64 > max_bytes {
        let message = format!("the file is larger than {max_bytes} bytes and was not read");
        let unreadable = Unreadable { rule: &builtin::LIMIT, ..Unreadable::new(message) };
        return Err(unreadable.help("split it, or raise `max-file-bytes` in the settings"));
    }
    Ok(SourceFile::new(path, decode(bytes)?, format))
}

fn cannot_read(error: &io::Error) -> Unreadable {
    Unreadable::new(format!("the file cannot be read: {}", reason(error)))
}

fn kind_of(metadata: &fs::Metadata) -> &'static str {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        let kind = metadata.file_type();
        if kind.is_fifo() {
            return "a named pipe";
        }
        if kind.is_socket() {
            return "a socket";
        }
        if kind.is_block_device() || kind.is_char_device() {
            return "a device";
        }
    }
    if metadata.is_dir() { "a folder" } else { "what is no plain file" }
}

/// UTF-8 bytes as text; for all others, what they seem to be.
fn decode(bytes: Vec<u8>) -> Result<String, Unreadable> {
    if let Some(encoding) = wide_encoding(&bytes) {
        return Err(
            Unreadable::new(format!("the file is {encoding}, not UTF-8")).help("save it as UTF-8")
        );
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let line = memchr::memchr_iter(b'\n', &bytes[..at]).count() + 1;
        let message =
            format!("the file is not UTF-8: byte 0x{:02X} at offset {at}, line {line}", bytes[at]);
        Unreadable::new(message).help("save it as UTF-8")
    })
}

/// UTF-16 and UTF-32 by their byte order mark, else by where the zero bytes of the first letters
/// are. Asked before UTF-8, since plain letters in UTF-16 are valid UTF-8 too.
fn wide_encoding(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => return Some("UTF-32"),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => return Some("UTF-16"),
        _ => {}
    }
    const LOOKED_AT: usize = 64;
    let head = &bytes[..bytes.len().min(LOOKED_AT) / 4 * 4];
    if head.is_empty() {
        return None;
    }
    let zero_in = |places: &[usize]| {
        head.chunks_exact(4).all(|four| (0..4).all(|at| (four[at] == 0) == places.contains(&at)))
    };
    if zero_in(&[1, 2, 3]) || zero_in(&[0, 1, 2]) {
        Some("UTF-32")
    } else if zero_in(&[1, 3]) || zero_in(&[0, 2]) {
        Some("UTF-16")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(bytes: &[u8]) -> String {
        let read = read(bytes, FilePath::new("a.yaml"), Format::Yaml, 100);
        read.map(|file| file.text.to_string())
            .map_err(|error| error.message)
            .unwrap_or_else(|why| why)
    }

    #[test]
    fn text_is_kept_as_it_is() {
        assert_eq!(why("\u{feff}id: é\r\n".as_bytes()), "\u{feff}id: é\r\n");
        assert_eq!(why(b""), "");
    }

    #[test]
    fn what_is_not_utf_8_is_told_with_its_place() {
        assert_eq!(why(b"a: 1\nb: \xe9\n"), "the file is not UTF-8: byte 0xE9 at offset 8, line 2");
        let wide: Vec<u8> = "id: x\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(why(&wide), "the file is UTF-16, not UTF-8");
        assert_eq!(
            why(&[&[0xff, 0xfe], wide.as_slice()].concat()),
            "the file is UTF-16, not UTF-8"
        );
        let wide: Vec<u8> = "id: x".chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
        assert_eq!(why(&wide), "the file is UTF-32, not UTF-8");
    }

    #[test]
    fn large_files_are_not_read() {
        assert_eq!(why(&[b'a'; 100]).len(), 100);
        assert_eq!(why(&[b'a'; 101]), "the file is larger than 100 bytes and was not read");
    }

    #[test]
    fn paths_are_cleaned_by_their_words() {
        let clean =
            |path: &str| clean(Path::new(path), Path::new("/work/here")).display().to_string();
        assert_eq!(clean("a/./b/../c.yaml"), "/work/here/a/c.yaml");
        assert_eq!(clean("../x"), "/work/x");
        assert_eq!(clean("/etc/../../x"), "/x");
    }
}
