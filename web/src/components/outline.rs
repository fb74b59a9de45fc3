//! The outline of the text: a list to go through.

use std::rc::Rc;

use deployline_assist::{OutlineItem, OutlineKind, outline};
use deployline_span::Span;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::show_more::{ShownItems, use_shown_items};
use crate::chunk::{Loading, chunk, use_chunk};
use crate::context::use_app;

/// Number of lines before someone asks for more.
const AT_FIRST: usize = 500;

#[derive(Properties, PartialEq)]
pub(crate) struct OutlineProps {
    pub(crate) text: Rc<str>,
}

/// A list that opens below its button; while it is closed, the text is not looked at.
#[function_component(Outline)]
pub(crate) fn outline_menu(OutlineProps { text }: &OutlineProps) -> Html {
    let is_open = use_state_eq(|| false);
    let place = use_node_ref();
    let onclick = {
        let is_open = is_open.clone();
        Callback::from(move |_: MouseEvent| is_open.set(!*is_open))
    };
    let onkeydown = keys(&place, &is_open);
    let onfocusout = {
        let (place, is_open) = (place.clone(), is_open.clone());
        Callback::from(move |event: FocusEvent| {
            let to = event.related_target().and_then(|to| to.dyn_into::<web_sys::Node>().ok());
            let element = place.cast::<Element>();
            // A click beside it takes the focus to nothing.
            if !element.is_some_and(|element| element.contains(to.as_ref())) {
                is_open.set(false);
            }
        })
    };
    html! {
        <div class="dl-outline" ref={place.clone()} {onkeydown} {onfocusout}>
            <button type="button" class="dl-control" aria-expanded={is_open.to_string()} {onclick}>
                {"Outline"}
            </button>
            if *is_open {
                <OutlineList text={text.clone()} {place} />
            }
        </div>
    }
}

chunk!(tools: load_items -> fn(&str, &ShownItems, &Callback<Span>) -> Html = items);

#[derive(Properties, PartialEq)]
struct OutlineListProps {
    text: Rc<str>,
    /// Element that the list is in.
    place: NodeRef,
}

#[function_component(OutlineList)]
fn outline_list(OutlineListProps { text, place }: &OutlineListProps) -> Html {
    let editor = use_app().editor;
    let chunk = use_chunk(load_items);
    let shown = use_shown_items(AT_FIRST);
    let is_ready = matches!(chunk.loading, Loading::Ready(_));
    {
        // Its keys start at the first line.
        let place = place.clone();
        use_effect_with(is_ready, move |is_ready| {
            if *is_ready && let Some(first) = buttons(&place).into_iter().next() {
                focus(&first);
            }
        });
    }
    let on_go_to = {
        let text = text.clone();
        Callback::from(move |span: Span| editor.select(&text, span, None))
    };
    html! {
        <div class="dl-outline-list" role="group" aria-label="Outline">
            {chunk.draw(|items| items(text, &shown, &on_go_to))}
        </div>
    }
}

fn items(text: &str, shown: &ShownItems, on_go_to: &Callback<Span>) -> Html {
    let items = outline(text);
    if items.is_empty() {
        return html! { <p class="dl-muted">{"No stages yet."}</p> };
    }
    let item = |item: &OutlineItem| {
        let span = item.span;
        let kind = (item.kind != OutlineKind::Parallel).then(|| item.kind.as_str());
        html! {
            <li class={format!("dl-depth-{}", item.depth.min(5))}>
                <button type="button" onclick={on_go_to.reform(move |_| span)}>
                    <span>{&item.label}</span>
                    if let Some(kind) = kind { <span class="dl-muted">{kind}</span> }
                </button>
            </li>
        }
    };
    html! {
        <>
            <ul>{for items.iter().take(shown.most()).map(item)}</ul>
            {shown.button(items.len())}
        </>
    }
}

/// Arrows go from line to line, Escape back to the button.
fn keys(place: &NodeRef, is_open: &UseStateHandle<bool>) -> Callback<KeyboardEvent> {
    let (place, is_open) = (place.clone(), is_open.clone());
    Callback::from(move |event: KeyboardEvent| {
        if !*is_open {
            return;
        }
        let buttons = buttons(&place);
        let target: Option<Element> = event.target().and_then(|it| it.dyn_into().ok());
        let now = buttons.iter().position(|button| Some(button) == target.as_ref());
        let last = buttons.len().saturating_sub(1);
        let next = match event.key().as_str() {
            "ArrowDown" => now.map_or(0, |now| (now + 1).min(last)),
            "ArrowUp" => now.unwrap_or(0).saturating_sub(1),
            "Home" => 0,
            "End" => last,
            "Escape" => {
                let button = place.cast::<Element>().and_then(|it| it.first_element_child());
                button.iter().for_each(focus);
                is_open.set(false);
                return;
            }
            _ => return,
        };
        event.prevent_default();
        buttons.get(next).into_iter().for_each(focus);
    })
}

fn buttons(place: &NodeRef) -> Vec<Element> {
    let list = place.cast::<Element>().and_then(|it| it.query_selector_all("li button").ok());
    let list =
        list.into_iter().flat_map(|list| (0..list.length()).filter_map(move |i| list.get(i)));
    list.filter_map(|node| node.dyn_into().ok()).collect()
}

fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // Where it can't be focused, it stays where it is.
        let _ = element.focus();
    }
}
