//! The pipeline as a form: its stages as a strip, and below it all of the chosen one.
//!
//! Every change is an operation on the text (`deployline_form::operation`), one step to undo. What
//! can't be done safely is refused there, and said here.

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
mod perform;
mod places;
mod reorder;
mod segments;
mod services;
mod settings;
mod signs;
mod stage;
mod strip;
mod strip_entry;
mod strip_places;
#[cfg(test)]
mod tests;
mod tools;
mod wire;

use std::rc::Rc;

use deployline_engine::At;
use deployline_form::operation::{Operation, StageKind, StagePosition};
use deployline_form::{Address, Entry, Form, Lock};
use deployline_span::Span;
use yew::prelude::*;

use self::chosen::Chosen;
use self::known::Known;
use self::perform::{Latest, added_by, changed, use_latest, use_picked, use_unmarked};
use self::stage::{Shown, entry_form};
use self::strip::{Focus, Strip};
use self::tools::{AddStage, tools};
use self::wire::{Deed, Wire, lock_note};
use super::callbacks::emit_found;
use super::stage_cards::Flip;
use crate::derived::{Derived, Shared};
use crate::state::Action;

#[derive(Clone, Properties, PartialEq)]
pub(crate) struct FormProps {
    /// The text as it is now.
    pub(crate) text: Rc<str>,
    /// What the form is of: while the YAML is broken, the last plan before it was.
    pub(crate) derived: Shared<Derived>,
    /// Whether `derived` is an older one, because the YAML is broken.
    pub(crate) is_stale: bool,
    /// The deployment that is picked in the picture.
    pub(crate) selection: Option<At>,
    pub(crate) act: Callback<Action>,
    pub(crate) on_flip: Callback<Flip>,
    /// Selects a place in the YAML.
    pub(crate) on_go_to: Callback<Span>,
    /// Shows a place in the YAML and leaves the focus where it is.
    pub(crate) on_show: Callback<Span>,
    /// Takes the last edit back, or (`true`) does it once more.
    pub(crate) on_undo: Callback<bool>,
}

#[function_component(FormPanel)]
pub(crate) fn form_panel(props: &FormProps) -> Html {
    let form = Shared(use_memo(props.derived.clone(), |derived| {
        deployline_form::read(&derived.text, &derived.analysis.documents)
    }));
    let known = use_memo(form.clone(), |form| Known::new(form));
    let chosen = use_state_eq(|| None::<Chosen>);
    let adding = use_state_eq(|| None::<StagePosition>);
    let said = use_state_eq(String::new);
    let refused = use_state_eq(|| None::<Lock>);
    let focus = (*use_memo((), |()| Focus::default())).clone();
    use_picked(props.selection, &form, &chosen);
    use_unmarked(&props.on_show);

    let latest = use_latest(Latest { props: props.clone(), form: form.clone() });
    let perform = {
        let (chosen, said, refused) = (chosen.setter(), said.setter(), refused.setter());
        let (adding, focus) = (adding.setter(), focus.clone());
        use_callback(latest.clone(), move |deed: Deed, latest| {
            let Latest { props, form } = latest.0.borrow().clone();
            match changed(&props, &deed.operation) {
                Ok(text) => {
                    if let Some(added) = added_by(&deed.operation, &form, &text) {
                        focus.0.set(true);
                        chosen.set(Some(added));
                    }
                    adding.set(None);
                    refused.set(None);
                    said.set(deed.said);
                    props.act.emit(Action::Rewrite(text.into()));
                }
                Err(refusal) => {
                    focus.0.set(false);
                    said.set(String::new());
                    refused.set(Some(refusal));
                }
            }
        })
    };
    let on_choose = {
        let (chosen, adding, refused) = (chosen.setter(), adding.setter(), refused.setter());
        use_callback(latest, move |address: Address, latest| {
            let Latest { props, form } = latest.0.borrow().clone();
            if let Some(span) = span_of(&form, &address) {
                props.on_show.emit(span);
            }
            adding.set(None);
            refused.set(None);
            chosen.set(Some(Chosen::new(&form, address)));
        })
    };
    let on_add = {
        let adding = adding.setter();
        use_callback((), move |place: StagePosition, ()| adding.set(Some(place)))
    };
    let at = match &*chosen {
        Some(chosen) => chosen.find(&form),
        None => first_deployment(&form),
    };
    let wire = Wire { perform, go_to: props.on_go_to.clone() };
    let is_empty = at.is_none() && form.lock.is_none();
    let place =
        (*adding).clone().or_else(|| is_empty.then(|| StagePosition::Before(Address(vec![0]))));
    let body = at.as_ref().map(|at| {
        let shown = Shown {
            form: &form,
            derived: &props.derived,
            known: &known,
            wire: &wire,
            is_stale: props.is_stale,
            on_flip: &props.on_flip,
            on_choose: &on_choose,
        };
        entry_form(&shown, at)
    });
    html! {
        <div class="dl-form" onkeydown={undo_keys(&props.on_undo)}>
            if props.is_stale {
                <p class="dl-lock">{"Mend the YAML first: the form shows it as it was before."}</p>
            }
            <fieldset class="dl-form-all" disabled={props.is_stale} aria-label="Form">
                if let Some(at) = &at {
                    <Strip form={form.clone()} derived={props.derived.clone()} chosen={at.clone()}
                        adding={(*adding).clone()} focus={focus.clone()} {on_choose}
                        on_add={on_add.clone()} wire={wire.clone()} />
                }
                if let Some(place) = place {
                    {add_stage(&form, place, &wire, &adding, &focus, is_empty)}
                } else if let Some(at) = &at {
                    {tools(&form, at, &wire, &on_add)}
                }
                if let Some(refusal) = &*refused {
                    <div class="dl-refused" role="alert">{lock_note(refusal, &wire.go_to)}</div>
                }
                if let Some(lock) = &form.lock {
                    {lock_note(lock, &wire.go_to)}
                }
                {body}
            </fieldset>
            <p class="dl-unseen" role="status">{&*said}</p>
        </div>
    }
}

/// The keys of the editor that take an edit back, but for what is being typed into a field.
fn undo_keys(on_undo: &Callback<bool>) -> Callback<KeyboardEvent> {
    emit_found(on_undo, |event: KeyboardEvent| {
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
    adding: &UseStateHandle<Option<StagePosition>>,
    focus: &Focus,
    is_first: bool,
) -> Html {
    let words = places::words(form, &to);
    let on_kind = {
        let (wire, words) = (wire.clone(), words.clone());
        move |kind: StageKind| {
            let said = format!("Added a stage {words}");
            wire.perform(Operation::AddStage { kind, to: to.clone() }, said);
        }
    };
    let on_cancel = (!is_first).then(|| {
        let (adding, focus) = (adding.setter(), focus.clone());
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
