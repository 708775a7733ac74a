//! What readers read in a block of raw HTML, which `CommonMark` leaves as it is written.

use super::tags;
use crate::syntax::BlockKind;
use memchr::memmem;
use std::ops::Range;

/// A block of what a browser shows, or tags around it. Ranges are those of the raw text.
pub struct Piece {
    /// Lists are counted from 0, and 1 is the depth of the outermost one here.
    pub kind: BlockKind,
    /// With the tags that make it a block of its own.
    pub range: Range<usize>,
    pub quoted: bool,
    /// The list item it belongs to, counted from 0.
    pub item: Option<u32>,
    /// Nothing for tags, which are shown as they are written.
    pub parts: Vec<Part>,
}

/// Something in a line of text.
pub enum Part {
    /// As written.
    Words(Range<usize>),
    /// A line break with the blanks around it.
    Blank(Range<usize>),
    /// What is written as `&amp;`.
    Char(char, Range<usize>),
    Tag(Range<usize>),
    Comment(Range<usize>),
}

/// The pieces of raw HTML in order; nothing when there are no words in it.
pub fn pieces(text: &str) -> Option<Vec<Piece>> {
    let mut splitter = Splitter { text, ..Splitter::default() };
    splitter.read();
    splitter.has_words.then_some(splitter.pieces)
}

/// Elements without text for readers: code, pictures, controls, and the title of what is folded.
const UNREAD: &[&str] = &[
    "audio", "button", "canvas", "form", "head", "iframe", "math", "nav", "noscript", "object",
    "pre", "script", "select", "style", "summary", "svg", "template", "textarea", "title", "video",
];

/// Elements beside [`LEAVES`] that begin a block. All others, and names that are not known, stand in a line of text.
// HTML Living Standard, 15.3.3 and 15.3.4; CommonMark 0.31.2, 4.6.
#[rustfmt::skip]
const BLOCKS: &[&str] = &[
    "address", "article", "aside", "base", "basefont", "blockquote", "body", "center", "col",
    "colgroup", "details", "dialog", "dir", "div", "dl", "fieldset", "figure", "footer", "frame",
    "frameset", "header", "hgroup", "hr", "html", "link", "main", "menu", "meta", "noframes", "ol",
    "optgroup", "option", "param", "search", "section", "source", "table", "tbody", "tfoot",
    "thead", "tr", "track", "ul",
];

/// Elements that hold one block of text; their tags belong to it.
#[rustfmt::skip]
const LEAVES: &[&str] = &[
    "caption", "dd", "dt", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "legend", "li", "p",
    "td", "th",
];

/// Elements that say nothing that their items and cells do not say.
const QUIET: &[&str] = &["col", "colgroup", "tbody", "tfoot", "thead", "tr"];

/// What is one blank to a browser, however many.
const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];

#[derive(Default)]
struct Splitter<'t> {
    text: &'t str,
    pieces: Vec<Piece>,
    /// Tags that are no text's, since the last text.
    raw: Option<Range<usize>>,
    /// The text that has begun.
    open: Option<Piece>,
    /// Where the first of the tags stands that belong to the text to come.
    tags_start: Option<usize>,
    has_words: bool,
    heading: Option<u8>,
    quotes: usize,
    lists: Vec<List>,
    list_count: u32,
    item_count: u32,
    /// The cell that is open, and whether it is one of the head.
    cell: Option<bool>,
    rows: u32,
    columns: u32,
}

struct List {
    number: u32,
    ordered: bool,
    /// Items so far.
    len: u32,
    /// An item has begun that has no text yet.
    pending: bool,
    /// The item that has begun and has one.
    item: Option<u32>,
}

