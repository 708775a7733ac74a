//! See `docs`.

use super::Asked;
use crate::diagnostic::{Confidence, Level};
use crate::lexicon::{self, LEXICON, Matcher, Topic, WarningSigns};
use crate::model::{ContentKind, Record};
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::source::Span;
use crate::syntax::{Block, BlockKind, MarkKind, Prose, Text, sentences};
use crate::words::{and, shortened};
use std::collections::{BTreeMap, BTreeSet};

pub static RULE: Rule = Rule {
    id: "claim/missing-red-flags",
    summary: "an article on a condition with known warning signs lacks them, or does not say how soon to act",
    level: Level::Error,
    kinds: &[
        RuleKind { name: "absent", level: Level::Error, summary: "no warning sign is named" },
        RuleKind {
            name: "incomplete",
            level: Level::Warning,
            summary: "some are named, and the most urgent or too many others are not",
        },
        RuleKind {
            name: "urgency",
            level: Level::Warning,
            summary: "the most urgent signs stand without how soon to act",
        },
    ],
    confidence: Confidence::Medium,
    fix: Fixability::Never,
    profile: Profile::Relaxed,
    since: "0.1.0",
    docs: r#"
Behind back pain there is, rarely, pressure on the nerves at the base of the spine, a fracture, an infection or
cancer. "When do I have to stop reading and get help" is what readers need most (the international framework for
red flags of serious spinal conditions, 2020; NICE guideline NG59).

```markdown fail
# Low back pain

Most people have a sore back at some time in their life, and it often gets better within some weeks. Keep
moving as well as you can, and go back to your usual tasks step by step. Warmth may feel good. See your doctor
if you are worried.
```

```markdown pass
# Low back pain

Most people have a sore back at some time in their life, and it often gets better within some weeks. Keep
moving as well as you can, and go back to your usual tasks step by step.

Go to emergency care today if you cannot pass urine, lose control of your bowels, are numb between the legs, or
if the pain began after a serious fall. See a doctor today if you have a fever or have had cancer.
```

Articles in English are read whose title, whose `topics` or whose text throughout is about low back pain or neck
pain; a text that only mentions it is left alone. A text on low back pain names at least three of: trouble with the
bladder or bowels, numbness between the legs, weakness in the legs, a serious injury, fever or infection, cancer or
weight loss without a reason. The first two belong to every list, and they need a word on how soon to act near them:
in the section's heading, or within two paragraphs, in a sentence that says whom to turn to ("call a doctor today"). A text on neck pain names at least one sign. One diagnostic is
given for an article, its gravest.

A link to a page on the signs is enough: its words or its address say "red flags", "warning signs", "when to seek
help" or the like. So is such an id in `related`. Left alone are exercises, quizzes and resources, reports of
research (with sections on methods and results), texts for professionals (`audience`), retired articles, texts of a
few lines, and titles on prevention, statistics or history.
"#,
    check: Check::Record(check),
};

/// Texts with fewer words are teasers and stubs.
const MIN_WORDS: usize = 30;

fn check(context: &FileContext<'_>, record: &Record<'_>, out: &mut Sink<'_>) {
    let signs = &LEXICON.warning_signs;
    if record.kind != ContentKind::Article
        || !record.may_hold(signs.terms.hint())
        || !record.is_english()
        || is_left_alone(record)
    {
        return;
    }
    let of_field = super::body_of_field(record);
    let Some(body) = record.body.or(of_field.as_ref()) else { return };
    let asked = Asked::of(context);
    let article = Article { record, body, passages: passages(body, &asked) };
    let Some(about) = article.topic(signs) else { return };
    if !article.is_research() && !article.links_to(signs) {
        report(&article, &about, signs, out);
    }
}

fn is_left_alone(record: &Record<'_>) -> bool {
    record.text("status").is_some_and(|status| status.as_str() == "retired")
        || super::is_for_professionals(record)
}

struct Article<'a> {
    record: &'a Record<'a>,
    body: &'a Prose,
    passages: Vec<Passage<'a>>,
}

/// A block with its place among the others.
struct Passage<'a> {
    text: Text<'a>,
    block: &'a Block,
    /// Cells of a table and items of a list stand in one place.
    unit: usize,
    of_quiz: bool,
}

/// What an article is about, and the words that say so.
struct About<'a> {
    topic: &'a Topic,
    span: Span,
    words: String,
}

