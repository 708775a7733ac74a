//! Which claims are worded so plainly that reporting them is hardly ever wrong, and by which words.
//!
//! The score says how likely a sentence needs a source; a report of everything is read with that in mind. A rule
//! that fails a run must be right nine times in ten, so it asks in addition whether the form is hard: a percentage,
//! "N in M", a rate or ratio; "studies show"; a treatment, its effect and an outcome in one sentence.

use std::ops::Range;

use super::cues::Family;
use super::detect::{ClaimKind, Context};
use super::occurrence::occurrence;
use super::scan::{Hit, Scan};
use Family as F;

/// Whether the form leaves little doubt that the sentence is a claim of this kind.
pub(super) fn is_firm(
    kind: ClaimKind,
    sentence: &str,
    context: &Context<'_>,
    found: &Scan,
) -> bool {
    let told_otherwise = [
        F::Imperative,
        F::Step,
        F::InstructionText,
        F::Label,
        F::Contact,
        F::Scenario,
        F::Opinion,
        F::OwnStudy,
        F::Code,
        F::Condition,
        F::General,
    ]
    .into_iter()
    .any(|family| found.has(family))
        || occurrence(sentence, F::FirstPerson, found).is_some();
    // Who appeals to research, or multiplies a risk, needs a source whatever it is about.
    let is_about_all = match kind {
        ClaimKind::Evidence => true,
        ClaimKind::Statistic => found.has(F::Risk) && found.has(F::Fold),
        _ => false,
    };
    let off_topic = found.has(F::OffTopic) && !is_about_all;
    if told_otherwise || off_topic || fragment(sentence) {
        return false;
    }
    // A study's own results rest on the study.
    let own_results = context.own_report
        && (past(found) || found.has(F::OwnData) || found.has(F::We) || found.has(F::Limits));
    match kind {
        // "(Table 2)": the numbers are those of a table beside the text.
        ClaimKind::Statistic => {
            !own_results
                && !sentence.contains("(Table")
                && !sentence.contains("(Figure")
                && hard_number(sentence, found).is_some()
        }
        ClaimKind::Evidence => hard_appeal(sentence, found).is_some(),
        ClaimKind::Product => found.all(F::ProductEffect).any(|hit| sells(sentence, found, hit)),
        ClaimKind::Therapeutic
        | ClaimKind::Causal
        | ClaimKind::Comparative
        | ClaimKind::Prevalence => {
            !own_results && !tentative(sentence, found) && plain_claim(kind, sentence, found)
        }
        ClaimKind::Attribution => !own_results && names_a_speaker(sentence, found),
        ClaimKind::Historical | ClaimKind::Definition | ClaimKind::Recommendation => false,
    }
}

/// "Our belt relieves back pain": product, effect and outcome side by side.
fn sells(sentence: &str, found: &Scan, effect: Hit) -> bool {
    const MAX_LEN: usize = 40;
    effect.end - effect.start <= MAX_LEN && near_outcome(sentence, found, effect, 30, 40)
}

fn past(found: &Scan) -> bool {
    found.has(F::Past)
}

/// Text that is no sentence: a title, a row of values.
fn fragment(sentence: &str) -> bool {
    let text = sentence.trim_start();
    !text.starts_with(|c: char| {
        c.is_uppercase()
            || c.is_ascii_digit()
            || matches!(c, '"' | '\u{201c}' | '(' | '\'' | '\u{2018}')
    }) && !text.ends_with(['.', '!'])
        && text.split_whitespace().count() < 6
}

/// What is wanted, advised or left open is no claim that must be sourced.
fn tentative(sentence: &str, found: &Scan) -> bool {
    let opens = |words: &[&str]| {
        words.iter().any(|word| {
            sentence.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
        })
    };
    [F::Limits, F::NeedTo, F::Future, F::We, F::OpensHow, F::AboutText]
        .into_iter()
        .any(|family| occurrence(sentence, family, found).is_some())
        || sentence.contains("whether ")
        || opens(&["if ", "when you ", "whether ", "unless ", "to ", "in this ", "these "])
}

