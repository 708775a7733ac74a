//! What content means: kinds, records, and typed views of them.
//!
//! A [`Record`] is one exercise, quiz, resource or article; a file holds one or many. Views are
//! lenient (everything is optional) and spanned; wrong shapes are the schema's business, and
//! rules never touch raw keys.

pub mod date;
pub mod dosage;
pub mod exercise;
pub mod identifier;
pub mod myths;
pub mod quiz;
pub mod shape;

use crate::lexicon::{self, Hint, Hints};
use crate::source::{FilePath, Format, SourceFile, Span};
use crate::syntax::{
    Document, Entry, Kind, Node, NodeId, OffsetMap, Prose, Text, most_records, pointer,
};
use serde::{Deserialize, Serialize};
use std::cell::OnceCell;
use std::ops::Range;
use std::sync::Arc;

/// What sort of thing a record is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ContentKind {
    Exercise,
    Quiz,
    Resource,
    Article,
    /// A kind of the project's own, by its name in the settings.
    Custom(Arc<str>),
}

impl ContentKind {
    pub const BUILT_IN: &'static [ContentKind] =
        &[Self::Exercise, Self::Quiz, Self::Resource, Self::Article];

    pub fn name(&self) -> &str {
        match self {
            Self::Exercise => "exercise",
            Self::Quiz => "quiz",
            Self::Resource => "resource",
            Self::Article => "article",
            Self::Custom(name) => name,
        }
    }

    /// The folder whose files are of this kind unless something else says so.
    pub fn folder(&self) -> Option<&'static str> {
        match self {
            Self::Exercise => Some("exercises"),
            Self::Quiz => Some("quizzes"),
            Self::Resource => Some("resources"),
            Self::Article => Some("articles"),
            Self::Custom(_) => None,
        }
    }

    /// Keys under which a file may hold a list of records of this kind, and nothing else of it. `references` is
    /// that of CSL in YAML, as reference managers export it, `items` that of CSL from their services.
    fn collection_keys(&self) -> impl Iterator<Item = &str> {
        let exported: &[&str] =
            if *self == Self::Resource { &["references", "bibliography", "items"] } else { &[] };
        [Some(self.name()), self.folder()].into_iter().flatten().chain(exported.iter().copied())
    }

    /// A built-in kind by its name.
    pub fn built_in(name: &str) -> Option<Self> {
        Self::BUILT_IN.iter().find(|kind| kind.name() == name).cloned()
    }
}

/// One item of content.
#[derive(Clone, Debug)]
pub struct Record<'a> {
    pub kind: ContentKind,
    /// The record's mapping, or the questions that a quiz without anything else is ([`is_questions`]); `None` for
    /// Markdown and drafts without front matter.
    pub node: Option<Node<'a>>,
    /// The body, when the record is a whole Markdown file or draft.
    pub body: Option<&'a Prose>,
    /// JSON pointer of the record in its file; `""` when it is the file's root.
    pub pointer: String,
    /// Its key in a mapping that names each of its records.
    name: Option<String>,
    /// Which document of a YAML stream.
    pub document: usize,
    file: &'a SourceFile,
    words: OnceCell<Words>,
    running: OnceCell<Vec<NodeId>>,
}

/// Fields beside the body that are running text.
const RUNNING: &[&str] = &[
    "description",
    "goal",
    "instructions",
    "cues",
    "notes",
    "safety",
    "contraindications",
    "abstract",
];

impl<'a> Record<'a> {
    pub fn new(
        file: &'a SourceFile,
        kind: ContentKind,
        node: Option<Node<'a>>,
        body: Option<&'a Prose>,
        pointer: String,
        document: usize,
    ) -> Self {
        let (words, running) = (OnceCell::new(), OnceCell::new());
        Self { kind, node, body, pointer, name: None, document, file, words, running }
    }

