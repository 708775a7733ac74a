//! Facts of one file.

use super::aging::aging_fact;
use super::bodies::body_fact;
use super::citations::{self, CitationMark, Citations};
use super::exercises::exercise_fact;
use super::front_pages::front_pages;
use super::links::links;
use super::studies::{Design, ReferenceName, StudyReference};
use super::versions::version_fact;
use super::{
    Bibliography, BibliographyEntry, CitationFact, CitationTarget, Definition, Facts, FootnoteFact,
    KeyEntryFact, KeyFact, OpenQuestion, OpenQuiz, Publication, QuestionFact, RecordFact,
    Reference, ReferenceRole, Site, Statement, sentences,
};
use crate::lexicon::{Concept, concept_of};
use crate::model::quiz::{LooseQuestion, Question, Quiz};
use crate::model::shape::{Shapes, bibliography_files};
use crate::model::{ContentKind, Record};
use crate::nearest::{Letters, Names};
use crate::normal;
use crate::source::{SourceFile, Span};
use crate::syntax::{BlockKind, Node, Prose, Text};
use aho_corasick::AhoCorasick;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt::Write;
use std::sync::Arc;
use thin_vec::ThinVec;

/// What the reader of facts needs to know besides the records.
#[derive(Clone, Copy, Debug)]
pub struct Extraction<'a> {
    /// Names and roles of the fields of the file's kind.
    pub shapes: &'a Shapes,
    /// Keep every sentence that was judged, not only claims.
    pub all_sentences: bool,
    /// Keep the cues of each claim, for the report.
    pub cues: bool,
    /// Which claims that cite a source are looked for.
    pub sourced: Sourced,
    pub scope: super::ScopeMode,
    pub requested: Requested,
}

/// Which of the [`super::RequestedFacts`] are looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Requested {
    /// [`super::RequestedFacts::exercises`].
    pub exercises: bool,
    /// [`super::RequestedFacts::versions`].
    pub versions: bool,
    /// [`super::RequestedFacts::bodies`].
    pub bodies: bool,
    /// [`super::RequestedFacts::front_pages`].
    pub front_pages: bool,
    /// [`super::RequestedFacts::aging`].
    pub aging: bool,
    /// [`super::RequestedFacts::named`], [`super::RequestedFacts::media`] and [`super::RequestedFacts::handles`].
    pub named: bool,
}

/// Which claims that cite a source are looked for: to look is much of the work, and most rules ask for those
/// without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sourced {
    None,
    /// Those whose form is hard ([`ClaimFact::firm`](super::ClaimFact::firm)).
    Firm,
    All,
}

/// Everything the records of one file offer. `quizzes` are those of each record.
pub fn extract(records: &[Record<'_>], quizzes: &[Vec<Quiz<'_>>], how: Extraction<'_>) -> Facts {
    let mut facts = Facts::default();
    for (record, quizzes) in records.iter().zip(quizzes) {
        let id: Option<Arc<str>> = record.id_or_stem().map(Into::into);
        let is_key = quizzes.iter().any(|quiz| quiz.key_of.is_some());
        record_fact(record, id.as_ref(), is_key, &mut facts);
        references(record, &mut facts);
        for quiz in quizzes {
            keys_apart(quiz, id.as_ref(), &mut facts);
        }
        for question in quizzes.iter().flat_map(|quiz| quiz.questions.iter()) {
            facts.questions.extend(question_fact(&question));
        }
        let sources = record.texts("sources");
        let ids = sources.iter().map(|text| text.as_str().trim());
        let keys: Vec<&str> = ids.filter(|id| looks_like_id(id)).collect();
        let files = record.node.map(bibliography_files).unwrap_or_default();
        let source = &record.file().text;
        let has_bibliography = !files.is_empty();
        let listed_texts = record.body.map(|_| written_sources(record)).unwrap_or_default();
        let listed_texts = &*listed_texts;
        // Ids are cited by their names; what is written out can be counted.
        let listed = if keys.is_empty() { written_length(record) } else { 0 };
        let beside =
            citations::Beside { source, keys: &keys, listed, has_bibliography, listed_texts };
        facts.bibliography_files.extend(files.into_iter().map(Box::from));
        let found = record.body.map(|body| citations::find(body, beside)).unwrap_or_default();
        if let Some(body) = record.body {
            body_facts(record, body, &found, &mut facts);
        }
        let (marks, studies) = (facts.citations.len(), facts.studies.len());
        sentences::extract(record, quizzes, &found, how, &mut facts);
        if facts.studies.len() > studies {
            let cited = &facts.citations[marks..];
            let references = study_references(record, &found, cited);
            facts.studies[studies].references = references;
        }
        if how.requested == Requested::default() {
            continue;
        }
        let index = facts.last_record();
        let requested = facts.requested.get_or_insert_default();
        if how.requested.exercises {
            requested.exercises.extend(exercise_fact(record, index));
        }
        if how.requested.versions {
            requested.versions.extend(version_fact(record, quizzes, index));
        }
        if how.requested.bodies {
            requested.bodies.extend(body_fact(record, index));
        }
        if how.requested.aging {
            requested.aging.extend(aging_fact(record, index));
        }
        if how.requested.front_pages {
            requested.front_pages.extend(front_pages(record, found.list.as_ref(), index));
        }
    }
    facts.shrink();
    facts
}

