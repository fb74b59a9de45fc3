//! The other ways to run a stage, side by side, and the present plan beside a pinned one.

use deployline_engine::insight::{Combination, combinations};
use deployline_engine::{Stage, Work};
use deployline_timeline::{Px, thumbnail};
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::comparison::PinnedComparison;
use crate::context::use_act;
use crate::derived::{Derived, Shared};
use crate::flags::BothFlags;
use crate::state::Action;

/// Size of the small pictures, in pixels.
const WIDTH: u16 = 220;
const HEIGHT: u16 = 64;

#[derive(Properties, PartialEq)]
pub(crate) struct CompareProps {
    pub(crate) derived: Shared<Derived>,
    /// Against the pinned plan, if there is one.
    pub(crate) comparison: Option<Shared<PinnedComparison>>,
    /// `true` where the picture is older than the text.
    pub(crate) is_stale: bool,
}

#[function_component(Compare)]
pub(crate) fn compare(CompareProps { derived, comparison, is_stale }: &CompareProps) -> Html {
    let act = use_act();
    html! {
        <section class="dl-panel" aria-label="Compare">
            <h2>{"Compare"}</h2>
            <Combinations derived={derived.clone()} is_stale={*is_stale} />
            {pin(comparison.as_ref(), &act)}
        </section>
    }
}

fn pin(comparison: Option<&Shared<PinnedComparison>>, act: &Callback<Action>) -> Html {
    let is_pinned = comparison.is_some();
    let onclick = act.reform(move |_: MouseEvent| Action::Pin(!is_pinned));
    let summary = comparison.map(|comparison| comparison.in_words());
    html! {
        <div class="dl-pin">
            <button type="button" class="dl-control" aria-pressed={is_pinned.to_string()} {onclick}>
                {if is_pinned { "Unpin" } else { "Pin this plan" }}
            </button>
            <p class="dl-muted" role="status">
                {summary.unwrap_or_else(|| "Keeps it as outlines while you edit, to see what moves.".to_owned())}
            </p>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct CombinationsProps {
    derived: Shared<Derived>,
    is_stale: bool,
}

/// A stage planned anew four times.
#[function_component(Combinations)]
fn combinations_of_stage(props: &CombinationsProps) -> Html {
    let on_choose = {
        let plan = props.derived.clone();
        use_act().reform(move |flags| Action::SetFlags(flags, plan.clone()))
    };
    let wanted = use_state_eq(|| 0_usize);
    let choices = choices(&props.derived);
    let stage = choices.get(*wanted).or(choices.first()).map(|(index, _)| *index);
    let found = use_memo((props.derived.clone(), stage), |(derived, stage)| {
        let plan = &derived.analysis.plan;
        stage.map(|stage| combinations(plan, &derived.assumptions, stage)).unwrap_or_default()
    });
    let Some(stage) = stage else {
        return html! { <p class="dl-muted">{"No stage here has services or targets to run in another order."}</p> };
    };
    let longest = found.iter().map(|combination| combination.duration).max().unwrap_or_default();
    let cards = found
        .iter()
        .map(|combination| card(combination, stage, longest, (props.is_stale, &on_choose)));
    html! {
        <>
            if choices.len() > 1 { {stage_choice(&choices, stage, &wanted)} }
            <div class="dl-combinations" role="group" aria-label="Ways to run the stage">{for cards}</div>
        </>
    }
}

/// The stages with a list of services or of targets.
fn choices(derived: &Derived) -> Vec<(usize, &Stage)> {
    let has_list = |stage: &Stage| match &stage.work {
        Work::Deploy(deploy) => {
            stage.looping.is_none()
                && (deploy.services.parallel.is_some() || deploy.targets.parallel.is_some())
        }
        Work::Other | Work::Unknown => false,
    };
    let plan = &derived.analysis.plan;
    let stages = plan.pipeline.stages.iter().take(plan.own_stage_count()).enumerate();
    stages.filter(|(_, stage)| has_list(stage)).collect()
}

fn stage_choice(choices: &[(usize, &Stage)], stage: usize, wanted: &UseStateHandle<usize>) -> Html {
    let onchange = {
        let wanted = wanted.clone();
        Callback::from(move |event: Event| {
            let select = event.target().and_then(|it| it.dyn_into::<HtmlSelectElement>().ok());
            if let Some(select) = select {
                wanted.set(usize::try_from(select.selected_index()).unwrap_or(0));
            }
        })
    };
    html! {
        <label class="dl-field">
            <span>{"Stage"}</span>
            <select class="dl-control" {onchange}>
                { for choices.iter().map(|(index, of)| html! {
                    <option selected={*index == stage}>{&of.name}</option>
                }) }
            </select>
        </label>
    }
}

fn card(
    combination: &Combination,
    stage: usize,
    longest: deployline_engine::Ms,
    (is_stale, on_choose): (bool, &Callback<BothFlags>),
) -> Html {
    let Combination { services_parallel, targets_parallel, is_present, .. } = *combination;
    let flags = BothFlags { stage, services: services_parallel, targets: targets_parallel };
    let onclick = on_choose.reform(move |_: MouseEvent| flags);
    let planned = (&combination.plan, &combination.schedule);
    let bars = thumbnail(planned, stage, WIDTH.into(), HEIGHT.into(), longest);
    html! {
        <button type="button" class="dl-combination" aria-pressed={is_present.to_string()}
            disabled={is_stale} {onclick}>
            <svg aria-hidden="true" viewBox={format!("0 0 {WIDTH} {HEIGHT}")} preserveAspectRatio="none">
                { for bars.iter().map(|bar| html! {
                    <rect class={bar.color.class()} x={Px(bar.rect.x).to_string()} y={Px(bar.rect.y).to_string()}
                        width={Px(bar.rect.width).to_string()} height={Px(bar.rect.height).to_string()} />
                }) }
            </svg>
            <span class="dl-combination-name">{name(services_parallel, targets_parallel)}</span>
            <span class="dl-combination-facts">
                <strong>{combination.duration.to_string()}</strong>
                {format!("up to {} at once", combination.peak_at_once)}
                {format!(", {} per infrastructure", combination.peak_per_target)}
            </span>
            if is_present { <span class="dl-combination-now">{"now"}</span> }
        </button>
    }
}

fn name(services: Option<bool>, targets: Option<bool>) -> String {
    let word = |parallel| if parallel { "parallel" } else { "in sequence" };
    match (services, targets) {
        (Some(services), Some(targets)) if services == targets => {
            format!("Services and targets {}", word(services))
        }
        (Some(services), Some(targets)) => {
            format!("Services {}, targets {}", word(services), word(targets))
        }
        (Some(services), None) => format!("Services {}", word(services)),
        (None, Some(targets)) => format!("Targets {}", word(targets)),
        (None, None) => String::new(),
    }
}
