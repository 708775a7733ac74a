//! What the words of a dose speak of, where their numbers say too little to be compared: "10 each side",
//! "30 seconds, 3 times", "most days".

use super::{FREQUENCY, Measure, TIME, Unit, compile, range, regex, small, unit_of};
use crate::lexicon::LEXICON;
use regex::Regex;
use std::sync::LazyLock;

/// Kinds of amounts that words speak of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mentions {
    /// How long.
    time: bool,
    /// How many, of something that is neither a time nor a set.
    count: bool,
    sets: bool,
    how_often: bool,
}

impl Mentions {
    /// In words that are a dose and nothing else.
    pub fn in_dose(text: &str) -> Self {
        let time = !times_in(text).is_empty();
        let text = &*small(text);
        // The numbers of "three times a day" are told by it.
        let often: Vec<_> = FREQUENCY.find_iter(text).map(|own| own.range()).collect();
        let is_often = |at: usize| {
            let behind = often.partition_point(|own| own.start <= at);
            behind.checked_sub(1).is_some_and(|own| at < often[own].end)
        };
        let counts = |captures: &regex::Captures<'_>| {
            let number = captures.name("min").expect("a range has a number");
            let next = captures.name("next").map_or("", |own| own.as_str());
            !is_often(number.start()) && !counts_something_else(next)
        };
        Self {
            time,
            count: AMOUNT.captures_iter(text).any(|captures| counts(&captures)),
            sets: SETS_BEHIND.is_match(text),
            how_often: often_in(text),
        }
        .or(Self::by_name(text))
    }

    /// In a step: a time for which it is done, how often, and what it calls by its name.
    pub fn in_step(text: &str) -> Self {
        let lasts =
            |(at, seconds): &(usize, f64)| ends_in_for(&text[..*at]) && *seconds >= SHORTEST;
        let time = times_in(text).iter().any(lasts);
        let text = &*small(text);
        let is_enough = |captures: regex::Captures<'_>| range(&captures).0 >= FEWEST_DONE;
        let count = DONE.captures_iter(text).any(is_enough);
        Self { time, count, how_often: often_in(text), ..Self::default() }.or(Self::by_name(text))
    }

    /// Amounts with the name of what they are of: "Sets: 3", "two lots of 12", "half an hour".
    fn by_name(text: &str) -> Self {
        if !NAMES.is_match(text) {
            return Self::default();
        }
        Self {
            time: HALF.is_match(text),
            count: REPETITIONS_NAMED.is_match(text),
            sets: SETS_NAMED.is_match(text),
            how_often: false,
        }
    }

    pub fn or(self, other: Self) -> Self {
        Self {
            time: self.time || other.time,
            count: self.count || other.count,
            sets: self.sets || other.sets,
            how_often: self.how_often || other.how_often,
        }
    }

    /// Whether a part of a dose may be among them.
    pub fn may_state(self, measure: Measure) -> bool {
        match measure {
            Measure::Hold | Measure::Duration => self.time,
            Measure::Repetitions => self.count,
            Measure::Frequency => self.how_often,
            Measure::Sets => self.sets,
            Measure::Rest | Measure::Intensity => false,
        }
    }
}

/// A number and the word behind it.
static AMOUNT: LazyLock<Regex> =
    LazyLock::new(|| regex(r"\bRANGE(?:[\s-]?(?P<next>[%\u{b0}\u{d7}/]|\p{L}+))?"));
/// "8 reps x 3", "3 x max".
static SETS_BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    compile(r"(?:reps?|repetitions?)\s?[x\u{d7}]\s?[0-9]|[0-9]\s?[x\u{d7}]\s?(?:max|amrap|failure)")
});
/// How many stretches of time a text speaks of that are longer than a pause.
pub fn stretches(text: &str) -> usize {
    times_in(text).iter().filter(|(_, seconds)| *seconds >= SHORTEST).count()
}

