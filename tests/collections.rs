//! The rules over real collections. They are not part of the repository: without them the tests
//! say so and pass. `cargo test --test collections -- --nocapture` prints what the rules say.

use caveat::config::{self, Settings};
use caveat::diagnostic::Diagnostic;
use caveat::model::{self, ContentKind};
use caveat::project::{Engine, Project};
use caveat::schema::infer::infer;
use caveat::schema::{Catalogue, SchemaRef};
use caveat::source::{FilePath, Format, SourceFile};
use caveat::syntax;
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

fn diagnostics(files: &[SourceFile], settings: Settings) -> Vec<std::sync::Arc<Diagnostic>> {
    let engine = Arc::new(Engine::new(settings).expect("the built-in schemas are right"));
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
    read_as(folder, kind, Settings::default())
}

fn read_as(
    folder: &str,
    into: &str,
    settings: Settings,
) -> Option<(usize, Vec<std::sync::Arc<Diagnostic>>)> {
    let files = collection(folder, into)?;
    let said = diagnostics(&files, settings);
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

/// The text of a `caveat.yaml`.
fn settings(text: &str) -> Settings {
    let file = SourceFile::new(FilePath::new("caveat.yaml"), text, Format::Yaml);
    config::parse(&file).unwrap_or_else(|mistakes| panic!("{mistakes:#?}"))
}

/// What is said of the form of a collection: how often by rule and message.
fn of_form(said: &[std::sync::Arc<Diagnostic>]) -> BTreeMap<(&'static str, String), usize> {
    let mut counts = BTreeMap::new();
    for own in said
        .iter()
        .filter(|own| ["schema/", "syntax/"].iter().any(|group| own.rule.starts_with(group)))
    {
        *counts.entry((own.rule, own.message.clone())).or_default() += 1;
    }
    counts
}

fn counted(found: &[(&'static str, &str, usize)]) -> BTreeMap<(&'static str, String), usize> {
    found.iter().map(|&(rule, message, count)| ((rule, message.to_owned()), count)).collect()
}

/// What is true of the form of the first collection: two records have a step without words.
const EMPTY_STEPS: &[(&str, &str, usize)] =
    &[("schema/length", "item 2 of `instructions` is empty", 2)];

/// Nothing had to be aliased: `images` is a spelling of `media` that the schema knows, and a single
/// text where it has a list (`equipment: "body only"`) is a list of one.
#[test]
fn a_public_list_needs_no_more_than_its_kind() {
    let settings = settings("kinds: [{files: list/, kind: exercise}]");
    let Some((_, said)) = read_as("exercises/free-exercise-db", "list", settings) else { return };
    assert_eq!(of_form(&said), counted(EMPTY_STEPS));
}

/// The same collection as one file, as its releases are: the records are below a pointer.
#[test]
fn a_collection_in_one_file_needs_a_pointer() {
    let Some(files) = collection("exercises/free-exercise-db", "list") else { return };
    let records: Vec<_> = files.iter().map(|file| file.text.as_str()).collect();
    let text = format!("{{\"version\": 1, \"exercises\": [{}]}}", records.join(",\n"));
    let file = SourceFile::new(FilePath::new("dist/exercises.json"), text, Format::Json);
    let settings = settings("kinds: [{files: 'dist/*.json', kind: exercise, records: /exercises}]");
    let engine = Engine::new(settings.clone()).expect("the built-in schemas are right");
    assert_eq!(engine.analyze(&file).records, files.len());
    let said = diagnostics(&[file], settings);
    assert_eq!(of_form(&said), counted(EMPTY_STEPS));
    let safety = said.iter().filter(|own| own.rule == "exercise/missing-safety-note").count();
    assert_eq!(safety, files.len());
}

/// `slug` is what others would refer to, so it is the id. `pk` is a key of the app's database, in one
/// file a number and a UUID in the others: a field of its own.
#[test]
fn an_app_needs_two_names() {
    let settings =
        settings("kinds: [{files: app/, kind: exercise, aliases: {slug: id, pk: x-pk}}]");
    let Some((_, said)) = read_as("exercises/longhaul", "app", settings) else { return };
    assert_eq!(of_form(&said), BTreeMap::new());
    let rules: BTreeSet<_> = said.iter().map(|own| own.rule).collect();
    let about_exercises = |rule: &&str| {
        ["exercise/", "claim/", "project/missing-review-metadata", "text/"]
            .iter()
            .any(|own| rule.starts_with(own))
    };
    assert!(rules.iter().all(about_exercises), "{rules:?}");
    assert_eq!(count(&said, "exercise/empty-or-vague-steps", "none"), 1);
}

/// `multipart` holds texts that several questions share: a field of its own.
#[test]
fn quizzes_of_a_book_need_one_name() {
    let settings =
        settings("kinds: [{files: book/, kind: quiz, aliases: {multipart: x-multipart}}]");
    let Some((_, said)) = read_as("quizzes/rust-book", "book", settings) else { return };
    assert_eq!(of_form(&said), BTreeMap::new());
}

/// A list of programs is no bibliography: `homepage` is the address, what the list says of prices,
/// platforms and demos is its own, and no record says which type of publication it is, so that this
/// rule is off. What is left is wrong in the files: an empty list, a text that ends too early, and a
/// remark about a price that became a field.
#[test]
fn a_list_of_programs_needs_its_own_names() {
    let settings = settings(
        "kinds:
- files: list/
  kind: resource
  aliases:
    homepage: URL
    types: x-types
    resources: x-resources
    pricing: x-pricing
    plans: x-plans
    deprecated: x-deprecated
    reviews: x-reviews
    demos: x-demos
    demo: x-demos
    discussion: x-discussion
    wrapper: x-wrapper
",
    );
    let Some((files, said)) = read_as("resources/static-analysis", "list", settings) else {
        return;
    };
    let mut found = of_form(&said);
    let no_type = ("schema/required", "`type` is missing in this resource".to_owned());
    assert!(found.remove(&no_type).is_some_and(|count| count + 1 == files));
    assert_eq!(
        found,
        counted(&[
            ("schema/type", "expected a list for `categories`, found nothing", 1),
            (
                "schema/unknown-field",
                "unknown field `free forever for individual developers` in this resource",
                1
            ),
            ("syntax/invalid", "this line of a quoted text is not indented", 1),
        ])
    );
}

/// What is proposed from real files is passed by each of them.
#[test]
fn proposed_schemas_are_passed_by_what_they_were_made_of() {
    let folders = [
        "exercises/free-exercise-db",
        "exercises/longhaul",
        "quizzes/rust-book",
        "resources/static-analysis",
    ];
    for folder in folders {
        let Some(files) = collection(folder, "list") else { return };
        let documents: Vec<_> = files.iter().map(|file| (file, syntax::parse(file))).collect();
        let whole = documents.iter().filter(|(_, document)| document.errors.is_empty());
        let records: Vec<_> = whole
            .flat_map(|(file, document)| model::records(file, document, &ContentKind::Exercise, ""))
            .filter_map(|record| Some((record.path().clone(), record.node?)))
            .collect();
        let mut catalogue = Catalogue::new();
        let path = FilePath::new("proposed.json");
        catalogue.add(None, path.clone(), infer(&records).schema.to_string());
        let schema =
            catalogue.schema(&SchemaRef::Path(path)).expect("it compiles").expect("it is there");
        assert!(records.len() >= files.len() - 1, "{folder}");
        for (path, record) in &records {
            assert!(schema.is_valid(*record), "{folder}: {path} does not pass");
        }
    }
}

/// Under a key that names their kind, records need no pointer.
#[test]
fn records_are_found_under_the_name_of_their_kind() {
    let records = |path: &str, text: &str| {
        let format = Format::of_name(path).expect("a known ending");
        let engine = Engine::new(Settings::default()).expect("the built-in schemas are right");
        let report = engine.analyze(&SourceFile::new(FilePath::new(path), text, format));
        let of_schema = report.diagnostics.iter().filter(|own| own.rule.starts_with("schema/"));
        let said = of_schema.map(|own| own.identity.pointer.to_string()).collect();
        (report.records, said)
    };
    let nothing: Vec<String> = Vec::new();
    // As reference managers write CSL in YAML.
    let references = "---\nreferences:\n- {id: a, type: book, title: Hips}\n- {id: b, type: book, title: Knees}\n...\n";
    assert_eq!(records("resources/a.yaml", references), (2, nothing.clone()));
    let quiz = r#"{"quiz": {"title": "Hips", "questions": [{"prompt": "1 + 1?", "options": ["2", "3"], "answer": "2"}]}}"#;
    assert_eq!(records("quizzes/a.json", quiz), (1, nothing));
    let (count, said) = records(
        "exercises/a.json",
        r#"{"version": 2, "exercises": [{"nam": "Bridge"}, {"name": "Plank"}]}"#,
    );
    assert_eq!(count, 2);
    assert!(said.contains(&"/name".to_owned()), "{said:?}");
    let (count, said) = records(
        "quizzes/b.json",
        r#"[{"question": "1 + 1?", "options": ["2", "3"], "answer": "2", "explanaton": "So."}]"#,
    );
    assert_eq!((count, said), (1, vec!["/0/explanaton".to_owned()]));
    // Text of that name is a field like any other.
    let (count, _) =
        records("resources/b.yaml", "type: book\ntitle: Hips\nreferences: See there.\n");
    assert_eq!(count, 1);
    // Banks of questions are sorted by topics, or wrapped by the service they come from.
    let question = r#"{"question": "1 + 1?", "options": ["2", "3"], "answer": "2"}"#;
    let bank =
        format!(r#"{{"version": 1, "sums": [{question}], "more sums": [{question}, {question}]}}"#);
    assert_eq!(records("quizzes/c.json", &bank), (2, Vec::new()));
    let answer = format!(r#"{{"response_code": 0, "results": [{question}]}}"#);
    assert_eq!(records("quizzes/d.json", &answer), (1, Vec::new()));
    let named = format!(r#"{{"title": "Sums", "results": [{question}]}}"#);
    assert_eq!(records("quizzes/e.json", &named).0, 1);
    // What collections call what is done.
    let poses = r#"{"poses": [{"name": "Tree", "steps": ["Stand on one leg."]}, {"name": "Cow"}]}"#;
    assert_eq!(records("exercises/b.json", poses).0, 2);
    let days = r#"{"days": [{"name": "Monday", "exercises": [{"name": "Plank"}]}]}"#;
    assert_eq!(records("exercises/c.json", days).0, 1);
}
