//! Quizzes written in Markdown or in a draft: questions under headings or as numbered items, with
//! task lists or lettered options, and "Answer key" sections.

use super::{
    Choice, KeyEntry, KeyPlace, KeySection, KeyStatement, KeyValue, Question, QuestionKind,
    Questions, Quiz, Record, letter_alone, normal,
};
use crate::lexicon::{Concept, concept_of};
use crate::source::Span;
use crate::syntax::{Block, BlockKind, Prose, Text};
use std::collections::VecDeque;
use std::ops::Range;

/// A whole body that is one quiz.
pub fn whole<'a>(record: &Record<'a>, body: &'a Prose) -> Option<Quiz<'a>> {
    Section { body, level: 0, blocks: 0..body.blocks.len() }.quiz(record, record.anchor())
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
        out.extend(Section { body, level, blocks: start + 1..at }.quiz(record, anchor));
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

/// "Answer key", "Answer key:", "Quiz answers", "Answer key for the quiz".
pub fn is_key_heading(text: &str) -> bool {
    let plain = normal::plain(text);
    let first = plain.split(':').next().unwrap_or("").trim();
    let first = first.strip_prefix("quiz ").unwrap_or(first);
    concept_of(first) == Some(Concept::AnswerKey) || first.starts_with("answer key")
}

/// The blocks of a body that are a quiz.
#[derive(Clone, Debug)]
pub(super) struct Section<'a> {
    body: &'a Prose,
    /// Level of the heading above; 0 for a whole body.
    level: u8,
    blocks: Range<usize>,
}

impl<'a> Section<'a> {
    fn quiz(self, record: &Record<'a>, anchor: Span) -> Option<Quiz<'a>> {
        let (questions, keys) = Questions::of_body(self, record.file().text.len());
        let quiz = Quiz { anchor, questions, keys, shuffle: None };
        (!quiz.questions.is_empty() || !quiz.keys.is_empty()).then_some(quiz)
    }

    /// Its questions, without what answer keys state of them.
    pub fn read(&self) -> Reading<'a> {
        let blocks = self.body.blocks[self.blocks.clone()].iter();
        Reading { reader: Reader::new(self.body, self.level), blocks, is_done: false }
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
}

impl<'a> Iterator for Reading<'a> {
    type Item = Question<'a>;

    fn next(&mut self) -> Option<Question<'a>> {
        while self.reader.finished.is_empty() && !self.is_done {
            match self.blocks.next() {
                Some(block) => self.reader.block(block),
                None => {
                    self.reader.finish_question();
                    self.is_done = true;
                }
            }
        }
        self.reader.finished.pop_front()
    }
}

struct Reader<'a> {
    body: &'a Prose,
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
    question_list: Option<u32>,
    in_key: bool,
}

impl<'a> Reader<'a> {
    fn new(body: &'a Prose, level: u8) -> Self {
        Self {
            body,
            level,
            finished: VecDeque::new(),
            count: 0,
            keys: Vec::new(),
            pending: None,
            choice_list: None,
            question_list: None,
            in_key: false,
        }
    }

    fn block(&mut self, block: &Block) {
        let text = self.body.block_text(block);
        if let BlockKind::Heading { level, .. } = block.kind {
            if is_key_heading(text) {
                self.open_key(block);
            } else {
                self.in_key = false;
                if level > self.level.max(1) || (self.level == 0 && level > 1) {
                    self.begin(block.text.clone());
                }
            }
            return;
        }
        if self.is_key_line(block, text) {
            self.open_key(block);
        } else if self.in_key {
            self.key_block(block);
        } else {
            match block.kind {
                BlockKind::Item { .. } => self.item(block),
                BlockKind::Paragraph => self.paragraph(block),
                BlockKind::Heading { .. }
                | BlockKind::TableCell { .. }
                | BlockKind::Code
                | BlockKind::Html => {}
            }
        }
    }

    /// A paragraph that says nothing but "Answer key:".
    fn is_key_line(&self, block: &Block, text: &str) -> bool {
        let stands_alone = text.trim_end().ends_with(':')
            || self.body.marks_in(block.text.clone()).any(|mark| mark.text == block.text);
        matches!(block.kind, BlockKind::Paragraph) && stands_alone && is_key_heading(text)
    }

