//! The evidence report: which claims rest on which sources.
//!
//! [`Report::new`] reads the same facts as the rules on claims; a [`Row`] is one sentence, a
//! [`Source`] one resource. Totals, rows and sources are in a fixed order, so the same files give the
//! same bytes. One file per form of output; [`Changes`] compares with an earlier report.

mod changes;
mod csv;
mod html;
mod json;
mod markdown;
mod text;
mod why;

pub use changes::{Change, Changes, OldReport, Was};
pub use json::JsonRow;
pub use why::{Reported, explain};

use crate::diagnostic::Confidence;
use crate::facts::claims::Band;
use crate::facts::{
    CitationTarget, ClaimFact, ClaimState, Facts, ProjectFacts, RecordFact, ReferenceRole, Scope,
    locator,
};
use crate::model::ContentKind;
use crate::normal::single_spaced;
use crate::render::{Sources, Style};
use crate::source::{FilePath, LineColumn, Span};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{self, Write};

/// The forms a report can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportFormat {
    Text,
    Markdown,
    Csv,
    Json,
    Jsonl,
    Html,
}

impl ReportFormat {
    /// Every format, by its name on the command line.
    pub const ALL: &'static [(&'static str, ReportFormat)] = &[
        ("text", Self::Text),
        ("markdown", Self::Markdown),
        ("csv", Self::Csv),
        ("json", Self::Json),
        ("jsonl", Self::Jsonl),
        ("html", Self::Html),
    ];

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, format)| *format)
    }
}

/// One sentence that was judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub path: FilePath,
    pub span: Span,
    pub start: LineColumn,
    pub end: LineColumn,
    pub text: String,
    /// What the claim is about: `statistic`, `causal`, ...
    pub kind: Option<&'static str>,
    /// Hundredths.
    pub score: i32,
    pub confidence: Confidence,
    /// Whether an editor would ask for a source.
    pub claim: bool,
    pub state: ClaimState,
    /// The claim is sourced, and every source it has was retracted or superseded.
    pub stale: bool,
    pub citations: Vec<Citation>,
    /// How the citations reach the sentence.
    pub scope: Option<Scope>,
    pub cues: Vec<Cue>,
    /// Kind of the record the sentence stands in: `article`, ...
    pub content: String,
    /// Id of that record.
    pub record: Option<String>,
    pub topics: Vec<String>,
}

impl Row {
    /// Whether the claim lacks a source.
    pub fn is_open(&self) -> bool {
        self.claim && matches!(self.state, ClaimState::Unsourced | ClaimState::Dangling)
    }
}

/// What a sentence cites.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Citation {
    /// As in the text: `@key`, `[3]`, `[^note]`, `(smith, 2019)`, an address.
    pub text: String,
    /// Id of the project's resource it stands for.
    pub resource: Option<String>,
    /// Whether what it points at is there.
    pub found: bool,
}

/// One reason in a score.
#[derive(Clone, Debug, PartialEq)]
pub struct Cue {
    pub name: &'static str,
    /// Hundredths; negative speaks against a claim.
    pub weight: i32,
    pub span: Span,
}

/// A resource of the project and what rests on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub id: String,
    pub title: Option<String>,
    pub path: FilePath,
    pub start: LineColumn,
    /// Retracted or superseded.
    pub status: Option<String>,
    /// Places of the claims that rest on it, in order.
    pub claims: Vec<(FilePath, LineColumn)>,
    /// Whether anything refers to it, claims or not.
    pub is_used: bool,
}

/// Counts over some claims.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub claims: usize,
    pub sourced: usize,
    pub unsourced: usize,
    pub dangling: usize,
    /// Part of the sourced ones.
    pub stale: usize,
}

impl Totals {
    fn add(&mut self, row: &Row) {
        if !row.claim {
            return;
        }
        self.claims += 1;
        self.stale += usize::from(row.stale);
        match row.state {
            ClaimState::Sourced | ClaimState::NotNeeded => self.sourced += 1,
            ClaimState::Unsourced => self.unsourced += 1,
            ClaimState::Dangling => self.dangling += 1,
        }
    }

    /// Sourced claims in tenths of a percent, rounded down so that 100 % means all; `None` without
    /// claims.
    pub fn coverage_permille(&self) -> Option<usize> {
        (self.claims > 0).then(|| self.sourced * 1000 / self.claims)
    }

    /// `82.4 %`, or `-` without claims.
    pub fn coverage(&self) -> String {
        match self.coverage_permille() {
            Some(permille) => format!("{}.{} %", permille / 10, permille % 10),
            None => "-".to_owned(),
        }
    }
}

