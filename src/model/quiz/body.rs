//! Quizzes written in Markdown or in a draft: questions under headings or as numbered items, with
//! task lists or lettered options, and "Answer key" sections.

use super::parts::{Place, Title, Titles};
use super::wording::{
    InlineEntry, answer_behind, answer_below, answer_in, answers_in_lines, asks_for_truth,
    bare_key, behind_circled, fenced_answer, first_words, folded_answer, inline_key,
    inline_options, is_answer_heading, is_generic, is_shared_list, leading_letter, leading_number,
    leading_part, leads_explanation, letters_in_order, marked, number_in, number_pairs,
    option_sign, own_number, part_and_number, part_in, parts, question_prefix, speaks_of_key,
    stated_letter, trimmed,
};
use super::{
    Choice, KeyEntry, KeyForm, KeyPlace, KeySection, KeyStatement, KeyValue, Named, Question,
    QuestionKind, Questions, Quiz, Record, find_choice, letter_alone, normal, truth,
};
use crate::lexicon::{Concept, concept_of};
use crate::source::Span;
use crate::syntax::{Block, BlockKind, MarkKind, Prose, Text};
use std::borrow::Cow;
use std::collections::VecDeque;
use std::ops::Range;

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

/// "Quiz", "Quiz: hips", "Hip quiz".
pub fn is_quiz_heading(text: &str) -> bool {
    let plain = normal::plain(text);
    let first = plain.split(':').next().unwrap_or("").trim();
    concept_of(first) == Some(Concept::Quiz)
        || plain.ends_with(" quiz")
        || plain.starts_with("quiz ")
}

/// "Answer key", "Answer key:", "Quiz answers", "Answers (see page 12)", "Part A: answers".
pub fn is_key_heading(text: &str) -> bool {
    let says_key = |text: &str| {
        let plain = normal::plain(text);
        let first = plain.split(':').next().unwrap_or("").trim();
        let first = first.split_once(" (").map_or(first, |(before, _)| before);
        let short = first.strip_prefix("quiz ").unwrap_or(first);
        concept_of(short) == Some(Concept::AnswerKey)
            || short.starts_with("answer key")
            || speaks_of_key(first)
    };
    let is_sign = |c: char| !c.is_alphanumeric();
    says_key(text)
        || part_in(text).is_some_and(|(_, part)| {
            let before = text[..part.start].trim_end_matches(is_sign);
            let before =
                before.strip_suffix(" to").or(before.strip_suffix(" for")).unwrap_or(before);
            let behind = text[part.end..].trim_matches(is_sign);
            let is_alone = before.is_empty() != behind.is_empty();
            is_alone && says_key(if behind.is_empty() { before } else { behind })
        })
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
        // Only the quiz that is the whole file has the key of its front matter.
        let field =
            record.node.filter(|_| self.level == 0).and_then(|node| node.entry("answerKey"));
        let field = field.map(super::fields::key_section);
        let (questions, keys) = Questions::of_body(self, field, record.file().text.len());
        let key_of = super::key_of(record, &questions);
        Quiz { anchor, questions, keys, shuffle: None, key_of }
    }

    fn habits(&self) -> Habits {
        let mut out =
            Habits { others_ask: false, start: 0, last_key: 0, has_key: false, legend: None };
        let mut headings = 0;
        for block in &self.body.blocks[self.blocks.clone()] {
            let text = self.body.block_text(block);
            match block.kind {
                BlockKind::Heading { level, .. } => {
                    headings += 1;
                    out.others_ask |= asks(text);
                    if is_key_heading(text) {
                        (out.last_key, out.has_key) = (block.text.start, true);
                    } else if headings > 1 && level > 1 && out.start == 0 && is_quiz_heading(text) {
                        out.start = block.text.start;
                    }
                }
                BlockKind::Item { task, number, .. } => {
                    out.others_ask = out.others_ask
                        || task.is_some_and(|(ticked, _)| ticked)
                        || leading_letter(text).is_some()
                        || number.is_some()
                            && (text.contains('?') || inline_options(text).is_some());
                }
                BlockKind::Paragraph => {
                    out.others_ask |= leading_letter(text).is_some();
                    out.legend = out.legend.or_else(|| legend(text));
                }
                BlockKind::TableCell { .. } | BlockKind::Code | BlockKind::Html => {}
            }
        }
        out
    }

    /// Its questions, without what answer keys state of them.
    pub fn read(&self) -> Reading<'a> {
        let blocks = self.body.blocks[self.blocks.clone()].iter();
        Reading { reader: Reader::new(self), blocks, is_done: false }
    }
}

/// What is known of a quiz before its questions are read.
#[derive(Clone, Copy)]
struct Habits {
    /// A heading or a numbered item asks something by its words, or options have letters or ticks.
    others_ask: bool,
    /// Where a heading "Questions" stands below other headings, else 0.
    start: usize,
    /// Where the last heading of an answer key stands, if there is one.
    last_key: usize,
    has_key: bool,
    legend: Option<Legend>,
}

/// How the text says that right options are marked.
#[derive(Clone, Copy, PartialEq)]
enum Legend {
    Strong,
    Emphasis,
    /// `*` behind the option.
    Star,
}

