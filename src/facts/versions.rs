//! What the language versions of a record have in common whatever their words: how many steps and warnings there are,
//! doses, answer keys, and the numbers in sentences.

mod amounts;

pub use amounts::{Amount, amounts};

use super::Site;
use crate::lexicon::concept_in_exercise;
use crate::model::dosage::{Dose, Measure, Unit};
use crate::model::exercise::{self, Exercise, Part, sentences_of};
use crate::model::quiz::{self, Question, Quiz};
use crate::model::{ContentKind, Record};
use crate::normal;
use crate::syntax::{BlockKind, Node, Text};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thin_vec::ThinVec;
use xxhash_rust::xxh3::xxh3_64;

/// What one record says that its translations say, too.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VersionFact {
    /// An index of [`super::Facts::records`].
    pub record: u32,
    /// In small letters, where the record says it.
    pub language: Option<Box<str>>,
    /// The id of the record that it translates.
    pub original: Option<Box<str>>,
    /// The day of the original that was translated.
    pub translated_from: Option<(Date, Site)>,
    /// The day of the last change, and where it stands.
    pub modified: Option<(Date, Site)>,
    pub parts: ThinVec<PartFact>,
    pub dosage: Option<DosageFact>,
    pub questions: ThinVec<QuestionVersion>,
    /// Whether its body says something of which nobody knows what part it is of: what no part says may stand there.
    pub is_open: bool,
}

/// One part of a record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartFact {
    pub part: PartName,
    /// Its key or heading.
    pub key: Site,
    pub items: u32,
    pub sentences: u32,
    /// Says that nothing is known.
    pub is_none_known: bool,
    pub amounts: ThinVec<AmountFact>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PartName {
    Steps,
    Safety,
    Contraindications,
    StopIf,
    Dosage,
    Questions,
    Headings,
}

/// A number of a sentence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AmountFact {
    /// The item of its part.
    pub item: u32,
    pub amount: Amount,
    pub words: Box<str>,
    pub site: Site,
}

/// The field `dosage`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DosageFact {
    pub key: Site,
    pub is_mapping: bool,
    pub doses: ThinVec<DoseFact>,
}

/// A field of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DoseFact {
    pub measure: Measure,
    pub min: f64,
    pub max: f64,
    pub unit: Unit,
    pub words: Box<str>,
    pub site: Site,
}

/// A question as its translation has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionVersion {
    pub id: Option<Box<str>>,
    pub anchor: Site,
    pub choices: ThinVec<ChoiceVersion>,
    /// Indices of its choices, sorted; empty when it is not known what the key names.
    pub key: ThinVec<u32>,
    /// Of a key that is true or false.
    pub truth: Option<bool>,
    pub key_words: Box<str>,
    pub key_site: Site,
}

/// An option: hashes of its id, where it has one that is more than a letter, and of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceVersion {
    pub id: Option<u64>,
    pub text: u64,
}

/// Nothing for a record that can be neither a translation nor have one.
pub(super) fn version_fact(
    record: &Record<'_>,
    quizzes: &[Quiz<'_>],
    index: u32,
) -> Option<VersionFact> {
    let is_compared = match record.kind {
        ContentKind::Exercise | ContentKind::Quiz | ContentKind::Article => true,
        ContentKind::Resource | ContentKind::Custom(_) => false,
    };
    record.id_or_stem().filter(|_| is_compared)?;
    let day = |name: &str| {
        let text = record.text(name)?;
        let day = text.as_str().trim().get(..DATE_LEN)?.parse().ok()?;
        Some((day, Site::new(text.span(), text.as_str(), &format!("{}/{name}", record.pointer))))
    };
    let mut fact = VersionFact {
        record: index,
        language: record.text("inLanguage").map(|own| own.as_str().to_lowercase().into()),
        original: record.text("translationOf").map(|own| own.as_str().trim().into()),
        translated_from: day("translatedFrom"),
        modified: day("dateModified"),
        parts: ThinVec::new(),
        dosage: None,
        questions: ThinVec::new(),
        is_open: false,
    };
    if let Some(exercise) = exercise::exercise(record) {
        fact.add_exercise(&exercise);
    }
    fact.add_questions(record, quizzes);
    if record.kind == ContentKind::Article {
        fact.parts.extend(headings(record));
    }
    Some(fact)
}

/// `2026-01-31`; a time may follow.
const DATE_LEN: usize = 10;

impl VersionFact {
    fn add_exercise(&mut self, exercise: &Exercise<'_>) {
        let record = exercise.record;
        let parts = [
            (PartName::Steps, &exercise.instructions),
            (PartName::Safety, &exercise.safety),
            (PartName::Contraindications, &exercise.contraindications),
            (PartName::StopIf, &exercise.stop_if),
        ];
        self.parts
            .extend(parts.into_iter().filter_map(|(name, part)| part_fact(record, name, part)));
        let words = exercise.words_of_dose();
        if let Some(key) = exercise.dosage_key {
            let key = Site::new(key, record.file().slice(key), &record.pointer);
            let is_mapping = exercise.dosage.is_some_and(Node::is_mapping);
            let doses = exercise.doses.iter().map(|own| dose_fact(own, &record.pointer)).collect();
            self.dosage = Some(DosageFact { key, is_mapping, doses });
            if !words.is_empty() {
                self.parts.push(PartFact::of(PartName::Dosage, key, &words, &record.pointer));
            }
        }
        self.is_open = is_open(exercise);
    }

    fn add_questions(&mut self, record: &Record<'_>, quizzes: &[Quiz<'_>]) {
        let mut all = quizzes.iter().filter(|quiz| quiz.key_of.is_none() && !quiz.is_empty());
        let (Some(quiz), None) = (all.next(), all.next()) else { return };
        let mut amounts = ThinVec::new();
        for (item, question) in (0..).zip(quiz.questions.iter()) {
            self.questions.push(QuestionVersion::of(&question, &record.pointer));
            let choices = question.choices.iter().filter_map(|own| own.text.as_ref());
            for text in question.prompt.iter().chain(choices).chain(&question.explanation) {
                amounts.extend(amounts_of(text, item, &record.pointer));
            }
        }
        let key = Site::new(quiz.anchor, record.file().slice(quiz.anchor), &record.pointer);
        let items = u32::try_from(self.questions.len()).unwrap_or(u32::MAX);
        let (part, sentences, is_none_known) = (PartName::Questions, items, false);
        self.parts.push(PartFact { part, key, items, sentences, is_none_known, amounts });
    }
}

