//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::facts::studies::{
    self, Design, Named, ReferenceName, StudyFact, StudyMention, StudyReference, folded,
};
use crate::facts::{CitationTarget, ProjectFacts, Publication};
use crate::rule::{Check, Fixability, Profile, Rule, RuleKind, Sink};
use crate::source::{FilePath, Span};
use crate::words::shortened;
use std::collections::{HashMap, HashSet};

pub static RULE: Rule = Rule {
    id: "claim/study-mention-unmatched",
    summary: "the text mentions a particular study, and no reference fits",
    level: Level::Warning,
    kinds: &[RuleKind {
        name: "mismatch",
        level: Level::Warning,
        summary: "the source cited for the study is of another year, author or sort",
    }],
    confidence: Confidence::Medium,
    fix: Fixability::Never,
    profile: Profile::Default,
    since: "0.1.0",
    docs: r#"
"A 2019 trial" that is in no list cannot be looked up. It is a strong sign that the study was made up, or that
its reference was lost.

```markdown fail
# Running

A 2019 trial of 300 runners found fewer injuries.

## References

1. Back Care Clinic. Running and you. Leaflet. 2019.
```

```markdown pass
# Running

A 2019 trial of 300 runners found fewer injuries [1].

## References

1. Smith A. Strength work for runners: a randomised trial. Sports Med. 2019;4:1-9.
```

A mention is a study noun with a year ("a large 2020 randomised trial", "a review published in 2018"), authors
("Smith et al. (2019)", "Smith and Jones, 2020"), or a study "published in" a journal, in English. References are
`sources` of the record, keys cited, the reference list, footnotes and further reading. One fits when
the year does and it may be a study of that sort, or the author or the journal is the one named; one of which too little is known always fits.

In a text without any reference all mentions are one diagnostic: its list is missing.

`mismatch` is about the source that stands in the same sentence. A year more or less is let pass there: papers
are online before their issue is.

Left alone are places ("researchers at Uppsala"), surveys and reviews told of before ("the 2009 survey"),
named surveys, guidelines and laws, acronyms of organisations, and "(Smith, 2019)" in texts where no other
author and year is in the list.

Add the study to the references and cite it, correct the year, or leave the study out.
"#,
    check: Check::Project(check),
};

fn check(facts: &ProjectFacts<'_>, out: &mut Sink<'_>) {
    if facts.files.values().all(|file| file.studies.is_empty()) {
        return;
    }
    let library = Library::new(facts);
    for (&path, file) in &facts.files {
        for record in &file.studies {
            out.set_record(file.record(record.record).id.clone());
            let works = Works::new(path, record, &library);
            let lost = record.mentions.iter().filter(|mention| !works.judge(mention, out));
            let lost: Vec<_> = lost.collect();
            match lost.split_first() {
                // Without any reference it is the list that is missing.
                Some((first, rest)) if works.works.is_empty() => works.report(first, rest, out),
                _ => lost.iter().for_each(|mention| works.report(mention, &[], out)),
            }
        }
    }
}

/// Mentions that are shown beside the first.
const MOST_SHOWN: usize = 9;

/// The resources of the project.
struct Library<'a> {
    by_id: HashMap<&'a str, (&'a FilePath, Span, &'a Publication)>,
    /// Surnames, folded, each with the years of its works.
    years: HashMap<String, Vec<Option<u16>>>,
}

impl<'a> Library<'a> {
    fn new(facts: &ProjectFacts<'a>) -> Self {
        let mut by_id = HashMap::new();
        let mut years: HashMap<String, Vec<Option<u16>>> = HashMap::new();
        for (&path, &file) in &facts.files {
            for record in &file.records {
                let Some(work) = record.publication.as_deref() else { continue };
                if let Some(id) = &record.id {
                    by_id.entry(&**id).or_insert((path, record.anchor.span, work));
                }
                let year = work.year.as_ref().and_then(|year| year.parse().ok());
                for surname in &work.surnames {
                    years.entry(folded(surname)).or_default().push(year);
                }
            }
        }
        Self { by_id, years }
    }

    /// Whether the authors named have such a work somewhere in the project.
    fn has(&self, named: &Named) -> bool {
        let works = named.surnames.iter().filter_map(|surname| self.years.get(&**surname));
        works.flatten().any(|year| match (year, &named.years) {
            (Some(year), Some(years)) => years.contains(year),
            (None, _) | (_, None) => true,
        })
    }
}

/// A reference, with what can be known of it.
struct Work<'a> {
    name: &'a ReferenceName,
    known: Option<Known<'a>>,
    /// Where to point, and in which file.
    path: &'a FilePath,
    span: Span,
}

