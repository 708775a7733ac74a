//! The same diagnostics through every format. `UPDATE=1 cargo test --test render` rewrites the
//! snapshots in `tests/render/`.

use caveat::diagnostic::{Applicability, Diagnostic, Edit, Fix, Label, Severity};
use caveat::policy::{Fingerprint, Judged};
use caveat::project::{Outcome, Summary, Suppressed};
use caveat::render::{OutputFormat, Style, render};
use caveat::source::{FilePath, Format, SourceFile, Span};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

type Files = BTreeMap<FilePath, Arc<SourceFile>>;

const QUIZ: &str = "\
title: Hüft-Quiz
questions:
  - prompt: How many bones has the hip?
    options:
      - two
      - three
      - \"two\"
    answer: two
";

const ARTICLE: &str = "\
---
title: Hips
sources: [smith-2020, jones-1999]
---

Hips are joints.
They move.
They carry.
They turn.
They rest.
They ache.
";

fn files() -> Files {
    let long = format!("note: {}here{} end\n", "word ".repeat(2_000), " more".repeat(20_000));
    let all = [
        ("quizzes/hüfte.yaml", QUIZ.to_owned(), Format::Yaml),
        ("articles/hips.md", ARTICLE.replace('\n', "\r\n"), Format::Markdown),
        ("hostile.yaml", HOSTILE.to_owned(), Format::Yaml),
        ("long.yaml", long, Format::Yaml),
        ("wide.yaml", "\u{feff}a:\t日本語 \"👩\u{200d}🚀\" e\u{301}: x".to_owned(), Format::Yaml),
    ];
    let file = |(path, text, format)| {
        let path = FilePath::new(path);
        (path.clone(), Arc::new(SourceFile::new(path, text, format)))
    };
    all.into_iter().map(file).collect()
}

const HOSTILE: &str = "key\u{202e}: \x1b[31m##[error]red\x1b[0m\n::error::x: \u{9b}1m\n\u{2066}b: ##vso[task.complete]\n";

/// The span of `words` in a file.
fn at(files: &Files, path: &str, words: &str) -> Label {
    let file = &files[&FilePath::new(path)];
    let start = file.text.find(words).expect("the words are there");
    Label::new(file.path.clone(), Span::from_usize(start..start + words.len()), "")
}

fn judged(rule: &'static str, severity: Severity, message: &str, primary: Label) -> Judged {
    let Label { path, span, message: label, .. } = primary;
    let mut diagnostic = Diagnostic::new(rule, path, span, message);
    diagnostic.label(label);
    let fingerprint = Fingerprint(0x0123_4567_89ab_cdef);
    Judged { fingerprint, ..Judged::new(severity, diagnostic) }
}

