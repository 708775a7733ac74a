//! What running text says of a question's answer: "The correct answer is B", "B is correct".
//!
//! Only sentences that begin so are read, and only where they name one option by its letter or its
//! whole text: what explains options speaks of wrong ones too.

use super::wording::{answer_in, before_reason, leading_letter};
use super::{Named, Question, QuestionKind, by_letter, by_letter_and_text, truth};
use crate::normal;
use std::ops::Range;

/// The options that sentences of `text` say are right, with the words that name them.
pub fn spoken_answers(question: &Question<'_>, text: &str) -> Vec<(Range<usize>, usize)> {
    // Most explanations speak of none.
    let may_state = || {
        const WORDS: &[&str] =
            &["nswer", "orrect", "ight", "true", "True", "alse", "yth", "fact", "Fact"];
        text.contains(':') || WORDS.iter().any(|own| text.contains(own))
    };
    if question.kind == QuestionKind::Open || !may_state() {
        return Vec::new();
    }
    // As long as the text, so that places in it are places there.
    let is_myth_asked = is_myth_asked(question);
    let flat = text.replace("\n\n", ". ").replace(['\n', '*'], " ");
    let spoken = |sentence: Range<usize>| {
        let own = &flat[sentence.clone()];
        // Behind other sentences, "this is false" may be said of them.
        let is_own = flat[..sentence.start].trim().is_empty()
            || own.to_ascii_lowercase().contains("statement is ");
        if let Some((words, truth)) = verdict(own, is_myth_asked).filter(|_| is_own) {
            let choice = of_truth(question, truth)?;
            return Some((sentence.start + words.start..sentence.start + words.end, choice));
        }
        let value = stated(own).or_else(|| subject(own))?;
        let (words, choice) = named(question, &own[value.clone()])?;
        let start = sentence.start + value.start;
        Some((start + words.start..start + words.end, choice))
    };
    sentences(&flat).into_iter().filter_map(spoken).collect()
}

/// "False.", "Myth!", "This statement is false.": the words and what they say of a statement. Where the question
/// speaks of a myth itself, only true and false are plain.
fn verdict(sentence: &str, is_myth_asked: bool) -> Option<(Range<usize>, bool)> {
    const SUBJECTS: &[&str] =
        &["so the statement is ", "this statement is ", "the statement is ", "this is "];
    const WORDS: &[(&str, bool, bool)] = &[
        ("true", true, false),
        ("false", false, false),
        ("a common myth", false, true),
        ("a myth", false, true),
        ("myth", false, true),
        ("fact", true, true),
    ];
    let lower = sentence.to_ascii_lowercase();
    let subject = SUBJECTS.iter().find(|own| lower.starts_with(**own)).map_or(0, |own| own.len());
    let rest = &lower[subject..];
    let (word, truth, _) = WORDS
        .iter()
        .filter(|(_, _, of_myths)| !(*of_myths && is_myth_asked))
        .find(|(word, ..)| rest.starts_with(word))?;
    let ends = rest[word.len()..].trim_end();
    // "This is true for most people" is half of a verdict.
    let is_whole = ends.is_empty() || ends.starts_with(['.', '!', ':', '\u{2014}']);
    is_whole.then(|| (subject..subject + word.len(), *truth))
}

/// Whether the prompt denies something or speaks of myths, so that "a myth" may mean what it says.
fn is_myth_asked(question: &Question<'_>) -> bool {
    const WORDS: &[&str] =
        &["myth", "fact", "not", "never", "no", "isn't", "doesn't", "don't", "cannot", "can't"];
    let prompt =
        question.prompt.as_ref().map(|own| normal::plain(own.as_str())).unwrap_or_default();
    prompt.split(|c: char| !(c.is_alphanumeric() || c == '\'')).any(|word| WORDS.contains(&word))
}

/// The choice of a question that has two, true and false.
fn of_truth(question: &Question<'_>, wanted: bool) -> Option<usize> {
    if question.choices.is_empty() {
        return (question.kind == QuestionKind::TrueFalse).then_some(usize::from(!wanted));
    }
    let says =
        |choice: &super::Choice<'_>| choice.text.as_ref().and_then(|own| truth(own.as_str()));
    let [one, other] = question.choices.as_slice() else { return None };
    match (says(one)?, says(other)?) {
        (first, second) if first != second => Some(usize::from(first != wanted)),
        _ => None,
    }
}

/// "Wrong. It straightens it.", "Correct! Well done.": what feedback to an option says of it.
pub fn feedback_verdict(text: &str) -> Option<bool> {
    const RIGHT: &[&str] =
        &["correct", "that is correct", "that's correct", "well done", "exactly right"];
    const WRONG: &[&str] = &[
        "wrong",
        "incorrect",
        "not correct",
        "not quite right",
        "that is wrong",
        "that's wrong",
        "no, that is wrong",
        "no, that's wrong",
        "no, this is wrong",
        "no, wrong",
        "sorry, wrong",
    ];
    let plain = normal::plain(&text[..text.floor_char_boundary(80)]);
    let says = |words: &[&str]| {
        words.iter().any(|own| {
            let behind = plain.strip_prefix(*own);
            behind.is_some_and(|behind| behind.is_empty() || behind.starts_with(['.', '!']))
        })
    };
    if says(RIGHT) { Some(true) } else { says(WRONG).then_some(false) }
}

