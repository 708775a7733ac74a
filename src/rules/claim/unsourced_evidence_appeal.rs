//! See `docs`.

use super::{each_unsourced_in_text, report};
use crate::diagnostic::{Confidence, Level};
use crate::facts::claims::ClaimKind;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::words::shortened;

pub static RULE: Rule = Rule {
    id: "claim/unsourced-evidence-appeal",
    summary: "the text invokes research or experts and names none",
    level: Level::Error,
    kinds: &[RuleKind {
        name: "loose",
        level: Level::Info,
        summary: "studies or experts are mentioned, and what they found is not plainly claimed",
    }],
    confidence: Confidence::Medium,
    fix: Fixability::Never,
    profile: Profile::Relaxed,
    since: "0.1.0",
    docs: r#"
"Studies show" asks the reader to believe somebody who is not named.

```markdown fail
# Bridges

Studies show that bridges reduce back pain.
```

```markdown pass
# Bridges

Studies show that exercise reduces back pain a little [@review-2021].
```

An error is a plain appeal: research, studies, trials or experts that show, find or agree; "clinically
proven"; "has been shown to". What studies of some kind can show ("a study without a comparison group
cannot tell") is none. A mention that only leans on research is of the kind `loose`.

Name the study, or say it without the appeal.
"#,
    check: Check::File(check),
};

fn check(context: &FileContext<'_>, out: &mut Sink<'_>) {
    let appeals =
        each_unsourced_in_text(context).filter(|claim| claim.kind == Some(ClaimKind::Evidence));
    for claim in appeals {
        let words = shortened(&claim.words);
        let diagnostic = report(context, claim, out, format!("`{words}` names no source"));
        diagnostic.label("which ones?");
        if !claim.firm {
            diagnostic.kind("loose");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, diagnostics, files, silent};

    #[test]
    fn an_appeal_without_a_source() {
        check(
            &RULE,
            r#"
# Höftlyft

Café talk: studies show that bridges reduce back pain.
           ^^^^^^^^^^^^ `studies show` names no source
"#,
        );
    }

    #[test]
    fn what_a_review_counts_is_its_own() {
        let hard = |text: &str| {
            let text =
                format!("# St\u{f6}d\n\n**Methods** Two of us read.\n\n**Results** {text}\n");
            let said = diagnostics(&files(&RULE, &text));
            said.iter().any(|own| own.rule == RULE.id && own.kind.is_none())
        };
        assert!(!hard("Pooled results from 44 trials indicated that walking reduced back pain."));
        assert!(!hard("Overall, 19 (35%) studies reported how groups were drawn."));
        assert!(hard("Earlier studies reported that walking reduced back pain."));
    }

    #[test]
    fn studies_that_a_review_took_in_are_named() {
        let hard = |text: &str| {
            let said = diagnostics(&files(&RULE, &format!("# Stöd\n\n{text}\n")));
            said.iter().any(|own| own.rule == RULE.id && own.kind.is_none())
        };
        assert!(!hard("The included studies showed that a chair reduced back pain."));
        assert!(hard("The picture is included. Studies showed that a chair reduced back pain."));
    }

    #[test]
    fn a_journal_its_year_and_a_doi_stand_over_a_summary() {
        let said = |line: &str| {
            let text = format!(
                "# Stöd\n\n## A chair\n\n{line}\n\nEvidence suggests that a chair reduces back pain.\n"
            );
            let said = diagnostics(&files(&RULE, &text));
            said.iter().any(|own| own.rule == RULE.id)
        };
        let doi = "[doi: 10.1000/abc](https://doi.org/10.1000/abc)";
        assert!(!said(&format!("J Chairs Res. 2024 May 23. {doi}")));
        assert!(!said(&format!("European Journal of Chairs 2024;19(3):12-20, {doi}")));
        assert!(said(&format!("J Chairs Res. 2024 was read by many. {doi}")));
        assert!(said(&format!("A chair is new, {doi}")));
        assert!(said("J Chairs Res. 2024 May 23."));
    }

    #[test]
    fn what_there_is_no_evidence_for() {
        for none in ["There is no", "There's no", "There\u{2019}s no"] {
            let text =
                format!("# St\u{f6}d\n\n{none} strong evidence that a chair prevents back pain.\n");
            let said = diagnostics(&files(&RULE, &text));
            let mut kinds = said.iter().filter(|own| own.rule == RULE.id).map(|own| &own.kind);
            assert!(kinds.all(|kind| kind.as_deref() == Some("loose")), "{none}: {said:#?}");
        }
        for none in ["No good evidence supports", "So far little convincing research supports"] {
            let text = format!("# St\u{f6}d\n\n{none} a chair against back pain.\n");
            let said = diagnostics(&files(&RULE, &text));
            let mut kinds = said.iter().filter(|own| own.rule == RULE.id).map(|own| &own.kind);
            assert!(kinds.all(|kind| kind.as_deref() == Some("loose")), "{none}: {said:#?}");
        }
        check(
            &RULE,
            r#"
# Stöd

Good evidence supports a chair against back pain.
^^^^^^^^^^^^^^^^^^^^^^ `Good evidence supports` names no source

There’s strong evidence that a chair prevents back pain.
        ^^^^^^^^^^^^^^^ `strong evidence` names no source
"#,
        );
    }

    #[test]
    fn a_named_study_is_fine() {
        silent(
            &RULE,
            r#"
//- articles/a.md
# Bridges

Studies show that exercise reduces back pain a little.[^1]

More research is needed.

[^1]: Smith 2021, https://doi.org/10.1000/xyz
"#,
        );
    }

    #[test]
    fn studies_in_general_are_no_appeal() {
        silent(
            &RULE,
            r#"
# How to read evidence about pain

A study without a comparison group cannot show what would have happened anyway.

In a randomised trial, chance decides who gets the treatment.

A study of this kind looks at one point in time. It cannot tell whether the pain came first.

A headline says that an exercise works against pain.
"#,
        );
    }

    #[test]
    fn words_that_are_spoken_of_claim_nothing() {
        silent(
            &RULE,
            r#"
# How to spot a bad claim about pain

We do not use phrases such as "clinically proven".

Products that are “clinically proven” may have been tested on ten people with back pain.
"#,
        );
        check(
            &RULE,
            r#"
# Pain

“Studies show that bridges reduce back pain,” says Märta.
 ^^^^^^^^^^^^ `Studies show` names no source

It is scientifically proven that Pilates relieves back pain.
      ^^^^^^^^^^^^^^^^^^^^^ `scientifically proven` names no source
"#,
        );
    }

    #[test]
    fn other_languages_are_not_judged() {
        silent(
            &RULE,
            "---\ntitle: A\ninLanguage: fr\n---\n\nExperts agree that walking cures back pain.\n",
        );
        silent(
            &crate::rules::claim::unsourced_statistic::RULE,
            "---\ntitle: A\ninLanguage: es\n---\n\nEl 80% de las personas tiene dolor lumbar.\n",
        );
    }
}
