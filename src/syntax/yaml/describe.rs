//! What went wrong in a YAML file, in the words of somebody who would mend it.
//!
//! The parser says where it gave up; a person wants the place where the mistake was made. Each
//! message names that place, and the other half (the quote that was opened) where there is one.

use super::recover;
use crate::source::Span;
use crate::syntax::{Kind, MAX_DEPTH, SyntaxError, SyntaxErrorCode};
use granit_parser::ErrorKind;
use std::ops::Range;

pub fn too_deep(span: Span) -> SyntaxError {
    let message = format!("lists and mappings are nested deeper than {MAX_DEPTH} levels");
    SyntaxError::new(SyntaxErrorCode::Limit, span, message).label("not read from here on")
}

/// Where the parser gave up, and what it had read.
pub struct Place<'a> {
    pub text: &'a str,
    pub part: Span,
    /// Where it gave up.
    pub at: u32,
    /// End of the last token that was read.
    pub read_to: u32,
    /// Start of the last scalar that was read.
    pub last_scalar: u32,
    /// The innermost open collection that is written with brackets.
    pub flow: Option<(Kind, u32)>,
    /// The open block collections and where they start, outermost first.
    pub blocks: Vec<(Kind, u32)>,
    /// Where the block collections start that ended just before.
    pub ended: Vec<u32>,
}

fn error(span: Span, message: impl Into<String>) -> SyntaxError {
    SyntaxError::new(SyntaxErrorCode::Yaml, span, message)
}

/// A no-break space where YAML wants a blank.
pub fn no_break_space(span: Span) -> SyntaxError {
    error(span, "a no-break space (U+00A0) stands where YAML wants a plain blank")
        .label("looks like a blank, and is none")
        .help("write plain blanks instead; no-break spaces come along from web pages and word processors")
}

/// The no-break spaces in the indentation of a line, behind its `-` or behind the `:` of its key.
pub fn no_break_spaces(line: &str) -> Option<Range<usize>> {
    let blanks = [' ', '\t', '\u{feff}', '\u{a0}'];
    let mut content = line.trim_start_matches(blanks);
    let run = |from: usize| {
        let start = from + line[from..].find('\u{a0}')?;
        let rest = &line[start..];
        Some(start..start + rest.len() - rest.trim_start_matches('\u{a0}').len())
    };
    let lead = line.len() - content.len();
    if line[..lead].contains('\u{a0}') {
        return run(0);
    }
    while let Some(rest) = content.strip_prefix('-') {
        if rest.starts_with('\u{a0}') {
            return run(line.len() - rest.len());
        }
        let Some(rest) = rest.strip_prefix(' ') else { break };
        content = rest.trim_start_matches(' ');
    }
    let is_key = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let rest = content.trim_start_matches(is_key);
    let is_behind = rest.len() < content.len() && rest.starts_with(":\u{a0}");
    is_behind.then(|| run(line.len() - rest.len())).flatten()
}

