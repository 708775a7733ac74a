//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::lexicon::{LEXICON, regex};
use crate::model::{ContentKind, Record};
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::syntax::{BlockKind, Prose, Text};
use crate::words::shortened;
use regex::Regex;
use std::cell::LazyCell;
use std::collections::HashSet;
use std::ops::{Deref, Range};
use std::sync::LazyLock;

pub static RULE: Rule = Rule {
    id: "claim/anecdote-as-evidence",
    summary: "personal experience or an unidentified voice supports a claim about health",
    level: Level::Info,
    kinds: &[RuleKind {
        name: "unattributed",
        level: Level::Info,
        summary: "somebody is quoted, and nothing says who that is",
    }],
    confidence: Confidence::Medium,
    fix: Fixability::Never,
    profile: Profile::Strict,
    since: "0.1.0",
    docs: r#"
Whoever got better says nothing of those who did not, nor of those who would have without it (FTC on testimonials;
DISCERN; the lowest level of evidence in Oxford CEBM).

```markdown fail
# Bridges

In my experience this exercise fixes back pain.
```

```markdown pass
# Bridges

In a trial of 120 adults pain fell by one point on a ten-point scale [@trial-2020]. In our clinic we ask you to
arrive early.
```

Looked for are words of experience ("in my practice", "I have seen", "our patients find", "worked wonders for me")
with an effect on health in the same sentence, and quotations with a first name behind a dash that praise one, in
English. `unattributed` is a quotation about an effect by a name that has no title, role or workplace anywhere in
the text.

Stories of people under a heading that says so are left alone, and so are notes on how a clinic works, quiz
questions and options, questions, denials and myths.

Cite a study, or say plainly that it is one person's experience and proves nothing.
"#,
    check: Check::Record(check),
};

fn check(context: &FileContext<'_>, record: &Record<'_>, out: &mut Sink<'_>) {
    if is_story(record) {
        return;
    }
    let stories = LazyCell::new(|| Stories::of(record));
    for (text, hit) in super::phrases_meant(context, record, &LEXICON.anecdotes) {
        let sentence = text.as_str();
        let told_as_such = MODEST.is_match(sentence) || is_service(&sentence[hit.range.start..]);
        if EFFECT.is_match(sentence) && !told_as_such && !stories.hold(&text) {
            let words = shortened(&sentence[hit.range.clone()]);
            report(out, &text, hit.range, format!("`{words}` is no evidence of an effect"));
        }
    }
    if let Some(body) = record.body.filter(|_| record.kind != ContentKind::Quiz)
        && body.text.contains(['"', '\u{201d}'])
        && record.is_english()
    {
        voices(body, &stories, out);
    }
}

fn report(out: &mut Sink<'_>, text: &Text<'_>, range: Range<usize>, message: String) {
    out.report(text.span_of(range), message)
        .label("one voice")
        .help("cite a study, or say that it is one person's experience");
}

/// Praise in quotation marks with a name behind it, and quotations of nobody in particular.
fn voices(body: &Prose, stories: &impl Deref<Target = Stories>, out: &mut Sink<'_>) {
    let introduced = LazyCell::new(|| introduced(&body.text));
    for block in &body.blocks {
        let text = body.block_text(block);
        let likely =
            !matches!(block.kind, BlockKind::Code | BlockKind::Html | BlockKind::Heading { .. })
                && may_be_voice(text)
                && EFFECT.is_match(text);
        if !likely {
            continue;
        }
        let whole = Text::of_prose(body, block.text.clone());
        if stories.hold(&whole) {
            continue;
        }
        if let Some(found) = TESTIMONIAL.captures(text) {
            let name = found.get(1).expect("the name is always there");
            let message =
                format!("praise by `{}` is no evidence of an effect", shortened(name.as_str()));
            report(out, &whole, name.range(), message);
        } else if let Some(found) = SAID.captures(text)
            && let Some(name) = found.get(1).or_else(|| found.get(2))
            && !is_introduced(&introduced, name.as_str())
        {
            let message = format!("nothing says who `{}` is", shortened(name.as_str()));
            out.report(whole.span_of(name.range()), message)
                .kind("unattributed")
                .help("say what makes them one to ask, or cite a study");
        }
    }
}