    /// The value of a field by its canonical name.
    pub fn field(&self, name: &str) -> Option<Node<'a>> {
        let node = self.node?;
        if name == "questions" && is_questions(node) {
            return Some(node);
        }
        node.get(name).filter(|value| !value.is_null())
    }

    /// The text of a field.
    pub fn text(&self, name: &str) -> Option<Text<'a>> {
        self.field(name)?.text()
    }

    /// The texts of a field that holds one text or a list of them.
    pub fn texts(&self, name: &str) -> Vec<Text<'a>> {
        self.field(name).map(texts).unwrap_or_default()
    }

    /// The id as written; records without one go by their file's stem ([`Record::id_or_stem`]).
    pub fn id(&self) -> Option<Text<'a>> {
        self.text("id")
    }

    /// The id others refer to: the one written, else its key in a mapping of records, else the name of the file
    /// ([`FilePath::page`]) when the record is its file. The page of a folder that holds all of a kind is no record
    /// among them.
    pub fn id_or_stem(&self) -> Option<String> {
        match self.field("id") {
            Some(id) if id.is_scalar() => Some(id.scalar_text().to_owned()),
            _ if self.name.is_some() => self.name.clone(),
            _ if self.pointer.is_empty() && self.document == 0 => {
                self.file.path.page().filter(|page| self.kind.folder() != Some(&**page))
            }
            _ => None,
        }
    }

    /// `name` or `title`, whichever the record has.
    pub fn title(&self) -> Option<Text<'a>> {
        self.text("name").or_else(|| self.text("title"))
    }

    /// Where to point when the record lacks something: its name, else its id, else its first key,
    /// else its first line.
    pub fn anchor(&self) -> Span {
        let named = self.title().or_else(|| self.id()).map(|text| text.span());
        let first_key = || self.node?.entries().next().map(|entry| entry.key_span());
        let first_block = || Some(self.body?.blocks.first()?.span);
        let whole = || self.node.map_or(self.file.span(), Node::span);
        let first_line = || self.file.first_line(whole());
        named.or_else(first_key).or_else(first_block).unwrap_or_else(first_line)
    }

    /// Whether the English lists fit it: it says so, or it says nothing.
    pub fn is_english(&self) -> bool {
        self.text("inLanguage").is_none_or(|language| lexicon::is_english(language.as_str()))
    }

    /// Whether its texts may hold something of a word list.
    pub fn may_hold(&self, list: Hint) -> bool {
        self.words().all.has(list)
    }

    /// Whether one of its texts, or a part of one, may hold something of a word list.
    pub fn may_hold_in(&self, text: &Text<'_>, list: Hint) -> bool {
        self.may_hold(list) && self.hints_in(text).has(list)
    }

    /// What one of its texts may hold.
    pub fn hints_in(&self, text: &Text<'_>) -> Hints {
        self.hints_of(text.as_str())
    }

    /// What a part of one of its texts may hold, or any other text.
    pub fn hints_of(&self, text: &str) -> Hints {
        self.words().hints_of(text)
    }

    /// Texts of the fields beside the body that are running text, and no prompt or choice.
    pub fn running_texts(&self) -> impl Iterator<Item = Text<'a>> {
        let fields = || RUNNING.iter().filter_map(|name| self.field(name)).map(Node::id);
        let fields = self.running.get_or_init(|| fields().collect());
        let tree = self.node.map(Node::tree);
        fields.iter().filter_map(move |id| Some(texts(tree?.node(*id)))).flatten()
    }

    /// Which word lists each of its texts may hold something of: one look at the words, for all
    /// rules.
    fn words(&self) -> &Words {
        self.words.get_or_init(|| Words::of(self))
    }

    pub fn path(&self) -> &'a FilePath {
        &self.file.path
    }

    pub fn file(&self) -> &'a SourceFile {
        self.file
    }

    /// Whether the record's body can supply what its front matter leaves out.
    pub fn is_markdown(&self) -> bool {
        matches!(self.file.format, Format::Markdown | Format::Text)
    }
}

