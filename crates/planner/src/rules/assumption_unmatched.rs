//! Something assumed about what the pipeline does not have.

use deployline_engine::{Assumptions, Plan};
use deployline_yaml::{Diagnostics, Example, Rule, RuleDocs};

use crate::{Inputs, unmatched};

/// Something assumed about what the pipeline does not have.
pub const ASSUMPTION_UNMATCHED: Rule = Rule::warning("assumption-unmatched");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: ASSUMPTION_UNMATCHED,
    explanation: "A duration, a failure or a choice is assumed for a stage, a deployment, a step or a condition that the pipeline does not have, with an error that no failure strategy is for, or with an attempt that is never made. It changes nothing in the picture, or less than was meant. The message names what was expected. Correct it, or take it back: \"What if\" in the page, `--durations`, `--fail` and `--assume` on the command line, the options of a fence. On the command line, a stage or a deployment that `--fail` names and an open place that `--assume` names must be there.",
    bad: Example::Failing(
        "deploy:0,error=Timeout,step=rol",
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
    execution:
      steps:
        - step: {identifier: roll, name: Roll, type: K8sRollingDeploy}
  failureStrategies:
    - onFailure: {errors: [AllErrors], action: {type: StageRollback}}
"#,
    ),
    good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
    execution:
      steps:
        - step: {identifier: rol, name: Roll, type: K8sRollingDeploy}
  failureStrategies:
    - onFailure: {errors: [AllErrors], action: {type: StageRollback}}
"#,
};

/// Looks for assumptions that match nothing.
pub(super) fn check(plan: &Plan, inputs: &Inputs, assumptions: &Assumptions) -> Diagnostics {
    let found = unmatched::all(plan, inputs, assumptions).into_iter();
    found.map(|found| ASSUMPTION_UNMATCHED.at(found.span, found.message)).collect()
}

#[cfg(test)]
mod tests {
    use deployline_engine::{Assumptions, DurationKey, Failure, Ms};

    use crate::{Inputs, analyze, assumed};

    const TEXT: &str = "stages:
  - stage:
      name: Deploy
      identifier: deploy
      type: Deployment
      spec:
        services: {values: [{serviceRef: cart}, {serviceRef: web}]}
        environments:
          values:
            - {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}, {identifier: us}]}
            - {environmentRef: test, infrastructureDefinitions: [{identifier: lab}]}
        execution:
          steps:
            - step: {identifier: plain, name: Plain, type: Http}
            - parallel:
                - step:
                    identifier: roll
                    name: Roll
                    type: K8sRollingDeploy
                    failureStrategies:
                      - onFailure:
                          errors: [Timeout]
                          action: {type: Retry, spec: {retryCount: 2, retryIntervals: [10s], onRetryFailure: {action: {type: Abort}}}}
      failureStrategies:
        - onFailure: {errors: [Connectivity], action: {type: Ignore}}
  - stage:
      name: Other
      identifier: other
      type: Deployment
      spec:
        service: {serviceRef: mail}
        environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: ap}]}
      failureStrategies:
        - onFailure: {errors: [AllErrors], action: {type: Ignore}}
  - stage:
      name: Ask
      identifier: ask
      type: Approval
      when: {pipelineStatus: Success, condition: <+input>}
