//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::model::Record;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, Sink};
use crate::source::Format;
use crate::syntax::{Kind, Node, Text};
use crate::words::{and, quoted_name};

pub static RULE: Rule = Rule {
    id: "resource/citation-incomplete",
    summary: "a work cannot be found or judged by what its record says",
    level: Level::Warning,
    kinds: &[],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Default,
    since: "0.1.0",
    docs: r#"
A source is there to be looked up. Who wrote it, when, and where it is: readers need all three to find a
work and to judge how much it weighs.

```yaml fail
id: lee-2023
type: article-journal
title: Back pain and exercise
author: [{family: Lee, given: Mina}]
issued: 2023
```

```yaml pass
id: lee-2023
type: article-journal
title: Back pain and exercise
author: [{family: Lee, given: Mina}]
issued: 2023
container-title: Journal of Backs
volume: 12
page: 3-9
```

Looked at are journal articles, books, chapters, reports, theses, papers of conferences, and web pages.
An article, a chapter or a paper is found by an identifier, an address, or the volume or pages of what it
stands in, as long as that is named; a book, a report or a thesis by an identifier, an address or its
publisher; a web page by its address only. Whoever edited or published a work stands for an author, and a
web page needs neither an author nor a year. A work without a date says so with `undated: true`. An entry
of a `.bib` file that takes fields from another one (`crossref`, `xdata`) is left alone.
"#,
    check: Check::Resource(check),
};

#[rustfmt::skip]
const PEOPLE: &[&str] = &[
    "author", "editor", "publisher", "container-author", "collection-editor", "translator", "authority",
];
const DATES: &[&str] =
    &["issued", "original-date", "submitted", "event-date", "undated", "datePublished"];
const IDENTIFIERS: &[&str] = &["DOI", "URL", "PMID", "PMCID", "ISBN", "ISSN", "archivedUrl"];

/// Volume and pages lead nowhere where nothing says of what they are.
const CONTAINERS: &[&str] = &[
    "container-title",
    "container-title-short",
    "collection-title",
    "event-title",
    "event",
    "journalAbbreviation",
];

/// Fields of which one says where a work of a type is.
fn locators(kind: &str) -> Option<&'static [&'static str]> {
    Some(match kind {
        "article-journal" | "article-magazine" | "chapter" | "paper-conference" => {
            &["volume", "issue", "page", "number", "page-first", "locator"]
        }
        "book" | "report" | "thesis" => &["publisher", "number", "archive", "call-number"],
        "webpage" | "post-weblog" => &[],
        _ => return None,
    })
}

fn check(_: &FileContext<'_>, record: &Record<'_>, out: &mut Sink<'_>) {
    let Some(kind) = record.text("type") else { return };
    let Some(places) = locators(kind.as_str()) else { return };
    // Who wrote a chapter, and when, may stand in the entry of its book.
    let takes = |name: &&str| record.node.is_some_and(|node| node.get(name).is_some());
    if ["x-bibtex-crossref", "x-bibtex-xdata"].iter().any(takes) {
        return;
    }
    // That a field has no value at all is told by the schema.
    let is_null = |name: &str| record.node?.get(name).map(Node::is_null);
    let is_there = |name: &&str| {
        record.field(name).is_some_and(|node| !is_empty(node)) || is_null(name) == Some(true)
    };
    let own = record.title();
    let title = own.as_ref().map_or("this work", |text| text.as_str().trim());
    let span = own.as_ref().map_or(record.anchor(), Text::span);
    let has = |names: &[&str]| names.iter().any(is_there);
    let is_web = matches!(kind.as_str(), "webpage" | "post-weblog");
    let mut lacks = Vec::new();
    if !is_web && !has(PEOPLE) {
        lacks.push(("no author", "`author` (an organisation is one too)".to_owned()));
    }
    if !is_web && !has(DATES) {
        lacks.push(("no year", "`issued` (or `undated: true`)".to_owned()));
    }
    if !has(IDENTIFIERS) {
        // `@inbook` is part of the book whose title it has.
        let is_part = places.contains(&"page") && record.file().format != Format::Bibtex
            || kind.as_str() == "article-journal";
        if !has(places) {
            let fields = match places {
                [first, second, ..] => format!("`DOI`, `URL`, or `{first}` and `{second}`"),
                _ => "`URL`".to_owned(),
            };
            lacks.push(("no place where it is found", fields));
        } else if is_part && !has(CONTAINERS) {
            let what = match kind.as_str() {
                "chapter" => "no book",
                "paper-conference" => "no proceedings",
                _ => "no journal",
            };
            lacks.push((what, "`container-title`, `DOI` or `URL`".to_owned()));
        }
    }
    if lacks.is_empty() {
        return;
    }
    let named: Vec<_> = lacks.iter().map(|(what, _)| (*what).to_owned()).collect();
    let fields: Vec<_> = lacks.into_iter().map(|(_, fields)| fields).collect();
    out.report(span, format!("{} has {}", quoted_name(title), and(&named)))
        .help(format!("add {}", and(&fields)));
}

