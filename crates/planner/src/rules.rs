//! Rules that find mistakes in a pipeline: each has a stable code, and documentation with an example
//! that finds it and one that does not. `docs/diagnostics.md` is made of it.
//!
//! Each has a file here with all of that. What is written is checked where it is read, in `resolve`;
//! rules that look at the whole are checked in their files.

mod assumption_unmatched;
mod barrier_unknown;
mod chained_pipeline_loop;
mod chained_pipeline_missing;
mod chained_pipeline_nested;
mod chained_pipeline_strategy;
mod chained_pipelines_too_large;
mod chapters;
mod cluster_by_ref;
mod condition_execution_input;
mod condition_never_true;
mod dag_assumed;
mod dag_parallel;
mod dependency_cycle;
mod dependency_twice;
mod dependency_unknown;
mod depends_on_invalid;
mod depends_on_missing;
mod deploy_to_all;
mod deploy_to_all_alone;
mod duplicate_identifier;
mod empty_environments;
mod empty_services;
pub(crate) mod empty_text;
mod entities_alone;
mod environment_extra_infrastructures;
mod environment_group_members;
mod environment_group_undecided;
mod exclude_no_axis;
mod failure_action_not_allowed;
mod failure_errors_clash;
mod failure_strategy_invalid;
mod failure_strategy_missing;
mod failure_strategy_unused;
mod filter_invalid;
mod filtered_order;
mod filters;
mod filters_incomplete;
mod filters_leave_out;
mod filters_match_nothing;
mod filters_overlap;
mod if_without_status;
mod infrastructure_key;
mod input_not_allowed;
mod input_set_other_pipeline;
mod limit_above_account;
mod list_by_expression;
mod list_expected;
mod listed_twice;
mod matrix_axis_empty;
mod matrix_empty;
mod max_concurrency_invalid;
mod misplaced_key;
mod missing_clusters;
mod missing_environment;
mod missing_identifier;
mod missing_infrastructure;
mod missing_service;
mod missing_spec;
mod missing_steps;
mod name_too_long;
mod needs_in_sequence;
mod needs_invalid;
mod nested_too_deep;
mod no_effect;
mod no_pipeline;
mod no_stages;
mod not_a_dependency;
mod on_failure_invalid;
mod other_schema;
mod overlay_input_set_unknown;
mod parallel_expression;
mod parallel_invalid;
mod parallel_not_a_flag;
mod partial_run_refused;
mod pipeline_status_invalid;
mod pipeline_status_missing;
mod pipeline_template;
pub(crate) mod pipeline_too_large;
mod propagation_chain;
mod propagation_later_stage;
mod propagation_no_value;
mod propagation_other_type;
mod propagation_own_infrastructures;
mod propagation_same_group;
mod propagation_several_environments;
mod propagation_unknown_stage;
mod refused_together;
mod repeat_empty;
mod repeat_end_missing;
mod repeat_no_items;
mod runtime_input;
mod second_pipeline;
mod services_metadata_without_parallel;
mod stage_not_chosen;
mod stage_template;
mod stage_type_unknown;
mod strategy_count_invalid;
mod strategy_unknown;
mod strategy_with_multi_deployment;
mod template_alone;
mod template_loop;
pub(crate) mod template_too_deep;
mod text_compared_with_flag;
mod timeout_above_limit;
mod timeout_exceeded;
mod timeout_invalid;
mod too_many_children;
mod too_many_deployments;
pub(crate) mod too_many_input_sets;
pub(crate) mod too_many_stages;
mod too_many_waiting;
pub(crate) mod unexpected_value;
pub(crate) mod unfamiliar_key;
mod unknown_key;
mod unknown_stage_entry;
mod unknown_variable;
mod unpublished_form;
mod unused_document;
mod unused_input;
mod unused_key;
mod v1_default;
mod v1_nesting;
mod wait_assumed;
mod wait_in_vain;
mod when_condition;
mod while_count;

use deployline_engine::{AccountPlan, Assumptions, Plan, Schedule};
use deployline_yaml::{Diagnostic, Diagnostics, Document};

use crate::document_kind::document_kind;
use crate::mappings::Mappings;
use crate::{Inputs, spawning};

