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
    Info {
        family,
        name,
        weight,
        kind,
    }
}

/// All families, in the order of the enum.
pub static FAMILIES: [Info; 103] = {
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
        info(
            F::HealthCause,
            "cause of a health outcome",
            55,
            Some(Causal),
        ),
        info(F::Association, "association", 70, Some(Causal)),
        info(F::RiskChange, "change of a risk", 45, Some(Causal)),
        info(F::Risk, "risk", 60, Some(Causal)),
        info(F::Change, "change", 40, Some(Causal)),
        info(F::Because, "because", 30, Some(Causal)),
        info(F::SignOf, "sign of", 45, Some(Causal)),
        info(
            F::TreatmentEffect,
            "effect of a treatment",
            110,
            Some(Therapeutic),
        ),
        info(
            F::TreatmentVerb,
            "a treatment does something",
            45,
            Some(Therapeutic),
        ),
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
        info(
            F::Advice,
            "advice with a claim in it",
            45,
            Some(Recommendation),
        ),
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

/// The phrases of each family.
///
/// Sources of the lists: measured cue phrases (public-health, popular health and encyclopaedia text), the
/// treatment, outcome and evidence word lists of the editorial rules, and exercise descriptions.
#[rustfmt::skip] // One phrase a line would be thousands of lines.
pub static PHRASES: &[(Family, &[&str])] = &[
    (Family::Percent, &[
        "per cent", "percent", "percentage of", "percentage point*",
    ]),
    (Family::BigNumber, &[
        "billion", "billions", "hundreds of", "hundreds of thousands", "million", "millions", "per 1,000",
        "per 10,000", "per 100,000", "thousands of", "trillion",
    ]),
    (Family::Fold, &[
        "double the", "doubled", "doubles", "doubling", "fivefold", "four times as", "four times more",
        "four-fold", "fourfold", "halved", "halves the", "quadrupled", "ten-fold", "tenfold",
        "three times as", "three times more", "three-fold", "threefold", "times as high",
        "times as likely", "times as much", "times body weight", "times greater", "times higher",
        "times less", "times more likely", "times the rate", "times the risk", "times your body weight",
        "triple the", "tripled", "triples", "twice as", "twice more", "twice the", "two-fold", "twofold",
    ]),
    (Family::Ratio, &[
        "a fifth of", "a growing number of", "a large number of", "a tenth of", "a third of",
        "eight in ten", "eight out of ten", "four in five", "four out of five", "half a million",
        "half as", "half of", "half the", "large share of", "majority of", "minority of", "nine in ten",
        "nine out of ten", "one fifth of", "one in eight", "one in five", "one in four", "one in six",
        "one in ten", "one in three", "one in two", "one out of", "one quarter", "one third", "one-fifth",
        "one-half", "one-quarter", "one-third", "proportion of", "quarter of", "quarters of",
        "small share of", "the majority", "third of", "thirds of", "three in four", "three out of four",
        "three quarters", "three-quarters", "two in three", "two out of three", "two thirds",
        "two-thirds",
    ]),
    (Family::PerTime, &[
        "a lifetime", "a week on average", "annually", "each day", "each year", "every day of",
        "every year", "in the course of a year", "lifetime prevalence", "lifetime risk", "lifetimes",
        "once a year", "per capita", "per day", "per decade", "per month", "per person", "per year",
        "their lifetime", "times a year", "yearly",
    ]),
    (Family::Rate, &[
        "age-adjusted", "burden of", "cases of", "confidence interval", "death rate*", "deaths",
        "hazard ratio", "incidence", "life expectancy", "morbidity", "mortality", "number of deaths",
        "odds ratio", "prevalence", "rate of", "rates", "rates of", "relative risk", "standardized",
        "statistically",
    ]),
    (Family::Average, &[
        "an average of", "average", "averaged", "mean age", "median", "on average", "the average",
    ]),
    (Family::Frequency, &[
        "acceptable", "almost always", "almost everyone", "almost never", "are normal", "by itself",
        "by themselves", "common", "commonly", "every other", "frequently", "generally", "hardly ever",
        "in many cases", "in most cases", "increasingly", "is normal", "largely", "mainly",
        "more and more", "most of the time", "mostly", "nearly always", "no one knows", "nobody knows",
        "normally", "occasionally", "often", "on its own", "on their own", "rare", "rarely", "seldom",
        "sometimes", "tend to", "tends to", "typically", "uncommon", "usually", "widespread",
    ]),
    (Family::Affects, &[
        "affect", "affected by", "affects", "are seen in", "develop in", "develops in", "diagnosed with",
        "experience", "experiences", "get a", "get it", "gets it", "have had", "have no pain",
        "is found in", "is seen in", "live with", "lives with", "living with", "occur in", "occurs",
        "occurs in", "suffer from", "suffers from", "who have no", "will have",
    ]),
    (Family::Population, &[
        "adolescents", "adult", "adults", "americans", "athletes", "beginners", "children", "communities",
        "cyclists", "drivers", "families", "households", "individuals", "infants", "men", "mothers",
        "nurses", "office workers", "older adults", "older people", "participants", "patients", "people",
        "persons", "players", "population", "populations", "pregnant", "residents", "runners", "seniors",
        "smokers", "students", "sufferers", "swimmers", "teenagers", "veterans", "women", "workers",
    ]),
    (Family::Cause, &[
        "aggravat*", "arise from", "arises from", "as a result of", "attributable to", "attributed to",
        "brought on by", "can injure", "cause", "cause of", "caused", "caused by", "causes", "causing",
        "come from", "comes from", "consequence*", "contribute to", "contributed to", "contributes to",
        "contributing to", "contributor*", "damage", "damages", "depend on", "depends on", "driven by",
        "drives", "due to", "effect of", "effect on", "effects of", "effects on", "exacerbat*",
        "explains", "gives rise to", "helps explain", "hurt the", "hurts", "impact of", "induce*",
        "influence on", "influences", "injure", "injures", "irritat*", "lead to", "leading to",
        "leads to", "led to", "make", "make the", "makes", "makes it", "makes the", "owing to",
        "play a role", "plays a part", "plays a role", "provoke*", "responsible for", "result from",
        "result in", "result of", "resulted in", "resulting in", "results from", "results in", "role in",
        "set off", "sets off", "stem from", "stems from", "the reason", "the reason for", "to blame",
        "trigger", "triggered", "triggered by", "triggers", "wear out", "wears out",
    ]),
    (Family::Association, &[
        "associated with", "association between", "association of", "associations between",
        "connected to", "connection between", "consistent with", "correlat*", "goes along with",
        "goes with", "independent of", "link between", "linked to", "linked with", "links between",
        "predict*", "predictor*", "related to", "relationship between", "risk factor", "risk factors",
        "tied to",
    ]),
    (Family::Risk, &[
        "at risk", "chance of", "chances of", "danger of", "high risk", "higher risk", "increased risk",
        "less likely", "likelihood", "likelihood of", "likely to", "lower risk", "more likely", "odds of",
        "predispose*", "probability of", "prone to", "risk for", "risk of", "risks", "risks of",
        "susceptibility", "susceptible to", "the risk", "unlikely to", "vulnerable to",
    ]),
    (Family::Change, &[
        "accelerat*", "break up", "breaks down", "breaks up", "build up", "calm", "calms", "changes",
        "changes in", "cut the", "cuts", "cuts the", "decline", "declined", "declines", "decrease",
        "decreased", "decreases", "decreasing", "degenerat*", "delay", "delayed", "delays", "deteriorat*",
        "diminish*", "elevat*", "faster", "for longer", "gains in", "get worse", "gets worse", "grows",
        "heavier", "impair*", "improve", "improved", "improvement*", "improves", "improving", "increase",
        "increased", "increases", "increasing", "keep up with", "last longer", "lasts longer",
        "lengthens", "lighter", "limit", "limits", "load off", "longer than", "loosens", "lose", "loses",
        "loss of", "lower", "lowered", "lowering", "lowers", "make it worse", "no longer hurts",
        "picks up", "pressure off", "raises", "reduce", "reduced", "reduces", "reducing", "reduction in",
        "reductions in", "restrict*", "rise", "rises", "rose", "shorter", "shrink", "shrinks",
        "slow down", "slower", "slows", "smaller", "speed up", "speeds up", "stiffer", "strengthens",
        "stronger", "take pressure off", "takes a load off", "takes pressure off", "thickens", "thins",
        "tightens", "tighter", "weaken", "weakens", "weaker", "wear down", "wear out", "wears",
        "wears down", "wears out", "worse", "worsen", "worsened", "worsening", "worsens",
    ]),
    (Family::Because, &[
        "as a result", "because", "because of", "consequently", "hence", "in turn", "so that",
        "that is why", "thereby", "therefore", "thus", "which is why",
    ]),
    (Family::SignOf, &[
        "a symptom of", "can mean", "do not mean", "does not always mean", "does not equal",
        "does not mean", "doesn't mean", "don't mean", "equals damage", "has little to do with", "has no",
        "has nothing to do with", "have little to do with", "indicate", "indicates", "indicator of",
        "indicators of", "is not the same as", "match poorly", "may indicate", "may mean", "means that",
        "no single", "not caused by", "not mean that", "point to", "points to", "say nothing about",
        "says little about", "says nothing about", "sign of", "signal*", "something is broken",
        "symptom of", "tells you little", "typical symptom",
    ]),
    (Family::Effective, &[
        "alleviat*", "are safe", "as good as", "as well as surgery", "bad for", "beneficial", "benefit",
        "benefit from", "benefits", "boost", "boosts", "builds", "can help", "cleanse*", "combat*",
        "corrects", "counteract*", "cure", "cured", "cures", "detox*", "ease", "eased", "eases", "easing",
        "effective", "effectively", "effectiveness", "efficacious", "efficacy", "eliminat*", "enhance",
        "enhances", "first choice", "first-line", "fix", "fixes", "flushes", "get rid of", "gets rid of",
        "good for", "guarantee*", "heal", "healing", "heals", "help", "helpful", "helps", "ineffective",
        "is safe", "keeps", "loosens", "manage", "manages", "may help", "no better than", "prevent",
        "prevented", "preventing", "prevention of", "prevents", "promote", "promotes", "protect",
        "protecting", "protective", "protects", "release", "releases", "relief", "relieve", "relieved",
        "relieves", "relieving", "restore", "restores", "reverse", "reverses", "safe for", "safely",
        "soothe*", "stabilise*", "stabilize*", "strengthens", "support recovery", "supports recovery",
        "treat", "treated with", "treats", "useful for", "useful in", "work best", "work well", "works",
        "works best", "works well",
    ]),
    (Family::Therapy, &[
        "acupuncture", "anti-inflammatory", "dose", "drug", "drugs", "exercise", "exercises",
        "injection*", "intervention", "interventions", "massage", "medication*", "medicine", "opioid*",
        "outcomes", "pain relievers", "painkiller*", "physical activity", "physical therapy",
        "physiotherapy", "placebo", "prognosis", "programme", "recovery", "rehabilitation", "remedies",
        "remedy", "screening", "surgeries", "surgery", "surgical", "therapies", "therapy", "treatment",
        "treatments", "vaccin*",
    ]),
    (Family::Harm, &[
        "addictive", "adverse", "bad for you", "complication", "complications", "dangerous", "deadly",
        "does more harm", "fatal", "harm", "harmful", "harmless", "harms", "hazard*", "not safe",
        "overdose*", "risky", "side effect*", "toxic", "unsafe",
    ]),
    (Family::Diagnosis, &[
        "accuracy", "accurate", "cannot detect", "cannot show", "cannot tell", "detects", "diagnosed by",
        "diagnosis", "diagnostic", "false alarms", "false positive*", "imaging", "incidental finding*",
        "misdiagnos*", "mri", "red flag", "red flags", "reliable", "reliably", "rule out", "rules out",
        "scan", "scans", "sensitivity", "specificity", "test for", "test picks", "tests for",
        "ultrasound", "unreliable", "x-ray", "x-rays",
    ]),
    (Family::Than, &[
        "than",
    ]),
    (Family::Compared, &[
        "as effective as", "as likely as", "as much as", "as strong as", "comparable to", "compared to",
        "compared with", "differs from", "disproportionately", "equally", "in comparison",
        "in contrast to", "just as", "no difference", "relative to", "similar to", "versus",
    ]),
    (Family::Superlative, &[
        "best exercise", "best exercises", "best treatment", "best way", "biggest", "fastest", "greatest",
        "highest", "key to", "largest", "leading cause", "leading causes", "longest", "lowest",
        "main cause", "most common", "most commonly", "most effective", "most frequent", "most important",
        "most often", "number one", "one of the best", "one of the most", "one of the strongest",
        "safest", "smallest", "strongest", "the best", "the commonest", "the least", "the main",
        "the most", "the only", "the primary", "the root cause", "the single", "weakest", "worst",
    ]),
    (Family::Degree, &[
        "better", "fewer", "greater", "growing", "high", "higher", "increasing", "larger", "less", "low",
        "lower", "more", "smaller", "twice", "worse",
    ]),
    (Family::Appeal, &[
        "a large trial", "a recent review", "a recent study", "a study", "a trial",
        "according to a recent", "according to a study", "according to experts", "according to research",
        "according to science", "according to studies", "another study", "backed by evidence",
        "backed by research", "backed by science", "backed by scientific", "backed by studies",
        "body of evidence", "body of literature", "body of research", "clear evidence", "clinical trials",
        "clinically proven", "clinically shown", "clinically tested", "cochrane", "cohort study",
        "confirmed by research", "confirmed by studies", "doctor recommended", "doctor-recommended",
        "documented effect*", "evidence based", "evidence for", "evidence of", "evidence suggest*",
        "evidence that", "evidence-based", "experts agree", "follow-up studies", "good evidence",
        "growing evidence", "high-quality evidence", "in a study", "in clinical trials", "in one trial",
        "landmark study", "large study", "limited evidence", "little evidence", "long-term studies",
        "medically proven", "meta-analysis", "no evidence", "no good trial*", "no study has", "one study",
        "one trial", "randomised", "randomised trial", "randomized", "randomized controlled",
        "randomized trial", "recent research", "recent review", "recent study", "research has",
        "research shows", "researchers at", "researchers have", "researchers in", "scientific evidence",
        "scientifically proven", "scientifically shown", "scientifically validated", "scientists at",
        "scientists have", "solid evidence", "strong evidence", "studies have", "studies show",
        "supported by evidence", "supported by research", "supported by science",
        "supported by scientific", "supported by studies", "systematic review", "trials have",
        "trials show", "weak evidence",
    ]),
    (Family::PriorStudies, &[
        "a number of studies", "consistent with other", "consistent with previous", "decades of research",
        "dozens of studies", "earlier research", "earlier studies", "existing literature",
        "existing research", "few studies", "hundreds of studies", "many studies", "most studies",
        "multiple studies", "national survey", "national survey*", "numerous studies", "other reports",
        "other research", "other studies", "past research", "past studies", "previous findings",
        "previous reports", "previous research", "previous studies", "previous study", "previous work",
        "previously published", "previously reported", "prior research", "prior studies", "prior work",
        "recent studies", "several studies", "similar studies", "some studies", "years of research",
    ]),
    (Family::Shown, &[
        "are shown to", "been associated", "been attributed", "been demonstrated", "been described",
        "been documented", "been established", "been estimated", "been found", "been identified",
        "been implicated", "been linked", "been observed", "been proposed", "been proven",
        "been recommended", "been reported", "been shown", "been suggested", "been used", "found to",
        "has confirmed", "has demonstrated", "has found", "has linked", "has shown", "have confirmed",
        "have demonstrated", "have documented", "have examined", "have failed to", "have found",
        "have identified", "have indicated", "have linked", "have reported", "have shown",
        "have suggested", "is shown to", "proven to", "reported to", "shown to",
    ]),
    (Family::Found, &[
        "believed that", "concluded that", "confirmed that", "demonstrate that", "demonstrated that",
        "discovered that", "estimated that", "estimates that", "found that", "indicate that",
        "indicated that", "indicates that", "observed that", "reported that", "reveal that",
        "revealed that", "show that", "showed that", "shows that", "suggest that", "suggested that",
        "suggests that",
    ]),
    (Family::Known, &[
        "accepted that", "are considered", "are known", "are thought", "are unknown", "been considered",
        "believed to", "commonly believed", "estimated to", "generally considered", "is considered",
        "is known that", "is regarded", "is thought", "is unknown", "it is known", "known to",
        "no one knows", "nobody knows", "not fully understood", "poorly understood", "recognised as",
        "recognized as", "regarded as", "thought to", "well documented", "well established", "well known",
        "well-documented", "well-established", "well-known", "widely accepted", "widely believed",
        "widely recognised", "widely recognized",
    ]),
    (Family::Study, &[
        "documented", "estimated", "estimates", "evidence", "experts", "literature", "published",
        "randomly", "reported", "researchers", "scientific", "scientists", "studies", "survey",
        "systematic review*", "trials",
    ]),
    (Family::AccordingTo, &[
        "according to", "adopted by", "advises that", "approved by", "as described by", "as reported by",
        "as stated by", "developed by", "endorsed by", "in a statement", "in the words of", "issued by",
        "proposed by", "recommended by", "released by", "states that",
    ]),
    (Family::Says, &[
        "advise", "advises", "announced", "argued", "argues", "called for", "calls for", "claimed",
        "claims", "concluded", "defined", "defines", "emphasizes", "endorses", "explained", "noted",
        "proposed", "recommend", "recommended", "recommends", "said", "says", "stated", "suggests",
        "told", "warned", "warns", "writes", "wrote",
    ]),
    (Family::Guideline, &[
        "american academy", "american college", "consensus", "consensus statement", "guideline",
        "guidelines", "health authorities", "healthy people 2020", "healthy people 2030",
        "national institute*", "position statement", "practice guideline*", "recommendation",
        "recommendations", "recommended", "royal college", "task force", "world health organization",
    ]),
    (Family::History, &[
        "ago", "began in", "century", "coined", "dates back", "decade", "decades", "discovered",
        "during the past", "first approved", "first described", "first reported", "first used",
        "for centuries", "historically", "in ancient", "in recent years", "in the 1970s", "in the 1980s",
        "in the 1990s", "in the past", "invented", "originated", "over the past", "since the",
        "the first time", "until", "was developed", "was established", "was founded", "was introduced",
        "were developed", "years ago",
    ]),
    (Family::Definition, &[
        "absorb", "absorbs", "act as", "act like", "acts as", "acts like", "allow the", "allows the",
        "also called", "also known as", "are called", "are defined as", "are located", "are made of",
        "are made up of", "are one of", "are the body", "attach to", "attaches to", "bend the",
        "bends the", "carries", "carry", "characterised by", "characterized by", "comprises", "connect",
        "connect the", "connects", "connects the", "consist of", "consists of", "contain", "contains",
        "deepens the", "defined as", "describes", "extends the", "flexes the", "form the", "forms the",
        "glide over", "has no nerves", "holds up", "in which", "includes", "inserts", "is a band",
        "is a bone", "is a common", "is a condition", "is a disease", "is a disorder", "is a form of",
        "is a group", "is a group of", "is a joint", "is a kind of", "is a ligament", "is a measure of",
        "is a muscle", "is a nerve", "is a protective", "is a set of", "is a tendon", "is a type of",
        "is an inflammation of", "is built from", "is called", "is composed of", "is defined as",
        "is inflammation of", "is located", "is made by", "is made of", "is made up of", "is one of",
        "is produced by", "is responsible for", "is the ability", "is the largest", "is the name",
        "is the name for", "is the part", "is the process", "is the term for", "is the thickest",
        "keep your", "keeps the", "keeps your", "known as", "lets the", "lies along", "lies beneath",
        "lies between", "lies under", "lifts the", "links the", "links your", "make up the", "makes up",
        "means spreading", "means that the", "means the", "medical name", "medical name is", "move the",
        "moves the", "name for", "originates", "produce", "produces", "refer to", "refers to",
        "rotates the", "run from", "runs along", "runs down", "runs from", "send", "sends", "serve as",
        "serves as", "sits between", "sits on", "slide over", "slides in", "stabilises the",
        "stabilizes the", "stands for", "straighten the", "straightens", "straightens the", "supplies",
        "support the", "supports the", "surround the", "surrounds", "targets the", "targets your",
        "there are four", "there are three", "there are two", "types of", "work together", "works as",
        "works together",
    ]),
    (Family::Example, &[
        "among others", "e.g", "especially", "for example", "for instance", "i.e", "in particular",
        "including", "particularly", "such as",
    ]),
    (Family::Anatomy, &[
        "abdominal*", "achilles", "ankle", "back", "blood", "blood vessel*", "body", "bone", "bones",
        "brain", "bursa", "bursae", "calf", "capsule", "cartilage", "cervical", "collagen", "core",
        "deltoid", "disc", "discs", "disk", "disks", "elbow", "facet joint*", "fascia", "femur", "foot",
        "glute*", "gluteus", "hamstring*", "heart", "hip", "hip flexor*", "hips", "iliopsoas",
        "immune system", "joint", "joints", "knee", "kneecap", "knees", "labrum", "ligament", "ligaments",
        "lower back", "lumbar", "lungs", "meniscus", "muscle", "muscles", "neck", "nerve", "nerve root",
        "nerves", "nervous system", "neurons", "nociceptor*", "patella", "pelvis", "piriformis", "psoas",
        "quadriceps", "receptors", "rotator cuff", "sacroiliac", "sacrum", "scapula", "sciatic",
        "shoulder", "shoulder blade*", "shoulders", "socket", "spinal", "spinal cord", "spine",
        "synovial", "tendon", "tendons", "thoracic", "tibia", "tissue", "tissues", "trapezius",
        "vertebra", "vertebrae", "wrist",
    ]),
    (Family::Medical, &[
        "acupuncture", "acute", "alcohol", "allerg*", "alzheimer*", "antibiotic*", "anxiety", "arthritis",
        "asthma", "back pain", "bacteri*", "biomechanic*", "blood pressure", "bone*", "brain", "bursitis",
        "calcium", "cancer*", "cardiac", "cardiovascular", "cartilage", "cholesterol", "chronic",
        "clinical", "clinically", "clinician*", "cognitive", "death*", "degenerat*", "dementia",
        "depress*", "diabet*", "diagnos*", "disc*", "disease*", "disorder*", "estrogen", "exposure*",
        "fall risk", "falls", "fatigue", "flexibility", "fracture*", "gene", "genes", "genetic*", "gut",
        "headache*", "health", "heart disease", "herniat*", "hip", "hormone*", "hypertens*", "immun*",
        "infect*", "inflammation", "inflammatory", "injur*", "insulin", "joint*", "kidney*", "knee",
        "ligament*", "liver", "lung*", "massage", "medication*", "metabol*", "migraine*", "mobility",
        "morbidity", "mortality", "mri", "muscle*", "neck", "nerve*", "nervous system", "neuro*",
        "nocicept*", "numbness", "nutrient*", "obes*", "osteoarthritis", "osteoporosis", "pain",
        "patholog*", "physical activity", "physiolog*", "physiotherap*", "posture", "pregnan*",
        "prognos*", "protein*", "respiratory", "scan", "scans", "sciatica", "scoliosis", "sedentary",
        "shoulder", "skin", "sleep", "smok*", "sodium", "spinal", "spine", "spondyl*", "stenosis",
        "stiffness", "strength", "stress", "stroke", "surgery", "surgical", "swelling", "symptom*",
        "syndrome*", "tendinitis", "tendinopath*", "tendon*", "testosterone", "therap*", "tissue*",
        "tobacco", "toxic*", "treatment*", "vaccin*", "vertebra*", "virus*", "vitamin*", "x-ray",
        "x-rays",
    ]),
    (Family::HealthTopic, &[
        "ache*", "anxiety", "arthritis", "bulge*", "bursitis", "cancer*", "complications", "damage",
        "death*", "degenerat*", "depression", "diabetes", "disability", "disease*", "disorder*",
        "falling", "falls", "fatigue", "fibromyalgia", "flare-up", "flare-ups", "fracture*",
        "frozen shoulder", "gout", "headache*", "heal", "healing", "heals", "herniat*", "hurt", "hurts",
        "illness*", "impingement", "independence", "infection*", "inflammation", "injure", "injured",
        "injures", "injuries", "injury", "insomnia", "migraine*", "numbness", "obesity", "osteoarthritis",
        "osteoporosis", "pain", "painful", "pains", "plantar fasciitis", "recover", "recovers",
        "recovery", "rupture*", "sciatica", "scoliosis", "sleeplessness", "sore", "soreness", "spasm*",
        "sprain*", "stenosis", "stiffness", "stroke", "swelling", "symptom", "symptoms", "syndrome*",
        "tears", "tendinitis", "tendinopath*", "tendonitis", "tightness", "tingling", "wear and tear",
        "wear out", "wears out", "whiplash",
    ]),
    (Family::Connective, &[
        "also", "although", "furthermore", "in addition", "in contrast", "moreover", "other", "similarly",
        "whereas other",
    ]),
    (Family::Hedge, &[
        "appear to", "appears to", "can", "could", "may", "might", "seem to", "seems to",
    ]),
    (Family::Perfect, &[
        "had been", "has become", "has been", "has declined", "has increased", "have become", "have been",
        "have increased",
    ]),
    (Family::InstructionText, &[
        "as shown", "as you exhale", "as you inhale", "barbell", "be sure", "beginning position",
        "breathe in", "breathe out", "desired number", "do not let", "don't let", "dumbbell*", "exhale",
        "for 10 seconds", "for 30 seconds", "hip width", "hip-width", "hold for", "inhale", "kettlebell*",
        "lying face", "make sure", "number of repetitions", "on the floor", "on your back",
        "on your side", "one repetition", "opposite side", "other side", "palms facing",
        "recommended amount of repetitions", "remember to", "repeat", "repetitions", "reps", "rest for",
        "sets of", "should be bent", "should be straight", "shoulder width", "shoulder-width",
        "start position", "starting position", "switch legs", "switch sides", "the bar", "the bench",
        "the cable", "the desired", "the handle", "the motion", "the other side", "this is one rep",
        "warm up for", "your arms", "your chest", "your elbows", "your feet", "your hands", "your head",
        "your heels", "your legs", "your palms", "your starting position", "your torso",
    ]),
    (Family::Contact, &[
        "add to cart", "all rights reserved", "available at", "available from", "book an appointment",
        "book now", "buy now", "call us", "click", "click here", "contact us", "cookies", "copyright",
        "download", "e-mail", "email", "follow us", "http*", "https", "last reviewed", "last updated",
        "leave a comment", "log in", "min read", "newsletter", "posted by", "posted on", "privacy policy",
        "read time", "share this", "sign up", "subscribe", "telephone", "terms of use", "visit our",
        "web site", "website",
    ]),
    (Family::OwnStudy, &[
        "analyses were", "current study", "data were", "findings in this", "findings of this",
        "our analysis", "our data", "our evaluation", "our findings", "our program", "our project",
        "our results", "our sample", "our study", "present study", "respondents were", "results of this",
        "study population", "the results indicate", "the results of this", "the results show",
        "the results suggest", "these differences", "these findings", "these results", "this analysis",
        "this difference", "this evaluation", "this finding", "this investigation", "this project",
        "this report", "this study", "this survey", "we analyzed", "we conducted", "we estimated",
        "we examined", "we found", "we observed", "we used", "were excluded", "were included",
    ]),
    (Family::AboutText, &[
        "appendix", "as discussed", "as follows", "as mentioned", "at the end of", "can be made harder",
        "chart", "common myth", "correct answer", "covers", "described above", "do this exercise",
        "figure", "finally", "find out", "good job", "here are", "here is", "here's", "in conclusion",
        "in summary", "in this", "last section", "last time", "learn more", "let us look", "let's",
        "let's look", "listed", "listed below", "made easier", "made harder", "make it easier",
        "make it harder", "next section", "next time", "next week", "not quite", "objective", "option a",
        "option b", "option c", "option d", "outlined", "previous section", "read more", "read on",
        "see above", "see also", "see below", "see the", "shown above", "summarises", "summarized",
        "summarizes", "table", "that's right", "the answer", "the diagram", "the following",
        "the next section", "the photo", "the picture", "the purpose of", "the questions", "the video",
        "these guidelines", "this article", "this booklet", "this chapter", "this course",
        "this document", "this guide", "this issue", "this leaflet", "this lesson", "this module",
        "this myth", "this page", "this programme is", "this quiz", "this section", "this unit",
        "to sum up", "try again", "we cover", "we will look", "well done", "you will learn",
        "you'll learn",
    ]),
    (Family::Limits, &[
        "additional research", "are limited", "are needed", "could not be", "further research",
        "future research", "future studies", "generalizable", "has limitations", "is lacking",
        "is limited", "is needed", "limitation", "limitations", "may account for", "more research is",
        "more research is needed", "recall bias", "research is lacking", "research is needed",
        "selection bias", "self-reported", "strengths and", "studies are needed", "subject to at least",
        "were not available",
    ]),
    (Family::OwnData, &[
        "95% ci", "analyses", "analysis", "associations between", "characteristics", "covariates",
        "data from", "did not differ", "of respondents", "participants", "percentage of", "questionnaire",
        "respondents", "sample", "self-reported", "students were", "study,", "variables", "was not",
        "were less likely", "were more likely", "were not", "whereas",
    ]),
    (Family::Past, &[
        "did", "had", "was", "were",
    ]),
    (Family::Opinion, &[
        "i believe", "i feel", "i hope", "i like", "i love", "i think", "i'm convinced",
        "in my experience", "in my opinion", "in my view", "in our experience", "in our opinion",
        "in our view", "let me", "my favorite", "my favourite", "personally", "thank*", "want to",
        "we believe", "we feel", "we hope", "we like", "we love", "we think",
    ]),
    (Family::FirstPerson, &[
        "i", "i'd", "i'll", "i'm", "i've", "me", "my", "myself",
    ]),
    (Family::We, &[
        "our", "us", "we", "we'll", "we're", "we've",
    ]),
    (Family::Future, &[
        "going to", "will", "will be", "won't",
    ]),
    (Family::NeedTo, &[
        "across the", "additional", "approach", "challenges", "collaboration", "could be", "critical",
        "critical to", "efforts", "ensure", "ensuring", "essential", "essential to", "focused on",
        "goals", "highlight*", "identifying", "implement*", "important to", "infrastructure",
        "it is important", "must be", "need to", "needed", "needed to", "needs to", "of community",
        "opportunities", "opportunity", "partnerships", "policies", "policy makers", "priority",
        "professionals", "requires", "resources", "should be", "stakeholders", "strategies", "strategy",
        "to provide", "we need", "workforce",
    ]),
    (Family::You, &[
        "you", "you'll", "you're", "you've", "your", "yours", "yourself",
    ]),
    (Family::Scenario, &[
        "a client", "a patient arrives", "a patient comes", "her back", "her doctor", "her husband",
        "her job", "her knee", "her pain", "her physiotherapist", "his back", "his doctor", "his job",
        "his knee", "his pain", "his physiotherapist", "his wife", "imagine", "mr", "mrs", "ms",
        "scenario", "vignette", "visits her", "visits his", "year-old", "years old", "your patient",
    ]),
    (Family::EvidenceNoun, &[
        "a poll", "data", "evidence", "figures", "findings", "literature", "meta-analyses",
        "meta-analysis", "reports", "research", "review", "reviews", "science", "studies", "study",
        "survey", "surveys", "systematic review", "systematic reviews", "the numbers", "trial", "trials",
    ]),
    (Family::ExpertNoun, &[
        "authors", "clinicians", "dietitians", "doctors", "economists", "epidemiologists", "experts",
        "health professionals", "investigators", "physical therapists", "physicians", "physiotherapists",
        "researchers", "scientists", "specialists", "surgeons",
    ]),
    (Family::ReportVerb, &[
        "agree", "agreed", "agrees", "backs", "believe", "compared", "conclude*", "concluded", "confirm",
        "confirmed", "confirms", "demonstrate*", "describe*", "discovered", "documented", "emphasi*",
        "estimate", "estimated", "estimates", "examined", "favors", "favours", "find", "finds",
        "followed", "found", "has linked", "highlight*", "identified", "indicate", "indicated",
        "indicates", "is clear", "is growing", "is lacking", "is limited", "is mixed", "is strong",
        "is weak", "linked", "links", "measured", "noted", "observed", "on balance", "point to",
        "points to", "prove", "proved", "proven", "proves", "recommend", "recommended", "recommends",
        "report", "reported", "reveal*", "said", "say", "says", "show", "showed", "shown", "shows",
        "suggest", "suggested", "suggesting", "suggests", "support", "supported", "supports", "tell us",
        "tells us", "think", "underscore*", "warn", "warns",
    ]),
    (Family::StudyGuard, &[
        "blood stud*", "case report form", "case stud*", "data collection", "data were collected",
        "further research", "further stud*", "future research", "future stud*", "imaging stud*",
        "laboratory stud*", "more research", "more stud*", "nerve conduction stud*", "peer review",
        "report any", "report your", "research assistant*", "research database*", "research interest*",
        "research is needed", "research tool*", "review the", "review this", "review your", "sleep stud*",
        "social stud*", "studies are needed", "study for", "study group", "study guide",
        "study is needed", "study participants", "study skills", "study the", "support group*",
        "survey data were", "to review",
    ]),
    (Family::Quantity, &[
        "a lot of", "all", "almost all", "countless", "few", "fewer", "half", "many", "more", "most",
        "nearly all", "no", "numerous", "several", "some", "the vast majority of", "up to",
    ]),
    (Family::Case, &[
        "attacks", "backs", "bouts", "bulges", "cases", "discs", "episodes", "flare-ups", "headaches",
        "hips", "injuries", "joints", "knees", "of them", "of us", "problems", "scans", "spines",
        "sprains", "strains", "studies of people", "symptoms", "tears",
    ]),
    (Family::Intervention, &[
        "a corset", "acupuncture", "alcohol", "arthroscopy", "bed", "bed rest", "being active", "belt*",
        "bending", "brace*", "bracing", "breaks", "breathing", "bridge*", "caffeine", "chiropractic",
        "climbing stairs", "cognitive behavioral therapy", "cognitive behavioural therapy", "cold",
        "cold water", "cooling down", "core stability", "core training", "core work", "corsets", "cream",
        "creams", "creatine", "crunches", "cushion*", "cycling", "dancing", "deadlift*", "diet",
        "dry needling", "eccentric", "education", "ergonomic*", "exercise", "exercise programme*",
        "exercises", "exercising", "foam roll*", "gel", "glucosamine", "heat", "heat pack", "heat packs",
        "heel drops", "hip replacement", "hot bath", "hydrotherapy", "ice", "ice packs", "injection*",
        "insoles", "isometric", "jogging", "laser", "lifting", "losing weight", "lunges", "lying down",
        "manipulation", "manual therapy", "manual work", "massage", "medication*", "meditation",
        "mindfulness", "movement", "moving", "music", "nerve blocks", "nerve glide*", "operation",
        "opioids", "orthotics", "pacing", "pain relievers", "painkillers", "physical activity",
        "physical therapy", "physiotherapy", "pilates", "plank*", "posture", "programme", "protein",
        "push-ups", "relaxation", "relaxed breathing", "replacement", "resistance training", "rest",
        "rest days", "rowing", "running", "sauna", "screens", "shockwave", "shockwave treatment", "shoes",
        "sit-ups", "sitting", "sleep", "sleeping", "slouching", "smoking", "soft collar",
        "spinal adjustment*", "squats", "squatting", "standing", "staying active", "staying in bed",
        "strength training", "strength work", "strengthening", "stretch", "stretches", "stretching",
        "supplement*", "surgery", "swimming", "tablets", "tai chi", "taping", "tens", "therapies",
        "therapy", "this exercise", "this move", "this movement", "this stretch", "traction", "training",
        "treatment", "treatments", "turmeric", "ultrasound therapy", "vitamin d", "walking", "warm-up",
        "warm-ups", "warming up", "weight loss", "yoga",
    ]),
    (Family::Outcome, &[
        "ache", "aches", "anxiety", "arthritis", "back ache", "backache", "balance", "blood flow",
        "blood pressure", "bone density", "cancer", "chronic", "circulation", "damage", "death",
        "degeneration", "depression", "diabetes", "disability", "discomfort", "disease", "diseases",
        "dizziness", "endurance", "falls", "fatigue", "flare-up", "flare-ups", "flexibility", "fracture*",
        "function", "headache*", "healing", "health", "herniation", "illness", "impingement",
        "infection*", "inflammation", "injuries", "injury", "joint space", "load on", "migraine*",
        "mobility", "mood", "muscle mass", "numbness", "obesity", "osteoarthritis", "osteoporosis",
        "pain", "painful", "performance", "posture", "pressure on", "quality of life", "range of motion",
        "recovery", "sciatica", "sensitivity", "sleep", "soreness", "spasm*", "sprain*", "stability",
        "stiffness", "strain", "strain on", "strains", "strength", "stress", "stress on", "swelling",
        "symptom", "symptoms", "tear", "tears", "tension", "tightness", "tingling", "tissue damage",
        "weakness", "wear", "wear and tear", "weight",
    ]),
    (Family::Product, &[
        "app", "balm", "belt", "brace", "bracelet", "collar", "copper", "corset", "cream", "cushion",
        "device", "gel", "insole", "insoles", "massage gun", "mattress", "medical device", "our product",
        "our products", "patch", "patches", "pillow", "posture corrector", "posture shirt", "roller",
        "sleeve", "sleeves", "supplement", "supplements", "tablets", "wristband",
    ]),
    (Family::NumberWord, &[
        "a few", "eight", "eighty", "eleven", "fifteen", "fifty", "five", "forty", "four", "hundred",
        "nine", "ninety", "one", "seven", "seventy", "several", "six", "sixty", "ten", "thirty", "three",
        "twelve", "twenty", "two",
    ]),
    (Family::Roughly, &[
        "about", "almost", "an estimated", "approximately", "around", "as many as", "as much as",
        "at least", "close to", "estimated", "fewer than", "less than", "more than", "nearly", "only",
        "over", "roughly", "some", "under", "up to",
    ]),
    (Family::Improves, &[
        "back to", "better", "clear up", "clears up", "disappear", "disappears", "fade", "fades",
        "go away", "goes away", "heal", "healed", "heals", "improve", "improved", "improves", "last",
        "lasts", "longer than", "pass", "recover", "recovered", "recovers", "recovery", "resolve",
        "resolved", "resolves", "return to", "settle", "settled", "settles", "take", "takes", "wears off",
        "within",
    ]),
    (Family::Finite, &[
        "acts", "adapt", "adapts", "add", "adds", "affect", "affects", "allow", "allows", "am", "appears",
        "are", "aren't", "attach", "attaches", "be", "beat", "beats", "became", "become", "becomes",
        "been", "begins", "bends", "benefit", "benefits", "build", "builds", "call", "calm", "calms",
        "came", "can", "can't", "cannot", "carries", "carry", "cause", "causes", "change", "changes",
        "clear", "clears", "closes", "comes", "consists", "contains", "contract", "contracts", "could",
        "count", "counts", "create", "creates", "crosses", "cut", "cuts", "damage", "damages", "deepen",
        "deepens", "depends", "describe", "describes", "develop", "develops", "did", "didn't",
        "disappears", "do", "does", "doesn't", "don't", "drop", "drops", "ease", "eases", "end", "end up",
        "ends", "exist", "exists", "fade", "fades", "fall", "falls", "feel", "feels", "felt", "flares",
        "follow", "follows", "form", "forms", "gain", "gains", "get", "gets", "give", "gives", "go",
        "goes", "grow", "grows", "had", "happen", "happens", "has", "have", "heals", "help", "helps",
        "hold", "holds", "hurt", "hurts", "improve", "improves", "include", "includes", "increase",
        "increases", "injure", "injures", "involve", "involves", "is", "isn't", "it's", "join", "joins",
        "keep", "keeps", "know", "knows", "last", "lasts", "learn", "learns", "let", "lets", "lies",
        "like", "link", "links", "live", "lives", "loads", "look", "looks", "lose", "loses", "lower",
        "lowers", "made", "make", "makes", "matters", "may", "mean", "means", "might", "move", "moves",
        "must", "need", "needs", "occur", "occurs", "offer", "offers", "opens", "pass", "passes", "peaks",
        "pick", "picks", "picks up", "play", "plays", "point", "points", "predict", "predicts", "prevent",
        "prevents", "produce", "produces", "protect", "protects", "provide", "provides", "raise",
        "raises", "receive", "receives", "recommends", "recover", "recovers", "reduce", "reduces",
        "relaxes", "release", "releases", "relieve", "relieves", "remains", "report", "require",
        "requires", "resolve", "resolves", "respond", "responds", "return", "returns", "rise", "rises",
        "rotate", "rotates", "runs", "say", "says", "seems", "send", "sends", "serves", "settle",
        "settles", "shall", "ship", "ships", "should", "show", "shows", "shrink", "shrinks", "sits",
        "slide", "slides", "slow", "slows", "sound", "sounds", "speed", "speeds", "spread", "spreads",
        "starts", "stays", "steadies", "steady", "stops", "store", "stores", "strengthens", "stretches",
        "suffer", "suffers", "support", "supports", "take", "takes", "tend", "tends", "that's", "there's",
        "think", "thinks", "thins", "tightens", "tolerate", "tolerates", "took", "travel", "travels",
        "use", "used", "uses", "varies", "vary", "visit", "wake", "wakes", "was", "weigh", "weighs",
        "went", "were", "will", "won't", "work", "works", "would", "wraps",
    ]),
    (Family::Should, &[
        "aim for", "aim to", "are advised", "are recommended", "consider", "is advised", "is recommended",
        "it is best to", "it is important to", "it is recommended", "must", "ought to",
        "recommended amount", "should",
    ]),
];

/// Verbs that open an instruction, in alphabetical order.
// Source: first words of the sentences of a public exercise list, plus physiotherapy usage.
#[rustfmt::skip]
pub static IMPERATIVES: &[&str] = &[
    "accept", "activate", "add", "adjust", "aim", "allow", "alternate", "apply", "arch", "ask", "assume",
    "attach", "attempt", "avoid", "balance", "begin", "bend", "book", "bounce", "brace", "breathe",
    "bring", "build", "buy", "call", "carry", "catch", "change", "check", "choose", "circle", "clasp",
    "clean", "clench", "click", "climb", "close", "come", "complete", "concentrate", "consider",
    "consult", "contact", "continue", "contract", "cool", "count", "crawl", "cross", "curl", "cut",
    "cycle", "descend", "dig", "dip", "discuss", "do", "don't", "download", "drag", "draw", "dress",
    "drink", "drive", "drop", "duck", "ease", "eat", "elevate", "engage", "enjoy", "ensure", "execute",
    "exercise", "exhale", "expect", "explain", "explode", "extend", "face", "fasten", "feel", "fill",
    "find", "finish", "flatten", "flex", "flip", "focus", "fold", "follow", "gather", "get", "give",
    "glide", "go", "grab", "grasp", "grip", "hang", "have", "heat", "hinge", "hold", "hop", "hug",
    "hyperextend", "imagine", "increase", "inform", "inhale", "initiate", "interlace", "invert", "join",
    "jump", "keep", "kick", "kneel", "lace", "land", "lay", "lean", "learn", "leave", "let", "let's",
    "lie", "lift", "limit", "line", "list", "listen", "load", "lock", "look", "loop", "lower", "lunge",
    "maintain", "make", "march", "massage", "match", "measure", "move", "name", "never", "nod", "note",
    "notice", "open", "order", "pace", "pair", "pause", "pedal", "perform", "pick", "place", "plan",
    "plant", "please", "point", "position", "practice", "practise", "prepare", "press", "progress",
    "pull", "push", "put", "rack", "raise", "rate", "reach", "read", "rebound", "recline", "record",
    "recover", "reduce", "relax", "release", "remain", "remember", "remove", "repeat", "report", "rest",
    "retake", "retract", "return", "reverse", "review", "ride", "rise", "rock", "roll", "rotate", "row",
    "run", "schedule", "score", "secure", "see", "seek", "select", "set", "shake", "share", "shift",
    "shower", "shrug", "sign", "sit", "skip", "sleep", "slide", "slow", "snatch", "speak", "spend",
    "spread", "squat", "squeeze", "stabilize", "stack", "stand", "start", "stay", "step", "stop",
    "straddle", "straighten", "strap", "stretch", "strive", "subscribe", "suck", "support", "swap",
    "swim", "swing", "switch", "take", "talk", "tap", "tell", "tense", "test", "think", "thread", "throw",
    "tighten", "tilt", "tip", "touch", "track", "treat", "try", "tuck", "turn", "twist", "unrack", "use",
    "visit", "wait", "walk", "warm", "watch", "wear", "wiggle", "withdraw", "work", "wrap", "write",
];

/// Words of [`IMPERATIVES`] that are as often the subject of a statement ("Rest helps"), in order.
#[rustfmt::skip]
pub static ALSO_NOUNS: &[&str] = &[
    "attempt", "balance", "book", "brace", "change", "clean", "contact", "cool", "cut", "cycle", "dress",
    "drink", "drive", "drop", "exercise", "face", "focus", "grip", "heat", "increase", "lift", "limit",
    "load", "lunge", "march", "massage", "pace", "pair", "plan", "plant", "position", "practice",
    "progress", "rack", "record", "recover", "release", "report", "rest", "return", "review", "ride",
    "rock", "run", "schedule", "score", "shake", "shower", "sleep", "squat", "step", "stretch", "support",
    "swing", "test", "touch", "treat", "twist", "use", "walk", "warm", "work",
];

/// Openings before which an instruction may be delayed by a phrase and a comma ("If it hurts, stop").
#[rustfmt::skip]
pub static FRONTED: &[&str] = &[
    "after", "again", "as", "at", "before", "by", "during", "each", "finally", "first", "for", "from",
    "gently", "if", "immediately", "in", "keeping", "last", "lastly", "lying", "next", "now", "on",
    "once", "second", "sitting", "slowly", "standing", "starting", "then", "third", "to", "until",
    "using", "when", "while", "with", "without",
];

/// Words that may stand between the start of a step and its verb.
#[rustfmt::skip]
pub static LEADING_ADVERBS: &[&str] = &[
    "again", "also", "always", "and", "but", "carefully", "finally", "first", "gently", "immediately",
    "just", "lightly", "never", "next", "now", "or", "please", "quickly", "simply", "simultaneously",
    "slowly", "smoothly", "so", "steadily", "then",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_stand_in_the_order_of_the_enum() {
        for (index, info) in FAMILIES.iter().enumerate() {
            assert_eq!(info.family as usize, index, "{}", info.name);
        }
    }

    #[test]
    fn word_lists_are_sorted_for_binary_search() {
        for list in [IMPERATIVES, ALSO_NOUNS, FRONTED, LEADING_ADVERBS] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }

    #[test]
    fn phrases_are_lower_case_and_listed_once_per_family() {
        for (family, phrases) in PHRASES {
            let mut seen = std::collections::BTreeSet::new();
            for phrase in *phrases {
                assert_eq!(*phrase, phrase.to_ascii_lowercase(), "{family:?}");
                assert!(seen.insert(phrase), "{family:?} lists `{phrase}` twice");
            }
        }
    }
}