/// The whole report.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// By path and place.
    pub rows: Vec<Row>,
    /// By id.
    pub sources: Vec<Source>,
    pub totals: Totals,
    pub by_file: BTreeMap<String, Totals>,
    /// By kind of the record: article, exercise, ...
    pub by_content: BTreeMap<String, Totals>,
    /// By kind of the claim: statistic, causal, ...
    pub by_kind: BTreeMap<String, Totals>,
    pub by_topic: BTreeMap<String, Totals>,
    /// What is different from an earlier report.
    pub changes: Option<Changes>,
}

impl Report {
    /// Read the facts of a whole project; rows are those of the files for which `wanted` holds,
    /// sources know the claims of all files.
    pub fn new(
        facts: &ProjectFacts<'_>,
        texts: &dyn Sources,
        wanted: impl Fn(&FilePath) -> bool,
    ) -> Self {
        let resources = Resources::new(facts);
        let mut rows = Vec::new();
        for (&path, &file) in &facts.files {
            if !file.claims.is_empty() {
                file_rows(path, file, &resources, texts, &mut rows);
            }
        }
        rows.sort_by(|a, b| (&a.path, a.span).cmp(&(&b.path, b.span)));
        let sources = sources(facts, &resources, &rows, texts);
        rows.retain(|row| wanted(&row.path));
        Self::of(rows, sources)
    }

    /// Count rows that are in order.
    pub fn of(rows: Vec<Row>, sources: Vec<Source>) -> Self {
        let mut report = Self {
            rows: Vec::new(),
            sources,
            totals: Totals::default(),
            by_file: BTreeMap::new(),
            by_content: BTreeMap::new(),
            by_kind: BTreeMap::new(),
            by_topic: BTreeMap::new(),
            changes: None,
        };
        for row in rows.iter().filter(|row| row.claim) {
            let kind = row.kind.unwrap_or("other");
            report.totals.add(row);
            report.by_file.entry(row.path.as_str().to_owned()).or_default().add(row);
            report.by_content.entry(row.content.clone()).or_default().add(row);
            report.by_kind.entry(kind.to_owned()).or_default().add(row);
            let topics: BTreeSet<&String> = row.topics.iter().collect();
            for topic in topics {
                report.by_topic.entry(topic.clone()).or_default().add(row);
            }
        }
        report.rows = rows;
        report
    }

    /// Claims without a source that is there.
    pub fn open(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.is_open())
    }

    /// Resources that nothing refers to.
    pub fn unused_sources(&self) -> impl Iterator<Item = &Source> {
        self.sources.iter().filter(|source| !source.is_used)
    }
}

/// How a report is written.
#[derive(Clone, Debug, Default)]
pub struct ReportStyle {
    pub text: Style,
    /// What stands before a path in a link, such as the address of a repository's files; empty for
    /// links relative to the root of the run.
    pub link_base: String,
    /// Also write sentences that need no source.
    pub all_sentences: bool,
}

/// Write a report.
///
/// # Errors
///
/// Those of `out`.
pub fn write(
    report: &Report,
    format: ReportFormat,
    style: &ReportStyle,
    out: &mut dyn Write,
) -> io::Result<()> {
    let text = match format {
        ReportFormat::Text => text::page(report, style),
        ReportFormat::Markdown => markdown::page(report, style),
        ReportFormat::Csv => csv::table(report, style),
        ReportFormat::Json => json::object(report, style),
        ReportFormat::Jsonl => json::lines(report, style),
        ReportFormat::Html => html::page(report, style),
    };
    out.write_all(text.as_bytes())
}

impl ReportStyle {
    /// The rows to write.
    fn rows<'r>(&self, report: &'r Report) -> impl Iterator<Item = &'r Row> {
        let all = self.all_sentences;
        report.rows.iter().filter(move |row| all || row.claim)
    }
}

/// A score or weight in hundredths as people write it: `2.35`, `-0.50`.
fn hundredths(score: i32) -> String {
    let sign = if score < 0 { "-" } else { "" };
    let score = score.unsigned_abs();
    format!("{sign}{}.{:02}", score / 100, score % 100)
}

const fn state_name(state: ClaimState) -> &'static str {
    match state {
        ClaimState::Sourced => "sourced",
        ClaimState::Unsourced => "unsourced",
        ClaimState::Dangling => "dangling",
        ClaimState::NotNeeded => "not-needed",
    }
}

/// The project's resources, by the ways in which they are cited.
struct Resources<'a> {
    facts: &'a ProjectFacts<'a>,
    by_id: BTreeMap<&'a str, (&'a FilePath, &'a RecordFact)>,
    by_locator: HashMap<&'a str, &'a str>,
    by_author_year: HashMap<(&'a str, &'a str), &'a str>,
}

