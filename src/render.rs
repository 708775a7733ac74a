//! What a run says, as text for people and as data for programs.
//!
//! [`render`] writes an [`Outcome`] in one [`OutputFormat`]; one file per
//! format. Renderers never touch a disk: snippets come from [`Sources`]. Nothing that content can
//! say controls the terminal, the CI log or the page it is printed to, see [`sanitize`].

mod address;
mod azure;
mod checkstyle;
mod excerpt;
mod github;
mod gitlab;
mod json;
mod junit;
mod rdjson;
pub mod sanitize;
mod sarif;
mod text;

pub use address::uri;
pub use json::{JsonDiagnostic, Layout, to_safe_json};

use crate::diagnostic::Diagnostic;
use crate::policy::Judged;
use crate::project::{Outcome, Summary};
use crate::source::{FilePath, SourceFile};
use crate::words::counted;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

/// The forms a result can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OutputFormat {
    /// Snippets with labels.
    Text,
    /// One line per diagnostic: `path:line:column: severity[rule] message`.
    Short,
    /// One object, see [`JsonDiagnostic`].
    Json,
    /// One diagnostic a line.
    Jsonl,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Workflow commands, for annotations in GitHub's pages.
    Github,
    /// A Code Quality report, for GitLab's merge requests.
    Gitlab,
    /// Logging commands, for the pages of Azure Pipelines.
    Azure,
    /// The Reviewdog Diagnostic Format, for review comments with suggestions.
    Rdjson,
    /// JUnit's XML, for CI services that know of tests alone.
    Junit,
    /// Checkstyle's XML, for collectors of lint results.
    Checkstyle,
}

impl OutputFormat {
    /// Every format, by its name on the command line.
    pub const ALL: &'static [(&'static str, OutputFormat)] = &[
        ("text", Self::Text),
        ("short", Self::Short),
        ("json", Self::Json),
        ("jsonl", Self::Jsonl),
        ("sarif", Self::Sarif),
        ("github", Self::Github),
        ("gitlab", Self::Gitlab),
        ("azure", Self::Azure),
        ("rdjson", Self::Rdjson),
        ("junit", Self::Junit),
        ("checkstyle", Self::Checkstyle),
    ];

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, format)| *format)
    }
}

/// Where snippets come from. Several threads ask at once.
pub trait Sources: Sync {
    /// The text of a file; `None` when it cannot be had, then only its name is printed.
    fn source(&self, path: &FilePath) -> Option<Arc<SourceFile>>;
}

impl Sources for BTreeMap<FilePath, Arc<SourceFile>> {
    fn source(&self, path: &FilePath) -> Option<Arc<SourceFile>> {
        self.get(path).cloned()
    }
}

/// How text for people looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether to write colours.
    pub color: bool,
    /// Columns that a line of a snippet may take; longer lines are clipped around the labels.
    pub width: usize,
    /// From where paths are shown.
    pub view: View,
}

/// Where one stands, so that paths can be shown as one would type them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// The root of the run, relative to the innermost folder above both; `""` when it is that
    /// folder.
    pub root: String,
    /// The folder from which paths are shown, relative to the same.
    pub from: String,
}

impl View {
    /// Paths of a run at `root` as seen from the folder `from`.
    pub fn new(root: &Path, from: &Path) -> Self {
        let shared = root.components().zip(from.components()).take_while(|(a, b)| a == b).count();
        let below = |path: &Path| {
            let parts = path.components().skip(shared);
            parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
        };
        Self { root: below(root), from: below(from) }
    }

    /// A path as one would type it, safe to print.
    pub fn printed(&self, path: &FilePath) -> String {
        sanitize::path(&self.shown(path.as_str())).into_owned()
    }

    /// A path of the run as one would type it; absolute paths stay.
    pub fn shown(&self, path: &str) -> String {
        if path.starts_with('/') || path.get(1..3) == Some(":/") {
            return path.to_owned();
        }
        fn parts(path: &str) -> impl Iterator<Item = &str> {
            path.split('/').filter(|part| !part.is_empty())
        }
        let whole: Vec<&str> = parts(&self.root).chain(parts(path)).collect();
        let from: Vec<&str> = parts(&self.from).collect();
        let folders = &whole[..whole.len().saturating_sub(1)];
        let shared = from.iter().zip(folders).take_while(|(a, b)| a == b).count();
        let up = std::iter::repeat_n("..", from.len() - shared);
        up.chain(whole[shared..].iter().copied()).collect::<Vec<_>>().join("/")
    }
}

impl Style {
    pub const DEFAULT_WIDTH: usize = 160;
}

impl Default for Style {
    fn default() -> Self {
        Self { color: false, width: Self::DEFAULT_WIDTH, view: View::default() }
    }
}

