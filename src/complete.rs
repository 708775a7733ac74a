//! What may stand at a place that is being written: fields, listed values, ids of other records and
//! of the options of a question.
//!
//! A file that is being written is broken just where one writes. So a word that nobody writes is put
//! there in place of what is typed so far, and the file is read with it: once as a value, and once as
//! the name of a field, where a name may stand. Where the word is found in a record says what may
//! stand there, in YAML, JSON and front matter alike.

use crate::facts::{Definition, ReferenceRole};
use crate::model::quiz::quizzes;
use crate::model::{self, ContentKind, Record};
use crate::project::{Engine, Project};
use crate::schema::suggest::{self, Step};
use crate::schema::{Schema, is_plain_text, json_text};
use crate::source::{Format, SourceFile, Span};
use crate::syntax::{self, Node, Text};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// What may stand at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The word that is there so far; empty where none is.
    pub span: Span,
    /// Those that suit the place best come first.
    pub proposals: Vec<Proposal>,
}

/// Something that may stand at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    pub role: ProposalRole,
    pub name: String,
    /// What takes the place of the word: the name, with a colon where a field needs one.
    pub text: String,
    /// What the schema says of a field, the text of an option, the kind and the file of a record.
    pub words: Option<String>,
}

/// What a proposal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProposalRole {
    Field,
    /// One of the values that the schema lists.
    Value,
    /// The id of another record.
    Record,
    /// An option of the question.
    Choice,
}

/// Stands for what is to be written.
const WORD: &str = "caveatCompletesThisWord";

/// What may stand at `offset` of a file; `None` where nothing is known, as in running text.
pub fn complete(
    engine: &Engine,
    project: &Project,
    file: &SourceFile,
    offset: u32,
) -> Option<Completion> {
    let word = word_at(&file.text, offset as usize);
    let mut proposals = Vec::new();
    let as_value = Some(with(&file.text, &word, WORD));
    for text in as_value.into_iter().chain(as_field(file, &word)) {
        let draft = SourceFile::new(file.path.clone(), text, file.format);
        for proposal in proposals_in(engine, project, &draft, ending(file, &word)) {
            if !proposals.contains(&proposal) {
                proposals.push(proposal);
            }
        }
    }
    (!proposals.is_empty()).then(|| Completion { span: Span::from_usize(word), proposals })
}

/// The word around a place.
fn word_at(text: &str, offset: usize) -> Range<usize> {
    let at = text.floor_char_boundary(offset);
    let is_inner = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let before = &text[..at];
    let start = before.trim_end_matches(is_inner).len();
    // A dash before the word begins an item of a list.
    let start = start + before[start..].len() - before[start..].trim_start_matches('-').len();
    let after = &text[at..];
    start..at + after.len() - after.trim_start_matches(is_inner).len()
}

fn with(text: &str, word: &Range<usize>, replacement: &str) -> String {
    [&text[..word.start], replacement, &text[word.end..]].concat()
}

/// The text with the word as the name of a field, where one could begin and has no colon yet.
fn as_field(file: &SourceFile, word: &Range<usize>) -> Option<String> {
    let line_start = file.text[..word.start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = file.text[word.end..].find('\n').map_or(file.text.len(), |at| word.end + at);
    let (before, after) = (&file.text[line_start..word.start], &file.text[word.end..line_end]);
    if file.format == Format::Json {
        let is_value = before.trim_end_matches('"').trim_end().ends_with(':');
        let rest = after.strip_prefix('"')?;
        return (before.ends_with('"') && !is_value && !rest.trim_start().starts_with(':'))
            .then(|| with(&file.text, &(word.start..word.end + 1), &format!("{WORD}\": null")));
    }
    let begins = before.chars().all(|c| matches!(c, ' ' | '-' | '\u{feff}'));
    (begins && after.trim().is_empty()).then(|| with(&file.text, word, &format!("{WORD}: ")))
}

/// What a field that is not yet there needs behind its name.
fn ending(file: &SourceFile, word: &Range<usize>) -> &'static str {
    let rest = file.text[word.end..].trim_start_matches(['"', ' ']);
    if file.format == Format::Json || rest.starts_with(':') { "" } else { ":" }
}

fn proposals_in(
    engine: &Engine,
    project: &Project,
    draft: &SourceFile,
    ending: &str,
) -> Vec<Proposal> {
    let mut document = syntax::parse(draft);
    let (decision, schema) = engine.name_fields(draft, &mut document);
    let (Some(kind), Some(schema)) = (decision.kind, schema) else { return Vec::new() };
    let records = model::records(draft, &document, &kind, &decision.pointer);
    for record in &records {
        let Some(node) = record.node else { continue };
        let mut way = Vec::new();
        // A quiz may be nothing but its questions.
        if kind == ContentKind::Quiz && model::is_questions(node) {
            way.push(Step::Field("questions"));
        }
        match find(node, &mut way) {
            Some(Place::Name(object)) => return fields(&schema, &way, object, ending),
            Some(Place::Value(value)) => {
                let mut found = choices(record, value.span());
                found.extend(ids(project, record, &way));
                found.extend(listed(&schema, &way));
                return found;
            }
            None => {}
        }
    }
    Vec::new()
}

