//! Which words of a claim to underline: enough of them to say something, and no more.

use super::cues::Family;
use super::detect::ClaimKind;
use super::firm;
use super::occurrence::occurrence;
use super::scan::Scan;
use std::ops::Range;

/// The words of the heaviest cue of the kind, completed; the whole sentence where no words say it.
pub(super) fn focus(sentence: &str, kind: ClaimKind, found: &Scan) -> Range<usize> {
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
        return telling(sentence, kind, appeal.range(), found);
    }
    if let (ClaimKind::Causal, Some((change, risk))) =
        (kind, found.pair(Family::Change, Family::Risk, 24))
    {
        return telling(sentence, kind, change.start..risk.end, found);
    }
    let cue = found
        .families()
        .filter(|info| info.kind == Some(kind) && info.weight > 0)
        .filter_map(|info| Some((info.weight, occurrence(sentence, info.family, found)?)))
        .filter(|(_, range)| !is_shortened(&sentence[range.clone()]))
        .max_by_key(|(weight, range)| (*weight, std::cmp::Reverse(range.start)));
    match cue {
        Some((weight, range)) if weight > 20 => {
            let words = telling(sentence, kind, range, found);
            // Not the end of "upper".
            let unit = sentence[..words.start].strip_suffix("per ").filter(|before| {
                kind == ClaimKind::Statistic && !before.ends_with(char::is_alphanumeric)
            });
            unit.map_or(words.start, str::len)..words.end
        }
        Some(_) | None => 0..sentence.len(),
    }
}

/// "e.g", which says nothing by itself.
fn is_shortened(words: &str) -> bool {
    ["e.g", "i.e"].into_iter().any(|own| own.eq_ignore_ascii_case(words))
}

/// The range made long enough to say something by itself: "causes" becomes "causes more back pain".
fn telling(sentence: &str, kind: ClaimKind, range: Range<usize>, found: &Scan) -> Range<usize> {
    const WORDS_RIGHT: usize = 5;
    let words = &found.words;
    let Some(last) = words.iter().rposition(|word| (word.start as usize) < range.end) else {
        return range;
    };
    let first = words.iter().position(|word| word.end as usize > range.start).unwrap_or(last);
    let (mut start, mut end) = (first, last);
    let two_sided =
        matches!(kind, ClaimKind::Comparative | ClaimKind::Attribution | ClaimKind::Definition)
            && last - first < 2;
    // What is compared, and who says it, stand before.
    let mut steps = if two_sided { 2 } else { 0 };
    while steps > 0
        && start > 0
        && connected(sentence, words[start - 1].end as usize, words[start].start as usize)
    {
        start -= 1;
        steps -= 1;
    }
    // "more problematic than" without its "more" compares nothing.
    let compares = |word: &str| kind == ClaimKind::Comparative && matches!(word, "more" | "less");
    while start < first && {
        let word = &sentence[words[start].range()];
        LOOSE_ENDS.contains(&word) && !compares(word)
    } {
        start += 1;
    }
    let reached = |index: usize| {
        let word = words[index];
        [Family::HealthTopic, Family::Outcome, Family::Medical].into_iter().any(|family| {
            found
                .all(family)
                .any(|hit| hit.start <= word.start as usize && word.end as usize <= hit.end)
        })
    };
    let mut steps = if last - first >= 3 { 0 } else { WORDS_RIGHT };
    while steps > 0
        && end + 1 < words.len()
        && connected(sentence, words[end].end as usize, words[end + 1].start as usize)
    {
        end += 1;
        steps -= 1;
        if reached(end) && !(end + 1 < words.len() && reached(end + 1)) {
            break;
        }
    }
    while end > last
        && LOOSE_ENDS.contains(&sentence[words[end].range()].to_ascii_lowercase().as_str())
    {
        end -= 1;
    }
    // One word says too little: "pain is very common".
    const WORDS_LEFT: usize = 4;
    let mut steps = if start == end { WORDS_LEFT } else { 0 };
    while steps > 0
        && start > 0
        && connected(sentence, words[start - 1].end as usize, words[start].start as usize)
    {
        start -= 1;
        steps -= 1;
    }
    let between = |left: usize| &sentence[words[left].end as usize..words[left + 1].start as usize];
    // "increases injury risk"
    const OF_WHAT: &[&str] = &["risk", "risks", "rate", "rates"];
    if end + 1 < words.len()
        && between(end) == " "
        && OF_WHAT.contains(&&sentence[words[end + 1].range()])
    {
        end += 1;
    }
    // "relief receptors" is no end of "pain-relief receptors".
    while start > 0 && between(start - 1) == "-" {
        start -= 1;
    }
    let out = words[start].start as usize..words[end].end as usize;
    out.start.min(range.start)..out.end.max(range.end)
}

/// Words that end an underlined phrase badly.
const LOOSE_ENDS: &[&str] = &[
    "a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "is", "are", "it", "its", "of",
    "on", "or", "than", "that", "the", "their", "this", "to", "which", "who", "with", "your",
    "when", "if", "more", "less", "very", "not", "be", "can", "may", "you", "they", "also",
    "because",
];

fn connected(sentence: &str, from: usize, to: usize) -> bool {
    let between = &sentence[from..to];
    between.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '\'' | '\u{2019}'))
}
