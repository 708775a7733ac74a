//! Strict JSON (RFC 8259) into the tree.
//!
//! Every departure from JSON is an error. Where it is plain what was meant (a comma too many, a
//! comment, a value in single quotes), the reading goes on, so that one mistake gives one diagnostic
//! and the rest of the file is checked; where it is not, what was read so far is kept.

use super::node::{Kind, Style, TreeBuilder};
use super::{Document, MAX_DEPTH, SyntaxError, SyntaxErrorCode, bom_len};
use crate::source::Span;
use std::sync::Arc;

/// Mistakes that are told of one file.
const MAX_ERRORS: usize = 100;

pub fn parse(text: &Arc<String>) -> Document {
    let mut reader = Reader {
        text,
        bytes: text.as_bytes(),
        at: bom_len(text),
        builder: TreeBuilder::with_capacity(text.clone(), text.len() / 16),
        open: Vec::new(),
        errors: Vec::new(),
        foreign: None,
    };
    if reader.file().is_err() {
        reader.builder.complete_entry(true);
        reader.builder.damage_open();
    }
    let mut errors = reader.errors;
    if let Some((first, others @ 1..)) = reader.foreign {
        let more = match others {
            1 => "one more value".to_owned(),
            _ => format!("{others} more values"),
        };
        let error = errors.remove(first);
        let own = error.help.as_deref().unwrap_or("write it as JSON does");
        let help = format!("{own}; so with {more} of this file");
        errors.push(error.help(help));
    }
    errors.sort_by_key(|error| error.span.start);
    Document { tree: reader.builder.finish(), body: None, comments: Vec::new(), errors }
}

/// The reading cannot go on; the reason was reported.
struct Stop;

type Result<T = ()> = std::result::Result<T, Stop>;

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    builder: TreeBuilder,
    /// Where each open bracket stands.
    open: Vec<usize>,
    errors: Vec<SyntaxError>,
    /// The first of the values that are written as in another language, among the errors, and how many more
    /// there are.
    foreign: Option<(usize, usize)>,
}

