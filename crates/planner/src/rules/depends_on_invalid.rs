//! A `dependsOn` that is no list of identifiers.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A `dependsOn` that is no list of identifiers.
pub const DEPENDS_ON_INVALID: Rule = Rule::warning("depends-on-invalid");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: DEPENDS_ON_INVALID,
    explanation: "`dependsOn` is a list of the identifiers of stages. A single text is read as a list with this one name; anything else is left out.",
    bad: Example::Text(
        r#"stages:
  - stage: {name: build, identifier: build, type: Approval, dependsOn: []}
  - stage: {name: deploy, identifier: deploy, type: Approval, dependsOn: build}
"#,
    ),
    good: r#"stages:
  - stage: {name: build, identifier: build, type: Approval, dependsOn: []}
  - stage: {name: deploy, identifier: deploy, type: Approval, dependsOn: [build]}
"#,
};
