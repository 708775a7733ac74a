//! Which lists a text may hold something of, told by its words alone.
//!
//! Most texts hold nothing of most lists. Every pattern needs some word or sign; [`Table`] knows
//! which, and one pass over a text tells for all lists at once which are worth a search.

use super::word::{self, Filter, Keys, LONG_START_BYTES, START_BYTES, Words, is_word};
use foldhash::fast::FixedState;
use regex_syntax::ast::parse::Parser;
use regex_syntax::ast::{
    AssertionKind, Ast, ClassPerlKind, ClassSet, ClassSetItem, Concat, Literal, RepetitionKind,
    RepetitionRange,
};
use std::collections::HashMap;

/// The lists that a text may hold something of. Those left out it surely does not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hints(u128);

/// One list, as [`Hints`] know it: every bit is of words that a text must hold some of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hint(u128);

impl Hints {
    /// Any list is worth a search.
    pub const ALL: Self = Self(u128::MAX);

    /// Whether the list is worth a search.
    pub fn has(self, list: Hint) -> bool {
        self.0 & list.0 == list.0
    }

    /// What either of two texts may hold.
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// What a pattern needs to be in a text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Need {
    Word(String),
    /// Any word that begins like this.
    Start(String),
    /// A sign that is part of no word.
    Sign(u8),
}

/// What the patterns of all lists need.
#[derive(Debug)]
pub(super) struct Table {
    words: HashMap<u64, u128, FixedState>,
    /// By the first letters of a word.
    starts: HashMap<u64, u128, FixedState>,
    /// Most words are in neither map; a bit for each that may be.
    filter: Filter<FILTER_PARTS>,
    signs: Box<[u128; 128]>,
    /// Lists with a pattern that needs nothing known here.
    always: u128,
    /// Lists that any number may be of.
    numbers: u128,
    lists: u32,
}

/// Of [`Table::filter`]: a few thousand words are known.
const FILTER_PARTS: usize = 1024;

impl Table {
    pub fn new() -> Self {
        Self {
            words: HashMap::default(),
            starts: HashMap::default(),
            filter: Filter::new(),
            signs: Box::new([0; 128]),
            always: 0,
            numbers: 0,
            lists: 0,
        }
    }

    /// A list of patterns, by what each of them needs ([`needs_of`]).
    pub fn add(&mut self, patterns: impl IntoIterator<Item = Option<Vec<Need>>>) -> Hint {
        let list = self.next();
        for needs in patterns {
            match needs {
                Some(needs) => needs.into_iter().for_each(|need| self.put(&need, list)),
                None => self.always |= list.0,
            }
        }
        list
    }

    /// A list of patterns, by two sets of words for each of which a text needs some of both. Unless nearly all patterns
    /// have two, the list is known by the first.
    pub fn add_pairs(&mut self, patterns: Vec<Option<[Vec<Need>; 2]>>) -> Hint {
        let two = patterns.iter().flatten().filter(|[first, second]| first != second);
        let is_worth_two = 10 * two.count() >= 9 * patterns.len();
        let pairs = patterns.into_iter().map(|own| own.map(<(_, _)>::from).unzip());
        let (firsts, seconds): (Vec<_>, Vec<_>) = pairs.unzip();
        let first = self.add(firsts);
        match is_worth_two {
            true => Hint(first.0 | self.add(seconds).0),
            false => first,
        }
    }

