//! Codes that the engine itself reports: what cannot be read.

use crate::diagnostic::{Applicability, Confidence, Level};
use crate::model::quiz::{self, Quiz};
use crate::model::shape::SameField;
use crate::model::{ContentKind, Record};
use crate::rule::{Check, Collect, Fixability, Profile, Rule, Sink};
use crate::rules::quiz::duplicate_answer_key;
use crate::schema::{SchemaError, SchemaRef, copy_help};
use crate::source::{SourceFile, Span};
use crate::syntax::{Document, SyntaxErrorCode, Text};

const fn engine(id: &'static str, summary: &'static str, docs: &'static str) -> Rule {
    Rule {
        id,
        summary,
        level: Level::Error,
        kinds: &[],
        confidence: Confidence::High,
        fix: Fixability::Never,
        profile: Profile::Relaxed,
        since: "0.1.0",
        docs,
        check: Check::Engine,
    }
}

pub static SYNTAX: Rule = engine(
    "syntax/invalid",
    "the file is not the YAML, JSON, Markdown or BibTeX it should be",
    r#"
Nothing behind the mistake can be checked, and other programs will refuse the file.

```yaml fail
title: "Hips
```

Mend the place that is shown; what was read before it is checked all the same.
"#,
);

pub static DUPLICATE_KEY: Rule = engine(
    "syntax/duplicate-key",
    "a mapping has one key twice",
    r#"
Most programs keep the last value and drop the first without a word.

```yaml fail
name: Bridge
level: beginner
name: Hip bridge
```

Delete one of the two, or rename it.
"#,
);

pub static LIMIT: Rule = engine(
    "syntax/limit",
    "the file is nested too deeply, holds too much or repeats itself too often to be read safely",
    r#"
Content is never nested a hundred levels deep; a file that is was made by a mistake or to do harm.
So was one that holds tens of thousands of marks, line breaks or records and little else, or of which
there is that much to say. What stands before the limit is checked.
"#,
);

pub static NOT_READABLE: Rule = engine(
    "engine/unreadable",
    "a file could not be read, or is not UTF-8 text",
    r#"
A file that is skipped without a word looks like a file that is fine. The rest of the run goes on.

Save the file as UTF-8, or mend its permissions.
"#,
);

pub static UNREAD_FRONT_MATTER: Rule = Rule {
    level: Level::Warning,
    profile: Profile::Default,
    ..engine(
        "engine/unread-front-matter",
        "front matter stands in a language that is not read",
        r#"
Hugo and Zola read front matter in TOML, between lines `+++`. caveat does not: the text is checked, and of
its fields nothing is known.

Write the front matter in YAML, between lines `---`, or switch the rule off.
"#,
    )
};

pub static UNUSABLE_SCHEMA: Rule = engine(
    "engine/unusable-schema",
    "the schema that a file names cannot be used",
    r#"
The file asks to be checked by a schema that is not there, is broken, or lies on the network; caveat
never opens a connection. The built-in schema of its kind is used instead, where it has one.

```yaml fail
$schema: https://example.org/lesson.schema.json
title: Hips
```

Correct the path, or keep a copy in the project and name it under `schemas:` in `caveat.yaml`.
"#,
);

pub static UNKNOWN_KIND: Rule = engine(
    "engine/unknown-kind",
    "the `kind` of a file is misspelt, so nothing but its syntax is checked",
    r#"
A file for which no kind is known may be meant for another program, and is left alone. One whose `kind`
is nearly the name of a kind is content that nobody would check.

Write the name of a kind: `exercise`, `quiz`, `resource`, `article`, or one of the settings.
"#,
);

pub static EMPTY: Rule = engine(
    "syntax/empty",
    "a file that should hold a record holds nothing",
    r#"
An empty file looks like finished work in a list of files. It is left over from a move, or was never
written.

Write the record, or delete the file.
"#,
);

/// Report a `kind` that is nearly the name of a kind.
pub fn report_misspelt_kind(
    file: &SourceFile,
    written: &Text<'_>,
    near: &str,
    out: &mut dyn Collect,
) {
    let message = format!("no kind is called `{}`; did you mean `{near}`?", written.as_str());
    Sink::for_file(&UNKNOWN_KIND, file, out)
        .report(written.span(), message)
        .label(format!("did you mean `{near}`?"))
        .fix(format!("write `{near}`"), Applicability::Unsafe, written.inner_span(), near);
}

/// Report that a file has more diagnostics than are kept.
pub fn report_too_many(file: &SourceFile, kept: usize, out: &mut dyn Collect) {
    Sink::for_file(&LIMIT, file, out)
        .report(Span::empty(0), format!("more than {kept} diagnostics; the others are not told"))
        .help("mend what is told first, or leave the file out");
}

/// Report that a file has more records than are read, `last` the last of those.
pub fn report_too_many_records(file: &SourceFile, last: &Record<'_>, out: &mut dyn Collect) {
    Sink::for_file(&LIMIT, file, out)
        .report(last.anchor(), "more records in this file than are read of one file")
        .label("not read behind this one")
        .help("split the file, or leave it out");
}

