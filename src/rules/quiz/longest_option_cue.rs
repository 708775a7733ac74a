//! See `docs`.

use super::chance;
use crate::diagnostic::{Confidence, Level};
use crate::model::quiz::{Question, Quiz};
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, Sink};
use crate::source::Span;

pub static RULE: Rule = Rule {
    id: "quiz/longest-option-cue",
    summary: "the right option is the longest one in most questions of a quiz",
    level: Level::Warning,
    kinds: &[],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Strict,
    since: "0.1.0",
    docs: r#"
The right answer needs its conditions, wrong ones do not, so it grows longer, and readers who know nothing of the
subject learn to choose the longest option.
Source: Haladyna, Downing and Rodriguez 2002, guideline 24 (options of about equal length).

```yaml fail
title: Back pain
questions:
  - {prompt: Which one comes first?, options: [Rest, Heat, A plan of short walks], answer: c}
  - {prompt: Which one comes second?, options: [Longer walks each week, Tape, Rest], answer: a}
  - {prompt: Which one comes third?, options: [Tape, A talk about work and sleep, Ice], answer: b}
  - {prompt: Which one comes fourth?, options: [Sleep, Ice, Strength work twice a week], answer: c}
  - {prompt: Which one comes fifth?, options: [A look at what went well, Tape, Ice], answer: a}
  - {prompt: Which one comes sixth?, options: [Heat, A step back for a few days, Ice], answer: b}
  - {prompt: Which one comes seventh?, options: [Rest, Heat, A sport that is fun], answer: c}
  - {prompt: Which one comes last?, options: [A plan for the next time, Heat, Ice], answer: a}
```

```yaml pass
title: Back pain
questions:
  - {prompt: Which one comes first?, options: [Rest, Heat, Walks], answer: c}
  - {prompt: Which one comes second?, options: [Longer walks, Longer rests, Rest], answer: a}
```

It is told of single-choice quizzes with at least eight questions of three options or more, when the key is longer
than every other option so often that chance would bring it about less than once in a hundred quizzes. What stands in
brackets does not count. Shorten the keys, or give wrong options their conditions too.
"#,
    check: Check::Quiz(check),
};

/// Questions that a habit takes.
const FEWEST: usize = 8;
/// How rare by chance a habit is.
const RARE: f64 = 0.01;
/// Keys that are shown.
const SHOWN: usize = 4;

fn check(_: &FileContext<'_>, quiz: &Quiz<'_>, out: &mut Sink<'_>) {
    let mut longest = Vec::new();
    let (mut asked, mut expected) = (0_usize, 0.0);
    for question in quiz.questions.iter() {
        let Some(key) = question.only_key() else { continue };
        asked += 1;
        expected += 1.0 / question.choices.len() as f64;
        longest.extend(stands_out(&question, key));
    }
    if asked < FEWEST {
        return;
    }
    let chance = chance::at_least(longest.len(), asked, expected / asked as f64);
    if chance >= RARE {
        return;
    }
    let message =
        format!("in {} of {asked} questions the key is the longest option", longest.len());
    let diagnostic = out.report(quiz.anchor, message);
    diagnostic.label("can be answered without knowing anything");
    for span in longest.into_iter().take(SHOWN) {
        diagnostic.related(span, "longer than the others");
    }
    diagnostic
        .note(format!("by chance it would be about {expected:.0}"))
        .help("shorten the keys, or make wrong options as long");
}

/// Where the key stands, if it is longer than every other option.
fn stands_out(question: &Question<'_>, key: usize) -> Option<Span> {
    let lengths: Vec<usize> = question
        .choices
        .iter()
        .map(|choice| choice.text.as_ref().map_or(0, |text| length(text.as_str())))
        .collect();
    let others = lengths.iter().enumerate().filter(|(index, _)| *index != key);
    let is_longest = others.map(|(_, own)| own).all(|own| *own < lengths[key]);
    is_longest.then(|| question.choices[key].span)
}

/// Characters, without what stands in brackets.
fn length(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut count = 0;
    for c in text.trim().chars() {
        match c {
            '(' => depth += 1,
            ')' if depth > 0 => depth -= 1,
            _ if depth == 0 => count += 1,
            _ => {}
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::{RULE, length};
    use crate::testing::{check, silent};

    const LONG: &str = "  - {prompt: Vad först?, options: [Vila, Värme, En plan för korta promenader], answer: c}\n";

    #[test]
    fn a_habit_of_the_whole_quiz() {
        let all = LONG.repeat(4);
        check(
            &RULE,
            &format!(
                "title: Ryggen – först\n       ^^^^^^^^^^^^^^ in 8 of 8 questions the key is the longest option\nquestions:\n{}{all}",
                format!("{LONG}                                                ---------------------------- longer than the others\n").repeat(4)
            ),
        );
    }

    #[test]
    fn seven_questions_or_other_kinds_show_no_habit() {
        silent(&RULE, &format!("title: Ryggen\nquestions:\n{}", LONG.repeat(7)));
        let short = "  - {prompt: Vad först?, options: [Vila länge, Värme, En plan], answer: c}\n";
        let mixed = format!("{}{}", LONG.repeat(5), short.repeat(5));
        silent(&RULE, &format!("title: Ryggen\nquestions:\n{mixed}"));
        let truth = "  - {prompt: Vila är bäst., type: true-false, answer: false}\n";
        silent(&RULE, &format!("title: Ryggen\nquestions:\n{}", truth.repeat(12)));
        let several = LONG.replace("answer: c", "type: multiple-choice, answer: [a, c]");
        silent(&RULE, &format!("title: Ryggen\nquestions:\n{}", several.repeat(12)));
    }

    #[test]
    fn brackets_do_not_count() {
        assert_eq!(length("Vila (helst länge)"), 5);
        assert_eq!(length("Vila) nu"), 8);
    }
}
