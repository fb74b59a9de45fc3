//! Keys of assumptions, and the words that some have for values.
//!
//! In the newer schema a stage or step without an identifier has its name, which may hold what parts keys and lists: that
//! stands as in addresses, `a/b` as `a%2Fb`.

use std::borrow::Cow;

use deployline_engine::AxisName;

/// Key of the account's plan.
pub const ACCOUNT_PLAN: &str = "account-plan";
/// Key of a number of your own, instead of the plan's.
pub const ACCOUNT_LIMIT: &str = "account-limit";
/// Begins the keys of flags that are expressions.
pub(super) const PARALLEL: &str = "parallel:";
/// Begins the keys of conditions that the text leaves open.
pub(super) const WHEN: &str = "when:";

/// Key of the mode in which stages wait for those that they name.
pub const DAG: &str = "dag";
/// Key of the same in the newer schema, where stages have `needs`.
pub const NEEDS_AS_DAG: &str = "needs-as-dag";
/// Key of the flag of lists of the newer schema that have none.
pub const V1_DEFAULT: &str = "v1-default";
/// Values of that: by the published schema, and by the documentation.
pub(super) const V1_DEFAULTS: [&str; 2] = ["sequential", "parallel"];
/// Key of the stages that are chosen for the run.
pub const RUN_STAGES: &str = "run-stages";
/// Key of the stages from which a run before is repeated.
pub const RERUN_FROM: &str = "rerun-from";
/// Key of the length of rollbacks.
pub const ROLLBACK: &str = "rollback";
/// Begins the keys of waits inside deployments.
pub(super) const WAIT: &str = "wait:";
/// Begins the keys of durations of steps.
pub(super) const STEP: &str = "step:";
/// Key of barriers at which, of the children of a stage, only as many count as run at once.
pub const BARRIER_IN_LOOPS: &str = "barrier-in-loops";
/// Value of a rollback that takes half as long as the work.
pub(super) const HALF: &str = "half";

pub(super) const AXES: [(AxisName, &str); 2] =
    [(AxisName::Services, "services"), (AxisName::Targets, "targets")];

/// Key of the flag of a stage's axis.
pub(crate) fn flag_key(stage: &str, axis: AxisName) -> String {
    let name = match axis {
        AxisName::Services => "services",
        AxisName::Targets => "targets",
    };
    format!("{PARALLEL}{}/{name}", word_of(stage))
}

/// Key of the wait of a step, or without one of the wait until a person starts the stage.
pub(crate) fn wait_key(stage: &str, step: &str) -> String {
    let stage = word_of(stage);
    if step.is_empty() {
        format!("{WAIT}{stage}")
    } else {
        format!("{WAIT}{stage}/{}", word_of(step))
    }
}

/// Key of the duration of a step.
pub fn step_key(stage: &str, step: &str) -> String {
    format!("{STEP}{}/{}", word_of(stage), word_of(step))
}

/// The stage and the step of [`wait_key`]: the step is empty where the key has none.
pub(super) fn wait_place(place: &str) -> (String, String) {
    let (stage, step) = place.split_once('/').unwrap_or((place, ""));
    (name_of(stage), name_of(step))
}

/// Key of a stage's condition.
pub(crate) fn condition_key(stage: &str) -> String {
    format!("{WHEN}{}", word_of(stage))
}

/// Characters that stand otherwise in keys and lists.
const PARTING: [char; 5] = ['%', '/', ',', '=', ' '];

/// A name as it stands in a key or a list.
pub fn word_of(name: &str) -> Cow<'_, str> {
    if !name.contains(PARTING) {
        return Cow::Borrowed(name);
    }
    let written = |c: char| match PARTING.contains(&c) {
        true => format!("%{:02X}", c as u32),
        false => c.to_string(),
    };
    Cow::Owned(name.chars().map(written).collect())
}

/// The name that stands so in a key or a list.
pub fn name_of(word: &str) -> String {
    let mut parts = word.split('%');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| {
        let code = part.get(..2).and_then(|code| u8::from_str_radix(code, 16).ok());
        match code.map(char::from).filter(|c| PARTING.contains(c)) {
            Some(c) => format!("{all}{c}{}", &part[2..]),
            None => format!("{all}%{part}"),
        }
    })
}

/// A key as all others are written, however its names are.
///
/// ```
/// use deployline_planner::assumed::canonical;
/// assert_eq!(canonical("wait:deploy/Smoke test"), "wait:deploy/Smoke%20test");
/// assert_eq!(canonical("wait:a%2fb/c"), "wait:a%2Fb/c");
/// assert_eq!(canonical("account-plan"), "account-plan");
/// ```
pub fn canonical(key: &str) -> String {
    for prefix in [PARALLEL, WHEN, WAIT, STEP] {
        let Some(place) = key.strip_prefix(prefix) else { continue };
        let (stage, behind) = match prefix {
            PARALLEL => place.rsplit_once('/').unwrap_or((place, "")),
            WHEN => (place, ""),
            _ => place.split_once('/').unwrap_or((place, "")),
        };
        let (stage, behind) = (name_of(stage), name_of(behind));
        let slash = if behind.is_empty() { "" } else { "/" };
        return format!("{prefix}{}{slash}{}", word_of(&stage), word_of(&behind));
    }
    key.to_owned()
}

/// The stage and the step of [`step_key`]; `None` for another key.
pub fn step_place(key: &str) -> Option<(String, String)> {
    key.strip_prefix(STEP).filter(|place| place.contains('/')).map(wait_place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_were_written() {
        for text in ["deploy", "a/b", "50 %", "%2F", "a,b=c", "é/ü", "%", "%zz", "%41"] {
            assert_eq!(name_of(&word_of(text)), text);
            assert_eq!(
                wait_place(wait_key(text, text).strip_prefix(WAIT).unwrap()),
                (text.into(), text.into())
            );
        }
        // Written by hand.
        assert_eq!(name_of("100%"), "100%");
        assert_eq!(name_of("a b"), "a b");
    }
}
