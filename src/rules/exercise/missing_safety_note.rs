//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::lexicon::LEXICON;
use crate::model::exercise::{Exercise, Part, is_filler, sentences_of};
use crate::model::shape::fold;
use crate::model::{Record, texts};
use crate::normal::single_spaced;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::source::Span;
use crate::syntax::{Node, Text};

pub static RULE: Rule = Rule {
    id: "exercise/missing-safety-note",
    summary: "an exercise has no safety note that says something",
    level: Level::Error,
    kinds: &[
        RuleKind {
            name: "absent",
            level: Level::Error,
            summary: "there is no note, or only `tbd` and the like",
        },
        RuleKind {
            name: "empty-note",
            level: Level::Error,
            summary: "the note names nothing to watch for",
        },
        RuleKind {
            name: "misplaced",
            level: Level::Warning,
            summary: "the note stands in a step or a remark",
        },
        RuleKind {
            name: "partial",
            level: Level::Warning,
            summary: "there is no note, only `stopIf`",
        },
        RuleKind {
            name: "empty-field",
            level: Level::Info,
            summary: "one of the fields for what to watch for is empty beside another that is not",
        },
        RuleKind {
            name: "no-reason",
            level: Level::Warning,
            summary: "`none-known` stands without a reason",
        },
    ],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Relaxed,
    since: "0.1.0",
    docs: r#"
People follow an exercise alone. A note tells them when to stop, whom to ask, and for whom the
exercise is not meant (CERT item 11, i-CONTENT item 6).

```yaml fail
name: Chair squat
instructions: [Stand in front of a chair., Sit down slowly and stand up again.]
```

A note has to name something: a symptom, a person to ask, a condition, a limit of pain, a support,
the breath. "Be careful" names nothing.

```yaml fail
name: Chair squat
instructions: [Stand in front of a chair., Sit down slowly and stand up again.]
safety: Be careful and use proper form.
```

```yaml pass
name: Chair squat
instructions: [Stand in front of a chair., Sit down slowly and stand up again.]
safety:
  - Stop if knee pain gets worse or you feel dizzy.
  - Ask a clinician first if you have had knee surgery in the last 12 weeks.
```

A list of `contraindications` says for whom the exercise is not meant, and nothing to those who do it: it is no
note. `stopIf` alone is half of one, a warning.

```yaml fail
name: Chair squat
instructions: [Stand in front of a chair., Sit down slowly and stand up again.]
contraindications: [A recent fracture]
```

An empty field beside one that says something (`stopIf: []`) leaves open whether there is nothing to say.
Sections of a Markdown body count as well ("Safety", "When to stop", "Säkerhet", ...), under a heading, a label in
bold or in a row of a table; boxes of warnings do (`> [!WARNING]`, `{{< alert >}}`, `<Callout type="warning">`), and so do
fields of a collection's own whose names say the same (`red_flags`). Where several exercises stand on one page, each
under a heading with steps of its own, each needs a note, or one stands beside them for all. Where nothing is known,
say why:

```yaml pass
name: Slow breathing
instructions: [Sit comfortably., Breathe in for four seconds and out for six.]
safety: {none-known: true, reason: "Done sitting, without effort."}
```

Records of the category `education` are left alone. What a note says is judged in English only; in
other languages the rule asks that there is one. Suppress it for a collection that was imported
without notes, or accept the collection as it is with `caveat baseline`.
"#,
    check: Check::Exercise(check),
};

fn check(_: &FileContext<'_>, exercise: &Exercise<'_>, out: &mut Sink<'_>) {
    if exercise.is_category(&["education"]) {
        return;
    }
    let safety = &exercise.safety;
    if let Some(statement) = safety.none_known {
        if !statement.has_reason
            && !exercise.stop_if.is_said()
            && !exercise.contraindications.is_said()
        {
            out.report(statement.span, "`none-known` has no reason")
                .kind("no-reason")
                .help("write `safety: {none-known: true, reason: ...}`");
        }
        return;
    }
    if safety.said().next().is_none() && !has_section_of_limits(exercise) {
        absent(exercise, out);
    } else if is_vague(exercise) {
        empty_note(exercise, out);
    } else {
        empty_fields(exercise, out);
    }
}

/// Whether there is nothing but a note that names nothing.
pub(super) fn is_vague(exercise: &Exercise<'_>) -> bool {
    // "Be careful." says no more beside contraindications.
    let is_sentence = |text: &Text<'_>| text.as_str().split_whitespace().nth(3).is_some();
    let has_limits = exercise.stop_if.is_said()
        || has_section_of_limits(exercise)
        || exercise.contraindications.is_said() && exercise.safety.said().any(is_sentence);
    let says = |text: &Text<'_>| says_something(exercise.record, text);
    !has_limits && exercise.english && !exercise.safety.said().any(says)
}

