//! The contents of a stage: what it deploys, its steps, or what it stands for.

use deployline_engine::Stage;
use deployline_planner::View;
use deployline_yaml::NodeKind;
use deployline_yaml::write::Value;

use super::{axes, steps};
use crate::chain;
use crate::entries::{Entries, one};
use crate::migration::Migration;

/// `spec` of a stage.
pub(super) fn spec<'a>(
    view: &View<'a>,
    of: &Stage,
    root: Option<&View<'a>>,
    migration: &mut Migration<'_>,
) -> Value {
    let mut out = Entries::default();
    if view.value("steps").is_none() {
        if let Some(of) = view.value("chain") {
            let value = chain::older(&of, migration);
            return migration.with_inner(&of, value);
        }
        if let Some(source) = view.value("dynamic") {
            migration.differs(
                source.span(),
                "The public facts have no form of v0 for this: it stands as in v1.",
            );
            return migration.value(&source);
        }
    }
    axes::add(&mut out, view, root, of, migration);
    let mut execution = Entries::default();
    let approval = view.value("approval").filter(|_| view.value("steps").is_none());
    let steps = match (view.value("steps"), approval) {
        (Some(list), _) => {
            let steps = Value::List(steps::list(&list, migration));
            migration.commented(&list, steps)
        }
        (None, Some(approval)) => Value::List(vec![approval_step(&approval, migration)]),
        (None, None) => Value::List(Vec::new()),
    };
    execution.add("steps", steps);
    if let Some(rollback) = view.value("rollback") {
        let steps = Value::List(match rollback.kind() {
            NodeKind::Sequence => steps::list(&rollback, migration),
            _ => steps::single(&rollback, migration),
        });
        execution.add("rollbackSteps", migration.commented(&rollback, steps));
    }
    out.add("execution", execution.into_value());
    out.into_value()
}

/// The step of a stage that is an approval.
fn approval_step(approval: &View<'_>, migration: &mut Migration<'_>) -> Value {
    let mut step = Entries::default();
    step.add("name", Value::text("approval"));
    step.add("identifier", Value::text("approval"));
    steps::approval(&mut step, approval, migration);
    migration.with_inner(approval, one("step", step.into_value()))
}
