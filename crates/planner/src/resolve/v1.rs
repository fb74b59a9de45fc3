//! The newer, flat schema: stages, groups and axes by its own rules.
//!
//! Follows `docs/semantics.md`, "Schema v1".

mod axes;
mod bars;
mod by_service;
mod defaults;
mod environments;
mod filters;
mod flag;
mod inputs;
mod items;
mod name;
mod needs;
mod needs_graph;
mod waiting;

use std::rc::Rc;
use std::sync::Arc;

use deployline_engine::{Axis, ParallelGroup, Stage, Work, bounded_name};
use deployline_yaml::NodeKind;

use super::chained_state::Chain;
use super::children::Children;
use super::conditions::newer as conditions;
use super::context::Reader;
use super::failure::read_newer as read_failure;
use super::pipeline_source::StageSource;
use super::stage::{self, StagePosition, pipeline_status, placeholder, work_within_budget};
use super::strategy::newer as strategy;
use super::view::View;
use super::{chain, children, deploy, found, partial, steps, timeout};
use crate::expression::is_expression;
use crate::rules;
use axes::Axes;
use by_service::Targets;
use defaults::Defaults;
use needs::Needs;

/// What stands around a stage and counts for it.
#[derive(Clone, Default)]
struct Around<'a> {
    /// `if` of the pipeline and of the groups, the outermost first.
    conditions: Rc<[View<'a>]>,
    defaults: Rc<Defaults<'a>>,
}

impl<'a> Around<'a> {
    /// The same inside of a group.
    fn inside(&self, group: &[&View<'a>]) -> Self {
        let conditions = group.iter().filter_map(|holder| holder.value("if"));
        let conditions: Vec<View<'a>> = conditions.collect();
        if conditions.is_empty() {
            return self.clone();
        }
        let all = self.conditions.iter().cloned().chain(conditions);
        Self { conditions: all.collect(), defaults: Rc::clone(&self.defaults) }
    }
}

/// Reads all stages, those of groups in their place.
pub(super) fn stages<'a>(
    pipeline: Option<&View<'a>>,
    source: &StageSource<'a>,
    reader: &mut Reader<'_, 'a>,
) -> Vec<Stage> {
    let mut stages = StageList::default();
    let around = match pipeline {
        None => Around::default(),
        Some(pipeline) => {
            inputs::check(pipeline, reader);
            let defaults = Rc::new(Defaults::read(pipeline, reader));
            Around { defaults, ..Around::default() }.inside(&[pipeline])
        }
    };
    if let StageSource::List(list) = source {
        if list.kind() != NodeKind::Sequence {
            reader.report(
                &rules::NO_STAGES,
                list.span(),
                "Expected a list of stages, each with an `id`.",
            );
        }
        read_needs(list, reader);
        let mut after = Arc::default();
        for (item, entry) in list.items().iter().zip(0..) {
            after = add(&mut stages, item, (entry, &around), after, reader);
        }
    }
    let StageList { mut stages, needs } = stages;
    match reader.cx.graph {
        Some(_) => needs_graph::apply(&mut stages, reader),
        None => needs::apply(needs, &mut stages, reader),
    }
    stages
}

/// Reads what stages need before all else, where the viewer takes that for a DAG.
fn read_needs<'a>(list: &View<'a>, reader: &mut Reader<'_, 'a>) {
    let leaves = needs_graph::leaves(list);
    let Some(span) = needs_graph::first_needs(&leaves) else { return };
    let is_dag = reader.cx.inputs.needs_as_dag;
    reader.cx.dag_choice = Some(is_dag);
    if is_dag {
        needs_graph::report_chosen(span, reader);
        reader.cx.graph = Some(needs_graph::read(&leaves, reader));
    }
}

/// The stages that have been read, and what they need.
#[derive(Default)]
struct StageList<'a> {
    stages: Vec<Stage>,
    needs: Vec<Needs<'a>>,
}

