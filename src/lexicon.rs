//! Word lists of the editorial rules.
//!
//! The lists are YAML files beside this module, each entry with where it comes from; here, and in the
//! files named like theirs, they become [`Matcher`]s. [`hints`] tells by one look at a text which of them are worth a
//! search. Except for [`concept_of`] they are English: a rule that asks them asks [`is_english`] of the record first.

mod audiences;
mod contradictions;
mod dosage;
mod equipment;
mod expression;
mod hazards;
mod headings;
mod hints;
mod language;
mod laterality;
mod medicines;
mod muscles;
mod negation;
mod pattern;
mod phrase;
mod promotion;
mod residue;
mod safety;
mod steps;
mod warning_signs;
mod word;
mod wording;

pub use audiences::{AUDIENCES, Audience, Precaution};
pub use contradictions::CONTRADICTIONS;
pub use dosage::DoseWords;
pub use equipment::equipment_in;
pub use hazards::Hazard;
pub use headings::{Concept, ForeignHeading, concept_in_exercise, concept_of, foreign_heading};
pub use hints::{Hint, Hints};
pub use language::{Language, SmallWords, is_english, language, reads_english};
pub use laterality::Laterality;
pub use medicines::{Medicines, Weight};
pub use muscles::{MusclePlace, judged_words, muscle_meant};
pub use negation::is_negated;
pub use pattern::{Entry, Hit, Matcher};
pub use promotion::Promotion;
pub use residue::Residue;
pub use safety::Safety;
pub use steps::Steps;
pub use warning_signs::{Topic, WarningSigns};
pub use wording::{Harm, Wording};

use crate::normal;
use hazards::hazards;
use hints::Table;
use regex::Regex;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Every list.
#[derive(Debug)]
pub struct Lexicon {
    pub safety: Safety,
    /// Hazards by their tag.
    pub hazards: BTreeMap<String, Hazard>,
    pub steps: Steps,
    pub dose: DoseWords,
    pub residue: Residue,
    pub laterality: Laterality,
    /// Promises of a cure, of certainty, of safety; the hit's list is the kind.
    pub promises: Matcher,
    /// Words that keep readers from professional care; the hit's list says what else decides.
    pub discourages_care: Matcher,
    /// With these nobody stays at home.
    pub emergency_signs: Matcher,
    /// What nobody stops by themselves.
    pub medicines: Medicines,
    /// What somebody is told to do in place of a medicine.
    pub substitutes: Matcher,
    /// Words of advertising.
    pub promotion: Promotion,
    /// Warning signs that texts on a condition should name.
    pub warning_signs: WarningSigns,
    /// Words of somebody's own experience.
    pub anecdotes: Matcher,
    /// Words that lay what follows in the mouth of others.
    pub hearsay: Matcher,
    /// Words for an amount where a number belongs.
    pub vague_quantities: Matcher,
    /// Verbs between a cause and what it does.
    pub causal: Matcher,
    /// What somebody with a condition has to do.
    pub prescriptive: Matcher,
    /// Labels of numbers that name a work, person or trial.
    pub identifiers: Hint,
    /// What every mention of a particular study holds.
    pub study_mentions: Hint,
    /// Parts of the body and conditions, in the singular.
    pub anatomy: Matcher,
    /// What every statement of how many parts something has holds.
    pub quantities: Hint,
    /// What points at a picture, a film or a table.
    pub pointing: Matcher,
    /// Words that harm who reads them.
    pub wording: Wording,
    table: Table,
}

pub static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut table = Table::new();
    let care: Care = read("care", include_str!("lexicon/care.yaml"));
    let evidence: Lists = read("evidence", include_str!("lexicon/evidence.yaml"));
    Lexicon {
        safety: Safety::read(&mut table),
        hazards: hazards(&mut table),
        steps: Steps::read(&mut table),
        dose: DoseWords::read(&mut table),
        residue: Residue::read(&mut table),
        laterality: Laterality::read(&mut table),
        promises: matcher_of(&care.promises, &mut table),
        discourages_care: matcher_of(&care.discourages, &mut table),
        emergency_signs: matcher("emergency_signs", &care.emergency_signs, &mut Table::new()),
        medicines: Medicines::read(),
        substitutes: matcher("substitutes", &care.substitutes, &mut Table::new()),
        promotion: Promotion::read(&mut table),
        warning_signs: WarningSigns::read(&mut table),
        anecdotes: matcher("anecdotes", &evidence["anecdotes"], &mut table),
        // No hint: they are asked for few sentences, whatever else these hold.
        hearsay: matcher("hearsay", &evidence["hearsay"], &mut Table::new()),
        vague_quantities: matcher("vague_quantities", &evidence["vague_quantities"], &mut table),
        causal: matcher("causal", &evidence["causal"], &mut table),
        prescriptive: matcher("prescriptive", &evidence["prescriptive"], &mut table),
        identifiers: table.add(IDENTIFIERS.iter().map(|own| hints::needs_of(own))),
        study_mentions: table.add(STUDY_MENTIONS.iter().map(|own| hints::needs_of(own))),
        anatomy: matcher_of(&read("anatomy", include_str!("lexicon/anatomy.yaml")), &mut table),
        quantities: table.add(QUANTITIES.iter().map(|own| hints::needs_of(own))),
        pointing: matcher_of(&Media::read().pointing, &mut table),
        wording: Wording::read(&mut table),
        table,
    }
});

