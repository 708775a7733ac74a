//! Broken files and what is said of them, as text beside this module; `UPDATE=1 cargo test` writes
//! the answers anew.
//!
//! A case is a line `=== name`, the file, a line `>>>` and the answer: every diagnostic with its
//! carets, and what was read in spite of it. `␉`, `␍` and `␀` stand for a tab, a carriage return and
//! a NUL, `␇` for a bell, `␚` for a byte order mark, and `␃` ends the file without a line break.

use crate::source::{FilePath, Format, SourceFile, Span};
use crate::syntax::{Kind, Node, SyntaxError, parse};
use std::fmt::Write;
use std::path::Path;

#[test]
fn broken_yaml() {
    run("yaml.txt", Format::Yaml, 60);
}

#[test]
fn broken_json() {
    run("json.txt", Format::Json, 35);
}

fn run(name: &str, format: Format, at_least: usize) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/syntax/gallery").join(name);
    let gallery = std::fs::read_to_string(&path).unwrap();
    let mut answers = String::new();
    let mut broken = Vec::new();
    let mut count = 0;
    for case in gallery.split("=== ").skip(1) {
        let (title, rest) = case.split_once('\n').unwrap();
        let (input, _) = rest.split_once(">>>\n").unwrap_or((rest.trim_end_matches('\n'), ""));
        let (answer, errors) = answer(input, format);
        // A title ends with the number of mistakes, where there are more or fewer than one.
        let expected = title.rsplit_once(" x").and_then(|(_, n)| n.parse().ok()).unwrap_or(1);
        if errors != expected {
            broken.push(format!("{title}: {errors} diagnostics"));
        }
        let input = input.strip_suffix('\n').unwrap_or(input);
        writeln!(answers, "=== {title}\n{input}\n>>>\n{answer}").unwrap();
        count += 1;
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &answers).unwrap();
    } else {
        let changed = answers.lines().zip(gallery.lines()).find(|(new, old)| new != old);
        assert_eq!(changed, None, "{name} has changed; UPDATE=1 writes it");
        assert_eq!(answers.len(), gallery.len(), "{name} has changed; UPDATE=1 writes it");
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
    assert!(count >= at_least, "only {count} cases");
}

const STAND_INS: &[(&str, &str)] =
    &[("␉", "\t"), ("␍", "\r"), ("␀", "\0"), ("␇", "\u{7}"), ("␚", "\u{feff}")];

fn answer(input: &str, format: Format) -> (String, usize) {
    let mut text = input.to_owned();
    for (stand_in, character) in STAND_INS {
        text = text.replace(stand_in, character);
    }
    if let Some(end) = text.find('␃') {
        text.truncate(end);
    }
    let file = SourceFile::new(FilePath::new("a"), text, format);
    let document = parse(&file);
    let mut out = String::new();
    for error in &document.errors {
        render(&mut out, &file, error);
    }
    let roots: Vec<String> = document.tree.roots().map(show).collect();
    writeln!(out, "read: {}", roots.join(" --- ")).unwrap();
    (out, document.errors.len())
}

fn render(out: &mut String, file: &SourceFile, error: &SyntaxError) {
    writeln!(out, "{:?}: {}", error.code, error.message).unwrap();
    mark(out, file, error.span, '^', &error.label);
    for (span, label) in &error.related {
        mark(out, file, *span, '-', label);
    }
    if let Some(help) = &error.help {
        writeln!(out, "  help: {help}").unwrap();
    }
}

/// The line of `span` and a line of marks below it.
fn mark(out: &mut String, file: &SourceFile, span: Span, mark: char, label: &str) {
    let start = span.start as usize;
    let line_start = file.text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = file.text[start..].find('\n').map_or(file.text.len(), |len| start + len);
    let number = file.text[..line_start].matches('\n').count() + 1;
    let shown = |text: &str| {
        STAND_INS
            .iter()
            .fold(text.to_owned(), |text, (stand_in, real)| text.replace(real, stand_in))
    };
    let line = shown(&file.text[line_start..line_end]);
    let before = shown(&file.text[line_start..start]).chars().count();
    let end = (span.end as usize).min(line_end).max(start);
    let len = shown(&file.text[start..end]).chars().count();
    let marks = if len == 0 { "|".to_owned() } else { mark.to_string().repeat(len) };
    let more = if span.end as usize > line_end { "..." } else { "" };
    writeln!(out, "{number:3} {line}").unwrap();
    writeln!(out, "    {}{marks}{more} {label}", " ".repeat(before)).unwrap();
}

/// What was read; `?` stands behind what a mistake cut.
fn show(node: Node<'_>) -> String {
    let damaged = if node.is_damaged() { "?" } else { "" };
    let value = match node.kind() {
        Kind::Sequence => format!("[{}]", node.items().map(show).collect::<Vec<_>>().join(", ")),
        Kind::Mapping => {
            let entry = |entry: crate::syntax::Entry<'_>| {
                format!("{}: {}", show(entry.key_node), show(entry.value))
            };
            format!("{{{}}}", node.entries().map(entry).collect::<Vec<_>>().join(", "))
        }
        Kind::Null => "null".to_owned(),
        Kind::String(_) => node.scalar_text().escape_debug().to_string(),
        _ => node.scalar_text().to_owned(),
    };
    format!("{value}{damaged}")
}
