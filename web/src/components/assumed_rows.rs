//! Assumptions that the YAML can't settle, a row for each: its choices, why it is one, and the bars that depend
//! on it.

use std::rc::Rc;

use deployline_engine::{AccountPlan, format};
use deployline_planner::assumed::{self, AssumedValue, Assumption};
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::callbacks::emit_found;
use super::show_more::use_shown_items;
use crate::context::use_act;
use crate::dependents::Otherwise;
use crate::derived::{Derived, Shared};
use crate::state::{Action, SourceChange};

/// Rows that are drawn at first.
const MAX_ITEMS: usize = 10;

#[derive(Properties, PartialEq)]
pub(crate) struct AssumedRowsProps {
    pub(crate) derived: Shared<Derived>,
    /// The same, or while it changes often, the one before.
    pub(crate) unhurried: Shared<Derived>,
    /// Key of the assumption whose bars are marked.
    pub(crate) dependents_of: Option<Rc<str>>,
}

#[function_component(AssumedRows)]
pub(crate) fn assumed_rows(props: &AssumedRowsProps) -> Html {
    let AssumedRowsProps { derived, unhurried, dependents_of } = props;
    let act = use_act();
    let shown = use_shown_items(MAX_ITEMS);
    let all = assumed::list(&derived.analysis.plan.pipeline, &derived.assumptions);
    let rows = all.iter().take(shown.most()).map(|row| {
        let key: Rc<str> = row.key.as_str().into();
        let is_shown = *dependents_of == Some(key.clone());
        html! {
            <li key={&*row.key}>
                {control(row, &act)}
                <Dependents of={key} unhurried={unhurried.clone()} {is_shown} />
                <p class="dl-muted">{row.why}</p>
            </li>
        }
    });
    html! {
        <>
            <ul class="dl-assumed-rows" aria-label="What the YAML does not say">{ for rows }</ul>
            {shown.button(all.len())}
        </>
    }
}

/// A choice of the values; the value alone where it is typed elsewhere.
fn control(row: &Assumption, act: &Callback<Action>) -> Html {
    let caption = caption(&row.key);
    if row.choices.is_empty() {
        return html! { <p>{format!("{caption}: {}", row.value)}</p> };
    }
    let (key, choices) = (row.key.clone(), row.choices.clone());
    let onchange = emit_found(act, move |event: Event| {
        let select: HtmlSelectElement = event.target()?.dyn_into().ok()?;
        let value = choices.get(usize::try_from(select.selected_index()).ok()?)?;
        Some(Action::Change(change(key.clone(), value.to_string())))
    });
    html! {
        <label class="dl-field">
            <span>{caption}</span>
            <select class="dl-control" {onchange}>
                { for row.choices.iter().map(|choice| html! {
                    <option selected={*choice == row.value}>{choice_caption(choice)}</option>
                }) }
            </select>
        </label>
    }
}

fn change(key: String, value: String) -> SourceChange {
    SourceChange(Rc::new(move |source| {
        // The page offers only what can be set.
        let _ = assumed::set(&key, &value, &mut source.inputs, &mut source.assumptions);
    }))
}

fn caption(key: &str) -> String {
    if let Some((kind, place)) = key.split_once(':') {
        let (stage, of_stage) = place.split_once('/').unwrap_or((place, ""));
        let (stage, of_stage) = (assumed::name_of(stage), assumed::name_of(of_stage));
        return match (kind, of_stage.as_str()) {
            ("wait", "") => format!("Wait until {stage} is started"),
            ("wait", step) => format!("Wait of {step} in {stage}"),
            ("step", step) => format!("Duration of {step} in {stage}"),
            (_, "") => format!("Condition of {stage} is true"),
            (_, "services") => format!("Services of {stage} in parallel"),
            _ => format!("Targets of {stage} in parallel"),
        };
    }
    match key {
        assumed::ACCOUNT_PLAN => "Account plan".to_owned(),
        assumed::ROLLBACK => "Length of a rollback".to_owned(),
        assumed::BARRIER_IN_LOOPS => "Barriers count only what runs at once".to_owned(),
        assumed::DAG => "Runs as a DAG".to_owned(),
        assumed::NEEDS_AS_DAG => "Runs as a DAG, by needs".to_owned(),
        assumed::V1_DEFAULT => "Lists without a flag".to_owned(),
        assumed::RUN_STAGES => "Stages that run".to_owned(),
        assumed::RERUN_FROM => "Rerun from".to_owned(),
        _ => "At most at once".to_owned(),
    }
}

fn choice_caption(choice: &AssumedValue) -> String {
    let plan = match choice {
        AssumedValue::Word(word) => AccountPlan::from_word(word),
        AssumedValue::Flag(flag) => return if *flag { "yes" } else { "no" }.to_owned(),
        AssumedValue::Number(_) | AssumedValue::Duration(_) | AssumedValue::Stages(_) => None,
    };
    let Some(plan) = plan else { return choice.to_string() };
    let caption = plan.caption();
    match (plan.at_once(), plan.children_in_all()) {
        (Some(at_once), Some(in_all)) => format!("{caption}: {at_once} at once, {in_all} in all"),
        _ => caption.to_owned(),
    }
}

#[derive(Properties, PartialEq)]
struct DependentsProps {
    of: Rc<str>,
    unhurried: Shared<Derived>,
    /// `true` where the bars are marked.
    is_shown: bool,
}

/// Switch that marks the bars that would move with the assumption otherwise.
#[function_component(Dependents)]
fn dependents(props: &DependentsProps) -> Html {
    let DependentsProps { of: key, unhurried, is_shown } = props;
    let act = use_act();
    let count = use_memo((key.clone(), unhurried.clone()), |(key, derived)| {
        let present = &derived.analysis.schedule;
        Otherwise::new(key, derived).map_or(0, |otherwise| otherwise.count(present))
    });
    if *count == 0 && !is_shown {
        return Html::default();
    }
    let next = (!is_shown).then(|| key.clone());
    let onclick = act.reform(move |_: MouseEvent| Action::ShowDependents(next.clone()));
    let verb = if *count == 1 { "depends" } else { "depend" };
    html! {
        <button type="button" class="dl-control" aria-pressed={is_shown.to_string()} {onclick}
            title="Marks the bars that would run at another time if this were otherwise">
            {format!("{} {verb} on it", format::count(*count, "bar"))}
        </button>
    }
}
