//! What a file offers to other files, and to the report.
//!
//! [`Facts`] are a closed list, the same whatever rules are on. Every [`Site`] carries its own span
//! and text, so that the reduce step never parses a source again.

pub mod claims;
mod extract;
mod project;

pub use extract::extract;
pub use project::{Located, ProjectFacts};

use crate::model::ContentKind;
use crate::source::Span;

/// A place in the file the facts are about, with what stands there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    pub span: Span,
    pub text: Box<str>,
    /// JSON pointer of the place in its record; empty for places in a body.
    pub pointer: Box<str>,
}

impl Site {
    pub fn new(span: Span, text: &str, pointer: &str) -> Self {
        Self { span, text: text.into(), pointer: pointer.into() }
    }
}

/// Everything one file tells the project. Lists are in source order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    pub records: Vec<RecordFact>,
    pub definitions: Vec<Definition>,
    pub references: Vec<Reference>,
    pub questions: Vec<QuestionFact>,
    pub citations: Vec<CitationFact>,
    /// Entries of reference lists in the file's bodies.
    pub bibliography: Vec<BibliographyEntry>,
    pub claims: Vec<crate::facts::ClaimFact>,
}

/// One record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordFact {
    pub kind: ContentKind,
    pub id: Option<Box<str>>,
    pub title: Option<Box<str>>,
    /// `inLanguage`.
    pub language: Option<Box<str>>,
    /// `role` of a resource, `status` of any record.
    pub role: Option<Box<str>>,
    pub status: Option<Box<str>>,
    /// Names and year by which author-year citations find a resource, folded.
    pub surnames: Vec<Box<str>>,
    pub year: Option<Box<str>>,
    /// DOI and address by which a link finds a resource, normalised.
    pub locators: Vec<Box<str>>,
    /// Where to point when the record as a whole is meant.
    pub anchor: Site,
}

/// An id that other files may use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    pub id: Box<str>,
    pub kind: ContentKind,
    pub language: Option<Box<str>>,
    /// Whether the id is written in the record, or is the stem of its file's name.
    pub written: bool,
    pub site: Site,
}

/// The use of an id in a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    pub target: Box<str>,
    pub role: ReferenceRole,
    /// Id of the record that refers.
    pub from: Option<Box<str>>,
    pub site: Site,
}

/// What a reference means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReferenceRole {
    /// `sources` of a record, question or claim.
    Source,
    /// `covers` of a quiz.
    Covers,
    Progression,
    Regression,
    Variation,
    Related,
    Translation,
}

impl ReferenceRole {
    /// The field's canonical name.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Source => "sources",
            Self::Covers => "covers",
            Self::Progression => "progression",
            Self::Regression => "regression",
            Self::Variation => "variationOf",
            Self::Related => "related",
            Self::Translation => "translationOf",
        }
    }

    /// The kind the target must have, where the field says so.
    pub fn target_kind(self) -> Option<ContentKind> {
        match self {
            Self::Source => Some(ContentKind::Resource),
            Self::Progression | Self::Regression | Self::Variation => Some(ContentKind::Exercise),
            Self::Covers | Self::Related | Self::Translation => None,
        }
    }
}

/// A question as other files may repeat it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionFact {
    /// The prompt without case, punctuation and articles.
    pub prompt: Box<str>,
    /// Choices in the same form, in order.
    pub choices: Vec<Box<str>>,
    /// Key texts in the same form, sorted.
    pub key: Vec<Box<str>>,
    /// Whether the prompt leans on a picture, table or program that is not part of it.
    pub needs_figure: bool,
    pub prompt_site: Site,
    pub key_site: Site,
}

impl QuestionFact {
    /// Whether the key is true or false and nothing else is offered.
    pub fn is_true_false(&self) -> bool {
        matches!(&*self.key, [key] if matches!(&**key, "true" | "false"))
            && self.choices.iter().all(|choice| matches!(&**choice, "true" | "false"))
    }
}

/// A mark in running text that points at a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CitationFact {
    pub target: CitationTarget,
    pub site: Site,
}

/// What a citation mark points at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CitationTarget {
    /// `[@id]`: a resource of the project, or an entry of the file's own bibliography.
    Key(Box<str>),
    /// `[3]`, `(3)`: a numbered reference list of the file; `listed` is the list's length, 0 when
    /// there is none.
    Number { number: u32, listed: u32 },
    /// `[^id]`: a footnote of the file.
    Footnote { label: Box<str>, defined: bool },
    /// Author and year that match a source.
    AuthorYear,
    /// A link, DOI or identifier inside the sentence.
    Link(Box<str>),
}

/// One entry of a reference list in a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BibliographyEntry {
    /// Its number in the list, from 1.
    pub number: u32,
    pub cited: bool,
    pub site: Site,
}

/// A sentence that was judged, with what it cites.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimFact {
    pub site: Site,
    pub state: ClaimState,
}

/// Whether a claim has a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClaimState {
    Sourced,
    Unsourced,
    /// It cites something that is not there.
    Dangling,
    NotNeeded,
}
