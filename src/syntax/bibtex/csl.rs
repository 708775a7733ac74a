//! An entry as the record of CSL-JSON that it stands for.

use super::{Entry, Field, latex};
use crate::nearest::Letters;
use crate::source::Span;
use crate::syntax::node::{Kind, Style, TreeBuilder};
use std::ops::Range;

pub(super) fn add(text: &str, entry: &Entry, builder: &mut TreeBuilder) {
    let small = |at: usize| Span::from_usize(at..at).start;
    let id = builder.open(Kind::Mapping, small(entry.range.start));
    if entry.is_damaged {
        builder.set_damaged(id);
    }
    add_fields(text, entry, builder);
    builder.close(Some(small(entry.range.end)));
}

fn add_fields(text: &str, entry: &Entry, builder: &mut TreeBuilder) {
    let kind = text[entry.kind.clone()].to_ascii_lowercase();
    let is_field = |own: &Field, name: &str| text[own.name.clone()].eq_ignore_ascii_case(name);
    let put = |range: &Range<usize>, value: &str, builder: &mut TreeBuilder| {
        let same = text[range.clone()] == *value;
        let span = Span::from_usize(range.clone());
        builder.string(Style::Bibtex, span, (!same).then_some(value));
    };
    put(&entry.kind, "type", builder);
    match csl_type(&kind) {
        // The schema asks what was meant.
        "document" if is_misspelt(&kind) => put(&entry.kind, &text[entry.kind.clone()], builder),
        known => put(&entry.kind, known, builder),
    }
    if let Some(key) = &entry.key {
        put(key, "id", builder);
        put(key, &text[key.clone()], builder);
        // Several works under one key have no title together.
        if kind == "set" && !entry.fields.iter().any(|own| is_field(own, "title")) {
            put(key, "title", builder);
            put(key, &text[key.clone()], builder);
        }
    }
    // Of several fields that are one in CSL, such as `date` and `year`, the first has its name.
    let mut taken: Vec<(&str, String)> = Vec::new();
    // A field without text is none to BibTeX; tools write all that they know of.
    let is_blank = |raw: &str| {
        raw.bytes().all(|byte| matches!(byte, b'{' | b'}' | b'"') || byte.is_ascii_whitespace())
    };
    for field in &entry.fields {
        let raw = field.value.joined.as_deref().unwrap_or(&text[field.value.range.clone()]);
        let written = text[field.name.clone()].to_ascii_lowercase();
        // A title is asked for: that it is empty is told where it stands.
        if is_blank(raw) && written != "title" {
            continue;
        }
        let name = csl_name(&kind, &written)
            .filter(|name| taken.iter().all(|(own, by)| own != name || *by == written));
        match name {
            Some(name) => put(&field.name, name, builder),
            None => put(&field.name, &format!("x-bibtex-{written}"), builder),
        }
        match name {
            Some("author" | "editor" | "translator") if field.value.joined.is_none() => {
                let range = &field.value.range;
                builder.open(Kind::Sequence, Span::from_usize(range.clone()).start);
                for name in names(raw) {
                    let own = range.start + name.start..range.start + name.end;
                    put(&own, &latex::decoded(&raw[name]), builder);
                }
                builder.close(Some(Span::from_usize(range.clone()).end));
            }
            Some("URL" | "DOI" | "ISBN" | "ISSN" | "PMID" | "PMCID") => {
                put(&field.value.range, &latex::verbatim(raw), builder);
            }
            _ => put(&field.value.range, &latex::decoded(raw), builder),
        }
        if let Some(name) = name.filter(|name| taken.iter().all(|(own, _)| own != name)) {
            taken.push((name, written));
        }
    }
}

/// The names in `A and B and {C and D}`; `others` is none.
fn names(raw: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    let mut is_blank = false;
    let mut push = |range: Range<usize>| {
        let name = &raw[range.clone()];
        let from = range.start + name.len() - name.trim_start().len();
        if !name.trim().is_empty() && name.trim() != "others" {
            found.push(from..from + name.trim().len());
        }
    };
    for (at, c) in raw.char_indices() {
        let follows_blank = std::mem::replace(&mut is_blank, c.is_whitespace());
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if is_blank && !follows_blank && depth == 0 => {
                let behind = raw[at..].trim_start();
                let is_and = behind.get(..3).is_some_and(|word| word.eq_ignore_ascii_case("and"))
                    && behind[3..].starts_with(char::is_whitespace);
                if is_and && at >= start {
                    push(start..at);
                    start = raw.len() - behind.len() + 3;
                }
            }
            _ => {}
        }
    }
    push(start.min(raw.len())..raw.len());
    found
}

/// The type of CSL for a kind of entry, in lower case.
fn csl_type(kind: &str) -> &'static str {
    match kind {
        "article" | "suppperiodical" => "article-journal",
        "book" | "mvbook" | "collection" | "mvcollection" | "proceedings" | "mvproceedings"
        | "reference" | "mvreference" => "book",
        "booklet" => "pamphlet",
        "inbook" | "incollection" | "bookinbook" | "suppbook" | "suppcollection" => "chapter",
        "inproceedings" | "conference" => "paper-conference",
        "inreference" => "entry-encyclopedia",
        "manual" | "techreport" | "report" => "report",
        "mastersthesis" | "phdthesis" | "thesis" => "thesis",
        "online" | "electronic" | "www" => "webpage",
        "unpublished" => "manuscript",
        "dataset" => "dataset",
        "software" => "software",
        "patent" => "patent",
        "periodical" => "periodical",
        "standard" => "standard",
        "legislation" => "legislation",
        "video" | "movie" => "motion_picture",
        _ => "document",
    }
}

/// Whether a kind of entry, in lower case, is one letter from a common one. Others are what some program has of its own.
fn is_misspelt(kind: &str) -> bool {
    #[rustfmt::skip]
    const COMMON: &[&str] = &[
        "article", "booklet", "inbook", "incollection", "inproceedings", "manual", "mastersthesis", "online",
        "phdthesis", "proceedings", "report", "techreport", "thesis", "unpublished",
    ];
    let letters = Letters::of(kind);
    let mut near = COMMON.iter().filter(|own| own.len().abs_diff(kind.len()) < 2);
    near.any(|own| Letters::of(own).are_one_edit_from(&letters))
}

/// The field of CSL for a field of BibTeX, in lower case; `None` where it has none.
fn csl_name(kind: &str, field: &str) -> Option<&'static str> {
    Some(match field {
        "title" => "title",
        "shorttitle" => "title-short",
        "author" => "author",
        "editor" => "editor",
        "translator" => "translator",
        "journal" | "journaltitle" | "booktitle" => "container-title",
        "year" | "date" => "issued",
        "urldate" => "accessed",
        "doi" => "DOI",
        "url" => "URL",
        "isbn" => "ISBN",
        "issn" => "ISSN",
        "pmid" => "PMID",
        "pmcid" | "pmc" => "PMCID",
        "volume" => "volume",
        "issue" => "issue",
        "number" if matches!(kind, "article" | "suppperiodical") => "issue",
        "number" => "number",
        "pages" => "page",
        "pagetotal" => "number-of-pages",
        "chapter" => "chapter-number",
        "publisher" | "institution" | "school" | "organization" => "publisher",
        "address" | "location" => "publisher-place",
        "edition" => "edition",
        "series" => "collection-title",
        "abstract" => "abstract",
        "note" => "note",
        "annote" | "annotation" => "annote",
        "version" => "version",
        "eventtitle" => "event-title",
        _ => return None,
    })
}
