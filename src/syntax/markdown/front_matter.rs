//! Where the front matter of a file is.

use crate::source::Span;
use crate::syntax::{SyntaxError, SyntaxErrorCode};
use std::ops::Range;

/// Front matter at the start of a text.
#[derive(Debug, PartialEq, Eq)]
pub struct FrontMatter {
    /// What is between the fences, the last line break included.
    pub yaml: Range<usize>,
    /// Where the body begins.
    pub body: usize,
    /// A missing end fence.
    pub error: Option<SyntaxError>,
}

/// Front matter that begins at byte `start`.
///
/// A first line `---` opens it and the next line `---` ends it. When it is followed by a blank line
/// or never closed, it may be a thematic break: then the lines after it must look like YAML.
pub fn find(text: &str, start: usize) -> Option<FrontMatter> {
    let mut lines = lines(text, start);
    let fence = lines.next().filter(|line| is_fence(&text[line.clone()]))?;
    let yaml_start = lines.at;
    let followed_by_blank =
        text[yaml_start..].lines().next().is_none_or(|line| line.trim().is_empty());
    let close = lines.find(|line| is_fence(&text[line.clone()]));
    match close {
        Some(close) => {
            let yaml = yaml_start..close.start;
            let inner = &text[yaml.clone()];
            let is_yaml = !followed_by_blank || inner.trim().is_empty() || looks_like_yaml(inner);
            is_yaml.then(|| FrontMatter { yaml, body: lines.at, error: None })
        }
        None => looks_like_yaml(&text[yaml_start..]).then(|| never_closed(text, fence, yaml_start)),
    }
}

/// Everything up to the first blank line that is followed by something else than YAML is front
/// matter, the rest is body.
fn never_closed(text: &str, fence: Range<usize>, start: usize) -> FrontMatter {
    let mut end = start;
    let mut lines = lines(text, start);
    while let Some(line) = lines.next() {
        let line = &text[line];
        if line.trim().is_empty() || !may_be_yaml(line) {
            break;
        }
        end = lines.at;
    }
    let span = Span::from_usize(fence.start..fence.start + 3);
    let error =
        SyntaxError::new(SyntaxErrorCode::FrontMatter, span, "this front matter is never closed")
            .label("opened here")
            .help("put a line `---` after its last field");
    FrontMatter { yaml: start..end, body: end, error: Some(error) }
}

fn is_fence(line: &str) -> bool {
    line.trim_end_matches([' ', '\t', '\r']) == "---"
}

/// Whether the first line that says something is a `key:`.
fn looks_like_yaml(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim_end);
    let first = lines.find(|line| !line.is_empty() && !line.starts_with('#'));
    first.is_some_and(is_key)
}

/// Whether a line starts with `key:`, quoted or plain.
fn is_key(line: &str) -> bool {
    let Some((key, value)) = line.split_once(':') else { return false };
    let plain = |char: char| char.is_alphanumeric() || matches!(char, '_' | '-' | '.' | '$' | '@');
    let key = key.trim_end().trim_matches(['"', '\'']);
    let one_word = !key.is_empty() && key.chars().all(plain);
    one_word && (value.is_empty() || value.starts_with([' ', '\t']))
}

/// A key, what is indented below one, a list item or a comment.
fn may_be_yaml(line: &str) -> bool {
    is_key(line) || line.starts_with([' ', '\t', '#', ']', '}']) || line.starts_with("- ")
}

struct Lines<'a> {
    text: &'a str,
    /// Start of the next line.
    at: usize,
}

/// Lines from byte `at` on, without their line feed.
fn lines(text: &str, at: usize) -> Lines<'_> {
    Lines { text, at }
}

impl Iterator for Lines<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let rest = &self.text[self.at..];
        if rest.is_empty() {
            return None;
        }
        let len = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        let line = self.at..self.at + len;
        self.at = (line.end + 1).min(self.text.len());
        Some(line)
    }
}
