//! The work of a run grows with its files, and not with the square of them: shapes that were slow once.
//!
//! Times are compared with each other, in one process: what is four times as long may take four times as long, and
//! a square would take sixteen times.

use caveat::render::{OutputFormat, Style, render};
use caveat::{Diagnostic, Engine, FilePath, Format, Project, Settings, SourceFile};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How often something that is four times as long may take the time of the other, noise included.
const MOST: u32 = 9;

/// The shape at one size: path and text.
type Shape = fn(usize) -> (&'static str, String);

#[test]
fn four_times_the_text_is_about_four_times_the_work() {
    let shapes: [(&str, usize, Shape); 16] = [
        ("a table row of many cells", 1_500, wide_row),
        ("ids that point nowhere", 1_500, dangling),
        ("one line of JSON with a diagnostic for each question", 1_500, one_line),
        ("one paragraph of claims", 1_500, one_paragraph),
        ("one folded text of sentences with doses", 1_500, folded),
        ("a list of references and marks by author", 1_500, references),
        ("an answer key with an entry for each question", 1_500, answer_key),
        ("as many answers to one question as it has options", 1_500, answers),
        ("as many paragraphs of one answer as there are options", 1_500, folded_away),
        ("one sentence of cues that can do harm", 1_500, unsafe_cues),
        ("a key for each of many parts", 1_500, parts),
        ("one paragraph of keys to press and of pictures", 1_500, keys_and_pictures),
        ("a DOI of DOIs", 1_500, doi_of_dois),
        ("brackets that nobody closes", 8_000, open_brackets),
        ("parts of XML that nobody closes", 8_000, open_cdata),
        ("an answer key below questions on one line", 1_500, inline_questions),
    ];
    for (name, size, shape) in shapes {
        // A busy machine makes one comparison mean little, and three in a row mean something.
        let ratios: Vec<f64> = (0..3).map(|_| ratio(shape, size)).collect();
        let least = ratios.iter().copied().fold(f64::MAX, f64::min);
        assert!(
            least < f64::from(MOST),
            "{name}: {ratios:?} times the time for four times the text"
        );
    }
}

fn ratio(shape: Shape, size: usize) -> f64 {
    ratio_under(&Settings::default(), shape, size)
}

fn ratio_under(settings: &Settings, shape: Shape, size: usize) -> f64 {
    let (short, long) = (time(settings, shape, size), time(settings, shape, 4 * size));
    long.as_secs_f64() / short.as_secs_f64()
}

fn time(settings: &Settings, shape: Shape, size: usize) -> Duration {
    let (path, text) = shape(size);
    let format = Format::of_name(path).expect("every shape has a known format");
    let file = SourceFile::new(FilePath::new(path), text, format);
    let engine = Arc::new(Engine::new(settings.clone()).expect("the built-in schemas are right"));
    let start = Instant::now();
    let mut project = Project::new(engine.clone());
    project.insert(engine.analyze(&file));
    let outcome = project.resolve(|_| true);
    let sources = BTreeMap::from([(file.path.clone(), Arc::new(file))]);
    let mut out = Vec::new();
    render(OutputFormat::Jsonl, &outcome, &sources, &Style::default(), &mut out)
        .expect("memory takes all");
    start.elapsed()
}

/// Rules of a project's own that would take the square of the text, if each match were looked for in all of the rest
/// and each part of a pointer at every depth.
#[test]
fn rules_of_ones_own_take_their_time_once() {
    const RULES: &str = "
custom:
  house/a: {select: [/name, sentences], matches: '.*[^A-Z]|[A-Z]', message: '{text}'}
  house/b: {select: /**/a/**/a/**/a/**/a/**/b, matches: '.', message: '{text}'}
  house/c: {select: sentences, does-not-match: '(x+x+)+y', message: '{text}'}
";
    let file = SourceFile::new(FilePath::new("caveat.yaml"), RULES, Format::Yaml);
    let settings = caveat::config::parse(&file).expect("good settings");
    let settings = Settings { only: vec!["house".to_owned()], ..settings };
    let shapes: [(&str, usize, Shape); 2] =
        [("a text of many matches", 20_000, capitals), ("mappings in mappings", 400, nested)];
    for (name, size, shape) in shapes {
        let ratios: Vec<f64> = (0..3).map(|_| ratio_under(&settings, shape, size)).collect();
        let least = ratios.iter().copied().fold(f64::MAX, f64::min);
        assert!(least < f64::from(MOST), "{name}: {ratios:?} times the time");
    }
}

fn capitals(size: usize) -> (&'static str, String) {
    let (name, text) = ("A".repeat(size), "x".repeat(size));
    ("exercises/a.yaml", format!("name: {name}\nnotes: {text} {text}.\n"))
}

fn nested(size: usize) -> (&'static str, String) {
    const DEEP: usize = 100;
    let (begin, end) = ("{a: ".repeat(DEEP), "}".repeat(DEEP));
    let one = |_| format!("- {{name: A, a: {begin}{{b: c}}{end}}}\n");
    ("exercises/a.yaml", each(size, one))
}

fn unsafe_cues(size: usize) -> (&'static str, String) {
    let cues =
        each(size, |n| format!("never push through pain {n} but bounce into the stretch and "));
    (
        "exercises/a.yaml",
        format!("name: A\nsafety: Stop if it hurts.\ninstructions: [Kneel and {cues}rest.]\n"),
    )
}

fn parts(size: usize) -> (&'static str, String) {
    let asked =
        each(size, |n| format!("## Part {n}\n\n1. Which {n}?\n   - a) hip\n   - b) knee\n\n"));
    let keys = each(size, |n| format!("## Answers to part {n}\n\n1. b\n\n"));
    ("quizzes/a.md", format!("# Quiz\n\n{asked}{keys}"))
}

fn keys_and_pictures(size: usize) -> (&'static str, String) {
    let text =
        each(size, |n| format!("Press [{}] or [2] to see ![pain is common](a{n}.png). ", n % 900));
    ("articles/a.md", format!("# A\n\n{text}\n"))
}

fn doi_of_dois(size: usize) -> (&'static str, String) {
    ("articles/a.md", format!("# A\n\n{}\n", "10.1000/".repeat(size)))
}

fn open_brackets(size: usize) -> (&'static str, String) {
    ("articles/a.md", format!("# A\n\n{}\n", "[@a; ".repeat(size)))
}

fn open_cdata(size: usize) -> (&'static str, String) {
    ("articles/a.md", format!("# A\n\n{}\n", "<![CDATA[".repeat(size)))
}

fn inline_questions(size: usize) -> (&'static str, String) {
    let asked = each(size, |n| format!("{}. Which {n}? (a) hip (b) knee (c) foot\n", n + 1));
    let keys = each(size, |n| format!("{}. b\n", n + 1));
    ("quizzes/a.md", format!("# Quiz\n\n{asked}\n## Answer key\n\n{keys}"))
}

/// `one` for every number below `size`.
fn each(size: usize, one: impl Fn(usize) -> String) -> String {
    (0..size).map(one).collect()
}

fn wide_row(size: usize) -> (&'static str, String) {
    let cells = each(size, |n| format!("Walking lowers pain by {} percent [@s{n}]|", n % 90));
    let (head, line) = ("a|".repeat(size), "-|".repeat(size));
    ("articles/a.md", format!("# A\n\n|{head}\n|{line}\n|{cells}\n"))
}

fn dangling(size: usize) -> (&'static str, String) {
    let list = each(size, |n| {
        format!(
            "- {{id: exercise-{n}, name: E, progression: [exercize-{n}], sources: [source-{n}]}}\n"
        )
    });
    ("exercises/e.yaml", list)
}

fn answers(size: usize) -> (&'static str, String) {
    let options = each(size, |n| format!("- option {n}\n"));
    ("quizzes/q.md", format!("# Q\n\n## Which?\n\n{options}\n{}", "Answer: none\n\n".repeat(size)))
}

fn folded_away(size: usize) -> (&'static str, String) {
    let options = each(size, |n| format!("- option {n}\n"));
    let answer = "It is none of them.\n\n".repeat(size);
    let details = format!("<details>\n<summary>Answer</summary>\n\n{answer}</details>\n");
    ("quizzes/q.md", format!("# Q\n\n## Which?\n\n{options}\n{details}"))
}

fn one_line(size: usize) -> (&'static str, String) {
    let questions: Vec<String> = (0..size)
        .map(|n| format!(r#"{{"prompt":"Höw {n}?","options":["a","b"],"answer":"z"}}"#))
        .collect();
    ("quizzes/q.json", format!(r#"{{"title":"T","questions":[{}]}}"#, questions.join(",")))
}

fn one_paragraph(size: usize) -> (&'static str, String) {
    let claims = each(size, |n| {
        format!(
            "Walking reduces back pain by {} percent. A 2019 trial by Smith{n} showed it. ",
            n % 90
        )
    });
    ("articles/a.md", format!("# Low back pain\n\n{claims}\n"))
}

fn folded(size: usize) -> (&'static str, String) {
    let lines =
        each(size, |n| format!("  Bend {} times,\n  hold for {} seconds.\n", n % 9, n % 50));
    (
        "exercises/e.yaml",
        format!("id: e\nname: E\nrepetitions: 10\nhold: 20 s\ndescription: >\n{lines}"),
    )
}

fn references(size: usize) -> (&'static str, String) {
    let marks = each(size, |n| format!("Walking lowers pain (Smith{n}, 2019).\n\n"));
    let mut list = String::new();
    for n in 0..size {
        writeln!(list, "{}. Smith{n}, J. (2019). A trial. Spine.", n + 1)
            .expect("writing to memory");
    }
    ("articles/a.md", format!("# A\n\n{marks}## References\n\n{list}"))
}

fn answer_key(size: usize) -> (&'static str, String) {
    let questions = each(size, |n| {
        format!("  - {{id: q{n}, prompt: How does part {n} move?, options: [up, down]}}\n")
    });
    let key = each(size, |n| format!("  q{n}: a\n"));
    ("quizzes/q.yaml", format!("title: T\nquestions:\n{questions}answerKey:\n{key}"))
}

/// Each limit is told once, and what stands before it is checked.
#[test]
fn a_file_of_nothing_but_mistakes_is_told_of_up_to_a_limit() {
    let engine =
        Arc::new(Engine::new(Settings::default()).expect("the built-in schemas are right"));
    let said = |path: &str, text: String| {
        let format = Format::of_name(path).expect("a known ending");
        let report = engine.analyze(&SourceFile::new(FilePath::new(path), text, format));
        let is_limit = |own: &&Arc<Diagnostic>| own.rule == "syntax/limit";
        let limits = report.diagnostics.iter().filter(is_limit).count();
        (report.records, report.diagnostics.len(), limits)
    };
    let names = "id: e\nname: E\n".to_owned() + &"name: F\n".repeat(120_000);
    let most = 10_000 + names.len() / 512;
    assert_eq!(said("exercises/e.yaml", names), (1, most + 1, 1));
    let questions = format!("{{\"title\": \"T\", \"questions\": [{{}}{}]}}", ",{}".repeat(200_000));
    let (records, told, limits) = said("quizzes/q.json", questions);
    assert!((records, limits) == (1, 1) && told > 10_000, "{told}");
    let marks = "a[^1] ".repeat(150_000) + "\n\n[^1]: Press. Hips. 2020.\n";
    assert_eq!(said("articles/a.md", marks).2, 1);
    let records = "- {}\n".repeat(100_000);
    let most = 20_000 + records.len() / 100;
    let (records, told, limits) = said("exercises/e.yaml", records);
    assert!((records, limits) == (most + 1, 2) && told > 10_000, "{told}");
}
