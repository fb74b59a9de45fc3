//! The looping strategy of a stage.

use deployline_span::Span;
use deployline_yaml::edit::{Path, Refusal, Step, Value};
use deployline_yaml::{Node, NodeKind};

use super::list_change::{self, Target};
use super::plan::{Plan, item, join};
use super::scene::{GONE, Scene, open, put, refuse};
use super::{AxisChange, ExcludeChange, ListChange};
use crate::looping::{SETTINGS, kind_key, kind_of};
use crate::{Address, StageForm, StrategyKind};

const LAST_AXIS: &str = "A matrix needs an axis: remove the strategy instead.";
const LAST_VALUE: &str = "An axis needs a value: remove the axis instead.";
const LAST_ITEM: &str = "`repeat` needs an item: remove the strategy instead.";
const LAST_CELL: &str = "A row without values would leave out everything: remove the row instead.";

pub(super) fn set(
    scene: &Scene<'_>,
    address: &Address,
    kind: StrategyKind,
    plan: &mut Plan,
) -> Result<(), Refusal> {
    let (path, stage) = scene.stage_node(address)?;
    let form = scene.stage(address)?;
    if form.strategy.kind != StrategyKind::Unknown {
        open(form.strategy.lock.as_ref())?;
    }
    if form.strategy.kind == kind {
        return Ok(());
    }
    if kind == StrategyKind::None {
        plan.remove(&join(&path, &["strategy"]));
        return Ok(());
    }
    let schema = scene.source.schema;
    let Some(key) = kind_key(kind, schema) else {
        return refuse("This is no strategy to choose.", stage);
    };
    let two = || Value::Word("2".to_owned());
    let value = match kind {
        StrategyKind::Matrix => {
            let values = ["one", "two"].map(Value::text).to_vec();
            Value::map([("item", Value::List(values))])
        }
        StrategyKind::Repeat => Value::map([("times", two())]),
        _ if key == "for" => Value::map([("iterations", two())]),
        _ => two(),
    };
    let strategy = stage.get("strategy").filter(|it| it.kind() == NodeKind::Mapping);
    let old = strategy.and_then(|strategy| kind_key(kind_of(strategy, schema), schema));
    match (strategy, old) {
        (Some(_), Some(old)) => {
            let path = join(&path, &["strategy"]);
            plan.insert_entry(&path, Some(old), key, value);
            plan.remove(&join(&path, &[old]));
        }
        _ => put(plan, &path, stage, &["strategy", key], None, value),
    }
    Ok(())
}

/// Rows of `exclude` that are changed with an axis.
const MOST_ROWS: usize = 200;

/// The matrix of a stage.
struct Matrix<'a> {
    path: Path,
    node: Node<'a>,
    form: &'a StageForm,
    axes: Vec<&'a str>,
}

fn matrix<'a>(scene: &Scene<'a>, address: &Address) -> Result<Matrix<'a>, Refusal> {
    let (path, stage) = scene.stage_node(address)?;
    let form = scene.stage(address)?;
    open(form.strategy.lock.as_ref())?;
    let matrix = stage.at(&["strategy", "matrix"]).filter(|it| it.kind() == NodeKind::Mapping);
    let Some(node) = matrix else { return refuse("The stage has no matrix.", stage) };
    let names = node.entries().filter_map(|(key, _)| key.as_str());
    let axes = names.filter(|name| !SETTINGS.contains(name)).collect();
    Ok(Matrix { path: join(&path, &["strategy", "matrix"]), node, form, axes })
}

