//! Patterns of the word lists that are regular expressions.
//!
//! Each is compiled when a text first holds a word or sign that it needs: few texts hold one, and to
//! compile all of them takes longer than to check a file.

use super::hints::{self, Hint, Need, Table};
use super::pattern::{body, choices, parts};
use regex::Regex;
use std::ops::Range;
use std::sync::OnceLock;

/// Those of one [`super::Matcher`].
#[derive(Debug)]
pub(super) struct Expressions {
    each: Vec<Expression>,
    table: Table,
}

/// One of them.
#[derive(Debug)]
pub(super) struct Expression {
    /// Its place among all entries of the matcher.
    pub entry: usize,
    source: String,
    regex: OnceLock<Regex>,
    needs: Option<Vec<Need>>,
    /// What [`Expressions::table`] says of texts that it may match.
    hint: Hint,
}

/// Part of a clause: what no clause break ends.
const WORD: &str = r"[^\s.;:?!()]+";

impl Expressions {
    /// Patterns with their places; `None` without any.
    ///
    /// # Panics
    ///
    /// When a pattern is none: the lists are part of the program.
    pub fn new<'p>(patterns: impl IntoIterator<Item = (usize, &'p str)>) -> Option<Self> {
        let mut patterns = patterns.into_iter().peekable();
        patterns.peek()?;
        let mut table = Table::new();
        let each = patterns.map(|(entry, pattern)| {
            let source = expression(pattern);
            let needs = hints::needs_of(&source);
            let hint = table.add([needs.clone()]);
            Expression { entry, source, regex: OnceLock::new(), needs, hint }
        });
        Some(Self { each: each.collect(), table })
    }

    /// What each of them needs to be in a text.
    pub fn needs(&self) -> impl Iterator<Item = Option<Vec<Need>>> {
        self.each.iter().map(|own| own.needs.clone())
    }

    /// Those that a text may match.
    pub fn likely_in(&self, text: &str) -> Vec<&Expression> {
        let hints = self.table.hints(text);
        self.each.iter().filter(|own| hints.has(own.hint)).collect()
    }
}

impl Expression {
    /// The first match from `from` on.
    pub fn find_from(&self, text: &str, from: usize) -> Option<Range<usize>> {
        let regex = self.regex.get_or_init(|| compile(&self.source));
        regex.find_at(text, from).map(|own| own.range())
    }
}

pub(super) fn compile(expression: &str) -> Regex {
    regex::RegexBuilder::new(expression)
        .case_insensitive(true)
        .size_limit(1 << 25)
        .build()
        .unwrap_or_else(|error| panic!("the word lists hold patterns: {error}"))
}

/// The regular expression of one pattern, without capture groups.
pub(super) fn expression(pattern: &str) -> String {
    if pattern.contains('\\') {
        // Letters are those that English takes names from: all there are make expressions that need a
        // megabyte. Word boundaries are those of ASCII: others make the search slow in texts with letters
        // beyond it.
        let pattern = pattern.replace(r"\w", r"[0-9A-Za-z_\u{c0}-\u{24f}]");
        return pattern.replace(r"\d", "[0-9]").replace(r"\b", r"(?-u:\b)");
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
        let (own, optional) = body(part);
        let body = alternatives(own);
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

fn alternatives(body: &str) -> String {
    let words = |own: String| own.split(' ').map(word).collect::<Vec<_>>().join(r"\s+");
    let all: Vec<String> = choices(body).map(words).collect();
    format!("(?:{})", all.join("|"))
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
