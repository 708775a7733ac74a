//! Doses: how often, how long, how many, from fields and from words.
//!
//! [`of_field`] reads the `dosage` mapping, [`in_text`] finds doses in a sentence. Times are in
//! seconds, so that two statements can be compared.

mod mentions;

pub use mentions::{Mentions, stretches};

use super::shape::{fold, folds_to};
use crate::lexicon::{self, DoseWords, LEXICON};
use crate::nearest::nearest;
use crate::normal;
use crate::source::Span;
use crate::syntax::{Node, Text};
use regex::{Captures, Regex};
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::LazyLock;

/// What a number of a dose counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Measure {
    Sets,
    Repetitions,
    Hold,
    Duration,
    Rest,
    Frequency,
    Intensity,
}

impl Measure {
    /// The field's canonical name.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Sets => "sets",
            Self::Repetitions => "repetitions",
            Self::Hold => "hold",
            Self::Duration => "duration",
            Self::Rest => "rest",
            Self::Frequency => "frequency",
            Self::Intensity => "intensity",
        }
    }

    /// Its fields whose names have a unit.
    const fn fields_with_unit(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Hold => &[("s", "holdSeconds")],
            Self::Duration => &[("min", "durationMinutes"), ("s", "durationSeconds")],
            Self::Rest => &[("s", "restSeconds")],
            _ => &[],
        }
    }

    const ALL: &'static [Measure] = &[
        Self::Sets,
        Self::Repetitions,
        Self::Hold,
        Self::Duration,
        Self::Rest,
        Self::Frequency,
        Self::Intensity,
    ];
}

/// What the numbers count. Only equal units can be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Unit {
    /// Pieces: sets, repetitions.
    Count,
    Seconds,
    Breaths,
    PerDay,
    PerWeek,
    PerMonth,
    /// A number of which nobody says what it counts.
    Missing,
    /// No number was found.
    Words,
}

/// One statement of a dose.
#[derive(Clone, Debug, PartialEq)]
pub struct Dose {
    pub measure: Measure,
    pub min: f64,
    pub max: f64,
    pub unit: Unit,
    /// The words or the field's value.
    pub span: Span,
    /// As written.
    pub words: String,
    /// Whether the statement counts for each side.
    pub per_side: bool,
    /// Whether its sentence may tell of another dose than that of the exercise: a tempo, a
    /// progression, an example, advice for somebody else.
    pub aside: bool,
    /// Whether it is said of the whole exercise: by a field, or by "Do this twice a week".
    pub of_all: bool,
}

impl Dose {
    /// Whether two statements of one measure cannot both hold.
    pub fn conflicts_with(&self, other: &Dose) -> bool {
        self.numbers_conflict(other)
            || self.of_all && other.of_all && (self.leaves_out(other) || other.leaves_out(self))
    }

    /// "Every day" against "twice a week".
    fn leaves_out(&self, other: &Dose) -> bool {
        let is_daily = self.unit == Unit::PerDay && self.min == 1.0 && self.max.is_infinite();
        // "Weekly" alone may say how often something else changes.
        let is_counted = other.words.contains(char::is_whitespace);
        is_daily && is_counted && other.unit == Unit::PerWeek && (1.0..7.0).contains(&other.max)
    }

    fn numbers_conflict(&self, other: &Dose) -> bool {
        self.measure == other.measure
            && self.unit == other.unit
            && !matches!(self.unit, Unit::Missing | Unit::Words)
            && (self.max < other.min || other.max < self.min)
    }

    /// Whether the words name no amount ("several", "as needed").
    pub fn is_vague(&self) -> bool {
        let is_count = matches!(self.measure, Measure::Sets | Measure::Repetitions);
        self.unit == Unit::Words
            && (is_count && self.of_all || LEXICON.dose.vague.is_match(&self.words))
    }

