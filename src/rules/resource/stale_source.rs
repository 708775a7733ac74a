//! See `docs`.

use crate::diagnostic::{Confidence, Diagnostic, Level};
use crate::facts::{Aging, AgingFact, ProjectFacts};
use crate::model::date::months_between;
use crate::rule::{Check, Fixability, Profile, Rule, RuleKind, Sink};
use crate::source::FilePath;
use jiff::civil::Date;

pub static RULE: Rule = Rule {
    id: "resource/stale-source",
    summary: "a guideline, a review or the last look at a web page is too old",
    level: Level::Warning,
    kinds: &[
        RuleKind {
            name: "guideline",
            level: Level::Warning,
            summary: "a guideline is more than 5 years old",
        },
        RuleKind {
            name: "review",
            level: Level::Info,
            summary: "a systematic review is more than 7 years old",
        },
        RuleKind {
            name: "web-page",
            level: Level::Warning,
            summary: "nobody has opened a web page for more than 2 years",
        },
        RuleKind {
            name: "no-access-date",
            level: Level::Info,
            summary: "a web page does not say when it was read",
        },
    ],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Strict,
    since: "0.1.0",
    docs: r#"
Guidelines are replaced, reviews are overtaken by new trials, and web pages change under the sentence that cites them.

```yaml fail
id: back-2009
type: report
genre: Clinical guideline
title: Early management of persistent low back pain
author: [{literal: National Collaborating Centre for Primary Care}]
issued: 2009-05
URL: https://www.nice.org.uk/guidance/cg88
```

```yaml pass
id: back-2016
type: report
genre: Clinical guideline
title: Low back pain and sciatica in over 16s
author: [{literal: National Institute for Health and Care Excellence}]
issued: 2016-11-30
lastChecked: 2025-11-03
URL: https://www.nice.org.uk/guidance/ng59
```

What a work is stands in `studyType`, in its `type` and `genre`, or in its title ("...: a systematic review"). Its age
counts from `issued`, or from `lastChecked` or `lastReviewed` where that is later; that of a web page from `accessed`,
too. A web page with a DOI or with an archived copy stays what it was. That web pages do not say when they were read is
told once for a file. Single trials and books are left alone: no date says when a better one came.

Today is what `--today` or `SOURCE_DATE_EPOCH` says, else the day in UTC.

Cite what took its place. Where nothing has, say so: `lastChecked` with the day, `inForce: true` for a guideline or
standard, or `classic` with the reason why the old work is the right one.
"#,
    check: Check::Project(check),
};

// Sources: Shekelle et al. 2001, JAMA 286: most guidelines are out of date after 5.8 years; Shojania et al. 2007, Ann
// Intern Med 147: reviews are for 5.5 years, at the median. The limits are those of the catalogue of rules.
const fn most_months(sort: Aging) -> i32 {
    match sort {
        Aging::Guideline => 60,
        Aging::Review => 84,
        Aging::WebPage => 24,
    }
}

fn check(facts: &ProjectFacts<'_>, out: &mut Sink<'_>) {
    let Some(today) = facts.today else { return };
    for (&path, file) in &facts.files {
        let old = file.requested().aging.iter().filter(|own| is_old(own, today));
        let (seen, unseen): (Vec<_>, Vec<_>) =
            old.partition(|own| own.is_checked || own.sort != Aging::WebPage);
        for own in seen {
            out.set_record(file.record(own.record).id.clone());
            report(path, own, out);
        }
        // It is the habit of a whole file.
        let Some(first) = unseen.first() else { continue };
        out.set_record(file.record(first.record).id.clone());
        let message = "no date says when this web page was read";
        let diagnostic = out.report_at(path, &first.anchor, message);
        diagnostic.kind("no-access-date").help("add `accessed`, or a copy as `archivedUrl`");
        if unseen.len() > 1 {
            diagnostic.note(format!("{} web pages of this file do not say it", unseen.len()));
        }
    }
}

