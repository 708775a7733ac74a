//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::lexicon::LEXICON;
use crate::model::Record;
use crate::model::identifier::{Flaw, Scheme};
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::source::Span;
use crate::syntax::{BlockKind, Text};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

pub static RULE: Rule = Rule {
    id: "resource/invalid-identifier",
    summary: "an ISBN, ISSN, ORCID iD, PMID, PMCID or trial number is not one",
    level: Level::Error,
    kinds: &[
        RuleKind {
            name: "swapped",
            level: Level::Error,
            summary: "it is an identifier of another kind",
        },
        RuleKind {
            name: "sbn",
            level: Level::Info,
            summary: "it is a nine-digit book number from before the ISBN",
        },
    ],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Relaxed,
    since: "0.1.0",
    docs: r#"
One wrong digit leads to another work or person. The form and the check digit show it without
looking anything up.

```yaml fail
title: Vector analysis
ISBN: 978-0-306-40615-8
```

```yaml pass
title: Vector analysis
ISBN: 978-0-306-40615-7
```

Looked at are the fields `ISBN`, `ISSN`, `PMID`, `PMCID` and `ORCID` wherever they stand, and in
running text numbers with a label ("ISBN 978-...", "PMCID: PMC...", "NCT01234567", "ISRCTN12345678",
"arXiv:2101.00001", "ORCID 0000-...", addresses at orcid.org and ror.org). Blanks and hyphens do not matter; a field
may hold several numbers. Compare the number with the work itself: a check digit tells that there is a
slip, not where it is.
"#,
    check: Check::Record(check),
};

fn check(_: &FileContext<'_>, record: &Record<'_>, out: &mut Sink<'_>) {
    let labelled = record.may_hold(LEXICON.identifiers);
    let mappings = record.node.into_iter().flat_map(|node| node.descendants());
    for entry in mappings
        .filter(|node| node.is_mapping() && !node.is_alias())
        .flat_map(|node| node.entries())
    {
        let scheme = match entry.name() {
            "ISBN" => Scheme::Isbn,
            "ISSN" => Scheme::Issn,
            "PMID" => Scheme::Pmid,
            "PMCID" => Scheme::Pmcid,
            "ORCID" => Scheme::Orcid,
            _ if !labelled => continue,
            _ => {
                entry.value.text().into_iter().for_each(|text| check_prose(&text, out));
                entry
                    .value
                    .items()
                    .filter_map(|item| item.text())
                    .for_each(|text| check_prose(&text, out));
                continue;
            }
        };
        if let Some(text) = entry.value.scalar() {
            check_field(scheme, &text, out);
        }
        entry
            .value
            .items()
            .filter_map(|item| item.scalar())
            .for_each(|text| check_field(scheme, &text, out));
    }
    let Some(body) = record.body.filter(|_| labelled) else { return };
    for block in
        body.blocks.iter().filter(|block| !matches!(block.kind, BlockKind::Code | BlockKind::Html))
    {
        check_prose(&Text::of_prose(body, block.text.clone()), out);
    }
}

fn check_field(scheme: Scheme, text: &Text<'_>, out: &mut Sink<'_>) {
    let value = text.as_str();
    // "????" is told as the placeholder it is.
    let is_blank = value.chars().all(|c| c == '?' || c.is_whitespace());
    if is_blank || scheme.check(value).is_ok() {
        return;
    }
    for range in numbers(scheme, value) {
        let span =
            if range == (0..value.len()) { text.inner_span() } else { text.span_of(range.clone()) };
        report(scheme, &value[range], span, out);
    }
}

/// Between two numbers of one field, beside signs.
const AND: &str = " and ";

/// The numbers of a field that may hold several.
fn numbers(scheme: Scheme, value: &str) -> Vec<Range<usize>> {
    let parts = |separators: &[char]| -> Vec<Range<usize>> {
        let mut out = Vec::new();
        for part in value.split(AND).flat_map(|some| some.split(separators)) {
            // "(pbk.)" and the like tell of the binding.
            let own = part.split('(').next().unwrap_or(part);
            let trimmed = own.trim();
            if !trimmed.is_empty() {
                let start = trimmed.as_ptr() as usize - value.as_ptr() as usize;
                out.push(start..start + trimmed.len());
            }
        }
        out
    };
    let long = |range: &Range<usize>| {
        value[range.clone()].chars().filter(char::is_ascii_digit).count() >= 7
    };
    let blanks = parts(&[',', ';', ' ', '\n']);
    if matches!(scheme, Scheme::Isbn | Scheme::Issn) && blanks.len() > 1 && blanks.iter().all(long)
    {
        return blanks;
    }
    parts(&[',', ';'])
}

