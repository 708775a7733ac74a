//! The sentences of a record that are judged: where they stand, what they claim, what they cite.

use super::citations::{self, CitationMark, Citations};
use super::claims::{Context, Element, Judgement, Need, Role, judge, leaves_open};
use super::extract::{Extraction, Sourced, is_filler, looks_like_id};
use super::studies::{self, StudyFact, StudyMention};
use super::{
    CitationFact, CitationTarget, ClaimFact, CueFact, Facts, Scope, ScopeMode, Site, quantities,
};
use crate::lexicon::{self, Concept, LEXICON, concept_of};
use crate::model::quiz::{Quiz, is_key_heading, is_quiz_heading};
use crate::model::shape::ShapeId;
use crate::model::{ContentKind, Record};
use crate::source::Span;
use crate::syntax::{self, Block, BlockKind, MarkKind, Node, Prose};
use memchr::memmem::Finder;
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write;
use std::ops::Range;
use std::sync::LazyLock;

/// Judge the fields and body of the last record in the facts.
pub fn extract(
    record: &Record<'_>,
    quizzes: &[Quiz<'_>],
    found: &Citations,
    how: Extraction<'_>,
    facts: &mut Facts,
) {
    let index = facts.last_record();
    let block = facts.claims.last().map_or(0, |last| last.block + 1);
    let mentions = Vec::new();
    let wanted = Wanted::of(record);
    let lists = (record, found);
    let mut reader =
        Reader { how, record: index, block, wanted, lists, listed: None, mentions, facts };
    if let Some(node) = record.node
        && let Some(shape) = how.shapes.of_record(node)
    {
        reader.fields(node, shape, &mut record.pointer.clone(), &[]);
    }
    if let Some(body) = record.body {
        reader.body(record, quizzes, body, found);
    }
    let mentions = reader.mentions;
    if !mentions.is_empty() {
        facts.studies.push(StudyFact { record: index, mentions, references: Vec::new() });
    }
}

/// What a record's words make it worth looking for in its sentences.
#[derive(Clone, Copy)]
struct Wanted {
    /// Whether sentences are judged: the cues are English. What a record lists as its claims is taken as that in
    /// every language.
    claims: bool,
    studies: bool,
    quantities: bool,
}

impl Wanted {
    fn of(record: &Record<'_>) -> Self {
        let (studies, quantities) =
            (record.may_hold(LEXICON.study_mentions), record.may_hold(LEXICON.quantities));
        let english = lexicon::is_english(record);
        Self { claims: english, studies: studies && english, quantities: quantities && english }
    }

    /// The same in a text of the record.
    fn within(self, record: &Record<'_>, text: &str) -> Self {
        if !self.studies && !self.quantities {
            return self;
        }
        let hints = record.hints_of(text);
        Self {
            studies: self.studies && hints.has(LEXICON.study_mentions),
            quantities: self.quantities && hints.has(LEXICON.quantities),
            ..self
        }
    }
}

/// Text that is judged, with the way back to its source.
struct Passage<'p> {
    text: &'p str,
    sentences: Vec<Range<usize>>,
    span: &'p dyn Fn(Range<usize>) -> Span,
    /// Ranges that are code.
    code: Vec<Range<usize>>,
    /// What stands for pictures, in order: it tells what they show, and claims nothing.
    images: Vec<Range<usize>>,
}

/// The citation marks of the sentences of a passage.
struct Marks<'m> {
    of: Vec<&'m [CitationMark]>,
    /// The sentences with marks that support what they say, in order, and whether they are nothing but these.
    cited: Vec<usize>,
    bare: Vec<bool>,
}

impl<'m> Marks<'m> {
    fn new(passage: &Passage<'_>, of: Vec<&'m [CitationMark]>) -> Self {
        let cited: Vec<usize> = (0..of.len()).filter(|&at| supports(of[at])).collect();
        let bare = cited.iter().map(|&at| is_all_source(passage, of[at], at)).collect();
        Self { of, cited, bare }
    }
}

