//! Tags in running text: HTML, JSX, templates, shortcodes, attributes and the comments of Obsidian (`%%...%%`).
//!
//! A Markdown parser reads `{{< ref "a_b.md" >}}` as emphasis, links and quotes. [`Hidden`] finds
//! such tags first and covers them with letters of the same length, so that offsets stay true. It
//! covers what is nested too deep as well: the parser walks all open blocks on every line. So it does with
//! the lines of [`boxes`].

use super::boxes;
use crate::syntax::MAX_DEPTH;
use memchr::{memchr2, memchr3, memmem};
use std::ops::Range;

/// A longer tag is text: a lone `{{` must not look for its end through the whole file.
const MAX_TAG_LEN: usize = 2000;

/// Such tags of a text, but those of HTML, in order and apart.
pub struct Hidden {
    tags: Vec<Range<usize>>,
    /// Tags before this one were given by `next_in`.
    pub next: usize,
    /// The first block markers that are nested deeper than `MAX_DEPTH`.
    pub too_deep: Option<Range<usize>>,
}

impl Hidden {
    pub fn find(text: &str) -> Self {
        let mut tags = find_tags(text);
        let deep = deep_markers(text);
        let too_deep = deep.first().cloned();
        let boxes = boxes::find(text);
        if !deep.is_empty() || !boxes.is_empty() {
            tags.extend(deep);
            tags.extend(boxes);
            tags.sort_unstable_by_key(|tag| tag.start);
            let mut end = 0;
            tags.retain(|tag| {
                let apart = tag.start >= end;
                end = end.max(tag.end);
                apart
            });
        }
        Self { tags, next: 0, too_deep }
    }

    /// A range of `text` with its tags covered; `None` when it has none.
    pub fn cover(&self, text: &str, range: Range<usize>) -> Option<String> {
        let from = self.tags.partition_point(|tag| tag.start < range.start);
        let tags = &self.tags[from..];
        let tags = &tags[..tags.partition_point(|tag| tag.end <= range.end)];
        (!tags.is_empty()).then(|| cover(text, range, tags))
    }

    /// Where the tag ends that begins before `at` and goes on.
    pub fn end_of_tag_around(&self, at: usize) -> Option<usize> {
        let tag = self.tags.get(self.tags.partition_point(|tag| tag.end <= at))?;
        (tag.start < at).then_some(tag.end)
    }

    /// The next tag that begins or goes on before `end`; the caller asks with ascending ends, and
    /// a tag that lies before `end` as a whole is given once.
    pub fn next_in(&mut self, range: Range<usize>) -> Option<Range<usize>> {
        while let Some(tag) = self.tags.get(self.next) {
            if tag.start >= range.end {
                return None;
            }
            if tag.end <= range.end {
                self.next += 1;
            }
            if tag.end > range.start {
                return Some(tag.clone());
            }
        }
        None
    }

    /// Whether byte `at`, before which nothing is asked for any more, lies inside a tag.
    pub fn covers(&mut self, at: usize) -> bool {
        while self.tags.get(self.next).is_some_and(|tag| tag.end <= at) {
            self.next += 1;
        }
        self.tags.get(self.next).is_some_and(|tag| tag.contains(&at))
    }
}

/// Braces stay, so that emphasis beside a tag ends as it did; the inside becomes letters. Line
/// breaks stay with the indentation behind them.
fn cover(text: &str, range: Range<usize>, tags: &[Range<usize>]) -> String {
    let mut covered = String::with_capacity(range.len());
    let mut at = range.start;
    for tag in tags {
        covered.push_str(&text[at..tag.start]);
        at = tag.end;
        if boxes::begins_box(&text[tag.start..]) {
            boxes::cover(&text[tag.clone()], &mut covered);
            continue;
        }
        covered.push('{');
        let inner = &text.as_bytes()[tag.start + 1..tag.end - 1];
        let mut line_start = false;
        for &byte in inner {
            line_start = byte == b'\n' || line_start && matches!(byte, b' ' | b'\t');
            let kept = line_start || byte == b'\r';
            covered.push(if kept { char::from(byte) } else { 'x' });
        }
        covered.push('}');
    }
    covered.push_str(&text[at..range.end]);
    covered
}

