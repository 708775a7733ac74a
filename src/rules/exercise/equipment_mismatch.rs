//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::lexicon::equipment_in;
use crate::model::exercise::{Exercise, sentences_of};
use crate::normal;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, Sink};
use crate::source::Span;
use crate::syntax::{Node, Text};
use std::collections::BTreeSet;
use std::ops::Range;

pub static RULE: Rule = Rule {
    id: "exercise/equipment-mismatch",
    summary: "the steps use equipment that is not listed",
    level: Level::Warning,
    kinds: &[],
    confidence: Confidence::Medium,
    fix: Fixability::Never,
    profile: Profile::Strict,
    since: "0.1.0",
    docs: r#"
Readers choose and prepare from the list (CERT item 1, TIDieR item 3).

```yaml fail
name: Band walk
equipment: [none]
instructions: [Loop the band around both feet., Step to the side ten times.]
```

```yaml pass
name: Band walk
equipment: [resistance band]
instructions: [Loop the band around both feet., Step to the side ten times.]
```

Looked at are lists that say there is nothing ("none", "body weight", an empty list), and lists of items all of which
are known. A single text that names one thing (`equipment: dumbbell`) is no list. What every home has, as a wall, a mat
or a pillow, is left to the house. So is what can be done without: sentences with "can", "if", "optional" and the
like, and one of two ("on a bench or on the floor"). `optionalEquipment` counts as listed. Words are read in English.

Add it to `equipment`, or to `optionalEquipment` where the exercise can be done without.
"#,
    check: Check::Exercise(check),
};

fn check(_: &FileContext<'_>, exercise: &Exercise<'_>, out: &mut Sink<'_>) {
    let Some(list) = exercise.record.field("equipment").filter(|_| exercise.english) else {
        return;
    };
    let Some(mut listed) = listed(list) else { return };
    let optional = exercise.record.texts("optionalEquipment");
    listed.extend(optional.iter().flat_map(|own| things(own.as_str())));
    let steps = exercise.instructions.said().chain(&exercise.position);
    let Some((span, words)) = steps.flat_map(sentences_of).find_map(|own| used(&own, &listed))
    else {
        return;
    };
    let label = if listed.is_empty() { "this says that nothing is needed" } else { "the list" };
    out.report(span, format!("`{words}` is not among the equipment of {}", exercise.title()))
        .label("used here")
        .related(list.span(), label)
        .help("add it to `equipment`, or to `optionalEquipment` where one can do without");
}

/// The things of a list that is understood whole.
fn listed(list: Node<'_>) -> Option<BTreeSet<&'static str>> {
    let is_list = list.is_sequence();
    let items: Vec<_> = if is_list { list.items().collect() } else { vec![list] };
    let mut out = BTreeSet::new();
    for item in items {
        let text = item.as_str()?;
        if is_none(text) {
            continue;
        }
        let things = things(text);
        if things.is_empty() || !is_list {
            return None;
        }
        out.extend(things);
    }
    Some(out)
}

fn is_none(text: &str) -> bool {
    const NONE: &[&str] = &[
        "bodyweight",
        "body only",
        "body weight",
        "body weight only",
        "bodyweight only",
        "no equipment",
        "no equipment needed",
        "no equipment required",
        "none",
        "none needed",
        "none required",
        "nothing",
    ];
    NONE.contains(&in_words(text).as_str())
}

/// `foam-roller` and `foam_roller` are "foam roller".
fn in_words(text: &str) -> String {
    normal::plain(text).replace(['-', '_'], " ")
}

fn things(text: &str) -> Vec<&'static str> {
    equipment_in(&in_words(text)).iter().map(|hit| hit.list).collect()
}

