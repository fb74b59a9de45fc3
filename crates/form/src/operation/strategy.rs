//! The looping strategy of a stage.

use deployline_span::Span;
use deployline_yaml::edit::{Path, Refusal, Step, Value};
use deployline_yaml::{Node, NodeKind};

use super::change_list::{ChangeList, item, join};
use super::context::{Context, NOT_IN_TEXT, check_unlocked, put, refuse};
use super::list_change::{self, ListTarget};
use super::{AxisChange, ExcludeChange, ListChange};
use crate::looping::{is_matrix_setting, keys, kind_key, kind_of};
use crate::{Address, StageForm, StrategyKind};

const LAST_AXIS: &str = "A matrix needs an axis: remove the strategy instead.";
const LAST_VALUE: &str = "An axis needs a value: remove the axis instead.";
const LAST_ITEM: &str = "`repeat` needs an item: remove the strategy instead.";
const LAST_CELL: &str = "A row without values would leave out everything: remove the row instead.";

pub(super) fn set(
    cx: &Context<'_>,
    address: &Address,
    kind: StrategyKind,
    changes: &mut ChangeList,
) -> Result<(), Refusal> {
    let (path, stage) = cx.stage_node(address)?;
    let form = cx.stage(address)?;
    if form.strategy.kind != StrategyKind::Unknown {
        check_unlocked(form.strategy.lock.as_ref())?;
    }
    if form.strategy.kind == kind {
        return Ok(());
    }
    if kind == StrategyKind::None {
        changes.remove(&join(&path, &["strategy"]));
        return Ok(());
    }
    let schema = cx.source.schema;
    let Some(key) = kind_key(kind, schema) else {
        return refuse("This is no strategy to choose.", stage);
    };
    let two = || Value::word("2");
    let value = match kind {
        StrategyKind::Matrix => {
            let values = ["one", "two"].map(Value::text).to_vec();
            Value::map([("item", Value::List(values))])
        }
        StrategyKind::Repeat => Value::map([(keys(schema).times[1], two())]),
        _ if key == "for" => Value::map([("iterations", two())]),
        _ => two(),
    };
    let strategy = stage.get("strategy").filter(|it| it.kind() == NodeKind::Mapping);
    let old = strategy.and_then(|strategy| kind_key(kind_of(strategy, schema), schema));
    match (strategy, old) {
        (Some(_), Some(old)) => {
            let path = join(&path, &["strategy"]);
            changes.insert_entry(&path, Some(old), key, value);
            changes.remove(&join(&path, &[old]));
        }
        _ => put(changes, &path, stage, &["strategy", key], None, value),
    }
    Ok(())
}

/// Rows of `exclude` that are changed with an axis.
const MAX_ROWS: usize = 200;

/// The matrix of a stage.
struct Matrix<'a> {
    path: Path,
    node: Node<'a>,
    form: &'a StageForm,
    axes: Vec<&'a str>,
}

fn matrix<'a>(cx: &Context<'a>, address: &Address) -> Result<Matrix<'a>, Refusal> {
    let (path, stage) = cx.stage_node(address)?;
    let form = cx.stage(address)?;
    check_unlocked(form.strategy.lock.as_ref())?;
    let matrix = stage.at(&["strategy", "matrix"]).filter(|it| it.kind() == NodeKind::Mapping);
    let Some(node) = matrix else { return refuse("The stage has no matrix.", stage) };
    let names = node.entries().filter_map(|(key, _)| key.as_str());
    let axes = names.filter(|name| !is_matrix_setting(name)).collect();
    Ok(Matrix { path: join(&path, &["strategy", "matrix"]), node, form, axes })
}

pub(super) fn axes(
    cx: &Context<'_>,
    address: &Address,
    change: &AxisChange,
    changes: &mut ChangeList,
) -> Result<(), Refusal> {
    let matrix = matrix(cx, address)?;
    match change {
        AxisChange::Add { name, values } => add_axis(changes, &matrix, name, values),
        AxisChange::Remove { name } if matrix.has(name) => {
            check_read(cx, name)?;
            remove_axis(changes, &matrix, name)
        }
        AxisChange::Rename { name, to } if name == to && matrix.has(name) => Ok(()),
        AxisChange::Rename { name, to } if matrix.has(name) => {
            check_read(cx, name)?;
            rename_axis(changes, &matrix, (name, to), cx.text)
        }
        _ => refuse(NOT_IN_TEXT, matrix.node),
    }
}

impl Matrix<'_> {
    fn has(&self, axis: &str) -> bool {
        self.axes.contains(&axis)
    }

    /// Refuses a name that no new axis can have.
    fn check_name(&self, name: &str) -> Result<(), Refusal> {
        let reason = match () {
            () if name.trim().is_empty() => "An axis needs a name.",
            () if self.node.get(name).is_some() => "The matrix has this name already.",
            () if is_matrix_setting(name) => "This name is a setting of the matrix.",
            () => return Ok(()),
        };
        refuse(reason, self.node)
    }
}