pub(super) fn axes(
    scene: &Scene<'_>,
    address: &Address,
    change: &AxisChange,
    plan: &mut Plan,
) -> Result<(), Refusal> {
    let Matrix { path, node, form, axes } = matrix(scene, address)?;
    let known = |name: &String| axes.contains(&name.as_str());
    let fits = |name: &String| {
        let reason = match () {
            () if name.trim().is_empty() => "An axis needs a name.",
            () if node.get(name).is_some() => "The matrix has this name already.",
            () if SETTINGS.contains(&name.as_str()) => "This name is a setting of the matrix.",
            () => return Ok(()),
        };
        refuse(reason, node)
    };
    match change {
        AxisChange::Add { name, values } => {
            fits(name)?;
            if values.is_empty() {
                return refuse("An axis needs a value.", node);
            }
            let values = values.iter().map(Value::text).collect();
            plan.insert_entry(&path, axes.last().copied(), name, Value::List(values));
        }
        AxisChange::Remove { name } if known(name) => {
            if axes.len() == 1 {
                return refuse(LAST_AXIS, node);
            }
            plan.remove(&join(&path, &[name]));
            if has_cells(node, name)? {
                open(form.strategy.exclude_lock.as_ref())?;
                remove_cells(plan, &path, node, name);
            }
        }
        AxisChange::Rename { name, to } if known(name) => {
            if name == to {
                return Ok(());
            }
            fits(to)?;
            if let Some(span) = use_of(scene.text, form.span, name) {
                let reason = "The stage uses this axis by its name: change that in the YAML too.";
                return Err(Refusal { reason, span });
            }
            plan.rename(&join(&path, &[name]), to);
            if has_cells(node, name)? {
                open(form.strategy.exclude_lock.as_ref())?;
            }
            let rows = join(&path, &["exclude"]);
            for (row, _) in rows_with(node, name) {
                plan.rename(&join(&item(&rows, row), &[name]), to);
            }
        }
        _ => return refuse(GONE, node),
    }
    Ok(())
}

fn rows_with<'a>(matrix: Node<'a>, axis: &str) -> Vec<(usize, Node<'a>)> {
    let rows = matrix.get("exclude").into_iter().flat_map(Node::items).enumerate();
    rows.filter(|(_, row)| row.get(axis).is_some()).collect()
}

/// Whether `exclude` names an axis. Each of its rows is changed by itself, which takes long for many.
fn has_cells(matrix: Node<'_>, axis: &str) -> Result<bool, Refusal> {
    match rows_with(matrix, axis).len() {
        count @ 0..=MOST_ROWS => Ok(count > 0),
        _ => refuse("Very many rows of `exclude` name this axis: change it in the YAML.", matrix),
    }
}

/// Takes an axis out of `exclude`, and what is then empty.
fn remove_cells(plan: &mut Plan, path: &[Step], matrix: Node<'_>, axis: &str) {
    let rows = join(path, &["exclude"]);
    let all = matrix.get("exclude").map_or(0, |rows| rows.items().len());
    let with = rows_with(matrix, axis);
    let is_empty = |row: &Node<'_>| row.entries().len() == 1;
    if with.iter().filter(|(_, row)| is_empty(row)).count() == all {
        plan.remove(&rows);
        return;
    }
    for (index, row) in with.into_iter().rev() {
        let row_path = item(&rows, index);
        plan.remove(&if is_empty(&row) { row_path } else { join(&row_path, &[axis]) });
    }
}

/// Where the text of a stage says `matrix.NAME`.
fn use_of(text: &str, stage: Span, name: &str) -> Option<Span> {
    let word = format!("matrix.{name}");
    let body = text.get(stage.range())?;
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let found =
        body.match_indices(&word).find(|(at, _)| !body[at + word.len()..].starts_with(is_word));
    let start = stage.range().start + found?.0;
    Some(Span::new(stage.source, start, start + word.len()))
}

pub(super) fn axis_values(
    scene: &Scene<'_>,
    address: &Address,
    axis: &str,
    change: &ListChange,
    plan: &mut Plan,
) -> Result<(), Refusal> {
    let Matrix { path, node, form, .. } = matrix(scene, address)?;
    let found = form.strategy.axes.iter().find(|it| it.name == axis).zip(node.get(axis));
    let Some((form, list)) = found else { return refuse(GONE, node) };
    let path = join(&path, &[axis]);
    if list.is_null() {
        return first_value(plan, &path, list, change);
    }
    let target = Target {
        path,
        node: list,
        items: form.values.iter().collect(),
        lock: form.lock.as_ref(),
        name_key: None,
        last: LAST_VALUE,
    };
    list_change::plan(plan, &target, change, &|name| Value::text(name))
}

