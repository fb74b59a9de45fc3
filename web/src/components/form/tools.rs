//! Buttons for the chosen entry of the strip, and the choice of a stage to add.

use deployline_form::operation::{Operation, StageKind, StagePosition};
use deployline_form::{Address, Entry, Form};
use yew::prelude::*;

use super::places::{self, Step};
use super::signs::{ADD, BIN, COPY, DOWN, JOIN_LEFT, JOIN_RIGHT, LEFT, RIGHT, UP, of_stage, sign};
use super::strip::{moved, removed};
use super::wire::{Change, Wire};

/// The buttons of the entry at `at`.
pub(super) fn tools(
    form: &Form,
    at: &Address,
    wire: &Wire,
    on_add: &Callback<StagePosition>,
) -> Html {
    let Some(entry) = form.entry(at) else { return Html::default() };
    let is_stage = matches!(entry, Entry::Stage(_));
    let is_open = match entry {
        Entry::Stage(stage) => stage.lock.is_none(),
        Entry::Group(group) => group.lock.is_none(),
    };
    let is_open = is_open && form.lock.is_none();
    let name = places::entry_name(form, at);
    let group = at.0.split_last().map_or(&[][..], |(_, group)| group);
    let is_member = places::is_stacked(form, group);
    let step = |path, label: &str, step: Step, is_fit: bool| {
        let place = places::after(form, at, step).filter(|_| is_open && is_fit);
        tool(path, label, place.map(|place| moved(form, at.clone(), place)), wire)
    };
    let duplicate = (is_open && is_stage).then(|| Change {
        operation: Operation::DuplicateStage { stage: at.clone() },
        announcement: format!("Duplicated {name}"),
    });
    let remove = is_open.then(|| removed(form, at.clone()));
    let (behind, beside) =
        (places::behind(&Address(at.0[..1].to_vec())), places::parallel_to(form, at));
    let add = |caption: &'static str, label: &'static str, place: StagePosition| {
        html! {
            <button type="button" class="dl-control dl-form-button" disabled={form.lock.is_some()}
                title={label} aria-label={label}
                onclick={on_add.reform(move |_: MouseEvent| place.clone())}>{sign(ADD)}{caption}</button>
        }
    };
    html! {
        <div class="dl-form-tools" role="toolbar" aria-label={format!("Change {name}")}>
            <span class="dl-tool-group">
                {step(LEFT, if is_member { "Out of the group, to the left (Alt ←)" } else { "Move left (Alt ←)" }, Step::Left, true)}
                {step(RIGHT, if is_member { "Out of the group, to the right (Alt →)" } else { "Move right (Alt →)" }, Step::Right, true)}
                if is_member {
                    {step(UP, "Move up (Alt ↑)", Step::Up, true)}
                    {step(DOWN, "Move down (Alt ↓)", Step::Down, true)}
                }
                {step(JOIN_LEFT, "In parallel with the one on the left (Alt Shift ←)", Step::JoinLeft, is_stage)}
                {step(JOIN_RIGHT, "In parallel with the one on the right (Alt Shift →)", Step::JoinRight, is_stage)}
            </span>
            <span class="dl-tool-group">
                {tool(COPY, "Duplicate", duplicate, wire)}
                {tool(BIN, "Remove (Delete)", remove, wire)}
            </span>
            <span class="dl-tool-group dl-tool-adds">
                {add("Stage", "Add a stage after this one", behind)}
                {add("Parallel", "Add a stage in parallel", StagePosition::Beside(beside))}
            </span>
        </div>
    }
}

/// A button; where it would do nothing it stays, so that the focus stays too.
fn tool(path: &'static str, label: &str, change: Option<Change>, wire: &Wire) -> Html {
    let is_off = change.is_none();
    let perform = wire.perform.clone();
    let onclick = move |_: MouseEvent| {
        if let Some(change) = &change {
            perform.emit(change.clone());
        }
    };
    let label = label.to_owned();
    html! {
        <button type="button" class="dl-tool" title={label.clone()} aria-label={label}
            aria-disabled={is_off.then_some("true")} {onclick}>{sign(path)}</button>
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct AddProps {
    /// Where, in words: `after Build`.
    pub(super) words: AttrValue,
    pub(super) on_kind: Callback<StageKind>,
    /// Not where there is nothing else to do.
    pub(super) on_cancel: Option<Callback<()>>,
}

/// Asks which stage to add.
#[function_component(AddStage)]
pub(super) fn add_stage(AddProps { words, on_kind, on_cancel }: &AddProps) -> Html {
    let first = use_node_ref();
    {
        let (first, is_asked) = (first.clone(), on_cancel.is_some());
        use_effect_with(words.clone(), move |_| {
            if let (true, Some(first)) = (is_asked, first.cast::<web_sys::HtmlElement>()) {
                // It is there, so it can be focused.
                let _ = first.focus();
            }
        });
    }
    let onkeydown = {
        let on_cancel = on_cancel.clone();
        move |event: KeyboardEvent| {
            if let (true, Some(on_cancel)) = (event.key() == "Escape", &on_cancel) {
                event.prevent_default();
                on_cancel.emit(());
            }
        }
    };
    let kinds = KINDS.iter().enumerate().map(|(index, (kind, name))| {
        let place = if index == 0 { first.clone() } else { NodeRef::default() };
        let kind = *kind;
        html! {
            <button type="button" class="dl-control dl-form-button" ref={place}
                onclick={on_kind.reform(move |_: MouseEvent| kind)}>{sign(of_stage(name, false))}{*name}</button>
        }
    });
    html! {
        <div class="dl-form-tools dl-form-adding" role="group" aria-label={format!("Add a stage {words}")} {onkeydown}>
            <span class="dl-form-question">{format!("Add a stage {words}")}</span>
            <span class="dl-tool-group dl-tool-kinds">
                { for kinds }
                if let Some(on_cancel) = on_cancel {
                    <button type="button" class="dl-link" onclick={on_cancel.reform(|_: MouseEvent| ())}>{"Cancel"}</button>
                }
            </span>
        </div>
    }
}

const KINDS: [(StageKind, &str); 3] = [
    (StageKind::Deployment, "Deployment"),
    (StageKind::Approval, "Approval"),
    (StageKind::Custom, "Custom"),
];
