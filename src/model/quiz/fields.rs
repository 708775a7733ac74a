//! Quizzes written as fields (YAML, JSON, front matter).

use super::wording::{inline_options, leading_letter, marked, several, trimmed};
use super::{
    Choice, KeyEntry, KeyForm, KeyPlace, KeySection, KeyStatement, KeyValue, Place, Question,
    QuestionKind, Questions, Quiz, Record, letter_alone, truth,
};
use crate::model::{maps_questions, shape, texts};
use crate::normal;
use crate::source::Span;
use crate::syntax::{Entry, Node, Text};
use std::ops::Range;

pub fn quiz<'a>(record: &Record<'a>) -> Quiz<'a> {
    let entry = record.node.and_then(|node| node.entry("answerKey"));
    let mut keys: Vec<KeySection<'a>> = entry.map(key_section).into_iter().collect();
    let scored = is_scored(record.field("scored"));
    let questions =
        Questions::of_fields(lists(record), &mut keys, scored, record.file().text.len());
    let key_of = super::key_of(record, &questions);
    let (shuffle, exact, is_exam) = (shuffle(record), is_exact(record), is_exam(record));
    Quiz { anchor: record.anchor(), questions, keys, shuffle, exact, is_exam, key_of }
}

/// Where a record says `shuffle: true`.
pub fn shuffle(record: &Record<'_>) -> Option<Span> {
    record.field("shuffle").filter(|node| node.as_bool() == Some(true)).map(Node::span)
}

/// Whether a record says `mode: exam`.
pub fn is_exam(record: &Record<'_>) -> bool {
    record.field("mode").and_then(|node| node.as_str()) == Some("exam")
}

/// Whether a record says `exactOptions: true`.
pub fn is_exact(record: &Record<'_>) -> bool {
    record.field("exactOptions").and_then(Node::as_bool) == Some(true)
}

/// What `scored` says: no word is yes.
pub fn is_scored(scored: Option<Node<'_>>) -> bool {
    scored.and_then(Node::as_bool) != Some(false)
}

/// The lists of questions of a record: its own, and those of its sections.
pub fn lists<'a>(record: &Record<'a>) -> Vec<Node<'a>> {
    let sections = record.field("sections").into_iter().flat_map(Node::items);
    let held = sections.filter_map(|own| own.get("questions")).filter(|own| own.is_sequence());
    let is_list = |own: &Node<'a>| own.is_sequence() || maps_questions(*own);
    record.field("questions").filter(is_list).into_iter().chain(held).collect()
}

/// A question; `wrong_columns` as [`columns_are_wrong`] says.
pub fn question(number: usize, node: Node<'_>, wrong_columns: bool) -> Question<'_> {
    let prompt_node = node.get("prompt");
    // Some collections nest the prompt with its distractors.
    let nested = prompt_node.filter(|prompt| prompt.is_mapping());
    let prompt = match nested {
        Some(nested) => nested.get("prompt").or_else(|| nested.get("program")),
        None => prompt_node,
    };
    let prompt = prompt.and_then(Node::scalar);
    let kind = kind(node);
    let first_key = node.entries().next().map(|entry| entry.key_span());
    let anchor = prompt.as_ref().map(Text::span).or(first_key).unwrap_or_else(|| node.span());
    let mut question = Question {
        number,
        id: node.get("id").and_then(Node::scalar),
        kind,
        prompt,
        choices: Vec::new(),
        key: Vec::new(),
        explanation: explanation(node),
        anchor,
        node: Some(node),
        scored: is_scored(node.get("scored")),
        lettered: false,
        key_unread: false,
        place: Place::default(),
    };
    let distractors =
        node.get("distractors").or_else(|| nested.and_then(|nested| nested.get("distractors")));
    let wrong = distractors.map(|own| own.items().map(choice).collect());
    let wrong = wrong.or_else(|| wrong_columns.then(|| columns_beside_key(node)).flatten());
    match wrong {
        Some(wrong) => with_distractors(&mut question, node, wrong),
        None => with_options(&mut question, node),
    }
    question
}

/// Whether `answer1`, `answer2` beside `correctAnswer` are the wrong answers: in two questions or more, and in all
/// that have them, none of these is the right one.
pub fn columns_are_wrong<'a>(questions: impl Iterator<Item = Node<'a>>) -> bool {
    const ENOUGH: usize = 2;
    let mut count = 0;
    for node in questions.filter(|own| own.entry(COLUMNS[0]).is_some()) {
        let own = question(0, node, false);
        let values = || own.key.iter().flat_map(|own| &own.values);
        let is_text = |value: &KeyValue<'_>| {
            value.choice.is_none()
                && letter_alone(value.text.as_str()).is_none()
                && super::find_choice(&own, value.text.as_str()) == super::Named::Nothing
        };
        if columns_beside_key(node).is_none() || values().count() != 1 || !values().all(is_text) {
            return false;
        }
        count += 1;
    }
    count >= ENOUGH
}

