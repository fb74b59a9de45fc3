//! The pipeline as a form: its stages as a strip, and below it all of the chosen one.
//!
//! Every change is an operation on the text (`deployline_form::operation`), one step to undo. What
//! can't be done safely is refused there, and the reason shown here.

mod chosen;
mod drop_places;
mod environments;
mod exclude;
mod field;
mod known;
mod list;
mod list_row;
mod looping;
mod matrix;
mod modes;
mod name_field;
mod offer;
mod order_ways;
mod perform;
mod places;
mod reorder;
mod section;
mod segments;
mod services;
mod settings;
mod signs;
mod stage;
mod strip;
mod strip_context;
mod strip_entry;
mod strip_page;
mod strip_places;
#[cfg(test)]
mod tests;
mod tools;
mod wire;

use deployline_engine::{DeploymentId, Schema};
use deployline_form::operation::{Operation, StageKind, StagePosition};
use deployline_form::{Address, Entry, Form, Lock};
use deployline_span::Span;
use yew::prelude::*;

use self::chosen::Chosen;
use self::known::Known;
use self::order_ways::OrderWays;
use self::perform::{use_perform, use_picked, use_unmarked};
use self::section::EntryContext;
use self::stage::entry_form;
use self::strip::{Focus, Strip};
use self::tools::{AddStage, tools};
use self::wire::{Wire, lock_note};
use super::callbacks::emit_found;
use super::go_to::use_go_to;
use super::toggle_box::use_flip;
use crate::context::use_app;
use crate::derived::{Derived, Shared};
use crate::editor::Editor;

#[derive(Properties, PartialEq)]
pub(crate) struct FormProps {
    /// The plan that the form is of: while the YAML is broken, the last one before it was.
    pub(crate) derived: Shared<Derived>,
    /// `true` where `derived` is an older one, because the YAML is broken.
    pub(crate) is_stale: bool,
    /// The deployment that is picked in the picture.
    pub(crate) selection: Option<DeploymentId>,
}

/// State of the form that its parts change.
#[derive(Clone)]
struct FormState {
    /// The stage that is shown; at first the first deployment.
    chosen: UseStateHandle<Option<Chosen>>,
    /// Position at which a stage is being added.
    adding: UseStateHandle<Option<StagePosition>>,
    /// Announcement of the last change.
    announced: UseStateHandle<String>,
    /// Reason why the last change was refused.
    refused: UseStateHandle<Option<Lock>>,
    focus: Focus,
}

#[function_component(FormPanel)]
pub(crate) fn form_panel(props: &FormProps) -> Html {
    let FormProps { derived, is_stale, selection } = props;
    let editor = use_app().editor;
    let form = Shared(use_memo(derived.clone(), |derived| {
        deployline_form::read(&derived.text, &derived.analysis.documents)
    }));
    let known = use_memo(form.clone(), |form| Known::new(form));
    let state = FormState {
        chosen: use_state_eq(|| None),
        adding: use_state_eq(|| None),
        announced: use_state_eq(String::new),
        refused: use_state_eq(|| None),
        focus: (*use_memo((), |()| Focus::default())).clone(),
    };
    use_picked(*selection, &form, &state.chosen);
    use_unmarked(&editor);
    let wire = Wire {
        perform: use_perform(derived, &form, &state),
        go_to: use_go_to(&derived.text),
        choose: use_choose(derived, &form, &state, &editor),
        add: use_callback(state.adding.setter(), |place, adding| adding.set(Some(place))),
    };
    let on_flip = use_flip(derived);
    let at = match &*state.chosen {
        Some(chosen) => chosen.find(&form),
        None => first_deployment(&form),
    };
    let body = at.as_ref().map(|at| {
        let shown = EntryContext {
            form: &form,
            derived,
            known: &known,
            wire: &wire,
            is_stale: *is_stale,
            on_flip: &on_flip,
        };
        entry_form(&shown, at)
    });
    html! {
        <div class="dl-form" onkeydown={undo_keys(&editor)}>
            if *is_stale {
                <p class="dl-lock">{"Fix the YAML errors first: the form shows the pipeline before them."}</p>
            }
            <fieldset class="dl-form-all" disabled={*is_stale} aria-label="Form">
                {strip(derived, &form, at.as_ref(), &state, &wire)}
                if let Some(refusal) = &*state.refused {
                    <div class="dl-refused" role="alert">{lock_note(refusal, &wire.go_to)}</div>
                }
                if let Some(lock) = &form.lock {
                    {lock_note(lock, &wire.go_to)}
                }
                if has_order(&form) {
                    <OrderWays derived={derived.clone()} form={form.clone()} wire={wire.clone()} />
                }
                {body}
            </fieldset>
            <p class="dl-unseen" role="status">{&*state.announced}</p>
        </div>
    }
}

