//! Keys of a looping strategy.
//!
//! Follows `docs/semantics.md`, "Looping strategies on a stage".

use crate::key::{
    ANYTHING, CONDITION_OF_LOOP, COUNT, ON_FAILURE, ON_FAILURE_MEANING, PARALLEL_STRATEGY, Row,
    TEXT, key,
};
use crate::{MappingKind, Takes, v1};

const MAX_CONCURRENCY: Row = key("maxConcurrency", COUNT, PARALLEL_STRATEGY);
const NODE_NAME: Row = key("nodeName", TEXT, "Name of each run, which labels its bar.");

pub(super) const STRATEGY: &[Row] = &[
    key(
        "matrix",
        &[Takes::Mapping(MappingKind::Matrix)],
        "Runs the stage for each combination of its axes, as nested loops: the first axis outermost. `<+matrix.NAME>` is the value of an axis.",
    ),
    key(
        "repeat",
        &[Takes::Mapping(MappingKind::Repeat)],
        "Runs the stage a number of times, or for each item of a list.",
    ),
    key(
        "parallelism",
        COUNT,
        "Runs the stage so many times, all at once. `<+strategy.iteration>` counts from 0.",
    ),
    key(
        "maxConcurrency",
        COUNT,
        "Has no effect here: below `matrix` or `repeat` it is the most runs that go at once.",
    ),
    key("onFailure", ON_FAILURE, ON_FAILURE_MEANING),
    key("when", TEXT, CONDITION_OF_LOOP),
];

pub(super) const MATRIX: &[Row] = &[
    key(
        "exclude",
        ANYTHING,
        "Combinations to leave out: a list, each item with values of axes. One is dropped when it equals all of them.",
    ),
    MAX_CONCURRENCY,
    NODE_NAME,
];

/// Checks whether a key of a matrix is no axis.
///
/// Apart from the tables of [`MappingKind`]: a program that checks no keys has none of them in it.
pub fn is_matrix_key(name: &str, is_v1: bool) -> bool {
    let rows = if is_v1 { v1::MATRIX } else { MATRIX };
    rows.iter().any(|row| row.name() == name)
}

pub(super) const REPEAT: &[Row] = &[
    key(
        "items",
        ANYTHING,
        "A list: the stage runs once for each item, in order. `<+repeat.item>` is the item.",
    ),
    key(
        "times",
        COUNT,
        "Number of times that the stage runs. `<+strategy.iteration>` counts from 0.",
    ),
    MAX_CONCURRENCY,
    key("start", COUNT, "The first item that is taken, counted from 0."),
    key(
        "end",
        COUNT,
        "Number of the item to stop at: the one before it is the last. With `start` alone the product leaves the last item out.",
    ),
    key(
        "unit",
        &[Takes::Words(&["Count", "Percentage"])],
        "Unit of `start`, `end` and `partitionSize`: items, or hundredths of the list.",
    ),
    key(
        "partitionSize",
        COUNT,
        "Items for each run: the list is cut into parts of this size. `<+repeat.partition>` is the part.",
    ),
    NODE_NAME,
];
