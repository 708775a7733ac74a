//! One sentence a row, for spreadsheets (RFC 4180).

use super::{Report, ReportStyle, Row, hundredths, state_name};
use crate::render::sanitize;

const HEADER: &str = "path,line,column,start,end,state,stale,claim,kind,score,confidence,text,citations,content,record,topics";

/// The table with its header; lines end in CRLF.
pub fn table(report: &Report, style: &ReportStyle) -> String {
    let mut out = format!("{HEADER}\r\n");
    for row in style.rows(report) {
        out.push_str(&line(row));
        out.push_str("\r\n");
    }
    out
}

fn line(row: &Row) -> String {
    let citations: Vec<_> = row.citations.iter().map(|citation| citation.text.as_str()).collect();
    // Numbers are ours and need no guard.
    [
        field(row.path.as_str()),
        row.start.line.to_string(),
        row.start.column.to_string(),
        row.span.start.to_string(),
        row.span.end.to_string(),
        state_name(row.state).to_owned(),
        row.stale.to_string(),
        row.claim.to_string(),
        row.kind.unwrap_or("").to_owned(),
        hundredths(row.score),
        row.confidence.as_str().to_owned(),
        field(&row.text),
        field(&citations.join("; ")),
        field(&row.content),
        field(row.record.as_deref().unwrap_or("")),
        field(&row.topics.join("; ")),
    ]
    .join(",")
}

/// A text that no spreadsheet takes for a formula, quoted where it must be.
fn field(text: &str) -> String {
    let text = sanitize::one_line(text);
    // A leading apostrophe is how spreadsheets mark text; blanks before the sign do not disarm it.
    let is_formula = text.trim_start().starts_with(['=', '+', '-', '@']);
    let guard = if is_formula { "'" } else { "" };
    if is_formula || text.contains([',', '"', '\n', '\r', ';']) {
        format!("\"{guard}{}\"", text.replace('"', "\"\""))
    } else {
        text.into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_quoted_and_disarmed() {
        assert_eq!(field("plain text"), "plain text");
        assert_eq!(field("a, \"b\""), "\"a, \"\"b\"\"\"");
        assert_eq!(field("=1+1"), "\"'=1+1\"");
        assert_eq!(field(" @SUM(A1)"), "\"' @SUM(A1)\"");
        assert_eq!(field("a\nb"), "a b");
    }
}
