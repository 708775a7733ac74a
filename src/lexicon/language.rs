//! Which language a text is in, and whether the English lists fit it.

use crate::normal::lowered;
use foldhash::fast::FixedState;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Whether a language, as a BCP 47 tag or by its name, is English, or none.
pub fn is_english(language: &str) -> bool {
    let main = language.trim().split(['-', '_']).next().unwrap_or("");
    ["", "en", "eng", "english"].iter().any(|own| main.eq_ignore_ascii_case(own))
}

/// Whether texts without a stated language read like English: they hold one of its smallest words,
/// or hardly any words at all.
pub fn reads_english<'t>(texts: impl IntoIterator<Item = &'t str>) -> bool {
    const SMALL: &[&str] = &["the", "and", "your", "you", "with", "to", "this", "from"];
    // Words of other languages, too, which give themselves away by their letters.
    const SHARED: &[&str] = &["of", "is", "for", "on", "at", "or", "a", "if"];
    const FEW: usize = 8;
    let (mut count, mut is_shared, mut is_ascii) = (0, false, true);
    for text in texts {
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            if SMALL.iter().any(|small| word.eq_ignore_ascii_case(small)) {
                return true;
            }
            is_shared |= SHARED.iter().any(|small| word.eq_ignore_ascii_case(small));
            is_ascii &= word.is_ascii();
            count += 1;
        }
    }
    is_ascii && (is_shared || count < FEW)
}

/// A language that is known by its smallest words.
#[derive(Debug)]
pub struct Language {
    /// As tags have it, in `headings.yaml` too.
    pub code: &'static str,
    /// In English.
    pub name: &'static str,
    /// Words of no meaning of their own, of which every sentence holds some; 32 at most.
    small: &'static [&'static str],
}

/// The languages that are told apart; Norwegian and Danish are one, as their smallest words are.
// Source: the most frequent words of each language (K), without those that are words of meaning in another one.
#[rustfmt::skip]
pub static LANGUAGES: &[Language] = &[
    Language { code: "da", name: "Danish or Norwegian", small: &["og", "i", "det", "er", "ikke", "til", "som", "på", "med", "af", "av", "for", "den", "et", "en", "at", "å", "du", "kan", "når", "eller", "fra", "om", "din", "ved", "har"] },
    Language { code: "de", name: "German", small: &["und", "der", "die", "das", "ist", "nicht", "sie", "mit", "den", "dem", "ein", "eine", "einen", "zu", "von", "auf", "für", "im", "sich", "oder", "wenn", "bei", "auch", "wird", "ihre", "ihr", "es", "in", "an", "sind"] },
    Language { code: "en", name: "English", small: &["the", "of", "and", "to", "in", "is", "are", "that", "it", "for", "with", "as", "on", "be", "or", "you", "your", "this", "from", "by", "not", "an", "if", "at", "can", "when", "have", "has", "which", "they", "a"] },
    Language { code: "es", name: "Spanish", small: &["el", "la", "los", "las", "de", "y", "en", "que", "del", "con", "por", "para", "una", "un", "es", "no", "se", "su", "al", "como", "más", "o", "lo", "si", "son"] },
    Language { code: "fi", name: "Finnish", small: &["ja", "on", "ei", "se", "että", "kun", "tai", "mutta", "jos", "voi", "ovat", "myös", "kuin", "ole", "sen", "joka", "niin", "hyvin", "olla", "mukaan"] },
    Language { code: "fr", name: "French", small: &["le", "la", "les", "de", "et", "des", "du", "un", "une", "est", "en", "que", "qui", "dans", "pour", "pas", "sur", "vous", "avec", "au", "aux", "ou", "votre", "vos", "il", "elle", "ce", "se", "ne", "par", "sont"] },
    Language { code: "it", name: "Italian", small: &["il", "la", "di", "e", "che", "è", "un", "una", "per", "con", "non", "del", "della", "le", "gli", "lo", "in", "si", "sono", "da", "dei", "delle", "al", "alla", "nel", "o", "come"] },
    Language { code: "nl", name: "Dutch", small: &["de", "het", "een", "en", "van", "in", "is", "dat", "op", "te", "met", "voor", "niet", "zijn", "je", "u", "uw", "aan", "er", "om", "ook", "als", "bij", "of", "naar", "door", "kan", "wordt"] },
    Language { code: "pl", name: "Polish", small: &["i", "w", "na", "z", "nie", "się", "do", "to", "że", "jest", "o", "przez", "od", "po", "są", "lub", "jak", "dla", "oraz", "przy", "ze", "który", "które", "ale"] },
    Language { code: "pt", name: "Portuguese", small: &["o", "a", "os", "as", "de", "e", "que", "do", "da", "dos", "das", "em", "um", "uma", "para", "com", "não", "no", "na", "por", "se", "é", "ou", "mais", "sua", "seu", "ao", "são"] },
    Language { code: "sv", name: "Swedish", small: &["och", "i", "det", "är", "inte", "att", "som", "på", "med", "av", "för", "den", "ett", "en", "till", "du", "kan", "när", "eller", "från", "om", "din", "vid", "har", "sig", "de", "så"] },
];