fn first_value(
    plan: &mut Plan,
    path: &[Step],
    list: Node<'_>,
    change: &ListChange,
) -> Result<(), Refusal> {
    match change {
        ListChange::Add { name, .. } => {
            plan.replace(path, Value::List(vec![Value::text(name.clone())]));
            Ok(())
        }
        _ => refuse(GONE, list),
    }
}

pub(super) fn exclude(
    scene: &Scene<'_>,
    address: &Address,
    change: &ExcludeChange,
    plan: &mut Plan,
) -> Result<(), Refusal> {
    let Matrix { path, node, form, axes } = matrix(scene, address)?;
    open(form.strategy.exclude_lock.as_ref())?;
    let rows = node.get("exclude").map(|rows| rows.items().len()).unwrap_or_default();
    let rows_path = join(&path, &["exclude"]);
    match change {
        ExcludeChange::Add { cells } => {
            if cells.is_empty() {
                return refuse(LAST_CELL, node);
            }
            let cells = cells.iter().map(|(axis, value)| (axis.clone(), Value::text(value)));
            let row = Value::Map(cells.collect());
            match rows {
                0 => {
                    let is_list = node.get("exclude").is_some_and(|it| !it.is_null());
                    if is_list {
                        plan.insert_item(&rows_path, 0, row);
                    } else {
                        let after = axes.last().copied();
                        put(plan, &path, node, &["exclude"], after, Value::List(vec![row]));
                    }
                }
                _ => plan.insert_item(&rows_path, rows, row),
            }
        }
        ExcludeChange::Remove { row } if *row < rows => {
            open(form.strategy.exclude[*row].lock.as_ref())?;
            plan.remove(&if rows == 1 { rows_path } else { item(&rows_path, *row) });
        }
        ExcludeChange::Set { row, axis, value } if *row < rows => {
            set_cell(plan, &item(&rows_path, *row), node, form, *row, axis, value.as_deref())?;
        }
        _ => return refuse(GONE, node),
    }
    Ok(())
}

fn set_cell(
    plan: &mut Plan,
    path: &[Step],
    matrix: Node<'_>,
    form: &StageForm,
    row: usize,
    axis: &str,
    value: Option<&str>,
) -> Result<(), Refusal> {
    let written = &form.strategy.exclude[row];
    open(written.lock.as_ref())?;
    let cell = written.cells.iter().find(|(name, _)| name == axis);
    let Some(node) = matrix.get("exclude").and_then(|rows| rows.items().nth(row)) else {
        return refuse(GONE, matrix);
    };
    match (value, cell) {
        (Some(value), _) => {
            open(cell.and_then(|(_, field)| field.lock.as_ref()))?;
            put(plan, path, node, &[axis], None, Value::text(value));
        }
        (None, Some(_)) if written.cells.len() == 1 => return refuse(LAST_CELL, node),
        (None, Some(_)) => plan.remove(&join(path, &[axis])),
        (None, None) => {}
    }
    Ok(())
}

pub(super) fn repeat_items(
    scene: &Scene<'_>,
    address: &Address,
    change: &ListChange,
    plan: &mut Plan,
) -> Result<(), Refusal> {
    let (path, stage) = scene.stage_node(address)?;
    let form = &scene.stage(address)?.strategy;
    open(form.lock.as_ref())?;
    let repeat = stage.at(&["strategy", "repeat"]).filter(|it| it.kind() == NodeKind::Mapping);
    let Some(repeat) = repeat else { return refuse("The stage has no `repeat`.", stage) };
    let path = join(&path, &["strategy", "repeat"]);
    let list = repeat.get("items").filter(|items| !items.is_null());
    let Some(list) = list else {
        let ListChange::Add { name, .. } = change else { return refuse(GONE, repeat) };
        let items = Value::List(vec![Value::text(name.clone())]);
        put(plan, &path, repeat, &["items"], Some("times"), items);
        // It is the number of items that counts now.
        if repeat.get("times").is_some() {
            plan.remove(&join(&path, &["times"]));
        }
        return Ok(());
    };
    let target = Target {
        path: join(&path, &["items"]),
        node: list,
        items: form.items.iter().collect(),
        lock: form.items_lock.as_ref(),
        name_key: None,
        last: LAST_ITEM,
    };
    list_change::plan(plan, &target, change, &|name| Value::text(name))
}