fn outcome(found: &Scan) -> bool {
    found.has(F::Outcome) || found.has(F::HealthTopic)
}

fn plain_claim(kind: ClaimKind, sentence: &str, found: &Scan) -> bool {
    match kind {
        ClaimKind::Causal => {
            outcome(found) && plain_cause(sentence, found)
                || (outcome(found) || found.has(F::Intervention)) && risk_shift(sentence, found)
        }
        ClaimKind::Comparative => outcome(found) && compares(sentence, found),
        ClaimKind::Prevalence => {
            outcome(found)
                && occurrence(sentence, F::You, found).is_none()
                && (most_people(sentence, found)
                    || how_common(sentence, found)
                    || affects_people(sentence, found))
        }
        _ => effect_of_treatment(sentence, found),
    }
}

/// A comparison with a health outcome beside it, of people, bodies or treatments; or the first of its class.
fn compares(sentence: &str, found: &Scan) -> bool {
    let about = [F::Intervention, F::Population, F::Anatomy, F::Case, F::Therapy]
        .into_iter()
        .any(|family| found.has(family));
    let first = found.all(F::Superlative).any(|hit| {
        let text = sentence[hit.range()].to_ascii_lowercase();
        ["cause", "most common", "effective", "best ex", "best treat", "frequent", "number one"]
            .iter()
            .any(|word| text.contains(word))
            || text == "the best"
                && lower_starts(
                    &sentence[hit.end..],
                    &[" treatment", " exercise", " cure", " way to"],
                )
    });
    let two = found
        .all(F::Than)
        .filter(|hit| ranks(sentence, *hit))
        .chain(found.all(F::Compared).filter(|hit| {
            lower_starts(
                &sentence[hit.range()],
                &["as effective", "compared", "as much", "disproportion", "no difference"],
            )
        }))
        .any(|hit| near_outcome(sentence, found, hit, 45, 45));
    first || about && two
}

fn near_outcome(sentence: &str, found: &Scan, hit: Hit, before: usize, after: usize) -> bool {
    // "Health" alone is a department as often as an outcome.
    [F::Outcome, F::HealthTopic].into_iter().any(|family| {
        found
            .all(family)
            .filter(|other| !sentence[other.range()].eq_ignore_ascii_case("health"))
            .any(|other| {
                other.start >= hit.end && other.start - hit.end < after
                    || other.end <= hit.start && hit.start - other.end < before
            })
    })
}

/// Verbs of cause with a health outcome beside them; "causes of pain" names, and claims nothing.
fn plain_cause(sentence: &str, found: &Scan) -> bool {
    const VERBS: &[&str] = &[
        "associated with",
        "brought on by",
        "can injure",
        "cause",
        "caused by",
        "causes",
        "contribute to",
        "contributes to",
        "damage",
        "damages",
        "due to",
        "hurts",
        "injures",
        "lead to",
        "leads to",
        "linked to",
        "linked with",
        "link between",
        "links between",
        "aggravates",
        "irritates",
        "result from",
        "result in",
        "results from",
        "results in",
        "set off",
        "sets off",
        "stem from",
        "stems from",
        "the reason",
        "tied to",
        "to blame",
        "trigger",
        "triggers",
        "wear out",
        "wears out",
        "goes along with",
        "risk factor",
        "risk factors",
    ];
    // The outcome stands behind a cause, and before what it comes from.
    const BACKWARD: &[&str] = &[
        "caused by",
        "due to",
        "result from",
        "results from",
        "stem from",
        "stems from",
        "triggered by",
    ];
    const COPULA: &[&str] = &[
        "is",
        "are",
        "was",
        "were",
        "been",
        "strongly",
        "closely",
        "often",
        "weakly",
        "consistently",
        "directly",
        "not",
        "also",
        "usually",
        "mostly",
        "mainly",
        "be",
        "sometimes",
    ];
    let hits = [F::Cause, F::Association].into_iter().flat_map(|family| found.all(family));
    for hit in hits {
        let text = sentence[hit.range()].to_ascii_lowercase();
        if !VERBS.contains(&text.as_str()) {
            continue;
        }
        let before = left_word(sentence, hit.start).unwrap_or("").to_ascii_lowercase();
        let next = sentence[hit.end..].split_whitespace().next().unwrap_or("");
        let participle = ["with", "by", "to"].iter().any(|end| text.ends_with(end))
            && ["caus", "link", "assoc", "tied", "brought"]
                .iter()
                .any(|start| text.starts_with(start));
        let stated = match text.as_str() {
            "risk factor" | "risk factors" => sentence[..hit.start]
                .split_whitespace()
                .rev()
                .take(3)
                .any(|word| matches!(word, "is" | "are")),
            "link between" | "links between" | "the reason" | "to blame" | "due to" => true,
            // "is the leading cause of disability"
            "cause" if next == "of" => ranked_cause(&before),
            _ if participle => COPULA.contains(&before.as_str()),
            _ => next != "of" && next != "and" && finite(sentence, hit),
        };
        let (back, forward) =
            if BACKWARD.contains(&text.as_str()) || participle || text == "to blame" {
                (40, 40)
            } else {
                (0, 40)
            };
        if stated && near_outcome(sentence, found, hit, back, forward) {
            return true;
        }
    }
    false
}

