//! Quizzes in running text whose parts number their questions anew: "Part A 1 to 5, Part B 1 to 5".
//!
//! A part begins where a title says so, or where numbers begin again at 1. [`pair`] finds the question
//! of each entry of the answer keys; those of a quiz without parts are counted through.

use super::{KeyEntry, KeySection};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Where a question or an entry of a key stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    /// The number before it.
    pub number: Option<u32>,
    /// The number is that of a list, which pages may count anew.
    pub is_listed: bool,
    /// It is told true or false because the title says so.
    pub is_statement: bool,
    /// What stands above it.
    pub title: Option<Title>,
}

/// A title above questions or answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Title {
    pub id: u32,
    /// "Part A", whose questions are a part wherever they are numbered from.
    pub is_part: bool,
}

/// The titles of a quiz, by what they say.
#[derive(Default)]
pub(super) struct Titles {
    ids: HashMap<String, u32>,
}

impl Titles {
    pub fn part(&mut self, name: &str) -> Title {
        Title { id: self.id(format!("part {name}")), is_part: true }
    }

    pub fn other(&mut self, bare: String) -> Title {
        Title { id: self.id(bare), is_part: false }
    }

    /// A part that there is already.
    pub fn known_part(&self, name: &str) -> Option<Title> {
        let id = *self.ids.get(&format!("part {name}"))?;
        Some(Title { id, is_part: true })
    }

    /// A title that there is already.
    pub fn known(&self, bare: &str) -> Option<Title> {
        let id = *self.ids.get(bare)?;
        Some(Title { id, is_part: false })
    }

    fn id(&mut self, name: String) -> u32 {
        let next = u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
        *self.ids.entry(name).or_insert(next)
    }
}

/// Questions, or entries of a key, that belong together.
struct Run {
    title: Option<Title>,
    places: Range<usize>,
}

/// `parts` are the titles that the key divides its entries by.
fn runs(places: &[Place], parts: &HashSet<Title>) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    for (index, own) in places.iter().enumerate() {
        let goes_on = index.checked_sub(1).is_some_and(|before| {
            let before = &places[before];
            let in_part = |own: &Place| {
                own.title.is_some_and(|title| title.is_part || parts.contains(&title))
            };
            match in_part(own) || in_part(before) {
                true => own.title == before.title,
                false => own.number != Some(1) || before.number.is_none(),
            }
        });
        match out.last_mut().filter(|_| goes_on) {
            Some(run) => run.places.end = index + 1,
            None => out.push(Run { title: own.title, places: index..index + 1 }),
        }
    }
    out
}

/// Finds the question that each entry names. Entries for a part without questions that could be read are
/// dropped.
pub(super) fn pair(questions: &[Place], keys: &mut [KeySection<'_>]) {
    let titles = keys.iter().flat_map(|key| &key.entries).filter_map(|own| own.place.title);
    let titles: HashSet<Title> = titles.collect();
    let parts = runs(questions, &titles);
    let mut from = 0;
    while from < keys.len() {
        let behind = keys[from].behind;
        let to = from + keys[from..].iter().take_while(|key| key.behind == behind).count();
        let before = from.checked_sub(1).map_or(0, |last| keys[last].behind);
        let first = parts.partition_point(|part| part.places.start < before);
        let last = parts.partition_point(|part| part.places.start < behind);
        // Only one key, or all of them at the end.
        let is_whole = from == 0 && to == keys.len();
        let own = if is_whole { &parts[..] } else { &parts[first..last.max(first)] };
        pair_group(questions, &titles, &parts, own, &mut keys[from..to]);
        from = to;
    }
    if !questions.is_empty() {
        keys.iter_mut().for_each(|key| key.entries.retain(|entry| entry.among > 0));
    }
}

/// Keys that follow each other, for the parts before them.
fn pair_group(
    questions: &[Place],
    titles: &HashSet<Title>,
    all: &[Run],
    own: &[Run],
    keys: &mut [KeySection<'_>],
) {
    let key_runs: Vec<(usize, Run)> = keys
        .iter()
        .enumerate()
        .flat_map(|(index, key)| {
            let places: Vec<_> = key.entries.iter().map(|entry| entry.place).collect();
            runs(&places, titles).into_iter().map(move |run| (index, run))
        })
        .collect();
    let mut by_title: HashMap<Title, Option<&Run>> = HashMap::new();
    for part in all {
        let Some(title) = part.title else { continue };
        by_title.entry(title).and_modify(|own| *own = None).or_insert(Some(part));
    }
    let titled = |run: &Run| run.title.and_then(|title| by_title.get(&title).copied().flatten());
    let count = questions.len();
    let is_titled = key_runs.iter().any(|(_, run)| titled(run).is_some());
    let in_order = all.len() > 1
        && key_runs.len() <= own.len()
        && (key_runs.len() > 1 || own.len() == 1 && own.len() < all.len());
    let is_numbered = questions.iter().all(|own| own.number.is_some())
        && questions.is_sorted_by(|own, next| own.number < next.number);
    for (index, (section, run)) in key_runs.iter().enumerate() {
        let entries = &mut keys[*section].entries[run.places.clone()];
        let is_part = run.title.is_some_and(|title| title.is_part);
        match titled(run) {
            Some(part) => name_in(questions, part.places.clone(), entries),
            None if is_titled && is_part => {}
            None if in_order && !is_titled => {
                name_in(questions, own[index].places.clone(), entries);
            }
            // "Question 11" is the first of a quiz that goes on from another.
            None if is_numbered => name_in(questions, 0..count, entries),
            None => entries.iter_mut().for_each(|entry| {
                entry.among = count;
                entry.names = counted(entry.number(), 0..count);
            }),
        }
    }
}

fn counted(number: Option<usize>, places: Range<usize>) -> Option<usize> {
    let index = number?.checked_sub(1)?;
    (index < places.len()).then(|| places.start + index)
}

/// Entries for the questions of one part: by the numbers that these have, unless more of them fit when counted.
fn name_in(questions: &[Place], part: Range<usize>, entries: &mut [KeyEntry<'_>]) {
    let numbers = part.clone().filter_map(|index| Some((questions[index].number?, index)));
    let by_number: HashMap<u32, usize> = numbers.collect();
    let by_number = |entry: &KeyEntry<'_>| by_number.get(&entry.place.number?).copied();
    let by_count = |entry: &KeyEntry<'_>| counted(entry.number(), part.clone());
    let numbered = entries.iter().filter_map(by_number).count();
    let is_counted = numbered < entries.iter().filter_map(by_count).count();
    for entry in entries {
        entry.among = part.len();
        entry.names = if is_counted { by_count(entry) } else { by_number(entry) };
    }
}
