//! Text inside XML 1.0.

use super::sanitize;

/// One line, as the value of an attribute or between tags.
pub fn escaped(text: &str) -> String {
    let text = sanitize::one_line(text);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // The only characters beyond the controls that a document must not hold.
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
    out
}