struct Reader<'a, 'f> {
    how: Extraction<'a>,
    /// Of the facts, the one that is read.
    record: u32,
    /// Number of the next paragraph.
    block: u32,
    wanted: Wanted,
    /// Where the lists stand that numbers in fields count in.
    lists: (&'a Record<'a>, &'a Citations),
    /// How far they can count, once it is asked for.
    listed: Option<u32>,
    /// Mentions of particular studies in this record.
    mentions: Vec<StudyMention>,
    facts: &'f mut Facts,
}

/// What holds for all sentences of a block.
struct Place<'a> {
    role: Role,
    element: Element,
    heading: Option<&'a str>,
    lead_in: Option<&'a str>,
    /// Citations that reach the whole block from outside it.
    outer: Option<(Scope, Cow<'a, [CitationTarget]>)>,
    pointer: &'a str,
    own_report: bool,
}

impl Reader<'_, '_> {
    /// Fields that the schema marks, at any depth; `sources` are the nearest ones above.
    fn fields(
        &mut self,
        node: Node<'_>,
        shape: ShapeId,
        pointer: &mut String,
        sources: &[CitationTarget],
    ) {
        if node.is_alias() {
            return;
        }
        for (index, item) in node.items().enumerate() {
            let len = pointer.len();
            let _ = write!(pointer, "/{index}");
            self.fields(item, shape, pointer, sources);
            pointer.truncate(len);
        }
        let own = own_sources(node);
        let sources = if own.is_empty() { sources } else { &own };
        let shapes = self.how.shapes;
        for entry in node.entries() {
            let Some(field) = shapes.shapes[shape].fields.of(&entry) else {
                continue;
            };
            let len = pointer.len();
            pointer.push('/');
            pointer.push_str(entry.name());
            if field.claims == Some(true) {
                // A listed claim needs a source of its own.
                let declared = role_of(entry.name()) == Role::Declared;
                let reach = if declared { &own } else { sources };
                self.field(entry.value, entry.name(), pointer, reach);
            }
            if let Some(inner) = field.shape
                && entry.name() != "sources"
            {
                self.fields(entry.value, inner, pointer, sources);
            }
            pointer.truncate(len);
        }
    }

    fn field(&mut self, value: Node<'_>, name: &str, pointer: &str, sources: &[CitationTarget]) {
        if value.is_sequence() {
            for item in value.items().filter(|item| !item.is_mapping()) {
                self.field(item, name, pointer, sources);
            }
            return;
        }
        let Some(text) = value.text() else { return };
        let role = role_of(name);
        let outer = (!sources.is_empty()).then_some((Scope::Field, Cow::Borrowed(sources)));
        let place = |element| Place {
            role,
            element,
            heading: None,
            lead_in: None,
            outer: outer.clone(),
            pointer,
            own_report: false,
        };
        if is_plain(text.as_str()) {
            if !self.is_read(&place(Element::Field)) {
                return;
            }
            let passage = Passage {
                text: text.as_str(),
                sentences: syntax::sentences(text.as_str()),
                span: &|range| text.map().span(range),
                code: Vec::new(),
                images: Vec::new(),
            };
            return self.judge_passage(&passage, &[], &place(Element::Field));
        }
        let prose = syntax::parse_field(&text);
        let keys: Vec<&str> = sources.iter().filter_map(key).collect();
        let listed = *self.listed.get_or_insert_with(|| listed(self.lists.0, self.lists.1));
        let beside = citations::Beside { keys: &keys, listed, ..citations::Beside::default() };
        let found = citations::find(&prose, beside);
        for mark in &found.marks {
            let words = &prose.text[mark.text.clone()];
            let shown = match mark.target {
                CitationTarget::Key(_) | CitationTarget::BareKey(_) => "",
                CitationTarget::Number { .. } if !mark.weak => words,
                _ => continue,
            };
            self.facts.citations.push(CitationFact {
                target: mark.target.clone(),
                site: Site::new(mark.span, words, pointer),
                mark: shown.into(),
            });
        }
        for block in &prose.blocks {
            let element = if matches!(block.kind, BlockKind::Item { .. }) {
                Element::ListItem
            } else {
                Element::Field
            };
            self.judge_block(&prose, block, &found, &place(element));
        }
    }

    fn body(&mut self, record: &Record<'_>, quizzes: &[Quiz<'_>], body: &Prose, found: &Citations) {
        let mut sections = Sections::new(record, body, quizzes);
        let mut lead_in: Option<Range<usize>> = None;
        let mut section_marks: Vec<CitationTarget> = Vec::new();
        let document_marks = match self.how.scope {
            ScopeMode::Document => all_targets(found),
            _ => Vec::new(),
        };
        let own_report = reports_a_study(&body.text);
        let lines = SourceLines::of(body, found);
        let mut row = 0..0;
        // Where references follow the text in one block, they are none of it.
        let loose = found.list.as_ref().filter(|list| list.loose);
        let text_end = loose.map_or(u32::MAX, |list| list.heading.start);
        for (index, block) in body.blocks.iter().enumerate() {
            if let BlockKind::Heading { .. } = block.kind {
                sections.enter(body, block);
                let opens = leaves_open(body.block_text(block));
                lead_in = opens.then(|| block.text.clone());
                if self.how.scope == ScopeMode::Section {
                    section_marks = section_targets(body, index, found);
                }
                continue;
            }
            let role = sections.role(body, block);
            let in_list = found.is_reference(index) || block.footnote.is_some();
            let is_text = !matches!(block.kind, BlockKind::Code | BlockKind::Html);
            let Some(role) = role.filter(|_| is_text && !in_list) else {
                continue;
            };
            let element = element(block);
            let outer = match self.how.scope {
                ScopeMode::Document if !document_marks.is_empty() => {
                    Some((Scope::Document, Cow::Borrowed(&*document_marks)))
                }
                ScopeMode::Section if !section_marks.is_empty() => {
                    Some((Scope::Section, Cow::Owned(section_marks.clone())))
                }
                ScopeMode::Strict => None,
                _ => {
                    if matches!(block.kind, BlockKind::TableCell { .. }) && !row.contains(&index) {
                        row = row_of(body, index);
                    }
                    let outer = outer_citations(body, block, &row, lead_in.as_ref(), found);
                    let named = || Some((Scope::SourceLine, lines.targets(body, index, found)?));
                    outer.or_else(named).map(|(scope, targets)| (scope, Cow::Owned(targets)))
                }
            };
            let place = Place {
                role,
                element,
                heading: sections.heading.map(|range| &body.text[range.0..range.1]),
                lead_in: lead_in
                    .clone()
                    .filter(|_| element == Element::ListItem)
                    .map(|range| &body.text[range]),
                outer,
                pointer: "",
                own_report,
            };
            let first = self.facts.claims.len();
            self.judge_block(body, block, found, &place);
            if loose.is_some() {
                let claims = &mut self.facts.claims;
                let kept = claims[first..].partition_point(|own| own.site.span.start < text_end);
                claims.truncate(first + kept);
            }
            if matches!(block.kind, BlockKind::Paragraph) && block.item.is_none() {
                let text = body.block_text(block).trim_end();
                let opens = text.ends_with(':');
                lead_in = opens.then(|| body.sentences(block).pop()).flatten();
            }
        }
    }

