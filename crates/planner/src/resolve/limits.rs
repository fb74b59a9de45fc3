//! `multiDeploymentConfig`: how many at once, and what a failure does.

use deployline_yaml::Node;

use super::{Context, is_expression, value};
use crate::OnFailure;

/// `multiDeploymentConfig.maxConcurrency`, an integer of at least 1.
pub(super) fn max_concurrency(spec: Node<'_>, cx: &mut Context<'_>) -> Option<u32> {
    let node = value(spec.get("multiDeploymentConfig")?, "maxConcurrency")?;
    let text = node.as_str().unwrap_or_default();
    if is_expression(text) {
        cx.warning(
            "runtime-input",
            node,
            format!(
                "The limit is given by `{text}`, which only a run knows. It is drawn without it."
            ),
        );
        return None;
    }
    match text.parse::<u64>() {
        Ok(limit) if limit >= 1 => Some(u32::try_from(limit).unwrap_or(u32::MAX)),
        _ => {
            cx.error(
                "max-concurrency-invalid",
                node,
                "`maxConcurrency` must be a whole number of at least 1. It is drawn without it.",
            );
            None
        }
    }
}

/// `multiDeploymentConfig.onFailure`.
pub(super) fn on_failure(spec: Node<'_>) -> OnFailure {
    match spec.at(&["multiDeploymentConfig", "onFailure"]).and_then(Node::as_str) {
        Some("SkipQueued") => OnFailure::SkipQueued,
        _ => OnFailure::RunAll,
    }
}
