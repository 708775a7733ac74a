//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::lexicon::{self, Hit, LEXICON};
use crate::model::Record;
use crate::model::quiz::Quiz;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, Sink};
use crate::source::Span;
use crate::syntax::{Block, BlockKind, MarkKind, Node, Prose, Text};
use crate::words::quoted;
use regex::Regex;
use std::cell::LazyCell;
use std::sync::LazyLock;

pub static RULE: Rule = Rule {
    id: "text/missing-media",
    summary: "a text points at a picture, a film or a table that is not there",
    level: Level::Warning,
    kinds: &[],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Default,
    since: "0.1.0",
    docs: r#"
Copying loses pictures. A step that relies on one cannot be done, and a question on one cannot be answered.

```markdown fail
# Bridge

Set your feet as in the picture below, and lift your hips.
```

```markdown pass
# Bridge

Set your feet as in the picture below, and lift your hips.

![Woman lying on her back, knees bent, feet below the knees](bridge.jpg)
```

```yaml fail
title: Muscles
questions:
  - prompt: Which muscle is marked in the picture?
    options: [psoas, gluteus medius]
    answer: a
```

What is "above" has to stand before the words, what is "below" behind them. Pictures, films, tags, shortcodes, code (a
diagram may be drawn in it), addresses of such files and fields that are named for them count as what is shown; for
tables lists do, and for films links. A question shows what its own fields hold, and what stands beside the
questions of its quiz.
"#,
    check: Check::File(check),
};

fn check(context: &FileContext<'_>, out: &mut Sink<'_>) {
    for (record, quizzes) in context.records.iter().zip(context.quizzes) {
        if !record.may_hold(LEXICON.pointing.hint()) || !record.is_english() {
            continue;
        }
        out.set_record(record.id_or_stem());
        match record.body {
            Some(body) => check_body(record, body, out),
            None => check_fields(record, quizzes, out),
        }
    }
}

/// Words that point at something, by their place in a text.
fn pointing<'t>(text: &'t str) -> impl Iterator<Item = Hit<'static>> + 't {
    LEXICON.pointing.find_all(text).into_iter().filter(|hit| is_meant(text, hit))
}

/// Whether what follows leaves the words as they are: "the picture above the fireplace", "the figure below 5" and
/// "the following image formats" point at nothing.
fn is_meant(text: &str, hit: &Hit<'_>) -> bool {
    #[rustfmt::skip]
    const OF_A_PLACE: &[&str] = &[
        "a", "an", "average", "each", "her", "his", "its", "my", "normal", "one", "our", "that", "the", "their", "these",
        "this", "those", "you", "your",
    ];
    #[rustfmt::skip]
    const AFTER_NAMED: &[&str] = &[
        "and", "are", "below", "compares", "demonstrates", "depicts", "describes", "explains", "for", "from", "gives",
        "has", "have", "illustrates", "in", "is", "lists", "of", "outlines", "presents", "provides", "show", "shows",
        "summarises", "summarizes", "that", "to", "we", "when", "which", "with", "you",
    ];
    let behind = &text[hit.range.end..];
    let next = behind.trim_start();
    let word = next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let is_any = |words: &[&str]| words.iter().any(|own| word.eq_ignore_ascii_case(own));
    let words = text[hit.range.clone()].to_ascii_lowercase();
    // A figure is a number as well.
    if words.contains("figure") && text.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let goes_on = next.len() < behind.len() && !word.is_empty();
    match Place::of(&words) {
        _ if !goes_on => true,
        Place::Anywhere => true,
        _ if words.ends_with("above") || words.ends_with("below") => {
            !is_any(OF_A_PLACE) && !word.starts_with(|c: char| c.is_ascii_digit())
        }
        _ => is_any(AFTER_NAMED),
    }
}

/// Where something stands that is pointed at.
#[derive(Clone, Copy)]
enum Place {
    Above,
    Below,
    Anywhere,
}

impl Place {
    fn of(words: &str) -> Self {
        let has =
            |own: &str| words.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case(own));
        match (has("above"), has("below") || has("following")) {
            (true, _) => Self::Above,
            (_, true) => Self::Below,
            _ => Self::Anywhere,
        }
    }
}

