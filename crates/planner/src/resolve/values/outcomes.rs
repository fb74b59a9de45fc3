//! Outcomes of a run that expressions ask for: `pipeline.stages.ID.status`, `OnPipelineFailure`.
//!
//! Follows `docs/semantics.md`, "Conditions that ask how something went".

use deployline_engine::{Ask, Looping, Status};
use deployline_map::{Map, Set};

use super::children::{Child, ChildNames};
use crate::expression::{MAX_OUTCOMES, Why};
use crate::resolve::graph::Graph;

/// The most axes whose places are looked for in a name.
const MAX_AXES: usize = 16;

/// Outcomes for which a condition is evaluated.
pub(in crate::resolve) type Supposed = [(Ask, Status)];

/// Values that a condition asks for and that no text holds.
#[derive(Default)]
pub(in crate::resolve) struct Asked {
    /// The first that differs between the children of a loop, as it would be written.
    pub(in crate::resolve) of_child: Option<String>,
    /// Outcomes, each once, with their paths: as many as are combined.
    outcomes: Vec<(Ask, String)>,
    /// Path of the first one beyond these.
    pub(in crate::resolve) one_too_many: Option<String>,
}

impl Asked {
    pub(super) fn add(&mut self, ask: Ask, path: &str) {
        if self.outcomes.iter().any(|(other, _)| *other == ask) {
            return;
        }
        if self.outcomes.len() < MAX_OUTCOMES {
            self.outcomes.push((ask, path.to_owned()));
        } else if self.one_too_many.is_none() {
            self.one_too_many = Some(path.to_owned());
        }
    }

    pub(in crate::resolve) fn outcomes(&self) -> Vec<Ask> {
        self.outcomes.iter().map(|(ask, _)| *ask).collect()
    }

    /// Adds what another evaluation of the same condition asks for.
    pub(in crate::resolve) fn merge(&mut self, other: Self) {
        self.of_child = self.of_child.take().or(other.of_child);
        other.outcomes.iter().for_each(|(ask, path)| self.add(*ask, path));
        self.one_too_many = self.one_too_many.take().or(other.one_too_many);
    }
}

/// Returns `true` for the rest of a path that names a status. Of a stage that has ended, the three are the same.
pub(in crate::resolve) fn is_status(rest: &str) -> bool {
    matches!(rest, "status" | "currentStatus" | "liveStatus")
}

/// The stages that have been read, by identifier, and which of them have ended when the one that is read starts.
///
/// ```text
/// a | parallel: ( b, group: (c | d) )     of d, a and c have ended; b is in another branch of the group
/// ```
#[derive(Default)]
pub(in crate::resolve) struct ReadStages<'a> {
    by_identifier: Map<&'a str, u32>,
    current: u32,
    /// Children of the stages that loop, by the index of the stage.
    loops: Map<u32, ChildNames>,
    current_name: &'a str,
    /// The stages that are chosen for the run; `None` for all.
    pub(in crate::resolve) chosen: Option<&'a Set<String>>,
    /// Parallel groups around the stage that is read: the first stage of each, and of the branch.
    branches: Vec<(u32, u32)>,
}

impl<'a> ReadStages<'a> {
    /// Begins a stage. A name that several have stands for the first, though that may be read later.
    pub(in crate::resolve) fn begin(&mut self, identifier: Option<&'a str>, index: usize) {
        self.current = index_u32(index);
        self.current_name = identifier.unwrap_or_default();
        if let Some(identifier) = identifier {
            let first = self.by_identifier.or_insert_with(identifier, || index_u32(index));
            *first = self.current.min(*first);
        }
    }

    /// Keeps how the children of a stage that was read are called.
    pub(in crate::resolve) fn keep_children(&mut self, stage: usize, looping: &Looping) {
        self.loops.insert(index_u32(stage), ChildNames::of(looping));
    }

    /// The child that a run calls so, of a stage that has ended; `None` for the name of no child, or where a run may
    /// have others.
    pub(super) fn child(
        &self,
        identifier: &str,
        dag: Option<&Graph>,
    ) -> Option<Result<Child, Why>> {
        let parts = identifier.rmatch_indices('_').map(|(at, _)| identifier.split_at(at));
        // A stage may have a number in its own name.
        let (stage, suffix) = parts.take(MAX_AXES).find(|(stage, _)| {
            self.by_identifier.get(*stage).is_some_and(|it| self.loops.contains_key(it))
        })?;
        let index = *self.by_identifier.get(stage)?;
        let child = self.loops.get(&index)?.index_of(suffix)?;
        Some(self.ended(stage, dag)?.map(|stage| Child { stage, index: child }))
    }

    /// Begins a branch of a parallel group inside the present one.
    pub(in crate::resolve) fn enter_branch(&mut self, first_of_group: usize, first: usize) {
        self.branches.push((index_u32(first_of_group), index_u32(first)));
    }

    pub(in crate::resolve) fn leave_branch(&mut self) {
        self.branches.pop();
    }

    /// Identifier of the stage that is read.
    pub(in crate::resolve) fn current_name(&self) -> &'a str {
        self.current_name
    }

    /// Returns `true` for a stage that is not chosen, where the one that is read is.
    pub(in crate::resolve) fn is_left_out(&self, identifier: &str) -> bool {
        self.chosen.is_some_and(|chosen| {
            chosen.contains(self.current_name)
                && !chosen.contains(identifier)
                && self.by_identifier.contains_key(identifier)
        })
    }

    /// Index of a stage that has ended by now; `None` for one that has not been read. In a DAG only what a stage
    /// depends on has ended.
    pub(super) fn ended(&self, identifier: &str, dag: Option<&Graph>) -> Option<Result<u32, Why>> {
        let index = *self.by_identifier.get(identifier)?;
        let is_beside = |(group, branch): &(u32, u32)| (*group..*branch).contains(&index);
        let has_ended = match dag {
            Some(graph) => graph.has_ancestor(self.current, index),
            None => index < self.current && !self.branches.iter().any(is_beside),
        };
        Some(match has_ended {
            false => Err(Why::NotEnded),
            true if self.is_left_out(identifier) => Err(Why::NotChosen),
            true => Ok(index),
        })
    }
}

fn index_u32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
