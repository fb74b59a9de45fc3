//! From a state to JSON.

use deployline_engine::{AccountPlan, Assumptions, AxisName, DurationKey, ErrorType, Failure, Ms};
use deployline_map::Set;
use deployline_planner::Inputs;
use deployline_timeline::{Arrangement, ColorBy, GroupId, Rows};

use super::tree::{Json, Object};
use crate::{LinkState, PlanSource, View};

/// Writes the state of a link.
pub(crate) fn link(LinkState { plan, pinned, view }: &LinkState) -> Json {
    let mut link = Object::default();
    link.put("plan", plan_json(plan));
    if let Some(pinned) = pinned {
        link.put("pinned", plan_json(pinned));
    }
    link.put_unless_empty("view", view_json(view));
    Json::Object(link)
}

fn plan_json(PlanSource { texts, inputs, answers, assumptions }: &PlanSource) -> Json {
    // The choice of input sets is one of the command line, which writes no state.
    let Inputs {
        parallel,
        conditions,
        dag,
        is_v1_default_parallel,
        needs_as_dag,
        partial,
        input_sets: _,
    } = inputs;
    let Assumptions {
        duration,
        durations,
        uneven,
        account_plan,
        account_limit,
        failures,
        rollback,
        waits,
        step_durations,
        barrier_in_loops,
    } = assumptions;
    let mut plan = Object::default();
    let texts = texts.iter().map(|it| named_text(&it.name, &it.text));
    plan.put_unless_empty("texts", Json::List(texts.collect()));
    let choices = parallel.iter().map(|((stage, axis), is_parallel)| {
        let axis = match axis {
            AxisName::Services => "services",
            AxisName::Targets => "targets",
        };
        object([("stage", Json::text(stage)), (axis, Json::Flag(*is_parallel))])
    });
    plan.put_unless_empty("parallel", Json::List(choices.collect()));
    let decisions = conditions
        .iter()
        .map(|(stage, runs)| object([("stage", Json::text(stage)), ("runs", Json::Flag(*runs))]));
    plan.put_unless_empty("conditions", Json::List(decisions.collect()));
    if let Some(is_dag) = dag {
        plan.put("dag", Json::Flag(*is_dag));
    }
    if *needs_as_dag {
        plan.put("needsAsDag", Json::Flag(true));
    }
    if *is_v1_default_parallel {
        plan.put("v1Default", Json::text("parallel"));
    }
    let stages = |stages: &Set<String>| {
        Json::List(stages.iter().map(|stage| object([("stage", Json::text(stage))])).collect())
    };
    if let Some(chosen) = &partial.chosen {
        plan.put_unless_empty("runStages", stages(chosen));
    }
    plan.put_unless_empty("rerunFrom", stages(&partial.rerun_from));
    let answers = answers.iter().map(|(key, answer)| named_text(key, answer));
    plan.put_unless_empty("answers", Json::List(answers.collect()));
    if *duration != Assumptions::default().duration {
        plan.put("duration", Json::number(duration.0));
    }
    let durations = durations.iter().map(|(key, ms)| duration_json(key, *ms));
    plan.put_unless_empty("durations", Json::List(durations.collect()));
    if let Some(seed) = uneven {
        plan.put("uneven", Json::number(*seed));
    }
    if *account_plan != AccountPlan::default() {
        plan.put("accountPlan", Json::text(account_plan.as_str()));
    }
    if let Some(limit) = account_limit {
        plan.put("accountLimit", Json::number(*limit));
    }
    let failures = failures.iter().map(|((stage, index), failure)| {
        let mut object = object([("stage", Json::text(stage)), ("index", Json::number(*index))]);
        if let Json::Object(object) = &mut object {
            put_failure(object, failure);
        }
        object
    });
    plan.put_unless_empty("failures", Json::List(failures.collect()));
    if let Some(rollback) = rollback {
        plan.put("rollback", Json::number(rollback.0));
    }
    let waits = waits.iter().map(|((stage, step), wait)| {
        let mut object = Object::default();
        object.put("stage", Json::text(stage));
        object.put_unless_empty("step", Json::text(step));
        object.put("ms", Json::number(wait.0));
        Json::Object(object)
    });
    plan.put_unless_empty("waits", Json::List(waits.collect()));
    let steps = step_durations.iter().map(|((stage, step), duration)| {
        object([
            ("stage", Json::text(stage)),
            ("step", Json::text(step)),
            ("ms", Json::number(duration.0)),
        ])
    });
    plan.put_unless_empty("stepDurations", Json::List(steps.collect()));
    if *barrier_in_loops {
        plan.put("barrierInLoops", Json::Flag(true));
    }
    Json::Object(plan)
}

