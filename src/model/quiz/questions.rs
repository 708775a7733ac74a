//! The questions of a quiz, and which of them the entries of an answer key name.

use super::body::Section;
use super::parts::pair;
use super::{KeyPlace, KeySection, KeyStatement, KeyValue, Question, fields, settle};
use crate::model::members;
use crate::syntax::{Node, NodeId, Text};
use std::borrow::Cow;
use std::collections::HashMap;

/// The questions of a quiz, in order.
///
/// Those of a large file are read again whenever they are gone through: kept, they would take more room
/// than the file.
#[derive(Clone, Debug)]
pub struct Questions<'a> {
    source: Source<'a>,
    /// What answer keys state of a question, by its index.
    stated: HashMap<usize, Vec<KeyStatement<'a>>>,
    len: usize,
    /// Whether they count; a survey says that none of its questions does.
    scored: bool,
    /// Lists that may be options of questions, and were not taken for them.
    unread: usize,
    /// All of them, or none.
    kept: Vec<Question<'a>>,
    numbers: Numbers,
    /// As [`fields::columns_are_wrong`] says.
    wrong_columns: bool,
}

/// The keys of a quiz that are bare numbers, and of which no option has the number as its id or text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    /// Questions with such a key.
    pub count: usize,
    /// The number of the first of these questions.
    pub first: usize,
    /// From where they count, as far as one of them shows it.
    pub base: Option<usize>,
}

impl Numbers {
    /// Fewer keys than these do not show that a quiz counts from 1: one may be a slip.
    const ENOUGH: usize = 4;

    /// Questions of other topics of one file that are looked at where those of a topic show nothing, and topics of
    /// a file in which that is done.
    const MOST_BESIDE: usize = 100;

    fn of(lists: &[Node<'_>]) -> Self {
        let Some(list) = lists.first() else { return Self::default() };
        let own = Self::read(lists.iter().flat_map(|list| members(*list)));
        let topics = || list.tree().root().into_iter().flat_map(Node::entries);
        let are_many = || topics().nth(Self::MOST_BESIDE).is_some();
        if own.count == 0 || own.base.is_some() || are_many() {
            return own;
        }
        let beside =
            topics().map(|own| own.value).filter(|own| own.is_sequence()).flat_map(Node::items);
        Self { base: Self::read(beside.take(Self::MOST_BESIDE)).base, ..own }
    }

    fn read<'a>(questions: impl Iterator<Item = Node<'a>>) -> Self {
        let mut own = Self::default();
        let (mut has_zero, mut has_last) = (false, false);
        for (index, node) in questions.enumerate() {
            let Some((lowest, highest, choices)) = fields::bare_numbers(node) else { continue };
            if own.count == 0 {
                own.first = index + 1;
            }
            own.count += 1;
            has_zero |= lowest == 0;
            has_last |= highest == choices;
        }
        own.base = match (has_zero, has_last) {
            (true, _) => Some(0),
            (false, true) if own.are_many() => Some(1),
            (false, _) => None,
        };
        own
    }

    /// Whether they are the way in which this quiz states its keys.
    pub fn are_many(&self) -> bool {
        self.count >= Self::ENOUGH
    }
}

