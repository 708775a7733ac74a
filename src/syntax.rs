//! YAML, JSON, Markdown, plain text and BibTeX into one spanned document.
//!
//! [`parse`] never fails: a broken file gives what was read before the error, and the error. The
//! readers know nothing of schemas or content kinds.

mod align;
mod bibtex;
mod field_map;
#[cfg(test)]
mod gallery;
mod json;
mod markdown;
mod markup;
#[cfg(test)]
pub(crate) mod mutation_tests;
mod node;
mod number;
mod offset_map;
pub(crate) mod pointer;
mod prose;
mod sentences;
#[cfg(test)]
mod suite_tests;
mod text;
mod yaml;

pub use field_map::FieldMap;
pub(crate) use markdown::begins_box;
pub use node::{
    DuplicateKey, Entries, Entry, Items, Kind, Node, NodeId, Style, Text, Tree, TreeBuilder,
};
pub use offset_map::{OffsetMap, Piece};
pub use prose::{Block, BlockKind, Definition, ItemId, Mark, MarkKind, Prose};

use crate::source::{Format, SourceFile, Span};

/// What one file says.
#[derive(Clone, Debug)]
pub struct Document {
    /// The records' tree: the whole file, or the front matter. Several roots for a YAML stream.
    pub tree: Tree,
    /// The body of a Markdown file or plain-text draft.
    pub body: Option<Prose>,
    /// Comments in source order: `# ...` with its mark, `<!-- ... -->` with its fences.
    pub comments: Vec<Span>,
    /// What could not be read, in source order.
    pub errors: Vec<SyntaxError>,
}

/// Why and where reading failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    pub code: SyntaxErrorCode,
    /// What to mend, at the place to mend it.
    pub span: Span,
    /// One line, lower case.
    pub message: String,
    /// The words beside the span; may be empty.
    pub label: String,
    /// The other half: the quote that was opened, the first of two keys.
    pub related: Vec<(Span, String)>,
    pub help: Option<String>,
}

/// Which rule a syntax error belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SyntaxErrorCode {
    Yaml,
    Json,
    Bibtex,
    FrontMatter,
    /// Front matter in another language, or not at the very beginning: it is stepped over.
    UnreadFrontMatter,
    /// Too deep, too many nodes, too many alias expansions.
    Limit,
    UnknownAlias,
    ComplexKey,
}

impl SyntaxError {
    pub fn new(code: SyntaxErrorCode, span: Span, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { code, span, message, label: String::new(), related: Vec::new(), help: None }
    }

    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }

    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Collections may nest this deep; deeper is an error in the file, so that everything after the
/// reader may recurse.
pub const MAX_DEPTH: usize = 128;

/// How many records of a file of `len` bytes are read. Where there are more, they say nothing: a record
/// that says something takes a hundred bytes.
pub fn most_records(len: usize) -> usize {
    20_000 + len / 100
}

/// Read `file` by its format.
pub fn parse(file: &SourceFile) -> Document {
    let mut document = match file.format {
        Format::Yaml => yaml::parse(&file.text),
        Format::Json => json::parse(&file.text),
        Format::Markdown => markdown::parse(&file.text),
        Format::Text => text::parse(&file.text),
        Format::Bibtex => bibtex::parse(&file.text),
    };
    if markup::may_be_too_much(&file.text) {
        document.errors.extend(markup::errors_of_fields(&document.tree));
    }
    document
}

/// Read the value of a Markdown string field; offsets and spans are those of the file.
pub fn parse_field(text: &Text<'_>) -> Prose {
    markdown::parse_prose(text.as_str(), 0).mapped_through(&text.map())
}

/// Sentences of visible text: ordered ranges, apart, trimmed.
pub fn sentences(text: &str) -> Vec<std::ops::Range<usize>> {
    sentences::split(text)
}

/// Length of a byte order mark at the start of `text`.
fn bom_len(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}