    /// Whether anything is looked for in the sentences there.
    fn is_read(&self, place: &Place<'_>) -> bool {
        if !self.wanted.claims && place.role != Role::Declared {
            return false;
        }
        let is_cited = place.outer.as_ref().is_some_and(|(_, targets)| !targets.is_empty());
        let is_noted = self.wanted.studies || self.wanted.quantities;
        !is_cited || is_noted || self.how.sourced != Sourced::None
    }

    fn judge_block(&mut self, prose: &Prose, block: &Block, found: &Citations, place: &Place<'_>) {
        if !self.is_read(place) {
            return;
        }
        let code = prose
            .marks_in(block.text.clone())
            .filter(|mark| mark.kind == MarkKind::Code)
            .map(|mark| mark.text.clone());
        let images = prose.marks_in(block.text.clone()).filter(|mark| mark.is_image());
        let passage = Passage {
            images: images.map(|mark| mark.text.clone()).collect(),
            text: &prose.text,
            sentences: prose.sentences(block),
            span: &|range| prose.span(range),
            code: code.collect(),
        };
        self.judge_passage(&passage, &found.marks, place);
    }

    fn judge_passage(&mut self, passage: &Passage<'_>, marks: &[CitationMark], place: &Place<'_>) {
        let sentences = &passage.sentences;
        if sentences.is_empty() {
            return;
        }
        let number = self.block;
        self.block += 1;
        let own: Vec<&[CitationMark]> =
            sentences.iter().map(|range| citations::marks_in(marks, range)).collect();
        let own = Marks::new(passage, own);
        let supposed_from = supposed_from(passage);
        for (index, range) in sentences.iter().enumerate() {
            let masked = mask(passage.text, range, own.of[index]);
            let text = masked.as_deref().unwrap_or(&passage.text[range.clone()]);
            if place.element != Element::Quote {
                self.note(passage, range, text, &own, index, place);
            }
            let cited = self.cited(passage, &own, index, place);
            let is_cited = cited.is_some_and(|(_, by)| !by.is_empty());
            if is_cited && self.how.sourced == Sourced::None {
                continue;
            }
            let neighbour = |at: Option<usize>| {
                at.and_then(|at| sentences.get(at)).map(|range| &passage.text[range.clone()])
            };
            let code = |code: &Range<usize>| range.start <= code.start && code.end <= range.end;
            let context = Context {
                element: place.element,
                role: place.role,
                heading: place.heading,
                previous: neighbour(index.checked_sub(1)),
                next: neighbour(Some(index + 1)),
                lead_in: place.lead_in,
                scenario: supposed_from.is_some_and(|first| first <= index),
                code: passage.code.iter().any(code),
                own_report: place.own_report,
            };
            let without = without_images(passage, range, text);
            let judgement = judge(without.as_deref().unwrap_or(text), &context);
            if judgement.need == Need::No && !self.how.all_sentences {
                continue;
            }
            // A plain claim with a source may still not say of whom it is.
            if is_cited && self.how.sourced == Sourced::Firm && !judgement.firm {
                continue;
            }
            self.push(passage, range, judgement, cited, number, place);
        }
    }

