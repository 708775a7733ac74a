//! See `docs`.

use super::promotional_language::is_commercial;
use super::{all_phrases_meant, body_of_field};
use crate::diagnostic::{Confidence, Level};
use crate::lexicon::{Concept, Hit, LEXICON, Promotion, concept_of, hints};
use crate::model::{ContentKind, Record};
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, Sink};
use crate::source::Span;
use crate::syntax::{BlockKind, Mark, MarkKind, Prose};
use crate::words::shortened;

pub static RULE: Rule = Rule {
    id: "claim/undisclosed-promotion",
    summary: "the text sells something, and nothing says who gains by it",
    level: Level::Error,
    kinds: &[],
    confidence: Confidence::Medium,
    fix: Fixability::Never,
    profile: Profile::Relaxed,
    since: "0.1.0",
    docs: r#"
Who gains by what a text recommends belongs into the text: readers weigh it otherwise (HONcode, advertising and
financial disclosure; JAMA benchmark on disclosure; law on hidden advertising).

```markdown fail
# Strong backs

Strength work helps some people with back pain. [Book your free consultation](/booking) at our studio.
```

```markdown pass
---
title: Strong backs
disclosure: The author runs the studio that offers this service.
---

Strength work helps some people with back pain. [Book your free consultation](/booking) at our studio.
```

A link that pays whoever placed it, a call to buy or book that is a link, a discount and an offer to people of one
place ("if you are in Leeds and struggling") each show that a text sells. Other calls to buy or book, prices, "our shop"
and links to a shop do so when there are two of them. One diagnostic is given for a record, at the first of them, with the others
beside it.

A text discloses in the fields `disclosure`, `sponsored` or `conflict_of_interest`, in a section with such a heading,
or in a sentence ("we sell this belt", "affiliate links", "sponsored by"). Left alone are resources, reference lists and
footnotes, quotations, quizzes' questions, lines of a price list ("members get 20% off"), and calls to book with a doctor, a nurse or another public service. Words are
read in English, addresses in texts of every language.
"#,
    check: Check::Record(check),
};

/// Something in a text that sells.
struct Cue {
    span: Span,
    what: &'static str,
    /// Whether it shows by itself that the text sells; of the others it takes two.
    strong: bool,
}

fn check(context: &FileContext<'_>, record: &Record<'_>, out: &mut Sink<'_>) {
    let lists = &LEXICON.promotion;
    if record.kind == ContentKind::Resource {
        return;
    }
    let of_field = body_of_field(record);
    let body = record.body.or(of_field.as_ref());
    let mut cues = phrases(context, record, body, lists);
    if let Some(body) = body {
        cues.extend(links(body, lists));
        let sources = if cues.is_empty() { Vec::new() } else { sources(body) };
        cues.retain(|cue| {
            let after = sources.partition_point(|own| own.start <= cue.span.start);
            !after.checked_sub(1).is_some_and(|at| sources[at].contains(cue.span))
        });
    }
    cues.sort_by_key(|cue| (cue.span.start, !cue.strong));
    // A link and its words are one cue.
    cues.dedup_by(|later, first| {
        let same = first.span.contains(later.span);
        first.strong |= same && later.strong;
        same
    });
    let enough = cues.iter().any(|cue| cue.strong) || cues.len() >= 2;
    if enough && !discloses(record, body, lists) {
        report(&cues, context, out);
    }
}

fn report(cues: &[Cue], context: &FileContext<'_>, out: &mut Sink<'_>) {
    let Some((first, others)) = cues.split_first() else { return };
    let words = shortened(context.file.slice(first.span));
    let message = format!("`{words}` sells something, and nothing says who gains by it");
    let diagnostic = out.report(first.span, message);
    diagnostic
        .label(first.what)
        .help("say in `disclosure` who sells this or is paid for it, or take it out");
    for cue in others.iter().take(5) {
        diagnostic.related(cue.span, cue.what);
    }
}

