//! Quizzes written in Markdown or in a draft: questions under headings or as numbered items, with
//! task lists or lettered options, and "Answer key" sections.
//!
//! [`whole`] and [`sections`] find the [`Section`]s that are quizzes. `Reader` takes their blocks in turn: those that
//! ask are read in `question`, those that answer in `key` and `folded`. What single lines say is in `wording`.

mod choice;
mod folded;
mod habits;
mod headings;
mod key;
mod question;
mod table;

pub use headings::{is_key_heading, is_quiz_heading};

use super::parts::{Title, Titles};
use super::wording::{
    answer_in, asks_for_truth, inline_key, inline_options, is_answer_heading, is_generic,
    leading_number, leading_part, leads_aside, leads_explanation, own_number, parts,
};
use super::{KeyPlace, KeySection, KeyStatement, KeyValue, Question, Questions, Quiz, Record};
use crate::normal;
use crate::source::Span;
use crate::syntax::{Block, BlockKind, Prose, Text};
use folded::Folded;
use habits::Habits;
use headings::asks;
use key::{InKey, moved};
use question::QuestionList;
use std::borrow::Cow;
use std::collections::VecDeque;
use std::ops::Range;
use table::InTable;

/// A whole body that is one quiz, maybe without a question that can be read.
pub fn whole<'a>(record: &Record<'a>, body: &'a Prose) -> Quiz<'a> {
    let source = &record.file().text;
    Section { body, source, level: 0, blocks: 0..body.blocks.len() }.quiz(record, record.anchor())
}

/// Every section of a body whose heading says that it is a quiz. A section goes on over the "Answer
/// key" section behind it.
pub fn sections<'a>(record: &Record<'a>, body: &'a Prose) -> Vec<Quiz<'a>> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < body.blocks.len() {
        let start = at;
        at += 1;
        let Some(level) = heading_level(&body.blocks[start]) else {
            continue;
        };
        if !is_quiz_heading(body.block_text(&body.blocks[start])) {
            continue;
        }
        while at < body.blocks.len() && !ends_quiz(body, &body.blocks[at], level) {
            at += 1;
        }
        let anchor = body.span(body.blocks[start].text.clone());
        let source = &record.file().text;
        let quiz = Section { body, source, level, blocks: start + 1..at }.quiz(record, anchor);
        out.extend(Some(quiz).filter(|quiz| !quiz.is_empty()));
    }
    out
}

fn ends_quiz(body: &Prose, block: &Block, level: u8) -> bool {
    heading_level(block).is_some_and(|own| own <= level) && !is_key_heading(body.block_text(block))
}

fn heading_level(block: &Block) -> Option<u8> {
    match block.kind {
        BlockKind::Heading { level, .. } => Some(level),
        _ => None,
    }
}

/// Whether a body of which no question could be read asks something all the same: it has a question mark, a gap, an
/// answer, or options in a form of their own.
pub fn asks_something(body: &Prose) -> bool {
    let has_answer = |block: &Block| {
        let text = body.block_text(block);
        match block.kind {
            BlockKind::Paragraph | BlockKind::Item { .. } => answer_in(text).is_some(),
            BlockKind::TableCell { header: true, .. } => {
                is_key_heading(text) || is_answer_heading(text)
            }
            _ => false,
        }
    };
    let signs = ["?", "___", "{=", "{~", "{TRUE}", "{FALSE}", "~"];
    signs.iter().any(|sign| body.text.contains(sign)) || body.blocks.iter().any(has_answer)
}

/// The blocks of a body that are a quiz.
#[derive(Clone, Debug)]
pub(super) struct Section<'a> {
    body: &'a Prose,
    /// The text of the file.
    source: &'a str,
    /// Level of the heading above; 0 for a whole body.
    level: u8,
    blocks: Range<usize>,
}

