//! Identifiers of works, people and trials: syntax and check digits, nothing looked up.

use std::ops::Range;

/// An identifier scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scheme {
    Arxiv,
    Doi,
    Isbn,
    Isrctn,
    Issn,
    Nct,
    Orcid,
    Pmcid,
    Pmid,
    Ror,
}

/// What is wrong with an identifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// It has not the form of the scheme; the form in words.
    Form(&'static str),
    /// The last place should be this one.
    CheckDigit(char),
}

impl Scheme {
    /// The scheme's name in a sentence.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Arxiv => "arXiv number",
            Self::Doi => "DOI",
            Self::Isbn => "ISBN",
            Self::Isrctn => "ISRCTN number",
            Self::Issn => "ISSN",
            Self::Nct => "ClinicalTrials.gov number",
            Self::Orcid => "ORCID iD",
            Self::Pmcid => "PMCID",
            Self::Pmid => "PMID",
            Self::Ror => "ROR id",
        }
    }

    /// The field it belongs in.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Doi => "DOI",
            Self::Isbn => "ISBN",
            Self::Issn => "ISSN",
            Self::Orcid => "ORCID",
            Self::Pmcid => "PMCID",
            Self::Pmid => "PMID",
            Self::Arxiv | Self::Isrctn | Self::Nct | Self::Ror => "number",
        }
    }

    /// Whether `value` is one, addresses and labels before it left out.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn check(self, value: &str) -> Result<(), Flaw> {
        let value = self.unwrapped(value);
        match self {
            Self::Arxiv => form(is_arxiv(value), "four digits, a point and four or five digits"),
            Self::Doi => form(is_doi(value), "`10.`, a number, `/` and a suffix"),
            Self::Isbn => isbn(value),
            Self::Isrctn => form(prefixed(value, "ISRCTN", 8..=8), "`ISRCTN` and eight digits"),
            Self::Issn => issn(value),
            Self::Nct => form(prefixed(value, "NCT", 8..=8), "`NCT` and eight digits"),
            Self::Orcid => orcid(value),
            Self::Pmcid => form(
                prefixed(value, "PMC", 4..=9) && !value[3..].starts_with('0'),
                "`PMC` and four to nine digits",
            ),
            Self::Pmid => {
                form(digits(value, 1..=8) && !value.starts_with('0'), "one to eight digits")
            }
            Self::Ror => form(is_ror(value), "`0`, six letters or digits and two digits"),
        }
    }

    /// Another scheme that `value` certainly belongs to.
    pub fn of(value: &str) -> Option<Self> {
        // PMIDs are left out: any number is one.
        const TELLING: &[Scheme] = &[
            Scheme::Doi,
            Scheme::Orcid,
            Scheme::Isbn,
            Scheme::Issn,
            Scheme::Pmcid,
            Scheme::Nct,
            Scheme::Isrctn,
        ];
        TELLING.iter().copied().find(|scheme| scheme.check(value).is_ok())
    }

    /// The value without the address or label it is often written with.
    fn unwrapped(self, value: &str) -> &str {
        let value = value.trim();
        let prefixes: &[&str] = match self {
            Self::Arxiv => &["arxiv:", "https://arxiv.org/abs/"],
            Self::Doi => &[
                "doi:",
                "https://doi.org/",
                "http://doi.org/",
                "http://dx.doi.org/",
                "https://dx.doi.org/",
            ],
            Self::Isbn => &["urn:isbn:", "isbn-13", "isbn-10", "isbn"],
            Self::Issn => &["urn:issn:", "issn"],
            Self::Orcid => &["https://orcid.org/", "http://orcid.org/", "orcid:"],
            Self::Pmcid => &[
                "https://www.ncbi.nlm.nih.gov/pmc/articles/",
                "https://pmc.ncbi.nlm.nih.gov/articles/",
                "pmcid:",
            ],
            Self::Pmid => &["https://pubmed.ncbi.nlm.nih.gov/", "pmid:"],
            Self::Ror => &["https://ror.org/"],
            Self::Isrctn | Self::Nct => &[],
        };
        let strip = |prefix: &&str| {
            let head = value.get(..prefix.len())?;
            head.eq_ignore_ascii_case(prefix)
                .then(|| value[prefix.len()..].trim_start_matches([':', ' ']))
        };
        let rest = prefixes.iter().find_map(strip).unwrap_or(value);
        rest.trim_end_matches('/')
    }
}

fn form(fits: bool, words: &'static str) -> Result<(), Flaw> {
    if fits { Ok(()) } else { Err(Flaw::Form(words)) }
}

fn digits(value: &str, count: std::ops::RangeInclusive<usize>) -> bool {
    count.contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_digit())
}

fn prefixed(value: &str, prefix: &str, count: std::ops::RangeInclusive<usize>) -> bool {
    value.strip_prefix(prefix).is_some_and(|rest| digits(rest, count))
}

