//! Steps of the newer schema: named by what they do, as in `run: …`.

use deployline_engine::StepKind;
use deployline_schema::{V1_STEPS, V1_WAITING_STEPS};
use deployline_yaml::{Node, NodeKind};

use super::{
    MAX_DEPTH, add_list, add_side_by_side, add_step, line, name_of, strategy_of, tree, waits,
};
use crate::resolve::context::CountedSteps;

/// Adds a step, a group of steps, or steps that run side by side.
pub(super) fn add(counted: &mut CountedSteps, item: Node<'_>, depth: usize) {
    if let Some(list) = item.at(&["parallel", "steps"]) {
        let has_groups = list.items().any(|item| item.get("group").is_some());
        return tree::around(counted, list, StepKind::SideBySide, |counted| {
            add_side_by_side(counted, list, depth, has_groups);
        });
    }
    if let Some(group) = item.get("group").filter(|_| depth < MAX_DEPTH) {
        line(counted, depth, || format!("{}{}", name_of(group, "group"), strategy_of(group)));
        counted.have_failure_strategies |= has_rules(group);
        let inner = group.get("steps");
        counted.steps.has_unread |= inner.is_none_or(|inner| inner.kind() != NodeKind::Sequence);
        return tree::around(counted, group, StepKind::Group, |counted| {
            inner.into_iter().for_each(|inner| add_list(counted, inner, depth + 1));
        });
    }
    let known = V1_STEPS.iter().copied().find(|kind| item.get(kind).is_some());
    let first_key = || item.entries().next().and_then(|(key, _)| key.as_str());
    let kind = known.or_else(first_key).unwrap_or("step");
    let waits = V1_WAITING_STEPS.contains(&kind);
    add_step(counted, item, (kind, waits, has_rules(item)), depth);
    tree::add(counted, item, kind, waits::of_newer(kind, item));
}

fn has_rules(step: Node<'_>) -> bool {
    ["on-failure", "on_failure"].iter().any(|key| step.get(key).is_some())
}
