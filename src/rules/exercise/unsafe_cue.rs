//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::lexicon::{self, LEXICON};
use crate::model::exercise::{Exercise, sentences_of};
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};

pub static RULE: Rule = Rule {
    id: "exercise/unsafe-cue",
    summary: "a step tells the reader to do something generally unsafe",
    level: Level::Warning,
    kinds: &[
        RuleKind { name: "through-pain", level: Level::Error, summary: "go on in spite of pain" },
        RuleKind { name: "breath-hold", level: Level::Warning, summary: "hold the breath" },
        RuleKind { name: "ballistic", level: Level::Warning, summary: "bounce or jerk" },
        RuleKind {
            name: "force-end-range",
            level: Level::Warning,
            summary: "force a joint to the end of its range",
        },
        RuleKind { name: "momentum", level: Level::Info, summary: "throw the body's weight" },
    ],
    confidence: Confidence::Medium,
    fix: Fixability::Never,
    profile: Profile::Relaxed,
    since: "0.1.0",
    docs: r#"
Every leaflet says to stop for pain; breath-holding under load raises the blood pressure, bouncing and
force overstretch (ACSM).

```yaml fail
name: Calf stretch
instructions: [Stand facing a wall., Push through the pain for the last five seconds.]
```

```yaml pass
name: Calf stretch
instructions: [Stand facing a wall., A pull is fine., Do not push through pain or hold your breath.]
```

Steps, cues and notes are read, in English. What a sentence denies or warns of ("avoid bouncing",
"common mistake: ...") is left alone. Holding the breath is right in some swimming drills and lifts;
suppress it there with the reason.
"#,
    check: Check::Exercise(check),
};

fn check(_: &FileContext<'_>, exercise: &Exercise<'_>, out: &mut Sink<'_>) {
    let list = &LEXICON.safety.unsafe_cues;
    if !exercise.english || !exercise.record.may_hold(list.hint()) {
        return;
    }
    let (cues, notes) = (exercise.record.texts("cues"), exercise.record.texts("notes"));
    for text in exercise.instructions.texts.iter().chain(&cues).chain(&notes) {
        let likely = exercise.record.may_hold_in(text, list.hint());
        if !likely || !list.is_match(text.as_str()) {
            continue;
        }
        for sentence in sentences_of(text) {
            let words = sentence.as_str();
            for hit in list.find_all(words) {
                if lexicon::is_negated(&words[..hit.range.start]) || is_warning(words) {
                    continue;
                }
                let kind =
                    RULE.kinds.iter().find(|kind| kind.name == hit.list).expect("lists are kinds");
                let shown =
                    words[hit.range.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
                out.report(sentence.span_of(hit.range), format!("`{shown}` can do harm"))
                    .kind(kind.name)
                    .label(kind.summary)
                    .help(help(kind.name));
            }
        }
    }
}

/// Whether the sentence tells of a mistake.
fn is_warning(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    ["mistake", "avoid", "myth", "wrong", "never ", "do not ", "don't ", "don\u{2019}t "]
        .iter()
        .any(|word| lower.contains(word))
}

fn help(kind: &str) -> &'static str {
    match kind {
        "through-pain" => "say which pull is fine and that pain means stop",
        "breath-hold" => "say when to breathe in and out",
        "ballistic" => "ask for a slow movement without bouncing",
        "force-end-range" => "go as far as is comfortable",
        _ => "ask for a controlled movement",
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn cues_that_can_do_harm() {
        check(
            &RULE,
            "
name: Sträck – stretch
instructions:
  - Push through the pain – you can do it.
    ^^^^^^^^^^^^^^^^^^^^^ `Push through the pain` can do harm
  - Hold your breath and bounce into the stretch.
    ^^^^^^^^^^^^^^^^ `Hold your breath` can do harm
                         ^^^^^^^^^^^ `bounce into` can do harm
cues: [Stretch the leg as far as possible.]
       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Stretch the leg as far as possible` can do harm
",
        );
    }

    #[test]
    fn warnings_are_no_cues() {
        silent(
            &RULE,
            "
- {name: A, instructions: [Do not push through the pain.]}
- {name: B, instructions: ['Common mistake: holding your breath.']}
- {name: C, instructions: [Avoid bouncing into the stretch.]}
- {name: D, instructions: [Breathe out without holding your breath.]}
- {name: E, inLanguage: sv, instructions: [Hold your breath.]}
- {name: F, safety: [If you hold your breath you may feel dizzy.]}
",
        );
    }
}
