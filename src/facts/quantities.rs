//! How many parts something has, how many people it affects, what the main one of its kind is: sentences in a few
//! plain forms, with what they say in a form in which two can be compared.
//!
//! Only whole statements in the author's own voice count: no questions, no denials, nothing about "this study" or
//! "some people". What narrows a statement ("in children", "at some time") is part of its key, so that two are
//! compared only when they speak of the same. English alone: the words are.

use super::Site;
use crate::lexicon::{LEXICON, regex};
use regex::{Captures, Regex};
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::LazyLock;

/// One statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuantityFact {
    /// What it is a quantity of; statements with equal keys speak of the same.
    pub key: Box<str>,
    pub value: Value,
    /// Whether the key holds a part of the body or a condition, which mean the same in every file.
    pub shared: bool,
    /// The words of the value with its unit: "four muscles".
    pub words: Box<str>,
    pub site: Site,
    /// The record it stands in: an index of [`super::Facts::records`].
    pub record: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// Thousandths, both ends included.
    Number { low: i64, high: i64 },
    /// What is said to be the main one.
    Name(Box<str>),
}

impl Value {
    /// Whether both can be true.
    pub fn agrees_with(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Number { low, high }, Self::Number { low: from, high: to }) => {
                low <= to && from <= high
            }
            (Self::Name(own), Self::Name(other)) => same_thing(own, other),
            (Self::Number { .. }, Self::Name(_)) | (Self::Name(_), Self::Number { .. }) => true,
        }
    }
}

/// Names of which one holds the words of the other mean the same: "psoas", "psoas major".
fn same_thing(a: &str, b: &str) -> bool {
    let holds = |long: &str, short: &str| {
        let begins = |word: &str, own: &str| own.starts_with(word) || word.starts_with(own);
        short.split(' ').all(|word| long.split(' ').any(|own| begins(word, own)))
    };
    holds(a, b) || holds(b, a)
}

/// A statement in its sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The words of the value.
    pub range: Range<usize>,
    key: String,
    value: Value,
    shared: bool,
}

impl Statement {
    pub fn at(self, site: Site, words: &str, record: u32) -> QuantityFact {
        let Self { key, value, shared, .. } = self;
        QuantityFact { key: key.into(), value, shared, words: words.into(), site, record }
    }
}

/// What a sentence states, if it has one of the forms.
pub fn statements(sentence: &str) -> Option<Statement> {
    /// The verb stands near the start in every form.
    const HEAD: usize = 100;
    let trimmed = sentence.trim_end();
    let head = &trimmed[..trimmed.floor_char_boundary(HEAD.min(trimmed.len()))];
    let says_main = head.starts_with(['T', 't']) && MAIN.is_match(head);
    let likely = says_main || NUMBERS.is_match(head) && VERBS.is_match(head);
    if !likely || trimmed.ends_with(['?', ':']) {
        return None;
    }
    let found = parts(trimmed)
        .or_else(|| there_are(trimmed))
        .or_else(|| affects(trimmed))
        .or_else(|| people_have(trimmed))
        .or_else(|| the_main(trimmed))?;
    if UNSURE.is_match(trimmed) {
        return None;
    }
    let shared = LEXICON.anatomy.is_match(&found.key);
    Some(Statement { shared, ..found })
}

// Words alone are searched for much faster than the forms they are part of.
static VERBS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        " has | have | contain| consist| compris| made up of| composed of| formed of| built of| a group of| a set of| a family of| a complex of| a ring of| a team of|here are | affect| occur| is found in| is seen in| get | experience | develop | suffer | live with ",
    )
});

static NUMBERS: LazyLock<Regex> = LazyLock::new(|| {
    regex("[0-9]|wo |hree |our |ive |ix |even |ight |ine |en |teen |elve |wenty |ne ")
});

static MAIN: LazyLock<Regex> = LazyLock::new(|| {
    regex("^(?:The|the) (?:main|primary|largest|biggest|strongest|longest|smallest) ")
});

/// Denials, myths, quotations, one case among several.
static UNSURE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r#"(?i)\b(?:not|no|never|n['’]t|myth|false|wrong|untrue|once thought|used to|if|sometimes|usually|often|may|might|can|could|or more|instead of|rather than|except|only when|unless)\b|n['’]t\b|["“”«»]"#,
    )
});