    /// The unit that the last word of "30 sce" was meant to be.
    pub fn misspelt_unit(&self) -> Option<&'static str> {
        const UNITS: &[&str] = &[
            "sec", "secs", "second", "seconds", "min", "mins", "minute", "minutes", "hour",
            "hours", "breath", "breaths",
        ];
        let is_time = matches!(self.measure, Measure::Hold | Measure::Duration | Measure::Rest);
        let is_open = is_time && self.unit == Unit::Words && self.of_all;
        let (number, unit) = self.words.split_once(' ').filter(|_| is_open)?;
        BARE_RANGE.captures(&small(number))?;
        nearest(unit.trim().trim_end_matches('.'), UNITS.iter().copied())
    }
}

/// The doses of a `dosage` mapping, in the order of [`Measure`].
pub fn of_field(dosage: Node<'_>) -> Vec<Dose> {
    of_fields(dosage, &|name| dosage.get(name))
}

/// The doses of a record whose sets, repetitions or holds stand in it and not in `dosage`. Other names of theirs mean
/// other things in records without these: how long a film takes, how often it is shown. A time without a unit is what
/// the program means by it that reads the record.
pub fn of_record(record: Node<'_>) -> Vec<Dose> {
    let spelt = |name: &'static str| {
        let folded = fold(name);
        let is_it =
            |key: &str| folds_to(key, &folded) || name == "repetitions" && folds_to(key, "reps");
        let value = record.entries().find(|own| is_it(own.key()))?.value;
        // `sets: {count: 3, reps: 10}` is a collection's own.
        let is_own = value.is_mapping()
            && name != "frequency"
            && !["min", "max"].iter().any(|bound| value.get(bound).is_some());
        (!is_own).then_some(value)
    };
    match ["sets", "repetitions", "hold", "holdSeconds"].into_iter().any(|own| spelt(own).is_some())
    {
        true => {
            let mut doses = of_fields(record, &spelt);
            doses.retain(|dose| dose.unit != Unit::Missing);
            doses
        }
        false => Vec::new(),
    }
}

fn of_fields<'n>(dosage: Node<'n>, get: &dyn Fn(&'static str) -> Option<Node<'n>>) -> Vec<Dose> {
    let per_side = get("perSide").and_then(Node::as_bool).unwrap_or(false);
    let field = |name| get(name).filter(|value| !value.is_null());
    let read = |measure: &Measure| {
        if *measure == Measure::Frequency && field(measure.field()).is_none() {
            return counted(dosage, per_side);
        }
        let timed = |(unit, name)| Some((field(name)?, Some(unit)));
        let plain = field(measure.field()).map(|value| (value, None));
        let (value, own_unit) =
            plain.or_else(|| measure.fields_with_unit().iter().copied().find_map(timed))?;
        let (min, max, unit) = match measure {
            Measure::Sets | Measure::Repetitions => counts(value),
            Measure::Frequency => frequency(value),
            Measure::Intensity => (0.0, 0.0, Unit::Words),
            _ => time_of(value, own_unit),
        };
        let names_sides =
            |text: &str| text.contains(char::is_alphabetic) && SIDES.is_match(&small(text));
        let per_side = per_side || value.as_str().is_some_and(names_sides);
        let mut words =
            if value.is_scalar() { value.scalar_text().trim().to_owned() } else { shown(value) };
        if let Some(unit) = own_unit.filter(|_| !words.is_empty()) {
            words = format!("{words} {unit}");
        }
        if words.is_empty() {
            return None;
        }
        Some(Dose {
            measure: *measure,
            min,
            max,
            unit,
            span: value.span(),
            words,
            per_side,
            aside: false,
            of_all: true,
        })
    };
    Measure::ALL.iter().filter_map(read).collect()
}

/// `perWeek: 3` beside `sets` and `repetitions`, which says how often.
fn counted(dosage: Node<'_>, per_side: bool) -> Option<Dose> {
    let (_, value, unit) = per_period(dosage)?;
    let (min, max) = range_of(value)?;
    let (measure, span, words) = (Measure::Frequency, value.span(), shown(dosage));
    Some(Dose { measure, min, max, unit, span, words, per_side, aside: false, of_all: true })
}

