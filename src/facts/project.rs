//! Facts of all files, indexed.

use super::{Definition, Facts};
use crate::model::ContentKind;
use crate::nearest::Names;
use crate::source::FilePath;
use foldhash::fast::FixedState;
use std::collections::{BTreeMap, HashMap};

/// The facts of every file, and what rules over all files look up in them.
#[derive(Debug, Default)]
pub struct ProjectFacts<'a> {
    pub files: BTreeMap<&'a FilePath, &'a Facts>,
    by_id: HashMap<&'a str, Vec<Located<'a>>, FixedState>,
    /// In order.
    ids: Vec<&'a str>,
}

/// A definition and the file it stands in.
#[derive(Clone, Copy, Debug)]
pub struct Located<'a> {
    pub path: &'a FilePath,
    pub definition: &'a Definition,
}

impl<'a> ProjectFacts<'a> {
    pub fn new(files: impl IntoIterator<Item = (&'a FilePath, &'a Facts)>) -> Self {
        let files: BTreeMap<_, _> = files.into_iter().collect();
        let mut by_id: HashMap<&str, Vec<Located<'a>>, FixedState> = HashMap::default();
        for (&path, &facts) in &files {
            for definition in &facts.definitions {
                by_id.entry(&definition.id).or_default().push(Located { path, definition });
            }
        }
        let mut ids: Vec<_> = by_id.keys().copied().collect();
        ids.sort_unstable();
        Self { files, by_id, ids }
    }

    /// Every definition of `id`, in order of path and place.
    pub fn definitions(&self, id: &str) -> &[Located<'a>] {
        self.by_id.get(id).map_or(&[], Vec::as_slice)
    }

    /// The ids of records of this kind, to find what a misspelt one means; of all, for `None`.
    pub fn names(&self, kind: Option<&ContentKind>) -> Names<'a> {
        let of_kind = |own: &Located<'_>| kind.is_none_or(|kind| own.definition.kind == *kind);
        Names::new(self.ids().filter(|(_, own)| own.iter().any(of_kind)).map(|(id, _)| id))
    }

    /// All ids with their definitions, in order of id.
    pub fn ids(&self) -> impl Iterator<Item = (&'a str, &[Located<'a>])> {
        self.ids.iter().map(|id| (*id, self.definitions(id)))
    }
}