impl Reader<'_> {
    fn file(&mut self) -> Result {
        self.blanks()?;
        if self.at == self.bytes.len() {
            // An empty file is told by whoever wants content in it.
            return Ok(());
        }
        let is_quoted = self.preamble()?;
        self.value()?;
        self.blanks()?;
        match self.peek() {
            None => Ok(()),
            Some(_) if is_quoted => Ok(()),
            Some(b'}' | b']') => {
                let error = self.error("this bracket closes nothing");
                self.stop(error.label("no bracket is open here").help("delete it"))
            }
            Some(b'{' | b'[') => {
                let error = self.error("a second value stands behind the first one");
                self.stop(error.label("a JSON file holds one value").help(
                    "make them one list: `[` before the first, `,` between them, `]` behind the last",
                ))
            }
            Some(_) => {
                let error = self.error("text goes on behind the JSON value");
                self.stop(error.label("not part of it").help("a JSON file holds one value"))
            }
        }
    }

    /// Steps over words in front of a value that begins a later line, as in an answer that a chat gave; whether
    /// there are any.
    fn preamble(&mut self) -> Result<bool> {
        let rest = &self.text[self.at..];
        let is_word = |c: char| c.is_alphabetic() || c == '`';
        if !rest.starts_with(is_word) {
            return Ok(false);
        }
        let mut at = self.at;
        for line in rest.split_inclusive('\n') {
            if line.starts_with(['{', '[']) {
                let first = rest.lines().next().unwrap_or("").trim_end();
                let span = Span::from_usize(self.at..self.at + first.len());
                let error = error(span, "words stand before the JSON value");
                self.at = at;
                self.report(
                    error.label("not part of it").help("delete all lines around the value"),
                )?;
                return Ok(true);
            }
            at += line.len();
        }
        Ok(false)
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Steps over blanks, and over what is taken for one by mistake.
    fn blanks(&mut self) -> Result {
        loop {
            match self.peek() {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                Some(b'/' | b'#') => self.comment()?,
                Some(0..0x20 | 0x7f) => {
                    let error =
                        self.error(format!("the control character {} stands here", self.code()));
                    self.skip(1, error.help("delete this invisible character"))?;
                }
                Some(0xC2..) => match self.text[self.at..].chars().next() {
                    Some(blank) if blank.is_whitespace() || blank == '\u{feff}' => {
                        let error =
                            self.error(format!("the blank {} stands outside a text", self.code()));
                        self.skip(blank.len_utf8(), error.help("write a plain blank instead"))?;
                    }
                    _ => return Ok(()),
                },
                _ => return Ok(()),
            }
        }
    }

    /// `U+0000` of the character at the cursor.
    fn code(&self) -> String {
        format!("U+{:04X}", self.text[self.at..].chars().next().map_or(0, u32::from))
    }

    fn comment(&mut self) -> Result {
        let rest = &self.bytes[self.at..];
        let len = match rest {
            [b'#', ..] | [b'/', b'/', ..] => {
                memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len())
            }
            [b'/', b'*', ..] => match memchr::memmem::find(&rest[2..], b"*/") {
                Some(found) => found + 4,
                None => {
                    let span = Span::from_usize(self.at..self.at + 2);
                    return self
                        .stop(error(span, "this comment is never closed").label("opened here"));
                }
            },
            _ => {
                let error = self.error("a `/` stands here");
                return self.stop(error.help("delete it"));
            }
        };
        let text = self.text[self.at..self.at + len].trim_end();
        let span = Span::from_usize(self.at..self.at + text.len());
        self.skip(
            len,
            error(span, "JSON knows no comments").help("delete it, or move it into a field"),
        )
    }

    fn value(&mut self) -> Result {
        match self.peek() {
            Some(b'"') => self.string(),
            Some(b'{') => self.collection(Kind::Mapping),
            Some(b'[') => self.collection(Kind::Sequence),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b'+' | b'.') => self.odd_number(),
            Some(b'\'') => self.single_quoted("text must stand in double quotes, not single ones"),
            None => self.unclosed(),
            Some(_) => self.word(),
        }
    }

    fn word(&mut self) -> Result {
        let len = self.word_len(self.at);
        let span = Span::from_usize(self.at..self.at + len);
        let word = &self.text[span.range()];
        let kind = match word {
            "true" => Kind::Bool(true),
            "false" => Kind::Bool(false),
            "null" => Kind::Null,
            _ => return self.no_value(span),
        };
        self.at += len;
        self.builder.scalar(kind, span);
        Ok(())
    }

    fn word_len(&self, at: usize) -> usize {
        let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '-' | '.');
        let rest = &self.text[at..];
        rest.find(|c| !is_word(c)).unwrap_or(rest.len())
    }

    /// Something that is no value stands where one should be.
    fn no_value(&mut self, word: Span) -> Result {
        if word.is_empty() {
            let character = self.text[self.at..].chars().next().unwrap_or(' ');
            let here = self.error(match character {
                ',' => "a value is missing before this `,`".to_owned(),
                '}' | ']' => "a value is missing before this bracket".to_owned(),
                '“' | '”' | '„' => {
                    return self.curly_quoted("text must stand in straight double quotes");
                }
                '‘' | '’' => "text must stand in straight double quotes".to_owned(),
                '`' => "text must stand in double quotes".to_owned(),
                _ => format!("a value cannot start with `{}`", character.escape_default()),
            });
            if !matches!(character, ',' | '}' | ']') || self.open.is_empty() {
                return self.stop(here);
            }
            self.report(here)?;
            if self.builder.wants_value() {
                self.damaged_null(Span::empty(word.start));
            }
            return Ok(());
        }
        let text = &self.text[word.range()];
        let known = match text {
            "True" | "TRUE" => Some("true"),
            "False" | "FALSE" => Some("false"),
            "None" | "nil" | "NULL" | "Null" | "undefined" => Some("null"),
            _ => None,
        };
        let shown: String = text.chars().take(20).collect();
        let error = match known {
            Some(known) => {
                error(word, format!("`{shown}` is no JSON value")).help(format!("write `{known}`"))
            }
            None if matches!(text, "NaN" | "Infinity" | "-Infinity" | "-NaN" | "inf" | "nan") => {
                error(word, format!("JSON has no number `{shown}`"))
                    .help("write `null`, or leave the field out")
            }
            None => {
                error(word, format!("`{shown}` is no JSON value")).help("put text in double quotes")
            }
        };
        self.at += word.len() as usize;
        self.damaged_null(word);
        let next = self.bytes[self.at..].iter().find(|byte| !byte.is_ascii_whitespace());
        let ends =
            matches!(next, Some(b',' | b'}' | b']')) || (next.is_none() && self.open.is_empty());
        match (ends, known) {
            (true, Some(_)) => self.report_foreign(error),
            (true, None) => self.report(error),
            (false, _) => self.stop(error),
        }
    }

    fn damaged_null(&mut self, span: Span) {
        let node = self.builder.scalar(Kind::Null, span);
        self.builder.set_damaged(node);
    }

    fn collection(&mut self, kind: Kind) -> Result {
        if self.open.len() >= MAX_DEPTH {
            let message = format!("lists and mappings are nested deeper than {MAX_DEPTH} levels");
            let here = Span::from_usize(self.at..self.at + 1);
            let error = SyntaxError::new(SyntaxErrorCode::Limit, here, message);
            return self.stop(error.label("not read from here on"));
        }
        let close = if kind == Kind::Mapping { b'}' } else { b']' };
        self.open.push(self.at);
        self.builder.open(kind, small(self.at));
        self.at += 1;
        self.blanks()?;
        while self.peek() != Some(close) {
            if self.peek() == Some(b',') {
                let error = self.error("a value is missing before this `,`");
                self.skip(1, error.help("delete the comma"))?;
                self.blanks()?;
                continue;
            }
            if kind == Kind::Sequence || self.key()? {
                self.value()?;
                self.blanks()?;
            }
            self.separator(kind, close)?;
        }
        self.at += 1;
        self.open.pop();
        self.builder.close(Some(small(self.at)));
        Ok(())
    }

    /// Steps over the `,` behind an entry, up to the next entry or the closing bracket.
    fn separator(&mut self, kind: Kind, close: u8) -> Result {
        match self.peek() {
            Some(b',') => {
                let comma = self.at;
                self.at += 1;
                self.blanks()?;
                if self.peek() == Some(close) {
                    let message =
                        format!("a `,` stands before the closing `{}`", char::from(close));
                    let span = Span::from_usize(comma..comma + 1);
                    self.report(error(span, message).help("delete the comma"))?;
                }
                Ok(())
            }
            Some(byte) if byte == close => Ok(()),
            Some(b';') => {
                let error = self.error("entries are separated by `,`, not by `;`");
                self.skip(1, error)?;
                self.blanks()
            }
            Some(b'}' | b']') => {
                let opened = *self.open.last().expect("a collection is open");
                let shown = |at: usize| char::from(self.bytes[at]);
                let message = format!("`{}` does not close `{}`", shown(self.at), shown(opened));
                let error = self.error(message);
                self.stop(error.related(Span::from_usize(opened..opened + 1), "opened here"))
            }
            None => self.unclosed(),
            Some(byte) => self.missing_comma(byte, kind, close),
        }
    }

    fn missing_comma(&mut self, byte: u8, kind: Kind, close: u8) -> Result {
        let starts_entry = match kind {
            Kind::Mapping => byte == b'"',
            _ => matches!(byte, b'"' | b'{' | b'[' | b'-' | b'0'..=b'9'),
        };
        if starts_entry && !self.text[..self.at].ends_with('"') {
            let error = self.error("a `,` is missing before this");
            return self.report(error.label("the next entry begins here"));
        }
        if kind == Kind::Sequence && byte == b':' {
            // What was read as the last item is the field behind the list.
            let opened = *self.open.last().expect("a collection is open");
            let error = error(Span::from_usize(opened..opened + 1), "this `[` is never closed");
            let here = Span::from_usize(self.at..self.at + 1);
            let error = error.label("opened here").related(here, "a field begins before this");
            return self.stop(error.help("add the missing `]`"));
        }
        if self.text[..self.at].ends_with('"') {
            let quote = Span::from_usize(self.at - 1..self.at);
            let error = self.error("text goes on behind a closing quote");
            return self.stop(
                error
                    .label("not part of the text")
                    .related(quote, "this quote closes the text")
                    .help("write a `\"` inside a text as `\\\"`"),
            );
        }
        let error = self.error(format!("a `,` or `{}` is missing before this", char::from(close)));
        self.stop(error)
    }

    /// A key, its `:`, and the blanks up to the value; whether there is one.
    fn key(&mut self) -> Result<bool> {
        match self.peek() {
            Some(b'"') => self.string()?,
            None => return self.unclosed(),
            Some(b'\'') => {
                self.single_quoted("a key must stand in double quotes, not single ones")?
            }
            Some(_) => self.bare_key()?,
        }
        self.blanks()?;
        match self.peek() {
            Some(b':') => self.at += 1,
            None => return self.unclosed(),
            Some(b'=') => {
                let error = self.error("key and value are separated by `:`, not by `=`");
                self.skip(1, error)?;
            }
            Some(b',' | b'}') => {
                let key = self.builder.last_span();
                self.damaged_null(Span::empty(key.end));
                self.report(error(key, "a `:` and a value are missing behind this key"))?;
                return Ok(false);
            }
            Some(b'"' | b'{' | b'[' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n') => {
                let error = self.error("a `:` is missing between key and value");
                self.report(error.label("the value begins here"))?;
            }
            Some(_) => {
                let error = self.error("a `:` is missing behind the key");
                return self.stop(error);
            }
        }
        self.blanks()?;
        Ok(true)
    }

    fn bare_key(&mut self) -> Result {
        let len = self.word_len(self.at);
        let span = Span::from_usize(self.at..self.at + len);
        if self.text[self.at..].starts_with(['“', '”', '„']) {
            return self.curly_quoted("a key must stand in straight double quotes");
        }
        if len == 0 {
            let error = self.error("a key must stand in double quotes");
            return self.stop(error);
        }
        self.report(error(span, "a key must stand in double quotes"))?;
        self.at += len;
        self.builder.string(Style::Plain, span, None);
        Ok(())
    }

    /// A text in single quotes is read as it stands.
    fn single_quoted(&mut self, message: &str) -> Result {
        let rest = &self.bytes[self.at + 1..];
        let end = memchr::memchr2(b'\'', b'\n', rest).filter(|at| rest[*at] == b'\'');
        let Some(len) = end else {
            let error = self.error(message);
            return self.stop(error);
        };
        let span = Span::from_usize(self.at..self.at + len + 2);
        self.at += len + 2;
        self.builder.string(Style::Json, span, None);
        self.report_foreign(error(span, message))
    }

    /// A text in the quotes of a word processor is read as it stands.
    fn curly_quoted(&mut self, message: &str) -> Result {
        let rest = &self.text[self.at..];
        let open = rest.chars().next().map_or(0, char::len_utf8);
        let end = rest[open..].find(['“', '”', '\n']);
        let Some(len) = end.filter(|at| !rest[open + at..].starts_with('\n')) else {
            let error = self.error(message);
            return self.stop(error);
        };
        let (start, end) = (self.at + open, self.at + open + len);
        self.at = end + '”'.len_utf8();
        self.builder.string(Style::Plain, Span::from_usize(start..end), None);
        let span = Span::from_usize(start - open..self.at);
        self.report_foreign(error(span, message).help("write `\"`"))
    }

    fn string(&mut self) -> Result {
        let quote = self.at;
        let mut at = quote + 1;
        let mut decoded: Option<String> = None;
        // Start of the run that is not yet copied to `decoded`.
        let mut run = at;
        let mut escapes_broken = false;
        loop {
            at += self.bytes[at..]
                .iter()
                .position(|byte| ENDS_RUN[usize::from(*byte)])
                .unwrap_or(self.bytes.len() - at);
            match self.bytes.get(at) {
                Some(b'"') => break,
                Some(b'\\') if at + 1 < self.bytes.len() => {
                    let decoded = decoded.get_or_insert_with(String::new);
                    decoded.push_str(&self.text[run..at]);
                    match self.escape(at) {
                        Ok((character, len)) => {
                            decoded.push(character);
                            at += len;
                        }
                        Err(error) => {
                            escapes_broken = true;
                            decoded.push(char::REPLACEMENT_CHARACTER);
                            at += error.span.len() as usize;
                            self.report(*error)?;
                        }
                    }
                    run = at;
                }
                Some(b'\n' | b'\r') if self.is_unclosed(at) => {
                    return self.unclosed_string(quote, at);
                }
                None | Some(b'\\') => return self.unclosed_string(quote, self.bytes.len()),
                Some(_) => {
                    self.control(quote, at)?;
                    at += 1;
                }
            }
        }
        if let Some(decoded) = &mut decoded {
            decoded.push_str(&self.text[run..at]);
        }
        self.at = at + 1;
        let node =
            self.builder.string(Style::Json, Span::from_usize(quote..self.at), decoded.as_deref());
        if escapes_broken {
            self.builder.set_damaged(node);
        }
        Ok(())
    }

    /// Whether the string that is open at the line break `at` was meant to end there.
    fn is_unclosed(&self, at: usize) -> bool {
        let next = self.bytes[at..].iter().find(|byte| !byte.is_ascii_whitespace());
        matches!(next, None | Some(b'"' | b'}' | b']'))
    }

    /// The text ends at the end of the line, before a comma or bracket that is not part of it.
    fn unclosed_string(&mut self, quote: usize, line_end: usize) -> Result {
        let line = self.text[quote + 1..line_end].trim_end();
        let kept = line.trim_end_matches([',', '}', ']', ' ', ':']);
        let end = quote + 1 + kept.len();
        let mark = Span::from_usize(quote..quote + 1);
        let mut unclosed = error(mark, "this quote is never closed")
            .label("opened here")
            .help("add the missing `\"`");
        if let Some(last) = kept.chars().next_back() {
            unclosed = unclosed.related(
                Span::from_usize(end - last.len_utf8()..end),
                "the text probably ends here",
            );
        }
        if self.text[line_end..].trim_end().is_empty() || self.builder.wants_key() {
            return self.stop(unclosed);
        }
        let inner = Span::from_usize(quote + 1..end);
        let node = self.builder.string(Style::Plain, inner, None);
        self.builder.set_damaged(node);
        self.at = end;
        self.report(unclosed)
    }

    /// A control character in a string.
    fn control(&mut self, quote: usize, at: usize) -> Result {
        let byte = self.bytes[at];
        let here = Span::from_usize(at..at + 1);
        let quote = Span::from_usize(quote..quote + 1);
        let found = match byte {
            b'\n' if self.bytes[at - 1] == b'\r' => return Ok(()),
            b'\n' | b'\r' => error(here, "a line break stands in a string")
                .label("the line ends inside the quotes")
                .related(quote, "opened here")
                .help("close the quote, or write the break as `\\n`"),
            b'\t' => error(here, "a tab stands in a string").help("write it as `\\t`"),
            _ => error(here, format!("the control character U+{byte:04X} stands in a string"))
                .help(format!("write it as `\\u{byte:04x}`, or delete it")),
        };
        self.report(found)
    }

    /// The escape at `at`: its character and its length in the source.
    fn escape(&self, at: usize) -> std::result::Result<(char, usize), Box<SyntaxError>> {
        let character = match self.bytes.get(at + 1) {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(at),
            _ => {
                let len = 1 + self.text[at + 1..].chars().next().map_or(0, char::len_utf8);
                let unknown =
                    error(Span::from_usize(at..at + len), "this is no escape that JSON knows");
                return Err(Box::new(unknown.help("write a backslash twice to mean itself")));
            }
        };
        Ok((character, 2))
    }

    fn unicode(&self, at: usize) -> std::result::Result<(char, usize), Box<SyntaxError>> {
        let Some(first) = self.hex(at) else {
            return Err(self.bad_unicode(at, "`\\u` needs four hexadecimal digits"));
        };
        if let Some(character) = char::from_u32(first) {
            return Ok((character, 6));
        }
        let second = if self.bytes.get(at + 6) == Some(&b'\\') { self.hex(at + 6) } else { None };
        match second {
            Some(second) if first < 0xDC00 && (0xDC00..0xE000).contains(&second) => {
                let code = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
                Ok((char::from_u32(code).expect("a surrogate pair is a character"), 12))
            }
            _ => Err(self.bad_unicode(at, "this is half of a surrogate pair")),
        }
    }

    /// Value of `\uXXXX` at `at`.
    fn hex(&self, at: usize) -> Option<u32> {
        let digits = self.bytes.get(at..at + 6)?;
        let all = digits[1] == b'u' && digits[2..].iter().all(u8::is_ascii_hexdigit);
        all.then(|| u32::from_str_radix(&self.text[at + 2..at + 6], 16).ok()).flatten()
    }

    fn bad_unicode(&self, at: usize, message: &str) -> Box<SyntaxError> {
        let digits =
            self.bytes[at + 2..].iter().take(4).take_while(|byte| byte.is_ascii_hexdigit());
        Box::new(error(Span::from_usize(at..at + 2 + digits.count()), message))
    }

    // RFC 8259, section 6.
    fn number(&mut self) -> Result {
        let start = self.at;
        let mut kind = Kind::Integer;
        self.eat(b"-");
        match self.peek() {
            Some(b'0') => {
                self.at += 1;
                if matches!(self.peek(), Some(b'0'..=b'9' | b'x' | b'X' | b'o' | b'b')) {
                    self.at = start;
                    return self.odd_number();
                }
            }
            Some(b'1'..=b'9') => self.digits(),
            _ => {
                self.at = start;
                return self.odd_number();
            }
        }
        if self.eat(b".") {
            kind = Kind::Float;
            if self.need_digits() {
                self.at = start;
                return self.odd_number();
            }
        }
        if self.eat(b"eE") {
            kind = Kind::Float;
            self.eat(b"+-");
            if self.need_digits() {
                self.at = start;
                return self.odd_number();
            }
        }
        self.builder.scalar(kind, Span::from_usize(start..self.at));
        Ok(())
    }

    fn eat(&mut self, any: &[u8]) -> bool {
        let eaten = self.peek().is_some_and(|byte| any.contains(&byte));
        self.at += usize::from(eaten);
        eaten
    }

    fn digits(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
    }

    /// Steps over digits; whether there are none.
    fn need_digits(&mut self) -> bool {
        let before = self.at;
        self.digits();
        self.at == before
    }

    /// A number in a notation that JSON does not know.
    fn odd_number(&mut self) -> Result {
        let rest = &self.text[self.at..];
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '+' | '-' | '.' | '_');
        let len = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let span = Span::from_usize(self.at..self.at + len);
        let text = &rest[..len];
        let unsigned = text.trim_start_matches(['-', '+']);
        if unsigned.starts_with(|c: char| c.is_alphabetic()) {
            return self.no_value(span);
        }
        let message = if unsigned.is_empty() {
            "digits are missing behind this sign"
        } else if text.starts_with('+') {
            "a number cannot start with `+`"
        } else if unsigned.starts_with('.') {
            "digits are missing before the decimal point"
        } else if unsigned.starts_with("0x") || unsigned.starts_with("0X") {
            "JSON knows no hexadecimal numbers"
        } else if unsigned.starts_with('0')
            && unsigned[1..].starts_with(|c: char| c.is_ascii_digit())
        {
            "a number cannot start with `0`"
        } else if unsigned.ends_with('.') || unsigned.contains(".e") || unsigned.contains(".E") {
            "digits are missing behind the decimal point"
        } else if unsigned.ends_with(['e', 'E', '+', '-']) {
            "digits are missing in the exponent"
        } else {
            "this is no number that JSON knows"
        };
        let kind = match unsigned.parse::<f64>() {
            Err(_) => None,
            Ok(_) if unsigned.bytes().all(|byte| byte.is_ascii_digit()) => Some(Kind::Integer),
            Ok(_) => Some(Kind::Float),
        };
        match kind {
            Some(kind) => {
                self.builder.scalar(kind, span);
            }
            None => self.damaged_null(span),
        }
        self.at += len;
        self.report(error(span, message))
    }

    /// The file ends inside a value: the innermost open bracket is told.
    fn unclosed<T>(&mut self) -> Result<T> {
        let Some(&opened) = self.open.last() else {
            let error = self.error("the file ends inside a value");
            return self.stop(error);
        };
        let bracket = char::from(self.bytes[opened]);
        let close = if bracket == '{' { '}' } else { ']' };
        let span = Span::from_usize(opened..opened + 1);
        self.stop(
            error(span, format!("this `{bracket}` is never closed"))
                .label("opened here")
                .help(format!("add the missing `{close}`")),
        )
    }

    /// An error at the character under the cursor.
    fn error(&self, message: impl Into<String>) -> SyntaxError {
        let len = self.text[self.at..].chars().next().map_or(0, char::len_utf8);
        error(Span::from_usize(self.at..self.at + len), message)
    }

    fn report(&mut self, error: SyntaxError) -> Result {
        self.errors.push(error);
        if self.errors.len() <= MAX_ERRORS {
            return Ok(());
        }
        let last = self.errors.last_mut().expect("one was pushed");
        let message = format!("this file holds more than {MAX_ERRORS} mistakes");
        *last = SyntaxError::new(SyntaxErrorCode::Limit, last.span, message)
            .label("not read from here on");
        Err(Stop)
    }

    /// Report the first value that is written as in another language: where there is one, all are.
    fn report_foreign(&mut self, error: SyntaxError) -> Result {
        if let Some((_, others)) = &mut self.foreign {
            *others += 1;
            return Ok(());
        }
        self.foreign = Some((self.errors.len(), 0));
        self.report(error)
    }

    fn stop<T>(&mut self, error: SyntaxError) -> Result<T> {
        self.errors.push(error);
        Err(Stop)
    }

    /// Report and step over `len` bytes.
    fn skip(&mut self, len: usize, error: SyntaxError) -> Result {
        self.at += len;
        self.report(error)
    }
}

fn error(span: Span, message: impl Into<String>) -> SyntaxError {
    SyntaxError::new(SyntaxErrorCode::Json, span, message)
}

/// Bytes at which a run of a string's plain characters ends.
const ENDS_RUN: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        table[byte] = true;
        byte += 1;
    }
    table[b'"' as usize] = true;
    table[b'\\' as usize] = true;
    table
};

fn small(n: usize) -> u32 {
    u32::try_from(n).expect("files are under 4 GiB")
}
