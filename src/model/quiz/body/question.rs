//! A question: what begins one, its options and its answer beside it, and whether it is one in the end.

use super::choice::lettered_choice;
use super::headings::asks;
use super::{MOST_TRIES, Reader, in_lines, statement};
use crate::model::quiz::parts::Place;
use crate::model::quiz::wording::{
    answer_behind, answer_below, answer_in, answers_in_lines, asked_and_told, asks_for_truth,
    begins_with_box, inline_options, is_generic, is_given_answer, is_shared_list, leading_letter,
    leading_number, leads_aims, leads_explanation, option_sign, own_number, short_answer,
};
use crate::model::quiz::{
    Choice, KeyPlace, KeyStatement, KeyValue, Named, Question, QuestionKind, find_choice,
    letter_alone, truth,
};
use crate::source::Span;
use crate::syntax::{Block, BlockKind, Text};
use std::ops::Range;

/// A list of questions, as far as it was read.
#[derive(Clone, Copy)]
pub(super) struct QuestionList {
    list: u32,
    depth: u8,
    /// Before its last item.
    pub number: u32,
}

/// Number of no list: options that stand in paragraphs.
const IN_PARAGRAPHS: u32 = u32::MAX;

impl<'a> Reader<'a> {
    pub(super) fn begin(&mut self, prompt: Range<usize>) {
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
    pub(super) fn finish_question(&mut self) {
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
            Some((span, KeyValue::naming(choice.text.clone()?, index)))
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
        // "Quiz formatting" in an article, above its choices.
        let is_about = self.level > 0 && !self.habits.others_ask && !asks(prompt);
        question.key.is_empty()
            && ((self.is_title || is_about || self.habits.of_answers) && is_plain
                || is_shared_list(prompt)
                || (is_before || is_behind)
                    && !is_marked
                    && !in_list
                    && question.place.number.is_none())
    }

    /// What waited in the list of questions is taken for open questions.
    pub(super) fn take_waiting(&mut self) {
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

    pub(super) fn item(&mut self, block: &Block, next: Option<&Block>) {
        let BlockKind::Item { number, task, list, depth } = block.kind else {
            return;
        };
        let text = self.body.block_text(block);
        let stated = answer_in(text).filter(|(start, _)| *start == 0 && number.is_none());
        if stated.is_none() && is_given_answer(text) {
            return;
        }
        if self.aside_list == Some(list) {
            if let Some((_, value)) = stated {
                self.answer(block.text.start, value);
            }
            return;
        }
        if let (Some((ticked, span)), Some(_)) = (task, &self.pending) {
            return self.choice(block.text.clone(), Some((ticked, span)), list);
        }
        if self.pending.is_some() && leading_letter(text).is_some() {
            return self.choice(block.text.clone(), None, list);
        }
        let is_asked = self.pending.as_ref().is_some_and(|question| !question.choices.is_empty());
        if let Some((_, value)) = stated {
            let is_open = self.pending.as_ref().is_some_and(|question| {
                let prompt = question.prompt.as_ref().map_or("", Text::as_str);
                question.choices.is_empty() && (self.in_list || asks(prompt))
            });
            if is_open {
                // "Explanation: ..." in the items behind is no option.
                self.aside_list = Some(list);
            }
            if is_asked || is_open {
                return self.answer(block.text.start, value);
            }
        }
        if self.habits.answers_below && self.in_list && number.is_none() && !is_asked {
            return self.answer(block.text.start, 0..text.len());
        }
        let is_choice = self.choice_list == Some(list);
        let bullet = || {
            let begins = |next: &Block| match next.kind {
                BlockKind::Item { depth: below, .. } => {
                    let own = self.body.block_text(next);
                    below > depth
                        && option_sign(own)
                            .is_some_and(|(sign, _)| own[sign].eq_ignore_ascii_case("a"))
                }
                _ => false,
            };
            leading_number(text)?;
            own_number(text).filter(|_| next.is_some_and(begins))
        };
        let is_bullet = number.is_none();
        let number = number.or_else(bullet);
        let own = number.map(|number| QuestionList { list, depth, number });
        if let Some(own) = own.filter(|_| !is_choice) {
            let is_asked = asks_before_answer(text) || inline_options(text).is_some();
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
                let from = if is_bullet { leading_number(text).unwrap_or(0) } else { 0 };
                self.prompt_with_options(block.text.start + from..block.text.end);
                self.number(Some(own.number));
                if let Some(question) = &mut self.pending {
                    question.place.is_listed = !is_bullet;
                }
                self.in_list = true;
                return;
            }
        }
        if is_choice && is_asked && text.contains(':') && leads_explanation(text) {
            let explanation = Text::of_prose(self.body, block.text.clone());
            self.pending.iter_mut().for_each(|own| own.explanation = Some(explanation.clone()));
        } else if self.pending.is_some() {
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

    pub(super) fn paragraph(&mut self, block: &Block, next: Option<&Block>) {
        let text = &*in_lines(self.body, self.source, block.text.clone());
        let start = block.text.start;
        if let Some((prompt, answer)) = asked_and_told(text) {
            self.begin(start + prompt.start..start + prompt.end);
            return self.answer(start, answer);
        }
        if let Some((0, value)) = answer_in(text) {
            return self.answer(start, value);
        }
        if let Some(value) = short_answer(text).filter(|own| self.is_answer(&text[own.clone()])) {
            return self.answer(start, value);
        }
        let is_asked = self.pending.as_ref().is_some_and(|question| question.choices.is_empty());
        // What is said of an option stands between it and the next one.
        let goes_on = |next: &Block| match next.kind {
            BlockKind::Item { list, .. } => self.choice_list == Some(list),
            _ => false,
        };
        if !is_asked && next.is_some_and(|next| self.begins_options(next) && !goes_on(next)) {
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
        self.is_title &= !asks(text) || leads_aims(text);
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

    /// What stands before the question that was begun.
    pub(super) fn number(&mut self, number: Option<u32>) {
        if let (Some(question), Some(_)) = (&mut self.pending, number) {
            question.place.number = number;
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
        let text = in_lines(self.body, self.source, range.clone());
        let below = answer_below(&text);
        let end = below.as_ref().map_or(text.len(), |(end, _)| *end);
        let own = range.start..range.start + end;
        question.choices.push(lettered_choice(self.body, own, correct, self.habits.legend));
        if let Some((_, value)) = below {
            self.answer(range.start, value);
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

    /// Whether a block is the first option, or all of them, of what was asked before it.
    pub(super) fn begins_options(&self, block: &Block) -> bool {
        let text = self.body.block_text(block);
        let is_first =
            leading_letter(text).is_some_and(|(letter, _)| text[letter].eq_ignore_ascii_case("a"));
        match block.kind {
            BlockKind::Item { task, number, .. } => {
                let is_true = || number.is_none() && text.len() > 1 && truth(text) == Some(true);
                task.is_some() || is_first || is_true()
            }
            BlockKind::Paragraph => {
                let inline = inline_options(text);
                is_first
                    || begins_with_box(text)
                    || inline.is_some_and(|(prompt, _)| prompt.is_empty())
            }
            _ => false,
        }
    }

    /// Whether the question has come to the option of this letter.
    fn is_next_letter(&self, letter: &str) -> bool {
        let count = self.pending.as_ref().map_or(0, |question| question.choices.len());
        letter.bytes().all(|own| usize::from(own.to_ascii_lowercase() - b'a') == count)
    }

    /// Whether what stands behind "A:" is one of several options, or may be.
    fn is_answer(&self, value: &str) -> bool {
        self.pending.as_ref().is_some_and(|question| {
            let may_be = letter_alone(value).is_some();
            question.choices.len() > 1 && (may_be || find_choice(question, value) != Named::Nothing)
        })
    }

    /// `value` of the text that begins at `start` answers the question.
    pub(super) fn answer(&mut self, start: usize, value: Range<usize>) {
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
}

/// "Which muscle?", alone or with "Answer: psoas" behind it.
fn asks_before_answer(text: &str) -> bool {
    let end = || answer_behind(text).map_or(0, |(end, _)| end);
    text.ends_with('?') || text[..end()].trim_end().ends_with('?')
}

/// Whether the items of a list below a heading may be no options: neither letters nor boxes stand before them.
fn has_plain_choices(question: &Question<'_>) -> bool {
    let is_plain = |choice: &Choice<'_>| choice.id.is_none() && choice.correct.is_none();
    question.choices.iter().all(is_plain)
}
