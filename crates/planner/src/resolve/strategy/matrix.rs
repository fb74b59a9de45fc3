//! `matrix`: every combination of its axes but the excluded ones.

use deployline_engine::{LoopValues, MatrixAxis, Value, bounded_name};
use deployline_map::{Map, Set};
use deployline_schema::is_matrix_key;
use deployline_yaml::{Node, NodeKind};

use super::count::within_budget;
use super::include::Inclusions;
use super::values::{Strategy, as_values, node_name, take_values, value_of, values_of};
use crate::expression::is_expression;
use crate::resolve::budget::CountedList;
use crate::resolve::context::{Reader, UnknownVariable};
use crate::resolve::found;
use crate::resolve::given_list::{self, GivenList};
use crate::resolve::limits;
use crate::resolve::scalar::{self, expression};
use crate::resolve::view::View;
use crate::{fix, rules};

/// Reads a matrix of the older or the newer schema; every key that this doesn't list is an axis.
pub(super) fn read(
    matrix: &View<'_>,
    is_v1: bool,
    reader: &mut Reader<'_, '_>,
) -> Option<Strategy> {
    if !take_values("matrix", matrix.node().entries().len(), matrix.span(), reader) {
        return None;
    }
    let (axes, has_unknown_axis) = read_axes(matrix, is_v1, reader);
    let exclude = matrix.value("exclude");
    let unknown_exclude = exclude.and_then(|list| Some((list.span(), expression(&list)?)));
    if let Some((span, text)) = unknown_exclude {
        scalar::report_runtime(span, "Which combinations are left out is", text, reader);
    }
    let includes = if is_v1 { Inclusions::read(matrix, reader)? } else { Inclusions::default() };
    let is_unknown = has_unknown_axis || unknown_exclude.is_some() || includes.is_unknown;
    let strategy = combinations(matrix, axes, includes, reader)?;
    let (limit, name) = match is_v1 {
        true => (None, "node-name"),
        false => (limits::of_children(matrix, "maxConcurrency", reader), "nodeName"),
    };
    let node_name = node_name(matrix, name, reader);
    Some(Strategy { max_concurrency: limit, node_name, is_unknown, ..strategy })
}

/// Reads the axes, and whether one of them is not known from the text.
fn read_axes(
    matrix: &View<'_>,
    is_v1: bool,
    reader: &mut Reader<'_, '_>,
) -> (Vec<MatrixAxis>, bool) {
    let (mut literal, mut by_expression, mut has_unknown) = (Vec::new(), Vec::new(), false);
    for (key, axis) in matrix.entries() {
        let name = key.as_str().unwrap_or_default();
        if is_matrix_key(name, is_v1) {
            continue;
        }
        let Some(text) = expression(&axis) else {
            literal.push(literal_axis(name, &axis, reader));
            continue;
        };
        let given = given_list::read("strategy", &axis, reader);
        // As a list, it would come before the axes given as expressions.
        reader.keep_settled(axis.span());
        let values = match given {
            GivenList::Known(texts) => check_values(name, &axis, as_values(texts), reader),
            GivenList::NoList(text) => vec![no_list(name, &axis, text, reader)],
            GivenList::Unknown => {
                has_unknown = true;
                scalar::report_runtime(axis.span(), &format!("The axis `{name}` is"), text, reader);
                let variable = UnknownVariable { name: format!("matrix.{name}"), is_axis: true };
                reader.add_unknown_variable(axis.span(), variable);
                vec![Value::Text(text.to_owned())]
            }
        };
        by_expression.push(MatrixAxis { key: bounded_name(name), values });
    }
    // Axes with literal lists come before axes given as expressions.
    literal.extend(by_expression);
    (literal, has_unknown)
}

fn literal_axis(name: &str, axis: &View<'_>, reader: &mut Reader<'_, '_>) -> MatrixAxis {
    let values = match axis.kind() {
        NodeKind::Sequence => {
            let values = values_of(axis, reader);
            if axis.item_count() == 0 { check_values(name, axis, values, reader) } else { values }
        }
        NodeKind::Null => check_values(name, axis, Vec::new(), reader),
        NodeKind::Scalar => match given_list::read("strategy", axis, reader) {
            GivenList::Known(texts) => check_values(name, axis, as_values(texts), reader),
            GivenList::NoList(text) => vec![no_list(name, axis, text, reader)],
            GivenList::Unknown => Vec::new(),
        },
        NodeKind::Mapping => {
            check_values(name, axis, Vec::new(), reader);
            vec![value_of(axis, reader)]
        }
    };
    MatrixAxis { key: bounded_name(name), values }
}

/// Reports an axis without values.
fn check_values(
    name: &str,
    axis: &View<'_>,
    values: Vec<Value>,
    reader: &mut Reader<'_, '_>,
) -> Vec<Value> {
    if values.is_empty() {
        let message = format!("Expected a list of values for the axis `{name}`.");
        reader.report(&rules::MATRIX_AXIS_EMPTY, axis.span(), message);
    }
    values
}

