//! Where an id or a footnote is defined, and where it is used.

use crate::diagnostic::Edit;
use crate::facts::{CitationTarget, Definition, Facts, Reference};
use crate::model::ContentKind;
use crate::project::Project;
use crate::render::Sources;
use crate::source::{FilePath, Span};
use crate::words::and;
use std::collections::BTreeSet;
use std::fmt;

/// A place where something is named.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mention {
    /// Of a record without an id of its own, the place is where it begins.
    pub is_definition: bool,
    pub path: FilePath,
    pub span: Span,
}

/// Why something cannot be renamed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RenameError {
    /// Nothing at the place has a name.
    NoName,
    /// No record has this id.
    Unknown(String),
    /// Records of these kinds have it.
    Several(Vec<ContentKind>),
    /// The id is the name of this file.
    FileName(FilePath),
    /// A new id that no id can be.
    NotAnId(String),
    /// A new id that a record has already.
    Taken(String),
    /// The name is written so that it cannot be found, as with escapes.
    Unclear(FilePath),
}

impl fmt::Display for RenameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoName => write!(f, "there is no id here"),
            Self::Unknown(id) => write!(f, "no record has the id `{id}`"),
            Self::Several(kinds) => {
                let kinds: Vec<_> = kinds.iter().map(|kind| kind.name().to_owned()).collect();
                write!(f, "records of several kinds have this id: {}", and(&kinds))
            }
            Self::FileName(path) => {
                write!(
                    f,
                    "the id is the name of {path}; give the record an `id`, or rename the file"
                )
            }
            Self::NotAnId(id) => {
                write!(f, "`{id}` is no id: letters, digits, `-` and `_` make one")
            }
            Self::Taken(id) => write!(f, "`{id}` is the id of another record"),
            Self::Unclear(path) => write!(f, "the id is written in another way in {path}"),
        }
    }
}

impl std::error::Error for RenameError {}

/// What stands at a place: the id of records of some kinds, or a footnote of the file.
enum Name<'a> {
    Record { id: &'a str, kinds: BTreeSet<&'a ContentKind> },
    Footnote { path: &'a FilePath, label: &'a str },
}

impl<'a> Name<'a> {
    fn text(&self) -> &'a str {
        match self {
            Self::Record { id, .. } => id,
            Self::Footnote { label, .. } => label,
        }
    }
}

/// Every place that names what stands at `offset` of a file, definitions first.
pub fn mentions(project: &Project, path: &FilePath, offset: u32) -> Vec<Mention> {
    name_at(project, path, offset).map_or_else(Vec::new, |name| of_name(project, &name))
}

/// The id or label that stands at `offset` of a file, to be renamed.
pub fn word(
    project: &Project,
    sources: &dyn Sources,
    path: &FilePath,
    offset: u32,
) -> Option<Span> {
    let name = name_at(project, path, offset)?;
    let is_here =
        |own: &Mention| own.path == *path && own.span.start <= offset && offset <= own.span.end;
    let here = of_name(project, &name).into_iter().find(is_here)?;
    word_in(sources, &here, name.text())
}

/// The edits that give what stands at `offset` of a file another id, wherever it is named.
///
/// # Errors
///
/// Why there are none.
pub fn rename_at(
    project: &Project,
    sources: &dyn Sources,
    path: &FilePath,
    offset: u32,
    new: &str,
) -> Result<Vec<Edit>, RenameError> {
    let name = name_at(project, path, offset).ok_or(RenameError::NoName)?;
    edits(project, sources, &name, new)
}

/// The edits that give a record another id, wherever it is named. `kind` tells it from others with
/// that id.
///
/// # Errors
///
/// Why there are none.
pub fn rename(
    project: &Project,
    sources: &dyn Sources,
    id: &str,
    kind: Option<&ContentKind>,
    new: &str,
) -> Result<Vec<Edit>, RenameError> {
    let is_wanted = |own: &&Definition| *own.id == *id && kind.is_none_or(|kind| *kind == own.kind);
    let all = project.reports().flat_map(|report| &report.facts.definitions);
    let kinds: BTreeSet<_> = all.filter(is_wanted).map(|own| &own.kind).collect();
    match kinds.len() {
        0 => Err(RenameError::Unknown(id.to_owned())),
        1 => edits(project, sources, &Name::Record { id, kinds }, new),
        _ => Err(RenameError::Several(kinds.into_iter().cloned().collect())),
    }
}