fn is_arxiv(value: &str) -> bool {
    let (number, version) = match value.split_once('v') {
        Some((number, version)) => (number, Some(version)),
        None => (value, None),
    };
    let new = number
        .split_once('.')
        .is_some_and(|(month, rest)| digits(month, 4..=4) && digits(rest, 4..=5));
    let old = number.split_once('/').is_some_and(|(archive, rest)| {
        archive.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-' || b == b'.')
            && digits(rest, 7..=7)
    });
    (new || old) && version.is_none_or(|version| digits(version, 1..=2))
}

fn is_ror(value: &str) -> bool {
    let letters = |byte: u8| {
        byte.is_ascii_digit()
            || (byte.is_ascii_lowercase() && !matches!(byte, b'i' | b'l' | b'o' | b'u'))
    };
    value.len() == 9
        && value.is_ascii()
        && value.starts_with('0')
        && value[1..7].bytes().all(letters)
        && digits(&value[7..], 2..=2)
}

// Source: ISO 2108, ISO 3297, ISO 7064 MOD 11-2.

/// Places of a number that is written with blanks and hyphens; a final `x` is ten.
fn places(value: &str) -> Option<Vec<u32>> {
    let written: Vec<char> = value
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}'..='\u{2013}'))
        .collect();
    let last = written.len().checked_sub(1)?;
    let place = |(index, c): (usize, &char)| match c {
        'x' | 'X' if index == last => Some(10),
        c => c.to_digit(10),
    };
    written.iter().enumerate().map(place).collect()
}

fn isbn(value: &str) -> Result<(), Flaw> {
    const FORM: &str = "13 digits from 978 or 979, or the older 10";
    let places = places(value).ok_or(Flaw::Form(FORM))?;
    match places.len() {
        13 if places[12] < 10 && places[..2] == [9, 7] && matches!(places[2], 8 | 9) => {
            let weighted =
                |(index, digit): (usize, &u32)| digit * if index % 2 == 0 { 1 } else { 3 };
            let sum: u32 = places[..12].iter().enumerate().map(weighted).sum();
            check_digit(&places, (10 - sum % 10) % 10)
        }
        10 => check_digit(&places, mod_11(&places)),
        _ => Err(Flaw::Form(FORM)),
    }
}

fn issn(value: &str) -> Result<(), Flaw> {
    const FORM: &str = "eight places, the last a digit or X";
    let places = places(value).filter(|places| places.len() == 8).ok_or(Flaw::Form(FORM))?;
    check_digit(&places, mod_11(&places))
}

/// Weights from the number of places down to 2.
fn mod_11(places: &[u32]) -> u32 {
    let count = u32::try_from(places.len()).expect("ten places at most");
    let sum: u32 = places[..places.len() - 1]
        .iter()
        .zip((2..=count).rev())
        .map(|(digit, weight)| digit * weight)
        .sum();
    (11 - sum % 11) % 11
}

fn orcid(value: &str) -> Result<(), Flaw> {
    const FORM: &str = "sixteen places in groups of four";
    let places = places(value).filter(|places| places.len() == 16).ok_or(Flaw::Form(FORM))?;
    let total = places[..15].iter().fold(0, |total, digit| (total + digit) * 2 % 11);
    check_digit(&places, (12 - total) % 11)
}

fn check_digit(places: &[u32], wanted: u32) -> Result<(), Flaw> {
    if places.last() == Some(&wanted) {
        return Ok(());
    }
    Err(Flaw::CheckDigit(char::from_digit(wanted, 10).unwrap_or('X')))
}

/// A DOI and the way it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doi<'a> {
    /// From `10.` on, without what does not belong to it at the end.
    pub name: &'a str,
    /// Where `name` stands in the value.
    pub range: Range<usize>,
    /// `https://doi.org/` or `doi:` before it.
    pub wrapped: bool,
    /// Punctuation behind it that is no part of a DOI.
    pub trailing: &'a str,
}

impl<'a> Doi<'a> {
    /// Take a DOI out of its address or label. What is left need not be one ([`is_doi`]).
    pub fn of(value: &'a str) -> Self {
        let start = value.len() - value.trim_start().len();
        let inner = value.trim();
        let lower = inner.to_ascii_lowercase();
        let from = PREFIXES
            .iter()
            .find(|prefix| lower.starts_with(**prefix))
            .map_or(0, |prefix| prefix.len());
        let rest = &inner[from..];
        let blanks = rest.len() - rest.trim_start().len();
        let rest = &rest[blanks..];
        let name = trim_tail(rest);
        let at = start + from + blanks;
        Self { name, range: at..at + name.len(), wrapped: from > 0, trailing: &rest[name.len()..] }
    }
}

const PREFIXES: &[&str] = &[
    "https://www.doi.org/",
    "https://dx.doi.org/",
    "http://dx.doi.org/",
    "https://doi.org/",
    "http://doi.org/",
    "dx.doi.org/",
    "doi.org/",
    "doi:",
    "doi ",
];

