//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::lexicon::{self, Hit, LEXICON, Matcher};
use crate::model::exercise::{Exercise, sentences_of};
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::syntax::Text;
use crate::words::quoted;
use std::cell::LazyCell;
use std::ops::Range;

pub static RULE: Rule = Rule {
    id: "exercise/unsafe-cue",
    summary: "a step tells the reader to do something generally unsafe",
    level: Level::Warning,
    kinds: &[
        RuleKind {
            name: "through-pain",
            level: Level::Error,
            summary: "go on in spite of pain or another warning sign",
        },
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

Steps, cues, notes, progressions and the starting position are read, in English; in safety notes and the
description what tells to go on in spite of pain:

```yaml fail
name: Step-up
safety: Do not stop if you feel dizzy; it passes.
```

What a sentence denies or warns of ("avoid bouncing",
"common mistake: ...") is left alone. Holding the breath is right in some swimming drills and lifts;
switch the rule off for such files under `overrides`.
"#,
    check: Check::Exercise(check),
};

fn check(_: &FileContext<'_>, exercise: &Exercise<'_>, out: &mut Sink<'_>) {
    let (record, safety) = (exercise.record, &LEXICON.safety);
    let may_hold = |list: &Matcher| record.may_hold(list.hint());
    let likely =
        may_hold(&safety.unsafe_cues) || may_hold(&safety.in_spite) && may_hold(&safety.alarms);
    if !exercise.english || !likely {
        return;
    }
    let field = |name: &str| record.texts(name);
    let told: Vec<_> = ["cues", "notes", "startingPosition", "progression", "regression"]
        .into_iter()
        .flat_map(field)
        .collect();
    for text in exercise.instructions.texts.iter().chain(&told).chain(&exercise.tips) {
        check_text(exercise, text, &|_, _| true, out);
    }
    let parts = [&exercise.safety, &exercise.contraindications, &exercise.stop_if];
    for text in parts.iter().flat_map(|part| &part.texts) {
        check_text(exercise, text, &|hit, _| hit.list == THROUGH_PAIN, out);
    }
    // A description may tell what people do.
    let begins = |hit: &Hit<'_>, sentence: &str| {
        hit.list == THROUGH_PAIN && sentence[..hit.range.start].trim().is_empty()
    };
    for text in &field("description") {
        check_text(exercise, text, &begins, out);
    }
}

const THROUGH_PAIN: &str = "through-pain";

fn check_text(
    exercise: &Exercise<'_>,
    text: &Text<'_>,
    counts: &dyn Fn(&Hit<'_>, &str) -> bool,
    out: &mut Sink<'_>,
) {
    let safety = &LEXICON.safety;
    let holds = |list: &Matcher| exercise.record.may_hold_in(text, list.hint());
    let has_cues = holds(&safety.unsafe_cues) && safety.unsafe_cues.is_match(text.as_str());
    let may_go_on = holds(&safety.in_spite) && holds(&safety.alarms);
    if !has_cues && !may_go_on {
        return;
    }
    for sentence in sentences_of(text) {
        let words = sentence.as_str();
        let cues = has_cues.then(|| safety.unsafe_cues.find_all(words)).into_iter().flatten();
        // None of the cues has such a word.
        let mistake = LazyCell::new(|| is_mistake(words));
        let clauses = LazyCell::new(|| Clauses::of(words));
        let is_told = |hit: &Hit<'_>| {
            let before = &words[..hit.range.start];
            let may_hold_breath = exercise.is_category(&["breathing"]);
            !lexicon::is_negated(before)
                && !clauses.warn_before(hit.range.start)
                && !is_told_of(before)
                // "If it hurts, continue with less weight."
                && (!hit.pattern.starts_with(IF_IT_HURTS) || ends_clause(&words[hit.range.end..]))
                && !*mistake
                && (hit.list != "breath-hold" || !may_hold_breath)
        };
        let mut told = Vec::new();
        for hit in cues.filter(is_told).filter(|hit| counts(hit, words)) {
            // One mistake, however many of its words: "No pain, no gain: push through the burn".
            if told.contains(&hit.list) {
                continue;
            }
            told.push(hit.list);
            let kind =
                RULE.kinds.iter().find(|kind| kind.name == hit.list).expect("lists are kinds");
            report(&sentence, hit.range, kind, help(kind.name), out);
        }
        if may_go_on && let Some(range) = goes_on(words) {
            let kind = RULE.kinds.iter().find(|kind| kind.name == THROUGH_PAIN);
            let kind = kind.expect("the rule has it");
            report(&sentence, range, kind, "say that this means stop, and whom to call", out);
        }
    }
}