fn add_axis(
    changes: &mut ChangeList,
    matrix: &Matrix<'_>,
    name: &str,
    values: &[String],
) -> Result<(), Refusal> {
    matrix.check_name(name)?;
    if values.is_empty() {
        return refuse("An axis needs a value.", matrix.node);
    }
    let values = Value::List(values.iter().map(Value::text).collect());
    changes.insert_entry(&matrix.path, matrix.axes.last().copied(), name, values);
    Ok(())
}

fn remove_axis(changes: &mut ChangeList, matrix: &Matrix<'_>, name: &str) -> Result<(), Refusal> {
    let Matrix { path, node, form, axes } = matrix;
    if axes.len() == 1 {
        return refuse(LAST_AXIS, *node);
    }
    check_not_included(*node, name)?;
    changes.remove(&join(path, &[name]));
    if has_cells(*node, name)? {
        check_unlocked(form.strategy.exclude_lock.as_ref())?;
        remove_cells(changes, path, *node, name);
    }
    Ok(())
}

fn rename_axis(
    changes: &mut ChangeList,
    matrix: &Matrix<'_>,
    (name, to): (&str, &str),
    text: &str,
) -> Result<(), Refusal> {
    let Matrix { path, node, form, .. } = matrix;
    matrix.check_name(to)?;
    if let Some(span) = use_of(text, form.span, name) {
        let reason = "The stage uses this axis by its name: change that in the YAML too.";
        return Err(Refusal { reason, span });
    }
    check_not_included(*node, name)?;
    changes.rename(&join(path, &[name]), to);
    if has_cells(*node, name)? {
        check_unlocked(form.strategy.exclude_lock.as_ref())?;
    }
    let rows = join(path, &["exclude"]);
    for (row, _) in rows_with(*node, name) {
        changes.rename(&join(&item(&rows, row), &[name]), to);
    }
    Ok(())
}

/// Refuses a change of an axis where a row that can't be read may name it.
fn check_read(cx: &Context<'_>, axis: &str) -> Result<(), Refusal> {
    match cx.unread_lines().find(|(span, _)| cx.up_to_end_of(*span).contains(axis)) {
        Some((span, _)) => {
            let reason = "A line that can't be read may name this axis: mend it first.";
            Err(Refusal { reason, span })
        }
        None => Ok(()),
    }
}

/// Refuses a change of an axis that `include` of the newer schema names.
fn check_not_included(matrix: Node<'_>, axis: &str) -> Result<(), Refusal> {
    let mut rows = matrix.get("include").into_iter().flat_map(Node::items);
    match rows.find(|row| row.get(axis).is_some()) {
        Some(row) => refuse("`include` names this axis: change it in the YAML.", row),
        None => Ok(()),
    }
}

fn rows_with<'a>(matrix: Node<'a>, axis: &str) -> Vec<(usize, Node<'a>)> {
    let rows = matrix.get("exclude").into_iter().flat_map(Node::items).enumerate();
    rows.filter(|(_, row)| row.get(axis).is_some()).collect()
}

/// True where `exclude` names an axis. Each of its rows is changed by itself, which takes long for many.
fn has_cells(matrix: Node<'_>, axis: &str) -> Result<bool, Refusal> {
    match rows_with(matrix, axis).len() {
        count @ 0..=MAX_ROWS => Ok(count > 0),
        _ => refuse("Very many rows of `exclude` name this axis: change it in the YAML.", matrix),
    }
}

/// Takes an axis out of `exclude`, and what is then empty.
fn remove_cells(changes: &mut ChangeList, path: &[Step], matrix: Node<'_>, axis: &str) {
    let rows = join(path, &["exclude"]);
    let all = matrix.get("exclude").map_or(0, |rows| rows.items().len());
    let with = rows_with(matrix, axis);
    let is_empty = |row: &Node<'_>| row.entries().len() == 1;
    if with.iter().filter(|(_, row)| is_empty(row)).count() == all {
        changes.remove(&rows);
        return;
    }
    for (index, row) in with.into_iter().rev() {
        let row_path = item(&rows, index);
        changes.remove(&if is_empty(&row) { row_path } else { join(&row_path, &[axis]) });
    }
}

/// Span of `matrix.NAME` in the text of a stage.
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
    cx: &Context<'_>,
    address: &Address,
    axis: &str,
    change: &ListChange,
    changes: &mut ChangeList,
) -> Result<(), Refusal> {
    let Matrix { path, node, form, .. } = matrix(cx, address)?;
    let found = form.strategy.axes.iter().find(|it| it.name == axis).zip(node.get(axis));
    let Some((form, list)) = found else { return refuse(NOT_IN_TEXT, node) };
    let path = join(&path, &[axis]);
    if list.is_null() {
        return first_value(changes, &path, list, change);
    }
    let target = ListTarget {
        path,
        node: list,
        items: form.values.iter().collect(),
        lock: form.lock.as_ref(),
        name_key: None,
        last: LAST_VALUE,
    };
    list_change::apply(changes, &target, change, &|name| Value::text(name))
}

