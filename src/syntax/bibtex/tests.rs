//! What is read of bibliographies, and told of mistakes in them.

use super::*;
use crate::source::{FilePath, Format, SourceFile};
use crate::syntax::{Node, parse};

const SAMPLE: &str = r#"A remark, by me@example.org.
@string{cdsr = "Cochrane " # {Database}}
@comment{left @out{}}
@article{hayden-2021,
  author  = {Hayden, Jill A. and {Health and Safety Executive} and G{\"o}del, Kurt and others},
  title   = "Exercise {therapy} for
             chronic pain",
  journal = cdsr # " of Systematic Reviews",
  year    = 2021, month = sep, % of the first version
  Number  = {9},
  pages   = {514--527},
  doi     = {10.1002/14651858.CD009790.pub2},
  url     = {https://example.org/a\_b},
  keywords = {back, pain}
}
@Book(roe, title = {Höfter}, date = {2020-05}, year = 2020)
"#;

fn document(text: &str) -> Document {
    parse(&SourceFile::new(FilePath::new("a.bib"), text, Format::Bibtex))
}

fn told(text: &str) -> Vec<String> {
    let show = |own: &SyntaxError| format!("{}: {}", &text[own.span.range()], own.message);
    document(text).errors.iter().map(show).collect()
}

fn shown(node: Node<'_>) -> String {
    if node.is_sequence() {
        return format!("[{}]", node.items().map(shown).collect::<Vec<_>>().join("; "));
    }
    node.scalar_text().to_owned()
}

fn fields(document: &Document, index: usize) -> Vec<(String, String)> {
    let entry = document.tree.root().unwrap().items().nth(index).unwrap();
    entry.entries().map(|own| (own.key().to_owned(), shown(own.value))).collect()
}

#[test]
fn entries_are_records_of_csl() {
    let document = document(SAMPLE);
    assert_eq!(document.errors, []);
    let found = fields(&document, 0);
    let found: Vec<_> = found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(
        found,
        [
            ("type", "article-journal"),
            ("id", "hayden-2021"),
            ("author", "[Hayden, Jill A.; Health and Safety Executive; Gödel, Kurt]"),
            ("title", "Exercise therapy for chronic pain"),
            ("container-title", "Cochrane Database of Systematic Reviews"),
            ("issued", "2021"),
            ("x-bibtex-month", "September"),
            ("issue", "9"),
            ("page", "514–527"),
            ("DOI", "10.1002/14651858.CD009790.pub2"),
            ("URL", "https://example.org/a_b"),
            ("x-bibtex-keywords", "back, pain"),
        ]
    );
    let found = fields(&document, 1);
    assert_eq!(found[0].1, "book");
    assert_eq!(found[2], ("title".to_owned(), "Höfter".to_owned()));
    assert_eq!(found[4], ("x-bibtex-year".to_owned(), "2020".to_owned()));
    assert_eq!(document.tree.root().unwrap().items().count(), 2);
}

#[test]
fn every_part_is_at_its_bytes() {
    let document = document(SAMPLE);
    let entry = document.tree.root().unwrap().items().next().unwrap();
    assert!(SAMPLE[entry.span().range()].starts_with("@article{hayden"));
    assert!(SAMPLE[entry.span().range()].ends_with("pain}\n}"));
    let at = |name: &str| {
        let field = entry.entry(name).unwrap();
        (&SAMPLE[field.key_span().range()], &SAMPLE[field.value.span().range()])
    };
    assert_eq!(at("type"), ("article", "article"));
    assert_eq!(at("id"), ("hayden-2021", "hayden-2021"));
    assert_eq!(at("issue"), ("Number", "9"));
    assert_eq!(at("DOI"), ("doi", "10.1002/14651858.CD009790.pub2"));
    assert_eq!(at("container-title").1, "cdsr # \" of Systematic Reviews\"");
    let names: Vec<_> = entry.get("author").unwrap().items().collect();
    assert_eq!(&SAMPLE[names[1].span().range()], "{Health and Safety Executive}");
    // Inside of a decoded text, too.
    let title = entry.get("title").unwrap().text().unwrap();
    let part = |word: &str| {
        let start = title.as_str().find(word).unwrap();
        &SAMPLE[title.span_of(start..start + word.len()).range()]
    };
    assert_eq!((part("therapy"), part("chronic")), ("therapy", "chronic"));
    let name = names[2].text().unwrap();
    assert_eq!(&SAMPLE[name.span_of(1..3).range()], "\\\"o");
}

#[test]
fn mistakes_cost_one_field_or_entry() {
    assert_eq!(
        told("@book{a, title = {A {B}, year = 2020\n@book{b, title = {B}}\n"),
        ["{: this brace is never closed"]
    );
    assert_eq!(told("@book{a, title = {A}\n@book{b}\n"), ["{: this `@book` is never closed"]);
    assert_eq!(told("@book{title = {A}}"), ["@book: this `@book` has no key"]);
    assert_eq!(told("@book{a title = {A}}"), ["a: a comma is missing behind this key"]);
    assert_eq!(told("@book{, title = {A}}"), ["@book: this `@book` has no key"]);
    assert_eq!(told("@book{a, title {A}, year = 1}"), ["title: `title` has no value"]);
    assert_eq!(told("@book{a, title = , year = 1}"), ["title: `title` has no value"]);
    assert_eq!(told("@book{a, note = foo}"), ["foo: no `@string` defines `foo`"]);
    // Abbreviations may stand in another file: each is told once.
    assert_eq!(told("@book{a, note = foo}\n@book{b, note = Foo, series = bar}").len(), 2);
    assert_eq!(
        told("@book{a, title = {A} year = 1}"),
        ["year: a comma is missing behind this value"]
    );
    assert_eq!(told("@book{a, = {A}, year = 1}"), ["=: expected a field, found `=`"]);
    assert_eq!(
        told("@book{a, volume = \"17,\n  number = \"1\",\n  year = \"2016\"\n}"),
        ["\": this quote is never closed"]
    );
    assert_eq!(told("@book{a, title = \"A\n  = B\", note = \"a\n b = c\"}"), [""; 0]);
    let document = document("@book{a, title = {A {B}\n}\n@book{b, title = {B}}\n");
    assert_eq!(fields(&document, 1)[2].1, "B");
    assert!(document.tree.root().unwrap().items().next().unwrap().is_damaged());
}

#[test]
fn fields_without_text_are_none() {
    let names = |text: &str| {
        let fields = fields(&document(text), 0);
        fields.into_iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>()
    };
    let whole = names("@book{a, title = {A}}");
    for blank in ["{}", "\"\"", "{{}}", "{ }", "\"{}\"", "{} # {}"] {
        assert_eq!(names(&format!("@book{{a, url = {blank}, title = {{A}}}}")), whole, "{blank}");
    }
    // A command that is not known says something.
    assert!(names("@book{a, title = {{\\TUB{}}}}").contains(&"title=TUB".to_owned()));
    assert!(names("@book{a, title = {\\TUB{} 1}}").contains(&"title= 1".to_owned()));
}

#[test]
fn remarks_are_no_entries() {
    for text in ["", "Nothing here.", "a@b{c}", "@", "@ {", "@book", "@comment{a}", "\u{feff}"] {
        assert!(document(text).tree.is_empty(), "{text}");
    }
}

#[test]
fn macros_that_double_themselves_are_stopped() {
    let doubling = "@string{a = a # a}\n".repeat(64);
    let text = format!("@string{{a = {{text}}}}\n{doubling}@book{{b, title = a}}\n");
    let document = document(&text);
    assert!(document.errors.iter().all(|error| error.code == SyntaxErrorCode::Limit));
    assert!(!document.errors.is_empty());
    assert_eq!(fields(&document, 0)[0].1, "book");
}

#[test]
fn of_too_many_fields_and_entries_some_are_read() {
    let fields_of = |count| format!("@book{{a, {}}}\n@book{{b}}", "x = 1,".repeat(count));
    assert_eq!(told(&fields_of(MAX_FIELDS)), [""; 0]);
    let text = fields_of(MAX_FIELDS + 1);
    assert_eq!(told(&text), [": this `@book` has more fields than are read of one"]);
    let read = document(&text);
    assert_eq!(fields(&read, 0).len(), 2 + MAX_FIELDS);
    assert_eq!(fields(&read, 1)[1].1, "b");
    let text = "@book{a}".repeat(100_000);
    let tree = document(&text).tree;
    assert_eq!(tree.root().unwrap().items().count(), most_records(text.len()) + 1);
}

#[test]
fn of_many_mistakes_the_first_are_told() {
    let text = "@book{a, x}\n".repeat(1_000);
    let errors = document(&text).errors;
    assert_eq!(errors.len(), MAX_ERRORS);
    assert!(errors.iter().enumerate().all(|(at, own)| own.span.start as usize == 12 * at + 9));
}

#[test]
fn hostile_files_take_linear_time() {
    let hostile = [
        "@a{b,c={\n",
        "@a{b,c=\"\n",
        "@a{",
        "@a(b,c=\"{\n",
        "@",
        "@a ",
        "{",
        "\"",
        "@a{b,c={} ",
        "@a{b,c= d # ",
        "@a{b,author={x and",
        "c=\"x\",",
        "@a{b,c=d #",
    ];
    for text in hostile {
        let start = std::time::Instant::now();
        document(&text.repeat(400_000 / text.len()));
        document(&format!("@a{{b,{}", text.repeat(400_000 / text.len())));
        document(&format!("@a{{b,author={{{}}}}}", " ".repeat(400_000)));
        let taken = start.elapsed();
        assert!(taken < std::time::Duration::from_secs(5), "{text:?} took {taken:?}");
    }
}

#[test]
fn a_field_twice_is_one_key_twice() {
    let document = document("@book{a, title = {A}, TITLE = {B}}");
    assert_eq!(document.tree.duplicate_keys().len(), 1);
}

/// Whatever is cut out or put in: no panic, and every place is there.
#[test]
fn no_bytes_break_the_reader() {
    let inserts =
        ["", "{", "}", "\"", "@book{", "#", "=", ",", "\\", "é", " and ", "%", "(", "\n@"];
    for (at, _) in SAMPLE.char_indices() {
        for (number, insert) in inserts.iter().enumerate() {
            let skip = number % 3;
            let rest =
                SAMPLE[at..].char_indices().nth(skip).map_or("", |(skip, _)| &SAMPLE[at + skip..]);
            let text = format!("{}{insert}{rest}", &SAMPLE[..at]);
            let document = document(&text);
            for error in &document.errors {
                assert!(text.get(error.span.range()).is_some(), "{text}");
            }
            let mut start = 0;
            for node in document.tree.nodes() {
                let span = node.span();
                assert!(text.get(span.range()).is_some() && span.start >= start, "{text}");
                start = span.start;
                if let Some(value) = node.scalar() {
                    assert_eq!(value.map().decoded_len() as usize, value.as_str().len());
                    assert!(text.get(value.inner_span().range()).is_some(), "{text}");
                }
                assert!(!node.is_damaged() || !document.errors.is_empty());
            }
        }
    }
}

#[test]
fn what_is_no_work() {
    let text = r"
@IEEEtranBSTCTL{control, CTLuse_article_number = {yes}}
@xdata{press, publisher = {Press}, address = Höör}
@set{both, entryset = {a, b}}
@book{a, title = {Höfter}, xdata = {press}}
";
    let document = document(text);
    assert_eq!(told(text), ["Höör: no `@string` defines `Höör`"]);
    let of = |at: usize| fields(&document, at).into_iter().map(|(a, b)| format!("{a}: {b}"));
    assert_eq!(document.tree.root().unwrap().items().count(), 2);
    // A set can be cited.
    assert_eq!(
        of(0).collect::<Vec<_>>(),
        ["type: document", "id: both", "title: both", "x-bibtex-entryset: a, b"]
    );
    assert_eq!(of(1).next_back().unwrap(), "x-bibtex-xdata: press");
}

#[test]
fn a_kind_that_is_misspelt_stays_as_it_is() {
    for (written, read) in [
        ("artcle", "artcle"),
        ("Bookish", "document"),
        ("Tesis", "Tesis"),
        ("music", "document"),
        ("misc", "document"),
    ] {
        let document = document(&format!("@{written}{{a, title = {{Höft}}}}\n"));
        let entry = document.tree.root().unwrap().items().next().unwrap();
        assert_eq!(entry.get("type").unwrap().as_str(), Some(read), "{written}");
    }
}
