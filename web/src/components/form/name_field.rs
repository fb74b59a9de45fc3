//! A field for a name, which knows the names used elsewhere.
//!
//! The names it knows stand below as buttons: arrow keys lead into them and back, so nothing has to
//! refer to anything by an element id.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

use super::offer::{is_in_offer, offered, step};
use crate::components::rich_text::plain_text;

#[derive(Properties, PartialEq)]
pub(super) struct NameFieldProps {
    pub(super) label: AttrValue,
    /// The written name; empty in a field that adds one.
    #[prop_or_default]
    pub(super) value: AttrValue,
    #[prop_or_default]
    pub(super) placeholder: AttrValue,
    /// Reason why it can't be changed.
    #[prop_or_default]
    pub(super) locked: Option<&'static str>,
    #[prop_or_default]
    pub(super) known: Rc<Vec<String>>,
    /// With the name typed or picked, when it is another one. A field that adds is emptied.
    pub(super) on_name: Callback<String>,
}

/// While it is typed in: what is offered follows it.
#[derive(Clone, PartialEq)]
struct Draft {
    text: String,
    /// `true` where all names are offered, and not only those that fit.
    offers_all: bool,
}

#[function_component(NameField)]
pub(super) fn name_field(props: &NameFieldProps) -> Html {
    let place = use_node_ref();
    let input = use_node_ref();
    let draft = use_state_eq(|| None::<Draft>);
    let adds = props.value.is_empty();
    let give = {
        let (input, draft, value) = (input.clone(), draft.clone(), props.value.clone());
        let on_name = props.on_name.clone();
        Callback::from(move |name: String| {
            draft.set(None);
            if let Some(input) = input.cast::<HtmlInputElement>() {
                input.set_value(&value);
            }
            let name = name.trim();
            if !name.is_empty() && *name != *value {
                on_name.emit(name.to_owned());
            }
        })
    };
    let oninput = {
        let (input, draft) = (input.clone(), draft.clone());
        Callback::from(move |_: InputEvent| {
            draft.set(typed(&input).map(|text| Draft { text, offers_all: false }));
        })
    };
    let parts = Parts {
        place: place.clone(),
        input: input.clone(),
        draft: draft.clone(),
        give: give.clone(),
    };
    let onkeydown = keys(parts.clone(), props.value.clone());
    let onfocusout = leaving(parts, adds);
    let offer = draft.as_ref().map(|draft| {
        let begun = if draft.offers_all { "" } else { draft.text.as_str() };
        offered(&props.known, begun, &props.value)
    });
    let offer = offer.filter(|offer| !offer.is_empty());
    let shown = draft.as_ref().map_or(props.value.clone(), |draft| draft.text.clone().into());
    html! {
        <span class="dl-name-field" ref={place} {onkeydown} {onfocusout}>
            <input ref={input} class="dl-control dl-form-input dl-name-input" type="text"
                autocomplete="off" autocapitalize="off" spellcheck="false"
                aria-label={props.label.clone()} value={shown}
                data-text={props.value.clone()}
                placeholder={props.placeholder.clone()} disabled={props.locked.is_some()}
                title={props.locked.map(plain_text)} {oninput} />
            if let Some(offer) = offer {
                <span class="dl-offer" role="group" aria-label="Names used elsewhere">
                    { for offer.into_iter().map(|name| offered_name(name, &give)) }
                </span>
            }
        </span>
    }
}

/// Parts of the field that its events need.
#[derive(Clone)]
struct Parts {
    place: NodeRef,
    input: NodeRef,
    draft: UseStateHandle<Option<Draft>>,
    give: Callback<String>,
}

/// Enter gives the name, Escape takes it back, arrows lead into the names that are offered.
fn keys(parts: Parts, value: AttrValue) -> Callback<KeyboardEvent> {
    let Parts { place, input, draft, give } = parts;
    Callback::from(move |event: KeyboardEvent| {
        if event.alt_key() || event.ctrl_key() || event.meta_key() {
            return;
        }
        let is_known = match event.key().as_str() {
            "Enter" if is_in_offer(&place) => false,
            "Enter" => typed(&input).map(|name| give.emit(name)).is_some(),
            "Escape" if draft.is_some() => {
                draft.set(None);
                if let Some(input) = input.cast::<HtmlInputElement>() {
                    input.set_value(&value);
                    // It is there, so it can be focused.
                    let _ = input.focus();
                }
                true
            }
            "ArrowDown" if draft.is_none() => {
                let text = typed(&input).unwrap_or_default();
                draft.set(Some(Draft { text, offers_all: true }));
                true
            }
            "ArrowDown" => step(&place, 1),
            "ArrowUp" => step(&place, -1),
            _ => false,
        };
        if is_known {
            event.prevent_default();
            event.stop_propagation();
        }
    })
}

/// Leaving the field gives a changed name. A name to add is not added so.
fn leaving(parts: Parts, adds: bool) -> Callback<FocusEvent> {
    let Parts { place, input, draft, give } = parts;
    Callback::from(move |event: FocusEvent| {
        let to = event.related_target().and_then(|it| it.dyn_into::<web_sys::Node>().ok());
        let stays = place.cast::<Element>().is_some_and(|it| it.contains(to.as_ref()));
        if stays {
            return;
        }
        draft.set(None);
        // A name that stands there is changed when the field is left; one to add is not added so.
        if let (false, Some(name)) = (adds, typed(&input)) {
            give.emit(name);
        }
    })
}

fn offered_name(name: String, give: &Callback<String>) -> Html {
    let onclick = give.reform({
        let name = name.clone();
        move |_: MouseEvent| name.clone()
    });
    // The press must not take the focus away first: what was typed would count.
    let onmousedown = |event: MouseEvent| event.prevent_default();
    html! { <button type="button" tabindex="-1" {onclick} {onmousedown}>{name}</button> }
}

fn typed(input: &NodeRef) -> Option<String> {
    input.cast::<HtmlInputElement>().map(|input| input.value())
}
