//! Numbers in brackets that are keys to press and cite nothing: "press [1] to start".

use super::{CitationMark, CitationTarget};
use crate::syntax::Prose;
use std::collections::HashSet;

/// Drops the numbers that are keys to press: without a list, "press [1]" cites nothing.
pub(super) fn drop_keys(prose: &Prose, marks: &mut Vec<CitationMark>) {
    let number = |mark: &CitationMark| match mark.target {
        CitationTarget::Number { number, .. } => Some(number),
        _ => None,
    };
    let block = |mark: &CitationMark| {
        prose.blocks.partition_point(|block| block.text.start <= mark.text.start)
    };
    let blocks: HashSet<usize> =
        marks.iter().filter(|mark| is_pressed(&prose.text, mark)).map(block).collect();
    if blocks.is_empty() {
        return;
    }
    let beside = marks.iter().filter(|mark| blocks.contains(&block(mark)));
    let pressed: HashSet<u32> = beside.filter_map(number).collect();
    marks.retain(|mark| !number(mark).is_some_and(|own| pressed.contains(&own)));
}

/// "Press [1]", "press [1] or [2]", "[1] in the menu".
fn is_pressed(text: &str, mark: &CitationMark) -> bool {
    const VERBS: &[&str] = &[
        "press", "pressing", "hit", "tap", "click", "select", "choose", "enter", "dial", "push",
        "hold",
    ];
    const BETWEEN: &[&str] =
        &["the", "a", "on", "or", "and", "then", "key", "keys", "button", "option", "number"];
    const PLACES: &[&str] = &[
        "in the menu",
        "on the menu",
        "from the menu",
        "on the keypad",
        "on your keypad",
        "on the keyboard",
    ];
    /// More words than these stand between a verb and the last of its keys in no sentence.
    const MOST: usize = 10;
    /// More than any of the places has, with another key before it.
    const WINDOW: usize = 30;
    if !text[mark.text.clone()].starts_with('[') {
        return false;
    }
    let before = text[..mark.text.start].split([' ', '\n']).rev().take(MOST);
    let is_key = |word: &str| {
        let inside =
            word.trim_end_matches(',').strip_prefix('[').and_then(|own| own.strip_suffix(']'));
        inside.is_some_and(|own| own.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let mut words = before.skip_while(|word| {
        word.is_empty() || is_key(word) || BETWEEN.iter().any(|own| word.eq_ignore_ascii_case(own))
    });
    if words.next().is_some_and(|word| VERBS.iter().any(|own| word.eq_ignore_ascii_case(own))) {
        return true;
    }
    let behind = &text[mark.text.end..];
    let behind = &behind[..behind.floor_char_boundary(WINDOW)];
    let behind = behind
        .trim_start_matches(|c: char| matches!(c, ' ' | '[' | ']' | ',') || c.is_ascii_digit());
    let behind = behind.trim_start_matches("or ").trim_start_matches("and ");
    let behind =
        behind.trim_start_matches(|c: char| matches!(c, ' ' | '[' | ']') || c.is_ascii_digit());
    PLACES.iter().any(|place| behind.starts_with(place))
}
