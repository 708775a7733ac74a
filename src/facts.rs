//! What a file offers to other files, and to the report.
//!
//! [`Facts`] are a closed list, the same whatever rules are on but for what [`Requested`] names. Every [`Site`] carries
//! its own span, and what is shown of it is kept, so that the reduce step never parses a source again.

mod aging;
mod bodies;
pub mod citations;
pub mod claims;
mod exercises;
mod extract;
mod front_pages;
mod links;
mod named;
mod project;
pub mod quantities;
mod sentences;
pub mod studies;
pub mod versions;

pub use bodies::{BodyFact, SentenceFact};
pub use exercises::{ExerciseFact, NameFact};
pub use extract::{Extraction, Requested, Sourced, extract, unread_ids};
pub use named::MEDIA;
pub use project::{Located, OtherFiles, ProjectFacts};

use crate::diagnostic::TextHash;
use crate::lasting::{self, Lasting};
use crate::model::quiz::LooseQuestion;
use crate::model::{ContentKind, Record};
use crate::source::{SourceFile, Span};
use crate::syntax::Document;
use claims::{Band, ClaimKind, Need};
use jiff::civil::Date;
use quantities::QuantityFact;
use serde::{Deserialize, Serialize};
use std::sync::{Arc, LazyLock};
use studies::{Design, StudyFact};
use thin_vec::ThinVec;
use versions::VersionFact;

impl Facts {
    /// Give back spare room: facts are kept as long as the run.
    fn shrink(&mut self) {
        let Self { records, definitions, references, questions, citations, footnotes, .. } = self;
        records.shrink_to_fit();
        definitions.shrink_to_fit();
        references.shrink_to_fit();
        questions.shrink_to_fit();
        citations.shrink_to_fit();
        footnotes.shrink_to_fit();
        self.links.shrink_to_fit();
        self.bibliographies.shrink_to_fit();
        self.bibliography_files.shrink_to_fit();
        self.claims.shrink_to_fit();
        self.studies.shrink_to_fit();
        self.quantities.shrink_to_fit();
        self.keys.shrink_to_fit();
        self.open_quizzes.shrink_to_fit();
        if let Some(requested) = &mut self.requested {
            requested.shrink();
        }
    }

    /// What few rules read; empty in a run without these.
    pub fn requested(&self) -> &RequestedFacts {
        static NONE: LazyLock<RequestedFacts> = LazyLock::new(RequestedFacts::default);
        self.requested.as_deref().unwrap_or(&NONE)
    }

    /// Fill in what only [`Requested::named`] asks for.
    pub(crate) fn fill_named(
        &mut self,
        file: &SourceFile,
        document: &Document,
        records: &[Record<'_>],
    ) {
        named::fill(file, document, records, self);
    }

    /// The record that is being read.
    fn last_record(&self) -> u32 {
        u32::try_from(self.records.len()).expect("a file is shorter than 4 GiB") - 1
    }

    /// The record of a fact.
    pub fn record(&self, index: u32) -> &RecordFact {
        &self.records[index as usize]
    }
}

impl RequestedFacts {
    fn shrink(&mut self) {
        self.exercises.shrink_to_fit();
        self.versions.shrink_to_fit();
        self.bodies.shrink_to_fit();
        self.front_pages.shrink_to_fit();
        self.aging.shrink_to_fit();
    }
}

/// A place in the file the facts are about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    pub span: Span,
    /// Of what stands there and where in its record that is: what stays when lines move.
    pub text: TextHash,
}

impl Site {
    /// `pointer` is a JSON pointer in the record; empty for places in a body.
    pub fn new(span: Span, text: &str, pointer: &str) -> Self {
        Self { span, text: TextHash::of_place(pointer, text) }
    }
}

