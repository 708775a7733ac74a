//! What is wrong with a place that a rule of a project's own looks at.

use super::select::Found;
use crate::source::Span;
use crate::syntax::{Node, Text};
use crate::words::or;
use regex::Regex;
use serde::{Serialize, Serializer};

/// What a rule reports. Each names the defect, and not what ought to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// Every place in the text that the pattern matches.
    Matches(Pattern),
    /// A text in which the pattern matches nowhere.
    DoesNotMatch(Pattern),
    OneOf(Vec<String>),
    NotOneOf(Vec<String>),
    /// In characters.
    LongerThan(usize),
    /// In characters.
    ShorterThan(usize),
    MoreWordsThan(usize),
    /// In items of a list or fields of a mapping.
    MoreThan(usize),
    FewerThan(usize),
    /// A mapping with this field.
    Has(String),
    /// A mapping without this field, or with nothing in it.
    Missing(String),
}

impl Condition {
    /// How settings call each.
    pub const NAMES: &'static [&'static str] = &[
        "matches",
        "does-not-match",
        "one-of",
        "not-one-of",
        "longer-than",
        "shorter-than",
        "more-words-than",
        "more-than",
        "fewer-than",
        "has",
        "missing",
    ];

    /// Whether it is about fields, lists and mappings, and not about words.
    pub fn is_of_structure(&self) -> bool {
        match self {
            Self::MoreThan(_) | Self::FewerThan(_) | Self::Has(_) | Self::Missing(_) => true,
            Self::Matches(_)
            | Self::DoesNotMatch(_)
            | Self::OneOf(_)
            | Self::NotOneOf(_)
            | Self::LongerThan(_)
            | Self::ShorterThan(_)
            | Self::MoreWordsThan(_) => false,
        }
    }

    /// What is wrong, as it goes on behind "what".
    pub(super) fn in_words(&self) -> String {
        let any =
            |all: &[String]| or(&all.iter().map(|own| format!("`{own}`")).collect::<Vec<_>>());
        match self {
            Self::Matches(pattern) => format!("matches `{}`", pattern.0),
            Self::DoesNotMatch(pattern) => format!("does not match `{}`", pattern.0),
            Self::OneOf(all) => format!("is {}", any(all)),
            Self::NotOneOf(all) => format!("is not {}", any(all)),
            Self::LongerThan(most) => format!("has more than {most} characters"),
            Self::ShorterThan(least) => format!("has fewer than {least} characters"),
            Self::MoreWordsThan(most) => format!("has more than {most} words"),
            Self::MoreThan(most) => format!("has more than {most} items or fields"),
            Self::FewerThan(least) => format!("has fewer than {least} items or fields"),
            Self::Has(field) => format!("has `{field}`"),
            Self::Missing(field) => format!("lacks `{field}`"),
        }
    }

    /// The places that are wrong, each with its words where they are not as written.
    pub(super) fn wrong(&self, found: &Found<'_>) -> Vec<(Span, Option<String>)> {
        let whole = |is_wrong: bool| match is_wrong {
            true => vec![(found.place, found.words())],
            false => Vec::new(),
        };
        // What a syntax error cut may hold more than is read.
        if found.node.is_some_and(Node::is_damaged) {
            return Vec::new();
        }
        let is_wrong = |is: &dyn Fn(&str) -> bool| {
            whole(found.text.as_ref().is_some_and(|text| is(text.as_str())))
        };
        let members = || found.node.filter(|own| own.is_mapping() || own.is_sequence()).map(count);
        match self {
            Self::Matches(pattern) => found.text.as_ref().map_or(Vec::new(), |text| {
                let is_empty = text.as_str().is_empty() && pattern.0.is_match("");
                if is_empty { whole(true) } else { pattern.matches(text) }
            }),
            Self::DoesNotMatch(pattern) => is_wrong(&|text| !pattern.0.is_match(text)),
            Self::OneOf(all) => is_wrong(&|text| all.iter().any(|own| own == text)),
            Self::NotOneOf(all) => is_wrong(&|text| all.iter().all(|own| own != text)),
            Self::LongerThan(most) => is_wrong(&|text| text.chars().nth(*most).is_some()),
            Self::ShorterThan(least) => {
                is_wrong(&|text| text.chars().take(*least).count() < *least)
            }
            Self::MoreWordsThan(most) => is_wrong(&|text| words(text).nth(*most).is_some()),
            Self::MoreThan(most) => whole(members().is_some_and(|count| count > *most)),
            Self::FewerThan(least) => whole(members().is_some_and(|count| count < *least)),
            Self::Has(field) => match found.field(field) {
                Some((key, value)) if !value.is_null() => vec![(key, Some(field.clone()))],
                _ => Vec::new(),
            },
            Self::Missing(field) => whole(found.lacks(field)),
        }
    }
}

fn count(node: Node<'_>) -> usize {
    if node.is_sequence() { node.items().count() } else { node.merged_entries().len() }
}

/// What stands between blanks and has a letter or a digit.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric))
}

/// A regular expression of bounded size.
#[derive(Clone, Debug)]
pub struct Pattern(Regex);

/// Matches that are told of one text. To look for the next one may take a look at the whole rest.
const MOST_MATCHES: usize = 100;

impl Pattern {
    /// Bytes that a pattern may take when it is compiled.
    const MOST_BYTES: usize = 1 << 20;

    /// `None` when it is no regular expression, or compiles to too much.
    pub fn new(text: &str) -> Option<Self> {
        let mut builder = regex::RegexBuilder::new(text);
        builder.size_limit(Self::MOST_BYTES).dfa_size_limit(2 * Self::MOST_BYTES);
        builder.build().ok().map(Self)
    }

    /// Where it matches, without empty matches.
    fn matches(&self, text: &Text<'_>) -> Vec<(Span, Option<String>)> {
        let found = self.0.find_iter(text.as_str()).filter(|own| !own.is_empty());
        let ranges: Vec<_> = found.take(MOST_MATCHES).map(|own| own.range()).collect();
        let parts = text.parts(ranges);
        parts.iter().map(|part| (part.inner_span(), Some(part.as_str().to_owned()))).collect()
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_str() == other.0.as_str()
    }
}

impl Eq for Pattern {}

impl Serialize for Pattern {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.as_str())
    }
}
