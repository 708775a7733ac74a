//! Suppressions: an author says, at a place, that a rule does not count there, and why.
//!
//! They are written as comments (`# caveat-disable ...`, `<!-- caveat-disable ... -->`), and where a format has
//! none, as a field `x-caveat-disable`. [`collect`] reads those of one file; [`apply`] takes out what they hide
//! when all diagnostics are known, so that rules over all files can be suppressed as well.

mod directive;
mod offer;

use crate::config::Settings;
use crate::diagnostic::Diagnostic;
use crate::facts::Site;
use crate::lasting::{self, Lasting};
use crate::rule::{Collect, RuleInfo, Sink};
use crate::rules::project::suppression_hygiene as hygiene;
use crate::source::{FilePath, SourceFile, Span};
use crate::syntax::{Block, BlockKind, Document, MarkKind, Node, Prose, Text};
use directive::Directive;
use jiff::civil::Date;
use memchr::memmem;
use serde::{Deserialize, Serialize};
use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

pub use offer::offer;

/// Diagnostics of one rule that do not count in one stretch of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suppression {
    /// Where the rule is named.
    pub site: Site,
    #[serde(with = "lasting::name")]
    rule: Lasting,
    /// Only these of the rule's diagnostics.
    #[serde(with = "lasting::maybe_name")]
    kind: Option<Lasting>,
    /// It hides what begins here.
    pub covers: Span,
    /// The last day on which it holds.
    pub until: Option<Date>,
    /// In the author's words, as far as somebody reads them.
    reason: Arc<str>,
}

impl Suppression {
    fn is_about(&self, own: &Diagnostic) -> bool {
        self.rule == own.rule && (self.kind.is_none() || self.kind == own.kind)
    }

    /// The day it ended on, when that has passed.
    fn ended(&self, today: Option<Date>) -> Option<Date> {
        self.until.filter(|until| today.is_some_and(|today| *until < today))
    }

    /// Whether its rule was looked for, so that finding nothing says something.
    fn was_tried(&self, settings: &Settings) -> bool {
        settings.find_rule(self.rule).is_some_and(|rule| settings.asks_for(rule))
    }

    /// The rule as it was named.
    fn name(&self) -> String {
        match self.kind {
            Some(kind) => format!("{}/{kind}", self.rule),
            None => self.rule.to_owned(),
        }
    }
}

/// Characters of a reason that are kept.
const MOST_OF_REASON: usize = 300;

/// The field that suppresses in formats without comments.
pub const FIELD: &str = "x-caveat-disable";

/// The suppressions of a file. Those that hide nothing because of how they are written are reported.
pub fn collect(
    file: &SourceFile,
    document: &Document,
    settings: &Settings,
    out: &mut dyn Collect,
) -> Vec<Suppression> {
    if !mentions_us(&file.text) {
        return Vec::new();
    }
    let mut reader = Reader {
        file,
        settings,
        places: Places { file, document, units: OnceCell::new(), blocks: OnceCell::new() },
        out: Sink::for_file(&hygiene::RULE, file, out),
        found: Vec::new(),
    };
    reader.comments(document);
    reader.fields(document);
    reader.found.sort_by_key(|own| own.site.span);
    reader.found
}

fn mentions_us(text: &str) -> bool {
    memmem::find_iter(text.as_bytes(), b"aveat")
        .any(|at| text.as_bytes().get(at + 5).is_some_and(|next| matches!(next, b'-' | b':')))
}

struct Reader<'a> {
    file: &'a SourceFile,
    settings: &'a Settings,
    places: Places<'a>,
    out: Sink<'a>,
    found: Vec<Suppression>,
}

