//! Fields of a record that hold sentences, as its schema marks them, with the `sources` around them.

use super::{Passage, Place, Reader};
use crate::facts::citations::{self, Citations};
use crate::facts::claims::{Element, Role};
use crate::facts::extract::{is_filler, looks_like_id};
use crate::facts::{CitationFact, CitationTarget, Scope, Site};
use crate::model::shape::ShapeId;
use crate::model::{Record, maps_questions};
use crate::syntax::{self, BlockKind, Node, pointer};
use std::borrow::Cow;
use std::fmt::Write;

impl Reader<'_, '_> {
    /// Fields that the schema marks, at any depth; `sources` are the nearest ones above.
    pub(super) fn fields(
        &mut self,
        node: Node<'_>,
        shape: ShapeId,
        pointer: &mut String,
        sources: &[CitationTarget],
    ) {
        if node.is_alias() {
            return;
        }
        for (index, item) in node.items().enumerate() {
            let len = pointer.len();
            let _ = write!(pointer, "/{index}");
            self.fields(item, shape, pointer, sources);
            pointer.truncate(len);
        }
        let own = own_sources(node);
        let sources = if own.is_empty() { sources } else { &own };
        let shapes = self.how.shapes;
        for entry in node.entries() {
            let Some(field) = shapes.shapes[shape].fields.of(&entry) else {
                continue;
            };
            let len = pointer.len();
            pointer.push('/');
            pointer.push_str(entry.name());
            if field.claims == Some(true) {
                // A listed claim needs a source of its own.
                let declared = role_of(entry.name()) == Role::Declared;
                let reach = if declared { &own } else { sources };
                self.field(entry.value, entry.name(), pointer, reach);
            }
            if let Some(inner) = field.shape
                && entry.name() != "sources"
            {
                match entry.name() == "questions" && maps_questions(entry.value) {
                    true => self.questions_by_name(entry.value, inner, pointer, sources),
                    false => self.fields(entry.value, inner, pointer, sources),
                }
            }
            pointer.truncate(len);
        }
    }

    /// The fields of questions in a mapping that names them.
    pub(super) fn questions_by_name(
        &mut self,
        node: Node<'_>,
        shape: ShapeId,
        pointer: &str,
        sources: &[CitationTarget],
    ) {
        for entry in node.entries().filter(|_| !node.is_alias()) {
            self.fields(
                entry.value,
                shape,
                &mut format!("{pointer}/{}", pointer::escaped(entry.key())),
                sources,
            );
        }
    }

    fn field(&mut self, value: Node<'_>, name: &str, pointer: &str, sources: &[CitationTarget]) {
        if value.is_sequence() {
            for item in value.items().filter(|item| !item.is_mapping()) {
                self.field(item, name, pointer, sources);
            }
            return;
        }
        let Some(text) = value.text() else { return };
        let role = role_of(name);
        let outer = (!sources.is_empty()).then_some((Scope::Field, Cow::Borrowed(sources)));
        let place = |element| Place {
            role,
            element,
            heading: None,
            lead_in: None,
            outer: outer.clone(),
            pointer,
            own_report: false,
            own_work: false,
        };
        if is_plain(text.as_str()) {
            if !self.is_read(&place(Element::Field)) {
                return;
            }
            let passage = Passage {
                text: text.as_str(),
                sentences: syntax::sentences(text.as_str()),
                span: &|range| text.map().span(range),
                code: Vec::new(),
                images: Vec::new(),
            };
            return self.judge_passage(&passage, &[], &place(Element::Field));
        }
        let prose = syntax::parse_field(&text);
        let keys: Vec<&str> = sources.iter().filter_map(key).collect();
        let listed = *self.listed.get_or_insert_with(|| listed(self.lists.0, self.lists.1));
        let beside = citations::Beside { keys: &keys, listed, ..citations::Beside::default() };
        let found = citations::find(&prose, beside);
        for mark in &found.marks {
            let words = &prose.text[mark.text.clone()];
            let shown = match mark.target {
                CitationTarget::Key(_) | CitationTarget::BareKey(_) => "",
                CitationTarget::Number { .. } if !mark.weak => words,
                _ => continue,
            };
            self.facts.citations.push(CitationFact {
                target: mark.target.clone(),
                site: Site::new(mark.span, words, pointer),
                mark: shown.into(),
            });
        }
        for block in &prose.blocks {
            let element = if matches!(block.kind, BlockKind::Item { .. }) {
                Element::ListItem
            } else {
                Element::Field
            };
            self.judge_block(&prose, block, &found, &place(element));
        }
    }
}

