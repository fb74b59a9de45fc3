//! Few bytes that stand for very many deployments: one list that all stages use.

use deployline_engine::{
    AccountPlan, Assumptions, DEPLOYMENT_BUDGET, LoopValues, Pipeline, Value, Work, expand,
};
use deployline_planner::{Inputs, resolve, rules};
use deployline_yaml::Diagnostic;

const MANY: usize = 10_000;

/// What comes of a number of stages with the same `spec`, and of further documents.
fn planned(stage: &str, documents: &str) -> (Pipeline, Vec<Diagnostic>) {
    let text = format!("stages:\n{}{documents}", stage.repeat(MANY));
    let parsed = deployline_yaml::parse(&text);
    assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics.first());
    let (pipeline, found) = resolve(&parsed.documents, &Inputs::default());
    let plan = expand(pipeline);
    let deployments: usize = plan.stages.iter().map(|stage| stage.deployments.len()).sum();
    assert!(deployments <= DEPLOYMENT_BUDGET + plan.stages.len(), "{deployments} deployments");
    let no_limits = Assumptions { account_plan: AccountPlan::None, ..Assumptions::default() };
    assert_eq!(rules::check_plan(&plan, &no_limits), [], "said already");
    (plan.pipeline, found)
}

fn infrastructures() -> String {
    let one = |i| {
        format!(
            "---\ninfrastructureDefinition: {{identifier: i{i}, environmentRef: E, tags: {{n: a{i}}}}}\n"
        )
    };
    format!("---\nenvironment: {{identifier: E}}\n{}", (0..MANY).map(one).collect::<String>())
}

/// How many things the stages hold, whatever they are.
fn held(pipeline: &Pipeline) -> usize {
    let of_stage = |stage: &deployline_engine::Stage| {
        let axes = match &stage.work {
            Work::Deploy(deploy) => deploy.services.items.len() + deploy.targets.items.len(),
            Work::Other | Work::Unknown => 0,
        };
        let values = stage.looping.as_ref().map_or(0, |looping| match &looping.values {
            LoopValues::Matrix(axes) => axes.iter().flat_map(|axis| &axis.values).map(size).sum(),
            LoopValues::Listed(all) => all.iter().flatten().map(|(_, value)| size(value)).sum(),
            LoopValues::Items(items) => items.iter().map(size).sum(),
            LoopValues::Partitions(slices) => slices.iter().flatten().map(size).sum(),
            LoopValues::Times => 0,
        });
        axes + values
    };
    pipeline.stages.iter().map(of_stage).sum()
}

fn size(value: &Value) -> usize {
    match value {
        Value::Text(_) => 1,
        Value::List(items) => items.iter().map(size).sum(),
        Value::Map(entries) => entries.iter().map(|(_, value)| size(value)).sum(),
    }
}

/// Says which stages are one bar for all of their deployments, and how that is put.
fn refused(pipeline: &Pipeline, found: &[Diagnostic]) -> (usize, String) {
    let of_rule = found.iter().filter(|found| found.code == "too-many-deployments");
    let (refusals, others): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
        of_rule.partition(|refusal| refusal.related.len() == 1);
    // Beyond the first hundred, one says how many more there are.
    let others = others.first().map_or(0, |summary| {
        let count = summary.message.split(' ').find_map(|word| word.parse::<usize>().ok());
        count.expect("the list has a place, or a number is there")
    });
    let at = |place| pipeline.stages.iter().any(|stage| stage.span == place);
    assert!(refusals.iter().take(20).all(|refusal| at(refusal.span)), "each stage says it");
    let count = refusals.len() + others;
    (count, refusals.first().map(|refusal| refusal.message.clone()).unwrap_or_default())
}

/// Checks how many of the stages are refused, how the first of them is, and how much all hold.
fn check(stage: &str, documents: &str, expected: (usize, &str)) {
    let (pipeline, found) = planned(stage, documents);
    let (count, message) = refused(&pipeline, &found);
    assert!(message.starts_with(expected.1), "{message}");
    assert_eq!(count, expected.0, "{message}");
    let most = 2 * DEPLOYMENT_BUDGET + 2 * pipeline.stages.len();
    assert!(held(&pipeline) <= most, "{} things", held(&pipeline));
}

