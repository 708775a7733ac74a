//! Word lists of the editorial rules.
//!
//! The lists are YAML files beside this module, each entry with where it comes from; here they
//! become [`Matcher`]s. [`hints`] tells by one look at a text which of them are worth a search.
//! Except for [`concept_of`] they are English: a rule that asks them asks [`is_english`] first.

mod expression;
mod headings;
mod hints;
mod medicines;
mod pattern;
mod phrase;
mod word;

pub use headings::{Concept, concept_in_exercise, concept_of};
pub use hints::{Hint, Hints};
pub use medicines::{Medicines, Weight};
pub use pattern::{Entry, Hit, Matcher};

use crate::model::{Record, normal};
use foldhash::fast::FixedState;
use hints::Table;
use regex::Regex;
use serde::Deserialize;
use std::collections::{BTreeMap, HashSet};
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

/// What safety notes say.
#[derive(Debug)]
pub struct Safety {
    /// Any idea that makes a text a safety note; the hit's list is the idea.
    pub concepts: Matcher,
    /// Whom to ask.
    pub consult: Matcher,
    /// Words for ending the exercise.
    pub stop: Matcher,
    /// What is felt when something goes wrong.
    pub symptoms: Matcher,
    /// Conditions that call for care.
    pub conditions: Matcher,
    /// The matcher of each idea and each group of conditions.
    ideas: Vec<(&'static str, Matcher)>,
    /// Texts that stand for no text, as [`crate::model::normal::bare`] gives them.
    pub fillers: Vec<String>,
    /// Symptoms with which nobody goes on.
    pub alarms: Matcher,
    /// Words for going on, unsafe beside one of [`Self::alarms`].
    pub in_spite: Matcher,
    /// Advice to do something unsafe; the hit's list is the kind.
    pub unsafe_cues: Matcher,
}

impl Safety {
    fn read(table: &mut Table) -> Self {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Data {
            concepts: Lists,
            stop: Vec<String>,
            symptoms: Lists,
            conditions: Lists,
            fillers: Vec<String>,
            alarms: Vec<String>,
            in_spite: Vec<String>,
            unsafe_cues: Lists,
        }
        let data: Data = read("safety", include_str!("lexicon/safety.yaml"));
        let each = data.concepts.iter().chain(&data.conditions);
        // The lists live as long as the program.
        let ideas = each
            .map(|(list, patterns)| (&*list.clone().leak(), matcher(list, patterns, table)))
            .collect();
        Safety {
            ideas,
            consult: matcher("consult", &data.concepts["consult"], table),
            concepts: matcher_of(&data.concepts, table),
            stop: matcher("stop", &data.stop, table),
            symptoms: matcher_of(&data.symptoms, table),
            conditions: matcher_of(&data.conditions, table),
            fillers: data.fillers.iter().map(|filler| normal::bare(filler)).collect(),
            alarms: matcher("alarms", &data.alarms, table),
            in_spite: matcher("in_spite", &data.in_spite, table),
            unsafe_cues: matcher_of(&data.unsafe_cues, table),
        }
    }

    /// Every idea and group of conditions that a text holds, by the name of its list.
    pub fn ideas_in(&self, text: &str, hints: Hints) -> Vec<&'static str> {
        let likely = self.ideas.iter().filter(|(_, own)| hints.has(own.hint()));
        likely.filter(|(_, own)| own.is_match(text)).map(|(list, _)| *list).collect()
    }
}

/// A feature of an exercise that is risky for some.
#[derive(Debug)]
pub struct Hazard {
    /// Words that show it; `None` where only its tag does.
    pub triggers: Option<Matcher>,
    /// Ideas of which one has to be stated ([`Safety::ideas_in`]).
    pub precautions: Vec<String>,
    /// What to say, for a help.
    pub ask: String,
}

fn hazards(table: &mut Table) -> BTreeMap<String, Hazard> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Data {
        #[serde(default)]
        triggers: Vec<String>,
        precautions: Vec<String>,
        ask: String,
    }
    let data: BTreeMap<String, Data> = read("hazards", include_str!("lexicon/hazards.yaml"));
    let hazard = |(tag, own): (String, Data)| {
        let triggers = (!own.triggers.is_empty()).then(|| matcher(&tag, &own.triggers, table));
        (tag, Hazard { triggers, precautions: own.precautions, ask: own.ask })
    };
    data.into_iter().map(hazard).collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Care {
    promises: Lists,
    discourages: Lists,
    emergency_signs: Vec<String>,
    substitutes: Vec<String>,
}