impl<'a> Section<'a> {
    fn quiz(self, record: &Record<'a>, anchor: Span) -> Quiz<'a> {
        // What front matter says of a quiz is said of that which is the whole file.
        let is_whole = self.level == 0;
        let field = record.node.filter(|_| is_whole).and_then(|node| node.entry("answerKey"));
        let field = field.map(super::fields::key_section);
        let scored = !is_whole || super::fields::is_scored(record.field("scored"));
        let (questions, keys) = Questions::of_body(self, field, scored, record.file().text.len());
        let key_of = super::key_of(record, &questions);
        let shuffle = super::fields::shuffle(record).filter(|_| is_whole);
        let exact = is_whole && super::fields::is_exact(record);
        let is_exam = is_whole && super::fields::is_exam(record);
        Quiz { anchor, questions, keys, shuffle, exact, is_exam, key_of }
    }

    /// Its questions, without what answer keys state of them.
    pub fn read(&self) -> Reading<'a> {
        let blocks = self.body.blocks[self.blocks.clone()].iter();
        Reading { reader: Reader::new(self), blocks, is_done: false }
    }
}

/// Goes through the blocks of a quiz.
pub(super) struct Reading<'a> {
    reader: Reader<'a>,
    blocks: std::slice::Iter<'a, Block>,
    is_done: bool,
}

impl<'a> Reading<'a> {
    /// The answer keys that were read by now.
    pub fn into_keys(self) -> Vec<KeySection<'a>> {
        self.reader.keys
    }

    /// Lists that may be options of questions, and were not taken for them.
    pub fn unread(&self) -> usize {
        self.reader.unread
    }
}

impl<'a> Iterator for Reading<'a> {
    type Item = Question<'a>;

    fn next(&mut self) -> Option<Question<'a>> {
        while self.reader.finished.is_empty() && !self.is_done {
            match self.blocks.next() {
                Some(block) => self.reader.block(block, self.blocks.as_slice()),
                None => {
                    self.reader.finish_question();
                    self.reader.take_waiting();
                    self.is_done = true;
                }
            }
        }
        self.reader.finished.pop_front()
    }
}

/// Behind the levels of headings.
const NO_LEVEL: u8 = 7;

struct Reader<'a> {
    body: &'a Prose,
    source: &'a str,
    /// Level of the heading above the quiz; 0 for a whole body.
    level: u8,
    /// Questions that were read to their end and not taken yet, and how many there were in all.
    finished: VecDeque<Question<'a>>,
    count: usize,
    keys: Vec<KeySection<'a>>,
    /// A heading or item that becomes a question when choices follow.
    pending: Option<Question<'a>>,
    /// The list that gave the current question its choices.
    choice_list: Option<u32>,
    /// The list whose items are questions, where questions are numbered items.
    question_list: Option<QuestionList>,
    /// The last numbered list beside it whose items are none.
    other_list: Option<u32>,
    /// "Hints:" stands right above, and the list that stood below such a line.
    at_aside: bool,
    aside_list: Option<u32>,
    /// Items of the list of questions without options, which are questions if one of the others is.
    waiting: Vec<Question<'a>>,
    /// One of its items has options.
    list_asks: bool,
    /// What is pending is one of its items.
    in_list: bool,
    /// What is pending is a heading that asks nothing, as "Objectives", in a quiz in which others ask.
    is_title: bool,
    habits: Habits,
    /// Where what is pending begins.
    pending_at: usize,
    /// Lists that may be options, below what was taken for no question.
    unread: usize,
    /// The title above asks whether statements are true, and so did that above what is pending.
    asks_truth: bool,
    pending_asks_truth: bool,
    /// The titles above questions and answers.
    titles: Titles,
    /// The last heading, and the last title of a part with its level, which is that of no heading where it is a
    /// paragraph.
    title: Option<Title>,
    part: Option<(Title, u8)>,
    /// What is pending is the title of a part.
    at_part: bool,
    key: InKey,
    table: InTable,
    /// An answer, or all answers, are folded away here.
    folded: Option<Folded>,
    /// How many questions stood before the last of these.
    asked_before_fold: usize,
    /// Paragraphs and lines in which an answer to what is pending was looked for.
    tries: usize,
}

/// Of [`Reader::tries`].
const MOST_TRIES: usize = 8;

