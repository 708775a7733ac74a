//! See `docs`.

use crate::diagnostic::{Applicability, Confidence, Diagnostic, Edit, Level};
use crate::model::quiz::{Choice, KeyPlace, KeyValue, Question, Quiz, names_letters, truth};
use crate::normal;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::source::Span;
use crate::syntax::{Node, Text};
use std::cell::LazyCell;
use std::collections::HashSet;
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

In Markdown and drafts "(correct)" is the key where nothing else states it, and a mark left over where an answer
line or an answer key does. Delete the mark, or give the options ids. A bold option or a leading asterisk counts only when no
other option has it.
"#,
    check: Check::Quiz(check),
};

fn check(context: &FileContext<'_>, quiz: &Quiz<'_>, out: &mut Sink<'_>) {
    let mut letters = Vec::new();
    for question in quiz.questions.iter() {
        leaked(&question, out);
        if let Some(mark) = question.left_over_mark(&context.file.text) {
            let written = &context.file.text[mark.range()];
            out.report(mark, format!("`{written}` in an option shows which one is right"))
                .kind("leaked")
                .label("gives the answer away")
                .help("delete the mark; the key stands elsewhere");
        }
        match quiz.shuffled(&question) {
            Some(shuffle) => fragile(shuffle, &question, out),
            None => letters.extend(letter_key(&question)),
        }
    }
    letter_keys(&letters, out);
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
    "[correct]",
    "[correct answer]",
    "{correct}",
    "\u{2713}",
    "\u{2714}",
    "\u{2705}",
    "<-- correct",
    "<- correct",
    "\u{2190} correct",
    "*correct*",
    "- right answer",
    "\u{2013} right answer",
    "\u{2014} right answer",
    "- correct answer",
    "\u{2013} correct answer",
    "\u{2014} correct answer",
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
        let whole = text.span_of(with_blanks(text.as_str(), mark.clone()));
        let span = text.span_of(mark);
        let diagnostic = out
            .report(span, format!("`{}` in an option shows which one is right", written.trim()))
            .kind("leaked")
            .label(words)
            .help("delete the mark; state the key in `answer`")
            .fix("delete the mark", Applicability::Unsafe, whole, "");
        unmark_keys(question, text.as_str(), diagnostic);
    }
}

/// A mark and the blanks between it and the text.
fn with_blanks(text: &str, mark: Range<usize>) -> Range<usize> {
    let before = text[..mark.start].trim_end().len();
    let after = text.len() - text[mark.end..].trim_start().len();
    match (before, after) {
        (0, _) => mark.start..after,
        (_, after) if after == text.len() => before..mark.end,
        _ => mark,
    }
}

/// A key that is the text of the option loses the mark with it.
fn unmark_keys(question: &Question<'_>, marked: &str, diagnostic: &mut Diagnostic) {
    let Some(fix) = &mut diagnostic.fix else { return };
    let named = question
        .key
        .iter()
        .filter(|own| matches!(own.place, KeyPlace::Field | KeyPlace::Section(_)));
    for value in named.flat_map(|own| &own.values) {
        let Some(mark) = mark(value.text.as_str()) else { continue };
        let is_alias = value.text.node().is_some_and(Node::is_alias);
        if !is_alias && normal::plain(value.text.as_str()) == normal::plain(marked) {
            let path = diagnostic.primary.path.clone();
            let span = value.text.span_of(with_blanks(value.text.as_str(), mark));
            fix.edits.push(Edit { path, span, replacement: String::new() });
        }
    }
}