/// A mapping of numbers as a person would write it.
fn shown(value: Node<'_>) -> String {
    let part = |name| value.get(name).map(Node::scalar_text).filter(|text| !text.is_empty());
    if let Some((period, count, _)) = per_period(value) {
        let count =
            if count.is_scalar() { count.scalar_text().trim().to_owned() } else { shown(count) };
        return format!("{count} per {period}");
    }
    let numbers = match (part("min"), part("max")) {
        (Some(min), Some(max)) => format!("{min}-{max}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => match (part("count"), part("per")) {
            (Some(count), Some(per)) => return format!("{count} per {per}"),
            (None, Some(per)) => {
                let count = value.get("count").map(shown).unwrap_or_default();
                return format!("{count} per {per}");
            }
            _ => "a mapping".to_owned(),
        },
    };
    part("unit").map_or(numbers.clone(), |unit| format!("{numbers} {unit}"))
}

fn counts(value: Node<'_>) -> (f64, f64, Unit) {
    range_of(value).map_or((0.0, 0.0, Unit::Words), |(min, max)| (min, max, Unit::Count))
}

/// A number, a mapping of numbers, or "8-12" as text.
fn range_of(value: Node<'_>) -> Option<(f64, f64)> {
    if let Some(number) = value.as_f64() {
        return Some((number, number));
    }
    if value.is_mapping() {
        let min = value.get("min").and_then(Node::as_f64);
        let max = value.get("max").and_then(Node::as_f64);
        return match (min, max) {
            (Some(min), Some(max)) => Some((min, max)),
            (Some(min), None) => Some((min, f64::INFINITY)),
            (None, Some(max)) => Some((0.0, max)),
            (None, None) => None,
        };
    }
    let text = small(value.as_str()?);
    Some(range(&LEADING_RANGE.captures(&text)?))
}

fn frequency(value: Node<'_>) -> (f64, f64, Unit) {
    if value.is_mapping() {
        let (count, unit) = match per_period(value) {
            Some((_, count, unit)) => (Some(count), unit),
            None => {
                let per = value.get("per").and_then(Node::as_str);
                let known = PERIODS.iter().find(|(_, period, _)| Some(*period) == per);
                (value.get("count"), known.map_or(Unit::Words, |(.., unit)| *unit))
            }
        };
        let (min, max) = count.and_then(range_of).unwrap_or((0.0, f64::INFINITY));
        return (min, max, unit);
    }
    let words = (0.0, 0.0, Unit::Words);
    let Some(text) = value.as_str().map(small) else { return words };
    FREQUENCY.captures(&text).map_or(words, |captures| frequency_in(&captures))
}

/// Fields for a count in a period, the period, and the unit of such a count.
const PERIODS: &[(&str, &str, Unit)] = &[
    ("perDay", "day", Unit::PerDay),
    ("perWeek", "week", Unit::PerWeek),
    ("perMonth", "month", Unit::PerMonth),
];

/// `{perWeek: 3}`: the period, the count, and its unit.
fn per_period(value: Node<'_>) -> Option<(&'static str, Node<'_>, Unit)> {
    PERIODS.iter().find_map(|(field, period, unit)| Some((*period, value.get(field)?, *unit)))
}

fn time_of(value: Node<'_>, unit: Option<&str>) -> (f64, f64, Unit) {
    let unit = unit.or_else(|| value.get("unit").and_then(Node::as_str));
    let range = || range_of(value).filter(|_| value.is_mapping() || unit.is_some());
    if let Some((min, max)) = range() {
        let Some(unit) = unit else { return (min, max, Unit::Missing) };
        return unit_of(unit)
            .map_or((min, max, Unit::Words), |(unit, factor)| (min * factor, max * factor, unit));
    }
    if let Some(number) = value.as_f64() {
        return (number, number, Unit::Missing);
    }
    value.as_str().map_or((0.0, 0.0, Unit::Words), time)
}

