//! JSON Schemas: which one a file has, and what a record does not fulfil.
//!
//! A [`Catalogue`] holds the four schemas that come with caveat and the project's own; a [`Schema`]
//! is compiled when a file first needs it and then shared. [`validate::validate`] turns what the
//! validator finds into diagnostics with words and spans of our own. The validator looks at the
//! document's tree itself (`instance`); `serde_json` values are for schemas only.

mod address;
mod assertions;
mod condition;
mod deprecated;
mod error;
mod fields;
mod files;
pub mod infer;
mod instance;
pub mod likeness;
pub(crate) mod lint;
pub mod mapping;
mod part;
mod quick;
pub(crate) mod rules;
mod shapes;
pub mod skeleton;
pub mod suggest;
mod trail;
mod union;
pub mod validate;
mod values;
mod words;

pub(crate) use address::{copy_help, is_broken_start};
pub use error::{SchemaError, SchemaErrorCause};
pub(crate) use values::{is_plain_text, json_text};

#[cfg(test)]
mod gallery_tests;
#[cfg(test)]
mod suite_tests;

use crate::model::ContentKind;
use crate::model::shape::{Shapes, fold};
use crate::source::{FilePath, Format, SourceFile};
use crate::syntax::{self, Document, Node};
use address::address_of;
use assertions::assertions;
use error::Problem;
use files::{Copies, Files};
pub use instance::Quota;
use instance::{Instance, TreeJson, to_value};
use jsonschema::{Draft, PatternOptions, Validator};
use part::{Documents, Part};
use quick::Quick;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

/// The schemas that come with caveat.
const BUILT_IN: [(ContentKind, &str, &str); 4] = [
    (
        ContentKind::Exercise,
        "schemas/exercise.schema.json",
        include_str!("../schemas/exercise.schema.json"),
    ),
    (ContentKind::Quiz, "schemas/quiz.schema.json", include_str!("../schemas/quiz.schema.json")),
    (
        ContentKind::Resource,
        "schemas/resource.schema.json",
        include_str!("../schemas/resource.schema.json"),
    ),
    (
        ContentKind::Article,
        "schemas/article.schema.json",
        include_str!("../schemas/article.schema.json"),
    ),
];

/// Whether a text is one of the schemas that come with caveat, as `caveat schema KIND` prints them.
fn is_built_in(text: &str) -> bool {
    BUILT_IN.iter().any(|(_, _, own)| own.trim_end() == text.trim_end())
}

/// Where the built-in schemas have their addresses.
const BUILT_IN_ADDRESS: &str = "https://caveat.dev/schemas/0.1/";

/// Size a compiled `pattern` may have; larger ones are an error of the schema.
const MAX_PATTERN_BYTES: usize = 10 << 20;

/// Every schema a run may use. Nothing is read or compiled before it is needed.
#[derive(Debug)]
pub struct Catalogue {
    sources: Vec<Source>,
    root: Option<PathBuf>,
    copies: Vec<Copies>,
    /// Schemas named by files themselves, by path or address.
    named: Mutex<BTreeMap<String, Arc<OnceLock<Compiled>>>>,
}

type Compiled = Result<Arc<Schema>, Arc<SchemaError>>;

#[derive(Debug)]
struct Source {
    kind: Option<ContentKind>,
    path: FilePath,
    text: Arc<str>,
    is_built_in: bool,
    id: OnceLock<Option<String>>,
    compiled: OnceLock<Compiled>,
}

/// Which schema is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemaRef {
    /// The schema of a kind, by the catalogue.
    Kind(ContentKind),
    /// A schema file of the project, by its path from the root.
    Path(FilePath),
    /// An address such as `https://caveat.dev/schemas/0.1/quiz.schema.json`.
    Address(String),
}

impl Default for Catalogue {
    fn default() -> Self {
        Self::new()
    }
}

impl Catalogue {
    /// The built-in schemas alone; no files are read.
    pub fn new() -> Self {
        let sources = BUILT_IN
            .map(|(kind, path, text)| Source {
                kind: Some(kind),
                path: FilePath::new(path),
                text: text.into(),
                is_built_in: true,
                id: OnceLock::new(),
                compiled: OnceLock::new(),
            })
            .into();
        Self { sources, root: None, copies: Vec::new(), named: Mutex::default() }
    }

