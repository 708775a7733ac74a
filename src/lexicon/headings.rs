//! What a section is about, by its heading, in every language of the list.

use crate::normal;
use foldhash::fast::FixedState;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// What a section is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Concept {
    AnswerKey,
    Contraindications,
    Disclosure,
    Dosage,
    Equipment,
    Faq,
    FurtherReading,
    Progression,
    Quiz,
    RedFlags,
    Safety,
    Sources,
    Steps,
    StopIf,
}

/// Headings by what they announce and by the code of their language.
type Data = BTreeMap<Concept, BTreeMap<String, Vec<String>>>;

fn data() -> Data {
    super::read("headings", include_str!("headings.yaml"))
}

static HEADINGS: LazyLock<HashMap<String, Concept, FixedState>> = LazyLock::new(|| {
    let data = data();
    let mut out = HashMap::default();
    for (concept, languages) in data {
        for heading in languages.into_values().flatten() {
            // A word may mean one thing in one language and another elsewhere; the first concept
            // in alphabetical order keeps it.
            out.entry(normal::plain(&heading)).or_insert(concept);
        }
    }
    out
});

/// What a heading announces: the whole of it, without a number or a picture before it, and without a picture or a
/// remark in brackets behind it ("Sources (in order)"). Two words for one thing announce it together ("Warnings and
/// precautions").
pub fn concept_of(heading: &str) -> Option<Concept> {
    /// More than any heading of the list has twice.
    const LONGEST: usize = 120;
    let plain = normal::plain(heading);
    let is_before = |c: char| c.is_ascii_digit() || !c.is_alphanumeric();
    // Signs of some scripts that are no letters end words.
    let is_picture = |c: char| c >= '\u{2190}' && !c.is_alphanumeric();
    let is_behind = |c: char| c == '?' || c.is_whitespace() || is_picture(c);
    let plain = plain.trim_start_matches(is_before).trim_end_matches(is_behind);
    let remark = plain.strip_suffix(')').and_then(|own| own.split_once(" ("));
    let plain = remark.map_or(plain, |(before, _)| before);
    let known = |words: &str| HEADINGS.get(words.trim()).copied();
    known(plain).or_else(|| {
        let (first, rest) = split(plain).filter(|_| plain.len() <= LONGEST)?;
        both(known(first)?, known(rest)?)
    })
}

/// A heading that is in other languages than a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ForeignHeading {
    /// The codes of its languages, sorted.
    pub languages: &'static [&'static str],
    /// What it is in the language of the text.
    pub own: &'static str,
}

/// A heading of the list that is of other languages than `language`, which has one of its own for the same; `None`
/// for words that many languages have.
pub fn foreign_heading(heading: &str, language: &str) -> Option<ForeignHeading> {
    static DATA: LazyLock<Data> = LazyLock::new(data);
    static LANGUAGES: LazyLock<Languages> = LazyLock::new(|| languages(&DATA));
    let plain = normal::plain(heading);
    let plain = plain.trim_start_matches(|c: char| c.is_ascii_digit() || !c.is_alphanumeric());
    let plain = plain.trim_end_matches('?').trim_end();
    let (concept, languages) = LANGUAGES.get(plain)?;
    if EVERYWHERE.contains(&plain) || languages.contains(&language) {
        return None;
    }
    let own = DATA[concept].iter().find(|(code, _)| main_code(code) == language)?.1.first()?;
    Some(ForeignHeading { languages, own })
}

