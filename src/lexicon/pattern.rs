//! The pattern language of the word lists.
//!
//! ```text
//! words in order          any blanks between them
//! (a|b c)                 one of several; groups stand alone between blanks and do not nest
//! (a|b)?                  may be left out
//! stretch*                any ending
//! <3>                     up to three words of the same clause
//! \d+ min(ute)?s? read    a pattern with a backslash is a regular expression
//! ```
//!
//! Everything else is literal. Case does not count, curly apostrophes are straight ones, and a
//! match begins and ends at word boundaries.

use super::expression::{Expression, Expressions};
use super::hints::{Hint, Table};
use super::phrase::{First, Phrase};
use super::word::{self, Filter, Keys, Word, Words};
use foldhash::fast::FixedState;
use std::collections::HashMap;
use std::ops::Range;

/// Many patterns as one search.
#[derive(Debug)]
pub struct Matcher {
    entries: Vec<Entry>,
    /// Of each entry; `None` for those that are regular expressions.
    phrases: Vec<Option<Phrase>>,
    /// Entries by the words their matches begin with.
    words: HashMap<u64, Vec<u16>, FixedState>,
    starts: HashMap<u64, Vec<u16>, FixedState>,
    /// Those that may begin with any word.
    anywhere: Vec<u16>,
    /// Most words are the first of no phrase; a bit for each that may be.
    firsts: Filter<FIRSTS_PARTS>,
    /// The other entries.
    expressions: Option<Expressions>,
    hint: Hint,
}

/// One pattern of a [`Matcher`].
#[derive(Debug)]
pub struct Entry {
    /// The list the pattern stands in.
    pub list: Box<str>,
    pub pattern: Box<str>,
}

/// Where a [`Matcher`] matched, and what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit<'m> {
    pub range: Range<usize>,
    pub list: &'m str,
    pub pattern: &'m str,
}

/// An expression and its next match.
struct Ahead<'m> {
    expression: &'m Expression,
    range: Range<usize>,
}

impl Ahead<'_> {
    /// To the first match from `from` on; whether there is one.
    fn go_to(&mut self, text: &str, from: usize) -> bool {
        if self.range.start >= from {
            return true;
        }
        let next = self.expression.find_from(text, from);
        next.map(|range| self.range = range).is_some()
    }
}

/// Of [`Matcher::firsts`]: few lists have more than a hundred first words.
const FIRSTS_PARTS: usize = 64;

