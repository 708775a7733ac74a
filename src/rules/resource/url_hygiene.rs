//! See `docs`.

use crate::diagnostic::{Applicability, Confidence, Level};
use crate::model::Record;
use crate::rule::{Check, FileContext, Fixability, Profile, Rule, RuleKind, Sink};
use crate::schema::is_broken_start;
use crate::source::Span;
use crate::syntax::MarkKind;
use std::net::Ipv4Addr;
use std::sync::Arc;

pub static RULE: Rule = Rule {
    id: "resource/url-hygiene",
    summary: "an address leads nowhere, hides where it leads, or says more than that",
    level: Level::Warning,
    kinds: &[
        RuleKind { name: "malformed", level: Level::Error, summary: "no browser can open it" },
        RuleKind {
            name: "placeholder",
            level: Level::Error,
            summary: "it stands for one that is still to be found",
        },
        RuleKind {
            name: "insecure",
            level: Level::Info,
            summary: "it begins with `http` and not `https`",
        },
        RuleKind {
            name: "opaque",
            level: Level::Warning,
            summary: "it is that of a service which sends readers on",
        },
        RuleKind {
            name: "tracking",
            level: Level::Info,
            summary: "it tells the site by which mail or post readers came",
        },
        RuleKind {
            name: "lookalike",
            level: Level::Warning,
            summary: "it reads like the address of another site",
        },
    ],
    confidence: Confidence::High,
    fix: Fixability::Sometimes,
    profile: Profile::Strict,
    since: "0.1.0",
    docs: r#"
Readers should see where a link leads, and arrive there: the services that shorten addresses close, and what counts
visitors has no place in a reference.

```yaml fail
title: Low back pain
URL: https://bit.ly/back-tips?utm_source=mail
```

```yaml pass
title: Low back pain
URL: https://www.nhs.uk/conditions/back-pain/
```

Looked at are links of Markdown, where they are written, and fields with an address (`URL`, `archivedUrl`, `homepage`
and others that end in `url`). An address is told once, by what is worst: `malformed` are hosts that no site can have
and what only opens on the machine of its author (`chrome-extension://`, `zotero://`); `placeholder` are `example.org`,
`localhost`, private networks and parts such as `TODO`; `lookalike` are names before an `@`, and words of Latin and
Cyrillic or Greek letters; `opaque` are services that shorten addresses or wrap them (links of mail programs, of a
library's proxy).

`tracking` are parts of the query that are there to count visitors (`utm_source`, `fbclid`). The fix takes these away
and leaves the others; `ref`, `source` and `id` may be needed. An address without `https` may have no other form,
which `insecure` cannot know, as nothing is looked up: it is told once for a file, at the first.
"#,
    check: Check::File(check),
};

fn check(context: &FileContext<'_>, out: &mut Sink<'_>) {
    let mut insecure = Vec::new();
    for (record, fact) in context.records.iter().zip(&context.facts.records) {
        out.set_record(fact.id.clone());
        insecure.extend(check_record(record, out));
    }
    // It is the habit of a whole file, or the work of years.
    let [(first, host), others @ ..] = insecure.as_slice() else { return };
    out.set_record(None::<Arc<str>>);
    let message = format!("`{host}` is linked with `http`, which others can read and change");
    let diagnostic = out.report(*first, message);
    diagnostic.kind("insecure").help("write `https` when the site has it");
    if !others.is_empty() {
        diagnostic.note(format!("{} addresses of this file are", insecure.len()));
    }
}

/// Tells what is wrong with the addresses of a record; gives those that are right but for their `http`, with their
/// hosts.
fn check_record<'a>(record: &Record<'a>, out: &mut Sink<'_>) -> Vec<(Span, String)> {
    let mut insecure = Vec::new();
    let source = &record.file().text;
    let mappings = record.node.into_iter().flat_map(|node| node.descendants());
    for entry in mappings
        .filter(|node| node.is_mapping() && !node.is_alias())
        .flat_map(|node| node.entries())
        .filter(|entry| is_of_addresses(entry.name()))
    {
        let Some(text) = entry.value.text() else { continue };
        let address = text.as_str().trim();
        // The schemas ask for whole addresses in fields of their own.
        let is_told = matches!(entry.name(), "URL" | "archivedUrl") && is_broken_start(address);
        if !is_told {
            insecure.extend(judge(address, text.inner_span(), source, out));
        }
    }
    let Some(body) = record.body else { return insecure };
    for mark in &body.marks {
        let MarkKind::Link { target, .. } = &mark.kind else { continue };
        // That of `[text][label]` is told where the label is defined, and what begins as no address does, as a dead
        // link.
        let written = &source[mark.span.range()];
        let is_written = written.contains("://") || target.starts_with("www.");
        if (is_written || !target.contains("://")) && !is_broken_start(target) {
            insecure.extend(judge(target, mark.span, source, out));
        }
    }
    for definition in body.definitions.iter().filter(|own| !own.footnote) {
        if !is_broken_start(&definition.target) {
            insecure.extend(judge(&definition.target, definition.span, source, out));
        }
    }
    insecure
}

