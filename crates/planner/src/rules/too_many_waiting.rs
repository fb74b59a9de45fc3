//! More deployments that wait for one resource than the product lets wait.

use deployline_engine::{CrowdedResource, MAX_WAITING, Plan, Schedule, Work};
use deployline_map::Map;
use deployline_yaml::{Diagnostic, Example, Rule, RuleDocs};

/// More deployments that wait for one resource than the product lets wait.
pub const TOO_MANY_WAITING: Rule = Rule::warning("too-many-waiting");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: TOO_MANY_WAITING,
    explanation: "One deployment at a time of a service runs on an infrastructure, and the product lets at most 20 others wait for it: the next one fails at once. In this plan more would wait at the same time; they are drawn as if all could. Let fewer of them run at once, or set `allowSimultaneousDeployments: true` on the infrastructure.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  strategy: {repeat: {times: 22}}
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
    ),
    good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  strategy: {repeat: {times: 22, maxConcurrency: 21}}
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
};

/// Looks at the resources for which too many wait, those of one stage together.
pub(super) fn check(plan: &Plan, schedule: &Schedule) -> Vec<Diagnostic> {
    let mut of_stages: Map<u32, Vec<CrowdedResource>> = Map::new();
    for crowded in &schedule.crowded {
        of_stages.or_default(crowded.first_refused.stage).push(*crowded);
    }
    of_stages.iter().filter_map(|(_, crowded)| of_stage(plan, crowded)).collect()
}

/// Names the resource of a stage for which most wait, the first of several.
fn of_stage(plan: &Plan, crowded: &[CrowdedResource]) -> Option<Diagnostic> {
    let most = crowded.iter().rev().max_by_key(|resource| resource.waiting)?;
    let (stage_idx, index) = (most.first_refused.stage as usize, most.first_refused.index);
    let Work::Deploy(deploy) = &plan.pipeline.stages.get(stage_idx)?.work else { return None };
    let deployment = plan.stages.get(stage_idx)?.deployments.get(index as usize)?;
    let service = deploy.services.items.get(deployment.service? as usize)?;
    let target = deploy.targets.items.get(deployment.target? as usize)?;
    let environment = target.environment.as_ref().map_or("", |environment| &environment.text);
    let others = match crowded.len() {
        1 => String::new(),
        more => format!(" So it is with {} more of this stage.", more - 1),
    };
    let message = format!(
        "{} deployments would wait at the same time for `{}` on `{environment}/{}`, and the product lets at \
         most {MAX_WAITING} wait: the next one fails at once. All are drawn. Let fewer run at once, or set \
         `allowSimultaneousDeployments: true` on the infrastructure.{others}",
        most.waiting,
        service.name.text,
        target.short_name(),
    );
    Some(TOO_MANY_WAITING.at(target.span, message))
}

#[cfg(test)]
mod tests {
    use deployline_engine::{AccountPlan, Assumptions, Failure};

    use crate::{Inputs, analyze};

    const SPEC: &str = "spec: {service: {serviceRef: cart}, environment: {environmentRef: prod, \
                        infrastructureDefinitions: [{identifier: eu}]}}";

    /// The first sentence of each warning about a text, with the place that it marks.
    fn found(text: &str, assumptions: &Assumptions) -> Vec<String> {
        let found = analyze(&[text], &Inputs::default(), assumptions).diagnostics;
        let found = found.into_iter().filter(|found| found.code == "too-many-waiting");
        let brief = |message: &str| message.split(',').next().unwrap_or_default().to_owned();
        found.map(|it| format!("{}: {}", &text[it.span.range()], brief(&it.message))).collect()
    }

    fn loop_of(times: u32, limit: u32) -> String {
        format!(
            "stages: [{{stage: {{identifier: a, type: Deployment, strategy: {{repeat: {{times: {times}, \
             maxConcurrency: {limit}}}}}, {SPEC}}}}}]"
        )
    }

    #[test]
    fn counts_those_that_wait_at_one_time() {
        let none = Assumptions { account_plan: AccountPlan::None, ..Assumptions::default() };
        let expected = |count: u32| {
            vec![format!(
                "{{identifier: eu}}: {count} deployments would wait at the same time for `cart` on `prod/eu`"
            )]
        };
        // One runs, the others of the window wait; each that ends lets one more ask.
        assert_eq!(found(&loop_of(21, 21), &none), [""; 0]);
        assert_eq!(found(&loop_of(22, 22), &none), expected(21));
        assert_eq!(found(&loop_of(60, 21), &none), [""; 0]);
        assert_eq!(found(&loop_of(60, 30), &none), expected(29));
        // The account lets two run at once.
        let free = Assumptions { account_plan: AccountPlan::Free, ..Assumptions::default() };
        assert_eq!(found(&loop_of(60, 30), &free), [""; 0]);
        let member = format!("{{stage: {{type: Deployment, {SPEC}}}}}, ");
        let group = |count| format!("stages: [{{parallel: [{}]}}]", member.repeat(count));
        assert_eq!(found(&group(21), &none), [""; 0]);
        assert_eq!(found(&group(25), &none), expected(24));
        let lifted = "\n---\ninfrastructureDefinition: {identifier: eu, environmentRef: prod, \
                      allowSimultaneousDeployments: true}";
        assert_eq!(found(&(group(25) + lifted), &none), [""; 0]);
    }

    #[test]
    fn those_that_are_skipped_wait_no_longer() {
        // Ten wait for the first of `a`. When it ends, twelve of `b` ask.
        let elsewhere = (1..=12).map(|i| format!("x{i}, ")).collect::<String>();
        let text = format!(
            "stages: [{{parallel: [{{stage: {{identifier: a, type: Deployment, strategy: {{repeat: {{times: 11}}}}, \
             {SPEC}}}}}, {{stage: {{identifier: b, type: Deployment, strategy: {{matrix: {{i: [{elsewhere}{}], \
             maxConcurrency: 12}}}}, {}}}}}]}}]",
            "eu, ".repeat(12),
            SPEC.replace("eu", "<+matrix.i>")
        );
        let mut assumptions =
            Assumptions { account_plan: AccountPlan::None, ..Assumptions::default() };
        let of_both = "21 deployments would wait at the same time for `cart` on `prod/eu`";
        let warnings = found(&text, &assumptions);
        assert!(warnings.len() == 1 && warnings[0].ends_with(of_both), "{warnings:?}");
        // It fails, and the ten are skipped.
        assumptions.failures.insert(("a".to_owned(), 0), Failure::default());
        assert_eq!(found(&text, &assumptions), [""; 0]);
    }
}