impl<'a> Reader<'a> {
    fn new(section: &Section<'a>) -> Self {
        Self {
            body: section.body,
            source: section.source,
            level: section.level,
            finished: VecDeque::new(),
            count: 0,
            keys: Vec::new(),
            pending: None,
            choice_list: None,
            question_list: None,
            other_list: None,
            at_aside: false,
            aside_list: None,
            waiting: Vec::new(),
            list_asks: false,
            in_list: false,
            is_title: false,
            habits: Habits::of(section),
            pending_at: 0,
            unread: 0,
            asks_truth: false,
            pending_asks_truth: false,
            titles: Titles::default(),
            title: None,
            part: None,
            at_part: false,
            key: InKey::default(),
            table: InTable::default(),
            folded: None,
            asked_before_fold: 0,
            tries: 0,
        }
    }

    /// A block, and those behind it.
    fn block(&mut self, block: &Block, behind: &[Block]) {
        let text = self.body.block_text(block);
        let next = behind.first();
        self.note_aside(block, text, next);
        if !matches!(block.kind, BlockKind::TableCell { .. }) {
            self.key.is_open &= !self.key.is_table;
            self.table.leave();
        }
        if let BlockKind::Heading { level, .. } = block.kind {
            return self.heading(block, level, text, behind);
        }
        if let Some(entries) = self.key_in_block(block, text) {
            self.open_key(block);
            self.key_entries(block, entries);
            self.key.is_open = false;
        } else if self.is_key_line(block, text, next) {
            self.open_key(block);
        } else {
            self.key.is_open &= !self.leaves_key(block, text, next);
            if self.begins_key_table(block, text, next) && !self.asks_in_rows(block, behind) {
                self.open_key(block);
                self.key.is_table = true;
            }
            match block.kind {
                BlockKind::Html if self.opens_fence(block) => {}
                BlockKind::Html => self.html(block),
                _ if self.key.is_open || self.opens_folded_key(block, text) => {
                    self.key_block(block)
                }
                BlockKind::Item { .. } => self.item(block, next),
                _ if self.at_aside => {}
                // A box of one line.
                BlockKind::Paragraph if self.opens_fence(block) => {}
                BlockKind::Paragraph if self.folded.is_some() => {
                    self.folded_answer(block.text.clone());
                }
                BlockKind::Paragraph if self.is_part_line(block, text, next) => {
                    self.note_title(NO_LEVEL, text);
                    self.begin(block.text.clone());
                    self.is_title = true;
                    self.at_part = self.begins_part(text);
                }
                BlockKind::Paragraph => self.paragraph(block, next),
                BlockKind::TableCell { .. } => self.table_cell(block, behind),
                BlockKind::Code if self.folded.is_some() => self.folded_code(block),
                BlockKind::Heading { .. } | BlockKind::Code => {}
            }
        }
    }

    fn heading(&mut self, block: &Block, level: u8, text: &str, behind: &[Block]) {
        let next = behind.first();
        let folded = self.folded.take();
        if self.at_aside && self.pending.is_some() && !self.key.is_open {
            return;
        }
        if self.is_asked()
            && is_answer_heading(text)
            && !next.is_some_and(|next| self.is_numbered_answer(next))
        {
            self.folded = Some(Folded { block: block.clone(), all: false });
            return;
        }
        let is_explanation = self.is_asked() && leads_explanation(text);
        let folded_key = folded.as_ref().filter(|own| own.all && !self.key.is_open);
        if is_key_heading(text) || self.is_above_key(text, behind) {
            self.open_key(block);
            // In drafts, a line that stands alone is a heading.
            let (head, rest) = text.split_once(':').unwrap_or((text, ""));
            let entries = moved(inline_key(rest), head.len() + 1);
            if !entries.is_empty() {
                self.key_entries(block, entries);
            }
        } else if (folded_key.is_some() || self.key.is_open && level > self.key.level)
            && self.is_number_in_key(text, behind)
        {
            if let Some(folded) = folded_key {
                self.open_key(&folded.block);
                self.key.level = level - 1;
            }
            self.name_in_key(text);
            self.folded = folded;
        } else if !self.is_title_in_key(level, text, next) && !is_explanation {
            self.key.is_open = false;
            self.asks_truth = self.habits.has_key && asks_for_truth(text);
            self.note_title(level, text);
            if level > self.level.max(1) || (self.level == 0 && level > 1) {
                let is_asked = |own: &usize| *own < text.len() && !is_generic(text);
                let number = leading_number(text).filter(is_asked).unwrap_or(0);
                self.begin(block.text.start + number..block.text.end);
                self.number(own_number(text));
                self.is_title = self.habits.others_ask && !asks(text);
                self.at_part = self.begins_part(text);
            } else {
                // What was asked above the title of a quiz has its options there.
                self.finish_question();
            }
        }
    }

