//! A pipeline as plain data, and the YAML it is written as.

use std::collections::{BTreeMap, BTreeSet};

use super::asking::AskCase;
use super::failing::{FailureCase, StrategiesCase};
use super::looping::LoopCase;
use super::partial::PartialCase;

/// A pipeline with what is assumed about its run. Durations are whole seconds.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) entries: Vec<Vec<StageCase>>,
    pub(crate) account_limit: Option<u32>,
    pub(crate) duration: u64,
    /// Length of a rollback, where it is not half the work.
    pub(crate) rollback: Option<u64>,
    /// Of service `i`, wherever it goes.
    pub(crate) by_service: Vec<Option<u64>>,
    /// Of service 0 on the infrastructure `i` of any environment.
    pub(crate) by_infrastructure: Vec<Option<u64>>,
    /// The infrastructures of shared environments that take several deployments at a time.
    pub(crate) simultaneous: BTreeSet<(usize, usize)>,
    /// The infrastructures of shared environments that are one namespace of a cluster.
    pub(crate) same_namespace: BTreeSet<(usize, usize)>,
    /// It is written in the newer schema, whose order is always target by target.
    pub(crate) is_v1: bool,
    /// The stages that the run is started for.
    pub(crate) partial: PartialCase,
}

/// One stage.
#[derive(Clone, Debug)]
pub(crate) struct StageCase {
    pub(crate) is_deployment: bool,
    pub(crate) when: When,
    pub(crate) services: Services,
    pub(crate) targets: Targets,
    pub(crate) gitops: bool,
    /// Its environments are those of other stages too.
    pub(crate) is_shared: bool,
    /// Of one service on one target, or of a stage that deploys nothing.
    pub(crate) looping: Option<LoopCase>,
    pub(crate) max_concurrency: Option<u32>,
    /// `onFailure` of the lists.
    pub(crate) on_failure: OnFailure,
    /// What a failure becomes.
    pub(crate) strategies: StrategiesCase,
    /// Which of its deployments fail, and how; those that aren't there don't.
    pub(crate) failing: BTreeMap<usize, FailureCase>,
    /// Which of its children a condition skips; those that aren't there it doesn't. None in a stage without
    /// a strategy.
    pub(crate) skipped: BTreeSet<usize>,
    /// What must hold besides; `true` where it lets those children run, too.
    pub(crate) ask: Option<(AskCase, bool)>,
    /// Of everything in the stage.
    pub(crate) duration: Option<u64>,
    /// Of the service and target at this place of the written order, service by service; only
    /// where no other stage goes to the same places.
    pub(crate) by_target: Vec<Option<u64>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    Unsaid,
    Success,
    Failure,
    All,
}

/// `onFailure`, as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OnFailure {
    Unsaid,
    RunAll,
    SkipQueued,
    /// `fail-fast` of a strategy of the newer schema.
    FailFast,
}

impl OnFailure {
    pub(crate) fn line(self) -> Option<String> {
        (self != Self::Unsaid).then(|| format!("onFailure: {self:?}"))
    }

    /// Those that wait are skipped: unless it is said, only where services are deployed.
    pub(crate) fn skips(self, is_deployment: bool) -> bool {
        match self {
            Self::Unsaid => is_deployment,
            said => said != Self::RunAll,
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) enum Services {
    One,
    List(usize, Flag),
}

/// Environments with their numbers of infrastructures.
#[derive(Clone, Debug)]
pub(crate) enum Targets {
    One,
    Environments(Vec<usize>, Flag),
    Group(Vec<usize>, Flag),
}

/// How `metadata` is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flag {
    NoMetadata,
    NullMetadata,
    EmptyMetadata,
    Written(&'static str),
}

/// The written forms that mean yes, no, and whatever the run says (drawn as yes).
pub(crate) const WRITTEN_YES: [&str; 5] =
    ["true", "\"true\"", "'True'", "TRUE", "<+pipeline.variables.fast>"];
pub(crate) const WRITTEN_NO: [&str; 4] = ["false", "\"false\"", "banana", "\"yes\""];

pub(crate) fn service_name(i: usize) -> String {
    format!("S{i}")
}

/// Stages share services, and some of them environments.
pub(crate) fn environment_name(stage: &StageCase, position: usize, i: usize) -> String {
    if stage.is_shared { format!("E{i}") } else { format!("E{position}_{i}") }
}

/// Environments share the names of infrastructures.
pub(crate) fn infrastructure_name(i: usize) -> String {
    format!("I{i}")
}

/// A failure shows the YAML instead, which reads better.
impl std::fmt::Debug for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the pipeline above")
    }
}

