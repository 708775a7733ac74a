//! What went wrong in a YAML file, in the words of somebody who would mend it.
//!
//! The parser says where it gave up; a person wants the place where the mistake was made. Each
//! message names that place, and the other half (the quote that was opened) where there is one.

use crate::source::Span;
use crate::syntax::{MAX_DEPTH, SyntaxError, SyntaxErrorCode};
use granit_parser::ErrorKind;

pub fn too_deep(span: Span) -> SyntaxError {
    let message = format!("lists and mappings are nested deeper than {MAX_DEPTH} levels");
    SyntaxError::new(
        SyntaxErrorCode::Limit,
        Span::new(span.start, span.end.max(span.start)),
        message,
    )
    .label("not read from here on")
}

/// `at` is where the parser gave up.
pub fn describe(kind: &ErrorKind, text: &str, part: Span, at: usize) -> SyntaxError {
    let at = text.floor_char_boundary(at.min(part.end as usize));
    let error = |span: Span, message: &str| SyntaxError::new(SyntaxErrorCode::Yaml, span, message);
    let here = spot(text, part, at);
    match kind {
        ErrorKind::UnclosedQuotedScalar | ErrorKind::DocumentIndicatorInQuotedScalar => {
            let end = Span::from_usize(last_content(text, part));
            error(quote_before(text, at), "this quote is never closed")
                .label("opened here")
                .related(end, "the file ends without it")
                .help("close the quote where the text ends")
        }
        ErrorKind::UnclosedFlowCollection { open } => unclosed(text, part, at, *open),
        ErrorKind::UnexpectedEofFlowSequence | ErrorKind::ExpectedFlowSequenceSeparator => {
            error(here, "a `,` or `]` is missing here").label("expected before this")
        }
        ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping
        | ErrorKind::ExpectedFlowMappingSeparator => {
            error(here, "a `,` or `}` is missing here").label("expected before this")
        }
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
            error(here, &format!("`{close}` does not close `{open}`"))
        }
        ErrorKind::MisplacedFlowCollectionEnd => error(here, "this bracket closes nothing")
            .help("quote the text if the bracket is meant as such"),
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabAtBlockScalarStart
        | ErrorKind::TabInPlainScalar => error(
            tab_near(text, part, at).unwrap_or(here),
            "a tab stands in the indentation",
        )
        .label("tab")
        .help("indent with spaces"),
        ErrorKind::MappingValueNotAllowed
        | ErrorKind::InvalidColonPlacement
        | ErrorKind::InvalidMappingValueWhitespace => {
            error(here, "a second `: ` stands in an unquoted value")
                .label("read as a new key")
                .help("put quotes around the whole value")
        }
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => error(
            line_text(text, part, at),
            "this line is neither `key: value` nor part of a text",
        )
        .label("a `:` is missing"),
        ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::InvalidIndentation
        | ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::MappingKeyNotAllowed
        | ErrorKind::BlockSequenceEntryNotAllowed => {
            error(here, "the indentation of this line fits nothing above it")
                .label("starts in a column where nothing is open")
                .help("align it with the entries it belongs to")
        }
        ErrorKind::UnexpectedCharacter { character } => error(
            here,
            &format!("a value cannot start with `{}`", character.escape_default()),
        )
        .help("put quotes around the value"),
        ErrorKind::InvalidTrailingDoubleQuotedScalar
        | ErrorKind::InvalidTrailingSingleQuotedScalar => {
            error(here, "text goes on behind a closing quote")
                .help("quote the whole value, and escape the quotes inside it")
        }
        ErrorKind::UnknownQuotedScalarEscape | ErrorKind::InvalidQuotedScalarHexEscape => {
            error(here, "this is no escape that YAML knows")
                .help("use single quotes, or write the backslash twice")
        }
        ErrorKind::RecursionLimitExceeded => too_deep(here),
        other => {
            let phrase = other.to_string();
            let phrase = phrase.rsplit(", ").next().unwrap_or(&phrase);
            error(here, &format!("this is not YAML: {phrase}"))
        }
    }
}

fn unclosed(text: &str, part: Span, at: usize, open: char) -> SyntaxError {
    let close = if open == '[' { ']' } else { '}' };
    let opened = text[part.start as usize..at]
        .rfind(open)
        .map(|found| part.start as usize + found);
    let opened = if text[at..].starts_with(open) {
        Some(at)
    } else {
        opened
    };
    let span = opened.map_or_else(|| spot(text, part, at), |at| Span::from_usize(at..at + 1));
    SyntaxError::new(
        SyntaxErrorCode::Yaml,
        span,
        format!("this `{open}` is never closed"),
    )
    .label("opened here")
    .help(format!("add the missing `{close}`"))
}

/// The character at `at`, or the last one of the file when it ends there.
fn spot(text: &str, part: Span, at: usize) -> Span {
    let mut start = at;
    if text[start..part.end as usize].trim().is_empty() {
        start = last_content(text, part).start;
    }
    let len = text[start..].chars().next().map_or(0, char::len_utf8);
    Span::from_usize(start..start + len)
}

/// The last character that is not blank.
fn last_content(text: &str, part: Span) -> std::ops::Range<usize> {
    let trimmed = text[part.range()].trim_end();
    let end = part.start as usize + trimmed.len();
    let len = trimmed.chars().next_back().map_or(0, char::len_utf8);
    end - len..end
}

/// The nearest quote at or before `at`.
fn quote_before(text: &str, at: usize) -> Span {
    let upto = (at + 1).min(text.len());
    match text.as_bytes()[..upto]
        .iter()
        .rposition(|byte| matches!(byte, b'"' | b'\''))
    {
        Some(found) => Span::from_usize(found..found + 1),
        None => Span::from_usize(at..at),
    }
}

/// A tab in the leading blanks of this line or the one after it.
fn tab_near(text: &str, part: Span, at: usize) -> Option<Span> {
    let start = text[..at]
        .rfind('\n')
        .map_or(part.start as usize, |found| found + 1);
    let mut line_start = start.max(part.start as usize);
    for line in text[line_start..part.end as usize]
        .split_inclusive('\n')
        .take(3)
    {
        let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = line[..blanks].find('\t') {
            return Some(Span::from_usize(line_start + tab..line_start + tab + 1));
        }
        line_start += line.len();
    }
    None
}

/// The line around `at` without its blanks.
fn line_text(text: &str, part: Span, at: usize) -> Span {
    let start = text[..at]
        .rfind('\n')
        .map_or(part.start as usize, |found| found + 1);
    let start = start.max(part.start as usize);
    let line = text[start..part.end as usize].lines().next().unwrap_or("");
    let lead = line.len() - line.trim_start().len();
    Span::from_usize(start + lead..start + line.trim_end().len().max(lead))
}