/// Adds an entry that waits for the stages `after`; returns those that the next one waits for.
fn add<'a>(
    list: &mut StageList<'a>,
    item: &View<'a>,
    (entry, around): (u32, &Around<'a>),
    after: Arc<[u32]>,
    reader: &mut Reader<'_, 'a>,
) -> Arc<[u32]> {
    if let Some(group) = parallel_group(item, reader) {
        let around = around.inside(&[item, &group.holder]);
        report_no_list(&group.list, reader);
        let mut ends = Vec::new();
        let (number, span) = (reader.cx.groups.len(), item.key_span("parallel"));
        reader.cx.groups.push(ParallelGroup { span, members: Vec::new() });
        let first_of_group = list.stages.len();
        for branch in group.list.items() {
            let first = list.stages.len();
            reader.cx.values.read.enter_branch(first_of_group, first);
            let of_branch = add(list, &branch, (entry, &around), Arc::clone(&after), reader);
            reader.cx.values.read.leave_branch();
            if list.stages.len() > first {
                let member = stage_index(first)..stage_index(list.stages.len());
                reader.cx.groups[number].members.push(member);
            }
            // A branch without stages has ended before the others start.
            if !Arc::ptr_eq(&of_branch, &after) {
                ends.extend_from_slice(&of_branch);
            }
        }
        return if ends.is_empty() { after } else { ends.into() };
    }
    if let Some(group) = item.value("group")
        && let Some(members) = group.value("stages")
    {
        let around = around.inside(&[item, &group]);
        report_no_list(&members, reader);
        let members = members.items();
        return members
            .iter()
            .fold(after, |after, member| add(list, member, (entry, &around), after, reader));
    }
    if !reader.take_stage(item.span()) {
        return after;
    }
    let index = list.stages.len();
    let position = StagePosition { entry, index };
    let stage = match item.value("stage") {
        None => read_in(item, position, around, reader),
        Some(stage) => {
            let message = "The other stages here are written in the newer schema, this one in the older. Write \
                           its keys without `stage:` and `spec:`, with `id:` for `identifier:`.";
            reader.report(&rules::OTHER_SCHEMA, item.key_span("stage"), message);
            stage::read(&stage, position, reader)
        }
    };
    list.stages.push(Stage { after, ..stage });
    if let Some(view) = item.value("needs") {
        list.needs.push(Needs { stage: index, view, key: item.key_span("needs") });
    }
    Arc::new([stage_index(index)])
}

/// Reports the stages of a group that are no list: nothing of it is drawn.
fn report_no_list(members: &View<'_>, reader: &mut Reader<'_, '_>) {
    if members.kind() != NodeKind::Sequence {
        let expected =
            "Expected a list of stages, each with an `id`. Nothing of this group is drawn.";
        found::report(&rules::NO_STAGES, members, expected, reader);
    }
}

fn stage_index(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// Stages that run side by side.
struct SideBySide<'a> {
    /// The mapping with the list, which may have a condition.
    holder: View<'a>,
    list: View<'a>,
}

/// The list of stages that run side by side.
fn parallel_group<'a>(item: &View<'a>, reader: &mut Reader<'_, 'a>) -> Option<SideBySide<'a>> {
    let holder = item.value("parallel")?;
    if holder.kind() != NodeKind::Sequence {
        let list = holder.value("stages")?;
        return Some(SideBySide { holder, list });
    }
    let message = "In the newer schema, which the stages here are written in, `parallel:` holds `stages:` with \
                   the list. Put `stages:` around it.";
    reader.report(&rules::OTHER_SCHEMA, item.key_span("parallel"), message);
    Some(SideBySide { list: holder.clone(), holder })
}

/// Reads one stage.
pub(super) fn read<'a>(
    view: &View<'a>,
    position: StagePosition,
    reader: &mut Reader<'_, 'a>,
) -> Stage {
    read_in(view, position, &Around::default(), reader)
}

