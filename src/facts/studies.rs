//! Mentions of particular studies in running text ("a 2019 trial", "Smith et al. (2020)"), and what the record
//! has of references that they may be among.
//!
//! Only records with a mention have such facts. English alone: the words are.

use super::{CitationTarget, Site};
use crate::lexicon::regex;
use crate::source::Span;
use memchr::memmem::Finder;
use regex::{Captures, Regex};
use serde::{Deserialize, Serialize};
use std::ops::{Range, RangeInclusive};
use std::sync::LazyLock;

/// The mentions of one record, and its references.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudyFact {
    /// An index of [`super::Facts::records`].
    pub record: u32,
    pub mentions: Vec<StudyMention>,
    pub references: Vec<StudyReference>,
}

/// Words that speak of one study.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudyMention {
    pub site: Site,
    pub words: Box<str>,
    pub named: Named,
    /// What the sentence itself cites beside these words.
    pub cited: Vec<CitationTarget>,
    /// What its paragraph or field cites.
    pub near: Vec<CitationTarget>,
}

/// What a mention says of its study.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Years of publication that fit.
    pub years: Option<RangeInclusive<u16>>,
    /// In lower case, without accents.
    pub surnames: Vec<Box<str>>,
    pub journal: Option<Box<str>>,
    pub design: Design,
    /// Known by its authors alone.
    pub by_author: bool,
    /// A surname and a year in brackets, and nothing else that tells of a study.
    pub bare: bool,
    /// Tells of two works, or of one work told by another.
    pub indirect: bool,
}

/// Something the record rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudyReference {
    pub name: ReferenceName,
    /// Where it is written.
    pub span: Span,
    /// What is known of it.
    pub text: Box<str>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReferenceName {
    /// A resource of the project.
    Key(Box<str>),
    /// An entry of the numbered list.
    Number(u32),
    Footnote(Box<str>),
    /// Written out in `sources`.
    Inline,
}

/// What sort of work it is, as far as its words tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Design {
    /// A study of any sort, or nothing is known.
    #[default]
    Any,
    Trial,
    Review,
    Observational,
    Guideline,
    /// A leaflet, a law, a film: no study.
    NoStudy,
}

impl Design {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Any => "work",
            Self::Trial => "trial",
            Self::Review => "review",
            Self::Observational => "observational study",
            Self::Guideline => "guideline",
            Self::NoStudy => "work that is no study",
        }
    }

    /// Whether words for one may mean the other.
    pub fn may_be(self, work: Self) -> bool {
        match (self, work) {
            (_, Self::NoStudy) => false,
            (_, Self::Any) | (Self::Any, Self::Trial | Self::Review | Self::Observational) => true,
            (Self::Review, Self::Guideline) | (Self::Observational, _) => true,
            _ => self == work,
        }
    }

    /// From the words of a title or of a whole reference.
    pub fn of_text(text: &str) -> Self {
        static WORDS: LazyLock<Vec<(Design, Regex)>> = LazyLock::new(|| {
            [
                (
                    Design::Review,
                    r"meta-?\s?analys[ie]s|(?:systematic|scoping|umbrella|literature|narrative|cochrane|rapid) reviews?|: an? (?:\w+ )?review\b|\breview of\b",
                ),
                (
                    Design::Trial,
                    r"randomi[sz]ed|\b(?:clinical|controlled|pilot|crossover|cross-over|feasibility|cluster|superiority) trial|\brcts?\b",
                ),
                (
                    Design::Observational,
                    r"cohort|cross-sectional|case-control|longitudinal study|case series|prevalence of|\bsurvey\b",
                ),
                (Design::Guideline, r"\b(?:guidelines?|guidance|recommendations|consensus)\b"),
                (
                    Design::NoStudy,
                    r"\b(?:leaflet|brochure|pamphlet|booklet|flyer|handout|fact ?sheet|press release|podcast|poster|patient information)\b",
                ),
            ]
            .map(|(design, words)| (design, regex(&format!("(?i){words}"))))
            .into()
        });
        WORDS.iter().find(|(_, words)| words.is_match(text)).map_or(Self::Any, |(own, _)| *own)
    }

    /// From `studyType` and `type` of a resource, else from its title.
    pub fn of_resource(study_type: Option<&str>, csl_type: Option<&str>, title: &str) -> Self {
        match study_type {
            Some("systematic-review-rct" | "meta-analysis-rct" | "systematic-review") => {
                Self::Review
            }
            Some("narrative-review") => Self::Review,
            Some("rct" | "quasi-experimental") => Self::Trial,
            Some("cohort" | "case-control" | "cross-sectional" | "case-series" | "case-report") => {
                Self::Observational
            }
            Some("guideline" | "consensus") => Self::Guideline,
            _ => match csl_type {
                Some(
                    "pamphlet" | "legislation" | "bill" | "legal_case" | "regulation" | "treaty"
                    | "motion_picture" | "song" | "broadcast" | "interview" | "map" | "software"
                    | "standard" | "patent" | "entry-dictionary" | "entry-encyclopedia",
                ) => Self::NoStudy,
                _ => Self::of_text(title),
            },
        }
    }
}

