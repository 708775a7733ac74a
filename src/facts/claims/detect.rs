//! Does a sentence need a source? [`judge`] decides from its words and a little context, and says why.
//!
//! The decision is arithmetic: every cue family of `super::cues` that is present adds its weight, in
//! hundredths, once. The sum is the score; [`Band`] names its height. The kind of claim is the kind with the
//! largest sum of weights. Nothing is random or learnt at run time, so the same sentence gets the same answer
//! on every platform, and [`Judgement::cues`] is the whole arithmetic.
//!
//! How editors label the need:
//!
//! - *must*: statistics, treatment effects, cause and effect about disease, pain or risk (hedged or not),
//!   appeals to research, comparisons, prevalence, quotations, claims for products, value of a test;
//! - *should*: textbook anatomy and physiology, definitions, mechanisms, common recommendations;
//! - *no*: instructions, headings, transitions, questions, opinions in the first person, calls to action,
//!   navigation, quiz options, stories about a person.
//!
//! Left to others: finding sentences, finding citations, and taking citation markers out of the sentence
//! before it comes here.

mod combine;
mod forget;
mod need;
mod place;
mod weigh;

use super::cues::Family;
use super::form;
use super::scan::{Hit, Scan, scan};
use crate::lexicon::{self, Concept};
use combine::combine;
use forget::{
    forget_a_lifetime_of, forget_effects_of_none, forget_names_of_parts,
    forget_shares_of_prices_and_marks, forget_what_nothing_replaces, forget_words_spoken_of,
};
use place::add_form;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use weigh::weigh;

/// What a claim is about. The order breaks ties: the first kind wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ClaimKind {
    /// Appeals to research without naming it: "studies show".
    Evidence,
    /// A number about people, bodies or results.
    Statistic,
    /// A named product or class of products is said to help.
    Product,
    /// Something works, is safe, prevents or harms; also what a test can show.
    Therapeutic,
    /// Cause, risk, association.
    Causal,
    /// Ranks or compares.
    Comparative,
    /// How common something is.
    Prevalence,
    /// A person or body says it.
    Attribution,
    /// When something was first, found, approved.
    Historical,
    /// What something is: definitions, anatomy, mechanisms.
    Definition,
    /// Advice that rests on a claim: a recommended amount.
    Recommendation,
}

impl ClaimKind {
    pub const ALL: [Self; 11] = [
        Self::Evidence,
        Self::Statistic,
        Self::Product,
        Self::Therapeutic,
        Self::Causal,
        Self::Comparative,
        Self::Prevalence,
        Self::Attribution,
        Self::Historical,
        Self::Definition,
        Self::Recommendation,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Evidence => "evidence",
            Self::Statistic => "statistic",
            Self::Product => "product",
            Self::Therapeutic => "therapeutic",
            Self::Causal => "causal",
            Self::Comparative => "comparative",
            Self::Prevalence => "prevalence",
            Self::Attribution => "attribution",
            Self::Historical => "historical",
            Self::Definition => "definition",
            Self::Recommendation => "recommendation",
        }
    }
}

/// Whether an editor would ask for a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Need {
    No,
    Should,
    Must,
}

/// How high the score is. Not a probability.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Band {
    /// Below 1.5.
    Low,
    /// From 1.5: on journal text a sentence is about as likely cited as not, in plain exercise text mostly a claim.
    Medium,
    /// From 3.0: even on journal text mostly cited.
    High,
}

impl Band {
    /// The band of a score in hundredths.
    pub const fn of(score: i32) -> Self {
        match score {
            ..150 => Self::Low,
            150..300 => Self::Medium,
            300.. => Self::High,
        }
    }
}

/// One reason in the sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// Plain words for the reason: "percentage", "appeal to research".
    pub name: &'static str,
    /// Hundredths; negative speaks against a claim.
    pub weight: i32,
    /// Bytes of the sentence; the whole sentence where no words carry the reason.
    pub range: Range<usize>,
}

/// Where the sentence stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Element {
    #[default]
    Paragraph,
    ListItem,
    TableCell,
    Quote,
    Heading,
    Field,
}

