//! Did you mean: the known word that a misspelt one stands for.

/// The candidate that `word` most likely stands for; `None` when none is near. Case does not
/// count. The answer does not depend on the order of the candidates.
///
/// Near is a Damerau-Levenshtein distance of 1 for words of 3 to 5 characters and of 2 for longer
/// ones; shorter words must differ in case only. Failing that, a word of 3 characters or more may
/// be the beginning of one single candidate (`desc`, `description`), or the other way round.
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word = letters(word);
    let mut best: Option<(Rank, &str)> = None;
    let mut prefixed = Vec::new();
    for candidate in candidates {
        let known = letters(candidate);
        if let Some(distance) = distance_within(&word, &known, reach(word.len().min(known.len()))) {
            let rank = (distance, word.first() != known.first(), known.len().abs_diff(word.len()));
            if best.is_none_or(|best| (rank, candidate) < best) {
                best = Some((rank, candidate));
            }
        }
        if word.len().min(known.len()) >= MIN_PREFIX
            && (known.starts_with(&word) || word.starts_with(&known))
        {
            prefixed.push(candidate);
        }
    }
    prefixed.sort_unstable();
    prefixed.dedup();
    match (best, prefixed.as_slice()) {
        (Some((_, found)), _) => Some(found),
        (None, &[only]) => Some(only),
        (None, _) => None,
    }
}

/// Distance, whether the first letters differ, difference in length: less is nearer.
type Rank = (usize, bool, usize);

/// Shorter beginnings say too little.
const MIN_PREFIX: usize = 3;

fn letters(word: &str) -> Vec<char> {
    word.chars().flat_map(char::to_lowercase).collect()
}

/// The distance up to which words of this many characters are near.
fn reach(length: usize) -> usize {
    match length {
        0..=2 => 0,
        3..=5 => 1,
        _ => 2,
    }
}

/// Edits between two words (insert, delete, replace, swap neighbours); `None` above `limit`.
fn distance_within(a: &[char], b: &[char], limit: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i);
        for j in 1..=b.len() {
            let replaced = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before_last[j - 2] + 1);
            }
            row.push(least);
        }
        if row.iter().all(|&cell| cell > limit) {
            return None;
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|&distance| distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(word: &str, candidates: &[&'static str]) -> Option<&'static str> {
        nearest(word, candidates.iter().copied())
    }

    #[test]
    fn finds_misspellings() {
        let fields = ["summary", "title", "description", "sources", "id", "level"];
        assert_eq!(near("sumary", &fields), Some("summary"));
        assert_eq!(near("tilte", &fields), Some("title"));
        assert_eq!(near("SOURCES", &fields), Some("sources"));
        assert_eq!(near("ID", &fields), Some("id"));
        assert_eq!(near("levels", &fields), Some("level"));
    }

    #[test]
    fn a_beginning_is_enough_when_only_one_word_begins_so() {
        assert_eq!(near("desc", &["description", "title"]), Some("description"));
        assert_eq!(near("date", &["datePublished", "dateModified"]), None);
    }

    #[test]
    fn far_and_short_words_stay_alone() {
        assert_eq!(near("colour", &["summary", "title"]), None);
        assert_eq!(near("ix", &["id"]), None);
        assert_eq!(near("cat", &["dog"]), None);
    }

    #[test]
    fn order_of_candidates_does_not_matter() {
        assert_eq!(near("bet", &["set", "beat", "bed"]), near("bet", &["bed", "beat", "set"]));
        assert_eq!(near("größe", &["grösse", "größte"]), Some("größte"));
    }
}
