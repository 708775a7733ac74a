//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::model::quiz::{CatchAll, Question, Quiz, catch_all};
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};

pub static RULE: Rule = Rule {
    id: "quiz/catch-all-option",
    summary: "an option is \"all of the above\", \"none of the above\" or \"both A and B\"",
    level: Level::Warning,
    kinds: &[
        RuleKind {
            name: "all",
            level: Level::Warning,
            summary: "the option says that all others are right",
        },
        RuleKind {
            name: "none",
            level: Level::Info,
            summary: "the option says that no other is right",
        },
        RuleKind {
            name: "combination",
            level: Level::Warning,
            summary: "the option says that some of the others are right",
        },
    ],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Strict,
    since: "0.1.0",
    docs: r#"
Who knows that two options are right knows that "all of the above" is, and who knows that one is wrong knows that it is
not: the question asks less than it seems to. "None of the above" as the key shows what a reader does not believe, not
what they know.
Source: Haladyna, Downing and Rodriguez 2002, guidelines 25 and 26 ("none of the above" with care, "all of the above" not at all).

```yaml fail
title: Sitting
questions:
  - prompt: What eases a stiff back after long sitting?
    options: [A short walk, A change of position, All of the above]
    answer: c
```

```yaml pass
title: Sitting
questions:
  - prompt: What eases a stiff back after long sitting?
    type: multiple-choice
    options: [A short walk, A change of position, A longer meeting]
    answer: [a, b]
```

Ask for all that are right, or write an option that says something of its own.
"#,
    check: Check::Question(check),
};

fn check(_: &FileContext<'_>, _: &Quiz<'_>, question: &Question<'_>, out: &mut Sink<'_>) {
    let says: Vec<Option<CatchAll>> = question
        .choices
        .iter()
        .map(|choice| choice.text.as_ref().and_then(|text| catch_all(text.as_str())))
        .collect();
    // Where most options name letters, the letters are what is asked for: blood groups, vitamins.
    if says.iter().flatten().count() * 2 > says.len() {
        return;
    }
    for (choice, says) in question.choices.iter().zip(says) {
        let (Some(says), Some(text)) = (says, &choice.text) else { continue };
        let (kind, help) = match says {
            CatchAll::All => {
                ("all", "let readers choose all that are right, or write another wrong option")
            }
            CatchAll::None => ("none", "write another option that can be right or wrong by itself"),
            CatchAll::Some => ("combination", "let readers choose all that are right"),
        };
        let words = text.as_str().trim();
        let message = match choice.is_key {
            true => format!("the option `{words}` only speaks of the others, and is the key"),
            false => format!("the option `{words}` only speaks of the others"),
        };
        out.report(text.span(), message).kind(kind).label("says nothing of its own").help(help);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn options_that_speak_of_the_others() {
        check(
            &RULE,
            r#"
questions:
  - prompt: Vad hjälper mot stelhet?
    options: [En promenad, Ett byte av ställning, Alla ovanstående]
                                                  ^^^^^^^^^^^^^^^^ the option `Alla ovanstående` only speaks of the others, and is the key
    answer: c
"#,
        );
        check(
            &RULE,
            r#"
//- quizzes/a.md
# Hips

1. Which muscles bend the hip – mostly?
   a) Psoas
   b) Iliacus
   c) Soleus
   d) Both A and B
      ^^^^^^^^^^^^ the option `Both A and B` only speaks of the others, and is the key
   e) None of the above
      ^^^^^^^^^^^^^^^^^ the option `None of the above` only speaks of the others

   Answer: d
"#,
        );
    }

    #[test]
    fn what_only_looks_so() {
        silent(
            &RULE,
            r#"
questions:
  - prompt: Which muscles bend the knee?
    options: [None of the muscles above the knee, All three hamstrings, Both hamstrings and quadriceps]
    answer: b
  - prompt: Which vitamins are soluble in fat?
    options: [A and B, B and C, A and D, C]
    answer: c
"#,
        );
    }
}
