//! See `docs`.

use crate::diagnostic::{Confidence, Level};
use crate::lexicon::{Hit, LEXICON, Weight};
use crate::model::{ContentKind, Record};
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, Sink};
use crate::source::Span;
use crate::syntax::{Block, BlockKind, Prose};
use crate::words::shortened;
use std::cell::LazyCell;
use std::ops::Range;

pub static RULE: Rule = Rule {
    id: "claim/discourages-care",
    summary: "the text keeps readers from professional care, or sets them against clinicians",
    level: Level::Error,
    kinds: &[],
    confidence: Confidence::High,
    fix: Fixability::Never,
    profile: Profile::Relaxed,
    since: "0.1.0",
    docs: r#"
Who stops taking a medicine or stays away from a doctor because of a text may be harmed by it. Information
supports the relation with a clinician; it does not replace it (HONcode).

```markdown fail
# Discs

Here is what your doctor won't tell you about discs.
```

```markdown pass
# Discs

Most back pain does not need a scan. Your clinician will tell you if yours does. Do not stop taking your
medication without asking.
```

Looked for are phrases such as "you don't need a doctor", "do not see a doctor about it", "stop taking your
tablets" (and other medicines, by their names and the endings of names), "instead of chemotherapy, try ...", "chest
pain is nothing to worry about", "do not go to hospital" beside chest pain, and "what doctors won't tell you", in
English; in articles also orders to go on in spite of pain ("if it hurts, push harder"), which `exercise/unsafe-cue`
looks for in exercises. What a sentence denies, asks, lays in the mouth of others ("anyone who tells you") or calls a
myth is left alone, and so are quotations, the questions and options of a quiz, sentences that say when care is not
needed ("unless it gets worse", "if it is mild"), and orders below a heading or lead-in that says when they hold
("Before an operation"). Where it is right all the same, say it another way, or switch the rule off for the file under
`overrides`.
"#,
    check: Check::Record(check),
};

fn check(context: &FileContext<'_>, record: &Record<'_>, out: &mut Sink<'_>) {
    let frames = LazyCell::new(|| record.body.map_or_else(Vec::new, frames));
    let is_article = record.kind == ContentKind::Article;
    let mut told = None;
    for (text, hit) in super::phrases_meant(context, record, &LEXICON.discourages_care) {
        // Once for a sentence, in whatever words.
        if told == Some(text.span()) {
            continue;
        }
        let Some(range) = harm(text.as_str(), &hit) else {
            if is_article && let Some(range) = through_pain(text.as_str(), &hit) {
                let span = text.span_of(range.clone());
                if record.body.is_some_and(|body| is_plain(body, &frames, span)) {
                    told = Some(text.span());
                    let words = shortened(&text.as_str()[range]);
                    out.report(span, format!("`{words}` tells readers to go on in spite of pain"))
                        .label("who follows this may be harmed")
                        .help("say which feeling is fine, and that pain means less, or stop");
                }
            }
            continue;
        };
        let span = text.span_of(range.clone());
        if is_order(hit.list) && record.body.is_some_and(|body| is_framed(body, &frames, span)) {
            continue;
        }
        let words = shortened(&text.as_str()[range]);
        told = Some(text.span());
        out.report(span, format!("`{words}` keeps readers from care"))
            .label("who follows this may be harmed")
            .help("say when to see a clinician, and leave medicines to whoever prescribed them");
    }
}

