//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::facts::ProjectFacts;
use crate::facts::quantities::{QuantityFact, Value};
use crate::model::ContentKind;
use crate::rule::{Check, Fixability, Profile, Rule, RuleKind, Sink};
use crate::source::FilePath;
use crate::words::shortened;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    id: "claim/conflicting-numbers",
    summary: "the same quantity has different values",
    level: Level::Warning,
    kinds: &[RuleKind {
        name: "main",
        level: Level::Info,
        summary: "two different things are called the main one",
    }],
    confidence: Confidence::Medium,
    fix: Fixability::Never,
    profile: Profile::Default,
    since: "0.1.0",
    docs: r#"
One of the two is wrong, and the reader cannot tell which.

```markdown fail
# Shoulders

The rotator cuff has four muscles.

## Anatomy

The rotator cuff is a group of three muscles.
```

```markdown pass
# Shoulders

The rotator cuff has four muscles. Three of them turn the arm.

The spine has 33 vertebrae in children. The spine has 26 bones in adults.
```

Compared are sentences in a few plain forms, in English: "X has (consists of, is made up of, is a group of) N Y",
"there are N Y in the X", "X affects N % of people", "N % of people have X", and, as kind `main`, "the main X is Y".
Two speak of the same when all their words do: "the lumbar spine" is not "the spine", "three main muscles" are not
"three muscles", and "in children" belongs to the quantity. "About 80%" agrees with anything near it, "at least
four" with five.

In different files, in different records of a file and in quizzes, only statements about parts of the body and
common conditions are compared: two programmes may have different phases. Questions, denials, myths and quotations are left alone, and so is the kind `main` between
files.

Find out which is right and say the same in both places, or say what makes them different.
"#,
    check: Check::Project(check),
};

/// A statement and its file.
type Told<'a> = (&'a FilePath, &'a QuantityFact);

fn check(facts: &ProjectFacts<'_>, out: &mut Sink<'_>) {
    let mut shared: BTreeMap<&str, Vec<Told<'_>>> = BTreeMap::new();
    for (&path, file) in &facts.files {
        let mut own: BTreeMap<(u32, &str), Vec<Told<'_>>> = BTreeMap::new();
        let is_quiz = file.records.iter().any(|record| record.kind == ContentKind::Quiz);
        for fact in &file.quantities {
            if fact.shared {
                shared.entry(&fact.key).or_default().push((path, fact));
            } else if !is_quiz {
                own.entry((fact.record, &fact.key)).or_default().push((path, fact));
            }
        }
        own.values().for_each(|group| report(group, out));
    }
    shared.values().for_each(|group| report(group, out));
}

/// Report a group once, at the first statement that disagrees with the first.
fn report(group: &[Told<'_>], out: &mut Sink<'_>) {
    const MAX_PLACES: usize = 4;
    let Some((&(first_path, first), rest)) = group.split_first() else { return };
    let mut others = rest.iter().filter(|(_, fact)| !fact.value.agrees_with(&first.value));
    let Some(&(path, fact)) = others.next() else { return };
    let (here, there) = (shortened(&fact.words), shortened(&first.words));
    let named = matches!(fact.value, Value::Name(_));
    let place = if path == first_path { "in this file" } else { "in another file" };
    let message = match named {
        true => format!("the {} is `{here}` here, and `{there}` above", fact.key),
        false => format!("`{here}` here, and `{there}` {place}"),
    };
    let diagnostic = out.report_at(path, &fact.site, message);
    if named {
        diagnostic.kind("main");
    }
    diagnostic
        .label(format!("of the same: {}", fact.key))
        .help("find out which is right and say it in both places, or say what makes them different")
        .related_at(first_path.clone(), first.site.span, format!("`{there}`"));
    for (path, other) in others.take(MAX_PLACES) {
        diagnostic.related_at((*path).clone(), other.site.span, "and another");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn in_one_file() {
        check(
            &RULE,
            r#"
# Axlar – höfter

The rotator cuff has *four* muscles. It is strong.
                      ------------- `four muscles`

Å! The rotator cuff is a group of three muscles that turn the arm.
                                  ^^^^^^^^^^^^^ `three muscles` here, and `four muscles` in this file
"#,
        );
    }

    #[test]
    fn across_files() {
        check(
            &RULE,
            r#"
//- articles/a.md
# Ryggen

There are 24 vertebrae in the spine.
          ------------ `24 vertebrae`
//- exercises/b.yaml
name: Bro – bridge
description: Your spine has 33 vertebrae.
                            ^^^^^^^^^^^^ `33 vertebrae` here, and `24 vertebrae` in another file
"#,
        );
    }

    #[test]
    fn the_main_one() {
        check(
            &RULE,
            r#"
# Hips

The main hip flexor is the psoas major. The main hip flexor is the psoas.
                           ----------- `psoas major`

The main hip flexor is the rectus femoris.
                           ^^^^^^^^^^^^^^ the main hip flexor is `rectus femoris` here, and `psoas major` above
"#,
        );
    }

    #[test]
    fn what_agrees() {
        silent(
            &RULE,
            r#"
//- articles/a.md
# Backs

The spine has 33 vertebrae. The lumbar spine has five vertebrae. The spine has 26 bones in adults. The spine has
24 bones in pictures.

The knee has two menisci. The knee has four ligaments. The knee does not have three menisci. Does the knee have
three menisci?

> The knee has five menisci.

It is a myth that the knee has three menisci. "The knee has three menisci," they said.

About 80% of adults have back pain at some time. Up to 84 percent of adults have back pain at some time. 20% of
adults have back pain.

Each foot has 26 bones. The feet have 52 bones. The programme has three phases. There are three reasons. The study has 40 adults.
//- articles/b.md
# Plans

The programme has four phases. The study has 20 adults. The circuit has six stations.
//- articles/c.md
# Circuits

The circuit has five stations.
//- exercises/list.yaml
- name: A
  description: The ladder has six rungs.
- name: B
  description: The ladder has seven rungs.
//- quizzes/q.yaml
title: Q
questions:
  - prompt: How many?
    options: [The knee has nine menisci., The knee has two menisci.]
    answer: 2
"#,
        );
    }
}