/// `answer1`, `answer2`, where the key is called right: without ids.
fn columns_beside_key(node: Node<'_>) -> Option<Vec<Choice<'_>>> {
    let begins = |entry: Entry<'_>, word: &str| shape::fold(entry.key()).starts_with(word);
    let key = node.entry("answer").or_else(|| node.entry("correct"))?;
    let is_right = begins(key, "correct") || begins(key, "right");
    let are_answers = node.entry(COLUMNS[0]).is_some_and(|own| begins(own, "answer"));
    let wrong = columns(node).into_iter().map(|own| Choice { id: None, ..own });
    (is_right && are_answers).then(|| wrong.collect())
}

/// The text, the first of a list, or of texts for each case that for a right answer: `feedback: {correct: ...}`.
fn explanation(node: Node<'_>) -> Option<Text<'_>> {
    let own = node.get("explanation")?;
    let is_right = |entry: &Entry<'_>| matches!(entry.key(), "correct" | "right" | "text");
    let right = || own.entries().find(is_right).map(|entry| entry.value);
    own.text().or_else(|| own.items().next().or_else(right)?.text())
}

fn kind(node: Node<'_>) -> QuestionKind {
    let written = node.get("type").and_then(Node::as_str).map(shape::fold);
    let takes_several = || node.get("multiple").and_then(Node::as_bool) == Some(true);
    match written.as_deref() {
        Some(
            "singlechoice" | "single" | "radio" | "singleselect" | "singleanswer"
            | "singlebestanswer" | "mcqsingle" | "sba",
        ) => QuestionKind::SingleChoice,
        // One name for both in many collections; several right answers need a list.
        Some(
            "multiplechoice" | "multiple" | "multipleresponse" | "multipleselect"
            | "multipleanswer" | "multipleanswers" | "manychoice" | "checkbox" | "mcq" | "multi"
            | "multiselect" | "multichoice" | "checkboxes" | "mcqmulti" | "mrq",
        ) => QuestionKind::MultipleChoice,
        Some("truefalse" | "boolean" | "bool" | "tf" | "true/false" | "t/f") => {
            QuestionKind::TrueFalse
        }
        Some(
            "shortanswer" | "numeric" | "numerical" | "ordering" | "matching" | "tracing" | "text"
            | "string" | "fillintheblank" | "fillintheblanks" | "fillinblank" | "fillinblanks"
            | "fillblank" | "fillblanks" | "fillin" | "cloze" | "match" | "dropdown"
            | "draganddrop" | "dragdrop" | "flashcard" | "open" | "essay" | "freetext"
            | "freeresponse" | "openended" | "longanswer" | "short" | "number" | "order"
            | "sequence" | "sequencing" | "sort" | "sorting" | "ranking",
        ) => QuestionKind::Open,
        _ if takes_several() => QuestionKind::MultipleChoice,
        _ => QuestionKind::Unknown,
    }
}

/// `answer` and `distractors`: the choices are the two together.
fn with_distractors<'a>(question: &mut Question<'a>, node: Node<'a>, wrong: Vec<Choice<'a>>) {
    let answer = node.get("answer").or_else(|| node.get("correct"));
    let answer = answer.filter(|own| own.is_mapping()).and_then(|own| own.get("answer")).or(answer);
    let answers: Vec<Node<'a>> = match answer {
        Some(list) if list.is_sequence() => list.items().collect(),
        other => other.into_iter().filter(|own| own.is_scalar()).collect(),
    };
    let mut values = Vec::new();
    for answer in &answers {
        let Some(text) = answer.scalar() else {
            continue;
        };
        values.push(KeyValue::naming(text.clone(), question.choices.len()));
        question.choices.push(Choice {
            id: None,
            text: Some(text),
            correct: None,
            span: answer.span(),
            is_key: true,
        });
    }
    question.choices.extend(wrong);
    if let (Some(answer), false) = (answer, values.is_empty()) {
        let statement = KeyStatement { place: KeyPlace::Distractors, span: answer.span(), values };
        question.key.push(statement);
    }
    if question.kind == QuestionKind::MultipleChoice && answers.len() == 1 {
        question.kind = QuestionKind::SingleChoice;
    }
}