/// Whether a field holds addresses for readers.
fn is_of_addresses(name: &str) -> bool {
    let ending = name.len().checked_sub(3).and_then(|at| name.get(at..));
    ending.is_some_and(|own| own.eq_ignore_ascii_case("url")) || name == "homepage"
}

/// What is wrong with an address.
struct Fault<'a> {
    kind: &'static str,
    what: String,
    help: &'static str,
    /// The part of the address that shows it.
    part: &'a str,
}

/// `span` is what holds the address, `source` the text of the file. Where it is right but for its `http`, it is given
/// back with its host.
fn judge(address: &str, span: Span, source: &str, out: &mut Sink<'_>) -> Option<(Span, String)> {
    let is_filled = ["{", "<%", "$(", "%7B"].iter().any(|own| address.contains(own));
    if is_filled || address.contains(char::is_whitespace) {
        // By a template; or it is no address alone, which the schema tells.
        return None;
    }
    let fault = fault(address);
    let written = &source[span.range()];
    let at = written.rfind(address).map(|at| span.start as usize + at);
    let place = |part: &str| {
        // Both are of the same text.
        let from = part.as_ptr().addr() - address.as_ptr().addr();
        at.map_or(span, |at| Span::from_usize(at + from..at + from + part.len()))
    };
    let Some(fault) = fault else {
        return insecure_host(address).map(|host| (place(address), host.to_owned()));
    };
    let diagnostic = out.report(place(fault.part), fault.what);
    diagnostic.kind(fault.kind).help(fault.help);
    if fault.kind == "tracking" && at.is_some() {
        let kept = without_tracking(fault.part);
        diagnostic.fix("take these parts away", Applicability::Safe, place(fault.part), kept);
    }
    None
}

/// The host of an address with `http`.
fn insecure_host(address: &str) -> Option<&str> {
    const SCHEME: &str = "http://";
    let scheme = address.get(..SCHEME.len()).filter(|own| own.eq_ignore_ascii_case(SCHEME))?;
    let host = address[scheme.len()..].split(['/', '?', '#', ':']).next()?;
    (!host.is_empty() && !host.starts_with('[')).then_some(host)
}