const ALL: &str = "  - stage: {type: Deployment, spec: {service: {serviceRef: S}, environments: \
                   {values: [{environmentRef: E, deployToAll: true}]}}}\n";

#[test]
fn all_infrastructures_in_every_stage() {
    let message = "This stage has at least 10,000 deployments: `deployToAll` of `E` (10,000). At most \
                   100,000 are drawn in one pipeline, all stages together. Shorten one of the lists, \
                   or use them in fewer stages.";
    check(ALL, &infrastructures(), (MANY - 10, message));
}

#[test]
fn several_services_to_all_infrastructures() {
    let stage = ALL.replace(
        "service: {serviceRef: S}",
        "services: {values: [{serviceRef: S}, {serviceRef: T}]}",
    );
    let text = format!("stages:\n{}{}", stage.repeat(30), infrastructures());
    let parsed = deployline_yaml::parse(&text);
    let (pipeline, found) = resolve(&parsed.documents, &Inputs::default());
    let (count, message) = refused(&pipeline, &found);
    let expected = "This stage has at least 20,000 deployments: services (2) × `deployToAll` of `E` \
                    (10,000). At most";
    assert!(message.starts_with(expected), "{message}");
    assert_eq!(count, 20);
    // What the axes hold is within the budget, what they make is not.
    let of_plan = rules::check_plan(&expand(pipeline), &Assumptions::default());
    let refused = of_plan.iter().filter(|found| found.code == "too-many-deployments");
    assert_eq!(refused.count(), 5);
}

#[test]
fn a_group_of_environments_with_all_of_theirs() {
    let group = format!(
        "---\nenvironmentGroup: {{identifier: G, envIdentifiers: [{}]}}\n",
        "E, ".repeat(MANY)
    );
    let stage = "  - stage: {type: Deployment, spec: {service: {serviceRef: S}, environmentGroup: \
                 {envGroupRef: G, deployToAll: true}}}\n";
    let message = "This stage has at least 109,990 deployments: lists with 109,990 items, the last of \
                   them `deployToAll` of `E` (10,000). At most";
    check(stage, &(infrastructures() + &group), (MANY, message));
}

#[test]
fn filters_that_keep_all_and_filters_that_keep_none() {
    let stage = |spec: &str| {
        format!(
            "  - stage: {{type: Deployment, spec: {{service: {{serviceRef: S}}, environments: \
             {{filters: [{{entities: [infrastructures], {spec}}}]}}}}}}\n"
        )
    };
    check(
        &stage("type: all"),
        &infrastructures(),
        (MANY - 10, "This stage has at least 10,000 deployments: `filters` (10,000). At most"),
    );
    let none = stage("type: tags, spec: {matchType: any, tags: {n: none}}");
    let (pipeline, found) = planned(&none, &infrastructures());
    let (count, message) = refused(&pipeline, &found);
    assert!(count > MANY / 2, "{count}");
    assert!(message.contains("the stages read more than 2,000,000 items"), "{message}");
}

#[test]
fn lists_taken_from_one_stage() {
    let services = "{serviceRef: S}, ".repeat(MANY);
    let first = format!(
        "  - stage: {{identifier: first, type: Deployment, spec: {{services: {{values: \
         [{services}]}}, environment: {{environmentRef: E, infrastructureDefinitions: [{{identifier: \
         I}}]}}}}}}\n"
    );
    let taken =
        "services: {useFromStage: {stage: first}}, environment: {useFromStage: {stage: first}}";
    let stage = format!("  - stage: {{type: Deployment, spec: {{{taken}}}}}\n");
    let text = format!("stages:\n{first}{}", stage.repeat(MANY - 1));
    let parsed = deployline_yaml::parse(&text);
    let (pipeline, found) = resolve(&parsed.documents, &Inputs::default());
    let (count, first) = refused(&pipeline, &found);
    let message = "This stage has at least 10,000 deployments: `services` (10,000).";
    assert!(first.starts_with(message), "{first}");
    assert_eq!(count, MANY - 1 - 9);
    assert!(held(&pipeline) <= 2 * DEPLOYMENT_BUDGET + 2 * pipeline.stages.len());
}

