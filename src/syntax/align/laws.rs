//! Laws of scalars and their bytes: every piece of every map says what its bytes say.

use crate::source::{FilePath, Format, SourceFile};
use crate::syntax::{Document, Kind, Node, Style, parse};
use std::path::{Path, PathBuf};

/// Why `node` breaks a law, if it does.
///
/// A piece of a map is a copy, an escape, or a line break that became blanks; the pieces cover the
/// value, stand in order and inside the node; whatever stands between them is indentation or an
/// escaped line break. So cutting the bytes and decoding them gives the value.
fn broken(node: Node<'_>, source: &str) -> Option<String> {
    let text = node.scalar()?;
    let value = text.as_str();
    if node.is_alias() || value.is_empty() {
        return None;
    }
    let map = text.map();
    if map.decoded_len() as usize != value.len() {
        return Some(format!("{value:?}: the map covers {} bytes", map.decoded_len()));
    }
    let inner = text.inner_span();
    if !node.span().contains(inner) {
        return Some(format!("{value:?}: {inner:?} lies outside the node"));
    }
    let mut last = inner.start as usize;
    for (index, piece) in map.pieces().iter().enumerate() {
        let next = map.pieces().get(index + 1).map_or(map.decoded_len(), |next| next.decoded);
        let Some(decoded) = value.get(piece.decoded as usize..next as usize) else {
            return Some(format!("{value:?}: piece {index} cuts a character"));
        };
        let start = piece.source as usize;
        let end = start + piece.source_len as usize;
        let Some(written) = source.get(start..end) else {
            return Some(format!("{value:?}: {start}..{end} is no slice"));
        };
        let skipped = source.get(last..start).unwrap_or("backwards");
        if !skipped.trim_start_matches('\\').trim().is_empty() {
            return Some(format!("{value:?}: {skipped:?} is skipped"));
        }
        last = end;
        // A broken escape may be as long as the character that stands for it.
        if !says(written, decoded) && !decoded.contains('\u{FFFD}') {
            return Some(format!("{value:?}: {written:?} cannot be {decoded:?}"));
        }
    }
    let rest = &source[last..inner.end as usize];
    (!rest.trim_start_matches('\\').trim().is_empty())
        .then(|| format!("{value:?}: {rest:?} is left"))
}

/// Whether `written` is a way to write `decoded`.
fn says(written: &str, decoded: &str) -> bool {
    let blank = |byte: u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
    let one = decoded.chars().count() == 1;
    // A line break that became another one, or a blank, may be part of a copy.
    let same =
        |(a, b): (u8, u8)| a == b || (matches!(a, b'\n' | b'\r') && matches!(b, b' ' | b'\n'));
    // Two escapes are as long as what they mean, and may be part of a copy too.
    let read = written.replace("\\N", "\u{85}").replace("\\_", "\u{a0}");
    let copied =
        |text: &str| text.len() == decoded.len() && text.bytes().zip(decoded.bytes()).all(same);
    copied(written)
        || copied(&read)
        || (written.bytes().all(blank) && decoded.bytes().all(blank))
        || (written == "''" && decoded == "'")
        || (one && written.starts_with('\\') && written.len() >= 2)
}

/// Every word of a string, cut from the source, is that word unless it holds an escape.
fn broken_word(node: Node<'_>, source: &str) -> Option<String> {
    let text = node.text()?;
    if node.is_alias() {
        return None;
    }
    let value = text.as_str();
    let mut at = 0;
    for word in value.split([' ', '\n', '\t', '\r']) {
        let range = at..at + word.len();
        at = range.end + 1;
        let cut = &source[text.span_of(range).range()];
        if cut != word && !cut.contains('\\') && !word.contains('\u{FFFD}') && !cut.contains("''") {
            return Some(format!("{value:?}: the word {word:?} is cut as {cut:?}"));
        }
    }
    None
}

pub(in crate::syntax) fn broken_laws(document: &Document, source: &str) -> Vec<String> {
    let nodes = document.tree.nodes();
    nodes.filter_map(|node| broken(node, source).or_else(|| broken_word(node, source))).collect()
}

fn read(text: &str, format: Format) -> (SourceFile, Document) {
    let file = SourceFile::new(FilePath::new("a"), text, format);
    let document = parse(&file);
    (file, document)
}

/// `text` is YAML with a line of carets under each place where `word` must be found, in order.
fn check(text: &str, word: &str) {
    let mut source = String::new();
    let mut carets = Vec::new();
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        if line.contains('^') {
            let len = line.trim().len();
            let column = line.len() - line.trim_start().len();
            carets.push((line_start + column, line_start + column + len));
        } else {
            line_start = source.len();
            source.push_str(line);
        }
    }
    for source in [source.clone(), source.replace('\n', "\r\n")] {
        let (file, document) = read(&source, Format::Yaml);
        assert!(document.errors.is_empty(), "{:?}", document.errors);
        assert_eq!(broken_laws(&document, &source), [""; 0]);
        let mut found = Vec::new();
        for node in document.tree.nodes() {
            let Some(text) = node.text() else { continue };
            for (at, _) in text.as_str().match_indices(word) {
                found.push(text.span_of(at..at + word.len()));
            }
        }
        // A caret counts bytes of the text with plain line ends.
        let plain = |at: u32| at as usize - file.text[..at as usize].matches('\r').count();
        let found: Vec<_> = found.iter().map(|span| (plain(span.start), plain(span.end))).collect();
        assert_eq!(found, carets, "\n{source}");
    }
}

#[test]
fn plain_and_quoted() {
    check(
        "
a: the hip
       ^^^
b: 'it''s the hip'
              ^^^
c: \"a\\tb \\u00e9 \\ud83d\\ude00 hip\"
                             ^^^
d: é hip
      ^^^
",
        "hip",
    );
}