fn with_options<'a>(question: &mut Question<'a>, node: Node<'a>) {
    question.choices = choices(node);
    let is_listed = !question.choices.is_empty();
    if !is_listed {
        take_options(question, node);
    }
    let has_no_ids = question.choices.iter().all(|choice| choice.id.is_none());
    if has_no_ids {
        take_letters(&mut question.choices);
    }
    question.lettered = has_no_ids && is_listed;
    if question.kind == QuestionKind::Open && question.choices.is_empty() {
        return;
    }
    let states_key =
        ["answer", "correct", "answerIndex"].iter().any(|name| node.get(name).is_some());
    let marked = || marked_option(&question.choices).filter(|_| !states_key);
    if let Some(statement) = flags(&question.choices).or_else(marked) {
        question.key.push(statement);
    }
    let stated = ["answer", "correct"].iter().filter_map(|name| node.get(name));
    let listed = node.get("answers").filter(|_| options(node).is_some());
    for value in stated.chain(listed) {
        question.key_unread |= says_nothing(value);
        question.key.extend(field_statement(value, &question.choices));
    }
    if let Some(index) = node.get("answerIndex") {
        let statement = index_statement(index, question.choices.len());
        question.key_unread |= statement.is_none();
        question.key.extend(statement);
    }
    let single = question.key.iter().all(|statement| statement.values.len() < 2);
    if question.kind == QuestionKind::MultipleChoice && single && !question.key.is_empty() {
        question.kind = QuestionKind::Unknown;
    }
}

/// Options in the lines below the prompt: "Which joint bends?", "a) the hip", "b) the skull". With a key that names no
/// option by its letter or text they are parts of what is asked.
fn take_options<'a>(question: &mut Question<'a>, node: Node<'a>) {
    let Some(prompt) = question.prompt.take_if(|own| own.as_str().contains('\n')) else { return };
    let text = prompt.as_str();
    let is_lined =
        |own: &Range<usize>| text[..own.start].trim_end_matches([' ', '*']).ends_with('\n');
    let found = inline_options(text).filter(|(stem, options)| {
        !stem.is_empty() && options.iter().all(is_lined) && names_option(node, text, options)
    });
    let Some((stem, options)) = found else {
        question.prompt = Some(prompt);
        return;
    };
    let mut parts = prompt.parts([stem].into_iter().chain(options)).into_iter();
    question.prompt = parts.next();
    question.choices.extend(parts.map(|text| Choice {
        id: None,
        span: text.span(),
        text: Some(text),
        correct: None,
        is_key: false,
    }));
}

/// Whether all that the key of a question says may be one of these lines: a letter, or the text behind one.
fn names_option(node: Node<'_>, text: &str, options: &[Range<usize>]) -> bool {
    let Some(key) = node.get("answer").or_else(|| node.get("correct")) else { return false };
    let is_text = |key: &str| {
        let mut lines = options.iter().filter_map(|line| {
            let line = &text[line.clone()];
            leading_letter(line).map(|(_, own)| &line[own])
        });
        lines.any(|own| normal::plain(own) == normal::plain(key))
    };
    let names_one = |key: Node<'_>| {
        key.scalar().is_some_and(|key| {
            let key = key.as_str();
            letter_alone(key).is_some() || leading_letter(key).is_some() || is_text(key)
        })
    };
    match key.is_sequence() {
        true => key.items().all(names_one),
        false => names_one(key),
    }
}