fn first_value(
    changes: &mut ChangeList,
    path: &[Step],
    list: Node<'_>,
    change: &ListChange,
) -> Result<(), Refusal> {
    match change {
        ListChange::Add { name, .. } => {
            changes.replace(path, Value::List(vec![Value::text(name.clone())]));
            Ok(())
        }
        _ => refuse(NOT_IN_TEXT, list),
    }
}

pub(super) fn exclude(
    cx: &Context<'_>,
    address: &Address,
    change: &ExcludeChange,
    changes: &mut ChangeList,
) -> Result<(), Refusal> {
    let Matrix { path, node, form, axes } = matrix(cx, address)?;
    check_unlocked(form.strategy.exclude_lock.as_ref())?;
    let rows = node.get("exclude").map(|rows| rows.items().len()).unwrap_or_default();
    let rows_path = join(&path, &["exclude"]);
    match change {
        ExcludeChange::Add { cells } => {
            if cells.is_empty() {
                return refuse(LAST_CELL, node);
            }
            let cells = cells.iter().map(|(axis, value)| (axis.clone().into(), Value::text(value)));
            let row = Value::Map(cells.collect());
            match rows {
                0 => {
                    let is_list = node.get("exclude").is_some_and(|it| !it.is_null());
                    if is_list {
                        changes.insert_item(&rows_path, 0, row);
                    } else {
                        let after = axes.last().copied();
                        put(changes, &path, node, &["exclude"], after, Value::List(vec![row]));
                    }
                }
                _ => changes.insert_item(&rows_path, rows, row),
            }
        }
        ExcludeChange::Remove { row } if *row < rows => {
            check_unlocked(form.strategy.exclude[*row].lock.as_ref())?;
            changes.remove(&if rows == 1 { rows_path } else { item(&rows_path, *row) });
        }
        ExcludeChange::Set { row, axis, value } if *row < rows => {
            set_cell(changes, &item(&rows_path, *row), node, form, *row, axis, value.as_deref())?;
        }
        _ => return refuse(NOT_IN_TEXT, node),
    }
    Ok(())
}

fn set_cell(
    changes: &mut ChangeList,
    path: &[Step],
    matrix: Node<'_>,
    form: &StageForm,
    row: usize,
    axis: &str,
    value: Option<&str>,
) -> Result<(), Refusal> {
    let written = &form.strategy.exclude[row];
    check_unlocked(written.lock.as_ref())?;
    let cell = written.cells.iter().find(|(name, _)| name == axis);
    let Some(node) = matrix.get("exclude").and_then(|rows| rows.items().nth(row)) else {
        return refuse(NOT_IN_TEXT, matrix);
    };
    match (value, cell) {
        (Some(value), _) => {
            check_unlocked(cell.and_then(|(_, field)| field.lock.as_ref()))?;
            put(changes, path, node, &[axis], None, Value::text(value));
        }
        (None, Some(_)) if written.cells.len() == 1 => return refuse(LAST_CELL, node),
        (None, Some(_)) => changes.remove(&join(path, &[axis])),
        (None, None) => {}
    }
    Ok(())
}

pub(super) fn repeat_items(
    cx: &Context<'_>,
    address: &Address,
    change: &ListChange,
    changes: &mut ChangeList,
) -> Result<(), Refusal> {
    let (path, stage) = cx.stage_node(address)?;
    let form = &cx.stage(address)?.strategy;
    check_unlocked(form.lock.as_ref())?;
    let repeat = stage.at(&["strategy", "repeat"]).filter(|it| it.kind() == NodeKind::Mapping);
    let Some(repeat) = repeat else { return refuse("The stage has no `repeat`.", stage) };
    let path = join(&path, &["strategy", "repeat"]);
    let list = repeat.get("items").filter(|items| !items.is_null());
    let Some(list) = list else {
        let ListChange::Add { name, .. } = change else { return refuse(NOT_IN_TEXT, repeat) };
        let items = Value::List(vec![Value::text(name.clone())]);
        let [_, times] = keys(cx.source.schema).times;
        put(changes, &path, repeat, &["items"], Some(times), items);
        // It is the number of items that counts now.
        if repeat.get(times).is_some() {
            changes.remove(&join(&path, &[times]));
        }
        return Ok(());
    };
    let target = ListTarget {
        path: join(&path, &["items"]),
        node: list,
        items: form.items.iter().collect(),
        lock: form.items_lock.as_ref(),
        name_key: None,
        last: LAST_ITEM,
    };
    list_change::apply(changes, &target, change, &|name| Value::text(name))
}