    /// Note what the sentence tells the project beside claims.
    fn note(
        &mut self,
        passage: &Passage<'_>,
        range: &Range<usize>,
        text: &str,
        own: &Marks<'_>,
        index: usize,
        place: &Place<'_>,
    ) {
        let site = |inner: &Range<usize>| {
            let inner = inner.start + range.start..inner.end + range.start;
            let words = &passage.text[inner.clone()];
            (Site::new((passage.span)(inner), words, place.pointer), words)
        };
        let wanted = self.wanted.within(self.lists.0, &passage.text[range.clone()]);
        if wanted.studies {
            /// What follows in a record with more is no text to be read.
            const MAX_MENTIONS: usize = 200;
            const MAX_MARKS: usize = 20;
            let room = MAX_MENTIONS.saturating_sub(self.mentions.len());
            // Citation marks are part of what is looked for: "Smith et al. (2019)".
            let sentence = &passage.text[range.clone()];
            for (inner, named) in studies::mentions(sentence).into_iter().take(room) {
                let outer = place.outer.iter().flat_map(|(_, targets)| targets.iter().cloned());
                let in_block = own.of.iter().flat_map(|marks| marks.iter());
                let near = in_block.map(|mark| mark.target.clone()).chain(outer);
                let (site, words) = site(&inner);
                self.mentions.push(StudyMention {
                    site,
                    words: words.into(),
                    named,
                    cited: own.of[index]
                        .iter()
                        .map(|mark| mark.target.clone())
                        .filter(no_author)
                        .take(MAX_MARKS)
                        .collect(),
                    near: near.filter(no_author).take(MAX_MARKS).collect(),
                });
            }
        }
        if wanted.quantities {
            let found = quantities::statements(text).into_iter();
            self.facts.quantities.extend(found.map(|own| {
                let (site, words) = site(&own.range);
                own.at(site, words, self.record)
            }));
        }
    }

    /// What the sentence has its source by.
    fn cited<'m>(
        &self,
        passage: &Passage<'_>,
        own: &Marks<'m>,
        index: usize,
        place: &'m Place<'_>,
    ) -> Option<(Scope, CitedBy<'m>)> {
        if supports(own.of[index]) {
            return Some((Scope::Sentence, CitedBy::Marks(own.of[index])));
        }
        let in_block = match self.how.scope {
            ScopeMode::Strict => None,
            ScopeMode::Run => run(passage, own, index),
            ScopeMode::Paragraph | ScopeMode::Section | ScopeMode::Document => {
                own.cited.first().map(|&at| (Scope::Paragraph, own.of[at]))
            }
        };
        match (in_block, &place.outer) {
            (Some((scope, marks)), _) => Some((scope, CitedBy::Marks(marks))),
            (None, Some((scope, targets))) => Some((*scope, CitedBy::Outer(targets))),
            (None, None) => None,
        }
    }

    fn push(
        &mut self,
        passage: &Passage<'_>,
        range: &Range<usize>,
        judgement: Judgement,
        cited: Option<(Scope, CitedBy<'_>)>,
        block: u32,
        place: &Place<'_>,
    ) {
        let at = |inner: &Range<usize>| -> Span {
            (passage.span)(inner.start + range.start..inner.end + range.start)
        };
        let cues = judgement.cues.iter().map(|cue| CueFact {
            name: cue.name,
            weight: cue.weight,
            span: at(&cue.range),
        });
        let text = &passage.text[range.clone()];
        self.facts.claims.push(ClaimFact {
            site: Site::new((passage.span)(range.clone()), text, place.pointer),
            text: text.into(),
            focus: at(&judgement.focus),
            words: text[judgement.focus.clone()].into(),
            firm: judgement.firm,
            declared: place.role == Role::Declared,
            kind: judgement.kind,
            score: judgement.score,
            band: judgement.band,
            need: judgement.need,
            cues: if self.how.cues { cues.collect() } else { Vec::new() },
            citations: cited.map(|(_, by)| by.targets()).unwrap_or_default(),
            scope: cited.map(|(scope, _)| scope),
            block,
            record: self.record,
        });
    }
}

/// How far numbers in a record's fields can count: to the end of the longest list in it, or of its body. Where
/// nobody can tell, as far as one likes.
fn listed(record: &Record<'_>, found: &Citations) -> u32 {
    // The list may stand in the file that the record is one of many in.
    if !record.pointer.is_empty() {
        return u32::MAX;
    }
    let nodes = record.node.into_iter().flat_map(Node::descendants);
    let in_fields = nodes.filter_map(|node| node.get("sources")).map(|value| {
        let is_text = value.as_str().is_some_and(|text| text.contains(char::is_whitespace));
        let items = if value.is_sequence() { value.items().count() } else { 1 };
        if is_text { u32::MAX } else { u32::try_from(items).unwrap_or(u32::MAX) }
    });
    let in_body = found.list.as_ref().map(citations::ReferenceList::last_number);
    in_fields.chain(in_body).max().unwrap_or(0)
}

/// Author and year are the mention itself.
fn no_author(target: &CitationTarget) -> bool {
    !matches!(target, CitationTarget::AuthorYear { .. })
}

fn role_of(field: &str) -> Role {
    match field {
        "explanation" | "feedback" | "rationale" => Role::Explanation,
        "contraindications" | "safety" => Role::Safety,
        // The only text of the field that declares claims.
        "text" => Role::Declared,
        _ => Role::Description,
    }
}

fn key(target: &CitationTarget) -> Option<&str> {
    match target {
        CitationTarget::Key(key) => Some(key),
        _ => None,
    }
}