impl Splitter<'_> {
    fn read(&mut self) {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let next = memchr::memchr(b'<', &bytes[at..]).map_or(bytes.len(), |found| at + found);
            self.words(at..next);
            at = next;
            if at < bytes.len() {
                at = self.markup(at);
            }
        }
        self.end_text(None);
        self.end_raw();
    }

    /// What begins with `<` at `at`; gives its end.
    fn markup(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        if rest.starts_with("<!--") {
            let len = memmem::find(&rest.as_bytes()[4..], b"-->").map_or(rest.len(), |len| len + 7);
            self.comment(at..at + len);
            return at + len;
        }
        let name_start = 1 + usize::from(rest[1..].starts_with(['/', '!', '?']));
        let name = &rest[name_start..];
        let len = name.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
        let name = name[..len.count()].to_ascii_lowercase();
        let is_tag = rest[1..].starts_with(['!', '?'])
            || name.starts_with(|first: char| first.is_ascii_alphabetic());
        let Some(len) = tags::html_tag_len(rest).filter(|_| is_tag) else {
            self.words(at..at + 1);
            return at + 1;
        };
        let closes = rest[1..].starts_with('/');
        let mut tag = at..at + len;
        if rest[1..].starts_with(['!', '?']) {
            self.raw(tag.clone());
        } else if !closes && UNREAD.contains(&&*name) && !rest[..len].ends_with("/>") {
            tag.end = at + self.end_of(&name, rest, len);
            self.raw(tag.clone());
        } else if BLOCKS.contains(&&*name) || LEAVES.contains(&&*name) {
            self.block(&name, closes, tag.clone());
        } else {
            self.text_at(at).parts.push(Part::Tag(tag.clone()));
        }
        tag.end
    }

    /// Where the element `name` ends whose tag is `rest[..len]`.
    fn end_of(&self, name: &str, rest: &str, len: usize) -> usize {
        let mut at = len;
        while let Some(found) = memmem::find(&rest.as_bytes()[at..], b"</") {
            let start = at + found;
            at = start + 2;
            if rest.get(at..at + name.len()).is_some_and(|own| own.eq_ignore_ascii_case(name)) {
                let close = memchr::memchr(b'>', &rest.as_bytes()[at..]);
                return close.map_or(rest.len(), |close| at + close + 1);
            }
        }
        rest.len()
    }

    fn comment(&mut self, range: Range<usize>) {
        if let Some(open) = self.open.as_mut().filter(|open| !open.parts.is_empty()) {
            open.parts.push(Part::Comment(range));
            return;
        }
        // It stands alone, so that it can be about what is behind it.
        self.end_text(None);
        self.end_raw();
        self.raw(range);
        self.end_raw();
    }

    fn raw(&mut self, range: Range<usize>) {
        self.end_text(None);
        let start = self.raw.as_ref().map_or(range.start, |raw| raw.start);
        self.raw = Some(start..range.end);
        self.tags_start = None;
    }

    fn end_raw(&mut self) {
        if let Some(range) = self.raw.take() {
            let (quoted, parts) = (self.quotes > 0, Vec::new());
            self.pieces.push(Piece { kind: BlockKind::Html, range, quoted, item: None, parts });
        }
    }

    /// A tag that ends the text before it.
    fn block(&mut self, name: &str, closes: bool, tag: Range<usize>) {
        let is_leaf = LEAVES.contains(&name);
        self.end_text((closes && is_leaf).then_some(tag.end));
        let is_list = matches!(name, "ul" | "ol" | "menu" | "dir" | "dl" | "table");
        let in_rows = !self.lists.is_empty() || self.rows > 0;
        if !is_leaf && !QUIET.contains(&name) && !(is_list && (closes || in_rows)) {
            self.raw(tag.clone());
        } else if is_leaf && !closes {
            self.tags_start.get_or_insert(tag.start);
        }
        match (name, closes) {
            ("ul" | "ol" | "menu" | "dir", false) => self.begin_list(name == "ol"),
            ("ul" | "ol" | "menu" | "dir", true) => drop(self.lists.pop()),
            ("li", _) => self.item(closes),
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", _) => {
                self.heading = (!closes).then(|| name.as_bytes()[1] - b'0');
            }
            ("blockquote", false) => self.quotes += 1,
            ("blockquote", true) => self.quotes = self.quotes.saturating_sub(1),
            ("table", _) => (self.rows, self.columns, self.cell) = (0, 0, None),
            ("tr", false) => (self.rows, self.columns) = (self.rows + 1, 0),
            ("td" | "th", false) => {
                self.rows = self.rows.max(1);
                self.columns += 1;
                self.cell = Some(name == "th" && self.rows == 1);
            }
            ("td" | "th", true) => self.cell = None,
            _ => {}
        }
    }

    fn begin_list(&mut self, ordered: bool) {
        let number = self.list_count;
        self.lists.push(List { number, ordered, len: 0, pending: false, item: None });
        self.list_count += 1;
    }

    fn item(&mut self, closes: bool) {
        if self.lists.is_empty() {
            self.begin_list(false);
        }
        let Some(list) = self.lists.last_mut() else { return };
        list.pending = !closes;
        list.item = None;
        list.len += u32::from(!closes);
    }

    /// The text that goes on at `at`, or begins there.
    fn text_at(&mut self, at: usize) -> &mut Piece {
        let start = self.tags_start.unwrap_or(at);
        let quoted = self.quotes > 0;
        self.open.get_or_insert_with(|| Piece {
            kind: BlockKind::Paragraph,
            range: start..at,
            quoted,
            item: None,
            parts: Vec::new(),
        })
    }

    fn words(&mut self, range: Range<usize>) {
        let text = self.text;
        let mut at = range.start;
        while at < range.end {
            let rest = &text[at..range.end];
            let stop = memchr::memchr2(b'\n', b'&', rest.as_bytes()).unwrap_or(rest.len());
            let is_break = rest[stop..].starts_with('\n');
            let words = &rest[..stop];
            let words = if is_break { words.trim_end_matches(BLANKS) } else { words };
            self.plain(at..at + words.len());
            at += words.len();
            if is_break {
                let rest = &text[at..range.end];
                let len = rest.len() - rest.trim_start_matches(BLANKS).len();
                self.blank(at..at + len);
                at += len;
            } else if at < range.end {
                let (char, len) = entity(&text[at..range.end]).unwrap_or(('&', 1));
                self.char(char, at..at + len);
                at += len;
            }
        }
    }

    fn plain(&mut self, range: Range<usize>) {
        let words = &self.text[range.clone()];
        let has_words = words.contains(|c: char| !c.is_whitespace());
        let is_first = self.open.as_ref().is_none_or(|open| open.parts.is_empty());
        let start = range.end - if is_first { words.trim_start().len() } else { words.len() };
        if start < range.end && (has_words || !is_first) {
            self.has_words |= words.contains(char::is_alphanumeric);
            self.text_at(start).parts.push(Part::Words(start..range.end));
        }
    }

    fn char(&mut self, char: char, range: Range<usize>) {
        let is_first = self.open.as_ref().is_none_or(|open| open.parts.is_empty());
        if !(is_first && char.is_whitespace()) {
            self.has_words |= char.is_alphanumeric();
            self.text_at(range.start).parts.push(Part::Char(char, range));
        }
    }

    fn blank(&mut self, range: Range<usize>) {
        if let Some(open) = self.open.as_mut().filter(|open| !open.parts.is_empty()) {
            open.parts.push(Part::Blank(range));
        }
    }

    /// The text that is open ends here; `tag_end` is where the tag ends that closes it.
    fn end_text(&mut self, tag_end: Option<usize>) {
        let Some(mut piece) = self.open.take() else { return };
        while let Some(last) = piece.parts.last_mut() {
            match last {
                Part::Words(range) => {
                    range.end = range.start + self.text[range.clone()].trim_end().len();
                    if range.start < range.end {
                        break;
                    }
                    piece.parts.pop();
                }
                Part::Blank(_) => drop(piece.parts.pop()),
                Part::Char(..) | Part::Tag(_) | Part::Comment(_) => break,
            }
        }
        let Some(last) = piece.parts.last() else { return };
        piece.range.end = tag_end.unwrap_or(last.range().end);
        let shows = |part: &Part| match part {
            Part::Words(_) => true,
            Part::Char(char, _) => !char.is_whitespace(),
            Part::Tag(tag) => tags::image(&self.text[tag.clone()]).is_some(),
            Part::Blank(_) | Part::Comment(_) => false,
        };
        if !piece.parts.iter().any(shows) {
            return self.raw(piece.range);
        }
        self.end_raw();
        self.tags_start = None;
        self.place(&mut piece);
        self.pieces.push(piece);
    }

    /// What the text is by the elements around it.
    fn place(&mut self, piece: &mut Piece) {
        let depth = u8::try_from(self.lists.len()).unwrap_or(u8::MAX);
        if let Some(level) = self.heading {
            piece.kind = BlockKind::Heading { level, bare: false };
        } else if let Some(list) = self.lists.last_mut().filter(|list| list.pending) {
            list.pending = false;
            list.item = Some(self.item_count);
            self.item_count += 1;
            let number = list.ordered.then_some(list.len);
            piece.kind = BlockKind::Item { number, task: None, depth, list: list.number };
        } else if let Some(header) = self.cell {
            let (row, column) = (self.rows.saturating_sub(1), self.columns.saturating_sub(1));
            piece.kind = BlockKind::TableCell { header, row, column };
        }
        // People nest few lists; what has thousands is not looked through for each text.
        piece.item = self.lists.iter().rev().take(8).find_map(|list| list.item);
    }
}