/// What is known of the words of a record's texts.
#[derive(Clone, Debug, Default)]
struct Words {
    all: Hints,
    /// Each text that may hold something, by where it is in memory.
    texts: Vec<(Range<usize>, Hints)>,
}

impl Words {
    /// Texts that are kept; of the others in a huge record it is told again when a rule asks.
    const MOST: usize = 1 << 17;

    fn of(record: &Record<'_>) -> Self {
        let mut out = Self::default();
        if let Some(node) = record.node {
            out.add_values(node);
        }
        if let Some(body) = record.body {
            for block in &body.blocks {
                out.add(body.block_text(block));
            }
        }
        out.texts.sort_unstable_by_key(|(place, _)| place.start);
        out
    }

    /// Texts below a node. What an alias brings in is looked at where a rule asks for it.
    fn add_values(&mut self, node: Node<'_>) {
        match node.kind() {
            _ if node.is_alias() => self.all = Hints::ALL,
            Kind::String(_) => self.add(node.scalar_text()),
            Kind::Sequence => node.items().for_each(|item| self.add_values(item)),
            Kind::Mapping => node.entries().for_each(|entry| self.add_values(entry.value)),
            _ => {}
        }
    }

    fn add(&mut self, text: &str) {
        let hints = lexicon::hints(text);
        self.all = self.all.or(hints);
        if self.texts.len() < Self::MOST {
            self.texts.push((place_of(text), hints));
        }
    }

    fn hints_of(&self, text: &str) -> Hints {
        let place = place_of(text);
        let behind = self.texts.partition_point(|(own, _)| own.start <= place.start);
        match behind.checked_sub(1).map(|at| &self.texts[at]) {
            Some((own, hints)) if place.end <= own.end => *hints,
            _ => lexicon::hints(text),
        }
    }
}

/// Where a text is in memory. Texts of one file are not moved while its records are read.
fn place_of(text: &str) -> Range<usize> {
    let start = text.as_ptr().addr();
    start..start + text.len()
}

/// Texts of a node that is one text or a list of texts.
pub fn texts(node: Node<'_>) -> Vec<Text<'_>> {
    match node.text() {
        Some(text) => vec![text],
        None => node.items().filter_map(|item| item.text().or_else(|| torn_text(item))).collect(),
    }
}

/// The text that somebody wrote without quotes, and that its colon made a mapping of one entry: `- Squeeze the
/// ball: hold 5 s`.
pub fn torn_text(node: Node<'_>) -> Option<Text<'_>> {
    let mut entries = node.entries().filter(|_| !node.is_alias());
    let (entry, None) = (entries.next()?, entries.next()) else { return None };
    let is_sentence = |key: &str| key.contains(' ') || key.starts_with(char::is_uppercase);
    let span = node.span();
    let written = &node.tree().source()[span.range()];
    let is_torn = is_sentence(entry.key())
        && entry.value.is_scalar()
        && !written.contains('\n')
        && !written.starts_with(['{', '"', '\'']);
    is_torn.then(|| Text::mapped(written, span, OffsetMap::copy(span.start, span.len())))
}

/// What holds the records of a file which is no record itself, with its place: `exercises: [...]`. A record may have
/// such a field too, but it has a name.
///
/// Banks of questions sort them by topics, and services wrap them: `{anatomy: [...], first aid: [...]}`, `results: [...]`.
/// Collections have names of their own for what is done: `poses: [...]`.
fn collections<'a>(root: Node<'a>, kind: &ContentKind) -> Vec<(Node<'a>, String)> {
    let has = |names: &[&str]| names.iter().any(|name| root.get(name).is_some());
    if let Some((key, list)) = group(root, kind) {
        return vec![(list, format!("/{key}"))];
    }
    if !root.is_mapping() || has(&["id", "name", "title"]) {
        return Vec::new();
    }
    let holds_records =
        |value: Node<'_>| value.is_mapping() || value.items().next().is_some_and(Node::is_mapping);
    let named = root.entries().find(|entry| {
        let is_key = |key: &str| entry.key().eq_ignore_ascii_case(key);
        kind.collection_keys().any(is_key) && holds_records(entry.value)
    });
    let is_quiz = |node: Node<'_>| {
        ["questions", "items", "answerKey"].iter().any(|name| node.get(name).is_some())
    };
    let below = |node: Node<'a>, pointer: &str| {
        let mut out = Vec::new();
        match kind {
            ContentKind::Quiz if !is_quiz(node) => {
                banks(node, pointer, MOST_TOPICS_DEEP, &mut out);
            }
            ContentKind::Exercise => out = named_exercises(node, pointer),
            ContentKind::Resource => out = named_works(node, pointer),
            _ => {}
        }
        out
    };
    if let Some(entry) = named {
        let pointer = step("", &entry);
        let found = below(entry.value, &pointer);
        return if found.is_empty() { vec![(entry.value, pointer)] } else { found };
    }
    let sorted = below(root, "");
    match kind {
        _ if !sorted.is_empty() => sorted,
        ContentKind::Exercise if !has(&["instructions", "steps"]) => {
            let mut lists = root.entries().filter(|entry| lists_exercises(entry.value));
            let only = lists.next().filter(|_| lists.next().is_none());
            only.map(|own| (own.value, step("", &own))).into_iter().collect()
        }
        // Lists by topics: `{books: [...], videos: [...]}`.
        ContentKind::Resource if !has(OF_WORKS) => {
            let lists_works = |list: Node<'_>| lists_titles(list) && list.items().all(is_work);
            let lists = root.entries().filter(|entry| lists_works(entry.value));
            lists.map(|own| (own.value, step("", &own))).collect()
        }
        ContentKind::Exercise
        | ContentKind::Quiz
        | ContentKind::Resource
        | ContentKind::Article
        | ContentKind::Custom(_) => Vec::new(),
    }
}

