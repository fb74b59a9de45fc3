//! Something that is drawn longer than its timeout allows.

use deployline_engine::{
    Assumptions, DeploymentId, Ms, Plan, Schedule, Stage, Status, StepKind, StepTimes, Timeout,
    Work,
};
use deployline_map::Set;
use deployline_span::Span;
use deployline_yaml::{Diagnostic, Diagnostics, Example, Rule, RuleDocs};

/// Something that is drawn longer than its timeout allows.
pub const TIMEOUT_EXCEEDED: Rule = Rule::warning("timeout-exceeded");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: TIMEOUT_EXCEEDED,
    explanation: "The pipeline, a run of the stage, or a step's share of it is drawn longer than its `timeout`, or than the longest one of the account's plan, which also holds for a pipeline or a stage without a `timeout`: as long as this, it would expire in the product. Nothing is cut in the picture. Raise the timeout, or change the duration that is assumed (\"Durations\" in the page, `--duration` and `--durations` on the command line). Waits count: the clock of a stage runs on while it waits. The work of a deployment is shared equally by its steps, an assumption.",
    bad: Example::Text("stage: {name: Ask, type: Approval, timeout: 30s}\n"),
    good: "stage: {name: Ask, type: Approval, timeout: 2m}\n",
};

/// Stages that have no `timeout` in the product.
const WITHOUT_TIMEOUT: [&str; 5] = ["Pipeline", "Dynamic", "IDP", "DRTest", "CompositeLoadTest"];

/// Compares the timeouts of a plan with its run. Without one, the longest of the account holds.
pub(super) fn check(plan: &Plan, schedule: &Schedule, assumptions: &Assumptions) -> Diagnostics {
    let mut found = Diagnostics::default();
    let account_plan = assumptions.account_plan;
    let own_steps: Set<&str> =
        assumptions.step_durations.keys().map(|(stage, _)| stage.as_str()).collect();
    let longest = |stage: &Stage| Longest {
        written: stage.timeout,
        of_account: account_plan.longest_stage(),
        without: has_timeout(stage).then_some(stage.span),
    };
    let of_pipeline = Longest {
        written: plan.pipeline.timeout,
        of_account: account_plan.longest_pipeline(),
        without: plan.pipeline.stages.first().map(|stage| stage.span),
    };
    found.extend(of_pipeline.exceeded(schedule.end, "This pipeline is drawn for"));
    for child in &plan.children {
        let of_child = Longest {
            written: child.pipeline.timeout,
            of_account: account_plan.longest_pipeline(),
            without: None,
        };
        let stages = child.stages.start as usize..child.stages.end as usize;
        let end = schedule.stages[stages].iter().map(|stage| stage.end).max().unwrap_or_default();
        let start = schedule.run(child.of).map_or(end, |run| run.start);
        let length = end.max(start) - start;
        found.extend(of_child.exceeded(length, "A run of this pipeline is drawn for"));
    }
    for (stage_idx, stage) in plan.pipeline.stages.iter().enumerate().take(schedule.stages.len()) {
        let of_step = Longest {
            written: stage.steps.shortest_timeout,
            of_account: account_plan.longest_step(),
            without: None,
        };
        if own_steps.contains(&stage.own_identifier()) {
            found.extend(of_steps((plan, schedule), assumptions, stage_idx));
            found.extend(of_stage(stage, schedule, stage_idx, [longest(stage), Longest::none()]));
            continue;
        }
        // No run is longer than all of them.
        let all = [longest(stage), of_step];
        if all.iter().any(|it| it.allowed().is_some_and(|(allowed, _)| schedule.end > allowed)) {
            found.extend(of_stage(stage, schedule, stage_idx, all));
        }
    }
    // Of the runs of one pipeline, the first one says it.
    let mut seen = Set::new();
    found.retain(|found| plan.children.is_empty() || seen.insert(found.span));
    found
}

/// Returns `false` for a stage that has no `timeout`, or may be one of these.
fn has_timeout(stage: &Stage) -> bool {
    stage.work != Work::Unknown && !WITHOUT_TIMEOUT.contains(&stage.stage_type.as_str())
}

fn of_stage(
    stage: &Stage,
    schedule: &Schedule,
    stage_idx: usize,
    [of_stage, of_step]: [Longest; 2],
) -> Vec<Diagnostic> {
    let runs = &schedule.stages[stage_idx].runs;
    let whole = match runs[..] {
        [_] => "This stage is drawn for",
        _ => "The longest run of this stage is drawn for",
    };
    let longest = runs.iter().map(|run| run.end - run.start).max().unwrap_or_default();
    let found = of_stage.exceeded(longest, whole);
    // What has failed is longer by what came of that.
    let succeeded = (0..).zip(runs).filter(|(_, run)| run.status == Status::Succeeded);
    let work =
        succeeded.map(|(index, _)| schedule.work(DeploymentId { stage: stage_idx as u32, index }));
    let work = work.max().unwrap_or_default();
    let share = Ms(work.0 / u64::from(stage.steps.parts.max(1)));
    let of_step = of_step.exceeded(share, "The share of this step in the longest run is");
    found.into_iter().chain(of_step).collect()
}

