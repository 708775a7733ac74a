//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::facts::{BibliographyEntry, CitationTarget, Facts, FootnoteFact, ProjectFacts};
use crate::model::ContentKind;
use crate::nearest::Names;
use crate::rule::{Check, Fixability, Profile, Rule, RuleKind, Sink};
use crate::source::FilePath;
use std::collections::HashSet;

pub static RULE: Rule = Rule {
    id: "claim/undefined-citation",
    summary: "a citation points to nothing",
    level: Level::Error,
    kinds: &[
        RuleKind { name: "key", level: Level::Error, summary: "no resource has the cited id" },
        RuleKind {
            name: "number",
            level: Level::Error,
            summary: "the number is in no reference list",
        },
        RuleKind { name: "footnote", level: Level::Error, summary: "the footnote is not defined" },
        RuleKind {
            name: "unused-footnote",
            level: Level::Info,
            summary: "a footnote is defined and never used",
        },
    ],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Relaxed,
    since: "0.1.0",
    docs: r#"
The sentence looks sourced and is not. It happens when text is pasted without its list.

```markdown fail
# Back pain

Most episodes settle within weeks [@nice-2016].
```

```markdown pass
# Back pain

Most episodes settle within weeks.[^1]

[^1]: NICE 2016, https://www.nice.org.uk/guidance/ng59
```

`[@id]` wants a resource of the project, `[1]` an entry of the reference list below the text, `[^id]`
a definition in the file. A raised number right behind a sentence, or a part of one, is a mark as `[1]` is;
`@id` without brackets may be somebody's name and is never reported. `[@doi:10.1000/182]` names the work
itself, as do `pmid:`, `pmc:`, `arxiv:`, `isbn:` and `url:`. Keys are left alone where
`bibliography` in the front matter names a file that is not among those checked.

Correct the mark, or add what it points at.
"#,
    check: Check::Project(check),
};

fn check(facts: &ProjectFacts<'_>, out: &mut Sink<'_>) {
    let mut names = None;
    for (&path, file) in &facts.files {
        keys(facts, path, file, &mut names, out);
        numbers(facts, path, file, out);
        footnotes(path, file, out);
    }
}

fn keys<'a>(
    facts: &ProjectFacts<'a>,
    path: &FilePath,
    file: &Facts,
    names: &mut Option<Names<'a>>,
    out: &mut Sink<'_>,
) {
    for citation in &file.citations {
        let CitationTarget::Key(key) = &citation.target else {
            continue;
        };
        if facts.has_source(file, &citation.target) {
            continue;
        }
        let found = facts.definitions(key);
        let diagnostic = match found.first() {
            Some(other) => {
                let kind = other.definition.kind.name();
                let diagnostic = out.report_at(
                    path,
                    &citation.site,
                    format!("`@{key}` is no source: it names the {kind} of that id"),
                );
                diagnostic.related_at(
                    other.path.clone(),
                    other.definition.site.span,
                    format!("this {kind}"),
                );
                diagnostic
            }
            None => out.report_at(path, &citation.site, format!("no resource has the id `{key}`")),
        };
        diagnostic.kind("key").label("cited here");
        let names = names.get_or_insert_with(|| facts.names(Some(&ContentKind::Resource)));
        match names.nearest(key) {
            Some(near) => {
                diagnostic.help(format!("did you mean `@{near}`?"));
                if let Some(place) = facts.definitions(near).first() {
                    diagnostic.related_at(
                        place.path.clone(),
                        place.definition.site.span,
                        "this one is near",
                    );
                }
            }
            None => {
                diagnostic.help("correct the id, or add the resource");
            }
        }
    }
}

fn numbers(facts: &ProjectFacts<'_>, path: &FilePath, file: &Facts, out: &mut Sink<'_>) {
    let list = file.bibliographies.iter().find(|list| list.citable && !list.in_field);
    let mut told = HashSet::new();
    for citation in &file.citations {
        let CitationTarget::Number { number, listed } = citation.target else {
            continue;
        };
        if facts.has_source(file, &citation.target) || told.contains(&citation.site.span) {
            continue;
        }
        // Without any list, one report stands for all marks of the file.
        if listed == 0 && !told.is_empty() {
            break;
        }
        told.insert(citation.site.span);
        let message = match listed {
            0 => format!("`{}` points to a reference list, and there is none", citation.mark),
            _ => format!("reference {number} is cited, and the list ends at {listed}"),
        };
        let diagnostic = out.report_at(path, &citation.site, message);
        diagnostic.kind("number").label("cited here");
        if let Some(list) = list {
            let is_next = |pair: &&[BibliographyEntry]| pair[0].key == pair[1].key;
            if let Some([_, again]) = list.entries.windows(2).find(is_next) {
                let words = format!("the second entry with the number {}", again.key);
                diagnostic.related_at(path.clone(), again.site.span, words);
                diagnostic.help("number the entries anew");
                continue;
            }
            diagnostic.related_at(path.clone(), list.heading.span, format!("{listed} entries"));
        }
        diagnostic.help("add the entry, or correct the number");
    }
}