// Signs that are part of no word tell words apart: the class of all letters is large.
const WORD: &str = r"[^ \t\r\n0-9.,;:()\[\]!?%/]+";
const QUALIFIER: &str = r"(?:(about|around|roughly|approximately|nearly|almost|some|an estimated|over|more than|at least|up to|as many as|fewer than|less than|under|at most|exactly|just|only) )?";
const NUMBER: &str = r"([0-9]+(?:[.,][0-9]+)*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty)(?: ?(?:to|or|and|-|–) ?([0-9]+(?:[.,][0-9]+)*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))?";
const PERCENT: &str = r"(?: ?%| percent| per cent)";

/// "The rotator cuff is a group of four muscles", "the knee has two menisci".
static PARTS: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?i)^((?:the|your|each|every|a|an) )?({WORD}(?: {WORD}){{0,4}}?) (has|have|contains?|consists? of|comprises?|(?:is|are) (?:made up|composed|formed|built|a (?:group|set|family|complex|ring|team)|comprised) of) {QUALIFIER}{NUMBER}({PERCENT})? ({WORD}(?: {WORD}){{0,3}})"
    ))
});

/// "There are four rotator cuff muscles", "there are 24 vertebrae in the spine".
static THERE_ARE: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(r"(?i)^there are {QUALIFIER}{NUMBER} ({WORD}(?: {WORD}){{0,3}})"))
});

/// "Low back pain affects about 80% of adults at some time".
static AFFECTS: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?i)^((?:the|a|an) )?({WORD}(?: {WORD}){{0,4}}?) (?:affects?|occurs? in|is found in|is seen in) {QUALIFIER}{NUMBER}{PERCENT} of ({WORD})"
    ))
});

/// "About 80% of adults have low back pain at some time".
static PEOPLE_HAVE: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?i)^{QUALIFIER}{NUMBER}{PERCENT} of ({WORD}) (?:have|get|experience|develop|will have|will get|will experience|suffer from|live with) ({WORD}(?: {WORD}){{0,3}})"
    ))
});

/// "The main hip flexor is the psoas".
static THE_MAIN: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?i)^the (main|primary|largest|biggest|strongest|longest|smallest) ({WORD}(?: {WORD}){{0,5}}?) is (?:the |called the |your )?({WORD}(?: {WORD}){{0,2}})(?:[.,;!]|$)"
    ))
});

fn parts(sentence: &str) -> Option<Statement> {
    let captures = PARTS.is_match(sentence).then(|| PARTS.captures(sentence))??;
    let subject = phrase(&captures[2]).filter(|subject| is_subject(subject))?;
    let (part, end) = part_of(&captures, 8)?;
    let share = captures.get(7).is_some();
    // "The feet have 52 bones" counts what both have together.
    let verb = captures[3].to_lowercase();
    let verb = verb.split(' ').next().unwrap_or("");
    let together = !share && matches!(verb, "have" | "are" | "contain" | "consist" | "comprise");
    let many = if together { "all " } else { "" };
    let unit = if share { "% " } else { "" };
    let scope = scope(&sentence[end..])?;
    let key = format!("{many}{subject} {unit}{part}{scope}");
    statement(&captures, (4, 5, 6), end, key)
}

fn there_are(sentence: &str) -> Option<Statement> {
    let captures = THERE_ARE.is_match(sentence).then(|| THERE_ARE.captures(sentence))??;
    let (part, end) = part_of(&captures, 4)?;
    let mut rest = &sentence[end..];
    let mut subject = String::new();
    let inside = [" in the ", " in your ", " in each ", " within the ", " of the "];
    if let Some(behind) = inside.iter().find_map(|lead| rest.strip_prefix(lead)) {
        let words =
            behind.split(|c: char| !(c.is_alphanumeric() || matches!(c, ' ' | '-'))).next()?;
        let words = until_stop(words);
        subject = phrase(words).filter(|subject| is_subject(subject))?;
        subject.push(' ');
        rest = &behind[words.len()..];
    }
    let scope = scope(rest)?;
    // A single word, "there are three reasons", says too little to be told again.
    let named = !subject.is_empty() || part.contains(' ');
    named.then(|| statement(&captures, (1, 2, 3), end, format!("{subject}{part}{scope}")))?
}

