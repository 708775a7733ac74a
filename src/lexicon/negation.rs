//! Whether words before something turn it around.

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
