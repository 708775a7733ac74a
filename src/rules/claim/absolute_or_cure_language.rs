//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::lexicon::{Hit, LEXICON};
use crate::model::Record;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::syntax::Text;
use crate::words::shortened;

pub static RULE: Rule = Rule {
    id: "claim/absolute-or-cure-language",
    summary: "the text promises a cure, certainty, complete safety or a result for everyone",
    level: Level::Error,
    kinds: &[
        RuleKind {
            name: "promise",
            level: Level::Error,
            summary: "a cure, a guarantee, or no risk at all",
        },
        RuleKind { name: "strong", level: Level::Warning, summary: "more than anybody can know" },
    ],
    confidence: Confidence::Medium,
    fix: Fixability::Never,
    profile: Profile::Relaxed,
    since: "0.1.0",
    docs: r#"
No exercise works for everyone, and whoever is promised a cure may put off care (HONcode; misleading claims, EU
Medical Device Regulation, article 7).

```markdown fail
# Stretching

This stretch cures sciatica for good.
```

```markdown pass
# Stretching

This stretch may ease leg pain in some people. There is no cure that works for everyone.
```

`promise` finds cures, guarantees, "risk-free", "safe for everyone", "no side effects", miracles; `strong` finds
"once and for all", "permanent relief", "works for everyone", "instant relief" and the like, in English. What a
sentence denies, asks, quotes, lays in the mouth of others or calls a claim is left alone, and so are the questions
and options of a quiz, reports ("the trial saw no side effects"), and cures by surgery or antibiotics.
"#,
    check: Check::Record(check),
};

fn check(context: &FileContext<'_>, record: &Record<'_>, out: &mut Sink<'_>) {
    for (text, hit) in promises(context, record) {
        let kind = RULE.kinds.iter().find(|kind| kind.name == hit.list).expect("lists are kinds");
        let words = shortened(&text.as_str()[hit.range.clone()]);
        out.report(text.span_of(hit.range), format!("`{words}` promises too much"))
            .kind(kind.name)
            .help("say whom it helps, how much, and how sure that is");
    }
}

/// The first promise of each sentence.
pub(super) fn promises<'a>(
    context: &FileContext<'_>,
    record: &Record<'a>,
) -> Vec<(Text<'a>, Hit<'static>)> {
    let mut found = super::phrases_meant(context, record, &LEXICON.promises);
    found.retain(|(text, hit)| !is_no_promise(text.as_str(), hit));
    found.dedup_by(|later, first| later.0.span() == first.0.span());
    found
}

/// Whether the sentence reports, restricts or only mentions what its phrase would promise.
fn is_no_promise(sentence: &str, hit: &Hit<'_>) -> bool {
    let (before, behind) = (&sentence[..hit.range.start], &sentence[hit.range.end..]);
    let words = sentence[hit.range.clone()].to_ascii_lowercase();
    let next = behind.split_whitespace().next().unwrap_or("");
    let next_is = |list: &[&str]| behind.starts_with(' ') && holds(next, list);
    if words.contains("side effects") || words.contains("side-effects") {
        // "A pill free of side effects" is wished for.
        const SAID: &[&str] = &["is", "are", "completely", "entirely", "totally", "fully"];
        let last = before.split_whitespace().next_back().unwrap_or("");
        let is_wish = words.starts_with("free") && !holds(last, SAID);
        return is_wish || are_reported(before, behind, next);
    }
    if words.starts_with("safe for") {
        // "Safe for everyone over 65", "for everyone's diary".
        const SOME: &[&str] =
            &["aged", "over", "under", "above", "below", "who", "else", "except", "but"];
        return next_is(SOME) || behind.starts_with(['\'', '\u{2019}']);
    }
    if words.starts_with("100") {
        #[rustfmt::skip]
        const THINGS: &[&str] = &[
            "account", "data", "details", "information", "password", "passwords", "payment", "payments", "privacy",
            "site", "website", "cotton", "wool", "rubber", "cork",
        ];
        return holds(before, THINGS) || holds(behind, THINGS);
    }
    if words.ends_with("miracle") {
        const ON_IT: &[&str] =
            &["that", "how", "we", "you", "i", "he", "she", "they", "anyone", "nobody"];
        return next_is(ON_IT);
    }
    if words.contains("always safe") {
        // "It is always safe to ask."
        return next_is(&["to", "from", "and"]);
    }
    if words.ends_with("disappear") || words.ends_with("vanish") || words.ends_with("gone") {
        return holds(before, &["most", "usually", "probably", "often"]);
    }
    words.contains("cure") && is_known_cure(before, &words, behind)
}

