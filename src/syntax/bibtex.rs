//! BibTeX and BibLaTeX into the tree, as the records of CSL-JSON that they stand for.
//!
//! The root is a list of entries. In each, `type` and `id` come from `@article{key`, and every field
//! has its CSL name, by [`csl`]; fields that CSL does not have are called `x-bibtex-...`. Lists of
//! names are lists. Spans are those of the file: a key is the field's name as written, a value what
//! stands between its braces or quotes. A mistake costs its field; an entry that is never closed ends
//! where the next one begins.

mod csl;
pub(super) mod latex;
mod pairs;
#[cfg(test)]
mod tests;

use super::node::{Kind, TreeBuilder};
use super::{Document, SyntaxError, SyntaxErrorCode, bom_len, most_records};
use crate::source::Span;
use pairs::Pairs;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

/// Mistakes that are told of one file.
const MAX_ERRORS: usize = 100;
/// Fields that are read of one entry, or macros of one `@string`.
const MAX_FIELDS: usize = 1_000;
/// Bytes that macros may give in a file of no size.
const MIN_BUDGET: usize = 1 << 16;

pub fn parse(text: &Arc<String>) -> Document {
    let mut reader = Reader {
        text,
        at: bom_len(text),
        pairs: Pairs::of(text),
        budget: MIN_BUDGET + 4 * text.len(),
        macros: MONTHS
            .iter()
            .map(|(name, month)| ((*name).to_owned(), (*month).to_owned()))
            .collect(),
        strangers: HashSet::new(),
        builder: TreeBuilder::new(text.clone()),
        comments: Vec::new(),
        errors: Vec::new(),
    };
    reader.file();
    reader.forget_late_errors();
    let Reader { builder, comments, errors, .. } = reader;
    Document { tree: builder.finish(), body: None, comments, errors }
}

const MONTHS: [(&str, &str); 12] = [
    ("jan", "January"),
    ("feb", "February"),
    ("mar", "March"),
    ("apr", "April"),
    ("may", "May"),
    ("jun", "June"),
    ("jul", "July"),
    ("aug", "August"),
    ("sep", "September"),
    ("oct", "October"),
    ("nov", "November"),
    ("dec", "December"),
];

/// `@kind{key, field = value, ...}`.
#[derive(Debug)]
struct Entry {
    range: Range<usize>,
    kind: Range<usize>,
    key: Option<Range<usize>>,
    fields: Vec<Field>,
    is_damaged: bool,
}

#[derive(Debug)]
struct Field {
    name: Range<usize>,
    value: Value,
}

/// What stands behind `=`.
#[derive(Debug)]
struct Value {
    /// The inside of the braces or quotes when it is one text, else everything.
    range: Range<usize>,
    /// Its text when it is put together of several or of names; LaTeX as it was written.
    joined: Option<String>,
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    pairs: Pairs,
    /// Bytes that may yet come out of macros, which can be made to double themselves.
    budget: usize,
    /// Names that no `@string` defines: each is told once.
    strangers: HashSet<String>,
    /// What `@string` says, by lower-case name.
    macros: HashMap<String, String>,
    /// Gets each entry as it is read.
    builder: TreeBuilder,
    comments: Vec<Span>,
    errors: Vec<SyntaxError>,
}

impl<'a> Reader<'a> {
    /// Everything outside of entries is a remark. Of too many entries, [`most_records`] and one more are read.
    fn file(&mut self) {
        let mut end = None;
        let mut left = most_records(self.text.len()) + 1;
        while left > 0
            && let Some(start) = self.next_entry(self.at)
        {
            self.at = start + 1;
            let kind = self.word();
            self.blanks();
            let open = self.at;
            self.at += 1;
            match self.text[kind.clone()].to_ascii_lowercase().as_str() {
                "comment" | "preamble" => {
                    match self.closing(open) {
                        Some(end) => self.at = end + 1,
                        None => self.unclosed(&kind, open),
                    }
                    self.comments.push(Span::from_usize(start..self.at));
                }
                "string" => self.macros(&kind, open),
                // Fields that other entries take, and settings of a style: nothing that is cited.
                "xdata" | "control" | "bstctl" | "ieeetranbstctl" => {
                    self.entry(start, kind, open);
                }
                _ => {
                    let entry = self.entry(start, kind, open);
                    if end.is_none() {
                        self.builder.open(Kind::Sequence, Span::from_usize(start..start).start);
                    }
                    end = Some(Span::from_usize(entry.range.clone()).end);
                    csl::add(self.text, &entry, &mut self.builder);
                    left -= 1;
                }
            }
        }
        if end.is_some() {
            self.builder.close(end);
        }
    }

