//! See `docs`.

use super::{all_phrases_meant, body_of_field};
use crate::diagnostic::{Confidence, Level};
use crate::lexicon::{Hit, LEXICON, is_negated};
use crate::model::{ContentKind, Record};
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, Sink};
use crate::source::Span;
use crate::syntax::{BlockKind, Prose, Text};

pub static RULE: Rule = Rule {
    id: "claim/anecdote-as-evidence",
    summary: "one person's experience supports a claim about health",
    level: Level::Info,
    kinds: &[],
    confidence: Confidence::Medium,
    fix: Fixability::Never,
    profile: Profile::Strict,
    since: "0.1.0",
    docs: r#"
What one clinician saw or one client tells is at best a reason to ask; who got no better did not come back to tell
(DISCERN, balance; FTC, guides on testimonials).

```markdown fail
# Bridges

I have seen this fix hundreds of backs.
```

```markdown pass
# Bridges

In a trial of 120 adults pain fell by one point on a ten-point scale [@bridge-trial]. In our clinic we ask you to
arrive early.
```

Looked for, in English, are words of experience ("in my experience", "our clients report", "swears by") in one
sentence with an effect on health. Left alone are sentences that cite a source, that deny or ask it, quotations, the
questions and options of a quiz, resources, and texts that call themselves a story, a diary or an interview in their
title.

Cite what was measured, or say that it is one person's view and leave the effect out.
"#,
    check: Check::Record(check),
};

fn check(context: &FileContext<'_>, record: &Record<'_>, out: &mut Sink<'_>) {
    let lists = &LEXICON.anecdote;
    if record.kind == ContentKind::Resource || !record.may_hold(lists.experience.hint()) {
        return;
    }
    let of_field = body_of_field(record);
    let body = record.body.or(of_field.as_ref());
    let mut hits = all_phrases_meant(context, record, body, &lists.experience);
    hits.retain(|(text, hit)| shows_effect(text, hit) && !is_cited(context, text.span()));
    if hits.is_empty() || is_story(record, body) {
        return;
    }
    let mut last = None;
    for (text, hit) in hits {
        // One report for a sentence.
        if last.replace(text.span()) == Some(text.span()) {
            continue;
        }
        let words = super::shown(&text.as_str()[hit.range.clone()]);
        out.report(text.span_of(hit.range), format!("`{words}` stands in for evidence"))
            .label("one person's experience")
            .help("cite what was measured, or leave the effect out");
    }
}

/// Whether the rest of the sentence says that something did good.
fn shows_effect(text: &Text<'_>, hit: &Hit<'_>) -> bool {
    let lists = &LEXICON.anecdote;
    let (before, after) = (&text.as_str()[..hit.range.start], &text.as_str()[hit.range.end..]);
    let own = text.as_str()[hit.range.clone()].to_lowercase();
    let says = |part: &str| {
        let hits = lists.effect.find_all(part);
        hits.iter().any(|effect| !is_negated(&part[..effect.range.start]))
    };
    // "worked for me" and "fixed my back" say it themselves.
    let phrases = ["for me", "cured my", "fixed my", "healed my", "saved my"];
    let says_itself = phrases.iter().any(|words| own.contains(words)) && !after.contains(" not ");
    (says_itself || says(before) || says(after)) && lists.outcome.is_match(text.as_str())
}

fn is_cited(context: &FileContext<'_>, sentence: Span) -> bool {
    let after = context.facts.citations.partition_point(|own| own.site.span.start < sentence.start);
    context.facts.citations.get(after).is_some_and(|own| own.site.span.start <= sentence.end)
}

fn is_story(record: &Record<'_>, body: Option<&Prose>) -> bool {
    let stories = &LEXICON.anecdote.stories;
    let titled = record.title().is_some_and(|title| stories.is_match(title.as_str()));
    let heading = body.and_then(|body| {
        let first = |own: &&crate::syntax::Block| matches!(own.kind, BlockKind::Heading { .. });
        Some(body.block_text(body.blocks.iter().find(first)?))
    });
    titled || heading.is_some_and(|heading| stories.is_match(heading))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn experience_as_evidence() {
        check(
            &RULE,
            "# Höfter

I\u{2019}ve *often seen* this fix a back – in days.
^^^^^^^^^^^^^^^^ `I\u{2019}ve often seen` stands in for evidence

Many of my clients say their knee pain went away. It worked wonders for me and my back.
^^^^^^^^^^^^^^^^^^ `Many of my clients` stands in for evidence
                                                     ^^^^^^^^^^^^^^^^^^^^^ `worked wonders for me` stands in for evidence
",
        );
        check(
            &RULE,
            "
name: Bro – bridge
notes: In my experience this eases stiffness.
       ^^^^^^^^^^^^^^^^ `In my experience` stands in for evidence
",
        );
    }

    #[test]
    fn what_is_no_evidence() {
        silent(
            &RULE,
            "
//- articles/a.md
# Hips

In our clinic we ask you to arrive early. I have seen many backs. In my experience, patience is needed.

In our practice we help people with back pain to plan their week. What worked for me may not work for your
back. I have treated people who did not get better with exercise for back pain.

In my experience walking eases pain, as a trial found [@r]. Have I found that it helps backs?

\u{201c}It worked wonders for me and my back,\u{201d} she said. We have found that exercise reduced pain.
//- articles/b.md
# My story with a frozen shoulder

The stretch worked for me, and my shoulder got better.
//- resources/r.yaml
type: report
title: R
",
        );
    }
}
