//! Markdown with front matter.

use super::{Document, Prose, Tree};
use std::sync::Arc;

pub fn parse(text: &Arc<str>) -> Document {
    Document {
        tree: Tree::empty(text.clone()),
        body: Some(parse_prose(text, 0)),
        comments: Vec::new(),
        errors: Vec::new(),
    }
}

/// Blocks, marks and definitions of `text[from..]`.
pub fn parse_prose(_text: &str, _from: usize) -> Prose {
    Prose::default()
}
