//! Headings and prompts that are known by their words alone.

use super::LONGEST_TITLE;
use crate::normal;

/// Whether a statement is to be told true or false.
pub fn asks_for_truth(prompt: &str) -> bool {
    const WORDS: &[&str] = &[
        "true or false",
        "true/false",
        "true / false",
        "t / f",
        "t/f",
        "t or f",
        "\u{2610} true \u{2610} false",
        "sant eller falskt",
        "richtig oder falsch",
        "vrai ou faux",
        "verdadero o falso",
        "waar of niet waar",
    ];
    let plain = normal::plain(prompt);
    WORDS.iter().any(|own| {
        plain.match_indices(own).any(|(at, _)| {
            let is_end = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
            is_end(plain[..at].chars().next_back())
                && is_end(plain[at + own.len()..].chars().next())
        })
    })
}

/// "Options", "Word bank": what stands before options that several questions share.
pub fn is_shared_list(prompt: &str) -> bool {
    const WORDS: &[&str] =
        &["options", "answer options", "choices", "word bank", "choose from", "key"];
    WORDS.contains(&normal::plain(prompt).as_str())
}

/// "Explanation:", "Why not the others": what stands behind an answer and asks nothing.
pub fn leads_explanation(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "explanation",
        "explanations",
        "rationale",
        "reason",
        "reasons",
        "reasoning",
        "feedback",
        "discussion",
        "comment",
        "comments",
        "why",
        "why not",
        "f\u{f6}rklaring",
        "erkl\u{e4}rung",
        "explication",
        "explicaci\u{f3}n",
    ];
    let head = text.split(':').next().unwrap_or("");
    let plain = normal::plain(&head[..head.floor_char_boundary(LONGEST_TITLE)]);
    let plain = plain.trim_end_matches('?');
    WORDS.contains(&plain)
}

/// "After this quiz you will be able to:": what stands above aims and asks nothing.
pub fn leads_aims(text: &str) -> bool {
    let plain = normal::plain(text);
    let plain = plain.trim_end_matches([':', ' ']);
    plain.ends_with(" able to") && (plain.starts_with("you ") || plain.contains(" you "))
}

/// "Hints:", "Distractors:": what stands above a list that goes with a question and is not all of its options.
pub fn leads_aside(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "hint",
        "hints",
        "clue",
        "clues",
        "distractor",
        "distractors",
        "wrong answers",
        "wrong options",
        "wrong choices",
        "incorrect answers",
        "incorrect options",
        "incorrect choices",
    ];
    text.len() <= LONGEST_TITLE && WORDS.contains(&normal::plain(text).as_str())
}

/// "Selected answer: ...": what somebody chose in a test that was taken.
pub fn is_given_answer(text: &str) -> bool {
    const HEADS: &[&str] = &["selected", "your", "given", "student", "submitted", "user"];
    let (head, answer) = text.split_once(' ').unwrap_or((text, ""));
    HEADS.iter().any(|own| own.eq_ignore_ascii_case(head))
        && answer.get(.."answer:".len()).is_some_and(|own| own.eq_ignore_ascii_case("answer:"))
}

/// "Tick what applies to you": readers tell of themselves, and nobody can mark that.
pub fn asks_of_reader(prompt: &str) -> bool {
    const WORDS: &[&str] = &[
        "apply to you",
        "applies to you",
        "describe you",
        "describes you",
        "true for you",
        "true of you",
        "you experience regularly",
    ];
    let plain = normal::plain(prompt);
    WORDS.iter().any(|own| plain.contains(own))
}

/// "Answer", "Correct answer", "Solution", "Answer 1", "A1": a heading below a question that has its answer under it.
pub fn is_answer_heading(text: &str) -> bool {
    const WORDS: &[&str] =
        &["answer", "correct answer", "the answer", "solution", "svar", "antwort"];
    let plain = normal::plain(text);
    let words = plain.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    let words = words.strip_suffix(" to question").unwrap_or(words);
    let has_number = words.len() < plain.len();
    WORDS.contains(&words) || has_number && words == "a"
}

/// Whether a heading in small letters speaks of answers, and of nothing else: "answers with comments", "check your
/// answers", "marking scheme", "key to the test".
pub fn speaks_of_key(plain: &str) -> bool {
    const BESIDE: &[&str] = &[
        "the",
        "correct",
        "right",
        "model",
        "suggested",
        "sample",
        "quiz",
        "test",
        "exam",
        "check",
        "checking",
        "see",
        "your",
        "our",
        "all",
        "and",
        "with",
        "to",
        "for",
        "of",
        "explanation",
        "explanations",
        "comment",
        "comments",
        "feedback",
        "rationale",
        "rationales",
        "reasons",
        "reasoning",
        "notes",
        "discussion",
        "teacher",
        "teachers",
        "teacher's",
        "tutors",
        "only",
        "sheet",
        "grid",
        "list",
        "section",
        "guide",
        "scheme",
        "review",
        "question",
        "questions",
        "full",
        "worked",
        "explained",
        "marking",
        "scoring",
        "answer",
        "answers",
        "solution",
        "solutions",
        "key",
        "keys",
        "mark",
        "odd",
        "even",
        "numbered",
        "selected",
    ];
    /// Bytes of the longest heading that is looked at.
    const LONGEST: usize = 80;
    if plain.len() > LONGEST {
        return false;
    }
    let words: Vec<&str> = plain
        .split(|c: char| !(c.is_alphanumeric() || c == '\''))
        .filter(|word| !word.is_empty())
        .collect();
    let is_known =
        |word: &str| BESIDE.contains(&word) || word.bytes().all(|byte| byte.is_ascii_digit());
    let says = |(at, word): (usize, &&str)| {
        let next = words.get(at + 1).copied().unwrap_or("");
        match *word {
            "answers" | "solutions" => true,
            "answer" => {
                matches!(next, "key" | "keys" | "sheet" | "grid" | "list" | "section" | "guide")
            }
            "key" => matches!(next, "" | "to" | "for" | "with" | "and"),
            "marking" | "mark" | "scoring" => matches!(next, "scheme" | "key" | "guide"),
            _ => false,
        }
    };
    let Some(at) = words.iter().enumerate().position(says) else { return false };
    // "Questions and answers" are both, and "your answers" are still to be written.
    let is_form = words.contains(&"your") && !words.iter().any(|word| word.starts_with("check"));
    words.iter().all(|word| is_known(word))
        && !words[..at].iter().any(|word| word.starts_with("question"))
        && !is_form
}
