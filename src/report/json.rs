//! The report as data: one object, or one sentence a line.
//!
//! Version 1. Fields may be added; none changes its meaning or goes away without a new version.

use super::{Change, Changes, Citation, Report, ReportStyle, Row, Source, Totals, Was, state_name};
use crate::diagnostic::Confidence;
use crate::facts::{ClaimState, Scope};
use crate::render::{Layout, to_safe_json};
use crate::source::{FilePath, LineColumn, Span};
use serde::Serialize;
use std::collections::BTreeMap;

const VERSION: u32 = 1;

/// One sentence.
#[derive(Debug, Serialize)]
pub struct JsonRow<'a> {
    pub path: &'a FilePath,
    /// Bytes of the file as stored, half-open.
    pub span: Span,
    pub start: LineColumn,
    pub end: LineColumn,
    /// Blanks collapsed.
    pub text: &'a str,
    pub kind: Option<&'a str>,
    pub score: f64,
    pub confidence: Confidence,
    pub claim: bool,
    pub state: ClaimState,
    /// Every source was retracted or superseded.
    pub stale: bool,
    pub citations: &'a [Citation],
    /// How the citations reach the sentence.
    pub scope: Option<Scope>,
    pub cues: Vec<JsonCue>,
    /// Kind of the record.
    pub content: &'a str,
    pub record: Option<&'a str>,
    pub topics: &'a [String],
}

/// One reason in a score.
#[derive(Debug, Serialize)]
pub struct JsonCue {
    pub name: &'static str,
    pub weight: f64,
    pub span: Span,
}

impl<'a> JsonRow<'a> {
    pub fn new(row: &'a Row) -> Self {
        Self {
            path: &row.path,
            span: row.span,
            start: row.start,
            end: row.end,
            text: &row.text,
            kind: row.kind,
            score: f64::from(row.score) / 100.0,
            confidence: row.confidence,
            claim: row.claim,
            state: row.state,
            stale: row.stale,
            citations: &row.citations,
            scope: row.scope,
            cues: row
                .cues
                .iter()
                .map(|cue| JsonCue {
                    name: cue.name,
                    weight: f64::from(cue.weight) / 100.0,
                    span: cue.span,
                })
                .collect(),
            content: &row.content,
            record: row.record.as_deref(),
            topics: &row.topics,
        }
    }
}

#[derive(Debug, Serialize)]
struct JsonReport<'a> {
    version: u32,
    totals: JsonTotals,
    files: BTreeMap<&'a str, JsonTotals>,
    /// By kind of the record.
    content: BTreeMap<&'a str, JsonTotals>,
    /// By kind of the claim.
    kinds: BTreeMap<&'a str, JsonTotals>,
    topics: BTreeMap<&'a str, JsonTotals>,
    sources: Vec<JsonSource<'a>>,
    rows: Vec<JsonRow<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<JsonChanges<'a>>,
}

#[derive(Debug, Serialize)]
struct JsonTotals {
    claims: usize,
    sourced: usize,
    unsourced: usize,
    dangling: usize,
    stale: usize,
    /// Percent, rounded down to a tenth; null without claims.
    coverage: Option<f64>,
}

impl From<&Totals> for JsonTotals {
    fn from(totals: &Totals) -> Self {
        let Totals { claims, sourced, unsourced, dangling, stale } = *totals;
        let permille = totals.coverage_permille().and_then(|own| u16::try_from(own).ok());
        let coverage = permille.map(|own| f64::from(own) / 10.0);
        Self { claims, sourced, unsourced, dangling, stale, coverage }
    }
}

#[derive(Debug, Serialize)]
struct JsonSource<'a> {
    id: &'a str,
    title: Option<&'a str>,
    path: &'a FilePath,
    start: LineColumn,
    /// `retracted`, `superseded`, or null.
    status: Option<&'a str>,
    used: bool,
    claims: Vec<JsonPlace<'a>>,
}

#[derive(Debug, Serialize)]
struct JsonPlace<'a> {
    path: &'a FilePath,
    start: LineColumn,
}

#[derive(Debug, Serialize)]
struct JsonChanges<'a> {
    new: Vec<JsonChange<'a>>,
    resolved: Vec<JsonChange<'a>>,
    moved: Vec<JsonChange<'a>>,
}

#[derive(Debug, Serialize)]
struct JsonChange<'a> {
    path: &'a str,
    line: u32,
    state: &'static str,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    was: Option<&'a Was>,
}

pub fn object(report: &Report, style: &ReportStyle) -> String {
    let report = JsonReport {
        version: VERSION,
        totals: (&report.totals).into(),
        files: table(&report.by_file),
        content: table(&report.by_content),
        kinds: table(&report.by_kind),
        topics: table(&report.by_topic),
        sources: report.sources.iter().map(source).collect(),
        rows: style.rows(report).map(JsonRow::new).collect(),
        changes: report.changes.as_ref().map(changes),
    };
    to_safe_json(&report, Layout::Pretty)
}

pub fn lines(report: &Report, style: &ReportStyle) -> String {
    style.rows(report).map(|row| to_safe_json(&JsonRow::new(row), Layout::Line)).collect()
}

fn table(table: &BTreeMap<String, Totals>) -> BTreeMap<&str, JsonTotals> {
    table.iter().map(|(name, totals)| (name.as_str(), totals.into())).collect()
}

fn source(source: &Source) -> JsonSource<'_> {
    JsonSource {
        id: &source.id,
        title: source.title.as_deref(),
        path: &source.path,
        start: source.start,
        status: source.status.as_deref(),
        used: source.is_used,
        claims: source.claims.iter().map(|(path, start)| JsonPlace { path, start: *start }).collect(),
    }
}

fn changes(changes: &Changes) -> JsonChanges<'_> {
    JsonChanges {
        new: changes.new.iter().map(change).collect(),
        resolved: changes.resolved.iter().map(change).collect(),
        moved: changes.moved.iter().map(change).collect(),
    }
}

fn change(change: &Change) -> JsonChange<'_> {
    JsonChange {
        path: &change.path,
        line: change.line,
        state: state_name(change.state),
        text: &change.text,
        was: change.was.as_ref(),
    }
}
