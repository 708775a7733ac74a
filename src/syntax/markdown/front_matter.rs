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
    if let Some(unread) = unread(text, start) {
        return Some(unread);
    }
    if let Some(found) = misspelt(text, start) {
        return Some(found);
    }
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
            is_yaml.then_some(FrontMatter { yaml, body: lines.at, error: None })
        }
        None => looks_like_yaml(&text[yaml_start..]).then(|| never_closed(text, fence, yaml_start)),
    }
}

/// Front matter that is stepped over: in a language that is not read, or below an empty line.
fn unread(text: &str, start: usize) -> Option<FrontMatter> {
    match text[start..].bytes().next()? {
        b'+' => in_toml(text, start),
        b'{' => in_json(text, start),
        b' ' | b'\t' | b'\r' | b'\n' => displaced(text, start),
        _ => None,
    }
}

/// Lines `key: value` between fences that blanks or empty lines stand before. A thematic break has sentences behind
/// it, or an empty line.
fn displaced(text: &str, start: usize) -> Option<FrontMatter> {
    let at = text.len() - text[start..].trim_start().len();
    let mut lines = lines(text, at);
    let fence = lines.next().filter(|line| is_fence(&text[line.clone()]))?;
    fields_end(text, &mut lines)?;
    let span = Span::from_usize(fence.start..fence.start + 3);
    let message = "front matter is only read at the very beginning of a file";
    let error = SyntaxError::new(SyntaxErrorCode::UnreadFrontMatter, span, message)
        .label("this stands behind blanks or an empty line")
        .help("delete what is before it");
    Some(stepped_over(lines.at, error))
}

/// The lines `key: value` up to the next fence, which is taken too.
fn fields_end(text: &str, lines: &mut Lines<'_>) -> Option<Range<usize>> {
    let start = lines.at;
    let close = lines.find(|line| {
        let line = &text[line.clone()];
        line.trim() == "---" || !may_be_yaml(line)
    })?;
    let is_closed = text[close.clone()].trim() == "---";
    let fields = start..close.start;
    (is_closed && looks_like_yaml(&text[fields.clone()])).then_some(fields)
}

/// Fields below a first line of two or four hyphens, or of a dash that a word processor made of them.
fn misspelt(text: &str, start: usize) -> Option<FrontMatter> {
    let mut lines = lines(text, start);
    let fence = lines.next()?;
    let written = text[fence.clone()].trim_end();
    if !matches!(written, "--" | "----" | "\u{2014}" | "\u{2014}-" | "\u{2013}-") {
        return None;
    }
    let yaml = fields_end(text, &mut lines)?;
    let span = Span::from_usize(fence.start..fence.start + written.len());
    let message = format!("front matter begins with a line `---`, not `{written}`");
    let error = SyntaxError::new(SyntaxErrorCode::FrontMatter, span, message)
        .label("other programs show the fields as text")
        .help("write three hyphens");
    Some(FrontMatter { yaml, body: lines.at, error: Some(error) })
}

/// An object before the body, as Hugo reads it.
fn in_json(text: &str, start: usize) -> Option<FrontMatter> {
    let mut lines = lines(text, start);
    let open = lines.next().filter(|line| text[line.clone()].trim_end() == "{")?;
    let key = text[lines.next()?].trim();
    if !key.starts_with('"') || !key.contains("\":") {
        return None;
    }
    lines.find(|line| text[line.clone()].trim_end() == "}")?;
    let span = Span::from_usize(open.start..open.start + 1);
    let message = "front matter in JSON is not read";
    let error = SyntaxError::new(SyntaxErrorCode::UnreadFrontMatter, span, message)
        .label("none of its fields is checked")
        .help("write it in YAML, between lines `---`");
    Some(stepped_over(lines.at, error))
}

fn stepped_over(body: usize, error: SyntaxError) -> FrontMatter {
    FrontMatter { yaml: body..body, body, error: Some(error) }
}

