//! caveat checks exercise, quiz, resource and article files against JSON Schemas and editorial
//! rules, and points at the exact bytes.
//!
//! A run is a **map** over files and a **reduce** over their facts. [`Engine::analyze`] looks at one
//! file and depends on nothing but its bytes, its path, the schemas and the settings' table of
//! kinds and rules of their own. [`Project::resolve`] looks at all reports together and gives every diagnostic the severity
//! it has in the project. The command line is one caller of these two and uses nothing else.
//!
//! # The first five minutes
//!
//! ```
//! use caveat::{Settings, Severity, check_str};
//!
//! let quiz = "
//! title: Hips
//! questions:
//!   - prompt: Which muscle bends the hip?
//!     options: [psoas major, soleus]
//!     answer: c
//! ";
//! let outcome = check_str("quizzes/hips.yaml", quiz, &Settings::default())?;
//! let errors = outcome.diagnostics.iter().filter(|own| own.severity == Severity::Error);
//! let found: Vec<_> = errors.map(|own| &own.diagnostic).collect();
//! assert_eq!(found[0].rule, "quiz/answer-not-in-options");
//! assert_eq!(&quiz[found[0].primary.span.range()], "c");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Many files
//!
//! ```
//! use caveat::render::{Style, render};
//! use caveat::{Engine, FilePath, Format, OutputFormat, Project, Settings, SourceFile};
//! use std::collections::BTreeMap;
//! use std::sync::Arc;
//!
//! let engine = Arc::new(Engine::new(Settings::default())?);
//! let mut project = Project::new(engine.clone());
//! let mut sources = BTreeMap::new();
//! for (path, text) in [
//!     ("exercises/bridge.yaml", "name: Bridge\nprogression: [bridge-one-leg]\n"),
//!     ("exercises/clam.yaml", "name: Clamshell\n"),
//! ] {
//!     let file = Arc::new(SourceFile::new(FilePath::new(path), text, Format::Yaml));
//!     // `analyze` may run on any thread, in any order.
//!     project.insert(engine.analyze(&file));
//!     sources.insert(file.path.clone(), file);
//! }
//! let outcome = project.resolve(|path| path.as_str().ends_with("bridge.yaml"));
//! assert!(outcome.diagnostics.iter().any(|own| own.diagnostic.rule == "project/dangling-reference"));
//!
//! // Snippets, lines and columns come from the texts, which a renderer asks for.
//! let mut sarif = Vec::new();
//! render(OutputFormat::Sarif, &outcome, &sources, &Style::default(), &mut sarif)?;
//! assert!(sarif.starts_with(b"{"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`config::parse`] makes [`Settings`] of a `caveat.yaml`, [`discover`] finds and reads files as the command line
//! does, and [`fix::apply`] makes of a text what its fixes say.
//!
//! # Where things live
//!
//! | module | what it is for |
//! |---|---|
//! | [`source`] | text, [`Span`], lines and columns |
//! | [`normal`] | forms of a text in which two that say the same are equal |
//! | [`words`], [`nearest`] | words of messages; the known word that a misspelt one stands for |
//! | `globs`, `lasting`, `eight` | lists of globs; texts that are kept once; text eight bytes at a time |
//! | [`diagnostic`] | the values everyone passes on: [`Diagnostic`], [`Label`], [`Severity`], [`Fix`] |
//! | [`fix`] | what the fixes of diagnostics make of a text |
//! | [`lexicon`] | word lists of the rules, as data with their sources |
//! | [`syntax`] | YAML, JSON, Markdown and drafts into one spanned tree and running text |
//! | [`model`] | records and typed views of them: quizzes, exercises, doses, names of fields |
//! | [`facts`] | what a file offers to other files and to the report: ids, references, citations, claims |
//! | [`rule`] | what a rule is, and what it may ask |
//! | [`schema`] | JSON Schemas: which one a file has, what a record does not fulfil |
//! | [`rules`] | the rules, one file for each |
//! | [`config`], [`policy`] | settings; which diagnostics count, and how much |
//! | [`suppress`] | what authors say does not count at a place |
//! | [`project`] | the map and the reduce |
//! | [`render`], [`report`] | one file for each output |
//! | [`complete`], [`mentions`] | what may stand at a place that is being written; where else it is named |
//! | [`baseline`] | diagnostics that are accepted until somebody mends them |
//! | [`discover`] | finding and reading files |
//! | [`cache`] | reports of earlier runs |
//!
//! Imports point up this table. Deliberately absent: a network client, a clock, and a second way to
//! get from bytes to a diagnostic.
//!
//! # What always holds
//!
//! Every span is a valid slice of its file, on character boundaries. No bytes make the program
//! panic. The order of files and the number of threads change no diagnostic. `tests/laws.rs` says so
//! of real and of broken content.

pub mod baseline;
pub mod cache;
pub mod complete;
pub mod config;
pub mod diagnostic;
pub mod discover;
mod eight;
pub mod facts;
pub mod fix;
mod globs;
mod lasting;
pub mod lexicon;
pub mod mentions;
pub mod model;
pub mod nearest;
pub mod normal;
pub mod policy;
pub mod project;
pub mod render;
pub mod report;
pub mod rule;
pub mod rules;
pub mod schema;
pub mod source;
pub mod suppress;
pub mod syntax;
pub mod words;

#[cfg(test)]
mod testing;

pub use config::Settings;
pub use diagnostic::{Applicability, Confidence, Diagnostic, Edit, Fix, Label, Level, Severity};
pub use policy::Judged;
pub use project::{Engine, FileReport, Outcome, Project, Summary};
pub use render::OutputFormat;
pub use rule::Rule;
pub use rules::{RULES, find_rule};
pub use schema::SchemaError;
pub use source::{FilePath, Format, LineIndex, SourceFile, Span};

use std::sync::Arc;

/// Check one text as if it stood at `path`: its folder and name tell format and kind, as they do on
/// disk. A name without a known extension is read as YAML.
///
/// References to other files are checked against this one file alone.
///
/// # Errors
///
/// When a schema that the settings name cannot be used.
pub fn check_str(path: &str, text: &str, settings: &Settings) -> Result<Outcome, Arc<SchemaError>> {
    let engine = Arc::new(Engine::new(settings.clone())?);
    let format = Format::of_name(path).unwrap_or(Format::Yaml);
    let file = SourceFile::new(FilePath::new(path), text, format);
    let mut project = Project::new(engine.clone());
    project.insert(engine.analyze(&file));
    Ok(project.resolve(|_| true))
}