#[test]
fn strategies_of_one_template() {
    let values = |n| (0..n).map(|i| format!("v{i}, ")).collect::<String>();
    let stage = "  - stage: {name: A, template: {templateRef: T}}\n";
    for (strategy, refusal) in [
        (
            format!("repeat: {{items: [{}]}}", values(MANY)),
            "This strategy makes 10,000 runs: items (10,000).",
        ),
        (
            format!("matrix: {{a: [{{b: [{}]}}]}}", values(MANY)),
            "With `strategy` (10,000), strategies and names",
        ),
        (
            format!(
                "matrix: {{a: [{0}], b: [{0}], exclude: [{1}]}}",
                values(2),
                "{a: x}, ".repeat(MANY)
            ),
            "With `exclude` (10,000), the stages read more than",
        ),
    ] {
        let template = format!(
            "---\ntemplate: {{identifier: T, type: Stage, spec: {{type: Custom, strategy: {{{strategy}}}}}}}\n"
        );
        let (pipeline, found) = planned(stage, &template);
        let messages = found.iter().filter(|found| found.code == "too-many-deployments");
        let messages: Vec<&str> = messages.map(|found| found.message.as_str()).collect();
        assert!(
            messages.iter().any(|message| message.starts_with(refusal)),
            "{:?}",
            messages.first()
        );
        assert!(held(&pipeline) <= 6 * DEPLOYMENT_BUDGET, "{} values", held(&pipeline));
    }
}

/// Each of many children is given the values of all axes, also those of an axis with one large value.
#[test]
fn a_large_value_for_many_children() {
    let axis = (0..300).map(|i| format!("v{i}, ")).collect::<String>();
    let large = (0..MANY).map(|i| format!("k{i}: v, ")).collect::<String>();
    let text = format!(
        "stage: {{type: Deployment, strategy: {{matrix: {{a: [{axis}], b: [{axis}], c: [{{{large}}}]}}}}, \
         spec: {{service: {{serviceRef: S}}, environment: {{environmentRef: E, \
         infrastructureDefinitions: [{{identifier: I}}]}}}}}}"
    );
    let (pipeline, found) = resolve(&deployline_yaml::parse(&text).documents, &Inputs::default());
    let (count, message) = refused(&pipeline, &found);
    assert!(message.starts_with("With `strategy` (90,000), the stages read"), "{message}");
    assert_eq!((count, expand(pipeline).stages[0].deployments.len()), (1, 1));
}

/// The newer schema counts alike.
#[test]
fn all_infrastructures_of_the_newer_schema() {
    let stage = "    - {id: a, service: S, environment: {id: E, deploy-to: all}}\n";
    let text =
        format!("version: 1\npipeline:\n  stages:\n{}{}", stage.repeat(1_000), infrastructures());
    let (pipeline, found) = resolve(&deployline_yaml::parse(&text).documents, &Inputs::default());
    let (count, message) = refused(&pipeline, &found);
    let expected = "This stage has at least 10,000 deployments: `deployToAll` of `E` (10,000).";
    assert!(message.starts_with(expected), "{message}");
    assert_eq!(count, 990);
}

#[test]
fn a_long_condition_that_all_stages_share_is_read_for_some() {
    let long = format!("true{}", " || true".repeat(100_000));
    let newer = "  - {steps: [{run: make}]}\n".repeat(1_000);
    let newer = format!("version: 1\npipeline:\n  if: ${{{{ {long} }}}}\n  stages:\n{newer}");
    let older = "  - stage: {type: Custom, when: *w}\n".repeat(999);
    let when = format!("&w {{pipelineStatus: Success, condition: \"<+{long}>\"}}");
    let older = format!("stages:\n  - stage: {{type: Custom, when: {when}}}\n{older}");
    for text in [newer, older] {
        let parsed = deployline_yaml::parse(&text);
        assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics.first());
        let (pipeline, found) = resolve(&parsed.documents, &Inputs::default());
        let conditions = pipeline.stages.iter().flat_map(|stage| &stage.conditions);
        let (computed, left): (Vec<_>, Vec<_>) =
            conditions.partition(|condition| condition.missing.is_none());
        assert_eq!(computed.len() + left.len(), 1_000);
        // All texts that are read have 32 MiB; this one has 800 KB and is read at most twice for a stage.
        assert!((20..=41).contains(&computed.len()), "{} are computed", computed.len());
        let said: Vec<_> = found.iter().filter(|it| it.code == "when-condition").collect();
        assert!(said.iter().any(|it| it.message.contains("too long or too deep to compute")));
    }
}
