//! The words of prompts and options, as the English lists of quiz rules ask for them.

use crate::syntax::sentences;
use std::ops::Range;

/// A word of a text: where it stands, and in small letters with a straight apostrophe.
#[derive(Debug, PartialEq)]
pub struct Token {
    pub range: Range<usize>,
    pub small: String,
}

/// The words of a part of a text. Apostrophes and hyphens in words belong to them.
pub fn tokens(text: &str, part: Range<usize>) -> Vec<Token> {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '\u{2019}' | '-');
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for (at, c) in text[part.clone()].char_indices() {
        let at = part.start + at;
        match ranges.last_mut() {
            _ if !is_word(c) => {}
            Some(last) if last.end == at => last.end = at + c.len_utf8(),
            _ => ranges.push(at..at + c.len_utf8()),
        }
    }
    let small = |range: &Range<usize>| text[range.clone()].to_lowercase().replace('\u{2019}', "'");
    ranges.into_iter().map(|range| Token { small: small(&range), range }).collect()
}

/// The last sentence of a text; empty for one without any.
pub fn last_sentence(text: &str) -> Range<usize> {
    sentences(text).pop().unwrap_or(0..0)
}

#[cfg(test)]
mod tests {
    use super::{last_sentence, tokens};

    #[test]
    fn words_keep_apostrophes_and_hyphens() {
        let text = "Höft: X-rays don\u{2019}t \u{2013} help.";
        let found = tokens(text, 7..text.len());
        let small: Vec<_> = found.iter().map(|own| own.small.as_str()).collect();
        assert_eq!(small, ["x-rays", "don't", "help"]);
        assert_eq!(&text[found[1].range.clone()], "don\u{2019}t");
        let text = "Anna har ont. Vad hjälper?";
        assert_eq!(&text[last_sentence(text)], "Vad hjälper?");
        assert_eq!(last_sentence(""), 0..0);
    }
}
