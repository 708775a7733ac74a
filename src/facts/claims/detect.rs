//! Does a sentence need a source? [`judge`] decides from its words and a little context, and says why.
//!
//! The decision is arithmetic: every cue family of [`super::cues`] that is present adds its weight, in
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

use aho_corasick::AhoCorasick;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::LazyLock;

use crate::lexicon::{self, Concept};

use super::cues::Family;
use super::firm;
use super::form;
use super::scan::{Hit, Scan, scan};

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
    /// In the order of [`super::cues::FAMILIES`]; their weights sum to the score.
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
    if context.role == Role::Safety && restricts(sentence) {
        return silent(Family::Condition, whole);
    }
    if is_note(sentence) {
        return silent(Family::Condition, whole);
    }
    if context.lead_in.is_some_and(form::asks_to_check) && !sentence.contains('%') {
        return silent(Family::Condition, whole);
    }
    let mut found = scan(sentence);
    forget_words_spoken_of(sentence, &mut found);
    forget_effects_of_none(sentence, &mut found);
    if context.lead_in.is_some_and(claims_with_items) {
        found.add(Family::LeadIn, whole.clone());
    } else if let Some(verb) = form::imperative(sentence, &found)
        && !counts_people_behind(sentence, verb.end, &found)
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

/// `such as "clinically proven"`: a short quotation inside a sentence is spoken of, and appeals to nobody.
fn forget_words_spoken_of(sentence: &str, found: &mut Scan) {
    const MAX_WORDS: usize = 4;
    const APPEALS: &[Family] = &[
        Family::Appeal,
        Family::EvidenceNoun,
        Family::ExpertNoun,
        Family::ReportVerb,
        Family::Shown,
    ];
    if !APPEALS.iter().any(|family| found.has(*family)) {
        return;
    }
    let mut quoted: Vec<Range<usize>> = Vec::new();
    for (open, close) in [('"', '"'), ('\u{201c}', '\u{201d}')] {
        let mut at = 0;
        while let Some(start) = sentence[at..].find(open).map(|start| at + start + open.len_utf8())
            && let Some(end) = sentence[start..].find(close).map(|end| start + end)
        {
            at = end + close.len_utf8();
            let is_short = sentence[start..end].split_whitespace().nth(MAX_WORDS).is_none();
            let is_part = sentence[..start].contains(char::is_alphanumeric)
                || sentence[end..].contains(char::is_alphanumeric);
            if is_short && is_part {
                quoted.push(start..end);
            }
        }
    }
    let is_quoted =
        |hit: Hit| quoted.iter().any(|own| own.start <= hit.start && hit.end <= own.end);
    if !quoted.is_empty() {
        found.retain(|hit| !APPEALS.contains(&hit.family) || !is_quoted(hit));
    }
}

