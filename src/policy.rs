//! Which diagnostics count: levels after the fact.
//!
//! Nothing here looks at a source; changing a level never means reading a file again.

use crate::config::Settings;
use crate::diagnostic::{Diagnostic, Identity, Severity};
use foldhash::fast::FixedState;
use rayon::prelude::*;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use thin_vec::ThinVec;

/// A diagnostic with the severity it has in this project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    pub severity: Severity,
    pub diagnostic: Arc<Diagnostic>,
    /// Identity across edits.
    pub fingerprint: Fingerprint,
    /// Of the same mistake at other places, where it is told with this one.
    pub others: ThinVec<Fingerprint>,
}

impl Judged {
    /// A diagnostic that no run judged, such as one of settings.
    pub fn new(severity: Severity, diagnostic: impl Into<Arc<Diagnostic>>) -> Self {
        let (diagnostic, others) = (diagnostic.into(), ThinVec::new());
        Self { severity, diagnostic, fingerprint: Fingerprint::default(), others }
    }

    /// Of all places that it is about.
    pub fn fingerprints(&self) -> impl Iterator<Item = Fingerprint> {
        [self.fingerprint].into_iter().chain(self.others.iter().copied())
    }
}

/// The same after lines have moved or the message was reworded; shown as 16 hexadecimal digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(pub u64);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let digits = String::deserialize(deserializer)?;
        match u64::from_str_radix(&digits, 16) {
            Ok(hash) if digits.len() == 16 => Ok(Self(hash)),
            _ => Err(D::Error::custom(format!("`{digits}` is no fingerprint"))),
        }
    }
}

/// Give severities, drop what is off, sort, and tell equal ones apart.
pub fn apply(
    diagnostics: impl IntoIterator<Item = Arc<Diagnostic>>,
    settings: &Settings,
) -> Vec<Judged> {
    let mut kept: Vec<(Severity, Arc<Diagnostic>)> = diagnostics
        .into_iter()
        .filter_map(|own| severity(&own, settings).map(|severity| (severity, own)))
        .collect();
    kept.par_sort_by(|(_, a), (_, b)| sort_key(a).cmp(&sort_key(b)));
    kept.dedup_by(|(_, a), (_, b)| a == b);
    let with_hashes = kept.into_par_iter().map(|(severity, diagnostic)| {
        let fingerprint = |identity| Fingerprint(fingerprint(&diagnostic, identity));
        let others = diagnostic.others.iter().map(fingerprint).collect();
        Judged { severity, fingerprint: fingerprint(&diagnostic.identity), others, diagnostic }
    });
    let mut all: Vec<Judged> = with_hashes.collect();
    let mut seen = HashMap::<u64, u32, FixedState>::default();
    for Judged { fingerprint, others, .. } in &mut all {
        for Fingerprint(hash) in [fingerprint].into_iter().chain(others) {
            let repeat = seen.entry(*hash).or_default();
            *hash = hash.wrapping_add(u64::from(*repeat));
            *repeat += 1;
        }
    }
    all
}

/// What the settings make of a diagnostic; `None` when it is off.
fn severity(diagnostic: &Diagnostic, settings: &Settings) -> Option<Severity> {
    let rule = settings.find_rule(diagnostic.rule).expect("diagnostics come from known rules");
    settings.level(rule, diagnostic.kind, &diagnostic.primary.path).severity()
}

fn sort_key(diagnostic: &Diagnostic) -> impl Ord + '_ {
    let primary = &diagnostic.primary;
    (&primary.path, primary.span, diagnostic.rule, diagnostic.kind, &diagnostic.message)
}

/// Hash of the rule and of what stays the same when lines move.
fn fingerprint(diagnostic: &Diagnostic, identity: &Identity) -> u64 {
    let place = identity.record.as_deref().unwrap_or(diagnostic.primary.path.as_str());
    // An item stays what it is when another one is put before it.
    let pointer: Vec<_> = identity.pointer.split('/').map(without_index).collect();
    let parts = [diagnostic.rule, diagnostic.kind.unwrap_or(""), place, &pointer.join("/")];
    xxhash_rust::xxh3::xxh3_64_with_seed(parts.join("\0").as_bytes(), identity.text.0)
}

/// A part of a JSON pointer; any index is as good as any other.
fn without_index(part: &str) -> &str {
    let is_index = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if is_index { "0" } else { part }
}
