//! Failure strategies: as data and as YAML.
//!
//! ```text
//! stage        rules
//! ├─ a         rules         a step beside the groups
//! └─ g         rules         a group
//!    ├─ b      rules         a step in it
//!    └─ h      rules         a group in the group
//!       └─ c   rules
//! ```

/// Rules of a stage, of its groups and of its steps.
#[derive(Clone, Debug, Default)]
pub(crate) struct StrategiesCase {
    pub(crate) of_stage: Vec<RuleCase>,
    /// Of the outer and of the inner group.
    pub(crate) of_groups: [Vec<RuleCase>; 2],
    /// Of the steps in [`STEPS`].
    pub(crate) of_steps: [Vec<RuleCase>; 3],
}

/// The steps: beside the groups, in the outer one, in the inner one.
pub(crate) const STEPS: [&str; 3] = ["a", "b", "c"];

/// Errors as they are written; case doesn't matter.
pub(crate) const ERRORS: [&str; 4] = ["Timeout", "timeout", "UNKNOWN", INPUT_TIMEOUT];
/// The error that default values are for.
pub(crate) const INPUT_TIMEOUT: &str = "InputTimeoutError";
const ALL_ERRORS: &str = "AllErrors";

/// Some errors, or all without any, and the action on them.
#[derive(Clone, Debug)]
pub(crate) struct RuleCase {
    pub(crate) errors: Vec<&'static str>,
    pub(crate) action: ActionCase,
}

#[derive(Clone, Debug)]
pub(crate) enum ActionCase {
    Ignore,
    MarkAsSuccess,
    MarkAsFailure,
    ProceedWithDefaultValues,
    Abort,
    StageRollback,
    StepGroupRollback,
    PipelineRollback { fail_all: bool },
    Retry { count: u64, intervals: Vec<u64>, then: Box<ActionCase> },
    RetryStepGroup { count: u64, intervals: Vec<u64> },
    ManualIntervention { timeout: u64, then: Box<ActionCase> },
}

/// How a deployment fails.
#[derive(Clone, Debug)]
pub(crate) struct FailureCase {
    /// One of [`ERRORS`]; nothing for what the rule for all errors is for.
    pub(crate) error: Option<&'static str>,
    /// One of [`STEPS`], by its place.
    pub(crate) step: Option<usize>,
    pub(crate) succeeds_at: Option<u64>,
}

impl StrategiesCase {
    /// The lines of a stage, but for those below its `spec`.
    pub(crate) fn line(&self) -> Option<String> {
        let rules = rules(&self.of_stage);
        (!rules.is_empty()).then(|| rules.trim_start_matches(", ").to_owned())
    }

    /// The line below the `spec` of a stage.
    pub(crate) fn steps_line(&self) -> Option<String> {
        let [outer, inner] = &self.of_groups;
        if [&self.of_steps[..], &self.of_groups[..]].concat().iter().all(Vec::is_empty) {
            return None;
        }
        let [a, b, c] = [0, 1, 2].map(|i| {
            let (name, rules) = (STEPS[i], rules(&self.of_steps[i]));
            format!("step: {{identifier: {name}, name: {name}, type: Http{rules}}}")
        });
        let (outer, inner) = (rules(outer), rules(inner));
        let inner = format!("stepGroup: {{identifier: h, name: h{inner}, steps: [{{{c}}}]}}");
        let outer =
            format!("stepGroup: {{identifier: g, name: g{outer}, steps: [{{{b}}}, {{{inner}}}]}}");
        Some(format!("execution: {{steps: [{{{a}}}, {{{outer}}}]}}"))
    }
}

impl StrategiesCase {
    /// The lines of a stage of the newer schema.
    pub(crate) fn lines_v1(&self) -> Vec<String> {
        let of_stage = rules_v1(&self.of_stage);
        let mut lines = Vec::new();
        if !of_stage.is_empty() {
            lines.push(of_stage.trim_start_matches(", ").to_owned());
        }
        if [&self.of_steps[..], &self.of_groups[..]].concat().iter().all(Vec::is_empty) {
            return lines;
        }
        let [a, b, c] = [0, 1, 2].map(|i| {
            let (name, rules) = (STEPS[i], rules_v1(&self.of_steps[i]));
            format!("{{id: {name}, run: x{rules}}}")
        });
        let [outer, inner] = self.of_groups.each_ref().map(|rules| rules_v1(rules));
        let inner = format!("{{group: {{id: h{inner}, steps: [{c}]}}}}");
        let outer = format!("{{group: {{id: g{outer}, steps: [{b}, {inner}]}}}}");
        lines.push(format!("steps: [{a}, {outer}]"));
        lines
    }

    /// The same without what the newer schema has no word for.
    pub(crate) fn without_group_rollback(mut self) -> Self {
        let rules = self.of_stage.iter_mut().chain(self.of_groups.iter_mut().flatten());
        for rule in rules.chain(self.of_steps.iter_mut().flatten()) {
            rule.action.roll_stage_back();
        }
        self
    }
}