/// Whether a quotation ends before a dash or a verb of saying: most do not, and are not worth a search.
fn may_be_voice(text: &str) -> bool {
    const NEAR: usize = 40;
    text.match_indices(['"', '\u{201d}']).any(|(at, quote)| {
        let rest = text[at + quote.len()..].trim_start();
        let near = &rest[..rest.floor_char_boundary(NEAR.min(rest.len()))];
        near.starts_with(['-', '\u{2013}', '\u{2014}'])
            || [" said", "said ", "says", "explain", "notes ", "add"]
                .iter()
                .any(|own| near.contains(own))
    })
}

fn is_story(record: &Record<'_>) -> bool {
    let words = ["type", "category", "genre"].iter().filter_map(|name| record.text(name));
    let topics = record.texts("topics").into_iter().chain(record.texts("keywords"));
    words.chain(topics).chain(record.title()).any(|text| STORY.is_match(text.as_str()))
}

/// Where the parts of a body are whose headings announce a story.
struct Stories(Vec<Range<u32>>);

impl Stories {
    fn of(record: &Record<'_>) -> Self {
        let mut out: Vec<Range<u32>> = Vec::new();
        let mut open = None;
        for block in record.body.iter().flat_map(|body| &body.blocks) {
            if matches!(block.kind, BlockKind::Heading { .. }) {
                out.extend(open.take().map(|start| start..block.span.start));
                let words = record.body.map_or("", |body| body.block_text(block));
                open = STORY.is_match(words).then_some(block.span.start);
            }
        }
        out.extend(open.map(|start| start..u32::MAX));
        Self(out)
    }

    fn hold(&self, text: &Text<'_>) -> bool {
        let at = text.span().start;
        let before = self.0.partition_point(|own| own.start <= at);
        before.checked_sub(1).is_some_and(|last| self.0[last].contains(&at))
    }
}

/// Words near a title, a role or a workplace.
fn introduced(text: &str) -> HashSet<&str> {
    const NEAR: usize = 70;
    let mut out = HashSet::new();
    for role in ROLE.find_iter(text) {
        let from = text.floor_char_boundary(role.start().saturating_sub(NEAR));
        let to = text.ceil_char_boundary((role.end() + NEAR).min(text.len()));
        out.extend(text[from..to].split(|c: char| !c.is_alphanumeric()));
    }
    out
}

fn is_introduced(introduced: &HashSet<&str>, name: &str) -> bool {
    introduced.contains(name.rsplit(' ').next().unwrap_or(name))
}

/// "In our clinic we help you to choose shoes": what is done there, not what came of it.
fn is_service(from_phrase: &str) -> bool {
    static SERVICE: LazyLock<Regex> = LazyLock::new(|| {
        regex(r"(?i)^in (?:my|our) (?:own )?(?:clinic|practice),? (?:we|you|i|our)\b")
    });
    static SEEN: LazyLock<Regex> = LazyLock::new(|| {
        regex(r"(?i)\b(?:we|i)(?: have|['’]ve)? (?:often )?(?:see|seen|saw|find|found)\b")
    });
    SERVICE.is_match(from_phrase) && !SEEN.is_match(from_phrase)
}

