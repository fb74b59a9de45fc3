//! A wait whose length the text does not say, and what it holds up.

use deployline_engine::format::count;
use deployline_engine::{Assumptions, ChildPlan, Ms, Plan, Stage, StepWait, Timeout, WaitKind};
use deployline_span::Span;
use deployline_yaml::{Diagnostics, Example, Rule, RuleDocs};

use crate::assumed::wait_key;

/// A wait whose length is assumed.
pub const WAIT_ASSUMED: Rule = Rule::info("wait-assumed");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: WAIT_ASSUMED,
    explanation: "Nobody knows how long a person, another system or another run lets the step wait. It is drawn without a wait until you assume one (\"Assumptions\" in the page, `--assume wait:STAGE/STEP=30m` on the command line). The message says how many deployments come behind it. The `timeout` of the step is the longest wait: with a longer one it fails.",
    bad: Example::Text(
        r#"stage:
  name: Go
  identifier: go
  type: Approval
  spec: {execution: {steps: [{step: {name: OK, identifier: ok, type: HarnessApproval, timeout: 4h}}]}}
"#,
    ),
    good: r#"stage:
  name: Soak
  identifier: soak
  type: Custom
  spec: {execution: {steps: [{step: {name: Soak, identifier: soak, type: Wait, spec: {duration: 15m}}}]}}
"#,
};

/// Names the waits of each stage.
pub(super) fn check(plan: &Plan, assumptions: &Assumptions) -> Diagnostics {
    let mut found = Diagnostics::default();
    let behind = Behind::new(plan);
    let running = plan.distinct_stages().filter(|(_, stage)| stage.absence.is_none());
    for (stage_idx, stage) in running {
        let given = |step: &str| {
            let place = (stage.own_identifier().to_owned(), step.to_owned());
            assumptions.waits.get(&place).copied()
        };
        let mut add = |span: Span, step: &str, (what, timeout): (&str, Option<Timeout>)| {
            let message = || {
                let held = behind.held_by(plan, stage_idx);
                let key = wait_key(stage.own_identifier(), step);
                let timeout = timeout.map(|timeout| timeout.after);
                WAIT_ASSUMED.at(span, message(what, &key, (given(step), timeout), held))
            };
            found.push_with(&WAIT_ASSUMED, span, &message);
        };
        if let Some(manual) = stage.manual {
            add(stage.span, "", ("A person starts this stage", manual.timeout));
        }
        for wait in &stage.steps.waits {
            if let (Some(what), Some(step)) = (what(wait), stage.steps.tree.get(wait.step as usize))
            {
                add(step.span, &step.identifier, (what, wait.timeout));
            }
        }
    }
    found
}

/// What a step waits for, where its length is not known.
fn what(wait: &StepWait) -> Option<&'static str> {
    match wait.kind {
        WaitKind::Approval => Some("This step waits for an approval"),
        WaitKind::Time(None) => Some("This step waits for a time that the text does not settle"),
        WaitKind::Queue(_) => Some("Other runs may hold the key of this step"),
        WaitKind::Time(Some(_)) | WaitKind::Barrier(_) => None,
    }
}

fn message(
    what: &str,
    key: &str,
    (given, timeout): (Option<Ms>, Option<Ms>),
    held: usize,
) -> String {
    let late = given.zip(timeout).filter(|(given, timeout)| given > timeout);
    let drawn = match given {
        _ if let Some((given, timeout)) = late => {
            format!(
                "of the {given} that are assumed it waits {timeout}, its timeout, and fails then"
            )
        }
        Some(length) => format!("drawn with the {length} that are assumed"),
        None => "drawn without a wait".to_owned(),
    };
    let held = match held {
        0 => String::new(),
        held => format!(" It holds up {}.", count(held, "more deployment")),
    };
    let advice = match given {
        Some(_) => String::new(),
        None if key.ends_with('/') => " Give the step an identifier to assume a length.".to_owned(),
        None => format!(" Assume a length with `{key}`."),
    };
    format!("{what}: {drawn}.{held}{advice}")
}

/// Number of deployments behind a stage in its own pipeline, which a deployment runs.
fn behind_in_child(plan: &Plan, child: &ChildPlan, stage_idx: usize) -> usize {
    let first = child.stages.start as usize;
    let stages = &plan.pipeline.stages[first..child.stages.end as usize];
    if !child.pipeline.is_dag() {
        let entry = stages[stage_idx - first].entry;
        let behind = stages.iter().zip(&plan.stages[first..]).filter(|(it, _)| it.entry > entry);
        return behind.map(|(_, planned)| planned.deployments.len()).sum();
    }
    let mut followers = vec![Vec::new(); stages.len()];
    for (stage, index) in stages.iter().zip(0..) {
        for before in stage.after.iter() {
            followers[*before as usize - first].push(index);
        }
    }
    let mut seen = vec![false; stages.len()];
    let mut open = vec![stage_idx - first];
    let mut count = 0;
    while let Some(stage) = open.pop() {
        for &follower in &followers[stage] {
            if !std::mem::replace(&mut seen[follower], true) {
                count += plan.stages[first + follower].deployments.len();
                open.push(follower);
            }
        }
    }
    count
}

