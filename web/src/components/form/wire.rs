//! Shared by the parts of the form: how a change is asked for, and how a lock is shown.

use std::cell::RefCell;

use deployline_form::operation::{FieldName, ListChange, Operation, StagePosition};
use deployline_form::{Address, Lock, StageForm};
use deployline_span::Span;
use yew::prelude::*;

use super::signs::{LOCK, sign};
use crate::components::rich_text::{plain_text, rich_text};

/// A change of the text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Change {
    pub(super) operation: Operation,
    /// Announcement for when it is done.
    pub(super) announcement: String,
}

/// Callbacks that any part of the form may use.
#[derive(Clone, PartialEq)]
pub(super) struct Wire {
    pub(super) perform: Callback<Change>,
    pub(super) go_to: Callback<Span>,
    /// Shows the entry at an address.
    pub(super) choose: Callback<Address>,
    /// Asks which stage to add at a place.
    pub(super) add: Callback<StagePosition>,
}

impl Wire {
    pub(super) fn perform(&self, operation: Operation, announcement: impl Into<String>) {
        self.perform.emit(Change { operation, announcement: announcement.into() });
    }
}

/// Shared by the parts of one stage.
pub(super) struct StageWire<'a> {
    pub(super) wire: &'a Wire,
    pub(super) stage: &'a StageForm,
    /// Reasons that are on the screen already: one that holds for many controls is shown once.
    noted: RefCell<Vec<Lock>>,
}

impl<'a> StageWire<'a> {
    pub(super) fn new(wire: &'a Wire, stage: &'a StageForm) -> Self {
        Self { wire, stage, noted: RefCell::default() }
    }

    pub(super) fn address(&self) -> Address {
        self.stage.address.clone()
    }

    /// The reason of a lock, unless it is shown already.
    pub(super) fn note(&self, lock: Option<&Lock>) -> Html {
        let Some(lock) = lock else { return Html::default() };
        let mut noted = self.noted.borrow_mut();
        if noted.contains(lock) {
            return Html::default();
        }
        noted.push(lock.clone());
        lock_note(lock, &self.wire.go_to)
    }

    /// Sets a value, or clears it.
    pub(super) fn on_set(&self, field: FieldName, what: &'static str) -> Callback<Option<String>> {
        let (wire, stage) = (self.wire.clone(), self.address());
        Callback::from(move |value: Option<String>| {
            let announcement = match &value {
                Some(value) => format!("{what}: {value}"),
                None => format!("{what}: cleared"),
            };
            wire.perform(Operation::Set { stage: stage.clone(), field, value }, announcement);
        })
    }

    /// Does something to a list of the stage.
    pub(super) fn on_list(
        &self,
        operation: impl Fn(Address, ListChange) -> Operation + 'static,
    ) -> Callback<(ListChange, String)> {
        let (wire, stage) = (self.wire.clone(), self.address());
        Callback::from(move |(change, announcement)| {
            wire.perform(operation(stage.clone(), change), announcement);
        })
    }
}

/// Reason of a lock as a tooltip.
pub(super) fn lock_title(lock: Option<&Lock>) -> Option<String> {
    lock.map(|lock| plain_text(lock.reason))
}

/// Reason why something can't be changed, and a link to the place that prevents it.
pub(super) fn lock_note(lock: &Lock, go_to: &Callback<Span>) -> Html {
    let span = lock.span;
    html! {
        <p class="dl-lock">
            {sign(LOCK)}
            <span>
                {rich_text(lock.reason)}{" "}
                <button type="button" class="dl-link" onclick={go_to.reform(move |_| span)}>
                    {"Show the line"}
                </button>
            </span>
        </p>
    }
}