/// Whether a section, or a field of the collection's own, says when to stop or for whom the exercise is not meant.
fn has_section_of_limits(exercise: &Exercise<'_>) -> bool {
    let is_own = |part: &Part<'_>, field| part.is_said() && key_of(exercise, field).is_none();
    is_own(&exercise.stop_if, "stopIf") || is_own(&exercise.contraindications, "contraindications")
}

/// The key of a field under its own name: what others call so may hold more (`red_flags`).
fn key_of(exercise: &Exercise<'_>, field: &str) -> Option<Span> {
    let entry = exercise.record.node?.entry(field)?;
    (fold(entry.key()) == fold(field)).then(|| entry.key_span())
}

/// Fields that were made for something to be filled in.
fn empty_fields(exercise: &Exercise<'_>, out: &mut Sink<'_>) {
    let fields = ["safety", "contraindications", "stopIf"];
    let entries = exercise.record.node.into_iter().flat_map(|node| {
        fields.into_iter().filter_map(move |name| Some((name, node.entry(name)?)))
    });
    for (name, entry) in entries {
        let value = entry.value;
        let is_empty = value.is_sequence() && value.items().next().is_none()
            || value.as_str().is_some_and(|text| text.trim().is_empty());
        if is_empty {
            out.report(entry.key_span(), format!("`{name}` of {} is empty", exercise.title()))
                .kind("empty-field")
                .help(format!("fill it in, or say `{name}: {{none-known: true, reason: ...}}`"));
        }
    }
}

/// Whether a text holds one of the ideas of a safety note.
pub(super) fn says_something(record: &Record<'_>, text: &Text<'_>) -> bool {
    let safety = &LEXICON.safety;
    let lists = [&safety.concepts, &safety.symptoms, &safety.conditions];
    lists.iter().any(|list| record.may_hold_in(text, list.hint()) && list.is_match(text.as_str()))
}

fn absent(exercise: &Exercise<'_>, out: &mut Sink<'_>) {
    let title = exercise.title();
    let said = |part: &Part<'_>, field| key_of(exercise, field).filter(|_| part.is_said());
    if let Some(key) = said(&exercise.stop_if, "stopIf") {
        let diagnostic = out.report(
            exercise.safety.key.unwrap_or(exercise.anchor),
            format!("{title} says when to stop, and has no safety note"),
        );
        diagnostic.kind("partial").related(key, "this says when to stop");
        diagnostic.help("add `safety:` with whom to ask and what to watch for");
        return;
    }
    if let Some((span, words)) = misplaced(exercise) {
        let diagnostic = out
            .report(span, format!("a safety note of {title} stands outside of its safety notes"));
        diagnostic.kind("misplaced").label("this is a safety note").help("move it to `safety:`");
        diagnostic.note(format!("`{words}` is easily missed where it stands"));
        return;
    }
    let (span, message) = match (&exercise.safety.key, exercise.safety.texts.as_slice()) {
        (None, _) => (exercise.anchor, format!("{title} has no safety note")),
        (Some(_), [only]) if !only.as_str().trim().is_empty() => {
            (only.span(), format!("`{}` is no safety note", only.as_str().trim()))
        }
        (Some(key), _) => (*key, format!("{title} has an empty safety note")),
    };
    let diagnostic = out.report(span, message);
    let verb = if exercise.safety.key.is_some() { "fill" } else { "add" };
    diagnostic.kind("absent").help(format!("{verb} `safety:` with when to stop and whom to ask"));
    if let Some(key) = said(&exercise.contraindications, "contraindications") {
        diagnostic.related(key, "this says for whom it is not meant");
    }
}

/// A sentence elsewhere that says when to stop for a symptom, or whom to ask.
fn misplaced(exercise: &Exercise<'_>) -> Option<(Span, String)> {
    if !exercise.english {
        return None;
    }
    let fields = exercise.record.node.into_iter().flat_map(Node::entries);
    let fields: Vec<_> = fields.flat_map(|entry| texts(entry.value)).collect();
    // Without a body, all other texts are those of fields.
    let of_body = exercise.instructions.texts.iter().chain(&exercise.other_texts);
    let of_body = of_body.filter(|_| exercise.record.body.is_some());
    let consult = LEXICON.safety.consult.hint();
    let likely = fields.iter().chain(of_body).filter(|text| {
        super::may_say_stop(exercise.record, text) || exercise.record.may_hold_in(text, consult)
    });
    likely.flat_map(sentences_of).find_map(|sentence| {
        let consult = LEXICON.safety.consult.find(sentence.as_str()).map(|hit| hit.range);
        let range = super::stop_criterion(&sentence).or(consult)?;
        let words = single_spaced(sentence.as_str().get(range.clone())?);
        Some((sentence.span_of(range), words))
    })
}

