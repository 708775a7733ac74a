//! Caret fixtures: a test of a rule is the text an author would write, with what the rule says
//! under the words it says it of.
//!
//! ```text
//! //- quizzes/hips.yaml
//! questions:
//!   - options: [four, five, four]
//!               ----            same text here
//!                           ^^^^ choice `four` is repeated
//! ```
//!
//! A line of `^` (primary label) or `-` (related label) belongs to the nearest line above that is
//! no such line. What stands behind it is the message, or the related label's text. Spans over
//! several lines are shown on their first. The fixture is rendered again from what the engine
//! says, and the two must be the same text.

use crate::config::{self, Settings};
use crate::diagnostic::{Diagnostic, Label, Level};
use crate::project::{Engine, Project};
use crate::rule::{Profile, Rule};
use crate::rules::{RULES, find_rule};
use crate::source::{FilePath, Format, SourceFile};
use jiff::civil::{Date, date};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Assert that `rule` says exactly what the carets in `fixture` say, for files that stand where
/// records of the rule's group usually do.
#[track_caller]
pub fn check(rule: &Rule, fixture: &str) {
    let expected = fixture.strip_prefix('\n').unwrap_or(fixture);
    let files = files(rule, expected);
    let said = said_by(rule, &files);
    let shown = show(&files, &said, expected.starts_with("//- "));
    assert!(shown == expected, "expected:\n{expected}\nsaid:\n{shown}\n{said:#?}");
}

/// Assert that `rule` is silent.
#[track_caller]
pub fn silent(rule: &Rule, fixture: &str) {
    let files = files(rule, fixture.strip_prefix('\n').unwrap_or(fixture));
    let said = said_by(rule, &files);
    assert!(said.is_empty(), "expected silence, said:\n{}", show(&files, &said, true));
}

/// Assert that the rules of a project's own, as `settings` state them, say exactly what the carets say.
#[track_caller]
pub fn check_own(settings: &str, fixture: &str) {
    let expected = fixture.strip_prefix('\n').unwrap_or(fixture);
    let files = files(RULES[0], expected);
    let text = settings.strip_prefix('\n').unwrap_or(settings);
    let file = SourceFile::new(FilePath::new("caveat.yaml"), text, Format::Yaml);
    let settings = config::parse(&file).expect("good settings");
    let mut said = said_under(settings, &files);
    said.retain(|own| find_rule(own.rule).is_none());
    let shown = show(&files, &said, expected.starts_with("//- "));
    assert!(shown == expected, "expected:\n{expected}\nsaid:\n{shown}\n{said:#?}");
}

/// The day of every fixture.
const TODAY: Date = date(2026, 1, 1);

/// What `rule` says of these files when every rule is on.
pub fn said_by(rule: &Rule, files: &[SourceFile]) -> Vec<Arc<Diagnostic>> {
    let said = diagnostics_of(Profile::Strict, files);
    said.into_iter().filter(|own| own.rule == rule.id).collect()
}

/// Everything the engine says of these files when the rules of the default profile are on, at every level.
pub fn diagnostics(files: &[SourceFile]) -> Vec<Arc<Diagnostic>> {
    diagnostics_of(Profile::Default, files)
}

fn diagnostics_of(profile: Profile, files: &[SourceFile]) -> Vec<Arc<Diagnostic>> {
    let of_profile = RULES.iter().filter(|rule| rule.profile <= profile);
    let rules = of_profile.map(|rule| (rule.id.to_owned(), Level::Info)).collect();
    said_under(Settings { rules, ..Settings::default() }, files)
}

fn said_under(settings: Settings, files: &[SourceFile]) -> Vec<Arc<Diagnostic>> {
    let settings = Settings { today: Some(TODAY), ..settings };
    let engine = Arc::new(Engine::new(settings).expect("the built-in schemas are right"));
    let mut project = Project::new(engine.clone()).with_others(|_| false);
    for file in files {
        project.insert(engine.analyze(file));
    }
    project.diagnostics(|_| true)
}

/// The files of a fixture, carets removed.
pub fn files(rule: &Rule, fixture: &str) -> Vec<SourceFile> {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in fixture.split_inclusive('\n') {
        if let Some(path) = line.strip_prefix("//- ") {
            files.push((path.trim().to_owned(), String::new()));
            continue;
        }
        if annotation(line).is_some() {
            continue;
        }
        if files.is_empty() {
            files.push((default_path(rule, fixture).to_owned(), String::new()));
        }
        files.last_mut().expect("just pushed").1.push_str(line);
    }
    let file = |(path, text): (String, String)| {
        let format = Format::of_name(&path).expect("fixtures have known extensions");
        SourceFile::new(FilePath::new(&path), text, format)
    };
    files.into_iter().map(file).collect()
}

fn default_path(rule: &Rule, fixture: &str) -> &'static str {
    let markdown = fixture.starts_with("---\n") || fixture.starts_with('#');
    match (rule.group(), markdown) {
        ("exercise", false) => "exercises/test.yaml",
        ("exercise", true) => "exercises/test.md",
        ("quiz", false) => "quizzes/test.yaml",
        ("quiz", true) => "quizzes/test.md",
        ("resource", _) => "resources/test.yaml",
        (_, true) => "articles/test.md",
        (_, false) => "exercises/test.yaml",
    }
}

/// The mark and the words of an annotation line.
fn annotation(line: &str) -> Option<(char, &str)> {
    let rest = line.trim_start_matches(' ');
    let mark = rest.chars().next().filter(|c| matches!(c, '^' | '-'))?;
    let words = rest.trim_start_matches(mark);
    // A list item or a front matter fence is content.
    let runs = rest.len() - words.len();
    let is_mark = mark == '^' || (runs >= 2 && line.starts_with(' ') && words.starts_with(' '));
    is_mark.then_some((mark, words.trim()))
}

fn show(files: &[SourceFile], said: &[Arc<Diagnostic>], with_paths: bool) -> String {
    let mut out = String::new();
    for file in files {
        if with_paths {
            out.push_str(&format!("//- {}\n", file.path));
        }
        let mut notes: BTreeMap<usize, Vec<(u32, char, String)>> = BTreeMap::new();
        for diagnostic in said {
            place(file, &diagnostic.primary, '^', &diagnostic.message, &mut notes);
            for label in &diagnostic.related {
                place(file, label, '-', &label.message, &mut notes);
            }
        }
        for (index, line) in file.text.split_inclusive('\n').enumerate() {
            out.push_str(line);
            let mut lines = notes.remove(&index).unwrap_or_default();
            lines.sort();
            for (_, _, text) in lines {
                out.push_str(&text);
                out.push('\n');
            }
        }
    }
    out
}

fn place(
    file: &SourceFile,
    label: &Label,
    mark: char,
    words: &str,
    notes: &mut BTreeMap<usize, Vec<(u32, char, String)>>,
) {
    if label.path != file.path {
        return;
    }
    let lines = file.lines();
    let line = lines.line_of(label.span.start);
    let line_span = lines.line_span(line).expect("the line exists");
    let end = label.span.end.min(line_span.end);
    let chars = |from: u32, to: u32| {
        file.text[from as usize..to as usize].trim_end_matches(['\n', '\r']).chars().count()
    };
    let column = chars(line_span.start, label.span.start);
    let width = chars(label.span.start, end).max(1);
    let marks = mark.to_string().repeat(if mark == '-' { width.max(2) } else { width });
    let text = format!("{}{marks} {words}", " ".repeat(column));
    notes.entry(line).or_default().push((label.span.start, mark, text));
}
