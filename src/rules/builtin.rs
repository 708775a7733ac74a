//! Codes that the engine itself reports: what cannot be read.

use crate::diagnostic::{Applicability, Confidence, Level};
use crate::model::quiz::{self, Quiz};
use crate::model::shape::SameField;
use crate::model::{ContentKind, Record};
use crate::rule::{Check, Collect, Fixability, Profile, Rule, RuleKind, Sink};
use crate::rules::quiz::duplicate_answer_key;
use crate::schema::{self, SchemaError, SchemaErrorCause, SchemaRef, copy_help};
use crate::source::{Format, SourceFile, Span};
use crate::syntax::{BlockKind, Document, DuplicateKey, Node, SyntaxError, SyntaxErrorCode, Text};
use crate::words::and;
use std::collections::{BTreeMap, BTreeSet};

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

Mend the place that is shown; what was read before it is checked all the same. An unresolved merge conflict
(`<<<<<<<`) is told as that, in every format.
"#,
);

pub static DUPLICATE_KEY: Rule = Rule {
    kinds: &[RuleKind {
        name: "two-names",
        level: Level::Warning,
        summary: "a record states one field under two of its names",
    }],
    ..engine(
        "syntax/duplicate-key",
        "a mapping has one key twice",
        r#"
Most programs keep the last value and drop the first without a word.

```yaml fail
name: Bridge
level: beginner
name: Hip bridge
```

Delete one of the two, or rename it. Where a record begins anew, a line `---` between the two was lost; that is
told once. Two names of one field (`level` and `difficulty`) lose nothing, but only one of them is checked.
"#,
    )
};

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
        "front matter is not read, for its language or its place",
        r#"
Hugo and Zola read front matter in TOML, between lines `+++`, and in JSON. caveat does not: the text is checked, and
of its fields nothing is known. Front matter in YAML is only read where its first line `---` is the first line of the
file; below an empty line, other programs show it to readers as text.

```markdown fail
+++
title = "Hips"
+++

Hips bend and stretch.
```

Write the front matter in YAML, between lines `---`, at the very beginning, or switch the rule off.
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

pub static UNKNOWN_KIND: Rule = Rule {
    fix: Fixability::Sometimes,
    ..engine(
        "engine/unknown-kind",
        "the `kind` of a file is misspelt, so nothing but its syntax is checked",
        r#"
A file for which no kind is known may be meant for another program, and is left alone. One whose `kind`
is nearly the name of a kind is content that nobody would check.

```yaml fail
# file: library/bridge.yaml
kind: excercise
name: Bridge
```

Write the name of a kind: `exercise`, `quiz`, `resource`, `article`, or one of the settings.
"#,
    )
};

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
    kind: &ContentKind,
    named: Option<&str>,
    records: usize,
    out: &mut dyn Collect,
) {
    let blank = file.text.trim_start_matches('\u{feff}').trim().is_empty();
    // Abbreviations and preambles that other bibliographies use.
    let holds_macros = || file.format == Format::Bibtex && file.text.contains('@');
    if !blank && (records > 0 || holds_macros()) {
        return;
    }
    let kind = kind.name();
    let (message, help) = match named.filter(|pointer| !pointer.is_empty() && !blank) {
        Some(pointer) => (
            format!("no {kind} is at `{pointer}` in this file"),
            "correct the file, or `records` in the settings, which names the place".to_owned(),
        ),
        None if blank => {
            ("the file is empty".to_owned(), format!("write the {kind}, or delete the file"))
        }
        None => {
            (format!("no {kind} is in this file"), format!("write the {kind}, or delete the file"))
        }
    };
    Sink::for_file(&EMPTY, file, out).report(Span::empty(0), message).help(help);
}

/// Report what stands in a list of records and is none: nothing of it is checked.
pub fn report_strays<'a>(
    file: &SourceFile,
    kind: &ContentKind,
    mut strays: impl Iterator<Item = (usize, Node<'a>)>,
    out: &mut dyn Collect,
) {
    let Some((index, node)) = strays.next() else { return };
    let found = schema::found(node);
    let number = index + 1;
    let mut sink = Sink::for_file(&schema::rules::TYPE, file, out);
    let diagnostic = sink.report(
        node.span(),
        format!("expected a mapping for item {number} of this list, found {found}"),
    );
    diagnostic
        .label(format!("no {}", kind.name()))
        .help(format!("write it as {} with its fields, or delete it", with_article(kind.name())));
    for (_, other) in strays.take(4) {
        diagnostic.related(other.span(), "nor is this");
    }
}

