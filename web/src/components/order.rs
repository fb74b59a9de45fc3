//! The order in words, as the product's documentation writes it.

use deployline_engine::words::{self, shown};
use deployline_engine::{Work, format};
use yew::prelude::*;

use super::show_more::use_shown_items;
use crate::derived::{Derived, Shared};

/// Number of deployments of a stage that are written out; the table has all of them.
const MAX_ITEMS: usize = 120;

/// Number of stages before someone asks for more.
const STAGES_AT_FIRST: usize = 200;

#[derive(Properties, PartialEq)]
pub(crate) struct OrderProps {
    pub(crate) derived: Shared<Derived>,
}

#[function_component(OrderInWords)]
pub(crate) fn order_in_words(OrderProps { derived }: &OrderProps) -> Html {
    let analysis = &derived.analysis;
    let plan = &analysis.plan;
    let shown_stages = use_shown_items(STAGES_AT_FIRST);
    let order = plan.shown_order();
    let rows = order.into_iter().take(shown_stages.most()).map(|index| {
        let (stage, of_stage) = (&plan.pipeline.stages[index], &plan.stages[index]);
        let run = &analysis.schedule.stages[index];
        let count = of_stage.deployments.len();
        let more = count.saturating_sub(MAX_ITEMS);
        let mut words = shown::labels(stage, of_stage, MAX_ITEMS).join(", ");
        if more > 0 {
            words += &format!(", … and {more} more");
        }
        let limit = match stage.work {
            Work::Deploy(_) => format::limit(run.max_concurrency, count),
            Work::Other | Work::Unknown => words::product(stage, of_stage, run.max_concurrency),
        };
        html! {
            <>
                <dt>{&*shown::stage_name(plan, index)}<span class="dl-muted">{limit}</span></dt>
                <dd>{words}</dd>
            </>
        }
    });
    html! {
        <section class="dl-order" aria-label="Order in words">
            <h2>{"Order"}</h2>
            <dl>{for rows}</dl>
            {shown_stages.button(plan.stages.len())}
        </section>
    }
}
