//! The report as one page: no outside files, works from disk, with keyboard and screen reader.
//!
//! Without scripts the page is complete; the script adds filters and sorting.

use super::{Report, ReportStyle, Row, Source, Totals, hundredths, state_name};
use crate::render::sanitize;
use crate::words::counted;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

const CSS: &str = include_str!("html/page.css");
const SCRIPT: &str = include_str!("html/page.js");
/// Units of a bar's width; whole numbers keep the page the same on every platform.
const BAR_WIDTH: usize = 10_000;

pub fn page(report: &Report, style: &ReportStyle) -> String {
    let rows: Vec<&Row> = style.rows(report).collect();
    let mut out = String::new();
    out.push_str(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n\
         <title>Evidence report</title>\n<style>\n",
    );
    out.push_str(CSS);
    out.push_str(
        "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#claims\">Skip to the claims</a>\n\
         <header>\n<h1>Evidence report</h1>\n",
    );
    head(&report.totals, &mut out);
    out.push_str("</header>\n<main>\n");
    changes(report, style, &mut out);
    coverage(report, style, &mut out);
    claims(&rows, style, &mut out);
    sources(report, &rows, style, &mut out);
    out.push_str("</main>\n<script>\n");
    out.push_str(SCRIPT);
    out.push_str("</script>\n</body>\n</html>\n");
    out
}

/// The totals as tiles and as one bar.
fn head(totals: &Totals, out: &mut String) {
    let Totals { claims, sourced, unsourced, dangling, stale } = *totals;
    out.push_str("<dl class=\"tiles\">\n");
    let coverage = totals.coverage();
    for (class, name, value) in [
        ("", "claims", claims.to_string()),
        ("sourced", "sourced", sourced.to_string()),
        ("unsourced", "unsourced", unsourced.to_string()),
        ("dangling", "dangling", dangling.to_string()),
        ("stale", "stale", stale.to_string()),
        ("", "coverage", coverage.clone()),
    ] {
        push(out, &format!("<div class=\"{class}\"><dt>{name}</dt><dd>{value}</dd></div>"));
    }
    out.push_str("</dl>\n");
    let words = format!(
        "Of {}, {} sourced, {stale} stale, {unsourced} unsourced, {dangling} dangling.",
        counted(claims, "claim"),
        sourced.saturating_sub(stale)
    );
    push(
        out,
        &format!(
            "<svg class=\"whole\" viewBox=\"0 0 {BAR_WIDTH} 10\" preserveAspectRatio=\"none\" role=\"img\" \
         aria-label=\"{}\">{}</svg>",
            sanitize::markup(&words),
            segments(totals)
        ),
    );
    out.push_str("<ul class=\"legend\">");
    for (class, name) in [
        ("sourced", "sourced"),
        ("stale", "sourced, but the source was retracted or superseded"),
        ("unsourced", "no source"),
        ("dangling", "cites what is not there"),
    ] {
        push(out, &format!("<li><span class=\"state {class}\">{name}</span></li>"));
    }
    out.push_str("</ul>\n");
}

/// Rectangles side by side, as wide as their share.
fn segments(totals: &Totals) -> String {
    let mut out = String::new();
    let (mut done, mut at) = (0, 0);
    for (class, count) in [
        ("sourced", totals.sourced.saturating_sub(totals.stale)),
        ("stale", totals.stale),
        ("unsourced", totals.unsourced),
        ("dangling", totals.dangling),
    ] {
        done += count;
        let end = done * BAR_WIDTH / totals.claims.max(1);
        if end > at {
            write!(
                out,
                "<rect class=\"{class}\" x=\"{at}\" y=\"0\" width=\"{}\" height=\"10\"/>",
                end - at
            )
            .expect("writing to memory");
        }
        at = end;
    }
    out
}

fn coverage(report: &Report, style: &ReportStyle, out: &mut String) {
    out.push_str("<section aria-labelledby=\"coverage\">\n<h2 id=\"coverage\">Coverage</h2>\n");
    for (title, column, table, is_path) in [
        ("By kind of content", "content", &report.by_content, false),
        ("By kind of claim", "kind of claim", &report.by_kind, false),
        ("By topic", "topic", &report.by_topic, false),
        ("By file", "file", &report.by_file, true),
    ] {
        if !table.is_empty() {
            totals_table(title, column, table, is_path.then_some(style), out);
        }
    }
    out.push_str("</section>\n");
}