fn outcome(files: &Files) -> Outcome {
    let with = |label: Label, message: &str| Label::new(label.path, label.span, message.to_owned());

    let again = with(at(files, "quizzes/hüfte.yaml", "\"two\""), "again here");
    let mut repeated = judged(
        "quiz/duplicate-option",
        Severity::Error,
        "the option `two` is offered twice",
        again,
    );
    change(&mut repeated).kind = Some("same-text");
    change(&mut repeated)
        .related
        .push(with(at(files, "quizzes/hüfte.yaml", "two\n"), "first here"));
    change(&mut repeated)
        .related
        .push(with(at(files, "articles/hips.md", "They move."), "the article says this"));
    change(&mut repeated)
        .notes
        .push("a learner sees two right answers, or none\nand cannot tell".to_owned());
    change(&mut repeated).help = Some("reword or delete one of them".into());
    let edit = Edit {
        path: repeated.diagnostic.primary.path.clone(),
        span: repeated.diagnostic.primary.span,
        replacement: "\"four\"".to_owned(),
    };
    change(&mut repeated).fix = Some(Box::new(Fix {
        title: "replace the second one".to_owned(),
        applicability: Applicability::Unsafe,
        edits: vec![edit],
    }));

    let several = judged(
        "article/long-paragraph",
        Severity::Warning,
        "this goes on over some lines",
        with(at(files, "articles/hips.md", "They move.\r\nThey carry."), "some lines"),
    );
    let many = judged(
        "article/long-paragraph",
        Severity::Info,
        "this goes on over many lines",
        with(
            at(
                files,
                "articles/hips.md",
                "Hips are joints.\r\nThey move.\r\nThey carry.\r\nThey turn.\r\nThey rest.\r\n",
            ),
            "many lines",
        ),
    );
    let mut hostile = judged(
        "schema/enum",
        Severity::Error,
        "no \x1b[1mbold\u{202e}\n::error::here ##[group]x",
        with(at(files, "hostile.yaml", "red"), "\x1b]0;title\x07 and\nmore"),
    );
    change(&mut hostile).related.push(with(at(files, "hostile.yaml", "x: \u{9b}"), "::warning::y"));
    change(&mut hostile).related.push(at(files, "hostile.yaml", "##vso[task.complete]"));
    change(&mut hostile).notes.push("why\n::error::not a command\n##[error]nor this".to_owned());
    change(&mut hostile).help = Some("\u{2066}help\u{2069}".into());

    let mut long = judged(
        "article/long-line",
        Severity::Warning,
        "the word is in a very long line",
        with(at(files, "long.yaml", "here"), "this one"),
    );
    change(&mut long).related.push(with(at(files, "long.yaml", " end"), "far away"));
    let wide = judged(
        "schema/type",
        Severity::Info,
        "wide letters",
        with(at(files, "wide.yaml", "e\u{301}"), "é"),
    );
    let last = Span::empty(files[&FilePath::new("wide.yaml")].span().end);
    let end = Label::new(FilePath::new("wide.yaml"), last, "");
    let end =
        judged("syntax/invalid", Severity::Error, "the file ends too early", with(end, "here"));
    let gone = Label::new(FilePath::new("gone.yaml"), Span::empty(0), "");
    let gone = judged("engine/unreadable", Severity::Error, "the file is UTF-16, not UTF-8", gone);
    let mut crowd = judged(
        "quiz/same",
        Severity::Info,
        "many places",
        at(files, "quizzes/hüfte.yaml", "title"),
    );
    for word in ["questions", "prompt", "How", "many", "bones", "has", "hip", "options", "answer"] {
        change(&mut crowd).related.push(with(at(files, "quizzes/hüfte.yaml", word), "here too"));
    }
    let meant = judged(
        "schema/enum",
        Severity::Warning,
        "`x` is not among the values",
        at(files, "quizzes/hüfte.yaml", "three"),
    );
    let accepted = judged(
        "quiz/accepted",
        Severity::Error,
        "it was there before",
        at(files, "quizzes/hüfte.yaml", "title"),
    );
    Outcome {
        diagnostics: vec![repeated, several, many, hostile, long, wide, end, gone, crowd],
        suppressed: vec![Suppressed { judged: meant, reason: "asked \u{202e} for\n::x".into() }],
        baselined: vec![Suppressed { judged: accepted, reason: "".into() }],
        custom: Vec::new(),
        notices: Vec::new(),
        fail_on: None,
        summary: Summary {
            files: 6,
            records: 4,
            errors: 4,
            warnings: 2,
            infos: 3,
            baselined: 1,
            ..Summary::default()
        },
    }
}

fn rendered(format: OutputFormat, style: &Style) -> String {
    let files = files();
    let mut out = Vec::new();
    render(format, &outcome(&files), &files, style, &mut out).expect("writing to memory");
    String::from_utf8(out).expect("only text")
}

fn compare(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/render").join(name);
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder");
        fs::write(&path, text).expect("the snapshot is written");
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(expected == text, "{name} has changed (UPDATE=1 rewrites it); now:\n{text}");
}

#[test]
fn every_format_has_its_snapshot() {
    for (name, format) in OutputFormat::ALL {
        compare(&format!("all.{name}"), &rendered(*format, &Style::default()));
    }
}

#[test]
fn colours_are_only_colours() {
    let text = rendered(OutputFormat::Text, &Style { color: true, ..Style::default() });
    let mut plain = String::new();
    let mut parts = text.split('\x1b');
    plain.push_str(parts.next().expect("a first part"));
    for part in parts {
        let (code, rest) = part.split_once('m').expect("a colour ends in m");
        assert!(
            code.starts_with('[') && code[1..].chars().all(|c| c.is_ascii_digit() || c == ';'),
            "{code}"
        );
        plain.push_str(rest);
    }
    assert_eq!(plain, rendered(OutputFormat::Text, &Style::default()));
}

#[test]
fn nothing_printed_acts() {
    for (name, format) in OutputFormat::ALL {
        for line in rendered(*format, &Style::default()).lines() {
            let bad = |c: char| {
                (c.is_control() && c != '\t')
                    || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            };
            assert!(!line.contains(bad), "{name}: {line:?}");
            // The commands of this format are ours; content must not add any.
            let line = match format {
                OutputFormat::Github => line.strip_prefix("::").expect("every line is a command"),
                OutputFormat::Azure => line.strip_prefix("##vso[").unwrap_or(line),
                _ => line,
            };
            assert!(!line.trim_start().starts_with("::"), "{name}: {line}");
            assert!(!line.contains("##[") && !line.contains("##vso["), "{name}: {line}");
        }
    }
}

#[test]
fn text_fits_a_narrow_window() {
    // Messages and notes are wrapped by the terminal; snippets must not be.
    let narrow = Style { width: 52, ..Style::default() };
    let text = rendered(OutputFormat::Text, &narrow);
    for line in text.lines().filter(|line| line.contains('│') && line.contains("word word")) {
        assert!(line.chars().count() <= 160, "{line}");
    }
    compare("narrow.text", &text);
}

