//! Sentences of a block of visible text.
//!
//! One pass over the bytes. A sentence ends at `.`, `!`, `?` (or their relatives in other scripts)
//! with quotes and brackets closed and citation markers taken along, when what follows looks like a
//! beginning. The word before a full stop decides the rest: abbreviations, initials and list
//! numbers do not end anything.

use std::ops::Range;

/// Byte ranges of the sentences in `text`: ordered, apart, trimmed. What is between them is blank.
pub fn split(text: &str) -> Vec<Range<usize>> {
    let mut splitter = Splitter {
        text,
        bytes: text.as_bytes(),
        start: skip_blanks(text, 0),
        brackets: Vec::new(),
        sentences: Vec::new(),
    };
    splitter.run();
    splitter.sentences
}

/// Brackets that are further apart are taken for stray ones.
const MAX_BRACKET_LEN: usize = 800;

/// Words that a full stop shortens, in small letters, sorted. Never the end of a sentence.
// Source: the abbreviations of English reference style (titles, references to parts of a work,
// Latin), counted in public-health reports.
const NEVER_LAST: &[&str] = &[
    "approx", "ca", "cf", "dr", "e.g", "eg", "eq", "eqs", "esp", "excl", "fig", "figs", "i.e",
    "ie", "incl", "messrs", "mr", "mrs", "ms", "n.b", "prof", "ref", "refs", "resp", "viz", "vs",
];

/// The same, for words that are titles or names only when they begin with a capital.
const NEVER_LAST_CAPITAL: &[&str] = &[
    "Assn", "Capt", "Col", "Dept", "Ft", "Gen", "Gov", "Hon", "Lt", "Mt", "Rev", "Sen", "Sgt",
    "St", "Univ",
];

/// Not the end before a number or a bracket: `No. 7`, `p. 12`, `et al. (2010)`, `max. 10`.
const NOT_BEFORE_NUMBER: &[&str] = &[
    "al", "apr", "art", "aug", "ch", "chap", "dec", "ed", "eds", "est", "feb", "jan", "jul", "jun",
    "mar", "max", "min", "no", "nos", "nov", "oct", "p", "par", "para", "pp", "pt", "sec", "sect",
    "sep", "sept", "suppl", "tab", "vol", "vols",
];

/// The end only before a word that usually begins a sentence.
const SELDOM_LAST: &[&str] = &["co", "corp", "inc", "jr", "ltd", "sr"];

/// Words that a single capital belongs to.
const BEFORE_LETTERS: &[&str] = &[
    "appendix",
    "class",
    "factor",
    "figure",
    "grade",
    "group",
    "hepatitis",
    "influenza",
    "level",
    "option",
    "panel",
    "phase",
    "plan",
    "stage",
    "step",
    "table",
    "type",
    "vitamin",
    "vitamins",
];

/// Words that begin sentences and are hardly ever part of a name.
const BEGINNERS: &[&str] = &[
    "A",
    "About",
    "After",
    "All",
    "Also",
    "Although",
    "An",
    "And",
    "Another",
    "As",
    "At",
    "Avoid",
    "Because",
    "Before",
    "Both",
    "But",
    "By",
    "Do",
    "During",
    "Each",
    "Even",
    "Every",
    "For",
    "From",
    "He",
    "Her",
    "His",
    "How",
    "However",
    "I",
    "If",
    "In",
    "It",
    "Its",
    "Many",
    "Most",
    "My",
    "No",
    "None",
    "Not",
    "On",
    "Once",
    "One",
    "Only",
    "Or",
    "Other",
    "Our",
    "Over",
    "She",
    "Since",
    "So",
    "Some",
    "Such",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "Therefore",
    "These",
    "They",
    "This",
    "Those",
    "Thus",
    "To",
    "Under",
    "Until",
    "We",
    "What",
    "When",
    "Where",
    "Whether",
    "Which",
    "While",
    "Who",
    "With",
    "You",
    "Your",
];

