//! Exercises: one shape for records of fields and for Markdown with sections.

mod boxes;
mod sections;

use super::dosage::{self, Dose};
use super::{ContentKind, Record};
use crate::lexicon::{self, Concept, LEXICON, concept_in_exercise};
use crate::normal;
use crate::source::Span;
use crate::syntax::{Block, BlockKind, Node, Prose, Text, sentences};
use crate::words::quoted_name;
use boxes::{
    ADMONITION_FENCE, BoxLine, Warnings, admonition, boxes, follows_alert, is_warning_box,
};
use std::cell::OnceCell;
use std::ops::Range;

/// An exercise record.
#[derive(Clone, Debug)]
pub struct Exercise<'a> {
    /// What it is a view of.
    pub record: &'a Record<'a>,
    /// Where to point when something is absent.
    pub anchor: Span,
    pub name: Option<Text<'a>>,
    pub category: Option<Text<'a>>,
    pub level: Option<Text<'a>>,
    pub instructions: Part<'a>,
    pub safety: Part<'a>,
    pub contraindications: Part<'a>,
    pub stop_if: Part<'a>,
    /// Dose as written: the field's value.
    pub dosage: Option<Node<'a>>,
    /// Key of the dosage, or the heading of its section.
    pub dosage_key: Option<Span>,
    /// The doses of that field's parts; without it, of such fields in the record.
    pub doses: Vec<Dose>,
    doses_in_words: OnceCell<DosesInWords>,
    /// Texts of a dosage section.
    pub dosage_texts: Vec<Text<'a>>,
    /// Cells of tables with the names of their columns before them, else of their rows.
    pub table_words: Vec<String>,
    /// What a section of tips says, beside the instructions; `other_texts` has it too.
    pub tips: Vec<Text<'a>>,
    /// `description`, `goal`, `startingPosition`, `cues`, `notes`, and what the body says outside
    /// of known sections.
    pub other_texts: Vec<Text<'a>>,
    pub position: Option<Text<'a>>,
    /// Whether the lexical rules for English apply.
    pub english: bool,
}

/// A part of an exercise, from its field or from its section of the body.
#[derive(Clone, Debug, Default)]
pub struct Part<'a> {
    /// The field's key, or the section's heading.
    pub key: Option<Span>,
    pub texts: Vec<Text<'a>>,
    /// `none-known` with its value; whether a reason stands beside it.
    pub none_known: Option<NoneKnown>,
}

/// The statement that there is nothing to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoneKnown {
    pub span: Span,
    pub has_reason: bool,
}

/// Doses that sentences state.
#[derive(Clone, Debug, Default)]
pub struct DosesInWords {
    /// In the field `dosage`, without one in a section of that name.
    pub declared: Vec<Dose>,
    /// In such a section beside the field.
    pub again: Vec<Dose>,
    /// Anywhere else.
    pub told: Vec<Dose>,
}

impl<'a> Exercise<'a> {
    pub fn of(record: &'a Record<'a>) -> Self {
        Self::of_blocks(record, |_| true)
    }

    /// The exercise that a record with some of the blocks of its body is.
    fn of_blocks(record: &'a Record<'a>, is_own: impl Fn(usize) -> bool) -> Self {
        let mut out = Self {
            record,
            anchor: record.anchor(),
            name: record.title(),
            category: record.text("category"),
            level: record.text("level"),
            instructions: Part::of_field(record, "instructions"),
            safety: Part::of_field(record, "safety"),
            contraindications: Part::of_field(record, "contraindications"),
            stop_if: Part::of_field(record, "stopIf"),
            dosage: record.field("dosage"),
            doses: match record.field("dosage") {
                Some(field) => dosage::of_field(field),
                None => record.node.map(dosage::of_record).unwrap_or_default(),
            },
            doses_in_words: OnceCell::new(),
            dosage_key: record.node.and_then(|node| Some(node.entry("dosage")?.key_span())),
            dosage_texts: Vec::new(),
            table_words: Vec::new(),
            tips: Vec::new(),
            other_texts: Vec::new(),
            position: record.text("startingPosition").or_else(|| record.text("position")),
            english: true,
        };
        let remarks = Part::of_field(record, "safetyRemarks");
        out.safety.key = out.safety.key.or(remarks.key);
        out.safety.texts.extend(remarks.texts);
        for field in ["description", "goal", "startingPosition", "cues", "notes"] {
            out.other_texts.extend(record.texts(field));
        }
        if let Some(body) = record.body {
            out.read_body(body, is_own);
            out.table_words = table_words(body);
        }
        out.read_other_fields();
        out.english =
            record.is_english() && (record.field("inLanguage").is_some() || out.reads_english());
        out
    }

