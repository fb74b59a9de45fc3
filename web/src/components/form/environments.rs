//! Environments and infrastructures of a stage.

use deployline_form::operation::{EnvironmentsKind, FieldName, Operation};
use deployline_form::{EnvironmentForm, Environments, EnvironmentsMode};
use yew::prelude::*;

use super::field::{TextField, check};
use super::known::lenders_of_environments;
use super::list::ListEditor;
use super::modes::{Mode, Modes, from_stage};
use super::section::{EntryContext, section};
use super::wire::StageWire;

/// The section of the environments; `boxed` is its checkbox.
pub(super) fn environments(
    shown: &EntryContext<'_>,
    of: &StageWire<'_>,
    environments: &Environments,
    boxed: Html,
) -> Html {
    let Environments { mode, items, lock, .. } = environments;
    let lenders = lenders_of_environments(shown.form, of.stage);
    let note = of.note(lock.as_ref());
    let list = || {
        let on_change = of.on_list(|stage, change| Operation::Environments { stage, change });
        let below = items.iter().enumerate();
        let below: Vec<Html> = below.map(|(at, it)| environment(shown, of, at, it)).collect();
        let all: Vec<_> = items.iter().map(|environment| environment.item.clone()).collect();
        html! {
            <ListEditor label="Environments" noun="environment" items={all} {on_change}
                go_to={of.wire.go_to.clone()} lock={lock.clone()} {below}
                known={shown.known.environments.clone()} />
        }
    };
    let body = match mode {
        EnvironmentsMode::FromStage => {
            let on_change = of.on_set(FieldName::EnvironmentsFromStage, "Environments from stage");
            html! {
                <>
                    {from_stage("The environments of stage", &environments.from_stage, &lenders, on_change)}
                    {of.note(environments.from_stage.lock.as_ref())}
                </>
            }
        }
        EnvironmentsMode::Group => html! { <>{group(of, environments)}{list()}</> },
        _ => list(),
    };
    let head = switch(of, environments, lenders.last().map(|(identifier, _)| identifier.clone()));
    section("Environments", head, html! { <>{note}{body}{boxed}</> })
}

/// Fields of an environment.
fn environment(
    shown: &EntryContext<'_>,
    of: &StageWire<'_>,
    index: usize,
    form: &EnvironmentForm,
) -> Html {
    let EnvironmentForm { item, deploys_to_all, infrastructures, infrastructures_lock } = form;
    let name = item.name.text.as_deref();
    let on_change = of.on_list(move |stage, change| Operation::Infrastructures {
        stage,
        environment: index,
        change,
    });
    let on_all = {
        let (wire, stage) = (of.wire.clone(), of.address());
        Callback::from(move |on| {
            let announcement = if on {
                "Deploys to all infrastructures"
            } else {
                "Deploys to the listed infrastructures"
            };
            wire.perform(
                Operation::DeployToAll { stage: stage.clone(), environment: index, on },
                announcement,
            );
        })
    };
    let is_all = deploys_to_all.is_true();
    let label = format!("Infrastructures of {}", name.unwrap_or("the environment"));
    html! {
        <div class={classes!(is_all.then_some("dl-not-counted"))}>
            {check("Deploy to all infrastructures", deploys_to_all, on_all)}
            {of.note(infrastructures_lock.as_ref())}
            {of.note(deploys_to_all.lock.as_ref())}
            <ListEditor {label} noun="infrastructure" items={infrastructures.to_vec()} {on_change}
                go_to={of.wire.go_to.clone()} lock={infrastructures_lock.clone()}
                can_be_empty={is_all} known={shown.known.infrastructures(name)} />
        </div>
    }
}

fn group(of: &StageWire<'_>, environments: &Environments) -> Html {
    let label = "Environment group";
    let on_all = of.on_set(FieldName::GroupDeployToAll, "Deploy to all environments");
    let on_all = on_all.reform(|on: bool| Some(on.to_string()));
    html! {
        <>
            <TextField {label} field={environments.group.clone()}
                on_change={of.on_set(FieldName::Group, label)} is_needed=true />
            {of.note(environments.group.lock.as_ref())}
            {check("Deploy to all of the group's environments", &environments.group_deploys_to_all, on_all)}
            {of.note(environments.group_deploys_to_all.lock.as_ref())}
        </>
    }
}

fn switch(of: &StageWire<'_>, environments: &Environments, lender: Option<String>) -> Html {
    let is = |mode| environments.mode == mode;
    let mut modes = vec![
        Mode { caption: "One", is_chosen: is(EnvironmentsMode::One), keeps_one: true },
        Mode { caption: "Several", is_chosen: is(EnvironmentsMode::Many), keeps_one: false },
        Mode { caption: "Group", is_chosen: is(EnvironmentsMode::Group), keeps_one: false },
    ];
    let takes = is(EnvironmentsMode::FromStage);
    if takes || lender.is_some() {
        modes.push(Mode { caption: "From stage", is_chosen: takes, keeps_one: false });
    }
    if is(EnvironmentsMode::Older) {
        return Html::default();
    }
    let (wire, stage) = (of.wire.clone(), of.address());
    let on_pick = Callback::from(move |(number, keep): (usize, Option<usize>)| {
        const KINDS: [(EnvironmentsKind, &str); 3] = [
            (EnvironmentsKind::One, "One environment"),
            (EnvironmentsKind::Many, "Several environments"),
            (EnvironmentsKind::Group, "An environment group"),
        ];
        let stage = stage.clone();
        let field = FieldName::EnvironmentsFromStage;
        match KINDS.get(number) {
            Some(_) if takes => {
                let announcement = "The environments are no longer taken from another stage";
                wire.perform(Operation::Set { stage, field, value: None }, announcement);
            }
            Some((to, announcement)) => {
                wire.perform(Operation::SwitchEnvironments { stage, to: *to, keep }, *announcement);
            }
            None => {
                let announcement = "The environments are taken from an earlier stage";
                wire.perform(Operation::Set { stage, field, value: lender.clone() }, announcement);
            }
        }
    });
    let names = environments.items.iter().map(|it| it.item.name.text.clone().unwrap_or_default());
    html! {
        <Modes label="How many environments" {modes} names={names.collect::<Vec<_>>()}
            lock={environments.lock.clone()} {on_pick} />
    }
}
