//! Works that are named by their authors and a year: "(van Tulder et al., 2006; Roe 2010)", "Smith (2019)".
//!
//! What an id or a list says of them is for `works`.

use super::{CitationTarget, Finder, is_within};
use memchr::memmem;
use std::ops::Range;
use std::sync::LazyLock;

impl Finder<'_> {
    pub(super) fn author_year(&mut self, text: Range<usize>, names: &str, year: &str) {
        let surname = surname(names).filter(|own| !is_no_author(own) || is_group(names));
        let Some(surname) = surname else { return };
        let listed = self.works.target(surname, Some(year));
        let target = listed.unwrap_or_else(|| CitationTarget::AuthorYear {
            surname: surname.to_lowercase().replace('\u{2019}', "'").into(),
            year: year.into(),
        });
        self.push(text, target, true);
    }

    /// `Smith (2019)`, `Smith et al. (2019)`, `Smith (2019, Lancet)`.
    pub(super) fn narrative(&mut self, block: &Range<usize>) {
        let text = &self.prose.text[block.clone()];
        for found in memchr::memchr_iter(b'(', text.as_bytes()) {
            let behind = &text[found + 1..];
            let dated = behind.get(..4).filter(|year| is_year(year));
            let undated = || UNDATED.iter().copied().find(|own| behind.starts_with(own));
            let Some(year) = dated.or_else(undated) else { continue };
            let rest = behind[year.len()..].trim_start_matches(|c: char| c.is_ascii_lowercase());
            let Some(close) = behind_year(rest) else { continue };
            let names = text[..found].trim_end();
            let before = names
                .strip_suffix("et al.")
                .or_else(|| names.strip_suffix("et al"))
                .unwrap_or(names)
                .trim_end();
            let start = before.rfind([' ', '\n']).map_or(0, |at| at + 1);
            let surname = before[start..].trim_end_matches("'s").trim_end_matches("\u{2019}s");
            if begins_name(surname) && surname.chars().count() > 1 {
                let others = &names[before.len()..];
                let (names, year) = (format!("{surname}{others}"), year.to_owned());
                let end = text.len() - rest.len() + close + 1;
                self.author_year(block.start + start..block.start + end, &names, &year);
            }
        }
    }

    /// `Smith et al. 2019`, outside of the marks from `first` on.
    pub(super) fn bare_narrative(&mut self, block: &Range<usize>, first: usize) {
        static OTHERS: LazyLock<memmem::Finder<'static>> =
            LazyLock::new(|| memmem::Finder::new(" et al"));
        const SHORTEST: usize = "Li et al. 2019".len();
        let text = &self.prose.text[block.clone()];
        if text.len() < SHORTEST {
            return;
        }
        let mut found = OTHERS.find_iter(text.as_bytes()).peekable();
        if found.peek().is_none() {
            return;
        }
        let marked = self.marked_from(first);
        for found in found {
            let behind = text[found + " et al".len()..].trim_start_matches(['.', ',']);
            let Some(dated) = behind.strip_prefix(' ') else { continue };
            let Some(year) = dated.get(..4).filter(|year| is_year(year)) else { continue };
            let rest = &dated[4..];
            let rest = rest.strip_prefix(|c: char| c.is_ascii_lowercase()).unwrap_or(rest);
            let start = text[..found].rfind([' ', '\n', '(', '[']).map_or(0, |at| at + 1);
            let is_name = begins_name(&text[start..found]) && found - start > 1;
            let is_marked = is_within(&marked, block.start + start);
            if !is_name || rest.starts_with(char::is_alphanumeric) || is_marked {
                continue;
            }
            let (names, year) = (text[start..found + " et al".len()].to_owned(), year.to_owned());
            let end = text.len() - rest.len();
            self.author_year(block.start + start..block.start + end, &names, &year);
        }
    }

    /// Works that are named by their authors, outside of the marks from `first` on.
    pub(super) fn authors(&mut self, block: &Range<usize>, is_footnote: bool, first: usize) {
        if self.works.is_empty() {
            return;
        }
        let marked = self.marked_from(first);
        let found = self.works.named(&self.prose.text[block.clone()], is_footnote);
        for (range, target) in found {
            let range = block.start + range.start..block.start + range.end;
            if !is_within(&marked, range.start) && !self.in_code(range.start) {
                self.push(range, target, true);
            }
        }
    }
}