fn affects(sentence: &str) -> Option<Statement> {
    let captures = AFFECTS.is_match(sentence).then(|| AFFECTS.captures(sentence))??;
    let subject = phrase(&captures[2]).filter(|subject| is_subject(subject))?;
    let people = captures.get(6)?;
    let scope = scope(&sentence[people.end()..])?;
    let key = format!("{subject} among {}{scope}", singular(&people.as_str().to_lowercase()));
    statement(&captures, (3, 4, 5), people.end(), key)
}

fn people_have(sentence: &str) -> Option<Statement> {
    let captures = PEOPLE_HAVE.is_match(sentence).then(|| PEOPLE_HAVE.captures(sentence))??;
    let people = captures.get(4)?;
    let words = captures.get(5)?;
    let what = until_stop(words.as_str());
    let subject = phrase(what)?;
    let scope = scope(&sentence[words.start() + what.len()..])?;
    let key = format!("{subject} among {}{scope}", singular(&people.as_str().to_lowercase()));
    statement(&captures, (1, 2, 3), people.end(), key)
}

fn the_main(sentence: &str) -> Option<Statement> {
    #[rustfmt::skip]
    const HEADS: &[&str] = &[
        "muscle", "flexor", "extensor", "abductor", "adductor", "rotator", "nerve", "bone",
        "joint", "ligament", "tendon", "artery", "stabiliser", "stabilizer", "mover",
    ];
    let captures = THE_MAIN.is_match(sentence).then(|| THE_MAIN.captures(sentence))??;
    let what = captures[2].to_lowercase();
    let head = |word: &str| HEADS.contains(&singular(word).as_str());
    let name = captures.get(3)?;
    let value = phrase(name.as_str())?;
    let plain =
        !["one", "same", "body"].iter().any(|own| value.split(' ').any(|word| word == *own));
    (what.split(' ').any(head) && plain).then(|| Statement {
        range: name.range(),
        key: format!("{} {}", captures[1].to_lowercase(), what),
        value: Value::Name(value.into()),
        shared: false,
    })
}

fn statement(
    captures: &Captures<'_>,
    (qualifier, first, last): (usize, usize, usize),
    end: usize,
    key: String,
) -> Option<Statement> {
    const UNIT: i64 = 1000;
    let low = number(captures.get(first)?.as_str())?;
    let high = captures.get(last).map_or(Some(low), |own| number(own.as_str()))?;
    let qualifier = captures.get(qualifier);
    let word = qualifier.map(|own| own.as_str().to_lowercase());
    let tenth = |number: i64| number / 10;
    let (low, high) = match word.as_deref() {
        None | Some("exactly" | "just" | "only") => (low, high),
        Some("at least" | "over" | "more than") => (low, i64::MAX),
        Some("up to" | "as many as" | "fewer than" | "less than" | "under" | "at most") => {
            (0, high)
        }
        Some(_) => (low - tenth(low), high + tenth(high)),
    };
    let start = qualifier.or_else(|| captures.get(first))?.start();
    // A count of one is a way of speaking: "the spine has one job".
    (low != UNIT || high != UNIT).then_some(Statement {
        range: start..end,
        key,
        value: Value::Number { low, high },
        shared: false,
    })
}

/// In thousandths. A comma with three digits behind it groups them.
fn number(text: &str) -> Option<i64> {
    #[rustfmt::skip]
    const WORDS: &[&str] = &[
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
        "nineteen", "twenty",
    ];
    let lower = text.to_lowercase();
    if let Some(at) = WORDS.iter().position(|word| *word == lower) {
        return i64::try_from(at + 1).ok().map(|own| own * 1000);
    }
    let plain = lower.replace(',', "");
    let (whole, rest) = plain.split_once('.').unwrap_or((&plain, ""));
    if whole.len() > 12 || rest.len() > 3 || rest.contains('.') {
        return None;
    }
    let thousandths: i64 = format!("{rest:0<3}").parse().ok()?;
    Some(whole.parse::<i64>().ok()? * 1000 + thousandths)
}

