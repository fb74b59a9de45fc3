//! List of all assumptions about the run of a pipeline.

use deployline_engine::{
    AccountPlan, Assumptions, Ms, ParallelSource, Pipeline, Schema, Stage, Work,
};
use deployline_map::Set;

use super::assumption::{AssumedValue, Assumption};
use super::keys::{
    ACCOUNT_LIMIT, ACCOUNT_PLAN, AXES, DAG, HALF, NEEDS_AS_DAG, RERUN_FROM, ROLLBACK, RUN_STAGES,
    V1_DEFAULT, V1_DEFAULTS, condition_key, flag_key,
};
use super::waits;

/// Lists what is assumed about the run of a pipeline.
pub fn list(pipeline: &Pipeline, assumptions: &Assumptions) -> Vec<Assumption> {
    let mut all = vec![Assumption {
        key: ACCOUNT_PLAN.to_owned(),
        value: AssumedValue::Word(assumptions.account_plan.as_str()),
        why: "Limits belong to an account, not to the YAML.",
        choices: AccountPlan::ALL.map(|plan| AssumedValue::Word(plan.as_str())).to_vec(),
    }];
    all.extend(assumptions.account_limit.map(|limit| Assumption {
        key: ACCOUNT_LIMIT.to_owned(),
        value: AssumedValue::Number(limit),
        why: "A number given by hand replaces that of the account's plan.",
        choices: Vec::new(),
    }));
    if !assumptions.failures.is_empty() || assumptions.rollback.is_some() {
        all.push(rollback(assumptions));
    }
    all.extend([Schema::V0, Schema::V1].into_iter().filter_map(|schema| dag(pipeline, schema)));
    all.extend(partial(pipeline));
    all.extend(v1_default(pipeline));
    all.extend(waits::barrier_in_loops(&pipeline.stages, assumptions));
    // What is assumed of a stage of another pipeline holds for all that run it.
    let mut seen = Set::new();
    for stage in &pipeline.stages {
        let of_stage = flags(stage)
            .chain(condition(stage))
            .chain(waits::of_stage(stage, assumptions))
            .chain(waits::durations(stage, assumptions));
        all.extend(of_stage.filter(|it| stage.path_len == 0 || seen.insert(it.key.clone())));
    }
    all
}

/// The length of rollbacks: some durations to choose from, and any other one by hand.
fn rollback(assumptions: &Assumptions) -> Assumption {
    let half = AssumedValue::Word(HALF);
    let value = assumptions.rollback.map_or_else(|| half.clone(), AssumedValue::Duration);
    let durations = [10_000, 30_000, 60_000, 300_000].map(|ms| AssumedValue::Duration(Ms(ms)));
    let mut choices = vec![half];
    choices.extend(durations);
    if !choices.contains(&value) {
        choices.push(value.clone());
    }
    Assumption {
        key: ROLLBACK.to_owned(),
        value,
        why: "The length of a rollback is not in the YAML: half of the work, or any duration.",
        choices,
    }
}

/// The stages that the run is started for, where these are not all.
fn partial(pipeline: &Pipeline) -> impl Iterator<Item = Assumption> {
    let names = &pipeline.partial;
    let chosen = names.chosen.as_ref().map(|chosen| Assumption {
        key: RUN_STAGES.to_owned(),
        value: in_order(pipeline, chosen),
        why: "Stages are chosen when a run starts, not in the YAML.",
        choices: Vec::new(),
    });
    let again = (!names.rerun_from.is_empty()).then(|| Assumption {
        key: RERUN_FROM.to_owned(),
        value: in_order(pipeline, &names.rerun_from),
        why: "A run is repeated from a stage by hand: the YAML knows nothing of the run before.",
        choices: Vec::new(),
    });
    chosen.into_iter().chain(again)
}

/// Stages in the order of the text, those that are not there behind them.
fn in_order(pipeline: &Pipeline, names: &Set<String>) -> AssumedValue {
    let mut left = names.clone();
    let known = pipeline.stages.iter().map(|stage| &stage.identifier);
    let mut stages: Vec<String> = known.filter(|stage| left.remove(*stage)).cloned().collect();
    stages.extend(left.iter().cloned());
    AssumedValue::Stages(stages)
}

/// Whether pipelines of a schema run as a DAG, where this one or one that it runs has dependencies.
fn dag(pipeline: &Pipeline, schema: Schema) -> Option<Assumption> {
    let is_dag = dag_choice(pipeline, schema)?;
    let (key, why) = match schema {
        Schema::V0 => (DAG, "Whether a pipeline runs as a DAG is kept outside its YAML."),
        Schema::V1 => {
            (NEEDS_AS_DAG, "No public source says what `needs` means in a list of stages.")
        }
    };
    Some(Assumption {
        key: key.to_owned(),
        value: AssumedValue::Flag(is_dag),
        why,
        choices: vec![AssumedValue::Flag(true), AssumedValue::Flag(false)],
    })
}

/// The choice for the pipelines of a schema: this one, and those that it runs.
pub(crate) fn dag_choice(pipeline: &Pipeline, schema: Schema) -> Option<bool> {
    let inner = pipeline.stages.iter().filter_map(|stage| stage.chained.as_ref());
    let inner = inner.flat_map(|chained| &chained.pipelines).map(|child| &**child);
    let mut all = std::iter::once(pipeline).chain(inner).filter(|it| it.schema == schema);
    all.find_map(|it| it.dag)
}

/// The flag of lists of the newer schema, where some has none.
fn v1_default(pipeline: &Pipeline) -> Option<Assumption> {
    let of_stage = |stage: &Stage| {
        let Work::Deploy(deploy) = &stage.work else { return None };
        let counts = [deploy.services.items.len(), deploy.targets.items.len()];
        let flags = AXES.into_iter().zip(counts).filter(|(_, count)| *count > 1);
        let mut flags = flags.filter_map(|((axis, _), _)| deploy.parallel(axis));
        flags.find(|flag| flag.source == ParallelSource::Default)
    };
    let is_newer = pipeline.schema == Schema::V1;
    let flag = pipeline.stages.iter().filter(|_| is_newer).find_map(of_stage)?;
    let words = V1_DEFAULTS.map(AssumedValue::Word);
    Some(Assumption {
        key: V1_DEFAULT.to_owned(),
        value: words[usize::from(flag.value)].clone(),
        why: "The published schema and the documentation disagree on lists without a flag.",
        choices: words.to_vec(),
    })
}

/// The flags of a stage that the text leaves open.
fn flags(stage: &Stage) -> impl Iterator<Item = Assumption> {
    AXES.into_iter().filter_map(|(axis, _)| {
        let Work::Deploy(deploy) = &stage.work else { return None };
        let parallel = deploy.parallel(axis)?;
        matches!(parallel.source, ParallelSource::Expression(_)).then(|| Assumption {
            key: flag_key(stage.own_identifier(), axis),
            value: AssumedValue::Flag(parallel.value),
            why: "The flag is an expression that the text does not settle.",
            choices: vec![AssumedValue::Flag(true), AssumedValue::Flag(false)],
        })
    })
}

/// The condition of a stage, where the text leaves it open: of two, both have the value.
fn condition(stage: &Stage) -> Option<Assumption> {
    let open = stage.conditions.iter().find(|condition| condition.missing.is_some())?;
    Some(Assumption {
        key: condition_key(stage.own_identifier()),
        value: AssumedValue::Flag(open.assumed),
        why: "The text does not settle the condition.",
        choices: vec![AssumedValue::Flag(true), AssumedValue::Flag(false)],
    })
}
