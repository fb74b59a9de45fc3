//! The pipeline's stages from left to right, parallel ones below each other.
//!
//! One of them takes the focus; arrow keys lead to the others, Alt and an arrow key moves it.
//!
//! ```text
//!  + [Build] + ┌[Staging EU]┐ + [Production] +
//!              └[Staging US]┘
//! ```

use std::cell::Cell;
use std::rc::Rc;

use deployline_form::operation::{Operation, StagePosition};
use deployline_form::{Address, Form};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::chosen::after_key;
use super::places::{self, Step};
use super::reorder::{Reorder, use_reorder};
use super::strip_context::StripContext;
use super::strip_entry::columns;
use super::wire::{Change, Wire};
use crate::derived::{Derived, Shared};

#[derive(Properties, PartialEq)]
pub(super) struct StripProps {
    pub(super) form: Shared<Form>,
    pub(super) derived: Shared<Derived>,
    pub(super) chosen: Address,
    /// Position at which a stage is about to be added.
    pub(super) adding: Option<StagePosition>,
    /// Set where the chosen entry takes the focus when it is drawn next.
    pub(super) focus: Focus,
    pub(super) on_choose: Callback<Address>,
    pub(super) on_add: Callback<StagePosition>,
    pub(super) wire: Wire,
}

/// A wish for the focus: always the same place.
#[derive(Clone, Default)]
pub(super) struct Focus(pub(super) Rc<Cell<bool>>);

impl PartialEq for Focus {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[function_component(Strip)]
pub(super) fn strip(props: &StripProps) -> Html {
    let StripProps { form, chosen, on_choose, on_add, .. } = props;
    let area = use_node_ref();
    let on_drop = {
        let (form, wire) = (form.clone(), props.wire.clone());
        Callback::from(move |(from, to): (String, String)| {
            let (Some(stage), Some(to)) = (places::decode_address(&from), places::decode(&to))
            else {
                return;
            };
            if !is_where_it_is(&form, &stage, &to) {
                wire.perform.emit(moved(&form, stage, to));
            }
        })
    };
    let Reorder { dragged, on_down, is_drag } = use_reorder(&area, on_drop);
    {
        let (area, focus) = (area.clone(), props.focus.clone());
        let deps = (form.clone(), chosen.clone(), props.adding.clone());
        use_effect_with(deps, move |_| show(&area, focus.0.take()));
    }
    let onkeydown = keys(props);
    let onclick = clicks(on_choose, on_add, is_drag);
    let drawing = StripContext {
        form,
        derived: &props.derived,
        chosen,
        dragged: dragged.as_ref(),
        adding: props.adding.as_ref(),
    };
    html! {
        <div class="dl-flow" data-area="" data-scroll="" ref={area} role="group" aria-label="Stages"
            {onkeydown} {onclick} onpointerdown={on_down}>
            <div class="dl-flow-row">{columns(&drawing)}</div>
        </div>
    }
}

/// Keys of the strip: move or remove the chosen entry, or choose another one.
fn keys(props: &StripProps) -> Callback<KeyboardEvent> {
    let StripProps { form, chosen, on_choose, focus, wire, .. } = props;
    let (form, chosen, wire) = (form.clone(), chosen.clone(), wire.clone());
    let (focus, on_choose) = (focus.clone(), on_choose.clone());
    Callback::from(move |event: KeyboardEvent| {
        if !is_on_card(&event) || event.ctrl_key() || event.meta_key() {
            return;
        }
        let key = event.key();
        if let Some(step) = step_of(&event).filter(|_| event.alt_key()) {
            event.prevent_default();
            if let Some(to) = places::after(&form, &chosen, step) {
                focus.0.set(true);
                wire.perform.emit(moved(&form, chosen.clone(), to));
            }
        } else if key == "Delete" {
            event.prevent_default();
            focus.0.set(true);
            wire.perform.emit(removed(&form, chosen.clone()));
        } else if let Some(to) = after_key(&form, &chosen, &key) {
            event.prevent_default();
            focus.0.set(true);
            on_choose.emit(to);
        }
    })
}

/// Clicks on an entry, or on a place to add one. The click that ends a drag is none.
fn clicks(
    on_choose: &Callback<Address>,
    on_add: &Callback<StagePosition>,
    is_drag: Rc<Cell<bool>>,
) -> Callback<MouseEvent> {
    let (on_choose, on_add) = (on_choose.clone(), on_add.clone());
    Callback::from(move |event: MouseEvent| {
        if is_drag.take() {
            return;
        }
        let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        let at = |name: &str| target.as_ref()?.closest("button").ok()??.get_attribute(name);
        let entry = at("data-drag").or_else(|| at("data-choose"));
        if let Some(address) = entry.and_then(|it| places::decode_address(&it)) {
            on_choose.emit(address);
        } else if let Some(place) = at("data-add").and_then(|it| places::decode(&it)) {
            on_add.emit(place);
        }
    })
}

/// The move of an entry, with its announcement.
pub(super) fn moved(form: &Form, stage: Address, to: StagePosition) -> Change {
    let name = places::entry_name(form, &stage);
    let announcement = match &to {
        StagePosition::Before(_) => format!("Moved {name} {}", places::words(form, &to)),
        StagePosition::Beside(_) => format!("{name} runs {} now", places::words(form, &to)),
    };
    Change { operation: Operation::MoveStage { stage, to }, announcement }
}

/// The end of an entry, and its announcement.
pub(super) fn removed(form: &Form, stage: Address) -> Change {
    let announcement = format!("Removed {}", places::entry_name(form, &stage));
    Change { operation: Operation::RemoveStage { stage }, announcement }
}

/// Checks whether a move to this position would change nothing.
fn is_where_it_is(form: &Form, stage: &Address, to: &StagePosition) -> bool {
    match to {
        StagePosition::Before(at) => at == stage || *to == places::behind(stage),
        StagePosition::Beside(at) => {
            at == stage || at.0 == stage.0[..stage.0.len() - 1] || form.entry(at).is_none()
        }
    }
}

fn step_of(event: &KeyboardEvent) -> Option<Step> {
    Some(match (event.key().as_str(), event.shift_key()) {
        ("ArrowLeft", false) => Step::Left,
        ("ArrowRight", false) => Step::Right,
        ("ArrowLeft", true) => Step::JoinLeft,
        ("ArrowRight", true) => Step::JoinRight,
        ("ArrowUp", _) => Step::Up,
        ("ArrowDown", _) => Step::Down,
        _ => return None,
    })
}

fn is_on_card(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    target.is_some_and(|it| it.has_attribute("data-drag"))
}

/// Scrolls the strip so far that the chosen entry is in it, and focuses it where that is wanted.
fn show(area: &NodeRef, takes_focus: bool) {
    let Some(area) = area.cast::<HtmlElement>() else { return };
    let Ok(Some(card)) = area.query_selector("[aria-current]") else { return };
    let (outer, inner) = (area.get_bounding_client_rect(), card.get_bounding_client_rect());
    const MARGIN: f64 = 32.0;
    let by = |before: f64, after: f64| match (before - MARGIN, after + MARGIN) {
        (before, _) if before < 0.0 => before,
        (before, after) if after > 0.0 => after.min(before),
        _ => 0.0,
    };
    area.scroll_by_with_x_and_y(
        by(inner.left() - outer.left(), inner.right() - outer.right()),
        by(inner.top() - outer.top(), inner.bottom() - outer.bottom()),
    );
    if let (true, Ok(card)) = (takes_focus, card.dyn_into::<HtmlElement>()) {
        // It is there, so it can be focused.
        let _ = card.focus();
    }
}
