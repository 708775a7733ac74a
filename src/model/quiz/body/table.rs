//! Questions in tables, one in a row: `| Question | A | B | C | Answer |`, `| Statement | True | False |`.
//!
//! [`Head`] is what the names of the columns say. A table without a column for what is asked is none of questions, nor
//! is one whose questions are numbers: that is an answer sheet, or a key.

use super::choice::lettered_choice;
use super::habits::{Habits, Legend, covers};
use super::{MOST_TRIES, Reader};
use crate::model::quiz::wording::{
    asks_for_truth, inline_options, is_answer_heading, leading_number, leads_explanation, marked,
    number_in, own_number, position, trimmed,
};
use crate::model::quiz::{
    Choice, KeyPlace, KeyStatement, KeyValue, Named, Question, QuestionKind, find_choice,
    is_key_heading, letter_alone, truth,
};
use crate::normal;
use crate::syntax::{Block, BlockKind, MarkKind, Prose, Text};
use std::ops::Range;

/// Where the [`Reader`] stands in a table.
#[derive(Default)]
pub(super) struct InTable {
    /// The last cell was one of the head.
    in_head: bool,
    /// The head of a table of questions, and the cells of the row that was begun.
    head: Option<Head>,
    row: Vec<(u32, Range<usize>)>,
}

impl InTable {
    /// A block that is no cell.
    pub fn leave(&mut self) {
        if self.in_head || self.head.is_some() {
            *self = Self::default();
        }
    }
}

/// What the cells of a column are.
#[derive(Clone, Debug, PartialEq)]
enum Column {
    Number,
    Prompt,
    /// One option of each question; what its name is in answers.
    Choice(Range<usize>),
    /// All options of a question.
    Choices,
    /// A mark here says that the statement is true, or false.
    Truth(bool, Range<usize>),
    /// The answer; of a statement, whether it is true.
    Key {
        of_statement: bool,
    },
    Distractors,
    Explanation,
    Other,
}

/// The columns of a table of questions.
#[derive(Clone)]
struct Head {
    columns: Vec<(u32, Column)>,
    has_key: bool,
    /// How right options are set off where no column has the answers.
    legend: Option<Legend>,
    /// One of its statements is marked as true or false.
    has_marks: bool,
}

/// Columns that are looked at.
const MOST_COLUMNS: usize = 24;

impl Head {
    /// The head of a table that begins with `first`, of which the other cells and all rows stand in `behind`.
    fn of(body: &Prose, first: &Block, behind: &[Block], habits: &Habits) -> Option<Self> {
        let is_head =
            |block: &&Block| matches!(block.kind, BlockKind::TableCell { header: true, .. });
        let cells = behind.iter().take_while(is_head).count();
        let names = std::iter::once(first).chain(&behind[..cells]).take(MOST_COLUMNS);
        let columns = names.filter_map(|block| match block.kind {
            BlockKind::TableCell { column, .. } => Some((column, column_of(body, block))),
            _ => None,
        });
        let mut columns: Vec<(u32, Column)> = columns.collect();
        settle(body, &mut columns);
        let count = |is: fn(&Column) -> bool| columns.iter().filter(|(_, own)| is(own)).count();
        let has = |is: fn(&Column) -> bool| count(is) > 0;
        let has_key = has(|own| matches!(own, Column::Key { .. }));
        let is_truth = count(|own| matches!(own, Column::Truth(..))) == 2;
        let offers =
            count(|own| matches!(own, Column::Choice(_))) > 1 || has(|own| *own == Column::Choices);
        if !has(|own| *own == Column::Prompt) || !(has_key || offers || is_truth) {
            return None;
        }
        let mut own = Self { columns, has_key, legend: None, has_marks: false };
        own.look_at(body, &behind[cells..], offers, habits).then_some(own)
    }

    fn column(&self, number: u32) -> &Column {
        let at = self.columns.binary_search_by_key(&number, |(own, _)| *own);
        at.map_or(&Column::Other, |at| &self.columns[at].1)
    }

