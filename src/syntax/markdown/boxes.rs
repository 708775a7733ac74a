//! Text that is set apart by a line of its own: `:::tip` up to `:::`, `!!! note` before indented lines.
//!
//! To `CommonMark` such lines are text, and what is indented behind an empty line is code. They are covered with
//! what has the same effect: a thematic break ends the paragraph before it, and a list item whose text stands in
//! the fifth column holds what is indented by four. The reader makes them blocks of their own again.

use memchr::memmem;
use std::ops::Range;

/// What begins a line that opens a box or closes it.
const FENCE: &str = ":::";

/// What begins a line that opens a box of indented lines: a note, one that is folded, a tab.
const INDENTED: [&str; 3] = ["!!!", "???", "==="];

/// What covers the beginning of such a line; then comes a thematic break, of three bytes at least.
const ITEM: &str = "+   ";

/// The lines of a text that open or close a box, without indentation and line break, in order.
pub fn find(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut lines: Vec<Range<usize>> = Vec::new();
    for sign in [FENCE].into_iter().chain(INDENTED) {
        let is_box = if sign == FENCE { is_fence } else { opens_indented };
        for at in memmem::find_iter(bytes, sign) {
            let before = text[..at].trim_end_matches([' ', '\t', '>']);
            if !before.is_empty() && !before.ends_with(['\n', '\r']) {
                continue;
            }
            let line = text[at..].lines().next().unwrap_or_default().trim_end();
            let line = at..at + line.len();
            if is_box(text, before.len(), &line) {
                lines.push(line);
            }
        }
    }
    lines.sort_unstable_by_key(|line| line.start);
    lines
}

/// `:::`, `:::tip`, `::: {.callout-note}`, `:::warning[Title]`; what ends in `:::` as well is a box of one line.
fn is_fence(text: &str, _: usize, line: &Range<usize>) -> bool {
    let name = text[line.clone()].trim_start_matches(':').trim_start();
    name.is_empty()
        || name.starts_with(|c: char| c.is_alphabetic() || c == '{') && !name.ends_with(FENCE)
}

/// `!!! note "Title"`, `???+ tip`, `=== "Tab"`, with a line behind it that is indented by four columns more.
fn opens_indented(text: &str, line_start: usize, line: &Range<usize>) -> bool {
    let (sign, rest) = text[line.clone()].split_at(FENCE.len());
    let rest = rest.strip_prefix('+').filter(|_| sign == "???").unwrap_or(rest);
    let Some(rest) = rest.strip_prefix(' ') else { return false };
    let (names, title) = rest.split_once('"').unwrap_or((rest, "\""));
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
    let has_names = names.trim().is_empty() == (sign == "===");
    let indent = &text[line_start..line.start];
    has_names
        && names.chars().all(is_name)
        && title.ends_with('"')
        && line.len() >= ITEM.len() + "***".len()
        && !indent.contains('>')
        && behind(text, line.end).is_some_and(|next| columns(next) >= columns(indent) + 4)
}

/// The next line with words behind the line that ends at `end`, one empty line passed over.
fn behind(text: &str, end: usize) -> Option<&str> {
    let mut lines = text[end..].lines().skip(1);
    let next = lines.next()?;
    if next.trim().is_empty() {
        lines.next().filter(|line| !line.trim().is_empty())
    } else {
        Some(next)
    }
}

/// How far a line is indented.
fn columns(line: &str) -> usize {
    let blanks = line.bytes().take_while(|byte| matches!(byte, b' ' | b'\t'));
    blanks.fold(0, |at, byte| if byte == b'\t' { (at / 4 + 1) * 4 } else { at + 1 })
}

/// Whether what the parser takes for a thematic break is a line that opens or closes a box.
pub fn is_rule(source: &str) -> bool {
    source.starts_with(FENCE)
}

/// Whether what the parser takes for a list item is a box of indented lines.
pub fn is_item(source: &str) -> bool {
    INDENTED.iter().any(|sign| source.starts_with(sign))
}

/// Whether a text begins as a line does that opens a box.
pub fn begins_box(text: &str) -> bool {
    is_rule(text) || is_item(text)
}

/// What the Markdown parser reads in the place of a line that opens or closes a box.
pub fn cover(line: &str, covered: &mut String) {
    let item = if line.starts_with(FENCE) { "" } else { ITEM };
    covered.push_str(item);
    covered.extend(std::iter::repeat_n('*', line.len() - item.len()));
}
