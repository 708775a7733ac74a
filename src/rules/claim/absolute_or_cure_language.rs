//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::lexicon::LEXICON;
use crate::model::Record;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};

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
sentence denies, asks, quotes, lays in the mouth of others or calls a claim is left alone, and so are the questions and options of a quiz.
"#,
    check: Check::Record(check),
};

fn check(context: &FileContext<'_>, record: &Record<'_>, out: &mut Sink<'_>) {
    for (text, hit) in super::phrases_meant(context, record, &LEXICON.promises) {
        let kind = RULE.kinds.iter().find(|kind| kind.name == hit.list).expect("lists are kinds");
        let words = super::shown(&text.as_str()[hit.range.clone()]);
        out.report(text.span_of(hit.range), format!("`{words}` promises too much"))
            .kind(kind.name)
            .help("say whom it helps, how much, and how sure that is");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

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
