//! Visible stand-ins for characters that would act instead of being shown.
//!
//! Content must not recolour a terminal, reorder a line, or speak to a CI runner. Each character
//! that could is replaced by something to see: `␛` for ESC, `<U+202E>` for a bidi control.

use std::borrow::Cow;

/// What is shown in place of `c`; `None` when `c` is harmless. Line breaks and tabs are not
/// harmless: who may let them pass looks at them first.
pub fn stand_in(c: char) -> Option<Cow<'static, str>> {
    let code = u32::from(c);
    match c {
        // The control pictures block has one picture per C0 character, in order.
        '\0'..='\x1f' => {
            let picture = char::from_u32(0x2400 + code).expect("the block is full");
            Some(picture.to_string().into())
        }
        '\x7f' => Some("␡".into()),
        _ if acts(c) => Some(format!("<U+{code:04X}>").into()),
        _ => None,
    }
}

/// Characters beyond ASCII that control instead of show: C1 controls, direction marks, line
/// separators, and the invisible ones that make different texts look the same.
pub fn acts(c: char) -> bool {
    matches!(c,
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200b}'
        | '\u{200e}' | '\u{200f}'
        | '\u{2028}' | '\u{2029}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}')
}

/// One line of a message: line breaks and tabs become blanks, everything that acts is replaced,
/// and no workflow command of a CI runner is left.
pub fn one_line(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| c.is_control() || acts(c)) && !has_command(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' => out.push(' '),
            '\r' => {}
            _ => match stand_in(c) {
                Some(shown) => out.push_str(&shown),
                None => out.push(c),
            },
        }
    }
    Cow::Owned(without_commands(&out))
}

/// One line as text of a page or of XML 1.0, the values of attributes included.
pub fn markup(text: &str) -> String {
    let text = one_line(text);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // The only characters beyond the controls that XML must not hold.
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
    out
}

/// A text of several lines; the line breaks stay.
pub fn lines(text: &str) -> String {
    text.lines().map(one_line).collect::<Vec<_>>().join("\n")
}

/// How a CI runner is spoken to: GitHub's `::command::` at the start of a line, and `##[command]`
/// and `##vso[command]` anywhere in it.
fn has_command(text: &str) -> bool {
    text.trim_start().starts_with("::") || text.contains("##[") || text.contains("##vso[")
}

fn without_commands(text: &str) -> String {
    let text = text.replace("##[", "## [").replace("##vso[", "##vso [");
    let rest = text.trim_start();
    match rest.strip_prefix("::") {
        Some(rest_of) => format!("{}: :{rest_of}", &text[..text.len() - rest.len()]),
        None => text,
    }
}

/// A file name, which may hold anything too.
pub fn path(path: &str) -> Cow<'_, str> {
    if path.starts_with("::") {
        return Cow::Owned(one_line(&format!("./{path}")).into_owned());
    }
    one_line(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn harmless_text_is_left_alone() {
        for text in ["", "Håll 30 s", "a::b", "日本語 👩‍🚀", "# [x]"] {
            assert!(matches!(one_line(text), Cow::Borrowed(same) if same == text), "{text}");
        }
    }

    #[test]
    fn what_acts_is_shown() {
        assert_eq!(one_line("a\x1b[31mb"), "a␛[31mb");
        assert_eq!(one_line("a\u{202e}b\u{2066}"), "a<U+202E>b<U+2066>");
        assert_eq!(one_line("a\nb\tc\r\n"), "a b c ");
        assert_eq!(one_line("\u{9b}31m\x7f"), "<U+009B>31m␡");
    }

    #[test]
    fn markup_is_only_text() {
        assert_eq!(markup("<a b='c'>\n&\u{ffff}\x1b"), "&lt;a b=&#39;c&#39;&gt; &amp;\u{fffd}␛");
    }

    #[test]
    fn a_file_name_is_no_command() {
        assert_eq!(path("::error::a.yaml"), "./::error::a.yaml");
        assert_eq!(path("a\u{202e}.yaml"), "a<U+202E>.yaml");
    }

    #[test]
    fn runners_are_not_spoken_to() {
        assert_eq!(one_line("::error::x"), ": :error::x");
        assert_eq!(one_line("  ::error::x"), "  : :error::x");
        assert_eq!(
            one_line("x ##[error]y ##vso[task.complete]"),
            "x ## [error]y ##vso [task.complete]"
        );
        assert_eq!(lines("why\n::error::x"), "why\n: :error::x");
    }
}
