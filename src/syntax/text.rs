//! Plain-text drafts: articles as authors paste them.
//!
//! Nothing here is markup, so blocks are told by shape: blank lines, bullets and numbers, short
//! lines that stand alone. A draft becomes the same [`Prose`] as Markdown. Lettered items (`a)`,
//! `(b)`, `C.`) keep their letter in the text, as they do in a Markdown paragraph; bullets and
//! numbers do not.

use super::markdown::parse_front_matter;
use super::markup;
use super::prose::ProseBuilder;
use super::{Block, BlockKind, Document, ItemId, Prose};
use std::ops::Range;
use std::sync::Arc;

pub fn parse(text: &Arc<String>) -> Document {
    let (mut document, from) = parse_front_matter(text);
    let (text, too_much) = markup::bounded(text, from);
    let mut prose = parse_draft(text, from);
    prose.is_cut = too_much.is_some();
    document.body = Some(prose);
    document.errors.extend(too_much);
    document
}

/// Blocks of `text[from..]`; spans are those of `text`.
fn parse_draft(text: &str, from: usize) -> Prose {
    let source = &text[from..];
    let reader = Reader {
        out: ProseBuilder::new(source, from),
        source,
        lines: lines(source),
        lists: Vec::new(),
        list_count: 0,
        item_count: 0,
        item: None,
        end: 0,
    };
    reader.read()
}

/// Longer lines are no headings.
const MAX_HEADING_CHARS: usize = 90;
const MAX_HEADING_WORDS: usize = 14;

/// Drafts are wrapped at some column up to this one; in a paragraph with a longer line, every line
/// is a paragraph of its own.
const MAX_WRAP_COLUMN: usize = 120;

/// Headings that are headings even with a colon, in small letters.
const SECTIONS: &[&str] = &[
    "answer key",
    "answers",
    "bibliography",
    "contents",
    "disclaimer",
    "further reading",
    "introduction",
    "key points",
    "key takeaways",
    "quiz",
    "quiz questions",
    "references",
    "resources",
    "self-check",
    "sources",
    "summary",
    "take-home messages",
    "test yourself",
];

/// A line that is not blank.
struct Line {
    /// Without the blanks around it.
    text: Range<usize>,
    /// Columns before the text.
    indent: usize,
    /// Characters.
    width: usize,
    /// A blank line, or nothing, is before it.
    first: bool,
    /// A blank line, or nothing, comes after it.
    last: bool,
    /// Widest line of its group of lines.
    group_width: usize,
}

/// Lines that say something.
fn lines(source: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut group = 0;
    let mut at = 0;
    let end_group = |lines: &mut [Line]| {
        let group_width = lines.iter().map(|line| line.width).max().unwrap_or_default();
        for line in lines.iter_mut() {
            line.group_width = group_width;
        }
        if let Some(last) = lines.last_mut() {
            last.last = true;
        }
    };
    while at < source.len() {
        let rest = &source[at..];
        let len = memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
        let line = &rest[..len];
        let text = line.trim();
        if text.is_empty() {
            // The line feed of a CRLF is no blank line.
            let after_return =
                at > 0 && source.as_bytes()[at - 1] == b'\r' && rest.starts_with('\n');
            if !after_return {
                end_group(&mut lines[group..]);
                group = lines.len();
            }
        } else {
            let before = line.len() - line.trim_start().len();
            let indent = line[..before].chars().map(|char| if char == '\t' { 4 } else { 1 }).sum();
            lines.push(Line {
                text: at + before..at + before + text.len(),
                indent,
                width: text.chars().count(),
                first: lines.len() == group,
                last: false,
                group_width: 0,
            });
        }
        at += len + 1;
    }
    end_group(&mut lines[group..]);
    lines
}

/// What stands at the start of a list item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Marker {
    Bullet(char),
    Number(u32),
    /// Offset from `a`.
    Letter(u8),
}

impl Marker {
    /// Whether an item with this marker can follow one with `before` in a list.
    fn follows(self, before: Marker) -> bool {
        match (before, self) {
            (Marker::Bullet(a), Marker::Bullet(b)) => a == b,
            (Marker::Number(a), Marker::Number(b)) => a.checked_add(1) == Some(b),
            (Marker::Letter(a), Marker::Letter(b)) => a + 1 == b,
            _ => false,
        }
    }

    fn same_kind(self, other: Marker) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }
}

