//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::model::Record;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, Sink};
use crate::source::Span;
use crate::syntax::{Block, BlockKind, MarkKind, Node, Prose, Text, parse_field};
use crate::words::quoted;
use std::ops::Range;

pub static RULE: Rule = Rule {
    id: "text/doubled-word",
    summary: "a small word stands twice in a row",
    level: Level::Warning,
    kinds: &[],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Strict,
    since: "0.1.0",
    docs: r#"
A sentence that was changed often keeps a word of both versions, and the eye of its author reads over it, most of all
at the end of a line. Sometimes the word that is missing changes what to do.

```yaml fail
name: Bridge
instructions:
  - Lift the the hips.
```

```yaml pass
name: Bridge
instructions:
  - Lift the hips.
  - Remember that that is enough.
```

Looked for are small words that no sentence needs twice in a row ("the the", "of of"), in English and in what other
languages have of the kind, and none that may stand so ("had had", "that that", German "die die"). Names, numbers, code, words
in quotes and the options of a quiz are left alone.
"#,
    check: Check::Record(check),
};

fn check(_: &FileContext<'_>, record: &Record<'_>, out: &mut Sink<'_>) {
    let words = words_of(record);
    if let Some(node) = record.node {
        check_fields(node, words, out);
    }
    let Some(body) = record.body else { return };
    for block in body.blocks.iter().filter(|own| is_text(own)) {
        for pair in doubled(body.block_text(block), words) {
            let pair = pair.start + block.text.start..pair.end + block.text.start;
            if !is_mentioned(body, &pair) {
                report(body.span(pair.clone()), &body.text[pair], out);
            }
        }
    }
}

fn is_text(block: &Block) -> bool {
    !matches!(block.kind, BlockKind::Code | BlockKind::Html)
}

fn report(span: Span, pair: &str, out: &mut Sink<'_>) {
    let word = pair.split_whitespace().next_back().unwrap_or(pair);
    out.report(span, format!("{} has one word twice", quoted(pair.trim())))
        .help(format!("take one `{word}` out, or write the word that was meant"));
}

fn check_fields(node: Node<'_>, words: &[&str], out: &mut Sink<'_>) {
    if let Some(text) = node.text() {
        check_field(&text, words, out);
    }
    for item in node.items().filter(|item| !item.is_alias()) {
        check_fields(item, words, out);
    }
    for entry in node.entries().filter(|entry| !entry.value.is_alias()) {
        if !is_no_sentence(entry.name()) {
            check_fields(entry.value, words, out);
        }
    }
}

/// Whether what a field holds may be any words in a row.
fn is_no_sentence(field: &str) -> bool {
    matches!(
        field,
        "options"
            | "answer"
            | "answers"
            | "correct"
            | "distractors"
            | "aliases"
            | "keywords"
            | "program"
            | "code"
            | "snippet"
            | "stdout"
            | "stderr"
    ) || field.starts_with("option")
}

fn check_field(text: &Text<'_>, words: &[&str], out: &mut Sink<'_>) {
    if doubled(text.as_str(), words).next().is_none() {
        return;
    }
    // As a reader sees it: code and addresses apart.
    let prose = parse_field(text);
    for block in prose.blocks.iter().filter(|own| is_text(own)) {
        for pair in doubled(prose.block_text(block), words) {
            let pair = pair.start + block.text.start..pair.end + block.text.start;
            if !is_mentioned(&prose, &pair) {
                report(prose.span(pair.clone()), &prose.text[pair], out);
            }
        }
    }
}

/// Whether the words are spoken of, as by italics that begin or end between them, or code.
fn is_mentioned(prose: &Prose, pair: &Range<usize>) -> bool {
    // Marks begin in ascending order; a mark around the whole of a text is no matter.
    let first = prose.marks.partition_point(|mark| mark.text.start < pair.start);
    let inside = prose.marks[first..].iter().take_while(|mark| mark.text.start < pair.end);
    let before = prose.marks[..first].iter().rev().take(MOST_AROUND);
    inside.chain(before).any(|mark| {
        let (start, end) = (mark.text.start, mark.text.end);
        let parts = pair.start < start || pair.start < end && end < pair.end;
        let is_around = start <= pair.start && pair.end <= end;
        parts || is_around && mark.kind == MarkKind::Code || (start, end) == (pair.start, pair.end)
    })
}

/// Marks before a pair that may reach into it: those of one word and what is around them.
const MOST_AROUND: usize = 4;