/// The ids that a file which cannot be read whole seems to give: what stands behind `id:`, and the name of
/// the file where no record was found.
pub fn unread_ids(file: &SourceFile, facts: &Facts) -> ThinVec<Box<str>> {
    /// Bytes of an id.
    const LONGEST: usize = 200;
    let known: HashSet<&str> = facts.definitions.iter().map(|own| &*own.id).collect();
    let mut found: BTreeSet<&str> = BTreeSet::new();
    for at in memchr::memmem::find_iter(file.text.as_bytes(), "id") {
        let before = file.text[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let quotes = ['"', '\''];
        let rest = &file.text[at + 2..];
        let rest = &rest[..rest.floor_char_boundary(LONGEST)];
        let Some(value) = rest.trim_start_matches(quotes).trim_start().strip_prefix(':') else {
            continue;
        };
        let value = value.trim_start_matches([' ', '"', '\'']);
        let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ',' | '}' | ']' | ':');
        found.extend(value.split(ends).next());
    }
    let page = file.path.page().filter(|_| known.is_empty());
    found.extend(page.as_deref());
    let lost = found.into_iter().filter(|id| looks_like_id(id) && !known.contains(id));
    lost.map(Box::from).collect()
}

/// What `sources` of a record has beside ids, the authors first.
fn written_sources(record: &Record<'_>) -> Vec<String> {
    let Some(value) = record.field("sources") else { return Vec::new() };
    let items = if value.is_sequence() { value.items().collect() } else { vec![value] };
    let written = |item: Node<'_>| {
        let text = item.as_str().filter(|text| !looks_like_id(text)).map(str::to_owned);
        let authors = item.get("author").into_iter().flat_map(Node::descendants);
        let mut people = authors.chain(std::iter::once(item)).filter(|own| own.is_mapping());
        let first = people
            .find_map(|own| ["family", "literal"].iter().find_map(|name| own.get(name)?.as_str()))
            .or_else(|| item.get("author")?.as_str());
        let date = item.get("issued").or_else(|| item.get("year"));
        let date = date.into_iter().flat_map(Node::descendants).filter(|own| own.is_scalar());
        let dates: Vec<_> = date.map(Node::scalar_text).collect();
        text.or_else(|| Some(format!("{}, {}", first?, dates.join("-"))))
    };
    items.into_iter().filter_map(written).collect()
}

/// How many works `sources` of a record has; a text may have any number.
fn written_length(record: &Record<'_>) -> u32 {
    let Some(value) = record.field("sources") else { return 0 };
    if value.is_sequence() {
        return u32::try_from(value.items().count()).unwrap_or(u32::MAX);
    }
    match value.as_str() {
        Some(text) if text.contains(char::is_whitespace) => u32::MAX,
        _ => u32::from(value.is_mapping()),
    }
}