/// Whether a field's text has nothing in it that Markdown or a citation could be made of.
fn is_plain(text: &str) -> bool {
    let special = |byte: u8| {
        matches!(
            byte,
            b'*' | b'_'
                | b'['
                | b']'
                | b'('
                | b'<'
                | b'>'
                | b'#'
                | b'`'
                | b'&'
                | b'\\'
                | b'|'
                | b'~'
                | b'^'
                | b'{'
                | b'@'
                | b'\n'
                | b'\r'
                | b'\t'
        )
    };
    let bytes = text.as_bytes();
    let opens = matches!(bytes.first(), Some(b'-' | b'+' | b'=' | b'0'..=b'9' | b' '));
    // A number behind a full stop may be a mark, "10." opens a DOI.
    let numbers =
        |pair: &[u8]| matches!(pair, [b'.' | b'!' | b'"', b' ', b'0'..=b'9'] | [b'1', b'0', b'.']);
    text.is_ascii()
        && !opens
        && !bytes.iter().any(|byte| special(*byte))
        && !bytes.windows(3).any(numbers)
        && !text.contains("://")
        && !text.contains("www.")
        && citations::registered(text).is_empty()
}

/// Whether the text reports a study of its authors, by its sections or by what it says of itself.
fn reports_a_study(text: &str) -> bool {
    static WORDS: LazyLock<[Finder<'static>; 6]> = LazyLock::new(|| {
        [
            "Methods",
            "Results",
            "this report",
            "subject to at least",
            "findings of this study",
            "from our own ",
        ]
        .map(Finder::new)
    });
    let [methods, results, report, limits, findings, own] = &*WORDS;
    // "All figures are from our own records."
    let are_own = || {
        let at = own.find(text.as_bytes())?;
        let word = text[at + "from our own ".len()..].split(|c: char| !c.is_alphabetic()).next()?;
        Some(matches!(word, "records" | "figures" | "books" | "accounts" | "data" | "audit"))
    };
    let has = |word: &Finder<'_>| word.find(text.as_bytes()).is_some();
    has(methods) && has(results)
        || has(report) && (has(limits) || text.contains("findings in this report"))
        || has(findings)
        || are_own() == Some(true)
}

/// Whether any of the marks names a source.
fn supports(marks: &[CitationMark]) -> bool {
    marks.iter().any(|mark| !mark.note)
}

fn targets(marks: &[CitationMark]) -> Vec<CitationTarget> {
    marks.iter().filter(|mark| !mark.note).map(|mark| mark.target.clone()).collect()
}

/// Where the source of a sentence stands.
#[derive(Clone, Copy)]
enum CitedBy<'m> {
    Marks(&'m [CitationMark]),
    /// From outside of the block.
    Outer(&'m [CitationTarget]),
}

impl CitedBy<'_> {
    fn is_empty(self) -> bool {
        match self {
            Self::Marks(marks) => !supports(marks),
            Self::Outer(targets) => targets.is_empty(),
        }
    }

    fn targets(self) -> Vec<CitationTarget> {
        match self {
            Self::Marks(marks) => targets(marks),
            Self::Outer(targets) => targets.to_vec(),
        }
    }
}

/// A marker at the end of the last sentence covers the uncited ones before it, back to the marker
/// before; one on the first sentence covers a follow-up that opens with "This" or the like.
fn run<'m>(
    passage: &Passage<'_>,
    own: &Marks<'m>,
    index: usize,
) -> Option<(Scope, &'m [CitationMark])> {
    let last = own.of.len() - 1;
    let next_cited = own.cited.get(own.cited.partition_point(|&at| at <= index));
    if next_cited == Some(&last) {
        return Some((Scope::Run, own.of[last]));
    }
    let behind = own.cited.partition_point(|&at| at < index);
    if let Some(at) = behind.checked_sub(1) {
        let source = own.cited[at];
        if own.bare[at] || goes_on(passage, own, source, index) {
            return Some((Scope::Run, own.of[source]));
        }
    }
    let previous = index.checked_sub(1)?;
    let opening = passage.text[passage.sentences[index].clone()].split_whitespace().next()?;
    let follows = matches!(opening, "This" | "These" | "It" | "They" | "That" | "Those");
    (follows && supports(own.of[previous])).then_some((Scope::Run, own.of[previous]))
}

/// "[Momma 2022](...).": a sentence that is nothing but its source; what follows tells of it.
fn is_all_source(passage: &Passage<'_>, marks: &[CitationMark], sentence: usize) -> bool {
    let range = &passage.sentences[sentence];
    let mut from = range.start;
    let is_word = |text: &str| text.contains(char::is_alphanumeric);
    for mark in marks.iter().filter(|mark| range.start <= mark.text.start) {
        if mark.text.start > from && is_word(&passage.text[from..mark.text.start]) {
            return false;
        }
        from = from.max(mark.text.end);
    }
    from > range.start && !passage.text.get(from..range.end).is_some_and(is_word)
}

