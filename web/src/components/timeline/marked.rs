//! The shapes of the rows, with what is marked in them.

use deployline_engine::insight::{
    RunState, chain, critical_path, first_and_last, state_at, waiting_for,
};
use deployline_engine::{DeploymentId, Ms, Run, Schedule, Status, words};
use deployline_timeline::{BarMarks, DraggedBar, Link, Marks, Progress, Shape, shapes};

use super::{DrawnPicture, TimelineProps};
use crate::cursor;
use crate::derived::Derived;

/// The most connectors of a stage with others, in each direction.
const MAX_DEPENDENCIES: usize = 100;

/// Chains of deployments that are marked, each in the order of the run.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Chains {
    /// Chain that the picked deployment waits for.
    selected: Vec<DeploymentId>,
    critical: Vec<DeploymentId>,
    /// In a DAG, what the picked one's stage waits for and what waits for it: pairs of the earlier and the later one.
    dependencies: Vec<(DeploymentId, DeploymentId)>,
}

impl Chains {
    pub(super) fn new(
        derived: &Derived,
        selection: Option<DeploymentId>,
        is_critical_shown: bool,
    ) -> Self {
        let schedule = &derived.analysis.schedule;
        Self {
            selected: selection.map(|at| chain(schedule, at)).unwrap_or_default(),
            critical: if is_critical_shown { critical_path(schedule) } else { Vec::new() },
            dependencies: selection.map(|at| dependencies(derived, at.stage)).unwrap_or_default(),
        }
    }
}

/// Pairs of deployments of which a stage depends on the other: its own, and those of the others.
fn dependencies(derived: &Derived, stage: u32) -> Vec<(DeploymentId, DeploymentId)> {
    let (plan, schedule) = (&derived.analysis.plan, &derived.analysis.schedule);
    let pipeline = &plan.pipeline;
    let is_in_dag = plan.is_in_dag(stage as usize);
    let Some(of_stage) = pipeline.stages.get(stage as usize).filter(|_| is_in_dag) else {
        return Vec::new();
    };
    let Some((first, last)) = first_and_last(schedule, stage) else { return Vec::new() };
    let mut pairs = Vec::new();
    for before in of_stage.after.iter().take(MAX_DEPENDENCIES) {
        pairs.extend(first_and_last(schedule, *before).map(|(_, before)| (before, first)));
    }
    for behind in waiting_for(pipeline, stage).take(MAX_DEPENDENCIES) {
        pairs.extend(first_and_last(schedule, behind).map(|(behind, _)| (last, behind)));
    }
    pairs
}

/// All that is drawn in the rows.
pub(super) fn row_shapes(
    drawn: &DrawnPicture,
    props: &TimelineProps,
    chains: &Chains,
    dragged: Option<DraggedBar>,
) -> Vec<Shape> {
    let TimelineProps { derived, selection, view, at_cursor, otherwise, .. } = props;
    let schedule = &derived.analysis.schedule;
    let of_bar = |at: DeploymentId| BarMarks {
        is_selected: *selection == Some(at),
        is_at_cursor: cursor::is_at(at_cursor, derived, at),
        is_in_chain: is_in(&chains.selected, at, schedule),
        is_critical: is_in(&chains.critical, at, schedule),
        is_dependent: otherwise.as_ref().is_some_and(|otherwise| {
            schedule.run(at).is_some_and(|run| otherwise.moved(at, run).is_some())
        }),
        progress: view.playhead.zip(schedule.run(at)).map(|(now, run)| progress(run, now)),
    };
    let label =
        |at: DeploymentId| if *selection == Some(at) { label(derived, at) } else { String::new() };
    let marks = Marks {
        of_bar: &of_bar,
        label: &label,
        dragged,
        chain: &links(drawn, &chains.selected),
        dependencies: &connectors(drawn, &chains.dependencies),
        critical_path: &links(drawn, &chains.critical),
        playhead: view.playhead,
    };
    shapes(&drawn.scene, &marks)
}

/// Returns true for a deployment in a chain: one of those that start when it does.
fn is_in(chain: &[DeploymentId], at: DeploymentId, schedule: &Schedule) -> bool {
    let start = |at: DeploymentId| schedule.run(at).map(|run| run.start);
    let first = chain.partition_point(|link| start(*link) < start(at));
    chain[first..].iter().take_while(|link| start(**link) == start(at)).any(|link| *link == at)
}

fn progress(run: &Run, now: Ms) -> Progress {
    match state_at(run, now) {
        RunState::Waiting => Progress::Waiting,
        RunState::Running => Progress::Running,
        RunState::Done | RunState::Failed | RunState::Skipped => Progress::Done,
    }
}

/// A deployment in words: `3. cart eu-1, 2m to 4m`.
fn label(derived: &Derived, at: DeploymentId) -> String {
    let analysis = &derived.analysis;
    let (stage, index) = (at.stage as usize, at.index as usize);
    let Some(run) = analysis.schedule.run(at) else { return String::new() };
    let name =
        words::label(&analysis.plan.pipeline.stages[stage], &analysis.plan.stages[stage], index);
    let time = match run.status {
        Status::Skipped => {
            let run = &analysis.schedule.stages[stage];
            let left_out = words::left_out(&analysis.plan.pipeline.stages[stage], run);
            left_out.unwrap_or("skipped").to_owned()
        }
        Status::Succeeded => format!("{} to {}", run.start, run.end),
        status => format!("{} to {}, {}", run.start, run.end, words::fails(status)),
    };
    let parts = words::parts(&analysis.schedule, at).map(|parts| format!(": {parts}"));
    format!("{}. {name}, {time}{}", index + 1, parts.unwrap_or_default())
}

fn links(drawn: &DrawnPicture, chain: &[DeploymentId]) -> Vec<Link> {
    // Mostly there is none, and to find bars in the picture takes longer than to see that.
    if chain.is_empty() {
        return Vec::new();
    }
    let DrawnPicture { derived, picture, viewport, options, .. } = drawn;
    let chain: Vec<_> = chain.iter().map(|at| (at.stage as usize, at.index as usize)).collect();
    picture.path(derived.planned(), viewport, options, &chain)
}

fn connectors(drawn: &DrawnPicture, pairs: &[(DeploymentId, DeploymentId)]) -> Vec<Link> {
    if pairs.is_empty() {
        return Vec::new();
    }
    let DrawnPicture { derived, picture, viewport, options, .. } = drawn;
    let place = |at: DeploymentId| (at.stage as usize, at.index as usize);
    let pairs: Vec<_> = pairs.iter().map(|(from, to)| (place(*from), place(*to))).collect();
    picture.connectors(derived.planned(), viewport, options, &pairs)
}
