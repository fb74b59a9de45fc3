//! What can be found in a pipeline: each rule has a stable code, and documentation with an example
//! that finds it and one that does not. `docs/diagnostics.md` is made of it.
//!
//! Rules about what is written are checked where it is read, in `resolve`. Those that look at the
//! whole have a file here.

mod docs;
mod duplicate_identifier;
mod known_keys;
mod limit_above_account;
mod listed_twice;
mod too_many_deployments;
mod unknown_key;

use deployline_yaml::{Diagnostic, Document, Rule};

use crate::{Assumptions, Pipeline, Plan};

pub use docs::{Chapter, chapters};

/// No pipeline in the text.
pub const NO_PIPELINE: Rule = Rule::error("no-pipeline");
/// More than one pipeline.
pub const SECOND_PIPELINE: Rule = Rule::warning("second-pipeline");
/// A pipeline without stages.
pub const NO_STAGES: Rule = Rule::error("no-stages");
/// An entry that is no stage.
pub const UNKNOWN_STAGE_ENTRY: Rule = Rule::warning("unknown-stage-entry");
/// A deployment stage without `spec`.
pub const MISSING_SPEC: Rule = Rule::error("missing-spec");
/// Two stages with one identifier.
pub const DUPLICATE_IDENTIFIER: Rule = Rule::error("duplicate-identifier");
/// A condition that only a run knows.
pub const WHEN_CONDITION: Rule = Rule::info("when-condition");
/// Another word than a `pipelineStatus` may be.
pub const PIPELINE_STATUS_INVALID: Rule = Rule::error("pipeline-status-invalid");
/// A key that looks misspelt.
pub const UNKNOWN_KEY: Rule = Rule::warning("unknown-key");
/// No service.
pub const MISSING_SERVICE: Rule = Rule::error("missing-service");
/// No environment.
pub const MISSING_ENVIRONMENT: Rule = Rule::error("missing-environment");
/// An environment without infrastructure.
pub const MISSING_INFRASTRUCTURE: Rule = Rule::error("missing-infrastructure");
/// An entry of the newer schema without an identifier.
pub const MISSING_IDENTIFIER: Rule = Rule::error("missing-identifier");
/// An empty list of services.
pub const EMPTY_SERVICES: Rule = Rule::error("empty-services");
/// An empty list of environments.
pub const EMPTY_ENVIRONMENTS: Rule = Rule::error("empty-environments");
/// A service or infrastructure listed twice.
pub const LISTED_TWICE: Rule = Rule::warning("listed-twice");
/// Several infrastructures in `environment`.
pub const ENVIRONMENT_EXTRA_INFRASTRUCTURES: Rule =
    Rule::warning("environment-extra-infrastructures");
/// An expression decides whether an axis is parallel.
pub const PARALLEL_EXPRESSION: Rule = Rule::warning("parallel-expression");
/// A text that is neither `true` nor `false`.
pub const PARALLEL_NOT_A_FLAG: Rule = Rule::warning("parallel-not-a-flag");
/// A list or mapping where a flag is expected.
pub const PARALLEL_INVALID: Rule = Rule::error("parallel-invalid");
/// `services.metadata` without `parallel`.
pub const SERVICES_METADATA_WITHOUT_PARALLEL: Rule =
    Rule::error("services-metadata-without-parallel");
/// The order of the newer schema may surprise.
pub const V1_NESTING: Rule = Rule::info("v1-nesting");
/// A limit that is no number.
pub const MAX_CONCURRENCY_INVALID: Rule = Rule::error("max-concurrency-invalid");
/// Another word than an `onFailure` may be.
pub const ON_FAILURE_INVALID: Rule = Rule::error("on-failure-invalid");
/// A limit above the account's.
pub const LIMIT_ABOVE_ACCOUNT: Rule = Rule::info("limit-above-account");
/// More deployments than can be drawn.
pub const TOO_MANY_DEPLOYMENTS: Rule = Rule::error("too-many-deployments");
/// A strategy beside lists.
pub const STRATEGY_WITH_MULTI_DEPLOYMENT: Rule = Rule::error("strategy-with-multi-deployment");
/// No known strategy.
pub const STRATEGY_UNKNOWN: Rule = Rule::error("strategy-unknown");
/// A count that is no number.
pub const STRATEGY_COUNT_INVALID: Rule = Rule::error("strategy-count-invalid");
/// An axis without values.
pub const MATRIX_AXIS_EMPTY: Rule = Rule::error("matrix-axis-empty");
/// No combination is left.
pub const MATRIX_EMPTY: Rule = Rule::error("matrix-empty");
/// Nothing to repeat for.
pub const REPEAT_EMPTY: Rule = Rule::error("repeat-empty");
/// `repeat` without `end` leaves the last item out.
pub const REPEAT_END_MISSING: Rule = Rule::warning("repeat-end-missing");
/// No such stage.
pub const PROPAGATION_UNKNOWN_STAGE: Rule = Rule::error("propagation-unknown-stage");
/// A stage that comes later.
pub const PROPAGATION_LATER_STAGE: Rule = Rule::error("propagation-later-stage");
/// A stage that runs at the same time.
pub const PROPAGATION_SAME_GROUP: Rule = Rule::error("propagation-same-group");
/// Nothing of the kind to take.
pub const PROPAGATION_NO_VALUE: Rule = Rule::error("propagation-no-value");
/// A stage that itself takes the value.
pub const PROPAGATION_CHAIN: Rule = Rule::error("propagation-chain");
/// A value that only a run knows.
pub const RUNTIME_INPUT: Rule = Rule::warning("runtime-input");
/// A value that the input does not allow.
pub const INPUT_NOT_ALLOWED: Rule = Rule::error("input-not-allowed");
/// An input set for another pipeline.
pub const INPUT_SET_OTHER_PIPELINE: Rule = Rule::warning("input-set-other-pipeline");
/// A stage template that is not in the text.
pub const STAGE_TEMPLATE: Rule = Rule::warning("stage-template");
/// A pipeline template that is not in the text.
pub const PIPELINE_TEMPLATE: Rule = Rule::warning("pipeline-template");
/// All infrastructures of an environment.
pub const DEPLOY_TO_ALL: Rule = Rule::warning("deploy-to-all");
/// All environments of a group.
pub const ENVIRONMENT_GROUP_MEMBERS: Rule = Rule::warning("environment-group-members");
/// Filters on entities that are not in the text.
pub const FILTERS: Rule = Rule::warning("filters");
/// Filters that keep nothing.
pub const FILTERS_MATCH_NOTHING: Rule = Rule::error("filters-match-nothing");

/// Looks at the documents and the pipeline that was read from them.
pub(crate) fn check(documents: &[Document], pipeline: &Pipeline) -> Vec<Diagnostic> {
    let mut found = unknown_key::check(documents);
    found.extend(duplicate_identifier::check(documents));
    found.extend(listed_twice::check(pipeline));
    found
}

/// Looks at the plan and what is assumed about its run.
pub fn check_plan(plan: &Plan, assumptions: &Assumptions) -> Vec<Diagnostic> {
    let mut found = too_many_deployments::check(plan);
    found.extend(limit_above_account::check(plan, assumptions));
    found
}
