//! A card per deployment stage: what it multiplies, its two checkboxes, and the limit that follows.

use deployline_engine::{AxisName, Stage, StagePlan, StageRun, Work};
use yew::prelude::*;

use super::toggle_box::{counts, toggle_box};
use crate::derived::{Derived, Shared};

/// A checkbox was flipped.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Flip {
    pub(crate) stage: usize,
    pub(crate) axis: AxisName,
    pub(crate) parallel: bool,
    /// Whether it changes the viewer's choice and not the text.
    pub(crate) is_choice: bool,
}

#[derive(Properties, PartialEq)]
pub(crate) struct StageCardsProps {
    pub(crate) derived: Shared<Derived>,
    /// Whether the picture is older than the text.
    pub(crate) is_stale: bool,
    pub(crate) on_flip: Callback<Flip>,
}

#[function_component(StageCards)]
pub(crate) fn stage_cards(props: &StageCardsProps) -> Html {
    let analysis = &props.derived.analysis;
    let plan = &analysis.plan;
    let stages = plan.pipeline.stages.iter().zip(&plan.stages).zip(&analysis.schedule.stages);
    let cards = stages.enumerate().filter_map(|(index, ((stage, plan), run))| {
        let Work::Deploy(_) = &stage.work else { return None };
        Some(card(index, stage, plan, run, props))
    });
    let cards: Vec<Html> = cards.collect();
    if cards.is_empty() {
        return Html::default();
    }
    html! { <div class="dl-cards" role="group" aria-label="Deployment stages" tabindex="0">{cards}</div> }
}

fn card(
    index: usize,
    stage: &Stage,
    plan: &StagePlan,
    run: &StageRun,
    props: &StageCardsProps,
) -> Html {
    html! {
        <fieldset class="dl-card" key={index}>
            <legend>{&stage.name}</legend>
            {counts(stage, plan, run)}
            {toggle_box(index, stage, AxisName::Services, props.is_stale, &props.on_flip)}
            {toggle_box(index, stage, AxisName::Targets, props.is_stale, &props.on_flip)}
        </fieldset>
    }
}
