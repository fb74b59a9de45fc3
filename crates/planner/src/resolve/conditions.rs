//! `when`: the condition of a stage, asked for each of its runs, and that of its loop, asked once before.
//!
//! Follows `docs/semantics.md`, "Conditions".

use deployline_engine::{
    Condition, DEPLOYMENT_BUDGET, Deploy, Looping, Reference, Schema, Skips, Stage, StagePlan,
    Value, Work,
};
use deployline_span::Span;
use deployline_yaml::NodeKind;

use super::context::Reader;
use super::runtime_input;
use super::values::Notes;
use super::variables::Variables;
use super::view::View;
use crate::expression::{Missing, Why, is_expression};
use crate::rules;

/// The longest condition that is kept with a stage, in characters.
const MAX_KEPT: usize = 200;

/// The places where a stage may have conditions.
pub(super) struct ConditionPlaces<'a> {
    /// `when` of the stage.
    pub(super) when: Option<View<'a>>,
    /// `strategy`, which may have a condition of its own.
    pub(super) strategy: Option<View<'a>>,
    /// `multiDeploymentConfig`, which may have one too.
    pub(super) multi_deployment: Option<View<'a>>,
}

/// Reads the conditions of a stage whose work has been read.
pub(super) fn read<'a>(
    stage: &mut Stage,
    places: &ConditionPlaces<'a>,
    schema: Schema,
    reader: &mut Reader<'_, 'a>,
) {
    if let Some(span) = reader.cx.no_items.take() {
        let text = "there are items to repeat for".to_owned();
        let (is_of_loop, skips) = (true, Skips::All);
        stage.conditions.push(Condition {
            text,
            span,
            is_of_loop,
            skips,
            missing: None,
            assumed: true,
            otherwise: None,
        });
    }
    let holder = match (&stage.looping, &stage.work) {
        (Some(_), _) => places.strategy.as_ref(),
        (None, Work::Deploy(deploy)) if is_multi_deployment(deploy) => {
            places.multi_deployment.as_ref()
        }
        (None, _) => None,
    };
    let of_loop = holder.and_then(|holder| holder.value("when"));
    if let Some(text) = of_loop.as_ref().and_then(Written::of) {
        let condition = once(stage, text, true, reader);
        stage.conditions.extend(condition);
    }
    let own = places.when.as_ref().and_then(|when| when.value("condition"));
    if let Some(text) = own.as_ref().and_then(Written::of) {
        let condition = of_stage(stage, text, schema, reader);
        stage.conditions.extend(condition);
    }
}

/// Reports a `when` of a stage without a status, which the product refuses.
pub(super) fn check_status(stage: &View<'_>, body: &View<'_>, reader: &mut Reader<'_, '_>) {
    let holder = if stage.value("when").is_some() { stage } else { body };
    let Some(when) = holder.value("when") else { return };
    let is_open = when.as_str().is_some_and(is_expression);
    if when.kind() != NodeKind::Mapping && !is_open {
        let message = "Expected `pipelineStatus:` and maybe `condition:` below `when`. The stage is drawn as \
                       without it.";
        reader.report(&rules::PIPELINE_STATUS_MISSING, when.span(), message);
    }
    if when.kind() == NodeKind::Mapping && when.value("pipelineStatus").is_none() {
        reader.report(
            &rules::PIPELINE_STATUS_MISSING,
            holder.key_span("when"),
            "The product refuses `when` without `pipelineStatus`. Add `pipelineStatus: Success` (or \
             `Failure`, `All`). It is drawn as `Success`.",
        );
    }
}

/// A condition as it is written.
#[derive(Clone, Copy)]
struct Written<'t> {
    text: &'t str,
    span: Span,
}

impl<'t> Written<'t> {
    /// `None` where nothing is written.
    fn of(view: &'t View<'_>) -> Option<Self> {
        let text = view.as_str().filter(|text| !text.trim().is_empty())?;
        Some(Self { text, span: view.span() })
    }

    /// The condition; of a runtime input, its default.
    fn settled(self) -> Result<&'t str, Missing> {
        match runtime_input::parse(self.text) {
            None => Ok(self.text),
            Some(input) => input.default.ok_or_else(|| Missing::of_text(self.text, Why::Input)),
        }
    }
}

/// What one evaluation says of a run.
type Verdict = Result<bool, Missing>;

