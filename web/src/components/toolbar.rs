//! Controls of the picture: rows, colours, filter, and the visible time.

use deployline_engine::Ms;
use deployline_timeline::{Arrangement, ColorBy, Rows};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::callbacks::emit_found;
use super::icon::icon;
use crate::context::use_act;
use crate::state::{Action, View};
use crate::zoom::{self, Step};

#[derive(Properties, PartialEq)]
pub(crate) struct ToolbarProps {
    pub(crate) view: View,
    /// End of the drawn run.
    pub(crate) end: Ms,
    /// True where some stage has steps.
    pub(crate) has_steps: bool,
    pub(crate) on_full_screen: Callback<MouseEvent>,
}

#[function_component(Toolbar)]
pub(crate) fn toolbar(props: &ToolbarProps) -> Html {
    let ToolbarProps { view, end, has_steps, on_full_screen } = props;
    let on_look = &use_act().reform(Action::Look);
    let arrange = {
        let view = view.clone();
        on_look.reform(move |arrangement| View { arrangement, ..view.clone() })
    };
    html! {
        <div class="dl-toolbar" role="toolbar" aria-label="Picture">
            {rows(&view.arrangement, &arrange)}
            {colors(&view.arrangement, &arrange)}
            {filter(&view.arrangement, &arrange)}
            if *has_steps { {steps(&view.arrangement, &arrange)} }
            {critical_path(view, on_look)}
            <span class="dl-toolbar-end">
                {zooming(view, *end, on_look)}
                <button type="button" class="dl-control dl-icon" onclick={on_full_screen}
                    aria-label="Full screen" title="Full screen">
                    {icon("M1 5V1H5M9 1H13V5M13 9V13H9M5 13H1V9")}
                </button>
            </span>
        </div>
    }
}

const ROWS: [(Rows, &str); 4] = [
    (Rows::Order, "Order"),
    (Rows::Lanes, "Slots"),
    (Rows::Services, "Services"),
    (Rows::Targets, "Environments"),
];

const COLORS: [(ColorBy, &str); 3] = [
    (ColorBy::Service, "Service"),
    (ColorBy::Environment, "Environment"),
    (ColorBy::Status, "Status"),
];

fn rows(arrangement: &Arrangement, arrange: &Callback<Arrangement>) -> Html {
    let now = arrangement.clone();
    choice("Rows", &ROWS, arrangement.rows, arrange, move |rows| Arrangement {
        rows,
        ..now.clone()
    })
}

fn colors(arrangement: &Arrangement, arrange: &Callback<Arrangement>) -> Html {
    let now = arrangement.clone();
    let with = move |color_by| Arrangement { color_by, ..now.clone() };
    choice("Colour", &COLORS, arrangement.color_by, arrange, with)
}

fn choice<T: Copy + PartialEq>(
    label: &'static str,
    all: &'static [(T, &'static str)],
    present: T,
    arrange: &Callback<Arrangement>,
    with: impl Fn(T) -> Arrangement + 'static,
) -> Html {
    let onchange = emit_found(arrange, move |event: Event| {
        let select: HtmlSelectElement = event.target()?.dyn_into().ok()?;
        let (chosen, _) = all.get(usize::try_from(select.selected_index()).ok()?)?;
        Some(with(*chosen))
    });
    html! {
        <label class="dl-inline-field">
            <span>{label}</span>
            <select class="dl-control" {onchange}>
                { for all.iter().map(|(value, caption)| html! {
                    <option selected={*value == present}>{*caption}</option>
                }) }
            </select>
        </label>
    }
}

fn filter(arrangement: &Arrangement, arrange: &Callback<Arrangement>) -> Html {
    let now = arrangement.clone();
    let oninput = emit_found(arrange, move |event: InputEvent| {
        let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
        Some(Arrangement { filter: input.value(), ..now.clone() })
    });
    html! {
        <input class="dl-control dl-filter" type="search" placeholder="Filter by name"
            aria-label="Filter by name" value={arrangement.filter.clone()} {oninput} />
    }
}

fn steps(arrangement: &Arrangement, arrange: &Callback<Arrangement>) -> Html {
    let (now, is_on) = (arrangement.clone(), arrangement.shows_steps);
    let onclick =
        arrange.reform(move |_: MouseEvent| Arrangement { shows_steps: !is_on, ..now.clone() });
    html! {
        <button type="button" class="dl-control" aria-pressed={is_on.to_string()} {onclick}
            title="The steps in each bar, where there is room for them">
            {"Steps"}
        </button>
    }
}

fn critical_path(view: &View, on_look: &Callback<View>) -> Html {
    let is_on = view.shows_critical_path;
    let view = view.clone();
    let onclick =
        on_look.reform(move |_: MouseEvent| View { shows_critical_path: !is_on, ..view.clone() });
    html! {
        <button type="button" class="dl-control" aria-pressed={is_on.to_string()} {onclick}
            title="The deployments that decide when the run ends">
            {"Critical path"}
        </button>
    }
}

fn zooming(view: &View, end: Ms, on_look: &Callback<View>) -> Html {
    let button = |step: Step, caption: &'static str, label: &'static str| {
        let window = zoom::stepped(view.window, end, step);
        let is_disabled = window == view.window;
        let view = view.clone();
        let onclick = on_look.reform(move |_: MouseEvent| View { window, ..view.clone() });
        html! {
            <button type="button" class="dl-control dl-icon" aria-label={label} title={label}
                disabled={is_disabled} {onclick}>{caption}</button>
        }
    };
    html! {
        <span class="dl-zoom" role="group" aria-label="Visible time">
            {button(Step::Earlier, "‹", "Earlier")}
            {button(Step::Later, "›", "Later")}
            {button(Step::Out, "−", "Zoom out")}
            {button(Step::In, "+", "Zoom in")}
            {button(Step::Fit, "Fit", "Fit the whole run")}
        </span>
    }
}
