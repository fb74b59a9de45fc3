//! Assumptions by their keys: set, written, taken back.

use deployline_engine::{AccountPlan, Assumptions, AxisName, DurationError, ErrorType, Failure};

use deployline_map::Set;

use super::keys::{
    ACCOUNT_LIMIT, ACCOUNT_PLAN, AXES, BARRIER_IN_LOOPS, DAG, HALF, NEEDS_AS_DAG, PARALLEL,
    RERUN_FROM, ROLLBACK, RUN_STAGES, STEP, V1_DEFAULT, V1_DEFAULTS, WAIT, WHEN, condition_key,
    flag_key, name_of, step_key, wait_key, wait_place, word_of,
};
use crate::Inputs;

/// Sets an assumption by its key.
///
/// ```
/// use deployline_engine::{AccountPlan, Assumptions};
/// use deployline_planner::{Inputs, assumed};
/// let (mut inputs, mut assumptions) = (Inputs::default(), Assumptions::default());
/// assumed::set("account-plan", "free", &mut inputs, &mut assumptions).unwrap();
/// assert_eq!(assumptions.account_plan, AccountPlan::Free);
/// assert!(assumed::set("plan", "free", &mut inputs, &mut assumptions).is_err());
/// ```
///
/// # Errors
/// Fails if there is no such key or it can't have this value; says what was expected.
pub fn set(
    key: &str,
    value: &str,
    inputs: &mut Inputs,
    assumptions: &mut Assumptions,
) -> Result<(), String> {
    if let Some(axis) = key.strip_prefix(PARALLEL) {
        return set_flag(axis, value, inputs);
    }
    if let Some(stage) = key.strip_prefix(WHEN) {
        inputs.conditions.insert(name_of(stage), flag(value)?);
        return Ok(());
    }
    if let Some(place) = key.strip_prefix(WAIT) {
        let wait = value.parse().map_err(|error: DurationError| error.to_string())?;
        assumptions.waits.insert(wait_place(place), wait);
        return Ok(());
    }
    if let Some(place) = key.strip_prefix(STEP) {
        let place = wait_place(place);
        if place.1.is_empty() {
            return Err(format!("`{key}` names no step, expected {STEP}STAGE/STEP"));
        }
        let duration = value.parse().map_err(|error: DurationError| error.to_string())?;
        assumptions.step_durations.insert(place, duration);
        return Ok(());
    }
    match key {
        ACCOUNT_PLAN => assumptions.account_plan = account_plan(value)?,
        ACCOUNT_LIMIT => assumptions.account_limit = account_limit(value)?,
        BARRIER_IN_LOOPS => assumptions.barrier_in_loops = flag(value)?,
        DAG => inputs.dag = Some(flag(value)?),
        NEEDS_AS_DAG => inputs.needs_as_dag = flag(value)?,
        V1_DEFAULT => inputs.is_v1_default_parallel = v1_default_value(value)?,
        RUN_STAGES => inputs.partial.chosen = Some(stages(value)?),
        RERUN_FROM => inputs.partial.rerun_from = stages(value)?,
        ROLLBACK if value == HALF => assumptions.rollback = None,
        ROLLBACK => {
            let duration = value.parse().map_err(|error: DurationError| error.to_string())?;
            assumptions.rollback = Some(duration);
        }
        _ => {
            return Err(format!(
                "unknown key `{key}`, expected one of {ACCOUNT_PLAN}, {ACCOUNT_LIMIT}, {BARRIER_IN_LOOPS}, {DAG}, {NEEDS_AS_DAG}, \
                 {RERUN_FROM}, {ROLLBACK}, {RUN_STAGES}, {V1_DEFAULT}, {PARALLEL}STAGE/services, {PARALLEL}STAGE/targets, {STEP}STAGE/STEP, {WAIT}STAGE/STEP, {WHEN}STAGE"
            ));
        }
    }
    Ok(())
}

/// Pairs of key and value, as [`pair`] reads them, of all assumptions that have no other option.
pub fn pairs(inputs: &Inputs, assumptions: &Assumptions) -> Vec<String> {
    let mut pairs = Vec::new();
    pairs.extend(assumptions.rollback.map(|rollback| {
        // `1m 30s` is one word without its blank.
        format!("{ROLLBACK}={}", rollback.to_string().replace(' ', ""))
    }));
    pairs.extend(assumptions.barrier_in_loops.then(|| format!("{BARRIER_IN_LOOPS}=true")));
    pairs.extend(assumptions.waits.iter().map(|((stage, step), wait)| {
        format!("{}={}", wait_key(stage, step), wait.to_string().replace(' ', ""))
    }));
    pairs.extend(assumptions.step_durations.iter().map(|((stage, step), duration)| {
        format!("{}={}", step_key(stage, step), duration.to_string().replace(' ', ""))
    }));
    pairs.extend(inputs.dag.map(|is_dag| format!("{DAG}={is_dag}")));
    pairs.extend(inputs.needs_as_dag.then(|| format!("{NEEDS_AS_DAG}=true")));
    let list =
        |stages: &Set<String>| stages.iter().map(|it| word_of(it)).collect::<Vec<_>>().join(",");
    let chosen = inputs.partial.chosen.as_ref();
    pairs.extend(chosen.map(|chosen| format!("{RUN_STAGES}={}", list(chosen))));
    let again = &inputs.partial.rerun_from;
    pairs.extend((!again.is_empty()).then(|| format!("{RERUN_FROM}={}", list(again))));
    let is_parallel = inputs.is_v1_default_parallel.then_some(V1_DEFAULTS[1]);
    pairs.extend(is_parallel.map(|word| format!("{V1_DEFAULT}={word}")));
    let flags = inputs.parallel.iter();
    pairs.extend(flags.map(|((stage, axis), value)| format!("{}={value}", flag_key(stage, *axis))));
    let conditions = inputs.conditions.iter();
    pairs.extend(conditions.map(|(stage, value)| format!("{}={value}", condition_key(stage))));
    pairs
}