fn passages<'a>(body: &'a Prose, asked: &Asked) -> Vec<Passage<'a>> {
    let mut unit = 0;
    let mut last = None;
    let read = body.blocks.iter().filter(|block| block.kind != BlockKind::Code).map(|block| {
        let group = match block.kind {
            BlockKind::Item { list, .. } => Some((0, list)),
            BlockKind::TableCell { .. } => Some((1, 0)),
            _ => None,
        };
        if group.is_none() || group != last {
            unit += 1;
        }
        last = group;
        let text = Text::of_prose(body, block.text.clone());
        let of_quiz = asked.has(body.span(block.text.clone()));
        Passage { text, block, unit, of_quiz }
    });
    read.collect()
}

impl<'a> Passage<'a> {
    fn is_heading(&self) -> bool {
        self.heading_level().is_some()
    }

    fn heading_level(&self) -> Option<u8> {
        match self.block.kind {
            BlockKind::Heading { level, .. } => Some(level),
            _ => None,
        }
    }

    /// Running text, as opposed to headings, frames and what a quiz asks.
    fn is_said(&self) -> bool {
        !self.of_quiz
            && self.block.footnote.is_none()
            && matches!(self.block.kind, BlockKind::Paragraph | BlockKind::Item { .. })
    }
}

impl<'a> Article<'a> {
    /// Running text without headings, tables and quizzes.
    fn said(&self) -> impl Iterator<Item = &Text<'a>> {
        self.passages.iter().filter(|own| own.is_said()).map(|own| &own.text)
    }

    fn topic<'s>(&self, signs: &'s WarningSigns) -> Option<About<'s>> {
        let title = self.title();
        if title.as_ref().is_some_and(|title| signs.other_titles.is_match(title.as_str())) {
            return None;
        }
        let about = title.and_then(|title| first_term(&title, signs));
        let about = about.or_else(|| self.tagged(signs)).or_else(|| self.throughout(signs))?;
        (self.words() >= MIN_WORDS).then_some(about)
    }

    fn words(&self) -> usize {
        self.said().map(|text| text.as_str().split_whitespace().count()).sum()
    }

    fn title(&self) -> Option<Text<'a>> {
        let mut headings = self.passages.iter().filter(|own| own.is_heading());
        let first = headings.clone().next();
        let top = headings.find(|own| own.heading_level() == Some(1)).or(first);
        self.record.title().or_else(|| top.map(|own| own.text.clone()))
    }

    /// A tag that is the name of a condition, of a text that does speak of it.
    fn tagged<'s>(&self, signs: &'s WarningSigns) -> Option<About<'s>> {
        self.record.texts("topics").into_iter().find_map(|tag| {
            let words = tag.as_str().replace(['-', '_'], " ");
            let hit = signs.terms.find(&words).filter(|hit| hit.range == (0..words.len()))?;
            let topic = &signs.topics[hit.list];
            let speaks = |text: &Text<'_>| {
                terms(text.as_str(), signs).iter().any(|own| own.list == hit.list)
            };
            self.said().any(speaks).then(|| About { topic, span: tag.span(), words })
        })
    }

    /// A text that comes back to a condition all the time.
    fn throughout<'s>(&self, signs: &'s WarningSigns) -> Option<About<'s>> {
        const MIN_MENTIONS: usize = 5;
        const WORDS_PER_MENTION: usize = 100;
        let mut mentions: BTreeMap<&str, (usize, About<'s>)> = BTreeMap::new();
        let terms_hint = signs.terms.hint();
        for text in self.said().filter(|text| self.record.may_hold_in(text, terms_hint)) {
            for hit in terms(text.as_str(), signs) {
                let about = || About {
                    topic: &signs.topics[hit.list],
                    span: text.span_of(hit.range.clone()),
                    words: text.as_str()[hit.range.clone()].to_owned(),
                };
                mentions.entry(hit.list).or_insert_with(|| (0, about())).0 += 1;
            }
        }
        mentions.retain(|_, (count, _)| *count >= MIN_MENTIONS);
        if mentions.is_empty() {
            return None;
        }
        let words = self.words();
        let enough = |count: &usize| count * WORDS_PER_MENTION >= words;
        mentions.into_values().find(|(count, _)| enough(count)).map(|(_, about)| about)
    }

    /// Sections on methods and on results make a report of research.
    fn is_research(&self) -> bool {
        let headed = |words: &[&str]| {
            self.passages.iter().filter(|own| own.is_heading()).any(|own| {
                let heading = own.text.as_str().to_lowercase();
                words.iter().any(|word| heading.contains(word))
            })
        };
        headed(&["methods", "methodology"]) && headed(&["results", "findings", "discussion"])
    }

    /// Whether a link leads to a page on the signs, by its words or its address.
    fn links_to(&self, signs: &WarningSigns) -> bool {
        let named = |words: &str| signs.pages.is_match(&words.replace(['-', '_', '/', '.'], " "));
        let mut links = self.body.marks.iter().filter_map(|mark| match &mark.kind {
            MarkKind::Link { target, .. } => Some((&self.body.text[mark.text.clone()], target)),
            _ => None,
        });
        links.any(|(words, target)| named(words) || named(target))
            || self.record.texts("related").iter().any(|id| named(id.as_str()))
    }

    fn holds(&self, list: &Matcher, text: &Text<'_>) -> bool {
        self.record.may_hold_in(text, list.hint()) && list.is_match(text.as_str())
    }

    /// Whether a text says how soon to get help: a word for it alone is met by chance ("go back to work as
    /// soon as you can").
    fn urges(&self, signs: &WarningSigns, text: &Text<'_>) -> bool {
        let calls = |sentence: &str| signs.soon.is_match(sentence) && signs.help.is_match(sentence);
        self.holds(&signs.urgent, text)
            || self.holds(&signs.soon, text)
                && sentences(text.as_str()).into_iter().any(|own| calls(&text.as_str()[own]))
    }

    /// The first place of each sign, and whether any place of it has a word on how soon to act.
    fn signs<'s>(&self, about: &About<'s>, signs: &'s WarningSigns) -> BTreeMap<&'s str, Sign<'s>> {
        let urgent = self.urgent_places(signs);
        let passages = self.passages.iter().map(|own| own.text.clone()).zip(urgent);
        let fields = ["description", "safety"].iter().flat_map(|name| self.record.texts(name));
        let fields = fields.map(|text| {
            let urgent = self.urges(signs, &text);
            (text, urgent)
        });
        let places: Vec<_> = passages.chain(fields).collect();
        let mut out = BTreeMap::new();
        for group in &about.topic.groups {
            let (say, matcher) = &signs.signs[group];
            for (text, urgent) in &places {
                let likely = self.record.may_hold_in(text, matcher.hint());
                let hit = likely.then(|| matcher.find(text.as_str())).flatten();
                let Some(hit) = hit else { continue };
                let sign: &mut Sign<'_> = out.entry(group.as_str()).or_insert_with(|| Sign {
                    say,
                    span: text.span_of(hit.range.clone()),
                    words: text.as_str()[hit.range.clone()].to_owned(),
                    urgent: false,
                });
                sign.urgent |= urgent;
            }
        }
        out
    }

    /// For each passage, whether a heading over it, or a passage of its section at most two places
    /// away, says how soon to act.
    fn urgent_places(&self, signs: &WarningSigns) -> Vec<bool> {
        const NEAR: usize = 2;
        let mut over: Vec<(u8, bool)> = Vec::new();
        let mut urgent = BTreeSet::new();
        let mut places = Vec::with_capacity(self.passages.len());
        let mut section = 0;
        for passage in &self.passages {
            // "Now" is enough of a heading.
            let says = self.urges(signs, &passage.text)
                || passage.is_heading() && self.holds(&signs.soon, &passage.text);
            if let Some(level) = passage.heading_level() {
                over.retain(|(own, _)| *own < level);
                // "Back pain: what to do now" is over everything.
                over.push((level, says && level > 1));
                section += 1;
            }
            if says {
                urgent.insert((section, passage.unit));
            }
            places.push((section, passage.unit, over.iter().any(|(_, says)| *says)));
        }
        let is_near = |(section, unit, headed): (usize, usize, bool)| {
            let near = (section, unit.saturating_sub(NEAR))..=(section, unit + NEAR);
            headed || urgent.range(near).next().is_some()
        };
        places.into_iter().map(is_near).collect()
    }
}