    fn open_key(&mut self, block: &Block) {
        self.finish_question();
        self.in_key = true;
        let anchor = self.body.span(block.text.clone());
        self.keys.push(KeySection {
            anchor,
            span: block.span,
            entries: Vec::new(),
            mapping: false,
        });
    }

    fn begin(&mut self, prompt: Range<usize>) {
        self.finish_question();
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
        });
    }

    /// What has no choices and no key was a heading or a step, not a question.
    fn finish_question(&mut self) {
        self.choice_list = None;
        let Some(mut question) = self.pending.take() else {
            return;
        };
        if question.choices.is_empty() && question.key.is_empty() {
            return;
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
        self.count += 1;
        question.number = self.count;
        self.finished.push_back(question);
    }

    fn item(&mut self, block: &Block) {
        let BlockKind::Item { number, task, list, .. } = block.kind else {
            return;
        };
        let text = self.body.block_text(block);
        let letter = leading_letter(text);
        if let (Some((ticked, span)), Some(_)) = (task, &self.pending) {
            return self.choice(block.text.clone(), Some((ticked, span)), list);
        }
        if let (Some((_, rest)), Some(_)) = (&letter, &self.pending) {
            let _ = rest;
            return self.choice(block.text.clone(), None, list);
        }
        let questions_here = self.question_list.is_none_or(|own| own == list);
        if number.is_some() && questions_here && self.choice_list.is_none_or(|own| own != list) {
            let numbered_choices = self.pending.as_ref().is_some_and(|question| {
                self.question_list.is_none() && question.choices.is_empty() && !text.ends_with('?')
            });
            if !numbered_choices {
                self.question_list = Some(list);
                return self.prompt_with_options(block.text.clone());
            }
        }
        if self.pending.is_some() {
            self.choice(block.text.clone(), None, list);
        }
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
        question.choices.push(lettered_choice(self.body, range, correct));
    }

    /// "Which muscle? (a) psoas (b) soleus": a question, with its options when they stand inline.
    fn prompt_with_options(&mut self, range: Range<usize>) {
        let text = &self.body.text[range.clone()];
        let Some((prompt, options)) = inline_options(text) else {
            return self.begin(range);
        };
        self.begin(range.start + prompt.start..range.start + prompt.end);
        self.take_inline(range.start, options);
    }

    fn take_inline(&mut self, base: usize, options: Vec<Range<usize>>) {
        let Some(question) = &mut self.pending else {
            return;
        };
        for option in options {
            let range = base + option.start..base + option.end;
            question.choices.push(lettered_choice(self.body, range, None));
        }
        // Whatever list follows belongs to the explanation.
        self.choice_list = Some(u32::MAX);
    }

    fn paragraph(&mut self, block: &Block) {
        let text = self.body.block_text(block);
        if let Some(value) = answer_line(text) {
            let range = block.text.start + value.start..block.text.start + value.end;
            let text = Text::of_prose(self.body, range);
            let Some(question) = &mut self.pending else {
                return;
            };
            question.key.push(KeyStatement {
                place: KeyPlace::Field,
                span: text.span(),
                values: vec![KeyValue::unnamed(text)],
            });
            return;
        }
        if let Some((prompt, options)) = inline_options(text) {
            let own_prompt = !prompt.is_empty() && self.question_wanted(&text[prompt.clone()]);
            if own_prompt {
                return self.prompt_with_options(block.text.clone());
            }
            if self.pending.as_ref().is_some_and(|question| question.choices.is_empty()) {
                return self.take_inline(block.text.start, options);
            }
        }
        if let Some(number) = leading_number(text)
            && text.trim_end().ends_with('?')
        {
            return self.prompt_with_options(block.text.start + number..block.text.end);
        }
        let Some(question) = &mut self.pending else {
            return;
        };
        let whole = Text::of_prose(self.body, block.text.clone());
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

    /// Whether inline options behind `prompt` start a question of their own.
    fn question_wanted(&self, prompt: &str) -> bool {
        let answered = self.pending.as_ref().is_none_or(|question| !question.choices.is_empty());
        answered
            && (prompt.contains('?')
                || prompt.trim_end().ends_with([':', '_', '\u{2026}'])
                || leading_number(prompt).is_some())
    }

    fn key_block(&mut self, block: &Block) {
        let text = self.body.block_text(block);
        let span = self.body.span(block.text.clone());
        let base = block.text.start;
        let mut entries = Vec::new();
        match block.kind {
            BlockKind::Item { number, depth: 1, .. } => {
                let (named, rest) = match number {
                    Some(number) => (number.to_string(), 0..text.len()),
                    None => match question_prefix(text) {
                        Some((named, rest)) => (named, rest),
                        None => return,
                    },
                };
                entries.push((named, rest, span));
            }
            BlockKind::Paragraph => {
                for (named, value, whole) in inline_key(text) {
                    let span = self.body.span(base + whole.start..base + whole.end);
                    entries.push((named, value, span));
                }
            }
            _ => return,
        }
        let Some(section) = self.keys.last_mut() else {
            return;
        };
        for (question, value, span) in entries {
            let value = trimmed(text, value);
            let text = Text::of_prose(self.body, base + value.start..base + value.end);
            section.span = section.span.to(block.span);
            section.entries.push(KeyEntry { question, span, values: vec![text], names: None });
        }
    }
}

/// A choice, its leading letter taken as its id.
fn lettered_choice<'a>(
    body: &'a Prose,
    range: Range<usize>,
    correct: Option<(bool, Span)>,
) -> Choice<'a> {
    let text = &body.text[range.clone()];
    let whole = body.span(range.clone());
    match leading_letter(text) {
        Some((letter, rest)) => {
            let id = Text::of_prose(body, range.start + letter.start..range.start + letter.end);
            let text = Text::of_prose(body, range.start + rest.start..range.start + rest.end);
            Choice { span: text.span(), id: Some(id), text: Some(text), correct, is_key: false }
        }
        None => {
            let text = Text::of_prose(body, range);
            Choice { id: None, text: Some(text), correct, span: whole, is_key: false }
        }
    }
}

