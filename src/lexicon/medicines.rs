//! Words for medicines: names, and the endings that names of one group share.

use super::read;
use foldhash::fast::FixedState;
use serde::Deserialize;
use std::collections::HashMap;
use std::ops::Range;

/// The words that name medicines, vaccines and the like.
#[derive(Debug)]
pub struct Medicines {
    names: HashMap<String, Weight, FixedState>,
    endings: Vec<String>,
}

/// How much is known of what a word names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Some medicine: "tablets".
    Any,
    /// One that keeps people alive or well: "insulin".
    Vital,
}

impl Medicines {
    pub(super) fn read() -> Self {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Data {
            common: Vec<String>,
            vital: Vec<Vec<String>>,
            endings: Vec<String>,
        }
        let data: Data = read("medicines", include_str!("medicines.yaml"));
        let common = data.common.into_iter().map(|own| (own, Weight::Any));
        let vital = data.vital.into_iter().flatten().map(|own| (own, Weight::Vital));
        Self { names: common.chain(vital).collect(), endings: data.endings }
    }

    /// The first medicine among the first words of a clause, at most `words` of them.
    pub fn find(&self, clause: &str, words: usize) -> Option<(Range<usize>, Weight)> {
        let mut at = 0;
        for _ in 0..words {
            let start = at + (clause[at..].len() - clause[at..].trim_start().len());
            let rest = &clause[start..];
            let end = start + rest.find(char::is_whitespace).unwrap_or(rest.len());
            let word = clause[start..end].trim_end_matches(|c: char| !c.is_alphanumeric());
            if word.is_empty() || !word.starts_with(char::is_alphanumeric) {
                return None;
            }
            if let Some(weight) = self.weight(word) {
                return Some((start..start + word.len(), weight));
            }
            if start + word.len() < end {
                return None;
            }
            at = end;
        }
        None
    }

    /// What a word weighs; `None` when it names no medicine.
    pub fn weight(&self, word: &str) -> Option<Weight> {
        // Shorter words with such an ending are other words; longer ones are no words.
        const LENGTHS: std::ops::Range<usize> = 7..30;
        if !word.is_ascii() || word.len() >= LENGTHS.end {
            return None;
        }
        let word = word.to_ascii_lowercase();
        let stem = word.strip_suffix('s').unwrap_or(&word);
        let named = || {
            let ends = self.endings.iter().any(|own| stem.ends_with(own.as_str()));
            (LENGTHS.contains(&stem.len()) && ends).then_some(Weight::Vital)
        };
        self.names.get(&word).copied().or_else(named)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_endings() {
        let medicines = Medicines::read();
        for word in ["Insulin", "atorvastatin", "statins", "ramipril", "apixaban", "adalimumab"] {
            assert_eq!(medicines.weight(word), Some(Weight::Vital), "{word}");
        }
        assert_eq!(medicines.weight("tablets"), Some(Weight::Any));
        for word in
            ["april", "April", "ibuprofen", "program", "vitamins", "höftstatin", "shoulders"]
        {
            assert_eq!(medicines.weight(word), None, "{word}");
        }
    }

    #[test]
    fn the_first_words_of_a_clause() {
        let medicines = Medicines::read();
        let found = |clause: &'static str| medicines.find(clause, 3).map(|(at, _)| &clause[at]);
        assert_eq!(found(" blood pressure tablets, please"), Some("tablets"));
        assert_eq!(found(" old bed, insulin"), None);
        assert_eq!(found(" very long list of tablets"), None);
        assert_eq!(found(" (insulin)"), None);
        assert_eq!(found(""), None);
    }
}
