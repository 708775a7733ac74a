//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::lexicon::{Concept, concept_of};
use crate::model::{ContentKind, Record};
use crate::normal;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::source::Format;
use crate::syntax::{Block, BlockKind, MarkKind, Prose};
use crate::words::quoted;
use std::collections::HashMap;

pub static RULE: Rule = Rule {
    id: "text/heading-structure",
    summary: "headings skip a level, have nothing below them, or stand twice",
    level: Level::Warning,
    kinds: &[
        RuleKind {
            name: "skipped-level",
            level: Level::Warning,
            summary: "a heading is more than one level below the one before",
        },
        RuleKind {
            name: "empty-section",
            level: Level::Warning,
            summary: "nothing stands below a heading",
        },
        RuleKind {
            name: "duplicate",
            level: Level::Warning,
            summary: "two sections of one part have the same heading",
        },
    ],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Strict,
    since: "0.1.0",
    docs: r##"
Readers find their way by the headings, and those who have the page read to them by nothing else (WCAG 1.3.1, 2.4.6).

```markdown fail
# Low back pain

Most back pain passes within weeks.

### When to see a doctor

Numbness between the legs needs a doctor at once.
```

```markdown pass
# Low back pain

Most back pain passes within weeks.

## When to see a doctor

Numbness between the legs needs a doctor at once.
```

`skipped-level`: a heading stands two or more levels below the one before it; the same step is told once in a text.
`empty-section`: a heading is followed by one of its own level or above, or by the end. What stands in headings below
it belongs to it, and so does anything else in the file, such as a picture, a comment or a tag. Programs fill lists of
sources, which may be empty at the end.
`duplicate`: two headings of one level below the same heading say the same. Headings that come again and again
("Answer") are a form, and those of a quiz are its questions.
"##,
    check: Check::Record(check),
};

/// A heading with its level.
struct Heading<'a> {
    level: u8,
    block: &'a Block,
    /// Where it stands among the blocks.
    index: usize,
    text: &'a str,
}

fn check(_: &FileContext<'_>, record: &Record<'_>, out: &mut Sink<'_>) {
    let is_read = record.file().format == Format::Markdown;
    let Some(body) = record.body.filter(|body| is_read && !body.is_cut) else { return };
    let headings = headings(body);
    if headings.len() < 2 {
        return;
    }
    skipped_levels(body, &headings, out);
    if record.kind != ContentKind::Quiz {
        empty_sections(record, body, &headings, out);
        duplicates(body, &headings, out);
    }
}

/// The headings of the text itself: none that is quoted, or part of a list.
fn headings(body: &Prose) -> Vec<Heading<'_>> {
    let own = body.blocks.iter().enumerate().filter_map(|(index, block)| match block.kind {
        BlockKind::Heading { level, bare: false }
            if !block.quoted && block.item.is_none() && block.footnote.is_none() =>
        {
            Some(Heading { level, block, index, text: body.block_text(block) })
        }
        _ => None,
    });
    own.filter(|own| !own.text.trim().is_empty()).collect()
}

/// From one level to one that is not the next, and the headings that take this step.
struct Step<'a> {
    from: &'a Heading<'a>,
    first: &'a Heading<'a>,
    others: Vec<&'a Heading<'a>>,
}

fn skipped_levels(body: &Prose, headings: &[Heading<'_>], out: &mut Sink<'_>) {
    let mut steps: Vec<Step<'_>> = Vec::new();
    for pair in headings.windows(2) {
        let [from, first] = pair else { continue };
        // HTML and tags of programs between them may be headings.
        let between = &body.blocks[from.index + 1..first.index];
        if first.level <= from.level + 1 || between.iter().any(|own| own.kind == BlockKind::Html) {
            continue;
        }
        let levels = (from.level, first.level);
        match steps.iter_mut().find(|own| (own.from.level, own.first.level) == levels) {
            Some(step) => step.others.push(first),
            None => steps.push(Step { from, first, others: Vec::new() }),
        }
    }
    for Step { from, first, others } in steps {
        let (above, below) = (from.level, first.level);
        let message = format!("a heading of level {below} follows one of level {above}");
        let marks = "#".repeat(usize::from(above) + 1);
        let diagnostic = out.report(first.block.span, message);
        diagnostic
            .kind("skipped-level")
            .related(from.block.span, format!("level {above}"))
            .help(format!("write `{marks}`, or add the heading that is between them"));
        for other in others {
            diagnostic.related(other.block.span, "and here");
        }
    }
}

fn empty_sections(record: &Record<'_>, body: &Prose, headings: &[Heading<'_>], out: &mut Sink<'_>) {
    /// Characters; what is longer is a paragraph that a line below it made a heading.
    const LONGEST: usize = 120;
    let source = &record.file().text;
    for (at, heading) in headings.iter().enumerate() {
        let next = headings.get(at + 1);
        let end = next.map_or(source.len(), |own| own.block.span.start as usize);
        let is_last_block = body.blocks.get(heading.index + 1).is_none();
        let follows = match next {
            Some(next) => next.level <= heading.level && next.index == heading.index + 1,
            None => is_last_block,
        };
        let rest = source.get(heading.block.span.end as usize..end);
        let is_empty = follows && rest.is_some_and(|rest| rest.trim().is_empty());
        if !is_empty || at == 0 || heading.text.chars().count() > LONGEST {
            continue;
        }
        // The entry of a manual, of which the next is another form; a list of links.
        let leads_on =
            has_mark(body, heading, |kind| matches!(kind, MarkKind::Code | MarkKind::Link { .. }));
        if leads_on || is_open(heading.text) || next.is_none() && is_filled(heading.text) {
            continue;
        }
        out.report(
            heading.block.span,
            format!("nothing stands below {}", quoted(heading.text.trim())),
        )
        .kind("empty-section")
        .label("this section is empty")
        .help("write the section, move what belongs to it below it, or take the heading away");
    }
}

