//! Our values as those of the protocol: places, addresses of files, diagnostics, edits.

use caveat::complete::{Proposal, ProposalRole};
use caveat::diagnostic::{Diagnostic, Edit, Label, Severity};
use caveat::policy::Judged;
use caveat::render::{self, Sources};
use caveat::source::{FilePath, SourceFile, Span};
use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionTextEdit, DiagnosticRelatedInformation,
    DiagnosticSeverity, DiagnosticTag, DocumentChanges, Documentation, Location, NumberOrString,
    OneOf, OptionalVersionedTextDocumentIdentifier, Position, Range, TextDocumentEdit, TextEdit,
    Uri, WorkspaceEdit,
};
use percent_encoding::percent_decode_str;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What columns count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    /// What every editor knows.
    #[default]
    Utf16,
}

impl Encoding {
    fn len(self, text: &str) -> usize {
        match self {
            Self::Utf8 => text.len(),
            Self::Utf16 => text.encode_utf16().count(),
        }
    }

    /// Lines and columns count from 0; a byte order mark takes no column.
    pub fn position(self, file: &SourceFile, offset: u32) -> Position {
        let line = file.lines().line_of(offset);
        let start = file.lines().line_span(line).map_or(0, |own| own.start as usize);
        let before = &file.text[start..file.text.floor_char_boundary((offset as usize).max(start))];
        let before = before.trim_start_matches('\u{feff}');
        Position { line: number(line), character: number(self.len(before)) }
    }

    pub fn range(self, file: &SourceFile, span: Span) -> Range {
        Range { start: self.position(file, span.start), end: self.position(file, span.end) }
    }

    /// The byte at a position; the end of its line for those beyond.
    pub fn offset(self, file: &SourceFile, position: Position) -> u32 {
        let Some(line) = file.lines().line_span(position.line as usize) else {
            return file.span().end;
        };
        let text = &file.text[line.range()];
        let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let inner = text[mark..].trim_end_matches(['\r', '\n']);
        let mut left = position.character as usize;
        let mut at = 0;
        for c in inner.chars() {
            let len = self.len(c.encode_utf8(&mut [0; 4]));
            if left < len {
                break;
            }
            left -= len;
            at += c.len_utf8();
        }
        line.start + number(mark + at)
    }
}

fn number(n: usize) -> u32 {
    u32::try_from(n).expect("files are under 4 GiB")
}

/// The address of a file on disk.
pub fn uri(disk: &Path) -> Option<Uri> {
    render::uri(&disk.to_str()?.replace('\\', "/")).parse().ok()
}

/// The file on disk that an address means; `None` for texts that are nowhere.
pub fn disk(uri: &Uri) -> Option<PathBuf> {
    let path = uri.as_str().strip_prefix("file://")?;
    let path = percent_decode_str(&path[path.find('/')?..]).decode_utf8().ok()?.into_owned();
    // `/C:/texts` is a path with a drive.
    let is_drive =
        matches!(path.as_bytes(), [b'/', letter, b':', ..] if letter.is_ascii_alphabetic());
    Some(PathBuf::from(if is_drive { &path[1..] } else { &path }))
}

/// Proposals for the word at `range`, in their order.
pub fn items(proposals: Vec<Proposal>, range: Range) -> Vec<CompletionItem> {
    let item = |(index, own): (usize, Proposal)| CompletionItem {
        kind: Some(match own.role {
            ProposalRole::Field => CompletionItemKind::PROPERTY,
            ProposalRole::Value => CompletionItemKind::ENUM_MEMBER,
            ProposalRole::Record => CompletionItemKind::REFERENCE,
            ProposalRole::Choice => CompletionItemKind::CONSTANT,
        }),
        label: own.name,
        documentation: own.words.map(Documentation::String),
        sort_text: Some(format!("{index:06}")),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text: own.text })),
        ..CompletionItem::default()
    };
    proposals.into_iter().enumerate().map(item).collect()
}

/// What it takes to say where something is.
#[derive(Clone, Copy)]
pub struct Places<'a> {
    pub sources: &'a dyn Sources,
    pub disk: &'a dyn Fn(&FilePath) -> PathBuf,
    pub encoding: Encoding,
}

