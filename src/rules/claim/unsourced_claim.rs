//! See `docs`.

use super::{each_unsourced, report};
use crate::diagnostic::{Confidence, Level};
use crate::facts::ClaimFact;
use crate::facts::claims::{ClaimKind, Need};
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::words::shortened;

pub static RULE: Rule = Rule {
    id: "claim/unsourced-claim",
    summary: "a statement that an editor would want a source for has none",
    level: Level::Warning,
    kinds: &[
        RuleKind { name: "causal", level: Level::Warning, summary: "cause, risk or association" },
        RuleKind { name: "comparative", level: Level::Warning, summary: "ranks or compares" },
        RuleKind { name: "prevalence", level: Level::Warning, summary: "how common something is" },
        RuleKind {
            name: "attribution",
            level: Level::Warning,
            summary: "a person or body is said to say it",
        },
        RuleKind {
            name: "declared",
            level: Level::Warning,
            summary: "listed under `claims`, without sources of its own",
        },
        RuleKind {
            name: "loose",
            level: Level::Info,
            summary: "may be one of these, in no plain form",
        },
        RuleKind {
            name: "should",
            level: Level::Info,
            summary: "textbook knowledge, definitions, common recommendations",
        },
    ],
    confidence: Confidence::Medium,
    fix: Fixability::Never,
    profile: Profile::Default,
    since: "0.1.0",
    docs: r#"
Whoever reads that something causes pain, or is more common than something else, cannot check it.

```markdown fail
# Sitting

Weak hips cause more back pain than we think.
```

```markdown pass
# Sitting

Sitting and back pain are only weakly linked [@review-2019].
```

Numbers, appeals to research and claims about treatment have rules of their own. An entry of `claims`
needs its own `sources`: those of the record say what the record rests on, not what supports this
sentence.

Cite a source, or say less.
"#,
    check: Check::File(check),
};

fn check(context: &FileContext<'_>, out: &mut Sink<'_>) {
    for claim in each_unsourced(context) {
        if claim.declared {
            let words = shortened(&claim.text);
            let message = format!("a listed claim has no source: `{words}`");
            out.set_record(context.facts.record(claim.record).id.clone());
            let diagnostic = out.report(claim.site.span, message);
            diagnostic
                .kind("declared")
                .label("supported by nothing")
                .help("name the source in its `sources`")
                .identity
                .text = claim.site.text;
            continue;
        }
        let Some(kind) = kind(claim) else { continue };
        let words = shortened(&claim.words);
        let message = match claim.kind {
            Some(ClaimKind::Causal) => {
                format!("a claim about cause or risk has no source: `{words}`")
            }
            Some(ClaimKind::Comparative) => format!("a comparison has no source: `{words}`"),
            Some(ClaimKind::Prevalence) => {
                format!("a claim about how common something is has no source: `{words}`")
            }
            Some(ClaimKind::Attribution) => format!("what somebody says has no source: `{words}`"),
            _ => format!("this has no source: `{words}`"),
        };
        report(context, claim, out, message).kind(kind);
    }
}

fn kind(claim: &ClaimFact) -> Option<&'static str> {
    let own = match claim.kind? {
        // These have rules of their own.
        ClaimKind::Statistic
        | ClaimKind::Evidence
        | ClaimKind::Therapeutic
        | ClaimKind::Product => {
            return None;
        }
        ClaimKind::Causal => "causal",
        ClaimKind::Comparative => "comparative",
        ClaimKind::Prevalence => "prevalence",
        ClaimKind::Attribution => "attribution",
        ClaimKind::Historical | ClaimKind::Definition | ClaimKind::Recommendation => "should",
    };
    Some(match (claim.need, own) {
        (Need::Must, "should") | (Need::Should | Need::No, _) => "should",
        (Need::Must, own) if claim.firm => own,
        (Need::Must, _) => "loose",
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, diagnostics, files, silent};

    #[test]
    fn cited_and_asked_things_are_fine() {
        silent(
            &RULE,
            r#"
//- articles/a.md
# Sittande

Sitting and back pain are only weakly linked [@r].

Does sitting cause pain? Välj själv.
//- resources/r.yaml
type: report
title: R
"#,
        );
    }

    #[test]
    fn pictures_claim_nothing() {
        silent(
            &RULE,
            r#"
# Ryggar

![A woman whose weak hips cause more back pain](leg.png)

See ![Weak hips cause more back pain](run.png) for how it looks.
"#,
        );
    }

    #[test]
    fn the_words_that_say_it() {
        check(
            &RULE,
            r#"
# Sitting

Weak hips cause more back pain than we think.
          ^^^^^^^^^^^^^^^^^^^^ a claim about cause or risk has no source: `cause more back pain`

> Knee pain is very common.
  ^^^^^^^^^^^^^^^^^^^^^^^^ a claim about how common something is has no source: `Knee pain is very common`
"#,
        );
    }

    #[test]
    fn a_listed_claim_needs_its_own_source() {
        check(
            &RULE,
            r#"
//- exercises/a.yaml
id: a
description: Walking eases back pain.
claims:
  - text: Walking eases back pain in Malmö.
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ a listed claim has no source: `Walking eases back pain in Malmö.`
  - text: Walking is a movement.
    sources: [r]
sources: [r]
//- exercises/b.json
{"id": "b", "claims": [{"text": "About 80% of adults walk.", "sources": []}], "sources": ["r"]}
                                 ^^^^^^^^^^^^^^^^^^^^^^^^^ a listed claim has no source: `About 80% of adults walk.`
//- resources/r.yaml
id: r
type: report
title: R
"#,
        );
    }

    #[test]
    fn what_people_find_is_no_plain_claim() {
        let article = "# Neck pain\n\nThere is no exercise that cures neck pain for everyone, but many people find that \
                       keeping moving makes it easier to live with.\n";
        let said = diagnostics(&files(&RULE, article));
        assert!(said.iter().all(|own| own.kind != Some("prevalence")), "{said:?}");
    }

    #[test]
    fn names_of_causes_are_no_plain_claims() {
        let kinds = |text: &str| {
            let said = diagnostics(&files(&RULE, &format!("# Migraine\n\n{text}\n")));
            said.into_iter().filter_map(|own| own.kind).collect::<Vec<_>>()
        };
        for text in [
            "Learn to avoid what triggers (stress, missed meals, noise) headache.",
            "The cause-of-death dataset contains detailed mortality of people with headache.",
        ] {
            assert!(!kinds(text).contains(&"causal"), "{text}");
        }
        assert!(kinds("Stress triggers headache in people with migraine.").contains(&"causal"));
        // What may be the case is not stated.
        assert!(!kinds("However, if the headache is due to trauma, rest.").contains(&"causal"));
        assert!(kinds("In fact, the headache is due to trauma.").contains(&"causal"));
    }

    #[test]
    fn signs_to_look_for_claim_nothing() {
        silent(
            &RULE,
            r#"
# When to seek help for back pain

Get help now if you have back pain with any of these signs:

- a leg that gets weaker quickly
- you have had cancer, or you lose weight and do not know why

The page on when to seek help says more.
"#,
        );
    }

    #[test]
    fn what_is_labelled_as_wrong() {
        silent(
            &RULE,
            "# Back pain\n\nMisconception: weak muscles cause back pain.\n\nCommon myth 2: sitting causes back pain in most people.\n",
        );
    }
}