    /// A list of words and of numbers in digits.
    pub fn add_numbers<'p>(&mut self, words: impl IntoIterator<Item = &'p str>) -> Hint {
        let list = self.next();
        self.numbers |= list.0;
        words.into_iter().for_each(|word| self.put(&Need::Word(word.to_owned()), list));
        list
    }

    /// A list of words, and of phrases by their first word.
    pub fn add_words(&mut self, words: &[&str]) -> Hint {
        let firsts = words.iter().filter_map(|phrase| phrase.split(' ').next());
        self.add([Some(firsts.map(|word| Need::Word(word.to_owned())).collect())])
    }

    fn next(&mut self) -> Hint {
        assert!(self.lists < u128::BITS, "there is a bit for every list");
        self.lists += 1;
        Hint(1 << (self.lists - 1))
    }

    fn put(&mut self, need: &Need, list: Hint) {
        let (map, key) = match need {
            Need::Word(word) => (&mut self.words, Keys::of(word.as_bytes()).whole),
            Need::Start(start) => {
                let key = word::start_key(start.as_bytes());
                (&mut self.starts, key.expect("beginnings are long enough"))
            }
            Need::Sign(sign) => {
                self.signs[usize::from(*sign)] |= list.0;
                return;
            }
        };
        *map.entry(key).or_default() |= list.0;
        self.filter.put(key);
    }

    /// What a text may hold.
    pub fn hints(&self, text: &str) -> Hints {
        // The two letters beyond ASCII that fold into it.
        if !text.is_ascii() && text.contains(['\u{17f}', '\u{212a}']) {
            return Hints::ALL;
        }
        let mut found = self.always;
        let mut signs = 0;
        let mut words = Words::new(text, 0);
        while let Some(word) =
            words.next(|byte| signs |= self.signs.get(usize::from(byte)).copied().unwrap_or(0))
        {
            if self.filter.may_know(word.keys) {
                found |= self.lists_of(word.keys);
            }
            if text.as_bytes()[word.start].is_ascii_digit() {
                found |= self.numbers;
            }
        }
        Hints(found | signs)
    }

    fn lists_of(&self, keys: Keys) -> u128 {
        let known = |map: &HashMap<u64, u128, FixedState>, key| {
            let known = self.filter.may_have(key).then(|| map.get(&key)).flatten();
            known.copied().unwrap_or(0)
        };
        let whole = known(&self.words, keys.whole);
        keys.starts.iter().fold(whole, |lists, &key| lists | known(&self.starts, key))
    }
}

/// Words or signs of which every match of a regular expression holds at least one; `None` when there
/// is no such set.
///
/// # Panics
///
/// When the expression is none: the lists are part of the program.
pub(super) fn needs_of(expression: &str) -> Option<Vec<Need>> {
    let parsed = Parser::new().parse(expression);
    let pattern = parsed.unwrap_or_else(|error| panic!("the word lists hold patterns: {error}"));
    needs(&pattern, false, false)
}

/// Words or signs of which every match holds at least one; `None` when there is no such set.
/// `begins` and `ends` say whether a word boundary lies before and behind.
fn needs(pattern: &Ast, begins: bool, ends: bool) -> Option<Vec<Need>> {
    match pattern {
        Ast::Literal(own) => of_literal(&own.c.to_string(), begins, ends),
        Ast::Group(group) => needs(&group.ast, begins, ends),
        Ast::Repetition(again) if at_least_once(&again.op.kind) => needs(&again.ast, begins, false),
        Ast::Alternation(each) => {
            let all: Option<Vec<_>> =
                each.asts.iter().map(|own| needs(own, begins, ends)).collect();
            Some(all?.concat())
        }
        Ast::Concat(parts) => of_concat(parts, begins, ends),
        _ => None,
    }
}

/// The rarest of the parts, the first of several; letters in a row are one.
fn of_concat(parts: &Concat, begins: bool, ends: bool) -> Option<Vec<Need>> {
    let is_literal = |part: &Ast| matches!(part, Ast::Literal(_));
    let runs: Vec<&[Ast]> = parts.asts.chunk_by(|a, b| is_literal(a) && is_literal(b)).collect();
    let each = runs.iter().enumerate().filter_map(|(at, run)| {
        let behind = runs.get(at + 1).and_then(|run| run.first());
        let (begins, ends) = (opens_word(&runs[..at], begins), behind.map_or(ends, is_edge));
        let letters: String = run.iter().filter_map(letter).collect();
        match run {
            [only] if letters.is_empty() => needs(only, begins, ends),
            _ => of_literal(&letters, begins, ends),
        }
    });
    each.min_by_key(|needs| frequency(needs))
}

/// Whether a word begins behind these parts. One that may be left out counts when it ends a word and
/// what is before it does too: "add (a )?photo".
fn opens_word(before: &[&[Ast]], outer: bool) -> bool {
    match before.split_last().and_then(|(last, rest)| Some((last.last()?, rest))) {
        None => outer,
        Some((Ast::Repetition(again), rest)) if !at_least_once(&again.op.kind) => {
            ends_in_edge(&again.ast) && opens_word(rest, outer)
        }
        Some((last, _)) => is_edge(last),
    }
}

