//! Everything that is assumed about a run because its text can't say it: one list for the page, the command
//! line and the formats.
//!
//! Each has a key, which is the same everywhere: `deployline plan --assume account-plan=team`.

use std::borrow::Cow;
use std::fmt;

use deployline_engine::{
    AccountPlan, Assumptions, AxisName, DurationError, ErrorType, Failure, Ms, ParallelSource,
    Pipeline, Plan, Schema, Stage, Work,
};

use crate::Inputs;

/// An assumption about a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assumption {
    /// Its name; of one about a stage with the stage's identifier, as in `parallel:deploy/services`.
    pub key: String,
    /// Value that the picture is drawn with.
    pub value: AssumedValue,
    /// Reason why the text does not settle it.
    pub why: &'static str,
    /// All values it may have; empty where it is any number from 1.
    pub choices: Vec<AssumedValue>,
}

/// A value of an assumption.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AssumedValue {
    /// One of some words.
    Word(&'static str),
    /// Yes or no.
    Flag(bool),
    /// A number from 1.
    Number(u32),
    /// A duration.
    Duration(Ms),
}

impl fmt::Display for AssumedValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => f.write_str(word),
            Self::Flag(flag) => write!(f, "{flag}"),
            Self::Number(number) => write!(f, "{number}"),
            Self::Duration(duration) => duration.fmt(f),
        }
    }
}

/// Key of the account's plan.
pub const ACCOUNT_PLAN: &str = "account-plan";
/// Key of a number of your own, instead of the plan's.
pub const ACCOUNT_LIMIT: &str = "account-limit";
/// Begins the keys of flags that are expressions.
const PARALLEL: &str = "parallel:";
/// Begins the keys of conditions that the text leaves open.
const WHEN: &str = "when:";

/// Key of the mode in which stages wait for those that they name.
pub const DAG: &str = "dag";
/// Key of the same in the newer schema, where stages have `needs`.
pub const NEEDS_AS_DAG: &str = "needs-as-dag";
/// Key of the flag of lists of the newer schema that have none.
pub const V1_DEFAULT: &str = "v1-default";
/// Values of that: by the published schema, and by the documentation.
const V1_DEFAULTS: [&str; 2] = ["sequential", "parallel"];
/// Key of the length of rollbacks.
pub const ROLLBACK: &str = "rollback";
/// Value of a rollback that takes half as long as the work.
const HALF: &str = "half";

const AXES: [(AxisName, &str); 2] =
    [(AxisName::Services, "services"), (AxisName::Targets, "targets")];

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
    let (key, why) = match pipeline.schema {
        Schema::V0 => (DAG, "Whether a pipeline runs as a DAG is kept outside its YAML."),
        Schema::V1 => {
            (NEEDS_AS_DAG, "No public source says what `needs` means in a list of stages.")
        }
    };
    all.extend(pipeline.dag.map(|is_dag| Assumption {
        key: key.to_owned(),
        value: AssumedValue::Flag(is_dag),
        why,
        choices: vec![AssumedValue::Flag(true), AssumedValue::Flag(false)],
    }));
    all.extend(v1_default(pipeline));
    for stage in &pipeline.stages {
        all.extend(flags(stage));
        all.extend(condition(stage));
    }
    all
}

/// The length of rollbacks: some durations to choose from, and any other one by hand.
fn rollback(assumptions: &Assumptions) -> Assumption {
    let half = AssumedValue::Word(HALF);
    let value = assumptions.rollback.map_or(half, AssumedValue::Duration);
    let durations = [10_000, 30_000, 60_000, 300_000].map(|ms| AssumedValue::Duration(Ms(ms)));
    let mut choices = vec![half];
    choices.extend(durations);
    if !choices.contains(&value) {
        choices.push(value);
    }
    Assumption {
        key: ROLLBACK.to_owned(),
        value,
        why: "The length of a rollback is not in the YAML: half of the work, or any duration.",
        choices,
    }
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
        value: words[usize::from(flag.value)],
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
            key: flag_key(&stage.identifier, axis),
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
        key: condition_key(&stage.identifier),
        value: AssumedValue::Flag(open.assumed),
        why: "The text does not settle the condition.",
        choices: vec![AssumedValue::Flag(true), AssumedValue::Flag(false)],
    })
}

/// Key of the flag of a stage's axis.
pub(crate) fn flag_key(stage: &str, axis: AxisName) -> String {
    let name = match axis {
        AxisName::Services => "services",
        AxisName::Targets => "targets",
    };
    format!("{PARALLEL}{stage}/{name}")
}