/// Quote and list markers at the start of a line beyond `MAX_DEPTH` of them, two columns of
/// indentation counted like one.
fn deep_markers(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut line = 0;
    while line < bytes.len() {
        let rest = &bytes[line..];
        let len = memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        if len > MAX_DEPTH {
            found.extend(deep_in_line(&rest[..len]).map(|deep| line + deep.start..line + deep.end));
        }
        line += len + 1;
    }
    found
}

fn deep_in_line(line: &[u8]) -> Option<Range<usize>> {
    let mut at = 0;
    let mut levels = 0;
    let mut from = None;
    loop {
        let blanks = line[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let digits =
            line[at + blanks..].iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
        let (len, apart) = match (digits, line.get(at + blanks + digits)) {
            (0, Some(b'>')) => (1, true),
            (0, Some(b'-' | b'*' | b'+')) => (1, false),
            (1..=9, Some(b'.' | b')')) => (digits + 1, false),
            _ => break,
        };
        let end = at + blanks + len;
        if !apart && !matches!(line.get(end), None | Some(b' ' | b'\t')) {
            break;
        }
        levels += 1 + blanks / 2;
        if levels > MAX_DEPTH && from.is_none() {
            from = Some(at + blanks);
        }
        at = end;
    }
    // One byte cannot be covered: the mask keeps a brace on both sides.
    let deep = from.filter(|from| at - from >= 2)?..at;
    // `* * *` is a thematic break, however long.
    let rule = |byte: u8| line.iter().all(|other| *other == byte || matches!(other, b' ' | b'\t'));
    (!rule(b'*') && !rule(b'-')).then_some(deep)
}

fn find_tags(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut tags = Vec::new();
    let mut at = 0;
    let mut comments_end = true;
    while let Some(found) = memchr3(b'{', b'<', b'%', &bytes[at..]) {
        let start = at + found;
        let rest = &text[start..];
        if comments_end && rest.starts_with("<!--") {
            let end = memmem::find(&bytes[start..], b"-->");
            comments_end = end.is_some();
            at = start + end.map_or(4, |end| end + 3);
        } else if rest.starts_with('%') && text[..start].ends_with(char::is_alphanumeric) {
            at = start + 1;
        } else if let Some(len) = tag_len(rest).or_else(|| attributes_len(text, start)) {
            tags.push(start..start + len);
            at = start + len;
        } else {
            at = start + 1;
        }
    }
    tags
}

/// Length of the tag `text` starts with.
fn tag_len(text: &str) -> Option<usize> {
    match text.as_bytes() {
        [b'{', b'{', b'<', ..] => closed(text, ">}}", Lines::Many),
        [b'{', b'{', b'%', ..] => closed(text, "%}}", Lines::Many),
        [b'{', b'{', ..] => closed(text, "}}", Lines::One),
        [b'{', b'%', ..] => closed(text, "%}", Lines::One),
        [b'{', b'/', b'*', ..] => closed(text, "*/}", Lines::Many),
        [b'%', b'%', ..] => closed(text, "%%", Lines::Many),
        [b'<', ..] => jsx_len(text),
        _ => None,
    }
}

/// Length of the attributes at `start`, behind what they belong to or at the end of a line: `{#fig-hips width=80%}`
/// of pandoc, `{: .wide}` of kramdown.
fn attributes_len(text: &str, start: usize) -> Option<usize> {
    let bytes = &text.as_bytes()[start..text.len().min(start + MAX_TAG_LEN)];
    let mut at = match bytes {
        [b'{', b':', ..] => 2,
        [b'{', ..] => 1,
        _ => return None,
    };
    let blank = |byte: &&u8| matches!(byte, b' ' | b'\t');
    let ends_name = |byte: &&u8| {
        matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'=' | b'"' | b'`' | b'{' | b'}')
    };
    let mut is_empty = true;
    loop {
        at += bytes[at..].iter().take_while(blank).count();
        if *bytes.get(at)? == b'}' {
            break;
        }
        let name = bytes[at..].iter().take_while(|byte| !ends_name(byte)).count();
        let is_named = name > 1 && matches!(bytes[at], b'#' | b'.');
        at += name;
        match bytes.get(at..)? {
            [b'=', quote @ (b'"' | b'\''), value @ ..] if name > 0 => {
                let len = memchr2(*quote, b'\n', value)?;
                if value[len] != *quote {
                    return None;
                }
                at += 2 + len + 1;
            }
            [b'=', value @ ..] if name > 0 => {
                at += 1 + value.iter().take_while(|byte| !ends_name(byte)).count();
            }
            _ if is_named => {}
            _ => return None,
        }
        is_empty = false;
    }
    at += 1;
    let belongs = text[..start].ends_with([']', ')', '`']);
    let ends_line = || {
        bytes[at..].iter().find(|byte| !blank(byte)).is_none_or(|own| matches!(own, b'\r' | b'\n'))
    };
    // The class of an option may be the key of its question.
    let is_key = memmem::find(&bytes[..at], b"correct").is_some();
    (!is_empty && !is_key && (belongs || ends_line())).then_some(at)
}