/// The worst that is wrong with an address.
fn fault(address: &str) -> Option<Fault<'_>> {
    let (scheme, rest) = address.split_once(':')?;
    let found = |kind, part, what, help| Some(Fault { kind, what, help, part });
    if LOCAL_SCHEMES.iter().any(|own| scheme.eq_ignore_ascii_case(own)) {
        return found(
            "malformed",
            address,
            format!("`{scheme}:` opens nothing for readers"),
            "write the address of the page itself",
        );
    }
    let is_web = ["http", "https"].iter().any(|own| scheme.eq_ignore_ascii_case(own));
    let is_broken = is_broken_start(address);
    if is_broken {
        let what = format!("`{address}` is not a whole address");
        return found("malformed", address, what, "write `https://` and the host");
    }
    let rest = rest.strip_prefix("//").filter(|_| is_web)?;
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    if let Some((user, host)) = authority.rsplit_once('@') {
        return found(
            "lookalike",
            authority,
            format!("the address leads to `{host}`, not to `{user}`"),
            "write the host alone",
        );
    }
    let host = authority.split(':').next().unwrap_or(authority);
    if authority.starts_with('[') || host.is_empty() {
        return None;
    }
    if let Some(reason) = why_no_host(authority, host) {
        let what = format!("`{authority}` cannot be the host of a site: {reason}");
        return found("malformed", authority, what, "write the host as the browser shows it");
    }
    let lower = host.to_ascii_lowercase();
    let name = lower.strip_prefix("www.").unwrap_or(&lower);
    let address_help = "write the address of the page that readers shall see";
    if is_placeholder_host(name) {
        let what = format!("`{host}` is no site that readers can open");
        return found("placeholder", authority, what, address_help);
    }
    if let Some(part) = placeholder_part(path) {
        let what = format!("`{part}` in the address is a placeholder");
        return found("placeholder", part, what, address_help);
    }
    if let Some(label) = host.split('.').find(|label| mixes_scripts(label)) {
        let what = format!("`{label}` has letters of different scripts that look alike");
        return found("lookalike", authority, what, "type the name of the site again");
    }
    if SHORTENERS.contains(&name) {
        let what = format!("`{host}` hides where the link leads");
        return found("opaque", address, what, "open it, and write the address it leads to");
    }
    if is_wrapper(&lower, path) {
        let what = format!("the address of the page is wrapped in one of `{host}`");
        return found("opaque", address, what, "open it, and write the address it leads to");
    }
    if let Some(query) = query_of(path)
        && let Some(key) = keys(query).find(|key| is_tracking(key))
    {
        let what = format!("`{key}` in the address counts visitors");
        return found("tracking", query, what, "take that part out of the address");
    }
    None
}

/// What only opens on the machine of the author, or in a program that readers need not have.
const LOCAL_SCHEMES: &[&str] = &[
    "about",
    "blob",
    "chrome",
    "chrome-extension",
    "doi",
    "edge",
    "javascript",
    "moz-extension",
    "obsidian",
    "view-source",
    "zotero",
];

// Source: RFC 1123, section 2.1; RFC 3986, section 3.2; names with letters beyond ASCII as in RFC 5890.
fn why_no_host(authority: &str, host: &str) -> Option<String> {
    let is_of_name = |c: &char| c.is_alphanumeric() || matches!(c, '-' | '.' | '_' | '%');
    if let Some(odd) = host.chars().find(|c| !is_of_name(c)) {
        return Some(format!("it has `{odd}`"));
    }
    let name = host.strip_suffix('.').unwrap_or(host);
    if name.split('.').any(str::is_empty) {
        return Some("it has a dot too many".to_owned());
    }
    let port = authority.split_once(':').map(|(_, port)| port);
    if port.is_some_and(|port| !port.bytes().all(|byte| byte.is_ascii_digit())) {
        return Some("the port is no number".to_owned());
    }
    let is_bare = !name.contains('.') && !name.eq_ignore_ascii_case("localhost");
    is_bare.then(|| "it has no dot".to_owned())
}

// Source: RFC 2606 and 6761; RFC 1918; catalogue of rules, U3.
fn is_placeholder_host(name: &str) -> bool {
    const HOSTS: &[&str] = &[
        "example.com",
        "example.net",
        "example.org",
        "localhost",
        "yourdomain.com",
        "yoursite.com",
        "yourwebsite.com",
    ];
    const ENDINGS: &[&str] = &["example", "test", "invalid", "localhost"];
    let is_below = |host: &&str| name.strip_suffix(*host).is_some_and(|own| own.ends_with('.'));
    let is_private = |ip: Ipv4Addr| ip.is_private() || ip.is_loopback() || ip.is_unspecified();
    HOSTS.contains(&name)
        || HOSTS.iter().any(is_below)
        || ENDINGS.contains(&name.rsplit('.').next().unwrap_or(name))
        || name.parse().is_ok_and(is_private)
}

/// A part of the path that somebody meant to write later.
fn placeholder_part(path: &str) -> Option<&str> {
    const PARTS: &[&str] = &["TODO", "TBD", "XXX", "FIXME"];
    const WORDS: &[&str] = &["your-link", "your-link-here", "link-here", "insert-link"];
    let mut parts = path.split(['/', '?', '#', '&', '=']);
    parts.find(|own| PARTS.contains(own) || WORDS.iter().any(|word| own.eq_ignore_ascii_case(word)))
}

