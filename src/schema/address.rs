//! Where the parts of a schema are: documents by address, references between them, local files.
//!
//! [`Documents`] finds the sub-schema behind an address or a `$ref`; [`Part`] is one sub-schema with
//! the address its references are relative to. [`Files`] is all the validator gets to load with: it
//! reads files below the project's root and vendored copies, and never opens a socket.

use super::fields::{Fields, Gathered};
use super::instance::to_value;
use crate::source::{FilePath, SourceFile, reason};
use crate::syntax::{self, pointer};
use jsonschema::{Retrieve, Uri};
use percent_encoding::percent_decode_str;
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::path::{Component, Path, PathBuf};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Address of a file of the project: `file:///` and its path relative to the root. Dot segments
/// cannot climb above the root of an address, so neither can a reference.
const ROOT: &str = "file:///";

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

/// Every document a schema is made of.
#[derive(Debug, Default)]
pub(super) struct Documents {
    /// Address without fragment → document and the pointer of the part that has this address.
    places: BTreeMap<String, (Arc<Value>, String)>,
    /// Address with an anchor as its fragment → document and pointer.
    anchors: BTreeMap<String, (Arc<Value>, String)>,
    gathered: Gathered,
}

impl Documents {
    pub(super) fn add(&mut self, address: &str, document: &Arc<Value>) {
        let address = address.trim_end_matches('#').to_owned();
        if self.places.contains_key(&address) {
            return;
        }
        self.places.insert(address.clone(), (document.clone(), String::new()));
        self.index(&address, document, document, &mut String::new());
    }

    fn index(&mut self, base: &str, document: &Arc<Value>, value: &Value, pointer: &mut String) {
        let mut base = base.to_owned();
        if let Value::Object(members) = value {
            if let Some(id) =
                members.get("$id").or_else(|| members.get("id")).and_then(Value::as_str)
            {
                base = join(&base, id).trim_end_matches('#').to_owned();
                let place = (document.clone(), pointer.clone());
                self.places.entry(base.clone()).or_insert(place);
            }
            for name in ["$anchor", "$dynamicAnchor"] {
                if let Some(anchor) = members.get(name).and_then(Value::as_str) {
                    let place = (document.clone(), pointer.clone());
                    self.anchors.entry(format!("{base}#{anchor}")).or_insert(place);
                }
            }
        }
        let length = pointer.len();
        let mut visit = |step: &str, child: &Value, pointer: &mut String| {
            if child.is_object() || child.is_array() {
                pointer.push('/');
                pointer.push_str(&pointer::escaped(step));
                self.index(&base, document, child, pointer);
                pointer.truncate(length);
            }
        };
        match value {
            Value::Object(members) => {
                members.iter().for_each(|(name, child)| visit(name, child, pointer));
            }
            Value::Array(items) => {
                let numbered = items.iter().enumerate();
                numbered.for_each(|(index, child)| visit(&index.to_string(), child, pointer));
            }
            _ => {}
        }
    }

    /// Every document, by its address.
    pub(super) fn whole(&self) -> impl Iterator<Item = (&str, &Arc<Value>)> {
        let places = self.places.iter().filter(|(_, (_, pointer))| pointer.is_empty());
        places.map(|(address, (document, _))| (address.as_str(), document))
    }

    /// The sub-schema at an address with an optional fragment.
    pub(super) fn find(&self, address: &str) -> Option<Part<'_>> {
        let (address, fragment) = address.split_once('#').unwrap_or((address, ""));
        let fragment = percent_decoded(fragment);
        if !fragment.is_empty() && !fragment.starts_with('/') {
            let (document, pointer) = self.anchors.get(&format!("{address}#{fragment}"))?;
            let value = document.pointer(pointer)?;
            return Some(Part { documents: self, base: address.into(), value });
        }
        let (document, prefix) = self.places.get(address)?;
        let root = document.pointer(prefix)?;
        let mut part = Part { documents: self, base: address.into(), value: root };
        for step in fragment.split('/').skip(1) {
            part = part.step(&pointer::unescaped(step))?;
        }
        Some(part)
    }
}

/// A sub-schema (or a list or table of them).
#[derive(Clone, Debug)]
pub(super) struct Part<'s> {
    documents: &'s Documents,
    base: Rc<str>,
    pub(super) value: &'s Value,
}