/// Steps of a stage in which some have a duration of their own: each by its length in the run that works longest.
fn of_steps(
    (plan, schedule): (&Plan, &Schedule),
    assumptions: &Assumptions,
    stage_idx: usize,
) -> Vec<Diagnostic> {
    let Some(times) = StepTimes::new(plan, schedule, assumptions, stage_idx) else {
        return Vec::new();
    };
    let runs = (0..).zip(&schedule.stages[stage_idx].runs);
    let succeeded = runs.filter(|(_, run)| run.status == Status::Succeeded);
    let work = |index: u32| schedule.work(DeploymentId { stage: stage_idx as u32, index });
    let Some((longest, _)) = succeeded.max_by_key(|(index, _)| work(*index)) else {
        return Vec::new();
    };
    let stage = &plan.pipeline.stages[stage_idx];
    let found = times.of(longest).into_iter().filter_map(|span| {
        let step = &stage.steps.tree[span.step as usize];
        let place = (stage.own_identifier().to_owned(), step.identifier.clone());
        let subject = match assumptions.step_durations.contains_key(&place) {
            true => "This step is assumed to take",
            false => "The share of this step in the longest run is",
        };
        let of_account = assumptions.account_plan.longest_step();
        let of_step = Longest { written: step.timeout, of_account, without: None };
        let is_work = step.kind == StepKind::Work;
        of_step.exceeded(span.end - span.start, subject).filter(|_| is_work)
    });
    found.collect()
}

/// The longest that something may take.
struct Longest {
    written: Option<Timeout>,
    /// No more than this counts.
    of_account: Option<Ms>,
    /// Place of the diagnostic where no timeout is written; `None` where the account's says nothing then.
    without: Option<Span>,
}

impl Longest {
    /// Anything may take as long as it wants.
    fn none() -> Self {
        Self { written: None, of_account: None, without: None }
    }

    /// The length that holds, and the place of what says so.
    fn allowed(&self) -> Option<(Ms, Span)> {
        match (self.written, self.of_account) {
            (Some(Timeout { after, span }), of_account) => {
                Some((of_account.map_or(after, |most| most.min(after)), span))
            }
            (None, Some(most)) => Some((most, self.without?)),
            (None, None) => None,
        }
    }

    /// Compares a length with it.
    fn exceeded(&self, length: Ms, subject: &str) -> Option<Diagnostic> {
        let (allowed, span) = self.allowed()?;
        if length <= allowed {
            return None;
        }
        let (whose, advice) = match self.written {
            Some(written) if written.after == allowed => ("its `timeout` of", "Raise the timeout"),
            _ => ("the limit of the account,", "Split the work"),
        };
        let message = format!(
            "{subject} {length}, longer than {whose} {allowed}: a run as long as that would expire. {advice}, \
             or change the duration that is assumed."
        );
        Some(TIMEOUT_EXCEEDED.at(span, message))
    }
}

#[cfg(test)]
mod tests {
    use deployline_engine::{AccountPlan, Assumptions, Ms};

    use crate::{Inputs, analyze};

    /// The messages about a text whose deployments take so many minutes.
    fn messages(text: &str, minutes: u64) -> Vec<String> {
        let assumptions = Assumptions { duration: Ms(minutes * 60_000), ..Assumptions::default() };
        let found = analyze(&[text], &Inputs::default(), &assumptions).diagnostics;
        let found = found.into_iter().filter(|found| found.code == "timeout-exceeded");
        let brief = |message: &str| message.split(':').next().unwrap_or_default().to_owned();
        found.map(|found| brief(&found.message)).collect()
    }

    #[test]
    fn of_pipelines_and_stages() {
        let text = "pipeline:
  timeout: 10m
  stages:
  - stage: {name: A, identifier: a, type: Custom, timeout: 1h 30m}
  - stage: {name: B, identifier: b, type: Custom, timeout: <+input>.default(5m), strategy: {repeat: {times: 2, maxConcurrency: 1}}}
";
        // Three runs, one after the other.
        assert_eq!(messages(text, 3), [""; 0]);
        assert_eq!(
            messages(text, 5),
            ["This pipeline is drawn for 15m, longer than its `timeout` of 10m"]
        );
        assert_eq!(
            messages(text, 6),
            [
                "This pipeline is drawn for 18m, longer than its `timeout` of 10m",
                "The longest run of this stage is drawn for 6m, longer than its `timeout` of 5m",
            ]
        );
    }

