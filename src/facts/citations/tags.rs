//! Tags of HTML and templates of wikis that cite: `<sup>`, `<a>`, `<ref>`, `{{sfn|Smith|2020}}`.

use super::links::{is_offer, is_source};
use super::numbers::plain_numbers;
use super::{CitationTarget, Finder};
use crate::source::Span;
use crate::syntax::MarkKind;
use std::ops::Range;

impl Finder<'_> {
    /// `<sup>1</sup>`, `<sup><a href="#ref1">1</a></sup>`, `<a href="https://...">`, `<ref>...</ref>`: the tags
    /// have no text, so what they are stands in the source.
    pub(super) fn html(&mut self) {
        let prose = self.prose;
        let tag = |index: usize| -> Option<String> {
            let mark = prose.marks.get(index)?;
            if mark.kind != MarkKind::Html {
                return None;
            }
            let source = self.beside.source.get(mark.span.range())?;
            Some(source.to_ascii_lowercase())
        };
        let mut found = Vec::new();
        for index in 0..prose.marks.len() {
            let Some(open) = tag(index) else { continue };
            if is_citation(&open) {
                let at = prose.marks[index].text.clone();
                found.push((at, open, "ref", String::new(), None));
                continue;
            }
            let name = ["sup", "ref", "a"].into_iter().find(|name| {
                open.strip_prefix('<')
                    .and_then(|rest| rest.strip_prefix(name))
                    .is_some_and(|rest| rest.starts_with([' ', '>', '/', '\n']))
            });
            let Some(name) = name else { continue };
            // The place that a raised number leads to is read with it.
            let leads_to_place = open.contains("\"#") || open.contains("'#");
            let before = || index.checked_sub(1).and_then(tag);
            if leads_to_place && before().is_some_and(|own| own.starts_with("<sup")) {
                continue;
            }
            let start = prose.marks[index].text.start;
            if name == "ref" && open.ends_with("/>") {
                found.push((start..start, open, name, String::new(), None));
                continue;
            }
            let close = format!("</{name}");
            let end = (index + 1..(index + 12).min(prose.marks.len()))
                .find(|other| tag(*other).is_some_and(|tag| tag.starts_with(&close)));
            if let Some(end) = end {
                let range = start..prose.marks[end].text.start.max(start);
                let inner = prose.text[range.clone()].to_owned();
                let between = &prose.marks[index + 1..end];
                let link = between.iter().find_map(|mark| href(self.beside.source, mark.span));
                found.push((range, open, name, inner, link));
            }
        }
        for (range, open, name, inner, link) in found {
            match name {
                "sup" => {
                    let digits = inner.trim().trim_matches(['[', ']', '(', ')']);
                    if let Some(numbers) = plain_numbers(digits) {
                        match link.or_else(|| self.link_at(&range)) {
                            Some(target) => self.linked(range, &numbers, &target),
                            None => self.raised_numbers(range, &numbers),
                        }
                    }
                }
                "a" => {
                    let mut parts = open.split(['"', '\'']);
                    if is_offer(&inner) {
                        continue;
                    }
                    if let Some(target) = parts.clone().find(|part| is_source(part)) {
                        self.link(range, inner.trim(), target);
                    } else if let Some(place) = parts.find_map(|part| part.strip_prefix('#')) {
                        self.anchored(range, inner.trim(), place);
                    }
                }
                _ => {
                    let target = if inner.trim().is_empty() { open } else { inner };
                    self.push(range, CitationTarget::Link(target.trim().into()), true);
                }
            }
        }
    }

    /// `<ref>Smith 2020</ref>` and `{{sfn|Smith|2020}}` in a text that was pasted from a wiki.
    pub(super) fn wiki_references(&mut self, block: &Range<usize>) {
        let text = &self.prose.text[block.clone()];
        let bytes = text.as_bytes();
        for found in memchr::memmem::find_iter(bytes, b"<ref") {
            let Some(close) = text[found..].find('>') else {
                continue;
            };
            let tag = &text[found..found + close + 1];
            let end = match tag.ends_with("/>") {
                true => Some(found + tag.len()),
                false => text[found..].find("</ref>").map(|at| found + at + "</ref>".len()),
            };
            let Some(end) = end else { continue };
            let inner = text[found..end].to_owned();
            self.push(
                block.start + found..block.start + end,
                CitationTarget::Link(inner.into()),
                true,
            );
        }
        for found in memchr::memmem::find_iter(bytes, b"{{sfn") {
            let Some(close) = text[found..].find("}}") else {
                continue;
            };
            let inner = text[found..found + close + 2].to_owned();
            let end = found + inner.len();
            self.push(
                block.start + found..block.start + end,
                CitationTarget::Link(inner.into()),
                true,
            );
        }
    }
}

/// Whether a tag in small letters is a template or a component that cites: `{{< cite "lee" >}}`, `{% cite lee %}`,
/// `<Citation id="lee" />`. `<cite>` without more is the title of a work.
fn is_citation(tag: &str) -> bool {
    const NAMES: &[&str] = &["cite", "citation", "citet", "citep"];
    let opens = ["{{<", "{{%", "{%", "<"];
    let Some((open, rest)) = opens.iter().find_map(|open| Some((*open, tag.strip_prefix(open)?)))
    else {
        return false;
    };
    let rest = rest.trim_start_matches(['-', ' ']);
    let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    let (name, given) = rest.split_at(end);
    // Of what it cites, something is said.
    NAMES.contains(&name)
        && given.starts_with(' ')
        && given.contains(|c: char| c.is_alphanumeric())
        && (open != "<" || ["id=", "ref", "key", "doi"].iter().any(|own| given.contains(own)))
}

/// The address in a tag `<a href="...">` of the source.
fn href(source: &str, tag: Span) -> Option<String> {
    let tag = source.get(tag.range())?;
    let at = tag.find("href=").filter(|_| tag.starts_with("<a"))? + "href=".len();
    let rest = tag[at..].trim_start_matches(['"', '\'']);
    let end = rest.find(['"', '\'', ' ', '>'])?;
    Some(rest[..end].to_owned())
}
