//! What a name says that the steps may contradict: `contradictions.yaml`.

use super::hints::Table;
use super::{Hit, Matcher, matcher, read};
use serde::Deserialize;
use std::sync::LazyLock;

/// Every row. They are no part of [`super::LEXICON`]: only a rule of the strict profile asks for them.
pub static CONTRADICTIONS: LazyLock<Contradictions> = LazyLock::new(Contradictions::read);

#[derive(Debug)]
pub struct Contradictions {
    /// Each pattern with the number of its row.
    names: Matcher,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    topic: Topic,
    /// `None` for a row that only keeps words from being another name.
    what: Option<Contradiction>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Topic {
    Posture,
    Movement,
    Detail,
}

/// What steps cannot say of an exercise with a name.
#[derive(Debug)]
pub struct Contradiction {
    pub unlike: Matcher,
    /// Words with which the steps mean what the name does.
    pub like: Matcher,
}

impl Contradictions {
    fn read() -> Self {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Data {
            postures: Vec<Words>,
            movements: Vec<Words>,
            details: Vec<Words>,
        }
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Words {
            name: Vec<String>,
            #[serde(default)]
            unlike: Vec<String>,
            #[serde(default)]
            like: Vec<String>,
        }
        let data: Data = read("contradictions", include_str!("contradictions.yaml"));
        let topics = [
            (Topic::Posture, data.postures),
            (Topic::Movement, data.movements),
            (Topic::Detail, data.details),
        ];
        let list = |list: &str, own: &[String]| matcher(list, own, &mut Table::new());
        let (mut names, mut rows) = (Vec::new(), Vec::new());
        for (topic, words) in
            topics.into_iter().flat_map(|(topic, own)| own.into_iter().map(move |own| (topic, own)))
        {
            let Words { name, unlike, like } = words;
            names.extend(name.into_iter().map(|own| (rows.len().to_string(), own)));
            let what =
                || Contradiction { unlike: list("unlike", &unlike), like: list("like", &like) };
            rows.push(Row { topic, what: (!unlike.is_empty()).then(what) });
        }
        let names = names.iter().map(|(row, own)| (row.as_str(), own.as_str()));
        Self { names: Matcher::new(names, &mut Table::new()), rows }
    }

    /// What a name says, and what contradicts it.
    pub fn of_name(&self, name: &str) -> Vec<(Hit<'_>, &Contradiction)> {
        /// Words of a name; a text that has more is none.
        const MOST: usize = 8;
        let row = |hit: &Hit<'_>| self.rows.get(hit.list.parse::<usize>().ok()?);
        let hits = self.names.find_all(name).into_iter().take(MOST);
        let said: Vec<_> = hits.filter_map(|hit| row(&hit).map(|own| (hit, own))).collect();
        let postures = || said.iter().filter(|(_, own)| own.topic == Topic::Posture);
        let has_posture = postures().next().is_some();
        // "From lying to standing" has two.
        let has_one = postures().filter(|(_, own)| own.what.is_some()).count() == 1;
        let is_judged = |row: &Row| match row.topic {
            Topic::Posture => has_one,
            Topic::Movement => !has_posture,
            Topic::Detail => true,
        };
        let judged = said.into_iter().filter(|(_, own)| is_judged(own));
        judged.filter_map(|(hit, own)| Some((hit, own.what.as_ref()?))).collect()
    }
}
