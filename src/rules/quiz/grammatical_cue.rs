//! See `docs`.

use super::tokens::{Token, tokens};
use crate::diagnostic::{Confidence, Level};
use crate::model::quiz::{Choice, Question, QuestionKind, Quiz, catch_all};
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::words;
use std::ops::Range;

pub static RULE: Rule = Rule {
    id: "quiz/grammatical-cue",
    summary: "the grammar of a question fits only some of its options",
    level: Level::Warning,
    kinds: &[
        RuleKind {
            name: "article",
            level: Level::Warning,
            summary: "`a` or `an` in front of the gap rules options out",
        },
        RuleKind {
            name: "number",
            level: Level::Warning,
            summary: "the question asks for several things, and an option is one",
        },
    ],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Strict,
    since: "0.1.0",
    docs: r#"
Who knows nothing of the subject leaves out the options that do not fit the sentence. Where it is the key that does not
fit, readers who know the answer are led away from it.
Source: Haladyna, Downing and Rodriguez 2002, guideline 28c (grammatical inconsistencies that cue the answer).

```yaml fail
title: Thigh
questions:
  - prompt: The muscle on the inner side of the thigh is an ___.
    options: [adductor, quadriceps, hamstring]
    answer: a
```

```yaml fail
title: Heart
questions:
  - prompt: Which two phases does a heartbeat have?
    options: [Systole and diastole, Contraction, Rest]
    answer: a
```

```yaml pass
title: Thigh
questions:
  - prompt: Which muscle is on the inner side of the thigh?
    options: [Adductor, Quadriceps, Hamstring]
    answer: a
  - prompt: The muscle on the inner side of the thigh is a(n) ___.
    options: [adductor, quadriceps, hamstring]
    answer: a
```

It is told of English questions with one right option. Options of which speakers say both ("a herb" and "an herb"), and
signs and code, fit everything. Write `a(n)`, move the article into the options, or ask a whole question.
"#,
    check: Check::Question(check),
};

/// Options that are shown.
const SHOWN: usize = 4;

fn check(_: &FileContext<'_>, _: &Quiz<'_>, question: &Question<'_>, out: &mut Sink<'_>) {
    let Some((prompt, key)) = question.prompt.as_ref().zip(only_key(question)) else { return };
    let Some((place, wanted)) = wanted(prompt.as_str()) else { return };
    let fits: Vec<Option<bool>> =
        question.choices.iter().map(|choice| fits(&wanted, text(choice)?)).collect();
    let others = || (0..fits.len()).filter(|index| *index != key);
    let written = prompt.as_str()[place.clone()].to_owned();
    let span = prompt.span_of(place);
    let (kind, help) = wanted.kind_and_help();
    match fits[key] {
        Some(true) if others().any(|index| fits[index] == Some(false)) => {
            let misfits: Vec<usize> = others().filter(|own| fits[*own] == Some(false)).collect();
            let names: Vec<_> =
                misfits.iter().map(|own| words::quoted(question.choice_name(*own))).collect();
            let message = format!("`{written}` fits the key, and not {}", words::or(&names));
            let diagnostic = out.report(span, message).kind(kind).label("rules options out");
            for own in misfits.into_iter().take(SHOWN) {
                diagnostic.related(question.choices[own].span, "does not fit");
            }
            diagnostic.help(help);
        }
        Some(false) if others().any(|index| fits[index] == Some(true)) => {
            let name = words::quoted(question.choice_name(key));
            out.report(span, format!("`{written}` does not fit the key {name}"))
                .kind(kind)
                .label("leads away from the key")
                .related(question.choices[key].span, "does not fit")
                .help(help);
        }
        _ => {}
    }
}

/// The one choice that is right.
fn only_key(question: &Question<'_>) -> Option<usize> {
    let is_choice = !matches!(question.kind, QuestionKind::TrueFalse | QuestionKind::Open);
    let mut keys = (0..question.choices.len()).filter(|own| question.choices[*own].is_key);
    keys.next().filter(|_| is_choice && keys.next().is_none())
}

/// What an option says, if it says something of its own.
fn text<'c>(choice: &'c Choice<'_>) -> Option<&'c str> {
    choice.text.as_ref().map(|text| text.as_str()).filter(|text| catch_all(text).is_none())
}