/// `a) X`, `(a) X`, `a. X`: the letter and the text.
fn leading_letter(text: &str) -> Option<(Range<usize>, Range<usize>)> {
    let bytes = text.as_bytes();
    let open = usize::from(bytes.first() == Some(&b'('));
    let letter = *bytes.get(open)?;
    let close = *bytes.get(open + 1)?;
    let closes = if open == 1 { close == b')' } else { matches!(close, b')' | b'.') };
    let blank = bytes.get(open + 2) == Some(&b' ');
    if !(letter.is_ascii_alphabetic() && closes && blank) {
        return None;
    }
    Some((open..open + 1, trimmed(text, open + 2..text.len())))
}

/// Bytes of "1. " or "Q1: " at the start.
fn leading_number(text: &str) -> Option<usize> {
    let rest = text.strip_prefix(['Q', 'q']).unwrap_or(text);
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let after = rest[digits..].strip_prefix(['.', ')', ':'])?;
    (digits > 0 && after.starts_with(' ')).then(|| text.len() - after.trim_start().len())
}

/// "Question 3", "3", "Q3".
fn is_generic(prompt: &str) -> bool {
    let plain = normal::plain(prompt);
    let rest = plain.trim_start_matches("question").trim_start_matches('q').trim();
    rest.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ')' | '#'))
}

/// Prompt and options of "Which? (a) X (b) Y": markers run from a without a gap, two at least.
fn inline_options(text: &str) -> Option<(Range<usize>, Vec<Range<usize>>)> {
    for style in [b"()" as &[u8], b")", b"."] {
        let starts = marker_starts(text, style);
        if starts.len() < 2 {
            continue;
        }
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        let options =
            starts.iter().zip(ends).map(|(&start, end)| trimmed(text, start..end)).collect();
        return Some((trimmed(text, 0..starts[0]), options));
    }
    None
}

