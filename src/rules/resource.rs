//! Rules on resources.

pub mod invalid_doi;
pub mod invalid_identifier;
