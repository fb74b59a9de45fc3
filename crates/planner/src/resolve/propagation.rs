//! `useFromStage`: a value that a stage takes from an earlier one.
//!
//! Follows `docs/semantics.md`, "Propagation".

use deployline_yaml::{Fix, Node, Rule};

use super::context::{Context, Reader};
use super::partial;
use super::refused;
use super::runtime_input;
use super::scalar::{self, expression};
use super::view::View;
use crate::{fix, rules};

/// In how many stages another one is looked for.
const MAX_STAGES: usize = 100;

/// A stage that may take a value from an earlier one.
#[derive(Clone, Copy)]
pub(super) struct Taker<'a> {
    /// Index of its entry in `stages`.
    pub(super) entry: u32,
    /// Its `deploymentType`, where the source has to have the same.
    pub(super) deployment_type: Option<&'a str>,
}

impl<'a> Taker<'a> {
    pub(super) fn new(entry: u32, spec: &View<'a>) -> Self {
        Self { entry, deployment_type: spec.str_of("deploymentType") }
    }
}

/// Keys that a value may be taken from, and the keys of the value itself that say the same.
pub(super) struct Takes {
    /// Keys of the source; the first that is there counts.
    pub(super) keys: &'static [&'static str],
    /// Keys beside `useFromStage` that the product refuses.
    pub(super) references: &'static [&'static str],
}

/// The value that counts, with its key.
pub(super) enum Value<'a> {
    /// What the stage has itself.
    Own,
    /// What is taken.
    Taken(&'static str, View<'a>),
    /// Nothing could be taken; says why.
    NotTaken,
}

/// Follows `useFromStage` of `own`. Keys beside it are put over what is taken.
pub(super) fn follow<'a>(
    own: &View<'a>,
    takes: &Takes,
    taker: Taker<'a>,
    reader: &mut Reader<'_, 'a>,
) -> Value<'a> {
    let Some(beside) = own.taker() else { return Value::Own };
    let Some(source) = beside.value("useFromStage") else { return Value::Own };
    if let Some(reference) = takes.references.iter().find(|key| is_settled(own, &beside, key)) {
        refused::report_reference(own, &beside, reference, reader);
        return Value::Own;
    }
    if let Some(text) = expression(&source) {
        scalar::report_runtime(source.span(), "The stage to take this from is", text, reader);
        return Value::NotTaken;
    }
    let stage = source.value("stage");
    let span = stage.as_ref().map_or_else(|| beside.key_span("useFromStage"), View::span);
    match look_up(source.str_of("stage"), takes.keys, taker, reader.cx) {
        Ok((key, view)) => {
            if let Some(stage) = &stage {
                partial::report_taken(stage.node(), key, reader);
            }
            Value::Taken(key, view.overridden_by(beside))
        }
        Err(mistake) => {
            let stage = stage.filter(|_| !matches!(mistake, Mistake::NoTemplate { .. }));
            let fix = stage.and_then(|it| another_stage(it.node(), takes.keys, taker, reader.cx));
            reader.report_with_fix(&mistake.rule(), span, mistake.message(), fix);
            match mistake {
                Mistake::OtherType { value: (key, view), .. } => {
                    Value::Taken(key, view.overridden_by(beside))
                }
                _ => Value::NotTaken,
            }
        }
    }
}

/// Returns `true` for a reference beside `useFromStage` that no input leaves open.
fn is_settled(own: &View<'_>, beside: &View<'_>, key: &str) -> bool {
    let is_open = |value: &View<'_>| value.as_str().is_some_and(runtime_input::is_input);
    let of = |view: &View<'_>| view.value(key).is_some_and(|value| !is_open(&value));
    of(own) || of(beside)
}

/// The stage to take the value from instead: the one spelt most like what is written, or the only one.
fn another_stage<'a>(
    written: Node<'_>,
    keys: &[&'static str],
    taker: Taker<'a>,
    cx: &Context<'a>,
) -> Option<Fix> {
    // Every reference may be a wrong one, and each looks at all stages.
    if cx.earlier_stages.len() > MAX_STAGES {
        return None;
    }
    let has_value = |name: &&str| look_up(Some(*name), keys, taker, cx).is_ok();
    let allowed: Vec<&str> = cx.earlier_stages.keys().copied().filter(has_value).collect();
    let only = || match allowed[..] {
        [only] => fix::text(written, only),
        _ => None,
    };
    fix::spelling(written, &mut allowed.iter().copied()).or_else(only)
}

