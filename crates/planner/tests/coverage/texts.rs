//! The texts around each kind of mapping.

use deployline_schema::MappingKind;

use crate::{deployments, documents, newer};

/// A text with `@` in the place of the mapping, and the keys that stand in it.
pub(crate) type Text = (String, &'static [(&'static str, &'static str)]);

/// The text around a kind of mapping, in which `key` has an effect.
pub(crate) fn around(kind: MappingKind, key: &str) -> Text {
    documents::text(kind, key)
        .or_else(|| of_stages(kind, key))
        .or_else(|| of_steps(kind, key))
        .or_else(|| deployments::text(kind, key))
        .or_else(|| of_failures(kind, key))
        .or_else(|| newer::text(kind, key))
        .unwrap_or_else(|| panic!("no text for {kind:?}"))
}

pub(crate) const SERVICE: &str = "service: {serviceRef: s}";
pub(crate) const PLACE: &str =
    "environment: {environmentRef: e, infrastructureDefinitions: [{identifier: i}]}";

/// A pipeline with an earlier stage, whose values can be taken.
pub(crate) fn pipeline(stages: &str) -> String {
    format!(
        "pipeline: {{identifier: p, name: p, stages: [{{stage: {{name: z, identifier: z, type: Deployment, spec: \
         {{{SERVICE}, {PLACE}}}}}}}, {stages}]}}"
    )
}

pub(crate) fn stage(kind: &str, keys: &str) -> String {
    pipeline(&format!("{{stage: {{name: a, identifier: a, type: {kind}, {keys}}}}}"))
}

pub(crate) fn deploy(spec: &str) -> String {
    stage("Deployment", &format!("spec: {{{spec}}}"))
}

pub(crate) fn custom(keys: &str) -> String {
    stage("Custom", keys)
}

pub(crate) fn step(step: &str) -> String {
    custom(&format!("spec: {{execution: {{steps: [{{step: {step}}}]}}}}"))
}

fn failure(rule: &str) -> String {
    stage("Deployment", &format!("failureStrategies: [{rule}], spec: {{{SERVICE}, {PLACE}}}"))
}

pub(crate) fn joined(texts: &[&str]) -> String {
    texts.join("\n---\n")
}

pub(crate) const ENVIRONMENT: &str = "environment: {identifier: e, tags: {a: b}}";
pub(crate) const INFRASTRUCTURE: &str =
    "infrastructureDefinition: {identifier: i, environmentRef: e, tags: {a: b}}";
pub(crate) const FILTERS: &str = "{identifier: f, type: tags, entities: [environments], spec: {tags: {a: b}, matchType: any}}, \
     {identifier: g, type: all, entities: [infrastructures]}";

pub(crate) fn filtered(filters: &str) -> String {
    deploy(&format!("{SERVICE}, environments: {{filters: [{filters}]}}"))
}

/// Of stages of any type.
fn of_stages(kind: MappingKind, key: &str) -> Option<Text> {
    Some(match kind {
        MappingKind::Entry => (pipeline("@"), &[]),
        MappingKind::Stage => (
            pipeline("{stage: @}"),
            &[
                ("name", "'n <+stage.identifier> <+stage.tags.a> <+stage.variables.a>'"),
                ("identifier", "a"),
                ("type", "Deployment"),
                (
                    "spec",
                    "{service: {serviceRef: s}, environment: {environmentRef: e, infrastructureDefinitions: [{identifier: i}]}}",
                ),
            ],
        ),
        MappingKind::RunMode => (custom("runMode: @"), &[("type", "Manual")]),
        MappingKind::FlowControl => {
            (custom("tags: {}").replacen("identifier: p", "identifier: p, flowControl: @", 1), &[])
        }
        MappingKind::Barrier => (
            custom("tags: {}").replacen(
                "identifier: p",
                "identifier: p, flowControl: {barriers: [@]}",
                1,
            ),
            &[],
        ),
        MappingKind::CustomSpec => (custom("spec: @"), &[]),
        MappingKind::ChainedSpec => (
            joined(&[
                &stage("Pipeline", "spec: @"),
                "pipeline: {identifier: c, orgIdentifier: zz, projectIdentifier: zz, variables: [{name: v, type: String, \
                 value: <+input>}], stages: [{stage: {name: <+pipeline.variables.v>, identifier: b, type: Custom}}]}",
                "inputSet: {identifier: one, pipeline: {identifier: c, variables: [{name: v, type: String, value: x}]}}",
                "inputSet: {identifier: two, pipeline: {identifier: c, variables: [{name: v, type: String, value: y}]}}",
            ]),
            &[("pipeline", "c")],
        ),
        MappingKind::DynamicSpec => (stage("Dynamic", "spec: @"), &[]),
        MappingKind::When => (custom("when: @"), &[("pipelineStatus", "Success")]),
        MappingKind::Strategy if matches!(key, "parallelism" | "repeat") => {
            (custom("strategy: @"), &[])
        }
        MappingKind::Strategy => (custom("strategy: @"), &[("matrix", "{a: [x, y]}")]),
        MappingKind::Matrix => (custom("strategy: {matrix: @}"), &[("a", "[x, y]")]),
        MappingKind::Repeat => (
            custom("strategy: {repeat: @}"),
            if key == "times" {
                &[]
            } else {
                &[("items", "[x, y, z]"), ("start", "1"), ("end", "2")]
            },
        ),
        _ => return None,
    })
}

/// Of steps.
fn of_steps(kind: MappingKind, key: &str) -> Option<Text> {
    Some(match kind {
        MappingKind::Execution => (custom("spec: {execution: @}"), &[]),
        MappingKind::StepEntry => {
            (custom("spec: {execution: {steps: [@]}}"), &[("step", "{name: one, type: Http}")])
        }
        MappingKind::Step if key == "identifier" => (step("@"), &[("type", "Http")]),
        MappingKind::Step => (step("@"), &[("name", "one"), ("type", "Http")]),
        MappingKind::StepGroup => (
            custom("spec: {execution: {steps: [{stepGroup: @}]}}"),
            &[("steps", "[{step: {name: one, type: Http}}]")],
        ),
        MappingKind::StepWhen => (step("{name: one, type: Http, when: @}"), &[]),
        MappingKind::WaitSpec => (step("{name: one, type: Wait, spec: @}"), &[]),
        MappingKind::BarrierSpec => (step("{name: one, type: Barrier, spec: @}"), &[]),
        MappingKind::QueueSpec => {
            (step("{name: one, type: Queue, spec: @}"), &[("key", "k"), ("scope", "Stage")])
        }
        _ => return None,
    })
}

/// Of failure strategies.
fn of_failures(kind: MappingKind, key: &str) -> Option<Text> {
    Some(match kind {
        MappingKind::FailureRule => (failure("@"), &[]),
        MappingKind::OnFailure => {
            (failure("{onFailure: @}"), &[("errors", "[AllErrors]"), ("action", "{type: Ignore}")])
        }
        MappingKind::FailureAction => {
            (failure("{onFailure: {errors: [AllErrors], action: @}}"), &[("type", "Ignore")])
        }
        MappingKind::FailureActionSpec => {
            let kind = match key {
                "timeout" | "onTimeout" => "ManualIntervention",
                "failAll" => "PipelineRollback",
                _ => "Retry",
            };
            let rule = format!(
                "{{onFailure: {{errors: [AllErrors], action: {{type: {kind}, spec: @}}}}}}"
            );
            (
                failure(&rule),
                &[
                    ("retryCount", "2"),
                    ("retryIntervals", "[1m]"),
                    ("onRetryFailure", "{action: {type: Ignore}}"),
                ],
            )
        }
        MappingKind::NextAction => (
            failure(
                "{onFailure: {errors: [AllErrors], action: {type: Retry, spec: {retryCount: 1, retryIntervals: [1m], onRetryFailure: @}}}}",
            ),
            &[],
        ),
        _ => return None,
    })
}