/// How far a tag may go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lines {
    One,
    /// Not over a blank line.
    Many,
}

/// Length up to and with `close`. Backquotes mean that the tag is talked about.
fn closed(text: &str, close: &str, lines: Lines) -> Option<usize> {
    let window = &text.as_bytes()[..text.len().min(MAX_TAG_LEN)];
    let len = 2 + memmem::find(&window[2..], close.as_bytes())? + close.len();
    let inner = &window[..len];
    let is_tag = match lines {
        Lines::One => !inner.iter().any(|byte| matches!(byte, b'`' | b'\n' | b'\r')),
        Lines::Many => !inner.contains(&b'`') && !has_blank_line(inner),
    };
    is_tag.then_some(len)
}

fn has_blank_line(text: &[u8]) -> bool {
    let mut blank = false;
    for (at, byte) in text.iter().enumerate() {
        match byte {
            b'\r' if text.get(at + 1) == Some(&b'\n') => {}
            b'\n' | b'\r' if blank => return true,
            b'\n' | b'\r' => blank = true,
            b' ' | b'\t' => {}
            _ => blank = false,
        }
    }
    false
}

/// Length of `<Name ...>`, `<Name ... />` or `</Name>`, where the name has a small letter too (old
/// HTML is all capitals) and attributes may be in quotes or braces.
fn jsx_len(text: &str) -> Option<usize> {
    let bytes = &text.as_bytes()[..text.len().min(MAX_TAG_LEN)];
    let name_start = if bytes.get(1) == Some(&b'/') { 2 } else { 1 };
    if !bytes.get(name_start)?.is_ascii_uppercase() {
        return None;
    }
    let is_name = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_');
    let name_len = bytes[name_start..].iter().take_while(is_name).count();
    let name = &bytes[name_start..name_start + name_len];
    let mut at = name_start + name_len;
    let ends_name = matches!(bytes.get(at)?, b' ' | b'\t' | b'\r' | b'\n' | b'/' | b'>');
    if !ends_name || !name.iter().any(u8::is_ascii_lowercase) {
        return None;
    }
    let mut braces = 0_usize;
    loop {
        match bytes.get(at)? {
            b'>' if braces == 0 => break,
            b'<' if braces == 0 => return None,
            b'{' => braces += 1,
            b'}' => braces = braces.checked_sub(1)?,
            quote @ (b'"' | b'\'') => at += 1 + memchr::memchr(*quote, &bytes[at + 1..])?,
            _ => {}
        }
        at += 1;
    }
    (!has_blank_line(&bytes[..at])).then_some(at + 1)
}

/// Whether a paragraph is MDX module code: `import x from 'y'`, `export const x = ...`.
pub fn is_module_code(paragraph: &str) -> bool {
    if let Some(rest) = paragraph.strip_prefix("import ") {
        let line = rest.lines().next().unwrap_or_default();
        let quoted = |text: &str| text.trim_start().starts_with(['"', '\'']);
        return quoted(line)
            || line.split_once(" from ").is_some_and(|(_, module)| quoted(module))
            || line.trim_start().starts_with('{') && !line.contains(". ");
    }
    let Some(rest) = paragraph.strip_prefix("export ") else { return false };
    let declares = ["const ", "let ", "var ", "function ", "class ", "async function "];
    rest.starts_with(['{', '*'])
        || rest.starts_with("default ") && rest.contains(['(', '{', ';'])
        || declares.iter().any(|word| rest.starts_with(word)) && rest.contains(['(', '{', '='])
}

/// `<br>`, `<br/>`, `<br />` in any case.
pub fn is_line_break(tag: &str) -> bool {
    let name = tag.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/').trim();
    name.eq_ignore_ascii_case("br")
}