    fn reads_english(&self) -> bool {
        let parts = [&self.instructions, &self.safety, &self.contraindications, &self.stop_if];
        let texts = parts.into_iter().flat_map(|part| &part.texts);
        lexicon::reads_english(texts.chain(&self.other_texts).map(Text::as_str))
    }

    /// How to call it in a message.
    pub fn title(&self) -> String {
        match &self.name {
            Some(name) if !name.as_str().trim().is_empty() => quoted_name(name.as_str()),
            _ => "the exercise".to_owned(),
        }
    }

    /// Whether the category is one of these.
    pub fn is_category(&self, names: &[&str]) -> bool {
        self.category.as_ref().is_some_and(|own| names.contains(&own.as_str()))
    }

    /// The doses that its sentences state.
    pub fn doses_in_words(&self) -> &DosesInWords {
        self.doses_in_words.get_or_init(|| {
            let others = self.instructions.texts.iter().chain(&self.other_texts);
            let field = self.dosage.and_then(Node::text);
            let (declared, again) = match self.dosage {
                Some(_) => (field.as_slice(), &*self.dosage_texts),
                None => (&*self.dosage_texts, [].as_slice()),
            };
            DosesInWords {
                declared: self.doses_in_section(declared),
                again: self.doses_in_section(again),
                told: self.doses_in(others),
            }
        })
    }

