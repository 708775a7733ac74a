//! Words of a dose: `dosage.yaml`.

use super::hints::Table;
use super::{Hint, Matcher, matcher, read};
use serde::Deserialize;

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

    pub(super) fn read(table: &mut Table) -> Self {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Data {
            vague: Vec<String>,
            vague_in_steps: Vec<String>,
            how_often: Vec<String>,
            not_the_dose: Vec<String>,
        }
        let data: Data = read("dosage", include_str!("dosage.yaml"));
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

// What every expression of `model::dosage` needs one of.
const NUMBERS: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve",
    "fifteen", "twenty", "thirty", "forty", "sixty", "ninety", "once", "twice", "thrice", "daily",
    "weekly", "every", "each",
];
