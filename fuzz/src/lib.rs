//! What every fuzz target does with its bytes: read them, and walk all that was read.
//!
//! `cargo +nightly fuzz run yaml` runs a target under libFuzzer; `cargo run --release
//! --no-default-features -- yaml --seconds 60` runs it in a plain loop of seeded mutants.

use caveat::config::Settings;
use caveat::project::{Engine, Project};
use caveat::source::{FilePath, Format, SourceFile, Span};
use caveat::syntax::{Document, Node, Prose, parse, parse_field};
use std::sync::{Arc, OnceLock};

/// A target by its name.
pub const TARGETS: &[(&str, fn(&[u8]))] = &[
    ("yaml", yaml),
    ("json", json),
    ("markdown", markdown),
    ("sentences", sentences),
    ("check", check),
];

pub fn yaml(data: &[u8]) {
    read(data, Format::Yaml);
}

pub fn json(data: &[u8]) {
    read(data, Format::Json);
}

pub fn markdown(data: &[u8]) {
    read(data, Format::Markdown);
}

/// Plain text: blocks, sentences and their spans.
pub fn sentences(data: &[u8]) {
    read(data, Format::Text);
}

/// Every rule over one file; the first byte chooses its format and folder.
pub fn check(data: &[u8]) {
    static ENGINE: OnceLock<Arc<Engine>> = OnceLock::new();
    let engine = ENGINE.get_or_init(|| {
        Arc::new(Engine::new(Settings::default()).expect("the built-in schemas are right"))
    });
    let (Some((&choice, rest)), names) = (data.split_first(), NAMES) else {
        return;
    };
    let Ok(text) = std::str::from_utf8(rest) else {
        return;
    };
    let name = names[usize::from(choice) % names.len()];
    let format = Format::of_name(name).expect("every name has a known extension");
    let file = SourceFile::new(FilePath::new(name), text, format);
    let mut project = Project::new(engine.clone());
    project.insert(engine.analyze(&file));
    for diagnostic in project.diagnostics(|_| true) {
        for label in std::iter::once(&diagnostic.primary).chain(&diagnostic.related) {
            slice(text, label.span, &diagnostic.message);
        }
    }
}

/// Where the file of [`check`] may stand.
pub const NAMES: &[&str] = &[
    "quizzes/a.yaml",
    "exercises/a.yaml",
    "resources/a.json",
    "articles/a.md",
    "exercises/a.md",
    "drafts/a.txt",
    "resources/a.bib",
    "quizzes/a.md",
];

fn slice<'a>(text: &'a str, span: Span, what: &str) -> &'a str {
    text.get(span.range()).unwrap_or_else(|| panic!("{what}: {span:?} is no slice"))
}

fn read(data: &[u8], format: Format) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let file = SourceFile::new(FilePath::new("a"), text, format);
    walk(&parse(&file), text);
}

fn walk(document: &Document, text: &str) {
    for error in &document.errors {
        slice(text, error.span, &error.message);
        for (span, label) in &error.related {
            slice(text, *span, label);
        }
    }
    for comment in &document.comments {
        slice(text, *comment, "comment");
    }
    let mut start = 0;
    for node in document.tree.nodes() {
        walk_node(node, text);
        assert!(node.span().start >= start, "nodes stand in source order");
        start = node.span().start;
    }
    let damaged = document.tree.nodes().any(Node::is_damaged);
    assert!(!damaged || !document.errors.is_empty(), "something is damaged without a mistake");
    if let Some(body) = &document.body {
        walk_prose(body, text);
    }
}

fn walk_node(node: Node<'_>, text: &str) {
    slice(text, node.span(), "node");
    node.get("id");
    if node.has_merge() {
        node.merged_entries();
    }
    let Some(value) = node.scalar() else { return };
    assert_eq!(value.map().decoded_len() as usize, value.as_str().len());
    let mut at = 0;
    for word in value.as_str().split(' ').take(50) {
        slice(text, value.span_of(at..at + word.len()), "word");
        at += word.len() + 1;
    }
    if value.as_str().len() < 400 {
        walk_prose(&parse_field(&value), text);
    }
}

fn walk_prose(prose: &Prose, text: &str) {
    for block in &prose.blocks {
        slice(text, block.span, "block");
        for sentence in prose.sentences(block) {
            assert!(
                prose.text.get(sentence.clone()).is_some(),
                "sentence {sentence:?} is no slice"
            );
            slice(text, prose.span(sentence), "sentence");
        }
    }
    for mark in &prose.marks {
        slice(text, mark.span, "mark");
    }
}
