//! Did you mean: the known word that a misspelt one stands for.

use std::collections::HashMap;

/// The candidate that `word` most likely stands for; `None` when none is near. Case does not
/// count. The answer does not depend on the order of the candidates.
///
/// Near is a Damerau-Levenshtein distance of 1 for words of 3 to 5 characters and of 2 for longer
/// ones; shorter words must differ in case only. Failing that, a word of 3 characters or more may
/// be the beginning of one single candidate (`desc`, `description`), or the other way round, or have its parts in
/// another order (`journal-article`, `article-journal`).
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    Known::new(candidates).nearest(word)
}

/// The same among candidates whose letters were read before.
pub(crate) fn nearest_of<'l, 'a>(
    word: &str,
    candidates: impl Iterator<Item = (&'l Letters, &'a str)>,
) -> Option<&'a str> {
    let own = Letters::of(word);
    let word = own.list.as_slice();
    let mut best: Option<(Rank, &str)> = None;
    let (mut prefixed, mut turned) = (Vec::new(), None::<&str>);
    for (letters, candidate) in candidates {
        let known = letters.list.as_slice();
        if are_opposites(word, known) {
            continue;
        }
        let limit = reach(word.len().min(known.len()));
        if let Some(distance) = own.edits_from(letters, limit) {
            let other_start = word.first() != known.first();
            let rank = (distance, other_start, known.len().abs_diff(word.len()));
            if best.is_none_or(|best| (rank, candidate) < best) {
                best = Some((rank, candidate));
            }
        }
        if word.len().min(known.len()) >= MIN_PREFIX
            && (known.starts_with(word) || word.starts_with(known))
        {
            prefixed.push(candidate);
        }
        if word.len() == known.len() && own.set == letters.set && parts(word) == parts(known) {
            turned = turned.into_iter().chain([candidate]).min();
        }
    }
    prefixed.sort_unstable();
    prefixed.dedup();
    match (best, prefixed.as_slice()) {
        (Some((_, found)), _) => Some(found),
        (None, &[only]) => Some(only),
        (None, _) => turned,
    }
}

/// What stands between hyphens, underscores and blanks, in alphabetical order.
fn parts(word: &[char]) -> Vec<&[char]> {
    let mut parts: Vec<_> = word.split(|c| matches!(c, '-' | '_' | ' ')).collect();
    parts.sort_unstable();
    parts
}

/// The names that misspelt ones of a whole project may stand for.
#[derive(Debug)]
pub struct Names<'a> {
    known: Known<'a>,
    told: HashMap<String, Option<&'a str>>,
    /// Comparisons that may still be made.
    left: usize,
}

impl<'a> Names<'a> {
    /// Enough for a thousand misspelt names in a project of five thousand. Where there are more, spelling is
    /// not what is wrong.
    const MOST_COMPARISONS: usize = 5_000_000;

    pub fn new(names: impl Iterator<Item = &'a str>) -> Self {
        let known = Known::new(names);
        Self { known, told: HashMap::new(), left: Self::MOST_COMPARISONS }
    }

    /// As [`nearest`]; `None` also when too much was asked before.
    pub fn nearest(&mut self, word: &str) -> Option<&'a str> {
        if let Some(told) = self.told.get(word) {
            return *told;
        }
        self.left = self.left.checked_sub(self.known.0.len())?;
        let found = self.known.nearest(word);
        self.told.insert(word.to_owned(), found);
        found
    }
}

/// Candidates with their letters.
#[derive(Debug)]
struct Known<'a>(Vec<(Letters, &'a str)>);

impl<'a> Known<'a> {
    fn new(candidates: impl Iterator<Item = &'a str>) -> Self {
        Self(candidates.map(|own| (Letters::of(own), own)).collect())
    }

    fn nearest(&self, word: &str) -> Option<&'a str> {
        nearest_of(word, self.0.iter().map(|(letters, own)| (letters, *own)))
    }
}

/// The characters of a word, in lower case.
#[derive(Debug)]
pub(crate) struct Letters {
    list: Vec<char>,
    /// A bit for each character that is there; some share one.
    set: u64,
}

impl Letters {
    pub(crate) fn of(word: &str) -> Self {
        let list: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
        let set = list.iter().fold(0, |set, c| set | 1 << (u32::from(*c) % u64::BITS));
        Self { list, set }
    }

    /// Whether one edit makes the other word of it.
    pub(crate) fn are_one_edit_from(&self, other: &Self) -> bool {
        self.edits_from(other, 1).is_some()
    }

    /// The edits that make the other word of it; `None` above `limit`, which is at most 2.
    pub(crate) fn edits_from(&self, other: &Self, limit: usize) -> Option<usize> {
        let is_far = self.least_edits(other) > limit;
        if is_far { None } else { distance_within(&self.list, &other.list, limit) }
    }

    /// The distance to another word is no less: an edit takes one character away and brings another at most.
    fn least_edits(&self, other: &Self) -> usize {
        let differing = (self.set ^ other.set).count_ones() as usize;
        differing.div_ceil(2)
    }
}

