//! The steps of a stage, for a note beside its bars: they are no bars themselves.

use deployline_engine::{Steps, Timeout, bounded_name};
use deployline_schema::WAITING_STEPS;
use deployline_yaml::{Node, NodeKind};

use super::context::{Context, CountedSteps};
use super::nesting::{self, written_name};
use super::view::View;
use crate::expression::is_expression;

/// The most lines of the note.
const MAX_LINES: usize = 12;
/// Depth of groups in groups, below which a group counts as one step.
const MAX_DEPTH: usize = 12;

/// Counts the steps below `execution`, or `steps` of the newer schema.
pub(super) fn read(holder: &View<'_>, cx: &mut Context<'_>) -> Steps {
    let list = holder.at(&["execution", "steps"]).or_else(|| holder.value("steps"));
    list.map(|list| counted(&list, cx).steps.clone()).unwrap_or_default()
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
        line(counted, depth, &format!("{}{}", name_of(group, "group"), strategy_of(group)));
        counted.have_failure_strategies |= group.get("failureStrategies").is_some();
        let inner = group.get("steps");
        counted.steps.has_unread |= inner.is_none_or(|inner| inner.kind() != NodeKind::Sequence);
        return inner.into_iter().for_each(|inner| add_list(counted, inner, depth + 1));
    }
    if let Some(list) = item.get("parallel").filter(|list| list.kind() == NodeKind::Sequence) {
        let (parts, shortest) = (counted.steps.parts, counted.steps.shortest_timeout);
        add_list(counted, list, depth);
        // Side by side, they share one part; in a group, each has less than that.
        let has_groups = list.items().any(|item| item.get("step").is_none());
        let steps = &mut counted.steps;
        steps.parts = steps.parts.min(parts + 1);
        steps.shortest_timeout = if has_groups { shortest } else { steps.shortest_timeout };
        return;
    }
    let step = item.get("step").unwrap_or(item);
    counted.steps.count += 1;
    match identifier_of(item) {
        Some(identifier) => counted.identifiers.push(bounded_name(identifier)),
        None => counted.steps.has_unread = true,
    }
    counted.have_failure_strategies |= step.get("failureStrategies").is_some();
    // A step of the newer schema is named by what it does: `run: …`.
    let first_key = step.entries().next().and_then(|(key, _)| key.as_str());
    let kind = step.get("type").and_then(Node::as_str).or(first_key).unwrap_or("step");
    line(counted, depth, &format!("{}{}", name_of(step, kind), strategy_of(step)));
    if !WAITING_STEPS.contains(&kind) {
        counted.steps.parts += 1;
        let repeats = step.get("strategy").is_some();
        take_timeout(&mut counted.steps, timeout_of(step).filter(|_| !repeats));
    }
}

/// Identifier of a step, or the name of one without; `None` where it is neither, or no step of the older schema.
fn identifier_of(item: Node<'_>) -> Option<&str> {
    let step = item.get("step")?;
    let identifier = ["identifier", "name"].iter().find_map(|key| step.get(key)?.as_str());
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

fn line(counted: &mut CountedSteps, depth: usize, text: &str) {
    let lines = &mut counted.steps.lines;
    if lines.len() < MAX_LINES {
        lines.push(format!("{}{text}", "  ".repeat(depth)));
    }
}

fn name_of(node: Node<'_>, other: &str) -> String {
    bounded_name(written_name(node, other))
}

/// `, by matrix`: a step or group with a strategy runs several times.
fn strategy_of(node: Node<'_>) -> String {
    let kind = node.get("strategy").and_then(|strategy| strategy.entries().next());
    kind.and_then(|(key, _)| key.as_str())
        .map(|kind| format!(", by {}", bounded_name(kind)))
        .unwrap_or_default()
}