/// "Right answers in bold", "* = correct".
fn legend(text: &str) -> Option<Legend> {
    /// Bytes of the longest one.
    const LONGEST: usize = 80;
    if text.len() > LONGEST {
        return None;
    }
    let plain = text.to_ascii_lowercase();
    let is_right = plain.contains("correct") || plain.contains("right");
    let is_answer = ["answer", "option", "choice"].iter().any(|word| plain.contains(word));
    if !is_right {
        None
    } else if plain.trim_start_matches('(').starts_with("* ") && (is_answer || plain.contains('='))
    {
        Some(Legend::Star)
    } else if is_answer && plain.contains("bold") {
        Some(Legend::Strong)
    } else if is_answer && plain.contains("italic") {
        Some(Legend::Emphasis)
    } else {
        None
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

/// Number of no list: options that stand in paragraphs.
const IN_PARAGRAPHS: u32 = u32::MAX;

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
    /// Items of it without options, which are questions if one of the others is.
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
    in_key: bool,
    /// The level of the heading of the key, and the title in it that was read last.
    key_level: u8,
    key_title: Option<Title>,
    /// How deep its entries stand in lists: 2 below the titles of parts.
    key_depth: u8,
    /// The row of a table of answers that was begun, and the question it names.
    key_row: Option<(u32, String)>,
    /// Questions that columns of a table of answers are for.
    key_columns: Vec<(u32, String)>,
    /// The key is a table without a heading.
    key_in_table: bool,
    /// The question that a heading in the key names, whose answer comes next.
    key_number: Option<String>,
    /// An answer, or all answers, are folded away here.
    folded: Option<Folded>,
    /// Paragraphs and lines in which an answer to what is pending was looked for.
    tries: usize,
}

/// A list of questions, as far as it was read.
#[derive(Clone, Copy)]
struct QuestionList {
    list: u32,
    depth: u8,
    /// Before its last item.
    number: u32,
}

/// Of [`Reader::tries`].
const MOST_TRIES: usize = 8;

/// What `<summary>` says that `<details>` holds.
#[derive(Clone)]
struct Folded {
    /// Where it stands.
    block: Block,
    /// "Answers" may be those to all questions.
    all: bool,
}

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
            waiting: Vec::new(),
            list_asks: false,
            in_list: false,
            is_title: false,
            habits: section.habits(),
            pending_at: 0,
            unread: 0,
            asks_truth: false,
            pending_asks_truth: false,
            titles: Titles::default(),
            title: None,
            part: None,
            at_part: false,
            in_key: false,
            key_level: 0,
            key_title: None,
            key_depth: 1,
            key_row: None,
            key_columns: Vec::new(),
            key_in_table: false,
            key_number: None,
            folded: None,
            tries: 0,
        }
    }

    /// A block, and those behind it.
    fn block(&mut self, block: &Block, behind: &[Block]) {
        let text = self.body.block_text(block);
        let next = behind.first();
        self.in_key &= !self.key_in_table || matches!(block.kind, BlockKind::TableCell { .. });
        if let BlockKind::Heading { level, .. } = block.kind {
            return self.heading(block, level, text, behind);
        }
        if let Some(entries) = self.key_in_block(block, text) {
            self.open_key(block);
            self.key_entries(block, entries);
            self.in_key = false;
        } else if self.is_key_line(block, text, next) {
            self.open_key(block);
        } else {
            self.in_key &= !self.leaves_key(block, text, next);
            if self.begins_key_table(block, text, next) {
                self.open_key(block);
                self.key_in_table = true;
            }
            match block.kind {
                BlockKind::Html if self.opens_fence(block) => {}
                BlockKind::Html => self.html(block),
                _ if self.in_key || self.opens_folded_key(block, text) => self.key_block(block),
                BlockKind::Item { .. } => self.item(block, next),
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
                BlockKind::Heading { .. } | BlockKind::TableCell { .. } | BlockKind::Code => {}
            }
        }
    }

    fn heading(&mut self, block: &Block, level: u8, text: &str, behind: &[Block]) {
        let next = behind.first();
        self.folded = None;
        if self.is_asked()
            && is_answer_heading(text)
            && !next.is_some_and(|next| self.is_numbered_answer(next))
        {
            self.folded = Some(Folded { block: block.clone(), all: false });
            return;
        }
        let is_explanation = self.is_asked() && leads_explanation(text);
        if is_key_heading(text) || self.is_above_key(text, behind) {
            self.open_key(block);
            // In drafts, a line that stands alone is a heading.
            let (head, rest) = text.split_once(':').unwrap_or((text, ""));
            let entries = moved(inline_key(rest), head.len() + 1);
            if !entries.is_empty() {
                self.key_entries(block, entries);
            }
        } else if self.in_key && level > self.key_level && self.is_number_in_key(text, behind) {
            self.key_number = number_in(text);
        } else if !self.is_title_in_key(level, text, next) && !is_explanation {
            self.in_key = false;
            self.asks_truth = self.habits.has_key && asks_for_truth(text);
            self.note_title(level, text);
            if level > self.level.max(1) || (self.level == 0 && level > 1) {
                self.begin(block.text.clone());
                self.is_title = self.habits.others_ask && !asks(text);
                self.at_part = self.begins_part(text);
            }
        }
    }

    /// Whether nothing but letters stands in the numbered list below a heading that is no question: "How did you
    /// do?", "Feedback".
    fn is_above_key(&self, text: &str, behind: &[Block]) -> bool {
        let is_question = leading_number(text).is_some()
            || is_generic(text)
            || text.contains('?') && !text.to_ascii_lowercase().contains("you");
        let number = |block: &Block| match block.kind {
            BlockKind::Item { number, .. } => number,
            _ => None,
        };
        let is_entry = |block: &&Block| {
            let text = self.body.block_text(block);
            letter_alone(text).is_some() || truth(text).is_some()
        };
        let items: Vec<&Block> =
            behind.iter().take_while(|block| number(block).is_some()).take(3).collect();
        !is_question
            && (self.count > 0 || self.is_asked())
            && items.first().is_some_and(|block| number(block) == Some(1))
            && items.iter().all(is_entry)
    }

    /// Whether a heading in the key is the number of the question that is answered below it.
    fn is_number_in_key(&self, text: &str, behind: &[Block]) -> bool {
        let letter = |block: &Block| {
            let text = self.body.block_text(block);
            leading_letter(text).map(|(letter, _)| text[letter].to_ascii_lowercase())
        };
        let is_question = match behind {
            [] => true,
            [first, rest @ ..] => {
                let text = self.body.block_text(first);
                let goes_on = rest.first().and_then(letter).is_some_and(|own| own == "b");
                text.contains('?')
                    || inline_options(text).is_some()
                    || letter(first).is_some() && goes_on
            }
        };
        number_in(text).is_some() && !is_question
    }

    /// A key that is one paragraph or block of code: "Answers: 1 - b, 2 - c", "Answers: b, c", "1 b, 2 c".
    fn key_in_block(&mut self, block: &Block, text: &str) -> Option<Vec<InlineEntry>> {
        if let Some(entries) = key_in_line(block, text) {
            return Some(entries);
        }
        let is_text = matches!(block.kind, BlockKind::Paragraph);
        if !is_text || self.in_key || self.count == 0 && !self.is_asked() {
            return None;
        }
        let (head, rest) = text.split_once(':').unwrap_or(("", text));
        let entries = match head.len() <= LONGEST_HEAD && is_key_heading(head) {
            true => self.in_order(rest),
            false if self.habits.has_key || head.is_empty() && text.len() > LONGEST_KEY => {
                Vec::new()
            }
            false => return Some(bare_key(text)).filter(|own| !own.is_empty()),
        };
        (!entries.is_empty()).then(|| moved(entries, text.len() - rest.len()))
    }

    /// Letters for all questions so far, in their order.
    fn in_order(&self, text: &str) -> Vec<InlineEntry> {
        let asked = self.count + self.waiting.len() + usize::from(self.is_asked());
        let entries = if text.len() <= LONGEST_KEY { letters_in_order(text) } else { Vec::new() };
        if entries.len() == asked && asked > 1 { entries } else { Vec::new() }
    }

    /// Whether a table without a heading says which answer is right: `| Q | Key |`, or numbers above letters.
    fn begins_key_table(&self, block: &Block, text: &str, next: Option<&Block>) -> bool {
        let BlockKind::TableCell { header: true, column: 0, .. } = block.kind else { return false };
        let Some(next) = next.filter(|_| !self.in_key && (self.count > 0 || self.is_asked()))
        else {
            return false;
        };
        let beside = matches!(next.kind, BlockKind::TableCell { header: true, column: 1, .. });
        let other = self.body.block_text(next);
        let is_head = matches!(
            normal::plain(text).as_str(),
            "" | "q" | "#" | "no" | "nr" | "number" | "question" | "item"
        );
        beside
            && (is_head && (is_key_heading(other) || is_answer_heading(other))
                || number_in(text).as_deref() == Some("1")
                    && number_in(other).as_deref() == Some("2"))
    }

    /// `??? success "Answer"`, with the answer in its lines or behind it, and what ends it.
    fn opens_fence(&mut self, block: &Block) -> bool {
        let text = &*in_lines(self.body, self.source, block.text.clone());
        if let Some((title, inside)) = fenced_answer(text) {
            self.fold(block, &text[title], text, inside);
            return true;
        }
        let ends = block.kind == BlockKind::Html && text.trim_matches(':').is_empty();
        self.folded.take_if(|_| ends);
        ends
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

    /// Whether questions go on behind a key, as in the next part.
    fn leaves_key(&self, block: &Block, text: &str, next: Option<&Block>) -> bool {
        let Some(next) = next.filter(|_| self.in_key) else { return false };
        let asks = |block: &Block, text: &str| match block.kind {
            BlockKind::Item { number, .. } => number.is_some() && text.ends_with('?'),
            BlockKind::Paragraph => leading_number(text).is_some() && text.ends_with('?'),
            BlockKind::Heading { .. } => asks(text),
            _ => false,
        };
        let next_text = self.body.block_text(next);
        let has_options =
            inline_options(text).is_some_and(|(prompt, _)| text[prompt].ends_with('?'));
        has_options
            || asks(block, text) && self.begins_options(next)
            || block.kind == BlockKind::Paragraph
                && self.is_part_line(block, text, Some(next))
                && (asks(next, next_text)
                    || next_text.contains('?') && inline_options(next_text).is_some())
    }

    /// Whether a heading behind that of the key says for which part the entries below it are.
    fn is_title_in_key(&mut self, level: u8, text: &str, next: Option<&Block>) -> bool {
        let is_other = || concept_of(&normal::plain(text)).is_some();
        if !self.in_key || text.contains('?') || is_generic(text) || is_other() {
            return false;
        }
        let known = match leading_part(text) {
            Some((name, _)) => self.titles.known_part(&name),
            None => self.titles.known(&normal::bare(text)),
        };
        let is_entry = |next: &Block| match next.kind {
            BlockKind::Item { number, .. } => {
                let words = self.body.block_text(next);
                number.is_some() && !words.contains('?') || self.is_numbered_answer(next)
            }
            BlockKind::Paragraph => !inline_key(self.body.block_text(next)).is_empty(),
            BlockKind::TableCell { .. } => true,
            _ => false,
        };
        let is_sure = |next: &Block| self.is_numbered_answer(next);
        let is_title = next.is_some_and(|next| match known {
            Some(_) => is_entry(next),
            None => level > self.key_level && is_sure(next),
        });
        if is_title {
            self.key_title = match (known, leading_part(text)) {
                (Some(title), _) => Some(title),
                (None, Some((name, _))) => Some(self.titles.part(&name)),
                (None, None) => Some(self.titles.other(normal::bare(text))),
            };
        }
        is_title
    }

    /// `<details>` with answers in it or behind it.
    fn html(&mut self, block: &Block) {
        let text = self.body.block_text(block);
        if let Some((title, inside)) = folded_answer(text) {
            self.fold(block, &text[title], text, inside);
        } else if let Some(inside) = text.strip_prefix("<!--").and_then(|own| own.split_once("-->"))
        {
            self.comment(block, inside.0);
        }
        if text.contains("</details") {
            self.in_key &= self.folded.is_none();
            self.folded = None;
        }
    }

    /// Answers below `title`, in `text` or behind it.
    fn fold(&mut self, block: &Block, title: &str, text: &str, inside: Range<usize>) {
        let all = is_key_heading(title);
        let entries = if all { inline_key(&text[inside.clone()]) } else { Vec::new() };
        self.folded = Some(Folded { block: block.clone(), all });
        if !entries.is_empty() {
            self.open_key(block);
            self.key_entries(block, moved(entries, inside.start));
        } else if !inside.is_empty() {
            let start = block.text.start;
            let words = first_words(text, inside);
            self.folded_answer(start + words.start..start + words.end);
        }
    }

    /// `<!-- answers: 1 b, 2 a -->`, `<!-- answer: b -->`.
    fn comment(&mut self, block: &Block, text: &str) {
        let from = "<!--".len();
        let Some((head, rest)) =
            text.split_once(':').filter(|(head, _)| head.len() <= LONGEST_HEAD)
        else {
            return;
        };
        let entries = if is_key_heading(head) { inline_key(rest) } else { Vec::new() };
        if !entries.is_empty() {
            self.open_key(block);
            self.key_entries(block, moved(entries, from + text.len() - rest.len()));
            self.in_key = false;
        } else if self.is_asked()
            && let Some((start, value)) = answer_in(text)
            && text[..start].trim().is_empty()
        {
            self.answer(block.text.start, from + value.start..from + value.end);
        }
    }

    /// Whether all answers are folded away here and this is the first of them.
    fn opens_folded_key(&mut self, block: &Block, text: &str) -> bool {
        let Some(folded) = self.folded.as_ref().filter(|folded| folded.all) else { return false };
        let opens = match block.kind {
            BlockKind::Item { number, .. } => number.is_some(),
            BlockKind::Paragraph => !inline_key(text).is_empty(),
            _ => false,
        };
        if opens {
            let folded = folded.block.clone();
            self.open_key(&folded);
        }
        opens
    }

    /// An answer in words: what it says before its first full stop or comma, else the only option that it
    /// speaks of.
    fn folded_answer(&mut self, range: Range<usize>) {
        let body = self.body;
        let text = &body.text[range.clone()];
        let (_, stated) = answer_in(text).unwrap_or((0, 0..text.len()));
        let from = range.start + stated.start;
        let words = &text[stated];
        let Some(question) = &mut self.pending else { return };
        if question.key.is_empty() && self.tries < MOST_TRIES {
            self.tries += 1;
            let first = words.find(['.', ',', ';', ':', '\u{2013}', '\u{2014}', '\n']);
            let ends =
                [leading_letter(words).map(|(letter, _)| letter.end), first, Some(words.len())];
            let named = ends.into_iter().flatten().find(|&end| {
                matches!(find_choice(question, &words[..end]), Named::Choice(_) | Named::Torn(..))
            });
            let open = question.choices.is_empty().then_some(words.len());
            match named.or(open) {
                Some(end) => question.key.push(statement(body, from..from + end)),
                None => match only_choice_in(question, words) {
                    Some(choice) => {
                        let mut own = statement(body, from..from + words.len());
                        own.values.truncate(1);
                        own.values.iter_mut().for_each(|value| value.choice = Some(choice));
                        question.key.push(own);
                    }
                    None => match stated_letter(words).filter(|_| question.has_choices()) {
                        Some(letter) => {
                            let own = statement(body, from + letter.start..from + letter.end);
                            question.key.push(own);
                        }
                        // There is an answer, for people only.
                        None => question.scored = false,
                    },
                },
            }
        }
        if question.explanation.is_none() {
            question.explanation = Some(Text::of_prose(body, range));
        }
    }

    /// A paragraph that says nothing but "Answer key:", or "Answer key" above a numbered answer.
    fn is_key_line(&self, block: &Block, text: &str, next: Option<&Block>) -> bool {
        if !matches!(block.kind, BlockKind::Paragraph) || !is_key_heading(text) {
            return false;
        }
        text.trim_end().ends_with(':')
            || self.is_bold(block)
            || text.len() <= LONGEST_HEAD && next.is_some_and(|next| self.is_numbered_answer(next))
    }

    /// "1. b", "1. b) psoas", "1. True".
    fn is_numbered_answer(&self, block: &Block) -> bool {
        let text = self.body.block_text(block);
        matches!(block.kind, BlockKind::Item { number: Some(1), .. })
            && (letter_alone(text).is_some()
                || leading_letter(text).is_some()
                || truth(text).is_some())
    }

    fn open_key(&mut self, block: &Block) {
        self.finish_question();
        self.take_waiting();
        self.in_key = true;
        self.key_depth = 1;
        self.key_level = heading_level(block).unwrap_or(NO_LEVEL);
        let text = self.body.block_text(block);
        let head = &text[..text.floor_char_boundary(2 * LONGEST_HEAD)];
        self.key_title = part_in(head).map(|(name, _)| self.titles.part(&name));
        let anchor = self.body.span(block.text.clone());
        let lower = head.to_ascii_lowercase();
        let is_partial = ["odd", "even", "selected"]
            .iter()
            .any(|word| lower.split(|c: char| !c.is_alphanumeric()).any(|own| own == *word));
        self.keys.push(KeySection {
            anchor,
            span: block.span,
            entries: Vec::new(),
            form: KeyForm::Numbered,
            is_unread: false,
            is_partial,
            behind: self.count,
        });
        self.key_columns.clear();
        self.key_in_table = false;
        self.key_number = None;
    }

    fn begin(&mut self, prompt: Range<usize>) {
        self.finish_question();
        self.tries = 0;
        self.pending_at = prompt.start;
        self.pending_asks_truth = self.asks_truth;
        self.is_title = false;
        self.at_part = false;
        let number = own_number(&self.body.text[prompt.clone()]);
        let title = self.part.map(|(title, _)| title).or(self.title);
        let text = Text::of_prose(self.body, prompt);
        self.pending = Some(Question {
            number: 0,
            id: None,
            kind: QuestionKind::Unknown,
            anchor: text.span(),
            prompt: Some(text),
            choices: Vec::new(),
            key: Vec::new(),
            explanation: None,
            node: None,
            scored: true,
            lettered: true,
            key_unread: false,
            place: Place { number, is_listed: false, is_statement: false, title },
        });
    }

    /// What has no choices and no key was a heading or a step, not a question, unless it stands in a list of
    /// questions.
    fn finish_question(&mut self) {
        self.choice_list = None;
        let in_list = std::mem::take(&mut self.in_list);
        let Some(mut question) = self.pending.take() else {
            return;
        };
        if question.choices.is_empty() && question.key.is_empty() {
            if in_list {
                // "Rest is best. True or false?" needs no options, and its answer may stand in a key.
                let prompt = question.prompt.as_ref().map_or("", Text::as_str);
                let is_plain = asks_for_truth(prompt);
                if self.pending_asks_truth || is_plain {
                    question.kind = QuestionKind::TrueFalse;
                    question.place.is_statement = !is_plain;
                    self.list_asks = true;
                }
                self.waiting.push(question);
                if self.list_asks {
                    self.take_waiting();
                }
            }
            return;
        }
        if self.is_no_question(&question, in_list) {
            self.unread += 1;
            return;
        }
        self.list_asks |= in_list;
        let prompt = question.prompt.as_ref().map_or("", Text::as_str);
        if question.choices.is_empty() && asks_for_truth(prompt) {
            question.kind = QuestionKind::TrueFalse;
        }
        let ticked = question.choices.iter().enumerate().filter_map(|(index, choice)| {
            let (_, span) = choice.correct.filter(|(ticked, _)| *ticked)?;
            Some((
                span,
                KeyValue {
                    text: choice.text.clone()?,
                    choice: Some(index),
                    torn: None,
                    ambiguous: false,
                },
            ))
        });
        let (spans, values): (Vec<Span>, Vec<KeyValue<'a>>) = ticked.unzip();
        if let Some(&span) = spans.first() {
            question.key.insert(0, KeyStatement { place: KeyPlace::Flags, span, values });
        }
        self.take_waiting();
        self.push(question);
    }

    /// Whether a list without a right option belongs to none of the questions: below a heading that asks nothing
    /// where others ask, above the heading "Questions", or behind the key.
    fn is_no_question(&self, question: &Question<'_>, in_list: bool) -> bool {
        let is_plain = has_plain_choices(question);
        let is_marked = question
            .choices
            .iter()
            .any(|choice| choice.id.is_some() || matches!(choice.correct, Some((true, _))));
        let is_before = self.pending_at < self.habits.start;
        let is_behind = self.pending_at > self.habits.last_key
            && self.keys.last().is_some_and(|key| key.behind > 0);
        let prompt = question.prompt.as_ref().map_or("", Text::as_str);
        question.key.is_empty()
            && (self.is_title && is_plain
                || is_shared_list(prompt)
                || (is_before || is_behind)
                    && !is_marked
                    && !in_list
                    && question.place.number.is_none())
    }

    /// What waited in the list of questions is taken for open questions.
    fn take_waiting(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        if !self.list_asks {
            return;
        }
        for mut question in waiting {
            if question.kind == QuestionKind::Unknown {
                question.kind = QuestionKind::Open;
            }
            self.push(question);
        }
    }

    fn push(&mut self, mut question: Question<'a>) {
        self.count += 1;
        question.number = self.count;
        self.finished.push_back(question);
    }

    fn item(&mut self, block: &Block, next: Option<&Block>) {
        let BlockKind::Item { number, task, list, depth } = block.kind else {
            return;
        };
        let text = self.body.block_text(block);
        if let (Some((ticked, span)), Some(_)) = (task, &self.pending) {
            return self.choice(block.text.clone(), Some((ticked, span)), list);
        }
        if self.pending.is_some() && leading_letter(text).is_some() {
            return self.choice(block.text.clone(), None, list);
        }
        let is_asked = self.pending.as_ref().is_some_and(|question| !question.choices.is_empty());
        if let Some((0, value)) = answer_in(text).filter(|_| is_asked && number.is_none()) {
            return self.answer(block.text.start, value);
        }
        let is_choice = self.choice_list == Some(list);
        let own = number.map(|number| QuestionList { list, depth, number });
        if let Some(own) = own.filter(|_| !is_choice) {
            let is_asked = text.ends_with('?') || inline_options(text).is_some();
            let numbered_choices = self.pending.as_ref().is_some_and(|question| {
                self.question_list.is_none()
                    && question.choices.is_empty()
                    && !is_asked
                    && !self.at_part
            });
            let explains = self.question_list.is_none()
                && self.is_asked()
                && !is_asked
                && !asks_for_truth(text)
                && !next.is_some_and(|next| self.begins_options(next));
            if !numbered_choices && !explains && self.goes_on_with(own, text, next) {
                self.begin_list(own);
                self.prompt_with_options(block.text.clone());
                self.number(Some(own.number));
                if let Some(question) = &mut self.pending {
                    question.place.is_listed = true;
                }
                self.in_list = true;
                return;
            }
        }
        if self.pending.is_some() {
            self.choice(block.text.clone(), None, list);
        }
    }

    /// Whether a numbered item is the next question. A list ends where options or an answer stand at
    /// its own level, and the question behind them begins another.
    fn goes_on_with(&mut self, item: QuestionList, text: &str, next: Option<&Block>) -> bool {
        let Some(own) = self.question_list else { return true };
        if own.list == item.list {
            return true;
        }
        if own.depth != item.depth {
            return false;
        }
        let has_options =
            || inline_options(text).is_some() || next.is_some_and(|next| self.begins_options(next));
        // Right behind a list in an explanation, a question is an item of it.
        if self.other_list == Some(item.list) {
            return item.number == own.number + 1 && has_options();
        }
        let is_question = item.number > own.number || has_options();
        if !is_question {
            self.other_list = Some(item.list);
        }
        is_question
    }

    /// An item of this list is a question.
    fn begin_list(&mut self, item: QuestionList) {
        if self.question_list.is_some_and(|own| own.list != item.list && item.number <= own.number)
        {
            self.finish_question();
            if !self.list_asks {
                // Steps, and no questions.
                self.waiting.clear();
            }
        }
        self.question_list = Some(item);
    }

    fn choice(&mut self, range: Range<usize>, correct: Option<(bool, Span)>, list: u32) {
        let Some(question) = &mut self.pending else {
            return;
        };
        if self.choice_list.is_some_and(|own| own != list) {
            // A list in the explanation.
            return;
        }
        self.choice_list = Some(list);
        let text = in_lines(self.body, self.source, range.clone());
        let below = answer_below(&text);
        let end = below.as_ref().map_or(text.len(), |(end, _)| *end);
        let own = range.start..range.start + end;
        question.choices.push(lettered_choice(self.body, own, correct, self.habits.legend));
        if let Some((_, value)) = below {
            self.answer(range.start, value);
        }
    }

    /// "Which muscle? (a) psoas (b) soleus": a question, with its options and its answer when they stand inline.
    fn prompt_with_options(&mut self, range: Range<usize>) {
        let text = &*in_lines(self.body, self.source, range.clone());
        let behind = answer_behind(text);
        let end = behind.as_ref().map_or(text.len(), |(start, _)| *start);
        match inline_options(&text[..end]) {
            Some((prompt, options)) => {
                self.begin(range.start + prompt.start..range.start + prompt.end);
                self.take_inline(range.start, options);
            }
            None => self.begin(range.start..range.start + text[..end].trim_end().len()),
        }
        if let Some((_, value)) = behind {
            self.answer(range.start, value);
        }
    }

    /// What stands before the question that was begun.
    fn number(&mut self, number: Option<u32>) {
        if let (Some(question), Some(_)) = (&mut self.pending, number) {
            question.place.number = number;
        }
    }

    fn take_inline(&mut self, base: usize, options: Vec<Range<usize>>) {
        let Some(question) = &mut self.pending else {
            return;
        };
        for option in options {
            let range = base + option.start..base + option.end;
            question.choices.push(lettered_choice(self.body, range, None, self.habits.legend));
        }
        // Whatever list follows belongs to the explanation.
        self.choice_list = Some(IN_PARAGRAPHS);
    }

    fn paragraph(&mut self, block: &Block, next: Option<&Block>) {
        let text = &*in_lines(self.body, self.source, block.text.clone());
        let start = block.text.start;
        if let Some((0, value)) = answer_in(text) {
            return self.answer(start, value);
        }
        let is_asked = self.pending.as_ref().is_some_and(|question| question.choices.is_empty());
        if !is_asked && next.is_some_and(|next| self.begins_options(next)) {
            let number = leading_number(text).unwrap_or(0);
            self.begin(start + number..block.text.end);
            return self.number(own_number(text));
        }
        if self.pending.is_some()
            && let Some((letter, _)) = leading_letter(text)
            && inline_options(text).is_none()
            && self.is_next_letter(&text[letter])
        {
            return self.choice(block.text.clone(), None, IN_PARAGRAPHS);
        }
        // An answer in one paragraph with the options or the explanation, in a line of its own.
        let behind = answer_behind(text);
        let end = behind.as_ref().map_or(block.text.end, |(at, _)| start + at);
        self.words(start..end);
        if let Some((_, value)) = behind {
            self.answer(start, value);
        }
    }

    /// Whether a block is the first option, or all of them, of what was asked before it.
    fn begins_options(&self, block: &Block) -> bool {
        let text = self.body.block_text(block);
        let is_first =
            leading_letter(text).is_some_and(|(letter, _)| text[letter].eq_ignore_ascii_case("a"));
        match block.kind {
            BlockKind::Item { task, .. } => task.is_some() || is_first,
            BlockKind::Paragraph => {
                let inline = inline_options(text);
                is_first || inline.is_some_and(|(prompt, _)| prompt.is_empty())
            }
            _ => false,
        }
    }

    /// Whether the question has come to the option of this letter.
    fn is_next_letter(&self, letter: &str) -> bool {
        let count = self.pending.as_ref().map_or(0, |question| question.choices.len());
        letter.bytes().all(|own| usize::from(own.to_ascii_lowercase() - b'a') == count)
    }

    /// `value` of the text that begins at `start` answers the question.
    fn answer(&mut self, start: usize, value: Range<usize>) {
        let body = self.body;
        let Some(question) = &mut self.pending else { return };
        let from = start + value.start;
        let text = in_lines(body, self.source, from..start + value.end);
        for (index, stated) in answers_in_lines(&text).into_iter().enumerate() {
            // What stands in the lines below an answer is its reason.
            let line = text[stated.clone()].find('\n').map_or(stated.end, |len| stated.start + len);
            let goes_on = index > 0 || line < stated.end;
            self.tries += usize::from(goes_on);
            let names = goes_on
                && self.tries < MOST_TRIES
                && find_choice(question, &text[stated.start..line]) != Named::Nothing;
            // "Solution: ..." may be a reason too.
            if index == 0 || names {
                let is_letter = letter_alone(&text[stated.start..line]).is_some();
                let end = if names || is_letter { line } else { stated.end };
                question.key.push(statement(body, from + stated.start..from + end));
            }
        }
    }

    /// A prompt, options or an explanation.
    fn words(&mut self, range: Range<usize>) {
        let text = &*in_lines(self.body, self.source, range.clone());
        if let Some((prompt, options)) = inline_options(text) {
            let in_lines =
                options.iter().all(|own| text[..own.start].trim_end_matches(' ').ends_with('\n'));
            let own_prompt =
                !prompt.is_empty() && self.question_wanted(&text[prompt.clone()], in_lines);
            if own_prompt {
                return self.prompt_with_options(range);
            }
            if self.pending.as_ref().is_some_and(|question| question.choices.is_empty()) {
                return self.take_inline(range.start, options);
            }
        }
        if let Some(number) = leading_number(text)
            && text.trim_end().ends_with('?')
        {
            self.prompt_with_options(range.start + number..range.end);
            return self.number(own_number(text));
        }
        self.is_title &= !asks(text);
        let Some(question) = &mut self.pending else {
            return;
        };
        let whole = Text::of_prose(self.body, range);
        if question.choices.is_empty() {
            let generic = question.prompt.as_ref().is_none_or(|prompt| is_generic(prompt.as_str()));
            if generic {
                question.anchor = whole.span();
                question.prompt = Some(whole);
            }
        } else if question.explanation.is_none() {
            question.explanation = Some(whole);
        }
    }

    /// Whether options behind `prompt`, inline or in lines of their own, start a question of their own.
    fn question_wanted(&self, prompt: &str, in_lines: bool) -> bool {
        let answered = self.pending.as_ref().is_none_or(|question| !question.choices.is_empty());
        let explains = self.is_asked() && leads_explanation(prompt);
        answered
            && !explains
            && (in_lines
                || prompt.contains('?')
                || prompt.trim_end().ends_with([':', '_', '\u{2026}'])
                || leading_number(prompt).is_some())
    }

    fn key_block(&mut self, block: &Block) {
        let text = self.body.block_text(block);
        let mut entries = Vec::new();
        if matches!(block.kind, BlockKind::Paragraph | BlockKind::Item { .. })
            && let Some(named) = self.key_number.take()
        {
            let value = stated_letter(text).or_else(|| truth(text).map(|_| 0..text.len()));
            entries.extend(value.map(|value| (named, value, 0..text.len())));
            return self.key_entries(block, entries);
        }
        match block.kind {
            BlockKind::Item { number: Some(number), depth, .. } if depth <= self.key_depth => {
                entries = line_of_key(number.to_string(), 0..text.len(), text);
            }
            BlockKind::Item { number: None, depth, .. } if depth <= self.key_depth => {
                if let Some(end) = self.title_in_key(text) {
                    self.key_depth = 2;
                    entries = moved(inline_key(&text[end..]), end);
                } else if let Some((named, rest)) = question_prefix(text) {
                    entries = line_of_key(named, rest, text);
                }
            }
            BlockKind::Paragraph => return self.key_paragraph(block),
            BlockKind::TableCell { header: true, column, .. } => {
                if column == 0 {
                    self.key_columns.clear();
                }
                self.key_columns.extend(number_in(text).map(|named| (column, named)));
                return;
            }
            BlockKind::TableCell { column, .. } if !self.key_columns.is_empty() => {
                // In the order of the columns.
                if let Ok(at) = self.key_columns.binary_search_by_key(&column, |(own, _)| *own) {
                    entries.push((self.key_columns[at].1.clone(), 0..text.len(), 0..text.len()));
                }
            }
            BlockKind::TableCell { header: false, row, column } => {
                let begun = self.key_row.take_if(|(own, _)| *own == row && column > 0);
                match begun {
                    Some((_, named)) if !named.is_empty() => {
                        entries.push((named, 0..text.len(), 0..text.len()));
                    }
                    Some(_) => self.key_row = number_in(text).map(|named| (row, named)),
                    None if column > 0 => {}
                    None if self.title_in_key(text).is_some() || self.is_part_name(text) => {
                        self.key_row = Some((row, String::new()));
                    }
                    None => {
                        let named = number_in(text)
                            .or_else(|| self.place_in_part(text).map(|_| text.trim().to_owned()));
                        self.key_row = named.map(|named| (row, named));
                    }
                }
            }
            _ => return,
        }
        self.key_entries(block, entries);
    }

    /// "1. b 2. c", "Part A: 1. b", or the title of a part, in each line.
    fn key_paragraph(&mut self, block: &Block) {
        let text = &*in_lines(self.body, self.source, block.text.clone());
        if self.is_bold(block)
            && let Some(title) = self.titles.known(&normal::bare(text))
        {
            self.key_title = Some(title);
        }
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let end = at + self.title_in_key(line).unwrap_or(0);
            let own = &text[end..at + line.len()];
            let entries = Some(inline_key(own)).filter(|found| !found.is_empty());
            let entries = entries.unwrap_or_else(|| self.in_order(own));
            self.key_entries(block, moved(entries, end));
            at += line.len();
        }
    }

    /// Whether a line of the key begins with the title of a part, and where what is behind it begins.
    fn title_in_key(&mut self, line: &str) -> Option<usize> {
        let (name, end) = leading_part(line)?;
        self.key_title = Some(self.titles.part(&name));
        Some(end)
    }

    /// Whether a cell says "A" and there is a part A.
    fn is_part_name(&mut self, text: &str) -> bool {
        let known = letter_alone(text).and_then(|name| self.titles.known_part(&name.to_string()));
        self.key_title = known.or(self.key_title);
        known.is_some()
    }

    /// "A1", where there is a part A.
    fn place_in_part(&self, named: &str) -> Option<Place> {
        let (part, number) = part_and_number(named)?;
        let title = Some(self.titles.known_part(&part)?);
        Some(Place { number: Some(number), is_listed: false, is_statement: false, title })
    }

    /// Entries of the key, as ranges of the block: the question, what is stated of it, and the whole.
    fn key_entries(&mut self, block: &Block, entries: Vec<InlineEntry>) {
        let (body, start) = (self.body, block.text.start);
        let is_blank = |text: &str| !text.contains(char::is_alphanumeric);
        if let Some(section) = self.keys.last_mut() {
            section.is_unread |= entries.is_empty()
                && section.entries.is_empty()
                && !is_blank(body.block_text(block));
        }
        for (question, value, whole) in entries {
            if is_blank(&body.block_text(block)[value.clone()]) {
                continue;
            }
            let place = self.place_in_part(&question).unwrap_or_else(|| Place {
                number: question.trim_start_matches(|c: char| !c.is_ascii_digit()).parse().ok(),
                is_listed: false,
                is_statement: false,
                title: self.key_title,
            });
            let Some(section) = self.keys.last_mut() else {
                return;
            };
            let value = trimmed(body.block_text(block), value);
            let parts = parts(&body.block_text(block)[value.clone()]);
            let from = start + value.start;
            let text =
                |part: Range<usize>| Text::of_prose(body, from + part.start..from + part.end);
            section.span = section.span.to(block.span);
            section.is_unread = false;
            section.entries.push(KeyEntry {
                question,
                span: body.span(start + whole.start..start + whole.end),
                values: parts.into_iter().map(text).collect(),
                names: None,
                among: 0,
                place,
            });
        }
    }
}