struct Known<'a> {
    /// Names and words, folded.
    words: HashSet<String>,
    /// Whether `words` has the authors.
    authors: bool,
    /// The journal, or the whole reference where it is one text.
    journal: Option<&'a str>,
    /// Too little is told to miss a journal in it.
    short: bool,
    years: Vec<u16>,
    design: Design,
}

impl Known<'_> {
    fn has_author(&self, named: &Named) -> bool {
        named.surnames.iter().any(|surname| self.words.contains(&**surname))
    }

    /// Whether the year may be the one meant; `slack` years more or less count.
    fn of_year(&self, named: &Named, slack: u16) -> bool {
        let Some(years) = &named.years else { return true };
        let range = years.start() - slack..=years.end() + slack;
        self.years.is_empty() || self.years.iter().any(|year| range.contains(year))
    }

    fn fits(&self, named: &Named, slack: u16) -> bool {
        if named.by_author {
            return (!self.authors || self.has_author(named)) && self.of_year(named, slack);
        }
        if !self.of_year(named, slack) {
            return false;
        }
        if self.has_author(named) {
            return true;
        }
        let in_journal = named.journal.as_deref().is_some_and(|journal| {
            self.short || self.journal.is_some_and(|own| studies::names_journal(own, journal))
        });
        let by_year =
            named.years.is_some() && self.of_year(named, slack) && named.design.may_be(self.design);
        in_journal || by_year
    }
}

impl<'a> Work<'a> {
    fn new(path: &'a FilePath, reference: &'a StudyReference, library: &Library<'a>) -> Self {
        /// Fewer words than this hold no title and journal.
        const FEW_WORDS: usize = 8;
        let name = &reference.name;
        if let ReferenceName::Key(key) = name {
            let Some(&(path, span, work)) = library.by_id.get(&**key) else {
                return Self { name, known: None, path, span: reference.span };
            };
            let known = Known {
                authors: !work.surnames.is_empty(),
                words: work.surnames.iter().map(|surname| folded(surname)).collect(),
                journal: work.journal.as_deref(),
                short: work.journal.is_none(),
                years: work.year.iter().filter_map(|year| year.parse().ok()).collect(),
                design: work.design,
            };
            return Self { name, known: Some(known), path, span };
        }
        let text = &*reference.text;
        let known = (!text.trim().is_empty()).then(|| Known {
            words: words_of(text),
            authors: true,
            journal: Some(text),
            short: text.split_whitespace().count() < FEW_WORDS,
            years: studies::years(text),
            design: Design::of_text(text),
        });
        Self { name, known, path, span: reference.span }
    }

    /// What nothing is known of fits everything.
    fn fits(&self, named: &Named, slack: u16) -> bool {
        self.known.as_ref().is_none_or(|known| known.fits(named, slack))
    }

    /// What is known of it, where a mention says otherwise.
    fn told(&self, named: &Named) -> Option<String> {
        let known = self.known.as_ref()?;
        let year = known.years.iter().max();
        Some(match year {
            _ if named.by_author && !known.has_author(named) => "of other authors".to_owned(),
            Some(year) if !known.of_year(named, 0) => format!("of {year}"),
            _ => format!("a {}", known.design.name()).replace("a observ", "an observ"),
        })
    }
}

fn words_of(text: &str) -> HashSet<String> {
    let folded = folded(text);
    let words = folded.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '-')));
    // "'t", and words in quotes.
    let words = words.map(|word| word.trim_matches('\''));
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The references of one record.
struct Works<'a> {
    path: &'a FilePath,
    works: Vec<Work<'a>>,
    library: &'a Library<'a>,
    /// Whether author and year is how the record cites.
    by_author: bool,
}

impl<'a> Works<'a> {
    fn new(path: &'a FilePath, record: &'a StudyFact, library: &'a Library<'a>) -> Self {
        let works: Vec<_> =
            record.references.iter().map(|own| Work::new(path, own, library)).collect();
        let found = |mention: &StudyMention| {
            let known = |work: &Work<'_>| work.known.is_some() && work.fits(&mention.named, 0);
            mention.named.by_author && works.iter().any(known)
        };
        let by_author = record.mentions.iter().any(found);
        Self { path, works, library, by_author }
    }

