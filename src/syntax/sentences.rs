//! Sentences of a block of visible text.

use std::ops::Range;

/// Byte ranges of the sentences in `text`: ordered, apart, trimmed.
pub fn split(text: &str) -> Vec<Range<usize>> {
    let trimmed = text.trim_start();
    let start = text.len() - trimmed.len();
    let end = start + trimmed.trim_end().len();
    if start < end { vec![start..end] } else { Vec::new() }
}