    /// Let `$ref` and `$schema` read files below the project's root.
    pub fn with_root(mut self, root: impl Into<PathBuf>) -> Self {
        self.root = Some(root.into());
        self
    }

    /// Serve addresses that begin with `prefix` from a folder; from a file, when `prefix` is the
    /// whole address.
    pub fn with_copies(mut self, prefix: &str, place: impl Into<PathBuf>) -> Self {
        self.copies.push(Copies::new(prefix, place.into()));
        self
    }

    /// The prefixes of [`Catalogue::with_copies`] under which nothing was looked for so far.
    pub fn unused_copies(&self) -> impl Iterator<Item = &str> {
        self.copies.iter().filter(|own| !own.is_used()).map(|own| own.prefix.as_str())
    }

    /// Add a schema of the project. A later schema of the same kind takes the place of an earlier
    /// one; `kind` is `None` for schemas that are only referred to.
    pub fn add(&mut self, kind: Option<ContentKind>, path: FilePath, text: impl Into<Arc<str>>) {
        self.sources.push(Source {
            kind,
            path,
            text: text.into(),
            is_built_in: false,
            id: OnceLock::new(),
            compiled: OnceLock::new(),
        });
    }

    /// The schemas of the project, as they were given.
    pub fn own_texts(&self) -> impl Iterator<Item = (&FilePath, &str)> {
        let own = self.sources.iter().filter(|own| !own.is_built_in);
        own.map(|own| (&own.path, &*own.text))
    }

    /// The kinds that have a schema, each once.
    pub fn kinds(&self) -> Vec<ContentKind> {
        let mut kinds: Vec<_> = self.sources.iter().filter_map(|own| own.kind.clone()).collect();
        kinds.sort();
        kinds.dedup();
        kinds
    }

    /// The schema of a kind; `None` when the kind has none.
    ///
    /// # Errors
    ///
    /// When the schema is broken.
    pub fn schema_for(&self, kind: &ContentKind) -> Result<Option<Arc<Schema>>, Arc<SchemaError>> {
        let found = self.sources.iter().rev().find(|own| own.kind.as_ref() == Some(kind));
        found.map(|source| self.compiled(source)).transpose()
    }

    /// The schema a reference means. `None` when no such kind has a schema, or nothing is known
    /// under an address.
    ///
    /// # Errors
    ///
    /// When the schema is broken, or a path names no readable file.
    pub fn schema(&self, reference: &SchemaRef) -> Result<Option<Arc<Schema>>, Arc<SchemaError>> {
        match reference {
            SchemaRef::Kind(kind) => self.schema_for(kind),
            SchemaRef::Path(path) => {
                match self.sources.iter().find(|own| !own.is_built_in && own.path == *path) {
                    Some(source) => self.compiled(source).map(Some),
                    None => self.named(path.as_str(), &address_of(path)).map(Some),
                }
            }
            SchemaRef::Address(address) => match self.source_at(address) {
                Some(source) => self.compiled(source).map(Some),
                None if Copies::find(&self.copies, address).is_some() => {
                    self.named(address, address).map(Some)
                }
                None => Ok(None),
            },
        }
    }

    /// The kind whose schema has this address or path.
    pub fn kind_at(&self, address: &str) -> Option<&ContentKind> {
        self.source_at(address)?.kind.as_ref()
    }

    /// The text of the schema of a kind, as it was given.
    pub fn text_for(&self, kind: &ContentKind) -> Option<(&FilePath, &str)> {
        let found = self.sources.iter().rev().find(|own| own.kind.as_ref() == Some(kind))?;
        Some((&found.path, &found.text))
    }

    fn source_at(&self, address: &str) -> Option<&Source> {
        let address = address.trim_end_matches('#');
        self.sources.iter().rev().find(|own| own.address() == address || own.id() == Some(address))
    }

    fn compiled(&self, source: &Source) -> Compiled {
        let compile = || {
            self.compile(&source.path, &source.address(), source.text.clone(), source.is_built_in)
        };
        source.compiled.get_or_init(|| compile().map_err(Arc::new).map(Arc::new)).clone()
    }