    /// A dose written as a text or as a section.
    pub fn words_of_dose(&self) -> Vec<Text<'a>> {
        let field = self.dosage.and_then(Node::text);
        field.into_iter().chain(self.dosage_texts.iter().cloned()).collect()
    }

    fn doses_in_section(&self, texts: &[Text<'a>]) -> Vec<Dose> {
        let mut out = self.doses_in(texts.iter());
        for own in texts.iter().flat_map(sentences_of).filter_map(|own| dosage::labelled(&own)) {
            let is_it = |dose: &Dose| dose.measure == own.measure && own.span.contains(dose.span);
            if !out.iter().any(is_it) {
                out.push(own);
            }
        }
        out
    }

    fn doses_in<'t>(&self, texts: impl Iterator<Item = &'t Text<'a>>) -> Vec<Dose>
    where
        'a: 't,
    {
        let numbers = LEXICON.dose.numbers;
        let likely = texts.filter(|text| self.record.may_hold_in(text, numbers));
        likely.flat_map(sentences_of).flat_map(|sentence| dosage::in_text(&sentence)).collect()
    }

    /// Where no field or section of its own says what to do or what to watch for, a field that no schema knows is read as
    /// a section with its name for a heading: `red_flags: [...]`.
    fn read_other_fields(&mut self) {
        let care = [&self.safety, &self.stop_if];
        let is_there = |part: &Part<'_>| part.key.is_some() || !part.texts.is_empty();
        let (has_care, has_steps) = (care.into_iter().any(is_there), is_there(&self.instructions));
        let Some(node) = self.record.node.filter(|_| !(has_care && has_steps)) else { return };
        for entry in node.entries() {
            let Some(concept) = concept_in_exercise(&normal::name_in_words(entry.name())) else {
                continue;
            };
            let is_read = match concept {
                Concept::Steps => has_steps,
                Concept::Safety
                | Concept::RedFlags
                | Concept::Contraindications
                | Concept::StopIf => has_care,
                _ => true,
            };
            let texts = super::texts(entry.value);
            // `safetyRating: high`
            let is_said = entry.value.is_sequence()
                || texts.iter().any(|text| text.as_str().split_whitespace().nth(2).is_some());
            if !is_read && is_said && !texts.is_empty() {
                self.begin(concept, entry.key_span());
                texts.into_iter().for_each(|text| self.put(concept, text));
            }
        }
    }

    /// Sort the body's sections into the parts. What fields say comes first.
    fn read_body(&mut self, body: &'a Prose, is_own: impl Fn(usize) -> bool) {
        let warnings = Warnings::of(body, &self.record.file().text);
        let mut reading = Reading { warnings, ..Reading::default() };
        for (_, block) in body.blocks.iter().enumerate().filter(|(at, _)| is_own(*at)) {
            match block.kind {
                BlockKind::Heading { level, .. } => {
                    self.read_heading(body, block, level, &mut reading);
                }
                BlockKind::Paragraph
                | BlockKind::Item { .. }
                | BlockKind::TableCell { header: false, .. } => {
                    self.read_text(body, block, &mut reading);
                }
                BlockKind::Html => self.read_boxes(body, block, &mut reading),
                BlockKind::TableCell { header: true, .. } | BlockKind::Code => {}
            }
        }
        let Reading { numbered, loose, mut tips, .. } = reading;
        if !self.instructions.texts.is_empty() {
            self.other_texts.extend(numbered);
            self.other_texts.extend(loose);
        } else {
            // A body without a heading for its steps: the numbered list, else all it says.
            tips.retain(|(ordered, _)| *ordered == numbered.is_empty());
            if numbered.is_empty() {
                self.instructions.texts = loose;
            } else {
                self.instructions.texts = numbered;
                self.other_texts.extend(loose);
            }
        }
        self.tips = tips.into_iter().map(|(_, text)| text).collect();
    }

    fn read_heading(
        &mut self,
        body: &'a Prose,
        block: &Block,
        level: u8,
        reading: &mut Reading<'a>,
    ) {
        // "Dose: 3 x 10" on a line of a draft.
        if let Some(labelled) = labelled_by(&[":"], body, &block.text) {
            return self.put_labelled(body, labelled);
        }
        reading.in_tips = is_tips(body.block_text(block));
        let found = concept_in_exercise(body.block_text(block));
        let inside = reading.concept.is_some_and(|(_, outer)| outer < level);
        if let Some(found) = found {
            reading.concept = Some((found, level));
            self.begin(found, block.span);
        } else if !inside {
            reading.concept = None;
        }
    }

    fn read_text(&mut self, body: &'a Prose, block: &Block, reading: &mut Reading<'a>) {
        if block.text.is_empty() {
            return;
        }
        let text = || Text::of_prose(body, block.text.clone());
        // "Common mistakes:" inside of tips is none.
        reading.in_tips &= !body.block_text(block).trim_end().ends_with(':');
        let source = &self.record.file().text;
        // "Safety:" alone opens a section as a heading does, and so does "**Safety**".
        if block.kind == BlockKind::Paragraph {
            let words = body.block_text(block);
            let is_bold = set_off(&source[block.span.range()]).is_some();
            let bold = || is_bold.then(|| concept_in_exercise(words)).flatten();
            let level = if is_bold { OF_BOLD } else { LOWEST_LEVEL };
            if let Some(found) = announced(words).or_else(bold) {
                reading.concept = Some((found, level));
                return self.begin(found, block.span);
            }
            let is_label = is_bold && words.split_whitespace().nth(MOST_WORDS).is_none();
            if is_label && reading.concept.is_some_and(|(_, level)| level == OF_BOLD) {
                reading.concept = None;
            }
        }
        if let BlockKind::TableCell { row, column, .. } = block.kind
            && self.read_cell(body, block, (row, column), reading)
        {
            return;
        }
        reading.in_alert =
            block.quoted && follows_alert(source, block.span.start, reading.in_alert);
        let is_warning = reading.in_alert
            || is_warning_box(&source[block.span.range()])
            || reading.warnings.has(block.span);
        if is_warning {
            self.begin(Concept::Safety, block.span);
            return self.put(Concept::Safety, text());
        }
        let labelled = labelled(body, &block.text);
        if let Some(labelled) = labelled.or_else(|| labelled_above(body, block, source)) {
            return self.put_labelled(body, labelled);
        }
        let ordered = matches!(block.kind, BlockKind::Item { number: Some(_), .. });
        if let Some((concept, _)) = reading.concept {
            return self.put(concept, text());
        }
        if reading.in_tips {
            reading.tips.push((ordered, text()));
        }
        let list = if ordered { &mut reading.numbered } else { &mut reading.loose };
        list.push(text());
    }

    /// "| Safety | Stop if it hurts. |": whether the cell is of such a row.
    fn read_cell(
        &mut self,
        body: &'a Prose,
        block: &Block,
        (row, column): (u32, u32),
        reading: &mut Reading<'a>,
    ) -> bool {
        use Concept::{Contraindications, RedFlags, Safety, StopIf};
        let words = body.block_text(block);
        if column == 0 {
            let is_care =
                |own: &Concept| matches!(own, Contraindications | RedFlags | Safety | StopIf);
            reading.row =
                concept_in_exercise(words).filter(is_care).map(|own| (row, own, block.span));
            return reading.row.is_some();
        }
        let Some((_, concept, key)) = reading.row.filter(|(own, ..)| *own == row) else {
            return false;
        };
        // "| Safety | high |"
        let is_said = words.split_whitespace().nth(2).is_some();
        if is_said {
            self.begin(concept, key);
            self.put(concept, Text::of_prose(body, block.text.clone()));
        }
        is_said
    }

    fn read_boxes(&mut self, body: &'a Prose, block: &Block, reading: &mut Reading<'a>) {
        for line in boxes(body.block_text(block)) {
            match line {
                BoxLine::Opens(is_warning) => {
                    reading.around.push(reading.concept);
                    if is_warning {
                        reading.concept = Some((Concept::Safety, ABOVE_HEADINGS));
                        self.begin(Concept::Safety, block.span);
                    }
                }
                BoxLine::Closes => reading.concept = reading.around.pop().flatten(),
            }
        }
    }

    fn put_labelled(&mut self, body: &'a Prose, (concept, label, rest): Labelled) {
        self.begin(concept, body.span(label));
        self.put(concept, Text::of_prose(body, rest));
    }

    fn begin(&mut self, concept: Concept, key: Span) {
        let part = match concept {
            Concept::Steps => &mut self.instructions,
            Concept::Safety => &mut self.safety,
            Concept::Contraindications => &mut self.contraindications,
            Concept::StopIf => &mut self.stop_if,
            Concept::Dosage => {
                self.dosage_key.get_or_insert(key);
                return;
            }
            _ => return,
        };
        part.key.get_or_insert(key);
    }

    fn put(&mut self, concept: Concept, text: Text<'a>) {
        match concept {
            Concept::Steps => self.instructions.texts.push(text),
            // Warning signs are what to stop for.
            Concept::Safety | Concept::RedFlags => self.safety.texts.push(text),
            Concept::Contraindications => self.contraindications.texts.push(text),
            Concept::StopIf => self.stop_if.texts.push(text),
            Concept::Dosage => self.dosage_texts.push(text),
            _ => {}
        }
    }
}