/// Reads `KEY=VALUE`, as `--assume` takes it, for [`set`].
///
/// # Errors
/// Fails if it is no such pair or can't be set; says what was expected.
pub fn pair(text: &str) -> Result<(String, String), String> {
    let expected = "expected a key and a value, as in `account-plan=team`";
    let (key, value) = text.rsplit_once('=').ok_or(expected)?;
    set(key, value, &mut Inputs::default(), &mut Assumptions::default())?;
    Ok((key.to_owned(), value.to_owned()))
}

/// Reads the name of a plan.
///
/// # Errors
/// Fails if no plan has the name; says which there are.
pub fn account_plan(value: &str) -> Result<AccountPlan, String> {
    AccountPlan::from_word(value).ok_or_else(|| {
        let plans = AccountPlan::ALL.map(AccountPlan::as_str);
        format!("`{value}` is no account plan, expected one of {}", plans.join(", "))
    })
}

/// Reads a deployment that is assumed to fail, as `--fail` takes it.
///
/// # Errors
/// Fails if it names no deployment, or a setting is not known; says what was expected.
pub fn failure(text: &str) -> Result<((String, u32), Failure), String> {
    const EXPECTED: &str = "expected a stage's identifier and an index from 0, as in `deploy:3`, and behind commas \
                            `error=TYPE`, `step=IDENTIFIER` or `succeeds-at=ATTEMPT`";
    let mut errors = text.split(',').filter_map(|setting| setting.trim().strip_prefix("error="));
    if let Some(other) = errors.find(|name| ErrorType::from_name(name.trim()).is_none()) {
        let names = ErrorType::NAMES.join(", ");
        return Err(format!("`{other}` is no type of error, expected AllErrors or one of {names}"));
    }
    Failure::from_text(text).ok_or_else(|| EXPECTED.to_owned())
}

/// Takes back what was assumed by a key: its default counts again.
pub fn take_back(key: &str, inputs: &mut Inputs, assumptions: &mut Assumptions) {
    let default = Assumptions::default();
    if let Some((stage, axis)) = key.strip_prefix(PARALLEL).and_then(flag_place) {
        inputs.parallel.remove(&(stage, axis));
    } else if let Some(stage) = key.strip_prefix(WHEN) {
        inputs.conditions.remove(&name_of(stage));
    } else if let Some(place) = key.strip_prefix(WAIT) {
        assumptions.waits.remove(&wait_place(place));
    } else if let Some(place) = key.strip_prefix(STEP) {
        assumptions.step_durations.remove(&wait_place(place));
    } else {
        match key {
            ACCOUNT_PLAN => assumptions.account_plan = default.account_plan,
            ACCOUNT_LIMIT => assumptions.account_limit = default.account_limit,
            ROLLBACK => assumptions.rollback = default.rollback,
            BARRIER_IN_LOOPS => assumptions.barrier_in_loops = false,
            DAG => inputs.dag = None,
            NEEDS_AS_DAG => inputs.needs_as_dag = false,
            V1_DEFAULT => inputs.is_v1_default_parallel = false,
            RUN_STAGES => inputs.partial.chosen = None,
            RERUN_FROM => inputs.partial.rerun_from = Set::new(),
            _ => {}
        }
    }
}

/// Reads a limit of the account; `none` for that of its plan.
///
/// # Errors
/// Fails if it is no number from 1; says what was expected.
pub fn account_limit(value: &str) -> Result<Option<u32>, String> {
    match value.parse() {
        Ok(limit) if limit > 0 => Ok(Some(limit)),
        _ if value == "none" => Ok(None),
        _ => Err(format!("`{value}` is no limit, expected a whole number from 1, or none")),
    }
}

/// Reads identifiers of stages with commas between.
///
/// # Errors
/// Fails if there is none.
pub fn stages(value: &str) -> Result<Set<String>, String> {
    let stages = value.split(',').map(|stage| name_of(stage.trim()));
    let stages: Set<String> = stages.filter(|stage| !stage.is_empty()).collect();
    if stages.is_empty() {
        return Err(format!(
            "`{value}` names no stage, expected identifiers with commas between, as in `build,deploy`"
        ));
    }
    Ok(stages)
}

fn v1_default_value(value: &str) -> Result<bool, String> {
    let place = V1_DEFAULTS.iter().position(|word| *word == value);
    place.map(|place| place == 1).ok_or_else(|| {
        format!("`{value}` is no default, expected one of {}", V1_DEFAULTS.join(", "))
    })
}

fn set_flag(place: &str, value: &str, inputs: &mut Inputs) -> Result<(), String> {
    let (stage, axis) = flag_place(place).ok_or_else(|| {
        format!("`{PARALLEL}{place}` names no list, expected {PARALLEL}STAGE/services or /targets")
    })?;
    inputs.parallel.insert((stage, axis), flag(value)?);
    Ok(())
}

/// `deploy/services` as a stage and an axis.
fn flag_place(place: &str) -> Option<(String, AxisName)> {
    let (stage, of_axis) = place.rsplit_once('/')?;
    let axis = AXES.into_iter().find(|(_, of)| *of == of_axis)?;
    Some((name_of(stage), axis.0))
}

fn flag(value: &str) -> Result<bool, String> {
    value.parse().map_err(|_| format!("`{value}` is no flag, expected true or false"))
}