/// Mentions in a sentence, by their bytes.
pub fn mentions(sentence: &str) -> Vec<(Range<usize>, Named)> {
    if !may_mention(sentence) {
        return Vec::new();
    }
    let mut by_author = if may_name_authors(sentence) { authors(sentence) } else { Vec::new() };
    let mut out = if has_noun(sentence) { by_noun(sentence) } else { Vec::new() };
    let published = sentence.contains(" published ");
    if let Some(journal) = published.then(|| journal(sentence)).flatten() {
        match out.as_mut_slice() {
            [(_, only)] => only.journal = Some(journal.1),
            [] if by_author.is_empty() => {
                out.push((journal.0, Named { journal: Some(journal.1), ..Named::default() }));
            }
            _ => {}
        }
    }
    // "A 2019 trial by Smith et al." is one study.
    match out.as_mut_slice() {
        [(_, only)] => {
            only.surnames = by_author.drain(..).flat_map(|(_, own)| own.surnames).collect();
        }
        [] => out = by_author,
        _ => {}
    }
    if !out.is_empty() && speaks_of_other(sentence) {
        out.retain(|(_, own)| own.by_author);
    }
    let indirect = INDIRECT.is_match(sentence) || out.len() > 1;
    out.iter_mut().for_each(|(_, own)| own.indirect = indirect);
    out
}

/// A trial before a court, the review of a restaurant, the survey of a house.
fn speaks_of_other(sentence: &str) -> bool {
    #[rustfmt::skip]
    const WORDS: &[&str] = &[
        "court", "courts", "courtroom", "judge", "jury", "lawyer", "lawyers", "lawsuit", "verdict", "murder",
        "prosecutor", "defendant", "restaurant", "restaurants", "film", "films", "novel", "novels", "album", "hotel",
        "concert", "movie", "theatre", "tripadvisor", "surveyor",
    ];
    let mut words = sentence.split(|c: char| !c.is_alphanumeric());
    words.any(|word| WORDS.iter().any(|own| own.eq_ignore_ascii_case(word)))
}

fn may_mention(sentence: &str) -> bool {
    static WORDS: LazyLock<[Finder<'static>; 3]> =
        LazyLock::new(|| [" et al", " colleagues", "published "].map(Finder::new));
    let bytes = sentence.as_bytes();
    let year = |at: usize| {
        let four = bytes.get(at..at + 4).unwrap_or_default();
        matches!(four, [b'1', b'9', ..] | [b'2', b'0', ..]) && four.iter().all(u8::is_ascii_digit)
    };
    memchr::memchr2_iter(b'1', b'2', bytes).any(year)
        || WORDS.iter().any(|word| word.find(bytes).is_some())
}

const NOUN: &str = r"(?:trial|RCT|study|review|meta-?analysis|survey|paper|analysis|experiment)";
const YEAR: &str = r"((?:19|20)[0-9]{2})";
// Signs that are part of no word tell words apart: the classes of all letters are large.
const WORD: &str = r"[^ \t\r\n0-9.,;:()\[\]!?]+,?";

/// "A large 2019 trial": article, words, year, words, noun.
static YEAR_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?i)\b(an?|another|one|the|this|that) ((?:{WORD} ){{0,3}}){YEAR} ((?:{WORD} ){{0,4}}?)({NOUN})\b"
    ))
});