/// Whether letters of a word come from scripts of which no language mixes two, but that have letters in common.
fn mixes_scripts(label: &str) -> bool {
    let has = |first: char, last: char| label.chars().any(|c| (first..=last).contains(&c));
    let latin = label.contains(|c: char| c.is_ascii_alphabetic());
    latin && !label.is_ascii() && (has('\u{370}', '\u{3ff}') || has('\u{400}', '\u{52f}'))
}

// Source: catalogue of rules, U2.
const SHORTENERS: &[&str] = &[
    "amzn.to",
    "bit.ly",
    "buff.ly",
    "cutt.ly",
    "fb.me",
    "goo.gl",
    "is.gd",
    "lnkd.in",
    "ow.ly",
    "rb.gy",
    "rebrand.ly",
    "s.id",
    "shorturl.at",
    "t.co",
    "t.ly",
    "tiny.cc",
    "tinyurl.com",
];

/// Links of mail programs, searches and networks, and those behind the proxy of a library.
fn is_wrapper(host: &str, path: &str) -> bool {
    const MAIL: &[&str] =
        &["safelinks.protection.outlook.com", "urldefense.com", "urldefense.proofpoint.com"];
    let begins = |own: &str| path.strip_prefix(own).is_some_and(|rest| rest.starts_with('?'));
    let mut labels = host.split('.');
    let first = labels.next();
    let is_proxy = |label: &str| matches!(label, "ezproxy" | "libproxy");
    MAIL.iter().any(|own| {
        host.strip_suffix(own).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
    }) || matches!(host, "www.google.com" | "google.com") && begins("/url")
        || matches!(host, "l.facebook.com" | "lm.facebook.com" | "l.instagram.com")
        || host == "out.reddit.com"
        || first.is_some_and(is_proxy)
        || labels.any(|label| is_proxy(label) || label == "proxy")
}

/// What stands between `?` and `#`, with the question mark.
fn query_of(path: &str) -> Option<&str> {
    let before = path.split('#').next().unwrap_or(path);
    before.find('?').map(|at| &before[at..])
}

fn keys(query: &str) -> impl Iterator<Item = &str> {
    let parts = query.trim_start_matches('?').split('&');
    parts.map(|part| part.split('=').next().unwrap_or(part))
}

fn without_tracking(query: &str) -> String {
    let parts = query.trim_start_matches('?').split('&');
    let kept: Vec<_> =
        parts.filter(|part| !is_tracking(part.split('=').next().unwrap_or(part))).collect();
    if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) }
}

