//! See `docs`.

use super::chance;
use super::tokens::{Token, last_sentence, tokens};
use crate::diagnostic::{Confidence, Level};
use crate::lexicon;
use crate::model::quiz::{Question, QuestionKind, Quiz, truth};
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::source::Span;
use crate::words;

pub static RULE: Rule = Rule {
    id: "quiz/true-false-flaw",
    summary: "a statement to be judged says two things or denies, or its words tell the answer",
    level: Level::Warning,
    kinds: &[
        RuleKind {
            name: "double",
            level: Level::Warning,
            summary: "the statement says two things, of which one may be true and one false",
        },
        RuleKind {
            name: "negated",
            level: Level::Info,
            summary: "the statement denies something, and is false",
        },
        RuleKind {
            name: "telling-words",
            level: Level::Warning,
            summary: "in a quiz, statements with words like \"only\" are false, or those with \"can\" true",
        },
        RuleKind {
            name: "balance",
            level: Level::Warning,
            summary: "nearly all statements of a quiz have the same answer",
        },
    ],
    confidence: Confidence::Medium,
    fix: Fixability::Never,
    profile: Profile::Strict,
    since: "0.1.0",
    docs: r#"
Whoever is right about one half of a statement cannot say so, and who is asked to deny a denial stumbles over words. Over a
whole quiz, words give answers away: what *always* or *only* holds is false, and what *can* or *may* hold is true.
Source: Haladyna, Downing and Rodriguez 2002, guidelines 9 and 17; NBME, Constructing Written Test Questions, chapter on
true/false items (absolute and vague terms).

```yaml fail
title: Heat and ice
questions:
  - prompt: A heat pack is used warm, and ice is never laid on bare skin.
    type: true-false
    answer: true
```

```yaml fail
title: Heat and ice
questions:
  - {prompt: Forces are not involved when you open a door., type: true-false, answer: false}
```

```yaml pass
title: Heat and ice
questions:
  - {prompt: A heat pack is wrapped in a towel., type: true-false, answer: true}
  - {prompt: Ice is laid on bare skin., type: true-false, answer: false}
  - {prompt: Heat and ice are used on the back and the knee., type: true-false, answer: true}
```

Habits are told of a quiz when chance would seldom bring them about: words from four statements on, less than once in a
hundred quizzes; one answer from six statements on, four fifths of them or more, less than once in twenty. A single "can"
or "always" is nobody's mistake. Make two statements of one, state what holds, and let some of the telling words be right
the other way round.
"#,
    check: Check::Quiz(check),
};

fn check(_: &FileContext<'_>, quiz: &Quiz<'_>, out: &mut Sink<'_>) {
    let mut statements = Vec::new();
    for question in quiz.questions.iter() {
        let Some(own) = Statement::of(&question) else { continue };
        own.tell_double(&question, out);
        own.tell_negated(&question, out);
        statements.push(own.summary(&question));
    }
    tell_words(quiz, &statements, Tendency::Absolute, out);
    tell_words(quiz, &statements, Tendency::Hedge, out);
    tell_balance(quiz, &statements, out);
}

/// A statement to be judged.
struct Statement {
    /// The words of its last sentence; none where it is a question, or in a language without lists.
    words: Vec<Token>,
    /// The key, if there is one.
    is_true: Option<bool>,
}

/// What a habit of a quiz is read from.
struct Summary {
    anchor: Span,
    is_true: Option<bool>,
    /// A word that tells the answer in many quizzes.
    word: Option<(Tendency, Span, String)>,
}

/// What a word tells about the answer, in quizzes whose authors are not aware of it.
#[derive(Clone, Copy, PartialEq)]
enum Tendency {
    /// It is false.
    Absolute,
    /// It is true.
    Hedge,
}

// Source: lists I1 (absolutes) and K1 (hedges) of the rules' lexicon, as far as single words go.
const ABSOLUTE: &[&str] =
    &["always", "never", "only", "all", "none", "every", "everyone", "everybody", "nobody"];
const HEDGES: &[&str] = &[
    "can",
    "may",
    "might",
    "could",
    "sometimes",
    "often",
    "usually",
    "generally",
    "typically",
    "frequently",
];

