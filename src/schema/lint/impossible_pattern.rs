//! See `docs`.

use super::rule;
use super::subschemas::schemas;
use crate::diagnostic::Level;
use crate::rule::{FileContext, Rule, Sink};
use regex::Regex;

pub static IMPOSSIBLE_PATTERN: Rule = rule(
    "json-schema/impossible-pattern",
    Level::Error,
    "a pattern can match nothing, or none of the listed values",
    r#"
No value passes, so the field cannot be used at all.

```yaml fail
$schema: https://json-schema.org/draft/2020-12/schema
pattern: "^[a-z]+$-[0-9]"
```

Mend the pattern; `^` and `$` stand for the ends of the whole text.
"#,
    check,
);

fn check(context: &FileContext<'_>, out: &mut Sink<'_>) {
    for found in schemas(context) {
        let Some(value) = found.node.get("pattern") else {
            continue;
        };
        let Some(text) = value.text() else { continue };
        let pattern = text.as_str();
        if let Some(at) = misplaced_anchor(pattern) {
            let message = match &pattern[at..=at] {
                "$" => "nothing can follow the end of the text: this pattern matches nothing",
                _ => "nothing can stand before the start of the text: this pattern matches nothing",
            };
            out.report(text.span_of(at..at + 1), message).label("an end of the whole text");
            continue;
        }
        let Ok(regex) = Regex::new(pattern) else {
            continue;
        };
        let values = found.texts("enum");
        if !values.is_empty() && !values.iter().any(|value| regex.is_match(value.scalar_text())) {
            out.report(value.span(), "none of the listed values matches this pattern")
                .related(values[0].span(), "such as this one");
        }
    }
}

/// A `$` before, or a `^` after, something that takes at least one character.
fn misplaced_anchor(pattern: &str) -> Option<usize> {
    let bytes = pattern.as_bytes();
    // Whether a character was surely taken since the alternative or group began.
    let mut taken = false;
    let mut ended: Option<usize> = None;
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        at += if bytes[at] == b'\\' { 2 } else { 1 };
        match bytes[start] {
            // Groups may be optional or repeated: what they take is not counted.
            b'(' | b')' | b'|' => {
                taken = false;
                ended = None;
            }
            b'$' => ended = Some(start),
            b'^' if taken => return Some(start),
            b'^' | b'*' | b'+' | b'?' => {}
            b'\\' if matches!(bytes.get(start + 1), Some(b'b' | b'B')) => {}
            first => {
                if first == b'[' {
                    at = class_end(bytes, at);
                }
                let is_optional = matches!(bytes.get(at), Some(b'*' | b'?'))
                    || bytes.get(at..at + 2) == Some(b"{0");
                if bytes.get(at) == Some(&b'{') {
                    // The numbers of a repetition are no characters.
                    let close = bytes[at..].iter().position(|&byte| byte == b'}');
                    at += close.map_or(0, |close| close + 1);
                }
                if is_optional {
                    continue;
                }
                if ended.is_some() {
                    return ended;
                }
                taken = true;
            }
        }
    }
    None
}

/// The byte after a class whose inside begins at `at`.
fn class_end(bytes: &[u8], mut at: usize) -> usize {
    if bytes.get(at) == Some(&b'^') {
        at += 1;
    }
    while at < bytes.len() && bytes[at] != b']' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    (at + 1).min(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::lint::tests::places;

    #[test]
    fn patterns_can_match() {
        for (pattern, place) in [
            ("^a$b", Some("$")),
            ("a^b", Some("^")),
            ("^[a-z]+$-[0-9]", Some("$")),
            ("[a]{2}^", Some("^")),
        ] {
            let found = places(&IMPOSSIBLE_PATTERN, &format!("pattern: '{pattern}'"));
            assert_eq!(found.first().map(String::as_str), place, "{pattern}");
        }
        for pattern in
            ["^a$", "^(a|^b)$", "a*^b", "^[$^]+$", r"^\$a$", "^a{2,3}$", "(a$|b)", "^$|^a$"]
        {
            assert!(
                places(&IMPOSSIBLE_PATTERN, &format!("pattern: '{pattern}'")).is_empty(),
                "{pattern}"
            );
        }
        assert_eq!(places(&IMPOSSIBLE_PATTERN, "pattern: '^[0-9]+$'\nenum: [a, b]").len(), 1);
    }
}
