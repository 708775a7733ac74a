//! Rules of a project's own, as its settings state them.
//!
//! A [`CustomRule`] is what it looks at ([`Select`]), what is wrong with it ([`Condition`]), and words. [`check`] is
//! the one interpreter of them all. On purpose there are no loops, no names for what was found before, and nothing
//! is asked of other files: every rule takes a time that is linear in its file.

mod condition;
mod select;

pub use condition::{Condition, Pattern};
pub use select::{BadPointer, Pointer, Select};

use crate::diagnostic::{Confidence, Level};
use crate::lasting::{self, Lasting};
use crate::model::{ContentKind, Record};
use crate::rule::{Collect, FileContext, Fixability, Profile, RuleInfo, Sink};
use crate::source::SourceFile;
use crate::words::{and, or, shortened};
use select::{Found, Running, Texts};
use std::sync::Arc;
use thin_vec::ThinVec;

/// A rule that a project wrote for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomRule {
    pub id: Lasting,
    /// The kinds of records that it looks at; empty for all.
    pub kinds: Vec<ContentKind>,
    pub select: Vec<Select>,
    pub condition: Condition,
    /// What is reported; [`TEXT`] stands for the words that it is reported of.
    pub message: String,
    pub help: Option<String>,
    pub level: Level,
    /// The message without any words of content.
    pub summary: String,
    /// Markdown: what it says in words, and its examples.
    pub docs: String,
}

/// What stands in a message for the words that were found.
pub const TEXT: &str = "{text}";

/// An example that is written beside a rule.
#[derive(Clone, Debug)]
pub struct Example {
    /// Whether the rule is to report something in it.
    pub fails: bool,
    /// `yaml` or `markdown`.
    pub language: &'static str,
    pub text: String,
}

impl CustomRule {
    /// A rule that looks at records as a whole and has no words but its message.
    pub fn new(id: &str, condition: Condition, message: String) -> Self {
        Self {
            id: lasting::kept(id),
            kinds: Vec::new(),
            select: vec![Select::default()],
            condition,
            summary: message.replace(TEXT, "…"),
            message,
            help: None,
            level: Level::Warning,
            docs: String::new(),
        }
    }

    /// Say in its docs what it does, with these examples.
    #[must_use]
    pub fn explained(self, examples: &[Example]) -> Self {
        Self { docs: self.page(examples), ..self }
    }

    fn page(&self, examples: &[Example]) -> String {
        let kinds: Vec<_> = self.kinds.iter().map(|kind| format!("`{}`", kind.name())).collect();
        let records = match kinds.as_slice() {
            [] => "records of every kind".to_owned(),
            some => format!("records of the kind {}", or(some)),
        };
        let places: Vec<_> = self.select.iter().map(Select::in_words).collect();
        let condition = self.condition.in_words();
        let places = and(&places);
        let mut page =
            format!("It looks at {places} in {records}, and reports what {condition}.\n");
        if let Some(help) = &self.help {
            page.push_str(&format!("\nWhat to do: {help}.\n"));
        }
        for own in examples {
            let fence = if own.text.contains("```") { "````" } else { "```" };
            let (what, text) = (if own.fails { "fail" } else { "pass" }, own.text.trim_end());
            page.push_str(&format!("\n{fence}{} {what}\n{text}\n{fence}\n", own.language));
        }
        page.push_str("\nIt is a rule of the project's own, under `custom` in the settings.\n");
        page
    }

    /// The rule in words.
    pub fn info(&self) -> RuleInfo<'_> {
        let is_grave = self.level == Level::Error;
        RuleInfo {
            id: self.id,
            summary: &self.summary,
            level: self.level,
            kinds: &[],
            confidence: Confidence::High,
            fix: Fixability::Never,
            profile: if is_grave { Profile::Relaxed } else { Profile::Default },
            since: None,
            docs: &self.docs,
            looks_at: "what its `select` leads to",
        }
    }

    fn is_about(&self, record: &Record<'_>) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&record.kind)
    }

    /// The message about these words.
    fn message_of(&self, words: &str) -> String {
        if !self.message.contains(TEXT) {
            return self.message.clone();
        }
        self.message.replace(TEXT, shortened(words).replace('`', "'").trim())
    }
}