fn put_failure(object: &mut Object, Failure { error, step, succeeds_at }: &Failure) {
    if *error != ErrorType::AllErrors {
        object.put("error", Json::text(error.name()));
    }
    if let Some(step) = step {
        object.put("step", Json::text(step));
    }
    if let Some(attempt) = succeeds_at {
        object.put("succeedsAt", Json::number(*attempt));
    }
}

fn named_text(name: &str, text: &str) -> Json {
    let mut object = Object::default();
    object.put_unless_empty("name", Json::text(name));
    object.put("text", Json::text(text));
    Json::Object(object)
}

fn duration_json(key: &DurationKey, ms: Ms) -> Json {
    let mut duration = Object::default();
    let mut put = |name, text: &str| duration.put(name, Json::text(text));
    match key {
        DurationKey::Stage(stage) | DurationKey::Deployment(stage, _) => put("stage", stage),
        DurationKey::Service(service) => put("service", service),
        DurationKey::Infrastructure(infrastructure) => put("infrastructure", infrastructure),
        DurationKey::Target(environment, infrastructure) => {
            put("environment", environment);
            put("infrastructure", infrastructure);
        }
        DurationKey::ServiceInfrastructure(service, infrastructure) => {
            put("service", service);
            put("infrastructure", infrastructure);
        }
        DurationKey::ServiceTarget(service, environment, infrastructure) => {
            put("service", service);
            put("environment", environment);
            put("infrastructure", infrastructure);
        }
    }
    if let DurationKey::Deployment(_, index) = key {
        duration.put("index", Json::number(*index));
    }
    duration.put("ms", Json::number(ms.0));
    Json::Object(duration)
}

fn view_json(view: &View) -> Json {
    let View { arrangement, window, shows_critical_path, is_waves, selection } = view;
    let Arrangement { rows, color_by, collapsed, filter, shows_steps } = arrangement;
    let mut view = Object::default();
    if *rows != Rows::default() {
        view.put("rows", Json::text(rows.as_str()));
    }
    if *color_by != ColorBy::default() {
        view.put("color", Json::text(color_by.as_str()));
    }
    view.put_unless_empty("filter", Json::text(filter));
    view.put_unless_empty("folded", Json::List(collapsed.iter().map(group_json).collect()));
    if let Some(window) = window {
        view.put("from", Json::number(window.from.0));
        view.put("to", Json::number(window.to.0));
    }
    for (name, is_shown) in
        [("steps", *shows_steps), ("criticalPath", *shows_critical_path), ("waves", *is_waves)]
    {
        if is_shown {
            view.put(name, Json::Flag(true));
        }
    }
    if let Some(at) = selection {
        view.put("selectedStage", Json::number(at.stage));
        view.put("selectedIndex", Json::number(at.index));
    }
    Json::Object(view)
}

fn group_json(group: &GroupId) -> Json {
    let mut json = Object::default();
    let mut put = |name, text: &str| json.put(name, Json::text(text));
    match group {
        GroupId::Stage(stage) => put("stage", stage),
        GroupId::Service { stage, service } => {
            put("stage", stage);
            put("service", service);
        }
        GroupId::Environment { stage, environment } => {
            put("stage", stage);
            put("environment", environment);
        }
        GroupId::Infrastructure { stage, environment, infrastructure } => {
            put("stage", stage);
            put("environment", environment);
            put("infrastructure", infrastructure);
        }
    }
    Json::Object(json)
}

fn object<const N: usize>(fields: [(&str, Json); N]) -> Json {
    let mut object = Object::default();
    for (name, json) in fields {
        object.put(name, json);
    }
    Json::Object(object)
}
