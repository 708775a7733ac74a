//! What LaTeX in a field reads as: accents, symbols, dashes, and no braces.
//!
//! [`decode`] hands out the text piece by piece with the bytes each was written with, so that the
//! reader's value and the way back from it are made by one function. Commands that are not known
//! leave their argument.

use std::ops::Range;

/// Call `emit` for each piece of the text that `raw` reads as, in order. Where commands that are not known are all
/// there is, as in `{\TUB{}}`, their names stand for it.
pub fn decode(raw: &str, mut emit: impl FnMut(Range<usize>, &str)) {
    let mut at = raw.len() - raw.trim_start().len();
    let end = raw.trim_end().len();
    let mut is_empty = true;
    while at < end {
        let rest = &raw[at..end];
        let (len, text) = match rest.as_bytes()[0] {
            b'{' | b'}' | b'$' => (1, None),
            b'~' => (1, Some(" ".to_owned())),
            b'-' if rest.starts_with("---") => (3, Some("—".to_owned())),
            b'-' if rest.starts_with("--") => (2, Some("–".to_owned())),
            b'-' => (1, Some("-".to_owned())),
            b'\\' => command(rest),
            b' ' | b'\t' | b'\n' | b'\r' => {
                let blanks = rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
                (blanks, Some(" ".to_owned()))
            }
            _ => {
                let special = ['{', '}', '$', '~', '-', '\\', ' ', '\t', '\n', '\r'];
                let plain = rest.find(special).unwrap_or(rest.len());
                emit(at..at + plain, &rest[..plain]);
                is_empty = false;
                at += plain;
                continue;
            }
        };
        if let Some(text) = text {
            emit(at..at + len, &text);
            is_empty = false;
        }
        at += len;
    }
    for name in raw.split(['\\', '{', '}', '$']).filter(|name| is_empty && !name.trim().is_empty())
    {
        let start = name.as_ptr() as usize - raw.as_ptr() as usize;
        emit(start..start + name.len(), name);
    }
}

/// The text that `raw` reads as.
pub fn decoded(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    decode(raw, |_, piece| out.push_str(piece));
    out
}

/// What an address or identifier reads as: only the escapes are taken out.
pub fn verbatim(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut chars = raw.trim().chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('{' | '}', _) | ('\\', Some('_' | '%' | '&' | '#' | '$' | '~' | '{' | '}')) => {}
            _ => out.push(c),
        }
    }
    out
}

/// Commands that stand for a letter.
const SYMBOLS: &[(&str, &str)] = &[
    ("ss", "ß"),
    ("o", "ø"),
    ("O", "Ø"),
    ("l", "ł"),
    ("L", "Ł"),
    ("ae", "æ"),
    ("AE", "Æ"),
    ("oe", "œ"),
    ("OE", "Œ"),
    ("aa", "å"),
    ("AA", "Å"),
    ("i", "ı"),
    ("j", "ȷ"),
    ("dh", "ð"),
    ("th", "þ"),
    ("textendash", "–"),
    ("textemdash", "—"),
    ("textquoteright", "’"),
    ("ldots", "…"),
    ("dots", "…"),
    ("textregistered", "®"),
    ("texttrademark", "™"),
];

/// Accents with the letters they are put on, and what comes of it.
const ACCENTS: &[(&str, &str, &str)] = &[
    ("\"", "aeiouyAEIOUY", "äëïöüÿÄËÏÖÜŸ"),
    ("'", "aeiouycnszrlAEIOUYCNSZRL", "áéíóúýćńśźŕĺÁÉÍÓÚÝĆŃŚŹŔĹ"),
    ("`", "aeiouAEIOU", "àèìòùÀÈÌÒÙ"),
    ("^", "aeiouwyAEIOUWY", "âêîôûŵŷÂÊÎÔÛŴŶ"),
    ("~", "anoiuANOIU", "ãñõĩũÃÑÕĨŨ"),
    ("=", "aeiouAEIOU", "āēīōūĀĒĪŌŪ"),
    (".", "zcegZCEGI", "żċėġŻĊĖĠİ"),
    ("c", "csteCSTE", "çşţȩÇŞŢȨ"),
    ("v", "cszrendtCSZRENDT", "čšžřěňďťČŠŽŘĚŇĎŤ"),
    ("u", "agieouAGIEOU", "ăğĭĕŏŭĂĞĬĔŎŬ"),
    ("H", "ouOU", "őűŐŰ"),
    ("k", "aeiuAEIU", "ąęįųĄĘĮŲ"),
    ("r", "auAU", "åůÅŮ"),
];