fn totals_table(
    title: &str,
    column: &str,
    table: &BTreeMap<String, Totals>,
    link: Option<&ReportStyle>,
    out: &mut String,
) {
    push(
        out,
        &format!(
            "<h3>{title}</h3>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{title}\"><table>"
        ),
    );
    push(
        out,
        &format!(
            "<thead><tr><th scope=\"col\">{column}</th><th scope=\"col\" class=\"bar\" aria-hidden=\"true\"></th>\
         <th scope=\"col\" class=\"n\">coverage</th><th scope=\"col\" class=\"n\">claims</th>\
         <th scope=\"col\" class=\"n\">sourced</th><th scope=\"col\" class=\"n\">unsourced</th>\
         <th scope=\"col\" class=\"n\">dangling</th><th scope=\"col\" class=\"n\">stale</th></tr></thead>\n<tbody>"
        ),
    );
    for (name, totals) in table {
        let shown = match link {
            Some(style) => {
                format!(
                    "<a href=\"{}\">{}</a>",
                    sanitize::markup(&address(name, 1, &style.link_base)),
                    path_shown(name)
                )
            }
            None => sanitize::markup(name),
        };
        push(
            out,
            &format!(
                "<tr><th scope=\"row\" class=\"name\">{shown}</th><td class=\"bar\" aria-hidden=\"true\">\
             <svg viewBox=\"0 0 {BAR_WIDTH} 10\" preserveAspectRatio=\"none\">{}</svg></td>\
             <td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td>\
             <td class=\"n\">{}</td><td class=\"n\">{}</td></tr>",
                segments(totals),
                totals.coverage(),
                totals.claims,
                totals.sourced,
                totals.unsourced,
                totals.dangling,
                totals.stale
            ),
        );
    }
    out.push_str("</tbody></table></div>\n");
}

fn claims(rows: &[&Row], style: &ReportStyle, out: &mut String) {
    let title = if style.all_sentences { "Sentences" } else { "Claims" };
    push(
        out,
        &format!(
            "<section aria-labelledby=\"claims\">\n<h2 id=\"claims\" tabindex=\"-1\">{title}</h2>"
        ),
    );
    if rows.is_empty() {
        out.push_str("<p>No claim was found.</p>\n</section>\n");
        return;
    }
    filters(rows, out);
    out.push_str(
        "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Claims\"><table id=\"claims-table\">\n<thead><tr>\
         <th scope=\"col\" aria-sort=\"none\" data-sort=\"state\"><button type=\"button\">state</button></th>\
         <th scope=\"col\" aria-sort=\"ascending\" data-sort=\"order\" data-numeric=\"yes\"><button type=\"button\">place</button></th>\
         <th scope=\"col\" aria-sort=\"none\" data-sort=\"kind\"><button type=\"button\">kind</button></th>\
         <th scope=\"col\" aria-sort=\"none\" data-sort=\"rank\" data-numeric=\"yes\"><button type=\"button\">confidence</button></th>\
         <th scope=\"col\" class=\"n\" aria-sort=\"none\" data-sort=\"score\" data-numeric=\"yes\"><button type=\"button\">score</button></th>\
         <th scope=\"col\">sentence</th></tr></thead>\n<tbody>\n",
    );
    for (index, row) in rows.iter().enumerate() {
        claim(index, row, style, out);
    }
    out.push_str("</tbody></table></div>\n</section>\n");
}

fn filters(rows: &[&Row], out: &mut String) {
    out.push_str("<form id=\"filters\" hidden>\n");
    let values = |of: fn(&Row) -> &str| rows.iter().map(|row| of(row)).collect::<BTreeSet<_>>();
    for (name, label, values) in [
        ("state", "State", values(|row| state_name(row.state))),
        ("kind", "Kind", values(|row| row.kind.unwrap_or("other"))),
        ("confidence", "Confidence", values(|row| row.confidence.as_str())),
        ("file", "File", values(|row| row.path.as_str())),
    ] {
        push(
            out,
            &format!("<label>{label}<select name=\"{name}\"><option value=\"\">all</option>"),
        );
        for value in values {
            let value = sanitize::markup(value);
            push(out, &format!("<option value=\"{value}\">{value}</option>"));
        }
        out.push_str("</select></label>\n");
    }
    out.push_str(
        "<label>Words<input name=\"words\" type=\"search\" autocomplete=\"off\"></label>\n\
         <button type=\"reset\">Show all</button>\n\
         <output id=\"shown\" class=\"soft\" aria-live=\"polite\"></output>\n</form>\n",
    );
}

