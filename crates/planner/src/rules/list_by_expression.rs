//! A whole list that is given by an expression.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A whole list that is given by an expression.
pub const LIST_BY_EXPRESSION: Rule = Rule::error("list-by-expression");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: LIST_BY_EXPRESSION,
    explanation: "The product refuses to save a pipeline whose list of services or environments is an expression. Only `<+input>` may stand there, which an input set fills. A placeholder is drawn. List the items.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {values: <+pipeline.variables.services>}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
    ),
    good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {values: [{serviceRef: cart}]}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
};
