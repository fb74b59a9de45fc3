//! The other way to write the order of the stages, as a DAG or as a list, with what it does to the run.

use std::rc::Rc;

use deployline_engine::insight::{Wait, longer_waits};
use deployline_engine::words::shown;
use deployline_engine::{Ms, format};
use deployline_form::Form;
use deployline_form::operation::{Dependencies, Operation, edit};
use deployline_planner::Inputs;
use deployline_yaml::TextEdit;
use deployline_yaml::edit::Refusal;
use yew::prelude::*;

use super::wire::{Change, Wire, lock_note};
use crate::components::rich_text::rich_text;
use crate::context::use_act;
use crate::derived::{Derived, Shared};
use crate::source::Source;
use crate::state::{Action, SourceChange};

/// Numbers of stages and of names that are written out.
const MAX_STAGES: usize = 4;
const MAX_NAMES: usize = 4;

#[derive(Properties, PartialEq)]
pub(super) struct OrderWaysProps {
    pub(super) derived: Shared<Derived>,
    pub(super) form: Shared<Form>,
    pub(super) wire: Wire,
}

/// Opens the ways, which are looked at only then: each takes a plan of its own.
#[function_component(OrderWays)]
pub(super) fn order_ways(OrderWaysProps { derived, form, wire }: &OrderWaysProps) -> Html {
    let is_open = use_state_eq(|| false);
    let deps = (derived.clone(), form.is_dag, *is_open);
    let ways = use_memo(deps, |(derived, is_dag, is_open)| match is_open {
        true => ways(derived, *is_dag),
        false => Vec::new(),
    });
    let onclick = {
        let is_open = is_open.clone();
        move |_: MouseEvent| is_open.set(!*is_open)
    };
    let on_written = use_unchosen(derived);
    let (title, about) = if form.is_dag { TO_LIST } else { TO_DAG };
    html! {
        <section class="dl-form-section dl-form-order" aria-label="Order of the stages">
            <button type="button" class="dl-link" aria-expanded={is_open.to_string()} {onclick}>{title}</button>
            if *is_open {
                <p class="dl-muted">{rich_text(about)}</p>
                { for ways.iter().map(|way| way_html(way, wire, &on_written)) }
            }
        </section>
    }
}

/// Callback that takes back whether this is a DAG, where that was chosen by hand: the text says it from then on.
#[hook]
fn use_unchosen(derived: &Shared<Derived>) -> Callback<()> {
    let act = use_act();
    use_callback((act, derived.inputs.dag), |(), (act, chosen)| {
        if chosen.is_some() {
            let as_written = SourceChange(Rc::new(|source| source.inputs.dag = None));
            act.emit(Action::Change(as_written));
        }
    })
}

const TO_DAG: (&str, &str) = (
    "Write the order as a DAG…",
    "Each stage gets `dependsOn`, and parallel groups are taken apart. In the product a pipeline is made a DAG when it \
     is created or cloned, not by its YAML, and there is no way back.",
);
const TO_LIST: (&str, &str) = (
    "Write the order as a list…",
    "Stages that wait for the same ones go into parallel groups, and `dependsOn` goes. In the product a DAG stays one: \
     make a new pipeline of it.",
);

const LOOSER: &str = "Look at what else each stage needs: that its text does not say. A failure then stops only what \
                      depends on it.";

/// A way to write the order.
#[derive(PartialEq)]
struct Way {
    caption: &'static str,
    /// What is to be known about it.
    note: Option<&'static str>,
    change: Change,
    /// What it does to the run, or why it can't be done.
    effect: Result<Effect, Refusal>,
}