/// Whether a text has one of these words.
fn holds(text: &str, list: &[&str]) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    words.any(|word| list.iter().any(|own| word.eq_ignore_ascii_case(own)))
}

/// "The trial reported no side effects.", "Treatments with no side effects cost money."
fn are_reported(before: &str, behind: &str, next: &str) -> bool {
    #[rustfmt::skip]
    const REPORTED: &[&str] = &[
        "trial", "trials", "study", "studies", "reported", "report", "seen", "observed", "recorded", "noted",
        "participants", "patients", "experienced", "occurred",
    ];
    #[rustfmt::skip]
    const GOES_ON: &[&str] = &[
        "and", "at", "for", "in", "on", "or", "so", "that", "whatever", "whatsoever", "which",
    ];
    let is_subject = holds(before.split_whitespace().next_back().unwrap_or(""), &["with"])
        && behind.starts_with(' ')
        && next.starts_with(char::is_lowercase)
        && !holds(next, GOES_ON);
    is_subject || holds(before, REPORTED) || holds(behind, REPORTED)
}

/// "Surgery can cure this cancer if it is found early.", and what tells how many are cured.
fn is_known_cure(before: &str, words: &str, behind: &str) -> bool {
    #[rustfmt::skip]
    const CURES: &[&str] = &[
        "surgery", "operation", "antibiotic", "antibiotics", "antivirals", "antiviral", "chemotherapy", "radiotherapy",
        "transplant", "transplants", "transplantation",
    ];
    const PAIN: &[&str] = &["pain", "arthritis"];
    let is_own = ["cured", "our ", "my "].iter().any(|own| words.contains(own));
    !is_own && tells_share(behind)
        || !words.contains("our ")
            && !words.contains("guarantee")
            && holds(before, CURES)
            && !holds(words, PAIN)
            && !holds(behind, PAIN)
}