/// Where a sentence begins with an order to go on in spite of pain, and takes nothing of it back. What exercises say
/// is read by a rule of theirs.
fn through_pain(sentence: &str, hit: &Hit<'_>) -> Option<Range<usize>> {
    #[rustfmt::skip]
    const ORDERS: &[&str] = &["forget", "ignore", "never", "power", "push", "run", "shrug", "train"];
    #[rustfmt::skip]
    const BETWEEN: &[&str] = &[
        "any", "bad", "first", "initial", "intense", "severe", "sharp", "shooting", "stabbing", "the", "your",
    ];
    #[rustfmt::skip]
    const TAKEN_BACK: &[&str] = &[
        "advice", "if", "instead", "mantra", "motto", "said", "says", "tell", "told", "unless", "until", "when",
    ];
    /// What may follow the pain; a noun makes it another thing, as in "pain scale".
    #[rustfmt::skip]
    const BEHIND: &[&str] = &[
        "and", "anyway", "as", "because", "but", "during", "for", "from", "in", "it", "of", "on", "regardless", "so",
        "while", "you",
    ];
    let (start, mut end) = (hit.range.start, hit.range.end);
    match hit.list {
        IN_SPITE => {}
        "ignored" => {
            let first = sentence[start..].split(' ').next().filter(|own| has_any(own, ORDERS));
            let words = first.map(|_| sentence[end..].split_inclusive(' '))?;
            let is_between = |word: &&str| word.trim().is_empty() || has_any(word, BETWEEN);
            end += words.take_while(is_between).map(str::len).sum::<usize>();
            let is_pain =
                sentence[end..].get(..4).is_some_and(|own| own.eq_ignore_ascii_case("pain"));
            end += is_pain.then_some("pain".len())?;
        }
        _ => return None,
    }
    let behind = &sentence[end..];
    let next = behind.split_whitespace().next().unwrap_or("");
    let is_sign = behind.starts_with(|c: char| !c.is_alphanumeric() && c != ' ' && c != '-');
    let is_order = sentence[..start].trim().is_empty()
        && !has_any(behind, TAKEN_BACK)
        && (next.is_empty() || is_sign || behind.starts_with(' ') && has_any(next, BEHIND));
    is_order.then_some(start..end)
}

/// Whether a place is running text or a list, and nothing before it says that it is what not to do.
fn is_plain(body: &Prose, frames: &[[Option<usize>; 2]], span: Span) -> bool {
    #[rustfmt::skip]
    const AGAINST: &[&str] = &[
        "avoid", "bad", "don", "dont", "fail", "lie", "lies", "mistake", "mistakes", "myth",
        "myths", "never", "no", "not", "say", "stop", "wrong", "worst",
    ];
    let after = body.blocks.partition_point(|block| block.span.start <= span.start);
    let Some(index) = after.checked_sub(1) else { return false };
    let is_cell = matches!(body.blocks[index].kind, BlockKind::TableCell { .. });
    let mut texts = frames[index].iter().flatten().map(|at| body.block_text(&body.blocks[*at]));
    !is_cell && !texts.any(|text| has_any(text, AGAINST))
}

/// Harm of another sort: [`through_pain`].
const IN_SPITE: &str = "in_spite";

/// The words of a sentence that keep readers from care; `None` when it is right as it stands.
fn harm(sentence: &str, hit: &Hit<'_>) -> Option<Range<usize>> {
    let (before, behind) = (&sentence[..hit.range.start], &sentence[hit.range.end..]);
    let is_right = match hit.list {
        "against" => false,
        IN_SPITE => true,
        // "There is no need to go to your GP: you can refer yourself."
        "needless" => {
            is_conditional(before, behind) || is_paper(behind) || has_any(sentence, REFERRAL)
        }
        "refrain" => is_conditional(before, behind) || !begins_clause(before),
        "medicines" | "quitting" | "instead" | "replacing" | "unneeded" | "pressed" => {
            return without_medicine(sentence, hit);
        }
        "ignored" | "harmless" => return warning_turned_around(sentence, hit),
        _ => is_withheld(sentence, hit),
    };
    (!is_right).then(|| hit.range.clone())
}

/// Words of ways to care without a doctor before it.
const REFERRAL: &[&str] = &["refer", "referral", "self-refer", "self-referral", "referred"];

/// Whether the phrases of a list are orders, which stand in lists below what they depend on.
fn is_order(list: &str) -> bool {
    matches!(list, "medicines" | "appointments" | "instead" | "unneeded" | "replacing")
}

