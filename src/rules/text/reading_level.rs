//! See `docs`.

mod measure;
mod syllables;

use crate::diagnostic::{Confidence, Level};
use crate::lexicon::{self, SmallWords};
use crate::model::{ContentKind, Record};
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::syntax::Prose;
use crate::words::{and, counted, quoted};
use measure::{Measure, Scale, Sentence, Text, words};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use syllables::syllables;

pub static RULE: Rule = Rule {
    id: "text/reading-level",
    summary: "a text for patients is hard to read",
    level: Level::Warning,
    kinds: &[
        RuleKind {
            name: "document",
            level: Level::Warning,
            summary: "the sentences and words of a text are long throughout",
        },
        RuleKind {
            name: "section",
            level: Level::Info,
            summary: "a section is much harder than the text around it",
        },
        RuleKind { name: "sentence", level: Level::Info, summary: "a sentence is very long" },
    ],
    confidence: Confidence::Medium,
    fix: Fixability::Never,
    profile: Profile::Strict,
    since: "0.1.0",
    docs: r#"
What patients cannot follow they cannot do, and who is in pain or worried reads worse than usual.

```markdown fail
# Hip pain

If you have had pain in the hip for the last few weeks and it is not getting worse, you should try to keep on walking as
far as you can and to add a little to the way every second or third day.
```

```markdown pass
# Hip pain

Has your hip hurt for some weeks, but is it not getting worse? Then try to keep on walking as far as you can. Add a
little to the way every second or third day.
```

English is measured by the grade of Flesch and Kincaid: 0.39 × words a sentence + 11.8 × syllables a word - 15.59.
Syllables are runs of vowels, but for silent endings and vowels that are spoken apart, so that the same text gets the
same grade everywhere; of 100 words of health pages, 98 get as many as a pronouncing dictionary has. Words of the
title and of headings, names and abbreviations count two syllables at most: what a text explains is not what makes it
hard. Texts in Swedish, Danish and Norwegian are measured by LIX: words a sentence + percentage of words of more than
six letters.

`document`: grade 8 is what texts for the public should stay within; told is grade 10 and above, since ways to count
differ by a grade or two, or a LIX above 50. `section`: one of grade 12 and above, or a LIX above 60, in a text that
is not hard as a whole; two of them at most. `sentence`: more than 35 words in a row without a colon, a semicolon or a
bracket, in a text that is not hard as a whole; the three longest. Quotations are left to those who said them.

Measured are articles and exercises with a body, with eight sentences and a hundred words or more, which are for lay
people: `audience` names no professionals, or, where there is none, one sentence in ten says "you". Lists of sources,
tables, code, quotations and lines of fewer than six words do not count. No text gets better by a formula: shorten
what readers stumble over, and leave the rest.
"#,
    check: Check::Record(check),
};

/// Words of a sentence that is read twice.
const MOST_WORDS: usize = 35;

fn check(_: &FileContext<'_>, record: &Record<'_>, out: &mut Sink<'_>) {
    let Some(body) = record.body.filter(|_| is_read(record)) else { return };
    let Some(scale) = scale(record, body) else { return };
    let text = Text::of(record, body);
    if !is_for_everybody(record, &text) {
        return;
    }
    let all = Measure::of(text.sentences());
    match all.is_enough() && all.score(scale) > scale.most() {
        true => document(record, &text, &all, scale, out),
        false => {
            let hard = sections(&text, scale, out);
            long_sentences(&text, &hard, out);
        }
    }
}

fn is_read(record: &Record<'_>) -> bool {
    match record.kind {
        ContentKind::Article | ContentKind::Exercise => true,
        ContentKind::Quiz | ContentKind::Resource | ContentKind::Custom(_) => false,
    }
}

/// The scale for the language of a text, which has to be what it says it is.
fn scale(record: &Record<'_>, body: &Prose) -> Option<Scale> {
    let mut words = SmallWords::default();
    words.add(&body.text);
    let found = words.language()?;
    let declared = record.text("inLanguage");
    let declared = declared.map_or(Some(found), |own| lexicon::language(own.as_str()))?;
    match found.code {
        _ if declared.code != found.code => None,
        "en" => Some(Scale::Grade),
        "sv" | "da" => Some(Scale::Lix),
        _ => None,
    }
}

/// Whether a text is for lay people: it says so, or nothing of it, and speaks to its readers.
fn is_for_everybody(record: &Record<'_>, text: &Text<'_>) -> bool {
    /// One sentence of so many.
    const SHARE: usize = 10;
    #[rustfmt::skip]
    const EXPERTS: &[&str] = &[
        "profession", "clinic", "therapist", "physician", "doctor", "nurse", "research", "expert", "trainer", "coach",
        "teacher", "practitioner", "academic", "scientist", "developer",
    ];
    let audience = record.texts("audience");
    let is_expert = |own: &crate::syntax::Text<'_>| {
        let own = own.as_str().to_lowercase();
        EXPERTS.iter().any(|word| own.contains(word))
    };
    if !audience.is_empty() {
        return !audience.iter().any(is_expert);
    }
    let to_readers = text.sentences().filter(|own| own.is_to_reader);
    to_readers.count() * SHARE >= text.sentences().count()
}

