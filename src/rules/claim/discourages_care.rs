//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::lexicon::{Hit, LEXICON};
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
tablets", "do not go to hospital" beside chest pain, and "what doctors won't tell you", in English. What a sentence
denies, asks, lays in the mouth of others ("anyone who tells you") or calls a myth is left alone, and so are
quotations, the questions and options of a quiz, and sentences that say when care is not needed ("unless it gets
worse", "if it is mild"). Where it is right all the same, say it another way, or switch the rule off for the file
under `overrides`.
"#,
    check: Check::Record(check),
};

fn check(context: &FileContext<'_>, record: &Record<'_>, out: &mut Sink<'_>) {
    for (text, hit) in super::phrases_meant(context, record, &LEXICON.discourages_care) {
        let sentence = text.as_str();
        let (before, behind) = (&sentence[..hit.range.start], &sentence[hit.range.end..]);
        let is_right = match hit.list {
            "against" => false,
            "needless" => is_conditional(before, behind) || is_paper(behind),
            "refrain" => is_conditional(before, behind) || !begins_clause(before),
            _ => !is_withheld(sentence, &hit),
        };
        if is_right {
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
    // "If your chest hurts" says when care is needed.
    let spares = has_any(before, BUT_FOR) || has_any(behind, BUT_FOR);
    let alarms = !spares && (has_any(before, ALARMS) || has_any(behind, ALARMS));
    !alarms && (has_any(before, ANYWHERE) || has_any(behind, ANYWHERE) || has_any(behind, BEHIND))
}

/// Whether what follows is an order: "please", "so" and the like stand before it, or nothing.
fn begins_clause(before: &str) -> bool {
    const LEADS: &[&str] = &["please", "so", "and", "then", "just", "simply"];
    let before = before.trim_end();
    let last = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    last.is_empty() || LEADS.iter().any(|own| last.eq_ignore_ascii_case(own))
}

/// "a doctor's letter", "a GP referral": what is not needed is a piece of paper.
fn is_paper(behind: &str) -> bool {
    #[rustfmt::skip]
    const PAPERS: &[&str] = &[
        "appointment", "certificate", "letter", "note", "prescription", "recommendation", "referral",
    ];
    let next = behind.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty());
    next.is_some_and(|word| PAPERS.iter().any(|own| word.eq_ignore_ascii_case(own)))
}

/// Whether a phrase of the other lists tells the reader to do without care.
fn is_withheld(sentence: &str, hit: &Hit<'_>) -> bool {
    // "and then" before an order.
    const LEADS: &[&str] = &["and", "just", "now", "please", "simply", "so", "then"];
    // An exception, a date, somebody to ask: anywhere but in the words themselves.
    #[rustfmt::skip]
    const RESTRICTED: &[&str] = &[
        "111", "112", "911", "999", "ambulance", "antibiotics", "before", "clinician", "doctor", "doctors", "except",
        "gp", "hospital", "less", "minutes", "normal", "nurse", "operation", "passes", "pharmacist", "physician",
        "prescriber", "scan", "settles", "specialist", "surgeon", "surgery", "team", "unless", "until", "usually",
        "without", "yourself",
    ];
    // Of the words themselves: nobody needs these for long.
    const HARMLESS: &[&str] = &["expired", "iron", "leftover", "old", "pain", "unused", "vitamin"];
    let (before, behind) = (&sentence[..hit.range.start], &sentence[hit.range.end..]);
    let clause = before.rsplit([',', ';', ':', '\u{2013}', '\u{2014}']).next().unwrap_or("");
    let clause = clause.to_lowercase();
    let mut subject = clause.split_whitespace().skip_while(|own| LEADS.contains(own));
    let subject = (subject.next().unwrap_or(""), subject.next().unwrap_or(""));
    // "Stretch every day and stop taking your tablets": the second of two orders.
    let follows = matches!(clause.split_whitespace().next_back(), Some("and" | "then" | "so"));
    let is_told = ["i", "may", "might", "must", "people", "that", "they", "to", "we", "who", "you"];
    let is_ordered = subject.0.is_empty() || follows && !has_any(&clause, &is_told);
    let is_conditional = || has_any(before, &["if", "when"]) || has_any(behind, &["if", "when"]);
    let fits = match hit.list {
        "medicines" => {
            let is_permitted = subject.0 == "you" && matches!(subject.1, "can" | "could" | "will");
            is_permitted || is_ordered && !is_conditional()
        }
        "emergencies" => {
            let is_stated = matches!(subject, ("there", "is") | ("there's" | "you", ""));
            (is_ordered || is_stated) && LEXICON.emergency_signs.is_match(sentence)
        }
        _ => !behind.trim_start().starts_with("who ") && !behind.trim_start().starts_with("that "),
    };
    let words = &sentence[hit.range.clone()];
    fits && !has_any(before, RESTRICTED)
        && !has_any(behind, RESTRICTED)
        && !has_any(words, HARMLESS)
}

fn has_any(text: &str, list: &[&str]) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    words.any(|word| list.iter().any(|own| word.eq_ignore_ascii_case(own)))
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
    fn orders_and_permissions() {
        check(
            &RULE,
            "# Höfter

You can stop taking your blood pressure tablets once you walk every day.
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `stop taking your blood pressure tablets` keeps readers from care

Throw away your inhaler; breathing exercises are all you need. Don\u{2019}t waste your time with a physio.
^^^^^^^^^^^^^^^^^^^^^^^ `Throw away your inhaler` keeps readers from care
                                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Don\u{2019}t waste your time with a physio` keeps readers from care

Do not go to hospital if you feel chest pain: breathe into it. If she has a seizure, do not call an ambulance.
^^^^^^^^^^^^^^^^^^^^^ `Do not go to hospital` keeps readers from care
                                                                                     ^^^^^^^^^^^^^^^^^^^^^^^^ `do not call an ambulance` keeps readers from care

Throw away the belt and stop taking your tablets tonight.
                        ^^^^^^^^^^^^^^^^^^^^^^^^ `stop taking your tablets` keeps readers from care

There is no need to tell your GP about numbness in your legs. Surgeons only want your money.
         ^^^^^^^^^^^^^^^^^^^^^^^ `no need to tell your GP` keeps readers from care
                                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Surgeons only want your money` keeps readers from care
",
        );
    }

    #[test]
    fn orders_that_are_right() {
        silent(
            &RULE,
            "# A

Do not go to hospital for a cold. Do not drive to hospital if you have chest pain: call 999. Do not stop taking your
blood pressure tablets without asking your doctor. Throw away your inhaler when the counter reads 0. Throw away your
old tablets.

You may need to stop taking your blood pressure tablets. You can stop taking your heart tablets if your doctor agrees.
If you stop taking your beta blockers, your heart may race. Stop taking your blood pressure tablets if you vomit.

If you feel well and stop taking your tablets, it may come back. You may feel better and stop taking your tablets.

You do not usually need to call an ambulance for a seizure that lasts less than five minutes. You do not need a
doctor\u{2019}s referral to see a physiotherapist. You do not need a GP referral.

There is no need to tell your GP about a cold. Do not waste your time with a physio who only uses machines. Anyone who
tells you to stop taking your tablets is not on your side. You can stop taking your pain tablets when it has gone.
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
