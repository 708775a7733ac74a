//! The Reviewdog Diagnostic Format, from which review tools make comments with suggestions.

use super::json::{Layout, write_safe_json};
use super::{Sources, Style};
use crate::diagnostic::{Diagnostic, Fix, Label, Severity};
use crate::policy::Judged;
use crate::project::Outcome;
use crate::source::{SourceFile, Span};
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct DiagnosticResult {
    source: Tool,
    diagnostics: Vec<RdDiagnostic>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
}

#[derive(Serialize)]
struct RdDiagnostic {
    message: String,
    location: Location,
    severity: &'static str,
    code: Code,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<RelatedLocation>,
}

#[derive(Serialize)]
struct Code {
    value: String,
}

#[derive(Serialize)]
struct RelatedLocation {
    message: String,
    location: Location,
}

/// Without a range, the whole file.
#[derive(Serialize)]
struct Location {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

#[derive(Serialize)]
struct Suggestion {
    range: Range,
    text: String,
}

/// Half-open.
#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

/// Both numbers start at 1; columns count bytes.
#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
}

/// The whole run.
pub fn write(
    outcome: &Outcome,
    sources: &dyn Sources,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let diagnostic = |own| RdDiagnostic::new(own, sources, style);
    let result = DiagnosticResult {
        source: Tool { name: "caveat" },
        diagnostics: outcome.diagnostics.iter().map(diagnostic).collect(),
    };
    write_safe_json(&result, Layout::Pretty, out)
}

impl RdDiagnostic {
    fn new(judged: &Judged, sources: &dyn Sources, style: &Style) -> Self {
        let Diagnostic { primary, related, fix, .. } = &*judged.diagnostic;
        let location = |label: &Label| Location {
            path: style.view.shown(label.path.as_str()),
            range: sources.source(&label.path).map(|file| Range::new(&file, label.span)),
        };
        let place = |label: &Label| RelatedLocation {
            message: label.message.to_string(),
            location: location(label),
        };
        Self {
            message: judged.diagnostic.message_and_help(),
            location: location(primary),
            severity: match judged.severity {
                Severity::Error => "ERROR",
                Severity::Warning => "WARNING",
                Severity::Info => "INFO",
            },
            code: Code { value: judged.diagnostic.code() },
            suggestions: fix
                .iter()
                .filter_map(|fix| Suggestion::new(fix, primary, sources))
                .collect(),
            related_locations: related.iter().map(place).collect(),
        }
    }
}

impl Suggestion {
    /// The edits of a fix as one: a reader takes a suggestion or leaves it. `None` for a fix that
    /// changes another file, where the comment does not stand.
    fn new(fix: &Fix, primary: &Label, sources: &dyn Sources) -> Option<Self> {
        let file = sources.source(&primary.path)?;
        if fix.edits.iter().any(|edit| edit.path != primary.path) {
            return None;
        }
        let whole = Span::new(fix.edits.first()?.span.start, fix.edits.last()?.span.end);
        let mut text = String::new();
        let mut done = whole.start;
        for edit in &fix.edits {
            text.push_str(file.text.get(done as usize..edit.span.start as usize)?);
            text.push_str(&edit.replacement);
            done = edit.span.end;
        }
        Some(Self { range: Range::new(&file, whole), text })
    }
}

impl Range {
    fn new(file: &SourceFile, span: Span) -> Self {
        let position = |offset| {
            let line = file.lines().line_of(offset);
            let start = file.lines().line_span(line).expect("the line of an offset").start;
            let line = u32::try_from(line).expect("fewer lines than bytes") + 1;
            Position { line, column: offset - start + 1 }
        };
        Self { start: position(span.start), end: position(span.end) }
    }
}