/// What is an escape in YAML alone is two characters in JSON, and a mistake.
#[test]
fn escapes_that_json_does_not_know() {
    let source = r#"{"a": "n\x41 \U00000041 hip"}"#;
    let (_, document) = read(source, Format::Json);
    assert_eq!(document.errors.len(), 2);
    assert_eq!(broken_laws(&document, source), [""; 0]);
    let node = document.tree.root().unwrap().get("a").unwrap();
    let text = node.text().unwrap();
    let at = text.as_str().find("hip").unwrap();
    assert_eq!(&source[text.span_of(at..at + 3).range()], "hip");
}

#[test]
fn quoted_over_lines() {
    check(
        "
a: \"one
  two  \\
  hip

  three\\

  hip \"
b: 'one

  two hip
      ^^^
  it''s hip'
        ^^^
"
        .replace("  hip\n\n  three", "  hip\n  ^^^\n\n  three")
        .replace("  hip \"", "  hip \"\n  ^^^")
        .as_str(),
        "hip",
    );
}

#[test]
fn plain_over_lines() {
    check(
        "
a: one
  two hip
      ^^^

  hip three
  ^^^
- hip: no"
            .trim_end_matches("- hip: no"),
        "hip",
    );
}

#[test]
fn folded() {
    check(
        "
a: >-
  one hip
      ^^^
  hip two
  ^^^

  hip
  ^^^
    hip more
    ^^^
  back hip
       ^^^


  end hip
      ^^^
b: >+
  the hip
      ^^^

c: >2
    hip
    ^^^
  hip
  ^^^
",
        "hip",
    );
}

#[test]
fn literal() {
    check(
        "
a: |
  one hip
      ^^^
    hip
    ^^^

  hip
  ^^^
b: |+


  hip
  ^^^

c:
  - |1-
    hip
    ^^^
   hip
   ^^^
",
        "hip",
    );
}

#[test]
fn a_span_over_lines_starts_and_ends_at_its_words() {
    let (file, document) = read("a: >-\n  one two\n\n  three four\n", Format::Yaml);
    let text = document.tree.root().unwrap().get("a").unwrap().text().unwrap();
    assert_eq!(text.as_str(), "one two\nthree four");
    assert_eq!(file.slice(text.span_of(4..13)), "two\n\n  three");
    assert_eq!(file.slice(text.span_of(7..8)), "\n\n");
}

#[test]
fn snippets_keep_the_laws() {
    let snippets = [
        "\u{feff}a: 'ü ''b'' c'\n",
        "\u{feff}- \"\\xe9\\U0001F600\\L\\P\\e\\/\"\n- \"\\N\"\n- \"\\_\"\n",
        "a: |\r\n\r\n  x\r\n   y\r\n\r\nb: >\r\n  x\r\n\r\n\r\n  y\r\n   z\r\n  q\r\n",
        "- >\n  a\n  \tb\n  c\n- |\n  \ta\n  \t\n  b\n- >1\n  a\n b\n",
        "- 'a\n\n\n  b\tc \t\n  d'\n- \"a \\\n\n\n  b\\\n  \\ c\"\n",
        "- a\n  b\n\n\n  c # not\n- \"a\\\n  \\tb\"\n- \"\n  a\n  \"\n- ' a '\n- '\n\n  a'\n",
        "- |\n   \n  a\n".trim_end(),
        "- |+\n\n- >+\n\n\n- |-\n\n- |\n",
        "- >\n\n\n  a\n\n   b\n\n  c\n\n\n",
        "- |\n  a  \n  \n   \n  b   \n",
        "? |\n  key\n: >\n  value\n  more\n",
        "- !!str 12\n- !!int '12'\n- &a b\n- *a\n",
        "a:\r  b\rc: 'd\r  e'\r",
        "{a: 'b\n  c', \"d\": e\n  f}",
    ];
    for text in snippets {
        let (_, document) = read(text, Format::Yaml);
        assert_eq!(broken_laws(&document, text), [""; 0], "{text:?}");
    }
    let json = r#"{"a\u00e9\n": ["\ud83d\ude00 b", "\"", "é\/", "\\"], "": 1.50}"#;
    let (_, document) = read(json, Format::Json);
    assert_eq!(broken_laws(&document, json), [""; 0]);
}

#[test]
fn real_files_keep_the_laws() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["content", "../shared/corpora", "../shared/suites/yaml-test-suite"] {
        let folder = root.join(folder);
        if !folder.is_dir() {
            println!("skipped: {} is not beside the checkout", folder.display());
        }
        files_below(&folder, &mut files);
    }
    let mut strings = 0;
    for path in &files {
        let Some(format) = Format::of_name(path.to_str().unwrap()) else {
            continue;
        };
        let Ok(text) = std::fs::read_to_string(path) else {
            continue;
        };
        for text in [text.replace("\r\n", "\n").replace('\n', "\r\n"), text] {
            let (_, document) = read(&text, format);
            assert_eq!(broken_laws(&document, &text), [""; 0], "{}", path.display());
            strings +=
                document.tree.nodes().filter(|n| matches!(n.kind(), Kind::String(_))).count();
        }
    }
    println!("{} files, {strings} strings", files.len());
}

pub(in crate::syntax) fn files_below(folder: &Path, out: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() { files_below(&path, out) } else { out.push(path) }
    }
}

#[test]
fn styles_are_told() {
    let (_, document) = read("[a, 'b', \"c\"]", Format::Yaml);
    let styles: Vec<_> = document.tree.root().unwrap().items().map(|item| item.kind()).collect();
    let string = Kind::String;
    assert_eq!(
        styles,
        [string(Style::Plain), string(Style::SingleQuoted), string(Style::DoubleQuoted)]
    );
}