/// Bytes the scan stops at: terminators, brackets, line feeds, and the first bytes of the
/// terminators that are not ASCII.
const STOPS: [bool; 256] = {
    let mut stops = [false; 256];
    let bytes = b".!?()[]\n\xE2\xE3\xEF\xD8\xDB\xE0";
    let mut at = 0;
    while at < bytes.len() {
        stops[bytes[at] as usize] = true;
        at += 1;
    }
    stops
};

/// What kind of end a terminator makes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Terminator {
    /// One `.`: the word before it decides.
    Stop,
    /// `...` and `…`.
    Ellipsis,
    /// `!`, `?` and what goes with them.
    Mark,
    /// `。` and the like need no blank behind them.
    FullWidth,
}

struct Splitter<'a> {
    text: &'a str,
    bytes: &'a [u8],
    /// Where the current sentence begins.
    start: usize,
    /// Opening brackets that are not closed yet.
    brackets: Vec<usize>,
    sentences: Vec<Range<usize>>,
}

impl Splitter<'_> {
    fn run(&mut self) {
        let mut at = self.start;
        while let Some(found) = self.bytes[at..].iter().position(|byte| STOPS[usize::from(*byte)]) {
            at += found;
            at = match self.bytes[at] {
                b'(' | b'[' => {
                    self.brackets.push(at);
                    at + 1
                }
                b')' | b']' => {
                    self.close_bracket(at);
                    at + 1
                }
                b'\n' => self.hard_break(at),
                _ => self.terminator(at),
            };
        }
        self.end_sentence(self.bytes.len());
    }

    /// End the current sentence at `end`, blanks before it not counted; the next one begins behind
    /// the blanks after it.
    fn end_sentence(&mut self, end: usize) {
        let len = self.text[self.start..end].trim_end().len();
        if len > 0 {
            self.sentences.push(self.start..self.start + len);
            self.start = skip_blanks(self.text, end);
        }
    }

    /// What was split inside a pair of brackets is one sentence again.
    fn close_bracket(&mut self, at: usize) {
        let Some(open) = self.brackets.pop() else {
            return;
        };
        if at - open > MAX_BRACKET_LEN {
            return;
        }
        while let Some(last) = self.sentences.pop_if(|last| last.end > open) {
            self.start = last.start;
        }
    }

    /// A line break that the author asked for ends a sentence unless the next line goes on in small
    /// letters. Where to go on.
    fn hard_break(&mut self, at: usize) -> usize {
        let next = skip_blanks(self.text, at);
        if at > self.start {
            let goes_on = self.text[next..].starts_with(char::is_lowercase)
                || self.text[self.start..at].trim_end().ends_with(',');
            if !goes_on {
                self.end_sentence(at);
            }
        }
        next
    }

    /// A terminator, perhaps, at `at`; where to go on.
    fn terminator(&mut self, at: usize) -> usize {
        let Some((kind, run_end)) = terminator_run(self.text, at) else {
            return at + char_len(self.text, at);
        };
        let closed = self.closers(run_end);
        let end = self.citations(at, closed);
        let next = skip_blanks(self.text, end);
        let apart = next > end || kind == Terminator::FullWidth;
        if next < self.bytes.len() && apart && self.ends(kind, at, end, next) {
            self.end_sentence(end);
        }
        end
    }

    /// Past the quotes and brackets that close at `at`; a French quote may have a blank before it.
    fn closers(&mut self, mut at: usize) -> usize {
        loop {
            let Some(next) = self.text[at..].chars().next() else {
                return at;
            };
            match next {
                ')' | ']' => self.close_bracket(at),
                '"' | '\'' | '”' | '’' | '“' | '»' | '«' | '›' | '}' | '」' | '』' | '）'
                | '】' => {}
                ' ' | '\u{a0}' | '\u{202f}'
                    if self.text[at + next.len_utf8()..].starts_with('»') => {}
                _ => return at,
            }
            at += next.len_utf8();
        }
    }

    /// Past the citation markers that follow the terminator at `stop`.
    fn citations(&self, stop: usize, mut at: usize) -> usize {
        loop {
            let rest = &self.bytes[at..];
            let len = match rest.first() {
                Some(b'[') => bracket_citation(rest),
                Some(b'(') => number_in_parens(rest),
                Some(b'0'..=b'9') if self.bytes[stop] == b'.' => self.bare_numbers(stop, at),
                Some(b' ') if rest.get(1) == Some(&b'[') => {
                    bracket_citation(&rest[1..]).map(|len| len + 1)
                }
                Some(b' ') if rest.get(1) == Some(&b'(') => {
                    author_in_parens(&rest[1..]).map(|len| len + 1)
                }
                Some(b'*' | 0xC2 | 0xE2) => footnote_sign(&self.text[at..]),
                _ => None,
            };
            match len {
                Some(len) => at += len,
                None => return at,
            }
        }
    }

    /// `1,2` in `pain.1,2 Next`, what is left of a superscript: behind a word, before a blank.
    fn bare_numbers(&self, stop: usize, at: usize) -> Option<usize> {
        let word = word_before(self.text, stop);
        let is_word = word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
        let len = number_list_len(&self.bytes[at..]);
        let ends = matches!(self.bytes.get(at + len), None | Some(b' ' | b'\n'));
        (is_word && len <= 20 && ends).then_some(len)
    }

    /// Whether the sentence ends with the terminator at `stop`, given that `next` begins after a
    /// blank.
    fn ends(&self, kind: Terminator, stop: usize, end: usize, next: usize) -> bool {
        if kind == Terminator::FullWidth || self.bytes[end..next].contains(&b'\n') {
            return true;
        }
        let what = self.beginning(next);
        match kind {
            _ if what == Beginning::GoesOn => false,
            Terminator::Stop => self.stop_ends(stop, next, what),
            Terminator::Ellipsis | Terminator::Mark | Terminator::FullWidth => true,
        }
    }

    /// What the text at `next` looks like.
    fn beginning(&self, next: usize) -> Beginning {
        let mut chars = self.text[next..].chars();
        let mut bracket = false;
        loop {
            let Some(char) = chars.next() else {
                return Beginning::GoesOn;
            };
            return match char {
                '(' | '[' => {
                    bracket = true;
                    continue;
                }
                '"' | '\'' | '“' | '‘' | '«' | '„' | '‚' | '»' | '¿' | '¡' | '「' | '『' =>
                {
                    continue;
                }
                '0'..='9' if bracket => Beginning::BracketNumber,
                '0'..='9' => Beginning::Number,
                ',' | ';' | ':' | '.' | '!' | '?' | '/' | ')' | ']' | '}' => Beginning::GoesOn,
                '-' | '–' | '—' => match chars.as_str().trim_start().chars().next() {
                    Some(after) if after.is_uppercase() => Beginning::Word,
                    _ => Beginning::GoesOn,
                },
                // A list letter; `p.` is a page.
                'a'..='o' | 'q'..='z'
                    if matches!(chars.as_str().as_bytes(), [b')' | b'.', b' ', ..]) =>
                {
                    Beginning::Word
                }
                // `pH` and `mRNA` begin sentences, too.
                small if small.is_lowercase() => {
                    let word = chars.as_str().split(|char: char| !char.is_alphanumeric()).next();
                    let mixed = word.is_some_and(|word| word.contains(char::is_uppercase));
                    if mixed { Beginning::Word } else { Beginning::GoesOn }
                }
                _ => Beginning::Word,
            };
        }
    }

    /// Whether a full stop is one, by the word before it.
    fn stop_ends(&self, stop: usize, next: usize, what: Beginning) -> bool {
        let word = word_before(self.text, stop);
        let word_start = stop - word.len();
        if word.is_empty() || word.len() > MAX_WORD_LEN {
            return true;
        }
        let beginner = || is_beginner(&self.text[next..]);
        if word.bytes().all(|byte| byte.is_ascii_digit()) {
            return word.len() > 3 || !self.is_list_place(word_start);
        }
        let mut chars = word.chars();
        if let (Some(letter), None) = (chars.next(), chars.next())
            && letter.is_alphabetic()
        {
            return !self.is_list_place(word_start)
                && what == Beginning::Word
                && (beginner() || self.letter_is_word(letter, word_start));
        }
        let small = word.to_ascii_lowercase();
        if contains(NEVER_LAST, &small) || contains(NEVER_LAST_CAPITAL, word) {
            return false;
        }
        if contains(NOT_BEFORE_NUMBER, &small) {
            return what == Beginning::Word;
        }
        if contains(SELDOM_LAST, &small) || is_acronym(word) {
            return what == Beginning::Word && beginner();
        }
        true
    }

    /// Whether the letter before a full stop is no initial: `vitamin C`, `5 m`.
    fn letter_is_word(&self, letter: char, at: usize) -> bool {
        let before = self.text[self.start..at].trim_end();
        let word = word_before(before, before.len());
        if letter.is_lowercase() {
            word.ends_with(|char: char| char.is_ascii_digit())
        } else {
            contains(BEFORE_LETTERS, word)
        }
    }

    /// Whether a list number may stand at `at`: at the start of a sentence or after a colon.
    fn is_list_place(&self, at: usize) -> bool {
        at <= self.start || self.text[..at].trim_end().ends_with([':', ';', '('])
    }
}