/// The pairs of equal words of the list, apart by blanks and line breaks alone.
fn doubled<'t>(text: &'t str, words: &'t [&str]) -> impl Iterator<Item = Range<usize>> + 't {
    let mut before: Option<Range<usize>> = None;
    let mut at = 0;
    let all = text.split_inclusive(char::is_whitespace).filter_map(move |piece| {
        let start = at;
        at += piece.len();
        let word = piece.trim_end();
        (!word.is_empty()).then(|| start..start + word.len())
    });
    all.filter_map(move |word| {
        let last = before.replace(word.clone())?;
        let (first, second) = (&text[last.clone()], &text[word.clone()]);
        // Commas and quotes are part of a word here, and tell it apart.
        let second_bare = second.trim_end_matches(['.', ',', ';', ':', '!', '?']);
        let is_pair = first.len() == second_bare.len()
            && (first == second_bare || first.len() > 1 && is_capitalized(first, second_bare))
            && words.contains(&second_bare);
        let is_of_language = || !is_shared(second_bare) || reads_english(text);
        (is_pair && is_of_language()).then(|| last.start..word.start + second_bare.len())
    })
}

/// Whether a word of the English list is one of other languages as well, in which it may be doubled: Polish "to to".
fn is_shared(word: &str) -> bool {
    matches!(word, "an" | "as" | "at" | "for" | "my" | "or" | "to")
}

fn reads_english(text: &str) -> bool {
    text.split_whitespace().any(|own| matches!(own, "the" | "of" | "and" | "with" | "your" | "is"))
}

/// "The the".
fn is_capitalized(first: &str, second: &str) -> bool {
    first.as_bytes()[1..] == second.as_bytes()[1..] && first.eq_ignore_ascii_case(second)
}

/// Small words that are not doubled in the language of a record.
fn words_of(record: &Record<'_>) -> &'static [&'static str] {
    let stated = record.text("inLanguage");
    let language = stated.as_ref().map_or("", |own| own.as_str().trim());
    let main = language.split(['-', '_']).next().unwrap_or("").to_ascii_lowercase();
    match main.as_str() {
        "sv" => &["och", "eller", "ett", "mellan", "eftersom"],
        "da" | "nb" | "nn" | "no" => &["og", "eller", "mellem", "mellom", "fordi"],
        "de" => {
            &["und", "oder", "von", "im", "zum", "zur", "für", "eine", "einen", "einer", "eines"]
        }
        "fr" => &["et", "dans", "avec", "des", "du", "une", "aux"],
        "es" => &["de", "del", "los", "las", "con", "y"],
        "nl" => &["de", "en", "voor", "tussen"],
        _ if record.is_english() => ENGLISH,
        _ => &[],
    }
}

// Not in the list: what verbs end in and the next phrase may begin with ("log in in May", "what it is is"), and what
// is said twice ("very very", "that that", "had had").
#[rustfmt::skip]
const ENGLISH: &[&str] = &[
    "the", "an", "of", "and", "or", "to", "from", "with", "for", "at", "as", "if", "than", "into", "because", "between",
    "during", "your", "their", "our", "its", "my",
];

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn small_words_that_stand_twice() {
        check(
            &RULE,
            "
- name: Höftlyft
  instructions:
    - Lift the the hips – slowly.
           ^^^^^^^ `the the` has one word twice
    - \"Breathe out, and and
                    ^^^^^^^ `and and` has one word twice
      hold for for, say, 5 seconds with ease.\"
           ^^^^^^^ `for for` has one word twice
- name: Bäcken
  inLanguage: sv
  notes: Lyft och och håll.
              ^^^^^^^ `och och` has one word twice
",
        );
        check(
            &RULE,
            "
# Hips

The the hips – **part of of the** trunk.
^^^^^^^ `The the` has one word twice
                      ^^^^^ `of of` has one word twice
",
        );
        check(
            &RULE,
            "
# Hips

They are part of
              ^^ `of of` has one word twice
of the pelvis.
",
        );
    }

    #[test]
    fn words_that_may_stand_twice() {
        silent(
            &RULE,
            "
# Hips

They had had pain; he said that that passes. Sign in in May. Walla Walla, Bison bison, New York, New York, 10 10.
What it is is rest. The word \"the the\", `of of`, the *the*, *and* and, to: to, hand in hand and, and.
The The played. Le film de de Palma.

Co to to jest?
",
        );
        silent(
            &RULE,
            "- {name: A, inLanguage: de, notes: 'Das sind die, die die Hüfte beugen, und das das Knie.'}\n",
        );
        silent(
            &RULE,
            "//- quizzes/a.yaml\nquestions:\n  - {prompt: Which is right?, options: [the the, to to], answer: a}\n",
        );
    }
}
