//! Numbers and codes under which works are registered, and addresses without `https://`.

use super::authors::is_year;
use super::{CitationTarget, Finder};
use aho_corasick::AhoCorasick;
use std::ops::Range;
use std::sync::LazyLock;

/// A register: what its numbers begin with, and how many digits they have.
struct Register {
    prefix: &'static str,
    digits: std::ops::RangeInclusive<usize>,
    /// Whether a blank or a colon may stand between.
    apart: bool,
}

// Source: PubMed and PubMed Central ids; ClinicalTrials.gov; ISRCTN; Cochrane reviews.
static REGISTERS: [Register; 5] = [
    Register { prefix: "PMID", digits: 5..=8, apart: true },
    Register { prefix: "PMC", digits: 5..=9, apart: false },
    Register { prefix: "NCT", digits: 8..=8, apart: false },
    Register { prefix: "ISRCTN", digits: 8..=8, apart: false },
    Register { prefix: "CD", digits: 6..=6, apart: false },
];

/// A preprint, and a guideline with its number.
const OTHERS: [&str; 2] = ["arXiv:", "NICE"];

static PREFIXES: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let registers = REGISTERS.iter().map(|own| own.prefix);
    AhoCorasick::new(registers.chain(OTHERS)).expect("a handful of words")
});

impl Finder<'_> {
    /// `doi:10.1136/...`, `PMID 123456`, `bmj.com/content/1`.
    pub(super) fn identifiers(&mut self, block: &Range<usize>) {
        let text = &self.prose.text[block.clone()];
        let mut end = 0;
        for found in memchr::memmem::find_iter(text.as_bytes(), b"10.") {
            let free = found == 0 || !text.as_bytes()[found - 1].is_ascii_alphanumeric();
            // What begins as a DOI inside of one is part of it.
            if !free || found < end {
                continue;
            }
            let len = doi_len(&text[found..]);
            end = found + len;
            let range = block.start + found..block.start + end;
            if len > 0 && self.link_at(&range).is_none() {
                let doi = self.prose.text[range.clone()].to_owned();
                self.push(range, CitationTarget::Link(doi.into()), false);
            }
        }
        for range in find(text) {
            let range = block.start + range.start..block.start + range.end;
            if self.link_at(&range).is_none() {
                let id = self.prose.text[range.clone()].to_owned();
                self.push(range, CitationTarget::Link(id.into()), false);
            }
        }
    }
}

/// Where they stand in a text, in order.
pub(in crate::facts) fn find(text: &str) -> Vec<Range<usize>> {
    let registered = PREFIXES.find_iter(text).filter_map(|found| {
        let which = found.pattern().as_usize();
        match REGISTERS.get(which) {
            Some(register) => number(text, found.range(), register),
            None if OTHERS[which - REGISTERS.len()] == "NICE" => guideline(text, found.range()),
            None => preprint(text, found.range()),
        }
    });
    let slashes = memchr::memchr_iter(b'/', text.as_bytes());
    let colons = memchr::memchr_iter(b':', text.as_bytes()).filter_map(|at| in_volume(text, at));
    let mut out: Vec<_> =
        slashes.filter_map(|at| address(text, at)).chain(registered).chain(colons).collect();
    out.sort_by_key(|range| range.start);
    let mut end = 0;
    out.retain(|range| {
        let is_free = range.start >= end;
        end = if is_free { range.end } else { end };
        is_free
    });
    out
}

/// Length of a DOI at the start of `text`, 0 when there is none.
fn doi_len(text: &str) -> usize {
    let Some(rest) = text.strip_prefix("10.") else {
        return 0;
    };
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if !(4..=9).contains(&digits) || !rest[digits..].starts_with('/') {
        return 0;
    }
    let len = text
        .find(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | ']' | '}'))
        .unwrap_or(text.len());
    text[..len].trim_end_matches(['.', ',', ';', ':', ')']).len()
}

fn starts_word(text: &str, at: usize) -> bool {
    !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_')
}

fn digits(text: &str) -> usize {
    text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len()
}

