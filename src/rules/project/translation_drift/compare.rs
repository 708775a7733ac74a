//! What two language versions of one record disagree in.

use super::{Pair, Version};
use crate::diagnostic::Diagnostic;
use crate::facts::Site;
use crate::facts::versions::{
    AmountFact, DosageFact, DoseFact, PartFact, PartName, QuestionVersion,
};
use crate::model::dosage::Unit;
use crate::rule::Sink;
use crate::words::{counted, quoted};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::Hash;

pub(super) fn compare(pair: Pair<'_>, out: &mut Sink<'_>) {
    parts(pair, out);
    doses(pair, out);
    questions(pair, out);
    stale(pair, out);
}

impl<'a> Pair<'a> {
    fn report<'o>(
        &self,
        here: &Site,
        there: (&Site, &str),
        message: String,
        out: &'o mut Sink<'_>,
    ) -> &'o mut Diagnostic {
        let (site, label) = there;
        let diagnostic = out.report_at(self.own.path, here, message);
        diagnostic.label("in this version");
        diagnostic.related_at(
            self.original.path.clone(),
            site.span,
            format!("{label} {}", self.called),
        )
    }
}

impl<'a> Version<'a> {
    fn part(&self, name: PartName) -> Option<&'a PartFact> {
        self.fact.parts.iter().find(|own| own.part == name)
    }
}

/// One of a part, as it is counted.
const fn noun(part: PartName) -> &'static str {
    match part {
        PartName::Steps => "step",
        PartName::Safety => "safety note",
        PartName::Contraindications => "contraindication",
        PartName::StopIf => "warning sign",
        PartName::Dosage => "line of the dose",
        PartName::Questions => "question",
        PartName::Headings => "heading",
    }
}

const fn is_care(part: PartName) -> bool {
    matches!(part, PartName::Safety | PartName::Contraindications | PartName::StopIf)
}

fn parts(pair: Pair<'_>, out: &mut Sink<'_>) {
    for original in &pair.original.fact.parts {
        match pair.own.part(original.part) {
            Some(own) => {
                items(pair, own, original, out);
                numbers(pair, own, original, out);
            }
            None if is_care(original.part) && !original.is_none_known && !pair.own.fact.is_open => {
                missing(pair, original, out);
            }
            None => {}
        }
    }
}

fn missing(pair: Pair<'_>, original: &PartFact, out: &mut Sink<'_>) {
    // That a record has no safety note at all is told without its original.
    let has_other = |name| pair.own.part(name).is_some();
    if original.part == PartName::Safety && !has_other(PartName::Contraindications) {
        return;
    }
    let message = format!("no {}, and {} has {}", noun(original.part), pair.called, original.items);
    pair.report(&pair.own.record.anchor, (&original.key, "those of"), message, out)
        .kind("safety")
        .label("this version lacks them")
        .help("translate them");
}

/// Whether there is less or more of something.
fn items(pair: Pair<'_>, own: &PartFact, original: &PartFact, out: &mut Sink<'_>) {
    let is_one_text = |part: &PartFact| part.items == 1;
    if own.is_none_known && original.items > 0 {
        let message = format!(
            "none is known here, and {} has {}",
            pair.called,
            counted(original.items, noun(own.part))
        );
        pair.report(&own.key, (&original.key, "those of"), message, out)
            .kind("safety")
            .help("translate what the other version has");
        return;
    }
    let is_same = match own.part {
        PartName::Dosage => true,
        // A section may be added for the readers of one language.
        PartName::Headings => own.items >= original.items,
        PartName::Questions => own.items == original.items,
        PartName::Safety | PartName::Contraindications | PartName::StopIf => {
            // Two notes may have become one, of two sentences.
            own.items >= original.items || own.sentences >= original.sentences
        }
        PartName::Steps => {
            own.items == original.items
                || own.sentences == original.sentences
                || is_one_text(own)
                || is_one_text(original)
        }
    };
    // The rest may stand where nobody knows that it is one.
    let is_open =
        pair.own.fact.is_open || pair.original.fact.is_open && own.part == PartName::Steps;
    if is_same || is_open || own.is_none_known || original.is_none_known {
        return;
    }
    let count = counted(own.items, noun(own.part));
    let message = format!("{count}, and {} has {}", pair.called, original.items);
    pair.report(&own.key, (&original.key, "those of"), message, out)
        .kind("structure")
        .help("compare the two, and translate what is missing");
}

