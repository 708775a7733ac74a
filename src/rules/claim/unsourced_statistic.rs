//! See `docs`.

use super::{each_unsourced, report};
use crate::diagnostic::{Confidence, Level};
use crate::facts::claims::ClaimKind;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, Sink};

pub static RULE: Rule = Rule {
    id: "claim/unsourced-statistic",
    summary: "a number about people or results has no source in scope",
    level: Level::Error,
    kinds: &[],
    confidence: Confidence::Medium,
    fix: Fixability::Never,
    profile: Profile::Relaxed,
    since: "0.1.0",
    docs: r#"
A number is believed before anything else on the page, and nobody can check it without its source.

```markdown fail
# Back pain

About 80 percent of people have back pain at some time.
```

```markdown pass
# Back pain

About 80 percent of people have back pain at some time [@survey-2022].
```

Doses are no statistics ("hold for 30 seconds", "3 sets of 10"), and neither are dates, ages and
counts of things on the page. A citation counts in the sentence, right behind it, or at the end of
the paragraph; `sources` of a field's record count for the field. `caveat report --why FILE:LINE`
shows how a sentence was judged.

Add the source, or delete the number.
"#,
    check: Check::File(check),
};

fn check(context: &FileContext<'_>, out: &mut Sink<'_>) {
    for claim in each_unsourced(context).filter(|claim| claim.kind == Some(ClaimKind::Statistic)) {
        let words = context.file.slice(claim.focus);
        report(
            claim,
            out,
            format!("`{}` has no source", super::shown(words)),
        )
        .label("says who?");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn a_percentage_without_a_source() {
        check(
            &RULE,
            r#"
# Ryggont

About 80 percent of people in Malmö have back pain at some time in their lives.
      ^^^^^^^^^^ `80 percent` has no source
"#,
        );
    }

    #[test]
    fn a_folded_field() {
        check(
            &RULE,
            r#"
name: Bridge
description: >-
  It is a good exercise.
  In one group, 80 percent of patients with back pain
                ^^^^^^^^^^ `80 percent` has no source
  got better.
"#,
        );
    }

    #[test]
    fn cited_statistics_and_doses_are_fine() {
        silent(
            &RULE,
            r#"
//- articles/a.md
# Pain

About 80 percent of people have back pain at some time [@survey].

Nine in ten people get better. Most of them do so in six weeks [@survey].

Hold for 30 seconds and do 3 sets of 10.
//- resources/survey.yaml
id: survey
type: report
title: Survey
"#,
        );
    }
}
