//! See `docs`.

use super::amounts::Amount;
use crate::diagnostic::{Confidence, Level};
use crate::model::quiz::{Choice, Question, Quiz};
use crate::normal;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::syntax::Text;
use std::collections::BTreeSet;

pub static RULE: Rule = Rule {
    id: "quiz/duplicate-or-overlapping-options",
    summary: "two options of one question are the same, nearly the same, or overlap",
    level: Level::Error,
    kinds: &[
        RuleKind { name: "duplicate", level: Level::Error, summary: "two options read the same" },
        RuleKind {
            name: "near",
            level: Level::Warning,
            summary: "two options differ by a letter or an ending",
        },
        RuleKind {
            name: "same-id",
            level: Level::Error,
            summary: "two options have one id or letter, so that a key may mean either",
        },
        RuleKind {
            name: "range-overlap",
            level: Level::Warning,
            summary: "two number ranges share a value",
        },
        RuleKind {
            name: "subset",
            level: Level::Info,
            summary: "one option holds every word of another",
        },
    ],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Default,
    since: "0.1.0",
    docs: r#"
A learner who sees one option twice knows that it is wrong, or finds two right answers.
Source: Haladyna, Downing and Rodriguez 2002, guideline 22 (options independent, not overlapping).

```yaml fail
title: Stretching
questions:
  - prompt: How long is the stretch held?
    options: [20 seconds, twenty seconds, 60 seconds]
    answer: a
```

Case, punctuation, articles and number words make no difference; signs do, so options in code and
formulas are compared as they stand. Options that differ in the letter that matters say
`exactOptions: true`.

```yaml pass
title: Stretching
questions:
  - prompt: How long is the stretch held?
    options: [10 seconds, 30 seconds, 60 seconds]
    answer: b
```

Reword or delete one of them.
"#,
    check: Check::Question(check),
};

fn check(_: &FileContext<'_>, quiz: &Quiz<'_>, question: &Question<'_>, out: &mut Sink<'_>) {
    same_ids(question, out);
    let own = question.node.and_then(|node| node.get("exactOptions")?.as_bool());
    let exact = own.unwrap_or(quiz.exact);
    let texts: Vec<&str> = question.choices.iter().map(text).collect();
    let symbols = exact || texts.iter().any(|text| normal::has_symbols(text));
    let form = if symbols { normal::single_spaced } else { normal::bare };
    let forms: Vec<String> = texts.iter().map(|text| form(text)).collect();
    let mut told = BTreeSet::new();
    for (first, copies) in groups(&forms) {
        told.extend(copies.iter().copied().chain([first]));
        let again = &question.choices[copies[0]];
        let message = match copies.len() {
            1 => format!("two options read `{}`", again_text(again)),
            more => format!("{} options read `{}`", more + 1, again_text(again)),
        };
        let diagnostic = out.report(again.span, message);
        diagnostic.kind("duplicate").label("again here").help("reword or delete one of them");
        diagnostic.related(question.choices[first].span, "first here");
        for &other in &copies[1..] {
            diagnostic.related(question.choices[other].span, "and here");
        }
    }
    if exact {
        return;
    }
    // A sign of percent or degrees is part of a unit.
    if !symbols {
        near(question, &forms, &mut told, out);
    }
    ranges(question, &texts, &mut told, out);
    if symbols {
        return;
    }
    subsets(question, &forms, &told, out);
}

fn same_ids(question: &Question<'_>, out: &mut Sink<'_>) {
    let id = |choice: &Choice<'_>| choice.id.as_ref().map_or("", |id| id.as_str()).to_owned();
    let ids: Vec<String> = question.choices.iter().map(id).collect();
    for (first, copies) in groups(&ids) {
        let place = |index: usize| question.choices[index].id.as_ref().map(Text::span);
        let (Some(first), Some(again)) = (place(first), place(copies[0])) else { continue };
        out.report(again, format!("two options have the id `{}`", ids[copies[0]]))
            .kind("same-id")
            .label("again here")
            .related(first, "first here")
            .help("rename one of them, and look whether the key still means the right one");
    }
}

fn text<'c>(choice: &'c Choice<'_>) -> &'c str {
    choice.text.as_ref().map_or("", |text| text.as_str())
}

fn again_text<'c>(choice: &'c Choice<'_>) -> &'c str {
    text(choice).trim()
}

/// Index of the first choice of each form, with the indices of its copies.
fn groups(forms: &[impl AsRef<str>]) -> Vec<(usize, Vec<usize>)> {
    let form = |index: &usize| forms[*index].as_ref();
    let mut indices: Vec<usize> =
        (0..forms.len()).filter(|index| !form(index).is_empty()).collect();
    indices.sort_by_key(|index| (form(index), *index));
    let runs = indices.chunk_by(|a, b| form(a) == form(b)).filter(|run| run.len() > 1);
    let mut groups: Vec<_> = runs.map(|run| (run[0], run[1..].to_vec())).collect();
    groups.sort();
    groups
}