/// Whether a sentence has another number than the same sentence of the original.
fn numbers(pair: Pair<'_>, own: &PartFact, original: &PartFact, out: &mut Sink<'_>) {
    let (here, there) = left_over(&own.amounts, &original.amounts);
    let is_aligned = own.items == original.items;
    let item = |amount: &AmountFact| if is_aligned { amount.item } else { 0 };
    let mut by_item = BTreeMap::<u32, [Vec<&AmountFact>; 2]>::new();
    for (side, all) in [here, there].into_iter().enumerate() {
        for amount in all {
            by_item.entry(item(amount)).or_default()[side].push(amount);
        }
    }
    for sides in by_item.into_values() {
        let ([here], [there]) = (&*sides[0], &*sides[1]) else { continue };
        let message = format!(
            "{} here, and {} in {}",
            quoted(&here.words),
            quoted(&there.words),
            pair.called
        );
        pair.report(&here.site, (&there.site, "the number in"), message, out)
            .kind("numbers")
            .help("find out which is right and say it in both");
    }
}

/// The amounts of each that the other lacks, as written and in seconds.
fn left_over<'f>(
    own: &'f [AmountFact],
    original: &'f [AmountFact],
) -> (Vec<&'f AmountFact>, Vec<&'f AmountFact>) {
    let value = |own: &AmountFact| own.amount.value.to_bits();
    let seconds = |own: &AmountFact| own.amount.in_seconds();
    // What stands in another sentence is the same only when none in this one is.
    let (own, original) = (own.iter().collect(), original.iter().collect());
    let (own, original) = without_common(own, original, |one| (one.item, value(one)));
    let (own, original) = without_common(own, original, |one| (one.item, seconds(one)));
    let (own, original) = without_common(own, original, value);
    without_common(own, original, seconds)
}

fn without_common<'f, K: Eq + Hash>(
    own: Vec<&'f AmountFact>,
    original: Vec<&'f AmountFact>,
    key: impl Fn(&AmountFact) -> K,
) -> (Vec<&'f AmountFact>, Vec<&'f AmountFact>) {
    let mut there = HashMap::<K, usize>::new();
    for amount in &original {
        *there.entry(key(amount)).or_default() += 1;
    }
    let mut common = HashMap::<K, usize>::new();
    let mut take = |amount: &&AmountFact| {
        let Some(left) = there.get_mut(&key(amount)).filter(|left| **left > 0) else { return true };
        *left -= 1;
        *common.entry(key(amount)).or_default() += 1;
        false
    };
    let own: Vec<_> = own.into_iter().filter(&mut take).collect();
    let mut drop_common = |amount: &&AmountFact| {
        let Some(left) = common.get_mut(&key(amount)).filter(|left| **left > 0) else {
            return true;
        };
        *left -= 1;
        false
    };
    (own, original.into_iter().filter(&mut drop_common).collect())
}

fn doses(pair: Pair<'_>, out: &mut Sink<'_>) {
    let Some(original) = &pair.original.fact.dosage else { return };
    let Some(own) = &pair.own.fact.dosage else { return };
    let find = |dosage: &'_ DosageFact, dose: &DoseFact| {
        dosage.doses.iter().position(|own| own.measure == dose.measure)
    };
    for dose in &original.doses {
        match find(own, dose).map(|at| &own.doses[at]) {
            Some(here) if differs(here, dose) => other_dose(pair, here, dose, out),
            None if own.is_mapping && original.is_mapping => {
                let field = dose.measure.field();
                let message = format!(
                    "the dose has no `{field}`, and {} has {}",
                    pair.called,
                    quoted(&dose.words)
                );
                pair.report(&own.key, (&dose.site, "the dose in"), message, out)
                    .kind("dose")
                    .help(format!("add `{field}`, or take it out of both"));
            }
            Some(_) | None => {}
        }
    }
}

fn other_dose(pair: Pair<'_>, here: &DoseFact, there: &DoseFact, out: &mut Sink<'_>) {
    let field = here.measure.field();
    let (own, original) = (quoted(&here.words), quoted(&there.words));
    let message = format!("`{field}` is {own} here, and {original} in {}", pair.called);
    pair.report(&here.site, (&there.site, "the dose in"), message, out)
        .kind("dose")
        .help("find out which is right and say it in both");
}

/// Whether two doses that can be compared are not the same.
fn differs(one: &DoseFact, other: &DoseFact) -> bool {
    let (Some((unit, min, max)), Some((other_unit, other_min, other_max))) =
        (comparable(one), comparable(other))
    else {
        return false;
    };
    if unit != other_unit {
        return false;
    }
    // "Daily" does not say how often on a day.
    if max.is_infinite() || other_max.is_infinite() {
        return max < other_min || other_max < min;
    }
    let is_apart = |a: f64, b: f64| (a - b).abs() > 1e-6;
    is_apart(min, other_min) || is_apart(max, other_max)
}

