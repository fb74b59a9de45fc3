//! Keys of looping strategies.

use crate::key::{ANYTHING, CONDITION_OF_LOOP, COUNT, FLAG, PARALLEL_STRATEGY, Row, TEXT, key};
use crate::{MappingKind, Takes};

const NODE_NAME: Row = key("node-name", TEXT, "Name of each run, which labels its bar.");
const ITERATIONS: Row = key("iterations", COUNT, "Number of times that the stage runs.");

pub(in super::super) const STRATEGY: &[Row] = &[
    key(
        "matrix",
        &[Takes::Mapping(MappingKind::V1Matrix)],
        "Runs the stage for each combination of its axes, as nested loops: the first axis outermost.",
    ),
    key(
        "for",
        &[Takes::Mapping(MappingKind::V1For), Takes::Count],
        "Runs the stage a number of times. `${{ for.iteration }}` counts from 0.",
    ),
    key(
        "while",
        &[Takes::Mapping(MappingKind::V1While)],
        "Runs the stage one time after the other, until a condition is false. The most there may be are drawn.",
    ),
    key(
        "repeat",
        &[Takes::Mapping(MappingKind::V1Repeat)],
        "Runs the stage for each item of a list, or a number of times.",
    ),
    key("max-parallel", COUNT, PARALLEL_STRATEGY),
    key(
        "fail-fast",
        FLAG,
        "`true` ends the other runs at the first failure: those that wait never start, those that run are cancelled.",
    ),
    key("if", TEXT, CONDITION_OF_LOOP),
];

pub(in super::super) const MATRIX: &[Row] = &[
    key("exclude", ANYTHING, "Combinations to leave out: a list, each item with values of axes."),
    key(
        "include",
        ANYTHING,
        "Maps that add values to the combinations they fit, or are combinations of their own.",
    ),
    NODE_NAME,
    key(
        "max-parallel",
        COUNT,
        "Has no effect here: beside `matrix` it is the most runs that go at once.",
    )
    .said("no-effect"),
];

pub(in super::super) const FOR: &[Row] = &[ITERATIONS, NODE_NAME];

pub(in super::super) const WHILE: &[Row] = &[
    key("iterations", COUNT, "The most times that the stage runs."),
    key("condition", TEXT, "Condition for one more run. Only a run knows it."),
    NODE_NAME,
    key("delay", ANYTHING, "Wait between two runs. It is not drawn.").said("unused-key"),
];

pub(in super::super) const REPEAT: &[Row] = &[
    key(
        "items",
        ANYTHING,
        "A list: the stage runs once for each item, in order. `${{ repeat.item }}` is the item.",
    ),
    ITERATIONS,
    key("start", COUNT, "The first item that is taken, counted from 0."),
    key(
        "end",
        COUNT,
        "Number of the item to stop at: the one before it is the last. With `start` alone the product leaves the last item out.",
    ),
    key(
        "unit",
        &[Takes::Words(&["count", "percentage"])],
        "Unit of `start`, `end` and `partition-size`: items, or hundredths of the list.",
    ),
    key(
        "partition-size",
        COUNT,
        "Items for each run: the list is cut into parts of this size. `${{ repeat.partition }}` is the part.",
    ),
    NODE_NAME,
];