/// What questions are written as.
#[derive(Clone, Debug)]
enum Source<'a> {
    /// The items of lists.
    Fields(Vec<Node<'a>>, Vec<NodeId>),
    Body(Section<'a>),
}

/// Bytes of a file whose questions are kept.
const MOST_KEPT: usize = 1 << 19;

impl<'a> Questions<'a> {
    /// Questions of a part of a body, and its answer keys, in a file of so many bytes; `field` is the key in its
    /// front matter, and `scored` what that says.
    pub(super) fn of_body(
        section: Section<'a>,
        field: Option<KeySection<'a>>,
        scored: bool,
        bytes: usize,
    ) -> (Self, Vec<KeySection<'a>>) {
        let mut reading = section.read();
        let mut kept = Vec::new();
        let mut places = Vec::new();
        for question in &mut reading {
            places.push(question.place);
            if bytes <= MOST_KEPT {
                kept.push(question);
            }
        }
        let unread = reading.unread();
        let mut keys = reading.into_keys();
        let len = places.len();
        pair(&places, &mut keys);
        let mut in_field: Vec<_> = field.into_iter().collect();
        name_entries((0..len).map(|_| None), &mut in_field);
        keys.append(&mut in_field);
        let stated = statements(&keys);
        let (source, numbers) = (Source::Body(section), Numbers::default());
        let mut own = Self {
            source,
            stated,
            len,
            scored,
            unread,
            kept: Vec::new(),
            numbers,
            wrong_columns: false,
        };
        let settled = kept.into_iter().enumerate();
        own.kept = settled.map(|(index, question)| own.settled(index, question)).collect();
        (own, keys)
    }

    /// Questions that are the items of lists, with the keys that name them, in a file of so many bytes.
    pub(super) fn of_fields(
        lists: Vec<Node<'a>>,
        keys: &mut [KeySection<'a>],
        scored: bool,
        bytes: usize,
    ) -> Self {
        let ids: Vec<_> = lists.iter().flat_map(|list| members(*list)).map(Node::id).collect();
        let id = |own: &NodeId| {
            Some(lists.first()?.tree().node(*own).get("id")?.scalar()?.as_str().to_owned())
        };
        name_entries(ids.iter().map(id), keys);
        let stated = statements(keys);
        let len = ids.len();
        let numbers = Numbers::of(&lists);
        let wrong_columns = fields::columns_are_wrong(lists.iter().flat_map(|list| members(*list)));
        let source = Source::Fields(lists, ids);
        let mut own = Self {
            source,
            stated,
            len,
            scored,
            unread: 0,
            kept: Vec::new(),
            numbers,
            wrong_columns,
        };
        if bytes <= MOST_KEPT {
            own.kept = own.read_again().collect();
        }
        own
    }

    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Of its keys, those that are bare numbers.
    pub fn numbers(&self) -> Numbers {
        self.numbers
    }

    /// Whether they are written as running text.
    pub fn are_text(&self) -> bool {
        matches!(self.source, Source::Body(_))
    }

    /// How many lists may be options of questions, and were not taken for them.
    pub fn unread(&self) -> usize {
        self.unread
    }

    pub fn iter(&self) -> impl Iterator<Item = Cow<'_, Question<'a>>> {
        let again = self.kept.is_empty().then(|| self.read_again());
        self.kept.iter().map(Cow::Borrowed).chain(again.into_iter().flatten().map(Cow::Owned))
    }

    fn read_again(&self) -> Box<dyn Iterator<Item = Question<'a>> + '_> {
        match &self.source {
            Source::Fields(lists, _) => {
                let each = lists.iter().flat_map(|list| members(*list)).enumerate();
                let question =
                    |(index, node)| (index, fields::question(index + 1, node, self.wrong_columns));
                Box::new(each.map(question).map(|(index, own)| self.settled(index, own)))
            }
            Source::Body(section) => {
                let each = section.read().enumerate();
                Box::new(each.map(|(index, question)| self.settled(index, question)))
            }
        }
    }

    /// With what answer keys state, and the choices that all statements name.
    fn settled(&self, index: usize, mut question: Question<'a>) -> Question<'a> {
        question.scored &= self.scored;
        question.key.extend(self.stated.get(&index).into_iter().flatten().cloned());
        settle(&mut question, self.numbers.base);
        question
    }

    /// The last one, in the order of the tree, that does not begin behind a node; of those in fields.
    pub fn up_to(&self, node: Node<'_>) -> Option<Node<'a>> {
        let Source::Fields(lists, ids) = &self.source else { return None };
        let after = ids.partition_point(|own| *own <= node.id());
        Some(lists.first()?.tree().node(*ids.get(after.checked_sub(1)?)?))
    }
}

/// Tie the entries of keys to questions by id, else by number.
fn name_entries(ids: impl ExactSizeIterator<Item = Option<String>>, keys: &mut [KeySection<'_>]) {
    if keys.is_empty() {
        return;
    }
    let count = ids.len();
    let mut by_id = HashMap::new();
    for (index, id) in ids.enumerate() {
        if let Some(id) = id {
            by_id.entry(id).or_insert(index);
        }
    }
    for entry in keys.iter_mut().flat_map(|key| &mut key.entries) {
        let by_number =
            || entry.number().filter(|own| (1..=count).contains(own)).map(|own| own - 1);
        entry.names = by_id.get(&entry.question).copied().or_else(by_number);
        entry.among = count;
    }
}

/// What the entries of keys state, by the question's index.
fn statements<'a>(keys: &[KeySection<'a>]) -> HashMap<usize, Vec<KeyStatement<'a>>> {
    let mut stated: HashMap<usize, Vec<KeyStatement<'a>>> = HashMap::new();
    for (section, key) in keys.iter().enumerate() {
        for entry in &key.entries {
            let Some(named) = entry.names else { continue };
            let value = |text: &Text<'a>| KeyValue::unnamed(text.clone());
            stated.entry(named).or_default().push(KeyStatement {
                place: KeyPlace::Section(section),
                span: entry.span,
                values: entry.values.iter().map(value).collect(),
            });
        }
    }
    stated
}
