//! Notes about surprises in this run, each with a switch that shows what many expect instead.

use deployline_engine::insight::early_starts;
use deployline_engine::words::shown::isolated;
use deployline_engine::{AxisName, Schedule, format, words};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::callbacks::emit_found;
use crate::context::use_act;
use crate::derived::{Derived, Shared};
use crate::state::Action;

/// Number of stages that are explained; the others have the same explanation.
const MAX_ITEMS: usize = 3;

#[derive(Properties, PartialEq)]
pub(crate) struct NotesProps {
    pub(crate) derived: Shared<Derived>,
}

#[function_component(Notes)]
pub(crate) fn notes(NotesProps { derived }: &NotesProps) -> Html {
    let act = use_act();
    let found = use_memo(derived.clone(), |derived| {
        let (plan, real) = (&derived.analysis.plan, derived.real_schedule());
        let stages = 0..plan.stages.len();
        stages
            .filter_map(|stage| Some((stage, early_starts(plan, real, stage)?)))
            .collect::<Vec<_>>()
    });
    let (plan, real) = (&derived.analysis.plan, derived.real_schedule());
    let is_waves = derived.real.is_some();
    if found.is_empty() && !is_waves {
        return Html::default();
    }
    let onchange = emit_found(&act, |event: Event| {
        let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
        Some(Action::ShowWaves(input.checked()))
    });
    let more = found.len().saturating_sub(MAX_ITEMS);
    let axis = found.first().map_or(AxisName::Targets, |(_, early)| early.axis);
    let item = match axis {
        AxisName::Services => "service",
        AxisName::Targets => "target",
    };
    html! {
        <section class="dl-note" aria-label="Sequential is not wave by wave">
            <h2>{"Sequential is not wave by wave"}</h2>
            { for found.iter().take(MAX_ITEMS).map(|(stage, early)| html! {
                <p>
                    <strong>{&*isolated(&plan.pipeline.stages[*stage].name)}</strong>{": "}
                    {words::early_starts(plan, real, *stage, early)}
                </p>
            }) }
            if more > 0 { <p class="dl-muted">{format!("The same in {}.", format::count(more, "more stage"))}</p> }
            <label class="dl-check">
                <input type="checkbox" checked={is_waves} {onchange} />
                <span>
                    {format!("Show it as waves, each {item} finished before the next")}
                    if is_waves { <small>{compared(&derived.analysis.schedule, real)}</small> }
                </span>
            </label>
        </section>
    }
}

fn compared(waves: &Schedule, real: &Schedule) -> String {
    format!(
        "For comparison only: as waves it would take {}, really it takes {}. The outlines show when \
         each really runs.",
        waves.end, real.end
    )
}