fn record_fact(record: &Record<'_>, id: Option<&Arc<str>>, is_key: bool, facts: &mut Facts) {
    let anchor = Site::new(record.anchor(), id.map_or("", |id| id), &record.pointer);
    let is_resource = record.kind == ContentKind::Resource;
    facts.records.push(RecordFact {
        kind: record.kind.clone(),
        id: id.cloned(),
        status: status(record),
        topics: super::topics(record),
        next_review: next_review(record).map(Box::new),
        publication: is_resource.then(|| Box::new(publication(record))),
        anchor,
    });
    let Some(id) = id else { return };
    let written = record.field("id").filter(|id| id.is_scalar());
    let site = match written {
        Some(node) => Site::new(node.span(), id, "/id"),
        None => anchor,
    };
    // A key is often called as its quiz is.
    if is_key && written.is_none() {
        return;
    }
    let kind = record.kind.clone();
    let language = text(record, "inLanguage");
    let written = written.is_some();
    facts.definitions.push(Definition { id: id.clone(), kind, language, written, site });
}

fn next_review(record: &Record<'_>) -> Option<(Date, Site)> {
    let text = record.text("nextReview")?;
    let day = text.as_str().trim().parse().ok()?;
    Some((day, Site::new(text.span(), text.as_str(), "/nextReview")))
}

/// As stated; `retracted` also where a field of that name, the title ("RETRACTED: ...") or a note ("Retracted 2012")
/// says so, unless the retraction is what it is cited for.
fn status(record: &Record<'_>) -> Option<Box<str>> {
    const WORD: &str = "retracted";
    let begins = |text: Text<'_>| {
        let text = text.as_str().trim_start_matches(|c: char| !c.is_alphabetic());
        let is_word = text.get(..WORD.len()).is_some_and(|own| own.eq_ignore_ascii_case(WORD));
        text.get(WORD.len()..).filter(|_| is_word).map(str::to_owned)
    };
    let is_marked = |rest: String| {
        let rest = rest.trim_start();
        rest.starts_with([':', ']', ')']) || rest.to_lowercase().starts_with("article")
    };
    let is_resource = record.kind == ContentKind::Resource;
    let is_retracted = record.field("retracted").and_then(Node::as_bool) == Some(true)
        || is_resource && record.title().and_then(begins).is_some_and(is_marked)
        || is_resource && record.text("note").and_then(begins).is_some();
    let stated = if is_retracted { Some("retracted".into()) } else { text(record, "status") };
    stated.filter(|own| **own != *"retracted" || text(record, "citesAs").as_deref() != Some(own))
}

fn text(record: &Record<'_>, field: &str) -> Option<Box<str>> {
    record.text(field).map(|text| text.as_str().into())
}

fn publication(record: &Record<'_>) -> Publication {
    Publication {
        title: record.title().map(|text| text.as_str().into()),
        role: text(record, "role"),
        surnames: surnames(record),
        year: record.field("issued").and_then(year),
        locators: locators(record),
        journal: text(record, "container-title"),
        design: design(record),
    }
}

/// Surnames of authors and editors, in lower case.
fn surnames(record: &Record<'_>) -> Vec<Box<str>> {
    let people = ["author", "editor"].iter().filter_map(|name| record.field(name));
    let mut out = Vec::new();
    for person in
        people.flat_map(|list| if list.is_sequence() { list.items().collect() } else { vec![list] })
    {
        let family =
            ["family", "literal", "name"].iter().find_map(|name| person.get(name)?.as_str());
        let whole = family.or_else(|| person.as_str());
        let surname = whole.map(|name| name.split(',').next().unwrap_or(name));
        out.extend(
            surname
                .and_then(|name| name.split_whitespace().next_back())
                .map(|name| name.to_lowercase().into()),
        );
    }
    out
}

fn design(record: &Record<'_>) -> Design {
    let word = |name: &str| record.field(name).filter(|own| own.is_scalar()).map(Node::scalar_text);
    Design::of_resource(word("studyType"), word("type"), word("title").unwrap_or(""))
}

