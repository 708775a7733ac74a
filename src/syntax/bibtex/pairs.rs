//! Braces that belong together.

use crate::source::Span;

/// Where each brace is closed. Escaped ones count too, as in BibTeX.
pub struct Pairs {
    /// In ascending order.
    starts: Vec<u32>,
    /// By index of the start; before it where there is none.
    ends: Vec<u32>,
}

impl Pairs {
    pub fn of(text: &str) -> Self {
        let (mut starts, mut ends) = (Vec::new(), Vec::new());
        let mut open = Vec::new();
        for at in memchr::memchr2_iter(b'{', b'}', text.as_bytes()) {
            let place = Span::from_usize(at..at).start;
            if text.as_bytes()[at] == b'{' {
                open.push(starts.len());
                starts.push(place);
                ends.push(0);
            } else if let Some(index) = open.pop() {
                ends[index] = place;
            }
        }
        Self { starts, ends }
    }

    /// Where the brace at `start` is closed.
    pub fn end(&self, start: usize) -> Option<usize> {
        let index = self.starts.binary_search(&u32::try_from(start).ok()?).ok()?;
        Some(self.ends[index] as usize).filter(|&end| end > start)
    }
}