    /// Looks at all rows; whether they are questions.
    fn look_at(&mut self, body: &Prose, rows: &[Block], offers: bool, habits: &Habits) -> bool {
        let (mut asked, mut strong, mut emphatic, mut marks) = (0, 0, 0, 0);
        for block in rows {
            let BlockKind::TableCell { header: false, column, .. } = block.kind else { break };
            let text = body.block_text(block);
            match self.column(column) {
                Column::Prompt if !says_something(text) => {}
                Column::Prompt if number_in(text).is_some() => return false,
                Column::Prompt => asked += 1,
                Column::Choice(_) => {
                    let is = |kind| covers(body, &block.text, &block.text, &kind);
                    strong += usize::from(is(MarkKind::Strong));
                    emphatic += usize::from(is(MarkKind::Emphasis));
                    marks += usize::from(body.marks_in(block.text.clone()).next().is_some());
                }
                Column::Choices => {
                    marks += usize::from(body.marks_in(block.text.clone()).next().is_some());
                }
                Column::Truth(..) => self.has_marks |= is_mark(text),
                _ => {}
            }
        }
        if self.has_key || !offers {
            return asked > 0;
        }
        let shows = |count: usize| count > 1 && 2 * count > asked && count <= asked;
        self.legend = match (shows(strong), shows(emphatic)) {
            (true, _) => Some(Legend::Strong),
            (false, true) => Some(Legend::Emphasis),
            (false, false) => habits.legend,
        };
        // Of what nobody keys, some is a questionnaire; where something is set off, nobody knows what for.
        asked > 0 && (self.legend.is_some() || habits.has_key && marks == 0)
    }
}

/// What the name of a column says of its cells.
fn column_of(body: &Prose, block: &Block) -> Column {
    const NUMBERS: &[&str] = &[
        "",
        "#",
        "id",
        "item no",
        "n",
        "no",
        "nr",
        "num",
        "number",
        "q",
        "q no",
        "q#",
        "qn",
        "question #",
        "question no",
        "question nr",
        "question number",
        "s no",
        "sl no",
        "sr no",
    ];
    const PROMPTS: &[&str] = &[
        "affirmation",
        "aussage",
        "fr\u{e5}ga",
        "frage",
        "item",
        "p\u{e5}st\u{e5}ende",
        "pregunta",
        "prompt",
        "question",
        "question stem",
        "question text",
        "questions",
        "statement",
        "statements",
        "stem",
        "stelling",
        "vraag",
    ];
    const KEYS: &[&str] = &[
        "ans",
        "antwort",
        "bonne r\u{e9}ponse",
        "correct",
        "correct answer",
        "correct answers",
        "correct choice",
        "correct letter",
        "correct option",
        "correct response",
        "key",
        "l\u{f6}sung",
        "r\u{e4}tt svar",
        "r\u{e9}ponse",
        "respuesta",
        "respuesta correcta",
        "richtige antwort",
        "right answer",
        "right option",
        "svar",
    ];
    const CHOICES: &[&str] = &[
        "alternatives",
        "answer choices",
        "answer options",
        "antwortm\u{f6}glichkeiten",
        "choices",
        "opciones",
        "options",
        "possible answers",
        "svarsalternativ",
    ];
    const DISTRACTORS: &[&str] = &[
        "distractor",
        "distractors",
        "incorrect answer",
        "incorrect answers",
        "incorrect option",
        "wrong answer",
        "wrong answers",
        "wrong option",
        "wrong options",
    ];
    let text = body.block_text(block);
    if text.len() > 80 {
        return Column::Other;
    }
    let plain = normal::plain(text);
    let name = plain.split(" (").next().unwrap_or("").trim_matches(['.', ':', '?', ' ', '(', ')']);
    let kind = name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    let is = |names: &[&str]| names.contains(&name);
    if is(NUMBERS) {
        Column::Number
    } else if is(PROMPTS) {
        Column::Prompt
    } else if let Some(own) = choice_name(text) {
        Column::Choice(block.text.start + own.start..block.text.start + own.end)
    } else if asks_for_truth(text) {
        Column::Key { of_statement: true }
    } else if let Some(is_true) =
        truth(name).filter(|_| !is(&["yes", "no", "y", "n", "ja", "nein"]))
    {
        Column::Truth(is_true, block.text.clone())
    } else if is(KEYS) || is_answer_heading(name) || is_key_heading(name) {
        Column::Key { of_statement: false }
    } else if is(CHOICES) {
        Column::Choices
    } else if DISTRACTORS.contains(&kind) {
        Column::Distractors
    } else if leads_explanation(text) {
        Column::Explanation
    } else {
        Column::Other
    }
}