impl<'s> Part<'s> {
    /// The child under a name or index.
    pub(super) fn step(&self, name: &str) -> Option<Part<'s>> {
        let value = match self.value {
            Value::Object(members) => members.get(name)?,
            Value::Array(items) => items.get(name.parse::<usize>().ok()?)?,
            _ => return None,
        };
        Some(self.child(value))
    }

    /// A value of this list or table.
    fn child(&self, value: &'s Value) -> Part<'s> {
        let base = match value.get("$id").and_then(Value::as_str) {
            Some(id) => join(&self.base, id).trim_end_matches('#').into(),
            None => self.base.clone(),
        };
        Part { documents: self.documents, base, value }
    }

    /// The fields an object with this schema can have.
    pub(super) fn fields(&self) -> Arc<Fields> {
        self.documents.gathered.of(self)
    }

    /// What a reference keyword of this schema leads to.
    pub(super) fn target(&self, keyword: &str) -> Option<Part<'s>> {
        let reference = self.value.get(keyword)?.as_str()?;
        self.documents.find(&join(&self.base, reference))
    }

    /// The address that `$ref` leads to, when the schema asks for nothing else.
    pub(super) fn reference(&self) -> Option<String> {
        const WORDS: [&str; 6] =
            ["$ref", "title", "description", "examples", "default", "deprecated"];
        let members = self.value.as_object()?;
        let is_word = |name: &String| WORDS.contains(&name.as_str()) || name.starts_with("x-");
        let reference = members.get("$ref")?.as_str().filter(|_| members.keys().all(is_word))?;
        Some(join(&self.base, reference))
    }

    pub(super) fn get(&self, keyword: &str) -> Option<&'s Value> {
        self.value.get(keyword)
    }

    pub(super) fn text(&self, keyword: &str) -> Option<&'s str> {
        self.get(keyword).and_then(Value::as_str)
    }

    /// The sub-schemas in a list such as `oneOf`.
    pub(super) fn list(&self, keyword: &str) -> Vec<Part<'s>> {
        let Some(list) = self.step(keyword) else {
            return Vec::new();
        };
        list.value.as_array().into_iter().flatten().map(|value| list.child(value)).collect()
    }

    /// The sub-schemas in a table such as `properties`, in order.
    pub(super) fn table(&self, keyword: &str) -> Vec<(&'s str, Part<'s>)> {
        let Some(table) = self.step(keyword) else {
            return Vec::new();
        };
        let Some(members) = table.value.as_object() else {
            return Vec::new();
        };
        members.iter().map(|(name, value)| (name.as_str(), table.child(value))).collect()
    }

    /// The schemas this one is made of or refers to.
    fn children(&self) -> Vec<Part<'s>> {
        const SINGLE: [&str; 11] = [
            "items",
            "additionalItems",
            "additionalProperties",
            "unevaluatedItems",
            "unevaluatedProperties",
            "contains",
            "propertyNames",
            "not",
            "if",
            "then",
            "else",
        ];
        let references = ["$ref", "$dynamicRef", "$recursiveRef"];
        let targets = references.into_iter().filter_map(|keyword| self.target(keyword));
        let single = SINGLE.into_iter().filter_map(|keyword| self.step(keyword));
        let lists = ["allOf", "anyOf", "oneOf", "prefixItems", "items"];
        let listed = lists.into_iter().flat_map(|keyword| self.list(keyword));
        let tables = ["properties", "patternProperties", "dependentSchemas", "dependencies"];
        let named = tables.into_iter().flat_map(|keyword| self.table(keyword));
        let children = targets.chain(single).chain(listed).chain(named.map(|(_, part)| part));
        children.filter(|part| part.value.is_object()).collect()
    }

    /// This schema and all that holds together with it: references and `allOf`, each once.
    pub(super) fn together(&self) -> Vec<Part<'s>> {
        self.closure(|part| part.list("allOf"))
    }

    /// This schema and everything that may say something of the same value: references, `allOf`,
    /// and every branch.
    pub(super) fn everything(&self) -> Vec<Part<'s>> {
        self.closure(|part| {
            let lists = ["allOf", "anyOf", "oneOf"].into_iter().flat_map(|name| part.list(name));
            let single = ["then", "else", "if"].into_iter().filter_map(|name| part.step(name));
            let tables = part.table("dependentSchemas").into_iter().map(|(_, part)| part);
            lists.chain(single).chain(tables).collect()
        })
    }

    fn closure(&self, more: impl Fn(&Part<'s>) -> Vec<Part<'s>>) -> Vec<Part<'s>> {
        let mut found: Vec<Part<'s>> = vec![self.clone()];
        let mut next = 0;
        while next < found.len() {
            let part = found[next].clone();
            next += 1;
            let references = ["$ref", "$dynamicRef", "$recursiveRef"];
            let targets = references.into_iter().filter_map(|keyword| part.target(keyword));
            for further in targets.chain(more(&part)) {
                if !found.iter().any(|known| known.is_same(&further)) {
                    found.push(further);
                }
            }
        }
        found
    }

    pub(super) fn is_same(&self, other: &Part<'s>) -> bool {
        std::ptr::eq(self.value, other.value)
    }

    /// The schema of a property, from `properties` of everything that holds together.
    pub(super) fn property(&self, name: &str) -> Option<Part<'s>> {
        self.together().iter().find_map(|part| part.step("properties")?.step(name))
    }
}

