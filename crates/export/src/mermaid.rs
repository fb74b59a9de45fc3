//! The plan as a Mermaid Gantt chart, for places that draw those.
//!
//! Mermaid knows dates only, so the run starts at midnight of some day; its axis then counts up
//! from zero.

use std::fmt::Write;

use deployline_engine::{DeploymentId, Ms, Status, words};

use crate::{Report, on_one_line};

/// Mermaid grows slow beyond this; the comment at the end says what is left out.
pub const MAX_MERMAID_TASKS: usize = 1_000;

/// The plan as the text of a `mermaid` fence.
pub fn mermaid(report: &Report<'_>) -> String {
    let plan = report.plan;
    let mut out = String::from("gantt\n");
    let title = plan.pipeline.name.as_ref().or(plan.pipeline.identifier.as_ref());
    let title = title.map_or("Pipeline", String::as_str);
    let _ = writeln!(out, "    title {}", escaped(title));
    let _ = writeln!(out, "    dateFormat YYYY-MM-DD HH:mm:ss.SSS");
    let _ = writeln!(out, "    axisFormat {}", axis_format(report.schedule.end));
    let mut left = MAX_MERMAID_TASKS;
    for number in plan.shown_order() {
        let (stage, stage_plan) = (&plan.pipeline.stages[number], &plan.stages[number]);
        let run = &report.schedule.stages[number];
        let name = words::stage_name(plan, number);
        let limit = words::product(stage, stage_plan, run.max_concurrency);
        let facts = match words::left_out(stage, run) {
            Some(left_out) => format!("{limit}, {left_out}"),
            None => limit,
        };
        let _ = writeln!(out, "    section {}", escaped(&format!("{name} ({facts})")));
        let labels = words::labels(stage, stage_plan, left);
        left -= labels.len();
        for (index, (label, run)) in labels.iter().zip(&run.runs).enumerate() {
            let (start, end) = (date(run.start), date(run.end));
            let mark = mark(run.status);
            let at = DeploymentId { stage: number as u32, index: index as u32 };
            let parts = words::parts(report.schedule, at).map(|parts| format!(" ({parts})"));
            let label = format!("{} {label}{}", index + 1, parts.unwrap_or_default());
            let label = escaped(&label);
            let _ = writeln!(out, "    {label} :{mark}s{number}d{index}, {start}, {end}");
        }
    }
    let all: usize = plan.stages.iter().map(|stage| stage.deployments.len()).sum();
    if all > MAX_MERMAID_TASKS {
        let _ = writeln!(out, "    %% {} more are left out", all - MAX_MERMAID_TASKS);
    }
    out
}

fn mark(status: Status) -> &'static str {
    match status {
        Status::Succeeded => "",
        Status::Failed | Status::Aborted | Status::Cancelled => "crit, ",
        Status::Ignored => "active, ",
        Status::Skipped => "done, ",
    }
}

fn axis_format(end: Ms) -> &'static str {
    match end.0 {
        0..=3_600_000 => "%M:%S",
        3_600_001..=86_400_000 => "%H:%M",
        _ => "%j. %H:%M",
    }
}

/// The last instant that Mermaid can read, since it takes years of four digits: the end of 9999.
const LAST_DATE: Ms = Ms(20 * DAYS_OF_400_YEARS * 86_400_000 - 1);

/// The calendar repeats after so many days.
const DAYS_OF_400_YEARS: u64 = 146_097;

/// The instant on a calendar that starts with the year 2000; [`LAST_DATE`] for all that is later.
fn date(time: Ms) -> String {
    let time = time.min(LAST_DATE);
    let (days, rest) = (time.0 / 86_400_000, time.0 % 86_400_000);
    let (hours, minutes) = (rest / 3_600_000, rest / 60_000 % 60);
    let (seconds, ms) = (rest / 1_000 % 60, rest % 1_000);
    let (year, month, day) = calendar(days);
    format!("{year:04}-{month:02}-{day:02} {hours:02}:{minutes:02}:{seconds:02}.{ms:03}")
}

/// Year, month and day, each counted from 1, of a day after the first of the year 2000.
fn calendar(days: u64) -> (u64, usize, u64) {
    let is_leap = |year: u64| {
        year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
    };
    let mut year = 2000 + 400 * (days / DAYS_OF_400_YEARS);
    let mut days = days % DAYS_OF_400_YEARS;
    while days >= 365 + u64::from(is_leap(year)) {
        days -= 365 + u64::from(is_leap(year));
        year += 1;
    }
    let february = 28 + u64::from(is_leap(year));
    let months = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut month = 0;
    while days >= months[month] {
        days -= months[month];
        month += 1;
    }
    (year, month + 1, days + 1)
}

/// Text that Mermaid takes for text: all that could mean something to it as an entity code.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in on_one_line(text).chars() {
        match c {
            ' ' | '-' | '.' | '/' | '(' | ')' | '_' => out.push(c),
            c if c.is_ascii_punctuation() => {
                let _ = write!(out, "#{};", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_count_on_over_months_and_leap_years() {
        for (ms, expected) in [
            (0, "2000-01-01 00:00:00.000"),
            (90_061_001, "2000-01-02 01:01:01.001"),
            (59 * 86_400_000, "2000-02-29 00:00:00.000"),
            (60 * 86_400_000, "2000-03-01 00:00:00.000"),
            (366 * 86_400_000, "2001-01-01 00:00:00.000"),
            (146_096 * 86_400_000, "2399-12-31 00:00:00.000"),
            (146_097 * 86_400_000, "2400-01-01 00:00:00.000"),
            (LAST_DATE.0, "9999-12-31 23:59:59.999"),
            (u64::MAX, "9999-12-31 23:59:59.999"),
        ] {
            assert_eq!(date(Ms(ms)), expected);
        }
    }

    #[test]
    fn names_can_not_steer_the_chart() {
        assert_eq!(escaped("a: b; c, 100%"), "a#58; b#59; c#44; 100#37;");
        assert_eq!(escaped("x\n    section y"), "x section y");
        assert_eq!(escaped("<b>&\"`"), "#60;b#62;#38;#34;#96;");
        assert_eq!(escaped("a\u{202e}b\u{2066}"), "a\u{fffd}b\u{fffd}");
        assert_eq!(escaped("注文 → eu-1/a_b (1)"), "注文 → eu-1/a_b (1)");
    }
}
