//! What holds for every module: it imports what stands above it in the code map. And for every rule: it is listed,
//! documented and says what it says in the same manner.

use caveat::config::Settings;
use caveat::diagnostic::{Diagnostic, Level};
use caveat::project::{Engine, Project};
use caveat::rule::{Check, Fixability, Rule};
use caveat::rules::RULES;
use caveat::source::{FilePath, Format, SourceFile};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A fenced example in a rule's docs.
struct Example {
    extension: &'static str,
    fails: bool,
    text: String,
}

fn examples(rule: &Rule) -> Vec<Example> {
    let mut out: Vec<Example> = Vec::new();
    let mut open = false;
    for line in rule.docs.lines() {
        if let Some(info) = line.strip_prefix("```") {
            open = !open && !info.is_empty();
            let mut words = info.split(' ');
            let extension = match words.next().unwrap_or("") {
                "json" => "json",
                "markdown" => "md",
                _ => "yaml",
            };
            match words.next() {
                Some("fail") => out.push(Example { extension, fails: true, text: String::new() }),
                Some("pass") => out.push(Example { extension, fails: false, text: String::new() }),
                _ => open = false,
            }
        } else if open {
            let example = out.last_mut().expect("an open example is in the list");
            example.text.push_str(line);
            example.text.push('\n');
        }
    }
    out
}

/// The files of an example: one, or several headed by `//- path`. Where the example does not say, it
/// stands in the folder of the records that the rule looks at.
fn files(rule: &Rule, example: &Example) -> Vec<SourceFile> {
    let folder = match (rule.group(), rule.check) {
        ("quiz", _) => "quizzes",
        ("resource", _) => "resources",
        ("exercise", _) => "exercises",
        _ if example.text.contains("questions:") => "quizzes",
        (_, Check::Exercise(_)) => "exercises",
        (_, Check::Resource(_)) => "resources",
        _ if example.extension == "md" => "articles",
        _ => "exercises",
    };
    let mut files = vec![(format!("{folder}/example.{}", example.extension), String::new())];
    for line in example.text.split_inclusive('\n') {
        match line.strip_prefix("//- ").or_else(|| line.strip_prefix("# file: ")) {
            Some(path) => files.push((path.trim().to_owned(), String::new())),
            None => files.last_mut().expect("there is one").1.push_str(line),
        }
    }
    files.retain(|(_, text)| !text.trim().is_empty());
    let file = |(path, text): (String, String)| {
        let format = Format::of_name(&path).expect("examples have known extensions");
        SourceFile::new(FilePath::new(&path), text, format)
    };
    files.into_iter().map(file).collect()
}

fn diagnostics(files: &[SourceFile]) -> Vec<std::sync::Arc<Diagnostic>> {
    // Also of rules that are off in most profiles.
    let rules = RULES.iter().map(|rule| (rule.id.to_owned(), Level::Info)).collect();
    let today = Some(jiff::civil::date(2026, 1, 1));
    let settings = Settings { rules, today, ..Settings::default() };
    let engine = Arc::new(Engine::new(settings).expect("the built-in schemas are right"));
    let mut project = Project::new(engine.clone()).with_others(|_| false);
    for file in files {
        project.insert(engine.analyze(file));
    }
    project.diagnostics(|_| true)
}

/// The code map of `src/lib.rs`: module by module, the row it stands in.
fn code_map() -> BTreeMap<String, usize> {
    let lib = std::fs::read_to_string("src/lib.rs").expect("the library has a root");
    let cells = lib.lines().filter_map(|line| line.strip_prefix("//! | ")?.split('|').next());
    // Names stand between backticks; those that nobody outside can see are no links.
    let names = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    let rows = cells.map(|cell| -> Vec<String> { names(cell) });
    rows.enumerate().flat_map(|(row, names)| names.into_iter().map(move |own| (own, row))).collect()
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of modules").flatten() {
        let path = entry.path();
        match path.is_dir() {
            true => sources(&path, found),
            false => found.push(path),
        }
    }
}

