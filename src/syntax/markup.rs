//! How much markup a text may hold.
//!
//! A block or mark takes a few bytes to write and some hundred to keep. A text of little else would
//! take many times its size, so a long one is read as far as it has no more markup than people write.

use super::{Node, SyntaxError, SyntaxErrorCode, Tree};
use crate::source::Span;

/// Any text may hold this many bytes of markup.
const FREE: usize = 100_000;

/// And one in this many of its own. Articles have one in twenty; change logs, nearly all lists and links, and
/// quizzes of short options have one in ten.
const SHARE: usize = 8;

/// So many may stand without an empty line between them: the Markdown parser keeps all of a block, and takes 50
/// to 150 bytes for each.
const RUN: usize = 250_000;

/// Bytes that are counted at a time: as many as the machine can, with the count in a byte.
const CHUNK: usize = 64;

/// List items of nothing but lists are more than so many in a chunk.
const FEW: u8 = 8;

/// Whether a text is long enough to hold more markup than is read.
pub fn may_be_too_much(text: &str) -> bool {
    text.len() > FREE
}

/// Where in `text` there is more markup than is read.
fn end(text: &str) -> Option<usize> {
    if !may_be_too_much(text) {
        return None;
    }
    let most = FREE + text.len() / SHARE;
    let bytes = text.as_bytes();
    let (chunks, _) = bytes.as_chunks();
    let (behind, _) = bytes[1..].as_chunks();
    let (second, _) = bytes[2..].as_chunks();
    let (mut count, mut run) = (0, 0);
    let chunk =
        chunks.iter().zip(behind.iter().zip(second)).position(|(chunk, (behind, second))| {
            let mut marks = marks(chunk, behind);
            // Running text is not looked at twice.
            if marks > FEW {
                marks += nested_items(chunk, behind, second);
            }
            let marks = usize::from(marks);
            count += marks;
            run = if has_empty_line(chunk, behind) { 0 } else { run + marks };
            count > most || run > RUN
        });
    // Where in the chunk does not matter, but it has to be a character's start.
    chunk.map(|index| text.floor_char_boundary(index * CHUNK))
}

/// `text` as far as it is read from byte `from` on, and the error where that is not to its end.
pub fn bounded(text: &str, from: usize) -> (&str, Option<SyntaxError>) {
    match end(&text[from..]).map(|end| from + end) {
        Some(end) => (&text[..end], Some(error(Span::from_usize(end..end)))),
        None => (text, None),
    }
}

/// How many bytes are markup; `behind` holds the byte behind each.
fn marks(bytes: &[u8; CHUNK], behind: &[u8; CHUNK]) -> u8 {
    // Line breaks, signs that are hardly ever met between words, and the numbers of list items. Where
    // one comparison takes a sign along that does no harm, it is taken along.
    let is_mark = |byte: u8, next: u8| {
        (byte & 0xF0 == 0)                              // line breaks
            | (byte.wrapping_sub(b'[') < 6)             // [ \ ] ^ _ `
            | (byte.wrapping_sub(b'{') < 4)             // { | } ~
            | (byte & !2 == b'<')                       // < >
            | (byte & !1 == b'*')                       // * +
            | (byte == b'-')
            | (byte == b'&')
            | ((byte & 0xF0 == b'0') & (next == b'.')) // 1.
    };
    let mut count = 0_u8;
    for at in 0..CHUNK {
        count += u8::from(is_mark(bytes[at], behind[at]));
    }
    count
}

/// How many list items begin with another one, as in `- - 1. `: the parser and we keep as much of such a marker
/// as of two others. Emphasis behind emphasis is taken along.
fn nested_items(bytes: &[u8; CHUNK], behind: &[u8; CHUNK], second: &[u8; CHUNK]) -> u8 {
    let is_bullet = |byte: u8| (byte & !1 == b'*') | (byte == b'-');
    let mut count = 0_u8;
    for at in 0..CHUNK {
        let ends = is_bullet(bytes[at]) | (bytes[at] == b'.') | (bytes[at] == b')');
        let begins = is_bullet(second[at]) | second[at].is_ascii_digit();
        count += u8::from(ends & (behind[at] == b' ') & begins);
    }
    count
}

