//! Keys of works: `[@smith-2020]`, `[smith-2020]`, and `@smith-2020` without brackets.

use super::authors::is_year;
use super::{CitationTarget, Finder, is_within};
use std::ops::Range;

/// `[@a; @b, p. 3]`: its length and keys.
pub(super) fn key_marks(text: &str) -> Option<(usize, Vec<String>)> {
    /// More than a mark with dozens of keys has, so that brackets that nobody closes are not read to the end each.
    const LONGEST: usize = 2_000;
    let window = &text.as_bytes()[..text.len().min(LONGEST)];
    let end = memchr::memchr2(b']', b'\n', window).filter(|end| window[*end] == b']')?;
    let inner = &text[1..end];
    if !inner.contains('@') {
        return None;
    }
    let mut keys = Vec::new();
    for part in inner.split(';') {
        // "[r = .4; @zale2013]" has words of its own.
        let Some(at) = part.find('@') else { continue };
        // `[see @a]` has words before; an e-mail address has none between.
        if !part[..at].is_empty() && !part[..at].ends_with([' ', '-']) {
            return None;
        }
        let key = part[at + 1..].trim_start_matches('{');
        let key = &key[..key_len(key)];
        if key.is_empty() || is_cross_reference(key) {
            return None;
        }
        keys.push(key.to_owned());
    }
    Some((end + 1, keys))
}

/// `[[hayden2021]]`, `[[Sources/hayden2021|Hayden]]`: a note that is called after a work; its length and name.
pub(super) fn note_of_work(text: &str) -> Option<(usize, &str)> {
    const LONGEST: usize = 200;
    let inner = text.strip_prefix("[[")?;
    let inner = &inner[..inner.floor_char_boundary(LONGEST)];
    let end = inner.find("]]")?;
    let note = inner[..end].split(['|', '#']).next()?;
    let name = note.rsplit('/').next().filter(|name| names_author_and_year(name))?;
    Some((end + "[[]]".len(), name))
}

impl<'a> Finder<'a> {
    /// `[hayden-2021]`, the id of something that the record lists.
    pub(super) fn plain_key(&self, rest: &str) -> Option<&'a str> {
        let known = |len: &usize| {
            let key = rest.get(1..1 + len)?;
            self.keys.get(key).copied().filter(|_| rest[1 + len..].starts_with(']'))
        };
        self.key_lengths.iter().find_map(known)
    }

    /// The ids that the record lists, as words of a footnote: "See smith-2020."
    pub(super) fn plain_keys(&mut self, block: &Range<usize>, first: usize) {
        let text = &self.prose.text[block.clone()];
        let marked = self.marked_from(first);
        let signs = |c: char| !c.is_alphanumeric();
        for word in text.split_whitespace() {
            let key = word.trim_matches(signs);
            let start = block.start + (key.as_ptr() as usize - text.as_ptr() as usize);
            // With an `@` it is a mark already.
            let is_marked = word.contains('@') || is_within(&marked, start);
            if self.keys.contains(key) && !is_marked {
                self.push(start..start + key.len(), CitationTarget::Key(key.into()), false);
            }
        }
    }

    /// `\cite{smith-2020, roe-2021}` and its kin, which some converters take: `\citep[p. 3]{roe-2021}`. What the keys
    /// lead to is for the converter to find.
    pub(super) fn latex_keys(&mut self, block: &Range<usize>) {
        /// Keys and what stands before them.
        const LONGEST: usize = 300;
        let text = &self.prose.text[block.clone()];
        for found in memchr::memchr_iter(b'\\', text.as_bytes()) {
            let Some(rest) = text[found..].strip_prefix("\\cite") else { continue };
            if self.in_code(block.start + found) {
                continue;
            }
            let rest = &rest[..rest.floor_char_boundary(rest.len().min(LONGEST))];
            let command = rest.trim_start_matches(|c: char| c.is_ascii_lowercase() || c == '*');
            let Some(open) = command.find('{') else { continue };
            let Some(close) = command.find('}').filter(|close| open < *close) else { continue };
            let pages = &command[..open];
            let is_note = pages.is_empty() || pages.starts_with('[') && pages.ends_with(']');
            if !is_note {
                continue;
            }
            let end = found + "\\cite".len() + (rest.len() - command.len()) + close + 1;
            let whole = block.start + found..block.start + end;
            let keys = command[open + 1..close].split(',').map(str::trim);
            for key in keys.filter(|key| !key.is_empty()) {
                self.push(whole.clone(), CitationTarget::Key(key.into()), true);
            }
        }
    }

    /// `@smith-2020` without brackets: ids that the record lists, and what looks like one of others. The
    /// marks from `first` on are those of the block.
    pub(super) fn bare_keys(&mut self, block: &Range<usize>, first: usize) {
        let text = &self.prose.text[block.clone()];
        if memchr::memchr(b'@', text.as_bytes()).is_none() {
            return;
        }
        let marked = self.marked_from(first);
        for found in memchr::memchr_iter(b'@', text.as_bytes()) {
            let free = !text[..found].ends_with(|c: char| {
                c.is_alphanumeric() || matches!(c, '[' | '-' | ';' | '.' | '_')
            });
            let rest = &text[found + 1..];
            if !free {
                continue;
            }
            let listed = |len: &usize| rest.get(..*len).filter(|key| self.keys.contains(key));
            let Some(key) = self.key_lengths.iter().find_map(listed) else {
                self.unlisted_key(block.start + found, rest, &marked);
                continue;
            };
            let after = &rest[key.len()..];
            let goes_on = after
                .starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '@'))
                || (after.starts_with(['-', '.', '/'])
                    && after[1..].starts_with(char::is_alphanumeric));
            let start = block.start + found;
            if !goes_on && !is_within(&marked, start) {
                let range = start..start + 1 + key.len();
                self.push(range, CitationTarget::Key(key.into()), false);
            }
        }
    }

    /// `@hayden2021 found`: a key of a bibliography, where it can hardly be the name of an account.
    fn unlisted_key(&mut self, at: usize, behind: &str, marked: &[Range<usize>]) {
        let key = &behind[..key_len(behind)];
        let is_key = match self.beside.has_bibliography {
            true => !key.is_empty() && !is_cross_reference(key),
            false => names_author_and_year(key),
        };
        let range = at..at + 1 + key.len();
        let alone = !behind[key.len()..].starts_with('@');
        if is_key && alone && !is_within(marked, at) && !self.in_code(at) {
            let is_link = self.link_at(&range).is_some();
            if !is_link {
                self.push(range, CitationTarget::BareKey(key.into()), true);
            }
        }
    }
}