fn is_old(own: &AgingFact, today: Date) -> bool {
    let is_past = |day: Date| months_between(day, today) >= most_months(own.sort);
    own.day.is_none_or(is_past) && (own.day.is_some() || own.sort == Aging::WebPage)
}

fn report<'s>(path: &FilePath, own: &AgingFact, out: &'s mut Sink<'_>) -> &'s mut Diagnostic {
    let AgingFact { words, is_checked, .. } = own;
    let years = most_months(own.sort) / 12;
    let was = if *is_checked { "was last looked at" } else { "is from" };
    let (kind, what, help) = match own.sort {
        Aging::Guideline => (
            "guideline",
            "the guideline",
            "cite the current one; if this is it, say `inForce: true`, or `lastChecked` with the day",
        ),
        Aging::Review => (
            "review",
            "the review",
            "look for a newer one; if there is none, say `lastChecked` with the day, or why in `classic`",
        ),
        Aging::WebPage => (
            "web-page",
            "the web page",
            "open it, see whether it still says what is cited, and set `accessed`",
        ),
    };
    out.report_at(path, &own.site, format!("{what} {was} {words}, more than {years} years ago"))
        .kind(kind)
        .help(help)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn what_has_grown_old() {
        check(
            &RULE,
            "
//- resources/a.yaml
- {id: a, title: Rörelse, studyType: guideline, issued: 2019}
                                                        ^^^^ the guideline is from 2019, more than 5 years ago
- {id: b, title: 'Hips: a systematic review', type: article-journal, issued: {date-parts: [[2018, 4, 9]]}}
                                                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the review is from 2018-04-09, more than 7 years ago
- {id: c, title: Back pain guideline, type: report, issued: 2009-05, lastChecked: 2019-03-02}
                                                                                  ^^^^^^^^^^ the guideline was last looked at 2019-03-02, more than 5 years ago
- {id: d, title: Hips, type: webpage, URL: 'https://www.nhs.uk/hips', issued: 2020, accessed: 2022-01-10}
                                                                                              ^^^^^^^^^^ the web page was last looked at 2022-01-10, more than 2 years ago
- {id: e, title: Hips, type: webpage, URL: 'https://www.nhs.uk/knees'}
                 ^^^^ no date says when this web page was read
- {id: f, title: Knees, type: webpage, URL: 'https://www.nhs.uk/feet', issued: 2019}
",
        );
    }

    #[test]
    fn what_has_not() {
        silent(
            &RULE,
            "
- {id: a, title: Höft, studyType: guideline, issued: 2021}
- {id: b, title: Hips, studyType: guideline, issued: 2009, inForce: true}
- {id: c, title: Hips, studyType: systematic-review, issued: 1999, classic: It made the scale.}
- {id: d, title: Hips, studyType: guideline, issued: 2009, lastChecked: 2025-03-02}
- {id: e, title: Hips, studyType: guideline, issued: 2009, status: superseded}
- {id: f, title: Hips, type: webpage, URL: 'https://www.nhs.uk/hips', accessed: 2025-01-10}
- {id: g, title: Hips, type: webpage, URL: 'https://www.nhs.uk/hips', issued: 2025}
- {id: h, title: Hips, type: webpage, URL: 'https://a.org/1', archivedUrl: 'https://web.archive.org/a'}
- {id: i, title: Hips, type: book, studyType: textbook, issued: 1950}
- {id: j, title: Hips, studyType: rct, issued: 1950}
- {id: k, title: 'PRISMA: reporting of systematic reviews', type: article-journal, issued: 2009}
- {id: l, title: Adherence to guidelines, type: article-journal, issued: 2009}
- {id: m, title: Hips, studyType: guideline, issued: spring 2001}
- {id: n, title: 3, studyType: [guideline], type: {a: b}, issued: [2001]}
- {id: o, title: Hips, type: webpage, accessed: 1999}
",
        );
    }
}
