//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::lexicon::{Hit, LEXICON};
use crate::model::Record;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::source::Span;
use crate::syntax::{Block, BlockKind, MarkKind, Node, Prose, Text, parse_field};
use crate::words::quoted;
use regex::Regex;
use std::sync::LazyLock;

pub static RULE: Rule = Rule {
    id: "text/placeholder-or-boilerplate",
    summary: "a placeholder, a note to self or a piece of a website was left behind",
    level: Level::Error,
    kinds: &[
        RuleKind {
            name: "placeholder",
            level: Level::Error,
            summary: "a text that is still to be written",
        },
        RuleKind {
            name: "assistant",
            level: Level::Error,
            summary: "a writing assistant speaks of its own work",
        },
        RuleKind {
            name: "assistant-link",
            level: Level::Warning,
            summary: "an address says that a writing assistant gave it",
        },
        RuleKind {
            name: "outline",
            level: Level::Warning,
            summary: "a paragraph is the prompt of an outline",
        },
        RuleKind {
            name: "byline",
            level: Level::Warning,
            summary: "a date line or author line in the middle of the text",
        },
        RuleKind { name: "chrome", level: Level::Info, summary: "a line of a website's frame" },
    ],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Relaxed,
    since: "0.1.0",
    docs: r#"
What is not ready should not look ready.

```yaml fail
name: Bridge
safety: TBD
```

```yaml pass
name: Bridge
safety: Stop if your back pain gets worse.
```

`placeholder` finds TODO, TBD, FIXME, XXX in capitals, "lorem ipsum", "[insert ...]", "(REF)", "[ref]", "[EDITOR: ...]", "XX seconds", "20XX",
`{{first_name}}` (not the tags of a site's templates), and values that are nothing but "tbd", "???", "untitled" or
"coming soon". `assistant` finds sentences such as "As an AI language model" and "I hope this helps", and marks such as
`:contentReference[oaicite:0]`; `assistant-link` addresses with `utm_source=chatgpt.com`. `outline` finds paragraphs that only announce ("Exploring the
link between posture and pain."), `byline` date lines and author lines after the beginning, `chrome`
lines such as "5 min read" and "Share this post".

Code, addresses and ids are left alone; so are the options of a quiz, where "???" may be an answer.
Everything but placeholders is looked for in English texts only.
"#,
    check: Check::Record(check),
};

fn check(_: &FileContext<'_>, record: &Record<'_>, out: &mut Sink<'_>) {
    let search = Search::of(record);
    if let Some(node) = record.node {
        check_fields(node, true, search, out);
    }
    let Some(body) = record.body else { return };
    for (index, block) in body.blocks.iter().enumerate() {
        if matches!(block.kind, BlockKind::Code | BlockKind::Html) || block.text.is_empty() {
            continue;
        }
        check_block(body, block, index, search, out);
    }
    check_tags(record, body, out);
    check_links(record, body, out);
}

/// Addresses with the name of the writing assistant that gave them.
fn check_links(record: &Record<'_>, body: &Prose, out: &mut Sink<'_>) {
    const GIVEN_BY: &str = "utm_source=chatgpt.com";
    if memchr::memmem::find(record.file().text.as_bytes(), GIVEN_BY.as_bytes()).is_none() {
        return;
    }
    for mark in &body.marks {
        if matches!(&mark.kind, MarkKind::Link { target, .. } if target.contains(GIVEN_BY)) {
            out.report(mark.span, "a writing assistant gave this address")
                .kind("assistant-link")
                .label(format!("it holds `{GIVEN_BY}`"))
                .help("read what stands there, and take that part out of the address");
        }
    }
}

/// What is worth looking for in a record.
#[derive(Clone, Copy)]
struct Search<'r> {
    record: &'r Record<'r>,
    english: bool,
    placeholders: bool,
    assistant: bool,
    marks: bool,
}

impl<'r> Search<'r> {
    fn of(record: &'r Record<'_>) -> Self {
        let (residue, english) = (&LEXICON.residue, record.is_english());
        Self {
            record,
            english,
            placeholders: record.may_hold(residue.placeholders.hint()),
            assistant: english && record.may_hold(residue.assistant.hint()),
            marks: record.may_hold(residue.marks.hint()),
        }
    }

    fn hits(self, text: &Text<'_>) -> impl Iterator<Item = Hit<'static>> {
        let residue = &LEXICON.residue;
        let lists = [
            (self.placeholders, &residue.placeholders),
            (self.assistant, &residue.assistant),
            (self.marks, &residue.marks),
        ];
        let likely = lists.map(|(wanted, list)| {
            let likely = wanted && self.record.may_hold_in(text, list.hint());
            let hit = likely.then(|| list.find(text.as_str())).flatten()?;
            if !is_mentioned(text.as_str(), &hit) {
                return Some(hit);
            }
            // What is only spoken of may stand before one that is meant.
            let all = list.find_all(text.as_str()).into_iter();
            all.take(FIRST).find(|hit| !is_mentioned(text.as_str(), hit))
        });
        likely.into_iter().flatten()
    }

    fn is_chrome(self, text: &Text<'_>) -> bool {
        /// Letters; no line of a frame has more.
        const LONGEST: usize = 120;
        let chrome = &LEXICON.residue.chrome;
        text.as_str().chars().nth(LONGEST).is_none()
            && self.record.may_hold_in(text, chrome.hint())
            && chrome.is_match(text.as_str().trim())
    }
}

/// Marks of a text that are looked at.
const FIRST: usize = 8;

/// Whether a text speaks of what would be a placeholder: "TODO lists", "Chapter XXX", "Lorem ipsum is filler text".
fn is_mentioned(text: &str, hit: &Hit<'_>) -> bool {
    #[rustfmt::skip]
    const NUMBERED: &[&str] = &[
        "act", "article", "book", "bowl", "canto", "chapter", "part", "psalm", "section", "volume",
    ];
    // Of a timetable, where they tell readers something.
    #[rustfmt::skip]
    const OPEN: &[&str] = &["host", "instructor", "location", "room", "speaker", "speakers", "teacher", "tutor", "venue"];
    let (before, behind) = (&text[..hit.range.start], &text[hit.range.end..]);
    let words = &text[hit.range.clone()];
    let last = || before.split_whitespace().next_back().unwrap_or("");
    let is_any = |list: &[&str], word: &str| list.iter().any(|own| word.eq_ignore_ascii_case(own));
    match words {
        "TODO" => behind.starts_with(" list") || behind.starts_with("-list"),
        "XXX" => is_any(NUMBERED, last()),
        "TBC" | "TBD" => last().strip_suffix(':').is_some_and(|label| is_any(OPEN, label)),
        _ if words.eq_ignore_ascii_case("lorem ipsum") => {
            [" is ", " was ", " text ", " has "].iter().any(|own| behind.starts_with(own))
        }
        // A pair of tags: "[ref]Roe 2020[/ref]".
        "[ref]" | "[cite]" => behind.starts_with(char::is_alphanumeric),
        // "I hope this helps, Jo." ends a letter.
        _ if words.eq_ignore_ascii_case("i hope this helps") => {
            behind.strip_prefix(", ").is_some_and(|name| name.starts_with(char::is_uppercase))
        }
        _ => false,
    }
}

/// Whether the values of a field are no text for readers.
fn is_no_text(field: &str) -> bool {
    matches!(
        field,
        "id" | "kind"
            | "$schema"
            | "src"
            | "url"
            | "URL"
            | "DOI"
            | "license"
            | "status"
            | "program"
            | "code"
            | "snippet"
            | "stdout"
            | "stderr"
            | "lineNumber"
            | "inLanguage"
            | "translationOf"
    )
}

/// Whether a value of the field may be what it looks like.
fn is_answer(field: &str) -> bool {
    matches!(
        field,
        "options" | "answer" | "answers" | "correct" | "distractors" | "aliases" | "keywords"
    ) || field.starts_with("option")
}

fn check_fields(node: Node<'_>, whole: bool, search: Search<'_>, out: &mut Sink<'_>) {
    if let Some(text) = node.text() {
        check_value(&text, whole, search, out);
    }
    for item in node.items().filter(|item| !item.is_alias()) {
        check_fields(item, whole, search, out);
    }
    for entry in node.entries() {
        let name = entry.name();
        if !is_no_text(name) && !entry.value.is_alias() {
            check_fields(entry.value, whole && !is_answer(name), search, out);
        }
    }
}

fn check_value(text: &Text<'_>, whole: bool, search: Search<'_>, out: &mut Sink<'_>) {
    let value = text.as_str();
    if is_address(value) {
        return;
    }
    if whole && LEXICON.residue.is_whole_placeholder(value) {
        placeholder(text.inner_span(), value.trim(), out);
        return;
    }
    for hit in search.hits(text) {
        let span = text.span_of(hit.range.clone());
        if !is_in_code(&parse_field(text), span) {
            residue(&hit, span, value, out);
        }
    }
}

/// One word with a scheme or slashes.
fn is_address(value: &str) -> bool {
    memchr::memchr(b':', value.as_bytes()).is_some()
        && value.contains("://")
        && !value.trim().contains(char::is_whitespace)
}

fn is_in_code(prose: &Prose, span: Span) -> bool {
    let in_mark =
        prose.marks.iter().any(|mark| mark.kind == MarkKind::Code && mark.span.contains(span));
    in_mark
        || prose
            .blocks
            .iter()
            .any(|block| block.kind == BlockKind::Code && block.span.contains(span))
}

fn placeholder(span: Span, words: &str, out: &mut Sink<'_>) {
    out.report(span, format!("`{words}` is a placeholder"))
        .kind("placeholder")
        .help("write the text, or take the field out");
}

fn residue(hit: &Hit<'_>, span: Span, text: &str, out: &mut Sink<'_>) {
    let words = quoted(text[hit.range.clone()].trim());
    if hit.pattern.contains("oaicite") || hit.pattern.contains("turn\\d") && hit.list == "assistant"
    {
        out.report(span, format!("{words} is a mark that a writing assistant left"))
            .kind("assistant")
            .help("take it out, and look up what it should point to");
    } else if hit.list == "review" {
        out.report(span, format!("{words} is a change that nobody has taken or refused"))
            .kind("placeholder")
            .help("take or refuse it, and delete its marks");
    } else if hit.list == "assistant" {
        out.report(span, format!("{words} is a writing assistant speaking of its work"))
            .kind("assistant")
            .help("take the sentence out, and read the rest with care");
    } else {
        out.report(span, format!("{words} is a placeholder"))
            .kind("placeholder")
            .help("write what is missing, or take it out");
    }
}

fn check_block(body: &Prose, block: &Block, index: usize, search: Search<'_>, out: &mut Sink<'_>) {
    let text = body.block_text(block);
    let span = body.span(block.text.clone());
    let code = |range: &std::ops::Range<usize>| {
        let range = range.start + block.text.start..range.end + block.text.start;
        body.marks.iter().any(|mark| {
            mark.kind == MarkKind::Code
                && mark.text.start <= range.start
                && range.end <= mark.text.end
        })
    };
    // Dots alone are an ellipsis in a body, and in a table question marks tell that something is not known.
    let says = text.contains(char::is_alphabetic)
        || block.kind == BlockKind::Paragraph && text.trim().starts_with('?');
    if says && LEXICON.residue.is_whole_placeholder(text) && !code(&(0..text.len())) {
        placeholder(span, text.trim(), out);
        return;
    }
    let whole = Text::of_prose(body, block.text.clone());
    for hit in search.hits(&whole).filter(|hit| !code(&hit.range)) {
        let range = hit.range.start + block.text.start..hit.range.end + block.text.start;
        residue(&hit, body.span(range), text, out);
    }
    if !search.english
        || matches!(block.kind, BlockKind::Heading { .. } | BlockKind::TableCell { .. })
        || block.quoted
    {
        return;
    }
    let shown = || quoted(text.trim());
    let is_paragraph = block.kind == BlockKind::Paragraph;
    if search.is_chrome(&whole) {
        out.report(span, format!("{} belongs to a website, not to the text", shown()))
            .kind("chrome")
            .help("delete the line");
    } else if is_paragraph && index >= FIRST_BLOCKS && is_byline(text) {
        out.report(span, format!("{} is a line of another page", shown()))
            .kind("byline")
            .help("delete it; dates and authors have fields");
    } else if is_paragraph && is_outline(body, block) {
        let first = body.sentences(block).into_iter().next().unwrap_or(block.text.clone());
        out.report(body.span(first), "the paragraph announces a text and is none")
            .kind("outline")
            .help("write what it announces");
    }
}

/// Where a date line or author line is in its place.
const FIRST_BLOCKS: usize = 3;

fn is_byline(text: &str) -> bool {
    static BYLINE: LazyLock<Regex> = LazyLock::new(|| {
        let name = r"[A-Z\u{c0}-\u{de}][a-z\u{df}-\u{17f}]+";
        let month = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*";
        let date = format!(r"(?:{month} [0-9]{{1,2}}, [0-9]{{4}}|[0-9]{{1,2}} {month} [0-9]{{4}})");
        let pattern = format!(
            r"^(?:{date}\s*(?:[-\u{{2013}}|\u{{b7}}].{{0,60}})?|(?i:posted) (?:on|by) .{{3,60}}|[Bb]y {name} {name}(?:(?:,| [-\u{{2013}}|\u{{b7}}]) {date})?)$"
        );
        Regex::new(&pattern).expect("a regular expression")
    });
    BYLINE.is_match(text.trim())
}

/// Whether a paragraph begins with a gerund of an outline and its first sentence has no verb that
/// says something.
fn is_outline(body: &Prose, block: &Block) -> bool {
    const MIN_WORDS: usize = 4;
    let opens = |text: &str| {
        let first = text.split_whitespace().next().unwrap_or("");
        LEXICON.residue.outline_openers.iter().any(|opener| first.eq_ignore_ascii_case(opener))
    };
    // Few paragraphs open like that; only those are cut into sentences.
    if !opens(body.block_text(block)) {
        return false;
    }
    let sentences = body.sentences(block);
    let [only] = sentences.as_slice() else { return false };
    let sentence = &body.text[only.clone()];
    opens(sentence)
        && sentence.split_whitespace().count() >= MIN_WORDS
        && !LEXICON.residue.finite_verbs.is_match(sentence)
}

/// `<insert name>` and `{{name}}` read as tags to a Markdown reader.
fn check_tags(record: &Record<'_>, body: &Prose, out: &mut Sink<'_>) {
    let is_insert =
        |source: &str| source.get(..8).is_some_and(|head| head.eq_ignore_ascii_case("<insert "));
    for mark in body.marks.iter().filter(|mark| mark.kind == MarkKind::Html) {
        let source = &record.file().text[mark.span.range()];
        if is_insert(source) || is_blank_for_a_name(source) {
            placeholder(mark.span, source, out);
        }
    }
    for block in body.blocks.iter().filter(|block| block.kind == BlockKind::Html) {
        let text = body.block_text(block);
        let tag = text.trim();
        let start = block.text.start + text.len() - text.trim_start().len();
        if is_insert(tag) && tag.find('>') == Some(tag.len() - 1) {
            placeholder(body.span(start..start + tag.len()), tag, out);
        }
    }
}

/// `{{first_name}}`: a template of letters. A site's own (`{{ page.title }}`, `{{ content }}`) is another matter.
fn is_blank_for_a_name(tag: &str) -> bool {
    const OWNERS: &[&str] = &[
        "client",
        "clinic",
        "company",
        "contact",
        "customer",
        "doctor",
        "first",
        "full",
        "insert",
        "last",
        "patient",
        "practice",
        "surname",
        "therapist",
        "your",
    ];
    let inner = tag.strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}"));
    inner.is_some_and(|inner| {
        let inner = inner.trim();
        let mut words = inner.split([' ', '_', '-']);
        let first = words.next().unwrap_or("");
        let is_named = words.next().is_some() || matches!(first, "surname");
        (inner.eq_ignore_ascii_case("name")
            || is_named && OWNERS.iter().any(|own| own.eq_ignore_ascii_case(first)))
            && inner.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, ' ' | '_' | '-'))
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn values_that_are_placeholders() {
        check(
            &RULE,
            r#"
- name: Höftlyft
  safety: tbd
          ^^^ `tbd` is a placeholder
  notes: "Ask [insert name] – TODO: check the dose."
              ^^^^^^^^^^^^^ `[insert name]` is a placeholder
- name: Plank
  goal: "???"
         ^^^ `???` is a placeholder
  description: Dear {{first_name}}, lie down.
                    ^^^^^^^^^^^^^^ `{{first_name}}` is a placeholder
"#,
        );
    }

    #[test]
    fn what_a_form_asks_for() {
        check(
            &RULE,
            r#"
name: Höftlyft
description: Your description here
             ^^^^^^^^^^^^^^^^^^^^^ `Your description here` is a placeholder
goal: Explanation goes here.
      ^^^^^^^^^^^^^^^^^^^^^^ `Explanation goes here.` is a placeholder
"#,
        );
        check(
            &RULE,
            "
title: Untitled quiz
       ^^^^^^^^^^^^^ `Untitled quiz` is a placeholder
description: It eases Höft pain [ref].
                                ^^^^^ `[ref]` is a placeholder
questions:
  - {prompt: What is it called?, options: [Untitled, Höft], answer: a}
",
        );
        silent(
            &RULE,
            "name: Höftlyft\ndescription: The explanation here is short.\ngoal: Explanation\n",
        );
        silent(
            &RULE,
            "name: The untitled exercise\ndescription: It eases pain [ref]Roe 2020[/ref].\n",
        );
    }

    #[test]
    fn residue_in_a_body() {
        check(
            &RULE,
            "# Hips

5 min read
^^^^^^^^^^ `5 min read` belongs to a website, not to the text

Lorem ipsum dolor – sit amet.
^^^^^^^^^^^ `Lorem ipsum` is a placeholder

Content for the part on hips would appear here.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Content for the part on hips would appear here` is a placeholder

Exploring the link between posture and pain.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the paragraph announces a text and is none

March 3, 2021 - Jane Roe
^^^^^^^^^^^^^^^^^^^^^^^^ `March 3, 2021 - Jane Roe` is a line of another page

I hope this helps!
^^^^^^^^^^^^^^^^^ `I hope this helps` is a writing assistant speaking of its work

As of my last knowledge update, walking is fine. Sit tall.citeturn0search3turn1view0
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `As of my last knowledge update` is a writing assistant speaking of its work
                                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^ `citeturn0search3turn1view0` is a mark that a writing assistant left

Would you like me to add a section on stretches?
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Would you like me to add a section` is a writing assistant speaking of its work

Coming soon.
^^^^^^^^^^^^ `Coming soon.` is a placeholder

Call <insert name> now.
     ^^^^^^^^^^^^^ `<insert name>` is a placeholder

<insert picture here>
^^^^^^^^^^^^^^^^^^^^^ `<insert picture here>` is a placeholder

Dear {{first_name}}, lie down.
     ^^^^^^^^^^^^^^ `{{first_name}}` is a placeholder

Walking eases pain (REF).
                   ^^^^^ `(REF)` is a placeholder

Pain – XXX – is common.
       ^^^ `XXX` is a placeholder

[EDITOR: check this]
^^^^^^^^^^^^^^^^^^^^ `[EDITOR: check this]` is a placeholder

[Note to editor: shorten this.]
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `[Note to editor: shorten this.]` is a placeholder

By Märta Roe, 12 March 2023
^^^^^^^^^^^^^^^^^^^^^^^^^^^ `By Märta Roe, 12 March 2023` is a line of another page

This site uses cookies to count its readers.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `This site uses cookies to count its readers.` belongs to a website, not to the text

It eases pain (citation needed).
              ^^^^^^^^^^^^^^^^^ `(citation needed)` is a placeholder

[Image here]
^^^^^^^^^^^^ `[Image here]` is a placeholder

By walking, on 12 March 2023, she found [an image here](a.html). No citation is needed.

Håll – for XX seconds. Article XX sets out how; [Note: a note to readers] is one.
           ^^^^^^^^^^ `XX seconds` is a placeholder
",
        );
    }

    #[test]
    fn more_that_was_left_behind() {
        check(
            &RULE,
            "# Höfter

???
^^^ `???` is a placeholder

XX patients – in 20XX – got better (ref?). It helps with [condition] every day.
^^^^^^^^^^^ `XX patients` is a placeholder

It halves pain (Sarah, can you check this number before it goes live?) in a week.
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `(Sarah, can you check this number before it goes live?)` is a placeholder

Text to follow.
^^^^^^^^^^^^^^^ `Text to follow.` is a placeholder

A walk {++ every day ++} is fine. It is said :contentReference[oaicite:0] to help.
       ^^^^^^^^^^^^^^^^^ `{++ every day ++}` is a change that nobody has taken or refused

See [the page](https://example.org/a?utm_source=chatgpt.com).
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ a writing assistant gave this address

The board says TK about it; fact-check needed. [EDIT: which one?]
          ^^^^^^^ `says TK` is a placeholder
",
        );
        silent(
            &RULE,
            "# A

TODO lists are the enemy of rest. Lorem ipsum is the filler text of printers. Read Chapter XXX.

I hope this helps, Jo.

Speaker: TBC.

Would you like me to show you? Would you like me to turn the light off? As of my last visit it was shut.

Size XX fits. See [condition](b.md), and the TK clinic. Who goes live? Really??? Please fill this in and send it.
",
        );
    }

    #[test]
    fn texts_that_only_look_like_it() {
        silent(
            &RULE,
            r#"
- {name: Todo list, description: "The muscle inserts on the femur; insert your foot into the loop."}
- {name: B, notes: "Write `TODO` in the margin."}
- {name: C, media: [{src: "https://example.org/TODO.png"}]}
- {name: D, description: "Todo está bien."}
- {name: E, id: tbd}
"#,
        );
        silent(
            &RULE,
            "# Exploring hips

Exploring your limits is fine. So it goes.

```
TODO: a program
```

Delving into the evidence takes time.

> 5 min read

{{ page.title }}, {{ content }} and {{< figure src=\"a.png\" alt=\"A man lies on his back\" >}} are of the site.

Really??? Size XXL. [Editor: this was changed later.] See the reference (ref).

- `lorem ipsum`
- More exercises are coming soon.
",
        );
        silent(
            &RULE,
            "//- quizzes/a.yaml\nquestions:\n  - prompt: What does it print?\n    options: ['???', '...']\n",
        );
    }
}
