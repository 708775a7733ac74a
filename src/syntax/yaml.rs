//! YAML.
use super::{Document, Tree};
use crate::source::Span;
use std::sync::Arc;

pub fn parse(text: &Arc<str>) -> Document {
    Document { tree: Tree::empty(text.clone()), body: None, comments: Vec::new(), errors: Vec::new() }
}

pub fn parse_part(text: &Arc<str>, _span: Span) -> Document {
    parse(text)
}
