//! Workflow commands, which the service shows as annotations at the lines of a change.

use super::json::lines_of;
use super::sanitize;
use super::text::MAX_RELATED;
use super::{Sources, Style};
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
    let related = diagnostic.related.iter().filter(|own| !own.message.is_empty());
    for label in related.take(MAX_RELATED) {
        let at = lines_of(label, sources).start;
        let path = style.view.shown(label.path.as_str());
        write!(out, "%0A{} ({}:{})", data(&label.message), data(&path), at.line)?;
    }
    if let Some(help) = &diagnostic.help {
        write!(out, "%0Ahelp: {}", data(help))?;
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
