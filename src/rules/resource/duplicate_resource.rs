//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::facts::{ProjectFacts, RecordFact};
use crate::normal;
use crate::rule::{Check, Fixability, Profile, Rule, Sink};
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    id: "resource/duplicate-resource",
    summary: "two resources have one DOI",
    level: Level::Warning,
    kinds: &[],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Default,
    since: "0.1.0",
    docs: r#"
A work that has two records is cited under two names, counts twice as evidence, and is corrected in one
place only.

```yaml fail
# file: resources/hayden-2021.yaml
id: hayden-2021
title: Exercise therapy for chronic low back pain
DOI: 10.1002/14651858.CD009790.pub2
# file: resources/exercise-therapy.yaml
id: exercise-therapy
title: Exercise therapy for chronic low back pain
DOI: 10.1002/14651858.cd009790.PUB2
```

```yaml pass
# file: resources/hayden-2021.yaml
id: hayden-2021
title: Exercise therapy for chronic low back pain
DOI: 10.1002/14651858.CD009790.pub2
# file: resources/hayden-2005.yaml
id: hayden-2005
title: Exercise therapy for treatment of non-specific low back pain
DOI: 10.1002/14651858.CD000335.pub2
```

Case does not count in a DOI, nor does `https://doi.org/` before it. Records with one id are told by
`project/duplicate-id`. Keep one of the two, and name it where the other was cited.
"#,
    check: Check::Project(check),
};

fn check(facts: &ProjectFacts<'_>, out: &mut Sink<'_>) {
    let mut first = BTreeMap::new();
    for (&path, file) in &facts.files {
        for record in &file.records {
            let Some(publication) = &record.publication else { continue };
            let Some(doi) = publication.locators.iter().find(|own| own.starts_with("10.")) else {
                continue;
            };
            let Some((place, other)) = first.insert(doi, (path, record)) else { continue };
            if other.id.is_some() && other.id == record.id {
                continue;
            }
            let title =
                |own: &RecordFact| own.publication.as_ref()?.title.as_deref().map(normal::bare);
            let diagnostic =
                out.report_at(path, &record.anchor, format!("two records have the DOI `{doi}`"));
            diagnostic.label("again here").related_at(
                place.clone(),
                other.anchor.span,
                "and so has this",
            );
            diagnostic.help(match title(record) == title(other) {
                true => "keep one of the two, and name it where the other was cited",
                false => "keep one of the two, or correct the DOI that belongs to another work",
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn one_doi_in_two_files() {
        check(
            &RULE,
            "
//- resources/a.yaml
id: a
title: Rücken
       ------ and so has this
DOI: 10.1000/Abc
//- resources/b.yaml
id: b
title: Back
       ^^^^ two records have the DOI `10.1000/abc`
URL: https://doi.org/10.1000/abc
",
        );
    }

    #[test]
    fn other_works_and_one_id() {
        silent(
            &RULE,
            "
//- resources/a.yaml
- {id: a, title: A, DOI: 10.1000/abc}
- {id: b, title: B, DOI: 10.1000/abd}
- {id: c, title: C, URL: 'https://example.org'}
- {id: d, title: D, URL: 'https://example.org'}
- {id: a, title: A, DOI: 10.1000/abc}
",
        );
    }

    #[test]
    fn records_without_ids() {
        check(
            &RULE,
            "
//- resources/a.yaml
- {title: Rücken, DOI: 10.1000/abc}
          ------ and so has this
- {title: Back, DOI: 10.1000/abc}
          ^^^^ two records have the DOI `10.1000/abc`
- {title: Hip, DOI: 10.1000/abd}
",
        );
    }
}