/// What the words of a question want of its options.
#[derive(Debug, PartialEq)]
enum Wanted {
    /// A word behind "a", or behind "an".
    Article(Article),
    /// "These muscles are ..."
    Several,
    /// "Which two ..."
    Count(usize),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Article {
    A,
    An,
}

impl Wanted {
    fn kind_and_help(&self) -> (&'static str, &'static str) {
        match self {
            Self::Article(_) => ("article", "write `a(n)`, or begin each option with its article"),
            Self::Several => ("number", "let every option name several things, or none of them"),
            Self::Count(_) => ("number", "let every option name as many things as are asked for"),
        }
    }
}

/// What a prompt wants, and the words that say so.
fn wanted(prompt: &str) -> Option<(Range<usize>, Wanted)> {
    if let Some(found) = count(prompt) {
        return Some(found);
    }
    let head = before_gap(prompt)?;
    let words = tokens(prompt, 0..head.len());
    let (last, before) = words.split_last()?;
    // "a/an" fits everything.
    let is_word = head[..last.range.start].ends_with(|c: char| c.is_whitespace() || c == '*');
    if last.range.end != head.len() || !is_word || !is_english(before) {
        return None;
    }
    let wanted = match &prompt[last.range.clone()] {
        "a" => Wanted::Article(Article::A),
        "an" => Wanted::Article(Article::An),
        "are" | "were" => Wanted::Several,
        _ => return None,
    };
    Some((last.range.clone(), wanted))
}

/// "Which two", "name three".
fn count(prompt: &str) -> Option<(Range<usize>, Wanted)> {
    let words = tokens(prompt, 0..prompt.len());
    words.windows(2).find_map(|pair| {
        let number = match pair[1].small.as_str() {
            "two" => 2,
            "three" => 3,
            "four" => 4,
            _ => return None,
        };
        let asks = matches!(pair[0].small.as_str(), "which" | "what" | "name");
        asks.then(|| (pair[0].range.start..pair[1].range.end, Wanted::Count(number)))
    })
}

/// What stands in front of the one gap of a prompt, or of its end.
fn before_gap(prompt: &str) -> Option<&str> {
    const NAMED: &[&str] = &["[blank]", "(blank)", "[...]", "[\u{2026}]"];
    let is_edge = |c: char| c.is_whitespace() || matches!(c, '*' | '\\' | '`' | '_');
    let named = NAMED.iter().find_map(|name| Some((prompt.find(name)?, name.len())));
    let lines = || Some((prompt.find("__")?, 0));
    if let Some((start, len)) = named.or_else(lines) {
        let behind = prompt[start + len..].trim_start_matches(is_edge);
        let has_more = behind.contains("__") || NAMED.iter().any(|name| behind.contains(name));
        return (!has_more).then(|| prompt[..start].trim_end_matches(is_edge));
    }
    let is_end =
        |c: char| is_edge(c) || matches!(c, ':' | '.' | '-' | '\u{2013}' | '\u{2014}' | '\u{2026}');
    Some(prompt.trim_end_matches(is_end))
}

/// Whether one of the words is of English and of no other language with an "a", "an" or "are".
fn is_english(words: &[Token]) -> bool {
    const ENGLISH: &[&str] = &[
        "the", "is", "of", "by", "with", "called", "has", "known", "this", "these", "which", "and",
    ];
    words.iter().any(|own| ENGLISH.contains(&own.small.as_str()))
}

/// Whether an option is what is wanted; `None` where nobody can tell.
fn fits(wanted: &Wanted, option: &str) -> Option<bool> {
    match wanted {
        Wanted::Article(article) => {
            const OWN: &[&str] = &["a", "an", "the", "some", "its", "their", "your", "these"];
            let mut words = option.split_whitespace();
            let first = words.next()?;
            // An article alone is what such a question asks for.
            match OWN.contains(&first.to_lowercase().as_str()) && first != "A" {
                true => words.next().map(|_| false),
                false => article_of(option).map(|own| own == *article),
            }
        }
        Wanted::Several => {
            const ONE: &[&str] = &["a", "an", "one", "each", "every", "another"];
            const MANY: &[&str] = &["two", "three", "four", "several", "many", "both", "all"];
            let words = tokens(option, 0..option.len());
            let first = words.first()?.small.as_str();
            let is_many = parts(option) > 1 || MANY.contains(&first);
            let is_one = option.contains(' ') && ONE.contains(&first);
            (is_many || is_one).then_some(is_many)
        }
        Wanted::Count(count) => match parts(option) {
            parts if parts == *count => Some(true),
            1 if !has_plural(option) => Some(false),
            _ => None,
        },
    }
}

/// How many things an option names.
fn parts(option: &str) -> usize {
    let is_sign = |c: char| matches!(c, ',' | ';' | '/' | '&' | '+');
    let parts = option.split(is_sign).flat_map(|part| part.split(" and "));
    parts.filter(|part| part.contains(char::is_alphanumeric)).count()
}

/// Whether a word of an option may be a plural, or count.
fn has_plural(option: &str) -> bool {
    const COUNTS: &[&str] = &["both", "all", "two", "pair", "double", "or", "with", "to"];
    let words = tokens(option, 0..option.len());
    words.iter().any(|own| {
        let small = own.small.as_str();
        let is_many = small.ends_with('s') && !small.ends_with("ss");
        is_many || COUNTS.contains(&small) || !small.is_ascii()
    })
}

/// The article that is said in front of an option. `None` where speakers differ, and where nobody can tell.
fn article_of(option: &str) -> Option<Article> {
    let word = option.split_whitespace().next()?.trim_start_matches(['*', '"', '\'', '(']);
    let word = &word[..word.find(|c: char| !c.is_alphanumeric()).unwrap_or(word.len())];
    if word.is_empty() || !word.is_ascii() {
        return None;
    }
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return of_number(word);
    }
    let is_spelled = word.bytes().all(|byte| byte.is_ascii_uppercase());
    match is_spelled {
        true => of_capitals(word),
        false => of_word(&word.to_ascii_lowercase()),
    }
}

