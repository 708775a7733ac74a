//! What form a sentence has, as far as form decides that nothing is asserted: questions, instructions, labels,
//! fragments without a verb, stories about a person.

use aho_corasick::AhoCorasick;
use memchr::memmem::Finder;
use std::ops::Range;
use std::sync::LazyLock;

use super::cues::{ALSO_NOUNS, FRONTED, Family, IMPERATIVES, LEADING_ADVERBS};
use super::lexicon::Table;
use super::scan::{Hit, Scan};

/// What a word can be at the start of a sentence.
static OPENINGS: LazyLock<Table> = LazyLock::new(|| {
    Table::new(&[
        (IMPERATIVES, VERB),
        (ALSO_NOUNS, ALSO_NOUN),
        (FRONTED, IN_FRONT),
        (LEADING_ADVERBS, ADVERB),
        (SUBJECT_FOLLOWERS, BEHIND_SUBJECT),
    ])
});

const VERB: u8 = 1;
const ALSO_NOUN: u8 = 1 << 1;
const IN_FRONT: u8 = 1 << 2;
const ADVERB: u8 = 1 << 3;
const BEHIND_SUBJECT: u8 = 1 << 4;

/// Words of a text with their starts; apostrophes and hyphens stay inside.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(|c: char| {
        c.is_whitespace() || matches!(c, '(' | ')' | '"' | '\u{201c}' | '\u{201d}' | '*' | '_')
    })
    .map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
    .filter(|(_, word)| !word.is_empty())
}

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

pub(super) fn is_question(sentence: &str) -> bool {
    if tells_what_is_known(sentence) {
        return false;
    }
    let mut tail = sentence.trim_end();
    if !tail.ends_with(['.', '?']) {
        tail = tail.trim_end_matches(['"', '\'', ')', ']', '*', '_', '\u{201d}', '\u{2019}']);
    }
    let gap = || memchr::memchr(b'_', sentence.as_bytes()).is_some() && sentence.contains("____");
    tail.ends_with('?') || gap()
}

/// "Did you know that half of runners get hurt each year?" says that they do.
fn tells_what_is_known(sentence: &str) -> bool {
    static ASKED: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("id you know that "));
    let bytes = sentence.as_bytes();
    ASKED.find(bytes).is_some_and(|at| at > 0 && matches!(bytes[at - 1], b'D' | b'd'))
}

/// The range of the opening verb if the sentence tells the reader to do something.
pub(super) fn imperative(sentence: &str, scan: &Scan) -> Option<Range<usize>> {
    let bytes = sentence.as_bytes();
    let text = |index: usize| scan.words.get(index).map_or("", |word| &sentence[word.range()]);
    // "You can start with the bridge" is a polite instruction.
    const OFFERS: &[&str] = &["begin", "choose", "start", "try"];
    if text(0).eq_ignore_ascii_case("you")
        && matches!(text(1), "can" | "could" | "may")
        && OFFERS.contains(&text(2))
    {
        return scan.words.get(2).map(|word| word.range());
    }
    let label = label_end(bytes);
    let mut fronted = false;
    let mut at_start = true;
    for (index, word) in scan.words.iter().enumerate() {
        let plain = text(index);
        let after = bytes.get(word.end as usize).copied().unwrap_or(b'.');
        if at_start {
            let own = OPENINGS.get(word);
            let is = |what: u8| own & what != 0;
            if plain.bytes().all(|byte| byte.is_ascii_digit()) || is(ADVERB) && after != b':' {
                continue;
            }
            let verb = is(VERB) && !matches!(after, b':' | b',' | b'-');
            if verb && (!is(ALSO_NOUN) || no_subject(sentence, scan, index + 1)) {
                return Some(word.range());
            }
            // "Tip: keep the elbows in", "If it hurts, stop", "Keeping the back straight, lift".
            fronted |= (word.start as usize) < label
                || is(IN_FRONT)
                || plain.ends_with("ing")
                || plain.ends_with("ly");
            if !fronted {
                return None;
            }
        }
        at_start = matches!(after, b',' | b';' | b':')
            || matches!(plain, "and" | "then") && follows_adverb_or_comma(sentence, scan, index)
            || [" - ", " \u{2013} ", " \u{2014} "]
                .iter()
                .any(|dash| bytes[word.end as usize..].starts_with(dash.as_bytes()));
    }
    None
}