/// Ranges of the `<!-- ... -->` in raw HTML.
pub fn comments(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = memmem::find(&text.as_bytes()[at..], b"<!--").map(|found| at + found) {
        let Some(len) = memmem::find(&text.as_bytes()[start..], b"-->") else { break };
        at = start + len + 3;
        found.push(start..at);
    }
    found
}

/// An image written as a tag.
pub struct Image {
    pub tag: Range<usize>,
    pub target: String,
    /// Where the alternative text is, when the attribute is there.
    pub alt: Option<Range<usize>>,
}

/// Names of tags that show an image.
const IMAGE_TAGS: &[&str] =
    &["<img", "<Img", "<IMG", "<Image", "{{< figure", "{{< img", "{{<figure"];

/// The image that `tag` (a whole tag) shows.
pub fn image(tag: &str) -> Option<Image> {
    let name = IMAGE_TAGS.iter().find(|name| tag.starts_with(**name))?;
    let ends_name = tag[name.len()..].starts_with([' ', '\t', '\r', '\n', '/', '>']);
    if !ends_name {
        return None;
    }
    let mut image = Image { tag: 0..tag.len(), target: String::new(), alt: None };
    for (key, value) in attributes(tag, name.len()) {
        if key.eq_ignore_ascii_case("src") {
            image.target = tag[value].to_owned();
        } else if key.eq_ignore_ascii_case("alt") {
            image.alt = Some(value);
        }
    }
    Some(image)
}

/// Every `<img>` of raw HTML that is not in a comment.
pub fn images(text: &str) -> Vec<Image> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = memchr::memchr(b'<', &text.as_bytes()[at..]).map(|found| at + found) {
        let rest = &text[start..];
        if rest.starts_with("<!--") {
            let Some(len) = memmem::find(rest.as_bytes(), b"-->") else { break };
            at = start + len;
            continue;
        }
        at = start + 1;
        if !rest.as_bytes()[1..].starts_with(b"i") && !rest.as_bytes()[1..].starts_with(b"I") {
            continue;
        }
        let Some(len) = html_tag_len(rest) else { continue };
        if let Some(mut image) = image(&rest[..len]) {
            at = start + len;
            image.tag = start..at;
            image.alt = image.alt.map(|alt| alt.start + start..alt.end + start);
            found.push(image);
        }
    }
    found
}

/// Length of a tag up to its `>`, quoted values and those in braces skipped.
pub fn html_tag_len(text: &str) -> Option<usize> {
    let bytes = &text.as_bytes()[..text.len().min(MAX_TAG_LEN)];
    let mut braces = 0_usize;
    let mut at = 1;
    loop {
        match bytes.get(at)? {
            b'{' if braces > 0 || bytes[at - 1] == b'=' => braces += 1,
            b'}' => braces = braces.saturating_sub(1),
            b'>' if braces == 0 => return Some(at + 1),
            quote @ (b'"' | b'\'') => at += 1 + memchr::memchr(*quote, &bytes[at + 1..])?,
            _ => {}
        }
        at += 1;
    }
}

/// `name="value"`, `name='value'`, `name=value` and `name` from byte `at` on.
fn attributes(tag: &str, mut at: usize) -> Vec<(&str, Range<usize>)> {
    let bytes = tag.as_bytes();
    let mut found = Vec::new();
    let blank = |byte: u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
    let run = |at: usize, stop: &dyn Fn(u8) -> bool| {
        at + bytes[at..].iter().take_while(|byte| !stop(**byte)).count()
    };
    loop {
        at = run(at, &|byte| !blank(byte) && byte != b'/');
        let name_end = run(at, &|byte| blank(byte) || matches!(byte, b'=' | b'/' | b'>'));
        if name_end == at {
            return found;
        }
        let name = &tag[at..name_end];
        at = run(name_end, &|byte| !blank(byte));
        if bytes.get(at) != Some(&b'=') {
            found.push((name, name_end..name_end));
            continue;
        }
        at = run(at + 1, &|byte| !blank(byte));
        let value = match bytes.get(at) {
            Some(&quote @ (b'"' | b'\'')) => at + 1..run(at + 1, &|byte| byte == quote),
            _ => at..run(at, &|byte| blank(byte) || byte == b'>'),
        };
        at = (value.end + usize::from(value.start > 0 && bytes[value.start - 1] != b'='))
            .min(bytes.len());
        found.push((name, value));
    }
}