/// In a unit that the other version may have, too.
fn comparable(dose: &DoseFact) -> Option<(Unit, f64, f64)> {
    const DAYS: f64 = 7.0;
    match dose.unit {
        Unit::Missing | Unit::Words => None,
        Unit::PerDay => Some((Unit::PerWeek, dose.min * DAYS, dose.max * DAYS)),
        unit @ (Unit::Count | Unit::Seconds | Unit::Breaths | Unit::PerWeek | Unit::PerMonth) => {
            Some((unit, dose.min, dose.max))
        }
    }
}

fn questions(pair: Pair<'_>, out: &mut Sink<'_>) {
    let (own, original) = (&pair.own.fact.questions, &pair.original.fact.questions);
    for (own, original) in aligned(own, original) {
        if own.choices.len() != original.choices.len() {
            let count = counted(own.choices.len() as u64, "option");
            let message = format!("{count}, and {} has {}", pair.called, original.choices.len());
            pair.report(&own.anchor, (&original.anchor, "the question in"), message, out)
                .kind("structure")
                .help("compare the two, and translate what is missing");
        } else if let Some(kind) = other_key(own, original) {
            let (here, there) = (quoted(&own.key_words), quoted(&original.key_words));
            let message = format!("the key is {here} here, and {there} in {}", pair.called);
            pair.report(&own.key_site, (&original.key_site, "the key in"), message, out)
                .kind(kind)
                .help("find out which is right and correct the other");
        }
    }
}

/// Questions that are one: by their ids, else by their place where there are as many.
fn aligned<'a>(
    own: &'a [QuestionVersion],
    original: &'a [QuestionVersion],
) -> Vec<(&'a QuestionVersion, &'a QuestionVersion)> {
    let by_id: HashMap<&str, &QuestionVersion> =
        original.iter().filter_map(|one| Some((one.id.as_deref()?, one))).collect();
    if by_id.len() == original.len() && own.iter().all(|one| one.id.is_some()) {
        let same = |one: &'a QuestionVersion| Some((one, *by_id.get(one.id.as_deref()?)?));
        return own.iter().filter_map(same).collect();
    }
    let is_aligned = own.len() == original.len();
    own.iter().zip(original).filter(|_| is_aligned).collect()
}

/// The kind of what is wrong where two questions with as many options have other keys.
fn other_key(own: &QuestionVersion, original: &QuestionVersion) -> Option<&'static str> {
    if own.choices.is_empty() {
        let differs = own.truth? != original.truth?;
        return differs.then_some("key");
    }
    if own.key.is_empty() || original.key.is_empty() {
        return None;
    }
    let Some((here, there)) = ids(own).zip(ids(original)) else {
        let differs = own.key != original.key && !is_reordered(own, original);
        return differs.then_some("key-place");
    };
    let all = |ids: &[u64]| ids.iter().copied().collect::<HashSet<_>>();
    let key = |ids: &[u64], question: &QuestionVersion| {
        question.key.iter().map(|at| ids[*at as usize]).collect::<HashSet<_>>()
    };
    let differs = all(&here) == all(&there) && key(&here, own) != key(&there, original);
    differs.then_some("key")
}

/// The ids of all options, each of its own.
fn ids(question: &QuestionVersion) -> Option<Vec<u64>> {
    let ids: Vec<u64> = question.choices.iter().map(|own| own.id).collect::<Option<_>>()?;
    let apart: HashSet<_> = ids.iter().collect();
    (apart.len() == ids.len()).then_some(ids)
}

/// Whether an option that reads the same in both languages stands at another place.
fn is_reordered(own: &QuestionVersion, original: &QuestionVersion) -> bool {
    let places: HashMap<u64, usize> =
        original.choices.iter().enumerate().map(|(at, own)| (own.text, at)).collect();
    let mut here = own.choices.iter().enumerate();
    here.any(|(at, own)| places.get(&own.text).is_some_and(|there| *there != at))
}

fn stale(pair: Pair<'_>, out: &mut Sink<'_>) {
    let Some((from, site)) = &pair.own.fact.translated_from else { return };
    let Some((modified, changed)) = &pair.original.fact.modified else { return };
    if modified <= from {
        return;
    }
    let message = format!(
        "translated from the version of {from}, and {} was changed on {modified}",
        pair.called
    );
    pair.report(site, (changed, "the day in"), message, out)
        .kind("stale")
        .help("translate what was changed, and write the day of that version");
}