impl<'a> Reader<'a> {
    fn comments(&mut self, document: &'a Document) {
        for &comment in &document.comments {
            self.comment(comment, inside_marks(self.file, comment));
        }
        // JSX has comments of its own, which are tags to the reader of Markdown, and blocks where they stand alone.
        let Some(body) = &document.body else { return };
        let tags = body.marks.iter().filter(|own| own.kind == MarkKind::Html).map(|own| own.span);
        let blocks = body.blocks.iter().filter(|own| own.kind == BlockKind::Html);
        for block in blocks.clone() {
            self.unclosed(block.span);
        }
        for tag in tags.chain(blocks.map(|own| own.span)) {
            if let Some(inner) = inside_jsx_comment(self.file, tag) {
                self.comment(tag, inner);
            }
        }
    }

    /// A comment that never ends hides the rest of the text, and nothing else.
    fn unclosed(&mut self, block: Span) {
        let text = &self.file.text[block.range()];
        let Some(start) = text.rfind("<!--").filter(|at| !text[*at..].contains("-->")) else {
            return;
        };
        let inner = start + "<!--".len();
        let line = text[inner..].lines().next().unwrap_or("");
        if directive::read(line).is_some() {
            let span = span_in(block, start..inner + line.trim_end().len());
            let help = "write `-->` behind its last word".to_owned();
            hygiene::report_malformed(span, "its comment is not closed", help, &mut self.out);
        }
    }

    /// A comment, and what is inside of its marks.
    fn comment(&mut self, comment: Span, inner: Span) {
        let file = self.file;
        let place = |range: Range<usize>| span_in(inner, range);
        let covers = |places: &Places<'_>| places.at_comment(comment);
        self.directive(&file.text[inner.range()], &place, &covers);
    }

    fn fields(&mut self, document: &'a Document) {
        for mapping in document.tree.nodes().filter(|own| !own.is_alias() && own.is_mapping()) {
            for entry in mapping.entries().filter(|entry| entry.key() == FIELD) {
                let listed = entry.value.items();
                for text in [entry.value].into_iter().chain(listed).filter_map(Node::text) {
                    self.field(mapping.span(), &text);
                }
            }
        }
    }

    /// What a field says, which is what stands behind the word in a comment.
    fn field(&mut self, covers: Span, text: &Text<'_>) {
        const BEGIN: &str = "caveat-disable ";
        let words = format!("{BEGIN}{}", text.as_str());
        let place = |range: Range<usize>| match range.start.checked_sub(BEGIN.len()) {
            Some(start) if range.start < range.end => text.span_of(start..range.end - BEGIN.len()),
            _ => text.span(),
        };
        self.directive(&words, &place, &|_| Some(covers));
    }

