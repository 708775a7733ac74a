//! Facts of all files, indexed.

use super::{CitationTarget, Definition, Facts};
use crate::model::ContentKind;
use crate::nearest::Names;
use crate::source::FilePath;
use foldhash::fast::FixedState;
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// The facts of every file, and what rules over all files look up in them.
#[derive(Debug, Default)]
pub struct ProjectFacts<'a> {
    pub files: BTreeMap<&'a FilePath, &'a Facts>,
    /// The day to compare dates with, if that is asked for.
    pub today: Option<Date>,
    /// In order of id, path and place.
    located: Vec<Located<'a>>,
    /// Where the definitions of an id are.
    by_id: HashMap<&'a str, Range<usize>, FixedState>,
    /// Ids that files with syntax errors seem to have.
    unread: HashSet<&'a str, FixedState>,
    has_resources: bool,
    others: Option<OtherFiles>,
}

/// Tells which files are there beside those of the project: pictures, and what is not checked.
#[derive(Clone)]
pub struct OtherFiles {
    is_there: Arc<dyn Fn(&str) -> bool + Send + Sync>,
    names: Arc<NamesIn>,
}

/// The names of the files in a folder.
type NamesIn = dyn Fn(&str) -> Vec<String> + Send + Sync;

impl OtherFiles {
    pub fn new(is_there: impl Fn(&str) -> bool + Send + Sync + 'static) -> Self {
        Self { is_there: Arc::new(is_there), names: Arc::new(|_| Vec::new()) }
    }

    /// Tell which files are in a folder, too.
    #[must_use]
    pub fn with_folders(self, names: impl Fn(&str) -> Vec<String> + Send + Sync + 'static) -> Self {
        Self { names: Arc::new(names), ..self }
    }
}

impl fmt::Debug for OtherFiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OtherFiles")
    }
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
        let mut located = Vec::new();
        for (&path, &facts) in &files {
            for definition in &facts.definitions {
                located.push(Located { path, definition });
            }
        }
        located.sort_by(|a, b| a.definition.id.cmp(&b.definition.id));
        let mut by_id = HashMap::<_, Range<usize>, _>::default();
        for (index, own) in located.iter().enumerate() {
            by_id.entry(&*own.definition.id).or_insert(index..index).end += 1;
        }
        let unread = files.values().flat_map(|own| own.unread_ids.iter().map(|id| &**id)).collect();
        let is_resource = |own: &Located<'_>| own.definition.kind == ContentKind::Resource;
        let has_resources = located.iter().any(is_resource);
        Self { files, today: None, located, by_id, unread, has_resources, others: None }
    }

    /// Compare dates with `today`.
    #[must_use]
    pub fn on(self, today: Option<Date>) -> Self {
        Self { today, ..self }
    }

    /// Look up there which other files there are.
    #[must_use]
    pub fn among(self, others: Option<OtherFiles>) -> Self {
        Self { others, ..self }
    }

    /// Whether there is no such file; of nothing, where only the files of the project are known.
    pub fn is_missing(&self, file: &str) -> bool {
        let is_read = || self.files.contains_key(&FilePath::new(file));
        self.others.is_some() && !is_read() && !self.is_other(file)
    }

    /// Whether there is such a file beside those of the project.
    pub fn is_other(&self, file: &str) -> bool {
        self.others.as_ref().is_some_and(|others| (others.is_there)(file))
    }

    /// The names of the files in a folder; none, where only the files of the project are known.
    pub fn names_in(&self, folder: &str) -> Vec<String> {
        self.others.as_ref().map_or_else(Vec::new, |others| (others.names)(folder))
    }

    /// Whether a file that cannot be read whole seems to have a record with this id.
    pub fn may_be_unread(&self, id: &str) -> bool {
        self.unread.contains(id)
    }

    /// Whether the project has records that can be sources.
    pub fn has_resources(&self) -> bool {
        self.has_resources
    }

    /// Every definition of `id`, in order of path and place.
    pub fn definitions(&self, id: &str) -> &[Located<'a>] {
        self.by_id.get(id).map_or(&[], |range| &self.located[range.clone()])
    }

    /// Whether there is what a citation in `file` points at. Of some, nobody can tell: they count as if there were.
    pub fn has_source(&self, file: &Facts, target: &CitationTarget) -> bool {
        match target {
            CitationTarget::Key(key) => {
                let is_resource = |own: &Located<'_>| own.definition.kind == ContentKind::Resource;
                self.definitions(key).iter().any(is_resource)
                    || self.has_unread_sources(file)
                    || self.may_be_unread(key)
            }
            CitationTarget::Number { number, listed } => (1..=*listed).contains(number),
            CitationTarget::Footnote { defined, .. } => *defined,
            CitationTarget::BareKey(_)
            | CitationTarget::AuthorYear { .. }
            | CitationTarget::Link(_) => true,
        }
    }

    /// Whether a file takes sources from one that is not among the files of the project, or is there without a
    /// kind: what it holds is not known then.
    fn has_unread_sources(&self, file: &Facts) -> bool {
        let is_read = |path: &str| {
            let path = path.trim_start_matches(['.', '/']);
            let mut named = self.files.iter().filter(|(own, _)| own.as_str().ends_with(path));
            named.any(|(_, there)| path.ends_with(".bib") || !there.records.is_empty())
        };
        file.bibliography_files.iter().any(|path| !is_read(path))
    }

    /// The ids of records of this kind, to find what a misspelt one means; of all, for `None`.
    pub fn names(&self, kind: Option<&ContentKind>) -> Names<'a> {
        let of_kind = |own: &Located<'_>| kind.is_none_or(|kind| own.definition.kind == *kind);
        Names::new(self.ids().filter(|(_, own)| own.iter().any(of_kind)).map(|(id, _)| id))
    }

    /// All ids with their definitions, in order of id.
    pub fn ids(&self) -> impl Iterator<Item = (&'a str, &[Located<'a>])> {
        let groups = self.located.chunk_by(|a, b| a.definition.id == b.definition.id);
        groups.map(|own| (&*own[0].definition.id, own))
    }
}
