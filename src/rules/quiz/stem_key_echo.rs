//! See `docs`.

use super::tokens::{Token, tokens};
use crate::diagnostic::{Confidence, Level};
use crate::lexicon;
use crate::model::quiz::{Question, Quiz};
use crate::normal;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, Sink};
use crate::source::Span;
use crate::syntax::Text;
use crate::words;
use std::collections::{HashMap, HashSet};

pub static RULE: Rule = Rule {
    id: "quiz/stem-key-echo",
    summary: "a word of the question stands in the right option and in no other",
    level: Level::Info,
    kinds: &[],
    confidence: Confidence::Medium,
    fix: Fixability::Never,
    profile: Profile::Strict,
    since: "0.1.0",
    docs: r#"
Whoever does not know the answer takes the option that sounds like the question.
Source: Haladyna, Downing and Rodriguez 2002, guideline 28b (clang associations); NBME, Constructing Written Test
Questions, word repeats.

```yaml fail
title: Nerves
questions:
  - prompt: Which nerve problem causes radicular pain in the leg?
    options: [Radiculopathy, Arthritis, A muscle strain]
    answer: a
```

```yaml pass
title: Nerves
questions:
  - prompt: What causes leg pain below the knee with numbness most often?
    options: [A nerve root, A tendon, A muscle]
    answer: a
```

Words are the same that begin alike for most of their letters. It is told where they are a third of the right option or
more, and no wrong option repeats other words of the question. Words that most questions have, those of many questions of the quiz, questions for an
exception and code do not count. Say it in other words in one of the two places, or let a wrong option repeat it, too.
"#,
    check: Check::Quiz(check),
};

/// Questions from which on a word that many have is the topic of the quiz, and how many that are.
const FEWEST: usize = 5;
const TOPIC_SHARE: f64 = 0.3;

fn check(_: &FileContext<'_>, quiz: &Quiz<'_>, out: &mut Sink<'_>) {
    let mut echoes: Vec<Echo> = Vec::new();
    let mut asked = 0;
    let mut having = HashMap::<String, usize>::new();
    for question in quiz.questions.iter() {
        let Some(prompt) = question.prompt.as_ref() else { continue };
        let stem = content(prompt.as_str());
        asked += 1;
        for root in stem.iter().map(|own| own.root.clone()).collect::<HashSet<_>>() {
            *having.entry(root).or_default() += 1;
        }
        echoes.extend(echo(&question, prompt, &stem));
    }
    let is_topic = |echo: &Echo| {
        asked >= FEWEST
            && having.get(&echo.root).is_some_and(|own| *own as f64 >= TOPIC_SHARE * asked as f64)
    };
    for echo in echoes.iter().filter(|echo| !is_topic(echo)) {
        let message = match echo.asked == echo.said {
            true => format!(
                "of all options only the key repeats {} of the question",
                words::quoted(&echo.said)
            ),
            false => format!(
                "of all options only the key has {}, like {} in the question",
                words::quoted(&echo.said),
                words::quoted(&echo.asked)
            ),
        };
        out.report(echo.option, message)
            .label("sounds like the question")
            .related(echo.stem, "asked here")
            .help("say it in other words, or let a wrong option repeat it, too");
    }
}

/// A word of a prompt in the key alone.
struct Echo {
    root: String,
    /// The words as written, in small letters.
    asked: String,
    said: String,
    stem: Span,
    option: Span,
}

/// A word that says what a text is about.
struct Content {
    token: Token,
    root: String,
}

/// The words of a text that say what it is about.
fn content(text: &str) -> Vec<Content> {
    const SHORTEST: usize = 4;
    let is_word = |small: &str| {
        small.len() >= SHORTEST
            && small.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
            && !FRAME.contains(&small)
    };
    // "R9", "MRI".
    let is_sign = |own: &str| {
        own.len() > 1
            && own.starts_with(|c: char| c.is_ascii_uppercase())
            && own.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    };
    let is_content = |own: &Token| is_word(&own.small) || is_sign(&text[own.range.clone()]);
    let words = tokens(text, 0..text.len()).into_iter().filter(is_content);
    words.map(|token| Content { root: normal::stemmed(&token.small), token }).collect()
}