/// How far the body of an exercise was read.
#[derive(Default)]
struct Reading<'a> {
    /// What the text here is of, and the level of the heading that says so.
    concept: Option<(Concept, u8)>,
    /// What it was of before each box that is open, outermost first.
    around: Vec<Option<(Concept, u8)>>,
    /// The row of a table whose first cell says what it is of, and where that cell is.
    row: Option<(u32, Concept, Span)>,
    /// Numbered items of no concept.
    numbered: Vec<Text<'a>>,
    /// Other text of none.
    loose: Vec<Text<'a>>,
    /// Of these two what stands among tips, with whether it is numbered.
    tips: Vec<(bool, Text<'a>)>,
    in_tips: bool,
    warnings: Warnings,
    /// Whether the quote that is read is a warning.
    in_alert: bool,
}

/// Cells with the name of their column, else with the cell before them: "Sets 3".
fn table_words(body: &Prose) -> Vec<String> {
    /// Bytes of a name or an amount.
    const LONGEST: usize = 40;
    let mut out = Vec::new();
    let (mut names, mut before): (Vec<&str>, _) = (Vec::new(), None);
    for block in &body.blocks {
        let BlockKind::TableCell { header, row, column } = block.kind else { continue };
        let text = Some(body.block_text(block).trim()).filter(|text| text.len() <= LONGEST);
        let (text, column) = (text.unwrap_or_default(), column as usize);
        if header {
            names.truncate(column);
            names.resize(column, "");
            names.push(text);
            continue;
        }
        let name = names.get(column).copied().filter(|name| !name.is_empty());
        let beside = before.filter(|(of, _)| *of == row).map(|(_, cell)| cell);
        out.extend(name.or(beside).map(|name| format!("{name} {text}")));
        before = Some((row, text));
    }
    out
}