/// The JSON pointer to what an entry of the mapping at `pointer` holds.
fn step(pointer: &str, entry: &Entry<'_>) -> String {
    format!("{pointer}/{}", pointer::escaped(entry.key()))
}

/// The key at the end of a pointer, where an id is written so.
fn key_of(pointer: &str) -> Option<String> {
    let (_, last) = pointer.rsplit_once('/')?;
    let key = pointer::unescaped(last);
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    (!key.is_empty() && key.chars().all(is_part)).then(|| key.into_owned())
}

/// The list in a group of resources, which may have a name but is none itself, with its key: `{group: Books,
/// items: [...]}`.
fn group<'a>(node: Node<'a>, kind: &ContentKind) -> Option<(&'static str, Node<'a>)> {
    // What a work rests on is listed in it, too.
    const KEYS: &[&str] = &["items", "resources"];
    /// A name and a description; of a work, more is told.
    const MOST_BESIDE: usize = 3;
    if *kind != ContentKind::Resource || node.is_alias() || has_any(node, OF_WORKS) {
        return None;
    }
    let mut lists = KEYS.iter().filter_map(|key| Some((*key, node.get(key)?)));
    let held = lists.find(|(_, list)| lists_titles(*list))?;
    let tells_of_group = |own: Node<'_>| own.is_scalar() && !own.scalar_text().contains("://");
    let mut beside = node.entries().filter(|own| own.key() != held.0);
    let is_bare = beside.by_ref().take(MOST_BESIDE).all(|own| tells_of_group(own.value));
    (is_bare && beside.next().is_none()).then_some(held)
}

/// Fields of what is a work itself.
const OF_WORKS: &[&str] =
    &["type", "author", "authors", "url", "URL", "link", "doi", "DOI", "ISBN", "isbn"];

fn has_any(node: Node<'_>, names: &[&str]) -> bool {
    names.iter().any(|name| node.get(name).is_some())
}

fn lists_titles(list: Node<'_>) -> bool {
    let first = list.items().next();
    first.is_some_and(|own| own.is_mapping() && has_any(own, &["title", "name"]))
}

/// Topics within topics that questions are looked for in.
const MOST_TOPICS_DEEP: usize = 3;

