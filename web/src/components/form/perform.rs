//! How an operation becomes another text, and what follows the text.

use std::cell::RefCell;
use std::rc::Rc;

use deployline_engine::At;
use deployline_form::operation::{Operation, edit};
use deployline_form::{Form, Lock};
use deployline_span::Span;
use deployline_yaml::TextEdit;
use yew::prelude::*;

use super::FormProps;
use super::chosen::{self, Chosen};
use crate::derived::Shared;

/// The text after an operation.
pub(super) fn changed(props: &FormProps, operation: &Operation) -> Result<String, Lock> {
    let text = &props.derived.text;
    if *text != props.text {
        // Someone types, and the form is not drawn anew yet: places would be wrong.
        let reason = "The text has just been changed: try once more.";
        return Err(Lock { reason, span: Span::default() });
    }
    edit(text, operation).map(|edits| TextEdit::apply_all(&edits, text))
}

/// The stage that an operation has added, chosen at once.
pub(super) fn added_by(operation: &Operation, before: &Form, text: &str) -> Option<Chosen> {
    if !matches!(operation, Operation::AddStage { .. } | Operation::DuplicateStage { .. }) {
        return None;
    }
    let after = deployline_form::read(text, &deployline_yaml::parse(text).documents);
    let address = chosen::added(before, &after)?.address.clone();
    Some(Chosen::new(&after, address))
}

/// The stage of the deployment that is picked in the picture is chosen here.
#[hook]
pub(super) fn use_picked(
    picked: Option<At>,
    form: &Shared<Form>,
    chosen: &UseStateHandle<Option<Chosen>>,
) {
    let (form, chosen) = (form.clone(), chosen.setter());
    use_effect_with(picked, move |picked| {
        let index = picked.map(|at| at.stage as usize);
        let stage = form.stages().find(|stage| Some(stage.index) == index);
        if let Some(stage) = stage {
            chosen.set(Some(Chosen::new(&form, stage.address.clone())));
        }
    });
}

/// What is marked in the YAML is marked no longer when the form goes.
#[hook]
pub(super) fn use_unmarked(on_show: &Callback<Span>) {
    let on_show = on_show.clone();
    use_effect_with((), move |()| move || on_show.emit(Span::default()));
}

/// What callbacks need when they are called; they themselves stay the same.
#[derive(Clone)]
pub(super) struct Latest {
    pub(super) props: FormProps,
    pub(super) form: Shared<Form>,
}

/// Always the same place.
#[derive(Clone)]
pub(super) struct LatestRef(pub(super) Rc<RefCell<Latest>>);

impl PartialEq for LatestRef {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[hook]
pub(super) fn use_latest(latest: Latest) -> LatestRef {
    let place = use_mut_ref(|| latest.clone());
    place.replace(latest);
    LatestRef(place)
}
