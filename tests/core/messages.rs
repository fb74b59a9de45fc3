//! Messages about values that expressions give: what was found, by what, and what to do.

use deployline_engine::Assumptions;
use deployline_planner::{Inputs, analyze};

/// The messages of these codes, each with its line.
fn messages(text: &str, codes: &[&str]) -> Vec<String> {
    let found = analyze(&[text], &Inputs::default(), &Assumptions::default()).diagnostics;
    let line = |start: u32| text[..start as usize].lines().count().max(1);
    let shown =
        |it: &deployline_yaml::Diagnostic| format!("{}: {}", line(it.span.start + 1), it.message);
    found.iter().filter(|it| codes.contains(&it.code)).map(shown).collect()
}

/// A pipeline of the older schema with variables, and a stage in one line.
fn older(stage: &str) -> String {
    format!(
        "pipeline:\n  identifier: p\n  variables:\n    - {{name: word, type: String, value: soon}}\n    - {{name: list, type: \
         String, value: \"a,b\"}}\n    - {{name: asked, type: String, value: <+trigger.type>}}\n  stages:\n    - stage: \
         {{identifier: a, name: a, {stage}}}\n"
    )
}

const INPUTS: &str = "word: {default: soon}, list: {default: [a, b]}, open: {}, round: {default: \"${{ inputs.round }}\"}";

/// A pipeline of the newer schema with inputs, and a stage in one line.
fn newer(stage: &str) -> String {
    format!("version: 1\npipeline:\n  inputs: {{{INPUTS}}}\n  stages:\n    - {{id: a, {stage}}}\n")
}

#[track_caller]
fn check(text: &str, code: &str, expected: &str) {
    assert_eq!(messages(text, &[code]), [expected], "{text}");
}

#[test]
fn a_value_that_does_not_fit_is_named_with_what_gives_it() {
    const TIMEOUT: &str =
        "Expected a duration, such as `10s`, `5m` or `1h30m`. It is compared with nothing here.";
    let by_variable = older("type: Custom, timeout: <+pipeline.variables.word>");
    check(
        &by_variable,
        "timeout-invalid",
        &format!("8: `<+pipeline.variables.word>` gives `soon`. {TIMEOUT}"),
    );
    check(&older("type: Custom, timeout: soon"), "timeout-invalid", &format!("8: {TIMEOUT}"));
    check(
        &newer("timeout: \"${{ inputs.list }}\", steps: [{run: x}]"),
        "timeout-invalid",
        &format!(
            "5: `${{{{ inputs.list }}}}` gives a list of 2 items. {TIMEOUT} To take one item, write \
             `${{{{ inputs.list[0] }}}}`."
        ),
    );
    check(
        &newer("strategy: {for: {iterations: \"${{ inputs.word }}\"}}, steps: [{run: x}]"),
        "strategy-count-invalid",
        "5: `${{ inputs.word }}` gives `soon`. Expected a whole number of at least 1.",
    );
    check(
        &older(
            "type: Custom, failureStrategies: [{onFailure: {errors: [AllErrors], action: {type: \
             <+pipeline.variables.word>}}}]",
        ),
        "failure-strategy-invalid",
        "8: `<+pipeline.variables.word>` gives `soon`. Expected the `type` of an action: one of `Ignore`, `MarkAsSuccess`, \
         `MarkAsFailure`, `Abort`, `StageRollback`, `StepGroupRollback`, `PipelineRollback`, `ProceedWithDefaultValues`, `Retry`, \
         `RetryStepGroup`, `ManualIntervention`. It is drawn as `MarkAsFailure`.",
    );
}

