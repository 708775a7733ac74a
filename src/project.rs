//! A run: a map over files and a reduce over their facts.
//!
//! [`Engine::analyze`] looks at one file and depends on nothing but its bytes, its path, the
//! schemas and the settings' mappings. [`Project::resolve`] looks at all reports together. Command
//! line, editor and sharded runs are callers of these two.

use crate::config::Settings;
use crate::diagnostic::{Diagnostic, Severity};
use crate::facts::{self, Facts, ProjectFacts};
use crate::model::quiz::{Quiz, quizzes};
use crate::model::shape::{self, Shapes};
use crate::model::{self, ContentKind, Record};
use crate::policy::{self, Judged};
use crate::rule::{Check, FileContext, Rule, Sink};
use crate::rules::{RULES, builtin};
use crate::schema::{Catalogue, Schema, SchemaError, validate};
use crate::source::{FilePath, SourceFile};
use crate::syntax::{self, Document};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Settings and schemas, ready to look at files. Shared between threads.
#[derive(Debug)]
pub struct Engine {
    settings: Settings,
    catalogue: Catalogue,
}

/// What one file gave.
#[derive(Clone, Debug)]
pub struct FileReport {
    pub path: FilePath,
    /// Number of records found.
    pub records: usize,
    /// Whether some kind was found for the file; files without one get syntax checks only.
    pub has_kind: bool,
    pub diagnostics: Vec<Diagnostic>,
    pub facts: Facts,
}

/// The reports of all files.
#[derive(Debug)]
pub struct Project {
    engine: Arc<Engine>,
    reports: BTreeMap<FilePath, FileReport>,
}

/// What a run says.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Sorted by path, span and rule.
    pub diagnostics: Vec<Judged>,
    pub summary: Summary,
}

/// Counts of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Summary {
    pub files: usize,
    pub records: usize,
    pub errors: usize,
    pub warnings: usize,
    pub infos: usize,
}

impl Engine {
    /// # Errors
    ///
    /// When a schema cannot be used.
    pub fn new(settings: Settings) -> Result<Self, Arc<SchemaError>> {
        Ok(Self { settings, catalogue: Catalogue::new() })
    }

    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// Look at one file.
    pub fn analyze(&self, file: &SourceFile) -> FileReport {
        let mut document = syntax::parse(file);
        let mut diagnostics = Vec::new();
        let Some(kind) = self.kind_of(file, &document) else {
            builtin::report_syntax(file, &document, &[], &mut diagnostics);
            return FileReport::without_kind(file, diagnostics);
        };
        let schema = self.catalogue.schema_for(&kind).ok().flatten();
        let shapes = schema.as_deref().map(Schema::shapes);
        if let Some(shapes) = shapes {
            name_fields(file, &mut document, &kind, shapes, &mut diagnostics);
        }
        let records = model::records(file, &document, &kind, "");
        let quizzes: Vec<_> = records.iter().map(quizzes).collect();
        builtin::report_syntax(file, &document, &records, &mut diagnostics);
        if let Some(schema) = &schema {
            validate_records(file, &records, schema, &mut diagnostics);
        }
        let none = Shapes::default();
        let how = facts::Extraction {
            shapes: shapes.unwrap_or(&none),
            all_sentences: self.settings.all_sentences,
            scope: self.settings.citation_scope,
        };
        let facts = facts::extract(&records, &quizzes, how);
        let context = FileContext {
            file,
            document: &document,
            records: &records,
            quizzes: &quizzes,
            facts: &facts,
        };
        run_rules(&context, &mut diagnostics);
        FileReport {
            path: file.path.clone(),
            records: records.len(),
            has_kind: true,
            diagnostics,
            facts,
        }
    }

    fn kind_of(&self, file: &SourceFile, document: &Document) -> Option<ContentKind> {
        let named = document.tree.root().and_then(|root| root.get("kind"));
        let named = named.and_then(|kind| ContentKind::built_in(kind.as_str()?));
        named.or_else(|| {
            let of_folder = |folder: &str| {
                ContentKind::BUILT_IN.iter().find(|kind| kind.folder() == Some(folder)).cloned()
            };
            file.path.folders().rev().find_map(of_folder)
        })
    }
}

impl FileReport {
    fn without_kind(file: &SourceFile, diagnostics: Vec<Diagnostic>) -> Self {
        let path = file.path.clone();
        Self { path, records: 0, has_kind: false, diagnostics, facts: Facts::default() }
    }
}

