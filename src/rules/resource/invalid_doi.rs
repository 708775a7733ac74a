//! See `docs`.

use crate::diagnostic::{Applicability, Confidence, Level};
use crate::lexicon;
use crate::model::Record;
use crate::model::identifier::{Doi, Scheme, is_doi, is_short_doi};
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::source::Span;
use crate::syntax::{BlockKind, MarkKind, Prose, Text};
use percent_encoding::percent_decode_str;
use regex::Regex;
use std::sync::LazyLock;

pub static RULE: Rule = Rule {
    id: "resource/invalid-doi",
    summary: "a DOI is malformed, a placeholder, or written as an address",
    level: Level::Error,
    kinds: &[
        RuleKind { name: "syntax", level: Level::Error, summary: "it has not the form of a DOI" },
        RuleKind {
            name: "placeholder",
            level: Level::Error,
            summary: "it is a DOI for examples and tests",
        },
        RuleKind {
            name: "trailing",
            level: Level::Error,
            summary: "punctuation follows that is no part of it",
        },
        RuleKind {
            name: "form",
            level: Level::Info,
            summary: "an address or a label stands before it",
        },
    ],
    confidence: Confidence::High,
    fix: Fixability::Sometimes,
    profile: Profile::Relaxed,
    since: "0.1.0",
    docs: r#"
A DOI that does not resolve is a source that nobody can read.

```yaml fail
title: A trial
DOI: https://dx.doi.org/10.1136/bjsports-2016-096651.
```

```yaml pass
title: A trial
DOI: 10.1136/bjsports-2016-096651
```

A DOI is `10.`, a number of four to nine digits, `/`, and a suffix without blanks; brackets belong to
some old ones. It is looked for in every `DOI` field, also of resources that are written in place,
in doi.org links, and behind `doi:` in a body. Prefixes for examples (`10.1234`, `10.5555`) and suffixes such as `xxxx` are
placeholders. Nothing is looked up.

The fix takes away address, label and final punctuation.
"#,
    check: Check::Record(check),
};

fn check(_: &FileContext<'_>, record: &Record<'_>, out: &mut Sink<'_>) {
    let mappings = record.node.into_iter().flat_map(|node| node.descendants());
    for entry in mappings
        .filter(|node| node.is_mapping() && !node.is_alias())
        .flat_map(|node| node.entries())
    {
        match entry.name() {
            "DOI" => entry.value.scalar().into_iter().for_each(|text| check_field(&text, out)),
            "URL" => entry
                .value
                .text()
                .into_iter()
                .for_each(|text| check_link(text.as_str(), text.inner_span(), out)),
            _ => {}
        }
    }
    for mark in record.body.into_iter().flat_map(|body| &body.marks) {
        if let MarkKind::Link { target, .. } = &mark.kind {
            check_link(target, mark.span, out);
        }
    }
    record.body.into_iter().for_each(|body| check_labels(body, out));
}

/// "doi:10.1136/..." in running text that is no link.
fn check_labels(body: &Prose, out: &mut Sink<'_>) {
    static LABEL: LazyLock<Regex> = LazyLock::new(|| {
        lexicon::regex(r"\b(?:doi|DOI):?\s?(?P<doi>10\.[0-9][^\s<>]*[^\s<>.,;:/)\]])")
    });
    for block in body.blocks.iter().filter(|block| block.kind != BlockKind::Code) {
        let text = body.block_text(block);
        if memchr::memmem::find(text.as_bytes(), b"10.").is_none() {
            continue;
        }
        for captures in LABEL.captures_iter(text) {
            let found = captures.name("doi").expect("the expression has it");
            let name = Doi::of(found.as_str()).name;
            let start = block.text.start + found.start();
            // It goes on in the next line, or its link is looked at.
            let is_torn = text[found.end()..].starts_with('/');
            if !is_torn && !is_linked(body, start) {
                check_told(name, body.span(start..start + name.len()), out);
            }
        }
    }
}

