//! Links and pictures that lead to files of the project.

use super::{LinkFact, Site};
use crate::source::{FilePath, Format, SourceFile};
use crate::syntax::{Mark, MarkKind, Prose};
use percent_encoding::percent_decode_str;

/// Files beside those that are read, which running text shows or leads to.
const OTHERS: &[&str] =
    &["avif", "csv", "gif", "jpeg", "jpg", "mp3", "mp4", "pdf", "png", "svg", "webm", "webp"];

/// The links and pictures of a body that name a file by its path from here. What begins with a slash is a path of the
/// site, and what has no extension may be anything.
pub fn links<'a>(file: &'a SourceFile, body: &'a Prose) -> impl Iterator<Item = LinkFact> + 'a {
    body.marks.iter().filter_map(move |mark| {
        let (target, is_picture) = target(mark)?;
        let found = file_of(&file.path, target)?;
        let site = Site::new(mark.span, file.slice(mark.span), "");
        Some(LinkFact { file: found.into(), is_picture, site })
    })
}

fn target(mark: &Mark) -> Option<(&str, bool)> {
    match &mark.kind {
        MarkKind::Link { target, autolink: false } => Some((target, false)),
        MarkKind::Image { target, .. } => Some((target, true)),
        _ => None,
    }
}

/// The path that a target is meant to be, seen from `path`; `None` for addresses, for what a template fills in, and
/// for what lies outside of the project.
fn file_of(path: &FilePath, target: &str) -> Option<String> {
    let target = target.split(['#', '?']).next()?;
    let is_of_site = target.starts_with(['/', '~', '@']);
    if is_of_site || target.contains([':', '{', '}', '<', '>', '$', '*', '|', '\\', '\n']) {
        return None;
    }
    let target = percent_decode_str(target).decode_utf8().ok()?;
    let extension = target.rsplit_once('.')?.1.to_ascii_lowercase();
    if Format::of_name(&target).is_none() && !OTHERS.contains(&extension.as_str()) {
        return None;
    }
    let mut parts: Vec<&str> = path.folders().collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_from_here() {
        let of = |target: &str| file_of(&FilePath::new("docs/hips/a.md"), target);
        let is = |path: &str| Some(path.to_owned());
        assert_eq!(of("b.md#top"), is("docs/hips/b.md"));
        assert_eq!(of("./../h%C3%B6ft%20a.PNG?raw=1"), is("docs/höft a.PNG"));
        assert_eq!(of("../../a.md"), is("a.md"));
        assert_eq!(of("../../../a.md"), None);
        assert_eq!(of("/b.md"), None);
        assert_eq!(of("b"), None);
        assert_eq!(of("b.html"), None);
        assert_eq!(of("https://a.org/b.md"), None);
        assert_eq!(of("{{ page }}.md"), None);
        assert_eq!(of("%ff.md"), None);
        assert_eq!(of(""), None);
    }
}
