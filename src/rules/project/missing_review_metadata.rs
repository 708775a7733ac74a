//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::lexicon::{Concept, concept_of};
use crate::model::{self, ContentKind, Record};
use crate::normal;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::source::Span;
use crate::syntax::{BlockKind, Node};
use crate::words::{and, quoted_name};

pub static RULE: Rule = Rule {
    id: "project/missing-review-metadata",
    summary: "a record does not say who wrote and reviewed it, when, with what interests, or on what sources",
    level: Level::Error,
    kinds: &[
        RuleKind {
            name: "missing",
            level: Level::Error,
            summary: "a published record leaves something out",
        },
        RuleKind {
            name: "missing-in-review",
            level: Level::Warning,
            summary: "a record in review has no authors or no sources",
        },
        RuleKind {
            name: "missing-in-draft",
            level: Level::Off,
            summary: "a draft, or a record without `status`, has no authors",
        },
        RuleKind {
            name: "reviewer-is-author",
            level: Level::Warning,
            summary: "somebody reviewed a text of their own",
        },
        RuleKind {
            name: "no-credential",
            level: Level::Warning,
            summary: "nothing says why a reviewer can judge the text",
        },
        RuleKind {
            name: "review-order",
            level: Level::Warning,
            summary: "the next review lies before the last one",
        },
    ],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Relaxed,
    since: "0.1.0",
    docs: r#"
Readers judge health information by who stands behind it: authors, sources, interests and dates (the
JAMA benchmarks; HONcode; PIF TICK).

```yaml fail
name: Bridge
status: published
authors: [A. Roe]
```

```yaml pass
name: Bridge
status: published
authors: [A. Roe]
reviewedBy: ["B. Doe, physiotherapist"]
lastReviewed: 2026-10-01
nextReview: 2028-10-01
sources: [acsm-2011]
disclosure: No funding, no interests.
```

What is needed grows with `status`: a draft, or a record without `status`, should name its `authors` (off unless the settings give `missing-in-draft` a level);
a record in review also its `sources` (warning); a published one also `reviewedBy`, `lastReviewed`,
`nextReview` and `disclosure` (error). What is missing is one diagnostic. Retired records, resources
and the project's own kinds are left alone. A reference list in the body, and sources of claims and
questions, count as sources.

A reviewer is somebody else than the authors and has a role, a registration or an affiliation:
`{name: B. Doe, role: physiotherapist}` or "B. Doe, physiotherapist". Organisations (`{literal: ...}`)
need none. The day of the next review is later than that of the last one.
"#,
    check: Check::Record(check),
};

fn check(_: &FileContext<'_>, record: &Record<'_>, out: &mut Sink<'_>) {
    if !matches!(record.kind, ContentKind::Exercise | ContentKind::Quiz | ContentKind::Article) {
        return;
    }
    let status = record.text("status");
    let status = status.as_ref().map_or("", |status| status.as_str());
    let (needed, kind): (&[&str], _) = match status {
        "published" => (
            &["authors", "reviewedBy", "lastReviewed", "nextReview", "sources", "disclosure"],
            "missing",
        ),
        "review" => (&["authors", "sources"], "missing-in-review"),
        "retired" => return,
        _ => (&["authors"], "missing-in-draft"),
    };
    let missing: Vec<&str> =
        needed.iter().copied().filter(|field| !is_stated(record, field)).collect();
    if !missing.is_empty() {
        let names: Vec<String> = missing.iter().map(|field| format!("`{field}`")).collect();
        let lacks: Vec<String> = names.iter().map(|name| format!("no {name}")).collect();
        let kind_name = record.kind.name();
        let title = record
            .title()
            .map_or(String::new(), |title| format!(" {}", quoted_name(title.as_str())));
        let what = match status {
            "published" | "draft" => format!("the {status} {kind_name}{title}"),
            "review" => format!("the {kind_name}{title} in review"),
            _ => format!("the {kind_name}{title}"),
        };
        out.report(record.anchor(), format!("{what} has {}", and(&lacks)))
            .kind(kind)
            .help(format!("add {}", names.join(", ")));
    }
    check_reviewers(record, out);
    check_order(record, out);
}

