//! Which kind and schema a file has, and why.
//!
//! In this order: `$schema` in the file or in a `# yaml-language-server: $schema=` line, the globs
//! of the settings, the `kind` field, the name of the folder. Nothing of these: no kind.

use super::address::{address_of, join, shown};
use super::{Catalogue, SchemaRef};
use crate::globs::Globs;
use crate::model::ContentKind;
use crate::nearest::nearest;
use crate::source::{FilePath, Format, SourceFile};
use crate::syntax::{Document, Node, Text};
use std::collections::BTreeMap;

/// One line of the settings' table: these files are of this kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    pub files: Globs,
    pub kind: ContentKind,
    /// JSON pointer to the records in each file; empty for the root.
    pub records: String,
    /// Spellings of this collection: as written → canonical name.
    pub aliases: BTreeMap<String, String>,
    /// Path of the JSON Schema from the root, where it is not the kind's own.
    pub schema: Option<String>,
}

/// What a file is checked as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// `None`: syntax checks only.
    pub kind: Option<ContentKind>,
    pub schema: Option<SchemaRef>,
    /// JSON pointer to the records.
    pub pointer: String,
    /// The line of the settings' table that matches the file, if one does.
    pub mapping: Option<usize>,
    /// For people, to follow "because".
    pub reason: String,
}

/// Decide the kind and schema of a file.
pub fn decide(
    file: &SourceFile,
    document: &Document,
    mappings: &[Mapping],
    catalogue: &Catalogue,
) -> Decision {
    let mapping = mappings.iter().position(|own| own.files.matches(&file.path));
    let pointer = mapping.map_or(String::new(), |at| mappings[at].records.clone());
    let (kind, reason) = kind_of(file, document, mapping.map(|at| &mappings[at]), catalogue);
    let own_schema = mapping.and_then(|at| mappings[at].schema.as_deref());
    let own_schema = own_schema.map(|path| SchemaRef::Path(FilePath::new(path)));
    let schema = own_schema.or_else(|| kind.clone().map(SchemaRef::Kind));
    let decision = Decision { kind, schema, pointer, mapping, reason };
    match named_schema(file, document) {
        Some((named, place)) => with_named(decision, file, &named, place, catalogue),
        None => decision,
    }
}

/// The file itself names its schema: it wins, and tells the kind where it is the schema of one.
fn with_named(
    decision: Decision,
    file: &SourceFile,
    named: &str,
    place: &str,
    catalogue: &Catalogue,
) -> Decision {
    let schema = reference(file, named);
    let address = match &schema {
        SchemaRef::Path(path) => address_of(path),
        SchemaRef::Address(address) => address.clone(),
        SchemaRef::Kind(_) => String::new(),
    };
    match catalogue.kind_at(&address) {
        Some(kind) => Decision {
            kind: Some(kind.clone()),
            schema: Some(SchemaRef::Kind(kind.clone())),
            reason: format!("{place} is `{named}`, the schema of this kind"),
            ..decision
        },
        None => {
            let kind = decision.kind.clone().unwrap_or_else(|| kind_named_after(named));
            let reason = match decision.kind {
                Some(_) => {
                    format!("{place} is `{named}`; its kind is told by this: {}", decision.reason)
                }
                None => format!("{place} is `{named}`"),
            };
            Decision { kind: Some(kind), schema: Some(schema), reason, ..decision }
        }
    }
}

fn kind_of(
    file: &SourceFile,
    document: &Document,
    mapping: Option<&Mapping>,
    catalogue: &Catalogue,
) -> (Option<ContentKind>, String) {
    if let Some(mapping) = mapping {
        let globs: Vec<_> =
            mapping.files.patterns().iter().map(|glob| format!("`{glob}`")).collect();
        let reason = format!("the settings say so for {}", globs.join(", "));
        return (Some(mapping.kind.clone()), reason);
    }
    if file.format == Format::Bibtex {
        return (Some(ContentKind::Resource), "it is a bibliography".to_owned());
    }
    let stated = document.tree.root().and_then(stated_kind);
    if let Some(name) = stated {
        let known = catalogue.kinds().into_iter().find(|kind| kind.name() == name);
        if let Some(kind) = known {
            return (Some(kind), format!("its `kind` is `{name}`"));
        }
    }
    let folders: Vec<&str> = file.path.folders().collect();
    let by_folder = folders.iter().rev().find_map(|folder| {
        let mut kinds = ContentKind::BUILT_IN.iter();
        kinds.find(|kind| is_folder_of(kind, folder)).map(|kind| (kind, folder))
    });
    let work = || document.tree.root().and_then(first_work);
    if let Some((ContentKind::Article, folder)) = by_folder
        && work().is_some()
    {
        let reason = format!("it lies in a folder `{folder}`, and is a list of CSL items");
        return (Some(ContentKind::Resource), reason);
    }
    if let Some((kind, folder)) = by_folder {
        return (Some(kind.clone()), format!("it lies in a folder `{folder}`"));
    }
    if stated.is_none() && work().is_some_and(has_csl_date) {
        return (Some(ContentKind::Resource), "it is a list of CSL items".to_owned());
    }
    let reason = match stated {
        Some(name) => {
            format!("its `kind` is `{name}`, which has no schema, and nothing else tells")
        }
        None => {
            "no `$schema`, no line of the settings, no `kind` field and no folder tells".to_owned()
        }
    };
    (None, reason)
}