/// "an 8-week programme", "an 11 km run", "a 7-day plan".
fn of_number(word: &str) -> Option<Article> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    match &word[..digits] {
        "11" | "18" => Some(Article::An),
        // "An eighteen hundred", "a one thousand eight hundred".
        own if own.len() == 4 && (own.starts_with("11") || own.starts_with("18")) => None,
        own if own.starts_with('8') => Some(Article::An),
        _ => Some(Article::A),
    }
}

/// Letters that are said one by one: "an MRI", "a UTI". Others are words to some: "a LASER", "an L-A-S-E-R".
fn of_capitals(word: &str) -> Option<Article> {
    const SPELLED: &[&str] = &["MRI", "NSAID", "RNA", "SSRI", "HIV", "MRNA", "FMRI", "RCT"];
    let first = *word.as_bytes().first()?;
    let may_be_word = word.contains(['A', 'E', 'I', 'O', 'U', 'Y']) && word.len() > 1;
    match first {
        b'A' | b'E' | b'I' | b'O' => Some(Article::An),
        b'F' | b'H' | b'L' | b'M' | b'N' | b'R' | b'S' | b'X' => {
            (!may_be_word || SPELLED.contains(&word)).then_some(Article::An)
        }
        _ => Some(Article::A),
    }
}

/// By the first sound of a word in small letters.
// Source: article exceptions of the rules' lexicon, list T4, and "u" as in "unit" by the beginnings of words.
fn of_word(word: &str) -> Option<Article> {
    const UNSURE: &[&str] = &["herb", "histor", "hotel", "hered", "hypoth", "unid"];
    const AN: &[&str] = &["hour", "honest", "honor", "honour", "heir"];
    const YOU: &[&str] = &[
        "eu", "ewe", "ubiq", "unanim", "unic", "unif", "unil", "unio", "unip", "uniq", "unisex",
        "unit", "univ", "ura", "ure", "uri", "uro", "usa", "use", "usi", "usu", "ute", "uti", "uv",
    ];
    let begins = |list: &[&str]| list.iter().any(|own| word.starts_with(own));
    // A single letter may be the name of anything: "u" of a set, "e" of a number.
    if begins(UNSURE) || word.len() < 2 {
        return None;
    }
    let is_you = begins(YOU) || matches!(word, "one" | "once" | "ones");
    let is_open = word.starts_with(['a', 'e', 'i', 'o', 'u']) && !is_you;
    Some(if is_open || begins(AN) { Article::An } else { Article::A })
}

#[cfg(test)]
mod tests {
    use super::{Article, RULE, article_of, parts, wanted};
    use crate::testing::{check, silent};

    #[test]
    fn an_article_rules_options_out() {
        check(
            &RULE,
            r#"
questions:
  - prompt: "Låret – the muscle on its inner side is an ____ of the hip."
                                                     ^^ `an` fits the key, and not `quadriceps` or `hamstring`
    options: [quadriceps, adductor, hamstring]
              ---------- does not fit
                                    --------- does not fit
    answer: adductor
  - prompt: "The picture of the knee was made by an:"
                                                 ^^ `an` does not fit the key `CT scan`
    options: [MRI, X-ray, CT scan]
                          ------- does not fit
    answer: c
"#,
        );
        check(
            &RULE,
            r#"
//- quizzes/a.md
# Höft

1. The joint between thigh and pelvis is a
                                         ^ `a` fits the key, and not `axis`
   a) ball and socket
   b) axis
      ---- does not fit
   c) hinge

   Answer: a
