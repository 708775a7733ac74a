//! Exercises as other files may have them again: their names, and the words of their steps.

use super::Site;
use crate::model::Record;
use crate::model::exercise::exercise;
use crate::normal;
use crate::syntax::Text;
use serde::{Deserialize, Serialize};
use thin_vec::ThinVec;
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

/// An exercise with steps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExerciseFact {
    /// An index of [`super::Facts::records`].
    pub record: u32,
    /// In small letters, where the record says it.
    pub language: Option<Box<str>>,
    /// Its name, and behind it `aliases`.
    pub names: ThinVec<NameFact>,
    /// Hash of the words of its steps and where these stand, when there are enough to tell it by.
    pub steps: Option<(u64, Site)>,
}

/// One name of an exercise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameFact {
    /// Hash of what all ways to write the name have in common.
    pub form: u64,
    pub words: Box<str>,
    pub site: Site,
}

/// Nothing for a record without a name, or without steps: an entry of a plan or a log names an exercise that is
/// described elsewhere.
pub(super) fn exercise_fact(record: &Record<'_>, index: u32) -> Option<ExerciseFact> {
    let exercise = exercise(record)?;
    let title = exercise.name.as_ref().filter(|own| !own.as_str().trim().is_empty())?;
    exercise.instructions.said().next()?;
    let aliases = record.texts("aliases");
    let names = [(title, "/name")].into_iter().chain(aliases.iter().map(|own| (own, "/aliases")));
    let name = |(text, field): (&Text<'_>, &str)| NameFact {
        form: xxh3_64(name_form(text.as_str()).as_bytes()),
        words: text.as_str().trim().into(),
        site: Site::new(text.span(), text.as_str(), &format!("{}{field}", record.pointer)),
    };
    let language = record.text("inLanguage").map(|own| own.as_str().to_lowercase().into());
    let key =
        exercise.instructions.key.or_else(|| Some(exercise.instructions.texts.first()?.span()));
    let steps = words_of_steps(exercise.instructions.said()).zip(key).map(|(hash, key)| {
        let pointer = format!("{}/instructions", record.pointer);
        (hash, Site::new(key, record.file().slice(key), &pointer))
    });
    Some(ExerciseFact { record: index, language, names: names.map(name).collect(), steps })
}

/// What ways to write one name have in common: neither case and punctuation nor the plural makes another exercise, nor
/// whether "push up" is one word.
fn name_form(name: &str) -> String {
    /// Letters of other scripts have signs that are part of a word.
    const LAST_LATIN: char = '\u{24f}';
    let plain = normal::plain(name);
    let is_latin = plain.chars().all(|c| c <= LAST_LATIN);
    // "Circuit A" has no article.
    if !is_latin || normal::has_symbols(&plain) || plain.ends_with(" a") {
        return plain;
    }
    let words = normal::stemmed(&normal::bare(&plain));
    // "Pushups"
    normal::stemmed(&words.replace(' ', ""))
}

/// Of all but the smallest words; `None` for so few that many exercises have them.
fn words_of_steps<'t, 'a: 't>(texts: impl Iterator<Item = &'t Text<'a>>) -> Option<u64> {
    /// Bytes of about fifteen words.
    const LEAST: usize = 80;
    /// "On each hand" is "in each hand".
    const SMALL: &[&str] = &["and", "at", "in", "of", "on", "then", "this", "to", "your"];
    let mut hash = Xxh3::new();
    let mut len = 0;
    for text in texts {
        let words = normal::stemmed(&normal::bare(text.as_str()));
        for word in words.split(' ').filter(|own| !SMALL.contains(own)) {
            len += word.len();
            hash.update(word.as_bytes());
            hash.update(b" ");
        }
    }
    (len >= LEAST).then(|| hash.digest())
}

#[cfg(test)]
mod tests {
    use super::name_form;

    #[test]
    fn ways_to_write_one_name() {
        let same = |a: &str, b: &str| name_form(a) == name_form(b);
        assert!(same("Push-Ups", "push up") && same("Pushup", "Push up"));
        assert!(same("The Child\u{2019}s pose", "Child's Pose"));
        assert!(same("Höftlyft", "höftlyft."));
        assert!(!same("Circuit A", "Circuit"));
        assert!(!same("Warrior I", "Warrior II"));
        assert!(!same("Squat + press", "Squat press"));
        assert!(!same("Curl (left)", "Curl (right)"));
    }
}
