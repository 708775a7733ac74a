//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::facts::{CitationTarget, Facts, HandleFact, ProjectFacts, RecordFact};
use crate::model::ContentKind;
use crate::rule::{Check, Fixability, Profile, Rule, RuleKind, Sink};
use crate::source::FilePath;
use std::collections::{HashMap, HashSet};

mod media;
#[cfg(test)]
mod tests;

pub static RULE: Rule = Rule {
    id: "project/orphan-file",
    summary: "nothing in the project uses a record or a picture",
    level: Level::Info,
    kinds: &[
        RuleKind { name: "record", level: Level::Info, summary: "a source or an exercise" },
        RuleKind { name: "media", level: Level::Info, summary: "a picture, a film or sound" },
    ],
    confidence: Confidence::Medium,
    fix: Fixability::Never,
    profile: Profile::Strict,
    since: "0.1.0",
    docs: r#"
What was left over when a text was rewritten is reviewed by nobody, and is published all the same.

```yaml fail
# file: resources/sources.yaml
- {id: ahn-2019, title: Walking and backs}
- {id: berg-2020, title: Bridges and hips}
- {id: chen-2021, title: Knees on stairs}
- {id: diaz-2018, title: Stretching calves}
- {id: egan-2022, title: Sitting and moving}
- {id: fox-2020, title: Standing desks}
- {id: gray-2019, title: Lifting boxes}
- {id: hall-2023, title: Shoulders at rest}
- {id: ito-2017, title: Feet in the morning}
# file: articles/moving.md
Move [@ahn-2019; @berg-2020; @chen-2021; @diaz-2018]. Rest [@egan-2022; @fox-2020; @gray-2019; @hall-2023].
```

```yaml pass
# file: resources/sources.yaml
- {id: ahn-2019, title: Walking and backs}
- {id: berg-2020, title: Bridges and hips}
# file: articles/moving.md
Move [@ahn-2019].
```

Sources and exercises are there for others, but a collection of them may also be a library, in which readers look
around. So one is told only where at least four of five of its kind, and eight, are used by something of another kind:
an article, a quiz, a plan, a file that caveat knows nothing of. Whatever names it counts as use: its id, its name, its
address or its file, in a field, a link, a citation or a heading, in its own kind, too. Articles, quizzes, kinds of
the project's own, drafts, what is retired, bibliographies (`.bib`), and organisations, tools and further reading are
never told.

Of pictures, films and sound the same holds folder by folder: where texts show most of a folder, they are told of the
files whose names stand nowhere. `bridge-2.png` belongs to `bridge.png`, and to a record with the id `bridge`. A file
that only the templates of a site name is one that caveat cannot know of; say so in the settings (`overrides`).

Use it, retire it (`status: retired`), or delete it.
"#,
    check: Check::Project(check),
};

fn check(facts: &ProjectFacts<'_>, out: &mut Sink<'_>) {
    for kind in [ContentKind::Exercise, ContentKind::Resource] {
        records(facts, &kind, out);
    }
    media::check(facts, out);
}

/// Fewer that are used are no habit.
const LEAST_USED: usize = 8;

/// Whether so many of all are used that the others must have been forgotten.
const fn is_habit(used: usize, all: usize) -> bool {
    used >= LEAST_USED && used * 5 >= all * 4
}

/// Those of a folder are told one by one up to here.
const MOST_APART: usize = 20;

/// A record that should be used.
struct Candidate<'a> {
    path: &'a FilePath,
    file: &'a Facts,
    handle: &'a HandleFact,
}

impl<'a> Candidate<'a> {
    fn record(&self) -> &'a RecordFact {
        self.file.record(self.handle.record)
    }
}

