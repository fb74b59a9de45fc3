//! Timeouts of pipelines and stages: what is drawn longer than they allow is reported by
//! [`timeout_exceeded`](crate::rules::TIMEOUT_EXCEEDED).
//!
//! Follows `docs/semantics.md`, "Steps, and what is not used".

use deployline_engine::Timeout;

use super::context::Reader;
use super::found;
use super::view::View;
use crate::expression::is_expression;
use crate::rules;

/// Reads `timeout` of `holder`; `None` where a run may take any time, or only a run knows.
pub(super) fn read(holder: &View<'_>, reader: &mut Reader<'_, '_>) -> Option<Timeout> {
    let view = holder.value("timeout")?;
    let text = match view.as_str() {
        Some(written) if is_expression(written) => reader.evaluate(written).ok()?.into_text(),
        // A list or a mapping is no duration.
        written => written.unwrap_or_default().to_owned(),
    };
    let after = text.parse().ok();
    if after.is_none() {
        let expected = "Expected a duration, such as `10s`, `5m` or `1h30m`. It is compared with nothing here.";
        found::report(&rules::TIMEOUT_INVALID, &view, expected, reader);
    }
    Some(Timeout { after: after?, span: view.span() })
}