/// Whether a word before "cause of" says which of many it is.
fn ranked_cause(before: &str) -> bool {
    matches!(
        before,
        "leading" | "main" | "common" | "biggest" | "top" | "primary" | "single" | "major"
    )
}

/// "raises the risk of injury", "are more likely to get back pain".
fn risk_shift(sentence: &str, found: &Scan) -> bool {
    const SHIFTED: &[&str] =
        &["more likely", "less likely", "higher risk", "lower risk", "increased risk", "prone to"];
    let shifted = found.all(F::Risk).any(|hit| {
        SHIFTED.contains(&sentence[hit.range()].to_ascii_lowercase().as_str())
            && near_outcome(sentence, found, hit, 0, 60)
    });
    shifted && !sentence.starts_with("Increased")
        || found.pair(F::Change, F::Risk, 24).is_some_and(|(change, _)| finite(sentence, change))
}

/// Whether the verb states something: no infinitive of purpose, no noun, no participle after "of".
fn finite(sentence: &str, verb: Hit) -> bool {
    let before = left_word(sentence, verb.start).unwrap_or("").to_ascii_lowercase();
    let text = sentence[verb.range()].to_ascii_lowercase();
    let word = text.split(' ').next().unwrap_or("");
    let noun =
        ["ion", "ment", "ing", "ive", "ness", "ency", "ful"].iter().any(|end| word.ends_with(end));
    !noun
        && !before.is_empty()
        && !sentence[..verb.start].trim_end().ends_with(',')
        && !matches!(
            before.as_str(),
            "to" | "of"
                | "for"
                | "the"
                | "a"
                | "an"
                | "and"
                | "or"
                | "in"
                | "with"
                | "by"
                | "their"
                | "your"
                | "its"
                | "as"
                | "about"
                | "public"
                | "are"
                | "is"
                | "most"
                | "more"
        )
}

fn effect_of_treatment(sentence: &str, found: &Scan) -> bool {
    if !found.has(F::TreatmentEffect) && !outcome(found) {
        return false;
    }
    // "is effective for", "is safe", "are harmful".
    let verdict =
        [F::Effective, F::Harm].into_iter().flat_map(|family| found.all(family)).any(|hit| {
            let text = sentence[hit.range()].to_ascii_lowercase();
            let before = left_word(sentence, hit.start).unwrap_or("");
            (matches!(
                text.as_str(),
                "effective"
                    | "ineffective"
                    | "helpful"
                    | "beneficial"
                    | "good for"
                    | "bad for"
                    | "safe for"
                    | "harmful"
                    | "harmless"
                    | "dangerous"
                    | "useful for"
            ) && matches!(before, "is" | "are" | "be" | "very" | "highly" | "not" | "as"))
                || matches!(text.as_str(), "is safe" | "are safe")
        });
    let treatment = found.has(F::Intervention) || found.has(F::Therapy);
    let placebo = [" than placebo", " than a placebo", " than sham", " than a sham"];
    let is_tested = || placebo.iter().any(|own| sentence.contains(own));
    if treatment && (verdict || is_tested()) {
        return true;
    }
    for effect in [F::Effective, F::Change, F::Harm, F::Cause] {
        for verb in found.all(effect).filter(|verb| finite(sentence, *verb)) {
            let by_treatment = found
                .all(F::Intervention)
                .filter(|hit| !sentence[hit.range()].eq_ignore_ascii_case("supplement"))
                .any(|hit| hit.end < verb.start && verb.start - hit.end < 30);
            let on_outcome = [F::Outcome, F::HealthTopic].into_iter().any(|family| {
                found.all(family).any(|hit| hit.start >= verb.start && hit.start < verb.end + 50)
            });
            if by_treatment && on_outcome {
                return true;
            }
        }
    }
    false
}

