//! What the files of a project name, in whatever way: enough to tell what nothing names.

use super::{CitationTarget, Facts, HandleFact, locator};
use crate::model::{ContentKind, Record, texts};
use crate::normal;
use crate::source::{Format, SourceFile};
use crate::syntax::{Document, Node};
use percent_encoding::percent_decode_str;
use std::collections::{BTreeSet, HashSet};
use thin_vec::ThinVec;
use xxhash_rust::xxh3::xxh3_64;

/// Longer texts are no names, not even those of studies.
const LONGEST: usize = 200;

/// Fields in which a record says what it is called itself, and where the work is that it stands for.
const OWN: &[&str] =
    &["id", "slug", "name", "title", "aliases", "URL", "DOI", "PMID", "PMCID", "ISBN"];

/// Pictures, films and sound.
pub const MEDIA: &[&str] =
    &["avif", "gif", "jpeg", "jpg", "mp3", "mp4", "ogg", "png", "svg", "webm", "webp"];

/// Fill in what a file names, and by what its records are named.
pub(super) fn fill(
    file: &SourceFile,
    document: &Document,
    records: &[Record<'_>],
    facts: &mut Facts,
) {
    let mut named = HashSet::new();
    let kept_apart = records.iter().filter(|own| may_be_left(own)).filter_map(|own| own.node);
    let kept_apart: HashSet<_> = kept_apart.map(Node::id).collect();
    for root in document.tree.roots() {
        add_values(root, &kept_apart, &mut named);
    }
    match &document.body {
        // What cannot be read may name anything.
        _ if !document.errors.is_empty() => add_pieces(&file.text, &mut named),
        Some(body) => {
            let start = body.blocks.first().map_or(file.text.len(), |own| own.span.start as usize);
            add_pieces(&file.text[start..], &mut named);
            body.blocks.iter().for_each(|own| add(body.block_text(own), &mut named));
        }
        None => {}
    }
    for own in &facts.citations {
        match &own.target {
            CitationTarget::Key(id) | CitationTarget::BareKey(id) => add(id, &mut named),
            CitationTarget::Link(link) => {
                named.insert(form(&locator(link)));
                // "PMID 12345678"
                link.split_whitespace().for_each(|own| add(own, &mut named));
            }
            CitationTarget::Number { .. }
            | CitationTarget::Footnote { .. }
            | CitationTarget::AuthorYear { .. } => {}
        }
    }
    let mut named: ThinVec<u64> = named.into_iter().collect();
    named.sort_unstable();
    let requested = facts.requested.get_or_insert_default();
    requested.named = named;
    requested.media = media(&file.text);
    let handles = records.iter().zip(0..).filter(|(own, _)| may_be_left(own));
    requested.handles = handles.map(|(own, index)| handle(own, index, records.len())).collect();
}

/// Whether a record is there to be used by others: exercises, and sources but for those that readers are sent to. An
/// entry of a bibliography shows only where it is cited.
fn may_be_left(record: &Record<'_>) -> bool {
    const ADDRESSES: &[&str] = &["organisation", "tool", "further-reading"];
    let role = record.text("role");
    match record.kind {
        ContentKind::Exercise => true,
        ContentKind::Resource => {
            record.file().format != Format::Bibtex
                && !role.is_some_and(|own| ADDRESSES.contains(&own.as_str()))
        }
        ContentKind::Quiz | ContentKind::Article | ContentKind::Custom(_) => false,
    }
}

fn handle(record: &Record<'_>, index: u32, count: usize) -> HandleFact {
    let mut forms = BTreeSet::new();
    let stem = Some(record.path().stem().to_owned()).filter(|_| count == 1);
    forms.extend(record.id_or_stem().into_iter().chain(stem).map(|own| form(&own)));
    for own in OWN.iter().filter_map(|name| record.field(name)) {
        forms.extend(texts(own).iter().map(|text| form(text.as_str())));
        if own.is_scalar() {
            forms.extend([form(own.scalar_text()), form(&locator(own.scalar_text()))]);
        }
    }
    HandleFact { record: index, forms: forms.into_iter().collect() }
}

/// What a record is called by, whatever its case.
fn form(name: &str) -> u64 {
    xxh3_64(normal::plain(name).as_bytes())
}

fn add(name: &str, named: &mut HashSet<u64>) {
    let name = name.trim();
    if !name.is_empty() && name.len() <= LONGEST {
        named.insert(form(name));
    }
}

/// The keys and texts below a node, without those by which the records that are kept apart are named.
fn add_values(
    node: Node<'_>,
    kept_apart: &HashSet<crate::syntax::NodeId>,
    named: &mut HashSet<u64>,
) {
    if node.is_alias() {
        return;
    }
    if node.is_scalar() {
        add_pieces(node.scalar_text(), named);
    }
    let is_record = kept_apart.contains(&node.id());
    for entry in node.entries().filter(|own| !(is_record && OWN.contains(&own.name()))) {
        add(entry.key(), named);
        add_values(entry.value, kept_apart, named);
    }
    node.items().for_each(|item| add_values(item, kept_apart, named));
}

/// The signs between which names stand.
const MARKS: [bool; 128] = {
    let mut marks = [false; 128];
    let signs = b"\n,;|/#@[]{}()<>\"'=:*`";
    let mut at = 0;
    while at < signs.len() {
        marks[signs[at] as usize] = true;
        at += 1;
    }
    marks
};

/// A text, its lines, and what stands in it between marks: items of a list, parts of a path, words in brackets or
/// quotes.
fn add_pieces(text: &str, named: &mut HashSet<u64>) {
    let is_mark = |c: char| MARKS.get(c as usize) == Some(&true);
    if text.contains(is_mark) {
        add(text, named);
    }
    // "1. Bridge", "- bridge"
    let is_bullet = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | ' ');
    for piece in text.split(is_mark) {
        add(piece, named);
        let words = piece.trim_start_matches(is_bullet);
        if words.len() < piece.len() {
            add(words, named);
        }
        // "bridge.html"; of an entry in a reference list, the authors and the title.
        if let Some((before, after)) = piece.trim().rsplit_once('.') {
            match after.contains(' ') {
                true => piece.split(". ").for_each(|own| add(own, named)),
                false => add(before, named),
            }
        }
    }
    add_addresses(text, named);
}

