//! Code Quality reports, which GitLab shows in merge requests: one list of issues, told apart by
//! their fingerprints.

use super::json::{Layout, lines_of, write_safe_json};
use super::{Sources, Style};
use crate::diagnostic::Severity;
use crate::policy::{Fingerprint, Judged};
use crate::project::Outcome;
use crate::source::{LineColumn, LineSpan};
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: String,
    fingerprint: Fingerprint,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    positions: Positions,
}

#[derive(Serialize)]
struct Positions {
    begin: LineColumn,
    end: LineColumn,
}

/// The whole run.
pub fn write(
    outcome: &Outcome,
    sources: &dyn Sources,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let issues: Vec<_> =
        outcome.diagnostics.iter().map(|own| Issue::new(own, sources, style)).collect();
    write_safe_json(&issues, Layout::Pretty, out)
}

impl Issue {
    fn new(judged: &Judged, sources: &dyn Sources, style: &Style) -> Self {
        let diagnostic = &judged.diagnostic;
        let LineSpan { start, end } = lines_of(&diagnostic.primary, sources);
        Self {
            // The page has this one line and no other.
            description: match &diagnostic.help {
                Some(help) => format!("{}; {help}", diagnostic.message),
                None => diagnostic.message.clone(),
            },
            check_name: diagnostic.code(),
            fingerprint: judged.fingerprint,
            severity: severity(judged.severity),
            location: Location {
                path: style.view.shown(diagnostic.primary.path.as_str()),
                positions: Positions { begin: start, end },
            },
        }
    }
}

/// Of the five that the format has, the three that are no emergency.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Info => "info",
    }
}