/// Whether a heading, or a paragraph below it, is a question by its words: "Which one?", "Question 3: joints".
fn asks(text: &str) -> bool {
    text.contains('?')
        || text.trim_end().ends_with([':', '_', '\u{2026}'])
        || is_generic(text)
        || leading_number(text).is_some()
}

/// Whether the items of a list below a heading may be no options: neither letters nor boxes stand before them.
fn has_plain_choices(question: &Question<'_>) -> bool {
    let is_plain = |choice: &Choice<'_>| choice.id.is_none() && choice.correct.is_none();
    question.choices.iter().all(is_plain)
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

/// Bytes of a key in one line that has no heading, or no numbers.
const LONGEST_KEY: usize = 400;

/// "Answers: 1 - b, 2 - c": the entries.
fn key_in_line(block: &Block, text: &str) -> Option<Vec<InlineEntry>> {
    let is_text = matches!(block.kind, BlockKind::Paragraph | BlockKind::Code);
    let (head, rest) = text.split_once(':').filter(|_| is_text)?;
    // Few paragraphs are gone on with.
    let number =
        rest.trim_start_matches(|c: char| !c.is_alphanumeric()).trim_start_matches(['Q', 'q']);
    if !number.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if head.len() > 2 * LONGEST_HEAD || !is_key_heading(head) {
        return None;
    }
    let found = Some(inline_key(rest)).filter(|found| !found.is_empty());
    let entries = moved(found.unwrap_or_else(|| number_pairs(rest)), text.len() - rest.len());
    (!entries.is_empty()).then_some(entries)
}

/// The entry of an item, and those that go on behind it: "1. b  2. c  3. a" is an item to the reader of lists.
fn line_of_key(named: String, value: Range<usize>, text: &str) -> Vec<InlineEntry> {
    let next = named.parse().map_or(0, |number: u32| number + 1).to_string();
    let rest = moved(inline_key(&text[value.clone()]), value.start);
    let others = rest
        .into_iter()
        .skip_while(|(other, _, whole)| *other != next || whole.start == value.start);
    let others: Vec<_> = others.collect();
    let end = others.first().map_or(value.end, |(_, _, whole)| whole.start);
    let stated = text[value.start..end].trim().trim_end_matches([',', ';']);
    if letter_alone(stated).is_none() && truth(stated).is_none() {
        // A number in words that explain the answer.
        return std::iter::once((named, value, 0..text.len())).collect();
    }
    let own = (named, value.start..end, 0..end);
    std::iter::once(own).chain(others).collect()
}

fn moved(mut entries: Vec<InlineEntry>, by: usize) -> Vec<InlineEntry> {
    for (_, value, whole) in &mut entries {
        *value = value.start + by..value.end + by;
        *whole = whole.start + by..whole.end + by;
    }
    entries
}

/// The one choice whose text stands in `words`.
fn only_choice_in(question: &Question<'_>, words: &str) -> Option<usize> {
    /// There is a letter for each.
    const MOST: usize = 26;
    if question.choices.len() > MOST {
        return None;
    }
    let words = format!(" {} ", normal::bare(words));
    let mut named = question.choices.iter().enumerate().filter(|(_, choice)| {
        let text = choice.text.as_ref().map(|text| normal::bare(text.as_str())).unwrap_or_default();
        !text.is_empty() && words.contains(&format!(" {text} "))
    });
    let (index, _) = named.next()?;
    named.next().is_none().then_some(index)
}

/// A choice, its leading letter taken as its id.
fn lettered_choice<'a>(
    body: &'a Prose,
    range: Range<usize>,
    correct: Option<(bool, Span)>,
    legend: Option<Legend>,
) -> Choice<'a> {
    let moved = |part: Range<usize>| range.start + part.start..range.start + part.end;
    let words = &body.text[range.clone()];
    let sign = marked(words).or_else(|| starred(words).filter(|_| legend == Some(Legend::Star)));
    let rest = sign.as_ref().map_or(0..words.len(), |(_, _, rest)| rest.clone());
    let correct = correct.or_else(|| sign.map(|(right, sign, _)| (right, body.span(moved(sign)))));
    let part = |part: Range<usize>| {
        Text::of_prose(body, moved(rest.start + part.start..rest.start + part.end))
    };
    let own = &words[rest.clone()];
    let (id, text) = match option_sign(own) {
        Some((letter, text)) => (Some(part(letter)), text),
        None => (None, behind_circled(own).unwrap_or(0..rest.len())),
    };
    let set_off = legend.and_then(|legend| {
        let own = moved(rest.start + text.start..rest.start + text.end);
        let is_whole = |kind: MarkKind| {
            body.marks_in(own.clone()).any(|mark| {
                mark.kind == kind && mark.text.start <= own.start && mark.text.end >= own.end
            })
        };
        let is_right = match legend {
            Legend::Strong => is_whole(MarkKind::Strong),
            Legend::Emphasis => is_whole(MarkKind::Emphasis),
            Legend::Star => false,
        };
        is_right.then(|| (true, body.span(own.clone())))
    });
    let text = part(text);
    Choice { span: text.span(), id, text: Some(text), correct: correct.or(set_off), is_key: false }
}

/// `psoas *`: the same as [`marked`].
fn starred(text: &str) -> Option<(bool, Range<usize>, Range<usize>)> {
    let whole = text.trim_end();
    let rest = whole.strip_suffix('*')?;
    Some((true, rest.len()..whole.len(), trimmed(text, 0..rest.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn key_headings_are_whole_headings() {
        assert!(is_key_heading("Answer key"));
        assert!(is_key_heading("Quiz answers:"));
        assert!(is_key_heading("Facit"));
        assert!(!is_key_heading("The answer may surprise you"));
    }
}
