//! Deployments that a line of the text makes.

use deployline_engine::{Deployment, Pipeline, Stage, Work};
use deployline_span::Span;

/// Some or all deployments of one stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageDeployments {
    /// Index of the stage.
    pub stage: usize,
    /// Indexes of its services; `None` for all.
    pub services: Option<Vec<u32>>,
    /// Indexes of its targets; `None` for all.
    pub targets: Option<Vec<u32>>,
}

impl StageDeployments {
    /// True where a deployment of the stage is one of these.
    pub fn holds(&self, deployment: &Deployment) -> bool {
        let is_in = |of: &Option<Vec<u32>>, index: Option<u32>| {
            of.as_ref().is_none_or(|list| index.is_some_and(|i| list.binary_search(&i).is_ok()))
        };
        is_in(&self.services, deployment.service) && is_in(&self.targets, deployment.target)
    }
}

/// Returns the deployments that the line around byte `offset` of the main text makes: those of services and
/// targets that are written there, in each stage that takes them from there; else the stage around it. `pipeline` is
/// what `text` holds. Costs a look at each service and target.
pub fn deployments_at(text: &str, pipeline: &Pipeline, offset: usize) -> Vec<StageDeployments> {
    let Some(line) = line_around(text, offset) else { return Vec::new() };
    let environment = environment_of(text.get(line).unwrap_or_default());
    let stages = pipeline.stages.iter().enumerate();
    let mut found: Vec<StageDeployments> = stages
        .clone()
        .filter_map(|(index, stage)| on_line(text, (index, stage), offset, environment))
        .collect();
    if found.is_empty() {
        let whole = |stage| StageDeployments { stage, services: None, targets: None };
        let around = stages.filter(|(_, stage)| is_around(text, stage.span, offset));
        found.extend(around.map(|(index, _)| whole(index)));
    }
    found
}

fn on_line(
    text: &str,
    (index, stage): (usize, &Stage),
    offset: usize,
    environment: Option<&str>,
) -> Option<StageDeployments> {
    let Work::Deploy(deploy) = &stage.work else { return None };
    let is_here = |span: Span| is_on(text, span, offset) && span != stage.span;
    let services = indexes(deploy.services.items.iter().map(|service| is_here(service.span)));
    // The environment's own line stands for all of its infrastructures.
    let is_of_environment = |of: Option<&str>| {
        environment.is_some() && environment == of && is_around(text, stage.span, offset)
    };
    let targets = indexes(deploy.targets.items.iter().map(|target| {
        let name = target.environment.as_ref().map(|name| name.text.as_str());
        is_here(target.span) || is_of_environment(name)
    }));
    (services.is_some() || targets.is_some()).then_some(StageDeployments {
        stage: index,
        services,
        targets,
    })
}

fn indexes(are_here: impl Iterator<Item = bool>) -> Option<Vec<u32>> {
    let found: Vec<u32> =
        (0..).zip(are_here).filter(|(_, is_here)| *is_here).map(|(i, _)| i).collect();
    (!found.is_empty()).then_some(found)
}

/// True where a place holds the offset, the dash or key before it on its first line included.
fn is_on(text: &str, span: Span, offset: usize) -> bool {
    let range = span.range();
    if span.source.0 != 0 || offset > range.end {
        return false;
    }
    // In brackets several stand on one line: there the place itself counts.
    let before = text.get(offset..range.start).unwrap_or_default();
    range.start <= offset || (before.len() < 80 && before.trim_matches([' ', '-']).is_empty())
}

/// True where a stage holds the offset: from the line of its `stage:` on.
fn is_around(text: &str, span: Span, offset: usize) -> bool {
    let range = span.range();
    if span.source.0 != 0 || offset > range.end {
        return false;
    }
    if range.start <= offset {
        return true;
    }
    // `- stage:` and a line break at the most are before its first key.
    let Some(between) = text.get(offset..range.start).filter(|between| between.len() < 200) else {
        return false;
    };
    let word = between.trim_start_matches([' ', '-']).trim_end();
    word.strip_suffix(':').is_some_and(|key| "stage".ends_with(key))
}

fn line_around(text: &str, offset: usize) -> Option<std::ops::Range<usize>> {
    let (before, after) = (text.get(..offset)?, text.get(offset..)?);
    let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let end = after.find(['\n', '\r']).map_or(text.len(), |at| offset + at);
    Some(start..end)
}

/// The value of `environmentRef` on a line of its own.
fn environment_of(line: &str) -> Option<&str> {
    let value = line.trim_start_matches([' ', '-']).strip_prefix("environmentRef:")?;
    let value = value.split(" #").next()?.trim().trim_matches(['"', '\'']);
    (!value.is_empty()).then_some(value)
}
