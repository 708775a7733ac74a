//! Options that speak of the other options: "All of the above", "None of these answers", "Both A and C".

/// What an option says of the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CatchAll {
    /// All of them are right.
    All,
    /// None of them is.
    None,
    /// Some of them are, by their letters.
    Some,
}

/// What a whole option says of the others.
pub fn catch_all(option: &str) -> Option<CatchAll> {
    // Longer than any of the ways to say it.
    const LONGEST: usize = 60;
    let option = option.trim();
    if option.len() > LONGEST {
        return None;
    }
    let lower = option.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    english(&words)
        .or_else(|| elsewhere(&words))
        .or(names_letters(&lower).then_some(CatchAll::Some))
}

fn english(words: &[&str]) -> Option<CatchAll> {
    const OTHERS: &[&str] =
        &["above", "these", "those", "options", "answers", "choices", "preceding"];
    const NOUNS: &[&str] = &["options", "answers", "choices", "statements", "responses"];
    let (&first, rest) = words.split_first()?;
    let says = match first {
        "all" => CatchAll::All,
        "none" | "neither" | "nothing" => CatchAll::None,
        "both" => CatchAll::Some,
        _ => return None,
    };
    let (of, rest) = match rest {
        ["of" | "from", rest @ ..] => (true, rest),
        _ => (false, rest),
    };
    let rest = rest.strip_prefix(&["the"]).unwrap_or(rest);
    let (other, rest) = rest.split_first()?;
    // "All are correct", "Both are true".
    let is_verdict = |words: &[&str]| {
        matches!(
            words,
            ["is" | "are", "correct" | "true" | "right" | "false" | "wrong" | "incorrect"]
        )
    };
    if !of && is_verdict(&[&[*other], rest].concat()) {
        return Some(says);
    }
    if !OTHERS.contains(other) {
        return None;
    }
    let rest =
        rest.split_first().filter(|(noun, _)| NOUNS.contains(*noun)).map_or(rest, |own| own.1);
    (rest.is_empty() || is_verdict(rest)).then_some(says)
}

fn elsewhere(words: &[&str]) -> Option<CatchAll> {
    const ALL: &[&str] = &[
        "alla ovanstående",
        "alla ovanstående alternativ",
        "alla alternativen",
        "alle genannten",
        "alle antworten sind richtig",
        "toutes les réponses",
        "toutes les réponses ci dessus",
        "todas las anteriores",
        "todas las respuestas anteriores",
    ];
    const NONE: &[&str] = &[
        "inget av ovanstående",
        "inga av ovanstående",
        "inget av alternativen",
        "keine der genannten",
        "keine der antworten",
        "aucune de ces réponses",
        "aucune des réponses ci dessus",
        "ninguna de las anteriores",
    ];
    let whole = words.join(" ");
    let is_in = |list: &[&str]| list.contains(&whole.as_str());
    if is_in(ALL) {
        return Some(CatchAll::All);
    }
    is_in(NONE).then_some(CatchAll::None)
}

/// Whether a text in lower case is two letters of options or more, with "and" or "or" between the last two.
pub fn names_letters(lower: &str) -> bool {
    const BEFORE: &[&str] = &["both", "options", "answers", "option", "answer"];
    let is_sign = |c: char| !c.is_ascii_alphanumeric() && c != '&';
    let mut words: Vec<&str> =
        lower.split(is_sign).filter(|word| !word.is_empty() && !BEFORE.contains(word)).collect();
    words.pop_if(|word| *word == "only");
    let is_letter = |word: &&str| matches!(word.as_bytes(), [b'a'..=b'h']);
    let [letters @ .., "and" | "or" | "&", last] = words.as_slice() else { return false };
    !letters.is_empty() && is_letter(last) && letters.iter().all(is_letter)
}

#[cfg(test)]
mod tests {
    use super::{CatchAll, catch_all};

    #[test]
    fn what_an_option_says_of_the_others() {
        for (words, says) in [
            ("All of the above", CatchAll::All),
            ("all the above.", CatchAll::All),
            ("All of these answers are correct", CatchAll::All),
            ("All are true", CatchAll::All),
            ("Alla ovanstående", CatchAll::All),
            ("None of these", CatchAll::None),
            ("Neither of the above", CatchAll::None),
            ("Keine der Genannten.", CatchAll::None),
            ("Both of the above", CatchAll::Some),
            ("Both A and C", CatchAll::Some),
            ("a, b & c only", CatchAll::Some),
        ] {
            assert_eq!(catch_all(words), Some(says), "{words}");
        }
        for words in [
            "None of the muscles",
            "All four limbs",
            "Neither leg",
            "All of the answers that a patient gives",
            "Both hips",
            "Both are bent",
            "None",
            "Vitamins A and D",
            "Nothing above the knee",
        ] {
            assert_eq!(catch_all(words), None, "{words}");
        }
    }
}
