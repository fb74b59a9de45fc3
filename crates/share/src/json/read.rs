//! From JSON to a state; `None` where a field has another type or a required one is missing.

use deployline_engine::{AccountPlan, AxisName, DeploymentId, DurationKey, ErrorType, Failure};
use deployline_map::Set;
use deployline_timeline::{Arrangement, ColorBy, GroupId, Rows};

use super::tree::{Json, Object};
use crate::bounds::Bounds;
use crate::{LinkState, PlanSource, Text, View};

/// Reads the state of a link.
pub(crate) fn state(link: &Json, bounds: &mut Bounds) -> Option<LinkState> {
    let link = link.as_object()?;
    let mut state = LinkState::default();
    if let Some(plan) = link.object("plan")? {
        state.plan = plan_source(plan, bounds)?;
    }
    if let Some(pinned) = link.object("pinned")? {
        state.pinned = Some(plan_source(pinned, bounds)?);
    }
    if let Some(view) = link.object("view")? {
        state.view = self::view(view, bounds)?;
    }
    Some(state)
}

fn plan_source(plan: &Object, bounds: &mut Bounds) -> Option<PlanSource> {
    let mut source = PlanSource::default();
    for text in plan.objects("texts", bounds)? {
        let (name, text) = named_text(text)?;
        source.texts.push(Text { name, text });
    }
    for choice in plan.objects("parallel", bounds)? {
        let stage = choice.text("stage")??;
        for (axis, name) in [(AxisName::Services, "services"), (AxisName::Targets, "targets")] {
            if let Some(is_parallel) = choice.flag(name)? {
                source.inputs.parallel.insert((stage.clone(), axis), is_parallel);
            }
        }
    }
    for decision in plan.objects("conditions", bounds)? {
        let (stage, runs) = (decision.text("stage")??, decision.flag("runs")??);
        source.inputs.conditions.insert(stage, runs);
    }
    source.inputs.dag = plan.flag("dag")?;
    source.inputs.needs_as_dag = plan.flag("needsAsDag")?.unwrap_or(false);
    source.inputs.is_v1_default_parallel =
        plan.text("v1Default")?.is_some_and(|word| word == "parallel");
    // Nobody chooses no stage at all.
    let chosen = stages(plan, "runStages", bounds)?;
    source.inputs.partial.chosen = Some(chosen).filter(|chosen| !chosen.is_empty());
    source.inputs.partial.rerun_from = stages(plan, "rerunFrom", bounds)?;
    for answer in plan.objects("answers", bounds)? {
        let (key, answer) = named_text(answer)?;
        source.answers.insert(key, answer);
    }
    let assumptions = &mut source.assumptions;
    if let Some(ms) = plan.number("duration")? {
        assumptions.duration = bounds.duration("duration", ms);
    }
    for duration in plan.objects("durations", bounds)? {
        let ms = duration.number("ms")??;
        if let Some(key) = duration_key(duration, bounds)? {
            assumptions.durations.insert(key, bounds.duration("ms", ms));
        }
    }
    assumptions.uneven = plan.number("uneven")?.map(|seed| bounds.seed(seed));
    // A plan of a later program is the one by default: the texts are worth more than an assumption.
    let account_plan = plan.text("accountPlan")?.unwrap_or_default();
    assumptions.account_plan = AccountPlan::from_word(&account_plan).unwrap_or_default();
    let limit = plan.number("accountLimit")?;
    assumptions.account_limit = limit.and_then(|limit| bounds.account_limit(limit));
    for failure in plan.objects("failures", bounds)? {
        let (stage, index) = (failure.text("stage")??, failure.number("index")??);
        if let Some(index) = bounds.position("index", index) {
            assumptions.failures.insert((stage, index), read_failure(failure, bounds)?);
        }
    }
    assumptions.rollback = plan.number("rollback")?.map(|ms| bounds.duration("rollback", ms));
    for wait in plan.objects("waits", bounds)? {
        let place = (wait.text("stage")??, wait.text("step")?.unwrap_or_default());
        let ms = wait.number("ms")??;
        assumptions.waits.insert(place, bounds.duration("ms", ms));
    }
    for step in plan.objects("stepDurations", bounds)? {
        let (place, ms) = ((step.text("stage")??, step.text("step")??), step.number("ms")??);
        assumptions.step_durations.insert(place, bounds.duration("ms", ms));
    }
    assumptions.barrier_in_loops = plan.flag("barrierInLoops")?.unwrap_or_default();
    Some(source)
}