/// The year of `issued` in any of its forms.
fn year(issued: Node<'_>) -> Option<Box<str>> {
    let first = |node: Node<'_>| {
        node.is_scalar().then(|| node.scalar_text().get(..4).map(Box::from)).flatten()
    };
    first(issued).or_else(|| {
        let parts = issued.get("date-parts").or_else(|| issued.get("year"))?;
        first(parts).or_else(|| first(parts.items().next()?.items().next()?))
    })
}

/// Fields that tell where a work is to be found.
pub(super) const LOCATORS: [&str; 5] = ["DOI", "URL", "PMID", "PMCID", "ISBN"];

fn locators(record: &Record<'_>) -> Vec<Box<str>> {
    let values = LOCATORS.iter().filter_map(|name| record.field(name));
    values.filter(|node| node.is_scalar()).map(|node| super::locator(node.scalar_text())).collect()
}

fn references(record: &Record<'_>, facts: &mut Facts) {
    // The examples in a JSON Schema refer to nothing.
    let is_schema = |node: &Node<'_>| {
        let draft = node.get("$schema").and_then(Node::as_str);
        draft.is_some_and(|own| own.contains("//json-schema.org/"))
    };
    let is_custom = matches!(record.kind, ContentKind::Custom(_));
    let is_read = |node: &Node<'_>| !(is_custom && is_schema(node));
    let Some(node) = record.node.filter(is_read) else { return };
    // Sources are looked for at any depth, and the quiz of an answer key with that key.
    let stands_elsewhere = |role| matches!(role, ReferenceRole::Source | ReferenceRole::KeyOf);
    for role in ReferenceRole::ALL.into_iter().filter(|role| !stands_elsewhere(*role)) {
        let Some(value) = node.get(role.field()) else {
            continue;
        };
        let pointer = format!("{}/{}", record.pointer, role.field());
        for text in ids(value) {
            push_reference(&text, role, &pointer, facts);
        }
    }
    // A resource is a source; its own links are none of ours.
    if record.kind != ContentKind::Resource {
        sources(node, &mut record.pointer.clone(), facts);
    }
}