/// The texts of a body: each is shown what stands above or below it.
fn check_body(record: &Record<'_>, body: &Prose, out: &mut Sink<'_>) {
    let source = record.file();
    for block in body.blocks.iter().filter(|own| !is_raw(own) && !own.quoted) {
        let text = Text::of_prose(body, block.text.clone());
        if !record.may_hold_in(&text, LEXICON.pointing.hint()) {
            continue;
        }
        for hit in pointing(text.as_str()) {
            let span = text.span_of(hit.range.clone());
            let mut marks = body.marks.iter().filter(|mark| mark.kind == MarkKind::Code);
            if marks.any(|mark| mark.span.contains(span)) {
                continue;
            }
            let words = &text.as_str()[hit.range.clone()];
            let around = match Place::of(words) {
                Place::Above => Span::new(0, span.start),
                Place::Below => Span::new(span.end, source.span().end),
                Place::Anywhere => source.span(),
            };
            let mut raw = body.blocks.iter().filter(|own| is_raw(own));
            let is_shown = raw.any(|own| around.contains(own.span))
                || shows(source.slice(around), words)
                || record.node.is_some_and(has_media_field);
            if !is_shown {
                report(&text, &hit, out);
            }
        }
    }
}

/// Tags may show anything, and a diagram may be drawn in code.
fn is_raw(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Code | BlockKind::Html)
}

/// The texts of fields: a question is shown what its own fields hold, and all are shown what the record holds beside
/// its questions.
fn check_fields(record: &Record<'_>, quizzes: &[Quiz<'_>], out: &mut Sink<'_>) {
    let Some(node) = record.node else { return };
    for text in record.running_texts() {
        unshown(record, &text, node).for_each(|hit| report(&text, &hit, out));
    }
    let is_shown_beside = LazyCell::new(|| {
        let mut beside = node.entries().filter(|own| own.name() != "questions");
        beside.any(|entry| is_media_field(entry.key()) || has_media_field(entry.value))
    });
    for question in quizzes.iter().flat_map(|quiz| quiz.questions.iter()) {
        if let (Some(prompt), Some(node)) = (&question.prompt, question.node) {
            let hits = unshown(record, prompt, node).filter(|_| !*is_shown_beside);
            hits.for_each(|hit| report(prompt, &hit, out));
        }
    }
}

/// The words of a text that point at nothing that `around` holds.
fn unshown<'t>(
    record: &Record<'t>,
    text: &'t Text<'_>,
    around: Node<'t>,
) -> impl Iterator<Item = Hit<'static>> + 't {
    let source = record.file().slice(around.span());
    let likely = record.may_hold_in(text, LEXICON.pointing.hint()).then(|| text.as_str());
    likely.into_iter().flat_map(pointing).filter(move |hit| {
        !shows(source, &text.as_str()[hit.range.clone()]) && !has_media_field(around)
    })
}

fn report(text: &Text<'_>, hit: &Hit<'_>, out: &mut Sink<'_>) {
    let words = &text.as_str()[hit.range.clone()];
    let label = match Place::of(words) {
        Place::Above => "nothing is shown before it",
        Place::Below => "nothing is shown behind it",
        Place::Anywhere => "nothing is shown here",
    };
    let span = text.span_of(hit.range.clone());
    out.report(span, format!("{} points at something that is not there", quoted(words)))
        .label(label)
        .help("add what it points at, or say it in words");
}

/// Whether a source shows what `words` may point at.
fn shows(source: &str, words: &str) -> bool {
    let words = words.to_ascii_lowercase();
    let is_any = |names: &[&str]| names.iter().any(|name| words.contains(name));
    SHOWN.is_match(source)
        || is_any(&["table", "chart", "graph"]) && ROWS.is_match(source)
        || is_any(&["video", "clip", "animation"]) && LINKS.is_match(source)
}

