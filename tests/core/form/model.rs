//! The effect of each operation on the values of the YAML, whatever their layout.

mod fields;
mod lists;
mod order;
mod stages;
mod strategies;

use deployline_form::Form;
use deployline_form::operation::Operation;

use super::tree::{self, Value, at, list, made, map};
use fields::set;
use lists::{
    change_list, deploy_to_all, environment_of, environments, infrastructures, services, switch,
    switch_environments,
};
use stages::{spec, stage};
use strategies::{axes, exclude, matrix, strategy};

/// The documents after an accepted operation. Only what the product leaves open is taken from the
/// edited text: the contents of a new stage, the name of a copy, the stages that one of a DAG waits for.
pub(super) fn after(
    before: &[Value],
    form: &Form,
    operation: &Operation,
    edited: &str,
) -> Vec<Value> {
    let mut documents = before.to_vec();
    let root = tree::stages(&mut documents);
    match operation {
        Operation::AddStage { to, .. } => {
            let new = stages::added(form, edited);
            stages::insert(root, &order::without_group(form, to), new);
        }
        Operation::DuplicateStage { stage } => stages::duplicate(root, stage, form, edited),
        Operation::RemoveStage { stage } => stages::remove(root, stage),
        Operation::MoveStage { stage, to } => {
            if form.is_dag {
                order::run_beside(root, stage, to);
            }
            stages::move_to(root, stage, &order::without_group(form, to));
        }
        Operation::Services { stage, change } => services(spec(root, stage), change),
        Operation::Environments { stage, change } => environments(spec(root, stage), change),
        Operation::Infrastructures { stage, environment, change } => {
            infrastructures(environment_of(spec(root, stage), *environment), change);
        }
        Operation::DeployToAll { stage, environment, on } => {
            deploy_to_all(environment_of(spec(root, stage), *environment), *on);
        }
        Operation::SwitchServices { stage, many, keep } => {
            let spec = spec(root, stage);
            switch(spec, "service", "services", *many, *keep);
        }
        Operation::SwitchEnvironments { stage, to, keep } => {
            switch_environments(spec(root, stage), *to, *keep);
        }
        Operation::Set { stage, field, value } => set(root, stage, *field, value.as_deref()),
        Operation::SetStrategy { stage, kind } => strategy(self::stage(root, stage), *kind),
        Operation::Axes { stage, change } => axes(matrix(root, stage), change),
        Operation::AxisValues { stage, axis, change } => {
            let values = made(matrix(root, stage), axis);
            change_list(list(values), change, &|name| name.into(), "");
        }
        Operation::Exclude { stage, change } => exclude(matrix(root, stage), change),
        Operation::RepeatItems { stage, change } => {
            let repeat = at(self::stage(root, stage), &["strategy", "repeat"]).expect("repeat");
            map(repeat).shift_remove("times");
            change_list(list(made(repeat, "items")), change, &|name| name.into(), "");
        }
        Operation::WriteAsDag { .. } => order::to_dag(root, edited),
        Operation::WriteAsList { .. } => order::to_list(root),
    }
    documents
}
