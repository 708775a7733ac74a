//! Wrong documents and the whole of what is said of them, in `tests/data/schema/gallery/*.md`.
//!
//! A section holds a schema (` ```yaml schema `, used until the next one) or names a built-in kind
//! (` ```yaml quiz `, ` ```md exercise `), a document, and the expected text. `UPDATE=1` rewrites the texts.

use super::validate::{Context, supplied_by_body, validate_beside_body};
use super::{Catalogue, Quota, Schema, SchemaRef};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::model::{self, ContentKind, shape};
use crate::source::{FilePath, Format, SourceFile, Span};
use crate::syntax;
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

const FOLDER: &str = "tests/data/schema/gallery";

/// A fenced block: its info string and its text.
struct Block {
    info: String,
    text: String,
    /// Bytes of the text in the file.
    range: std::ops::Range<usize>,
}

fn blocks(markdown: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<(String, usize)> = None;
    let mut at = 0;
    for line in markdown.split_inclusive('\n') {
        match (&open, line.strip_prefix("```")) {
            (None, Some(info)) => open = Some((info.trim().to_owned(), at + line.len())),
            (Some((info, start)), Some(_)) => {
                let text = markdown[*start..at].to_owned();
                blocks.push(Block { info: info.clone(), text, range: *start..at });
                open = None;
            }
            _ => {}
        }
        at += line.len();
    }
    blocks
}

fn compiled(format: &str, text: &str) -> Arc<Schema> {
    let mut catalogue = Catalogue::new();
    let path = FilePath::new(&format!("lesson.schema.{format}"));
    catalogue.add(None, path.clone(), text);
    match catalogue.schema(&SchemaRef::Path(path)) {
        Ok(schema) => schema.expect("the schema was just added"),
        Err(error) => panic!("{error} in\n{text}"),
    }
}

/// What is said of every record of a document, as text.
fn said(schema: &Schema, noun: &str, format: &str, text: &str, all_branches: bool) -> String {
    let diagnostics = diagnostics(schema, noun, format, text, all_branches);
    let name = format!("doc.{format}");
    let file = SourceFile::new(FilePath::new(&name), text, Format::of_name(&name).unwrap());
    let mut out = String::new();
    for own in diagnostics {
        if !out.is_empty() {
            out.push('\n');
        }
        write_diagnostic(&own, &file, &mut out);
    }
    out
}

fn diagnostics(
    schema: &Schema,
    noun: &str,
    format: &str,
    text: &str,
    all_branches: bool,
) -> Vec<Diagnostic> {
    let name = format!("doc.{format}");
    let file = SourceFile::new(FilePath::new(&name), text, Format::of_name(&name).unwrap());
    let mut document = syntax::parse(&file);
    let kind = ContentKind::built_in(noun).unwrap_or(ContentKind::Custom(noun.into()));
    let records = model::records(&file, &document, &kind, "");
    let supplied = records.first().map(supplied_by_body).unwrap_or_default();
    let names: Vec<_> = records
        .iter()
        .filter_map(|record| record.node)
        .flat_map(|node| shape::canonical_names(node, schema.shapes()).0)
        .collect();
    shape::rename(&mut document.tree, names);
    let roots: Vec<_> = document.tree.roots().collect();
    let mut found = Vec::new();
    for root in roots {
        let quota = Quota::for_diagnostics(100_000);
        let context = Context { file: &file, record: None, noun, all_branches, quota: &quota };
        found.extend(validate_beside_body(root, schema, &context, &supplied));
    }
    found.sort_by_key(|own| (own.primary.span, own.rule));
    found
}

fn write_diagnostic(own: &Diagnostic, file: &SourceFile, out: &mut String) {
    let place = |span: Span| {
        let lines = file.lines();
        let start = lines.line_column(&file.text, span.start);
        let end = lines.line_column(&file.text, span.end);
        match start.line == end.line {
            true => format!("{}:{}-{}", start.line, start.column, end.column),
            false => format!("{}:{}-{}:{}", start.line, start.column, end.line, end.column),
        }
    };
    writeln!(out, "{}: {}", own.rule, own.message).unwrap();
    writeln!(out, "  {} {}", place(own.primary.span), own.primary.message).unwrap();
    for label in &own.related {
        writeln!(out, "  {} {}", place(label.span), label.message).unwrap();
    }
    for note in &own.notes {
        writeln!(out, "  note: {note}").unwrap();
    }
    if let Some(help) = &own.help {
        writeln!(out, "  help: {}", help.replace('\n', "\n        ")).unwrap();
    }
    if let Some(fix) = &own.fix {
        let safety = match fix.applicability {
            Applicability::Safe => "safe",
            Applicability::Unsafe => "unsafe",
        };
        writeln!(out, "  fix: {} ({safety}, {})", fix.title, place(fix.edits[0].span)).unwrap();
    }
}

