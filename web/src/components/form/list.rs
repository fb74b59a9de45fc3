//! A list of names that can be added to, renamed, reordered and shortened: services, environments,
//! infrastructures, values.

use std::cell::Cell;
use std::rc::Rc;

use deployline_form::operation::ListChange;
use deployline_form::{Item, Lock};
use deployline_span::Span;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::list_row::{Row, row};
use super::name_field::NameField;
use super::reorder::{Dragged, Reorder, use_reorder};

/// Number of items at first, and of further ones at a time.
const PAGE: usize = 200;

#[derive(Properties, PartialEq)]
pub(super) struct ListProps {
    /// The list's name: `Services`.
    pub(super) label: AttrValue,
    /// Noun for one of them: `service`.
    pub(super) noun: AttrValue,
    pub(super) items: Vec<Item>,
    /// Reason why none can be added, moved or removed. The owner shows it.
    #[prop_or_default]
    pub(super) lock: Option<Lock>,
    /// `true` where the last one may be removed too.
    #[prop_or_default]
    pub(super) can_be_empty: bool,
    /// `true` where there is little room: keys reorder, buttons don't.
    #[prop_or_default]
    pub(super) is_compact: bool,
    /// The names used elsewhere.
    #[prop_or_default]
    pub(super) known: Rc<Vec<String>>,
    /// Content below each item.
    #[prop_or_default]
    pub(super) below: Vec<Html>,
    /// With what to say when it is done.
    pub(super) on_change: Callback<(ListChange, String)>,
    pub(super) go_to: Callback<Span>,
}

#[function_component(ListEditor)]
pub(super) fn list_editor(props: &ListProps) -> Html {
    let area = use_node_ref();
    let pages = use_state_eq(|| 1_usize);
    // Which row takes the focus when a change has been drawn.
    let focus = (*use_memo((), |()| Rc::new(Cell::new(None::<usize>)))).clone();
    let change = on_change(props, &focus);
    let drop = change.reform(|(from, to): (String, String)| {
        let (from, to) = (from.parse().ok()?, to.parse::<usize>().ok()?);
        // Places are counted with the item in its own.
        Some(ListChange::Move { from, to: if to > from { to - 1 } else { to } })
    });
    let Reorder { dragged, on_down, .. } = use_reorder(&area, drop);
    {
        let area = area.clone();
        use_effect_with(props.items.clone(), move |_| focus_row(&area, focus.take()));
    }
    let shown = props.items.len().min(*pages * PAGE);
    let add = props.lock.is_none().then(|| add_field(props, &change, &pages));
    let left = props.items.len() - shown;
    let more = { move |_: MouseEvent| pages.set(*pages + 1) };
    html! {
        <div class={classes!("dl-list", props.is_compact.then_some("dl-compact"))} data-area="" ref={area}
            onpointerdown={on_down}>
            if shown > 0 {
                <ul aria-label={props.label.clone()}>{rows(props, shown, dragged.as_ref(), &change)}</ul>
            }
            if left > 0 {
                <button type="button" class="dl-link" onclick={more}>
                    {format!("Show {} more of {left}", left.min(PAGE))}
                </button>
            }
            {add}
        </div>
    }
}

/// The first `shown` items, a row each.
fn rows(
    props: &ListProps,
    shown: usize,
    dragged: Option<&Dragged>,
    change: &Callback<Option<ListChange>>,
) -> Html {
    let can_move = props.lock.is_none() && props.items.len() > 1;
    let can_remove = props.lock.is_none()
        && (props.items.len() > 1 || (props.can_be_empty && !props.items.is_empty()));
    let rows = props.items.iter().take(shown).enumerate().map(|(index, item)| {
        let is_shown_above = |lock: &Lock| {
            let before = props.items[..index].iter().filter_map(|it| it.name.lock.as_ref());
            before.chain(&props.lock).any(|it| it.reason == lock.reason)
        };
        row(&Row {
            index,
            item,
            count: props.items.len(),
            noun: &props.noun,
            is_compact: props.is_compact,
            can_move: can_move && item.lock.is_none(),
            can_remove: can_remove && item.lock.is_none(),
            says_lock: item.name.lock.as_ref().is_some_and(|lock| !is_shown_above(lock)),
            dragged,
            known: &props.known,
            below: props.below.get(index),
            change,
            go_to: &props.go_to,
        })
    });
    rows.collect()
}

/// The field that adds an item, behind the last one.
fn add_field(
    props: &ListProps,
    change: &Callback<Option<ListChange>>,
    pages: &UseStateHandle<usize>,
) -> Html {
    let (count, show) = (props.items.len(), pages.setter());
    let on_name = change.reform(move |name| {
        show.set(count / PAGE + 1);
        Some(ListChange::Add { at: count, name })
    });
    let label = AttrValue::from(format!("Add {} {}", article(&props.noun), props.noun));
    html! {
        <div class="dl-add">
            <NameField label={label.clone()} placeholder={label} known={props.known.clone()} {on_name} />
        </div>
    }
}

/// Passes a change on, with words for it.
fn on_change(props: &ListProps, focus: &Rc<Cell<Option<usize>>>) -> Callback<Option<ListChange>> {
    let (on_change, focus) = (props.on_change.clone(), focus.clone());
    let names: Vec<String> =
        props.items.iter().map(|it| it.name.text.clone().unwrap_or_default()).collect();
    Callback::from(move |change: Option<ListChange>| {
        let Some(change) = change else { return };
        let name = |at: usize| names.get(at).map_or("", String::as_str);
        let announcement = match &change {
            ListChange::Add { name, .. } => format!("Added {name}"),
            ListChange::Remove { at } => {
                focus.set(Some(at.saturating_sub(usize::from(at + 1 == names.len()))));
                format!("Removed {}", name(*at))
            }
            ListChange::Move { from, to } if from == to => return,
            ListChange::Move { from, to } => {
                focus.set(Some(*to));
                format!("Moved {} to place {} of {}", name(*from), to + 1, names.len())
            }
            ListChange::Rename { at, name: to } | ListChange::Replace { at, name: to } => {
                format!("{} is {to} now", name(*at))
            }
        };
        on_change.emit((change, announcement));
    })
}

fn focus_row(area: &NodeRef, row: Option<usize>) {
    let (Some(area), Some(row)) = (area.cast::<Element>(), row) else { return };
    let rows = area.query_selector_all(":scope > ul > li > .dl-row");
    let row = rows.ok().and_then(|rows| rows.item(u32::try_from(row).ok()?));
    let row = row.and_then(|row| row.dyn_into::<Element>().ok());
    // A name that can't be changed can't be focused: the next best is what moves or removes it.
    let stop = row.and_then(|row| row.query_selector(":enabled").ok().flatten());
    if let Some(stop) = stop.and_then(|stop| stop.dyn_into::<HtmlElement>().ok()) {
        // It is there, so it can be focused.
        let _ = stop.focus();
    }
}

fn article(noun: &str) -> &'static str {
    if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}