/// Evaluates a condition for a stage as a whole; `None` where it is about each child, and a loop has some.
fn once(
    stage: &Stage,
    written: Written<'_>,
    is_of_loop: bool,
    reader: &mut Reader<'_, '_>,
) -> Option<Condition> {
    let mut notes = Notes::default();
    let (verdict, depends_on_child) = match written.settled() {
        Ok(text) => reader.condition(text, &mut notes),
        Err(missing) => (Err(missing), false),
    };
    let verdict = match (depends_on_child, is_of_loop) {
        (true, false) => return None,
        // Before the loop there are no children yet.
        (true, true) => Err(Missing::of_text(written.text, Why::TooEarly)),
        (false, _) => {
            report_notes(written, &notes, reader);
            verdict
        }
    };
    let (verdict, missing) = decided(verdict, stage, reader);
    report_missing(written, missing.as_ref(), (stage, verdict), reader);
    let skips = |runs: bool| if runs { Skips::None } else { Skips::All };
    let open =
        missing.map(|missing| Open { missing, assumed: verdict, otherwise: skips(!verdict) });
    Some(condition(written, is_of_loop, skips(verdict), open))
}

/// Evaluates the condition of a stage: as a whole, or for each of its runs where it is about these.
fn of_stage(
    stage: &Stage,
    written: Written<'_>,
    schema: Schema,
    reader: &mut Reader<'_, '_>,
) -> Option<Condition> {
    if let Some(condition) = once(stage, written, false, reader) {
        return Some(condition);
    }
    let mut notes = Notes::default();
    let text = written.settled().unwrap_or(written.text);
    let verdicts = match (&stage.looping, &stage.work) {
        (Some(looping), _) => of_children(looping, text, &mut notes, reader),
        (None, Work::Deploy(deploy)) if is_multi_deployment(deploy) => {
            of_pairs(stage, deploy, (text, schema), &mut notes, reader)
        }
        (None, _) => vec![reader.condition(text, &mut notes).0],
    };
    report_notes(written, &notes, reader);
    let mut first_missing = None;
    let mut skipped = Vec::with_capacity(verdicts.len());
    let mut otherwise = Vec::with_capacity(verdicts.len());
    let mut drawn = true;
    for verdict in verdicts {
        let (runs, missing) = decided(verdict, stage, reader);
        otherwise.push(if missing.is_some() { runs } else { !runs });
        if missing.is_some() && first_missing.is_none() {
            (first_missing, drawn) = (missing, runs);
        }
        skipped.push(!runs);
    }
    report_missing(written, first_missing.as_ref(), (stage, drawn), reader);
    let otherwise = skips_of(otherwise);
    let open = first_missing.map(|missing| Open { missing, assumed: drawn, otherwise });
    Some(condition(written, false, skips_of(skipped), open))
}

fn skips_of(skipped: Vec<bool>) -> Skips {
    match (skipped.contains(&true), skipped.contains(&false)) {
        (false, _) => Skips::None,
        (true, false) => Skips::All,
        (true, true) => Skips::Some(skipped),
    }
}

fn of_children(
    looping: &Looping,
    text: &str,
    notes: &mut Notes,
    reader: &mut Reader<'_, '_>,
) -> Vec<Verdict> {
    let count = looping.children.len();
    let of_child = |(index, child): (usize, &deployline_engine::Child)| {
        let values = looping.values.of(child.position);
        let variables = match child.is_placeholder {
            // How many there are is not known, nor which is which.
            true => Variables::of_unknown(&values),
            false => Variables::of_child(&values, (index, count)),
        };
        of_run(variables, text, notes, reader)
    };
    looping.children.iter().enumerate().map(of_child).collect()
}

fn is_multi_deployment(deploy: &Deploy) -> bool {
    deploy.services.parallel.is_some() || deploy.targets.parallel.is_some()
}

