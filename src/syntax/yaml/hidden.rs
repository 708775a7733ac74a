//! Keys and list items that a no-break space hides: people take it for a blank, YAML for a letter.

use super::{MAX_ERRORS, describe};
use crate::source::Span;
use crate::syntax::{Kind, MAX_DEPTH, Node, Style, SyntaxError, Tree};
use memchr::memmem;

/// Whether there is a no-break space at all.
pub fn may_be_in(text: &str) -> bool {
    memmem::find(text.as_bytes(), NO_BREAK_SPACE).is_some()
}

/// U+00A0 in bytes.
const NO_BREAK_SPACE: &[u8] = "\u{a0}".as_bytes();

/// Keys and list items that are part of a text, for a no-break space before or behind them.
pub fn structure(tree: &Tree, text: &str) -> Vec<SyntaxError> {
    let mut errors = Vec::new();
    let mut look = |node: Node<'_>, is_key: bool| {
        if !matches!(node.kind(), Kind::String(Style::Plain)) || errors.len() >= MAX_ERRORS {
            return;
        }
        let span = node.span();
        let mut at = span.start as usize;
        for line in text[span.range()].split_inclusive('\n') {
            let content = line.trim_start_matches([' ', '\t', '\u{a0}']);
            // No line is looked through again and again.
            let before = &text[text.floor_char_boundary(at.saturating_sub(MAX_DEPTH))..at];
            let indent = before.trim_end_matches([' ', '-']);
            let stands_first =
                indent.ends_with(['\n', '\r']) || before.len() == at && indent.is_empty();
            let is_item = stands_first && content.starts_with("-\u{a0}");
            if (is_key && line.starts_with('\u{a0}')) || is_item {
                let found = describe::no_break_spaces(line).map(|own| at + own.start..at + own.end);
                errors.extend(found.map(|own| describe::no_break_space(Span::from_usize(own))));
            }
            at += line.len();
        }
    };
    for node in tree.nodes() {
        look(node, false);
        node.entries().for_each(|entry| look(entry.key_node, true));
    }
    errors.sort_by_key(|error| error.span);
    errors.dedup_by_key(|error| error.span);
    errors
}
