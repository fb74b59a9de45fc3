//! The value of a condition: for a stage as a whole, or for each of its runs where it is about these.

use deployline_engine::{
    Child, DEPLOYMENT_BUDGET, Deploy, Looping, Reference, Schema, Stage, StagePlan, Value, Work,
};

use super::table::Verdict;
use super::written::Written;
use crate::expression::{Missing, Why};
use crate::resolve::context::Reader;
use crate::resolve::values::{Asked, Notes, Supposed};
use crate::resolve::variables::Variables;

/// A condition that is evaluated several times, and what is found on the way.
pub(super) struct Evaluation<'e> {
    stage: &'e Stage,
    written: Written<'e>,
    is_of_loop: bool,
    schema: Schema,
    pub(super) asked: Asked,
    pub(super) notes: Notes,
}

impl<'e> Evaluation<'e> {
    pub(super) fn new(
        stage: &'e Stage,
        written: Written<'e>,
        (is_of_loop, schema): (bool, Schema),
    ) -> Self {
        let (asked, notes) = (Asked::default(), Notes::default());
        Self { stage, written, is_of_loop, schema, asked, notes }
    }

    fn of_run(
        &mut self,
        variables: Variables<'_>,
        text: &str,
        supposed: &Supposed,
        reader: &mut Reader<'_, '_>,
    ) -> Verdict {
        // A long condition of many runs could take the product of both.
        if !reader.cx.values.take_work(text.len()) {
            return Err(Missing::of_text(text, Why::TooLong));
        }
        let mut reader = Reader::of_child(reader.cx, variables);
        let (verdict, asked) = reader.condition(text, supposed, &mut self.notes);
        self.asked.merge(asked);
        verdict
    }
}

/// The value of a condition in a run with these outcomes: one for the whole stage, or one for each of its runs.
pub(super) fn verdicts(
    evaluation: &mut Evaluation<'_>,
    supposed: &Supposed,
    reader: &mut Reader<'_, '_>,
) -> Vec<Verdict> {
    let text = match evaluation.written.settled() {
        Ok(text) => text,
        Err(missing) => return vec![Err(missing)],
    };
    // Many stages may share one long condition, and each combination of outcomes reads it again.
    if !reader.cx.values.take_work(text.len()) {
        return vec![Err(Missing::of_text(evaluation.written.text, Why::TooLong))];
    }
    let mut notes = Notes::default();
    let (verdict, asked) = reader.condition(text, supposed, &mut notes);
    match &asked.of_child {
        None => {
            evaluation.notes = notes;
            evaluation.asked.merge(asked);
            return vec![verdict];
        }
        // Before the loop there are no children yet.
        Some(part) if evaluation.is_of_loop => {
            return vec![Err(Missing::of_text(part, Why::TooEarly))];
        }
        Some(_) => {}
    }
    let stage = evaluation.stage;
    match (&stage.looping, &stage.work) {
        (Some(looping), _) => of_children(looping, (text, supposed), evaluation, reader),
        (None, Work::Deploy(deploy)) if is_multi_deployment(deploy) => {
            of_pairs(deploy, (text, supposed), evaluation, reader)
        }
        (None, _) => {
            evaluation.notes = notes;
            evaluation.asked.merge(asked);
            vec![verdict]
        }
    }
}

fn of_children(
    looping: &Looping,
    (text, supposed): (&str, &Supposed),
    evaluation: &mut Evaluation<'_>,
    reader: &mut Reader<'_, '_>,
) -> Vec<Verdict> {
    let count = looping.children.len();
    let of_child = |(index, child): (usize, &Child)| {
        let values = looping.values.of(child.position);
        let post_fix = looping.values.post_fix(child.position, index);
        let variables = match child.is_placeholder {
            // Number and order of the children are not known.
            true => Variables::of_unknown(&values),
            false => Variables::of_child(&values, (index, count)).with_post_fix(Some(&post_fix)),
        };
        evaluation.of_run(variables, text, supposed, reader)
    };
    looping.children.iter().enumerate().map(of_child).collect()
}

/// Evaluates a condition for each service on each target, in that order.
fn of_pairs(
    deploy: &Deploy,
    (text, supposed): (&str, &Supposed),
    evaluation: &mut Evaluation<'_>,
    reader: &mut Reader<'_, '_>,
) -> Vec<Verdict> {
    let stage = evaluation.stage;
    let count = stage.deployment_count();
    if count > DEPLOYMENT_BUDGET {
        return vec![Err(Missing::of_text(text, Why::TooLong))];
    }
    let deployments = StagePlan::new(stage, evaluation.schema).deployments;
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
        let variables = Variables::of_child(&values, (index, count));
        verdicts[place] = evaluation.of_run(variables, text, supposed, reader);
    }
    verdicts
}

/// Returns `true` for a stage that lists services or environments.
pub(super) fn is_multi_deployment(deploy: &Deploy) -> bool {
    deploy.services.parallel.is_some() || deploy.targets.parallel.is_some()
}