/// "A trial of 300 runners published in 2019", "a trial from 2019".
static YEAR_LAST: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?i)\b(an?|another|one|the|this|that) ((?:{WORD} ){{0,4}}?)({NOUN}),? (?:from|(in)|(?:[^.;:()?!]{{0,80}}? )?published (?:[^.;:()?!0-9]{{1,60}}? )?in) {YEAR}\b|(?i)\b(an?|another|one|the) ((?:{WORD} ){{0,4}}?)({NOUN}) \({YEAR}\)"
    ))
});

/// "In 2017, a Danish study showed".
static IN_YEAR: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"\bIn {YEAR},? (an?|another|one) ((?:{WORD} ){{0,4}}?)({NOUN}) (?:found|show|report|suggest|conclud|compar|follow|test|look|demonstrat)"
    ))
});

/// "Published in the Lancet".
static JOURNAL: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(?:study|trial|review|research|paper|analysis|findings|results|article)\b[^.;:()?!]{0,80}? published (?:[a-z]+ly )?in (?:(?:19|20)[0-9]{2} in )?(?:the )?(journal )?([A-Z][A-Za-z&'’-]*(?: (?:of|and|the|for|in|&|on|[A-Z][A-Za-z&'’-]*))*)",
    )
});

/// What a name needs to be that of a journal, and of no country or language.
static JOURNAL_WORD: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(?:Journal|Lancet|Medicine|Sciences?|Annals|Archives|BMJ|BJSM|JAMA|NEJM|PLo?S|PLOS|Spine|Pain|Nature|Cell|Therapy|Rehabilitation|Physiotherapy|Neurology|Rheumatology|Gait|Cochrane|Surgery|Ergonomics|Biomechanics)\b",
    )
});

const NAME: &str = r"(?:(?:van|von|de|der|den|del|la|di|da|ter|ten|af) ){0,2}(?:[dl]['’])?[A-ZÀ-ÞĀ-ž][^ \t\r\n0-9.,;:()\[\]!?]+";

/// "Smith et al. (2019)", "Smith and Jones (2019)", "Smith (2019) found", "(Smith, 2019)".
static AUTHORS: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"({NAME})(?:(?:,? et al\b\.?| and (?:colleagues|co-?workers))(?:['’]s?)?(?:,? \(?{YEAR}[a-z]?\b)?|,? (?:and|&) ({NAME})(?:, | \(|, \(){YEAR}[a-z]?\b| \({YEAR}[a-z]?\) (?:found|showed|reported|concluded|compared|observed|suggested|demonstrated|noted|described|argued|studied|tested|followed|measured|reviewed|agreed?s?|argues|concludes|finds|notes|reports|shows|suggests|recommends)\b|, {YEAR}[a-z]?[);,])"
    ))
});

static STUDY_NOUN: LazyLock<Regex> =
    LazyLock::new(|| regex(&format!(r"(?i)\b(?:{NOUN}|studies|trials|reviews|research)\b")));

static INDIRECT: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:cited|quoted|summari[sz]ed|included|reviewed|discussed|described|reported|listed) (?:in|by)\b|according to|\bupdat|re-?analy|\bagree|\bunlike\b|\bearlier\b|\bprevious|\blater\b|\bsince\b|in line with|consistent with|in contrast|\bconfirm|\bsupport",
    )
});

/// No sentence speaks of more.
const MAX_IN_SENTENCE: usize = 20;

fn year_of(captures: &Captures<'_>, group: usize) -> Option<u16> {
    captures.get(group).and_then(|own| own.as_str().parse().ok())
}