/// Where a label at the start ends, 0 without one: "Rectus femoris: rest the head on a pillow".
fn label_end(bytes: &[u8]) -> usize {
    const LONGEST: usize = 40;
    memchr::memchr(b':', &bytes[..bytes.len().min(LONGEST)]).unwrap_or(0)
}

/// "Slowly and gently lift", "Breathe in, then lift"; not "People who stop and rest".
fn follows_adverb_or_comma(sentence: &str, scan: &Scan, index: usize) -> bool {
    let Some(before) = index.checked_sub(1).map(|index| scan.words[index].range()) else {
        return true;
    };
    sentence[before.clone()].ends_with("ly") || sentence[before.end..].starts_with(',')
}

/// Words that follow "rest" or "massage" when these are the subject of a statement, in order.
#[rustfmt::skip]
const SUBJECT_FOLLOWERS: &[&str] = &[
    "alone", "also", "among", "and", "are", "builds", "can", "causes", "comes", "could",
    "cuts", "do", "does", "eases", "feels", "from", "gets", "gives", "goes", "groups",
    "has", "have", "help", "helps", "improves", "in", "increases", "is", "keeps", "lowers",
    "makes", "matters", "may", "might", "must", "needs", "never", "not", "of",
    "often", "or", "plays", "prevents", "program", "programme", "programmes", "programs",
    "protects", "raises", "reduces", "relieves", "seems", "should", "slows",
    "takes", "therapy", "training", "usually", "was", "were", "will", "within", "work",
    "works",
];

/// Whether what follows a word like "rest" or "massage" shows that it is no subject.
fn no_subject(sentence: &str, scan: &Scan, next: usize) -> bool {
    let Some(own) = scan.words.get(next) else {
        return false;
    };
    let range = own.range();
    let word = &sentence[range.clone()];
    if OPENINGS.get(own) & BEHIND_SUBJECT != 0 || word.ends_with("ed") {
        return false;
    }
    // "exercise strengthens": a verb in the third person; "heat packs give": a plural and its verb.
    let verbs = [Family::Change, Family::Effective, Family::Cause, Family::Affects, Family::Finite];
    let is_verb =
        |start| verbs.into_iter().any(|family| scan.all(family).any(|hit| hit.start == start));
    let third = scan.words.get(next + 1).map(|word| word.range());
    // "Exercise triples your chance", "Sleep loss triples the risk", whatever the verb.
    let is_plural = |range: &Range<usize>| sentence[range.clone()].ends_with('s');
    if is_plural(&range) && has_object(sentence, scan, next + 1)
        || third.as_ref().is_some_and(is_plural) && has_object(sentence, scan, next + 2)
    {
        return false;
    }
    !word.ends_with('s')
        || !(is_verb(range.start) || third.is_some_and(|third| is_verb(third.start)))
}

/// "the risk", "your chance": not "Lift heels the same way".
fn has_object(sentence: &str, scan: &Scan, at: usize) -> bool {
    let text = |at: usize| scan.words.get(at).map_or("", |own| &sentence[own.range()]);
    match text(at) {
        "the" => !matches!(
            text(at + 1),
            "same"
                | "whole"
                | "entire"
                | "full"
                | "other"
                | "opposite"
                | "next"
                | "first"
                | "last"
                | "right"
                | "left"
        ),
        "your" | "our" | "their" | "people" => true,
        _ => false,
    }
}

/// Whether a sentence or heading is continued by the items behind it: "Get help if ...".
pub fn leaves_open(text: &str) -> bool {
    let text = text.trim_end();
    text.ends_with([':', '\u{2026}']) || text.ends_with("...") || text.ends_with(" if")
}

/// Whether the items after this sentence are signs to look for: "Get help now if:".
pub(super) fn asks_to_check(lead_in: &str) -> bool {
    if !leaves_open(lead_in) {
        return false;
    }
    let lower = lead_in.to_ascii_lowercase();
    lower.starts_with("if ")
        || [
            "you ", "your ", "they ", " if:", " and:", " any of", "signs", "unless", "when:",
            "help ", "doctor",
        ]
        .iter()
        .any(|word| lower.contains(word))
            && [
                " if ",
                " if:",
                " if...",
                " if\u{2026}",
                "unless ",
                " signs",
                " when:",
                "any of these",
                "any of the following",
                "red flag",
            ]
            .iter()
            .any(|word| lower.contains(word) || lower.trim_end().ends_with(" if"))
}

