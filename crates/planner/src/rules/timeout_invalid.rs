//! A timeout that is no duration.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A timeout that is no duration.
pub const TIMEOUT_INVALID: Rule = Rule::warning("timeout-invalid");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: TIMEOUT_INVALID,
    explanation: "`timeout` is a duration of weeks, days, hours, minutes and seconds, such as `1h 30m`. Anything else is compared with nothing here. Write a duration.",
    bad: Example::Text("stage: {name: Ask, type: Approval, timeout: soon}\n"),
    good: "stage: {name: Ask, type: Approval, timeout: 1d}\n",
};