/// `sources` of a mapping, as citations; empty lists and fillers are none.
fn own_sources(node: Node<'_>) -> Vec<CitationTarget> {
    let Some(value) = node.get("sources") else {
        return Vec::new();
    };
    let one = |node: Node<'_>| -> Option<CitationTarget> {
        if node.is_mapping() {
            let names = ["id", "title", "DOI", "URL"];
            let id = names
                .iter()
                .filter_map(|name| node.get(name))
                .map(Node::scalar_text)
                .find(|text| !is_filler(text))?;
            return Some(CitationTarget::Link(id.into()));
        }
        let text = node.as_str()?.trim();
        match (is_filler(text), looks_like_id(text)) {
            (true, _) => None,
            (false, true) => Some(CitationTarget::Key(text.into())),
            (false, false) => Some(CitationTarget::Link(text.into())),
        }
    };
    match value.is_sequence() {
        true => value.items().filter_map(one).collect(),
        false => one(value).into_iter().collect(),
    }
}

fn role_of(field: &str) -> Role {
    match field {
        "explanation" | "feedback" | "rationale" => Role::Explanation,
        "contraindications" | "safety" => Role::Safety,
        // The only text of the field that declares claims.
        "text" => Role::Declared,
        _ => Role::Description,
    }
}

/// Whether a field's text has nothing in it that Markdown or a citation could be made of.
fn is_plain(text: &str) -> bool {
    let special = |byte: u8| {
        matches!(
            byte,
            b'*' | b'_'
                | b'['
                | b']'
                | b'('
                | b'<'
                | b'>'
                | b'#'
                | b'`'
                | b'&'
                | b'\\'
                | b'|'
                | b'~'
                | b'^'
                | b'{'
                | b'@'
                | b'\n'
                | b'\r'
                | b'\t'
        )
    };
    let bytes = text.as_bytes();
    let opens = matches!(bytes.first(), Some(b'-' | b'+' | b'=' | b'0'..=b'9' | b' '));
    // A number behind a full stop may be a mark, "10." opens a DOI.
    let numbers =
        |pair: &[u8]| matches!(pair, [b'.' | b'!' | b'"', b' ', b'0'..=b'9'] | [b'1', b'0', b'.']);
    text.is_ascii()
        && !opens
        && !bytes.iter().any(|byte| special(*byte))
        && !bytes.windows(3).any(numbers)
        && !text.contains("://")
        && !text.contains("www.")
        && citations::registered(text).is_empty()
}

fn key(target: &CitationTarget) -> Option<&str> {
    match target {
        CitationTarget::Key(key) => Some(key),
        _ => None,
    }
}

/// How far numbers in a record's fields can count: to the end of the longest list in it, or of its body. Where
/// nobody can tell, as far as one likes.
fn listed(record: &Record<'_>, found: &Citations) -> u32 {
    // The list may stand in the file that the record is one of many in.
    if !record.pointer.is_empty() {
        return u32::MAX;
    }
    let nodes = record.node.into_iter().flat_map(Node::descendants);
    let in_fields = nodes.filter_map(|node| node.get("sources")).map(|value| {
        let is_text = value.as_str().is_some_and(|text| text.contains(char::is_whitespace));
        let items = if value.is_sequence() { value.items().count() } else { 1 };
        if is_text { u32::MAX } else { u32::try_from(items).unwrap_or(u32::MAX) }
    });
    let in_body = found.list.as_ref().map(citations::ReferenceList::last_number);
    in_fields.chain(in_body).max().unwrap_or(0)
}
