//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::model::quiz::{
    KeyPlace, KeyStatement, Question, Quiz, feedback_verdict, spoken_answers,
};
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, Sink};
use crate::source::Span;
use crate::syntax::Text;

pub static RULE: Rule = Rule {
    id: "quiz/conflicting-answer-key",
    summary: "two statements of one question's key disagree",
    level: Level::Error,
    kinds: &[],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Relaxed,
    since: "0.1.0",
    docs: r#"
The learner is taught whichever key the program reads, right or wrong.

```yaml fail
title: Hips
questions:
  - prompt: Which muscle bends the hip?
    options:
      - {id: psoas, text: psoas major, correct: true}
      - {id: soleus, text: soleus}
    answer: soleus
```

Keys are compared as sets of options, so order and spelling do not matter:

```yaml pass
title: Hips
questions:
  - id: q1
    prompt: Which muscles bend the hip?
    type: multiple-choice
    options: [psoas major, iliacus, soleus]
    answer: [a, b]
```

An explanation that begins a sentence with "The correct answer is B" or "B is correct" states a key
too:

```yaml fail
title: Hips
questions:
  - prompt: How long is the stretch held?
    options: [10 seconds, 30 seconds, 30 minutes]
    answer: 30 minutes
    explanation: The correct answer is B, 30 seconds.
```

So do an explanation "False. ..." or "This statement is false." of a statement, and feedback that begins with
"Correct!" or "Wrong.":

```yaml fail
title: Hips
questions:
  - prompt: Rest is best for most back pain.
    type: true-false
    answer: true
    explanation: "False. Keep moving."
```

Find out which of the two is right, and delete the other.
"#,
    check: Check::Question(check),
};

fn check(_: &FileContext<'_>, _: &Quiz<'_>, question: &Question<'_>, out: &mut Sink<'_>) {
    torn_values(question, out);
    explanation(question, out);
    feedback(question, out);
    let stated: Vec<_> =
        question.key.iter().filter_map(|own| Some((own, question.named(own)?))).collect();
    let stated: Vec<_> = stated.into_iter().filter(|(_, named)| !named.is_empty()).collect();
    let [(first, named), rest @ ..] = stated.as_slice() else {
        return;
    };
    for (again, other) in rest {
        let both_sections =
            matches!((first.place, again.place), (KeyPlace::Section(_), KeyPlace::Section(_)));
        if named == other || both_sections || question.has_two_answer_lines(first, again) {
            continue;
        }
        out.report(
            again.span,
            format!(
                "question {} has two keys: {} and {}",
                question.number,
                names(question, first),
                names(question, again)
            ),
        )
        .label(format!("says {}", names(question, again)))
        .related(first.span, format!("says {}", names(question, first)))
        .help("keep the right one");
    }
}

/// "b) MRI" where b is something else.
fn torn_values(question: &Question<'_>, out: &mut Sink<'_>) {
    for value in question.key.iter().flat_map(|statement| &statement.values) {
        let Some((lettered, named)) = value.torn else {
            continue;
        };
        let diagnostic = out.report(
            value.text.span(),
            format!(
                "letter and text of this key disagree: the letter is `{}`",
                question.choice_name(lettered)
            ),
        );
        for (index, words) in [(lettered, "the letter names this"), (named, "the text names this")]
        {
            if let Some(choice) = question.choices.get(index) {
                diagnostic.related(choice.span, words);
            }
        }
        diagnostic.help("make letter and text name one option");
    }
}

/// "The correct answer is B" in the explanation, where B is no right option.
fn explanation(question: &Question<'_>, out: &mut Sink<'_>) {
    if let Some(text) = &question.explanation {
        words(question, text, 0, out);
    }
    // "Answer: True. This is a myth."
    for text in question.key.iter().flat_map(|own| &own.values).map(|value| &value.text) {
        let signs = [". ", ": ", " - ", " \u{2013} ", " \u{2014} "];
        let ends = signs.iter().filter_map(|sign| Some(text.as_str().find(sign)? + sign.len()));
        if question.node.is_none()
            && let Some(at) = ends.min()
        {
            words(question, text, at, out);
        }
    }
}

/// What an explanation says from a place in it on.
fn words(question: &Question<'_>, text: &Text<'_>, from: usize, out: &mut Sink<'_>) {
    let Some(key) = question.key.iter().find(|own| !own.values.is_empty()) else { return };
    // One of several right options may be spoken of, or the other statements of the key.
    let is_whole = question.key.iter().all(|own| question.named(own).is_some());
    let mut stated = spoken_answers(question, &text.as_str()[from..]);
    // "Correct answer: b. The answer is D": the first is the key itself.
    let is_key = |own: Span| {
        question.key.iter().any(|key| key.span.contains(own) && !key.span.contains(text.span()))
    };
    stated.retain(|(range, _)| !is_key(text.span_of(from + range.start..from + range.end)));
    let is_key = |choice: usize| match question.choices.get(choice) {
        Some(choice) => choice.is_key,
        None => question.named(key).is_some_and(|named| named.contains(&choice)),
    };
    let [(range, choice), ..] = stated.as_slice() else { return };
    if !is_whole || stated.iter().any(|(_, choice)| is_key(*choice)) {
        return;
    }
    let (here, there) = (question.choice_name(*choice), names(question, key));
    out.report(
        text.span_of(from + range.start..from + range.end),
        format!(
            "the explanation of question {} says `{here}`, and its key {there}",
            question.number
        ),
    )
    .label(format!("says `{here}`"))
    .related(key.span, format!("says {there}"))
    .help("find out which is right, and correct the other");
}

