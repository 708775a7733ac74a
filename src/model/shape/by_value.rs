//! Names that only their values tell: what is a list of questions, of options or of paths, whatever it is called.

use super::{Field, Shape};
use crate::model::{lists_questions, maps_questions};
use crate::syntax::{Entry, Node};

impl Shape {
    /// `a: Hip` alone in an option is its letter and its text.
    pub(super) fn of_letter(
        &self,
        entry: &Entry<'_>,
        mapping: Node<'_>,
    ) -> Option<(&str, Option<&Field>)> {
        let is_letter = matches!(entry.key().as_bytes(), [letter] if letter.is_ascii_alphabetic());
        if !is_letter || !entry.value.is_scalar() || mapping.entries().nth(1).is_some() {
            return None;
        }
        self.fields.get("correct")?;
        Some(("text", Some(self.fields.get("text")?)))
    }

    /// `key: b` of a question without another key is its key. Else it is a name as collections have it.
    pub(super) fn of_key(
        &self,
        entry: &Entry<'_>,
        mapping: Node<'_>,
    ) -> Option<(&str, Option<&Field>)> {
        /// Fields, options and keys that are compared: no question has more.
        const MOST: usize = 64;
        let is_question = || self.fields.get("answerIndex").is_some();
        if entry.key() != "key" || !is_question() || mapping.entries().nth(MOST).is_some() {
            return None;
        }
        let is_named = |own: &Entry<'_>, names: &[&str]| {
            self.canonical(own.key()).is_some_and(|name| names.contains(&name))
        };
        let options = mapping.entries().find(|own| is_named(own, &["options"]))?.value;
        let states_key = |own: Entry<'_>| is_named(&own, &["answer", "correct", "answerIndex"]);
        let is_letter = |own: &str| matches!(own.as_bytes(), [own] if own.is_ascii_alphabetic());
        let is_option =
            |own: &str| options.items().take(MOST).any(|option| option.as_str() == Some(own));
        let names_one =
            |own: Node<'_>| own.as_str().is_some_and(|own| is_letter(own) || is_option(own));
        let value = entry.value;
        let names_options = names_one(value)
            || value.items().next().is_some() && value.items().take(MOST).all(names_one);
        if !names_options || mapping.entries().any(states_key) {
            return None;
        }
        Some(("answer", Some(self.fields.get("answer")?)))
    }

    /// `type: exercise` of an exercise is its kind, where no other field is called so.
    pub(super) fn of_kind(
        &self,
        entry: &Entry<'_>,
        mapping: Node<'_>,
    ) -> Option<(&str, Option<&Field>)> {
        let is_type = entry.key() == "type" && self.fields.get("type").is_none();
        let kind = self.kind.as_deref().filter(|_| is_type)?;
        let names_kind = entry.value.as_str().is_some_and(|own| own.eq_ignore_ascii_case(kind));
        (names_kind && mapping.get(KIND).is_none()).then(|| (KIND, self.fields.get(KIND)))
    }

    /// `quiz: [{prompt: ...}, ...]` are the questions of a quiz, as a text it names one.
    pub(super) fn of_questions(
        &self,
        entry: &Entry<'_>,
        name: &str,
    ) -> Option<(&str, Option<&Field>)> {
        let is_list = || lists_questions(entry.value);
        let field = self.fields.get("questions").filter(|_| name == "quiz" && is_list())?;
        Some(("questions", Some(field)))
    }

    /// `rounds: [{questions: [...]}, ...]` in a quiz: groups of questions have many names.
    pub(super) fn of_groups(&self, entry: &Entry<'_>) -> Option<(&str, Option<&Field>)> {
        self.fields.get("questions")?;
        let sections = self.fields.get(SECTIONS)?;
        holds_questions(entry.value).then_some((SECTIONS, Some(sections)))
    }
}

/// The kind of a record.
pub const KIND: &str = "kind";

/// Groups of questions in a quiz.
pub(super) const SECTIONS: &str = "sections";

/// Whether the first of several groups has a list of questions.
fn holds_questions(groups: Node<'_>) -> bool {
    let first = groups.items().next();
    first.is_some_and(|own| own.entries().any(|own| lists_questions(own.value)))
}

/// Whether an alias stands for what no field of its name holds: paths below `bibliography`, options below the
/// `answers` of a record that is a question, the name of a `quiz`, `citation: true` for the site.
pub(super) fn is_something_else(alias: &str, value: Node<'_>) -> bool {
    match alias {
        BIBLIOGRAPHY => names_files(value),
        ANSWERS => value.items().next().is_some_and(Node::is_mapping),
        _ if QUIZZES.contains(&alias) => !lists_questions(value) && !maps_questions(value),
        CITATION | LAST_UPDATED => value.as_bool().is_some(),
        _ => false,
    }
}

/// The answer key of a quiz, as a mapping or a list of answers.
const ANSWERS: &str = "answers";

/// The questions of a quiz, where they are a list.
const QUIZZES: &[&str] = &["quiz", "mcqs", "mcq"];

/// Whether Quarto shows how to cite a page, and Starlight when it was changed.
const CITATION: &str = "citation";
const LAST_UPDATED: &str = "lastUpdated";

/// What pandoc and Quarto call the files they take sources from.
const BIBLIOGRAPHY: &str = "bibliography";

/// The paths in `bibliography: refs.bib`; none where the field lists sources itself.
pub fn bibliography_files(record: Node<'_>) -> Vec<&str> {
    let named = record.get(BIBLIOGRAPHY).filter(|value| names_files(*value));
    named.map(paths).unwrap_or_default()
}

fn names_files(value: Node<'_>) -> bool {
    // Source: pandoc 3, User's Guide, Citations: the formats it reads.
    const ENDINGS: [&str; 7] = [".bib", ".bibtex", ".json", ".yaml", ".yml", ".ris", ".xml"];
    let paths = paths(value);
    let all = if value.is_sequence() { value.items().count() } else { 1 };
    let is_file = |path: &&str| ENDINGS.iter().any(|ending| path.ends_with(ending));
    !paths.is_empty() && paths.len() == all && paths.iter().all(is_file)
}

fn paths(value: Node<'_>) -> Vec<&str> {
    match value.as_str() {
        Some(path) => vec![path.trim()],
        None => value.items().filter_map(|item| item.as_str().map(str::trim)).collect(),
    }
}
