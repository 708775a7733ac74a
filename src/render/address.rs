//! Addresses of files.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The address of a path with `/` between its parts; that of a relative path is relative.
pub fn uri(path: &str) -> String {
    const KEPT: &AsciiSet =
        &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'/');
    let encoded = utf8_percent_encode(path, KEPT);
    match path.as_bytes() {
        [b'/', ..] => format!("file://{encoded}"),
        [drive, b':', b'/', ..] => {
            format!("file:///{}:{}", char::from(*drive), utf8_percent_encode(&path[2..], KEPT))
        }
        _ => encoded.to_string(),
    }
}
