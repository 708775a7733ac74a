//! Whether a sentence needs a source, and why.
//!
//! [`judge`] weighs cues in one sentence and its context; it knows nothing of citations, files or
//! rules.

mod cues;
pub mod detect;
mod firm;
mod focus;
mod form;
mod lexicon;
mod occurrence;
mod scan;

pub use detect::{Band, ClaimKind, Context, Cue, Element, Judgement, Need, Role, judge};
pub use form::leaves_open;