/// The counted thing, up to the first word that goes on with something else, and where it ends.
fn part_of(captures: &Captures<'_>, group: usize) -> Option<(String, usize)> {
    // What doses, times and texts are counted in, and what is too vague to be counted twice.
    #[rustfmt::skip]
    const NO_PARTS: &[&str] = &[
        "set", "rep", "repetition", "second", "minute", "hour", "day", "week", "month", "year",
        "time", "session", "point", "kg", "cm", "mm", "m", "g", "kcal", "calorie", "step",
        "question", "option", "exercise", "page", "section", "chapter", "example", "reason",
        "benefit", "thing", "way", "word", "star", "member", "people", "person", "patient",
        "participant", "child", "percent", "degree", "metre", "meter", "litre", "liter", "half",
        "third", "quarter", "hundred", "thousand", "million", "billion", "dozen", "of", "item",
        "answer", "mark", "version", "go", "try",
    ];
    let words = captures.get(group)?;
    let part = until_stop(words.as_str());
    let phrase = phrase(part)?;
    let head = phrase.rsplit(' ').next().unwrap_or("");
    let first = phrase.split(' ').next().unwrap_or("");
    (!NO_PARTS.contains(&head) && !NO_PARTS.contains(&first))
        .then(|| (phrase.clone(), words.start() + part.len()))
}

/// The words before the first that belongs to no noun.
fn until_stop(words: &str) -> &str {
    let mut end = 0;
    for word in words.split(' ') {
        let start = end + usize::from(end > 0);
        if STOPS.contains(&word.to_lowercase().as_str()) {
            return &words[..end];
        }
        end = start + word.len();
    }
    words
}

#[rustfmt::skip]
const STOPS: &[&str] = &[
    "that", "which", "and", "or", "with", "in", "at", "on", "of", "for", "to", "called", "named",
    "who", "whose", "per", "from", "by", "as", "when", "where", "is", "are", "was", "were", "it",
    "they", "you", "we", "but", "because", "so", "while", "around", "along", "between", "among",
    "during", "before", "after", "over", "under", "within", "through", "across", "behind", "than",
    "if", "each", "every", "altogether", "deep", "working", "running", "known", "connected",
    "arranged", "stacked", "joined", "held",
];

/// Lower case, singular, without articles and words that add nothing; `None` when nothing is left.
fn phrase(words: &str) -> Option<String> {
    #[rustfmt::skip]
    const EMPTY: &[&str] = &[
        "the", "a", "an", "your", "each", "every", "human", "different", "separate", "individual",
        "distinct", "single", "small", "large", "total",
    ];
    let lower = words.to_lowercase();
    let kept: Vec<_> =
        lower.split(' ').filter(|word| !EMPTY.contains(word)).map(singular).collect();
    (!kept.is_empty()).then(|| kept.join(" "))
}

fn singular(word: &str) -> String {
    match word {
        "vertebrae" => "vertebra".to_owned(),
        "menisci" => "meniscus".to_owned(),
        "phalanges" => "phalanx".to_owned(),
        "feet" => "foot".to_owned(),
        "teeth" => "tooth".to_owned(),
        "people" | "persons" => "people".to_owned(),
        "disks" | "disk" => "disc".to_owned(),
        _ if word.ends_with("ies") && word.len() > 4 => format!("{}y", &word[..word.len() - 3]),
        _ if ["ss", "us", "is", "ps", "as"].iter().any(|end| word.ends_with(end)) => {
            word.to_owned()
        }
        _ => word.strip_suffix('s').unwrap_or(word).to_owned(),
    }
}

/// Whether a subject names one thing for all readers, and neither a text, a study nor somebody.
fn is_subject(subject: &str) -> bool {
    #[rustfmt::skip]
    const NONE: &[&str] = &[
        "this", "that", "these", "those", "it", "they", "he", "she", "we", "you", "i", "who",
        "which", "what", "there", "one", "two", "other", "another", "some", "many", "most", "all",
        "both", "few", "several", "first", "second", "third", "our", "my", "his", "her", "their",
        "its", "people", "person", "patient", "adult", "child", "woman", "women", "man", "men",
        "participant", "player", "runner", "worker", "everyone", "study", "trial", "review",
        "article", "quiz", "survey", "group", "class", "team", "page", "table", "figure",
        "report", "list", "chapter", "section", "book", "guide", "leaflet", "week", "day",
        "month", "year", "session", "app", "plan", "programme", "program", "course", "clinic",
        "set", "exercise", "workout", "routine", "scale", "questionnaire", "test", "score",
        "level", "option", "step", "here", "now", "then", "and", "or", "but", "of", "in", "on",
        "at", "for", "with", "to", "by", "from", "when", "while", "as", "is", "are", "was",
        "were", "also", "version", "company", "product", "belt", "kit", "room", "file", "data",
        "results",
    ];
    subject.split(' ').all(|word| !NONE.contains(&word))
}

