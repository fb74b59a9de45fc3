//! The places of the strip where a stage can be added or dropped.

use deployline_form::Address;
use deployline_form::operation::StagePosition;
use yew::prelude::*;

use super::places;
use super::signs::{ADD, sign};
use super::strip_context::StripContext;

/// The connector between two entries: a stage can be added and dropped there.
pub(super) fn gap(drawing: &StripContext<'_>, at: &Address, is_open: bool, is_end: bool) -> Html {
    let place = StagePosition::Before(at.clone());
    if !is_open {
        return html! { <span class={classes!("dl-flow-gap", is_end.then_some("dl-flow-end"))} /> };
    }
    let code = places::encode(&place);
    let label = format!("Add a stage {}", places::words(drawing.form, &place));
    // Those in between are behind the keys of the tools, where as much can be done.
    let tabindex = if is_end { "0" } else { "-1" };
    html! {
        <span data-drop={code.clone()} class={classes!("dl-flow-gap", is_end.then_some("dl-flow-end"),
            is_drop_target(drawing, &place), is_adding(drawing, &place))}>
            <button type="button" class="dl-flow-add" data-add={code} {tabindex} title={label.clone()}
                aria-label={label}>{sign(ADD)}</button>
        </span>
    }
}

/// Below an entry: a stage can be added and dropped there, to run in parallel.
pub(super) fn beside(drawing: &StripContext<'_>, at: &Address) -> Html {
    let place = StagePosition::Beside(at.clone());
    let code = places::encode(&place);
    let label = format!("Add a stage {}", places::words(drawing.form, &place));
    let is_chosen = drawing.chosen.0.starts_with(&at.0);
    html! {
        <span data-drop={code.clone()} class={classes!("dl-flow-beside", is_chosen.then_some("dl-shown"),
            is_drop_target(drawing, &place), is_adding(drawing, &place))}>
            <button type="button" class="dl-flow-add" data-add={code} tabindex="-1" title={label.clone()}
                aria-label={label}>{sign(ADD)}</button>
        </span>
    }
}

/// Between the members of a group: a stage can be dropped there.
pub(super) fn drop_line(drawing: &StripContext<'_>, place: &StagePosition) -> Html {
    let class = classes!("dl-flow-line", is_drop_target(drawing, place));
    html! { <span {class} data-drop={places::encode(place)} aria-hidden="true" /> }
}

fn is_drop_target(drawing: &StripContext<'_>, place: &StagePosition) -> Option<&'static str> {
    let to = drawing.dragged.and_then(|it| it.to.as_deref());
    (to == Some(&places::encode(place))).then_some("dl-drop-target")
}

fn is_adding(drawing: &StripContext<'_>, place: &StagePosition) -> Option<&'static str> {
    (drawing.adding == Some(place)).then_some("dl-adding")
}
