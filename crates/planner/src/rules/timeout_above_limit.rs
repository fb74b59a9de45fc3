//! A timeout that the product cuts.

use deployline_engine::{AccountPlan, Ms, Plan, Timeout};
use deployline_schema::MappingKind;
use deployline_span::Span;
use deployline_yaml::{Diagnostic, Diagnostics, Example, Node, Rule, RuleDocs};

use crate::mappings::Place;

/// A timeout above the longest that the account or the step allows.
pub const TIMEOUT_ABOVE_LIMIT: Rule = Rule::warning("timeout-above-limit");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: TIMEOUT_ABOVE_LIMIT,
    explanation: "The account allows no timeout as long as this, and cuts the run at its own limit: 2 h for a pipeline, 1 h for a stage or a step on the Free plan; 30 days for a pipeline or a stage on Team, 35 days on Enterprise. Approvals and waits have limits on every plan: 53 weeks, of Jira and ServiceNow 3 weeks, 3 days, 20 hours and 30 minutes. Write a shorter timeout. Which plan the account has is an assumption: \"Account plan\" in the page, `--account-plan` on the command line; of Essentials no limit is public.",
    bad: Example::Text("stage: {name: Ask, identifier: ask, type: Approval, timeout: 6w}\n"),
    good: "stage: {name: Ask, identifier: ask, type: Approval, timeout: 5w}\n",
};

/// The longest approval of Harness, and the longest wait.
const LONGEST_WAIT: Ms = Ms::from_hours(53 * 7 * 24);
/// The longest approval of Jira and of ServiceNow.
const LONGEST_TICKET: Ms = Ms(Ms::from_hours((3 * 7 + 3) * 24 + 20).0 + 1_800_000);

/// Looks at the timeouts of the pipeline and its stages.
pub(super) fn check(plan: &Plan, account_plan: AccountPlan) -> Vec<Diagnostic> {
    let children = plan.children.iter().filter(|child| !child.is_repeat);
    let pipelines = std::iter::once(&plan.pipeline).chain(children.map(|child| &*child.pipeline));
    let of_pipelines =
        pipelines.map(|pipeline| (pipeline.timeout, account_plan.longest_pipeline(), "a pipeline"));
    let of_stages = plan
        .distinct_stages()
        .map(|(_, stage)| (stage.timeout, account_plan.longest_stage(), "a stage"));
    let all = of_pipelines.chain(of_stages);
    let above = all.filter_map(|(timeout, longest, kind)| {
        let Timeout { after, span } = timeout?;
        let limit = Limit::of_account(longest?, kind, account_plan);
        limit.is_below(after).then(|| limit.diagnostic(after, span))
    });
    above.collect()
}

/// Looks at a step, or at the `spec` of one that waits for a time.
pub(super) fn look(place: Place<'_>, account_plan: AccountPlan, found: &mut Diagnostics) {
    let name = match place.kind {
        MappingKind::Step => "timeout",
        MappingKind::WaitSpec => "duration",
        _ => return,
    };
    let Some(value) = place.node.get(name) else { return };
    let Some(after) = value.as_str().and_then(|text| text.parse::<Ms>().ok()) else { return };
    let kind = place.node.get("type").and_then(Node::as_str).unwrap_or_default();
    let limit = match (place.kind, kind) {
        (MappingKind::WaitSpec, _) => Limit::of_product(LONGEST_WAIT, "a wait"),
        (_, "HarnessApproval") => Limit::of_product(LONGEST_WAIT, "an approval"),
        (_, "JiraApproval" | "ServiceNowApproval") => {
            Limit::of_product(LONGEST_TICKET, "an approval of Jira or ServiceNow")
        }
        _ => match account_plan.longest_step() {
            Some(longest) => Limit::of_account(longest, "a step", account_plan),
            None => return,
        },
    };
    if limit.is_below(after) {
        found.push_with(&TIMEOUT_ABOVE_LIMIT, value.span(), &|| {
            limit.diagnostic(after, value.span())
        });
    }
}

/// The longest timeout of something, and who sets that limit.
struct Limit {
    longest: Ms,
    kind: &'static str,
    by: String,
}

impl Limit {
    fn of_account(longest: Ms, kind: &'static str, plan: AccountPlan) -> Self {
        Self { longest, kind, by: format!("an account on the {} plan", plan.caption()) }
    }

    fn of_product(longest: Ms, kind: &'static str) -> Self {
        Self { longest, kind, by: "the product".to_owned() }
    }