/// What a heading announces, and the codes of its languages.
type Languages = HashMap<String, (Concept, Vec<&'static str>), FixedState>;

fn languages(data: &'static Data) -> Languages {
    let mut out = Languages::default();
    for (concept, languages) in data {
        for (code, headings) in languages {
            for heading in headings {
                let (_, codes) = out.entry(normal::plain(heading)).or_insert((*concept, vec![]));
                codes.push(main_code(code));
            }
        }
    }
    for (_, codes) in out.values_mut() {
        codes.sort_unstable();
        codes.dedup();
    }
    out
}

/// Norwegian and Danish have most headings in common.
fn main_code(code: &'static str) -> &'static str {
    if code == "no" { "da" } else { code }
}

/// Words of many languages, and such as are borrowed from English.
// Source: catalogue of word lists, S (same in many languages); cognates among the headings of this list (H).
#[rustfmt::skip]
const EVERYWHERE: &[&str] = &[
    "quiz", "faq", "sources", "source", "information", "dosage", "dose", "technique", "instructions", "execution",
    "prescription", "volume", "progression", "progressions", "regression", "regressions", "variations", "modifications",
    "questions", "solutions", "citations", "reference", "red flags", "safety first", "how to",
    "bibliographie", "dosis", "kontraindikationen", "steg", "variationen",
];

/// What a heading or a label of an exercise announces: also one that only holds words for care, as "Health and
/// safety" and "When not to do this exercise" do.
pub fn concept_in_exercise(heading: &str) -> Option<Concept> {
    /// A sentence is no heading.
    const LONGEST: usize = 60;
    let care = || {
        let words = normal::plain(heading).replace(['&', '/', '-', '?'], " ");
        let words: Vec<_> = words.split_whitespace().collect();
        let holds = |own: &str| {
            let own: Vec<_> = own.split(' ').collect();
            words.windows(own.len()).any(|part| part == own)
        };
        CARE.iter().find(|(own, _)| holds(own)).map(|(_, concept)| *concept)
    };
    let known = concept_of(heading);
    match known {
        None if heading.len() <= LONGEST => {
            care().or_else(|| tells_how(heading).then_some(Concept::Steps))
        }
        // "Safety and when to stop"
        Some(Concept::Safety) if heading.len() <= LONGEST => care().or(known),
        _ => known,
    }
}

/// "How to do the bridge", "How to perform it".
fn tells_how(heading: &str) -> bool {
    let plain = normal::plain(heading);
    ["how to do ", "how to perform "].iter().any(|own| plain.starts_with(own))
}

/// Words for care in headings of exercises; the first that is there counts.
// Source: headings of patient leaflets and exercise programmes in English (K).
const CARE: &[(&str, Concept)] = &[
    ("when to stop", Concept::StopIf),
    ("stop signs", Concept::StopIf),
    ("signs to stop", Concept::StopIf),
    ("red flags", Concept::RedFlags),
    ("warning signs", Concept::RedFlags),
    ("contraindications", Concept::Contraindications),
    ("when not to", Concept::Contraindications),
    ("who should not", Concept::Contraindications),
    ("who shouldn't", Concept::Contraindications),
    ("who should skip", Concept::Contraindications),
    ("who should avoid", Concept::Contraindications),
    ("not for you if", Concept::Contraindications),
    ("not suitable for", Concept::Contraindications),
    ("not recommended for", Concept::Contraindications),
    ("do not do if", Concept::Contraindications),
    ("seek help", Concept::RedFlags),
    ("seek medical", Concept::RedFlags),
    ("medical advice", Concept::Safety),
    ("safety", Concept::Safety),
    ("is it safe", Concept::Safety),
    ("is this safe", Concept::Safety),
    ("is this exercise safe", Concept::Safety),
    ("precautions", Concept::Safety),
    ("cautions", Concept::Safety),
    ("warnings", Concept::Safety),
    ("risks", Concept::Safety),
    ("doctor first", Concept::Safety),
    ("dos and don'ts", Concept::Safety),
    ("do's and don'ts", Concept::Safety),
];

/// The two halves of "warnings and precautions".
fn split(heading: &str) -> Option<(&str, &str)> {
    let (at, word) = heading.match_indices(' ').find_map(|(at, _)| {
        let words = [" and ", " & ", " / "];
        words.into_iter().find(|word| heading[at..].starts_with(word)).map(|word| (at, word))
    })?;
    Some((&heading[..at], &heading[at + word.len()..]))
}

/// What a section is about that is about both.
fn both(one: Concept, other: Concept) -> Option<Concept> {
    use Concept::{Contraindications, Safety, StopIf};
    let is_care = |own| matches!(own, Contraindications | Safety | StopIf);
    match one == other {
        true => Some(one),
        false => (is_care(one) && is_care(other)).then_some(Safety),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_many_languages() {
        assert_eq!(concept_of("Steps"), Some(Concept::Steps));
        assert_eq!(concept_of("2. How to do it:"), Some(Concept::Steps));
        assert_eq!(concept_of("Gör så här"), Some(Concept::Steps));
        assert_eq!(concept_of("Contre-indications"), Some(Concept::Contraindications));
        assert_eq!(concept_of("When to stop"), Some(Concept::StopIf));
        assert_eq!(concept_of("History"), None);
        assert_eq!(concept_of("⚠️ Safety first"), Some(Concept::Safety));
        assert_eq!(concept_of("Warnings & precautions"), Some(Concept::Safety));
        assert_eq!(concept_of("Cautions and contra-indications"), Some(Concept::Safety));
        assert_eq!(concept_of("Sources (in no order)"), Some(Concept::Sources));
        assert_eq!(concept_of("References \u{2755}"), Some(Concept::Sources));
        assert_eq!(concept_of("Safety and history"), None);
        assert_eq!(concept_of("Sources (of pain) and how to find them"), None);
        assert_eq!(concept_of("Steps and safety"), None);
    }

    #[test]
    fn headings_that_are_of_another_language() {
        let found = |heading: &str, language: &str| {
            foreign_heading(heading, language).map(|own| (own.languages, own.own))
        };
        assert_eq!(found("1. Referenser", "en"), Some((&["sv"][..], "references")));
        assert_eq!(found("Kilder", "sv"), Some((&["da"][..], "källor")));
        assert_eq!(found("When should I stop?", "sv"), Some((&["en"][..], "när ska du sluta")));
        for (heading, language) in [
            ("Sources", "fr"),
            ("Sources", "sv"),
            ("Dosis", "de"),
            ("Litteratur", "da"),
            ("History", "sv"),
            ("", "en"),
        ] {
            assert_eq!(found(heading, language), None, "{heading}");
        }
    }

    #[test]
    fn headings_of_exercises_with_words_for_care() {
        assert_eq!(concept_in_exercise("Health and safety"), Some(Concept::Safety));
        assert_eq!(concept_in_exercise("Safety & when to stop"), Some(Concept::StopIf));
        assert_eq!(concept_in_exercise("When not to go"), Some(Concept::Contraindications));
        assert_eq!(concept_in_exercise("Is it safe for me?"), Some(Concept::Safety));
        assert_eq!(concept_in_exercise("Do’s and don’ts"), Some(Concept::Safety));
        assert_eq!(concept_in_exercise("Who should skip this?"), Some(Concept::Contraindications));
        assert_eq!(concept_in_exercise("When to eat"), None);
        assert_eq!(concept_in_exercise("How to do the bridge"), Some(Concept::Steps));
        assert_eq!(concept_of("How to do the bridge"), None);
    }
}
