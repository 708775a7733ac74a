//! A line of text, as the [`Reader`] reads it: emphasis, links, tags and superscripts become marks.

use super::parts::Part;
use super::{Reader, code_span, tags};
use crate::syntax::MarkKind;
use pulldown_cmark::{CowStr, Event, LinkType, Tag};
use std::ops::Range;

/// A `^1^` that has begun. The parser's own superscript is not for `word^1^`, which is how citations
/// are written.
pub(super) struct Superscript {
    /// Where the second caret is.
    close: usize,
    /// How many marks are open around it.
    depth: usize,
}

impl Reader<'_> {
    pub(super) fn inline(&mut self, event: Event<'_>, range: Range<usize>, part: &Part<'_>) {
        match event {
            Event::Text(text) if is_slice(&text, &range, part) => self.text(range),
            Event::Text(text) => self.out.replace(&text, range),
            Event::Code(code) => code_span::put(&mut self.out, &code, range, part),
            Event::SoftBreak if self.hidden.covers(range.start) => {}
            Event::SoftBreak => self.out.replace(" ", range),
            Event::HardBreak => self.out.replace("\n", range),
            Event::InlineHtml(_) => self.inline_html(range),
            Event::FootnoteReference(label) => self.out.footnote_mark(&label, range),
            // Blocks are dealt with in `event`; mathematics is not asked for in `options`.
            _ => {}
        }
    }

    /// Text as written, hidden tags cut out.
    pub(super) fn text(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end
            && let Some(tag) = self.hidden.next_in(at..range.end)
        {
            if at < tag.start {
                self.words(at..tag.start);
            }
            // A tag over several lines is met once per line; one that the end of the block cuts
            // has no mark.
            if at <= tag.start && tag.end <= self.block_end {
                self.inline_tag(tag.clone());
            }
            at = tag.end.min(range.end);
        }
        if at < range.end {
            self.words(at..range.end);
        }
    }

    /// Text without tags; superscripts begin and end in it.
    fn words(&mut self, range: Range<usize>) {
        let mut at = range.start;
        let mut from = at;
        while self.has_carets
            && let Some(found) = memchr::memchr(b'^', &self.source.as_bytes()[from..range.end])
        {
            let caret = from + found;
            from = caret + 1;
            let depth = self.inline_depth;
            match &self.superscript {
                Some(open) if open.close == caret && open.depth == depth => {
                    self.out.copy(at..caret);
                    self.out.close_mark();
                    self.superscript = None;
                }
                None if let Some(close) = superscript_end(self.source, caret) => {
                    self.out.copy(at..caret);
                    self.out.open_mark(MarkKind::Superscript, caret..close + 1);
                    self.superscript = Some(Superscript { close, depth });
                }
                Some(_) | None => continue,
            }
            at = from;
        }
        self.out.copy(at..range.end);
    }

    pub(super) fn inline_html(&mut self, range: Range<usize>) {
        let tag = &self.source[range.clone()];
        if tag.starts_with("<!--") {
            self.comments.push(self.out.span_of(range.clone()));
        }
        if tags::is_line_break(tag) {
            self.out.open_mark(MarkKind::Html, range.clone());
            self.out.replace("\n", range);
            self.out.close_mark();
        } else {
            self.inline_tag(range);
        }
    }

    /// A tag inside text: an image with its alt text, or nothing to see.
    fn inline_tag(&mut self, range: Range<usize>) {
        let Some(image) = tags::image(&self.source[range.clone()]) else {
            return self.out.empty_mark(MarkKind::Html, range);
        };
        let kind = MarkKind::Image { target: image.target, has_alt: image.alt.is_some() };
        let start = range.start;
        self.out.open_mark(kind, range);
        if let Some(alt) = image.alt {
            self.out.copy(start + alt.start..start + alt.end);
        }
        self.out.close_mark();
    }

    pub(super) fn start_inline(&mut self, tag: Tag<'_>, range: Range<usize>, part: &Part<'_>) {
        let kind = match tag {
            Tag::Emphasis => MarkKind::Emphasis,
            Tag::Strong => MarkKind::Strong,
            Tag::Strikethrough => MarkKind::Strikethrough,
            Tag::Link { link_type, dest_url, id, .. } => {
                let target = self.target(link_type, &id, &dest_url, part);
                let autolink = matches!(link_type, LinkType::Autolink | LinkType::Email);
                let email = link_type == LinkType::Email;
                let target = if email { format!("mailto:{target}") } else { target };
                MarkKind::Link { target, autolink }
            }
            Tag::Image { link_type, dest_url, id, .. } => {
                let target = self.target(link_type, &id, &dest_url, part);
                MarkKind::Image { target, has_alt: true }
            }
            _ => return,
        };
        self.inline_depth += 1;
        self.out.open_mark(kind, range);
    }

    pub(super) fn end_inline(&mut self, range: Range<usize>) {
        self.inline_end = range.end;
        if self.superscript.take_if(|open| open.depth == self.inline_depth).is_some() {
            self.out.close_mark();
        }
        self.inline_depth -= 1;
        self.out.close_mark();
    }

    /// The target of a link that begins here; the first definition of a label holds for the whole
    /// text.
    fn target(
        &mut self,
        kind: LinkType,
        label: &CowStr<'_>,
        target: &CowStr<'_>,
        part: &Part<'_>,
    ) -> String {
        match kind {
            LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => {
                let earlier = part.labels.target(label).map(str::to_owned);
                earlier.unwrap_or_else(|| self.original(target, part))
            }
            LinkType::ReferenceUnknown | LinkType::CollapsedUnknown | LinkType::ShortcutUnknown => {
                part.labels.target(label).map(str::to_owned).unwrap_or_else(|| {
                    self.late_targets.push((self.out.next_mark(), label.to_string()));
                    String::new()
                })
            }
            LinkType::Inline | LinkType::Autolink | LinkType::Email | LinkType::WikiLink { .. } => {
                self.original(target, part)
            }
        }
    }
}

/// Whether the parser's text is the very bytes at `range`.
fn is_slice(text: &str, range: &Range<usize>, part: &Part<'_>) -> bool {
    text.len() == range.len() && std::ptr::eq(text.as_ptr(), part.slice(range.clone()).as_ptr())
}

/// The second caret of a superscript whose first one is at `caret`: a few letters, digits or links
/// without a blank.
fn superscript_end(source: &str, caret: usize) -> Option<usize> {
    const MAX_LEN: usize = 200;
    let bytes = source.as_bytes();
    if caret > 0 && matches!(bytes[caret - 1], b'\\' | b'[' | b'^') {
        return None;
    }
    // In `^[1](address)^` any address will do.
    let (mut brackets, mut parens) = (0_i32, 0_i32);
    for (at, byte) in bytes.iter().enumerate().skip(caret + 1).take(MAX_LEN) {
        match byte {
            b'^' if at == caret + 1 || bytes[at - 1] == b'\\' => return None,
            b'^' => return (brackets == 0 && parens == 0).then_some(at),
            b'[' => brackets += 1,
            b']' => brackets -= 1,
            b'(' => parens += 1,
            b')' => parens -= 1,
            b' ' | b'\t' | b'\r' | b'\n' | b'`' | b'<' => return None,
            b'/' | b'=' | b':' if parens == 0 => return None,
            _ => {}
        }
        if brackets < 0 || parens < 0 {
            return None;
        }
    }
    None
}
