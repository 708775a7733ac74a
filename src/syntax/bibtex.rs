//! BibTeX and BibLaTeX into the tree, as the records of CSL-JSON that they stand for.
//!
//! The root is a list of entries. In each, `type` and `id` come from `@article{key`, and every field
//! has its CSL name ([`csl_name`]); fields that CSL does not have are called `x-bibtex-...`. Lists of
//! names are lists. Spans are those of the file: a key is the field's name as written, a value what
//! stands between its braces or quotes. A mistake costs its field; an entry that is never closed ends
//! where the next one begins.

pub(super) mod latex;

use super::node::{Kind, Style, TreeBuilder};
use super::{Document, SyntaxError, SyntaxErrorCode, bom_len, most_records};
use crate::source::Span;
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
                _ => {
                    let entry = self.entry(start, kind, open);
                    if end.is_none() {
                        self.builder.open(Kind::Sequence, Span::from_usize(start..start).start);
                    }
                    end = Some(Span::from_usize(entry.range.clone()).end);
                    add(self.text, &entry, &mut self.builder);
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

/// The word that begins at `at`, for a label.
fn value_end(text: &str, at: usize) -> Range<usize> {
    let rest = &text[at..];
    let word = rest
        .find(|c: char| c.is_whitespace() || matches!(c, ',' | '=' | '}'))
        .unwrap_or(rest.len());
    let first = rest.chars().next().map_or(0, char::len_utf8);
    at..at + word.max(first)
}

/// Where each brace is closed. Escaped ones count too, as in BibTeX.
struct Pairs {
    /// In ascending order.
    starts: Vec<u32>,
    /// By index of the start; before it where there is none.
    ends: Vec<u32>,
}

impl Pairs {
    fn of(text: &str) -> Self {
        let (mut starts, mut ends) = (Vec::new(), Vec::new());
        let mut open = Vec::new();
        for at in memchr::memchr2_iter(b'{', b'}', text.as_bytes()) {
            let place = Span::from_usize(at..at).start;
            if text.as_bytes()[at] == b'{' {
                open.push(starts.len());
                starts.push(place);
                ends.push(0);
            } else if let Some(index) = open.pop() {
                ends[index] = place;
            }
        }
        Self { starts, ends }
    }

    /// Where the brace at `start` is closed.
    fn end(&self, start: usize) -> Option<usize> {
        let index = self.starts.binary_search(&u32::try_from(start).ok()?).ok()?;
        Some(self.ends[index] as usize).filter(|&end| end > start)
    }
}

fn add(text: &str, entry: &Entry, builder: &mut TreeBuilder) {
    let small = |at: usize| Span::from_usize(at..at).start;
    let id = builder.open(Kind::Mapping, small(entry.range.start));
    if entry.is_damaged {
        builder.set_damaged(id);
    }
    add_fields(text, entry, builder);
    builder.close(Some(small(entry.range.end)));
}

fn add_fields(text: &str, entry: &Entry, builder: &mut TreeBuilder) {
    let kind = text[entry.kind.clone()].to_ascii_lowercase();
    let put = |range: &Range<usize>, value: &str, builder: &mut TreeBuilder| {
        let same = text[range.clone()] == *value;
        let span = Span::from_usize(range.clone());
        builder.string(Style::Bibtex, span, (!same).then_some(value));
    };
    put(&entry.kind, "type", builder);
    put(&entry.kind, csl_type(&kind), builder);
    if let Some(key) = &entry.key {
        put(key, "id", builder);
        put(key, &text[key.clone()], builder);
    }
    // Of several fields that are one in CSL, such as `date` and `year`, the first has its name.
    let mut taken: Vec<(&str, String)> = Vec::new();
    // A field without text is none to BibTeX; tools write all that they know of.
    let is_blank = |raw: &str| {
        raw.bytes().all(|byte| matches!(byte, b'{' | b'}' | b'"') || byte.is_ascii_whitespace())
    };
    for field in &entry.fields {
        let raw = field.value.joined.as_deref().unwrap_or(&text[field.value.range.clone()]);
        let written = text[field.name.clone()].to_ascii_lowercase();
        // A title is asked for: that it is empty is told where it stands.
        if is_blank(raw) && written != "title" {
            continue;
        }
        let name = csl_name(&kind, &written)
            .filter(|name| taken.iter().all(|(own, by)| own != name || *by == written));
        match name {
            Some(name) => put(&field.name, name, builder),
            None => put(&field.name, &format!("x-bibtex-{written}"), builder),
        }
        match name {
            Some("author" | "editor" | "translator") if field.value.joined.is_none() => {
                let range = &field.value.range;
                builder.open(Kind::Sequence, Span::from_usize(range.clone()).start);
                for name in names(raw) {
                    let own = range.start + name.start..range.start + name.end;
                    put(&own, &latex::decoded(&raw[name]), builder);
                }
                builder.close(Some(Span::from_usize(range.clone()).end));
            }
            Some("URL" | "DOI" | "ISBN" | "ISSN" | "PMID" | "PMCID") => {
                put(&field.value.range, &latex::verbatim(raw), builder);
            }
            _ => put(&field.value.range, &latex::decoded(raw), builder),
        }
        if let Some(name) = name.filter(|name| taken.iter().all(|(own, _)| own != name)) {
            taken.push((name, written));
        }
    }
}

/// The names in `A and B and {C and D}`; `others` is none.
fn names(raw: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    let mut is_blank = false;
    let mut push = |range: Range<usize>| {
        let name = &raw[range.clone()];
        let from = range.start + name.len() - name.trim_start().len();
        if !name.trim().is_empty() && name.trim() != "others" {
            found.push(from..from + name.trim().len());
        }
    };
    for (at, c) in raw.char_indices() {
        let follows_blank = std::mem::replace(&mut is_blank, c.is_whitespace());
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if is_blank && !follows_blank && depth == 0 => {
                let behind = raw[at..].trim_start();
                let is_and = behind.get(..3).is_some_and(|word| word.eq_ignore_ascii_case("and"))
                    && behind[3..].starts_with(char::is_whitespace);
                if is_and && at >= start {
                    push(start..at);
                    start = raw.len() - behind.len() + 3;
                }
            }
            _ => {}
        }
    }
    push(start.min(raw.len())..raw.len());
    found
}

