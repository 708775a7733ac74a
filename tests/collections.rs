//! The rules over real collections. They are not part of the repository: without them the tests
//! say so and pass. `cargo test --test collections -- --nocapture` prints what the rules say.

use caveat::config::Settings;
use caveat::diagnostic::Diagnostic;
use caveat::project::{Engine, Project};
use caveat::source::{FilePath, Format, SourceFile};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Every file of a folder beside the repository, under a folder that tells its kind.
fn collection(folder: &str, kind: &str) -> Option<Vec<SourceFile>> {
    let collections =
        std::env::var("COLLECTIONS").unwrap_or_else(|_| "../shared/corpora".to_owned());
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(collections).join(folder);
    let Ok(entries) = std::fs::read_dir(&root) else {
        println!("skipped: there is no ../shared/corpora/{folder}");
        return None;
    };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    let read = |path: &PathBuf| {
        let name = path.file_name()?.to_str()?;
        let text = std::fs::read_to_string(path).ok()?;
        Some(SourceFile::new(
            FilePath::new(&format!("{kind}/{name}")),
            text,
            Format::of_name(name)?,
        ))
    };
    Some(paths.iter().filter_map(read).collect())
}

fn diagnostics(files: &[SourceFile]) -> Vec<std::sync::Arc<Diagnostic>> {
    let engine =
        Arc::new(Engine::new(Settings::default()).expect("the built-in schemas are right"));
    let mut project = Project::new(engine.clone());
    for file in files {
        project.insert(engine.analyze(file));
    }
    project.diagnostics(|_| true)
}

/// Print counts by rule and kind, with a few of each.
fn show(files: &[SourceFile], said: &[std::sync::Arc<Diagnostic>]) {
    let wanted = std::env::var("RULE").ok();
    let many = if wanted.is_some() { usize::MAX } else { 3 };
    let texts: BTreeMap<_, _> = files.iter().map(|file| (&file.path, file)).collect();
    let mut by_kind: BTreeMap<String, Vec<&Diagnostic>> = BTreeMap::new();
    for own in said {
        by_kind.entry(format!("{}/{}", own.rule, own.kind.unwrap_or("-"))).or_default().push(own);
    }
    println!("{} files, {} diagnostics", files.len(), said.len());
    for (kind, all) in by_kind {
        println!("{:5} {kind}", all.len());
        if wanted.as_ref().is_some_and(|wanted| !kind.contains(wanted.as_str())) {
            continue;
        }
        for own in all.iter().take(many) {
            let file = texts[&own.primary.path];
            let line = file.lines().line_of(own.primary.span.start);
            let span = file.lines().line_span(line).expect("the line exists");
            let line_text: String = file.text[span.range()].trim().chars().take(160).collect();
            println!(
                "        {}:{}: {}\n            {line_text}",
                own.primary.path,
                line + 1,
                own.message
            );
        }
    }
}

/// Spans are slices of their files; no rule says one thing twice at one place.
fn check_laws(files: &[SourceFile], said: &[std::sync::Arc<Diagnostic>]) {
    let texts: BTreeMap<_, _> = files.iter().map(|file| (&file.path, file)).collect();
    let mut seen = BTreeSet::new();
    for own in said {
        for label in std::iter::once(&own.primary).chain(&own.related) {
            let file = texts[&label.path];
            assert!(file.text.get(label.span.range()).is_some(), "{own:?} points at no slice");
        }
        assert!(!own.message.contains('\n'), "{own:?} has more than one line");
        let place = (own.rule, own.kind, &own.primary.path, own.primary.span, &own.message);
        assert!(seen.insert(place), "said twice: {own:?}");
    }
}

fn read(folder: &str, kind: &str) -> Option<(usize, Vec<std::sync::Arc<Diagnostic>>)> {
    let files = collection(folder, kind)?;
    let said = diagnostics(&files);
    show(&files, &said);
    check_laws(&files, &said);
    Some((files.len(), said))
}

fn count(said: &[std::sync::Arc<Diagnostic>], rule: &str, kind: &str) -> usize {
    said.iter().filter(|own| own.rule == rule && own.kind == Some(kind)).count()
}

#[test]
fn exercises_of_a_public_list() {
    let Some((files, said)) = read("exercises/free-exercise-db", "exercises") else { return };
    // Read by hand: five records have no steps, none has a safety note.
    let safety = said.iter().filter(|own| own.rule == "exercise/missing-safety-note").count();
    assert_eq!(safety, files);
    assert_eq!(count(&said, "exercise/empty-or-vague-steps", "none"), 5);
}

#[test]
fn exercises_of_an_app() {
    read("exercises/longhaul", "exercises");
}

#[test]
fn resources() {
    read("resources/static-analysis", "resources");
}

#[test]
fn quizzes() {
    read("quizzes/rust-book", "quizzes");
}

#[test]
fn articles() {
    read("articles/mmwr", "articles");
}
