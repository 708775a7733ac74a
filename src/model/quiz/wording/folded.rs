//! Answers that are folded away: the title that says so, and what stands below it.

use super::{LONGEST_TITLE, trimmed};
use crate::normal;
use std::ops::Range;

/// `<summary>Show answer</summary>` in a block of HTML: its words, and what stands behind it, which is empty when
/// that follows in blocks of its own.
///
/// In MDX the title may be a field: `<Details summary="Answer">`.
pub fn folded_answer(html: &str) -> Option<(Range<usize>, Range<usize>)> {
    let lower = html.to_ascii_lowercase();
    let after = |from: usize, wanted: &str| Some(from + lower[from..].find(wanted)? + wanted.len());
    let in_field = || {
        let from = after(after(0, "<details ")?, "=\"")?;
        let end = after(from, "\"")?;
        Some((from..end - 1, end))
    };
    let in_tag = || {
        let from = after(after(0, "<summary")?, ">")?;
        let end = after(from, "</summary")?;
        Some((from..end - "</summary".len(), end))
    };
    let is_answer = |(title, _): &(Range<usize>, usize)| speaks_of_answer(&html[title.clone()]);
    let (title, end) = in_tag().filter(is_answer).or_else(|| in_field().filter(is_answer))?;
    let from = after(end, ">")?;
    let end = lower[from..].find("</details").map_or(html.len(), |at| from + at);
    Some((title, trimmed(html, from..end)))
}

/// `??? success "Answer"`, `::: answer` or `[!tip]- Answer`, with what stands in the lines behind it: the same as
/// [`folded_answer`].
pub fn fenced_answer(text: &str) -> Option<(Range<usize>, Range<usize>)> {
    let is_fence = ["???", "!!!", ":::", "[!"].iter().any(|sign| text.starts_with(sign));
    let end = text.find('\n').filter(|_| is_fence).or(is_fence.then_some(text.len()))?;
    // Behind "[!note]", a sentence may speak of answers.
    if text.starts_with("[!") && end > LONGEST_TITLE / 2 {
        return None;
    }
    let inside = trimmed(text, end..text.trim_end_matches([':', ' ', '\n']).len().max(end));
    speaks_of_answer(&text[..end]).then_some((3..end, inside))
}

/// The tag in `{{< expand "Answer" >}}`, with which a paragraph may begin as it is written.
pub fn answer_tag(source: &str) -> Option<&str> {
    let is_tag = source.starts_with("{{<") || source.starts_with("{{%");
    let (tag, _) = source.split_once("}}").filter(|_| is_tag)?;
    speaks_of_answer(tag).then_some(tag)
}

fn speaks_of_answer(title: &str) -> bool {
    const ANSWER: &[&str] = &[
        "answer",
        "answers",
        "solution",
        "solutions",
        "svar",
        "svaret",
        "facit",
        "antwort",
        "antwoord",
        "lösung",
        "réponse",
        "respuesta",
    ];
    let plain = normal::plain(title);
    plain.split(|c: char| !c.is_alphabetic()).any(|word| ANSWER.contains(&word))
}

/// "Click to reveal answers" as "answers", which is what is folded away.
pub fn without_invitation(title: &str) -> &str {
    const INVITES: &[&str] = &[
        "click", "tap", "here", "to", "for", "show", "view", "see", "reveal", "open", "expand",
        "display", "unfold",
    ];
    let mut rest = title;
    loop {
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        if end == 0 || !INVITES.iter().any(|own| own.eq_ignore_ascii_case(&rest[..end])) {
            return rest;
        }
        rest = &rest[end..];
    }
}

/// The first words of HTML that stand in no tag.
pub fn first_words(html: &str, range: Range<usize>) -> Range<usize> {
    let (mut start, end) = (range.start, range.end);
    while html[start..end].starts_with('<') {
        let len = html[start..end].find('>').map_or(end - start, |at| at + 1);
        start = trimmed(html, start + len..end).start;
    }
    let len = html[start..end].find('<').unwrap_or(end - start);
    trimmed(html, start..start + len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_invite_to_unfold() {
        assert_eq!(without_invitation("\u{1f4a1} Click to reveal answers"), "answers");
        assert_eq!(without_invitation("Show all answers"), "all answers");
        assert_eq!(without_invitation("Answers"), "Answers");
        assert_eq!(without_invitation("Click here"), "");
    }

    #[test]
    fn answers_are_folded_away_in_details() {
        let found = |text| folded_answer(text).map(|(_, inside)| &text[first_words(text, inside)]);
        assert_eq!(found("<details>\n<summary>Show answer</summary>\n"), Some(""));
        assert_eq!(found("<details><summary>Answer</summary>False</details>"), Some("False"));
        let bold =
            "<DETAILS><summary><b>Solution</b></summary>\n<p><b>B</b>, the psoas</p></DETAILS>";
        assert_eq!(found(bold), Some("B"));
        assert_eq!(found("<details><summary>More</summary>B</details>"), None);
        assert_eq!(found("<details><summary>Answer"), None);
    }
}
