//! The names of muscles: `muscles.yaml`.

use super::{Lists, read};
use crate::nearest::Letters;
use foldhash::fast::FixedState;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

static MUSCLES: LazyLock<Muscles> = LazyLock::new(Muscles::read);

#[derive(Debug)]
struct Muscles {
    /// For each first letter, a bit for each that is the second one of a name or a part.
    seconds: [u32; 26],
    /// Names that mean little else, by their first letter.
    names: [Vec<Name>; 26],
    /// Words that stand beside them in fields.
    parts: [Vec<Name>; 26],
    /// Every word, whether a name or not.
    known: HashSet<String, FixedState>,
}

#[derive(Debug)]
struct Name {
    word: String,
    letters: Letters,
}

/// Where a name of a muscle may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MusclePlace {
    /// In a field for such names.
    Field,
    /// Among other words.
    Text,
}

impl MusclePlace {
    /// Shorter words are near to too many others.
    const fn least_letters(self) -> usize {
        match self {
            Self::Field => 5,
            Self::Text => 7,
        }
    }
}

impl Muscles {
    fn read() -> Self {
        let lists: Lists = read("muscles", include_str!("muscles.yaml"));
        let words = |list: &str| lists[list].iter().flat_map(|own| own.split(' '));
        let by_letter = |list: &str| {
            let mut out: [Vec<Name>; 26] = Default::default();
            for word in words(list) {
                let name = Name { word: word.to_owned(), letters: Letters::of(word) };
                out[letter(word).expect("names begin with a letter")].push(name);
            }
            out
        };
        let mut seconds = [0; 26];
        for word in ["names", "parts"].into_iter().flat_map(words) {
            let (first, second) = (letter(word), letter(&word[1..]));
            seconds[first.expect("a letter")] |= 1 << second.expect("names are longer");
        }
        let known = ["names", "parts", "others"].into_iter().flat_map(words).map(str::to_owned);
        Self {
            seconds,
            names: by_letter("names"),
            parts: by_letter("parts"),
            known: known.collect(),
        }
    }
}

/// The place of a word's first letter in the alphabet.
fn letter(word: &str) -> Option<usize> {
    let first = word.bytes().next().filter(u8::is_ascii_alphabetic)?;
    Some(usize::from(first.to_ascii_lowercase() - b'a'))
}

/// The words of a text that are long enough to be judged, as ranges of it.
pub fn judged_words(text: &str, place: MusclePlace) -> impl Iterator<Item = Range<usize>> {
    let least = place.least_letters();
    let mut at = 0;
    let is_between = |byte: &u8| byte.is_ascii() && !byte.is_ascii_alphabetic();
    let words = text.as_bytes().split(is_between).map(move |word| {
        let start = at;
        at += word.len() + 1;
        start..start + word.len()
    });
    words.filter(move |range| range.len() >= least)
}

/// What a misspelt word in the name of a muscle most likely stands for; `None` for words that are right, and for those that
/// are no such names.
pub fn muscle_meant(word: &str, place: MusclePlace) -> Option<&'static str> {
    if word.len() < place.least_letters() || !word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let first = letter(word)?;
    // Of most words the first two letters are those of no name.
    if place == MusclePlace::Text && MUSCLES.seconds[first] & 1 << letter(&word[1..])? == 0 {
        return None;
    }
    let parts = MUSCLES.parts[first].iter().filter(|_| place == MusclePlace::Field);
    let near = |own: &&Name| own.word.len().abs_diff(word.len()) <= 2;
    let mut candidates = MUSCLES.names[first].iter().chain(parts).filter(near).peekable();
    candidates.peek()?;
    let word = word.to_ascii_lowercase();
    let is_known = |word: &str| MUSCLES.known.contains(word);
    if is_known(&word)
        || word.strip_suffix('s').map_or_else(|| is_known(&format!("{word}s")), is_known)
    {
        return None;
    }
    let letters = Letters::of(&word);
    let limit = if word.len() < 9 { 1 } else { 2 };
    let found = candidates.filter_map(|own| Some((letters.edits_from(&own.letters, limit)?, own)));
    // Of two that are as near, the one that the lists have first.
    let (_, best) = found.min_by_key(|(edits, _)| *edits)?;
    Some(&best.word)
}

#[cfg(test)]
mod tests {
    use super::{MusclePlace, muscle_meant};

    #[test]
    fn misspelt_names() {
        let text = |word| muscle_meant(word, MusclePlace::Text);
        assert_eq!(text("quadracep"), Some("quadriceps"));
        assert_eq!(text("Hamstings"), Some("hamstrings"));
        assert_eq!(text("gastrocnemious"), Some("gastrocnemius"));
        assert_eq!(text("Illiopsoas"), Some("iliopsoas"));
        assert_eq!(text("gluteous"), Some("gluteus"));
        assert_eq!(muscle_meant("sholders", MusclePlace::Field), Some("shoulders"));
        assert_eq!(muscle_meant("glutius", MusclePlace::Field), Some("gluteus"));
        assert_eq!(muscle_meant("medias", MusclePlace::Field), Some("medius"));
    }

    #[test]
    fn other_words() {
        let right = "quadriceps hamstrings Psoas plantar trapezium quadrants transversal serrated gluteals maximal \
            elevate pronation obliquely abduction quadruped biceps' soreness deltoids scalpel peroneal platform glute";
        for word in right.split(' ') {
            assert_eq!(muscle_meant(word, MusclePlace::Text), None, "{word}");
            assert_eq!(muscle_meant(word, MusclePlace::Field), None, "{word}");
        }
        assert_eq!(muscle_meant("sholders", MusclePlace::Text), None);
        assert_eq!(muscle_meant("höftböjare", MusclePlace::Field), None);
        assert_eq!(muscle_meant("", MusclePlace::Field), None);
    }
}