fn with_article(noun: &str) -> String {
    let an = noun.starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {noun}", if an { "an" } else { "a" })
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
        Some(problem) if problem.cause == SchemaErrorCause::Unreadable => problem.message.clone(),
        Some(problem) => format!("the schema `{named}` cannot be used: {}", problem.message),
        None => format!("no schema is known as `{named}`"),
    };
    let mut sink = Sink::for_file(&UNUSABLE_SCHEMA, file, out);
    let diagnostic = sink.report(span.unwrap_or_default(), message);
    match (problem, wanted) {
        (Some(problem), _) => {
            let help = problem.help.clone().or_else(|| our_copy(problem));
            diagnostic.help = help.map(Into::into);
        }
        (None, SchemaRef::Address(address)) => drop(diagnostic.help(copy_help(address))),
        (None, SchemaRef::Kind(_) | SchemaRef::Path(_)) => {}
    }
}

/// Where a file of ours is to be had that is not there.
fn our_copy(problem: &SchemaError) -> Option<String> {
    let is_ours =
        |kind: &&ContentKind| problem.path.file_name() == format!("{}.schema.json", kind.name());
    let kind = ContentKind::BUILT_IN.iter().find(is_ours)?;
    let is_missing = problem.cause == SchemaErrorCause::Unreadable;
    is_missing.then(|| {
        format!("`caveat schema {}` prints it: save that as {}", kind.name(), problem.path)
    })
}

/// Report two keys of one record that are the same field: of a quiz, maybe two answer keys.
pub fn report_same_field(
    file: &SourceFile,
    document: &Document,
    kind: Option<&ContentKind>,
    same: &SameField,
    out: &mut dyn Collect,
) {
    let (first, again) = (document.tree.node(same.first), document.tree.node(same.again));
    let (one, other) = (first.scalar_text(), again.scalar_text());
    // Site generators read both of a page: one for search engines, the other for its teaser.
    let is_both = [&one, &other].iter().all(|own| ["description", "summary"].contains(&&***own));
    if is_both && file.format == Format::Markdown {
        return;
    }
    let is_key = kind == Some(&ContentKind::Quiz) && quiz::is_answer_key(&same.name);
    let rule = if is_key { &duplicate_answer_key::RULE } else { &DUPLICATE_KEY };
    let mut sink = Sink::for_file(rule, file, out);
    let diagnostic = sink
        .report(again.span(), format!("`{other}` and `{one}` are two names of one field"))
        .label("the same field again")
        .related(first.span(), "first here")
        .help("keep one of the two");
    diagnostic.kind(if is_key { "mapping" } else { "two-names" });
}

/// The first lines of merge conflicts, of those that are whole.
fn conflicts(text: &str) -> Vec<Span> {
    const OURS: &str = "<<<<<<< ";
    const BETWEEN: &str = "=======";
    const THEIRS: &str = ">>>>>>> ";
    let mut found = Vec::new();
    let Some(first) = memchr::memmem::find(text.as_bytes(), OURS.as_bytes()) else { return found };
    let from = text[..first].rfind('\n').map_or(0, |at| at + 1);
    let (mut at, mut open, mut halved) = (from, None, false);
    for line in text[from..].split_inclusive('\n') {
        let words = line.trim_end();
        if line.starts_with(OURS) {
            (open, halved) = (Some(Span::from_usize(at..at + words.len())), false);
        } else if words == BETWEEN {
            halved = true;
        } else if line.starts_with(THEIRS) && halved {
            found.extend(open.take());
        }
        at += line.len();
    }
    found
}

