//! Strict JSON (RFC 8259) into the tree.
//!
//! The first mistake ends the reading; what was read before it is kept.

use super::node::{Kind, Style, TreeBuilder};
use super::{Document, MAX_DEPTH, SyntaxError, SyntaxErrorCode, bom_len};
use crate::source::Span;
use std::sync::Arc;

pub fn parse(text: &Arc<str>) -> Document {
    let mut reader = Reader {
        text,
        bytes: text.as_bytes(),
        at: bom_len(text),
        builder: TreeBuilder::new(text.clone()),
        open: Vec::new(),
    };
    let errors = reader
        .file()
        .err()
        .into_iter()
        .map(|error| *error)
        .collect();
    Document {
        tree: reader.builder.finish(),
        body: None,
        comments: Vec::new(),
        errors,
    }
}

type Result<T> = std::result::Result<T, Box<SyntaxError>>;

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    builder: TreeBuilder,
    /// Where each open bracket stands.
    open: Vec<usize>,
}

impl Reader<'_> {
    fn file(&mut self) -> Result<()> {
        self.blanks();
        if self.at == self.bytes.len() {
            // An empty file is told by whoever wants content in it.
            return Ok(());
        }
        self.value()?;
        self.blanks();
        if self.at < self.bytes.len() {
            return Err(self
                .error("text goes on behind the JSON value")
                .label_box("not part of it"));
        }
        Ok(())
    }

    fn blanks(&mut self) {
        while matches!(self.bytes.get(self.at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn value(&mut self) -> Result<()> {
        match self.bytes.get(self.at) {
            Some(b'{') => self.collection(Kind::Mapping),
            Some(b'[') => self.collection(Kind::Sequence),
            Some(b'"') => self.string(),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Kind::Bool(true)),
            Some(b'f') => self.word("false", Kind::Bool(false)),
            Some(b'n') => self.word("null", Kind::Null),
            _ => Err(self.unexpected()),
        }
    }

    fn word(&mut self, word: &str, kind: Kind) -> Result<()> {
        if !self.text[self.at..].starts_with(word) {
            return Err(self.unexpected());
        }
        self.builder
            .scalar(kind, Span::from_usize(self.at..self.at + word.len()));
        self.at += word.len();
        Ok(())
    }

    fn collection(&mut self, kind: Kind) -> Result<()> {
        if self.open.len() >= MAX_DEPTH {
            let message = format!("lists and mappings are nested deeper than {MAX_DEPTH} levels");
            let here = Span::from_usize(self.at..self.at + 1);
            let error = SyntaxError::new(SyntaxErrorCode::Limit, here, message);
            return Err(Box::new(error.label("not read from here on")));
        }
        let close = if kind == Kind::Mapping { b'}' } else { b']' };
        self.open.push(self.at);
        self.builder
            .open(kind, Span::from_usize(self.at..self.at).start);
        self.at += 1;
        self.blanks();
        if self.bytes.get(self.at) != Some(&close) {
            loop {
                if kind == Kind::Mapping {
                    self.key()?;
                }
                self.value()?;
                self.blanks();
                match self.bytes.get(self.at) {
                    Some(b',') => self.comma(close)?,
                    Some(byte) if *byte == close => break,
                    _ => return Err(self.missing_comma(close)),
                }
            }
        }
        self.at += 1;
        self.open.pop();
        self.builder
            .close(Some(Span::from_usize(self.at..self.at).start));
        Ok(())
    }

    /// Steps over a `,` and the blanks behind it.
    fn comma(&mut self, close: u8) -> Result<()> {
        let comma = self.at;
        self.at += 1;
        self.blanks();
        if self.bytes.get(self.at) == Some(&close) {
            self.at = comma;
            let message = format!("a `,` stands before the closing `{}`", char::from(close));
            return Err(self.error(&message).help_box("delete the comma"));
        }
        Ok(())
    }

    fn key(&mut self) -> Result<()> {
        if self.bytes.get(self.at) != Some(&b'"') {
            return Err(match self.bytes.get(self.at) {
                None => self.unexpected(),
                Some(b'\'') => self.error("a key must stand in double quotes, not single ones"),
                Some(_) => self.error("a key must stand in double quotes"),
            });
        }
        self.string()?;
        self.blanks();
        if self.bytes.get(self.at) != Some(&b':') {
            return Err(match self.bytes.get(self.at) {
                None => self.unexpected(),
                Some(_) => self.error("a `:` is missing between key and value"),
            });
        }
        self.at += 1;
        self.blanks();
        Ok(())
    }

    fn string(&mut self) -> Result<()> {
        let quote = self.at;
        let mut at = quote + 1;
        let mut decoded: Option<String> = None;
        // Start of the run that is not yet copied to `decoded`.
        let mut run = at;
        loop {
            let rest = &self.bytes[at..];
            let Some(found) = memchr::memchr2(b'"', b'\\', rest) else {
                self.no_control(at, self.bytes.len())?;
                return Err(self.unclosed_string(quote));
            };
            self.no_control(at, at + found)?;
            at += found;
            if self.bytes[at] == b'"' {
                break;
            }
            let decoded = decoded.get_or_insert_with(String::new);
            decoded.push_str(&self.text[run..at]);
            let (character, len) = self.escape(at)?;
            decoded.push(character);
            at += len;
            run = at;
        }
        if let Some(decoded) = &mut decoded {
            decoded.push_str(&self.text[run..at]);
        }
        self.at = at + 1;
        self.builder
            .string(Style::Json, Span::from_usize(quote..self.at), decoded);
        Ok(())
    }

    fn no_control(&mut self, from: usize, to: usize) -> Result<()> {
        let Some(found) = self.bytes[from..to].iter().position(|byte| *byte < 0x20) else {
            return Ok(());
        };
        self.at = from + found;
        let byte = self.bytes[self.at];
        Err(match byte {
            b'\n' | b'\r' => {
                let quote = self.text[..from].rfind('"').unwrap_or(from);
                let break_at = Span::from_usize(self.at..self.at + 1);
                Box::new(
                    SyntaxError::new(
                        SyntaxErrorCode::Json,
                        break_at,
                        "a line break stands in a string",
                    )
                    .label("the line ends inside the quotes")
                    .related(Span::from_usize(quote..quote + 1), "opened here")
                    .help("close the quote, or write the break as `\\n`"),
                )
            }
            b'\t' => self
                .error("a tab stands in a string")
                .help_box("write it as `\\t`"),
            _ => {
                let message = format!("the control character U+{byte:04X} stands in a string");
                let help = format!("write it as `\\u{byte:04x}`, or delete it");
                self.error(&message).help_box(&help)
            }
        })
    }

    /// The escape at `at`: its character and its length in the source.
    fn escape(&mut self, at: usize) -> Result<(char, usize)> {
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
                self.at = at;
                let len = 1 + self.text[at + 1..].chars().next().map_or(0, char::len_utf8);
                return Err(Box::new(
                    SyntaxError::new(
                        SyntaxErrorCode::Json,
                        Span::from_usize(at..at + len),
                        "this is no escape that JSON knows",
                    )
                    .help("write a backslash twice to mean itself"),
                ));
            }
        };
        Ok((character, 2))
    }

    fn unicode(&mut self, at: usize) -> Result<(char, usize)> {
        let Some(first) = self.hex(at) else {
            return Err(self.bad_escape(at, "`\\u` needs four hexadecimal digits"));
        };
        if let Some(character) = char::from_u32(first) {
            return Ok((character, 6));
        }
        let second = if self.bytes.get(at + 6) == Some(&b'\\') {
            self.hex(at + 6)
        } else {
            None
        };
        match second {
            Some(second) if first < 0xDC00 && (0xDC00..0xE000).contains(&second) => {
                let code = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
                Ok((
                    char::from_u32(code).expect("a surrogate pair is a character"),
                    12,
                ))
            }
            _ => Err(self.bad_escape(at, "this is half of a surrogate pair")),
        }
    }

    /// Value of `\uXXXX` at `at`.
    fn hex(&self, at: usize) -> Option<u32> {
        let digits = self.bytes.get(at..at + 6)?;
        let all = digits[1] == b'u' && digits[2..].iter().all(u8::is_ascii_hexdigit);
        all.then(|| u32::from_str_radix(&self.text[at + 2..at + 6], 16).ok())
            .flatten()
    }

    fn bad_escape(&mut self, at: usize, message: &str) -> Box<SyntaxError> {
        self.at = at;
        let end = self.text.ceil_char_boundary((at + 6).min(self.text.len()));
        let stop = self.text[at..end]
            .find(['"', '\n'])
            .map_or(end, |found| at + found);
        Box::new(SyntaxError::new(
            SyntaxErrorCode::Json,
            Span::from_usize(at..stop.max(at + 1)),
            message,
        ))
    }

    // RFC 8259, section 6.
    fn number(&mut self) -> Result<()> {
        let start = self.at;
        let mut kind = Kind::Integer;
        self.eat(b"-");
        match self.bytes.get(self.at) {
            Some(b'0') => {
                self.at += 1;
                if self.bytes.get(self.at).is_some_and(u8::is_ascii_digit) {
                    self.at -= 1;
                    return Err(self.error("a number cannot start with `0`"));
                }
            }
            Some(b'1'..=b'9') => self.digits(),
            _ => return Err(self.unexpected()),
        }
        if self.eat(b".") {
            kind = Kind::Float;
            self.need_digits("digits are missing behind the decimal point")?;
        }
        if self.eat(b"eE") {
            kind = Kind::Float;
            self.eat(b"+-");
            self.need_digits("digits are missing in the exponent")?;
        }
        self.builder.scalar(kind, Span::from_usize(start..self.at));
        Ok(())
    }

    fn eat(&mut self, any: &[u8]) -> bool {
        let eaten = self
            .bytes
            .get(self.at)
            .is_some_and(|byte| any.contains(byte));
        self.at += usize::from(eaten);
        eaten
    }

    fn digits(&mut self) {
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
    }

    fn need_digits(&mut self, message: &str) -> Result<()> {
        let before = self.at;
        self.digits();
        if self.at > before {
            Ok(())
        } else {
            Err(self.error(message))
        }
    }

    fn missing_comma(&self, close: u8) -> Box<SyntaxError> {
        let close = char::from(close);
        if self.at >= self.bytes.len() {
            return self.unexpected();
        }
        let message = match self.bytes[self.at] {
            b'#' | b'/' => "JSON knows no comments".to_owned(),
            b'}' | b']' => {
                let opened = *self.open.last().expect("a collection is open");
                let error = SyntaxError::new(
                    SyntaxErrorCode::Json,
                    Span::from_usize(self.at..self.at + 1),
                    format!(
                        "`{}` does not close `{}`",
                        char::from(self.bytes[self.at]),
                        char::from(self.bytes[opened])
                    ),
                );
                return Box::new(
                    error.related(Span::from_usize(opened..opened + 1), "opened here"),
                );
            }
            _ => format!("a `,` or `{close}` is missing before this"),
        };
        self.error(&message)
    }

    fn unclosed_string(&self, quote: usize) -> Box<SyntaxError> {
        let span = Span::from_usize(quote..quote + 1);
        let error = SyntaxError::new(SyntaxErrorCode::Json, span, "this quote is never closed");
        Box::new(error.label("opened here"))
    }

    /// What stands at the cursor cannot be; at the end of the file, the last open bracket is told.
    fn unexpected(&self) -> Box<SyntaxError> {
        if self.at >= self.bytes.len() {
            let Some(&opened) = self.open.last() else {
                return self.error("the file ends inside a value");
            };
            let bracket = char::from(self.bytes[opened]);
            let error = SyntaxError::new(
                SyntaxErrorCode::Json,
                Span::from_usize(opened..opened + 1),
                format!("this `{bracket}` is never closed"),
            );
            return Box::new(error.label("opened here"));
        }
        match self.bytes[self.at] {
            b'\'' => self.error("text must stand in double quotes, not single ones"),
            b'#' | b'/' => self.error("JSON knows no comments"),
            b',' => self.error("a value is missing before this `,`"),
            b'}' | b']' => self.error("a value is missing before this bracket"),
            _ => {
                let word: String = self.text[self.at..]
                    .chars()
                    .take_while(|c| c.is_alphanumeric())
                    .take(20)
                    .collect();
                if word.is_empty() {
                    self.error("a JSON value cannot start with this character")
                } else {
                    self.error(&format!("`{word}` is no JSON value"))
                        .help_box("put text in double quotes")
                }
            }
        }
    }

    /// An error at the character under the cursor.
    fn error(&self, message: &str) -> Box<SyntaxError> {
        let at = self.text.floor_char_boundary(self.at.min(self.text.len()));
        let len = self.text[at..].chars().next().map_or(0, char::len_utf8);
        Box::new(SyntaxError::new(
            SyntaxErrorCode::Json,
            Span::from_usize(at..at + len),
            message,
        ))
    }
}

trait Boxed {
    fn help_box(self, help: &str) -> Self;
    fn label_box(self, label: &str) -> Self;
}

impl Boxed for Box<SyntaxError> {
    fn help_box(mut self, help: &str) -> Self {
        self.help = Some(help.to_owned());
        self
    }

    fn label_box(mut self, label: &str) -> Self {
        self.label = label.to_owned();
        self
    }
}