fn edits(
    project: &Project,
    sources: &dyn Sources,
    name: &Name<'_>,
    new: &str,
) -> Result<Vec<Edit>, RenameError> {
    if let Name::Record { id, kinds } = name {
        refuse(project, id, kinds, new)?;
    }
    if new.is_empty() || !new.chars().all(is_inner) {
        return Err(RenameError::NotAnId(new.to_owned()));
    }
    let edit = |own: Mention| match word_in(sources, &own, name.text()) {
        Some(span) => Ok(Edit { path: own.path, span, replacement: new.to_owned() }),
        None => Err(RenameError::Unclear(own.path)),
    };
    let mut edits: Vec<Edit> =
        of_name(project, name).into_iter().map(edit).collect::<Result<_, _>>()?;
    edits.sort_by(|a, b| (&a.path, a.span).cmp(&(&b.path, b.span)));
    edits.dedup();
    Ok(edits)
}

/// The name within a place that names it.
fn word_in(sources: &dyn Sources, own: &Mention, name: &str) -> Option<Span> {
    let file = sources.source(&own.path)?;
    let start = own.span.start as usize + only_word(file.text.get(own.span.range())?, name)?;
    Some(Span::from_usize(start..start + name.len()))
}

fn is_inner(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_')
}

/// Where a text holds an id as a word of its own, if that is just once.
fn only_word(text: &str, id: &str) -> Option<usize> {
    let mut words = text.match_indices(id).filter(|(at, _)| {
        !text[..*at].ends_with(is_inner) && !text[at + id.len()..].starts_with(is_inner)
    });
    let (at, _) = words.next()?;
    words.next().is_none().then_some(at)
}

/// Why a record does not get a new id.
fn refuse(
    project: &Project,
    id: &str,
    kinds: &BTreeSet<&ContentKind>,
    new: &str,
) -> Result<(), RenameError> {
    for report in project.reports() {
        let ours = report.facts.definitions.iter().filter(|own| kinds.contains(&own.kind));
        for own in ours {
            if *own.id == *id && !own.written {
                return Err(RenameError::FileName(report.path.clone()));
            }
            if *own.id == *new {
                return Err(RenameError::Taken(new.to_owned()));
            }
        }
    }
    Ok(())
}

fn name_at<'a>(project: &'a Project, path: &FilePath, offset: u32) -> Option<Name<'a>> {
    let report = project.report(path)?;
    let is_here = |span: Span| span.start <= offset && offset <= span.end;
    let facts = &report.facts;
    let used = facts.references.iter().find(|own| is_here(own.site.span));
    if let Some(own) = used {
        return record(project, &own.target, own.role.target_kind().as_ref());
    }
    let cited = facts.citations.iter().find(|own| is_here(own.site.span));
    match cited.map(|own| &own.target) {
        Some(CitationTarget::Key(id) | CitationTarget::BareKey(id)) => {
            return record(project, id, Some(&ContentKind::Resource));
        }
        Some(CitationTarget::Footnote { label, .. }) => {
            return Some(Name::Footnote { path: &report.path, label });
        }
        _ => {}
    }
    if let Some(own) = facts.footnotes.iter().find(|own| is_here(own.site.span)) {
        return Some(Name::Footnote { path: &report.path, label: &own.label });
    }
    let written = facts.definitions.iter().filter(|own| own.written);
    let own = written.into_iter().find(|own| is_here(own.site.span))?;
    Some(Name::Record { id: &own.id, kinds: [&own.kind].into() })
}