/// Front matter between lines `+++`, which Hugo and Zola read: it is stepped over.
fn in_toml(text: &str, start: usize) -> Option<FrontMatter> {
    let is_fence = |line: &Range<usize>| text[line.clone()].trim_end() == "+++";
    let mut lines = lines(text, start);
    let fence = lines.next().filter(is_fence)?;
    lines.find(is_fence)?;
    let span = Span::from_usize(fence.start..fence.start + 3);
    let error = SyntaxError::new(
        SyntaxErrorCode::UnreadFrontMatter,
        span,
        "front matter in TOML is not read",
    )
    .label("none of its fields is checked")
    .help("write it in YAML, between lines `---`");
    Some(stepped_over(lines.at, error))
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

#[cfg(test)]
mod tests {
    use super::*;

    /// YAML and body of `text`, and whether an error was found.
    fn cut(text: &str) -> Option<(&str, &str, bool)> {
        let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
        let found = find(text, start)?;
        Some((&text[found.yaml], &text[found.body..], found.error.is_some()))
    }

    #[test]
    fn fences_cut_it_out() {
        assert_eq!(cut("---\na: b\n---\nText\n"), Some(("a: b\n", "Text\n", false)));
        assert_eq!(cut("\u{feff}---\r\na: b\r\n---\r\nText"), Some(("a: b\r\n", "Text", false)));
        assert_eq!(cut("--- \na: b\n---  "), Some(("a: b\n", "", false)));
        assert_eq!(cut("---\n---\nText"), Some(("", "Text", false)));
        assert_eq!(cut("---\n\n---\nText"), Some(("\n", "Text", false)));
        assert_eq!(cut("---\n\na: b\n---\nText"), Some(("\na: b\n", "Text", false)));
    }

    #[test]
    fn broken_yaml_is_front_matter_too() {
        assert_eq!(cut("---\n- {a\n---\nText"), Some(("- {a\n", "Text", false)));
    }

    #[test]
    fn three_dots_do_not_end_it() {
        assert_eq!(cut("---\na: b\n...\nc: d\n---\n"), Some(("a: b\n...\nc: d\n", "", false)));
    }

    #[test]
    fn a_thematic_break_is_none() {
        assert_eq!(cut("---\n\nText here.\n\n---\n\nMore: text.\n"), None);
        assert_eq!(cut("---\nText without an end\n"), None);
        assert_eq!(cut("Text\n---\na: b\n---\n"), None);
        assert_eq!(cut("---"), None);
        assert_eq!(cut(""), None);
    }

    #[test]
    fn what_stands_behind_an_empty_line_is_told() {
        for text in [
            "\n---\ntitle: Höft\ntags:\n  - a\n---\nText",
            " ---\na: b\n---\nText",
            "\u{feff}\r\n---\r\na: b\r\n---\r\nText",
        ] {
            assert_eq!(cut(text), Some(("", "Text", true)), "{text:?}");
        }
        for text in [
            "\n---\n\na: b\n\n---\n",
            "\n---\nText: here.\nAnd more.\n---\n",
            "\n---\na: b\n",
            "\n\nText",
            "\n",
        ] {
            assert_eq!(cut(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_first_line_of_other_hyphens_is_told() {
        for text in ["--\na: b\n---\nText", "----\na: b\n---\nText", "\u{2014}\r\na: b\n---\nText"]
        {
            assert_eq!(cut(text), Some(("a: b\n", "Text", true)), "{text:?}");
        }
        let error = find("\u{2014}\na: Höft\n---\n", 0).and_then(|found| found.error);
        assert_eq!(error.expect("it is told").span, Span::new(0, 3));
        for text in [
            "----\na: b\n----\n",
            "--\nText: here.\nAnd more.\n---\n",
            "--\n\na: b\n\n---\n",
            "--\na: b\n",
            "-\na: b\n---\n",
        ] {
            assert_eq!(cut(text), None, "{text:?}");
        }
    }

    #[test]
    fn json_is_stepped_over() {
        assert_eq!(cut("{\n  \"title\": \"Höft\"\n}\n\nText"), Some(("", "\nText", true)));
        assert_eq!(cut("{\n  a\n}\n"), None);
        assert_eq!(cut("{% raw %}\n"), None);
        assert_eq!(cut("{\n  \"title\": \"A\"\n"), None);
    }

    #[test]
    fn toml_is_stepped_over() {
        let text = "+++\ntitle = 'Höft'\n+++\n\nText.\n";
        let found = find(text, 0).unwrap();
        assert_eq!(text[found.body..].trim(), "Text.");
        assert!(found.yaml.is_empty());
        assert_eq!(found.error.unwrap().message, "front matter in TOML is not read");
        assert!(find("+++\nno end\n", 0).is_none());
    }

    #[test]
    fn a_missing_end_is_found() {
        let text = "---\ntitle: x\ntags:\n  - a\n\n# Head\n\nText: here\n";
        assert_eq!(cut(text), Some(("title: x\ntags:\n  - a\n", "\n# Head\n\nText: here\n", true)));
        let error = find(text, 0).and_then(|found| found.error).expect("it is never closed");
        assert_eq!(error.message, "this front matter is never closed");
        assert_eq!(error.span, Span::new(0, 3));
        assert_eq!(
            cut("---\ntitle: x\nText starts here.\n"),
            Some(("title: x\n", "Text starts here.\n", true))
        );
    }
}