/// Length of the citation key that `text` begins with.
fn key_len(text: &str) -> usize {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | '/' | '+');
    let len = text.find(|c| !is_part(c)).unwrap_or(text.len());
    text[..len].trim_end_matches(|c: char| !c.is_alphanumeric()).len()
}

/// `hayden2021`, `van-tulder_2006a`, `Smith2020Pain`.
fn names_author_and_year(key: &str) -> bool {
    const MIN_NAME: usize = 2;
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ':');
    let year = key.match_indices(|c: char| c.is_ascii_digit()).next().map_or(0, |(at, _)| at);
    let behind = key.get(year + 4..).unwrap_or("");
    let name = key[..year].trim_end_matches(['_', '-', ':']);
    key.chars().all(is_word)
        && name.chars().filter(|c| c.is_alphabetic()).count() >= MIN_NAME
        && key.get(year..year + 4).is_some_and(is_year)
        && !behind.starts_with(|c: char| c.is_ascii_digit())
}

/// `doi:10.3390/nu12051466`, `url:https://www.who.int`, `tag:covid`: what Manubot looks up or keeps in a table of its
/// own, so that no resource has to have it for its id.
pub(super) fn is_identifier(key: &str) -> bool {
    // Source: Manubot, Citations by persistent identifier.
    const PREFIXES: &[&str] = &[
        "doi",
        "pmid",
        "pmc",
        "pmcid",
        "pubmed",
        "arxiv",
        "isbn",
        "url",
        "http",
        "https",
        "wikidata",
        "clinicaltrials",
        "tag",
        "raw",
    ];
    key.split_once(':').is_some_and(|(prefix, name)| {
        !name.is_empty() && PREFIXES.iter().any(|own| own.eq_ignore_ascii_case(prefix))
    })
}

/// `@fig-knee`, `@tbl-1` of Quarto: a part of the same text.
fn is_cross_reference(key: &str) -> bool {
    const PARTS: &[&str] = &[
        "fig", "tbl", "sec", "eq", "lst", "thm", "lem", "cor", "prp", "def", "exm", "exr", "rem",
        "nte", "tip", "wrn", "imp", "cau",
    ];
    key.split_once(['-', ':']).is_some_and(|(part, _)| PARTS.contains(&part))
}