#[test]
fn imports_point_up_the_code_map() {
    let map = code_map();
    let lib = std::fs::read_to_string("src/lib.rs").expect("the library has a root");
    let modules =
        lib.lines().filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod "));
    for module in modules.map(|own| own.trim_end_matches(';')).filter(|own| *own != "testing") {
        assert!(map.contains_key(module), "`{module}` is not in the code map of src/lib.rs");
    }
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    for file in files {
        let module = file.strip_prefix("src").ok().and_then(|path| path.iter().next());
        let module = module.and_then(|own| own.to_str()).unwrap_or("").trim_end_matches(".rs");
        let Some(row) = map.get(module) else { continue };
        let is_test = file.file_stem().is_some_and(|stem| {
            stem.to_str().is_some_and(|stem| stem == "tests" || stem.ends_with("_tests"))
        });
        let text = std::fs::read_to_string(&file).expect("modules are text");
        let code = text.split("#[cfg(test)]\nmod tests {").next().filter(|_| !is_test);
        let lines = code.into_iter().flat_map(str::lines);
        for line in lines.filter(|line| !line.trim_start().starts_with("//")) {
            for import in line.split("crate::").skip(1) {
                let name = import.split(|c: char| !(c.is_alphanumeric() || c == '_')).next();
                let other = name.and_then(|name| map.get(name));
                let below = other.is_some_and(|other| other > row);
                assert!(!below, "{}: `{line}` imports from below", file.display());
            }
        }
    }
}

#[test]
fn rules_are_sorted_and_apart() {
    let ids: Vec<_> = RULES.iter().map(|rule| rule.id).collect();
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(ids, sorted, "`RULES` is in the order of ids, each once");
}

#[test]
fn every_rule_file_is_listed_under_its_path() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    let listed: BTreeSet<String> = RULES.iter().map(|rule| rule.id.to_owned()).collect();
    for group in std::fs::read_dir(&root)
        .expect("src/rules is there")
        .map(|entry| entry.expect("readable").path())
    {
        if !group.is_dir() {
            continue;
        }
        let name = group.file_name().and_then(|name| name.to_str()).expect("UTF-8").to_owned();
        for file in std::fs::read_dir(&group)
            .expect("readable")
            .map(|entry| entry.expect("readable").path())
        {
            let text = std::fs::read_to_string(&file).unwrap_or_default();
            // Files beside the rules hold what several of them use.
            if !text.contains("pub static RULE: Rule") {
                continue;
            }
            let stem =
                file.file_stem().and_then(|stem| stem.to_str()).expect("UTF-8").replace('_', "-");
            let id = format!("{name}/{stem}");
            assert!(listed.contains(&id), "{} is not listed in `RULES` as {id}", file.display());
            assert!(
                text.contains(&format!("id: \"{id}\"")),
                "{} has another id than {id}",
                file.display()
            );
        }
    }
}

#[test]
fn ids_kinds_and_summaries_have_one_form() {
    for rule in RULES {
        let form = |text: &str| {
            text.bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'/'))
        };
        assert!(form(rule.id) && rule.id.matches('/').count() == 1, "{}", rule.id);
        assert!(!rule.docs.trim().is_empty(), "{} has no docs", rule.id);
        for text in [rule.summary].into_iter().chain(rule.kinds.iter().map(|kind| kind.summary)) {
            assert_message(rule.id, text);
        }
        let kinds: BTreeSet<_> = rule.kinds.iter().map(|kind| kind.name).collect();
        assert_eq!(kinds.len(), rule.kinds.len(), "{} has a kind twice", rule.id);
        assert!(
            kinds.iter().all(|kind| form(kind) && !kind.contains('/')),
            "{}: {kinds:?}",
            rule.id
        );
    }
}

