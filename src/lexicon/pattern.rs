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

use super::hints::{Hint, Table};
use regex::Regex;
use std::ops::Range;
use std::sync::OnceLock;

/// Many patterns as one search, made ready when first asked for.
#[derive(Debug)]
pub struct Matcher {
    search: OnceLock<Option<Search>>,
    entries: Vec<Entry>,
    hint: Hint,
}

#[derive(Debug)]
struct Search {
    all: Regex,
    /// `all` without its Unicode word boundaries, which no text with letters beyond ASCII can be
    /// searched for quickly: what this does not find is not there.
    likely: Option<Regex>,
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

/// Part of a clause: what no clause break ends.
const WORD: &str = r"[^\s.;:?!()]+";

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
        let expressions: Vec<_> = entries.iter().map(|entry| expression(&entry.pattern)).collect();
        let hint = table.add(expressions.iter().map(String::as_str));
        Self { search: OnceLock::new(), entries, hint }
    }

    /// What [`super::hints`] say of texts that may hold something of the list.
    pub const fn hint(&self) -> Hint {
        self.hint
    }

    fn search(&self) -> Option<&Search> {
        self.search.get_or_init(|| Search::new(&self.entries)).as_ref()
    }

    pub fn is_match(&self, text: &str) -> bool {
        self.search().is_some_and(|search| search.is_match(text))
    }

    /// The first match.
    pub fn find(&self, text: &str) -> Option<Hit<'_>> {
        // Most texts hold none, and room for captures is made before the search.
        let search = self.search().filter(|search| search.is_match(text))?;
        self.hit(&search.all.captures(text)?)
    }

    /// Every match, front to back, not overlapping.
    pub fn find_all(&self, text: &str) -> Vec<Hit<'_>> {
        let Some(search) = self.search().filter(|search| search.is_match(text)) else {
            return Vec::new();
        };
        search.all.captures_iter(text).filter_map(|captures| self.hit(&captures)).collect()
    }

    fn hit(&self, captures: &regex::Captures<'_>) -> Option<Hit<'_>> {
        let (entry, found) = self
            .entries
            .iter()
            .zip(captures.iter().skip(1))
            .find_map(|(entry, own)| Some((entry, own?)))?;
        Some(Hit { range: found.range(), list: &entry.list, pattern: &entry.pattern })
    }
}

impl Search {
    fn new(entries: &[Entry]) -> Option<Self> {
        let all = entries.iter().map(|entry| format!("({})", expression(&entry.pattern)));
        let all = all.collect::<Vec<_>>().join("|");
        let ascii_edge = r"(?-u:\b)";
        let likely = all.replace(ascii_edge, "\0").replace(r"\b", "").replace('\0', ascii_edge);
        let likely = (likely != all).then(|| compile(&likely));
        (!entries.is_empty()).then(|| Self { all: compile(&all), likely })
    }

    fn is_match(&self, text: &str) -> bool {
        let likely = self.likely.as_ref().filter(|_| !text.is_ascii());
        likely.is_none_or(|likely| likely.is_match(text)) && self.all.is_match(text)
    }
}

fn compile(expression: &str) -> Regex {
    regex::RegexBuilder::new(expression)
        .case_insensitive(true)
        .size_limit(1 << 25)
        .build()
        .unwrap_or_else(|error| panic!("the word lists hold patterns: {error}"))
}

/// The regular expression of one pattern, without capture groups.
fn expression(pattern: &str) -> String {
    if pattern.contains('\\') {
        return pattern.to_owned();
    }
    let mut out = String::new();
    // Whether a blank has to come before the next part.
    let mut begun = false;
    for part in parts(pattern) {
        if let Some(words) = part.strip_prefix('<').and_then(|own| own.strip_suffix('>')) {
            if begun && words.parse::<u8>().is_ok() {
                out.push_str(&format!(r"(?:\s+{WORD}){{0,{words}}}?"));
            }
            continue;
        }
        let (body, optional) = match part.strip_suffix('?') {
            Some(body) if body.ends_with(')') => (body, true),
            _ => (part, false),
        };
        let body = alternatives(body);
        match (begun, optional) {
            (false, true) => out.push_str(&format!(r"(?:{body}\s+)?")),
            (false, false) => out.push_str(&body),
            (true, true) => out.push_str(&format!(r"(?:\s+{body})?")),
            (true, false) => out.push_str(&format!(r"\s+{body}")),
        }
        begun |= !optional;
    }
    let first = pattern.trim_start_matches('(').chars().next();
    let last = pattern.trim_end_matches([')', '?', '*']).chars().next_back();
    // ASCII boundaries: the search stays on its fast path whatever the text holds.
    let edge = |c: Option<char>| {
        if c.is_some_and(|c| c.is_ascii_alphanumeric()) { r"(?-u:\b)" } else { "" }
    };
    format!("{}{out}{}", edge(first), edge(last))
}

/// Parts between blanks outside brackets.
fn parts(pattern: &str) -> Vec<&str> {
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

fn alternatives(part: &str) -> String {
    let (body, ending) = match part.strip_prefix('(') {
        Some(rest) => match rest.rsplit_once(')') {
            Some((body, ending)) => (body, ending),
            None => return word(part),
        },
        None => return word(part),
    };
    let words = |own: &str| own.split(' ').map(word).collect::<Vec<_>>().join(r"\s+");
    let all: Vec<String> = body.split('|').map(words).collect();
    format!("(?:{}){}", all.join("|"), word(ending))
}

fn word(literal: &str) -> String {
    let mut out = String::new();
    for c in literal.chars() {
        match c {
            '*' => out.push_str("[a-z'\u{2019}-]*"),
            '\'' => out.push_str("['\u{2019}]"),
            _ => out.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
        }
    }
    out
}

#[cfg(test)]
mod tests {
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
}
