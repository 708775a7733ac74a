//! YAML.
use super::{Document, Tree};
use std::sync::Arc;

pub fn parse(text: &Arc<str>) -> Document {
    Document { tree: Tree::empty(text.clone()), body: None, comments: Vec::new(), errors: Vec::new() }
}
