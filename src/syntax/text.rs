//! Plain-text drafts.

use super::{Document, Prose, Tree};
use std::sync::Arc;

pub fn parse(text: &Arc<str>) -> Document {
    Document {
        tree: Tree::empty(text.clone()),
        body: Some(Prose::default()),
        comments: Vec::new(),
        errors: Vec::new(),
    }
}