/// Whether a folder's name says that it holds records of a kind, in any case. `resource` is a folder of programs.
fn is_folder_of(kind: &ContentKind, folder: &str) -> bool {
    let singular = Some(kind.name()).filter(|_| *kind != ContentKind::Resource);
    kind.folder().into_iter().chain(singular).any(|name| folder.eq_ignore_ascii_case(name))
}

/// The first item of a file that begins as exports of reference managers do, which lie beside the articles that
/// cite from them.
fn first_work(root: Node<'_>) -> Option<Node<'_>> {
    const OF_WORKS: &[&str] = &["issued", "DOI", "URL", "container-title", "ISBN", "PMID"];
    // Some export the list under a key.
    let list = if root.is_mapping() { root.get("items") } else { Some(root) };
    let first = list.and_then(|list| list.items().next());
    first.filter(|item| {
        let has = |name: &str| item.get(name).is_some();
        has("id")
            && has("type")
            && has("title")
            && !has("body")
            && OF_WORKS.iter().any(|own| has(own))
    })
}

/// Nothing but CSL has `date-parts`: a list of works is told by it in any folder.
fn has_csl_date(work: Node<'_>) -> bool {
    let date = |name: &str| work.get(name)?.get("date-parts");
    date("issued").or_else(|| date("accessed")).is_some()
}

/// `kind` of the record, or of the first record of a list.
fn stated_kind(root: Node<'_>) -> Option<&str> {
    kind_field(root)?.as_str()
}

fn kind_field(root: Node<'_>) -> Option<Node<'_>> {
    let record = if root.is_sequence() { root.items().next()? } else { root };
    // Files for other programs have kinds too.
    record.get("kind").filter(|_| record.get("apiVersion").is_none())
}

/// The `kind` of a file for which none is known, where it is nearly the name of one: its value and
/// that name.
pub fn misspelt_kind<'d>(
    document: &'d Document,
    catalogue: &Catalogue,
) -> Option<(Text<'d>, String)> {
    let written = kind_field(document.tree.root()?)?.text()?;
    let kinds = catalogue.kinds();
    let near = nearest(written.as_str(), kinds.iter().map(ContentKind::name))?.to_owned();
    Some((written, near))
}

/// The schema a file names, and where it does.
fn named_schema(file: &SourceFile, document: &Document) -> Option<(String, &'static str)> {
    let own = document.tree.root().and_then(|root| root.get("$schema")?.as_str());
    if let Some(named) = own.filter(|named| !named.is_empty()) {
        return Some((named.to_owned(), "its `$schema`"));
    }
    let modeline = document.comments.iter().find_map(|&span| {
        let comment = file.slice(span).trim_start_matches('#').trim();
        let setting = comment.strip_prefix("yaml-language-server:")?.trim();
        setting.strip_prefix("$schema=").map(str::trim).filter(|named| !named.is_empty())
    });
    modeline.map(|named| (named.to_owned(), "the `$schema` of its `yaml-language-server` line"))
}

/// A path is relative to the file; with `/` before it, to the root.
fn reference(file: &SourceFile, named: &str) -> SchemaRef {
    if named.contains("://") || named.starts_with("urn:") {
        return SchemaRef::Address(named.to_owned());
    }
    let base = address_of(&file.path);
    let joined = join(&base, named.split('#').next().unwrap_or(named));
    SchemaRef::Path(FilePath::new(shown(&joined)))
}

/// A kind for a schema that belongs to none: `lesson` for `schemas/lesson.schema.json`.
fn kind_named_after(schema: &str) -> ContentKind {
    let name = schema.trim_end_matches(['#', '/']).rsplit('/').next().unwrap_or(schema);
    let stem = name.split('.').next().filter(|stem| !stem.is_empty()).unwrap_or("custom");
    ContentKind::built_in(stem).unwrap_or_else(|| ContentKind::Custom(stem.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax;

    fn mappings() -> Vec<Mapping> {
        vec![Mapping {
            files: Globs::new(["library/*.json", "*.ex.yaml"]).unwrap(),
            kind: ContentKind::Exercise,
            records: "/exercises".to_owned(),
            aliases: BTreeMap::new(),
            schema: None,
        }]
    }

    fn decided(path: &str, text: &str) -> Decision {
        let format = Format::of_name(path).unwrap();
        let file = SourceFile::new(FilePath::new(path), text, format);
        decide(&file, &syntax::parse(&file), &mappings(), &Catalogue::new())
    }

    fn told(path: &str, text: &str) -> (Option<String>, String) {
        let decision = decided(path, text);
        (decision.kind.map(|kind| kind.name().to_owned()), decision.reason)
    }

    #[test]
    fn the_file_itself_comes_first() {
        let address = "https://caveat.dev/schemas/0.1/quiz.schema.json";
        let (kind, reason) = told("library/a.json", &format!("{{\"$schema\": \"{address}\"}}"));
        assert_eq!(kind.as_deref(), Some("quiz"));
        assert!(reason.starts_with("its `$schema` is"), "{reason}");

        let modeline = format!("# yaml-language-server: $schema={address}\ntitle: Hips\n");
        assert_eq!(told("articles/a.yaml", &modeline).0.as_deref(), Some("quiz"));
    }

    #[test]
    fn paths_are_relative_to_the_file() {
        let decision = decided("lessons/a.yaml", "$schema: ../schemas/lesson.schema.json\n");
        assert_eq!(decision.kind, Some(ContentKind::Custom("lesson".into())));
        let path = FilePath::new("schemas/lesson.schema.json");
        assert_eq!(decision.schema, Some(SchemaRef::Path(path)));
    }

    #[test]
    fn then_settings_then_kind_then_folder() {
        let decision = decided("library/a.json", r#"{"kind": "quiz"}"#);
        assert_eq!(decision.kind, Some(ContentKind::Exercise));
        assert_eq!(decision.pointer, "/exercises");
        assert_eq!(decision.reason, "the settings say so for `library/*.json`, `*.ex.yaml`");
        assert_eq!(told("deep/er/b.ex.yaml", "a: 1").0.as_deref(), Some("exercise"));

        let by_kind = told("articles/a.yaml", "kind: quiz\n");
        assert_eq!(by_kind, (Some("quiz".to_owned()), "its `kind` is `quiz`".to_owned()));
        let by_folder = told("content/articles/old/a.md", "# Hips\n");
        assert_eq!(by_folder.0.as_deref(), Some("article"));
        assert_eq!(told("Exercise/a.yaml", "a: 1\n").0.as_deref(), Some("exercise"));
        assert_eq!(told("resource/a.yaml", "a: 1\n").0, None);
        assert_eq!(told("notes/a.yaml", "a: 1\n").0, None);
        assert!(told("notes/a.yaml", "kind: song\n").1.contains("`song`"));
    }

    #[test]
    fn exports_of_reference_managers_beside_articles() {
        let item =
            |field: &str| format!(r#"[{{"id": "roe", "type": "report", "title": "Hips"{field}}}]"#);
        let kind = |path: &str, field: &str| told(path, &item(field)).0;
        let dated = r#", "issued": {"date-parts": [[2020]]}"#;
        assert_eq!(kind("articles/sources.json", dated).as_deref(), Some("resource"));
        assert_eq!(kind("articles/sources.json", "").as_deref(), Some("article"));
        assert_eq!(kind("quizzes/sources.json", dated).as_deref(), Some("quiz"));
        let in_key = format!(r#"{{"items": {}}}"#, item(dated));
        assert_eq!(told("articles/zotero.json", &in_key).0.as_deref(), Some("resource"));
        assert_eq!(told("quizzes/items.json", &in_key).0.as_deref(), Some("quiz"));
        let with_text = r#", "URL": "https://example.org", "body": "Hips bend.""#;
        assert_eq!(kind("articles/sources.json", with_text).as_deref(), Some("article"));
    }

    #[test]
    fn a_list_of_csl_items_needs_no_folder() {
        let kind = |date: &str| {
            let work = r#""id": "roe", "type": "report", "title": "Hips", "URL": "https://a.org""#;
            told("bib/sources.json", &format!("[{{{work}, {date}}}]")).0
        };
        assert_eq!(kind(r#""issued": {"date-parts": [[2020]]}"#).as_deref(), Some("resource"));
        assert_eq!(kind(r#""accessed": {"date-parts": [[2020]]}"#).as_deref(), Some("resource"));
        assert_eq!(kind(r#""issued": "2020""#), None);
        assert_eq!(kind(r#""kind": "song", "issued": {"date-parts": [[2020]]}"#), None);
    }
}
