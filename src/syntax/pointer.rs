//! Names in JSON pointers (RFC 6901).

use std::borrow::Cow;

/// A name as it stands between the slashes.
pub(crate) fn escaped(name: &str) -> Cow<'_, str> {
    match name.contains(['~', '/']) {
        true => name.replace('~', "~0").replace('/', "~1").into(),
        false => name.into(),
    }
}

/// The name that stands there.
pub(crate) fn unescaped(part: &str) -> Cow<'_, str> {
    match part.contains('~') {
        true => part.replace("~1", "/").replace("~0", "~").into(),
        false => part.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_escaped_is_read_again() {
        for (name, part) in [("a/b", "a~1b"), ("~1", "~01"), ("höft", "höft"), ("", "")] {
            assert_eq!(escaped(name), part);
            assert_eq!(unescaped(part), name);
        }
    }
}
