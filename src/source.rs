//! Source text and places in it.
//!
//! A [`SourceFile`] owns the text of one file as stored. A [`Span`] is a half-open range of its
//! bytes; every other module speaks in spans, and only `render` turns them into lines and columns
//! through [`LineIndex`]. Formats and content kinds are none of this module's business.

mod line_index;

pub use line_index::{LineColumn, LineIndex, LineSpan};

use serde::{Deserialize, Serialize};
use std::fmt;
use std::io;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// Half-open range of bytes in one file, on character boundaries.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The empty span before byte `at`.
    pub const fn empty(at: u32) -> Self {
        Self { start: at, end: at }
    }

    /// A span from offsets of a file that is known to be under 4 GiB ([`SourceFile::new`]).
    pub fn from_usize(range: Range<usize>) -> Self {
        let small = |n: usize| u32::try_from(n).expect("files are under 4 GiB");
        Self::new(small(range.start), small(range.end))
    }

    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies inside this span.
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that holds both.
    pub fn to(self, other: Span) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The same length, `by` bytes further on.
    pub const fn shifted(self, by: u32) -> Self {
        Self::new(self.start + by, self.end + by)
    }

    /// For slicing text: `&text[span.range()]`.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Path of a file relative to the root of the run, with `/` between parts on every platform.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String")]
pub struct FilePath(Arc<str>);

impl From<String> for FilePath {
    fn from(path: String) -> Self {
        Self::new(&path)
    }
}

impl FilePath {
    pub fn new(path: &str) -> Self {
        Self(path.replace('\\', "/").into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part of the path.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The last part without its extension.
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        match name.rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() => stem,
            _ => name,
        }
    }

    /// What the file's record goes by: its stem. The page of a folder (`index`) goes by the folder, and a readme,
    /// which tells of whatever lies beside it, by nothing.
    pub fn page(&self) -> Option<String> {
        let stem = self.stem();
        // "index.sv" is the page in Swedish.
        let (base, language) = stem.find('.').map_or((stem, ""), |at| stem.split_at(at));
        match base {
            "index" | "_index" => {
                self.folders().next_back().map(|folder| format!("{folder}{language}"))
            }
            _ if base.eq_ignore_ascii_case("readme") => None,
            _ => Some(stem.to_owned()),
        }
    }

    /// The path of the folder it lies in; empty at the root.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Whether it lies in a folder, at any depth; all that is in the project lies in its root, `""`.
    pub fn is_below(&self, folder: &FilePath) -> bool {
        let rest = self.0.strip_prefix(&*folder.0);
        folder.0.is_empty() || rest.is_some_and(|rest| rest.starts_with('/'))
    }

    /// The folders above the file, outermost first.
    pub fn folders(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.folder().split('/').filter(|part| !part.is_empty())
    }
}

impl fmt::Display for FilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    Yaml,
    Json,
    /// Markdown, with or without YAML front matter.
    Markdown,
    /// A plain-text draft.
    Text,
    /// A BibTeX bibliography.
    Bibtex,
}

impl Format {
    /// Every file name extension caveat reads, with its format.
    pub const EXTENSIONS: &'static [(&'static str, Format)] = &[
        ("yaml", Format::Yaml),
        ("yml", Format::Yaml),
        ("json", Format::Json),
        ("md", Format::Markdown),
        ("markdown", Format::Markdown),
        ("mdx", Format::Markdown),
        ("qmd", Format::Markdown),
        ("txt", Format::Text),
        ("bib", Format::Bibtex),
    ];

    /// The format a file name asks for, by extension in any case; `None` for other files.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        Self::EXTENSIONS
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(extension))
            .map(|(_, format)| *format)
    }
}

/// One file's text, exactly as stored: a byte order mark and CRLF are kept.
#[derive(Clone, Debug)]
pub struct SourceFile {
    pub path: FilePath,
    pub text: Arc<String>,
    pub format: Format,
    lines: OnceLock<LineIndex>,
}

impl SourceFile {
    /// Text of 4 GiB and more is cut by `discover` before it gets here.
    pub fn new(path: FilePath, text: impl Into<String>, format: Format) -> Self {
        Self { path, text: Arc::new(text.into()), format, lines: OnceLock::new() }
    }

    /// The line table, built on first use: clean files never need it.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }

    /// The lines and columns of `span`.
    pub fn line_span(&self, span: Span) -> LineSpan {
        let at = |offset| self.lines().line_column(&self.text, offset);
        LineSpan { start: at(span.start), end: at(span.end) }
    }

    /// The part of `span` that is on its first line.
    pub fn first_line(&self, span: Span) -> Span {
        let line = self.slice(span).lines().next().unwrap_or("");
        Span::from_usize(span.start as usize..span.start as usize + line.len())
    }

    /// The text under `span`.
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.range()]
    }

    /// The span of the whole text.
    pub fn span(&self) -> Span {
        Span::from_usize(0..self.text.len())
    }
}

/// Why a file cannot be read or written.
///
/// In words of our own where there are some; the number and the capital letter of the
/// platform's text tell people nothing.
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::NotADirectory => "a part of the path is no folder".to_owned(),
        _ => {
            let text = error.to_string();
            let text = text.split(" (os error").next().unwrap_or("").to_owned();
            let mut chars = text.chars();
            chars.next().map_or(String::new(), |first| first.to_lowercase().chain(chars).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_have_parts() {
        let path = FilePath::new("content\\exercises/bridge.v2.yaml");
        assert_eq!(path.as_str(), "content/exercises/bridge.v2.yaml");
        assert_eq!(path.stem(), "bridge.v2");
        assert_eq!(path.folders().collect::<Vec<_>>(), ["content", "exercises"]);
        assert_eq!(FilePath::new(".hidden").stem(), ".hidden");
    }

    #[test]
    fn pages_go_by_their_name() {
        let page = |path: &str| FilePath::new(path).page();
        assert_eq!(page("articles/hips.md").as_deref(), Some("hips"));
        assert_eq!(page("articles/hips/index.md").as_deref(), Some("hips"));
        assert_eq!(page("articles/hips/index.sv.md").as_deref(), Some("hips.sv"));
        assert_eq!(page("articles/index-finger.md").as_deref(), Some("index-finger"));
        assert_eq!(page("articles/hips/README.md"), None);
        assert_eq!(page("index.md"), None);
    }

    #[test]
    fn formats_follow_the_extension() {
        assert_eq!(Format::of_name("a.YML"), Some(Format::Yaml));
        assert_eq!(Format::of_name("scans.qmd"), Some(Format::Markdown));
        assert_eq!(Format::of_name("Makefile"), None);
    }
}
