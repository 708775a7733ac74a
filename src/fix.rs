//! What the fixes of diagnostics make of a text.

use crate::diagnostic::{Edit, Fix};
use crate::source::Span;
use std::collections::BTreeMap;

/// A text with fixes applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    pub text: String,
    /// What was changed: in order, not overlapping.
    pub edits: Vec<Edit>,
    /// How many fixes are in it.
    pub applied: usize,
}

/// Apply fixes of one file: in the order they begin, each whole or not at all.
///
/// A fix that touches what another one changes is left for the next round, when the text is checked again; the same
/// fix told twice is applied once. `None` when nothing is left to apply.
///
/// ```
/// use caveat::{Settings, check_str, fix};
///
/// let text = "title: A\ntype: report\nDOI: https://doi.org/10.1000/182\n";
/// let outcome = check_str("resources/a.yaml", text, &Settings::default())?;
/// let fixes = outcome.diagnostics.iter().filter_map(|own| own.diagnostic.fix.as_deref());
/// let fixed = fix::apply(text, fixes).expect("one can be fixed");
/// assert_eq!(fixed.text, "title: A\ntype: report\nDOI: 10.1000/182\n");
/// # Ok::<(), std::sync::Arc<caveat::SchemaError>>(())
/// ```
pub fn apply<'f>(text: &str, fixes: impl IntoIterator<Item = &'f Fix>) -> Option<Fixed> {
    let fits = |edit: &Edit| text.get(edit.span.range()).is_some();
    let mut fixes: Vec<&Fix> = fixes
        .into_iter()
        .filter(|fix| !fix.edits.is_empty() && fix.edits.iter().all(fits))
        .collect();
    fixes.sort_by_key(|fix| fix.edits[0].span);
    // By where they begin; no two of different fixes touch.
    let mut edits: BTreeMap<Span, &Edit> = BTreeMap::new();
    let mut applied = 0;
    for fix in fixes {
        if !fix.edits.iter().any(|edit| touches(&edits, edit.span)) {
            edits.extend(fix.edits.iter().map(|edit| (edit.span, edit)));
            applied += 1;
        }
    }
    if applied == 0 {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits.values() {
        let span = edit.span.range();
        out.push_str(&text[at..span.start]);
        out.push_str(&edit.replacement);
        at = span.end;
    }
    out.push_str(&text[at..]);
    Some(Fixed { text: out, edits: edits.into_values().cloned().collect(), applied })
}

/// Whether a place shares a byte or an end with an edit: then the order of both would matter.
fn touches(edits: &BTreeMap<Span, &Edit>, place: Span) -> bool {
    let last = Span { start: place.end, end: u32::MAX };
    edits.range(..=last).next_back().is_some_and(|(before, _)| before.end >= place.start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Applicability;
    use crate::source::FilePath;

    fn fix(edits: &[(u32, u32, &str)]) -> Fix {
        let edit = |(start, end, replacement): &(u32, u32, &str)| Edit {
            path: FilePath::new("a.yaml"),
            span: Span { start: *start, end: *end },
            replacement: (*replacement).to_owned(),
        };
        Fix {
            title: String::new(),
            applicability: Applicability::Safe,
            edits: edits.iter().map(edit).collect(),
        }
    }

    fn applied(text: &str, fixes: &[Fix]) -> Option<(String, usize)> {
        apply(text, fixes).map(|fixed| (fixed.text, fixed.applied))
    }

    #[test]
    fn fixes_are_whole_or_wait() {
        let text = "safty: på\nsteps: x\n";
        let rename = fix(&[(0, 5, "safety")]);
        assert_eq!(
            applied(text, std::slice::from_ref(&rename)),
            Some(("safety: på\nsteps: x\n".into(), 1))
        );
        let both = fix(&[(11, 16, "instructions"), (18, 19, "y")]);
        let found = applied(text, &[both.clone(), rename.clone(), rename.clone()]);
        assert_eq!(found, Some(("safety: på\ninstructions: y\n".into(), 2)));
        // Half of the second would be lost.
        let other = fix(&[(2, 3, "F"), (18, 19, "z")]);
        assert_eq!(applied(text, &[rename, other]), Some(("safety: på\nsteps: x\n".into(), 1)));
        assert_eq!(applied(text, &[]), None);
    }

    #[test]
    fn a_fix_of_another_text_is_left_out() {
        assert_eq!(applied("på", &[fix(&[(2, 3, "x")])]), None);
        assert_eq!(applied("på", &[fix(&[(0, 9, "x")])]), None);
        assert_eq!(applied("på", &[fix(&[(3, 3, "!")])]), Some(("på!".into(), 1)));
    }
}
