//! See `docs`.

use super::{each_unsourced, report};
use crate::diagnostic::{Confidence, Level};
use crate::facts::claims::ClaimKind;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, Sink};

pub static RULE: Rule = Rule {
    id: "claim/unsourced-evidence-appeal",
    summary: "the text invokes research or experts and names none",
    level: Level::Error,
    kinds: &[],
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

Name the study, or say it without the appeal.
"#,
    check: Check::File(check),
};

fn check(context: &FileContext<'_>, out: &mut Sink<'_>) {
    for claim in each_unsourced(context).filter(|claim| claim.kind == Some(ClaimKind::Evidence)) {
        let words = context.file.slice(claim.focus);
        report(
            claim,
            out,
            format!("`{}` names no source", super::shown(words)),
        )
        .label("which ones?");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

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
}
