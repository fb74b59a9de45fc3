//! A row of a list: its grip, its name, and what can be done with it.

use std::rc::Rc;

use deployline_form::Item;
use deployline_form::operation::ListChange;
use deployline_span::Span;
use yew::prelude::*;

use super::name_field::NameField;
use super::reorder::Dragged;
use super::signs::{DOWN, GRIP, REMOVE, UP, sign};
use super::wire::lock_note;

pub(super) struct Row<'a> {
    pub(super) index: usize,
    pub(super) item: &'a Item,
    /// Number of items.
    pub(super) count: usize,
    pub(super) noun: &'a str,
    pub(super) is_compact: bool,
    pub(super) can_move: bool,
    pub(super) can_remove: bool,
    /// `true` where the reason why the name can't be changed is shown here.
    pub(super) says_lock: bool,
    pub(super) dragged: Option<&'a Dragged>,
    pub(super) known: &'a Rc<Vec<String>>,
    pub(super) below: Option<&'a Html>,
    pub(super) change: &'a Callback<Option<ListChange>>,
    pub(super) go_to: &'a Callback<Span>,
}

pub(super) fn row(row: &Row<'_>) -> Html {
    let &Row { index, item, count, noun, can_move, can_remove, change, .. } = row;
    let name = item.name.text.clone().unwrap_or_default();
    let called = if name.is_empty() { format!("{noun} {}", index + 1) } else { name.clone() };
    let to = |to: Option<usize>| to.map(|to| ListChange::Move { from: index, to });
    let up = to(index.checked_sub(1)).filter(|_| can_move);
    let down = to(Some(index + 1).filter(|to| *to < count)).filter(|_| can_move);
    let remove = can_remove.then_some(ListChange::Remove { at: index });
    let onkeydown = keys(change, up.clone(), down.clone());
    let on_name = change.reform(move |name| Some(ListChange::Rename { at: index, name }));
    let locked = item.name.lock.as_ref();
    let is_dragged = row.dragged.is_some_and(|it| it.item == index.to_string());
    html! {
        <li key={index} class={classes!("dl-item", is_dragged.then_some("dl-dragged"))}>
            {drop_line(index, row.dragged, "dl-drop-before")}
            <div class="dl-row" data-drag={index.to_string()} {onkeydown}>
                if can_move {
                    <span class="dl-grip" data-grip="" aria-hidden="true">{sign(GRIP)}</span>
                }
                <span class="dl-row-name">
                    <NameField label={format!("Name of {noun} {}", index + 1)} value={name}
                        locked={locked.map(|lock| lock.reason)} known={row.known.clone()}
                        {on_name} />
                    if can_move && !row.is_compact {
                        <span class="dl-row-moves">
                            {button(UP, format!("Move {called} up"), up, change)}
                            {button(DOWN, format!("Move {called} down"), down, change)}
                        </span>
                    }
                </span>
                if can_remove {
                    {button(REMOVE, format!("Remove {called}"), remove, change)}
                }
            </div>
            if let (true, Some(lock)) = (row.says_lock, locked) {
                {lock_note(lock, row.go_to)}
            }
            if let Some(below) = row.below {
                <div class="dl-below">{below.clone()}</div>
            }
            if index + 1 == count {
                {drop_line(count, row.dragged, "dl-drop-after")}
            }
        </li>
    }
}

fn keys(
    change: &Callback<Option<ListChange>>,
    up: Option<ListChange>,
    down: Option<ListChange>,
) -> Callback<KeyboardEvent> {
    let change = change.clone();
    Callback::from(move |event: KeyboardEvent| {
        let wanted = match event.key().as_str() {
            "ArrowUp" if event.alt_key() => &up,
            "ArrowDown" if event.alt_key() => &down,
            _ => return,
        };
        event.prevent_default();
        change.emit(wanted.clone());
    })
}

/// A button of a row; where it would do nothing it stays, so that the focus stays too.
fn button(
    path: &'static str,
    label: String,
    does: Option<ListChange>,
    change: &Callback<Option<ListChange>>,
) -> Html {
    let is_off = does.is_none();
    let onclick = change.reform(move |_: MouseEvent| does.clone());
    html! {
        <button type="button" class="dl-tool" title={label.clone()}
            aria-label={label} aria-disabled={is_off.then_some("true")} {onclick}>{sign(path)}</button>
    }
}

/// Position that a dragged item would go to.
fn drop_line(place: usize, dragged: Option<&Dragged>, class: &'static str) -> Html {
    let place = place.to_string();
    let is_drop_target = dragged.and_then(|it| it.to.as_ref()) == Some(&place);
    html! {
        <span class={classes!("dl-drop", class, is_drop_target.then_some("dl-drop-target"))} data-drop={place}
            aria-hidden="true" />
    }
}