/// Run the rules on the records of a file. How many values, sentences and headings each of them looked at, in the
/// order of the rules; nothing where there are none.
pub fn check(
    rules: &[Arc<CustomRule>],
    context: &FileContext<'_>,
    out: &mut dyn Collect,
) -> ThinVec<u32> {
    let mut looked_at: ThinVec<u32> = rules.iter().map(|_| 0).collect();
    if rules.is_empty() {
        return looked_at;
    }
    for (record, fact) in context.records.iter().zip(&context.facts.records) {
        let all = check_record(rules, context.file, record, fact.id.as_ref(), out);
        looked_at.iter_mut().zip(all).for_each(|(sum, own)| *sum = sum.saturating_add(own));
    }
    looked_at
}

/// The same for one record, which others know by its `id`.
pub fn check_record(
    rules: &[Arc<CustomRule>],
    file: &SourceFile,
    record: &Record<'_>,
    id: Option<&Arc<str>>,
    out: &mut dyn Collect,
) -> Vec<u32> {
    let wants = |select: &Select| {
        rules.iter().any(|rule| rule.is_about(record) && rule.select.contains(select))
    };
    let (sentences, headings) = (wants(&Select::Sentences), wants(&Select::Headings));
    let texts = if sentences || headings { Texts::of(record) } else { Texts::default() };
    let running = Running {
        sentences: if sentences { texts.sentences() } else { Vec::new() },
        headings: if headings { texts.headings() } else { Vec::new() },
    };
    let look = |rule: &Arc<CustomRule>| {
        let mut count = 0;
        if rule.is_about(record) {
            let mut sink = Sink::of(rule.info(), file, &mut *out);
            sink.set_record(id.cloned());
            let mut visit = |found: &Found<'_>| {
                count += 1;
                report(rule, file, found, &mut sink);
            };
            rule.select.iter().for_each(|own| own.each(record, &running, &mut visit));
        }
        count
    };
    rules.iter().map(look).collect()
}

