//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::model::{ContentKind, Record};
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, Sink};
use crate::syntax::BlockKind;
use crate::words::quoted;

pub static RULE: Rule = Rule {
    id: "text/heading-echo",
    summary: "a paragraph opens by repeating its heading",
    level: Level::Warning,
    kinds: &[],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Default,
    since: "0.1.0",
    docs: r#"
Templates and text generators leave it behind. It tells readers nothing, and who listens to a page hears it twice.

```markdown fail
## Warm-up

Warm-up: walk briskly for five minutes.
```

```markdown pass
## Warm-up

Walk briskly for five minutes.
```

What comes before a colon, a dash or the end of a sentence is compared with the heading, without the heading's number.
Lists may repeat it ("Bridge: lie on your back"), and so may a section whose paragraphs all begin with such a label.
Labels that say what a paragraph is ("Note:", "Example:") are left alone.
"#,
    check: Check::Record(check),
};

fn check(_: &FileContext<'_>, record: &Record<'_>, out: &mut Sink<'_>) {
    let Some(body) = record.body.filter(|_| record.kind != ContentKind::Quiz) else { return };
    for (index, pair) in body.blocks.windows(2).enumerate() {
        let [heading, first] = pair else { continue };
        if !matches!(heading.kind, BlockKind::Heading { bare: false, .. }) || !first.is_running() {
            continue;
        }
        let Some(len) = echo(body.block_text(heading), body.block_text(first)) else { continue };
        let section = body.blocks[index + 2..]
            .iter()
            .take_while(|own| !matches!(own.kind, BlockKind::Heading { .. }));
        if section.filter(|own| own.is_running()).any(|own| is_labelled(body.block_text(own))) {
            continue;
        }
        let words = first.text.start..first.text.start + len;
        let said = quoted(body.text[words.clone()].trim_end());
        out.report(body.span(words), format!("{said} repeats the heading"))
            .related(body.span(heading.text.clone()), "the heading")
            .help("take it out, and begin with what the paragraph says");
    }
}

/// How many bytes of a paragraph repeat its heading.
fn echo(heading: &str, paragraph: &str) -> Option<usize> {
    let heading = without_number(heading).trim_end_matches(|c: char| !c.is_alphanumeric());
    let head = paragraph.get(..heading.len())?;
    let rest = &paragraph[heading.len()..];
    let is_same = head.eq_ignore_ascii_case(heading) && !rest.starts_with(char::is_alphanumeric);
    let behind = rest.strip_prefix([':', '.', '?', '!', '…']);
    let is_end = rest.is_empty()
        || behind.is_some_and(|own| own.is_empty() || own.starts_with(char::is_whitespace))
        || rest.trim_start().starts_with(['–', '—'])
        || rest.starts_with(" - ");
    let letters = heading.chars().filter(|c| c.is_alphabetic()).count();
    let is_kind = KINDS.iter().any(|own| heading.eq_ignore_ascii_case(own));
    (is_same && is_end && letters >= FEWEST_LETTERS && !is_kind).then_some(heading.len())
}

const FEWEST_LETTERS: usize = 4;

/// Labels that say what a paragraph is.
#[rustfmt::skip]
const KINDS: &[&str] = &[
    "abstract", "background", "caution", "conclusion", "conclusions", "danger", "definition", "disclaimer", "example",
    "hint", "important", "info", "keywords", "methods", "note", "notes", "objective", "question", "answer", "remark",
    "results", "sources", "summary", "tip", "warning",
];

/// A heading without the number before it: `2.1 Warm-up`.
fn without_number(heading: &str) -> &str {
    let rest = heading.trim_start().trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    rest.trim_start_matches([')', ':']).trim_start()
}

/// Whether a paragraph begins with a few words and a colon.
fn is_labelled(paragraph: &str) -> bool {
    const MOST_WORDS: usize = 6;
    let first = paragraph.split(['.', '\n']).next().unwrap_or("");
    let label = first.split_once(':').map(|(label, _)| label);
    label.is_some_and(|label| label.split_whitespace().count() <= MOST_WORDS)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn paragraphs_that_repeat_their_heading() {
        check(
            &RULE,
            "
# Höften
  ------ the heading

**Höften** – en led.
  ^^^^^^ `Höften` repeats the heading

## 2.1 What is pain?
   ----------------- the heading

What is pain? A feeling.
^^^^^^^^^^^^ `What is pain` repeats the heading

### Warm-up
    ------- the heading

warm-up: Exploring the role of warming up.
^^^^^^^ `warm-up` repeats the heading
",
        );
    }

    #[test]
    fn paragraphs_that_do_not() {
        silent(
            &RULE,
            "
# Hips

Hips are joints.

## Bridge

- Bridge: lie on your back.

## Note

Note: this is no advice.

## Glute bridge

Glute bridge: lie on your back.

Side bridge: lie on your side.

## Warm-up

> Warm-up: walk.

## Walk

`walk.start`
",
        );
    }
}
