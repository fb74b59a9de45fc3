//! The steps of a stage: a note beside its bars, and the parts of these.
//!
//! Follows `docs/semantics.md`, "Inside a deployment".

mod loops;
mod newer;
mod tree;
mod waits;

use std::sync::Arc;

use deployline_engine::{Step, StepKind, Steps, Timeout, bounded_name};
use deployline_schema::WAITING_STEPS;
use deployline_yaml::{Node, NodeKind};

use super::budget::CountedList;
use super::context::{Context, CountedSteps, Reader};
use super::nesting::{self, written_name};
use super::view::View;
use crate::expression::is_expression;

/// The most lines of the note.
const MAX_LINES: usize = 12;
/// Depth of groups in groups, below which a group counts as one step.
const MAX_DEPTH: usize = 12;

/// Reads the steps below `execution`, or `steps` of the newer schema.
pub(super) fn read(holder: &View<'_>, reader: &mut Reader<'_, '_>) -> Steps {
    let Some(list) = holder.at(&["execution", "steps"]).or_else(|| holder.value("steps")) else {
        return Steps::default();
    };
    let counted = counted(&list, reader.cx);
    let (steps, waits) = (counted.steps.clone(), counted.waits.clone());
    let loops = counted.loops.clone();
    let views = match waits::are_open(&waits) || !loops.is_empty() {
        true => views(&list, steps.tree.len(), reader),
        false => Vec::new(),
    };
    let steps = Steps { waits: waits::settled(&waits, &views, reader), ..steps };
    let is_newer = holder.at(&["execution", "steps"]).is_none();
    let steps = loops::unroll(steps, &loops, (&views, is_newer), reader);
    Steps { rollback: rollback(holder, reader), ..steps }
}

/// The steps that a rollback runs. What waits among them is a part of its length, which is assumed as a whole.
fn rollback(holder: &View<'_>, reader: &mut Reader<'_, '_>) -> Arc<[Step]> {
    let of_older = holder.at(&["execution", "rollbackSteps"]);
    let Some(list) = of_older.or_else(|| holder.value("rollback")) else { return Arc::default() };
    let tree = counted(&list, reader.cx).steps.tree.clone();
    let works = |step: &Step| match step.kind {
        StepKind::Wait => Step { kind: StepKind::Work, ..step.clone() },
        _ => step.clone(),
    };
    tree.iter().map(works).collect()
}

/// The steps in the order of the tree; none where these are too many.
fn views<'a>(list: &View<'a>, count: usize, reader: &mut Reader<'_, '_>) -> Vec<View<'a>> {
    let mut views = Vec::new();
    let counted = CountedList { name: "steps", of: None, count, span: list.span() };
    if reader.cx.budget.inspect(count, &counted) {
        add_views(list, &mut views, count, 0);
    }
    views
}

/// Adds the steps in the order of the tree, so many at most.
fn add_views<'a>(list: &View<'a>, views: &mut Vec<View<'a>>, most: usize, depth: usize) {
    for item in list.first_items(most) {
        if views.len() >= most {
            return;
        }
        let group = item.value("stepGroup").or_else(|| item.value("group"));
        let is_list = |view: &View<'_>| view.kind() == NodeKind::Sequence;
        let side_by_side = item.value("parallel").filter(is_list);
        let side_by_side = side_by_side.or_else(|| item.at(&["parallel", "steps"]));
        if let Some(group) = group.filter(|_| depth < MAX_DEPTH) {
            views.push(group.clone());
            if let Some(inner) = group.value("steps") {
                add_views(&inner, views, most, depth + 1);
            }
        } else if let Some(inner) = side_by_side {
            views.push(inner.clone());
            add_views(&inner, views, most, depth);
        } else {
            views.push(item.value("step").unwrap_or(item));
        }
    }
}

/// Returns `true` where a step or step group of the list has failure strategies of its own.
pub(super) fn have_failure_strategies(list: &View<'_>, cx: &mut Context<'_>) -> bool {
    counted(list, cx).have_failure_strategies
}

fn counted<'c>(list: &View<'_>, cx: &'c mut Context<'_>) -> &'c CountedSteps {
    let count = || {
        let mut counted = CountedSteps::default();
        add_list(&mut counted, list.node(), 0);
        counted.steps.identifiers = std::mem::take(&mut counted.identifiers).into();
        counted.steps.tree = std::mem::take(&mut counted.tree).into();
        counted.waits = std::mem::take(&mut counted.found_waits).into();
        counted.loops = std::mem::take(&mut counted.found_loops).into();
        counted.steps.deepest = nesting::deepest(list.node());
        counted
    };
    cx.steps.or_insert_with(list.span(), count)
}

