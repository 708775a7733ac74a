//! The number that makes a sentence a statistic: which numbers are hard, and which words belong to them.

use super::{F, left_word, lower_starts, outcome};
use crate::facts::claims::scan::{Hit, Scan};
use std::ops::Range;

/// The number that makes a sentence a statistic, with its unit.
pub(in crate::facts::claims) fn hard_number(sentence: &str, found: &Scan) -> Option<Range<usize>> {
    const NOT_RESULTS: &[&str] = &[
        "response rate",
        "participation rate",
        "goal",
        "target",
        "calls for",
        "objectives",
        "to achieve",
        "initiative to ",
        "is twofold",
        "is threefold",
        "interview",
        "are examined",
        "were examined",
        "aims to",
        "defined as",
        "significance",
        " would have ",
        "confidence level",
        "sample size",
        "were eligible",
        "quiz",
        "was calculated",
        "were calculated",
    ];
    let lower = sentence.to_ascii_lowercase();
    if NOT_RESULTS.iter().any(|words| lower.contains(words)) {
        return None;
    }
    let people = found.has(F::Population) || found.has(F::Case) || found.has(F::Affects);
    let health = people || outcome(found) || found.has(F::Risk) || found.has(F::Rate);
    let text = |hit: Hit| &sentence[hit.range()];
    let percent = found
        .all(F::Percent)
        .filter(|hit| {
            has_number(text(*hit))
                && !share_of_effort(sentence, *hit)
                && !is_wanted(&sentence[..hit.start])
        })
        .min_by_key(|hit| hit.start);
    if let Some(hit) = percent {
        return Some(with_range(sentence, hit.range()));
    }
    let of = |hit: &Hit| {
        let text = text(*hit).to_ascii_lowercase();
        let vague = ["number", "majority", "minority", "proportion", "share"];
        let counted = text.contains(" in ") || text.contains("out of");
        let names_people = text.starts_with("every second ");
        !vague.iter().any(|word| text.contains(word))
            && (counted && health || people || names_people)
    };
    let ratio = found.all(F::Ratio).filter(of).max_by_key(|hit| hit.end - hit.start);
    // "You should drink 1.5 times what you lose".
    let advised = |hit: Hit| {
        const NEAR: usize = 60;
        let is_near = |modal: Hit| modal.end < hit.start && hit.start - modal.end < NEAR;
        !found.has(F::Risk)
            && has_number(text(hit))
            && text(hit).contains(" times")
            && found.all(F::Should).any(is_near)
    };
    let fold = found.all(F::Fold).find(|hit| {
        health
            && (people || found.has(F::Risk) || found.has(F::Rate) || outcome(found))
            && !advised(*hit)
    });
    // "Three times higher" rather than "times higher".
    let fold = fold.map(|first| {
        let around =
            found.all(F::Fold).filter(|hit| hit.start <= first.start && first.end <= hit.end);
        around.max_by_key(|hit| hit.end - hit.start).unwrap_or(first)
    });
    let big = found
        .all(F::BigNumber)
        .filter(|hit| {
            has_number(text(*hit))
                || lower_starts(text(*hit), &["millions", "thousands", "billions", "half a "])
                || lower_starts(text(*hit), &["million", "billion"])
                    && left_word(sentence, hit.start) == Some("a")
        })
        .find(|hit| {
            let is_money = sentence[..hit.start].ends_with(['$', '\u{20ac}', '\u{a3}']);
            // What an illness costs a country; other sums are prices and budgets.
            let is_cost = || lower.contains("cost") && text(*hit).ends_with("illion");
            let counts =
                if is_money { outcome(found) && is_cost() } else { people || found.has(F::Rate) };
            counts && per_people(sentence, *hit).is_some()
        })
        .and_then(|hit| per_people(sentence, hit));
    let recovery = found.all(F::Recovery).find(|_| {
        found.has(F::PeopleQuantity) && !lower.contains("if ") && !lower.contains("when ")
    });
    let rate = risk_ratio(sentence, found);
    ratio.or(fold).or(big).or(recovery).or(rate).map(|hit| with_range(sentence, hit.range()))
}

/// "The odds ratio", with its number somewhere behind it.
pub(in crate::facts::claims) fn risk_ratio(sentence: &str, found: &Scan) -> Option<Hit> {
    found.all(F::Rate).find(|hit| {
        lower_starts(&sentence[hit.range()], &["odds ratio", "hazard ratio", "relative risk"])
            && sentence[hit.end..].contains(|c: char| c.is_ascii_digit())
    })
}

/// "Efforts to reduce deaths by": the number behind it is one that somebody wants.
fn is_wanted(before: &str) -> bool {
    #[rustfmt::skip]
    const WISHES: &[&str] = &[
        "ambition to ", "campaign to ", "commitment to ", "committed to ", "effort to ", "efforts to ", "hope to ",
        "hopes to ", "plan to ", "plans to ", "pledge to ", "pledged to ", "promised to ",
    ];
    #[rustfmt::skip]
    const TOLD: &[&str] = &["are", "fell", "grew", "had", "has", "have", "is", "led", "rose", "was", "went", "were"];
    let clause = before.rsplit([',', ';', ':', '(']).next().unwrap_or("");
    let Some(clause) = clause.trim_end().strip_suffix(" by") else { return false };
    let wish = WISHES.iter().find_map(|wish| clause.split_once(wish));
    let is_told = |word: &str| TOLD.contains(&word) || word.ends_with("ed");
    wish.is_some_and(|(_, rest)| !rest.split_whitespace().any(is_told))
}

