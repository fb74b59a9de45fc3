//! The stages in the order of the text, and which of them wait for which.
//!
//! Follows `docs/semantics.md`, "From the list to a timeline".

use std::sync::Arc;

use deployline_engine::{ParallelGroup, STAGE_BUDGET, Stage, bounded_name};
use deployline_schema::is_v1_stage;
use deployline_yaml::{Node, NodeKind};

use super::context::{EarlierStage, Reader};
use super::dag;
use super::item::Item;
use super::pipeline_source::StageSource;
use super::scalar::{self, expression};
use super::stage::{self, StagePosition};
use super::v1;
use super::view::View;
use crate::rules;

/// Reads the stages of the older schema.
pub(super) fn read<'a>(source: &StageSource<'a>, reader: &mut Reader<'_, 'a>) -> Vec<Stage> {
    let position = StagePosition { entry: 0, index: 0 };
    match source {
        StageSource::None => Vec::new(),
        StageSource::Stage(view) => vec![stage::read(view, position, reader)],
        StageSource::Template { template, body } => {
            vec![of_template(*template, stage::read(body, position, reader))]
        }
        StageSource::Spec(spec) => vec![stage::read_spec_alone(spec, position, reader)],
        StageSource::List(list) if list.kind() == NodeKind::Sequence => entries(list, reader),
        StageSource::List(list) => vec![not_a_list(list, reader)],
    }
}

/// A stage by the name of its template.
fn of_template(template: Node<'_>, stage: Stage) -> Stage {
    let text = |key| template.get(key).and_then(Node::as_str);
    let Some(identifier) = text("identifier").or_else(|| text("name")) else { return stage };
    let name = bounded_name(text("name").unwrap_or(identifier));
    Stage { identifier: bounded_name(identifier), name, ..stage }
}

fn entries<'a>(list: &View<'a>, reader: &mut Reader<'_, 'a>) -> Vec<Stage> {
    let members = |(item, entry)| members(item, entry, reader);
    let items = list.items().into_iter().zip(0..).flat_map(members).take(STAGE_BUDGET + 1);
    let mut items: Vec<Item<'a>> = items.collect();
    let taken = items.iter().take_while(|item| reader.take_stage(item.view.span())).count();
    items.truncate(taken);
    let dag = dag::choice(&items, reader);
    reader.cx.dag_choice = dag;
    if dag == Some(true) {
        return in_dag(items, reader);
    }
    keep_names(&items, reader);
    let mut stages: Vec<Stage> = Vec::with_capacity(items.len());
    let (mut after, mut first) = (Arc::default(), 0);
    for (index, item) in items.iter().enumerate() {
        let is_new = stages.last().is_none_or(|last| last.entry != item.entry);
        let first_of_entry = if is_new { index } else { first as usize };
        reader.cx.values.read.enter_branch(first_of_entry, index);
        let mut stage = entry(item, index, reader);
        reader.cx.values.read.leave_branch();
        let stage_idx = u32::try_from(index).unwrap_or(u32::MAX);
        if let Some(span) = item.group {
            if is_new {
                reader.cx.groups.push(ParallelGroup { span, members: Vec::new() });
            }
            let group = reader.cx.groups.last_mut();
            group.into_iter().for_each(|group| group.members.push(stage_idx..stage_idx + 1));
        }
        if is_new && index > 0 {
            // Everything since the last such place was one entry.
            after = (first..stage_idx).collect();
            first = stage_idx;
        }
        stage.after = Arc::clone(&after);
        stages.push(stage);
    }
    stages
}

/// The stages of a DAG, each of which is an entry of its own.
fn in_dag<'a>(mut items: Vec<Item<'a>>, reader: &mut Reader<'_, 'a>) -> Vec<Stage> {
    let graph = dag::read(&items, reader);
    (0..).zip(&mut items).for_each(|(entry, item)| item.entry = entry);
    keep_names(&items, reader);
    let order = graph.reading_order();
    reader.cx.graph = Some(graph);
    let mut stages: Vec<(usize, Stage)> = Vec::with_capacity(items.len());
    for &index in &order {
        stages.push((index, entry(&items[index], index, reader)));
    }
    reader.cx.order_kept_stages(&order);
    deployline_map::sort_by(&mut stages, |a, b| a.0.cmp(&b.0));
    let after =
        |index| reader.cx.graph.as_ref().map(|graph| graph.after(index)).unwrap_or_default();
    stages.into_iter().map(|(index, stage)| Stage { after: after(index), ..stage }).collect()
}

/// Notes the names of stages for those that take something from them. One that several have stands for the first.
fn keep_names<'a>(items: &[Item<'a>], reader: &mut Reader<'_, 'a>) {
    for (name, earlier) in items.iter().filter_map(|it| named(it.entry, &it.view)) {
        reader.cx.earlier_stages.or_insert_with(name, || earlier);
    }
}

