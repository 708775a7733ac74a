//! Schemas that lie in files.
//!
//! [`Files`] is all the validator gets to load with: it reads files below the project's root and vendored copies,
//! and never opens a socket.

use super::address::{ROOT, percent_decoded};
use super::instance::to_value;
use crate::source::{FilePath, SourceFile, reason};
use crate::syntax;
use jsonschema::{Retrieve, Uri};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Local copies of schemas: what is at an address that begins with `prefix` is a file in `place`, or
/// `place` itself when the address is no longer.
#[derive(Clone, Debug)]
pub(super) struct Copies {
    pub(super) prefix: String,
    place: PathBuf,
    is_used: Arc<AtomicBool>,
}

impl Copies {
    pub(super) fn new(prefix: &str, place: PathBuf) -> Self {
        Self { prefix: prefix.to_owned(), place, is_used: Arc::default() }
    }

    /// Whether anything was looked for here.
    pub(super) fn is_used(&self) -> bool {
        self.is_used.load(Ordering::Relaxed)
    }

    /// The copies for an address, and the path of the file among them. The longest prefix counts.
    pub(super) fn find<'c, 'a>(all: &'c [Self], address: &'a str) -> Option<(&'c Self, &'a str)> {
        let found = all.iter().filter_map(|own| Some((own, address.strip_prefix(&*own.prefix)?)));
        let (copies, rest) = found.max_by_key(|(own, _)| own.prefix.len())?;
        Some((copies, rest.trim_start_matches('/')))
    }

    fn text(&self, path: &str) -> Result<(String, String), String> {
        self.is_used.store(true, Ordering::Relaxed);
        match (path, self.place.parent(), self.place.file_name().and_then(|name| name.to_str())) {
            ("", Some(folder), Some(name)) => text_below(folder, name),
            _ => text_below(&self.place, path),
        }
    }
}

/// Why the validator gets no schema.
#[derive(Debug)]
pub(super) enum LoadError {
    /// It is on the network, and there is no copy of it.
    Remote,
    /// In words.
    File(String),
}

impl From<String> for LoadError {
    fn from(words: String) -> Self {
        Self::File(words)
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Remote => f.write_str("caveat opens no network connections"),
            Self::File(words) => f.write_str(words),
        }
    }
}

impl std::error::Error for LoadError {}

/// What the validator loads schemas with.
#[derive(Debug)]
pub(super) struct Files {
    /// The project's root; `None` loads no files at all.
    root: Option<PathBuf>,
    copies: Vec<Copies>,
    /// Schemas that are already here, by address.
    known: BTreeMap<String, (FilePath, Arc<str>)>,
    loaded: Arc<Mutex<BTreeMap<String, Arc<Value>>>>,
}

impl Files {
    pub(super) fn new(
        root: Option<PathBuf>,
        copies: Vec<Copies>,
        known: BTreeMap<String, (FilePath, Arc<str>)>,
    ) -> Self {
        Self { root, copies, known, loaded: Arc::default() }
    }

    /// What was loaded, by address; fills while the validator is built.
    pub(super) fn loaded(&self) -> Arc<Mutex<BTreeMap<String, Arc<Value>>>> {
        self.loaded.clone()
    }

    /// The text behind an address, and its path.
    pub(super) fn text(&self, address: &str) -> Result<(String, String), LoadError> {
        if let Some((copies, path)) = Copies::find(&self.copies, address) {
            return Ok(copies.text(path)?);
        }
        match (address.strip_prefix(ROOT), &self.root) {
            (Some(path), Some(root)) => Ok(text_below(root, path)?),
            (Some(_), None) => Err("no files may be read here".to_owned().into()),
            (None, _) => Err(LoadError::Remote),
        }
    }

    fn load(&self, address: &str) -> Result<Arc<Value>, LoadError> {
        if let Some((path, text)) = self.known.get(address) {
            return Ok(read(path.as_str(), text.clone())?);
        }
        let (text, path) = self.text(address)?;
        Ok(read(&path, text.into())?)
    }
}

impl Retrieve for Files {
    fn retrieve(
        &self,
        uri: &Uri<String>,
    ) -> Result<Value, Box<dyn std::error::Error + Send + Sync>> {
        let address = uri.as_str().trim_end_matches('#');
        let value = self.load(address)?;
        let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        loaded.insert(address.to_owned(), value.clone());
        Ok((*value).clone())
    }
}

fn read(path: &str, text: Arc<str>) -> Result<Arc<Value>, String> {
    let path = FilePath::new(path);
    let format = super::schema_format(&path);
    let file = SourceFile::new(path, &*text, format);
    let document = syntax::parse(&file);
    if let Some(error) = document.errors.first() {
        let place = file.lines().line_column(&file.text, error.span.start);
        return Err(format!("`{}` line {}: {}", file.path, place.line, error.message));
    }
    let root = document.tree.root().ok_or_else(|| format!("`{}` is empty", file.path))?;
    Ok(Arc::new(to_value(root)))
}

/// The text of a file below `folder`, and its decoded path; symbolic links are followed, but not out
/// of the folder.
fn text_below(folder: &Path, path: &str) -> Result<(String, String), String> {
    let path = percent_decoded(path);
    let relative = Path::new(&path);
    if !relative.components().all(|part| matches!(part, Component::Normal(_))) {
        return Err(format!("`{path}` leaves the folder of schemas"));
    }
    let problem = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => format!("`{path}` does not exist"),
        _ => format!("`{path}` cannot be read: {}", reason(&error)),
    };
    let full = folder.join(relative).canonicalize().map_err(problem)?;
    let folder = folder.canonicalize().map_err(problem)?;
    if !full.starts_with(&folder) {
        return Err(format!("`{path}` leads out of the project through a link"));
    }
    let text = std::fs::read_to_string(&full).map_err(problem)?;
    Ok((text, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_above_the_folder_is_read() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        assert!(text_below(&here, "../Cargo.toml").unwrap_err().contains("leaves"));
        assert!(text_below(&here, "..%2FCargo.toml").unwrap_err().contains("leaves"));
        assert!(text_below(&here, "no.json").unwrap_err().contains("does not exist"));
    }

    #[test]
    fn the_longest_prefix_counts() {
        let copies = ["https://e.org/", "https://e.org/a/", "https://e.org/a/b.json"];
        let copies = copies.map(|prefix| Copies::new(prefix, PathBuf::from("x")));
        let found = |address| {
            Copies::find(&copies, address).map(|(own, path)| (own.prefix.len(), path.to_owned()))
        };
        assert_eq!(found("https://e.org/c.json"), Some((14, "c.json".to_owned())));
        assert_eq!(found("https://e.org/a/c.json"), Some((16, "c.json".to_owned())));
        assert_eq!(found("https://e.org/a/b.json"), Some((22, String::new())));
        assert_eq!(found("https://f.org/a"), None);
    }
}