/// Evaluates a condition for each service on each target, in that order.
fn of_pairs(
    stage: &Stage,
    deploy: &Deploy,
    (text, schema): (&str, Schema),
    notes: &mut Notes,
    reader: &mut Reader<'_, '_>,
) -> Vec<Verdict> {
    let count = stage.deployment_count();
    if count > DEPLOYMENT_BUDGET {
        return vec![Err(Missing::of_text(text, Why::TooLong))];
    }
    let deployments = StagePlan::new(stage, schema).deployments;
    let mut verdicts = vec![Ok(true); count];
    for (index, deployment) in deployments.iter().enumerate() {
        let (Some(service), Some(target)) = (deployment.service, deployment.target) else {
            continue;
        };
        let (service, target) = (service as usize, target as usize);
        let to = &deploy.targets.items[target];
        let name = |name: Option<&Reference>, or_else: &str| match name {
            Some(name) if name.is_known => Value::Text(name.text.clone()),
            _ => Value::Text(or_else.to_owned()),
        };
        let service_name = Some(&deploy.services.items[service].name);
        let values = [
            ("serviceRef", name(service_name, "<+service.identifier>")),
            ("environmentRef", name(to.environment.as_ref(), "<+env.identifier>")),
            ("identifier", name(to.infrastructure.as_ref(), "<+infra.infraIdentifier>")),
        ];
        let place = match deploy.listed {
            Some(_) => index,
            None => service * deploy.targets.items.len() + target,
        };
        verdicts[place] = of_run(Variables::of_child(&values, (index, count)), text, notes, reader);
    }
    verdicts
}

fn of_run(
    variables: Variables<'_>,
    text: &str,
    notes: &mut Notes,
    reader: &mut Reader<'_, '_>,
) -> Verdict {
    // A long condition of many runs could take the product of both.
    if !reader.cx.values.take_work(text.len()) {
        return Err(Missing::of_text(text, Why::TooLong));
    }
    Reader::of_child(reader.cx, variables).condition(text, notes).0
}

/// A verdict with the viewer's choice for what is missing; without one, it counts as true.
fn decided(verdict: Verdict, stage: &Stage, reader: &Reader<'_, '_>) -> (bool, Option<Missing>) {
    match verdict {
        Ok(runs) => (runs, None),
        Err(missing) => {
            let chosen = reader.cx.inputs.conditions.get(&stage.identifier);
            (chosen.copied().unwrap_or(true), Some(missing))
        }
    }
}

/// Assumption about a condition that is not decided.
struct Open {
    missing: Missing,
    assumed: bool,
    /// The runs that it skips with the other value.
    otherwise: Skips,
}

fn condition(
    written: Written<'_>,
    is_of_loop: bool,
    skips: Skips,
    open: Option<Open>,
) -> Condition {
    let text = match written.text.char_indices().nth(MAX_KEPT) {
        Some((end, _)) => format!("{}…", &written.text[..end]),
        None => written.text.to_owned(),
    };
    let (missing, assumed, otherwise) = match open {
        Some(open) => (Some(open.missing.part), open.assumed, Some(open.otherwise)),
        None => (None, true, None),
    };
    Condition { text, span: written.span, is_of_loop, skips, missing, assumed, otherwise }
}

fn report_missing(
    written: Written<'_>,
    missing: Option<&Missing>,
    (stage, drawn): (&Stage, bool),
    reader: &mut Reader<'_, '_>,
) {
    let Some(missing) = missing else { return };
    let is_chosen = reader.cx.inputs.conditions.contains_key(&stage.identifier);
    let (by, value) =
        (if is_chosen { ", as chosen" } else { "" }, if drawn { "true" } else { "false" });
    let message = if missing.part == written.text.trim() && missing.why == Why::Input {
        format!(
            "Whether this stage runs is a runtime input without a value. The product takes it for \
             false where nobody gives one; it is drawn as {value}{by}. An input set (`inputSet:`) in the \
             same text can fill it in."
        )
    } else {
        let advice = match missing.why {
            Why::Input => " An input set (`inputSet:`) in the same text can fill it in.",
            _ => "",
        };
        format!(
            "Whether this stage runs depends on `{}`, {}. The condition is drawn as {value}{by}.{advice}",
            missing.part,
            missing.reason()
        )
    };
    reader.report(&rules::WHEN_CONDITION, written.span, message);
}

fn report_notes(written: Written<'_>, notes: &Notes, reader: &mut Reader<'_, '_>) {
    if let Some(missing) = &notes.no_such_name {
        let message = format!(
            "The condition names `{}`, {}. In the product it is `null`, and a comparison with it is \
             false.",
            missing.part,
            missing.reason()
        );
        reader.report(&rules::UNKNOWN_VARIABLE, written.span, message);
    }
    if let Some(text) = &notes.compared_with_flag {
        let message = format!(
            "The text `{text}` is compared with `true` or `false`: the product takes any text but \
             `false` for true there. Compare it with a text in quotes, such as `\"true\"`."
        );
        reader.report(&rules::TEXT_COMPARED_WITH_FLAG, written.span, message);
    }
}
