//! Speed of the stages of a run: parsing, what schemas add to it, facts and rules, and the whole run with its
//! output; and of the map over files that are as they were. One thread; the best of five passes.
//!
//! ```text
//! cargo bench --bench stages -- PATH...     files below the paths
//! cargo bench --bench stages                a small generated corpus
//! cargo bench --bench stages -- --once PATH one pass of parsing and nothing else: for counting instructions
//! cargo bench --bench stages -- --once --schema PATH   the same, and the schemas of the files
//! ```
//!
//! The kind of a file is told by its folder, as in a run: `exercises/`, `quizzes/`, `resources/`, `articles/`.

use caveat::cache::Cache;
use caveat::model::{self, shape};
use caveat::project::{Engine, Project};
use caveat::render::{self, OutputFormat, Style};
use caveat::schema::Quota;
use caveat::schema::validate::{Context, supplied_by_body, validate_beside_body};
use caveat::source::{FilePath, Format, SourceFile};
use caveat::syntax::{Document, parse};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

fn main() {
    let mut paths: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let with_schema =
        paths.iter().position(|arg| arg == "--schema").map(|at| paths.remove(at)).is_some();
    let once = paths.iter().position(|arg| arg == "--once").map(|at| paths.remove(at)).is_some();
    let mut files = Vec::new();
    for path in &paths {
        files_below(Path::new(path), &mut files);
    }
    let engine = Engine::new(Default::default()).expect("the built-in schemas are right");
    if once {
        let look = |file: &SourceFile| {
            let mut document = parse(file);
            let faults = if with_schema { validate(&engine, file, &mut document) } else { 0 };
            document.errors.len() + faults
        };
        let errors: usize = files.iter().map(look).sum();
        println!("{} files, {errors} errors", files.len());
        return;
    }
    if paths.is_empty() {
        files = generated();
    }
    for (name, format) in [
        ("yaml", Format::Yaml),
        ("json", Format::Json),
        ("markdown", Format::Markdown),
        ("text", Format::Text),
    ] {
        let files: Vec<_> = files.iter().filter(|file| file.format == format).collect();
        if !files.is_empty() {
            measure(name, &files);
            measure_schema(&engine, &files);
        }
    }
    measure_run(&Arc::new(engine), &files);
}

/// The map over all files, the reduce, and the output as JSON lines.
fn measure_run(engine: &Arc<Engine>, files: &[SourceFile]) {
    let sources: BTreeMap<FilePath, Arc<SourceFile>> =
        files.iter().map(|file| (file.path.clone(), Arc::new(file.clone()))).collect();
    let style = Style::default();
    let (mut parsed, mut map, mut reduce, mut output) =
        (Duration::MAX, Duration::MAX, Duration::MAX, Duration::MAX);
    let (mut found, mut written) = (0, Vec::new());
    for _ in 0..5 {
        let start = Instant::now();
        for file in files {
            let mut document = parse(file);
            black_box(validate(engine, file, &mut document));
        }
        parsed = parsed.min(start.elapsed());
        let start = Instant::now();
        let mut project = Project::new(engine.clone());
        files.iter().for_each(|file| project.insert(engine.analyze(file)));
        map = map.min(start.elapsed());
        let start = Instant::now();
        let outcome = project.resolve(|_| true);
        reduce = reduce.min(start.elapsed());
        let start = Instant::now();
        written.clear();
        render::render(OutputFormat::Jsonl, &outcome, &sources, &style, &mut written)
            .expect("memory takes everything");
        output = output.min(start.elapsed());
        found = outcome.diagnostics.len();
    }
    let told = |name: &str, time: Duration| {
        println!("{name:34} {:12} ns/file", time.as_nanos() / files.len().max(1) as u128);
    };
    println!(
        "whole run  {:6} files {found:6} diagnostics {:9} bytes of output",
        files.len(),
        written.len()
    );
    told("   map: everything about one file", map);
    told("   of that facts and rules", map.saturating_sub(parsed));
    told("   map: through a cache that has all", from_cache(engine, files));
    told("   reduce: rules over all files", reduce);
    told("   output", output);
    told("   together", map + reduce + output);
}

/// Every report from where an earlier pass left it.
fn from_cache(engine: &Engine, files: &[SourceFile]) -> Duration {
    let folder = std::env::temp_dir().join(format!("caveat-stages-{}", std::process::id()));
    let mut best = Duration::MAX;
    for _ in 0..6 {
        let start = Instant::now();
        let cache = Cache::open(&folder, engine).expect("this is a program on disk");
        files.iter().for_each(|file| drop(black_box(cache.analyze(engine, file))));
        cache.save(true);
        best = best.min(start.elapsed());
    }
    std::fs::remove_dir_all(&folder).expect("the first pass has made it");
    best
}