/// Sentences without what opens them: "Explanation:", "So".
fn sentences(text: &str) -> Vec<Range<usize>> {
    const OPENINGS: &[&str] = &[
        "explanation:",
        "rationale:",
        "reason:",
        "feedback:",
        "why:",
        "therefore",
        "thus",
        "hence",
        "so",
    ];
    let ends = text.match_indices(['.', '?', '!']).map(|(at, sign)| at + sign.len());
    let ends = ends.filter(|&at| text[at..].starts_with(' ')).chain([text.len()]);
    let mut start = 0;
    let mut out = Vec::new();
    for end in ends {
        let own = text[start..end].trim_start();
        let lower = own.to_ascii_lowercase();
        let opening = OPENINGS.iter().find(|opening| {
            let rest = lower.strip_prefix(**opening);
            rest.is_some_and(|rest| rest.starts_with([' ', ',']))
        });
        let behind = own[opening.map_or(0, |own| own.len())..].trim_start_matches([' ', ',']);
        out.push(end - behind.len()..end);
        start = end;
    }
    out
}

/// What follows "The correct answer is" or "Answer:".
fn stated(sentence: &str) -> Option<Range<usize>> {
    const OPENINGS: &[&str] =
        &["the correct answer is ", "the right answer is ", "correct answer is ", "the answer is "];
    let lower = sentence.to_ascii_lowercase();
    if let Some(opening) = OPENINGS.iter().find(|opening| lower.starts_with(**opening)) {
        return Some(opening.len()..sentence.len());
    }
    let (_, value) = answer_in(sentence).filter(|(start, _)| *start == 0)?;
    sentence[..value.start].trim_end().ends_with(':').then_some(value)
}

/// What stands before "is correct", where nothing restricts it.
fn subject(sentence: &str) -> Option<Range<usize>> {
    const NOUNS: &[&str] = &["option ", "answer ", "choice "];
    let lower = sentence.to_ascii_lowercase();
    let (words, rest) = lower.split_once(" is ")?;
    let rest = rest.strip_prefix("the ").unwrap_or(rest);
    let rest = rest.strip_prefix("correct").or_else(|| rest.strip_prefix("right"))?;
    let noun = NOUNS.iter().find_map(|noun| rest.trim_start().strip_prefix(noun.trim_end()));
    let rest = noun.unwrap_or(rest);
    let ends = [".", ",", ";", " because ", " since "];
    if !rest.is_empty() && !ends.iter().any(|end| rest.starts_with(end)) {
        return None;
    }
    let start = NOUNS.iter().find(|noun| words.starts_with(**noun)).map_or(0, |noun| noun.len());
    Some(start..words.len())
}

/// The one option that `value` names before anything else, and the words that do.
fn named(question: &Question<'_>, value: &str) -> Option<(Range<usize>, usize)> {
    let trimmed = value.trim_start();
    let start = value.len() - trimmed.len();
    let words = trimmed.trim_end_matches(['.', ' ']);
    if let Some((len, letter)) = first_letter(words) {
        let choice = by_letter(question, letter)?;
        let is_torn = matches!(by_letter_and_text(question, words), Some(Named::Torn(..)));
        return (!is_torn && has_letter(question, choice, letter))
            .then_some((start..start + len, choice));
    }
    let parts = [words].into_iter().chain(before_reason(words));
    let found = parts.map(str::trim_end).find_map(|part| Some((part, by_words(question, part)?)));
    let (part, choice) = found?;
    Some((start..start + part.len(), choice))
}

/// "B", "(b)", "b)" and "B, ..." at the start, with their length; of one letter only.
fn first_letter(words: &str) -> Option<(usize, char)> {
    let open = usize::from(words.starts_with('('));
    let letter = words[open..].chars().next().filter(char::is_ascii_alphabetic)?;
    let rest = &words[open + 1..];
    let closed = rest.strip_prefix(')');
    let rest = closed.unwrap_or(rest);
    // "A" may be an article, and "a" is one.
    let is_apart = rest.is_empty()
        || closed.is_some()
        || letter.is_ascii_uppercase()
            && (rest.starts_with(['.', ',', ';', ':', '\u{2013}', '\u{2014}'])
                || [" - ", " (", " \u{2013}", " \u{2014}", " because "]
                    .iter()
                    .any(|sign| rest.starts_with(sign)));
    let mut next = rest.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let goes_on = next.next().is_some_and(|word| word.len() == 1 || matches!(word, "and" | "or"));
    (is_apart && !goes_on && (open == 0 || closed.is_some()))
        .then(|| (words.len() - rest.len(), letter.to_ascii_lowercase()))
}

/// Whether no other letter stands in the text of the option.
fn has_letter(question: &Question<'_>, choice: usize, letter: char) -> bool {
    let text = question.choices.get(choice).and_then(|choice| choice.text.as_ref());
    let Some(text) = text.map(crate::syntax::Text::as_str) else { return false };
    leading_letter(text).is_none_or(|(own, _)| text[own].eq_ignore_ascii_case(&letter.to_string()))
}

/// The one option that reads so, or whether it says true or false.
fn by_words(question: &Question<'_>, words: &str) -> Option<usize> {
    if question.choices.is_empty() {
        let is_asked = question.kind == QuestionKind::TrueFalse && words.len() > 1;
        return truth(words).filter(|_| is_asked).map(|truth| usize::from(!truth));
    }
    let wanted = normal::plain(words);
    let mut alike = question.choices.iter().enumerate().filter(|(_, choice)| {
        choice.text.as_ref().is_some_and(|text| normal::plain(text.as_str()) == wanted)
    });
    let (index, _) = alike.next().filter(|_| !wanted.is_empty())?;
    alike.next().is_none().then_some(index)
}