/// Report what the readers found.
pub fn report_syntax(
    file: &SourceFile,
    document: &Document,
    records: &[Record<'_>],
    quizzes: &[Vec<Quiz<'_>>],
    out: &mut dyn Collect,
) {
    let torn = report_conflicts(file, document, out);
    // What the readers say behind the first line of a conflict follows from it.
    let is_told =
        |error: &&SyntaxError| error.span.end < torn || error.code == SyntaxErrorCode::Limit;
    for error in document.errors.iter().filter(is_told) {
        report_error(file, error, out);
    }
    let lost = lost_separators(file, document);
    for (keys, first) in &lost {
        report_lost_separator(file, document, keys, first, out);
    }
    let start_of = |own: &DuplicateKey| document.tree.node(own.mapping).span().start;
    let is_told: BTreeSet<_> = lost.iter().map(|(_, own)| start_of(own)).collect();
    let has_quiz = quizzes.iter().flatten().any(|own| !own.is_empty());
    for own in document.tree.duplicate_keys().iter().filter(|own| !is_told.contains(&start_of(own)))
    {
        let (mapping, again) = (document.tree.node(own.mapping), document.tree.node(own.again));
        let key = again.scalar_text();
        // `quiz/duplicate-answer-key` says it in the words of the trade.
        if !(has_quiz && quiz::states_answer_key(mapping, key, records, quizzes)) {
            report_duplicate_key(file, document, own, out);
        }
    }
}

/// Report merge conflicts outside of code; where the first of them begins.
fn report_conflicts(file: &SourceFile, document: &Document, out: &mut dyn Collect) -> u32 {
    let blocks = document.body.as_ref().map_or(&[][..], |body| &body.blocks);
    let is_in_code = |span: Span| {
        let after = blocks.partition_point(|own| own.span.start <= span.start);
        let around = after.checked_sub(1).map(|at| &blocks[at]);
        around.is_some_and(|own| own.kind == BlockKind::Code && own.span.contains(span))
    };
    let mut torn = u32::MAX;
    for span in conflicts(&file.text).into_iter().filter(|own| !is_in_code(*own)) {
        torn = torn.min(span.start);
        Sink::for_file(&SYNTAX, file, out)
            .report(span, "an unresolved merge conflict")
            .label("one side begins here")
            .help("keep what is right of both sides, and delete the lines `<<<<<<<`, `=======` and `>>>>>>>`");
    }
    torn
}

fn report_error(file: &SourceFile, error: &SyntaxError, out: &mut dyn Collect) {
    let rule = match error.code {
        SyntaxErrorCode::Limit => &LIMIT,
        SyntaxErrorCode::UnreadFrontMatter => &UNREAD_FRONT_MATTER,
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

fn report_lost_separator(
    file: &SourceFile,
    document: &Document,
    keys: &[&str],
    first: &DuplicateKey,
    out: &mut dyn Collect,
) {
    let [earlier, again] = [first.first, first.again].map(|id| document.tree.node(id).span());
    Sink::for_file(&DUPLICATE_KEY, file, out)
        .report(again, format!("the keys {} stand again in one mapping", listed(keys)))
        .label("does a new record begin here?")
        .related(earlier, "first here")
        .help("write a line `---` before a new record; else delete one of each, or rename it");
}

fn report_duplicate_key(
    file: &SourceFile,
    document: &Document,
    own: &DuplicateKey,
    out: &mut dyn Collect,
) {
    let [first, again] = [own.first, own.again].map(|id| document.tree.node(id));
    // In a bibliography, fields have the names of CSL or one of ours.
    let written = match file.format {
        Format::Bibtex => file.slice(again.span()),
        _ => again.scalar_text(),
    };
    Sink::for_file(&DUPLICATE_KEY, file, out)
        .report(again.span(), format!("the key `{written}` stands twice in one mapping"))
        .label("again here")
        .related(first.span(), "first here")
        .help("delete one of the two, or rename it");
}

/// Records of a YAML file that look like one for want of a `---`: their first key stands again, and with it a
/// name or an id and others, in one order. Gives the keys, and the first that stands again.
fn lost_separators<'a>(
    file: &SourceFile,
    document: &'a Document,
) -> Vec<(Vec<&'a str>, &'a DuplicateKey)> {
    let tree = &document.tree;
    if file.format != Format::Yaml || tree.duplicate_keys().len() < 2 {
        return Vec::new();
    }
    let mut by_mapping = BTreeMap::<u32, Vec<&DuplicateKey>>::new();
    for own in tree.duplicate_keys() {
        by_mapping.entry(tree.node(own.mapping).span().start).or_default().push(own);
    }
    let record = |root: Node<'a>| {
        let again = by_mapping.get(&root.span().start)?;
        let first = root.entries().next()?.key_span();
        let begins = again.first().filter(|own| tree.node(own.first).span() == first)?;
        let mut seen = BTreeSet::new();
        let keys = again.iter().map(|own| tree.node(own.again).scalar_text());
        let keys: Vec<_> = keys.filter(|key| seen.insert(*key)).collect();
        let has_name = ["id", "name", "title"].iter().any(|name| seen.contains(name));
        // What stands again is most of what stands there at all.
        let len = root.entries().count() - again.len();
        (has_name && keys.len() >= 2 && keys.len() * 2 >= len).then_some((keys, *begins))
    };
    tree.roots().filter(|root| root.is_mapping()).filter_map(record).collect()
}

/// Keys in words, the first of them.
fn listed(keys: &[&str]) -> String {
    const SHOWN: usize = 3;
    let all: Vec<_> = keys.iter().take(SHOWN).map(|key| format!("`{key}`")).collect();
    match keys.len() {
        ..=SHOWN => and(&all),
        len => format!("{} and {} more", all.join(", "), len - SHOWN),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FilePath;
    use crate::testing::{diagnostics, files};

    #[test]
    fn a_file_of_abbreviations_is_not_empty() {
        let said = |text: &str| {
            let path = FilePath::new("resources/a.bib");
            let said = diagnostics(&[SourceFile::new(path, text, Format::Bibtex)]);
            said.iter().filter(|own| own.rule == EMPTY.id).count()
        };
        assert_eq!(said("@string{spine = {Spine}}\n"), 0);
        assert_eq!(said("@preamble{{text}}\n"), 0);
        assert_eq!(said("% Nothing here.\n"), 1);
    }

    #[test]
    fn repeated_fields_of_a_bibliography_are_named_as_written() {
        let path = FilePath::new("resources/a.bib");
        let text =
            "@book{a, title = {A}, year = {2020}, year = {2021}, bibsource = {x}, bibsource = {y}}";
        let said = diagnostics(&[SourceFile::new(path, text, Format::Bibtex)]);
        let said: Vec<_> = said.iter().filter(|own| own.rule == DUPLICATE_KEY.id).collect();
        let told: Vec<_> = said.iter().map(|own| own.message.as_str()).collect();
        let twice = |name: &str| format!("the key `{name}` stands twice in one mapping");
        assert_eq!(told, [twice("year"), twice("bibsource")]);
    }

    #[test]
    fn two_names_of_one_field_lose_nothing() {
        let said = |path: &str, text: &str| {
            let file = SourceFile::new(FilePath::new(path), text, Format::Yaml);
            let said = diagnostics(&[file]);
            let named = said.iter().map(|own| (own.rule, own.kind));
            named.filter(|(rule, _)| rule.contains("duplicate-")).collect::<Vec<_>>()
        };
        let exercise = "name: Sidosteg\nlevel: beginner\ndifficulty: beginner\n";
        assert_eq!(said("exercises/a.yaml", exercise), [(DUPLICATE_KEY.id, Some("two-names"))]);
        let empty = "name: Sidosteg\nlevel: beginner\ndifficulty: ''\n";
        assert_eq!(said("exercises/a.yaml", empty), []);
        let article = "title: Ländrygg\ndescription: Om ryggen.\nsummary: Ryggen.\n";
        assert_eq!(said("articles/a.yaml", article), [(DUPLICATE_KEY.id, Some("two-names"))]);
        // A page of a site has both.
        let page = format!("---\n{article}---\n\nText.\n");
        let page = SourceFile::new(FilePath::new("articles/a.md"), page, Format::Markdown);
        assert!(diagnostics(&[page]).iter().all(|own| own.rule != DUPLICATE_KEY.id));
        let quiz = "questions: [{prompt: Vad?, options: [Hip, Knee], answer: a, ans: b}]";
        assert_eq!(
            said("quizzes/a.yaml", quiz),
            [(duplicate_answer_key::RULE.id, Some("mapping"))]
        );
    }

    /// Two sides, as a merge leaves them.
    fn conflict(ours: &str, theirs: &str) -> String {
        let [open, between, close] = ["<", "=", ">"].map(|mark| mark.repeat(7));
        format!("{open} HEAD\n{ours}\n{between}\n{theirs}\n{close} main\n")
    }

    fn said(path: &str, text: &str) -> Vec<String> {
        let all = diagnostics(&files(&SYNTAX, &format!("//- {path}\n{text}")));
        all.iter().filter(|own| own.rule == SYNTAX.id).map(|own| own.message.to_string()).collect()
    }

    #[test]
    fn a_merge_conflict_is_told_once_in_every_format() {
        let yaml = format!("name: Höft\n{}level: beginner\n", conflict("goal: a", "goal: b"));
        assert_eq!(said("exercises/a.yaml", &yaml), ["an unresolved merge conflict"]);
        let json = format!("{{\n{}}}\n", conflict("\"name\": \"A\"", "\"name\": \"B\""));
        assert_eq!(said("exercises/a.json", &json), ["an unresolved merge conflict"]);
        let two = format!("# A\n\n{0}\nText.\n\n{0}", conflict("One.", "Two."));
        assert_eq!(said("articles/a.md", &two), ["an unresolved merge conflict"; 2]);
        let code = format!("# A\n\n```\n{}```\n", conflict("One.", "Two."));
        assert_eq!(said("articles/a.md", &code), [""; 0]);
    }

    #[test]
    fn a_lost_separator_is_told_once() {
        let text =
            "id: a\nname: Höft\nsafety: Stop.\nid: b\nname: Knä\nsafety: Stop.\nid: c\nname: Fot\n";
        let told = |path: &str, text: &str| -> Vec<String> {
            let all = diagnostics(&files(&DUPLICATE_KEY, &format!("//- {path}\n{text}")));
            let own = all.iter().filter(|own| own.rule == DUPLICATE_KEY.id);
            own.map(|own| own.message.clone()).collect()
        };
        let wanted = ["the keys `id`, `name` and `safety` stand again in one mapping"];
        assert_eq!(told("exercises/a.yaml", text), wanted);
        let twice = |key: &str| format!("the key `{key}` stands twice in one mapping");
        let text = "id: a\nname: Höft\ngoal: b\nlevel: c\nid: b\n";
        assert_eq!(told("exercises/a.yaml", text), [twice("id")]);
        let text = "id: a\nname: Höft\ngoal: b\nlevel: c\ngoal: d\nlevel: c\n";
        assert_eq!(told("exercises/a.yaml", text), [twice("goal"), twice("level")]);
        let text = "{\"id\": 1, \"name\": 2, \"id\": 3, \"name\": 4}";
        assert_eq!(told("exercises/a.json", text), [twice("id"), twice("name")]);
    }

    #[test]
    fn half_a_conflict_is_none() {
        assert_eq!(conflicts("<<<<<<< HEAD\n>>>>>>> main\n"), []);
        assert_eq!(conflicts("a <<<<<<< HEAD\n=======\n>>>>>>> main\n"), []);
        let text = conflict("Å", "b").replace('\n', "\r\n");
        assert_eq!(conflicts(&text), [Span::new(0, 12)]);
    }

    #[test]
    fn the_number_of_a_step_is_not_its_text() {
        let said = |steps: &str| {
            let text = format!("name: Bridge\nsteps:\n{steps}");
            let said = diagnostics(&files(&DUPLICATE_KEY, &text));
            said.iter().filter(|own| own.message.contains("two names")).count()
        };
        assert_eq!(said("  - {step: 1, text: Lie down.}\n  - {step: 2, text: Höj.}\n"), 0);
        assert_eq!(said("  - {step: Lie down.}\n"), 0);
        assert_eq!(said("  - {instruction: Lie down., content: Lift.}\n"), 1);
    }
}