impl<'a> Resources<'a> {
    fn new(facts: &'a ProjectFacts<'a>) -> Self {
        let mut own = Self {
            facts,
            by_id: BTreeMap::new(),
            by_locator: HashMap::new(),
            by_author_year: HashMap::new(),
        };
        for (&path, &file) in &facts.files {
            for record in file.records.iter().filter(|own| own.kind == ContentKind::Resource) {
                let Some(id) = record.id.as_deref() else { continue };
                own.by_id.entry(id).or_insert((path, record));
                let Some(work) = &record.publication else { continue };
                for locator in &work.locators {
                    own.by_locator.entry(locator).or_insert(id);
                }
                for surname in &work.surnames {
                    let year = work.year.as_deref().unwrap_or("");
                    own.by_author_year.entry((surname, year)).or_insert(id);
                }
            }
        }
        own
    }

    fn citation(&self, file: &Facts, target: &CitationTarget) -> Citation {
        let (text, resource) = match target {
            CitationTarget::Key(key) | CitationTarget::BareKey(key) => {
                (format!("@{key}"), self.by_id.get_key_value(&**key).map(|(id, _)| id))
            }
            CitationTarget::Number { number, .. } => (format!("[{number}]"), None),
            CitationTarget::Footnote { label, .. } => (format!("[^{label}]"), None),
            CitationTarget::AuthorYear { surname, year } => {
                (format!("({surname}, {year})"), self.by_author_year.get(&(&**surname, &**year)))
            }
            CitationTarget::Link(address) => {
                (address.to_string(), self.by_locator.get(&*locator(address)))
            }
        };
        let resource = resource.map(|id| (*id).to_owned());
        Citation { text, resource, found: self.facts.has_source(file, target) }
    }

    /// `retracted` or `superseded`.
    fn bad_status(&self, id: &str) -> Option<&'a str> {
        let (_, record) = self.by_id.get(id)?;
        record.status.as_deref().filter(|status| matches!(*status, "retracted" | "superseded"))
    }
}

fn file_rows(
    path: &FilePath,
    file: &Facts,
    resources: &Resources<'_>,
    texts: &dyn Sources,
    rows: &mut Vec<Row>,
) {
    let text = texts.source(path);
    let place = |offset| match &text {
        Some(text) => text.lines().line_column(&text.text, offset),
        None => LineColumn { line: 1, column: 1 },
    };
    for fact in &file.claims {
        let record = file.record(fact.record);
        let citations: Vec<Citation> =
            fact.citations.iter().map(|target| resources.citation(file, target)).collect();
        let state = state(fact, &citations);
        let stale = state == ClaimState::Sourced
            && citations.iter().filter(|citation| citation.found).all(|citation| {
                let id = citation.resource.as_deref();
                id.is_some_and(|id| resources.bad_status(id).is_some())
            });
        rows.push(Row {
            path: path.clone(),
            span: fact.site.span,
            start: place(fact.site.span.start),
            end: place(fact.site.span.end),
            text: single_spaced(&fact.text),
            kind: fact.kind.map(crate::facts::claims::ClaimKind::as_str),
            score: fact.score,
            confidence: confidence(fact.band),
            claim: fact.is_claim(),
            state,
            stale,
            citations,
            scope: fact.scope,
            cues: cues(fact),
            content: record.kind.name().to_owned(),
            record: record.id.as_ref().map(|id| id.to_string()),
            topics: record.topics.iter().map(|topic| topic.to_string()).collect(),
        });
    }
}

fn state(fact: &ClaimFact, citations: &[Citation]) -> ClaimState {
    if !fact.is_claim() {
        ClaimState::NotNeeded
    } else if citations.is_empty() {
        ClaimState::Unsourced
    } else if citations.iter().any(|citation| citation.found) {
        ClaimState::Sourced
    } else {
        ClaimState::Dangling
    }
}

const fn confidence(band: Band) -> Confidence {
    match band {
        Band::Low => Confidence::Low,
        Band::Medium => Confidence::Medium,
        Band::High => Confidence::High,
    }
}

fn cues(fact: &ClaimFact) -> Vec<Cue> {
    fact.cues.iter().map(|cue| Cue { name: cue.name, weight: cue.weight, span: cue.span }).collect()
}

