//! Parts that a page and a fence have in common.

use std::fmt::Write;

use deployline_engine::format;

use crate::Report;
use crate::markup::{Escaped, Message, Name};
use crate::table::{COLUMNS, Row, row_count, rows};

/// The deployments as a table, `most` of them, and how many there are beyond that.
pub(crate) fn table(out: &mut String, report: &Report<'_>, most: usize) {
    out.push_str("<table>\n<thead><tr>");
    for title in COLUMNS {
        let _ = write!(out, "<th scope=\"col\">{title}</th>");
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in rows(*report).take(most) {
        let Row { number, stage, service, environment, infrastructure, run, why, .. } = &row;
        let _ = write!(out, "<tr><th scope=\"row\">{number}</th>");
        for name in [stage.as_ref(), service, environment, infrastructure] {
            let _ = write!(out, "<td>{}</td>", Name(name));
        }
        let (end, why) = (row.end(), Escaped(why));
        let _ = writeln!(out, "<td>{}</td><td>{end}</td><td>{why}</td></tr>", run.start);
    }
    out.push_str("</tbody>\n</table>\n");
    let hidden = row_count(report).saturating_sub(most);
    if hidden > 0 {
        let _ = writeln!(out, "<p>… and {} more.</p>", format::number(hidden));
    }
}

/// What was found in the text, and `mistakes` besides; nothing where there is nothing to say.
pub(crate) fn notes(out: &mut String, report: &Report<'_>, mistakes: &[String]) {
    let (notes, more) = crate::notes::notes(report);
    if notes.is_empty() && mistakes.is_empty() {
        return;
    }
    out.push_str("<ul class=\"deployline-notes\" aria-label=\"Notes\">\n");
    for mistake in mistakes {
        let _ =
            writeln!(out, "<li><strong>Error</strong> in the options: {}</li>", Message(mistake));
    }
    for note in notes {
        let (kind, place, message) = (note.kind, Escaped(&note.place), Message(&note.message));
        let _ = writeln!(out, "<li><strong>{kind}</strong>, {place}: {message}</li>");
    }
    if more > 0 {
        let _ = writeln!(out, "<li>… and {} more.</li>", format::number(more));
    }
    out.push_str("</ul>\n");
}