/// "30 s", "1 min 30 s", "20-30 seconds", "PT30S", "30" (without unit).
fn time(text: &str) -> (f64, f64, Unit) {
    let text = text.trim();
    if let Some(seconds) = iso_8601(text) {
        return (seconds, seconds, Unit::Seconds);
    }
    let text = &small(text);
    if let Some(captures) = BARE_RANGE.captures(text) {
        let (min, max) = range(&captures);
        return (min, max, Unit::Missing);
    }
    let mut total: Option<(f64, f64, Unit)> = None;
    for captures in TIME.captures_iter(text) {
        let Some((unit, factor)) = unit_of(&captures["unit"]) else { continue };
        let (min, max) = range(&captures);
        match &mut total {
            None => total = Some((min * factor, max * factor, unit)),
            // "1 min 30 s"
            Some(sum) if sum.2 == Unit::Seconds && unit == Unit::Seconds && factor < 60.0 => {
                sum.0 += min * factor;
                sum.1 += max * factor;
            }
            Some(_) => {}
        }
    }
    total.unwrap_or((0.0, 0.0, Unit::Words))
}

fn iso_8601(text: &str) -> Option<f64> {
    let captures = ISO_8601.captures(text)?;
    let part = |name: &str| captures.name(name).map_or(0.0, |own| number(own.as_str()));
    let total = part("h") * 3600.0 + part("m") * 60.0 + part("s");
    (total > 0.0).then_some(total)
}

/// The seconds in a unit of time, by its name: "min", "hours".
pub fn seconds_of(unit: &str) -> Option<f64> {
    unit_of(unit).filter(|(unit, _)| *unit == Unit::Seconds).map(|(_, seconds)| seconds)
}

/// A unit of time by its name, and its length.
// Source: the unit names of leaflets in English, the Nordic languages, German, French and Spanish.
fn unit_of(name: &str) -> Option<(Unit, f64)> {
    let name = name.trim().trim_end_matches('.').to_lowercase();
    Some(match name.as_str() {
        "s" | "sec" | "secs" | "second" | "seconds" | "sek" | "sekunder" | "sekund"
        | "sekunden" | "sekunde" | "secondes" | "seconde" | "segundos" | "count" | "counts" => {
            (Unit::Seconds, 1.0)
        }
        "min" | "mins" | "minute" | "minutes" | "minuter" | "minut" | "minutter" | "minuten"
        | "minutos" => (Unit::Seconds, 60.0),
        "h" | "hr" | "hrs" | "hour" | "hours" => (Unit::Seconds, 3600.0),
        "breath" | "breaths" | "andetag" | "atemzüge" => (Unit::Breaths, 1.0),
        _ => return None,
    })
}

const NUMBER: &str = r"(?:[0-9]+(?:[.,][0-9]+)?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty-five|sixty|ninety)";
const SECONDS_OR_MINUTES: &str =
    r"(?:seconds?|secs?\b\.?|s\b|minutes?|mins?\b\.?|(?:\w+ ){0,2}breaths?)";

/// A text as the grammars read it, every letter at its place. Expressions without regard to case take twice as
/// long to compile, and a run over one exercise spends much of its time on that.
fn small(text: &str) -> String {
    text.to_ascii_lowercase()
}

/// For texts in [`small`] letters. Word boundaries are those of ASCII: with others no text that has letters
/// beyond it can be searched quickly. Letters are those that the names of units are written in: all there
/// are make expressions that need a megabyte.
fn compile(pattern: &str) -> Regex {
    let pattern = pattern.replace(r"\b", r"(?-u:\b)");
    let pattern = pattern.replace(r"\p{L}", r"[A-Za-z\u{c0}-\u{24f}]");
    let pattern = pattern.replace(r"\w", r"[0-9A-Za-z_\u{c0}-\u{24f}]").replace(r"\d", "[0-9]");
    Regex::new(&pattern).expect("the grammar is a regular expression")
}