/// Where `(a)`, `(b)`, ... start, as far as they run on.
fn marker_starts(text: &str, style: &[u8]) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut starts = Vec::new();
    let mut wanted = b'a';
    let mut at = 0;
    while at < bytes.len() {
        let free = at == 0 || matches!(bytes[at - 1], b' ' | b'\n' | b'\t');
        let letter_at = at + usize::from(style == b"()");
        let opens = style != b"()" || bytes[at] == b'(';
        let letter = bytes.get(letter_at).is_some_and(|byte| byte.to_ascii_lowercase() == wanted);
        let close = if style == b"." { b'.' } else { b')' };
        let closes =
            bytes.get(letter_at + 1) == Some(&close) && bytes.get(letter_at + 2) == Some(&b' ');
        if free && opens && letter && closes {
            starts.push(at);
            wanted += 1;
            at = letter_at + 2;
        }
        at += 1;
    }
    starts
}

/// The value of "Answer: b" or "Correct answer: b".
fn answer_line(text: &str) -> Option<Range<usize>> {
    let (head, rest) = text.split_once(':')?;
    let head = normal::plain(head);
    let known = matches!(
        head.as_str(),
        "answer"
            | "correct answer"
            | "right answer"
            | "svar"
            | "rätt svar"
            | "antwort"
            | "réponse"
            | "respuesta"
    );
    (known && !rest.trim().is_empty()).then(|| trimmed(text, text.len() - rest.len()..text.len()))
}

/// "Q1: b", "1) b" at the start of an unordered item.
fn question_prefix(text: &str) -> Option<(String, Range<usize>)> {
    let (named, rest) = text.split_once([':', ')', '.', '='])?;
    let named = named.trim();
    let short =
        !named.is_empty() && !named.contains(' ') || named.to_lowercase().starts_with("question ");
    short.then(|| (named.to_owned(), text.len() - rest.len()..text.len()))
}

/// Entries of "1. b 2. c", "1-b, 2-c", "1b; 2c": number, value, and the whole of each.
fn inline_key(text: &str) -> Vec<(String, Range<usize>, Range<usize>)> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let free = at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
        if !(free && bytes[at].is_ascii_digit()) {
            at += 1;
            continue;
        }
        let start = at;
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        let number = &text[start..at];
        while bytes
            .get(at)
            .is_some_and(|byte| matches!(byte, b'.' | b')' | b':' | b'-' | b'=' | b' ' | b'('))
        {
            at += 1;
        }
        let word = text[at..].split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        let is_value = letter_alone(word).is_some()
            || matches!(word.to_lowercase().as_str(), "true" | "false");
        if is_value {
            out.push((number.to_owned(), at..at + word.len(), start..at + word.len()));
            at += word.len();
        }
    }
    out
}

/// `range` of `text` without blanks and list punctuation at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    let end = range.start + part.trim_end().trim_end_matches([',', ';']).len();
    start..end.max(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_options_run_from_a() {
        let text = "Which one bends the hip? (a) psoas (b) soleus, (c) deltoid";
        let (prompt, options) = inline_options(text).unwrap();
        assert_eq!(&text[prompt], "Which one bends the hip?");
        let options: Vec<&str> = options.into_iter().map(|range| &text[range]).collect();
        assert_eq!(options, ["(a) psoas", "(b) soleus", "(c) deltoid"]);
        assert!(inline_options("Wash (b) and rinse (c)").is_none());
    }

    #[test]
    fn inline_keys_are_read() {
        let named = |text| {
            inline_key(text)
                .into_iter()
                .map(|(n, v, _)| format!("{n}{}", &text[v]))
                .collect::<Vec<_>>()
        };
        assert_eq!(named("1. b 2. c, 3-A"), ["1b", "2c", "3A"]);
        assert_eq!(named("1b; 2c"), ["1b", "2c"]);
        assert_eq!(named("In 2019 there were 3 studies"), Vec::<String>::new());
    }

    #[test]
    fn key_headings_are_whole_headings() {
        assert!(is_key_heading("Answer key"));
        assert!(is_key_heading("Quiz answers:"));
        assert!(is_key_heading("Facit"));
        assert!(!is_key_heading("The answer may surprise you"));
    }
}
