//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::facts::{Located, ProjectFacts};
use crate::model::{ContentKind, shape::fold};
use crate::rule::{Check, Fixability, Profile, Rule, RuleKind, Sink};
use crate::source::FilePath;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    id: "project/duplicate-id",
    summary: "two records share an id, or nearly",
    level: Level::Error,
    kinds: &[
        RuleKind {
            name: "exact",
            level: Level::Error,
            summary: "two records of one kind have the same id",
        },
        RuleKind {
            name: "confusable",
            level: Level::Warning,
            summary: "two ids differ only by case, `-` or `_`",
        },
    ],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Relaxed,
    since: "0.1.0",
    docs: r#"
References to the id become ambiguous, and file systems that ignore case confuse the files.

```yaml fail
- {id: bridge, name: Bridge}
- {id: bridge, name: Single-leg bridge}
```

```yaml pass
- {id: bridge, name: Bridge}
- {id: bridge-single-leg, name: Single-leg bridge}
```

The same id in two languages (`inLanguage`) of one record is right, and so is the same number in two files. A record without an id goes by
its file's stem, the page of a folder (`index.md`) by the folder's name. Rename one of them, and the references to it.
"#,
    check: Check::Project(check),
};

/// Kind, language, and the file for numbers: collections count their records from 1.
type Space<'a> = (&'a ContentKind, Option<&'a str>, Option<&'a FilePath>);

fn check(facts: &ProjectFacts<'_>, out: &mut Sink<'_>) {
    let form = |id: &str| xxhash_rust::xxh3::xxh3_64(fold(id).as_bytes());
    let mut ids: Vec<_> = facts.ids().map(|(id, located)| (form(id), id, located)).collect();
    ids.sort_by_key(|(form, ..)| *form);
    for alike in ids.chunk_by(|a, b| a.0 == b.0) {
        // Most ids look like no other.
        if let [(_, _, [_])] = alike {
            continue;
        }
        let mut firsts: BTreeMap<Space<'_>, Vec<Located<'_>>> = BTreeMap::new();
        for (_, id, located) in alike {
            let mut spaces: BTreeMap<Space<'_>, Vec<Located<'_>>> = BTreeMap::new();
            for own in *located {
                // Of a key in a mapping of records, `syntax/duplicate-key` tells.
                let is_of_file = || own.path.page().is_some_and(|page| page == **id);
                if !own.definition.written && !is_of_file() {
                    continue;
                }
                let is_number = id.bytes().all(|byte| byte.is_ascii_digit());
                let file = is_number.then_some(own.path);
                let space = (&own.definition.kind, own.definition.language.as_deref(), file);
                spaces.entry(space).or_default().push(*own);
            }
            for (space, same) in spaces {
                exact(id, &same, out);
                firsts.entry(space).or_default().push(same[0]);
            }
        }
        firsts.values().filter(|alike| alike.len() > 1).for_each(|alike| confusable(alike, out));
    }
}

fn exact(id: &str, same: &[Located<'_>], out: &mut Sink<'_>) {
    let [first, again, more @ ..] = same else {
        return;
    };
    let message = match more.len() {
        0 => format!("the id `{id}` is used twice"),
        more => format!("the id `{id}` is used {} times", more + 2),
    };
    let diagnostic = out.report_at(again.path, &again.definition.site, message);
    diagnostic.kind("exact").label("again here");
    diagnostic.related_at(first.path.clone(), first.definition.site.span, "first here");
    for other in more.iter().take(5) {
        diagnostic.related_at(other.path.clone(), other.definition.site.span, "and here");
    }
    diagnostic.help("rename one of them, and the references to it");
}

fn confusable(alike: &[Located<'_>], out: &mut Sink<'_>) {
    let [first, again, more @ ..] = alike else {
        return;
    };
    let (one, other) = (&first.definition.id, &again.definition.id);
    let diagnostic = out.report_at(
        again.path,
        &again.definition.site,
        format!("the ids `{one}` and `{other}` differ only by case, `-` or `_`"),
    );
    diagnostic.kind("confusable").label("easily taken for the other");
    diagnostic.related_at(first.path.clone(), first.definition.site.span, "the other one");
    for other in more.iter().take(5) {
        diagnostic.related_at(other.path.clone(), other.definition.site.span, "and this one");
    }
    diagnostic.help("use one spelling, or names that differ in a word");
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, diagnostics, files, silent};

    #[test]
    fn the_same_id_in_two_files() {
        check(
            &RULE,
            r#"
//- exercises/bro.yaml
id: höftlyft
    -------- first here
name: Höftlyft
//- exercises/ett-ben.yaml
id: höftlyft
    ^^^^^^^^ the id `höftlyft` is used twice
name: Höftlyft på ett ben
"#,
        );
    }

    #[test]
    fn numbers_are_of_their_file() {
        check(
            &RULE,
            r#"
//- exercises/a.yaml
- {id: 12, name: Höftlyft}
       -- first here
- {id: 12, name: Planka}
       ^^ the id `12` is used twice
//- exercises/b.yaml
- {id: 12, name: Utfall}
"#,
        );
    }

    #[test]
    fn ids_that_look_alike() {
        check(
            &RULE,
            r#"
//- exercises/a.yaml
- id: hip-bridge
      ^^^^^^^^^^ the ids `Hip_Bridge` and `hip-bridge` differ only by case, `-` or `_`
  name: Bridge
- id: Hip_Bridge
      ---------- the other one
  name: Bridge
"#,
        );
    }

    #[test]
    fn other_kinds_and_languages_have_their_own_ids() {
        silent(
            &RULE,
            r#"
//- exercises/bridge.yaml
name: Bridge
inLanguage: en
//- exercises/sv/bridge.yaml
name: Höftlyft
inLanguage: sv
//- articles/bridge.md
# Bridges
"#,
        );
    }

    #[test]
    fn pages_of_folders_go_by_these() {
        silent(
            &RULE,
            r#"
//- articles/_index.md
# Artiklar
//- articles/README.md
# About these articles
//- articles/hips/index.md
# Höfter
//- articles/hips/README.md
# About hips
//- articles/knees/index.md
# Knees
"#,
        );
        let both = "//- articles/hips/index.md\n# H\u{f6}fter\n//- articles/hips.md\n# Hips\n";
        let said = diagnostics(&files(&RULE, both));
        assert_eq!(said.iter().filter(|own| own.rule == RULE.id).count(), 1);
    }
}