/// "Most people with knee pain", "many episodes".
fn most_people(sentence: &str, found: &Scan) -> bool {
    const MUCH: &[&str] = &[
        "many",
        "most",
        "nearly all",
        "almost all",
        "half",
        "the vast",
        "a lot",
        "countless",
        "few",
        "millions",
        "nearly every",
        "almost every",
    ];
    // "Many people find that it helps" leaves it to the reader.
    let finds = |hit: Hit| {
        lower_starts(&sentence[hit.range()], &["many"])
            && lower_starts(&sentence[hit.end..], &[" find "])
    };
    found
        .all(F::PeopleQuantity)
        .any(|hit| lower_starts(&sentence[hit.range()], MUCH) && !finds(hit))
}

/// "Back pain is very common".
fn how_common(sentence: &str, found: &Scan) -> bool {
    found.all(F::Frequency).any(|hit| {
        let text = sentence[hit.range()].to_ascii_lowercase();
        let before = left_word(sentence, hit.start).unwrap_or("");
        matches!(text.as_str(), "common" | "rare" | "uncommon" | "widespread")
            && matches!(
                before,
                "is" | "are" | "very" | "quite" | "extremely" | "so" | "fairly" | "surprisingly"
            )
            && !sentence[hit.end..].starts_with(" and")
            || matches!(text.as_str(), "is normal" | "are normal")
    })
}

fn affects_people(sentence: &str, found: &Scan) -> bool {
    found.all(F::Affects).any(|hit| {
        lower_starts(&sentence[hit.range()], &["affects", "suffer", "have had"])
            && found
                .all(F::Population)
                .any(|people| people.start > hit.start || people.end <= hit.start)
    })
}

/// "more than twelve weeks" ranks nothing.
fn ranks(sentence: &str, than: Hit) -> bool {
    let next = sentence[than.end..].split_whitespace().next().unwrap_or("");
    let number = next.starts_with(|c: char| c.is_ascii_digit())
        || ["a", "an", "half", "twelve"].contains(&next)
        || has_number(&format!("{next} "));
    !number
        && !left_word(sentence, than.start).is_some_and(|word| matches!(word, "rather" | "other"))
}

/// "WHO recommends", "according to the guideline", a quotation with its speaker.
fn names_a_speaker(sentence: &str, found: &Scan) -> bool {
    const SAYS: &[&str] = &[
        "advises",
        "recommends",
        "recommend",
        "says",
        "said",
        "states that",
        "stated",
        "warns",
        "suggests",
    ];
    const MIN_WORDS: usize = 4;
    if let Some(quote) = found.first(F::Quote) {
        return sentence[quote.range()].split_whitespace().count() >= MIN_WORDS && outcome(found);
    }
    if !outcome(found) {
        return false;
    }
    let speaks = |range: Range<usize>| {
        let acronym = sentence[range.clone()].split(|c: char| !c.is_alphanumeric()).any(|word| {
            (2..=5).contains(&word.len())
                && word.bytes().all(|byte| byte.is_ascii_uppercase())
                && word != "US"
        });
        acronym
            || [F::Guideline, F::ExpertNoun].into_iter().any(|family| {
                found.all(family).any(|hit| range.start <= hit.start && hit.end <= range.end)
            })
    };
    let near = |at: usize, len: usize| {
        let mut end = (at + len).min(sentence.len());
        while !sentence.is_char_boundary(end) {
            end -= 1;
        }
        at..end
    };
    let back = |at: usize| {
        let mut start = at.saturating_sub(30);
        while !sentence.is_char_boundary(start) {
            start -= 1;
        }
        start..at
    };
    found.all(F::AccordingTo).any(|hit| {
        sentence[hit.range()].eq_ignore_ascii_case("according to") && speaks(near(hit.end, 40))
    }) || found.all(F::Says).any(|hit| {
        SAYS.contains(&&sentence[hit.range()]) && speaks(back(hit.start)) && !found.has(F::NeedTo)
    })
}

