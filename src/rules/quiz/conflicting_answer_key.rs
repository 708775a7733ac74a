//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::model::quiz::{KeyPlace, KeyStatement, Question, Quiz};
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, Sink};

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

Find out which of the two is right, and delete the other.
"#,
    check: Check::Question(check),
};

fn check(_: &FileContext<'_>, _: &Quiz<'_>, question: &Question<'_>, out: &mut Sink<'_>) {
    torn_values(question, out);
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
}