    /// Where the next entry stands.
    fn next_entry(&self, from: usize) -> Option<usize> {
        let mut marks = memchr::memchr_iter(b'@', &self.text.as_bytes()[from..]);
        marks.find(|at| self.is_entry(from + at)).map(|at| from + at)
    }

    /// Whether `@word{` stands here, at the beginning of a line or behind a blank or bracket.
    fn is_entry(&self, at: usize) -> bool {
        let before = self.text[..at].chars().next_back();
        let behind = &self.text[at + 1..];
        let open = behind.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        before.is_none_or(|c| c.is_whitespace() || matches!(c, '}' | ')' | '\u{feff}'))
            && open.len() < behind.len()
            && open.trim_start().starts_with(['{', '('])
    }

    fn begins_line(&self, at: usize) -> bool {
        let before = self.text[..at].trim_end_matches([' ', '\t']);
        before.is_empty() || before.ends_with('\n')
    }

    /// The next entry that begins a line: where reading goes on after something that never closes.
    fn next_line_entry(&self, from: usize) -> usize {
        let marks = memchr::memchr_iter(b'@', &self.text.as_bytes()[from..]).map(|at| from + at);
        let mut entries = marks.filter(|&at| self.begins_line(at) && self.is_entry(at));
        entries.next().unwrap_or(self.text.len())
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Steps over blanks and `%` comments.
    fn blanks(&mut self) {
        loop {
            let rest = &self.text[self.at..];
            let trimmed = rest.trim_start();
            self.at += rest.len() - trimmed.len();
            if !trimmed.starts_with('%') {
                return;
            }
            let end = self.at + trimmed.find('\n').unwrap_or(trimmed.len());
            self.comments.push(Span::from_usize(self.at..end));
            self.at = end;
        }
    }

    /// Where the bracket or quote at `open` is closed. A quote is closed before the next entry or
    /// never, so that one that is forgotten does not swallow the file.
    fn closing(&self, open: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let close = match bytes[open] {
            b'{' => return self.pairs.end(open),
            b'(' => b')',
            quote => quote,
        };
        let mut at = open + 1;
        while at < bytes.len() {
            match bytes[at] {
                byte if byte == close => return Some(at),
                b'{' => at = self.pairs.end(at)?,
                b'}' => return None,
                b'@' if self.begins_line(at) && self.is_entry(at) => return None,
                _ => {}
            }
            at += 1;
        }
        None
    }

    /// A name: of an entry's kind, a field, a macro.
    fn word(&mut self) -> Range<usize> {
        let rest = &self.text[self.at..];
        let ends = |c: char| {
            c.is_whitespace()
                || matches!(c, '=' | ',' | '{' | '}' | '(' | ')' | '"' | '#' | '%' | '@')
        };
        let start = self.at;
        self.at += rest.find(ends).unwrap_or(rest.len());
        start..self.at
    }

    /// Keep the first [`MAX_ERRORS`], by their places.
    fn forget_late_errors(&mut self) {
        self.errors.sort_by_key(|error| error.span);
        self.errors.truncate(MAX_ERRORS);
    }

    fn error(&mut self, range: Range<usize>, message: impl Into<String>) -> &mut SyntaxError {
        if self.errors.len() >= 2 * MAX_ERRORS {
            self.forget_late_errors();
        }
        let span = Span::from_usize(range);
        self.errors.push(SyntaxError::new(SyntaxErrorCode::Bibtex, span, message));
        self.errors.last_mut().expect("just pushed")
    }

    fn unclosed(&mut self, kind: &Range<usize>, open: usize) {
        let message = format!("this `@{}` is never closed", &self.text[kind.clone()]);
        let close = if self.text.as_bytes()[open] == b'(' { ')' } else { '}' };
        let error = self.error(open..open + 1, message);
        error.label = "opened here".to_owned();
        error.help = Some(format!("add the missing `{close}`"));
        self.at = self.next_line_entry(self.at);
    }

    fn macros(&mut self, kind: &Range<usize>, open: usize) {
        for field in self.fields(kind, open).0 {
            let name = self.text[field.name].to_ascii_lowercase();
            let text =
                field.value.joined.unwrap_or_else(|| self.text[field.value.range].to_owned());
            self.macros.insert(name, text);
        }
    }

    fn entry(&mut self, start: usize, kind: Range<usize>, open: usize) -> Entry {
        self.blanks();
        let key_start = self.at;
        let rest = &self.text[self.at..];
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, ',' | '=' | '{' | '}' | '"' | ')'));
        self.at += end.unwrap_or(rest.len());
        let mut key = Some(key_start..self.at).filter(|key| !key.is_empty());
        self.blanks();
        if self.peek() == Some(b'=') {
            // What was read is the first field.
            self.at = key_start;
            key = None;
        }
        if key.is_none() {
            let word = &self.text[kind.clone()];
            let message = format!("this `@{word}` has no key");
            let help = format!("write one, by which texts can cite it: `@{word}{{roe-2020,`");
            let error = self.error(start..kind.end, message);
            error.label = "has no key".to_owned();
            error.help = Some(help);
        }
        if let Some(key) = &key
            && !matches!(self.peek(), None | Some(b',' | b'}' | b')' | b'@'))
        {
            let error = self.error(key.clone(), "a comma is missing behind this key");
            error.help = Some("what follows is read as the first field".to_owned());
        }
        let (fields, is_damaged) = self.fields(&kind, open);
        let range = start..self.at.max(start + 1);
        let range = start..start + self.text[range].trim_end().len();
        Entry { range, kind, key, fields, is_damaged }
    }

    /// Fields up to the closing bracket, and whether a mistake may hide some.
    fn fields(&mut self, kind: &Range<usize>, open: usize) -> (Vec<Field>, bool) {
        let close = if self.text.as_bytes()[open] == b'(' { b')' } else { b'}' };
        let mut fields = Vec::new();
        let mut is_damaged = false;
        loop {
            self.blanks();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(byte) if byte == close => {
                    self.at += 1;
                    return (fields, is_damaged);
                }
                None | Some(b'@') => {
                    self.unclosed(kind, open);
                    return (fields, true);
                }
                Some(_) if fields.len() == MAX_FIELDS => {
                    self.too_many_fields(kind, open);
                    return (fields, true);
                }
                Some(_) => match self.field() {
                    Ok(field) => fields.push(field),
                    Err(Lost::Field) => is_damaged = true,
                    Err(Lost::Rest) => return (fields, true),
                },
            }
        }
    }

    fn too_many_fields(&mut self, kind: &Range<usize>, open: usize) {
        let message =
            format!("this `@{}` has more fields than are read of one", &self.text[kind.clone()]);
        let error = self.error(self.at..self.at, message);
        error.code = SyntaxErrorCode::Limit;
        error.label = "not read from here on".to_owned();
        self.at = self.closing(open).map_or_else(|| self.next_line_entry(self.at), |end| end + 1);
    }

    fn field(&mut self) -> Result<Field, Lost> {
        let name = self.word();
        if name.is_empty() {
            let len = self.text[self.at..].chars().next().map_or(0, char::len_utf8);
            let found = self.text[self.at..self.at + len].to_owned();
            let error =
                self.error(self.at..self.at + len, format!("expected a field, found `{found}`"));
            error.help = Some("fields are written `name = {value},`".to_owned());
            self.at += len;
            self.skip_field();
            return Err(Lost::Field);
        }
        self.blanks();
        if self.peek() != Some(b'=') {
            let written = &self.text[name.clone()];
            let message = format!("`{written}` has no value");
            let help = format!("fields are written `{written} = {{value}},`");
            let error = self.error(name, message);
            error.label = "expected `=` behind it".to_owned();
            error.help = Some(help);
            self.skip_field();
            return Err(Lost::Field);
        }
        self.at += 1;
        let value = self.value(&name)?;
        self.blanks();
        if !matches!(self.peek(), None | Some(b',' | b'}' | b')' | b'@')) {
            let end = value_end(self.text, self.at);
            let error = self.error(end.clone(), "a comma is missing behind this value");
            error.help = Some("fields are set apart by commas".to_owned());
        }
        Ok(Field { name, value })
    }

    /// To the end of the line or the next comma: what stands there cannot be read.
    fn skip_field(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.find([',', '\n', '}', ')']).unwrap_or(rest.len());
    }

    fn value(&mut self, name: &Range<usize>) -> Result<Value, Lost> {
        self.blanks();
        let start = self.at;
        let first = self.piece(name)?;
        self.blanks_before_join();
        if self.peek() != Some(b'#') {
            let (range, joined) = first;
            let inner = &self.text[range.clone()];
            let from = range.start + inner.len() - inner.trim_start().len();
            return Ok(Value { range: from..from + inner.trim().len(), joined });
        }
        let text = |(range, joined): (Range<usize>, Option<String>), all: &str| {
            joined.unwrap_or_else(|| all[range].to_owned())
        };
        let mut joined = text(first, self.text);
        let mut end = self.at;
        while self.peek() == Some(b'#') {
            self.at += 1;
            self.blanks();
            let piece = self.piece(name)?;
            joined.push_str(&text(piece, self.text));
            end = self.at;
            self.blanks_before_join();
        }
        Ok(Value { range: start..end, joined: Some(joined) })
    }

    /// Blanks, when a `#` follows them.
    fn blanks_before_join(&mut self) {
        let rest = &self.text[self.at..];
        if rest.trim_start().starts_with('#') {
            self.at += rest.len() - rest.trim_start().len();
        }
    }

    /// One part of a value: its bytes, and its text where that is none of them.
    fn piece(&mut self, name: &Range<usize>) -> Result<(Range<usize>, Option<String>), Lost> {
        let start = self.at;
        match self.peek() {
            Some(quote @ (b'{' | b'"')) => {
                let Some(end) = self.closing(start) else {
                    let what = if quote == b'{' { "brace" } else { "quote" };
                    let error =
                        self.error(start..start + 1, format!("this {what} is never closed"));
                    error.label = "opened here".to_owned();
                    self.at = self.next_line_entry(start);
                    return Err(Lost::Rest);
                };
                if quote == b'"' && is_next_field(&self.text[start + 1..end]) {
                    let error = self.error(start..start + 1, "this quote is never closed");
                    error.label = "opened here".to_owned();
                    error.help = Some("add one at the end of the value".to_owned());
                    let rest = &self.text[start..];
                    self.at += rest.find('\n').unwrap_or(rest.len());
                    return Err(Lost::Field);
                }
                self.at = end + 1;
                Ok((start + 1..end, None))
            }
            _ => {
                let word = self.word();
                if word.is_empty() {
                    let written = &self.text[name.clone()];
                    let message = format!("`{written}` has no value");
                    let error = self.error(name.clone(), message);
                    error.help = Some("write it in braces, or delete the field".to_owned());
                    self.skip_field();
                    return Err(Lost::Field);
                }
                let written = &self.text[word.clone()];
                if written.bytes().all(|byte| byte.is_ascii_digit()) {
                    return Ok((word, None));
                }
                let text = self.macros.get(&written.to_ascii_lowercase());
                if let Some(text) = text {
                    if text.len() <= self.budget {
                        self.budget -= text.len();
                        return Ok((word, Some(text.clone())));
                    }
                    let message = "the macros of this file stand for too much text";
                    let error = self.error(word.clone(), message);
                    error.code = SyntaxErrorCode::Limit;
                    error.help = Some("write the text itself".to_owned());
                } else if self.strangers.insert(written.to_ascii_lowercase()) {
                    let message = format!("no `@string` defines `{written}`");
                    let help = format!("write a text in braces: `{{{written}}}`");
                    let error = self.error(word.clone(), message);
                    error.label = "not known".to_owned();
                    error.help = Some(help);
                }
                Ok((word, None))
            }
        }
    }
}

/// A mistake was told.
enum Lost {
    /// The field cannot be used.
    Field,
    /// Nor can the rest of its entry.
    Rest,
}

/// Whether a value that a quote begins reaches to the quote of the next field: `17,\n number = `.
fn is_next_field(value: &str) -> bool {
    let Some(name) = value.trim_end().strip_suffix('=') else { return false };
    let Some((_, line)) = name.rsplit_once('\n') else { return false };
    let name = line.trim();
    !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

/// The word that begins at `at`, for a label.
fn value_end(text: &str, at: usize) -> Range<usize> {
    let rest = &text[at..];
    let word = rest
        .find(|c: char| c.is_whitespace() || matches!(c, ',' | '=' | '}'))
        .unwrap_or(rest.len());
    let first = rest.chars().next().map_or(0, char::len_utf8);
    at..at + word.max(first)
}