fn mark(text: &str) -> Option<Range<usize>> {
    // Every mark has one of these.
    if text.is_ascii() && !text.contains(['(', '[', '{', '<', '*', '-']) {
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

fn fragile(shuffle: Span, question: &Question<'_>, out: &mut Sink<'_>) {
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
    let fixed = LazyCell::new(|| fixed_options(question));
    for choice in &question.choices {
        let Some(text) = &choice.text else { continue };
        let Some(range) = refers_to_position(text.as_str()) else {
            continue;
        };
        if fixed.contains(&choice.span.start) {
            continue;
        }
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

/// Where options begin that say `fixed: true`, and so keep their places.
fn fixed_options(question: &Question<'_>) -> HashSet<u32> {
    let options = question.node.and_then(|node| node.get("options"));
    let is_fixed = |own: &Node<'_>| own.get("fixed").and_then(Node::as_bool) == Some(true);
    let options = options.into_iter().flat_map(Node::items);
    options.filter(is_fixed).map(|own| own.span().start).collect()
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
        .filter(|(place, value)| match place {
            // One past the last option is told as that.
            KeyPlace::Index => value.choice.is_some(),
            KeyPlace::Field | KeyPlace::Section(_) => is_letter(question, value),
            KeyPlace::Flags | KeyPlace::Distractors => false,
        })
        .map(|(_, value)| &value.text)
        .collect()
}

/// Whether a value names an option by neither id nor text. Without options it names true or false.
fn is_letter(question: &Question<'_>, value: &KeyValue<'_>) -> bool {
    let Some(choice) = value.choice.and_then(|index| question.choices.get(index)) else {
        return false;
    };
    let wanted = value.text.as_str();
    let by_text = choice.text.as_ref().map(Text::as_str).is_some_and(|text| {
        // "4" names the option "Four", `yes` the option "True".
        let says_same = truth(text).is_some() && truth(text) == truth(wanted);
        says_same || normal::bare(text) == normal::bare(wanted)
    });
    (choice.id.is_none() || question.lettered) && !by_text
}

/// "of the above", "A and B", "a, b & c", "Options A and C".
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
    names_letters(&lower).then_some(0..text.len())
}

/// The letter that names an option, with its span, where options have no ids.
fn letter_key(question: &Question<'_>) -> Option<(String, Span)> {
    if question.key.iter().any(|own| own.place == KeyPlace::Index) {
        return None;
    }
    let first = *positional(question).first()?;
    // Numbers that count are a form of `answerIndex`.
    if first.as_str().parse::<u32>().is_ok() {
        return None;
    }
    Some((first.as_str().to_owned(), first.span()))
}

/// Letters are the habit of a whole quiz, so they are told at the first.
fn letter_keys(letters: &[(String, Span)], out: &mut Sink<'_>) {
    let [(first, span), others @ ..] = letters else { return };
    let message = format!("the key `{first}` is a letter, and the options have no ids");
    let diagnostic = out.report(*span, message);
    diagnostic
        .kind("letter-key")
        .label("breaks when an option is moved")
        .help("give the options ids, and name the id");
    if !others.is_empty() {
        diagnostic.note(format!("{} questions of this quiz have such a key", letters.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, diagnostics, files, silent};

    #[test]
    fn a_position_past_the_options_is_told_once() {
        let quiz = "title: Hips\nshuffle: true\nquestions:\n  - {prompt: Which one bends?, options: [psoas, soleus], answerIndex: 2}\n";
        let rules: Vec<_> = diagnostics(&files(&RULE, quiz))
            .iter()
            .map(|own| own.rule)
            .filter(|own| own.starts_with("quiz/"))
            .collect();
        assert_eq!(rules, ["quiz/answer-not-in-options"]);
    }

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
    fn a_mark_beside_a_key() {
        check(
            &RULE,
            r#"
//- quizzes/a.md
# Rygg

1. Hur sitter du?
   a) Ofta olika – alltid (correct)
                          ^^^^^^^^^ `(correct)` in an option shows which one is right
   b) Alltid lika
2. Hur står du?
   a) Ofta olika
   b) Alltid lika

## Answer key

1. a
2. a
"#,
        );
        silent(
            &RULE,
            r#"
//- quizzes/a.md
# Rygg

1. Hur sitter du?
   - Ofta olika (correct)
   - Alltid lika
2. Hur står du?
   - Ofta olika
   - Alltid lika (correct)
"#,
        );
    }

    #[test]
    fn words_behind_a_dash() {
        check(
            &RULE,
            r#"
questions:
  - prompt: Hur sitter du?
    options: ["Rör på dig - right answer", "Sitt still"]
                          ^^^^^^^^^^^^^^ `- right answer` in an option shows which one is right
    answer: "Rör på dig - right answer"
"#,
        );
        silent(
            &RULE,
            "
questions:
  - prompt: Vad stämmer?
    options: [There is no right answer, The left-right answer is noted, Det finns ett svar]
    answer: There is no right answer
",
        );
    }

    #[test]
    fn a_mark_against_its_box() {
        check(
            &RULE,
            r#"
//- quizzes/a.md
# Rygg

## Hur sitter du?

- [x] Ofta olika
- [ ] Alltid lika – still (correct)
                          ^^^^^^^^^ `(correct)` in an option shows which one is right

## Hur står du?

- [x] Ofta olika (correct)
- [ ] Alltid lika
"#,
        );
    }

    #[test]
    fn the_key_loses_the_mark_with_the_option() {
        let quiz = "questions:\n  - prompt: Vad gör du?\n    options: [Vila, 'Sluta, och ring (correct)']\n    answer: Sluta, och ring (Correct)\n";
        let said = diagnostics(&files(&RULE, quiz));
        let fix = said.iter().find_map(|own| own.fix.as_ref()).expect("the mark can be deleted");
        let mut edits: Vec<_> = fix.edits.iter().map(|edit| edit.span.range()).collect();
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.start));
        let mut fixed = quiz.to_owned();
        edits.into_iter().for_each(|edit| fixed.replace_range(edit, ""));
        assert_eq!(fixed, quiz.replace(" (correct)", "").replace(" (Correct)", ""));
        silent(&RULE, &fixed);
    }

    #[test]
    fn true_and_false_are_no_letters() {
        for question in [
            "type: true-false, answer: true",
            "type: true-false, answer: 'false'",
            "type: true-false, options: [True, False], answer: yes",
            "options: [Sant, Falskt], answer: true",
        ] {
            let quiz =
                format!("shuffle: true\nquestions:\n  - {{prompt: Rest is best., {question}}}\n");
            silent(&RULE, &quiz);
            silent(&RULE, &quiz.replace("shuffle: true", "shuffle: false"));
        }
        silent(
            &RULE,
            "
title: Vila
questions:
  - {id: q1, type: true-false, prompt: Vila är bäst.}
answerKey: {q1: 'false'}
",
        );
    }

    #[test]
    fn letters_are_told_once_for_a_quiz() {
        check(
            &RULE,
            r#"
questions:
  - prompt: Hur sitter du?
    options: [Ofta olika, Alltid lika]
    answer: a
            ^ the key `a` is a letter, and the options have no ids
  - prompt: Hur står du?
    options: [Ofta olika, Alltid lika]
    answer: b
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
    fn a_question_may_shuffle_by_itself() {
        check(
            &RULE,
            r#"
title: Höft
shuffle: false
questions:
  - prompt: How do you sit?
    shuffle: true
             ---- shuffled here
    options: [Move often, Sit still]
    answer: a
            ^ the key `a` goes by position, and the options are shuffled
"#,
        );
        silent(
            &RULE,
            "title: Höft\nshuffle: true\nquestions:\n  - {prompt: Hur?, shuffle: false, options: [{id: x, text: Slow}, {id: y, text: A & X}], answer: x}\n",
        );
    }

    #[test]
    fn options_that_speak_of_others() {
        let quiz = |option: &str| {
            format!(
                "//- quizzes/a.yaml\nshuffle: true\nquestions:\n  - prompt: Hur – how?\n    options: [{{id: x, text: Slow}}, {{id: y, text: {option}}}]\n    answer: x\n"
            )
        };
        for option in ["A & B", "'A, B and C'", "Options A and C", "a or b", "All of the above"] {
            let told = diagnostics(&files(&RULE, &quiz(option)));
            assert!(told.iter().any(|own| own.kind == Some("fragile")), "{option}: {told:#?}");
            silent(&RULE, &quiz(&format!("{option}, fixed: true")));
        }
        for option in ["Blood type A or B", "A and O", "A", "and B", "Vitamins A and D"] {
            silent(&RULE, &quiz(option));
        }
    }

    #[test]
    fn front_matter_shuffles_the_options_of_its_body() {
        let quiz = |shuffle: &str| {
            format!(
                "//- quizzes/a.md\n---\ntitle: Rygg\nshuffle: {shuffle}\n---\n\n1. Hur sitter du?\n   a) Ofta olika – alltid\n   b) Alltid lika\n   c) None of the above\n\n   Answer: a\n"
            )
        };
        let told = diagnostics(&files(&RULE, &quiz("true")));
        let own: Vec<_> = told.iter().filter(|own| own.rule == RULE.id).collect();
        let [own] = own.as_slice() else { panic!("{told:#?}") };
        assert_eq!(own.message, "an option says `of the above`, and the options are shuffled");
        silent(&RULE, &quiz("false"));
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
