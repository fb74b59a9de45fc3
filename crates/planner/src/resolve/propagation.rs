//! `useFromStage`: a list that a stage takes from an earlier one.
//!
//! Follows `docs/semantics.md`, "Propagation".

use deployline_yaml::{Fix, Node, Rule};

use super::context::{Context, Reader};
use super::view::View;
use crate::{fix, rules};

/// In how many stages another one is looked for.
const MAX_STAGES: usize = 100;

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
        Err(mistake) => {
            let fix = stage.and_then(|stage| another_stage(stage.node(), keys, entry, reader.cx));
            reader.report_with_fix(&mistake.rule(), span, mistake.message(), fix);
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
    if cx.earlier_stages.len() > MAX_STAGES {
        return None;
    }
    let has_value = |name: &&str| look_up(Some(*name), keys, entry, cx).is_ok();
    let allowed: Vec<&str> = cx.earlier_stages.keys().copied().filter(has_value).collect();
    let only = || match allowed[..] {
        [only] => fix::text(written, only),
        _ => None,
    };
    fix::spelling(written, &mut allowed.iter().copied()).or_else(only)
}

/// Reason why nothing can be taken from the named stage.
enum Mistake<'n> {
    NoName,
    UnknownStage(&'n str),
    SameGroup(&'n str),
    LaterStage(&'n str),
    NoValue { stage: &'n str, key: &'static str },
    Chain { stage: &'n str, key: &'static str },
}

fn look_up<'a, 'n>(
    stage: Option<&'n str>,
    keys: &[&'static str],
    entry: u32,
    cx: &Context<'a>,
) -> Result<(&'static str, View<'a>), Mistake<'n>> {
    let stage = stage.ok_or(Mistake::NoName)?;
    let source = cx.earlier_stages.get(stage).ok_or(Mistake::UnknownStage(stage))?;
    if source.entry == entry {
        return Err(Mistake::SameGroup(stage));
    }
    if source.entry > entry {
        return Err(Mistake::LaterStage(stage));
    }
    let value_in = |spec: &View<'a>| keys.iter().find_map(|key| Some((*key, spec.value(key)?)));
    let value = source.spec.as_ref().and_then(value_in);
    let (key, view) = value.ok_or(Mistake::NoValue { stage, key: keys[0] })?;
    if view.value("useFromStage").is_some() {
        return Err(Mistake::Chain { stage, key });
    }
    Ok((key, view))
}

impl Mistake<'_> {
    fn rule(&self) -> Rule {
        match self {
            Self::NoName | Self::UnknownStage(_) => rules::PROPAGATION_UNKNOWN_STAGE,
            Self::SameGroup(_) => rules::PROPAGATION_SAME_GROUP,
            Self::LaterStage(_) => rules::PROPAGATION_LATER_STAGE,
            Self::NoValue { .. } => rules::PROPAGATION_NO_VALUE,
            Self::Chain { .. } => rules::PROPAGATION_CHAIN,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::NoName => {
                "Expected `useFromStage:` with `stage:` and the identifier of an earlier stage."
                    .to_owned()
            }
            Self::UnknownStage(stage) => format!(
                "There is no stage `{stage}`. Name an earlier deployment stage of this pipeline by \
                 its `identifier`."
            ),
            Self::SameGroup(stage) => format!(
                "The stage `{stage}` runs at the same time as this stage, or is this stage. Take the \
                 value from a stage that has ended before."
            ),
            Self::LaterStage(stage) => {
                format!(
                    "The stage `{stage}` runs later. Take the value from a stage that has ended before."
                )
            }
            Self::NoValue { stage, key } => {
                format!(
                    "The stage `{stage}` has no `{key}` to take. Name a stage that has `{key}`."
                )
            }
            Self::Chain { stage, key } => format!(
                "The stage `{stage}` takes its `{key}` from another stage, and the product allows one \
                 step only. Name the stage that has the value."
            ),
        }
    }
}