/// Write what a run says.
///
/// # Errors
///
/// Those of `out`.
pub fn render(
    format: OutputFormat,
    outcome: &Outcome,
    sources: &dyn Sources,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let one = match format {
        OutputFormat::Text => text::write_one,
        OutputFormat::Short => text::write_short,
        OutputFormat::Json => return json::write(outcome, sources, out),
        OutputFormat::Jsonl => json::write_line,
        OutputFormat::Sarif => return sarif::write(outcome, sources, style, out),
        OutputFormat::Github => github::write_one,
        OutputFormat::Gitlab => return gitlab::write(outcome, sources, style, out),
        OutputFormat::Azure => azure::write_one,
        OutputFormat::Rdjson => return rdjson::write(outcome, sources, style, out),
        OutputFormat::Junit => return junit::write(outcome, sources, style, out),
        OutputFormat::Checkstyle => return checkstyle::write(outcome, sources, style, out),
    };
    write_all(&outcome.diagnostics, out, |judged, out| one(judged, sources, style, out))
}

/// Write many diagnostics, in their order, with all threads.
fn write_all(
    judged: &[Judged],
    out: &mut dyn Write,
    one: impl Fn(&Judged, &mut Vec<u8>) -> io::Result<()> + Sync,
) -> io::Result<()> {
    /// What a thread writes at a time, and how many of these are held in memory.
    const PART: usize = 32;
    const PARTS: usize = 8;
    let together = |part: &[Judged]| {
        let mut text = Vec::new();
        part.iter().try_for_each(|own| one(own, &mut text)).map(|()| text)
    };
    for some in judged.chunks(PART * PARTS) {
        let texts: Vec<_> = some.par_chunks(PART).with_max_len(1).map(together).collect();
        texts.into_iter().try_for_each(|text| out.write_all(&text?))?;
    }
    Ok(())
}

/// What belongs to a message, a line each, for formats that have one text: the other places, and what
/// to do.
fn details(diagnostic: &Diagnostic, sources: &dyn Sources, style: &Style) -> Vec<String> {
    let told = diagnostic.related.iter().filter(|own| !own.message.is_empty());
    let mut lines: Vec<_> = told
        .take(text::MAX_RELATED)
        .map(|label| {
            let path = style.view.shown(label.path.as_str());
            format!("{} ({path}:{})", label.message, json::lines_of(label, sources).start.line)
        })
        .collect();
    lines.extend(diagnostic.help.as_ref().map(|help| format!("help: {help}")));
    lines
}

/// One diagnostic with its snippet, ending in an empty line.
pub fn snippet(judged: &Judged, sources: &dyn Sources, style: &Style) -> String {
    let mut out = Vec::new();
    text::write_one(judged, sources, style, &mut out).expect("writing to memory");
    String::from_utf8(out).expect("only text is written")
}

/// How many of each there are: `2 errors, 1 warning`.
pub fn found(counts: &[(usize, &str)]) -> String {
    let some = counts.iter().filter(|(n, _)| *n > 0);
    let found: Vec<_> = some.map(|&(n, what)| counted(n, what)).collect();
    if found.is_empty() { "nothing to report".to_owned() } else { found.join(", ") }
}

/// The counts of a run in one line: `checked 12 files, 14 records: 2 errors, 1 warning`.
pub fn summary_line(summary: &Summary) -> String {
    let found =
        found(&[(summary.errors, "error"), (summary.warnings, "warning"), (summary.infos, "info")]);
    let hidden = [(summary.suppressed, "suppressed"), (summary.baselined, "in the baseline")];
    let hidden: Vec<_> =
        hidden.iter().filter(|(n, _)| *n > 0).map(|(n, why)| format!("{n} {why}")).collect();
    let hidden = if hidden.is_empty() { String::new() } else { format!("; {}", hidden.join(", ")) };
    format!(
        "checked {}, {}: {found}{hidden}",
        counted(summary.files, "file"),
        counted(summary.records, "record")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shown_from_where_one_stands() {
        let shown = |root: &str, from: &str, path: &str| {
            View::new(Path::new(root), Path::new(from)).shown(path)
        };
        assert_eq!(shown("/p", "/p", "content/a/b.yaml"), "content/a/b.yaml");
        assert_eq!(shown("/p", "/p/content", "content/a/b.yaml"), "a/b.yaml");
        assert_eq!(shown("/p", "/p/content/c", "content/a/b.yaml"), "../a/b.yaml");
        assert_eq!(shown("/p", "/p/a/b", "x.yaml"), "../../x.yaml");
        assert_eq!(shown("/p/q", "/p", "x.yaml"), "q/x.yaml");
        assert_eq!(shown("/p/q", "/p/r", "x.yaml"), "../q/x.yaml");
        assert_eq!(shown("/p/a", "/p/a/b", "/abs/x.yaml"), "/abs/x.yaml");
    }

    #[test]
    fn the_summary_counts_what_is_there() {
        let mut summary =
            Summary { files: 12, records: 1, errors: 2, warnings: 1, ..Summary::default() };
        assert_eq!(summary_line(&summary), "checked 12 files, 1 record: 2 errors, 1 warning");
        (summary.errors, summary.warnings) = (0, 0);
        assert_eq!(summary_line(&summary), "checked 12 files, 1 record: nothing to report");
        summary.suppressed = 3;
        let line = "checked 12 files, 1 record: nothing to report; 3 suppressed";
        assert_eq!(summary_line(&summary), line);
    }
}