fn records(facts: &ProjectFacts<'_>, kind: &ContentKind, out: &mut Sink<'_>) {
    let candidates = candidates(facts, kind);
    if candidates.len() < LEAST_USED {
        return;
    }
    let uses = Uses::of(facts, kind, &candidates);
    let is_used = |own: &&Candidate<'_>| uses.has_outside(own);
    let used = candidates.iter().filter(is_used).count();
    if !is_habit(used, candidates.len()) {
        return;
    }
    let left: Vec<_> = candidates.iter().filter(|own| !uses.has_anywhere(own)).collect();
    let noun = kind.name();
    let note = format!("{used} of {} {noun}s are used", candidates.len());
    for group in left.chunk_by(|a, b| a.path.folder() == b.path.folder()) {
        let told = if group.len() > MOST_APART { &group[..1] } else { group };
        for own in told {
            let record = own.record();
            let id = record.id.as_deref().unwrap_or("");
            out.set_record(record.id.clone());
            let diagnostic = out
                .report_at(own.path, &record.anchor, format!("nothing uses the {noun} `{id}`"))
                .kind("record")
                .note(note.clone())
                .help("use it where it belongs, say `status: retired`, or delete it");
            if group.len() > MOST_APART {
                let folder = own.path.folder();
                diagnostic.note(format!("so it is with {} {noun}s in `{folder}`", group.len()));
            }
        }
    }
}

fn candidates<'a>(facts: &ProjectFacts<'a>, kind: &ContentKind) -> Vec<Candidate<'a>> {
    let of_file = |(&path, &file): (&&'a FilePath, &&'a Facts)| {
        file.requested().handles.iter().map(move |handle| Candidate { path, file, handle })
    };
    let all = facts.files.iter().flat_map(of_file);
    let is_live = |record: &RecordFact| {
        !matches!(record.status.as_deref(), Some("draft" | "review" | "retired" | "retracted"))
    };
    all.filter(|own| {
        let record = own.record();
        record.kind == *kind && record.id.is_some() && is_live(record)
    })
    .collect()
}

/// Which names stand where.
struct Uses<'a> {
    /// In files of another kind.
    outside: HashSet<u64>,
    /// In files of the same kind: the only one, or `None` when there are several.
    inside: HashMap<u64, Option<&'a FilePath>>,
    /// Surnames with years that texts cite.
    cited: HashSet<(&'a str, &'a str)>,
}

impl<'a> Uses<'a> {
    fn of(facts: &ProjectFacts<'a>, kind: &ContentKind, candidates: &[Candidate<'_>]) -> Self {
        let forms: HashSet<u64> =
            candidates.iter().flat_map(|own| own.handle.forms.iter().copied()).collect();
        let mut uses =
            Self { outside: HashSet::new(), inside: HashMap::new(), cited: HashSet::new() };
        for (&path, &file) in &facts.files {
            let is_inside = file.records.iter().any(|own| own.kind == *kind);
            for name in file.requested().named.iter().copied().filter(|own| forms.contains(own)) {
                if is_inside {
                    let only = uses.inside.entry(name).or_insert(Some(path));
                    *only = only.filter(|own| *own == path);
                } else {
                    uses.outside.insert(name);
                }
            }
            uses.cited.extend(file.citations.iter().filter_map(|own| match &own.target {
                CitationTarget::AuthorYear { surname, year } => Some((&**surname, &**year)),
                _ => None,
            }));
        }
        uses
    }

    fn has_outside(&self, own: &Candidate<'_>) -> bool {
        let is_cited = own.record().publication.as_deref().is_some_and(|work| {
            let year = work.year.as_deref().unwrap_or("");
            work.surnames.iter().any(|name| self.cited.contains(&(&**name, year)))
        });
        is_cited || own.handle.forms.iter().any(|name| self.outside.contains(name))
    }

    /// What stands in its own file may be said of itself, where it is the only record.
    fn has_anywhere(&self, own: &Candidate<'_>) -> bool {
        let is_alone = own.file.records.len() == 1;
        let is_used =
            |there: &Option<&FilePath>| there.is_none_or(|at| !is_alone || at != own.path);
        let mut inside = own.handle.forms.iter().filter_map(|name| self.inside.get(name));
        self.has_outside(own) || inside.any(is_used)
    }
}
