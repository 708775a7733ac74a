//! The report for a terminal.

use super::{Report, ReportStyle, Row, Totals, hundredths, state_name};
use crate::render::sanitize;
use crate::words::counted;
use std::collections::BTreeMap;
use std::fmt::Write;

pub fn page(report: &Report, style: &ReportStyle) -> String {
    let mut out = String::new();
    let Totals { claims, sourced, unsourced, dangling, stale } = report.totals;
    let mut line = |text: &str| {
        out.push_str(text);
        out.push('\n');
    };
    line(&format!(
        "{}: {sourced} sourced, {unsourced} unsourced, {dangling} dangling, {stale} stale; coverage {}",
        counted(claims, "claim"),
        report.totals.coverage()
    ));
    let files = shown_files(report, style);
    for (title, table) in [
        ("file", &files),
        ("content", &report.by_content),
        ("kind of claim", &report.by_kind),
        ("topic", &report.by_topic),
    ] {
        if !table.is_empty() {
            line("");
            line(table_text(title, table).trim_end());
        }
    }
    let rows: Vec<&Row> =
        if style.all_sentences { style.rows(report).collect() } else { report.open().collect() };
    if !rows.is_empty() {
        line("");
        line(if style.all_sentences { "sentences" } else { "claims without a source" });
        rows.iter().for_each(|row| line(&row_text(row, style)));
    }
    if report.sources.iter().any(|source| !source.claims.is_empty()) {
        line("");
        line("sources and the claims that rest on them");
        for source in report.sources.iter().filter(|source| !source.claims.is_empty()) {
            let status = source.status.as_ref().map(|own| format!(" ({own})")).unwrap_or_default();
            line(&format!(
                "  {:>5}  {}{status}",
                source.claims.len(),
                sanitize::one_line(&source.id)
            ));
        }
    }
    if report.unused_sources().next().is_some() {
        line("");
        line("sources that nothing cites");
        for source in report.unused_sources() {
            let path = style.text.view.shown(source.path.as_str());
            line(&format!(
                "  {}:{}  {}",
                sanitize::path(&path),
                source.start.line,
                sanitize::one_line(&source.id)
            ));
        }
    }
    if let Some(changes) = &report.changes {
        for (title, list) in
            [("new", &changes.new), ("resolved", &changes.resolved), ("moved", &changes.moved)]
        {
            line("");
            line(&format!("{title} since the earlier report: {}", list.len()));
            for change in list {
                let was = change.was.as_ref();
                let was =
                    was.map(|was| format!(" (was {}:{})", was.path, was.line)).unwrap_or_default();
                line(&format!(
                    "  {}:{}{}  {}",
                    sanitize::path(&change.path),
                    change.line,
                    sanitize::one_line(&was),
                    sanitize::one_line(&change.text)
                ));
            }
        }
    }
    out
}

fn shown_files(report: &Report, style: &ReportStyle) -> BTreeMap<String, Totals> {
    let shown = |(path, totals): (&String, &Totals)| (style.text.view.shown(path), *totals);
    report.by_file.iter().map(shown).collect()
}

fn table_text(title: &str, table: &BTreeMap<String, Totals>) -> String {
    let mut out = format!("coverage  claims  sourced  unsourced  dangling  stale  {title}\n");
    for (name, totals) in table {
        writeln!(
            out,
            "{:>8}  {:>6}  {:>7}  {:>9}  {:>8}  {:>5}  {}",
            totals.coverage(),
            totals.claims,
            totals.sourced,
            totals.unsourced,
            totals.dangling,
            totals.stale,
            sanitize::one_line(name)
        )
        .expect("writing to memory");
    }
    out
}

/// A row on two lines, so that it can be read in a narrow window.
fn row_text(row: &Row, style: &ReportStyle) -> String {
    let path = style.text.view.shown(row.path.as_str());
    format!(
        "  {}:{}:{}  {}, {}, score {}, {}\n      {}",
        sanitize::path(&path),
        row.start.line,
        row.start.column,
        state_name(row.state),
        row.kind.unwrap_or("other"),
        hundredths(row.score),
        row.confidence.as_str(),
        sanitize::one_line(&row.text)
    )
}
