//! The report for a change request or a wiki.

use super::{Report, ReportStyle, Totals, hundredths, state_name};
use crate::render::sanitize;
use crate::words::counted;
use std::collections::BTreeMap;
use std::fmt::Write;

pub fn page(report: &Report, style: &ReportStyle) -> String {
    let mut out = String::from("# Evidence report\n\n");
    let Totals { claims, sourced, unsourced, dangling, stale } = report.totals;
    push(
        &mut out,
        &format!(
            "**{}**: {sourced} sourced, {unsourced} unsourced, {dangling} dangling, {stale} stale. Coverage: **{}**.",
            counted(claims, "claim"),
            report.totals.coverage()
        ),
    );
    if let Some(changes) = &report.changes {
        push(&mut out, "\n## Since the earlier report\n");
        for (title, list) in
            [("new", &changes.new), ("resolved", &changes.resolved), ("moved", &changes.moved)]
        {
            push(&mut out, &format!("- {title}: {}", list.len()));
            for change in list {
                let place = link(&change.path, change.line, style);
                push(&mut out, &format!("  - {place} {}", code(&change.text)));
            }
        }
    }
    for (title, table) in [
        ("File", &report.by_file),
        ("Content", &report.by_content),
        ("Kind of claim", &report.by_kind),
        ("Topic", &report.by_topic),
    ] {
        if !table.is_empty() {
            push(&mut out, &format!("\n## By {}\n", title.to_lowercase()));
            push(&mut out, table_text(title, table).trim_end());
        }
    }
    let mut rows = style.rows(report).filter(|row| style.all_sentences || row.is_open()).peekable();
    if rows.peek().is_some() {
        let title = if style.all_sentences { "Sentences" } else { "Claims without a source" };
        push(
            &mut out,
            &format!(
                "\n## {title}\n\n| place | state | kind | score | sentence |\n|---|---|---|---:|---|"
            ),
        );
        for row in rows {
            let place = link(row.path.as_str(), row.start.line, style);
            let (state, kind, score) =
                (state_name(row.state), row.kind.unwrap_or("other"), hundredths(row.score));
            push(
                &mut out,
                &format!("| {place} | {state} | {kind} | {score} | {} |", code(&row.text)),
            );
        }
    }
    let rests: Vec<_> = report.sources.iter().filter(|source| !source.claims.is_empty()).collect();
    if !rests.is_empty() {
        push(&mut out, "\n## Sources\n\n| source | claims | status |\n|---|---:|---|");
        for source in rests {
            let status = source.status.as_deref().unwrap_or("");
            push(
                &mut out,
                &format!("| {} | {} | {status} |", code(&source.id), source.claims.len()),
            );
        }
    }
    if report.unused_sources().next().is_some() {
        push(&mut out, "\n## Sources that nothing cites\n");
        for source in report.unused_sources() {
            let place = link(source.path.as_str(), source.start.line, style);
            push(&mut out, &format!("- {} {place}", code(&source.id)));
        }
    }
    out
}

fn push(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

fn table_text(title: &str, table: &BTreeMap<String, Totals>) -> String {
    let mut out = format!(
        "| {} | coverage | claims | sourced | unsourced | dangling | stale |\n|---|---:|---:|---:|---:|---:|---:|\n",
        title.to_lowercase()
    );
    for (name, totals) in table {
        writeln!(
            out,
            "| {} | {} | {} | {} | {} | {} | {} |",
            code(name),
            totals.coverage(),
            totals.claims,
            totals.sourced,
            totals.unsourced,
            totals.dangling,
            totals.stale
        )
        .expect("writing to memory");
    }
    out
}

/// Text as code: there, nothing of it is markup, a mention or a link.
fn code(text: &str) -> String {
    let text = sanitize::one_line(text).trim().replace('|', "\\|");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    if text.is_empty() { String::new() } else { format!("{fence}{pad}{text}{pad}{fence}") }
}

/// The place as a link to its line.
fn link(path: &str, line: u32, style: &ReportStyle) -> String {
    let shown = code(&format!("{path}:{line}"));
    format!("[{shown}](<{}>)", super::html::address(path, line, &style.link_base))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_code_is_markup() {
        assert_eq!(code("a | b"), "`a \\| b`");
        assert_eq!(code("`x` and ``y``"), "``` `x` and ``y`` ```");
        assert_eq!(code("@someone <b>"), "`@someone <b>`");
    }
}
