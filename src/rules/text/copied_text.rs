//! See `docs`.

use crate::diagnostic::{Confidence, Level, TextHash};
use crate::facts::{BodyFact, ProjectFacts, RecordFact, ReferenceRole, Site};
use crate::rule::{Check, Fixability, Profile, Rule, RuleKind, Sink};
use crate::source::{FilePath, Span};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

pub static RULE: Rule = Rule {
    id: "text/copied-text",
    summary: "a passage stands in two articles",
    level: Level::Warning,
    kinds: &[
        RuleKind {
            name: "passage",
            level: Level::Warning,
            summary: "sentences in a row, or several apart, are the same",
        },
        RuleKind {
            name: "whole",
            level: Level::Warning,
            summary: "half of an article or more stands in another one",
        },
    ],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Strict,
    since: "0.1.0",
    docs: r#"
What was copied from one page to another is corrected on one of them. Readers of both do not know which is right, and
those who search find the same twice.

```markdown fail
//- articles/sitting.md
# Sitting

No posture is wrong for everybody, and none of them is right for a whole day at a desk. What backs like best is to be moved
often and in small ways, long before they begin to ache or to feel stiff.
//- articles/posture.md
# Posture

Some sit, some stand. No posture is wrong for everybody, and none of them is right for a whole day at a desk. What backs
like best is to be moved often and in small ways, long before they begin to ache or to feel stiff.
```

```markdown pass
//- articles/sitting.md
# Sitting

No posture is wrong for everybody, and none of them is right for a whole day at a desk. What backs like best is to be moved
often and in small ways, long before they begin to ache or to feel stiff.
//- articles/posture.md
# Posture

Some sit, some stand. Which posture is right is told [in the page on sitting](sitting.md).
```

`passage`: two sentences in a row of some length, or four anywhere. `whole`: half of one of the two texts or more.
What counts are sentences of about eight words and more in the paragraphs of articles, whatever their case,
punctuation, and numbers of sources. A sentence of more than three articles is a part of all of them, as a notice is,
and is left alone. So are what closes both texts, quotations, lists, notices that a text is no advice, what stands
below headings such as "When to seek help" and "References", versions in other languages, and records with one id.

Keep the passage where readers look for it, and lead there from the other page.
"#,
    check: Check::Project(check),
};

/// The text of an article and where it stands.
#[derive(Clone, Copy)]
struct Body<'a> {
    path: &'a FilePath,
    record: &'a RecordFact,
    fact: &'a BodyFact,
    /// Of its sentences.
    bytes: usize,
}

/// Where a sentence stands: in which body, and which of its sentences it is.
type Place = (usize, usize);

/// Sentences that stand in two bodies in the same order, as indices in the one and in the other.
struct Run {
    own: Range<usize>,
    other: Range<usize>,
}

fn check(facts: &ProjectFacts<'_>, out: &mut Sink<'_>) {
    let translations = translations(facts);
    let mut bodies = Vec::new();
    for (&path, file) in &facts.files {
        for fact in &file.requested().bodies {
            let bytes = fact.sentences.iter().map(|own| own.span.range().len()).sum();
            bodies.push(Body { path, record: file.record(fact.record), fact, bytes });
        }
    }
    let mut told = None;
    for ((own, other), places) in shared(&bodies) {
        let copy = Copy::of(bodies[own], bodies[other], &places);
        let is_version = are_versions(copy.own, copy.other, &translations);
        let Some(longest) = copy.longest().filter(|_| !is_version) else { continue };
        // Three texts with one passage make two copies.
        let key = Some((own, longest.own.clone()));
        if told != key {
            copy.report(longest, out);
            told = key;
        }
    }
}