/// The letters that stand before the texts of all choices are their ids: "A. Hip", "B. Knee". They follow each other,
/// but for one slip: "G. Washington" has initials.
fn take_letters(choices: &mut [Choice<'_>]) {
    let sign = |text: &str| leading_letter(text).filter(|_| !text.starts_with('*'));
    let signs = choices.iter().map(|choice| sign(choice.text.as_ref()?.as_str()));
    let Some(signs) = signs.collect::<Option<Vec<_>>>() else { return };
    let letter = |(choice, (sign, _)): (&Choice<'_>, &(Range<usize>, Range<usize>))| {
        choice
            .text
            .as_ref()
            .map_or(0, |own| own.as_str().as_bytes()[sign.start].to_ascii_lowercase())
    };
    let own: Vec<u8> = choices.iter().zip(&signs).map(letter).collect();
    let slips = (b'a'..=b'z').zip(&own).filter(|(wanted, own)| wanted != *own).count();
    let (Some(b'a'), Some(last)) = (own.first(), own.last()) else { return };
    // One that was left out moves all that follow.
    let rises = own.windows(2).all(|pair| pair[0] < pair[1]);
    let has_gap = rises && usize::from(last - b'a') <= own.len();
    if own.len() > 26 || !(slips == 0 || slips == 1 && own.len() > 2 || has_gap) {
        return;
    }
    for (choice, (sign, text)) in choices.iter_mut().zip(signs) {
        let Some(whole) = choice.text.take() else { continue };
        let mut parts = whole.parts([sign, text]).into_iter();
        (choice.id, choice.text) = (parts.next(), parts.next());
    }
}

fn options(node: Node<'_>) -> Option<Node<'_>> {
    let list = node.get("options").or_else(|| other_options(node))?;
    Some(letters_in_one(list).unwrap_or(list))
}

/// `[{a: Hip, b: Knee}]`: the schema tells that the list is one too many.
fn letters_in_one(list: Node<'_>) -> Option<Node<'_>> {
    let mut items = list.items();
    let (only, None) = (items.next()?, items.next()) else { return None };
    let is_letter = |key: &str| key.len() == 1 && key.starts_with(|c: char| c.is_alphanumeric());
    let are_letters =
        only.entries().nth(1).is_some() && only.entries().all(|own| is_letter(own.key()));
    are_letters.then_some(only)
}

/// What can be chosen, without what answer keys say of it.
fn choices(node: Node<'_>) -> Vec<Choice<'_>> {
    let Some(list) = options(node).or_else(|| node.get("answers")) else { return columns(node) };
    let by_id = list.entries().map(|entry| Choice {
        id: entry.key_node.scalar(),
        text: entry.value.scalar(),
        correct: None,
        span: entry.span(),
        is_key: false,
    });
    list.items().map(choice).chain(by_id).collect()
}

/// `alternatives` in which each is an object, as texts they are other spellings of an answer; or `a` as a list.
fn other_options(node: Node<'_>) -> Option<Node<'_>> {
    let is_list = |own: &Node<'_>| own.items().next().is_some();
    let alternatives = node.get("alternatives").filter(is_list);
    let alternatives = alternatives.filter(|own| own.items().all(Node::is_mapping));
    alternatives.or_else(|| node.get(COLUMNS[0]).filter(is_list))
}

/// Options of tables that have a column for each.
const COLUMNS: [&str; 6] = ["optionA", "optionB", "optionC", "optionD", "optionE", "optionF"];

/// `optionA`, `optionB`: two at least, and those that are left empty are none.
fn columns(node: Node<'_>) -> Vec<Choice<'_>> {
    let stated = COLUMNS.iter().filter_map(|name| node.entry(name));
    let choices = stated.filter_map(|entry| {
        let text = entry.value.scalar().filter(|own| !own.as_str().trim().is_empty())?;
        let key = entry.key_node.scalar()?;
        let letter = key.as_str().rfind(|c: char| c.is_ascii_alphanumeric())?;
        Some(Choice {
            id: key.parts(std::iter::once(letter..letter + 1)).pop(),
            text: Some(text),
            correct: None,
            span: entry.span(),
            is_key: false,
        })
    });
    let choices: Vec<_> = choices.collect();
    if choices.len() < 2 { Vec::new() } else { choices }
}

/// The keys of a question that are bare numbers which no option has as its id or text, the lowest and the highest, and
/// how many options there are.
pub fn bare_numbers(node: Node<'_>) -> Option<(usize, usize, usize)> {
    let key = ["answer", "correct"].iter().find_map(|name| node.get(name));
    let listed = || node.get("answers").filter(|_| options(node).is_some());
    let key = key.or_else(listed)?;
    let keys: Vec<_> = match key.scalar() {
        Some(key) => vec![key],
        None => key.items().map(Node::scalar).collect::<Option<_>>()?,
    };
    let number = |key: &Text<'_>| Some(key.as_str().parse::<u32>().ok()? as usize);
    let numbers: Vec<_> = keys.iter().take(LETTERS + 1).map(number).collect::<Option<_>>()?;
    if numbers.len() > LETTERS {
        return None;
    }
    let (lowest, highest) = (*numbers.iter().min()?, *numbers.iter().max()?);
    let is_key = |own: &str| keys.iter().any(|key| key.as_str() == own);
    let reads_key = |own: &Option<Text<'_>>| own.as_ref().is_some_and(|own| is_key(own.as_str()));
    let choices = choices(node);
    let named = choices.iter().any(|own| reads_key(&own.id) || reads_key(&own.text));
    let count = choices.len();
    (!named && count > 0).then_some((lowest, highest, count))
}

fn choice(node: Node<'_>) -> Choice<'_> {
    let is_mapping = node.is_mapping();
    let field = |name: &str| node.get(name).filter(|_| is_mapping);
    let correct = field("correct").and_then(|own| Some((flag(own)?, own.span())));
    let text = if is_mapping { field("text").and_then(Node::scalar) } else { node.scalar() };
    // `a: Hip`
    let letter = || {
        let entry = node.entry("text").filter(|own| is_mapping && own.key().len() == 1)?;
        entry.key_node.scalar()
    };
    Choice {
        id: field("id").and_then(Node::scalar).or_else(letter),
        text,
        correct,
        span: node.span(),
        is_key: false,
    }
}

/// A boolean, also one in quotes or as a number: that it is no boolean is told by the schema.
fn flag(node: Node<'_>) -> Option<bool> {
    let written = || match node.scalar()?.as_str() {
        "1" => Some(true),
        "0" => Some(false),
        word => truth(word),
    };
    node.as_bool().or_else(written)
}

/// `correct: true` on options, as one statement.
fn flags<'a>(choices: &[Choice<'a>]) -> Option<KeyStatement<'a>> {
    let ticked = choices.iter().enumerate().filter(|(_, c)| matches!(c.correct, Some((true, _))));
    let mut span: Option<Span> = None;
    let mut values = Vec::new();
    for (index, choice) in ticked {
        let (_, flag) = choice.correct.expect("only ticked choices are here");
        span = Some(span.unwrap_or(flag));
        if let Some(text) = choice.text.clone().or_else(|| choice.id.clone()) {
            values.push(KeyValue::naming(text, index));
        }
    }
    Some(KeyStatement { place: KeyPlace::Flags, span: span?, values })
}

/// One option, and no other, says in its text that it is right: with a tick, a word or `*`, as in the files of
/// programs that make tests.
fn marked_option<'a>(choices: &[Choice<'a>]) -> Option<KeyStatement<'a>> {
    let is_marked = |choice: &&Choice<'a>| {
        let text = choice.text.as_ref().map_or("", |own| own.as_str().trim());
        let is_starred = text.len() > 1 && text.starts_with('*') != text.ends_with('*');
        is_starred || marked(text).is_some_and(|(is_right, ..)| is_right)
    };
    let mut own = choices.iter().enumerate().filter(|(_, own)| is_marked(own));
    let (index, choice) = own.next().filter(|_| own.next().is_none())?;
    let value = KeyValue::naming(choice.text.clone()?, index);
    Some(KeyStatement { place: KeyPlace::Flags, span: choice.span, values: vec![value] })
}