// Source: catalogue of rules, U1.
fn is_tracking(key: &str) -> bool {
    const BEGINNINGS: &[&str] = &["utm_", "mtm_", "trk_"];
    #[rustfmt::skip]
    const KEYS: &[&str] = &[
        "__hsfp", "__hssc", "__hstc", "_ga", "_gl", "_hsenc", "_hsmi", "cmpid", "dclid", "ef_id", "epik", "fbclid",
        "gbraid", "gclid", "gclsrc", "hsctatracking", "igsh", "igshid", "li_fat_id", "mc_cid", "mc_eid", "mkt_tok",
        "msclkid", "ncid", "oly_anon_id", "oly_enc_id", "piwik_campaign", "piwik_kwd", "pk_campaign", "pk_kwd",
        "rb_clickid", "s_kwcid", "spm", "srsltid", "ttclid", "twclid", "vero_id", "wbraid", "wickedid", "yclid",
    ];
    let key = key.strip_prefix("amp;").unwrap_or(key).to_ascii_lowercase();
    BEGINNINGS.iter().any(|own| key.starts_with(own)) || KEYS.binary_search(&key.as_str()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fix;
    use crate::testing::{check, files, said_by, silent};

    #[test]
    fn addresses_that_open_nothing() {
        check(
            &RULE,
            "
- title: Höften – a leaflet
  URL: https://nhs..uk/hips
               ^^^^^^^ `nhs..uk` cannot be the host of a site: it has a dot too many
- title: B
  URL: https://nhsuk/hips
               ^^^^^ `nhsuk` cannot be the host of a site: it has no dot
- title: C
  URL: https://www.nhs.uk)/hips
               ^^^^^^^^^^^ `www.nhs.uk)` cannot be the host of a site: it has `)`
- title: D
  homepage: chrome-extension://abcdef/https://www.nhs.uk/hips.pdf
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `chrome-extension:` opens nothing for readers
- title: E
  imageUrl: htps://www.nhs.uk/a.png
            ^^^^^^^^^^^^^^^^^^^^^^^ `htps://www.nhs.uk/a.png` is not a whole address
- title: F
  URL: https://example.org/hips
               ^^^^^^^^^^^ `example.org` is no site that readers can open
- title: G
  URL: http://192.168.1.20:8080/hips
              ^^^^^^^^^^^^^^^^^ `192.168.1.20` is no site that readers can open
- title: H
  URL: https://www.nhs.uk/TODO
                          ^^^^ `TODO` in the address is a placeholder
",
        );
    }

    #[test]
    fn addresses_that_hide_or_tell() {
        check(
            &RULE,
            "
//- articles/hips.md
# Höften

[One](http://bit.ly/hips?utm_source=mail), [two](https://www.google.com/url?q=https://www.nhs.uk/hips),
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `bit.ly` hides where the link leads
                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the address of the page is wrapped in one of `www.google.com`
[three](https://www.nhs.uk@a.net/login), [four](https://www.n\u{4bb}s.uk/hips).
                ^^^^^^^^^^^^^^^^ the address leads to `a.net`, not to `www.nhs.uk`
                                                        ^^^^^^^^^^ `n\u{4bb}s` has letters of different scripts that look alike

The [leaflet][nhs] and [again][nhs], <https://www.nhs.uk/a?b=1&fbclid=2#c>.
                                                          ^^^^^^^^^^^^^ `fbclid` in the address counts visitors

[nhs]: http://www.nhs.uk/hips
       ^^^^^^^^^^^^^^^^^^^^^^ `www.nhs.uk` is linked with `http`, which others can read and change
",
        );
    }

    #[test]
    fn the_fix_leaves_other_keys() {
        for (before, after) in [
            ("?utm_source=a&utm_medium=b", ""),
            ("?utm_source=a#part", "#part"),
            ("?id=3&gclid=a&page=2", "?id=3&page=2"),
            ("?fbclid=a&amp;ref=b", "?ref=b"),
        ] {
            let text = |query: &str| format!("title: Å\nURL: \"https://www.nhs.uk/a{query}\"\n");
            let files = files(&RULE, &text(&before.replace("amp;", "")));
            let said = said_by(&RULE, &files);
            let fixes = said.iter().filter_map(|own| own.fix.as_deref());
            let fixed = fix::apply(&files[0].text, fixes).expect("it can be fixed");
            assert_eq!(fixed.text, text(after));
            silent(&RULE, &fixed.text);
        }
    }

    #[test]
    fn addresses_as_they_should_be() {
        silent(
            &RULE,
            "
- {title: A, URL: 'https://www.nhs.uk/conditions/back-pain/?id=3&ref=a&source=b#todo'}
- {title: B, URL: 'https://doi.org/10.1136/bjsports-2016-096651'}
- {title: C, URL: 'https://web.archive.org/web/2020/https://www.nhs.uk/'}
- {title: D, URL: 'https://müller.de/hüfte', homepage: 'mailto:a@nhs.uk'}
- {title: E, URL: 'https://en.wikipedia.org/wiki/Hip_(anatomy', imageUrl: images/a.png}
- {title: F, URL: '{{ site.url }}/a', videoUrl: 'https://youtu.be/abc'}
- {title: G, URL: 'https://medium.com/@somebody/hips', aUrl: 'https://reproxy.org/proxy'}
# Told by the schema.
- {title: H, URL: 'htps://www.nhs.uk'}
- {title: I, URL: 'https://www.nhs.uk and https://www.nice.org.uk'}
- {title: J, $schema: 'http://json-schema.org/draft-07/schema#', note: 'https://example.org'}
",
        );
        silent(
            &RULE,
            "# Hips\n\n`http://example.org`, [a](#todo), [b](../c.md), [c](tel:111) and [d](www.nhs.uk).\n\n\
             ```\nhttp://bit.ly/a\n```\n",
        );
    }
}