impl Part {
    fn range(&self) -> &Range<usize> {
        match self {
            Part::Words(range)
            | Part::Blank(range)
            | Part::Char(_, range)
            | Part::Tag(range)
            | Part::Comment(range) => range,
        }
    }
}

/// The character that `&name;` at the start of a text stands for, and its length.
fn entity(text: &str) -> Option<(char, usize)> {
    // HTML Living Standard, 13.5; those that are met in running text.
    const NAMES: &[(&str, char)] = &[
        ("amp", '&'),
        ("apos", '\''),
        ("auml", 'ä'),
        ("deg", '°'),
        ("eacute", 'é'),
        ("frac12", '½'),
        ("frac14", '¼'),
        ("ge", '≥'),
        ("gt", '>'),
        ("hellip", '…'),
        ("ldquo", '“'),
        ("le", '≤'),
        ("lsquo", '‘'),
        ("lt", '<'),
        ("mdash", '—'),
        ("middot", '·'),
        ("minus", '−'),
        ("nbsp", '\u{a0}'),
        ("ndash", '–'),
        ("ouml", 'ö'),
        ("percnt", '%'),
        ("plusmn", '±'),
        ("quot", '"'),
        ("rdquo", '”'),
        ("rsquo", '’'),
        ("times", '×'),
        ("uuml", 'ü'),
    ];
    const LONGEST: usize = 10;
    let window = &text.as_bytes()[..text.len().min(LONGEST)];
    let end = memchr::memchr(b';', window)?;
    let name = &text[1..end];
    let char = match name.strip_prefix('#') {
        Some(number) => {
            let hex = number.strip_prefix(['x', 'X']);
            let code = match hex {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?).filter(|char| *char != '\0')?
        }
        None => NAMES.iter().find(|(own, _)| *own == name)?.1,
    };
    Some((char, end + 1))
}
