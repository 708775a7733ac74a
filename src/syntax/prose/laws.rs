//! What holds for the prose of every text, tried on tricky snippets, on mutated mixtures of them,
//! and on real articles.

use super::{BlockKind, MarkKind, Prose};
use crate::source::{FilePath, Format, SourceFile, Span};
use crate::syntax::{Document, markdown, parse, sentences};
use std::ops::Range;
use std::path::Path;

/// Read `text` as a file of `format` and hold the laws against it.
fn read(text: &str, format: Format) -> Document {
    let document = parse(&SourceFile::new(FilePath::new("a"), text, format));
    for comment in &document.comments {
        check_span(*comment, text, "comment");
    }
    for error in &document.errors {
        check_span(error.span, text, "error");
    }
    if let Some(prose) = &document.body {
        check(prose, text);
    }
    document
}

fn check_span(span: Span, text: &str, what: &str) {
    assert!(text.get(span.range()).is_some(), "{what} {span:?} is not a slice of {text:?}");
}

/// Every law.
fn check(prose: &Prose, source: &str) {
    check_map(prose, source);
    check_blocks(prose, source);
    check_marks(prose, source);
    check_words(prose, source);
    for definition in &prose.definitions {
        check_span(definition.span, source, "definition");
    }
    for block in &prose.blocks {
        let sentences = prose.sentences(block);
        check_sentences(&prose.text[..block.text.end], &sentences, block.text.start);
    }
}

/// Pieces ascend in the source; a piece as long as its source is a copy, but for blanks.
fn check_map(prose: &Prose, source: &str) {
    let pieces = prose.map.pieces();
    let ends = pieces.iter().skip(1).map(|piece| piece.decoded).chain([prose.map.decoded_len()]);
    assert_eq!(prose.map.decoded_len() as usize, prose.text.len(), "{source:?}");
    let mut before = 0;
    for (piece, end) in pieces.iter().zip(ends) {
        let written = Span::new(piece.source, piece.source + piece.source_len);
        check_span(written, source, "piece");
        assert!(before <= written.start, "{written:?} goes back in {source:?}");
        before = written.end;
        let text = &prose.text[piece.decoded as usize..end as usize];
        if text.len() == written.len() as usize {
            let blank = |byte: u8| byte.is_ascii_whitespace();
            let same = |(a, b): (u8, u8)| a == b || blank(a) && blank(b);
            let written = &source[written.range()];
            assert!(text.bytes().zip(written.bytes()).all(same), "{text:?} is not {written:?}");
        }
    }
}

fn check_blocks(prose: &Prose, source: &str) {
    let mut at = 0;
    let mut items = 0;
    for (index, block) in prose.blocks.iter().enumerate() {
        check_span(block.span, source, "block");
        assert!(prose.text.get(block.text.clone()).is_some(), "{block:?} in {source:?}");
        assert_eq!(block.text.start, at, "{source:?}");
        let last = index + 1 == prose.blocks.len();
        assert!(last || prose.text.as_bytes()[block.text.end] == b'\n', "{source:?}");
        at = block.text.end + 1;
        if let BlockKind::Item { task, .. } = &block.kind {
            assert_eq!(block.item.map(|item| item.0), Some(items), "{source:?}");
            items += 1;
            if let Some((_, task)) = task {
                check_span(*task, source, "task box");
                assert_eq!(task.len(), 3, "{source:?}");
            }
        }
        assert!(block.item.is_none_or(|item| item.0 < items), "{source:?}");
        assert!(
            block.footnote.is_none_or(|at| prose.definitions[at as usize].footnote),
            "{source:?}"
        );
    }
    assert_eq!(prose.text.len(), at.saturating_sub(1), "{source:?}");
}

/// Marks are sorted, nest, and lie in one block each.
fn check_marks(prose: &Prose, source: &str) {
    let mut open: Vec<&super::Mark> = Vec::new();
    for pair in prose.marks.windows(2) {
        assert!(pair[0].text.start <= pair[1].text.start, "{pair:?} in {source:?}");
        assert!(pair[0].span.start <= pair[1].span.start, "{pair:?} in {source:?}");
    }
    for mark in &prose.marks {
        check_span(mark.span, source, "mark");
        assert!(!mark.span.is_empty(), "{mark:?} in {source:?}");
        assert!(prose.text.get(mark.text.clone()).is_some(), "{mark:?} in {source:?}");
        while open.pop_if(|outer| outer.text.end <= mark.text.start).is_some() {}
        if let Some(outer) = open.last() {
            assert!(mark.text.end <= outer.text.end, "{outer:?} {mark:?} in {source:?}");
        }
        let block = prose.blocks.partition_point(|block| block.text.end < mark.text.start);
        let block = &prose.blocks[block];
        assert!(mark.text.end <= block.text.end, "{mark:?} {block:?} in {source:?}");
        assert!(
            prose.marks_in(mark.text.clone()).any(|found| found == mark),
            "{mark:?} is not found in {source:?}"
        );
        open.push(mark);
    }
}