/// Words that sell.
fn phrases(
    context: &FileContext<'_>,
    record: &Record<'_>,
    body: Option<&Prose>,
    lists: &'static Promotion,
) -> Vec<Cue> {
    let mut found = all_phrases_meant(context, record, body, &lists.words);
    found.retain(|(text, hit)| hit.list == "call_to_action" && is_commercial(text, hit));
    let offers = all_phrases_meant(context, record, body, &lists.offers).into_iter();
    found.extend(offers.filter(|(text, hit)| {
        let text = text.as_str();
        !is_millions(&text[hit.range.end..])
            && !lists.public_services.is_match(text)
            && !is_own_price(text, hit, lists)
    }));
    let cue = |(text, hit): (crate::syntax::Text<'_>, crate::lexicon::Hit<'_>)| {
        let words = &text.as_str()[hit.range.clone()];
        let (what, strong) = match hit.list {
            "price" => ("a price", words.contains('%')),
            "local" => ("an offer to people of one place", true),
            "pitch" => ("an offer", false),
            _ => ("asks to buy or book", words.to_ascii_lowercase().contains("code ")),
        };
        Cue { span: text.span_of(hit.range), what, strong }
    };
    found.into_iter().map(cue).collect()
}

/// "Members get 20% off": a line of a price list, unless it says off what.
fn is_own_price(sentence: &str, hit: &Hit<'_>, lists: &Promotion) -> bool {
    const GOODS: &[&str] =
        &[" our", " your", " all", " any", " everything", " this", " code", " now", " today"];
    let words = sentence[hit.range.clone()].to_ascii_lowercase();
    words.contains('%')
        && !GOODS.iter().any(|own| words.ends_with(own))
        && lists.own_prices.is_match(sentence)
}

/// What follows a sum that is nobody's price.
fn is_millions(after: &str) -> bool {
    let word = after.split_whitespace().next().unwrap_or("");
    ["thousand", "million", "billion", "trillion", "bn", "m", "k"].contains(&word)
}

/// Links that sell: by their address, or by a call to buy.
fn links(body: &Prose, lists: &Promotion) -> Vec<Cue> {
    let cue = |mark: &Mark| {
        let MarkKind::Link { target, .. } = &mark.kind else { return None };
        let words = &body.text[mark.text.clone()];
        let may = hints(target).or(hints(words));
        let calls = || {
            let hit = lists.words.find(words).filter(|hit| hit.list == "call_to_action");
            hit.is_some() && !lists.public_services.is_match(beside(body, mark))
        };
        let (what, strong) = if may.has(lists.affiliate.hint()) && lists.affiliate.is_match(target)
        {
            ("a link that pays whoever placed it", true)
        } else if may.has(lists.words.hint()) && calls() {
            ("a link to buy or book", true)
        } else if may.has(lists.shop.hint()) && lists.shop.is_match(target) {
            ("a link to a shop", false)
        } else {
            return None;
        };
        Some(Cue { span: mark.span, what, strong })
    };
    body.marks.iter().filter_map(cue).collect()
}

/// The sentence a mark stands in, or the whole block where it has none.
fn beside<'b>(body: &'b Prose, mark: &Mark) -> &'b str {
    let after = body.blocks.partition_point(|block| block.text.start <= mark.text.start);
    let Some(block) = after.checked_sub(1).map(|at| &body.blocks[at]) else { return "" };
    let sentence = body.sentences(block).into_iter().find(|own| own.contains(&mark.text.start));
    sentence.map_or(body.block_text(block), |own| &body.text[own])
}

/// Footnotes, quotations and sections that list sources.
fn sources(body: &Prose) -> Vec<Span> {
    let mut of_sources = None;
    let mut out = Vec::new();
    for block in &body.blocks {
        if let BlockKind::Heading { level, .. } = block.kind {
            let concept = concept_of(body.block_text(block));
            if of_sources.is_none_or(|own| level <= own) {
                of_sources = matches!(concept, Some(Concept::Sources | Concept::FurtherReading))
                    .then_some(level);
            }
        }
        if of_sources.is_some() || block.footnote.is_some() || block.quoted {
            out.push(block.span);
        }
    }
    out
}

