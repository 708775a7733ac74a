//! The JSON Schema test suite through our own tree, where it lies beside the checkout; the test
//! says when it is skipped.

use super::files::{Copies, Files};
use super::instance::to_value;
use super::{Compile, Quota, Schema};
use crate::source::{FilePath, Format, SourceFile};
use crate::syntax;
use jsonschema::Draft;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const DRAFTS: [(&str, Draft); 5] = [
    ("draft4", Draft::Draft4),
    ("draft6", Draft::Draft6),
    ("draft7", Draft::Draft7),
    ("draft2019-09", Draft::Draft201909),
    ("draft2020-12", Draft::Draft202012),
];

fn suite() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/suites");
    let folder = beside.join("json-schema-test-suite");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: json-schema-test-suite is not beside the checkout");
    None
}

fn compile(
    value: serde_json::Value,
    draft: Draft,
    remotes: &Path,
    formats: bool,
) -> Result<Schema, super::Problem> {
    let copies = vec![Copies::new("http://localhost:1234/", remotes.to_owned())];
    let files = Files::new(None, copies, BTreeMap::new());
    let how = Compile {
        address: "file:///suite/schema.json",
        draft: Some(draft),
        assert_formats: formats,
        is_built_in: false,
    };
    Schema::compile(&FilePath::new("suite/schema.json"), value, files, &how)
}

/// Passed and failed tests of the files in a folder.
fn run(folder: &Path, draft: Draft, remotes: &Path, formats: bool) -> (usize, Vec<String>) {
    let mut passed = 0;
    let mut failed = Vec::new();
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let file = SourceFile::new(FilePath::new(&name), text, Format::Json);
        let document = syntax::parse(&file);
        assert!(document.errors.is_empty(), "{name}: {:?}", document.errors);
        for group in document.tree.root().unwrap().items() {
            let said =
                |node: syntax::Node<'_>| node.get("description").unwrap().scalar_text().to_owned();
            let in_group = said(group);
            let value = to_value(group.get("schema").unwrap());
            let schema = compile(value, draft, remotes, formats);
            for test in group.get("tests").unwrap().items() {
                let expected = test.get("valid").unwrap().as_bool().unwrap();
                let data = test.get("data").unwrap();
                let found = schema.as_ref().map(|schema| schema.is_valid(data));
                if found.as_ref().ok() == Some(&expected) {
                    passed += 1;
                    let quota = Quota::for_diagnostics(100_000);
                    let errors = schema.as_ref().unwrap().errors(data, &quota);
                    assert_eq!(errors.is_empty(), expected, "{name}: {in_group}: {}", said(test));
                } else {
                    let problem = found.err().map(|problem| problem.message.clone());
                    failed.push(format!("{name}: {in_group}: {} {problem:?}", said(test)));
                }
            }
        }
    }
    (passed, failed)
}

#[test]
fn json_schema_test_suite() {
    let Some(suite) = suite() else { return };
    let remotes = suite.join("remotes");
    let mut all = Vec::new();
    for (name, draft) in DRAFTS {
        let (passed, failed) = run(&suite.join("tests").join(name), draft, &remotes, false);
        println!("{name}: {passed} of {} required tests pass", passed + failed.len());
        assert!(passed > 300, "{name}: the tests were not found");
        all.extend(failed.into_iter().map(|failure| format!("{name}/{failure}")));
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

/// Formats are asserted in caveat. Internationalised formats need tables that are not built in.
#[test]
fn formats_of_the_test_suite() {
    let Some(suite) = suite() else { return };
    let remotes = suite.join("remotes");
    for (name, draft) in DRAFTS {
        let folder = suite.join("tests").join(name).join("optional/format");
        if !folder.is_dir() {
            println!("skipped: {} has no optional format tests", name);
            continue;
        }
        let (passed, mut failed) = run(&folder, draft, &remotes, true);
        println!("{name}: {passed} of {} format tests pass", passed + failed.len());
        failed.retain(|failure| !failure.starts_with("idn-"));
        assert!(failed.is_empty(), "{}", failed.join("\n"));
    }
}

/// Optional behaviour: numbers of any size, patterns outside the basic plane, references between
/// drafts. Patterns with look-around are refused when the schema is compiled.
#[test]
fn optional_tests() {
    let Some(suite) = suite() else { return };
    let remotes = suite.join("remotes");
    for (name, draft) in DRAFTS {
        let folder = suite.join("tests").join(name).join("optional");
        let (passed, failed) = run(&folder, draft, &remotes, false);
        println!("{name}: {passed} of {} optional tests pass", passed + failed.len());
        assert!(failed.is_empty(), "{}", failed.join("\n"));
    }
}