/// What one of the next three cannot match without.
static NAMES: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"sets?\b|reps?\b|repetitions?\b|\brepeats?\b|\bonce\b|\btwice\b|\blots\b|\brounds\b|\bbouts\b|\bseries\b|\banother\b|\bhalf\b|\beach\b|\bper\b",
    )
});
static SETS_NAMED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\bsets?(?:\s?/\s?reps?)?\s?[:|=]?\s?COUNT|COUNT\s?(?:sets?|lots|rounds|bouts|series)\b|\banother\s[0-9]|\b(?:do|repeat) (?:it|this|them|the)(?: all| whole)?(?: \p{L}+)? (?:once more|once again|twice more)\b",
    )
});
static REPETITIONS_NAMED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(?:reps?|repetitions?)\s?[:|=]?\s?COUNT|\brepeats?\s?[:|=]\s?COUNT|sets?\s?/\s?reps?\s?[:|=]?\s?COUNT\s?[/x\u{d7}]\s?COUNT|(?:each|per) (?:side|leg|arm|hand|foot|way|direction)s?\s?[:|=]?\s?COUNT|\b(?:sets?|lots|rounds|bouts|series) of COUNT|COUNT (?:on|for|to )?\s?(?:each|per) (?:side|leg|arm|hand|foot|way|direction)\b",
    )
});
static HALF: LazyLock<Regex> = LazyLock::new(|| compile(r"\bhalf an? (?:minute|hour)\b"));
/// What a step says to do so many times.
static DONE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(?:do|repeat|complete|perform|aim for|take)\s(?:about |around |up to |at least |another |a further )?(?P<min>COUNT)\b",
    )
});
/// "Take two steps" is no dose.
const FEWEST_DONE: f64 = 4.0;
/// What stands before the time for which a step is done.
static LASTS: LazyLock<Regex> =
    LazyLock::new(|| compile(r"\bfor(?: (?:about|around|roughly|up to|at least|a total of))?$"));
static RESTS: LazyLock<Regex> =
    LazyLock::new(|| compile(r"\b(?:rest\w*|paus\w*|wait\w*|break|recover\w*)\b"));

/// Seconds for which a step is done; less is a pause inside of a repetition.
const SHORTEST: f64 = 20.0;
/// Of a calm breath.
const SECONDS_OF_BREATH: f64 = 5.0;

/// Whether "for" or the like stands last.
fn ends_in_for(before: &str) -> bool {
    /// More than any of the words has.
    const WINDOW: usize = 40;
    let before = before.trim_end();
    let start = before.floor_char_boundary(before.len().saturating_sub(WINDOW));
    LASTS.is_match(&small(&before[start..]))
}

/// Where times begin that are no rest, and how many seconds they are.
fn times_in(text: &str) -> Vec<(usize, f64)> {
    let small = small(text);
    let rests: Vec<usize> = RESTS.find_iter(&small).map(|own| own.end()).collect();
    let breaks: Vec<usize> = memchr::memchr3_iter(b'.', b';', b',', text.as_bytes()).collect();
    // A word for resting before it, in its clause.
    let is_rest = |at: usize| {
        let behind = rests.partition_point(|end| *end <= at);
        let rest = behind.checked_sub(1).map(|own| rests[own]);
        let ends = |from: usize| breaks.partition_point(|own| *own < from);
        rest.is_some_and(|rest| ends(rest) == ends(at))
    };
    let timed = |captures: regex::Captures<'_>| {
        let (unit, factor) = unit_of(&captures["unit"])?;
        let at = captures.get(0).expect("group 0 is the match").start();
        let factor = if unit == Unit::Breaths { SECONDS_OF_BREATH } else { factor };
        let (_, most) = range(&captures);
        let is_gap = text[..at].trim_end().ends_with("very") || is_rest(at);
        (!is_gap).then_some((at, most * factor))
    };
    TIME.captures_iter(&small).filter_map(timed).collect()
}

fn often_in(text: &str) -> bool {
    FREQUENCY.is_match(text) || LEXICON.dose.how_often.is_match(text)
}