/// The marker `line` starts with, and its length with the blanks after it.
fn marker(line: &str) -> Option<(Marker, usize)> {
    let first = line.chars().next()?;
    let rest = &line[first.len_utf8()..];
    let blanks = |rest: &str| rest.len() - rest.trim_start().len();
    match first {
        '•' | '◦' | '▪' | '▫' | '‣' | '●' | '○' | '■' | '·' | '⁃' | '∙' | '✓' | '✔' => {
            Some((Marker::Bullet(first), first.len_utf8() + blanks(rest)))
        }
        '-' | '*' | '–' | '—' | '+' if blanks(rest) > 0 => {
            Some((Marker::Bullet(first), first.len_utf8() + blanks(rest)))
        }
        // The right option in the files of programs that make tests: `*b) psoas`.
        '*' => marker(rest)
            .filter(|(own, _)| matches!(own, Marker::Letter(_)))
            .map(|(own, len)| (own, len + 1)),
        '(' => {
            let (inner, after) = rest.split_once(')')?;
            let marker = ordinal(inner)?;
            let len = 1 + inner.len() + 1 + blanks(after);
            (blanks(after) > 0).then_some((marker, len))
        }
        _ => {
            let end =
                line.as_bytes().iter().take(4).position(|byte| matches!(byte, b'.' | b')'))?;
            let marker = ordinal(&line[..end])?;
            let blanks = blanks(&line[end + 1..]);
            (blanks > 0).then_some((marker, end + 1 + blanks))
        }
    }
}

/// `12`, `a` or `B`.
fn ordinal(text: &str) -> Option<Marker> {
    match text.as_bytes() {
        [letter] if letter.is_ascii_alphabetic() => {
            Some(Marker::Letter(letter.to_ascii_lowercase() - b'a'))
        }
        digits if (1..=3).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit) => {
            text.parse().ok().map(Marker::Number)
        }
        _ => None,
    }
}

/// A list that the next item may go on with.
struct OpenList {
    number: u32,
    indent: usize,
    last: Marker,
}

struct Reader<'s> {
    out: ProseBuilder<'s>,
    source: &'s str,
    lines: Vec<Line>,
    lists: Vec<OpenList>,
    list_count: u32,
    item_count: u32,
    /// The last item and the column its text is indented to at least.
    item: Option<(ItemId, usize)>,
    /// End of the open block so far.
    end: usize,
}

