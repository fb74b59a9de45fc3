//! Stages that wait for others.

use deployline_map::Map;

use crate::{DeploymentId, Pipeline, Schedule, Status};

/// The most stages that are compared: each may wait for all others.
const MAX_STAGES: usize = 500;

/// A stage, and others that it waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wait<'a> {
    /// Name of the stage.
    pub stage: &'a str,
    /// Names of the others.
    pub others: Vec<&'a str>,
}

/// The stages that wait for one, in order.
pub fn waiting_for(pipeline: &Pipeline, stage: u32) -> impl Iterator<Item = u32> {
    let stages = (0..).zip(&pipeline.stages);
    stages.filter(move |(_, other)| other.after.contains(&stage)).map(|(index, _)| index)
}

/// The deployments of a stage that start first and end last: those behind the stage wait for the second. `None` where
/// nothing runs.
pub fn first_and_last(schedule: &Schedule, stage: u32) -> Option<(DeploymentId, DeploymentId)> {
    let runs = &schedule.stages.get(stage as usize)?.runs;
    let mut found: Option<(usize, usize)> = None;
    for (index, run) in runs.iter().enumerate().filter(|(_, run)| run.status != Status::Skipped) {
        let (first, last) = found.unwrap_or((index, index));
        let first = if run.start < runs[first].start { index } else { first };
        found = Some((first, if run.end >= runs[last].end { index } else { last }));
    }
    let at = |index: usize| DeploymentId { stage, index: u32::try_from(index).unwrap_or(u32::MAX) };
    found.map(|(first, last)| (at(first), at(last)))
}

/// Stages that wait for more than in another pipeline of the same stages, where one may also wait through others.
/// Of more than some hundred stages nothing is compared.
pub fn longer_waits<'a>(pipeline: &'a Pipeline, than: &Pipeline) -> Vec<Wait<'a>> {
    if pipeline.stages.len().max(than.stages.len()) > MAX_STAGES {
        return Vec::new();
    }
    let places = than.stages.iter().enumerate();
    let places: Map<&str, usize> = places.map(|(i, it)| (it.identifier.as_str(), i)).collect();
    let place = |index: usize| places.get(pipeline.stages[index].identifier.as_str()).copied();
    let of = |(index, stage): (usize, &'a crate::Stage)| {
        let before = all_before(than, place(index)?);
        let others = stage.after.iter().map(|other| *other as usize);
        let others = others.filter(|other| place(*other).is_some_and(|other| !before[other]));
        let others: Vec<&str> = others.map(|it| pipeline.stages[it].name.as_str()).collect();
        (!others.is_empty()).then_some(Wait { stage: &stage.name, others })
    };
    pipeline.stages.iter().enumerate().filter_map(of).collect()
}

/// Marks the stages that one waits for, directly or through others.
fn all_before(pipeline: &Pipeline, stage: usize) -> Vec<bool> {
    let mut marked = vec![false; pipeline.stages.len()];
    let mut open = vec![stage];
    while let Some(stage) = open.pop() {
        for before in pipeline.stages[stage].after.iter().map(|it| *it as usize) {
            if !std::mem::replace(&mut marked[before], true) {
                open.push(before);
            }
        }
    }
    marked
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Stage, samples};

    /// Stages by the indexes of those that they wait for.
    fn pipeline(after: &[(&str, &[u32])]) -> Pipeline {
        let stages = after.iter().map(|(name, after)| Stage {
            name: (*name).to_uppercase(),
            identifier: (*name).to_owned(),
            after: (*after).into(),
            ..samples::other(name)
        });
        Pipeline { stages: stages.collect(), ..Pipeline::default() }
    }

    #[test]
    fn what_is_waited_for_through_others_counts() {
        let list = pipeline(&[("a", &[]), ("b", &[0]), ("c", &[0]), ("d", &[1, 2])]);
        let through = pipeline(&[("d", &[2]), ("a", &[]), ("b", &[3]), ("c", &[1])]);
        assert_eq!(longer_waits(&list, &through), []);
        let loose = pipeline(&[("a", &[]), ("b", &[0]), ("c", &[]), ("d", &[1])]);
        let wait = |stage, other| Wait { stage, others: vec![other] };
        assert_eq!(longer_waits(&list, &loose), [wait("C", "A"), wait("D", "C")]);
        assert_eq!(longer_waits(&loose, &list), []);
        assert_eq!(waiting_for(&list, 0).collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn a_stage_begins_with_its_first_and_ends_with_its_last() {
        let pipeline = samples::pipeline([samples::deploy((2, true), (2, false), 0)]);
        let (_, schedule) = samples::under(pipeline, "S1=3m");
        let at = |index| DeploymentId { stage: 0, index };
        assert_eq!(first_and_last(&schedule, 0), Some((at(0), at(3))));
        assert_eq!(first_and_last(&schedule, 1), None);
    }

    #[test]
    fn stages_of_a_cycle_wait_for_themselves() {
        let circle = pipeline(&[("a", &[1]), ("b", &[0])]);
        assert_eq!(longer_waits(&circle, &circle), []);
    }
}