/// Write the canonical names of fields into the tree, and report fields that a record states twice
/// under different names.
fn name_fields(
    file: &SourceFile,
    document: &mut Document,
    kind: &ContentKind,
    shapes: &Shapes,
    out: &mut Vec<Diagnostic>,
) {
    let mut names = Vec::new();
    for record in model::records(file, document, kind, "") {
        let Some(node) = record.node else { continue };
        let (own, twice) = shape::canonical_names(node, shapes);
        names.extend(own);
        for same in twice {
            builtin::report_same_field(file, document, same, out);
        }
    }
    shape::rename(&mut document.tree, names);
}

fn validate_records(
    file: &SourceFile,
    records: &[Record<'_>],
    schema: &Schema,
    out: &mut Vec<Diagnostic>,
) {
    for record in records {
        let Some(node) = record.node else { continue };
        let context = validate::Context {
            file,
            record: record.id_or_stem(),
            noun: record.kind.name(),
            all_branches: false,
        };
        let mut found = validate::validate(node, schema, &context);
        if record.body.is_some() {
            // The body says what the front matter leaves out.
            found.retain(|own| own.rule != "schema/required");
        }
        out.extend(found);
    }
}

/// Run every rule that looks at one file.
fn run_rules(context: &FileContext<'_>, out: &mut Vec<Diagnostic>) {
    run(RULES, |rule, check| {
        if let Check::File(check) = check {
            check(context, &mut Sink::for_file(rule, context.file, out));
        }
    });
    for (record, quizzes) in context.records.iter().zip(context.quizzes) {
        run_record_rules(context, record, quizzes, out);
    }
}

fn run_record_rules(
    context: &FileContext<'_>,
    record: &Record<'_>,
    quizzes: &[Quiz<'_>],
    out: &mut Vec<Diagnostic>,
) {
    let id = record.id_or_stem();
    run(RULES, |rule, check| {
        let mut sink = Sink::for_file(rule, context.file, out);
        sink.set_record(id.clone());
        match check {
            Check::Record(check) => check(context, record, &mut sink),
            Check::Exercise(check) if record.kind == ContentKind::Exercise => {
                check(context, record, &mut sink);
            }
            Check::Resource(check) if record.kind == ContentKind::Resource => {
                check(context, record, &mut sink);
            }
            Check::Quiz(check) => quizzes
                .iter()
                .for_each(|quiz| check(context, quiz, &mut sink)),
            Check::Question(check) => {
                for quiz in quizzes {
                    quiz.questions
                        .iter()
                        .for_each(|own| check(context, quiz, own, &mut sink));
                }
            }
            Check::Exercise(_)
            | Check::Resource(_)
            | Check::File(_)
            | Check::Project(_)
            | Check::Engine => {}
        }
    });
}

fn run(rules: &[&'static Rule], mut each: impl FnMut(&'static Rule, Check)) {
    for rule in rules {
        each(rule, rule.check);
    }
}

impl Project {
    pub fn new(engine: Arc<Engine>) -> Self {
        Self {
            engine,
            reports: BTreeMap::new(),
        }
    }

    /// Put a file's report in, in place of an earlier one of the same path.
    pub fn insert(&mut self, report: FileReport) {
        self.reports.insert(report.path.clone(), report);
    }

    pub fn reports(&self) -> impl Iterator<Item = &FileReport> {
        self.reports.values()
    }

    /// Every diagnostic of every rule in the files for which `wanted` holds, before levels.
    pub fn diagnostics(&self, wanted: impl Fn(&FilePath) -> bool) -> Vec<Diagnostic> {
        let mut out: Vec<_> = self
            .reports
            .values()
            .flat_map(|report| report.diagnostics.iter().cloned())
            .collect();
        let facts = ProjectFacts::new(
            self.reports
                .values()
                .map(|report| (&report.path, &report.facts)),
        );
        run(RULES, |rule, check| {
            if let Check::Project(check) = check {
                check(&facts, &mut Sink::for_project(rule, &mut out));
            }
        });
        out.retain(|diagnostic| wanted(&diagnostic.primary.path));
        out
    }

    /// Run the rules over all files and judge everything. Only diagnostics of files for which
    /// `wanted` holds are kept.
    pub fn resolve(&self, wanted: impl Fn(&FilePath) -> bool) -> Outcome {
        let diagnostics = policy::apply(self.diagnostics(&wanted), &self.engine.settings);
        let looked_at = || self.reports.values().filter(|report| wanted(&report.path));
        let count = |severity| {
            diagnostics
                .iter()
                .filter(|judged| judged.severity == severity)
                .count()
        };
        let summary = Summary {
            files: looked_at().count(),
            records: looked_at().map(|report| report.records).sum(),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            infos: count(Severity::Info),
        };
        Outcome {
            diagnostics,
            summary,
        }
    }
}