fn has_mark(body: &Prose, heading: &Heading<'_>, is: impl Fn(&MarkKind) -> bool) -> bool {
    body.marks_in(heading.block.text.clone()).any(|mark| is(&mark.kind))
}

/// Whether a heading is a question, or what is left empty by custom.
fn is_open(text: &str) -> bool {
    let plain = normal::plain(text);
    let plain = plain.trim_matches(|c: char| !c.is_alphanumeric() && c != '?');
    plain.ends_with('?') || plain.contains("unreleased") || plain == "notes"
}

/// Whether programs write what stands below it, at the end of a text.
fn is_filled(text: &str) -> bool {
    const FILLED: &[&str] = &["footnotes", "bibliography", "literature cited", "works cited"];
    matches!(concept_of(text), Some(Concept::Sources | Concept::FurtherReading))
        || FILLED.contains(&normal::plain(text).as_str())
}

fn duplicates(body: &Prose, headings: &[Heading<'_>], out: &mut Sink<'_>) {
    // By the heading above, which has the level of its own before it.
    let mut groups: HashMap<(Option<usize>, u8, String), Vec<&Heading<'_>>> = HashMap::new();
    let mut order = Vec::new();
    let mut open: Vec<(u8, usize)> = Vec::new();
    for (at, heading) in headings.iter().enumerate() {
        while open.last().is_some_and(|(level, _)| *level >= heading.level) {
            open.pop();
        }
        let parent = open.last().map(|(_, at)| *at);
        open.push((heading.level, at));
        let key = (parent, heading.level, normal::plain(heading.text));
        let group = groups.entry(key.clone()).or_default();
        if group.len() == 1 {
            order.push(key);
        }
        group.push(heading);
    }
    for key in order {
        // What stands more often is a form.
        let [first, second] = groups[&key].as_slice() else { continue };
        if is_form(&key.2) || has_mark(body, second, |kind| *kind == MarkKind::Code) {
            continue;
        }
        let message = format!("{} is the heading of two sections", quoted(second.text.trim()));
        out.report(second.block.span, message)
            .kind("duplicate")
            .related(first.block.span, "first here")
            .help("join the sections, or say in the headings how they differ");
    }
}

/// Whether a heading is that of a form, of which a text may have two.
fn is_form(plain: &str) -> bool {
    #[rustfmt::skip]
    const FORM: &[&str] = &[
        "answer", "question", "example", "exercise", "explanation", "solution", "note", "tip", "hint", "warning",
        "svar", "fråga", "exempel", "övning", "antwort", "frage", "beispiel", "übung", "réponse", "exemple",
    ];
    FORM.contains(&plain) || concept_of(plain) == Some(Concept::AnswerKey)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn levels_that_are_skipped() {
        check(
            &RULE,
            "
//- articles/hips.md
  # Höften
  -------- level 1

### Anatomy
^^^^^^^^^^^ a heading of level 3 follows one of level 1

The hip is a joint.

# Knees

  ### Anatomy
  ----------- and here

The knee is a joint.

## Pain

It passes.

## Care

Walk.
",
        );
        silent(
            &RULE,
            "# Hips\n\n<h2>Anatomy</h2>\n\n### Bones\n\nTwo.\n\n> ##### Quoted\n\n# Knees\n\nOne.\n",
        );
    }

    #[test]
    fn sections_without_anything() {
        check(
            &RULE,
            "
# Höften

## Anatomy
^^^^^^^^^^ nothing stands below `Anatomy`

## Pain

### When it lasts

Walk.

### Who helps
^^^^^^^^^^^^^ nothing stands below `Who helps`

## Exercises
^^^^^^^^^^^^ nothing stands below `Exercises`
",
        );
        for text in [
            // The title; entries; links; a comment; a picture; a question; what a program fills.
            "# Hips\n\n## `hip(a)`\n\n## `hip(a)`\n\nBends.\n\n## [Knees](knees.md)\n\n## [Feet](feet.md)\n",
            "# Hips\n\n# Anatomy\n\nBones.\n",
            "# Hips\n\n## Anatomy\n\n<!-- see bones.md -->\n\n## Bones\n\n![](bones.png)\n\n## Pain\n\n{{< pain >}}\n",
            "# Hips\n\n## Does it hurt?\n\n## Where?\n\n## References\n",
        ] {
            silent(&RULE, text);
        }
        silent(&RULE, "//- quizzes/a.md\n# Quiz\n\n## Name a bone\n\n## Name a bone\n");
    }

    #[test]
    fn headings_that_stand_twice() {
        check(
            &RULE,
            "
//- articles/hips.md
# Höften

  ## När det gör ont
  ------------------ first here

Walk.

## Care

Rest.

## När det *gör* ont
^^^^^^^^^^^^^^^^^^^^ `När det gör ont` is the heading of two sections

Walk on.
",
        );
        silent(
            &RULE,
            "# Hips\n\n## Pain\n\n### Care\n\nA.\n\n## Bones\n\n### Care\n\nB.\n\n## Answer\n\nC.\n\n## Answer\n\nD.\n",
        );
        silent(&RULE, "# Hips\n\n## Day\n\nA.\n\n## Day\n\nB.\n\n## Day\n\nC.\n");
    }
}
