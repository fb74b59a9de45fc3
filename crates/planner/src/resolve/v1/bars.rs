//! Stages that stand for something else: another pipeline, a template, an approval. Each is one bar.

use std::sync::Arc;

use deployline_engine::{Stage, Step, StepKind, StepWait, Steps, WaitKind, Work, bounded_name};
use deployline_span::Span;
use deployline_yaml::NodeKind;

use crate::resolve::context::Reader;
use crate::resolve::unpublished;
use crate::resolve::view::View;
use crate::rules;

/// Keys that say what such a stage is, each with the type that the older schema has for it.
const KINDS: [(&str, &str); 12] = [
    ("chain", "Pipeline"),
    ("dynamic", "Dynamic"),
    ("approval", "Approval"),
    ("template", ""),
    ("action", ""),
    ("deploy", ""),
    ("build", ""),
    ("test", ""),
    ("chaos", ""),
    ("idp", ""),
    ("iacm", ""),
    ("sto", ""),
];

/// The key that says what a stage stands for; `None` for one of the ordinary form.
pub(super) fn kind_of(view: &View<'_>) -> Option<&'static str> {
    let is_ordinary = view.value("steps").is_some();
    let mut kinds = KINDS.iter().map(|(key, _)| *key);
    kinds.find(|key| !is_ordinary && view.value(key).is_some())
}

/// Reads a stage of this kind.
pub(super) fn read(stage: &mut Stage, view: &View<'_>, kind: &str, reader: &mut Reader<'_, '_>) {
    let uses = uses(view, kind);
    let stage_type = KINDS.iter().find(|(key, _)| *key == kind).map_or("", |(_, name)| name);
    stage_type.clone_into(&mut stage.stage_type);
    if view.str_of("name").or_else(|| view.str_of("id")).is_none()
        && let Some(uses) = uses
    {
        stage.name = bounded_name(uses);
    }
    let shown = uses.map(|uses| format!("`{uses}`")).unwrap_or_default();
    match kind {
        // The pipeline that it runs is read behind its strategy.
        "chain" => stage.work = Work::Other,
        "dynamic" => {
            stage.work = Work::Other;
            stage.steps.lines.push("runs a pipeline that is made in the run".to_owned());
            report_not_drawn(view, kind, "the stages of its pipeline are not drawn", reader);
        }
        "approval" => {
            stage.work = Work::Other;
            let place = view.key_span(kind);
            stage.steps = approval(uses, place);
            unpublished::report(
                place,
                "an approval as a stage",
                "It waits as a step does.",
                reader,
            );
        }
        _ => {
            stage.steps.lines.push(bounded_name(&format!("{kind} {}", uses.unwrap_or("?"))));
            let message = format!(
                "The text does not contain the template {shown}. A placeholder stands for the stage."
            );
            reader.report(&rules::STAGE_TEMPLATE, view.key_span(kind), message);
        }
    }
}

/// The one step of a stage that is an approval.
fn approval(uses: Option<&str>, place: Span) -> Steps {
    let step = Step::new("approval", "", uses.unwrap_or_default(), StepKind::Wait, place);
    Steps {
        count: 1,
        lines: vec![bounded_name(&format!("approval {}", uses.unwrap_or("?")))],
        tree: Arc::from([step]),
        waits: vec![StepWait { step: 0, kind: WaitKind::Approval, timeout: None }],
        ..Steps::default()
    }
}

/// Name of what a stage uses.
fn uses<'a>(view: &View<'a>, kind: &str) -> Option<&'a str> {
    let of = view.value(kind)?;
    match of.kind() {
        NodeKind::Scalar => of.as_str(),
        _ => of.str_of("uses"),
    }
}

fn report_not_drawn(view: &View<'_>, kind: &str, drawn: &str, reader: &mut Reader<'_, '_>) {
    let message = format!("`{kind}` is not used: {drawn}, and this one is as long as is assumed.");
    reader.report(&rules::UNUSED_KEY, view.key_span(kind), message);
}

/// Reports a stage that says neither what to do nor what to deploy.
pub(super) fn report_missing_steps(view: &View<'_>, reader: &mut Reader<'_, '_>) {
    let keys: Vec<&str> = KINDS[..4].iter().map(|(key, _)| *key).collect();
    let message = format!(
        "`steps:` is missing: the stage says neither what to do nor what to deploy. Expected `steps:`, `service:` and \
         `environment:`, or one of `{}`.",
        keys.join("`, `")
    );
    reader.report(&rules::MISSING_STEPS, view.first_key_span(), message);
}
