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

Looked for are phrases such as "you don't need a doctor", "do not see a doctor about it", "stop taking your
tablets" and "what doctors won't tell you", in English. What a sentence denies, asks or calls a myth is left
alone, and so are quotations, the questions and options of a quiz, and sentences that say when care is not needed
("unless it gets worse", "if it is mild"). Where it is right all the same, say it another way, or switch the rule
off for the file under `overrides`.
"#,
    check: Check::Record(check),
};

fn check(context: &FileContext<'_>, record: &Record<'_>, out: &mut Sink<'_>) {
    for (text, hit) in super::phrases_meant(context, record, &LEXICON.discourages_care) {
        let sentence = text.as_str();
        let (before, behind) = (&sentence[..hit.range.start], &sentence[hit.range.end..]);
        if hit.list != "against" && is_conditional(before, behind)
            || hit.list == "refrain" && !begins_clause(before)
        {
            continue;
        }
        let words = super::shown(&text.as_str()[hit.range.clone()]);
        out.report(text.span_of(hit.range), format!("`{words}` keeps readers from care"))
            .label("who follows this may be harmed")
            .help("say when to see a clinician, and leave medicines to whoever prescribed them");
    }
}

/// Whether the sentence says for whom, when or for what care is not needed.
fn is_conditional(before: &str, behind: &str) -> bool {
    #[rustfmt::skip]
    const ANYWHERE: &[&str] = &[
        "if", "unless", "until", "when", "while", "before", "after", "usually", "often", "always", "most",
        "many", "some", "mild", "minor", "small", "may", "might", "probably", "necessarily", "except",
    ];
    #[rustfmt::skip]
    const BEHIND: &[&str] = &[
        "to", "first", "only", "just", "every", "each", "straight", "right", "immediately", "urgently", "yet",
        "now", "once", "as", "but", "again", "s",
    ];
    const BUT_FOR: &[&str] = &["unless", "until", "except"];
    #[rustfmt::skip]
    const ALARMS: &[&str] = &[
        "chest", "breath", "numb", "numbness", "weakness", "fever", "bladder", "bowel", "faint", "dizzy",
    ];
    let says = |words: &str, list: &[&str]| {
        let mut words = words.split(|c: char| !c.is_alphanumeric());
        words.any(|word| list.iter().any(|own| word.eq_ignore_ascii_case(own)))
    };
    // "If your chest hurts" says when care is needed.
    let spares = says(before, BUT_FOR) || says(behind, BUT_FOR);
    let alarms = !spares && (says(before, ALARMS) || says(behind, ALARMS));
    !alarms && (says(before, ANYWHERE) || says(behind, ANYWHERE) || says(behind, BEHIND))
}

/// Whether what follows is an order: "please", "so" and the like stand before it, or nothing.
fn begins_clause(before: &str) -> bool {
    const LEADS: &[&str] = &["please", "so", "and", "then", "just", "simply"];
    let before = before.trim_end();
    let last = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    last.is_empty() || LEADS.iter().any(|own| last.eq_ignore_ascii_case(own))
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
    fn care_that_is_called_needless() {
        check(
            &RULE,
            "# Ryggar

Do not see a doctor about back pain. There is no need to see a doctor for this.
^^^^^^^^^^^^^^^^^^^ `Do not see a doctor` keeps readers from care
                                              ^^^^^^^^^^^^^^^^^^^^^^^ `no need to see a doctor` keeps readers from care

You do not need to see a doctor if your chest hurts.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `You do not need to see a doctor` keeps readers from care

Please don\u{2019}t bother visiting your GP. You need not see a physician about it.
       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `don\u{2019}t bother visiting your GP` keeps readers from care
                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `You need not see a physician` keeps readers from care
",
        );
        silent(
            &RULE,
            "
# A

You do not need to see a doctor unless the pain gets worse, or your chest hurts. If it is mild, there is no need to see a doctor.

There is no need to see a doctor straight away. You do not need to see a GP before you see a physio.

People who do not see a doctor about back pain recover as well. Many do not see a doctor about it.

Do not see a doctor only to get a scan. Do not wait to see a doctor. You don't need a doctor's letter to book.
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
