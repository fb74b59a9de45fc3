//! Operations as the documents write them.
//!
//! ```text
//! add-stage KIND to PLACE              Deployment, Approval, Custom; PLACE: `before 1.0`, `beside 1`
//! duplicate-stage STAGE                STAGE: `1`, `1.0` for a member of a group
//! remove-stage STAGE
//! move-stage STAGE to PLACE
//! services STAGE CHANGE                CHANGE: `add 1 NAME`, `remove 1`, `move 1 to 0`,
//! environments STAGE CHANGE                    `rename 1 NAME`, `replace 1 NAME`
//! infrastructures STAGE/ENVIRONMENT CHANGE
//! deploy-to-all STAGE/ENVIRONMENT on|off
//! switch-services STAGE one|many [keep 1]
//! switch-environments STAGE One|Many|Group [keep 1]
//! set STAGE FIELD VALUE                FIELD as in `FieldName`; VALUE to the end of the line
//! clear STAGE FIELD
//! set-strategy STAGE KIND              KIND as in `StrategyKind`
//! add-axis STAGE NAME VALUE, VALUE
//! remove-axis STAGE NAME
//! rename-axis STAGE NAME to NAME
//! axis-values STAGE NAME CHANGE
//! items STAGE CHANGE
//! add-exclude STAGE AXIS=VALUE, AXIS=VALUE
//! remove-exclude STAGE ROW
//! set-exclude STAGE ROW AXIS=VALUE
//! clear-exclude STAGE ROW AXIS
//! write-as-dag Order|References
//! write-as-list [and wait]
//! ```

use deployline_form::operation::{
    AxisChange, Dependencies, EnvironmentsKind, ExcludeChange, FieldName, ListChange, Operation,
    StageKind, StagePosition,
};
use deployline_form::{Address, StrategyKind};

/// The operation of a line.
///
/// # Panics
/// Where it is none.
pub(crate) fn operation(line: &str) -> Operation {
    let (verb, rest) = word(line);
    let (place, rest) = word(rest);
    match verb {
        "add-stage" => Operation::AddStage { kind: stage_kind(place), to: to_place(rest) },
        "duplicate-stage" => Operation::DuplicateStage { stage: address(place) },
        "remove-stage" => Operation::RemoveStage { stage: address(place) },
        "move-stage" => Operation::MoveStage { stage: address(place), to: to_place(rest) },
        "services" => Operation::Services { stage: address(place), change: list_change(rest) },
        "environments" => {
            Operation::Environments { stage: address(place), change: list_change(rest) }
        }
        "infrastructures" => {
            let (stage, environment) = environment(place);
            Operation::Infrastructures { stage, environment, change: list_change(rest) }
        }
        "deploy-to-all" => {
            let (stage, environment) = environment(place);
            Operation::DeployToAll { stage, environment, on: rest == "on" }
        }
        "switch-services" | "switch-environments" => switch(verb, address(place), rest),
        "set" | "clear" => {
            let (field, value) = word(rest);
            let value = (verb == "set").then(|| value.to_owned());
            Operation::Set { stage: address(place), field: field_name(field), value }
        }
        "set-strategy" => {
            Operation::SetStrategy { stage: address(place), kind: strategy_kind(rest) }
        }
        "write-as-dag" => {
            let dependencies = by_name(&[Dependencies::Order, Dependencies::References], place);
            Operation::WriteAsDag { dependencies }
        }
        "write-as-list" => Operation::WriteAsList { adds_waits: place == "and" },
        _ => of_strategy(verb, address(place), rest),
    }
}

fn switch(verb: &str, stage: Address, rest: &str) -> Operation {
    let (to, rest) = word(rest);
    let keep = rest.strip_prefix("keep ").map(number);
    if verb == "switch-services" {
        return Operation::SwitchServices { stage, many: to == "many", keep };
    }
    let to = match to {
        "one" => EnvironmentsKind::One,
        "many" => EnvironmentsKind::Many,
        "group" => EnvironmentsKind::Group,
        _ => panic!("`{to}` is no kind of environments"),
    };
    Operation::SwitchEnvironments { stage, to, keep }
}