fn regex(pattern: &str) -> Regex {
    let range = format!(r"(?P<min>{NUMBER})(?:\s?(?:[-\u2013\u2014]|to|or)\s?(?P<max>{NUMBER}))?");
    let pattern = pattern.replace("RANGE", &range).replace("COUNT", NUMBER);
    let pattern = pattern.replace("UNIT", SECONDS_OR_MINUTES);
    compile(&pattern)
}

/// One of the verbs, and what follows it.
fn of_verbs(verbs: &[&str], rest: &str) -> Regex {
    regex(&format!(r"\b(?:{}){rest}", verbs.join("|")))
}

static LEADING_RANGE: LazyLock<Regex> = LazyLock::new(|| regex(r"^\s*RANGE\b"));
static BARE_RANGE: LazyLock<Regex> = LazyLock::new(|| regex(r"^RANGE$"));
static TIME: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"RANGE[\s-]?(?:(?:slow|deep|full|calm|easy|normal) ){0,2}(?P<unit>\p{L}+\.?)")
});
static ISO_8601: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^PT(?:(?P<h>[0-9]+)H)?(?:(?P<m>[0-9]+)M)?(?:(?P<s>[0-9]+(?:\.[0-9]+)?)S)?$")
        .expect("a regular expression")
});

static FREQUENCY: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?:(?:RANGE)\s?(?:x|\u{d7}|times|days|sessions|workouts|rounds)?|(?P<word>once|twice|thrice))\s?(?:(?:a|per|each|every|/)\s?(?P<per>day|week|wk|month)|(?P<adverb>daily|weekly))\b|\b(?P<alone>daily|every day|each day|every other day|weekly)\b",
    )
});

fn frequency_in(captures: &Captures<'_>) -> (f64, f64, Unit) {
    let per = |word: &str| match word {
        "week" | "wk" | "weekly" => Unit::PerWeek,
        "month" => Unit::PerMonth,
        _ => Unit::PerDay,
    };
    if let Some(alone) = captures.name("alone") {
        return match alone.as_str() {
            "every other day" => (3.0, 4.0, Unit::PerWeek),
            // How often on a day is not said.
            "daily" | "every day" | "each day" => (1.0, f64::INFINITY, Unit::PerDay),
            word => (1.0, 1.0, per(word)),
        };
    }
    let unit = captures.name("per").or_else(|| captures.name("adverb"));
    let unit = unit.map_or(Unit::Words, |unit| per(unit.as_str()));
    match captures.name("word") {
        Some(word) => {
            let count = match word.as_str() {
                "once" => 1.0,
                "twice" => 2.0,
                _ => 3.0,
            };
            (count, count, unit)
        }
        None => {
            let (min, max) = range(captures);
            (min, max, unit)
        }
    }
}

fn range(captures: &Captures<'_>) -> (f64, f64) {
    let min = captures.name("min").map_or(0.0, |own| number(own.as_str()));
    let max = captures.name("max").map_or(min, |own| number(own.as_str()));
    (min, max)
}

fn number(text: &str) -> f64 {
    match normal::number_word(text) {
        Some(digits) => digits.parse().unwrap_or(0.0),
        None if text == "forty-five" => 45.0,
        None => text.replace(',', ".").parse().unwrap_or(0.0),
    }
}

// Source: doses in the steps of 873 public exercises and in leaflets.
static HOLD: LazyLock<Regex> = LazyLock::new(|| {
    of_verbs(
        DoseWords::HOLD,
        r"\b(?P<gap>(?:\s+[^\s.;:?!()]+){0,8}?)\s+(?P<amount>RANGE[\s-]?(?P<unit>UNIT))",
    )
});
static DURATION: LazyLock<Regex> = LazyLock::new(|| {
    of_verbs(
        DoseWords::LASTING,
        r"\b(?P<gap>(?:\s+[^\s.;:?!()]+){0,6}?)\s+for (?:about |around )?(?P<amount>RANGE[\s-]?(?P<unit>UNIT))",
    )
});
static REPEAT: LazyLock<Regex> = LazyLock::new(|| {
    of_verbs(
        DoseWords::REPEAT,
        r"(?:\s+[^\s.;:?!(),]+){0,5}?\s+RANGE\s(?:times|reps?|repetitions)\b",
    )
});
static REPETITIONS: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"\bRANGE\s?(?:reps?|repetitions?|upprepningar|wiederholungen|r[éÉ]p[éÉ]titions)\b")
});
static SETS: LazyLock<Regex> =
    LazyLock::new(|| regex(r"\bRANGE\s?(?:sets|set|serier|s[äÄ]tze|s[éÉ]ries)\b"));