fn left_word(sentence: &str, at: usize) -> Option<&str> {
    sentence[..at].split_whitespace().next_back()
}

fn lower_starts(text: &str, starts: &[&str]) -> bool {
    starts
        .iter()
        .any(|start| text.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start)))
}

/// The number that makes a sentence a statistic, with its unit.
pub(super) fn hard_number(sentence: &str, found: &Scan) -> Option<Range<usize>> {
    const NOT_RESULTS: &[&str] = &[
        "response rate",
        "participation rate",
        "goal",
        "target",
        "calls for",
        "objectives",
        "to achieve",
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
        .filter(|hit| has_number(text(*hit)) && !share_of_effort(sentence, *hit))
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
    let fold = found
        .all(F::Fold)
        .find(|_| health && (people || found.has(F::Risk) || found.has(F::Rate) || outcome(found)));
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
            if is_money { outcome(found) && is_cost() } else { people || found.has(F::Rate) }
        })
        .map(|hit| per_people(sentence, hit));
    let recovery = found.all(F::Recovery).find(|_| {
        found.has(F::PeopleQuantity) && !lower.contains("if ") && !lower.contains("when ")
    });
    let rate = found.all(F::Rate).find(|hit| {
        lower_starts(text(*hit), &["odds ratio", "hazard ratio", "relative risk"])
            && lower[hit.end..].contains(|c: char| c.is_ascii_digit())
    });
    ratio.or(fold).or(big).or(recovery).or(rate).map(|hit| with_range(sentence, hit.range()))
}

fn has_number(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twenty",
        "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "fifteen",
        "twelve",
    ];
    text.bytes().any(|byte| byte.is_ascii_digit())
        || WORDS.iter().any(|word| text.len() > word.len() && lower_starts(text, &[word]))
}

/// "70% of your maximum", "100% natural", "95% confidence interval", "20% off".
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
            "off",
            "discount",
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

