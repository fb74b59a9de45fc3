//! The newer, flat schema: stages, groups and axes by its own rules.
//!
//! Follows `docs/semantics.md`, "Schema v1".

mod axes;

use std::sync::Arc;

use deployline_engine::{Axis, ParallelGroup, Schema, Stage, Work, bounded_name};
use deployline_yaml::NodeKind;

use super::children::Children;
use super::conditions::{self, ConditionPlaces};
use super::context::Reader;
use super::pipeline_source::StageSource;
use super::stage::{self, StagePosition, pipeline_status, placeholder, work_within_budget};
use super::view::View;
use super::{children, deploy, steps, strategy};
use crate::rules;
use axes::Axes;

/// Reads all stages, those of groups in their place.
pub(super) fn stages<'a>(source: &StageSource<'a>, reader: &mut Reader<'_, 'a>) -> Vec<Stage> {
    let mut stages = Vec::new();
    if let StageSource::List(list) = source {
        if list.kind() != NodeKind::Sequence {
            reader.report(
                &rules::NO_STAGES,
                list.span(),
                "Expected a list of stages, each with an `id`.",
            );
        }
        let mut after = Arc::default();
        for (item, entry) in list.items().iter().zip(0..) {
            after = add(&mut stages, item, entry, after, reader);
        }
    }
    stages
}

/// Adds an entry that waits for the stages `after`; returns those that the next one waits for.
fn add<'a>(
    stages: &mut Vec<Stage>,
    item: &View<'a>,
    entry: u32,
    after: Arc<[u32]>,
    reader: &mut Reader<'_, 'a>,
) -> Arc<[u32]> {
    if let Some(group) = parallel_group(item, reader) {
        let mut ends = Vec::new();
        let (number, span) = (reader.cx.groups.len(), item.key_span("parallel"));
        reader.cx.groups.push(ParallelGroup { span, members: Vec::new() });
        let first_of_group = stages.len();
        for branch in group.items() {
            let first = stages.len();
            reader.cx.values.read.enter_branch(first_of_group, first);
            let of_branch = add(stages, &branch, entry, Arc::clone(&after), reader);
            reader.cx.values.read.leave_branch();
            if stages.len() > first {
                let member = stage_index(first)..stage_index(stages.len());
                reader.cx.groups[number].members.push(member);
            }
            // A branch without stages has ended before the others start.
            if !Arc::ptr_eq(&of_branch, &after) {
                ends.extend_from_slice(&of_branch);
            }
        }
        return if ends.is_empty() { after } else { ends.into() };
    }
    if let Some(group) = item.at(&["group", "stages"]) {
        let members = group.items();
        return members
            .iter()
            .fold(after, |after, member| add(stages, member, entry, after, reader));
    }
    if !reader.take_stage(item.span()) {
        return after;
    }
    let index = stages.len();
    let position = StagePosition { entry, index };
    let stage = match item.value("stage") {
        None => read(item, position, reader),
        Some(stage) => {
            let message = "The other stages here are written in the newer schema, this one in the older. Write \
                           its keys without `stage:` and `spec:`, with `id:` for `identifier:`.";
            reader.report(&rules::OTHER_SCHEMA, item.key_span("stage"), message);
            stage::read(&stage, position, reader)
        }
    };
    stages.push(Stage { after, ..stage });
    Arc::new([stage_index(index)])
}

fn stage_index(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// The list of stages that run side by side.
fn parallel_group<'a>(item: &View<'a>, reader: &mut Reader<'_, 'a>) -> Option<View<'a>> {
    let group = item.value("parallel")?;
    if group.kind() != NodeKind::Sequence {
        return group.value("stages");
    }
    let message = "In the newer schema, which the stages here are written in, `parallel:` holds `stages:` with \
                   the list. Put `stages:` around it.";
    reader.report(&rules::OTHER_SCHEMA, item.key_span("parallel"), message);
    Some(group)
}

/// Reads one stage.
pub(super) fn read<'a>(
    view: &View<'a>,
    position: StagePosition,
    reader: &mut Reader<'_, 'a>,
) -> Stage {
    reader.cx.keep_stage(view);
    let mut stage = placeholder(&position.name(), position.entry, view.span());
    let id = view.str_of("id").or_else(|| view.str_of("name"));
    if let Some(id) = id {
        stage.identifier = bounded_name(id);
        stage.name = bounded_name(view.str_of("name").unwrap_or(id));
    }
    reader.cx.values.read.begin(id, position.index);
    stage.pipeline_status = pipeline_status(view, view, reader);
    stage.steps = steps::read(view, reader.cx);
    let deploys = view.value("service").is_some() || view.value("environment").is_some();
    stage.stage_type = match (view.str_of("type"), deploys) {
        (_, true) => "Deployment".to_owned(),
        (Some(kind), false) => bounded_name(kind),
        (None, false) => String::new(),
    };
    work_within_budget(&mut stage, reader, |stage, reader| {
        if deploys {
            read_deploy(stage, view, reader);
        } else {
            stage.work = Work::Other;
            let strategy = strategy::read_v1(view, reader);
            stage.looping = strategy.map(|strategy| children::without_deployments(&strategy));
        }
    });
    let places = ConditionPlaces {
        when: view.value("when"),
        strategy: view.value("strategy"),
        multi_deployment: view.value("multiDeploymentConfig"),
    };
    conditions::read(&mut stage, &places, Schema::V1, reader);
    stage
}

/// Reads the axes of a stage: once for how many there are, and once for each child at most.
fn read_deploy<'a>(stage: &mut Stage, view: &View<'a>, reader: &mut Reader<'_, 'a>) {
    let axes = Axes::find(view, stage, reader.cx);
    let strategy = strategy::read_v1(view, reader);
    let mut once = Reader::new(reader.cx);
    let (mut services, mut targets) = (axes.services(&mut once), axes.targets(&mut once));
    let findings = once.into_findings();
    let is_multi = services.parallel.is_some() || targets.items.len() > 1;
    let children = strategy.as_ref().filter(|_| !is_multi).and_then(|strategy| {
        let service = |reader: &mut Reader<'_, 'a>| axes.services(reader).items.into_iter().next();
        let target = |reader: &mut Reader<'_, 'a>| axes.targets(reader).items.into_iter().next();
        children::read(strategy, service, target, reader)
    });
    match children {
        None => reader.add_findings(findings),
        Some(children) => {
            let Children { looping, services: of_children, targets: targets_of_children } =
                children;
            services = Axis { items: of_children, ..services };
            targets = Axis { items: targets_of_children, ..targets };
            stage.looping = Some(looping);
        }
    }
    let deploy = axes.with_settings(services, targets, reader);
    if strategy.is_none() {
        axes::explain_nesting(&deploy, view, reader);
    } else if is_multi {
        deploy::report_strategy_beside_lists(view.key_span("strategy"), view, reader);
    }
    stage.work = Work::Deploy(Box::new(deploy));
}