/// Reads how a deployment fails; an error that is not known counts as any.
fn read_failure(failure: &Object, bounds: &mut Bounds) -> Option<Failure> {
    let error = failure.text("error")?.and_then(|name| ErrorType::from_name(&name));
    let attempt = failure.number("succeedsAt")?;
    let attempt = attempt.and_then(|attempt| bounds.position("succeedsAt", attempt));
    Some(Failure {
        error: error.unwrap_or_default(),
        step: failure.text("step")?,
        succeeds_at: attempt.filter(|attempt| *attempt > 0),
    })
}

fn stages(plan: &Object, name: &str, bounds: &mut Bounds) -> Option<Set<String>> {
    plan.objects(name, bounds)?.into_iter().map(|stage| stage.text("stage")?).collect()
}

fn named_text(object: &Object) -> Option<(String, String)> {
    Some((object.text("name")?.unwrap_or_default(), object.text("text")??))
}

/// `Some(None)` for a position that none can have.
fn duration_key(duration: &Object, bounds: &mut Bounds) -> Option<Option<DurationKey>> {
    let text = |name| duration.text(name);
    let stage = text("stage")?;
    let place = (text("environment")?, text("infrastructure")?);
    Some(Some(match (stage, duration.number("index")?, text("service")?, place) {
        (Some(stage), None, None, (None, None)) => DurationKey::Stage(stage),
        (Some(stage), Some(index), None, (None, None)) => {
            let index = bounds.position("index", index);
            return Some(index.map(|index| DurationKey::Deployment(stage, index)));
        }
        (None, None, Some(service), (None, None)) => DurationKey::Service(service),
        (None, None, None, (None, Some(infrastructure))) => {
            DurationKey::Infrastructure(infrastructure)
        }
        (None, None, None, (Some(environment), Some(infrastructure))) => {
            DurationKey::Target(environment, infrastructure)
        }
        (None, None, Some(service), (None, Some(infrastructure))) => {
            DurationKey::ServiceInfrastructure(service, infrastructure)
        }
        (None, None, Some(service), (Some(environment), Some(infrastructure))) => {
            DurationKey::ServiceTarget(service, environment, infrastructure)
        }
        _ => return None,
    }))
}

/// Reads the view. Rows and colours of a later program are those by default: the plan is worth more than
/// its arrangement.
fn view(view: &Object, bounds: &mut Bounds) -> Option<View> {
    let word = |name| Some(view.text(name)?.unwrap_or_default());
    let mut arrangement = Arrangement {
        rows: Rows::from_word(&word("rows")?).unwrap_or_default(),
        color_by: ColorBy::from_word(&word("color")?).unwrap_or_default(),
        filter: word("filter")?,
        shows_steps: view.flag("steps")? == Some(true),
        ..Arrangement::default()
    };
    for group in view.objects("folded", bounds)? {
        arrangement.collapsed.insert(group_id(group)?);
    }
    let window = match (view.number("from")?, view.number("to")?) {
        (Some(from), Some(to)) => bounds.window(from, to),
        (None, None) => None,
        _ => return None,
    };
    let selection = match (view.number("selectedStage")?, view.number("selectedIndex")?) {
        (Some(stage), Some(index)) => {
            let stage = bounds.position("selectedStage", stage);
            let index = bounds.position("selectedIndex", index);
            stage.zip(index).map(|(stage, index)| DeploymentId { stage, index })
        }
        (None, None) => None,
        _ => return None,
    };
    Some(View {
        arrangement,
        window,
        shows_critical_path: view.flag("criticalPath")? == Some(true),
        is_waves: view.flag("waves")? == Some(true),
        selection,
    })
}

fn group_id(group: &Object) -> Option<GroupId> {
    let text = |name| group.text(name);
    let stage = text("stage")??;
    Some(match (text("service")?, text("environment")?, text("infrastructure")?) {
        (None, None, None) => GroupId::Stage(stage),
        (Some(service), None, None) => GroupId::Service { stage, service },
        (None, Some(environment), None) => GroupId::Environment { stage, environment },
        (None, Some(environment), Some(infrastructure)) => {
            GroupId::Infrastructure { stage, environment, infrastructure }
        }
        _ => return None,
    })
}
