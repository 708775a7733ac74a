//! How hard a text is, in numbers.

use super::syllables::syllables;
use crate::lexicon::{Concept, concept_of};
use crate::model::Record;
use crate::normal::{self, lowered};
use crate::source::Span;
use crate::syntax::{Block, BlockKind, MarkKind, Prose};
use foldhash::fast::FixedState;
use std::collections::HashSet;
use std::ops::Range;

/// School grade that texts for the public should stay within.
// Source: AMA and NIH on health literacy: about US grade 6, grade 8 as the upper limit.
const MOST_GRADE: f64 = 8.0;

/// By so much ways to count syllables differ.
const SLACK: f64 = 2.0;

/// What a section may be above [`MOST_GRADE`] when the text as a whole is not.
const SLACK_OF_SECTION: f64 = 4.0;

/// LIX from which texts are those of authorities and experts.
// Source: Björnsson 1968, Läsbarhet: 40 to 50 is ordinary newspaper text, 50 to 60 official text.
const MOST_LIX: f64 = 50.0;

/// Below these nothing can be said of a text or a section.
const FEWEST_WORDS: usize = 100;
const FEWEST_SENTENCES: usize = 8;

/// How hard a text is said to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Flesch and Kincaid's school grade, for English.
    Grade,
    /// Björnsson's LIX, for Swedish, Danish and Norwegian.
    Lix,
}

impl Scale {
    pub fn most(self) -> f64 {
        match self {
            Self::Grade => MOST_GRADE + SLACK,
            Self::Lix => MOST_LIX,
        }
    }

    pub fn most_of_section(self) -> f64 {
        match self {
            Self::Grade => MOST_GRADE + SLACK_OF_SECTION,
            Self::Lix => MOST_LIX + 10.0,
        }
    }
}

/// A sentence, in numbers.
#[derive(Debug)]
pub struct Sentence {
    /// In the text of the prose.
    pub range: Range<usize>,
    pub words: usize,
    syllables: usize,
    /// Words of more than six letters.
    long: usize,
    /// Words of its longest part without colons, semicolons and brackets. Stops within it are those of what was not
    /// split.
    pub longest_part: usize,
    /// It says "you".
    pub is_to_reader: bool,
}

/// Sums of sentences.
#[derive(Clone, Copy, Debug, Default)]
pub struct Measure {
    sentences: usize,
    words: usize,
    syllables: usize,
    long: usize,
}

impl Measure {
    pub fn of<'s>(sentences: impl IntoIterator<Item = &'s Sentence>) -> Self {
        sentences.into_iter().fold(Self::default(), |all, own| Self {
            sentences: all.sentences + 1,
            words: all.words + own.words,
            syllables: all.syllables + own.syllables,
            long: all.long + own.long,
        })
    }

    pub fn is_enough(&self) -> bool {
        self.words >= FEWEST_WORDS && self.sentences >= FEWEST_SENTENCES
    }

    fn words_per_sentence(&self) -> f64 {
        ratio(self.words, self.sentences)
    }

    fn syllables_per_word(&self) -> f64 {
        ratio(self.syllables, self.words)
    }

    pub fn score(&self, scale: Scale) -> f64 {
        match scale {
            // Source: Kincaid et al. 1975, Derivation of new readability formulas.
            Scale::Grade => {
                0.39 * self.words_per_sentence() + 11.8 * self.syllables_per_word() - 15.59
            }
            Scale::Lix => self.words_per_sentence() + 100.0 * ratio(self.long, self.words),
        }
    }

    /// How hard it is, in a message.
    pub fn told(&self, what: &str, scale: Scale) -> String {
        let score = self.score(scale);
        match scale {
            Scale::Grade => format!(
                "this {what} asks for {score:.0} years of school; texts for everybody stay within {MOST_GRADE:.0}"
            ),
            Scale::Lix => {
                format!(
                    "this {what} has a LIX of {score:.0}; texts for everybody stay below {MOST_LIX:.0}"
                )
            }
        }
    }

    /// In words: what makes it hard.
    pub fn shown(&self, scale: Scale) -> String {
        let per_sentence = self.words_per_sentence();
        match scale {
            Scale::Grade => format!(
                "{per_sentence:.0} words a sentence, {:.1} syllables a word",
                self.syllables_per_word()
            ),
            Scale::Lix => format!(
                "{per_sentence:.0} words a sentence, {:.0} % of more than six letters",
                100.0 * ratio(self.long, self.words)
            ),
        }
    }
}

/// Texts are shorter than what a float counts exactly.
#[allow(clippy::cast_precision_loss)]
fn ratio(count: usize, of: usize) -> f64 {
    count as f64 / of.max(1) as f64
}

