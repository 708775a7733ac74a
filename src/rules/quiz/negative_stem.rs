//! See `docs`.

use super::tokens::tokens;
use crate::diagnostic::{Confidence, Level};
use crate::model::quiz::{Choice, Question, QuestionKind, Quiz};
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::syntax::Text;
use std::ops::Range;

pub static RULE: Rule = Rule {
    id: "quiz/negative-stem",
    summary: "a question asks for the exception",
    level: Level::Warning,
    kinds: &[
        RuleKind {
            name: "unemphasised",
            level: Level::Warning,
            summary: "and the word that says so is easily missed",
        },
        RuleKind {
            name: "emphasised",
            level: Level::Info,
            summary: "with the word that says so in capitals or emphasis",
        },
        RuleKind {
            name: "double",
            level: Level::Warning,
            summary: "and an option is negative too",
        },
    ],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Strict,
    since: "0.1.0",
    docs: r#"
Readers who know the answer miss the small word, and who finds what is wrong has not shown that they know what is right.
Source: Haladyna, Downing and Rodriguez 2002, guideline 17 (word the stem positively).

```yaml fail
title: Warning signs
questions:
  - prompt: Which of these is not a sign to stop the exercise?
    options: [Chest pain, Warm muscles, Dizziness]
    answer: b
```

```yaml pass
title: Warning signs
questions:
  - prompt: Which of these is a sign to stop the exercise?
    options: [Warm muscles, Chest pain, A faster pulse]
    answer: b
  - prompt: What should you not do when your chest hurts?
    options: [Go on, Sit down, Call for help]
    answer: a
```

What one should not do is a fair question, and so are statements to be judged. Ask for what is right, or write the word
in capitals.
"#,
    check: Check::Question(check),
};

fn check(context: &FileContext<'_>, _: &Quiz<'_>, question: &Question<'_>, out: &mut Sink<'_>) {
    let is_choice = !matches!(question.kind, QuestionKind::TrueFalse | QuestionKind::Open);
    let Some(prompt) = question.prompt.as_ref().filter(|_| is_choice) else { return };
    if question.choices.len() < 3 {
        return;
    }
    let Some(word) = exception(prompt.as_str()) else { return };
    let written = prompt.as_str()[word.clone()].to_owned();
    let span = prompt.span_of(word);
    let denying = question.choices.iter().find_map(denial);
    let source = &context.file.text;
    let is_marked = source[..span.start as usize].ends_with(['*', '_'])
        && source[span.end as usize..].starts_with(['*', '_']);
    let is_capital = written.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let message = format!("the question asks for the exception: `{written}`");
    let diagnostic = out.report(span, message);
    let (kind, label, help) = if denying.is_some() {
        ("double", "turns the question round", "ask for what is right")
    } else if is_marked || is_capital {
        ("emphasised", "turns the question round", "ask for what is right")
    } else {
        ("unemphasised", "is easily missed", "ask for what is right, or write the word in capitals")
    };
    diagnostic.kind(kind).label(label).help(help);
    if let Some(option) = denying {
        diagnostic.related(option.span(), "and denies too");
    }
}