/// A key that is there and empty, as no schema of quizzes allows.
fn says_nothing(value: Node<'_>) -> bool {
    value.is_null() || value.as_str().is_some_and(str::is_empty)
}

fn field_statement<'a>(value: Node<'a>, choices: &[Choice<'a>]) -> Option<KeyStatement<'a>> {
    // `answer: {answer: b}` of nested collections.
    let value = value.get("answer").filter(|_| value.is_mapping()).unwrap_or(value);
    if value.is_mapping() || says_nothing(value) {
        return None;
    }
    let items: Vec<Node<'_>> =
        if value.is_sequence() { value.items().collect() } else { vec![value] };
    let mut values: Vec<KeyValue<'_>> = Vec::new();
    for text in items.into_iter().filter_map(Node::scalar) {
        match letters(&text, choices.len()).or_else(|| listed(&text, choices)) {
            Some(several) => values.extend(several),
            None => values.push(KeyValue::unnamed(text)),
        }
    }
    Some(KeyStatement { place: KeyPlace::Field, span: value.span(), values })
}

/// `b, c` as two values.
fn letters<'a>(text: &Text<'a>, choices: usize) -> Option<Vec<KeyValue<'a>>> {
    let whole = text.as_str();
    let parts = several(whole).filter(|_| choices > 0)?;
    let all_letters = parts.iter().all(|part| super::letter_alone(&whole[part.clone()]).is_some());
    all_letters.then(|| text.parts(parts).into_iter().map(KeyValue::unnamed).collect())
}

