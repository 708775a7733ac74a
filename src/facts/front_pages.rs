//! Addresses of front pages that stand where a source should.

use super::citations::ReferenceList;
use super::{FrontPageFact, Site, SourcePlace};
use crate::model::{ContentKind, Record};
use crate::normal;
use crate::source::Span;
use crate::syntax::{MarkKind, Node, Prose, Text};

/// Those of a record: its own, when it is a resource; those in its `sources`; those in the reference list of its body.
pub(super) fn front_pages(
    record: &Record<'_>,
    list: Option<&ReferenceList>,
    index: u32,
) -> Vec<FrontPageFact> {
    let mut found = Vec::new();
    if let (ContentKind::Resource, Some(node)) = (&record.kind, record.node) {
        let place = SourcePlace::Resource { is_evidence: is_evidence(node) };
        found.extend(of_work(node, true).map(|page| page.fact(index, place, &record.pointer)));
        return found;
    }
    if let Some(node) = record.node {
        of_sources(node, &mut |page| {
            found.push(page.fact(index, SourcePlace::Field, &record.pointer));
        });
    }
    if let (Some(body), Some(list)) = (record.body, list.filter(|own| !own.loose)) {
        let pages = of_list(body, list, &record.file().text);
        found.extend(pages.map(|page| page.fact(index, SourcePlace::List, "")));
    }
    found
}

/// The address of a front page.
struct FrontPage {
    address: String,
    span: Span,
}

impl FrontPage {
    fn fact(self, record: u32, place: SourcePlace, pointer: &str) -> FrontPageFact {
        let site = Site::new(self.span, &self.address, pointer);
        FrontPageFact { record, address: self.address.into(), place, site }
    }
}

/// Whether a resource says that statements rest on it, or stands for a work that no whole site is.
fn is_evidence(node: Node<'_>) -> bool {
    let word = |name: &str| node.get(name).and_then(Node::as_str);
    word("role") == Some("evidence") || word("type").is_some_and(is_part_of_site)
}

fn is_part_of_site(kind: &str) -> bool {
    #[rustfmt::skip]
    const PARTS: &[&str] = &[
        "article-journal", "article-magazine", "article-newspaper", "chapter", "entry-dictionary",
        "entry-encyclopedia", "legislation", "paper-conference", "post", "post-weblog", "review", "thesis",
    ];
    PARTS.contains(&kind)
}

/// The address of a work, when it is a front page, and nothing else says where the work is. With `may_be_site`, the
/// work may be the site itself.
fn of_work(node: Node<'_>, may_be_site: bool) -> Option<FrontPage> {
    /// Where people turn to for something else than a statement.
    const ADDRESSES: &[&str] = &["organisation", "tool", "further-reading"];
    const SITES: &[&str] = &["software", "dataset", "periodical", "collection", "classic"];
    const FOUND_BY: &[&str] = &["DOI", "PMID", "PMCID", "ISBN", "archivedUrl", "volume", "page"];
    let text = node.get("URL")?.text()?;
    let page = of_text(&text)?;
    let word = |name: &str| node.get(name).and_then(Node::as_str).unwrap_or("");
    let kind = word("type");
    // What somebody keeps apart, or has in print.
    let is_found = FOUND_BY.iter().any(|name| node.get(name).is_some_and(|own| !own.is_null()));
    let is_address = ADDRESSES.contains(&word("role")) || SITES.contains(&kind) || is_manual(node);
    let title = [word("title"), word("name"), word("title-short")];
    let is_site = || {
        let name = site_name(&page.address);
        may_be_site && !is_part_of_site(kind) && title.iter().any(|own| names_site(own, name))
    };
    (!is_found && !is_address && !is_site()).then_some(page)
}

/// Whether it is a `@manual` of a bibliography: programs are cited as that.
fn is_manual(node: Node<'_>) -> bool {
    let Some(kind) = node.get("type") else { return false };
    let written = kind.tree().source().get(kind.span().range());
    written.is_some_and(|own| own.eq_ignore_ascii_case("manual"))
}