/// `supervised` and `unsupervised`: near in letters, and the last thing that was meant.
fn are_opposites(a: &[char], b: &[char]) -> bool {
    const DENIALS: &[&str] = &["un", "in", "im", "non", "dis"];
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let (before, rest) = long.split_at(long.len() - short.len());
    rest == short && DENIALS.iter().any(|denial| before.iter().copied().eq(denial.chars()))
}

/// Distance, whether the first letters differ, difference in length: less is nearer.
type Rank = (usize, bool, usize);

/// Shorter beginnings say too little.
const MIN_PREFIX: usize = 3;

/// The most that [`reach`] says.
const MOST_EDITS: usize = 2;

/// The distance up to which words of this many characters are near.
fn reach(length: usize) -> usize {
    match length {
        0..=2 => 0,
        3..=5 => 1,
        _ => MOST_EDITS,
    }
}

/// Edits between two words (insert, delete, replace, swap neighbours); `None` above `limit`, which is at most
/// [`MOST_EDITS`].
fn distance_within(a: &[char], b: &[char], limit: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    // Of each row only the cells that can be within the limit: those up to `limit` from the diagonal. The
    // diagonal is in the middle of a band, with room on both sides for what is never within.
    const BAND: usize = 2 * MOST_EDITS + 3;
    const MIDDLE: usize = MOST_EDITS + 1;
    const FAR: usize = usize::MAX / 2;
    let mut last = [FAR; BAND];
    let mut before_last = [FAR; BAND];
    for (edits, cell) in last[MIDDLE..=MIDDLE + limit].iter_mut().enumerate() {
        *cell = edits;
    }
    for i in 1..=a.len() {
        let mut row = [FAR; BAND];
        for at in MIDDLE - limit..=MIDDLE + limit {
            let Some(j) = (i + at).checked_sub(MIDDLE).filter(|j| *j <= b.len()) else { continue };
            row[at] = if j == 0 {
                i
            } else {
                let replaced = last[at] + usize::from(a[i - 1] != b[j - 1]);
                let swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                let swapped = if swapped { before_last[at] + 1 } else { FAR };
                replaced.min(last[at + 1] + 1).min(row[at - 1] + 1).min(swapped)
            };
        }
        if row.iter().all(|&cell| cell > limit) {
            return None;
        }
        before_last = std::mem::replace(&mut last, row);
    }
    Some(last[MIDDLE + b.len() - a.len()]).filter(|&distance| distance <= limit)
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
    fn parts_in_another_order() {
        let kinds = ["article-journal", "article", "post-weblog", "entry-dictionary"];
        assert_eq!(near("journal-article", &kinds), Some("article-journal"));
        assert_eq!(near("Weblog-Post", &kinds), Some("post-weblog"));
        assert_eq!(near("journal-x-article", &kinds), None);
        let both = ["b-a-c", "c-b-a"];
        assert_eq!(near("a-c-b", &both), near("a-c-b", &["c-b-a", "b-a-c"]));
    }

    #[test]
    fn the_opposite_is_not_meant() {
        assert_eq!(near("supervised", &["unsupervised", "group"]), None);
        assert_eq!(near("unsupervised", &["supervised"]), None);
        assert_eq!(near("nsupervised", &["supervised"]), Some("supervised"));
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

    /// The whole table, as the definition says.
    fn distance(a: &[char], b: &[char]) -> usize {
        let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                table[i][j] = match (i, j) {
                    (0, _) | (_, 0) => i + j,
                    _ => {
                        let replaced = table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                        let least = replaced.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                        match i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                            true => least.min(table[i - 2][j - 2] + 1),
                            false => least,
                        }
                    }
                };
            }
        }
        table[a.len()][b.len()]
    }

    #[test]
    fn the_band_gives_what_the_whole_table_gives() {
        let words: Vec<Vec<char>> = (0..4_usize.pow(5))
            .map(|n| (0..n % 6).map(|at| ['a', 'b', 'c'][(n / 6 + n * at / 3) % 3]).collect())
            .collect();
        for a in words.iter().step_by(7) {
            for b in words.iter().step_by(5) {
                for limit in 0..=MOST_EDITS {
                    let whole = Some(distance(a, b)).filter(|own| *own <= limit);
                    assert_eq!(distance_within(a, b, limit), whole, "{a:?} {b:?} {limit}");
                }
            }
        }
    }

    #[test]
    fn a_project_in_which_nothing_fits_is_not_searched_forever() {
        let known: Vec<String> = (0..10_000).map(|n| format!("resource-number-{n}")).collect();
        let mut names = Names::new(known.iter().map(String::as_str));
        assert_eq!(names.nearest("resource-nummer-777"), Some("resource-number-777"));
        let told =
            (0..10_000).filter(|n| names.nearest(&format!("ressource-number-{n}")).is_some());
        assert_eq!(told.count(), Names::MOST_COMPARISONS / known.len() - 1);
        assert_eq!(names.nearest("resource-nummer-777"), Some("resource-number-777"));
    }
}