    fn named(&self, name: &str, address: &str) -> Compiled {
        let slot = {
            let mut named = self.named.lock().unwrap_or_else(PoisonError::into_inner);
            named.entry(name.to_owned()).or_default().clone()
        };
        let compile = || {
            let path = FilePath::new(name);
            let (text, _) = self.files().text(address).map_err(|problem| SchemaError {
                path: path.clone(),
                span: None,
                cause: SchemaErrorCause::Unreadable,
                message: format!("cannot read schema {name}: {problem}"),
                help: None,
            })?;
            self.compile(&path, address, text.into(), false)
        };
        slot.get_or_init(|| compile().map_err(Arc::new).map(Arc::new)).clone()
    }

    fn files(&self) -> Files {
        let mut known = BTreeMap::new();
        for source in &self.sources {
            let addresses = source.id().map(str::to_owned).into_iter().chain([source.address()]);
            for address in addresses {
                known.insert(address, (source.path.clone(), source.text.clone()));
            }
        }
        Files::new(self.root.clone(), self.copies.clone(), known)
    }

    fn compile(
        &self,
        path: &FilePath,
        address: &str,
        text: Arc<str>,
        is_built_in: bool,
    ) -> Result<Schema, SchemaError> {
        let file = SourceFile::new(path.clone(), &*text, schema_format(path));
        let document = syntax::parse(&file);
        let value = read(path, &document)?;
        let files = self.files();
        let settings = Compile { address, draft: None, assert_formats: true, is_built_in };
        Schema::compile(path, value, files, &settings)
            .map_err(|problem| problem.located(path, address, &document))
    }
}

impl Source {
    fn address(&self) -> String {
        match self.is_built_in {
            true => format!("{BUILT_IN_ADDRESS}{}", self.path.file_name()),
            false => address_of(&self.path),
        }
    }

    /// The `$id` of a schema of the project; the built-in ones are known by their address.
    fn id(&self) -> Option<&str> {
        let read_id = || {
            // No schema is read only to learn that it has no name.
            if self.is_built_in || !self.text.contains("$id") {
                return None;
            }
            let format = schema_format(&self.path);
            let file = SourceFile::new(self.path.clone(), &*self.text, format);
            let document = syntax::parse(&file);
            let id = document.tree.root()?.get("$id")?.as_str()?;
            Some(id.trim_end_matches('#').to_owned())
        };
        self.id.get_or_init(read_id).as_deref()
    }
}

/// YAML by its name, JSON otherwise.
fn schema_format(path: &FilePath) -> Format {
    match Format::of_name(path.as_str()) {
        Some(Format::Yaml) => Format::Yaml,
        _ => Format::Json,
    }
}

fn read(path: &FilePath, document: &Document) -> Result<Value, SchemaError> {
    if let Some(error) = document.errors.first() {
        return Err(SchemaError {
            path: path.clone(),
            span: Some(error.span),
            cause: SchemaErrorCause::Syntax,
            message: error.message.clone(),
            help: error.help.clone(),
        });
    }
    match document.tree.root() {
        Some(root) => Ok(to_value(root)),
        None => Err(SchemaError {
            path: path.clone(),
            span: None,
            cause: SchemaErrorCause::Syntax,
            message: "the schema is empty".to_owned(),
            help: None,
        }),
    }
}

/// A compiled schema with what is needed to talk about it.
#[derive(Debug)]
pub struct Schema {
    /// Where it comes from, for messages.
    pub path: FilePath,
    address: String,
    documents: Documents,
    validator: Lazy,
    quick: Option<Quick>,
    shapes: Shapes,
    mentions_deprecated: bool,
    /// Whether a branch of a union leads back to the union.
    has_recursive_union: bool,
    /// Parts that were asked for by themselves, by address.
    parts: Mutex<BTreeMap<String, Option<Arc<Schema>>>>,
}

/// Address of the schema that does nothing but refer to a part of another one.
const PART: &str = "urn:caveat:part";

/// The validator of a schema that comes with caveat is made when [`Quick`] first leaves a record to
/// it; that these schemas are sound is tested.
type Lazy = LazyLock<Validator<TreeJson>, Box<dyn FnOnce() -> Validator<TreeJson> + Send>>;

/// How to compile.
struct Compile<'a> {
    address: &'a str,
    /// For schemas that do not name their draft; 2020-12 when not given.
    draft: Option<Draft>,
    assert_formats: bool,
    is_built_in: bool,
}

