//! A long text is read part by part, so that the Markdown parser never holds all of it.
//!
//! The parser builds a node of 56 bytes for every few bytes of its text. A part ends where a block
//! that is in no other begins behind a blank line; the parser itself says where that is. What a part
//! cannot know is what other parts define: [`Labels`] carries that from one to the next.

use super::tags::Hidden;
use crate::syntax::Definition;
use foldhash::{HashMap, HashSet};
use memchr::memmem;
use pulldown_cmark::CowStr;
use std::borrow::Cow;
use std::ops::Range;

/// Bytes of source the parser gets at a time; more where one block is longer.
pub const PART_LEN: usize = 1 << 20;

/// Bytes of the longest label: 999 characters of four bytes.
const MAX_LABEL_LEN: usize = 4000;

/// What stands between the definitions that are put before a part and the part: it ends them, and
/// nothing behind it belongs to it.
const PREFIX_END: &str = "***\n";

/// What the Markdown parser is given: source with its tags covered, and before it footnotes that
/// other parts define.
pub struct Part<'a> {
    pub text: Cow<'a, str>,
    /// Bytes of `text` before the source begins.
    pub prefix: usize,
    /// Where in the source it stands.
    pub range: Range<usize>,
    pub labels: &'a Labels,
}

impl<'a> Part<'a> {
    pub fn new(source: &'a str, range: Range<usize>, hidden: &Hidden, labels: &'a Labels) -> Self {
        let written = &source[range.clone()];
        let prefix = labels.footnotes_for(written);
        let covered = hidden.cover(source, range.clone());
        let prefix_len = prefix.len();
        let text = match covered {
            None if prefix.is_empty() => Cow::Borrowed(written),
            None => Cow::Owned(prefix + written),
            Some(covered) if prefix.is_empty() => Cow::Owned(covered),
            Some(covered) => Cow::Owned(prefix + &covered),
        };
        Self { text, prefix: prefix_len, range, labels }
    }

    /// The text at a range of the source.
    pub fn slice(&self, range: Range<usize>) -> &str {
        &self.text[self.within(range.start)..self.within(range.end)]
    }

    /// The text at a range of the source, if there is such a range.
    pub fn get(&self, range: Range<usize>) -> Option<&str> {
        self.text.get(self.within(range.start)..self.within(range.end))
    }

    fn within(&self, at: usize) -> usize {
        at - self.range.start + self.prefix
    }

    /// A range of the text, in the source.
    pub fn place(&self, range: Range<usize>) -> Range<usize> {
        let shift = |at: usize| at.saturating_sub(self.prefix) + self.range.start;
        shift(range.start)..shift(range.end)
    }

    /// Where in the source `text` stands, if it is a slice of this part.
    pub fn range_of(&self, text: &CowStr<'_>) -> Option<Range<usize>> {
        let CowStr::Borrowed(slice) = text else { return None };
        let start = (slice.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize)?;
        let end = start + slice.len();
        (start >= self.prefix && end <= self.text.len()).then(|| self.place(start..end))
    }
}

/// What is defined in the parts so far, and what was looked for before it was. Labels are folded as
/// references do.
///
/// Definitions stand mostly behind what refers to them. Line starts that look like one are taken for
/// one until the end; where that was wrong, all is read once more, with everything known.
#[derive(Default)]
pub struct Labels {
    links: HashMap<String, String>,
    footnotes: HashSet<String>,
    expected: Expected,
    /// What was looked for and not defined by then.
    wanted: Expected,
}

#[derive(Default)]
struct Expected {
    links: HashSet<String>,
    footnotes: HashSet<String>,
}

impl Labels {
    pub fn new(source: &str) -> Self {
        Self { expected: Expected::find(source), ..Self::default() }
    }

    /// Whether a link label that the part itself does not define is defined elsewhere.
    pub fn has_link(&self, folded: &str) -> bool {
        self.links.contains_key(folded) || self.expected.links.contains(folded)
    }

    /// The target that a link label has by a part that was read.
    pub fn target(&self, label: &str) -> Option<&str> {
        if self.links.is_empty() {
            return None;
        }
        self.links.get(&*folded(label)).map(String::as_str)
    }

    /// The part at `source` is read: keep what it defines, and the links it looked for elsewhere.
    pub fn add<'d>(
        &mut self,
        source: &str,
        defined: impl Iterator<Item = &'d Definition>,
        wanted: Vec<String>,
    ) {
        for own in defined {
            if own.footnote {
                put(&mut self.footnotes, folded(&own.label));
            } else {
                let label = folded(&own.label).into_owned();
                self.links.entry(label).or_insert_with(|| own.target.clone());
            }
        }
        self.wanted
            .links
            .extend(wanted.into_iter().filter(|label| !self.links.contains_key(label)));
        for label in footnote_labels(source).map(folded) {
            if !self.footnotes.contains(&*label) {
                put(&mut self.wanted.footnotes, label);
            }
        }
    }

    /// Whether all is as it was expected; expects what is defined from now on.
    pub fn settle(&mut self) -> bool {
        let Expected { links, footnotes } = std::mem::take(&mut self.expected);
        let wanted = std::mem::take(&mut self.wanted);
        wanted.links.iter().all(|own| links.contains(own) == self.links.contains_key(own))
            && wanted
                .footnotes
                .iter()
                .all(|own| footnotes.contains(own) == self.footnotes.contains(own))
    }

    /// Definitions of the footnotes that `source` may refer to and other parts define.
    fn footnotes_for(&self, source: &str) -> String {
        let mut prefix = String::new();
        if self.footnotes.is_empty() && self.expected.footnotes.is_empty() {
            return prefix;
        }
        let mut written = HashSet::default();
        for label in footnote_labels(source) {
            let folded = folded(label);
            let is_one =
                self.footnotes.contains(&*folded) || self.expected.footnotes.contains(&*folded);
            if is_one && written.insert(folded) {
                prefix.extend(["[^", &one_line(label), "]: x\n"]);
            }
        }
        if !prefix.is_empty() {
            prefix += PREFIX_END;
        }
        prefix
    }
}

