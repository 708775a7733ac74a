//! Words of messages: lists, counts, and what content says, on one line.

use crate::normal::single_spaced;
use std::fmt::Display;

/// Longer texts are cut in messages.
const MAX_SHOWN_CHARS: usize = 60;

/// `1 file`, `2 files`, `3 entries`.
pub fn counted(count: impl Display + PartialEq + From<u8>, noun: &str) -> String {
    if count == 1.into() || noun == "info" {
        return format!("{count} {noun}");
    }
    match noun.strip_suffix('y') {
        Some(stem) => format!("{count} {stem}ies"),
        None => format!("{count} {noun}s"),
    }
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn and(words: &[impl AsRef<str>]) -> String {
    joined(words, "and")
}

/// `a`, `a or b`, `a, b or c`; long lists are cut.
pub(crate) fn or(words: &[impl AsRef<str>]) -> String {
    const MOST: usize = 8;
    if words.len() > MOST {
        let (shown, others) = words.split_at(MOST - 2);
        return format!("{} or {} more", with_commas(shown), others.len());
    }
    joined(words, "or")
}

fn joined(words: &[impl AsRef<str>], last: &str) -> String {
    match words {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first @ .., end] => format!("{} {last} {}", with_commas(first), end.as_ref()),
    }
}

fn with_commas(words: &[impl AsRef<str>]) -> String {
    words.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", ")
}

/// Text on one line, cut when it is long.
pub(crate) fn shortened(text: &str) -> String {
    cut(text, MAX_SHOWN_CHARS)
}

fn cut(text: &str, most: usize) -> String {
    let mut line = single_spaced(text);
    if line.len() > most
        && let Some((end, _)) = line.char_indices().nth(most)
    {
        line.truncate(line[..end].trim_end().len());
        line.push('…');
    }
    line
}

/// The same in backticks. Blanks at the ends are shown: they are often what is wrong.
pub(crate) fn quoted(text: &str) -> String {
    let is_padded = text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace);
    let is_shown = || {
        !text.trim().is_empty()
            && !text.contains('\n')
            && text.chars().nth(MAX_SHOWN_CHARS).is_none()
    };
    match is_padded && is_shown() {
        true => in_backticks(text),
        false => in_backticks(&shortened(text)),
    }
}

/// What a record is called, in backticks: often it is the end that tells one name from another.
pub(crate) fn quoted_name(name: &str) -> String {
    in_backticks(&cut(name, 2 * MAX_SHOWN_CHARS))
}

fn in_backticks(text: &str) -> String {
    match text.contains('`') {
        true => format!("`{}`", text.replace('`', "'")),
        false => ["`", text, "`"].concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts() {
        assert_eq!(counted(1, "entry"), "1 entry");
        assert_eq!(counted(2_u64, "entry"), "2 entries");
        assert_eq!(counted(0, "file"), "0 files");
        assert_eq!(counted(2, "info"), "2 info");
    }

    #[test]
    fn lists() {
        assert_eq!(and(&["a"]), "a");
        assert_eq!(and(&["a", "b", "c"]), "a, b and c");
        assert_eq!(or(&["a".to_owned(), "b".to_owned()]), "a or b");
        assert_eq!(or(&["a"; 9]), "a, a, a, a, a, a or 3 more");
        assert_eq!(and(&[""; 0]), "");
    }

    #[test]
    fn content_on_one_line() {
        assert_eq!(quoted("a\n  b"), "`a b`");
        assert_eq!(quoted(" a"), "` a`");
        assert_eq!(quoted("a `b` c"), "`a 'b' c`");
        assert_eq!(shortened(&"ö".repeat(60)), "ö".repeat(60));
        assert_eq!(shortened(&"ö".repeat(61)), format!("{}…", "ö".repeat(60)));
        assert_eq!(quoted(&format!(" {}", "x".repeat(80))), format!("`{}…`", "x".repeat(60)));
        assert_eq!(quoted_name(&"x".repeat(121)), format!("`{}…`", "x".repeat(120)));
    }
}
