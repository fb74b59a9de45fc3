//! `multiDeploymentConfig` and `maxConcurrency`: how many run at once, and what a failure does.
//!
//! Follows `docs/semantics.md`, "From YAML to an ordered list and a limit".

use deployline_engine::{Limit, OnFailure};

use super::context::Reader;
use super::found;
use super::keyword::Keywords;
use super::scalar::{self, Scalar};
use super::view::View;
use crate::rules;

/// `multiDeploymentConfig.maxConcurrency`, an integer of at least 1.
pub(super) fn of_deployments(spec: &View<'_>, reader: &mut Reader<'_, '_>) -> Option<Limit> {
    let view = spec.at(&["multiDeploymentConfig", "maxConcurrency"])?;
    Some(Limit { value: limit(&view, 1, reader)?, span: view.span() })
}

/// `maxConcurrency` of a strategy, where 0 means all at once.
pub(super) fn of_children(
    holder: &View<'_>,
    key: &str,
    reader: &mut Reader<'_, '_>,
) -> Option<Limit> {
    of_view(&holder.value(key)?, key, reader)
}

/// The same of what stands behind such a key.
pub(super) fn of_view(view: &View<'_>, key: &str, reader: &mut Reader<'_, '_>) -> Option<Limit> {
    let value = limit(view, 0, reader)?;
    if value == 0 {
        let message = format!("`{key}: 0` has no effect: all run at once. Remove it.");
        reader.report(&rules::NO_EFFECT, view.span(), message);
    }
    Some(Limit { value, span: view.span() })
}

/// Reads a limit of at least `least`; reports any other value and takes it as missing.
fn limit(view: &View<'_>, least: u64, reader: &mut Reader<'_, '_>) -> Option<u32> {
    let span = view.span();
    let text = match scalar::read(view, reader) {
        Some(Scalar::Known(text)) => text,
        Some(Scalar::Runtime(_)) => {
            let words = ("The limit is", "It is drawn without one.");
            scalar::report_given(span, words, scalar::written(view), reader);
            return None;
        }
        Some(Scalar::Several(_)) | None => String::new(),
    };
    match text.trim().parse::<u64>() {
        Ok(limit) if limit >= least => Some(u32::try_from(limit).unwrap_or(u32::MAX)),
        _ => {
            let expected = "Expected a whole number of at least 1. It is drawn without this limit.";
            found::report(&rules::MAX_CONCURRENCY_INVALID, view, expected, reader);
            None
        }
    }
}

const ON_FAILURE: Keywords<OnFailure> = Keywords {
    subject: "What a failure does to those that wait",
    values: &[("RunAll", OnFailure::RunAll), ("SkipQueued", OnFailure::SkipQueued)],
    rule: rules::ON_FAILURE_INVALID,
};

/// `onFailure` of `multiDeploymentConfig`.
pub(super) fn on_failure_of_deployments(
    config: Option<&View<'_>>,
    reader: &mut Reader<'_, '_>,
) -> OnFailure {
    let written = config.and_then(|config| config.value("onFailure"));
    ON_FAILURE.read_or(written, OnFailure::SkipQueued, reader)
}

/// `onFailure` of the strategy of a stage that `deploys`, or does something else.
///
/// ```text
/// missing    multi-deployment, strategy on a Deployment stage    SkipQueued
///            strategy on a stage of another type                 RunAll
/// ```
pub(super) fn on_failure_of_children(
    strategy: &View<'_>,
    deploys: bool,
    reader: &mut Reader<'_, '_>,
) -> OnFailure {
    let default = if deploys { OnFailure::SkipQueued } else { OnFailure::RunAll };
    ON_FAILURE.read_or(strategy.value("onFailure"), default, reader)
}
