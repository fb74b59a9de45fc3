//! Data that the entries of the strip and the places between them are drawn from.

use deployline_form::operation::StagePosition;
use deployline_form::{Address, Form};

use super::reorder::Dragged;
use crate::derived::Derived;

/// Data that the strip is drawn from.
pub(super) struct StripContext<'a> {
    pub(super) form: &'a Form,
    pub(super) derived: &'a Derived,
    pub(super) chosen: &'a Address,
    pub(super) dragged: Option<&'a Dragged>,
    pub(super) adding: Option<&'a StagePosition>,
}