impl Matcher {
    /// From patterns of several lists. Of several patterns that match at one place the longest
    /// written wins.
    ///
    /// # Panics
    ///
    /// When a pattern is not one: the lists are part of the program.
    pub(super) fn new<'p>(
        patterns: impl IntoIterator<Item = (&'p str, &'p str)>,
        table: &mut Table,
    ) -> Self {
        let mut entries: Vec<Entry> = patterns
            .into_iter()
            .map(|(list, pattern)| Entry { list: list.into(), pattern: pattern.into() })
            .collect();
        entries.sort_by(|a, b| {
            (b.pattern.len(), &a.list, &a.pattern).cmp(&(a.pattern.len(), &b.list, &b.pattern))
        });
        let phrases: Vec<_> = entries.iter().map(|entry| Phrase::of(&entry.pattern)).collect();
        let others = entries.iter().enumerate().filter(|(index, _)| phrases[*index].is_none());
        let expressions = Expressions::new(others.map(|(index, own)| (index, &*own.pattern)));
        let needs = phrases.iter().flatten().map(Phrase::needs);
        let others = expressions.iter().flat_map(Expressions::needs);
        let others = others.map(|needs| needs.map(|own| [own.clone(), own]));
        let hint = table.add_pairs(needs.chain(others).collect());
        let mut matcher = Self {
            entries,
            phrases,
            words: HashMap::default(),
            starts: HashMap::default(),
            anywhere: Vec::new(),
            firsts: Filter::new(),
            expressions,
            hint,
        };
        matcher.index();
        matcher
    }

    /// Files each phrase under its first words.
    fn index(&mut self) {
        for (index, phrase) in self.phrases.iter().enumerate() {
            let index = u16::try_from(index).expect("no list has more patterns");
            for first in phrase.iter().flat_map(Phrase::firsts) {
                let key = match first {
                    First::Word(word) => Some(Keys::of(word.as_bytes()).whole),
                    First::Start(start) => word::start_key(start.as_bytes()),
                };
                let known = match (first, key) {
                    (_, None) => &mut self.anywhere,
                    (First::Word(_), Some(key)) => self.words.entry(key).or_default(),
                    (First::Start(_), Some(key)) => self.starts.entry(key).or_default(),
                };
                self.firsts.put(key.unwrap_or_default());
                if known.last() != Some(&index) {
                    known.push(index);
                }
            }
        }
    }

    /// What [`super::hints`] say of texts that may hold something of the list.
    pub const fn hint(&self) -> Hint {
        self.hint
    }

    pub fn is_match(&self, text: &str) -> bool {
        self.phrase_from(text, 0).is_some()
            || self.likely_expressions(text).iter().any(|own| own.find_from(text, 0).is_some())
    }

    /// The first match.
    pub fn find(&self, text: &str) -> Option<Hit<'_>> {
        self.find_from(text, 0, &mut self.ahead_in(text))
    }

    /// Every match, front to back, not overlapping.
    pub fn find_all(&self, text: &str) -> Vec<Hit<'_>> {
        let mut ahead = self.ahead_in(text);
        let mut at = 0;
        let next = || {
            let hit = self.find_from(text, at, &mut ahead).filter(|own| !own.range.is_empty())?;
            at = hit.range.end;
            Some(hit)
        };
        std::iter::from_fn(next).collect()
    }

    fn likely_expressions(&self, text: &str) -> Vec<&Expression> {
        self.expressions.as_ref().map_or_else(Vec::new, |own| own.likely_in(text))
    }

    /// The first match of each expression that the text may match.
    fn ahead_in(&self, text: &str) -> Vec<Ahead<'_>> {
        let ahead = |expression: &'_ Expression| expression.find_from(text, 0);
        let likely = self.likely_expressions(text).into_iter();
        likely.filter_map(|own| Some(Ahead { expression: own, range: ahead(own)? })).collect()
    }

    fn find_from(&self, text: &str, from: usize, ahead: &mut Vec<Ahead<'_>>) -> Option<Hit<'_>> {
        let phrase = self.phrase_from(text, from);
        ahead.retain_mut(|own| own.go_to(text, from));
        let others = ahead.iter().map(|own| (own.range.clone(), own.expression.entry));
        let first = phrase.into_iter().chain(others);
        let (range, index) = first.min_by_key(|(range, index)| (range.start, *index))?;
        let Entry { list, pattern } = &self.entries[index];
        Some(Hit { range, list, pattern })
    }

    /// The first match of a phrase, and its entry.
    fn phrase_from(&self, text: &str, from: usize) -> Option<(Range<usize>, usize)> {
        if self.words.is_empty() && self.starts.is_empty() && self.anywhere.is_empty() {
            return None;
        }
        // A match does not begin inside of a word.
        let mut words = Words::new(text, from);
        while let Some(word) = words.next(|_| ()) {
            let may_begin = !self.anywhere.is_empty() || self.firsts.may_know(word.keys);
            if may_begin && let Some((end, index)) = self.phrase_at(text, word) {
                return Some((word.start..end, index));
            }
        }
        None
    }

    /// The first entry that matches where a word stands, and its end.
    fn phrase_at(&self, text: &str, word: Word) -> Option<(usize, usize)> {
        let by_word = self.words.get(&word.keys.whole);
        let by_start = word.keys.starts.iter().filter_map(|key| self.starts.get(key));
        let filed = by_word.into_iter().chain(by_start).chain([&self.anywhere]).flatten();
        let matches = filed.filter_map(|&index| {
            let index = usize::from(index);
            let phrase = self.phrases[index].as_ref().expect("only phrases are filed");
            Some((index, phrase.match_at(text, word.start)?))
        });
        matches.min_by_key(|(index, _)| *index).map(|(index, end)| (end, index))
    }
}

/// A part without the mark of one that may be left out, and whether it had it.
pub(super) fn body(part: &str) -> (&str, bool) {
    match part.strip_suffix('?') {
        Some(body) if body.ends_with(')') => (body, true),
        _ => (part, false),
    }
}