#[derive(PartialEq)]
struct Effect {
    /// End of the run, now and then.
    end: (Ms, Ms),
    /// A stage and others, with what becomes of its wait for them.
    waits: Vec<(String, &'static str, Vec<String>)>,
}

/// The ways of a text: those that keep the order, and those that don't.
fn ways(derived: &Derived, is_dag: bool) -> Vec<Way> {
    let to_dag = |dependencies| Operation::WriteAsDag { dependencies };
    let to_list = |adds_waits| Operation::WriteAsList { adds_waits };
    let (same, other, caption) = match is_dag {
        false => {
            (to_dag(Dependencies::Order), to_dag(Dependencies::References), "What stages refer to")
        }
        true => (to_list(false), to_list(true), "With longer waits"),
    };
    let same = way("Same order", same, derived);
    let other = way(caption, other, derived);
    match (&same.effect, &other.effect) {
        // Without longer waits, or for one and the same reason.
        (Ok(_), Ok(_)) if is_dag => vec![same],
        (Err(one), Err(another)) if one == another => vec![same],
        _ => vec![same, other],
    }
}

fn way(caption: &'static str, operation: Operation, derived: &Derived) -> Way {
    let effect = edit(&derived.text, &operation).map(|edits| {
        let text = TextEdit::apply_all(&edits, &derived.text);
        effect(derived, &planned(derived, text))
    });
    let announcement = match operation {
        Operation::WriteAsDag { .. } => "Written as a DAG",
        _ => "Written as a list",
    };
    let is_looser = operation == Operation::WriteAsDag { dependencies: Dependencies::References };
    let note = is_looser.then_some(LOOSER);
    let change = Change { operation, announcement: announcement.to_owned() };
    Way { caption, note, change, effect }
}

/// The plan of another text, with all that is assumed of this one but whether it is a DAG.
fn planned(derived: &Derived, text: String) -> Derived {
    let source = Source {
        text: text.into(),
        inputs: Inputs { dag: None, ..derived.inputs.clone() },
        answers: derived.answers.clone(),
        added: None,
        assumptions: derived.assumptions.clone(),
    };
    Derived::new(&source, false)
}

fn effect(now: &Derived, then: &Derived) -> Effect {
    let [before, after] = [now, then].map(|it| &it.analysis.plan.pipeline);
    let with = |verb: &'static str| {
        move |wait: Wait<'_>| {
            let name = |name: &str| shown::isolated(name).into_owned();
            let others = wait.others.iter().map(|other| name(other));
            (name(wait.stage), verb, others.collect())
        }
    };
    let shorter = longer_waits(before, after).into_iter().map(with("no longer waits for"));
    let longer = longer_waits(after, before).into_iter().map(with("waits for"));
    let end = (now.real_schedule().end, then.analysis.schedule.end);
    Effect { end, waits: shorter.chain(longer).collect() }
}

fn way_html(way: &Way, wire: &Wire, on_written: &Callback<()>) -> Html {
    let effect = match &way.effect {
        Ok(effect) => effect,
        Err(refusal) => {
            return html! { <div>{way.caption}{": "}{lock_note(refusal, &wire.go_to)}</div> };
        }
    };
    let change = way.change.clone();
    let (perform, on_written) = (wire.perform.clone(), on_written.clone());
    let onclick = move |_: MouseEvent| {
        on_written.emit(());
        perform.emit(change.clone());
    };
    html! {
        <div class="dl-form-way">
            <button type="button" class="dl-control dl-form-button" {onclick}>{way.caption}</button>
            <div>
                <p>{ends(effect.end)}</p>
                {waits(&effect.waits)}
                if let Some(note) = way.note { <p class="dl-muted">{note}</p> }
            </div>
        </div>
    }
}

/// `Ends after 8m: 4m saved.`
fn ends((now, then): (Ms, Ms)) -> String {
    match then.cmp(&now) {
        std::cmp::Ordering::Less => format!("Ends after {then}: {} saved.", now - then),
        std::cmp::Ordering::Equal => format!("Ends after {then}, as now."),
        std::cmp::Ordering::Greater => format!("Ends after {then}: {} later.", then - now),
    }
}

fn waits(waits: &[(String, &'static str, Vec<String>)]) -> Html {
    if waits.is_empty() {
        return Html::default();
    }
    let more = waits.len().saturating_sub(MAX_STAGES);
    let rows = waits.iter().take(MAX_STAGES).map(|(stage, verb, others)| {
        let more = others.len().saturating_sub(MAX_NAMES);
        let names = others.iter().take(MAX_NAMES).map(String::as_str).collect::<Vec<_>>();
        let more = (more > 0).then(|| format!(" and {more} more"));
        html! { <li><b>{stage.clone()}</b>{format!(" {verb} ")}{names.join(", ")}{more}</li> }
    });
    html! {
        <ul class="dl-muted">
            { for rows }
            if more > 0 { <li>{format!("and {}", format::count(more, "more stage"))}</li> }
        </ul>
    }
}
