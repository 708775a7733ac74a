//! What is different from an earlier report.

use super::{Report, Row};
use crate::facts::ClaimState;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// An earlier report, as `report --format json` printed it.
#[derive(Debug, Deserialize)]
pub struct OldReport {
    pub version: u32,
    rows: Vec<OldRow>,
}

#[derive(Debug, Deserialize)]
struct OldRow {
    path: String,
    start: OldPlace,
    text: String,
    claim: bool,
    state: String,
}

#[derive(Debug, Deserialize)]
struct OldPlace {
    line: u32,
}

/// Claims without a source, then and now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Open now, and not before.
    pub new: Vec<Change>,
    /// Open before, and not now: sourced, reworded, or gone.
    pub resolved: Vec<Change>,
    /// Open before and now, at another place.
    pub moved: Vec<Change>,
}

/// One claim that has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub path: String,
    pub line: u32,
    pub state: ClaimState,
    pub text: String,
    /// Where it was, for moved ones.
    pub was: Option<Was>,
}

/// A place in an earlier report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Was {
    pub path: String,
    pub line: u32,
}

impl OldReport {
    /// # Errors
    ///
    /// When the text is no report of a version this program knows.
    pub fn read(text: &str) -> Result<Self, String> {
        let report: Self = serde_json::from_str(text).map_err(|error| error.to_string())?;
        match report.version {
            1 => Ok(report),
            other => Err(format!("it has version {other}, and only version 1 is known")),
        }
    }
}

impl Changes {
    /// Claims are the same when their words are, first in the same file, then anywhere.
    pub fn between(old: &OldReport, new: &Report) -> Self {
        let open = |row: &&OldRow| row.claim && matches!(row.state.as_str(), "unsourced" | "dangling");
        let mut left: Vec<&OldRow> = old.rows.iter().filter(open).collect();
        let mut changes = Self::default();
        let now: Vec<&Row> = new.open().collect();
        let unmatched = changes.pair(now, &mut left, |row| (row.path.as_str(), row.text.as_str()), |row| {
            (row.path.as_str(), row.text.as_str())
        });
        let unmatched =
            changes.pair(unmatched, &mut left, |row| ("", row.text.as_str()), |row| ("", row.text.as_str()));
        changes.new = unmatched.into_iter().map(|row| change(row, None)).collect();
        changes.moved.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
        changes.resolved = left.into_iter().map(gone).collect();
        changes
    }

    /// Take rows with equal keys from both sides, in order; give back the new ones that are left.
    fn pair<'n>(
        &mut self,
        now: Vec<&'n Row>,
        left: &mut Vec<&OldRow>,
        key: impl Fn(&Row) -> (&str, &str),
        old_key: impl Fn(&OldRow) -> (&str, &str),
    ) -> Vec<&'n Row> {
        let mut by_key: HashMap<(&str, &str), std::collections::VecDeque<usize>> = HashMap::new();
        for (index, old) in left.iter().enumerate() {
            by_key.entry(old_key(old)).or_default().push_back(index);
        }
        let mut taken = vec![false; left.len()];
        let mut unmatched = Vec::new();
        for row in now {
            let Some(index) = by_key.get_mut(&key(row)).and_then(std::collections::VecDeque::pop_front) else {
                unmatched.push(row);
                continue;
            };
            taken[index] = true;
            let old = left[index];
            if old.path != row.path.as_str() || old.start.line != row.start.line {
                let was = Was { path: old.path.clone(), line: old.start.line };
                self.moved.push(change(row, Some(was)));
            }
        }
        let mut index = 0;
        left.retain(|_| {
            index += 1;
            !taken[index - 1]
        });
        unmatched
    }
}

fn change(row: &Row, was: Option<Was>) -> Change {
    Change {
        path: row.path.as_str().to_owned(),
        line: row.start.line,
        state: row.state,
        text: row.text.clone(),
        was,
    }
}

fn gone(row: &OldRow) -> Change {
    let state = if row.state == "dangling" { ClaimState::Dangling } else { ClaimState::Unsourced };
    Change { path: row.path.clone(), line: row.start.line, state, text: row.text.clone(), was: None }
}
