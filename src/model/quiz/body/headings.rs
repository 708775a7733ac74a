//! What a heading says: that a quiz begins, that a key does, or a question.

use crate::lexicon::{Concept, concept_of};
use crate::model::quiz::wording::{is_generic, leading_number, part_in, speaks_of_key};
use crate::normal;

/// "Quiz", "Quiz: hips", "Hip quiz".
pub fn is_quiz_heading(text: &str) -> bool {
    let plain = normal::plain(text);
    let first = plain.split(':').next().unwrap_or("").trim();
    concept_of(first) == Some(Concept::Quiz)
        || plain.ends_with(" quiz")
        || plain.starts_with("quiz ")
}

/// "Answer key", "Answer key:", "Quiz answers", "Answers (see page 12)", "Part A: answers".
pub fn is_key_heading(text: &str) -> bool {
    let says_key = |text: &str| {
        let plain = normal::plain(text);
        let first = plain.split(':').next().unwrap_or("").trim();
        let first = first.split_once(" (").map_or(first, |(before, _)| before);
        let short = first.strip_prefix("quiz ").unwrap_or(first);
        concept_of(short) == Some(Concept::AnswerKey)
            || short.starts_with("answer key")
            || speaks_of_key(first)
    };
    let is_sign = |c: char| !c.is_alphanumeric();
    says_key(text)
        || part_in(text).is_some_and(|(_, part)| {
            let before = text[..part.start].trim_end_matches(is_sign);
            let before =
                before.strip_suffix(" to").or(before.strip_suffix(" for")).unwrap_or(before);
            let behind = text[part.end..].trim_matches(is_sign);
            let is_alone = before.is_empty() != behind.is_empty();
            is_alone && says_key(if behind.is_empty() { before } else { behind })
        })
}

/// Whether a heading, or a paragraph below it, is a question by its words: "Which one?", "Question 3: joints".
pub(super) fn asks(text: &str) -> bool {
    text.contains('?')
        || text.trim_end().ends_with([':', '_', '\u{2026}'])
        || is_generic(text)
        || leading_number(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn key_headings_are_whole_headings() {
        assert!(is_key_heading("Answer key"));
        assert!(is_key_heading("Quiz answers:"));
        assert!(is_key_heading("Facit"));
        assert!(!is_key_heading("The answer may surprise you"));
    }
}
