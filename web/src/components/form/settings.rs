//! The single settings of a stage: its limits, and when it runs.

use deployline_form::operation::FieldName;
use deployline_form::{DeployForm, Field, StageForm};
use yew::prelude::*;

use super::field::{TextField, choice};
use super::section::{EntryContext, section};
use super::wire::StageWire;

/// Limit of concurrency, and the effect of a failure.
pub(super) fn limits(shown: &EntryContext<'_>, of: &StageWire<'_>, deploy: &DeployForm) -> Html {
    let run = shown.derived.analysis.schedule.stages.get(of.stage.index);
    let computed = run.map(|run| format!("{}, computed", run.max_concurrency)).unwrap_or_default();
    let label = "Max concurrency";
    let on_limit = of.on_set(FieldName::MaxConcurrency, label);
    section(
        "Limits",
        Html::default(),
        html! {
            <>
                <div class="dl-form-pair">
                    <TextField {label} field={deploy.max_concurrency.clone()} on_change={on_limit}
                        least={Some(1)} placeholder={computed} />
                    {on_failure(of, &deploy.on_failure, FieldName::OnFailure)}
                </div>
                {of.note(deploy.max_concurrency.lock.as_ref())}
                {of.note(deploy.on_failure.lock.as_ref())}
            </>
        },
    )
}

/// Effect of a failure on the deployments that wait.
pub(super) fn on_failure(of: &StageWire<'_>, field: &Field, name: FieldName) -> Html {
    // A strategy of a stage that deploys nothing goes on, and all others stop.
    let default = match of.stage.deploy {
        Some(_) => "Skip queued (default)",
        None => "Run all (default)",
    };
    let choices = [("", default), ("RunAll", "Run all"), ("SkipQueued", "Skip queued")];
    choice("On failure", field, &choices, of.on_set(name, "On failure"))
}

/// Conditions under which the stage runs.
pub(super) fn when(of: &StageWire<'_>) -> Html {
    let StageForm { pipeline_status, condition, .. } = of.stage;
    const STATUS: [(&str, &str); 4] = [
        ("", "If all before succeeded (default)"),
        ("Success", "Success"),
        ("Failure", "Failure"),
        ("All", "All"),
    ];
    let on_condition = of.on_set(FieldName::Condition, "Condition");
    section(
        "When",
        Html::default(),
        html! {
            <>
                {choice("Pipeline status", pipeline_status, &STATUS,
                    of.on_set(FieldName::PipelineStatus, "Pipeline status"))}
                <TextField label="And this condition holds" field={condition.clone()}
                    on_change={on_condition} class={Some("dl-form-mono")}
                    placeholder={"<+pipeline.variables.x> == \"y\""} />
                {of.note(pipeline_status.lock.as_ref())}
                {of.note(condition.lock.as_ref())}
            </>
        },
    )
}