/// The questions of topics, and quizzes in a wrapper: `{anatomy: {easy: [...]}}`, `data: {questions: [...]}`.
fn banks<'a>(node: Node<'a>, pointer: &str, depth: usize, out: &mut Vec<(Node<'a>, String)>) {
    for entry in node.entries().filter(|_| !node.is_alias()) {
        let value = entry.value;
        let holds_questions = |own: Node<'_>| lists_questions(own) || maps_questions(own);
        let is_quiz = || value.get("questions").is_some_and(lists_questions);
        if holds_questions(value) || value.is_mapping() && is_quiz() {
            out.push((value, step(pointer, &entry)));
        } else if value.is_mapping() && depth > 1 {
            banks(value, &step(pointer, &entry), depth - 1, out);
        }
    }
}

/// Exercises under their names, or lists of them by what they are for: `{bridge: {name: ...}}`, `{neck: [...]}`.
fn named_exercises<'a>(node: Node<'a>, pointer: &str) -> Vec<(Node<'a>, String)> {
    let has_name = |own: Node<'_>| own.is_mapping() && has_any(own, &["name", "title"]);
    let are_lists = |own: Node<'_>| own.is_sequence() && own.items().all(has_name);
    let mut values = node.entries().map(|own| own.value);
    let Some(first) = values.next().filter(|_| !node.is_alias()) else { return Vec::new() };
    let one = if first.is_mapping() { Some(first) } else { first.items().next() };
    let is_exercise = one.is_some_and(|own| has_name(own) && has_any(own, OF_EXERCISES));
    let are_alike = match first.is_mapping() {
        true => values.all(has_name),
        false => are_lists(first) && values.all(are_lists),
    };
    let place = |own: Entry<'a>| (own.value, step(pointer, &own));
    if is_exercise && are_alike { node.entries().map(place).collect() } else { Vec::new() }
}

/// Works under their ids: `{lee-2023: {title: ...}}`.
fn named_works<'a>(node: Node<'a>, pointer: &str) -> Vec<(Node<'a>, String)> {
    let is_titled = |own: Node<'_>| own.is_mapping() && has_any(own, &["title", "name"]);
    let are_works =
        !node.is_alias() && node.entries().all(|own| is_titled(own.value) && is_work(own.value));
    let place = |own: Entry<'a>| (own.value, step(pointer, &own));
    if are_works { node.entries().map(place).collect() } else { Vec::new() }
}

fn is_work(node: Node<'_>) -> bool {
    has_any(node, OF_WORKS)
}

/// Fields that tell an exercise from whatever else has a name.
const OF_EXERCISES: &[&str] = &[
    "instructions",
    "steps",
    "directions",
    "difficulty",
    "level",
    "sets",
    "reps",
    "repetitions",
    "duration",
    "dosage",
    "equipment",
    "muscles",
    "primaryMuscles",
    "benefits",
    "contraindications",
];

/// Whether the items of a list have a name and say what to do.
fn lists_exercises(list: Node<'_>) -> bool {
    list.items().next().is_some_and(|first| {
        let has = |names: &[&str]| names.iter().any(|name| first.get(name).is_some());
        has(&["name", "title"]) && has(&["instructions", "steps", "directions"])
    })
}

/// Whether the items of a list are questions and not quizzes.
fn lists_questions(list: Node<'_>) -> bool {
    list.items().next().is_some_and(is_question)
}

/// Whether a mapping gives each question a name: `{q1: {prompt: ...}, q2: ...}`.
pub fn maps_questions(node: Node<'_>) -> bool {
    let first = node.entries().next();
    first.is_some_and(|own| is_question(own.value))
        && node.entries().all(|own| own.value.is_mapping())
}

