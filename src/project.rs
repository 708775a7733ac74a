//! A run: a map over files and a reduce over their facts.
//!
//! [`Engine::analyze`] looks at one file and depends on nothing but its bytes, its path, the
//! schemas and the settings' mappings. [`Project::resolve`] looks at all reports together. Command
//! line, editor and sharded runs are callers of these two.

use crate::config::Settings;
use crate::diagnostic::{Diagnostic, Severity};
use crate::facts::Facts;
use crate::policy::{self, Judged};
use crate::source::{FilePath, SourceFile};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Settings and schemas, ready to look at files. Shared between threads.
#[derive(Debug)]
pub struct Engine {
    settings: Settings,
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
    pub fn new(settings: Settings) -> Self {
        Self { settings }
    }

    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Look at one file.
    pub fn analyze(&self, file: &SourceFile) -> FileReport {
        FileReport {
            path: file.path.clone(),
            records: 0,
            has_kind: false,
            diagnostics: Vec::new(),
            facts: Facts::default(),
        }
    }
}

impl Project {
    pub fn new(engine: Arc<Engine>) -> Self {
        Self { engine, reports: BTreeMap::new() }
    }

    /// Put a file's report in, in place of an earlier one of the same path.
    pub fn insert(&mut self, report: FileReport) {
        self.reports.insert(report.path.clone(), report);
    }

    pub fn reports(&self) -> impl Iterator<Item = &FileReport> {
        self.reports.values()
    }

    /// Run the rules over all files and judge everything. Only diagnostics of files for which
    /// `wanted` holds are kept.
    pub fn resolve(&self, wanted: impl Fn(&FilePath) -> bool) -> Outcome {
        let own = self.reports.values().flat_map(|report| report.diagnostics.iter().cloned());
        let diagnostics: Vec<_> = own.filter(|d| wanted(&d.primary.path)).collect();
        let diagnostics = policy::apply(diagnostics, &self.engine.settings);
        let looked_at = || self.reports.values().filter(|report| wanted(&report.path));
        let count = |severity| diagnostics.iter().filter(|judged| judged.severity == severity).count();
        let summary = Summary {
            files: looked_at().count(),
            records: looked_at().map(|report| report.records).sum(),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            infos: count(Severity::Info),
        };
        Outcome { diagnostics, summary }
    }
}