fn ends_in_edge(pattern: &Ast) -> bool {
    match pattern {
        Ast::Group(group) => ends_in_edge(&group.ast),
        Ast::Concat(parts) => parts.asts.last().is_some_and(ends_in_edge),
        other => is_edge(other),
    }
}

fn letter(pattern: &Ast) -> Option<char> {
    match pattern {
        Ast::Literal(own) => Some(own.c),
        _ => None,
    }
}

/// The rarest word or sign of a literal.
pub(super) fn of_literal(text: &str, begins: bool, ends: bool) -> Option<Vec<Need>> {
    let mut found = Vec::new();
    let mut at = 0;
    for part in text.split(|c: char| !(c.is_ascii() && is_word(c as u8))) {
        let (from, to) = (at, at + part.len());
        let sign = text[to..].chars().next();
        at = to + sign.map_or(0, char::len_utf8);
        found.extend(
            sign.filter(|c| c.is_ascii() && !c.is_ascii_whitespace()).map(|c| Need::Sign(c as u8)),
        );
        let word = part.to_ascii_lowercase();
        match (from > 0 || begins, to < text.len() || ends) {
            (true, true) if !word.is_empty() => found.push(Need::Word(word)),
            (true, false) if word.len() >= START_BYTES => found.push(Need::Start(word)),
            _ => {}
        }
    }
    let rarest = found.into_iter().min_by_key(|need| frequency(std::slice::from_ref(need)));
    rarest.map(|need| vec![need])
}

/// Whether a word begins behind it, or ends before it.
fn is_edge(pattern: &Ast) -> bool {
    let is_no_word = |own: &Literal| !(own.c.is_ascii() && is_word(own.c as u8));
    match pattern {
        Ast::Literal(own) => is_no_word(own),
        Ast::Assertion(own) => own.kind != AssertionKind::NotWordBoundary,
        Ast::ClassPerl(own) => own.kind == ClassPerlKind::Space && !own.negated,
        Ast::ClassBracketed(class) => match &class.kind {
            ClassSet::Item(ClassSetItem::Literal(own)) => !class.negated && is_no_word(own),
            ClassSet::Item(ClassSetItem::Union(items)) => {
                let no_word = |item: &ClassSetItem| matches!(item, ClassSetItem::Literal(own) if is_no_word(own));
                !class.negated && items.items.iter().all(no_word)
            }
            _ => false,
        },
        Ast::Repetition(again) => at_least_once(&again.op.kind) && is_edge(&again.ast),
        Ast::Group(group) => is_edge(&group.ast),
        _ => false,
    }
}

fn at_least_once(kind: &RepetitionKind) -> bool {
    match kind {
        RepetitionKind::ZeroOrOne | RepetitionKind::ZeroOrMore => false,
        RepetitionKind::OneOrMore => true,
        RepetitionKind::Range(
            RepetitionRange::Exactly(min)
            | RepetitionRange::AtLeast(min)
            | RepetitionRange::Bounded(min, _),
        ) => *min > 0,
    }
}

/// From here on, most texts hold some part of a set.
pub(super) const FREQUENT: usize = 1000;