/// `, on-failure: …`, or nothing; one rule is no list.
fn rules_v1(rules: &[RuleCase]) -> String {
    let rule = |rule: &RuleCase| {
        let errors: Vec<&str> = rule.errors.iter().map(|error| error_v1(error)).collect();
        let errors = match &errors[..] {
            [] => "all".to_owned(),
            [one] => (*one).to_owned(),
            several => format!("[{}]", several.join(", ")),
        };
        format!("{{errors: {errors}, action: {}}}", rule.action.text_v1())
    };
    let rules: Vec<String> = rules.iter().map(rule).collect();
    match &rules[..] {
        [] => String::new(),
        [one] => format!(", on-failure: {one}"),
        several => format!(", on-failure: [{}]", several.join(", ")),
    }
}

fn error_v1(error: &str) -> &'static str {
    match error {
        "Timeout" | "timeout" => "timeout",
        "UNKNOWN" => "unknown",
        INPUT_TIMEOUT => "input-timeout",
        other => panic!("{other} has no name in the newer schema"),
    }
}

/// `, failureStrategies: […]`, or nothing.
fn rules(rules: &[RuleCase]) -> String {
    let rule = |rule: &RuleCase| {
        let errors = match rule.errors.is_empty() {
            true => ALL_ERRORS.to_owned(),
            false => rule.errors.join(", "),
        };
        format!("{{onFailure: {{errors: [{errors}], {}}}}}", rule.action.text())
    };
    let rules: Vec<String> = rules.iter().map(rule).collect();
    match rules.is_empty() {
        true => String::new(),
        false => format!(", failureStrategies: [{}]", rules.join(", ")),
    }
}

impl ActionCase {
    fn text_v1(&self) -> String {
        let retry = |count: &u64, intervals: &[u64]| {
            let intervals: Vec<String> = intervals.iter().map(|it| format!("{it}s")).collect();
            let intervals = match &intervals[..] {
                [one] => one.clone(),
                several => format!("[{}]", several.join(", ")),
            };
            format!("attempts: {count}, interval: {intervals}")
        };
        match self {
            Self::Ignore => "ignore".to_owned(),
            Self::MarkAsSuccess => "success".to_owned(),
            Self::MarkAsFailure => "fail".to_owned(),
            Self::ProceedWithDefaultValues => "proceed-with-default".to_owned(),
            Self::Abort => "abort".to_owned(),
            Self::StageRollback | Self::StepGroupRollback => "stage-rollback".to_owned(),
            Self::PipelineRollback { fail_all: false } => "pipeline-rollback".to_owned(),
            Self::PipelineRollback { fail_all: true } => {
                "{pipeline-rollback: {fail-all: true}}".to_owned()
            }
            Self::Retry { count, intervals, then } => {
                let retry = retry(count, intervals);
                format!("{{retry: {{{retry}, failure-action: {}}}}}", then.text_v1())
            }
            Self::RetryStepGroup { count, intervals } => {
                format!("{{retry-step-group: {{{}}}}}", retry(count, intervals))
            }
            Self::ManualIntervention { timeout, then } => format!(
                "{{manual-intervention: {{timeout: {timeout}s, timeout-action: {}}}}}",
                then.text_v1()
            ),
        }
    }

    fn roll_stage_back(&mut self) {
        match self {
            Self::StepGroupRollback => *self = Self::StageRollback,
            Self::Retry { then, .. } | Self::ManualIntervention { then, .. } => {
                then.roll_stage_back();
            }
            _ => {}
        }
    }

    fn text(&self) -> String {
        let retry = |count: &u64, intervals: &[u64]| {
            let intervals: Vec<String> = intervals.iter().map(|it| format!("{it}s")).collect();
            format!("retryCount: {count}, retryIntervals: [{}]", intervals.join(", "))
        };
        let spec = match self {
            Self::PipelineRollback { fail_all: true } => "failAll: true".to_owned(),
            Self::Retry { count, intervals, then } => {
                format!("{}, onRetryFailure: {{{}}}", retry(count, intervals), then.text())
            }
            Self::RetryStepGroup { count, intervals } => retry(count, intervals),
            Self::ManualIntervention { timeout, then } => {
                format!("timeout: {timeout}s, onTimeout: {{{}}}", then.text())
            }
            _ => return format!("action: {{type: {}}}", self.name()),
        };
        format!("action: {{type: {}, spec: {{{spec}}}}}", self.name())
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Ignore => "Ignore",
            Self::MarkAsSuccess => "MarkAsSuccess",
            Self::MarkAsFailure => "MarkAsFailure",
            Self::ProceedWithDefaultValues => "ProceedWithDefaultValues",
            Self::Abort => "Abort",
            Self::StageRollback => "StageRollback",
            Self::StepGroupRollback => "StepGroupRollback",
            Self::PipelineRollback { .. } => "PipelineRollback",
            Self::Retry { .. } => "Retry",
            Self::RetryStepGroup { .. } => "RetryStepGroup",
            Self::ManualIntervention { .. } => "ManualIntervention",
        }
    }
}
