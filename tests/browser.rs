//! The evidence report in a real browser: filters, sorting, keyboard, colours, no outside files.
//!
//! The browser is the program that `CHROME` names, else a Chromium on the `PATH`. Without one the test
//! says that it was skipped. The page is used by a script that is put into a copy of it; what the
//! script saw comes back in the dumped page.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const NAMES: &[&str] =
    &["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];

/// A project with claims of several kinds, states and confidences, and text that tries to be markup.
const FILES: &[(&str, &str)] = &[
    (
        "content/articles/knees.md",
        "---\ntitle: Knees\ndescription: About knees.\ntopics: [knees]\n---\n\n## What is known\n\n\
         About 25% of adults have knee pain [@good-2020]. Knee pain affects 40% of runners. In a trial, \
         exercise reduced knee pain by 30% [@missing]. Running causes 12% of knee injuries [@old-2001].\n\n\
         Massage <b onclick=\"alert(1)\">cures</b> &lt;script&gt;document.title=1&lt;/script&gt; tendon pain \
         in 3 weeks.\n",
    ),
    (
        "content/articles/backs.md",
        "---\ntitle: Backs\ndescription: About backs.\ntopics: [backs]\n---\n\n## What is known\n\n\
         Research shows that walking lowers the risk of back pain. Strength training prevents back pain \
         better than stretching. Back pain affects 80% of adults at some time.\n\n\
         The psoas major bends the hip.\n",
    ),
    ("content/resources/good-2020.yaml", "type: article-journal\ntitle: Good work\n"),
    (
        "content/resources/old-2001.yaml",
        "type: article-journal\ntitle: Old work\nstatus: retracted\n",
    ),
];

/// Uses the page as a person would, and writes down what can be seen.
const SCRIPT: &str = r##"
<script>
const failed = [];
addEventListener("securitypolicyviolation", (event) => failed.push(event.blockedURI));
addEventListener("error", (event) => failed.push(String(event.message)));
</script>
"##;

const DRIVER: &str = r##"
<script>
const seen = {};
const form = document.getElementById("filters");
const table = document.getElementById("claims-table");
const isVisible = (element) => element.checkVisibility();
const visible = () => Array.from(table.tBodies[0].rows).filter(isVisible);
const look = () => visible().map((row) => ({ ...row.dataset, words: row.cells[5].textContent }));
const set = (name, value) => {
  form.elements[name].value = value;
  form.elements[name].dispatchEvent(new Event("input", { bubbles: true }));
};
seen.all = look();
seen.shown = document.getElementById("shown").textContent;
seen.filtered = {};
for (const name of ["state", "kind", "confidence", "file"]) {
  seen.filtered[name] = {};
  for (const option of Array.from(form.elements[name].options).filter((own) => own.value)) {
    set(name, option.value);
    seen.filtered[name][option.value] = look();
  }
  set(name, "");
}
set("words", "RUNNERS");
seen.words = look();
set("file", "content/articles/backs.md");
seen.none = look();
seen.noneShown = document.getElementById("shown").textContent;
form.querySelector("button[type=reset]").click();
seen.sorted = {};
for (const header of table.tHead.rows[0].cells) {
  const button = header.querySelector("button");
  if (!button) continue;
  const press = () => {
    button.click();
    const others = Array.from(table.tHead.rows[0].cells).filter((own) => own !== header);
    return {
      order: Array.from(table.tBodies[0].rows).map((row) => row.dataset[header.dataset.sort]),
      sort: header.getAttribute("aria-sort"),
      others: others.map((own) => own.getAttribute("aria-sort")),
    };
  };
  seen.sorted[header.dataset.sort] = [press(), press()];
}
const controls = Array.from(document.querySelectorAll("a[href], button, select, input, summary, [tabindex]"));
seen.controls = controls.filter(isVisible).map((control) => {
  control.focus();
  const named = control.getAttribute("aria-label") || control.textContent.trim()
    || (control.labels && control.labels.length && control.labels[0].textContent.trim()) || "";
  const style = getComputedStyle(control);
  return {
    name: named, tag: control.tagName, type: control.type || "",
    focused: document.activeElement === control, inOrder: control.tabIndex >= 0,
    outlined: !control.matches(":focus-visible") || style.outlineStyle !== "none",
    label: control.labels ? control.labels.length : null,
  };
});
const skip = document.querySelector(".skip");
seen.headings = Array.from(document.querySelectorAll("h1, h2, h3")).map((own) => Number(own.tagName[1]));
seen.images = Array.from(document.querySelectorAll("svg")).map((svg) =>
  svg.getAttribute("aria-label") || (svg.closest("[aria-hidden=true]") ? "hidden" : ""));
seen.lang = document.documentElement.lang;
seen.title = document.title;
seen.scripts = document.scripts.length;
seen.bold = table.querySelectorAll("b, script, [onclick]").length;
seen.broken = Array.from(document.querySelectorAll('a[href^="#"]'))
  .map((own) => own.getAttribute("href").slice(1)).filter((id) => !document.getElementById(id));
seen.colours = [document.body, table.querySelector("td a"), document.querySelector(".soft")]
  .map((own) => [getComputedStyle(own).color, getComputedStyle(document.body).backgroundColor]);
seen.overflows = document.documentElement.scrollWidth > innerWidth;
// A busy machine may be slow to make the window the active one, and nothing in it has the focus before.
const finish = (tries) => {
  if (!document.hasFocus() && tries > 0) {
    setTimeout(finish, 50, tries - 1);
    return;
  }
  skip.focus();
  seen.skip = { visible: isVisible(skip) && skip.getBoundingClientRect().left >= 0, target: skip.getAttribute("href") };
  seen.afterReset = look().length;
  seen.requests = performance.getEntriesByType("resource").map((own) => own.name);
  seen.failed = failed;
  const out = document.createElement("pre");
  out.id = "seen";
  out.textContent = "SEEN" + encodeURIComponent(JSON.stringify(seen)) + "NEES";
  document.body.append(out);
};
setTimeout(finish, 50, 40);
</script>
"##;

#[test]
fn the_report_works_in_a_browser() {
    let Some(browser) = browser() else {
        println!("skipped: no browser; name one in CHROME, or put a Chromium on the PATH");
        return;
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser");
    let page = report(&folder);
    assert_self_contained(&page);
    let page = page.replacen("<title>", &format!("{SCRIPT}<title>"), 1).replacen(
        "</body>",
        &format!("{DRIVER}</body>"),
        1,
    );
    let file = folder.join("used.html");
    fs::write(&file, page).expect("the page is written");
    let page = Page { browser, folder, file };

    let light = page.seen(Scheme::Light, WIDE);
    rows_follow_the_filters(&light);
    columns_are_sorted(&light);
    everything_can_be_reached(&light);
    nothing_comes_from_outside(&light);
    let dark = page.seen(Scheme::Dark, WIDE);
    for scheme in [&light, &dark] {
        colours_can_be_read(scheme);
    }
    assert_ne!(light["colours"], dark["colours"]);
    assert_eq!(page.seen(Scheme::Light, NARROW)["overflows"], false, "the page scrolls sideways");
    let shots: Vec<_> = [(Scheme::Light, WIDE), (Scheme::Dark, WIDE), (Scheme::Light, NARROW)]
        .map(|(scheme, size)| page.shot(scheme, size))
        .into();
    assert!(shots[0] != shots[1], "dark and light look the same");
    assert!(shots[0] != shots[2], "narrow and wide look the same");
}

const WIDE: &str = "1280,1600";
/// As narrow as a window of the browser gets.
const NARROW: &str = "500,900";

#[derive(Clone, Copy)]
enum Scheme {
    Dark,
    Light,
}

struct Page {
    browser: PathBuf,
    folder: PathBuf,
    file: PathBuf,
}

impl Page {
    /// What the script wrote down.
    fn seen(&self, scheme: Scheme, size: &str) -> Value {
        let output = self.open(scheme, size, &["--dump-dom"]);
        let dom = String::from_utf8(output).expect("a page is UTF-8");
        let (_, seen) = dom.rsplit_once("SEEN").expect("the script came to its end");
        let (seen, _) = seen.split_once("NEES").expect("the script wrote all of it");
        serde_json::from_str(&percent_decoded(seen)).expect("the script writes JSON")
    }

    fn shot(&self, scheme: Scheme, size: &str) -> Vec<u8> {
        let name = match scheme {
            Scheme::Dark => "dark",
            Scheme::Light => "light",
        };
        let file = self.folder.join(format!("{name}-{}.png", size.replace(',', "x")));
        self.open(scheme, size, &[&format!("--screenshot={}", file.display())]);
        fs::read(&file).expect("the browser took a picture")
    }

    fn open(&self, scheme: Scheme, size: &str, what: &[&str]) -> Vec<u8> {
        let preferred = match scheme {
            Scheme::Dark => 0,
            Scheme::Light => 1,
        };
        let output = Command::new(&self.browser)
            // A container has no user to drop to; the page is our own.
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"])
            .args([
                "--no-first-run",
                "--disable-background-networking",
                "--virtual-time-budget=5000",
            ])
            .arg(format!("--user-data-dir={}", self.folder.join("profile").display()))
            .arg(format!("--blink-settings=preferredColorScheme={preferred}"))
            .arg(format!("--window-size={size}"))
            .args(what)
            .arg(format!("file://{}", self.file.display()))
            .stdin(Stdio::null())
            .output()
            .expect("the browser starts");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "the browser failed: {errors}");
        output.stdout
    }
}

fn browser() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("CHROME").filter(|name| !name.is_empty()) {
        return Some(named.into());
    }
    let path = std::env::var_os("PATH")?;
    let folders: Vec<_> = std::env::split_paths(&path).collect();
    let files = NAMES.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    files.into_iter().find(|file| file.is_file())
}