impl Statement {
    fn of(question: &Question<'_>) -> Option<Self> {
        let prompt = question.prompt.as_ref()?.as_str();
        if !is_true_or_false(question) {
            return None;
        }
        let body = &prompt[..without_invitation(prompt)];
        let sentence = last_sentence(body);
        let asks = body[sentence.clone()].trim_end().ends_with('?');
        let words = match asks || !lexicon::reads_english([body]) {
            true => Vec::new(),
            false => without_lead(tokens(body, sentence)),
        };
        Some(Self { words, is_true: key(question) })
    }

    fn small(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |own| own.small.as_str())
    }

    fn tell_double(&self, question: &Question<'_>, out: &mut Sink<'_>) {
        let prompt = question.prompt.as_ref().expect("statements have one");
        let Some((at, is_reason)) = self.second_clause(prompt.as_str()) else { return };
        let word = &prompt.as_str()[self.words[at].range.clone()];
        let (message, label, help) = match is_reason {
            false => (
                format!(
                    "the statement says two things, and only one answer can be given: `{word}`"
                ),
                "a second statement begins here",
                "make two statements of it",
            ),
            true => (
                format!("the statement gives a reason, too, and either may be false: `{word}`"),
                "the reason begins here",
                "ask for the reason in a question of its own",
            ),
        };
        out.report(prompt.span_of(self.words[at].range.clone()), message)
            .kind("double")
            .label(label)
            .help(help);
    }

    /// The word in front of a second clause with a subject and a verb of its own, and whether it is its reason.
    fn second_clause(&self, prompt: &str) -> Option<(usize, bool)> {
        // Behind these a clause is part of another one.
        const INNER: &[&str] = &[
            "if", "when", "while", "that", "which", "who", "whose", "where", "whether", "because",
            "since", "unless", "until", "although", "though", "as", "than", "what", "how", "why",
        ];
        let mut has_verb = false;
        for at in 0..self.words.len() {
            let (word, next) = (self.small(at), self.small(at + 1));
            match word {
                "because" if has_verb && next != "of" => return Some((at, true)),
                "and" | "but" if has_verb && self.has_clause(prompt, at + 1) => {
                    return Some((at, false));
                }
                _ if INNER.contains(&word) => return None,
                _ => has_verb |= is_verb(word),
            }
        }
        None
    }

    /// Whether a subject and its verb begin at a word of a prompt.
    fn has_clause(&self, prompt: &str, at: usize) -> bool {
        const LONGEST_SUBJECT: usize = 6;
        const ENDS: &[&str] = &[
            "and", "or", "but", "if", "when", "that", "which", "who", "because", "while", "as",
            "than",
        ];
        // They begin no subject: what stands behind them goes on with what was said.
        const NONE: &[&str] = &[
            "to", "not", "so", "then", "also", "thus", "only", "never", "always", "often",
            "usually", "even", "still", "both", "in", "on", "at", "by", "for", "with",
        ];
        let has_comma = |at: usize| {
            self.words.get(at + 1).is_some_and(|next| {
                prompt[self.words[at].range.end..next.range.start].contains(',')
            })
        };
        let mut verb = at;
        while verb < self.words.len() && !is_auxiliary(self.small(verb)) {
            if ENDS.contains(&self.small(verb)) || has_comma(verb) || verb - at == LONGEST_SUBJECT {
                return false;
            }
            verb += 1;
        }
        let is_adverb = || (at..verb).all(|at| self.small(at).ends_with("ly"));
        verb < self.words.len() && !NONE.contains(&self.small(at)) && !is_adverb()
    }

    fn tell_negated(&self, question: &Question<'_>, out: &mut Sink<'_>) {
        const INNER: &[&str] = &[
            "if", "when", "while", "that", "which", "who", "where", "whether", "because", "unless",
            "until", "although", "though", "and", "but", "or",
        ];
        const SOFT: &[&str] =
            &["only", "just", "necessarily", "always", "uncommon", "unusual", "all", "every"];
        if self.is_true != Some(false) {
            return;
        }
        let denies = |own: &Token| {
            matches!(own.small.as_str(), "not" | "cannot") || own.small.ends_with("n't")
        };
        let Some(at) = self.words.iter().position(denies) else { return };
        let is_inner = self.words[..at].iter().any(|own| INNER.contains(&own.small.as_str()));
        if at == 0 || is_inner || SOFT.contains(&self.small(at + 1)) {
            return;
        }
        let prompt = question.prompt.as_ref().expect("statements have one");
        let range = self.words[at].range.clone();
        let word = prompt.as_str()[range.clone()].to_owned();
        out.report(
            prompt.span_of(range),
            format!("a statement with `{word}` is false, so that readers deny a denial"),
        )
        .kind("negated")
        .label("denies, and is false")
        .help(format!("state it without `{word}`, and turn the key round"));
    }

    fn summary(&self, question: &Question<'_>) -> Summary {
        let find = |list: &[&str]| self.words.iter().find(|own| list.contains(&own.small.as_str()));
        let is_subset = |at: &Token| self.is_amount(at);
        let absolute =
            find(ABSOLUTE).filter(|own| !is_subset(own)).map(|own| (Tendency::Absolute, own));
        let found = absolute.or_else(|| find(HEDGES).map(|own| (Tendency::Hedge, own)));
        let word = found.zip(question.prompt.as_ref()).map(|((tendency, own), prompt)| {
            (tendency, prompt.span_of(own.range.clone()), own.small.clone())
        });
        Summary { anchor: question.anchor, is_true: self.is_true, word }
    }

    /// "Every three days", "all four limbs": an amount.
    fn is_amount(&self, word: &Token) -> bool {
        let next = self.words.iter().find(|own| own.range.start >= word.range.end);
        let is_number = |own: &Token| {
            own.small.starts_with(|c: char| c.is_ascii_digit())
                || matches!(
                    own.small.as_str(),
                    "two" | "three" | "four" | "five" | "six" | "few" | "other"
                )
        };
        matches!(word.small.as_str(), "every" | "all") && next.is_some_and(is_number)
    }
}

