//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::lexicon::LEXICON;
use crate::model::Record;
use crate::model::exercise::{Exercise, is_filler, sentences_of};
use crate::normal;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::source::Span;
use crate::syntax::{Node, Text};
use std::borrow::Cow;
use std::collections::HashMap;

pub static RULE: Rule = Rule {
    id: "exercise/empty-or-vague-steps",
    summary: "an exercise cannot be done from its text",
    level: Level::Error,
    kinds: &[
        RuleKind { name: "none", level: Level::Error, summary: "there are no steps" },
        RuleKind {
            name: "no-action",
            level: Level::Error,
            summary: "no sentence tells the reader to do anything",
        },
        RuleKind {
            name: "too-few",
            level: Level::Warning,
            summary: "one sentence is all there is",
        },
        RuleKind {
            name: "repeated-step",
            level: Level::Warning,
            summary: "two steps read the same",
        },
        RuleKind {
            name: "no-start",
            level: Level::Info,
            summary: "the first sentences name no position",
        },
    ],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Relaxed,
    since: "0.1.0",
    docs: r#"
A name is not an exercise: somebody who has never seen it has to be able to do it from the steps
(CERT item 8, PEMAT items 20 to 22).

```yaml fail
name: Hip opener
instructions: [This one feels great after a long day!]
```

```yaml pass
name: Hip opener
instructions:
  - Sit on a chair, feet flat.
  - Rest your right ankle on your left knee.
  - Lean forward until you feel a mild stretch in the buttock.
```

At least two sentences, one of which tells what to do ("Sit", "Slowly lower", "With your elbows bent,
raise", "The bar is at chest level, you grip it and pull"), and a position in the first three or in `startingPosition` or `position`. Each exercise
gets one diagnostic, the gravest. Pictures and films count when they have a transcript or captions.
Records of the category `education` are left alone. Words are read in English only; that there are
steps is asked in every language.
"#,
    check: Check::Exercise(check),
};

fn check(_: &FileContext<'_>, exercise: &Exercise<'_>, out: &mut Sink<'_>) {
    if exercise.is_category(&["education"]) || is_shown(exercise.record) {
        return;
    }
    let steps: Vec<Text<'_>> = exercise
        .instructions
        .texts
        .iter()
        .filter(|text| !is_filler(text.as_str()))
        .flat_map(sentences_of)
        .collect();
    let Some(first) = steps.first() else {
        none(exercise, out);
        return;
    };
    let title = exercise.title();
    if exercise.english && !steps.iter().any(|sentence| is_action(sentence.as_str())) {
        let place = if steps.len() == 1 {
            first.span()
        } else {
            exercise.instructions.key.unwrap_or(first.span())
        };
        out.report(place, format!("no step of {title} says what to do"))
            .kind("no-action")
            .help("begin each step with a verb: `Lift your hips.`");
    } else if steps.len() < MIN_STEPS {
        out.report(first.span(), format!("{title} has one sentence of steps"))
            .kind("too-few")
            .help("say how to start, what to move and how to end");
    } else if let Some((again, before)) = repeated(exercise, &steps) {
        out.report(again, "this step repeats an earlier one")
            .kind("repeated-step")
            .related(before, "first here")
            .help("delete it, or say what is different");
    } else if exercise.english
        && exercise.position.is_none()
        && !names_position(exercise.record, &steps)
    {
        out.report(first.span(), format!("the first steps of {title} name no starting position"))
            .kind("no-start")
            .help("begin with the position: `Lie on your back with your knees bent.`");
    }
}

/// Sentences that an exercise has at least.
const MIN_STEPS: usize = 2;

fn none(exercise: &Exercise<'_>, out: &mut Sink<'_>) {
    let is_odd = |own: Node<'_>| own.is_mapping() || own.items().any(Node::is_mapping);
    if exercise.record.field("instructions").is_some_and(is_odd) {
        // The schema tells that they are no texts.
        return;
    }
    let is_to_do = |text: &Text<'_>| LEXICON.residue.is_whole_placeholder(text.as_str());
    if exercise.instructions.texts.iter().any(is_to_do) {
        // That they are still to be written is told of every text.
        return;
    }
    let key = exercise.instructions.key;
    let place = match exercise.instructions.texts.as_slice() {
        [only] if !only.as_str().trim().is_empty() => only.span(),
        _ => key.unwrap_or(exercise.anchor),
    };
    out.report(place, format!("{} has no steps", exercise.title()))
        .kind("none")
        .help("describe the exercise step by step in `instructions:`");
}

/// Whether a film or picture stands for the steps, with words for those who do not see it.
fn is_shown(record: &Record<'_>) -> bool {
    let has =
        |media: Node<'_>| ["transcript", "captions"].iter().any(|field| media.get(field).is_some());
    record.field("media").is_some_and(|media| media.items().any(has))
}

/// Whether a sentence tells to do something: by an imperative among its first words, or the first ones
/// behind a comma or a word that a second thing to do is joined by.
fn is_action(sentence: &str) -> bool {
    const FIRST_WORDS: usize = 4;
    const AFTER_COMMA: usize = 3;
    const AFTER_LINK: usize = 2;
    const LINKS: &[&str] = &["and", "then", "you"];
    // "Rounding the lower back", "A stretch for the hips": what follows is no verb.
    const BEFORE_NOUNS: &[&str] = &["the", "your", "a", "an"];
    let mut left = FIRST_WORDS;
    for clause in sentence.split([',', ';', ':', '\u{2013}', '\u{2014}']) {
        let words =
            clause.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '\u{2019}')));
        let mut before = "";
        for word in words.filter(|word| !word.is_empty()) {
            if LINKS.contains(&word) {
                left = left.max(AFTER_LINK);
            } else if left > 0 {
                let is_noun = BEFORE_NOUNS.iter().any(|own| own.eq_ignore_ascii_case(before));
                if !is_noun && is_imperative(word) {
                    return true;
                }
                left -= 1;
            }
            before = word;
        }
        left = AFTER_COMMA;
    }
    false
}