/// What looks like an id in a field. The last item of a list that is never closed may be a key behind it.
fn ids(value: Node<'_>) -> impl Iterator<Item = Text<'_>> {
    let mut texts = super::super::model::texts(value);
    if value.is_sequence() && value.is_damaged() {
        texts.pop();
    }
    texts.into_iter().filter(|text| looks_like_id(text.as_str()))
}

/// `sources` at any depth below a record.
fn sources(node: Node<'_>, pointer: &mut String, facts: &mut Facts) {
    if node.is_alias() {
        return;
    }
    let len = pointer.len();
    for entry in node.entries() {
        let value = entry.value;
        if !value.is_mapping() && !value.is_sequence() && entry.name() != "sources" {
            continue;
        }
        pointer.push('/');
        pointer.push_str(entry.name());
        if entry.name() == "sources" {
            for text in ids(value) {
                push_reference(&text, ReferenceRole::Source, pointer, facts);
            }
            inline_resources(value, pointer, facts);
        } else {
            sources(value, pointer, facts);
        }
        pointer.truncate(len);
    }
    for (index, item) in node.items().enumerate().filter(|(_, item)| item.is_mapping()) {
        let _ = write!(pointer, "/{index}");
        sources(item, pointer, facts);
        pointer.truncate(len);
    }
}

/// Everything that a mention of a study may mean: sources in fields at any depth, keys cited, the reference
/// list, footnotes and further reading. What nothing is known of has an empty text.
fn study_references(
    record: &Record<'_>,
    found: &Citations,
    in_fields: &[CitationFact],
) -> Vec<StudyReference> {
    let mut out = Vec::new();
    let mut keys = HashSet::new();
    let mut push = |name, span, text: &str| {
        if !matches!(&name, ReferenceName::Key(key) if !keys.insert(key.clone())) {
            out.push(StudyReference { name, span, text: text.into() });
        }
    };
    let nodes = record.node.into_iter().flat_map(Node::descendants);
    for node in nodes.filter_map(|node| node.get("sources")) {
        let items: Vec<_> = if node.is_sequence() { node.items().collect() } else { vec![node] };
        for item in items {
            let text: Vec<_> =
                item.descendants().filter(|own| own.is_scalar()).map(Node::scalar_text).collect();
            match text.as_slice() {
                [id] if looks_like_id(id) && !item.is_mapping() => {
                    push(ReferenceName::Key((*id).into()), item.span(), id);
                }
                _ => push(ReferenceName::Inline, item.span(), &text.join(" ")),
            }
        }
    }
    let in_text = found.marks.iter().map(|mark| (&mark.target, mark.span));
    for (target, span) in in_text.chain(in_fields.iter().map(|own| (&own.target, own.site.span))) {
        if let CitationTarget::Key(key) | CitationTarget::BareKey(key) = target {
            push(ReferenceName::Key(key.clone()), span, key);
        }
    }
    if let Some(list) = &found.list {
        for (number, span, text) in &list.entries {
            push(ReferenceName::Number(*number), *span, text);
        }
    }
    let Some(body) = record.body else { return out };
    if found.list.is_none() && !found.list_blocks.is_empty() {
        let heading = &body.blocks[found.list_blocks.start];
        push(ReferenceName::Inline, body.span(heading.text.clone()), "");
    }
    let mut further = false;
    for block in &body.blocks {
        let text = body.block_text(block);
        if matches!(block.kind, BlockKind::Heading { .. }) {
            further = concept_of(text) == Some(Concept::FurtherReading);
        } else if let Some(index) = block.footnote {
            let label = body.definitions[index as usize].label.as_str();
            push(ReferenceName::Footnote(label.into()), body.span(block.text.clone()), text);
        } else if further {
            push(ReferenceName::Inline, body.span(block.text.clone()), text);
        }
    }
    out
}

/// A resource written out where it is used defines its id.
fn inline_resources(value: Node<'_>, pointer: &str, facts: &mut Facts) {
    let items: Vec<Node<'_>> =
        if value.is_mapping() { vec![value] } else { value.items().collect() };
    for item in items.into_iter().filter(|item| item.is_mapping()) {
        let Some(id) = item.get("id").and_then(Node::scalar) else {
            continue;
        };
        facts.definitions.push(Definition {
            id: id.as_str().into(),
            kind: ContentKind::Resource,
            language: None,
            written: true,
            site: Site::new(id.span(), id.as_str(), pointer),
        });
    }
}

/// What stands where a source should and names none.
pub(super) fn is_filler(text: &str) -> bool {
    const FILLERS: &[&str] = &[
        "",
        "-",
        "--",
        "?",
        "...",
        "citation needed",
        "n.a.",
        "n/a",
        "na",
        "no source",
        "none",
        "null",
        "source needed",
        "source?",
        "tbc",
        "tbd",
        "todo",
        "unknown",
        "xxx",
    ];
    const LONGEST: usize = 15;
    let text = text.trim();
    if text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("todo")) {
        return true;
    }
    let text = text.trim_matches(['[', ']', '<', '>', '(', ')']);
    text.len() <= LONGEST && FILLERS.iter().any(|own| own.eq_ignore_ascii_case(text))
}

/// Entries of `progression` and the like are ids or sentences; ids have no blanks, and are no addresses or files.
pub(super) fn looks_like_id(text: &str) -> bool {
    /// What pages are made from.
    const FILES: &[&str] = &["doc", "docx", "htm", "html", "odt", "pdf", "pptx", "txt"];
    let text = text.trim();
    let is_file = |(_, end): (&str, &str)| FILES.iter().any(|own| own.eq_ignore_ascii_case(end));
    !is_filler(text)
        && !text.contains(char::is_whitespace)
        && !text.contains("://")
        && !text.starts_with("10.")
        && !text.rsplit_once('.').is_some_and(is_file)
}