/// "B", "Option B", "Choice 2", "2": what answers call the option.
fn choice_name(text: &str) -> Option<Range<usize>> {
    const WORDS: &[&str] = &[
        "option",
        "choice",
        "answer",
        "alternative",
        "alternativ",
        "antwort",
        "opci\u{f3}n",
        "svar",
    ];
    let last = text.trim_end().rsplit(' ').next()?;
    let start = text.trim_end().len() - last.len();
    let before = normal::plain(&text[..start]);
    let own = last.trim_matches(['(', ')', '.', ':']);
    let start = start + (last.len() - last.trim_start_matches('(').len());
    let is_letter = letter_alone(own).is_some_and(|letter| letter <= 'h');
    let is_number = matches!(position(own), Some(1..=8));
    let is_name = match before.is_empty() {
        true => is_letter || is_number,
        false => (is_letter || is_number) && WORDS.contains(&before.as_str()),
    };
    is_name.then(|| start..start + own.len())
}

/// What a column is beside others: `F` beside `T` is "false", one letter alone is no option.
fn settle(body: &Prose, columns: &mut [(u32, Column)]) {
    let text = |range: &Range<usize>| body.text[range.clone()].to_ascii_lowercase();
    let is_true = |own: &Column| matches!(own, Column::Truth(true, _));
    let choices = columns.iter().filter(|(_, own)| matches!(own, Column::Choice(_))).count();
    if choices == 1 {
        let has_true = columns.iter().any(|(_, own)| is_true(own));
        for (_, own) in columns.iter_mut() {
            if let Column::Choice(name) = own {
                *own = match text(name) == "f" && has_true {
                    true => Column::Truth(false, name.clone()),
                    false => Column::Other,
                };
            }
        }
    }
    let mut seen = false;
    for (_, own) in columns.iter_mut().filter(|(_, own)| *own == Column::Prompt) {
        if std::mem::replace(&mut seen, true) {
            *own = Column::Other;
        }
    }
}

fn says_something(text: &str) -> bool {
    text.contains(char::is_alphanumeric)
}

/// Whether a cell that may have a mark has one.
fn is_mark(text: &str) -> bool {
    !matches!(
        text.trim().to_lowercase().as_str(),
        "" | "-"
            | "\u{2013}"
            | "\u{2014}"
            | "0"
            | "[ ]"
            | "( )"
            | "\u{2610}"
            | "\u{25cb}"
            | "_"
            | "no"
    ) && !text.trim().chars().all(|c| c == '_' || c == '.')
        && marked(&format!("{} ", text.trim())).is_none_or(|(right, ..)| right)
}

impl<'a> Reader<'a> {
    /// Whether a table is one of questions and no key: what its first row asks is no number.
    pub(super) fn asks_in_rows(&self, block: &Block, behind: &[Block]) -> bool {
        Head::of(self.body, block, behind, &self.habits).is_some()
    }

    pub(super) fn table_cell(&mut self, block: &Block, behind: &[Block]) {
        let BlockKind::TableCell { header, row, column } = block.kind else { return };
        if header {
            if !std::mem::replace(&mut self.table.in_head, true) {
                self.table.head = Head::of(self.body, block, behind, &self.habits);
                self.table.row.clear();
                if self.table.head.is_some() {
                    self.finish_question();
                }
            }
            return;
        }
        self.table.in_head = false;
        let Some(head) = &self.table.head else { return };
        if *head.column(column) != Column::Other {
            self.table.row.push((column, block.text.clone()));
        }
        let goes_on = behind.first().is_some_and(|next| {
            matches!(next.kind, BlockKind::TableCell { header: false, row: own, .. } if own == row)
        });
        if !goes_on {
            let cells = std::mem::take(&mut self.table.row);
            if let Some(head) = self.table.head.take() {
                self.row(&head, &cells);
                self.table.head = Some(head);
            }
        }
    }

