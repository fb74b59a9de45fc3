//! The texts around mappings of the newer schema.

use deployline_schema::MappingKind;

use crate::texts::{ENVIRONMENT, INFRASTRUCTURE, Text, joined};

/// A pipeline with a stage of these keys.
fn stage(keys: &str) -> String {
    format!("version: 1\npipeline: {{id: p, stages: [{{id: a, {keys}}}]}}")
}

/// A stage that deploys something, with more keys.
fn deploy(keys: &str) -> String {
    stage(&format!("service: s, environment: {{id: e, deploy-to: i}}, {keys}"))
}

/// A stage that runs a step, with more keys.
fn run(keys: &str) -> String {
    stage(&format!("steps: [{{run: x}}], {keys}"))
}

/// A stage that runs another pipeline, with two input sets of that.
fn chain(keys: &str) -> String {
    joined(&[
        &stage(keys),
        "version: 1\npipeline: {id: c, inputs: {v: {type: string}}, stages: [{id: b, name: '${{ inputs.v }}', steps: [{run: x}]}]}",
        "version: 1\nkind: input-set\nid: one\nspec: {v: x}",
        "version: 1\nkind: input-set\nid: two\nspec: {v: y}",
    ])
}

fn with_entities(text: &str) -> String {
    joined(&[
        text,
        ENVIRONMENT,
        INFRASTRUCTURE,
        "environment: {identifier: f, tags: {c: d}}",
        "infrastructureDefinition: {identifier: j, environmentRef: e, tags: {a: zz}}",
        "infrastructureDefinition: {identifier: k, environmentRef: f}",
    ])
}

/// Of the newer schema.
pub(crate) fn text(kind: MappingKind, key: &str) -> Option<Text> {
    of_documents(kind, key)
        .or_else(|| of_axes(kind, key))
        .or_else(|| of_loops(kind, key))
        .or_else(|| of_failures(kind, key))
        .or_else(|| of_steps(kind, key))
}

fn of_documents(kind: MappingKind, key: &str) -> Option<Text> {
    Some(match kind {
        MappingKind::V1Document if key == "version" => {
            ("@".into(), &[("pipeline", "{id: p, stages: [{stage: {type: Custom}}]}")])
        }
        MappingKind::V1Document => (joined(&[&run("name: x"), "@"]), &[]),
        MappingKind::V1Pipeline if key == "version" => {
            ("@".into(), &[("stages", "[{stage: {type: Custom}}]")])
        }
        MappingKind::V1Pipeline => (
            "version: 1\npipeline: @".into(),
            &[(
                "stages",
                "[{id: a, steps: [{run: x}], name: '<+pipeline.name> <+pipeline.id> <+pipeline.tags.a> ${{ inputs.a }}'}]",
            )],
        ),
        MappingKind::V1Stage if matches!(key, "service" | "environment") => (
            "version: 1\npipeline: {id: p, stages: [@]}".into(),
            &[("id", "a"), ("service", "s"), ("environment", "{id: e, deploy-to: i}")],
        ),
        MappingKind::V1Stage
            if matches!(
                key,
                "parallel"
                    | "group"
                    | "chain"
                    | "dynamic"
                    | "template"
                    | "approval"
                    | "action"
                    | "deploy"
                    | "build"
                    | "test"
                    | "chaos"
                    | "idp"
                    | "iacm"
                    | "sto"
                    | "type"
                    | "steps"
            ) =>
        {
            ("version: 1\npipeline: {id: p, stages: [@]}".into(), &[("id", "a")])
        }
        MappingKind::V1Stage => (
            "version: 1\npipeline: {id: p, stages: [@]}".into(),
            &[("id", "a"), ("name", "'n <+stage.id> <+stage.tags.a>'"), ("steps", "[{run: x}]")],
        ),
        MappingKind::V1Parallel => {
            (stage("parallel: @"), &[("stages", "[{id: b, steps: [{run: x}]}]")])
        }
        MappingKind::V1Group => (stage("group: @"), &[("stages", "[{id: b, steps: [{run: x}]}]")]),
        MappingKind::V1Chain => (chain("chain: @"), &[("uses", "c")]),
        MappingKind::V1ChainWith => (chain("chain: {uses: c, with: @}"), &[]),
        MappingKind::V1Uses => (stage("template: @").replacen("id: a, ", "", 1), &[("uses", "t")]),
        _ => return None,
    })
}

