//! Links: which of them lead to a source, and which are numbers of the list.

use super::numbers::plain_numbers;
use super::{CitationTarget, Finder, registers};
use crate::normal;
use crate::syntax::{Block, BlockKind, MarkKind};
use std::ops::Range;

impl Finder<'_> {
    /// The target of the link that the text at `range` is part of, or has in it.
    pub(super) fn link_at(&self, range: &Range<usize>) -> Option<String> {
        let behind = self.prose.marks.partition_point(|mark| mark.text.start < range.end);
        let near = self.prose.marks[..behind].iter().rev().take(8);
        near.filter(|mark| !mark.text.is_empty() && range.start < mark.text.end).find_map(|mark| {
            match &mark.kind {
                MarkKind::Link { target, .. } => Some(target.clone()),
                _ => None,
            }
        })
    }

    /// Numbers with a link: `[[1]](#r1)`, `<sup><a href="#r1">1</a></sup>`. A link that leads out of the
    /// file is a mark of its own.
    pub(super) fn linked(&mut self, text: Range<usize>, numbers: &[u32], target: &str) {
        if numbers.iter().all(|number| *number <= self.listed) {
            return self.numbers(text, numbers, false);
        }
        let Some(name) = target.strip_prefix('#') else { return };
        if self.has_place(name) {
            self.push(text, CitationTarget::Link(target.into()), false);
        } else {
            self.raised_numbers(text, numbers);
        }
    }

    /// `<a href="#fn:1">1</a>` that is not raised: a citation where the place is there.
    pub(super) fn anchored(&mut self, text: Range<usize>, words: &str, place: &str) {
        let numbers = plain_numbers(words.trim_matches(['[', ']', '(', ')']));
        if let Some(numbers) = numbers.filter(|_| self.has_place(place)) {
            self.linked(text, &numbers, &format!("#{place}"));
        }
    }

    /// A link that leads out of the file, or a number of the list as one.
    pub(super) fn link(&mut self, text: Range<usize>, words: &str, target: &str) {
        match self.listed_numbers(words) {
            Some(numbers) => self.numbers(text, &numbers, false),
            None => self.push(text, CitationTarget::Link(target.into()), false),
        }
    }

    /// The words of a link as numbers of the list.
    pub(super) fn listed_numbers(&self, words: &str) -> Option<Vec<u32>> {
        let numbers = plain_numbers(words.trim_matches(['[', ']', '(', ')']))?;
        numbers.iter().all(|number| *number <= self.listed).then_some(numbers)
    }

    /// Whether the file has a place of this name: an `id`, or a heading.
    fn has_place(&mut self, name: &str) -> bool {
        let (prose, source) = (self.prose, self.beside.source);
        let places = self.places.get_or_insert_with(|| {
            let is_heading = |own: &&Block| matches!(own.kind, BlockKind::Heading { .. });
            let headings = prose.blocks.iter().filter(is_heading);
            let headings = headings.map(|own| normal::anchor(prose.block_text(own)));
            let ids = ["id=", "name=", "{#"].iter().flat_map(|open| {
                source.match_indices(open).map(|(at, _)| {
                    let rest = source[at + open.len()..].trim_start_matches(['"', '\'']);
                    let end = rest.find(['"', '\'', ' ', '>', '}', '\n']).unwrap_or(rest.len());
                    normal::anchor(&rest[..end])
                })
            });
            headings.chain(ids).collect()
        });
        places.contains(&normal::anchor(name)) && !name.is_empty()
    }
}

/// Whether a link leads out of the file to something that can be a source: to a site, or to a paper kept beside it.
pub(super) fn is_source(target: &str) -> bool {
    if is_external(target) {
        return !registers::is_no_source(target);
    }
    let ending = target.rfind('.').map_or("", |dot| &target[dot..]);
    ending.eq_ignore_ascii_case(".pdf") && target.len() > ending.len()
}

/// Whether a link is there to sell or to keep in touch, whatever it leads to: "[Book an appointment](...)".
pub(super) fn is_offer(words: &str) -> bool {
    #[rustfmt::skip]
    const OFFERS: &[&str] = &[
        "book a", "book an", "book now", "book online", "book your", "buy", "contact us", "download our", "follow me",
        "follow our", "follow us", "get in touch", "join our", "join us", "order now", "order online", "order your",
        "shop", "sign up", "subscribe",
    ];
    /// More words tell of something.
    const MOST_WORDS: usize = 6;
    let words: Vec<&str> = words.split_whitespace().take(MOST_WORDS + 1).collect();
    let opens = |offer: &&str| {
        let mut own = words.iter();
        offer.split(' ').all(|word| own.next().is_some_and(|own| own.eq_ignore_ascii_case(word)))
    };
    words.len() <= MOST_WORDS && OFFERS.iter().any(opens)
}

fn is_external(target: &str) -> bool {
    target.starts_with("http://")
        || target.starts_with("https://")
        || target.starts_with("//")
        || target.starts_with("www.")
}