fn claim(index: usize, row: &Row, style: &ReportStyle, out: &mut String) {
    let path = row.path.as_str();
    let (state, kind) = (state_name(row.state), row.kind.unwrap_or("other"));
    let class = if row.stale { "stale" } else { state };
    let state_shown = if row.stale { "sourced, stale" } else { state };
    let confidence = row.confidence.as_str();
    push(
        out,
        &format!(
            "<tr id=\"c{index}\" data-state=\"{state}\" data-kind=\"{kind}\" data-confidence=\"{confidence}\" \
         data-file=\"{}\" data-order=\"{index}\" data-rank=\"{}\" data-score=\"{}\">\
         <td><span class=\"state {class}\">{state_shown}</span></td>\
         <td class=\"place\"><a href=\"{}\">{}</a></td><td>{kind}</td><td>{confidence}</td>\
         <td class=\"n\">{}</td><td class=\"sentence\">{}{}</td></tr>",
            sanitize::markup(path),
            row.confidence as u8,
            row.score,
            sanitize::markup(&address(path, row.start.line, &style.link_base)),
            path_shown(&format!("{path}:{}:{}", row.start.line, row.start.column)),
            hundredths(row.score),
            sanitize::markup(&row.text),
            reasons(row)
        ),
    );
}

/// The cues and citations of a sentence, folded.
fn reasons(row: &Row) -> String {
    if row.cues.is_empty() && row.citations.is_empty() {
        return String::new();
    }
    let mut out = String::from("<details><summary>why</summary><ul>");
    for cue in &row.cues {
        let sign = if cue.weight < 0 { "" } else { "+" };
        write!(out, "<li>{sign}{} {}</li>", hundredths(cue.weight), sanitize::markup(cue.name))
            .expect("writing to memory");
    }
    for citation in &row.citations {
        let found = if citation.found { "" } else { " (not there)" };
        let resource = citation.resource.as_ref().map(|id| format!(": {id}")).unwrap_or_default();
        let text = format!("cites {}{resource}{found}", citation.text);
        write!(out, "<li>{}</li>", sanitize::markup(&text)).expect("writing to memory");
    }
    out.push_str("</ul></details>");
    out
}

fn sources(report: &Report, rows: &[&Row], style: &ReportStyle, out: &mut String) {
    if report.sources.is_empty() {
        return;
    }
    let index_of: BTreeMap<_, _> =
        rows.iter().enumerate().map(|(index, row)| ((&row.path, row.start), index)).collect();
    out.push_str("<section aria-labelledby=\"sources\">\n<h2 id=\"sources\">Sources</h2>\n");
    let (rested_on, others): (Vec<_>, Vec<_>) =
        report.sources.iter().partition(|source| !source.claims.is_empty());
    if !rested_on.is_empty() {
        out.push_str(
            "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Sources\"><table><thead><tr>\
             <th scope=\"col\">source</th><th scope=\"col\">title</th><th scope=\"col\">status</th>\
             <th scope=\"col\" class=\"n\">claims</th><th scope=\"col\">places</th></tr></thead>\n<tbody>\n",
        );
        for source in rested_on {
            let places: Vec<String> = source
                .claims
                .iter()
                .map(|(path, start)| {
                    let shown = path_shown(&format!("{path}:{}", start.line));
                    let target = match index_of.get(&(path, *start)) {
                        Some(index) => format!("#c{index}"),
                        None => address(path.as_str(), start.line, &style.link_base),
                    };
                    format!("<a href=\"{}\">{shown}</a>", sanitize::markup(&target))
                })
                .collect();
            push(
                out,
                &format!(
                    "<tr><th scope=\"row\" class=\"name\">{}</th><td>{}</td><td>{}</td><td class=\"n\">{}</td>\
                 <td class=\"place\"><details><summary>show</summary>{}</details></td></tr>",
                    source_link(source, style),
                    sanitize::markup(source.title.as_deref().unwrap_or("")),
                    sanitize::markup(source.status.as_deref().unwrap_or("")),
                    source.claims.len(),
                    places.join("<br>")
                ),
            );
        }
        out.push_str("</tbody></table></div>\n");
    }
    if others.iter().any(|source| !source.is_used) {
        out.push_str("<h3>Sources that nothing cites</h3>\n<ul>\n");
        for source in others.into_iter().filter(|source| !source.is_used) {
            let title = source.title.as_deref().unwrap_or("");
            push(
                out,
                &format!(
                    "<li>{} <span class=\"soft\">{}</span></li>",
                    source_link(source, style),
                    sanitize::markup(title)
                ),
            );
        }
        out.push_str("</ul>\n");
    }
    out.push_str("</section>\n");
}

