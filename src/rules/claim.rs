//! Rules on claims and their sources. All of them read the same facts as the report of claims.

pub mod absolute_or_cure_language;
pub mod anecdote_as_evidence;
pub mod causal_overreach;
pub mod conflicting_numbers;
pub mod discourages_care;
pub mod statistic_lacks_context;
pub mod study_mention_unmatched;
pub mod uncited_reference;
pub mod undefined_citation;
pub mod unsourced_claim;
pub mod unsourced_evidence_appeal;
pub mod unsourced_statistic;
pub mod unsourced_treatment_claim;

use crate::diagnostic::{Confidence, Diagnostic};
use crate::facts::ClaimFact;
use crate::facts::claims::Band;
use crate::lexicon::{self, Hit, Matcher};
use crate::model::{ContentKind, Record};
use crate::rule::{FileContext, Sink};
use crate::source::Span;
use crate::syntax::{BlockKind, Text, sentences};

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

/// The source around a span, up to blank lines.
fn paragraph(text: &str, span: Span) -> String {
    const MAX_BYTES: usize = 1500;
    let (start, end) = (span.start as usize, span.end as usize);
    let from = text.floor_char_boundary(start.saturating_sub(MAX_BYTES));
    let to = text.ceil_char_boundary((end + MAX_BYTES).min(text.len()));
    let before = text[from..start].rsplit("\n\n").next().unwrap_or("");
    let after = text[end..to].split("\n\n").next().unwrap_or("");
    format!("{before}{}{after}", &text[start..end])
}

/// The first phrase of a list in each sentence of a record's running text that means it: what is denied,
/// asked, quoted or called a myth is left out, and so are the prompts and choices of a quiz.
fn phrases_meant<'a>(
    context: &FileContext<'_>,
    record: &Record<'a>,
    list: &'static Matcher,
) -> Vec<(Text<'a>, Hit<'static>)> {
    /// Fields beside the body that are running text.
    const FIELDS: &[&str] = &[
        "description",
        "goal",
        "instructions",
        "cues",
        "notes",
        "safety",
        "contraindications",
        "abstract",
    ];
    if !record.hints().has(list.hint()) || !lexicon::is_english(record) {
        return Vec::new();
    }
    let mut out = Vec::new();
    let mut look = |text: Text<'a>| {
        let hit = list.find(text.as_str()).filter(|hit| is_meant(text.as_str(), hit));
        out.extend(hit.map(|hit| (text, hit)));
    };
    let fields = FIELDS.iter().flat_map(|field| record.texts(field));
    for text in fields.filter(|text| list.is_match(text.as_str())) {
        sentences(text.as_str()).into_iter().for_each(|range| look(text.part(range)));
    }
    let Some(body) = record.body.filter(|_| record.kind != ContentKind::Quiz) else { return out };
    let questions = context.quizzes.iter().flatten().flat_map(|quiz| &quiz.questions);
    let mut asked: Vec<Span> = questions
        .flat_map(|own| own.choices.iter().map(|choice| choice.span).chain([own.anchor]))
        .collect();
    asked.sort_unstable();
    let of_quiz = |span: Span| {
        let at = asked.partition_point(|own| own.start < span.start);
        asked.get(at).is_some_and(|own| span.contains(*own) || own.contains(span))
            || at.checked_sub(1).is_some_and(|at| asked[at].contains(span))
    };
    for block in &body.blocks {
        let silent = matches!(block.kind, BlockKind::Code | BlockKind::Html) || block.quoted;
        if !silent
            && list.is_match(body.block_text(block))
            && !of_quiz(body.span(block.text.clone()))
        {
            let sentences = body.sentences(block).into_iter();
            sentences.for_each(|range| look(Text::of_prose(body, range)));
        }
    }
    out
}

/// Whether a sentence says what its phrase says: it does not deny, ask or quote it.
fn is_meant(sentence: &str, hit: &Hit<'_>) -> bool {
    let before = &sentence[..hit.range.start];
    let lower = sentence.to_lowercase();
    let told_of = ["myth", "false", "wrong", "untrue", "unlikely", "claim"];
    let opened = before.matches('\u{201c}').count() > before.matches('\u{201d}').count();
    let quoted = opened || !before.matches('"').count().is_multiple_of(2);
    !quoted
        && !told_of.iter().any(|word| lower.contains(word))
        && !sentence.trim_end().ends_with('?')
        && !lexicon::is_negated(before)
}