/// Whether a sentence goes on telling of the study that the sentence at `source` names, in the past tense.
fn goes_on(passage: &Passage<'_>, own: &Marks<'_>, source: usize, index: usize) -> bool {
    /// Results are told in a sentence or two.
    const MOST: usize = 2;
    let text = |at: usize| &passage.text[passage.sentences[at].clone()];
    let by_author = |mark: &CitationMark| matches!(mark.target, CitationTarget::AuthorYear { .. });
    index - source <= MOST
        && (names_study(text(source)) || own.of[source].iter().any(by_author))
        && (source + 1..=index).all(|at| is_told(text(at)) && !names_another(text(at)))
}

/// What a sentence can call a study.
const STUDIES: &[&str] = &[
    "trial",
    "study",
    "review",
    "meta-analysis",
    "survey",
    "cohort",
    "RCT",
    "researchers",
    "authors",
    "team",
    "audit",
];

/// The words of a sentence; a hyphen is part of one.
fn words_of(sentence: &str) -> impl Iterator<Item = &str> {
    let words = sentence.split(|c: char| !(c.is_alphanumeric() || c == '-'));
    words.filter(|word| !word.is_empty())
}

fn is_any(word: &str, list: &[&str]) -> bool {
    list.iter().any(|own| own.eq_ignore_ascii_case(word))
}

/// "A trial", "the review of 21 studies".
fn names_study(sentence: &str) -> bool {
    words_of(sentence).any(|word| is_any(word, STUDIES))
}

/// "One study", "a large trial", "studies": none that was told of before.
fn names_another(sentence: &str) -> bool {
    const MANY: &[&str] =
        &["studies", "trials", "reviews", "surveys", "scientists", "experts", "research"];
    let mut is_new = false;
    words_of(sentence).any(|word| {
        let another = is_any(word, MANY) || is_new && is_any(word, STUDIES);
        match () {
            () if is_any(word, &["a", "an", "another", "one", "other", "second"]) => is_new = true,
            () if is_any(word, &["the", "this", "that", "of", "in", "and"]) => is_new = false,
            () => {}
        }
        another
    })
}

/// Whether a sentence tells what has happened, and nothing that always is so.
fn is_told(sentence: &str) -> bool {
    #[rustfmt::skip]
    const PAST: &[&str] = &[
        "was", "were", "had", "did", "fell", "rose", "took", "got", "ran", "lost", "gave", "made", "went", "came",
        "kept", "felt", "grew", "began", "saw", "found", "cut", "held", "slept", "met", "left", "said", "told",
    ];
    #[rustfmt::skip]
    const PRESENT: &[&str] = &[
        "is", "are", "has", "have", "does", "do", "gets", "get", "suffers", "suffer", "affects", "affect", "causes",
        "cause", "can", "will", "shows", "show",
    ];
    let is_past = |word: &str| is_any(word, PAST) || word.len() > 4 && word.ends_with("ed");
    words_of(sentence).any(is_past) && !words_of(sentence).any(|word| is_any(word, PRESENT))
}

/// Where a worked example begins: "Say that 4 in 1,000 people get ill."
fn supposed_from(passage: &Passage<'_>) -> Option<usize> {
    let opens = |range: &Range<usize>| supposes(&passage.text[range.clone()]);
    passage.sentences.iter().position(opens)
}

fn supposes(sentence: &str) -> bool {
    let rest_of = |opening: &str| {
        let (own, rest) = sentence.split_at_checked(opening.len())?;
        (own.eq_ignore_ascii_case(opening) && rest.starts_with([' ', ',']))
            .then_some(rest.trim_start())
    };
    if [
        "suppose",
        "supposing",
        "assume",
        "let us suppose",
        "let us assume",
        "let us say",
        "let's say",
    ]
    .iter()
    .any(|own| rest_of(own).is_some())
    {
        return true;
    }
    // "Say goodbye to pain", "Imagine a life without pain" suppose nothing.
    let numbers = ["say", "imagine", "picture"].iter().find_map(|own| rest_of(own));
    numbers.is_some_and(|rest| {
        let rest = rest.strip_prefix("that ").unwrap_or(rest);
        rest.starts_with(|c: char| c.is_ascii_digit())
    })
}

/// Citations that reach a block from outside: the lead-in of its list, other cells of its row.
fn outer_citations(
    body: &Prose,
    block: &Block,
    row: &Range<usize>,
    lead_in: Option<&Range<usize>>,
    found: &Citations,
) -> Option<(Scope, Vec<CitationTarget>)> {
    match block.kind {
        BlockKind::Item { .. } => {
            let marks = found.marks_in(lead_in?);
            supports(marks).then(|| (Scope::LeadIn, targets(marks)))
        }
        BlockKind::TableCell { .. } => {
            let cells = &body.blocks[row.clone()];
            let text = cells[0].text.start..cells[cells.len() - 1].text.end;
            let marks = found.marks_in(&text).iter().filter(|mark| !mark.note);
            let others = marks.filter(|mark| {
                mark.text.end <= block.text.start || block.text.end <= mark.text.start
            });
            let others: Vec<_> = others.map(|mark| mark.target.clone()).take(MOST_OUTER).collect();
            (!others.is_empty()).then_some((Scope::Row, others))
        }
        _ => None,
    }
}

