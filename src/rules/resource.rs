//! Rules on resources.

pub mod bare_homepage_url;
pub mod citation_incomplete;
pub mod database_as_source;
pub mod duplicate_resource;
pub mod implausible_date;
pub mod invalid_doi;
pub mod invalid_identifier;
pub mod retracted_source;
pub mod stale_source;
pub mod url_hygiene;