impl Place<'_> {
    pub fn describe(&self, kind: &ErrorKind) -> SyntaxError {
        use ErrorKind as E;
        if let Some(error) = self.no_break_space() {
            return error;
        }
        if matches!(kind, E::InvalidIndentation | E::InvalidFlowScalarIndent)
            && let Some(open) = self.unread_bracket()
        {
            return self.never_closed(open);
        }
        match kind {
            E::UnclosedQuotedScalar
            | E::DocumentIndicatorInQuotedScalar
            | E::InvalidQuotedScalarIndent => self.unclosed_quote(),
            E::UnclosedFlowCollection { open } => self.unclosed_bracket(*open),
            E::UnexpectedEofFlowSequence
            | E::ExpectedFlowSequenceSeparator
            | E::UnexpectedEofFlowMapping
            | E::UnexpectedEofImplicitFlowMapping
            | E::ExpectedFlowMappingSeparator => self.missing_comma(),
            E::MismatchedFlowCollectionEnd { open, close } => self.mismatch(*open, *close),
            E::MisplacedFlowCollectionEnd => error(self.here(), "this bracket closes nothing")
                .label("no bracket is open here")
                .help("delete it, or put quotes around the text if the bracket is meant as such"),
            E::InvalidIndentation
            | E::InvalidFlowScalarIndent
            | E::BlockEntryInFlowCollection
            | E::FlowMappingValueAdjacentCollection
                if self.flow.is_some() =>
            {
                self.broken_flow()
            }
            E::TabNotAllowed
            | E::TabInBlockIndentation
            | E::TabInIndentation
            | E::TabAtBlockScalarStart
            | E::TabInPlainScalar => self.tab(),
            E::MappingValueNotAllowed | E::InvalidColonPlacement => self.stray_colon(),
            E::InvalidMappingValueWhitespace => error(self.here(), "a blank is missing behind the `:`")
                .label("write `: `"),
            E::SimpleKeyExpected | E::InvalidSimpleKey => self.no_key(),
            E::ExpectedBlockMappingKey
            | E::InvalidIndentation
            | E::InvalidFlowScalarIndent
            | E::ExpectedBlockSequenceEntry
            | E::MappingKeyNotAllowed
            | E::UnexpectedEofBlockMapping
            | E::UnexpectedEofBlockSequence => self.misplaced_entry(),
            E::BlockSequenceEntryNotAllowed | E::BlockEntryInFlowCollection => {
                error(self.here(), "a list item cannot start here")
                    .label("behind other text on its line")
                    .help("start the list on a line of its own, or put quotes around text that begins with `- `")
            }
            E::InvalidBlockEntryWhitespace => {
                error(self.here(), "a tab stands behind the `-`").help("write one blank instead")
            }
            E::UnexpectedCharacter { character } => self.bad_character(*character),
            E::PlainScalarStartsWithDashFlowIndicator => {
                error(self.here(), "a value cannot start with `-` before a bracket or comma")
                    .help("put quotes around the value")
            }
            E::InvalidTrailingDoubleQuotedScalar | E::InvalidTrailingSingleQuotedScalar
                if self.flow.is_some() && self.text[self.at as usize..].starts_with(['"', '\'']) =>
            {
                self.missing_comma()
            }
            E::InvalidTrailingDoubleQuotedScalar | E::InvalidTrailingSingleQuotedScalar => {
                self.text_behind_quote()
            }
            E::UnknownQuotedScalarEscape
            | E::InvalidQuotedScalarHexEscape
            | E::InvalidLowSurrogateHexEscape
            | E::InvalidLowSurrogate
            | E::MissingLowSurrogate
            | E::UnpairedLowSurrogate
            | E::InvalidUnicodeEscape => self.bad_escape(),
            E::RecursionLimitExceeded => too_deep(self.here()),
            E::InvalidBlockScalarIndent => self.shallow_block_line(self.line_text()),
            E::InvalidBlockScalarHeader | E::ZeroBlockScalarIndent => {
                error(self.block_header(), "this is no way to start a text block")
                    .label("after `|` or `>`, only `+` or `-` and a digit from 1 to 9 may stand")
                    .help("start the text on the next line, indented")
            }
            E::UnknownAnchor => error(self.here(), "no anchor with this name stands before this alias"),
            E::MissingAnchorOrAliasName => error(self.here(), "a name is missing behind this character")
                .help("put quotes around the text if the character is meant as such"),
            E::ExpectedDocumentStart => match self.first_indent() {
                Some(blanks) => error(blanks, "the first line is indented, and those below it are not")
                    .label("too far to the right")
                    .help("delete these blanks"),
                None => error(self.line_text(), "text goes on behind the end of the document")
                    .label("belongs to nothing above")
                    .help("indent it like the lines it belongs to, or start a new document with `---`"),
            },
            E::InvalidDocumentEnd => error(self.line_text_from(self.at), "text stands behind the `...`")
                .help("`...` ends a document and stands alone on its line"),
            E::MissingDocumentEndBeforeDirective => {
                error(self.line_text(), "a `%` directive stands inside a document")
                    .help("put quotes around text that begins with `%`, or write `...` on a line before a directive")
            }
            E::DuplicateVersionDirective => {
                error(self.line_text(), "the YAML version is given twice").help("delete this line")
            }
            E::DuplicateTagDirective => {
                error(self.line_text(), "this tag handle is declared twice").help("delete this line")
            }
            E::UnsupportedYamlMajorVersion | E::MissingYamlVersion | E::YamlVersionTooLong
            | E::MissingYamlVersionSeparator => {
                error(self.line_text(), "this is no YAML version that can be read")
                    .help("write `%YAML 1.2`, or delete the line")
            }
            E::MissingDirectiveName | E::InvalidDirectiveName | E::InvalidDirectiveTerminator
            | E::DirectiveDisallowed | E::InvalidTagDirectiveTerminator | E::ExpectedTagDirectiveBang => {
                error(self.line_text(), "this is no directive that YAML knows")
                    .help("put quotes around text that begins with `%`")
            }
            E::UndeclaredTagHandle => error(self.word(), "this tag's handle is not declared")
                .help("put quotes around text that begins with `!`, or declare the handle with `%TAG`"),
            E::ExpectedTagBang | E::InvalidTagTerminator | E::MissingTagUri | E::UnclosedVerbatimTag
            | E::InvalidTagEscape | E::InvalidGlobalTagCharacter | E::InvalidTagUtf8
            | E::InvalidTagUtf8LeadingByte | E::InvalidTagUtf8TrailingByte => {
                error(self.word(), "this is no tag").help("put quotes around text that begins with `!`")
            }
            E::CommentNotSeparated | E::ExpectedWhitespace => {
                error(self.here(), "a blank is missing before this")
            }
            E::CommentInterceptedScalar => error(self.here(), "a comment stands inside a text")
                .help("move the comment, or put quotes around the text"),
            E::BomInsideDocument => error(self.here(), "a byte order mark stands inside the file")
                .help("delete this invisible character"),
            other => {
                let phrase = other.to_string();
                let phrase = phrase.rsplit(", ").next().unwrap_or(&phrase);
                error(self.here(), format!("this is not YAML: {phrase}"))
            }
        }
    }

    /// A line in a column where nothing is open.
    pub fn bad_indentation(&self) -> SyntaxError {
        let line = self.line_text();
        let column = |at: u32| recover::column(self.text, self.part, at) + 1;
        let mut columns: Vec<usize> = self
            .blocks
            .iter()
            .map(|(_, start)| *start)
            .chain(self.ended.iter().copied())
            .map(column)
            .collect();
        columns.sort_unstable();
        columns.dedup();
        let own = column(line.start);
        let above = self.text[..self.last_scalar as usize].trim_end();
        if own < column(self.last_scalar)
            && is_block_header(above.lines().next_back().unwrap_or(""))
        {
            return self.shallow_block_line(line);
        }
        let known = match columns.as_slice() {
            [] => None,
            [one] => Some(format!("the entries above start in column {one}")),
            [first @ .., last] => {
                let first: Vec<String> = first.iter().map(usize::to_string).collect();
                Some(format!("the entries above start in columns {} and {last}", first.join(", ")))
            }
        };
        let error = error(line, "the indentation of this line fits nothing above it")
            .label(format!("starts in column {own}"));
        match known {
            Some(known) => error.help(format!("{known}; align it with those it belongs to")),
            None => error.help("align it with the entries it belongs to"),
        }
    }

    fn shallow_block_line(&self, line: Span) -> SyntaxError {
        error(line, "this line is indented less than the text block it belongs to")
            .label("not as deep as the first line of the block")
            .help("indent every line of the block alike, empty lines at the start included")
    }

    /// An entry where another kind of entry, or none, can be.
    fn misplaced_entry(&self) -> SyntaxError {
        let line = self.line_text();
        let column = recover::column(self.text, self.part, line.start);
        let content = &self.text[line.range()];
        let here = self
            .blocks
            .iter()
            .rev()
            .find(|(_, start)| recover::column(self.text, self.part, *start) == column);
        if self.at > line.start && self.read_to > line.start {
            // Something before it on its line was read.
            match self.text.as_bytes().get(self.at as usize) {
                Some(b'&') => {
                    return error(self.word(), "a value has one anchor at most")
                        .help("delete one of them");
                }
                Some(b'*') => {
                    return error(self.word(), "an alias cannot have an anchor of its own")
                        .help("use the anchor that the alias names");
                }
                Some(b'?') => {
                    return error(self.here(), "a value cannot start with `? `")
                        .help("put quotes around the value");
                }
                _ => {}
            }
            return error(self.word(), "text goes on where a value has ended")
                .label("does not belong to the value before it")
                .help("put quotes around the whole value");
        }
        match here {
            Some((Kind::Mapping, start)) if recover::is_item(content) => error(
                Span::new(line.start, line.start + 1),
                "a `- ` item stands among `key: value` entries",
            )
            .label("a list item")
            .related(self.first_word(*start), "the entries start here")
            .help("indent the list below its key, or write this as `key: value`"),
            Some((Kind::Sequence, start)) if recover::is_key(content) => {
                error(line, "a `key: value` entry stands among `- ` items")
                    .label("no item of the list")
                    .related(Span::new(*start, *start + 1), "the list starts here")
                    .help("put `- ` before it, or indent it below an item")
            }
            Some((Kind::Sequence, start)) => {
                let missing_blank = content.starts_with('-') && content.len() > 1;
                if missing_blank {
                    return self.dash_without_blank(line.start);
                }
                error(line, "this line is no item of the list above it")
                    .label("a `- ` is missing")
                    .related(Span::new(*start, *start + 1), "the list starts here")
            }
            Some(_) => self.no_key(),
            None => self.bad_indentation(),
        }
    }

    /// On the line where the parser gave up, or on that of the last scalar.
    fn no_break_space(&self) -> Option<SyntaxError> {
        [self.last_scalar, self.here().start].into_iter().find_map(|at| {
            let start = recover::line_start(self.text, at).max(self.part.start) as usize;
            let rest = &self.text[start..self.part.end as usize];
            let line = rest.split(['\r', '\n']).next().unwrap_or("");
            let found = no_break_spaces(line)?;
            Some(no_break_space(Span::from_usize(start + found.start..start + found.end)))
        })
    }

    fn dash_without_blank(&self, dash: u32) -> SyntaxError {
        error(Span::new(dash, dash + 1), "a blank is missing behind this `-`")
            .label("read as part of the text")
            .help("write `- `")
    }

    /// A line that is no entry of the mapping it stands in.
    fn no_key(&self) -> SyntaxError {
        let line = self.line_text();
        let content = &self.text[line.range()];
        if content.starts_with('-') && !content.starts_with("--") && content.len() > 1 {
            return self.dash_without_blank(line.start);
        }
        if let Some(colon) = missing_blank(content) {
            let colon = line.start + colon;
            return error(Span::new(colon, colon + 1), "a blank is missing behind this `:`")
                .label("read as part of the text")
                .help("write `: `");
        }
        self.neither(line)
    }

    fn neither(&self, line: Span) -> SyntaxError {
        let above = self.text[self.part.start as usize..line.start as usize].trim_end();
        if is_block_header(above.lines().next_back().unwrap_or("")) {
            return error(line, "the text of this block is not indented")
                .label("must stand deeper than the key it belongs to");
        }
        error(line, "this line is neither `key: value` nor part of the text above")
            .label("a `:` is missing, or the line is not indented")
            .help("write `key: value`; indent the line if it goes on with the text above")
    }

    fn stray_colon(&self) -> SyntaxError {
        let line_start = recover::line_start(self.text, self.at);
        let here = self.here();
        if self.last_scalar >= line_start || self.read_to <= line_start {
            return error(here, "a second `: ` stands in an unquoted value")
                .label("read as a new key")
                .help("put quotes around the whole value");
        }
        let above = recover::line_start(self.text, self.last_scalar);
        let above_line = Span::new(self.last_scalar, recover::line_after(self.text, above));
        let above_text = self.text[above_line.range()].trim_end();
        if self.blocks.is_empty()
            && let Some(colon) = missing_blank(above_text)
        {
            let colon = self.last_scalar + colon;
            return error(Span::new(colon, colon + 1), "a blank is missing behind this `:`")
                .label("read as part of the text")
                .help("write `: `");
        }
        if self.blocks.is_empty() {
            return self.neither(self.line_text_from(above));
        }
        let begins = self.line_text_from(above).start;
        let glued = self.text[begins as usize..].strip_prefix('-');
        if glued.is_some_and(|rest| rest.starts_with(char::is_alphabetic)) {
            return error(Span::new(begins, begins + 1), "a blank is missing behind this `-`")
                .label("read as part of the name")
                .help("write `- `");
        }
        let key = Span::new(self.line_text().start, self.at);
        let value = Span::new(self.last_scalar, self.last_scalar + small(above_text.len()));
        error(key, "this key stands inside the value above it")
            .label("indented deeper than the entry above")
            .related(value, "the value begins here")
            .help("align it with the entry above, or delete the value in front of it")
    }

    /// The quote that was opened, and the end of its line as the place where it may belong.
    fn unclosed_quote(&self) -> SyntaxError {
        let quote = self.open_quote().unwrap_or_else(|| self.here());
        if let Some(shallow) = self.shallow_quoted_line(quote) {
            return shallow;
        }
        let line_end = recover::line_after(self.text, quote.start).min(self.part.end);
        let line = self.text[quote.start as usize..line_end as usize].trim_end();
        let end = quote.start + small(line.len());
        let last = small(line.chars().next_back().map_or(0, char::len_utf8));
        let error = error(quote, "this quote is never closed").label("opened here");
        let error = match self.text.as_bytes()[quote.start as usize] {
            b'\'' => error.help(
                "add the missing `'`; put text that begins with an apostrophe in double quotes",
            ),
            _ => error.help("add the missing `\"`"),
        };
        if end - last <= quote.start {
            return error;
        }
        error.related(Span::new(end - last, end), "the text probably ends here")
    }

    /// The first line of the quoted text that is not indented, when the quote is closed behind it and
    /// nothing else seems to begin in between.
    fn shallow_quoted_line(&self, quote: Span) -> Option<SyntaxError> {
        let line = self.line_text();
        let bytes = &self.text.as_bytes()[..self.part.end as usize];
        let open = quote.start as usize;
        let close = closing(bytes, open, *bytes.get(open)?)?;
        let behind = self.text[close + 1..].lines().next().unwrap_or("").trim_start();
        let text = self.text.get(line.start as usize..close)?;
        let begins = |line: &str| {
            let content = line.trim_start();
            recover::is_key(content)
                || recover::is_item(content)
                || recover::is_document_marker(line)
        };
        if line.start <= quote.start
            || !(behind.is_empty() || behind.starts_with('#'))
            || text.lines().any(begins)
        {
            return None;
        }
        let column =
            self.blocks.last().map_or(0, |(_, at)| recover::column(self.text, self.part, *at)) + 1;
        Some(
            error(line, "this line of a quoted text is not indented")
                .label(format!("must start behind column {column}"))
                .related(quote, "the text begins here")
                .help("indent every line of the text deeper than its key"),
        )
    }

    /// The quote that is open where the parser gave up: tokens are stepped over from the last one
    /// that was read.
    fn open_quote(&self) -> Option<Span> {
        let bytes = &self.text.as_bytes()[..self.at.max(self.read_to) as usize];
        let mut at = self.read_to as usize;
        let mut starts_token = true;
        while at < bytes.len() {
            match bytes[at] {
                quote @ (b'"' | b'\'') if starts_token => match closing(bytes, at, quote) {
                    Some(close) => (at, starts_token) = (close + 1, false),
                    None => return Some(Span::from_usize(at..at + 1)),
                },
                b'#' if at == 0 || matches!(bytes[at - 1], b' ' | b'\t' | b'\n') => {
                    at += memchr::memchr(b'\n', &bytes[at..]).unwrap_or(bytes.len() - at);
                }
                b' ' | b'\t' | b'\n' | b'\r' => at += 1,
                b'[' | b'{' | b',' | b'-' | b'?' | b':' | b']' | b'}' => {
                    starts_token = true;
                    at += 1;
                }
                b'&' | b'!' if starts_token => {
                    at += bytes[at..].iter().position(u8::is_ascii_whitespace).unwrap_or(1);
                }
                b'\\' if bytes.get(at + 1).is_some() => at += 2,
                _ => {
                    starts_token = false;
                    at += 1;
                    if bytes.get(at) == Some(&b'\n') {
                        starts_token = true;
                    }
                }
            }
        }
        // The quote itself may be where the parser stopped.
        let here = self.text.as_bytes().get(self.at as usize);
        here.filter(|byte| matches!(byte, b'"' | b'\'')).map(|_| Span::new(self.at, self.at + 1))
    }

    fn unclosed_bracket(&self, open: char) -> SyntaxError {
        let close = if open == '[' { ']' } else { '}' };
        let start = match self.flow {
            _ if self.text[self.at as usize..].starts_with(open) => Some(self.at),
            Some((_, start)) => Some(start),
            None => None,
        };
        let span = start.map_or_else(|| self.here(), |at| Span::new(at, at + 1));
        error(span, format!("this `{open}` is never closed"))
            .label("opened here")
            .help(format!("add the missing `{close}`"))
    }

    fn never_closed(&self, bracket: u32) -> SyntaxError {
        let is_list = self.text.as_bytes()[bracket as usize] == b'[';
        let (open, close) = if is_list { ('[', ']') } else { ('{', '}') };
        error(Span::new(bracket, bracket + 1), format!("this `{open}` is never closed"))
            .label("opened here")
            .help(format!("add the missing `{close}`"))
    }

    /// The bracket on a line before the one where the parser gave up that was to be closed there. The parser
    /// looks for the end of what may be a key before it says what it has read.
    fn unread_bracket(&self) -> Option<u32> {
        if self.flow.is_some() || self.open_quote().is_some() {
            return None;
        }
        let line = recover::line_start(self.text, self.at);
        let bytes = &self.text.as_bytes()[..line.max(self.read_to) as usize];
        let mut at = self.read_to as usize;
        let mut open: Vec<usize> = Vec::new();
        let mut starts_token = true;
        while at < bytes.len() {
            match bytes[at] {
                quote @ (b'"' | b'\'') if starts_token => {
                    at = closing(bytes, at, quote)? + 1;
                    starts_token = false;
                    continue;
                }
                b'#' if at == 0 || bytes[at - 1].is_ascii_whitespace() => {
                    at += memchr::memchr(b'\n', &bytes[at..]).unwrap_or(bytes.len() - at);
                    continue;
                }
                b'[' | b'{' if starts_token => open.push(at),
                b']' | b'}' if !open.is_empty() => {
                    open.pop();
                }
                b',' if !open.is_empty() => starts_token = true,
                b':' | b'-' | b'\n' => starts_token = true,
                byte => starts_token &= byte.is_ascii_whitespace(),
            }
            at += 1;
        }
        open.pop().map(small)
    }

    /// A line that is not deep enough for the brackets around it.
    fn broken_flow(&self) -> SyntaxError {
        let (kind, start) = self.flow.expect("asked by the caller");
        let line = self.line_text();
        let content = &self.text[line.range()];
        if let Some(quote) = self.open_quote()
            && quote.start < line.start
        {
            return self.unclosed_quote();
        }
        let bracket = Span::new(start, start + 1);
        if content.starts_with([']', '}']) {
            let column =
                self.blocks.last().map_or(0, |(_, at)| recover::column(self.text, self.part, *at))
                    + 1;
            return error(
                Span::new(line.start, line.start + 1),
                "this closing bracket is not indented",
            )
            .label(format!("must start behind column {column}"))
            .related(bracket, "opened here")
            .help("indent the bracket deeper than the key it belongs to");
        }
        self.unclosed_bracket(if kind == Kind::Mapping { '{' } else { '[' })
    }

    fn missing_comma(&self) -> SyntaxError {
        let (close, what) = match self.flow {
            Some((Kind::Mapping, _)) => ('}', "`key: value`"),
            _ => (']', "item"),
        };
        let error = error(self.entry_start(), format!("a `,` or `{close}` is missing before this"))
            .label(format!("the {what} before it has ended"));
        match self.flow {
            Some((_, start)) => error.related(Span::new(start, start + 1), "opened here"),
            None => error,
        }
    }

    /// The word where the parser gave up; the quoted key when that is the `:` behind one.
    fn entry_start(&self) -> Span {
        let before = self.text[..self.at as usize].trim_end();
        let quote = before.chars().next_back().filter(|c| matches!(c, '"' | '\''));
        match quote {
            Some(quote) if self.text[self.at as usize..].starts_with(':') => {
                // The `:` may stand on a line of its own.
                let close = before.len() - 1;
                let line_start = recover::line_start(self.text, small(close)) as usize;
                let open = self.text[line_start..close].rfind(quote);
                Span::from_usize(open.map_or(close, |found| line_start + found)..before.len())
            }
            _ => self.word(),
        }
    }

    fn mismatch(&self, open: char, close: char) -> SyntaxError {
        let from = self.at.max(self.read_to) as usize;
        let found = closing_bracket(&self.text.as_bytes()[..self.part.end as usize], from, close);
        let opened = self
            .flow
            .map(|(_, start)| start)
            .filter(|start| self.text[*start as usize..].starts_with(open));
        let span = found.map_or_else(|| self.here(), |at| Span::from_usize(at..at + 1));
        let error = error(span, format!("`{close}` does not close `{open}`"));
        match opened.or(Some(self.at)).filter(|start| *start != span.start) {
            Some(start) => error.related(Span::new(start, start + 1), "opened here"),
            None => error,
        }
    }

    fn tab(&self) -> SyntaxError {
        let tab = self.tab_near().unwrap_or_else(|| self.here());
        error(tab, "a tab stands in the indentation").label("tab").help("indent with blanks")
    }

    /// A tab in the leading blanks of this line or one of the next two.
    fn tab_near(&self) -> Option<Span> {
        let mut start = recover::line_start(self.text, self.at).max(self.part.start);
        for _ in 0..3 {
            let end = recover::line_after(self.text, start).min(self.part.end);
            let line = &self.text[start as usize..end.max(start) as usize];
            // A list item's own indentation stands behind its dash.
            let lead = line.len() - line.trim_start_matches([' ', '\t', '-', '?']).len();
            if let Some(tab) = line[..lead].find('\t') {
                let len = line[tab..].len() - line[tab..].trim_start_matches('\t').len();
                let tab = start + small(tab);
                return Some(Span::new(tab, tab + small(len)));
            }
            start = end;
        }
        None
    }

    fn bad_character(&self, character: char) -> SyntaxError {
        if character.is_control() {
            let code = u32::from(character);
            let at = self.text[self.at as usize..self.part.end as usize].find(character);
            let at = self.at + small(at.unwrap_or(0));
            let end = at + small(character.len_utf8());
            return error(
                Span::new(at, end),
                format!("the control character U+{code:04X} stands in the file"),
            )
            .label("invisible")
            .help("delete it, or write it as an escape in double quotes");
        }
        error(self.here(), format!("a value cannot start with `{character}`"))
            .help("put quotes around the value")
    }

    fn text_behind_quote(&self) -> SyntaxError {
        let quote = self.text[..self.at as usize].trim_end_matches([' ', '\t']).len();
        let before =
            quote.checked_sub(1).filter(|at| matches!(self.text.as_bytes()[*at], b'"' | b'\''));
        let error = error(self.line_text_from(self.at), "text goes on behind a closing quote");
        let error = match before {
            Some(at) => error.related(Span::from_usize(at..at + 1), "this quote closes the text"),
            None => error,
        };
        let single = before.is_some_and(|at| self.text.as_bytes()[at] == b'\'');
        error.label("not part of the quoted text").help(if single {
            "write a `'` inside single quotes twice, or quote the whole value with `\"`"
        } else {
            "write a `\"` inside double quotes as `\\\"`, or quote the whole value with `'`"
        })
    }

    /// The first escape from here on that YAML does not know.
    fn bad_escape(&self) -> SyntaxError {
        let bytes = &self.text.as_bytes()[..self.part.end as usize];
        let mut at = self.at as usize;
        while let Some(found) = memchr::memchr(b'\\', &bytes[at..]) {
            at += found;
            let digits = match bytes.get(at + 1) {
                Some(b'x') => 2,
                Some(b'u') => 4,
                Some(b'U') => 8,
                Some(known) if b"0abt\tnvfre \"/\\N_LP\r\n".contains(known) => 0,
                _ => break,
            };
            let hex = bytes.get(at + 2..at + 2 + digits);
            let text = hex.and_then(|hex| std::str::from_utf8(hex).ok()).unwrap_or("");
            let value = u32::from_str_radix(text, 16).ok();
            if digits > 0 && value.and_then(char::from_u32).is_none() {
                return self.bad_code(at, digits, value.is_some());
            }
            at += 2 + digits;
        }
        let next =
            self.text[(at + 1).min(self.text.len())..].chars().next().map_or(0, char::len_utf8);
        let end = (at + 1 + next).min(self.part.end as usize);
        error(Span::from_usize(at.min(end)..end), "this is no escape that YAML knows")
            .help("write the backslash twice to mean itself, or use single quotes")
    }

    fn bad_code(&self, at: usize, digits: usize, is_number: bool) -> SyntaxError {
        let len =
            self.text[at + 2..].bytes().take(digits).take_while(u8::is_ascii_hexdigit).count();
        let span = Span::from_usize(at..at + 2 + len);
        if is_number {
            return error(span, "this escape stands for no character")
                .help("a character beyond U+FFFF is written as `\\U` and eight digits");
        }
        let letter = char::from(self.text.as_bytes()[at + 1]);
        error(span, format!("`\\{letter}` needs {digits} hexadecimal digits"))
            .help("write the backslash twice to mean itself, or use single quotes")
    }

    /// The header of the text block around here.
    fn block_header(&self) -> Span {
        let line = self.line_text();
        let text = &self.text[line.range()];
        let from = text.rfind(['|', '>']).map_or(line.start, |found| line.start + small(found));
        Span::new(from, line.end)
    }

    /// The character where the parser gave up, or the last one of the file when it ends there.
    fn here(&self) -> Span {
        let end = self.part.end as usize;
        let mut start = recover::floor_char(self.text, (self.at as usize).min(end));
        if self.text[start..end].trim().is_empty() {
            let content = self.text[self.part.start as usize..end].trim_end();
            let last = content.chars().next_back().map_or(0, char::len_utf8);
            start = self.part.start as usize + content.len() - last;
        }
        let len = self.text[start..end].chars().next().map_or(0, char::len_utf8);
        Span::from_usize(start..start + len)
    }

    /// The word where the parser gave up.
    fn word(&self) -> Span {
        let here = self.here();
        let rest = &self.text[here.start as usize..self.part.end as usize];
        let len = rest.find([' ', '\t', '\r', '\n', ',', ']', '}']).unwrap_or(rest.len());
        Span::new(here.start, here.end.max(here.start + small(len)))
    }

    /// The first word from `at` on.
    fn first_word(&self, at: u32) -> Span {
        let rest = &self.text[at as usize..self.part.end as usize];
        Span::new(at, at + small(rest.find([' ', ':', '\r', '\n']).unwrap_or(rest.len())))
    }

    /// The blanks before the first line that says something, when this one has none and both begin with a key.
    fn first_indent(&self) -> Option<Span> {
        let has_key = |line: &str| {
            let line = line.strip_prefix("- ").unwrap_or(line).trim_end();
            let key = line.split(": ").next().unwrap_or(line).trim_end_matches(':');
            key.len() < line.len() && !key.contains(char::is_whitespace)
        };
        let here = &self.text[self.line_text().range()];
        let start = self.part.start as usize;
        let before = &self.text[start..(self.at as usize).max(start)];
        let before = before.strip_prefix('\u{feff}').unwrap_or(before);
        let is_said = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
        let first = before.split('\n').find(is_said)?;
        let text = first.trim_start_matches([' ', '\t']);
        let at = first.as_ptr().addr() - self.text.as_ptr().addr();
        let blanks = first.len() - text.len();
        let is_flush = recover::line_start(self.text, self.at) == self.line_text().start;
        (blanks > 0 && is_flush && has_key(text) && has_key(here))
            .then(|| Span::from_usize(at..at + blanks))
    }

    /// The line where the parser gave up, without its blanks.
    fn line_text(&self) -> Span {
        let start = recover::line_start(self.text, self.here().start).max(self.part.start);
        self.line_text_from(start)
    }

    /// From `start` to the end of its line, without blanks.
    fn line_text_from(&self, start: u32) -> Span {
        let rest = &self.text[start as usize..self.part.end as usize];
        let line = rest.split(['\r', '\n']).next().unwrap_or("");
        let lead = line.len() - line.trim_start_matches([' ', '\t', '\u{feff}']).len();
        let start = start + small(lead);
        Span::new(start, start + small(line[lead..].trim_end().len()))
    }
}

