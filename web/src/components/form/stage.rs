//! All of one stage, or what a group holds.

use deployline_engine::AxisName;
use deployline_form::operation::FieldName;
use deployline_form::{Address, Entry, GroupForm, StageForm};
use yew::prelude::*;

use super::environments::environments;
use super::field::TextField;
use super::looping::looping;
use super::places;
use super::section::{EntryContext, section};
use super::services::services;
use super::settings::{limits, when};
use super::wire::{StageWire, lock_note};
use crate::components::toggle_box::{counts, toggle_box};

/// The entry at an address.
pub(super) fn entry_form(shown: &EntryContext<'_>, at: &Address) -> Html {
    match shown.form.entry(at) {
        Some(Entry::Stage(stage)) => stage_form(shown, stage),
        Some(Entry::Group(group)) => group_form(shown, group),
        None => Html::default(),
    }
}

fn stage_form(shown: &EntryContext<'_>, stage: &StageForm) -> Html {
    let of = StageWire::new(shown.wire, stage);
    let key =
        stage.identifier.text.clone().unwrap_or_else(|| places::encode_address(&stage.address));
    html! {
        <div class="dl-form-stage" {key} role="group" aria-label={places::stage_name(stage).to_owned()}>
            {head(shown, &of)}
            if let Some(deploy) = &stage.deploy {
                {services(shown, &of, &deploy.services, flag(shown, stage, AxisName::Services))}
                {environments(shown, &of, &deploy.environments, flag(shown, stage, AxisName::Targets))}
                {limits(shown, &of, deploy)}
            }
            {looping(&of)}
            {when(&of)}
        </div>
    }
}

fn head(shown: &EntryContext<'_>, of: &StageWire<'_>) -> Html {
    let stage = of.stage;
    let analysis = &shown.derived.analysis;
    let (plan, index) = (&analysis.plan, stage.index);
    let resolved = plan.pipeline.stages.get(index);
    let runs = plan.stages.get(index).zip(analysis.schedule.stages.get(index));
    html! {
        <section class="dl-form-section" aria-label="Stage">
            {of.note(stage.lock.as_ref())}
            {of.note(stage.template.as_ref())}
            <div class="dl-form-pair">
                <TextField label="Name" field={stage.name.clone()}
                    on_change={of.on_set(FieldName::Name, "Name")} is_needed=true />
                <div class="dl-field">
                    <span>{"Identifier"}</span>
                    <code class="dl-form-code">{stage.identifier.text.clone().unwrap_or_default()}</code>
                </div>
            </div>
            {of.note(stage.name.lock.as_ref())}
            if let (Some(resolved), Some((plan, run))) = (resolved, runs) {
                {counts(resolved, plan, run)}
            }
        </section>
    }
}

fn flag(shown: &EntryContext<'_>, stage: &StageForm, axis: AxisName) -> Html {
    let resolved = shown.derived.analysis.plan.pipeline.stages.get(stage.index);
    resolved.map_or_else(Html::default, |resolved| {
        toggle_box(stage.index, resolved, axis, shown.is_stale, shown.on_flip)
    })
}

fn group_form(shown: &EntryContext<'_>, group: &GroupForm) -> Html {
    let title = if group.is_parallel { "In parallel" } else { "One after the other" };
    let members = group.members.iter().enumerate().map(|(index, _)| {
        let at = Address([&group.address.0[..], &[index]].concat());
        let name = places::entry_name(shown.form, &at);
        let onclick = shown.wire.choose.reform(move |_: MouseEvent| at.clone());
        html! { <li><button type="button" class="dl-link" {onclick}>{name}</button></li> }
    });
    section(
        title,
        Html::default(),
        html! {
            <>
                if let Some(lock) = &group.lock {
                    {lock_note(lock, &shown.wire.go_to)}
                }
                <ul class="dl-form-members">{ for members }</ul>
            </>
        },
    )
}
