//! What a fence says behind its name: `durations="S1=3m S2=1m" fail="deploy:1" account-limit=2`.

use deployline_engine::{AccountPlan, Assumptions, DurationKey, Failure, Ms};
use deployline_planner::{Inputs, assumed};

/// What a case assumes, and how it is shown.
#[derive(Default)]
pub(crate) struct Options {
    pub(crate) assumptions: Assumptions,
    pub(crate) inputs: Inputs,
    /// Lines end as on other systems.
    pub(crate) crlf: bool,
    /// The slots over time are drawn, one column for each of these.
    pub(crate) column: Option<Ms>,
    /// Items of sequential lists wait for each other, as many believe.
    pub(crate) waves: bool,
    /// What starts early, and the chain that decides the end, are written too.
    pub(crate) explain: bool,
    /// A missing failure strategy is written too.
    pub(crate) strategies: bool,
    /// Each deployment is followed by its steps.
    pub(crate) steps: bool,
    /// Of a longer stage only the first and the last deployments are written.
    pub(crate) is_brief: bool,
}

impl Options {
    /// # Panics
    /// When an option is unknown or its value unreadable: a spec that means nothing tests nothing.
    pub(crate) fn from_info(info: &str) -> Self {
        let mut options = Self::default();
        for (name, value) in pairs(info) {
            match name {
                "duration" => options.assumptions.duration = duration(value),
                "durations" => options.assumptions.durations = durations(value),
                "account-limit" => {
                    options.assumptions.account_limit = Some(value.parse().expect("a number"));
                }
                "account-plan" => {
                    let plan = AccountPlan::from_word(value);
                    options.assumptions.account_plan = plan.expect("a plan");
                }
                "input-sets" => {
                    let chosen = value.split_whitespace().map(str::to_owned);
                    options.inputs.input_sets = Some(chosen.collect());
                }
                "fail" => options.assumptions.failures = failures(value),
                "rollback" => options.assumptions.rollback = Some(duration(value)),
                "assume" => {
                    for pair in value.split_whitespace() {
                        let (key, value) = pair.rsplit_once('=').expect("KEY=VALUE");
                        assumed::set(key, value, &mut options.inputs, &mut options.assumptions)
                            .expect("an assumption");
                    }
                }
                "dag" => options.inputs.dag = Some(value.parse().expect("true or false")),
                "run-stages" => options.inputs.partial.chosen = Some(stages(value)),
                "rerun-from" => options.inputs.partial.rerun_from = stages(value),
                "needs-as-dag" => options.inputs.needs_as_dag = true,
                "column" => options.column = Some(duration(value)),
                "crlf" => options.crlf = true,
                "uneven" => options.assumptions.uneven = Some(value.parse().expect("a number")),
                "waves" => options.waves = true,
                "explain" => options.explain = true,
                "strategies" => options.strategies = true,
                "steps" => options.steps = true,
                _ => panic!("unknown option `{name}`"),
            }
        }
        options
    }
}

/// `name`, `name=value` or `name="a value"`, separated by blanks.
fn pairs(info: &str) -> Vec<(&str, &str)> {
    let mut pairs = Vec::new();
    let mut rest = info.trim();
    while !rest.is_empty() {
        let end = rest.find(['=', ' ']).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let (value, after) = match after.strip_prefix("=\"") {
            Some(quoted) => quoted.split_once('"').expect("the quote is closed"),
            None => after.split_at(after.find(' ').unwrap_or(after.len())),
        };
        pairs.push((name, value.trim_start_matches('=')));
        rest = after.trim_start();
    }
    pairs
}

fn durations(text: &str) -> deployline_map::Map<DurationKey, Ms> {
    let each = text.split_whitespace().map(|pair| pair.split_once('=').expect("KEY=DURATION"));
    each.map(|(key, value)| (DurationKey::from_text(key), duration(value))).collect()
}

/// Identifiers of stages, separated by blanks.
fn stages(text: &str) -> deployline_map::Set<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// `STAGE:INDEX` with settings, separated by blanks.
fn failures(text: &str) -> deployline_map::Map<(String, u32), Failure> {
    let each = text.split_whitespace();
    each.map(|one| Failure::from_text(one).expect("STAGE:INDEX")).collect()
}

fn duration(text: &str) -> Ms {
    text.parse().expect("a duration")
}
