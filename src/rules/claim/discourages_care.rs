//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::lexicon::{self, LEXICON};
use crate::model::{ContentKind, Record};
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, Sink};
use crate::source::Span;
use crate::syntax::{BlockKind, Text};

pub static RULE: Rule = Rule {
    id: "claim/discourages-care",
    summary: "the text keeps readers from professional care, or sets them against clinicians",
    level: Level::Error,
    kinds: &[],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Relaxed,
    since: "0.1.0",
    docs: r#"
Who stops taking a medicine or stays away from a doctor because of a text may be harmed by it. Information
supports the relation with a clinician; it does not replace it (HONcode).

```markdown fail
# Discs

Here is what your doctor won't tell you about discs.
```

```markdown pass
# Discs

Most back pain does not need a scan. Your clinician will tell you if yours does. Do not stop taking your
medication without asking.
```

Looked for are phrases such as "you don't need a doctor", "stop taking your tablets" and "what doctors won't
tell you", in English. What a sentence denies, asks or calls a myth is left alone, and so are quotations and
the questions and options of a quiz. Where it is right ("you do not need a doctor's letter to book"), say it
another way, or suppress it with the reason.
"#,
    check: Check::Record(check),
};

/// Fields beside the body that are running text.
const FIELDS: &[&str] = &[
    "description",
    "goal",
    "instructions",
    "cues",
    "notes",
    "safety",
    "contraindications",
    "abstract",
];

fn check(context: &FileContext<'_>, record: &Record<'_>, out: &mut Sink<'_>) {
    let list = &LEXICON.discourages_care;
    if !record.hints().has(list.hint()) || !lexicon::is_english(record) {
        return;
    }
    for text in FIELDS.iter().flat_map(|field| record.texts(field)) {
        look(&text, out);
    }
    let Some(body) = record.body.filter(|_| record.kind != ContentKind::Quiz) else { return };
    let asked: Vec<Span> = asked(context);
    for block in &body.blocks {
        let silent = matches!(block.kind, BlockKind::Code | BlockKind::Html) || block.quoted;
        let of_quiz = || {
            let span = body.span(block.text.clone());
            asked.iter().any(|own| span.contains(*own) || own.contains(span))
        };
        if silent || !list.is_match(body.block_text(block)) || of_quiz() {
            continue;
        }
        for sentence in body.sentences(block) {
            look(&Text::of_prose(body, sentence), out);
        }
    }
}

/// Prompts and choices: they may be wrong on purpose.
fn asked(context: &FileContext<'_>) -> Vec<Span> {
    let questions = context.quizzes.iter().flatten().flat_map(|quiz| &quiz.questions);
    questions
        .flat_map(|own| own.choices.iter().map(|choice| choice.span).chain([own.anchor]))
        .collect()
}

fn look(text: &Text<'_>, out: &mut Sink<'_>) {
    let words = text.as_str();
    let Some(hit) = LEXICON.discourages_care.find(words) else { return };
    let before = &words[..hit.range.start];
    let lower = words.to_lowercase();
    let told_of = ["myth", "false", "wrong", "untrue"].iter().any(|word| lower.contains(word));
    let opened = before.matches('\u{201c}').count() > before.matches('\u{201d}').count();
    let quoted = opened || before.matches('"').count() % 2 != 0;
    if told_of || quoted || words.trim_end().ends_with('?') || lexicon::is_negated(before) {
        return;
    }
    let shown = words[hit.range.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
    out.report(text.span_of(hit.range), format!("`{shown}` keeps readers from care"))
        .label("who follows this may be harmed")
        .help("say when to see a clinician, and leave medicines to whoever prescribed them");
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn words_against_care() {
        check(
            &RULE,
            "# Höfter

Here is *what your doctor won\u{2019}t tell* you.
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^ `what your doctor won\u{2019}t tell` keeps readers from care

Stretch, and you can stop taking your tablets.
                     ^^^^^^^^^^^^^^^^^^^^^^^^ `stop taking your tablets` keeps readers from care
",
        );
        check(
            &RULE,
            "
name: Bro – bridge
notes: You don't need a physio for this.
       ^^^^^^^^^^^^^^^^^^^^^^^ `You don't need a physio` keeps readers from care
",
        );
    }

    #[test]
    fn what_supports_care() {
        silent(
            &RULE,
            "# A

Do not stop taking your medication. Never skip your doctor's appointment.

It is a myth that you don't need a doctor. Do you think you don't need a doctor?

\"You don't need a doctor\" was what they told her.

Most people do not need a scan. You do not need special shoes.
",
        );
        silent(
            &RULE,
            "
title: Q
questions:
  - prompt: What is right?
    options: [You don't need a doctor., Ask your doctor.]
    answer: 2
",
        );
    }
}