/// The records with an id; those of the kind that is wanted, where there are some.
fn record<'a>(project: &'a Project, id: &str, wanted: Option<&ContentKind>) -> Option<Name<'a>> {
    let all = || project.reports().flat_map(|report| &report.facts.definitions);
    let named = || all().filter(|own| *own.id == *id);
    let kinds: BTreeSet<_> = named().map(|own| &own.kind).collect();
    let fit: BTreeSet<_> =
        kinds.iter().copied().filter(|kind| wanted.is_none_or(|wanted| wanted == *kind)).collect();
    let kinds = if fit.is_empty() { kinds } else { fit };
    Some(Name::Record { id: &named().next()?.id, kinds })
}

fn of_name(project: &Project, name: &Name<'_>) -> Vec<Mention> {
    let mut found = Vec::new();
    for report in project.reports() {
        let mut add = |is_definition, span| {
            found.push(Mention { is_definition, path: report.path.clone(), span });
        };
        match name {
            Name::Record { id, kinds } => of_record(&report.facts, id, kinds, &mut add),
            Name::Footnote { path, label } if **path == report.path => {
                of_footnote(&report.facts, label, &mut add);
            }
            Name::Footnote { .. } => {}
        }
    }
    found.sort_by(|a, b| b.is_definition.cmp(&a.is_definition).then_with(|| a.cmp(b)));
    found.dedup();
    found
}

fn of_record(
    facts: &Facts,
    id: &str,
    kinds: &BTreeSet<&ContentKind>,
    add: &mut impl FnMut(bool, Span),
) {
    let is_meant = |own: &&Definition| *own.id == *id && kinds.contains(&own.kind);
    facts.definitions.iter().filter(is_meant).for_each(|own| add(true, own.site.span));
    let wants = |own: &&Reference| {
        *own.target == *id && own.role.target_kind().is_none_or(|kind| kinds.contains(&kind))
    };
    facts.references.iter().filter(wants).for_each(|own| add(false, own.site.span));
    if kinds.contains(&ContentKind::Resource) {
        for own in &facts.citations {
            if let CitationTarget::Key(key) | CitationTarget::BareKey(key) = &own.target
                && **key == *id
            {
                add(false, own.site.span);
            }
        }
    }
}