/// Reads one item.
fn entry<'a>(item: &Item<'a>, index: usize, reader: &mut Reader<'_, 'a>) -> Stage {
    let Item { entry, view: item, .. } = item;
    let position = StagePosition { entry: *entry, index };
    match item.value("stage") {
        Some(stage) => stage::read(&stage, position, reader),
        None if is_v1_stage(&|key| item.get(key).is_some()) == Some(true) => {
            let message = "The other stages here are written in the older schema, this one in the newer. \
                           Write it below `stage:`, with `identifier:`, `name:`, `type:` and `spec:`.";
            reader.report(&rules::OTHER_SCHEMA, item.first_key_span(), message);
            v1::read(item, position, reader)
        }
        None => not_a_stage(item, position, reader),
    }
}

/// The stages of an entry: one, or those of `parallel:`.
fn members<'a>(view: View<'a>, entry: u32, reader: &mut Reader<'_, 'a>) -> Vec<Item<'a>> {
    let Some(group) = view.value("parallel") else {
        return vec![Item { entry, view, group: None }];
    };
    let list = match group.value("stages") {
        None => group,
        Some(list) => {
            let message = "In the older schema, which the stages here are written in, `parallel:` holds the \
                           list itself. Remove `stages:`.";
            reader.report(&rules::OTHER_SCHEMA, group.key_span("stages"), message);
            list
        }
    };
    let span = Some(view.key_span("parallel"));
    list.items().into_iter().map(|view| Item { entry, view, group: span }).collect()
}

fn named<'a>(entry: u32, item: &View<'a>) -> Option<(&'a str, EarlierStage<'a>)> {
    let stage = item.value("stage")?;
    let identifier = stage.str_of("identifier").or_else(|| stage.str_of("name"))?;
    Some((identifier, EarlierStage { entry, other_type: None, spec: None, lacks_template: false }))
}

fn not_a_list<'a>(list: &View<'a>, reader: &mut Reader<'_, 'a>) -> Stage {
    reader.cx.keep_stage(list);
    match expression(list) {
        Some(text) => scalar::report_runtime(list.span(), "The list of stages is", text, reader),
        None => reader.report(
            &rules::NO_STAGES,
            list.span(),
            "Expected a list of stages: each starts with `- stage:` or `- parallel:`.",
        ),
    }
    stage::placeholder("stages", 0, list.span())
}

fn not_a_stage<'a>(item: &View<'a>, position: StagePosition, reader: &mut Reader<'_, 'a>) -> Stage {
    if ["identifier", "type", "spec"].iter().any(|key| item.value(key).is_some()) {
        let message = "`stage:` is missing around this stage. Write its keys below `stage:`.";
        reader.report(&rules::UNKNOWN_STAGE_ENTRY, item.first_key_span(), message);
        return stage::read(item, position, reader);
    }
    reader.cx.keep_stage(item);
    reader.report(
        &rules::UNKNOWN_STAGE_ENTRY,
        item.first_key_span(),
        "Expected `stage:` with its contents, or `parallel:` with a list of stages. \
         A placeholder stands for it.",
    );
    stage::placeholder(&position.name(), position.entry, item.span())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Inputs, resolve};

    /// Each list of stages to wait for, and the stages that share it.
    fn check(text: &str, expected: &[(&[u32], &[usize])]) {
        let parsed = deployline_yaml::parse(text);
        let (pipeline, _) = resolve(&parsed.documents, &Inputs::default());
        let mut found: Vec<(Arc<[u32]>, Vec<usize>)> = Vec::new();
        let waiting = pipeline.stages.iter().enumerate().filter(|(_, it)| !it.after.is_empty());
        for (index, stage) in waiting {
            match found.iter_mut().find(|(after, _)| Arc::ptr_eq(after, &stage.after)) {
                Some((_, sharing)) => sharing.push(index),
                None => found.push((Arc::clone(&stage.after), vec![index])),
            }
        }
        let found: Vec<_> =
            found.iter().map(|(after, sharing)| (&after[..], &sharing[..])).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn stages_beside_each_other_wait_for_one_list() {
        const A: &str = "{stage: {type: Approval}}";
        check(
            &format!("stages: [{{parallel: [{A}, {A}, {A}]}}, {{parallel: [{A}, {A}]}}, {A}]"),
            &[(&[0, 1, 2], &[3, 4]), (&[3, 4], &[5])],
        );
        // A branch without stages adds nothing to wait for, however often it is there.
        let empty = "{group: {stages: []}}";
        let entry = format!("{{parallel: {{stages: [{empty}, {empty}, {{id: b}}]}}}}");
        check(&format!("stages: [{{id: a}}, {entry}, {entry}]"), &[(&[0], &[1]), (&[1], &[2])]);
        check(
            "stages: [{id: a}, {parallel: {stages: [{group: {stages: [{id: b}, {id: c}]}}, {id: d}]}}]",
            &[(&[0], &[1, 3]), (&[1], &[2])],
        );
    }
}
