//! A card per deployment stage: its counts, its two checkboxes, and the limit that follows.

use deployline_engine::{AxisName, Stage, StagePlan, StageRun, Work};
use yew::prelude::*;

use super::show_more::use_shown_items;
use super::toggle_box::{counts, toggle_box, use_flip};
use crate::derived::{Derived, Shared};
use crate::flags::Flip;

/// Number of cards before someone asks for more.
const AT_FIRST: usize = 100;

#[derive(Properties, PartialEq)]
pub(crate) struct StageCardsProps {
    pub(crate) derived: Shared<Derived>,
    /// `true` where the picture is older than the text.
    pub(crate) is_stale: bool,
}

#[function_component(StageCards)]
pub(crate) fn stage_cards(props: &StageCardsProps) -> Html {
    let on_flip = use_flip(&props.derived);
    let shown = use_shown_items(AT_FIRST);
    let analysis = &props.derived.analysis;
    let plan = &analysis.plan;
    let stages = plan.pipeline.stages.iter().zip(&plan.stages).zip(&analysis.schedule.stages);
    // The flags of another pipeline are those of all its runs.
    let own = stages.take(plan.own_stage_count()).enumerate();
    let deploys = own.filter(|(_, ((stage, _), _))| matches!(stage.work, Work::Deploy(_)));
    let count = deploys.clone().count();
    let cards = deploys.take(shown.most()).map(|(index, ((stage, plan), run))| {
        card(index, (stage, plan, run), props.is_stale, &on_flip)
    });
    let cards: Vec<Html> = cards.collect();
    if cards.is_empty() {
        return Html::default();
    }
    html! {
        <div class="dl-cards" role="group" aria-label="Deployment stages" tabindex="0">
            {cards}
            {shown.button(count)}
        </div>
    }
}

fn card(
    index: usize,
    (stage, plan, run): (&Stage, &StagePlan, &StageRun),
    is_stale: bool,
    on_flip: &Callback<Flip>,
) -> Html {
    html! {
        <fieldset class="dl-card" key={index}>
            <legend>{&stage.name}</legend>
            {counts(stage, plan, run)}
            {toggle_box(index, stage, AxisName::Services, is_stale, on_flip)}
            {toggle_box(index, stage, AxisName::Targets, is_stale, on_flip)}
        </fieldset>
    }
}