/// Whether a number before the word counts no repetitions.
fn counts_something_else(word: &str) -> bool {
    #[rustfmt::skip]
    const OTHERS: &[&str] = &[
        "set", "sets", "day", "days", "week", "weeks", "wk", "month", "months", "year",
        "years", "session", "sessions", "workout", "workouts", "kg", "lb", "lbs", "g", "cm", "m", "km", "mm",
        "mile", "miles", "metre", "metres", "meter", "meters", "steps", "rm", "bpm", "watt", "watts", "degrees",
        "out", "of", "%", "\u{b0}", "/",
    ];
    let lower = word.to_lowercase();
    OTHERS.contains(&lower.as_str()) || unit_of(word).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dose(text: &str) -> [bool; 3] {
        let Mentions { time, count, how_often, .. } = Mentions::in_dose(text);
        [time, count, how_often]
    }

    #[test]
    fn words_of_a_dose() {
        let cases = [
            ("30 minutes, 5 days a week, moderate effort", [true, false, true]),
            ("3 reps of 30 seconds, daily", [true, true, true]),
            ("30 seconds, 3 times on each side", [true, true, false]),
            ("Hold 15\u{2013}30 seconds x 3", [true, true, false]),
            ("10 each side, every second day", [false, true, true]),
            ("Ten circles each way, Mon/Wed/Fri", [false, true, true]),
            ("3 times a day", [false, false, true]),
            ("2 sets, rest 60 seconds, most days", [false, false, true]),
            ("for 6 weeks, at 70 % of the most you can lift", [false, false, false]),
            ("several times", [false, false, false]),
            ("4 rounds, every 2 hours while awake", [false, true, true]),
            ("10 reps, 3x week", [false, true, true]),
        ];
        for (text, expected) in cases {
            assert_eq!(dose(text), expected, "{text}");
        }
    }

    #[test]
    fn amounts_by_name() {
        let named = |text: &str| {
            let Mentions { time, count, sets, .. } = Mentions::in_step(text);
            [time, count, sets]
        };
        let cases = [
            ("Sets: 3 | Reps: 10", [false, true, true]),
            ("Sets 3, reps 8-12, daily.", [false, true, true]),
            ("Sets/reps: 2/10; daily", [false, true, true]),
            ("Scrunches per foot 10", [false, true, false]),
            ("Rest for a minute, then do it all once more.", [false, false, true]),
            ("Repeat the circuit once again.", [false, false, true]),
            ("Do it again tomorrow.", [false, false, false]),
            ("Sets : 3 Reps : 10", [false, true, true]),
            ("Number of repetitions: 10", [false, true, false]),
            ("Repeats: 12", [false, true, false]),
            ("Complete two lots of 12, every other day.", [false, true, true]),
            ("Start with one set of 5 and build up to three sets of 10.", [false, true, true]),
            ("Do this 10 times. Rest and do another 10.", [false, true, true]),
            ("5 on each leg, morning and evening.", [false, true, false]),
            ("Do 8 slow rounds.", [false, true, false]),
            ("Try to stay there for half a minute.", [true, false, false]),
            ("Take two steps forward.", [false, false, false]),
            ("Set your feet hip-width apart, one foot on each mat.", [false, false, false]),
            ("Keep one hand on each hip.", [false, false, false]),
        ];
        for (text, expected) in cases {
            assert_eq!(named(text), expected, "{text}");
        }
    }

    #[test]
    fn steps_last() {
        let step = |text: &str| Mentions::in_step(text).time;
        assert!(step("Sway for one minute."));
        assert!(step("Lie face down for 2 to 3 minutes."));
        assert!(step("Breathe here for about ten slow breaths."));
        assert!(!step("Lower in 30 seconds."));
        assert!(!step("Squeeze for 2 seconds."));
        assert!(!step("Rest for one minute."));
        assert!(!step("People sit for 8 days."));
    }
}
