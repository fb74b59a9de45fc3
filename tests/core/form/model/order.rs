//! The order of the stages, by their places or by what each one waits for.

use deployline_form::operation::StagePosition;
use deployline_form::{Address, Form};

use super::super::tree::{self, Value, list, made, map};

/// Stages without groups, each with what it waits for: `tests/core/form/order.rs` checks these.
pub(super) fn to_dag(root: &mut Value, edited: &str) {
    let mut after = tree::of(edited).expect("it can be read");
    let mut waiting = list(tree::stages(&mut after)).iter();
    let entries = std::mem::take(list(root));
    for mut entry in entries {
        let mut stages = match entry.get("parallel") {
            Some(_) => match made(&mut entry, "parallel") {
                group if group.get("stages").is_some() => list(made(group, "stages")).clone(),
                group => list(group).clone(),
            },
            None => vec![entry],
        };
        for stage in &mut stages {
            let of_stage = waiting.next().and_then(|it| it.get("stage")?.get("dependsOn").cloned());
            *made(made(stage, "stage"), "dependsOn") = of_stage.expect("each stage has it");
        }
        list(root).extend(stages);
    }
}

/// Stages by the number of those that stand before them on the longest way, those of one number in a group.
pub(super) fn to_list(root: &mut Value) {
    let stages = std::mem::take(list(root));
    let name = |stage: &Value| stage["stage"].get("identifier").cloned();
    let names: Vec<Option<Value>> = stages.iter().map(name).collect();
    let waits_for = |stage: &Value| match stage["stage"].get("dependsOn") {
        Some(Value::Sequence(names)) => names.clone(),
        Some(Value::Null) | None => Vec::new(),
        Some(one) => vec![one.clone()],
    };
    let waits_for: Vec<Vec<Value>> = stages.iter().map(waits_for).collect();
    let mut depths = vec![0; stages.len()];
    for _ in 0..stages.len() {
        for stage in 0..stages.len() {
            for (other, name) in names.iter().enumerate() {
                if name.as_ref().is_some_and(|name| waits_for[stage].contains(name)) {
                    depths[stage] = depths[stage].max(depths[other] + 1);
                }
            }
        }
    }
    for depth in 0..stages.len() {
        let step = stages.iter().zip(&depths).filter(|(_, of_stage)| **of_stage == depth);
        let mut step: Vec<Value> = step.map(|(stage, _)| stage.clone()).collect();
        for stage in &mut step {
            map(made(stage, "stage")).shift_remove("dependsOn");
        }
        match step.len() {
            0 | 1 => list(root).extend(step),
            _ => list(root).push(tree::new_map([("parallel", Value::Sequence(step))])),
        }
    }
}

/// The position in a list without groups, as that of a DAG is.
pub(super) fn without_group(form: &Form, to: &StagePosition) -> StagePosition {
    match to {
        StagePosition::Beside(Address(at)) if form.is_dag => {
            StagePosition::Before(Address(vec![at[0] + 1]))
        }
        _ => to.clone(),
    }
}

/// In a DAG, a stage runs beside another one by waiting for the same ones.
pub(super) fn run_beside(root: &mut Value, stage: &Address, to: &StagePosition) {
    let StagePosition::Beside(other) = to else { return };
    if other == stage {
        return;
    }
    let waits_for = list(root)[other.0[0]]["stage"]["dependsOn"].clone();
    *made(made(&mut list(root)[stage.0[0]], "stage"), "dependsOn") = waits_for;
}
