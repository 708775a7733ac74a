//! Text for people: snippets with labels, or one line per diagnostic.

use super::excerpt::Excerpt;
use super::{Sources, Style, sanitize};
use crate::diagnostic::{Label, Severity};
use crate::policy::Judged;
use crate::source::FilePath;
use anstyle::{AnsiColor, Color, Effects};
use codespan_reporting::diagnostic as codespan;
use codespan_reporting::files::{Error, Files, Location};
use codespan_reporting::term::{self, GeneralWriteResult, WriteStyle};
use std::io::{self, Write};
use std::ops::Range;

/// More related places than this are counted, not shown.
pub const MAX_RELATED: usize = 6;

/// `path:line:column: severity[rule] message`, and a line break.
pub fn write_short(
    judged: &Judged,
    sources: &dyn Sources,
    style: &Style,
    out: &mut Vec<u8>,
) -> io::Result<()> {
    let primary = &judged.diagnostic.primary;
    let path = style.view.printed(&primary.path);
    let read = || sources.source(&primary.path).map(|file| file.line_span(primary.span));
    let place = primary.lines().or_else(read).map(|lines| lines.start);
    let place = place.map_or(String::new(), |at| format!("{}:{}:", at.line, at.column));
    let paint = Paint::new(style.color);
    let severity = paint.text(header_style(judged.severity), &severity_and_code(judged));
    let message = sanitize::one_line(&judged.diagnostic.message);
    writeln!(out, "{path}:{place} {severity} {message}")
}

/// One diagnostic with its snippet, and an empty line.
pub fn write_one(
    judged: &Judged,
    sources: &dyn Sources,
    style: &Style,
    out: &mut Vec<u8>,
) -> io::Result<()> {
    let diagnostic = &judged.diagnostic;
    let mut files = Excerpts::default();
    let mut labels = Vec::new();
    let mut unseen: Vec<&Label> = Vec::new();
    let shown =
        std::iter::once(&diagnostic.primary).chain(diagnostic.related.iter().take(MAX_RELATED));
    let shown: Vec<&Label> = shown.collect();
    let mut paths: Vec<&FilePath> = Vec::new();
    for label in &shown {
        if !paths.contains(&&label.path) {
            paths.push(&label.path);
        }
    }
    for path in paths {
        let own: Vec<usize> =
            (0..shown.len()).filter(|&index| shown[index].path == *path).collect();
        let Some(file) = sources.source(path) else {
            unseen.extend(own.into_iter().map(|index| shown[index]));
            continue;
        };
        let spans: Vec<_> = own.iter().map(|&index| shown[index].span).collect();
        let (excerpt, places) = Excerpt::new(&file, &spans, style.width);
        let id = files.push(style.view.printed(path), excerpt);
        for (&index, place) in own.iter().zip(places) {
            let role = if index == 0 {
                codespan::LabelStyle::Primary
            } else {
                codespan::LabelStyle::Secondary
            };
            let more = place.cut_at_line.map(|line| format!("(to line {line})"));
            let words = sanitize::one_line(&shown[index].message);
            let message = [words.as_ref(), more.as_deref().unwrap_or("")].join(" ");
            labels.push(codespan::Label::new(role, id, place.range).with_message(message.trim()));
        }
    }
    // The file of the diagnostic itself comes first, then the others in the order of their labels.
    let report = codespan::Diagnostic::new(codespan_severity(judged.severity))
        .with_code(judged.diagnostic.code())
        .with_message(sanitize::one_line(&diagnostic.message))
        .with_labels(labels)
        .with_notes(notes(judged, &unseen, style));
    let config = term::Config { tab_width: 2, ..term::Config::default() };
    let mut writer = Writer {
        paint: Paint::new(style.color),
        severity: judged.severity,
        word_follows: false,
        out: Vec::new(),
    };
    match term::emit_to_write_style(&mut writer, &config, &files, &report) {
        Ok(()) => out.write_all(&writer.out),
        Err(error) => Err(io::Error::other(error)),
    }
}

/// The lines under the snippet: places without a text, what was left out, notes, and the help.
fn notes(judged: &Judged, unseen: &[&Label], style: &Style) -> Vec<String> {
    let diagnostic = &judged.diagnostic;
    let mut notes = Vec::new();
    for label in unseen {
        let words = sanitize::one_line(&label.message);
        let colon = if words.is_empty() { "" } else { ": " };
        notes.push(format!("in {}{colon}{words}", style.view.printed(&label.path)));
    }
    if let Some(more) = diagnostic.related.len().checked_sub(MAX_RELATED).filter(|more| *more > 0) {
        notes.push(format!("and {more} more like these"));
    }
    notes.extend(diagnostic.notes.iter().map(|note| sanitize::lines(note)));
    if let Some(fix) = &diagnostic.fix {
        notes.push(format!("fix: {}", sanitize::one_line(&fix.title)));
    }
    if let Some(help) = &diagnostic.help {
        notes.push(format!("help: {}", sanitize::lines(help)));
    }
    notes
}