fn empty_note(exercise: &Exercise<'_>, out: &mut Sink<'_>) {
    let title = exercise.title();
    let span = place(&exercise.safety);
    out.report(span, format!("the safety note of {title} names nothing to watch for"))
        .kind("empty-note")
        .help("say which symptoms mean stop, whom to ask, or for whom the exercise is not meant");
}

/// The note when it is one text, else the key of the notes.
pub(super) fn place(part: &Part<'_>) -> Span {
    let mut said = part.texts.iter().filter(|text| !is_filler(text.as_str()));
    let first = said.next().map(Text::span);
    match (first, said.next(), part.key) {
        (Some(first), None, _) => first,
        (_, _, Some(key)) => key,
        (first, _, None) => first.unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, diagnostics, files, silent};

    #[test]
    fn no_note_at_all() {
        check(
            &RULE,
            "
name: Höftlyft
      ^^^^^^^^ `Höftlyft` has no safety note
inLanguage: sv
instructions: [Lyft höften.]
",
        );
    }

    #[test]
    fn notes_that_stand_for_no_note() {
        check(
            &RULE,
            "
- name: Bridge
  safety:
  ^^^^^^ `Bridge` has an empty safety note
- name: Plank
  safety: TBD
          ^^^ `TBD` is no safety note
- name: Squat
  safety: [n/a, '-']
  ^^^^^^ `Squat` has an empty safety note
- name: Rest
  safety: none-known
          ^^^^^^^^^^ `none-known` has no reason
",
        );
    }

    #[test]
    fn notes_that_name_nothing() {
        check(
            &RULE,
            "
- name: Bridge
  safety: Be careful – take care.
          ^^^^^^^^^^^^^^^^^^^^^^^ the safety note of `Bridge` names nothing to watch for
- name: Plank
  safety: [Avoid mistakes., Go slowly and safely.]
  ^^^^^^ the safety note of `Plank` names nothing to watch for
",
        );
    }

    #[test]
    fn an_empty_field_beside_a_note() {
        check(
            &RULE,
            "
- name: Höftlyft
  safety: Stop if it hurts.
  stopIf: []
  ^^^^^^ `stopIf` of `Höftlyft` is empty
- name: Clam
  safety: Stop if you feel dizzy.
  contraindications: ''
  ^^^^^^^^^^^^^^^^^ `contraindications` of `Clam` is empty
",
        );
        silent(
            &RULE,
            "
- {name: A, safety: Stop if it hurts., contraindications: none}
- {name: B, safety: Stop if it hurts., stopIf: {none-known: true, reason: Done lying.}}
",
        );
    }

    #[test]
    fn limits_are_no_note() {
        check(
            &RULE,
            "
- name: Höftlyft
        ^^^^^^^^ `Höftlyft` has no safety note
  contraindications: [A recent fracture]
  ----------------- this says for whom it is not meant
- name: Clam
  contraindications: [A recent fracture]
  ----------------- this says for whom it is not meant
  safety: []
  ^^^^^^ `Clam` has an empty safety note
- name: Plank
        ^^^^^ `Plank` says when to stop, and has no safety note
  contraindications: [A recent fracture]
  stopIf: [dizziness]
  ------ this says when to stop
- name: Squat
  contraindications: [Ask your doctor first if you are pregnant.]
                      ^^^^^^^^^^^^^^^ a safety note of `Squat` stands outside of its safety notes
",
        );
        silent(
            &RULE,
            "//- exercises/a.yaml
- {name: A, contraindications: [A recent fracture], whenToStop: [Stop if you feel dizzy.]}
- {name: B, not_suitable_for: [A recent fracture]}
",
        );
        silent(&RULE, "---\nname: Bridge\n---\n\n## Contraindications\n\n- A recent fracture\n");
    }

    #[test]
    fn a_note_among_the_steps() {
        check(
            &RULE,
            "
name: Bridge
instructions:
  - Lie on your back.
  - Lift your hips. Stop at once if you feel dizzy.
                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ a safety note of `Bridge` stands outside of its safety notes
",
        );
    }

    #[test]
    fn stop_in_a_step_is_no_note() {
        check(
            &RULE,
            "
name: Squat
      ^^^^^ `Squat` has no safety note
instructions:
  - Stop when your thighs are parallel to the floor.
  - Pause, and repeat for the desired number of repetitions.
",
        );
    }

    #[test]
    fn a_body_without_a_safety_section() {
        check(
            &RULE,
            "---
name: Bridge
      ^^^^^^ `Bridge` has no safety note
---

## Steps

1. Lie on your back.
",
        );
        silent(&RULE, "---\nname: Bridge\n---\n\n## Säkerhet\n\nSluta om det gör ont.\n");
        silent(&RULE, "---\nname: Bridge\n---\n\n**Caution:** not after hip surgery.\n");
        for note in [
            "> [!WARNING]\n> Stop if it hurts.\n",
            "> **Warning**: stop if it hurts.\n",
            ":::caution\nStop if it hurts.\n:::\n",
            ":::danger Watch out\n\nStop if it hurts.\n\n:::\n",
            ":::warning\n## Before you begin\nStop if it hurts.\n:::\n",
            "!!! warning \"Safety\"\n    Stop if it hurts.\n",
            "!!! danger\n\n    Stop if it hurts.\n",
            "## ⚠️ Warnings & precautions\n\nStop if it hurts.\n",
            "## Do not do this exercise if\n\n- your hip is new\n",
            "<div class=\"warning\">Stop if it hurts.</div>\n",
            "<div class=\"warning\">\n\nStop if it hurts.\n\n</div>\n",
            "<div><p class=\"alert\">Stop if it hurts.</p></div>\n",
            "<h2>Safety</h2>\n<ul><li>Stop if it hurts.</li></ul>\n",
        ] {
            let steps = "## Steps\n\n1. Lie on your back.\n2. Lift your hips.\n";
            silent(&RULE, &format!("---\nname: Bridge\n---\n\n{steps}\n{note}"));
        }
    }

    #[test]
    fn a_note_under_another_name() {
        let exercise = |fields: &str| format!("//- exercises/a.yaml\nname: Lår\n{fields}\n");
        for fields in [
            "red_flags: [Stop if you feel sharp pain.]",
            "stopWhen: Stop if you feel sharp pain.",
            "not_suitable_for: [A recent fracture]",
            "whenToSeekHelp: Ask a clinician if your leg goes numb.",
            "risks_and_precautions: Keep breathing and do not hold your breath.",
        ] {
            silent(&RULE, &exercise(fields));
        }
        check(
            &RULE,
            "//- exercises/a.yaml
name: Lår
      ^^^ `Lår` has no safety note
risks: none
",
        );
        check(
            &RULE,
            "//- exercises/a.yaml
name: Lår
important: Stop if you feel sharp pain.
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^ a safety note of `Lår` stands outside of its safety notes
",
        );
    }

    #[test]
    fn notes_that_name_something() {
        silent(
            &RULE,
            "
- {name: A, safety: Stop if it hurts.}
- {name: B, safety: [Ask your doctor first.]}
- {name: L, safety: Tell the nurse at once if you feel short of breath.}
- {name: C, safety: Keep breathing and do not hold your breath.}
- {name: D, safety: Stand near a wall that you can hold.}
- {name: E, safety: Not for people with osteoporosis.}
- {name: H, safety: {none-known: true, reason: Done lying down.}}
- {name: I, category: education}
- {name: J, inLanguage: de, safety: Vorsicht bei Schmerzen im Knie.}
- {name: K, safety: Don’t bounce at the end of the range.}
",
        );
    }

    #[test]
    fn plans_are_no_exercises() {
        let said = |text: &str| {
            let said = diagnostics(&files(&RULE, &format!("//- exercises/a.yaml\n{text}")));
            let is_told = |rule: &str| said.iter().any(|own| own.rule == rule);
            ["exercise/missing-safety-note", "exercise/empty-or-vague-steps", "schema/required"]
                .map(is_told)
        };
        for plan in [
            "name: Vecka 1\ndays: [{title: Mon, exercises: [{name: Knäböj, sets: 3}]}]\n",
            "weeks: [{days: [{rest: true}, {parts: [{Exercises: [{name: Knäböj}]}]}]}]\n",
            "- {date: 2024-05-10, exercises: [{name: Knäböj, sets: 3}]}\n",
            "Monday: {exercises: [{name: Knäböj, sets: 3}]}\nTuesday: {exercises: []}\n",
            "- {day: 1, exercises: [{name: Knäböj, sets: 3}]}\n- {day: 2, exercises: []}\n",
            "- {name: Bål, poses: [{name: Båt}]}\n- {name: Rest Day, description: Vila.}\n",
            "name: Knä\nparts: [{name: Höft, intervals: [{name: Bro, duration: 30}]}]\n",
            "bröst: {label: Bröst, stretches: [{name: Dörr, hold: 30 s}]}\n",
        ] {
            assert_eq!(said(plan), [false; 3], "{plan}");
        }
        for exercise in [
            "name: Knäböj\nexercises: []\n",
            "name: Knäböj\nrelated: {exercises: [bridge]}\n",
            "name: Rest pose\nposes: []\n",
            "name: Knäböj\nexercisesBefore: [{name: Bridge}]\n",
        ] {
            assert_eq!(said(exercise), [true; 3], "{exercise}");
        }
        let steps = "instructions: [Sit down slowly., Stand up again.]";
        let beside = format!("name: Knäböj\n{steps}\nexercises: [{{name: Bridge}}]\n");
        assert_eq!(said(&beside), [true, false, false]);
    }

    #[test]
    fn limits_do_not_make_an_empty_note_a_note() {
        check(
            &RULE,
            "
name: Höftlyft
safety: Be careful.
        ^^^^^^^^^^^ the safety note of `Höftlyft` names nothing to watch for
contraindications: [A recent fracture]
",
        );
        silent(&RULE, "{name: A, safety: Be careful., stopIf: [dizziness]}\n");
        let note = "Keep the whole movement small.";
        silent(&RULE, &format!("{{name: A, safety: {note}, contraindications: [A fracture]}}\n"));
    }

    #[test]
    fn several_exercises_on_one_page() {
        let page = "
# Höfter

## Bridge

1. Lie on your back.
2. Lift your hips.

**Dosage:** 3 sets of 10.

**Safety:** Stop if it hurts.

## Clamshell
   ^^^^^^^^^ `Clamshell` has no safety note

1. Lie on your side.
2. Lift the knee.

## Hip circles

### Steps

Draw circles with one leg.

### Safety

Stop if you feel dizzy.
";
        check(&RULE, &format!("//- exercises/a.md{page}"));
        // A note beside them is one for all.
        let plain: String =
            page.lines().filter(|own| !own.contains('^')).map(|own| format!("{own}\n")).collect();
        silent(
            &RULE,
            &format!("//- exercises/a.md{plain}\n## Safety\n\nStop if you feel unwell.\n"),
        );
        // Versions of one exercise share its note.
        let versions = plain
            .replace("## Clamshell", "## Easier version")
            .replace("## Hip circles", "## Week 2");
        silent(&RULE, &format!("//- exercises/a.md{versions}"));
    }

    #[test]
    fn labels_boxes_and_rows_that_hold_a_note() {
        const NOTE: &str = "Stop if your knee hurts.";
        const STEPS: &str = "---\nname: Höftlyft\n---\n\n## Dosage\n\n3 sets of 10.\n\n";
        for form in [
            "**Safety**\n\n- NOTE",
            "*Safety*\n\nNOTE",
            "**Safety**\nNOTE",
            "**Dos and don'ts**\n\n1. NOTE\n2. Go slowly.",
            "| | |\n|---|---|\n| Sets | 3 |\n| Safety | NOTE |",
            "{{< alert >}}NOTE{{< /alert >}}",
            "{{% notice warning %}}\nNOTE\n{{% /notice %}}",
            "{% hint style=\"danger\" %}\nNOTE\n{% endhint %}",
            "{: .warning }\nNOTE",
            "<Warning>\n\nNOTE\n\n</Warning>",
            "<Callout type=\"warning\">NOTE</Callout>",
            "<Admonition type=\"caution\">\nNOTE\n</Admonition>",
            "<details><summary>Safety</summary>\n\nNOTE\n\n</details>",
            "> [!caution]\n> - Go slowly.\n> - NOTE",
        ] {
            silent(&RULE, &format!("{STEPS}{}\n", form.replace("NOTE", NOTE)));
        }
        for form in [
            "**Benefits**\n\n- NOTE",
            "**Safety**\n\n**Why it helps**\n\nYour hips get strong.",
            "| Safety | high |\n|---|---|\n| Effort | low |",
            "{{< callout type=\"info\" >}}\nYour hips get strong.\n{{< /callout >}}",
            "<Callout type=\"info\">Your hips get strong.</Callout>",
            "{{< alert >}}",
        ] {
            let text = format!("{STEPS}{}\n", form.replace("NOTE", NOTE));
            let said = diagnostics(&files(&RULE, &text));
            assert!(said.iter().any(|own| own.rule == RULE.id), "{form}: {said:#?}");
        }
    }
}