/// Addresses and DOIs.
fn add_addresses(text: &str, named: &mut HashSet<u64>) {
    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | ')' | ']' | '`');
    for lead in ["http", "10."] {
        let mut end = 0;
        for at in memchr::memmem::find_iter(text.as_bytes(), lead) {
            // What begins inside of one is part of it.
            if at < end {
                continue;
            }
            let rest = &text[at..];
            let rest = &rest[..rest.floor_char_boundary(LONGEST)];
            let address = &rest[..rest.find(ends).unwrap_or(rest.len())];
            named.insert(form(&locator(address)));
            end = at + address.len();
        }
    }
}

/// The paths of pictures, films and sound that a text names, as written.
fn media(text: &str) -> ThinVec<Box<str>> {
    const LONGEST_PATH: usize = 300;
    let bytes = text.as_bytes();
    let ends = |c: char| c.is_whitespace() || "\"'()[]<>=,;`|".contains(c);
    let (mut found, mut end) = (BTreeSet::new(), 0);
    for dot in memchr::memchr_iter(b'.', bytes) {
        let rest = &bytes[dot + 1..];
        let len = rest.iter().take(5).take_while(|own| own.is_ascii_alphanumeric()).count();
        let extension = rest[..len].to_ascii_lowercase();
        if !MEDIA.iter().any(|own| own.as_bytes() == extension) {
            continue;
        }
        let least = text.ceil_char_boundary(dot.saturating_sub(LONGEST_PATH)).max(end);
        let before = &text[least..dot];
        let start = before
            .rfind(ends)
            .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
        end = dot + 1 + len;
        let path = &text[least + start..end];
        if let Ok(path) = percent_decode_str(path).decode_utf8() {
            found.insert(path.replace('\\', "/").into());
        }
    }
    found.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::media;

    #[test]
    fn paths_of_media() {
        let paths = media(
            "![A](../bilder/h%C3%B6ft.PNG?raw=1) <img src='/a/b.webp'>\nimage: c d.jpg\nv.mp45 e.md",
        );
        let paths: Vec<_> = paths.iter().map(|own| &**own).collect();
        assert_eq!(paths, ["../bilder/höft.PNG", "/a/b.webp", "d.jpg"]);
    }
}