static SETS_BY: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(?P<sets>[0-9]{1,2})\s?(?:sets? (?:of|x)|[x\u00d7]|x)\s?RANGE(?:[\s-]?(?P<unit>seconds?|secs?|s|minutes?|mins?|min|reps?|repetitions?)\b)?",
    )
});
static SIDES: LazyLock<Regex> = LazyLock::new(|| {
    compile(r"\b(?:each|per|every|both|either) (?:side|leg|arm|direction|foot|hand)s?\b|\bways\b")
});

/// What stands before the frequency of the whole exercise.
static OF_ALL: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"\b(?:do|repeat|perform|practi[sc]e)(?:[\s,]+(?:this|it|these|them|that|the|your|whole|all|exercises?|stretch(?:es)?|movements?|routine|sequence|[0-9]+|sets?|reps?|repetitions?|of|times|on|each|every|both|sides?|legs?|arms?|and))*[\s,]*$",
    )
});
/// "3 reps of 30 s".
static HELD: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(?:reps?|repetitions?|holds?)\s(?:of|x|\u{d7}|at|for)\s(?P<amount>RANGE[\s-]?(?P<unit>UNIT))",
    )
});

/// Words that say a time is a tempo, a total or that of a breath, not a hold.
static TEMPO: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"\b(?:lower\w*|rais\w*|lift\w*|down|up|over|every|repeat\w*|continu\w*|walk\w*|march\w*|switch\w*|rest\w*|(?:your|the) breath|then|and)\b",
    )
});

/// Doses that the words of one sentence state.
pub fn in_text(sentence: &Text<'_>) -> Vec<Dose> {
    let written = sentence.as_str();
    let mut out = Vec::new();
    let (hints, dose) = (lexicon::hints(written), &LEXICON.dose);
    if !hints.has(dose.numbers) {
        return out;
    }
    let text = &*small(written);
    let each_if =
        |hint, grammar| hints.has(hint).then(|| each(grammar, text)).into_iter().flatten();
    let mut push = |measure, (min, max, unit), range: Range<usize>| {
        let (span, words) = (sentence.span_of(range.clone()), written[range].to_owned());
        let (per_side, aside) = (false, false);
        out.push(Dose { measure, min, max, unit, span, words, per_side, aside, of_all: false });
    };
    let mut is_held = false;
    for captures in each_if(dose.hold, &HOLD) {
        if TEMPO.is_match(&captures["gap"]) {
            continue;
        }
        push(Measure::Hold, timed(&captures), amount(&captures).range());
        is_held = true;
    }
    // "Hold" may be the verb there.
    if !is_held {
        for captures in each(&HELD, text) {
            push(Measure::Hold, timed(&captures), amount(&captures).range());
        }
    }
    for captures in each_if(dose.lasting, &DURATION) {
        push(Measure::Duration, timed(&captures), amount(&captures).range());
    }
    for (measure, grammar) in [(Measure::Repetitions, &*REPETITIONS), (Measure::Sets, &*SETS)] {
        for captures in each(grammar, text) {
            let (min, max) = range(&captures);
            push(measure, (min, max, Unit::Count), whole(&captures).range());
        }
    }
    for captures in each_if(dose.repeat, &REPEAT).filter(|_| !REPETITIONS.is_match(text)) {
        let (min, max) = range(&captures);
        let number = captures.name("min").expect("a range has a number");
        let end = whole(&captures).end();
        // "3 times a day" is a frequency.
        let often = FREQUENCY.find(&text[number.start()..]);
        if often.is_none_or(|often| often.start() > 0) {
            push(Measure::Repetitions, (min, max, Unit::Count), number.start()..end);
        }
    }
    for captures in each(&SETS_BY, text) {
        let whole = whole(&captures).range();
        let sets = number(&captures["sets"]);
        if !SETS.is_match(text) {
            push(Measure::Sets, (sets, sets, Unit::Count), whole.clone());
        }
        match captures.name("unit").map(|unit| unit.as_str()) {
            Some(unit) if !unit.starts_with("rep") => push(Measure::Hold, timed(&captures), whole),
            Some(_) => {}
            None => {
                let (min, max) = range(&captures);
                push(Measure::Repetitions, (min, max, Unit::Count), whole.clone());
            }
        }
    }
    let mut in_all = Vec::new();
    for captures in each(&FREQUENCY, text) {
        in_all.push(is_of_all(text, &whole(&captures).range()));
        push(Measure::Frequency, frequency_in(&captures), whole(&captures).range());
    }
    let behind = out.len() - in_all.len();
    for (dose, of_all) in out[behind..].iter_mut().zip(in_all) {
        dose.of_all = of_all;
    }
    if !out.is_empty() {
        let (per_side, aside) = (SIDES.is_match(text), LEXICON.dose.not_the_dose.is_match(text));
        for dose in &mut out {
            (dose.per_side, dose.aside) = (per_side, aside);
        }
    }
    out
}

