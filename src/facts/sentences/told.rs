//! Sentences that go on telling of a study that one before them names.

use super::Passage;
use super::reach::Marks;
use crate::facts::CitationTarget;
use crate::facts::citations::CitationMark;

/// Whether a sentence goes on telling of the study that the sentence at `source` names, in the past tense.
pub(super) fn goes_on(passage: &Passage<'_>, own: &Marks<'_>, source: usize, index: usize) -> bool {
    /// Results are told in a sentence or two.
    const MOST: usize = 2;
    let text = |at: usize| &passage.text[passage.sentences[at].clone()];
    let by_author = |mark: &CitationMark| matches!(mark.target, CitationTarget::AuthorYear { .. });
    index - source <= MOST
        && (names_study(text(source)) || own.of[source].iter().any(by_author))
        && (source + 1..=index).all(|at| is_told(text(at)) && !names_another(text(at)))
}

/// What a sentence can call a study.
const STUDIES: &[&str] = &[
    "trial",
    "study",
    "review",
    "meta-analysis",
    "survey",
    "cohort",
    "RCT",
    "researchers",
    "authors",
    "team",
    "audit",
];

/// "A trial", "the review of 21 studies".
fn names_study(sentence: &str) -> bool {
    words_of(sentence).any(|word| is_any(word, STUDIES))
}

/// "One study", "a large trial", "studies": none that was told of before.
fn names_another(sentence: &str) -> bool {
    const MANY: &[&str] =
        &["studies", "trials", "reviews", "surveys", "scientists", "experts", "research"];
    let mut is_new = false;
    words_of(sentence).any(|word| {
        let another = is_any(word, MANY) || is_new && is_any(word, STUDIES);
        match () {
            () if is_any(word, &["a", "an", "another", "one", "other", "second"]) => is_new = true,
            () if is_any(word, &["the", "this", "that", "of", "in", "and"]) => is_new = false,
            () => {}
        }
        another
    })
}

/// Whether a sentence tells what has happened, and nothing that always is so.
fn is_told(sentence: &str) -> bool {
    #[rustfmt::skip]
    const PAST: &[&str] = &[
        "was", "were", "had", "did", "fell", "rose", "took", "got", "ran", "lost", "gave", "made", "went", "came",
        "kept", "felt", "grew", "began", "saw", "found", "cut", "held", "slept", "met", "left", "said", "told",
    ];
    #[rustfmt::skip]
    const PRESENT: &[&str] = &[
        "is", "are", "has", "have", "does", "do", "gets", "get", "suffers", "suffer", "affects", "affect", "causes",
        "cause", "can", "will", "shows", "show",
    ];
    let is_past = |word: &str| is_any(word, PAST) || word.len() > 4 && word.ends_with("ed");
    words_of(sentence).any(is_past) && !words_of(sentence).any(|word| is_any(word, PRESENT))
}

/// The words of a sentence; a hyphen is part of one.
fn words_of(sentence: &str) -> impl Iterator<Item = &str> {
    let words = sentence.split(|c: char| !(c.is_alphanumeric() || c == '-'));
    words.filter(|word| !word.is_empty())
}

fn is_any(word: &str, list: &[&str]) -> bool {
    list.iter().any(|own| own.eq_ignore_ascii_case(word))
}