/// The type of CSL for a kind of entry, in lower case.
fn csl_type(kind: &str) -> &'static str {
    match kind {
        "article" | "suppperiodical" => "article-journal",
        "book" | "mvbook" | "collection" | "mvcollection" | "proceedings" | "mvproceedings"
        | "reference" | "mvreference" => "book",
        "booklet" => "pamphlet",
        "inbook" | "incollection" | "bookinbook" | "suppbook" | "suppcollection" => "chapter",
        "inproceedings" | "conference" => "paper-conference",
        "inreference" => "entry-encyclopedia",
        "manual" | "techreport" | "report" => "report",
        "mastersthesis" | "phdthesis" | "thesis" => "thesis",
        "online" | "electronic" | "www" => "webpage",
        "unpublished" => "manuscript",
        "dataset" => "dataset",
        "software" => "software",
        "patent" => "patent",
        "periodical" => "periodical",
        "standard" => "standard",
        "legislation" => "legislation",
        "video" | "movie" => "motion_picture",
        _ => "document",
    }
}

/// The field of CSL for a field of BibTeX, in lower case; `None` where it has none.
fn csl_name(kind: &str, field: &str) -> Option<&'static str> {
    Some(match field {
        "title" => "title",
        "shorttitle" => "title-short",
        "author" => "author",
        "editor" => "editor",
        "translator" => "translator",
        "journal" | "journaltitle" | "booktitle" => "container-title",
        "year" | "date" => "issued",
        "urldate" => "accessed",
        "doi" => "DOI",
        "url" => "URL",
        "isbn" => "ISBN",
        "issn" => "ISSN",
        "pmid" => "PMID",
        "pmcid" | "pmc" => "PMCID",
        "volume" => "volume",
        "issue" => "issue",
        "number" if matches!(kind, "article" | "suppperiodical") => "issue",
        "number" => "number",
        "pages" => "page",
        "pagetotal" => "number-of-pages",
        "chapter" => "chapter-number",
        "publisher" | "institution" | "school" | "organization" => "publisher",
        "address" | "location" => "publisher-place",
        "edition" => "edition",
        "series" => "collection-title",
        "abstract" => "abstract",
        "note" => "note",
        "annote" | "annotation" => "annote",
        "version" => "version",
        "eventtitle" => "event-title",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FilePath, Format, SourceFile};
    use crate::syntax::{Node, parse};

    const SAMPLE: &str = r#"A remark, by me@example.org.
@string{cdsr = "Cochrane " # {Database}}
@comment{left @out{}}
@article{hayden-2021,
  author  = {Hayden, Jill A. and {Health and Safety Executive} and G{\"o}del, Kurt and others},
  title   = "Exercise {therapy} for
             chronic pain",
  journal = cdsr # " of Systematic Reviews",
  year    = 2021, month = sep, % of the first version
  Number  = {9},
  pages   = {514--527},
  doi     = {10.1002/14651858.CD009790.pub2},
  url     = {https://example.org/a\_b},
  keywords = {back, pain}
}
@Book(roe, title = {Höfter}, date = {2020-05}, year = 2020)
"#;

    fn document(text: &str) -> Document {
        parse(&SourceFile::new(FilePath::new("a.bib"), text, Format::Bibtex))
    }

    fn told(text: &str) -> Vec<String> {
        let show = |own: &SyntaxError| format!("{}: {}", &text[own.span.range()], own.message);
        document(text).errors.iter().map(show).collect()
    }

    fn shown(node: Node<'_>) -> String {
        if node.is_sequence() {
            return format!("[{}]", node.items().map(shown).collect::<Vec<_>>().join("; "));
        }
        node.scalar_text().to_owned()
    }

    fn fields(document: &Document, index: usize) -> Vec<(String, String)> {
        let entry = document.tree.root().unwrap().items().nth(index).unwrap();
        entry.entries().map(|own| (own.key().to_owned(), shown(own.value))).collect()
    }

    #[test]
    fn entries_are_records_of_csl() {
        let document = document(SAMPLE);
        assert_eq!(document.errors, []);
        let found = fields(&document, 0);
        let found: Vec<_> = found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(
            found,
            [
                ("type", "article-journal"),
                ("id", "hayden-2021"),
                ("author", "[Hayden, Jill A.; Health and Safety Executive; Gödel, Kurt]"),
                ("title", "Exercise therapy for chronic pain"),
                ("container-title", "Cochrane Database of Systematic Reviews"),
                ("issued", "2021"),
                ("x-bibtex-month", "September"),
                ("issue", "9"),
                ("page", "514–527"),
                ("DOI", "10.1002/14651858.CD009790.pub2"),
                ("URL", "https://example.org/a_b"),
                ("x-bibtex-keywords", "back, pain"),
            ]
        );
        let found = fields(&document, 1);
        assert_eq!(found[0].1, "book");
        assert_eq!(found[2], ("title".to_owned(), "Höfter".to_owned()));
        assert_eq!(found[4], ("x-bibtex-year".to_owned(), "2020".to_owned()));
        assert_eq!(document.tree.root().unwrap().items().count(), 2);
    }

    #[test]
    fn every_part_is_at_its_bytes() {
        let document = document(SAMPLE);
        let entry = document.tree.root().unwrap().items().next().unwrap();
        assert!(SAMPLE[entry.span().range()].starts_with("@article{hayden"));
        assert!(SAMPLE[entry.span().range()].ends_with("pain}\n}"));
        let at = |name: &str| {
            let field = entry.entry(name).unwrap();
            (&SAMPLE[field.key_span().range()], &SAMPLE[field.value.span().range()])
        };
        assert_eq!(at("type"), ("article", "article"));
        assert_eq!(at("id"), ("hayden-2021", "hayden-2021"));
        assert_eq!(at("issue"), ("Number", "9"));
        assert_eq!(at("DOI"), ("doi", "10.1002/14651858.CD009790.pub2"));
        assert_eq!(at("container-title").1, "cdsr # \" of Systematic Reviews\"");
        let names: Vec<_> = entry.get("author").unwrap().items().collect();
        assert_eq!(&SAMPLE[names[1].span().range()], "{Health and Safety Executive}");
        // Inside of a decoded text, too.
        let title = entry.get("title").unwrap().text().unwrap();
        let part = |word: &str| {
            let start = title.as_str().find(word).unwrap();
            &SAMPLE[title.span_of(start..start + word.len()).range()]
        };
        assert_eq!((part("therapy"), part("chronic")), ("therapy", "chronic"));
        let name = names[2].text().unwrap();
        assert_eq!(&SAMPLE[name.span_of(1..3).range()], "\\\"o");
    }

    #[test]
    fn mistakes_cost_one_field_or_entry() {
        assert_eq!(
            told("@book{a, title = {A {B}, year = 2020\n@book{b, title = {B}}\n"),
            ["{: this brace is never closed"]
        );
        assert_eq!(told("@book{a, title = {A}\n@book{b}\n"), ["{: this `@book` is never closed"]);
        assert_eq!(told("@book{title = {A}}"), ["@book: this `@book` has no key"]);
        assert_eq!(told("@book{a title = {A}}"), ["a: a comma is missing behind this key"]);
        assert_eq!(told("@book{, title = {A}}"), ["@book: this `@book` has no key"]);
        assert_eq!(told("@book{a, title {A}, year = 1}"), ["title: `title` has no value"]);
        assert_eq!(told("@book{a, title = , year = 1}"), ["title: `title` has no value"]);
        assert_eq!(told("@book{a, note = foo}"), ["foo: no `@string` defines `foo`"]);
        // Abbreviations may stand in another file: each is told once.
        assert_eq!(told("@book{a, note = foo}\n@book{b, note = Foo, series = bar}").len(), 2);
        assert_eq!(
            told("@book{a, title = {A} year = 1}"),
            ["year: a comma is missing behind this value"]
        );
        assert_eq!(told("@book{a, = {A}, year = 1}"), ["=: expected a field, found `=`"]);
        let document = document("@book{a, title = {A {B}\n}\n@book{b, title = {B}}\n");
        assert_eq!(fields(&document, 1)[2].1, "B");
        assert!(document.tree.root().unwrap().items().next().unwrap().is_damaged());
    }

    #[test]
    fn fields_without_text_are_none() {
        let names = |text: &str| {
            let fields = fields(&document(text), 0);
            fields.into_iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>()
        };
        let whole = names("@book{a, title = {A}}");
        for blank in ["{}", "\"\"", "{{}}", "{ }", "\"{}\"", "{} # {}"] {
            assert_eq!(
                names(&format!("@book{{a, url = {blank}, title = {{A}}}}")),
                whole,
                "{blank}"
            );
        }
        // A command that is not known says something.
        assert!(names("@book{a, title = {{\\TUB{}}}}").contains(&"title=TUB".to_owned()));
        assert!(names("@book{a, title = {\\TUB{} 1}}").contains(&"title= 1".to_owned()));
    }

    #[test]
    fn remarks_are_no_entries() {
        for text in ["", "Nothing here.", "a@b{c}", "@", "@ {", "@book", "@comment{a}", "\u{feff}"]
        {
            assert!(document(text).tree.is_empty(), "{text}");
        }
    }

    #[test]
    fn macros_that_double_themselves_are_stopped() {
        let doubling = "@string{a = a # a}\n".repeat(64);
        let text = format!("@string{{a = {{text}}}}\n{doubling}@book{{b, title = a}}\n");
        let document = document(&text);
        assert!(document.errors.iter().all(|error| error.code == SyntaxErrorCode::Limit));
        assert!(!document.errors.is_empty());
        assert_eq!(fields(&document, 0)[0].1, "book");
    }

    #[test]
    fn of_too_many_fields_and_entries_some_are_read() {
        let fields_of = |count| format!("@book{{a, {}}}\n@book{{b}}", "x = 1,".repeat(count));
        assert_eq!(told(&fields_of(MAX_FIELDS)), [""; 0]);
        let text = fields_of(MAX_FIELDS + 1);
        assert_eq!(told(&text), [": this `@book` has more fields than are read of one"]);
        let read = document(&text);
        assert_eq!(fields(&read, 0).len(), 2 + MAX_FIELDS);
        assert_eq!(fields(&read, 1)[1].1, "b");
        let text = "@book{a}".repeat(100_000);
        let tree = document(&text).tree;
        assert_eq!(tree.root().unwrap().items().count(), most_records(text.len()) + 1);
    }

    #[test]
    fn of_many_mistakes_the_first_are_told() {
        let text = "@book{a, x}\n".repeat(1_000);
        let errors = document(&text).errors;
        assert_eq!(errors.len(), MAX_ERRORS);
        assert!(errors.iter().enumerate().all(|(at, own)| own.span.start as usize == 12 * at + 9));
    }

    #[test]
    fn hostile_files_take_linear_time() {
        let hostile = [
            "@a{b,c={\n",
            "@a{b,c=\"\n",
            "@a{",
            "@a(b,c=\"{\n",
            "@",
            "@a ",
            "{",
            "\"",
            "@a{b,c={} ",
            "@a{b,c= d # ",
            "@a{b,author={x and",
            "c=\"x\",",
            "@a{b,c=d #",
        ];
        for text in hostile {
            let start = std::time::Instant::now();
            document(&text.repeat(400_000 / text.len()));
            document(&format!("@a{{b,{}", text.repeat(400_000 / text.len())));
            document(&format!("@a{{b,author={{{}}}}}", " ".repeat(400_000)));
            let taken = start.elapsed();
            assert!(taken < std::time::Duration::from_secs(5), "{text:?} took {taken:?}");
        }
    }

    #[test]
    fn a_field_twice_is_one_key_twice() {
        let document = document("@book{a, title = {A}, TITLE = {B}}");
        assert_eq!(document.tree.duplicate_keys().len(), 1);
    }

    /// Whatever is cut out or put in: no panic, and every place is there.
    #[test]
    fn no_bytes_break_the_reader() {
        let inserts =
            ["", "{", "}", "\"", "@book{", "#", "=", ",", "\\", "é", " and ", "%", "(", "\n@"];
        for (at, _) in SAMPLE.char_indices() {
            for (number, insert) in inserts.iter().enumerate() {
                let skip = number % 3;
                let rest = SAMPLE[at..]
                    .char_indices()
                    .nth(skip)
                    .map_or("", |(skip, _)| &SAMPLE[at + skip..]);
                let text = format!("{}{insert}{rest}", &SAMPLE[..at]);
                let document = document(&text);
                for error in &document.errors {
                    assert!(text.get(error.span.range()).is_some(), "{text}");
                }
                let mut start = 0;
                for node in document.tree.nodes() {
                    let span = node.span();
                    assert!(text.get(span.range()).is_some() && span.start >= start, "{text}");
                    start = span.start;
                    if let Some(value) = node.scalar() {
                        assert_eq!(value.map().decoded_len() as usize, value.as_str().len());
                        assert!(text.get(value.inner_span().range()).is_some(), "{text}");
                    }
                    assert!(!node.is_damaged() || !document.errors.is_empty());
                }
            }
        }
    }
}
