//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::facts::ClaimFact;
use crate::lexicon::{LEXICON, regex};
use crate::model::ContentKind;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::source::Span;
use crate::words::shortened;
use regex::Regex;
use std::sync::LazyLock;

pub static RULE: Rule = Rule {
    id: "claim/statistic-lacks-context",
    summary: "a number does not say of whom, in what time, or compared with what",
    level: Level::Info,
    kinds: &[
        RuleKind {
            name: "relative-only",
            level: Level::Info,
            summary: "a change of risk without the risk itself",
        },
        RuleKind {
            name: "no-population",
            level: Level::Info,
            summary: "a percentage of change that does not say in whom",
        },
        RuleKind {
            name: "no-time",
            level: Level::Info,
            summary: "how many have a complaint, and not in what time",
        },
        RuleKind {
            name: "vague-quantity",
            level: Level::Info,
            summary: "a word for an amount where a number belongs",
        },
    ],
    confidence: Confidence::Medium,
    fix: Fixability::Never,
    profile: Profile::Strict,
    since: "0.1.0",
    docs: r#"
"Half the risk" may be one person in a hundred or one in a million. Readers understand a number when they know of
whom it is, in what time, and out of how many (CDC Clear Communication Index; PEMAT, item 6).

```markdown fail
# Falls

The programme halves the risk of falls in older adults.
```

```markdown pass
# Falls

Over one year, 20 in 100 people in the programme fell, against 30 in 100 without it.
```

- `relative-only`: "40% less likely", "doubles the risk", where the paragraph has no second number to compare with.
- `no-population`: pain, strength, falls or the like changed by so many percent, and the sentence names no people.
- `no-time`: so many people with pain or a joint condition, without "in their lives", a year, "at any time".
- `vague-quantity`: "the majority of patients", "a large percentage of people", "up to 90% of adults", "most people" in
  a claim about health that has no source.

Looked for are plain statistics, with a source or without, in English; one is reported for a sentence. Numbers in
the report of a study are left alone, and so are headings, questions, the questions and options of a quiz and, where
its prompt tells of whom and when, its explanations.
"#,
    check: Check::File(check),
};

fn check(context: &FileContext<'_>, out: &mut Sink<'_>) {
    let english: Vec<_> = context.records.iter().map(|record| record.is_english()).collect();
    let claims = context.facts.claims.iter().filter(|own| own.is_claim() && !own.declared);
    for claim in claims.filter(|own| english[own.record as usize]) {
        let around = || super::paragraph(&context.file.text, claim.site.span);
        let asked = context.facts.record(claim.record).kind == ContentKind::Quiz;
        let number = claim.firm.then(|| lack(&claim.text, asked, around)).flatten();
        let vague = || claim.citations.is_empty().then(|| vague(&claim.text)).flatten();
        if let Some(lack) = number.or_else(vague) {
            report(context, claim, &lack, out);
        }
    }
}

fn vague(sentence: &str) -> Option<Lack<'_>> {
    let hit = LEXICON.vague_quantities.find(sentence)?;
    (HEALTH.is_match(sentence) && super::is_meant(sentence, &hit)).then(|| Lack {
        words: Some(&sentence[hit.range]),
        kind: "vague-quantity",
        message: "is no number",
        help: "say how many, of whom, and how that is known",
    })
}

fn report(context: &FileContext<'_>, claim: &ClaimFact, lack: &Lack<'_>, out: &mut Sink<'_>) {
    out.set_record(context.facts.record(claim.record).id.clone());
    let (span, words) = place(context, claim, lack.words);
    out.report(span, format!("`{}` {}", shortened(words), lack.message))
        .kind(lack.kind)
        .help(lack.help)
        .identity
        .text = claim.site.text;
}

/// Where words of a claim stand, as far as the source has them as they are read; else what makes it one.
fn place<'c>(
    context: &FileContext<'_>,
    claim: &'c ClaimFact,
    words: Option<&'c str>,
) -> (Span, &'c str) {
    let source = context.file.slice(claim.site.span);
    let found = words.and_then(|words| Some((source.find(words)?, words)));
    found.map_or((claim.focus, &claim.words), |(at, words)| {
        let start = claim.site.span.start as usize + at;
        (Span::from_usize(start..start + words.len()), words)
    })
}

