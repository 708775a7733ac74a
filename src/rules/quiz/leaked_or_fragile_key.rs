//! See `docs`.

use crate::diagnostic::{Applicability, Confidence, Level};
use crate::model::normal;
use crate::model::quiz::{Choice, KeyPlace, Question, Quiz};
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::syntax::Text;
use std::ops::Range;

pub static RULE: Rule = Rule {
    id: "quiz/leaked-or-fragile-key",
    summary: "an option shows that it is right, or the key breaks when options move",
    level: Level::Error,
    kinds: &[
        RuleKind {
            name: "leaked",
            level: Level::Error,
            summary: "the option's text gives the answer away",
        },
        RuleKind {
            name: "fragile",
            level: Level::Error,
            summary: "options are shuffled and the key or an option goes by position",
        },
        RuleKind {
            name: "letter-key",
            level: Level::Info,
            summary: "the key is a letter and the options have no ids",
        },
    ],
    confidence: Confidence::High,
    fix: Fixability::Sometimes,
    profile: Profile::Relaxed,
    since: "0.1.0",
    docs: r#"
A mark left over from an import gives the test away. A key that goes by position marks the wrong
answer right as soon as options are shuffled.

```yaml fail
title: Sitting
questions:
  - prompt: How do you sit?
    options: ["Sit tall (correct)", "Slump"]
    answer: "Sit tall (correct)"
```

```yaml fail
title: Sitting
shuffle: true
questions:
  - prompt: How do you sit?
    options: [Change position often, Sit still, Both of the above]
    answer: a
```

Options with ids can move:

```yaml pass
title: Sitting
shuffle: true
questions:
  - prompt: How do you sit?
    options:
      - {id: move, text: Change position often}
      - {id: still, text: Sit still}
    answer: move
```

Delete the mark, or give the options ids. A bold option or a leading asterisk counts only when no
other option has it.
"#,
    check: Check::Question(check),
};

fn check(_: &FileContext<'_>, quiz: &Quiz<'_>, question: &Question<'_>, out: &mut Sink<'_>) {
    leaked(question, out);
    match quiz.shuffle {
        Some(_) => fragile(quiz, question, out),
        None => letter_key(question, out),
    }
}

/// Marks that say "this one", in lower case.
// Source: left-overs of exports and answer sheets; list T3 of the rules' lexicon.
const MARKS: &[&str] = &[
    "(correct)",
    "(right)",
    "(true)",
    "(answer)",
    "(key)",
    "(correct answer)",
    "(right answer)",
    "[x]",
    "\u{2713}",
    "\u{2714}",
    "\u{2705}",
    "<-- correct",
    "<- correct",
    "*correct*",
];

fn leaked(question: &Question<'_>, out: &mut Sink<'_>) {
    let marked: Vec<(&Choice<'_>, Text<'_>, Range<usize>)> = question
        .choices
        .iter()
        .filter_map(|choice| {
            let text = choice.text.clone()?;
            let mark =
                mark(text.as_str()).or_else(|| lone_emphasis(question, choice, text.as_str()))?;
            Some((choice, text, mark))
        })
        .collect();
    // A mark on every option says nothing.
    if marked.len() == question.choices.len() {
        return;
    }
    for (choice, text, mark) in marked {
        let written = text.as_str()[mark.clone()].to_owned();
        let words = if choice.is_key {
            "gives the answer away"
        } else {
            "marks an option that is not the key"
        };
        let span = text.span_of(mark);
        out.report(span, format!("`{}` in an option shows which one is right", written.trim()))
            .kind("leaked")
            .label(words)
            .help("delete the mark; state the key in `answer`")
            .fix("delete the mark", Applicability::Unsafe, span, "");
    }
}