fn of_axes(kind: MappingKind, key: &str) -> Option<Text> {
    let service = |keys: &str| stage(&format!("{keys}, environment: {{id: e, deploy-to: i}}"));
    let environment = |keys: &str| with_entities(&stage(&format!("service: s, {keys}")));
    Some(match kind {
        MappingKind::V1Services if key == "id" => (service("service: @"), &[]),
        MappingKind::V1Services => (service("service: @"), &[("items", "[s, t]")]),
        MappingKind::V1Service => (service("service: {items: [@]}"), &[("id", "s")]),
        MappingKind::V1Environments if matches!(key, "id" | "deploy-to") => {
            (environment("environment: @"), &[("id", "e")])
        }
        MappingKind::V1Environments if key == "group" => (environment("environment: @"), &[]),
        MappingKind::V1Environments => {
            (environment("environment: @"), &[("items", "[{id: e, deploy-to: [i, j]}]")])
        }
        MappingKind::V1Environment => (environment("environment: {items: [@]}"), &[("id", "e")]),
        MappingKind::V1Infrastructure => {
            (environment("environment: {id: e, deploy-to: [@]}"), &[("id", "i")])
        }
        MappingKind::V1EnvironmentGroup => (
            joined(&[
                &environment("environment: {group: @}"),
                "environmentGroup: {identifier: g, envIdentifiers: [e, f]}",
            ]),
            &[("id", "g")],
        ),
        MappingKind::V1Filter => (environment("environment: {filters: [@]}"), &[]),
        MappingKind::V1FilterSides => {
            (environment("environment: {filters: [{infrastructures: @}]}"), &[])
        }
        MappingKind::V1FilterCondition => {
            (environment("environment: {filters: [{infrastructures: [@]}]}"), &[])
        }
        MappingKind::V1FilterTags => {
            (environment("environment: {filters: [{infrastructures: [{tags: @}]}]}"), &[])
        }
        _ => return None,
    })
}

fn of_loops(kind: MappingKind, key: &str) -> Option<Text> {
    Some(match kind {
        MappingKind::V1Strategy if matches!(key, "for" | "while" | "repeat") => {
            (run("strategy: @"), &[])
        }
        MappingKind::V1Strategy => (run("strategy: @"), &[("matrix", "{a: [x, y]}")]),
        MappingKind::V1Matrix => (run("strategy: {matrix: @}"), &[("a", "[x, y]")]),
        MappingKind::V1For => (run("strategy: {for: @}"), &[("iterations", "2")]),
        MappingKind::V1While => (run("strategy: {while: @}"), &[("iterations", "2")]),
        MappingKind::V1Repeat if key == "iterations" => (run("strategy: {repeat: @}"), &[]),
        MappingKind::V1Repeat => {
            (run("strategy: {repeat: @}"), &[("items", "[x, y, z]"), ("start", "1"), ("end", "2")])
        }
        _ => return None,
    })
}

fn of_failures(kind: MappingKind, key: &str) -> Option<Text> {
    let action = |action: &str| {
        deploy(&format!("on-failure: [{{errors: all, action: {{{action}: @}}}}], name: x"))
    };
    Some(match kind {
        MappingKind::V1FailureRule => {
            (deploy("on-failure: [@]"), &[("errors", "all"), ("action", "ignore")])
        }
        MappingKind::V1FailureAction if key == "fail-all" => {
            (deploy("on-failure: [{errors: all, action: @}]"), &[("pipeline-rollback", "{}")])
        }
        MappingKind::V1FailureAction => (deploy("on-failure: [{errors: all, action: @}]"), &[]),
        MappingKind::V1PipelineRollback => (action("pipeline-rollback"), &[]),
        MappingKind::V1Retry => (
            action("retry"),
            &[("attempts", "2"), ("interval", "[1m]"), ("failure-action", "ignore")],
        ),
        MappingKind::V1RetryStepGroup => (
            stage(
                "steps: [{group: {steps: [{id: b, run: x}], on-failure: {errors: all, action: {retry-step-group: @}}}}]",
            ),
            &[("attempts", "2"), ("interval", "[1m]")],
        ),
        MappingKind::V1ManualIntervention => {
            (action("manual-intervention"), &[("timeout", "1m"), ("timeout-action", "ignore")])
        }
        _ => return None,
    })
}

fn of_steps(kind: MappingKind, key: &str) -> Option<Text> {
    let step = |step: &str| stage(&format!("steps: [{step}]"));
    Some(match kind {
        MappingKind::V1Step if matches!(key, "id" | "name") => (step("@"), &[("run", "x")]),
        MappingKind::V1Step if matches!(key, "timeout" | "on-failure" | "strategy") => {
            (step("@"), &[("run", "x"), ("id", "b")])
        }
        MappingKind::V1Step
            if matches!(key, "if" | "needs" | "env" | "with" | "delegate" | "enforce") =>
        {
            (step("@"), &[("run", "x"), ("id", "b")])
        }
        MappingKind::V1Step => (step("@"), &[]),
        MappingKind::V1StepsSideBySide => (step("{parallel: @}"), &[("steps", "[{run: x}]")]),
        MappingKind::V1StepGroup => (step("{group: @}"), &[("steps", "[{id: b, run: x}]")]),
        MappingKind::V1Wait => (step("{wait: @}"), &[]),
        MappingKind::V1Barrier => (step("{barrier: @}"), &[]),
        MappingKind::V1Queue => (step("{queue: @}"), &[("key", "k"), ("scope", "stage")]),
        _ => return None,
    })
}