/// Whether a heading stands above more on how to do it.
// Source: headings of open exercise collections (K).
fn is_tips(heading: &str) -> bool {
    const TIPS: &[&str] = &[
        "tips",
        "top tips",
        "form tips",
        "technique tips",
        "coaching tips",
        "cues",
        "coaching cues",
        "form cues",
        "coaching points",
        "technique points",
        "tips and cues",
        "cues and tips",
    ];
    TIPS.contains(&normal::plain(heading).trim_matches([' ', ':']))
}

/// Of headings.
const LOWEST_LEVEL: u8 = 6;

/// Of a label in bold: the next one ends it.
const OF_BOLD: u8 = LOWEST_LEVEL + 1;

/// Of a label whose words no list has: "**Muscles worked**".
const MOST_WORDS: usize = 3;

/// Of a box: a heading inside of it does not end it.
const ABOVE_HEADINGS: u8 = 0;

/// What stands in a text that is set off from end to end, and no sentence: "**Safety**".
fn set_off(source: &str) -> Option<&str> {
    let inner = ["**", "__", "*", "_"].iter().find_map(|mark| {
        let inner = source.trim_end().strip_prefix(mark)?.strip_suffix(mark)?;
        Some(inner).filter(|own| !own.contains(mark))
    })?;
    Some(inner).filter(|own| !own.is_empty() && !own.trim_end().ends_with(['.', '!', ',']))
}

/// "**Safety**" on a line of its own, and what follows in the same paragraph.
fn labelled_above(body: &Prose, block: &Block, source: &str) -> Option<Labelled> {
    let label = set_off(source[block.span.range()].lines().next()?)?;
    let rest = body.block_text(block).strip_prefix(label)?.trim_start();
    let concept = concept_in_exercise(label).filter(|_| !rest.is_empty())?;
    let start = block.text.start;
    Some((concept, start..start + label.len(), block.text.end - rest.len()..block.text.end))
}

/// What a text with a colon behind it and nothing else announces.
fn announced(text: &str) -> Option<Concept> {
    concept_in_exercise(text.trim_end().strip_suffix([':', '!', '?'])?)
}

/// What a block says under a label of its own, the label, and what is said.
type Labelled = (Concept, Range<usize>, Range<usize>);

/// A paragraph that begins with its heading: "Safety: stop if ...", "How long? 30 seconds", or with a warning sign.
fn labelled(body: &Prose, block: &Range<usize>) -> Option<Labelled> {
    let text = &body.text[block.clone()];
    if let Some(words) = admonition(text) {
        let end = block.start + text.trim_end().trim_end_matches(ADMONITION_FENCE).trim_end().len();
        let words = block.start + words;
        return (words < end).then_some((Concept::Safety, block.start..words, words..end));
    }
    labelled_by(&[":", "? ", "! ", " - ", " \u{2013} ", " \u{2014} "], body, block)
}

