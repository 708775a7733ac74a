//! See `docs`.

use super::running::{self, Word};
use crate::diagnostic::{Confidence, Level};
use crate::lexicon;
use crate::model::{ContentKind, Record};
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::syntax::{BlockKind, Prose};
use crate::words::quoted;
use regex::Regex;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

pub static RULE: Rule = Rule {
    id: "text/scrambled-text",
    summary: "a text is shuffled, cut off or badly put together",
    level: Level::Warning,
    kinds: &[
        RuleKind {
            name: "shuffled",
            level: Level::Warning,
            summary: "runs of words come again in another order",
        },
        RuleKind {
            name: "spacing",
            level: Level::Warning,
            summary: "blanks and punctuation stand where none belong",
        },
        RuleKind { name: "truncated", level: Level::Warning, summary: "a sentence breaks off" },
    ],
    confidence: Confidence::Medium,
    fix: Fixability::Never,
    profile: Profile::Strict,
    since: "0.1.0",
    docs: r#"
Pasted and generated pages look like text from afar. Nobody can follow them, and what they say on safety may be the
opposite of what was meant.

```markdown fail
# Warm-up

Before you stretch, walk for five minutes at the.

Then begin slowly.
```

```markdown pass
# Warm-up

Before you stretch, walk for five minutes at a comfortable pace.

Then begin slowly.
```

`shuffled`: in two stretches of 200 words in a row, three of four runs of three words stood before, in sentences that did
not. `spacing`: five marks of at least two kinds within 200 words: a blank before `,` or `.`, doubled or mixed commas and
stops, a small letter behind `...` or `!`, an apostrophe that stands alone. `truncated`: a paragraph ends in "the",
"and", "because", "of the" or the like.
"#,
    check: Check::Record(check),
};

fn check(_: &FileContext<'_>, record: &Record<'_>, out: &mut Sink<'_>) {
    let is_read = record.kind != ContentKind::Quiz && record.is_english();
    let Some(body) = record.body.filter(|_| is_read) else { return };
    let words = running::words(body);
    shuffled(body, &words, out);
    spacing(body, &words, out);
    truncated(body, out);
}

/// Words that are looked at together.
const WINDOW: usize = 200;

/// The last window may be shorter.
const SHORTEST_WINDOW: usize = 100;

fn windows(words: &[Word]) -> impl Iterator<Item = &[Word]> {
    words.chunks(WINDOW).filter(|own| own.len() >= SHORTEST_WINDOW)
}

/// Runs of words and sentences of what was read so far.
#[derive(Default)]
struct Seen {
    runs: HashSet<u64>,
    sentences: HashSet<u64>,
}

impl Seen {
    /// Of these words, the percentage of runs and of sentences that stood before.
    fn add(&mut self, words: &[Word]) -> (usize, usize) {
        const RUN: usize = 3;
        let hashes = words.windows(RUN).map(running::hash_of_run);
        let runs = share(hashes.map(|own| !self.runs.insert(own)));
        let sentences = words.chunk_by(|a, b| a.sentence == b.sentence);
        let hashes = sentences.map(running::hash_of_run);
        (runs, share(hashes.map(|own| !self.sentences.insert(own))))
    }
}

/// How many of 100 are true.
fn share(all: impl Iterator<Item = bool>) -> usize {
    let (count, are) = all.fold((0, 0), |(count, are), own| (count + 1, are + usize::from(own)));
    are * 100 / count.max(1)
}

fn shuffled(body: &Prose, words: &[Word], out: &mut Sink<'_>) {
    // Catalogue of rules, TX011, has 50; reports that say the same of one group after the other reach 73.
    const LEAST_RUNS: usize = 75;
    const MOST_SENTENCES: usize = 20;
    let mut seen = Seen::default();
    let shares: Vec<_> = windows(words).map(|own| seen.add(own)).collect();
    let is_odd =
        |(runs, sentences): (usize, usize)| runs >= LEAST_RUNS && sentences <= MOST_SENTENCES;
    let Some(first) = shares.windows(2).position(|two| two.iter().all(|own| is_odd(*own))) else {
        return;
    };
    let (share, at) = (shares[first].0, first * WINDOW);
    let opening = words[at].range.start..words[at + OPENING].range.end;
    let message = format!(
        "from here on {share} % of the runs of three words stood before, in other sentences"
    );
    out.report(body.span(opening), message).kind("shuffled").help("write it anew, or take it out");
}

/// Words that are underlined where a stretch of text begins.
const OPENING: usize = 4;

fn spacing(body: &Prose, words: &[Word], out: &mut Sink<'_>) {
    const FEWEST: usize = 5;
    let mut slips = Vec::new();
    for block in body.blocks.iter().filter(|own| own.is_running()) {
        let start = block.text.start;
        for (at, kind) in slips_in(body.block_text(block)) {
            slips.push((start + at.start..start + at.end, kind));
        }
    }
    let word = |at: &Range<usize>| words.partition_point(|own| own.range.start < at.start);
    let is_dense = |own: &&[(Range<usize>, Slip)]| {
        let [(first, kind), .., (last, _)] = own else { return false };
        word(last) - word(first) < WINDOW && own.iter().any(|(_, other)| other != kind)
    };
    let Some([(first, _), others @ ..]) = slips.windows(FEWEST).find(is_dense) else { return };
    let message = "blanks and punctuation stand where none belong, five times in short";
    let diagnostic = out.report(body.span(first.clone()), message);
    diagnostic.kind("spacing").label("the first").help("put the text together anew");
    for (at, _) in others {
        diagnostic.related(body.span(at.clone()), "and here");
    }
}

