//! Words by which instructions are told: the verbs that open them, and what may stand before these.

/// Verbs that open an instruction, in alphabetical order.
// Source: first words of the sentences of a public exercise list, plus physiotherapy usage.
#[rustfmt::skip]
pub(in crate::facts::claims) static IMPERATIVES: &[&str] = &[
    "accept", "activate", "add", "adjust", "advise", "aim", "allow", "alternate", "apply", "arch",
    "ask", "assess", "assume", "attach", "attempt", "avoid", "balance", "begin", "bend", "book",
    "bounce", "brace", "breathe", "bring", "build", "buy", "call", "carry", "catch", "change", "check",
    "choose", "circle", "clasp", "clean", "clench", "click", "climb", "close", "come", "complete",
    "concentrate", "consider", "consult", "contact", "continue", "contract", "cool", "count", "crawl",
    "cross", "curl", "cut", "cycle", "descend", "dig", "dip", "discuss", "do", "don't", "download",
    "drag", "draw", "dress", "drink", "drive", "drop", "duck", "ease", "eat", "educate", "elevate",
    "encourage", "engage", "enjoy", "ensure", "execute", "exercise", "exhale", "expect", "explain",
    "explode", "extend", "face", "fasten", "feel", "fill", "find", "finish", "flatten", "flex", "flip",
    "focus", "fold", "follow", "gather", "get", "give", "glide", "go", "grab", "grasp", "grip",
    "halve", "hang", "have", "heat", "hinge", "hold", "hop", "hug", "hyperextend", "imagine",
    "increase", "inform", "inhale", "initiate", "interlace", "invert", "join", "jump", "keep", "kick",
    "kneel", "lace", "land", "lay", "lean", "learn", "leave", "let", "let's", "lie", "lift", "limit",
    "line", "list", "listen", "load", "lock", "look", "loop", "lower", "lunge", "maintain", "make",
    "march", "massage", "match", "measure", "move", "name", "never", "nod", "note", "notice", "open",
    "order", "outline", "pace", "pair", "pause", "pedal", "perform", "pick", "place", "plan", "plant",
    "please", "point", "position", "practice", "practise", "prepare", "press", "progress", "pull",
    "push", "put", "rack", "raise", "rate", "reach", "read", "reassure", "rebound", "recline",
    "record", "recover", "reduce", "refer", "relax", "release", "remain", "remember", "remove",
    "repeat", "report", "rest", "retake", "retract", "return", "reverse", "review", "ride", "rise",
    "rock", "roll", "rotate", "row", "run", "schedule", "score", "secure", "see", "seek", "select",
    "set", "shake", "share", "shift", "shower", "shrug", "sign", "sit", "skip", "sleep", "slide",
    "slow", "snatch", "speak", "spend", "spread", "squat", "squeeze", "stabilize", "stack", "stand",
    "start", "stay", "step", "stop", "straddle", "straighten", "strap", "stretch", "strive",
    "subscribe", "suck", "support", "swap", "swim", "swing", "switch", "take", "talk", "tap", "tell",
    "tense", "test", "think", "thread", "throw", "tighten", "tilt", "tip", "touch", "track", "treat",
    "try", "tuck", "turn", "twist", "unrack", "use", "visit", "wait", "walk", "warm", "watch", "wear",
    "wiggle", "withdraw", "work", "wrap", "write",
];

/// Words of [`IMPERATIVES`] that are as often the subject of a statement ("Rest helps"), in order.
#[rustfmt::skip]
pub(in crate::facts::claims) static ALSO_NOUNS: &[&str] = &[
    "attempt", "balance", "book", "brace", "change", "clean", "contact", "cool", "cut", "cycle", "dress",
    "drink", "drive", "drop", "exercise", "face", "focus", "grip", "heat", "increase", "lift", "limit",
    "load", "lunge", "march", "massage", "pace", "pair", "plan", "plant", "position", "practice",
    "progress", "rack", "record", "recover", "release", "report", "rest", "return", "review", "ride",
    "rock", "run", "schedule", "score", "shake", "shower", "sleep", "squat", "step", "stretch", "support",
    "swing", "test", "touch", "treat", "twist", "use", "walk", "warm", "work",
];

/// Openings before which an instruction may be delayed by a phrase and a comma ("If it hurts, stop").
#[rustfmt::skip]
pub(in crate::facts::claims) static FRONTED: &[&str] = &[
    "after", "again", "as", "at", "before", "by", "during", "each", "finally", "first", "for", "from",
    "gently", "if", "immediately", "in", "keeping", "last", "lastly", "lying", "next", "now", "on",
    "once", "second", "sitting", "slowly", "standing", "starting", "then", "third", "to", "until",
    "using", "when", "while", "with", "without",
];

/// Words that may stand between the start of a step and its verb.
#[rustfmt::skip]
pub(in crate::facts::claims) static LEADING_ADVERBS: &[&str] = &[
    "again", "also", "always", "and", "but", "carefully", "finally", "first", "gently", "immediately",
    "just", "lightly", "never", "next", "now", "or", "please", "quickly", "simply", "simultaneously",
    "slowly", "smoothly", "so", "steadily", "then",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn word_lists_are_sorted_for_binary_search() {
        for list in [IMPERATIVES, ALSO_NOUNS, FRONTED, LEADING_ADVERBS] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }
}
