//! One or several: a switch that asks which one to keep, where several become one.

use deployline_form::Lock;
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::segments::{Segment, segments};
use super::wire::lock_title;

/// Modes that a list can be switched to.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mode {
    pub(super) caption: &'static str,
    pub(super) is_chosen: bool,
    /// `true` where only one of the names stays.
    pub(super) keeps_one: bool,
}

#[derive(Properties, PartialEq)]
pub(super) struct ModesProps {
    pub(super) label: &'static str,
    pub(super) modes: Vec<Mode>,
    /// Present names.
    pub(super) names: Vec<String>,
    pub(super) lock: Option<Lock>,
    /// With the number of the mode, and the number of the name to keep.
    pub(super) on_pick: Callback<(usize, Option<usize>)>,
}

#[function_component(Modes)]
pub(super) fn modes(props: &ModesProps) -> Html {
    let asking = use_state_eq(|| None::<usize>);
    let picked = use_node_ref();
    let ModesProps { names, on_pick, .. } = props;
    let all = props.modes.iter().enumerate().map(|(number, mode)| {
        let asks = mode.keeps_one && names.len() > 1;
        let (asking, on_pick) = (asking.setter(), on_pick.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            asking.set(asks.then_some(number));
            if !asks {
                on_pick.emit((number, None));
            }
        });
        Segment { caption: mode.caption, is_chosen: mode.is_chosen, onclick }
    });
    let asked = asking.filter(|number| {
        names.len() > 1 && props.modes.get(*number).is_some_and(|mode| !mode.is_chosen)
    });
    let keep = asked.map(|number| {
        let (picked, on_pick, asking) = (picked.clone(), on_pick.clone(), asking.setter());
        move |_: MouseEvent| {
            let select = picked.cast::<HtmlSelectElement>();
            let keep = select.and_then(|it| usize::try_from(it.selected_index()).ok());
            asking.set(None);
            on_pick.emit((number, keep));
        }
    });
    let onkeydown = {
        let asking = asking.clone();
        move |event: KeyboardEvent| {
            if event.key() == "Escape" && asking.is_some() {
                event.prevent_default();
                asking.set(None);
            }
        }
    };
    let cancel = {
        let asking = asking.setter();
        move |_: MouseEvent| asking.set(None)
    };
    html! {
        <div class="dl-modes" {onkeydown}>
            {segments(props.label, all.collect(), props.lock.as_ref())}
            if let Some(onclick) = keep {
                <div class="dl-keep">
                    <label>
                        <span>{"Keep only"}</span>
                        <select class="dl-control dl-form-input" ref={picked}>
                            { for names.iter().map(|name| html! { <option>{name}</option> }) }
                        </select>
                    </label>
                    <button type="button" class="dl-control dl-form-button" {onclick}>{"Keep"}</button>
                    <button type="button" class="dl-link" onclick={cancel}>{"Cancel"}</button>
                </div>
            }
        </div>
    }
}

/// The choice of the stage that something is taken from.
pub(super) fn from_stage(
    label: &'static str,
    field: &deployline_form::Field,
    stages: &[(String, String)],
    on_change: Callback<Option<String>>,
) -> Html {
    let written = field.text.clone().unwrap_or_default();
    let is_known = stages.iter().any(|(identifier, _)| *identifier == written);
    let onchange = on_change.reform(|event: Event| {
        let select = event.target().and_then(|it| it.dyn_into::<HtmlSelectElement>().ok());
        select.map(|select| select.value())
    });
    let lock = field.lock.as_ref();
    html! {
        <label class="dl-field">
            <span>{label}</span>
            <select class="dl-control dl-form-input" disabled={lock.is_some()}
                title={lock_title(lock)} {onchange}>
                { for stages.iter().map(|(identifier, name)| html! {
                    <option value={identifier.clone()} selected={*identifier == written}>{name}</option>
                }) }
                if !is_known {
                    <option value={written.clone()} selected=true>{written}</option>
                }
            </select>
        </label>
    }
}
