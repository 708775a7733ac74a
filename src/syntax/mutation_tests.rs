//! No bytes make a reader panic, hang, overflow its stack or point outside the file.
//!
//! The mutants are seeded: the same ones in every run.

pub(crate) mod mutate;

use super::align::laws::{broken_laws, files_below};
use super::{Document, Kind, Node, SyntaxErrorCode, parse, yaml};
use crate::source::{FilePath, Format, SourceFile, Span};
use mutate::{Random, mutate};
use std::path::Path;
use std::time::{Duration, Instant};

const MUTANTS: usize = 210_000;

fn read(text: &str, format: Format) -> Document {
    parse(&SourceFile::new(FilePath::new("a"), text, format))
}

/// Panics when something in `document` points outside `text` or cannot be walked.
fn walk(document: &Document, text: &str) {
    let slice = |span: Span, what: &str| {
        assert!(text.get(span.range()).is_some(), "{what}: {span:?} is no slice");
    };
    for error in &document.errors {
        slice(error.span, &error.message);
        error.related.iter().for_each(|(span, label)| slice(*span, label));
        assert!(!error.message.contains('\n'), "{}", error.message);
    }
    let mut last = 0;
    for comment in &document.comments {
        slice(*comment, "comment");
        assert!(comment.start >= last, "comments stand in order");
        last = comment.end;
    }
    let mut start = 0;
    for node in document.tree.nodes() {
        slice(node.span(), "node");
        assert!(node.span().start >= start, "nodes stand in source order: {:?}", node.span());
        start = node.span().start;
        node.anchor().into_iter().for_each(|span| slice(span, "anchor"));
        if let Some(text) = node.scalar() {
            let map = text.map();
            assert_eq!(map.decoded_len() as usize, text.as_str().len());
            slice(text.inner_span(), "text");
        }
        if node.is_mapping() {
            assert!(node.entries().all(|entry| entry.name().len() <= text.len()));
            node.get("key");
        }
    }
    for root in document.tree.roots() {
        assert!(deep(root) <= super::MAX_DEPTH + 1);
    }
    let damaged = document.tree.nodes().any(Node::is_damaged);
    assert!(!damaged || !document.errors.is_empty(), "something is damaged without a mistake");
}

fn deep(node: Node<'_>) -> usize {
    match node.kind() {
        _ if node.is_alias() => 0,
        Kind::Sequence => 1 + node.items().map(deep).max().unwrap_or(0),
        Kind::Mapping => 1 + node.entries().map(|entry| deep(entry.value)).max().unwrap_or(0),
        _ => 0,
    }
}

const SNIPPETS: &[(Format, &str)] = &[
    (
        Format::Yaml,
        "questions:\n  - prompt: >-\n      Which one,\n      and why?\n    options: [a, \"b c\", 'd''e']\n    answer: a # first\n  - prompt: \"it \\\"is\\\" \\u00e9\"\n    options:\n    - one\n    - two\n",
    ),
    (
        Format::Yaml,
        "a: &x {b: 1, c: [2, {d: e}]}\n<<: *x\nf: |\n  g\n\n   h\ni: !!str 12\n? j\n: k\n---\n- 'l\n  m'\n- n\n  o\n...\n",
    ),
    (Format::Yaml, "\u{feff}# head\r\nid: a\r\ntext: |2-\r\n    b\r\n   c\r\n\r\nlast: ~\r\n"),
    (Format::Yaml, "- - - a\n    - b\n  - c: d\n    e:\n      f\n-\n  g: h\n"),
    (
        Format::Json,
        "{\"id\": \"a\", \"n\": [1, -2.5e3, true, null], \"o\": {\"t\": \"x\\n\\u00e9\\ud83d\\ude00\"}, \"e\": []}\n",
    ),
    (
        Format::Markdown,
        "---\nid: a\ntags: [b]\n---\n\n# Head\n\nA *text* with [a link](x.md) and[^1].\n\n- [ ] one\n- [x] two\n\n[^1]: note\n",
    ),
];

#[test]
fn mutants_are_read() {
    let mut files: Vec<(Format, String)> =
        SNIPPETS.iter().map(|(format, text)| (*format, (*text).to_owned())).collect();
    let mut paths = Vec::new();
    files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"), &mut paths);
    for path in paths {
        let Some(format) = Format::of_name(path.to_str().unwrap()) else {
            continue;
        };
        // Long files cost time and find nothing that their first lines do not.
        let text = std::fs::read_to_string(&path).unwrap();
        files.push((format, text[..text.floor_char_boundary(1500)].to_owned()));
    }
    let threads = std::thread::available_parallelism().map_or(2, |threads| threads.get().min(8));
    let slowest = std::thread::scope(|scope| {
        let files = &files;
        let work = |thread: usize| {
            move || {
                let mut slowest = Duration::ZERO;
                for mutant in (thread..MUTANTS).step_by(threads) {
                    let mut random = Random(mutant as u64);
                    // Half of the mutants are of the snippets, which hold every construct.
                    let few = if mutant % 2 == 0 { SNIPPETS.len() } else { files.len() };
                    let (format, text) = &files[random.below(few)];
                    slowest =
                        slowest.max(check(&mutate(text, 4, &[], &mut random), *format, mutant));
                }
                slowest
            }
        };
        let running: Vec<_> = (0..threads).map(|thread| scope.spawn(work(thread))).collect();
        running.into_iter().map(|thread| thread.join().expect("no mutant panics")).max()
    });
    println!("{MUTANTS} mutants of {} files, the slowest took {slowest:?}", files.len());
}

