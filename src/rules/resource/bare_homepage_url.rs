//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::facts::{CitationTarget, FrontPageFact, ProjectFacts, ReferenceRole, SourcePlace};
use crate::rule::{Check, Fixability, Profile, Rule, RuleKind, Sink};
use crate::source::{FilePath, Span};
use std::collections::HashMap;

pub static RULE: Rule = Rule {
    id: "resource/bare-homepage-url",
    summary: "the address of a source is that of a site's front page",
    level: Level::Warning,
    kinds: &[RuleKind {
        name: "uncited",
        level: Level::Info,
        summary: "it is that of a source which nothing cites",
    }],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Strict,
    since: "0.1.0",
    docs: r#"
A source is there to be looked up. On a front page nobody finds the sentence that is cited, and next month it says
something else.

```yaml fail
# file: resources/who.yaml
id: who-activity
type: report
title: WHO guidelines on physical activity and sedentary behaviour
role: evidence
URL: https://www.who.int/
# file: exercises/bridge.yaml
name: Bridge
sources: [who-activity]
```

```markdown fail
# Hip pain

Most hip pain settles within six weeks [1].

## References

1. National Health Service. Hip pain. https://www.nhs.uk/
```

```yaml pass
id: who-activity
type: report
title: WHO guidelines on physical activity and sedentary behaviour
role: evidence
URL: https://www.who.int/publications/i/item/9789240015128
```

Looked at are resources that are cited, or are evidence by their `role` or their `type`; addresses in `sources`; and
reference lists. A front page has no path, or only a language (`/en/`), `index.html` or `home`. What is found by an
identifier, by its volume and pages or by an archived copy may name one beside that. Organisations, tools and further
reading (`role`), software and data sets, and resources with the name of the site for a title ("Physiopedia") are
right to lead there, and a site below another one (`covid19.who.int`) may be a work of its own.

Write the address of the page that was read, or say with `role` what else the site is for.
"#,
    check: Check::Project(check),
};

fn check(facts: &ProjectFacts<'_>, out: &mut Sink<'_>) {
    if facts.files.values().all(|file| file.requested().front_pages.is_empty()) {
        return;
    }
    let cited = cited(facts);
    for (&path, file) in &facts.files {
        for page in &file.requested().front_pages {
            let id = file.record(page.record).id.clone();
            let use_of = id.as_deref().and_then(|id| cited.get(id));
            out.set_record(id.clone());
            match (page.place, use_of) {
                (SourcePlace::Resource { .. }, Some((there, span))) => {
                    let told = report(path, page, out);
                    told.related_at((*there).clone(), *span, "cited here");
                }
                (SourcePlace::Resource { is_evidence: true }, None) => {
                    report(path, page, out).kind("uncited");
                }
                (SourcePlace::Resource { is_evidence: false }, None) => {}
                (SourcePlace::Field | SourcePlace::List, _) => drop(report(path, page, out)),
            }
        }
    }
}

/// Where each id is cited first.
fn cited<'a>(facts: &ProjectFacts<'a>) -> HashMap<&'a str, (&'a FilePath, Span)> {
    let mut found = HashMap::new();
    for (&path, &file) in &facts.files {
        let sources = file.references.iter().filter(|own| own.role == ReferenceRole::Source);
        let marks = file.citations.iter().filter_map(|own| match &own.target {
            CitationTarget::Key(id) => Some((&**id, own.site.span)),
            _ => None,
        });
        for (id, span) in sources.map(|own| (&*own.target, own.site.span)).chain(marks) {
            found.entry(id).or_insert((path, span));
        }
    }
    found
}

