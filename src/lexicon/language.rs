//! Whether the English lists fit a text.

/// Whether a language, as a BCP 47 tag or by its name, is English, or none.
pub fn is_english(language: &str) -> bool {
    let main = language.trim().split(['-', '_']).next().unwrap_or("");
    ["", "en", "eng", "english"].iter().any(|own| main.eq_ignore_ascii_case(own))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_languages_are_told() {
        assert!(reads_english(["Lift your knee."]));
        assert!(reads_english(["Bridge"]));
        assert!(!reads_english(["Lyft höften långsamt", "Håll kvar i fem sekunder"]));
        assert!(!reads_english(["Lever le bassin lentement, puis redescendre sans forcer"]));
    }
}