/// Whether studies are spoken of in general: what a kind of study can show, how one is done.
pub(super) fn speaks_of_studies(sentence: &str, previous: Option<&str>, scan: &Scan) -> bool {
    const KINDS: &[&str] = &[
        "a study",
        "a trial",
        "a review",
        "a randomised trial",
        "a randomized trial",
        "a randomised controlled trial",
        "a randomized controlled trial",
        "a cohort study",
        "a case-control study",
        "a systematic review",
        "a meta-analysis",
        "a good review",
        "a good study",
        "a good trial",
        "cohort studies",
        "observational studies",
        "case reports",
        "in randomised trials",
        "in randomized trials",
        "headlines",
        "a headline",
        "the headline",
        "low certainty",
        "high certainty",
        "a result from",
    ];
    const ABILITIES: &[&str] = &[
        "cannot show",
        "cannot tell",
        "cannot prove",
        "can show",
        "can tell",
        "cannot rule",
        "may not fit",
        "does not prove",
        "do not prove",
        "can only",
    ];
    let concerned = [
        Family::EvidenceNoun,
        Family::Appeal,
        Family::Study,
        Family::ReportVerb,
        Family::Diagnosis,
    ]
    .into_iter()
    .any(|family| scan.has(family));
    if !concerned && !NEAR_STUDIES.iter().any(|word| word.find(sentence.as_bytes()).is_some()) {
        return false;
    }
    // A result is told in the past, or with a number.
    if scan.has(Family::Percent)
        || scan.has(Family::Ratio)
        || scan.has(Family::Shown)
        || scan.has(Family::PriorStudies)
    {
        return false;
    }
    let past = |text: &str| {
        words(text).any(|(_, word)| {
            let word = bare(word);
            matches!(word, "found" | "showed" | "had" | "was" | "were")
                || word.len() > 4
                    && word.ends_with("ed")
                    && word != "randomised"
                    && word != "randomized"
                    && word != "controlled"
        })
    };
    // The kind opens the sentence, or follows the word that does.
    let opening = ["in", "but", "and", "so", "for", "only"].into_iter().find_map(|word| {
        let rest = strip_start(sentence, word)?;
        rest.starts_with(char::is_whitespace).then(|| rest.trim_start())
    });
    let of_studies = |text: &str| {
        KINDS.iter().any(|kind| {
            strip_start(text, kind).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })
    };
    if of_studies(sentence) || opening.is_some_and(of_studies) {
        // "A study shows that walking helps" is one study, and its result.
        let result = scan.all(Family::ReportVerb).any(|hit| {
            let before = sentence[..hit.start].split_whitespace().next_back().unwrap_or("");
            matches!(
                &sentence[hit.range()],
                "shows" | "finds" | "suggests" | "indicates" | "confirms" | "proves"
            ) && !matches!(before, "that" | "it" | "how")
        });
        return !past(sentence) && !result;
    }
    let pronoun = ["it ", "they ", "this ", "these ", "such "]
        .iter()
        .any(|word| strip_start(sentence, word).is_some());
    let study_before = || {
        previous.is_some_and(|text| {
            let lower = text.to_ascii_lowercase();
            ["study", "studies", "trial", "review"].iter().any(|word| lower.contains(word))
        })
    };
    let able = || {
        let lower = sentence.to_ascii_lowercase();
        ABILITIES.iter().any(|word| lower.contains(word))
    };
    pronoun && study_before() && able()
}

/// What follows `start`, in any case of its ASCII letters, when the text begins with it.
fn strip_start<'t>(text: &'t str, start: &str) -> Option<&'t str> {
    let (own, rest) = text.split_at_checked(start.len())?;
    own.eq_ignore_ascii_case(start).then_some(rest)
}