/// The language of a BCP 47 tag, if it is one that is told apart.
pub fn language(tag: &str) -> Option<&'static Language> {
    let main = tag.trim().split(['-', '_']).next().unwrap_or("").to_ascii_lowercase();
    let code = match &*main {
        "no" | "nb" | "nn" => "da",
        code => code,
    };
    LANGUAGES.iter().find(|own| own.code == code)
}

/// Of a text: how many words there are, and how many are small words of each language that is told apart.
#[derive(Clone, Copy, Debug, Default)]
pub struct SmallWords {
    pub words: usize,
    of: [usize; LANGUAGES.len()],
    /// Which of the small words of a language stand in it, by bits.
    different: [u32; LANGUAGES.len()],
}

impl SmallWords {
    pub fn add(&mut self, text: &str) {
        /// For each word, the languages that have it, and its place among theirs.
        type Lists = HashMap<&'static str, Vec<(usize, usize)>, FixedState>;
        static LISTS: LazyLock<Lists> = LazyLock::new(|| {
            let mut out = Lists::default();
            for (index, language) in LANGUAGES.iter().enumerate() {
                for (place, word) in language.small.iter().enumerate() {
                    out.entry(word).or_default().push((index, place));
                }
            }
            out
        });
        /// Bytes of the longest of them, and more.
        const LONGEST: usize = 12;
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            self.words += 1;
            if word.len() > LONGEST {
                continue;
            }
            for (index, place) in LISTS.get(&*lowered(word)).into_iter().flatten() {
                self.of[*index] += 1;
                self.different[*index] |= 1 << place;
            }
        }
    }

    pub fn together(mut self, other: &Self) -> Self {
        self.words += other.words;
        self.of.iter_mut().zip(other.of).for_each(|(own, other)| *own += other);
        self.different.iter_mut().zip(other.different).for_each(|(own, other)| *own |= other);
        self
    }

    /// The language whose small words are most of them, where those of no other one come near.
    pub fn language(&self) -> Option<&'static Language> {
        /// Small words that are enough to tell.
        const LEAST: usize = 8;
        /// So many of them are others: letters of options and of lists are small words somewhere.
        const DIFFERENT: u32 = 4;
        /// One word of so many has to be one.
        const SHARE: usize = 8;
        let (best, count) = self.of.iter().copied().enumerate().max_by_key(|(_, count)| *count)?;
        let is_far = |(other, own): (usize, &usize)| other == best || own * 3 <= count * 2;
        let is_clear = self.of.iter().enumerate().all(is_far);
        let is_enough = count >= LEAST && self.different[best].count_ones() >= DIFFERENT;
        (is_enough && count * SHARE >= self.words && is_clear).then(|| &LANGUAGES[best])
    }

    /// Whether it is hardly in this language.
    pub fn is_hardly(&self, language: &Language) -> bool {
        let index = LANGUAGES.iter().position(|own| own.code == language.code);
        let most = self.of.iter().copied().max().unwrap_or(0);
        index.is_some_and(|index| self.of[index] * 3 <= most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_by_their_small_words() {
        let told = |text: &str| {
            let mut found = SmallWords::default();
            found.add(text);
            found.language().map(|own| own.code)
        };
        assert_eq!(
            told(
                "Lift the hips until they are in line with your knees, and hold this for a breath."
            ),
            Some("en")
        );
        assert_eq!(
            told(
                "Lyft höften så att den är i linje med dina knän, och håll kvar i ett andetag när du kan. Det är inte farligt om det drar."
            ),
            Some("sv")
        );
        assert_eq!(
            told(
                "Heben Sie das Becken, bis es mit den Knien in einer Linie ist, und halten Sie es für einen Atemzug, wenn das nicht weh tut."
            ),
            Some("de")
        );
        assert_eq!(told("Lift the hips."), None);
        assert_eq!(told("Musculus gluteus maximus, medius et minimus. ".repeat(20).as_str()), None);
        assert_eq!(language("nb-NO").map(|own| own.code), Some("da"));
        assert!(language("ja").is_none());
        assert!(LANGUAGES.iter().all(|own| own.small.len() <= 32));
    }

    #[test]
    fn other_languages_are_told() {
        assert!(reads_english(["Lift your knee."]));
        assert!(reads_english(["Bridge"]));
        assert!(!reads_english(["Lyft höften långsamt", "Håll kvar i fem sekunder"]));
        assert!(reads_english([
            "Hold a dumbbell in each hand, palms facing forward, elbows tucked"
        ]));
        assert!(!reads_english(["Gire a cabe\u{e7}a lentamente para a direita"]));
        assert!(!reads_english(["Lever le bassin lentement, puis redescendre sans forcer"]));
    }
}
