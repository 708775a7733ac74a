//! See `docs`.

mod compare;

use crate::diagnostic::{Confidence, Level};
use crate::facts::ProjectFacts;
use crate::facts::RecordFact;
use crate::facts::versions::VersionFact;
use crate::model::ContentKind;
use crate::rule::{Check, Fixability, Profile, Rule, RuleKind, Sink};
use crate::source::FilePath;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    id: "project/translation-drift",
    summary: "language versions of one record disagree in safety, dose, key or numbers",
    level: Level::Warning,
    kinds: &[
        RuleKind {
            name: "safety",
            level: Level::Error,
            summary: "one lacks what the other warns of",
        },
        RuleKind {
            name: "dose",
            level: Level::Error,
            summary: "the field `dosage` states another dose",
        },
        RuleKind {
            name: "key",
            level: Level::Error,
            summary: "the key of a question is an option with another id, or not the same truth",
        },
        RuleKind {
            name: "key-place",
            level: Level::Warning,
            summary: "the key of a question is an option at another place",
        },
        RuleKind {
            name: "structure",
            level: Level::Warning,
            summary: "there are fewer or more steps, notes, questions, options or headings",
        },
        RuleKind {
            name: "numbers",
            level: Level::Warning,
            summary: "a sentence has another number",
        },
        RuleKind {
            name: "stale",
            level: Level::Warning,
            summary: "the original was changed after it was translated",
        },
    ],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Strict,
    since: "0.1.0",
    docs: r#"
Who reads the translation does not see what it lacks: a warning, or the right dose. Numbers, answer keys and how much
there is of everything are the same in every language, so they can be compared.

```yaml fail
# file: exercises/calf-stretch.yaml
name: Calf stretch
inLanguage: en
instructions: [Stand facing a wall, one foot behind the other., Hold for 30 seconds.]
safety: [Stop if you feel pain in the calf.]
contraindications: [A torn calf muscle]
# file: exercises/vadstretch.yaml
name: Vadstretch
inLanguage: sv
translationOf: calf-stretch
instructions: [Stå vänd mot en vägg med ena foten bakom den andra., Håll i 3 sekunder.]
safety: [Sluta om det gör ont i vaden.]
```

```yaml pass
# file: exercises/calf-stretch.yaml
name: Calf stretch
inLanguage: en
instructions: [Stand facing a wall., Hold for one minute.]
dosage: {sets: 2, hold: 1 min}
# file: exercises/vadstretch.yaml
name: Vadstretch
inLanguage: sv
translationOf: calf-stretch
instructions: [Stå vänd mot en vägg., Håll i 60 sekunder.]
dosage: {sets: 2, hold: 60 s}
```

Compared are a record and the one that its `translationOf` names, and records with one id and different `inLanguage`.
Of a sentence, the numbers in digits count, after units of time: `1 minute` is `60 sekunder`, and `0,5` is `0.5`. Words
for numbers, lengths and weights (`10 cm` may be `4 inches`), telephone numbers, dates, and the lists of sources are
left alone, and so is a sentence where more than one number differs. Options are compared by their ids, else by their
place, unless some of them show that the order is another. In a Markdown body, a section is missing only where every
heading is understood. `stale` needs a day in `translatedFrom` and a `dateModified` of the original that is later.

Translate what is missing, or correct the version that is wrong. What one country needs and another does not is
suppressed where it stands, with the reason.
"#,
    check: Check::Project(check),
};

/// A record, and what it says in its language.
#[derive(Clone, Copy)]
struct Version<'a> {
    path: &'a FilePath,
    record: &'a RecordFact,
    fact: &'a VersionFact,
}

/// Two versions of one record.
#[derive(Clone, Copy)]
struct Pair<'a> {
    /// The translation, which is what is reported.
    own: Version<'a>,
    original: Version<'a>,
    /// What `original` is called.
    called: &'static str,
}

fn check(facts: &ProjectFacts<'_>, out: &mut Sink<'_>) {
    let mut by_id = BTreeMap::<(&ContentKind, &str), Vec<Version<'_>>>::new();
    let mut all = Vec::new();
    for (&path, file) in &facts.files {
        for fact in &file.requested().versions {
            let version = Version { path, record: file.record(fact.record), fact };
            all.push(version);
            let Some(id) = version.record.id.as_deref() else { continue };
            by_id.entry((&version.record.kind, id)).or_default().push(version);
        }
    }
    for own in all {
        let id = own.fact.original.as_deref().or(own.record.id.as_deref());
        let Some(same) = id.and_then(|id| by_id.get(&(&own.record.kind, id))) else { continue };
        if let Some(pair) = pair(own, same) {
            compare::compare(pair, out);
        }
    }
}

/// The version that `own` is compared with, of those with the id that it names, or with its own.
fn pair<'a>(own: Version<'a>, same: &[Version<'a>]) -> Option<Pair<'a>> {
    /// So many languages are looked through.
    const MOST: usize = 100;
    let is_other = |other: &&Version<'_>| !std::ptr::eq(own.fact, other.fact);
    let mut others = same.iter().take(MOST).filter(is_other);
    if own.fact.original.is_some() {
        let is_first = |other: &&Version<'_>| other.fact.original.is_none();
        let original = others.clone().find(is_first).or_else(|| others.next())?;
        return Some(Pair { own, original: *original, called: "the original" });
    }
    // Of versions that do not say which is the original, each is compared with the first.
    let first = same.first().filter(|first| is_other(first))?;
    let is_number = own.record.id.as_deref()?.bytes().all(|byte| byte.is_ascii_digit());
    let (here, there) = (own.fact.language.as_deref()?, first.fact.language.as_deref()?);
    let is_translation = here != there && !is_number && first.fact.original.is_none();
    is_translation.then_some(Pair { own, original: *first, called: "the other language" })
}

#[cfg(test)]
mod tests;
