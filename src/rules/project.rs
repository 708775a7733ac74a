//! Rules on records as parts of a library.

pub mod missing_review_metadata;
