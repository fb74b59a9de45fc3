//! Status of the picture: counts and times, or the reason why it is an old one.

use deployline_engine::format;
use deployline_engine::words::is_held_by_account;
use deployline_yaml::{Diagnostic, LineIndex};
use yew::prelude::*;

use super::rich_text::rich_text;
use crate::derived::{Derived, Shared};

#[derive(Properties, PartialEq)]
pub(crate) struct StatusProps {
    /// The plan of the text as it is.
    pub(crate) derived: Shared<Derived>,
    /// The plan that is drawn.
    pub(crate) shown: Shared<Derived>,
    /// Number of bytes that are being read.
    pub(crate) bytes_in_reading: Option<usize>,
}

#[function_component(Status)]
pub(crate) fn status(props: &StatusProps) -> Html {
    let StatusProps { derived, shown, bytes_in_reading } = props;
    let facts = shown.has_stages().then(|| {
        html! {
            <>
                <span>{format::count(shown.analysis.plan.top_stage_count(), "stage")}</span>
                <span>{format::count(shown.deployment_count(), "deployment")}</span>
                <span><strong>{shown.analysis.schedule.end.to_string()}</strong>{" in all"}</span>
                <span class="dl-muted">{durations(shown)}</span>
                {held(shown)}
                {partial(shown)}
            </>
        }
    });
    html! {
        <div class="dl-status">
            <p class="dl-facts">{facts}</p>
            <div role="status">
                if let Some(bytes) = bytes_in_reading {
                    <p class="dl-muted">{reading(*bytes)}</p>
                } else if derived != shown {
                    <p class="dl-stale-note">{rich_text(&why_stale(derived))}</p>
                }
            </div>
        </div>
    }
}

/// Limit of the account, where it holds something.
fn held(shown: &Derived) -> Html {
    let Derived { analysis, assumptions, .. } = shown;
    if !is_held_by_account(&analysis.plan, &analysis.schedule) {
        return Html::default();
    }
    let plan = match assumptions.account_limit {
        Some(_) => "account",
        None => assumptions.account_plan.caption(),
    };
    let at_once = assumptions.at_once().unwrap_or_default();
    html! { <span class="dl-held">{format!("held by {plan} limits: {at_once} at once")}</span> }
}

/// Number of stages that run, where these are not all.
fn partial(shown: &Derived) -> Html {
    let plan = &shown.analysis.plan;
    let own = plan.pipeline.stages.iter().take(plan.own_stage_count());
    let left_out = own.filter(|stage| stage.absence.is_some()).count();
    if left_out == 0 {
        return Html::default();
    }
    html! { <span class="dl-held">{format!("{} left out", format::count(left_out, "stage"))}</span> }
}

/// Basis of the times.
fn durations(shown: &Derived) -> String {
    let assumptions = &shown.assumptions;
    match (assumptions.uneven, assumptions.durations.len()) {
        (Some(_), _) => "uneven durations".to_owned(),
        (None, 0) => format!("{} each", assumptions.duration),
        (None, _) => format!("{} each, but for some", assumptions.duration),
    }
}

/// `Reading 4.1 MB…`
fn reading(bytes: usize) -> String {
    let tenths = bytes.div_ceil(100_000);
    format!("Reading {}.{} MB…", tenths / 10, tenths % 10)
}

fn why_stale(derived: &Derived) -> String {
    let syntax = derived.analysis.diagnostics.iter().find(|found| Diagnostic::is_syntax(found));
    let reason = syntax.map(|found| {
        let index = LineIndex::new(&derived.text);
        let at = index.line_column(&derived.text, found.span.start as usize);
        format!(" Line {}: {}", at.line, found.message)
    });
    format!("The picture of the last valid YAML.{}", reason.unwrap_or_default())
}