/// The deployments behind each stage.
struct Behind {
    /// By entry: the deployments in those behind it, where the pipeline is a list.
    of_entries: Vec<usize>,
    /// By stage: those that wait for it, in a DAG.
    followers: Vec<Vec<u32>>,
}

impl Behind {
    fn new(plan: &Plan) -> Self {
        let stages = &plan.pipeline.stages[..plan.own_stage_count()];
        if plan.pipeline.is_dag() {
            let mut followers = vec![Vec::new(); stages.len()];
            for (stage, index) in stages.iter().zip(0..) {
                for before in stage.after.iter() {
                    followers[*before as usize].push(index);
                }
            }
            return Self { of_entries: Vec::new(), followers };
        }
        let last = stages.iter().map(|stage| stage.entry as usize + 1).max().unwrap_or(0);
        let mut of_entries = vec![0; last + 1];
        for (stage, planned) in stages.iter().zip(&plan.stages) {
            of_entries[stage.entry as usize] += planned.deployments.len();
        }
        let mut sum = 0;
        for of_entry in of_entries.iter_mut().rev() {
            let own = std::mem::replace(of_entry, sum);
            sum += own;
        }
        Self { of_entries, followers: Vec::new() }
    }

    /// Deployments that come after one of a stage: those that wait for its slot, and those behind the stage.
    fn held_by(&self, plan: &Plan, stage_idx: usize) -> usize {
        let of_stage = &plan.stages[stage_idx];
        let queued = of_stage.deployments.len().saturating_sub(of_stage.max_concurrency as usize);
        if let Some(child) = plan.child_of(stage_idx) {
            let around = self.held_by(plan, child.of.stage as usize);
            return queued + behind_in_child(plan, child, stage_idx) + around;
        }
        let stage: &Stage = &plan.pipeline.stages[stage_idx];
        if self.followers.is_empty() {
            return queued + self.of_entries.get(stage.entry as usize).copied().unwrap_or(0);
        }
        let mut seen = vec![false; self.followers.len()];
        let mut next = vec![stage_idx];
        let mut held = queued;
        while let Some(at) = next.pop() {
            for follower in &self.followers[at] {
                let follower = *follower as usize;
                if !std::mem::replace(&mut seen[follower], true) {
                    held += plan.stages[follower].deployments.len();
                    next.push(follower);
                }
            }
        }
        held
    }
}

#[cfg(test)]
mod tests {
    use deployline_engine::Assumptions;

    use crate::{Inputs, analyze, assumed};

    fn messages(text: &str, assume: &[(&str, &str)]) -> Vec<String> {
        let (mut inputs, mut assumptions) = (Inputs::default(), Assumptions::default());
        for (key, value) in assume {
            assumed::set(key, value, &mut inputs, &mut assumptions).expect("an assumption");
        }
        let found = analyze(&[text], &inputs, &assumptions).diagnostics;
        let found = found.into_iter().filter(|found| found.code == "wait-assumed");
        found.map(|found| found.message).collect()
    }

    #[test]
    fn each_says_what_it_holds_up() {
        let step = |kind: &str| {
            format!("spec: {{execution: {{steps: [{{step: {{identifier: ask, type: {kind}}}}}]}}}}")
        };
        let text = format!(
            "stages: [{{stage: {{identifier: go, type: Approval, {}}}}}, {{stage: {{identifier: three, type: Custom, \
             strategy: {{repeat: {{times: 3, maxConcurrency: 2}}}}, {}}}}}, {{stage: {{identifier: hand, type: \
             Custom, runMode: {{type: Manual, timeout: 1h}}}}}}]",
            step("HarnessApproval"),
            step("Queue"),
        );
        let last =
            "A person starts this stage: drawn without a wait. Assume a length with `wait:hand`.";
        assert_eq!(
            messages(&text, &[]),
            [
                "This step waits for an approval: drawn without a wait. It holds up 4 more deployments. Assume a \
                 length with `wait:go/ask`.",
                "Other runs may hold the key of this step: drawn without a wait. It holds up 2 more deployments. \
                 Assume a length with `wait:three/ask`.",
                last,
            ]
        );
        let given = messages(&text, &[("wait:go/ask", "90m"), ("wait:three/ask", "1m")]);
        assert_eq!(
            given,
            [
                "This step waits for an approval: drawn with the 1h 30m that are assumed. It holds up 4 more \
                 deployments.",
                "Other runs may hold the key of this step: drawn with the 1m that are assumed. It holds up 2 more \
                 deployments.",
                last,
            ]
        );
    }

    #[test]
    fn in_a_dag_it_holds_up_what_depends_on_it() {
        let ask = "spec: {execution: {steps: [{step: {identifier: ask, type: HarnessApproval}}]}}";
        let text = format!(
            "stages: [{{stage: {{identifier: c, type: Custom, dependsOn: [b]}}}}, {{stage: {{identifier: go, type: \
             Approval, dependsOn: [], {ask}}}}}, {{stage: {{identifier: b, type: Custom, dependsOn: [go]}}}}, \
             {{stage: {{identifier: d, type: Custom, dependsOn: []}}}}]"
        );
        let found = messages(&text, &[]);
        assert!(found[0].contains("It holds up 2 more deployments."), "{found:?}");
    }
}