/// The same with one of these between the two.
fn labelled_by(ends: &[&str], body: &Prose, block: &Range<usize>) -> Option<Labelled> {
    const MAX_LABEL_BYTES: usize = 40;
    let text = &body.text[block.clone()];
    let head = &text[..text.floor_char_boundary(MAX_LABEL_BYTES)];
    let found = ends.iter().filter_map(|end| Some((head.find(end)?, end.len())));
    let (label_end, gap) = found.min()?;
    let concept = concept_in_exercise(&text[..label_end])?;
    let rest = text[label_end + gap..].trim_start();
    let start = block.end - rest.len();
    (!rest.is_empty()).then(|| (concept, block.start..block.start + label_end, start..block.end))
}

impl<'a> Part<'a> {
    fn of_field(record: &Record<'a>, name: &str) -> Self {
        let Some(entry) = record.node.and_then(|node| node.entry(name)) else {
            return Self::default();
        };
        let mut part = Self { key: Some(entry.key_span()), ..Self::default() };
        part.texts = super::texts(entry.value);
        if part.texts.is_empty() {
            part.texts = entry.value.items().filter_map(step_text).collect();
        }
        let statement =
            entry.value.get("none-known").filter(|value| value.as_bool() != Some(false));
        if let Some(statement) = statement {
            let reason = entry.value.get("reason").and_then(Node::as_str).unwrap_or("");
            let has_reason = !is_filler(reason);
            part.none_known = Some(NoneKnown { span: statement.span(), has_reason });
        } else if entry.value.is_mapping() {
            // The schema tells that they stand one level too deep.
            let own = entry.value.entries();
            let own = own.filter(|own| !matches!(own.name(), "none-known" | "reason"));
            part.texts.extend(own.flat_map(|own| super::texts(own.value)));
        }
        if let [only] = part.texts.as_slice()
            && matches!(normal::bare(only.as_str()).as_str(), "none known" | "noneknown")
        {
            part.none_known = Some(NoneKnown { span: only.span(), has_reason: false });
        }
        part
    }

    /// Texts that say something: no fillers.
    pub fn said(&self) -> impl Iterator<Item = &Text<'a>> {
        let said = |text: &&Text<'a>| !is_filler(text.as_str());
        self.texts.iter().filter(said)
    }

    /// Whether the part says anything: a text that is no filler, or that nothing is known.
    pub fn is_said(&self) -> bool {
        self.none_known.is_some() || self.said().next().is_some()
    }
}

/// `{text: Lift your hips.}`, else `{name: Lift}`.
fn step_text(item: Node<'_>) -> Option<Text<'_>> {
    item.get("text").or_else(|| item.get("name"))?.text()
}

/// Whether a text stands for no text (`n/a`, `tbd`, `-`).
pub fn is_filler(text: &str) -> bool {
    /// More than any filler has with its signs.
    const LONGEST: usize = 40;
    text.len() <= LONGEST && LEXICON.safety.fillers.contains(&normal::bare(text))
}

/// The sentences of a text. List items and paragraphs inside a longer text end theirs.
pub fn sentences_of<'a>(text: &Text<'a>) -> Vec<Text<'a>> {
    let value = text.as_str();
    let in_piece = |piece: Range<usize>| {
        let own = sentences(&value[piece.clone()]).into_iter();
        own.map(move |range| range.start + piece.start..range.end + piece.start)
    };
    text.parts(pieces(value).into_iter().flat_map(in_piece))
}

/// Parts of a text between empty lines and before list markers, markers left out.
fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut begins = true;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let trimmed = line.trim_start();
        let marker = marker_len(trimmed);
        if trimmed.trim_end().is_empty() {
            begins = true;
            continue;
        }
        let from = start + (line.len() - trimmed.len()) + marker;
        match out.last_mut() {
            Some(last) if !begins && marker == 0 => last.end = at,
            _ => out.push(from..at),
        }
        begins = false;
    }
    out
}

