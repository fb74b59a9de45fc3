//! A stage with more deployments than can be drawn.
//!
//! Strategies and lists that many stages use are refused where they are read, before they take room.

use deployline_engine::format::number;
use deployline_engine::{DEPLOYMENT_BUDGET, Plan, Stage, Work};
use deployline_map::Set;
use deployline_yaml::{Diagnostics, Example, Rule, RuleDocs};

/// More deployments than can be drawn.
pub const TOO_MANY_DEPLOYMENTS: Rule = Rule::error("too-many-deployments");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: TOO_MANY_DEPLOYMENTS,
    explanation: "At most 100,000 deployments of one pipeline are drawn, and a stage with more is drawn as one bar. The message names the lists that multiply: those of the stage, or one that many stages use, such as all infrastructures of an environment. Shorten one of them.",
    bad: Example::Made("500 services to 500 infrastructures", too_many),
    good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {values: [{serviceRef: cart}, {serviceRef: web}]}
    environments: {values: [{environmentRef: prod, infrastructureDefinitions: [{identifier: eu}, {identifier: us}]}]}
"#,
};

/// Says of each stage for which one bar stands what it multiplies.
pub(super) fn check(plan: &Plan) -> Diagnostics {
    let stages = plan.pipeline.stages.iter().enumerate();
    let refused = stages.filter(|(index, _)| plan.is_beyond_budget(*index));
    // Of the runs of one pipeline, the first one says it.
    let mut seen = Set::new();
    let refused = refused.filter(|(_, stage)| plan.children.is_empty() || seen.insert(stage.span));
    refused.map(|(_, stage)| TOO_MANY_DEPLOYMENTS.at(stage.span, message(stage))).collect()
}

fn message(stage: &Stage) -> String {
    let count = number(stage.deployment_count());
    let what = match (&stage.work, &stage.looping) {
        (Work::Deploy(deploy), None) => format!(
            "{} services times {} targets make {count} deployments",
            number(deploy.services.items.len()),
            number(deploy.targets.items.len()),
        ),
        _ => format!("This stage makes {count} deployments"),
    };
    format!(
        "{what}; at most {} are drawn in one pipeline, all stages together. Shorten one of the \
         lists.",
        number(DEPLOYMENT_BUDGET)
    )
}

fn too_many() -> String {
    let list =
        |key: &str| (0..500).map(|i| format!("{{{key}: x{i}}}")).collect::<Vec<_>>().join(", ");
    format!(
        "spec:\n  services: {{values: [{}]}}\n  environments: {{values: [{{environmentRef: prod, \
         infrastructureDefinitions: [{}]}}]}}\n",
        list("serviceRef"),
        list("identifier")
    )
}

#[cfg(test)]
mod tests {
    use deployline_engine::Assumptions;

    use crate::{Inputs, analyze};

    #[test]
    fn counts_all_stages_together_and_lets_small_ones_pass() {
        let list = |key: &str, n: usize| {
            (0..n).map(|i| format!("{{{key}: x{i}}}")).collect::<Vec<_>>().join(", ")
        };
        let stage = |services, targets| {
            format!(
                "  - stage: {{type: Deployment, spec: {{services: {{values: [{}]}}, environments: \
                 {{values: [{{environmentRef: e, infrastructureDefinitions: [{}]}}]}}}}}}\n",
                list("serviceRef", services),
                list("identifier", targets)
            )
        };
        let (large, small) = (stage(300, 300), stage(10, 10));
        let text = format!("stages:\n{large}{large}{small}  - stage: {{type: Custom}}\n");
        let analysis = analyze(&[&text], &Inputs::default(), &Assumptions::default());
        let counts = analysis.plan.stages.iter().map(|stage| stage.deployments.len());
        assert_eq!(counts.collect::<Vec<_>>(), [90_000, 1, 100, 1]);
        let found = analysis.diagnostics.iter().filter(|it| it.code == "too-many-deployments");
        let found: Vec<_> = found.map(|it| (it.span, it.message.as_str())).collect();
        let expected = "300 services times 300 targets make 90,000 deployments; at most 100,000 are \
                        drawn in one pipeline, all stages together. Shorten one of the lists.";
        assert_eq!(found, [(analysis.plan.pipeline.stages[1].span, expected)]);
    }
}
