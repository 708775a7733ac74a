//! Lists of globs, compiled once.

use crate::source::FilePath;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::fmt;
use std::path::{Component, Path};

/// Globs in the manner of `.gitignore`: `*.md` matches in every folder, `content/*.md` only there,
/// `drafts/` everything in a folder, `**` any number of folders, and `!` takes back what an earlier
/// glob matched.
#[derive(Clone)]
pub struct Globs {
    patterns: Vec<String>,
    compiled: Gitignore,
}

/// A glob that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadGlob {
    /// Its place in the list.
    pub index: usize,
    /// One line, lower case.
    pub reason: String,
}

impl Default for Globs {
    fn default() -> Self {
        Self { patterns: Vec::new(), compiled: Gitignore::empty() }
    }
}

impl fmt::Debug for Globs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.patterns.fmt(f)
    }
}

impl PartialEq for Globs {
    fn eq(&self, other: &Self) -> bool {
        self.patterns == other.patterns
    }
}

impl Eq for Globs {}

impl Globs {
    /// # Errors
    ///
    /// The first glob that cannot be read.
    pub fn new(patterns: impl IntoIterator<Item = impl Into<String>>) -> Result<Self, BadGlob> {
        let patterns: Vec<String> = patterns.into_iter().map(Into::into).collect();
        let mut builder = GitignoreBuilder::new("");
        // Git takes an open bracket for itself; here it is a glob that somebody has not finished.
        builder.allow_unclosed_class(false);
        for (index, pattern) in patterns.iter().enumerate() {
            let bad = |error: ignore::Error| BadGlob { index, reason: reason(&error) };
            builder.add_line(None, pattern.strip_prefix("./").unwrap_or(pattern)).map_err(bad)?;
        }
        let compiled =
            builder.build().map_err(|error| BadGlob { index: 0, reason: reason(&error) })?;
        Ok(Self { patterns, compiled })
    }

    pub fn patterns(&self) -> &[String] {
        &self.patterns
    }

    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// Whether the file at `path`, or a folder above it, is matched. Paths that leave the root are
    /// matched by nothing.
    pub fn matches(&self, path: &FilePath) -> bool {
        self.matches_path(Path::new(path.as_str()), false)
    }

    /// Whether a whole folder is matched, so that nobody need look inside.
    pub fn matches_folder(&self, folder: &Path) -> bool {
        self.matches_path(folder, true)
    }

    fn matches_path(&self, path: &Path, is_folder: bool) -> bool {
        let is_inside = path.components().all(|part| matches!(part, Component::Normal(_)));
        is_inside
            && !self.is_empty()
            && self.compiled.matched_path_or_any_parents(path, is_folder).is_ignore()
    }

    /// For each glob, the folder in which everything it matches lies: `content` for
    /// `content/**/*.md`, the empty path for `*.md`. A glob that names a file without any wildcard is that file.
    pub fn folders(&self) -> Vec<&str> {
        self.patterns
            .iter()
            .filter(|own| !own.starts_with('!'))
            .map(|own| literal_folder(own))
            .collect()
    }
}

/// The longest leading part of whole folders without any wildcard.
fn literal_folder(pattern: &str) -> &str {
    let pattern = pattern.strip_prefix("./").unwrap_or(pattern);
    let (is_anchored, pattern) = match pattern.strip_prefix('/') {
        Some(pattern) => (true, pattern),
        None => (false, pattern),
    };
    let wild = pattern.find(['*', '?', '[', '{', '\\']);
    let trimmed = pattern.trim_end_matches('/');
    match wild {
        None if is_anchored || trimmed.contains('/') => trimmed,
        // The name matches in every folder.
        None => "",
        Some(at) => pattern[..at].rsplit_once('/').map_or("", |(folder, _)| folder),
    }
}

/// The innermost reason, without the glob itself.
fn reason(error: &ignore::Error) -> String {
    match error {
        ignore::Error::Glob { err, .. } => err.clone(),
        ignore::Error::WithLineNumber { err, .. }
        | ignore::Error::WithPath { err, .. }
        | ignore::Error::WithDepth { err, .. } => reason(err),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(patterns: &[&str], path: &str) -> bool {
        Globs::new(patterns.iter().copied()).expect("globs").matches(&FilePath::new(path))
    }

    #[test]
    fn globs_are_those_of_gitignore() {
        assert!(matches(&["*.md"], "a/b/c.md"));
        assert!(matches(&["content/**/*.md"], "content/c.md"));
        assert!(matches(&["content/**/*.md"], "content/a/b/c.md"));
        assert!(!matches(&["content/*.md"], "content/a/c.md"));
        assert!(!matches(&["content/*.md"], "other/content/c.md"));
        assert!(matches(&["drafts/"], "content/drafts/a/b.yaml"));
        assert!(matches(&["./content"], "content/a.yaml"));
        assert!(!matches(&["*.md", "!README.md"], "README.md"));
        assert!(matches(&["a/{b,c}/*.yaml"], "a/c/x.yaml"));
        assert!(!matches(&[], "a.md"));
    }

    #[test]
    fn paths_outside_are_matched_by_nothing() {
        assert!(!matches(&["**"], "../a.md"));
        assert!(!matches(&["**"], "/etc/a.md"));
    }

    #[test]
    fn bad_globs_are_named() {
        for pattern in ["[", "drafts/[a-c/*.md"] {
            let bad = Globs::new(["ok", pattern]).expect_err("unclosed brackets");
            assert_eq!(bad.index, 1, "{}", bad.reason);
        }
        assert!(matches(&["[a-c]*.md"], "b1.md"));
        let bad = Globs::new(["ok", "a{b"]).expect_err("unclosed braces");
        assert_eq!(bad.index, 1);
        assert!(bad.reason.contains("unclosed"), "{}", bad.reason);
    }

    #[test]
    fn a_glob_says_where_to_look() {
        assert_eq!(literal_folder("content/exercises/**/*.yaml"), "content/exercises");
        assert_eq!(literal_folder("content/exercises/"), "content/exercises");
        assert_eq!(literal_folder("content"), "");
        assert_eq!(literal_folder("/content/"), "content");
        assert_eq!(literal_folder("*.md"), "");
        assert_eq!(literal_folder("./a/b*/c"), "a");
    }
}