/// An effect on health, good or bad.
static EFFECT: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?ix) \b(?:reduc\w+|reliev\w+|eas(?:e|es|ed|ing)|alleviat\w+|improv\w+|prevent\w*|heal\w*|treat(?:s|ed)|restor\w+|correct(?:s|ed)|strengthen\w*|cur(?:e|es|ed)|fix\w*|help(?:s|ed)?|work(?:s|ed)|got\ rid|get\ rid|gets?\ better|got\ better|recover\w*|worsen\w*|responds?|benefits?|wonders|transform\w*|solved|saved|changed) \b .{0,80}? \b(?:pains?|aches?|stiff\w*|tension|tight\w*|inflammation|swelling|spasms?|sore\w*|mobility|flexibility|strength|stability|balance|posture|backs?|necks?|knees?|hips?|shoulders?|sciatica|arthritis|injur\w+|recovery|symptoms?|discomfort|sleep|headaches?|hundreds|thousands|dozens|me|better|completely|life) \b
        | \b(?:pains?|backs?|knees?|necks?|shoulders?|hips?|symptoms?|aches?|stiffness|sciatica|headaches?) \s (?:\w+\s){0,2}? (?:went\ away|goes\ away|is\ gone|was\ gone|gone|disappear\w*|vanish\w*|improv\w+|g[eo]t\ better|gets\ better|eas\w+|settle\w*|recover\w*|heal\w*)
        | \bpain-free \b | \bless\ (?:pain|stiff|sore)\w* | \bswears?\ by \b",
    )
});

/// Says itself that it is one voice.
static MODEST: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:one person|only my|just my|proves? nothing|no proof|not evidence|no evidence|anecdot\w+|may differ)\b",
    )
});

static STORY: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:story|stories|experiences?|testimonials?|interview|case study|blog|opinion|diary|my journey)\b",
    )
});

/// "It fixed my back!" - Anna, 43
static TESTIMONIAL: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r#"["”]\s*[–—-]{1,2}\s*(\p{Lu}\p{Ll}+(?: \p{Lu}\p{L}*\.?)?(?:, (?:aged? )?[0-9]{2}| from \p{Lu}\p{L}+|, \p{Lu}\p{Ll}+)?)\.?\s*$"#,
    )
});

/// "...," says Anna Berg.
static SAID: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r#"["”] (?:says|said|explains|explained|notes|adds|added) (\p{Lu}\p{Ll}+(?: \p{Lu}\p{L}+)?)(?:[.,;]|$)|["”] (\p{Lu}\p{Ll}+(?: \p{Lu}\p{L}+)?) (?:says|said|explains|explained)(?:[.,;]|$)"#,
    )
});

static ROLE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:dr|doctor|prof|professor|physio\w*|therapist|surgeon|nurse|trainer|coach|researcher|scientist|lecturer|author|director|head|chief|manager|consultant|specialist|expert|psychologist|dietitian|editor|spokes\w+|minister|university|hospital|clinic|institute|association|team|department|MD|PhD|MSc|GP)\b",
    )
});

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn experience_as_proof() {
        check(
            &RULE,
            r#"
//- articles/a.md
# Höftlyft

Å! I have *seen* this fix hundreds of backs.
   ^^^^^^^^^^^^ `I have seen` is no evidence of an effect

In our clinic, many patients find that bridges ease their pain.
^^^^^^^^^^^^^ `In our clinic` is no evidence of an effect

> "It fixed my back in a week!" – Anna, 43
                                  ^^^^^^^^ praise by `Anna, 43` is no evidence of an effect

"This helps every back with pain," says Maria Berg.
                                        ^^^^^^^^^^ nothing says who `Maria Berg` is
//- exercises/b.yaml
name: Bro
notes: It worked wonders for me – my pain is gone.
          ^^^^^^^^^^^^^^^^^^^^^ `worked wonders for me` is no evidence of an effect
"#,
        );
    }

    #[test]
    fn what_proves_nothing_and_says_so() {
        silent(
            &RULE,
            r#"
//- articles/a.md
# Bridges

In our clinic we ask you to arrive early. In my experience people forget their shoes. In our practice we help you to
choose shoes for your knees. In my experience, and that is one person's, it helps my back.

I have not seen this fix a back. Have you seen this fix a back?

"This eases pain for some," says Maria Berg, a physiotherapist in Umeå. "It helps with pain," says Berg.

"Bring shoes," says Anna.

## Anna's story

I have seen this fix my back.
//- articles/b.md
---
title: My story
---
In my experience it eased my pain.
//- quizzes/q.yaml
title: Q
questions:
  - prompt: What proves it?
    options: [In my experience it eases pain., A trial.]
    answer: 2
"#,
        );
    }
}