// Every expression of the rule for identifiers begins with one of these.
const IDENTIFIERS: &[&str] = &[
    r"\bnct",
    r"\bisrctn",
    r"\bisbn",
    r"\bissn\b",
    r"\bpmcid\b",
    r"\bpmid\b",
    r"\borcid\b",
    r"\bror\b",
    r"\barxiv\b",
];

// A year, or "et al.", "and colleagues", "published in".
#[rustfmt::skip]
const STUDY_MENTIONS: &[&str] = &[
    r"\b(?:1980|1981|1982|1983|1984|1985|1986|1987|1988|1989|1990|1991|1992|1993|1994|1995|1996|1997|1998|1999)\b",
    r"\b(?:2000|2001|2002|2003|2004|2005|2006|2007|2008|2009|2010|2011|2012|2013|2014|2015|2016|2017|2018|2019)\b",
    r"\b(?:2020|2021|2022|2023|2024|2025|2026|2027|2028|2029|2030|2031|2032|2033|2034|2035|2036|2037|2038|2039)\b",
    r"\bal\b", r"\bcolleagues\b", r"\bcoworkers\b", r"\bworkers\b", r"\bpublished\b",
];

// Every template of `facts::quantities` has one of these.
#[rustfmt::skip]
const QUANTITIES: &[&str] = &[
    r"\bthere\b", r"\bhas\b", r"\bhave\b", r"\bcontains?\b", r"\bconsists?\b", r"\bcomprises?\b",
    r"\bmade\b", r"\bcomposed\b", r"\bformed\b", r"\bgroup\b", r"\bset\b", r"\bfamily\b",
    r"\baffects?\b", r"\boccurs?\b", r"\bfound\b", r"\bseen\b", r"\bget\b", r"\bexperience\b",
    r"\bdevelop\b", r"\bsuffer\b", r"\blive\b", r"\bmain\b", r"\bprimary\b", r"\blargest\b",
    r"\bbiggest\b", r"\bstrongest\b", r"\blongest\b", r"\bsmallest\b",
];

/// What a text may hold something of.
pub fn hints(text: &str) -> Hints {
    LEXICON.table.hints(text)
}

/// A regular expression of the program's own. Word boundaries, digits and words in it are those of ASCII: so it is
/// made and searched quickly whatever a text holds.
pub fn regex(expression: &str) -> Regex {
    let ascii = expression.replace(r"\b", r"(?-u:\b)").replace(r"\d", "[0-9]");
    let ascii = ascii.replace(r"\w", "[0-9A-Za-z_]");
    Regex::new(&ascii).expect("the patterns are part of the program")
}

/// Lists by name.
type Lists = BTreeMap<String, Vec<String>>;

fn read<T: for<'d> Deserialize<'d>>(name: &str, yaml: &str) -> T {
    serde_yaml::from_str(yaml).unwrap_or_else(|error| panic!("word list {name}: {error}"))
}

fn matcher(list: &str, patterns: &[String], table: &mut Table) -> Matcher {
    Matcher::new(patterns.iter().map(|pattern| (list, pattern.as_str())), table)
}

fn matcher_of(lists: &Lists, table: &mut Table) -> Matcher {
    let all = lists.iter().flat_map(|(list, patterns)| {
        patterns.iter().map(move |pattern| (list.as_str(), pattern.as_str()))
    });
    Matcher::new(all, table)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Care {
    promises: Lists,
    discourages: Lists,
    emergency_signs: Vec<String>,
    substitutes: Vec<String>,
}

/// Words on pictures, films and tables.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Media {
    generic: Vec<String>,
    pointing: Lists,
}

