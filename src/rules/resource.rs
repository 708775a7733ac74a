//! Rules on resources.

pub mod invalid_doi;
pub mod invalid_identifier;
pub mod retracted_source;