fn read_in<'a>(
    view: &View<'a>,
    position: StagePosition,
    around: &Around<'a>,
    reader: &mut Reader<'_, 'a>,
) -> Stage {
    reader.cx.keep_stage(view);
    reader.cx.values.enter_stage(view, Some(view));
    let mut stage = placeholder(&position.name(), position.entry, view.span());
    let id = view.str_of("id").or_else(|| view.str_of("name"));
    if let Some(id) = id {
        stage.identifier = bounded_name(id);
        stage.name = bounded_name(view.str_of("name").unwrap_or(id));
    }
    reader.cx.values.read.begin(id, position.index);
    partial::report_expressions(view, reader);
    if is_expression(&stage.name) {
        stage.name = bounded_name(&reader.substitute(&stage.name));
    }
    report_older_keys(view, reader);
    stage.pipeline_status = pipeline_status(view, view, reader);
    stage.steps = steps::read(view, reader);
    stage.timeout = timeout::read(view, reader);
    match bars::kind_of(view) {
        Some(kind) => {
            let mut strategy = None;
            work_within_budget(&mut stage, reader, |stage, reader| {
                bars::read(stage, view, kind, reader);
                // A template may loop by itself.
                if matches!(stage.work, Work::Other) {
                    strategy = strategy::read(view, reader);
                    stage.looping = strategy.as_ref().map(children::without_deployments);
                }
                stage.failure = read_failure(view, reader);
            });
            if let ("chain", Some(chain)) = (kind, view.value(kind)) {
                let stage = (&mut stage, position.index);
                chain::read(stage, Chain::newer(&chain), strategy.as_ref(), reader);
            }
        }
        None => read_work(&mut stage, view, &around.defaults, reader),
    }
    let around = around.conditions.to_vec();
    let places = conditions::NewerConditions { around, stage: view.clone() };
    conditions::read(&mut stage, &places, reader);
    if let Some(looping) = &stage.looping {
        reader.cx.values.read.keep_children(position.index, looping);
    }
    stage
}

/// Reports keys of the older schema that are read here as well.
fn report_older_keys(view: &View<'_>, reader: &mut Reader<'_, '_>) {
    for (key, advice) in [
        ("when", "Write `if:` with an expression."),
        ("multiDeploymentConfig", "The newer schema has nothing like it."),
    ] {
        if view.value(key).is_some() {
            let message =
                format!("`{key}` is a key of the older schema. It is read as there. {advice}");
            reader.report(&rules::OTHER_SCHEMA, view.key_span(key), message);
        }
    }
}

/// Reads a stage of the ordinary form: with `steps`, and services and environments where it deploys.
fn read_work<'a>(
    stage: &mut Stage,
    view: &View<'a>,
    defaults: &Defaults<'a>,
    reader: &mut Reader<'_, 'a>,
) {
    let axes = Axes::find(view, defaults, stage, reader.cx);
    stage.stage_type = match (view.str_of("type"), axes.deploy()) {
        (_, true) => "Deployment".to_owned(),
        (Some(kind), false) => bounded_name(kind),
        (None, false) => String::new(),
    };
    if stage.stage_type.is_empty() && view.value("steps").is_none() {
        bars::report_missing_steps(view, reader);
    }
    work_within_budget(stage, reader, |stage, reader| {
        if axes.deploy() {
            read_deploy(stage, view, &axes, reader);
        } else {
            stage.work = Work::Other;
            let strategy = strategy::read(view, reader);
            stage.looping = strategy.map(|strategy| children::without_deployments(&strategy));
        }
        stage.failure = read_failure(view, reader);
    });
}

/// Reads the axes of a stage: once for how many there are, and once for each child at most.
fn read_deploy<'a>(
    stage: &mut Stage,
    view: &View<'a>,
    axes: &Axes<'a>,
    reader: &mut Reader<'_, 'a>,
) {
    let strategy = strategy::read(view, reader);
    let mut once = Reader::new(reader.cx);
    let mut services = axes.services(&mut once);
    let Targets { axis: mut targets, mut pairs } = axes.targets(&services.items, &mut once);
    let findings = once.into_findings();
    let is_multi = services.parallel.is_some() || targets.items.len() > 1;
    let children = strategy.as_ref().filter(|_| !is_multi).and_then(|strategy| {
        let service = |reader: &mut Reader<'_, 'a>| axes.services(reader).items.into_iter().next();
        let target = |reader: &mut Reader<'_, 'a>| {
            let services = match &pairs {
                // Their tags choose the targets.
                Some(_) => axes.services(reader).items,
                None => Vec::new(),
            };
            axes.targets(&services, reader).axis.items.into_iter().next()
        };
        children::read(strategy, service, target, reader)
    });
    match children {
        None => reader.add_findings(findings),
        Some(children) => {
            let Children { looping, services: of_children, targets: targets_of_children } =
                children;
            services = Axis { items: of_children, ..services };
            targets = Axis { items: targets_of_children, ..targets };
            pairs = None;
            stage.looping = Some(looping);
        }
    }
    let deploy = axes.with_settings(services, targets, pairs, reader);
    if strategy.is_none() {
        axes.explain_nesting(&deploy, reader);
    } else if is_multi {
        deploy::report_strategy_beside_lists(view.key_span("strategy"), view, reader);
    }
    stage.work = Work::Deploy(Box::new(deploy));
}