fn push_reference(text: &Text<'_>, role: ReferenceRole, pointer: &str, facts: &mut Facts) {
    facts.references.push(Reference {
        target: text.as_str().trim().into(),
        role,
        site: Site::new(text.span(), text.as_str(), pointer),
        record: facts.last_record(),
    });
}

/// A key without its quiz, and a quiz without a key.
fn keys_apart(quiz: &Quiz<'_>, id: Option<&Arc<str>>, facts: &mut Facts) {
    let site = |text: &Text<'_>| Site::new(text.span(), text.as_str(), "");
    if let Some(name) = &quiz.key_of {
        let entries = quiz.keys.iter().flat_map(|section| &section.entries).map(|entry| {
            let values = entry.values.iter().map(|own| (own.as_str().into(), site(own)));
            KeyEntryFact {
                question: entry.question.as_str().into(),
                number: entry.number().and_then(|number| number.try_into().ok()),
                site: Site::new(entry.span, &entry.question, ""),
                values: values.collect(),
            }
        });
        push_reference(name, ReferenceRole::KeyOf, "/quiz", facts);
        let quiz = name.as_str().trim().into();
        facts.keys.push(KeyFact { quiz, site: site(name), entries: entries.collect() });
        return;
    }
    let Some(id) = id.filter(|_| quiz.keys.is_empty() && !quiz.questions.is_empty()) else {
        return;
    };
    // Most quizzes have a key at their first question.
    if quiz.questions.iter().any(|question| question.has_key()) {
        return;
    }
    let questions = quiz.questions.iter().map(|question| OpenQuestion {
        id: question.id.as_ref().map(|id| id.as_str().into()),
        anchor: Site::new(question.anchor, question.prompt.as_ref().map_or("", Text::as_str), ""),
        needs_key: question.needs_key(),
        asked: LooseQuestion::of(&question),
        choices_span: question.choices_span(),
    });
    facts.open_quizzes.push(OpenQuiz {
        id: id.clone(),
        anchor: Site::new(quiz.anchor, id, ""),
        questions: questions.collect(),
    });
}

/// Nothing for a question without a key, or one that nobody else could ask.
fn question_fact(question: &Question<'_>) -> Option<QuestionFact> {
    let prompt = question.prompt.as_ref()?;
    let key = question.key.iter().find(|own| !own.values.is_empty())?;
    // A key that names no option is told as that, and says nothing of other files.
    let is_lost = !question.choices.is_empty() && key.values.iter().any(|own| own.choice.is_none());
    if is_lost || question.is_nameless() || needs_figure(prompt.as_str()) {
        return None;
    }
    let words: Vec<&str> = key
        .values
        .iter()
        .map(|value| match value.choice {
            Some(index) => question.choice_name(index),
            None => value.text.as_str(),
        })
        .collect();
    let mut keys: Vec<String> = words.iter().map(|text| plain_form(text)).collect();
    keys.sort_unstable();
    keys.dedup();
    let texts = question.choices.iter().filter_map(|choice| choice.text.as_ref());
    let choices: Vec<String> = texts.map(|text| plain_form(text.as_str())).collect();
    let prompt_form = plain_form(prompt.as_str());
    // Said before a statement or left to the type of the question.
    let prompt_form = prompt_form.strip_prefix("true or false ").unwrap_or(&prompt_form);
    let is_truth = |form: &String| matches!(form.as_str(), "true" | "false");
    let is_true_false = keys.len() == 1 && keys.iter().chain(&choices).all(is_truth);
    let mut forms: Vec<u64> = keys.iter().map(|form| hash_of(form)).collect();
    forms.sort_unstable();
    forms.extend(choices.iter().map(|form| hash_of(form)));
    Some(QuestionFact {
        prompt: hash_of(prompt_form),
        forms: forms.into(),
        key_len: u32::try_from(keys.len()).unwrap_or(u32::MAX),
        statement: is_true_false.then(|| Statement::of(prompt_form)),
        prompt_site: Site::new(prompt.span(), prompt_form, ""),
        key_site: Site::new(key.span, &words.join(", "), ""),
        key_words: words.join(", ").into(),
    })
}