/// A part that says something.
fn part_fact(record: &Record<'_>, name: PartName, part: &Part<'_>) -> Option<PartFact> {
    let key = part.key?;
    let is_none_known = part.none_known.is_some();
    let texts: Vec<_> = part.said().filter(|_| !is_none_known).cloned().collect();
    let key = Site::new(key, record.file().slice(key), &record.pointer);
    (is_none_known || !texts.is_empty())
        .then(|| PartFact { is_none_known, ..PartFact::of(name, key, &texts, &record.pointer) })
}

impl PartFact {
    fn of(part: PartName, key: Site, texts: &[Text<'_>], pointer: &str) -> Self {
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let amounts = (0..).zip(texts).flat_map(|(item, text)| amounts_of(text, item, pointer));
        Self {
            part,
            key,
            items: count(texts.len()),
            sentences: count(texts.iter().map(|text| sentences_of(text).len()).sum()),
            is_none_known: false,
            amounts: amounts.collect(),
        }
    }
}

fn amounts_of(text: &Text<'_>, item: u32, pointer: &str) -> Vec<AmountFact> {
    let (ranges, found): (Vec<_>, Vec<_>) = amounts(text.as_str()).into_iter().unzip();
    let fact = |(words, amount): (&Text<'_>, Amount)| {
        let site = Site::new(words.span(), words.as_str(), pointer);
        AmountFact { item, amount, words: words.as_str().into(), site }
    };
    text.parts(ranges).iter().zip(found).map(fact).collect()
}

fn dose_fact(dose: &Dose, pointer: &str) -> DoseFact {
    let Dose { measure, min, max, unit, ref words, span, .. } = *dose;
    let pointer = format!("{pointer}/dosage/{}", measure.field());
    let site = Site::new(span, words, &pointer);
    DoseFact { measure, min, max, unit, words: words.as_str().into(), site }
}

/// Whether sections or paragraphs of a body are of no part that is known.
fn is_open(exercise: &Exercise<'_>) -> bool {
    let Some(body) = exercise.record.body else { return false };
    let Some(first) = body.blocks.first() else { return false };
    let is_section = |kind: &_| matches!(kind, BlockKind::Heading { level: 2.., .. });
    let mut headings = body.blocks.iter().filter(|block| is_section(&block.kind));
    let is_loose = |text: &Text<'_>| text.span().start >= first.span.start;
    exercise.instructions.key.is_none()
        || headings.any(|block| concept_in_exercise(body.block_text(block)).is_none())
        || exercise.other_texts.iter().any(is_loose)
}

fn headings(record: &Record<'_>) -> Option<PartFact> {
    let body = record.body.filter(|body| !body.is_cut)?;
    let is_heading = |kind: &_| matches!(kind, BlockKind::Heading { .. });
    let count = body.blocks.iter().filter(|block| is_heading(&block.kind)).count();
    let anchor = record.anchor();
    let key = Site::new(anchor, record.file().slice(anchor), &record.pointer);
    Some(PartFact {
        items: u32::try_from(count).unwrap_or(u32::MAX),
        ..PartFact::of(PartName::Headings, key, &[], &record.pointer)
    })
}

impl QuestionVersion {
    fn of(question: &Question<'_>, pointer: &str) -> Self {
        let hash = |text: &Text<'_>| xxh3_64(normal::plain(text.as_str()).as_bytes());
        // One letter or digit says at which place an option stands.
        let is_name = |id: &Text<'_>| id.as_str().chars().nth(1).is_some();
        let choices = question.choices.iter().map(|own| ChoiceVersion {
            id: own.id.as_ref().filter(|id| is_name(id)).map(hash),
            text: own.text.as_ref().map_or(0, hash),
        });
        let stated = question.key.iter().find(|own| !own.values.is_empty());
        let named = stated.and_then(|own| question.named(own)).unwrap_or_default();
        let is_choice = |index: &usize| *index < question.choices.len();
        let key = named.into_iter().filter(is_choice).filter_map(|own| u32::try_from(own).ok());
        let words = |own: &quiz::KeyStatement<'_>| {
            let values = own.values.iter().map(|value| match value.choice {
                Some(index) => question.choice_name(index),
                None => value.text.as_str(),
            });
            values.collect::<Vec<_>>().join(", ")
        };
        let key_words = stated.map(words).unwrap_or_default();
        let prompt = question.prompt.as_ref().map_or("", Text::as_str);
        Self {
            id: question.id.as_ref().map(|own| own.as_str().into()),
            anchor: Site::new(question.anchor, prompt, pointer),
            choices: choices.collect(),
            key: key.collect(),
            truth: quiz::truth(&key_words),
            key_site: Site::new(
                stated.map_or(question.anchor, |own| own.span),
                &key_words,
                pointer,
            ),
            key_words: key_words.into(),
        }
    }
}