/// Doses under their names, as sections on the dose list them: "Sets: 3", "Hold: 30 seconds".
pub fn labelled(sentence: &Text<'_>) -> Option<Dose> {
    let written = sentence.as_str();
    let text = small(written);
    let (name, rest) = text.split_once(':')?;
    let measure = match name.trim() {
        "sets" | "number of sets" => Measure::Sets,
        "reps" | "repetitions" | "repeats" => Measure::Repetitions,
        "hold" | "hold time" | "hold for" => Measure::Hold,
        _ => return None,
    };
    let words = rest.trim();
    let start = written.len() - rest.trim_start().len();
    let (min, max, unit) = match measure {
        Measure::Hold => time(words),
        _ => {
            let captures = LEADING_RANGE.captures(words)?;
            // "Sets: 3 x 10" has another grammar.
            let is_product =
                words[whole(&captures).end()..].trim_start().starts_with(['x', '\u{d7}']);
            if is_product {
                return None;
            }
            let (min, max) = range(&captures);
            (min, max, Unit::Count)
        }
    };
    let range = start..start + words.len();
    let (span, words) = (sentence.span_of(range.clone()), written[range].to_owned());
    let per_side = SIDES.is_match(&text);
    let aside = LEXICON.dose.not_the_dose.is_match(&text);
    let is_number = !matches!(unit, Unit::Missing | Unit::Words);
    let of_all = false;
    is_number.then_some(Dose { measure, min, max, unit, span, words, per_side, aside, of_all })
}

/// Whether the words of a frequency are said of the whole exercise: "Do this twice a week", or nothing else.
fn is_of_all(text: &str, often: &Range<usize>) -> bool {
    /// More than the words before it take.
    const WINDOW: usize = 80;
    let before = &text[..often.start];
    let start = before.floor_char_boundary(before.len().saturating_sub(WINDOW));
    let is_sign = |c: char| !c.is_alphanumeric();
    let is_alone = before.trim_matches(is_sign).is_empty()
        && text[often.end..].trim_matches(is_sign).is_empty();
    is_alone || OF_ALL.is_match(&before[start..])
}

/// The matches of a grammar. Most texts have none, and room for captures costs more than the search.
fn each<'r, 't>(
    grammar: &'r Regex,
    text: &'t str,
) -> impl Iterator<Item = Captures<'t>> + use<'r, 't> {
    grammar.is_match(text).then(|| grammar.captures_iter(text)).into_iter().flatten()
}

fn whole<'t>(captures: &Captures<'t>) -> regex::Match<'t> {
    captures.get(0).expect("group 0 is the match")
}