fn footnotes(path: &FilePath, file: &Facts, out: &mut Sink<'_>) {
    let mut labels = None;
    let mut meant = HashSet::new();
    let known = || Names::new(file.footnotes.iter().map(|footnote| &*footnote.label));
    for citation in &file.citations {
        let CitationTarget::Footnote { label, defined: false } = &citation.target else {
            continue;
        };
        let diagnostic =
            out.report_at(path, &citation.site, format!("the footnote `{label}` is not defined"));
        diagnostic.kind("footnote").label("used here");
        match labels.get_or_insert_with(known).nearest(label) {
            Some(near) => {
                meant.insert(near);
                diagnostic.help(format!("did you mean `[^{near}]`?"))
            }
            None => diagnostic.help(format!("add a line `[^{label}]: ...` with the source")),
        };
    }
    let is_unused = |own: &&FootnoteFact| !own.used && !meant.contains(&*own.label);
    for footnote in file.footnotes.iter().filter(is_unused) {
        out.report_at(
            path,
            &footnote.site,
            format!("the footnote `{}` is never used", footnote.label),
        )
        .kind("unused-footnote")
        .help("cite it in the text, or delete it");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, diagnostics, files, silent};

    #[test]
    fn numbers_count_in_what_front_matter_lists() {
        check(
            &RULE,
            r#"
---
title: Ryggont
references:
  - Smith J. Back. BMJ 2020;3:4.
  - title: Knee
    year: 2021
---

It eases pain [1]. Rest helps – a little [2, 3].
                                         ^^^^^^ reference 3 is cited, and the list ends at 2
"#,
        );
    }

    #[test]
    fn a_key_that_no_resource_has() {
        check(
            &RULE,
            r#"
//- articles/rygg.md
# Ryggont

Det går över [@nice-2106].
             ^^^^^^^^^^^^ no resource has the id `nice-2106`
//- resources/nice-2016.yaml
id: nice-2016
    --------- this one is near
type: report
title: NG59
"#,
        );
    }

    #[test]
    fn numbers_past_the_list() {
        check(
            &RULE,
            r#"
# Pain

It settles [1]. It returns [3].
                           ^^^ reference 3 is cited, and the list ends at 2

## References
   ---------- 2 entries

1. Smith 2020.
2. Jones 2021.
"#,
        );
    }

    #[test]
    fn a_raised_number_without_a_list() {
        check(
            &RULE,
            r#"
//- articles/a.md
# Pain

It has 4 m<sup>2</sup> in Malmö, and 80% of nurses.<sup>3</sup> It was.¹
                                                        ^ `3` points to a reference list, and there is none
//- articles/b.txt
Pain

It affects 80% of nurses.¹
                         ^ `¹` points to a reference list, and there is none
//- exercises/c.yaml
id: c
description: Walking eases pain [3]. It lasts.
                                ^^^ `[3]` points to a reference list, and there is none
//- exercises/d.yaml
id: d
description: Walking eases pain [1]. It lasts [2].
                                              ^^^ reference 2 is cited, and the list ends at 1
sources: [survey]
//- resources/survey.yaml
id: survey
type: report
title: W
"#,
        );
    }

    #[test]
    fn keys_that_pandoc_finds() {
        silent(
            &RULE,
            r#"
//- articles/a.md
---
title: Pain
bibliography: [refs.bib, more.json]
references:
- id: roe2020
  type: article-journal
  title: Hips
---
@hayden2021 found it [@roe2020]. It stays [@own2019]. Follow @clinic2020.
//- articles/refs.bib
@article{hayden2021, title = {Hips}, year = {2021}}
"#,
        );
        check(
            &RULE,
            r#"
//- articles/a.md
---
title: Pain
bibliography: refs.bib
---
@other2021 found it [@own2019].
                    ^^^^^^^^^^ no resource has the id `own2019`
//- articles/refs.bib
@article{hayden2021, title = {Hips}, year = {2021}}
"#,
        );
    }

    #[test]
    fn keys_of_a_file_without_a_kind() {
        silent(
            &RULE,
            r#"
//- articles/a.md
---
title: Pain
bibliography: ../lists/refs.json
---
It stays [@own2019].
//- lists/refs.json
[{"id": "own2019", "type": "report", "title": "Hips"}]
"#,
        );
        check(
            &RULE,
            r#"
//- articles/a.md
---
title: Pain
bibliography: ../lists/refs.json
---
It stays [@own2019]. It goes [@own2018].
                             ^^^^^^^^^^ no resource has the id `own2018`
//- lists/refs.json
[{"id": "own2019", "type": "report", "title": "Hips", "issued": {"date-parts": [[2019]]}}]
        --------- this one is near
"#,
        );
    }

    #[test]
    fn a_pasted_series_without_a_list() {
        check(
            &RULE,
            r#"
# Pain

It eases pain. 1, 2 Many people notice it. It lasts. 3, 4 Few mind.
               ^^^^ `1, 2` points to a reference list, and there is none
"#,
        );
    }

    #[test]
    fn footnotes() {
        check(
            &RULE,
            r#"
# Pain

It settles.[^1] It returns.[^b]
                           ^^^^ the footnote `b` is not defined

[^1]: Smith 2020.
"#,
        );
    }

    #[test]
    fn a_misspelt_footnote_is_told_once() {
        check(
            &RULE,
            r#"
# Pain

It settles.[^sorenes]
           ^^^^^^^^^^ the footnote `sorenes` is not defined

[^soreness]: Smith 2020.
[^rest]: Jones 2021.
^^^^^^^^^^^^^^^^^^^^ the footnote `rest` is never used
"#,
        );
    }

    #[test]
    fn lists_scores_and_labels_are_no_citations() {
        silent(
            &RULE,
            r#"
# Pain

Do these: (1) warm up, (2) stretch. Score 3, 4 or 5 of 10. Levels L4, 5 and S1.

- [ ] Stretch
- [x] Walk

Mail me@example.org or see [the page](#top).
"#,
        );
    }

    #[test]
    fn keys_in_fields_and_drafts() {
        check(
            &RULE,
            r#"
//- exercises/a.yaml
id: a
description: >-
  Walking eases pain in Malmö
  [@who-1999].
  ^^^^^^^^^^^ no resource has the id `who-1999`
//- exercises/b.json
{"id": "b", "description": "Pain \u2014 it eases [@who-1998; @survey]."}
                                                 ^^^^^^^^^^^^^^^^^^^^ no resource has the id `who-1998`
//- articles/c.txt
Back pain

Walking eases pain in Malmö [@who-1997].
                            ^^^^^^^^^^^ no resource has the id `who-1997`
//- resources/survey.yaml
id: survey
type: report
title: W
"#,
        );
    }

    #[test]
    fn every_form_that_points_somewhere() {
        silent(
            &RULE,
            r#"
//- articles/a.md
---
sources: [who]
---
# Pain

It settles [1]. It returns [1, 2]. It stays [1-3]. It goes (3). It comes.^2^ It was.¹ It is.<sup>3</sup>

It moves @who, says me@who.org. It rests [@who, p. 3; see @who].

## References

1. Smith 2020.
2. Jones 2021.
3. Lee 2022.
//- resources/who.yaml
id: who
type: report
title: W
"#,
        );
    }

    #[test]
    fn a_number_that_stands_twice_in_the_list() {
        let article = "# H\u{f6}fter\n\nIt settles [1]. It returns [2].\n\n## References\n\n\
                       [1] Smith 2020.\n\n[1] Jones 2021.\n";
        let said = diagnostics(&files(&RULE, article));
        let said: Vec<_> = said.iter().filter(|own| own.rule == RULE.id).collect();
        let related: Vec<_> =
            said[0].related.iter().map(|own| (&article[own.span.range()], &*own.message)).collect();
        assert_eq!(related, [("[1] Jones 2021.", "the second entry with the number 1")]);
        assert_eq!(said[0].help.as_deref(), Some("number the entries anew"));
    }

    #[test]
    fn identifiers_name_works_themselves() {
        check(
            &RULE,
            "
//- articles/a.md
Vila hjälper [@doi:10.3390/nu12051466; @pmid:32314455; @url:https://www.who.int/a_b].
Det gör gång [@doi-2020].
             ^^^^^^^^^^^ no resource has the id `doi-2020`
",
        );
    }
}
