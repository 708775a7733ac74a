//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::facts::ProjectFacts;
use crate::rule::{Check, Fixability, Profile, Rule, Sink};

pub static RULE: Rule = Rule {
    id: "project/review-overdue",
    summary: "the day of the next review has passed",
    level: Level::Warning,
    kinds: &[],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Strict,
    since: "0.1.0",
    docs: r#"
A page that says when it will be looked at again, and was not, tells its readers that nobody looks after it. Whether
a page is current is one of the four JAMA benchmarks for health information.

```yaml fail
name: Bridge
status: published
lastReviewed: 2018-03-01
nextReview: 2021-03-01
```

```yaml pass
name: Bridge
status: published
lastReviewed: 2018-03-01
nextReview: 2121-03-01
```

Drafts and retired records are left alone. Today is what `--today` or `SOURCE_DATE_EPOCH` says, else the day in UTC;
set one of them where two runs must say the same. Review the record, and set both dates.
"#,
    check: Check::Project(check),
};

fn check(facts: &ProjectFacts<'_>, out: &mut Sink<'_>) {
    let Some(today) = facts.today else { return };
    for (&path, file) in &facts.files {
        for record in &file.records {
            let Some((day, site)) = record.next_review.as_deref() else { continue };
            let is_live = !matches!(record.status.as_deref(), Some("draft" | "retired"));
            if *day < today && is_live {
                out.set_record(record.id.clone());
                out.report_at(path, site, format!("the next review was due on {day}"))
                    .label(format!("before today, {today}"))
                    .help("review the record, and set `lastReviewed` and `nextReview`");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn a_day_that_has_passed() {
        check(
            &RULE,
            "
- {name: Höftlyft, status: published, nextReview: 2025-12-31}
                                                  ^^^^^^^^^^ the next review was due on 2025-12-31
- {name: Knäböj, nextReview: '2024-02-29'}
                             ^^^^^^^^^^^^ the next review was due on 2024-02-29
",
        );
    }

    #[test]
    fn days_to_come_drafts_and_words() {
        silent(
            &RULE,
            "
- {name: A, status: published, nextReview: 2026-01-01}
- {name: B, status: draft, nextReview: 2021-03-01}
- {name: C, status: retired, nextReview: 2021-03-01}
- {name: D, status: published, nextReview: 2021-02-30}
- {name: E, status: published, nextReview: Spring 2021}
",
        );
    }
}