pub use assumption_unmatched::ASSUMPTION_UNMATCHED;
pub use barrier_unknown::BARRIER_UNKNOWN;
pub use chained_pipeline_loop::CHAINED_PIPELINE_LOOP;
pub use chained_pipeline_missing::CHAINED_PIPELINE_MISSING;
pub use chained_pipeline_nested::CHAINED_PIPELINE_NESTED;
pub use chained_pipeline_strategy::CHAINED_PIPELINE_STRATEGY;
pub use chained_pipelines_too_large::CHAINED_PIPELINES_TOO_LARGE;
pub use chapters::{Chapter, chapters};
pub use cluster_by_ref::CLUSTER_BY_REF;
pub use condition_execution_input::CONDITION_EXECUTION_INPUT;
pub use condition_never_true::CONDITION_NEVER_TRUE;
pub use dag_assumed::DAG_ASSUMED;
pub use dag_parallel::DAG_PARALLEL;
pub use dependency_cycle::DEPENDENCY_CYCLE;
pub use dependency_twice::DEPENDENCY_TWICE;
pub use dependency_unknown::DEPENDENCY_UNKNOWN;
pub use depends_on_invalid::DEPENDS_ON_INVALID;
pub use depends_on_missing::DEPENDS_ON_MISSING;
pub use deploy_to_all::DEPLOY_TO_ALL;
pub use deploy_to_all_alone::DEPLOY_TO_ALL_ALONE;
pub use duplicate_identifier::DUPLICATE_IDENTIFIER;
pub use empty_environments::EMPTY_ENVIRONMENTS;
pub use empty_services::EMPTY_SERVICES;
pub use empty_text::EMPTY_TEXT;
pub use entities_alone::ENTITIES_ALONE;
pub use environment_extra_infrastructures::ENVIRONMENT_EXTRA_INFRASTRUCTURES;
pub use environment_group_members::ENVIRONMENT_GROUP_MEMBERS;
pub use environment_group_undecided::ENVIRONMENT_GROUP_UNDECIDED;
pub use exclude_no_axis::EXCLUDE_NO_AXIS;
pub use failure_action_not_allowed::FAILURE_ACTION_NOT_ALLOWED;
pub use failure_errors_clash::FAILURE_ERRORS_CLASH;
pub use failure_strategy_invalid::FAILURE_STRATEGY_INVALID;
pub use failure_strategy_missing::FAILURE_STRATEGY_MISSING;
pub use failure_strategy_unused::FAILURE_STRATEGY_UNUSED;
pub use filter_invalid::FILTER_INVALID;
pub use filtered_order::FILTERED_ORDER;
pub use filters::FILTERS;
pub use filters_incomplete::FILTERS_INCOMPLETE;
pub use filters_leave_out::FILTERS_LEAVE_OUT;
pub use filters_match_nothing::FILTERS_MATCH_NOTHING;
pub use filters_overlap::FILTERS_OVERLAP;
pub use if_without_status::IF_WITHOUT_STATUS;
pub use infrastructure_key::INFRASTRUCTURE_KEY;
pub use input_not_allowed::INPUT_NOT_ALLOWED;
pub use input_set_other_pipeline::INPUT_SET_OTHER_PIPELINE;
pub use limit_above_account::LIMIT_ABOVE_ACCOUNT;
pub use list_by_expression::LIST_BY_EXPRESSION;
pub use list_expected::LIST_EXPECTED;
pub use listed_twice::LISTED_TWICE;
pub use matrix_axis_empty::MATRIX_AXIS_EMPTY;
pub use matrix_empty::MATRIX_EMPTY;
pub use max_concurrency_invalid::MAX_CONCURRENCY_INVALID;
pub use misplaced_key::{Home, MISPLACED_KEY, MisplacedKey, misplaced_keys};
pub use missing_clusters::MISSING_CLUSTERS;
pub use missing_environment::MISSING_ENVIRONMENT;
pub use missing_identifier::MISSING_IDENTIFIER;
pub use missing_infrastructure::MISSING_INFRASTRUCTURE;
pub use missing_service::MISSING_SERVICE;
pub use missing_spec::MISSING_SPEC;
pub use missing_steps::MISSING_STEPS;
pub use name_too_long::NAME_TOO_LONG;
pub use needs_in_sequence::NEEDS_IN_SEQUENCE;
pub use needs_invalid::NEEDS_INVALID;
pub use nested_too_deep::NESTED_TOO_DEEP;
pub use no_effect::NO_EFFECT;
pub use no_pipeline::NO_PIPELINE;
pub use no_stages::NO_STAGES;
pub use not_a_dependency::NOT_A_DEPENDENCY;
pub use on_failure_invalid::ON_FAILURE_INVALID;
pub use other_schema::OTHER_SCHEMA;
pub use overlay_input_set_unknown::OVERLAY_INPUT_SET_UNKNOWN;
pub use parallel_expression::PARALLEL_EXPRESSION;
pub use parallel_invalid::PARALLEL_INVALID;
pub use parallel_not_a_flag::PARALLEL_NOT_A_FLAG;
pub use partial_run_refused::PARTIAL_RUN_REFUSED;
pub use pipeline_status_invalid::PIPELINE_STATUS_INVALID;
pub use pipeline_status_missing::PIPELINE_STATUS_MISSING;
pub use pipeline_template::PIPELINE_TEMPLATE;
pub use pipeline_too_large::PIPELINE_TOO_LARGE;
pub use propagation_chain::PROPAGATION_CHAIN;
pub use propagation_later_stage::PROPAGATION_LATER_STAGE;
pub use propagation_no_value::PROPAGATION_NO_VALUE;
pub use propagation_other_type::PROPAGATION_OTHER_TYPE;
pub use propagation_own_infrastructures::PROPAGATION_OWN_INFRASTRUCTURES;
pub use propagation_same_group::PROPAGATION_SAME_GROUP;
pub use propagation_several_environments::PROPAGATION_SEVERAL_ENVIRONMENTS;
pub use propagation_unknown_stage::PROPAGATION_UNKNOWN_STAGE;
pub use refused_together::REFUSED_TOGETHER;
pub use repeat_empty::REPEAT_EMPTY;
pub use repeat_end_missing::REPEAT_END_MISSING;
pub use repeat_no_items::REPEAT_NO_ITEMS;
pub use runtime_input::RUNTIME_INPUT;
pub use second_pipeline::SECOND_PIPELINE;
pub use services_metadata_without_parallel::SERVICES_METADATA_WITHOUT_PARALLEL;
pub use stage_not_chosen::STAGE_NOT_CHOSEN;
pub use stage_template::STAGE_TEMPLATE;
pub use stage_type_unknown::STAGE_TYPE_UNKNOWN;
pub use strategy_count_invalid::STRATEGY_COUNT_INVALID;
pub use strategy_unknown::STRATEGY_UNKNOWN;
pub use strategy_with_multi_deployment::STRATEGY_WITH_MULTI_DEPLOYMENT;
pub use template_alone::TEMPLATE_ALONE;
pub use template_loop::TEMPLATE_LOOP;
pub use template_too_deep::TEMPLATE_TOO_DEEP;
pub use text_compared_with_flag::TEXT_COMPARED_WITH_FLAG;
pub use timeout_above_limit::TIMEOUT_ABOVE_LIMIT;
pub use timeout_exceeded::TIMEOUT_EXCEEDED;
pub use timeout_invalid::TIMEOUT_INVALID;
pub use too_many_children::TOO_MANY_CHILDREN;
pub use too_many_deployments::TOO_MANY_DEPLOYMENTS;
pub use too_many_input_sets::TOO_MANY_INPUT_SETS;
pub use too_many_stages::TOO_MANY_STAGES;
pub use too_many_waiting::TOO_MANY_WAITING;
pub use unexpected_value::UNEXPECTED_VALUE;
pub use unfamiliar_key::UNFAMILIAR_KEY;
pub use unknown_key::UNKNOWN_KEY;
pub use unknown_stage_entry::UNKNOWN_STAGE_ENTRY;
pub use unknown_variable::UNKNOWN_VARIABLE;
pub use unpublished_form::UNPUBLISHED_FORM;
pub use unused_document::UNUSED_DOCUMENT;
pub use unused_input::UNUSED_INPUT;
pub use unused_key::UNUSED_KEY;
pub use v1_default::V1_DEFAULT;
pub use v1_nesting::V1_NESTING;
pub use wait_assumed::WAIT_ASSUMED;
pub use wait_in_vain::WAIT_IN_VAIN;
pub use when_condition::WHEN_CONDITION;
pub use while_count::WHILE_COUNT;

