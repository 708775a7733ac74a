//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::facts::{CitationTarget, ProjectFacts, ReferenceRole, Site};
use crate::rule::{Check, Fixability, Profile, Rule, Sink};
use crate::source::FilePath;
use std::collections::{BTreeMap, BTreeSet};

pub static RULE: Rule = Rule {
    id: "resource/retracted-source",
    summary: "a work that was retracted is cited as a source",
    level: Level::Error,
    kinds: &[],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Relaxed,
    since: "0.1.0",
    docs: r#"
Retracted work is cited for years afterwards, and what it said is still believed.

```yaml fail
# file: resources/smith-2020.yaml
id: smith-2020
title: Bracing for low back pain
retracted: true
# file: exercises/bridge.yaml
name: Bridge
sources: [smith-2020]
```

```yaml pass
# file: resources/smith-2020.yaml
id: smith-2020
title: Bracing for low back pain
retracted: true
citesAs: retracted
# file: exercises/bridge.yaml
name: Bridge
sources: [smith-2020]
```

A resource says that it was retracted with `retracted: true`, `status: retracted`, a title that begins with
"RETRACTED:", or a `note` that begins with "Retracted". Then every record
that names it in `sources`, and every text that cites it with `[@id]`, is reported. A resource whose
`citesAs` is `retracted` may be cited: the retraction is the point there.

Cite another work, or take out what rested on this one.
"#,
    check: Check::Project(check),
};

fn check(facts: &ProjectFacts<'_>, out: &mut Sink<'_>) {
    let mut retracted: BTreeMap<&str, (&FilePath, Site)> = BTreeMap::new();
    for (&path, file) in &facts.files {
        for record in file.records.iter().filter(|own| own.status.as_deref() == Some("retracted")) {
            let Some(id) = record.id.as_deref().filter(|_| record.publication.is_some()) else {
                continue;
            };
            retracted.insert(id, (path, record.anchor));
        }
    }
    if retracted.is_empty() {
        return;
    }
    for (&path, file) in &facts.files {
        let sources = file.references.iter().filter(|own| own.role == ReferenceRole::Source);
        let sources = sources.map(|own| (&*own.target, own.site));
        let marks = file.citations.iter().filter_map(|own| match &own.target {
            CitationTarget::Key(id) => Some((&**id, own.site)),
            _ => None,
        });
        let mut told = BTreeSet::new();
        for (id, site) in sources.chain(marks) {
            let Some((place, anchor)) = retracted.get(id).filter(|_| told.insert(id)) else {
                continue;
            };
            out.report_at(path, &site, format!("`{id}` was retracted"))
                .label("cited here")
                .related_at((*place).clone(), anchor.span, "the work that was retracted")
                .help("cite another work, or take out what rests on this one");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn a_title_or_a_note_may_say_it() {
        check(
            &RULE,
            "
//- resources/a.yaml
- {id: smith, title: 'RETRACTED: Höft trial'}
                     ----------------------- the work that was retracted
- {id: roe, title: Knees, note: Retracted in 2012}
                   ----- the work that was retracted
- {id: lee, title: Retracted shoulder blades, note: Read twice}
//- articles/a.md
---
title: Hips
sources: [smith, roe, lee]
          ^^^^^ `smith` was retracted
                 ^^^ `roe` was retracted
---

Text.
",
        );
    }

    #[test]
    fn cited_in_a_field_and_in_a_text() {
        check(
            &RULE,
            "
//- resources/smith.yaml
id: smith-2020
title: Höft trial
       ---------- the work that was retracted
retracted: true
//- articles/a.md
---
title: Hips
sources: [smith-2020]
          ^^^^^^^^^^ `smith-2020` was retracted
---

Text [@smith-2020].
",
        );
    }

    #[test]
    fn a_retraction_may_be_cited_for_itself() {
        silent(
            &RULE,
            "
//- resources/smith.yaml
id: smith-2020
title: Höft trial
status: retracted
citesAs: retracted
//- articles/a.md
It was retracted [@smith-2020].
",
        );
    }
}
