//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::model::{ContentKind, Record};
use crate::normal;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, Sink};
use crate::syntax::{Block, BlockKind, Prose};
use crate::words::{counted, quoted};
use std::ops::Range;

pub static RULE: Rule = Rule {
    id: "text/count-list-mismatch",
    summary: "a sentence announces another number of things than the list below it has",
    level: Level::Warning,
    kinds: &[],
    confidence: Confidence::Medium,
    fix: Fixability::Never,
    profile: Profile::Strict,
    since: "0.1.0",
    docs: r#"
An item was lost, or added later. Where the list is one of warning signs or of steps, nobody knows which is missing.

```markdown fail
# Stretches

These three stretches need no room:

- the figure four stretch
- the heel sit
```

```markdown pass
# Stretches

These three stretches need no room:

- the figure four stretch
- the heel sit
- the open book
```

Looked at are sentences that end in a colon right above a list, and say a number from 2 to 20 of reasons, steps,
exercises and the like. "At least three", "choose two" and "two of these" leave the number open, and so does a list that goes on
below a paragraph. Items of lists within the list are not counted.
"#,
    check: Check::Record(check),
};

fn check(_: &FileContext<'_>, record: &Record<'_>, out: &mut Sink<'_>) {
    let Some(body) =
        record.body.filter(|_| record.is_english() && record.kind != ContentKind::Quiz)
    else {
        return;
    };
    for (index, block) in body.blocks.iter().enumerate() {
        if block.kind != BlockKind::Paragraph || block.item.is_some() || block.footnote.is_some() {
            continue;
        }
        let Some(items) = list_behind(body, index) else { continue };
        let Some((count, words)) = announced(body, block) else { continue };
        if items.len() != count {
            report(body, (count, words), &items, out);
        }
    }
}

/// The items of the list right behind a block; `None` where there is none, or where it may go on.
fn list_behind(body: &Prose, index: usize) -> Option<Vec<&Block>> {
    let behind = &body.blocks[index + 1..];
    let own = behind.first().and_then(list_of)?;
    // What ends in a colon has a list of its own.
    let ends = |block: &Block| match block.kind {
        BlockKind::Heading { .. } => true,
        BlockKind::Paragraph => block.item.is_none() && is_lead(body, block),
        _ => false,
    };
    let section = behind.iter().take_while(|block| !ends(block));
    let mut items = Vec::new();
    for block in section {
        match list_of(block) {
            Some(list) if list == own => items.push(block),
            Some(_) => return None,
            // Tags may hold items of their own.
            None if block.kind == BlockKind::Html => return None,
            None => {}
        }
    }
    Some(items)
}

/// The list that a block is an item of, when that is in no other list.
fn list_of(block: &Block) -> Option<u32> {
    match block.kind {
        BlockKind::Item { depth: 1, list, .. } => Some(list),
        _ => None,
    }
}

fn is_lead(body: &Prose, block: &Block) -> bool {
    body.block_text(block).trim_end().ends_with(':')
}

/// What the last sentence of a block announces: the number, and where it stands with its noun.
fn announced(body: &Prose, block: &Block) -> Option<(usize, Range<usize>)> {
    if !is_lead(body, block) {
        return None;
    }
    let sentence = body.sentences(block).pop()?;
    let words = words(&body.text[sentence.clone()]);
    if words.iter().any(|(word, _)| OPEN.contains(&word.as_str())) {
        return None;
    }
    let mut numbers = words
        .iter()
        .enumerate()
        .filter_map(|(at, (word, _))| Some((at, word.parse::<usize>().ok()?)));
    let ((at, count), None) = (numbers.next()?, numbers.next()) else { return None };
    let is_meant = at == 0 || INTRODUCING.contains(&words[at - 1].0.as_str());
    let rest = &words[at + 1..];
    let noun = rest.iter().take(MOST_BETWEEN + 1).position(|(own, _)| is_noun(own))?;
    let is_apart = rest[..noun].iter().any(|(own, _)| APART.contains(&own.as_str()));
    let whole = words[at].1.start + sentence.start..rest[noun].1.end + sentence.start;
    (is_meant && !is_apart && (2..=20).contains(&count)).then_some((count, whole))
}

