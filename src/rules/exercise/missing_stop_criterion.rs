//! See `docs`.

use super::missing_safety_note;
use crate::diagnostic::{Confidence, Level};
use crate::lexicon::{self, LEXICON};
use crate::model::exercise::{Exercise, sentences_of};
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, Sink};
use crate::syntax::Text;

pub static RULE: Rule = Rule {
    id: "exercise/missing-stop-criterion",
    summary: "a safety note never says which symptoms mean stop",
    level: Level::Warning,
    kinds: &[],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Default,
    since: "0.1.0",
    docs: r#"
"Ask your doctor" does not help in the moment when something starts to hurt. A safety note names at
least one symptom and says to stop for it.

```yaml fail
name: Step-up
instructions: [Stand in front of a step., Step up and down.]
safety: Talk to your doctor before you begin any exercise programme.
```

```yaml pass
name: Step-up
instructions: [Stand in front of a step., Step up and down.]
safety: >-
  Talk to your doctor first if you are unsure. Stop if you get chest pain, feel faint, or your leg
  goes numb.
```

The word for stopping (stop, end the exercise, ease off, do not continue) and the symptom stand in
one sentence, at most 14 words apart; in a safety note any "stop if" or "stop when" will do, and so
does "Sharp pain? Stop." `stopIf` says it as a field. Exercises of the categories
`relaxation`, `breathing`, `rest-position` and `education` are left alone, and so are texts in other
languages than English. Nothing is said where `exercise/missing-safety-note` already speaks.
"#,
    check: Check::Exercise(check),
};

fn check(_: &FileContext<'_>, exercise: &Exercise<'_>, out: &mut Sink<'_>) {
    let safety = &exercise.safety;
    let exempt = exercise.is_category(&["relaxation", "breathing", "rest-position", "education"]);
    if exempt || !exercise.english || safety.none_known.is_some() || exercise.stop_if.is_said() {
        return;
    }
    // Without a note that says something the rule for that speaks.
    if !safety.said().any(|text| missing_safety_note::says_something(exercise.record, text)) {
        return;
    }
    let parts = [&exercise.safety, &exercise.contraindications, &exercise.instructions];
    let texts = parts.into_iter().flat_map(|part| &part.texts).chain(&exercise.other_texts);
    let likely = texts.filter(|text| super::may_say_stop(exercise.record, text));
    if likely.flat_map(sentences_of).any(|own| super::stop_criterion(&own).is_some()) {
        return;
    }
    if [safety, &exercise.contraindications].iter().any(|part| part.texts.iter().any(says_when)) {
        return;
    }
    let told_to_go_on = |own: Text<'_>| super::unsafe_cue::goes_on(own.as_str()).is_some();
    if safety.said().flat_map(sentences_of).any(told_to_go_on) {
        return;
    }
    let title = exercise.title();
    out.report(
        missing_safety_note::place(safety),
        format!("the safety note of {title} names no symptom to stop for"),
    )
    .help("add a sentence such as `Stop if you feel dizzy or the pain gets worse.`");
}

/// Whether a note says to stop in some case, whatever that is: "Stop if the wound opens", "Sharp pain? Stop."
fn says_when(note: &Text<'_>) -> bool {
    const CASES: &[&str] = &["if", "when", "whenever", "once"];
    let names_case = |text: &str| {
        let mut words = text.split(|c: char| !c.is_alphabetic());
        words.any(|word| CASES.iter().any(|case| word.eq_ignore_ascii_case(case)))
    };
    let mut asks = false;
    sentences_of(note).iter().any(|sentence| {
        let text = sentence.as_str();
        let asked = std::mem::replace(&mut asks, text.trim_end().ends_with('?'));
        let stop = (asked || names_case(text)).then(|| LEXICON.safety.stop.find(text)).flatten();
        // In its clause: "if you can't feel it, stop" is meant.
        let clause = |end| text[..end].rsplit([',', ';']).next().unwrap_or_default();
        stop.is_some_and(|hit| !lexicon::is_negated(clause(hit.range.start)))
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn a_note_without_symptoms() {
        check(
            &RULE,
            "
name: Steg – step-up
safety: Talk to your doctor before you begin.
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the safety note of `Steg – step-up` names no symptom to stop for
",
        );
    }

    #[test]
    fn do_not_stop_is_no_criterion() {
        check(
            &RULE,
            "
name: Plank
safety:
^^^^^^ the safety note of `Plank` names no symptom to stop for
  - If in doubt, ask.
  - Do not stop when it burns.
  - Ask your doctor first.
",
        );
    }

    #[test]
    fn symptoms_with_a_word_for_stopping() {
        silent(
            &RULE,
            "
- {name: A, safety: 'Ask your doctor. Stop if you feel dizzy.'}
- {name: B, safety: 'If your knee hurts, ease off.'}
- {name: C, safety: Ask your doctor first., stopIf: [chest pain]}
- {name: D, category: relaxation, safety: Ask your doctor first.}
- {name: E, safety: Fråga din läkare först., inLanguage: sv}
- {name: F, safety: Take care.}
- {name: G, safety: {none-known: true, reason: Done sitting.}}
- {name: H, safety: Stand near a wall., instructions: [Stop if you feel pain.]}
- {name: I}
- {name: J, safety: Don’t carry on if you feel faint.}
- {name: K, safety: Ask your doctor first. Do not stop if you feel dizzy.}
- {name: L, safety: 'Ask first. Put the weights down at once if you feel light-headed.'}
- {name: N, safety: Stop if the wound opens.}
- {name: S, safety: 'Stop and have it checked the same day if you feel a snap in the calf, or cannot push off.'}
- {name: T, safety: [Swim where a lifeguard is on duty., 'Get out if you feel faint, have cramp that doesn’t ease or are short of breath.']}
- {name: O, safety: 'Stand near a wall. Any sharp or shooting pain? Stop there.'}
- {name: P, safety: You should not feel this in your lower back. If you do, please stop.}
- {name: Q, safety: Leave it for today if your knee is swollen.}
- {name: R, safety: 'If you notice a dragging feeling, pressure, or you cannot feel the muscles working any more at all, stop.'}
- {name: M, safety: Come out of it if your knees hurt.}
",
        );
    }
}