/// Words are found where they are said to be.
fn check_words(prose: &Prose, source: &str) {
    for block in &prose.blocks {
        let text = prose.block_text(block);
        for word in text.split_whitespace() {
            let start = block.text.start + (word.as_ptr() as usize - text.as_ptr() as usize);
            let span = prose.span(start..start + word.len());
            check_span(span, source, "word");
            let written = &source[span.range()];
            if written.len() == word.len() {
                assert_eq!(written, word, "{source:?}");
            }
            let outside = block.span.contains(span) || word.is_empty();
            assert!(outside, "{word:?} at {span:?} lies outside {block:?} in {source:?}");
        }
    }
}

/// Sentences of `text[from..]` are ordered, apart and trimmed, and only blanks are between them.
fn check_sentences(text: &str, sentences: &[Range<usize>], from: usize) {
    let mut at = from;
    for sentence in sentences {
        let between = text.get(at..sentence.start).expect("sentences are ordered");
        assert!(between.trim().is_empty(), "{between:?} is lost in {text:?}");
        let words = &text[sentence.clone()];
        assert_eq!(words, words.trim());
        assert!(!words.is_empty());
        at = sentence.end;
    }
    assert!(sentences.is_empty() || text[at..].trim().is_empty(), "the end of {text:?} is lost");
}

/// Snippets with the corners of the readers; the mutator mixes them.
const SNIPPETS: &[&str] = &[
    "Rest *helps* **most** of _all_.\n",
    "# Title\n\n## Title two ##\n\nSet\next\n===\n",
    "- [ ] a\n- [x] b\n\n  more\n- \n- - n\n  - m\n\n3. x\n7) y\n- # H\n- [ ]\n",
    "| a | b |\n|---|:-:|\n| c `x\\|y` | \\| |\n| d | e | f |\n|  | e\n",
    "> q1\n> q2 `a\n> b`\n>\n> - i\nlazy\n> > deep\n",
    "```rust\ncode\n\nmore\n```\n\n    indented\n    two\n\n~~~\nopen",
    "a[^1] b. [^2] C [^no].\n\n[^1]: note *x*\n[^2]: two\n\n    para\n\n",
    "[ref]: http://x.y 'T'\n[ref] [k][ref] [l](u \"t\") ![a *b*](i.png) ![](e.png)\n",
    "<div class=x>\n<!-- c -->\n<img src=a.png>\n<img src='b.png' alt='B c'/>\n</div>\n\n",
    "<div>\nHip &amp; <b>knee</b> <br>\n  pain &#x41;\n<!-- d --></div>\n",
    "<ul><li>a<p>b</li>\n<li><img src=a.png> c</ul><blockquote>d <i>e\n</i></blockquote>\n",
    "<table><tr><th>a<td>b\n<tr><td>c</table><script>x</script><h2>d</h2>\n",
    ":::tip Title\ntext\n:::\n",
    "!!! note \"Title\"\n    text\n\n    - more\n",
    "text <!-- in --> <img src=q alt=\"A l\"> <b>x</b> d <br> e\n",
    "import X from 'y'\n\n{{< figure src=\"a_b.png\" alt=\"Alt\" >}}\n\n",
    "Hello {{ year }} *x*{{% y %}} [l]({{< ref \"a_b.md\" >}}) `{{ x }}` {% if a %}\n",
    "<Callout type={{a: 1}}>\nBody **b**.\n</Callout> <Img src=\"x\" alt=\"y\"/>\n",
    "See https://example.org/a_(b). Or www.x.org, (http://y.org/z?q=1&amp;r) ok.\n",
    "*see http://a.b/*c*d* [x http://l.m](n) `http://c.d` <http://e.f> <a@b.c>\n",
    "pain.^1,2^ Next^[3](http://x.y/z_)^ one *a^b*c^ x^2 y^2 a^^b \\^c^\n",
    "&amp; &copy; &#x41; \\* \\# &nope; caf\u{e9} 日本。語 \u{1f600}  \nhard\\\nbreak\n",
    "---\ntitle: x\n---\nbody\n",
    "---\n\n---\n",
    "***\n* * *\n___\n",
    "`` a ` b `` `a\r\nb` ` x ` `\n> c` \\`d`\n",
    "Dr. Smith (see p. 3. It helps.) said \"stop.\" He left... 3.5 kg. [1] U.S. ends? Yes!\n",
    "• one\n• two\n1. q\na) x\nb) y\n\nAnswer key: 1. b\n\nReferences\n[1] D. J. X.\n",
    "> [!NOTE]\n> Text here.\n",
    "\u{feff}",
    "\r\n",
    "\n\n",
    "\t",
    "  ",
    "\0",
    "[",
    "]",
    "(",
    ")",
    "*",
    "_",
    "`",
    "<",
    ">",
    "!",
    "^",
    "~",
    "|",
    "\\",
    "&",
    "{{",
    "}}",
    "{%",
    "%}",
    "<!--",
    "-->",
    "[^",
    "- ",
    "1. ",
    "> ",
    "é",
    "…",
    "http://",
    "www.",
    "://",
    "---",
    "...",
    "$",
    ":",
    "\"",
    "\u{a0}",
    "\u{2028}",
    "🏃",
    "a",
    "Z",
    "0",
];