    fn is_below(&self, after: Ms) -> bool {
        self.longest < after
    }

    fn diagnostic(&self, after: Ms, span: Span) -> Diagnostic {
        let Self { longest, kind, by } = self;
        let message = format!(
            "{after} is longer than the {longest} that {by} allows for {kind}: it ends at {longest}. Write a \
             shorter time."
        );
        TIMEOUT_ABOVE_LIMIT.at(span, message)
    }
}

#[cfg(test)]
mod tests {
    use deployline_engine::{AccountPlan, Assumptions};

    use crate::{Inputs, analyze};

    /// The messages about a text, each with the text that it marks.
    fn found(text: &str, account_plan: AccountPlan) -> Vec<String> {
        let assumptions = Assumptions { account_plan, ..Assumptions::default() };
        let found = analyze(&[text], &Inputs::default(), &assumptions).diagnostics;
        let found = found.into_iter().filter(|found| found.code == "timeout-above-limit");
        let brief = |message: &str| message.split(": ").next().unwrap_or_default().to_owned();
        found.map(|it| format!("{}: {}", &text[it.span.range()], brief(&it.message))).collect()
    }

    #[test]
    fn each_plan_has_limits_of_its_own() {
        let text = "pipeline: {identifier: p, timeout: 31d, variables: [{name: t, type: String, value: 36d}], \
                    stages: [{stage: {name: A, identifier: a, type: Custom, timeout: <+pipeline.variables.t>}}, \
                    {stage: {name: B, identifier: b, type: Custom, timeout: 1h}}]}";
        let of = |plan: &str, longest: &str, kind: &str| {
            format!(
                "longer than the {longest} that an account on the {plan} plan allows for {kind}"
            )
        };
        let stage = "<+pipeline.variables.t>: 36d is";
        for (plan, expected) in [
            (
                AccountPlan::Free,
                vec![
                    format!("31d: 31d is {}", of("Free", "2h", "a pipeline")),
                    format!("{stage} {}", of("Free", "1h", "a stage")),
                ],
            ),
            (
                AccountPlan::Team,
                vec![
                    format!("31d: 31d is {}", of("Team", "30d", "a pipeline")),
                    format!("{stage} {}", of("Team", "30d", "a stage")),
                ],
            ),
            (
                AccountPlan::Enterprise,
                vec![format!("{stage} {}", of("Enterprise", "35d", "a stage"))],
            ),
            (AccountPlan::Essentials, vec![]),
            (AccountPlan::None, vec![]),
        ] {
            assert_eq!(found(text, plan), expected, "{plan:?}");
        }
    }

    #[test]
    fn steps_have_limits_by_their_type() {
        let stage = |step: &str| {
            format!(
                "stage: {{name: A, identifier: a, type: Custom, spec: {{execution: {{steps: [{{step: \
                 {{name: s, identifier: s, {step}}}}}]}}}}}}"
            )
        };
        for (step, plan, expected) in [
            (
                "type: Http, timeout: 61m",
                AccountPlan::Free,
                Some("61m: 1h 1m is longer than the 1h that an account"),
            ),
            ("type: Http, timeout: 60m", AccountPlan::Free, None),
            ("type: Http, timeout: 60w", AccountPlan::Team, None),
            ("type: HarnessApproval, timeout: 53w", AccountPlan::Free, None),
            (
                "type: HarnessApproval, timeout: 53w 1m",
                AccountPlan::None,
                Some(
                    "53w 1m: 371d 1m is longer than the 371d that the product allows for an approval",
                ),
            ),
            ("type: JiraApproval, timeout: 3w3d20h30m", AccountPlan::Team, None),
            (
                "type: ServiceNowApproval, timeout: 4w",
                AccountPlan::Team,
                Some(
                    "4w: 28d is longer than the 24d 20h 30m that the product allows for an approval of Jira",
                ),
            ),
            (
                "type: Wait, spec: {duration: 54w}",
                AccountPlan::Team,
                Some("54w: 378d is longer than the 371d that the product allows for a wait"),
            ),
            ("type: JiraApproval, timeout: <+input>", AccountPlan::Free, None),
        ] {
            let found = found(&stage(step), plan);
            let is_as_expected = match (&found[..], expected) {
                ([message], Some(expected)) => message.starts_with(expected),
                (found, expected) => found.is_empty() && expected.is_none(),
            };
            assert!(is_as_expected, "{step}: {found:?}");
        }
    }
}