/// Where the brackets close behind a year: at once, or behind a journal or a page.
fn behind_year(rest: &str) -> Option<usize> {
    /// A journal has no longer name.
    const LONGEST: usize = 60;
    let close = rest.bytes().take(LONGEST).position(|byte| matches!(byte, b')' | b'(' | b';'))?;
    let told = match rest[..close].strip_prefix(", ") {
        Some(told) => told.starts_with(char::is_uppercase) || told.starts_with("p. "),
        None => close == 0,
    };
    (told && rest[close..].starts_with(')')).then_some(close)
}

/// Words with a capital that stand before a year and are no names of authors: parts of a text and what was done to
/// it, days and seasons, illnesses, and the places that things happened in.
#[rustfmt::skip]
pub(super) const NOT_AUTHORS: &[&str] = &[
    "Figure", "Fig", "Table", "Section", "Chapter", "Week", "Day", "Page", "Version", "In", "Since", "By", "From",
    "Until", "Accessed", "Updated", "Reviewed", "Revised", "Published", "Retrieved", "Written", "Copyright", "Before",
    "After", "About", "Around", "Early", "Late", "Mid", "Last", "Archived", "Checked", "Cited", "Edited", "Posted",
    "Recorded", "Viewed", "Visited", "Edit", "Update", "Note", "Image", "Photo", "Picture", "Video", "Online", "Draft",
    "Edition", "Season", "Year", "Term", "Class",
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    "Spring", "Summer", "Autumn", "Winter", "Fall", "Christmas", "Easter",
    "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec",
    "Covid", "COVID", "COVID-19", "Covid-19", "Coronavirus", "Pandemic", "Brexit", "Olympics", "Paralympics",
    "Amsterdam", "Athens", "Atlanta", "Australia", "Beijing", "Berlin", "Britain", "Brussels", "Canada", "China",
    "Copenhagen", "Denmark", "Dublin", "Edinburgh", "England", "Europe", "Finland", "France", "Geneva", "Germany",
    "Glasgow", "Helsinki", "India", "Ireland", "Italy", "Japan", "Lisbon", "London", "Madrid", "Manchester",
    "Melbourne", "Munich", "Netherlands", "Norway", "Oslo", "Oxford", "Paris", "Prague", "Rio", "Rome", "Scotland",
    "Spain", "Stockholm", "Sweden", "Switzerland", "Sydney", "Tokyo", "Toronto", "UK", "USA", "Vienna", "Wales",
    "Zurich",
];

fn is_no_author(word: &str) -> bool {
    MONTHS.contains(&word) || NOT_AUTHORS.contains(&word)
}

/// "Page, Hinman & Bennell", "March et al.": who is no author alone is one among others.
fn is_group(names: &str) -> bool {
    const JOINS: &[&str] = &["&", "and", "et"];
    let mut words = names.split_whitespace();
    let goes_on = words.next().is_some_and(|first| first.ends_with(','));
    let others: Vec<_> = words.map(|word| word.trim_end_matches(',')).collect();
    let joined = others.iter().position(|word| JOINS.contains(word));
    joined.is_some_and(|at| goes_on || at == 0) && !others.iter().any(|word| is_no_author(word))
}