/// Feedback "Wrong." to a right option, or "Correct!" to a wrong one.
fn feedback(question: &Question<'_>, out: &mut Sink<'_>) {
    let is_read = |own: &KeyStatement<'_>| question.named(own).is_some();
    let Some(options) = question.node.and_then(|node| node.get("options")) else { return };
    let Some(key) = question.key.first().filter(|_| question.key.iter().all(is_read)) else {
        return;
    };
    for (option, choice) in options.items().zip(&question.choices) {
        let Some(text) = option.get("feedback").filter(|_| option.is_mapping()) else { continue };
        let Some(text) = text.text() else { continue };
        let Some(says) = feedback_verdict(text.as_str()).filter(|says| *says != choice.is_key)
        else {
            continue;
        };
        let (here, there) = if says { ("right", "wrong") } else { ("wrong", "right") };
        let name = choice.text.as_ref().or(choice.id.as_ref()).map_or("", |own| own.as_str());
        out.report(
            text.span(),
            format!("the feedback calls `{name}` {here}, and the key calls it {there}"),
        )
        .label(format!("says it is {here}"))
        .related(key.span, format!("says {}", names(question, key)))
        .help("find out which is right, and correct the other");
    }
}

fn names(question: &Question<'_>, statement: &KeyStatement<'_>) -> String {
    let named = question.named(statement).unwrap_or_default();
    let names: Vec<String> =
        named.into_iter().map(|index| format!("`{}`", question.choice_name(index))).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn a_field_against_a_flag() {
        check(
            &RULE,
            r#"
questions:
  - prompt: Vilken muskel böjer höften?
    options:
      - {id: x, text: höftböjaren, correct: true}
                                            ---- says `höftböjaren`
      - {id: y, text: vaden}
    answer: y
            ^ question 1 has two keys: `höftböjaren` and `vaden`
"#,
        );
    }

    #[test]
    fn a_field_against_the_key_section() {
        check(
            &RULE,
            r#"
title: Hips
questions:
  - prompt: Which one?
    options: [four, five]
    answer: b
            -- says `five`
answerKey: {1: a}
            ^ question 1 has two keys: `five` and `four`
"#,
        );
    }

    #[test]
    fn a_folded_answer_against_a_tick() {
        check(
            &RULE,
            r#"
# Quiz

1. Which joint turns?

- [ ] The knee
- [x] The hip
  --- says `The hip`

<details><summary>Answer</summary>

The knee. It bends.
^^^^^^^^ question 1 has two keys: `The hip` and `The knee`

</details>
"#,
        );
    }

    #[test]
    fn letter_and_text_of_one_entry() {
        check(
            &RULE,
            r#"
# Quiz

1. Which test comes first? (a) X-ray (b) history (c) MRI
                               ----- the text names this
                                         ------- the letter names this

## Answer key

1. b) X-ray
   ^^^^^^^^ letter and text of this key disagree: the letter is `history`
"#,
        );
        check(
            &RULE,
            r#"
# Quiz

### Question 1

Vad böjer höften?

- A) Psoas major
     ----------- the text names this
- B) Soleus
     ------ the letter names this

<details>
<summary>Answer</summary>

Correct answer: B) Psoas major
                ^^^^^^^^^^^^^^ letter and text of this key disagree: the letter is `Soleus`

