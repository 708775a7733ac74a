//! Boxes that set a text of an exercise apart, and which of them are warnings: admonitions, callouts, shortcodes, HTML.

use crate::lexicon::{Concept, concept_in_exercise};
use crate::source::Span;
use crate::syntax::{MarkKind, Prose, begins_box};

/// What ends an admonition of Docusaurus, and what it begins with.
pub(super) const ADMONITION_FENCE: &str = ":::";

/// What stands around a text that is set apart.
pub(super) enum BoxLine {
    /// And whether it is a warning.
    Opens(bool),
    Closes,
}

/// The boxes that raw HTML opens and closes, or a line of `:::` or `!!!`.
pub(super) fn boxes(raw: &str) -> Vec<BoxLine> {
    if raw.trim_matches(':').is_empty() {
        return vec![BoxLine::Closes];
    }
    if begins_box(raw) {
        return vec![BoxLine::Opens(admonition(raw).is_some())];
    }
    const NAMES: &[&str] = &["div", "aside", "section", "blockquote", "details"];
    let tag = |at: usize| {
        let rest = &raw[at + 1..];
        let closes = rest.starts_with('/');
        let name = &rest[usize::from(closes)..];
        let is_name = |own: &&str| {
            let is_it = name.get(..own.len()).is_some_and(|name| name.eq_ignore_ascii_case(own));
            is_it && name[own.len()..].starts_with(['>', ' ', '\t', '\r', '\n'])
        };
        let tag = &rest[..rest.find(['<', '>']).unwrap_or(rest.len())];
        let is_box = NAMES.iter().any(is_name) || is_component(name) && !tag.ends_with('/');
        let is_warning = || is_warning_tag(tag) || is_titled_warning(&raw[at..]);
        is_box.then(|| if closes { BoxLine::Closes } else { BoxLine::Opens(is_warning()) })
    };
    let is_comment = raw.starts_with("<!--");
    raw.match_indices('<').filter(|_| !is_comment).filter_map(|(at, _)| tag(at)).collect()
}

/// Where the words of a warning begin that is set apart: `[!WARNING]` in a quote, `:::caution`,
/// `!!! danger "Safety"`, a warning sign.
pub(super) fn admonition(text: &str) -> Option<usize> {
    const NAMES: &[&str] = &["warning", "caution", "danger"];
    if let Some(rest) = text.strip_prefix('\u{26a0}') {
        return Some(text.len() - rest.trim_start_matches('\u{fe0f}').trim_start().len());
    }
    let marks = ["[!", ADMONITION_FENCE, "!!! ", "??? "];
    let rest = marks.iter().find_map(|mark| text.strip_prefix(mark))?.trim_start();
    let name = NAMES
        .iter()
        .find(|name| rest.get(..name.len()).is_some_and(|own| own.eq_ignore_ascii_case(name)))?;
    let rest = &rest[name.len()..];
    // A title, and what closes the mark.
    let rest = rest.strip_prefix(']').unwrap_or(rest).trim_start();
    let titled = [('"', '"'), ('[', ']'), ('{', '}')].into_iter().find_map(|(open, close)| {
        rest.strip_prefix(open)?.split_once(close).map(|(_, rest)| rest.trim_start())
    });
    let rest = titled.unwrap_or(rest);
    Some(text.len() - rest.len())
}

/// Whether the line above a text of a quote is `> [!WARNING]`, which is no text of it; or, where `goes_on`, one more of
/// the quote that such a line opens.
pub(super) fn follows_alert(source: &str, start: u32, goes_on: bool) -> bool {
    let before = &source[..start as usize];
    let above = before.rfind('\n').map_or("", |end| &before[..end]);
    let above = above.rsplit('\n').next().unwrap_or(above).trim_start();
    let line = above.trim_start_matches(['>', ' ', '\t']);
    match line.starts_with("[!") {
        true => admonition(line).is_some(),
        false => goes_on && above.starts_with('>'),
    }
}

/// Whether raw HTML is a warning by its class, or a component by its name: `<div class="warning">`, `<Warning>`,
/// `<Callout type="warning">`.
pub(super) fn is_warning_box(html: &str) -> bool {
    let tag = html.strip_prefix('<').and_then(|rest| rest.split_once('>'));
    tag.is_some_and(|(tag, _)| is_warning_tag(tag))
}

