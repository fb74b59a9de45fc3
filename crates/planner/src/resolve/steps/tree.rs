//! The steps one by one, as a flat tree.

use deployline_engine::{STEP_BUDGET, Step, StepKind, Timeout};
use deployline_yaml::Node;

use crate::resolve::context::CountedSteps;
use crate::resolve::nesting::written_name;
use crate::resolve::written_wait::WrittenWait;

/// Adds a step that is none of those around others.
pub(super) fn add(
    counted: &mut CountedSteps,
    step: Node<'_>,
    kind: &str,
    wait: Option<WrittenWait>,
) {
    if counted.tree.len() >= STEP_BUDGET {
        return;
    }
    let of_step = match &wait {
        _ if is_left_out(step) => StepKind::LeftOut,
        Some(_) => StepKind::Wait,
        None => StepKind::Work,
    };
    if let Some(wait) = wait.filter(|_| of_step == StepKind::Wait) {
        let step = counted.tree.len() as u32;
        counted.found_waits.push(WrittenWait { step, ..wait });
    }
    if of_step != StepKind::LeftOut {
        note_loop(counted, step);
    }
    push(counted, step, kind, of_step);
}

/// Adds a group, and within it what `add_inner` adds.
pub(super) fn around(
    counted: &mut CountedSteps,
    group: Node<'_>,
    kind: StepKind,
    add_inner: impl FnOnce(&mut CountedSteps),
) {
    let at = counted.tree.len();
    if at >= STEP_BUDGET {
        return add_inner(counted);
    }
    let (waits_before, loops_before) = (counted.found_waits.len(), counted.found_loops.len());
    if kind == StepKind::Group {
        note_loop(counted, group);
    }
    push(counted, group, "", kind);
    add_inner(counted);
    counted.tree[at].inner = (counted.tree.len() - at - 1) as u32;
    if kind == StepKind::Group && is_left_out(group) {
        counted.found_waits.truncate(waits_before);
        counted.found_loops.truncate(loops_before);
        for step in &mut counted.tree[at + 1..] {
            step.kind = match step.kind {
                StepKind::Work | StepKind::Wait => StepKind::LeftOut,
                other => other,
            };
        }
    }
}

/// Notes that the next one has a strategy, if it does.
fn note_loop(counted: &mut CountedSteps, node: Node<'_>) {
    if node.get("strategy").is_some_and(|strategy| !strategy.is_null()) {
        counted.found_loops.push(counted.tree.len() as u32);
    }
}

fn push(counted: &mut CountedSteps, node: Node<'_>, step_type: &str, kind: StepKind) {
    let text = |key| node.get(key).and_then(Node::as_str);
    let identifier = text("identifier").or_else(|| text("id")).or_else(|| text("name"));
    let name = match kind {
        StepKind::SideBySide => "",
        StepKind::Group => written_name(node, "group"),
        _ => written_name(node, step_type),
    };
    let identifier = identifier.unwrap_or_default();
    let step = Step::new(identifier, name, step_type, kind, node.span());
    let timeout = node.get("timeout").filter(|_| kind == StepKind::Work).and_then(timeout);
    counted.tree.push(Step { timeout, ..step });
}

/// A timeout that is written out.
fn timeout(node: Node<'_>) -> Option<Timeout> {
    Some(Timeout { after: node.as_str()?.parse().ok()?, span: node.span() })
}

/// Returns `true` for a step that a run without failures never takes: its text says so without an expression.
fn is_left_out(step: Node<'_>) -> bool {
    let is_false = |node: Node<'_>| node.as_str().is_some_and(|text| text.trim() == "false");
    let when = step.get("when");
    let after_failure = when.and_then(|when| when.get("stageStatus")?.as_str()) == Some("Failure");
    after_failure
        || when.and_then(|when| when.get("condition")).is_some_and(is_false)
        || step.get("if").is_some_and(is_false)
}
