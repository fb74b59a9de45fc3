//! More children than a node may have in the account.

use deployline_engine::Assumptions;
use deployline_yaml::{Diagnostic, Example, Rule, RuleDocs};

use crate::spawning::SpawningNode;

/// More deployments of a stage, or stages of a parallel group, than the account's plan allows.
pub const TOO_MANY_CHILDREN: Rule = Rule::error("too-many-children");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: TOO_MANY_CHILDREN,
    explanation: "A stage with several deployments, a strategy or a parallel group of stages has more children than the account's plan allows in all: 10 on the Free plan, 256 on the others. The product fails such a run, whatever `maxConcurrency` says. The picture is drawn all the same. Shorten one of the lists, or split the stage in two. Which plan the account has is an assumption: choose another by \"Account plan\" in the page or by `--account-plan` on the command line; `none` is without limits.",
    bad: Example::Made("a strategy that runs a stage 300 times", too_many),
    good: r#"stage:
  name: Migrate
  identifier: migrate
  type: Custom
  spec: {execution: {steps: []}}
  strategy: {repeat: {times: 30}}
"#,
};

/// Says of a node with too many children which lists multiply to them.
pub(super) fn check(node: &SpawningNode<'_>, assumptions: &Assumptions) -> Option<Diagnostic> {
    let in_all = assumptions.account_plan.children_in_all()?;
    if node.children <= in_all as usize {
        return None;
    }
    let at_once = node.wanted_at_once.min(assumptions.at_once().unwrap_or(u32::MAX));
    let in_vain = if node.written_limit.is_some() { ", whatever the limit says" } else { "" };
    let message = format!(
        "{}, but an account on the {} plan allows at most {in_all} in all: this run fails{in_vain}. It \
         is drawn all the same, {at_once} at once. Have fewer of them, or choose another account \
         plan: \"Account plan\" in the page, `--account-plan` on the command line.",
        node.product(),
        assumptions.account_plan.caption(),
    );
    Some(TOO_MANY_CHILDREN.at(node.span, message))
}

fn too_many() -> String {
    "stage:\n  name: Migrate\n  identifier: migrate\n  type: Custom\n  spec: {execution: {steps: \
     []}}\n  strategy: {repeat: {times: 300}}\n"
        .to_owned()
}

#[cfg(test)]
mod tests {
    use deployline_engine::{AccountPlan, Assumptions};

    use crate::{Inputs, analyze};

    fn check(text: &str, account_plan: AccountPlan, expected: Option<&str>) {
        let assumptions = Assumptions { account_plan, ..Assumptions::default() };
        let found = analyze(&[text], &Inputs::default(), &assumptions).diagnostics;
        let found = found.iter().filter(|found| found.code == "too-many-children");
        let found: Vec<&str> = found.map(|found| found.message.as_str()).collect();
        match expected {
            None => assert!(found.is_empty(), "{found:?}"),
            Some(expected) => {
                assert_eq!(found.len(), 1, "{found:?}");
                assert!(found[0].starts_with(expected), "{found:?}");
            }
        }
    }

    #[test]
    fn looks_at_steps_as_well() {
        let stage = |steps: &str| {
            format!(
                "stage: {{identifier: a, type: Custom, spec: {{execution: {{steps: [{steps}]}}}}}}"
            )
        };
        let side_by_side = format!("{{parallel: [{}]}}", "{step: {type: Http}}, ".repeat(11));
        let runs = "{stepGroup: {strategy: {parallelism: 11}, steps: [{step: {type: Http}}]}}";
        let plan = "but an account on the Free plan allows at most 10 in all";
        for (steps, expected) in [
            (side_by_side.as_str(), format!("This parallel group has 11 steps, {plan}")),
            (runs, format!("This step makes 11 runs, {plan}")),
        ] {
            check(&stage(steps), AccountPlan::Free, Some(&expected));
            check(&stage(steps), AccountPlan::Team, None);
        }
    }

    #[test]
    fn names_the_lists_that_multiply_and_the_plan() {
        let list = |key: &str, n: usize| {
            (0..n).map(|i| format!("{{{key}: x{i}}}")).collect::<Vec<_>>().join(", ")
        };
        let lists = format!(
            "spec: {{services: {{values: [{}]}}, environments: {{values: [{{environmentRef: e, \
             infrastructureDefinitions: [{}]}}]}}, multiDeploymentConfig: {{maxConcurrency: 2}}}}",
            list("serviceRef", 20),
            list("identifier", 15)
        );
        let plan = "an account on the Enterprise plan allows at most 256 in all: this run fails";
        check(
            &lists,
            AccountPlan::Enterprise,
            Some(&format!(
                "20 services × 15 targets make 300 deployments, but {plan}, whatever the limit says. \
                 It is drawn all the same, 2 at once."
            )),
        );
        check(&lists, AccountPlan::None, None);
        let axis = |n: usize| (0..n).map(|i| i.to_string()).collect::<Vec<_>>().join(", ");
        let matrix = format!(
            "stages: [{{stage: {{type: Custom, strategy: {{matrix: {{a: [{}], b: [{}]}}}}}}}}]",
            axis(16),
            axis(16)
        );
        check(&matrix, AccountPlan::Team, None);
        let free = "an account on the Free plan allows at most 10 in all: this run fails. It is drawn \
                    all the same, 2 at once.";
        check(
            &matrix,
            AccountPlan::Free,
            Some(&format!("16 of `a` × 16 of `b` make 256 runs, but {free}")),
        );
        let group =
            format!("stages: [{{parallel: [{}]}}]", "{stage: {type: Approval}}, ".repeat(11));
        check(
            &group,
            AccountPlan::Free,
            Some(&format!("This parallel group has 11 stages, but {free}")),
        );
    }

    #[test]
    fn only_what_takes_part_in_the_run_counts() {
        let stage = |name: &str| format!("{{stage: {{identifier: {name}, type: Custom}}}}");
        let members = (0..11).map(|i| stage(&format!("s{i}"))).collect::<Vec<_>>().join(", ");
        let strategy = "strategy: {parallelism: 11}";
        let many = format!("{{stage: {{identifier: many, type: Custom, {strategy}}}}}");
        let text = format!("stages: [{many}, {{parallel: [{members}]}}, {}]", stage("last"));
        let assumptions = Assumptions { account_plan: AccountPlan::Free, ..Assumptions::default() };
        for (chosen, expected) in [(None, 2), (Some("many"), 1), (Some("s0"), 0)] {
            let mut inputs = Inputs::default();
            inputs.partial.chosen = chosen.map(|stage| [stage.to_owned()].into());
            let found = analyze(&[&text], &inputs, &assumptions).diagnostics;
            let count = found.iter().filter(|found| found.code == "too-many-children").count();
            assert_eq!(count, expected, "{chosen:?}");
        }
    }
}