/// What the text is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Role {
    /// Running text of an article or section.
    #[default]
    Body,
    /// Explanation, feedback or rationale of a question.
    Explanation,
    /// A step or cue of an exercise.
    Instruction,
    /// A choice of a question; may be false on purpose.
    Option,
    /// The prompt of a question.
    Prompt,
    /// Description, summary or goal.
    Description,
    /// Safety note, precaution, contraindication.
    Safety,
    /// Listed by the author as a claim.
    Declared,
}

/// What is known about the place of a sentence. `Context::default()` is a lone sentence of body text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    pub element: Element,
    pub role: Role,
    /// The nearest heading above.
    pub heading: Option<&'a str>,
    /// The sentences before and after in the same block.
    pub previous: Option<&'a str>,
    pub next: Option<&'a str>,
    /// The sentence that opens the list this item belongs to.
    pub lead_in: Option<&'a str>,
    /// The caller knows that the block tells a story about a person.
    pub scenario: bool,
    /// The sentence has code in it.
    pub code: bool,
    /// The text reports a study of its authors: its results are their own.
    pub own_report: bool,
    /// The text tells what its writers did in a year or a project.
    pub own_work: bool,
}

/// The answer and its reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// `None` when nothing in the sentence speaks for a claim.
    pub kind: Option<ClaimKind>,
    /// Sum of the cues' weights, hundredths.
    pub score: i32,
    pub band: Band,
    pub need: Need,
    /// In the order of `super::cues::FAMILIES`; their weights sum to the score.
    pub cues: Vec<Cue>,
    /// The words to underline: the number, the appeal, else the strongest cue with the words that complete it,
    /// else the sentence.
    pub focus: Range<usize>,
    /// The form is hard: a percentage, N in M, a ratio or rate; an evidence noun with a report verb, "clinically
    /// proven"; a treatment, its effect and an outcome. Stricter than [`Need::Must`]: what fails a run asks for it.
    pub firm: bool,
}

/// Decides whether `sentence` needs a source. Citation markers must already be masked.
///
/// Of text longer than [`MAX_BYTES`], which is no sentence, only the beginning is read.
pub fn judge(sentence: &str, context: &Context<'_>) -> Judgement {
    let sentence = beginning(sentence);
    let whole = 0..sentence.len();
    if context.role == Role::Option {
        return silent(Family::Choice, whole);
    }
    if context.element == Element::Heading {
        return silent(Family::Heading, whole);
    }
    if form::is_question(sentence) {
        return silent(Family::Question, whole);
    }
    if context.role == Role::Safety && (restricts(sentence) || names_a_condition(sentence)) {
        return silent(Family::Condition, whole);
    }
    if is_note(sentence) {
        return silent(Family::Condition, whole);
    }
    if context.element == Element::ListItem && names_a_topic(sentence) {
        return silent(Family::Question, whole);
    }
    if context.element == Element::ListItem
        && context.heading.is_some_and(|own| stands_for_items(own, sentence))
    {
        return silent(Family::Condition, whole);
    }
    if context.lead_in.is_some_and(form::asks_to_check) && !sentence.contains('%') {
        return silent(Family::Condition, whole);
    }
    let mut found = scan(sentence);
    forget_words_spoken_of(sentence, &mut found);
    forget_effects_of_none(sentence, &mut found);
    forget_what_nothing_replaces(sentence, &mut found);
    forget_names_of_parts(sentence, &mut found);
    forget_shares_of_prices_and_marks(sentence, &mut found);
    forget_a_lifetime_of(sentence, &mut found);
    if context.lead_in.is_some_and(claims_with_items) {
        found.add(Family::LeadIn, whole.clone());
    } else if let Some(verb) = form::imperative(sentence, &found)
        && !counts_people_behind(sentence, verb.end, &found)
        && !tells_effect_behind(sentence, verb.end, &found)
        && !changes_risk(sentence, &found)
    {
        found.add(Family::Imperative, verb);
    }
    combine(sentence, &mut found);
    add_form(sentence, context, &mut found);
    let judgement = weigh(sentence, context, &found);
    match judgement.need {
        Need::No => judgement,
        Need::Should | Need::Must if context.role == Role::Declared => judgement,
        Need::Should | Need::Must => unless_denied(sentence, context, judgement),
    }
}