</details>
"#,
        );
        check(
            &RULE,
            r#"
questions:
  - prompt: Vad böjer höften?
    options: ["A. Psoas major", "B. Soleus"]
              ---------------- the text names this
                                ----------- the letter names this
    answer: B. Psoas major
            ^^^^^^^^^^^^^^ letter and text of this key disagree: the letter is `Soleus`
"#,
        );
        silent(
            &RULE,
            r#"
questions:
  - prompt: Vad böjer höften?
    options: ["A. Psoas major", "B. Soleus"]
    answer: A. Psoas major
  - prompt: Vad sträcker foten?
    options: ["A. Psoas major", "B. Soleus"]
    answer: B. Soleus, below the knee
"#,
        );
    }

    #[test]
    fn the_explanation_against_the_key() {
        check(
            &RULE,
            r#"
questions:
  - prompt: Hur länge?
    options: [10 sekunder, 30 sekunder, 30 minuter]
    answer: 30 minuter
            ---------- says `30 minuter`
    explanation: Töj länge. The correct answer is B, 30 sekunder.
                                                  ^ the explanation of question 1 says `30 sekunder`, and its key `30 minuter`
  - prompt: Rest is best.
    type: true-false
    answer: true
            ---- says `true`
    explanation: "So the correct answer is **False**, since moving helps."
                                             ^^^^^ the explanation of question 2 says `false`, and its key `true`
"#,
        );
        check(
            &RULE,
            r#"
# Quiz

1. Which muscle bends the hip?
   - [x] psoas
     --- says `psoas`
   - [ ] soleus

   Soleus is correct, because it does.
   ^^^^^^ the explanation of question 1 says `soleus`, and its key `psoas`
"#,
        );
    }

    #[test]
    fn a_verdict_on_a_statement_against_its_key() {
        check(
            &RULE,
            r#"
questions:
  - prompt: Vila är bäst.
    type: true-false
    answer: true
            ---- says `true`
    explanation: "False. Keep moving."
                  ^^^^^ the explanation of question 1 says `false`, and its key `true`
  - prompt: Rest is best.
    options: ["True", "False"]
    answer: "True"
            ------ says `True`
    explanation: This is a common myth. Keep moving.
                         ^^^^^^^^^^^^^ the explanation of question 2 says `False`, and its key `True`
"#,
        );
        for (prompt, answer, explanation) in [
            ("Rest is best.", true, "True for a day. Then move."),
            ("Rest is best.", false, "True, many say so. The evidence says move."),
            ("Rest is not best.", true, "Myth! Many rest too long."),
            ("That rest is best is a myth.", true, "This is a myth. Keep moving."),
            ("Rest is best.", false, "False. Keep moving."),
            ("Moving is best.", true, "Many think rest is best. This is false."),
        ] {
            silent(
                &RULE,
                &format!(
                    "questions:\n  - {{prompt: {prompt}, type: true-false, answer: {answer}, explanation: \"{explanation}\"}}\n"
                ),
            );
        }
    }

    #[test]
    fn feedback_against_the_key() {
        check(
            &RULE,
            r#"
questions:
  - prompt: Vad böjer armbågen?
    options:
      - {text: Biceps, correct: true, feedback: Wrong. It straightens it.}
                                ---- says `Biceps`
                                                ^^^^^^^^^^^^^^^^^^^^^^^^^ the feedback calls `Biceps` wrong, and the key calls it right
      - {text: Triceps, feedback: No. It straightens it.}
"#,
        );
        silent(
            &RULE,
            r#"
questions:
  - prompt: Should she rest?
    options:
      - {text: "No", correct: true, feedback: No. She can move.}
      - {text: "Yes", feedback: Correct posture is not the point.}
"#,
        );
    }

    #[test]
    fn explanations_that_state_no_other_key() {
        for explanation in [
            "The correct answer is A.",
            "The correct answer is (a), not b.",
            "The correct answer is not B.",
            "The correct answer is B or C.",
            "The correct answer is A hip that bends.",
            "Many say the correct answer is B.",
            "Some think\\nthe correct answer is B.",
            "Answer: b is wrong",
            "Answer: B) the psoas",
            "B is correct only in a squat.",
            "Option B is correct in part.",
            "B is not correct. Option A is correct.",
            "If it hurts, B is correct.",
            "The correct answer is E.",
            "The answer is a matter of taste.",
            "The answer is the soleus in a squat.",
            "Is the correct answer B? No.",
        ] {
            let question = "questions:\n  - prompt: Which one bends?\n    options: [The psoas, The soleus, The calf]\n";
            silent(
                &RULE,
                &format!("{question}    answer: a\n    explanation: \"{explanation}\"\n"),
            );
        }
        silent(
            &RULE,
            r#"
questions:
  - {prompt: Which?, type: multiple-choice, options: [a1, b1, c1], answer: [b, c], explanation: B is correct. C is correct.}
  - {prompt: Which?, options: [B. one, A. two], answer: A. two, explanation: The correct answer is A.}
  - {prompt: Which?, options: [{id: x, text: one}, {id: y, text: two}], answer: y, explanation: The correct answer is A.}
  - {prompt: Order?, type: ordering, options: [one, two], answer: [two, one], explanation: "Answer: one"}
"#,
        );
    }

    #[test]
    fn the_same_answer_in_other_words() {
        silent(
            &RULE,
            r#"
title: Hips
questions:
  - id: q1
    prompt: Which one?
    options: [Four, Five]
    answer: b
answerKey: {q1: five}
"#,
        );
    }

    #[test]
    fn reasons_behind_keys_are_read() {
        check(
            &RULE,
            "
# Höft

1. Which one bends it?
   - a) psoas
   - b) soleus

## Answers

1. A – the answer is B, as it bends it.
   ------------------------------------ says `psoas`
                     ^ the explanation of question 1 says `soleus`, and its key `psoas`
",
        );
        check(
            &RULE,
            "
# Höft

## Which one bends it?

- a) psoas
- b) soleus

Correct answer: A) psoas
                -------- says `psoas`

*Why:* The answer is B.
                     ^ the explanation of question 1 says `soleus`, and its key `psoas`
",
        );
        silent(
            &RULE,
            "# Höft\n\n1. Which one bends it?\n   - a) psoas\n   - b) soleus\n\n## Answers\n\n1. A – it bends it. B is below the knee.\n",
        );
    }
}
