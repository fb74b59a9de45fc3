//! Timeouts of pipelines and stages: what is drawn longer than they allow is reported by
//! [`timeout_exceeded`](crate::rules::TIMEOUT_EXCEEDED).
//!
//! Follows `docs/semantics.md`, "Steps, and what is not used".

use deployline_engine::Timeout;

use super::context::Reader;
use super::view::View;
use crate::expression::is_expression;
use crate::rules;

/// Reads `timeout` of `holder`; `None` where a run may take any time, or only a run knows.
pub(super) fn read(holder: &View<'_>, reader: &mut Reader<'_, '_>) -> Option<Timeout> {
    let view = holder.value("timeout")?;
    let written = view.as_str()?;
    let text = match is_expression(written) {
        true => reader.evaluate(written).ok()?.into_text(),
        false => written.to_owned(),
    };
    let after = text.parse().ok();
    if after.is_none() {
        let message = "Expected a duration, such as `10s`, `5m` or `1h30m`. It is compared with nothing here.";
        reader.report(&rules::TIMEOUT_INVALID, view.span(), message);
    }
    Some(Timeout { after: after?, span: view.span() })
}