fn check(text: &str, format: Format, mutant: usize) -> Duration {
    let start = Instant::now();
    let result = std::panic::catch_unwind(|| {
        let document = read(text, format);
        walk(&document, text);
        if format == Format::Yaml
            && let Some(Some(difference)) = yaml::difference(&text.to_owned().into())
        {
            panic!("the readers differ: {difference}");
        }
        if format != Format::Markdown {
            assert_eq!(broken_laws(&document, text), [""; 0]);
        }
    });
    if result.is_err() {
        panic!("mutant {mutant} of {format:?}: {text:?}");
    }
    start.elapsed()
}

/// The direct reader and the parser's agree on every file that the direct one takes.
#[test]
fn the_yaml_readers_agree() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    for folder in ["content", "../shared/corpora", "../shared/suites/yaml-test-suite"] {
        files_below(&root.join(folder), &mut paths);
    }
    if let Some(more) = std::env::var_os("CAVEAT_CORPUS") {
        files_below(Path::new(&more), &mut paths);
    }
    let (mut taken, mut left, mut different) = (0, 0, Vec::new());
    for path in &paths {
        let name = path.to_str().unwrap();
        if Format::of_name(name) != Some(Format::Yaml)
            && Format::of_name(name) != Some(Format::Json)
        {
            continue;
        }
        let Ok(text) = std::fs::read_to_string(path) else {
            continue;
        };
        for text in [text.replace("\r\n", "\n").replace('\n', "\r\n"), text] {
            match yaml::difference(&text.into()) {
                None => left += 1,
                Some(None) => taken += 1,
                Some(Some(difference)) => different.push(format!("{name}: {difference}")),
            }
        }
    }
    println!("{taken} files read directly, {left} left to the parser");
    assert_eq!(different, [""; 0]);
}

/// Reads `text`, walks it, and gives the code of its first error.
fn hostile(text: &str, format: Format) -> Option<SyntaxErrorCode> {
    let start = Instant::now();
    let document = read(text, format);
    walk(&document, text);
    let taken = start.elapsed();
    // Generous: the machine may be busy and the build unoptimised; quadratic work takes minutes.
    assert!(taken < Duration::from_secs(20), "took {taken:?}");
    document.errors.first().map(|error| error.code)
}

#[test]
fn depth_is_limited() {
    use Format::{Json, Markdown, Yaml};
    let limit = Some(SyntaxErrorCode::Limit);
    let block: String = (0..3000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    let list: String = (0..3000).map(|depth| format!("{}-\n", " ".repeat(depth))).collect();
    for (text, format) in [
        ("[".repeat(100_000), Yaml),
        ("[".repeat(100_000) + &"]".repeat(100_000), Yaml),
        ("{a: ".repeat(100_000), Yaml),
        ("- ".repeat(100_000), Yaml),
        ("a:\n- ".repeat(2) + &"- ".repeat(1000), Yaml),
        (block, Yaml),
        (list, Yaml),
        ("[".repeat(100_000), Json),
        ("{\"a\":".repeat(100_000), Json),
    ] {
        assert_eq!(hostile(&text, format), limit, "{}", &text[..20]);
    }
    hostile(&"> ".repeat(50_000), Markdown);
    hostile(&"[".repeat(50_000), Markdown);
    let most = "[".repeat(super::MAX_DEPTH) + &"]".repeat(super::MAX_DEPTH);
    assert_eq!(hostile(&most, Yaml), None);
    assert_eq!(hostile(&most, Json), None);
    // What recurses over the tree may do so.
    let document = read(&most, Yaml);
    assert_eq!(format!("{:?}", document.tree.root().unwrap()), most);
}

#[test]
fn aliases_are_limited() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..=9 {
        let below = vec![format!("*a{}", level - 1); 9].join(", ");
        bomb += &format!("a{level}: &a{level} [{below}]\n");
    }
    assert_eq!(hostile(&bomb, Format::Yaml), Some(SyntaxErrorCode::Limit));
    assert_eq!(hostile("&a [*a]\n", Format::Yaml), Some(SyntaxErrorCode::UnknownAlias));
    assert_eq!(hostile("a: &a\n  b: *a\n", Format::Yaml), Some(SyntaxErrorCode::UnknownAlias));
    assert_eq!(hostile("&a a: *a\n&b b: &c *b\n", Format::Yaml), Some(SyntaxErrorCode::Yaml));
    assert_eq!(hostile("&a a: 1\n*a : 2\n", Format::Yaml), None);
}