/// Whether a branch of some union can lead back to that union.
pub(super) fn has_recursive_union(root: &Part<'_>) -> bool {
    reachable(vec![root.clone()]).iter().any(|part| {
        let branches: Vec<_> =
            ["anyOf", "oneOf"].into_iter().flat_map(|name| part.list(name)).collect();
        branches.len() > 1 && reachable(branches).iter().any(|reached| reached.is_same(part))
    })
}

/// These schemas and every one that can be met from them, each once.
fn reachable(mut found: Vec<Part<'_>>) -> Vec<Part<'_>> {
    let mut known: HashSet<*const Value> =
        found.iter().map(|part| std::ptr::from_ref(part.value)).collect();
    let mut next = 0;
    while next < found.len() {
        let children = found[next].children();
        next += 1;
        for child in children {
            if known.insert(std::ptr::from_ref(child.value)) {
                found.push(child);
            }
        }
    }
    found
}

/// Local copies of schemas: what is at an address that begins with `prefix` is a file in `place`, or
/// `place` itself when the address is no longer.
#[derive(Clone, Debug)]
pub(super) struct Copies {
    pub(super) prefix: String,
    place: PathBuf,
    is_used: Arc<AtomicBool>,
}

impl Copies {
    pub(super) fn new(prefix: &str, place: PathBuf) -> Self {
        Self { prefix: prefix.to_owned(), place, is_used: Arc::default() }
    }

    /// Whether anything was looked for here.
    pub(super) fn is_used(&self) -> bool {
        self.is_used.load(Ordering::Relaxed)
    }

    /// The copies for an address, and the path of the file among them. The longest prefix counts.
    pub(super) fn find<'c, 'a>(all: &'c [Self], address: &'a str) -> Option<(&'c Self, &'a str)> {
        let found = all.iter().filter_map(|own| Some((own, address.strip_prefix(&*own.prefix)?)));
        let (copies, rest) = found.max_by_key(|(own, _)| own.prefix.len())?;
        Some((copies, rest.trim_start_matches('/')))
    }

    fn text(&self, path: &str) -> Result<(String, String), String> {
        self.is_used.store(true, Ordering::Relaxed);
        match (path, self.place.parent(), self.place.file_name().and_then(|name| name.to_str())) {
            ("", Some(folder), Some(name)) => text_below(folder, name),
            _ => text_below(&self.place, path),
        }
    }
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

/// Why the validator gets no schema.
#[derive(Debug)]
pub(super) enum LoadError {
    /// It is on the network, and there is no copy of it.
    Remote,
    /// In words.
    File(String),
}

impl From<String> for LoadError {
    fn from(words: String) -> Self {
        Self::File(words)
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Remote => f.write_str("caveat opens no network connections"),
            Self::File(words) => f.write_str(words),
        }
    }
}

impl std::error::Error for LoadError {}

/// What the validator loads schemas with.
#[derive(Debug)]
pub(super) struct Files {
    /// The project's root; `None` loads no files at all.
    root: Option<PathBuf>,
    copies: Vec<Copies>,
    /// Schemas that are already here, by address.
    known: BTreeMap<String, (FilePath, Arc<str>)>,
    loaded: Arc<Mutex<BTreeMap<String, Arc<Value>>>>,
}

impl Files {
    pub(super) fn new(
        root: Option<PathBuf>,
        copies: Vec<Copies>,
        known: BTreeMap<String, (FilePath, Arc<str>)>,
    ) -> Self {
        Self { root, copies, known, loaded: Arc::default() }
    }

    /// What was loaded, by address; fills while the validator is built.
    pub(super) fn loaded(&self) -> Arc<Mutex<BTreeMap<String, Arc<Value>>>> {
        self.loaded.clone()
    }

    /// The text behind an address, and its path.
    pub(super) fn text(&self, address: &str) -> Result<(String, String), LoadError> {
        if let Some((copies, path)) = Copies::find(&self.copies, address) {
            return Ok(copies.text(path)?);
        }
        match (address.strip_prefix(ROOT), &self.root) {
            (Some(path), Some(root)) => Ok(text_below(root, path)?),
            (Some(_), None) => Err("no files may be read here".to_owned().into()),
            (None, _) => Err(LoadError::Remote),
        }
    }

    fn load(&self, address: &str) -> Result<Arc<Value>, LoadError> {
        if let Some((path, text)) = self.known.get(address) {
            return Ok(read(path.as_str(), text.clone())?);
        }
        let (text, path) = self.text(address)?;
        Ok(read(&path, text.into())?)
    }
}

impl Retrieve for Files {
    fn retrieve(
        &self,
        uri: &Uri<String>,
    ) -> Result<Value, Box<dyn std::error::Error + Send + Sync>> {
        let address = uri.as_str().trim_end_matches('#');
        let value = self.load(address)?;
        let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        loaded.insert(address.to_owned(), value.clone());
        Ok((*value).clone())
    }
}

fn read(path: &str, text: Arc<str>) -> Result<Arc<Value>, String> {
    let path = FilePath::new(path);
    let format = super::schema_format(&path);
    let file = SourceFile::new(path, &*text, format);
    let document = syntax::parse(&file);
    if let Some(error) = document.errors.first() {
        let place = file.lines().line_column(&file.text, error.span.start);
        return Err(format!("`{}` line {}: {}", file.path, place.line, error.message));
    }
    let root = document.tree.root().ok_or_else(|| format!("`{}` is empty", file.path))?;
    Ok(Arc::new(to_value(root)))
}

/// The text of a file below `folder`, and its decoded path; symbolic links are followed, but not out
/// of the folder.
fn text_below(folder: &Path, path: &str) -> Result<(String, String), String> {
    let path = percent_decoded(path);
    let relative = Path::new(&path);
    if !relative.components().all(|part| matches!(part, Component::Normal(_))) {
        return Err(format!("`{path}` leaves the folder of schemas"));
    }
    let problem = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => format!("`{path}` does not exist"),
        _ => format!("`{path}` cannot be read: {}", reason(&error)),
    };
    let full = folder.join(relative).canonicalize().map_err(problem)?;
    let folder = folder.canonicalize().map_err(problem)?;
    if !full.starts_with(&folder) {
        return Err(format!("`{path}` leads out of the project through a link"));
    }
    let text = std::fs::read_to_string(&full).map_err(problem)?;
    Ok((text, path))
}

fn percent_decoded(text: &str) -> String {
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
    fn nothing_above_the_folder_is_read() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        assert!(text_below(&here, "../Cargo.toml").unwrap_err().contains("leaves"));
        assert!(text_below(&here, "..%2FCargo.toml").unwrap_err().contains("leaves"));
        assert!(text_below(&here, "no.json").unwrap_err().contains("does not exist"));
    }

    #[test]
    fn the_longest_prefix_counts() {
        let copies = ["https://e.org/", "https://e.org/a/", "https://e.org/a/b.json"];
        let copies = copies.map(|prefix| Copies::new(prefix, PathBuf::from("x")));
        let found = |address| {
            Copies::find(&copies, address).map(|(own, path)| (own.prefix.len(), path.to_owned()))
        };
        assert_eq!(found("https://e.org/c.json"), Some((14, "c.json".to_owned())));
        assert_eq!(found("https://e.org/a/c.json"), Some((16, "c.json".to_owned())));
        assert_eq!(found("https://e.org/a/b.json"), Some((22, String::new())));
        assert_eq!(found("https://f.org/a"), None);
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
