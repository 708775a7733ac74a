//! Works of bodies, which are named by their title rather than by a year: "Source: AIHW. Back problems. Cat. no. PHE
//! 231", "(Versus Arthritis, The State of Musculoskeletal Health, 2024)".

use super::authors::{NOT_AUTHORS, UNDATED, begins_name, is_year};
use super::{CitationTarget, Finder};
use memchr::memmem;
use std::ops::Range;
use std::sync::LazyLock;

impl Finder<'_> {
    /// A line "Source: AIHW. Back problems." at the end of a block. Its last word is the mark, so that all of the
    /// block leads to it.
    pub(super) fn source_line(&mut self, block: &Range<usize>) {
        /// More is a text of its own.
        const LONGEST: usize = 300;
        static LABEL: LazyLock<memmem::Finder<'static>> =
            LazyLock::new(|| memmem::Finder::new("ource"));
        let text = self.prose.text[block.clone()].trim_end();
        let from = text.ceil_char_boundary(text.len().saturating_sub(LONGEST));
        let Some(label) = LABEL.find_iter(&text.as_bytes()[from..]).last() else { return };
        let label = from + label;
        let Some(start) = label.checked_sub(1).filter(|at| b"Ss".contains(&text.as_bytes()[*at]))
        else {
            return;
        };
        let rest = &text[label + "ource".len()..];
        let Some(rest) = rest.strip_prefix('s').unwrap_or(rest).strip_prefix(':') else { return };
        let before = text[..start].trim_end_matches([' ', '*', '_', '(']);
        let begins_line = before.is_empty() || before.ends_with(['.', '!', '?', '\n']);
        let Some(name) = titled_work(rest, &[',', '.', ':']).filter(|_| begins_line) else {
            return;
        };
        let last = text.trim_end_matches(|c: char| !c.is_alphanumeric());
        let word = last.rfind(|c: char| !c.is_alphanumeric()).map_or(0, |at| at + 1);
        let word = text.ceil_char_boundary(word);
        self.push(block.start + word..block.start + last.len(), undated(name), true);
    }
}

/// "(Versus Arthritis, The State of Musculoskeletal Health, 2024)": the length, the body and the year.
pub(super) fn titled_in_brackets(text: &str) -> Option<(usize, CitationTarget)> {
    const MAX_LEN: usize = 200;
    let window = &text[..text.floor_char_boundary(text.len().min(MAX_LEN))];
    let end = window.find(')')?;
    let (work, year) = window[1..end].rsplit_once(", ")?;
    let name = titled_work(work, &[',']).filter(|_| is_year(year))?;
    let surname = first_word(name).into();
    Some((end + 1, CitationTarget::AuthorYear { surname, year: year.into() }))
}

/// The body that a work is of, and behind one of the signs a title: "AIHW. Back problems".
fn titled_work<'t>(text: &'t str, signs: &[char]) -> Option<&'t str> {
    const MOST_WORDS: usize = 9;
    #[rustfmt::skip]
    const SMALL: &[&str] = &["and", "&", "of", "for", "the", "in", "on", "de", "la", "et", "al"];
    #[rustfmt::skip]
    const NOBODY: &[&str] = &[
        "author", "authors", "chatgpt", "google", "image", "internet", "own", "personal", "photo", "picture", "tbc",
        "tbd", "todo", "unknown", "various", "wikipedia",
    ];
    let text = text.trim_start();
    let (name, title) = text.split_once(signs)?;
    let mut words = name.split_whitespace();
    let is_digits = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let is_part = |word: &str| begins_name(word) || SMALL.contains(&word) || is_digits(word);
    let is_named = words.clone().all(is_part);
    let first = words.next().filter(|word| begins_name(word) && word.chars().count() > 1)?;
    // "Hayden et al., Cochrane 2021"
    let title = title.strip_prefix(',').unwrap_or(title).strip_prefix(' ')?.trim_start();
    let opens = title.starts_with(char::is_uppercase);
    let is_nobody = NOBODY.iter().any(|own| own.eq_ignore_ascii_case(first))
        || NOT_AUTHORS.contains(&name.trim());
    let is_title = opens && title.split_whitespace().nth(1).is_some();
    (is_named && is_title && !is_nobody && words.count() < MOST_WORDS).then_some(name)
}

fn undated(name: &str) -> CitationTarget {
    CitationTarget::AuthorYear { surname: first_word(name).into(), year: UNDATED[0].into() }
}

fn first_word(name: &str) -> String {
    name.split_whitespace().next().unwrap_or("").to_lowercase()
}