    /// A question, its options and its answer.
    fn row(&mut self, head: &Head, cells: &[(u32, Range<usize>)]) {
        let body = self.body;
        let text = |range: &Range<usize>| &body.text[range.clone()];
        let all = |is: fn(&Column) -> bool| {
            cells.iter().filter(move |(column, _)| is(head.column(*column))).map(|(_, own)| own)
        };
        let Some(prompt) = all(|own| *own == Column::Prompt).next() else { return };
        if !says_something(text(prompt)) {
            return;
        }
        let own = leading_number(text(prompt)).unwrap_or(0);
        let in_cell = all(|own| *own == Column::Number).find_map(|cell| number_in(text(cell)));
        let number = in_cell.and_then(|own| own.parse().ok()).or(own_number(text(prompt)));
        self.begin(prompt.start + own..prompt.end);
        self.number(number);
        let key = all(|own| matches!(own, Column::Key { .. })).find(|cell| is_stated(text(cell)));
        let is_statement =
            head.columns.iter().any(|(_, own)| *own == Column::Key { of_statement: true });
        let (choices, is_loose) = head.choices(body, cells);
        let distractors: Vec<_> = all(|own| *own == Column::Distractors)
            .filter(|cell| is_stated(text(cell)))
            .cloned()
            .collect();
        match key {
            Some(key) if choices.is_empty() && !distractors.is_empty() => {
                self.beside_distractors(key.clone(), distractors);
            }
            _ => {
                if let Some(question) = &mut self.pending {
                    question.choices = choices;
                }
                if let Some(key) = key {
                    let start = option_word(text(key));
                    self.answer(key.start + start, 0..key.len() - start);
                }
            }
        }
        let explanation = all(|own| *own == Column::Explanation).find(|own| is_stated(text(own)));
        if let Some(question) = &mut self.pending {
            question.explanation = explanation.map(|own| Text::of_prose(body, own.clone()));
            fit(question, is_loose, is_statement);
        }
        self.finish_row(head, is_statement);
    }

    /// The right option and the others, each in a cell of its own.
    fn beside_distractors(&mut self, key: Range<usize>, others: Vec<Range<usize>>) {
        let body = self.body;
        let Some(question) = &mut self.pending else { return };
        let span = body.span(key.clone());
        let cells = std::iter::once(key).chain(others);
        question.choices = cells.map(|own| lettered_choice(body, own, None, None)).collect();
        let text = question.choices.first().and_then(|own| own.text.clone());
        let values: Vec<_> = text.into_iter().map(|text| KeyValue::naming(text, 0)).collect();
        question.key.push(KeyStatement { place: KeyPlace::Distractors, span, values });
        if let Some(own) = question.choices.first_mut() {
            own.is_key = true;
        }
    }

    fn finish_row(&mut self, head: &Head, is_statement: bool) {
        let asks_truth =
            is_statement || head.columns.iter().any(|(_, own)| matches!(own, Column::Truth(..)));
        // What stands in a row is a question, whether or not the items of lists are.
        let list_asks = self.list_asks;
        self.pending_asks_truth = asks_truth;
        self.in_list = true;
        self.tries = MOST_TRIES;
        self.finish_question();
        self.list_asks = list_asks;
    }
}

