//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::lexicon::LEXICON;
use crate::model::Record;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, Sink};

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
another way, or switch the rule off for the file under `overrides`.
"#,
    check: Check::Record(check),
};

fn check(context: &FileContext<'_>, record: &Record<'_>, out: &mut Sink<'_>) {
    for (text, hit) in super::phrases_meant(context, record, &LEXICON.discourages_care) {
        let words = super::shown(&text.as_str()[hit.range.clone()]);
        out.report(text.span_of(hit.range), format!("`{words}` keeps readers from care"))
            .label("who follows this may be harmed")
            .help("say when to see a clinician, and leave medicines to whoever prescribed them");
    }
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
