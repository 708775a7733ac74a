//! The questions of a quiz, and which of them the entries of an answer key name.

use super::{KeyPlace, KeySection, KeyStatement, KeyValue, Question, fields, settle};
use crate::syntax::{Node, Text};
use std::borrow::Cow;
use std::collections::HashMap;

/// The questions of a quiz, in order.
///
/// Those of a bank of thousands are read from the tree again whenever they are gone through: kept, they
/// would take more room than the tree.
#[derive(Clone, Debug)]
pub struct Questions<'a> {
    kept: Vec<Question<'a>>,
    /// In place of `kept`.
    bank: Option<Bank<'a>>,
    /// What they were written as; empty for those of a body.
    nodes: Vec<Node<'a>>,
}

/// What more there is to know of questions in fields than their nodes tell.
#[derive(Clone, Debug)]
struct Bank<'a> {
    /// What answer keys state of a question, by its index.
    stated: HashMap<usize, Vec<KeyStatement<'a>>>,
}

/// More questions than this are not kept.
const MOST_KEPT: usize = 1000;

impl<'a> Questions<'a> {
    /// Questions of a body, with the keys that name them.
    pub(super) fn of_body(mut kept: Vec<Question<'a>>, keys: &mut [KeySection<'a>]) -> Self {
        let ids = kept.iter().map(|own| own.id.as_ref().map(|id| id.as_str().to_owned()));
        let mut stated = statements(ids, keys);
        for (index, question) in kept.iter_mut().enumerate() {
            question.key.extend(stated.remove(&index).into_iter().flatten());
            settle(question);
        }
        Self { kept, bank: None, nodes: Vec::new() }
    }

    /// Questions in fields, with the keys that name them.
    pub(super) fn of_fields(nodes: Vec<Node<'a>>, keys: &mut [KeySection<'a>]) -> Self {
        let id = |node: &Node<'a>| Some(node.get("id")?.scalar()?.as_str().to_owned());
        let bank = Bank { stated: statements(nodes.iter().map(id), keys) };
        if nodes.len() > MOST_KEPT {
            return Self { kept: Vec::new(), bank: Some(bank), nodes };
        }
        let kept = (0..nodes.len()).map(|index| bank.question(index, nodes[index])).collect();
        Self { kept, bank: None, nodes }
    }

    pub fn len(&self) -> usize {
        if self.bank.is_some() { self.nodes.len() } else { self.kept.len() }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn iter(&self) -> impl Iterator<Item = Cow<'_, Question<'a>>> {
        let again = self.bank.iter().flat_map(|bank| {
            let each = self.nodes.iter().enumerate();
            each.map(|(index, node)| Cow::Owned(bank.question(index, *node)))
        });
        self.kept.iter().map(Cow::Borrowed).chain(again)
    }

    /// What they were written as, in the order of the tree; empty for those of a body.
    pub fn nodes(&self) -> &[Node<'a>] {
        &self.nodes
    }
}

impl<'a> Bank<'a> {
    fn question(&self, index: usize, node: Node<'a>) -> Question<'a> {
        let mut question = fields::question(index + 1, node);
        question.key.extend(self.stated.get(&index).into_iter().flatten().cloned());
        settle(&mut question);
        question
    }
}

/// Tie the entries of keys to questions by id, else by number: what they state, by the question's index.
fn statements<'a>(
    ids: impl ExactSizeIterator<Item = Option<String>>,
    keys: &mut [KeySection<'a>],
) -> HashMap<usize, Vec<KeyStatement<'a>>> {
    let mut stated: HashMap<usize, Vec<KeyStatement<'a>>> = HashMap::new();
    if keys.is_empty() {
        return stated;
    }
    let count = ids.len();
    let mut by_id = HashMap::new();
    for (index, id) in ids.enumerate() {
        if let Some(id) = id {
            by_id.entry(id).or_insert(index);
        }
    }
    for (section, key) in keys.iter_mut().enumerate() {
        for entry in &mut key.entries {
            let by_number = || {
                let digits = entry.question.trim_start_matches(|c: char| !c.is_ascii_digit());
                let number: usize = digits.parse().ok()?;
                (1..=count).contains(&number).then(|| number - 1)
            };
            entry.names = by_id.get(&entry.question).copied().or_else(by_number);
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