/// Lines that name the source of what stands beside them: "\u{2014} Hayden, Cochrane 2021" behind a quotation,
/// "Source: WHO" behind a table, a list or a paragraph, "Table 1. Results of the trial" over a table.
struct SourceLines(HashMap<usize, usize>);

impl SourceLines {
    fn of(body: &Prose, found: &Citations) -> Self {
        let mut lines = HashMap::new();
        let blocks = &body.blocks;
        let is_cell = |block: &Block| matches!(block.kind, BlockKind::TableCell { .. });
        for (index, block) in blocks.iter().enumerate() {
            if block.kind != BlockKind::Paragraph || block.item.is_some() {
                continue;
            }
            let Some(line) = Line::of(body.block_text(block)) else { continue };
            if !supports(found.marks_in(&block.text)) {
                continue;
            }
            let free = |at: &usize| !lines.contains_key(at);
            let before = (0..index).rev().take_while(free);
            let covered: Vec<usize> = match line {
                Line::Attribution => before.take_while(|&at| blocks[at].quoted).collect(),
                Line::Source => match index.checked_sub(1).map(|at| &blocks[at]) {
                    Some(last) if is_cell(last) => {
                        before.take_while(|&at| is_cell(&blocks[at])).collect()
                    }
                    Some(last) if last.item.is_some() => {
                        before.take_while(|&at| blocks[at].item.is_some()).collect()
                    }
                    Some(last) if last.quoted => {
                        before.take_while(|&at| blocks[at].quoted).collect()
                    }
                    Some(_) => vec![index - 1],
                    None => Vec::new(),
                },
                Line::Caption => {
                    (index + 1..blocks.len()).take_while(|&at| is_cell(&blocks[at])).collect()
                }
            };
            lines.extend(covered.into_iter().map(|at| (at, index)));
        }
        Self(lines)
    }

    /// What the line beside a block cites.
    fn targets(
        &self,
        body: &Prose,
        block: usize,
        found: &Citations,
    ) -> Option<Vec<CitationTarget>> {
        let line = &body.blocks[*self.0.get(&block)?];
        let own = targets(found.marks_in(&line.text)).into_iter().take(MOST_OUTER);
        Some(own.collect())
    }
}

/// What a line is that names a source.
enum Line {
    Attribution,
    Source,
    Caption,
}

impl Line {
    fn of(text: &str) -> Option<Self> {
        /// More is a text of its own.
        const LONGEST: usize = 300;
        let text = text.trim();
        if text.len() > LONGEST {
            return None;
        }
        if text.starts_with(['\u{2014}', '\u{2013}', '\u{2015}']) || text.starts_with("--") {
            return Some(Self::Attribution);
        }
        let start =
            |word: &str| text.get(..word.len()).is_some_and(|own| own.eq_ignore_ascii_case(word));
        if start("source:") || start("sources:") || start("data:") || start("data from") {
            return Some(Self::Source);
        }
        (start("table ") || start("tab. ") || text.ends_with(':')).then_some(Self::Caption)
    }
}

/// The blocks of the table row that begins with the one at `first`.
fn row_of(body: &Prose, first: usize) -> Range<usize> {
    let row = |block: &Block| match block.kind {
        BlockKind::TableCell { row, .. } => Some(row),
        _ => None,
    };
    let own = row(&body.blocks[first]);
    let len = body.blocks[first..].iter().take_while(|block| row(block) == own).count();
    first..first + len
}

/// Citations that reach a block from outside: as many as anybody looks at.
const MOST_OUTER: usize = 8;

fn all_targets(found: &Citations) -> Vec<CitationTarget> {
    targets(&found.marks).into_iter().take(MOST_OUTER).collect()
}

/// Citations between the heading at `index` and the next one.
fn section_targets(body: &Prose, index: usize, found: &Citations) -> Vec<CitationTarget> {
    let section = body.blocks[index + 1..]
        .iter()
        .take_while(|block| !matches!(block.kind, BlockKind::Heading { .. }));
    section.flat_map(|block| targets(found.marks_in(&block.text))).take(MOST_OUTER).collect()
}

fn element(block: &Block) -> Element {
    match block.kind {
        _ if block.quoted => Element::Quote,
        BlockKind::Item { .. } => Element::ListItem,
        BlockKind::TableCell { .. } => Element::TableCell,
        BlockKind::Heading { .. } => Element::Heading,
        BlockKind::Paragraph | BlockKind::Code | BlockKind::Html => Element::Paragraph,
    }
}

/// The sentence with its citation marks blanked, when it has any that are written in its text.
fn mask(text: &str, range: &Range<usize>, marks: &[CitationMark]) -> Option<String> {
    let inside = |mark: &&CitationMark| {
        let is_link = matches!(mark.target, CitationTarget::Link(_));
        !is_link
            && range.start <= mark.text.start
            && mark.text.end <= range.end
            && !mark.text.is_empty()
    };
    let mut masked: Option<Vec<u8>> = None;
    for mark in marks.iter().filter(inside) {
        let bytes = masked.get_or_insert_with(|| text.as_bytes()[range.clone()].to_vec());
        bytes[mark.text.start - range.start..mark.text.end - range.start].fill(b' ');
    }
    // Whole marks are blanked byte by byte, so what is left is still UTF-8.
    masked.map(|bytes| String::from_utf8(bytes).expect("marks end on character boundaries"))
}

