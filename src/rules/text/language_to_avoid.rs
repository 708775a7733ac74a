//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::lexicon::{Harm, LEXICON};
use crate::model::Record;
use crate::normal::{lowered, single_spaced};
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::rules::claim::{is_for_professionals, phrases_meant};
use std::collections::HashSet;

pub static RULE: Rule = Rule {
    id: "text/language-to-avoid",
    summary: "words frighten readers, name them by a condition, or blame them",
    level: Level::Info,
    kinds: &[
        RuleKind { name: "threat", level: Level::Info, summary: "the body is painted as breaking" },
        RuleKind {
            name: "label",
            level: Level::Info,
            summary: "people are named by their condition",
        },
        RuleKind { name: "blame", level: Level::Info, summary: "readers are told off" },
    ],
    confidence: Confidence::Low,
    fix: Fixability::Never,
    profile: Profile::Strict,
    since: "0.1.0",
    docs: r#"
The words that a text has for a body shape how readers think of their pain ([Stewart and Loftus 2018, a
viewpoint](https://doi.org/10.2519/jospt.2018.0610)): "worn out" invites no one to move. Those who are called by their
condition read that it is all they are.

```markdown fail
# Discs

Your discs are crumbling from wear and tear.
```

```markdown pass
# Discs

Discs change with age, as skin and hair do. You may hear this called "wear and tear".
```

Each is told once in a text, with words to use instead. Names of diagnoses that health services use themselves are left
alone, and so are quotations, myths, words that are spoken of ("the term", "known as"), and texts whose
`audience` are professionals. Texts are read in English.
"#,
    check: Check::Record(check),
};

fn check(context: &FileContext<'_>, record: &Record<'_>, out: &mut Sink<'_>) {
    let wording = &LEXICON.wording;
    let mut told = HashSet::new();
    let mut found = phrases_meant(context, record, &wording.words);
    if found.is_empty() || is_for_professionals(record) {
        return;
    }
    found.sort_by_key(|(text, hit)| text.span_of(hit.range.clone()));
    for (text, hit) in found {
        let sentence = text.as_str();
        let words = single_spaced(&sentence[hit.range.clone()]);
        if is_spoken_of(&sentence[..hit.range.start])
            || says_which(&words, &sentence[hit.range.end..])
            || !told.insert(hit.pattern)
        {
            continue;
        }
        let (kind, message) = match wording.harm(hit.list) {
            Harm::Threat => ("threat", format!("`{words}` paints the body as breaking")),
            Harm::Label => ("label", format!("`{words}` names people by a condition")),
            Harm::Blame => ("blame", format!("`{words}` blames the reader")),
        };
        out.report(text.span_of(hit.range), message).kind(kind).help(match hit.list {
            say if say.starts_with("say ") => say.to_owned(),
            say => format!("better: {say}"),
        });
    }
}

/// "You may hear the term ...", "what is called ...".
fn is_spoken_of(before: &str) -> bool {
    const WORDS: &[&str] =
        &["term", "terms", "word", "words", "phrase", "called", "named", "known", "hear", "label"];
    const NEAR: usize = 6;
    let near = before.split_whitespace().rev().take(NEAR);
    near.map(lowered).any(|word| WORDS.contains(&word.trim_matches(|c: char| !c.is_alphabetic())))
}

/// "The disabled button": the words say which thing is meant, and name nobody.
fn says_which(words: &str, after: &str) -> bool {
    #[rustfmt::skip]
    const NO_THINGS: &[&str] = &[
        "also", "and", "are", "as", "at", "but", "by", "can", "from", "had", "has", "have", "in", "is", "may", "need",
        "needs", "often", "on", "or", "than", "to", "was", "were", "who", "whose", "with",
    ];
    let next = after.strip_prefix(' ').map(|own| own.split(|c: char| !c.is_alphabetic()).next());
    let next = next.flatten().filter(|own| !own.is_empty()).map(lowered);
    lowered(words).starts_with("the ") && next.is_some_and(|own| !NO_THINGS.contains(&&*own))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn threats_labels_and_blame() {
        check(
            &RULE,
            "
# Höfter

Your hips – *like most* – show **wear and tear**, and wear and tear hurts.
                                 ^^^^^^^^^^^^^ `wear and tear` paints the body as breaking

Many arthritis sufferers rest. Do not let yourself go.
     ^^^^^^^^^^^^^^^^^^^ `arthritis sufferers` names people by a condition

Press the disabled button. It is for the disabled and the elderly.
                                     ^^^^^^^^^^^^ `the disabled` names people by a condition
                                                      ^^^^^^^^^^^ `the elderly` names people by a condition
",
        );
    }

    #[test]
    fn what_is_spoken_of_and_who_is_spoken_to() {
        silent(
            &RULE,
            "
# Knees

You may hear the term wear and tear. It is a myth that knees are worn out. It is not \"bone on bone\".

> Your spine is crumbling.

Is a slipped disc for life?
",
        );
        silent(&RULE, "---\naudience: clinicians\n---\n\n# Knees\n\nWear and tear is common.\n");
        silent(&RULE, "---\ninLanguage: sv\n---\n\n# Knän\n\nWear and tear är vanligt.\n");
    }
}