/// What comes after a terminator.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beginning {
    /// A capital, a letter without case, a symbol.
    Word,
    Number,
    /// `(2010)`.
    BracketNumber,
    /// A small letter or punctuation: the sentence goes on.
    GoesOn,
}

/// Longer words are not abbreviations.
const MAX_WORD_LEN: usize = 12;

/// Letters, digits and full stops before `stop`, one byte more than `MAX_WORD_LEN` at most.
fn word_before(text: &str, stop: usize) -> &str {
    let mut start = stop.saturating_sub(MAX_WORD_LEN + 1);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let ends_word = |char: char| !char.is_alphanumeric() && char != '.';
    text[start..stop].rsplit(ends_word).next().unwrap_or_default()
}

fn contains(words: &[&str], word: &str) -> bool {
    words.binary_search(&word).is_ok()
}

/// `U.S`, `Ph.D`, `D.C`, with a capital in it; the last full stop is already gone.
fn is_acronym(word: &str) -> bool {
    word.contains('.')
        && word.contains(char::is_uppercase)
        && word
            .split('.')
            .all(|part| (1..=3).contains(&part.len()) && !part.contains(char::is_numeric))
}

fn is_beginner(text: &str) -> bool {
    let len = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    contains(BEGINNERS, &text[..len])
}

