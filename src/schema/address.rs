//! Addresses of schemas: of files of the project, of the web, and of one as seen from another.

use crate::source::FilePath;
use jsonschema::Uri;
use percent_encoding::percent_decode_str;

/// Address of a file of the project: `file:///` and its path relative to the root. Dot segments
/// cannot climb above the root of an address, so neither can a reference.
pub(super) const ROOT: &str = "file:///";

/// The address of a schema file of the project.
pub(super) fn address_of(path: &FilePath) -> String {
    let mut address = ROOT.to_owned();
    for byte in path.as_str().trim_start_matches("./").bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                address.push(char::from(byte));
            }
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}

/// Addresses of project files as people know them.
pub(super) fn shown(address: &str) -> &str {
    address.strip_prefix(ROOT).unwrap_or(address)
}

/// Whether a text is an absolute address, and none that begins as no address does.
pub(super) fn is_address(text: &str) -> bool {
    Uri::parse(text).is_ok() && !is_broken_start(text)
}

/// Whether `https://` is misspelt or stands twice, or no host follows it.
pub(crate) fn is_broken_start(text: &str) -> bool {
    const MISSPELT: &[&str] = &[
        "htp", "htps", "hhtp", "hhtps", "htttp", "htttps", "htpp", "htpps", "httpp", "httpps",
        "ttp", "ttps", "hptt", "hptts", "httsp", "htts",
    ];
    let (scheme, rest) = text.split_once(':').unwrap_or((text, ""));
    let is = |own: &&str| scheme.eq_ignore_ascii_case(own);
    let is_web = ["http", "https"].iter().any(is);
    let host = rest.strip_prefix("//").and_then(|rest| rest.split(['/', '?', '#']).next());
    let is_host = |host: &str| {
        let host = host.rsplit('@').next().unwrap_or(host);
        let name = host.split(':').next().unwrap_or(host);
        let is_scheme = ["http", "https"].iter().any(|own| name.eq_ignore_ascii_case(own));
        // "https://https://a.org", "https://www,a.org".
        !host.is_empty() && !is_scheme && !host.contains(',')
    };
    MISSPELT.iter().any(is) || is_web && !host.is_some_and(is_host)
}

/// `reference` as seen from `base`, without dot segments (RFC 3986, 5.2, for addresses with a path).
pub(super) fn join(base: &str, reference: &str) -> String {
    if has_scheme(reference) {
        return reference.to_owned();
    }
    let base = base.split_once('#').map_or(base, |(base, _)| base);
    if reference.is_empty() || reference.starts_with('#') {
        return format!("{base}{reference}");
    }
    let path_start = match base.find("://") {
        Some(at) => base[at + 3..].find('/').map_or(base.len(), |slash| at + 3 + slash),
        None => base.find(':').map_or(0, |colon| colon + 1),
    };
    let (origin, path) = base.split_at(path_start);
    let (reference, fragment) = match reference.split_once('#') {
        Some((reference, fragment)) => (reference, Some(fragment)),
        None => (reference, None),
    };
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let full = if reference.starts_with('/') {
        reference.to_owned()
    } else {
        format!("{folder}/{reference}")
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in full.split('/').skip(1) {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let fragment = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
    format!("{origin}/{}{fragment}", parts.join("/"))
}

fn has_scheme(reference: &str) -> bool {
    let scheme = reference.split_once(':').map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}

/// What to write in the settings so that a schema on the network is found in the project.
pub(crate) fn copy_help(address: &str) -> String {
    let address = address.split('#').next().unwrap_or(address);
    let name = address.trim_end_matches('/').rsplit(['/', ':']).next().unwrap_or("");
    let name = name.split('?').next().unwrap_or("");
    let name = if name.is_empty() || name.starts_with('.') { "copy.schema.json" } else { name };
    format!(
        "save a copy as schemas/{name}, and write in caveat.yaml: \
         `schemas: {{\"{address}\": schemas/{name}}}`"
    )
}

pub(super) fn percent_decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_the_web_are_whole() {
        for right in [
            "https://a.org",
            "http://a.org/x",
            "doi:10.1/2",
            "urn:isbn:0",
            "mailto:a@b.org",
            "HTTPS://a.org",
            "https://web.archive.org/web/2020/https://a.org/b,c",
            "https://httpbin.org/a",
        ] {
            assert!(is_address(right), "{right}");
        }
        for wrong in [
            "htp://a.org",
            "https//a.org",
            "http:/a.org",
            "http:///a",
            "https:a.org",
            "www.a.org",
            "hptts://a.org",
            "https://https://a.org",
            "https://HTTP//a.org",
            "https://www,a.org/b",
        ] {
            assert!(!is_address(wrong), "{wrong}");
        }
    }

    #[test]
    fn references_join() {
        let base = "file:///schemas/quiz.json";
        assert_eq!(join(base, "#/$defs/a"), "file:///schemas/quiz.json#/$defs/a");
        assert_eq!(join(base, "common.json#x"), "file:///schemas/common.json#x");
        assert_eq!(join(base, "../shared/a.json"), "file:///shared/a.json");
        assert_eq!(join(base, "../../../etc/passwd"), "file:///etc/passwd");
        assert_eq!(join(base, "/a.json"), "file:///a.json");
        assert_eq!(join("https://e.org/s/1.json", "2.json"), "https://e.org/s/2.json");
        assert_eq!(join("https://e.org", "2.json"), "https://e.org/2.json");
        assert_eq!(join(base, "urn:x:y"), "urn:x:y");
    }

    #[test]
    fn the_help_on_copies_can_be_pasted() {
        assert_eq!(
            copy_help("https://e.org/s/lesson.json#/x"),
            "save a copy as schemas/lesson.json, and write in caveat.yaml: \
             `schemas: {\"https://e.org/s/lesson.json\": schemas/lesson.json}`"
        );
        assert!(copy_help("https://e.org/lesson?v=2").contains("schemas/lesson,"));
        assert!(copy_help("https://e.org/").contains("schemas/e.org,"));
        assert!(copy_help("urn:x:lesson").contains("schemas/lesson,"));
        assert!(copy_help("urn:x:..").contains("schemas/copy.schema.json,"));
    }
}
