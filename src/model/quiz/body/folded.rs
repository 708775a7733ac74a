//! Answers that are folded away: in `<details>`, behind `??? success "Answer"`, or in a comment.

use super::headings::is_key_heading;
use super::key::moved;
use super::{LONGEST_HEAD, MOST_TRIES, Reader, in_lines, statement};
use crate::model::quiz::wording::{
    answer_in, answer_tag, fenced_answer, first_words, folded_answer, inline_key,
    is_answer_left_out, leading_letter, letters_before_reason, several, stated_letter, trimmed,
    without_invitation,
};
use crate::model::quiz::{Choice, Named, Question, find_choice, letter_alone};
use crate::normal;
use crate::syntax::{Block, BlockKind, MarkKind, Text};
use std::ops::Range;

/// What `<summary>` says that `<details>` holds.
#[derive(Clone)]
pub(super) struct Folded {
    /// Where it stands.
    pub block: Block,
    /// "Answers" may be those to all questions.
    pub all: bool,
}

impl Reader<'_> {
    /// `??? success "Answer"`, with the answer in its lines or behind it, and what ends it.
    pub(super) fn opens_fence(&mut self, block: &Block) -> bool {
        let text = &*in_lines(self.body, self.source, block.text.clone());
        if let Some((title, inside)) = fenced_answer(text) {
            self.fold(block, &text[title], text, inside);
            return true;
        }
        let source = &self.source[block.span.range()];
        if let Some(tag) = answer_tag(source) {
            let is_html = block.kind == BlockKind::Html;
            let inside = if is_html { 0..0 } else { trimmed(text, 0..text.len()) };
            self.fold(block, tag, text, inside);
            self.folded.take_if(|_| source.contains("{{< /") || source.contains("{{% /"));
            return true;
        }
        let is_closed = block.kind == BlockKind::Html && text.trim_matches(':').is_empty();
        let ends = is_closed || source.starts_with("{{< /") || source.starts_with("{{% /");
        self.folded.take_if(|_| ends);
        ends
    }

    /// `<details>` with answers in it or behind it.
    pub(super) fn html(&mut self, block: &Block) {
        let text = self.body.block_text(block);
        if let Some((title, inside)) = folded_answer(text) {
            self.fold(block, &text[title], text, inside);
        } else if let Some(inside) = text.strip_prefix("<!--").and_then(|own| own.split_once("-->"))
        {
            self.comment(block, inside.0);
        }
        if text.contains("</details") || text.contains("</Details") {
            self.key.is_open &= self.folded.is_none();
            self.folded = None;
        }
    }

    /// An answer in a block behind `??? success "Answer"`, as indented text is code: what is set off at its start, or
    /// the whole.
    pub(super) fn folded_code(&mut self, block: &Block) {
        let text = self.body.block_text(block);
        let bold = text.strip_prefix("**").and_then(|own| own.find("**"));
        let range = bold.map_or(0..text.trim_end().len(), |len| 2..2 + len);
        self.folded_answer(block.text.start + range.start..block.text.start + range.end);
    }

    /// Answers below `title`, in `text` or behind it.
    fn fold(&mut self, block: &Block, title: &str, text: &str, inside: Range<usize>) {
        let all = self.invites_to_key(title) || is_key_heading(title);
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

    /// "Show answers" behind more than one question that none such follows. Behind each, it has what one asks for.
    fn invites_to_key(&mut self, title: &str) -> bool {
        let asked = self.asked();
        let behind = std::mem::replace(&mut self.asked_before_fold, asked);
        asked > behind + 1 && is_key_heading(without_invitation(title))
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
            self.key.is_open = false;
        } else if self.is_asked()
            && let Some((start, value)) = answer_in(text)
            && text[..start].trim().is_empty()
        {
            self.answer(block.text.start, from + value.start..from + value.end);
        }
    }

    /// Whether all answers are folded away here and this is the first of them.
    pub(super) fn opens_folded_key(&mut self, block: &Block, text: &str) -> bool {
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
    /// speaks of. Where options are ticked, it explains them unless it says another one.
    pub(super) fn folded_answer(&mut self, range: Range<usize>) {
        let body = self.body;
        let text = &body.text[range.clone()];
        let (_, stated) = answer_in(text).unwrap_or((0, 0..text.len()));
        let from = range.start + stated.start;
        let words = &text[stated];
        let Some(question) = &mut self.pending else { return };
        if is_answer_left_out(words) {
            return;
        }
        if question.key.is_empty() && self.tries < MOST_TRIES {
            self.tries += 1;
            // "**B** It bends it.", "**A, C** Both do."
            let bold = || {
                let bold = body.marks_in(range.clone()).find(|own| own.kind == MarkKind::Strong)?;
                let own = bold.text.start.checked_sub(from)?..bold.text.end - from;
                let name = words.get(own.clone()).filter(|_| own.start == 0)?;
                let is_one = || {
                    letter_alone(name)
                        .is_some_and(|_| find_choice(question, name) != Named::Nothing)
                };
                (several(name).is_some() || is_one()).then_some(own)
            };
            let alone = || several(words).map(|_| 0..words.len());
            let is_ticked = |own: &Choice<'_>| matches!(own.correct, Some((true, _)));
            let has_ticks = question.choices.iter().any(is_ticked);
            // "A, C", and the reason in the next line.
            let lines = in_lines(body, self.source, from..from + words.len());
            if let Some(letters) = letters_before_reason(&lines).or_else(alone).or_else(bold)
                && !question.choices.is_empty()
                && !has_ticks
            {
                let own = from + letters.start..from + letters.end;
                question.key.push(statement(body, own));
                question.explanation.get_or_insert_with(|| Text::of_prose(body, range));
                return;
            }
            let first = words.find(['.', ',', ';', ':', '\u{2013}', '\u{2014}', '\n']);
            let letter = leading_letter(words).map(|(letter, _)| letter.end);
            // "C) the hip", where the hip is B.
            let line = words.find('\n').unwrap_or(words.len());
            let is_torn =
                |&end: &usize| matches!(find_choice(question, &words[..end]), Named::Torn(..));
            let torn = letter.and(Some(line).filter(is_torn));
            let ends = [torn, letter, first, Some(words.len())];
            let named = ends.into_iter().flatten().find_map(|end| {
                match find_choice(question, &words[..end]) {
                    Named::Choice(choice) => Some((end, Some(choice))),
                    Named::Torn(..) => Some((end, None)),
                    _ => None,
                }
            });
            let chosen = named.and_then(|(_, choice)| question.choices.get(choice?));
            let named = named.filter(|_| !chosen.is_some_and(is_ticked)).map(|(end, _)| end);
            let open = question.choices.is_empty().then_some(words.len());
            // "D: the calcaneus" below three options with letters.
            let is_lettered = question.choices.iter().all(|choice| choice.id.is_some());
            let is_stray = |letter: &Range<usize>| {
                is_lettered && find_choice(question, &words[letter.clone()]) == Named::Nothing
            };
            let letter = || stated_letter(words).filter(|_| question.has_choices());
            let part = named.or(open).map(|end| 0..end).or_else(|| letter().filter(is_stray));
            let stated = |part: Range<usize>| statement(body, from + part.start..from + part.end);
            let spoken_of = || {
                let choice = only_choice_in(question, words)?;
                let mut own = stated(0..words.len());
                own.values.truncate(1);
                own.values.iter_mut().for_each(|value| value.choice = Some(choice));
                Some(own)
            };
            let in_words = || spoken_of().or_else(|| letter().map(stated));
            let own = part.map(stated).or_else(|| in_words().filter(|_| !has_ticks));
            // There may be an answer for people only.
            question.scored &= own.is_some() || has_ticks;
            question.key.extend(own);
        }
        if question.explanation.is_none() {
            question.explanation = Some(Text::of_prose(body, range));
        }
    }
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
