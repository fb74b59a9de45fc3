//! `useFromStage`: a list that a stage takes from an earlier one.
//!
//! Follows `docs/semantics.md`, "Propagation".

use deployline_yaml::{Fix, Node, Rule};

use super::context::{Context, Reader};
use super::view::View;
use crate::{fix, rules};

/// In how many stages another one is looked for.
const MOST_STAGES: usize = 300;

/// The value of one of `keys` in the stage that `taker.useFromStage.stage` names, with the taker's
/// own keys over it. Reports what is wrong where there is none.
pub(super) fn take<'a>(
    taker: &View<'a>,
    keys: &[&'static str],
    entry: u32,
    reader: &mut Reader<'_, 'a>,
) -> Option<(&'static str, View<'a>)> {
    let source = taker.value("useFromStage")?;
    let stage = source.value("stage");
    let span = stage.as_ref().map_or_else(|| taker.key_span("useFromStage"), View::span);
    match look_up(source.str_of("stage"), keys, entry, reader.cx) {
        Ok((key, view)) => Some((key, view.overridden_by(taker.clone()))),
        Err((rule, message)) => {
            let fix = stage.and_then(|stage| another_stage(stage.node(), keys, entry, reader.cx));
            reader.report_with_fix(&rule, span, message, fix);
            None
        }
    }
}

/// The stage to take the value from instead: the one spelt most like what is written, or the only one.
fn another_stage(
    written: Node<'_>,
    keys: &[&'static str],
    entry: u32,
    cx: &Context<'_>,
) -> Option<Fix> {
    // Every reference may be a wrong one, and each looks at all stages.
    if cx.earlier_stages.len() > MOST_STAGES {
        return None;
    }
    let has_value = |name: &&str| look_up(Some(*name), keys, entry, cx).is_ok();
    let allowed: Vec<&str> = cx.earlier_stages.keys().copied().filter(has_value).collect();
    let only = || match allowed[..] {
        [only] => fix::word(written, only),
        _ => None,
    };
    fix::spelling(written, &mut allowed.iter().copied()).or_else(only)
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
    let Some(source) = cx.earlier_stages.get(name) else {
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