fn near(question: &Question<'_>, bare: &[String], told: &mut BTreeSet<usize>, out: &mut Sink<'_>) {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let stems: Vec<String> = bare.iter().map(|text| normal::stemmed(text)).collect();
    for (first, copies) in groups(&stems) {
        pairs.extend(copies.into_iter().map(|again| (first, again)));
    }
    // A question has a handful of options; a longer list is data, not a choice.
    const FEW: usize = 12;
    if bare.len() <= FEW {
        for again in 0..bare.len() {
            pairs.extend(
                (0..again)
                    .filter(|&first| is_slip(&bare[first], &bare[again]))
                    .map(|first| (first, again)),
            );
        }
    }
    pairs.sort_unstable();
    for (first, again) in pairs {
        if told.contains(&again) {
            continue;
        }
        told.extend([first, again]);
        let (one, other) = (&question.choices[first], &question.choices[again]);
        out.report(
            other.span,
            format!(
                "two options are nearly the same: `{}` and `{}`",
                again_text(one),
                again_text(other)
            ),
        )
        .kind("near")
        .label("nearly the same")
        .related(one.span, "as this one")
        .help("reword one of them, or say `exactOptions: true` when the letter is the point");
    }
}

/// Whether two texts of at least 8 letters differ by one letter that looks like a slip: not a digit,
/// not the first letter of a word, not the pair ab- and ad-, which is anatomy.
fn is_slip(a: &str, b: &str) -> bool {
    const LONGEST_LETTER: usize = 4;
    if a == b || a.len().abs_diff(b.len()) > LONGEST_LETTER {
        return false;
    }
    let (mut words_a, mut words_b) = (a.split(' '), b.split(' '));
    let mut differing = None;
    loop {
        match (words_a.next(), words_b.next()) {
            (None, None) => break,
            (Some(one), Some(other)) if one == other => {}
            (Some(one), Some(other)) if differing.is_none() => differing = Some((one, other)),
            _ => return false,
        }
    }
    let Some((one, other)) = differing else { return false };
    let anatomy = (one.starts_with("ab") && other.starts_with("ad"))
        || (one.starts_with("ad") && other.starts_with("ab"));
    let digits =
        one.contains(|c: char| c.is_ascii_digit()) || other.contains(|c: char| c.is_ascii_digit());
    let same_start = one.chars().next() == other.chars().next();
    let shorter = |a: &str, b: &str| a.chars().count().min(b.chars().count());
    !anatomy
        && !digits
        && same_start
        && shorter(one, other) >= 5
        && shorter(a, b) >= 8
        && one_edit(one, other)
}

fn one_edit(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let prefix = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let suffix = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let longer = a.len().max(b.len());
    a.len().abs_diff(b.len()) <= 1 && prefix + suffix + 1 >= longer
}

fn ranges(question: &Question<'_>, texts: &[&str], told: &mut BTreeSet<usize>, out: &mut Sink<'_>) {
    let mut found: Vec<(Amount, usize)> = texts
        .iter()
        .enumerate()
        .filter_map(|(index, text)| Some((Amount::of_range(text)?, index)))
        .collect();
    found.sort_by(|a, b| a.0.low.total_cmp(&b.0.low).then(a.1.cmp(&b.1)));
    for pair in found.windows(2) {
        let [(one, first), (other, again)] = pair else {
            continue;
        };
        let is_apart = other.low > one.high || !one.has_unit_of(other);
        if is_apart || told.contains(first) || told.contains(again) {
            continue;
        }
        if asks_for_range(question) {
            return;
        }
        let (first, again) = (*first.min(again), *first.max(again));
        told.insert(again);
        let (one, other) = (&question.choices[first], &question.choices[again]);
        out.report(
            other.span,
            format!("the ranges `{}` and `{}` overlap", again_text(one), again_text(other)),
        )
        .kind("range-overlap")
        .label("overlaps")
        .related(one.span, "with this range")
        .help("let each range start behind the end of the one before it");
    }
}

/// Of "What is the normal range?" one answer is right, whatever it shares with others.
fn asks_for_range(question: &Question<'_>) -> bool {
    let prompt = question.prompt.as_ref().map_or("", Text::as_str);
    let mut words = prompt.split(|c: char| !c.is_alphabetic());
    words.any(|word| word.eq_ignore_ascii_case("range"))
}

/// Words that make a longer option another thing, not a part of it.
const CONTRASTS: &[&str] = &[
    "before", "after", "left", "right", "with", "without", "increase", "decrease", "not", "no",
    "never", "only", "and", "or", "all", "both", "except", "but", "more", "less", "than",
];

