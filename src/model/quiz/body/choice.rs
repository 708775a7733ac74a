//! One option of a question: the sign before it, its text, and what marks it as right.

use super::habits::{Legend, covers};
use crate::model::quiz::Choice;
use crate::model::quiz::wording::{behind_circled, marked, option_sign, trimmed};
use crate::source::Span;
use crate::syntax::{Prose, Text};
use std::ops::Range;

/// A choice, its leading letter taken as its id.
pub(super) fn lettered_choice<'a>(
    body: &'a Prose,
    range: Range<usize>,
    correct: Option<(bool, Span)>,
    legend: Option<Legend>,
) -> Choice<'a> {
    let moved = |part: Range<usize>| range.start + part.start..range.start + part.end;
    let words = &body.text[range.clone()];
    let sign = marked(words).or_else(|| starred(words).filter(|_| legend == Some(Legend::Star)));
    // `- [ ] psoas (correct)`: the sign contradicts the box, and readers see it.
    let is_denied = matches!(correct, Some((false, _)));
    let sign = sign.filter(|(right, ..)| !(is_denied && *right));
    let rest = sign.as_ref().map_or(0..words.len(), |(_, _, rest)| rest.clone());
    let correct = correct.or_else(|| sign.map(|(right, sign, _)| (right, body.span(moved(sign)))));
    let part = |part: Range<usize>| {
        Text::of_prose(body, moved(rest.start + part.start..rest.start + part.end))
    };
    let own = &words[rest.clone()];
    let (id, text) = match option_sign(own) {
        Some((letter, text)) => (Some(part(letter)), text),
        None => (None, behind_circled(own).unwrap_or(0..rest.len())),
    };
    let set_off = legend.and_then(Legend::mark).and_then(|kind| {
        let own = moved(rest.start + text.start..rest.start + text.end);
        covers(body, &range, &own, &kind).then(|| (true, body.span(own)))
    });
    let text = part(text);
    Choice { span: text.span(), id, text: Some(text), correct: correct.or(set_off), is_key: false }
}

/// `psoas *`: the same as [`marked`].
fn starred(text: &str) -> Option<(bool, Range<usize>, Range<usize>)> {
    let whole = text.trim_end();
    let rest = whole.strip_suffix('*')?;
    Some((true, rest.len()..whole.len(), trimmed(text, 0..rest.len())))
}
