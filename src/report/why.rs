//! Why a sentence was reported, or was not.

use super::{Row, hundredths, state_name};
use crate::facts::Scope;
use crate::render::sanitize;
use std::fmt::Write;

/// A diagnostic on a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reported {
    pub rule: &'static str,
    /// `error`, `warning`, `info`.
    pub severity: &'static str,
}

/// All there is to know about one sentence: its reasons in order of weight, its citations, and the
/// outcome.
pub fn explain(row: &Row, reported: &[Reported]) -> String {
    let mut out = String::new();
    let mut line = |text: String| writeln!(out, "{text}").expect("writing to memory");
    line(format!("{}:{}:{}", sanitize::path(row.path.as_str()), row.start.line, row.start.column));
    line(format!("  {}", sanitize::one_line(&row.text)));
    let verdict = if row.claim { "a claim" } else { "no claim that needs a source" };
    let kind = row.kind.map(|kind| format!(", {kind}")).unwrap_or_default();
    line(format!(
        "  {verdict}{kind}: score {}, confidence {}",
        hundredths(row.score),
        row.confidence.as_str()
    ));
    let mut cues: Vec<_> = row.cues.iter().collect();
    cues.sort_by_key(|cue| (-cue.weight.abs(), cue.span));
    for cue in cues {
        let sign = if cue.weight < 0 { "" } else { "+" };
        line(format!(
            "    {sign}{}  {} (bytes {} to {})",
            hundredths(cue.weight),
            cue.name,
            cue.span.start,
            cue.span.end
        ));
    }
    for citation in &row.citations {
        let target = match (&citation.resource, citation.found) {
            (Some(id), _) => format!("the resource `{id}`"),
            (None, true) => "a source outside the project's resources".to_owned(),
            (None, false) => "nothing that is there".to_owned(),
        };
        line(format!("  cites {}: {target}", sanitize::one_line(&citation.text)));
    }
    if let Some(scope) = row.scope {
        line(format!("  the citation {}", reach(scope)));
    }
    line(format!("  state: {}{}", state_name(row.state), if row.stale { ", stale" } else { "" }));
    if reported.is_empty() {
        line(format!("  not reported: {}", why_silent(row)));
    }
    for own in reported {
        line(format!("  reported: {}[{}]", own.severity, own.rule));
    }
    out
}

const fn reach(scope: Scope) -> &'static str {
    match scope {
        Scope::Sentence => "stands in the sentence",
        Scope::Run => "closes the run of sentences that this one belongs to",
        Scope::Paragraph => "stands in the paragraph",
        Scope::Section => "stands in the section",
        Scope::Document => "stands in the document",
        Scope::LeadIn => "stands in the sentence that opens the list",
        Scope::SourceLine => "stands in the line that names the source",
        Scope::Row => "stands in the row of the table",
        Scope::Field => "is `sources` of the record, question or claim",
    }
}

fn why_silent(row: &Row) -> &'static str {
    use crate::facts::ClaimState;
    match row.state {
        ClaimState::NotNeeded => "nobody would ask for a source",
        ClaimState::Sourced if row.stale => {
            "it has a source; that it is out of date is reported there"
        }
        ClaimState::Sourced => "it has a source",
        ClaimState::Unsourced => {
            "the rules on such claims are off here; see `caveat config show` and --profile"
        }
        ClaimState::Dangling => {
            "it cites what is not there; that is told at the mark, or at the first one of the file"
        }
    }
}
