//! `dependsOn`: stages that wait for those they name, and not for the entry before them.
//!
//! Follows `docs/semantics.md`, "DAG pipelines".
//!
//! ```text
//! items ──names──▶ dependencies ──▶ graph: order of reading, ancestors
//!                                     └── what has no order: cycles
//! ```

mod expressions;
mod names;

use deployline_yaml::Diagnostic;

use super::context::Reader;
use super::graph::Graph;
use super::item::Item;
use crate::rules;
use names::{KEY, Names};

pub(super) use names::Dependency;

/// Returns `Some(true)` where stages wait for those they name; `None` where neither the text nor the viewer says so.
pub(super) fn choice(items: &[Item<'_>], reader: &mut Reader<'_, '_>) -> Option<bool> {
    let chosen = reader.cx.inputs.dag;
    let key = |item: &Item<'_>| Some(item.view.value("stage")?.entry(KEY)?.0.span());
    let Some(span) = items.iter().find_map(key) else { return chosen };
    let is_dag = chosen != Some(false);
    let drawn = if is_dag {
        "This one is drawn as a DAG, since a stage has `dependsOn`: each stage starts when those that it names \
         have ended, and the order of the text says nothing."
    } else {
        "This one is drawn in the order of its text, as is chosen by hand, and `dependsOn` is not used."
    };
    let message = format!(
        "Whether a pipeline runs as a DAG is kept outside its YAML. {drawn} The assumption `dag` changes it."
    );
    reader.report(&rules::DAG_ASSUMED, span, message);
    Some(is_dag)
}

/// Reads what each stage waits for.
pub(super) fn read<'a>(items: &[Item<'a>], reader: &mut Reader<'_, 'a>) -> Graph {
    report_groups(items, reader);
    let names = Names::of(items);
    let found = items.iter().map(|item| names.dependencies(item, reader));
    let found: Vec<Vec<Dependency>> = found.collect();
    let stages = |of: &Vec<Dependency>| of.iter().map(|it| it.stage).collect();
    let graph = Graph::new(found.iter().map(stages).collect());
    for cycle in graph.cycles() {
        reader.add(cycle_error(&cycle, &found, &|stage| names.name(stage)));
    }
    expressions::report(items, &graph, &names, reader);
    graph
}

/// The error about a cycle of stages, each of which waits for the next.
pub(super) fn cycle_error(
    cycle: &[usize],
    dependencies: &[Vec<Dependency>],
    name: &dyn Fn(usize) -> String,
) -> Diagnostic {
    let next = |at: usize| cycle[(at + 1) % cycle.len()];
    let place = |at: usize| {
        let of = &dependencies[cycle[at]];
        of.iter().find(|it| it.stage == next(at)).map(|it| it.span).unwrap_or_default()
    };
    let message = match cycle {
        [only] => format!(
            "The stage `{name}` depends on itself, so it never starts. Remove `{name}` here.",
            name = name(*only)
        ),
        [first, .., last] => {
            let shown = cycle.iter().take(MAX_RELATED).map(|it| format!("`{}`", name(*it)));
            let mut waiting = shown.collect::<Vec<_>>().join(" waits for ");
            if cycle.len() > MAX_RELATED {
                waiting += &format!(" and so on through {} more", cycle.len() - MAX_RELATED);
            }
            format!(
                "Stages that wait for each other never start: {waiting}, and `{last}` waits for `{first}`. Remove \
                     one of these dependencies, for example `{first}` from the list of `{last}`.",
                first = name(*first),
                last = name(*last),
            )
        }
        [] => String::new(),
    };
    let last = cycle.len() - 1;
    let mut found = rules::DEPENDENCY_CYCLE.at(place(last), message);
    for (at, stage) in cycle[..last].iter().take(MAX_RELATED).enumerate() {
        let of = name(*stage);
        found = found.with_related(place(at), format!("`{of}` waits for `{}`", name(next(at))));
    }
    found
}

/// The most other places of a cycle that are shown.
const MAX_RELATED: usize = 10;

/// Says of each parallel group that a DAG has none.
fn report_groups(items: &[Item<'_>], reader: &mut Reader<'_, '_>) {
    let mut last = None;
    for group in items.iter().filter_map(|item| item.group) {
        if last.replace(group) != Some(group) {
            let message = "A DAG has no `parallel:`: stages whose dependencies have ended run side by side. Put the \
                           stages of the group into the list itself; they are drawn so.";
            reader.report(&rules::DAG_PARALLEL, group, message);
        }
    }
}