/// Key of a stage's condition.
pub(crate) fn condition_key(stage: &str) -> String {
    format!("{WHEN}{stage}")
}

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
        inputs.conditions.insert(stage.to_owned(), flag(value)?);
        return Ok(());
    }
    match key {
        ACCOUNT_PLAN => assumptions.account_plan = account_plan(value)?,
        ACCOUNT_LIMIT => assumptions.account_limit = account_limit(value)?,
        DAG => inputs.dag = Some(flag(value)?),
        NEEDS_AS_DAG => inputs.needs_as_dag = flag(value)?,
        V1_DEFAULT => inputs.is_v1_default_parallel = v1_default_value(value)?,
        ROLLBACK if value == HALF => assumptions.rollback = None,
        ROLLBACK => {
            let duration = value.parse().map_err(|error: DurationError| error.to_string())?;
            assumptions.rollback = Some(duration);
        }
        _ => {
            return Err(format!(
                "unknown key `{key}`, expected one of {ACCOUNT_PLAN}, {ACCOUNT_LIMIT}, {DAG}, {NEEDS_AS_DAG}, {ROLLBACK}, \
                 {V1_DEFAULT}, {PARALLEL}STAGE/services, {PARALLEL}STAGE/targets, {WHEN}STAGE"
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
    pairs.extend(inputs.dag.map(|is_dag| format!("{DAG}={is_dag}")));
    pairs.extend(inputs.needs_as_dag.then(|| format!("{NEEDS_AS_DAG}=true")));
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
        inputs.parallel.remove(&(stage.to_owned(), axis));
    } else if let Some(stage) = key.strip_prefix(WHEN) {
        inputs.conditions.remove(stage);
    } else {
        match key {
            ACCOUNT_PLAN => assumptions.account_plan = default.account_plan,
            ACCOUNT_LIMIT => assumptions.account_limit = default.account_limit,
            ROLLBACK => assumptions.rollback = default.rollback,
            DAG => inputs.dag = None,
            NEEDS_AS_DAG => inputs.needs_as_dag = false,
            V1_DEFAULT => inputs.is_v1_default_parallel = false,
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
    inputs.parallel.insert((stage.to_owned(), axis), flag(value)?);
    Ok(())
}

/// `deploy/services` as a stage and an axis.
fn flag_place(place: &str) -> Option<(&str, AxisName)> {
    let (stage, name) = place.rsplit_once('/')?;
    let axis = AXES.into_iter().find(|(_, of)| *of == name)?;
    Some((stage, axis.0))
}

fn flag(value: &str) -> Result<bool, String> {
    value.parse().map_err(|_| format!("`{value}` is no flag, expected true or false"))
}

/// A plan and assumptions with the one of `key` otherwise, to see what depends on it; `None` where the plan would
/// have other bars.
pub fn otherwise<'p>(
    key: &str,
    plan: &'p Plan,
    assumptions: &Assumptions,
) -> Option<(Cow<'p, Plan>, Assumptions)> {
    let mut other = assumptions.clone();
    match key {
        ACCOUNT_PLAN => other.account_plan = AccountPlan::None,
        ACCOUNT_LIMIT => other.account_limit = None,
        ROLLBACK => {
            other.rollback = if assumptions.rollback.is_none() { Some(Ms(0)) } else { None };
        }
        _ => {
            let stage = key.strip_prefix(WHEN)?;
            return Some((Cow::Owned(with_other_condition(stage, plan)), other));
        }
    }
    Some((Cow::Borrowed(plan), other))
}

/// The plan with the other value for what is missing in the conditions of a stage.
fn with_other_condition(stage: &str, plan: &Plan) -> Plan {
    let mut plan = plan.clone();
    let stages = plan.pipeline.stages.iter_mut().filter(|it| it.identifier == stage);
    for condition in stages.flat_map(|stage| &mut stage.conditions) {
        if !condition.otherwise.is_empty() {
            condition.skips = std::mem::take(&mut condition.otherwise);
        }
    }
    plan
}

#[cfg(test)]
mod tests {
    use deployline_engine::{Schedule, schedule};

    use super::*;
    use crate::analyze;

    const TEXT: &str = "stage: {identifier: ship, type: Deployment, when: {pipelineStatus: All, \
        condition: <+trigger.type> == 'Webhook'}, spec: {services: {values: \
        [{serviceRef: a}], metadata: {parallel: <+input>}}, environment: {environmentRef: e, \
        infrastructureDefinitions: [{identifier: i}]}}}";

    fn listed(inputs: &Inputs, assumptions: &Assumptions) -> Vec<String> {
        let analysis = analyze(&[TEXT], inputs, assumptions);
        let all = list(&analysis.plan.pipeline, assumptions).into_iter();
        all.map(|it| format!("{}={}", it.key, it.value)).collect()
    }

    #[test]
    fn each_value_can_be_set_by_its_key_and_is_listed_then() {
        let (mut inputs, mut assumptions) = (Inputs::default(), Assumptions::default());
        let before = listed(&inputs, &assumptions);
        let expected = ["account-plan=enterprise", "parallel:ship/services=true", "when:ship=true"];
        assert_eq!(before, expected);
        let given = [
            "account-plan=free",
            "account-limit=3",
            "parallel:ship/services=false",
            "when:ship=false",
        ];
        for pair in given {
            let (key, value) = pair.split_once('=').expect("a pair");
            set(key, value, &mut inputs, &mut assumptions).expect("it can be set");
        }
        assert_eq!(listed(&inputs, &assumptions), given);
        let others = ["parallel:ship/services=false", "when:ship=false"];
        assert_eq!(pairs(&inputs, &assumptions), others);
        for pair in given {
            let (key, _) = pair.split_once('=').expect("a pair");
            take_back(key, &mut inputs, &mut assumptions);
        }
        assert_eq!((&inputs, &assumptions), (&Inputs::default(), &Assumptions::default()));
        for it in list(&analyze(&[TEXT], &inputs, &assumptions).plan.pipeline, &assumptions) {
            for choice in it.choices {
                set(&it.key, &choice.to_string(), &mut inputs, &mut assumptions)
                    .expect("each choice can be set");
            }
        }
    }

    #[test]
    fn a_condition_otherwise_moves_what_stands_behind_it() {
        const ALL: &str = "<+trigger.type> == 'Webhook'";
        // The first child is skipped in any case, the third runs in any.
        const EACH: &str =
            "<+strategy.iteration> != 0 && (<+strategy.iteration> == 2 || <+trigger.type> == 'a')";
        for (condition, chosen, expected) in [
            (ALL, true, "0s-1m 1m-2m 2m-3m, b 3m-4m; otherwise 0s-0s 0s-0s 0s-0s, b 0s-1m"),
            (ALL, false, "0s-0s 0s-0s 0s-0s, b 0s-1m; otherwise 0s-1m 1m-2m 2m-3m, b 3m-4m"),
            (EACH, true, "0s-0s 0s-1m 1m-2m, b 2m-3m; otherwise 0s-0s 0s-0s 0s-1m, b 1m-2m"),
            (EACH, false, "0s-0s 0s-0s 0s-1m, b 1m-2m; otherwise 0s-0s 0s-1m 1m-2m, b 2m-3m"),
        ] {
            let text = format!(
                "stages:\n  - stage: {{identifier: a, type: Custom, strategy: {{repeat: {{times: 3, \
                 maxConcurrency: 1}}}}, when: {{pipelineStatus: All, condition: \"{condition}\"}}}}\n  - \
                 stage: {{identifier: b, type: Custom}}\n"
            );
            let mut inputs = Inputs::default();
            inputs.conditions.insert("a".to_owned(), chosen);
            let assumptions = Assumptions::default();
            let analysis = analyze(&[&text], &inputs, &assumptions);
            let shown = |run: &Schedule| {
                let all = run.stages.iter().map(|stage| {
                    let runs = stage.runs.iter().map(|run| format!("{}-{}", run.start, run.end));
                    runs.collect::<Vec<_>>().join(" ")
                });
                all.collect::<Vec<_>>().join(", b ")
            };
            let (plan, other) =
                otherwise("when:a", &analysis.plan, &assumptions).expect("it may be otherwise");
            let there = schedule(&plan, &other);
            let found = format!("{}; otherwise {}", shown(&analysis.schedule), shown(&there));
            assert_eq!(found, expected, "{condition} {chosen}");
        }
    }

    #[test]
    fn what_can_not_be_set_says_what_can() {
        for (key, value, expected) in [
            ("plan", "free", "unknown key `plan`, expected one of account-plan, account-limit,"),
            ("account-plan", "gold", "`gold` is no account plan, expected one of free, team,"),
            ("account-limit", "0", "`0` is no limit, expected a whole number from 1, or none"),
            ("parallel:ship", "true", "`parallel:ship` names no list, expected parallel:STAGE/"),
            ("parallel:ship/targets", "yes", "`yes` is no flag, expected true or false"),
            ("when:ship", "maybe", "`maybe` is no flag, expected true or false"),
        ] {
            let error = set(key, value, &mut Inputs::default(), &mut Assumptions::default());
            let error = error.expect_err("it can't be set");
            assert!(error.starts_with(expected), "{error}");
        }
    }
}