/// Looks at a document as a whole.
pub(crate) fn check_document(document: &Document) -> Diagnostics {
    duplicate_identifier::check(document.root())
}

/// The keys of every mapping of a document that has a table of them, while they are looked at.
pub(crate) struct DocumentKeys<'a> {
    mappings: Mappings<'a>,
    is_input_set: bool,
}

impl<'a> DocumentKeys<'a> {
    pub(crate) fn new(document: &'a Document) -> Self {
        let root = document.root();
        let kind = root.get("inputSet").and_then(|_| document_kind(root));
        Self { mappings: Mappings::of(root), is_input_set: kind == Some("inputSet") }
    }

    /// Looks at the next mapping; `false` where there is none.
    pub(crate) fn look_at_next(
        &mut self,
        account_plan: AccountPlan,
        found: &mut Diagnostics,
    ) -> bool {
        let Some(place) = self.mappings.next() else { return false };
        // What is in vain in an input set is said by what it fills.
        unknown_key::look(place, !self.is_input_set, found);
        unexpected_value::look(place, found);
        unused_key::look(place, found);
        failure_strategy_unused::look(place, found);
        timeout_above_limit::look(place, account_plan, found);
        true
    }
}

/// Looks at the keys of all documents.
#[cfg(test)]
pub(crate) fn check_keys(documents: &[Document], account_plan: AccountPlan) -> Diagnostics {
    let mut found = Diagnostics::default();
    for mut keys in documents.iter().map(DocumentKeys::new) {
        while keys.look_at_next(account_plan, &mut found) {}
    }
    found
}