/// For two bodies, the later first: the sentences that both have, as indices in the one and in the other, in the order
/// of the first.
fn shared(bodies: &[Body<'_>]) -> BTreeMap<(usize, usize), Vec<(usize, usize)>> {
    /// A sentence that more articles have is none of a passage that was copied.
    const MOST_BODIES: usize = 3;
    let mut all: Vec<(u64, Place)> = Vec::new();
    for (index, body) in bodies.iter().enumerate() {
        let own = body.fact.sentences.iter().enumerate();
        all.extend(own.map(|(at, sentence)| (sentence.hash, (index, at))));
    }
    all.sort_unstable();
    // Within one body, that is `text/repeated-text`.
    all.dedup_by_key(|(hash, (body, _))| (*hash, *body));
    let mut out = BTreeMap::<_, Vec<_>>::new();
    for same in all.chunk_by(|one, other| one.0 == other.0) {
        if same.len() > MOST_BODIES {
            continue;
        }
        for (index, (_, (own, at))) in same.iter().enumerate() {
            for (_, (other, there)) in &same[..index] {
                out.entry((*own, *other)).or_default().push((*at, *there));
            }
        }
    }
    out.values_mut().for_each(|places| places.sort_unstable());
    out
}

/// Records that say which one they translate, by ids.
fn translations<'a>(facts: &ProjectFacts<'a>) -> BTreeSet<(&'a str, &'a str)> {
    let mut out = BTreeSet::new();
    for file in facts.files.values().filter(|file| !file.requested().bodies.is_empty()) {
        for own in file.references.iter().filter(|own| own.role == ReferenceRole::Translation) {
            let id = file.record(own.record).id.as_deref();
            out.extend(id.map(|id| (id, &*own.target)));
        }
    }
    out
}

/// Whether two bodies are one text in two versions.
fn are_versions(one: Body<'_>, other: Body<'_>, translations: &BTreeSet<(&str, &str)>) -> bool {
    let languages = (one.fact.language.as_deref(), other.fact.language.as_deref());
    if matches!(languages, (Some(one), Some(other)) if one != other) {
        return true;
    }
    let ids = (one.record.id.as_deref(), other.record.id.as_deref());
    let (Some(one), Some(other)) = ids else { return false };
    one == other || translations.contains(&(one, other)) || translations.contains(&(other, one))
}

impl Body<'_> {
    /// Of sentences in a row.
    fn span(self, run: &Range<usize>) -> Span {
        let own = &self.fact.sentences[run.clone()];
        Span::new(own[0].span.start, own[own.len() - 1].span.end)
    }

    fn site(self, run: &Range<usize>) -> Site {
        let text = TextHash(self.fact.sentences[run.start].hash);
        Site { span: self.span(run), text }
    }

    /// Bytes of sentences.
    fn len(self, run: &Range<usize>) -> usize {
        self.fact.sentences[run.clone()].iter().map(|own| own.span.range().len()).sum()
    }

    /// Whether the next sentence follows with at most a short one between them.
    fn is_followed(self, at: usize) -> bool {
        const MOST_BYTES: u32 = 80;
        let own = &self.fact.sentences;
        own.get(at + 1)
            .is_some_and(|next| next.span.start.saturating_sub(own[at].span.end) <= MOST_BYTES)
    }
}

/// Sentences that a site may have behind what closes a text.
const MOST_BEHIND_FOOT: usize = 6;

/// What stands in two bodies.
struct Copy<'a> {
    own: Body<'a>,
    /// The earlier one.
    other: Body<'a>,
    /// In the order of `own`.
    runs: Vec<Run>,
}