/// Those in `sources` at any depth below a record.
fn of_sources(node: Node<'_>, out: &mut dyn FnMut(FrontPage)) {
    if node.is_alias() {
        return;
    }
    for entry in node.entries() {
        if entry.name() == "sources" {
            let value = entry.value;
            let items = if value.is_sequence() { value.items().collect() } else { vec![value] };
            for item in items.into_iter().filter(|own| !own.is_alias()) {
                let page = match item.text() {
                    Some(text) => of_text(&text),
                    None => of_work(item, false),
                };
                page.into_iter().for_each(&mut *out);
            }
        } else {
            of_sources(entry.value, out);
        }
    }
    node.items().for_each(|item| of_sources(item, out));
}

/// The front page that a text names, when that is its only address.
fn of_text(text: &Text<'_>) -> Option<FrontPage> {
    let words = text.as_str();
    let start = words.find("http")?;
    let rest = &words[start..];
    let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | ')' | ']' | ',' | ';');
    let address = &rest[..rest.find(ends).unwrap_or(rest.len())];
    let around = [&words[..start], &rest[address.len()..]];
    let is_found = around.iter().any(|own| own.contains("://") || says_where(own));
    let is_front = !is_found && site_of(address).is_some();
    is_front.then(|| FrontPage {
        span: text.span_of(start..start + address.len()),
        address: address.to_owned(),
    })
}

/// Those in a reference list: of entries that have no other address.
fn of_list(body: &Prose, list: &ReferenceList, source: &str) -> impl Iterator<Item = FrontPage> {
    // The span of an entry ends with its last word, that of a link behind its address.
    let entry_of = |span: Span| {
        let behind = list.entries.partition_point(|(_, own, _)| own.start < span.end);
        let at = behind.checked_sub(1)?;
        (span.start < list.entries[at].1.end).then_some(at)
    };
    let mut addresses = vec![Vec::new(); list.entries.len()];
    for mark in &body.marks {
        let MarkKind::Link { target, .. } = &mark.kind else { continue };
        let Some(entry) = entry_of(mark.span) else { continue };
        addresses[entry].push((target.as_str(), mark.span));
    }
    let entries = list.entries.iter().zip(addresses);
    let only = entries.filter_map(|((_, _, text), links)| match links.as_slice() {
        [only] if !says_where(text) => Some((*only, text)),
        _ => None,
    });
    let pages = only.filter_map(|((target, span), text)| {
        site_of(target).filter(|_| !titled_as_site(text, site_name(target)))?;
        let at = source[span.range()].rfind(target).map(|at| span.start as usize + at);
        let span = at.map_or(span, |at| Span::from_usize(at..at + target.len()));
        Some(FrontPage { address: target.to_owned(), span })
    });
    pages.collect::<Vec<_>>().into_iter()
}

/// Whether words say where a work is beside its address: an identifier, or a volume and pages.
fn says_where(text: &str) -> bool {
    const LABELS: &[&str] = &["doi", "pmid", "isbn", "arxiv", "10.", "vol.", "pp."];
    let lower = text.to_lowercase();
    let bytes = lower.as_bytes();
    let is_volume = |own: &[u8]| {
        own[0].is_ascii_digit() && matches!(own[1], b':' | b'(' | b';') && own[2].is_ascii_digit()
    };
    LABELS.iter().any(|own| lower.contains(own)) || bytes.windows(3).any(is_volume)
}

/// The host of a front page, without `www.`; `None` for any other address. A site below another one may be a work of
/// its own: `covid19.who.int`.
fn site_of(address: &str) -> Option<&str> {
    let (scheme, rest) = address.trim().split_once("://")?;
    if !["http", "https"].iter().any(|own| scheme.eq_ignore_ascii_case(own)) {
        return None;
    }
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let bare = match host.get(..4) {
        Some(lead) if lead.eq_ignore_ascii_case("www.") => &host[4..],
        _ => host,
    };
    let labels: Vec<&str> = bare.split('.').collect();
    let is_label =
        |own: &&str| !own.is_empty() && own.chars().all(|c| c.is_alphanumeric() || c == '-');
    let is_site = match labels.as_slice() {
        [_, _] => true,
        // `hse.gov.uk`, `ehealth.or.jp`
        [_, second, country] if second.len() <= 4 && country.len() == 2 => true,
        // `www.niddk.nih.gov`
        [_, _, ..] => bare.len() < host.len(),
        _ => false,
    };
    let is_name = labels.iter().all(is_label) && bare.contains(char::is_alphabetic);
    (is_site && is_name && is_front(path)).then_some(bare)
}