/// Whether a line ends with the `|` or `>` that begins a text block.
fn is_block_header(line: &str) -> bool {
    let line = line.split(" #").next().unwrap_or(line).trim_end();
    let header = line.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-'));
    let before = header.strip_suffix(['|', '>']);
    before.is_some_and(|before| before.is_empty() || before.ends_with([' ', '\t']))
}

/// The `:` of `key:value`, where a blank is missing behind it.
fn missing_blank(content: &str) -> Option<u32> {
    let colon = content.find(':')?;
    let key = &content[..colon];
    let value = &content[colon + 1..];
    let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ');
    let is_address = value.starts_with("//");
    (!key.is_empty() && key.chars().all(word) && !value.is_empty() && !is_address)
        .then(|| small(colon))
}

/// The quote that closes the one at `open`.
fn closing(bytes: &[u8], open: usize, quote: u8) -> Option<usize> {
    let mut at = open + 1;
    loop {
        at += memchr::memchr2(quote, b'\\', bytes.get(at..)?)?;
        let skipped = match bytes[at] {
            b'\\' if quote == b'"' => 2,
            b'\\' => 1,
            _ if quote == b'\'' && bytes.get(at + 1) == Some(&quote) => 2,
            _ => return Some(at),
        };
        at += skipped;
    }
}

/// The next `close` outside quotes.
fn closing_bracket(bytes: &[u8], mut at: usize, close: char) -> Option<usize> {
    loop {
        at += bytes
            .get(at..)?
            .iter()
            .position(|byte| matches!(byte, b'"' | b'\'') || char::from(*byte) == close)?;
        match bytes[at] {
            quote @ (b'"' | b'\'') => at = closing(bytes, at, quote).unwrap_or(at) + 1,
            _ => return Some(at),
        }
    }
}

fn small(n: usize) -> u32 {
    u32::try_from(n).expect("files are under 4 GiB")
}
