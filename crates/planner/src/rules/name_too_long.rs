//! A name that is longer than a plan holds.

use deployline_engine::{NAME_BUDGET, Plan, Reference, Stage, Work, is_cut_name};
use deployline_span::Span;
use deployline_yaml::{Diagnostics, Example, Rule, RuleDocs};

/// A name that is longer than a plan holds.
pub const NAME_TOO_LONG: Rule = Rule::error("name-too-long");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: NAME_TOO_LONG,
    explanation: "A name or an identifier has more than 256 characters: its start and its end are shown. A plan names it once for each deployment. Harness takes 128 characters at most. Shorten it.",
    bad: Example::Made("a stage whose name has 257 characters", too_long),
    good: "stage: {name: Ask, identifier: ask, type: Approval}\n",
};

/// Looks at the names of stages, services, environments and infrastructures.
pub(super) fn check(plan: &Plan) -> Diagnostics {
    let mut found = Diagnostics::default();
    for (_, stage) in plan.distinct_stages() {
        check_stage(stage, &mut found);
    }
    found
}

fn check_stage(stage: &Stage, found: &mut Diagnostics) {
    if is_cut_name(&stage.identifier) || is_cut_name(&stage.name) {
        report("The name or the identifier of this stage", stage.span, found);
    }
    let Work::Deploy(deploy) = &stage.work else { return };
    for service in &deploy.services.items {
        if is_cut(&service.name) {
            report("The name of this service", service.span, found);
        }
    }
    for target in &deploy.targets.items {
        if target.environment.as_ref().is_some_and(is_cut) {
            report("The name of this environment", target.span, found);
        } else if target.infrastructure.as_ref().is_some_and(is_cut) {
            report("The name of this infrastructure", target.span, found);
        }
    }
}

/// What stands for an unknown name may be an expression of any length.
fn is_cut(name: &Reference) -> bool {
    name.is_known && is_cut_name(&name.text)
}

fn report(subject: &str, span: Span, found: &mut Diagnostics) {
    let message = format!(
        "{subject} has more than {NAME_BUDGET} characters, the most that a plan holds: its start and \
         its end are shown. Shorten it; Harness takes 128 characters at most."
    );
    found.push(NAME_TOO_LONG.at(span, message));
}

fn too_long() -> String {
    format!("stage: {{name: {}, identifier: ask, type: Approval}}\n", "a".repeat(NAME_BUDGET + 1))
}
