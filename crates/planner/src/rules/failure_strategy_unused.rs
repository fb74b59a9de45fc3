//! Failure strategies of services and environments.

use deployline_schema::MappingKind;
use deployline_yaml::{Diagnostics, Example, Node, NodeKind, Rule, RuleDocs};

use super::failure_action_not_allowed::FAILURE_ACTION_NOT_ALLOWED;
use crate::expression::is_expression;
use crate::mappings::Place;

/// Failure strategies of a service or an environment.
pub const FAILURE_STRATEGY_UNUSED: Rule = Rule::info("failure-strategy-unused");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: FAILURE_STRATEGY_UNUSED,
    explanation: "Failure strategies of services and environments are for failures while the product looks these up, before there are any steps. What is assumed to fail here is a deployment or one of its steps, so they change nothing in the picture. Those of the stage, its step groups and its steps do.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service:
      serviceRef: cart
      failureStrategies: [{onFailure: {errors: [AllErrors], action: {type: Abort}}}]
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
    ),
    good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  failureStrategies: [{onFailure: {errors: [AllErrors], action: {type: Abort}}}]
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
};

/// Actions in the rules of services.
const OF_SERVICES: &[&str] = &["Retry", "Abort", "MarkAsFailure", "PipelineRollback"];
/// Actions in the rules of environments.
const OF_ENVIRONMENTS: &[&str] =
    &["Retry", "Abort", "MarkAsFailure", "PipelineRollback", "StageRollback"];

/// Looks at a service, an environment, or a list of them.
pub(super) fn look(place: Place<'_>, found: &mut Diagnostics) {
    let (what, allowed) = match place.kind {
        MappingKind::Service | MappingKind::Services => ("service", OF_SERVICES),
        MappingKind::Environment | MappingKind::Environments | MappingKind::Group => {
            ("environment", OF_ENVIRONMENTS)
        }
        _ => return,
    };
    let Some((key, rules)) = place.node.entry("failureStrategies") else { return };
    let message = || {
        let message = format!(
            "These rules are for a failure while the {what} is looked up. Such a failure is not assumed \
             here, so they have no part in what is drawn."
        );
        FAILURE_STRATEGY_UNUSED.at(key.span(), message)
    };
    found.push_with(&FAILURE_STRATEGY_UNUSED, key.span(), &message);
    if rules.kind() == NodeKind::Sequence {
        let actions = rules.items().filter_map(|rule| rule.at(&["onFailure", "action"]));
        actions.for_each(|action| check_action(action, (what, allowed), found));
    }
}

/// Checks an action, and what follows a retry.
fn check_action(action: Node<'_>, (what, allowed): (&str, &[&str]), found: &mut Diagnostics) {
    let Some(kind) = action.get("type") else { return };
    let Some(name) = kind.as_str().filter(|name| !is_expression(name)) else { return };
    if !allowed.contains(&name) {
        let message = || {
            let allowed = allowed.join("`, `");
            FAILURE_ACTION_NOT_ALLOWED.at(
                kind.span(),
                format!(
                    "The product refuses `{name}` in the rules of a{} {what}. Expected one of `{allowed}`.",
                    if what.starts_with('e') { "n" } else { "" }
                ),
            )
        };
        found.push_with(&FAILURE_ACTION_NOT_ALLOWED, kind.span(), &message);
    }
    if let Some(next) = action.at(&["spec", "onRetryFailure", "action"]) {
        check_action(next, (what, allowed), found);
    }
}