fn subsets(question: &Question<'_>, bare: &[String], told: &BTreeSet<usize>, out: &mut Sink<'_>) {
    let words: Vec<Vec<&str>> = bare.iter().map(|text| text.split(' ').collect()).collect();
    const FEW: usize = 12;
    if words.len() > FEW {
        return;
    }
    for long in 0..words.len() {
        for short in 0..words.len() {
            if is_part(&words[short], &words[long])
                && !told.contains(&short)
                && !told.contains(&long)
            {
                let (part, whole) = (&question.choices[short], &question.choices[long]);
                out.report(
                    whole.span,
                    format!(
                        "whoever is right with `{}` is right with `{}`",
                        again_text(whole),
                        again_text(part)
                    ),
                )
                .kind("subset")
                .related(part.span, "every word of this stands there")
                .help("make the options exclude each other");
                return;
            }
        }
    }
}

/// Whether `long` is `short` with words in front of the same head word.
fn is_part(short: &[&str], long: &[&str]) -> bool {
    let added = || long.iter().filter(|word| !short.contains(word));
    short.len() >= 2
        && long.len() > short.len()
        && short.last() == long.last()
        && short.iter().all(|word| long.contains(word))
        && !added()
            .any(|word| CONTRASTS.contains(word) || word.contains(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, diagnostics, files, silent};

    #[test]
    fn exact_options_of_a_whole_quiz() {
        let quiz = |exact: &str, own: &str| {
            format!(
                "title: Höft\n{exact}questions:\n  - prompt: Which word is right?\n    options: [Höft, höft]\n    answer: Höft\n{own}"
            )
        };
        let told = |text: &str| {
            let said = diagnostics(&files(&RULE, text));
            said.iter().filter(|own| own.rule == RULE.id || own.rule.starts_with("schema/")).count()
        };
        assert_eq!(told(&quiz("", "")), 1);
        assert_eq!(told(&quiz("exactOptions: true\n", "")), 0);
        assert_eq!(told(&quiz("exactOptions: true\n", "    exactOptions: false\n")), 1);
    }

    #[test]
    fn letters_before_the_texts_of_fields() {
        check(
            &RULE,
            r#"
questions:
  - prompt: Vad böjer höften?
    options: ["A. Psoas", "B. Soleus", "C. Psoas"]
              ---------- first here
                                       ^^^^^^^^^^ two options read `Psoas`
    answer: B
"#,
        );
        let text = r#"questions: [{prompt: Böjer?, options: ["(a) Psoas", "(b) Soleus", "(b) Biceps"], answer: b}]"#;
        let said = diagnostics(&files(&RULE, text));
        let twice = said.iter().find(|own| own.kind == Some("same-id")).expect("b stands twice");
        let place = text.find("b) Biceps").expect("it stands there");
        assert_eq!(twice.primary.span.range().start, place);
        silent(
            &RULE,
            r#"
questions:
  - prompt: Vem var först?
    options: ["A. Lincoln", "G. Lincoln", "T. Lincoln"]
    answer: G. Lincoln
  - prompt: Vad böjer höften?
    options: ["A. Psoas", "C. Soleus", "D. Biceps"]
    answer: C
"#,
        );
    }

    #[test]
    fn ranges_in_words_and_signs() {
        let told = |options: &str| {
            let text = format!(
                "questions:\n  - {{prompt: Hur – how?, options: [{options}], answer: c}}\n"
            );
            let said = diagnostics(&files(&RULE, &text));
            said.iter().filter(|own| own.rule == RULE.id).map(|own| own.kind).collect::<Vec<_>>()
        };
        for options in [
            "two to four weeks, four to six weeks, eight to ten weeks",
            "between 10 and 20 s, between 20 and 30 s, never",
            "10-20 %, 20-30 %, 50-60 %",
            "30-35 °C, 35-40 °C, 50 °C",
        ] {
            assert_eq!(told(options), [Some("range-overlap")], "{options}");
        }
        for options in [
            "two to four weeks, five to six weeks, eight to ten weeks",
            "two to four weeks, four to six days, never",
            "10 and 20 s, 20 and 30 s, never",
            "-20-10 %, 20-30 %, 50-60 %",
            "one to one, two to one, one to two",
        ] {
            assert_eq!(told(options), [], "{options}");
        }
    }

    #[test]
    fn options_in_cells_that_read_the_same() {
        check(
            &RULE,
            "
# Quiz

| Question | Correct answer | Wrong answer 1 | Wrong answer 2 |
|---|---|---|---|
| Vad böjer höften? | psoas | vaden | sätet |
| Vad böjer knät? | vaden | magen | vaden |
                    ----- first here
                                    ^^^^^ two options read `vaden`
",
        );
    }

    #[test]
    fn the_same_option_twice() {
        check(
            &RULE,
            r#"
questions:
  - prompt: Hur länge?
    options: [Trettio sekunder, två minuter, trettio sekunder!]
              ---------------- first here
                                             ^^^^^^^^^^^^^^^^^ two options read `trettio sekunder!`
    answer: b
"#,
        );
    }

    #[test]
    fn one_id_for_two_options() {
        check(
            &RULE,
            r#"
questions:
  - prompt: Vad böjer höften?
    options:
      - {id: a, text: Psoas major}
             -- first here
      - {id: b, text: Soleus}
      - {id: a, text: Tibialis anterior}
             ^ two options have the id `a`
    answer: a
"#,
        );
    }

    #[test]
    fn one_letter_for_two_options() {
        let told = |letters: [char; 4]| {
            let [a, b, c, d] = letters;
            let text = format!(
                "# Quiz\n\n1. Vad böjer höften?\n   {a}) Psoas\n   {b}) Soleus\n   {c}) Biceps\n   {d}) Deltoid\n   *Answer: A*\n"
            );
            let said = diagnostics(&files(&RULE, &text));
            let own = said.iter().filter(|own| own.rule == RULE.id);
            own.map(|own| text[own.primary.span.start as usize..].chars().nth(3))
                .collect::<Vec<_>>()
        };
        assert_eq!(told(['A', 'A', 'C', 'D']), [Some('S')]);
        assert_eq!(told(['A', 'B', 'B', 'D']), [Some('B')]);
        assert_eq!(told(['A', 'B', 'C', 'D']), []);
    }

    #[test]
    fn arrows_and_minus_signs_are_meant() {
        silent(
            &RULE,
            r#"
questions:
  - {prompt: A?, options: [↑ heart rate, ↓ heart rate, ↔ heart rate], answer: a}
  - {prompt: B?, options: ["HR ↑, SV ↑", "HR ↑, SV ↓"], answer: a}
  - {prompt: C?, options: [-5 °C, 5 °C, 15 °C], answer: a}
  - {prompt: D?, options: [−1 and −2.5, 1 and 2.5], answer: a}
  - {prompt: E?, options: ["a score of -2", "a score of 2"], answer: a}
"#,
        );
    }

    #[test]
    fn number_words_are_numbers() {
        check(
            &RULE,
            r#"
questions:
  - prompt: How long?
    options:
      - 20 seconds
        ---------- first here
      - twenty seconds
        ^^^^^^^^^^^^^^ two options read `twenty seconds`
      - 60 seconds
    answer: c
"#,
        );
    }

    #[test]
    fn a_slip_and_a_range() {
        check(
            &RULE,
            r#"
questions:
  - prompt: How long?
    options: [10-20 seconds, 20-30 seconds, 40-50 seconds]
              ------------- with this range
                             ^^^^^^^^^^^^^ the ranges `10-20 seconds` and `20-30 seconds` overlap
    answer: a
  - prompt: Which one?
    options: [hamstring stretch, hamstring stretches, calf raise]
              ----------------- as this one
                                 ^^^^^^^^^^^^^^^^^^^ two options are nearly the same: `hamstring stretch` and `hamstring stretches`
    answer: a
"#,
        );
    }

    #[test]
    fn anatomy_digits_and_code_are_no_slips() {
        silent(
            &RULE,
            r#"
questions:
  - {prompt: A?, options: [hip abduction, hip adduction], answer: a}
  - {prompt: B?, options: [interior surface, anterior surface], answer: a}
  - {prompt: C?, options: ["&str", str, "&&str"], answer: a}
  - {prompt: D?, options: [10 seconds, 30 seconds], answer: a}
  - {prompt: E?, options: [10-20 seconds, 21-30 seconds, 10-20 minutes], answer: a}
  - {prompt: F?, options: [pain, pain before exercise, pain after exercise], answer: a}
  - {prompt: G?, options: [flexion, extension], answer: a}
  - {prompt: "Which range is normal, på Å?", options: [60-100 bpm, 80-160 bpm], answer: a}
"#,
        );
    }

    #[test]
    fn letters_and_texts_in_one_item_of_a_list() {
        let fixture = "
questions:
  - question: Vad böjer höften?
    options:
      - {a: psoas, b: vaden, c: psoas}
         -------- first here
                             ^^^^^^^^ two options read `psoas`
    answer: a
";
        check(&RULE, fixture);
        let said = crate::testing::diagnostics(&crate::testing::files(&RULE, fixture));
        assert!(said.iter().all(|own| !own.rule.starts_with("schema/")));
    }
}