impl Expected {
    /// Labels of the line starts that look like definitions.
    fn find(source: &str) -> Self {
        let mut found = Self::default();
        let bytes = source.as_bytes();
        let later = memmem::find_iter(bytes, b"\n[").map(|at| at + 1);
        for at in std::iter::once(0).chain(later) {
            let line = &bytes[at..];
            let Some(len) = memchr::memchr2(b']', b'\n', line) else { continue };
            match line[..len].strip_prefix(b"[") {
                Some([b'^', ..]) if line[len..].starts_with(b"]:") => {
                    put(&mut found.footnotes, folded(&source[at + 2..at + len]));
                }
                Some(_) if line[len..].starts_with(b"]:") => {
                    put(&mut found.links, folded(&source[at + 1..at + len]));
                }
                _ => {}
            }
        }
        found
    }
}

/// Two labels are the same when they differ in case and blanks alone.
// CommonMark 0.31.2, 4.7: "Unicode case fold"; both ways, so that `ß` and `SS` meet.
pub fn folded(label: &str) -> Cow<'_, str> {
    if label.bytes().all(|byte| byte.is_ascii_graphic() && !byte.is_ascii_uppercase()) {
        return Cow::Borrowed(label);
    }
    Cow::Owned(one_line(label).to_uppercase().to_lowercase())
}

fn put(labels: &mut HashSet<String>, label: Cow<'_, str>) {
    if !labels.contains(&*label) {
        labels.insert(label.into_owned());
    }
}

fn one_line(label: &str) -> String {
    label.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands in `[^...]`.
fn footnote_labels(text: &str) -> impl Iterator<Item = &str> {
    memmem::find_iter(text.as_bytes(), b"[^").filter_map(move |at| {
        let rest = &text[at + 2..];
        let window = &rest.as_bytes()[..rest.len().min(MAX_LABEL_LEN)];
        let mut len = 0;
        loop {
            match window.get(len)? {
                b']' => break,
                b'[' => return None,
                b'\\' => len += 2,
                _ => len += 1,
            }
        }
        (len > 0).then(|| &rest[..len])
    })
}

/// Where the part that begins at `start` may end: a line start about `len` bytes on, in no tag.
pub fn part_end(source: &str, start: usize, len: usize, hidden: &Hidden) -> usize {
    let mut at = start.saturating_add(len);
    loop {
        if at >= source.len() {
            return source.len();
        }
        let Some(found) = memchr::memchr(b'\n', &source.as_bytes()[at..]) else {
            return source.len();
        };
        at += found + 1;
        match hidden.end_of_tag_around(at) {
            Some(end) => at = end,
            None => return at,
        }
    }
}

/// Whether `at` is a line start behind a blank line: no paragraph, quote or list goes on there
/// unless it is indented, and the parser says that a block begins there.
pub fn is_behind_blank_line(source: &str, at: usize) -> bool {
    let before = &source.as_bytes()[..at];
    before.ends_with(b"\n\n") || before.ends_with(b"\n\r\n")
}

#[cfg(test)]
mod tests {
    use crate::syntax::markdown::parse_in_parts;

    /// Texts that refer from everywhere to everywhere, and blocks that run on.
    const ACROSS_PARTS: &str = "\
See [one], [two][], [three][b] and ![four][B]. Not [five]. Said.[^n] And[^m] [^none].

[b]: http://first.example

- a [one]

  b

- c
***
Text {{ tag }} and <Tip a=\"{{ x\ny }}\">.

<!-- a

# comment -->

    code at the start

[^n]: Note with [two].

    Second.

[b]: http://second.example
[one]: http://one.example
[TWO]: http://two.example 'T'

> quote [b]
lazy

| a | b |
|---|---|
| [one] | c[^N] |

{{< figure src=\"a.png\" >}}

[^m]: Late.
<div>

*html* [b]

</div>

<ul><li>a [one]
<li>b</ul>

!!! note
    c [one]

    d

:::tip

e
:::

import x from 'y'

```
[one]: http://code.example

[^none]: code
";

    #[test]
    fn parts_read_like_the_whole() {
        let same_in_parts = |text: &str, len: usize| {
            assert_eq!(parse_in_parts(text, len), parse_in_parts(text, usize::MAX), "{text:?}");
        };
        for end in (0..=ACROSS_PARTS.len()).filter(|end| ACROSS_PARTS.is_char_boundary(*end)) {
            let text = &ACROSS_PARTS[..end];
            [1, 40, 200].iter().for_each(|len| same_in_parts(text, *len));
            same_in_parts(&text.replace('\n', "\r\n"), 40);
        }
        let paragraphs: Vec<_> = ACROSS_PARTS.split("\n\n").collect();
        for turn in 0..paragraphs.len() {
            let turned = [&paragraphs[turn..], &paragraphs[..turn]].concat().join("\n\n");
            [1, 100].iter().for_each(|len| same_in_parts(&turned, *len));
        }
    }
}