/// Every document of the gallery with what is said of it.
fn each_document(mut visit: impl FnMut(&Path, &Block, String, Option<&Block>, &[Diagnostic])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER);
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    files.sort();
    let built_in = Catalogue::new();
    for path in files {
        let markdown = std::fs::read_to_string(&path).unwrap();
        let blocks = blocks(&markdown);
        let mut schema: Option<Arc<Schema>> = None;
        for (index, block) in blocks.iter().enumerate() {
            let words: Vec<&str> = block.info.split(' ').collect();
            let (format, rest) = words.split_first().unwrap();
            match rest {
                _ if *format == "text" => {}
                ["schema"] => schema = Some(compiled(format, &block.text)),
                _ => {
                    let all = rest.contains(&"all-branches");
                    let kind = rest.iter().find_map(|name| ContentKind::built_in(name));
                    let (schema, noun) = match &kind {
                        Some(kind) => {
                            (built_in.schema_for(kind).unwrap().unwrap(), kind.name().to_owned())
                        }
                        None => (schema.clone().expect("a schema comes first"), "lesson".into()),
                    };
                    let text = said(&schema, &noun, format, &block.text, all);
                    let found = diagnostics(&schema, &noun, format, &block.text, all);
                    let expected = blocks.get(index + 1).filter(|next| next.info == "text");
                    visit(&path, block, text, expected, &found);
                }
            }
        }
    }
}

#[test]
fn gallery_says_what_it_said() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut edits: Vec<(std::path::PathBuf, std::ops::Range<usize>, String)> = Vec::new();
    let mut documents = 0;
    each_document(|path, block, text, expected, _| {
        documents += 1;
        let expected = expected.expect("a document is followed by a text block");
        if expected.text != text {
            assert!(
                update,
                "{}\n{}\nexpected:\n{}\nfound:\n{text}",
                path.display(),
                block.text,
                expected.text
            );
            edits.push((path.to_owned(), expected.range.clone(), text));
        }
    });
    for (path, range, text) in edits.into_iter().rev() {
        let mut markdown = std::fs::read_to_string(&path).unwrap();
        markdown.replace_range(range, &text);
        std::fs::write(&path, markdown).unwrap();
    }
    assert!(documents >= 60, "only {documents} documents");
}

#[test]
fn messages_follow_the_style() {
    each_document(|path, block, _, _, found| {
        for own in found {
            let place = format!("{}: {}\n{}", path.display(), own.message, block.text);
            let is_own_text = block.info.contains("own-words");
            assert!(!own.message.contains('\n') && own.message.len() <= 200, "{place}");
            assert!(!own.message.contains("{\"") && !own.message.contains("[\""), "{place}");
            assert!(is_own_text || !own.message.ends_with('.'), "{place}");
            assert!(is_own_text || !own.message.starts_with(char::is_uppercase), "{place}");
            for part in own.notes.iter().map(String::as_str).chain(own.help.as_deref()) {
                assert!(!part.contains("{\""), "{place}\n{part}");
            }
            for label in std::iter::once(&own.primary).chain(&own.related) {
                assert!(block.text.get(label.span.range()).is_some(), "{place}");
            }
        }
    });
}

/// Documents that are damaged in many ways are told without a panic, at places that are there.
#[test]
fn damaged_documents_are_told_too() {
    let replacements =
        ["", "~", "[]", "{}", "- 1", "a: b", "'", "*a", "&a x", "💥", "1e999", "<<: {a: 1}"];
    let mut judged = 0;
    each_document(|_, block, _, _, found| {
        let words: Vec<&str> = block.info.split(' ').collect();
        let Some(kind) = words.iter().find_map(|name| ContentKind::built_in(name)) else {
            return;
        };
        let schema = Catalogue::new().schema_for(&kind).unwrap().unwrap();
        judged += found.len();
        for (at, _) in block.text.char_indices().filter(|(at, _)| at % 7 == 0) {
            for (number, replacement) in replacements.iter().enumerate() {
                let rest = block.text[at..]
                    .char_indices()
                    .nth(number % 4)
                    .map_or("", |(skip, _)| &block.text[at + skip..]);
                let text = format!("{}{replacement}{rest}", &block.text[..at]);
                for own in diagnostics(&schema, kind.name(), words[0], &text, number % 2 == 0) {
                    let labels = std::iter::once(&own.primary).chain(&own.related);
                    for label in labels {
                        assert!(text.get(label.span.range()).is_some(), "{text}");
                    }
                    if let Some(fix) = &own.fix {
                        assert!(fix.edits.iter().all(|edit| text.get(edit.span.range()).is_some()));
                    }
                }
            }
        }
    });
    assert!(judged > 20);
}

/// What the fixes offer is taken by the schema: the diagnostic is gone afterwards.
#[test]
fn fixes_mend_what_they_are_offered_for() {
    let mut fixed = 0;
    each_document(|path, block, _, _, found| {
        let words: Vec<&str> = block.info.split(' ').collect();
        let Some(kind) = words.iter().find_map(|name| ContentKind::built_in(name)) else {
            return;
        };
        let schema = Catalogue::new().schema_for(&kind).unwrap().unwrap();
        for own in found {
            let Some(fix) = &own.fix else { continue };
            let mut text = block.text.clone();
            for edit in fix.edits.iter().rev() {
                text.replace_range(edit.span.range(), &edit.replacement);
            }
            let after = diagnostics(&schema, kind.name(), words[0], &text, false);
            let place = format!("{}: {}\n{text}", path.display(), own.message);
            assert!(after.iter().all(|left| left.message != own.message), "{place}");
            assert!(after.len() < found.len(), "{place}");
            fixed += 1;
        }
    });
    assert!(fixed > 8, "{fixed}");
}