fn report(scheme: Scheme, value: &str, span: Span, out: &mut Sink<'_>) {
    let Err(flaw) = scheme.check(value) else { return };
    let name = scheme.name();
    if let Some(other) = Scheme::of(value).filter(|other| *other != scheme) {
        out.report(
            span,
            format!(
                "`{value}` is {} {}, not {} {name}",
                article(other),
                other.name(),
                article(scheme)
            ),
        )
        .kind("swapped")
        .help(format!("move it to `{}`", other.field()));
        return;
    }
    if scheme == Scheme::Isbn && is_sbn(value) {
        out.report(span, format!("`{value}` is a book number of nine digits"))
            .kind("sbn")
            .help(format!("as an ISBN it is `0-{}`", value.trim()));
        return;
    }
    match flaw {
        Flaw::Form(form) => {
            out.report(span, format!("`{value}` is no {name}"))
                .help(format!("{} {name} has {form}", article(scheme)));
        }
        Flaw::CheckDigit(wanted) => {
            out.report(
                span,
                format!("`{value}` is no {name}: the last place should be `{wanted}`"),
            )
            .help("compare every digit with the work itself");
        }
    }
}

const fn article(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::Doi | Scheme::Nct | Scheme::Pmcid | Scheme::Pmid | Scheme::Ror => "a",
        Scheme::Arxiv | Scheme::Isbn | Scheme::Isrctn | Scheme::Issn | Scheme::Orcid => "an",
    }
}

fn is_sbn(value: &str) -> bool {
    value.chars().filter(char::is_ascii_alphanumeric).count() == 9
        && Scheme::Isbn.check(&format!("0{value}")).is_ok()
}

/// Numbers whose label tells what they should be.
static LABELLED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        \b(?P<nct>NCT\d{3,12})\b
        | \b(?P<isrctn>ISRCTN\d{3,12})\b
        | \bISBN(?:-1[03])?(?::|\ )\s?(?P<isbn>(?:97[89][-\ ]?)?\d[\d\ -]{7,14}[\dXx])\b
        | \bISSN(?::|\ )\s?(?P<issn>\d{4}-?\d{3}[\dXx])\b
        | \bPMCID(?::|\ )\s?(?P<pmcid>[A-Za-z]*\d+)\b
        | \bPMID(?::|\ )\s?(?P<pmid>\d+)\b
        | \b(?:orcid\.org/|ORCID(?:\ iD)?(?::|\ )\s?)(?P<orcid>\d{4}-[\dXx-]+)
        | \bror\.org/(?P<ror>\w+)
        | \barXiv:(?P<arxiv>\d[\d.v]*\d)\b
        ",
    )
    .expect("the labels are a regular expression")
});

