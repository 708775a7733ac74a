//! See `docs`.

use super::amounts::Amount;
use crate::diagnostic::{Confidence, Level};
use crate::model::dosage;
use crate::model::quiz::{KeyPlace, Question, Quiz, catch_all};
use crate::normal;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::syntax::Text;
use crate::words;
use std::ops::Range;

pub static RULE: Rule = Rule {
    id: "quiz/option-set-shape",
    summary: "the options are numbers in no order, or one is written unlike the others",
    level: Level::Warning,
    kinds: &[
        RuleKind {
            name: "order",
            level: Level::Warning,
            summary: "the options are numbers, and neither rise nor fall",
        },
        RuleKind {
            name: "format",
            level: Level::Info,
            summary: "one option alone has, or lacks, a final full stop or a capital",
        },
    ],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Strict,
    since: "0.1.0",
    docs: r#"
Numbers in no order cost readers time that has nothing to do with what is asked, and an option that is written unlike the
others draws the eye, often because the key was written at another time than the rest.
Source: Haladyna, Downing and Rodriguez 2002, guidelines 21 (logical or numerical order) and 23 (homogeneous options).

```yaml fail
title: Stretching
questions:
  - prompt: How long is a stretch held?
    options: [30 s, 10 s, 2 min, 1 min]
    answer: 30 s
```

```yaml fail
title: First aid
questions:
  - prompt: Who leads the rescue?
    options: [The first helper, The doctor., The driver]
    answer: b
```

```yaml pass
title: Stretching
questions:
  - prompt: How long is a stretch held?
    options: [10 s, 30 s, 1 min, 2 min]
    answer: 30 s
  - prompt: Which drawings show the hip?
    options: [2, 1, 3]
    answer: a
```

Numbers and ranges have an order when the words around them are the same; seconds, minutes and hours are one scale. Left
alone are numbers that count through something (1 to 3), options that the program mixes (`shuffle: true`,
`distractors`), and questions for an order. No fix moves options: a key may name them by letter or place, here or in
another file, and so may an explanation.
"#,
    check: Check::Question(check),
};

/// Fewer options show no order and no habit.
const FEWEST: usize = 3;

fn check(_: &FileContext<'_>, quiz: &Quiz<'_>, question: &Question<'_>, out: &mut Sink<'_>) {
    let texts: Vec<&Text<'_>> =
        question.choices.iter().filter_map(|choice| choice.text.as_ref()).collect();
    if texts.len() < FEWEST || texts.len() < question.choices.len() {
        return;
    }
    if !is_mixed(quiz, question) && !question.asks_for_order() {
        order(&texts, out);
    }
    full_stop(&texts, out);
    capital(&texts, out);
}

/// Whether the program chooses the places of the options.
fn is_mixed(quiz: &Quiz<'_>, question: &Question<'_>) -> bool {
    quiz.shuffled(question).is_some()
        || question.key.iter().any(|own| own.place == KeyPlace::Distractors)
}

/// Options that are shown in the order they should have.
const MOST_SHOWN: usize = 6;