/// What two ways to write the same have in common.
fn plain_form(text: &str) -> String {
    if normal::has_symbols(text) { normal::plain(text) } else { normal::bare(text) }
}

fn hash_of(form: &str) -> u64 {
    xxhash_rust::xxh3::xxh3_64(form.as_bytes())
}

impl Statement {
    /// With one negation taken out of the plain form of its words.
    fn of(prompt: &str) -> Self {
        let negations = ["not", "never", "no", "inte", "aldrig", "nicht", "kein"];
        let is_negation = |word: &&str| negations.contains(word);
        let apart = prompt.replace("cannot", "can not").replace("can't", "can not");
        let apart = apart.replace("n't", " not");
        // "does not help" and "helps" differ by more than the word; only the plain case is compared.
        let is_negated = apart.split(' ').filter(is_negation).count() == 1;
        let affirmed: Vec<_> =
            apart.split(' ').filter(|word| !is_negated || !is_negation(word)).collect();
        Self { affirmed: hash_of(&affirmed.join(" ")), is_negated }
    }
}

/// Prompts that ask about something beside them.
fn needs_figure(prompt: &str) -> bool {
    let plain = normal::plain(prompt);
    let words = [
        "picture",
        "image",
        "figure",
        "diagram",
        "photo",
        "video",
        "table",
        "chart",
        "graph",
        "shown",
        "program",
        "code",
        "following",
        "above",
        "below",
        "this",
        "bild",
        "figur",
        "tabell",
        "abbildung",
    ];
    prompt.contains("```")
        || plain.split(|c: char| !c.is_alphanumeric()).any(|word| words.contains(&word))
}

fn body_facts(record: &Record<'_>, body: &Prose, found: &Citations, facts: &mut Facts) {
    let may_resolve =
        |mark: &CitationMark| !mark.weak || matches!(mark.target, CitationTarget::BareKey(_));
    for mark in found.marks.iter().filter(|mark| may_resolve(mark)) {
        let text = record.file().slice(mark.span);
        facts.citations.push(CitationFact {
            target: mark.target.clone(),
            site: Site::new(mark.span, text, ""),
            mark: match mark.target {
                CitationTarget::Number { .. } => text.into(),
                _ => "".into(),
            },
        });
    }
    facts.links.extend(links(record.file(), body));
    let used: HashSet<&str> = found
        .marks
        .iter()
        .filter_map(|mark| match &mark.target {
            CitationTarget::Footnote { label, .. } => Some(&**label),
            _ => None,
        })
        .collect();
    for definition in body.definitions.iter().filter(|definition| definition.footnote) {
        facts.footnotes.push(FootnoteFact {
            label: definition.label.as_str().into(),
            used: body.is_cut || used.contains(&*definition.label),
            site: Site::new(definition.span, &definition.label, ""),
        });
    }
    facts.bibliographies.extend(list_bibliography(record, body, found));
    if record.kind == ContentKind::Article {
        facts.bibliographies.extend(field_bibliography(record, found, facts));
    }
}

fn list_bibliography(record: &Record<'_>, body: &Prose, found: &Citations) -> Option<Bibliography> {
    let list = found.list.as_ref().filter(|list| !list.loose)?;
    let cited = Cited::new(found);
    let entries = list.entries.iter().map(|(number, span, text)| BibliographyEntry {
        key: number.to_string().into(),
        cited: cited.has(*number, text),
        site: Site::new(*span, text, ""),
    });
    let heading = Site::new(list.heading, record.file().slice(list.heading), "");
    let entries = entries.collect();
    let is_all = is_all(body, list.heading);
    Some(Bibliography { heading, in_field: false, is_all, entries, citable: list.numbered })
}