/// Reports an axis that is one text.
fn no_list(name: &str, axis: &View<'_>, text: String, reader: &mut Reader<'_, '_>) -> Value {
    let hint = match expression(axis) {
        Some(_) if text.contains(',') => " `.split(\",\")` makes a list of a text with commas.",
        _ => "",
    };
    let expected = format!("Expected a list of values for the axis `{name}`.{hint}");
    found::report(&rules::MATRIX_AXIS_EMPTY, axis, &expected, reader);
    Value::Text(bounded_name(&text))
}

fn combinations(
    matrix: &View<'_>,
    axes: Vec<MatrixAxis>,
    includes: Inclusions,
    reader: &mut Reader<'_, '_>,
) -> Option<Strategy> {
    if reader.cx.budget.is_exceeded() {
        return None;
    }
    let sizes: Vec<(&str, usize)> =
        axes.iter().map(|axis| (axis.key.as_str(), axis.values.len())).collect();
    if !within_budget(&sizes, matrix.span(), reader) {
        return None;
    }
    let count = if axes.is_empty() { 0 } else { sizes.iter().map(|(_, n)| n).product() };
    let excluded = Exclusions::read(matrix, &axes, count, reader)?;
    let has_empty_axis = axes.iter().any(|axis| axis.values.is_empty());
    let mut strategy = Strategy::new(LoopValues::Matrix(axes), count);
    if !excluded.of_axes.is_empty() {
        let Strategy { values, positions, .. } = &mut strategy;
        positions.retain(|position| !excluded.has(&values.of(*position)));
    }
    if !includes.maps.is_empty() {
        strategy = includes.add_to(strategy, reader)?;
    }
    if !strategy.positions.is_empty() {
        return Some(strategy);
    }
    // An empty axis has a diagnostic of its own already.
    if !has_empty_axis {
        reader.report(
            &rules::MATRIX_EMPTY,
            matrix.span(),
            "No combination is left: expected at least one axis with values, and `exclude` must \
             not take away all of them.",
        );
    }
    None
}

fn report_no_axis(key: Node<'_>, axes: &Map<&str, usize>, reader: &mut Reader<'_, '_>) {
    let name = key.as_str().unwrap_or_default();
    let message = format!(
        "The matrix has no axis `{name}`: the product refuses this, and nothing is excluded by it. Name an \
         axis of the matrix, or remove the key."
    );
    let fix = fix::spelling(key, &mut axes.keys().copied());
    reader.report_with_fix(&rules::EXCLUDE_NO_AXIS, key.span(), message, fix);
}

/// The maps of `exclude`, by the axes that they name: a combination is looked up once for each choice of
/// axes, and not compared with each map.
#[derive(Default)]
struct Exclusions {
    of_axes: Map<Vec<usize>, Set<Vec<String>>>,
}

impl Exclusions {
    /// Reads the maps; `None` where asking them of all combinations is too much.
    fn read(
        matrix: &View<'_>,
        axes: &[MatrixAxis],
        combinations: usize,
        reader: &mut Reader<'_, '_>,
    ) -> Option<Self> {
        let mut exclusions = Self::default();
        let Some(list) = matrix.value("exclude") else { return Some(exclusions) };
        let maps = list.node().items();
        let keys: usize = maps.clone().map(|map| map.entries().len().max(1)).sum();
        let list_of_maps =
            CountedList { name: "exclude", of: None, count: maps.len(), span: list.span() };
        if !reader.cx.budget.inspect(keys, &list_of_maps) {
            return None;
        }
        let numbers: Map<&str, usize> =
            axes.iter().zip(0..).map(|(axis, number)| (axis.key.as_str(), number)).collect();
        for map in list.items() {
            exclusions.add(&map, &numbers, reader);
        }
        let lookups = exclusions.of_axes.keys().map(Vec::len).sum::<usize>();
        let lookups = lookups.saturating_mul(combinations);
        reader.cx.budget.inspect(lookups, &list_of_maps).then_some(exclusions)
    }

    /// Adds a map. One that names no axis, or a key that is none, excludes nothing; the latter is reported.
    fn add(&mut self, map: &View<'_>, numbers: &Map<&str, usize>, reader: &mut Reader<'_, '_>) {
        let mut values: Map<usize, String> = Map::new();
        let mut names_axes = true;
        for (key, value) in map.entries() {
            let text = value_of(&value, reader).to_string();
            if let Some(written) = expression(&value).filter(|_| is_expression(&text)) {
                let words = ("The value to exclude is", "Nothing is excluded by it.");
                scalar::report_given(value.span(), words, written, reader);
            }
            match key.as_str().and_then(|key| numbers.get(key)) {
                Some(number) => drop(values.insert(*number, text)),
                None => {
                    names_axes = false;
                    report_no_axis(key, numbers, reader);
                }
            }
        }
        if names_axes && !values.is_empty() {
            let (axes, texts) = values.into_iter().unzip();
            self.of_axes.or_default(axes).insert(texts);
        }
    }

    /// Says that a combination equals every key of one of the maps. Values compare as text.
    fn has(&self, combination: &[(&str, Value)]) -> bool {
        let texts: Vec<String> = combination.iter().map(|(_, value)| value.to_string()).collect();
        self.of_axes.iter().any(|(axes, excluded)| {
            let of_axes: Vec<String> =
                axes.iter().filter_map(|axis| texts.get(*axis).cloned()).collect();
            excluded.contains(&of_axes)
        })
    }
}
