//! See `docs`. Reported by `suppress`, which reads and applies what authors write.

use crate::diagnostic::{Applicability, Confidence, Level};
use crate::facts::Site;
use crate::nearest::nearest;
use crate::rule::{Check, Fixability, Profile, Rule, RuleKind, Sink};
use crate::source::{FilePath, Span};
use jiff::civil::Date;

/// Characters of a reason that says something.
pub const SHORTEST_REASON: usize = 10;

/// Rules that keep readers from harm: hiding them takes a name.
pub const PROTECTED: &[&str] = &[
    "claim/discourages-care",
    "claim/missing-red-flags",
    "exercise/missing-safety-note",
    "quiz/conflicting-answer-key",
    "quiz/conflicting-answers",
];

pub static RULE: Rule = Rule {
    id: "project/suppression-hygiene",
    summary: "a suppression is unused, unexplained, expired, too wide or not understood",
    level: Level::Warning,
    kinds: &[
        RuleKind {
            name: "blanket",
            level: Level::Warning,
            summary: "a suppression names no rule, or a whole group; it hides nothing",
        },
        RuleKind {
            name: "expired",
            level: Level::Warning,
            summary: "the last day of a suppression has passed; it hides nothing any more",
        },
        RuleKind {
            name: "malformed",
            level: Level::Warning,
            summary: "a suppression cannot be read; it hides nothing",
        },
        RuleKind {
            name: "no-reason",
            level: Level::Warning,
            summary: "a suppression does not say why",
        },
        RuleKind {
            name: "protected",
            level: Level::Error,
            summary: "a rule that keeps readers from harm is suppressed without a name; it is not hidden",
        },
        RuleKind {
            name: "unknown-rule",
            level: Level::Warning,
            summary: "a suppression names a rule that there is not; it hides nothing",
        },
        RuleKind {
            name: "unused",
            level: Level::Warning,
            summary: "there is nothing to hide where a suppression stands",
        },
    ],
    confidence: Confidence::High,
    fix: Fixability::Sometimes,
    profile: Profile::Relaxed,
    since: "0.1.0",
    docs: r#"
A suppression says that a rule does not count at one place, and why. Above a field or list item, a paragraph,
a heading, a list or a table it is about the whole of that (a heading: its section); behind something, about
the field, list item or paragraph on its line. `caveat-disable-file` is about the whole file. In JSON, a field
`x-caveat-disable` with the same words is about the object it stands in.

```yaml pass
name: Leg press
# caveat-disable exercise/missing-laterality reason="the machine trains both legs at once"
instructions: [Push the plate away with your left leg.]
```

```markdown pass
---
title: Walking
---

<!-- caveat-disable claim/unsourced-statistic reason="counted in our own clinic" until=2999-12-31 -->
Of our patients, 40 percent walk every day.
```

Whoever reads it in a year has to see why, so a reason takes ten characters or more. After the day in `until`
it hides nothing. Missing safety notes, missing warning signs, words against seeing a doctor and keys that
disagree are hidden only with the name of who answers for it, `approved_by="..."`.

```yaml fail
name: Leg press
# caveat-disable exercise
instructions: [Push the plate away.]
```

```yaml fail
# caveat-disable exercise/missing-safety-note reason="it is a very light exercise"
name: Leg press
```

```yaml fail
name: Leg press
goal: Strength  # caveat-disable text/placeholder-or-boilerplate reason="the goal is meant so"
```

Delete what is not needed any more. `caveat check --no-suppressions` shows what suppressions hide, and
`caveat report` counts a claim without a source whether it is suppressed or not.
"#,
    check: Check::Engine,
};

pub fn report_malformed(span: Span, message: &str, help: String, out: &mut Sink<'_>) {
    out.report(span, format!("this suppression cannot be read: {message}"))
        .kind("malformed")
        .label("it hides nothing")
        .help(help);
}

pub fn report_blanket(span: Span, message: &str, out: &mut Sink<'_>) {
    out.report(span, format!("a suppression names its rules: {message}"))
        .kind("blanket")
        .label("it hides nothing")
        .help("write the rule that stands in brackets in the diagnostic, `group/name`");
}

pub fn report_unknown(
    name: &str,
    span: Span,
    known: impl Iterator<Item = &'static str>,
    out: &mut Sink<'_>,
) {
    let near = nearest(name, known);
    let own = out
        .report(span, format!("no rule is called `{name}`"))
        .kind("unknown-rule")
        .label("it hides nothing");
    match near {
        Some(near) => {
            own.help(format!("did you mean `{near}`?"));
            own.fix(format!("write `{near}`"), Applicability::Unsafe, span, near);
        }
        None => {
            own.help("`caveat rules` lists them");
        }
    }
}

pub fn report_protected(rule: &str, span: Span, out: &mut Sink<'_>) {
    let message = format!("nobody answers for suppressing `{rule}`");
    out.report(span, message).kind("protected").label("it hides nothing").help(
        "it keeps readers from harm: mend what it tells, or add approved_by=\"...\" with a name",
    );
}

pub fn report_no_reason(span: Span, reason: &str, out: &mut Sink<'_>) {
    let message = if reason.is_empty() {
        "this suppression does not say why".to_owned()
    } else {
        format!("`{reason}` does not say why")
    };
    out.report(span, message)
        .kind("no-reason")
        .label("why?")
        .help("add reason=\"...\", in words that somebody understands in a year");
}

pub fn report_expired(path: &FilePath, site: &Site, day: Date, out: &mut Sink<'_>) {
    out.report_at(path, site, format!("this suppression ended on {day}"))
        .kind("expired")
        .label("it hides nothing any more")
        .help("mend what it hid, or give it a later day");
}

pub fn report_unused(path: &FilePath, site: &Site, name: &str, out: &mut Sink<'_>) {
    out.report_at(path, site, format!("there is no `{name}` to hide here"))
        .kind("unused")
        .label("it hides nothing")
        .help("delete it, or move it to the place that the diagnostic underlines");
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check;

    #[test]
    fn suppressions_that_hide_nothing() {
        check(
            &RULE,
            "# A

<!-- caveat-disable claim/* reason=\"it is so on purpose\" -->
                    ^^^^^^^ a suppression names its rules: `claim/*` is more than one rule; each is named by itself
Höft.

<!-- Caveat-Disable claim/unsourced-claim reason=\"it is so on purpose\" -->
     ^^^^^^^^^^^^^^ this suppression cannot be read: `Caveat-Disable` is no word that caveat knows
Text.

<!-- caveat-disable claim/unsourced-claim reason=“it is so” -->
                                          ^^^^^^^^^^ this suppression cannot be read: the quotes of `reason` are curly
Text.

<!-- caveat-disable claim/unsourced-claim
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this suppression cannot be read: its comment is not closed
",
        );
    }
}
