//! Workflow commands, which the service shows as annotations at the lines of a change.

use super::json::lines_of;
use super::{Sources, Style, details, sanitize};
use crate::diagnostic::Severity;
use crate::policy::Judged;
use std::io::{self, Write};

/// One diagnostic as `::error file=...::message`. The page shows ten of each severity, and all are in the log.
pub fn write_one(
    judged: &Judged,
    sources: &dyn Sources,
    style: &Style,
    out: &mut Vec<u8>,
) -> io::Result<()> {
    let diagnostic = &judged.diagnostic;
    let command = match judged.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let path = style.view.shown(diagnostic.primary.path.as_str());
    write!(out, "::{command} file={}", property(&path))?;
    let lines = lines_of(&diagnostic.primary, sources);
    write!(out, ",line={},endLine={}", lines.start.line, lines.end.line)?;
    // Columns are of one line, or the annotation is refused.
    if lines.start.line == lines.end.line {
        write!(out, ",col={},endColumn={}", lines.start.column, lines.end.column)?;
    }
    write!(out, ",title={}::{}", property(&diagnostic.code()), data(&diagnostic.message))?;
    for line in details(diagnostic, sources, style) {
        write!(out, "%0A{}", data(&line))?;
    }
    writeln!(out)
}

/// The text behind the `::`.
fn data(text: &str) -> String {
    sanitize::one_line(text).replace('%', "%25")
}

/// The value of a parameter.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
