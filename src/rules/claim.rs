//! Rules on claims and their sources. All of them read the same facts as the report of claims.

pub mod absolute_or_cure_language;
pub mod anecdote_as_evidence;
pub mod causal_overreach;
pub mod conflicting_numbers;
pub mod discourages_care;
pub mod missing_red_flags;
pub mod product_health_claim;
pub mod promotional_language;
pub mod statistic_lacks_context;
pub mod study_mention_unmatched;
pub mod uncited_reference;
pub mod undefined_citation;
pub mod undisclosed_promotion;
pub mod unsourced_claim;
pub mod unsourced_evidence_appeal;
pub mod unsourced_statistic;
pub mod unsourced_treatment_claim;

use crate::diagnostic::{Confidence, Diagnostic};
use crate::facts::ClaimFact;
use crate::facts::claims::Band;
use crate::lexicon::{self, Hit, LEXICON, Matcher};
use crate::model::myths::Myths;
use crate::model::{ContentKind, Record};
use crate::rule::{FileContext, Rule, Sink};
use crate::source::Span;
use crate::syntax::{self, Block, BlockKind, MarkKind, Prose, Text, sentences};
use std::cell::LazyCell;

/// The rule that reads claims which have a source, those whose form is hard.
pub static READS_SOURCED: &Rule = &statistic_lacks_context::RULE;

/// Claims of the file that cite nothing. A mark that points nowhere is reported as that.
fn each_unsourced<'a>(context: &FileContext<'a>) -> impl Iterator<Item = &'a ClaimFact> {
    context.facts.claims.iter().filter(|claim| claim.is_claim() && claim.citations.is_empty())
}

/// The same without claims that a record lists as such: these are reported once, whatever they are about.
fn each_unsourced_in_text<'a>(context: &FileContext<'a>) -> impl Iterator<Item = &'a ClaimFact> {
    each_unsourced(context).filter(|claim| !claim.declared)
}

/// Report a claim at the words that make it one.
fn report<'s>(
    context: &FileContext<'_>,
    claim: &ClaimFact,
    out: &'s mut Sink<'_>,
    message: String,
) -> &'s mut Diagnostic {
    out.set_record(context.facts.record(claim.record).id.clone());
    let diagnostic = out.report(claim.focus, message);
    diagnostic.help("cite a source in the sentence, or say less");
    diagnostic.identity.text = claim.site.text;
    diagnostic.confidence(match claim.band {
        Band::Low => Confidence::Low,
        Band::Medium => Confidence::Medium,
        Band::High => Confidence::High,
    })
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

/// The first phrases of a list in each sentence of a record's running text that means them: what is denied,
/// asked, quoted or called a myth is left out, and so are the prompts and choices of a quiz.
pub(super) fn phrases_meant<'a>(
    context: &FileContext<'_>,
    record: &Record<'a>,
    list: &'static Matcher,
) -> Vec<(Text<'a>, Hit<'static>)> {
    if !may_mean(record, list) {
        return Vec::new();
    }
    let mut texts = field_sentences(record, list);
    texts.extend(sentences_of(&blocks_with(context, record, record.body, list)));
    // What is asked of a phrase costs as much as its sentence is long.
    const FIRST: usize = 4;
    let mut out = Vec::new();
    for text in texts {
        let hits = list.find_all(text.as_str()).into_iter().take(FIRST);
        out.extend(hits.filter(|hit| is_meant(text.as_str(), hit)).map(|hit| (text.clone(), hit)));
    }
    out
}

/// Every phrase of a list that a record's sentences and headings mean, in order of their place.
fn all_phrases_meant<'a>(
    context: &FileContext<'_>,
    record: &Record<'a>,
    body: Option<&'a Prose>,
    list: &'static Matcher,
) -> Vec<(Text<'a>, Hit<'static>)> {
    if !may_mean(record, list) {
        return Vec::new();
    }
    let blocks = blocks_with(context, record, body, list);
    let mut texts = field_sentences(record, list);
    texts.extend(sentences_of(&blocks));
    texts.extend(record.title());
    texts.extend(headings_of(&blocks));
    let codes = body.iter().flat_map(|body| &body.marks).filter(|mark| mark.kind == MarkKind::Code);
    let codes: Vec<Span> = codes.map(|mark| mark.span).collect();
    let is_code = |span: Span| {
        let after = codes.partition_point(|code| code.start <= span.start);
        after.checked_sub(1).is_some_and(|at| codes[at].contains(span))
    };
    let mut out = Vec::new();
    for text in texts {
        let hits = list.find_all(text.as_str()).into_iter();
        let meant = hits.filter(|hit| {
            is_meant(text.as_str(), hit) && !is_code(text.span_of(hit.range.clone()))
        });
        out.extend(meant.map(|hit| (text.clone(), hit)));
    }
    out.sort_by_key(|(text, hit)| text.span_of(hit.range.clone()));
    out
}