fn document(record: &Record<'_>, text: &Text<'_>, all: &Measure, scale: Scale, out: &mut Sink<'_>) {
    let diagnostic = out.report(text.title(record), all.told("text", scale));
    diagnostic.kind("document").label(all.shown(scale));
    for own in hardest(text, scale) {
        let words = counted(own.words, "word");
        diagnostic.related(text.body.span(own.range.clone()), words);
    }
    diagnostic.help(match &*frequent(text) {
        [] => "make two sentences of one, these first".to_owned(),
        some => format!(
            "make two sentences of one, these first, and find shorter words for {}",
            and(some)
        ),
    });
}

/// The sentences that are hardest to read.
fn hardest<'t>(text: &'t Text<'_>, scale: Scale) -> Vec<&'t Sentence> {
    const MOST: usize = 3;
    /// Words of a sentence that can be made shorter.
    const FEWEST: usize = 15;
    let all = text.sentences();
    let mut all: Vec<_> = all.filter(|own| own.words >= FEWEST).collect();
    all.sort_by(|one, other| {
        let score = |own: &&Sentence| Measure::of([*own]).score(scale);
        score(other).total_cmp(&score(one))
    });
    all.truncate(MOST);
    all.sort_by_key(|own| own.range.start);
    all
}

/// Long words that come again and are no terms, the most frequent first.
fn frequent(text: &Text<'_>) -> Vec<String> {
    const MOST: usize = 4;
    const FEWEST: usize = 3;
    let mut counts = BTreeMap::<String, usize>::new();
    for own in text.sentences() {
        let said = &text.body.text[own.range.clone()];
        for word in words(said).map(|own| &said[own]) {
            if !word.contains(char::is_uppercase)
                && syllables(word) >= 4
                && !text.terms.contains(word)
            {
                *counts.entry(word.to_owned()).or_default() += 1;
            }
        }
    }
    let mut all: Vec<_> = counts.into_iter().filter(|(_, count)| *count >= FEWEST).collect();
    all.sort_by_key(|(_, count)| Reverse(*count));
    all.into_iter().take(MOST).map(|(word, _)| quoted(&word)).collect()
}

/// Report sections that are hard in a text that is not; gives them.
fn sections(text: &Text<'_>, scale: Scale, out: &mut Sink<'_>) -> Vec<usize> {
    const MOST: usize = 2;
    let mut hard = Vec::new();
    for (index, section) in text.sections.iter().enumerate() {
        let measure = Measure::of(&section.sentences);
        let score = measure.score(scale);
        if measure.is_enough() && score > scale.most_of_section() && section.heading.is_some() {
            hard.push((index, score, measure));
        }
    }
    hard.sort_by(|one, other| other.1.total_cmp(&one.1));
    hard.truncate(MOST);
    for (index, _, measure) in &hard {
        let Some(heading) = text.sections[*index].heading.clone() else { continue };
        out.report(text.body.span(heading), measure.told("section", scale))
            .kind("section")
            .label(measure.shown(scale))
            .help("make two sentences of one, and say it in shorter words");
    }
    hard.into_iter().map(|(index, ..)| index).collect()
}