struct Lack<'c> {
    kind: &'static str,
    message: &'static str,
    help: &'static str,
    /// What lacks it, where that is not the number itself.
    words: Option<&'c str>,
}

/// `asked`: a prompt says of whom and when.
fn lack(sentence: &str, asked: bool, paragraph: impl FnOnce() -> String) -> Option<Lack<'_>> {
    if let Some(found) = RELATIVE.find(sentence) {
        return (!BASE.is_match(&paragraph())).then(|| Lack {
            words: Some(found.as_str()),
            kind: "relative-only",
            message: "is relative, and the risk itself is not told",
            help: "say how many in 100 with it and without it, and in what time",
        });
    }
    if asked {
        return None;
    }
    if CHANGE.is_match(sentence) && CHANGED.is_match(sentence) && !PEOPLE.is_match(sentence) {
        return Some(Lack {
            kind: "no-population",
            words: None,
            message: "does not say in whom",
            help: "say who was counted: adults, runners, people with the complaint",
        });
    }
    (HAVING.is_match(sentence) && !TIME.is_match(sentence)).then_some(Lack {
        kind: "no-time",
        words: None,
        message: "does not say in what time",
        help: "say when: at any one time, in a year, at some time in life",
    })
}

/// A change of risk, in figures or in words for them.
static RELATIVE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?ix) \d+ \s?(?:%|percent|per\ cent|-?fold|times) \s (?:less|more|lower|higher|fewer|greater|as) \s (?:likely|risk|chance|common|often) \b
        | \b(?:twice|three\ times|four\ times|half) \s as \s (?:likely|common) \b
        | \b(?:halv\w+|doubl\w+|tripl\w+) \s (?:the|your|their|a)? \s? (?:\w+\s){0,2}? (?:risk|chances?|odds|likelihood) \b
        | \b(?:cut\w*|lower\w*|reduc\w+|rais\w+|increas\w+) \s (?:the|your|their|a)? \s? (?:\w+\s){0,2}? (?:risk|chances?|odds|likelihood) \b [^.;:]{0,60}? \b (?:\d+\s?(?:%|percent\b|per\ cent\b)|half\b|a\ third\b|a\ quarter\b|two\ thirds\b)",
    )
});

/// A number to compare with: a share, "20 in 100", "from 30% to 20%", "compared with 12%".
static BASE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?ix) \d \s (?:in|of|out\ of|per) \s (?:every\s)? [\d,]+ | \b(?:one|two|three|four|five|six|seven|eight|nine|ten) \s (?:in|out\ of) \s (?:every\s)? (?:\d|two|three|four|five|six|seven|eight|ten|twenty|a\ hundred)
        | \b from \s (?:about\s)? \d[\d.]* \s?(?:%|percent|per\ cent)? \s to \s | (?:%|percent|per\ cent) .{0,60} \b(?:against|compared\ (?:with|to)|versus|vs|and|in\ the\ other) \b .{0,20}? \d[\d.]*\s?(?:%|percent|per\ cent) | \b absolute \b | \bper \s (?:1,?000|100,?000|100)\b",
    )
});

/// Something of health changed by a percentage.
static CHANGE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?ix) \b(?:pain|stiffness|strength|flexibility|mobility|balance|function|disability|injur\w+|falls|symptoms|recovery|performance|sleep|stress|recurrence|success\ rates?|tension|swelling|endurance|posture) \b .{0,60} \d \s?(?:%|percent|per\ cent) (?:\s[^o]|[^\s]|$)",
    )
});

static CHANGED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:fell|falls|rose|rises|improv\w+|reduc\w+|increas\w+|decreas\w+|drop\w*|cuts?|lower\w*|boost\w*|gain\w*|rates?)\b",
    )
});

