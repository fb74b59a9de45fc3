//! Nodes that start children: stages with several deployments or runs, parallel groups, and the same among steps.
//!
//! Follows `docs/semantics.md`, "The account's limits": they count the direct children of one node.

use deployline_engine::format::{count, number};
use deployline_engine::{
    Assumptions, Limit, LoopValues, Looping, ParallelGroup, Plan, Stage, Step, StepKind, Work,
};
use deployline_map::Set;
use deployline_span::Span;

/// A node that starts several children.
pub(crate) struct SpawningNode<'a> {
    /// Its key in the text; its stage where that is not known.
    pub(crate) span: Span,
    pub(crate) children: usize,
    /// The limit that the text sets, however many children there are.
    pub(crate) written_limit: Option<Limit>,
    /// Number of children that would run at once in an account without limits.
    pub(crate) wanted_at_once: u32,
    source: Source<'a>,
}

enum Source<'a> {
    Stage(&'a Stage),
    Group,
    /// Steps side by side.
    Steps,
    /// Runs of a step or a step group.
    StepRuns,
}

/// All nodes of a plan with more than one child that takes part in the run; without those that are more than can be drawn.
pub(crate) fn nodes(plan: &Plan) -> Vec<SpawningNode<'_>> {
    let mut nodes = Vec::new();
    for (index, stage) in plan.distinct_stages() {
        let plan = &plan.stages[index];
        let children = plan.deployments.len();
        let takes_part = stage.absence.is_none();
        if takes_part && children > 1 && children == stage.deployment_count() {
            nodes.push(SpawningNode {
                span: span(stage),
                children,
                written_limit: stage.written_limit(),
                wanted_at_once: plan.max_concurrency,
                source: Source::Stage(stage),
            });
        }
    }
    add_steps(plan, &mut nodes);
    let is_distinct = |group: &&ParallelGroup| {
        let first = group.members.first().map_or(0, |first| first.start as usize);
        plan.child_of(first).is_none_or(|child| !child.is_repeat)
    };
    for group in plan.pipeline.groups.iter().filter(is_distinct) {
        let members = 0..group.members.len();
        let children = members.filter(|member| plan.pipeline.takes_part(group, *member)).count();
        if children < 2 {
            continue;
        }
        nodes.push(SpawningNode {
            span: group.span,
            children,
            written_limit: None,
            wanted_at_once: u32::try_from(children).unwrap_or(u32::MAX),
            source: Source::Group,
        });
    }
    nodes
}

/// Adds those among steps.
fn add_steps<'p>(plan: &'p Plan, nodes: &mut Vec<SpawningNode<'p>>) {
    // The stages of one template share their steps.
    let mut seen: Set<*const Step> = Set::new();
    let stages = plan.distinct_stages().filter(|(_, stage)| stage.absence.is_none());
    for (_, stage) in stages {
        let tree = &stage.steps.tree[..];
        if !seen.insert(tree.as_ptr()) {
            continue;
        }
        for (at, step) in tree.iter().enumerate() {
            let (source, limit) = match step.kind {
                StepKind::SideBySide => (Source::Steps, None),
                StepKind::Loop { at_once } => (Source::StepRuns, at_once),
                StepKind::Work | StepKind::Wait | StepKind::LeftOut | StepKind::Group => continue,
            };
            let children = direct_children(tree, at);
            if children > 1 {
                let all = u32::try_from(children).unwrap_or(u32::MAX);
                nodes.push(SpawningNode {
                    span: step.span,
                    children,
                    written_limit: None,
                    wanted_at_once: limit.map_or(all, |limit| limit.min(all)),
                    source,
                });
            }
        }
    }
}

/// Number of steps and groups directly within one.
fn direct_children(tree: &[Step], around: usize) -> usize {
    let end = around + 1 + tree[around].inner as usize;
    let next = |at: &usize| Some(at + 1 + tree[*at].inner as usize).filter(|at| *at < end);
    std::iter::successors(Some(around + 1).filter(|at| *at < end), next).count()
}

fn span(stage: &Stage) -> Span {
    stage.looping.as_ref().and_then(|looping| looping.span).unwrap_or(stage.span)
}

impl SpawningNode<'_> {
    /// `300 deployments`, `3 runs`, `120 stages`, `300 steps`
    pub(crate) fn counted(&self) -> String {
        count(
            self.children,
            match self.source {
                Source::Stage(Stage { work: Work::Deploy(_), .. }) => "deployment",
                Source::Stage(_) | Source::StepRuns => "run",
                Source::Group => "stage",
                Source::Steps => "step",
            },
        )
    }

    /// The lists that multiply, and what they make: `20 services × 15 targets make 300 deployments`.
    pub(crate) fn product(&self) -> String {
        let lists = match self.source {
            Source::Group | Source::Steps => {
                return format!("This parallel group has {}", self.counted());
            }
            Source::StepRuns => return format!("This step makes {}", self.counted()),
            Source::Stage(stage) => lists(stage),
        };
        let verb = if lists.contains(" × ") { "make" } else { "makes" };
        format!("{lists} {verb} {}", self.counted())
    }
}

fn lists(stage: &Stage) -> String {
    match (&stage.work, &stage.looping) {
        (_, Some(looping)) => lists_of_loop(looping),
        (Work::Deploy(deploy), None) if deploy.listed.is_none() => format!(
            "{} × {}",
            count(deploy.services.items.len(), "service"),
            count(deploy.targets.items.len(), "target")
        ),
        _ => "This stage".to_owned(),
    }
}

fn lists_of_loop(looping: &Looping) -> String {
    match &looping.values {
        LoopValues::Matrix(axes) if axes.len() > 1 => {
            let axis = |axis: &deployline_engine::MatrixAxis| {
                format!("{} of `{}`", number(axis.values.len()), axis.key)
            };
            axes.iter().map(axis).collect::<Vec<_>>().join(" × ")
        }
        _ => "This strategy".to_owned(),
    }
}

/// `An account on the Enterprise plan runs at most 100`: who limits what runs at once.
pub(crate) fn runs_at_most(assumptions: &Assumptions, at_once: u32) -> String {
    match assumptions.account_limit {
        Some(_) => format!("The account runs at most {at_once}"),
        None => {
            let plan = assumptions.account_plan.caption();
            format!("An account on the {plan} plan runs at most {at_once}")
        }
    }
}