/// Where the word stands.
enum Place<'a> {
    /// It is the name of a field of this object.
    Name(Node<'a>),
    /// It is this whole value.
    Value(Node<'a>),
}

/// Where the word stands below a node, and the way there.
fn find<'a>(node: Node<'a>, way: &mut Vec<Step<'a>>) -> Option<Place<'a>> {
    if node.is_alias() {
        return None;
    }
    if node.as_str() == Some(WORD) {
        return Some(Place::Value(node));
    }
    for entry in node.entries() {
        if entry.key() == WORD {
            return Some(Place::Name(node));
        }
        way.push(Step::Field(entry.name()));
        if let Some(found) = find(entry.value, way) {
            return Some(found);
        }
        way.pop();
    }
    for item in node.items() {
        way.push(Step::Item);
        if let Some(found) = find(item, way) {
            return Some(found);
        }
        way.pop();
    }
    None
}

/// The fields that an object may have and has not.
fn fields(schema: &Schema, way: &[Step<'_>], object: Node<'_>, ending: &str) -> Vec<Proposal> {
    let all = suggest::fields(schema, way).into_iter();
    let absent = all.filter(|own| object.entries().all(|entry| entry.name() != own.name));
    let proposal = |own: suggest::FieldName| {
        let blank = if ending.is_empty() || own.is_nested { "" } else { " " };
        Proposal {
            role: ProposalRole::Field,
            text: [&own.name, ending, blank].concat(),
            name: own.name,
            words: own.words,
        }
    };
    absent.map(proposal).collect()
}

fn listed(schema: &Schema, way: &[Step<'_>]) -> impl Iterator<Item = Proposal> {
    suggest::values(schema, way).into_iter().map(|value| Proposal {
        role: ProposalRole::Value,
        name: value.clone(),
        text: value,
        words: None,
    })
}

/// The options of the question whose key the value states.
fn choices(record: &Record<'_>, value: Span) -> Vec<Proposal> {
    let quizzes = quizzes(record);
    let states = |span: Span| span.start <= value.end && value.start <= span.end;
    let asked = quizzes.iter().flat_map(|quiz| quiz.questions.iter()).find(|question| {
        question.key.iter().flat_map(|own| &own.values).any(|own| states(own.text.span()))
    });
    let Some(asked) = asked else { return Vec::new() };
    let proposal = |choice: &model::quiz::Choice<'_>| {
        let words = choice.id.as_ref().and(choice.text.as_ref());
        let name = choice.id.as_ref().or(choice.text.as_ref())?;
        Some(Proposal {
            role: ProposalRole::Choice,
            name: name.as_str().trim().to_owned(),
            text: written(name, value, record.file()),
            words: words.map(|own| own.as_str().trim().to_owned()),
        })
    };
    asked.choices.iter().filter_map(proposal).collect()
}

/// A text of the file as another value of it: in the quotes that are there, without any where it has
/// none itself, and else in quotes where it needs some.
fn written(text: &Text<'_>, value: Span, file: &SourceFile) -> String {
    let name = text.as_str().trim();
    let quoted = json_text(name);
    // Both are the same to every reader then, also where they are no text: `y`.
    let is_bare = file.slice(text.span()) == name && !name.contains([',', '[', ']', '{', '}']);
    match file.slice(value).chars().next() {
        Some('"') => quoted[1..quoted.len() - 1].to_owned(),
        Some('\'') => name.replace('\'', "''"),
        _ if is_bare || is_plain_text(name) => name.to_owned(),
        _ => quoted,
    }
}

/// The records that a field of ids may name, each once.
fn ids(project: &Project, record: &Record<'_>, way: &[Step<'_>]) -> Vec<Proposal> {
    let field = way.iter().rev().find_map(|step| match step {
        Step::Field(name) => Some(*name),
        Step::Item => None,
    });
    let Some(role) = ReferenceRole::ALL.iter().find(|role| field == Some(role.field())) else {
        return Vec::new();
    };
    let own = record.id_or_stem();
    let mut known = BTreeMap::new();
    for report in project.reports() {
        let fits = |own: &&Definition| role.target_kind().is_none_or(|kind| kind == own.kind);
        for definition in report.facts.definitions.iter().filter(fits) {
            let words = || format!("{} in {}", definition.kind.name(), report.path);
            known.entry(definition.id.clone()).or_insert_with(words);
        }
    }
    known.retain(|id, _| own.as_deref() != Some(&**id));
    let proposal = |(id, words): (Arc<str>, String)| Proposal {
        role: ProposalRole::Record,
        name: id.to_string(),
        text: id.to_string(),
        words: Some(words),
    };
    known.into_iter().map(proposal).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Settings;
    use crate::source::FilePath;

    /// What is proposed at the `‸`, each as its text; the project knows an exercise and a source.
    fn proposed(path: &str, text: &str) -> Vec<String> {
        let engine = Arc::new(Engine::new(Settings::default()).expect("no schemas of our own"));
        let mut project = Project::new(engine.clone());
        let files =
            [("exercises/bridge.yaml", "name: Bridge\n"), ("resources/who.yaml", "title: WHO\n")];
        for (path, text) in files {
            let file = SourceFile::new(FilePath::new(path), text, Format::Yaml);
            project.insert(engine.analyze(&file));
        }
        let at = text.find('‸').expect("a place");
        let text = text.replace('‸', "");
        let format = Format::of_name(path).expect("a name with an extension");
        let file = SourceFile::new(FilePath::new(path), text, format);
        project.insert(engine.analyze(&file));
        let found = complete(&engine, &project, &file, u32::try_from(at).expect("small"));
        let Some(found) = found else { return Vec::new() };
        let word = file.slice(found.span);
        found.proposals.into_iter().map(|own| format!("{word}→{}", own.text)).collect()
    }

    #[track_caller]
    fn among(proposed: &[String], wanted: &[&str]) {
        for wanted in wanted {
            assert!(proposed.iter().any(|own| own == wanted), "{wanted} is not in {proposed:?}");
        }
    }

    #[test]
    fn fields_that_are_not_there_yet() {
        let found = proposed("exercises/a.yaml", "name: A\nle‸\nsafety: [b]\n");
        among(&found, &["le→level: ", "le→claims:"]);
        assert!(
            !found.iter().any(|own| own.contains("safety") || own.contains("→name")),
            "{found:?}"
        );
        among(&proposed("quizzes/a.yaml", "questions:\n  - prompt: A?\n    ‸\n"), &["→options:"]);
        among(&proposed("quizzes/a.yaml", "questions:\n  - ‸\n"), &["→prompt: "]);
        among(&proposed("exercises/a.yaml", "‸"), &["→name: "]);
        among(&proposed("exercises/a.json", "{\"name\": \"A\", \"le‸\"}"), &["le→level"]);
        among(&proposed("exercises/a.json", "{\"le‸\": 1}"), &["le→level"]);
        // A name that is changed keeps its colon.
        among(&proposed("exercises/a.yaml", "na‸me: A\n"), &["name→level"]);
    }

    #[test]
    fn values_that_the_schema_lists() {
        among(&proposed("exercises/a.yaml", "name: A\nlevel: ‸\n"), &["→beginner"]);
        among(&proposed("exercises/a.yaml", "name: A\nlevel: beg‸\n"), &["beg→beginner"]);
        among(&proposed("exercises/a.json", "{\"level\": \"‸\"}"), &["→beginner"]);
        among(&proposed("quizzes/a.yaml", "title: A\nshuffle: ‸\n"), &["→true", "→false"]);
    }

    #[test]
    fn ids_of_other_records() {
        among(&proposed("exercises/a.yaml", "name: A\nprogression: [‸]\n"), &["→bridge"]);
        among(
            &proposed("articles/a.md", "---\ntitle: A\nsources:\n  - w‸\n---\nText.\n"),
            &["w→who"],
        );
        let own = proposed("exercises/a.yaml", "name: A\nprogression: ‸\n");
        assert!(!own.iter().any(|own| own == "→a" || own == "→who"), "{own:?}");
    }

    #[test]
    fn options_of_the_question() {
        let quiz = "questions:\n  - prompt: A?\n    options:\n      - {id: x, text: One}\n      - {id: y, text: Two}\n    answer: ‸\n";
        among(&proposed("quizzes/a.yaml", quiz), &["→x", "→y"]);
        let quiz = "questions:\n  - prompt: A?\n    options: [one, two]\n    answer: ‸\n  - prompt: B?\n    options: [three]\n";
        let found = proposed("quizzes/a.yaml", quiz);
        among(&found, &["→one", "→two"]);
        assert!(!found.iter().any(|own| own == "→three"), "{found:?}");
    }

    #[test]
    fn options_are_quoted_where_they_must_be() {
        let options =
            "questions:\n  - prompt: A?\n    options: ['no: never', 'a \"b\"', one, 'no']\n";
        let found = proposed("quizzes/a.yaml", &format!("{options}    answer: ‸\n"));
        among(&found, &[r#"→"no: never""#, r#"→"a \"b\"""#, "→one", r#"→"no""#]);
        let found = proposed("quizzes/a.yaml", &format!("{options}    answer: '‸'\n"));
        among(&found, &["→no: never", r#"→a "b""#, "→no"]);
        let found = proposed("quizzes/a.yaml", &format!("{options}    answer: \"‸\"\n"));
        among(&found, &["→no: never", r#"→a \"b\""#]);
    }

    #[test]
    fn nothing_in_running_text() {
        for (path, text) in [
            ("articles/a.md", "---\ntitle: A\n---\nSome ‸ words.\n"),
            ("exercises/a.yaml", "name: A bri‸ and more\n"),
            ("exercises/a.yaml", "name: A\ndescription: |\n  Some\n  wor‸\n  words\n"),
            ("notes/a.yaml", "na‸\n"),
            ("exercises/a.yaml", "# a remark ‸\nname: A\n"),
        ] {
            assert_eq!(proposed(path, text), [""; 0], "{text}");
        }
    }
}