impl Schema {
    fn compile(
        path: &FilePath,
        value: Value,
        files: Files,
        how: &Compile<'_>,
    ) -> Result<Self, Problem> {
        let loaded = files.loaded();
        let options = jsonschema::options_for::<TreeJson>()
            .with_base_uri(how.address)
            .with_retriever(files)
            .with_pattern_options(PatternOptions::regex().size_limit(MAX_PATTERN_BYTES));
        let options = match how.draft {
            Some(draft) => options.with_draft(draft),
            None => options,
        };
        let options = match how.assert_formats {
            true => options.with_format("uri", address::is_address).should_validate_formats(true),
            false => options,
        };
        let mut documents = Documents::default();
        let quick = Quick::of(&value);
        let value = Arc::new(value);
        let later: Box<dyn FnOnce() -> Validator<TreeJson> + Send> = if how.is_built_in {
            // The library keeps a copy of what it is given.
            let value = value.clone();
            Box::new(move || options.build(&assertions(&value)).expect("our schemas are sound"))
        } else {
            let validator = options.build(&value).map_err(Problem::new)?;
            Box::new(|| validator)
        };
        let validator = Lazy::new(later);
        documents.add(how.address, &value);
        let loaded = loaded.lock().unwrap_or_else(PoisonError::into_inner);
        for (address, document) in loaded.iter() {
            documents.add(address, document);
        }
        let mentions = |document: &Value| document.to_string().contains("\"deprecated\":true");
        let mentions_deprecated = mentions(&value) || loaded.values().any(|value| mentions(value));
        drop(loaded);
        let mut schema = Self {
            path: path.clone(),
            address: how.address.to_owned(),
            documents,
            validator,
            quick,
            shapes: Shapes::default(),
            mentions_deprecated,
            has_recursive_union: false,
            parts: Mutex::default(),
        };
        schema.shapes = shapes::shapes(&schema.root());
        schema.has_recursive_union = part::has_recursive_union(&schema.root());
        Ok(schema)
    }

    /// Names and roles of the fields it describes.
    pub fn shapes(&self) -> &Shapes {
        &self.shapes
    }

    /// The same with the spellings of one collection: as written → canonical name. A spelling
    /// counts in every object that has the field; in all of them, when the name begins with `x-` and
    /// so is of the collection's own.
    pub fn shapes_with(&self, aliases: &BTreeMap<String, String>) -> Shapes {
        let mut shapes = self.shapes.clone();
        for shape in &mut shapes.shapes {
            for (written, name) in aliases {
                let has_field = shape.fields.contains(name) || name.starts_with("x-");
                if has_field && !shape.fields.contains(written) {
                    shape.names.insert(fold(written), name.clone());
                }
            }
        }
        shapes
    }

    /// Whether a record fulfils the schema; says nothing about deprecated fields.
    pub fn is_valid(&self, record: syntax::Node<'_>) -> bool {
        self.is_valid_as_written(record) || self.validator.is_valid(Instance::from(record))
    }

    /// Whether one look tells that a record fulfils the schema, with nothing but canonical names.
    pub fn is_valid_as_written(&self, record: syntax::Node<'_>) -> bool {
        self.quick.as_ref().is_some_and(|quick| quick.holds(record))
    }

    /// Whether some part of it is called deprecated.
    pub fn mentions_deprecated(&self) -> bool {
        self.mentions_deprecated
    }

    /// Whether it came with the program.
    pub fn is_built_in(&self) -> bool {
        self.address.starts_with(BUILT_IN_ADDRESS)
    }

    /// What the items of a list fulfil that is a field of a record.
    pub fn items_of(&self, field: &str) -> Option<Arc<Schema>> {
        let items = self.root().property(field)?.step("items")?;
        self.part(&items.reference()?)
    }

    /// The part of it at an address, as a schema of its own; `None` when it cannot stand alone.
    fn part(&self, address: &str) -> Option<Arc<Schema>> {
        let mut parts = self.parts.lock().unwrap_or_else(PoisonError::into_inner);
        let compile = || {
            let mut value = serde_json::json!({"$ref": address});
            if let Some(draft) = self.root().get("$schema") {
                value["$schema"] = draft.clone();
            }
            let text = |document: &Arc<Value>| (self.path.clone(), document.to_string().into());
            let known = self.documents.whole();
            let known = known.map(|(address, document)| (address.to_owned(), text(document)));
            let files = Files::new(None, Vec::new(), known.collect());
            let how =
                Compile { address: PART, draft: None, assert_formats: true, is_built_in: false };
            Schema::compile(&self.path, value, files, &how).ok().map(Arc::new)
        };
        parts.entry(address.to_owned()).or_insert_with(compile).clone()
    }

