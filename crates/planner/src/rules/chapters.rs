//! The rules in the order of a reader, for `docs/diagnostics.md`.

use deployline_yaml::RuleDocs;

use super::*;

/// Rules that belong together.
#[derive(Clone, Copy, Debug)]
pub struct Chapter {
    /// Its heading.
    pub title: &'static str,
    /// The rules in it.
    pub rules: &'static [RuleDocs],
}

/// All rules, those of YAML itself first.
pub fn chapters() -> Vec<Chapter> {
    vec![
        Chapter { title: "YAML", rules: &deployline_yaml::rules::DOCS },
        Chapter { title: "The text and its stages", rules: PIPELINE },
        Chapter { title: "DAG pipelines", rules: DAG },
        Chapter { title: "Services and targets", rules: AXES },
        Chapter { title: "Limits", rules: LIMITS },
        Chapter { title: "Looping strategies", rules: STRATEGIES },
        Chapter { title: "Failure strategies", rules: FAILURES },
        Chapter { title: "The newer schema", rules: NEWER },
        Chapter { title: "Taken from another stage", rules: PROPAGATION },
        Chapter { title: "What other documents tell", rules: ENTITIES },
        Chapter { title: "What is assumed", rules: ASSUMED },
    ]
}

const PIPELINE: &[RuleDocs] = &[
    no_pipeline::DOCS,
    empty_text::DOCS,
    entities_alone::DOCS,
    template_alone::DOCS,
    second_pipeline::DOCS,
    unused_document::DOCS,
    no_stages::DOCS,
    unknown_stage_entry::DOCS,
    other_schema::DOCS,
    missing_spec::DOCS,
    chained_pipeline_missing::DOCS,
    chained_pipeline_strategy::DOCS,
    chained_pipeline_nested::DOCS,
    chained_pipeline_loop::DOCS,
    chained_pipelines_too_large::DOCS,
    stage_type_unknown::DOCS,
    duplicate_identifier::DOCS,
    name_too_long::DOCS,
    nested_too_deep::DOCS,
    too_many_stages::DOCS,
    pipeline_too_large::DOCS,
    when_condition::DOCS,
    condition_execution_input::DOCS,
    condition_never_true::DOCS,
    text_compared_with_flag::DOCS,
    pipeline_status_missing::DOCS,
    pipeline_status_invalid::DOCS,
    unknown_key::DOCS,
    misplaced_key::DOCS,
    unexpected_value::DOCS,
    unfamiliar_key::DOCS,
    unused_key::DOCS,
    wait_assumed::DOCS,
    wait_in_vain::DOCS,
    barrier_unknown::DOCS,
    timeout_exceeded::DOCS,
    timeout_above_limit::DOCS,
    timeout_invalid::DOCS,
];

const DAG: &[RuleDocs] = &[
    dag_assumed::DOCS,
    dag_parallel::DOCS,
    depends_on_missing::DOCS,
    depends_on_invalid::DOCS,
    dependency_unknown::DOCS,
    dependency_twice::DOCS,
    dependency_cycle::DOCS,
    not_a_dependency::DOCS,
];

const ASSUMED: &[RuleDocs] =
    &[assumption_unmatched::DOCS, stage_not_chosen::DOCS, partial_run_refused::DOCS];

const AXES: &[RuleDocs] = &[
    missing_service::DOCS,
    missing_environment::DOCS,
    missing_infrastructure::DOCS,
    infrastructure_key::DOCS,
    missing_clusters::DOCS,
    cluster_by_ref::DOCS,
    missing_identifier::DOCS,
    refused_together::DOCS,
    empty_services::DOCS,
    empty_environments::DOCS,
    list_by_expression::DOCS,
    list_expected::DOCS,
    listed_twice::DOCS,
    no_effect::DOCS,
    environment_extra_infrastructures::DOCS,
    parallel_expression::DOCS,
    parallel_not_a_flag::DOCS,
    parallel_invalid::DOCS,
    services_metadata_without_parallel::DOCS,
];

const LIMITS: &[RuleDocs] = &[
    max_concurrency_invalid::DOCS,
    on_failure_invalid::DOCS,
    limit_above_account::DOCS,
    too_many_children::DOCS,
    too_many_waiting::DOCS,
    too_many_deployments::DOCS,
];

const STRATEGIES: &[RuleDocs] = &[
    strategy_with_multi_deployment::DOCS,
    strategy_unknown::DOCS,
    strategy_count_invalid::DOCS,
    matrix_axis_empty::DOCS,
    matrix_empty::DOCS,
    exclude_no_axis::DOCS,
    repeat_empty::DOCS,
    repeat_no_items::DOCS,
    repeat_end_missing::DOCS,
];

const FAILURES: &[RuleDocs] = &[
    failure_strategy_missing::DOCS,
    failure_strategy_unused::DOCS,
    failure_strategy_invalid::DOCS,
    failure_action_not_allowed::DOCS,
    failure_errors_clash::DOCS,
];

const NEWER: &[RuleDocs] = &[
    missing_steps::DOCS,
    unpublished_form::DOCS,
    v1_default::DOCS,
    v1_nesting::DOCS,
    if_without_status::DOCS,
    needs_invalid::DOCS,
    needs_in_sequence::DOCS,
    while_count::DOCS,
];

const PROPAGATION: &[RuleDocs] = &[
    propagation_unknown_stage::DOCS,
    propagation_later_stage::DOCS,
    propagation_same_group::DOCS,
    propagation_no_value::DOCS,
    propagation_several_environments::DOCS,
    propagation_chain::DOCS,
    propagation_other_type::DOCS,
    propagation_own_infrastructures::DOCS,
];

const ENTITIES: &[RuleDocs] = &[
    runtime_input::DOCS,
    unknown_variable::DOCS,
    input_not_allowed::DOCS,
    input_set_other_pipeline::DOCS,
    overlay_input_set_unknown::DOCS,
    too_many_input_sets::DOCS,
    unused_input::DOCS,
    stage_template::DOCS,
    pipeline_template::DOCS,
    template_loop::DOCS,
    template_too_deep::DOCS,
    deploy_to_all::DOCS,
    deploy_to_all_alone::DOCS,
    environment_group_members::DOCS,
    environment_group_undecided::DOCS,
    filters::DOCS,
    filter_invalid::DOCS,
    filters_match_nothing::DOCS,
    filters_leave_out::DOCS,
    filters_incomplete::DOCS,
    filtered_order::DOCS,
    filters_overlap::DOCS,
];
