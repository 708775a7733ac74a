//! See `docs`.

use super::each_unsourced_in_text;
use crate::diagnostic::{Confidence, Level};
use crate::facts::ClaimFact;
use crate::lexicon::{self, LEXICON, regex};
use crate::model::Record;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::words::shortened;
use regex::Regex;
use std::sync::LazyLock;

pub static RULE: Rule = Rule {
    id: "claim/causal-overreach",
    summary: "a cause or a duty is stated for everyone, without doubt, population or source",
    level: Level::Off,
    kinds: &[RuleKind {
        name: "prescriptive",
        level: Level::Off,
        summary: "whoever has a condition is told to do one thing, and nothing is said of safety",
    }],
    confidence: Confidence::Low,
    fix: Fixability::Never,
    profile: Profile::Strict,
    since: "0.1.0",
    docs: r#"
Most complaints have several causes, and most causes act in some people only (DISCERN, the item on uncertainty).

```markdown fail
# Sitting

Sitting causes back pain.
```

```markdown pass
# Sitting

Long sitting is linked with back pain in some studies. Sitting may cause back pain in some people.
```

Looked for are unsourced claims in English that name a cause of a complaint ("causes", "leads to", "results in",
"is to blame for") with no hedge ("may", "often", "is linked with") and no limit ("some people", "in runners");
`prescriptive` finds "if you have X, you must do Y" where the paragraph has no word of safety or of whom to ask.

True mechanisms look the same, so about every second report is wrong in free text: the rule is off unless the
settings give it a level, and is meant for reading lists, not for gates.
"#,
    check: Check::File(check),
};

fn check(context: &FileContext<'_>, out: &mut Sink<'_>) {
    for record in context.records.iter().filter(|record| record.is_english()) {
        out.set_record(record.id_or_stem());
        duties(context, record, out);
    }
    let english: Vec<_> = context.records.iter().map(|record| record.is_english()).collect();
    for claim in each_unsourced_in_text(context).filter(|own| english[own.record as usize]) {
        out.set_record(context.facts.record(claim.record).id.clone());
        cause(claim, out);
    }
}

fn duties(context: &FileContext<'_>, record: &Record<'_>, out: &mut Sink<'_>) {
    for (text, hit) in super::phrases_meant(context, record, &LEXICON.prescriptive) {
        let span = text.span_of(hit.range.clone());
        if SAFE.is_match(&super::paragraph(&context.file.text, span)) {
            continue;
        }
        let words = shortened(&text.as_str()[hit.range]);
        out.report(span, format!("`{words}` prescribes one thing for everyone"))
            .kind("prescriptive")
            .help("say for whom it is, and when to ask a clinician first");
    }
}

fn cause(claim: &ClaimFact, out: &mut Sink<'_>) {
    let sentence = &*claim.text;
    let Some(hit) = LEXICON.causal.find(sentence) else { return };
    let (before, after) = (&sentence[..hit.range.start], &sentence[hit.range.end..]);
    let limited = LIMITS.is_match(sentence) || lexicon::is_negated(before);
    let generic = GENERIC.is_match(before) && !PARTICULAR.is_match(before);
    if generic && !limited && OUTCOME.is_match(after) && !sentence.trim_end().ends_with('?') {
        let words = shortened(&sentence[hit.range]);
        out.report(claim.site.span, format!("`{words}` says more than anybody can know"))
            .label("for everyone, always?")
            .help("say in whom and how often, with a source, or use \"may\"");
    }
}

/// Hedges and limits.
static LIMITS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:may|might|can|could|perhaps|possibly|probably|likely|some|sometimes|often|usually|tends?|appears?|seems?|suggests?|thought|believed|linked|associated|many|most|few|in people with|in (?:runners|athletes|older|adults|children|women|men)|among|rarely|occasionally|one of|part of|myth|false|if|when|for example|would)\b",
    )
});

/// A subject that stands for all of its kind: short, and not "this", "my" or a name in the past.
static GENERIC: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^(?:(?i:your|the|a|an|too much|bad|poor|weak|tight|long) )*(?:\p{L}[\p{L}'’-]*[ ]){1,5}$",
    )
});

static PARTICULAR: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^(?:the|this|that|these|those|it|they|he|she|my|our|his|her|their|which|what|who|there)\b",
    )
});

static OUTCOME: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^[^.;:!?]{0,60}\b(?:pains?|aches?|stiffness|tension|tightness|inflammation|swelling|spasms?|soreness|sciatica|arthritis|injur\w+|damage|discomfort|headaches?|degeneration|weakness|posture|disability|wear|herniat\w+|disc\w*)\b",
    )
});

static SAFE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:doctors?|clinicians?|physio\w*|therapists?|gp|nurse|professional|ask|check|stop|unless|safe\w*|careful\w*|caution|avoid|worse|comfortable|advice|urgent\w*|emergency|hospital|call|ring|see an?)\b",
    )
});

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn causes_and_duties() {
        check(
            &RULE,
            r#"
//- articles/a.md
# Höfter

Sitting *causes* back pain.
^^^^^^^^^^^^^^^^^^^^^^^^^^^ `causes` says more than anybody can know

Å! Weak glutes lead to knee pain.
   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `lead to` says more than anybody can know

If you have sciatica, you must stretch your hamstrings.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `If you have sciatica, you must` prescribes one thing for everyone
//- exercises/b.yaml
name: Bro
description: Tight hip flexors cause back pain.
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `cause` says more than anybody can know
"#,
        );
    }

    #[test]
    fn what_is_limited() {
        silent(
            &RULE,
            r#"
# Sitting

Sitting may cause back pain. Sitting causes back pain in some people. Sitting does not cause back pain. Does
sitting cause back pain? It is a myth that sitting causes back pain.

Sitting causes back pain [@who].

If you have sciatica, you should ask your doctor before you stretch.

Lifting your knee bends the hip. The fall led to pain. This leads to pain. It causes pain.
"#,
        );
    }
}