fn by_noun(sentence: &str) -> Vec<(Range<usize>, Named)> {
    let mut out: Vec<(Range<usize>, Named)> = Vec::new();
    for captures in YEAR_FIRST.captures_iter(sentence).take(MAX_IN_SENTENCE) {
        let whole = captures.get(0).expect("a match has a whole").range();
        let (before, after) = (&captures[2], &captures[4]);
        let words = format!("{before}{after}");
        if is_one_study(sentence, &whole, &captures[1], &words, &captures[5])
            && let Some(year) = year_of(&captures, 3)
        {
            out.push((whole.clone(), named(year..=year, &sentence[whole])));
        }
    }
    for captures in YEAR_LAST.captures_iter(sentence).take(MAX_IN_SENTENCE) {
        // Two ways to write it, with groups of their own.
        let first = if captures.get(1).is_some() { 1 } else { 6 };
        let year = if first == 1 { 5 } else { 9 };
        let conducted = first == 1 && captures.get(4).is_some();
        let (article, noun) = (&captures[first], &captures[first + 2]);
        let whole = captures.get(0).expect("a match has a whole").range();
        let unclear = is_definite(article)
            || ["review", "survey"].iter().any(|own| noun.eq_ignore_ascii_case(own))
            || counts_people(&sentence[whole.end..]);
        if conducted && unclear {
            continue;
        }
        let free = out.iter().all(|(own, _)| own.end <= whole.start || whole.end <= own.start);
        if free
            && is_one_study(sentence, &whole, article, &captures[first + 1], noun)
            && let Some(year) = year_of(&captures, year)
        {
            // Work that was done in a year is published later.
            let latest = if conducted { year + 3 } else { year };
            out.push((whole.clone(), named(year..=latest, &sentence[whole])));
        }
    }
    for captures in IN_YEAR.captures_iter(sentence).take(MAX_IN_SENTENCE) {
        let noun = captures.get(4).expect("the noun is always there");
        let whole = captures.get(0).expect("a match has a whole").start()..noun.end();
        let free = out.iter().all(|(own, _)| own.end <= whole.start || whole.end <= own.start);
        if free
            && is_one_study(sentence, &whole, &captures[2], &captures[3], noun.as_str())
            && let Some(year) = year_of(&captures, 1)
        {
            out.push((whole.clone(), named(year..=year, &sentence[whole])));
        }
    }
    out.sort_by_key(|(range, _)| range.start);
    out
}

// Plain searches for words, since most sentences with a year speak of no study.
fn has_noun(sentence: &str) -> bool {
    const NOUNS: &[&str] =
        &["stud", "trial", "RCT", "review", "analys", "survey", "paper", "experiment"];
    NOUNS.iter().any(|noun| sentence.contains(noun))
}

/// "et al.", or a year in the brackets or behind the comma of "(Smith, 2019)", "Smith (2019)".
fn may_name_authors(sentence: &str) -> bool {
    let bytes = sentence.as_bytes();
    let year = |at: usize| {
        matches!(bytes.get(at..at + 4), Some([b'1', b'9', ..] | [b'2', b'0', ..]))
            && bytes[at..at + 4].iter().all(u8::is_ascii_digit)
    };
    let named = |at: usize| match (&bytes[..at], bytes.get(at + 4)) {
        ([.., b' ', b'('], _) => true,
        ([.., before, b',', b' '], Some(b')' | b';' | b',' | b'a'..=b'z')) => {
            before.is_ascii_alphabetic() || *before == b'.' || !before.is_ascii()
        }
        _ => false,
    };
    sentence.contains(" et al")
        || sentence.contains(" and co")
        || memchr::memchr2_iter(b'1', b'2', bytes).any(|at| year(at) && named(at))
}

fn named(years: RangeInclusive<u16>, words: &str) -> Named {
    static TRIAL: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)trial|\bRCT\b|randomi[sz]ed"));
    static REVIEW: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)review|meta-?analysis"));
    static OTHER: LazyLock<Regex> =
        LazyLock::new(|| regex(r"(?i)cohort|survey|cross-sectional|case-control|observational"));
    let design = match () {
        () if REVIEW.is_match(words) => Design::Review,
        () if OTHER.is_match(words) => Design::Observational,
        () if TRIAL.is_match(words) => Design::Trial,
        () => Design::Any,
    };
    Named { years: Some(years), design, ..Named::default() }
}

/// What no words between article and noun are.
#[rustfmt::skip]
const JOINS: &[&str] = &[
    "a", "an", "the", "of", "in", "on", "at", "by", "for", "from", "with", "to", "into", "as",
    "that", "which", "who", "when", "while", "and", "or", "but", "is", "was", "were", "are",
    "be", "been", "has", "had", "have", "did", "do", "his", "her", "their", "our", "my",
    "its", "this", "these", "per", "than", "no", "not", "own", "since", "until", "before",
    "after", "next", "first", "annual",
];
/// What makes another thing of the noun: "trial run", "review date".
#[rustfmt::skip]
const THINGS: &[&str] = &[
    "run", "runs", "period", "periods", "version", "tour", "guide", "guides", "day", "days",
    "date", "dates", "visit", "group", "groups", "session", "course", "room", "plan", "board",
    "meeting", "membership", "panel", "process", "cycle", "programme", "program", "season",
    "lesson", "class", "abroad", "trip", "results", "sheet", "form", "question", "questions",
];

