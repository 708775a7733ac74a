//! A pattern of words, matched without a regular expression.
//!
//! Most patterns of the lists are words in order. They are tried where a word begins that may be
//! their first, so a search costs little and nothing has to be built for it. What they match is
//! what the expression of [`super::pattern`] matches; the tests hold one against the other.

use super::hints::{self, Need};
use crate::eight;

/// One pattern, part by part.
#[derive(Debug)]
pub(super) struct Phrase {
    parts: Vec<Part>,
    /// Whether a word has to end where the pattern ends.
    ends_word: bool,
}

#[derive(Debug)]
enum Part {
    /// Up to so many words of the same clause.
    Gap(u8),
    Words {
        choices: Vec<Choice>,
        optional: bool,
    },
}

/// One of several ways to write a part.
#[derive(Debug)]
struct Choice {
    literal: Box<str>,
    atoms: Vec<Atom>,
    /// Its first letters, and the bits of eight bytes that these are: most texts are ruled out by one look.
    start: (u64, u64),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Atom {
    /// In small letters.
    Letter(char),
    /// Straight or curly.
    Apostrophe,
    /// `*`: any letters, apostrophes and hyphens.
    Ending,
    /// One or more.
    Blanks,
}

/// The word with which a match begins.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum First<'p> {
    Word(&'p str),
    Start(&'p str),
}

impl Phrase {
    /// `None` when the pattern is a regular expression, or does not begin with a word.
    pub fn of(pattern: &str) -> Option<Self> {
        let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if pattern.contains('\\') || !is_word(pattern.trim_start_matches('(').chars().next()) {
            return None;
        }
        let mut parts = Vec::new();
        let mut begun = false;
        for part in super::pattern::parts(pattern) {
            if let Some(words) = part.strip_prefix('<').and_then(|own| own.strip_suffix('>')) {
                parts.extend(words.parse().ok().filter(|_| begun).map(Part::Gap));
                continue;
            }
            let (body, optional) = super::pattern::body(part);
            let choices = super::pattern::choices(body);
            let choices: Vec<Choice> = choices.map(|literal| Choice::of(&literal)).collect();
            let begins = |own: &Choice| is_word(own.literal.chars().next());
            if !begun && !choices.iter().all(begins) {
                return None;
            }
            begun |= !optional;
            parts.push(Part::Words { choices, optional });
        }
        let last = pattern.trim_end_matches([')', '?', '*']).chars().next_back();
        Some(Self { parts, ends_word: is_word(last) })
    }

    /// Two sets of words of which every match holds at least one each, the rarest there are; the same set twice
    /// when there is one. `None` when there is no such set.
    pub fn needs(&self) -> Option<[Vec<Need>; 2]> {
        let sets = self.parts.iter().filter_map(|part| match part {
            Part::Words { choices, optional: false } => {
                let each: Option<Vec<_>> = choices.iter().map(Choice::need).collect();
                each.map(|needs| needs.concat())
            }
            _ => None,
        });
        let mut sets: Vec<_> = sets.collect();
        sets.sort_by_key(|needs| hints::frequency(needs));
        let mut sets = sets.into_iter();
        let first = sets.next()?;
        let second = sets.next().filter(|own| hints::frequency(own) < hints::FREQUENT);
        Some([first.clone(), second.unwrap_or(first)])
    }

    /// Every word that a match may begin with.
    pub fn firsts(&self) -> impl Iterator<Item = First<'_>> {
        let mut open = true;
        let leading = self.parts.iter().take_while(move |part| {
            let is_leading = open;
            open = matches!(part, Part::Words { optional: true, .. });
            is_leading
        });
        leading
            .flat_map(|part| match part {
                Part::Words { choices, .. } => choices.as_slice(),
                Part::Gap(_) => &[],
            })
            .map(Choice::first)
    }

    /// Where the match ends that begins at `at`, where a word begins.
    pub fn match_at(&self, text: &str, at: usize) -> Option<usize> {
        self.rest(text, at, &self.parts, false)
    }

    fn rest(&self, text: &str, at: usize, parts: &[Part], begun: bool) -> Option<usize> {
        let Some((part, rest)) = parts.split_first() else {
            return (!self.ends_word || is_word_end(text, at)).then_some(at);
        };
        match part {
            Part::Gap(most) => {
                let mut at = at;
                for _ in 0..*most {
                    if let Some(end) = self.rest(text, at, rest, true) {
                        return Some(end);
                    }
                    at = clause_word(text, blanks(text, at)?)?;
                }
                self.rest(text, at, rest, true)
            }
            Part::Words { choices, optional } => {
                let start = if begun { blanks(text, at) } else { Some(at) };
                let chosen = start.and_then(|start| {
                    let first = eight::folded(eight::load(text.as_bytes(), start), eight::LEN);
                    choices.iter().filter(|own| own.may_be(first)).find_map(|choice| {
                        follow(text, start, &choice.atoms, &|end| {
                            let end = if *optional && !begun { blanks(text, end)? } else { end };
                            self.rest(text, end, rest, begun || !optional)
                        })
                    })
                });
                chosen.or_else(|| optional.then(|| self.rest(text, at, rest, begun)).flatten())
            }
        }
    }
}

impl Choice {
    fn of(literal: &str) -> Self {
        let atom = |c: char| match c {
            ' ' => Atom::Blanks,
            '\'' => Atom::Apostrophe,
            '*' => Atom::Ending,
            _ => Atom::Letter(fold(c)),
        };
        let atoms: Vec<Atom> = literal.chars().map(atom).collect();
        let is_letter = |own: &&Atom| matches!(own, Atom::Letter(letter) if letter.is_ascii());
        let known = atoms.iter().take(eight::LEN).take_while(is_letter).count();
        let first = eight::folded(eight::load(literal.as_bytes(), 0), known);
        Self { literal: literal.into(), atoms, start: (first, eight::folded(u64::MAX, known)) }
    }