/// What a sentence uses of which nothing is listed.
fn used(sentence: &Text<'_>, listed: &BTreeSet<&str>) -> Option<(Span, String)> {
    let text = sentence.as_str();
    let hits = equipment_in(text);
    let is_listed = || hits.iter().any(|hit| listed.contains(hit.list));
    let first = hits.first().filter(|_| !is_listed() && !leaves_open(text))?;
    if hits.len() == 1 && is_one_of_two(text, &first.range) {
        return None;
    }
    let range = without_article(text, first.range.clone());
    let words = normal::single_spaced(&text[range.clone()]);
    Some((sentence.span_of(range), words))
}

fn without_article(text: &str, range: Range<usize>) -> Range<usize> {
    let is_article = |word: &str| ["a", "the"].iter().any(|own| own.eq_ignore_ascii_case(word));
    let rest = text[range.clone()].split_once(' ').filter(|(word, _)| is_article(word));
    rest.map_or(range.start, |(_, rest)| range.end - rest.len())..range.end
}

/// Whether a sentence speaks of what may be done, or of something that is not there.
fn leaves_open(sentence: &str) -> bool {
    const WORDS: &[&str] = &[
        "also",
        "alternatively",
        "as",
        "can",
        "could",
        "easier",
        "harder",
        "if",
        "imagine",
        "instead",
        "like",
        "may",
        "might",
        "no",
        "not",
        "optional",
        "optionally",
        "prefer",
        "progress",
        "progression",
        "variation",
        "without",
    ];
    words(sentence).any(|word| WORDS.iter().any(|own| own.eq_ignore_ascii_case(word)))
}

fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Whether "or" stands close to a place: "on a bench or the floor".
fn is_one_of_two(sentence: &str, place: &Range<usize>) -> bool {
    const CLOSE: usize = 4;
    let mut before = words(&sentence[..place.start]).rev().take(CLOSE);
    let mut behind = words(&sentence[place.end..]).take(CLOSE);
    let is_or = |word: &str| word.eq_ignore_ascii_case("or");
    before.any(is_or) || behind.any(is_or)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn what_the_list_lacks() {
        check(
            &RULE,
            "
- name: Dips – häng
  equipment: body only
             --------- this says that nothing is needed
  instructions: [Place a bench behind you., Lower yourself from the bench.]
                         ^^^^^ `bench` is not among the equipment of `Dips – häng`
- name: Row
  equipment: [foam_roller, Chair]
             -------------------- the list
  instructions: [Sit on the chair., Hold one kettlebell.]
                                             ^^^^^^^^^^ `kettlebell` is not among the equipment of `Row`
- name: Curl
  equipment: []
             -- this says that nothing is needed
  instructions: [Hold a dumbbell or kettlebell in each hand.]
                        ^^^^^^^^ `dumbbell` is not among the equipment of `Curl`
- name: Step-up
  equipment: none
             ---- this says that nothing is needed
  instructions: [Stand in front of a low box.]
                                     ^^^^^^^ `low box` is not among the equipment of `Step-up`
",
        );
    }

    #[test]
    fn what_is_listed_or_left_open() {
        silent(
            &RULE,
            "
- {name: A, equipment: [foam-roller], instructions: [Roll over the foam roller.]}
- {name: B, equipment: [], optionalEquipment: [Resistance bands], instructions: [Loop the band around both feet.]}
- {name: C, equipment: none, instructions: [You can use a chair., Lie on a mat or a flat bench., Face the wall.]}
- {name: D, equipment: none, instructions: [Roll along the IT band., Take the pose as in chair pose., Bench press.]}
- {name: E, equipment: [gym, dumbbell], instructions: [Lie on a bench.]}
- {name: F, equipment: dumbbell, instructions: [Lie on a bench with the dumbbell.]}
- {name: G, equipment: null, instructions: [Lie on a bench.]}
- {name: H, instructions: [Lie on a bench.]}
- {name: I, inLanguage: sv, equipment: [], instructions: [Lie on a bench.]}
- {name: J, equipment: [7, {a: b}], instructions: [Lie on a bench.]}
- {name: K, equipment: none, instructions: [Keep your legs straight., Box with your arms.]}
",
        );
    }
}