impl Media {
    fn read() -> Self {
        read("media", include_str!("lexicon/media.yaml"))
    }
}

/// Text alternatives that say nothing, as [`normal::plain`] gives them.
pub static GENERIC_ALT: LazyLock<Vec<String>> =
    LazyLock::new(|| Media::read().generic.iter().map(|own| normal::plain(own)).collect());

#[cfg(test)]
mod tests {
    use super::*;

    fn matchers() -> Vec<&'static Matcher> {
        let Lexicon { safety, hazards, steps, dose, residue, laterality, .. } = &*LEXICON;
        let hazards = hazards.values().filter_map(|hazard| hazard.triggers.as_ref());
        let ideas = safety.ideas.iter().map(|(_, own)| own);
        let mut all: Vec<_> = hazards.chain(ideas).collect();
        all.extend([&safety.concepts, &safety.consult, &safety.stop, &safety.symptoms]);
        all.extend([&safety.conditions, &safety.alarms, &safety.in_spite, &safety.unsafe_cues]);
        all.extend([&steps.positions, &steps.sides]);
        all.extend([&dose.vague, &dose.vague_in_steps, &dose.how_often, &dose.not_the_dose]);
        all.extend([&residue.placeholders, &residue.chrome, &residue.assistant, &residue.marks]);
        all.extend([&residue.finite_verbs, &laterality.in_name, &laterality.in_steps]);
        let Promotion { words, offers, affiliate, shop, public_services, disclosed, own_prices: _ } =
            &LEXICON.promotion;
        all.extend([words, offers, affiliate, shop, public_services, disclosed]);
        let signs = &LEXICON.warning_signs;
        all.extend(signs.signs.values().map(|(_, own)| own));
        all.extend([&signs.terms, &signs.other_titles, &signs.urgent, &signs.soon, &signs.pages]);
        all.extend([&LEXICON.anatomy, &LEXICON.anecdotes, &LEXICON.vague_quantities]);
        all.extend([&LEXICON.causal, &LEXICON.prescriptive, &LEXICON.wording.words]);
        all.extend([&laterality.answers, &LEXICON.discourages_care, &LEXICON.promises]);
        all
    }

    #[test]
    fn what_a_list_finds_was_hinted_at() {
        let sentences = [
            include_str!("../tests/data/claims/labelled.tsv"),
            include_str!("../tests/data/claims/documents.tsv"),
            include_str!("lexicon/safety.yaml"),
            include_str!("lexicon/hazards.yaml"),
            include_str!("lexicon/dosage.yaml"),
            include_str!("lexicon/steps.yaml"),
            include_str!("lexicon/warning_signs.yaml"),
            include_str!("lexicon/promotion.yaml"),
            include_str!("lexicon/wording.yaml"),
        ];
        let own = "TODO [insert photo] {{name}} Push through the pain! 5 min read. As an AI model. One-arm row";
        let mut found = 0;
        for text in sentences.iter().flat_map(|file| file.lines()).chain([own]) {
            let hints = hints(text);
            for matcher in matchers() {
                if matcher.is_match(text) {
                    found += 1;
                    assert!(hints.has(matcher.hint()), "{text}: {:?}", matcher.find(text));
                }
            }
        }
        assert!(found > 500, "{found}");
    }

    #[test]
    fn every_list_can_be_read() {
        assert!(LEXICON.safety.stop.is_match("stop"));
        assert!(LEXICON.steps.positions.is_match("Lie on your back"));
        assert!(LEXICON.dose.vague.is_match("several"));
        assert!(LEXICON.residue.assistant.is_match("I hope this helps!"));
        assert_eq!(concept_of("Säkerhet"), Some(Concept::Safety));
    }

    #[test]
    fn precautions_are_lists() {
        let known: Vec<_> = LEXICON.safety.ideas.iter().map(|(list, _)| *list).collect();
        for (tag, hazard) in LEXICON.hazards.iter() {
            for own in &hazard.precautions {
                assert!(known.contains(&own.as_str()), "{tag} names {own}");
            }
        }
    }

    #[test]
    fn topics_name_signs_that_are_there() {
        let WarningSigns { topics, signs, .. } = &LEXICON.warning_signs;
        for topic in topics.values() {
            assert!(topic.groups.iter().all(|group| signs.contains_key(group)));
            let parts = topic.must_have.iter().chain(&topic.everyday);
            assert!(parts.into_iter().all(|group| topic.groups.contains(group)));
            assert!((1..=topic.groups.len()).contains(&topic.min_groups));
        }
    }
}