/// For each block, the last heading before it, and the text that its list is led in by.
fn frames(body: &Prose) -> Vec<[Option<usize>; 2]> {
    let (mut heading, mut lead) = (None, None);
    let frame = |(index, block): (usize, &Block)| {
        let own = [heading, lead];
        match block.kind {
            BlockKind::Heading { .. } => (heading, lead) = (Some(index), None),
            BlockKind::Item { .. } => {}
            _ => lead = body.block_text(block).trim_end().ends_with(':').then_some(index),
        }
        own
    };
    body.blocks.iter().enumerate().map(frame).collect()
}

/// Whether a heading, a lead-in or the paragraph itself says when the order holds: "Before an operation:".
fn is_framed(body: &Prose, frames: &[[Option<usize>; 2]], span: Span) -> bool {
    #[rustfmt::skip]
    const WHEN: &[&str] = &["if", "when", "before", "after", "during", "unless", "until", "while", "day", "days"];
    #[rustfmt::skip]
    const OCCASIONS: &[&str] = &[
        "operation", "procedure", "surgery", "sick", "unwell", "pregnant", "pregnancy", "overdose", "allergic",
    ];
    let after = body.blocks.partition_point(|block| block.span.start <= span.start);
    let Some(index) = after.checked_sub(1) else { return false };
    let texts = frames[index].iter().flatten().map(|at| body.block_text(&body.blocks[*at]));
    let own = body.block_text(&body.blocks[index]);
    has_any(own, OCCASIONS)
        || texts.into_iter().any(|text| has_any(text, WHEN) || has_any(text, OCCASIONS))
}

/// What a sentence says of a medicine that is behind the hit: to stop it, or that something else does.
fn without_medicine(sentence: &str, hit: &Hit<'_>) -> Option<Range<usize>> {
    const WORDS: usize = 4;
    let medicines = &LEXICON.medicines;
    let (before, behind) = (&sentence[..hit.range.start], &sentence[hit.range.end..]);
    if hit.list == "quitting" {
        let mut words = before.split(|c: char| !c.is_alphanumeric());
        let is_named = words.any(|word| medicines.weight(word).is_some());
        let is_right = !is_named || has_condition(before) || has_condition(behind);
        return (!is_right && !is_withheld(sentence, hit)).then(|| hit.range.clone());
    }
    let (name, weight) = medicines.find(behind, WORDS)?;
    let whole = Hit { range: hit.range.start..hit.range.end + name.end, ..hit.clone() };
    let rest = &sentence[whole.range.end..];
    // "Drop the medicine ball."
    #[rustfmt::skip]
    const THINGS: &[&str] = &[
        "app", "apps", "ball", "balls", "bottle", "bottles", "box", "boxes", "cabinet", "cap", "diary", "label",
        "organiser", "organizer", "pen", "pens", "pump", "reminder", "reminders",
    ];
    let next = rest.strip_prefix(' ').and_then(|rest| rest.split_whitespace().next());
    if next.is_some_and(|word| has_any(word, THINGS)) {
        return None;
    }
    let is_vital = weight == Weight::Vital;
    let has_other = |text: &str| {
        let mut words = text.split(|c: char| !c.is_alphanumeric());
        words.any(|word| medicines.weight(word).is_some())
    };
    let is_meant = match hit.list {
        "medicines" => {
            let words = &sentence[whole.range.clone()];
            is_vital || has_any(words, &["your", "the", "all", "those", "these"])
        }
        "instead" => is_vital && !has_other(rest) && orders_other(before, rest),
        "replacing" => {
            let last = before.split_whitespace().next_back().unwrap_or("");
            #[rustfmt::skip]
            let is_plan = has_any(last, &[
                "and", "could", "i", "may", "might", "must", "or", "should", "they", "to", "we", "will", "would", "you",
            ]);
            !begins_clause(before) && !is_plan && !has_other(before) && ends_object(rest)
        }
        "unneeded" => !has_other(rest) && LEXICON.substitutes.is_match(rest),
        _ => is_vital,
    };
    (is_meant && !is_withheld(sentence, &whole)).then_some(whole.range)
}