/// Whether the words are a noun phrase for one published work.
fn is_one_study(
    sentence: &str,
    whole: &Range<usize>,
    article: &str,
    words: &str,
    noun: &str,
) -> bool {
    let lower = words.to_lowercase();
    let plain = lower.split_whitespace().map(|word| word.trim_end_matches(','));
    let verb = |word: &str| {
        word.ends_with("ed")
            && !["randomised", "randomized", "controlled", "blinded", "reviewed", "registered"]
                .iter()
                .any(|own| word.ends_with(own))
    };
    let phrase = plain.clone().all(|word| !JOINS.contains(&word) && !verb(word));
    let behind = sentence[whole.end..].trim_start_matches(' ');
    let next: String = behind.chars().take_while(|c| c.is_alphabetic()).collect();
    let goes_on = sentence[whole.end..].starts_with(['-', '\u{2013}', '/'])
        || THINGS.contains(&next.to_lowercase().as_str());
    // A survey with a name of its own is a source of data, "the 2009 survey" one told of before, and
    // "the 2024 review" may be that of a page or a service.
    let loose = ["survey", "review", "analysis", "paper", "experiment"]
        .iter()
        .any(|own| noun.eq_ignore_ascii_case(own));
    let capital = noun.starts_with(char::is_uppercase) && !noun.starts_with("RCT");
    let said = plain.clone().any(|word| {
        ["systematic", "cochrane", "scoping", "umbrella", "narrative", "network"].contains(&word)
    });
    // "A 2019 map, survey rates and so on" lists things.
    let listed = lower.trim_end().ends_with(',');
    let another = goes_on || capital || listed;
    phrase && !another && (said || !loose || !is_definite(article))
}

/// "In 2000 adults": what follows the number is counted by it.
fn counts_people(behind: &str) -> bool {
    #[rustfmt::skip]
    const VERBS: &[&str] = &[
        "found", "showed", "shows", "that", "which", "and", "on", "of", "at", "by", "with", "to",
        "compared", "reported", "concluded", "followed", "tested", "looked", "suggested", "did",
        "was", "had", "also", "has", "counted", "said",
    ];
    let word: String = behind.trim_start().chars().take_while(|c| c.is_alphabetic()).collect();
    behind.starts_with(' ') && !word.is_empty() && !VERBS.contains(&word.as_str())
}

fn is_definite(article: &str) -> bool {
    !article.to_lowercase().starts_with(['a', 'o'])
}

fn journal(sentence: &str) -> Option<(Range<usize>, Box<str>)> {
    let captures = JOURNAL.captures(sentence)?;
    let is_said = captures.get(1).is_some();
    let name = captures.get(2)?;
    let mut words = name.as_str();
    while let Some((rest, "of" | "and" | "the" | "for" | "in" | "&" | "on")) =
        words.rsplit_once(' ')
    {
        words = rest;
    }
    let range = captures.get(0)?.start()..name.start() + words.len();
    (is_said || JOURNAL_WORD.is_match(words)).then(|| (range, words.into()))
}