fn number(text: &str, prefix: Range<usize>, register: &Register) -> Option<Range<usize>> {
    let behind = &text[prefix.end..];
    let rest = if register.apart { behind.trim_start_matches([':', ' ']) } else { behind };
    let len = digits(rest);
    let end = text.len() - rest.len() + len;
    let ends = !text[end..].starts_with(char::is_alphanumeric);
    (register.digits.contains(&len) && ends && starts_word(text, prefix.start))
        .then_some(prefix.start..end)
}

/// `2019;364:k5120`, `2021; 51(7): 373` around the colon at `colon`: year, volume and page of a journal.
fn in_volume(text: &str, colon: usize) -> Option<Range<usize>> {
    /// More than any volume with its issue has, "2018;52(Suppl 1)".
    const LONGEST: usize = 24;
    let page = text[colon + 1..].trim_start_matches(' ');
    let has_page = page.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    if page.len() - has_page.len() > 1 || !has_page.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let start = text.floor_char_boundary(colon.saturating_sub(LONGEST));
    let semicolon = start + text[start..colon].rfind(';')?;
    let volume = text[semicolon + 1..colon].trim_start_matches(' ');
    let issue = volume[digits(volume)..].trim_start();
    let is_volume =
        digits(volume) > 0 && (issue.is_empty() || issue.starts_with('(') && issue.ends_with(')'));
    let year = semicolon.checked_sub(4)?;
    let is_dated = text.get(year..semicolon).is_some_and(is_year) && starts_word(text, year);
    let end = text.len() - has_page.len() + digits(has_page);
    (is_volume && is_dated).then_some(year..end)
}

/// `arXiv:2101.00001`.
fn preprint(text: &str, prefix: Range<usize>) -> Option<Range<usize>> {
    let rest = text[prefix.end..].trim_start_matches(' ');
    let month = digits(rest);
    let number = rest[month..].strip_prefix('.').map_or(0, digits);
    let end = text.len() - rest.len() + month + 1 + number;
    (month == 4 && (4..=5).contains(&number)).then_some(prefix.start..end)
}

/// "NICE guideline NG59", "NICE (CG177)".
fn guideline(text: &str, name: Range<usize>) -> Option<Range<usize>> {
    /// "NICE guideline on low back pain and sciatica, NG59".
    const NEAR: usize = 80;
    const CODES: &[&str] = &["NG", "CG", "TA", "QS", "PH", "IPG", "DG", "MTG", "HST", "HTG"];
    let end = text.floor_char_boundary((name.end + NEAR).min(text.len()));
    let words = text[name.end..end].split(|c: char| !c.is_alphanumeric());
    let is_code = |word: &&str| {
        let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
        CODES.contains(&letters) && (1..=4).contains(&(word.len() - letters.len()))
    };
    let code = words.into_iter().find(is_code)?;
    let start = code.as_ptr() as usize - text.as_ptr() as usize;
    starts_word(text, name.start).then_some(start..start + code.len())
}

/// `cochrane.org/CD009790` around the slash at `slash`: a host with a path, and no scheme before it.
fn address(text: &str, slash: usize) -> Option<Range<usize>> {
    const LONGEST_HOST: usize = 60;
    const LONGEST_PATH: usize = 300;
    const ENDS: &[&str] = &[
        "at", "au", "be", "ca", "ch", "com", "de", "dk", "edu", "es", "eu", "fi", "fr", "gov",
        "ie", "info", "int", "io", "it", "jp", "net", "nl", "no", "nz", "org", "pl", "pt", "se",
        "uk", "us",
    ];
    let is_host = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    let before = &text.as_bytes()[..slash];
    let len = before.iter().rev().take(LONGEST_HOST).take_while(|byte| is_host(byte)).count();
    let start = slash - len;
    let host = &text[start..slash];
    let (name, end) = host.rsplit_once('.')?;
    let is_whole = starts_word(text, start) && !text[..start].ends_with(['/', '@', ':']);
    let is_host = is_whole
        && name.contains(|c: char| c.is_ascii_alphabetic())
        && ENDS.iter().any(|own| own.eq_ignore_ascii_case(end));
    if !is_host {
        return None;
    }
    // A host in the middle of a path is none, so each path is read once.
    let path = text[slash + 1..].split(char::is_whitespace).next().unwrap_or("");
    if path.len() > LONGEST_PATH {
        return None;
    }
    let path = path.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '/');
    let whole = start..slash + 1 + path.len();
    (path.contains(char::is_alphanumeric) && !is_no_source(&text[whole.clone()])).then_some(whole)
}