    /// Notes a line "Hints:" or "Distractors:" below a question, and the list below such a line.
    fn note_aside(&mut self, block: &Block, text: &str, next: Option<&Block>) {
        match block.kind {
            BlockKind::Item { list, task: None, .. } if self.at_aside => {
                self.aside_list = Some(list);
                self.at_aside = false;
            }
            BlockKind::Heading { .. } | BlockKind::Paragraph => {
                let is_list =
                    |next: &Block| matches!(next.kind, BlockKind::Item { task: None, .. });
                self.at_aside = next.is_some_and(is_list) && leads_aside(text);
            }
            _ => self.at_aside = false,
        }
    }

    /// Whether a question has its options.
    fn is_asked(&self) -> bool {
        self.pending.as_ref().is_some_and(|question| !question.choices.is_empty())
    }

    /// A heading, or a paragraph that is the title of a part, stands above the questions that follow.
    fn note_title(&mut self, level: u8, text: &str) {
        if let Some((name, _)) = leading_part(text).filter(|_| !text.contains('?')) {
            self.part = Some((self.titles.part(&name), level));
            self.title = None;
            return;
        }
        let asks = text.contains('?') || leading_number(text).is_some() || is_generic(text);
        if asks {
            return;
        }
        if self.part.is_some_and(|(_, own)| level <= own) {
            self.part = None;
        }
        if text.len() <= LONGEST_HEAD {
            self.title = Some(self.titles.other(normal::bare(text)));
        }
    }

    /// Whether what was begun is the title of a part, in which numbers begin again.
    fn begins_part(&mut self, text: &str) -> bool {
        let is_part = leading_part(text).is_some();
        if let Some(list) = self.question_list.as_mut().filter(|_| is_part) {
            list.number = 0;
        }
        is_part
    }

    /// "Part A" in bold or in a paragraph of its own, that is no prompt.
    fn is_part_line(&self, block: &Block, text: &str, next: Option<&Block>) -> bool {
        let is_title = |text: &str| {
            text.len() <= 2 * LONGEST_HEAD && !text.contains('?') && inline_options(text).is_none()
        };
        leading_part(text).is_some_and(|(_, end)| {
            let ends = end == text.len() || self.is_bold(block) || !text.ends_with(['.', '_']);
            ends && is_title(text) && !next.is_some_and(|next| self.begins_options(next))
        })
    }

    fn is_bold(&self, block: &Block) -> bool {
        self.body.marks_in(block.text.clone()).any(|mark| mark.text == block.text)
    }
}

/// A part of the text with the line breaks of the source, which are blanks where a paragraph goes on.
fn in_lines<'a>(body: &'a Prose, source: &str, range: Range<usize>) -> Cow<'a, str> {
    let text = &body.text[range.clone()];
    let breaks = |range: Range<usize>| source[body.span(range).range()].contains('\n');
    if !breaks(range.clone()) {
        return Cow::Borrowed(text);
    }
    let at = |at: usize| range.start + at..range.start + at + 1;
    let line = |(place, c): (usize, char)| if c == ' ' && breaks(at(place)) { '\n' } else { c };
    Cow::Owned(text.char_indices().map(line).collect())
}

/// "b", "b) psoas", "b and c", as a statement of the key.
fn statement<'a>(body: &'a Prose, range: Range<usize>) -> KeyStatement<'a> {
    let text = &body.text[range.clone()];
    let own = |part: Range<usize>| {
        let part = range.start + part.start..range.start + part.end;
        KeyValue::unnamed(Text::of_prose(body, part))
    };
    KeyStatement {
        place: KeyPlace::Field,
        span: body.span(range.clone()),
        values: parts(text).into_iter().map(own).collect(),
    }
}

/// Bytes of a heading in a line, "Correct answers to the quiz".
const LONGEST_HEAD: usize = 40;
