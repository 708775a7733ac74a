//! See `docs`.

use super::{first_meant, name_and_steps};
use crate::diagnostic::{Confidence, Level};
use crate::lexicon::{self, AUDIENCES, Audience, Hazard, LEXICON, Precaution};
use crate::model::exercise::Exercise;
use crate::normal;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::source::Span;
use crate::syntax::Text;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    id: "exercise/audience-hazard-conflict",
    summary: "an exercise is offered to people whom it can harm",
    level: Level::Error,
    kinds: &[
        RuleKind {
            name: "excluded",
            level: Level::Error,
            summary: "the contraindications name those for whom it is",
        },
        RuleKind {
            name: "harmful",
            level: Level::Error,
            summary: "its hazard is not for them, and nothing says how they do it",
        },
        RuleKind {
            name: "needs-care",
            level: Level::Warning,
            summary: "its hazard is for them with care, and nothing says so",
        },
    ],
    confidence: Confidence::Medium,
    fix: Fixability::Never,
    profile: Profile::Relaxed,
    since: "0.1.0",
    docs: r#"
Whoever reads that an exercise is meant for them does not look for reasons against it. One that bends the spine as far
as it goes is no exercise for brittle bones, whatever its general notes say, and a headstand is none for people with
glaucoma.

```yaml fail
name: Full sit-up
audience: [osteoporosis]
instructions: [Lie on your back., Curl up until you sit.]
safety: Stop if you feel pain.
```

```yaml pass
name: Full sit-up
audience: [osteoporosis]
instructions: [Lie on your back., Curl up until you sit.]
safety: [Stop if you feel pain., "With osteoporosis, keep your back flat and lift only your head."]
```

```yaml fail
name: Side plank
audience: [pregnancy]
instructions: [Lie on your side., Lift your hips.]
contraindications: [Pregnancy]
safety: Stop if you feel pain.
```

The readers are those that `audience`, `conditions` or the name of the exercise names. Known are people with osteoporosis,
a vertebral fracture, glaucoma, high blood pressure, reduced feeling or a new hip, those who are pregnant or take blood
thinners, older people and children. The hazards are those of `exercise/hazard-without-precaution`, by their tags or by
words in the name and the steps. Anything in the notes or steps that names these readers counts as what they do
instead; where care is enough, its idea does too. Words are read in English.

Sources: [Too Fit to Fracture](https://doi.org/10.1007/s00198-013-2523-2) on bending and twisting in osteoporosis,
[Baskaran and others](https://doi.org/10.1016/j.ophtha.2006.02.063) on the pressure in the eye in a headstand.
"#,
    check: Check::Exercise(check),
};

fn check(_: &FileContext<'_>, exercise: &Exercise<'_>, out: &mut Sink<'_>) {
    if !exercise.english {
        return;
    }
    let readers = readers(exercise);
    if readers.is_empty() {
        return;
    }
    let hazards = hazards(exercise);
    for reader in &readers {
        if let Some(note) = exclusion(exercise, reader.group) {
            let called = &reader.group.called;
            let message =
                format!("the exercise is for {called}, and its contraindications name them");
            out.report(reader.span, message)
                .kind("excluded")
                .label("here it is for them")
                .related(note, "and here not for them")
                .help("take them out of one of the two");
            continue;
        }
        if notes(exercise).any(|text| reader.is_named_in(&text)) {
            continue;
        }
        for (tag, (span, words)) in &hazards {
            if let Some(why) = reader.group.harmed.get(*tag) {
                out.report(reader.span, format!("`{words}` can harm {}", reader.group.called))
                    .kind("harmful")
                    .label("the exercise is offered to them")
                    .related(*span, why.as_str())
                    .help("offer it to others, or say in the safety notes what they do instead");
            } else if let Some(care) = reader.group.cared.get(*tag)
                && exercise.safety.said().next().is_some()
                && !is_cared_for(exercise, care)
            {
                let called = &reader.group.called;
                out.report(reader.span, format!("nothing says how `{words}` is safe for {called}"))
                    .kind("needs-care")
                    .label("the exercise is offered to them")
                    .related(*span, "this needs care")
                    .help(format!("say {}", care.ask));
            }
        }
    }
}

/// Somebody to whom an exercise is offered.
struct Reader {
    group: &'static Audience,
    span: Span,
}

impl Reader {
    fn is_named_in(&self, text: &Text<'_>) -> bool {
        let named = AUDIENCES.named_in(text.as_str());
        named.iter().any(|(group, _)| std::ptr::eq(*group, self.group))
    }
}

/// Those that the fields for it and the name of an exercise name, each group once.
fn readers(exercise: &Exercise<'_>) -> Vec<Reader> {
    let record = exercise.record;
    let mut out: Vec<Reader> = Vec::new();
    let mut add = |group: &'static Audience, span| {
        if !out.iter().any(|own| std::ptr::eq(own.group, group)) {
            out.push(Reader { group, span });
        }
    };
    let named_in = |text: &str| {
        let named = AUDIENCES.named_in(text).into_iter();
        let meant = named.filter(|(_, hit)| !lexicon::is_negated(&text[..hit.range.start]));
        meant.map(|(group, hit)| (group, hit.range)).collect::<Vec<_>>()
    };
    for text in record.texts("audience").iter().chain(&record.texts("conditions")) {
        // "older-adult", "hip_replacement"
        let named = named_in(&normal::name_in_words(text.as_str()));
        named.into_iter().for_each(|(group, _)| add(group, text.inner_span()));
    }
    if let Some(name) = &exercise.name {
        let named = named_in(name.as_str());
        named.into_iter().for_each(|(group, range)| add(group, name.span_of(range)));
    }
    out
}

