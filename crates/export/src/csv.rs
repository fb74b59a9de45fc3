//! The plan as CSV, for spreadsheets: RFC 4180, a header and a record for each deployment.
//!
//! A spreadsheet takes a cell that starts like a formula for one, whoever wrote it. Such text gets an
//! apostrophe in front, as one types it there. Control characters are left out; marks of direction
//! stay, since this is data that programs compare with the names in the YAML. Times are there twice: as
//! people read them, and in milliseconds to compute with.

use std::fmt::Write;

use crate::plan_json::status;
use crate::table::{Row, rows};
use crate::{Report, without_controls};

const HEADER: &str = "Number,Stage,Service,Environment,Infrastructure,Iteration,Start,End,Start ms,\
                      End ms,Slot,Status,Why then\r\n";

/// The plan as CSV.
///
/// Without a byte order mark; a file for Excel needs one in front, which tells it that this is UTF-8.
pub fn csv(report: &Report<'_>) -> String {
    let mut out = String::from(HEADER);
    for row in rows(*report) {
        record(&mut out, &row);
    }
    out
}

fn record(out: &mut String, row: &Row<'_>) {
    let Row { number, stage, service, environment, infrastructure, iteration, run, why } = row;
    let _ = write!(out, "{number}");
    for text in [stage.as_ref(), service, environment, infrastructure, iteration.as_str()] {
        out.push(',');
        cell(out, text);
    }
    let (start, end, slot) = (run.start, run.end, run.lane + 1);
    let status = status(run.status);
    let _ = write!(out, ",{start},{end},{},{},{slot},{status},", start.0, end.0);
    cell(out, why);
    out.push_str("\r\n");
}

/// A text on one line, in quotes where it needs them.
fn cell(out: &mut String, text: &str) {
    let text = without_controls(text);
    // The wide forms are formulas too, where a spreadsheet is set to Japanese.
    let is_formula = text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let guard = if is_formula { "'" } else { "" };
    if text.contains([',', '"']) {
        let _ = write!(out, "\"{guard}{}\"", text.replace('"', "\"\""));
    } else {
        let _ = write!(out, "{guard}{text}");
    }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn cells_are_text_whatever_a_spreadsheet_makes_of_them() {
        for (text, expected) in [
            ("cart", "cart"),
            ("a,b", "\"a,b\""),
            ("say \"hi\"", "\"say \"\"hi\"\"\""),
            ("=1+1", "'=1+1"),
            ("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@x", "'@x"),
            ("＝1", "'＝1"),
            ("\t=1", "'=1"),
            ("\r\n=1\r\n,", "\"'=1 ,\""),
            ("a-b=c", "a-b=c"),
            ("", ""),
        ] {
            let mut out = String::new();
            cell(&mut out, text);
            assert_eq!(out, expected, "{text:?}");
        }
    }
}
