//! Parts of a text that say what is not so: the column of a table that is headed "Myth", the list below "Common
//! myths".

use crate::syntax::{Block, BlockKind, Prose};

/// The blocks of a body that are there to be called wrong, by their numbers in order.
#[derive(Clone, Debug, Default)]
pub struct Myths(Vec<usize>);

impl Myths {
    pub fn of(body: &Prose) -> Self {
        let mut blocks = Vec::new();
        let mut columns = Columns::default();
        let (mut headed, mut led_in) = (false, false);
        for (index, block) in body.blocks.iter().enumerate() {
            match block.kind {
                BlockKind::TableCell { .. } if columns.has(body, block) => blocks.push(index),
                BlockKind::Heading { .. } => {
                    headed = announces_myths(body.block_text(block));
                    led_in = false;
                }
                // A list in an item answers it.
                BlockKind::Item { depth: 1, .. } if (headed || led_in) && is_bare(body, block) => {
                    blocks.push(index);
                }
                BlockKind::Paragraph if block.item.is_none() => {
                    let text = body.block_text(block).trim_end();
                    led_in = text.strip_suffix(':').is_some_and(announces_myths);
                }
                BlockKind::TableCell { .. }
                | BlockKind::Item { .. }
                | BlockKind::Paragraph
                | BlockKind::Code
                | BlockKind::Html => {}
            }
        }
        Self(blocks)
    }

    pub fn has(&self, block: usize) -> bool {
        self.0.binary_search(&block).is_ok()
    }
}

/// What the columns of the table that is read are headed with.
#[derive(Default)]
struct Columns {
    wrong: Vec<u32>,
    said: Vec<u32>,
    is_answered: bool,
}

impl Columns {
    /// Whether a cell stands in a column of what is not so. Cells are asked for in their order.
    fn has(&mut self, body: &Prose, block: &Block) -> bool {
        let BlockKind::TableCell { header, row, column } = block.kind else { return false };
        if header && row == 0 {
            if column == 0 {
                *self = Self::default();
            }
            match Head::of(body.block_text(block)) {
                Some(Head::Wrong) => self.wrong.push(column),
                Some(Head::Said) => self.said.push(column),
                Some(Head::Answer) => self.is_answered = true,
                None => {}
            }
            return false;
        }
        self.wrong.contains(&column) || self.is_answered && self.said.contains(&column)
    }
}

/// What the head of a column says of its cells.
enum Head {
    Wrong,
    /// Wrong where another column answers it.
    Said,
    Answer,
}

impl Head {
    fn of(text: &str) -> Option<Self> {
        #[rustfmt::skip]
        const WRONG: &[&str] = &[
            "myth", "myths", "common myth", "common myths", "the myth", "misconception", "misconceptions",
            "common misconception", "common misconceptions", "fiction",
        ];
        #[rustfmt::skip]
        const SAID: &[&str] = &[
            "belief", "beliefs", "common belief", "common beliefs", "what people say", "what people think", "people say",
            "what you hear", "what you may hear", "what you might hear", "what you may have heard", "you may hear",
            "you may have heard", "true or false", "false",
        ];
        #[rustfmt::skip]
        const ANSWERS: &[&str] = &[
            "fact", "facts", "the fact", "the facts", "truth", "the truth", "reality", "the reality", "answer", "true",
            "what we know", "what the evidence says", "what research says", "what the research says", "in fact",
            "actually",
        ];
        let text = text.trim_matches(|c: char| !c.is_alphanumeric());
        let is_any = |list: &[&str]| list.iter().any(|own| own.eq_ignore_ascii_case(text));
        match () {
            () if is_any(WRONG) => Some(Self::Wrong),
            () if is_any(SAID) => Some(Self::Said),
            () if is_any(ANSWERS) => Some(Self::Answer),
            () => None,
        }
    }
}

/// "Common myths", "Seven myths about backs": what follows is not so. Myths that are "busted", and "Myths and facts",
/// may be followed by what is.
fn announces_myths(heading: &str) -> bool {
    /// More is a sentence.
    const MOST_WORDS: usize = 8;
    #[rustfmt::skip]
    const BEFORE: &[&str] = &[
        "common", "popular", "some", "the", "old", "top", "two", "three", "four", "five", "six", "seven", "eight",
        "nine", "ten", "these", "are", "here", "other", "more",
    ];
    const BEHIND: &[&str] = &["about", "around", "on", "of", "that", "we", "you"];
    let words = || heading.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_any = |word: &str, list: &[&str]| list.iter().any(|own| own.eq_ignore_ascii_case(word));
    let is_before = |word: &str| is_any(word, BEFORE) || word.bytes().all(|b| b.is_ascii_digit());
    let mut rest = words().skip_while(|word| is_before(word));
    let is_named = rest.next().is_some_and(|word| is_any(word, &["myths", "misconceptions"]));
    is_named
        && rest.next().is_none_or(|word| is_any(word, BEHIND))
        && words().take(MOST_WORDS + 1).count() <= MOST_WORDS
        && !words().any(|word| is_any(word, &["fact", "facts", "truth", "truths", "answered"]))
}

/// One sentence, which nothing answers.
fn is_bare(body: &Prose, block: &Block) -> bool {
    let text = body.block_text(block);
    !text.contains([':', ';', '\u{2013}', '\u{2014}', '(']) && body.sentences(block).len() == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FilePath, Format, SourceFile};
    use crate::syntax::parse;

    fn myths(text: &str) -> Vec<String> {
        let file = SourceFile::new(FilePath::new("a.md"), text, Format::Markdown);
        let body = parse(&file).body.unwrap();
        let myths = Myths::of(&body);
        let own = body.blocks.iter().enumerate().filter(|(index, _)| myths.has(*index));
        own.map(|(_, block)| body.block_text(block).to_owned()).collect()
    }

    #[test]
    fn columns_of_what_is_not_so() {
        let table = "| Myth | Fact |\n|---|---|\n| Bed rest heals. | Moving does. |\n| \u{c5}ska heals. | No. |\n";
        assert_eq!(myths(table), ["Bed rest heals.", "\u{c5}ska heals."]);
        let heard =
            "| What you may hear | What we know |\n|---|---|\n| Rest heals. | It does not. |\n";
        assert_eq!(myths(heard), ["Rest heals."]);
        let unanswered = "| What people say | How often |\n|---|---|\n| Rest heals. | 5 |\n";
        assert!(myths(unanswered).is_empty());
        let next = format!("{table}\n| Exercise | Effect |\n|---|---|\n| Rest heals. | a |\n");
        assert_eq!(myths(&next).len(), 2);
    }

    #[test]
    fn lists_of_what_is_not_so() {
        let list = "## Common myths about backs\n\n- Rest heals.\n- Rest heals: it does not.\n\nIt comes back.\n";
        assert_eq!(myths(list), ["Rest heals."]);
        assert_eq!(myths("Some myths:\n\n1. Rest heals.\n   - It does not.\n"), ["Rest heals."]);
        for text in [
            "## Myths and facts\n\n- Rest heals.\n",
            "## Myths busted\n\n- Rest does not heal.\n",
            "## Myths\n\n## What helps\n\n- Walking helps.\n",
            "## Beyond myths\n\n- Walking helps.\n",
        ] {
            assert!(myths(text).is_empty(), "{text}");
        }
    }
}