/// What a vague amount is worth a report in.
static HEALTH: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:pains?|aches?|recover\w*|better|improv\w*|heal\w*|settle\w*|sciatica|arthritis|osteoarthritis|injur\w*|symptoms?|surgery|exercises?|treatments?|stretch\w*|disabilit\w+|strength)\b",
    )
});

static PEOPLE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?ix) \b(?:adults?|people|persons?|patients?|women|wom[ae]n|m[ae]n|children|child|workers?|runners?|players?|athletes?|students?|participants?|population|individuals?|those|us|groups?|cases?|users?|employees?|staff|nurses?|drivers?|residents?|respondents?|members?|recruits?|soldiers?|everyone|pupils?|seniors|babies|infants|girls?|boys?|teenagers?|adolescents?|volunteers?|subjects?|swimmers?|cyclists?|dancers?|swedes|americans|britons|australians|who|half|teams?|joggers?|walkers?|beginners?|lifters?|humans?|families|clients?|smokers?|mice|rats|among|u\.?s\.?|national\w*) \b",
    )
});

/// How many have a complaint.
static HAVING: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?ix) \b(?:(?:prevalence|incidence)\ of|have|has|get|experience|suffer\ from|develop|live\ with|report) \s (?:(?:low|lower|upper|chronic|some|back|neck|knee|hip|shoulder|joint|persistent|recurrent|severe|mild|regular|frequent|long-term|acute|of|form|kind|hand|foot|heel|elbow)\s){0,4}? (?:pain|ache|aches|sciatica|arthritis|osteoarthritis|injur\w+|headaches?) \b | \b(?:pain|sciatica|arthritis|osteoarthritis|headaches?) \s affects \b",
    )
});

static TIME: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?ix) \b(?:lifetime|life|lives|years?|months?|weeks?|days?|daily|today|tonight|ever|currently|current|now|any\ one\ time|any\ time|any\ given|some\ time|some\ point|one\ time|point|since|annual\w*|yearly|decades?|century|season\w*|ages?|aged|sooner|later|chronic|pregnan\w+|once|at\ least|course|if|after|before|during|when|(?:19|20)\d\d) \b",
    )
});

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn what_is_lacking() {
        check(
            &RULE,
            r#"
//- articles/a.md
# Höfter – fall

The programme halves the risk of falls in older adults.
              ^^^^^^^^^^^^^^^ `halves the risk` is relative, and the risk itself is not told

Å! People who walk are 40% less likely to get back pain [@who].
                       ^^^^^^^^^^^^^^^ `40% less likely` is relative, and the risk itself is not told

Stretching improves flexibility by 20%.
                                   ^^^ `20%` does not say in whom

About 80% of adults have back pain.
      ^^^ `80%` does not say in what time

The vast majority of people with back pain recover without treatment.
^^^^^^^^^^^^^^^^^^^^^^^^^^^ `The vast majority of people` is no number
Women are twice as likely to have hip pain.
          ^^^^^^^^^^^^^^^ `twice as likely` is relative, and the risk itself is not told
//- exercises/b.yaml
name: Gång
description: About 30 percent of older adults have knee pain.
                   ^^^^^^^^^^ `30 percent` does not say in what time
//- resources/who.yaml
id: who
type: report
title: W
"#,
        );
    }

    #[test]
    fn what_is_told() {
        silent(
            &RULE,
            r#"
//- articles/a.md
# The majority

Over one year, 20 in 100 people in the programme fell, against 30 in 100 without it. It cut the risk by a third.

The risk fell by a third, from 30% to 20%, in adults over 70.

In adults with pain, stretching improves flexibility by 20%.

About 80% of adults have back pain at some time. In 2020, 7% of adults had back pain.

Discs are about 80% water. Lift 70% of your maximum. Is the majority right? Up to 90% of people recover [@who].

Exercise lowers the risk of falls. People with higher risk of falls need help. It lowered the rate of falls.

Most people like music. Most people sit down for breakfast. We have helped thousands of people get rid of pain.
//- resources/who.yaml
id: who
type: report
title: W
"#,
        );
    }
}
