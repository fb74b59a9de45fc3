//! The plan as Markdown: a summary and a table for each stage.

use std::fmt::Write;

use deployline_engine::{Status, Work, words};

use crate::{Report, on_one_line};

/// Rows of a stage; what is left out is said below the table.
const MAX_ROWS: usize = 500;

/// The plan as Markdown.
pub fn markdown(report: &Report<'_>) -> String {
    let mut out = heading(report);
    tables(&mut out, report);
    out
}

/// Name and facts in a line, or the remark that there is nothing.
pub(crate) fn heading(report: &Report<'_>) -> String {
    if report.plan.pipeline.stages.is_empty() {
        return crate::NOTHING_TO_PLAN.to_owned();
    }
    format!("**{}**: {}\n", escaped(crate::title(report)), crate::overview(report))
}

/// A table for each stage, below a line of facts.
pub(crate) fn tables(out: &mut String, report: &Report<'_>) {
    let plan = report.plan;
    for index in plan.shown_order() {
        let stage = &plan.pipeline.stages[index];
        let run = &report.schedule.stages[index];
        let facts = words::product(stage, &plan.stages[index], run.max_concurrency);
        let (name, facts) = (escaped(&words::stage_name(plan, index)), escaped(&facts));
        let held = crate::held(report, index).map(|held| format!(". {}", escaped(&held)));
        let held = held.unwrap_or_default();
        let times = match words::left_out(stage, run) {
            Some(left_out) => left_out.to_owned(),
            None => format!("{} to {}", run.start, run.end),
        };
        let _ = writeln!(out, "\n**{name}** {facts}, {times}{held}\n");
        table(out, report, index);
    }
}

fn table(out: &mut String, report: &Report<'_>, stage_idx: usize) {
    let (plan, schedule) = (report.plan, report.schedule);
    let stage = &plan.pipeline.stages[stage_idx];
    let deploys = matches!(stage.work, Work::Deploy(_));
    let title = if deploys { "Deployment" } else { "Run" };
    let _ = writeln!(out, "| # | {title} | Start | End | Why then |\n|--:|---|--:|--:|---|");
    let labels = words::labels(stage, &plan.stages[stage_idx], MAX_ROWS);
    for (index, (label, run)) in labels.iter().zip(&schedule.stages[stage_idx].runs).enumerate() {
        let why = escaped(&words::why(plan, schedule, stage_idx, index));
        let failed = match run.status {
            Status::Succeeded | Status::Skipped => "",
            Status::Failed => " Fails.",
            Status::Ignored => " Fails, which is ignored.",
            Status::Aborted => " Fails and aborts the run.",
            Status::Cancelled => " Is cancelled.",
        };
        let (number, label) = (index + 1, escaped(label));
        let _ =
            writeln!(out, "| {number} | {label} | {} | {} | {why}{failed} |", run.start, run.end);
    }
    let hidden = plan.stages[stage_idx].deployments.len() - labels.len();
    if hidden > 0 {
        let _ = writeln!(out, "\n… and {hidden} more.");
    }
}

/// A message outside of a table: what stands between backticks is code.
pub(crate) fn message(text: &str) -> String {
    let text = on_one_line(text);
    let parts: Vec<&str> = text.split('`').collect();
    let last = parts.len() - 1;
    let written = parts.iter().enumerate().map(|(number, part)| {
        // The last mark of an odd number of them closes nothing, and no code is empty.
        let is_code = number % 2 == 1 && number < last && !part.trim().is_empty();
        if is_code { format!("`{part}`") } else { escape(part) }
    });
    written.collect()
}

/// Text that Markdown takes for text, in a table too.
///
/// What a forge would make of it beyond Markdown is kept from it as well: `@name` mentions nobody,
/// `#1` links to nothing, `www.` and `://` are no links, `$` starts no formula. Where no escape keeps
/// it, an empty comment does, which is not seen.
pub(crate) fn escaped(text: &str) -> String {
    escape(&on_one_line(text))
}

fn escape(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    let mut is_in_word = false;
    while let Some(c) = chars.next() {
        let is_before_word = chars.peek().is_some_and(|next| next.is_alphanumeric());
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '#' if is_before_word => out.push_str("\\#<!-- -->"),
            '@' if is_before_word => out.push_str("@<!-- -->"),
            ':' if chars.peek() == Some(&'/') => out.push_str("\\:"),
            '.' if is_in_word && ends_with_www(&out) => out.push_str("\\."),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '|' | '~' | '!' | '$' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
        is_in_word = c.is_alphanumeric();
    }
    out
}

fn ends_with_www(text: &str) -> bool {
    let last = text.as_bytes().last_chunk::<3>();
    last.is_some_and(|last| last.eq_ignore_ascii_case(b"www"))
}

#[cfg(test)]
mod tests {
    use super::{escaped, message};

    #[test]
    fn code_of_a_message_stays_code() {
        for (text, expected) in [
            ("Write `<a>` or `b_c`.", "Write `<a>` or `b_c`."),
            ("`` `a` *b* `c", " `a` \\*b\\* c"),
            ("a\n`b\nc`", "a `b c`"),
        ] {
            assert_eq!(message(text), expected);
        }
    }

    #[test]
    fn names_stay_text() {
        for (text, expected) in [
            ("a|b", "a\\|b"),
            ("**x** `y` [z](u)", "\\*\\*x\\*\\* \\`y\\` \\[z\\](u)"),
            ("<img src=x>&", "&lt;img src=x&gt;&amp;"),
            ("one\ntwo\u{1b}", "one two"),
            ("a\u{202e}b\u{200b}", "a\u{fffd}b\u{fffd}"),
            ("dev_main → eu-1", "dev\\_main → eu-1"),
            ("@team #12 # 1", "@<!-- -->team \\#<!-- -->12 \\# 1"),
            ("https://a.b www.c.d WWW.e", "https\\://a.b www\\.c.d WWW\\.e"),
            ("cart:1 $x$", "cart:1 \\$x\\$"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }
}
