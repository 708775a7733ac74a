//! Rules on claims and their sources. All of them read the same facts as the report of claims.

pub mod discourages_care;
pub mod uncited_reference;
pub mod undefined_citation;
pub mod unsourced_claim;
pub mod unsourced_evidence_appeal;
pub mod unsourced_statistic;
pub mod unsourced_treatment_claim;

use crate::diagnostic::{Confidence, Diagnostic};
use crate::facts::ClaimFact;
use crate::facts::claims::Band;
use crate::rule::{FileContext, Sink};

/// Claims of the file that cite nothing. A mark that points nowhere is reported as that.
fn each_unsourced<'a>(context: &FileContext<'a>) -> impl Iterator<Item = &'a ClaimFact> {
    context.facts.claims.iter().filter(|claim| claim.is_claim() && claim.citations.is_empty())
}

/// The same without claims that a record lists as such: these are reported once, whatever they are about.
fn each_unsourced_in_text<'a>(context: &FileContext<'a>) -> impl Iterator<Item = &'a ClaimFact> {
    each_unsourced(context).filter(|claim| !claim.declared)
}

/// Report a claim at the words that make it one.
fn report<'s>(claim: &ClaimFact, out: &'s mut Sink<'_>, message: String) -> &'s mut Diagnostic {
    out.set_record(claim.record.as_ref().map(|id| id.to_string()));
    let diagnostic = out.report(claim.focus, message);
    diagnostic.help("cite a source in the sentence, or say less");
    diagnostic.identity.text = claim.site.text.to_string();
    diagnostic.confidence(match claim.band {
        Band::Low => Confidence::Low,
        Band::Medium => Confidence::Medium,
        Band::High => Confidence::High,
    })
}

/// Words for a message: on one line, and not too many.
fn shown(words: &str) -> String {
    const MAX_CHARS: usize = 60;
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MAX_CHARS) {
        Some((at, _)) => format!("{}…", line[..at].trim_end()),
        None => line,
    }
}