fn is_imperative(word: &str) -> bool {
    let is_lower = word.bytes().all(|byte| byte.is_ascii_lowercase());
    let lower = if is_lower { word.into() } else { Cow::Owned(word.to_lowercase()) };
    LEXICON.steps.imperatives.contains(&*lower)
}

fn names_position(record: &Record<'_>, steps: &[Text<'_>]) -> bool {
    let positions = &LEXICON.steps.positions;
    let mut first = steps.iter().take(3);
    first
        .any(|text| record.may_hold_in(text, positions.hint()) && positions.is_match(text.as_str()))
}

/// Two steps that read the same and name no side, and the places of both.
fn repeated(exercise: &Exercise<'_>, sentences: &[Text<'_>]) -> Option<(Span, Span)> {
    // Whole steps, not sentences: "Breathe in." may well come twice.
    let whole = &exercise.instructions.texts;
    let steps = if whole.len() > 1 { whole.as_slice() } else { sentences };
    let mut seen = HashMap::new();
    for step in steps {
        let text = normal::bare(step.as_str());
        let is_long = text.split(' ').count() >= 4;
        if !is_long || exercise.english && LEXICON.steps.sides.is_match(step.as_str()) {
            continue;
        }
        if let Some(before) = seen.insert(text, step.span()) {
            return Some((step.span(), before));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, diagnostics, files, silent};

    #[test]
    fn steps_that_are_mappings_are_told_by_the_schema() {
        silent(
            &RULE,
            "name: Bridge\ninstructions: [{step: 1, text: Lie on your back.}, {step: 2, text: Lift your hips.}]\n",
        );
    }

    #[test]
    fn no_steps() {
        check(
            &RULE,
            "
- name: Höftlyft
        ^^^^^^^^ `Höftlyft` has no steps
- name: Bridge
  instructions: []
  ^^^^^^^^^^^^ `Bridge` has no steps
- name: Plank
  instructions: n/a
                ^^^ `Plank` has no steps
",
        );
    }

    #[test]
    fn steps_to_be_written_are_told_as_a_placeholder() {
        silent(
            &RULE,
            "- {name: Höftlyft, instructions: TBD}\n- {name: Bridge, instructions: ['', TODO]}\n",
        );
        let said = diagnostics(&files(&RULE, "name: Höftlyft\ninstructions: [TODO]\n"));
        let about: Vec<_> = said.iter().filter(|own| own.message.contains("TODO")).collect();
        assert_eq!(about.len(), 1, "{about:#?}");
    }

    #[test]
    fn nothing_to_do() {
        check(
            &RULE,
            "
- name: Hip opener
  instructions: [This one feels great after a long day – truly!]
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no step of `Hip opener` says what to do
- name: Run
  instructions:
  ^^^^^^^^^^^^ no step of `Run` says what to do
    - Running is a versatile form of exercise.
    - It suits everybody.
- name: Fold
  instructions: [Rounding the lower back., A stretch for the hips – truly.]
  ^^^^^^^^^^^^ no step of `Fold` says what to do
",
        );
    }

    #[test]
    fn one_sentence_is_too_few() {
        check(
            &RULE,
            "
name: Bridge
instructions: [Lie on your back and lift your hips.]
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Bridge` has one sentence of steps
",
        );
    }

    #[test]
    fn a_step_twice() {
        check(
            &RULE,
            "
name: Bridge
instructions:
  - Lie on your back.
    ----------------- first here
  - Lift your hips slowly.
  - Lie on your back!
    ^^^^^^^^^^^^^^^^^ this step repeats an earlier one
",
        );
    }

    #[test]
    fn no_position_to_begin_in() {
        check(
            &RULE,
            "
name: Chin tuck
instructions:
  - Tuck your chin in.
    ^^^^^^^^^^^^^^^^^^ the first steps of `Chin tuck` name no starting position
  - Relax.
  - Tuck it in again.
",
        );
    }

    #[test]
    fn steps_that_can_be_done() {
        silent(
            &RULE,
            "
- {name: A, instructions: [Slowly sit down on a chair., 'With your elbows bent, raise your arms.']}
- {name: B, instructions: Stand tall. Bend your knees.}
- {name: I, instructions: ['Bent over, the bar at chest height.', For the movement grab the bar and pull it to your chest.]}
- {name: J, position: sitting, instructions: [The dumbbells are on the floor and then slowly raise each one., Rest.]}
- {name: C, position: sitting, instructions: [Tuck your chin in., Relax.]}
- {name: D, instructions: [Lie down., Lift the left leg now., Rest., Lift the left leg now.]}
- {name: E, category: education}
- {name: F, media: [{src: a.mp4, transcript: She lifts her hips.}]}
- {name: K, instructions: {start: Lie down., move: Lift your hips.}}
- {name: G, inLanguage: sv, instructions: [Lyft höften., Sänk höften.]}
- {name: H, instructions: [Stå med fötterna isär. Böj på knäna långsamt och kom upp.]}
",
        );
        silent(
            &RULE,
            "---\nname: Bridge\n---\n\n## How to do it\n\n1. Lie on your back.\n2. Lift your hips.\n",
        );
    }

    #[test]
    fn steps_with_names() {
        silent(
            &RULE,
            "
name: Höftlyft
steps:
  - {n: 1, text: Lie on your back.}
  - {title: Lift, description: Lift your hips.}
",
        );
        check(
            &RULE,
            "
name: Höftlyft
steps:
^^^^^ no step of `Höftlyft` says what to do
  - {name: Feeling, text: This feels great.}
  - {name: Day, text: It makes the day.}
",
        );
    }
}
