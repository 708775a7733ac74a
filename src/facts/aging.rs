//! Sources that grow old: guidelines, systematic reviews and web pages.

use super::{Aging, AgingFact, Site};
use crate::model::date::{last_day, parts_of};
use crate::model::{ContentKind, Record};
use crate::syntax::Node;
use jiff::civil::Date;

/// Nothing for a work that does not grow old, or of which somebody says that it has not.
pub(super) fn aging_fact(record: &Record<'_>, index: u32) -> Option<AgingFact> {
    let node = record.node.filter(|_| record.kind == ContentKind::Resource)?;
    let sort = sort_of(node)?;
    let is_said = |name: &str| node.get(name).is_some_and(|own| own.as_bool() != Some(false));
    let is_live = !["superseded", "retracted", "draft", "retired"].contains(&word(node, "status"));
    if !is_live || is_said("classic") || is_said("inForce") {
        return None;
    }
    let looked_at = match sort {
        Aging::Guideline | Aging::Review => &["lastChecked", "lastReviewed"][..],
        Aging::WebPage => &["accessed", "lastChecked", "lastReviewed"],
    };
    let latest = |names: &[&str]| {
        let days = names.iter().filter_map(|name| day_of(record, node, name));
        days.max_by_key(|(day, ..)| *day)
    };
    let (issued, checked) = (latest(&["issued"]), latest(looked_at));
    let is_checked = checked.is_some();
    let last = issued.into_iter().chain(checked).max_by_key(|(day, ..)| *day);
    let anchor = Site::new(record.anchor(), word(node, "title"), &record.pointer);
    let (day, words, site) = match last {
        Some((day, words, site)) => (Some(day), words, site),
        None => (None, "".into(), anchor),
    };
    Some(AgingFact { record: index, sort, day, words, site, anchor, is_checked })
}

fn word<'a>(node: Node<'a>, name: &str) -> &'a str {
    node.get(name).and_then(Node::as_str).unwrap_or("")
}

fn day_of(record: &Record<'_>, node: Node<'_>, name: &str) -> Option<(Date, Box<str>, Site)> {
    let value = node.get(name)?;
    let parts = parts_of(value)?;
    let words = match value.is_scalar() {
        true => value.scalar_text().trim().to_owned(),
        false => {
            let given = parts.iter().filter(|own| **own > 0);
            given.map(|own| format!("{own:02}")).collect::<Vec<_>>().join("-")
        }
    };
    let site = Site::new(value.span(), &words, &format!("{}/{name}", record.pointer));
    Some((last_day(parts)?, words.into(), site))
}

fn sort_of(node: Node<'_>) -> Option<Aging> {
    let (kind, study) = (word(node, "type"), word(node, "studyType"));
    let title = word(node, "title").to_lowercase();
    match study {
        "guideline" => return Some(Aging::Guideline),
        "systematic-review" | "systematic-review-rct" | "meta-analysis-rct" => {
            return Some(Aging::Review);
        }
        "web-page" | "" => {}
        _ => return None,
    }
    match kind {
        "webpage" | "post-weblog" => is_kept_nowhere_else(node).then_some(Aging::WebPage),
        // An article on guidelines is none.
        "report" | "standard" | "document" if is_guideline(node, &title) => Some(Aging::Guideline),
        "article-journal" if is_review(&title) => Some(Aging::Review),
        _ if study == "web-page" => is_kept_nowhere_else(node).then_some(Aging::WebPage),
        _ => None,
    }
}

fn is_guideline(node: Node<'_>, title: &str) -> bool {
    let genre = word(node, "genre").to_lowercase();
    let names_one = |text: &str| {
        let mut words = text.split(|c: char| !c.is_alphanumeric());
        words.any(|own| matches!(own, "guideline" | "guidelines"))
    };
    names_one(&genre) || names_one(title)
}

/// Says of itself that it is one; a text about systematic reviews speaks of several.
fn is_review(title: &str) -> bool {
    let says = |what: &str| {
        title.find(what).is_some_and(|at| {
            let behind = &title[at + what.len()..];
            !behind.starts_with(|c: char| c.is_alphanumeric())
        })
    };
    ["a systematic review", ": systematic review", "a meta-analysis", "and meta-analysis"]
        .into_iter()
        .any(says)
}

/// Whether a web page can only be looked up at its address.
fn is_kept_nowhere_else(node: Node<'_>) -> bool {
    let has = |name: &&str| node.get(name).is_some_and(|own| !own.is_null());
    has(&"URL") && !["DOI", "PMID", "PMCID", "ISBN", "archivedUrl"].iter().any(has)
}
