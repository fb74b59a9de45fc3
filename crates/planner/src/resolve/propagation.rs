//! `useFromStage`: what a stage takes from an earlier one.
//!
//! Follows `docs/semantics.md`, "Propagation".

use deployline_yaml::Rule;

use super::view::View;
use super::{Context, key_span};
use crate::rules;

/// A stage that others may name.
pub(super) struct Earlier<'a> {
    pub(super) entry: u32,
    /// Its `spec`, once it has been read; `None` for a later one and for one that deploys nothing.
    pub(super) spec: Option<View<'a>>,
}

/// The value of one of `keys` in the stage that `taker.useFromStage.stage` names, with the taker's
/// own keys over it. Says what is wrong where there is none.
pub(super) fn take<'a>(
    taker: &View<'a>,
    keys: &[&'static str],
    entry: u32,
    cx: &mut Context<'a>,
) -> Option<(&'static str, View<'a>)> {
    let source = taker.value("useFromStage")?;
    let span = source.value("stage").map_or(key_span(taker, "useFromStage"), |stage| stage.span());
    match look_up(source.str_of("stage"), keys, entry, cx) {
        Ok((key, view)) => Some((key, view.under(taker.clone()))),
        Err((rule, message)) => {
            cx.report(&rule, span, message);
            None
        }
    }
}

fn look_up<'a>(
    stage: Option<&str>,
    keys: &[&'static str],
    entry: u32,
    cx: &Context<'a>,
) -> Result<(&'static str, View<'a>), (Rule, String)> {
    let Some(name) = stage else {
        let message =
            "Expected `useFromStage:` with `stage:` and the identifier of an earlier stage.";
        return Err((rules::PROPAGATION_UNKNOWN_STAGE, message.to_owned()));
    };
    let Some(source) = cx.earlier.get(name) else {
        let message = format!(
            "There is no stage `{name}`. Name an earlier deployment stage of this pipeline by its \
             `identifier`."
        );
        return Err((rules::PROPAGATION_UNKNOWN_STAGE, message));
    };
    if source.entry == entry {
        let message = format!(
            "`{name}` runs at the same time as this stage, or is this stage. Take the value from a \
             stage that has ended before."
        );
        return Err((rules::PROPAGATION_SAME_GROUP, message));
    }
    if source.entry > entry {
        let message =
            format!("`{name}` comes later. Take the value from a stage that has ended before.");
        return Err((rules::PROPAGATION_LATER_STAGE, message));
    }
    let value = source
        .spec
        .as_ref()
        .and_then(|spec| keys.iter().find_map(|key| Some((*key, spec.value(key)?))));
    let Some((key, view)) = value else {
        let message = format!("`{name}` has no `{}` to take. Name a stage that has.", keys[0]);
        return Err((rules::PROPAGATION_NO_VALUE, message));
    };
    if view.value("useFromStage").is_some() {
        let message = format!(
            "`{name}` takes its own `{key}` from another stage, and the product allows one step \
             only. Name the stage that has the value itself."
        );
        return Err((rules::PROPAGATION_CHAIN, message));
    }
    Ok((key, view))
}
