//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::lexicon::{self, Concept, Language, SmallWords, concept_of, foreign_heading};
use crate::model::{ContentKind, Record};
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::syntax::{Block, BlockKind, MarkKind, Prose, Text};
use crate::words::{or, quoted};
use std::collections::BTreeSet;

pub static RULE: Rule = Rule {
    id: "text/language-mismatch",
    summary: "a text, a paragraph or a heading is in another language than the record",
    level: Level::Warning,
    kinds: &[
        RuleKind {
            name: "declared",
            level: Level::Warning,
            summary: "the text is in another language than `inLanguage` says",
        },
        RuleKind {
            name: "heading",
            level: Level::Warning,
            summary: "a heading is in another language than the text",
        },
        RuleKind {
            name: "block",
            level: Level::Warning,
            summary: "a paragraph is in another language than the text",
        },
    ],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Strict,
    since: "0.1.0",
    docs: r#"
A translation that is half done shows in its headings first. Screen readers say words of one language with the sounds of
another, and rules that read English words leave a text alone that says it is in another language, or read one that is
not English.

```markdown fail
---
inLanguage: en
---

# Hip pain

Most people with pain in the hip get better with exercise, and it is safe to move when it hurts a little.

## Referenser

- [NHS](https://www.nhs.uk/conditions/hip-pain/)
```

```markdown pass
---
inLanguage: en
---

# Hip pain

Most people with pain in the hip get better with exercise, and it is safe to move when it hurts a little.

## References

- [NHS](https://www.nhs.uk/conditions/hip-pain/)
```

The language is the one of `inLanguage`, else the one of most small words of the text (`the`, `of`, `och`). `heading`:
one of the headings that caveat knows in several languages, such as "Referenser", where the text has a word of its own
for it; words that many languages have are left alone. `block`: paragraphs and items of 20 words and more, where three
times as many small words are of another language. `declared`: nearly all of a text is in another language than the
record says. Quotations, texts with marks of HTML, which may say their language, and the lists of sources are left
alone, and so are texts in two languages.

Translate what was forgotten, or correct `inLanguage`. A paragraph that stays as it is goes into a quotation, or into
an element with its language: `<div lang="sv">`.
"#,
    check: Check::Record(check),
};

fn check(_: &FileContext<'_>, record: &Record<'_>, out: &mut Sink<'_>) {
    if record.kind == ContentKind::Resource {
        return;
    }
    let written = record.text("inLanguage");
    let declared = written.as_ref().and_then(|own| lexicon::language(own.as_str()));
    if written.is_some() && declared.is_none() {
        return;
    }
    let blocks = record.body.map(judged).unwrap_or_default();
    let mut all = blocks.iter().fold(SmallWords::default(), |all, (_, own)| all.together(own));
    let in_body = all.words;
    record.running_texts().for_each(|text| all.add(text.as_str()));
    let Some(own) = declared.or_else(|| all.language()) else { return };
    if let (Some(written), Some(found)) = (written, all.language())
        && found.code != own.code
    {
        if all.is_hardly(own) {
            misdeclared(&written, found, out);
        }
        return;
    }
    let Some(body) = record.body else { return };
    let foreign: Vec<_> = blocks.iter().filter_map(|block| foreign(block, own)).collect();
    // What a text does not say is not guessed from a few words.
    let is_own = |(_, words): &&Judged<'_>| words.language().is_some_and(|it| it.code == own.code);
    if declared.is_none()
        && blocks.iter().filter(is_own).count() < FEWEST_BLOCKS.max(foreign.len() * 3)
    {
        return;
    }
    headings(body, own, &foreign, out);
    report_blocks(body, own, &foreign, in_body, out);
}

/// Blocks that show which language a text is in that does not say it.
const FEWEST_BLOCKS: usize = 2;

fn misdeclared(written: &Text<'_>, found: &Language, out: &mut Sink<'_>) {
    let message =
        format!("the language is {}, and the text reads {}", quoted(written.as_str()), found.name);
    out.report(written.span(), message)
        .kind("declared")
        .help("correct the language, or translate the text");
}

