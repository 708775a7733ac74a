//! See `docs`.

use super::chance;
use crate::diagnostic::{Confidence, Level};
use crate::model::quiz::{KeyPlace, Question, Quiz};
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, Sink};
use crate::source::Span;
use crate::syntax::Node;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    id: "quiz/key-position-bias",
    summary: "the right options of a quiz stand in one place too often",
    level: Level::Warning,
    kinds: &[],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Strict,
    since: "0.1.0",
    docs: r#"
Authors put the right answer in the middle, and generators put it first. Readers notice.
Source: Haladyna, Downing and Rodriguez 2002, guideline 20 (vary the location of the right answer).

```yaml fail
title: Back pain
questions:
  - {prompt: Which one comes first?, options: [Walks, Heat, Rest], answer: a}
  - {prompt: Which one comes second?, options: [Sleep, Tape, Rest], answer: a}
  - {prompt: Which one comes third?, options: [Talk, Tape, Ice], answer: a}
  - {prompt: Which one comes fourth?, options: [Strength, Sleep, Ice], answer: a}
  - {prompt: Which one comes fifth?, options: [Review, Tape, Ice], answer: a}
  - {prompt: Which one comes last?, options: [Sport, Heat, Ice], answer: a}
```

```yaml pass
title: Back pain
questions:
  - {prompt: Which one comes first?, options: [Walks, Heat, Rest], answer: a}
  - {prompt: Which one comes second?, options: [Tape, Rest, Sleep], answer: c}
  - {prompt: Which one comes third?, options: [Tape, Talk, Ice], answer: b}
```

It is told of six single-choice questions or more with the same number of options, when one place holds so many keys
that chance would bring it about less than once in a hundred quizzes. Questions with `ordered: true`, `shuffle: true`
or `distractors`, and those whose options all begin with a number, do not count. Move some keys, or shuffle the
options.
"#,
    check: Check::Quiz(check),
};

/// Questions that a habit takes.
const FEWEST: usize = 6;
/// How rare by chance a habit is.
const RARE: f64 = 0.01;

fn check(_: &FileContext<'_>, quiz: &Quiz<'_>, out: &mut Sink<'_>) {
    // By the number of options: the keys of each place.
    let mut places = BTreeMap::<usize, Vec<Vec<Span>>>::new();
    for question in quiz.questions.iter() {
        let is_free = quiz.shuffled(&question).is_none() && !is_ordered(&question);
        let Some(key) = question.only_key().filter(|_| is_free) else { continue };
        let count = question.choices.len();
        let places = places.entry(count).or_insert_with(|| vec![Vec::new(); count]);
        places[key].push(question.choices[key].span);
    }
    for (count, places) in places {
        let asked: usize = places.iter().map(Vec::len).sum();
        let Some((place, keys)) = places.iter().enumerate().max_by_key(|(_, keys)| keys.len())
        else {
            continue;
        };
        // Any of the places might have been the one.
        let chance = count as f64 * chance::at_least(keys.len(), asked, 1.0 / count as f64);
        if asked < FEWEST || chance >= RARE {
            continue;
        }
        let message = format!(
            "in {} of {asked} questions with {count} options the key is option {}",
            keys.len(),
            place + 1
        );
        let diagnostic = out.report(quiz.anchor, message);
        diagnostic.label("can be answered without knowing anything");
        for span in keys.iter().take(3) {
            diagnostic.related(*span, format!("option {}", place + 1));
        }
        diagnostic.help("move some of the keys, or say `shuffle: true`");
    }
}

/// Whether the options have an order of their own, or the program's: it mixes an answer with its distractors.
fn is_ordered(question: &Question<'_>) -> bool {
    if question.key.iter().any(|own| own.place == KeyPlace::Distractors) {
        return true;
    }
    let is_said = question.node.and_then(|node| node.get("ordered")).and_then(Node::as_bool);
    is_said == Some(true)
        || question.choices.iter().all(|choice| {
            let text = choice.text.as_ref().map_or("", |text| text.as_str());
            text.trim_start_matches(|c: char| !c.is_alphanumeric())
                .starts_with(|c: char| c.is_ascii_digit())
        })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    const FIRST: &str = "  - {prompt: Vad först?, options: [Vila, Värme, Kyla], answer: a}\n";

    #[test]
    fn one_place_holds_the_keys() {
        check(
            &RULE,
            &format!(
                "title: Ryggen – först\n       ^^^^^^^^^^^^^^ in 6 of 6 questions with 3 options the key is option 1\nquestions:\n{}{}",
                format!("{FIRST}                                   ---- option 1\n").repeat(3),
                FIRST.repeat(3)
            ),
        );
    }

    #[test]
    fn few_questions_orders_and_shuffled_ones_have_no_habit() {
        let quiz = |head: &str, question: &str| {
            format!("title: Ryggen\n{head}questions:\n{}", question.repeat(9))
        };
        silent(&RULE, &format!("title: Ryggen\nquestions:\n{}", FIRST.repeat(4)));
        silent(&RULE, &quiz("shuffle: true\n", FIRST));
        silent(&RULE, &quiz("", &FIRST.replace("answer", "ordered: true, answer")));
        silent(&RULE, &quiz("", &FIRST.replace("Vila, Värme, Kyla", "1 dag, 2 dagar, 3 dagar")));
        silent(&RULE, &quiz("", "  - {prompt: Vila är bäst., type: true-false, answer: false}\n"));
        let spread =
            format!("{FIRST}{}{}", FIRST.replace(": a}", ": b}"), FIRST.replace(": a}", ": c}"));
        silent(&RULE, &quiz("", &spread));
    }
}
