//! A plan in the formats that others read: the same bytes as those of the command line, but for the
//! picture, which is what is looked at.

use deployline_engine::{Assumptions, format};
use deployline_export::{Look, MAX_HTML_ROWS, MAX_MERMAID_TASKS, Report, Source, html, view};
use deployline_planner::assumed;
use deployline_timeline::{Arrangement, ColorBy, Rows, svg};

use crate::derived::Derived;
use crate::source;
use crate::state::Tab;

/// A text, and what is to be said of it.
pub(super) struct Export {
    pub(super) text: String,
    /// A sentence, or nothing.
    pub(super) note: String,
}

const A_LINE_PER_STAGE: &str = "There are too many deployments for a row each: a line is a stage.";

/// The plan in a format, by its name.
pub(super) fn export(format: &str, tab: &Tab, derived: &Derived) -> Export {
    let sources = [Source { name: tab.name.to_string(), text: derived.text.to_string() }];
    let analysis = &derived.analysis;
    // Waves are a comparison, and not what runs.
    let schedule = derived.real_schedule();
    let diagnostics = derived.diagnostics();
    let report =
        Report { schedule, diagnostics, ..Report::new(analysis, &derived.assumptions, &sources) };
    let count: usize = analysis.plan.stages.iter().map(|stage| stage.deployments.len()).sum();
    let mut note = String::new();
    let text = match format {
        "yaml" => derived.text.to_string(),
        "json" => deployline_export::json(&report),
        "csv" => deployline_export::csv(&report),
        "markdown" => deployline_export::markdown(&report),
        "pull-request" => deployline_export::pull_request(&report),
        "mermaid" => {
            if count > MAX_MERMAID_TASKS {
                let (some, all) = (format::number(MAX_MERMAID_TASKS), format::number(count));
                note = format!("It has the first {some} of {all} deployments.");
            }
            deployline_export::mermaid(&report)
        }
        "html" => {
            if count > MAX_HTML_ROWS {
                let (some, all) = (format::number(MAX_HTML_ROWS), format::number(count));
                note = format!("{A_LINE_PER_STAGE} The table has the first {some} of {all}.");
            }
            let arrangement = &tab.view.arrangement;
            let Arrangement { rows, color_by, shows_steps, .. } = *arrangement;
            html(&report, &Look { rows, color_by, shows_steps, ..Look::default() })
        }
        theme => {
            let theme = svg::Theme::ALL.into_iter().find(|it| it.as_str() == theme);
            let (arrangement, window) = (&tab.view.arrangement, tab.view.window);
            let (text, is_folded) = view(&report, arrangement, window, theme.unwrap_or_default());
            if is_folded {
                note = A_LINE_PER_STAGE.to_owned();
            }
            text
        }
    };
    Export { text, note }
}

/// Name of the pipeline.
pub(super) fn title(tab: &Tab, derived: &Derived) -> String {
    let pipeline = &derived.analysis.plan.pipeline;
    let name = pipeline.name.as_ref().or(pipeline.identifier.as_ref());
    name.map_or_else(|| tab.name.to_string(), String::clone)
}

/// The attributes of `<deploy-line>` that say what they can of a tab: `view=lanes`, a line each.
pub(super) fn attributes(tab: &Tab) -> String {
    let arrangement = &tab.view.arrangement;
    let assumptions = &tab.source.assumptions;
    let mut lines = Vec::new();
    if arrangement.rows != Rows::default() {
        lines.push(format!("view={}", arrangement.rows.as_str()));
    }
    if arrangement.color_by != ColorBy::default() {
        lines.push(format!("color={}", arrangement.color_by.as_str()));
    }
    if assumptions.duration != Assumptions::default().duration {
        lines.push(format!("duration={}", assumptions.duration));
    }
    let durations = assumptions.durations.iter().map(|(key, takes)| format!("{key}={takes}"));
    // A list is parted by commas, and an attribute stands on one line here.
    let durations: Vec<String> = durations.filter(|it| !it.contains([',', '\n'])).collect();
    if !durations.is_empty() {
        lines.push(format!("durations={}", durations.join(", ")));
    }
    lines.extend(assumption_attributes(&tab.source));
    lines.join("\n")
}

/// The attributes of what else is assumed.
fn assumption_attributes(
    source::Source { assumptions, inputs, .. }: &source::Source,
) -> Vec<String> {
    let mut lines = Vec::new();
    let default = Assumptions::default();
    lines.extend(assumptions.uneven.map(|seed| format!("uneven={seed}")));
    // Lists are parted by blanks.
    let failures = assumptions.failures.iter();
    let failures = failures.map(|((stage, index), failure)| failure.to_text(stage, *index));
    let failures: Vec<String> = failures.filter(|text| is_one_word(text)).collect();
    if !failures.is_empty() {
        lines.push(format!("fail={}", failures.join(" ")));
    }
    if assumptions.account_plan != default.account_plan {
        lines.push(format!("account-plan={}", assumptions.account_plan.as_str()));
    }
    lines.extend(assumptions.account_limit.map(|limit| format!("account-limit={limit}")));
    let mut pairs = assumed::pairs(inputs, assumptions);
    pairs.retain(|pair| is_one_word(pair));
    if !pairs.is_empty() {
        lines.push(format!("assume={}", pairs.join(" ")));
    }
    lines
}

/// Checks whether a list parted by blanks can hold it.
fn is_one_word(text: &str) -> bool {
    !text.contains(char::is_whitespace)
}