/// The word that turns the last sentence of a prompt round.
fn exception(prompt: &str) -> Option<Range<usize>> {
    const JUDGED: &[&str] = &["false", "incorrect", "untrue", "wrong"];
    const CLAUSES: &[&str] =
        &["who", "that", "which", "if", "when", "because", "whether", "while", "why", "how"];
    const DUTIES: &[&str] = &["should", "shouldn't", "must", "mustn't", "shall"];
    let end = prompt.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
    let start = prompt[..end].rfind(['.', '?', '!', '\n']).map_or(0, |at| at + 1);
    let words = tokens(prompt, start..end);
    let place = |at: usize| words[at].range.clone();
    let lower: Vec<&str> = words.iter().map(|own| own.small.as_str()).collect();
    if let [_, _, .., "except"] = *lower {
        return Some(place(lower.len() - 1));
    }
    // "In healthy adults, which of these ..." asks from behind the comma on.
    let is_first = |at: usize| at == 0 || prompt[..place(at).start].trim_end().ends_with(',');
    let asks = |word: &str| matches!(word, "which" | "what" | "who" | "whom" | "where" | "when");
    let asked = (0..lower.len()).find(|at| asks(lower[*at]) && is_first(*at))?;
    let rest = &lower[asked + 1..];
    if let [.., "is" | "are", judged] = rest
        && JUDGED.contains(judged)
    {
        return Some(place(lower.len() - 1));
    }
    let at =
        rest.iter().position(|own| matches!(*own, "not" | "cannot") || own.ends_with("n't"))?;
    let is_softened = rest
        .get(at + 1)
        .is_some_and(|own| matches!(*own, "only" | "uncommon" | "necessarily" | "just" | "always"));
    // "Which people who do not walk ...": the clause denies, not the question.
    let is_aside = rest[..at].iter().any(|own| CLAUSES.contains(own));
    let is_duty = rest[..=at].iter().any(|own| DUTIES.contains(own));
    let has_verb = rest[at.saturating_sub(4)..=at].iter().any(|own| is_verb(own));
    (has_verb && !is_softened && !is_aside && !is_duty).then(|| place(asked + 1 + at))
}

/// Whether "not" behind it denies the question.
fn is_verb(word: &str) -> bool {
    const VERBS: &[&str] = &[
        "is", "are", "was", "were", "does", "do", "did", "has", "have", "can", "could", "would",
        "will", "may", "cannot",
    ];
    VERBS.contains(&word.strip_suffix("n't").unwrap_or(word))
}

/// An option that begins with a denial.
fn denial<'a>(choice: &Choice<'a>) -> Option<Text<'a>> {
    let text = choice.text.as_ref()?;
    let first = text.as_str().split_whitespace().next()?;
    let lower = first.to_ascii_lowercase();
    matches!(lower.as_str(), "not" | "never" | "no" | "don't" | "doesn't").then(|| text.clone())
}

#[cfg(test)]
mod tests {
    use super::{RULE, exception};
    use crate::testing::check;

    #[test]
    fn an_exception_is_asked_for() {
        check(
            &RULE,
            r#"
questions:
  - prompt: "Ämne. Which of these is not a sign to stop?"
                                     ^^^ the question asks for the exception: `not`
    options: [Chest pain, Warm muscles, Dizziness]
    answer: b
  - prompt: All of these bend the hip EXCEPT –
                                      ^^^^^^ the question asks for the exception: `EXCEPT`
    options: [Psoas, Soleus, Iliacus]
    answer: b
"#,
        );
    }

    #[test]
    fn a_denial_beside_denials() {
        check(
            &RULE,
            r#"
//- quizzes/a.md
# Höft

1. Which of these is **not** a sign to stop?
                       ^^^ the question asks for the exception: `not`
   a) Chest pain
   b) No pain at all
      -------------- and denies too
   c) Dizziness

   Answer: b
"#,
        );
    }

    #[test]
    fn the_words_that_turn_a_question_round() {
        for (prompt, word) in [
            ("Which of these is not a sign?", Some("not")),
            ("Which muscle doesn\u{2019}t bend the hip?", Some("doesn\u{2019}t")),
            ("In older adults, what does the guideline NOT recommend?", Some("NOT")),
            ("Anna has pain. Which statement is false?", Some("false")),
            ("Which of these cannot be seen on a scan?", Some("cannot")),
            ("Anna does not walk. Which muscle works?", None),
            ("Which people who do not walk get stiff?", None),
            ("What should you not do when your chest hurts?", None),
            ("Which sign is not uncommon?", None),
            ("Why is rest not best?", None),
            ("What happens if you do not stop?", None),
            ("Which exercises are not only for the hip?", None),
            ("Is rest not best?", None),
            ("What is good?", None),
            ("", None),
        ] {
            let found = exception(prompt).map(|range| &prompt[range]);
            assert_eq!(found, word, "{prompt}");
        }
    }
}