fn severity_and_code(judged: &Judged) -> String {
    format!("{}[{}]", judged.severity.as_str(), judged.diagnostic.code())
}

fn codespan_severity(severity: Severity) -> codespan::Severity {
    match severity {
        Severity::Error => codespan::Severity::Error,
        Severity::Warning => codespan::Severity::Warning,
        Severity::Info => codespan::Severity::Note,
    }
}

/// The excerpts of one diagnostic, as the printer wants them.
#[derive(Default)]
struct Excerpts(Vec<(String, Excerpt)>);

impl Excerpts {
    fn push(&mut self, name: String, excerpt: Excerpt) -> usize {
        self.0.push((name, excerpt));
        self.0.len() - 1
    }

    fn excerpt(&self, id: usize) -> Result<&Excerpt, Error> {
        self.0.get(id).map(|(_, excerpt)| excerpt).ok_or(Error::FileMissing)
    }
}

impl<'a> Files<'a> for Excerpts {
    type FileId = usize;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: usize) -> Result<&'a str, Error> {
        self.0.get(id).map(|(name, _)| name.as_str()).ok_or(Error::FileMissing)
    }

    fn source(&'a self, id: usize) -> Result<&'a str, Error> {
        self.excerpt(id).map(|excerpt| excerpt.text.as_str())
    }

    fn line_index(&'a self, id: usize, offset: usize) -> Result<usize, Error> {
        self.excerpt(id).map(|excerpt| excerpt.line_index(offset))
    }

    fn line_range(&'a self, id: usize, index: usize) -> Result<Range<usize>, Error> {
        self.excerpt(id)?.line_range(index).ok_or(Error::LineTooLarge { given: index, max: index })
    }

    fn location(&'a self, id: usize, offset: usize) -> Result<Location, Error> {
        let place = self.excerpt(id)?.place(offset);
        let place = place.ok_or(Error::IndexTooLarge { given: offset, max: offset })?;
        Ok(Location { line_number: place.line as usize, column_number: place.column as usize })
    }
}

/// Writes colours, or leaves them out.
#[derive(Clone, Copy)]
struct Paint {
    color: bool,
}

impl Paint {
    fn new(color: bool) -> Self {
        Self { color }
    }

    fn text(self, style: anstyle::Style, text: &str) -> String {
        if self.color { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}

fn header_style(severity: Severity) -> anstyle::Style {
    label_style(severity).effects(Effects::BOLD)
}

fn label_style(severity: Severity) -> anstyle::Style {
    let color = match severity {
        Severity::Error => AnsiColor::Red,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Info => AnsiColor::Cyan,
    };
    anstyle::Style::new().fg_color(Some(Color::Ansi(color)))
}

fn frame_style() -> anstyle::Style {
    anstyle::Style::new().fg_color(Some(Color::Ansi(AnsiColor::Blue)))
}

/// Takes what the printer writes, in our colours and with our word for the severity.
struct Writer {
    paint: Paint,
    severity: Severity,
    /// The next write is the printer's word for the severity; it has none for `info`.
    word_follows: bool,
    out: Vec<u8>,
}

impl Writer {
    fn set(&mut self, style: anstyle::Style) -> GeneralWriteResult {
        if self.paint.color {
            write!(self.out, "{}{style}", anstyle::Reset.render())
        } else {
            Ok(())
        }
    }
}

impl Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if std::mem::take(&mut self.word_follows) {
            self.out.extend_from_slice(self.severity.as_str().as_bytes());
            return Ok(bytes.len());
        }
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl WriteStyle for Writer {
    fn set_header(&mut self, _: codespan::Severity) -> GeneralWriteResult {
        self.set(header_style(self.severity))?;
        self.word_follows = true;
        Ok(())
    }

    fn set_header_message(&mut self) -> GeneralWriteResult {
        self.set(anstyle::Style::new().effects(Effects::BOLD))
    }

    fn set_line_number(&mut self) -> GeneralWriteResult {
        self.set(frame_style())
    }

    fn set_note_bullet(&mut self) -> GeneralWriteResult {
        self.set(frame_style())
    }

    fn set_source_border(&mut self) -> GeneralWriteResult {
        self.set(frame_style())
    }

    fn set_label(
        &mut self,
        _: codespan::Severity,
        style: codespan::LabelStyle,
    ) -> GeneralWriteResult {
        self.set(match style {
            codespan::LabelStyle::Primary => label_style(self.severity),
            codespan::LabelStyle::Secondary => frame_style(),
        })
    }

    fn reset(&mut self) -> GeneralWriteResult {
        self.set(anstyle::Style::new())
    }
}
