//! JUnit's XML, for CI services that know of tests alone: a suite per file, a case per diagnostic.
//!
//! A case fails when its diagnostic is as grave as what fails the run, so that the service and the
//! exit code say the same; what is less grave passes, with its text as the case's output.

use super::json::lines_of;
use super::sanitize::markup;
use super::{Sources, Style, details};
use crate::diagnostic::Severity;
use crate::policy::Judged;
use crate::project::Outcome;
use crate::words::counted;
use std::io::{self, Write};

/// The whole run.
pub fn write(
    outcome: &Outcome,
    sources: &dyn Sources,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let fail_on = outcome.fail_on.unwrap_or(Severity::Error);
    let counts = |all: &[Judged]| {
        let failures = all.iter().filter(|own| own.severity >= fail_on).count();
        format!("tests=\"{}\" failures=\"{failures}\" errors=\"0\"", all.len().max(1))
    };
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<testsuites name=\"caveat\" {}>", counts(&outcome.diagnostics))?;
    // A report without a test is taken for a broken one.
    if outcome.diagnostics.is_empty() {
        let checked = counted(outcome.summary.files, "file");
        writeln!(out, "  <testsuite name=\"caveat\" {}>", counts(&[]))?;
        writeln!(out, "    <testcase name=\"{checked} checked\" classname=\"caveat\"/>")?;
        writeln!(out, "  </testsuite>")?;
    }
    for file in outcome.by_file() {
        let path = markup(&style.view.shown(file[0].diagnostic.primary.path.as_str()));
        writeln!(out, "  <testsuite name=\"{path}\" {}>", counts(file))?;
        for judged in file {
            write_case(
                judged,
                &path,
                judged.severity >= fail_on,
                out,
                &text(judged, sources, style),
            )?;
        }
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}

/// One case. Its name says what is wrong and not where, so that it is the same case when lines move.
fn write_case(
    judged: &Judged,
    path: &str,
    is_failure: bool,
    out: &mut dyn Write,
    text: &str,
) -> io::Result<()> {
    let code = markup(&judged.diagnostic.code());
    let message = markup(&judged.diagnostic.message);
    let severity = judged.severity.as_str();
    writeln!(
        out,
        "    <testcase name=\"{code}: {message}\" classname=\"{path}\" file=\"{path}\">"
    )?;
    if is_failure {
        writeln!(out, "      <failure type=\"{severity}\" message=\"{message}\">{text}</failure>")?;
    } else {
        writeln!(out, "      <system-out>{severity}: {text}</system-out>")?;
    }
    writeln!(out, "    </testcase>")
}

/// The place, the message and what belongs to it, a line each.
fn text(judged: &Judged, sources: &dyn Sources, style: &Style) -> String {
    let diagnostic = &judged.diagnostic;
    let at = lines_of(&diagnostic.primary, sources).start;
    let path = style.view.shown(diagnostic.primary.path.as_str());
    let first = format!("{path}:{}:{}: {}", at.line, at.column, diagnostic.message);
    let lines = std::iter::once(first).chain(details(diagnostic, sources, style));
    lines.map(|line| markup(&line)).collect::<Vec<_>>().join("\n")
}