#[test]
fn merges_end() {
    let mut chain = "- &m0 {k0: 0}\n".to_owned();
    for level in 1..500 {
        chain += &format!("- &m{level} {{<<: *m{}, k{level}: 1}}\n", level - 1);
    }
    let document = read(&chain, Format::Yaml);
    let last = document.tree.root().unwrap().items().last().unwrap();
    assert!(last.get("k490").is_some());
    assert!(last.get("k0").is_none(), "the chain is longer than the budget");
    assert!(!last.merged_entries().is_empty());
    hostile("a: &a\n  <<: *a\n  b: 1\n", Format::Yaml);
    // Every level merges the one below twice: 2^40 ways down.
    let mut fan = "- &f0 {k: 0}\n".to_owned();
    for level in 1..40 {
        fan += &format!("- &f{level} {{<<: [*f{0}, *f{0}]}}\n", level - 1);
    }
    let document = read(&fan, Format::Yaml);
    let last = document.tree.root().unwrap().items().last().unwrap();
    let start = Instant::now();
    last.get("missing");
    last.merged_entries();
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}

#[test]
fn sizes_cost_no_more_than_their_bytes() {
    let many = |n: usize, entry: &dyn Fn(usize) -> String| (0..n).map(entry).collect::<String>();
    let yaml = [
        many(200_000, &|n| format!("key{n}: {n}\n")),
        format!("[{}]\n", many(100_000, &|n| format!("{{a: {n}}}, "))),
        format!("a: {}\n", "x".repeat(8_000_000)),
        format!("a: \"{}\"\n", "\\n\n  ".repeat(500_000)),
        format!("a: >\n{}", "  word word\n\n".repeat(300_000)),
        format!("a:\n{}  b: c\n", "  # comment\n".repeat(100_000)),
        format!("a: b\n{}c: d\n", "# comment\n".repeat(100_000)),
        "---\na: b\n".repeat(300_000),
        "--- \"x\n".repeat(100_000),
        "- *x\n".repeat(200_000),
        "- @x\n".repeat(200_000),
        format!("a:\n{}", "  - \"x\n".repeat(200_000)),
        format!("{}: b\n", "x".repeat(1_000_000)),
        " ".repeat(3_000_000),
        "\n".repeat(3_000_000),
        "#".repeat(3_000_000),
        "# a\n".repeat(700_000),
        format!("a: {}b\n", "&".repeat(1_000_000)),
        "? a\n".repeat(200_000),
        ":\n".repeat(200_000),
        "a: b: c\n".repeat(100_000),
        "- &a x\n- *a\n".repeat(100_000),
        "a: 'x''y'\n".repeat(2).repeat(50_000),
        "\u{7}".repeat(100_000),
        "\r".repeat(1_000_000),
        "a\r".repeat(200_000),
        "\t".repeat(1_000_000),
        "%".repeat(500_000),
        "%a\n".repeat(200_000),
        "!".repeat(500_000),
        "a: !<x\n".repeat(100_000),
        "---".repeat(300_000),
        "...\n".repeat(200_000),
    ];
    for text in &yaml {
        let start = Instant::now();
        hostile(text, Format::Yaml);
        println!("{:?} for {} bytes of {:?}", start.elapsed(), text.len(), &text[..12]);
    }
    let json = [
        format!("{{{}\"z\": 1}}", many(200_000, &|n| format!("\"key{n}\": {n},"))),
        format!("[{}1]", "[],".repeat(500_000)),
        format!("\"{}\"", "x\\n".repeat(1_000_000)),
        format!("[{}]", ",".repeat(500_000)),
        format!("[{}]", "//\n".repeat(500_000)),
        format!("[{}]", "/*".repeat(500_000)),
        format!("[{}]", "'".repeat(500_000)),
        format!("[{}", "\"\n".repeat(500_000)),
        format!("[{}", "1 ".repeat(500_000)),
        "\u{a0}".repeat(300_000),
        "-".repeat(500_000),
        "/".repeat(500_000),
    ];
    for text in &json {
        hostile(text, Format::Json);
    }
}

/// The smallest inputs that once broke a law.
#[test]
fn what_mutants_found_stays_mended() {
    for text in [
        "? # j\n:: 1\n",
        "? # j\n:: 1, c: [2, {d: e}]}\n",
        "a: [“b”: c\nd: e\n",
        "a:\n- - b\n-\n : c\n",
        "title: >-\n: a\nb\n",
        "text: |2-\r  - \n    b\r\n",
        "- a\n\t- @b\n c: `d\n- \"e\n",
    ] {
        hostile(text, Format::Yaml);
    }
    for text in ["[\"\\u\n\n00e9\", 1]", "[\"\\ud83d\\ude\"]", "[\"\\", "/", "{\"a\"}"] {
        hostile(text, Format::Json);
    }
}