/// A block of running text, and its small words.
type Judged<'b> = (&'b Block, SmallWords);

/// The blocks of a body that a translator has to translate, with their small words.
fn judged(body: &Prose) -> Vec<Judged<'_>> {
    let mut out = Vec::new();
    let mut sources = None;
    for block in &body.blocks {
        if let BlockKind::Heading { level, .. } = block.kind {
            if sources.is_none_or(|own| level <= own) {
                let concept = concept_of(body.block_text(block));
                let is_list = matches!(concept, Some(Concept::Sources | Concept::FurtherReading));
                sources = is_list.then_some(level);
            }
        } else if sources.is_none() && is_judged(body, block) {
            let mut words = SmallWords::default();
            words.add(body.block_text(block));
            out.push((block, words));
        }
    }
    out
}

fn is_judged(body: &Prose, block: &Block) -> bool {
    let is_text = matches!(block.kind, BlockKind::Paragraph | BlockKind::Item { .. });
    let text = body.block_text(block);
    let is_quotation =
        text.trim_start().starts_with(['"', '\u{201c}', '\u{201e}', '\u{ab}', '\u{201d}']);
    // Emphasis of all of it marks a quotation, too.
    let is_marked = |kind: &MarkKind, len: usize| match kind {
        MarkKind::Html | MarkKind::Code => true,
        MarkKind::Emphasis => len * 2 > text.len(),
        _ => false,
    };
    is_text
        && !block.quoted
        && !is_quotation
        && !body.marks_in(block.text.clone()).any(|own| is_marked(&own.kind, own.text.len()))
}

/// The language of a block, if it is long enough to tell and none of the text's.
fn foreign<'b>(
    (block, words): &Judged<'b>,
    own: &Language,
) -> Option<(&'b Block, &'static Language, usize)> {
    const FEWEST_WORDS: usize = 20;
    let is_foreign = words.words >= FEWEST_WORDS && words.is_hardly(own);
    let other = words.language().filter(|other| is_foreign && other.code != own.code)?;
    Some((block, other, words.words))
}

/// Blocks in other languages than the text.
type Foreign<'b> = [(&'b Block, &'static Language, usize)];

fn headings(body: &Prose, own: &Language, foreign: &Foreign<'_>, out: &mut Sink<'_>) {
    let others: BTreeSet<_> = foreign.iter().map(|(_, other, _)| other.code).collect();
    for block in &body.blocks {
        let BlockKind::Heading { .. } = block.kind else { continue };
        let text = body.block_text(block).trim();
        let Some(found) = foreign_heading(text, own.code) else { continue };
        // A text in two languages has headings in both.
        if found.languages.iter().any(|code| others.contains(code)) {
            continue;
        }
        let names = found.languages.iter().filter_map(|code| lexicon::language(code));
        let names: Vec<_> = names.map(|own| own.name).collect();
        let message = format!("{} is {}, and the text is {}", quoted(text), or(&names), own.name);
        out.report(body.span(block.text.clone()), message).kind("heading").help(format!(
            "in {} it is `{}`",
            own.name,
            capitalised(found.own)
        ));
    }
}