/// What a sentence calls a myth or leaves open is not claimed in it. What is denied of a medicine or of safety may
/// be a claim all the same: "It is a myth that vaccines are safe".
fn unless_denied(sentence: &str, context: &Context<'_>, judgement: Judgement) -> Judgement {
    let focus = &judgement.focus;
    let start = if *focus == (0..sentence.len()) { None } else { Some(focus.start) };
    match form::denied(sentence, context.next, start) {
        Some(form::Denied::Safety) => Judgement { firm: false, ..judgement },
        Some(form::Denied::Other) => silent(Family::Condition, 0..sentence.len()),
        None => judgement,
    }
}

/// "Use it: 9 out of 10 users feel less pain" tells nobody what to do behind its colon.
fn counts_people_behind(sentence: &str, from: usize, found: &Scan) -> bool {
    const MAX_LEAD: usize = 40;
    let window = sentence.floor_char_boundary(from + MAX_LEAD).max(from);
    let Some(colon) = sentence[from..window].find(": ").map(|at| from + at) else { return false };
    let start = sentence.len() - sentence[colon + 1..].trim_start().len();
    let mut shares = [Family::Ratio, Family::Percent].into_iter().flat_map(|own| found.all(own));
    shares.any(|share| {
        let behind = &sentence[share.end..];
        let lead = behind.len() - behind.trim_start().trim_start_matches("of ").len();
        let is_of = |people: Hit| people.start == share.end + lead;
        share.start == start && found.all(Family::Population).any(is_of)
    })
}

/// "Stand up often: it lowers blood sugar by 17%" says behind its colon what that does.
fn tells_effect_behind(sentence: &str, from: usize, found: &Scan) -> bool {
    use Family as F;
    let shares = || found.all(F::Percent).filter(|share| share.start > from);
    let Some(share) = shares().next() else { return false };
    let before = &sentence[from..share.start];
    let Some(at) = [": ", "; "].iter().filter_map(|sign| before.rfind(sign)).max() else {
        return false;
    };
    let behind = |hit: Hit| hit.start > from + at;
    let has = |families: &[Family]| families.iter().any(|family| found.all(*family).any(behind));
    let rest = sentence[from + at + 1..].trim_start();
    has(&[F::Change, F::Degree, F::Risk])
        && has(&[F::HealthTopic, F::Anatomy, F::Medical, F::Population])
        && form::imperative(rest, &scan(rest)).is_none()
}

/// "Move often to cut your risk of pain by 40%": no dose is a share of a risk.
fn changes_risk(sentence: &str, found: &Scan) -> bool {
    let is_by = |share: Hit| {
        let before = sentence[..share.start].trim_end();
        let before = ["about", "around", "nearly", "up to", "over", "almost", "more than"]
            .iter()
            .find_map(|word| before.strip_suffix(word))
            .unwrap_or(before);
        before.trim_end().ends_with(" by")
            && found.all(Family::Risk).any(|risk| risk.start < share.start)
    };
    found.all(Family::Percent).any(is_by)
}

/// Longest text that is read as one sentence.
pub const MAX_BYTES: usize = 4096;

