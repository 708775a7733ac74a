//! See `docs`.

use super::absolute_or_cure_language;
use super::product_health_claim::is_for_product;
use super::{each_unsourced_in_text, report};
use crate::diagnostic::{Confidence, Level};
use crate::facts::ClaimFact;
use crate::facts::claims::ClaimKind;
use crate::lexicon::LEXICON;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::source::Span;
use crate::words::shortened;
use std::cell::LazyCell;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    id: "claim/unsourced-treatment-claim",
    summary: "a text says that something helps, prevents or harms, without a source",
    level: Level::Warning,
    kinds: &[RuleKind {
        name: "hedged",
        level: Level::Info,
        summary: "the claim is weak, or names no treatment and outcome",
    }],
    confidence: Confidence::Medium,
    fix: Fixability::Never,
    profile: Profile::Default,
    since: "0.1.0",
    docs: r#"
What a treatment does is what readers act on.

```markdown fail
# Foam rolling

Foam rolling breaks up adhesions and prevents injury.
```

```markdown pass
# Foam rolling

Foam rolling may ease stiffness for a short time [@roller-review].
```

One diagnostic per paragraph, at its strongest claim. What products do is told by `claim/product-health-claim`,
and sentences that promise a cure by `claim/absolute-or-cure-language` alone.

Cite a source, or say less.
"#,
    check: Check::File(check),
};

fn check(context: &FileContext<'_>, out: &mut Sink<'_>) {
    let mut paragraphs: BTreeMap<u32, Vec<&ClaimFact>> = BTreeMap::new();
    let promised = LazyCell::new(|| Promised::of(context));
    for claim in each_unsourced_in_text(context) {
        let is_product = claim.kind == Some(ClaimKind::Product);
        if claim.kind == Some(ClaimKind::Therapeutic) || is_product && !is_for_product(claim) {
            // A promise is told as that; of most sentences it is enough to look at the words.
            if !LEXICON.promises.is_match(&claim.text) || !promised.has(claim.focus) {
                paragraphs.entry(claim.block).or_default().push(claim);
            }
        }
    }
    for claims in paragraphs.values() {
        // The first of equals: the one a reader meets.
        let strongest = claims
            .iter()
            .rev()
            .max_by_key(|claim| (claim.firm, claim.score))
            .expect("no list is empty");
        let words = &strongest.words;
        let message = match claims.len() {
            1 => format!("a claim about treatment has no source: `{}`", shortened(words)),
            count => format!(
                "{count} claims about treatment in this paragraph have no source: `{}`",
                shortened(words)
            ),
        };
        let diagnostic = report(context, strongest, out, message);
        if !strongest.firm {
            diagnostic.kind("hedged");
        }
        for other in claims.iter().filter(|other| other.site != strongest.site).take(3) {
            diagnostic.related(other.focus, "and this");
        }
    }
}

/// Where the sentences stand that promise something, in order.
struct Promised(Vec<Span>);

impl Promised {
    fn of(context: &FileContext<'_>) -> Self {
        let promises = |record| absolute_or_cure_language::promises(context, record);
        let sentences = context.records.iter().flat_map(promises);
        let mut spans: Vec<_> = sentences.map(|(sentence, _)| sentence.span()).collect();
        spans.sort_unstable();
        Self(spans)
    }

    fn has(&self, words: Span) -> bool {
        let behind = self.0.partition_point(|own| own.start <= words.start);
        behind.checked_sub(1).is_some_and(|at| self.0[at].contains(words))
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, diagnostics, files, silent};

    #[test]
    fn one_report_per_paragraph() {
        check(
            &RULE,
            r#"
# Rullning

Foam rolling prevents injury. It is a café habit.
             ^^^^^^^^^^^^^^^ a claim about treatment has no source: `prevents injury`
"#,
        );
    }

    #[test]
    fn a_promise_is_told_once() {
        let article = "//- articles/a.md\n# Rullning\n\nThis programme cures sciatica. Foam rolling prevents injury.\n";
        let said = diagnostics(&files(&RULE, article));
        let rules = said.iter().filter(|own| own.rule.starts_with("claim/"));
        let rules: Vec<_> = rules.map(|own| (own.rule, own.related.len())).collect();
        assert_eq!(rules, [(RULE.id, 0), ("claim/absolute-or-cure-language", 0)]);
    }

    #[test]
    fn what_a_page_is_not() {
        for text in [
            "This page does not replace medical advice, diagnosis or treatment of back pain.",
            "- Sensitivity to light or sound",
        ] {
            silent(&RULE, &format!("# Back pain\n\n{text}\n"));
        }
        let article = "# Back pain\n\nBetter diagnosis of back pain does not replace advice, and relieves back pain.\n";
        assert!(diagnostics(&files(&RULE, article)).iter().any(|own| own.rule == RULE.id));
    }

    #[test]
    fn what_no_treatment_does() {
        check(
            &RULE,
            "
# Neck pain

There is no doubt that walking relieves neck pain – as a rule.
                               ^^^^^^^^^^^^^^^^^^ a claim about treatment has no source: `relieves neck pain`
",
        );
        silent(
            &RULE,
            "# Neck pain\n\nThere is no exercise that cures neck pain for everyone, but walking is free.\n",
        );
    }

    #[test]
    fn cited_claims_are_fine() {
        silent(
            &RULE,
            r#"
//- articles/a.md
# Rolling

Foam rolling may ease stiffness for a short time [@r].

Does foam rolling prevent injury?
//- resources/r.yaml
type: report
title: R
"#,
        );
    }
}