/// Whether the text at a place belongs to a link, or is code.
fn is_linked(body: &Prose, at: usize) -> bool {
    const NEAR: usize = 8;
    let behind = body.marks.partition_point(|mark| mark.text.start <= at);
    let near = body.marks[..behind].iter().rev().take(NEAR);
    let is_it = |kind: &MarkKind| matches!(kind, MarkKind::Link { .. } | MarkKind::Code);
    near.filter(|mark| at < mark.text.end).any(|mark| is_it(&mark.kind))
}

fn check_field(text: &Text<'_>, out: &mut Sink<'_>) {
    let value = text.as_str();
    if value.trim().is_empty() {
        return;
    }
    let decoded = percent_decoded(value);
    let doi = Doi::of(decoded.as_deref().unwrap_or(value));
    let (span, name) = (text.inner_span(), doi.name);
    if is_short_doi(name) {
        out.report(span, format!("`{name}` is a short DOI"))
            .kind("form")
            .help("write the full DOI that https://doi.org shows for it");
    } else if !is_doi(name) {
        let diagnostic = out.report(span, format!("`{}` is not a DOI", value.trim()));
        diagnostic.kind("syntax");
        match Scheme::of(value) {
            Some(other) if other != Scheme::Doi => diagnostic.help(format!(
                "it is an {}: move it to `{}`",
                other.name(),
                other.field()
            )),
            _ => diagnostic.help("a DOI reads like `10.1136/bjsports-2016-096651`"),
        };
    } else if let Some(sign) = placeholder(name) {
        report_placeholder(span, name, sign, out);
    } else if !doi.trailing.trim().is_empty() {
        // The mark behind the DOI, where the value is as written.
        let tail = if decoded.is_none() {
            text.span_of(doi.range.end..doi.range.end + doi.trailing.len())
        } else {
            span
        };
        out.report(tail, format!("`{}` after the DOI is no part of it", doi.trailing.trim()))
            .kind("trailing")
            .fix(format!("write `{name}`"), Applicability::Safe, span, name);
    } else if doi.wrapped || decoded.is_some() {
        out.report(span, format!("the DOI is written as `{}`", value.trim()))
            .kind("form")
            .help(format!("write `{name}`"))
            .fix(format!("write `{name}`"), Applicability::Safe, span, name);
    }
}

/// A link or address that leads to doi.org.
fn check_link(target: &str, span: Span, out: &mut Sink<'_>) {
    let target = target.trim();
    let is_resolver = [
        "https://doi.org/",
        "http://doi.org/",
        "https://dx.doi.org/",
        "http://dx.doi.org/",
        "https://www.doi.org/",
    ]
    .iter()
    .any(|prefix| target.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix)));
    if !is_resolver {
        return;
    }
    let target = target.split(['?', '#']).next().unwrap_or(target);
    let decoded = percent_decoded(target);
    let doi = Doi::of(decoded.as_deref().unwrap_or(target));
    // A link to the resolver itself, or to one of its pages.
    if !doi.name.starts_with("10") || is_short_doi(doi.name) {
        return;
    }
    check_told(doi.name, span, out);
}

fn check_told(name: &str, span: Span, out: &mut Sink<'_>) {
    if !is_doi(name) {
        out.report(span, format!("`{name}` is not a DOI"))
            .kind("syntax")
            .help("a DOI reads like `10.1136/bjsports-2016-096651`");
    } else if let Some(sign) = placeholder(name) {
        report_placeholder(span, name, sign, out);
    }
}

fn report_placeholder(span: Span, name: &str, sign: &str, out: &mut Sink<'_>) {
    out.report(span, format!("`{name}` is a placeholder, not the DOI of a work"))
        .kind("placeholder")
        .label(format!("`{sign}` is for examples"))
        .help("look the DOI up at https://search.crossref.org");
}

/// What shows that a DOI stands for no work.
// Source: Crossref test prefix 10.5555; 10.1234 in the examples of many manuals.
fn placeholder(name: &str) -> Option<&str> {
    const PREFIXES: &[&str] = &["10.1234", "10.5555", "10.0000", "10.9999", "10.12345"];
    const SUFFIXES: &[&str] = &[
        "12345",
        "123456",
        "1234567",
        "123456789",
        "example",
        "placeholder",
        "todo",
        "tbd",
        "suffix",
        "doi",
    ];
    let (prefix, suffix) = name.split_once('/')?;
    if PREFIXES.contains(&prefix) {
        return Some(prefix);
    }
    let lower = suffix.to_ascii_lowercase();
    let is_sign = SUFFIXES.contains(&lower.as_str())
        || lower.contains("xxxx")
        || lower.starts_with("example.");
    is_sign.then_some(suffix)
}

