//! Pictures, films and sound that nothing shows.

use super::{MOST_APART, is_habit};
use crate::diagnostic::TextHash;
use crate::facts::{MEDIA, ProjectFacts, Site};
use crate::rule::Sink;
use crate::source::{FilePath, Span};
use std::collections::{BTreeSet, HashSet};

pub(super) fn check(facts: &ProjectFacts<'_>, out: &mut Sink<'_>) {
    let folders = folders(facts);
    if folders.is_empty() {
        return;
    }
    let named = Named::of(facts);
    for folder in folders {
        let there = facts.names_in(&folder);
        let there: Vec<_> = there.iter().filter(|own| is_medium(own)).collect();
        let left: Vec<_> = there.iter().filter(|own| !named.may_mean(facts, own)).collect();
        let used = there.len() - left.len();
        if !is_habit(used, there.len()) {
            continue;
        }
        let told = if left.len() > MOST_APART { &left[..1] } else { &left[..] };
        for name in told {
            let path =
                if folder.is_empty() { (**name).clone() } else { format!("{folder}/{name}") };
            let site = Site { span: Span::empty(0), text: TextHash::of(name) };
            out.set_record(None::<&str>);
            let diagnostic = out
                .report_at(&FilePath::new(&path), &site, format!("nothing shows `{name}`"))
                .kind("media")
                .note(format!("{used} of {} files in this folder are shown", there.len()))
                .help("show it where it belongs, or delete it");
            if left.len() > MOST_APART {
                diagnostic.note(format!("so it is with {} files", left.len()));
            }
        }
    }
}

/// The folders of pictures, films and sound that texts show: by their paths from the text, or from the root.
fn folders(facts: &ProjectFacts<'_>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (path, file) in &facts.files {
        for medium in file.requested().media.iter().filter(|own| !own.contains(':')) {
            let from_here = joined(path.folder(), medium);
            let from_root = joined("", medium);
            let places = [from_here, from_root].into_iter().flatten();
            for place in places {
                let folder = FilePath::new(&place).folder().to_owned();
                if !found.contains(&folder) && facts.is_other(&place) {
                    found.insert(folder);
                }
            }
        }
    }
    found
}

/// `None` for what lies outside of the project.
fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|own| !own.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

fn is_medium(name: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, own)| own);
    extension.is_some_and(|own| MEDIA.iter().any(|known| known.eq_ignore_ascii_case(own)))
}

/// The names of files that stand anywhere, in small letters, without their extensions.
struct Named(HashSet<String>);

impl Named {
    fn of(facts: &ProjectFacts<'_>) -> Self {
        let paths = facts.files.values().flat_map(|file| &file.requested().media);
        Self(paths.map(|own| FilePath::new(own).stem().to_lowercase()).collect())
    }

    /// Whether a file may be what somewhere is named, one of several sizes of it, or the picture of a record.
    fn may_mean(&self, facts: &ProjectFacts<'_>, name: &str) -> bool {
        let stem = FilePath::new(name).stem().to_lowercase();
        // A path without quotes ends at a blank.
        let last = stem.rsplit(' ').next().unwrap_or(&stem);
        let is_apart =
            |(at, c): (usize, char)| matches!(c, '-' | '_' | '@' | '.' | '~' | ' ').then_some(at);
        let ends = stem.char_indices().filter_map(is_apart).chain([stem.len()]);
        let mut beginnings = ends.map(|end| &stem[..end]);
        self.0.contains(last)
            || beginnings.any(|own| self.0.contains(own) || !facts.definitions(own).is_empty())
    }
}