/// Report a file of a kind without a single record in it.
pub fn report_empty(
    file: &SourceFile,
    kind: Option<&ContentKind>,
    records: usize,
    out: &mut dyn Collect,
) {
    let Some(kind) = kind else { return };
    let blank = file.text.trim_start_matches('\u{feff}').trim().is_empty();
    if records > 0 && !blank {
        return;
    }
    let message = match blank {
        true => "the file is empty".to_owned(),
        false => format!("no {} is in this file", kind.name()),
    };
    Sink::for_file(&EMPTY, file, out)
        .report(Span::empty(0), message)
        .help(format!("write the {}, or delete the file", kind.name()));
}

/// Report a schema that the file names and that cannot be used.
pub fn report_unusable_schema(
    file: &SourceFile,
    document: &Document,
    wanted: &SchemaRef,
    problem: Option<&SchemaError>,
    out: &mut dyn Collect,
) {
    let named = match wanted {
        SchemaRef::Kind(kind) => kind.name(),
        SchemaRef::Path(path) => path.as_str(),
        SchemaRef::Address(address) => address,
    };
    let field = document.tree.root().and_then(|root| root.get("$schema"));
    let modeline = || document.comments.iter().find(|span| file.slice(**span).contains("$schema="));
    let span = field.map(|node| node.span()).or_else(|| modeline().copied());
    let message = match problem {
        Some(problem) => format!("the schema `{named}` cannot be used: {}", problem.message),
        None => format!("no schema is known as `{named}`"),
    };
    let mut sink = Sink::for_file(&UNUSABLE_SCHEMA, file, out);
    let diagnostic = sink.report(span.unwrap_or_default(), message);
    match (problem, wanted) {
        (Some(problem), _) => diagnostic.help = problem.help.clone().map(Into::into),
        (None, SchemaRef::Address(address)) => drop(diagnostic.help(copy_help(address))),
        (None, SchemaRef::Kind(_) | SchemaRef::Path(_)) => {}
    }
}

/// Report two keys of one record that are the same field: of a quiz, maybe two answer keys.
pub fn report_same_field(
    file: &SourceFile,
    document: &Document,
    kind: Option<&ContentKind>,
    same: SameField,
    out: &mut dyn Collect,
) {
    let (first, again) = (document.tree.node(same.first), document.tree.node(same.again));
    let (one, other) = (first.scalar_text(), again.scalar_text());
    let is_key = kind == Some(&ContentKind::Quiz) && quiz::names_answer_key(one);
    let rule = if is_key { &duplicate_answer_key::RULE } else { &DUPLICATE_KEY };
    let mut sink = Sink::for_file(rule, file, out);
    let diagnostic = sink
        .report(again.span(), format!("`{other}` and `{one}` are two names of one field"))
        .label("the same field again")
        .related(first.span(), "first here")
        .help("keep one of the two");
    if is_key {
        diagnostic.kind("mapping");
    }
}

/// Report what the readers found.
pub fn report_syntax(
    file: &SourceFile,
    document: &Document,
    records: &[Record<'_>],
    quizzes: &[Vec<Quiz<'_>>],
    out: &mut dyn Collect,
) {
    for error in &document.errors {
        let rule = match error.code {
            SyntaxErrorCode::Limit => &LIMIT,
            SyntaxErrorCode::Toml => &UNREAD_FRONT_MATTER,
            SyntaxErrorCode::Yaml
            | SyntaxErrorCode::Json
            | SyntaxErrorCode::Bibtex
            | SyntaxErrorCode::FrontMatter
            | SyntaxErrorCode::UnknownAlias
            | SyntaxErrorCode::ComplexKey => &SYNTAX,
        };
        let mut sink = Sink::for_file(rule, file, out);
        let diagnostic = sink.report(error.span, error.message.clone());
        diagnostic.label(error.label.clone());
        for (span, label) in &error.related {
            diagnostic.related(*span, label.clone());
        }
        if let Some(help) = &error.help {
            diagnostic.help(help.clone());
        }
    }
    let has_quiz = quizzes.iter().flatten().any(|own| !own.is_empty());
    for duplicate in document.tree.duplicate_keys() {
        let (first, again) =
            (document.tree.node(duplicate.first), document.tree.node(duplicate.again));
        let key = again.scalar_text();
        if has_quiz
            && quiz::states_answer_key(document.tree.node(duplicate.mapping), key, records, quizzes)
        {
            // `quiz/duplicate-answer-key` says it in the words of the trade.
            continue;
        }
        Sink::for_file(&DUPLICATE_KEY, file, out)
            .report(again.span(), format!("the key `{key}` stands twice in one mapping"))
            .label("again here")
            .related(first.span(), "first here")
            .help("delete one of the two, or rename it");
    }
}
