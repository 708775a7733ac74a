//! The cues of the claim detector: families with their weights, and the phrases that belong to each.
//!
//! To teach the detector a phrase, add it to a list in [`PHRASES`]. A phrase matches whole words without
//! regard to ASCII case; a `*` at its end leaves the end of the last word open (`reduc*`). To change how much
//! a family counts, change its line in [`FAMILIES`]: weights are hundredths, and a family counts once per
//! sentence however often it is met.
//!
//! The weights started from measurements of which words set cited sentences apart in public-health journals,
//! popular health articles and encyclopaedia text. Those of families that are frequent enough were then moved
//! half of the way to a logistic fit, each keeping its sign, on one half of the documents of two public-domain
//! journal sets (Preventing Chronic Disease 2024, MMWR supplements) and the `dev` sentences of
//! `tests/data/claims/labelled.tsv`. Families that editors insist on (shares, percentages, superlatives, change of
//! a risk, how many people, appeals to research) keep a floor, as journals leave many of them uncited. Word
//! weights learnt from the same sentences were tried: they add 0.01 to 0.02 to the area under the curve from one
//! journal set to the other, too little to pay for reasons nobody can read, so there are none.

mod instructions;
mod phrases;

pub(super) use instructions::{ALSO_NOUNS, FRONTED, IMPERATIVES, LEADING_ADVERBS};
pub(super) use phrases::PHRASES;

use super::detect::ClaimKind;

/// One reason for or against a sentence needing a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Family {
    // Numbers.
    Percent,
    BigNumber,
    Fold,
    Ratio,
    Approximate,
    PerTime,
    Rate,
    Average,
    Recovery,
    Range,
    Digit,
    Dose,
    // How common.
    PeopleQuantity,
    Frequency,
    Affects,
    Population,
    // Cause, risk, association.
    Cause,
    HealthCause,
    Association,
    RiskChange,
    Risk,
    Change,
    Because,
    SignOf,
    // Works, is safe, prevents.
    TreatmentEffect,
    TreatmentVerb,
    Effective,
    Therapy,
    Harm,
    Diagnosis,
    // Ranking.
    Than,
    Compared,
    Superlative,
    Degree,
    // Research.
    Appeal,
    PriorStudies,
    Shown,
    Found,
    Known,
    Study,
    // Who says so.
    AccordingTo,
    Says,
    Guideline,
    Quote,
    // When.
    Year,
    History,
    // What it is.
    Definition,
    Example,
    Anatomy,
    Advice,
    // Products.
    ProductEffect,
    // Signs of a factual sentence.
    Medical,
    Medical2,
    Medical4,
    HealthTopic,
    Connective,
    LeadIn,
    Hedge,
    Perfect,
    Long,
    VeryLong,
    // Against.
    Question,
    Imperative,
    Step,
    InstructionText,
    Label,
    NoVerb,
    Short,
    Tiny,
    Contact,
    OwnStudy,
    AboutText,
    Limits,
    OwnData,
    OffTopic,
    Past,
    Opinion,
    FirstPerson,
    We,
    Exclamation,
    OpensHow,
    Future,
    NeedTo,
    You,
    Scenario,
    Heading,
    Choice,
    SectionOwn,
    SectionBackground,
    Code,
    Condition,
    General,
    // Parts of combinations; they weigh nothing alone.
    EvidenceNoun,
    ExpertNoun,
    ReportVerb,
    StudyGuard,
    Quantity,
    Case,
    Intervention,
    Outcome,
    Product,
    NumberWord,
    Roughly,
    Improves,
    Finite,
    Should,
}

impl Family {
    /// Number of families; they are numbered from zero in the order of [`FAMILIES`].
    pub const COUNT: usize = FAMILIES.len();

    /// What is known about the family.
    pub fn info(self) -> &'static Info {
        &FAMILIES[self as usize]
    }
}

/// A family's name as shown to people, its weight in hundredths, and the kind of claim it speaks for.
#[derive(Debug)]
pub struct Info {
    pub family: Family,
    pub name: &'static str,
    pub weight: i32,
    pub kind: Option<ClaimKind>,
}

const fn info(family: Family, name: &'static str, weight: i32, kind: Option<ClaimKind>) -> Info {
    Info { family, name, weight, kind }
}