/// The part below one heading.
#[derive(Debug, Default)]
pub struct Section {
    /// In the text of the prose.
    pub heading: Option<Range<usize>>,
    pub sentences: Vec<Sentence>,
}

/// What is read of a body.
#[derive(Debug)]
pub struct Text<'b> {
    pub body: &'b Prose,
    /// Words of the title and the headings, in small letters: they say what the text explains.
    pub terms: HashSet<String, FixedState>,
    pub sections: Vec<Section>,
}

impl<'b> Text<'b> {
    pub fn sentences(&self) -> impl Iterator<Item = &Sentence> {
        self.sections.iter().flat_map(|own| &own.sentences)
    }

    pub fn of(record: &Record<'_>, body: &'b Prose) -> Self {
        let mut terms = HashSet::default();
        if let Some(title) = record.title() {
            terms.extend(words(title.as_str()).map(|own| title.as_str()[own].to_lowercase()));
        }
        for block in &body.blocks {
            if let BlockKind::Heading { .. } = block.kind {
                let text = body.block_text(block);
                terms.extend(words(text).map(|own| text[own].to_lowercase()));
            }
        }
        let mut out = Self { body, terms, sections: vec![Section::default()] };
        out.read();
        out
    }

    /// What it is called, or its first line.
    pub fn title(&self, record: &Record<'_>) -> Span {
        let is_heading = |own: &&Block| matches!(own.kind, BlockKind::Heading { .. });
        let heading = || self.body.blocks.iter().find(is_heading);
        let heading = || heading().map(|own| self.body.span(own.text.clone()));
        let title = record.title().map(|own| own.span()).or_else(heading);
        title.unwrap_or_else(|| record.file().first_line(record.anchor()))
    }

    fn read(&mut self) {
        let mut left_out = None;
        for block in &self.body.blocks {
            if let BlockKind::Heading { level, .. } = block.kind {
                if left_out.is_none_or(|own| level <= own) {
                    let concept = concept_of(self.body.block_text(block));
                    left_out = concept.filter(|own| is_no_text(*own)).map(|_| level);
                }
                let heading = Some(block.text.clone());
                self.sections.push(Section { heading, sentences: Vec::new() });
            }
            if left_out.is_some() || block.quoted || block.footnote.is_some() {
                continue;
            }
            if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Item { .. }) {
                continue;
            }
            let found = self.body.sentences(block).into_iter();
            let found: Vec<_> = found.filter_map(|own| self.sentence(own)).collect();
            self.sections.last_mut().expect("there is a first").sentences.extend(found);
        }
    }

    /// Nothing for a line that is no sentence, and for one that holds what is not read.
    fn sentence(&self, range: Range<usize>) -> Option<Sentence> {
        /// Fewer are a label or an entry of a list.
        const FEWEST: usize = 6;
        let is_unread = |kind: &MarkKind| {
            matches!(kind, MarkKind::Code | MarkKind::Html | MarkKind::Link { autolink: true, .. })
        };
        if self.body.marks_in(range.clone()).any(|own| is_unread(&own.kind)) {
            return None;
        }
        let text = &self.body.text[range.clone()];
        let mut out = Sentence {
            range,
            words: 0,
            syllables: 0,
            long: 0,
            longest_part: 0,
            is_to_reader: false,
        };
        for part in text.split([';', ':', '(', ')', '.', '?', '!']) {
            let before = out.words;
            for own in words(part) {
                self.add(&part[own], &mut out);
            }
            out.longest_part = out.longest_part.max(out.words - before);
        }
        (out.words >= FEWEST).then_some(out)
    }

    fn add(&self, word: &str, out: &mut Sentence) {
        /// Syllables of a term or a name that readers meet again and again.
        const OF_TERM: usize = 2;
        let small = lowered(word);
        let is_first = out.words == 0;
        let is_name = !is_first && word.starts_with(char::is_uppercase);
        let is_term = is_name || self.terms.contains(&*small);
        let count = syllables(&small);
        out.words += 1;
        out.syllables += if is_term { count.min(OF_TERM) } else { count };
        out.long += usize::from(!is_term && small.chars().nth(6).is_some());
        out.is_to_reader |= TO_READERS.contains(&&*small);
    }
}

const TO_READERS: &[&str] = &[
    "you", "your", "you're", "yourself", "du", "dig", "din", "ditt", "dina", "dit", "dine", "deg",
];

/// Whether what stands below a heading is a list of works, or about the authors.
fn is_no_text(concept: Concept) -> bool {
    matches!(
        concept,
        Concept::Sources
            | Concept::FurtherReading
            | Concept::Disclosure
            | Concept::AnswerKey
            | Concept::Quiz
    )
}

/// Words of a text, as ranges of it; numbers are none.
pub fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    normal::words(text, char::is_alphabetic, &['\'', '\u{2019}'])
}