impl<'a> Copy<'a> {
    /// `places` are the sentences that both have.
    fn of(own: Body<'a>, other: Body<'a>, places: &[(usize, usize)]) -> Self {
        let is_next = |one: &(usize, usize), next: &(usize, usize)| {
            *next == (one.0 + 1, one.1 + 1) && own.is_followed(one.0) && other.is_followed(one.1)
        };
        let run = |all: &[(usize, usize)]| {
            let (at, there) = all[0];
            Run { own: at..at + all.len(), other: there..there + all.len() }
        };
        let runs = places.chunk_by(is_next).map(run);
        // What closes both is what the pages of a site have below their text.
        let is_foot = |run: &Run| {
            let is_last = |body: Body<'_>, run: &Range<usize>| {
                let len = body.fact.sentences.len();
                run.start > 0 && run.end + MOST_BEHIND_FOOT.min(len / 8) >= len
            };
            is_last(own, &run.own) && is_last(other, &run.other)
        };
        Self { own, other, runs: runs.filter(|run| !is_foot(run)).collect() }
    }

    /// The longest run, if this is a copy.
    fn longest(&self) -> Option<&Run> {
        /// Bytes of sentences in a row that are a passage.
        const PASSAGE: usize = 160;
        /// Sentences that are too many by chance, wherever they stand.
        const ANYWHERE: usize = 4;
        let longest = self.runs.iter().min_by_key(|run| Reverse(self.own.len(&run.own)))?;
        let is_passage = longest.own.len() > 1 && self.own.len(&longest.own) >= PASSAGE;
        (is_passage || self.count() >= ANYWHERE).then_some(longest)
    }

    fn count(&self) -> usize {
        self.runs.iter().map(|run| run.own.len()).sum()
    }

    fn report(&self, longest: &Run, out: &mut Sink<'_>) {
        /// Runs that are shown besides the longest.
        const MOST_SHOWN: usize = 8;
        let Self { own, other, .. } = self;
        let whole = self.whole();
        let kind = if whole.is_some() { "whole" } else { "passage" };
        out.set_record(own.record.id.clone());
        let message = whole.unwrap_or_else(|| self.passage(longest));
        let diagnostic = out.report_at(own.path, &own.site(&longest.own), message);
        diagnostic.kind(kind).label("here");
        diagnostic.related_at(other.path.clone(), other.span(&longest.other), "and here");
        let others = self.runs.iter().filter(|run| !std::ptr::eq(*run, longest));
        for run in others.take(MOST_SHOWN) {
            diagnostic.related_at(own.path.clone(), own.span(&run.own), "this stands there, too");
        }
        diagnostic.help("keep it on one of the two pages, and lead there from the other");
    }

    /// What to say where half of one of the two texts or more stands in the other.
    fn whole(&self) -> Option<String> {
        const LEAST: usize = 50;
        let shared: usize = self.runs.iter().map(|run| self.own.len(&run.own)).sum();
        // Marks within the sentences may make them longer here than there.
        let percent = |body: Body<'_>| (shared * 100 / body.bytes.max(1)).min(100);
        let (here, there) = (percent(self.own), percent(self.other));
        let path = self.other.path;
        match here >= there {
            _ if here.max(there) < LEAST => None,
            true => Some(format!("{here} % of the text stands in `{path}`, too")),
            false => Some(format!("{there} % of `{path}` stands here, too")),
        }
    }

    fn passage(&self, longest: &Run) -> String {
        let path = self.other.path;
        let len = longest.own.len();
        let own =
            if len == 1 { "this sentence".to_owned() } else { format!("these {len} sentences") };
        match self.count() - len {
            0 => format!("{own} stand in `{path}`, too"),
            1 => format!("{own} and another one stand in `{path}`, too"),
            more => format!("{own} and {more} others stand in `{path}`, too"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, files, said_by, silent};

    #[test]
    fn a_passage_in_two_articles() {
        check(
            &RULE,
            "
//- articles/a.md
# Höften

Ja! Höften är kroppens största led, och den bär hela överkroppen när du står [1]. Den tål mer än de flesta tror, bara den får vila ibland, och den blir starkare av att användas varje dag.
    --------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------- and here

De som går ofta har sällan ont, och de som sitter länge får det oftare.
Det finns många sätt att sitta på, och inget av dem är fel i sig.
Promenader är bra för det mesta, och de kostar ingenting alls för den som går.
//- articles/b.md
# Att gå

Gå! **Höften** är kroppens största led – och den bär hela överkroppen när du står [7, 8]. Ja. Den tål mer än de flesta tror, bara den får vila ibland, och den blir starkare av att användas varje dag. Slut.
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ these 2 sentences stand in `articles/a.md`, too

Den som vill kan gå i skogen, där det är mjukt att gå för fötterna.
Den som bor i stan kan gå till jobbet i stället för att ta bussen dit.
Den som hellre cyklar kan göra det, och det är lika bra för höften.
",
        );
    }

    #[test]
    fn half_of_a_text() {
        check(
            &RULE,
            "
//- articles/a.md
# Backs

Most backs get better on their own within a few weeks at home.

- Walking a little more every day is what helps most of them.

Yes. Rest in bed for more than a day or two makes them stiff and sore.
     ----------------------------------------------------------------- and here

Heat feels good for many, and it does no harm to those who like it.

Walking a little more every day is what helps most of them.

Pain that wakes you up at night is another matter, and so is pain with a fever.
//- articles/b.md
# Rest

Yes. Rest in bed for more than a day or two makes them stiff and sore.
     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 100 % of the text stands in `articles/a.md`, too

## Heat

Yes. Heat feels good for many, and it does no harm to those who like it.

Walking a little more every day is what helps most of them.

## Patience

Yes. Most backs get better on their own within a few weeks at home.
     -------------------------------------------------------------- this stands there, too
",
        );
    }

    #[test]
    fn what_may_stand_in_two_articles() {
        let two = "No posture is wrong for everybody, and none of them is right for a whole day at a desk. \
            What backs like best is to be moved often and in small ways, long before they begin to ache or to feel stiff.";
        let pair = |one: &str, other: &str| {
            format!("//- articles/a.md\n{one}\n//- articles/b.md\n{other}\n")
        };
        // One sentence, quotations, lists, and what every text on a matter has to say.
        let one = two.split_inclusive('.').next().unwrap();
        silent(&RULE, &pair(&format!("# A\n\n{two}"), &format!("# B\n\n{one}")));
        silent(&RULE, &pair(&format!("# A\n\n{two}"), &format!("# B\n\n> {two}")));
        silent(&RULE, &pair(&format!("# A\n\n{two}"), &format!("# B\n\n- {two}")));
        let help = format!("# A\n\n## When to seek help\n\n{two}\n\n### At once\n\n{two}");
        silent(&RULE, &pair(&help, &help));
        // Versions.
        let page = |front: &str| format!("---\n{front}\n---\n\n{two}");
        silent(&RULE, &pair(&page("inLanguage: en"), &page("inLanguage: de")));
        silent(&RULE, &pair(&page("id: c"), &page("id: c")));
        silent(&RULE, &pair(&page("id: c"), &page("translationOf: c")));
        silent(&RULE, &pair(&page("status: retired"), &page("id: c")));
        // What four have is a part of all of them.
        let own = |name: &str| format!("//- articles/{name}.md\n{two}\n");
        silent(&RULE, &["a", "b", "c", "d"].map(own).concat());
        assert_eq!(said_by(&RULE, &files(&RULE, &["a", "b", "c"].map(own).concat())).len(), 2);
        // What closes both is the foot of a page.
        let own = |words: &str| {
            format!("{words} is what this page is about, and nothing else than that.\n\n{two}")
        };
        silent(&RULE, &pair(&own("Sitting"), &own("Standing")));
    }

    #[test]
    fn notices_and_odd_texts() {
        let notice = "This page is for information only, and it is no substitute for care. \
            It is no medical advice, and you should ask a doctor if you are in doubt.";
        let text = format!(
            "//- articles/a.md\n{notice}\n//- articles/b.md\n{notice}\n//- articles/c.md\n\n"
        );
        silent(&RULE, &text);
        silent(&RULE, "//- articles/a.md\n[[[[[]]]]]\n//- articles/b.md\n[[[[[]]]]]\n");
    }
}