impl Case {
    pub(crate) fn stages(&self) -> impl Iterator<Item = &StageCase> {
        self.entries.iter().flatten()
    }

    pub(crate) fn yaml(&self) -> String {
        let mut out = "pipeline:\n  identifier: shop\n  stages:\n".to_owned();
        let mut position = 0;
        for entry in &self.entries {
            let (is_group, first) = (entry.len() > 1, position);
            if is_group {
                out.push_str("    - parallel:\n");
            }
            for stage in entry {
                let indent = if is_group { "        " } else { "    " };
                out.push_str(&format!("{indent}- stage:\n"));
                for line in stage.lines(position, first) {
                    out.push_str(&format!("{indent}    {line}\n"));
                }
                position += 1;
            }
        }
        out + &self.documents()
    }

    /// By stage: the names of its children behind its own.
    pub(crate) fn child_names(&self) -> Vec<Vec<String>> {
        let of = |stage: &StageCase| stage.looping.as_ref().map(LoopCase::child_names);
        self.stages().map(|stage| of(stage).unwrap_or_default()).collect()
    }

    /// Settles which children the conditions ask for.
    pub(crate) fn name_children(mut self) -> Self {
        let names = self.child_names();
        let mut before = 0;
        for entry in &mut self.entries {
            for (ask, _) in entry.iter_mut().filter_map(|stage| stage.ask.as_mut()) {
                ask.name_children(before, &names);
            }
            before += entry.len();
        }
        self
    }

    /// What is said of infrastructures elsewhere.
    pub(crate) fn documents(&self) -> String {
        let document = |at: &(usize, usize)| {
            let (environment, name) = (at.0, infrastructure_name(at.1));
            let mut text = format!("identifier: {name}, environmentRef: E{environment}");
            if self.simultaneous.contains(at) {
                text.push_str(", allowSimultaneousDeployments: true");
            }
            if self.same_namespace.contains(at) {
                text.push_str(", type: KubernetesDirect, spec: {connectorRef: c, namespace: n}");
            }
            format!("---\ninfrastructureDefinition: {{{text}}}\n")
        };
        self.simultaneous.union(&self.same_namespace).map(document).collect()
    }
}

impl StageCase {
    pub(crate) fn lines(&self, position: usize, first: usize) -> Vec<String> {
        let mut lines = vec![format!("identifier: st{position}")];
        lines.extend(self.when_line(first));
        lines.extend(self.strategies.line());
        lines.extend(self.looping.iter().flat_map(LoopCase::lines));
        let steps = self.strategies.steps_line().map(|line| format!("  {line}"));
        if !self.is_deployment {
            lines.push("type: Custom".to_owned());
            lines.extend(steps.into_iter().flat_map(|line| ["spec:".to_owned(), line]));
            return lines;
        }
        lines.extend(["type: Deployment".to_owned(), "spec:".to_owned()]);
        lines.extend(steps);
        if self.gitops {
            lines.push("  gitOpsEnabled: true".to_owned());
        }
        self.service_lines(&mut lines);
        self.target_lines(position, &mut lines);
        let limit = self.max_concurrency.map(|limit| format!("maxConcurrency: {limit}"));
        let config: Vec<String> = limit.into_iter().chain(self.on_failure.line()).collect();
        if !config.is_empty() {
            lines.push(format!("  multiDeploymentConfig: {{{}}}", config.join(", ")));
        }
        lines
    }