fn report<'s>(
    path: &FilePath,
    page: &FrontPageFact,
    out: &'s mut Sink<'_>,
) -> &'s mut crate::diagnostic::Diagnostic {
    out.report_at(path, &page.site, format!("`{}` is the front page of a site", page.address))
        .label("the work stands on some other page")
        .help("write the address of the page that was read")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn resources_that_something_rests_on() {
        check(
            &RULE,
            "
//- resources/a.yaml
- {id: who, title: Rörelse för alla åldrar, URL: 'https://www.who.int/'}
                                                  ^^^^^^^^^^^^^^^^^^^^ `https://www.who.int/` is the front page of a site
- {id: nice, title: Low back pain, role: evidence, URL: https://www.nice.org.uk}
                                                        ^^^^^^^^^^^^^^^^^^^^^^^ `https://www.nice.org.uk` is the front page of a site
- {id: bmj, type: article-journal, title: BMJ, URL: https://www.bmj.com/en/}
                                                    ^^^^^^^^^^^^^^^^^^^^^^^ `https://www.bmj.com/en/` is the front page of a site
- {id: nhs, title: Low back pain, URL: https://www.nhs.uk/}
//- articles/b.md
Move more [@who].
          ------ cited here
",
        );
    }

    #[test]
    fn sources_and_reference_lists() {
        check(
            &RULE,
            "
//- exercises/bro.yaml
name: Höftlyft
sources:
  - https://www.acsm.org
    ^^^^^^^^^^^^^^^^^^^^ `https://www.acsm.org` is the front page of a site
  - American Heart Association (https://www.heart.org/)
                                ^^^^^^^^^^^^^^^^^^^^^^ `https://www.heart.org/` is the front page of a site
  - {title: Leaflet, URL: 'https://www.nhs.uk'}
                           ^^^^^^^^^^^^^^^^^^ `https://www.nhs.uk` is the front page of a site
claims:
  - {text: It helps., sources: [https://www.nhs.uk/index.html]}
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `https://www.nhs.uk/index.html` is the front page of a site
//- articles/rygg.md
# Höften

Text [1] and text [2].

## References

1. Läs mer. [Höft](https://www.nhs.uk/)
                   ^^^^^^^^^^^^^^^^^^^ `https://www.nhs.uk/` is the front page of a site
2. Roe J. Hips. <https://www.jhips.org>
                 ^^^^^^^^^^^^^^^^^^^^^ `https://www.jhips.org` is the front page of a site
",
        );
    }

    #[test]
    fn what_is_found_otherwise_or_is_the_site() {
        silent(
            &RULE,
            "
//- resources/a.yaml
- {id: a, title: Physiopedia, role: evidence, URL: 'https://www.physio-pedia.com/'}
- {id: b, title: Hips, role: organisation, URL: 'https://www.nhs.uk/'}
- {id: c, title: Hips, role: further-reading, URL: 'https://www.nhs.uk/'}
- {id: d, title: Hips, role: evidence, URL: 'https://www.jhips.org/', DOI: 10.1000/abc}
- {id: e, title: Hips, type: article-journal, URL: 'https://www.jhips.org/', volume: 3, page: 3-9}
- {id: f, title: Walker, type: software, URL: 'https://www.stride.dev/'}
- {id: g, title: Hips, role: evidence, URL: 'https://hips.nhs.uk/'}
- {id: h, title: Hips, role: evidence, URL: 'https://www.nhs.uk/hips'}
- {id: i, title: Hips, role: evidence, URL: [https://www.nhs.uk]}
- {id: j, title: 3, role: 4, type: 5, URL: 6}
//- resources/b.bib
@manual{r, title = {R: Ett språk för statistik}, url = {https://www.R-project.org/}}
//- articles/b.md
---
title: Hips
sources: ['Roe J. J Hips 2020;3(1):2-9. https://www.jhips.org', 'https://www.nhs.uk https://www.nhs.uk/hips', a, f]
---

See the [NHS](https://www.nhs.uk/) [@g; @h; @r].

## Further reading

- [NHS](https://www.nhs.uk/)

## References

1. Roe J. Hips. [Page](https://www.nhs.uk/hips), [NHS](https://www.nhs.uk).
2. Roe J. Hips. J Hips. 2020;3:2-9. https://www.jhips.org/
",
        );
    }
}