fn mark(text: &str) -> Option<Range<usize>> {
    // Every mark has one of these.
    if text.is_ascii() && !text.contains(['(', '[', '<', '*']) {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    MARKS.iter().find_map(|mark| {
        let at = lower.find(mark)?;
        // An empty or filled box belongs to the option only at its edges.
        let edge = text[..at].trim().is_empty() || text[at + mark.len()..].trim().is_empty();
        edge.then_some(at..at + mark.len())
    })
}

/// A leading `*` or bold that no other option has, on the key.
fn lone_emphasis(question: &Question<'_>, choice: &Choice<'_>, text: &str) -> Option<Range<usize>> {
    let starred = |text: &str| text.trim_start().starts_with('*');
    if !choice.is_key || !starred(text) {
        return None;
    }
    let others = question.choices.iter().filter(|other| other.span != choice.span);
    let mut texts = others.filter_map(|other| other.text.as_ref());
    if texts.any(|own| starred(own.as_str())) {
        return None;
    }
    let start = text.len() - text.trim_start().len();
    let len = text[start..].len() - text[start..].trim_start_matches('*').len();
    // `*x*` is emphasis of a word when the option goes on behind it.
    let whole = text.trim_end().ends_with('*') || !text[start + len..].contains('*');
    whole.then_some(start..start + len)
}

fn fragile(quiz: &Quiz<'_>, question: &Question<'_>, out: &mut Sink<'_>) {
    let shuffle = quiz.shuffle.expect("only called for shuffled quizzes");
    for value in positional(question) {
        out.report(
            value.span(),
            format!("the key `{}` goes by position, and the options are shuffled", value.as_str()),
        )
        .kind("fragile")
        .label("names a position")
        .related(shuffle, "shuffled here")
        .help("give the options ids, and name the id");
    }
    for choice in &question.choices {
        let Some(text) = &choice.text else { continue };
        let Some(range) = refers_to_position(text.as_str()) else {
            continue;
        };
        let words = &text.as_str()[range.clone()];
        out.report(
            text.span_of(range),
            format!("an option says `{words}`, and the options are shuffled"),
        )
        .kind("fragile")
        .label("goes by position")
        .related(shuffle, "shuffled here")
        .help("write out what is meant, or say `fixed: true` on the option");
    }
}

/// Values that name a choice by letter or index though the choices have no ids.
fn positional<'q, 'a>(question: &'q Question<'a>) -> Vec<&'q Text<'a>> {
    if question.node.is_none() {
        // In Markdown the letters stand before the options and move with them.
        return Vec::new();
    }
    let values =
        question.key.iter().flat_map(|own| own.values.iter().map(move |value| (own.place, value)));
    values
        .filter(|(place, value)| {
            let named = value.choice.and_then(|index| question.choices.get(index));
            let by_text = named.and_then(|choice| choice.text.as_ref()).is_some_and(|text| {
                // "4" names the option "Four".
                normal::bare(text.as_str()) == normal::bare(value.text.as_str())
            });
            let has_id = named.is_some_and(|choice| choice.id.is_some());
            match place {
                KeyPlace::Index => true,
                KeyPlace::Field | KeyPlace::Section(_) => {
                    value.choice.is_some() && !by_text && !has_id
                }
                KeyPlace::Flags | KeyPlace::Distractors => false,
            }
        })
        .map(|(_, value)| &value.text)
        .collect()
}

/// "above", "A and B", "option a".
fn refers_to_position(text: &str) -> Option<Range<usize>> {
    let lower = text.to_ascii_lowercase();
    let phrases = [
        "of the above",
        "all the above",
        "the above",
        "previous option",
        "next option",
        "last option",
    ];
    if let Some((at, phrase)) =
        phrases.iter().find_map(|phrase| Some((lower.find(phrase)?, phrase)))
    {
        return Some(at..at + phrase.len());
    }
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let letter =
        |word: &&str| word.len() == 1 && ('a'..='h').contains(&char::from(word.as_bytes()[0]));
    let pair = match words.as_slice() {
        ["both", a, "and", b] | [a, "and", b] | [a, "and", b, "only"] => letter(a) && letter(b),
        _ => false,
    };
    pair.then_some(0..text.len())
}

fn letter_key(question: &Question<'_>, out: &mut Sink<'_>) {
    let values = positional(question);
    let Some(first) = values.first() else { return };
    if question.key.iter().any(|own| own.place == KeyPlace::Index) {
        return;
    }
    out.report(
        first.span(),
        format!("the key `{}` is a letter, and the options have no ids", first.as_str()),
    )
    .kind("letter-key")
    .label("breaks when an option is moved")
    .help("give the options ids, and name the id");
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn marks_give_the_answer_away() {
        check(
            &RULE,
            r#"
questions:
  - prompt: Hur sitter du?
    options: ["Rör på dig ✓", "Sitt still"]
                          ^ `✓` in an option shows which one is right
    answer: "Rör på dig ✓"
"#,
        );
    }

    #[test]
    fn letters_break_when_shuffled() {
        check(
            &RULE,
            r#"
shuffle: true
         ---- shuffled here
         ---- shuffled here
questions:
  - prompt: How do you sit?
    options: [Move often, Sit still, A and B]
                                     ^^^^^^^ an option says `A and B`, and the options are shuffled
    answer: a
            ^ the key `a` goes by position, and the options are shuffled
"#,
        );
    }

    #[test]
    fn a_letter_without_ids() {
        check(
            &RULE,
            r#"
questions:
  - prompt: How do you sit?
    options: [Move often, Sit still]
    answer: a
            ^ the key `a` is a letter, and the options have no ids
"#,
        );
    }

    #[test]
    fn marks_that_all_options_have_say_nothing() {
        silent(
            &RULE,
            r#"
questions:
  - prompt: Which one?
    options: ["*psoas* major", "*gluteus* maximus"]
    answer: "*psoas* major"
  - prompt: Which one?
    options: [{id: a, text: The true hip}, {id: b, text: The lower back}]
    answer: a
  - prompt: Which one?
    options: ["The *psoas* major", "Both hips and knees"]
    answer: "The *psoas* major"
"#,
        );
    }
}