/// Something to do in place of a medicine: "Instead of it, try ...", "Try ... instead of it".
fn orders_other(before: &str, rest: &str) -> bool {
    #[rustfmt::skip]
    const ORDERS: &[&str] = &[
        "choose", "do", "drink", "eat", "fast", "go", "have", "listen", "pick", "rely", "start", "switch", "take",
        "trust", "try", "use",
    ];
    let first = |text: &str| {
        let word = text.split_whitespace().next().unwrap_or("").to_owned();
        has_any(&word, ORDERS)
    };
    rest.strip_prefix(',').is_some_and(first) || first(before)
}

/// Whether a medicine is all that is replaced: no pen for it, and no tablet by another.
fn ends_object(rest: &str) -> bool {
    #[rustfmt::skip]
    const SMALL: &[&str] = &[
        "and", "as", "because", "but", "completely", "entirely", "for", "forever", "in", "once", "or", "so", "within",
    ];
    let next = rest.trim_start();
    next.is_empty()
        || next.starts_with(|c: char| !c.is_alphanumeric() && c != '\'' && c != '\u{2019}')
        || next.split_whitespace().next().is_some_and(|word| has_any(word, SMALL))
}

/// From a sign with which nobody stays at home to the words that tell the reader not to mind it.
fn warning_turned_around(sentence: &str, hit: &Hit<'_>) -> Option<Range<usize>> {
    /// Bytes between the two.
    const NEAR: usize = 40;
    #[rustfmt::skip]
    const HARMLESS: &[&str] = &[
        "brief", "briefly", "few", "gentle", "less", "mild", "minor", "moment", "moments", "no", "normal", "seconds",
        "slight", "slightly", "unless", "until",
    ];
    #[rustfmt::skip]
    const HEDGED: &[&str] = &[
        "after", "from", "if", "may", "might", "most", "mostly", "often", "rarely", "sometimes", "usually", "when",
    ];
    let (before, behind) = (&sentence[..hit.range.start], &sentence[hit.range.end..]);
    let words = &sentence[hit.range.clone()];
    let clause = behind.split([',', ';', '.', ':', '!', '?', '(']).next().unwrap_or("");
    let near = &clause[..clause.floor_char_boundary(NEAR)];
    let signs = &LEXICON.emergency_signs;
    let sign_before = || {
        let hit = signs.find_all(before).pop()?;
        Some(hit.range)
    };
    let is_right =
        has_any(before, HARMLESS) || has_any(behind, HARMLESS) || has_any(behind, &["if", "when"]);
    if is_right {
        return None;
    }
    if hit.list == "ignored" {
        // "You can ignore the chest pain" allows what an order asks for.
        let allows = ["you can", "you can safely", "you may", "you may safely"];
        let is_allowed = allows.iter().any(|own| before.trim().eq_ignore_ascii_case(own));
        if !begins_clause(before) && !is_allowed {
            return None;
        }
        if has_any(words, &["it", "this", "that", "them"]) {
            return Some(sign_before()?.start..hit.range.end);
        }
        let sign = signs.find(near)?.range;
        let is_next = near[..sign.start].split_whitespace().count() <= 2;
        return is_next.then(|| hit.range.start..hit.range.end + sign.end);
    }
    if has_any(sentence, HEDGED) {
        return None;
    }
    let sign = sign_before()?;
    let between = &before[sign.end..];
    #[rustfmt::skip]
    const WHERE: &[&str] = &["at", "between", "during", "in", "on", "while", "with"];
    let is_subject = between.trim().is_empty()
        || between.split_whitespace().next().is_some_and(|word| has_any(word, WHERE));
    let numb = before[sign.clone()].get(..4).is_some_and(|own| own.eq_ignore_ascii_case("numb"));
    let is_grave = !numb || has_any(between, &["legs", "thighs", "groin", "face", "genitals"]);
    let is_near = between.len() <= NEAR && !between.contains(['.', ';', ':', '!', '?']);
    (is_near && is_subject && is_grave).then_some(sign.start..hit.range.end)
}