fn is_question(node: Node<'_>) -> bool {
    const PROMPTS: &[&str] = &["prompt", "stem", "question", "questionText", "question_text", "q"];
    // Beside options, the title of a question is what it asks.
    const TITLES: &[&str] = &["title", "text", "statement", "body"];
    const OPTIONS: &[&str] = &["options", "choices", "answerOptions"];
    let has = |names: &[&str]| {
        let is_one = |key: &str| names.iter().any(|name| key.eq_ignore_ascii_case(name));
        node.entries().any(|entry| is_one(entry.key()))
    };
    let has_options = || OPTIONS.iter().any(|name| node.get(name).is_some_and(Node::is_sequence));
    let has_prompt = has(PROMPTS) || has(TITLES) && has_options();
    node.is_mapping() && has_prompt && !has(&["questions", "items"])
}

/// Whether a record is nothing but the questions of a quiz: a list of them, or a mapping that names them.
pub fn is_questions(record: Node<'_>) -> bool {
    record.is_sequence() || maps_questions(record)
}

/// The questions of a list, or of a mapping that names them.
pub fn members(questions: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    questions.items().chain(questions.entries().map(|entry| entry.value))
}

/// What stands among the records of a list and is none, with its place in the list. A list without any
/// record is another matter.
pub fn strays<'a>(
    document: &'a Document,
    kind: &ContentKind,
    pointer: &str,
) -> impl Iterator<Item = (usize, Node<'a>)> {
    let lists = document.tree.roots().filter_map(move |root| root.pointer(pointer));
    let holds_records = |list: &Node<'_>| {
        list.is_sequence()
            && !list.is_damaged()
            && list.items().any(Node::is_mapping)
            && !(*kind == ContentKind::Quiz && lists_questions(*list))
    };
    let lists: Vec<_> = lists.filter(holds_records).collect();
    let items = lists.into_iter().flat_map(|list| list.items().enumerate());
    items.filter(|(_, item)| !item.is_mapping() && !item.is_damaged())
}

/// Where the records of a document are: at the root, in the list at the root or under a key that names their
/// kind, in each document of a stream, or at a JSON pointer. A list of questions is one quiz. Of too many, [`most_records`] and one more.
pub fn records<'a>(
    file: &'a SourceFile,
    document: &'a Document,
    kind: &ContentKind,
    pointer: &str,
) -> Vec<Record<'a>> {
    let record =
        |node, body, pointer, index| Record::new(file, kind.clone(), node, body, pointer, index);
    if let Some(body) = &document.body {
        let node = document.tree.root().filter(|root| root.is_mapping());
        return vec![record(node, Some(body), String::new(), 0)];
    }
    let at = |(index, root): (usize, Node<'a>)| Some((index, root.pointer(pointer)?));
    let in_part = |index: usize, at: Node<'a>, pointer: String| {
        let is_whole = at.is_mapping() || *kind == ContentKind::Quiz && lists_questions(at);
        let whole = is_whole.then(|| record(Some(at), None, pointer.clone(), index));
        let items = at.items().enumerate().filter(move |(_, item)| !is_whole && item.is_mapping());
        let items = items.flat_map(move |(position, item)| {
            let pointer = format!("{pointer}/{position}");
            let held = group(item, kind);
            let whole = held.is_none().then(|| record(Some(item), None, pointer.clone(), index));
            let members = held.into_iter().flat_map(|(_, list)| list.items().enumerate());
            let members = members.filter(|(_, own)| own.is_mapping());
            let members = members.map(move |(place, own)| {
                let pointer = format!("{pointer}/{}/{place}", held.map_or("", |(key, _)| key));
                record(Some(own), None, pointer, index)
            });
            whole.into_iter().chain(members)
        });
        whole.into_iter().chain(items)
    };
    let in_root = |(index, at): (usize, Node<'a>)| {
        let held = if pointer.is_empty() { collections(at, kind) } else { Vec::new() };
        let whole = held.is_empty().then(|| (at, pointer.to_owned()));
        // One alone is called by what wraps it.
        let has_names = held.len() > 1;
        let parts = whole.into_iter().chain(held);
        parts.flat_map(move |(at, pointer)| {
            let name = key_of(&pointer).filter(|_| has_names && at.is_mapping());
            in_part(index, at, pointer).map(move |own| Record { name: name.clone(), ..own })
        })
    };
    let found = document.tree.roots().enumerate().filter_map(at).flat_map(in_root);
    found.take(most_records(file.text.len()) + 1).collect()
}