    /// `when:` in an entry that so many stages stand before.
    pub(crate) fn when_line(&self, before: usize) -> Option<String> {
        let condition = self.condition(before);
        let status = match self.when {
            When::Unsaid if condition.is_none() => return None,
            When::Unsaid => When::Success,
            when => when,
        };
        Some(match condition {
            None => format!("when: {{pipelineStatus: {status:?}}}"),
            Some(text) => format!("when: {{pipelineStatus: {status:?}, condition: '{text}'}}"),
        })
    }

    fn condition(&self, before: usize) -> Option<String> {
        let not = self.skipped.iter().map(|i| format!("<+strategy.iteration> != {i}"));
        let not = not.collect::<Vec<String>>().join(" && ");
        let not = (!not.is_empty()).then_some(not);
        match (&self.ask, not) {
            (None, not) => not,
            (Some((ask, _)), None) => Some(ask.text(before)),
            (Some((ask, lets_run)), Some(not)) => {
                let operator = if *lets_run { "||" } else { "&&" };
                Some(format!("{} {operator} ({not})", ask.text(before)))
            }
        }
    }

    /// `if` of the newer schema.
    pub(crate) fn if_line(&self, before: usize) -> Option<String> {
        let status = match self.when {
            // Without a status, nothing may have failed; one that is asked for takes its place.
            When::Unsaid if self.ask.is_none() => None,
            When::Unsaid | When::Success => Some("<+OnPipelineSuccess>"),
            When::Failure => Some("<+OnPipelineFailure>"),
            When::All => Some("<+Always>"),
        };
        let condition = self.condition(before).map(|condition| format!("({condition})"));
        let all: Vec<String> = status.map(str::to_owned).into_iter().chain(condition).collect();
        (!all.is_empty()).then(|| format!("if: '{}'", all.join(" && ")))
    }

    /// The text that names the one service.
    pub(crate) fn service_text(&self) -> &'static str {
        self.looping.as_ref().map_or("S0", |looping| looping.kind.service_text())
    }

    /// The text that names the one infrastructure.
    pub(crate) fn place_text(&self) -> &'static str {
        self.looping.as_ref().map_or("I0", |looping| looping.kind.place_text())
    }

    fn service_lines(&self, lines: &mut Vec<String>) {
        let Services::List(count, flag) = self.services else {
            lines.push(format!("  service: {{serviceRef: {}}}", self.service_text()));
            return;
        };
        lines.extend(["  services:".to_owned(), "    values:".to_owned()]);
        lines.extend((0..count).map(|i| format!("      - serviceRef: {}", service_name(i))));
        lines.extend(flag.line());
    }

    fn target_lines(&self, position: usize, lines: &mut Vec<String>) {
        let environment = |(i, infrastructures): (usize, &usize)| {
            let names = (0..*infrastructures).map(infrastructure_name);
            let list: Vec<_> = names.map(|name| format!("{{identifier: {name}}}")).collect();
            let name = environment_name(self, position, i);
            let list = list.join(", ");
            format!("environmentRef: {name}, infrastructureDefinitions: [{list}]")
        };
        let (counts, flag) = match &self.targets {
            Targets::One => {
                let name = environment_name(self, position, 0);
                let place = self.place_text();
                lines.push(format!(
                    "  environment: {{environmentRef: {name}, infrastructureDefinitions: \
                     [{{identifier: {place}}}]}}"
                ));
                return;
            }
            Targets::Environments(counts, flag) => {
                lines.extend(["  environments:".to_owned(), "    values:".to_owned()]);
                (counts, flag)
            }
            Targets::Group(counts, flag) => {
                let group = ["  environmentGroup:", "    envGroupRef: G", "    environments:"];
                lines.extend(group.map(str::to_owned));
                (counts, flag)
            }
        };
        lines.extend(counts.iter().enumerate().map(|e| format!("      - {{{}}}", environment(e))));
        lines.extend(flag.line());
    }
}

impl Flag {
    fn line(self) -> Option<String> {
        match self {
            Self::NoMetadata => None,
            Self::NullMetadata => Some("    metadata:".to_owned()),
            Self::EmptyMetadata => Some("    metadata: {}".to_owned()),
            Self::Written(text) => Some(format!("    metadata: {{parallel: {text}}}")),
        }
    }
}