fn has_condition(text: &str) -> bool {
    has_any(text, &["if", "when"])
}

/// Whether the sentence says for whom, when or for what care is not needed.
fn is_conditional(before: &str, behind: &str) -> bool {
    #[rustfmt::skip]
    const ANYWHERE: &[&str] = &[
        "if", "unless", "until", "when", "while", "before", "after", "usually", "often", "always", "most",
        "many", "some", "mild", "minor", "small", "may", "might", "probably", "necessarily", "except", "simple",
        "slight", "ordinary", "bruise", "bruises", "blister", "blisters", "cold", "colds", "graze", "grazes",
        "scratch", "scratches", "hiccups", "soreness",
    ];
    #[rustfmt::skip]
    const BEHIND: &[&str] = &[
        "to", "first", "only", "just", "every", "each", "straight", "right", "immediately", "urgently", "yet",
        "now", "once", "as", "but", "again", "s",
    ];
    const BUT_FOR: &[&str] = &["unless", "until", "except"];
    #[rustfmt::skip]
    const ALARMS: &[&str] = &[
        "chest", "breath", "numb", "numbness", "weakness", "fever", "bladder", "bowel", "faint", "dizzy",
    ];
    // "They only want to sell you surgery" is no exception.
    let own = behind.split(" they ").next().unwrap_or("");
    // "If your chest hurts" says when care is needed.
    let spares = has_any(before, BUT_FOR) || has_any(behind, BUT_FOR);
    let alarms = !spares && (has_any(before, ALARMS) || has_any(behind, ALARMS));
    !alarms && (has_any(before, ANYWHERE) || has_any(behind, ANYWHERE) || has_any(own, BEHIND))
}

/// Whether what follows is an order: "please", "so" and the like stand before it, or nothing.
fn begins_clause(before: &str) -> bool {
    const LEADS: &[&str] = &["please", "so", "and", "then", "just", "simply"];
    let before = before.trim_end();
    let last = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    last.is_empty() || LEADS.iter().any(|own| last.eq_ignore_ascii_case(own))
}

/// "a doctor's letter", "a GP referral": what is not needed is a piece of paper.
fn is_paper(behind: &str) -> bool {
    #[rustfmt::skip]
    const PAPERS: &[&str] = &[
        "appointment", "certificate", "letter", "note", "prescription", "recommendation", "referral",
    ];
    let next = behind.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty());
    next.is_some_and(|word| PAPERS.iter().any(|own| word.eq_ignore_ascii_case(own)))
}