fn is_warning_tag(tag: &str) -> bool {
    (tag.to_ascii_lowercase().contains("class=") || is_component(tag)) && names_warning(tag)
}

fn names_warning(tag: &str) -> bool {
    const NAMES: &[&str] = &["warning", "caution", "danger", "alert", "safety"];
    let tag = tag.to_ascii_lowercase();
    NAMES.iter().any(|name| tag.contains(name))
}

/// Whether a name is one of JSX and not of HTML.
fn is_component(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
}

/// `<details><summary>Safety</summary>`.
fn is_titled_warning(html: &str) -> bool {
    const LONGEST: usize = 120;
    let html = &html[..html.floor_char_boundary(LONGEST)];
    let Some((_, title)) = html.split_once("<summary>").filter(|_| html.starts_with("<details"))
    else {
        return false;
    };
    let title = title.split_once("</summary>").map(|(title, _)| title);
    let concept = title.and_then(concept_in_exercise);
    matches!(concept, Some(Concept::Safety | Concept::StopIf | Concept::RedFlags))
}

/// Where warnings stand that shortcodes and components of one line set apart, in order of their starts:
/// `{{< alert >}}Stop if it hurts.{{< /alert >}}`, `{% hint style="danger" %}`.
#[derive(Debug, Default)]
pub(super) struct Warnings(Vec<Span>);

impl Warnings {
    pub(super) fn of(body: &Prose, source: &str) -> Self {
        /// Open boxes that are kept in mind.
        const DEEPEST: usize = 8;
        let mut open: Vec<(&str, Option<u32>)> = Vec::new();
        let mut found = Vec::new();
        for mark in body.marks.iter().filter(|mark| mark.kind == MarkKind::Html) {
            let Some(tag) = source.get(mark.span.range()) else { continue };
            if tag.starts_with("{:") && names_warning(tag) {
                found.push(mark.span);
                continue;
            }
            match Tag::of(tag) {
                Some(Tag::Opens(name)) if open.len() < DEEPEST => {
                    open.push((name, names_warning(tag).then_some(mark.span.start)));
                }
                Some(Tag::Closes(name)) => {
                    let Some(at) = open.iter().rposition(|(own, _)| *own == name) else { continue };
                    if let (_, Some(start)) = open[at] {
                        found.push(Span::new(start, mark.span.end));
                    }
                    open.truncate(at);
                }
                Some(Tag::Opens(_)) | None => {}
            }
        }
        found.sort_unstable_by_key(|span| span.start);
        Self(found)
    }

    /// Whether a block is part of one, or holds one.
    pub(super) fn has(&self, block: Span) -> bool {
        const NEAR: usize = 4;
        let behind = self.0.partition_point(|own| own.start < block.end);
        self.0[..behind].iter().rev().take(NEAR).any(|own| block.start < own.end)
    }
}

/// A shortcode, a template tag or a component that has an end.
enum Tag<'t> {
    Opens(&'t str),
    Closes(&'t str),
}

impl<'t> Tag<'t> {
    fn of(tag: &'t str) -> Option<Self> {
        // Of templates, those that set a text apart.
        const BOXES: &[&str] = &[
            "admonition",
            "alert",
            "aside",
            "box",
            "callout",
            "caution",
            "danger",
            "hint",
            "notice",
            "panel",
            "warning",
        ];
        let template = ["{{<", "{{%", "{%"].iter().find_map(|open| tag.strip_prefix(open));
        let rest = template.or_else(|| tag.strip_prefix('<'))?.trim_start_matches(['-', ' ']);
        let (closes, rest) = match rest.strip_prefix('/') {
            Some(rest) => (true, rest.trim_start()),
            None if template.is_some() && rest.starts_with("end") => (true, &rest["end".len()..]),
            None => (false, rest),
        };
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let name = &rest[..end];
        let is_box = match template {
            Some(_) => BOXES.contains(&name),
            None => is_component(name) && !tag.ends_with("/>"),
        };
        is_box.then_some(if closes { Self::Closes(name) } else { Self::Opens(name) })
    }
}
