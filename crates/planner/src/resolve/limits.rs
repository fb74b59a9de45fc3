//! `multiDeploymentConfig` and `maxConcurrency`: how many at once, and what a failure does.

use deployline_engine::{Limit, OnFailure};

use super::Context;
use super::text::{self, Scope, Text};
use super::view::View;
use super::word::Words;
use crate::rules;

/// `multiDeploymentConfig.maxConcurrency`, an integer of at least 1.
pub(super) fn of_deployments(spec: &View<'_>, cx: &mut Context<'_>) -> Option<Limit> {
    let view = spec.at(&["multiDeploymentConfig", "maxConcurrency"])?;
    Some(Limit { value: limit(&view, 1, cx)?, span: view.span() })
}

/// `maxConcurrency` of a strategy, where 0 means all at once.
pub(super) fn of_children(holder: &View<'_>, key: &str, cx: &mut Context<'_>) -> Option<Limit> {
    let view = holder.value(key)?;
    Some(Limit { value: limit(&view, 0, cx)?, span: view.span() })
}

/// A limit of at least `least`; says what is wrong with it and counts as missing else.
fn limit(view: &View<'_>, least: u64, cx: &mut Context<'_>) -> Option<u32> {
    let span = view.span();
    let text = match text::read(view, &Scope::default(), cx) {
        Some(Text::Known(text)) => text,
        Some(Text::Runtime(text)) => {
            let message = format!(
                "The limit is given by `{text}`, which only a run knows. It is drawn without it."
            );
            cx.report(&rules::RUNTIME_INPUT, span, message);
            return None;
        }
        None => String::new(),
    };
    match text.trim().parse::<u64>() {
        Ok(limit) if limit >= least => Some(u32::try_from(limit).unwrap_or(u32::MAX)),
        _ => {
            let message = format!(
                "Expected a whole number of at least {least}. It is drawn without this limit."
            );
            cx.report(&rules::MAX_CONCURRENCY_INVALID, span, message);
            None
        }
    }
}

const ON_FAILURE: Words<OnFailure> = Words {
    what: "What a failure does to those that wait",
    values: &[("RunAll", OnFailure::RunAll), ("SkipQueued", OnFailure::SkipQueued)],
    rule: rules::ON_FAILURE_INVALID,
};

/// `onFailure` of `multiDeploymentConfig` or of a strategy.
pub(super) fn on_failure(holder: Option<&View<'_>>, cx: &mut Context<'_>) -> OnFailure {
    ON_FAILURE.read(holder.and_then(|holder| holder.value("onFailure")), cx)
}