fn discloses(record: &Record<'_>, body: Option<&Prose>, lists: &Promotion) -> bool {
    const FIELDS: &[&str] = &[
        "disclosure",
        "sponsored",
        "sponsor",
        "conflict_of_interest",
        "conflictOfInterest",
        "conflictsOfInterest",
    ];
    let stated = |name: &&str| {
        let field = record.field(name);
        field.is_some_and(|own| !own.is_scalar() || !own.scalar_text().trim().is_empty())
    };
    let says = |text: &str| lists.disclosed.is_match(text);
    let fields = record.running_texts();
    let headed = |body: &Prose| {
        let mut headings =
            body.blocks.iter().filter(|own| matches!(own.kind, BlockKind::Heading { .. }));
        headings.any(|own| concept_of(body.block_text(own)) == Some(Concept::Disclosure))
    };
    FIELDS.iter().any(stated)
        || body.is_some_and(|body| says(&body.text) || headed(body))
        || fields.into_iter().any(|text| says(text.as_str()))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn what_sells() {
        check(
            &RULE,
            "# Höfter

The belt of our café is [here](https://shop.example/p?aff=12) – [buy it here](/x).
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `[here](https://shop.example/p?aff=12)` sells something, and nothing says who gains by it
                                                                ----------------- a link to buy or book

It is 15% off with code BACK15.
      ------------ a price
              ---------------- asks to buy or book
",
        );
        check(
            &RULE,
            "
name: Bro – bridge
description: If you are in Leeds and still struggling, our clinic can help.
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `If you are in Leeds and still struggling` sells something, and nothing says who gains by it
",
        );
        check(
            &RULE,
            "# Mats

Members get 20% off our höft-belts.
            ^^^^^^^^^^^ `20% off our` sells something, and nothing says who gains by it
",
        );
        check(
            &RULE,
            "# Mats

A [mat](https://shop.example/mat) is useful. This one is only $20.
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `[mat](https://shop.example/mat)` sells something, and nothing says who gains by it
                                                         -------- a price
",
        );
    }

    #[test]
    fn a_doctor_in_another_sentence_is_no_excuse() {
        check(
            &RULE,
            "# A

[Book your free session](/booking) today! See your doctor if you are worried.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `[Book your free session](/booking)` sells something, and nothing says who gains by it
",
        );
    }

    #[test]
    fn what_is_disclosed() {
        let offer = "Get 15% off with code BACK15.";
        for text in [
            format!("---\ntitle: A\ndisclosure: We own the shop.\n---\n\n{offer}\n"),
            format!("---\ntitle: A\nsponsored: true\n---\n\n{offer}\n"),
            format!("# A\n\n{offer} We sell this belt.\n"),
            format!("# A\n\n{offer}\n\n## Conflicts of interest\n\nOur shop sells it.\n"),
            format!("# A\n\n*This post contains affiliate links.* {offer}\n"),
        ] {
            silent(&RULE, &text);
        }
    }

    #[test]
    fn what_does_not_sell() {
        silent(
            &RULE,
            "# A

Book online with your GP. [Book now](https://nhs.example/gp) with your GP. A mat from a [shop](https://shop.example/mat)
will do. Back pain costs only $100 billion a year. Prevalence was 12% off the coast.

> Buy now with code BACK15!

## References

1. A book. [Buy it here](https://shop.example/p?tag=x-20).
",
        );
        silent(&RULE, "# A\n\nIf you are in pain and looking for help, our clinic can help.\n");
        silent(&RULE, "# A\n\nOur clinic offers a free walking group. Call us to book.\n");
        silent(&RULE, "# A\n\nThe coder may use code M545 for low back pain.\n");
        silent(
            &RULE,
            "# A\n\nMembership is £12 a month, with 20% off for students. Members get 20% off.\n",
        );
        silent(&RULE, "# A\n\nBuy now, they say, and pay later.\n");
        silent(&RULE, "# A\n\nStretch.[^1]\n\n[^1]: [Order now](https://shop.example/p?aff=1)\n");
        silent(&RULE, "//- resources/a.yaml\ntitle: A\nabstract: Get 15% off with code BACK15.\n");
    }
}
