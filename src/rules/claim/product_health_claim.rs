//! See `docs`.

use super::{each_unsourced_in_text, report};
use crate::diagnostic::{Confidence, Level};
use crate::facts::ClaimFact;
use crate::facts::claims::ClaimKind;
use crate::lexicon;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::words::shortened;

pub static RULE: Rule = Rule {
    id: "claim/product-health-claim",
    summary: "a product is said to treat, prevent or relieve, without a source",
    level: Level::Error,
    kinds: &[
        RuleKind {
            name: "named",
            level: Level::Error,
            summary: "one product: by its name, its mark, or as ours or this one",
        },
        RuleKind { name: "class", level: Level::Warning, summary: "products of one sort" },
        RuleKind {
            name: "hedged",
            level: Level::Info,
            summary: "the claim is weak or denied, or names no outcome",
        },
    ],
    confidence: Confidence::Medium,
    fix: Fixability::Never,
    profile: Profile::Relaxed,
    since: "0.1.0",
    docs: r#"
What a product is said to do has to be shown first: no function that it lacks, no false impression (EU Medical Device
Regulation, article 7), and evidence from trials in people (FTC, Health Products Compliance Guidance).

```markdown fail
# Belts

Our SpineHug belt relieves back pain.
```

```markdown pass
# Belts

Some people find a cushion more comfortable. Put the cushion under your knee.

Our SpineHug belt relieves back pain [@belt-trial].
```

Read are the claims that `caveat report` calls `product`, where they cite nothing: a belt, brace, insole, cream, app,
supplement or the like beside what it does. `named` is one product: "our", "my", "this" or "these" before it, a trade
mark, or a name with a capital letter inside it. The rule on treatment says nothing of these sentences.

Cite what shows it, and stay within the purpose for which the product is sold; or say less.
"#,
    check: Check::File(check),
};

fn check(context: &FileContext<'_>, out: &mut Sink<'_>) {
    for claim in each_unsourced_in_text(context).filter(|claim| is_for_product(claim)) {
        let kind = kind(claim);
        let words = shortened(&claim.words);
        let message = match kind {
            "named" => format!("a claim for this product has no source: `{words}`"),
            _ => format!("a claim for a product has no source: `{words}`"),
        };
        report(context, claim, out, message)
            .kind(kind)
            .note("a product may be said to do only what it is sold for and what is shown");
    }
}

/// Whether a claim is about something sold; a seat belt and the supplement of a journal are not.
pub(super) fn is_for_product(claim: &ClaimFact) -> bool {
    let (before, words) = around(claim);
    let last = before.split_whitespace().next_back().unwrap_or("").to_lowercase();
    let other = match words.split_whitespace().next().unwrap_or("").trim_end_matches(',') {
        "belt" => matches!(last.as_str(), "seat" | "safety"),
        "supplement" => !claim.firm && matches!(last.as_str(), "this" | "single" | "surveillance"),
        _ => false,
    };
    claim.kind == Some(ClaimKind::Product) && !other
}

/// What stands before the words of a claim in its sentence, and these.
fn around(claim: &ClaimFact) -> (&str, &str) {
    let at = claim.text.find(&*claim.words).unwrap_or(0);
    (&claim.text[..at], &claim.words)
}

fn kind(claim: &ClaimFact) -> &'static str {
    // "tablets to reduce swelling": what they are for, not what they do.
    let words = claim.words.to_lowercase();
    let is_purpose =
        words.contains(" to ") && !words.contains("proven") && !words.contains("shown");
    if !claim.firm || is_purpose || lexicon::is_negated(&claim.words) {
        "hedged"
    } else if is_named(claim) {
        "named"
    } else {
        "class"
    }
}

/// Whether the sentence means one product and not all of its sort.
fn is_named(claim: &ClaimFact) -> bool {
    const NEAR: usize = 4;
    if claim.text.contains(['\u{2122}', '\u{ae}']) {
        return true;
    }
    let (before, words) = around(claim);
    let of_maker = words
        .split_once(" by ")
        .is_some_and(|(_, maker)| maker.trim_start().starts_with(char::is_uppercase));
    let mut near = before.split_whitespace().rev().take(NEAR).chain(words.split_whitespace());
    let points = |word: &str| {
        ["our", "my", "this", "these"].iter().any(|own| word.eq_ignore_ascii_case(own))
    };
    // "BackEase", "TendoFlex".
    let is_brand = |word: &str| {
        let mut after = word.chars().skip_while(|c| !c.is_lowercase());
        word.starts_with(char::is_uppercase) && after.any(char::is_uppercase) && !word.contains('-')
    };
    of_maker || near.any(|word| points(word) || is_brand(word))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::claim::unsourced_treatment_claim;
    use crate::testing::{check, silent};

    #[test]
    fn claims_for_products() {
        check(
            &RULE,
            "# Höfter

Our lumbar *belt* – of café quality – relieves back pain. TendoFlex sleeves heal tendon tears.
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ a claim for this product has no source: `belt – of café quality – relieves`
                                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^ a claim for this product has no source: `sleeves heal tendon tears`
",
        );
        check(
            &RULE,
            "
name: Bro – bridge
description: Copper insoles improve circulation.
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ a claim for a product has no source: `Copper insoles improve circulation`
",
        );
    }

    fn kinds(text: &str) -> Vec<Option<&'static str>> {
        let files = crate::testing::files(&RULE, text);
        let said = crate::testing::diagnostics(&files);
        said.iter().filter(|own| own.rule == RULE.id).map(|own| own.kind).collect()
    }

    #[test]
    fn one_product_or_all_of_its_sort() {
        assert_eq!(kinds("# A\n\nOur lumbar belt relieves back pain.\n"), [Some("named")]);
        assert_eq!(kinds("# A\n\nThis cushion corrects your posture.\n"), [Some("named")]);
        assert_eq!(kinds("# A\n\nBackEase gel reduces inflammation.\n"), [Some("named")]);
        assert_eq!(kinds("# A\n\nThe Flexi\u{2122} brace reduces pain.\n"), [Some("named")]);
        assert_eq!(kinds("# A\n\nThe brace by Orthofit reduces knee pain.\n"), [Some("named")]);
        assert_eq!(kinds("# A\n\nTablets do not prevent falls.\n"), [Some("hedged")]);
        assert_eq!(kinds("# A\n\nThey may give you tablets to reduce pain.\n"), [Some("hedged")]);
        assert_eq!(kinds("# A\n\nCopper insoles improve circulation.\n"), [Some("class")]);
        assert_eq!(kinds("# A\n\nThis patch relieves back pain.\n"), [Some("named")]);
        assert_eq!(kinds("# A\n\nThis patch relieves the pressure on the server.\n"), []);
    }

    #[test]
    fn one_sentence_one_report() {
        let text = "# A\n\nOur lumbar belt relieves back pain.\n";
        silent(&unsourced_treatment_claim::RULE, text);
        assert_eq!(kinds(text).len(), 1);
        check(
            &unsourced_treatment_claim::RULE,
            "# A

A seat belt reduces injuries.
       ^^^^^^^^^^^^^^^^^^^^^ a claim about treatment has no source: `belt reduces injuries`
",
        );
    }

    #[test]
    fn what_claims_nothing_for_a_product() {
        silent(
            &RULE,
            "
//- articles/a.md
# A

Use a cushion under the knee. The belt comes in four sizes. Does a belt relieve back pain?

Our belt relieves back pain [@r].
//- resources/r.yaml
type: report
title: R
",
        );
    }
}