    /// Read `words`; `place` says where they stand, `covers` what they are about.
    fn directive(
        &mut self,
        words: &str,
        place: &dyn Fn(Range<usize>) -> Span,
        covers: &dyn Fn(&Places<'_>) -> Option<Span>,
    ) {
        let own = match directive::read(words) {
            None => return,
            Some(Ok(own)) => own,
            Some(Err(mistake)) => {
                hygiene::report_malformed(
                    place(mistake.at),
                    &mistake.message,
                    mistake.help,
                    &mut self.out,
                );
                return;
            }
        };
        let head = place(own.head.clone());
        if own.rules.is_empty() {
            hygiene::report_blanket(head, "no rule is named here", &mut self.out);
            return;
        }
        let covers = if own.covers_file {
            Some(Span::new(0, u32::try_from(self.file.text.len()).unwrap_or(u32::MAX)))
        } else {
            covers(&self.places)
        };
        let reason = own.reason.clone().map_or("", |range| words[range].trim());
        let kept: Arc<str> = reason.chars().take(MOST_OF_REASON).collect::<String>().into();
        let found_before = self.found.len();
        for range in &own.rules {
            let site = Site::new(place(range.clone()), &words[range.clone()], "");
            self.rule(&words[range.clone()], site, covers, &own, &kept);
        }
        if self.found.len() > found_before && reason.chars().count() < hygiene::SHORTEST_REASON {
            hygiene::report_no_reason(head, reason, &mut self.out);
        }
    }

    fn rule(
        &mut self,
        name: &str,
        site: Site,
        covers: Option<Span>,
        own: &Directive,
        reason: &Arc<str>,
    ) {
        let Some((rule, kind)) = rule_and_kind(name, self.settings) else {
            let is_wide = name.ends_with('*')
                || name == "all"
                || self.settings.all_rules().any(|rule| rule.group() == name);
            if is_wide {
                let message = format!("`{name}` is more than one rule; each is named by itself");
                hygiene::report_blanket(site.span, &message, &mut self.out);
            } else {
                let ids = self.settings.all_rules().map(|rule| rule.id);
                hygiene::report_unknown(name, site.span, ids, &mut self.out);
            }
            return;
        };
        if hygiene::PROTECTED.contains(&rule.id) && own.approved_by.is_none() {
            hygiene::report_protected(rule.id, site.span, &mut self.out);
            return;
        }
        // At the end of a file there may be nothing to cover.
        let covers = covers.unwrap_or(Span::empty(site.span.end));
        self.found.push(Suppression {
            site,
            rule: rule.id,
            kind,
            covers,
            until: own.until,
            reason: reason.clone(),
        });
    }
}

/// `group/name` or `group/name/kind`.
fn rule_and_kind<'s>(
    name: &str,
    settings: &'s Settings,
) -> Option<(RuleInfo<'s>, Option<Lasting>)> {
    if let Some(rule) = settings.find_rule(name) {
        return Some((rule, None));
    }
    let (id, kind) = name.rsplit_once('/')?;
    let rule = settings.find_rule(id)?;
    rule.kinds.iter().find(|own| own.name == kind).map(|own| (rule, Some(own.name)))
}

/// A comment without what marks it as one.
fn inside_marks(file: &SourceFile, comment: Span) -> Span {
    let text = &file.text[comment.range()];
    let (begin, end) = match text.strip_prefix("<!--") {
        Some(rest) => (4, if rest.ends_with("-->") { 3 } else { 0 }),
        None => (text.len() - text.trim_start_matches(['#', '%']).len(), 0),
    };
    let last = (text.len() - end).max(begin);
    span_in(comment, begin..last)
}

fn inside_jsx_comment(file: &SourceFile, tag: Span) -> Option<Span> {
    let text = &file.text[tag.range()];
    let inner = text.strip_prefix("{/*")?.strip_suffix("*/}")?;
    Some(span_in(tag, 3..3 + inner.len()))
}

/// A range of the text at `span`, as a span of the file.
fn span_in(span: Span, range: Range<usize>) -> Span {
    Span::from_usize(span.start as usize + range.start..span.start as usize + range.end)
}

/// What comments may stand at.
struct Places<'a> {
    file: &'a SourceFile,
    document: &'a Document,
    /// Fields and list items in the order of their beginnings, outer before inner.
    units: OnceCell<Vec<Span>>,
    /// Blocks of the body with text for readers, in the order of their beginnings.
    blocks: OnceCell<Vec<&'a Block>>,
}

impl<'a> Places<'a> {
    /// What a comment is about.
    fn at_comment(&self, comment: Span) -> Option<Span> {
        match &self.document.body {
            Some(body) if !self.file.text[comment.range()].starts_with('#') => {
                self.at_block(body, comment)
            }
            _ => self.at_unit(comment),
        }
    }

    /// The field or list item that begins on the comment's line, else the next one.
    fn at_unit(&self, comment: Span) -> Option<Span> {
        let units = self.units.get_or_init(|| {
            let mut units = Vec::new();
            self.document.tree.roots().for_each(|root| add_units(root, &mut units));
            units.sort_by_key(|own| (own.start, Reverse(own.end)));
            units
        });
        let before = &self.file.text[..comment.start as usize];
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        let stands_alone =
            before[line..].chars().all(|c| c.is_whitespace() || matches!(c, '-' | '\u{feff}'));
        let first_from = |at: usize| units.partition_point(|own| (own.start as usize) < at);
        if stands_alone {
            return units.get(first_from(comment.end as usize)).copied();
        }
        let behind = first_from(comment.start as usize);
        let on_line = first_from(line);
        // A line that only goes on belongs to what began before it.
        let at = if on_line < behind { on_line } else { behind.checked_sub(1)? };
        units.get(at).copied()
    }