/// "There is no exercise that cures": what no treatment does is said of none.
fn forget_effects_of_none(sentence: &str, found: &mut Scan) {
    const EFFECTS: &[Family] = &[Family::Effective, Family::Change, Family::Harm, Family::Cause];
    // "There is no doubt that it cures".
    const ABSTRACT: &[&str] = &[
        "denying", "dispute", "doubt", "evidence", "need", "proof", "question", "reason",
        "research", "sign", "way",
    ];
    const OPENINGS: &[&str] =
        &["There is no ", "There are no ", "There's no ", "There\u{2019}s no "];
    if !sentence.starts_with("There") {
        return;
    }
    let Some(rest) = OPENINGS.iter().find_map(|own| sentence.strip_prefix(own)) else { return };
    if ["cure for ", "known cure ", "quick fix", "treatment that "]
        .iter()
        .any(|own| rest.starts_with(own))
    {
        found.retain(|hit| hit.family != Family::Effective);
    }
    let start = sentence.len() - rest.len();
    let end = rest.find([',', ';', ':', '(']).map_or(sentence.len(), |length| start + length);
    let that = [" that ", " which "].iter().filter_map(|own| sentence[start..end].find(own)).min();
    let Some(that) = that.map(|length| start + length) else { return };
    let noun = sentence[start..that].split_whitespace().next_back().unwrap_or("");
    if !ABSTRACT.contains(&noun) {
        found.retain(|hit| !EFFECTS.contains(&hit.family) || !(that..end).contains(&hit.start));
    }
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

/// Cues that are made of others: "studies" before "show", a treatment before an effect before an outcome.
fn combine(sentence: &str, found: &mut Scan) {
    if is_muscle_at_work(sentence, found) {
        found.remove(Family::Effective);
    }
    let own = found.has(Family::OwnStudy);
    let guarded = found.has(Family::StudyGuard);
    if !own && !guarded {
        if let Some((noun, verb)) = found.pair(Family::EvidenceNoun, Family::ReportVerb, 32) {
            found.add(Family::Appeal, noun.start..verb.end);
        }
        if let Some((noun, verb)) = found.pair(Family::ExpertNoun, Family::ReportVerb, 24) {
            found.add(Family::Appeal, noun.start..verb.end);
        }
    }
    for group in [Family::Population, Family::Case] {
        if let Some((who, group)) = found.pair(Family::Quantity, group, 28) {
            found.add(Family::PeopleQuantity, who.start..group.end);
            break;
        }
    }
    rounded_number(found);
    if found.has(Family::Outcome) {
        if let Some((cause, outcome)) = found.pair(Family::Cause, Family::Outcome, 60) {
            found.add(Family::HealthCause, cause.start..outcome.end);
        } else if let Some((_, cause)) = found.pair(Family::Outcome, Family::Cause, 70) {
            found.add(Family::HealthCause, cause.range());
        }
    }
    if let (Some(change), Some(_)) = (found.first(Family::Change), found.first(Family::Risk)) {
        found.add(Family::RiskChange, change.range());
    }
    treatment_effect(found);
    product_effect(sentence, found);
    if let Some((modal, number)) = found.pair(Family::Should, Family::Dose, 80)
        && ["hour", "minute", "day", "week"]
            .iter()
            .any(|unit| sentence[number.range()].contains(unit))
    {
        found.add(Family::Advice, modal.start..number.end);
    }
    if (found.has(Family::Says) || found.has(Family::AccordingTo))
        && let Some((open, close)) = quotation(sentence)
    {
        found.add(Family::Quote, open..close);
    }
}

/// "The soleus works hardest here": a part of the body does its work, and no treatment is spoken of.
fn is_muscle_at_work(sentence: &str, found: &Scan) -> bool {
    // Names of muscles that no cue has.
    #[rustfmt::skip]
    const MUSCLES: &[&str] = &[
        "abductors", "abs", "adductors", "brachii", "delts", "diaphragm", "dorsi", "extensors", "femoris", "flexors",
        "gastrocnemius", "lateralis", "lats", "maximus", "medialis", "medius", "minimus", "multifidus", "oblique",
        "obliques", "pecs", "pectorals", "quads", "rhomboids", "serratus", "soleus", "spinae", "tibialis", "traps",
    ];
    // Room for the second name of a muscle, or for an adverb.
    const NEAR: usize = 14;
    let is_muscle = |before: &str| {
        let last = before.split_whitespace().next_back().unwrap_or("");
        let is_named = MUSCLES.iter().any(|name| name.eq_ignore_ascii_case(last));
        let near = |part: Hit| {
            let between = before.get(part.end..);
            between.is_some_and(|own| own.len() <= NEAR && !own.contains([',', ';', ':', '(']))
        };
        is_named || found.all(Family::Anatomy).any(near)
    };
    let works = |hit: Hit| {
        let is_work = sentence.get(hit.start..hit.start + 4).is_some_and(|own| own == "work");
        let is_for = sentence[hit.end..].trim_start().starts_with("for ");
        is_work && !is_for && is_muscle(&sentence[..hit.start])
    };
    let treats = [Family::Intervention, Family::Therapy, Family::Product, Family::Outcome];
    found.has(Family::Effective)
        && !treats.into_iter().any(|family| found.has(family))
        && found.all(Family::Effective).all(works)
}

/// "about 40%", "nearly half of": a rounding word right before a number that is no dose.
fn rounded_number(found: &mut Scan) {
    if !found.has(Family::Roughly) {
        return;
    }
    for number in [
        Family::Percent,
        Family::BigNumber,
        Family::Fold,
        Family::Ratio,
        Family::Range,
        Family::Digit,
        Family::Recovery,
    ] {
        if let Some((word, number)) = found.pair(Family::Roughly, number, 2) {
            return found.add(Family::Approximate, word.start..number.end);
        }
    }
}

/// A treatment, then what it does, in a sentence that names a health outcome.
fn treatment_effect(found: &mut Scan) {
    for effect in [Family::Effective, Family::Change, Family::Harm, Family::Cause] {
        let gap = if found.has(Family::Outcome) { 70 } else { 24 };
        let Some((_, verb)) = found.pair(Family::Intervention, effect, gap) else {
            continue;
        };
        let outcome = found
            .all(Family::Outcome)
            .filter(|hit| hit.start != verb.start)
            .min_by_key(|hit| hit.start);
        if let Some(outcome) = outcome {
            let end = if outcome.start > verb.start { outcome.end } else { verb.end };
            return found.add(Family::TreatmentEffect, verb.start..end);
        }
        if effect != Family::Cause {
            found.add(Family::TreatmentVerb, verb.range());
        }
    }
}

fn product_effect(sentence: &str, found: &mut Scan) {
    let marked = !sentence.is_ascii() && sentence.contains(['\u{2122}', '\u{ae}']);
    if (!found.has(Family::Product) && !marked) || found.has(Family::Imperative) {
        return;
    }
    for effect in [Family::Effective, Family::Change, Family::Appeal] {
        if let Some((product, verb)) = found.pair(Family::Product, effect, 80) {
            return found.add(Family::ProductEffect, product.start..verb.end);
        }
        if let (true, Some(verb)) = (marked, found.first(effect)) {
            return found.add(Family::ProductEffect, verb.range());
        }
    }
}

/// The bytes of the first quotation of at least twelve characters, quotes included.
fn quotation(sentence: &str) -> Option<(usize, usize)> {
    for (open, close) in [('"', '"'), ('\u{201c}', '\u{201d}')] {
        let Some(start) = sentence.find(open) else {
            continue;
        };
        let inner = start + open.len_utf8();
        if let Some(length) = sentence[inner..].find(close)
            && length >= 12
        {
            return Some((start, inner + length + close.len_utf8()));
        }
    }
    None
}

/// Cues of form and place.
fn add_form(sentence: &str, context: &Context<'_>, found: &mut Scan) {
    let whole = 0..sentence.len();
    let trimmed = sentence.trim_end();
    let count = found.words.len();
    if context.role == Role::Instruction {
        found.add(Family::Step, whole.clone());
    }
    if context.code {
        found.add(Family::Code, whole.clone());
    }
    if form::speaks_of_studies(sentence, context.previous, found) {
        found.add(Family::General, whole.clone());
    }
    if trimmed.ends_with(':') {
        found.add(Family::Label, trimmed.len() - 1..trimmed.len());
    }
    if trimmed.ends_with('!') {
        found.add(Family::Exclamation, trimmed.len() - 1..trimmed.len());
    }
    let neighbours = [context.previous, context.next, context.heading];
    // Neighbours are read only where the answer can matter.
    let speaks = found.families().any(|info| info.kind.is_some() && info.weight > 0);
    if !about_health(sentence, found)
        && (!speaks
            || !neighbours.into_iter().flatten().any(|text| about_health(text, &scan(text))))
    {
        found.add(Family::OffTopic, whole.clone());
    }
    if form::opens_with_question_word(sentence) {
        found.add(Family::OpensHow, whole.clone());
    }
    let continues = found.has(Family::LeadIn);
    if !continues && form::lacks_verb(sentence, found) {
        found.add(Family::NoVerb, whole.clone());
    }
    // "Vaccines cause autism." is all there is to say.
    let is_whole = found.has(Family::HealthCause) || found.has(Family::TreatmentEffect);
    match count {
        ..10 if continues => {}
        3 if is_whole => found.add(Family::Short, whole.clone()),
        ..4 => found.add(Family::Tiny, whole.clone()),
        4..10 => found.add(Family::Short, whole.clone()),
        10..25 => {}
        25..35 => found.add(Family::Long, whole.clone()),
        35.. => {
            found.add(Family::Long, whole.clone());
            found.add(Family::VeryLong, whole.clone());
        }
    }
    medical_terms(found, whole.clone());
    let told = context.scenario
        || form::names_a_person(sentence)
        || (form::opens_with_person(sentence)
            && context.previous.is_some_and(|before| {
                form::names_a_person(before) || form::opens_with_person(before)
            }));
    if told {
        found.add(Family::Scenario, whole.clone());
    }
    if let Some(heading) = context.heading {
        add_section(heading, whole, found);
    }
}

/// Whether the sentence names anything of health, body, treatment or people.
fn about_health(sentence: &str, found: &Scan) -> bool {
    use Family as F;
    // "falls back", "the function body".
    const TWO_MEANINGS: &[&str] =
        &["back", "body", "capsule", "core", "disc", "disk", "receptors", "socket"];
    let part = found.all(F::Anatomy).any(|hit| {
        !TWO_MEANINGS.iter().any(|word| word.eq_ignore_ascii_case(&sentence[hit.range()]))
            || before(sentence, hit.start, &["your", "my", "lower", "upper", "low", "the human"])
    });
    part || [
        F::Medical,
        F::HealthTopic,
        F::Intervention,
        F::Therapy,
        F::Population,
        F::Case,
        F::Product,
    ]
    .into_iter()
    .any(|family| found.has(family))
}

fn medical_terms(found: &mut Scan, whole: Range<usize>) {
    let mut terms = 0;
    let mut end = 0;
    for hit in found.all(Family::Medical) {
        if terms == 0 || hit.start >= end {
            terms += 1;
            end = hit.end;
        }
    }
    if terms >= 2 {
        found.add(Family::Medical2, whole.clone());
    }
    if terms >= 4 {
        found.add(Family::Medical4, whole);
    }
}

fn add_section(heading: &str, whole: Range<usize>, found: &mut Scan) {
    const OWN: usize = 9;
    static WORDS: LazyLock<AhoCorasick> = LazyLock::new(|| {
        let own: [_; OWN] = [
            "method",
            "result",
            "conclusion",
            "implication",
            "purpose",
            "objective",
            "limitation",
            "acknowledg",
            "recommendation",
        ];
        let background = ["introduction", "background", "evidence", "what the research"];
        AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(own.iter().chain(&background))
            .expect("a handful of words")
    });
    let words = || WORDS.find_overlapping_iter(heading);
    if words().any(|word| word.pattern().as_usize() < OWN) {
        found.add(Family::SectionOwn, whole);
    } else if words().next().is_some() {
        found.add(Family::SectionBackground, whole);
    }
}

/// Sums the families that are present.
fn weigh(sentence: &str, context: &Context<'_>, found: &Scan) -> Judgement {
    let instruction = [Family::Imperative, Family::Step, Family::InstructionText]
        .into_iter()
        .any(|family| found.has(family));
    let mut score = 0;
    let mut cues = Vec::with_capacity(16);
    let mut sums = [0; ClaimKind::ALL.len()];
    for info in found.families().filter(|info| info.weight != 0) {
        // A number in an instruction is a dose.
        if instruction
            && matches!(
                info.family,
                Family::Digit | Family::Range | Family::PerTime | Family::Recovery
            )
        {
            continue;
        }
        // What studies can show is no appeal to one.
        let appeals =
            [Family::Appeal, Family::Study, Family::Found, Family::Diagnosis, Family::Known];
        if found.has(Family::General) && appeals.contains(&info.family) {
            continue;
        }
        // History is told in the past tense.
        if info.family == Family::Past && (found.has(Family::Year) || found.has(Family::History)) {
            continue;
        }
        let Some(hit) = occurrence(sentence, info.family, found) else {
            continue;
        };
        score += info.weight;
        if let Some(kind) = info.kind {
            sums[kind as usize] += info.weight;
        }
        cues.push(Cue { name: info.name, weight: info.weight, range: hit });
    }
    let mut kind = kind(found, &sums);
    let need = need(sentence, kind, score, &sums, found, context);
    // A hard number is looked for first, whatever it is a number of.
    let of_something =
        [ClaimKind::Therapeutic, ClaimKind::Causal, ClaimKind::Comparative, ClaimKind::Prevalence];
    if need == Need::Must
        && kind.is_some_and(|own| of_something.contains(&own))
        && firm::is_firm(ClaimKind::Statistic, sentence, context, found)
    {
        kind = Some(ClaimKind::Statistic);
    } else if need == Need::Must
        && kind.is_some_and(|own| of_something.contains(&own))
        && [Family::Appeal, Family::Shown].into_iter().any(|family| found.has(family))
        && firm::is_firm(ClaimKind::Evidence, sentence, context, found)
    {
        // Then who is said to have shown it.
        kind = Some(ClaimKind::Evidence);
    }
    // Most sentences are no claims, and nobody looks at their words.
    let (focus, firm) = match kind {
        Some(kind) if need != Need::No => (
            focus(sentence, kind, found),
            need == Need::Must && firm::is_firm(kind, sentence, context, found),
        ),
        Some(_) | None => (0..sentence.len(), false),
    };
    Judgement { kind, score, band: Band::of(score), need, cues, focus, firm }
}

/// The kind with the largest sum; a product that helps is always a claim for the product.
fn kind(found: &Scan, sums: &[i32; ClaimKind::ALL.len()]) -> Option<ClaimKind> {
    if found.has(Family::ProductEffect) {
        return Some(ClaimKind::Product);
    }
    let rank = |kind: ClaimKind| {
        let sum = sums[kind as usize];
        // "often" and "rarely" alone colour a statement about something else.
        let counted = found.has(Family::PeopleQuantity)
            || found.has(Family::Affects)
            || found.has(Family::Population);
        if kind == ClaimKind::Prevalence && !counted { sum / 2 } else { sum }
    };
    let first = ClaimKind::ALL
        .into_iter()
        .filter(|kind| sums[*kind as usize] > 0)
        .max_by_key(|kind| (rank(*kind), std::cmp::Reverse(*kind)));
    match first {
        Some(ClaimKind::Therapeutic) if only_causes(found) => Some(ClaimKind::Causal),
        first => first,
    }
}

/// "Sitting causes back pain": nothing is said to help, prevent or harm otherwise.
fn only_causes(found: &Scan) -> bool {
    let others = [Family::Effective, Family::Harm, Family::Change, Family::Diagnosis];
    found.has(Family::TreatmentEffect)
        && found.has(Family::Cause)
        && !others.into_iter().any(|family| found.has(family))
}

/// Where the family is met; `None` when every hit turns out to be something else.
pub(super) fn occurrence(sentence: &str, family: Family, found: &Scan) -> Option<Range<usize>> {
    let hit = match family {
        // The pronoun, not `i.e.` or `type I`.
        Family::FirstPerson => found.all(family).find(|hit| {
            let text = &sentence[hit.range()];
            text != "i"
                && !(text == "I"
                    && before(sentence, hit.start, &["type", "class", "grade", "phase"]))
        }),
        // "how often" asks; it does not count.
        Family::Frequency => {
            found.all(family).find(|hit| !before(sentence, hit.start, &["how", "as", "too", "so"]))
        }
        // "a result from", "the result of": a noun.
        Family::Cause => found.all(family).find(|hit| {
            !(sentence[hit.range()].to_ascii_lowercase().starts_with("result ")
                && before(sentence, hit.start, &["a", "the", "one", "this"]))
        }),
        // "us", not "US".
        Family::We => found
            .all(family)
            .find(|hit| &sentence[hit.range()] != "US" && !everyone(sentence, *hit)),
        // The number with its words rather than the word "percent".
        Family::Percent | Family::BigNumber | Family::Fold | Family::Ratio => {
            found.all(family).max_by_key(|hit| (hit.end - hit.start, std::cmp::Reverse(hit.start)))
        }
        // "low back pain", "three months or more", "more or less": nothing is compared.
        Family::Degree => found.all(family).find(|hit| {
            let text = &sentence[hit.range()];
            let next = sentence[hit.end..].trim_start();
            let is_place = next.starts_with("back") && text.len() <= "lower".len();
            !(is_place || next.starts_with("or less") || before(sentence, hit.start, &[" or"]))
        }),
        // "a protective experience": a noun.
        Family::Affects => found.all(family).find(|hit| {
            !sentence[hit.range()].eq_ignore_ascii_case("experience")
                || !is_noun(&sentence[..hit.start])
        }),
        Family::Than => {
            found.all(family).find(|hit| !before(sentence, hit.start, &["rather", "other"]))
        }
        _ => found.first(family),
    };
    hit.map(super::scan::Hit::range)
}

/// Whether a word behind these is a noun: an article or the like stands among the last three.
fn is_noun(before: &str) -> bool {
    const ARTICLES: &[&str] =
        &["a", "an", "the", "this", "that", "each", "every", "your", "our", "their", "my", "of"];
    let mut last = before.rsplit(' ').filter(|word| !word.is_empty()).take(3);
    last.any(|word| ARTICLES.iter().any(|own| own.eq_ignore_ascii_case(word)))
}

/// "As we age" and "our joints" speak of people, not of the authors.
fn everyone(sentence: &str, hit: super::scan::Hit) -> bool {
    const AFTER: &[&str] = &[
        "age", "sleep", "move", "grow", "get", "breathe", "sit", "stand", "walk", "exercise",
        "live", "feel", "lift", "bodies", "body", "joints", "muscles", "bones", "brain", "brains",
        "spine", "backs", "lives", "nervous", "immune",
    ];
    let next =
        sentence[hit.end..].trim_start().split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    AFTER.contains(&next)
}

fn before(sentence: &str, at: usize, words: &[&str]) -> bool {
    let left = sentence[..at].trim_end();
    words.iter().any(|word| {
        left.len() >= word.len()
            && left.is_char_boundary(left.len() - word.len())
            && left[left.len() - word.len()..].eq_ignore_ascii_case(word)
    })
}

/// From here on a sentence asserts something. Chosen, like the floors below, on the `dev` sentences.
const SHOULD_FLOOR: i32 = 10;

/// A number of people in a hard form is a claim from here on.
const COUNTED_FLOOR: i32 = 50;

/// What speaks for the kind of a claim is at least this, or it is none.
const FAINT: i32 = 11;

fn need(
    sentence: &str,
    kind: Option<ClaimKind>,
    score: i32,
    sums: &[i32; ClaimKind::ALL.len()],
    found: &Scan,
    context: &Context<'_>,
) -> Need {
    if context.role == Role::Declared {
        return Need::Must;
    }
    // A statement to judge may be false on purpose; what it gives as a fact beside the question counts.
    let given =
        [Family::Percent, Family::BigNumber, Family::Ratio, Family::Appeal, Family::PriorStudies];
    if context.role == Role::Prompt && !given.into_iter().any(|family| found.has(family)) {
        return Need::No;
    }
    // Who is told to see a doctor if the pain stays is told nothing about pain.
    let told = found.first(Family::Imperative).is_some_and(|verb| {
        found.words.first().is_some_and(|word| word.start as usize == verb.start)
    });
    let reasons = [Family::Because, Family::PeopleQuantity];
    let effect = found.has(Family::TreatmentEffect) && !found.has(Family::Frequency);
    if told && !effect && !given.into_iter().chain(reasons).any(|family| found.has(family)) {
        return Need::No;
    }
    // Without a health term only what any text must source counts.
    if found.has(Family::OffTopic) && context.lead_in.is_none() {
        let hard = [
            Family::Percent,
            Family::BigNumber,
            Family::Ratio,
            Family::Fold,
            Family::Appeal,
            Family::PriorStudies,
        ];
        let counts = hard.into_iter().any(|family| found.has(family)) || found.has(Family::Quote);
        return if counts && score >= 90 { Need::Must } else { Need::No };
    }
    let strong = ClaimKind::ALL
        .into_iter()
        .filter(|kind| {
            !matches!(
                kind,
                ClaimKind::Definition | ClaimKind::Recommendation | ClaimKind::Historical
            )
        })
        .map(|kind| sums[kind as usize])
        .max()
        .unwrap_or(0);
    let textbook = matches!(kind, None | Some(ClaimKind::Definition | ClaimKind::Recommendation));
    let must = if found.has(Family::HealthTopic) {
        strong >= 40 && score >= 90
    } else {
        strong >= 45 && score >= 110
    };
    // The number of a telephone.
    let faint = kind.is_some_and(|own| sums[own as usize] < FAINT);
    // "One in five women", however little else the sentence says.
    let counted = || {
        let share = found.has(Family::Percent) || found.has(Family::Ratio);
        let of_people = found.has(Family::Population) || found.has(Family::Case);
        let rate = found.has(Family::Percent) && found.has(Family::Rate);
        kind == Some(ClaimKind::Statistic)
            && score >= COUNTED_FLOOR
            && (share && of_people || rate)
            && firm::is_firm(ClaimKind::Statistic, sentence, context, found)
    };
    if must && !textbook || counted() {
        Need::Must
    } else if score >= SHOULD_FLOOR
        && !faint
        && !found.has(Family::General)
        && !is_idle(sentence, kind, found, context)
    {
        Need::Should
    } else {
        Need::No
    }
}

/// Whether words that otherwise ask for a source are about nothing that has one: people and what they like, a number
/// alone, a reason for what "you" did, a line of a glossary.
fn is_idle(sentence: &str, kind: Option<ClaimKind>, found: &Scan, context: &Context<'_>) -> bool {
    use Family as F;
    let any = |families: &[Family]| families.iter().any(|family| found.has(*family));
    let body = [F::HealthTopic, F::Outcome, F::Medical, F::Anatomy, F::Intervention, F::Therapy];
    match kind {
        Some(ClaimKind::Prevalence) => {
            any(&[F::PeopleQuantity]) && !any(&body) && !any(&[F::Affects, F::Improves])
        }
        Some(ClaimKind::Statistic) => !any(&[
            F::Percent,
            F::BigNumber,
            F::Fold,
            F::Ratio,
            F::PerTime,
            F::Rate,
            F::Average,
            F::Recovery,
            F::Population,
        ]),
        Some(ClaimKind::Causal) => {
            let causes = [
                F::Cause,
                F::HealthCause,
                F::Association,
                F::RiskChange,
                F::Risk,
                F::Change,
                F::SignOf,
            ];
            !any(&causes) && any(&[F::You, F::Past])
        }
        Some(ClaimKind::Historical) => sentence.starts_with('\u{a9}'),
        Some(ClaimKind::Definition) => context.heading.is_some_and(|heading| {
            let heading = heading.to_ascii_lowercase();
            ["glossary", "definitions", "terms", "abbreviations"]
                .iter()
                .any(|word| heading.contains(word))
        }),
        _ => false,
    }
}

/// The words of the heaviest cue of the kind, completed; the whole sentence where no words say it.
fn focus(sentence: &str, kind: ClaimKind, found: &Scan) -> Range<usize> {
    let hard = match kind {
        ClaimKind::Statistic => firm::hard_number(sentence, found),
        ClaimKind::Evidence => firm::hard_appeal(sentence, found),
        _ => None,
    };
    if let Some(hard) = hard {
        return hard;
    }
    let appeal = found
        .all(Family::Appeal)
        .max_by_key(|hit| (hit.end - hit.start, std::cmp::Reverse(hit.start)));
    if let (ClaimKind::Evidence, Some(appeal)) = (kind, appeal) {
        return firm::telling(sentence, kind, appeal.range(), found);
    }
    if let (ClaimKind::Causal, Some((change, risk))) =
        (kind, found.pair(Family::Change, Family::Risk, 24))
    {
        return firm::telling(sentence, kind, change.start..risk.end, found);
    }
    let cue = found
        .families()
        .filter(|info| info.kind == Some(kind) && info.weight > 0)
        .filter_map(|info| Some((info.weight, occurrence(sentence, info.family, found)?)))
        .max_by_key(|(weight, range)| (*weight, std::cmp::Reverse(range.start)));
    match cue {
        Some((weight, range)) if weight > 20 => firm::telling(sentence, kind, range, found),
        Some(_) | None => 0..sentence.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(sentence: &str) -> Judgement {
        judge(sentence, &Context::default())
    }

    fn in_role(role: Role, sentence: &str) -> Judgement {
        judge(sentence, &Context { role, ..Context::default() })
    }

    #[track_caller]
    fn claims(kind: ClaimKind, need: Need, sentences: &[&str]) {
        for sentence in sentences {
            let found = body(sentence);
            assert_eq!((found.kind, found.need), (Some(kind), need), "{sentence}: {found:?}");
        }
    }

    #[track_caller]
    fn silent(sentences: &[&str]) {
        for sentence in sentences {
            let found = body(sentence);
            assert_eq!(found.need, Need::No, "{sentence}: {found:?}");
        }
    }

    #[track_caller]
    fn focus(sentence: &str, words: &str) {
        assert_eq!(&sentence[body(sentence).focus], words, "{sentence}");
    }

    #[test]
    fn statistics() {
        claims(
            ClaimKind::Statistic,
            Need::Must,
            &[
                "80 percent of people have back pain.",
                "Roughly four in five adults had knee pain at some time.",
            ],
        );
        silent(&[
            "Hold for 30 seconds, 3 sets of 10.",
            "1. Stand up.",
            "Chapter 4 takes 10 minutes to read.",
        ]);
    }

    #[test]
    fn prevalence() {
        claims(
            ClaimKind::Prevalence,
            Need::Must,
            &["Many people with hip pain sleep badly.", "Most adults experience neck pain."],
        );
        silent(&["Do most of the exercises twice.", "Many thanks to the team."]);
    }

    #[test]
    fn causes_and_risks() {
        claims(
            ClaimKind::Causal,
            Need::Must,
            &[
                "Smoking is linked to back pain.",
                "Age and injury raise the risk of osteoarthritis.",
            ],
        );
        silent(&["Stop, because the video is over.", "What causes back pain?"]);
    }

    #[test]
    fn treatments() {
        claims(
            ClaimKind::Therapeutic,
            Need::Must,
            &[
                "Massage relieves tension in the neck.",
                "Surgery is effective for severe hip arthritis.",
            ],
        );
        silent(&["Talk to your doctor about treatment.", "Massage the calf with both hands."]);
    }

    #[test]
    fn plain_claims_are_firm() {
        for sentence in [
            "According to the research, walking is good for the back.",
            "The evidence is clear: strength training protects the joints.",
            "The literature suggests that posture has little to do with pain.",
            "A Malmö study found that standing desks burn 50 more calories a day.",
            "Studies prove that magnesium stops cramps.",
            "The risk of a fall is three times higher after a first fall.",
            "Low back pain is the leading cause of disability worldwide.",
            "You lose 1% of your muscle mass every year after 40.",
            "A lack of vitamin D affects a billion people.",
            "Walking 10,000 steps a day lowers your risk of dying early.",
            "Opioids are no better than placebo for acute back pain.",
        ] {
            assert!(body(sentence).firm, "{sentence}: {:?}", body(sentence));
        }
        for sentence in [
            "Push with 60% of your strength.",
            "Pain is a common cause of worry.",
            "The risk of a fine is higher in town.",
            "According to the research plan, the team meets weekly.",
            "There is no cause of pain that a scan can show.",
        ] {
            assert!(!body(sentence).firm, "{sentence}: {:?}", body(sentence));
        }
    }

    #[test]
    fn what_is_told_behind_a_product() {
        claims(
            ClaimKind::Statistic,
            Need::Must,
            &[
                "Use it: 9 out of 10 users feel less pain.",
                "Try the belt: 90% of users have less pain.",
            ],
        );
        silent(&[
            "Rate your pain: 3 out of 10 is mild.",
            "Do it so: 8 out of 10 repetitions slowly.",
        ]);
    }

    #[test]
    fn a_short_bare_assertion_is_enough() {
        assert_eq!(body("Running does not cause arthritis.").need, Need::Must);
        assert_eq!(body("Running may cause arthritis.").need, Need::Must);
    }

    #[test]
    fn comparisons() {
        claims(
            ClaimKind::Comparative,
            Need::Must,
            &[
                "Hip exercises work better than knee exercises.",
                "Cyclists get less knee pain compared with runners.",
            ],
        );
        silent(&["Use a chair rather than a stool.", "You are more than welcome."]);
    }

    #[test]
    fn appeals_to_research() {
        claims(
            ClaimKind::Evidence,
            Need::Must,
            &[
                "Studies show that walking eases back pain.",
                "There is good evidence that yoga is safe.",
            ],
        );
        silent(&["In our study we used a questionnaire.", "Blood studies were done on Monday."]);
    }

    #[test]
    fn attributions() {
        claims(
            ClaimKind::Attribution,
            Need::Must,
            &[
                "\u{201c}The spine is strong and made to move,\u{201d} says the surgeon.",
                "According to the guideline, \"exercise comes first for everyone\".",
            ],
        );
        silent(&["Say \"ah\".", "Sam said hello."]);
    }

    #[test]
    fn history() {
        claims(
            ClaimKind::Historical,
            Need::Should,
            &[
                "Knee replacement was first described in 1890.",
                "The first hip implants date from the last century, in 1938.",
            ],
        );
        silent(&["Copyright 2019.", "Last updated in 2020."]);
    }

    #[test]
    fn muscles_at_work_are_no_treatment() {
        for text in [
            "The soleus works here.",
            "The gluteus medius works hardest when you stand on one leg.",
            "Your psoas works well when you lift the knee.",
            "The muscle works against gravity.",
        ] {
            assert_ne!(body(text).kind, Some(ClaimKind::Therapeutic), "{text}");
        }
        for text in ["Massage of the neck works well.", "Stretching the hip works for most people."]
        {
            assert_eq!(body(text).kind, Some(ClaimKind::Therapeutic), "{text}");
        }
    }

    #[test]
    fn definitions_and_anatomy() {
        claims(
            ClaimKind::Definition,
            Need::Should,
            &["Tendons connect muscle to bone.", "The knee is a joint, also known as a hinge."],
        );
        silent(&["Bones and joints", "The knee:"]);
    }

    #[test]
    fn recommendations() {
        claims(
            ClaimKind::Recommendation,
            Need::Should,
            &[
                "You should aim for at least 7 hours of sleep each night.",
                "Adults should walk for 30 minutes on five days of the week.",
            ],
        );
        silent(&["You should hold this for 30 seconds.", "You should see the blue button."]);
    }

    #[test]
    fn products() {
        claims(
            ClaimKind::Product,
            Need::Must,
            &["Our belt relieves back pain.", "This cushion corrects your posture while you sit."],
        );
        silent(&["Use a cushion under the knee.", "The belt comes in four sizes."]);
    }

    #[test]
    fn the_focus_is_the_number_or_the_appeal() {
        focus("About 80 percent of people have back pain.", "80 percent");
        focus("Pain fell by 12.5\u{a0}% in a year.", "12.5\u{a0}%");
        focus("Recent trials show that walking helps.", "Recent trials show");
        focus("Nine out of ten episodes of pain pass.", "Nine out of ten");
    }

    #[test]
    fn text_that_asserts_nothing_is_left_alone() {
        silent(&[
            "",
            "How many adults get back pain?",
            "True or false: 80% of adults get back pain?",
            "The lumbar spine has ____ vertebrae and 80% of pain.",
            "This lesson covers how pain works.",
            "Keeping your back straight, lift the bar.",
            "If it hurts, stop the exercise.",
            "I think walking helps my back.",
            "Learn more about back pain here.",
            "Maria, 34, has had back pain for ten years.",
            "Tom (52) hurt his knee while skiing.",
        ]);
    }

    #[test]
    fn a_story_goes_on_with_a_pronoun() {
        let previous = Some("Maria, 34, works in an office.");
        let found = judge(
            "Her pain often gets worse at work.",
            &Context { previous, ..Context::default() },
        );
        assert_eq!(found.need, Need::No);
        assert_eq!(body("Pain often gets worse at work.").need, Need::Must);
    }

    #[test]
    fn place_decides_where_words_do_not() {
        let claim = "80 percent of adults get back pain.";
        assert_eq!(in_role(Role::Option, claim).need, Need::No);
        assert_eq!(
            judge(claim, &Context { element: Element::Heading, ..Context::default() }).need,
            Need::No
        );
        assert_eq!(in_role(Role::Explanation, claim).need, Need::Must);
        assert_eq!(in_role(Role::Prompt, "Scans always find the cause of pain.").need, Need::No);
        assert_eq!(in_role(Role::Instruction, "Your knees stay over your feet.").need, Need::No);
        assert_eq!(
            in_role(Role::Safety, "Not recommended after abdominal surgery.").need,
            Need::No
        );
        assert_ne!(
            in_role(Role::Instruction, "This cuts the load on the knee by 50%.").need,
            Need::No
        );
    }

    #[test]
    fn items_continue_the_claim_of_their_lead_in() {
        let item = |lead_in| {
            judge(
                "reduce pain",
                &Context { lead_in, element: Element::ListItem, ..Context::default() },
            )
        };
        assert_eq!(item(Some("Regular exercise can help to:")).need, Need::Must);
        assert_eq!(item(Some("Do this now:")).need, Need::No);
        assert_eq!(item(None).need, Need::No);
    }

    #[test]
    fn other_scripts_and_signs_are_no_trouble() {
        let text = "Dans une étude, 80\u{202f}% des patients – environ – vont mieux.";
        let found = body(text);
        assert_eq!(found.kind, Some(ClaimKind::Statistic));
        assert_eq!(&text[found.focus], "80\u{202f}%");
        for text in [
            "é",
            "腰痛は80%の人に",
            "\u{2019}",
            "\u{e2}\u{80}",
            "½ of %",
            "5\u{2013}",
            "\u{201c}",
            "a\u{2019}",
        ] {
            let found = body(text);
            assert!(
                text.get(found.focus).is_some()
                    && found.cues.iter().all(|cue| text.get(cue.range.clone()).is_some())
            );
        }
    }

    #[test]
    fn the_cues_sum_to_the_score() {
        let found = body(
            "Most people with hip pain improve within 12 weeks, and surgery is rarely needed.",
        );
        assert_eq!(found.cues.iter().map(|cue| cue.weight).sum::<i32>(), found.score);
        assert_eq!(found.band, Band::of(found.score));
    }
}