fn check_prose(text: &Text<'_>, out: &mut Sink<'_>) {
    const SCHEMES: &[(&str, Scheme)] = &[
        ("nct", Scheme::Nct),
        ("isrctn", Scheme::Isrctn),
        ("isbn", Scheme::Isbn),
        ("issn", Scheme::Issn),
        ("pmcid", Scheme::Pmcid),
        ("pmid", Scheme::Pmid),
        ("orcid", Scheme::Orcid),
        ("ror", Scheme::Ror),
        ("arxiv", Scheme::Arxiv),
    ];
    for captures in LABELLED.captures_iter(text.as_str()) {
        let found = SCHEMES.iter().find_map(|(name, scheme)| Some((*scheme, captures.name(name)?)));
        if let Some((scheme, number)) = found {
            report(scheme, number.as_str(), text.span_of(number.range()), out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, diagnostics, files, silent};

    #[test]
    fn days_that_are_none_are_told_by_the_schema() {
        let said = |fields: &str| {
            let said = diagnostics(&files(
                &RULE,
                &format!("//- resources/a.yaml\ntype: report\ntitle: A\n{fields}\n"),
            ));
            let rules = said.iter().map(|own| own.rule);
            rules.filter(|own| own.starts_with("schema/")).collect::<Vec<_>>()
        };
        for right in [
            "issued: 2023-02-28",
            "issued: 2023",
            "issued: 2023-10",
            "issued: 2023-21",
            "accessed: 2024-02-29",
        ] {
            assert_eq!(said(right), [""; 0], "{right}");
        }
        for wrong in [
            "lastChecked: 2023-13-45",
            "issued: '2023-02-30'",
            "accessed: 2023-02-29",
            "URL: htp://a.org",
        ] {
            assert_eq!(said(wrong), ["schema/format"], "{wrong}");
        }
    }

    #[test]
    fn check_digits_and_forms() {
        check(
            &RULE,
            r#"
- title: Träning – en bok
  ISBN: 978-0-306-40615-8
        ^^^^^^^^^^^^^^^^^ `978-0-306-40615-8` is no ISBN: the last place should be `7`
- title: A journal
  ISSN: "0378-5956"
         ^^^^^^^^^ `0378-5956` is no ISSN: the last place should be `5`
- title: An article
  PMCID: 3531190
         ^^^^^^^ `3531190` is no PMCID
  PMID: 123456789
        ^^^^^^^^^ `123456789` is no PMID
  author: [{family: Roe, ORCID: 0000-0002-1825-0098}]
                                ^^^^^^^^^^^^^^^^^^^ `0000-0002-1825-0098` is no ORCID iD: the last place should be `7`
"#,
        );
    }

    #[test]
    fn numbers_in_the_wrong_place() {
        check(
            &RULE,
            "
- title: A
  ISBN: 0378-5955
        ^^^^^^^^^ `0378-5955` is an ISSN, not an ISBN
- title: B
  PMID: PMC3531190
        ^^^^^^^^^^ `PMC3531190` is a PMCID, not a PMID
- title: C
  ISBN: 306-40615-2
        ^^^^^^^^^^^ `306-40615-2` is a book number of nine digits
",
        );
    }

    #[test]
    fn several_numbers_in_one_field() {
        check(
            &RULE,
            "
title: A
ISBN: 978-0-306-40615-7, 0-306-40615-3
                         ^^^^^^^^^^^^^ `0-306-40615-3` is no ISBN: the last place should be `2`
",
        );
    }

    #[test]
    fn labels_in_running_text() {
        check(
            &RULE,
            "//- articles/hips.md
---
title: Hips
kind: article
---

The trial – NCT0123456 – is described in ISBN 978-0-306-40615-8.
            ^^^^^^^^^^ `NCT0123456` is no ClinicalTrials.gov number
                                              ^^^^^^^^^^^^^^^^^ `978-0-306-40615-8` is no ISBN: the last place should be `7`
Roe (ORCID 0000-0002-1825-0098) wrote it, PMID 0123. An ORCID iD has 16 places, a PMID up to 8: Doe, ORCID iD: 0000-0002-1825-0097.
           ^^^^^^^^^^^^^^^^^^^ `0000-0002-1825-0098` is no ORCID iD: the last place should be `7`
                                               ^^^^ `0123` is no PMID
",
        );
    }

    #[test]
    fn numbers_that_are_right() {
        silent(
            &RULE,
            r#"
- {title: A, ISBN: "978-0-306-40615-7 0-306-40615-2"}
- {title: C, ISBN: "978-0-306-40615-7 (hbk) and 0-306-40615-2"}
- {title: D, ISBN: "????"}
- {title: B, ISBN: "978 0 306 40615 7"}
- {title: C, ISBN: "9780306406157 (pbk.); 080442957X"}
- {title: D, ISSN: "2434-561X", PMID: 17330224, PMCID: PMC3531190}
- {title: E, author: [{family: Slade, ORCID: "https://orcid.org/0000-0002-9079-593X"}]}
- {title: F, note: "Registered as NCT01234567; the number 12345 is a page."}
- {title: G, ISBN: ""}
"#,
        );
    }
}