    /// What the validator finds, as far as the quota reaches.
    fn errors<'a>(
        &'a self,
        record: syntax::Node<'a>,
        quota: &'a Quota,
    ) -> Vec<jsonschema::ValidationError<'a>> {
        self.validator.iter_errors(Instance::Node(record, Some(quota))).collect()
    }

    fn root(&self) -> Part<'_> {
        self.documents.find(&self.address).expect("the schema itself is among its documents")
    }
}

/// What a value is, in words: "the text `a`", "a list".
pub(crate) fn found(node: Node<'_>) -> String {
    values::found(node)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    /// A schema of the project among the files of `tests/data/schema/project`.
    fn project() -> Catalogue {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/schema/project");
        let vendor = root.join("vendor");
        Catalogue::new().with_root(root).with_copies("https://example.org/schemas/", vendor)
    }

    fn schema_at(path: &str) -> Result<Arc<Schema>, Arc<SchemaError>> {
        let found = project().schema(&SchemaRef::Path(FilePath::new(path)))?;
        Ok(found.expect("a path is a schema or an error"))
    }

    fn error(text: &str) -> (String, String) {
        let mut catalogue = project();
        let path = FilePath::new("broken.schema.yaml");
        catalogue.add(None, path.clone(), text);
        let error = catalogue.schema(&SchemaRef::Path(path)).unwrap_err();
        let place = error.span.map_or("", |span| &text[span.range()]);
        (place.to_owned(), error.message.clone())
    }

    fn is_valid(schema: &Schema, text: &str) -> bool {
        let file = SourceFile::new(FilePath::new("a.yaml"), text, Format::Yaml);
        schema.is_valid(syntax::parse(&file).tree.root().unwrap())
    }

    #[test]
    fn built_in_schemas_compile() {
        let catalogue = Catalogue::new();
        for (kind, source) in ContentKind::BUILT_IN.iter().zip(&catalogue.sources) {
            let schema = catalogue.schema_for(kind).unwrap().unwrap();
            assert!(schema.shapes().shapes[0].fields.names().next().is_some());
            assert_eq!(schema.root().value["$id"], source.address());
            assert_eq!(catalogue.kind_at(&source.address()), Some(kind));
        }
    }

    #[test]
    fn a_schema_of_the_project_takes_the_place_of_a_built_in_one() {
        let mut catalogue = Catalogue::new();
        let path = FilePath::new("schemas/quiz.json");
        catalogue.add(Some(ContentKind::Quiz), path, r#"{"required": ["a"]}"#);
        let schema = catalogue.schema_for(&ContentKind::Quiz).unwrap().unwrap();
        assert!(is_valid(&schema, "a: 1") && !is_valid(&schema, "title: Hips"));
        assert_eq!(catalogue.kinds().len(), 4);
    }

    #[test]
    fn references_reach_other_files_of_the_project() {
        let schema = schema_at("lesson.schema.yaml").unwrap();
        assert!(is_valid(&schema, "author: {name: A. Roe}\nlevel: easy\nlicense: MIT\n"));
        assert!(!is_valid(&schema, "author: {nam: A. Roe}\n"));
        assert!(!is_valid(&schema, "level: none\n"));
        assert!(!is_valid(&schema, "license: 3\n"));
        let author = schema.shapes().shapes[0].fields["author"].shape.unwrap();
        assert!(schema.shapes().shapes[author].fields.contains("name"));
    }

    #[test]
    fn built_in_schemas_can_be_referred_to() {
        let mut catalogue = Catalogue::new();
        let path = FilePath::new("a.json");
        let text = r#"{"$ref": "https://caveat.dev/schemas/0.1/article.schema.json"}"#;
        catalogue.add(None, path.clone(), text);
        let schema = catalogue.schema(&SchemaRef::Path(path)).unwrap().unwrap();
        assert!(is_valid(&schema, "title: Hips") && !is_valid(&schema, "titel: Hips"));
        assert!(schema.shapes().shapes[0].fields.contains("title"));
    }

    #[test]
    fn broken_schemas_are_told_at_their_place() {
        assert_eq!(
            error("type: strng"),
            (
                "strng".into(),
                "`type` must be one of the seven JSON types, or a list of them".into()
            )
        );
        assert_eq!(
            error("minLength: -1"),
            ("-1".into(), "`minLength` must be at least 0 in a schema".into())
        );
        assert_eq!(
            error("properties: {a: {required: yes}}"),
            ("yes".into(), "`required` must be a list in a schema".into())
        );
        assert_eq!(error("a: [").1, error("a: [").1);
        let (place, message) = error("properties: {a: {pattern: '(?=a)'}}");
        assert_eq!(
            (place.as_str(), message.as_str()),
            ("'(?=a)'", "`pattern` is a pattern that cannot be used")
        );
    }

    #[test]
    fn references_lead_somewhere_or_are_told() {
        assert_eq!(
            error("properties: {a: {$ref: '#/$defs/b'}}"),
            ("'#/$defs/b'".into(), "`/$defs/b` leads nowhere".into())
        );
        assert_eq!(
            error("$ref: none.json"),
            ("none.json".into(), "`none.json` cannot be loaded: `none.json` does not exist".into())
        );
        let (place, message) = error("$ref: https://example.com/a.json");
        assert_eq!(place, "https://example.com/a.json");
        assert!(message.contains("opens no network connections"), "{message}");
        let (_, message) = error("$ref: ../../../etc/passwd");
        assert!(message.contains("`etc/passwd` does not exist"), "{message}");
    }

    #[test]
    fn no_file_is_read_without_a_root() {
        let path = SchemaRef::Path(FilePath::new("Cargo.toml"));
        let error = Catalogue::new().schema(&path).unwrap_err();
        assert_eq!(error.message, "cannot read schema Cargo.toml: no files may be read here");
        let missing = project().schema(&SchemaRef::Path(FilePath::new("none.json"))).unwrap_err();
        assert_eq!(missing.message, "cannot read schema none.json: `none.json` does not exist");
    }

    #[test]
    fn unknown_addresses_are_no_schema() {
        let address = SchemaRef::Address("https://example.com/a.json".to_owned());
        assert!(project().schema(&address).unwrap().is_none());
    }

    #[test]
    fn patterns_take_linear_time() {
        let mut catalogue = Catalogue::new();
        let path = FilePath::new("a.json");
        catalogue.add(None, path.clone(), r#"{"pattern": "^(a|a)*b$"}"#);
        let schema = catalogue.schema(&SchemaRef::Path(path)).unwrap().unwrap();
        assert!(!is_valid(&schema, &"a".repeat(50_000)));
    }

    #[test]
    fn aliases_are_read_off_the_schema_and_the_settings() {
        let catalogue = Catalogue::new();
        let schema = catalogue.schema_for(&ContentKind::Quiz).unwrap().unwrap();
        let shapes = schema.shapes();
        let questions = shapes.shapes[0].fields["questions"].shape.unwrap();
        let question = &shapes.shapes[questions];
        assert_eq!(question.canonical("stem"), Some("prompt"));
        assert_eq!(question.canonical("Prompt"), Some("prompt"));
        assert_eq!(question.fields["explanation"].claims, Some(true));
        let own = BTreeMap::from([("fråga".to_owned(), "prompt".to_owned())]);
        let shapes = schema.shapes_with(&own);
        assert_eq!(shapes.shapes[questions].canonical("fråga"), Some("prompt"));
        let own = [("pk", "x-pk"), ("none", "nothing")];
        let own = own.map(|(written, name)| (written.to_owned(), name.to_owned()));
        let shape = &schema.shapes_with(&own.into()).shapes[questions];
        assert_eq!((shape.canonical("pk"), shape.canonical("none")), (Some("x-pk"), None));
    }

    #[test]
    fn shapes_of_recursive_schemas_end() {
        let mut catalogue = Catalogue::new();
        let path = FilePath::new("a.json");
        let text = r##"{"properties": {"part": {"anyOf": [{"$ref": "#"}, {"type": "array", "items": {"$ref": "#"}}]}}}"##;
        catalogue.add(None, path.clone(), text);
        let schema = catalogue.schema(&SchemaRef::Path(path)).unwrap().unwrap();
        let mut shape = 0;
        for _ in 0..5 {
            shape = schema.shapes().shapes[shape].fields["part"].shape.unwrap();
        }
        assert!(schema.shapes().shapes.len() <= 3);
    }
}
