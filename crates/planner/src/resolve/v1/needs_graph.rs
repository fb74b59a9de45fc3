//! `needs` as the dependencies of a DAG, where the viewer takes it so: nothing else holds a stage then.
//!
//! Follows `docs/semantics.md`, "Schema v1".

use deployline_engine::Stage;
use deployline_map::{Map, Set};
use deployline_span::Span;
use deployline_yaml::NodeKind;

use super::needs::{names_in, report_unknown};
use crate::resolve::context::Reader;
use crate::resolve::dag::{Dependency, cycle_error};
use crate::resolve::graph::Graph;
use crate::resolve::view::View;
use crate::rules;

/// The stages of a list, those of groups in their place.
pub(super) fn leaves<'a>(list: &View<'a>) -> Vec<View<'a>> {
    let mut found = Vec::new();
    list.items().iter().for_each(|item| add(item, &mut found));
    found
}

fn add<'a>(item: &View<'a>, found: &mut Vec<View<'a>>) {
    let parallel = item.value("parallel").and_then(|holder| match holder.kind() {
        NodeKind::Sequence => Some(holder),
        _ => holder.value("stages"),
    });
    match parallel.or_else(|| item.at(&["group", "stages"])) {
        Some(list) => list.items().iter().for_each(|member| add(member, found)),
        None => found.push(item.clone()),
    }
}

/// Place of the first `needs`.
pub(super) fn first_needs(leaves: &[View<'_>]) -> Option<Span> {
    let first = leaves.iter().find(|leaf| leaf.value("needs").is_some())?;
    Some(first.key_span("needs"))
}

/// Reads what each stage waits for.
pub(super) fn read<'a>(leaves: &[View<'a>], reader: &mut Reader<'_, 'a>) -> Graph {
    let names: Vec<Option<&str>> =
        leaves.iter().map(|leaf| leaf.str_of("id").or_else(|| leaf.str_of("name"))).collect();
    let mut by_name: Map<String, usize> = Map::new();
    for (index, name) in names.iter().enumerate() {
        if let Some(name) = name {
            by_name.or_insert_with((*name).to_owned(), || index);
        }
        // A dependency may stand behind the stage that waits for it.
        reader.cx.values.read.begin(*name, index);
    }
    let found = leaves.iter().map(|leaf| dependencies(leaf, &by_name, reader));
    let found: Vec<Vec<Dependency>> = found.collect();
    let stages = |of: &Vec<Dependency>| of.iter().map(|it| it.stage).collect();
    let graph = Graph::new(found.iter().map(stages).collect());
    let name =
        |stage: usize| names[stage].map_or_else(|| format!("stage {}", stage + 1), str::to_owned);
    for cycle in graph.cycles() {
        reader.add(cycle_error(&cycle, &found, &name));
    }
    graph
}

/// The stages that one needs, each once.
fn dependencies<'a>(
    leaf: &View<'a>,
    by_name: &Map<String, usize>,
    reader: &mut Reader<'_, 'a>,
) -> Vec<Dependency> {
    let mut found: Vec<Dependency> = Vec::new();
    let Some(needs) = leaf.value("needs") else { return found };
    let mut stages = Set::new();
    for name in names_in(&needs, reader) {
        match by_name.get(&name.text) {
            Some(stage) if !stages.insert(*stage) => {}
            Some(stage) => found.push(Dependency { stage: *stage, span: name.place.span() }),
            None => report_unknown(&name, by_name, reader),
        }
    }
    found
}

/// Lets each stage that was read wait for those that it needs, and for nothing else.
pub(super) fn apply(stages: &mut [Stage], reader: &mut Reader<'_, '_>) {
    let Some(graph) = &reader.cx.graph else { return };
    let count = stages.len();
    for (index, stage) in stages.iter_mut().enumerate() {
        let after = graph.after(index);
        // Of too many stages the last ones are not drawn.
        stage.after = after.iter().copied().filter(|it| (*it as usize) < count).collect();
        stage.entry = u32::try_from(index).unwrap_or(u32::MAX);
    }
    reader.cx.groups.clear();
}

/// Says that the viewer chose this.
pub(super) fn report_chosen(span: Span, reader: &mut Reader<'_, '_>) {
    let message = "No public source says whether `needs` makes a pipeline a DAG. This one is drawn as a DAG, as is \
                   chosen by hand: each stage starts when those that it needs have ended, and the order of the text, \
                   `parallel` and `group` say nothing. The assumption `needs-as-dag` changes it.";
    reader.report(&rules::DAG_ASSUMED, span, message);
}
