//! See `docs`.

use super::{all_phrases_meant, body_of_field};
use crate::diagnostic::{Confidence, Level};
use crate::lexicon::{Hit, LEXICON};
use crate::model::{ContentKind, Record};
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::syntax::{Prose, Text};
use crate::words::shortened;

pub static RULE: Rule = Rule {
    id: "claim/promotional-language",
    summary: "the text advertises",
    level: Level::Warning,
    kinds: &[
        RuleKind {
            name: "dense",
            level: Level::Warning,
            summary: "a call to buy or book, or two other phrases, within 500 words",
        },
        RuleKind { name: "some", level: Level::Info, summary: "fewer than that" },
    ],
    confidence: Confidence::Medium,
    fix: Fixability::Never,
    profile: Profile::Strict,
    since: "0.1.0",
    docs: r#"
Readers who come to learn cannot tell advice from advertising when one sounds like the other (HONcode, advertising
policy).

```markdown fail
# Strong backs

Unlock the secret to a strong back. Book now!
```

```markdown pass
# Strong backs

Strength work on two days a week helps many people with back pain [@guide]. Book a check-up with your GP if the
pain stays.
```

Looked for, in English: calls to action ("buy now", "book your free consultation"), puffery ("world-renowned",
"game-changer") and clickbait ("the secret to", "doctors hate this"), in running text, headings and titles. One
diagnostic is given for a record, at the first phrase, with the others beside it; the kind tells how dense they are.
Left alone is what a sentence denies, asks or quotes, the questions and options of a quiz, resources, and calls to
book with a doctor, a nurse or another public service. "The best exercise" is a claim and has rules of its own.

Say what it is and what it does, and leave the praise out.
"#,
    check: Check::Record(check),
};

/// Phrases are counted by this many words; a shorter text counts as one of this length.
const PER_WORDS: usize = 500;

fn check(context: &FileContext<'_>, record: &Record<'_>, out: &mut Sink<'_>) {
    if record.kind == ContentKind::Resource || !record.may_hold(LEXICON.promotion.words.hint()) {
        return;
    }
    let of_field = body_of_field(record);
    let body = record.body.or(of_field.as_ref());
    let hits = all_phrases_meant(context, record, body, &LEXICON.promotion.words);
    let hits: Vec<_> = hits.into_iter().filter(|(text, hit)| is_commercial(text, hit)).collect();
    let Some(((text, hit), others)) = hits.split_first() else { return };
    let words = shortened(&text.as_str()[hit.range.clone()]);
    let message = match others.len() {
        0 => format!("`{words}` reads like an advertisement"),
        1 => format!("`{words}` and one more phrase read like an advertisement"),
        count => format!("`{words}` and {count} more phrases read like an advertisement"),
    };
    let dense = is_dense(&hits, words_of(record, body));
    let diagnostic = out.report(text.span_of(hit.range.clone()), message);
    diagnostic
        .kind(if dense { "dense" } else { "some" })
        .label(what(hit))
        .help("say what it is and what it does, and leave the praise out");
    for (text, hit) in others.iter().take(5) {
        diagnostic.related(text.span_of(hit.range.clone()), what(hit));
    }
}

/// Public services ask readers to book, too, and a book is no call.
pub(super) fn is_commercial(text: &Text<'_>, hit: &Hit<'_>) -> bool {
    let before = text.as_str()[..hit.range.start].split_whitespace().next_back().unwrap_or("");
    let is_noun = ["a", "the", "this", "that", "my", "your", "each", "every"]
        .iter()
        .any(|own| before.eq_ignore_ascii_case(own));
    let public = || LEXICON.promotion.public_services.is_match(text.as_str());
    hit.list != "call_to_action" || !is_noun && !public()
}

fn what(hit: &Hit<'_>) -> &'static str {
    match hit.list {
        "call_to_action" => "asks to buy or book",
        "clickbait" => "bait",
        _ => "praise",
    }
}

fn is_dense(hits: &[(Text<'_>, Hit<'_>)], words: usize) -> bool {
    let calls = hits.iter().filter(|(_, hit)| hit.list == "call_to_action").count();
    let others = hits.len() - calls;
    // Two other phrases weigh as much as one call.
    (2 * calls + others) * PER_WORDS >= 2 * words.max(PER_WORDS)
}

fn words_of(record: &Record<'_>, body: Option<&Prose>) -> usize {
    let count = |text: &str| text.split_whitespace().count();
    let fields = record.running_texts();
    fields.map(|text| count(text.as_str())).sum::<usize>()
        + body.map_or(0, |body| count(&body.text))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn advertisements() {
        check(
            &RULE,
            "# Höfter: the *ultimate guide*
          ^^^^^^^^^^^^^^^^^^^ `the ultimate guide` and 2 more phrases read like an advertisement

Our world-renowned team shows you how – buy now!
    -------------- praise
                                        ------- asks to buy or book
",
        );
        check(
            &RULE,
            "
name: Bro – bridge
description: The bridge is a game-changer. Use code BACK10 in the app.
                             ^^^^^^^^^^^^ `game-changer` and one more phrase read like an advertisement
                                           --------------- asks to buy or book
",
        );
        check(
            &RULE,
            "
//- articles/a.yaml
title: Sitting
body: |
  Sit less. Subscribe to our letter.
            ^^^^^^^^^^^^^^^^ `Subscribe to our` reads like an advertisement
",
        );
    }

    #[test]
    fn density_tells_the_kind() {
        let kind = |text: &str| {
            let files = crate::testing::files(&RULE, text);
            crate::testing::said_by(&RULE, &files).first().and_then(|own| own.kind)
        };
        let long = "Walk each day. ".repeat(400);
        assert_eq!(kind("# A\n\nBuy now.\n"), Some("dense"));
        assert_eq!(kind("# A\n\nIt is a game-changer.\n"), Some("some"));
        assert_eq!(kind("# A\n\nIt is a game-changer. You won't believe it.\n"), Some("dense"));
        assert_eq!(kind(&format!("# A\n\nBuy now. {long}\n")), Some("some"));
    }

    #[test]
    fn plain_texts() {
        silent(
            &RULE,
            "# The best of books

In order to walk, order your day. Your doctor may order imaging. Read a book now and then. Get started with
free weights. Use pain-free movement. It is no secret that walking helps. The best exercise is the one you do.

Book online with your GP surgery. Book an appointment if the pain stays. Sign up for a walking group.

Unlock your knees. Press the start button. It is not a game-changer. Should you buy now?

They wrote \u{201c}buy now\u{201d} on it. World-class athletes stretch. Life-changing injuries are rare. Use code
to count. Take painkillers for a limited time. The study was state-of-the-art at its time.

> Buy now!

`buy now`
",
        );
        silent(
            &RULE,
            "
title: Q
questions:
  - prompt: Which of these is an advertisement?
    options: [Buy now!, Walk each day.]
    answer: 1
",
        );
        silent(
            &RULE,
            "//- resources/a.yaml\ntitle: The ultimate guide to backs\nabstract: Buy now.\n",
        );
    }
}
