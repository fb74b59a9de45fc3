//! Looping strategies: their kind, the axes of a matrix, the combinations left out.

use deployline_form::operation::{AxisChange, ExcludeChange};
use deployline_form::{Address, StrategyKind};

use super::super::tree::{Value, at, is_there, list, made, map, new_map};
use super::stages::stage;

pub(super) fn strategy(stage: &mut Value, kind: StrategyKind) {
    let (key, value) = match kind {
        StrategyKind::Matrix => {
            ("matrix", new_map([("item", Value::Sequence(vec!["one".into(), "two".into()]))]))
        }
        StrategyKind::Repeat => ("repeat", new_map([("times", 2.into())])),
        StrategyKind::Parallelism => ("parallelism", 2.into()),
        StrategyKind::None | StrategyKind::Unknown => {
            map(stage).shift_remove("strategy");
            return;
        }
    };
    let strategy = made(stage, "strategy");
    if is_there(strategy, key) {
        return;
    }
    for old in ["matrix", "repeat", "parallelism"] {
        map(strategy).shift_remove(old);
    }
    *made(strategy, key) = value;
}

pub(super) fn matrix<'a>(root: &'a mut Value, address: &Address) -> &'a mut Value {
    at(stage(root, address), &["strategy", "matrix"]).expect("a matrix")
}

pub(super) fn axes(matrix: &mut Value, change: &AxisChange) {
    match change {
        AxisChange::Add { name, values } => {
            let values = values.iter().map(|value| value.as_str().into());
            *made(matrix, name) = Value::Sequence(values.collect());
        }
        AxisChange::Remove { name } => {
            map(matrix).shift_remove(name.as_str());
            each_row(matrix, &mut |row| {
                map(row).shift_remove(name.as_str());
            });
        }
        AxisChange::Rename { name, to } => {
            let mut rename = |value: &mut Value| {
                if let Some(old) = map(value).shift_remove(name.as_str()) {
                    *made(value, to) = old;
                }
            };
            rename(matrix);
            each_row(matrix, &mut rename);
        }
    }
}

pub(super) fn exclude(matrix: &mut Value, change: &ExcludeChange) {
    match change {
        ExcludeChange::Add { cells } => {
            let cells = cells
                .iter()
                .map(|(axis, value)| (Value::from(axis.as_str()), Value::from(value.as_str())));
            let row = Value::Mapping(cells.collect());
            list(made(matrix, "exclude")).push(row);
        }
        ExcludeChange::Remove { row } => {
            list(made(matrix, "exclude")).remove(*row);
            if list(made(matrix, "exclude")).is_empty() {
                map(matrix).shift_remove("exclude");
            }
        }
        ExcludeChange::Set { row, axis, value } => {
            let row = &mut list(made(matrix, "exclude"))[*row];
            match value {
                Some(value) => *made(row, axis) = value.as_str().into(),
                None => {
                    map(row).shift_remove(axis.as_str());
                }
            }
        }
    }
}

/// Changes each row of `exclude`, and removes rows and a list that are empty then.
fn each_row(matrix: &mut Value, change: &mut dyn FnMut(&mut Value)) {
    let Some(Value::Sequence(rows)) = matrix.get_mut("exclude") else { return };
    let count = rows.len();
    rows.retain_mut(|row| {
        change(row);
        row.as_mapping().is_none_or(|row| !row.is_empty())
    });
    if rows.is_empty() && count > 0 {
        map(matrix).shift_remove("exclude");
    }
}
