//! The sentences of articles, as other files may have them again.

use crate::lexicon::{self, Concept, concept_of};
use crate::model::{ContentKind, Record};
use crate::normal;
use crate::source::Span;
use crate::syntax::{BlockKind, Prose};
use regex::Regex;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::LazyLock;
use thin_vec::ThinVec;
use xxhash_rust::xxh3::xxh3_64;

/// The text of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BodyFact {
    /// An index of [`super::Facts::records`].
    pub record: u32,
    /// In small letters, where the record says it.
    pub language: Option<Box<str>>,
    /// In source order.
    pub sentences: ThinVec<SentenceFact>,
}

/// A sentence that is long enough to tell a copy by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentenceFact {
    /// Of its words, without case, punctuation, articles and marks in brackets.
    pub hash: u64,
    pub span: Span,
}

/// Nothing for a record without long sentences, and for one that is retired.
pub(super) fn body_fact(record: &Record<'_>, index: u32) -> Option<BodyFact> {
    let is_read = record.kind == ContentKind::Article
        && record.text("status").is_none_or(|own| own.as_str() != "retired");
    let body = record.body.filter(|_| is_read)?;
    let mut shared = None;
    let mut sentences = ThinVec::new();
    for block in &body.blocks {
        if let BlockKind::Heading { level, .. } = block.kind {
            let is_over = shared.is_none_or(|own| level <= own);
            if is_over {
                shared = is_shared(body.block_text(block)).then_some(level);
            }
        }
        if shared.is_none() && block.is_running() {
            let own = body.sentences(block).into_iter();
            sentences.extend(own.filter_map(|range| sentence_fact(body, range)));
        }
    }
    sentences.shrink_to_fit();
    let language = record.text("inLanguage").map(|own| own.as_str().to_lowercase().into());
    (!sentences.is_empty()).then_some(BodyFact { record: index, language, sentences })
}

/// Whether what stands below a heading may stand in many texts.
fn is_shared(heading: &str) -> bool {
    match concept_of(heading) {
        Some(
            Concept::Contraindications
            | Concept::Disclosure
            | Concept::FurtherReading
            | Concept::RedFlags
            | Concept::Safety
            | Concept::Sources
            | Concept::StopIf,
        ) => true,
        Some(
            Concept::AnswerKey
            | Concept::Dosage
            | Concept::Equipment
            | Concept::Faq
            | Concept::Progression
            | Concept::Quiz
            | Concept::Steps,
        )
        | None => false,
    }
}

fn sentence_fact(body: &Prose, range: Range<usize>) -> Option<SentenceFact> {
    /// Bytes of about eight words; some languages have no blanks between theirs.
    const LEAST: usize = 40;
    let text = &body.text[range.clone()];
    let is_quoted = text.starts_with(['"', '\u{201c}', '\u{201e}', '\u{ab}']);
    if text.len() < LEAST || is_quoted || is_notice(text) {
        return None;
    }
    let words = normal::bare(&without_brackets(text));
    let hash = xxh3_64(words.as_bytes());
    (words.len() >= LEAST).then(|| SentenceFact { hash, span: body.span(range) })
}

/// What texts say of themselves, and not of their matter: that they are no advice, and what one may do with them.
// Source: disclaimers and notes on rights of open health pages, in English (K).
fn is_notice(text: &str) -> bool {
    static NOTICE: LazyLock<Regex> = LazyLock::new(|| {
        lexicon::regex(concat!(
            r"(?:medical|professional|individual|clinical) advice|substitute for|(?:education|information)(?:al)? (?:purposes|only)|",
            r"general information|all rights reserved|copyright|licen[cs]ed? |disclaimer|conflicts? of interest|cookies|identification only|endorse",
        ))
    });
    NOTICE.is_match(text)
}

/// A text without what stands in square brackets: numbers of sources differ from text to text.
fn without_brackets(text: &str) -> String {
    let mut parts = text.split('[');
    let mut out = parts.next().unwrap_or("").to_owned();
    out.extend(parts.map(|part| part.split_once(']').map_or(part, |(_, behind)| behind)));
    out
}