impl Head {
    /// The options of a row, and whether those of one cell may as well be parts of one.
    fn choices<'a>(
        &self,
        body: &'a Prose,
        cells: &[(u32, Range<usize>)],
    ) -> (Vec<Choice<'a>>, bool) {
        let legend = if self.has_key { None } else { self.legend };
        let text = |range: &Range<usize>| &body.text[range.clone()];
        let (mut choices, mut is_loose) = (Vec::new(), false);
        for (column, cell) in cells.iter().filter(|(_, cell)| is_stated(text(cell))) {
            match self.column(*column) {
                Column::Choice(name) => {
                    let mut choice = lettered_choice(body, cell.clone(), None, legend);
                    choice.id =
                        choice.id.take().or_else(|| Some(Text::of_prose(body, name.clone())));
                    choices.push(choice);
                }
                Column::Choices => {
                    let (parts, loose) = options_in(text(cell));
                    is_loose |= loose;
                    choices.extend(parts.into_iter().map(|own| {
                        let own = cell.start + own.start..cell.start + own.end;
                        lettered_choice(body, own, None, legend)
                    }));
                }
                _ => {}
            }
        }
        if self.has_marks && choices.is_empty() {
            choices = self.truths(body, cells);
        }
        (choices, is_loose)
    }

    /// "True" and "false", with the mark below one of them.
    fn truths<'a>(&self, body: &'a Prose, cells: &[(u32, Range<usize>)]) -> Vec<Choice<'a>> {
        let named = self.columns.iter().filter_map(|(column, own)| match own {
            Column::Truth(_, name) => Some((*column, name.clone())),
            _ => None,
        });
        let choice = |(column, name): (u32, Range<usize>)| {
            let own = cells.iter().find(|(own, _)| *own == column).map(|(_, own)| own.clone());
            let mark = own.filter(|own| is_mark(&body.text[own.clone()]));
            let text = Text::of_prose(body, name);
            let correct = mark.map(|own| (true, body.span(own)));
            Choice { span: text.span(), id: None, text: Some(text), correct, is_key: false }
        };
        named.map(choice).collect()
    }
}

/// What kind of question a row is, as far as its cells say it.
fn fit(question: &mut Question<'_>, is_loose: bool, is_statement: bool) {
    let is_ticked = question.choices.iter().any(|own| own.correct.is_some());
    let values = || question.key.iter().flat_map(|own| &own.values).map(|own| own.text.as_str());
    // Commas and strokes stand in options, too: "5 minutes / day".
    let is_name = |own: &str| letter_alone(own).is_some() || position(own).is_some();
    let is_odd = |own: &str| !is_name(own) && find_choice(question, own) == Named::Nothing;
    if is_loose && values().any(is_odd) {
        question.choices.clear();
    }
    if !question.choices.is_empty() {
        if is_ticked && question.key.is_empty() {
            question.kind = QuestionKind::SingleChoice;
        }
        return;
    }
    // "Mostly true" says more than one word does.
    let says_more = |own: &str| {
        normal::plain(own).split(' ').any(|word| truth(word).is_some()) && truth(own).is_none()
    };
    let answers = values().next().is_some();
    if is_statement && answers && !values().any(says_more) {
        question.kind = QuestionKind::TrueFalse;
    } else if answers {
        question.kind = QuestionKind::Open;
    }
}

/// Whether something stands in a cell, and no dash.
fn is_stated(text: &str) -> bool {
    let text = text.trim();
    let is_gap = |c: char| matches!(c, '-' | '\u{2013}' | '\u{2014}' | '_' | '.' | '?');
    !text.is_empty() && !text.chars().all(is_gap) && !text.eq_ignore_ascii_case("n/a")
}

/// Bytes of "Option " before a number or letter.
fn option_word(text: &str) -> usize {
    let names = |own: &str| letter_alone(own).is_some() || position(own).is_some();
    match text.split_once(' ') {
        Some((word, own)) if choice_name(text).is_some() && names(own.trim()) => word.len() + 1,
        _ => 0,
    }
}

/// The options in one cell, and whether they may as well be parts of one.
fn options_in(text: &str) -> (Vec<Range<usize>>, bool) {
    if let Some((prompt, options)) = inline_options(text) {
        return if prompt.is_empty() { (options, false) } else { (Vec::new(), false) };
    }
    for (sign, is_loose) in [("\n", false), (";", false), (",", true), (" / ", true), ("/", true)] {
        let mut at = 0;
        let mut parts = Vec::new();
        for part in text.split(sign) {
            let own = trimmed(text, at..at + part.len());
            let bullet = text[own.clone()].len()
                - text[own.clone()].trim_start_matches(['-', '\u{2022}', '*', ' ']).len();
            parts.extend(Some(own.start + bullet..own.end).filter(|own| !own.is_empty()));
            at += part.len() + sign.len();
        }
        if parts.len() > 1 {
            let is_loose = is_loose && !parts.iter().all(|own| truth(&text[own.clone()]).is_some());
            return (parts, is_loose);
        }
    }
    (Vec::new(), false)
}