fn echo(question: &Question<'_>, prompt: &Text<'_>, stem: &[Content]) -> Option<Echo> {
    let key = question.only_key().filter(|_| asks_plainly(prompt.as_str()))?;
    let texts: Vec<&Text<'_>> =
        question.choices.iter().map(|choice| choice.text.as_ref()).collect::<Option<_>>()?;
    if texts.iter().any(|text| text.as_str().contains(['`', '=', '{', '<'])) {
        return None;
    }
    let options: Vec<Vec<Content>> = texts.iter().map(|text| content(text.as_str())).collect();
    if options.iter().map(Vec::len).sum::<usize>() > MOST_WORDS || stem.len() > MOST_WORDS {
        return None;
    }
    let has =
        |words: &[Content], own: &Content| words.iter().any(|word| is_akin(&own.root, &word.root));
    let others = || (0..options.len()).filter(|at| *at != key).map(|at| &options[at]);
    let own: Vec<&Content> = options[key]
        .iter()
        .filter(|own| has(stem, own) && !others().any(|other| has(other, own)))
        .collect();
    let is_large = own.len() * LARGE_PART >= options[key].len();
    // A wrong option that sounds like the question as well takes readers the other way.
    let is_balanced = || others().flatten().any(|own| has(stem, own) && !has(&options[key], own));
    let said = own.first().filter(|_| is_large && !is_balanced())?;
    let asked = stem.iter().find(|word| is_akin(&said.root, &word.root))?;
    Some(Echo {
        root: asked.root.clone(),
        asked: asked.token.small.clone(),
        said: said.token.small.clone(),
        stem: prompt.span_of(asked.token.range.clone()),
        option: texts[key].span_of(said.token.range.clone()),
    })
}

/// The repeated words are at least one in so many of the option.
const LARGE_PART: usize = 3;
/// Longer questions are texts to be read, in which any word may stand.
const MOST_WORDS: usize = 100;

/// Whether a prompt asks for what is right, in English and not in code.
fn asks_plainly(prompt: &str) -> bool {
    const ROUND: &[&str] =
        &["not", "except", "least", "false", "incorrect", "never", "cannot", "stand", "stands"];
    let words = tokens(prompt, 0..prompt.len());
    let turns = |own: &Token| ROUND.contains(&own.small.as_str()) || own.small.ends_with("n't");
    !prompt.contains('`') && !words.iter().any(turns) && lexicon::reads_english([prompt])
}

/// Whether two roots are the same, or begin alike for most of the shorter one.
fn is_akin(one: &str, other: &str) -> bool {
    const FEWEST_LETTERS: usize = 6;
    let alike = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let shorter = one.len().min(other.len());
    one == other || alike >= FEWEST_LETTERS && 4 * alike > 3 * shorter
}

/// Words that belong to questions, whatever these are about.
// Source: list T5 of the rules' lexicon, and the stop words of four letters or more.
#[rustfmt::skip]
const FRAME: &[&str] = &[
    "following", "statement", "statements", "best", "describes", "describe", "described", "true", "correct",
    "correctly", "which", "what", "option", "options", "answer", "answers", "most", "likely", "example",
    "examples", "common", "commonly", "term", "terms", "called", "person", "people", "patient", "patients",
    "about", "above", "after", "again", "against", "also", "although", "always", "among", "another", "because",
    "been", "before", "being", "below", "between", "both", "could", "does", "doing", "done", "down", "during",
    "each", "either", "else", "ever", "every", "first", "from", "give", "given", "gives", "have", "having",
    "here", "into", "just", "keep", "kind", "last", "less", "like", "main", "mainly", "make", "makes", "many",
    "mean", "means", "might", "more", "much", "must", "name", "named", "need", "needs", "neither", "none",
    "number", "often", "once", "only", "onto", "other", "others", "over", "part", "parts", "primary", "purpose",
    "reason", "role", "same", "several", "should", "since", "some", "such", "take", "takes", "than", "that",
    "their", "them", "then", "there", "these", "they", "thing", "things", "this", "those", "through", "type",
    "types", "under", "until", "upon", "used", "uses", "using", "usually", "very", "want", "ways", "were",
    "when", "where", "while", "whom", "whose", "will", "with", "within", "without", "word", "words", "would",
    "your", "yourself", "indicate", "indicates", "feature", "features", "effect", "function", "happen", "happens",
];