fn report(
    sentence: &Text<'_>,
    range: Range<usize>,
    kind: &RuleKind,
    help: &'static str,
    out: &mut Sink<'_>,
) {
    let is_behind = |c: char| c.is_whitespace() || matches!(c, '.' | '!' | ';');
    let words = sentence.as_str()[range.clone()].trim_end_matches(is_behind);
    let range = range.start..range.start + words.len();
    out.report(sentence.span_of(range), format!("{} can do harm", quoted(words.trim())))
        .kind(kind.name)
        .label(kind.summary)
        .help(help);
}

/// Where a sentence tells the reader to go on with a symptom that means stop: from one to the other.
pub(super) fn goes_on(sentence: &str) -> Option<Range<usize>> {
    const MILD: &[&str] = &["mild", "slight", "gentle", "minor", "little", "no longer", "gone"];
    let safety = &LEXICON.safety;
    let cue = safety.in_spite.find(sentence)?.range;
    let alarm = safety.alarms.find(sentence)?.range;
    let lower = sentence.to_lowercase();
    let is_meant = !MILD.iter().any(|word| lower.contains(word))
        && !lexicon::is_negated(&sentence[..cue.start])
        && !Clauses::of(sentence).warn_before(cue.start)
        && !is_mistake(&lower);
    is_meant.then(|| cue.start.min(alarm.start)..cue.end.max(alarm.end))
}

/// The clauses of a sentence, and the words in them that turn a cue around.
struct Clauses {
    /// Where each begins but the first.
    starts: Vec<usize>,
    /// Where the words begin and end, both in order.
    warnings: Vec<(usize, usize)>,
}

impl Clauses {
    fn of(sentence: &str) -> Self {
        const WARNINGS: &[&str] = &["avoid", "never ", "do not ", "don't ", "don\u{2019}t "];
        let signs = sentence.match_indices(['.', ';', ':', '?', '!']);
        let buts = sentence.match_indices(" but ");
        let mut starts: Vec<_> = signs.chain(buts).map(|(at, own)| at + own.len()).collect();
        starts.sort_unstable();
        let lower = sentence.to_ascii_lowercase();
        let find = |word: &'static str| memchr::memmem::find_iter(lower.as_bytes(), word);
        let each = |word: &'static str| find(word).map(move |at| (at, at + word.len()));
        let mut warnings: Vec<_> = WARNINGS.iter().flat_map(|word| each(word)).collect();
        warnings.sort_unstable();
        Self { starts, warnings }
    }

    /// Whether the words before a cue, in its clause, turn it around.
    fn warn_before(&self, cue: usize) -> bool {
        let behind = self.starts.partition_point(|start| *start <= cue);
        let start = behind.checked_sub(1).map_or(0, |at| self.starts[at]);
        let ends_before = self.warnings.partition_point(|(_, end)| *end <= cue);
        ends_before.checked_sub(1).is_some_and(|at| self.warnings[at].0 >= start)
    }
}

/// Whether the sentence tells of a mistake.
fn is_mistake(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    ["mistake", "myth", "wrong"].iter().any(|word| lower.contains(word))
}

/// The pattern that is an order only where nothing follows.
const IF_IT_HURTS: &str = "if (it|this|that) (really)?";

fn ends_clause(behind: &str) -> bool {
    let rest = behind.trim_start();
    rest.is_empty()
        || rest.starts_with(['.', '!', ';'])
        || rest.starts_with("anyway")
        || rest.starts_with("regardless")
}