fn report(rule: &CustomRule, file: &SourceFile, found: &Found<'_>, out: &mut Sink<'_>) {
    for (span, words) in rule.condition.wrong(found) {
        let words = words.unwrap_or_else(|| file.slice(span).into());
        let own = out.report(span, rule.message_of(&words));
        own.help = rule.help.clone().map(Into::into);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check_own;

    #[test]
    fn words_are_underlined_as_they_are_written() {
        let settings = "
custom:
  house/promise:
    select: [/title, /steps/*, /notes/**]
    matches: '(?i)\\blov(a|ar)\\b'
    message: '`{text}` promises too much'
";
        check_own(
            settings,
            r#"
- title: Vi lovar
            ^^^^^ `lovar` promises too much
  steps:
    - "Vi l\u006fvar, och \"lova\" igen. Lovande är det."
          ^^^^^^^^^^ `lovar` promises too much
                            ^^^^ `lova` promises too much
    - >
      Höften: vi
      lovar allt.
      ^^^^^ `lovar` promises too much
  notes: {a: [[lova]], b: {c: lov}}
               ^^^^ `lova` promises too much
  goal: lova
"#,
        );
        check_own(
            settings,
            "//- quizzes/a.json\n{\"title\": \"Lova \u{e9}\", \"questions\": []}\n           ^^^^ `Lova` promises too much\n",
        );
    }

    #[test]
    fn fields_are_found_by_their_names_and_as_written() {
        // The schema calls `steps` by another name.
        for name in ["steps", "instructions"] {
            let settings =
                format!("custom: {{house/a: {{select: /{name}/1, matches: ben, message: no}}}}\n");
            check_own(
                &settings,
                "
name: Lyft
steps: [ett ben, ett ben]
                     ^^^ no
",
            );
        }
    }

    #[test]
    fn sentences_and_headings_are_those_that_readers_see() {
        check_own(
            "
custom:
  house/long: {select: sentences, more-words-than: 4, message: long}
  house/loud: {select: headings, matches: '!$', message: 'loud: `{text}`'}
  house/sure: {select: sentences, matches: for sure, message: sure}
",
            "
---
title: It helps for sure
                ^^^^^^^^ sure
sources: [It helps for sure, they wrote]
---

# Hips!
      ^ loud: `!`

It helps. It helps **for
          ^^^^^^^^^^^^^^ long
                     ^^^ sure
sure** they say. `It helps for sure` `a b`.
                  ^^^^^^^^^^^^^^^^^^^^^^^^^ long
                           ^^^^^^^^ sure

```
It helps for sure, the code says.
```
",
        );
    }

    #[test]
    fn whole_values_lists_and_records() {
        check_own(
            "
custom:
  house/author: {missing: author, message: '`{text}` has no author'}
  house/film: {select: /**, has: video, message: 'a film: `{text}`'}
  house/level: {select: /level, not-one-of: [easy, '2'], message: '`{text}` is no level'}
  house/draft: {select: /status, one-of: draft, message: draft}
  house/steps: {select: /steps, more-than: 2, message: '`{text}` are many'}
  house/tags: {select: /tags, fewer-than: 2, message: few}
  house/short: {select: /name, shorter-than: 4, message: short}
  house/name: {select: /name, does-not-match: '^[A-ZÅÄÖ]', message: '`{text}` begins small'}
  house/empty: {select: /goal, matches: '^\\s*$', message: empty}
",
            "
- name: Höftlyft
        ^^^^^^^^ `Höftlyft` has no author
  level: hard
         ^^^^ `hard` is no level
  status: draft
          ^^^^^ draft
  steps: [a, {video: b}, c]
  ^^^^^ `steps` are many
              ^^^^^ a film: `video`
  goal: \"\"
        ^^ empty
  tags: [a]
  ^^^^ few
- name: ben
        ^^^ `ben` begins small
        ^^^ `ben` has no author
        ^^^ short
  author: ~
  level: 2
  steps: {a: b, c: d}
  tags:
- {name: Årm, author: me, level: easy, goal: x, status: done}
         ^^^ short
",
        );
    }

    #[test]
    fn a_body_may_stand_for_a_field() {
        check_own(
            "
custom:
  house/a: {missing: title, message: no title}
  house/b: {missing: author, message: no author}
  house/c: {missing: instructions, message: no steps}
",
            "
//- articles/a.md
# Höften
^^^^^^^^ no author
^^^^^^^^ no steps
//- exercises/b.md
---
author: me
^^^^^^ no title
---

1. Lyft.
",
        );
    }

    #[test]
    fn kinds_and_levels() {
        check_own(
            "
custom:
  house/quiz: {kinds: quiz, select: /questions/*/prompt, matches: ben, message: no}
  house/off: {select: /**, matches: ben, level: off, message: off}
",
            "
//- exercises/a.yaml
prompt: ben
questions: [{prompt: ben}]
//- quizzes/b.yaml
- {prompt: vilket ben?, answer: ben}
                  ^^^ no
",
        );
    }

    #[test]
    fn aliases_are_looked_at_where_they_are_written() {
        check_own(
            "custom: {house/a: {select: /**, matches: ben, message: no}, house/b: {select: /steps, more-than: 0, message: full}}\n",
            "
name: &a ben
         ^^^ no
notes: {x: *a, y: &b [ben]}
           ^^ no
                      ^^^ no
steps: *b
",
        );
    }

    #[test]
    fn what_a_syntax_error_cut_lacks_nothing() {
        check_own(
            "custom: {house/a: {missing: author, message: no}, house/b: {select: /steps, fewer-than: 3, message: few}}\n",
            "
name: Lyft
steps: [a, b
",
        );
    }
}