#[test]
fn a_list_for_one_name_says_how_to_take_one() {
    const NEEDS: &str = "Expected the `id` of one stage here; `needs` itself may be a list of them, as in `needs: [build]`. It is drawn without.";
    let list = "`${{ inputs.list }}` gives a list of 2 items.";
    let one = "To take one item, write `${{ inputs.list[0] }}`.";
    check(
        &newer("needs: [\"${{ inputs.list }}\"], steps: [{run: x}]"),
        "needs-invalid",
        &format!("5: {list} {NEEDS} {one}"),
    );
    let id = |what| format!("Expected the identifier of one {what}, or `id:` with it.");
    for (stage, what) in [
        ("service: {id: \"${{ inputs.list }}\"}, environment: {id: e, deploy-to: i}", "service"),
        ("service: s, environment: {id: \"${{ inputs.list }}\", deploy-to: i}", "environment"),
        (
            "service: s, environment: {id: e, deploy-to: {id: \"${{ inputs.list }}\"}}",
            "infrastructure",
        ),
    ] {
        check(&newer(stage), "missing-identifier", &format!("5: {list} {} {one}", id(what)));
    }
    check(
        &newer("service: s, environment: {id: [a, b], deploy-to: i}"),
        "missing-identifier",
        &format!("5: This is a list of 2 items. {}", id("environment")),
    );
    check(
        &older(
            "type: Deployment, spec: {service: {serviceRef: '<+pipeline.variables.list.split(\",\")>'}, environment: \
             {environmentRef: e, infrastructureDefinitions: [{identifier: i}]}}",
        ),
        "missing-service",
        "8: `<+pipeline.variables.list.split(\",\")>` gives a list of 2 items. Expected `serviceRef:` with the identifier of a \
         service. To take one item, write `<+pipeline.variables.list.split(\",\")[0]>`.",
    );
}

#[test]
fn what_is_missing_is_quoted_as_it_stands() {
    let services = |service: &str| {
        newer(&format!("service: \"{service}\", environment: {{id: e, deploy-to: i}}"))
    };
    let given = " A placeholder stands for it. An input set (`kind: input-set`) in the same text can give it.";
    for (service, expected) in [
        (
            "${{ inputs.open }}",
            format!("5: The service is given by `${{{{ inputs.open }}}}`, an input without a value.{given}"),
        ),
        ("${{inputs.open}}", format!("5: The service is given by `${{{{inputs.open}}}}`, an input without a value.{given}")),
        (
            "${{ inputs.round }}",
            "5: The service is given by `${{ inputs.round }}`, which refers to itself. A placeholder stands for it.".to_owned(),
        ),
        (
            "${{ pipeline.stages.a.output.x }}",
            "5: The service is given by `${{ pipeline.stages.a.output.x }}`, which only a run knows. A placeholder stands for it."
                .to_owned(),
        ),
        ("<+inputs.open>", format!("5: The service is given by `<+inputs.open>`, an input without a value.{given}")),
        (
            "${{ inputs.word }}-${{ inputs.open }}",
            format!(
                "5: The service is given by `${{{{ inputs.word }}}}-${{{{ inputs.open }}}}`. It needs `${{{{ inputs.open }}}}`, an \
                 input without a value.{given}"
            ),
        ),
        (
            "${{ inputs.open.trim() }}",
            format!(
                "5: The service is given by `${{{{ inputs.open.trim() }}}}`. It needs `inputs.open`, an input without a value.{given}"
            ),
        ),
    ] {
        check(&services(service), "runtime-input", &expected);
    }
    check(
        &services("${{ inputs.wrod }}"),
        "unknown-variable",
        "5: The service is given by `${{ inputs.wrod }}`, which does not exist (did you mean `inputs.word`?). A placeholder \
         stands for it.",
    );
    check(
        &older(
            "type: Deployment, spec: {service: {serviceRef: <+pipeline.variables.asked>}, environment: {environmentRef: e, \
             infrastructureDefinitions: [{identifier: i}]}}",
        ),
        "runtime-input",
        "8: The service is given by `<+pipeline.variables.asked>`. It needs `<+trigger.type>`, which only a run knows. A \
         placeholder stands for it.",
    );
    check(
        &newer("if: \"success() && inputs.open == 'x'\", steps: [{run: x}]"),
        "when-condition",
        "5: Whether this stage runs depends on `inputs.open`, an input without a value. Where that decides, the condition is drawn as true. An \
         input set (`kind: input-set`) in the same text can give it.",
    );
    check(
        &newer("disabled: \"${{ inputs.word }}\", steps: [{run: x}]"),
        "runtime-input",
        "5: Whether this stage is disabled is given by `${{ inputs.word }}`, which gives `soon`. It is drawn as if it ran.",
    );
    check(
        &newer(
            "strategy: {fail-fast: \"${{ inputs.word }}\", for: {iterations: 2}}, steps: [{run: x}]",
        ),
        "runtime-input",
        "5: Whether a failure ends the others is given by `${{ inputs.word }}`, which gives `soon`. They are drawn as if they \
         went on.",
    );
}