/// A sign where the article first names it.
struct Sign<'s> {
    say: &'s str,
    span: Span,
    words: String,
    urgent: bool,
}

/// Names of conditions in a text; of the upper back something else is true.
fn terms<'s>(text: &str, signs: &'s WarningSigns) -> Vec<lexicon::Hit<'s>> {
    let mut hits = signs.terms.find_all(text);
    hits.retain(|hit| {
        let before = text[..hit.range.start].split_whitespace().next_back().unwrap_or("");
        let other = ["upper", "mid", "middle"].iter().any(|own| before.eq_ignore_ascii_case(own));
        !other && !text[hit.range.end..].starts_with("-free")
    });
    hits
}

fn first_term<'s>(text: &Text<'_>, signs: &'s WarningSigns) -> Option<About<'s>> {
    let hit = terms(text.as_str(), signs).into_iter().next()?;
    let words = text.as_str()[hit.range.clone()].to_owned();
    Some(About { topic: &signs.topics[hit.list], span: text.span_of(hit.range), words })
}

fn report(article: &Article<'_>, about: &About<'_>, signs: &WarningSigns, out: &mut Sink<'_>) {
    let topic = about.topic;
    let found = article.signs(about, signs);
    let words = shortened(&about.words);
    let telling = || {
        let telling =
            found.iter().filter(|(group, _)| !topic.everyday.iter().any(|own| own == *group));
        telling.map(|(_, sign)| sign).min_by_key(|sign| sign.span)
    };
    let Some(first) = telling() else {
        out.report(about.span, format!("an article on `{words}` names no warning signs"))
            .kind("absent")
            .label("what it is about")
            .note(topic.why.clone())
            .help(topic.say.clone());
        return;
    };
    let missing = missing(topic, &found);
    if !missing.is_empty() {
        let names: Vec<&str> = missing.iter().map(|group| signs.signs[*group].0.as_str()).collect();
        let message = format!("the warning signs of {} leave out {}", topic.name, and(&names));
        out.report(first.span, message)
            .kind("incomplete")
            .label("a sign that is named")
            .related(about.span, "what the article is about")
            .note(topic.why.clone())
            .help("name them, with how soon to get help, or link the page that does");
        return;
    }
    let grave: Vec<&Sign<'_>> =
        topic.must_have.iter().filter_map(|group| found.get(group.as_str())).collect();
    if grave.is_empty() || grave.iter().any(|sign| sign.urgent) {
        return;
    }
    let sign = grave.iter().min_by_key(|sign| sign.span).expect("some are grave");
    let words = shortened(&sign.words);
    out.report(sign.span, format!("`{words}` stands without how soon to get help"))
        .kind("urgency")
        .label(format!("with {}", sign.say))
        .related(about.span, "what the article is about")
        .note(topic.why.clone())
        .help("say it here: \"go to emergency care at once\", \"call a doctor today\"");
}

