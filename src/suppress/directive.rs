//! The words of a suppression: `caveat-disable quiz/key-coverage reason="..." until=2027-01-01`.

use crate::nearest::nearest;
use jiff::civil::Date;
use std::ops::Range;

/// What a comment begins with that hides diagnostics of the field, list item or block it stands at.
pub const DISABLE: &str = "caveat-disable";
/// The same for a whole file.
pub const DISABLE_FILE: &str = "caveat-disable-file";

/// What such comments begin with in other tools' words.
const NEARLY: &[&str] = &[
    "caveat-disable",
    "caveat-ignore",
    "caveat-enable",
    "caveat-suppress",
    "caveat-skip",
    "caveat-allow",
    "caveat-off",
    "caveat:disable",
    "caveat:ignore",
    "caveat: disable",
    "caveat: ignore",
];

/// What a suppression says; ranges are those of the text it was read from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Directive {
    pub covers_file: bool,
    /// Where it says what it is.
    pub head: Range<usize>,
    /// Rules as written.
    pub rules: Vec<Range<usize>>,
    pub reason: Option<Range<usize>>,
    /// The last day on which it holds.
    pub until: Option<Date>,
    pub approved_by: Option<Range<usize>>,
}

/// Why a suppression cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    pub at: Range<usize>,
    pub message: String,
    pub help: String,
}

/// Read a comment without its marks. `None` when it is none of ours.
pub fn read(text: &str) -> Option<Result<Directive, Malformed>> {
    let start = text.len() - text.trim_start().len();
    let rest = &text[start..];
    let begin = NEARLY.iter().find(|begin| starts_with_ignoring_case(rest, begin))?;
    let ends = |c: char| c.is_whitespace() || c == '[' || c == '(';
    let len = rest[begin.len()..].find(ends).unwrap_or(rest.len() - begin.len());
    let head = start..start + begin.len() + len;
    let covers_file = match &text[head.clone()] {
        DISABLE => false,
        DISABLE_FILE => true,
        other => {
            let near =
                if other.to_ascii_lowercase().contains("file") { DISABLE_FILE } else { DISABLE };
            return Some(Err(Malformed {
                message: format!("`{other}` is no word that caveat knows"),
                at: head,
                help: format!(
                    "did you mean `{near}`? It stands above what it is about, or behind it"
                ),
            }));
        }
    };
    let directive = Directive { covers_file, head: head.clone(), ..Directive::default() };
    Some(words(text, head.end, directive))
}

fn words(text: &str, mut at: usize, mut directive: Directive) -> Result<Directive, Malformed> {
    let mut has_attributes = false;
    while let Some(range) = next_word(text, at) {
        at = range.end;
        let word = &text[range.clone()];
        let malformed = |message: String, help: &str| {
            Err(Malformed { at: range.clone(), message, help: help.to_owned() })
        };
        if let Some((key, _)) = word.split_once('=') {
            has_attributes = true;
            let value = range.start + key.len() + 1..range.end;
            if text[value.clone()]
                .starts_with(['\u{201c}', '\u{201d}', '\u{201e}', '\u{2018}', '\u{2019}'])
            {
                let message = format!("the quotes of `{key}` are curly");
                return malformed(message, "write straight ones, as in reason=\"...\"");
            }
            let Some(value) = unquoted(text, value) else {
                return malformed(
                    "a quote is not closed".to_owned(),
                    "close it behind the last word",
                );
            };
            match key {
                "reason" => directive.reason = Some(value),
                "approved_by" | "approved-by" => directive.approved_by = Some(value),
                "until" => match text[value.clone()].parse() {
                    Ok(day) => directive.until = Some(day),
                    Err(_) => {
                        let message = format!("`{}` is no day", &text[value]);
                        return malformed(message, "write it as in `until=2027-01-31`");
                    }
                },
                _ => {
                    let message = format!("`{key}` is not one of reason, until and approved_by");
                    let near = nearest(key, ["reason", "until", "approved_by"].into_iter());
                    let help = near.map(|near| format!("did you mean `{near}`?"));
                    return malformed(message, help.as_deref().unwrap_or("delete it"));
                }
            }
        } else if has_attributes {
            let message = format!("`{word}` belongs to nothing");
            return malformed(message, "put a reason of several words in quotes: reason=\"...\"");
        } else if word == "--" || word == ":" {
            return malformed(format!("`{word}` is no rule"), "write why as reason=\"...\"");
        } else {
            directive.rules.push(range);
        }
    }
    Ok(directive)
}