/// A small generator, the same on every platform (xorshift64*).
struct Random(u64);

impl Random {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(high).expect("31 bits") % below
    }

    fn snippet(&mut self) -> &'static str {
        SNIPPETS[self.next(SNIPPETS.len())]
    }

    fn place(&mut self, text: &str) -> usize {
        let mut at = self.next(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    /// A few snippets, then a few insertions, cuts and copies.
    fn text(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..=self.next(4) {
            text += self.snippet();
        }
        for _ in 0..self.next(6) {
            let (a, b) = (self.place(&text), self.place(&text));
            let (a, b) = (a.min(b), a.max(b));
            match self.next(4) {
                0 => text.insert_str(a, self.snippet()),
                1 if b - a < 12 => text.replace_range(a..b, ""),
                2 if b - a < 200 => {
                    let copy = text[a..b].to_owned();
                    text.insert_str(b, &copy);
                }
                _ => text.insert_str(a, SNIPPETS[SNIPPETS.len() - 1 - self.next(50)]),
            }
        }
        if self.next(8) == 0 { text.replace('\n', "\r\n") } else { text }
    }
}

#[test]
fn snippets_keep_the_laws() {
    for text in SNIPPETS {
        read(text, Format::Markdown);
        read(text, Format::Text);
    }
}

#[test]
fn mutated_texts_keep_the_laws() {
    let mut random = Random(0x5EED);
    for _ in 0..ROUNDS {
        let text = random.text();
        read(&text, Format::Markdown);
        read(&text, Format::Text);
        same_in_parts(&text, 1 + random.next(100));
        let sentences = sentences::split(&text);
        assert_eq!(sentences.is_empty(), text.trim().is_empty());
        check_sentences(&text, &sentences, 0);
    }
}

const ROUNDS: usize = 20_000;

/// A text read part by part gives what it gives read at once.
fn same_in_parts(text: &str, len: usize) {
    let whole = markdown::parse_in_parts(text, usize::MAX);
    assert_eq!(markdown::parse_in_parts(text, len), whole, "parts of {len} bytes of {text:?}");
}

/// A part of a text gives the same prose as the part alone, further on.
#[test]
fn spans_are_those_of_the_whole_text() {
    for text in SNIPPETS {
        let whole = format!("é{text}");
        let moved = markdown::parse_prose(&whole, 2);
        let alone = markdown::parse_prose(text, 0);
        assert_eq!(moved.text, alone.text);
        assert_eq!(moved.marks.len(), alone.marks.len());
        for (moved, alone) in moved.marks.iter().zip(&alone.marks) {
            assert_eq!(moved.span, alone.span.shifted(2));
        }
        for (moved, alone) in moved.blocks.iter().zip(&alone.blocks) {
            assert_eq!(moved.span, alone.span.shifted(2));
        }
        check(&moved, &whole);
    }
}

#[test]
fn real_articles_keep_the_laws() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora/articles/mmwr");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("skipped: {} is not there", folder.display());
        return;
    };
    for entry in entries {
        let path = entry.expect("the folder can be read").path();
        let text = std::fs::read_to_string(&path).expect("articles are UTF-8");
        let document = read(&text, Format::Markdown);
        let prose = document.body.expect("an article has a body");
        assert!(prose.marks.iter().any(|mark| matches!(mark.kind, MarkKind::Link { .. })));
        read(&text, Format::Text);
        same_in_parts(&text, 5000);
    }
}