/// Reason why a value can't be taken from the named stage.
enum Mistake<'n, 'a> {
    NoName,
    UnknownStage(&'n str),
    SameGroup(&'n str),
    LaterStage(&'n str),
    NoDependency(&'n str),
    NoDeployment {
        stage: &'n str,
        stage_type: &'a str,
    },
    NoValue {
        stage: &'n str,
        key: &'static str,
    },
    NoTemplate {
        stage: &'n str,
        key: &'static str,
    },
    Several {
        stage: &'n str,
        key: &'static str,
    },
    Chain {
        stage: &'n str,
        key: &'static str,
    },
    /// The value is taken all the same.
    OtherType {
        stage: &'n str,
        types: [&'a str; 2],
        value: (&'static str, View<'a>),
    },
}

fn look_up<'a, 'n>(
    stage: Option<&'n str>,
    keys: &[&'static str],
    taker: Taker<'a>,
    cx: &Context<'a>,
) -> Result<(&'static str, View<'a>), Mistake<'n, 'a>> {
    let stage = stage.ok_or(Mistake::NoName)?;
    let source = cx.earlier_stages.get(stage).ok_or(Mistake::UnknownStage(stage))?;
    match &cx.graph {
        Some(graph) if !graph.has_ancestor(taker.entry, source.entry) => {
            return Err(Mistake::NoDependency(stage));
        }
        None if source.entry == taker.entry => return Err(Mistake::SameGroup(stage)),
        None if source.entry > taker.entry => return Err(Mistake::LaterStage(stage)),
        _ => {}
    }
    if let Some(stage_type) = source.other_type {
        return Err(Mistake::NoDeployment { stage, stage_type });
    }
    if source.lacks_template {
        return Err(Mistake::NoTemplate { stage, key: keys[0] });
    }
    let no_value = || Mistake::NoValue { stage, key: keys[0] };
    let spec = source.spec.as_ref().ok_or_else(no_value)?;
    if keys[0] == "environment"
        && let Some(key) = SEVERAL.into_iter().find(|key| spec.value(key).is_some())
    {
        return Err(Mistake::Several { stage, key });
    }
    let value = keys.iter().find_map(|key| Some((*key, spec.value(key)?)));
    let (key, view) = value.ok_or_else(no_value)?;
    if view.use_from_stage().is_some() {
        return Err(Mistake::Chain { stage, key });
    }
    match (taker.deployment_type, spec.str_of("deploymentType")) {
        (Some(own), Some(of_source))
            if own != of_source
                && ![own, of_source].into_iter().any(crate::expression::is_expression) =>
        {
            Err(Mistake::OtherType { stage, types: [of_source, own], value: (key, view) })
        }
        _ => Ok((key, view)),
    }
}

/// Keys of several environments, which no other stage can take.
const SEVERAL: [&str; 2] = ["environments", "environmentGroup"];

impl Mistake<'_, '_> {
    fn rule(&self) -> Rule {
        match self {
            Self::NoName | Self::UnknownStage(_) => rules::PROPAGATION_UNKNOWN_STAGE,
            Self::SameGroup(_) => rules::PROPAGATION_SAME_GROUP,
            Self::LaterStage(_) | Self::NoDependency(_) => rules::PROPAGATION_LATER_STAGE,
            Self::NoDeployment { .. } | Self::NoValue { .. } => rules::PROPAGATION_NO_VALUE,
            Self::NoTemplate { .. } => rules::STAGE_TEMPLATE,
            Self::Several { .. } => rules::PROPAGATION_SEVERAL_ENVIRONMENTS,
            Self::Chain { .. } => rules::PROPAGATION_CHAIN,
            Self::OtherType { .. } => rules::PROPAGATION_OTHER_TYPE,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::NoName => {
                "Expected `useFromStage:` with `stage:` and the identifier of an earlier stage."
                    .to_owned()
            }
            Self::UnknownStage(stage) => format!(
                "There is no stage `{stage}`. Name an earlier deployment stage of this pipeline by \
                 its `identifier`."
            ),
            Self::SameGroup(stage) => format!(
                "The stage `{stage}` runs at the same time as this stage, or is this stage. Take the \
                 value from a stage that has ended before."
            ),
            Self::LaterStage(stage) => {
                format!(
                    "The stage `{stage}` runs later. Take the value from a stage that has ended before."
                )
            }
            Self::NoDependency(stage) => format!(
                "This stage does not depend on `{stage}`, so `{stage}` may not have ended when this one starts. Add \
                 `{stage}` to its `dependsOn`, or name a stage that it depends on."
            ),
            Self::NoDeployment { stage, stage_type } => format!(
                "`{stage}` is {article} {stage_type} stage and can't be propagated from. Name a \
                 Deployment stage, or write the value here.",
                article = if stage_type.starts_with(['A', 'I']) { "an" } else { "a" }
            ),
            Self::NoValue { stage, key } => {
                format!(
                    "The stage `{stage}` has no `{key}` to take. Name a stage that has `{key}`."
                )
            }
            Self::NoTemplate { stage, key } => format!(
                "The stage `{stage}` comes from a template that the text does not contain, so its `{key}` \
                 is not known. A placeholder stands for it. Add the template as a document `template:`."
            ),
            Self::Several { stage, key } => format!(
                "The stage `{stage}` has `{key}`, and the product lets one `environment` alone be \
                 taken. Write the environments here."
            ),
            Self::Chain { stage, key } => format!(
                "The stage `{stage}` takes its `{key}` from another stage, and the product allows one \
                 step only. Name the stage that has the value."
            ),
            Self::OtherType { stage, types: [of_source, own], .. } => format!(
                "The stage `{stage}` has `deploymentType: {of_source}` and this one `{own}`: the \
                 product lets a value be taken only between stages of one `deploymentType`. Write the \
                 value here, or name another stage."
            ),
        }
    }
}