#[test]
fn examples_fail_and_pass() {
    let mut wrong = Vec::new();
    for rule in RULES {
        let examples = examples(rule);
        if !matches!(rule.check, Check::Engine) {
            assert!(
                examples.iter().any(|example| example.fails),
                "{} has no failing example",
                rule.id
            );
        }
        for example in examples {
            let said = diagnostics(&files(rule, &example));
            if said.iter().any(|own| own.rule == rule.id) != example.fails {
                let said: Vec<_> =
                    said.iter().map(|own| format!("{}: {}", own.rule, own.message)).collect();
                wrong.push(format!(
                    "{}, fail: {}\n{}said {said:#?}",
                    rule.id, example.fails, example.text
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn messages_have_one_form() {
    for rule in RULES {
        for example in examples(rule) {
            for own in diagnostics(&files(rule, &example)) {
                assert_message(own.rule, &own.message);
                let labels = std::iter::once(&own.primary).chain(&own.related);
                for label in labels.filter(|label| !label.message.is_empty()) {
                    assert_message(own.rule, &label.message);
                }
                // Help on schemas may be a schema's own words.
                let help = own.help.iter().filter(|_| !own.rule.starts_with("schema/"));
                help.for_each(|help| assert_message(own.rule, help));
                let rule = RULES
                    .iter()
                    .find(|rule| rule.id == own.rule)
                    .expect("diagnostics come from listed rules");
                let fixable = rule.fix == Fixability::Sometimes;
                assert!(fixable || own.fix.is_none(), "{} has a fix and says it has none", rule.id);
                let known =
                    own.kind.is_none_or(|kind| rule.kinds.iter().any(|own| own.name == kind));
                assert!(known, "{} has no kind {:?}", rule.id, own.kind);
            }
        }
    }
}

/// One line in lower case without a final period. Names, abbreviations and values may come first.
#[track_caller]
fn assert_message(rule: &str, message: &str) {
    assert!(!message.trim().is_empty() && message.trim() == message, "{rule}: {message:?}");
    assert!(!message.contains('\n'), "{rule}: more than one line in {message:?}");
    assert!(
        !message.ends_with(['.', '!']) || message.ends_with("..."),
        "{rule}: final period in {message:?}"
    );
    let first = message.split([' ', ',', ':']).next().unwrap_or("");
    let capitals = first.chars().filter(|c| c.is_uppercase()).count();
    let is_name = first.starts_with('`') || capitals > 1 || matches!(first, "Markdown" | "I");
    assert!(is_name || capitals == 0, "{rule}: {message:?} begins with a capital");
    assert_eq!(message.matches('`').count() % 2, 0, "{rule}: unpaired backtick in {message:?}");
}

/// The README's table is `caveat rules --format markdown`; `UPDATE=1` rewrites it.
#[test]
fn readme_table_is_current() {
    const BEGIN: &str = "<!-- rules: begin -->\n";
    const END: &str = "<!-- rules: end -->";
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = std::fs::read_to_string(path).unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_caveat"))
        .args(["rules", "--format", "markdown"])
        .output()
        .unwrap();
    let table = String::from_utf8(output.stdout).unwrap();
    let start = readme.find(BEGIN).expect("the README has the table") + BEGIN.len();
    let end = readme.find(END).expect("the README's table ends");
    if std::env::var_os("UPDATE").is_some() {
        let text = format!("{}{table}{}", &readme[..start], &readme[end..]);
        std::fs::write(path, text).unwrap();
        return;
    }
    assert!(readme[start..end] == table, "run `UPDATE=1 cargo test --test house`");
}

/// The content in the checkout is what it asks of others, under the strictest profile, on the day it was looked at
/// last: sources grow old by themselves.
#[test]
fn content_is_clean() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_caveat"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["check", "content", "--profile", "strict", "--format", "short", "--no-cache"])
        .args(["--today", "2026-11-23"])
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && said.is_empty(), "{said}");
}

/// An editor that knows the schemas and nothing of caveat takes the content as it is: no field has another name.
#[test]
fn content_fulfils_the_schemas_by_themselves() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &Path| std::fs::read_to_string(path).expect("a text");
    let mut checked = 0;
    let kinds = [
        ("exercise", "exercises"),
        ("quiz", "quizzes"),
        ("resource", "resources"),
        ("article", "articles"),
    ];
    for (kind, folder) in kinds {
        let schema = read(&root.join(format!("schemas/{kind}.schema.json")));
        let schema = serde_json::from_str(&schema).expect("JSON");
        let validator = jsonschema::validator_for(&schema).expect("a schema");
        for file in std::fs::read_dir(root.join(format!("content/{folder}"))).expect("a folder") {
            let path = file.expect("a file").path();
            let text = read(&path);
            // Steps and questions of other Markdown stand in its body.
            let fields = match path.extension().and_then(|own| own.to_str()) {
                Some("md") if kind == "article" => {
                    text.split("---\n").nth(1).expect("front matter")
                }
                Some("yaml" | "json") => &text,
                _ => continue,
            };
            let value: serde_json::Value = serde_yaml::from_str(fields).expect("YAML");
            // A list is of records.
            let records = value.as_array().cloned().unwrap_or_else(|| vec![value]);
            for record in records {
                let said: Vec<_> =
                    validator.iter_errors(&record).map(|own| own.to_string()).collect();
                assert_eq!(said, [""; 0], "{}", path.display());
                checked += 1;
            }
        }
    }
    assert!(checked > 40, "{checked} records");
}

/// Each schema stands by itself, so that what quizzes and articles share is written in both.
#[test]
fn articles_ask_as_quizzes_do() {
    let read = |kind: &str| -> serde_json::Value {
        let path = format!("{}/schemas/{kind}.schema.json", env!("CARGO_MANIFEST_DIR"));
        serde_json::from_str(&std::fs::read_to_string(path).expect("a schema")).expect("JSON")
    };
    let (quiz, article) = (read("quiz"), read("article"));
    for part in ["question", "option", "column"] {
        assert!(quiz["$defs"][part].is_object());
        assert_eq!(article["$defs"][part], quiz["$defs"][part], "{part}");
    }
}