/// Whether a question asks whether something is true.
fn is_true_or_false(question: &Question<'_>) -> bool {
    if question.kind == QuestionKind::TrueFalse || !question.scored {
        return question.scored;
    }
    let says = |index: usize| truth(question.choices.get(index)?.text.as_ref()?.as_str());
    question.choices.len() == 2 && says(0).zip(says(1)).is_some_and(|(one, other)| one != other)
}

/// What the key says.
fn key(question: &Question<'_>) -> Option<bool> {
    let mut named = question.key.iter().flat_map(|own| &own.values).filter_map(|own| own.choice);
    let first = named.next()?;
    if named.any(|own| own != first) {
        return None;
    }
    match question.choices.get(first) {
        Some(choice) => truth(choice.text.as_ref()?.as_str()),
        None => Some(first == 0),
    }
}

/// Where a statement ends in front of "True or false?".
fn without_invitation(prompt: &str) -> usize {
    const WORDS: &[&str] = &["true or false", "right or wrong", "t/f", "true/false"];
    let end = |text: &str| text.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
    let whole = end(prompt);
    let has = |own: &&str| {
        let start = whole.checked_sub(own.len());
        start
            .and_then(|start| prompt.get(start..whole))
            .is_some_and(|tail| tail.eq_ignore_ascii_case(own))
    };
    match WORDS.iter().find(|own| has(own)) {
        Some(own) => {
            let kept = prompt[..whole - own.len()]
                .trim_end_matches(|c: char| c == '(' || c.is_whitespace());
            kept.len()
        }
        None => prompt.len(),
    }
}

/// Words behind "True or false:".
fn without_lead(mut words: Vec<Token>) -> Vec<Token> {
    let small: Vec<&str> = words.iter().map(|own| own.small.as_str()).take(3).collect();
    let lead = match small.as_slice() {
        ["true", "or", "false"] => 3,
        ["t", "f", ..] => 2,
        _ => 0,
    };
    words.drain(..lead);
    words
}

/// A verb that stands with a subject, whatever stands around it.
fn is_auxiliary(word: &str) -> bool {
    const AUXILIARIES: &[&str] = &[
        "is", "are", "was", "were", "has", "have", "does", "do", "can", "cannot", "may", "might",
        "must", "should", "will", "would", "could",
    ];
    AUXILIARIES.contains(&word) || word.ends_with("n't")
}

/// The same, or a verb that is hardly ever a noun.
fn is_verb(word: &str) -> bool {
    const VERBS: &[&str] = &[
        "helps",
        "needs",
        "means",
        "makes",
        "reduces",
        "increases",
        "improves",
        "heals",
        "prevents",
        "leads",
        "requires",
        "contains",
        "consists",
        "produces",
        "hurts",
        "becomes",
        "begins",
        "happens",
        "occurs",
        "allows",
        "uses",
        "connects",
        "attaches",
        "strengthens",
        "protects",
    ];
    is_auxiliary(word) || VERBS.contains(&word)
}