/// The value with `%2F` and the like resolved; `None` when there is nothing to resolve.
fn percent_decoded(value: &str) -> Option<String> {
    let decoded = percent_decode_str(value).decode_utf8().ok()?;
    (decoded != value).then(|| decoded.into_owned())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, diagnostics, files, silent};

    #[test]
    fn dois_that_are_none() {
        check(
            &RULE,
            "
- title: Ryggvärk – en studie
  DOI: 10.1136
       ^^^^^^^ `10.1136` is not a DOI
- title: A book
  DOI: 978-0-306-40615-7
       ^^^^^^^^^^^^^^^^^ `978-0-306-40615-7` is not a DOI
- title: An example
  DOI: 10.5555/12345678
       ^^^^^^^^^^^^^^^^ `10.5555/12345678` is a placeholder, not the DOI of a work
- title: Another
  DOI: 10.1016/j.jbmt.xxxx
       ^^^^^^^^^^^^^^^^^^^ `10.1016/j.jbmt.xxxx` is a placeholder, not the DOI of a work
",
        );
    }

    #[test]
    fn addresses_and_what_follows() {
        check(
            &RULE,
            r#"
- title: A
  DOI: https://dx.doi.org/10.1136/bjsports-2016-096651
       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the DOI is written as `https://dx.doi.org/10.1136/bjsports-2016-096651`
- title: B
  DOI: "10.1136/bjsports-2016-096651."
                                    ^ `.` after the DOI is no part of it
- title: C
  DOI: 10/abc
       ^^^^^^ `10/abc` is a short DOI
"#,
        );
    }

    #[test]
    fn links_in_bodies_and_sources_in_place() {
        check(
            &RULE,
            "//- articles/hips.md
---
title: Hips
sources:
  - {title: A trial, DOI: 10.1136}
                          ^^^^^^^ `10.1136` is not a DOI
---

See [the trial](https://doi.org/10.1136) and [more](https://doi.org/the-identifier/).
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `10.1136` is not a DOI
",
        );
    }

    #[test]
    fn the_fix_leaves_the_doi() {
        let files = files(&RULE, "title: A\nDOI: 'doi:10.1000/a%2Fb'\n");
        let said = diagnostics(&files);
        let fix = said
            .iter()
            .find(|own| own.rule == RULE.id)
            .and_then(|own| own.fix.clone())
            .expect("a fix");
        assert_eq!(fix.edits[0].replacement, "10.1000/a/b");
        assert_eq!(&files[0].text[fix.edits[0].span.range()], "doi:10.1000/a%2Fb");
    }

    #[test]
    fn dois_of_all_ages() {
        silent(
            &RULE,
            r#"
- {title: A, DOI: 10.1136/bjsports-2016-096651}
- {title: B, DOI: "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2"}
- {title: C, DOI: 10.1016/0021-8502(95)00045-8}
- {title: D, URL: "https://doi.org/10.1136/bjsports-2016-096651"}
- {title: E, URL: "https://www.doi.org/the-identifier/"}
- {title: F}
"#,
        );
    }

    #[test]
    fn dois_behind_their_label() {
        check(
            &RULE,
            "//- articles/a.md
# Källor

1. Berg A. On backs. 2019. doi:10.1136bjsports-2016.
                               ^^^^^^^^^^^^^^^^^^^^ `10.1136bjsports-2016` is not a DOI
2. Holm B. On hips. 2020. DOI: 10.1234/abc (in print)
                               ^^^^^^^^^^^ `10.1234/abc` is a placeholder, not the DOI of a work
",
        );
        silent(
            &RULE,
            "//- articles/a.md\n# Sources\n\n1. A. doi:10.1016/S0140-6736(18)30480-X.\n2. B. (doi: 10.1136/bmj.g1687)\n3. C. doi:10.1136/\nbmj.g1687\n\nWrite `doi:10.12`. Version 10.2 of the doi: 10 of them.\n",
        );
    }
}
