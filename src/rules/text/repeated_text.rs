//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::model::{ContentKind, Record};
use crate::normal;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::source::Span;
use crate::syntax::{BlockKind, Prose};
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

pub static RULE: Rule = Rule {
    id: "text/repeated-text",
    summary: "a sentence stands twice in one article, or a step twice in a row",
    level: Level::Warning,
    kinds: &[
        RuleKind {
            name: "sentence",
            level: Level::Warning,
            summary: "paragraphs of an article say the same in the same words",
        },
        RuleKind {
            name: "item",
            level: Level::Warning,
            summary: "two steps or items in a row are the same",
        },
    ],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Strict,
    since: "0.1.0",
    docs: r#"
What was pasted twice is corrected once. A step that stands twice in a row took the place of another one, or is done
twice by those who read it.

```yaml fail
name: Bridge
instructions:
  - Lie on your back with your knees bent.
  - Lift your hips off the floor.
  - Lift your hips off the floor.
```

```yaml pass
name: Bridge
instructions:
  - Lie on your back with your knees bent.
  - Lift your hips off the floor.
  - Lower your hips to the floor.
```

Case and punctuation do not count. `sentence`: sentences of eight words and more in the paragraphs of an article; what
stands in lists, tables, quotes and footnotes may come again. Sentences that are repeated together are told once. `item`: items of
four words and more.
"#,
    check: Check::Record(check),
};

const FEWEST_WORDS: usize = 8;
const FEWEST_WORDS_OF_ITEM: usize = 4;

fn check(_: &FileContext<'_>, record: &Record<'_>, out: &mut Sink<'_>) {
    if record.kind == ContentKind::Quiz {
        return;
    }
    let steps = record.texts("instructions");
    let steps = steps.iter().map(|text| (text.as_str(), text.span()));
    doubled_items(steps, out);
    let Some(body) = record.body else { return };
    let mut lists = BTreeMap::<u32, Vec<(&str, Span)>>::new();
    for block in &body.blocks {
        if let BlockKind::Item { list, .. } = block.kind {
            let item = (body.block_text(block), body.span(block.text.clone()));
            lists.entry(list).or_default().push(item);
        }
    }
    lists.into_values().for_each(|items| doubled_items(items.into_iter(), out));
    if record.kind == ContentKind::Article {
        repeated_sentences(body, out);
    }
}

fn doubled_items<'t>(items: impl Iterator<Item = (&'t str, Span)>, out: &mut Sink<'_>) {
    let mut before: Option<(String, Span)> = None;
    for (text, span) in items {
        let bare = normal::bare(text);
        if let Some((last, first)) = &before
            && *last == bare
            && bare.split(' ').count() >= FEWEST_WORDS_OF_ITEM
        {
            out.report(span, "the same again as in the item before")
                .kind("item")
                .related(*first, "first here")
                .help("take it out, or write what comes next");
        }
        before = Some((bare, span));
    }
}

/// Sentences in a row that stood in a row before, as indices.
struct Run {
    first: usize,
    copy: Range<usize>,
}

fn repeated_sentences(body: &Prose, out: &mut Sink<'_>) {
    let paragraphs = body.blocks.iter().filter(|own| own.is_running());
    let sentences = paragraphs.flat_map(|own| body.sentences(own));
    let sentences: Vec<_> = sentences.collect();
    let mut seen = HashMap::<String, usize>::new();
    let mut runs: Vec<Run> = Vec::new();
    for (index, sentence) in sentences.iter().enumerate() {
        let bare = normal::bare(&body.text[sentence.clone()]);
        if bare.split(' ').count() < FEWEST_WORDS {
            continue;
        }
        let first = *seen.entry(bare).or_insert(index);
        if first == index {
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.copy.end == index && run.first + run.copy.len() == first => {
                run.copy.end += 1;
            }
            _ => runs.push(Run { first, copy: index..index + 1 }),
        }
    }
    let mut groups = BTreeMap::<usize, Vec<Run>>::new();
    for run in runs {
        groups.entry(run.first).or_default().push(run);
    }
    let span =
        |run: Range<usize>| body.span(sentences[run.start].start..sentences[run.end - 1].end);
    for (first, copies) in groups {
        let count = copies[0].copy.len();
        let message = match count {
            1 => "this sentence stands here a second time".to_owned(),
            many => format!("these {many} sentences stand here a second time"),
        };
        let diagnostic = out.report(span(copies[0].copy.clone()), message);
        diagnostic
            .kind("sentence")
            .related(span(first..first + count), "first here")
            .help("keep it where readers need it, or say the second time what is new there");
        for other in copies[1..].iter().take(MOST_SHOWN) {
            diagnostic.related(span(other.copy.clone()), "and here");
        }
    }
}

/// Copies that are shown besides the first.
const MOST_SHOWN: usize = 8;

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn steps_and_items_that_stand_twice_in_a_row() {
        check(
            &RULE,
            "
name: Höftlyft
instructions:
  - Lyft höften från golvet – långsamt.
    ----------------------------------- first here
  - lyft höften från golvet, långsamt
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the same again as in the item before
  - Sänk.
  - Sänk.
",
        );
        check(
            &RULE,
            "
# Höften

- Stå upp **varje** halvtimme – minst
  ----------------------------------- first here
- Stå upp varje halvtimme, minst
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the same again as in the item before
- Gå en stund efter varje måltid
- Stå upp varje halvtimme, minst
",
        );
    }

    #[test]
    fn sentences_that_come_again() {
        check(
            &RULE,
            "
# Höften

Ja. Höftens böjare är de starkaste musklerna – i hela kroppen. De sitter långt in och når från ryggen till låret. Kort.
    ------------------------------------------------------------------------------------------------------------- first here

## Igen

Här. Höftens böjare är de starkaste musklerna, i hela kroppen. De sitter långt in och når från ryggen till låret.
     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ these 2 sentences stand here a second time

## Åter

*Höftens* böjare är de starkaste musklerna, i hela kroppen! De sitter långt in och når från ryggen till låret.
 ------------------------------------------------------------------------------------------------------------- and here
",
        );
    }

    #[test]
    fn what_may_come_again() {
        silent(
            &RULE,
            "
# Hips

Rest the leg for a day when the hip is sore after the walk. Walk on. Walk on.

> Rest the leg for a day when the hip is sore after the walk.

- Rest the leg for a day when the hip is sore after the walk.

Rest the arm for a day when the hip is sore after the walk.
",
        );
        silent(
            &RULE,
            "- name: A\n  instructions: [Lie down on your back., Lift your hips up., Lie down on your back.]\n",
        );
    }
}