/// How texts advertise.
#[derive(Debug)]
pub struct Promotion {
    /// Calls to buy or book, praise and bait; the hit's list says which.
    pub words: Matcher,
    /// Prices and pitches; the hit's list says which.
    pub offers: Matcher,
    /// What makes a discount a line of a price list.
    pub own_prices: Matcher,
    /// Parts of addresses of links that pay whoever placed them.
    pub affiliate: Matcher,
    /// Parts of addresses of shops.
    pub shop: Matcher,
    /// Who sells nothing, whatever readers are asked to book.
    pub public_services: Matcher,
    /// Words that say who gains.
    pub disclosed: Matcher,
}

impl Promotion {
    fn read(table: &mut Table) -> Self {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Data {
            promotion: Lists,
            offer: Lists,
            own_prices: Vec<String>,
            affiliate: Vec<String>,
            shop: Vec<String>,
            public_services: Vec<String>,
            disclosed: Vec<String>,
        }
        let data: Data = read("promotion", include_str!("lexicon/promotion.yaml"));
        Promotion {
            words: matcher_of(&data.promotion, table),
            offers: matcher_of(&data.offer, table),
            own_prices: matcher("own_prices", &data.own_prices, &mut Table::new()),
            affiliate: matcher("affiliate", &data.affiliate, table),
            shop: matcher("shop", &data.shop, table),
            public_services: matcher("public_services", &data.public_services, table),
            disclosed: matcher("disclosed", &data.disclosed, table),
        }
    }
}

/// What a text on a condition says of when to get help.
#[derive(Debug)]
pub struct WarningSigns {
    /// Names of the conditions; the hit's list is the topic.
    pub terms: Matcher,
    /// By the name of their list.
    pub topics: BTreeMap<String, Topic>,
    /// Titles with the name of a condition that are about something else.
    pub other_titles: Matcher,
    /// Each sign by its name: what messages call it, and the words it is met in.
    pub signs: BTreeMap<String, (String, Matcher)>,
    /// Words that call for help at once by themselves.
    pub urgent: Matcher,
    /// How soon to act, beside [`Self::help`].
    pub soon: Matcher,
    /// Whom to turn to.
    pub help: Matcher,
    /// Words of a link, or of an address, behind which signs are listed.
    pub pages: Matcher,
}

/// A condition with known warning signs.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// As shown in messages.
    pub name: String,
    terms: Vec<String>,
    /// Signs that a text should name.
    pub groups: Vec<String>,
    /// Without these the list is incomplete, however long it is.
    pub must_have: Vec<String>,
    pub min_groups: usize,
    /// Signs that belong to the ordinary course too: alone they are no list.
    pub everyday: Vec<String>,
    /// Why it matters, for a note.
    pub why: String,
    /// What to write, for a help.
    pub say: String,
}

impl WarningSigns {
    fn read(table: &mut Table) -> Self {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Group {
            say: String,
            patterns: Vec<String>,
        }
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Data {
            topics: BTreeMap<String, Topic>,
            other_titles: Vec<String>,
            groups: BTreeMap<String, Group>,
            urgent: Vec<String>,
            soon: Vec<String>,
            help: Vec<String>,
            pages: Vec<String>,
        }
        let data: Data = read("warning_signs", include_str!("lexicon/warning_signs.yaml"));
        let terms = data.topics.iter().flat_map(|(topic, own)| {
            own.terms.iter().map(move |pattern| (topic.as_str(), pattern.as_str()))
        });
        WarningSigns {
            terms: Matcher::new(terms, table),
            other_titles: matcher("other_titles", &data.other_titles, table),
            signs: data
                .groups
                .iter()
                .map(|(name, own)| {
                    (name.clone(), (own.say.clone(), matcher(name, &own.patterns, table)))
                })
                .collect(),
            urgent: matcher("urgent", &data.urgent, table),
            soon: matcher("soon", &data.soon, table),
            // No hint: it is asked for sentences that say how soon.
            help: matcher("help", &data.help, &mut Table::new()),
            pages: matcher("pages", &data.pages, table),
            topics: data.topics,
        }
    }
}