fn source_link(source: &Source, style: &ReportStyle) -> String {
    let target = address(source.path.as_str(), source.start.line, &style.link_base);
    format!("<a href=\"{}\">{}</a>", sanitize::markup(&target), sanitize::markup(&source.id))
}

fn changes(report: &Report, style: &ReportStyle, out: &mut String) {
    let Some(changes) = &report.changes else { return };
    out.push_str(
        "<section aria-labelledby=\"changes\">\n<h2 id=\"changes\">Since the earlier report</h2>\n",
    );
    for (title, list) in
        [("new", &changes.new), ("resolved", &changes.resolved), ("moved", &changes.moved)]
    {
        push(
            out,
            &format!(
                "<details{}><summary>{}: {title}</summary><ul>",
                if title == "new" { " open" } else { "" },
                counted(list.len(), "claim")
            ),
        );
        for change in list {
            let was = change.was.as_ref().map(|was| format!(" (was {}:{})", was.path, was.line));
            push(
                out,
                &format!(
                    "<li><a href=\"{}\">{}</a>{} {}</li>",
                    sanitize::markup(&address(&change.path, change.line, &style.link_base)),
                    sanitize::markup(&format!("{}:{}", change.path, change.line)),
                    sanitize::markup(was.as_deref().unwrap_or("")),
                    sanitize::markup(&change.text)
                ),
            );
        }
        out.push_str("</ul></details>\n");
    }
    out.push_str("</section>\n");
}

fn push(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

/// A path that may break behind its slashes.
fn path_shown(path: &str) -> String {
    sanitize::markup(path).replace('/', "/<wbr>")
}

/// Where a line of a file is found: the base, and the path with everything unusual encoded, so that
/// no file name can be a scheme.
pub(super) fn address(path: &str, line: u32, base: &str) -> String {
    let mut out = base.to_owned();
    if !base.is_empty() && !base.ends_with('/') {
        out.push('/');
    }
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").expect("writing to memory");
        }
    }
    // Two slashes at the start would name a host.
    let out = if base.is_empty() && out.starts_with("//") { format!(".{out}") } else { out };
    format!("{out}#L{line}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        assert_eq!(
            sanitize::markup("<b title='x'>&\"\u{202e}\x1b"),
            "&lt;b title=&#39;x&#39;&gt;&amp;&quot;&lt;U+202E&gt;␛"
        );
    }

    #[test]
    fn addresses_are_paths() {
        assert_eq!(address("a b/é.md", 3, ""), "a%20b/%C3%A9.md#L3");
        assert_eq!(address("javascript:x.md", 1, ""), "javascript%3Ax.md#L1");
        assert_eq!(
            address("a.md", 2, "https://x.org/blob/main"),
            "https://x.org/blob/main/a.md#L2"
        );
    }

    #[test]
    fn bars_fill_their_width() {
        let totals = Totals { claims: 3, sourced: 2, unsourced: 1, dangling: 0, stale: 1 };
        let bar = segments(&totals);
        assert!(
            bar.contains("width=\"3333\"")
                && bar.ends_with("x=\"6666\" y=\"0\" width=\"3334\" height=\"10\"/>"),
            "{bar}"
        );
    }
}