static SHOWN: LazyLock<Regex> = LazyLock::new(|| {
    lexicon::regex(concat!(
        // Markdown and its dialects: pictures, wiki links, shortcodes, fences, boxes, LaTeX.
        r"!\[|\[\[|\{\{|\{%|```|~~~|(?m:^:::)|[\\](?:includegraphics|begin|input)|",
        // Tags, components.
        r"(?i:<(?:img|video|iframe|figure|svg|object|embed|picture|audio|canvas|table|script)\b)|",
        r"<[a-z]+-[a-z]|<[A-Z]|",
        // Addresses.
        r"(?i:\.(?:png|jpe?g|gif|svg|webp|avif|bmp|tiff?|mp4|webm|mov|m4v|pdf|pptx?)\b)|",
        r"(?i:youtu\.?be|vimeo|data:image)",
    ))
});

static ROWS: LazyLock<Regex> = LazyLock::new(|| {
    lexicon::regex(r"(?m:^[ \t>]*(?:\||[-*+•][ \t]|\d+[.)][ \t]))|(?m:\|[ \t]*$)")
});

static LINKS: LazyLock<Regex> = LazyLock::new(|| lexicon::regex(r"\]\(|\]\[|(?i:https?:)|<a "));

/// Whether a field below `node` is named for what is shown, and holds something.
fn has_media_field(node: Node<'_>) -> bool {
    let mut below = node.descendants();
    below.any(|own| {
        own.entries().any(|entry| {
            is_media_field(entry.key()) && !entry.value.is_null() && !entry.value.is_empty_text()
        })
    })
}

fn is_media_field(key: &str) -> bool {
    #[rustfmt::skip]
    const NAMES: &[&str] = &[
        "animation", "attachment", "audio", "chart", "clip", "diagram", "figure", "gallery", "gif", "graph", "illustration",
        "image", "img", "media", "photo", "pic", "picture", "screenshot", "svg", "table", "thumbnail", "video", "visual",
    ];
    let key = key.to_ascii_lowercase();
    NAMES.iter().any(|name| key.contains(name))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn pictures_that_are_not_there() {
        check(
            &RULE,
            "
# Bridge

![Höften](hip.png)

Lie down as in the **picture above**, then lift as in the *picture* below – slowly.
                                                      ^^^^^^^^^^^^^^^^^^^ `the picture below` points at something that is not there

- Watch the short video below.
        ^^^^^^^^^^^^^^^^^^^^^ `the short video below` points at something that is not there

The following table lists them.
^^^^^^^^^^^^^^^^^^^ `The following table` points at something that is not there
",
        );
    }

    #[test]
    fn questions_that_lost_their_picture() {
        check(
            &RULE,
            "
//- quizzes/hips.yaml
title: Höften
questions:
  - prompt: \"Which muscle is marked in the picture?\"
                             ^^^^^^^^^^^^^^^^^^^^^ `marked in the picture` points at something that is not there
    options: [psoas, soleus]
    answer: psoas
  - prompt: Which muscle is marked in the picture?
    image: psoas.svg
    options: [psoas, soleus]
    answer: psoas
  - prompt: Which drawing is the one shown in the picture?
    options: [a.png, b.png]
    answer: a
",
        );
    }

    #[test]
    fn what_is_shown() {
        silent(
            &RULE,
            "
# Bridge

Lie down as in the picture below.

<ExercisePicture name=\"bridge\" />

The diagram above shows it, and so does the drawing below:

    o--|--o

The table below has them:

- one
- two

Watch the video below.

[Bridge](https://example.org/bridge)
",
        );
        silent(&RULE, "---\nvideo: bridge\n---\n\nWatch the video above.\n");
        silent(&RULE, "---\ninLanguage: sv\n---\n\nSee the picture below.\n");
        let quiz = "//- quizzes/hips.yaml\ntitle: Hips\nfigure: hip.svg\nquestions:\n";
        let question =
            "  - {prompt: What does the figure above show?, options: [a hip], answer: a}\n";
        silent(&RULE, &format!("{quiz}{question}"));
    }

    #[test]
    fn words_that_point_at_nothing() {
        silent(
            &RULE,
            "
# Bridge

Hang the picture above the door. It was 12 in all; the figure above is of men. Keep the table below your knees. Of the
temperatures, those below zero count. Save it in one of the following image formats.

> See the picture below.

`the picture below`
",
        );
    }
}