    /// The block that holds the comment, else the next one: a section for its heading, and the whole of a list
    /// or table.
    fn at_block(&self, body: &'a Prose, comment: Span) -> Option<Span> {
        let blocks = self.blocks.get_or_init(|| {
            let is_read = |own: &&Block| own.kind != BlockKind::Html || !self.is_comment(own);
            let mut blocks: Vec<_> = body.blocks.iter().filter(is_read).collect();
            blocks.sort_by_key(|own| own.span.start);
            blocks
        });
        let next = blocks.partition_point(|own| own.span.start < comment.end);
        if let Some(around) = next.checked_sub(1).map(|at| blocks[at])
            && around.span.end >= comment.end
        {
            return Some(around.span);
        }
        let first = *blocks.get(next)?;
        let rest = &blocks[next..];
        let last = match first.kind {
            BlockKind::Heading { level, .. } => {
                let ends = |own: &&Block| matches!(own.kind, BlockKind::Heading { level: other, .. } if other <= level);
                let len = rest[1..].iter().position(ends);
                rest[len.unwrap_or(rest.len() - 1)]
            }
            BlockKind::TableCell { .. } => {
                let is_cell = |own: &&&Block| matches!(own.kind, BlockKind::TableCell { .. });
                rest.iter().take_while(is_cell).last()?
            }
            // Before a list, not in one.
            BlockKind::Item { .. } if self.indent(comment) <= self.indent(first.span) => {
                rest.iter().take_while(|own| own.item.is_some()).last()?
            }
            // `<div>` and `:::tip` open what stands below them.
            BlockKind::Html => rest[1..]
                .iter()
                .copied()
                .find(|own| own.kind != BlockKind::Html)
                .filter(|own| self.follows(first.span, own.span))
                .unwrap_or(first),
            _ => first,
        };
        Some(first.span.to(last.span))
    }

    fn is_comment(&self, block: &Block) -> bool {
        let text = &self.file.text[block.span.range()];
        text.starts_with("<!--") || text.starts_with("{/*")
    }

    /// Whether there is no empty line between the two.
    fn follows(&self, first: Span, next: Span) -> bool {
        let between = self.file.text.get(first.end as usize..next.start as usize);
        between.is_some_and(|between| between.matches('\n').count() < 2)
    }

    /// Bytes between the beginning of the line and the span.
    fn indent(&self, span: Span) -> usize {
        let before = &self.file.text[..span.start as usize];
        before.len() - before.rfind('\n').map_or(0, |at| at + 1)
    }
}

/// The fields and list items in a node, without those that aliases repeat.
fn add_units(node: Node<'_>, units: &mut Vec<Span>) {
    if node.is_alias() {
        return;
    }
    for entry in node.entries() {
        units.push(entry.span());
        add_units(entry.value, units);
    }
    for item in node.items() {
        units.push(item.span());
        add_units(item, units);
    }
}

/// The diagnostics that are hidden, and why each is.
#[derive(Debug, Default)]
pub struct Hidden(
    /// By their places in memory, where they stay as long as the list that they were found in.
    HashMap<*const Diagnostic, Arc<str>>,
);

impl Hidden {
    /// What the author gave as the reason; `None` when the diagnostic counts.
    pub fn reason(&self, own: &Arc<Diagnostic>) -> Option<Arc<str>> {
        self.0.get(&Arc::as_ptr(own)).cloned()
    }
}

