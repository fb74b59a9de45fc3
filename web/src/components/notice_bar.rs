//! A line at the top: what happened, and what may be done about it.

use yew::prelude::*;

use super::rich_text::rich_text;
use crate::context::use_act;
use crate::state::{Action, Notice};

#[derive(Properties, PartialEq)]
pub(crate) struct NoticeProps {
    pub(crate) notice: Option<Notice>,
}

#[function_component(NoticeBar)]
pub(crate) fn notice_bar(NoticeProps { notice }: &NoticeProps) -> Html {
    let act = use_act();
    let line = notice.as_ref().map(|notice| {
        let is_problem = notice.is_problem;
        let role = is_problem.then_some("alert");
        let offer = notice.offer.clone().map(|offer| {
            let caption = offer.caption();
            let onclick = act.reform(move |_: MouseEvent| Action::Accept(offer.clone()));
            html! { <button type="button" class="dl-control" {onclick}>{caption}</button> }
        });
        html! {
            <p class={classes!("dl-notice", is_problem.then_some("dl-notice-problem"))} {role}>
                <span>{rich_text(&notice.text)}</span>
                {offer}
                <button type="button" class="dl-control" onclick={act.reform(|_| Action::DismissNotice)}>
                    {"Close"}
                </button>
            </p>
        }
    });
    // Its content is read aloud when it changes; so it has to be there before.
    html! { <div role="status">{line}</div> }
}