/// Whether `audience` names people whose work is health.
pub(super) fn is_for_professionals(record: &Record<'_>) -> bool {
    const WORDS: &[&str] =
        &["profession", "clinic", "physio", "doctor", "practitioner", "researcher", "therapist"];
    let is_one = |text: &Text<'_>| {
        let audience = text.as_str().to_lowercase();
        WORDS.iter().any(|word| audience.contains(word))
    };
    record.texts("audience").iter().any(is_one)
}

/// Whether a record may hold something of a list, and is English as the lists are.
fn may_mean(record: &Record<'_>, list: &Matcher) -> bool {
    record.may_hold(list.hint()) && record.is_english()
}

/// Sentences of the fields in which a list is met.
fn field_sentences<'a>(record: &Record<'a>, list: &Matcher) -> Vec<Text<'a>> {
    let fields = record.running_texts();
    let likely = fields.filter(|text| record.may_hold_in(text, list.hint()));
    let mut out = Vec::new();
    for text in likely.filter(|text| list.is_match(text.as_str())) {
        out.extend(text.parts(sentences(text.as_str())));
    }
    out
}

fn sentences_of<'a>(blocks: &[(&'a Prose, &'a Block)]) -> impl Iterator<Item = Text<'a>> {
    blocks.iter().flat_map(|(body, block)| {
        body.sentences(block).into_iter().map(|range| Text::of_prose(body, range))
    })
}

fn headings_of<'a>(blocks: &[(&'a Prose, &'a Block)]) -> impl Iterator<Item = Text<'a>> {
    let headings = blocks.iter().filter(|(_, own)| matches!(own.kind, BlockKind::Heading { .. }));
    headings.map(|(body, block)| Text::of_prose(body, block.text.clone()))
}

/// Blocks of a record's body in which a list is met; no code, no quotations, nothing of a quiz.
fn blocks_with<'a>(
    context: &FileContext<'_>,
    record: &Record<'_>,
    body: Option<&'a Prose>,
    list: &Matcher,
) -> Vec<(&'a Prose, &'a Block)> {
    let Some(body) = body.filter(|_| record.kind != ContentKind::Quiz) else { return Vec::new() };
    let asked = Asked::of(context);
    let myths = LazyCell::new(|| Myths::of(body));
    let is_read = |(index, block): &(usize, &Block)| {
        let silent = matches!(block.kind, BlockKind::Code | BlockKind::Html) || block.quoted;
        let whole = Text::of_prose(body, block.text.clone());
        !silent
            && record.may_hold_in(&whole, list.hint())
            && list.is_match(whole.as_str())
            && !asked.has(body.span(block.text.clone()))
            && !myths.has(*index)
    };
    body.blocks.iter().enumerate().filter(is_read).map(|(_, block)| (body, block)).collect()
}

/// The body of a record that holds it in a field.
fn body_of_field(record: &Record<'_>) -> Option<Prose> {
    record.text("body").map(|text| syntax::parse_field(&text))
}

/// Where the prompts and choices of a file's quizzes stand, in order.
struct Asked(Vec<Span>);

impl Asked {
    fn of(context: &FileContext<'_>) -> Self {
        // Only a body of its own holds questions among other text, and such a file is one record.
        let own = context.quizzes.first().filter(|_| context.records.len() == 1);
        let own = own.filter(|_| context.records[0].body.is_some());
        let questions = own.into_iter().flatten().flat_map(|quiz| quiz.questions.iter());
        let mut spans = Vec::new();
        for question in questions {
            spans.push(question.anchor);
            spans.extend(question.choices.iter().map(|choice| choice.span));
        }
        spans.sort_unstable();
        Self(spans)
    }

    fn has(&self, span: Span) -> bool {
        let at = self.0.partition_point(|own| own.start < span.start);
        self.0.get(at).is_some_and(|own| span.contains(*own) || own.contains(span))
            || at.checked_sub(1).is_some_and(|at| self.0[at].contains(span))
    }
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
        && !is_half_meant(before, &sentence[hit.range.clone()], hit)
        && !LEXICON.hearsay.is_match(before)
}

/// "may cure", "to cure back pain": a promise that is hedged, or only aimed at.
fn is_half_meant(before: &str, words: &str, hit: &Hit<'_>) -> bool {
    #[rustfmt::skip]
    const BEFORE_CURE: &[&str] = &[
        "a", "always", "and", "any", "but", "did", "does", "few", "if", "often", "or", "rarely", "seldom",
        "sometimes", "the", "this", "to", "would",
    ];
    let last = before.split_whitespace().next_back().unwrap_or("");
    let is_any = |list: &[&str]| list.iter().any(|own| last.eq_ignore_ascii_case(own));
    // "Cure back pain in a week" is an order that promises; "cure back pain" may be a title.
    let starts =
        |begin: &str| words.get(..begin.len()).is_some_and(|own| own.eq_ignore_ascii_case(begin));
    let is_aimed_at = || starts("reverse ") && !last.is_empty() && is_any(BEFORE_CURE);
    let is_bare = || starts("cure ") && !hit.pattern.contains(" in ");
    matches!(hit.list, "promise" | "strong")
        && (is_any(&["may", "might", "could"])
            || is_aimed_at()
            || is_bare() && (last.is_empty() || is_any(BEFORE_CURE)))
}
