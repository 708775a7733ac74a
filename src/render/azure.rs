//! Logging commands, which Azure Pipelines shows on the page of a run.

use super::json::lines_of;
use super::{Sources, Style, details, sanitize, text};
use crate::diagnostic::Severity;
use crate::policy::Judged;
use std::io::{self, Write};

/// One diagnostic as `##vso[task.logissue ...]message`. The service knows errors and warnings; an
/// info is a plain line of the log.
pub fn write_one(
    judged: &Judged,
    sources: &dyn Sources,
    style: &Style,
    out: &mut Vec<u8>,
) -> io::Result<()> {
    let diagnostic = &judged.diagnostic;
    let kind = match judged.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => return text::write_short(judged, sources, style, out),
    };
    let path = style.view.shown(diagnostic.primary.path.as_str());
    let at = lines_of(&diagnostic.primary, sources).start;
    write!(out, "##vso[task.logissue type={kind};sourcepath={}", property(&path))?;
    write!(out, ";linenumber={};columnnumber={}", at.line, at.column)?;
    write!(out, ";code={}]{}", property(&diagnostic.code()), data(&diagnostic.message))?;
    for line in details(diagnostic, sources, style) {
        write!(out, "%0A{}", data(&line))?;
    }
    writeln!(out)
}

/// The text behind the `]`.
fn data(text: &str) -> String {
    sanitize::one_line(text).replace('%', "%AZP25")
}

/// The value of a property.
fn property(text: &str) -> String {
    data(text).replace(';', "%3B").replace(']', "%5D")
}