/// Everything one file tells the project. Lists are in source order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    pub records: ThinVec<RecordFact>,
    pub definitions: ThinVec<Definition>,
    pub references: ThinVec<Reference>,
    pub questions: ThinVec<QuestionFact>,
    pub citations: ThinVec<CitationFact>,
    pub footnotes: ThinVec<FootnoteFact>,
    /// Links and pictures of running text that lead to files beside it.
    pub links: ThinVec<LinkFact>,
    pub bibliographies: ThinVec<Bibliography>,
    /// Paths of files with sources, as the front matter has them: `bibliography: refs.bib`.
    pub bibliography_files: ThinVec<Box<str>>,
    pub claims: ThinVec<ClaimFact>,
    /// Of records that mention a particular study.
    pub studies: ThinVec<StudyFact>,
    pub quantities: ThinVec<QuantityFact>,
    /// Answer keys of quizzes that stand in another file.
    pub keys: ThinVec<KeyFact>,
    /// Quizzes none of whose questions has a key.
    pub open_quizzes: ThinVec<OpenQuiz>,
    /// Of a run with rules that ask for them.
    requested: Option<Box<RequestedFacts>>,
    /// Ids that a file with syntax errors seems to have, and that were not read: of those that refer to them
    /// nothing can be said.
    pub unread_ids: ThinVec<Box<str>>,
}

/// What few rules read, of a file: most files are read without these rules.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RequestedFacts {
    /// Of a run that compares exercises.
    pub exercises: ThinVec<ExerciseFact>,
    /// Of a run that compares the language versions of a record.
    pub versions: ThinVec<VersionFact>,
    /// Of a run that looks for copied text.
    pub bodies: ThinVec<BodyFact>,
    /// Of a run that asks for addresses of front pages.
    pub front_pages: ThinVec<FrontPageFact>,
    /// Of a run that asks for the age of sources.
    pub aging: ThinVec<AgingFact>,
    /// Of a run that asks what nothing uses, as are the next two: hashes of whatever stands in the file where a record
    /// may be named, sorted.
    pub named: ThinVec<u64>,
    /// Paths of pictures, films and sound, as written.
    pub media: ThinVec<Box<str>>,
    pub handles: ThinVec<HandleFact>,
}

/// One record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordFact {
    pub kind: ContentKind,
    pub id: Option<Arc<str>>,
    pub status: Option<Box<str>>,
    /// `topics` and `keywords`.
    pub topics: ThinVec<Box<str>>,
    /// The day of the next review.
    pub next_review: Option<Box<(Date, Site)>>,
    /// What a resource stands for.
    pub publication: Option<Box<Publication>>,
    /// Where to point when the record as a whole is meant.
    pub anchor: Site,
}

/// What is known of the work that a resource stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    pub title: Option<Box<str>>,
    pub role: Option<Box<str>>,
    /// Names and year by which author-year citations find it, folded.
    pub surnames: Vec<Box<str>>,
    pub year: Option<Box<str>>,
    /// DOI and address by which a link finds it, normalised.
    pub locators: Vec<Box<str>>,
    pub journal: Option<Box<str>>,
    pub design: Design,
}

/// A link or a picture that leads to a file of the project, by the path from where its own file lies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkFact {
    /// The path of that file.
    pub file: Box<str>,
    pub is_picture: bool,
    pub site: Site,
}

/// The address of a front page that stands where a source should.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrontPageFact {
    /// An index of [`Facts::records`].
    pub record: u32,
    /// As written.
    pub address: Box<str>,
    pub place: SourcePlace,
    pub site: Site,
}

/// Where the address of a source stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SourcePlace {
    /// In a resource; whether that says by itself that statements rest on it.
    Resource { is_evidence: bool },
    /// In `sources`.
    Field,
    /// In the reference list of a body.
    List,
}

/// A source that grows old.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgingFact {
    /// An index of [`Facts::records`].
    pub record: u32,
    pub sort: Aging,
    /// The last day on which it was new or somebody looked at it.
    pub day: Option<Date>,
    /// That day as it is shown.
    pub words: Box<str>,
    /// Where that day stands.
    pub site: Site,
    /// Where to point when no day is known.
    pub anchor: Site,
    /// Whether it says when somebody looked at it.
    pub is_checked: bool,
}

/// What sort of source it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Aging {
    Guideline,
    /// A systematic one.
    Review,
    WebPage,
}

/// By what others name a record that is there to be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandleFact {
    /// An index of [`Facts::records`].
    pub record: u32,
    /// Hashes, as those of [`RequestedFacts::named`].
    pub forms: ThinVec<u64>,
}

/// An id that other files may use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    pub id: Arc<str>,
    pub kind: ContentKind,
    pub language: Option<Box<str>>,
    /// Whether the id is written in the record, or is the stem of its file's name.
    pub written: bool,
    pub site: Site,
}

/// The use of an id in a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    pub target: Box<str>,
    pub role: ReferenceRole,
    pub site: Site,
    /// The record that refers: an index of [`Facts::records`].
    pub record: u32,
}

