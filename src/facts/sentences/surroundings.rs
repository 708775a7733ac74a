//! What the text around a sentence says of it: a report of its authors' own study, a worked example.

use super::Passage;
use crate::syntax::{BlockKind, Prose, Text};
use memchr::memmem::Finder;
use std::ops::Range;
use std::sync::LazyLock;

/// Whether the text reports a study of its authors, by its sections or by what it says of itself.
pub(super) fn reports_a_study(text: &str) -> bool {
    static WORDS: LazyLock<[Finder<'static>; 6]> = LazyLock::new(|| {
        [
            "Methods",
            "Results",
            "this report",
            "subject to at least",
            "findings of this study",
            "from our own ",
        ]
        .map(Finder::new)
    });
    let [methods, results, report, limits, findings, own] = &*WORDS;
    // "All figures are from our own records."
    let are_own = || {
        let at = own.find(text.as_bytes())?;
        let word = text[at + "from our own ".len()..].split(|c: char| !c.is_alphabetic()).next()?;
        Some(matches!(word, "records" | "figures" | "books" | "accounts" | "data" | "audit"))
    };
    let has = |word: &Finder<'_>| word.find(text.as_bytes()).is_some();
    has(methods) && has(results)
        || has(report) && (has(limits) || text.contains("findings in this report"))
        || has(findings)
        || are_own() == Some(true)
}

/// Whether the text tells what its writers did, by its title.
pub(super) fn reports_own_work(title: Option<Text<'_>>, body: &Prose) -> bool {
    const WORDS: &[&str] = &[
        "activity report",
        "annual report",
        "annual review",
        "end of project",
        "evaluation report",
        "impact report",
        "our impact",
        "our year",
        "programme report",
        "progress report",
        "project report",
        "quarterly report",
        "service report",
        "trustees' report",
        "what we did",
        "year in numbers",
        "year in review",
    ];
    /// More is a sentence.
    const LONGEST: usize = 120;
    let names_it = |text: &str| {
        let lower = text.to_ascii_lowercase();
        text.len() <= LONGEST && WORDS.iter().any(|own| lower.contains(own))
    };
    let mut blocks = body.blocks.iter();
    title.is_some_and(|title| names_it(title.as_str()))
        || blocks.any(|block| {
            matches!(block.kind, BlockKind::Heading { level: 1, .. })
                && names_it(body.block_text(block))
        })
}

/// Where a worked example begins: "Say that 4 in 1,000 people get ill."
pub(super) fn supposed_from(passage: &Passage<'_>) -> Option<usize> {
    let opens = |range: &Range<usize>| supposes(&passage.text[range.clone()]);
    passage.sentences.iter().position(opens)
}

fn supposes(sentence: &str) -> bool {
    // The first words of all openings below: most sentences begin otherwise.
    const FIRST: &[&str] = &[
        "suppose",
        "supposing",
        "assume",
        "let",
        "let's",
        "in",
        "for",
        "say",
        "imagine",
        "picture",
    ];
    let first = sentence.split([' ', ',']).next().unwrap_or("");
    if !FIRST.iter().any(|own| own.eq_ignore_ascii_case(first)) {
        return false;
    }
    let rest_of = |opening: &str| {
        let (own, rest) = sentence.split_at_checked(opening.len())?;
        (own.eq_ignore_ascii_case(opening) && rest.starts_with([' ', ',']))
            .then_some(rest.trim_start())
    };
    if [
        "suppose",
        "supposing",
        "assume",
        "let us suppose",
        "let us assume",
        "let us say",
        "let's say",
    ]
    .iter()
    .any(|own| rest_of(own).is_some())
    {
        return true;
    }
    if ["in this example", "in the above example", "in the example above"]
        .iter()
        .any(|own| rest_of(own).is_some())
    {
        return true;
    }
    // "For example, if the prevalence is 1% among women"; "if you rest" is no number.
    let example = ["for example, if", "for instance, if"].iter().find_map(|own| rest_of(own));
    if let Some((case, _)) = example.and_then(|rest| rest.split_once('%')) {
        let value = case.rsplit(' ').next().unwrap_or("");
        let verb = case[..case.len() - value.len()].trim_end();
        return [" is", " are", " was", " were"].iter().any(|own| verb.ends_with(own));
    }
    // "Say goodbye to pain", "Imagine a life without pain" suppose nothing.
    let numbers = ["say", "imagine", "picture"].iter().find_map(|own| rest_of(own));
    numbers.is_some_and(|rest| {
        let rest = rest.strip_prefix("that ").unwrap_or(rest);
        rest.starts_with(|c: char| c.is_ascii_digit())
    })
}