/// Fields are named and every record is held against its schema, as a run does; how many
/// diagnostics that gives.
fn validate(engine: &Engine, file: &SourceFile, document: &mut Document) -> usize {
    let decision = engine.decide(file, document);
    let Some(kind) = &decision.kind else { return 0 };
    let schema = engine.catalogue().schema_for(kind).expect("the built-in schemas are right");
    let schema = schema.expect("built-in kinds have a schema");
    let records = model::records(file, document, kind, "");
    let nodes = records.iter().filter_map(|record| record.node);
    let names: Vec<_> =
        nodes.flat_map(|node| shape::canonical_names(node, schema.shapes()).0).collect();
    if !names.is_empty() {
        shape::rename(&mut document.tree, names);
    }
    let records = model::records(file, document, kind, "");
    let mut found = 0;
    let quota = Quota::for_diagnostics(100_000);
    for record in &records {
        let Some(node) = record.node else { continue };
        let noun = record.kind.name();
        let context = Context { file, record: None, noun, all_branches: false, quota: &quota };
        let supplied = supplied_by_body(record);
        found += validate_beside_body(node, &schema, &context, &supplied).len();
    }
    found
}

fn measure_schema(engine: &Engine, files: &[&SourceFile]) {
    let mut best = Duration::MAX;
    let mut found = 0;
    for _ in 0..5 {
        let mut documents: Vec<_> = files.iter().map(|file| parse(file)).collect();
        let start = Instant::now();
        found = files
            .iter()
            .zip(&mut documents)
            .map(|(file, document)| black_box(validate(engine, file, document)))
            .sum();
        best = best.min(start.elapsed());
    }
    let per_file = best.as_nanos() / files.len() as u128;
    println!("   schema {found:6} diagnostics {per_file:42} ns/file");
}

fn measure(name: &str, files: &[&SourceFile]) {
    let bytes: usize = files.iter().map(|file| file.text.len()).sum();
    let mut best = Duration::MAX;
    let mut nodes = 0;
    for _ in 0..5 {
        let start = Instant::now();
        nodes = files.iter().map(|file| black_box(parse(file)).tree.len()).sum();
        best = best.min(start.elapsed());
    }
    let per_file = best.as_nanos() / files.len() as u128;
    let speed = bytes as f64 / best.as_secs_f64() / 1e6;
    println!(
        "{name:9} {:6} files {bytes:10} bytes {nodes:9} nodes {per_file:12} ns/file {speed:7.1} MB/s",
        files.len()
    );
    if let Some(peak) = peak_memory() {
        println!(
            "{:9} peak memory so far {:.1} MB, the files themselves included",
            "",
            peak as f64 / 1e6
        );
    }
}

/// The most memory this process ever held, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? * 1024)
}

fn files_below(path: &Path, out: &mut Vec<SourceFile>) {
    if let Ok(entries) = std::fs::read_dir(path) {
        let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        paths.iter().for_each(|path| files_below(path, out));
    } else if let (Some(format), Ok(text)) =
        (Format::of_name(&path.to_string_lossy()), std::fs::read_to_string(path))
    {
        out.push(SourceFile::new(FilePath::new(&path.to_string_lossy()), text, format));
    }
}

/// Quizzes of every size from one question to a few hundred, exercises and articles.
fn generated() -> Vec<SourceFile> {
    (0..400).flat_map(|number| [quiz(number), exercise(number), article(number)]).collect()
}

fn quiz(number: usize) -> SourceFile {
    let mut text =
        format!("---\nid: quiz-{number}\ntitle: \"Quiz {number}: shoulder\"\nquestions:\n");
    for question in 0..=number {
        write!(
            text,
            "  - prompt: >-\n      Which movement is number {question},\n      and why does it matter?\n    \
             options:\n      - id: a\n        text: It's the first one\n      - id: b\n        \
             text: 'It''s the second'\n    answer: a # one is right\n    points: {question}\n"
        )
        .expect("a string takes everything");
    }
    SourceFile::new(FilePath::new(&format!("quizzes/q{number}.yaml")), text, Format::Yaml)
}

fn exercise(number: usize) -> SourceFile {
    let text = format!(
        "id: exercise-{number}\nname: Bridge {number}\ncategory: strength\ninstructions:\n\
         - Lie on your back with both knees bent.\n- Lift your hips. Hold for {number} seconds.\n\
         dosage: {{sets: 2, repetitions: 10, frequency: daily}}\n\
         safety: Stop if your back pain gets worse or you feel dizzy.\n"
    );
    SourceFile::new(FilePath::new(&format!("exercises/e{number}.yaml")), text, Format::Yaml)
}

fn article(number: usize) -> SourceFile {
    let mut text =
        format!("---\nid: article-{number}\ntitle: Backs {number}\n---\n\n# Backs {number}\n");
    for section in 0..number % 20 {
        write!(
            text,
            "\n## Part {section}\n\nMost people with back pain get better within weeks.[^1] Walking *helps*, and \
             so does rest. Nobody has to lie still.\n\n- Move often.\n- Sit as you like.\n"
        )
        .expect("a string takes everything");
    }
    text.push_str("\n[^1]: Smith 2020, https://example.org/back.\n");
    SourceFile::new(FilePath::new(&format!("articles/a{number}.md")), text, Format::Markdown)
}