/// Without punctuation that ends a sentence or closes a bracket that the DOI did not open.
fn trim_tail(mut name: &str) -> &str {
    while let Some(last) = name.chars().next_back() {
        let unbalanced =
            |open: char, close: char| name.matches(close).count() > name.matches(open).count();
        let drop = match last {
            '.' | ',' | ';' | ':' | '"' | '\'' | '*' => true,
            ')' => unbalanced('(', ')'),
            ']' => unbalanced('[', ']'),
            '>' => unbalanced('<', '>'),
            c => c.is_whitespace(),
        };
        if !drop {
            break;
        }
        name = &name[..name.len() - last.len_utf8()];
    }
    name
}

/// Whether this has the form of a DOI.
// Source: Crossref, "DOIs and matching regular expressions" (the form of 99.3 % of DOIs), and the
// older forms that only exclude blanks.
pub fn is_doi(name: &str) -> bool {
    registrant(name)
        .is_some_and(|suffix| !suffix.is_empty() && !suffix.chars().any(char::is_whitespace))
}

/// The suffix of a DOI with a registrant of four to nine digits, sub-registrants allowed.
fn registrant(name: &str) -> Option<&str> {
    let (prefix, suffix) = name.strip_prefix("10.")?.split_once('/')?;
    let mut parts = prefix.split('.');
    let main = parts.next().is_some_and(|part| digits(part, 4..=9));
    (main && parts.all(|part| digits(part, 1..=9))).then_some(suffix)
}

/// Whether this is a short DOI (`10/abc`).
pub fn is_short_doi(name: &str) -> bool {
    name.strip_prefix("10/")
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_identifiers() {
        for isbn in
            ["978-0-306-40615-7", "0-306-40615-2", "080442957X", "ISBN-13: 978-92-4-008178-9"]
        {
            assert_eq!(Scheme::Isbn.check(isbn), Ok(()), "{isbn}");
        }
        assert_eq!(Scheme::Isbn.check("978-0-306-40615-8"), Err(Flaw::CheckDigit('7')));
        assert_eq!(Scheme::Issn.check("0378-5955"), Ok(()));
        assert_eq!(Scheme::Issn.check("2434-561x"), Ok(()));
        assert_eq!(Scheme::Issn.check("0378-5956"), Err(Flaw::CheckDigit('5')));
        assert_eq!(Scheme::Orcid.check("https://orcid.org/0000-0002-1825-0097"), Ok(()));
        assert_eq!(Scheme::Orcid.check("0000-0002-9079-593X"), Ok(()));
        assert_eq!(Scheme::Orcid.check("0000-0002-1825-0098"), Err(Flaw::CheckDigit('7')));
        assert_eq!(Scheme::Pmcid.check("PMC3531190"), Ok(()));
        assert_eq!(Scheme::Pmid.check("17330224"), Ok(()));
        assert!(Scheme::Pmid.check("PMC3531190").is_err());
        assert_eq!(Scheme::Ror.check("https://ror.org/048a87296"), Ok(()));
        assert_eq!(Scheme::Arxiv.check("arXiv:2101.00001v2"), Ok(()));
        assert!(Scheme::Nct.check("NCT0123456").is_err());
        assert_eq!(Scheme::of("0378-5955"), Some(Scheme::Issn));
        assert_eq!(Scheme::of("12345678"), None);
    }

    #[test]
    fn dois_and_what_surrounds_them() {
        let doi = Doi::of("https://dx.doi.org/10.1136/bjsports-2016-096651.");
        assert_eq!(
            (doi.name, doi.wrapped, doi.trailing),
            ("10.1136/bjsports-2016-096651", true, ".")
        );
        assert_eq!(Doi::of("10.1016/0021-8502(95)00045-8").trailing, "");
        assert_eq!(Doi::of("10.1002/(SICI)1097").trailing, "");
        assert_eq!(Doi::of(" doi: 10.1000/a) ").name, "10.1000/a");
        assert!(is_doi("10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2"));
        assert!(is_doi("10.1000.10/123"));
        assert!(!is_doi("10.12/x"));
        assert!(!is_doi("10.1136/"));
        assert!(is_short_doi("10/abc"));
    }

    #[test]
    fn no_input_panics() {
        for value in [
            "",
            "ö",
            "0",
            "X",
            "ISBN",
            "doi:",
            "10.",
            "978ö",
            "\u{2010}",
            "https://doi.org/",
            "PMC",
        ] {
            for scheme in [
                Scheme::Arxiv,
                Scheme::Doi,
                Scheme::Isbn,
                Scheme::Isrctn,
                Scheme::Issn,
                Scheme::Nct,
                Scheme::Orcid,
                Scheme::Pmcid,
                Scheme::Pmid,
                Scheme::Ror,
            ] {
                let _ = scheme.check(value);
            }
            let _ = Doi::of(value);
        }
    }
}
