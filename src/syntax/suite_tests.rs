//! The public conformance suites, where they lie beside the checkout; each test says when it is
//! skipped.

use super::{Kind, Node, parse};
use crate::source::{FilePath, Format, SourceFile};
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};

fn suite(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/suites").join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: {name} is not beside the checkout");
    None
}

fn value(node: Node<'_>) -> Value {
    match node.kind() {
        Kind::Null | Kind::Alias => Value::Null,
        Kind::Bool(value) => json!(value),
        Kind::Integer => node.as_i64().map_or_else(|| json!(node.as_f64()), |number| json!(number)),
        Kind::Float => json!(node.as_f64()),
        Kind::String(_) => json!(node.as_str()),
        Kind::Sequence => node.items().map(value).collect(),
        Kind::Mapping => Value::Object(
            node.entries().map(|e| (e.key().to_owned(), value(e.value))).collect::<Map<_, _>>(),
        ),
    }
}

/// Folders of the suite that hold a case, in order.
fn cases(folder: &Path, out: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.join("in.yaml").is_file() {
            out.push(path);
        } else if path.is_dir() {
            cases(&path, out);
        }
    }
}

#[test]
fn yaml_test_suite() {
    let Some(folder) = suite("yaml-test-suite") else {
        return;
    };
    let mut found = Vec::new();
    cases(&folder, &mut found);
    let mut failures = Vec::new();
    for case in &found {
        let name = case.strip_prefix(&folder).unwrap().display().to_string();
        let text = std::fs::read_to_string(case.join("in.yaml")).unwrap();
        let file = SourceFile::new(FilePath::new("in.yaml"), text, Format::Yaml);
        let document = parse(&file);
        // A complex key is valid YAML that content cannot use: caveat reads it and says so.
        let refused =
            document.errors.iter().any(|error| error.code != super::SyntaxErrorCode::ComplexKey);
        let must_fail = case.join("error").exists();
        if refused != must_fail {
            failures.push(format!(
                "{name}: refused {refused}, expected {must_fail}: {:?}",
                document.errors
            ));
            continue;
        }
        let Ok(expected) = std::fs::read_to_string(case.join("in.json")) else {
            continue;
        };
        if must_fail {
            continue;
        }
        let expected: Vec<Value> = serde_json::Deserializer::from_str(&expected)
            .into_iter()
            .collect::<Result<_, _>>()
            .unwrap();
        let read: Vec<Value> = document.tree.roots().map(value).collect();
        if !same(&read, &expected) {
            failures.push(format!("{name}: read {read:?}, expected {expected:?}"));
        }
    }
    println!("{} cases, {} failures", found.len(), failures.len());
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

/// JSON equality with numbers compared as numbers (`1.0` is `1`).
fn same(a: &[Value], b: &[Value]) -> bool {
    fn equal(a: &Value, b: &Value) -> bool {
        match (a, b) {
            (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
            (Value::Array(a), Value::Array(b)) => same(a, b),
            (Value::Object(a), Value::Object(b)) => {
                a.len() == b.len() && a.iter().all(|(k, v)| b.get(k).is_some_and(|w| equal(v, w)))
            }
            _ => a == b,
        }
    }
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b))
}

#[test]
fn json_parsing_suite() {
    let Some(folder) = suite("json-test-suite/test_parsing") else {
        return;
    };
    let mut names: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let mut failures = Vec::new();
    for name in &names {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        // Text that is not UTF-8 is refused before it reaches the reader.
        let Ok(text) = String::from_utf8(bytes) else {
            if name.starts_with("y_") {
                failures.push(format!("{name}: not UTF-8"));
            }
            continue;
        };
        let file = SourceFile::new(FilePath::new(name), text, Format::Json);
        let document = parse(&file);
        let empty = document.tree.root().is_none();
        let refused = !document.errors.is_empty() || empty;
        for error in &document.errors {
            assert!(file.text.get(error.span.range()).is_some(), "{name}: {error:?}");
        }
        match &name[..2] {
            "y_" if refused => failures.push(format!("{name}: {:?}", document.errors)),
            "n_" if !refused => failures.push(format!("{name}: accepted")),
            "y_" | "i_" if !refused => {
                if let Ok(expected) = serde_json::from_str::<Value>(&file.text) {
                    let read = document.tree.root().map(value).unwrap();
                    if !same(std::slice::from_ref(&read), std::slice::from_ref(&expected)) {
                        failures.push(format!("{name}: read {read}, expected {expected}"));
                    }
                }
            }
            _ => {}
        }
    }
    println!("{} cases, {} failures", names.len(), failures.len());
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

/// Real files say the same to an independent reader, where it takes them.
#[test]
fn values_agree_with_other_readers() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    for folder in ["content", "../shared/corpora"] {
        super::align::laws::files_below(&root.join(folder), &mut paths);
    }
    let (mut yaml, mut json, mut failures) = (0, 0, Vec::new());
    for path in &paths {
        let name = path.to_str().unwrap();
        let Some(format @ (Format::Yaml | Format::Json)) = Format::of_name(name) else {
            continue;
        };
        let text = std::fs::read_to_string(path).unwrap();
        let expected: Option<Value> = match format {
            Format::Json => serde_json::from_str(&text).ok(),
            _ => serde_yaml::from_str(&text).ok(),
        };
        let Some(expected) = expected else { continue };
        // JSON is YAML too.
        let formats: &[Format] =
            if format == Format::Json { &[Format::Json, Format::Yaml] } else { &[format] };
        for &format in formats {
            *(if format == Format::Json { &mut json } else { &mut yaml }) += 1;
            let document = parse(&SourceFile::new(FilePath::new(name), text.as_str(), format));
            let read: Vec<Value> = document.tree.roots().map(value).collect();
            // YAML 1.2 wants it; the other reader does not.
            if document.errors.iter().any(|error| error.message.ends_with("text is not indented")) {
                println!("{name} is refused");
                continue;
            }
            if !document.errors.is_empty() || !same(&read, std::slice::from_ref(&expected)) {
                failures.push(format!("{name} as {format:?}: {:?}", document.errors));
            }
        }
    }
    println!("{yaml} files as YAML, {json} as JSON");
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}