impl Reader<'_> {
    fn read(mut self) -> Prose {
        let lines = std::mem::take(&mut self.lines);
        for (index, line) in lines.iter().enumerate() {
            self.line(&lines, index, line);
        }
        self.close();
        self.out.finish()
    }

    fn text(&self, line: &Line) -> &str {
        &self.source[line.text.clone()]
    }

    fn line(&mut self, lines: &[Line], index: usize, line: &Line) {
        if let Some(level) = underline(self.text(line)) {
            self.underline(lines, index, level);
        } else if let Some((level, mark)) = hashes(self.text(line)) {
            let text = line.text.start + mark..line.text.end;
            self.heading(BlockKind::Heading { level, bare: false }, line, text);
        } else if let Some((marker, len)) = self.item_marker(lines, index) {
            self.begin_item(line, marker, len);
        } else if let Some(section) = section_len(self.text(line)) {
            let text = line.text.start..line.text.start + section;
            self.section(line, text);
        } else if self.is_heading(lines, index) {
            let level = if index == 0 { 1 } else { 2 };
            self.heading(BlockKind::Heading { level, bare: true }, line, line.text.clone());
        } else if self.goes_on(lines, index) {
            self.out.replace(" ", self.end..line.text.start);
            self.out.copy(line.text.clone());
            self.end = line.text.end;
        } else {
            self.begin_paragraph(line, line.text.clone());
        }
    }

    // Blocks

    fn open(&mut self, kind: BlockKind, start: usize, item: Option<ItemId>) {
        self.close();
        let span = self.out.span_of(start..start);
        self.out.open_block(Block { kind, text: 0..0, span, quoted: false, item, footnote: None });
    }

    fn close(&mut self) {
        if self.out.block_is_open() {
            self.out.close_block(self.end);
        }
    }

    fn put(&mut self, text: Range<usize>) {
        self.end = text.end;
        self.out.copy(text);
    }

    fn heading(&mut self, kind: BlockKind, line: &Line, text: Range<usize>) {
        self.lists.clear();
        self.item = None;
        self.open(kind, line.text.start, None);
        self.put(text);
        self.end = line.text.end;
        self.close();
    }

    /// `Quiz`, `References:`; what stands behind the colon is a paragraph.
    fn section(&mut self, line: &Line, text: Range<usize>) {
        self.lists.clear();
        self.item = None;
        self.open(BlockKind::Heading { level: 2, bare: true }, line.text.start, None);
        let colon = memchr::memchr(b':', &self.source.as_bytes()[text.end..line.text.end]);
        let name_end = colon.map_or(line.text.end, |at| text.end + at + 1);
        let rest = name_end + blanks(&self.source[name_end..line.text.end])..line.text.end;
        self.put(text);
        self.end = name_end;
        self.close();
        if !rest.is_empty() {
            self.begin_paragraph(line, rest);
        }
    }

    fn begin_paragraph(&mut self, line: &Line, text: Range<usize>) {
        let item = self.item.filter(|(_, column)| line.indent >= *column).map(|(id, _)| id);
        if item.is_none() {
            self.item = None;
        }
        self.open(BlockKind::Paragraph, text.start, item);
        self.put(text);
    }

    fn begin_item(&mut self, line: &Line, marker: Marker, len: usize) {
        let list = self.list_of(line, marker);
        let depth = u8::try_from(self.lists.len()).unwrap_or(u8::MAX);
        let id = ItemId(self.item_count);
        self.item_count += 1;
        self.item = Some((id, line.indent + 2));
        let mut start = line.text.start + len;
        let mut kind = BlockKind::Item { number: None, task: None, depth, list };
        let written = &self.source[start..line.text.end];
        if let BlockKind::Item { number, task, .. } = &mut kind {
            match marker {
                Marker::Number(written) => *number = Some(written),
                Marker::Letter(_) => start = line.text.start,
                Marker::Bullet(_) => {}
            }
            if let Some(done) = task_box(written) {
                *task = Some((done, self.out.span_of(start..start + 3)));
                start += 3 + blanks(&written[3..]);
            }
        }
        self.open(kind, line.text.start, Some(id));
        self.put(start..line.text.end);
    }

    /// The list an item belongs to: an open one it follows, or a new one, inside the open ones when
    /// it is indented or of another kind.
    fn list_of(&mut self, line: &Line, marker: Marker) -> u32 {
        let follows = |list: &OpenList| {
            marker.follows(list.last)
                && (!matches!(marker, Marker::Bullet(_)) || list.indent.abs_diff(line.indent) <= 1)
        };
        if let Some(at) = self.lists.iter().rposition(follows) {
            self.lists.truncate(at + 1);
        } else {
            let outer = |list: &OpenList| {
                line.indent > list.indent + 1
                    || matches!(marker, Marker::Letter(_)) && !marker.same_kind(list.last)
                    || line.indent >= list.indent
                        && matches!(list.last, Marker::Number(_))
                        && matches!(marker, Marker::Bullet(_))
            };
            let kept = self.lists.iter().take_while(|list| outer(list)).count();
            self.lists.truncate(kept.min(MAX_LISTS));
            self.lists.push(OpenList {
                number: self.list_count,
                indent: line.indent,
                last: marker,
            });
            self.list_count += 1;
        }
        let Some(list) = self.lists.last_mut() else { return 0 };
        list.last = marker;
        list.number
    }

    /// A line of `===` or `---`: what is above it is a heading when it is one line.
    fn underline(&mut self, lines: &[Line], index: usize, level: u8) {
        let alone = index > 0 && lines[index - 1].first && !lines[index].first;
        if !alone {
            return self.close();
        }
        self.end = lines[index].text.end;
        if let Some(block) = self.out.last_block()
            && matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading { .. })
        {
            block.kind = BlockKind::Heading { level, bare: false };
        }
        self.close();
    }

    // Shapes

    /// The list marker of a line, unless its place says that it is text.
    fn item_marker(&self, lines: &[Line], index: usize) -> Option<(Marker, usize)> {
        let line = &lines[index];
        let (marker, len) = marker(self.text(line))?;
        let goes_on = self.lists.iter().any(|list| marker.follows(list.last));
        let is_item = goes_on
            || match marker {
                // A dash may stand at the start of a wrapped line.
                Marker::Bullet('–' | '—') => {
                    line.first || line.indent > 0 || self.is_followed(lines, index, marker)
                }
                Marker::Bullet(_) => true,
                Marker::Number(number) => {
                    line.first || number == 1 || self.is_followed(lines, index, marker)
                }
                // `A. Smith` is a name, `a) ... b) ...` is a list.
                Marker::Letter(letter) => letter == 0 && self.is_followed(lines, index, marker),
            };
        is_item.then_some((marker, len))
    }

    /// Whether one of the next lines goes on with the list that `marker` begins.
    fn is_followed(&self, lines: &[Line], index: usize, before: Marker) -> bool {
        const LINES: usize = 6;
        let next = lines[index + 1..].iter().take(LINES);
        next.filter_map(|line| marker(self.text(line))).any(|(marker, _)| marker.follows(before))
    }

    /// Whether a line stands for itself as a heading.
    fn is_heading(&self, lines: &[Line], index: usize) -> bool {
        let line = &lines[index];
        let text = self.text(line);
        if line.indent > 3 || line.width > MAX_HEADING_CHARS || !may_be_heading(text) {
            return false;
        }
        let next = lines.get(index + 1);
        let next_text = next.map(|next| self.text(next));
        if !line.first && !self.breaks_before(lines, index) {
            return false;
        }
        if line.last {
            // Alone between blank lines: the title, a title-case line, or a line over a text.
            let over_text = next_text.is_some_and(|next| !may_be_heading(next));
            return line.first && (index == 0 || over_text || is_title_case(text))
                || !line.first && is_title_case(text) && next.is_some();
        }
        // Directly over a text that would have had room beside it.
        next.is_some_and(|next| {
            breaks_after(line, next, self.text(next))
                && next.width > line.width
                && !may_be_heading(self.text(next))
        })
    }

    /// Whether a line belongs to the block above it.
    fn goes_on(&self, lines: &[Line], index: usize) -> bool {
        let line = &lines[index];
        self.out.block_is_open()
            && !line.first
            && !self.breaks_before(lines, index)
            && !states_answer(self.text(line))
    }

    /// Whether the line break above a line was wanted: the line above ends a sentence (or is over
    /// long), and the first word would have had room there.
    fn breaks_before(&self, lines: &[Line], index: usize) -> bool {
        let line = &lines[index];
        let above = &lines[index - 1];
        if line.group_width > MAX_WRAP_COLUMN {
            return line.indent <= above.indent || self.item.is_none();
        }
        let text = self.text(line);
        let ends = self.text(above).ends_with(['.', '!', '?', ':', '"', '”', ')']);
        numbered_reference(text)
            || ends && line.indent <= above.indent && breaks_after(above, line, text)
    }
}