pub(super) const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `(Smith, 2019)`, `(Smith et al., 2019; Jones 2020)`: length, names and years.
pub(super) fn author_years(text: &str, close: char) -> Option<(usize, Vec<(&str, &str)>)> {
    const MAX_LEN: usize = 200;
    let window = &text[..text.floor_char_boundary(text.len().min(MAX_LEN))];
    let end = window.find(close)?;
    let mut out: Vec<(&str, &str)> = Vec::new();
    for part in window[1..end].split(';') {
        let mut part = part.trim();
        // "Smith 2020, Roe 2021" are two works, and so are "Smith 2020, 2021".
        while let Some((names, year, rest)) = one_author_year(part) {
            out.push((names, year));
            part = rest;
        }
        let same = part.get(..4).filter(|year| is_year(year));
        if let (Some(&(names, _)), Some(year)) = (out.last(), same) {
            out.push((names, year));
        }
        // What begins with something else tells of no work.
        if out.is_empty() {
            return None;
        }
    }
    Some((end + 1, out))
}

/// Names and year, with what follows a comma behind them.
fn one_author_year(text: &str) -> Option<(&str, &str, &str)> {
    const LEADS: &[&str] = &[
        "see ",
        "see, ",
        "also ",
        "e.g., ",
        "e.g. ",
        "cf. ",
        "source: ",
        "sources: ",
        "adapted from ",
        "data from ",
        "data: ",
    ];
    let mut inner = text;
    let lead = |text: &str| {
        let is_lead = |own: &&&str| {
            text.get(..own.len()).is_some_and(|start| start.eq_ignore_ascii_case(own))
        };
        LEADS.iter().find(is_lead).map(|own| own.len())
    };
    while let Some(len) = lead(inner) {
        inner = &inner[len..];
    }
    let year = |at: usize| {
        let dated = inner[at..].get(..4).filter(|year| is_year(year));
        dated.or_else(|| UNDATED.iter().copied().find(|own| inner[at..].starts_with(own)))
    };
    let mut places = inner.char_indices().map(|(at, _)| at);
    let (year_at, year) = places.find_map(|at| Some((at, year(at)?)))?;
    let names = inner[..year_at].trim_end_matches([' ', ',']);
    let surname = surname(names)?;
    let capital = begins_name(surname) && surname.chars().count() > 1;
    let tail = inner[year_at + year.len()..].trim_start_matches(|c: char| c.is_ascii_lowercase());
    let ends = tail.is_empty() || tail.starts_with([',', ':']);
    let words = names.split_whitespace().filter(|word| !is_particle(word)).count();
    let rest = tail.trim_start_matches([',', ':', ' ']);
    (capital && ends && words <= 6).then_some((names, year, rest))
}

/// What stands for the year of a work that has none.
pub(super) const UNDATED: &[&str] = &["n.d.", "n. d.", "in press", "forthcoming"];

/// The first surname of "van Tulder & Roe", without its particles.
pub(super) fn surname(names: &str) -> Option<&str> {
    let mut words = names.split([' ', ',', '&']).filter(|word| !word.is_empty());
    let first = words.next()?;
    let mut last = first;
    while is_particle(last) {
        match words.next() {
            Some(next) if begins_name(next) || is_particle(next) => last = next,
            // "Al, 2010", "Li & Roe": a name like a particle.
            _ => return Some(first),
        }
    }
    Some(last)
}

/// "Tulder", "d'Hooge".
pub(super) fn begins_name(word: &str) -> bool {
    let rest = word.strip_prefix(['d', 'l']);
    let rest = rest.and_then(|own| own.strip_prefix(['\'', '\u{2019}']));
    rest.unwrap_or(word).starts_with(char::is_uppercase)
}

/// "van" in "van Tulder", "De" in "De Vet".
pub(super) fn is_particle(word: &str) -> bool {
    const PARTICLES: &[&str] = &[
        "af",
        "al",
        "da",
        "de",
        "del",
        "della",
        "den",
        "der",
        "di",
        "do",
        "dos",
        "du",
        "el",
        "la",
        "le",
        "los",
        "ten",
        "ter",
        "van",
        "vom",
        "von",
        "zu",
        "zur",
        "'t",
        "\u{2019}t",
    ];
    PARTICLES.iter().any(|own| own.eq_ignore_ascii_case(word))
}

pub(super) fn is_year(text: &str) -> bool {
    (text.starts_with("19") || text.starts_with("20"))
        && text.bytes().all(|byte| byte.is_ascii_digit())
}
