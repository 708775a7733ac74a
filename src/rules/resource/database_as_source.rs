//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::model::Record;
use crate::normal;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::syntax::{Node, Text};

pub static RULE: Rule = Rule {
    id: "resource/database-as-source",
    summary: "a search engine, an encyclopedia or an assistant stands where the journal, publisher or author should",
    level: Level::Warning,
    kinds: &[
        RuleKind {
            name: "database",
            level: Level::Warning,
            summary: "a database or search engine is given as what published the work",
        },
        RuleKind {
            name: "tertiary",
            level: Level::Info,
            summary: "the work is a page that anybody may change",
        },
        RuleKind {
            name: "assistant",
            level: Level::Error,
            summary: "a program that writes text is given as an author",
        },
    ],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Strict,
    since: "0.1.0",
    docs: r#"
PubMed lists articles and publishes none: who looks for the work there finds its journal, and it is the journal that
reviewed it. A program that writes text can answer for nothing, so that it is no author (ICMJE recommendations,
section II.A.4).

```yaml fail
id: lee-2023
type: article-journal
title: Back pain and exercise
container-title: PubMed
issued: 2023
```

```yaml pass
id: lee-2023
type: article-journal
title: Back pain and exercise
container-title: Journal of Backs
issued: 2023
```

The whole of a field is compared: "Cochrane Database of Systematic Reviews" is a journal. Web pages, programs and data
sets may be published by a database, and what is offered with `role: further-reading` may be a page that anybody may
change. Open the work, and name what published it.
"#,
    check: Check::Resource(check),
};

const DATABASES: &[&str] = &[
    "pubmed",
    "pubmed central",
    "medline",
    "google",
    "google scholar",
    "scopus",
    "web of science",
    "sciencedirect",
    "ebsco",
    "ebscohost",
    "jstor",
    "semantic scholar",
    "researchgate",
    "academia edu",
    "embase",
    "cinahl",
];
const OPEN_PAGES: &[&str] = &[
    "wikipedia",
    "wikipedia contributors",
    "wikipedia free encyclopedia",
    "wikihow",
    "quora",
    "reddit",
];
/// Names that people have ("Claude") stand here with what tells the program apart.
const ASSISTANTS: &[&str] = &[
    "chatgpt",
    "openai chatgpt",
    "gpt 4",
    "google gemini",
    "microsoft copilot",
    "github copilot",
    "perplexity ai",
    "claude ai",
    "ai assistant",
];
/// Of these, a database may be the publisher.
const OWN_WORKS: &[&str] =
    &["webpage", "website", "post", "post-weblog", "software", "dataset", "map"];

fn check(_: &FileContext<'_>, record: &Record<'_>, out: &mut Sink<'_>) {
    let kind = record.text("type");
    let is_own = kind.is_some_and(|kind| OWN_WORKS.contains(&kind.as_str()));
    let is_evidence = record.text("role").is_none_or(|role| role.as_str() == "evidence");
    let authors = record.field("author").into_iter().flat_map(names);
    let places = ["container-title", "publisher"].into_iter().filter_map(|name| record.text(name));
    for (text, is_author) in authors.map(|own| (own, true)).chain(places.map(|own| (own, false))) {
        let name = normal::bare(text.as_str());
        let is = |list: &[&str]| list.contains(&name.as_str());
        let written = text.as_str().trim();
        if is_author && is(ASSISTANTS) {
            out.report(text.span(), format!("`{written}` is a program, and no author"))
                .kind("assistant")
                .help("name who answers for the text");
        } else if !is_author && !is_own && is(DATABASES) {
            out.report(
                text.span(),
                format!("`{written}` lists works and did not publish this one"),
            )
            .kind("database")
            .help("name the journal or the publisher");
        } else if is_evidence && is(OPEN_PAGES) {
            out.report(text.span(), format!("`{written}` is no source of evidence"))
                .kind("tertiary")
                .help("cite what the page cites, or say `role: further-reading`");
        }
    }
}

/// Names that are written whole: texts, and those of organisations.
fn names(authors: Node<'_>) -> Vec<Text<'_>> {
    if authors.is_sequence() {
        authors.items().filter_map(whole_name).collect()
    } else {
        whole_name(authors).into_iter().collect()
    }
}

fn whole_name(author: Node<'_>) -> Option<Text<'_>> {
    let organisation = || author.get("literal").or_else(|| author.get("name"))?.text();
    author.text().or_else(organisation)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn what_stands_for_a_journal() {
        check(
            &RULE,
            "
id: röe-2020
type: article-journal
title: Rygg och rörelse
author: [{literal: ChatGPT}, A. Roe]
                   ^^^^^^^ `ChatGPT` is a program, and no author
container-title: PubMed
                 ^^^^^^ `PubMed` lists works and did not publish this one
",
        );
        check(
            &RULE,
            "
id: röe-2020
type: webpage
title: Ryggont – översikt
author: Wikipedia contributors
        ^^^^^^^^^^^^^^^^^^^^^^ `Wikipedia contributors` is no source of evidence
publisher: Google
",
        );
    }

    #[test]
    fn journals_people_and_further_reading() {
        silent(
            &RULE,
            "
- {id: a, type: article-journal, title: A, container-title: Cochrane Database of Systematic Reviews}
- {id: b, type: book, title: B, author: [{family: Claude, given: Anna}, {literal: Gemini}], publisher: Google Press}
- {id: c, type: webpage, title: C, publisher: PubMed}
- {id: d, type: webpage, title: D, publisher: Wikipedia, role: further-reading}
",
        );
    }
}
