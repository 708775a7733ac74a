//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::facts::{Bibliography, BibliographyEntry, ProjectFacts};
use crate::model::ContentKind;
use crate::rule::{Check, Fixability, Profile, Rule, RuleKind, Sink};
use crate::source::FilePath;
use std::collections::HashSet;

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

Cite each entry where it is used, and move the rest under "Further reading", or give the resource
`role: further-reading`. Sources of an exercise or a quiz belong to the record as a whole and need no
mark in a text; nor do organisations and tools (`role`).
"#,
    check: Check::Project(check),
};

fn check(facts: &ProjectFacts<'_>, out: &mut Sink<'_>) {
    let mut offered = None;
    for (&path, file) in &facts.files {
        // Who learns from a quiz looks things up behind it.
        if file.records.iter().any(|record| record.kind == ContentKind::Quiz) {
            continue;
        }
        for list in file.bibliographies.iter().filter(|list| !list.is_all) {
            check_list(path, list, offered.get_or_insert_with(|| only_offered(facts)), out);
        }
    }
}

/// The ids of resources that support no claim: further reading, organisations, tools.
fn only_offered<'a>(facts: &ProjectFacts<'a>) -> HashSet<&'a str> {
    let records = facts.files.values().flat_map(|file| &file.records);
    let offered = records.filter(|record| {
        let role = record.publication.as_ref().and_then(|work| work.role.as_deref());
        role.is_some_and(|role| role != "evidence")
    });
    offered.filter_map(|record| record.id.as_deref()).collect()
}

fn check_list(path: &FilePath, list: &Bibliography, offered: &HashSet<&str>, out: &mut Sink<'_>) {
    let is_offered = |entry: &BibliographyEntry| list.in_field && offered.contains(&*entry.key);
    let entries: Vec<_> = list.entries.iter().filter(|entry| !is_offered(entry)).collect();
    let uncited: Vec<_> = entries.iter().filter(|entry| !entry.cited).collect();
    if uncited.len() == entries.len() && entries.len() > 1 {
        out.report_at(
            path,
            &list.heading,
            format!("none of the {} references is cited in the text", entries.len()),
        )
        .kind("none-cited")
        .help("mark in the text what each one supports");
        return;
    }
    // A list without numbers can be cited in ways nobody can see.
    if !list.citable {
        return;
    }
    for entry in uncited {
        let name = if entry.key.chars().all(|c| c.is_ascii_digit()) {
            format!("reference {}", entry.key)
        } else {
            format!("the source `{}`", entry.key)
        };
        out.report_at(path, &entry.site, format!("{name} is never cited in the text"))
            .label("supports nothing")
            .help("cite it where it is used, or move it to \"Further reading\"");
    }
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
    fn what_is_offered_to_readers_supports_nothing() {
        check(
            &RULE,
            r#"
//- articles/a.md
---
title: Ryggont
sources: [roe, leeds, poe]
                      ^^^ the source `poe` is never cited in the text
---
Det går över [@roe].
//- articles/b.md
---
title: Knän
sources: [leeds, apps]
---
Det går över.
//- resources/a.yaml
- {id: roe, title: Backs}
- {id: leeds, title: Leeds back school, role: organisation}
- {id: apps, title: Pain diary, role: tool}
- {id: poe, title: Knees, role: evidence}
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