"#,
        );
    }

    #[test]
    fn a_number_rules_options_out() {
        check(
            &RULE,
            r#"
questions:
  - prompt: Which two phases does a heartbeat have?
            ^^^^^^^^^ `Which two` fits the key, and not `Contraction` or `Vila`
    options: [Systole and diastole, Contraction, Vila]
                                    ----------- does not fit
                                                 ---- does not fit
    answer: a
  - prompt: "The signs of a concussion are:"
                                       ^^^ `are` fits the key, and not `a cough`
    options: ["headache, nausea and dizziness", a cough, numb fingers]
                                                ------- does not fit
    answer: a
"#,
        );
    }

    #[test]
    fn what_fits_everything() {
        silent(
            &RULE,
            r#"
questions:
  - {prompt: "The muscle is a(n) ___.", options: [adductor, quadriceps], answer: a}
  - {prompt: "The muscle is a/an ___.", options: [adductor, quadriceps], answer: a}
  - {prompt: "The muscle is an ___.", options: [adductor, abductor, all of the above], answer: a}
  - {prompt: "The plant is an ___.", options: [onion, herb, "`cell`", öga], answer: a}
  - {prompt: "The muscle is an ___ and a ___.", options: [adductor; flexor, flexor; adductor], answer: a}
  - {prompt: "Which of these have an a?", options: [adductor, quadriceps], answer: a}
  - {prompt: "Der Muskel zieht an", options: [Oberschenkel, Knie], answer: a}
  - {prompt: "Il femore si articola a", options: [anca, ginocchio], answer: a}
  - {prompt: "Sources of vitamin A:", options: [eggs, rice], answer: a}
  - {prompt: "The muscle is an ___.", options: [adductor, quadriceps], answer: [a, b]}
  - {prompt: "The muscle is an ___."}
  - {prompt: "The signs are:", options: [headache, nausea and dizziness], answer: b}
  - {prompt: Which two muscles bend it?, options: [Psoas and iliacus, The hamstrings], answer: a}
  - {prompt: Which two-joint muscle bends it?, options: [Psoas and iliacus, Soleus], answer: a}
  - {prompt: "In front of hour stands an", options: [an, a, the], answer: a}
  - {prompt: "", options: ["", a], answer: a}
"#,
        );
    }

    #[test]
    fn the_gap_of_a_prompt() {
        for (prompt, word) in [
            ("The knee is a ___ joint.", Some("a")),
            ("The knee is an **____** joint.", Some("an")),
            ("The knee is a [blank].", Some("a")),
            ("The knee is a \u{2026}", Some("a")),
            ("The knee is a", Some("a")),
            ("The knee is a?", None),
            ("The knee is not ___ a joint", None),
            ("", None),
            ("___", None),
            ("[blank]__[blank]", None),
        ] {
            let found = wanted(prompt).map(|(range, _)| &prompt[range]);
            assert_eq!(found, word, "{prompt}");
        }
    }

    #[test]
    fn articles_by_sound() {
        use Article::{A, An};
        for (option, article) in [
            ("adductor", Some(An)),
            ("Hinge joint", Some(A)),
            ("hour", Some(An)),
            ("unit", Some(A)),
            ("unstable joint", Some(An)),
            ("ulcer", Some(An)),
            ("ureter", Some(A)),
            ("European", Some(A)),
            ("one-legged stand", Some(A)),
            ("MRI scan", Some(An)),
            ("UTI", Some(A)),
            ("LASER", None),
            ("LDL", Some(An)),
            ("X-ray", Some(An)),
            ("B cell", Some(A)),
            ("8-week plan", Some(An)),
            ("18 km", Some(An)),
            ("1800", None),
            ("7 days", Some(A)),
            ("*hinge*", Some(A)),
            ("herb", None),
            ("öga", None),
            ("$5", None),
            ("", None),
        ] {
            assert_eq!(article_of(option), article, "{option}");
        }
    }

    #[test]
    fn what_an_option_names() {
        assert_eq!(parts("Systole and diastole"), 2);
        assert_eq!(parts("Eye, motor, and verbal response"), 3);
        assert_eq!(parts("Sand"), 1);
        assert_eq!(parts(""), 0);
    }
}
