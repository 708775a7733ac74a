//! Features of exercises that are risky for some: `hazards.yaml`.

use super::hints::Table;
use super::{Matcher, matcher, read};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A feature of an exercise that is risky for some.
#[derive(Debug)]
pub struct Hazard {
    /// Words that show it; `None` where only its tag does.
    pub triggers: Option<Matcher>,
    /// Ideas of which one has to be stated ([`super::Safety::ideas_in`]).
    pub precautions: Vec<String>,
    /// What to say, for a help.
    pub ask: String,
}

pub(super) fn hazards(table: &mut Table) -> BTreeMap<String, Hazard> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Data {
        #[serde(default)]
        triggers: Vec<String>,
        precautions: Vec<String>,
        ask: String,
    }
    let data: BTreeMap<String, Data> = read("hazards", include_str!("hazards.yaml"));
    let hazard = |(tag, own): (String, Data)| {
        let triggers = (!own.triggers.is_empty()).then(|| matcher(&tag, &own.triggers, table));
        (tag, Hazard { triggers, precautions: own.precautions, ask: own.ask })
    };
    data.into_iter().map(hazard).collect()
}