/// How often about some part of the set is met, as a number to compare. Long words are rarer than short
/// ones, except for those that texts on exercise are made of.
pub(super) fn frequency(needs: &[Need]) -> usize {
    #[rustfmt::skip]
    let is_frequent = |word: &str| matches!(word,
        "a" | "all" | "also" | "an" | "and" | "any" | "are" | "as" | "at" | "be" | "but" | "by" | "can" |
        "do" | "does" | "for" | "from" | "has" | "have" | "help" | "helps" | "here" | "if" | "in" | "into" |
        "is" | "it" | "know" | "may" | "me" | "more" | "my" | "no" | "not" | "of" | "on" | "one" | "or" |
        "other" | "over" | "same" | "should" | "so" | "than" | "that" | "the" | "then" | "this" | "to" |
        "until" | "up" | "us" | "we" | "when" | "will" | "with" | "without" | "you" | "your"
    );
    #[rustfmt::skip]
    let is_of_the_field = |word: &str| matches!(word,
        "back" | "balance" | "body" | "clinic" | "control" | "exercise" | "exercises" | "knee" | "method" |
        "muscle" | "pain" | "part" | "patients" | "people" | "position" | "practice" | "programme" |
        "program" | "repetitions" | "session" | "shoulder" | "side" | "strength" | "stretch" | "stretches" |
        "stretching" | "therapy" | "treatment" | "treatments" | "walking" | "weeks" | "work"
    );
    const SHORT: usize = 3;
    const FREQUENT_SIGNS: &[u8] = b".,;:!?'\"()-/";
    let of_word = |word: &str| match word.len() {
        _ if is_frequent(word) => FREQUENT,
        _ if is_of_the_field(word) => 100,
        ..=SHORT => 60,
        length => 200 / (length * length),
    };
    let each = needs.iter().map(|need| match need {
        Need::Word(word) => of_word(word),
        Need::Start(start) => 4 * of_word(&start[..start.len().min(LONG_START_BYTES)]),
        Need::Sign(sign) if FREQUENT_SIGNS.contains(sign) => FREQUENT,
        Need::Sign(_) => 10,
    });
    each.sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needed(expression: &str) -> Option<Vec<Need>> {
        needs_of(expression)
    }

    fn word(text: &str) -> Need {
        Need::Word(text.to_owned())
    }

    #[test]
    fn the_rarest_words_are_needed() {
        assert_eq!(needed(r"\bask(?:\s+your)?\s+(?:doctor|nurse)\b"), {
            Some(vec![word("doctor"), word("nurse")])
        });
        assert_eq!(needed(r"(?-u:\b)don['\u2019]t\s+the(?-u:\b)"), Some(vec![word("don")]));
        assert_eq!(needed(r"\badd (?:an? )?(?:photo|film) here\b"), {
            Some(vec![word("photo"), word("film")])
        });
        assert_eq!(needed(r"\bstretch[a-z]*"), Some(vec![Need::Start("stretch".to_owned())]));
        assert_eq!(needed(r"\bpain\-free\b"), Some(vec![word("free")]));
        assert_eq!(needed("(?-i:\\bTODO\\b)"), Some(vec![word("todo")]));
        assert_eq!(needed(r"\{\{ ?[a-z]+"), Some(vec![Need::Sign(b'{')]));
        assert_eq!(needed(r"\[(?:insert [^\]]+|citation (?:a|the)\b)\]"), {
            Some(vec![word("insert"), word("citation")])
        });
    }

    #[test]
    fn parts_of_words_are_not_needed() {
        assert_eq!(needed("todo"), None);
        assert_eq!(needed(r"\b(?:todo|[a-z]+)\b"), None);
        assert_eq!(needed(r"\w+ing\b"), None);
        assert_eq!(needed(r"\b(?:min)?s\b"), None);
    }

    #[test]
    fn ordinary_text_is_worth_no_search_for_residue() {
        let residue = &crate::lexicon::LEXICON.residue;
        let text = "Do not add load in the first two weeks. Your goal here is a calm movement, so \
                    let the back settle. It moves over the other hip, with more time, and helps.";
        let hints = crate::lexicon::hints(text);
        assert!(!hints.has(residue.placeholders.hint()));
        assert!(!hints.has(residue.assistant.hint()));
    }

    #[test]
    fn hints_are_of_words_in_any_case() {
        let mut table = Table::new();
        let pain = table.add([needs_of(r"\bpain\b")]);
        let stretch = table.add([needs_of(r"\bstretch[a-z]*")]);
        let number = table.add_numbers(["ten"]);
        let has = |text: &str| {
            let hints = table.hints(text);
            [hints.has(pain), hints.has(stretch), hints.has(number)]
        };
        assert_eq!(has("Höft-PAIN!"), [true, false, false]);
        assert_eq!(has("painful Stretching"), [false, true, false]);
        assert_eq!(has("x10, 10x"), [false, false, true]);
        assert_eq!(has("ten"), [false, false, true]);
        assert_eq!(has("an\u{17f}"), [true, true, true]);
    }
}
