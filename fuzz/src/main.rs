//! The fuzz targets in a plain loop: `caveat-fuzz TARGET... [--seconds N] [--seed N] [FOLDER]`.
//!
//! Seeds are the files of `FOLDER` (the checkout's `content`, when it is not given) and what is built
//! in; a mutant that panics or takes more than a second is printed, and the loop goes on.

use caveat_fuzz::{NAMES, TARGETS};
use std::panic::catch_unwind;
use std::path::Path;
use std::time::{Duration, Instant};

const SLOW: Duration = Duration::from_secs(1);

fn main() {
    let mut names = Vec::new();
    let (mut seconds, mut seed) = (60, 1);
    let mut folder = format!("{}/../content", env!("CARGO_MANIFEST_DIR"));
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut number =
            || args.next().and_then(|n| n.parse().ok()).expect("a number follows the flag");
        match arg.as_str() {
            "--seconds" => seconds = number(),
            "--seed" => seed = number(),
            name if TARGETS.iter().any(|(known, _)| *known == name) => names.push(arg),
            _ => folder = arg,
        }
    }
    let mut seeds: Vec<Vec<u8>> = SEEDS.iter().map(|seed| seed.as_bytes().to_vec()).collect();
    files_below(Path::new(&folder), &mut seeds);
    let mut found = 0;
    for (name, target) in TARGETS {
        if names.is_empty() || names.iter().any(|wanted| wanted == name) {
            found += run(name, *target, &seeds, Duration::from_secs(seconds), seed);
        }
    }
    std::process::exit(i32::from(found > 0));
}

fn run(name: &str, target: fn(&[u8]), seeds: &[Vec<u8>], time: Duration, seed: u64) -> usize {
    let mut random = Random(seed);
    let start = Instant::now();
    let (mut runs, mut found, mut slowest) = (0u64, 0, Duration::ZERO);
    while start.elapsed() < time && found < 20 {
        let mut mutant = seeds[random.below(seeds.len())].clone();
        mutant.truncate(4000);
        for _ in 0..=random.below(6) {
            mutate(&mut mutant, seeds, &mut random);
        }
        // Bytes that are no UTF-8 never reach a reader.
        let mut mutant = String::from_utf8_lossy(&mutant).into_owned().into_bytes();
        if name == "check" {
            mutant.insert(0, u8::try_from(random.below(NAMES.len())).expect("few names"));
        }
        let started = Instant::now();
        let panicked = catch_unwind(|| target(&mutant)).is_err();
        let taken = started.elapsed();
        slowest = slowest.max(taken);
        runs += 1;
        if panicked || taken > SLOW {
            found += 1;
            println!("{name}: {taken:?} for {:?}", String::from_utf8_lossy(&mutant));
        }
    }
    println!(
        "{name}: {runs} runs in {:?}, {found} found, the slowest took {slowest:?}",
        start.elapsed()
    );
    found
}

fn mutate(bytes: &mut Vec<u8>, seeds: &[Vec<u8>], random: &mut Random) {
    let at = random.below(bytes.len() + 1);
    let end = (at + 1 + random.below(12)).min(bytes.len());
    match random.below(7) {
        0 | 1 => {
            let token = TOKENS[random.below(TOKENS.len())];
            bytes.splice(at..at, token.bytes());
        }
        2 => drop(bytes.drain(at..end)),
        3 => {
            let token = TOKENS[random.below(TOKENS.len())];
            bytes.splice(at..end, token.bytes());
        }
        4 => {
            let other = &seeds[random.below(seeds.len())];
            let from = random.below(other.len());
            let to = (from + random.below(200)).min(other.len());
            bytes.splice(at..at, other[from..to].iter().copied());
        }
        5 => {
            let part = bytes[at..(at + random.below(80)).min(bytes.len())].to_vec();
            let times = 1 + random.below(20);
            (0..times).for_each(|_| drop(bytes.splice(at..at, part.iter().copied())));
        }
        _ if at < bytes.len() => bytes[at] = u8::try_from(random.below(256)).expect("under 256"),
        _ => {}
    }
}

const TOKENS: &[&str] = &[
    " ",
    "\n",
    "\n  ",
    "\n- ",
    "\r\n",
    "\r",
    "\t",
    ": ",
    ":",
    "- ",
    "? ",
    " #",
    "\"",
    "'",
    "[",
    "]",
    "{",
    "}",
    ",",
    "&a ",
    "*a ",
    "!t ",
    "!!int ",
    "|\n",
    ">-\n",
    "|2+\n",
    "---\n",
    "...\n",
    "%YAML 1.2\n",
    "@",
    "`",
    "\\",
    "\\u",
    "\\x4",
    "\\ud83d\\ude00",
    "\0",
    "\u{7}",
    "é",
    "\u{feff}",
    "😀",
    "<<: ",
    "~",
    "0x",
    "1e9",
    "NaN",
    "//",
    "/*",
    "\u{2028}",
    "*",
    "**",
    "_",
    "[^1]",
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

const SEEDS: &[&str] = &[
    "a: &x {b: 1, c: [2, {d: e}]}\n<<: *x\nf: |\n  g\n\n   h\ni: !!str 12\n? j\n: k\n---\n- 'l\n  m'\n- n\n  o\n...\n",
    "{\"id\": \"a\", \"n\": [1, -2.5e3, true, null], \"t\": \"x\\n\\u00e9\\ud83d\\ude00\", \"e\": []}\n",
    "---\nid: a\n---\n\n# Head\n\nA *text* with [a link](x.md), `code` and[^1].\n\n- [x] one\n- two\n\n| a | b |\n|---|---|\n| c | d |\n\n[^1]: Note.\n",
    "Dr. Smith et al. (2020) found 3.5 % more. \"Why?\" he asked. It depends, e.g. on\nage... See www.example.org.\n\n1. One\n2. Two\n",
];

/// Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).expect("under a usize")
    }
}

fn files_below(path: &Path, out: &mut Vec<Vec<u8>>) {
    if let Ok(entries) = std::fs::read_dir(path) {
        let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        paths.iter().for_each(|path| files_below(path, out));
    } else if let Ok(bytes) = std::fs::read(path) {
        out.push(bytes);
    }
}