/// Parts between blanks outside brackets.
pub(super) fn parts(pattern: &str) -> Vec<&str> {
    let (mut out, mut from, mut depth) = (Vec::new(), 0, 0usize);
    for (at, c) in pattern.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ' ' if depth == 0 => {
                out.push(&pattern[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    out.push(&pattern[from..]);
    out.retain(|part| !part.is_empty());
    out
}

/// The ways to write a part, its ending included.
pub(super) fn choices(body: &str) -> impl Iterator<Item = String> {
    let (group, ending) = match body.strip_prefix('(').and_then(|rest| rest.rsplit_once(')')) {
        Some((group, ending)) => (Some(group), ending),
        None => (None, body),
    };
    let each =
        group.into_iter().flat_map(|group| group.split('|')).chain(group.is_none().then_some(""));
    each.map(move |own| format!("{own}{ending}"))
}

#[cfg(test)]
mod tests {
    use super::super::expression::{compile, expression};
    use super::*;

    fn found<'t>(pattern: &str, text: &'t str) -> Option<&'t str> {
        let mut table = Table::new();
        let matcher = Matcher::new([("test", pattern)], &mut table);
        let found = matcher.find(text).map(|hit| &text[hit.range]);
        assert!(found.is_none() || table.hints(text).has(matcher.hint()), "{pattern} in {text}");
        found
    }

    #[test]
    fn words_groups_and_endings() {
        assert_eq!(found("stretch*", "Keep stretching."), Some("stretching"));
        assert_eq!(found("(pain-free|easy) range", "an easy  range of"), Some("easy  range"));
        assert_eq!(found("stop (the|this)? exercise", "Stop exercise"), Some("Stop exercise"));
        assert_eq!(found("(your)? doctor", "Ask your doctor"), Some("your doctor"));
        assert_eq!(found("don't push", "Don\u{2019}t push it"), Some("Don\u{2019}t push"));
        assert_eq!(found("(leg|foot)* up", "legs up"), Some("legs up"));
        assert_eq!(found("pain", "painful"), None);
        assert_eq!(found("pain", "Höft-pain!"), Some("pain"));
        assert_eq!(found("???", "what ??? now"), Some("???"));
    }

    #[test]
    fn gaps_stay_in_their_clause() {
        let pattern = "ask <3> (doctor|nurse)";
        assert_eq!(
            found(pattern, "Ask your own family doctor"),
            Some("Ask your own family doctor")
        );
        assert_eq!(found(pattern, "Ask. The doctor"), None);
        assert_eq!(found(pattern, "ask him or her or a doctor"), None);
    }

    #[test]
    fn the_longest_entry_wins() {
        let patterns = [("short", "pain"), ("long", "pain that spreads")];
        let matcher = Matcher::new(patterns, &mut Table::new());
        let hits = matcher.find_all("pain that spreads, then pain");
        let lists: Vec<_> = hits.iter().map(|hit| (hit.list, hit.range.clone())).collect();
        assert_eq!(lists, [("long", 0..17), ("short", 24..28)]);
    }

    /// What phrases find is what their expressions find, at every place of texts that hold words of
    /// the lists in all manners.
    #[test]
    fn phrases_match_as_their_expressions_do() {
        const PATTERNS: &[&str] = &[
            "stretch*",
            "(pain-free|easy) range",
            "stop (the|this)? exercise",
            "(your)? doctor",
            "(your|the)? (own)? doctor (or nurse)?",
            "don't (push|force)*",
            "(leg|foot)* up",
            "ask <3> (doctor|nurse)",
            "100% (safe|effective)",
            "(in|on) the (lower back|back)s",
            "keep <2> still (now)?",
            "risk-free",
            "see a doctor",
        ];
        const WORDS: &[&str] = &[
            "Ask",
            "ask",
            "your",
            "the",
            "own",
            "Doctor",
            "doctor",
            "nurse",
            "or",
            "a",
            "see",
            "stretching",
            "stretch-",
            "stretch",
            "stretch's",
            "pain-free",
            "pain",
            "easy",
            "range",
            "stop",
            "exercise",
            "don\u{2019}t",
            "don't",
            "pushing",
            "force",
            "legs",
            "foot",
            "up",
            "100%",
            "safe",
            "in",
            "on",
            "lower",
            "back",
            "backs",
            "keep",
            "still",
            "now",
            "risk-free",
            "h\u{f6}ft",
            "this",
        ];
        const BETWEEN: &[&str] =
            &[" ", " ", " ", " ", "  ", "\n", "\u{a0}", ". ", ", ", "-", "", "(", ") "];
        let mut seed = 11_u64;
        let mut below = |end: usize| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % end
        };
        let each: Vec<_> = PATTERNS
            .iter()
            .map(|own| (Phrase::of(own).expect("a phrase"), compile(&expression(own)), *own))
            .collect();
        let mut table = Table::new();
        let all = Matcher::new(PATTERNS.iter().map(|own| ("test", *own)), &mut table);
        let mut found = 0;
        for _ in 0..20_000 {
            let mut text = String::new();
            for _ in 0..below(9) + 1 {
                text.push_str(WORDS[below(WORDS.len())]);
                text.push_str(BETWEEN[below(BETWEEN.len())]);
            }
            for (phrase, expression, pattern) in &each {
                let ours = (0..text.len())
                    .filter(|at| text.is_char_boundary(*at))
                    .filter(|at| begins_word(&text, *at))
                    .find_map(|at| Some(at..phrase.match_at(&text, at)?));
                let theirs = expression.find(&text).map(|own| own.range());
                assert_eq!(ours, theirs, "{pattern} in {text:?}");
                found += usize::from(ours.is_some());
            }
            let hits: Vec<_> = all.find_all(&text).into_iter().map(|hit| hit.range).collect();
            let joined = all.entries.iter().map(|own| format!("({})", expression(&own.pattern)));
            if found % 50 == 0 {
                let joined = compile(&joined.collect::<Vec<_>>().join("|"));
                let theirs: Vec<_> = joined.find_iter(&text).map(|own| own.range()).collect();
                assert_eq!(hits, theirs, "{text:?}");
            }
            assert!(hits.is_empty() || table.hints(&text).has(all.hint()), "{text:?}");
        }
        assert!(found > 5000, "{found}");
    }

    fn begins_word(text: &str, at: usize) -> bool {
        let is_word = |at: usize| text.as_bytes().get(at).is_some_and(|own| word::is_word(*own));
        is_word(at) && !at.checked_sub(1).is_some_and(is_word)
    }
}