/// Statements with telling words that make a habit, and how rare by chance it is.
const FEWEST_WORDS: usize = 4;
const RARE_WORDS: f64 = 0.01;
/// Statements that are shown.
const SHOWN: usize = 4;

fn tell_words(quiz: &Quiz<'_>, all: &[Summary], tendency: Tendency, out: &mut Sink<'_>) {
    let answer = tendency == Tendency::Hedge;
    let keyed: Vec<&Summary> = all.iter().filter(|own| own.is_true.is_some()).collect();
    let share =
        keyed.iter().filter(|own| own.is_true == Some(answer)).count() as f64 / keyed.len() as f64;
    let with_word = |own: &&&Summary| own.word.as_ref().is_some_and(|word| word.0 == tendency);
    let told: Vec<&&Summary> = keyed.iter().filter(with_word).collect();
    let hits = || told.iter().filter(|own| own.is_true == Some(answer));
    let count = hits().count();
    if told.len() < FEWEST_WORDS || chance::at_least(count, told.len(), share) >= RARE_WORDS {
        return;
    }
    let mut names: Vec<&str> =
        hits().filter_map(|own| own.word.as_ref()).map(|word| word.2.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let names: Vec<_> = names.into_iter().map(words::quoted).collect();
    let message = format!(
        "{count} of {} statements with {} are {answer}, of all statements {:.0} %",
        told.len(),
        words::or(&names),
        100.0 * share
    );
    let diagnostic = out.report(quiz.anchor, message);
    diagnostic.kind("telling-words").label("can be answered without knowing anything");
    for (_, span, _) in hits().filter_map(|own| own.word.as_ref()).take(SHOWN) {
        diagnostic.related(*span, format!("here, and the statement is {answer}"));
    }
    diagnostic.help(format!("let some statements with such words be {}", !answer));
}

/// Statements of one answer that make a habit: how many there are at least, the share of all of them, and how rare
/// by chance it is.
const FEWEST_ANSWERS: usize = 6;
const LARGE_SHARE: f64 = 0.8;
const RARE_ANSWERS: f64 = 0.05;

fn tell_balance(quiz: &Quiz<'_>, all: &[Summary], out: &mut Sink<'_>) {
    let keyed: Vec<(bool, Span)> =
        all.iter().filter_map(|own| Some((own.is_true?, own.anchor))).collect();
    let count_true = keyed.iter().filter(|own| own.0).count();
    let answer = 2 * count_true > keyed.len();
    let most = if answer { count_true } else { keyed.len() - count_true };
    // Either answer might have been the one.
    let chance = 2.0 * chance::at_least(most, keyed.len(), 0.5);
    let is_large = most as f64 >= LARGE_SHARE * keyed.len() as f64;
    if keyed.len() < FEWEST_ANSWERS || !is_large || chance >= RARE_ANSWERS {
        return;
    }
    let message = format!("{most} of {} statements are {answer}", keyed.len());
    let diagnostic = out.report(quiz.anchor, message);
    diagnostic.kind("balance").label("can be answered without knowing anything");
    for (_, span) in keyed.iter().filter(|own| own.0 == answer).take(SHOWN) {
        diagnostic.related(*span, answer.to_string());
    }
    diagnostic.help(format!("let about half of the statements be {}", !answer));
}

#[cfg(test)]
mod tests {
    use super::{RULE, without_invitation};
    use crate::testing::{check, files, said_by, silent};

    fn quiz(statements: &[(&str, bool)]) -> String {
        let question = |(text, key): &(&str, bool)| {
            format!("  - {{prompt: {text:?}, type: true-false, answer: {key}}}\n")
        };
        format!("title: Höft\nquestions:\n{}", statements.iter().map(question).collect::<String>())
    }

    #[test]
    fn two_statements_in_one() {
        check(
            &RULE,
            r#"
questions:
  - prompt: "True or false: Värme (heat) can help the back, and ice should never be used."
                                                            ^^^ the statement says two things, and only one answer can be given: `and`
    type: true-false
    answer: false
  - prompt: Rest is best for a sore back because it heals while you sleep. True or false?
                                         ^^^^^^^ the statement gives a reason, too, and either may be false: `because`
    options: ["True", "False"]
    answer: "False"
"#,
        );
        check(
            &RULE,
            r#"
//- quizzes/a.md
# Rygg

1. The spine has 24 movable bones, but the neck has eight of them. True or false?
                                   ^^^ the statement says two things, and only one answer can be given: `but`

   Answer: false
"#,
        );
    }

    #[test]
    fn one_statement_of_many_words() {
        for statement in [
            "The hip and the knee are joints.",
            "Friction between a pencil and paper helps us write.",
            "If the knee hurts and it is swollen, you should rest.",
            "Pain is worse when the hip is bent and the knee is straight.",
            "Walking is hard because of friction.",
            "A muscle is a tissue that shortens and is made of fibres.",
            "Stretching is done slowly and never hurts.",
            "Rest is good for the back and for the knee.",
            "Is the hip a joint and is the knee one?",
            "Runners have more hip pain and knee pain, than do swimmers.",
            "The plan is read again and changed as the pain is better.",
            "Höften är en led och knät är en led.",
            "",
        ] {
            silent(&RULE, &quiz(&[(statement, true)]));
        }
        let choice = "questions:\n  - {prompt: It is late and it is dark., options: [Stop, Go], answer: a}\n";
        silent(&RULE, choice);
    }

    #[test]
    fn a_denial_that_is_false() {
        check(
            &RULE,
            r#"
questions:
  - prompt: Krafter – forces aren’t involved when you open a door.
                             ^^^^^^ a statement with `aren’t` is false, so that readers deny a denial
    type: true-false
    answer: false
"#,
        );
        for (statement, key) in [
            ("Forces are not involved in this.", true),
            ("Rest is not only for the night.", false),
            ("If you do not stop, it heals.", false),
            ("The heart is on the right and not on the left.", false),
            ("Is rest not best?", false),
        ] {
            silent(&RULE, &quiz(&[(statement, key)]));
        }
    }

    #[test]
    fn words_that_tell_the_answer() {
        let mut all = vec![
            ("A force is only a push.", false),
            ("You only see forces in use.", false),
            ("The hip never turns.", false),
            ("Every magnet is made of iron.", false),
            ("The knee is a joint.", true),
            ("The hip is a joint.", true),
            ("The elbow is a joint.", true),
            ("The neck is in the foot.", false),
            ("The hand has a thumb.", true),
            ("The foot has a thumb.", false),
            ("The rest of the body is short.", true),
            ("The calf is in the leg.", true),
        ];
        let told = |all: &[(&str, bool)]| {
            let said = said_by(&RULE, &files(&RULE, &quiz(all)));
            said.iter().map(|own| own.message.clone()).collect::<Vec<_>>()
        };
        assert_eq!(told(&all), [""; 0], "once in sixteen quizzes is no rare thing");
        all.extend([("The hip only bends.", false), ("The spine is always straight.", false)]);
        all.extend([
            ("The back is a part of the body.", true),
            ("The toe is a part of the foot.", true),
        ]);
        all.extend([
            ("The nose is a part of the face.", true),
            ("The ear is a part of the head.", true),
        ]);
        let message = "6 of 6 statements with `always`, `every`, `never` or `only` are false, of all statements 44 %";
        assert_eq!(told(&all), [message]);
        let other: Vec<_> =
            all.iter().map(|(text, key)| (text.replace("only", "often"), *key)).collect();
        let other: Vec<_> = other.iter().map(|(text, key)| (text.as_str(), *key)).collect();
        assert_eq!(told(&other), [""; 0]);
    }

    #[test]
    fn one_answer_for_nearly_all() {
        let same = [("Höft: the hip is a joint.", true); 6];
        let told = said_by(&RULE, &files(&RULE, &quiz(&same)));
        let [own] = told.as_slice() else { panic!("{told:?}") };
        assert_eq!(
            (own.message.as_str(), own.kind),
            ("6 of 6 statements are true", Some("balance"))
        );
        silent(&RULE, &quiz(&same[..5]));
        let mut mixed = same.to_vec();
        mixed.extend([("The hip is a wing.", false); 2]);
        silent(&RULE, &quiz(&mixed));
    }

    #[test]
    fn statements_end_before_the_invitation() {
        for (prompt, kept) in [
            ("Rest is best. True or false?", "Rest is best."),
            ("Rest is best (T/F)", "Rest is best"),
            ("Rest är bäst ÅÄÖ", "Rest är bäst ÅÄÖ"),
            ("True or false?", ""),
            ("", ""),
        ] {
            assert_eq!(&prompt[..without_invitation(prompt)], kept);
        }
    }
}