/// Whether a value says nothing: `''`, `[]`, `[{family: ''}]`.
fn is_empty(node: Node<'_>) -> bool {
    match node.kind() {
        Kind::Sequence => node.items().all(is_empty),
        Kind::Mapping => node.entries().all(|entry| is_empty(entry.value)),
        _ => node.is_null() || node.scalar_text().trim().is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn what_is_missing_is_named() {
        check(
            &RULE,
            "
//- resources/a.yaml
- {id: a, type: webpage, title: Rücken}
                                ^^^^^^ `Rücken` has no place where it is found
- {id: b, type: article-journal, title: Back, issued: 2020, volume: 3}
                                        ^^^^ `Back` has no author and no journal
- {id: g, type: article-journal, title: Spine, author: Roe, issued: 2020, volume: 3, page: 3-9}
                                        ^^^^^ `Spine` has no journal
- {id: h, type: chapter, title: Neck, author: Roe, issued: 2020, publisher: Press, page: 3-9}
                                ^^^^ `Neck` has no book
- {id: d, type: book, title: Hip}
                             ^^^ `Hip` has no author, no year and no place where it is found
- {id: c, type: book, title: Knee, author: [{family: Roe}], publisher: Press}
                             ^^^^ `Knee` has no year
- {id: e, type: book, title: Calf, author: [], issued: {date-parts: [[]]}, ISBN: 9780000000002}
                             ^^^^ `Calf` has no author and no year
- {id: f, type: book, title: Foot, author: [{family: ''}], issued: 2001, ISBN: 9780000000002}
                             ^^^^ `Foot` has no author
",
        );
    }

    #[test]
    fn what_is_enough() {
        silent(
            &RULE,
            "
//- resources/a.yaml
- {id: a, type: webpage, title: A, URL: 'https://example.org/a'}
- {id: b, type: article-journal, title: B, author: [{family: Roe}], issued: 2020, container-title: J Backs, page: 3-9}
- {id: c, type: article-journal, title: C, author: [{family: Roe}], issued: 2020, DOI: 10.1000/abc}
- {id: d, type: book, title: D, editor: [{family: Roe}], issued: {date-parts: [[2001]]}, publisher: Press}
- {id: e, type: report, title: E, publisher: World Health Organization, undated: true, URL: 'https://example.org/e'}
- {id: f, type: motion_picture, title: F}
- {id: i, type: book, title: I, author: Roe, publisher: Press, issued: }
- {id: g, title: G}
- {key: h, document_type: report, title: H, byline: Roe, publication_date: 2020, website: 'https://example.org/h'}
",
        );
    }

    #[test]
    fn what_another_entry_gives() {
        check(
            &RULE,
            "
//- a.bib
@incollection{a, author = {Roe, R.}, title = {Rücken}, crossref = {c}, pages = {3--9}}
@incollection{b, author = {Roe, R.}, title = {Hip}, xref = {c}, pages = {3--9}}
                                              ^^^ `Hip` has no year
@inbook{d, author = {Roe, R.}, title = {Knees}, publisher = {Press}, year = 2001, pages = {3--9}}
@book{c, editor = {Doe, D.}, title = {Backs}, publisher = {Press}, year = 2001}
",
        );
    }
}