/// Looks at the lists of services and targets.
pub(crate) fn check_lists(plan: &Plan) -> Diagnostics {
    listed_twice::check(plan)
}

/// Looks at the names that a plan has.
pub(crate) fn check_names(plan: &Plan) -> Diagnostics {
    name_too_long::check(plan)
}

/// Looks at the steps and times of the stages.
pub(crate) fn check_stages(plan: &Plan, assumptions: &Assumptions) -> Diagnostics {
    let deep = nested_too_deep::check(plan).into_iter();
    deep.chain(timeout_above_limit::check(plan, assumptions.account_plan)).collect()
}

/// Looks at the plan and what is assumed about its run.
pub fn check_plan(plan: &Plan, assumptions: &Assumptions) -> Vec<Diagnostic> {
    let mut found = too_many_deployments::check(plan);
    found.extend(chained_pipelines_too_large::check(plan));
    for node in spawning::nodes(plan) {
        let of_node = too_many_children::check(&node, assumptions);
        found.extend(of_node.or_else(|| limit_above_account::check(&node, assumptions)));
    }
    found.into_vec()
}

/// Looks at what is assumed about the run of a plan.
pub(crate) fn check_assumptions(
    plan: &Plan,
    inputs: &Inputs,
    assumptions: &Assumptions,
) -> Diagnostics {
    assumption_unmatched::check(plan, inputs, assumptions)
}

/// Looks at those that wait in a run.
pub(crate) fn check_waiting(
    plan: &Plan,
    schedule: &Schedule,
    assumptions: &Assumptions,
) -> Vec<Diagnostic> {
    let mut found: Diagnostics = too_many_waiting::check(plan, schedule).into_iter().collect();
    found.append(wait_assumed::check(plan, assumptions));
    found.append(wait_in_vain::check(plan, schedule));
    found.into_vec()
}

/// Looks at the times of a run.
pub(crate) fn check_run(
    plan: &Plan,
    schedule: &Schedule,
    assumptions: &Assumptions,
) -> Diagnostics {
    timeout_exceeded::check(plan, schedule, assumptions)
}