fn has_empty_line(bytes: &[u8; CHUNK], behind: &[u8; CHUNK]) -> bool {
    let mut found = false;
    for at in 0..CHUNK {
        found |= (bytes[at] == b'\n') & matches!(behind[at], b'\n' | b'\r');
    }
    found
}

/// The error of a text that is read up to `at` only.
fn error(at: Span) -> SyntaxError {
    let message = "this text has more tags, marks and lines than are read of one text";
    SyntaxError::new(SyntaxErrorCode::Limit, at, message)
        .label("not read from here on")
        .help("split the text, or leave the file out")
}

/// Errors of the fields that are read in part only.
pub fn errors_of_fields(tree: &Tree) -> Vec<SyntaxError> {
    // An escape of two bytes stands for three at most. The span of an alias is its name.
    let is_long = |node: &Node<'_>| node.span().len() as usize > FREE / 2;
    let texts = tree.nodes().filter(is_long).filter_map(Node::text);
    let ends = texts.filter_map(|text| end(text.as_str()).map(|end| text.span_of(end..end)));
    ends.map(error).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FilePath, Format, SourceFile};
    use crate::syntax::{self, Document};

    fn read(path: &str, format: Format, text: String) -> Document {
        syntax::parse(&SourceFile::new(FilePath::new(path), text, format))
    }

    #[test]
    fn what_people_write_has_no_end() {
        let log = "- [#123](https://example.org/123): *Stretch* the `hip flexors`. (_Ida_)\n";
        assert_eq!(end(&log.repeat(10_000)), None);
        assert_eq!(end(&"Sit less, move more. ".repeat(100_000)), None);
        assert_eq!(end(&"*".repeat(FREE)), None);
    }

    #[test]
    fn little_but_markup_is_read_up_to_a_limit() {
        let most = |len: usize| FREE + len / SHARE;
        for (text, each) in [("- a\n\n", 3), ("*a*\n\n", 4), ("ü<\n\n", 3), ("- 1. a\n\n", 5)] {
            let text = text.repeat(500_000);
            let end = end(&text).expect("has an end");
            let count = each * end / (text.len() / 500_000);
            assert!(count.abs_diff(most(text.len())) <= 2 * CHUNK, "{count} of {}", &text[..8]);
        }
        for (text, each) in [("- a\n", 2), ("*a* ", 3), ("ü&lt;", 1), ("> ", 1), ("1. ", 2)] {
            let text = "Hips.\n\n".to_owned() + &text.repeat(500_000);
            let end = end(&text).expect("has an end");
            let count = each * end / (text.len() / 500_000);
            let most = RUN.min(most(text.len()));
            assert!(count.abs_diff(most) <= 2 * CHUNK, "{count} of {}", &text[8..16]);
        }
    }

    #[test]
    fn the_end_is_told_in_bodies_drafts_and_fields() {
        let items = "- ü\n".repeat(200_000);
        for (path, format, text) in [
            ("a.md", Format::Markdown, format!("---\ntitle: a\n---\n{items}")),
            ("a.txt", Format::Text, items.clone()),
            ("a.json", Format::Json, format!("{{\"body\": \"{}\"}}", items.replace('\n', "\\n"))),
        ] {
            let document = read(path, format, text.clone());
            let [error] = document.errors.as_slice() else { panic!("{path}: one error") };
            assert_eq!(error.code, SyntaxErrorCode::Limit, "{path}");
            let at = error.span.start as usize;
            assert!(text.is_char_boundary(at) && at > 2 * FREE, "{path}: {at}");
            let blocks = document.body.map_or(FREE, |body| body.blocks.len());
            assert!((FREE / 2..200_000).contains(&blocks), "{path}: {blocks} blocks");
        }
    }
}
