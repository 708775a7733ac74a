//! The fuzz targets in a plain loop: `caveat-fuzz TARGET... [--seconds N] [--seed N] [FOLDER]`.
//!
//! Seeds are the files of `FOLDER` (the checkout's `content`, when it is not given) and what is built
//! in; a mutant that panics or takes more than a second is printed, and the loop goes on.

#[path = "../../src/syntax/mutation_tests/mutate.rs"]
mod mutate;

use caveat_fuzz::{NAMES, TARGETS};
use mutate::{Random, mutate};
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
    let mut seeds: Vec<String> = SEEDS.iter().map(|seed| (*seed).to_owned()).collect();
    files_below(Path::new(&folder), &mut seeds);
    let mut found = 0;
    for (name, target) in TARGETS {
        if names.is_empty() || names.iter().any(|wanted| wanted == name) {
            found += run(name, *target, &seeds, Duration::from_secs(seconds), seed);
        }
    }
    std::process::exit(i32::from(found > 0));
}

fn run(name: &str, target: fn(&[u8]), seeds: &[String], time: Duration, seed: u64) -> usize {
    let mut random = Random(seed);
    let start = Instant::now();
    let (mut runs, mut found, mut slowest) = (0u64, 0, Duration::ZERO);
    while start.elapsed() < time && found < 20 {
        // Long files cost time and find nothing that their first lines do not.
        let seed = &seeds[random.below(seeds.len())];
        let seed = &seed[..seed.floor_char_boundary(4000)];
        let mut mutant = mutate(seed, 6, seeds, &mut random).into_bytes();
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

const SEEDS: &[&str] = &[
    "a: &x {b: 1, c: [2, {d: e}]}\n<<: *x\nf: |\n  g\n\n   h\ni: !!str 12\n? j\n: k\n---\n- 'l\n  m'\n- n\n  o\n...\n",
    "{\"id\": \"a\", \"n\": [1, -2.5e3, true, null], \"t\": \"x\\n\\u00e9\\ud83d\\ude00\", \"e\": []}\n",
    "---\nid: a\n---\n\n# Head\n\nA *text* with [a link](x.md), `code` and[^1].\n\n- [x] one\n- two\n\n| a | b |\n|---|---|\n| c | d |\n\n[^1]: Note.\n",
    "Dr. Smith et al. (2020) found 3.5 % more. \"Why?\" he asked. It depends, e.g. on\nage... See www.example.org.\n\n1. One\n2. Two\n",
];

fn files_below(path: &Path, out: &mut Vec<String>) {
    if let Ok(entries) = std::fs::read_dir(path) {
        let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        paths.iter().for_each(|path| files_below(path, out));
    } else if let Ok(text) = std::fs::read_to_string(path) {
        out.push(text);
    }
}
