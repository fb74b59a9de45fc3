//! Services of a stage.

use deployline_form::operation::{FieldName, Operation};
use deployline_form::{Services, ServicesMode};
use yew::prelude::*;

use super::known::lenders_of_services;
use super::list::ListEditor;
use super::modes::{Mode, Modes, from_stage};
use super::section::{EntryContext, section};
use super::wire::StageWire;

/// The section of the services; `boxed` is its checkbox.
pub(super) fn services(
    shown: &EntryContext<'_>,
    of: &StageWire<'_>,
    services: &Services,
    boxed: Html,
) -> Html {
    let Services { mode, items, lock, .. } = services;
    let lenders = lenders_of_services(shown.form, of.stage);
    let body = match mode {
        ServicesMode::FromStage => {
            let on_change = of.on_set(FieldName::ServicesFromStage, "Services from stage");
            html! {
                <>
                    {from_stage("The services of stage", &services.from_stage, &lenders, on_change)}
                    {of.note(services.from_stage.lock.as_ref())}
                </>
            }
        }
        ServicesMode::Missing | ServicesMode::One | ServicesMode::Many | ServicesMode::Older => {
            let on_change = of.on_list(|stage, change| Operation::Services { stage, change });
            html! {
                <ListEditor label="Services" noun="service" items={items.to_vec()} {on_change}
                    go_to={of.wire.go_to.clone()} lock={lock.clone()}
                    known={shown.known.services.clone()} />
            }
        }
    };
    let head = switch(of, services, lenders.last().map(|(identifier, _)| identifier.clone()));
    section(
        "Services",
        head,
        html! {
            <>
                {of.note(lock.as_ref())}
                {body}
                {boxed}
            </>
        },
    )
}

fn switch(of: &StageWire<'_>, services: &Services, lender: Option<String>) -> Html {
    let is = |mode| services.mode == mode;
    let mut modes = vec![
        Mode { caption: "One", is_chosen: is(ServicesMode::One), keeps_one: true },
        Mode { caption: "Several", is_chosen: is(ServicesMode::Many), keeps_one: false },
    ];
    let takes = is(ServicesMode::FromStage);
    if takes || lender.is_some() {
        modes.push(Mode { caption: "From stage", is_chosen: takes, keeps_one: false });
    }
    if is(ServicesMode::Older) || (is(ServicesMode::Missing) && modes.len() < 3) {
        return Html::default();
    }
    if is(ServicesMode::Missing) {
        modes.drain(..2);
    }
    let count = modes.len();
    let (wire, stage) = (of.wire.clone(), of.address());
    let on_pick = Callback::from(move |(number, keep): (usize, Option<usize>)| {
        let stage = stage.clone();
        let set = |value| Operation::Set {
            stage: stage.clone(),
            field: FieldName::ServicesFromStage,
            value,
        };
        if takes {
            wire.perform(set(None), "The services are no longer taken from another stage");
        } else if number == 2 || count == 1 {
            let announcement = "The services are taken from an earlier stage";
            wire.perform(set(lender.clone()), announcement);
        } else {
            let announcement = if number == 1 { "Several services" } else { "One service" };
            wire.perform(
                Operation::SwitchServices { stage, many: number == 1, keep },
                announcement,
            );
        }
    });
    let names = services.items.iter().map(|it| it.name.text.clone().unwrap_or_default());
    html! {
        <Modes label="How many services" {modes} names={names.collect::<Vec<_>>()}
            lock={services.lock.clone()} {on_pick} />
    }
}