/// What a list of signs lacks: those it must have, or, when it has too few, all the others.
fn missing<'s>(topic: &'s Topic, found: &BTreeMap<&str, Sign<'_>>) -> Vec<&'s str> {
    let lacks = |group: &&String| !found.contains_key(group.as_str());
    let needed = if found.len() < topic.min_groups { &topic.groups } else { &topic.must_have };
    needed.iter().filter(lacks).map(String::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    const FILLER: &str = "Most people have it at some time in their life – and it often gets better
within some weeks. Keep moving as well as you can, and go back to your usual tasks step by step.
Warmth may feel good, and so may a walk.
";

    #[test]
    fn no_sign_at_all() {
        check(
            &RULE,
            &format!(
                "# Höfter & *low back pain*
            ^^^^^^^^^^^^^ an article on `low back pain` names no warning signs

{FILLER}
Sciatica can make the leg feel numb. Place a pillow between your legs at night. See your doctor if you
are worried. You may lose weight if you walk more.
"
            ),
        );
        check(
            &RULE,
            &format!(
                "---
title: Five stretches for the desk
topics: [posture, neck-pain]
                  ^^^^^^^^^ an article on `neck pain` names no warning signs
---

{FILLER}
Neck pain has many causes.
"
            ),
        );
    }

    #[test]
    fn articles_written_as_records() {
        check(
            &RULE,
            "
//- articles/a.yaml
id: a
title: Ont i ryggen – my back hurts
                      ^^^^^^^^^^^^^ an article on `my back hurts` names no warning signs
body: |
  Most people have it at some time in their life, and it often gets better within some weeks. Keep
  moving as well as you can, and go back to your usual tasks step by step. Warmth may feel good.
",
        );
    }

    #[test]
    fn a_text_that_comes_back_to_it() {
        check(
            &RULE,
            &format!(
                "# Moving

{FILLER}
People with back pain often rest too much. Back pain eases when they walk.
            ^^^^^^^^^ an article on `back pain` names no warning signs
Sciatica is back pain that runs down the leg. A sore back is no reason to stay in bed.
"
            ),
        );
    }

    #[test]
    fn some_signs_are_left_out() {
        check(
            &RULE,
            &format!(
                "# Back pain
  --------- what the article is about

{FILLER}
Go to hospital at once if you lose control of your bladder, have a fever, or have had a bad fall,
                                                   ^^^^^^^ the warning signs of low back pain leave out numbness between the legs
or if your legs get weak. Tell us if you have had cancer.
"
            ),
        );
        check(
            &RULE,
            &format!(
                "# Back pain
  --------- what the article is about

{FILLER}
Ring 999 if you cannot pass urine or if you are numb around the genitals.
                ^^^^^^^^^^^^^^^^^ the warning signs of low back pain leave out weakness or numbness in the legs, a serious fall or injury, fever or infection and cancer in the past or weight loss without a reason
"
            ),
        );
    }

    #[test]
    fn signs_without_urgency() {
        check(
            &RULE,
            &format!(
                "# Back pain
  --------- what the article is about

{FILLER}
## Other things

Talk to your doctor about trouble with your bladder, a numb feeling between the legs, weak legs, fever
                                            ^^^^^^^ `bladder` stands without how soon to get help
or cancer in the past.

## Contact

Call us today.
"
            ),
        );
    }

    #[test]
    fn haste_about_something_else() {
        check(
            &RULE,
            &format!(
                "# Back pain
  --------- what the article is about

{FILLER} Go back to work as soon as you can. Ask your doctor if you like. Start today.

Some have trouble with the bladder, a numb feeling between the legs, weak legs, fever or cancer in the past.
                           ^^^^^^^ `bladder` stands without how soon to get help
"
            ),
        );
        silent(
            &RULE,
            &format!(
                "# Back pain

{FILLER}
Call your GP today if you have trouble with the bladder, a numb feeling between the legs, weak legs, fever or
cancer in the past.
"
            ),
        );
    }

    #[test]
    fn signs_that_are_named() {
        silent(
            &RULE,
            &format!(
                "# Back pain

{FILLER}
> **Get emergency help** if you:
>
> - cannot pee, or wet yourself
> - are numb around your back passage
> - have weak legs
> - were in a car crash

Cauda equina syndrome is rare.
"
            ),
        );
        for link in ["[when to seek help](help.md)", "[this page](red-flags.md)"] {
            silent(&RULE, &format!("# Back pain\n\n{FILLER}\nFirst read {link}.\n"));
        }
        silent(
            &RULE,
            &format!("---\ntitle: Back pain\nrelated: [when-to-seek-help]\n---\n\n{FILLER}\n"),
        );
    }

    #[test]
    fn texts_on_something_else() {
        silent(
            &RULE,
            &format!(
                "# Walking

{FILLER}
It helps with back pain. Back pain is common, and so is neck pain.
"
            ),
        );
        for title in [
            "How to prevent back pain at work",
            "The cost of back pain",
            "Upper back pain",
            "Keep your back pain-free",
            "Knee pain",
        ] {
            silent(&RULE, &format!("# {title}\n\n{FILLER}"));
        }
        silent(&RULE, "# Back pain\n\nRead our five articles on it.\n");
        silent(&RULE, &format!("---\ntitle: Back pain\ninLanguage: sv\n---\n\n{FILLER}"));
        silent(&RULE, &format!("---\ntitle: Back pain\naudience: clinicians\n---\n\n{FILLER}"));
        silent(&RULE, &format!("---\ntitle: Sitting\ntopics: [back-pain]\n---\n\n{FILLER}"));
        silent(
            &RULE,
            &format!("# Back pain in nurses\n\n## Methods\n\n{FILLER}\n## Results\n\n{FILLER}"),
        );
        silent(
            &RULE,
            "
name: Bridge
description: For people with low back pain.
conditions: [low back pain]
",
        );
        silent(
            &RULE,
            "
//- quizzes/a.yaml
title: Low back pain
questions:
  - prompt: How many people have low back pain?
    options: [few, many]
    answer: many
",
        );
    }
}