/// The command that `rest` begins with: its length and what it reads as.
fn command(rest: &str) -> (usize, Option<String>) {
    let behind = &rest[1..];
    let letters = behind.bytes().take_while(u8::is_ascii_alphabetic).count();
    let Some(first) = behind.chars().next() else { return (1, None) };
    let name = if letters > 0 { &behind[..letters] } else { &behind[..first.len_utf8()] };
    let len = 1 + name.len();
    if let Some((_, letters, accented)) = ACCENTS.iter().find(|(own, _, _)| *own == name)
        && let Some((argument, letter)) = argument(&rest[len..])
    {
        let at = letters.chars().position(|own| own == letter);
        let letter = at.and_then(|at| accented.chars().nth(at)).unwrap_or(letter);
        return (len + argument, Some(letter.to_string()));
    }
    if let Some((_, symbol)) = SYMBOLS.iter().find(|(own, _)| *own == name) {
        // Blanks only end the name.
        let blanks = rest[len..].len() - rest[len..].trim_start_matches(' ').len();
        return (len + blanks, Some((*symbol).to_owned()));
    }
    match first {
        _ if letters > 0 => {
            let blanks = rest[len..].len() - rest[len..].trim_start_matches(' ').len();
            (len + blanks, None)
        }
        '\\' | ' ' | '\n' | '\t' | '\r' | ',' | ';' | ':' => (len, Some(" ".to_owned())),
        '-' | '/' | '!' => (len, None),
        other => (len, Some(other.to_string())),
    }
}

/// The letter an accent is put on, and the length of how it is written: `o`, `{o}`, `\i`, `{\i}`.
fn argument(rest: &str) -> Option<(usize, char)> {
    let trimmed = rest.trim_start_matches(' ');
    let blanks = rest.len() - trimmed.len();
    let (inner, braces) = match trimmed.strip_prefix('{') {
        Some(inner) => (inner, 1),
        None => (trimmed, 0),
    };
    let dotless = [("\\i", 'i'), ("\\j", 'j')];
    let found = dotless.into_iter().find(|(written, _)| {
        inner.strip_prefix(written).is_some_and(|after| !after.starts_with(char::is_alphabetic))
    });
    let (len, letter) = match found {
        Some((written, letter)) => (written.len(), letter),
        None => {
            let letter = inner.chars().next().filter(|c| c.is_alphabetic())?;
            (letter.len_utf8(), letter)
        }
    };
    match braces {
        0 => Some((blanks + len, letter)),
        _ if inner[len..].starts_with('}') => Some((blanks + len + 2, letter)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latex_reads_as_text() {
        for (raw, text) in [
            (r#"G{\"o}del and Erd{\H o}s"#, "Gödel and Erdős"),
            (r#"G\"odel, \'{E}tienne, Fran\c{c}ois"#, "Gödel, Étienne, François"),
            (r#"Dvo{\v{r}}{\'a}k, {\AA}rhus, na{\"\i}ve"#, "Dvořák, Århus, naïve"),
            (r"Stra{\ss}e, \O rsted, {\L}\'od\'z", "Straße, Ørsted, Łódź"),
            ("The {DNA} of  {\\emph{E. coli}}\n  today ", "The DNA of E. coli today"),
            (r"R\&D, 50\%, a\_b, pp.~514--527", "R&D, 50%, a_b, pp. 514–527"),
            (r"caf\'", "caf'"),
            ("\\", ""),
            ("{", ""),
            ("Höft", "Höft"),
        ] {
            assert_eq!(decoded(raw), text, "{raw}");
        }
        assert_eq!(verbatim(r" https://e.org/a\_b~c--d "), "https://e.org/a_b~c--d");
    }

    #[test]
    fn pieces_stand_in_order_and_say_the_text() {
        let raw = "{\\\"o} -- a\\o b {C} é~";
        let mut last = 0;
        decode(raw, |range, piece| {
            assert!(range.start >= last && raw.get(range.clone()).is_some(), "{range:?} {piece}");
            last = range.end;
        });
    }
}