    /// Whether a text may be it of which these are the first eight bytes, letters in one case.
    fn may_be(&self, text: u64) -> bool {
        let (first, known) = self.start;
        text & known == first
    }

    fn first(&self) -> First<'_> {
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let end = self.literal.find(|c| !is_word(c)).unwrap_or(self.literal.len());
        let (word, rest) = self.literal.split_at(end);
        if rest.starts_with('*') { First::Start(word) } else { First::Word(word) }
    }

    fn need(&self) -> Option<Vec<Need>> {
        let (known, ends) = match self.literal.split_once('*') {
            Some((before, _)) => (before, false),
            None => (&*self.literal, true),
        };
        // A curly apostrophe is no sign that is looked for.
        hints::of_literal(&known.replace('\'', "\u{2019}"), true, ends)
    }
}

/// Matches the atoms from `at` on, longest endings first, then asks `next` for the rest.
fn follow(
    text: &str,
    at: usize,
    atoms: &[Atom],
    next: &dyn Fn(usize) -> Option<usize>,
) -> Option<usize> {
    let mut at = at;
    for (index, atom) in atoms.iter().enumerate() {
        match atom {
            Atom::Blanks => at = blanks(text, at)?,
            Atom::Letter(letter) => {
                let own = text[at..].chars().next().filter(|own| fold(*own) == *letter)?;
                at += own.len_utf8();
            }
            Atom::Apostrophe => {
                let own =
                    text[at..].chars().next().filter(|own| matches!(own, '\'' | '\u{2019}'))?;
                at += own.len_utf8();
            }
            Atom::Ending => {
                let rest = &text[at..];
                let is_ending =
                    |c: char| fold(c).is_ascii_lowercase() || matches!(c, '\'' | '\u{2019}' | '-');
                let end = rest.find(|c| !is_ending(c)).unwrap_or(rest.len());
                let ends = rest[..end].char_indices().map(|(start, _)| start).chain([end]);
                return ends
                    .rev()
                    .find_map(|end| follow(text, at + end, &atoms[index + 1..], next));
            }
        }
    }
    next(at)
}

/// A letter as a search without regard to case sees it. No letter beyond ASCII is one of ASCII here, as those are
/// that an expression would take for `k` and `s`, and the dotted capital `I`.
fn fold(c: char) -> char {
    match c {
        '\u{130}' | '\u{212a}' => c,
        _ if c.is_ascii() => c.to_ascii_lowercase(),
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// Behind the blanks at `at`; `None` when there are none.
fn blanks(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let length = rest.len() - rest.trim_start().len();
    (length > 0).then_some(at + length)
}

/// Behind the word at `at` that no clause break ends.
fn clause_word(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let is_break =
        |c: char| c.is_whitespace() || matches!(c, '.' | ';' | ':' | '?' | '!' | '(' | ')');
    let length = rest.find(is_break).unwrap_or(rest.len());
    (length > 0).then_some(at + length)
}

/// Whether an ASCII word ends at `at`, or begins there.
fn is_word_end(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let is_word = |at: Option<usize>| {
        at.and_then(|at| bytes.get(at)).is_some_and(|byte| super::word::is_word(*byte))
    };
    is_word(at.checked_sub(1)) != is_word(Some(at))
}