/// Whether a phrase of the other lists tells the reader nothing that harms.
fn is_withheld(sentence: &str, hit: &Hit<'_>) -> bool {
    // "and then" before an order.
    const LEADS: &[&str] = &["and", "just", "now", "please", "simply", "so", "then"];
    // An exception, a date, somebody to ask: anywhere but in the words themselves.
    #[rustfmt::skip]
    const RESTRICTED: &[&str] = &[
        "111", "112", "911", "999", "allergic", "ambulance", "antibiotics", "before", "clinician", "doctor", "doctors",
        "except", "gp", "hospital", "less", "minutes", "normal", "nurse", "operation", "passes", "pharmacist",
        "physician", "pregnant", "prescriber", "procedure", "scan", "settles", "sick", "specialist", "surgeon",
        "surgery", "team", "unless", "until", "unwell", "usually", "without", "yourself",
    ];
    // Of the words themselves: nobody needs these for long.
    #[rustfmt::skip]
    const HARMLESS: &[&str] = &[
        "contraceptive", "empty", "expired", "iron", "leftover", "old", "pain", "sleeping", "unused", "vitamin",
    ];
    let (before, behind) = (&sentence[..hit.range.start], &sentence[hit.range.end..]);
    let clause = before.rsplit([',', ';', ':', '\u{2013}', '\u{2014}']).next().unwrap_or("");
    let clause = clause.to_lowercase();
    let mut subject = clause.split_whitespace().skip_while(|own| LEADS.contains(own));
    let subject = (subject.next().unwrap_or(""), subject.next().unwrap_or(""));
    // "Stretch every day and stop taking your tablets": the second of two orders.
    let follows = matches!(clause.split_whitespace().next_back(), Some("and" | "then" | "so"));
    let is_told = ["i", "may", "might", "must", "people", "that", "they", "to", "we", "who", "you"];
    let is_ordered = subject.0.is_empty() || follows && !has_any(&clause, &is_told);
    let is_conditional = || has_condition(before) || has_condition(behind);
    let fits = match hit.list {
        "medicines" | "appointments" => {
            let is_permitted = subject.0 == "you" && matches!(subject.1, "can" | "could" | "will");
            (is_permitted || is_ordered)
                && (!is_conditional() || LEXICON.substitutes.is_match(behind))
        }
        "emergencies" => {
            let is_stated = matches!(subject, ("there", "is") | ("there's" | "you", ""));
            (is_ordered || is_stated) && LEXICON.emergency_signs.is_match(sentence)
        }
        "instead" | "replacing" => !is_conditional(),
        "quitting" | "unneeded" | "pressed" => true,
        _ => !behind.trim_start().starts_with("who ") && !behind.trim_start().starts_with("that "),
    };
    let words = &sentence[hit.range.clone()];
    !fits || has_any(before, RESTRICTED) || has_any(behind, RESTRICTED) || has_any(words, HARMLESS)
}