/// The terminators from `at` on, taken together, and their end; `None` when the byte at `at` only
/// begins another character.
fn terminator_run(text: &str, at: usize) -> Option<(Terminator, usize)> {
    let mut kind = None;
    let mut end = at;
    let mut stops = 0;
    for char in text[at..].chars() {
        let next = match char {
            '.' => {
                stops += 1;
                if stops > 1 { Terminator::Ellipsis } else { Terminator::Stop }
            }
            '…' => Terminator::Ellipsis,
            '!' | '?' | '‼' | '⁇' | '⁈' | '⁉' | '؟' | '۔' | '।' | '॥' => {
                Terminator::Mark
            }
            '。' | '！' | '？' | '｡' => Terminator::FullWidth,
            _ => break,
        };
        let stronger = matches!(kind, Some(Terminator::Mark | Terminator::FullWidth));
        if !stronger || next == Terminator::FullWidth {
            kind = Some(next);
        }
        end += char.len_utf8();
    }
    kind.map(|kind| (kind, end))
}

/// Length of `[1]`, `[2, 3]`, `[^note]`, `[@id; @other]`.
fn bracket_citation(bytes: &[u8]) -> Option<usize> {
    const MAX_LEN: usize = 200;
    let window = &bytes[..bytes.len().min(MAX_LEN)];
    let close = memchr::memchr(b']', window)?;
    let inner = &window[1..close];
    let is_citation = match inner.first()? {
        b'^' | b'@' => true,
        b'0'..=b'9' => number_list_len(inner) == inner.len(),
        _ => false,
    };
    is_citation.then_some(close + 1)
}