/// What narrows a statement behind its words, as part of a key: "in children". What only describes them is left
/// out; `None` when the statement goes on in a way that cannot be followed.
fn scope(behind: &str) -> Option<String> {
    #[rustfmt::skip]
    const NARROWS: &[&str] = &[
        "in", "at", "during", "among", "before", "after", "when", "until", "over", "per", "from",
        "within", "by", "on", "of", "for", "between", "each", "every", "under",
    ];
    const PLAIN: &[&str] = &["in total", "in all", "on average"];
    let clause = behind.split(['.', ',', ';', ':', '(', ')', '\u{2014}', '\u{2013}']).next()?;
    let clause = clause.trim().to_lowercase();
    if PLAIN.contains(&clause.as_str()) || clause.is_empty() {
        return Some(String::new());
    }
    let first = clause.split(' ').next()?;
    Some(match NARROWS.contains(&first) {
        true => format!(" {clause}"),
        false => match clause.split(' ').find(|word| NARROWS[..8].contains(word)) {
            // "that meet in the knee" describes, and may narrow too.
            Some(_) if !DESCRIBES.contains(&first) => return None,
            _ => String::new(),
        },
    })
}

#[rustfmt::skip]
const DESCRIBES: &[&str] = &[
    "that", "which", "and", "with", "called", "around", "along", "working", "running", "deep",
    "to", "stacked", "connected", "joined", "held", "arranged", "known", "through", "across",
    "behind", "named", "whose", "where",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn found(sentence: &str) -> Option<String> {
        statements(sentence).map(|own| {
            let value = match own.value {
                Value::Number { low, high } if low == high => format!("{}", low / 1000),
                Value::Number { low, high } => format!("{}..{}", low / 1000, high / 1000),
                Value::Name(name) => name.into(),
            };
            format!("{} = {value} ({})", own.key, &sentence[own.range])
        })
    }

    #[test]
    fn forms_of_statements() {
        let is = |sentence: &str, expected: &str| {
            assert_eq!(found(sentence).as_deref(), Some(expected), "{sentence}");
        };
        is("The rotator cuff has four muscles.", "rotator cuff muscle = 4 (four muscles)");
        is(
            "The rotator cuff is a group of three muscles and their tendons that hold the shoulder.",
            "rotator cuff muscle = 3 (three muscles)",
        );
        is(
            "There are four rotator cuff muscles.",
            "rotator cuff muscle = 4 (four rotator cuff muscles)",
        );
        is("There are 24 vertebrae in the spine.", "spine vertebra = 24 (24 vertebrae)");
        is("Your spine has 33 vertebrae in total.", "spine vertebra = 33 (33 vertebrae)");
        is("The spine has 26 bones in adults.", "spine bone in adults = 26 (26 bones)");
        is("Discs contain about 80% water.", "disc % water = 72..88 (about 80% water)");
        is(
            "Low back pain affects about 80% of adults at some time.",
            "low back pain among adult at some time = 72..88 (about 80% of adults)",
        );
        is(
            "60 percent of adults have low back pain at some time.",
            "low back pain among adult at some time = 60 (60 percent of adults)",
        );
        is("The main hip flexor is the psoas.", "main hip flexor = psoas (psoas)");
        is("The feet have 52 bones.", "all foot bone = 52 (52 bones)");
        is("The lumbar spine consists of five to six vertebrae.", {
            "lumbar spine vertebra = 5..6 (five to six vertebrae)"
        });
    }

    #[test]
    fn what_states_nothing() {
        for sentence in [
            "The study has 40 people.",
            "Does the knee have two menisci?",
            "The knee does not have three menisci.",
            "It has four muscles.",
            "Some people have six lumbar vertebrae.",
            "The plan has 3 sets.",
            "There are three reasons.",
            "The main goal is comfort.",
            "It is a myth that the spine has 40 vertebrae.",
            "Most people have two knees.",
            "Each week has seven days.",
            "The programme consists of 12 sessions.",
        ] {
            assert_eq!(found(sentence), None, "{sentence}");
        }
    }
}