/// The hazards of an exercise by tag, each with the words that show it.
fn hazards(exercise: &Exercise<'_>) -> BTreeMap<&'static str, (Span, String)> {
    let tags = exercise.record.texts("hazards");
    let of = |(tag, hazard): (&'static String, &'static Hazard)| {
        let tagged = tags.iter().find(|own| own.as_str() == tag);
        let lists = [hazard.triggers.as_ref(), AUDIENCES.shown_by.get(tag)];
        let mut lists = lists.into_iter().flatten();
        let shown = || lists.find_map(|own| first_meant(name_and_steps(exercise), own));
        Some((tag.as_str(), tagged.map(|own| (own.span(), tag.clone())).or_else(shown)?))
    };
    LEXICON.hazards.iter().filter_map(of).collect()
}

/// The texts in which the readers of an exercise are told how they do it.
fn notes<'a>(exercise: &Exercise<'a>) -> impl Iterator<Item = Text<'a>> {
    let parts = [&exercise.safety, &exercise.contraindications, &exercise.stop_if];
    let parts = parts.into_iter().chain([&exercise.instructions]).flat_map(|own| &own.texts);
    let others = ["regression", "cues", "notes"].iter().flat_map(|own| exercise.record.texts(own));
    parts.chain(&exercise.tips).cloned().chain(others).collect::<Vec<_>>().into_iter()
}

/// The contraindication that names a group and nothing else: "Pregnancy", "If you are pregnant".
fn exclusion(exercise: &Exercise<'_>, group: &Audience) -> Option<Span> {
    #[rustfmt::skip]
    const AROUND: &[&str] = &[
        "a", "an", "any", "are", "anyone", "do", "during", "for", "have", "if", "in", "is", "not", "patients", "people",
        "persons", "suitable", "the", "those", "who", "with", "women", "you", "your",
    ];
    let names_it_alone = |text: &&Text<'_>| {
        let text = text.as_str();
        let named = AUDIENCES.named_in(text);
        let [(own, hit)] = named.as_slice() else { return false };
        let rest = [&text[..hit.range.start], &text[hit.range.end..]];
        let mut words = rest.iter().flat_map(|part| part.split(|c: char| !c.is_alphanumeric()));
        std::ptr::eq(*own, group)
            && words.all(|word| {
                AROUND.iter().any(|known| word.eq_ignore_ascii_case(known)) || word.is_empty()
            })
    };
    exercise.contraindications.texts.iter().find(names_it_alone).map(Text::span)
}

fn is_cared_for(exercise: &Exercise<'_>, care: &Precaution) -> bool {
    notes(exercise).any(|text| {
        let text = text.as_str();
        let ideas = LEXICON.safety.ideas_in(text, exercise.record.hints_of(text));
        ideas.iter().any(|own| care.ideas.iter().any(|idea| idea == own))
            || care.words.is_match(text)
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn harm_care_and_exclusion() {
        check(
            &RULE,
            "
- name: Yoga – ögon
  audience: [beginner, glaucoma]
                       ^^^^^^^^ `headstand` can harm people with glaucoma
  instructions: [Come up into a headstand.]
                                --------- the pressure in the eye rises when the head is below the heart
  safety: Stop if you feel dizzy.
- name: Hopp – squats
  conditions: [high-blood-pressure]
               ^^^^^^^^^^^^^^^^^^^ nothing says how `breath-hold-or-heavy-isometric` is safe for people with high blood pressure
  hazards: [breath-hold-or-heavy-isometric]
            ------------------------------ this needs care
  safety: Stop if you feel dizzy.
- name: Side plank in pregnancy
                      ^^^^^^^^^ the exercise is for people who are pregnant, and its contraindications name them
  contraindications: [Recent surgery, If you are pregnant.]
                                      -------------------- and here not for them
",
        );
    }

    #[test]
    fn who_is_told_what_to_do_instead() {
        silent(
            &RULE,
            "
- {name: A, audience: [glaucoma], instructions: [Do not do a headstand.], safety: Stop if it hurts.}
- {name: B, audience: [glaucoma], instructions: [Headstand.], contraindications: [\"Glaucoma: keep your head up.\"]}
- {name: C, audience: [older-adult], instructions: [Stand on one leg.], safety: Hold on to a chair.}
- {name: D, audience: [older-adult], instructions: [Stand on one leg.]}
- {name: E, audience: [pregnancy], contraindications: [Third trimester of pregnancy, Pregnancy with bleeding]}
- {name: F, audience: [pregnancy], instructions: [Lie on your back.], safety: Prop your back up. Stop if it hurts.}
- {name: G, audience: [general], instructions: [Headstand.], contraindications: [Glaucoma]}
- {name: Child's pose, hazards: [heavy-or-maximal-load], safety: Stop if it hurts.}
- {name: H, audience: [people without osteoporosis], instructions: [Do ten sit-ups.], safety: Stop if it hurts.}
- {name: I, inLanguage: sv, audience: [glaucoma], instructions: [Headstand.], safety: Sluta om det gör ont.}
",
        );
    }
}