fn authors(sentence: &str) -> Vec<(Range<usize>, Named)> {
    #[rustfmt::skip]
    const NO_NAMES: &[&str] = &[
        "Figure", "Fig", "Table", "Section", "Chapter", "Week", "Day", "Page", "Version", "In",
        "Since", "By", "From", "Until", "And", "The", "January", "February", "March", "April",
        "May", "June", "July", "August", "September", "October", "November", "December", "Spring",
        "Summer", "Autumn", "Winter", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday",
        "Saturday", "Sunday",
    ];
    let mut out = Vec::new();
    for captures in AUTHORS.captures_iter(sentence).take(MAX_IN_SENTENCE) {
        let whole = captures.get(0).expect("a match has a whole").range();
        let year = [2, 4, 5, 6].iter().find_map(|group| year_of(&captures, *group));
        let names = [1, 3].iter().filter_map(|group| captures.get(*group)).map(|own| own.as_str());
        // Acronyms are organisations.
        let person = |name: &str| {
            let last = name.rsplit(' ').next().unwrap_or(name);
            !NO_NAMES.contains(&last) && last.chars().any(char::is_lowercase)
        };
        if !names.clone().all(person) {
            continue;
        }
        let bare = captures.get(6).is_some();
        let told = STUDY_NOUN.is_match(sentence);
        // "Women's Health Initiative (2002)", "(Back Care Clinic, 2019)": a name of several words is no surname.
        let before = sentence[..whole.start].trim_end();
        let last = before.rsplit([' ', '(']).next().unwrap_or("");
        let several = last.starts_with(char::is_uppercase)
            && last.ends_with(char::is_alphanumeric)
            && before.contains(' ')
            || ["in", "In", "of", "for", "between", "Between", "from", "across"].contains(&last);
        let alone = bare || captures.get(3).is_some() || captures.get(5).is_some();
        if alone && several {
            continue;
        }
        if bare && !before.ends_with(['(', ';']) {
            continue;
        }
        let end = end_of_name(sentence, &whole, &captures);
        let surnames = names.map(|name| folded(name.rsplit(' ').next().unwrap_or(name)).into());
        let named = Named {
            years: year.map(|year| year..=year),
            surnames: surnames.collect(),
            by_author: true,
            bare: bare && !told,
            ..Named::default()
        };
        out.push((whole.start..end, named));
    }
    out
}

/// Up to the year with its bracket, without what follows it.
fn end_of_name(sentence: &str, whole: &Range<usize>, captures: &Captures<'_>) -> usize {
    let Some(year) = [2, 4, 5, 6].iter().find_map(|group| captures.get(*group)) else {
        return whole.end;
    };
    let letter = |c: char| c.is_ascii_lowercase();
    let behind = sentence[year.end()..].trim_start_matches(letter);
    let end = sentence.len() - behind.len();
    let bracket = sentence[whole.start..year.start()].contains('(') && behind.starts_with(')');
    end + usize::from(bracket)
}

/// Lower case, without the commonest accents: names are written with and without.
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'à'..='å' | 'ā' | 'ă' | 'ą' => out.push('a'),
            'ç' | 'ć' | 'č' => out.push('c'),
            'è'..='ë' | 'ē' | 'ę' | 'ě' => out.push('e'),
            'ì'..='ï' => out.push('i'),
            'ñ' | 'ń' => out.push('n'),
            'ò'..='ö' | 'ø' | 'ō' => out.push('o'),
            'ù'..='ü' | 'ū' => out.push('u'),
            'ý' | 'ÿ' => out.push('y'),
            'ś' | 'š' => out.push('s'),
            'ź' | 'ż' | 'ž' => out.push('z'),
            'ł' => out.push('l'),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            '\u{2019}' => out.push('\''),
            _ => out.push(c),
        }
    }
    out
}

/// Every year in a text.
pub fn years(text: &str) -> Vec<u16> {
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|word| word.len() == 4);
    numbers
        .filter_map(|word| word.parse().ok())
        .filter(|year| (1900..2100).contains(year))
        .collect()
}