fn beginning(text: &str) -> &str {
    let mut end = text.len().min(MAX_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// "Not recommended after surgery.": for whom something is not, which no source has to show.
fn restricts(sentence: &str) -> bool {
    let opening = sentence.trim_start().get(.."not ".len());
    opening.is_some_and(|word| word.eq_ignore_ascii_case("not ")) && !sentence.contains('%')
}

/// "A fracture that has not healed.": a condition, of which nothing is said.
fn names_a_condition(sentence: &str) -> bool {
    const VERBS: &[&str] = &["has ", "have ", "is ", "are ", "was ", "were "];
    const MAX_WORDS: usize = 6;
    let opens = ["A ", "An ", "Any "].iter().any(|own| sentence.starts_with(own));
    let relative = || [" that ", " which "].iter().find_map(|own| sentence.split_once(own));
    opens.then(relative).flatten().is_some_and(|(_, clause)| {
        VERBS.iter().any(|verb| clause.starts_with(verb))
            && clause.split_whitespace().nth(MAX_WORDS).is_none()
            && !clause.contains([',', ';', ':', '%'])
    })
}

/// "how signals travel to the brain": an item of a list of topics.
fn names_a_topic(sentence: &str) -> bool {
    ["how ", "why ", "whether "].iter().any(|own| sentence.starts_with(own))
        && !sentence.contains('%')
}

/// "Reduce the pain within 4 weeks" below "Goals:", "Pain that wakes you" below "Red flags": what is wished for, and
/// signs to look for.
fn stands_for_items(heading: &str, item: &str) -> bool {
    const AIMS: &[&str] = &["goals", "objectives", "aims", "learning outcomes"];
    const MOST_WORDS: usize = 3;
    if item.contains('%') {
        return false;
    }
    let heading = heading.trim_end_matches([':', ' ']).to_lowercase();
    let heading = heading.trim_start_matches(|c: char| !c.is_alphabetic());
    // "Setting goals" tells how.
    let first = heading.split(' ').next().unwrap_or("");
    let is_short = heading.split_whitespace().nth(MOST_WORDS).is_none();
    let names_aims = AIMS.iter().filter_map(|own| heading.strip_suffix(own)).any(|before| {
        (before.is_empty() || before.ends_with(' '))
            && (first == "learning" || !first.ends_with("ing"))
    });
    let signs = ["red flag", "warning sign", "danger sign"].iter().any(|own| heading.contains(own));
    let names_one = [" that ", " which "].iter().any(|own| item.contains(own))
        || ["Sign of ", "Signs of ", "Symptoms of "].iter().any(|own| item.starts_with(own));
    is_short && names_aims || signs && names_one && !item.ends_with('.')
}

/// "Dose: 10 times a day", "When to stop: groin pain that gets worse": a note under its label.
fn is_note(sentence: &str) -> bool {
    const MAX_LABEL_BYTES: usize = 30;
    let Some(colon) = memchr::memchr(b':', sentence.as_bytes()) else { return false };
    let labels = [
        Concept::Dosage,
        Concept::StopIf,
        Concept::Safety,
        Concept::Contraindications,
        Concept::RedFlags,
        Concept::Equipment,
    ];
    colon <= MAX_LABEL_BYTES
        && !sentence.contains('%')
        && lexicon::concept_of(&sentence[..colon]).is_some_and(|own| labels.contains(&own))
}

/// Whether a sentence before a list leaves its claim to the items: "Exercise can help you to:".
fn claims_with_items(lead_in: &str) -> bool {
    let found = scan(lead_in);
    let Some(opening) = lead_in.trim_end().strip_suffix(':') else { return false };
    // "Strength training can:"
    let able = ["can", "could", "may", "might", "will"]
        .iter()
        .any(|modal| opening.strip_suffix(modal).is_some_and(|rest| rest.ends_with(' ')));
    let treats = able && (found.has(Family::Intervention) || found.has(Family::Therapy));
    form::imperative(lead_in, &found).is_none()
        && (treats
            || [
                Family::Effective,
                Family::Cause,
                Family::Change,
                Family::Association,
                Family::Risk,
                Family::Harm,
            ]
            .into_iter()
            .any(|family| found.has(family)))
}

/// A judgement for text that asserts nothing.
fn silent(family: Family, range: Range<usize>) -> Judgement {
    let info = family.info();
    Judgement {
        kind: None,
        score: info.weight,
        band: Band::Low,
        need: Need::No,
        cues: vec![Cue { name: info.name, weight: info.weight, range: range.clone() }],
        focus: range,
        firm: false,
    }
}

#[cfg(test)]
mod tests;
