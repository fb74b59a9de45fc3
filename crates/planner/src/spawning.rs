//! Nodes that start children: stages with several deployments or runs, and parallel groups.
//!
//! Follows `docs/semantics.md`, "The account's limits": they count the direct children of one node.

use deployline_engine::format::{count, number};
use deployline_engine::{
    Assumptions, Limit, LoopValues, Looping, ParallelGroup, Plan, Stage, Work,
};
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

fn span(stage: &Stage) -> Span {
    stage.looping.as_ref().and_then(|looping| looping.span).unwrap_or(stage.span)
}

impl SpawningNode<'_> {
    /// `300 deployments`, `3 runs`, `120 stages`
    pub(crate) fn counted(&self) -> String {
        count(
            self.children,
            match self.source {
                Source::Stage(Stage { work: Work::Deploy(_), .. }) => "deployment",
                Source::Stage(_) => "run",
                Source::Group => "stage",
            },
        )
    }

    /// The lists that multiply, and what they make: `20 services × 15 targets make 300 deployments`.
    pub(crate) fn product(&self) -> String {
        let lists = match self.source {
            Source::Group => return format!("This parallel group has {}", self.counted()),
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