/// What a reference means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ReferenceRole {
    /// `sources` of a record, question or claim.
    Source,
    /// `covers` of a quiz.
    Covers,
    /// `quiz` of an answer key.
    KeyOf,
    Progression,
    Regression,
    Variation,
    Related,
    /// `exercises` of an article.
    Exercises,
    Translation,
}

impl ReferenceRole {
    pub const ALL: [Self; 9] = [
        Self::Source,
        Self::Covers,
        Self::KeyOf,
        Self::Progression,
        Self::Regression,
        Self::Variation,
        Self::Related,
        Self::Exercises,
        Self::Translation,
    ];

    /// The field's canonical name.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Source => "sources",
            Self::Covers => "covers",
            Self::KeyOf => "quiz",
            Self::Progression => "progression",
            Self::Regression => "regression",
            Self::Variation => "variationOf",
            Self::Related => "related",
            Self::Exercises => "exercises",
            Self::Translation => "translationOf",
        }
    }

    /// The kind the target must have, where the field says so.
    pub fn target_kind(self) -> Option<ContentKind> {
        match self {
            Self::Source => Some(ContentKind::Resource),
            Self::KeyOf => Some(ContentKind::Quiz),
            Self::Progression | Self::Regression | Self::Variation | Self::Exercises => {
                Some(ContentKind::Exercise)
            }
            Self::Covers | Self::Related | Self::Translation => None,
        }
    }
}

/// A question as other files may repeat it. Of its texts there are the hashes of their plain forms:
/// without case, punctuation and articles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionFact {
    pub prompt: u64,
    /// The texts of the key, sorted, and behind them the choices in order.
    forms: Box<[u64]>,
    key_len: u32,
    /// Of a question with the key true or false: what it states.
    pub statement: Option<Statement>,
    pub prompt_site: Site,
    pub key_site: Site,
    /// The key as it is shown.
    pub key_words: Box<str>,
}

/// The answer key of a quiz that stands in another file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyFact {
    /// Id of the quiz.
    pub quiz: Box<str>,
    /// Where the quiz is named.
    pub site: Site,
    pub entries: Vec<KeyEntryFact>,
}

/// One entry of such a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyEntryFact {
    /// Id or number of the question, as written.
    pub question: Box<str>,
    /// The number in it, from 1: of `2`, `q2` and "Question 2".
    pub number: Option<u32>,
    pub site: Site,
    pub values: Vec<(Box<str>, Site)>,
}

/// A quiz without a key. It is the record of its file with the same id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenQuiz {
    pub id: Arc<str>,
    pub anchor: Site,
    pub questions: Vec<OpenQuestion>,
}

/// A question of a quiz without a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenQuestion {
    pub id: Option<Box<str>>,
    pub anchor: Site,
    /// Whether it has to have a key.
    pub needs_key: bool,
    pub asked: LooseQuestion,
    /// From the first choice to the last.
    pub choices_span: Option<Span>,
}

/// What is true or false, in a form in which it can be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Hash of the statement without a negation.
    pub affirmed: u64,
    pub is_negated: bool,
}

impl QuestionFact {
    /// The texts of the key.
    pub fn key(&self) -> &[u64] {
        &self.forms[..self.key_len as usize]
    }

    pub fn choices(&self) -> &[u64] {
        &self.forms[self.key_len as usize..]
    }
}

/// A mark in running text that points at a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CitationFact {
    pub target: CitationTarget,
    pub site: Site,
    /// Of a number, the mark as written.
    pub mark: Box<str>,
}

/// What a citation mark points at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CitationTarget {
    /// `[@id]`: a resource of the project, or an entry of the file's own bibliography.
    Key(Box<str>),
    /// `@id` without brackets, which may also be the name of an account.
    BareKey(Box<str>),
    /// `[3]`, `(3)`: a numbered reference list of the file; `listed` is the list's length, 0 when
    /// there is none.
    Number { number: u32, listed: u32 },
    /// `[^id]`: a footnote of the file.
    Footnote { label: Box<str>, defined: bool },
    /// `(Smith, 2019)`: the surname in lower case, the year.
    AuthorYear { surname: Box<str>, year: Box<str> },
    /// A link, DOI or identifier inside the sentence.
    Link(Box<str>),
}