impl Places<'_> {
    fn range(self, path: &FilePath, span: Span) -> Range {
        match self.sources.source(path) {
            Some(file) if file.text.get(span.range()).is_some() => self.encoding.range(&file, span),
            _ => Range::default(),
        }
    }

    pub fn diagnostic(self, judged: &Judged) -> lsp_types::Diagnostic {
        let Judged { severity, diagnostic, .. } = judged;
        let Diagnostic { rule, primary, related, .. } = &**diagnostic;
        let related = related.iter().filter_map(|label| self.related(label)).collect();
        lsp_types::Diagnostic {
            range: self.range(&primary.path, primary.span),
            severity: Some(match severity {
                Severity::Error => DiagnosticSeverity::ERROR,
                Severity::Warning => DiagnosticSeverity::WARNING,
                Severity::Info => DiagnosticSeverity::INFORMATION,
            }),
            code: Some(NumberOrString::String(diagnostic.code())),
            source: Some("caveat".to_owned()),
            message: diagnostic.message_and_help(),
            related_information: Some(related),
            tags: (*rule == "schema/deprecated").then(|| vec![DiagnosticTag::DEPRECATED]),
            ..lsp_types::Diagnostic::default()
        }
    }

    fn related(self, label: &Label) -> Option<DiagnosticRelatedInformation> {
        let message = match &*label.message {
            "" => "here too".to_owned(),
            words => words.to_owned(),
        };
        let location = self.location(&label.path, label.span)?;
        Some(DiagnosticRelatedInformation { location, message })
    }

    pub fn location(self, path: &FilePath, span: Span) -> Option<Location> {
        Some(Location { uri: uri(&(self.disk)(path))?, range: self.range(path, span) })
    }

    /// `version` tells that of a text that is open.
    pub fn edits<'e>(
        self,
        edits: impl IntoIterator<Item = &'e Edit>,
        version: impl Fn(&Path) -> Option<i32>,
    ) -> Option<WorkspaceEdit> {
        let mut files = BTreeMap::<&FilePath, Vec<_>>::new();
        for edit in edits {
            let range = self.range(&edit.path, edit.span);
            let new = TextEdit { range, new_text: edit.replacement.clone() };
            files.entry(&edit.path).or_default().push(OneOf::Left(new));
        }
        let file = |(path, edits): (&FilePath, Vec<_>)| {
            let disk = (self.disk)(path);
            let (uri, version) = (uri(&disk)?, version(&disk));
            let text_document = OptionalVersionedTextDocumentIdentifier { uri, version };
            Some(TextDocumentEdit { text_document, edits })
        };
        let files: Option<Vec<_>> = files.into_iter().map(file).collect();
        let document_changes = Some(DocumentChanges::Edits(files?));
        Some(WorkspaceEdit { document_changes, ..WorkspaceEdit::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use caveat::source::Format;

    #[test]
    fn positions_go_there_and_back() {
        let text = "\u{feff}a: \u{1f600}é\r\n\nb: ü";
        let file = SourceFile::new(FilePath::new("a.yaml"), text, Format::Yaml);
        let at = |encoding: Encoding, what: &str| {
            let offset = number(text.find(what).expect("there"));
            let position = encoding.position(&file, offset);
            assert_eq!(encoding.offset(&file, position), offset, "{what}");
            (position.line, position.character)
        };
        assert_eq!(at(Encoding::Utf16, "é"), (0, 5));
        assert_eq!(at(Encoding::Utf8, "é"), (0, 7));
        assert_eq!(at(Encoding::Utf16, "a:"), (0, 0));
        assert_eq!(at(Encoding::Utf16, "ü"), (2, 3));
        let beyond = Position { line: 0, character: 99 };
        assert_eq!(Encoding::Utf16.offset(&file, beyond), number(text.find('\r').expect("there")));
        let below = Position { line: 9, character: 0 };
        assert_eq!(Encoding::Utf16.offset(&file, below), number(text.len()));
    }

    #[test]
    fn addresses_go_there_and_back() {
        for path in ["/p/a b/hüfte#1.yaml", "/p/100%.md"] {
            let there = uri(Path::new(path)).expect("an address");
            assert_eq!(disk(&there).as_deref(), Some(Path::new(path)), "{there:?}");
        }
        assert_eq!(uri(Path::new("/p/a b")).expect("an address").as_str(), "file:///p/a%20b");
        let parsed = |text: &str| disk(&text.parse().expect("an address"));
        assert_eq!(parsed("file:///c%3A/a.md"), Some(PathBuf::from("c:/a.md")));
        assert_eq!(parsed("file://localhost/a.md"), Some(PathBuf::from("/a.md")));
        assert_eq!(parsed("untitled:Untitled-1"), None);
    }
}
