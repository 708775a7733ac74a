//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::facts::Bibliography;
use crate::model::ContentKind;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::syntax::BlockKind;

pub static RULE: Rule = Rule {
    id: "claim/uncited-reference",
    summary: "a reference in the list is never cited",
    level: Level::Warning,
    kinds: &[RuleKind {
        name: "none-cited",
        level: Level::Error,
        summary: "no entry of the list is cited at all",
    }],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Default,
    since: "0.1.0",
    docs: r#"
A list at the end gives an air of support, and readers cannot tell what supports what.

```markdown fail
# Back pain

Most episodes settle.

## References

1. Smith 2020, on something.
2. Jones 2021, on something else.
```

```markdown pass
# Back pain

Most episodes settle [1], and movement helps [2].

## References

1. Smith 2020, on something.
2. Jones 2021, on something else.
```

Cite each entry where it is used, and move the rest under "Further reading". Sources of an exercise
or a quiz belong to the record as a whole and need no mark in a text.
"#,
    check: Check::File(check),
};

fn check(context: &FileContext<'_>, out: &mut Sink<'_>) {
    // Who learns from a quiz looks things up behind it.
    if context.records.iter().any(|record| record.kind == ContentKind::Quiz) {
        return;
    }
    for list in &context.facts.bibliographies {
        if !list.in_field && is_all(context, list) {
            continue;
        }
        let uncited: Vec<_> = list.entries.iter().filter(|entry| !entry.cited).collect();
        if uncited.len() == list.entries.len() && list.entries.len() > 1 {
            out.report(
                list.heading.span,
                format!("none of the {} references is cited in the text", list.entries.len()),
            )
            .kind("none-cited")
            .help("mark in the text what each one supports");
            continue;
        }
        // A list without numbers can be cited in ways nobody can see.
        if !list.citable {
            continue;
        }
        for entry in uncited {
            let name = if entry.key.chars().all(|c| c.is_ascii_digit()) {
                format!("reference {}", entry.key)
            } else {
                format!("the source `{}`", entry.key)
            };
            out.report(entry.site.span, format!("{name} is never cited in the text"))
                .label("supports nothing")
                .help("cite it where it is used, or move it to \"Further reading\"");
        }
    }
}

/// Whether no text stands before the list, as on a page of sources: nothing could cite them.
fn is_all(context: &FileContext<'_>, list: &Bibliography) -> bool {
    /// Names, dates and labels are shorter.
    const SENTENCE: usize = 5;
    let start = list.heading.span.start;
    let body = context.records.iter().find_map(|record| record.body);
    let ends = |text: &str| text.ends_with(['.', '!', '?', '\u{3002}']);
    let is_long = |text: &str| text.split_whitespace().nth(SENTENCE - 1).is_some();
    let is_sentence = |text: &str| ends(text) || is_long(text) && !text.ends_with(':');
    !body.is_some_and(|body| {
        let before = body.blocks.iter().take_while(|block| block.span.start < start);
        let mut texts =
            before.filter(|own| !own.quoted && !matches!(own.kind, BlockKind::Heading { .. }));
        texts.any(|block| is_sentence(body.block_text(block).trim_end()))
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, diagnostics, files, silent};

    #[test]
    fn an_entry_that_nobody_cites() {
        check(
            &RULE,
            r#"
---
title: Ryggont
sources: [smith, jönsson]
                 ^^^^^^^ the source `jönsson` is never cited in the text
---
Det går över [@smith].
"#,
        );
    }

    #[test]
    fn one_letter_from_what_is_cited() {
        let article = |key: &str| {
            format!(
                "---\ntitle: Ryggont\nsources: [roe-2020, smith-2019]\n---\nDet går [@roe-2020] över [@{key}].\n"
            )
        };
        for (key, uncited) in
            [("smit-2019", 0), ("smiht-2019", 0), ("smyth-2009", 1), ("roe-2020", 1)]
        {
            let said = diagnostics(&files(&RULE, &article(key)));
            let own = said.iter().filter(|own| own.rule == RULE.id);
            assert_eq!(own.count(), uncited, "{key}");
        }
    }

    #[test]
    fn a_list_that_nobody_cites() {
        check(
            &RULE,
            r#"
# Pain

It settles.

## Sources
   ^^^^^^^ none of the 2 references is cited in the text

1. Smith 2020.
2. Jones 2021.
"#,
        );
    }

    #[test]
    fn a_page_of_sources() {
        let sources = "## Sources\n\n1. Smith 2020.\n2. Jones 2021.\n";
        silent(&RULE, &format!("# Ryggont\n\nMade by:\n\n- Anna Roe\n\n{sources}"));
        let page = format!("# Ryggont\n\nDet g\u{e5}r \u{f6}ver.\n\n{sources}");
        let said = diagnostics(&files(&RULE, &page));
        assert!(said.iter().any(|own| own.kind == Some("none-cited")));
    }

    #[test]
    fn authors_and_further_reading_count() {
        silent(
            &RULE,
            r#"
# Pain

It settles (Smith, 2020). Jones (2021) saw it too.

## References

1. Smith A. On pain. 2020.
2. Jones B. On movement. 2021.

## Further reading

- A book nobody cites.
- Another one.
"#,
        );
    }
}
