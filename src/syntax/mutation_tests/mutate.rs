//! Seeded changes to texts that readers may meet, for the mutation tests and for the plain loop in
//! `fuzz/`, which takes this file as its own module.

/// Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `end`; 0 when that is 0.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).expect("under a usize")
    }
}

/// `text` with one to `most` random changes; `others` are texts that parts may be taken from.
pub fn mutate(text: &str, most: usize, others: &[String], random: &mut Random) -> String {
    let mut out = text.to_owned();
    for _ in 0..=random.below(most) {
        let at = out.floor_char_boundary(random.below(out.len() + 1));
        match random.below(10) {
            0..=3 => out.insert_str(at, TOKENS[random.below(TOKENS.len())]),
            4 => {
                let end = out.ceil_char_boundary((at + 1 + random.below(12)).min(out.len()));
                out.replace_range(at..end, "");
            }
            5 => {
                let end = out.ceil_char_boundary((at + random.below(80)).min(out.len()));
                let part =
                    out[at..end].repeat(1 + random.below(20) * usize::from(random.below(4) == 0));
                let to = out.floor_char_boundary(random.below(out.len() + 1));
                out.insert_str(to, &part);
            }
            6 => {
                // Cut a whole line, or its indentation.
                let start = out[..at].rfind('\n').map_or(0, |found| found + 1);
                let lead = out[start..].len() - out[start..].trim_start_matches(' ').len();
                out.replace_range(start..start + lead.min(1 + random.below(4)), "");
            }
            7 if !others.is_empty() => {
                let other = &others[random.below(others.len())];
                let from = other.floor_char_boundary(random.below(other.len() + 1));
                let to = other.ceil_char_boundary((from + random.below(200)).min(other.len()));
                out.insert_str(at, &other[from..to]);
            }
            8 => {
                let end = out.ceil_char_boundary((at + 1).min(out.len()));
                let any = char::from_u32(u32::try_from(random.below(0x500)).expect("under 0x500"));
                out.replace_range(at..end, any.unwrap_or(' ').encode_utf8(&mut [0; 4]));
            }
            _ if random.below(8) == 0 => out.truncate(at),
            _ => {
                let end = out.ceil_char_boundary((at + 1).min(out.len()));
                out.replace_range(at..end, TOKENS[random.below(TOKENS.len())]);
            }
        }
    }
    out
}

const TOKENS: &[&str] = &[
    " ",
    "  ",
    "\n",
    "\n  ",
    "\n- ",
    "\r\n",
    "\t",
    ": ",
    ":",
    "- ",
    "-",
    "? ",
    "#",
    " # ",
    "\"",
    "'",
    "[",
    "]",
    "{",
    "}",
    ",",
    "&a ",
    "*a",
    "!",
    "!!str ",
    "|",
    ">",
    "|-\n",
    ">2\n",
    "---\n",
    "...\n",
    "%",
    "@",
    "`",
    "\\",
    "\\n",
    "\\u00e9",
    "\0",
    "\u{7}",
    "é",
    "\u{feff}",
    "😀",
    "<<: ",
    "~",
    "null",
    "12",
    "-1.5e3",
    "''",
    "\"\"",
    "\\\n",
    "//",
    "/*",
    "\u{2028}",
    "“",
    "\u{85}",
    "---\n---\n",
    "**",
    "[^1]",
    "\n\n",
    "  - ",
    "a: b\n",
    "{a: ",
    "[[",
    "\r",
    " #",
    "*a ",
    "!t ",
    "!!int ",
    "|\n",
    ">-\n",
    "|2+\n",
    "%YAML 1.2\n",
    "\\u",
    "\\x4",
    "\\ud83d\\ude00",
    "0x",
    "1e9",
    "NaN",
    "*",
    "_",
    "[^1]: ",
    "](",
    "![",
    "<b>",
    "<!--",
    "-->",
    "| a |\n",
    "```\n",
    "$",
    "# ",
    "> ",
    "1. ",
    "[ ] ",
    "e.g. ",
    "Dr. ",
    "... ",
    "?!",
    "\u{201d}",
    "\u{a0}",
    "id: ",
    "questions:\n",
    "options: ",
    "answer: ",
];