/// Length of `(3)`, `(3,4)`.
fn number_in_parens(bytes: &[u8]) -> Option<usize> {
    let len = number_list_len(&bytes[1..]);
    let closed = len > 0 && bytes.get(1 + len) == Some(&b')');
    closed.then_some(len + 2)
}

/// Length of `(Smith & Jones, p. 12, 2019).`, which authors put behind the sentence that it is the source of.
fn author_in_parens(bytes: &[u8]) -> Option<usize> {
    const MAX_LEN: usize = 120;
    let window = &bytes[1..bytes.len().min(MAX_LEN)];
    let close = memchr::memchr3(b'(', b')', b'\n', window).filter(|at| window[*at] == b')')?;
    let inner = window[..close].strip_suffix(b"a").unwrap_or(&window[..close]);
    let (before, year) = inner.split_at_checked(inner.len().checked_sub(4)?)?;
    let is_year = matches!(year, [b'1', b'9', ..] | [b'2', b'0', ..]);
    let is_author = before.first()?.is_ascii_uppercase() && before.ends_with(b", ");
    let len = close + 2;
    let behind = match &bytes[len..] {
        [] | [b'\n', ..] => Some(len),
        [b'.', rest @ ..] => matches!(rest, [] | [b' ' | b'\n', ..]).then_some(len + 1),
        [b' ', next, ..] if next.is_ascii_uppercase() => Some(len),
        _ => None,
    };
    behind.filter(|_| is_author && is_year && year.iter().all(u8::is_ascii_digit))
}

/// Bytes of digits, commas and dashes that start and end with a digit: `1,2` `3-5` `3–5` `1, 2`.
fn number_list_len(bytes: &[u8]) -> usize {
    const MAX_LEN: usize = 60;
    let mut len = 0;
    let mut at = 0;
    while at < bytes.len().min(MAX_LEN) {
        at += match bytes[at] {
            b'0'..=b'9' => {
                len = at + 1;
                1
            }
            b',' | b'-' => 1,
            b' ' if at > 0 && bytes[at - 1] == b',' => 1,
            0xE2 if bytes[at..].starts_with("–".as_bytes()) => 3,
            _ => break,
        };
    }
    len
}