fn long_sentences(text: &Text<'_>, told: &[usize], out: &mut Sink<'_>) {
    const MOST: usize = 3;
    let sections = text.sections.iter().enumerate().filter(|(index, _)| !told.contains(index));
    let all = sections.flat_map(|(_, own)| &own.sentences);
    // Who is quoted said it so.
    let is_quoted =
        |own: &&Sentence| text.body.text[own.range.clone()].contains(['"', '\u{201c}', '\u{201d}']);
    let is_long = |own: &&Sentence| own.longest_part > MOST_WORDS && !is_quoted(own);
    let mut long: Vec<_> = all.filter(is_long).collect();
    long.sort_by_key(|own| Reverse(own.longest_part));
    long.truncate(MOST);
    for own in long {
        let message = format!("this sentence has {} words", own.words);
        out.report(text.body.span(own.range.clone()), message)
            .kind("sentence")
            .help("make two of it; many readers lose the thread after 25");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, files, said_by, silent};

    /// Nine plain sentences.
    const PLAIN: &str = "Walk as far as you can. Rest when it hurts too much. Sit down for a while if you need to. \
        Get up again and walk on. Do not lie down all day. Ask a friend to come with you. Start with ten minutes a day. \
        Add a few minutes each week. Good shoes help you more than a good watch does.";

    /// Nine sentences of long words.
    const HARD: &str = "The considerable deterioration of the condition necessitates additional investigation. \
        Individuals experiencing complications should discontinue participation in the activity. \
        Communicate regularly with the physiotherapist regarding unanticipated complications. \
        Environmental modifications facilitate independence during the period of convalescence. \
        Psychological considerations contribute significantly to the quality of recuperation. \
        The medication temporarily alleviates inflammation, facilitating participation. \
        Individualised recommendations facilitate the restoration of functional capacity. \
        Your participation in recreational activities necessitates modification of the intensity. \
        Generally, recuperation requires continuous participation in the intervention.";

    #[test]
    fn texts_that_are_hard_throughout() {
        let text = format!("# Höften\n\n{HARD}\n\n{HARD}\n");
        let said = said_by(&RULE, &files(&RULE, &text));
        let [only] = &*said else { panic!("{said:#?}") };
        assert_eq!(only.kind, Some("document"));
        assert_eq!(only.primary.span.range(), 2..9);
        assert_eq!(
            only.help.as_deref(),
            Some(
                "make two sentences of one, these first, and find shorter words for `participation`, `complications`, `facilitate` and `necessitates`"
            )
        );
        // Whom it is for makes a difference, and what is in another language is not measured.
        let page = |front: &str| format!("---\n{front}\n---\n\n# Hips\n\n{HARD}\n\n{HARD}\n");
        silent(&RULE, &page("audience: [physiotherapists]"));
        silent(&RULE, &page("inLanguage: sv"));
        silent(&RULE, &text.replace("Your", "Their"));
        assert_eq!(
            said_by(&RULE, &files(&RULE, &page("audience: [general]").replace("Your", "Their")))
                .len(),
            1
        );
        silent(&RULE, &format!("# Höften\n\n{}\n", [PLAIN; 4].join("\n\n")));
    }

    #[test]
    fn what_a_text_explains_does_not_make_it_hard() {
        let words =
            "Osteoarthritis is common. Your physiotherapist can help you with osteoarthritis. ";
        let text = format!("# Osteoarthritis and your physiotherapist\n\n{}\n", words.repeat(12));
        silent(&RULE, &text);
    }

    #[test]
    fn a_section_that_is_hard_in_a_text_that_is_not() {
        let plain = [PLAIN; 6].join("\n\n");
        let text = format!("# Hips\n\n{plain}\n\n## Rörelse\n\n{HARD}\n\n{HARD}\n");
        let said = said_by(&RULE, &files(&RULE, &text));
        let [only] = &*said else { panic!("{said:#?}") };
        assert_eq!(only.kind, Some("section"));
        assert_eq!(&text[only.primary.span.range()], "Rörelse");
    }

    #[test]
    fn sentences_that_are_very_long() {
        check(
            &RULE,
            "
# Höften

You may sit for a while – if you like to – and then get up and walk about in the room and have a glass of water and look out of the window and sit down again and go on with what you did.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this sentence has 43 words
You may sit for a while if you like to: then get up and walk about in the room and have a glass of water; look out of the window and sit down again and go on with what you did before.
He said \"you may sit for a while if you like to and then get up and walk about in the room and have a glass of water and look out of the window and sit down again and go on with what you did\".
",
        );
        silent(
            &RULE,
            "
# Hips

You may walk.

> You may sit for a while if you like to and then get up and walk about in the room and have a glass of water and look out of the window and sit down again and go on with what you did.

## References

- You may sit for a while if you like to and then get up and walk about in the room and have a glass of water and look out of the window and sit down again and go on with what you did.
",
        );
    }

    #[test]
    fn swedish_is_measured_by_the_lengths_of_words() {
        let hard = "Du rekommenderas regelbundna promenader och individuellt anpassade styrkeövningar för att undvika långvariga besvär. ";
        let text = format!("# Ont\n\n{}\n", hard.repeat(10));
        let said = said_by(&RULE, &files(&RULE, &text));
        let [only] = &*said else { panic!("{said:#?}") };
        assert!(only.message.starts_with("this text has a LIX of 7"), "{}", only.message);
        let plain = "Gå en stund om du kan, och vila när det gör ont. Det är inte farligt att röra på sig. ";
        silent(&RULE, &format!("# Ont\n\n{}\n", plain.repeat(10)));
    }

    #[test]
    fn odd_texts() {
        for text in [
            "#\n",
            "# A\n\n\u{4f60}\u{597d}\u{3002}\n",
            "# A\n\n' ' ' - - . . ! ?\n",
            "---\naudience: 7\n---\n1 2 3\n",
        ] {
            silent(&RULE, text);
        }
        silent(&RULE, &format!("# A\n\n{}\n", "you are ".repeat(9)));
    }
}
