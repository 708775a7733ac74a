//! See `docs`.

use super::running::{self, Word};
use crate::diagnostic::{Confidence, Level};
use crate::model::{ContentKind, Record};
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, Sink};
use crate::words::quoted;
use foldhash::fast::FixedState;
use std::collections::HashMap;

pub static RULE: Rule = Rule {
    id: "text/keyword-stuffing",
    summary: "one phrase comes again and again, far beyond need",
    level: Level::Warning,
    kinds: &[],
    confidence: Confidence::Medium,
    fix: Fixability::Never,
    profile: Profile::Strict,
    since: "0.1.0",
    docs: r#"
Such a text was written for search engines. Readers look for what is new in each sentence, and there is little.

```markdown fail
# Running

Many people with knee pain when running look for knee pain when running stretches. The best stretches for knee pain when
running ease knee pain when running. Do the stretches for knee pain when running before knee pain when running begins. If
knee pain when running stays, more knee pain when running stretches help. Ask us for knee pain when running advice, as
knee pain when running has causes.
```

```markdown pass
# Running

Many people whose knees hurt when they run look for stretches. Some ease it for a while. Ask us when it stays.
```

What counts is a phrase of 2 to 6 words inside of sentences of articles: of four words and more, 10
times and in 0.8 of 100 words; of three, 20 times and in 2; of two, 30 times and in 3. The longest such phrase is
told once; what sentences begin with, headings, lists and tables are not counted.

Say it once, and then "it", "the pain", "these stretches"; a long name can be shortened after its first use.
"#,
    check: Check::Record(check),
};

// Source: catalogue of rules, TX012; a judgement, not a measurement. The limits of short phrases are higher than there:
// reports name their topic as often. No length of the text is asked for: ten times is often in any.
const LONGEST: usize = 6;

/// How often a phrase of some words has to come, and in how many of 1,000 words.
const fn limit(words: usize) -> (usize, usize) {
    match words {
        2 => (30, 30),
        3 => (20, 20),
        _ => (10, 8),
    }
}

fn check(_: &FileContext<'_>, record: &Record<'_>, out: &mut Sink<'_>) {
    let is_read = record.kind == ContentKind::Article && record.is_english();
    let Some(body) = record.body.filter(|_| is_read) else { return };
    let words = running::words(body);
    let content: Vec<bool> =
        words.iter().map(|own| is_content(&body.text[own.range.clone()])).collect();
    // The longest first: what comes with a longer phrase is no other.
    let most = |len| most_frequent(&words, &content, len);
    let Some(places) = (2..=LONGEST).rev().find_map(most) else { return };
    let range = |&at: &usize| words[at].range.start..words[at + places.len - 1].range.end;
    let [first, rest @ ..] = places.at.as_slice() else { return };
    let (said, count) = (quoted(&body.text[range(first)]), places.at.len());
    let message = format!("{said} comes {count} times in {} words", words.len());
    let diagnostic = out.report(body.span(range(first)), message);
    diagnostic.label("the first").help("say it once, and then name it in short");
    for at in rest.iter().take(MOST_SHOWN) {
        diagnostic.related(body.span(range(at)), "and here");
    }
}

const MOST_SHOWN: usize = 4;

/// A phrase, as the places of its first words.
struct Places {
    len: usize,
    at: Vec<usize>,
}

/// The phrase of so many words that comes most often, if that is too often. `content` says of each word whether it
/// may begin or end one.
fn most_frequent(words: &[Word], content: &[bool], len: usize) -> Option<Places> {
    let mut phrases = HashMap::<u64, Vec<usize>, FixedState>::default();
    for (at, run) in words.windows(len).enumerate() {
        let end = at + len - 1;
        let is_whole = content[at] && content[end] && run[0].sentence == run[len - 1].sentence;
        if is_whole {
            let places = phrases.entry(running::hash_of_run(run)).or_default();
            // "knee knee knee": no two share a word.
            if places.last().is_none_or(|last| last + len <= at) {
                places.push(at);
            }
        }
    }
    let (count, of_thousand) = limit(len);
    // What sentences begin with again and again is a form.
    let opens =
        |at: &usize| at.checked_sub(1).is_none_or(|own| words[own].sentence != words[*at].sentence);
    let is_stuffed = |at: &Vec<usize>| {
        at.len() >= count
            && at.len() * 1000 >= of_thousand * words.len()
            && at.iter().filter(|own| opens(own)).count() * 2 <= at.len()
    };
    let stuffed = phrases.into_values().filter(is_stuffed);
    stuffed.max_by_key(|at| (at.len(), usize::MAX - at[0])).map(|at| Places { len, at })
}

/// Whether a word says something by itself.
fn is_content(word: &str) -> bool {
    let is_word = word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'));
    is_word && word.len() >= 3 && !FUNCTION.iter().any(|own| word.eq_ignore_ascii_case(own))
}

#[rustfmt::skip]
const FUNCTION: &[&str] = &[
    "about", "after", "all", "also", "and", "any", "are", "because", "been", "before", "both", "but", "can", "could",
    "did", "does", "each", "for", "from", "get", "got", "had", "has", "have", "her", "him", "his", "how", "into",
    "its", "just", "like", "many", "may", "more", "most", "much", "not", "now", "off", "one", "only", "other", "our",
    "out", "over", "same", "she", "should", "some", "such", "than", "that", "the", "their", "them", "then", "there",
    "these", "they", "this", "those", "through", "too", "two", "very", "was", "were", "what", "when", "where",
    "which", "while", "who", "why", "will", "with", "would", "yet", "you", "your",
];

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{files, said_by};

    /// What is said of an article that has a sentence so often, among others.
    fn said(sentence: &str, count: usize) -> Vec<String> {
        let filler =
            (0..300).map(|at| format!("word{at}{}", if at % 15 == 14 { ". " } else { " " }));
        let filler: String = filler.collect();
        let text = format!("# Höften\n\n{}\n\n{filler}\n", sentence.repeat(count));
        let said = said_by(&RULE, &files(&RULE, &text));
        said.iter().map(|own| own.message.clone()).collect()
    }

    #[test]
    fn a_phrase_that_comes_again_and_again() {
        let stuffed = "Many ask about hip pain when running, and it is the hip pain when running that they get. ";
        assert_eq!(
            said(stuffed, 10),
            ["`ask about hip pain when running` comes 10 times in 480 words"]
        );
        let [] = &*said(stuffed, 4) else { panic!("a topic may be named") };
    }
}
