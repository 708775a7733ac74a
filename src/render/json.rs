//! Data for programs: one object for a run, or one diagnostic a line.
//!
//! These structs are the public format, version 1. Fields may be added; none changes its meaning or
//! goes away without a new version.

use super::{Sources, Style};
use crate::diagnostic::{Applicability, Confidence, Diagnostic, Fix, Label, Severity};
use crate::policy::{Fingerprint, Judged};
use crate::project::Outcome;
use crate::source::{FilePath, LineColumn, LineSpan, Span};
use serde::Serialize;
use serde_json::ser::{CharEscape, CompactFormatter, Formatter, PrettyFormatter, Serializer};
use std::io::{self, Write};

const VERSION: u32 = 1;

/// What `check --format json` prints.
#[derive(Serialize)]
struct JsonRun<'a> {
    version: u32,
    /// Sorted by path, span and rule.
    diagnostics: JsonDiagnostics<'a>,
    /// What is to be said of the run as a whole: settings that do nothing.
    notices: Vec<JsonNotice<'a>>,
    summary: JsonSummary,
}

/// Every [`JsonDiagnostic`], made one at a time: a run may have a hundred thousand.
struct JsonDiagnostics<'a> {
    judged: &'a [Judged],
    sources: &'a dyn Sources,
}

impl Serialize for JsonDiagnostics<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.judged.iter().map(|own| JsonDiagnostic::new(own, self.sources)))
    }
}

#[derive(Debug, Serialize)]
struct JsonSummary {
    files: usize,
    records: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    /// Files for which no kind is known: only their syntax was checked.
    unmapped: usize,
    /// Diagnostics that a suppression hides.
    suppressed: usize,
    /// Diagnostics that a baseline accepts.
    baselined: usize,
}

/// One diagnostic.
#[derive(Debug, Serialize)]
pub struct JsonDiagnostic<'a> {
    /// `group/name`.
    pub rule: &'a str,
    /// Which of the rule's kinds, for rules that have kinds.
    pub kind: Option<&'a str>,
    pub severity: Severity,
    pub confidence: Confidence,
    pub message: &'a str,
    /// Relative to the root of the run, parts separated by `/`.
    pub path: &'a FilePath,
    /// Bytes of the file as stored, half-open.
    pub span: Span,
    pub start: LineColumn,
    pub end: LineColumn,
    pub related: Vec<JsonRelated<'a>>,
    pub notes: &'a [String],
    pub help: Option<&'a str>,
    pub fix: Option<JsonFix<'a>>,
    /// 16 hexadecimal digits; the same after lines have moved or the message was reworded.
    pub fingerprint: Fingerprint,
}

/// Something about the run as a whole; it has a place, and neither rule nor severity.
#[derive(Debug, Serialize)]
struct JsonNotice<'a> {
    message: &'a str,
    path: &'a FilePath,
    span: Span,
    start: LineColumn,
    end: LineColumn,
    related: Vec<JsonRelated<'a>>,
    notes: &'a [String],
    help: Option<&'a str>,
}

/// Another place that belongs to a diagnostic.
#[derive(Debug, Serialize)]
pub struct JsonRelated<'a> {
    pub path: &'a FilePath,
    pub span: Span,
    pub start: LineColumn,
    pub end: LineColumn,
    pub message: &'a str,
}

/// A change that mends the cause.
#[derive(Debug, Serialize)]
pub struct JsonFix<'a> {
    pub title: &'a str,
    pub applicability: Applicability,
    /// Sorted by span, not overlapping.
    pub edits: Vec<JsonEdit<'a>>,
}

/// Replace the bytes under `span`.
#[derive(Debug, Serialize)]
pub struct JsonEdit<'a> {
    pub path: &'a FilePath,
    pub span: Span,
    pub replacement: &'a str,
}

/// The lines of a label; for a file that cannot be read, the start of its first line.
pub fn lines_of(label: &Label, sources: &dyn Sources) -> LineSpan {
    let read = || sources.source(&label.path).map(|file| file.line_span(label.span));
    label.lines().or_else(read).unwrap_or(LineSpan::FIRST)
}

impl<'a> JsonDiagnostic<'a> {
    pub fn new(judged: &'a Judged, sources: &dyn Sources) -> Self {
        let Diagnostic {
            rule, kind, message, primary, related, notes, help, fix, confidence, ..
        } = &*judged.diagnostic;
        let LineSpan { start, end } = lines_of(primary, sources);
        Self {
            rule,
            kind: *kind,
            severity: judged.severity,
            confidence: *confidence,
            message,
            path: &primary.path,
            span: primary.span,
            start,
            end,
            related: related.iter().map(|label| JsonRelated::new(label, sources)).collect(),
            notes,
            help: help.as_deref(),
            fix: fix.as_deref().map(JsonFix::new),
            fingerprint: judged.fingerprint,
        }
    }
}