fn of_strategy(verb: &str, stage: Address, rest: &str) -> Operation {
    let (first, rest) = word(rest);
    let name = || first.to_owned();
    let axes = |change| Operation::Axes { stage: stage.clone(), change };
    let exclude = |change| Operation::Exclude { stage: stage.clone(), change };
    match verb {
        "add-axis" => {
            let values = rest.split(", ").map(str::to_owned).collect();
            axes(AxisChange::Add { name: name(), values })
        }
        "remove-axis" => axes(AxisChange::Remove { name: name() }),
        "rename-axis" => {
            axes(AxisChange::Rename { name: name(), to: after(rest, "to ").to_owned() })
        }
        "axis-values" => Operation::AxisValues { stage, axis: name(), change: list_change(rest) },
        "items" => {
            let change = list_change(&format!("{first} {rest}"));
            Operation::RepeatItems { stage, change }
        }
        "add-exclude" => {
            let cells = format!("{first} {rest}");
            let cells = cells.trim().split(", ").map(cell).collect();
            exclude(ExcludeChange::Add { cells })
        }
        "remove-exclude" => exclude(ExcludeChange::Remove { row: number(first) }),
        "set-exclude" => {
            let (axis, value) = cell(rest);
            exclude(ExcludeChange::Set { row: number(first), axis, value: Some(value) })
        }
        "clear-exclude" => {
            let axis = rest.to_owned();
            exclude(ExcludeChange::Set { row: number(first), axis, value: None })
        }
        _ => panic!("`{verb}` is no operation"),
    }
}

fn list_change(text: &str) -> ListChange {
    let (verb, rest) = word(text.trim());
    let (at, rest) = word(rest);
    let at = number(at);
    let name = || rest.to_owned();
    match verb {
        "add" => ListChange::Add { at, name: name() },
        "remove" => ListChange::Remove { at },
        "move" => ListChange::Move { from: at, to: number(after(rest, "to ")) },
        "rename" => ListChange::Rename { at, name: name() },
        "replace" => ListChange::Replace { at, name: name() },
        _ => panic!("`{verb}` is no change of a list"),
    }
}

fn to_place(text: &str) -> StagePosition {
    let (verb, at) = word(after(text, "to "));
    match verb {
        "before" => StagePosition::Before(address(at)),
        "beside" => StagePosition::Beside(address(at)),
        _ => panic!("`{text}` is no place"),
    }
}

fn address(text: &str) -> Address {
    Address(text.split('.').map(number).collect())
}

fn environment(text: &str) -> (Address, usize) {
    let (stage, environment) = text.split_once('/').expect("STAGE/ENVIRONMENT");
    (address(stage), number(environment))
}

fn cell(text: &str) -> (String, String) {
    let (axis, value) = text.split_once('=').expect("AXIS=VALUE");
    (axis.to_owned(), value.to_owned())
}

fn stage_kind(text: &str) -> StageKind {
    let kinds = [StageKind::Deployment, StageKind::Approval, StageKind::Custom];
    by_name(&kinds, text)
}

fn strategy_kind(text: &str) -> StrategyKind {
    use StrategyKind::{Matrix, None, Parallelism, Repeat};
    by_name(&[None, Matrix, Repeat, Parallelism], text)
}

fn field_name(text: &str) -> FieldName {
    let all = [
        FieldName::Name,
        FieldName::ServicesFromStage,
        FieldName::EnvironmentsFromStage,
        FieldName::Group,
        FieldName::GroupDeployToAll,
        FieldName::MaxConcurrency,
        FieldName::OnFailure,
        FieldName::PipelineStatus,
        FieldName::Condition,
        FieldName::StrategyMaxConcurrency,
        FieldName::StrategyOnFailure,
        FieldName::NodeName,
        FieldName::Times,
        FieldName::Start,
        FieldName::End,
        FieldName::Unit,
        FieldName::PartitionSize,
        FieldName::Parallelism,
    ];
    by_name(&all, text)
}

fn by_name<T: Copy + std::fmt::Debug>(all: &[T], name: &str) -> T {
    let found = all.iter().find(|it| format!("{it:?}") == name);
    *found.unwrap_or_else(|| panic!("`{name}` is none of {all:?}"))
}

fn number(text: &str) -> usize {
    text.parse().unwrap_or_else(|_| panic!("`{text}` is no number"))
}

fn word(text: &str) -> (&str, &str) {
    text.split_once(' ').unwrap_or((text, ""))
}

fn after<'t>(text: &'t str, start: &str) -> &'t str {
    text.strip_prefix(start).unwrap_or_else(|| panic!("expected `{start}` before `{text}`"))
}
