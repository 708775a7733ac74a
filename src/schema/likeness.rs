//! What a file looks like whose kind nothing tells: for proposals that people look at. No check rests on it.

use super::Catalogue;
use crate::model::quiz::quizzes;
use crate::model::shape::{canonical_names, rename};
use crate::model::{ContentKind, Record, records};
use crate::source::{Format, SourceFile};
use crate::syntax::{self, Document, Node, pointer};

/// A kind, and where the records of it are.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Likeness {
    pub kind: ContentKind,
    /// JSON pointer; empty where the records are found without one.
    pub pointer: String,
}

/// Records of a file that are looked at.
const SAMPLE: usize = 50;
/// Mappings within mappings that records are looked for in.
const DEEPEST: usize = 4;
/// Lists in them that may hold the records.
const MOST_LISTS: usize = 8;

/// What most records of a file look like; `None` for a broken one, and for one that may be anything.
pub fn likeness(file: &SourceFile, catalogue: &Catalogue) -> Option<Likeness> {
    let document = syntax::parse(file);
    if !document.errors.is_empty() {
        return None;
    }
    let mut pointers = vec![String::new()];
    if let Some(root) = document.tree.root().filter(|_| document.body.is_none()) {
        add_lists(root, "", DEEPEST, &mut pointers);
    }
    pointers.into_iter().find_map(|pointer| {
        let kind = ContentKind::BUILT_IN.iter().find(|kind| {
            let document = with_own_names(file, kind, &pointer, catalogue);
            is_like(kind, &records(file, &document, kind, &pointer))
        })?;
        Some(Likeness { kind: kind.clone(), pointer })
    })
}

/// The lists of mappings that mappings below the root hold.
fn add_lists(node: Node<'_>, pointer: &str, depth: usize, out: &mut Vec<String>) {
    for entry in node.entries().filter(|_| !node.is_alias() && depth > 0) {
        if out.len() > MOST_LISTS {
            return;
        }
        let pointer = format!("{pointer}/{}", pointer::escaped(entry.key()));
        if entry.value.items().next().is_some_and(Node::is_mapping) {
            out.push(pointer);
        } else {
            add_lists(entry.value, &pointer, depth - 1, out);
        }
    }
}

/// The file read as one of a kind, under the names its schema has for the fields.
fn with_own_names(
    file: &SourceFile,
    kind: &ContentKind,
    pointer: &str,
    catalogue: &Catalogue,
) -> Document {
    let mut document = syntax::parse(file);
    if let Ok(Some(schema)) = catalogue.schema_for(kind) {
        let records = records(file, &document, kind, pointer);
        let nodes = records.iter().take(SAMPLE).filter_map(|record| record.node);
        let names = nodes.flat_map(|node| canonical_names(node, schema.shapes()).0).collect();
        rename(&mut document.tree, names);
    }
    document
}

/// Whether four in five of the records are like those of the kind.
fn is_like(kind: &ContentKind, records: &[Record<'_>]) -> bool {
    let looked_at = &records[..records.len().min(SAMPLE)];
    let is_one = |record: &&Record<'_>| match kind {
        ContentKind::Quiz => is_quiz(record),
        ContentKind::Exercise => is_exercise(record),
        ContentKind::Resource => is_resource(record),
        ContentKind::Article => is_article(record),
        ContentKind::Custom(_) => false,
    };
    let like = looked_at.iter().filter(is_one).count();
    like > 0 && like * 5 >= looked_at.len() * 4
}

/// Questions with options. In Markdown, where lists are everywhere, they have keys, and make up most of the text: else
/// it is an article with a quiz in it.
fn is_quiz(record: &Record<'_>) -> bool {
    let quizzes = quizzes(record);
    let questions = quizzes.iter().flat_map(|quiz| quiz.questions.iter());
    let (mut count, mut lines) = (0, 0);
    let is_field = record.body.is_none();
    for question in questions.filter(|own| own.choices.len() > 1 && (is_field || own.has_key())) {
        count += 1;
        lines += question.choices.len() + 1;
    }
    match record.body {
        Some(body) => count > 1 && lines * 2 >= body.blocks.len(),
        None => count > 0,
    }
}

/// A name, and two more things that only exercises have, such as steps and muscles. Recipes have steps, too.
fn is_exercise(record: &Record<'_>) -> bool {
    const TELLING: &[&str] = &[
        "instructions",
        "dosage",
        "sets",
        "reps",
        "repetitions",
        "primaryMuscles",
        "secondaryMuscles",
        "muscleGroups",
        "bodyPart",
        "contraindications",
        "safety",
        "equipment",
    ];
    record.title().is_some() && count(record, TELLING) > 1 && record.field("ingredients").is_none()
}

