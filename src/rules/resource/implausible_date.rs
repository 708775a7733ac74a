//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::model::Record;
use crate::model::date::{Parts, parts_of};
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::syntax::Node;

pub static RULE: Rule = Rule {
    id: "resource/implausible-date",
    summary: "a date of a source cannot be",
    level: Level::Error,
    kinds: &[
        RuleKind { name: "impossible", level: Level::Error, summary: "there is no such date" },
        RuleKind {
            name: "order",
            level: Level::Error,
            summary: "the work was read before it was published",
        },
    ],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Default,
    since: "0.1.0",
    docs: r#"
A slip in a date sends readers to another edition, and made-up references often show it.

```yaml fail
id: lee-2023
title: Back pain and exercise
issued: 20203
```

```yaml fail
id: lee-2023
title: Back pain and exercise
issued: 2023-06
accessed: 2022-01-10
```

```yaml pass
id: lee-2023
title: Back pain and exercise
issued: 2023-06
accessed: 2024-01-10
```

A year has four digits and is not after 2049, a month is 1 to 12, a day 1 to 31, also in the `date-parts` of CSL; dates in words
are left alone. `accessed` is not before `issued`, as far as both are given: a work of 2023 may have been
read in 2023. Look the date up in the work itself.
"#,
    check: Check::Resource(check),
};

fn check(_: &FileContext<'_>, record: &Record<'_>, out: &mut Sink<'_>) {
    let mut read = |name: &str| {
        let node = record.field(name)?;
        if has_letter_for_digit(node) {
            let words = node.scalar_text().trim();
            out.report(node.span(), format!("`{words}` is no date: a letter stands for a digit"))
                .kind("impossible")
                .help("write the digit");
            return None;
        }
        let parts = parts_of(node)?;
        if let Some(flaw) = flaw(parts) {
            let words = match node.is_scalar() {
                true => node.scalar_text().trim().to_owned(),
                false => {
                    let given: Vec<_> = parts.iter().filter(|own| **own > 0).collect();
                    given.iter().map(ToString::to_string).collect::<Vec<_>>().join("-")
                }
            };
            out.report(node.span(), format!("`{words}` is no date: {flaw}"))
                .kind("impossible")
                .help("write it as year, month and day: `2023-06-30`, or the year alone");
            return None;
        }
        Some((node, parts))
    };
    let (issued, accessed) = (read("issued"), read("accessed"));
    read("original-date");
    let (Some((issued, published)), Some((accessed, seen))) = (issued, accessed) else { return };
    if is_before(seen, published) {
        out.report(accessed.span(), "the work was read before it was published")
            .kind("order")
            .label("read then")
            .related(issued.span(), "published then")
            .help("correct one of the two dates");
    }
}

/// Whether a small L, an I or an O stands among the digits of a year: `20l9`.
fn has_letter_for_digit(node: Node<'_>) -> bool {
    let year = if node.is_scalar() { node.scalar_text().trim() } else { "" };
    let year = year.split('-').next().unwrap_or("").as_bytes();
    let digits = year.iter().filter(|own| own.is_ascii_digit()).count();
    let is_like = |own: &u8| own.is_ascii_digit() || matches!(own, b'l' | b'I' | b'O' | b'o');
    year.len() == 4 && (2..4).contains(&digits) && year.iter().all(is_like)
}

fn flaw([year, month, day]: Parts) -> Option<&'static str> {
    // Source: the first printed journals are of 1665; older works are cited by their editions.
    const EARLIEST: u32 = 1000;
    // Two digits changed places: 2091 for 2019, 2109 for 2019, 2201 for 2021. Nothing that is announced today is as
    // far off.
    const LATEST: u32 = 2049;
    match () {
        () if !(EARLIEST..=9999).contains(&year) => Some("a year has four digits"),
        () if year > LATEST => Some("that year is far ahead"),
        () if month > 12 => Some("there are 12 months"),
        () if day > 31 => Some("no month has so many days"),
        () => None,
    }
}

fn is_before(one: Parts, other: Parts) -> bool {
    for (a, b) in one.into_iter().zip(other) {
        if a == 0 || b == 0 || a != b {
            return a != 0 && b != 0 && a < b;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn dates_that_cannot_be() {
        check(
            &RULE,
            "
//- resources/a.yaml
- {id: a, title: Rücken, issued: 20202}
                                 ^^^^^ `20202` is no date: a year has four digits
- {id: b, title: B, issued: {date-parts: [[2020, 14]]}}
                            ^^^^^^^^^^^^^^^^^^^^^^^^^^ `2020-14` is no date: there are 12 months
- {id: d, title: D, issued: 2109-05-02}
                            ^^^^^^^^^^ `2109-05-02` is no date: that year is far ahead
- {id: e, title: E, issued: 2091}
                            ^^^^ `2091` is no date: that year is far ahead
- {id: f, title: F, issued: 20l9, accessed: 2O21-05}
                            ^^^^ `20l9` is no date: a letter stands for a digit
                                            ^^^^^^^ `2O21-05` is no date: a letter stands for a digit
- {id: c, title: C, issued: 2023-06, accessed: 2023-05-30}
                            ------- published then
                                               ^^^^^^^^^^ the work was read before it was published
",
        );
    }

    #[test]
    fn dates_that_can_be() {
        silent(
            &RULE,
            "
//- resources/a.yaml
- {id: a, title: A, issued: 2023, accessed: 2023-01-10}
- {id: b, title: B, issued: 2023-06-30, accessed: 2023-06-30T10:00:00Z}
- {id: c, title: C, issued: spring 2020, accessed: 2019}
- {id: d, title: D, issued: 2020-21}
- {id: e, title: E, issued: {date-parts: [[2020, 2], [2020, 5]]}}
- {id: f, title: F, issued: {literal: around 1850}}
- {id: g, title: G}
- {id: h, title: H, issued: 2029}
- {id: i, title: I, issued: 201X, accessed: 20xx}
- {id: j, title: J, issued: 1 OO}
",
        );
    }
}