/// As headings are written.
fn capitalised(heading: &str) -> String {
    let mut chars = heading.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn report_blocks(
    body: &Prose,
    own: &Language,
    foreign: &Foreign<'_>,
    in_body: usize,
    out: &mut Sink<'_>,
) {
    /// A text of which more is in another language is one in two.
    const MOST_PERCENT: usize = 30;
    /// Paragraphs that are shown besides the first.
    const MOST_SHOWN: usize = 8;
    let words: usize = foreign.iter().map(|(_, _, words)| words).sum();
    let Some(((first, other, _), more)) = foreign.split_first() else { return };
    if words * 100 > in_body * MOST_PERCENT {
        return;
    }
    let message = match more.len() {
        0 => format!("this reads {}, and the text is {}", other.name, own.name),
        1 => {
            format!("this reads {}, as another paragraph, and the text is {}", other.name, own.name)
        }
        more => format!(
            "this reads {}, as {more} other paragraphs, and the text is {}",
            other.name, own.name
        ),
    };
    let diagnostic = out.report(body.span(first.text.clone()), message);
    diagnostic.kind("block").help("translate it, or mark it as a quotation");
    for (block, other, _) in more.iter().take(MOST_SHOWN) {
        diagnostic.related(body.span(block.text.clone()), format!("this reads {}", other.name));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    const ENGLISH: &str = "Most people with pain in the hip get better with exercise, and it is safe to move when it hurts a little.";
    const SWEDISH: &str = "De flesta som har ont i höften blir bättre av att träna, och det är inte farligt att röra på sig när det gör lite ont.";

    #[test]
    fn headings_of_another_language() {
        check(
            &RULE,
            &format!(
                "
---
inLanguage: sv
---

# Höftsmärta – råd

{SWEDISH}

## When to stop
   ^^^^^^^^^^^^ `When to stop` is English, and the text is Swedish

## Kilder
   ^^^^^^ `Kilder` is Danish or Norwegian, and the text is Swedish

- [NHS](https://www.nhs.uk)
"
            ),
        );
        // The language of the text, where the record does not say it.
        check(
            &RULE,
            &format!(
                "
# Hips

{ENGLISH}

{ENGLISH}

## 2. Referenser
   ^^^^^^^^^^^^^ `2. Referenser` is Swedish, and the text is English
"
            ),
        );
    }

    #[test]
    fn paragraphs_of_another_language() {
        check(
            &RULE,
            &format!(
                "
---
inLanguage: en-GB
---

# Hips

{ENGLISH} {ENGLISH} {ENGLISH}

{SWEDISH}
{} this reads Swedish, as another paragraph, and the text is English

{ENGLISH} {ENGLISH} {ENGLISH}

- {SWEDISH}
  {} this reads Swedish
",
                "^".repeat(SWEDISH.chars().count()),
                "-".repeat(SWEDISH.chars().count())
            ),
        );
    }

    #[test]
    fn a_language_that_is_not_that_of_the_text() {
        check(
            &RULE,
            &format!(
                "
---
inLanguage: en
            ^^ the language is `en`, and the text reads Swedish
---

# Höften

{SWEDISH}

## Referenser
"
            ),
        );
        check(
            &RULE,
            "
name: Höftlyft
inLanguage: de
            ^^ the language is `de`, and the text reads Swedish
instructions:
  - Ligg på rygg med böjda knän och fötterna i golvet.
  - Lyft höften så att den är i linje med dina knän och håll kvar i ett andetag när du kan.
  - Sänk den till golvet och vila en stund om det drar för mycket.
",
        );
    }

    #[test]
    fn texts_that_are_as_they_should_be() {
        // Quotations, marks of a language, sources, and few words.
        silent(
            &RULE,
            &format!(
                "---\ninLanguage: en\n---\n\n# Quiz\n\n{ENGLISH}\n\n> {SWEDISH}\n\n*{SWEDISH}*\n\n\u{201c}{SWEDISH}\u{201d}\n\n\
                <span lang=\"sv\">{SWEDISH}</span>\n\n## Sources\n\n- {SWEDISH}\n"
            ),
        );
        // Two languages on one page.
        silent(
            &RULE,
            &format!("# Hips\n\n{ENGLISH}\n\n## References\n\n{SWEDISH}\n\n## Referenser\n"),
        );
        silent(&RULE, "---\ninLanguage: sv\n---\n\n# Technique\n\n## Quiz\n\n## Red flags\n");
        silent(&RULE, "---\ninLanguage: ja\n---\n\n# References\n");
        silent(&RULE, &format!("# A\n\n## Referenser\n\n{}\n", "o e a i ".repeat(40)));
        silent(&RULE, "# A\n\n## Referenser\n");
        silent(&RULE, "---\ninLanguage: [en, 7]\n---\n\n# \u{4f60}\u{597d}\n");
    }
}