/// Words of talk about studies that no list of cues has.
static NEAR_STUDIES: LazyLock<[Finder<'static>; 3]> =
    LazyLock::new(|| ["headline", "certainty", "esult from"].map(Finder::new));

/// A label or fragment: no listed verb, and not the shape of a sentence either (the verbs of English are too many
/// to list).
pub(super) fn lacks_verb(sentence: &str, scan: &Scan) -> bool {
    const OPEN_FRAGMENTS: &[&str] =
        &["a", "an", "ideal", "suitable", "good", "great", "perfect", "no", "not"];
    let count = scan.words.len();
    if scan.has(Family::Finite)
        || scan.has(Family::Future)
        || scan.has(Family::Should)
        || scan.has(Family::Found)
        || count > 14
    {
        return false;
    }
    let first = words(sentence).next().map_or("", |(_, word)| bare(word));
    let stopped = sentence.trim_end().ends_with(['.', '!']);
    if stopped
        && count >= 5
        && !OPEN_FRAGMENTS.iter().any(|opening| opening.eq_ignore_ascii_case(first))
    {
        return false;
    }
    if [Family::Change, Family::Cause, Family::Effective, Family::ReportVerb, Family::Affects]
        .into_iter()
        .any(|family| scan.all(family).any(|hit| verb_like(&sentence[hit.range()])))
    {
        return false;
    }
    !words(sentence).skip(1).any(|(_, word)| bare(word).ends_with("ed"))
}

/// "20% of running injuries recur": a share of people or cases is told, whatever the verb.
pub(super) fn tells_share(sentence: &str, scan: &Scan) -> bool {
    const NEAR: usize = 24;
    let counted =
        |hit: Hit| hit.family != Family::HealthTopic || sentence[hit.range()].ends_with('s');
    scan.all(Family::Percent).any(|percent| {
        let behind = percent.end..percent.end + NEAR;
        let families = [Family::Population, Family::Case, Family::HealthTopic];
        sentence[percent.end..].starts_with(" of ")
            && families
                .into_iter()
                .flat_map(|family| scan.all(family))
                .any(|hit| behind.contains(&hit.start) && counted(hit))
    })
}

fn verb_like(phrase: &str) -> bool {
    phrase.ends_with('s') || phrase.ends_with("ed") || phrase.contains(' ')
}

/// What a sentence denies or leaves open.
pub(super) enum Denied {
    /// That something is safe or works.
    Safety,
    Other,
}

/// Whether the claim whose words begin at `focus` is told as a myth, as unknown, or as what others say with the
/// answer in the next sentence; without `focus` it is the whole sentence.
pub(super) fn denied(sentence: &str, next: Option<&str>, focus: Option<usize>) -> Option<Denied> {
    /// What they deny follows.
    const BEFORE: &[&str] = &[
        "a myth that",
        "myth is that",
        "myth that",
        "not true that",
        "isn't true that",
        "isn\u{2019}t true that",
        "untrue that",
        "false that",
        "nor is it the case",
        "nor is it true",
        "not the case that",
        "a misconception that",
        "do not know whether",
        "don't know whether",
        "don\u{2019}t know whether",
        "do not know if",
        "nobody knows whether",
        "no one knows whether",
        "not known whether",
        "not clear whether",
        "unclear whether",
        "unknown whether",
    ];
    /// What they deny stands before.
    const BEHIND: &[&str] = &[
        "is a myth",
        "are myths",
        "is a common myth",
        "is an old myth",
        "is just a myth",
        "is only a myth",
        "is a misconception",
        "is a common misconception",
        "are misconceptions",
        "is not true",
        "isn't true",
        "isn\u{2019}t true",
        "is untrue",
        "know of no source",
        "found no source",
        "find no source",
        "no source for that",
        "no source for this",
        "no source for it",
    ];
    static PHRASES: LazyLock<AhoCorasick> = LazyLock::new(|| {
        AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(BEFORE.iter().chain(BEHIND))
            .expect("a handful of words")
    });
    let is_denied = PHRASES.find_overlapping_iter(sentence).any(|found| {
        let focus = focus.unwrap_or(if found.pattern().as_usize() < BEFORE.len() {
            found.end()
        } else {
            0
        });
        match found.pattern().as_usize() < BEFORE.len() {
            // Up to where the sentence says what is the case instead.
            true => {
                found.end() <= focus
                    && !sentence[found.end()..focus].contains([':', ';', '\u{2014}'])
                    && !sentence[found.end()..focus].contains(", but ")
            }
            false => focus < found.start(),
        }
    });
    if !is_denied && !is_label_of_myth(sentence) && !is_answered(sentence, next) {
        return None;
    }
    const SAFETY: &[&str] =
        &["safe", "effective", "vaccin", "medicine", "medication", "surgery", "doctor"];
    let lower = sentence.to_ascii_lowercase();
    let is_safety = SAFETY.iter().any(|word| lower.contains(word));
    Some(if is_safety { Denied::Safety } else { Denied::Other })
}

/// "Myth 1: Cracking knuckles causes arthritis."
fn is_label_of_myth(sentence: &str) -> bool {
    const LABELS: &[&str] =
        &["myth", "common myth", "misconception", "common misconception", "fiction"];
    LABELS.iter().filter_map(|label| strip_start(sentence, label)).any(|rest| {
        let rest = rest.trim_start_matches(|c: char| c == ' ' || c == '#' || c.is_ascii_digit());
        rest.starts_with([':', '.', '\u{2013}', '\u{2014}'])
    })
}

/// Whether the next sentence says that it is not so: "False.", or "We found no proof of this" behind what others say.
fn is_answered(sentence: &str, next: Option<&str>) -> bool {
    const VERDICTS: &[&str] = &[
        "false.",
        "false:",
        "false!",
        "wrong.",
        "wrong:",
        "wrong!",
        "not true",
        "untrue",
        "this is a myth",
        "that is a myth",
        "that's a myth",
        "that\u{2019}s a myth",
        "this is not true",
        "that is not true",
        "this is false",
        "that is false",
        "this is wrong",
        "that is wrong",
        "it is a myth",
        "neither is true",
    ];
    const DOUBTS: &[&str] = &[
        "we found no",
        "we have found no",
        "we know of no",
        "we could not find",
        "there is no proof",
        "there is no evidence",
        "there is no source",
        "no study",
        "nobody has shown",
        "no one has shown",
        "he had none",
        "she had none",
        "they had none",
    ];
    const HEARSAY: &[&str] = &[
        "some ",
        "many people ",
        "people ",
        "you may ",
        "you might ",
        "you will ",
        "he ",
        "she ",
        "they ",
        "it is often ",
        "it is said",
        "it is sometimes ",
        "a friend ",
        "adverts ",
        "ads ",
        "sellers ",
        "websites ",
        "headlines ",
    ];
    const TELLS: &[&str] = &[
        " claim", " say", " said", " believe", " told ", " think", " hear", " read", " promise",
        " swear",
    ];
    let Some(next) = next else { return false };
    let opens = |text: &str, list: &[&str]| {
        let opening = text.trim_start_matches(['"', '\u{201c}', '*', '_']);
        list.iter().any(|own| strip_start(opening, own).is_some())
    };
    // Another sentence may be wrong than a question or an order.
    let has_verb = || TELLS.iter().any(|own| sentence.contains(own));
    opens(next, VERDICTS) || opens(next, DOUBTS) && opens(sentence, HEARSAY) && has_verb()
}

/// "Maria, 34, ..." and "Tom (52) ...": a name, then an age.
pub(super) fn names_a_person(sentence: &str) -> bool {
    let name = sentence.find([' ', ',', '(']).unwrap_or(0);
    let rest = &sentence[name..];
    let (open, close) = if rest.starts_with(", ") {
        (2, b',')
    } else if rest.starts_with(" (") {
        (2, b')')
    } else {
        return false;
    };
    let age = &rest.as_bytes()[open..];
    let digits = age.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (1..=2).contains(&digits)
        && age.get(digits) == Some(&close)
        && sentence[..name].chars().all(char::is_alphabetic)
        && sentence.starts_with(char::is_uppercase)
}

/// Continues a story: opens with a pronoun for one person.
pub(super) fn opens_with_person(sentence: &str) -> bool {
    let first = words(sentence).next().map_or("", |(_, word)| bare(word));
    ["she", "he", "her", "his"].iter().any(|pronoun| pronoun.eq_ignore_ascii_case(first))
}

/// "How to sit", "Why it matters": what follows is announced rather than said.
pub(super) fn opens_with_question_word(sentence: &str) -> bool {
    let first = words(sentence).next().map_or("", |(_, word)| bare(word));
    ["how", "what", "why", "which", "here"].iter().any(|word| word.eq_ignore_ascii_case(first))
}