fn marker_len(line: &str) -> usize {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mark = &line[digits..];
    match digits {
        0 if mark.starts_with("- ") || mark.starts_with("* ") || mark.starts_with("+ ") => 2,
        1..=2 if mark.starts_with(". ") || mark.starts_with(") ") => digits + 2,
        _ => 0,
    }
}

/// The exercise view of a record, when it is one.
pub fn exercise<'a>(record: &'a Record<'a>) -> Option<Exercise<'a>> {
    (record.kind == ContentKind::Exercise && !is_plan(record)).then(|| Exercise::of(record))
}

/// The exercises of a record: itself, or each of several that stand on one page. What stands beside these is said of
/// them all.
pub fn exercises<'a>(record: &'a Record<'a>) -> Vec<Exercise<'a>> {
    let Some(whole) = exercise(record) else { return Vec::new() };
    let (Some(body), Some(several)) = (record.body, sections::several(record)) else {
        return vec![whole];
    };
    let one = |own: &Range<usize>| {
        let is_of_other = |at: usize| {
            let before = several.partition_point(|other| other.end <= at);
            several.get(before).is_some_and(|other| other.contains(&at))
        };
        let heading = &body.blocks[own.start];
        Exercise {
            name: Some(Text::of_prose(body, heading.text.clone())),
            anchor: body.span(heading.text.clone()),
            ..Exercise::of_blocks(record, |at| own.contains(&at) || !is_of_other(at))
        }
    };
    several.iter().map(one).collect()
}

/// Whether a record says nothing of what to do but lists exercises, maybe in weeks and days:
/// `days: [{exercises: [...]}]`; or is the day of a plan that has none.
pub fn is_plan(record: &Record<'_>) -> bool {
    /// Weeks, days and circuits.
    const MOST_DEEP: usize = 3;
    let has_steps = || record.body.is_some() || record.field("instructions").is_some();
    let is_held = |node: Node<'_>| holds_exercises(node, MOST_DEEP);
    !has_steps() && (record.node.is_some_and(is_held) || is_rest(record))
}

/// `{name: Rest day}`, `{day: 2, exercises: []}`.
fn is_rest(record: &Record<'_>) -> bool {
    const NAMES: &[&str] = &["rest", "rest day", "day off", "off day"];
    let Some(title) = record.title() else {
        let held = || record.node?.entries().find(|own| lists_exercises(own.key()));
        return held().is_some_and(|own| own.value.is_sequence());
    };
    let is_named = |own: &&str| own.eq_ignore_ascii_case(title.as_str().trim());
    NAMES.iter().any(is_named) && record.field("safety").is_none()
}

/// Names that collections have for lists of what is done.
fn lists_exercises(key: &str) -> bool {
    const NAMES: &[&str] = &["exercises", "poses", "asanas", "intervals", "stretches"];
    NAMES.iter().any(|own| own.eq_ignore_ascii_case(key))
}