#[cfg(test)]
mod tests {
    use super::{RULE, is_akin};
    use crate::testing::{check, files, said_by, silent};

    #[test]
    fn the_key_sounds_like_the_question() {
        check(
            &RULE,
            r#"
questions:
  - prompt: "Ämne: which nerve problem causes radicular pain in the leg?"
                                              --------- asked here
    options: [Radiculopathy, Arthritis, A muscle strain]
              ^^^^^^^^^^^^^ of all options only the key has `radiculopathy`, like `radicular` in the question
    answer: a
  - prompt: What is the primary cause of airflow limitation?
                                         ------- asked here
    options: [Tumours, Reversible inflammation, Lasting airflow obstruction]
                                                        ^^^^^^^ of all options only the key repeats `airflow` of the question
    answer: c
"#,
        );
        check(
            &RULE,
            r#"
//- quizzes/a.md
# Forests

1. Which body releases the yearly report on **forests**?
                                              ------- asked here
   a) Forest Survey
      ^^^^^^ of all options only the key has `forest`, like `forests` in the question
   b) Wildlife Institute
   c) Botanical Survey

   Answer: a
"#,
        );
    }

    #[test]
    fn words_that_tell_nothing() {
        for (prompt, options) in [
            ("Which muscle bends the hip?", "Psoas muscle, Soleus muscle, Biceps"),
            ("Which of these is not a muscle?", "A muscle, Bone, Skin"),
            ("What bends the knee and the hip?", "The hip flexors, The knee flexors, Skin"),
            ("What does the term describe?", "A term, Bone, Skin"),
            ("What does `muscle` return?", "A muscle, Bone, Skin"),
            (
                "What can airflow tell of disease in the lungs?",
                "How much of the airflow is left behind closed narrow tubes, Bone, Skin",
            ),
            ("Vilken muskel böjer höften?", "En muskel, Ben, Hud"),
            ("", "A, B, C"),
        ] {
            let quiz = format!(
                "questions:\n  - {{prompt: '{prompt}', options: [{options}], answer: a}}\n"
            );
            silent(&RULE, &quiz);
        }
    }

    #[test]
    fn the_topic_of_a_quiz_is_everywhere() {
        let question = |topic: &str, option: &str| {
            format!(
                "  - {{prompt: What helps the {topic}?, options: [{option}, Rest, Tape], answer: a}}\n"
            )
        };
        let others = |count: usize| question("shoulder", "Heat").repeat(count);
        let told = |count: usize| {
            let quiz =
                format!("questions:\n{}{}", question("shoulder", "Shoulder rolls"), others(count));
            said_by(&RULE, &files(&RULE, &quiz)).len()
        };
        assert_eq!(told(2), 1);
        assert_eq!(told(4), 0);
    }

    #[test]
    fn words_of_one_root() {
        assert!(is_akin("radicular", "radiculopathy"));
        assert!(is_akin("rectangular", "rectangle"));
        assert!(is_akin("hip", "hip"));
        assert!(!is_akin("hypertension", "hyperthermia"));
        assert!(!is_akin("", "hip"));
    }
}