/// Whether an address cannot be a source: a search, a button to share the page, a page of somebody's on a social
/// network, an app, a picture, a placeholder.
pub(super) fn is_no_source(address: &str) -> bool {
    const SHARES: &[&str] = &[
        "twitter.com/share",
        "twitter.com/intent",
        "x.com/share",
        "x.com/intent",
        "facebook.com",
        "instagram.com",
        "tiktok.com",
        "apps.apple.com",
        "play.google.com",
        "linkedin.com/share",
        "linkedin.com/sharing",
        "pinterest.com/pin/create",
        "reddit.com/submit",
        "wa.me",
        "api.whatsapp.com",
        "t.me/share",
        "example.com",
        "example.org",
        "example.net",
    ];
    const SEARCHES: &[&str] = &["google.", "bing.com", "duckduckgo.com", "yahoo.com", "ecosia.org"];
    const PICTURES: &[&str] = &[".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"];
    let bare = address.split_once("//").map_or(address, |(_, rest)| rest);
    let bare = bare.strip_prefix("www.").unwrap_or(bare);
    let (path, query) = bare.split_once(['?', '#']).unwrap_or((bare, ""));
    let path = path.trim_end_matches('/');
    let starts =
        |own: &&str| path.get(..own.len()).is_some_and(|text| text.eq_ignore_ascii_case(own));
    let is_share = SHARES.iter().any(|own| {
        let is_whole = path.len() == own.len() || !own.starts_with("example");
        starts(own) && is_whole
    });
    let is_search = SEARCHES.iter().any(starts) && query.contains("q=");
    let ends = |own: &&str| {
        path.len()
            .checked_sub(own.len())
            .and_then(|at| path.get(at..))
            .is_some_and(|text| text.eq_ignore_ascii_case(own))
    };
    is_share || is_search || PICTURES.iter().any(ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_codes_and_addresses() {
        for (text, wanted) in [
            ("See PMID: 12345678.", "PMID: 12345678"),
            ("(PMC8477273)", "PMC8477273"),
            ("(NCT01234567)", "NCT01234567"),
            ("ISRCTN12345678.", "ISRCTN12345678"),
            ("arXiv:2101.00001", "arXiv:2101.00001"),
            ("Å cochrane.org/CD009790.", "cochrane.org/CD009790"),
            ("the NICE guideline NG59, section 1.2", "NG59"),
            ("see www.nice.org.uk/guidance/ng59.", "www.nice.org.uk/guidance/ng59"),
        ] {
            let found = find(text);
            let words: Vec<&str> = found.into_iter().map(|own| &text[own]).collect();
            assert_eq!(words, [wanted], "{text}");
        }
        for text in [
            "PMC 12",
            "NCT0123",
            "a nice NG59",
            "and/or",
            "e.g./i.e. it",
            "1.5/2.5 kg",
            "5/10",
            "km/h",
            "https://a.org/x",
            "me@a.org/x",
            "bmj.com/",
            "CD-ROM",
            "google.com/search?q=pain",
        ] {
            assert!(find(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn addresses_of_no_source() {
        for address in [
            "https://example.com",
            "http://www.google.co.uk/search?q=x",
            "https://twitter.com/share?u=1",
            "https://a.org/x.PNG",
            "https://twitter.com/intent/tweet",
        ] {
            assert!(is_no_source(address), "{address}");
        }
        for address in
            ["https://example.org/x", "https://a.org", "https://twitter.com/who/1", "//a.org/x?q=1"]
        {
            assert!(!is_no_source(address), "{address}");
        }
    }
}