/// "70% of your maximum", "100% natural", "95% confidence interval".
fn share_of_effort(sentence: &str, hit: Hit) -> bool {
    let rest = sentence[hit.end..].trim_start_matches([' ', '-', '\u{a0}']);
    // As a rule "100 percent" only stresses.
    if lower_starts(&sentence[hit.range()], &["100"])
        && !lower_starts(rest, &["of the p", "of p", "of adult"])
    {
        return true;
    }
    // "You lose 1% of your muscle mass every year".
    if lower_starts(rest, &["of your muscle", "of your bone"]) {
        return false;
    }
    lower_starts(
        rest,
        &[
            "of max",
            "of your",
            "of the max",
            "of a max",
            "of one",
            "of 1",
            "1rm",
            "of peak",
            "of heart",
            "of body",
            "of mvc",
            "of vo",
            "of hr",
            "confidence",
            "ci",
            "cr",
            "incline",
            "grade",
            "effort",
            "intensity",
            "cotton",
            "natural",
            "safe",
            "sure",
            "certain",
            "vo2",
            "hr",
            "power",
            "statistical",
            "alcohol",
            "solution",
            "sensitiv",
            "more weight",
            "more load",
            "more resistance",
            "each week",
            "of its",
            "(table",
            "of their max",
            "of fpl",
            "of the federal",
            "of poverty",
        ],
    ) || lower_starts(&sentence[hit.range()], &["95", "99"])
        && lower_starts(rest, &["conf", "ci", "(ci", "cred"])
}

/// `12.8 per 100,000`, `29.7 deaths per 100,000` rather than `100,000`; of "the rate per 100,000 fell from 17.2" the
/// `17.2`. `None` for a unit without a number.
fn per_people(sentence: &str, hit: Hit) -> Option<Hit> {
    let text = &sentence[hit.range()];
    let per = if lower_starts(text, &["per "]) {
        hit.start
    } else if sentence[..hit.start].ends_with(" per ") {
        hit.start - "per ".len()
    } else {
        return Some(hit);
    };
    let is_digit = |c: char| c.is_ascii_digit();
    // The number, or the number and what is counted.
    let mut start = per;
    for _ in 0..2 {
        let before = sentence[..start].trim_end();
        start = before.rfind(' ').map_or(0, |at| at + 1);
        if before[start..].starts_with(is_digit) {
            return Some(Hit { start, ..hit });
        }
    }
    const BEFORE: &[&str] =
        &["from ", "was ", "were ", "is ", "are ", "to ", "of ", "at ", "between "];
    let stated = BEFORE.iter().filter_map(|word| {
        let own = sentence[hit.end..].match_indices(word).map(|(at, _)| hit.end + at + word.len());
        own.into_iter().find(|at| sentence[*at..].starts_with(is_digit))
    });
    let start = stated.min()?;
    let rest = &sentence[start..];
    let len = rest.find(|c: char| !(is_digit(c) || matches!(c, '.' | ','))).unwrap_or(rest.len());
    let len = rest[..len].trim_end_matches(['.', ',']).len();
    Some(Hit { start, end: start + len, ..hit })
}

/// `2%--5%`, `30 to 40 percent`: with the number before.
fn with_range(sentence: &str, range: Range<usize>) -> Range<usize> {
    let range = with_noun(sentence, range);
    // "thirty-three percent"
    let tens = sentence[..range.start]
        .strip_suffix('-')
        .and_then(|left| left.split_whitespace().next_back());
    if let Some(tens) = tens.filter(|word| word.to_ascii_lowercase().ends_with("ty")) {
        return range.start - 1 - tens.len()..range.end;
    }
    let left = &sentence[..range.start];
    for link in ["--", "-", "\u{2013}", " to ", " - ", " \u{2013} ", " and "] {
        let Some(before) = left.strip_suffix(link) else { continue };
        let number = before.strip_suffix('%').unwrap_or(before);
        let start =
            number.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',')).len();
        if start < number.len() && number.as_bytes()[start].is_ascii_digit() {
            return start..range.end;
        }
        // "six to eight weeks"
        let word = before.split_whitespace().next_back().unwrap_or("");
        if link == " to " && has_number(&format!("{word} ")) {
            return before.len() - word.len()..range.end;
        }
    }
    range
}

/// `half of` becomes `half of all runners`, `twice as` becomes `twice as likely`.
fn with_noun(sentence: &str, range: Range<usize>) -> Range<usize> {
    let text = &sentence[range.clone()];
    let open = [
        "of",
        "as",
        "the",
        "millions",
        "thousands",
        "billions",
        "double",
        "twice",
        "your",
        "their",
    ];
    let mut last = text.rsplit(' ').next().unwrap_or("").to_ascii_lowercase();
    let mut end = range.end;
    const MAX_WORDS: usize = 4;
    for _ in 0..MAX_WORDS {
        let again = open.contains(&last.as_str())
            || matches!(last.as_str(), "all" | "these" | "those" | "people's");
        let Some(rest) = sentence[end..].strip_prefix(' ').filter(|_| again) else { break };
        let len = rest.find(|c: char| !(c.is_alphanumeric() || c == '-')).unwrap_or(rest.len());
        if len == 0 {
            break;
        }
        last = rest[..len].to_ascii_lowercase();
        end += 1 + len;
    }
    range.start..end
}

pub(super) fn has_number(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twenty",
        "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "fifteen",
        "twelve",
    ];
    text.bytes().any(|byte| byte.is_ascii_digit())
        || WORDS.iter().any(|word| text.len() > word.len() && lower_starts(text, &[word]))
}
