//! See `docs`.

use super::{each_unsourced, report};
use crate::diagnostic::{Confidence, Level};
use crate::facts::ClaimFact;
use crate::facts::claims::{ClaimKind, Need};
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};

pub static RULE: Rule = Rule {
    id: "claim/unsourced-claim",
    summary: "a statement that an editor would want a source for has none",
    level: Level::Warning,
    kinds: &[
        RuleKind {
            name: "causal",
            level: Level::Warning,
            summary: "cause, risk or association",
        },
        RuleKind {
            name: "comparative",
            level: Level::Warning,
            summary: "ranks or compares",
        },
        RuleKind {
            name: "prevalence",
            level: Level::Warning,
            summary: "how common something is",
        },
        RuleKind {
            name: "attribution",
            level: Level::Warning,
            summary: "a person or body is said to say it",
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

Sitting causes more back pain than standing does.
```

```markdown pass
# Sitting

Sitting and back pain are only weakly linked [@review-2019].
```

Numbers, appeals to research and claims about treatment have rules of their own. Cite a source, or
say less.
"#,
    check: Check::File(check),
};

fn check(context: &FileContext<'_>, out: &mut Sink<'_>) {
    for claim in each_unsourced(context) {
        let Some(kind) = kind(claim) else { continue };
        let words = super::shown(context.file.slice(claim.focus));
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
        report(claim, out, message).kind(kind);
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
    Some(if claim.need == Need::Must {
        own
    } else {
        "should"
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::silent;

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
}
