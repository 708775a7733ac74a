//! Whether the English lists fit a text.

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

#[cfg(test)]
mod tests {
    use super::*;

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