/// Whether a path is that of a front page: none, `/index.html`, `/home`, or a language.
fn is_front(path: &str) -> bool {
    #[rustfmt::skip]
    const LANGUAGES: &[&str] = &[
        "ar", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fi", "fr", "he", "hi", "hr", "hu", "it", "ja",
        "ko", "lt", "lv", "nb", "nl", "nn", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sv", "th", "tr", "uk", "vi",
        "zh",
    ];
    let is_entrance = |part: &str| {
        let part = part.to_ascii_lowercase();
        part == "home"
            || ["index", "home", "default"].contains(&part.split('.').next().unwrap_or(""))
    };
    let is_language = |part: &str| {
        let part = part.to_ascii_lowercase();
        let mut words = part.split(['-', '_']);
        let first = words.next().is_some_and(|own| LANGUAGES.contains(&own));
        first && words.next().is_none_or(|own| own.len() == 2) && words.next().is_none()
    };
    let mut parts = path.split('/').filter(|own| !own.is_empty());
    match (parts.next(), parts.next(), parts.next()) {
        (None, ..) => true,
        (Some(only), None, _) => is_entrance(only) || is_language(only),
        (Some(first), Some(second), None) => is_language(first) && is_entrance(second),
        _ => false,
    }
}

/// What a site is called in its address: `r-project` of `https://www.r-project.org/`.
fn site_name(address: &str) -> &str {
    let host = site_of(address).unwrap_or(address);
    host.split('.').next().unwrap_or(host)
}

/// Whether an entry of a list names the site as the work: behind its authors. An entry that has nothing but one name
/// tells of nobody's work.
fn titled_as_site(entry: &str, site: &str) -> bool {
    /// Longer parts are no titles.
    const LONGEST: usize = 300;
    let words = ["http", "www."].iter().filter_map(|lead| entry.find(lead)).min();
    let words = &entry[..words.unwrap_or(entry.len())];
    let parts = words.split(". ").filter(|own| !own.trim().is_empty());
    parts.skip(1).filter(|own| own.len() <= LONGEST).any(|own| names_site(own, site))
}

/// Whether a title is the name of the site itself: "Physiopedia", "The R Project", "Home | NHS".
fn names_site(title: &str, site: &str) -> bool {
    /// Words of a title that does not go on to say what stands on the site.
    const MOST_WORDS: usize = 4;
    let name: String = site.to_lowercase().split('-').collect();
    // "MediaPipe: a framework for pipelines"
    let head = title.split([':', '|', '\u{2013}', '\u{2014}']).next().unwrap_or(title);
    let (head, words) = (words_of(head), words_of(title));
    let large = words.iter().filter(|own| !is_small(own)).count();
    spells(&words, &name) == Spelled::Surely
        || head.len() < words.len() && is_named(&head, &name)
        || large <= MOST_WORDS && is_named(&words, &name)
}

fn words_of(text: &str) -> Vec<String> {
    let plain = normal::plain(text);
    let words = plain.split(|c: char| !c.is_alphanumeric()).filter(|own| !own.is_empty());
    words.map(str::to_owned).collect()
}

/// Words that a site adds to its name, or leaves out of it.
fn is_small(word: &str) -> bool {
    #[rustfmt::skip]
    const SMALL: &[&str] = &[
        "a", "and", "for", "home", "homepage", "in", "info", "of", "official", "on", "online", "org", "page", "site",
        "the", "to", "us", "web", "website", "welcome",
    ];
    SMALL.contains(&word)
}

/// Whether words are the name, or it their initials.
fn is_named(words: &[String], name: &str) -> bool {
    let large = words.iter().filter(|own| !is_small(own));
    let initials: String = large.filter_map(|own| own.chars().next()).collect();
    initials == name && initials.len() > 1 || spells(words, name) != Spelled::No
}