/// How steps are written.
#[derive(Debug)]
pub struct Steps {
    /// Verbs of movement and action, in their imperative.
    pub imperatives: HashSet<String, FixedState>,
    /// Words for a posture or a place to begin.
    pub positions: Matcher,
    /// Words that tell a repeated step from its first time.
    pub sides: Matcher,
}

impl Steps {
    fn read(table: &mut Table) -> Self {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Data {
            imperatives: Vec<String>,
            positions: Lists,
            sides: Vec<String>,
        }
        let data: Data = read("steps", include_str!("lexicon/steps.yaml"));
        Steps {
            imperatives: data.imperatives.into_iter().collect(),
            positions: matcher_of(&data.positions, table),
            sides: matcher("sides", &data.sides, table),
        }
    }
}

/// Words of a dose.
#[derive(Debug)]
pub struct DoseWords {
    /// What sounds like a dose and cannot be followed.
    pub vague: Matcher,
    /// The same in a step, where only whole phrases are surely about the dose.
    pub vague_in_steps: Matcher,
    /// How often, in words without a number.
    pub how_often: Matcher,
    /// A sentence with one of these tells of a change, an example or somebody else's dose.
    pub not_the_dose: Matcher,
    /// Numbers, in digits and in words, and words for how often.
    pub numbers: Hint,
    /// [`Self::HOLD`], [`Self::LASTING`] and [`Self::REPEAT`]: verbs of a hold, of something done for a time, and
    /// of repetitions.
    pub hold: Hint,
    pub lasting: Hint,
    pub repeat: Hint,
}

// What every expression of `model::dosage` needs one of.
const NUMBERS: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve",
    "fifteen", "twenty", "thirty", "forty", "sixty", "ninety", "once", "twice", "thrice", "daily",
    "weekly", "every", "each",
];

impl DoseWords {
    pub const HOLD: &[&str] = &["hold", "holding", "stay", "pause", "remain", "keep"];
    pub const LASTING: &[&str] = &[
        "continue",
        "walk",
        "cycle",
        "run",
        "jog",
        "march",
        "swim",
        "row",
        "roll",
        "keep going",
        "massage",
        "repeat",
    ];
    pub const REPEAT: &[&str] = &["repeat", "perform", "do", "complete"];

    fn read(table: &mut Table) -> Self {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Data {
            vague: Vec<String>,
            vague_in_steps: Vec<String>,
            how_often: Vec<String>,
            not_the_dose: Vec<String>,
        }
        let data: Data = read("dosage", include_str!("lexicon/dosage.yaml"));
        DoseWords {
            vague: matcher("vague", &data.vague, table),
            vague_in_steps: matcher("vague_in_steps", &data.vague_in_steps, table),
            how_often: matcher("how_often", &data.how_often, table),
            not_the_dose: matcher("not_the_dose", &data.not_the_dose, table),
            numbers: table.add_numbers(NUMBERS.iter().copied()),
            hold: table.add_words(Self::HOLD),
            lasting: table.add_words(Self::LASTING),
            repeat: table.add_words(Self::REPEAT),
        }
    }
}

/// What is left of drafts, websites and assistants.
#[derive(Debug)]
pub struct Residue {
    /// Notes to self inside a text.
    pub placeholders: Matcher,
    /// The same when a whole value or block is nothing else; in small letters.
    pub whole_placeholders: Vec<String>,
    /// Whole blocks of a website's frame.
    pub chrome: Matcher,
    /// Words of a writing assistant about its own work.
    pub assistant: Matcher,
    /// Marks that tools leave; the hit's list is whose.
    pub marks: Matcher,
    /// First words of an outline's prompts.
    pub outline_openers: Vec<String>,
    /// Words that make a sentence of an outline's prompt.
    pub finite_verbs: Matcher,
}