/// "If you push into the pain, it flares up": what happens then, and no cue.
fn is_told_of(before: &str) -> bool {
    let mut last = before.split_whitespace().rev();
    let (second, first) = (last.next().unwrap_or(""), last.next().unwrap_or(""));
    let is = |word: &str, list: &[&str]| list.iter().any(|own| word.eq_ignore_ascii_case(own));
    is(first, &["if", "when", "before", "whenever"]) && is(second, &["you", "they", "people"])
        || is(first, &["tempted", "tempting", "want", "wanting", "urge", "need"])
            && is(second, &["to"])
        || is(second, &["who"])
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
    fn force_and_speed() {
        check(
            &RULE,
            "
name: Sträck – stretch
instructions:
  - Fling your legs up – high.
    ^^^^^^^^^^^^^^^ `Fling your legs` can do harm
  - Crank your neck to the side.
    ^^^^^^^^^^^^^^^ `Crank your neck` can do harm
  - Use momentum to come up.
    ^^^^^^^^^^^^ `Use momentum` can do harm
  - Stretch through the burn.
    ^^^^^^^^^^^^^^^^^^^^^^^^ `Stretch through the burn` can do harm
",
        );
        silent(
            &RULE,
            "
name: Sträck – stretch
instructions:
  - Do not yank the strap or crank your neck.
  - Turn the crank with your arms.
  - Fling open the window, and stand at the strap.
  - Rise without a swing; do not use momentum.
",
        );
    }

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
    fn cues_below_a_heading() {
        check(
            &RULE,
            "
//- exercises/a.md
# Höftlyft

## Steps

1. Lie on your back – knees bent.
2. Lift your hips.

## Coaching cues

- Push through the pain.
  ^^^^^^^^^^^^^^^^^^^^^ `Push through the pain` can do harm

Common mistakes:

- Hold your breath.

## Background

Old books say: push through the pain.
//- exercises/b.md
# Knälyft

## Tips

1. Stand on one leg, then hold your breath.
                          ^^^^^^^^^^^^^^^^ `hold your breath` can do harm
",
        );
    }

    #[test]
    fn going_on_in_spite_of_pain() {
        check(
            &RULE,
            "
name: Lyft – bridge
instructions:
  - Push through the sharp pain.
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Push through the sharp pain` can do harm
  - Keep going no matter how bad the pain gets.
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Keep going no matter how bad the pain` can do harm
  - Don’t stop when it hurts.
    ^^^^^^^^^^^^^^^^^^^^^^^^ `Don’t stop when it hurts` can do harm
  - Keep going even if it hurts.
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Keep going even if it hurts` can do harm
  - If it hurts, you’re doing it right.
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `If it hurts, you’re doing it right` can do harm
  - Stretch until you feel pain.
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Stretch until you feel pain` can do harm
  - Push through pain, do not hold back.
    ^^^^^^^^^^^^^^^^^ `Push through pain` can do harm
  - Do not hold your breath, but push through the pain.
                                 ^^^^^^^^^^^^^^^^^^^^^ `push through the pain` can do harm
  - Keep going even if your knee hurts.
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Keep going even if your knee hurts` can do harm
progression: Push past the pain for longer.
             ^^^^^^^^^^^^^^^^^^ `Push past the pain` can do harm
safety:
  - Do not stop if you feel chest pain; it passes.
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Do not stop if you feel chest pain` can do harm
  - Chest pain is common at first, so push through it.
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Chest pain is common at first, so push through it` can do harm
description: Push through the pain and get strong.
             ^^^^^^^^^^^^^^^^^^^^^ `Push through the pain` can do harm
",
        );
    }

    #[test]
    fn pain_as_an_aim() {
        check(
            &RULE,
            "
name: Sträck – stretch
instructions:
  - If it hurts, keep going.
    ^^^^^^^^^^^^^^^^^^^^^^^ `If it hurts, keep going` can do harm
  - Stretch until it really hurts.
            ^^^^^^^^^^^^^^^^^^^^^ `until it really hurts` can do harm
  - Push into the pain for 10 seconds.
    ^^^^^^^^^^^^^^^^^^ `Push into the pain` can do harm
  - 'No pain, no gain: push through the burn.'
     ^^^^^^^^^^^^^^^^ `No pain, no gain` can do harm
",
        );
        silent(
            &RULE,
            "
- {name: A, instructions: [Do not push into the pain., 'If it hurts, keep going only as far as is easy.']}
- {name: B, instructions: ['If you push into the pain, it flares up.', 'If it hurts, stop.']}
- {name: C, instructions: ['Stretch until you feel a pull, not pain.', 'It may be tempting to push into pain.']}
- {name: D, instructions: ['Press into the painful spot.', 'Stop before you push into the pain.']}
",
        );
    }

    #[test]
    fn stopping_and_mild_symptoms_are_fine() {
        silent(
            &RULE,
            "
- {name: A, safety: [Do not continue if you feel dizzy., Never push through chest pain.]}
- {name: B, instructions: [Carry on when you no longer feel dizzy., Do not keep going despite dizziness.]}
- {name: C, safety: [You need not stop for slight tingling that settles at once.]}
- {name: D, description: Many runners push through the pain and are hurt.}
- {name: E, instructions: [Do not stop taking your tablets if you feel dizzy.]}
- {name: H, safety: Do not stop suddenly if you feel faint.}
- {name: I, instructions: ['Work through the burn in your thighs, but not through joint pain.']}
- {name: J, category: breathing, instructions: [Hold your breath for four counts.]}
- {name: F, instructions: [Keep moving even if it hurts a little., Walk until you feel a stretch.]}
- {name: G, safety: 'If you hold your breath you may feel dizzy. Stop if it hurts, even if it hurts only a little.'}
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

    #[test]
    fn the_last_sentence_of_a_block() {
        check(
            &RULE,
            "
- name: Bäckenlyft
  safety: |
    Stop if your leg goes numb.
    Keep going even if it hurts.
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Keep going even if it hurts` can do harm
- name: Bridge
  instructions: >
    Lie down. Push on even when it burns! Lower your hips.
              ^^^^^^^^^^^^^^^^^^^^^^^^^^ `Push on even when it burns` can do harm
",
        );
        silent(
            &RULE,
            "safety: |\n  Continue even if it hurts a little.\n  Stop if it hurts more.\n",
        );
    }
}