/// Checks whether there is an order that could be written in another way.
fn has_order(form: &Form) -> bool {
    form.schema == Schema::V0 && form.lock.is_none() && form.stages().count() > 1
}

/// The strip of stages, with the tools of the chosen one, or the choice of a new one.
fn strip(
    derived: &Shared<Derived>,
    form: &Shared<Form>,
    at: Option<&Address>,
    state: &FormState,
    wire: &Wire,
) -> Html {
    let is_empty = at.is_none() && form.lock.is_none();
    let place = (*state.adding)
        .clone()
        .or_else(|| is_empty.then(|| StagePosition::Before(Address(vec![0]))));
    html! {
        <>
            if let Some(at) = at {
                <Strip form={form.clone()} derived={derived.clone()} chosen={at.clone()}
                    adding={(*state.adding).clone()} focus={state.focus.clone()}
                    on_choose={wire.choose.clone()} on_add={wire.add.clone()} wire={wire.clone()} />
            }
            if let Some(place) = place {
                {add_stage(form, place, wire, state, is_empty)}
            } else if let Some(at) = at {
                {tools(form, at, wire, &wire.add)}
            }
        </>
    }
}

/// Callback that shows the entry at an address, here and in the YAML.
#[hook]
fn use_choose(
    derived: &Shared<Derived>,
    form: &Shared<Form>,
    state: &FormState,
    editor: &Editor,
) -> Callback<Address> {
    let (chosen, adding) = (state.chosen.setter(), state.adding.setter());
    let refused = state.refused.setter();
    let deps = (derived.clone(), form.clone(), editor.clone());
    use_callback(deps, move |address: Address, (derived, form, editor)| {
        if let Some(span) = span_of(form, &address) {
            editor.mark(&derived.text, span);
        }
        adding.set(None);
        refused.set(None);
        chosen.set(Some(Chosen::new(form, address)));
    })
}

/// The keys of the editor that take an edit back, but for what is being typed into a field.
fn undo_keys(editor: &Editor) -> Callback<KeyboardEvent> {
    let editor = editor.clone();
    let undo = Callback::from(move |again| if again { editor.redo() } else { editor.undo() });
    emit_found(&undo, |event: KeyboardEvent| {
        let is_typed = field::input_of(&event).is_some_and(|input| {
            input.get_attribute("data-text").is_some_and(|text| text != input.value())
        });
        if is_typed || event.alt_key() || !(event.ctrl_key() || event.meta_key()) {
            return None;
        }
        let again = match (event.key().as_str(), event.shift_key()) {
            ("z", false) => false,
            ("Z", true) | ("y", false) => true,
            _ => return None,
        };
        event.prevent_default();
        Some(again)
    })
}

fn add_stage(
    form: &Shared<Form>,
    to: StagePosition,
    wire: &Wire,
    state: &FormState,
    is_first: bool,
) -> Html {
    let words = places::words(form, &to);
    let on_kind = {
        let (wire, words) = (wire.clone(), words.clone());
        move |kind: StageKind| {
            let announcement = format!("Added a stage {words}");
            wire.perform(Operation::AddStage { kind, to: to.clone() }, announcement);
        }
    };
    let on_cancel = (!is_first).then(|| {
        let (adding, focus) = (state.adding.setter(), state.focus.clone());
        Callback::from(move |()| {
            focus.0.set(true);
            adding.set(None);
        })
    });
    html! { <AddStage words={words} on_kind={Callback::from(on_kind)} {on_cancel} /> }
}

fn first_deployment(form: &Form) -> Option<Address> {
    let first = form.stages().find(|stage| stage.deploy.is_some()).or_else(|| form.stages().next());
    first.map(|stage| stage.address.clone()).or_else(|| Chosen::default().find(form))
}

fn span_of(form: &Form, at: &Address) -> Option<Span> {
    form.entry(at).map(|entry| match entry {
        Entry::Stage(stage) => stage.span,
        Entry::Group(group) => group.span,
    })
}

/// The form of a text.
#[cfg(test)]
fn sample(text: &str) -> Form {
    deployline_form::read(text, &deployline_yaml::parse(text).documents)
}