fn has_any(text: &str, list: &[&str]) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    words.any(|word| list.iter().any(|own| word.eq_ignore_ascii_case(own)))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent};

    #[test]
    fn words_against_care() {
        check(
            &RULE,
            "# Höfter

Here is *what your doctor won\u{2019}t tell* you.
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^ `what your doctor won\u{2019}t tell` keeps readers from care

Stretch, and you can stop taking your tablets.
                     ^^^^^^^^^^^^^^^^^^^^^^^^ `stop taking your tablets` keeps readers from care
",
        );
        check(
            &RULE,
            "
name: Bro – bridge
notes: You don't need a physio for this.
       ^^^^^^^^^^^^^^^^^^^^^^^ `You don't need a physio` keeps readers from care
",
        );
    }

    #[test]
    fn care_that_is_called_needless() {
        check(
            &RULE,
            "# Ryggar

Do not see a doctor about back pain. There is no need to see a doctor for this.
^^^^^^^^^^^^^^^^^^^ `Do not see a doctor` keeps readers from care
                                              ^^^^^^^^^^^^^^^^^^^^^^^ `no need to see a doctor` keeps readers from care

You do not need to see a doctor if your chest hurts.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `You do not need to see a doctor` keeps readers from care

Please don\u{2019}t bother visiting your GP. You need not see a physician about it.
       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `don\u{2019}t bother visiting your GP` keeps readers from care
                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `You need not see a physician` keeps readers from care
",
        );
        loud("There is no need of going to doctor, and the oil will do.");
        loud("No need to go to a doctor.");
        loud("Don\u{2019}t bother seeing a doctor, they only want to sell you tablets.");
        loud("You don\u{2019}t need doctors.");
        loud("Physios are a waste of money.");
        silent(
            &RULE,
            "
# A

You do not need to see a doctor unless the pain gets worse, or your chest hurts. If it is mild, there is no need to see a doctor.

There is no need to see a doctor straight away. There is no need to go to your GP: you can refer yourself. You do not need to see a GP before you see a physio.

People who do not see a doctor about back pain recover as well. Many do not see a doctor about it.

Do not see a doctor only to get a scan. Do not wait to see a doctor. You don't need a doctor's letter to book.

You don't need doctors to tell you that walking is fine. You do not need to see a doctor for a simple bruise. You don't need a doctor for a cold.
",
        );
    }

    #[test]
    fn orders_and_permissions() {
        check(
            &RULE,
            "# Höfter

You can stop taking your blood pressure tablets once you walk every day.
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `stop taking your blood pressure tablets` keeps readers from care

Throw away your inhaler; breathing exercises are all you need. Don\u{2019}t waste your time with a physio.
^^^^^^^^^^^^^^^^^^^^^^^ `Throw away your inhaler` keeps readers from care
                                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Don\u{2019}t waste your time with a physio` keeps readers from care

Do not go to hospital if you feel chest pain: breathe into it. If she has a seizure, do not call an ambulance.
^^^^^^^^^^^^^^^^^^^^^ `Do not go to hospital` keeps readers from care
                                                                                     ^^^^^^^^^^^^^^^^^^^^^^^^ `do not call an ambulance` keeps readers from care

Throw away the belt and stop taking your tablets tonight.
                        ^^^^^^^^^^^^^^^^^^^^^^^^ `stop taking your tablets` keeps readers from care

There is no need to tell your GP about numbness in your legs. Surgeons only want your money.
         ^^^^^^^^^^^^^^^^^^^^^^^ `no need to tell your GP` keeps readers from care
                                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Surgeons only want your money` keeps readers from care
",
        );
    }

    #[test]
    fn orders_that_are_right() {
        silent(
            &RULE,
            "# A

Do not go to hospital for a cold. Do not drive to hospital if you have chest pain: call 999. Do not stop taking your
blood pressure tablets without asking your doctor. Throw away your inhaler when the counter reads 0. Throw away your
old tablets.

You may need to stop taking your blood pressure tablets. You can stop taking your heart tablets if your doctor agrees.
If you stop taking your beta blockers, your heart may race. Stop taking your blood pressure tablets if you vomit.

If you feel well and stop taking your tablets, it may come back. You may feel better and stop taking your tablets.

You do not usually need to call an ambulance for a seizure that lasts less than five minutes. You do not need a
doctor\u{2019}s referral to see a physiotherapist. You do not need a GP referral.

There is no need to tell your GP about a cold. Do not waste your time with a physio who only uses machines. Anyone who
tells you to stop taking your tablets is not on your side. You can stop taking your pain tablets when it has gone.
",
        );
    }

    #[test]
    fn medicines_that_are_stopped_or_replaced() {
        let stopped = [
            "Stop your methotrexate for a month and let the body heal itself.",
            "Stop taking your methotrexate.",
            "Stop taking atorvastatin.",
            "Halve your insulin on training days.",
            "Come off your blood thinners.",
            "Instead of chemotherapy, try a fortnight of fasting.",
            "Try fasting instead of insulin.",
            "Breathing exercises replace your inhaler.",
            "Ditch the pills and move instead.",
            "You don't need statins if you eat well.",
            "There is no need for antibiotics: garlic does the same.",
            "Don\u{2019}t let them talk you into the vaccine.",
            "Doctors only want to sell you pills, so listen to your body instead.",
            "Running is better than antidepressants, so you can quit them safely.",
            "Skip your adalimumab this winter – you will be fine.",
        ];
        for sentence in stopped {
            loud(sentence);
        }
        silent(
            &RULE,
            "# A

Do not stop your methotrexate without asking. Your doctor may halve your insulin. Ask your doctor before you stop
taking your ramipril. Half of them stopped taking their statins. Stop the tablets and call 999 if you get a rash.

Drop your medicine ball, and skip the medicine ball throws. Stop your metformin on sick days. Stop smoking, and drop your shoulders. In April, stop your subscription.

You don't need antibiotics for a cold. Most people do not need statins. There is no need for antibiotics when the cause
is a virus. You may not need statins if you eat well. You do not need insulin if you take metformin and it works.

Your team may give you tablets instead of chemotherapy. Some have radiotherapy instead of surgery. Instead of tablets,
try a warm bath. Replace your inhaler when it is empty. The pump replaces your insulin pen. Nothing can replace your
inhaler. Never let pain talk you into your old habits. The jab does no harm, so you can stop it hurting with a joke.

If you feel sick:

- stop taking your metformin
- call us

## Before an operation

Stop taking your apixaban two days earlier.
",
        );
    }

    #[test]
    fn warnings_turned_around() {
        let turned = [
            "Chest pain during exercise is usually just tight muscles; push through it.",
            "Chest pain is nothing to worry about.",
            "Ignore the numbness; it will pass.",
            "You can ignore the chest pain and go on.",
            "Never mind numbness between the legs, trouble passing urine or a fever; they pass by themselves.",
            "Chest tightness is just stress.",
            "Numbness between the legs is nothing to worry about.",
            "Never mind what your surgeon told you.",
            "Ignore what the physio says and lift more.",
            "Never listen to your doctor.",
            "In the end most surgeons just want to operate.",
        ];
        for sentence in turned {
            loud(sentence);
        }
        silent(
            &RULE,
            "# A

Never ignore chest pain. You can hardly ignore the chest pain. Many people ignore the numbness. If you ignore numbness, it may last. A numb foot after
sitting is nothing to worry about. Numbness around the scar is nothing to worry about. Brief chest pain is usually
nothing to worry about. It is a myth that chest pain is just stress. Stroke survivors are completely normal people.

Do not ignore what your doctor says. If you ignore what the physio says, you may get hurt.

Push through the door. Ignore the slight numbness in your gums. Chest pain is no reason to worry if your doctor has
looked at your heart. A fit body is nothing to worry about. Being short of breath? Walk through it in your mind.
",
        );
    }

    #[test]
    fn orders_to_go_on_in_spite_of_pain() {
        check(
            &RULE,
            "
//- articles/a.md
# L\u{f6}pning

Week three is hard. If it hurts, push harder. Ignore the pain in your shin, it is only weakness.
                    ^^^^^^^^^^^^^^^^^^^^^^^^ `If it hurts, push harder` tells readers to go on in spite of pain
                                              ^^^^^^^^^^^^^^^ `Ignore the pain` tells readers to go on in spite of pain

- Push through the sharp pain.
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Push through the sharp pain` tells readers to go on in spite of pain
",
        );
        silent(
            &RULE,
            "
//- articles/a.md
# L\u{f6}pning

Never push through pain. If it hurts, push harder only when your coach agrees. Ignore the pain scale for now. Some
people push through the pain. Work through the pain with your team. Push through painful news. \u{201c}Push through the pain,\u{201d} my coach said. Push through the pain, they told
me. Push through mild pain. Go through the pain diary together. No pain, no gain was his motto.

## Do not

- Push through the pain.

Things to avoid:

- Ignore the pain.

| Do | Don\u{2019}t |
|---|---|
| Rest | Push through the pain |
",
        );
    }

    /// One sentence, one diagnostic.
    #[track_caller]
    fn loud(sentence: &str) {
        let files = crate::testing::files(&RULE, &format!("# Höft\n\n{sentence}\n"));
        let said = crate::testing::diagnostics(&files);
        let count = said.iter().filter(|own| own.rule == RULE.id).count();
        assert_eq!(count, 1, "{sentence}");
    }

    #[test]
    fn what_supports_care() {
        silent(
            &RULE,
            "# A

Do not stop taking your medication. Never skip your doctor's appointment.

It is a myth that you don't need a doctor. Do you think you don't need a doctor?

\"You don't need a doctor\" was what they told her.

Most people do not need a scan. You do not need special shoes.
",
        );
        silent(
            &RULE,
            "
title: Q
questions:
  - prompt: What is right?
    options: [You don't need a doctor., Ask your doctor.]
    answer: 2
",
        );
    }
}