/// Find what the suppressions of each file hide, and report those that hide nothing.
pub fn apply<'a>(
    diagnostics: &mut Vec<Arc<Diagnostic>>,
    suppressions: impl Iterator<Item = (&'a FilePath, &'a [Suppression])>,
    settings: &Settings,
) -> Hidden {
    let mut hidden = Hidden::default();
    let by_file: BTreeMap<_, _> = suppressions.filter(|(_, own)| !own.is_empty()).collect();
    if by_file.is_empty() {
        return hidden;
    }
    let mut theirs = BTreeMap::<&FilePath, Vec<_>>::new();
    for own in diagnostics.iter().filter(|own| by_file.contains_key(&own.primary.path)) {
        theirs.entry(&own.primary.path).or_default().push(own);
    }
    let mut of_themselves = Vec::new();
    for (path, suppressions) in by_file {
        let mut all = theirs.remove(path).unwrap_or_default();
        all.sort_by_key(|own| own.primary.span.start);
        let effect = effect(suppressions, &all, settings.today);
        for (own, at) in all.into_iter().zip(effect.hidden) {
            hidden.0.extend(at.map(|at| (Arc::as_ptr(own), suppressions[at].reason.clone())));
        }
        let mut out = Sink::for_project(&hygiene::RULE, &mut of_themselves);
        for (own, is_used) in suppressions.iter().zip(effect.used) {
            match own.ended(settings.today) {
                Some(day) => hygiene::report_expired(path, &own.site, day, &mut out),
                None if is_used || !own.was_tried(settings) => {}
                None => hygiene::report_unused(path, &own.site, &own.name(), &mut out),
            }
        }
    }
    diagnostics.append(&mut of_themselves);
    hidden
}

/// Which diagnostics of a file its suppressions are about, whatever the day.
pub(crate) fn covered(suppressions: &[Suppression], all: &[Arc<Diagnostic>]) -> Vec<bool> {
    let mut covered = vec![false; all.len()];
    if !suppressions.is_empty() {
        let mut order: Vec<usize> = (0..all.len()).collect();
        order.sort_by_key(|&at| all[at].primary.span.start);
        let sorted: Vec<_> = order.iter().map(|&at| &all[at]).collect();
        let hidden = effect(suppressions, &sorted, None).hidden;
        order.into_iter().zip(hidden).for_each(|(at, by)| covered[at] = by.is_some());
    }
    covered
}

/// Which diagnostics are hidden, and which suppressions hide any.
#[derive(Debug)]
struct Effect {
    /// By which suppression.
    hidden: Vec<Option<usize>>,
    used: Vec<bool>,
}

/// What suppressions do to the diagnostics of their file, which are in the order of their beginnings.
fn effect(suppressions: &[Suppression], all: &[&Arc<Diagnostic>], today: Option<Date>) -> Effect {
    let mut effect =
        Effect { hidden: vec![None; all.len()], used: vec![false; suppressions.len()] };
    let mut by_name = BTreeMap::<_, Vec<usize>>::new();
    for (at, own) in suppressions.iter().enumerate().filter(|(_, own)| own.ended(today).is_none()) {
        by_name.entry((own.rule, own.kind)).or_default().push(at);
    }
    for mut same in by_name.into_values() {
        let like = &suppressions[same[0]];
        same.sort_by_key(|&at| Reverse(suppressions[at].covers));
        // Those that begin before the diagnostic. Each is looked at once: of those that hide something, the one
        // that ends last counts from there on.
        let mut begun = Vec::new();
        let mut last: Option<usize> = None;
        let end = |at: usize| suppressions[at].covers.end;
        for (index, own) in all.iter().enumerate().filter(|(_, own)| like.is_about(own)) {
            let at = own.primary.span.start;
            while let Some(next) = same.pop_if(|next| suppressions[*next].covers.start <= at) {
                begun.push(next);
            }
            for next in begun.drain(..).filter(|next| end(*next) >= at) {
                effect.used[next] = true;
                last = last.filter(|last| end(*last) >= end(next)).or(Some(next));
            }
            effect.hidden[index] = effect.hidden[index].or(last.filter(|last| end(*last) >= at));
        }
    }
    effect
}