/// A sentence with the texts that stand for pictures blanked, where it has one.
fn without_images(passage: &Passage<'_>, range: &Range<usize>, text: &str) -> Option<String> {
    let first = passage.images.partition_point(|image| image.end <= range.start);
    let images = passage.images[first..].iter().take_while(|image| image.start < range.end);
    let mut bytes: Option<Vec<u8>> = None;
    for image in images.filter(|image| !image.is_empty()) {
        let bytes = bytes.get_or_insert_with(|| text.as_bytes().to_vec());
        let (start, end) = (image.start.max(range.start), image.end.min(range.end));
        bytes[start - range.start..end - range.start].fill(b' ');
    }
    // Sentences and texts of pictures end on character boundaries.
    bytes.map(|bytes| String::from_utf8(bytes).expect("both end on character boundaries"))
}

/// `sources` of a mapping, as citations; empty lists and fillers are none.
fn own_sources(node: Node<'_>) -> Vec<CitationTarget> {
    let Some(value) = node.get("sources") else {
        return Vec::new();
    };
    let one = |node: Node<'_>| -> Option<CitationTarget> {
        if node.is_mapping() {
            let names = ["id", "title", "DOI", "URL"];
            let id = names
                .iter()
                .filter_map(|name| node.get(name))
                .map(Node::scalar_text)
                .find(|text| !is_filler(text))?;
            return Some(CitationTarget::Link(id.into()));
        }
        let text = node.as_str()?.trim();
        match (is_filler(text), looks_like_id(text)) {
            (true, _) => None,
            (false, true) => Some(CitationTarget::Key(text.into())),
            (false, false) => Some(CitationTarget::Link(text.into())),
        }
    };
    match value.is_sequence() {
        true => value.items().filter_map(one).collect(),
        false => one(value).into_iter().collect(),
    }
}

/// Which part of a body a block stands in, by the headings above it.
struct Sections<'a> {
    heading: Option<(usize, usize)>,
    /// Level and role of the section that is open; `None` as role means nothing in it is judged.
    open: Option<(u8, Option<Role>)>,
    kind: &'a ContentKind,
    /// Prompts and options of questions.
    asked: Vec<Span>,
}

impl<'a> Sections<'a> {
    fn new(record: &'a Record<'_>, _body: &Prose, quizzes: &[Quiz<'_>]) -> Self {
        let mut asked = Vec::new();
        for question in quizzes.iter().flat_map(|quiz| quiz.questions.iter()) {
            asked.push(question.anchor);
            asked.extend(question.choices.iter().map(|choice| choice.span));
        }
        asked.sort_unstable();
        Self { heading: None, open: None, kind: &record.kind, asked }
    }

    fn enter(&mut self, body: &Prose, block: &Block) {
        let BlockKind::Heading { level, .. } = block.kind else {
            return;
        };
        let text = body.block_text(block);
        self.heading = Some((block.text.start, block.text.end));
        if self.open.is_some_and(|(own, _)| level <= own) {
            self.open = None;
        }
        if self.open.is_none() {
            self.open = section_role(text, self.kind).map(|role| (level, role));
        }
    }

    fn role(&self, body: &Prose, block: &Block) -> Option<Role> {
        if let Some((_, role)) = self.open {
            return role;
        }
        if *self.kind != ContentKind::Quiz {
            return Some(Role::Body);
        }
        // In a quiz, options are items and explanations are paragraphs, for the most part.
        let span = body.span(block.text.clone());
        let behind = self.asked.partition_point(|own| own.start < span.start);
        let is_asked = self.asked.get(behind).is_some_and(|own| span.contains(*own));
        let is_item = block.item.is_some();
        (!is_asked && !is_item).then_some(Role::Explanation)
    }
}

/// Sections whose text is no running text: `Some(None)` is not judged at all.
fn section_role(heading: &str, kind: &ContentKind) -> Option<Option<Role>> {
    if citations::is_list_heading(heading)
        || is_key_heading(heading)
        || (*kind != ContentKind::Quiz && is_quiz_heading(heading))
    {
        return Some(None);
    }
    let exercise = *kind == ContentKind::Exercise;
    match concept_of(heading)? {
        Concept::FurtherReading | Concept::Disclosure => Some(None),
        Concept::Steps => Some(Some(Role::Instruction)),
        Concept::Safety | Concept::StopIf | Concept::Contraindications if exercise => {
            Some(Some(Role::Safety))
        }
        Concept::Safety
        | Concept::StopIf
        | Concept::Contraindications
        | Concept::AnswerKey
        | Concept::Dosage
        | Concept::Equipment
        | Concept::Faq
        | Concept::Progression
        | Concept::Quiz
        | Concept::RedFlags
        | Concept::Sources => None,
    }
}