#[cfg(test)]
mod tests {
    use super::{ContentKind, records};
    use crate::source::{FilePath, Format, SourceFile};
    use crate::syntax::parse;

    fn pointers(kind: ContentKind, text: &str) -> Vec<String> {
        let file = SourceFile::new(FilePath::new("a.yaml"), text, Format::Yaml);
        let document = parse(&file);
        records(&file, &document, &kind, "").into_iter().map(|own| own.pointer).collect()
    }

    #[test]
    fn groups_hold_records() {
        let of = |text: &str| pointers(ContentKind::Resource, text);
        assert_eq!(
            of("[{group: Böcker, items: [{title: A}, {title: B}]}, {title: C, url: c}]"),
            ["/0/items/0", "/0/items/1", "/1"]
        );
        assert_eq!(of("{title: Läslista, resources: [{title: A}]}"), ["/resources/0"]);
        // A work may list what it cites, and what it is sold with.
        let work = "{title: A, type: book, items: [{title: B}]}";
        assert_eq!(of(work), [""]);
        let tool = "{name: A, homepage: 'https://a.org', resources: [{title: B, url: b}]}";
        assert_eq!(of(tool), [""]);
        let works =
            format!("[{work}, {{title: C, items: [d]}}, {{title: E, references: [{{title: F}}]}}]");
        assert_eq!(of(&works), ["/0", "/1", "/2"]);
        let topics =
            "{books: [{title: A, type: book}], films: [{title: B, url: b}], names: [{title: C}]}";
        assert_eq!(of(topics), ["/books/0", "/films/0"]);
        assert_eq!(of("{title: A, editions: [{title: B, type: book}]}"), [""]);
        assert_eq!(of("{å: {title: A, url: a}, b: {title: B, doi: b}}"), ["/å", "/b"]);
        assert_eq!(of("{resources: {a: {title: A, url: a}}}"), ["/resources/a"]);
        assert_eq!(of("{a: {title: A, url: a}, b: {title: B}}"), [""]);
    }

    #[test]
    fn exercises_stand_under_names_and_topics() {
        let of = |text: &str| pointers(ContentKind::Exercise, text);
        assert_eq!(of("{lyft: {name: Lyft, sets: 3}, tå: {name: Tå}}"), ["/lyft", "/tå"]);
        assert_eq!(of("{exercises: {'1': {name: Lyft, steps: [a]}}}"), ["/exercises/1"]);
        assert_eq!(
            of("{nacke: [{name: A, steps: [b]}], rygg: [{name: C}, {name: D}]}"),
            ["/nacke/0", "/rygg/0", "/rygg/1"]
        );
        // Tables of other things have names, too.
        assert_eq!(of("{muskler: [{name: Vad}], skelett: [{name: Ben}]}"), [""]);
        assert_eq!(of("{dosage: {sets: 3}, media: {name: A}}"), [""]);
    }

    #[test]
    fn keys_of_records_are_their_ids() {
        let ids = |text: &str| -> Vec<Option<String>> {
            let file = SourceFile::new(FilePath::new("a.yaml"), text, Format::Yaml);
            let document = parse(&file);
            let found = records(&file, &document, &ContentKind::Exercise, "");
            found.iter().map(|own| own.id_or_stem()).collect()
        };
        let named = |name: &str| Some(name.to_owned());
        let two = "{lyft: {name: A, sets: 3}, tå: {id: b, name: B}}";
        assert_eq!(ids(two), [named("lyft"), named("b")]);
        assert_eq!(ids("{data: {name: A, sets: 3}}"), [None]);
        assert_eq!(ids("{A lift: {name: A, sets: 3}, B: {name: B}}"), [None, named("B")]);
    }
}