fn check_order(record: &Record<'_>, out: &mut Sink<'_>) {
    let day = |field: &str| {
        let text = record.text(field)?;
        let day = text.as_str().trim().to_owned();
        let is_day = day.len() == "2026-01-31".len()
            && day.bytes().enumerate().all(|(at, byte)| match at {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        is_day.then(|| (day, text.span()))
    };
    let (Some((last, done)), Some((next, span))) = (day("lastReviewed"), day("nextReview")) else {
        return;
    };
    if next < last {
        out.report(span, "the next review lies before the last one")
            .kind("review-order")
            .related(done, "reviewed then")
            .help("correct one of the two dates");
    }
}

fn is_stated(record: &Record<'_>, field: &str) -> bool {
    let says = |node: Node<'_>| {
        if node.is_sequence() {
            node.items().next().is_some()
        } else {
            node.is_mapping() || !node.scalar_text().trim().is_empty()
        }
    };
    record.field(field).is_some_and(says) || field == "sources" && has_other_sources(record)
}

/// Sources of questions and claims, or a section of sources in the body.
fn has_other_sources(record: &Record<'_>) -> bool {
    let lists = ["claims", "questions"].into_iter().filter_map(|field| record.field(field));
    let of_items = lists
        .flat_map(model::members)
        .any(|item| item.get("sources").is_some_and(|own| !own.is_null()));
    let is_list = |(body, block): (&crate::syntax::Prose, &crate::syntax::Block)| {
        matches!(block.kind, BlockKind::Heading { .. })
            && concept_of(body.block_text(block)) == Some(Concept::Sources)
    };
    of_items
        || record.body.is_some_and(|body| body.blocks.iter().any(|block| is_list((body, block))))
}

/// Somebody named as author or reviewer.
struct Person {
    span: Span,
    /// As shown in messages.
    name: String,
    /// For telling whether two are one.
    key: String,
    orcid: Option<String>,
    /// An organisation, or a person with a role, registration or affiliation.
    has_credential: bool,
}

fn check_reviewers(record: &Record<'_>, out: &mut Sink<'_>) {
    let authors = people(record, "authors");
    for reviewer in people(record, "reviewedBy") {
        let same = |author: &&Person| {
            author.key == reviewer.key || author.orcid.is_some() && author.orcid == reviewer.orcid
        };
        if let Some(author) = authors.iter().find(same) {
            out.report(reviewer.span, format!("`{}` reviewed a text of their own", reviewer.name))
                .kind("reviewer-is-author")
                .related(author.span, "named as author here")
                .help("ask somebody else to review it");
        } else if !reviewer.has_credential {
            out.report(
                reviewer.span,
                format!("nothing says why `{}` can review this", reviewer.name),
            )
            .kind("no-credential")
            .help("add `role:`, as in `{name: ..., role: physiotherapist}`");
        }
    }
}

fn people(record: &Record<'_>, field: &str) -> Vec<Person> {
    let Some(list) = record.field(field) else { return Vec::new() };
    let entries: Vec<Node<'_>> =
        if list.is_sequence() { list.items().collect() } else { vec![list] };
    entries.into_iter().filter_map(person).collect()
}

fn person(node: Node<'_>) -> Option<Person> {
    if let Some(text) = node.text() {
        // "B. Doe, physiotherapist" and "B. Doe (physiotherapist)".
        let value = text.as_str().trim();
        let name = value.split([',', '(', ';']).next().unwrap_or(value).trim();
        return (!name.is_empty()).then(|| Person {
            span: text.span(),
            name: name.to_owned(),
            key: normal::bare(name),
            orcid: None,
            has_credential: name.len() < value.len(),
        });
    }
    let part = |field: &str| {
        node.get(field).and_then(Node::as_str).map(str::trim).filter(|part| !part.is_empty())
    };
    let name = match (part("name").or_else(|| part("literal")), part("given"), part("family")) {
        (Some(name), ..) => name.to_owned(),
        (None, Some(given), Some(family)) => format!("{given} {family}"),
        (None, one, other) => one.or(other)?.to_owned(),
    };
    let credential = ["role", "registration", "affiliation", "literal"]
        .iter()
        .any(|field| part(field).is_some());
    Some(Person {
        span: node.span(),
        key: normal::bare(&name),
        name,
        orcid: part("ORCID").map(str::to_owned),
        has_credential: credential,
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn what_a_status_asks_for() {
        check(
            &RULE,
            "
- name: Höftlyft
        ^^^^^^^^ the exercise `Höftlyft` has no `authors`
- name: Plank
        ^^^^^ the exercise `Plank` in review has no `sources`
  status: review
  authors: [A. Roe]
- name: Squat
        ^^^^^ the published exercise `Squat` has no `reviewedBy`, no `nextReview` and no `disclosure`
  status: published
  authors: [A. Roe]
  lastReviewed: 2026-10-01
  sources: [acsm-2011]
",
        );
    }

    #[test]
    fn who_reviews() {
        check(
            &RULE,
            "
- name: A – bridge
  authors: [{family: Roe, given: Anna}]
            -------------------------- named as author here
  reviewedBy: [Anna Roe, B. Doe]
               ^^^^^^^^ `Anna Roe` reviewed a text of their own
                         ^^^^^^ nothing says why `B. Doe` can review this
",
        );
    }

    #[test]
    fn a_review_before_the_last_one() {
        check(
            &RULE,
            "
- name: Höftlyft
  authors: [A. Roe]
  lastReviewed: 2026-10-01
                ---------- reviewed then
  nextReview: 2025-10-01
              ^^^^^^^^^^ the next review lies before the last one
- {name: B, authors: [A. Roe], lastReviewed: 2026-10-01, nextReview: 2026-10-01}
- {name: C, authors: [A. Roe], lastReviewed: 2026-10-01, nextReview: 'Jan 2020'}
",
        );
    }

    #[test]
    fn records_that_say_it() {
        silent(
            &RULE,
            "
- name: A
  authors: [A. Roe]
- name: B
  status: published
  authors: [{literal: caveat contributors}]
  reviewedBy: ['B. Doe, physiotherapist', {literal: A society}, {name: C. Poe, role: nurse}]
  lastReviewed: 2026-10-01
  nextReview: 2028-10-01
  disclosure: none
  claims: [{text: It helps., sources: [acsm-2011]}]
- {name: C, status: retired}
",
        );
        silent(&RULE, "//- resources/a.yaml\ntitle: A book\n");
        silent(
            &RULE,
            "---\ntitle: Hips\nstatus: review\nauthors: A. Roe\n---\n\nText.\n\n## Källor\n\n1. A book.\n",
        );
    }
}