impl CitationTarget {
    /// In a text that is read in part, what it points at may stand in the rest.
    fn may_be_behind(&mut self) {
        match self {
            Self::Number { number, listed } => *listed = (*listed).max(*number),
            Self::Footnote { defined, .. } => *defined = true,
            Self::Key(_) | Self::BareKey(_) | Self::AuthorYear { .. } | Self::Link(_) => {}
        }
    }
}

/// A footnote definition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FootnoteFact {
    pub label: Box<str>,
    pub used: bool,
    pub site: Site,
}

/// What a text says it rests on: a reference list in a body, or `sources` in its front matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bibliography {
    /// The heading or the key.
    pub heading: Site,
    /// Whether it is `sources` of the record.
    pub in_field: bool,
    /// Whether no text stands before the list, as on a page of sources: nothing could cite them.
    pub is_all: bool,
    pub entries: Vec<BibliographyEntry>,
    /// Whether the entries can be cited at all: a plain list without numbers can only be matched by
    /// author and year.
    pub citable: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BibliographyEntry {
    /// Resource id, or number in the list.
    pub key: Box<str>,
    pub cited: bool,
    pub site: Site,
}

/// A sentence that was judged, with what it cites.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClaimFact {
    /// The whole sentence.
    pub site: Site,
    pub text: Box<str>,
    /// The words to underline.
    pub focus: Span,
    /// These words as readers see them.
    pub words: Box<str>,
    /// Worded so plainly that a report of it is hardly ever wrong: what the rules at error and
    /// warning level ask for beside `need`.
    pub firm: bool,
    /// Stands in a field that lists claims.
    pub declared: bool,
    pub kind: Option<ClaimKind>,
    /// Hundredths.
    pub score: i32,
    pub band: Band,
    pub need: Need,
    pub cues: Vec<CueFact>,
    /// Sources in scope.
    pub citations: Vec<CitationTarget>,
    /// How the citations reach the sentence; `None` when there are none.
    pub scope: Option<Scope>,
    /// Sentences of one paragraph or field have the same number.
    pub block: u32,
    /// The record it stands in: an index of [`Facts::records`].
    pub record: u32,
}

impl ClaimFact {
    /// Whether an editor would ask for a source.
    pub fn is_claim(&self) -> bool {
        self.need != Need::No
    }
}

/// A cue with its place in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CueFact {
    #[serde(with = "lasting::name")]
    pub name: Lasting,
    /// Hundredths.
    pub weight: i32,
    pub span: Span,
}

/// How far a citation reaches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScopeMode {
    /// Only its own sentence.
    Strict,
    /// The run of sentences it closes.
    #[default]
    Run,
    Paragraph,
    Section,
    Document,
}

impl ScopeMode {
    pub const NAMES: &'static [&'static str] =
        &["strict", "run", "paragraph", "section", "document"];

    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "strict" => Self::Strict,
            "run" => Self::Run,
            "paragraph" => Self::Paragraph,
            "section" => Self::Section,
            "document" => Self::Document,
            _ => return None,
        })
    }
}

/// How a citation reaches a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// It stands in the sentence or right behind it.
    Sentence,
    /// It stands at the end of the run of sentences that this one belongs to.
    Run,
    Paragraph,
    Section,
    Document,
    /// The sentence that opens the list has it.
    LeadIn,
    /// Another cell of the row has it.
    Row,
    /// The line above or below the quotation, table or list names it.
    SourceLine,
    /// `sources` of the record, question or claim.
    Field,
}

/// Whether a claim has a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClaimState {
    Sourced,
    Unsourced,
    /// It cites something that is not there.
    Dangling,
    NotNeeded,
}

/// A DOI, address or number in the form in which two that mean the same are equal.
pub fn locator(text: &str) -> Box<str> {
    let lower = text.trim().to_lowercase();
    let bare =
        ["https://", "http://"].iter().find_map(|lead| lower.strip_prefix(lead)).unwrap_or(&lower);
    let bare = ["www.", "dx.doi.org/", "doi.org/", "doi:"]
        .iter()
        .fold(bare, |text, lead| text.strip_prefix(lead).unwrap_or(text));
    bare.trim().trim_end_matches(['/', '.']).into()
}

/// Topics and keywords of a record.
fn topics(record: &crate::model::Record<'_>) -> ThinVec<Box<str>> {
    let both = record.texts("topics").into_iter().chain(record.texts("keywords"));
    both.map(|text| text.as_str().into()).collect()
}
