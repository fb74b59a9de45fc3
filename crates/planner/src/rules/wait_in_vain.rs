//! A wait for other deployments that ends by its timeout.

use deployline_engine::format::count;
use deployline_engine::{Plan, Schedule, Stage, StepWait, StuckStep, WaitKind};
use deployline_map::{Map, Set};
use deployline_span::Span;
use deployline_yaml::{Diagnostic, Diagnostics, Example, Related, Rule, RuleDocs};

/// A wait for other deployments that ends by its timeout.
pub const WAIT_IN_VAIN: Rule = Rule::error("wait-in-vain");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: WAIT_IN_VAIN,
    explanation: "A barrier opens when all steps that name it have been reached, and a key of a queue is free when the stage that holds it has ended. Here one waits for another that can't come while it waits: stages one after the other, more children than run at once, two barriers in opposite orders. In a run each waits until its timeout and then fails; so it is drawn. Let all that meet run at the same time, or take the barrier out.",
    bad: Example::Text(
        r#"pipeline:
  name: Ferry
  identifier: ferry
  flowControl: {barriers: [{name: Meet, identifier: meet}]}
  stages:
    - stage: {name: A, identifier: a, type: Custom, spec: {execution: {steps: [{step: {name: W, identifier: w, type: Barrier, timeout: 5m, spec: {barrierRef: meet}}}]}}}
    - stage: {name: B, identifier: b, type: Custom, spec: {execution: {steps: [{step: {name: W, identifier: w, type: Barrier, timeout: 5m, spec: {barrierRef: meet}}}]}}}
"#,
    ),
    good: r#"pipeline:
  name: Ferry
  identifier: ferry
  flowControl: {barriers: [{name: Meet, identifier: meet}]}
  stages:
    - parallel:
        - stage: {name: A, identifier: a, type: Custom, spec: {execution: {steps: [{step: {name: W, identifier: w, type: Barrier, timeout: 5m, spec: {barrierRef: meet}}}]}}}
        - stage: {name: B, identifier: b, type: Custom, spec: {execution: {steps: [{step: {name: W, identifier: w, type: Barrier, timeout: 5m, spec: {barrierRef: meet}}}]}}}
"#,
};

/// The most other places that one names.
const MAX_RELATED: usize = 10;

/// Names each barrier and each queue at which some have waited in vain.
pub(super) fn check(plan: &Plan, schedule: &Schedule) -> Diagnostics {
    let mut by_wait: Map<&WaitKind, Vec<StuckStep>> = Map::new();
    for stuck in &schedule.stuck {
        let stage = &plan.pipeline.stages[stuck.at.stage as usize];
        if let Some(wait) = wait_of(stage, stuck.step) {
            by_wait.or_default(&wait.kind).push(*stuck);
        }
    }
    let mut all = Diagnostics::default();
    let mut seen = Set::new();
    for (kind, stuck) in &by_wait {
        let Some(first) = stuck.first() else { continue };
        let stage = &plan.pipeline.stages[first.at.stage as usize];
        let step = stage.steps.tree.get(first.step as usize);
        // Of the runs of one pipeline, the first one says it.
        if let Some(step) = step.filter(|step| plan.children.is_empty() || seen.insert(step.span)) {
            let of_wait = || found(plan, kind, *first, step.span);
            all.push_with(&WAIT_IN_VAIN, step.span, &of_wait);
        }
    }
    all
}

fn wait_of(stage: &Stage, step: u32) -> Option<&StepWait> {
    let place = stage.steps.waits.binary_search_by_key(&step, |wait| wait.step).ok()?;
    Some(&stage.steps.waits[place])
}

fn found(plan: &Plan, kind: &WaitKind, first: StuckStep, span: Span) -> Diagnostic {
    let length = first.end - first.start;
    let (what, advice) = match kind {
        WaitKind::Barrier(name) => {
            let (why, advice) = match why_closed(plan, name) {
                Some(why) => {
                    (why, "Let all that meet run at the same time, or take the barrier out.")
                }
                None => (
                    "not all that name it come while the others wait".to_owned(),
                    "Where one comes too late, raise the timeouts; where two barriers wait for each other, let all meet \
                     at them in one order.",
                ),
            };
            (format!("The barrier `{name}` never opens: {why}."), advice)
        }
        WaitKind::Queue(Some(key)) => (
            format!(
                "The key `{key}` is not free in time: another deployment holds it and does not end before."
            ),
            "Raise the timeout, or use another key.",
        ),
        WaitKind::Time(_) | WaitKind::Approval | WaitKind::Queue(None) => Default::default(),
    };
    let message =
        format!("{what} This step waits {length}, until its timeout, and then fails. {advice}");
    let related =
        members(plan, kind).into_iter().filter(|(other, _)| *other != span).take(MAX_RELATED);
    let related =
        related.map(|(span, stage)| Related { span, message: format!("also here, in {stage}") });
    Diagnostic { related: related.collect(), ..WAIT_IN_VAIN.at(span, message) }
}

/// Places of the steps that wait for the same.
fn members<'p>(plan: &'p Plan, kind: &WaitKind) -> Vec<(Span, &'p str)> {
    let of_stage = |stage: &'p Stage| {
        let waits = stage.steps.waits.iter().filter(|wait| wait.kind == *kind);
        let spans = waits.filter_map(|wait| stage.steps.tree.get(wait.step as usize));
        spans.map(|step| (step.span, stage.name.as_str())).collect::<Vec<_>>()
    };
    plan.pipeline.stages.iter().flat_map(of_stage).collect()
}

/// Reason why not all can be there at the same time; `None` where they can.
fn why_closed(plan: &Plan, name: &str) -> Option<String> {
    let is_member = |wait: &StepWait| matches!(&wait.kind, WaitKind::Barrier(of) if of == name);
    let stages = plan.pipeline.stages.iter().zip(&plan.stages);
    let members: Vec<_> =
        stages.filter(|(stage, _)| stage.steps.waits.iter().any(is_member)).collect();
    for (stage, planned) in &members {
        let all = planned.deployments.len();
        if all > planned.max_concurrency as usize {
            let at_once = planned.max_concurrency;
            let all = count(all, "deployment");
            return Some(format!("{} makes {all}, and {at_once} of them at a time", stage.name));
        }
    }
    let several = |(stage, _): &&(&Stage, _)| {
        stage.steps.waits.iter().filter(|wait| is_member(wait)).count() > 1
    };
    if let Some((stage, _)) = members.iter().find(several) {
        return Some(format!("{} comes to it more than once", stage.name));
    }
    let entries: Vec<u32> = members.iter().map(|(stage, _)| stage.entry).collect();
    let last = members.iter().find(|(stage, _)| Some(&stage.entry) != entries.first());
    match (members.first(), last) {
        (Some((first, _)), Some((last, _))) if !plan.pipeline.is_dag() => {
            Some(format!("{} starts only when {} has ended", last.name, first.name))
        }
        _ => None,
    }
}