";

    fn messages(inputs: &Inputs, assumptions: &Assumptions) -> Vec<String> {
        let found = analyze(&[TEXT], inputs, assumptions).diagnostics.into_iter();
        let found = found.filter(|found| found.code == "assumption-unmatched");
        found.map(|found| found.message).collect()
    }

    #[test]
    fn a_duration_for_no_deployment() {
        for (key, expected) in [
            ("cart", None),
            ("stage:deploy", None),
            ("stage:ask", None),
            ("stage:deploy#6", None),
            ("@lab", None),
            ("@prod/us", None),
            ("mail@ap", None),
            ("web@test/lab", None),
            ("crat", Some("there is no service `crat`. Did you mean `cart`?")),
            ("disk", Some("there is no service `disk`. Expected one of `cart`, `mail`, `web`.")),
            ("disk@eu", Some("there is no service `disk`. Expected one of `cart`, `mail`, `web`.")),
            ("stage:depoy", Some("there is no stage `depoy`. Did you mean `deploy`?")),
            ("stage:deploy#7", Some("the stage `deploy` has 6 deployments.")),
            ("stage:x#1", Some("there is no stage `x`. Expected one of `deploy`, `other`, `ask`.")),
            (
                "@west",
                Some("there is no infrastructure `west`. Expected one of `ap`, `eu`, `lab`, `us`."),
            ),
            (
                "@prod/lab",
                Some("`lab` is no infrastructure of `prod`. Expected one of `ap`, `eu`, `us`."),
            ),
            ("@pord/eu", Some("there is no environment `pord`. Did you mean `prod`?")),
            ("cart@ap", Some("`cart` is not deployed to `ap`.")),
            ("mail@prod/eu", Some("`mail` is not deployed to `prod/eu`.")),
            ("mail@test/eu", Some("`eu` is no infrastructure of `test`. Expected `lab`.")),
        ] {
            let durations = [(DurationKey::from_text(key), Ms(1_000))].into();
            let found =
                messages(&Inputs::default(), &Assumptions { durations, ..Assumptions::default() });
            let expected =
                expected.map(|why| format!("The duration for `{key}` is for no deployment: {why}"));
            assert_eq!(found, Vec::from_iter(expected), "{key}");
        }
    }

    #[test]
    fn a_failure_of_nothing_or_in_no_such_way() {
        const STEPS: &str = "which its stage does not have: the rules of the stage count. ";
        const NO_RULE: &str = "which no failure strategy is for: it is drawn as `MarkAsFailure`. ";
        for (fail, expected) in [
            ("deploy:5", &[][..]),
            ("deploy:0,error=Connectivity", &[]),
            ("deploy:0,step=plain", &[]),
            ("deploy:0,step=roll,error=Timeout,succeeds-at=3", &[]),
            ("deploy:0,step=roll,error=Connectivity", &[]),
            ("other:0,error=Timeout,succeeds-at=1", &[]),
            ("depoy:0", &["fail, but there is no stage `depoy`. Did you mean `deploy`?"]),
            ("deploy:6", &["fail, but the stage `deploy` has 6 deployments."]),
            ("deploy:0,step=rol", &["fail in the step `rol`, STEPS Did you mean `roll`?"]),
            ("other:0,step=roll", &["fail in the step `roll`, STEPS The text has no steps of it."]),
            (
                "deploy:0,error=Timeout",
                &[
                    "fail with `Timeout`, RULE Expected one of `Connectivity`, or a rule for `Timeout`.",
                ],
            ),
            (
                "deploy:0,error=Unknown,step=roll",
                &[
                    "fail with `Unknown`, RULE Expected one of `Connectivity`, `Timeout`, or a rule for `Unknown`.",
                ],
            ),
            (
                "ask:0,error=Timeout",
                &[
                    "fail with `Timeout`, RULE There is none; add `failureStrategies:` with a rule for `Timeout`.",
                ],
            ),
            (
                "deploy:0,step=roll,error=Timeout,succeeds-at=4",
                &[
                    "succeed at attempt 4, but its failure strategy makes 3 attempts, the first one included. \
                   Expected a number from 1 to 3.",
                ],
            ),
            (
                "other:0,succeeds-at=2",
                &[
                    "succeed at attempt 2, but nothing retries it. Expected 1, or a failure strategy with the \
                   action `Retry`.",
                ],
            ),
        ] {
            let (at, failure) = Failure::from_text(fail).expect("a failure");
            let subject = format!("Number {} of `{}` is assumed to ", at.1 + 1, at.0);
            let failures = [(at, failure)].into();
            let found =
                messages(&Inputs::default(), &Assumptions { failures, ..Assumptions::default() });
            let full = |part: &&str| {
                format!("{subject}{}", part.replace("STEPS ", STEPS).replace("RULE ", NO_RULE))
            };
            let expected: Vec<String> = expected.iter().map(full).collect();
            assert_eq!(found, expected, "{fail}");
        }
    }

    #[test]
    fn a_choice_of_what_is_not_open() {
        for (key, expected) in [
            ("when:ask", None),
            ("when:deploy", Some("the text does not leave it open. Open are `when:ask`.")),
            (
                "parallel:deploy/services",
                Some("the text does not leave it open. Open are `when:ask`."),
            ),
            ("when:aks", Some("there is no stage `aks`. Did you mean `ask`? Open are `when:ask`.")),
        ] {
            let (mut inputs, mut assumptions) = (Inputs::default(), Assumptions::default());
            assumed::set(key, "true", &mut inputs, &mut assumptions).expect("it can be set");
            let expected = expected.map(|why| format!("`{key}` is assumed, but {why}"));
            assert_eq!(messages(&inputs, &assumptions), Vec::from_iter(expected), "{key}");
        }
    }

    #[test]
    fn a_dag_that_no_stage_speaks_of() {
        for (text, key, is_unmatched) in [
            ("stages: [{stage: {identifier: a, type: Custom}}]", "needs-as-dag", true),
            ("version: 1\nstages: [{id: a, steps: []}]", "needs-as-dag", true),
            ("version: 1\nstages: [{id: a, steps: []}]", "dag", true),
            ("version: 1\nstages: [{id: a, needs: [], steps: []}]", "needs-as-dag", false),
            ("stages: [{stage: {identifier: a, type: Custom}}]", "dag", false),
        ] {
            let (mut inputs, mut assumptions) = (Inputs::default(), Assumptions::default());
            assumed::set(key, "true", &mut inputs, &mut assumptions).expect("it can be set");
            let found = crate::analyze(&[text], &inputs, &assumptions).diagnostics;
            let found = found.iter().find(|it| it.code == "assumption-unmatched");
            let message = found.map(|it| &*it.message).unwrap_or_default();
            assert_eq!(
                message.starts_with(&format!("`{key}=true` is assumed")),
                is_unmatched,
                "{text}"
            );
        }
    }
}