fn of_footnote(facts: &Facts, label: &str, add: &mut impl FnMut(bool, Span)) {
    let defined = facts.footnotes.iter().filter(|own| *own.label == *label);
    defined.for_each(|own| add(true, own.site.span));
    for own in &facts.citations {
        if matches!(&own.target, CitationTarget::Footnote { label: own, .. } if **own == *label) {
            add(false, own.site.span);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Settings;
    use crate::project::Engine;
    use crate::source::{Format, SourceFile};
    use std::collections::BTreeMap;
    use std::sync::Arc;

    const FILES: &[(&str, &str)] = &[
        ("resources/who.yaml", "id: \"who\"\ntitle: Guideline\n"),
        ("resources/stem.yaml", "title: Of the file\n"),
        (
            "exercises/bridge.yaml",
            "id: bridge\nname: Bridge\nrelated: [who-else, who]\nsources: [who, stem]\n",
        ),
        ("exercises/who.yaml", "id: who\nname: Of another kind\nprogression: [bridge]\n"),
        (
            "articles/a.md",
            "---\ntitle: A\nsources: [who]\n---\n\nIt helps [@who]. So it does.[^1]\n\n[^1]: Said so.\n",
        ),
    ];

    type Files = BTreeMap<FilePath, Arc<SourceFile>>;

    fn project() -> (Project, Files) {
        let engine = Arc::new(Engine::new(Settings::default()).expect("no schemas of our own"));
        let mut project = Project::new(engine.clone());
        let mut files = Files::new();
        for (path, text) in FILES {
            let format = Format::of_name(path).expect("a name with an extension");
            let file = Arc::new(SourceFile::new(FilePath::new(path), *text, format));
            project.insert(engine.analyze(&file));
            files.insert(file.path.clone(), file);
        }
        (project, files)
    }

    fn place(files: &Files, path: &str, words: &str) -> (FilePath, u32) {
        let path = FilePath::new(path);
        let at = files[&path].text.find(words).expect("the words are there") + 1;
        (path, u32::try_from(at).expect("small"))
    }

    /// Each as its file, its text and whether it is a definition.
    fn named(path: &str, words: &str) -> Vec<(String, String, bool)> {
        let (project, files) = project();
        let (path, at) = place(&files, path, words);
        let text = |own: &Mention| files[&own.path].slice(own.span).to_owned();
        let all = mentions(&project, &path, at);
        all.iter().map(|own| (own.path.to_string(), text(own), own.is_definition)).collect()
    }

    #[test]
    fn an_id_is_found_wherever_it_is_named() {
        let found = named("articles/a.md", "@who");
        let files: Vec<_> = found.iter().map(|(path, _, _)| path.as_str()).collect();
        assert_eq!(
            files,
            [
                "resources/who.yaml",
                "articles/a.md",
                "articles/a.md",
                "exercises/bridge.yaml",
                "exercises/bridge.yaml"
            ]
        );
        assert!(found[0].2 && found[1..].iter().all(|own| !own.2), "{found:?}");
        assert_eq!(found, named("resources/who.yaml", "who"));
        // `related` takes any kind, so that it may mean either.
        let found = named("exercises/bridge.yaml", "who]\n");
        assert_eq!(found.iter().filter(|own| own.2).count(), 2, "{found:?}");
        assert_eq!(named("exercises/bridge.yaml", "Bridge"), []);
    }

    #[test]
    fn a_footnote_is_of_its_file() {
        let found = named("articles/a.md", "[^1]\n");
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(found, named("articles/a.md", "[^1]:"));
    }

    fn renamed(path: &str, words: &str, new: &str) -> Result<Vec<String>, RenameError> {
        let (project, files) = project();
        let (path, at) = place(&files, path, words);
        let edits = rename_at(&project, &files, &path, at, new)?;
        let told = |own: &Edit| {
            assert_eq!(files[&own.path].slice(own.span), "who");
            format!("{} {}", own.path, own.replacement)
        };
        Ok(edits.iter().map(told).collect())
    }

    #[test]
    fn a_new_id_goes_everywhere() {
        let edits = renamed("articles/a.md", "@who", "who-2023").expect("edits");
        assert_eq!(
            edits,
            [
                "articles/a.md who-2023",
                "articles/a.md who-2023",
                "exercises/bridge.yaml who-2023",
                "exercises/bridge.yaml who-2023",
                "resources/who.yaml who-2023"
            ]
        );
    }

    #[test]
    fn a_new_id_must_be_one_and_free() {
        let refused = |path, words, new| renamed(path, words, new).expect_err("refused");
        let taken = RenameError::Taken("stem".to_owned());
        assert_eq!(refused("articles/a.md", "@who", "stem"), taken);
        assert_eq!(refused("articles/a.md", "@who", "a b"), RenameError::NotAnId("a b".to_owned()));
        let file = RenameError::FileName(FilePath::new("resources/stem.yaml"));
        assert_eq!(refused("exercises/bridge.yaml", "stem", "new"), file);
        assert_eq!(refused("articles/a.md", "helps", "new"), RenameError::NoName);
    }

    #[test]
    fn a_kind_tells_records_with_one_id_apart() {
        let (project, files) = project();
        let of = |id: &str, kind: Option<ContentKind>| {
            rename(&project, &files, id, kind.as_ref(), "new")
        };
        let both = vec![ContentKind::Exercise, ContentKind::Resource];
        assert_eq!(of("who", None), Err(RenameError::Several(both)));
        assert_eq!(of("who", Some(ContentKind::Resource)).map(|own| own.len()), Ok(5));
        assert_eq!(of("who", Some(ContentKind::Quiz)), Err(RenameError::Unknown("who".to_owned())));
        assert_eq!(of("bridge", None).map(|own| own.len()), Ok(2));
    }
}