/// Length of `¹`, `⁴` and so on, and of the signs that number footnotes.
fn footnote_sign(text: &str) -> Option<usize> {
    let char = text.chars().next()?;
    let is_sign = matches!(char, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' | '*' | '†' | '‡' | '§' | '¶');
    is_sign.then_some(char.len_utf8())
}

fn skip_blanks(text: &str, at: usize) -> usize {
    text.len() - text[at..].trim_start().len()
}

fn char_len(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(1, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `marked` has a ` | ` where a sentence ends.
    #[track_caller]
    fn check(marked: &str) {
        let text = marked.replace(" | ", " ");
        let found: Vec<_> = split(&text).into_iter().map(|range| &text[range]).collect();
        let wanted: Vec<_> = marked.split(" | ").collect();
        assert_eq!(found, wanted);
    }

    #[test]
    fn authors_behind_the_full_stop() {
        check(
            "It eased pain. (Sjögren & Page, p. 14, 2011). | It came back. (Smith, 2019) | So it did.",
        );
        check("It eased pain. (Smith, 2019)");
        check(
            "It eased pain. | (Smith, 2019) says so. | It rose. | (It fell in May, 2019, and rose.) | So.",
        );
        check("It eased pain. | (In May 2019). | So it did.");
    }

    #[test]
    fn word_lists_are_sorted() {
        let lists = [
            NEVER_LAST,
            NEVER_LAST_CAPITAL,
            NOT_BEFORE_NUMBER,
            SELDOM_LAST,
            BEFORE_LETTERS,
            BEGINNERS,
        ];
        assert!(lists.iter().all(|words| words.is_sorted()));
    }

    #[test]
    fn plain_ends() {
        check("Warm up first. | Then stretch! | Ready? | Go on.");
        check("No end at all");
        check("Wait?! | Yes.");
    }

    #[test]
    fn abbreviations() {
        check("Dr. Smith, e.g. the U.S. chemist, found it in 1998. | It rose to 4 p.m. today!");
        check("See Fig. 2 and No. 7 (approx. 5 kg). | Is it safe? | No. | You should stop.");
        check("Smith et al. (2010) and Jones et al. found less. | Others did not.");
        check("The U.S. Department of Health said so. | It was in the U.S. | The rest was not.");
        check("Prof. A. B. Jones of St. Mary wrote it. | Ph.D. students read it.");
        check(
            "Rest, drink, etc. | Then go on. | Do max. 10 repetitions. | Hold it for 5 min. | Relax.",
        );
        check("Published Jan. 5 by Acme Inc. | The text is free.");
        check("Avoid the sun. | Sit in the shade.");
    }

    #[test]
    fn numbers_and_initials() {
        check("It grew by 3.5 percent. | 25% of people know.");
        check("In 2010. | In 2011.");
        check("1. Sit down. | 2. Stand up.");
        check("Do the following: 1. Sit. | 2. Stand.");
        check("a. Sit down. | b. Stand up.");
        check("J. Smith ate vitamin C. | Hepatitis B. | Most people walk 5 m. | Others run.");
        check("Version 1.2.3 is out. | Use v2.0. | It is better.");
    }

    #[test]
    fn quotes_and_brackets() {
        check("He said \"stop.\" | She did.");
        check("\"Really?\" he asked. | “Yes.” | He left.");
        check("Rest (see p. 3. It helps.) and go on. | Done.");
        check("He left. | (She stayed.) | They met.");
        check("« Oui. » | Il part. | „Ja.“ | Er geht.");
        check("A stray ( bracket. | It ends nothing.");
        check("Press [Enter. Then wait] twice. | Stop.");
    }

    #[test]
    fn citations_belong_to_the_sentence_before() {
        check("It helps pain.[1] | Next one. [2, 3] | Third. [@smith2010; @jones, p. 3] | Fourth.");
        check("It helps pain.1,2 | Next.3–5 | Last.");
        check("It helps pain.(3) | Next.² | More.* | Then.† | Last.");
        check("It helps (3). | Next [^no]. | Undefined.[^a] | Last.");
    }

    #[test]
    fn going_on() {
        check("Wait... then go. | Wait... | Then go… | Now.");
        check("Use node.js or example.com. | It works.");
        check("It is approx. the same. and so on");
        check("Keep the pH. | pH matters. | mRNA does, too.");
        check("Stop. | • First. | – Second – it goes on.");
    }

    #[test]
    fn other_scripts() {
        let text = "先做热身。再拉伸！好吗？(是。)好";
        let found: Vec<_> = split(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["先做热身。", "再拉伸！", "好吗？", "(是。)", "好"]);
        check("هل تؤلم؟ | نعم.");
        check("Ça va? | Élan vital. | Был. | Стал.");
    }

    #[test]
    fn hard_breaks() {
        let text = "Phone 555\nMail a@b.c\nand more,\nIncluding this\n\n\n";
        let found: Vec<_> = split(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["Phone 555", "Mail a@b.c\nand more,\nIncluding this"]);
    }
}