fn holds_exercises(node: Node<'_>, depth: usize) -> bool {
    /// Days of a week.
    const MOST: usize = 7;
    let holds = |own: Node<'_>| own.is_mapping() && holds_exercises(own, depth - 1);
    let lists = |key: &str, value: Node<'_>| {
        lists_exercises(key) && value.items().next().is_some_and(Node::is_mapping)
    };
    let is_written = !node.is_alias();
    node.entries().filter(|_| is_written).any(|entry| {
        let value = entry.value;
        lists(entry.key(), value)
            || depth > 0 && (holds(value) || value.items().take(MOST).any(holds))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::records;
    use crate::source::{FilePath, Format, SourceFile};
    use crate::syntax::parse;

    fn with(text: &str, format: Format, look: impl Fn(Exercise<'_>)) {
        let file = SourceFile::new(FilePath::new("a"), text, format);
        let document = parse(&file);
        let records = records(&file, &document, &ContentKind::Exercise, "");
        look(Exercise::of(&records[0]));
    }

    fn strings(texts: &[Text<'_>]) -> Vec<String> {
        texts.iter().map(|text| text.as_str().to_owned()).collect()
    }

    #[test]
    fn sections_are_fields() {
        let text = "---\nname: Bridge\n---\n\n## Steps\n\n1. Lie down.\n2. Lift.\n\n### Tips\n\nBreathe.\n\n\
                    ## Säkerhet\n\n- Stop if it hurts.\n\n## History\n\nOld.\n\n**When to stop:** dizziness\n";
        with(text, Format::Markdown, |exercise| {
            assert_eq!(strings(&exercise.instructions.texts), ["Lie down.", "Lift.", "Breathe."]);
            assert_eq!(strings(&exercise.safety.texts), ["Stop if it hurts."]);
            assert_eq!(strings(&exercise.stop_if.texts), ["dizziness"]);
            assert_eq!(strings(&exercise.other_texts), ["Old."]);
        });
    }

    #[test]
    fn labels_open_sections_in_drafts() {
        let text = "Bridge\n\nSteps:\n1. Lie down.\n2. Lift.\n\nDose: 3 x 10, daily\n\nSafety:\nWear shoes. \
                    Stop if it hurts.\n";
        with(text, Format::Text, |exercise| {
            assert_eq!(strings(&exercise.instructions.texts), ["Lie down.", "Lift."]);
            assert_eq!(strings(&exercise.dosage_texts), ["3 x 10, daily"]);
            assert_eq!(strings(&exercise.safety.texts), ["Wear shoes. Stop if it hurts."]);
        });
    }

    #[test]
    fn a_numbered_list_without_heading_is_the_steps() {
        with(
            "# Bridge\n\nGood for you.\n\n1. Lie down.\n2. Lift.\n",
            Format::Markdown,
            |exercise| {
                assert_eq!(strings(&exercise.instructions.texts), ["Lie down.", "Lift."]);
            },
        );
    }

    #[test]
    fn nothing_known() {
        with(
            "safety: {none-known: true, reason: Done lying down.}\nstopIf: none-known\n",
            Format::Yaml,
            |exercise| {
                assert!(exercise.safety.none_known.is_some_and(|own| own.has_reason));
                assert!(exercise.stop_if.none_known.is_some_and(|own| !own.has_reason));
            },
        );
    }

    #[test]
    fn notes_that_stand_one_level_too_deep_are_notes() {
        let text = "safety: {notes: [Stop if it hurts.], ask: Fråga först.}\nstopIf: {none-known: false, reason: x}\n";
        with(text, Format::Yaml, |exercise| {
            assert_eq!(strings(&exercise.safety.texts), ["Stop if it hurts.", "Fråga först."]);
            assert!(!exercise.stop_if.is_said());
        });
    }

    #[test]
    fn sentences_end_at_list_items() {
        with(
            "instructions: |\n  1. Lie\n  down. Lift.\n  2. Höj\n\n  Rest\n",
            Format::Yaml,
            |exercise| {
                let sentences = sentences_of(&exercise.instructions.texts[0]);
                assert_eq!(strings(&sentences), ["Lie\ndown.", "Lift.", "Höj", "Rest"]);
            },
        );
    }

    #[test]
    fn other_languages_are_left_alone() {
        with("instructions: [Lyft höften långsamt och håll kvar.]\n", Format::Yaml, |exercise| {
            assert!(!exercise.english);
        });
    }

    #[test]
    fn labels_in_bold_are_headings() {
        let text = "---\nname: Bridge\n---\n\n**Steps**\n\n1. Lie down.\n2. Lift.\n\n**Muscles worked**\n\n- Glutes\n\n\
                    | | |\n|---|---|\n| Sets | 3 |\n| When to stop | If it hurts. |\n";
        with(text, Format::Markdown, |exercise| {
            assert_eq!(strings(&exercise.instructions.texts), ["Lie down.", "Lift."]);
            assert_eq!(strings(&exercise.stop_if.texts), ["If it hurts."]);
            assert!(strings(&exercise.other_texts).contains(&"Glutes".to_owned()));
        });
    }
}