/// `12.8 per 100,000` rather than `100,000`.
fn per_people(sentence: &str, hit: Hit) -> Hit {
    let text = &sentence[hit.range()];
    let per = if lower_starts(text, &["per "]) {
        hit.start
    } else if sentence[..hit.start].ends_with(" per ") {
        hit.start - "per ".len()
    } else {
        return hit;
    };
    let before = sentence[..per].trim_end();
    let number = before.rfind(' ').map_or(0, |at| at + 1);
    let start =
        if before[number..].starts_with(|c: char| c.is_ascii_digit()) { number } else { per };
    Hit { start, ..hit }
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

/// Appeals that are appeals in any sentence.
const PLAIN_APPEALS: &[&str] = &[
    "according to a recent",
    "according to a study",
    "according to experts",
    "according to new research",
    "according to research",
    "according to science",
    "according to scientists",
    "according to studies",
    "according to the evidence",
    "according to the latest research",
    "according to the research",
    "according to the science",
    "backed by evidence",
    "backed by research",
    "backed by science",
    "backed by scientific",
    "backed by studies",
    "clinically proven",
    "clinically shown",
    "clinically tested",
    "confirmed by research",
    "confirmed by studies",
    "doctor recommended",
    "doctor-recommended",
    "experts agree",
    "medically proven",
    "research confirms",
    "research proves",
    "research shows",
    "science confirms",
    "science proves",
    "science says",
    "science shows",
    "scientifically proven",
    "scientifically shown",
    "scientifically validated",
    "studies confirm",
    "studies prove",
    "studies show",
    "supported by research",
    "supported by science",
    "supported by scientific",
    "supported by studies",
    "the evidence is clear",
    "the research is clear",
    "the science is clear",
    "trials show",
];

/// "there is good evidence that".
const GOOD_EVIDENCE: &[&str] = &[
    "clear evidence",
    "good evidence",
    "growing evidence",
    "high-quality evidence",
    "scientific evidence",
    "solid evidence",
    "strong evidence",
];

/// Who is said to report: no report form, no data table, no examination.
const REPORTERS: &[&str] = &[
    "a poll",
    "evidence",
    "literature",
    "meta-analyses",
    "meta-analysis",
    "research",
    "review",
    "reviews",
    "science",
    "studies",
    "study",
    "surveys",
    "systematic review",
    "systematic reviews",
    "trial",
    "trials",
];

/// The words of an appeal to research or experts that name nobody.
pub(super) fn hard_appeal(sentence: &str, found: &Scan) -> Option<Range<usize>> {
    if found.has(F::StudyGuard) || found.has(F::Limits) {
        return None;
    }
    let text = |hit: Hit| sentence[hit.range()].to_ascii_lowercase();
    // "According to the research plan", "science says little about it".
    const OF_ELSE: &[&str] =
        &[" plan", " team", " protocol", " question", " group", " council", " little", " nothing"];
    let plain = found.all(F::Appeal).find(|hit| {
        PLAIN_APPEALS.contains(&text(*hit).as_str()) && !lower_starts(&sentence[hit.end..], OF_ELSE)
    });
    if let Some(hit) = plain {
        return Some(with_modifiers(sentence, hit.range()));
    }
    let lower = sentence.to_ascii_lowercase();
    let nouns = [F::EvidenceNoun, F::ExpertNoun].into_iter().flat_map(|family| found.all(family));
    for noun in nouns {
        let expert = noun.family == F::ExpertNoun;
        if !expert && !REPORTERS.contains(&text(noun).as_str()) {
            continue;
        }
        let verb = found
            .all(F::ReportVerb)
            .filter(|verb| verb.start > noun.end)
            .min_by_key(|verb| verb.start);
        if let Some(verb) = verb.filter(|verb| reports(&lower, noun, *verb, expert)) {
            return Some(with_modifiers(sentence, noun.start..verb.end));
        }
    }
    let there_is = lower.contains("there is ") || lower.contains("there's ");
    if there_is && !lower.contains("there is no ") {
        let good = found.all(F::Appeal).find(|hit| GOOD_EVIDENCE.contains(&text(*hit).as_str()));
        if let Some(hit) = good {
            return Some(hit.range());
        }
    }
    let health = outcome(found)
        && (found.has(F::Intervention) || found.has(F::Therapy) || found.has(F::Medical));
    if !health {
        return None;
    }
    const SHOWN: &[&str] = &[
        "been shown",
        "been proven",
        "been demonstrated",
        "been found",
        "been linked",
        "found to",
        "is shown to",
        "are shown to",
        "proven to",
        "shown to",
    ];
    let shown = found.all(F::Shown).find(|hit| {
        let before = left_word(sentence, hit.start).unwrap_or("");
        let goes_on = hit.end == sentence.len()
            || text(*hit).ends_with(" to")
            || lower_starts(
                &sentence[hit.end..],
                &[" to ", " with ", " that ", " in ", " effective", " safe"],
            );
        SHOWN.contains(&text(*hit).as_str())
            && goes_on
            && !lower.contains("data that")
            && matches!(
                before,
                "has"
                    | "have"
                    | "been"
                    | "is"
                    | "are"
                    | "was"
                    | "were"
                    | "clinically"
                    | "scientifically"
            )
    });
    shown.map(|hit| {
        let before = left_word(sentence, hit.start).map_or(0, |word| word.len() + 1);
        hit.start - before.min(hit.start)..hit.end
    })
}

/// "studies of runners show", not "a study to describe", "this study found", "studies were reported".
fn reports(lower: &str, noun: Hit, verb: Hit, expert: bool) -> bool {
    const VERBS: &[&str] = &[
        "agree",
        "agrees",
        "conclude",
        "confirm",
        "demonstrate",
        "find",
        "finds",
        "found",
        "has linked",
        "indicate",
        "linked",
        "links",
        "point to",
        "points to",
        "prove",
        "report",
        "reveal",
        "show",
        "suggest",
        "support",
        "tell us",
        "tells us",
        "discovered",
        "observed",
        "estimate",
    ];
    const SAYING: &[&str] = &["agree", "believe", "recommend", "say", "says", "warn", "think"];
    let word = &lower[verb.range()];
    // Who writes a study is no expert called as a witness.
    if matches!(&lower[noun.range()], "authors" | "investigators" | "clinicians") {
        return false;
    }
    let known = VERBS.iter().any(|own| word.starts_with(own))
        || expert && SAYING.iter().any(|own| word.starts_with(own));
    let between = lower[noun.end..verb.start].trim();
    let words = between.split_whitespace().count();
    const APART: &[&str] = &[
        "to", "not", "cannot", "was", "were", "is", "are", "be", "being", "by", "that", "used",
        "may", "should", "must", "will", "and", "can", "help", "would", "could", "might", "who",
        "which",
    ];
    const OPENS: &[&str] = &[
        "has",
        "have",
        "had",
        "also",
        "now",
        "in",
        "of",
        "from",
        "on",
        "at",
        "with",
        "among",
        "done",
        "published",
        "conducted",
        "even",
        "often",
        "still",
        "into",
        "about",
        "around",
        "since",
    ];
    let first = between.split_whitespace().next().unwrap_or("");
    let attached = first.is_empty() || first.ends_with("ly") || OPENS.contains(&first);
    let joined = attached
        && !between.contains(['.', ';', ':', '(', ')', ','])
        && words <= 6
        && !between.split_whitespace().any(|own| APART.contains(&own));
    let before = left_word(lower, noun.start).unwrap_or("");
    const OWN: &[&str] = &[
        "this",
        "these",
        "our",
        "present",
        "current",
        "the",
        "no",
        "few",
        "little",
        "limited",
        "insufficient",
        "each",
        "both",
        "own",
        "your",
        "my",
        "any",
        "pilot",
        "to",
        "all",
        "such",
    ];
    let all_of_it = before == "the" && &lower[noun.range()] == "literature";
    known && joined && (all_of_it || !OWN.contains(&before)) && !noun_use(lower, verb)
}

/// "research support", "review reports".
fn noun_use(lower: &str, verb: Hit) -> bool {
    let word = &lower[verb.range()];
    let next = lower[verb.end..].split_whitespace().next().unwrap_or("");
    matches!(word, "support" | "report" | "reports" | "estimates" | "estimate")
        && (next.is_empty()
            || matches!(next, "of" | "for" | "on" | "from" | "are" | "is" | "and" | "were" | "was"))
}

/// "recent studies", "a large trial": the words that belong to the noun.
fn with_modifiers(sentence: &str, range: Range<usize>) -> Range<usize> {
    const MODIFIERS: &[&str] = &[
        "recent",
        "many",
        "several",
        "numerous",
        "some",
        "most",
        "large",
        "new",
        "clinical",
        "scientific",
        "previous",
        "earlier",
        "one",
        "another",
        "a",
        "an",
        "more",
        "medical",
        "various",
        "multiple",
        "other",
        "randomised",
        "randomized",
        "controlled",
        "leading",
        "health",
        "countless",
        "latest",
        "growing",
        "strong",
        "good",
    ];
    let mut start = range.start;
    while let Some(word) = left_word(sentence, start) {
        let year = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
        if !(year || MODIFIERS.iter().any(|own| own.eq_ignore_ascii_case(word)))
            || !sentence[..start].ends_with(' ')
        {
            break;
        }
        start = sentence[..start].trim_end().len() - word.len();
    }
    start..range.end
}
