//! Checkstyle's XML, which most collectors of lint results read.

use super::json::lines_of;
use super::sanitize::markup;
use super::{Sources, Style, details};
use crate::policy::Judged;
use crate::project::Outcome;
use std::io::{self, Write};

/// The whole run.
pub fn write(
    outcome: &Outcome,
    sources: &dyn Sources,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">")?;
    for file in outcome.by_file() {
        let path = style.view.shown(file[0].diagnostic.primary.path.as_str());
        writeln!(out, "  <file name=\"{}\">", markup(&path))?;
        for judged in file {
            write_error(judged, sources, style, out)?;
        }
        writeln!(out, "  </file>")?;
    }
    writeln!(out, "</checkstyle>")
}

fn write_error(
    judged: &Judged,
    sources: &dyn Sources,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let diagnostic = &judged.diagnostic;
    let at = lines_of(&diagnostic.primary, sources).start;
    let lines: Vec<_> = std::iter::once(diagnostic.message.clone())
        .chain(details(diagnostic, sources, style))
        .map(|line| markup(&line))
        .collect();
    writeln!(
        out,
        "    <error line=\"{}\" column=\"{}\" severity=\"{}\" message=\"{}\" source=\"caveat.{}\"/>",
        at.line,
        at.column,
        judged.severity.as_str(),
        lines.join("&#10;"),
        markup(&diagnostic.code())
    )
}
