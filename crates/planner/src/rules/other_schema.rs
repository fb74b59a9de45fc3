//! A group or a stage that is written in the form of the other schema.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A group or a stage that is written in the form of the other schema.
pub const OTHER_SCHEMA: Rule = Rule::warning("other-schema");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: OTHER_SCHEMA,
    explanation: "Most stages of the pipeline are written in one schema, and this part in the other: `parallel:` holds a list in the older one, and `stages:` with a list in the newer one; a stage stands below `stage:` in the older one only. It is drawn as it was meant; write it as the others are.",
    bad: Example::Text(
        r#"pipeline:
  name: Shop
  identifier: shop
  stages:
    - stage: {name: Build, identifier: build, type: Custom}
    - parallel:
        stages:
          - stage: {name: Ask, identifier: ask, type: Approval}
          - stage: {name: Test, identifier: test, type: Custom}
"#,
    ),
    good: r#"pipeline:
  name: Shop
  identifier: shop
  stages:
    - stage: {name: Build, identifier: build, type: Custom}
    - parallel:
        - stage: {name: Ask, identifier: ask, type: Approval}
        - stage: {name: Test, identifier: test, type: Custom}
"#,
};