#[test]
fn json_is_json() {
    let json: serde_json::Value =
        serde_json::from_str(&rendered(OutputFormat::Json, &Style::default())).expect("JSON");
    assert_eq!(json["version"], 1);
    assert_eq!(json["diagnostics"].as_array().map(Vec::len), Some(9));
    let first = &json["diagnostics"][0];
    let keys: Vec<_> = first.as_object().expect("an object").keys().cloned().collect();
    let promised = [
        "rule",
        "kind",
        "severity",
        "confidence",
        "message",
        "path",
        "span",
        "start",
        "end",
        "related",
        "notes",
        "help",
        "fix",
        "fingerprint",
    ];
    assert_eq!(keys, promised);
    let summary: Vec<_> = json["summary"].as_object().expect("an object").keys().cloned().collect();
    let promised =
        ["files", "records", "errors", "warnings", "infos", "unmapped", "suppressed", "baselined"];
    assert_eq!(summary, promised);
    let lines = rendered(OutputFormat::Jsonl, &Style::default());
    for (line, own) in lines.lines().zip(json["diagnostics"].as_array().expect("a list")) {
        assert_eq!(&serde_json::from_str::<serde_json::Value>(line).expect("JSON"), own);
    }
}

#[test]
fn xml_is_well_formed() {
    for format in [OutputFormat::Junit, OutputFormat::Checkstyle] {
        let text = rendered(format, &Style::default());
        let document = roxmltree::Document::parse(&text).expect("XML");
        let told = |tag| document.descendants().filter(|own| own.has_tag_name(tag)).count();
        assert_eq!(told("testcase") + told("error"), 9, "{format:?}");
    }
}

/// Fewer cases fail when only errors fail the run, and the counts say which.
#[test]
fn junit_fails_what_fails_the_run() {
    let files = files();
    for (fail_on, failures) in [(None, 4), (Some(Severity::Warning), 6), (Some(Severity::Info), 9)]
    {
        let mut out = Vec::new();
        let outcome = Outcome { fail_on, ..outcome(&files) };
        render(OutputFormat::Junit, &outcome, &files, &Style::default(), &mut out).expect("memory");
        let text = String::from_utf8(out).expect("only text");
        assert_eq!(text.matches("<failure ").count(), failures);
        let counts = format!("name=\"caveat\" tests=\"9\" failures=\"{failures}\"");
        assert!(text.contains(&counts), "{text}");
    }
}

/// What the ranges of the review format stand for, byte by byte: `ü` before a place moves it by two.
#[test]
fn rdjson_counts_bytes_and_suggests_what_the_fix_says() {
    let text = rendered(OutputFormat::Rdjson, &Style::default());
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let cut = |path: &str, range: &serde_json::Value| {
        let file = &files()[&FilePath::new(path)];
        let offset = |at: &serde_json::Value| {
            let number = |name: &str| usize::try_from(at[name].as_u64().expect("a number"));
            let line = number("line").expect("small") - 1;
            let start = file.lines().line_span(line).expect("a line").start as usize;
            start + number("column").expect("small") - 1
        };
        file.text[offset(&range["start"])..offset(&range["end"])].to_owned()
    };
    let first = &json["diagnostics"][0];
    assert_eq!(cut("quizzes/hüfte.yaml", &first["location"]["range"]), "\"two\"");
    let suggestion = &first["suggestions"][0];
    assert_eq!(cut("quizzes/hüfte.yaml", &suggestion["range"]), "\"two\"");
    assert_eq!(suggestion["text"], "\"four\"");
    let wide = &json["diagnostics"][5];
    assert_eq!(cut("wide.yaml", &wide["location"]["range"]), "e\u{301}");
    assert_eq!(json["diagnostics"].as_array().map(Vec::len), Some(9));
}

/// What is printed fulfils the schema that is published for it, down to the last field.
#[test]
fn json_fulfils_its_schema() {
    let text = include_str!("../schemas/output.schema.json")
        .replace("\"required\": [", "\"unevaluatedProperties\": false, \"required\": [");
    let schema: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let told = |schema: &serde_json::Value, json: &str| -> Vec<String> {
        let value = serde_json::from_str(json).expect("JSON");
        let validator = jsonschema::validator_for(schema).expect("a schema");
        validator.iter_errors(&value).map(|own| own.to_string()).collect()
    };
    let json = rendered(OutputFormat::Json, &Style::default());
    assert_eq!(told(&schema, &json), [""; 0]);
    assert!(!told(&schema, &json.replace("\"span\"", "\"bytes\"")).is_empty());
    let line_schema = serde_json::json!({"$ref": "#/$defs/diagnostic", "$defs": schema["$defs"]});
    for line in rendered(OutputFormat::Jsonl, &Style::default()).lines() {
        assert_eq!(told(&line_schema, line), [""; 0]);
    }
}

/// The diagnostic of a value that nobody else holds yet.
fn change(judged: &mut Judged) -> &mut Diagnostic {
    std::sync::Arc::get_mut(&mut judged.diagnostic).expect("not shared yet")
}