/// A title, a thing that only published works have, and one that most have.
fn is_resource(record: &Record<'_>) -> bool {
    const TELLING: &[&str] = &["issued", "DOI", "ISBN", "PMID", "container-title"];
    const USUAL: &[&str] = &["author", "publisher", "URL"];
    let telling = count(record, TELLING);
    let is_bare = record.body.is_none();
    is_bare && record.title().is_some() && telling > 0 && telling + count(record, USUAL) > 1
}

/// Markdown that says something, and no page about the repository.
fn is_article(record: &Record<'_>) -> bool {
    const LEAST_SENTENCES: usize = 3;
    const OF_REPOSITORIES: &[&str] = &[
        "authors",
        "changelog",
        "changes",
        "code_of_conduct",
        "contributing",
        "contributors",
        "copying",
        "history",
        "install",
        "licence",
        "license",
        "notice",
        "readme",
        "roadmap",
        "security",
        "support",
        "todo",
    ];
    let name = record.path().stem().to_lowercase().replace('-', "_");
    let Some(body) = record.body.filter(|_| record.file().format == Format::Markdown) else {
        return false;
    };
    let mut sentences = body.blocks.iter().flat_map(|block| body.sentences(block));
    !OF_REPOSITORIES.contains(&&*name) && sentences.nth(LEAST_SENTENCES - 1).is_some()
}

fn count(record: &Record<'_>, names: &[&str]) -> usize {
    names.iter().filter(|name| record.field(name).is_some()).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FilePath;

    fn told(path: &str, text: &str) -> Option<String> {
        let format = Format::of_name(path).expect("an extension that is read");
        let file = SourceFile::new(FilePath::new(path), text, format);
        let found = likeness(&file, &Catalogue::new())?;
        Some(format!("{} {}", found.kind.name(), found.pointer).trim_end().to_owned())
    }

    #[test]
    fn fields_tell_a_kind() {
        let yaml = |text: &str| told("a.yaml", text);
        let is = |kind: &str| Some(kind.to_owned());
        assert_eq!(yaml("{name: Bridge, steps: [Lie down.], muscles: [glutes]}"), is("exercise"));
        assert_eq!(yaml("[{name: Bridge, sets: 3, reps: 10}]"), is("exercise"));
        assert_eq!(yaml("{title: Hips, questions: [{prompt: a?, options: [b, c]}]}"), is("quiz"));
        assert_eq!(yaml("- {question: a?, choices: [b, c], correct: b}\n"), is("quiz"));
        assert_eq!(yaml("{title: Hips, year: 2019, doi: 10.1000/1}"), is("resource"));
        assert_eq!(
            yaml("{meta: {n: 1}, data: {list: [{name: Bridge, sets: 3, reps: 10}]}}"),
            is("exercise /data/list")
        );
        assert_eq!(
            yaml("{data: {a/b: [{title: A, issued: 2019, author: Roe}]}}"),
            is("resource /data/a~1b")
        );
    }

    #[test]
    fn what_may_be_anything_is_nothing() {
        let yaml = |text: &str| told("a.yaml", text);
        assert_eq!(yaml("{name: Bread, steps: [Bake.], equipment: [pan], ingredients: [a]}"), None);
        assert_eq!(yaml("[{question: Is it free?, answer: It is.}]"), None);
        assert_eq!(yaml("{name: caveat, version: '1', author: Roe, homepage: a.org}"), None);
        assert_eq!(yaml("{name: Bridge, sets: 3, reps: 10"), None);
        assert_eq!(yaml(""), None);
        assert_eq!(yaml("&a [*a]"), None);
    }

    #[test]
    fn markdown_is_told_by_what_it_says() {
        let text = "# Hips\n\nOne leads. One follows. Both carry.\n";
        assert_eq!(told("posts/hips.md", text), Some("article".to_owned()));
        assert_eq!(told("posts/README.md", text), None);
        assert_eq!(told("posts/hips.md", "# Hips\n\nSoon.\n"), None);
        assert_eq!(told("requirements.txt", text), None);
        let quiz = "1. Which bends the hip?\n   - [x] psoas\n   - [ ] soleus\n\n\
                    2. Which bends the knee?\n   - [ ] psoas\n   - [x] biceps femoris\n";
        assert_eq!(told("tests/hips.md", quiz), Some("quiz".to_owned()));
        let lists = quiz.replace("[x]", "").replace("[ ]", "");
        assert_ne!(told("tests/hips.md", &lists), Some("quiz".to_owned()));
        let long = format!("{}\n## Quiz\n\n{quiz}", "It is. One does. Both do.\n\n".repeat(20));
        assert_eq!(told("tests/hips.md", &long), Some("article".to_owned()));
        let front = "---\nname: Bridge\nmuscles: [glutes]\nequipment: []\n---\n\nLie down.\n";
        assert_eq!(told("drills/bridge.md", front), Some("exercise".to_owned()));
    }
}