/// Words between a number and what it counts: "three simple hip stretches".
const MOST_BETWEEN: usize = 2;

/// The words of a sentence as they count, and where they are.
fn words(sentence: &str) -> Vec<(String, Range<usize>)> {
    let mut at = 0;
    let is_end = |c: char| !c.is_alphanumeric() && c != '\'' && c != '’';
    let pieces = sentence.split_inclusive(is_end).filter_map(|piece| {
        let start = at;
        at += piece.len();
        let word = piece.trim_end_matches(is_end);
        (!word.is_empty()).then(|| (normal::bare(word), start..start + word.len()))
    });
    // Articles count for nothing.
    pieces.filter(|(word, _)| !word.is_empty()).collect()
}

fn is_noun(word: &str) -> bool {
    NOUNS.binary_search(&word).is_ok()
}

#[rustfmt::skip]
const NOUNS: &[&str] = &[
    "benefits", "bones", "causes", "components", "exercises", "factors", "goals", "groups", "habits", "joints", "kinds",
    "layers", "ligaments", "mistakes", "movements", "muscles", "myths", "parts", "phases", "points", "poses",
    "principles", "reasons", "rules", "signs", "stages", "steps", "stretches", "symptoms", "things", "tips", "types",
    "ways",
];

/// Words before a number that counts what follows.
#[rustfmt::skip]
const INTRODUCING: &[&str] = &[
    "are", "by", "following", "for", "has", "have", "in", "include", "includes", "into", "involves", "main", "needs",
    "our", "requires", "the", "these", "those", "with",
];

/// Words that leave a number open, or a list.
#[rustfmt::skip]
const OPEN: &[&str] = &[
    "about", "and", "another", "any", "around", "choose", "each", "either", "every", "except", "first", "from", "last", "least",
    "many", "more", "most", "next", "or", "other", "over", "pick", "some", "select", "than", "up",
];

/// Words after which the noun belongs to something else: "3 sets of these exercises".
const APART: &[&str] = &["of", "per", "times", "x", "in", "for", "with", "to", "these", "those"];

fn report(
    body: &Prose,
    (count, words): (usize, Range<usize>),
    items: &[&Block],
    out: &mut Sink<'_>,
) {
    let said = quoted(&body.text[words.clone()]);
    let has = counted(items.len(), "item");
    let help = match items.len() < count {
        true => "add what is missing, or correct the number",
        false => "correct the number, or take out what does not belong",
    };
    let last = items.last().expect("a list has items");
    out.report(body.span(words), format!("{said} are announced, and the list has {has}"))
        .related(body.span(last.text.clone()), "the last item")
        .help(help);
}

#[cfg(test)]
mod tests {
    use super::{NOUNS, RULE};
    use crate::testing::{check, silent};

    #[test]
    fn nouns_are_sorted() {
        assert!(NOUNS.is_sorted());
    }

    #[test]
    fn lists_that_are_shorter_or_longer() {
        check(
            &RULE,
            "
# Höften

These **three** simple stretches – all gentle – need no room:
        ^^^^^^^^^^^^^^^^^^^^^^^^ `three simple stretches` are announced, and the list has 2 items

- the figure four
- the heel sit
  ------------ the last item

There are 2 signs that need care:
          ^^^^^^^ `2 signs` are announced, and the list has 3 items

1. numbness
2. fever
   - above 38 °C
   - for days
3. weakness
   -------- the last item
",
        );
    }

    #[test]
    fn numbers_that_are_open_or_count_something_else() {
        silent(
            &RULE,
            "
# Hips

There are at least three reasons:

- one

## A

Choose two exercises:

- one
- another
- a third

## B

Do 3 sets of these exercises:

- one
- another

## C

In the first 6 weeks, avoid these movements:

- one
- another

## D

These three muscles bend the hip:

- one
- another

A word between.

- a third

## E

There are two types, and four causes:

- one

## F

Three steps

- one

## G

1 of these 3 things:

- one

## H

Hold for 20 seconds in these ways:

- one
",
        );
        silent(&RULE, "---\ninLanguage: nl\n---\n\nThese three steps:\n\n- one\n");
    }
}