/// Lists in lists beyond this depth are taken for siblings.
const MAX_LISTS: usize = 16;

/// Whether the first word of `next` would have fitted on `line`.
fn breaks_after(line: &Line, next: &Line, next_text: &str) -> bool {
    const SLACK: usize = 4;
    let word = next_text.split_whitespace().next().map_or(0, |word| word.chars().count());
    let widest = line.group_width.max(next.group_width);
    line.indent + line.width + 1 + word + SLACK <= widest
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// `[x]`, `[ ]`.
fn task_box(text: &str) -> Option<bool> {
    let done = match text.as_bytes() {
        [b'[', b' ', b']', ..] => false,
        [b'[', b'x' | b'X', b']', ..] => true,
        _ => return None,
    };
    let apart = text.len() == 3 || text[3..].starts_with([' ', '\t']);
    apart.then_some(done)
}

/// `[12] Author ...`: one entry of a reference list.
fn numbered_reference(text: &str) -> bool {
    let inner =
        text.strip_prefix('[').and_then(|rest| rest.split_once(']')).map(|(inner, _)| inner);
    inner.is_some_and(|inner| {
        (1..=3).contains(&inner.len()) && inner.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Level of the heading above a line of `===` or `---`.
fn underline(text: &str) -> Option<u8> {
    let all = |byte: u8| text.len() >= 3 && text.bytes().all(|other| other == byte);
    if all(b'=') { Some(1) } else { (all(b'-') || all(b'_') || all(b'*')).then_some(2) }
}

/// Level of a `## Heading` and the length of its mark.
fn hashes(text: &str) -> Option<(u8, usize)> {
    let level = text.bytes().take_while(|byte| *byte == b'#').count();
    let blanks = blanks(&text[level..]);
    let is_heading = (1..=6).contains(&level) && blanks > 0;
    is_heading.then(|| (u8::try_from(level).unwrap_or(6), level + blanks))
}

/// Length of the name of a known section that `text` starts with: the whole line, or what is before
/// a colon.
fn section_len(text: &str) -> Option<usize> {
    let name = text.split(':').next().unwrap_or(text).trim_end();
    let bare = name.trim_matches(['*', '_', ' ']);
    let known = bare.len() <= 20 && SECTIONS.binary_search(&bare.to_lowercase().as_str()).is_ok();
    // `Answers: b, c` under a question is an answer, `Quiz: the back` a title.
    let rest = text[name.len()..].trim_matches([':', ' ']);
    let key = matches!(bare.to_lowercase().as_str(), "answer key" | "references" | "sources");
    (known && (rest.is_empty() || key)).then_some(name.len())
}

/// Whether a line has the look of a heading: short, a capital or number first, no end of a sentence.
fn may_be_heading(text: &str) -> bool {
    let first =
        text.chars().next().is_some_and(|char| char.is_uppercase() || char.is_ascii_digit());
    let ends = text.ends_with(['.', '!', '?', ',', ';', ':', '…', '。', ')', ']', '"', '”'])
        || ends_with_note(text);
    let words = text.split_whitespace().count();
    let byline = ["By ", "Source ", "Photo ", "Updated ", "Published "];
    first
        && !ends
        && words <= MAX_HEADING_WORDS
        && text.chars().count() <= MAX_HEADING_CHARS
        && text.contains(char::is_alphabetic)
        && !text.contains("://")
        && !text.contains('@')
        && !text.starts_with("www.")
        && !byline.iter().any(|start| text.starts_with(start))
        && !states_answer(text)
        && marker(text).is_none()
}

/// "Most people walk.¹", "Most people walk.9": the end of a sentence with the number of a reference.
fn ends_with_note(text: &str) -> bool {
    const MIN_LETTERS: usize = 3;
    let bare = text.trim_end_matches(|char: char| char.is_numeric() || matches!(char, ',' | '⁻'));
    let Some(words) = bare.strip_suffix(['.', '!', '?']) else { return false };
    let word = words.rsplit(' ').next().unwrap_or(words);
    bare.len() < text.len()
        && word.chars().count() >= MIN_LETTERS
        && word.chars().all(char::is_alphabetic)
        && words.contains(' ')
}

/// "Answer: B", "Correct answer: Hip": what is asked above is answered.
fn states_answer(text: &str) -> bool {
    let Some((label, _)) = text.split_once(':') else { return false };
    let label = label.trim_matches(['*', '_']);
    let mut words = label.split_whitespace();
    let is_answer = |word: &str| {
        ["answer", "answers", "ans", "correct", "explanation"]
            .iter()
            .any(|own| word.eq_ignore_ascii_case(own))
    };
    label.starts_with(char::is_uppercase)
        && words.next_back().is_some_and(is_answer)
        && words.count() <= 2
}

/// Whether all longer words begin with a capital.
fn is_title_case(text: &str) -> bool {
    let mut words = text.split_whitespace().filter(|word| word.chars().count() > 4);
    let capital =
        |word: &str| word.chars().find(|char| char.is_alphabetic()).is_none_or(char::is_uppercase);
    words.all(capital)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FilePath, Format, SourceFile};

    /// One line per block: what it is, then its text.
    fn outline(text: &str) -> String {
        let prose = parse_draft(text, 0);
        let mut lines = String::new();
        for block in &prose.blocks {
            let what = match &block.kind {
                BlockKind::Heading { level, bare: true } => format!("bare {level}"),
                BlockKind::Heading { level, bare: false } => format!("heading {level}"),
                BlockKind::Item { number: Some(number), list, .. } => {
                    format!("list {list} item {number}")
                }
                BlockKind::Item { task: Some((done, _)), list, .. } => {
                    format!("list {list} task {done}")
                }
                BlockKind::Item { list, .. } => format!("list {list} item"),
                _ if block.item.is_some() => "  paragraph".to_owned(),
                _ => "paragraph".to_owned(),
            };
            lines += &format!("{what}: {}\n", prose.block_text(block));
        }
        lines
    }

    #[track_caller]
    fn check(text: &str, wanted: &str) {
        let found = outline(text.trim_start_matches('\n'));
        assert_eq!(found, wanted.trim_start_matches('\n'));
    }

    #[test]
    fn title_headings_and_paragraphs() {
        check(
            "
Living with back pain

By Jane Doe

Back pain is common. Most people
get better within weeks.

What helps

Keep moving. See https://example.org/back for more.

References
[1] Doe J. Back pain. 2020.
[2] Roe R. Movement and
rest. 2021.
",
            "
bare 1: Living with back pain
paragraph: By Jane Doe
paragraph: Back pain is common. Most people get better within weeks.
bare 2: What helps
paragraph: Keep moving. See https://example.org/back for more.
bare 2: References
paragraph: [1] Doe J. Back pain. 2020.
paragraph: [2] Roe R. Movement and rest. 2021.
",
        );
    }

    #[test]
    fn every_line_a_paragraph() {
        let long = "This is a long paragraph that was pasted from a word processor, where each of them is one line, however long it may be in the end.";
        let text = format!("A Pasted Title\n{long}\nWhat helps\n{long}\n{long}\n");
        let wanted = format!(
            "bare 1: A Pasted Title\nparagraph: {long}\nbare 2: What helps\nparagraph: {long}\nparagraph: {long}\n"
        );
        check(&text, &wanted);
    }

    #[test]
    fn lists() {
        check(
            "
Do this:
• Sit down
  and relax
• Stand up

1. First
2) Second
   - inner
   - more
3. Third

Text after.
- [x] done
- [ ] open
",
            "
paragraph: Do this:
list 0 item: Sit down and relax
list 0 item: Stand up
list 1 item 1: First
list 1 item 2: Second
list 2 item: inner
list 2 item: more
list 1 item 3: Third
paragraph: Text after.
list 3 task true: done
list 3 task false: open
",
        );
    }

    #[test]
    fn a_quiz_with_its_key() {
        check(
            "
Quiz:

1. What helps back pain?
a) Rest
b) Movement

2. How often? (a) Never (b) Daily (c) Weekly

Answer Key: 1. b 2. b
",
            "
bare 2: Quiz
list 0 item 1: What helps back pain?
list 1 item: a) Rest
list 1 item: b) Movement
list 0 item 2: How often? (a) Never (b) Daily (c) Weekly
bare 2: Answer Key
paragraph: 1. b 2. b
",
        );
    }

    #[test]
    fn names_and_years_are_no_list_markers() {
        check(
            "
A. Smith wrote this in the year
2010. It was read by many in
12. May was when it ended.
",
            "
paragraph: A. Smith wrote this in the year 2010. It was read by many in 12. May was when it ended.
",
        );
    }

    #[test]
    fn a_sentence_with_a_mark_behind_it_is_no_heading() {
        check(
            "
Notes

Injury Affects Bakers.¹

Injury Affects Malmö.9

Release 2.0

Text after.
",
            "
bare 1: Notes
paragraph: Injury Affects Bakers.¹
paragraph: Injury Affects Malmö.9
bare 2: Release 2.0
paragraph: Text after.
",
        );
    }

    #[test]
    fn windows_line_breaks_and_marked_headings() {
        check(
            "# Title\r\n\r\nOne line\r\nand two.\r\n\r\nSection\r\n-------\r\nText.\r\n",
            "heading 1: Title\nparagraph: One line and two.\nheading 2: Section\nparagraph: Text.\n",
        );
    }

    #[test]
    fn every_word_maps_to_its_bytes() {
        let text = "\u{feff}Ein Titel\n\n•  Grüße an\n   alle www.a.org/x.\n";
        let document = parse(&Arc::new(text.to_owned()));
        let prose = document.body.expect("a draft has a body");
        assert_eq!(prose.text, "Ein Titel\nGrüße an alle www.a.org/x.");
        let word = prose.text.find("alle").expect("the word is there");
        assert_eq!(&text[prose.span(word..word + 4).range()], "alle");
        assert_eq!(&text[prose.marks[0].span.range()], "www.a.org/x");
        assert_eq!(&text[prose.blocks[1].span.range()], "•  Grüße an\n   alle www.a.org/x.");
    }

    #[test]
    fn front_matter_that_never_closes_ends_somewhere() {
        for end in ["['\n[", "['\n[\n\nText.\n", "\"\n- ["] {
            let text = format!("---\nd: \ns: {end}");
            let file = SourceFile::new(FilePath::new("a.txt"), text.as_str(), Format::Text);
            let errors = crate::syntax::parse(&file).errors;
            assert!(!errors.is_empty(), "{text}");
            assert!(errors.iter().all(|own| text.get(own.span.range()).is_some()), "{text}");
        }
    }
}
