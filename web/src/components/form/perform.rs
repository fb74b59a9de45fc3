//! Performs operations on the text, and follows the text.

use std::rc::Rc;

use deployline_engine::DeploymentId;
use deployline_form::Form;
use deployline_form::operation::{Operation, edit};
use deployline_yaml::TextEdit;
use yew::prelude::*;

use super::FormState;
use super::chosen::{self, Chosen};
use super::wire::Change;
use crate::context::use_act;
use crate::derived::{Derived, Shared};
use crate::editor::Editor;
use crate::state::Action;

/// Callback that makes a change of the text, or says why it can't be made.
#[hook]
pub(super) fn use_perform(
    derived: &Shared<Derived>,
    form: &Shared<Form>,
    state: &FormState,
) -> Callback<Change> {
    let (chosen, adding) = (state.chosen.setter(), state.adding.setter());
    let (announced, refused) = (state.announced.setter(), state.refused.setter());
    let focus = state.focus.clone();
    let act = use_act();
    let deps = (act, derived.clone(), form.clone());
    use_callback(deps, move |change: Change, (act, derived, form)| {
        let of = derived.text.clone();
        match edit(&of, &change.operation) {
            Ok(edits) => {
                let text: Rc<str> = TextEdit::apply_all(&edits, &of).into();
                if let Some(added) = added_by(&change.operation, form, &text) {
                    focus.0.set(true);
                    chosen.set(Some(added));
                }
                adding.set(None);
                refused.set(None);
                announced.set(change.announcement);
                act.emit(Action::Edit { of, text });
            }
            Err(refusal) => {
                focus.0.set(false);
                announced.set(String::new());
                refused.set(Some(refusal));
            }
        }
    })
}

/// The stage that an operation has added, chosen at once.
fn added_by(operation: &Operation, before: &Form, text: &str) -> Option<Chosen> {
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
    picked: Option<DeploymentId>,
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

/// Takes away the mark in the YAML when the form goes.
#[hook]
pub(super) fn use_unmarked(editor: &Editor) {
    let editor = editor.clone();
    use_effect_with((), move |()| move || editor.unmark());
}