/// Whether a reference may be to this journal: full names, abbreviations word by word, and initials.
pub fn names_journal(reference: &str, journal: &str) -> bool {
    const SMALL: &[&str] = &["of", "and", "the", "for", "in", "on", "&"];
    let words = |text: &str| -> Vec<String> {
        let split = |c: char| !(c.is_alphanumeric() || c == '&');
        let all = folded(text);
        let all = all.split(split).filter(|word| !word.is_empty() && !SMALL.contains(word));
        all.map(str::to_owned).collect()
    };
    let (text, wanted) = (words(reference), words(journal));
    let initials: String = wanted.iter().filter_map(|word| word.chars().next()).collect();
    let abbreviates = |(short, long): (&String, &String)| {
        long.starts_with(short.as_str()) || short.starts_with(long.as_str())
    };
    let of_initials = |word: &String| {
        let first = text.windows(word.len().max(1)).any(|run| {
            let own: String = run.iter().filter_map(|word| word.chars().next()).collect();
            own == *word
        });
        word.len() > 2 && first
    };
    text.windows(wanted.len().max(1)).any(|run| run.iter().zip(&wanted).all(abbreviates))
        || initials.len() > 2 && text.contains(&initials)
        || matches!(wanted.as_slice(), [one] if of_initials(one))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(sentence: &str) -> Vec<String> {
        let one = |(range, own): (Range<usize>, Named)| {
            let years = own.years.map(|years| format!(" {}-{}", years.start(), years.end()));
            let journal = own.journal.map(|own| format!(" in {own}"));
            let names = own.surnames.join("+");
            let sort = if own.design == Design::Any { "" } else { own.design.name() };
            format!(
                "{}: {sort} {names}{}{}",
                &sentence[range],
                years.unwrap_or_default(),
                journal.unwrap_or_default()
            )
        };
        mentions(sentence).into_iter().map(one).collect()
    }

    #[test]
    fn what_speaks_of_one_study() {
        assert_eq!(found("A 2019 trial of 300 runners."), ["A 2019 trial: trial  2019-2019"]);
        assert_eq!(
            found("In a large 2020 randomised controlled trial, it eased pain."),
            ["a large 2020 randomised controlled trial: trial  2020-2020"]
        );
        assert_eq!(
            found("The landmark 2018 Cochrane review says so."),
            ["The landmark 2018 Cochrane review: review  2018-2018"]
        );
        assert_eq!(
            found(
                "A study of 40 adults published in 2016 in the British Journal of Sports Medicine."
            ),
            [
                "A study of 40 adults published in 2016:   2016-2016 in British Journal of Sports Medicine"
            ]
        );
        assert_eq!(
            found("A study published in the journal Emotion found it."),
            ["study published in the journal Emotion:   in Emotion"]
        );
        assert_eq!(
            found("A trial from 2021 by Müller and colleagues."),
            ["A trial from 2021: trial muller 2021-2021"]
        );
        assert_eq!(
            found("In 2017, a Danish study showed it."),
            ["In 2017, a Danish study:   2017-2017"]
        );
        assert_eq!(found("A Cochrane review (2019) found little."), {
            ["A Cochrane review (2019): review  2019-2019"]
        });
        assert_eq!(found("Smith et al. (2019) saw it."), ["Smith et al. (2019):  smith 2019-2019"]);
        assert_eq!(found("It helps (van der Berg & Lee, 2020)."), {
            ["van der Berg & Lee, 2020:  berg+lee 2020-2020"]
        });
        assert_eq!(found("Smith (2019) found it."), ["Smith (2019):  smith 2019-2019"]);
        assert_eq!(found("Smith (2019) agrees."), ["Smith (2019):  smith 2019-2019"]);
        assert_eq!(found("It helps (Smith, 2019)."), ["Smith, 2019:  smith 2019-2019"]);
    }

    #[test]
    fn what_speaks_of_none() {
        for sentence in [
            "In 2019 the clinic began a study.",
            "The 2024 review date is in May.",
            "The 2009 survey had 40 questions.",
            "Data are from the 2011 National Health Interview Survey.",
            "A 2019 trial run of the app.",
            "In 2019 researchers planned a trial.",
            "It began at the 2012 Olympics.",
            "Anna and Peter walked in 2019.",
            "The plan (NICE, 2020) says so.",
            "Women's Health Initiative (2002) showed it.",
            "The 2010\u{2013}2012 trial.",
            "A study published in Sweden.",
            "The guideline was published in 2020.",
            "Studies from 2019 to 2021.",
            "In 2019 a study group met.",
            "It has a 2019 map, survey rates and more.",
            "It changed from paper to an electronic survey in 2019.",
        ] {
            assert!(mentions(sentence).is_empty(), "{sentence}: {:?}", found(sentence));
        }
    }

    #[test]
    fn journals_by_any_name() {
        let bjsm = "British Journal of Sports Medicine";
        assert!(names_journal("Smith A. On pain. Br J Sports Med 2019;53:1-9.", bjsm));
        assert!(names_journal("Smith A. On pain. BJSM 2019.", bjsm));
        assert!(names_journal("British Journal of Sports Medicine", "BJSM"));
        assert!(names_journal("Smith A. The Lancet Neurology 2019", "Lancet"));
        assert!(!names_journal("Smith A. On pain. Spine 2019;4:1.", bjsm));
    }
}