/// The next word; commas between rules are blanks, and quotes hold words together.
fn next_word(text: &str, from: usize) -> Option<Range<usize>> {
    let is_apart = |c: char| c.is_whitespace() || c == ',';
    let start = from + text[from..].find(|c| !is_apart(c))?;
    let mut quote = None;
    for (at, c) in text[start..].char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if is_apart(c) => return Some(start..start + at),
            None if matches!(c, '"' | '\'') && text[..start + at].ends_with('=') => quote = Some(c),
            None => {}
        }
    }
    Some(start..text.len())
}

/// A value without its quotes; `None` when they are not closed.
fn unquoted(text: &str, value: Range<usize>) -> Option<Range<usize>> {
    let written = &text[value.clone()];
    let Some(quote) = written.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
        return Some(value);
    };
    let is_closed = written.len() > 1 && written.ends_with(quote);
    is_closed.then_some(value.start + 1..value.end - 1)
}

fn starts_with_ignoring_case(text: &str, begin: &str) -> bool {
    text.get(..begin.len()).is_some_and(|own| own.eq_ignore_ascii_case(begin))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(text: &str) -> (Vec<&str>, Option<&str>) {
        let directive = read(text).expect("one of ours").expect("well written");
        let rules = directive.rules.into_iter().map(|range| &text[range]).collect();
        (rules, directive.reason.map(|range| &text[range]))
    }

    fn mistake(text: &str) -> (&str, String) {
        let malformed = read(text).expect("one of ours").expect_err("a mistake");
        (&text[malformed.at], malformed.message)
    }

    #[test]
    fn rules_and_a_reason() {
        let all = read_all(
            " caveat-disable quiz/a, claim/b/c reason=\"it is so, here\" until=2027-01-31 ",
        );
        assert_eq!(all, (vec!["quiz/a", "claim/b/c"], Some("it is so, here")));
        assert_eq!(read_all("caveat-disable-file a/b reason='one'"), (vec!["a/b"], Some("one")));
        assert_eq!(read_all("caveat-disable a/b,c/d"), (vec!["a/b", "c/d"], None));
        assert_eq!(read_all("caveat-disable"), (vec![], None));
    }

    #[test]
    fn other_comments_are_not_ours() {
        for text in
            ["", "caveat: evidence is weak", "see caveat-disable", "caveat-free", "cav\u{e9}at"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn mistakes_are_told_at_their_word() {
        let cases = [
            ("caveat-ignore a/b", "caveat-ignore"),
            ("Caveat-Disable-Next-Line a/b", "Caveat-Disable-Next-Line"),
            ("caveat: ignore[a/b]", "caveat: ignore"),
            ("caveat-disable a/b -- known", "--"),
            ("caveat-disable a/b reason=known to all", "to"),
            ("caveat-disable a/b reason=\"known", "reason=\"known"),
            ("caveat-disable a/b reason=\u{201c}known to all\u{201d}", "reason=\u{201c}known"),
            ("caveat-disable a/b until=soon", "until=soon"),
            ("caveat-disable a/b until=2027-02-30", "until=2027-02-30"),
            ("caveat-disable a/b reson=\"known to all\"", "reson=\"known to all\""),
        ];
        for (text, at) in cases {
            assert_eq!(mistake(text).0, at, "{text}");
        }
    }
}