fn add_list(counted: &mut CountedSteps, list: Node<'_>, depth: usize) {
    for item in list.items() {
        add(counted, item, depth);
    }
}

fn add(counted: &mut CountedSteps, item: Node<'_>, depth: usize) {
    if let Some(group) = item.get("stepGroup").filter(|_| depth < MAX_DEPTH) {
        line(counted, depth, || format!("{}{}", name_of(group, "group"), strategy_of(group)));
        counted.have_failure_strategies |= group.get("failureStrategies").is_some();
        let inner = group.get("steps");
        counted.steps.has_unread |= inner.is_none_or(|inner| inner.kind() != NodeKind::Sequence);
        return tree::around(counted, group, StepKind::Group, |counted| {
            inner.into_iter().for_each(|inner| add_list(counted, inner, depth + 1));
        });
    }
    if let Some(list) = item.get("parallel").filter(|list| list.kind() == NodeKind::Sequence) {
        let has_groups = list.items().any(|item| item.get("step").is_none());
        return tree::around(counted, list, StepKind::SideBySide, |counted| {
            add_side_by_side(counted, list, depth, has_groups);
        });
    }
    match item.get("step") {
        Some(step) => {
            let kind = step.get("type").and_then(Node::as_str).unwrap_or("step");
            let has_rules = step.get("failureStrategies").is_some();
            add_step(counted, step, (kind, WAITING_STEPS.contains(&kind), has_rules), depth);
            tree::add(counted, step, kind, waits::of_older(kind, step));
        }
        None => newer::add(counted, item, depth),
    }
}

/// Adds steps that run side by side: they share one part, and in a group each has less than that.
fn add_side_by_side(counted: &mut CountedSteps, list: Node<'_>, depth: usize, has_groups: bool) {
    let (parts, shortest) = (counted.steps.parts, counted.steps.shortest_timeout);
    add_list(counted, list, depth);
    let steps = &mut counted.steps;
    steps.parts = steps.parts.min(parts + 1);
    steps.shortest_timeout = if has_groups { shortest } else { steps.shortest_timeout };
}

/// Adds a step of a kind; of one that waits, no part of the work.
fn add_step(
    counted: &mut CountedSteps,
    step: Node<'_>,
    (kind, waits, has_rules): (&str, bool, bool),
    depth: usize,
) {
    counted.steps.count += 1;
    match identifier_of(step) {
        Some(identifier) => counted.identifiers.push(bounded_name(identifier)),
        None => counted.steps.has_unread = true,
    }
    counted.have_failure_strategies |= has_rules;
    line(counted, depth, || format!("{}{}", name_of(step, kind), strategy_of(step)));
    if !waits {
        counted.steps.parts += 1;
        let repeats = step.get("strategy").is_some();
        take_timeout(&mut counted.steps, timeout_of(step).filter(|_| !repeats));
    }
}

/// Identifier of a step, or the name of one without; `None` where it has neither, or an expression gives it.
fn identifier_of(step: Node<'_>) -> Option<&str> {
    let identifier = ["identifier", "id", "name"].iter().find_map(|key| step.get(key)?.as_str());
    identifier.filter(|identifier| !is_expression(identifier))
}

fn timeout_of(step: Node<'_>) -> Option<Timeout> {
    let value = step.get("timeout")?;
    Some(Timeout { after: value.as_str()?.parse().ok()?, span: value.span() })
}

fn take_timeout(steps: &mut Steps, timeout: Option<Timeout>) {
    let shortest = [steps.shortest_timeout, timeout].into_iter().flatten();
    steps.shortest_timeout = shortest.min_by_key(|timeout| timeout.after);
}

/// Adds a line, whose text is made only where it is kept.
fn line(counted: &mut CountedSteps, depth: usize, text: impl FnOnce() -> String) {
    let lines = &mut counted.steps.lines;
    if lines.len() < MAX_LINES {
        lines.push(format!("{}{}", "  ".repeat(depth), text()));
    }
}

fn name_of(node: Node<'_>, other: &str) -> String {
    bounded_name(written_name(node, other))
}

/// `, by matrix`: a step or group with a strategy runs several times.
fn strategy_of(node: Node<'_>) -> String {
    const KINDS: [&str; 5] = ["matrix", "repeat", "parallelism", "for", "while"];
    let Some(strategy) = node.get("strategy") else { return String::new() };
    let known = KINDS.into_iter().find(|kind| strategy.get(kind).is_some());
    let first_key = || strategy.entries().next().and_then(|(key, _)| key.as_str());
    let kind = known.or_else(first_key);
    kind.map(|kind| format!(", by {}", bounded_name(kind))).unwrap_or_default()
}