/// Options that can have a letter each.
const LETTERS: usize = 26;

/// `quadriceps, hamstrings` or `quadriceps and hamstrings` as two values, where each of them is an option.
pub fn listed<'a>(text: &Text<'a>, choices: &[Choice<'a>]) -> Option<Vec<KeyValue<'a>>> {
    let whole = text.as_str();
    let sign = [";", ",", " and ", " & "].into_iter().find(|sign| whole.contains(*sign))?;
    if choices.len() > LETTERS || whole.matches(sign).nth(choices.len()).is_some() {
        return None;
    }
    let names = choices.iter().filter_map(|own| own.text.as_ref());
    let names: Vec<_> = names.map(|own| normal::plain(own.as_str())).collect();
    let is_option = |own: &str| names.contains(&normal::plain(own));
    // "A) quadriceps"
    let behind_letter = |part: &Range<usize>| {
        let (letter, own) = leading_letter(&whole[part.clone()])?;
        let is_first =
            |own: &u8| own.eq_ignore_ascii_case(&whole.as_bytes()[part.start + letter.start]);
        let place = (b'a'..=b'z').position(|own| is_first(&own))?;
        let named = names.get(place)?;
        (*named == normal::plain(&whole[part.start + own.start..part.end])).then_some(())
    };
    let mut at = 0;
    let parts = whole.split(sign).map(|part| {
        let own = trimmed(whole, at..at + part.len());
        at += part.len() + sign.len();
        match whole[own.clone()].strip_prefix("and ") {
            Some(rest) if !is_option(&whole[own.clone()]) => own.end - rest.len()..own.end,
            _ => own,
        }
    });
    let parts: Vec<_> = parts.collect();
    let names_one =
        |part: &Range<usize>| is_option(&whole[part.clone()]) || behind_letter(part).is_some();
    let are_options = !is_option(whole) && parts.iter().all(names_one);
    are_options.then(|| text.parts(parts).into_iter().map(KeyValue::unnamed).collect())
}

/// Positions from 0, also in quotes; what is none is told by the schema. `None` when none is left.
fn index_statement(value: Node<'_>, choices: usize) -> Option<KeyStatement<'_>> {
    let items: Vec<Node<'_>> =
        if value.is_sequence() { value.items().collect() } else { vec![value] };
    let values: Vec<_> = items
        .into_iter()
        .filter_map(|item| {
            let text = item.scalar()?;
            let index = match item.as_i64() {
                Some(index) => usize::try_from(index).ok()?,
                None => text.as_str().parse().ok()?,
            };
            let choice = Some(index).filter(|index| *index < choices);
            Some(KeyValue { choice, ..KeyValue::unnamed(text) })
        })
        .collect();
    let statement = KeyStatement { place: KeyPlace::Index, span: value.span(), values };
    (!statement.values.is_empty()).then_some(statement)
}

/// The quiz's `answerKey`: a mapping from question to key, or a list in the questions' order.
pub fn key_section(entry: Entry<'_>) -> KeySection<'_> {
    let value = entry.value;
    let mut entries = Vec::new();
    for own in value.entries() {
        let values = key_texts(own.value);
        let span = own.key_span();
        entries.push(key_entry(own.key().to_owned(), span, values));
    }
    for (index, item) in value.items().enumerate() {
        let values = key_texts(item);
        entries.push(key_entry((index + 1).to_string(), item.span(), values));
    }
    KeySection {
        anchor: entry.key_span(),
        span: entry.span(),
        entries,
        form: if value.is_mapping() { KeyForm::Mapping } else { KeyForm::InOrder },
        is_unread: false,
        is_partial: false,
        behind: 0,
    }
}

fn key_entry(question: String, span: Span, values: Vec<Text<'_>>) -> KeyEntry<'_> {
    KeyEntry { question, span, values, names: None, among: 0, place: Place::default() }
}

fn key_texts(node: Node<'_>) -> Vec<Text<'_>> {
    match node.scalar() {
        Some(text) => vec![text],
        None if node.is_sequence() => node.items().filter_map(Node::scalar).collect(),
        None => texts(node),
    }
}
