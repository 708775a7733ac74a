//! SARIF 2.1.0, the format that code scanning services read.
//!
//! Columns count characters. A fingerprint stays when lines move, so that an alert is not closed and opened again.
//! What is suppressed, by its author or by a baseline, is in the file too, and says so with the reason.

use super::address::uri;
use super::json::{Layout, lines_of, write_safe_json};
use super::{Sources, Style, View};
use crate::diagnostic::{Confidence, Diagnostic, Edit, Fix, Label, Severity};
use crate::policy::{Fingerprint, Judged};
use crate::project::Outcome;
use crate::rule::{Rule, RuleInfo};
use crate::rules::find_rule;
use crate::source::{FilePath, LineSpan, Span};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    column_kind: &'static str,
    results: Results<'a>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
struct Driver<'a> {
    name: &'static str,
    version: &'static str,
    /// Those that reported something, in the order of their ids.
    rules: Vec<ReportingDescriptor<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ReportingDescriptor<'a> {
    id: &'a str,
    short_description: Text<'a>,
    help: Help<'a>,
    default_configuration: Configuration,
    properties: RuleProperties,
}

#[derive(Serialize)]
struct Text<'a> {
    text: &'a str,
}

/// The docs of a rule, which read well as they are.
#[derive(Serialize)]
struct Help<'a> {
    text: &'a str,
    markdown: &'a str,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct RuleProperties {
    precision: &'static str,
    tags: [&'static str; 1],
}

/// Every result, made one at a time.
struct Results<'a> {
    outcome: &'a Outcome,
    rules: BTreeMap<&'a str, usize>,
    places: Places<'a>,
}

/// What it takes to say where something is.
#[derive(Clone, Copy)]
struct Places<'a> {
    sources: &'a dyn Sources,
    view: &'a View,
}

impl Serialize for Results<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let result =
            |judged, suppressions| SarifResult::new(judged, suppressions, &self.rules, self.places);
        let counting = self.outcome.diagnostics.iter().map(|own| result(own, Vec::new()));
        let suppressed = self.outcome.suppressed.iter().map(|own| ("inSource", own));
        let baselined = self.outcome.baselined.iter().map(|own| ("external", own));
        let hidden = suppressed.chain(baselined).map(|(kind, own)| {
            let suppression = Suppression { kind, justification: &own.reason };
            result(&own.judged, vec![suppression])
        });
        serializer.collect_seq(counting.chain(hidden))
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Message,
    locations: [Location<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
    partial_fingerprints: Fingerprints,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<SarifFix<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressions: Vec<Suppression<'a>>,
    properties: ResultProperties<'a>,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
struct Fingerprints {
    #[serde(rename = "caveat/v1")]
    own: Fingerprint,
}

#[derive(Serialize)]
struct ResultProperties<'a> {
    kind: Option<&'a str>,
    confidence: Confidence,
}

#[derive(Serialize)]
struct Suppression<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    justification: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

/// Lines and columns are one-based, and the end is the first column behind.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
    byte_offset: u32,
    byte_length: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifFix<'a> {
    description: Text<'a>,
    artifact_changes: Vec<ArtifactChange<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange<'a> {
    artifact_location: ArtifactLocation,
    replacements: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    inserted_content: Text<'a>,
}

/// The whole run.
pub fn write(
    outcome: &Outcome,
    sources: &dyn Sources,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let hidden = outcome.suppressed.iter().chain(&outcome.baselined).map(|own| &own.judged);
    let all = outcome.diagnostics.iter().chain(hidden);
    let ids: BTreeSet<_> = all.map(|own| own.diagnostic.rule).collect();
    let own = |id: &str| outcome.custom.iter().find(|rule| rule.id == id).map(|rule| rule.info());
    let known = |id: &str| find_rule(id).map(Rule::info).or_else(|| own(id));
    let rules: Vec<_> = ids.into_iter().filter_map(known).map(ReportingDescriptor::new).collect();
    let rule_indexes = rules.iter().map(|rule| rule.id).zip(0..).collect();
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver { name: "caveat", version: env!("CARGO_PKG_VERSION"), rules },
            },
            column_kind: "unicodeCodePoints",
            results: Results {
                outcome,
                rules: rule_indexes,
                places: Places { sources, view: &style.view },
            },
        }],
    };
    write_safe_json(&log, Layout::Pretty, out)
}

impl<'a> ReportingDescriptor<'a> {
    fn new(rule: RuleInfo<'a>) -> Self {
        let docs = rule.docs.trim();
        Self {
            id: rule.id,
            short_description: Text { text: rule.summary },
            help: Help { text: docs, markdown: docs },
            default_configuration: Configuration {
                level: rule.level.severity().map_or("none", level),
            },
            properties: RuleProperties {
                precision: rule.confidence.as_str(),
                tags: [rule.group()],
            },
        }
    }
}

impl<'a> SarifResult<'a> {
    fn new(
        judged: &'a Judged,
        suppressions: Vec<Suppression<'a>>,
        rules: &BTreeMap<&'a str, usize>,
        places: Places<'_>,
    ) -> Self {
        let Diagnostic { rule, kind, primary, related, fix, confidence, .. } = &*judged.diagnostic;
        let related = related.iter().enumerate();
        Self {
            rule_id: rule,
            rule_index: rules.get(rule).copied(),
            level: level(judged.severity),
            message: Message { text: judged.diagnostic.message_and_help() },
            locations: [places.location(None, primary)],
            related_locations: related
                .map(|(id, label)| places.location(Some(id), label))
                .collect(),
            partial_fingerprints: Fingerprints { own: judged.fingerprint },
            fixes: fix.iter().map(|fix| places.fix(fix)).collect(),
            suppressions,
            properties: ResultProperties { kind: *kind, confidence: *confidence },
        }
    }
}

impl Places<'_> {
    fn location<'d>(self, id: Option<usize>, label: &'d Label) -> Location<'d> {
        Location {
            id,
            physical_location: PhysicalLocation {
                artifact_location: self.artifact(&label.path),
                region: Region::new(label.span, lines_of(label, self.sources)),
            },
            message: Some(Text { text: &label.message }).filter(|own| !own.text.is_empty()),
        }
    }

    fn fix<'d>(self, fix: &'d Fix) -> SarifFix<'d> {
        let mut by_file = BTreeMap::<&FilePath, Vec<&'d Edit>>::new();
        for edit in &fix.edits {
            by_file.entry(&edit.path).or_default().push(edit);
        }
        let changes = by_file.into_iter().map(|(path, edits)| {
            let file = self.sources.source(path);
            let lines = |span| file.as_ref().map_or(LineSpan::FIRST, |file| file.line_span(span));
            let replacement = |edit: &'d Edit| Replacement {
                deleted_region: Region::new(edit.span, lines(edit.span)),
                inserted_content: Text { text: &edit.replacement },
            };
            ArtifactChange {
                artifact_location: self.artifact(path),
                replacements: edits.into_iter().map(replacement).collect(),
            }
        });
        SarifFix { description: Text { text: &fix.title }, artifact_changes: changes.collect() }
    }

    /// As one would type the path, so relative to the repository for those who stand there.
    fn artifact(self, path: &FilePath) -> ArtifactLocation {
        ArtifactLocation { uri: uri(&self.view.shown(path.as_str())) }
    }
}

impl Region {
    fn new(span: Span, LineSpan { start, end }: LineSpan) -> Self {
        Self {
            start_line: start.line,
            start_column: start.column,
            end_line: end.line,
            end_column: end.column,
            byte_offset: span.start,
            byte_length: span.len(),
        }
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}