/// What puts a mark where none belongs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Slip {
    BlankBefore,
    Doubled,
    SmallLetter,
    LoneApostrophe,
}

fn slips_in(text: &str) -> impl Iterator<Item = (Range<usize>, Slip)> {
    static SLIPS: LazyLock<Regex> = LazyLock::new(|| {
        lexicon::regex(concat!(
            r"(?P<blank>[^ \n] [,;!?)]|[^ \n.] \.)(?:[ \n]|$)|(?P<doubled>,,|,\.[^.]|[^.]\.,|[^.]\.\.[^.])|",
            r"(?P<small>[^.]\.\.\. [a-z]|! [a-z])|(?P<lone> ' )",
        ))
    });
    SLIPS.captures_iter(text).filter_map(|found| {
        let of = |name, slip| found.name(name).map(|own| (own.range(), slip));
        of("blank", Slip::BlankBefore)
            .or_else(|| of("doubled", Slip::Doubled))
            .or_else(|| of("small", Slip::SmallLetter))
            .or_else(|| of("lone", Slip::LoneApostrophe))
    })
}

/// Words that another has to follow.
const OPEN: &[&str] = &["the", "an", "and", "because", "your", "their", "our", "its", "e.g", "i.e"];

fn truncated(body: &Prose, out: &mut Sink<'_>) {
    for (index, block) in body.blocks.iter().enumerate() {
        let text = body.block_text(block).trim_end();
        let Some((word, at)) = open_end(text).filter(|_| block.is_running()) else {
            continue;
        };
        // What follows may be what the words announce: a list, a picture, code. Marks may be formulas and tags.
        let follows = body.blocks.get(index + 1);
        let is_end = follows.is_none_or(|own| {
            matches!(own.kind, BlockKind::Heading { .. }) || own.is_running() && text.ends_with('.')
        });
        let range = block.text.start + at..block.text.start + at + word.len();
        let holds_marks = body
            .marks
            .iter()
            .any(|own| own.text.start >= range.start && own.text.start <= block.text.end);
        if is_end && !holds_marks && !text.contains('$') {
            out.report(body.span(range), format!("the sentence breaks off after {}", quoted(word)))
                .kind("truncated")
                .help("write what follows");
        }
    }
}

/// The word that a text ends in, when another has to follow, and its place.
fn open_end(text: &str) -> Option<(&str, usize)> {
    let bare = text.strip_suffix('.').unwrap_or(text);
    let word = bare.rsplit(char::is_whitespace).next()?;
    OPEN.contains(&word).then_some((word, bare.len() - word.len()))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, files, said_by, silent};

    const SENTENCES: &str = "Walking helps many people with back pain. Most of them start with ten minutes. \
        Some need a day of rest between two walks. Others go out every day of the week. A friend who comes along makes it \
        easier. Good shoes matter more than a good watch. Hills are for later, when your legs are used to it. ";

    #[test]
    fn shuffled_text() {
        // The same clauses again and again, cut at other places.
        let words: Vec<&str> = SENTENCES.split_whitespace().collect();
        let mut text = String::new();
        for round in 0..12 {
            let at = (round * 23) % words.len();
            let turned = words[at..].iter().chain(&words[..at]);
            let plain: Vec<_> = turned.map(|own| own.trim_end_matches('.')).collect();
            text.extend(plain.chunks(7 + round).map(|own| format!("{}. ", own.join(" "))));
        }
        let said = said_by(&RULE, &files(&RULE, &format!("# Höften\n\n{text}\n")));
        let [only] = &*said else { panic!("{said:#?}") };
        assert_eq!(only.kind, Some("shuffled"));
        // A block that stands there twice is another matter.
        silent(
            &RULE,
            &format!("# Höften\n\n{SENTENCES}\n\n{SENTENCES}\n\n{SENTENCES}\n{SENTENCES}\n"),
        );
    }

    #[test]
    fn blanks_and_marks_that_are_badly_put() {
        check(
            &RULE,
            "
# Höften

Pain , of the back .. is common ,, they say. It ' s often mild. Walk , then rest.
   ^^^ blanks and punctuation stand where none belong, five times in short
                  ---- and here
                                -- and here
                                               --- and here
                                                                   --- and here
",
        );
        silent(
            &RULE,
            "# Hips\n\nPain , of the back , is , common , they say , and mild , as a rule.\n",
        );
        silent(&RULE, "# Hips\n\nSee .env, .NET, .5 kg ... and so on ... Wait! no, go ... on.\n");
    }

    #[test]
    fn sentences_that_break_off() {
        check(
            &RULE,
            "
# Höften

Lie on your back and lift the.
                          ^^^ the sentence breaks off after `the`

Then begin slowly because
                  ^^^^^^^ the sentence breaks off after `because`

## Rest
",
        );
        silent(
            &RULE,
            "
# Hips

Choose the

- bridge, and
- clamshell.

It is what you lean on and look at, the.. Press the

![key](key.png)

The height is the $h$ of the

$x$ and

y.
",
        );
    }
}
