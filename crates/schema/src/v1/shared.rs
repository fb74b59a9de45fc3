//! Keys that several mappings have.

use crate::key::{ANYTHING, Row, TEXT, key};
use crate::{MappingKind, Takes};

pub(super) const IF: Row = key(
    "if",
    TEXT,
    "Condition, asked for each run: an expression, which may name the outcome so far, as `failure()` does. Without that, nothing may have failed. What the text does not settle is drawn as true, and marked.",
);
pub(super) const ON_FAILURE: Row = key(
    "on-failure",
    &[Takes::List(MappingKind::V1FailureRule), Takes::Mapping(MappingKind::V1FailureRule)],
    "Effect of a failure: one rule or a list of them, each with its errors and an action. What fails is assumed in the timeline.",
);
pub(super) const TIMEOUT: Row = key(
    "timeout",
    TEXT,
    "Duration after which it is given up. A warning says where it is drawn longer.",
);
pub(super) const WITH: Row =
    key("with", ANYTHING, "Values for what it leaves open. They have no part in the order.")
        .no_bearing();
pub(super) const fn none(name: &'static str, doc: &'static str) -> Row {
    key(name, ANYTHING, doc).no_bearing()
}