    #[test]
    fn no_timeout_counts_for_more_than_the_account_allows() {
        let text = "stage: {name: A, type: Custom, timeout: 5h}";
        for (account_plan, minutes, expected) in [
            (AccountPlan::Free, 60, None),
            (AccountPlan::Free, 61, Some("1h 1m, longer than the limit of the account, 1h: a run")),
            (AccountPlan::Team, 61, None),
            (AccountPlan::Team, 301, Some("5h 1m, longer than its `timeout` of 5h: a run")),
        ] {
            let duration = Ms(minutes * 60_000);
            let assumptions = Assumptions { duration, account_plan, ..Assumptions::default() };
            let found = analyze(&[text], &Inputs::default(), &assumptions).diagnostics;
            let mut found = found.into_iter().filter(|found| found.code == "timeout-exceeded");
            let message = found.next().map(|found| found.message);
            let is_as_expected = match (&message, expected) {
                (Some(message), Some(expected)) => message.contains(expected),
                (message, expected) => message.is_none() && expected.is_none(),
            };
            assert!(is_as_expected, "{account_plan:?}, {minutes} m: {message:?}");
        }
    }

    #[test]
    fn without_a_timeout_the_longest_of_the_account_holds() {
        let text = "stages:
- stage: {name: A, identifier: a, type: Custom}
- stage: {name: B, identifier: b, type: Pipeline, spec: {pipeline: p}}
- stage: {name: C, identifier: c, type: Custom, timeout: <+input>}
";
        for (account_plan, minutes, expected) in [
            (AccountPlan::Free, 40, &[][..]),
            (AccountPlan::Free, 41, &["1: This pipeline is drawn for 2h 3m"]),
            (
                AccountPlan::Free,
                61,
                &[
                    "1: This pipeline is drawn for 3h 3m",
                    "1: This stage is drawn for 1h 1m",
                    "3: This stage is drawn for 1h 1m",
                ],
            ),
            (AccountPlan::Team, 61, &[]),
            (AccountPlan::Essentials, 100_000, &[]),
            (AccountPlan::None, 100_000, &[]),
        ] {
            let duration = Ms(minutes * 60_000);
            let assumptions = Assumptions { duration, account_plan, ..Assumptions::default() };
            let found = analyze(&[text], &Inputs::default(), &assumptions).diagnostics;
            let found = found.iter().filter(|found| found.code == "timeout-exceeded");
            let brief = |found: &deployline_yaml::Diagnostic| {
                let line = text[..found.span.start as usize].lines().count() - 1;
                format!("{line}: {}", found.message.split(',').next().unwrap_or_default())
            };
            assert_eq!(
                found.map(brief).collect::<Vec<_>>(),
                expected,
                "{account_plan:?} {minutes}"
            );
        }
    }

    #[test]
    fn of_steps_by_their_share() {
        let stage = |steps: &str| {
            format!(
                "stage: {{name: A, identifier: a, type: Custom, spec: {{execution: {{steps: [{steps}]}}}}}}"
            )
        };
        let step = |name: &str, keys: &str| format!("{{step: {{name: {name}, type: Http{keys}}}}}");
        let (work, short) = (step("a", ""), step("b", ", timeout: 1m"));
        let wait = "{step: {name: w, type: Wait, timeout: 10s, spec: {duration: 5m}}}";
        let share = |share| {
            vec![format!(
                "The share of this step in the longest run is {share}, longer than its `timeout` of 1m"
            )]
        };
        for (steps, minutes, expected) in [
            (short.clone(), 2, share("2m")),
            // Two equal shares; the wait has none.
            (format!("{work}, {wait}, {short}"), 2, Vec::new()),
            (format!("{work}, {wait}, {short}"), 3, share("1m 30s")),
            // Side by side, both have all of it.
            (format!("{{parallel: [{work}, {short}]}}"), 2, share("2m")),
            (format!("{{stepGroup: {{name: g, steps: [{work}, {short}]}}}}"), 2, Vec::new()),
            // How a group side by side with a step shares the time is not known.
            (
                format!("{{parallel: [{work}, {{stepGroup: {{name: g, steps: [{short}]}}}}]}}"),
                2,
                Vec::new(),
            ),
            (step("b", ", timeout: 1m, strategy: {repeat: {times: 2}}"), 2, Vec::new()),
            (step("b", ", timeout: <+input>"), 2, Vec::new()),
        ] {
            assert_eq!(messages(&stage(&steps), minutes), expected, "{steps}");
        }
    }

    #[test]
    fn of_steps_with_a_duration_of_their_own() {
        let text = "stage: {identifier: a, type: Custom, spec: {execution: {steps: [{step: {type: Http, identifier: slow, \
                    timeout: 10m}}, {step: {type: Http, identifier: quick, timeout: 40s}}]}}}";
        let messages = |minutes: u64| {
            let place = ("a".to_owned(), "slow".to_owned());
            let step_durations = [(place, Ms(minutes * 60_000))].into();
            let assumptions = Assumptions { step_durations, ..Assumptions::default() };
            let found = analyze(&[text], &Inputs::default(), &assumptions).diagnostics;
            let found = found.into_iter().filter(|found| found.code == "timeout-exceeded");
            found
                .map(|found| found.message.split(':').next().unwrap_or_default().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(messages(10), [""; 0], "the other step keeps its half a minute");
        assert_eq!(
            messages(11),
            ["This step is assumed to take 11m, longer than its `timeout` of 10m"]
        );
    }
}