fn timed(captures: &Captures<'_>) -> (f64, f64, Unit) {
    let (min, max) = range(captures);
    let name = captures["unit"].rsplit(' ').next().unwrap_or("").to_owned();
    unit_of(&name)
        .map_or((min, max, Unit::Words), |(unit, factor)| (min * factor, max * factor, unit))
}

/// The number with its unit, without the verb before it.
fn amount<'t>(captures: &Captures<'t>) -> regex::Match<'t> {
    captures.name("amount").unwrap_or_else(|| whole(captures))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::OffsetMap;

    fn found(text: &str, strict: bool) -> Vec<(Measure, f64, f64, Unit)> {
        let span = Span::from_usize(0..text.len());
        let whole = Text::mapped(text, span, OffsetMap::copy(0, span.len()));
        in_text(&whole)
            .into_iter()
            .filter(|dose| !strict || !dose.aside)
            .map(|dose| (dose.measure, dose.min, dose.max, dose.unit))
            .collect()
    }

    #[test]
    fn words_of_a_dose() {
        use Measure::*;
        assert_eq!(
            found("Hold the stretch for 20-30 seconds.", true),
            [(Hold, 20.0, 30.0, Unit::Seconds)]
        );
        assert_eq!(found("Stay here for one minute", true), [(Hold, 60.0, 60.0, Unit::Seconds)]);
        assert_eq!(found("Håll: hold 3 slow breaths", true), [(Hold, 3.0, 3.0, Unit::Breaths)]);
        assert_eq!(found("Repeat this 10 times.", true), [(Repetitions, 10.0, 10.0, Unit::Count)]);
        assert_eq!(found("Repeat 3 times a day.", true), [(Frequency, 3.0, 3.0, Unit::PerDay)]);
        assert_eq!(
            found("Do 2 sets of 10 repetitions", true),
            [(Repetitions, 10.0, 10.0, Unit::Count), (Sets, 2.0, 2.0, Unit::Count)]
        );
        assert_eq!(
            found("3 x 12", true),
            [(Sets, 3.0, 3.0, Unit::Count), (Repetitions, 12.0, 12.0, Unit::Count)]
        );
        assert_eq!(
            found("Walk briskly for 10 minutes twice a week", true),
            [(Duration, 600.0, 600.0, Unit::Seconds), (Frequency, 2.0, 2.0, Unit::PerWeek)]
        );
    }

    #[test]
    fn capitals_make_no_difference() {
        use Measure::*;
        assert_eq!(
            found("HOLD FOR Twenty SECONDS. 2 SÄTZE, TWICE A WEEK", true),
            [
                (Hold, 20.0, 20.0, Unit::Seconds),
                (Sets, 2.0, 2.0, Unit::Count),
                (Frequency, 2.0, 2.0, Unit::PerWeek),
            ]
        );
        assert_eq!(time("1 MIN 30 S"), (90.0, 90.0, Unit::Seconds));
    }

    #[test]
    fn tempo_and_progression_are_no_dose() {
        assert_eq!(found("Hold the bar and lower it for 3 seconds", true), []);
        assert_eq!(found("Build up to a hold of 60 seconds", true), []);
        assert_eq!(found("Lower for three seconds", true), []);
    }

    #[test]
    fn times_with_and_without_units() {
        assert_eq!(time("30 s"), (30.0, 30.0, Unit::Seconds));
        assert_eq!(time("1 min 30 s"), (90.0, 90.0, Unit::Seconds));
        assert_eq!(time("20–30 sekunder"), (20.0, 30.0, Unit::Seconds));
        assert_eq!(time("PT1M30S"), (90.0, 90.0, Unit::Seconds));
        assert_eq!(time("30"), (30.0, 30.0, Unit::Missing));
        assert_eq!(time("a while"), (0.0, 0.0, Unit::Words));
        assert_eq!(time("3 slow breaths"), (3.0, 3.0, Unit::Breaths));
    }
}