impl Residue {
    fn read(table: &mut Table) -> Self {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Data {
            placeholders: Vec<String>,
            whole_placeholders: Vec<String>,
            chrome: Vec<String>,
            assistant: Vec<String>,
            marks: Lists,
            outline_openers: Vec<String>,
            finite_verbs: Vec<String>,
        }
        let data: Data = read("residue", include_str!("lexicon/residue.yaml"));
        Residue {
            placeholders: matcher("placeholders", &data.placeholders, table),
            whole_placeholders: data.whole_placeholders,
            chrome: matcher("chrome", &data.chrome, table),
            assistant: matcher("assistant", &data.assistant, table),
            marks: matcher_of(&data.marks, table),
            outline_openers: data.outline_openers,
            finite_verbs: matcher("finite_verbs", &data.finite_verbs, table),
        }
    }
}

/// One side and the other.
#[derive(Debug)]
pub struct Laterality {
    /// Words of one side in a name.
    pub in_name: Matcher,
    /// Words of one side in a step.
    pub in_steps: Matcher,
    /// Words that bring the other side in.
    pub answers: Matcher,
}

impl Laterality {
    fn read(table: &mut Table) -> Self {
        let data: Lists = read("laterality", include_str!("lexicon/laterality.yaml"));
        Laterality {
            in_name: matcher("in_name", &data["in_name"], table),
            in_steps: matcher("in_steps", &data["in_steps"], table),
            answers: matcher("answers", &data["answers"], table),
        }
    }
}

/// Text alternatives that say nothing, as [`normal::plain`] gives them.
pub static GENERIC_ALT: LazyLock<Vec<String>> = LazyLock::new(|| {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Data {
        generic: Vec<String>,
    }
    let data: Data = read("media", include_str!("lexicon/media.yaml"));
    data.generic.iter().map(|own| normal::plain(own)).collect()
});

/// Whether the English lists fit a record: it says so, or it says nothing.
pub fn is_english(record: &Record<'_>) -> bool {
    record.text("inLanguage").is_none_or(|language| {
        let main = language.as_str().trim().split(['-', '_']).next().unwrap_or("");
        ["", "en", "eng", "english"].iter().any(|own| main.eq_ignore_ascii_case(own))
    })
}

/// Whether texts without a stated language read like English: they hold one of its smallest words,
/// or hardly any words at all.
pub fn reads_english<'t>(texts: impl IntoIterator<Item = &'t str>) -> bool {
    const SMALL: &[&str] = &[
        "the", "and", "your", "you", "with", "of", "to", "is", "this", "for", "from", "on", "at",
        "or", "a", "if",
    ];
    const FEW: usize = 8;
    let mut count = 0;
    for text in texts {
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            if SMALL.iter().any(|small| word.eq_ignore_ascii_case(small)) {
                return true;
            }
            if !word.is_ascii() {
                count += FEW;
            }
            count += 1;
        }
    }
    count < FEW
}

/// Whether the last words of a clause turn what follows around.
pub fn is_negated(before: &str) -> bool {
    const NEGATIONS: &[&str] = &[
        "not",
        "no",
        "never",
        "neither",
        "nobody",
        "none",
        "nothing",
        "nor",
        "without",
        "cannot",
        "hardly",
        "don't",
        "doesn't",
        "shouldn't",
        "won't",
        "can't",
        "avoid",
        "avoiding",
        "instead",
        "rather",
    ];
    const SCOPE: usize = 5;
    const ENDS: [char; 7] = ['.', ';', ':', '?', '!', '(', ')'];
    let negates = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).replace('\u{2019}', "'");
        NEGATIONS.iter().any(|own| word.eq_ignore_ascii_case(own))
    };
    // From behind, so that a long sentence is not read again for each of its words.
    for word in before.split_whitespace().rev().take(SCOPE) {
        let own = word.rsplit(ENDS).next().unwrap_or("");
        // "but", "however" begin a clause of their own.
        if matches!(own, "but" | "however" | "although" | "whereas" | "while") {
            return false;
        }
        if negates(own) {
            return true;
        }
        if own.len() < word.len() {
            return false;
        }
    }
    false
}

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
        all.extend([&LEXICON.causal, &LEXICON.prescriptive]);
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

    #[test]
    fn other_languages_are_told() {
        assert!(reads_english(["Lift your knee."]));
        assert!(reads_english(["Bridge"]));
        assert!(!reads_english(["Lyft höften långsamt", "Håll kvar i fem sekunder"]));
        assert!(!reads_english(["Lever le bassin lentement, puis redescendre sans forcer"]));
    }
}
