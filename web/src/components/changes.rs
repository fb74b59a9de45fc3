//! Announcement that the picture has changed, for those who don't see it, once the change is over.

use deployline_engine::{Work, words};
use gloo::timers::callback::Timeout;
use yew::prelude::*;

use crate::derived::{Derived, Shared};

/// While someone types, each key would interrupt the last message.
const QUIET_MS: u32 = 700;

#[derive(Properties, PartialEq)]
pub(crate) struct ChangesProps {
    pub(crate) derived: Shared<Derived>,
    /// Another number, another text: that is no change of the order.
    pub(crate) document: u32,
}

#[function_component(Changes)]
pub(crate) fn changes(ChangesProps { derived, document }: &ChangesProps) -> Html {
    let message = use_state_eq(String::new);
    let last = use_mut_ref(|| None::<(u32, Shared<Derived>)>);
    {
        let message = message.clone();
        use_effect_with((*document, derived.clone()), move |(document, derived)| {
            let (document, derived, last) = (*document, derived.clone(), last);
            last.borrow_mut().get_or_insert_with(|| (document, derived.clone()));
            let timer = Timeout::new(QUIET_MS, move || {
                let before = last.replace(Some((document, derived.clone())));
                let before = before.filter(|(of, _)| *of == document);
                if before.is_some_and(|(_, before)| is_another_run(&before, &derived)) {
                    message.set(summary(&derived));
                }
            });
            move || drop(timer)
        });
    }
    html! { <p class="dl-unseen" role="status">{&*message}</p> }
}

fn is_another_run(before: &Derived, after: &Derived) -> bool {
    let [before, after] = [before, after].map(|derived| &derived.analysis);
    before.plan.stages != after.plan.stages || before.schedule != after.schedule
}

/// `The order changed. Deploy: 8 deployments, 2 at a time. 4m in all.`
fn summary(derived: &Derived) -> String {
    const MAX_ITEMS: usize = 5;
    let analysis = &derived.analysis;
    let stages = analysis.plan.pipeline.stages.iter().zip(&analysis.plan.stages);
    let deploys = stages
        .zip(&analysis.schedule.stages)
        .filter(|((stage, _), _)| matches!(stage.work, Work::Deploy(_)));
    let said = deploys.take(MAX_ITEMS).map(|((stage, plan), run)| {
        format!(" {}: {}.", stage.name, words::product(stage, plan, run.max_concurrency))
    });
    format!("The order changed.{} {} in all.", said.collect::<String>(), analysis.schedule.end)
}