/// Whether nothing before the list's heading is a sentence.
fn is_all(body: &Prose, heading: Span) -> bool {
    /// Names, dates and labels are shorter.
    const SENTENCE: usize = 5;
    let ends = |text: &str| text.ends_with(['.', '!', '?', '\u{3002}']);
    let is_long = |text: &str| text.split_whitespace().nth(SENTENCE - 1).is_some();
    let is_sentence = |text: &str| ends(text) || is_long(text) && !text.ends_with(':');
    let before = body.blocks.iter().take_while(|block| block.span.start < heading.start);
    let mut texts =
        before.filter(|own| !own.quoted && !matches!(own.kind, BlockKind::Heading { .. }));
    !texts.any(|block| is_sentence(body.block_text(block).trim_end()))
}

/// What the marks of a text cite, to be looked for in the entries of its reference list.
struct Cited<'a> {
    numbers: HashSet<u32>,
    /// Surnames, addresses and ids in lower case, with the years that must stand beside them.
    words: AhoCorasick,
    years: Vec<Vec<&'a str>>,
}

impl<'a> Cited<'a> {
    fn new(found: &'a Citations) -> Self {
        let mut numbers = HashSet::new();
        let mut words: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for mark in &found.marks {
            match &mark.target {
                CitationTarget::Number { number, .. } => {
                    numbers.insert(*number);
                }
                CitationTarget::AuthorYear { surname, year } => {
                    words.entry(surname.to_string()).or_default().push(year);
                }
                CitationTarget::Link(word)
                | CitationTarget::Key(word)
                | CitationTarget::BareKey(word) => {
                    words.entry(word.to_lowercase()).or_default().push("");
                }
                CitationTarget::Footnote { .. } => {}
            }
        }
        let (words, mut years): (Vec<_>, Vec<_>) = words.into_iter().unzip();
        for own in &mut years {
            own.sort_unstable();
            own.dedup();
        }
        let words = AhoCorasick::new(&words).expect("the words are shorter than their file");
        Self { numbers, words, years }
    }

    fn has(&self, number: u32, entry: &str) -> bool {
        let entry = entry.to_lowercase().replace('\u{2019}', "'");
        let said = |years: &[&str]| years.iter().any(|year| entry.contains(year));
        self.numbers.contains(&number)
            || self
                .words
                .find_overlapping_iter(&entry)
                .any(|word| said(&self.years[word.pattern().as_usize()]))
    }
}

/// `sources` of an article: what its text should cite.
fn field_bibliography(
    record: &Record<'_>,
    found: &Citations,
    facts: &Facts,
) -> Option<Bibliography> {
    let entry = record.node?.entry("sources")?;
    let mut times: HashMap<&str, u32> = HashMap::new();
    for mark in &found.marks {
        if let CitationTarget::Key(key) | CitationTarget::BareKey(key) = &mark.target {
            *times.entry(key).or_default() += 1;
        }
    }
    // Once is where the list itself has it.
    for own in facts.references.iter().filter(|own| own.role == ReferenceRole::Source) {
        *times.entry(&own.target).or_default() += 1;
    }
    let ids = super::super::model::texts(entry.value);
    let listed: HashSet<&str> = ids.iter().map(Text::as_str).collect();
    let mut others = Names::new(times.keys().copied().filter(|own| !listed.contains(own)));
    // One letter from what the text cites: that nothing has the other id is told there.
    let mut is_meant = |id: &str| {
        let near = others.nearest(id).map(Letters::of);
        near.is_some_and(|near| near.are_one_edit_from(&Letters::of(id)))
    };
    let mut cited = |id: &str| times.get(id).is_some_and(|times| *times > 1) || is_meant(id);
    let entries: Vec<_> = ids
        .iter()
        .filter(|id| looks_like_id(id.as_str()))
        .map(|id| BibliographyEntry {
            key: id.as_str().into(),
            cited: cited(id.as_str()),
            site: Site::new(id.span(), id.as_str(), "/sources"),
        })
        .collect();
    let heading = Site::new(entry.key_span(), entry.key(), "/sources");
    (!entries.is_empty()).then_some(Bibliography {
        heading,
        in_field: true,
        is_all: false,
        entries,
        citable: true,
    })
}
