//! Exclusions of a matrix: a row per rule, a choice per axis.

use deployline_form::operation::{ExcludeChange, Operation};
use deployline_form::{ExcludeRow, StrategyForm};
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::signs::{ADD, REMOVE, sign};
use super::wire::{StageWire, lock_title};
use crate::components::callbacks::emit_found;

pub(super) fn exclude(of: &StageWire<'_>, strategy: &StrategyForm) -> Html {
    let is_open = strategy.exclude_lock.is_none();
    let rows = strategy.exclude.iter().enumerate().map(|(at, row)| rule(of, strategy, at, row));
    let first: Vec<(String, String)> = strategy
        .axes
        .iter()
        .filter_map(|axis| Some((axis.name.clone(), axis.values.first()?.name.text.clone()?)))
        .collect();
    let can_add = is_open && !first.is_empty();
    let on_add = on_exclude(of).reform(move |_: MouseEvent| {
        (ExcludeChange::Add { cells: first.clone() }, "Left out one more combination".to_owned())
    });
    html! {
        <>
            {of.note(strategy.exclude_lock.as_ref())}
            if !strategy.exclude.is_empty() {
                <span class="dl-form-label">{"Left out"}</span>
                <ul class="dl-exclude" aria-label="Left out">{ for rows }</ul>
            }
            if can_add {
                <button type="button" class="dl-control dl-form-button" onclick={on_add}>
                    {sign(ADD)}{"Leave out a combination"}
                </button>
            }
        </>
    }
}

fn rule(of: &StageWire<'_>, strategy: &StrategyForm, at: usize, row: &ExcludeRow) -> Html {
    let on_remove = on_exclude(of).reform(move |_: MouseEvent| {
        (ExcludeChange::Remove { row: at }, format!("Removed rule {}", at + 1))
    });
    let is_open = row.lock.is_none() && strategy.exclude_lock.is_none();
    let cells = strategy.axes.iter().map(|axis| {
        let field = row.cells.iter().find(|(name, _)| *name == axis.name).map(|(_, field)| field);
        let written = field.and_then(|field| field.text.clone());
        let values: Vec<String> =
            axis.values.iter().filter_map(|it| it.name.text.clone()).collect();
        let other = written.clone().filter(|it| !values.contains(it));
        let lock = row.lock.as_ref().or(field.and_then(|field| field.lock.as_ref()));
        let name = axis.name.clone();
        let onchange = emit_found(&on_exclude(of), move |event: Event| {
            let select: HtmlSelectElement = event.target()?.dyn_into().ok()?;
            let value = Some(select.value()).filter(|value| !value.is_empty());
            let announcement = format!("{name}: {}", value.as_deref().unwrap_or("any"));
            Some((ExcludeChange::Set { row: at, axis: name.clone(), value }, announcement))
        });
        html! {
            <label class="dl-field">
                <span>{axis.name.clone()}</span>
                <select class="dl-control dl-form-input" disabled={lock.is_some()}
                    title={lock_title(lock)} {onchange}>
                    <option value="" selected={written.is_none()}>{"any"}</option>
                    { for values.into_iter().chain(other).map(|value| html! {
                        <option value={value.clone()} selected={written.as_ref() == Some(&value)}>{value}</option>
                    }) }
                </select>
            </label>
        }
    });
    html! {
        <li key={at}>
            <div class="dl-exclude-row" role="group" aria-label={format!("Left out: rule {}", at + 1)}>
                { for cells }
                if is_open {
                    <button type="button" class="dl-tool" aria-label={format!("Remove rule {}", at + 1)}
                        title={format!("Remove rule {}", at + 1)} onclick={on_remove}>{sign(REMOVE)}</button>
                }
            </div>
            {of.note(row.lock.as_ref())}
        </li>
    }
}

fn on_exclude(of: &StageWire<'_>) -> Callback<(ExcludeChange, String)> {
    let (wire, stage) = (of.wire.clone(), of.address());
    Callback::from(move |(change, announcement): (ExcludeChange, String)| {
        wire.perform(Operation::Exclude { stage: stage.clone(), change }, announcement);
    })
}