fn order(texts: &[&Text<'_>], out: &mut Sink<'_>) {
    let own: Vec<&Text<'_>> =
        texts.iter().filter(|text| catch_all(text.as_str()).is_none()).copied().collect();
    let Some(scale) = scale(&own).filter(|scale| !counts_through(scale)) else { return };
    let rising = scale.windows(2).filter(|pair| pair[0] < pair[1]).count();
    let falling = scale.windows(2).filter(|pair| pair[0] > pair[1]).count();
    if rising == 0 || falling == 0 {
        return;
    }
    let is_rising = rising >= falling;
    let breaks =
        |pair: &[(f64, f64)]| if is_rising { pair[0] > pair[1] } else { pair[0] < pair[1] };
    let Some(at) = scale.windows(2).position(breaks) else { return };
    let (before, one) = (own[at], own[at + 1]);
    let mut sorted: Vec<usize> = (0..own.len()).collect();
    sorted.sort_by(|a, b| {
        scale[*a].0.total_cmp(&scale[*b].0).then(scale[*a].1.total_cmp(&scale[*b].1))
    });
    let name = |text: &Text<'_>| words::quoted(text.as_str().trim());
    let names: Vec<_> = sorted.into_iter().map(|index| name(own[index])).collect();
    let message = format!(
        "the options are numbers in no order: {} stands behind {}",
        name(one),
        name(before)
    );
    let (label, related) = match is_rising {
        true => ("less than the option before it", "more than the option behind it"),
        false => ("more than the option before it", "less than the option behind it"),
    };
    let help = match names.len() > MOST_SHOWN {
        true => "let the numbers rise; the key moves with its option".to_owned(),
        false => format!("in order they are {}; the key moves with its option", words::and(&names)),
    };
    out.report(one.span_of(trimmed(one.as_str())), message)
        .kind("order")
        .label(label)
        .related(before.span_of(trimmed(before.as_str())), related)
        .help(help);
}

/// A text without the blanks at its ends.
fn trimmed(text: &str) -> Range<usize> {
    let start = text.len() - text.trim_start().len();
    start..start + text.trim().len()
}

/// Each option as a range of numbers, where all of them are numbers of one scale.
fn scale(texts: &[&Text<'_>]) -> Option<Vec<(f64, f64)>> {
    if texts.len() < FEWEST {
        return None;
    }
    let amounts: Vec<Amount> =
        texts.iter().map(|text| amount(text.as_str())).collect::<Option<_>>()?;
    let scaled = amounts.iter().map(in_seconds).collect::<Option<Vec<_>>>();
    let unit = |own: &Amount| normal::stemmed(own.behind.trim());
    let is_one_unit = || {
        let first = &amounts[0];
        amounts.iter().all(|own| own.before == first.before && unit(own) == unit(first))
    };
    scaled
        .or_else(|| is_one_unit().then(|| amounts.iter().map(|own| (own.low, own.high)).collect()))
}

/// The number or range that an option is, and not only holds. What stands in brackets does not count.
fn amount(text: &str) -> Option<Amount> {
    const AROUND: &[&str] =
        &["", "about", "around", "approximately", "at least", "at most", "up to", "between"];
    const SIGNS: &[char] =
        &['~', '\u{2248}', '<', '>', '\u{2264}', '\u{2265}', '$', '\u{20ac}', '\u{a3}'];
    let mut own = Amount::of(text.split(['(', '[']).next()?)?;
    if own.before == "-" && own.low == own.high {
        (own.low, own.high) = (-own.low, -own.high);
        own.before.clear();
    }
    let before = own.before.trim_matches(SIGNS).trim();
    // "2^10", "1/2", "10:30" are more than the number they begin with.
    let goes_on =
        |c: char| !(c.is_alphabetic() || c.is_whitespace() || matches!(c, '%' | '\u{b0}' | '+'));
    (AROUND.contains(&before) && !own.behind.starts_with(goes_on)).then_some(own)
}

/// "30 s", "1-2 minutes".
fn in_seconds(own: &Amount) -> Option<(f64, f64)> {
    let unit = dosage::seconds_of(own.behind.trim()).filter(|_| own.before.is_empty())?;
    Some((own.low * unit, own.high * unit))
}

/// Whether bare numbers name things by counting through them: 1, 3, 2.
fn counts_through(scale: &[(f64, f64)]) -> bool {
    let mut numbers: Vec<f64> = scale.iter().map(|own| own.0).collect();
    numbers.sort_by(f64::total_cmp);
    let first = numbers[0];
    (first == 0.0 || first == 1.0)
        && numbers.iter().enumerate().all(|(index, own)| *own == first + index as f64)
}

fn full_stop(texts: &[&Text<'_>], out: &mut Sink<'_>) {
    let ends: Vec<&str> = texts.iter().map(|text| text.as_str().trim_end()).collect();
    let is_plain = |text: &&str| !text.ends_with(['?', '!', ':', '\u{2026}']) && !is_code(text);
    let stops: Vec<bool> = ends.iter().map(|text| text.ends_with('.')).collect();
    let Some(odd) = odd_one(&stops).filter(|_| ends.iter().all(is_plain)) else { return };
    let own = ends[odd];
    if stops[odd] && (!is_sentence_end(own) || catch_all(own).is_some()) {
        return;
    }
    // Several sentences end as sentences do, whatever stands beside them.
    let is_text = |text: &str| text.trim_end_matches('.').contains(". ");
    if is_text(own)
        || !stops[odd] && (catch_all(own).is_some() || ends.iter().any(|own| is_text(own)))
    {
        return;
    }
    let name = words::quoted(own);
    let text = texts[odd];
    match stops[odd] {
        true => out
            .report(
                text.span_of(own.len() - 1..own.len()),
                format!("of all options only {name} ends with a full stop"),
            )
            .kind("format")
            .label("only here")
            .help("delete it"),
        false => out
            .report(
                text.span_of(0..own.len()),
                format!("of all options only {name} does not end with a full stop"),
            )
            .kind("format")
            .label("ends without one")
            .help("write one here, too"),
    };
}

/// Whether a final full stop ends a sentence, and shortens no word.
fn is_sentence_end(text: &str) -> bool {
    const SHORT: &[&str] = &[
        "etc", "al", "min", "max", "sec", "hr", "hrs", "approx", "no", "vs", "inc", "co", "ltd",
        "jr", "sr", "dr", "st", "wk", "wks", "yr", "yrs", "temp", "reps", "rep", "resp", "spp",
        "sp",
    ];
    let word =
        text.trim_end_matches('.').rsplit(|c: char| !(c.is_alphanumeric() || c == '.')).next();
    let word = word.unwrap_or("").to_lowercase();
    let is_letter = word.chars().nth(1).is_none();
    !text.ends_with("..") && !is_letter && !word.contains('.') && !SHORT.contains(&word.as_str())
}

fn capital(texts: &[&Text<'_>], out: &mut Sink<'_>) {
    // Particles of names: "von Willebrand disease", "de Quervain's".
    const NAMES: &[&str] =
        &["von", "van", "der", "den", "del", "della", "des", "dos", "los", "las"];
    let first = |text: &str| {
        let word = text.split_whitespace().next().unwrap_or("");
        let is_word = word.chars().nth(2).is_some() && word.chars().all(char::is_alphabetic);
        let small = word.chars().skip(1).all(char::is_lowercase);
        (is_word && small).then(|| word.chars().next().is_some_and(char::is_uppercase))
    };
    let capitals: Option<Vec<bool>> =
        texts.iter().map(|text| first(text.as_str()).filter(|_| !is_code(text.as_str()))).collect();
    let Some(capitals) = capitals else { return };
    // One capital among small letters begins a name.
    let Some(odd) = odd_one(&capitals).filter(|odd| !capitals[*odd]) else { return };
    let text = texts[odd];
    let written = text.as_str();
    let start = written.len() - written.trim_start().len();
    let word = written.split_whitespace().next().unwrap_or("");
    if NAMES.contains(&word) {
        return;
    }
    out.report(
        text.span_of(start..start + word.len()),
        format!("of all options only {} begins with a small letter", words::quoted(written.trim())),
    )
    .kind("format")
    .label("only here")
    .help("write a capital here, too");
}

/// The one that is unlike all others.
fn odd_one(values: &[bool]) -> Option<usize> {
    let count = values.iter().filter(|own| **own).count();
    let odd = match count {
        1 => true,
        _ if count + 1 == values.len() => false,
        _ => return None,
    };
    values.iter().position(|own| *own == odd).filter(|_| values.len() >= FEWEST)
}

/// Whether an option may be code, in which full stops and small letters have their own meaning.
fn is_code(text: &str) -> bool {
    text.contains(['`', '$', '{', '}', '<', '=', '_', '\\'])
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, files, said_by, silent};

    #[test]
    fn numbers_in_no_order() {
        check(
            &RULE,
            r#"
questions:
  - prompt: Hur länge – how long?
    options: [10 s, "2 min", 30 s, 1 min]
                     ----- more than the option behind it
                             ^^^^ the options are numbers in no order: `30 s` stands behind `2 min`
    answer: c
  - prompt: How many bones has an adult?
    options: [300, 206 (as a rule), 210, 150, none of the above]
                   --------------- less than the option behind it
                                    ^^^ the options are numbers in no order: `210` stands behind `206 (as a rule)`
    answer: b
"#,
        );
        check(
            &RULE,
            r#"
//- quizzes/a.md
# Puls

1. How many beats a minute are usual?
   a) 50–90 per minute
   b) 60–100 per minute
      ----------------- more than the option behind it
   c) 30–50 per minute
      ^^^^^^^^^^^^^^^^ the options are numbers in no order: `30–50 per minute` stands behind `60–100 per minute`

   Answer: b
"#,
        );
    }

    #[test]
    fn numbers_that_have_an_order_or_are_none() {
        for options in [
            "10 s, 30 s, 1 min, 2 min",
            "50 %, 25 %, 10 %",
            "0 to 5, 0 to 10, 1 to 5",
            "Two weeks, four weeks, six weeks",
            "2, 1, 3",
            "10, 9, 12 kg",
            "2^127, 2^128, 2^64",
            "1/2, 1/4, 3/4",
            "vitamin B12, vitamin B6, vitamin B9",
            "30 s, 10 s",
            "1 hour, 30 reps, 2 hours",
            "-5 °C, 0 °C, 5 °C",
            "30, 10, knäet",
            "['', '', '']",
        ] {
            let text = format!(
                "questions:\n  - {{prompt: Hur – how?, options: [{options}], answer: a}}\n"
            );
            silent(&RULE, &text);
        }
        let mixed =
            "questions:\n  - {prompt: Hur?, shuffle: true, options: [5, 9, 7], answer: a}\n";
        silent(&RULE, mixed);
        silent(&RULE, "questions:\n  - {prompt: Hur?, answer: 7, distractors: [5, 9, 3]}\n");
        silent(
            &RULE,
            "questions:\n  - {prompt: Put them in order., options: [5, 9, 7], answer: a}\n",
        );
        for options in ["-5 °C, 5 °C, -10 °C", "five, nine, seven", "25,000 €; 1,000 €; 30,000 €"]
        {
            let options = options.replace(';', "', '");
            let options = if options.contains("'") { format!("'{options}'") } else { options };
            let text = format!(
                "questions:\n  - {{prompt: Hur – how?, options: [{options}], answer: a}}\n"
            );
            assert_eq!(said_by(&RULE, &files(&RULE, &text)).len(), 1, "{options}");
        }
    }

    #[test]
    fn one_option_is_written_unlike_the_others() {
        check(
            &RULE,
            r#"
questions:
  - prompt: Who leads the rescue?
    options: [The först helper, The doctor., The driver]
                                          ^ of all options only `The doctor.` ends with a full stop
    answer: b
  - prompt: What helps?
    options: [It is rest., It is heat, It is ice.]
                           ^^^^^^^^^^ of all options only `It is heat` does not end with a full stop
    answer: b
  - prompt: What helps most?
    options: [Rest, heat and ice, Walking]
                    ^^^^ of all options only `heat and ice` begins with a small letter
    answer: b
"#,
        );
    }

    #[test]
    fn what_is_written_alike_or_for_a_reason() {
        for options in [
            "Rest, Heat, Ice",
            "rest, heat, ice",
            "rest, heat, Achilles tendon",
            "Haemophilia, von Willebrand disease, Anaemia",
            "Rest, pH, Ice",
            "None, 0, undefined",
            "Rest, heat, ice, Tape",
            "30 kg, 1 hour, 10 min.",
            "Rest etc., Heat, Ice",
            "Rest at 9 a.m., Heat, Ice",
            "Rest. It helps., Heat, Ice",
            "It is rest., It is heat., None of the above",
            "Rest?, Heat., Ice",
            "'`a.`', Heat, Ice",
            "Rest., Heat",
        ] {
            let text = format!(
                "questions:\n  - {{prompt: Vad – what?, options: [{options}], answer: a}}\n"
            );
            silent(&RULE, &text);
        }
    }
}