/// How a name is made of words.
#[derive(PartialEq, Eq)]
enum Spelled {
    No,
    /// It is one short word, which may be that of an organisation: `who`.
    Perhaps,
    Surely,
}

/// Whether a name is made of some of these words and of small ones: `thecommunityguide` of "Guide to community
/// services", `spatialanalysis` of "Geospatial analysis".
fn spells(words: &[String], name: &str) -> Spelled {
    /// Letters of a word of which only the end stands in the name.
    const LEAST_END: usize = 6;
    const LONG: usize = 8;
    let mut reached = vec![false; name.len() + 1];
    reached[0] = true;
    for at in 0..name.len() {
        let Some(rest) = name.get(at..).filter(|_| reached[at]) else { continue };
        for word in words {
            let ends = word.char_indices().map(|(from, _)| &word[from..]);
            let mut ends = ends.take_while(|own| own.len() >= LEAST_END);
            let end = || ends.find(|own| rest.starts_with(own)).map(str::len);
            let len = rest.starts_with(word.as_str()).then_some(word.len()).or_else(end);
            if let Some(len) = len {
                reached[at + len] = true;
            }
        }
        for len in (1..=rest.len()).filter(|len| rest.get(..*len).is_some_and(is_small)) {
            reached[at + len] = true;
        }
    }
    match reached[name.len()] && !is_small(name) {
        false => Spelled::No,
        true if words.iter().any(|own| own == name) && name.len() < LONG => Spelled::Perhaps,
        true => Spelled::Surely,
    }
}

#[cfg(test)]
mod tests {
    use super::{names_site, site_of, titled_as_site};

    #[test]
    fn front_pages_of_sites() {
        for address in [
            "https://www.who.int/",
            "http://www.nhs.uk",
            "https://www.hse.gov.uk/index.html",
            "https://www.fyss.se/sv/",
            "https://www.fyss.se/sv-SE/home",
            "https://höften.se",
            "https://www.niddk.nih.gov/",
        ] {
            assert!(site_of(address).is_some(), "{address}");
        }
        for address in [
            "https://www.who.int/news",
            "https://www.who.int/?id=3",
            "https://www.who.int/#hips",
            "https://covid19.who.int/",
            "https://youtu.be/ab",
            "https://a.org/en/hips/",
            "https://192.168.1.1/",
            "https://localhost/",
            "https://kim@a.org/",
            "https:///",
            "mailto:a@b.org",
        ] {
            assert!(site_of(address).is_none(), "{address}");
        }
    }

    #[test]
    fn titles_that_name_a_site() {
        for (title, site) in [
            ("Physiopedia", "physio-pedia"),
            ("The R Project for Statistical Computing", "r-project"),
            ("World Health Organization", "who"),
            ("Home | NHS", "nhs"),
            ("MediaPipe: a framework for perception pipelines", "mediapipe"),
            ("Mind UK", "mind"),
            ("Höften", "höften"),
        ] {
            assert!(names_site(title, site), "{title}");
        }
        for (title, site) in [
            ("Back pain", "nhs"),
            ("WHO guidelines on physical activity and sedentary behaviour", "who"),
            ("Mathematics of walking", "who"),
            ("", "nhs"),
        ] {
            assert!(!names_site(title, site), "{title}");
        }
    }

    #[test]
    fn entries_whose_title_names_a_site() {
        for (entry, site) in [
            ("Roe J. Geospatial analysis, a guide. https://a.org", "spatialanalysis"),
            ("CDC. The guide to community services. Available at www.a.org", "thecommunityguide"),
            ("AHRQ. National guideline clearinghouse Available at http://www.a.gov", "guideline"),
        ] {
            assert!(titled_as_site(entry, site), "{entry}");
        }
        for (entry, site) in [
            ("National Health Service. Ont i höften. https://www.nhs.uk/", "nhs"),
            ("American College of Sports Medicine - Exercise guidelines", "acsm"),
            ("Endocrine Society", "endocrine"),
            ("", "nhs"),
        ] {
            assert!(!titled_as_site(entry, site), "{entry}");
        }
    }
}