/// "Cures stress incontinence in 56% of women": whom it helps is said, and how often.
fn tells_share(behind: &str) -> bool {
    let clause = behind.split(['.', ';', ':', '!', '?']).next().unwrap_or("");
    clause.match_indices(" in ").any(|(at, own)| {
        let rest = &clause[at + own.len()..];
        let rest = ["about ", "around ", "roughly ", "nearly ", "some ", "only "]
            .into_iter()
            .find_map(|word| rest.strip_prefix(word))
            .unwrap_or(rest);
        let number = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let unit = number.trim_start();
        let units = ["%", "percent", "per cent", "in ", "of ", "out of "];
        number.len() < rest.len()
            && !rest.starts_with("100")
            && units.iter().any(|own| unit.starts_with(own))
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn what_is_told_as_a_myth() {
        check(
            &RULE,
            "
//- articles/a.md
# H\u{f6}fter

| Myth | Fact |
|---|---|
| Bed rest cures back pain. | No rest does. A belt cures it for good. |
                                                   ^^^^^ `cures` promises too much

Common myths:

- Bed rest cures back pain.

What works:

- Walking cures back pain.
          ^^^^^ `cures` promises too much
",
        );
    }

    #[test]
    fn promises() {
        check(
            &RULE,
            "# Höfter

This stretch *cures* sciatica – for good.
              ^^^^^ `cures` promises too much

It is safe for everyone. Relief is permanent: your pain goes once and for all.
      ^^^^^^^^^^^^^^^^^ `safe for everyone` promises too much
                                                             ^^^^^^^^^^^^^^^^ `once and for all` promises too much
",
        );
    }

    #[test]
    fn what_has_no_side_effects() {
        check(
            &RULE,
            "# Värme

Heat is free of side effects.
        ^^^^^^^^^^^^^^^^^^^^ `free of side effects` promises too much
",
        );
        silent(
            &RULE,
            "# Värme

Heat is not free of side effects, and is largely free of side effects for some. Rest is never free from side effects.
In the trial, both creams are free of side effects.
",
        );
    }

    #[test]
    fn more_promises() {
        check(
            &RULE,
            "# Höfter

Squats cure knee pain. They are clinically proven to cure knee pain. Our method has cured thousands of patients.
       ^^^^^^^^^^^^^^ `cure knee pain` promises too much
                                           ^^^^^^^^^^^^^^ `proven to cure` promises too much
                                                                     ^^^^^^^^^^^^^^^^^^^^ `Our method has cured` promises too much

You feel better in two weeks, guaranteed. It has no risks and no side effects. It works for everybody.
                       ^^^^^^^^^^^^^^^^^ `weeks, guaranteed` promises too much
                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `no risks and no side effects` promises too much
                                                                                  ^^^^^^^^^^^^^^^^^^^ `works for everybody` promises too much

Eliminate pain in minutes.
^^^^^^^^^^^^^^^^^^^^^^^^^ `Eliminate pain in minutes` promises too much
",
        );
    }

    #[test]
    fn shares_of_those_treated() {
        silent(
            &RULE,
            "# Höft\n\nTraining cures stress incontinence in 56% of women compared with 6% in other groups [1].\n\nIt \
             can cure vertigo in about 8 out of 10 patients.\n",
        );
        check(
            &RULE,
            "# Höfter

Squats cure knee pain in 100% of patients. Our method has cured sciatica in 90% of patients.
       ^^^^^^^^^^^^^^ `cure knee pain` promises too much
                                           ^^^^^^^^^^^^^^^^^^^^ `Our method has cured` promises too much

This stretch cures sciatica in 5 days.
             ^^^^^ `cures` promises too much
",
        );
    }

    #[test]
    fn promises_in_other_words() {
        let promises = [
            "Yoga is always safe, whatever your condition.",
            "Reverse your arthritis in 30 days.",
            "It is impossible to hurt yourself.",
            "It works, guaranteed, without side effects.",
            "This will fix your back.",
            "Your pain will disappear in a week.",
            "It has no known side effects, and it is suitable for everyone.",
            "No side-effects. Höft.",
            "Say goodbye to knee pain for good.",
            "It eliminates pain completely in every patient.",
            "It heals herniated discs permanently.",
            "Fix your sciatica in one minute.",
            "This stretch guarantees relief.",
            "Use it: 9 out of 10 users are pain-free in a week, guaranteed, without side effects.",
            "Cinnamon reverses diabetes.",
            "The vaccine is safe for everyone.",
            "This stretch is a miracle.",
            "Get rid of back pain forever with one move.",
            "Heal your knees naturally in 10 days.",
            "Everyone who tries it becomes pain free.",
            "It melts the pain away.",
            "One trick fixes a slipped disc overnight.",
            "The bridge is a guaranteed way to stop knee pain.",
        ];
        for sentence in promises {
            let files = crate::testing::files(&RULE, &format!("# Höft\n\n{sentence}\n"));
            let said = crate::testing::diagnostics(&files);
            let count = said.iter().filter(|own| own.rule == RULE.id).count();
            assert_eq!(count, 1, "{sentence}");
        }
    }

    #[test]
    fn reports_and_mentions() {
        silent(
            &RULE,
            "# A

The trial reported no side effects. In the trial, no side effects were seen. Even treatments with no side effects cost
money. Surgery can cure this cancer if it is found early ([NHS](https://nhs.example/a)). The vaccine is safe for
everyone over 65. It was a miracle that the bus came. The Miracle Foundation gave us a pool. Your data are 100% safe
with us. Virtual courses are safe for everyone's diary. It is not always safe, and it is always safe to ask.

No stretch guarantees relief. You cannot fix your sciatica in one minute. It is almost impossible to hurt anybody.
Your pain will usually disappear. Nothing fixes a torn tendon overnight. A plaster does not melt your pain away. Nobody
gets rid of back pain for good. There is no guaranteed way to prevent back pain. Heal your knee in its own time. Losing weight can help to reverse diabetes. It was no miracle that it worked.
",
        );
    }

    #[test]
    fn what_promises_nothing() {
        silent(
            &RULE,
            "# A

There is no cure for arthritis. Does it cure pain? Nothing is guaranteed to work. The law
provides for guaranteed issue of insurance.

Move within your pain-free range. Beware of products that claim a guaranteed result.

Be wary of anyone who promises a guaranteed cure. Adverts that say a gel cures pain are common. Many people believe
that squats cure knee pain. Squats do not cure knee pain, and nothing seems to cure back pain. It may cure sciatica.
Success is not guaranteed. Rest is no way to cure back pain. No treatment has no risks and no side effects.

It does not work for everyone. \u{201c}It cures everything,\u{201d} they said.
",
        );
    }
}