/// All families, in the order of the enum.
pub static FAMILIES: [Info; 106] = {
    use ClaimKind::*;
    use Family as F;
    [
        info(F::Percent, "percentage", 110, Some(Statistic)),
        info(F::BigNumber, "large number", 115, Some(Statistic)),
        info(F::Fold, "multiple", 120, Some(Statistic)),
        info(F::Ratio, "share of a group", 55, Some(Statistic)),
        info(F::Approximate, "rounded number", 30, Some(Statistic)),
        info(F::PerTime, "rate per time", 60, Some(Statistic)),
        info(F::Rate, "epidemiological measure", 20, Some(Statistic)),
        info(F::Average, "average", 40, Some(Statistic)),
        info(F::Recovery, "time to recover", 110, Some(Statistic)),
        info(F::Range, "range of numbers", 10, Some(Statistic)),
        info(F::Digit, "number", 10, Some(Statistic)),
        info(F::Dose, "dose in an instruction", 0, None),
        info(F::PeopleQuantity, "how many people", 55, Some(Prevalence)),
        info(F::Frequency, "how often", 70, Some(Prevalence)),
        info(F::Affects, "affects", 65, Some(Prevalence)),
        info(F::Population, "group of people", 25, None),
        info(F::Cause, "cause", 40, Some(Causal)),
        info(F::HealthCause, "cause of a health outcome", 55, Some(Causal)),
        info(F::Association, "association", 70, Some(Causal)),
        info(F::RiskChange, "change of a risk", 45, Some(Causal)),
        info(F::Risk, "risk", 60, Some(Causal)),
        info(F::Change, "change", 40, Some(Causal)),
        info(F::Because, "because", 30, Some(Causal)),
        info(F::SignOf, "sign of", 45, Some(Causal)),
        info(F::TreatmentEffect, "effect of a treatment", 110, Some(Therapeutic)),
        info(F::TreatmentVerb, "a treatment does something", 45, Some(Therapeutic)),
        info(F::Effective, "works or is safe", 45, Some(Therapeutic)),
        info(F::Therapy, "treatment", 30, None),
        info(F::Harm, "harm or side effect", 55, Some(Therapeutic)),
        info(F::Diagnosis, "value of a test", 55, Some(Therapeutic)),
        info(F::Than, "comparison", 60, Some(Comparative)),
        info(F::Compared, "compared with", 70, Some(Comparative)),
        info(F::Superlative, "superlative", 35, Some(Comparative)),
        info(F::Degree, "more or less", 20, Some(Comparative)),
        info(F::Appeal, "appeal to research", 120, Some(Evidence)),
        info(F::PriorStudies, "earlier studies", 185, Some(Evidence)),
        info(F::Shown, "has been shown", 145, Some(Evidence)),
        info(F::Found, "found that", 55, Some(Evidence)),
        info(F::Known, "said to be known", 110, Some(Evidence)),
        info(F::Study, "study", 45, Some(Evidence)),
        info(F::AccordingTo, "according to", 75, Some(Attribution)),
        info(F::Says, "someone says", 50, Some(Attribution)),
        info(F::Guideline, "guideline", 50, Some(Attribution)),
        info(F::Quote, "quotation", 100, Some(Attribution)),
        info(F::Year, "year", 60, Some(Historical)),
        info(F::History, "history", 20, Some(Historical)),
        info(F::Definition, "definition", 35, Some(Definition)),
        info(F::Example, "examples of a class", 60, Some(Definition)),
        info(F::Anatomy, "anatomy", 20, Some(Definition)),
        info(F::Advice, "advice with a claim in it", 45, Some(Recommendation)),
        info(F::ProductEffect, "effect of a product", 140, Some(Product)),
        info(F::Medical, "medical term", 40, None),
        info(F::Medical2, "two medical terms", 15, None),
        info(F::Medical4, "four medical terms", 10, None),
        info(F::HealthTopic, "pain, injury or disease", 30, None),
        info(F::Connective, "adds to an argument", 50, None),
        info(F::LeadIn, "continues a claim", 80, None),
        info(F::Hedge, "may, can, could", 10, None),
        info(F::Perfect, "has been", 40, None),
        info(F::Long, "at least 25 words", 20, None),
        info(F::VeryLong, "at least 35 words", 5, None),
        info(F::Question, "question", -400, None),
        info(F::Imperative, "instruction", -230, None),
        info(F::Step, "step of an exercise", -130, None),
        info(F::InstructionText, "text of an instruction", -200, None),
        info(F::Label, "label", -200, None),
        info(F::NoVerb, "no verb", -200, None),
        info(F::Short, "under ten words", -30, None),
        info(F::Tiny, "under four words", -150, None),
        info(F::Contact, "contact or link", -160, None),
        info(F::OwnStudy, "this study", -80, None),
        info(F::AboutText, "about the text itself", -80, None),
        info(F::Limits, "limits of a study", -75, None),
        info(F::OwnData, "data of a study", -50, None),
        info(F::OffTopic, "no health term", -5, None),
        info(F::Past, "past tense", -70, None),
        info(F::Opinion, "opinion", -100, None),
        info(F::FirstPerson, "first person", -150, None),
        info(F::We, "we", -70, None),
        info(F::Exclamation, "exclamation", -80, None),
        info(F::OpensHow, "opens with how or what", -40, None),
        info(F::Future, "future", -70, None),
        info(F::NeedTo, "need or effort", -65, None),
        info(F::You, "you", -20, None),
        info(F::Scenario, "story about a person", -300, None),
        info(F::Heading, "heading", -400, None),
        info(F::Choice, "choice of a question", -400, None),
        info(F::SectionOwn, "section about the work itself", -80, None),
        info(F::SectionBackground, "background section", 75, None),
        info(F::Code, "code in the sentence", -300, None),
        info(F::Condition, "condition to check", -400, None),
        info(F::General, "studies in general", -150, None),
        info(F::EvidenceNoun, "research", 0, None),
        info(F::ExpertNoun, "experts", 0, None),
        info(F::ReportVerb, "reports", 0, None),
        info(F::StudyGuard, "examination", 0, None),
        info(F::Quantity, "how many", 0, None),
        info(F::Case, "cases", 0, None),
        info(F::Intervention, "treatment or activity", 0, None),
        info(F::Outcome, "health outcome", 0, None),
        info(F::Product, "product", 0, None),
        info(F::NumberWord, "number in words", 0, None),
        info(F::Roughly, "roughly", 0, None),
        info(F::Improves, "gets better", 0, None),
        info(F::Finite, "verb", 0, None),
        info(F::Should, "should", 0, None),
    ]
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_stand_in_the_order_of_the_enum() {
        for (index, info) in FAMILIES.iter().enumerate() {
            assert_eq!(info.family as usize, index, "{}", info.name);
        }
    }
}