    /// The works that a mark points at; `None` where it points outside the references.
    fn at(&self, target: &CitationTarget) -> Option<Vec<&Work<'a>>> {
        let is = |name: &ReferenceName| match (name, target) {
            (ReferenceName::Key(own), CitationTarget::Key(key) | CitationTarget::BareKey(key)) => {
                own == key
            }
            (ReferenceName::Number(own), CitationTarget::Number { number, .. }) => own == number,
            (ReferenceName::Footnote(own), CitationTarget::Footnote { label, .. }) => own == label,
            _ => false,
        };
        let found: Vec<_> = self.works.iter().filter(|work| is(work.name)).collect();
        (!found.is_empty()).then_some(found)
    }

    /// Whether a reference may be the one meant; one that is cited and is not is told here.
    fn judge(&self, mention: &StudyMention, out: &mut Sink<'_>) -> bool {
        /// Papers are online before their issue is.
        const SLACK: u16 = 1;
        let named = &mention.named;
        let listed = || self.works.iter().any(|work| work.fits(named, 0));
        let cited: Option<Vec<Vec<&Work<'_>>>> =
            mention.cited.iter().map(|target| self.at(target)).collect();
        let Some(cited) = cited else { return true };
        let cited: Vec<&Work<'_>> = cited.into_iter().flatten().collect();
        if cited.iter().any(|work| work.fits(named, SLACK)) {
            return true;
        }
        let elsewhere = named.indirect || named.by_author && (listed() || self.library.has(named));
        if !cited.is_empty() && !elsewhere {
            self.report_mismatch(mention, &cited, out);
            return true;
        }
        let near = |target: &CitationTarget| {
            self.at(target).is_none_or(|works| works.iter().any(|work| work.fits(named, SLACK)))
        };
        let unsure = named.bare && !self.by_author || named.by_author && self.library.has(named);
        if unsure || listed() || mention.near.iter().any(near) {
            return true;
        }
        let same_author = |work: &&Work<'_>| {
            named.by_author && work.known.as_ref().is_some_and(|known| known.has_author(named))
        };
        let others: Vec<&Work<'_>> = self.works.iter().filter(same_author).collect();
        if !others.is_empty() {
            self.report_mismatch(mention, &others, out);
        }
        !others.is_empty()
    }

    /// A mention that no reference fits, and others in a text without any.
    fn report(&self, mention: &StudyMention, others: &[&StudyMention], out: &mut Sink<'_>) {
        let words = shortened(&mention.words);
        let message = match others.len() {
            0 => format!("no reference fits `{words}`"),
            1 => format!("no reference fits `{words}` and another study: none is listed"),
            more => format!("no reference fits `{words}` and {more} other studies: none is listed"),
        };
        let diagnostic = out.report_at(self.path, &mention.site, message);
        let help = match others {
            [] => "add the study to the references and cite it here, or leave it out",
            _ => "add the studies to a list of references and cite them, or leave them out",
        };
        diagnostic.label("which study is this?").help(help);
        for other in others.iter().take(MOST_SHOWN) {
            diagnostic.related_at(self.path.clone(), other.site.span, "and this?");
        }
        let same_year = |work: &&Work<'_>| {
            let known = work.known.as_ref();
            let dated = mention.named.years.is_some();
            known
                .is_some_and(|own| dated && !own.years.is_empty() && own.of_year(&mention.named, 0))
        };
        if let Some(work) = self.works.iter().find(same_year)
            && let Some(told) = work.told(&mention.named)
        {
            diagnostic.related_at(
                work.path.clone(),
                work.span,
                format!("of that year, and {told}"),
            );
        }
    }

    fn report_mismatch(&self, mention: &StudyMention, works: &[&Work<'_>], out: &mut Sink<'_>) {
        let words = shortened(&mention.words);
        let told = works[0].told(&mention.named).unwrap_or_default();
        let message = match works {
            [_] => format!("`{words}` does not fit its source, which is {told}"),
            _ => format!("`{words}` fits none of its sources"),
        };
        let diagnostic = out.report_at(self.path, &mention.site, message);
        diagnostic
            .kind("mismatch")
            .help("correct the words, or cite the study that they are about");
        for work in works.iter().take(3) {
            let told = work.told(&mention.named).unwrap_or_default();
            diagnostic.related_at(work.path.clone(), work.span, told);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn many_studies_in_a_text_without_references() {
        check(
            &RULE,
            "
# Löpning

Å: a 2019 trial of 300 runners found fewer injuries, and a 2021 trial found more.
   ^^^^^^^^^^^^ no reference fits `a 2019 trial` and 2 other studies: none is listed
                                                         ------------ and this?

Å: a 2022 review says so.
   ------------- and this?
",
        );
        check(
            &RULE,
            "
# Running

A 2019 trial of 300 runners found fewer injuries.
^^^^^^^^^^^^ no reference fits `A 2019 trial`

A 2020 trial of 300 runners found fewer injuries.
^^^^^^^^^^^^ no reference fits `A 2020 trial`

## References

1. Back Care Clinic. Running and you. Leaflet. 2018.
",
        );
    }

    #[test]
    fn a_study_that_no_entry_can_be() {
        check(
            &RULE,
            r#"
# Löpning

På svenska först. A 2019 trial of 300 runners found fewer injuries.
                  ^^^^^^^^^^^^ no reference fits `A 2019 trial`

## References

1. Back Care Clinic. Running and you. Leaflet. 2019.
   ------------------------------------------------- of that year, and a work that is no study
2. Jones B. Sleep and pain: a randomised trial. Spine 2021;3:1-9.
"#,
        );
    }

    #[test]
    fn a_source_of_another_year_or_sort() {
        check(
            &RULE,
            r#"
//- articles/a.md
# Löpning

Å: a 2019 trial found fewer injuries [@smith-2015].
   ^^^^^^^^^^^^ `a 2019 trial` does not fit its source, which is of 2015

A randomised trial published in 2021 says so [@hayden].
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `A randomised trial published in 2021` does not fit its source, which is a review

A 2021 review says so [@hayden]. A 2022 review says it too [@hayden].
//- resources/hayden.yaml
id: hayden
type: article-journal
title: Exercise for back pain, a systematic review
       ------------------------------------------- a review
issued: 2021
author: [{family: Hayden}]
//- resources/smith.bib
@article{smith-2015, title = {Strength for runners}, author = {Smith, Anna}, year = 2015}
                              -------------------- of 2015
"#,
        );
    }

    #[test]
    fn authors() {
        check(
            &RULE,
            r#"
# Pain

Smith et al. (2019) saw it. Jönsson and Lee (2020) did too. So it is (Brown, 2018), and (Miller, 2020).
                                                                      ^^^^^^^^^^^ `Brown, 2018` does not fit its source, which is of 2016
                                                                                         ^^^^^^^^^^^^ no reference fits `Miller, 2020`

Garcia and colleagues counted them.
^^^^^^^^^^^^^^^^^^^^^ no reference fits `Garcia and colleagues`

## References

- Brown C. On sleep. 2016.
  ------------------------ of 2016
- Jonsson A, Lee B. On walking. Spine 2020.
  ----------------------------------------- of that year, and of other authors
- Smith A, et al. On pain. 2019.
"#,
        );
    }

    #[test]
    fn fields_of_records() {
        check(
            &RULE,
            r#"
//- quizzes/q.yaml
title: Höfter
questions:
  - prompt: Does a 2012 trial show it?
    options: [A 2013 trial does., no]
    answer: 2
    explanation: Nej – a 2011 trial found that it eases pain.
                       ^^^^^^^^^^^^ no reference fits `a 2011 trial`
    sources: [smith]
//- resources/smith.yaml
id: smith
type: article-journal
title: A randomised trial of walking
issued: 2014
"#,
        );
    }

    #[test]
    fn journals() {
        check(
            &RULE,
            r#"
# Pain

A study published in the Journal of Back Medicine found it.
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no reference fits `study published in the Journal of Back Medicine`

A study published in Spine found it. A study published in Sweden found it.

## References

1. Smith A, Jones B. On pain and what follows from it. Spine 2019;3:1-9.
"#,
        );
    }

    #[test]
    fn what_a_reference_may_be() {
        silent(
            &RULE,
            r#"
//- articles/a.md
---
sources: [hori, unknown]
---
# Pain

A 2021 review counted them. A 2015 study did not.
//- articles/b.md
# Pain

A 2020 trial eased pain.[^1] In a 2018 study, [they walked](https://example.org/x). A 2011 study (doi:10.1000/xyz)
did too. A 2012 trial found it. It had 40 runners [@smith].

A 2013 trial, cited in a later review [@hori], found it.

[^1]: Smith A, 2021.
//- articles/c.md
# Pain

A 2019 trial found it. The study was published in 2019.

## Further reading

- Jones B. A randomised trial of rest. 2019.
//- articles/d.md
# Pain

The 2009 survey asked 40 people. The 2024 review date is in May. In 2019 the clinic began a study. A 2019
guideline says so. Researchers at Uppsala found it. London (2012) was wet. WHO (2020) says so. It is (NICE, 2016).

> A 2019 trial found it.

Den här studien (Svensson, 2019) är svensk.
//- articles/f.md
# Pain

A trial in 2000 adults found it. Hori and Lee (2021) counted them. The Ministry of Health and Welfare (2019) says so.
In Sweden and Norway (2018) it rained.

## References

1. Jones B. On sleep and what follows from it. Spine 2011;3:1-9.
//- articles/e.md
---
inLanguage: sv
---
A 2019 trial found it.
//- resources/hori.yaml
id: hori
type: article-journal
title: A systematic review
author: [{family: Hori}]
issued: 2021
//- resources/smith.yaml
id: smith
type: article-journal
title: On walking
issued: 2013
"#,
        );
    }
}