/// Every resource, with the claims in `rows` that rest on it.
fn sources(
    facts: &ProjectFacts<'_>,
    resources: &Resources<'_>,
    rows: &[Row],
    texts: &dyn Sources,
) -> Vec<Source> {
    let mut claims: BTreeMap<&str, Vec<(FilePath, LineColumn)>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.claim) {
        let ids: BTreeSet<&str> =
            row.citations.iter().filter_map(|own| own.resource.as_deref()).collect();
        for id in ids {
            claims.entry(id).or_default().push((row.path.clone(), row.start));
        }
    }
    let used = used_ids(facts, resources);
    let source = |(&id, &(path, record)): (&&str, &(&FilePath, &RecordFact))| {
        let text = texts.source(path);
        let work = record.publication.as_deref();
        let at = record.anchor.span.start;
        let start = text.map(|text| text.lines().line_column(&text.text, at));
        Source {
            id: id.to_owned(),
            title: work.and_then(|own| own.title.as_deref()).map(str::to_owned),
            path: path.clone(),
            start: start.unwrap_or(LineColumn { line: 1, column: 1 }),
            status: resources.bad_status(id).map(str::to_owned),
            claims: claims.get(id).cloned().unwrap_or_default(),
            // Only evidence is there to be cited.
            is_used: used.contains(id)
                || work.and_then(|own| own.role.as_deref()).is_some_and(|role| role != "evidence"),
        }
    };
    resources.by_id.iter().map(source).collect()
}

/// Resources that any text or field refers to.
fn used_ids(facts: &ProjectFacts<'_>, resources: &Resources<'_>) -> BTreeSet<String> {
    let resource =
        |file: &&Facts, target: &CitationTarget| resources.citation(file, target).resource;
    let cited = facts
        .files
        .values()
        .flat_map(|file| file.citations.iter().filter_map(move |own| resource(file, &own.target)));
    let in_fields = facts.files.values().flat_map(|file| &file.references);
    let in_fields =
        in_fields.filter(|own| own.role == ReferenceRole::Source).map(|own| own.target.to_string());
    let in_claims = facts.files.values().flat_map(|file| {
        let targets = file.claims.iter().flat_map(|claim| &claim.citations);
        targets.filter_map(move |target| resource(file, target))
    });
    cited.chain(in_fields).chain(in_claims).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Engine;
    use crate::{Format, Settings, SourceFile};
    use std::sync::Arc;

    #[test]
    fn coverage_is_100_only_when_it_is_all() {
        let totals = |sourced, claims| Totals { claims, sourced, ..Totals::default() };
        assert_eq!(totals(0, 0).coverage(), "-");
        assert_eq!(totals(999_999, 1_000_000).coverage(), "99.9 %");
        assert_eq!(totals(3, 3).coverage(), "100.0 %");
        assert_eq!(totals(1, 3).coverage(), "33.3 %");
    }

    #[test]
    fn what_is_dangling_here_is_told_by_the_rules() {
        let claim = "Back injury affects 80% of nurses";
        let list = "## References\n\n1. Smith A. 2020.\n";
        let front = "---\nreferences: [{id: own2020, title: Hips, type: book}]\n---\n";
        for (text, dangling) in [
            (format!("{claim}.<sup>3</sup>"), true),
            (format!("{claim} [3].\n\n{list}"), true),
            (format!("{claim} [@own2020]."), true),
            (format!("{claim}.[^a]"), true),
            (format!("{front}{claim} [@own2020]."), false),
            (format!("{claim}.<sup>1</sup>\n\n{list}"), false),
            (format!("{claim} (9)."), false),
            (format!("{claim} on 5 m<sup>2</sup>."), false),
            (format!("{claim}.<sup><a href=\"#r\">1</a></sup>\n\n<p id=\"r\">A</p>"), false),
            (format!("@own2020 says: {claim}."), false),
        ] {
            let path = FilePath::new("articles/a.md");
            let file = SourceFile::new(path.clone(), format!("{text}\n"), Format::Markdown);
            let said = crate::testing::diagnostics(std::slice::from_ref(&file));
            let engine = Engine::new(Settings::default()).expect("the built-in schemas are right");
            let analysed = engine.analyze(&file);
            let facts = ProjectFacts::new([(&path, &analysed.facts)]);
            let texts = BTreeMap::from([(path.clone(), Arc::new(file))]);
            let report = Report::new(&facts, &texts, |_| true);
            assert_eq!(report.totals.dangling > 0, dangling, "{text}");
            let is_told = said.iter().any(|own| own.rule == "claim/undefined-citation");
            assert_eq!(is_told, dangling, "{text}: {said:#?}");
        }
    }

    #[test]
    fn hundredths_are_written_in_full() {
        assert_eq!(hundredths(235), "2.35");
        assert_eq!(hundredths(-50), "-0.50");
        assert_eq!(hundredths(5), "0.05");
    }
}