impl<'a> JsonNotice<'a> {
    fn new(notice: &'a Diagnostic, sources: &dyn Sources) -> Self {
        let Diagnostic { message, primary, related, notes, help, .. } = notice;
        let LineSpan { start, end } = lines_of(primary, sources);
        Self {
            message,
            path: &primary.path,
            span: primary.span,
            start,
            end,
            related: related.iter().map(|label| JsonRelated::new(label, sources)).collect(),
            notes,
            help: help.as_deref(),
        }
    }
}

impl<'a> JsonRelated<'a> {
    fn new(label: &'a Label, sources: &dyn Sources) -> Self {
        let LineSpan { start, end } = lines_of(label, sources);
        Self { path: &label.path, span: label.span, start, end, message: &label.message }
    }
}

impl<'a> JsonFix<'a> {
    fn new(fix: &'a Fix) -> Self {
        let edit = |edit: &'a crate::diagnostic::Edit| JsonEdit {
            path: &edit.path,
            span: edit.span,
            replacement: &edit.replacement,
        };
        Self {
            title: &fix.title,
            applicability: fix.applicability,
            edits: fix.edits.iter().map(edit).collect(),
        }
    }
}

/// The whole run as one object.
pub fn write(outcome: &Outcome, sources: &dyn Sources, out: &mut dyn Write) -> io::Result<()> {
    let summary = outcome.summary;
    let run = JsonRun {
        version: VERSION,
        diagnostics: JsonDiagnostics { judged: &outcome.diagnostics, sources },
        notices: outcome.notices.iter().map(|own| JsonNotice::new(own, sources)).collect(),
        summary: JsonSummary {
            files: summary.files,
            records: summary.records,
            errors: summary.errors,
            warnings: summary.warnings,
            infos: summary.infos,
            unmapped: summary.unmapped,
            suppressed: summary.suppressed,
            baselined: summary.baselined,
        },
    };
    write_safe_json(&run, Layout::Pretty, out)
}

/// One diagnostic on a line.
pub fn write_line(
    judged: &Judged,
    sources: &dyn Sources,
    _: &Style,
    out: &mut Vec<u8>,
) -> io::Result<()> {
    write_safe_json(&JsonDiagnostic::new(judged, sources), Layout::Line, out)
}

/// How JSON is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    Pretty,
    /// All on one line.
    Line,
}

/// JSON with a line break at its end, that can be printed anywhere: characters that would act on a
/// terminal, or speak to a CI runner, are written as `\u` escapes.
pub fn to_safe_json(value: &impl Serialize, layout: Layout) -> String {
    let mut out = Vec::new();
    write_safe_json(value, layout, &mut out)
        .expect("memory takes all; our structs have text keys and finite numbers");
    String::from_utf8(out).expect("JSON is text")
}

/// As [`to_safe_json`], to a writer.
pub fn write_safe_json<W: Write + ?Sized>(
    value: &impl Serialize,
    layout: Layout,
    out: &mut W,
) -> io::Result<()> {
    match layout {
        Layout::Pretty => value
            .serialize(&mut Serializer::with_formatter(&mut *out, Safe(PrettyFormatter::new()))),
        Layout::Line => {
            value.serialize(&mut Serializer::with_formatter(&mut *out, Safe(CompactFormatter)))
        }
    }?;
    out.write_all(b"\n")
}

/// A formatter that escapes more than it must.
struct Safe<F>(F);

impl<F> Safe<F> {
    fn needs_escape(c: char, before: Option<char>) -> bool {
        // `##[` and `##vso[` start commands of CI runners.
        c == '\x7f' || super::sanitize::acts(c) || (c == '#' && before == Some('#'))
    }
}

impl<F: Formatter> Formatter for Safe<F> {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        text: &str,
    ) -> io::Result<()> {
        let is_plain = |byte: u8| matches!(byte, b' '..=b'~') && byte != b'#';
        // Without an early end, many bytes are looked at in one step.
        if text.bytes().fold(true, |all, byte| all & is_plain(byte)) {
            return self.0.write_string_fragment(out, text);
        }
        let mut done = 0;
        let mut before = None;
        for (at, c) in text.char_indices() {
            if Self::needs_escape(c, before) {
                self.0.write_string_fragment(out, &text[done..at])?;
                for unit in c.encode_utf16(&mut [0; 2]) {
                    write!(out, "\\u{unit:04x}")?;
                }
                done = at + c.len_utf8();
            }
            before = Some(c);
        }
        self.0.write_string_fragment(out, &text[done..])
    }

    fn write_char_escape<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        escape: CharEscape,
    ) -> io::Result<()> {
        self.0.write_char_escape(out, escape)
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_array(out)
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array(out)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array_value(out)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object(out)
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object(out)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object_value(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_safe_to_print_and_says_the_same() {
        let text = "a\u{202e}b\x1b\u{9b}##[error]##vso[x] 👩\u{200d}🚀 \u{e0001} \"\\\n";
        let json = to_safe_json(&[text], Layout::Line);
        assert_eq!(json.matches('\n').count(), 1);
        assert!(!json.contains("##") && !json.trim_end().contains(|c: char| c.is_control()));
        assert!(!json.contains('\u{202e}'));
        assert_eq!(serde_json::from_str::<[String; 1]>(&json).expect("JSON"), [text]);
    }
}