/// The page of [`FILES`].
fn report(folder: &Path) -> String {
    fs::remove_dir_all(folder).ok();
    for (path, text) in FILES {
        let file = folder.join(path);
        fs::create_dir_all(file.parent().expect("a file stands in a folder")).expect("a folder");
        fs::write(file, text).expect("a file");
    }
    let output = Command::new(env!("CARGO_BIN_EXE_caveat"))
        .args(["report", "--format", "html", "--no-config", "--no-cache"])
        .current_dir(folder)
        .output()
        .expect("caveat starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("a page is UTF-8")
}

/// Nothing in the markup names another file to load.
fn assert_self_contained(page: &str) {
    for loader in [" src=", "<link", "@import", "url(", "<iframe", "<object", "<embed", "fetch("] {
        assert!(!page.contains(loader), "the page has `{loader}`");
    }
}

fn rows(seen: &Value) -> &[Value] {
    seen.as_array().expect("rows")
}

fn rows_follow_the_filters(seen: &Value) {
    let all = rows(&seen["all"]);
    assert!(all.len() >= 7, "{all:#?}");
    assert_eq!(seen["shown"], format!("{0} of {0} shown", all.len()));
    for field in ["state", "kind", "confidence", "file"] {
        let by_value = seen["filtered"][field].as_object().expect("an object by value");
        assert!(by_value.len() > 1, "one {field} only");
        for (value, shown) in by_value {
            let wanted: Vec<_> = all.iter().filter(|row| row[field] == *value).cloned().collect();
            assert!(!wanted.is_empty(), "{field} offers {value}, which no row has");
            assert_eq!(rows(shown), wanted, "{field} is {value}");
        }
        let count: usize = by_value.values().map(|shown| rows(shown).len()).sum();
        assert_eq!(count, all.len(), "every row has a {field} that is offered");
    }
    assert_eq!(rows(&seen["words"]).len(), 1);
    let words = seen["words"][0]["words"].as_str().expect("a sentence");
    assert!(words.starts_with("Knee pain affects 40% of runners."), "{words}");
    assert_eq!(rows(&seen["none"]).len(), 0);
    assert_eq!(seen["noneShown"], format!("0 of {} shown", all.len()));
    assert_eq!(seen["afterReset"], all.len());
}

fn columns_are_sorted(seen: &Value) {
    let columns = seen["sorted"].as_object().expect("an object by column");
    assert_eq!(columns.len(), 5);
    for (column, presses) in columns {
        for press in rows(presses) {
            let others = rows(&press["others"]);
            assert!(others.iter().all(|sort| sort.is_null() || sort == "none"), "{column}");
            let mut wanted = rows(&press["order"]).to_vec();
            match column.as_str() {
                "order" | "rank" | "score" => wanted.sort_by_key(number),
                _ => wanted.sort_by_key(|value| value.as_str().map(str::to_owned)),
            }
            match press["sort"].as_str() {
                Some("ascending") => {}
                Some("descending") => wanted.reverse(),
                other => panic!("{column} is sorted {other:?}"),
            }
            assert_eq!(rows(&press["order"]), wanted, "{column}");
        }
        assert_ne!(presses[0]["sort"], presses[1]["sort"], "{column}: a second press turns it");
    }
}

fn number(value: &Value) -> i64 {
    value.as_str().and_then(|own| own.parse().ok()).expect("a number in an attribute")
}

/// By keyboard, and with a name for those who cannot see it.
fn everything_can_be_reached(seen: &Value) {
    let controls = rows(&seen["controls"]);
    for kind in ["SELECT", "INPUT", "BUTTON", "SUMMARY", "A"] {
        assert!(controls.iter().any(|own| own["tag"] == kind), "no {kind}");
    }
    for control in controls {
        assert_eq!(control["focused"], true, "{control}");
        // The heading takes the focus of the link that skips to it, and is no stop on the way.
        assert!(control["inOrder"] == true || control["tag"] == "H2", "{control}");
        assert_ne!(control["name"], "", "{control}");
        assert_eq!(control["outlined"], true, "{control}");
        if control["tag"] == "SELECT" || control["tag"] == "INPUT" {
            assert_eq!(control["label"], 1, "{control}");
        }
    }
    assert_eq!(seen["skip"]["visible"], true, "the skip link shows when it has the focus");
    assert_eq!(seen["skip"]["target"], "#claims");
    let levels: Vec<_> = rows(&seen["headings"]).iter().filter_map(Value::as_i64).collect();
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
    assert!(levels.windows(2).all(|two| two[1] <= two[0] + 1), "a level is skipped: {levels:?}");
    assert!(rows(&seen["images"]).iter().all(|name| name != ""), "a picture has no words");
    assert_eq!(seen["lang"], "en");
    assert_eq!(seen["broken"], Value::Array(Vec::new()), "links that lead nowhere");
}

fn nothing_comes_from_outside(seen: &Value) {
    assert_eq!(seen["requests"], Value::Array(Vec::new()));
    assert_eq!(seen["failed"], Value::Array(Vec::new()));
    assert_eq!(seen["title"], "Evidence report", "what content says does not run");
    assert_eq!(seen["scripts"], 3, "the page's own script and two of the test");
    assert_eq!(seen["bold"], 0);
}

// WCAG 2.2, 1.4.3: text has a contrast of at least 4.5 to 1.
fn colours_can_be_read(seen: &Value) {
    for pair in rows(&seen["colours"]) {
        let [ink, paper] =
            [&pair[0], &pair[1]].map(|own| luminance(own.as_str().expect("a colour")));
        let contrast = (ink.max(paper) + 0.05) / (ink.min(paper) + 0.05);
        assert!(contrast >= 4.5, "{pair}: {contrast}");
    }
}

/// Of `rgb(1, 2, 3)`; WCAG 2.2, relative luminance.
fn luminance(colour: &str) -> f64 {
    let digits = colour.split(|c: char| !c.is_ascii_digit()).filter(|own| !own.is_empty());
    let linear = digits.map(|own| {
        let share = own.parse::<f64>().expect("digits") / 255.0;
        if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    });
    linear.zip([0.2126, 0.7152, 0.0722]).map(|(share, weight)| share * weight).sum()
}

fn percent_decoded(text: &str) -> String {
    let mut out = Vec::new();
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let two: String = match byte {
            b'%' => bytes.by_ref().take(2).map(char::from).collect(),
            _ => {
                out.push(byte);
                continue;
            }
        };
        out.push(u8::from_str_radix(&two, 16).expect("two digits follow a percent sign"));
    }
    String::from_utf8(out).expect("a script writes UTF-8")
}
